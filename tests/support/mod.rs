//! What the tests that run the binary share: running it with a limit, reading recordings, and telling what differs.

mod process;

pub(crate) use process::{LIMIT, Outcome};
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many binaries run side by side.
const SIDE_BY_SIDE: usize = 2;

/// Runs `raddle run --headless FILE` in the package's folder, without the faults that the file asks for.
pub(crate) fn run_headless(file: &Path) -> Outcome {
    run_with(file, &["--no-faults"])
}

/// Likewise, with such arguments instead.
pub(crate) fn run_with(file: &Path, arguments: &[&str]) -> Outcome {
    let mut all = vec!["run".as_ref(), "--headless".as_ref(), file.as_os_str()];
    all.extend(arguments.iter().map(std::ffi::OsStr::new));
    process::run(&all, std::process::Stdio::null())
}

/// The files of a folder of this package with that extension, by name.
pub(crate) fn programs(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    let mut programs: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|ext| ext == extension)).collect();
    programs.sort();
    assert!(!programs.is_empty(), "no programs in {folder}");
    programs
}

/// The recording in `file`, which `tests/record` has written.
pub(crate) fn recording<T: DeserializeOwned>(file: &Path) -> Result<T, String> {
    let text =
        std::fs::read_to_string(file).map_err(|error| format!("{}: {error}; run tests/record", file.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))
}

/// Calls `check` for every program, a few at the same time, and fails once, with everything that differed.
pub(crate) fn check_all(programs: &[PathBuf], check: impl Fn(&Path) -> Result<(), String> + Sync) {
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| {
                while let Some(program) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(difference) = check(program) {
                        let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
                        failures.lock().expect("no check panics").push((name, difference));
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().expect("no check panics");
    failures.sort();
    let report: String = failures.iter().map(|(name, difference)| format!("\n== {name}\n{difference}\n")).collect();
    assert!(failures.is_empty(), "{} of {} programs differ\n{report}", failures.len(), programs.len());
}

/// The lines of both texts, those that only CPython printed marked `-`, those that only raddle printed `+`; equal lines
/// far from a difference are left out. Empty when the texts are equal.
pub(crate) fn diff(cpython: &[String], raddle: &[String]) -> String {
    const CONTEXT: usize = 2;
    let common = longest_common(cpython, raddle);
    let mut lines: Vec<(char, &str)> = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (a, b) in common.into_iter().chain([(cpython.len(), raddle.len())]) {
        lines.extend(cpython[i..a].iter().map(|line| ('-', line.as_str())));
        lines.extend(raddle[j..b].iter().map(|line| ('+', line.as_str())));
        lines.extend(cpython.get(a).map(|line| (' ', line.as_str())));
        (i, j) = (a + 1, b + 1);
    }
    let changed: Vec<usize> = (0..lines.len()).filter(|&index| lines[index].0 != ' ').collect();
    let shown = |index: usize| changed.iter().any(|&at| at.abs_diff(index) <= CONTEXT);
    let line = |(index, (mark, text)): (usize, &(char, &str))| shown(index).then(|| format!("  {mark} {text}\n"));
    lines.iter().enumerate().filter_map(line).collect()
}

/// The positions, in both texts, of a longest common subsequence.
fn longest_common(a: &[String], b: &[String]) -> Vec<(usize, usize)> {
    let mut lengths = vec![vec![0_u32; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            lengths[i][j] =
                if a[i] == b[j] { lengths[i + 1][j + 1] + 1 } else { lengths[i + 1][j].max(lengths[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if lengths[i + 1][j] >= lengths[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// A status, said so that a person can read it.
pub(crate) fn status_text(outcome: &Outcome) -> String {
    match outcome.status {
        Some(status) => format!("exit status {status}"),
        None if outcome.hung => format!("no end within {} s", LIMIT.as_secs()),
        None => "ended by a signal".to_owned(),
    }
}

/// Standard error, indented, for a report; its last lines, when there are many.
pub(crate) fn errors_text(outcome: &Outcome) -> String {
    const MOST: usize = 12;
    let from = outcome.stderr.len().saturating_sub(MOST);
    outcome.stderr[from..].iter().map(|line| format!("  stderr: {line}\n")).collect()
}
