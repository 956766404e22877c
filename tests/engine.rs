//! The live engine from outside: small programs on real threads. Nothing here sleeps: tests wait for events.

use parking_lot::{Mutex, MutexGuard};
use raddle::base::{Source, ThreadId};
use raddle::engine::{ClockKind, Control, EventStream, Options, Received, Run, RunEnd, StepResult};
use raddle::event::{Ending, Event, EventKind};
use raddle::machine::image::Image;
use raddle::policy::Kind;
use raddle::schedule::{Fault, Speed, StepUnit};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Tests count the threads of this process, and measure: one at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// The limit of a wait for an event: only a defect takes so long.
const LONG: Duration = Duration::from_secs(30);

const A: ThreadId = ThreadId(1);
const B: ThreadId = ThreadId(2);

const COUNT: &str = "\
import threading
lock = threading.Lock()
n = 0
def work():
    global n
    for _ in range(200):
        with lock:
            n += 1
threads = [threading.Thread(target=work) for _ in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(n)
";

const DEADLOCK: &str = "\
import threading
import time
a = threading.Lock()
b = threading.Lock()
def left():
    with a:
        time.sleep(1)
        with b:
            pass
def right():
    with b:
        time.sleep(1)
        with a:
            pass
s = threading.Thread(target=left)
t = threading.Thread(target=right)
s.start()
t.start()
s.join()
t.join()
";

const ENDLESS: &str = "\
import threading
lock = threading.Lock()
n = 0
def work():
    global n
    while True:
        with lock:
            n += 1
s = threading.Thread(target=work)
t = threading.Thread(target=work)
s.start()
t.start()
s.join()
t.join()
";

const COMPUTE: &str = "\
import threading
def work():
    while True:
        pass
s = threading.Thread(target=work)
t = threading.Thread(target=work)
s.start()
t.start()
s.join()
";

const SLEEP: &str = "\
import threading
import time
def nap():
    time.sleep(1000)
def doze():
    time.sleep(2000)
s = threading.Thread(target=nap)
t = threading.Thread(target=doze)
s.start()
t.start()
s.join()
t.join()
print(0)
";

const DAEMON: &str = "\
import threading
import time
lock = threading.Lock()
n = 0
def work():
    global n
    while True:
        with lock:
            n += 1
t = threading.Thread(target=work, daemon=True)
t.start()
print(0)
";

fn image(program: &str) -> Arc<Image> {
    let program = raddle::lang::compile(Arc::new(Source::new("test.py", program))).expect("the program is supported");
    Arc::new(Image::new(Arc::new(program)))
}

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock()
}

fn start(program: &str, options: Options) -> (Run, Control, EventStream) {
    let run = Run::start(image(program), options).expect("there are threads to be had");
    let (control, events) = (run.control(), run.events());
    (run, control, events)
}

fn paused() -> Options {
    Options { paused: true, ..Options::default() }
}

fn wall(speed: Speed) -> Options {
    Options { clock: ClockKind::Wall, speed, ..Options::default() }
}

/// Reads up to the first event that is looked for, which is the last of the result.
fn read_until(events: &mut EventStream, found: impl Fn(&Event) -> bool) -> Vec<Event> {
    let mut read = Vec::new();
    loop {
        match events.recv_timeout(LONG) {
            Received::Event(event) => {
                read.push(event);
                if read.last().is_some_and(&found) {
                    return read;
                }
            }
            other => panic!("{other:?} after {read:#?}"),
        }
    }
}

fn blocks(thread: ThreadId) -> impl Fn(&Event) -> bool {
    move |event| event.thread == thread && matches!(event.kind, EventKind::Blocked { .. })
}

fn wrote(thread: ThreadId) -> impl Fn(&Event) -> bool {
    move |event| event.thread == thread && matches!(event.kind, EventKind::Wrote { .. })
}

/// What one step of that thread does: its events, up to the first of its own.
fn step(control: &Control, events: &mut EventStream, thread: ThreadId) -> Vec<Event> {
    assert_eq!(control.step(Some(thread), StepUnit::Operation), StepResult::Moves(thread));
    let mut read = read_until(events, |event| event.thread == thread);
    read.extend(events.drain(usize::MAX));
    read
}

/// Steps the main thread until it joins, and waits until all others stand before their first operation.
fn step_main_to_join(control: &Control, events: &mut EventStream) {
    loop {
        let read = step(control, events, ThreadId::MAIN);
        if read.iter().any(blocks(ThreadId::MAIN)) {
            break;
        }
    }
    while control.positions().iter().any(|position| position.next.is_empty()) {
        std::thread::yield_now();
    }
}

/// The operating-system threads that run Python threads.
fn workers() -> usize {
    let tasks = std::fs::read_dir("/proc/self/task").expect("this is Linux").filter_map(Result::ok);
    let names = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("comm")).ok());
    names.filter(|name| name.starts_with("MainThread") || name.starts_with("Thread-")).count()
}

/// A joined thread may stay in the table for a moment, until the kernel has let go of it.
#[expect(clippy::disallowed_methods, reason = "a bound for the kernel")]
fn assert_no_workers() {
    let start = Instant::now();
    while workers() > 0 {
        assert!(start.elapsed() < LONG, "{} workers are left", workers());
        std::thread::yield_now();
    }
}

#[test]
fn a_program_runs_to_its_end_without_a_gap_in_its_events() {
    let _alone = alone();
    for _ in 0..20 {
        let (run, control, mut events) = start(COUNT, Options::default());
        let mut next = 0;
        let mut printed = String::new();
        let mut at = 0;
        while let Some(event) = events.recv() {
            assert_eq!(event.seq, next);
            assert!(event.at >= at);
            (next, at) = (next + 1, event.at);
            if let EventKind::Printed { text, .. } = event.kind {
                printed.push_str(&text);
            }
        }
        assert_eq!(printed, "1600\n");
        assert_eq!((control.is_over(), control.status()), (true, Some(0)));
        assert_eq!(run.end(), RunEnd::Exited(0));
    }
}

#[test]
fn what_is_drained_in_pieces_has_no_gap_either() {
    let _alone = alone();
    let (_run, control, mut events) = start(COUNT, Options::default());
    let mut next = 0;
    loop {
        let over = control.is_over();
        let piece = events.drain(100);
        for event in &piece {
            assert_eq!(event.seq, next);
            next += 1;
        }
        if over && piece.is_empty() {
            break;
        }
        std::thread::yield_now();
    }
    assert_eq!(events.recv(), None);
    assert!(next > 8 * 200 * 2);
}

#[test]
fn locks_exclude_whatever_the_operating_system_does() {
    let _alone = alone();
    let (_run, _, mut events) = start(COUNT, wall(Speed::Max));
    let mut owner = None;
    while let Some(event) = events.recv() {
        match event.kind {
            EventKind::Acquired { .. } => assert_eq!(owner.replace(event.thread), None),
            EventKind::Released { .. } => assert_eq!(owner.take(), Some(event.thread)),
            EventKind::Wrote { .. } if event.thread != ThreadId::MAIN => assert_eq!(owner, Some(event.thread)),
            _ => {}
        }
    }
}

#[test]
fn a_slow_reader_slows_the_program_down() {
    let _alone = alone();
    let backlog = 500;
    let (_run, control, mut events) = start(ENDLESS, Options { backlog, ..Options::default() });
    // All threads that have begun come to the gate (or to a lock whose holder stands there), and stay.
    let mut still = 0;
    while still < 100 {
        let positions = control.positions();
        let stands = |thread: ThreadId| positions.get(thread.index()).is_some_and(|position| !position.next.is_empty());
        let moves = positions.iter().any(|position| position.line > 0 && position.next.is_empty());
        still = if stands(A) && !moves { still + 1 } else { 0 };
        std::thread::yield_now();
    }
    let behind = events.drain(usize::MAX);
    assert!(behind.len() as u64 <= backlog + 100, "{}", behind.len());
    let next = behind.len() as u64;
    let more = read_until(&mut events, |event| event.seq >= next + 4 * backlog);
    assert_eq!(more.first().map(|event| event.seq), Some(next));
}

#[test]
fn a_deadlock_is_quiet_and_can_be_looked_at() {
    let _alone = alone();
    let (run, control, mut events) = start(DEADLOCK, Options::default());
    while events.recv().is_some() {}
    assert!(control.is_stuck() && !control.is_over());
    assert_eq!(events.recv_timeout(Duration::ZERO), Received::Quiet);
    let positions = control.positions();
    assert_eq!(positions.iter().map(|position| position.line).collect::<Vec<_>>(), [19, 8, 13]);
    assert_eq!(control.now(), 1_000_000_000);
    assert_eq!(control.step(None, StepUnit::Operation), StepResult::Blocked);
    assert_eq!(run.end(), RunEnd::Stuck);
}

#[test]
fn a_thread_that_is_blocked_can_be_killed() {
    let _alone = alone();
    let (run, control, mut events) = start(DEADLOCK, Options::default());
    while events.recv().is_some() {}
    control.inject(&Fault::Kill { thread: A }).expect("it is alive");
    let died = |event: &Event| event.thread == A && event.kind == EventKind::Ended { how: Ending::Killed };
    read_until(&mut events, died);
    while events.recv().is_some() {}
    assert!(control.is_stuck(), "its lock is still held");
    assert_eq!(control.step(Some(A), StepUnit::Operation), StepResult::NotAlive);
    control.resume(); // a step pauses the run
    control.inject(&Fault::Kill { thread: B }).expect("it is alive");
    while events.recv().is_some() {}
    assert!(control.is_over());
    assert!(matches!(run.end(), RunEnd::Exited(_)));
}

#[test]
fn virtual_time_jumps() {
    let _alone = alone();
    let (run, control, mut events) = start(SLEEP, Options::default());
    let mut slept = BTreeMap::new();
    while let Some(event) = events.recv() {
        if event.kind == EventKind::Slept {
            slept.insert(event.thread, event.at);
        }
    }
    assert_eq!(slept, BTreeMap::from([(A, 1_000_000_000_000), (B, 2_000_000_000_000)]));
    assert_eq!(control.now(), 2_000_000_000_000);
    assert_eq!(run.end(), RunEnd::Exited(0));
}

#[test]
fn wall_time_goes_by_the_speed() {
    let _alone = alone();
    let (run, control, mut events) = start(SLEEP, wall(Speed::Times(0.001)));
    read_until(&mut events, blocks(B));
    assert!(control.now() < 900_000_000_000, "at that speed it takes a million seconds");
    control.set_speed(Speed::Times(1000.0));
    assert_eq!(control.speed(), Speed::Times(1000.0));
    read_until(&mut events, |event| event.thread == B && event.kind == EventKind::Slept);
    assert!(control.now() >= 2_000_000_000_000);
    drop(run);
}

#[test]
fn pause_means_pause() {
    let _alone = alone();
    for _ in 0..50 {
        let (_run, control, mut events) = start(ENDLESS, wall(Speed::Max));
        read_until(&mut events, wrote(B));
        control.pause();
        assert!(control.is_paused());
        let (now, _) = (control.now(), events.drain(usize::MAX));
        for _ in 0..100 {
            std::thread::yield_now();
            assert_eq!(events.drain(usize::MAX), []);
        }
        assert_eq!(events.recv_timeout(Duration::from_millis(1)), Received::Nothing);
        assert_eq!(control.now(), now);
        control.resume();
        read_until(&mut events, wrote(A));
        read_until(&mut events, wrote(B));
    }
}

#[test]
fn sleeps_do_not_run_out_while_paused() {
    let _alone = alone();
    // 1000 seconds of sleep take a second at this speed; the test does not wait for it.
    let (_run, control, mut events) = start(SLEEP, wall(Speed::Times(1000.0)));
    read_until(&mut events, blocks(B));
    control.pause();
    events.drain(usize::MAX);
    let now = control.now();
    assert_eq!(events.recv_timeout(Duration::from_millis(20)), Received::Nothing);
    assert_eq!(control.now(), now, "else 20 seconds have passed");
    control.resume();
    let read = read_until(&mut events, |event| event.kind == EventKind::Slept);
    assert!(read.last().is_some_and(|event| event.at >= 1_000_000_000_000));
}

#[test]
fn a_step_moves_one_thread_alone() {
    let _alone = alone();
    let (_run, control, mut events) = start(ENDLESS, paused());
    step_main_to_join(&control, &mut events);
    assert_eq!(control.step(Some(ThreadId::MAIN), StepUnit::Operation), StepResult::Blocked);
    // A takes the lock and reads, B finds the lock taken, A writes and releases, B takes the lock and reads.
    for thread in [A, A, B, A, A, B, B] {
        let read = step(&control, &mut events, thread);
        let moved = |event: &Event| !matches!(event.kind, EventKind::Ready { .. } | EventKind::ObjectShown { .. });
        assert!(read.iter().filter(|event| moved(event)).all(|event| event.thread == thread), "{read:#?}");
        let steps: Vec<u64> = read.iter().map(|event| event.step).collect();
        assert!(steps.iter().all(|step| *step == steps[0]), "one operation: {read:#?}");
    }
    assert_eq!(events.recv_timeout(Duration::from_millis(1)), Received::Nothing);
}

#[test]
fn steps_that_name_no_thread_go_round() {
    let _alone = alone();
    let (_run, control, mut events) = start(COUNT, paused());
    step_main_to_join(&control, &mut events);
    let mut moved = Vec::new();
    for _ in 0..8 {
        let StepResult::Moves(thread) = control.step(None, StepUnit::Operation) else { panic!("somebody can") };
        read_until(&mut events, |event| event.thread == thread);
        events.drain(usize::MAX);
        moved.push(thread);
    }
    moved.sort();
    assert_eq!(moved, (1..=8).map(ThreadId).collect::<Vec<_>>());
}

#[test]
fn a_step_of_a_line_ends_on_another_line() {
    let _alone = alone();
    let (_run, control, mut events) = start(ENDLESS, paused());
    step_main_to_join(&control, &mut events);
    let line = || control.positions()[A.index()].line;
    let at_gate = |line: u32| {
        while control.positions()[A.index()].line != line || control.positions()[A.index()].next.is_empty() {
            std::thread::yield_now();
        }
    };
    at_gate(7);
    for (expected, operations) in [(8, 1), (7, 2), (8, 2)] {
        let before = line();
        assert_eq!(control.step(Some(A), StepUnit::Line), StepResult::Moves(A));
        at_gate(expected);
        let read = events.drain(usize::MAX);
        assert!(read.iter().all(|event| event.thread == A && event.line == before), "{read:#?}");
        let mut steps: Vec<u64> = read.iter().map(|event| event.step).collect();
        steps.dedup();
        assert_eq!(steps.len(), operations, "{read:#?}");
    }
}

#[test]
fn a_step_of_a_sleeper_moves_the_clock_to_its_deadline() {
    let _alone = alone();
    for clock in [ClockKind::Virtual, ClockKind::Wall] {
        let (_run, control, mut events) = start(SLEEP, Options { clock, ..paused() });
        step_main_to_join(&control, &mut events);
        for thread in [A, B] {
            while !step(&control, &mut events, thread).iter().any(blocks(thread)) {}
        }
        assert_eq!(control.now(), 0);
        let read = step(&control, &mut events, B);
        assert!(read.iter().all(|event| event.thread == B), "the other's sleep is over, but it stays: {read:#?}");
        assert_eq!((read[0].kind.clone(), read[0].at), (EventKind::Slept, 2_000_000_000_000));
        assert_eq!(control.now(), 2_000_000_000_000);
        step(&control, &mut events, A);
    }
}

#[test]
fn a_held_thread_stays_while_others_move() {
    let _alone = alone();
    let (_run, control, mut events) = start(ENDLESS, paused());
    step_main_to_join(&control, &mut events);
    control.hold(A);
    assert!(control.positions()[A.index()].held);
    read_until(&mut events, |event| event.thread == A && event.kind == EventKind::Held);
    control.resume();
    for _ in 0..100 {
        let read = read_until(&mut events, wrote(B));
        assert!(read.iter().all(|event| event.thread == B));
    }
    control.let_go(A);
    read_until(&mut events, wrote(A));
}

#[test]
fn a_frozen_thread_stays_until_it_is_thawed() {
    let _alone = alone();
    let (_run, control, mut events) = start(ENDLESS, paused());
    step_main_to_join(&control, &mut events);
    control.inject(&Fault::Freeze { thread: A }).expect("it is alive");
    assert_eq!(control.step(Some(A), StepUnit::Operation), StepResult::Blocked);
    control.resume();
    for _ in 0..100 {
        read_until(&mut events, wrote(B));
    }
    control.inject(&Fault::Thaw { thread: A }).expect("it is frozen");
    let read = read_until(&mut events, wrote(A));
    assert!(read.iter().any(|event| matches!(event.kind, EventKind::FaultInjected { .. })));
}

/// The run is watched, on the virtual clock.
fn watched(speed: Speed) -> Options {
    Options { paced: true, speed, ..Options::default() }
}

#[test]
fn operations_are_shown_one_after_another_while_time_stands() {
    let _alone = alone();
    // At that speed an operation is shown for some minutes: the second one waits.
    let (_run, control, mut events) = start(ENDLESS, watched(Speed::Times(0.001)));
    read_until(&mut events, |event| event.step == 0 && event.seq > 0);
    events.drain(usize::MAX);
    assert_eq!(events.recv_timeout(Duration::from_millis(20)), Received::Nothing);
    assert_eq!((control.steps(), control.now()), (1, 0));
    control.set_speed(Speed::Times(1000.0));
    let read: Vec<_> = (0..4).flat_map(|_| read_until(&mut events, wrote(A))).collect();
    // Both go, and neither waits long to be shown.
    let last = read.iter().rposition(wrote(B)).expect("it goes, too");
    assert!(read.len() - last < 20, "{read:#?}");
    assert!(read.last().is_some_and(|event| event.at < 5_000_000), "by the work that was done at most");
    control.set_speed(Speed::Max);
    for _ in 0..100 {
        read_until(&mut events, wrote(A));
    }
}

#[test]
fn on_the_wall_clock_nothing_is_slowed_down() {
    let _alone = alone();
    let options = Options { paced: true, ..wall(Speed::Times(0.001)) };
    let (_run, _, mut events) = start(ENDLESS, options);
    for _ in 0..100 {
        read_until(&mut events, wrote(A));
    }
}

#[test]
fn a_wait_is_played_and_the_program_sees_a_jump() {
    let _alone = alone();
    let options = Options { policy: Kind::RoundRobin, ..watched(Speed::Times(1000.0)) };
    let (run, control, mut events) = start(SLEEP, options);
    read_until(&mut events, blocks(B));
    // A thousand seconds take one at this speed; the test does not wait for that.
    while control.now() == 0 {
        std::thread::yield_now();
    }
    control.pause();
    let stands = control.now();
    assert!((1..1_000_000_000_000).contains(&stands), "{stands}");
    control.set_speed(Speed::Max);
    assert_eq!(control.now(), stands);
    assert!(matches!(control.step(None, StepUnit::Operation), StepResult::Next | StepResult::Moves(_)));
    let slept = read_until(&mut events, |event| event.kind == EventKind::Slept).pop().expect("it is the last");
    assert_eq!((slept.thread, slept.at, control.now()), (A, 1_000_000_000_000, 1_000_000_000_000));
    control.resume();
    while events.recv().is_some() {}
    assert_eq!((control.now(), run.end()), (2_000_000_000_000, RunEnd::Exited(0)));
}

#[test]
fn what_is_done_in_the_midst_of_a_wait_happens_at_the_time_that_is_shown() {
    let _alone = alone();
    type Meddle = fn(&Control);
    type IsIt = fn(&EventKind) -> bool;
    let meddlers: [(Meddle, IsIt); 3] = [
        (|control| control.hold(B), |kind| *kind == EventKind::Held),
        (|control| control.set_policy(Kind::Gil), |kind| matches!(kind, EventKind::PolicySet { .. })),
        (
            |control| control.inject(&Fault::Slow { thread: B, time: 1 }).expect("it is alive"),
            |kind| matches!(kind, EventKind::FaultInjected { .. }),
        ),
    ];
    for (meddle, is_it) in meddlers {
        let (run, control, mut events) = start(SLEEP, watched(Speed::Times(1000.0)));
        read_until(&mut events, blocks(B));
        while control.now() == 0 {
            std::thread::yield_now();
        }
        let before = control.now();
        meddle(&control);
        let event = read_until(&mut events, |event| is_it(&event.kind)).pop().expect("it is the last");
        assert!(before <= event.at && event.at < 1_000_000_000_000, "{event:?}");
        control.let_go(B);
        control.set_speed(Speed::Max);
        let slept = read_until(&mut events, |event| event.kind == EventKind::Slept).pop().expect("it is the last");
        assert_eq!((slept.thread, slept.at), (A, 1_000_000_000_000));
        while events.recv().is_some() {}
        assert_eq!(run.end(), RunEnd::Exited(0));
    }
}

#[test]
fn time_stands_still_when_no_thread_can_go_on() {
    let _alone = alone();
    // Both have their first lock before one of them sleeps, however late its thread starts.
    let certain = DEADLOCK.replace("time.sleep(1)", "met.wait(); time.sleep(1)");
    let certain = certain.replace("def left", "met = threading.Barrier(2)\ndef left");
    for options in [wall(Speed::Times(1000.0)), watched(Speed::Times(1000.0)), Options::default()] {
        let (_run, control, mut events) = start(&certain, options);
        while events.recv().is_some() {}
        let stands = control.now();
        assert!(stands >= 1_000_000_000);
        assert_eq!(events.recv_timeout(Duration::from_millis(5)), Received::Quiet);
        assert_eq!(control.now(), stands);
    }
    // Nor where those that could are held back.
    let (_run, control, mut events) = start(SLEEP, wall(Speed::Times(1.0)));
    let mut awake = vec![A, B];
    while !awake.is_empty() {
        let last = read_until(&mut events, |event| matches!(event.kind, EventKind::Blocked { .. })).pop();
        awake.retain(|thread| last.as_ref().is_none_or(|event| event.thread != *thread));
    }
    control.hold(A);
    control.hold(B);
    let stands = control.now();
    assert_eq!(events.drain(usize::MAX).iter().filter(|event| event.kind == EventKind::Held).count(), 2);
    assert_eq!(events.recv_timeout(Duration::from_millis(5)), Received::Nothing);
    assert_eq!(control.now(), stands);
    control.set_speed(Speed::Times(1000.0));
    control.let_go(A);
    read_until(&mut events, |event| event.thread == A && event.kind == EventKind::Slept);
    assert!(control.now() > stands);
}

#[test]
fn daemons_end_with_the_program() {
    let _alone = alone();
    let (run, control, mut events) = start(DAEMON, Options::default());
    while events.recv().is_some() {}
    assert!(workers() <= 2);
    assert_eq!(control.status(), Some(0));
    assert_eq!(run.end(), RunEnd::Exited(0));
    assert_no_workers();
}

/// Ending is bounded by slices of instructions, not by luck; 100 ms is what the screen promises.
#[test]
#[expect(clippy::disallowed_methods, reason = "how long it takes is what is tested")]
fn ending_leaves_nothing_behind_and_takes_no_time() {
    let _alone = alone();
    let programs = [COUNT, DEADLOCK, ENDLESS, COMPUTE, SLEEP, DAEMON].map(image);
    let mut slowest = Duration::ZERO;
    for round in 0..200_usize {
        let options = Options {
            clock: if round % 2 == 0 { ClockKind::Virtual } else { ClockKind::Wall },
            paused: round % 7 == 0,
            paced: round % 5 == 0,
            speed: if round % 3 == 0 { Speed::Max } else { Speed::Times(1.0) },
            backlog: 1000,
            ..Options::default()
        };
        let run = Run::start(programs[round % programs.len()].clone(), options).expect("there are threads to be had");
        let (control, mut events) = (run.control(), run.events());
        if round % 7 != 0 {
            // Some way into the program, or until it stops by itself; never by the clock.
            for _ in 0..round * 7 % 40 {
                if !matches!(events.recv_timeout(Duration::from_millis(2)), Received::Event(_)) {
                    break;
                }
            }
        }
        match round % 4 {
            0 => control.hold(A),
            1 => drop(control.inject(&Fault::Freeze { thread: B })),
            2 => control.pause(),
            _ => {}
        }
        let start = Instant::now();
        drop(run);
        slowest = slowest.max(start.elapsed());
        assert!(control.is_over());
        while events.recv().is_some() {}
    }
    assert_no_workers();
    // It takes a slice of instructions, far below 100 ms. On a machine that is busy with something else this much still
    // tells an end that was noticed at once from one that waited for a sleep or a lock.
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
}

#[test]
fn without_operating_system_threads_there_is_an_error_and_no_panic() {
    let _alone = alone();
    let options = Options { stack_size: 1 << 46, ..Options::default() };
    assert!(Run::start(image(COUNT), options).is_err());
}

#[test]
fn the_stream_ends_for_a_reader_elsewhere_when_the_run_is_ended() {
    let _alone = alone();
    let (run, _, mut events) = start(ENDLESS, Options { backlog: 100, ..Options::default() });
    let reader = std::thread::spawn(move || {
        let mut count = 0_u64;
        while events.recv().is_some() {
            count += 1;
        }
        count
    });
    assert_eq!(run.events().recv(), None, "there is one reader");
    assert_eq!(run.end(), RunEnd::Aborted);
    reader.join().expect("the reader has read to the end");
}
