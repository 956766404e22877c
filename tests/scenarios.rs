//! The built-in scenarios, run headless and compared with what CPython made of them: the same lines (their order is
//! free), the same exit status, a deadlock where CPython hangs, and no trouble where none is expected. `tests/record`
//! writes the recordings.

mod support;
#[path = "support/threaded.rs"]
mod threaded;

use raddle::base::Source;
use raddle::policy::Kind;
use raddle::scenario::{Expectation, Metadata, metadata};
use std::path::Path;
use threaded::{DEADLOCKED, Recording};

/// The beginnings of report lines that tell of a race.
const RACES: &[&str] = &["lost update: ", "unordered: "];
/// Safe scenarios with a plain flag that is unordered on purpose: they have a note, and lose no update.
const FLAGS: &[&str] = &["switch_interval"];

#[test]
fn every_scenario_prints_what_it_prints_under_cpython() {
    support::check_all(&support::programs("scenarios", "py"), check);
}

fn check(scenario: &Path) -> Result<(), String> {
    let recorded = recorded(scenario)?;
    let metadata = metadata(scenario)?;
    let outcome = support::run_headless(scenario);
    let mut lines = outcome.stdout.clone();
    lines.sort();
    let mut report = support::diff(&recorded.lines, &lines);
    let (hangs, status) = (recorded.hangs(), recorded.status());
    if outcome.status != Some(status) {
        report += &format!("  {}, not {status}\n", support::status_text(&outcome));
    }
    // The expectation of a scenario with faults is about the faults: without them, nothing is wrong with it.
    let expected = if metadata.faults.is_empty() { metadata.expect } else { Some(Expectation::Safe) };
    let named = words(expected);
    if hangs && !says(&outcome, named) {
        report += &format!("  standard error does not say {named:?}\n");
    }
    let is_safe = metadata.expect == Some(Expectation::Safe);
    let has_flag = scenario.file_stem().is_some_and(|name| FLAGS.iter().any(|flag| name == *flag));
    let forbidden = if has_flag { &RACES[..1] } else { RACES };
    if expected == Some(Expectation::Safe) && (!says(&outcome, &["no trouble"]) || is_safe && says(&outcome, forbidden))
    {
        report += "  trouble is reported in a scenario that is safe\n";
    }
    if expected == Some(Expectation::Race) && !says(&outcome, RACES) {
        report += "  no race is seen\n";
    }
    if hangs != matches!(expected, Some(Expectation::Deadlock | Expectation::Stuck)) {
        report += "  what it declares is not what CPython does\n";
    }
    if report.is_empty() { Ok(()) } else { Err(report + &support::errors_text(&outcome)) }
}

#[test]
fn every_scenario_with_faults_comes_to_what_it_declares() {
    let mut scenarios = support::programs("scenarios", "py");
    scenarios.retain(|scenario| metadata(scenario).is_ok_and(|metadata| !metadata.faults.is_empty()));
    assert!(scenarios.len() > 10);
    support::check_all(&scenarios, |scenario| {
        Kind::ALL.into_iter().try_for_each(|policy| check_faults(scenario, policy.name()))
    });
}

fn check_faults(scenario: &Path, policy: &str) -> Result<(), String> {
    let recorded = recorded(scenario)?;
    let expected = metadata(scenario)?.expect;
    let outcome = support::run_with(scenario, &["--policy", policy, "--seed", "1"]);
    let mut lines = outcome.stdout.clone();
    lines.sort();
    let mut report = String::new();
    let status = match expected {
        Some(Expectation::Deadlock | Expectation::Stuck) => DEADLOCKED,
        _ => 0,
    };
    if outcome.status != Some(status) {
        report += &format!("  {}, not {status}\n", support::status_text(&outcome));
    }
    if outcome.stderr.iter().any(|line| line.contains("never happened")) {
        report += "  a fault never happened\n";
    }
    let named = words(expected);
    // What both do once more when it is too late are methods of a list, which are atomic.
    if !says(&outcome, named) && !scenario.ends_with("frozen_leader.py") {
        report += &format!("  standard error does not say {named:?}\n");
    }
    if expected == Some(Expectation::Race) && lines == recorded.lines {
        report += "  the faults change nothing\n";
    }
    if report.is_empty() { Ok(()) } else { Err(format!("{policy}\n{report}{}", support::errors_text(&outcome))) }
}

/// The beginning of the report's line, if that is expected.
fn words(expected: Option<Expectation>) -> &'static [&'static str] {
    match expected {
        Some(Expectation::Deadlock) => &["deadlock: "],
        Some(Expectation::Stuck) => &["stuck: ", "lock held by a dead thread: "],
        Some(Expectation::Error) => &["uncaught exception: "],
        Some(Expectation::Race) => RACES,
        Some(Expectation::Safe) | None => &["no trouble"],
    }
}

fn says(outcome: &support::Outcome, words: &[&str]) -> bool {
    outcome.stderr.iter().any(|line| words.iter().any(|word| line.starts_with(word)))
}

fn recorded(scenario: &Path) -> Result<Recording, String> {
    let name = scenario.file_stem().unwrap_or_default().to_string_lossy();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/expected");
    support::recording(&folder.join(format!("{name}.txt")))
}

fn metadata(scenario: &Path) -> Result<Metadata, String> {
    let text = std::fs::read_to_string(scenario).map_err(|error| error.to_string())?;
    let source = Source::new(scenario.to_string_lossy(), text);
    metadata::parse(&source).map_err(|wrong| format!("{wrong:?}"))
}

/// What a scenario between processes is told at its end: what goes wrong, and what to do.
const TOLD: &[(&str, &str)] = &[
    (
        "join_before_drain",
        "Process-1 does not end before its QueueFeederThread has written all that was put into results: get it from there \
         before you join Process-1.",
    ),
    (
        "both_send",
        "main and Process-1 both send more than fits, and neither receives: let one of them receive first, or send in a \
         thread of its own.",
    ),
    (
        "unclosed_pipe",
        "Process-1 learns that no more messages come into pipe only when every process has closed its copy of the end to send \
         to. It is still open in Process-1 itself, since main made that process in line 27. Close it there, or send a last \
         message.",
    ),
    (
        "dead_pool_worker",
        "ended in a task with exit code 1: a Pool replaces it, but nobody does its task again, and who waits for the result \
         waits for ever. A ProcessPoolExecutor raises BrokenProcessPool instead.",
    ),
    (
        "inherited_lock",
        "Process-1 was forked while holder held lock. Its copy is held for ever: holder does not exist in Process-1. Start \
         processes before threads, or when no thread holds a lock.",
    ),
];

#[test]
fn what_goes_wrong_between_processes_is_told_with_what_helps() {
    for (name, told) in TOLD {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(format!("{name}.py"));
        let outcome = support::run_headless(&path);
        let says = outcome.stderr.iter().any(|line| line.contains(told));
        assert!(says, "{name}:\n{}", support::errors_text(&outcome));
    }
}

#[test]
fn every_recording_belongs_to_a_scenario() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/expected");
    for entry in std::fs::read_dir(folder).expect("the recordings are there") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        assert!(raddle::scenario::builtin::find(&name).is_ok(), "{} is left over", path.display());
    }
}
