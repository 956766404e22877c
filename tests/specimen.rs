//! Watching does not change the run: speeds, pauses, steps, breakpoints, looks at variables and at the past make no
//! difference. The recording of the watched run is the same, byte for byte.

mod support {
    pub(crate) mod drawn;
    pub(crate) mod grammar;
    pub(crate) mod program;
    pub(crate) mod random;
    pub(crate) mod side_by_side;
    pub(crate) mod typed;
}

use raddle::base::ThreadId;
use raddle::engine::{Control, EventStream, Options, Received, Run, RunEnd, StepResult, Written};
use raddle::event::{Breakpoint, Event, Happening};
use raddle::history::History;
use raddle::machine::Image;
use raddle::policy::Kind;
use raddle::scenario::{Metadata, builtin, metadata};
use raddle::schedule::{FaultPlan, Speed, StepUnit};
use std::sync::Arc;
use std::time::Duration;
use support::drawn;
use support::grammar;
use support::program::image;
use support::random::Xorshift;
use support::side_by_side::side_by_side;
use support::typed::Typed;

/// The limit of a wait for an event: only a defect takes so long.
const LONG: Duration = Duration::from_secs(30);
/// How many random programs; `RADDLE_PROGRAMS` says otherwise, `RADDLE_SEED` which is the first.
const PROGRAMS: u64 = 30;
/// Runs with more events than this are for other tests: each of them is watched operation by operation here.
const MOST: usize = 3_000;
/// The fastest that is paced: an operation is shown for a quarter of a millisecond, and waits are a thousand times shorter.
const FAST: Speed = Speed::Times(1000.0);

fn decided() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(|kind| *kind != Kind::Os)
}

/// What is left of a run: how it ended, its events, and its tape.
#[derive(PartialEq, Debug)]
struct Lived {
    end: RunEnd,
    events: Vec<Event>,
    tape: Vec<Arc<[u8]>>,
}

/// The run when it is not watched; `None` for one that does not end by itself, or only after very long.
fn unwatched(image: &Arc<Image>, options: &Options) -> Option<Lived> {
    let run = Run::start(image.clone(), options.clone()).expect("there are threads to be had");
    let (control, mut stream) = (run.control(), run.events());
    let (mut events, mut batch) = (Vec::new(), Vec::new());
    while stream.recv_batch(&mut batch) {
        events.append(&mut batch);
        if events.len() > MOST {
            return None;
        }
    }
    let end = run.end();
    Some(Lived { end, events, tape: control.fetch_tape() })
}

/// A person who watches, and does this and that.
struct Watcher {
    random: Xorshift,
    control: Control,
    stream: EventStream,
    history: History,
    lived: Lived,
}

impl Watcher {
    fn take(&mut self) {
        let tape = self.control.fetch_tape();
        self.history.extend(tape.iter().cloned());
        self.lived.tape.extend(tape);
        self.lived.events.extend(self.stream.drain(usize::MAX));
    }

    /// Waits for the next event; false when nothing more will come by itself.
    fn wait(&mut self) -> bool {
        match self.stream.recv_timeout(LONG) {
            Received::Event(event) => self.lived.events.push(event),
            Received::Quiet => return false,
            Received::Nothing => panic!("nothing comes: {:?} {:?}", self.control, self.control.positions()),
        }
        true
    }

    /// Takes a step that names no thread, if one can; whether that was so.
    fn step(&mut self, unit: StepUnit) -> bool {
        let (before, mut looks) = (self.control.steps(), 0_u32);
        if self.control.step(None, unit) == StepResult::Blocked {
            return false;
        }
        // It ends with an operation, or where a breakpoint stops the thread before that, or the run is over.
        while self.control.steps() == before && self.control.strike().is_none() && !self.control.is_over() {
            if self.control.is_stuck() {
                return false;
            }
            std::thread::yield_now();
            looks += 1;
            assert!(looks < 20_000_000, "no step of one {unit:?}: {:?}", self.control.positions());
        }
        true
    }

    fn look(&mut self) {
        self.control.positions();
        self.control.variables(ThreadId(self.random.below(3) as u32));
        self.control.now();
        let Written { whole, open } = self.control.look_at_tape();
        self.lived.tape.extend(whole.iter().cloned());
        self.history.extend(whole);
        if self.random.below(4) > 0 {
            return; // The past is played again.
        }
        self.history.extend_by_part(open);
        let now = self.history.at(u64::MAX, &|| true).expect("it is the run that was recorded");
        let before = self.history.before(now.events(), &|| true).expect("it is the run that was recorded");
        assert!(before.events() <= now.events());
    }

    fn breakpoints(&mut self) -> Vec<Breakpoint> {
        let all = [
            Breakpoint::Line(self.random.below(20) as u32 + 1),
            Breakpoint::Line(self.random.below(20) as u32 + 1),
            Breakpoint::Any(Happening::Blocks),
            Breakpoint::Any(Happening::Ends),
        ];
        all.into_iter().filter(|_| self.random.below(3) == 0).collect()
    }

    /// Does something; false when the run has come to its end.
    fn act(&mut self) -> bool {
        match self.random.below(9) {
            0 => self.control.pause(),
            1 => self.control.resume(),
            2 => self.control.set_speed([Speed::Max, FAST, Speed::Times(300.0)][self.random.below(3)]),
            3 | 4 => {
                for _ in 0..self.random.below(6) {
                    self.step(StepUnit::Operation);
                }
            }
            5 => drop(self.step(StepUnit::Line)),
            6 => {
                let breakpoints = self.breakpoints();
                self.control.set_breakpoints(&breakpoints);
            }
            7 => self.look(),
            _ if self.control.is_paused() => self.control.resume(),
            _ => return self.wait() || self.control.strike().is_some(),
        }
        self.take();
        !self.control.is_over() && (!self.control.is_stuck() || self.control.is_paused())
    }
}

/// The run when a person watches it and does this and that.
fn watched(image: &Arc<Image>, options: Options, seed: u64) -> Lived {
    let mut random = Xorshift(seed * 31 + 7);
    let speed = [Speed::Max, FAST, FAST][random.below(3)];
    let options = Options { paced: true, paused: random.below(2) == 0, speed, ..options };
    let run = Run::start(image.clone(), options).expect("there are threads to be had");
    let history = History::new(image.clone(), run.boot());
    let lived = Lived { end: RunEnd::Aborted, events: Vec::new(), tape: Vec::new() };
    let mut watcher = Watcher { random, control: run.control(), stream: run.events(), history, lived };
    for _ in 0..150 {
        if !watcher.act() {
            break;
        }
    }
    // The rest is not watched.
    watcher.control.set_breakpoints(&[]);
    watcher.control.set_speed(Speed::Max);
    watcher.control.resume();
    while watcher.wait() {}
    watcher.lived.end = run.end();
    watcher.take();
    watcher.lived
}

fn same(name: &str, watched: &Lived, unwatched: &Lived) {
    if let Some(at) = watched.events.iter().zip(&unwatched.events).position(|(one, other)| one != other) {
        panic!("{name}: event {at} differs:\n{:?}\n{:?}", watched.events[at], unwatched.events[at]);
    }
    assert_eq!(watched.events.len(), unwatched.events.len(), "{name}: not as many events");
    assert_eq!(watched.end, unwatched.end, "{name}");
    assert_eq!(watched.tape, unwatched.tape, "{name}");
}

fn agree(name: &str, image: &Arc<Image>, options: &Options, seeds: std::ops::Range<u64>) {
    let Some(expected) = unwatched(image, options) else { return };
    for seed in seeds {
        let name = format!("{name} under {}, seed {}, watcher {seed}", options.policy.name(), options.seed);
        same(&name, &watched(image, options.clone(), seed), &expected);
    }
}

#[test]
fn scenarios_are_the_same_when_watched() {
    side_by_side((0..).zip(builtin::ALL), |(number, scenario)| {
        let image = image(scenario.name, scenario.text);
        let Metadata { faults, .. } = metadata::parse(&scenario.source()).expect("it is sound");
        for (policy, seed) in decided().zip(number..) {
            agree(
                scenario.name,
                &image,
                &Options { policy, seed, faults: faults.clone(), ..Options::default() },
                seed..seed + 1,
            );
        }
    });
}

#[test]
fn random_programs_are_the_same_when_watched() {
    let number = |name: &str, default| std::env::var(name).map_or(default, |text| text.parse().expect("a number"));
    let first = number("RADDLE_SEED", 1);
    side_by_side(first..first + number("RADDLE_PROGRAMS", PROGRAMS), |seed| {
        let program = grammar::program(seed);
        let name = format!("seed {seed}, {} statements", program.size());
        let Ok(image) = drawn::image(&program) else { return };
        for policy in decided() {
            let options = Options { policy, seed, outside: Typed::of(&program), ..Options::default() };
            agree(&name, &image, &options, seed..seed + 2);
        }
    });
}

/// Threads that compute for long, sleep, wait with limits, start others, and look at the clock.
const BUSY: &str = "\
import threading, time, queue
jobs = queue.Queue(3)
lock = threading.Lock()
total = 0
def compute(n):
    s = 0
    for i in range(n):
        s += i % 7
    return s
def produce():
    for i in range(6):
        time.sleep(0.1)
        jobs.put(compute(9000 + i))
    jobs.put(None)
def consume():
    global total
    while (job := jobs.get()) is not None:
        time.sleep(0.4)
        with lock:
            total += job
def watch():
    start = time.monotonic()
    while time.monotonic() - start < 0.05:
        compute(300)
    helper = threading.Thread(target=compute, args=(20000,))
    helper.start()
    helper.join(0.001)
    while not lock.acquire(timeout=0.3):
        pass
    time.sleep(0.5)
    lock.release()
threads = [threading.Thread(target=f) for f in (produce, consume, watch)]
for t in threads: t.start()
for t in threads: t.join()
print(total)
";

#[test]
fn computing_sleeping_and_waiting_are_the_same_when_watched() {
    let image = image("busy.py", BUSY);
    for policy in decided() {
        for seed in 0..2 {
            let options = Options { policy, seed, ..Options::default() };
            agree("busy", &image, &options, seed * 10..seed * 10 + 3);
            let faults: Vec<FaultPlan> = ["delay:consume:0.3@time=0.2", "slow:produce:0.01@step=30"]
                .map(|text| {
                    text.replace(":consume:", ":Thread-2 (consume):").replace(":produce:", ":Thread-1 (produce):")
                })
                .iter()
                .map(|text| text.parse().expect("a fault"))
                .collect();
            agree("busy, with faults", &image, &Options { faults, ..options }, seed * 10..seed * 10 + 1);
        }
    }
}
