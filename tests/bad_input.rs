//! Input that is wrong, hostile or odd, given to the real binary as a file and on standard input. Each ends soon, with
//! one clear message and an exit status that says what went wrong: 2 wrong usage, 3 a scenario that cannot be read or
//! is refused, 1 an error in the program itself.

#[path = "support/process.rs"]
mod process;

use process::Outcome;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Stdio;

/// A file in this test's folder.
fn file(name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bad_input");
    fs::create_dir_all(&folder).expect("the folder can be made");
    let path = folder.join(name);
    fs::write(&path, bytes).expect("the file can be written");
    path
}

fn raddle(arguments: &[&str]) -> Outcome {
    let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
    process::run(&arguments, Stdio::null())
}

fn run_file(path: &str) -> Outcome {
    raddle(&["run", "--headless", "--", path])
}

fn errors(outcome: &Outcome) -> String {
    outcome.stderr.join("\n")
}

/// Runs a text as a file and on standard input. Both end with `status` and say each of `messages`.
#[track_caller]
fn expect(name: &str, bytes: impl AsRef<[u8]>, status: i32, messages: &[&str]) {
    let path = file(name, bytes);
    let named = run_file(path.to_str().expect("the path is text"));
    let input = File::open(&path).expect("the file is there");
    let piped = process::run(&["run".as_ref(), "--headless".as_ref(), "-".as_ref()], input.into());
    for (way, outcome) in [("as a file", named), ("on standard input", piped)] {
        assert_ended(&format!("{name} {way}"), &outcome, status, messages);
    }
}

#[track_caller]
fn assert_ended(name: &str, outcome: &Outcome, status: i32, messages: &[&str]) {
    let said = errors(outcome);
    assert!(!outcome.hung, "{name} hung");
    assert_eq!(outcome.status, Some(status), "{name}: {said}");
    assert!(!said.contains("panicked") && !said.contains("internal error"), "{name}: {said}");
    assert!(said.len() < 20_000, "{name}: a message of {} bytes", said.len());
    for message in messages {
        assert!(said.contains(message), "{name}: {message:?} is not in\n{said}");
    }
}

#[test]
fn files_that_are_no_text_are_refused_in_one_line() {
    let not_text = |name: &str, bytes: &[u8], message: &str| {
        expect(name, bytes, 3, &[message]);
        let said = run_file(file(name, bytes).to_str().expect("the path is text")).stderr;
        assert_eq!(said.len(), 1, "{said:?}");
    };
    let binary: Vec<u8> = (0..=255).rev().cycle().take(5000).collect();
    not_text("binary.py", &binary, "not UTF-8 text (a wrong byte in line 1); save it as UTF-8");
    not_text("latin.py", b"# caf\xc3\xa9\nx = '\xe9'\n", "a wrong byte in line 2");
    not_text("utf16.py", b"\xff\xfex\x00=\x001\x00", "not UTF-8 text");
    not_text("nul.py", b"x = 1\ny = '\0'\n", "NUL byte, in line 2");
    not_text("large.py", "x = 1\n".repeat(350_000).as_bytes(), "larger than 1 MiB");
}

#[test]
fn what_is_no_file_is_refused_and_not_waited_for() {
    for (path, message) in [
        ("src", "src: that is a directory; name a Python file in it"),
        ("missing.py", "missing.py: there is no such file, and no built-in scenario of that name"),
        ("no/such/file.py", "no/such/file.py: there is no such file"),
        ("deadlok", "did you mean deadlock?"),
        ("", "the name of the scenario is empty"),
        ("src/main.rs/x", "there is no such file: a part of the path is not a directory"),
    ] {
        assert_ended(path, &run_file(path), 3, &[message]);
    }
    if cfg!(unix) {
        assert_ended("a device", &run_file("/dev/zero"), 3, &["that is a pipe or a device, not a file"]);
        let endless = File::open("/dev/zero").expect("there is such a device");
        let piped = process::run(&["run".as_ref(), "-".as_ref()], endless.into());
        assert_ended("an endless pipe", &piped, 3, &["larger than 1 MiB"]);
    }
    if cfg!(target_os = "linux") {
        assert_ended("an unreadable file", &run_file("/proc/self/mem"), 3, &["/proc/self/mem: "]);
    }
}

#[test]
fn texts_that_are_nested_too_deeply_are_refused_at_the_place() {
    let repeat = |text: &str| text.repeat(5000);
    let blocks: String = (0..1000).map(|depth| format!("{}if x:\n", " ".repeat(depth))).collect();
    let brackets = "more than 100 nested brackets are not supported";
    let long = "an expression of more than 1000 operators is not supported";
    for (name, text, message) in [
        ("parens.py", format!("x = {}1{}", repeat("("), repeat(")")), brackets),
        ("lists.py", format!("x = {}{}", repeat("["), repeat("]")), brackets),
        ("fstrings.py", format!("x = {}", repeat("f'{")), brackets),
        ("ifs.py", blocks, "more than 100 levels of indentation are not supported"),
        ("minus.py", format!("x = {}1", repeat("-")), long),
        ("not.py", format!("x = {}1", repeat("not ")), long),
        ("plus.py", format!("x = 1{}", repeat(" + 1")), long),
        ("attributes.py", format!("x = 1\nx{}", repeat(".x")), long),
        ("lambdas.py", format!("x = {}1", repeat("lambda: ")), long),
    ] {
        expect(name, text, 3, &[message, "help: "]);
    }
}

#[test]
fn long_texts_that_are_flat_run() {
    let numbers: String = (0..100_000).map(|number| format!("{number}, ")).collect();
    let branches: String = (0..3000).map(|number| format!("elif x == {number}: y = {number}\n")).collect();
    for (name, text, printed) in [
        ("literal.py", format!("print(sum([{numbers}]))\n"), "4999950000"),
        ("branches.py", format!("x = 2999\nif x < 0: pass\n{branches}print(y)\n"), "2999"),
        ("strings.py", format!("print(len({}))\n", "'a' ".repeat(20_000)), "20000"),
        ("attributes_900.py", format!("class A: pass\nx = A()\nx.x = x\nprint(x{} is x)\n", ".x".repeat(900)), "True"),
    ] {
        let outcome = run_file(file(name, text).to_str().expect("the path is text"));
        assert_eq!((outcome.status, outcome.stdout), (Some(0), vec![printed.to_owned()]), "{name}");
    }
}

#[test]
fn odd_but_good_texts_run() {
    for (name, text, printed) in [
        ("empty.py", "", ""),
        ("comment.py", "# nothing", ""),
        ("bom.py", "\u{feff}print('bom')\n", "bom"),
        ("crlf.py", "def f():\r\n    return '''a\r\nb'''\r\nprint(repr(f()))\r\n", "'a\\nb'"),
        ("cr.py", "x = 1\rprint(x)\r", "1"),
        ("form_feed.py", "\x0cprint(1)", "1"),
    ] {
        expect(name, text, 0, &[]);
        let outcome = run_file(file(name, text).to_str().expect("the path is text"));
        assert_eq!(outcome.stdout.join("\n"), printed, "{name}");
    }
}

#[test]
fn mistakes_are_pointed_at() {
    for (name, text, messages) in [
        ("open.py", "x = (1\nprint(x\n", &["not Python: '(' was never closed", "2:6", "^"][..]),
        ("colon.py", "def f()\n    return 1\n", &["not Python: expected ':'", "1:7"]),
        ("equals.py", "x = 1\nif x = 1:\n    x = 2\n", &["2:6", "help: write `==` to compare"]),
        ("print.py", "print 'hello'\n", &["1:7", "help: put parentheses around what is printed"]),
        ("escape.py", "x = '\\x1'\n", &["not Python: wrong `\\` escape in a string", "1:"]),
        ("return.py", "return 1\n", &["not Python: 'return' outside function", "1:1"]),
    ] {
        expect(name, text, 3, messages);
    }
}

#[test]
fn everything_outside_the_subset_is_told_at_once() {
    let text = "import socket\nasync def f():\n    await g()\nx = 1j\nclass A: pass\nimport numpy\neval('1')\n";
    let told = ["`socket`", "`async def`", "`await`", "complex numbers", "`numpy`", "`eval`", "7:1"];
    expect("outside.py", text, 3, &told);
    expect("outside_often.py", "import socket\n".repeat(3000), 3, &["… and 2950 more"]);
}

#[test]
fn errors_of_the_program_end_it_as_in_python() {
    let traceback = ["Traceback (most recent call last):", "line 3, in <module>", "line 2, in f"];
    let name_error = "NameError: name 'undefined' is not defined";
    expect("name.py", "def f():\n    return undefined\nf()\n", 1, &[&traceback[..], &[name_error]].concat());
    expect("status.py", "import sys\nsys.exit(7)\n", 7, &[]);
    // CPython's memory is as large as the computer's; here nothing that doubles itself gets as far.
    for one in ["b'x'", "[0]"] {
        let doubles = file("doubles.py", format!("x = {one}\nwhile True:\n    x += x\n"));
        let path = doubles.to_str().expect("the path is text");
        let outcome = raddle(&["run", "--headless", "--memory", "16M", path]);
        assert_ended(one, &outcome, 1, &["MemoryError"]);
    }
}

#[test]
fn what_is_shown_cannot_drive_the_terminal() {
    for (name, text) in [
        ("\x1b[31mred.py", "import socket\n"),
        ("\x1b]0;title\x07.py", "1/0\n"),
        ("source.py", "x = '\x1b[31m\u{202e}\u{9b}' + import # \u{2066}\n"),
        ("crash.py", "raise ValueError(1)  # \x1b[2J\u{202e}\n"),
        ("metadata.py", "# /// script\n# [tool.raddle]\n# \"\u{202e}\" = 1\n# ///\n"),
    ] {
        let said = errors(&run_file(file(name, text).to_str().expect("the path is text")));
        assert!(!said.is_empty() && !said.contains(['\x1b', '\x07', '\u{202e}', '\u{9b}', '\u{2066}']), "{said:?}");
    }
    let said = errors(&run_file("\x1b[31mmissing"));
    assert!(!said.contains('\x1b'), "{said:?}");
}

#[test]
fn metadata_that_is_wrong_is_pointed_at() {
    let with = |line: &str| format!("# /// script\n# [tool.raddle]\n# {line}\n# ///\nprint(1)\n");
    expect("key.py", with("titel = 'x'"), 3, &["unknown key `titel`", "3:3", "did you mean `title`?"]);
    expect("word.py", with("expect = 'dedlock'"), 3, &["3:12", "did you mean \"deadlock\"?"]);
    expect("both.py", with("titel = 'x'") + "import socket\n", 3, &["`titel`", "`socket`"]);
    expect("toml.py", "# /// script\n# [tool.raddle\n# ///\n", 3, &["not valid TOML", "2:"]);
    expect("open_block.py", "# /// script\n# [tool.raddle]\n", 3, &["the metadata block has no end"]);
}

/// A refusal is about a place of the file.
#[test]
fn a_refusal_has_a_line() {
    let with = |lines: &str| format!("# /// script\n# [tool.raddle]\n{lines}# ///\nprint(1)\n");
    let many = |count: usize| (0..count).map(|number| format!("v{number} = 1\n")).collect::<String>();
    let inside: String = many(70_000).lines().map(|line| format!("    {line}\n")).collect();
    for (name, text, said) in [
        (
            "policy.py",
            with("# policy = 'randm'\n"),
            &["there is no policy \"randm\"", "3:12", "did you mean random?"][..],
        ),
        (
            "exception.py",
            with("# faults = ['raise:main:ValueEror']\n"),
            &["`ValueEror`", "3:13", "did you mean `ValueError`?"],
        ),
        ("signal.py", with("# faults = ['signal:TREM']\n"), &["3:21", "did you mean `TERM`?"]),
        ("globals.py", many(70_000), &["more variables than one function or module can have", ":65536:"]),
        ("locals.py", format!("def f():\n{inside}"), &["more variables than one function", ":65537:"]),
        ("large.py", "x = 1\n".repeat(350_000), &["larger than 1 MiB", "in line 174763"]),
    ] {
        expect(name, text, 3, said);
    }
}

#[test]
fn long_names_are_cut() {
    let long = "x".repeat(100_000);
    let (path, slashed) = (format!("kill:{long}"), format!("no/{long}"));
    for (arguments, status) in [
        (&["run", "--headless", &long][..], 3),
        (&["run", "--headless", &slashed], 3),
        (&["replay", "--headless", &long], 3),
        (&["run", "--record", &long, "hello_threads"], 2),
        (&["run", "--fault", &path, "hello_threads"], 0),
        (&["run", "--policy", "priority", "--priority", &format!("{long}=1"), "hello_threads"], 0),
        (&["run", "--policy", &long, "hello_threads"], 2),
        (&[&long], 2),
    ] {
        let outcome = raddle(arguments);
        let said = errors(&outcome);
        assert_eq!(outcome.status, Some(status), "{}", said.get(..500).unwrap_or(&said));
        assert!(said.len() < 2000 && (status == 0 || said.contains('…')), "{} bytes", said.len());
    }
    let name = format!("{long} = 1; import socket\n");
    expect("long_name.py", name, 3, &["raddle has no module `socket`"]);
}

#[test]
#[cfg(unix)]
fn links_and_pipes_are_told_apart_from_files() {
    let folder = file("beside", "").parent().expect("it is in a folder").to_owned();
    let place = |name: &str| folder.join(name).to_str().expect("the path is text").to_owned();
    for (name, to) in [("loop", "loop"), ("dangling", "nowhere")] {
        let _ = fs::remove_file(place(name)); // of an earlier run
        std::os::unix::fs::symlink(to, place(name)).expect("a link can be made");
    }
    let _ = fs::remove_file(place("pipe"));
    nix::unistd::mkfifo(place("pipe").as_str(), nix::sys::stat::Mode::S_IRWXU).expect("a pipe can be made");
    for (name, message) in [
        ("loop", "that is a symbolic link that leads back to itself"),
        ("dangling", "that is a symbolic link to a file that does not exist"),
        ("pipe", "that is a pipe or a device, not a file; give"),
    ] {
        assert_ended(name, &run_file(&place(name)), 3, &[message]);
        assert_ended(name, &raddle(&["replay", "--headless", &place(name)]), 3, &[message]);
    }
    assert_ended("into a pipe", &raddle(&["run", "--record", &place("pipe"), "deadlock"]), 2, &["`--record -` writes"]);
    assert_ended(
        "into a loop",
        &raddle(&["run", "--record", &place("loop"), "deadlock"]),
        2,
        &["leads back to itself"],
    );
}

#[test]
#[cfg(target_os = "linux")]
fn names_of_files_need_not_be_text() {
    use std::os::unix::ffi::OsStrExt;
    let folder = file("latin", "").parent().expect("it is in a folder").to_owned();
    let [program, recording] = [&b"caf\xe9.py"[..], b"caf\xe9.raddle"].map(|name| folder.join(OsStr::from_bytes(name)));
    fs::write(&program, "print('hello')\n").expect("the file can be written");
    let _ = fs::remove_file(&recording); // of an earlier run
    let words = ["run".as_ref(), "--record".as_ref(), recording.as_os_str(), program.as_os_str()];
    let recorded = process::run(&words, Stdio::null());
    assert_eq!((recorded.status, recorded.stdout), (Some(0), vec!["hello".to_owned()]), "{:?}", recorded.stderr);
    let played = process::run(&["replay".as_ref(), recording.as_os_str()], Stdio::null());
    assert_eq!((played.status, played.stdout), (Some(0), vec!["hello".to_owned()]), "{:?}", played.stderr);
    fs::write(&program, "1/0\n").expect("the file can be written");
    let crashed = process::run(&["run".as_ref(), program.as_os_str()], Stdio::null());
    assert!(errors(&crashed).contains("caf\u{fffd}.py\", line 1"), "{}", errors(&crashed));
}

#[test]
fn a_recording_takes_the_place_of_recordings_alone() {
    let record = |path: &str| raddle(&["run", "--record", path, "hello_threads"]);
    for (name, there) in [("notes.txt", "notes"), ("short", "r"), ("almost", "raddle ist ein Kamm")] {
        let path = file(name, there);
        let outcome = record(path.to_str().expect("the path is text"));
        assert_ended(name, &outcome, 2, &["is not a recording, so it is not overwritten; name another file"]);
        assert_eq!(outcome.stderr.len(), 1, "{:?}", outcome.stderr);
        assert!(outcome.stdout.is_empty(), "nothing has run");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), there);
    }
    let empty = file("empty.raddle", "");
    for _ in 0..2 {
        assert_eq!(record(empty.to_str().expect("the path is text")).status, Some(0), "nothing, and then a recording");
    }
    assert_ended("a folder", &record("src"), 2, &["that is a directory; name a file in it"]);
    assert_ended("no folder", &record("no/such/a.raddle"), 2, &["there is no folder no/such"]);
}

#[test]
fn a_recording_goes_to_standard_output() {
    let folder = file("piped.raddle", "").parent().expect("it is in a folder").to_owned();
    let shell = |script: &str| {
        let script = script.replace("raddle", env!("CARGO_BIN_EXE_raddle"));
        let output = std::process::Command::new("sh").args(["-c", &script]).current_dir(&folder).output();
        output.expect("there is a shell")
    };
    let piped = shell("raddle run --record - hello_threads 2>said | raddle replay - 2>/dev/null");
    assert!(String::from_utf8_lossy(&piped.stdout).contains("grace: goodbye"), "{piped:?}");
    let said = fs::read_to_string(folder.join("said")).expect("it was written");
    assert!(said.contains("grace: goodbye") && said.contains("no trouble"), "what the program prints: {said}");
    let unread = shell("raddle run --record - hello_threads 2>said | true; cat said");
    assert!(!String::from_utf8_lossy(&unread.stdout).contains("panicked"), "{unread:?}");
    let both = raddle(&["run", "--record", "-", "--json", "hello_threads"]);
    assert_ended("both", &both, 2, &["--json and --record - both write to standard output"]);
}

#[test]
fn what_needs_a_screen_is_refused_without_one() {
    assert_ended("paused", &raddle(&["run", "--paused", "deadlock"]), 2, &["--paused works only on the screen"]);
    assert_ended("break", &raddle(&["run", "--break", "blocks", "deadlock"]), 2, &["--break works only on the screen"]);
    let far = raddle(&["run", "--break", "line=99999999999999999999", "deadlock"]);
    assert_ended("far", &far, 2, &["no program has a line 99999999999999999999"]);
}

#[test]
fn wrong_usage_is_status_2() {
    for arguments in [
        &["run"][..],
        &["run", "a", "b"],
        &["dance"],
        &["run", "--speed", "0", "deadlock"],
        &["run", "--clock", "sun", "deadlock"],
        &["run", "--seed", "-1", "deadlock"],
        &["run", "--speed", "-1", "deadlock"],
        &["run", "--speed", "NaN", "deadlock"],
        &["run", "--seed", "1", "--seed", "2", "deadlock"],
        &["run", "--", "--headless", "deadlock"],
        &["list", "deadlock"],
        &["replay"],
        &["run", "--seed", "x", "deadlock"],
        &["--colour"],
    ] {
        assert_ended(&arguments.join(" "), &raddle(arguments), 2, &["error: "]);
    }
    let said = errors(&raddle(&["run", "--seed", "x", "deadlock"]));
    assert!(said.contains("a whole number from 0 to"), "{said}");
}

#[test]
fn without_a_terminal_there_is_no_screen() {
    assert_ended("the gallery", &raddle(&[]), 70, &["the screen needs a terminal", "--headless"]);
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_told() {
    let binary = env!("CARGO_BIN_EXE_raddle");
    let long = ["run hello_threads", "run --json hello_threads", "run --record - hello_threads"];
    for command in ["list", "help", "help run", "--help", "--version"].into_iter().chain(long) {
        let shell = format!("{binary} {command} > /dev/full");
        let output = std::process::Command::new("sh").args(["-c", &shell]).output().expect("there is a shell");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(70), "{command}: {said}");
        assert!(said.contains("to standard output: No space left"), "{command}: {said}");
    }
}
