//! What a program sees of virtual time: waits that it measures, busy waits, and threads that wake at the same instant.

mod support {
    pub(crate) mod program;
}

use raddle::engine::{Options, Received, Run, RunEnd};
use raddle::event::EventKind;
use raddle::policy::Kind;
use std::time::Duration;
use support::program::image;

/// Only a defect takes so long.
const LONG: Duration = Duration::from_secs(60);

/// What a run printed, how many operations it took, and what its clock said at the end, in nanoseconds.
struct Lived {
    printed: String,
    steps: u64,
    now: u64,
}

/// Runs the program to its end. It must take no more than so many events.
fn run(text: &str, policy: Kind, most: usize) -> Lived {
    let run = Run::start(image("time.py", text), Options { policy, ..Options::default() }).expect("there are threads");
    let (control, mut stream) = (run.control(), run.events());
    let (mut printed, mut count) = (String::new(), 0);
    loop {
        match stream.recv_timeout(LONG) {
            Received::Event(event) => {
                count += 1;
                assert!(count < most, "{} goes on and on: {event:?}\n{text}", policy.name());
                if let EventKind::Printed { text, error } = event.kind {
                    assert!(!error, "{text}");
                    printed.push_str(&text);
                }
            }
            Received::Quiet => break,
            Received::Nothing => panic!("nothing comes under {}: {:?}", policy.name(), control.positions()),
        }
    }
    let (steps, now) = (control.steps(), control.now());
    assert_eq!(run.end(), RunEnd::Exited(0), "{} {text}", policy.name());
    Lived { printed, steps, now }
}

fn deterministic() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(|kind| *kind != Kind::Os)
}

/// One thread sleeps for a thousand seconds, while others wait in this way.
fn waiting(how: &str) -> String {
    let how: String = how.lines().map(|line| format!("    {line}\n")).collect();
    format!(
        "import threading, time\ndone = False\nlock = threading.Lock()\nflag = threading.Event()\ndef nap():\n    \
         global done\n    with lock:\n        time.sleep(1000)\n    done = True\n    flag.set()\n\
         crew = [threading.Thread(target=nap) for n in range(2)]\nfor t in crew:\n    t.start()\n\
         def wait():\n    end = time.monotonic() + 1000\n    time.sleep(0.001)\n{how}\
         two = [threading.Thread(target=wait) for n in range(2)]\nfor t in two:\n    t.start()\n\
         for t in two:\n    t.join()\nfor t in crew:\n    t.join()\nprint('over')\n"
    )
}

#[test]
fn a_busy_wait_lasts_no_longer_than_a_sleep() {
    for how in [
        "while not done: pass",
        "while not flag.is_set(): pass",
        "while crew[0].is_alive(): pass",
        "while any(t.is_alive() for t in crew): pass",
        "while not all([not t.is_alive() for t in crew]): pass",
        "while True:\n    if lock.acquire(blocking=False):\n        lock.release()\n        break",
        "while time.monotonic() < end: pass",
        "now = 0\nwhile now < end:\n    now = time.monotonic()",
        "while end - time.monotonic() > 0:\n    if done: break",
    ] {
        // Under pct threads that only look may starve those that could do something.
        for policy in Kind::ALL.into_iter().filter(|policy| *policy != Kind::Pct) {
            let most = if policy == Kind::Os { 10_000_000 } else { 100_000 };
            let lived = run(&waiting(how), policy, most + most / 2);
            assert_eq!(lived.printed, "over\n");
            let (now, steps) = (lived.now, lived.steps);
            assert!(now >= 1_000_000_000_000 && steps < most as u64, "{how} under {}: {steps}", policy.name());
        }
    }
}

#[test]
fn a_thread_that_computes_and_looks_meanwhile_does_not_wait() {
    // That is over long before a second is, in CPython too.
    let text = "\
import threading
stop = False
rate = 3
result = []
def work():
    total = 0
    for i in range(40000):
        if stop:
            break
        total += i * rate
    result.append(total)
def change():
    global stop, rate
    stop, rate = stop, rate
t = threading.Thread(target=work)
change()
t.start()
t.join(timeout=1)
print(t.is_alive(), result)
";
    for policy in Kind::ALL {
        assert_eq!(run(text, policy, 400_000).printed, "False [2399940000]\n", "{}", policy.name());
    }
}

#[test]
fn waits_that_are_measured_take_what_others_did_meanwhile() {
    let text = "\
import threading, time
lock = threading.Lock()
seen = []
def work():
    with lock:
        for i in range(300):
            seen.append(i)
t = threading.Thread(target=work)
with lock:
    t.start()
    begin = time.monotonic()
    time.sleep(0.5)
    slept = time.monotonic() - begin
while not lock.locked() and not seen:
    pass
begin = time.monotonic()
lock.acquire()
waited = time.monotonic() - begin
lock.release()
begin = time.perf_counter()
t.join()
joined = time.perf_counter() - begin
print(round(slept, 1), slept >= 0.5, 0 < waited < 0.1, 0 < joined < 0.1)
";
    for policy in deterministic() {
        assert_eq!(run(text, policy, 20_000).printed, "0.5 True True True\n", "{}", policy.name());
    }
}

/// One thread has a room for half of the time, and others knock each time it takes or leaves it.
fn knocking(guests: usize, owner_first: bool, knock: &str) -> String {
    let owner = "threading.Thread(target=owner, daemon=True).start()\n";
    let (before, after) = if owner_first { (owner, "") } else { ("", owner) };
    format!(
        "import threading, time\nroom = threading.Lock()\ndef owner():\n    while True:\n        room.acquire()\n        \
         time.sleep(0.5)\n        room.release()\n        time.sleep(0.5)\ndef guest():\n    wins = 0\n    while wins < 3:\n        \
         {knock}\n            wins += 1\n            room.release()\n{before}\
         guests = [threading.Thread(target=guest) for n in range({guests})]\nfor g in guests:\n    g.start()\n{after}\
         for g in guests:\n    g.join()\nprint('all were in the room')\n"
    )
}

#[test]
fn threads_that_wake_at_the_same_instant_take_turns() {
    let sleeps = "time.sleep(0.5)\n        if room.acquire(blocking=False):";
    let limits = "if room.acquire(timeout=0.5):";
    for policy in [Kind::Gil, Kind::RoundRobin, Kind::Random] {
        for guests in [1, 2, 3] {
            for owner_first in [true, false] {
                for knock in [sleeps, limits] {
                    let lived = run(&knocking(guests, owner_first, knock), policy, 3_000);
                    assert_eq!(lived.printed, "all were in the room\n");
                }
            }
        }
    }
}

#[test]
fn a_thread_that_counts_with_floats_and_reads_the_clock_does_not_wait() {
    let text = "\
import threading, time
late = []
threading.Thread(target=lambda: (time.sleep(20), late.append(1)), daemon=True).start()
begin = time.perf_counter()
def count(step):
    x = 0.0
    while x < 6000.0 * step:
        x += step
        if time.perf_counter() - begin > 10:
            return 'timed out'
    return x
def shrink():
    x = 1.0
    while x > 1e-80:
        x *= 0.97
        time.perf_counter()
    return x > 0
print(count(1.0), count(0.001) > 5.9, shrink(), late)
";
    for policy in Kind::ALL {
        assert_eq!(run(text, policy, 200_000).printed, "6000.0 True True []\n", "{}", policy.name());
    }
}
