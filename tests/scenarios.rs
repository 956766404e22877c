//! The built-in scenarios, run headless and held against what CPython made of them: the same lines (their order is free),
//! the same exit status, a deadlock where CPython hangs, and no trouble where none is expected. `tests/record` writes the
//! recordings.

mod support;

use raddle::base::Source;
use raddle::scenario::{Expectation, metadata};
use serde::Deserialize;
use std::path::Path;

/// The exit status of a run that ended in a deadlock.
const DEADLOCKED: i32 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recording {
    exit: Exit,
    lines: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Exit {
    Status(i32),
    Hang(Hang),
}

#[derive(Deserialize)]
enum Hang {
    #[serde(rename = "hang")]
    Hang,
}

#[test]
fn every_scenario_prints_what_it_prints_under_cpython() {
    support::check_all(&support::programs("scenarios"), check);
}

fn check(scenario: &Path) -> Result<(), String> {
    let name = scenario.file_stem().unwrap_or_default().to_string_lossy();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/expected");
    let recorded: Recording = support::recording(&folder.join(format!("{name}.txt")))?;
    let outcome = support::run_headless(scenario);
    let mut lines = outcome.stdout.clone();
    lines.sort();
    let mut report = support::diff(&recorded.lines, &lines);
    let hangs = matches!(recorded.exit, Exit::Hang(Hang::Hang));
    let status = if let Exit::Status(status) = recorded.exit { status } else { DEADLOCKED };
    if outcome.status != Some(status) {
        report += &format!("  {}, not {status}\n", support::status_text(&outcome));
    }
    let expected = expectation(scenario)?;
    let named: &[&str] = match expected {
        Some(Expectation::Deadlock) => &["deadlock: "],
        Some(Expectation::Stuck) => &["stuck: ", "lock held by a dead thread: "],
        _ => &[],
    };
    if hangs && !outcome.stderr.iter().any(|line| named.iter().any(|name| line.starts_with(name))) {
        report += &format!("  standard error does not say {named:?}\n");
    }
    if expected == Some(Expectation::Safe) && !outcome.stderr.iter().any(|line| line.starts_with("no trouble")) {
        report += "  trouble is reported in a scenario that is safe\n";
    }
    if hangs != matches!(expected, Some(Expectation::Deadlock | Expectation::Stuck)) {
        report += "  what it declares is not what CPython does\n";
    }
    if report.is_empty() { Ok(()) } else { Err(report + &support::errors_text(&outcome)) }
}

fn expectation(scenario: &Path) -> Result<Option<Expectation>, String> {
    let text = std::fs::read_to_string(scenario).map_err(|error| error.to_string())?;
    let source = Source::new(scenario.to_string_lossy(), text);
    Ok(metadata::parse(&source).map_err(|wrong| format!("{wrong:?}"))?.expect)
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
