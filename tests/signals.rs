//! Signals sent to a run without a screen: the real binary in a process of its own, and each test waits for the lines that
//! say how far the program is.

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// Nothing here takes nearly so long.
const SILENCE: Duration = Duration::from_secs(30);

/// Workers that end when the handler asks them to, and a main thread that joins them.
const GRACEFUL: &str = "\
import signal, sys, threading
stopping = threading.Event()
def work(number):
    stopping.wait()
    print('down', number)
def shut_down(number, frame):
    print('shutting down')
    stopping.set()
    for worker in workers:
        worker.join()
    print('all down')
    sys.exit(0)
signal.signal(signal.SIGINT, shut_down)
workers = [threading.Thread(target=work, args=(number,)) for number in range(2)]
for worker in workers:
    worker.start()
print('ready')
for worker in workers:
    worker.join()
print('not reached')
";

/// No handler; a worker that the end of the program waits for.
const PLAIN: &str = "\
import threading, time
def work():
    time.sleep(600)
threading.Thread(target=work).start()
try:
    print('ready')
    time.sleep(600)
finally:
    print('unwound')
";

/// Counts what it is sent.
const COUNTS: &str = "\
import signal
count = 0
def note(number, frame):
    global count
    count += 1
    print('got', signal.Signals(number).name, count)
signal.signal(signal.SIGUSR1, note)
signal.signal(signal.SIGTERM, note)
print('ready')
while count < 3:
    signal.pause()
print('enough')
";

/// Computes and never stops by itself.
const COMPUTES: &str = "\
import threading
print('ready')
try:
    while True:
        pass
except KeyboardInterrupt:
    print('stopped')
";

/// A running program, and what it printed: lines of both streams, in the order they came.
struct Process {
    child: Child,
    lines: Receiver<String>,
}

impl Process {
    fn start(program: &str) -> Process {
        let mut child = Command::new(env!("CARGO_BIN_EXE_raddle"))
            .args(["run", "--headless", "--clock", "wall", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        child.stdin.take().expect("a pipe").write_all(program.as_bytes()).expect("the program is taken");
        let (sender, lines) = channel();
        read(child.stdout.take().expect("a pipe"), sender.clone());
        read(child.stderr.take().expect("a pipe"), sender);
        Process { child, lines }
    }

    fn send(&self, signal: Signal) {
        let id = i32::try_from(self.child.id()).expect("process ids are small");
        kill(Pid::from_raw(id), signal).expect("the process is there");
    }

    /// Waits for a line that contains `text`.
    fn wait_for(&self, text: &str) {
        let mut before = Vec::new();
        loop {
            match self.lines.recv_timeout(SILENCE) {
                Ok(line) if line.contains(text) => return,
                Ok(line) => before.push(line),
                Err(error) => panic!("no {text:?} ({error}), only {before:?}"),
            }
        }
    }

    /// Waits for the end: the exit status, and the lines until then.
    fn end(mut self) -> (Option<i32>, Vec<String>) {
        let mut lines = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(SILENCE) {
            lines.push(line);
        }
        let status = self.child.wait().expect("the process was started");
        (status.code(), lines)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill(); // it fails when the process has ended, which is as well
    }
}

fn read(pipe: impl Read + Send + 'static, lines: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            let _ = lines.send(line);
        }
    });
}

#[test]
fn an_interrupt_runs_the_handler_and_the_program_ends_gracefully() {
    let process = Process::start(GRACEFUL);
    process.wait_for("ready");
    process.send(Signal::SIGINT);
    process.wait_for("shutting down");
    let (status, lines) = process.end();
    assert_eq!(status, Some(0));
    assert!(
        lines.iter().any(|line| line == "all down") && !lines.iter().any(|line| line == "not reached"),
        "{lines:?}"
    );
    assert_eq!(lines.iter().filter(|line| line.starts_with("down ")).count(), 2, "{lines:?}");
}

#[test]
fn without_a_handler_it_is_a_keyboard_interrupt_and_a_second_one_ends_the_wait_for_threads() {
    let process = Process::start(PLAIN);
    process.wait_for("ready");
    process.send(Signal::SIGINT);
    process.wait_for("KeyboardInterrupt");
    process.send(Signal::SIGINT);
    let (status, _) = process.end();
    assert_eq!(status, Some(130));
}

#[test]
fn a_thread_that_computes_is_interrupted() {
    let process = Process::start(COMPUTES);
    process.wait_for("ready");
    process.send(Signal::SIGINT);
    process.wait_for("stopped");
    assert_eq!(process.end().0, Some(0));
}

#[test]
fn a_request_to_end_ends_the_run() {
    let process = Process::start(PLAIN);
    process.wait_for("ready");
    process.send(Signal::SIGTERM);
    let (status, lines) = process.end();
    assert_eq!(status, Some(143));
    assert!(!lines.iter().any(|line| line == "unwound"), "{lines:?}");
}

#[test]
fn other_signals_come_to_programs_that_mention_them() {
    let process = Process::start(COUNTS);
    process.wait_for("ready");
    process.send(Signal::SIGUSR1);
    process.wait_for("got SIGUSR1 1");
    process.send(Signal::SIGTERM);
    process.wait_for("got SIGTERM 2");
    process.send(Signal::SIGUSR1);
    process.wait_for("enough");
    assert_eq!(process.end().0, Some(0));
}

#[test]
fn a_thread_in_a_long_operation_keeps_no_signal_from_ending_it() {
    let shared = "import threading\nnumbers = [7, 1, 5, 3] * 1_000_000\ndef work():\n    print('ready')\n    while True:\n        \
                  sorted(numbers)\nthreading.Thread(target=work).start()\nnumbers.append(2)\n";
    let endless = [
        "print('ready')\nsum(range(10 ** 12))\n",
        "print('ready')\npow(3, 10 ** 30000, 10 ** 30000 + 7)\n",
        "print('ready')\nwhile True:\n    [3, 1, 2] * 1_000_000 == [3, 1, 2] * 1_000_000\n",
        shared,
    ];
    for program in endless {
        for signal in [Signal::SIGTERM, Signal::SIGINT] {
            if program == shared && signal == Signal::SIGINT {
                continue; // the main thread takes it, and waits for the other, as in CPython
            }
            let process = Process::start(program);
            process.wait_for("ready");
            process.send(signal);
            assert_eq!(process.end().0, Some(128 + signal as i32), "{signal} {program}");
        }
    }
}
