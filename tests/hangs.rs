//! Programs in the manner of public bug reports on threads and processes that hang or fail: each says, in comments, what is to be
//! told of it, with the threads, processes and lines.

mod support {
    pub(crate) mod process;
}

use std::ffi::OsStr;
use std::path::Path;
use std::process::Stdio;
use support::process::run;

/// What stands before a part of what is told.
const SAYS: &str = "# says: ";

#[test]
fn each_is_named_with_who_waits_where_and_what_helps() {
    let count = check("tests/process_hangs");
    assert!(count >= 20, "{count}");
}

#[test]
fn threads_that_hang_are_named_likewise() {
    let count = check("tests/thread_hangs");
    assert!(count >= 8, "{count}");
}

/// Runs every program of a folder; gives how many there are.
fn check(folder: &str) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let words = ["run", "--headless", "--policy", "round-robin"].map(OsStr::new);
        let outcome = run(&[&words[..], &[path.as_os_str()]].concat(), Stdio::null());
        let told = [outcome.stdout, outcome.stderr].concat().join("\n");
        assert!(!outcome.hung && outcome.status.is_some(), "{}", path.display());
        let expected: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix(SAYS)).collect();
        assert!(!expected.is_empty(), "{} says nothing", path.display());
        for part in expected {
            assert!(told.contains(part), "{}: {part} is not in\n{told}", path.display());
        }
        count += 1;
    }
    count
}
