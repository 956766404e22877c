//! What a program reads from outside, and writes there: files, and what is typed. A run that is played again needs neither
//! the disk nor a person, and leaves the disk alone.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own for each test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("outside-{name}"));
        let _ = fs::remove_dir_all(&path); // what an earlier run has left
        fs::create_dir_all(&path).expect("the folder can be made");
        Folder(path)
    }

    fn write(&self, name: &str, text: &str) -> &Self {
        fs::write(self.0.join(name), text).expect("the file can be written");
        self
    }

    fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.0.join(name)).ok()
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.0.join(name)).expect("the file is there");
    }

    /// Runs raddle in the folder; what is typed comes from a pipe.
    fn raddle(&self, arguments: &str, typed: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_raddle"))
            .args(arguments.split(' '))
            .current_dir(&self.0)
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        // A program that reads nothing closes the pipe.
        let _ = child.stdin.take().expect("a pipe").write_all(typed.as_bytes());
        child.wait_with_output().expect("the binary ends")
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

const COPIES: &str = "\
with open('in.txt') as source, open('out.txt', 'w') as target:
    for line in source:
        target.write(line.upper())
print(open('out.txt').read(), end='')
";

#[test]
fn a_live_run_writes_and_its_replay_does_not() {
    let folder = Folder::new("copies");
    folder.write("copy.py", COPIES).write("in.txt", "one\ntwo\n");
    let run = folder.raddle("run --headless --record run.rec copy.py", "");
    assert_eq!((said(&run), run.status.code()), ("ONE\nTWO\n".to_owned(), Some(0)));
    assert_eq!(folder.read("out.txt").as_deref(), Some("ONE\nTWO\n"));
    folder.remove("out.txt");
    folder.remove("in.txt");
    for replay in ["replay --headless run.rec", "replay --live --headless run.rec"] {
        let again = folder.raddle(replay, "");
        assert_eq!((said(&again), again.status.code()), ("ONE\nTWO\n".to_owned(), Some(0)), "{replay}: {again:?}");
        assert_eq!(folder.read("out.txt"), None, "{replay} wrote to the disk");
    }
}

#[test]
fn what_is_typed_is_recorded() {
    let folder = Folder::new("typed");
    folder.write("ask.py", "name = input('who? ')\nprint('hello', name)\nprint(input())\n").write("lines", "ann\nbye");
    let typed = folder.raddle("run --headless --record run.rec ask.py", "bob\nso long\n");
    assert_eq!(said(&typed), "who? hello bob\nso long\n");
    let again = folder.raddle("replay --headless run.rec", "nobody\n");
    assert_eq!(said(&again), "who? hello bob\nso long\n");
    assert_eq!(said(&folder.raddle("run --headless --input lines ask.py", "nobody\n")), "who? hello ann\nbye\n");
    let short = folder.raddle("run --headless ask.py", "bob\n");
    assert!(String::from_utf8_lossy(&short.stderr).contains("EOFError: EOF when reading a line"), "{short:?}");
}

#[test]
fn threads_that_read_lines_do_the_same_again_with_the_same_lines() {
    let folder = Folder::new("readers");
    folder.write(
        "readers.py",
        "import threading\n\ndef ask(name):\n    for _ in range(3):\n        print(name, input())\n\n\
         threads = [threading.Thread(target=ask, args=(name,)) for name in 'ab']\n\
         for thread in threads:\n    thread.start()\nfor thread in threads:\n    thread.join()\n",
    );
    let run = || said(&folder.raddle("run --headless --policy random --seed 5 readers.py", "1\n2\n3\n4\n5\n6\n"));
    let first = run();
    assert_eq!(first.lines().count(), 6);
    assert_eq!(run(), first);
}

#[test]
fn a_search_proves_nothing_about_what_it_was_not_given() {
    let folder = Folder::new("search");
    folder.write("copy.py", COPIES).write("in.txt", "one\n").write("ask.py", "print(input())\n").write("lines", "x\n");
    let verdict = |arguments: &str| {
        let output = folder.raddle(arguments, "");
        (output.status.code(), said(&output))
    };
    let (status, text) = verdict("check copy.py");
    assert_eq!(status, Some(4), "{text}");
    assert!(text.contains("line 1 asks for files, and none were given (`--read PATH`)"), "{text}");
    let (status, text) = verdict("check --read lines copy.py");
    assert!(status == Some(4) && text.contains("in.txt, which was not given"), "{text}");
    assert_eq!(verdict("check --read . copy.py").0, Some(0));
    let (status, text) = verdict("check ask.py");
    assert!(status == Some(4) && text.contains("line 1 reads what is typed"), "{text}");
    assert_eq!(verdict("check --input lines ask.py").0, Some(0));
    assert_eq!(folder.read("out.txt"), None, "a search wrote to the disk");
}

#[test]
fn a_run_that_a_search_found_has_what_was_given() {
    let folder = Folder::new("found");
    folder.write("in.txt", "0").write("wrong.py", "total = 1 // int(open('in.txt').read())\n");
    let check = folder.raddle("check --read in.txt --record found.rec wrong.py", "");
    assert_eq!(check.status.code(), Some(1), "{check:?}");
    folder.remove("in.txt");
    let again = folder.raddle("replay --headless found.rec", "");
    assert!(String::from_utf8_lossy(&again.stderr).contains("ZeroDivisionError"), "{again:?}");
}

#[test]
fn folders_and_names_change_on_the_disk() {
    let folder = Folder::new("folders");
    folder.write("old.txt", "kept").write(
        "move.py",
        "import os\nos.makedirs('a/b')\nos.rename('old.txt', 'a/b/new.txt')\nos.mkdir('gone')\nos.rmdir('gone')\n\
         with open('a/log', 'a') as f:\n    f.write('x')\nopen('never', 'w').close()\nos.remove('never')\n\
         late = open('late', 'w')\nlate.write('at the end')\n",
    );
    let run = folder.raddle("run --headless move.py", "");
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert_eq!(folder.read("a/b/new.txt").as_deref(), Some("kept"));
    assert_eq!(folder.read("a/log").as_deref(), Some("x"));
    assert_eq!(folder.read("late").as_deref(), Some("at the end"));
    assert_eq!((folder.read("old.txt"), folder.read("never")), (None, None));
    assert!(!folder.0.join("gone").exists());
}

#[test]
fn a_program_reads_its_arguments_and_a_recording_has_them() {
    let folder = Folder::new("arguments");
    folder.write("argued.py", "import sys\n# raddle: arguments one two\nprint(sys.argv)\nassert len(sys.argv) > 2\n");
    assert_eq!(said(&folder.raddle("run argued.py", "")), "['argued.py', 'one', 'two']\n");
    let wanted = "['argued.py', '--count', '3', '\"']\n";
    assert_eq!(said(&folder.raddle("run argued.py --record run.rdl -- --count 3 \"", "")), wanted);
    folder.remove("argued.py");
    assert_eq!(said(&folder.raddle("replay run.rdl", "")), wanted);
    folder.write("argued.py", "import sys\nassert sys.argv[1] == '-x'\n");
    assert_eq!(folder.raddle("check argued.py -- -x", "").status.code(), Some(0));
    assert_eq!(folder.raddle("check argued.py", "").status.code(), Some(1));
}
