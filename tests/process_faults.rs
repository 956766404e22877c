//! Faults on processes and on what lies between them: what each does to a program, in the binary, and again from a recording.

mod support {
    pub(crate) mod process;
}

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Stdio;
use support::process::{Outcome, run};

const QUEUE: &str = "\
from multiprocessing import Lock, Process, Queue
import time

def work(lock, queue):
    with lock:
        queue.put('in')
        time.sleep(1)
    queue.put('out')

if __name__ == '__main__':
    lock, queue = Lock(), Queue()
    worker = Process(target=work, args=(lock, queue))
    worker.start()
    print(queue.get(), flush=True)
    worker.join()
    print('exit code', worker.exitcode, flush=True)
    print(lock.acquire(timeout=5), flush=True)
";

const PIPE: &str = "\
from multiprocessing import Pipe, Process
import time

def work(pipe):
    try:
        for number in range(3):
            pipe.send(number)
        print('all sent', flush=True)
    except BrokenPipeError:
        print('broken', flush=True)

if __name__ == '__main__':
    pipe, other = Pipe()
    worker = Process(target=work, args=(other,))
    worker.start()
    other.close()
    try:
        while True:
            print(pipe.recv(), flush=True)
            time.sleep(1)
    except EOFError:
        print('the end', flush=True)
    worker.join()
    print(time.monotonic() > 60, flush=True)
";

fn file(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("raddle-{}-{name}", std::process::id()))
}

/// What was printed: its order is free.
fn sorted(outcome: &Outcome) -> Vec<&str> {
    let mut lines: Vec<&str> = outcome.stdout.iter().map(String::as_str).collect();
    lines.sort_unstable();
    lines
}

/// Runs the program with a fault, and plays the recording of that.
fn struck(name: &str, text: &str, fault: &str, policy: &str) -> Outcome {
    let (program, recording) = (file(&format!("{name}.py")), file(&format!("{name}.raddle")));
    std::fs::write(&program, text).expect("it can be written");
    let words = ["run", "--headless", "--policy", policy, "--fault", fault, "--record"].map(OsStr::new);
    let outcome = run(&[&words[..], &[recording.as_os_str(), program.as_os_str()]].concat(), Stdio::null());
    let played = run(&[OsStr::new("replay"), OsStr::new("--headless"), recording.as_os_str()], Stdio::null());
    assert!(!outcome.hung && !played.hung, "{fault}");
    assert_eq!((&played.stdout, played.status), (&outcome.stdout, outcome.status), "{fault}: {:?}", played.stderr);
    std::fs::remove_file(&program).and_then(|()| std::fs::remove_file(&recording)).expect("they were written");
    outcome
}

#[test]
fn each_does_what_it_says_under_every_policy() {
    let cases: &[(&str, &str, &str, &[&str])] = &[
        ("killed", QUEUE, "kill-process:Process-1@time=0.5", &["False", "exit code -9", "in"]),
        ("lost", QUEUE, "lose-message:queue", &["True", "exit code 0", "out"]),
        ("second", QUEUE, "lose-message:queue@2", &["True", "exit code 0", "in"]),
        ("late", QUEUE, "delay-message:queue:3", &["True", "exit code 0", "in"]),
        ("orphan", QUEUE, "kill-process:main@time=0.5", &["in"]),
        ("filled", PIPE, "fill-pipe:pipe#2", &["0", "1", "2", "False", "all sent", "the end"]),
        ("delayed", PIPE, "delay-message:pipe#2:100", &["0", "1", "2", "True", "all sent", "the end"]),
    ];
    for (name, text, fault, printed) in cases {
        for policy in ["os", "round-robin", "random", "gil"] {
            let outcome = struck(name, text, fault, policy);
            assert_eq!(sorted(&outcome), **printed, "{fault} under {policy}:\n{}", outcome.stderr.join("\n"));
            assert!(!outcome.stderr.iter().any(|line| line.contains("never happened")), "{:?}", outcome.stderr);
        }
    }
}

#[test]
fn who_waits_for_one_of_several_pipes_waits_for_a_delayed_message() {
    let text = "\
from multiprocessing import Pipe, Process
from multiprocessing.connection import wait
import time

def work(pipe):
    pipe.send('late')

if __name__ == '__main__':
    pipe, other = Pipe(False)
    worker = Process(target=work, args=(other,))
    worker.start()
    print(wait([pipe], 1), flush=True)
    print(wait([pipe, worker.sentinel], 1) == [worker.sentinel], time.monotonic() > 4, flush=True)
    print(wait([pipe]) == [pipe], time.monotonic() > 4, pipe.recv(), flush=True)
";
    for policy in ["os", "round-robin", "random"] {
        let outcome = struck("watched", text, "delay-message:pipe:5", policy);
        assert_eq!(outcome.stdout, ["[]", "True False", "True True late"], "{policy}: {:?}", outcome.stderr);
    }
}

#[test]
fn a_broken_pipe_is_known_at_both_ends() {
    let text =
        PIPE.replace("send(number)", "send('x' * 1_000_000)").replace("print(pipe.recv()", "print(len(pipe.recv())");
    let outcome = struck("broken", &text, "break-pipe:pipe#2@time=0.5", "round-robin");
    // The first message was received; the second one lies there, and its sender waits for room.
    assert_eq!(sorted(&outcome), ["1000000", "1000000", "False", "broken", "the end"]);
}

#[test]
fn what_makes_no_sense_is_said_with_the_reason() {
    for (fault, reason) in [
        ("kill-process:nobody", "there was no thread nobody"),
        ("break-pipe:lock", "lock is not a queue but a lock"),
        ("lose-message:queue@9", "it was sent through only 2 times after that"),
    ] {
        let said = struck("senseless", QUEUE, fault, "round-robin").stderr.join("\n");
        assert!(said.contains(reason), "{fault}: {said}");
    }
}

#[test]
fn a_search_that_leaves_a_fault_out_says_so() {
    let program = file("left-out.py");
    let head = "# /// script\n# [tool.raddle]\n# faults = [\"break-pipe:pipe\"]\n# ///\n";
    std::fs::write(&program, format!("{head}{}", PIPE.replace("time.sleep(1)", "pass"))).expect("it can be written");
    let outcome = run(&[OsStr::new("check"), program.as_os_str()], Stdio::null());
    let said = outcome.stdout.join("\n");
    assert!(said.starts_with("inconclusive"), "{said}");
    assert!(said.contains("break-pipe:pipe was not tried: a search breaks and fills no pipes"), "{said}");
    std::fs::remove_file(&program).expect("it was written");
}
