//! Faults that are planned before the run, by names and moments: what each does to a program, under every policy, on the
//! virtual clock.

mod support {
    pub(crate) mod program;
    pub(crate) mod replay;
}

use raddle::base::ThreadId;
use raddle::engine::{ClockKind, Options, Received, Run, RunEnd};
use raddle::event::{Blocker, Event, EventKind};
use raddle::policy::{Kind, Priorities};
use raddle::schedule::{Fault, FaultPlan, Speed};
use std::time::Duration;
use support::program::image;
use support::replay::replay;

/// Only a defect takes so long.
const LONG: Duration = Duration::from_secs(8);
const SECOND: u64 = 1_000_000_000;

/// The result of a run.
struct Tale {
    events: Vec<Event>,
    end: RunEnd,
    missed: Vec<String>,
}

/// Runs to the end, or until nothing moves any more.
fn run(text: &str, plans: &[&str], policy: Kind) -> Tale {
    run_on(ClockKind::Virtual, text, plans, policy)
}

fn run_on(clock: ClockKind, text: &str, plans: &[&str], policy: Kind) -> Tale {
    let faults = plans.iter().map(|text| text.parse::<FaultPlan>().expect("it is a fault")).collect();
    let options = Options { clock, policy, seed: 3, faults, ..Options::default() };
    let image = image("fault.py", text);
    let run = Run::start(image.clone(), options).expect("there are threads");
    let (control, mut stream) = (run.control(), run.events());
    let mut events = Vec::new();
    loop {
        match stream.recv_timeout(LONG) {
            Received::Event(event) => events.push(event),
            Received::Quiet => break,
            Received::Nothing => {
                panic!("nothing comes under {} with {plans:?}: {:?}", policy.name(), control.positions())
            }
        }
    }
    let (missed, boot) = (control.missed_faults(), run.boot());
    let end = run.end();
    let replayed = replay(&image, boot, &control.fetch_tape()).unwrap_or_else(|other| panic!("{other}"));
    assert!(replayed == events, "under {} with {plans:?} the replay is another", policy.name());
    Tale { events, end, missed }
}

/// The same under every policy; every planned fault strikes.
fn under_all(text: &str, faults: &[&str], check: impl Fn(&Tale)) {
    for policy in Kind::ALL {
        let tale = run(text, faults, policy);
        assert_eq!(tale.missed, Vec::<String>::new(), "under {}", policy.name());
        check(&tale);
    }
}

impl Tale {
    fn printed(&self) -> String {
        self.text(false)
    }

    fn text(&self, errors: bool) -> String {
        let texts = self.events.iter().filter_map(|event| match &event.kind {
            EventKind::Printed { text, error } if *error == errors => Some(&**text),
            _ => None,
        });
        texts.collect()
    }

    fn troubles(&self) -> Vec<&'static str> {
        let kinds = self.events.iter().filter_map(|event| match &event.kind {
            EventKind::Trouble(trouble) => Some(trouble.kind.name()),
            _ => None,
        });
        kinds.collect()
    }

    /// The event that printed the line.
    fn line(&self, wanted: &str) -> &Event {
        let is = |event: &&Event| matches!(&event.kind, EventKind::Printed { text, .. } if text.trim_end() == wanted);
        self.events.iter().find(is).unwrap_or_else(|| panic!("{wanted} in {:?}", self.printed()))
    }

    /// The events that injected a fault.
    fn injected(&self) -> Vec<&Event> {
        self.events.iter().filter(|event| matches!(event.kind, EventKind::FaultInjected { .. })).collect()
    }
}

/// Two threads that add to a counter, one after the other under a lock.
const COUNT: &str = "\
import threading
lock = threading.Lock()
count = 0
def work():
    global count
    for _ in range(100):
        with lock:
            count += 1
worker = threading.Thread(target=work, name='worker')
worker.start()
worker.join()
print('count', count)
";

#[test]
fn a_fault_strikes_at_its_step_though_the_thread_would_sail_past_it() {
    for policy in Kind::ALL {
        for step in [5, 50, 333] {
            let tale = run(COUNT, &[&format!("kill:worker@step={step}")], policy);
            let injected = tale.injected();
            assert_eq!(injected.len(), 1);
            assert_eq!(injected[0].step, step, "under {}", policy.name());
        }
    }
}

#[test]
fn a_fault_strikes_when_its_thread_has_performed_so_many_operations() {
    under_all(COUNT, &["raise:worker:KeyError@op=8"], |tale| {
        let injected = tale.injected()[0];
        let of_worker = |event: &&&Event| {
            event.thread == injected.thread
                && event.seq < injected.seq
                && !matches!(
                    event.kind,
                    EventKind::Began | EventKind::Blocked { .. } | EventKind::Ready { .. } | EventKind::Preempted
                )
        };
        // Each of its operations makes one event.
        assert_eq!(tale.events.iter().collect::<Vec<_>>().iter().filter(of_worker).count(), 8);
        assert_eq!(tale.troubles(), ["uncaught exception"]);
        assert_eq!((&tale.end, tale.printed().as_str()), (&RunEnd::Exited(0), "count 2\n"), "its with block unwound");
    });
}

#[test]
fn a_fault_strikes_before_the_operation_on_its_line() {
    under_all(COUNT, &["kill:worker@line=8"], |tale| {
        assert_eq!(tale.injected()[0].line, 7, "it has taken the lock, and stands before the next line");
        assert_eq!(tale.printed(), "count 0\n");
        assert_eq!(tale.troubles(), ["lock held by a dead thread"]);
    });
}

#[test]
fn a_fault_strikes_at_its_time_whether_anybody_moves_then_or_not() {
    let sleeper = "import threading, time\ndef work():\n    time.sleep(10)\n    print('slept')\n\
                   worker = threading.Thread(target=work, name='worker')\nworker.start()\nworker.join()\nprint('end')\n";
    under_all(sleeper, &["kill:worker@time=2.5"], |tale| {
        assert_eq!(tale.injected()[0].at, 2 * SECOND + SECOND / 2);
        assert_eq!(tale.printed(), "end\n");
    });
    let computing = "import threading\ndef work():\n    while True:\n        pass\n\
                     worker = threading.Thread(target=work, name='worker')\nworker.start()\nworker.join()\nprint('end')\n";
    under_all(computing, &["kill:worker@time=0.2"], |tale| assert_eq!(tale.printed(), "end\n"));
}

#[test]
fn a_delayed_thread_stands_still_and_goes_on_by_itself() {
    let program = "import threading\ndef say(name):\n    print(name)\n    print(name, 'again')\n\
                   first = threading.Thread(target=say, args=('first',), name='first')\n\
                   second = threading.Thread(target=say, args=('second',), name='second')\n\
                   first.start(); second.start()\nfirst.join(); second.join()\nprint('end')\n";
    under_all(program, &["delay:first:5@op=1"], |tale| {
        assert_eq!(tale.end, RunEnd::Exited(0));
        assert!(tale.troubles().is_empty());
        assert!(tale.line("second again").at < SECOND && tale.line("first").at < SECOND);
        let again = tale.line("first again").at;
        assert!((5 * SECOND..6 * SECOND).contains(&again), "{again}");
        let stands = |event: &Event| matches!(event.kind, EventKind::Blocked { on: Blocker::Delayed, until: Some(_) });
        assert!(tale.events.iter().any(stands));
    });
}

#[test]
fn a_delay_outlasts_what_the_thread_waits_for() {
    let program = "import threading\nlock = threading.Lock()\nlock.acquire()\ndef work():\n    print(lock.acquire(timeout=2))\n\
                   worker = threading.Thread(target=work, name='worker')\nworker.start()\nworker.join()\n";
    under_all(program, &["delay:worker:7@time=1"], |tale| {
        assert_eq!(tale.line("False").at / SECOND, 8, "its limit was over before");
    });
}

#[test]
fn a_delayed_computation_stands_still_too() {
    let program = "import threading\ndef work():\n    n = 0\n    while n < 300_000:\n        n += 1\n    print('through')\n\
                   worker = threading.Thread(target=work, name='worker')\nworker.start()\nworker.join()\n";
    under_all(program, &["delay:worker:100@time=0.01"], |tale| {
        assert!(tale.injected()[0].at < SECOND);
        assert_eq!(tale.line("through").at / SECOND, 100);
    });
}

/// A producer, a small queue, a consumer.
const QUEUE: &str = "\
import queue, threading
items = queue.Queue(maxsize=2)
def produce():
    for n in range(6):
        items.put(n)
    items.put(None)
def consume():
    while (item := items.get()) is not None:
        print('got', item)
threads = [threading.Thread(target=produce, name='producer'), threading.Thread(target=consume, name='consumer')]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('end')
";

#[test]
fn a_slow_consumer_lets_the_queue_fill() {
    under_all(QUEUE, &["slow:consumer:0.5"], |tale| {
        assert_eq!(tale.end, RunEnd::Exited(0));
        assert_eq!(tale.printed().lines().count(), 7, "it is slow, not wrong");
        // 7 gets and 6 prints, half a second each.
        assert!(tale.line("end").at >= 6 * SECOND);
        let full = |event: &Event| matches!(event.kind, EventKind::Put { depth: 2, .. });
        assert!(tale.events.iter().any(full), "the producer runs ahead");
    });
}

#[test]
fn a_slow_thread_may_get_its_pace_back() {
    under_all(QUEUE, &["slow:consumer:0.5", "slow:consumer:0@time=1.2"], |tale| {
        assert!(tale.line("end").at < 2 * SECOND);
    });
}

/// A waiter that looks once, or again.
fn waiter(word: &str) -> String {
    format!(
        "import threading, time\nchanged = threading.Condition()\nready = False\ndef wait():\n    with changed:\n        \
         {word} not ready:\n            changed.wait()\n        print('ready is', ready)\n\
         waiter = threading.Thread(target=wait, name='waiter')\nwaiter.start()\ntime.sleep(1)\n\
         with changed:\n    ready = True\n    changed.notify()\nwaiter.join()\n"
    )
}

#[test]
fn a_spurious_wakeup_harms_a_thread_that_does_not_look_again() {
    under_all(&waiter("if"), &["wake:waiter"], |tale| assert_eq!(tale.printed(), "ready is False\n"));
    under_all(&waiter("while"), &["wake:waiter"], |tale| {
        assert_eq!(tale.printed(), "ready is True\n");
        assert!(tale.troubles().is_empty());
    });
}

#[test]
fn a_woken_waiter_takes_its_lock_again_first() {
    let program = waiter("if").replace("with changed:\n    ready", "with changed:\n    time.sleep(1)\n    ready");
    under_all(&program, &["wake:waiter@time=1.5"], |tale| assert_eq!(tale.printed(), "ready is True\n"));
}

#[test]
fn an_expired_timeout_ends_every_kind_of_wait() {
    for (wait, answer) in [
        ("lock.acquire(timeout=100)", "False"),
        ("condition_wait(100)", "False"),
        ("condition_wait_for(100)", "False"),
        ("threading.Event().wait(100)", "False"),
        ("threading.Semaphore(0).acquire(timeout=100)", "False"),
        ("main.join(100)", "None"),
        ("time.sleep(100)", "None"),
        ("get(100)", "empty"),
    ] {
        let program = format!(
            "import queue, threading, time\nlock = threading.Lock()\nlock.acquire()\nchanged = threading.Condition()\n\
             main = threading.main_thread()\n\
             def condition_wait(limit):\n    with changed:\n        return changed.wait(limit)\n\
             def condition_wait_for(limit):\n    with changed:\n        return changed.wait_for(lambda: False, limit)\n\
             def get(limit):\n    try:\n        return queue.Queue().get(timeout=limit)\n    except queue.Empty:\n        return 'empty'\n\
             def work():\n    print({wait})\n\
             worker = threading.Thread(target=work, name='worker')\nworker.start()\nworker.join()\n"
        );
        under_all(&program, &["expire:worker"], |tale| {
            assert_eq!(tale.printed(), format!("{answer}\n"), "{wait}");
            assert!(tale.line(answer).at < SECOND, "{wait}");
            assert_eq!(tale.end, RunEnd::Exited(0));
        });
    }
}

#[test]
fn the_named_release_is_lost() {
    under_all(COUNT, &["leak:lock@3"], |tale| {
        assert_eq!(tale.end, RunEnd::Stuck);
        let taken = tale.events.iter().filter(|event| matches!(event.kind, EventKind::Acquired { .. })).count();
        assert_eq!(taken, 3);
        assert_eq!(tale.troubles(), ["deadlock"], "the worker waits for itself");
    });
}

#[test]
fn the_named_notify_is_dropped() {
    let program = "\
import threading, time
changed = threading.Condition()
def wait():
    for _ in range(3):
        with changed:
            changed.wait()
            print('woken')
waiter = threading.Thread(target=wait, name='waiter')
waiter.start()
for _ in range(3):
    time.sleep(1)
    with changed:
        changed.notify()
waiter.join()
";
    for (nth, printed) in [(1, "woken\nwoken\n"), (2, "woken\nwoken\n"), (4, "woken\nwoken\nwoken\n")] {
        for policy in Kind::ALL {
            let tale = run(program, &[&format!("drop-notify:changed@{nth}")], policy);
            assert_eq!(tale.printed(), printed);
            let woken = tale.events.iter().filter_map(|event| match event.kind {
                EventKind::Notified { woken, .. } => Some(woken),
                _ => None,
            });
            let expected: Vec<u32> = (1..=3).map(|number| u32::from(number != nth)).collect();
            assert_eq!(woken.collect::<Vec<_>>(), expected, "under {}", policy.name());
            let troubles: &[&str] = if nth > 3 { &[] } else { &["stuck"] };
            assert_eq!(tale.troubles(), troubles);
            assert_eq!(tale.missed.len(), usize::from(nth > 3));
        }
    }
}

#[test]
fn a_lock_that_is_taken_away_is_no_longer_its_holders_to_release() {
    for (kind, message) in [("Lock", "release unlocked lock"), ("RLock", "cannot release un-acquired lock")] {
        let program = format!(
            "import threading, time\nlock = threading.{kind}()\ndef work():\n    with lock:\n        time.sleep(2)\n\
             def other():\n    time.sleep(1)\n    with lock:\n        print('both inside')\n\
             first = threading.Thread(target=work, name='first')\nsecond = threading.Thread(target=other, name='second')\n\
             first.start(); second.start()\nfirst.join(); second.join()\n"
        );
        under_all(&program, &["take:lock@time=0.5"], |tale| {
            assert_eq!(tale.line("both inside").at / SECOND, 1, "the first is still inside");
            assert!(tale.text(true).trim_end().ends_with(&format!("RuntimeError: {message}")), "{}", tale.text(true));
            assert_eq!((&tale.end, tale.troubles()), (&RunEnd::Exited(0), vec!["uncaught exception"]));
        });
        // A thread that waits for it gets it at once.
        under_all(&program, &["take:lock@time=1.5"], |tale| {
            let line = tale.line("both inside").at;
            assert!((SECOND * 3 / 2..SECOND * 2).contains(&line), "{line}");
        });
    }
}

#[test]
fn a_conditions_name_stands_for_its_lock() {
    let program = "import threading, time\nchanged = threading.Condition()\n\
                   try:\n    with changed:\n        time.sleep(1)\n        changed.notify()\nexcept RuntimeError as error:\n    print(error)\n";
    // The error of leaving the block hides the one that it is left with.
    under_all(program, &["take:changed"], |tale| assert_eq!(tale.printed(), "cannot release un-acquired lock\n"));
}

#[test]
fn a_broken_barrier_lets_nobody_pass() {
    let program = "\
import threading
barrier = threading.Barrier(2)
def arrive(name):
    try:
        barrier.wait()
    except threading.BrokenBarrierError:
        print(name, 'found it broken')
first = threading.Thread(target=arrive, args=('first',))
first.start()
first.join()
arrive('main')
print(barrier.broken)
";
    under_all(program, &["break:barrier"], |tale| {
        assert_eq!(tale.end, RunEnd::Exited(0));
        assert_eq!(tale.printed(), "first found it broken\nmain found it broken\nTrue\n");
    });
}

#[test]
fn a_frozen_thread_goes_on_when_it_is_thawed() {
    under_all(COUNT, &["freeze:worker@op=10", "thaw:worker@time=30"], |tale| {
        let end = tale.line("count 100");
        assert_eq!((&tale.end, end.at / SECOND), (&RunEnd::Exited(0), 30));
    });
    under_all(COUNT, &["freeze:worker@op=10"], |tale| assert_eq!(tale.end, RunEnd::Stuck));
}

#[test]
fn a_signal_comes_at_its_time() {
    let program = "import signal, time\ndef handler(number, frame):\n    print('signal', number)\n\
                   signal.signal(signal.SIGINT, handler)\ntime.sleep(5)\nprint('end')\n";
    under_all(program, &["signal:INT@time=2.5"], |tale| {
        assert_eq!(tale.printed(), "signal 2\nend\n");
        assert_eq!(tale.line("signal 2").at, 2 * SECOND + SECOND / 2);
    });
}

#[test]
fn the_same_plan_gives_the_same_run() {
    let plan = [
        "delay:producer:0.3@op=4",
        "slow:consumer:0.1@step=9",
        "expire:consumer@time=3",
        "freeze:producer@line=5",
        "thaw:producer@time=2",
    ];
    for policy in Kind::ALL.into_iter().filter(|policy| *policy != Kind::Os) {
        let first = run(QUEUE, &plan, policy);
        assert_eq!(first.injected().len(), 4, "{:?}", first.missed);
        for _ in 0..5 {
            assert!(run(QUEUE, &plan, policy).events == first.events, "under {}", policy.name());
        }
    }
}

/// Threads that block on all there is.
const WORLD: &str = "\
import queue, threading, time
lock = threading.Lock()
nested = threading.RLock()
changed = threading.Condition()
seats = threading.Semaphore(2)
go = threading.Event()
meet = threading.Barrier(2, timeout=3)
items = queue.Queue(maxsize=2)
total = 0
def add():
    global total
    go.wait(timeout=1)
    for n in range(3):
        with lock, seats:
            total += 1
        items.put(n)
        with changed:
            changed.notify_all()
    meet.wait()
def take():
    global total
    for _ in range(3):
        with nested, nested:
            total += items.get(timeout=5)
    with changed:
        changed.wait(timeout=2)
    if lock.acquire(timeout=1):
        lock.release()
    meet.wait()
def count():
    n = 0
    while n < 20_000:
        n += 1
    time.sleep(0.5)
    with changed:
        changed.wait_for(lambda: total > 3, timeout=4)
threads = [threading.Thread(target=target, name=target.__name__, daemon=True) for target in (add, take, count)]
for thread in threads:
    thread.start()
go.set()
for thread in threads:
    thread.join()
print('end')
";

/// A random fault and moment.
fn any_fault(chance: &mut impl FnMut(u64) -> u64) -> String {
    let thread = ["main", "add", "take", "count"][chance(4) as usize];
    let lock = ["lock", "nested", "changed"][chance(3) as usize];
    let fault = match chance(15) {
        0 => format!("kill:{thread}"),
        1 => format!("raise:{thread}:OSError"),
        2 => format!("freeze:{thread}"),
        3 => format!("thaw:{thread}"),
        4 | 5 => format!("delay:{thread}:0.{}", chance(99)),
        6 | 7 => format!("slow:{thread}:0.{}", chance(99)),
        8 => format!("wake:{thread}"),
        9 | 10 => format!("expire:{thread}"),
        11 => return format!("leak:{lock}@{}", chance(4) + 1),
        12 => format!("take:{lock}"),
        13 => return format!("drop-notify:changed@{}", chance(4) + 1),
        _ if chance(3) == 0 => "signal:INT".to_owned(),
        _ => "break:meet".to_owned(),
    };
    let moment = match chance(6) {
        0 => String::new(),
        1 if fault.contains(&format!(":{thread}")) => format!("@op={}", chance(20)),
        2 => format!("@line={}", chance(45) + 1),
        3 => format!("@time={}.{}", chance(4), chance(9)),
        _ => format!("@step={}", chance(100)),
    };
    fault + &moment
}

#[test]
fn whatever_is_planned_the_run_comes_to_an_end_and_the_same_one() {
    let mut state = 7_u64;
    let mut chance = |below: u64| {
        // A linear congruential generator will do.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for round in 0..400 {
        let plan: Vec<String> = (0..=chance(4)).map(|_| any_fault(&mut chance)).collect();
        let plan: Vec<&str> = plan.iter().map(String::as_str).collect();
        let policy = Kind::ALL[round % Kind::ALL.len()];
        let first = run(WORLD, &plan, policy);
        assert!(!matches!(first.end, RunEnd::Failed(_)), "{plan:?} under {}: {:?}", policy.name(), first.end);
        if policy != Kind::Os {
            let second = run(WORLD, &plan, policy);
            assert!(first.events == second.events && first.missed == second.missed, "{plan:?} under {}", policy.name());
        }
    }
}

#[test]
fn names_are_those_of_the_screen() {
    let program = "import threading\nlocks = [threading.Lock() for _ in range(2)]\ndef work(lock):\n    with lock:\n        pass\n\
                   for lock in locks:\n    thread = threading.Thread(target=work, args=(lock,), name='twin')\n    thread.start()\n    thread.join()\nprint('end')\n";
    under_all(program, &["kill:twin#2@line=4"], |tale| {
        let struck = tale.injected()[0].thread.index();
        assert_eq!((struck, tale.printed().as_str()), (2, "end\n"));
    });
}

#[test]
fn a_thread_that_python_has_named_is_known_without_its_function() {
    let program = "import threading\nimport time\ndef sell():\n    time.sleep(1)\n\
                   thread = threading.Thread(target=sell)\nthread.start()\nthread.join()\nprint('end')\n";
    under_all(program, &["delay:Thread-1:1"], |tale| assert_eq!(tale.injected()[0].thread.index(), 1));
}

#[test]
fn what_never_happens_is_told_with_the_reason() {
    for (fault, reason) in [
        ("kill:worker-9@step=4", "there was no thread worker-9"),
        ("kill:worker@step=10000", "the run took only 4"),
        ("kill:worker@op=9999", "the thread did only"),
        ("kill:worker@line=3", "no thread that it could strike came to an operation on line 3"),
        ("kill:worker@time=60", "the run's clock only reached 0"),
        ("leak:luck", "there was no lock luck; did you mean lock?"),
        ("kill:wroker", "there was no thread wroker; did you mean worker?"),
        ("drop-notify:lock", "lock is not a condition but a lock"),
        ("leak:lock@101", "it was released only 100 times after that"),
        ("wake:worker", "the thread is over"),
    ] {
        let tale = run(COUNT, &[fault], Kind::RoundRobin);
        assert_eq!(tale.printed(), "count 100\n", "{fault}");
        let whole = format!("the fault {fault} never happened: {reason}");
        assert!(tale.missed.len() == 1 && tale.missed[0].starts_with(&whole), "{:?} is not {whole}", tale.missed);
    }
}

#[test]
fn a_priority_for_no_thread_is_reported_under_every_policy() {
    for policy in Kind::ALL {
        let by_name = [("worker".to_owned(), 1), ("leff".to_owned(), 3)].into();
        let priorities = Priorities { by_name, inherited: true };
        let options = Options { policy, priorities, ..Options::default() };
        let run = Run::start(image("fault.py", COUNT), options).expect("there are threads");
        let (control, mut stream) = (run.control(), run.events());
        while !matches!(stream.recv_timeout(LONG), Received::Quiet) {}
        let missed = control.missed_faults();
        assert_eq!(missed, ["the priority of leff had no effect: no thread had that name"], "{}", policy.name());
    }
}

#[test]
fn what_is_injected_is_a_fault_with_ids() {
    let tale = run(COUNT, &["delay:worker:1.5"], Kind::Gil);
    let worker = tale.injected()[0].thread;
    let fault = Fault::Delay { thread: worker, time: SECOND * 3 / 2 };
    assert_eq!(tale.injected()[0].kind, EventKind::FaultInjected { fault });
}

const COUNTING: &str = "\
import threading
n = 0
lock = threading.Lock()
def work():
    global n
    for _ in range(5):
        with lock:
            n += 1
both = [threading.Thread(target=work, name=name) for name in 'ab']
for t in both: t.start()
for t in both: t.join()
";

/// The thread that is about to wait for its turn may be the one that the fault strikes.
#[test]
fn a_delay_ends_on_the_wall_clock_whichever_thread_finds_it() {
    for policy in Kind::ALL {
        for step in (20..36).step_by(2) {
            let tale = run_on(ClockKind::Wall, COUNTING, &[&format!("delay:a:0.01@step={step}")], policy);
            assert_eq!(tale.end, RunEnd::Exited(0), "under {} at step {step}", policy.name());
        }
    }
}

#[test]
fn a_sleeper_that_thaws_when_all_is_at_rest_sleeps_on() {
    let text = "import threading, time\nt = threading.Thread(target=time.sleep, args=(0.02,), name='a')\nt.start()\nt.join()\n";
    for (clock, paced) in [(ClockKind::Wall, false), (ClockKind::Virtual, false), (ClockKind::Virtual, true)] {
        for policy in Kind::ALL {
            let faults = vec!["freeze:a@time=0.01".parse().expect("it is a fault")];
            let options = Options { clock, policy, paced, faults, speed: Speed::Times(50.0), ..Options::default() };
            let run = Run::start(image("fault.py", text), options).expect("there are threads");
            let (control, mut stream) = (run.control(), run.events());
            let thread = ThreadId(1);
            while !control.is_stuck() {
                assert!(matches!(stream.recv_timeout(LONG), Received::Event(_) | Received::Quiet), "nothing comes");
            }
            control.inject(&Fault::Thaw { thread }).expect("it is frozen");
            while let Some(_event) = stream.recv() {}
            assert_eq!(run.end(), RunEnd::Exited(0), "{clock:?} under {}", policy.name());
        }
    }
}
