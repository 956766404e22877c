//! A live run on real threads, recorded, and replayed in the machine: the same events, values and output.

mod support {
    pub(crate) mod drawn;
    pub(crate) mod grammar;
    pub(crate) mod program;
    pub(crate) mod random;
    pub(crate) mod recorded;
    pub(crate) mod replay;
    pub(crate) mod side_by_side;
    pub(crate) mod typed;
}

use raddle::base::ThreadId;
use raddle::engine::{ClockKind, Control, Options, Received, Run};
use raddle::event::{Event, EventKind, ObjectKind};
use raddle::machine::Image;
use raddle::policy::Kind;
use raddle::scenario::metadata;
use raddle::schedule::tape::{Entry, Playback};
use raddle::schedule::{Fault, Signal};
use std::sync::Arc;
use std::time::Duration;
use support::drawn;
use support::grammar;
use support::program::image;
use support::random::Xorshift;
use support::recorded::{Recorded, follow, follow_if};
use support::replay::replay;
use support::side_by_side::side_by_side;
use support::typed::Typed;

/// How many random programs are recorded and replayed; `RADDLE_PROGRAMS` says otherwise, `RADDLE_SEED` which is the first.
const PROGRAMS: u64 = 300;
/// A few random programs never end: those with so many events, or so long without one, are ended.
const MOST: usize = 20_000;
const LONGEST: Duration = Duration::from_secs(5);

fn record(image: &Arc<Image>, options: Options) -> Recorded {
    record_and(image, options, |_, _| ())
}

/// Likewise, and something is done to the run whenever there are events.
fn record_and(image: &Arc<Image>, options: Options, meddle: impl FnMut(&Control, &[Event])) -> Recorded {
    follow(Run::start(image.clone(), options).expect("an operating-system thread"), image, meddle)
}

/// Likewise, and a run that does not end by itself is ended.
fn record_some(image: &Arc<Image>, options: Options) -> Recorded {
    let run = Run::start(image.clone(), options).expect("an operating-system thread");
    let (control, boot, mut stream) = (run.control(), run.boot(), run.events());
    let mut events = Vec::new();
    while events.len() < MOST
        && let Received::Event(event) = stream.recv_timeout(LONGEST)
    {
        events.push(event);
    }
    run.end();
    events.append(&mut stream.drain(usize::MAX));
    Recorded { image: image.clone(), boot, events, blocks: control.fetch_tape() }
}

/// A recording says what happened: the machine replays it to the same events, and so do threads onto which it is
/// forced.
fn agree(name: &str, recorded: &Recorded) {
    let Recorded { image, boot, blocks, .. } = recorded;
    let replayed = replay(image, *boot, blocks).unwrap_or_else(|error| panic!("{name}: {error}"));
    same(name, &recorded.events, &replayed);
    let forced =
        Run::force(image.clone(), *boot, blocks.clone(), Options::default()).expect("operating-system threads");
    let forced = follow_if(forced, image, |_, _| ())
        .unwrap_or_else(|why| panic!("{name}, forced: {why}; the tape ends with {:?}", last(blocks)));
    same(&format!("{name}, forced"), &recorded.events, &forced.events);
    assert_eq!(forced.blocks, *blocks, "{name}: what is recorded of it is the same");
}

/// The last entries of a tape.
fn last(blocks: &[Arc<[u8]>]) -> Vec<Entry> {
    let mut playback = Playback::default();
    let mut entries: Vec<Entry> = std::iter::from_fn(|| playback.next(blocks).expect("a tape")).collect();
    entries.split_off(entries.len().saturating_sub(12))
}

fn same(name: &str, recorded: &[Event], again: &[Event]) {
    // What is not equal to itself, NaN, is still written the same.
    let differ = |(one, other): (&Event, &Event)| one != other && format!("{one:?}") != format!("{other:?}");
    if let Some(at) = recorded.iter().zip(again).position(differ) {
        panic!("{name}: event {at} differs:\n{:?}\n{:?}", recorded[at], again[at]);
    }
    assert_eq!(recorded.len(), again.len(), "{name}: not as many events");
}

#[test]
fn every_scenario_is_replayed_as_it_ran() {
    side_by_side(raddle::scenario::builtin::ALL, |scenario| {
        let image = image(scenario.name, scenario.text);
        let faults = metadata::parse(&scenario.source()).expect("it is sound").faults;
        let options = |seed, policy| Options { seed, policy, faults: faults.clone(), ..Options::default() };
        for seed in 0..3 {
            for policy in Kind::ALL {
                agree(scenario.name, &record(&image, options(seed, policy)));
            }
        }
    });
}

#[test]
fn random_programs_are_replayed_as_they_ran() {
    let number = |name: &str, default| std::env::var(name).map_or(default, |text| text.parse().expect("a number"));
    let first = number("RADDLE_SEED", 1);
    side_by_side(first..first + number("RADDLE_PROGRAMS", PROGRAMS), |seed| {
        let program = grammar::program(seed);
        let name = format!("seed {seed}, {} statements", program.size());
        let Ok(image) = drawn::image(&program) else { return };
        let clock = if seed % 4 == 0 { ClockKind::Wall } else { ClockKind::Virtual };
        let outside = Typed::of(&program);
        agree(&name, &record_some(&image, Options { seed, clock, outside, ..Options::default() }));
    });
}

/// Threads that compute, wait, and hold locks, for faults to strike.
const STRUCK: &str = "\
import threading, signal
lock = threading.Lock()
changed = threading.Condition()
done = []
def count(n):
    total = 0
    for i in range(n):
        total += i * i % 7
        if i % 5000 == 0:
            with lock:
                done.append(total)
    with changed:
        changed.notify_all()
def wait():
    with changed:
        changed.wait(5)
# HANDLER
threads = [threading.Thread(target=count, args=(40000,)) for _ in range(2)] + [threading.Thread(target=wait)]
for thread in threads: thread.start()
count(60000)
for thread in threads: thread.join(2)
print(len(done))
";

const HANDLER: &str = "signal.signal(signal.SIGUSR1, lambda number, frame: done.append(number))";

/// Any fault, at an object that was just shown. A program that handles signals is never stuck for good, but waits for
/// one: it is sent signals, and no fault that could leave a lock held.
fn any_fault(random: &mut Xorshift, events: &[Event], handles: bool) -> Fault {
    let thread = ThreadId(random.below(4) as u32);
    if handles {
        return Fault::Signal { signal: Signal::Usr1 };
    }
    let shown = |kind| {
        events.iter().find_map(|event| match event.kind {
            EventKind::ObjectShown { object, what, .. } if what == kind => Some(object),
            _ => None,
        })
    };
    let time = random.below(1_000_000_000) as u64;
    let or_thaw = |fault: Option<Fault>| fault.unwrap_or(Fault::Thaw { thread });
    match random.below(12) {
        0 => Fault::Kill { thread },
        1 => Fault::Raise { thread, exception: "ValueError".into() },
        2 => Fault::Freeze { thread },
        3 => or_thaw(shown(ObjectKind::Lock).map(|lock| Fault::LeakLock { lock, nth: 1 })),
        4 => or_thaw(shown(ObjectKind::Condition).map(|condition| Fault::DropNotify { condition, nth: 1 })),
        5 => or_thaw(shown(ObjectKind::Lock).map(|lock| Fault::TakeLock { lock })),
        6 => Fault::Delay { thread, time },
        7 => Fault::Slow { thread, time: time / 1_000 },
        8 => Fault::Wake { thread },
        9 => Fault::Expire { thread },
        _ => Fault::Thaw { thread },
    }
}

#[test]
fn what_is_done_to_a_run_is_replayed_where_it_was_done() {
    let images = [image("struck", STRUCK), image("signalled", &STRUCK.replace("# HANDLER", HANDLER))];
    let mut struck = 0;
    for seed in 0..150 {
        let mut random = Xorshift(seed * 77 + 1);
        let policy = Kind::ALL[random.below(Kind::ALL.len())];
        let handles = seed % 2 == 1;
        let recorded = record_and(
            &images[usize::from(handles)],
            Options { seed, policy, ..Options::default() },
            |control, events| {
                match random.below(5) {
                    4 => {
                        let held = ThreadId(random.below(4) as u32);
                        control.hold(held);
                        control.step((random.below(2) == 0).then_some(held), raddle::schedule::StepUnit::Operation);
                        control.let_go(held);
                        control.resume();
                    }
                    0 => control.set_policy(Kind::ALL[random.below(Kind::ALL.len())]),
                    1 => {
                        control.pause();
                        control.step(None, raddle::schedule::StepUnit::Operation);
                        control.resume();
                    }
                    // A fault that makes no sense now is refused.
                    _ => struck += u32::from(control.inject(&any_fault(&mut random, events, handles)).is_ok()),
                }
            },
        );
        agree(&format!("seed {seed}"), &recorded);
    }
    assert!(struck > 100, "{struck} faults were injected");
}

#[test]
fn threads_that_compute_before_their_first_operation_are_replayed() {
    let text = "import threading\ndef work(n):\n    total = 0\n    for i in range(n):\n        total += i\n    print(total)\nthreads = [threading.Thread(target=work, args=(n,)) for n in (30000, 9000, 12000)]\nfor t in threads: t.start()\nfor t in threads: t.join()\n";
    let image = image("computing", text);
    for policy in Kind::ALL {
        for seed in 0..8 {
            let name = format!("{}, seed {seed}", policy.name());
            agree(&name, &record(&image, Options { policy, seed, ..Options::default() }));
            let fault = "kill:Thread-2 (work)".parse().expect("a fault");
            agree(&name, &record(&image, Options { policy, seed, faults: vec![fault], ..Options::default() }));
        }
    }
}

#[test]
fn a_wall_clock_is_replayed_too() {
    let text = "import threading, time\ndef work():\n    for i in range(300):\n        with lock:\n            seen.append(time.monotonic())\nlock = threading.Lock()\nseen = []\nthreads = [threading.Thread(target=work) for _ in range(3)]\nfor t in threads: t.start()\nfor t in threads: t.join(0.5)\nprint(len(seen), seen == sorted(seen))\n";
    agree("wall", &record(&image("wall", text), Options { clock: ClockKind::Wall, ..Options::default() }));
}

#[test]
fn a_run_that_nobody_wants_recorded_has_no_tape() {
    let image = image("counter", "import threading\nlock = threading.Lock()\nwith lock:\n    print(1)\n");
    let recorded = record(&image, Options::default());
    let forgotten = record(&image, Options { record: false, ..Options::default() });
    assert_eq!(forgotten.events, recorded.events);
    assert!(forgotten.blocks.is_empty() && !recorded.blocks.is_empty());
}

/// So little memory that garbage is looked for whenever a few objects were shared.
const LITTLE: u64 = 4 << 20;

/// Threads that share things and are done with them, while others wait, compute, or are held back.
const GARBAGE: &str = "\
import threading, queue
q, kept = queue.Queue(3), []
def put():
    for i in range(150): q.put([{'id': i}, (i, [i])])
    q.put(None)
def get():
    while q.get() is not None: kept[:] = [[1], [2]]
def wait():
    q.join()
def count(n):
    total = 0
    for i in range(n): total += i
    kept.append([total])
threads = [threading.Thread(target=f) for f in (put, get)]
threads += [threading.Thread(target=wait, daemon=True), threading.Thread(target=count, args=(60000,), daemon=True)]
for thread in threads: thread.start()
for thread in threads[:2]: thread.join()
print(len(kept) > 0)
";

#[test]
fn garbage_is_dropped_at_the_same_places_again() {
    let image = image("garbage", GARBAGE);
    for seed in 0..10 {
        for policy in Kind::ALL {
            let options = || Options { policy, seed, memory: LITTLE, ..Options::default() };
            let name = format!("{}, seed {seed}", policy.name());
            agree(&name, &record(&image, options()));
            let held = record_and(&image, options(), |control, _| control.hold(ThreadId(4)));
            agree(&format!("{name}, held"), &held);
        }
    }
}

#[test]
fn random_programs_drop_garbage_at_the_same_places_again() {
    for seed in 1..=100 {
        let program = grammar::program(seed);
        let Ok(image) = drawn::image(&program) else { continue };
        let policy = Kind::ALL[seed as usize % Kind::ALL.len()];
        let options = Options { seed, policy, memory: LITTLE, outside: Typed::of(&program), ..Options::default() };
        agree(&format!("seed {seed}, {}", policy.name()), &record_some(&image, options));
    }
}

#[test]
fn what_is_found_of_threads_is_found_at_the_same_event_again() {
    let busy = "
import threading, time
ready = False
n = 0
def spin():
    while not ready: pass
def work():
    global n
    for _ in range(300): n += 1
for f in (spin, work): threading.Thread(target=f).start()
";
    let polled = busy.replace("ready: pass", "ready: time.sleep(1)");
    let handed = "
import threading, time
a, b, done = threading.Lock(), threading.Lock(), []
b.acquire()
def one():
    for n in range(20):
        a.acquire()
        for _ in range(n): done.append(n)
        b.release()
def two():
    for n in range(20):
        b.acquire()
        done.append(n)
        a.release()
    b.acquire()
for f in (one, two): threading.Thread(target=f).start()
";
    for (name, text) in [("busy", busy), ("polled", polled.as_str()), ("handed", handed)] {
        for policy in [Kind::Os, Kind::Random, Kind::RoundRobin] {
            for seed in 1..=3 {
                let recorded = record(&image(name, text), Options { policy, seed, ..Options::default() });
                let found = recorded.events.iter().filter(|event| matches!(event.kind, EventKind::Trouble(_)));
                assert!(found.count() > 0, "{name}");
                agree(name, &recorded);
            }
        }
    }
}
