//! Small programs, each compared with what CPython made of it: standard output line by line, the exit status, and the
//! last line of the last traceback. `tests/record` writes the recordings. What stands in `NAME.in` is typed.

mod support;

use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recording {
    exit: i32,
    stdout: Vec<String>,
    error: Option<String>,
}

#[test]
fn every_program_does_what_cpython_does() {
    support::check_all(&support::programs("tests/conformance", "py"), check);
}

fn check(program: &Path) -> Result<(), String> {
    let recorded: Recording = support::recording(&program.with_extension("out"))?;
    let typed = program.with_extension("in");
    let outcome = match typed.to_str().filter(|_| typed.exists()) {
        Some(typed) => support::run_with(program, &["--no-faults", "--input", typed]),
        None => support::run_headless(program),
    };
    let mut report = support::diff(&recorded.stdout, &outcome.stdout);
    if outcome.status != Some(recorded.exit) {
        report += &format!("  {}, CPython's is {}\n", support::status_text(&outcome), recorded.exit);
    }
    // Headless runs may add a report of their own, so the line need not be the last.
    if let Some(error) = recorded.error.filter(|error| !outcome.stderr.contains(error)) {
        report += &format!("  standard error lacks: {error}\n");
    }
    if report.is_empty() { Ok(()) } else { Err(report + &support::errors_text(&outcome)) }
}

#[test]
fn differences_are_told_with_a_little_around_them() {
    let lines = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(support::diff(&lines("a b c"), &lines("a b c")), "");
    assert_eq!(
        support::diff(&lines("a b c d e"), &lines("a b x d e f")),
        "    a\n    b\n  - c\n  + x\n    d\n    e\n  + f\n"
    );
    assert_eq!(support::diff(&lines("a b c d"), &lines("a b c d e")), "    c\n    d\n  + e\n");
    assert_eq!(support::diff(&[], &lines("a")), "  + a\n");
}
