//! Programs of several files, each compared with what CPython made of it: standard output line by line, the exit status,
//! and the last line of the last traceback. `tests/record` writes the recordings.
//!
//! A program stands in one text, `tests/projects/NAME.txt`: each of its files behind a line `=== PATH`, `main.py` among them.

mod support;

use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recording {
    exit: i32,
    stdout: Vec<String>,
    error: Option<String>,
}

/// The files in such a text: their paths and contents.
fn files(text: &str) -> Vec<(&str, String)> {
    let mut files: Vec<(&str, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix("=== "), files.last_mut()) {
            (Some(path), _) => files.push((path.trim_end(), String::new())),
            (None, Some((_, content))) => content.push_str(line),
            (None, None) => panic!("the text begins with no file"),
        }
    }
    files
}

/// Writes the files of a program into a folder of its own.
fn unpack(program: &Path) -> PathBuf {
    let name = program.file_stem().unwrap_or_default();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("projects").join(name);
    let _ = fs::remove_dir_all(&folder);
    let text = fs::read_to_string(program).expect("the program can be read");
    for (path, content) in files(&text) {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap_or(&folder)).expect("the folder can be made");
        fs::write(file, content).expect("the file can be written");
    }
    folder
}

#[test]
fn every_program_of_several_files_does_what_cpython_does() {
    support::check_all(&support::programs("tests/projects", "txt"), |program| {
        let recorded: Recording = support::recording(&program.with_extension("out"))?;
        let outcome = support::run_headless(&unpack(program).join("main.py"));
        let mut report = support::diff(&recorded.stdout, &outcome.stdout);
        if outcome.status != Some(recorded.exit) {
            report += &format!("  {}, CPython's is {}\n", support::status_text(&outcome), recorded.exit);
        }
        if let Some(error) = recorded.error.filter(|error| !outcome.stderr.contains(error)) {
            report += &format!("  standard error lacks: {error}\n");
        }
        if report.is_empty() { Ok(()) } else { Err(report + &support::errors_text(&outcome)) }
    });
}
