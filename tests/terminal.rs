//! The real binary in a pseudo-terminal: keys in, screen out, and the terminal left as it was found, however the end comes.

use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use raddle::session::{Card, Session, Stage};
use raddle::terminal;
use raddle::trace::recording::{Recording, Writer};
use raddle::tui::Options;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Nothing here takes nearly so long; a terminal that stays silent for all of it is a failure.
const SILENCE: Duration = Duration::from_secs(30);
/// More pieces of output than any test needs to see what it waits for.
const PIECES: usize = 20_000;
/// The test of this file that plays the program when a panic is wanted.
const PANICS: &str = "a_stage_that_panics";
/// Set for that test's process.
const IN_CHARGE: &str = "RADDLE_TEST_PANIC";

/// A pseudo-terminal with a program in it, and what a person would see there.
struct Tty {
    master: Box<dyn MasterPty + Send>,
    slave: Option<Box<dyn SlavePty + Send>>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    pieces: Receiver<Vec<u8>>,
    /// Reads the screen, as long as its pieces are wanted.
    reading: Option<JoinHandle<()>>,
    parser: vt100::Parser,
    modes: Modes,
    /// The terminal's settings before the program started.
    found: String,
}

/// Every private mode that was switched, and how it was left.
#[derive(Default)]
struct Modes {
    on: BTreeMap<u32, bool>,
    /// An escape sequence that is not complete yet.
    rest: Vec<u8>,
}

impl Modes {
    fn take_in(&mut self, bytes: &[u8]) {
        self.rest.extend_from_slice(bytes);
        while let Some(at) = self.rest.windows(3).position(|three| three == b"\x1b[?") {
            let body = &self.rest[at + 3..];
            let Some(length) = body.iter().position(|byte| byte.is_ascii_alphabetic()) else {
                self.rest.drain(..at);
                return;
            };
            let on = body[length] == b'h';
            for number in String::from_utf8_lossy(&body[..length]).split(';') {
                self.on.insert(number.parse().expect("modes are numbers"), on);
            }
            self.rest.drain(..at + 3 + length + 1);
        }
        let keep = self.rest.len().min(2);
        self.rest.drain(..self.rest.len() - keep);
    }

    /// What is not as terminals start: the cursor shows, everything else is off.
    fn left_behind(&self) -> Vec<u32> {
        self.on.iter().filter(|&(&mode, &on)| on != (mode == 25)).map(|(&mode, _)| mode).collect()
    }

    fn is_on(&self, mode: u32) -> bool {
        self.on.get(&mode).copied().unwrap_or(mode == 25)
    }
}

impl Tty {
    fn open(size: (u16, u16), program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Tty {
        let (cols, rows) = size;
        let pair = native_pty_system().openpty(PtySize { rows, cols, ..PtySize::default() }).expect("a terminal");
        let found = settings(pair.master.as_ref());
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        for (name, value) in [("TERM", "xterm-256color"), ("LC_ALL", "C.UTF-8")].iter().chain(environment) {
            command.env(name, value);
        }
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let writer = pair.master.take_writer().expect("the keyboard");
        let mut reader = pair.master.try_clone_reader().expect("the screen");
        let (sender, pieces) = channel();
        let reading = thread::spawn(move || {
            let mut buffer = [0; 1 << 14];
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        let parser = vt100::Parser::new(rows, cols, 0);
        let slave = Some(pair.slave);
        let (modes, reading) = (Modes::default(), Some(reading));
        Tty { master: pair.master, slave, writer, child, pieces, reading, parser, modes, found }
    }

    fn raddle(size: (u16, u16), arguments: &[&str]) -> Tty {
        Tty::open(size, env!("CARGO_BIN_EXE_raddle"), arguments, &[])
    }

    fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// Reads until `done`; what never comes fails the test with the screen as it was.
    fn until(&mut self, what: &str, done: impl Fn(&Tty) -> bool) {
        for _ in 0..PIECES {
            if done(self) {
                return;
            }
            let Ok(piece) = self.pieces.recv_timeout(SILENCE) else { break };
            self.take_in(&piece);
        }
        panic!("{what} never came; the screen:\n{}", self.screen());
    }

    fn take_in(&mut self, piece: &[u8]) {
        self.parser.process(piece);
        self.modes.take_in(piece);
    }

    /// Waits until every one of `texts` is on the screen at once.
    fn shows(&mut self, texts: &[&str]) {
        self.until(&format!("{texts:?}"), |tty| {
            let screen = tty.screen();
            texts.iter().all(|text| screen.contains(text))
        });
    }

    fn types(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).expect("keys arrive");
        self.writer.flush().expect("keys arrive");
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().expect("the program runs") as i32)
    }

    fn signal(&self, signal: Signal) {
        kill(self.pid(), signal).expect("the program runs");
    }

    /// Waits until the program has stopped, to go on later.
    fn stops(&mut self) {
        let (pid, (sender, stopped)) = (self.pid(), channel());
        thread::spawn(move || sender.send(waitpid(pid, Some(WaitPidFlag::WUNTRACED))));
        let status = stopped.recv_timeout(SILENCE).expect("the program stops").expect("it can be waited for");
        assert!(matches!(status, WaitStatus::Stopped(..)), "{status:?}");
        self.until("the terminal as it was", |tty| tty.modes.left_behind().is_empty());
        self.holds_nothing();
    }

    /// Everything that a program can change about a terminal is as it was found.
    fn holds_nothing(&self) {
        assert_eq!(self.modes.left_behind(), [0u32; 0], "modes left behind");
        let screen = self.parser.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_eq!(settings(self.master.as_ref()), self.found, "the terminal's settings");
    }

    /// The screen is not read any more; `keys` are typed, which should change it.
    fn is_left_unread(&mut self, keys: &str) {
        self.pieces = channel().1;
        self.types(keys);
        self.reading.take().expect("it was read until now").join().expect("a reader that ends");
    }

    /// The terminal disappears; gives the status with which the program ends.
    fn vanishes(mut self) -> u32 {
        self.is_left_unread("?");
        self.slave = None;
        self.writer = Box::new(std::io::sink());
        self.master = native_pty_system().openpty(PtySize::default()).expect("another terminal").master;
        self.status().exit_code()
    }

    /// Waits for the end.
    fn status(&mut self) -> ExitStatus {
        let (sender, ended) = channel();
        let (mut child, mut killer) = (std::mem::replace(&mut self.child, Box::new(Gone)), self.child.clone_killer());
        thread::spawn(move || sender.send(child.wait()));
        match ended.recv_timeout(SILENCE) {
            Ok(status) => status.expect("it can be waited for"),
            Err(_) => {
                let _ = killer.kill();
                panic!("the program does not end");
            }
        }
    }

    /// Waits for the end; gives the exit status and the screen that is left.
    fn ends(mut self) -> (u32, String) {
        let status = self.status();
        let kept = settings(self.master.as_ref());
        drop(self.slave.take());
        // Without the program and without us, the last piece is the last.
        while let Ok(piece) = self.pieces.recv_timeout(SILENCE) {
            self.take_in(&piece);
        }
        assert_eq!(kept, self.found, "the terminal's settings");
        assert_eq!(self.modes.left_behind(), [0u32; 0], "modes left behind");
        assert!(!self.parser.screen().alternate_screen(), "the alternate screen");
        (status.exit_code(), self.screen())
    }
}

/// Takes the child's place while another part waits for it.
#[derive(Debug)]
struct Gone;

impl portable_pty::ChildKiller for Gone {
    fn kill(&mut self) -> std::io::Result<()> {
        Ok(())
    }
    fn clone_killer(&self) -> Box<dyn portable_pty::ChildKiller + Send + Sync> {
        Box::new(Gone)
    }
}

impl Child for Gone {
    fn try_wait(&mut self) -> std::io::Result<Option<ExitStatus>> {
        Ok(None)
    }
    fn wait(&mut self) -> std::io::Result<ExitStatus> {
        Ok(ExitStatus::with_exit_code(0))
    }
    fn process_id(&self) -> Option<u32> {
        None
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        // A test that failed leaves no program behind.
        let _ = self.child.kill();
    }
}

/// The terminal's settings (raw mode and all else that `stty` shows).
fn settings(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().expect("a terminal has settings"))
}

/// The gallery, at the deadlock, whose name is being typed.
fn at_the_deadlock(size: (u16, u16)) -> Tty {
    let mut tty = Tty::raddle(size, &[]);
    tty.shows(&["scenarios", "Hello, threads"]);
    assert!(tty.parser.screen().alternate_screen() && tty.parser.screen().hide_cursor());
    assert!(tty.modes.is_on(2004) && tty.modes.is_on(1006), "paste is bracketed, the mouse reports");
    assert_ne!(settings(tty.master.as_ref()), tty.found, "keys come one by one");
    tty.types("/deadlock.py opposite");
    tty.until("its card", |tty| {
        tty.screen().lines().any(|line| line.contains("name ") && line.contains(" deadlock.py"))
    });
    tty
}

/// Chooses the deadlock and waits until it has happened.
fn deadlocked(size: (u16, u16)) -> Tty {
    let mut tty = at_the_deadlock(size);
    tty.types("\r");
    // Each has its lock: in the lanes, and as owner in the table of objects.
    tty.shows(&["lock left", "lock right"]);
    tty.shows(&["DEADLOCK", "left ◂ right", "right ◂ left", "wants a", "wants b", "▲", "!!!!"]);
    tty
}

#[test]
fn a_deadlock_forms_before_the_viewers_eyes() {
    for size in [(80, 24), (200, 60)] {
        let mut tty = deadlocked(size);
        tty.shows(&["Take a first in both."]);
        let screen = tty.screen();
        assert!(screen.lines().next().is_some_and(|title| title.contains("DEADLOCK")), "{screen}");
        tty.types("q");
        assert_eq!(tty.ends().0, 0);
    }
}

#[test]
fn a_signal_ends_it_and_leaves_nothing_behind() {
    for signal in [
        Signal::SIGTERM,
        Signal::SIGHUP,
        Signal::SIGINT,
        Signal::SIGQUIT,
        Signal::SIGUSR1,
        Signal::SIGUSR2,
        Signal::SIGALRM,
    ] {
        let tty = deadlocked((80, 24));
        tty.signal(signal);
        assert_eq!(tty.ends().0, 128 + signal as u32, "{signal}");
    }
    let tty = at_the_deadlock((200, 60));
    tty.signal(Signal::SIGTERM);
    assert_eq!(tty.ends().0, 143, "in the gallery");
}

#[test]
fn a_terminal_that_disappears_ends_it_and_the_recording_is_whole() {
    let raddle = env!("CARGO_BIN_EXE_raddle");
    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/vanished.raddle");
    let run = ["run", "--speed", "50", "--clock", "virtual", "--record", file, "deadlock"];
    // In a session of its own it is not its terminal, and no signal comes when that disappears.
    let aside = r#"trap "" HUP; exec setsid --wait "$@""#;
    let aside: Vec<_> = ["-c", aside, "sh", raddle].into_iter().chain(run).collect();
    for (program, arguments) in [(raddle, &run[..]), ("/bin/sh", &aside[..])] {
        let mut tty = Tty::open((80, 24), program, arguments, &[]);
        tty.shows(&["DEADLOCK"]);
        assert_eq!(tty.vanishes(), 129, "{program}");
        let written = std::fs::read(file).expect("a recording");
        let recording = Recording::read(&written[..]).expect("a recording");
        assert_eq!(recording.cut_off, None, "{program}");
        let (status, screen) = Tty::raddle((200, 60), &["replay", "--headless", file]).ends();
        assert_eq!(status, 1, "it ends as the run did:\n{screen}");
        assert!(screen.contains("deadlock"), "{screen}");
    }
}

#[test]
fn a_terminal_that_takes_nothing_in_does_not_keep_a_signal_from_ending_it() {
    let mut tty = at_the_deadlock((200, 60));
    // More than fits in between is drawn then.
    tty.is_left_unread("\r?\x0c?\x0c?\x0c?\x0c");
    tty.signal(Signal::SIGTERM);
    assert_eq!(tty.status().exit_code(), 143);
    assert_eq!(settings(tty.master.as_ref()), tty.found, "the terminal's settings");
}

#[test]
fn a_thread_in_a_long_operation_keeps_nobody_from_leaving() {
    // Of these only the first looks up; those on shared data keep the state from all others meanwhile.
    let endless = ["sum(range(10 ** 12))", "pow(3, 10 ** 30000, 10 ** 30000 + 7)", "sorted(numbers, key=None)"];
    for (index, call) in endless.into_iter().enumerate() {
        let file = format!("{}/long{index}.py", env!("CARGO_TARGET_TMPDIR"));
        let program = format!(
            "import threading\nnumbers = [7, 1, 5, 3] * 1_000_000\ndef work():\n    print('it begins')\n    while True:\n        \
             {call}\nthreading.Thread(target=work).start()\nnumbers.append(2)\n"
        );
        std::fs::write(&file, program).expect("a file");
        for leave in ["q", "\x03", "term", "\x1b\x1b"] {
            let mut tty = Tty::raddle((80, 24), &["run", "--speed", "1000", &file]);
            tty.shows(&["prints"]);
            match leave {
                "term" => tty.signal(Signal::SIGTERM),
                "\x1b\x1b" => {
                    tty.types("\x1b");
                    tty.shows(&["Esc again"]);
                    tty.types("\x1b");
                    tty.shows(&["Enter"]);
                    tty.types("q");
                }
                keys => tty.types(keys),
            }
            let status = tty.ends().0;
            assert_eq!(status, if leave == "term" { 143 } else { 0 }, "{call} {leave:?}");
        }
    }
}

#[test]
fn memory_that_runs_out_is_the_programs_affair() {
    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/fills.py");
    std::fs::write(file, "kept = []\nwhile True:\n    kept.append('x' * 10 ** 6)\n").expect("a file");
    let limited = format!("ulimit -v 3000000; exec {} run --speed 1000 {file}", env!("CARGO_BIN_EXE_raddle"));
    for arguments in [&["run", "--memory", "64M", "--speed", "1000", file][..], &["-c", &limited]] {
        let program = if arguments[0] == "run" { env!("CARGO_BIN_EXE_raddle") } else { "/bin/sh" };
        let mut tty = Tty::open((100, 30), program, arguments, &[]);
        tty.shows(&["MemoryError"]);
        tty.types("q");
        assert_eq!(tty.ends().0, 0);
    }
}

#[test]
fn a_process_that_gets_no_memory_gives_the_terminal_back() {
    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/starves.py");
    std::fs::write(file, "kept = []\nwhile True:\n    kept.append('x' * 10 ** 6)\n").expect("a file");
    let command =
        format!("ulimit -v 1500000; exec {} run --memory 1T --speed 1000 {file}", env!("CARGO_BIN_EXE_raddle"));
    let (status, screen) = Tty::open((100, 30), "/bin/sh", &["-c", &command], &[]).ends();
    assert_eq!(status, 70, "{screen}");
    assert!(screen.contains("there is no memory left"), "{screen}");
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_fg_redraws() {
    let mut tty = deadlocked((80, 24));
    tty.types("\x1a");
    tty.stops();
    tty.signal(Signal::SIGCONT);
    tty.until("the screen", |tty| tty.parser.screen().alternate_screen());
    tty.shows(&["DEADLOCK", "wants a", "wants b"]);
    // The same when the end is asked for from outside.
    tty.signal(Signal::SIGTSTP);
    tty.stops();
    tty.signal(Signal::SIGCONT);
    tty.shows(&["DEADLOCK", "wants a", "wants b"]);
    assert_ne!(settings(tty.master.as_ref()), tty.found, "keys come one by one again");
    tty.types("q");
    assert_eq!(tty.ends().0, 0);
}

#[test]
fn what_cannot_start_is_said_on_the_plain_terminal() {
    for (file, said) in [("/no/such/file.py", "there is no such file"), ("tests", "that is a directory")] {
        let (status, screen) = Tty::raddle((80, 24), &["run", file]).ends();
        assert_eq!(status, 3, "{screen}");
        assert!(screen.contains(said), "{screen}");
    }
}

#[test]
fn a_paused_run_says_so_and_steps() {
    let mut tty = Tty::raddle((100, 30), &["run", "--paused", "deadlock"]);
    tty.shows(&["PAUSED", "os threads"]);
    tty.types(".");
    tty.shows(&["PAUSED", "main makes thread left"]);
    tty.types("]");
    tty.shows(&["speed x2", "x2"]);
    tty.types(" ");
    tty.until("the run goes on", |tty| !tty.screen().contains("PAUSED"));
    tty.types("\x03");
    assert_eq!(tty.ends().0, 0);
}

#[test]
fn a_branch_starts_in_the_past_and_ends_another_way() {
    let mut tty = Tty::raddle((200, 60), &["run", "--clock", "virtual", "--speed", "50", "deadlock"]);
    tty.shows(&["DEADLOCK", "left ◂ right", "right ◂ left"]);
    tty.types("/takes b\r");
    tty.shows(&["events /takes b: 1"]);
    tty.types("No");
    tty.shows(&["PAST step", "right takes b", "lock right"]);
    tty.types(",");
    tty.until("a moment before", |tty| !tty.screen().contains("lock right"));
    tty.types("3h");
    tty.shows(&["PAUSED", "branch 2 starts here, from branch 1. right is held back"]);
    tty.types(" ");
    tty.shows(&["left  finished", "right held"]);
    tty.types("h");
    tty.shows(&["right can run again", "finished (exit 0)"]);
    tty.types("Y");
    tty.shows(&["the run itself", "DEADLOCK", "from 1 after step", "finished (exit 0)"]);
    tty.types("C");
    tty.shows(&["two branches, alike until step", "right takes b", "left  takes b", "≠"]);
    tty.types("\x1b\x1b");
    tty.until("the list is closed", |tty| !tty.screen().contains("two branches"));
    tty.types("q");
    assert_eq!(tty.ends().0, 0);
}

#[test]
fn a_recording_plays_and_goes_on_in_another_way() {
    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/rewound.raddle");
    let record = ["run", "--headless", "--policy", "round-robin", "--clock", "virtual", "--record", file, "deadlock"];
    let (status, screen) = Tty::raddle((80, 24), &record).ends();
    assert_ne!(status, 0, "{screen}");
    let mut tty = Tty::raddle((200, 60), &["replay", "--speed", "50", file]);
    tty.shows(&["PAST step 0 of", "a recording: space plays it", "main begins"]);
    tty.types(" ");
    tty.shows(&["DEADLOCK", "left ◂ right", "right ◂ left"]);
    tty.types(".");
    tty.shows(&["the recording ends here: comma steps back"]);
    tty.types("g");
    tty.shows(&["PAST step 0 of"]);
    tty.types(".");
    tty.shows(&["PAST step", "main makes thread left"]);
    tty.types("y");
    tty.shows(&["PAUSED", "branch 2 starts here, from branch 1"]);
    tty.types("q");
    assert_eq!(tty.ends().0, 0);
}

#[test]
fn a_recording_that_ends_before_its_program_says_so() {
    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/unended.raddle");
    let mut tty = Tty::raddle((100, 30), &["run", "--paused", "--clock", "virtual", "--record", file, "deadlock"]);
    tty.shows(&["PAUSED"]);
    tty.types(".");
    tty.shows(&["main makes thread left"]);
    tty.types("q");
    assert_eq!(tty.ends().0, 0);
    let mut tty = Tty::raddle((100, 30), &["replay", "--speed", "50", file]);
    tty.shows(&["PAST step 0 of"]);
    tty.types(" ");
    tty.shows(&["RECORDING ENDS", "The recording ends here, after step", "the program had not ended."]);
    tty.types("q");
    assert_eq!(tty.ends().0, 0);
    let mut tty = Tty::raddle((100, 30), &["replay", "--live", "--speed", "50", file]);
    tty.shows(&["RECORDING ENDS", "The recording ends here, after step", "space lets the run continue by itself."]);
    tty.types(" ");
    tty.shows(&["DEADLOCK"]);
    tty.types("q");
    assert_eq!(tty.ends().0, 0);
}

#[test]
fn a_program_that_hangs_is_in_the_recording_before_anybody_ends_it() {
    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/hangs.raddle");
    let _ = std::fs::remove_file(file);
    let run = ["run", "--speed", "50", "--clock", "virtual", "--record", file, "deadlock"];
    let mut tty = Tty::raddle((80, 24), &run);
    tty.shows(&["DEADLOCK"]);
    let played = || Tty::raddle((200, 60), &["replay", "--headless", file]).ends().1;
    // The screen writes after some dozens of frames; a look may take a part of one.
    let seen = (0..10_000).map(|_| played()).find(|screen| screen.contains("deadlock"));
    assert!(seen.is_some(), "{}", played());
    tty.types("q");
    assert_eq!(tty.ends().0, 0);
}

#[test]
fn a_recording_of_a_program_that_hangs_ends_as_that_did() {
    let mut tty = Tty::raddle((200, 60), &["replay", "--live", "--speed", "50", &recorded("hung")]);
    tty.shows(&["DEADLOCK", "Take a first in both."]);
    assert!(!tty.screen().contains("space lets"), "{}", tty.screen());
    tty.types("q");
    assert_eq!(tty.ends().0, 0);
}

/// A recording of the deadlock, made for the test of that name.
fn recorded(name: &str) -> String {
    let file = format!("{}/{name}.raddle", env!("CARGO_TARGET_TMPDIR"));
    let record = ["run", "--headless", "--policy", "round-robin", "--clock", "virtual", "--record", &file, "deadlock"];
    let (status, screen) = Tty::raddle((80, 24), &record).ends();
    assert_ne!(status, 0, "{screen}");
    file
}

#[test]
fn playing_the_past_stops_at_breakpoints() {
    let mut tty = Tty::raddle((200, 60), &["replay", "--speed", "50", &recorded("stopped")]);
    tty.shows(&["PAST step 0 of", "a recording: space plays it"]);
    tty.types("B");
    tty.shows(&["a thread blocks"]);
    tty.types("\rB ");
    tty.shows(&["BREAKPOINT step", "Breakpoint, when a thread blocks"]);
    tty.types("B\rBg\t\tg");
    tty.shows(&["PAST step 0 of"]);
    tty.types(&"j".repeat(31));
    tty.types("b");
    tty.shows(&["line 32"]);
    tty.types(" ");
    tty.shows(&["BREAKPOINT step", "Breakpoint: right is about to run line 32."]);
    tty.types(" ");
    tty.shows(&["DEADLOCK", "left ◂ right", "right ◂ left"]);
    tty.types("q");
    assert_eq!(tty.ends().0, 0);
}

#[test]
fn a_recording_that_is_another_run_says_so_as_soon_as_it_is_played_there() {
    let file = recorded("other");
    let mut recording = Recording::read(&std::fs::read(&file).expect("a recording")[..]).expect("a recording");
    // Right takes its locks in the other order than when it was recorded.
    let source = &mut recording.header.source;
    let at =
        source.find("with b:\n").and_then(|first| Some(first + 8 + source[first + 8..].find("with b:")?)).expect("two");
    source.replace_range(at..at + 7, "with a:");
    let mut writer = Writer::new(std::fs::File::create(&file).expect("a file"), &recording.header).expect("a file");
    writer.add(&recording.blocks).expect("a file");
    let mut tty = Tty::raddle((200, 60), &["replay", "--speed", "50", &file]);
    tty.shows(&["PAST step 0 of", "a recording: space plays it"]);
    tty.types(" ");
    tty.shows(&[
        "DIVERGES",
        "the replay diverges from the recording after step",
        "right",
        "it was recorded by this version of raddle",
    ]);
    tty.types("q");
    assert_eq!(tty.ends().0, 0);
}

#[test]
fn what_the_program_prints_is_on_the_screen() {
    let mut tty = Tty::raddle((200, 60), &["run", "--speed", "100", "hello_threads"]);
    tty.shows(&["output", "finished (exit 0)", "hello"]);
    tty.types("q");
    assert_eq!(tty.ends().0, 0);
}

#[test]
fn the_faults_of_a_scenario_strike_on_the_screen_too() {
    for (scenario, shown) in [
        ("killed_holder", ["FAULT kill clerk", "LOCK HELD BY A DEAD THREAD"]),
        ("raised_inside", ["FAULT raise ValueError in untidy", "crashed"]),
        ("leaked_lock", ["FAULT lose the next release of printer", "poster"]),
        ("taken_lock", ["FAULT take books away", "crashed"]),
        ("expired_timeout", ["FAULT expire the timeout of hasty", "crashed"]),
        ("dropped_notify", ["the fault on not_empty takes effect", "STUCK"]),
        ("spurious_wakeup", ["FAULT wake customer without a notify", "crashed"]),
        ("false_start", ["FAULT break start", "crashed"]),
        ("late_loader", ["FAULT delay loader for 5 s", "the host is None"]),
        ("slow_consumer", ["consumer is delayed", "served 6"]),
        ("frozen_leader", ["FAULT thaw leader", "deputy and leader"]),
        ("asked_to_stop", ["SIGINT arrives", "stops early"]),
    ] {
        let mut tty = Tty::raddle((200, 60), &["run", "--clock", "virtual", "--speed", "50", scenario]);
        tty.shows(&shown);
        tty.types("q");
        assert_eq!(tty.ends().0, 0, "{scenario}");
    }
}

#[test]
fn a_panic_leaves_the_terminal_first_and_speaks_then() {
    let program = std::env::current_exe().expect("this test's own program");
    let program = program.to_str().expect("a path that is text");
    let arguments = ["--exact", PANICS, "--nocapture", "--test-threads=1"];
    let tty = Tty::open((80, 24), program, &arguments, &[(IN_CHARGE, "1"), ("RUST_BACKTRACE", "0")]);
    let (status, screen) = tty.ends();
    assert_ne!(status, 0);
    assert!(screen.contains("a defect, on purpose"), "the message is on the plain screen:\n{screen}");
}

/// Where a run should start, there is a panic.
struct Trap(Vec<Card>);

impl Stage for Trap {
    fn cards(&self) -> &[Card] {
        &self.0
    }
    fn open(&mut self, _: usize, _: &[raddle::event::Breakpoint]) -> Result<Box<dyn Session>, String> {
        panic!("a defect, on purpose");
    }
    fn changed(&mut self, _: usize) -> bool {
        false
    }
}

/// Only in a process of its own: opens the screen and panics in it.
#[test]
fn a_stage_that_panics() {
    if std::env::var_os(IN_CHARGE).is_some() {
        let options = Options { start: Some(0), mouse: true, ..Options::default() };
        let ended = terminal::run(&mut Trap(vec![Card::default()]), options);
        panic!("the screen was left by {ended:?}");
    }
}
