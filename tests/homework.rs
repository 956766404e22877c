//! Programs in the style of course homework, run under every policy and compared with CPython: the same lines (their
//! order is free), the same exit status, no false alarm and no missed trouble.
//!
//! Among the comments at a program's head there are lines that say how it has to end:
//!
//! ```text
//! # expect: safe                          no trouble, and nothing unordered
//! # expect: unordered                     no trouble, but accesses that nothing orders
//! # expect: deadlock: left, right         a deadlock of these threads, and no other trouble
//! # expect: deadlock or stuck: second     either word will do
//! ```
//!
//! Likewise `stuck`, `error` and `race`; a program may expect several. If no threads are named, any will do; for a
//! race, any two of those that are named. A thread that waits for one that waits forever is stuck, too: `main` may be
//! named beside others.

mod support;
#[path = "support/threaded.rs"]
mod threaded;

use raddle::policy::Kind;
use std::collections::BTreeSet;
use std::path::Path;
use threaded::Recording;

/// The name of the thread that waits at the program's end, or joins the others.
const MAIN: &str = "main";

/// One thing that a program expects.
struct Expectation {
    /// How the report may call a finding of this kind; none if there must be no trouble.
    words: Vec<&'static str>,
    /// The threads that such findings name together; `None` where any will do.
    threads: Option<BTreeSet<String>>,
}

/// What a program's head says.
struct Head {
    expectations: Vec<Expectation>,
    /// Whether unordered accesses are to be reported.
    unordered: bool,
    safe: bool,
}

impl Head {
    /// Whether some thread is to wait forever.
    fn hangs(&self) -> bool {
        self.expectations.iter().any(|one| one.words.iter().any(|word| ["deadlock", "stuck"].contains(word)))
    }
}

/// A line of the report that names a trouble and its threads.
struct Finding {
    word: String,
    threads: BTreeSet<String>,
}

#[test]
fn every_program_comes_to_what_it_says_under_every_policy() {
    let runs = std::env::var("RADDLE_HOMEWORK_RUNS").map_or(1, |text| text.parse().expect("a number"));
    let programs = support::programs("tests/homework", "py");
    assert!(programs.len() >= 60);
    support::check_all(&programs, |program| {
        let recorded: Recording = support::recording(&expected_file(program))?;
        let head = head(&std::fs::read_to_string(program).map_err(|error| error.to_string())?)?;
        if head.hangs() != recorded.hangs() {
            return Err("what it says is not what CPython does\n".to_owned());
        }
        for policy in Kind::ALL {
            for seed in 1..=runs {
                check(program, policy, seed, &head, &recorded)?;
            }
        }
        Ok(())
    });
}

fn expected_file(program: &Path) -> std::path::PathBuf {
    let name = program.file_stem().unwrap_or_default().to_string_lossy();
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/homework/expected/{name}.txt"))
}

fn check(program: &Path, policy: Kind, seed: u32, head: &Head, recorded: &Recording) -> Result<(), String> {
    // With `os` no seed repeats a run.
    let outcome = match policy {
        Kind::Os => support::run_headless(program),
        _ => support::run_with(program, &["--policy", policy.name(), "--seed", &seed.to_string()]),
    };
    let mut lines = outcome.stdout.clone();
    lines.sort();
    let mut report = support::diff(&recorded.lines, &lines);
    if outcome.status != Some(recorded.status()) {
        report += &format!("  {}, not {}\n", support::status_text(&outcome), recorded.status());
    }
    for complaint in complaints(head, &outcome.stderr) {
        report += &format!("  {complaint}\n");
    }
    let run = format!("{}, seed {seed}\n", policy.name());
    if report.is_empty() { Ok(()) } else { Err(run + &report + &support::errors_text(&outcome)) }
}

/// What is wrong with a report, which is what a run wrote to standard error.
fn complaints(head: &Head, report: &[String]) -> Vec<String> {
    let mut complaints = Vec::new();
    if head.safe != report.iter().any(|line| line.starts_with("no trouble")) {
        complaints.push(if head.safe { "a false alarm" } else { "no trouble is reported" }.to_owned());
    }
    if head.unordered != report.iter().any(|line| line.starts_with("unordered")) && head.safe {
        complaints.push(format!("the report {} unordered accesses", if head.unordered { "lacks" } else { "has" }));
    }
    let mut findings: Vec<Finding> = report.iter().filter_map(|line| finding(line)).collect();
    for expected in &head.expectations {
        let (these, others) = findings.into_iter().partition(|found| expected.words.contains(&found.word.as_str()));
        findings = others;
        complaints.extend(complaint(expected, &these));
    }
    // A thread that joins one in a deadlock never goes on.
    findings.retain(|found| !(head.hangs() && found.word == "stuck" && found.threads.iter().all(|name| name == MAIN)));
    complaints.extend(findings.iter().map(|found| format!("unexpected: {} of {:?}", found.word, found.threads)));
    complaints
}

/// What is wrong with the findings of an expected kind.
fn complaint(expected: &Expectation, found: &[Finding]) -> Option<String> {
    let words = expected.words.join("\" or \"");
    if found.is_empty() {
        return Some(format!("the report does not say \"{words}\""));
    }
    let wanted = expected.threads.as_ref()?;
    let mut named: BTreeSet<String> = found.iter().flat_map(|found| &found.threads).cloned().collect();
    if !wanted.contains(MAIN) && expected.words.contains(&"stuck") {
        named.remove(MAIN);
    }
    // Of many updates of one place that were lost, the report names the first; any two of the threads are right.
    let right = match expected.words.as_slice() {
        ["lost update"] => named.len() > 1 && named.is_subset(wanted),
        _ => named == *wanted,
    };
    (!right).then(|| format!("\"{words}\" names {named:?}, not {wanted:?}"))
}

/// `deadlock: left, right (step 9)`, or `lost update: counter, right over left (step 9)`
fn finding(line: &str) -> Option<Finding> {
    let (word, rest) = line.split_once(": ")?;
    let known = ["deadlock", "stuck", "error", "race"].into_iter().flat_map(words).any(|known| *known == word);
    let (threads, step) = rest.rsplit_once(" (step ")?;
    let threads = match threads.rsplit_once(", ") {
        Some((_, pair)) if word == "lost update" => pair.replace(" over ", ", "),
        _ => threads.to_owned(),
    };
    let named = known && step.ends_with(')');
    named.then(|| Finding { word: word.to_owned(), threads: names(&threads) })
}

fn names(list: &str) -> BTreeSet<String> {
    list.split(", ").map(str::to_owned).collect()
}

/// What the report calls an expected trouble.
fn words(expected: &str) -> &'static [&'static str] {
    match expected {
        "deadlock" => &["deadlock"],
        "stuck" => &["stuck", "lock held by a dead thread", "endless busy wait"],
        "error" => &["uncaught exception"],
        "race" => &["lost update"],
        _ => &[],
    }
}

/// Reads what a program says about itself.
fn head(text: &str) -> Result<Head, String> {
    let comments = text.lines().take_while(|line| line.starts_with('#'));
    let mut head = Head { expectations: Vec::new(), unordered: false, safe: false };
    for line in comments.filter_map(|line| line.strip_prefix("# expect: ")) {
        let (kinds, threads) = line.split_once(": ").map_or((line, None), |(kinds, list)| (kinds, Some(names(list))));
        let words: Vec<_> = kinds.split(" or ").flat_map(words).copied().collect();
        match kinds {
            "safe" => head.safe = true,
            "unordered" => (head.safe, head.unordered) = (true, true),
            _ if words.is_empty() => return Err(format!("unknown: {line}")),
            _ => head.expectations.push(Expectation { words, threads }),
        }
    }
    if head.safe == head.expectations.is_empty() { Ok(head) } else { Err("it has to say what is expected".to_owned()) }
}

#[test]
fn complaints_are_made_where_a_report_is_not_the_expected_one() {
    let judge = |head_text: &str, report: &str| {
        let lines: Vec<String> = report.lines().map(str::to_owned).collect();
        complaints(&head(head_text).expect("it is well-formed"), &lines).len()
    };
    let safe = "# A program.\n# expect: safe\n";
    assert_eq!(judge(safe, "no trouble in 9 steps"), 0);
    assert_eq!(judge(safe, "no trouble in 9 steps\nunordered: x: left reads it"), 1);
    assert_eq!(judge(safe, "stuck: a (step 9)"), 2);
    let ring = "# expect: deadlock: a, b";
    assert_eq!(judge(ring, "deadlock: b, a (step 9)\n  a waits for b"), 0);
    assert_eq!(judge(ring, "deadlock: b, a (step 9)\nstuck: main (step 12)"), 0);
    assert_eq!(judge(ring, "deadlock: b, a (step 9)\nstuck: main, c (step 12)"), 1);
    assert_eq!(judge(ring, "deadlock: a, main (step 9)"), 1);
    assert_eq!(judge(ring, "no trouble in 9 steps"), 2);
    let both = "# expect: error: a\n# expect: deadlock or stuck: b";
    assert_eq!(judge(both, "uncaught exception: a (step 1)\nstuck: main, b (step 9)"), 0);
    assert_eq!(judge(both, "uncaught exception: a (step 1)\ndeadlock: main, b (step 9)"), 0);
    assert_eq!(judge(both, "uncaught exception: a (step 1)"), 1);
    assert_eq!(judge("# expect: race", "lost update: x, b over a (step 4)"), 0);
    assert_eq!(judge("# expect: race: a, b", "lost update: x[1, 2], b over a (step 4)"), 0);
    assert_eq!(judge("# expect: race: a, b, c", "lost update: x, b over a (step 4)"), 0);
    assert_eq!(judge("# expect: race: a, c", "lost update: x, b over a (step 4)"), 1);
    assert!(head("# expect: trouble\n").is_err() && head("# expect: safe\n# expect: race\n").is_err());
}

#[test]
fn every_recording_belongs_to_a_program() {
    let programs = support::programs("tests/homework", "py");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/homework/expected");
    for entry in std::fs::read_dir(folder).expect("the recordings are there") {
        let path = entry.expect("the folder can be read").path();
        assert!(programs.iter().any(|program| expected_file(program) == path), "{} is left over", path.display());
    }
}
