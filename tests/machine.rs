//! The machine without an engine: the same choices give the same run, no matter what makes them, and a copied state
//! goes on as the original does.

mod support {
    pub(crate) mod printed;
    pub(crate) mod random;
    pub(crate) mod side_by_side;
    pub(crate) mod world;
}

use raddle::base::{ObjectId, ProcessId, Source, Symbol, ThreadId};
use raddle::bytecode::{CodeId, Program};
use raddle::event::{EventKind, Legend, ObjectKind, ObjectState, Variables};
use raddle::machine::value::Value;
use raddle::machine::{self, Boot, Execution, Finals, Image, Outcome, Pause, Shared, budget};
use raddle::scenario::{Expectation, metadata};
use raddle::schedule::{Alternative, Choice, Fault, Signal};
use raddle::trace::{Detail, Model};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use support::random::Xorshift;
use support::side_by_side::side_by_side;
use support::world::{STEPS, World};

/// A program that checks the clock again and again: here, work does not move the time on.
const NEEDS_TIME: &str = "busy_waiting";

/// What the programs are about that are tried here.
const SUBJECTS: [&str; 2] = ["import threading", "multiprocessing"];

/// The scenarios, and those conformance programs that are about threads or processes.
fn programs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["scenarios", "tests/conformance"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            let text = || std::fs::read_to_string(&path).expect("it can be read");
            let fit = path.file_stem().is_some_and(|name| name != NEEDS_TIME);
            if fit
                && path.extension().is_some_and(|end| end == "py")
                && SUBJECTS.iter().any(|word| text().contains(word))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(found.len() > 20, "{found:?}");
    found
}

fn finish(world: &mut World, random: &mut Xorshift) {
    assert!(world.ends(random), "no end after {STEPS} steps");
}

fn source(path: &Path) -> Source {
    Source::new(path.display().to_string(), std::fs::read_to_string(path).expect("it can be read"))
}

fn compiled(path: &Path) -> Program {
    raddle::lang::compile(Arc::new(source(path))).expect("the program compiles")
}

/// The end of a program, with random choices.
fn finished(text: &str, seed: u64) -> World {
    let program = raddle::lang::compile(Arc::new(Source::new("test.py", text))).expect("the program compiles");
    let mut world = World::of(program);
    finish(&mut world, &mut Xorshift(seed));
    world
}

/// What every thread of a state sees.
fn looked_at(world: &World) -> Vec<Variables> {
    let shared = world.shared();
    let ids = (0..shared.threads.len() as u32).map(ThreadId).filter(|thread| world.run.thread(*thread).is_some());
    let standing = |thread| world.run.thread(thread);
    ids.map(|thread| machine::variables(thread, &standing, shared, world.run.image())).collect()
}

#[test]
fn variables_can_be_seen_at_any_moment_and_a_copy_shows_the_same() {
    for path in programs() {
        let mut world = World::of(compiled(&path));
        let mut random = Xorshift(11);
        for _ in 0..300 {
            let choices = world.choices();
            if choices.is_empty() {
                break;
            }
            let seen = looked_at(&world);
            assert!(seen.iter().all(|variables| variables.frames.is_some()), "{}", path.display());
            assert_eq!(seen, looked_at(&world.clone()), "{}", path.display());
            world.take(&choices[random.below(choices.len())]);
        }
    }
}

#[test]
fn the_same_choices_give_the_same_run() {
    side_by_side(programs(), |path| {
        for seed in 1..=3 {
            let [first, second] = [(); 2].map(|()| {
                let mut world = World::of(compiled(&path));
                finish(&mut world, &mut Xorshift(seed));
                world.shared().events.clone()
            });
            assert_eq!(first, second, "{}", path.display());
        }
    });
}

#[test]
fn a_copied_state_goes_on_as_the_original_does() {
    side_by_side(programs(), |path| {
        let mut original = World::of(compiled(&path));
        let (mut random, mut moments) = (Xorshift(7), Xorshift(3));
        let mut copies = Vec::new();
        for _ in 0..STEPS {
            let choices = original.choices();
            if choices.is_empty() {
                break;
            }
            if copies.is_empty() || copies.len() < 3 && moments.below(5) == 0 {
                copies.push((original.clone(), random.clone()));
            }
            original.take(&choices[random.below(choices.len())]);
        }
        // The original goes on before the copies, and one copy goes another way: none of that may show in the others.
        for (mut copy, mut same) in copies {
            finish(&mut copy.clone(), &mut Xorshift(99));
            finish(&mut copy, &mut same);
            assert_eq!(original.shared().events, copy.shared().events, "{}", path.display());
        }
    });
}

#[test]
fn to_look_at_a_state_changes_nothing() {
    for path in programs() {
        let image = Arc::new(machine::Image::new(Arc::new(compiled(&path))));
        let boot = Boot { seed: 1, epoch: 0, memory: machine::budget::DEFAULT };
        let [mut looked_at, mut left_alone] = [(); 2].map(|()| Execution::new(image.clone(), boot));
        let mut random = Xorshift(5);
        let mut steps = 0;
        for _ in 0..150 {
            let gate = looked_at.at_gate();
            let _ = gate.at_gate();
            let count = looked_at.shared().threads.len();
            let first = random.below(count);
            let step = |execution: &mut Execution, index: usize| {
                execution.step(ThreadId(index as u32), Alternative::Go, &|| true).is_ok()
            };
            let went = (0..count).map(|offset| (first + offset) % count).find(|index| step(&mut looked_at, *index));
            let Some(index) = went else { break };
            assert!(step(&mut left_alone, index), "{}", path.display());
            assert_eq!(looked_at.take_events(), left_alone.take_events(), "{}", path.display());
            steps += 1;
        }
        assert!(steps > 0, "{}", path.display());
    }
}

#[test]
fn nothing_shared_leads_to_anything_private() {
    for path in programs() {
        let mut world = World::of(compiled(&path));
        let mut random = Xorshift(11);
        for _ in 0..STEPS {
            let choices = world.choices();
            if choices.is_empty() {
                break;
            }
            world.take(&choices[random.below(choices.len())]);
            for (_, process) in world.shared().processes.iter() {
                let escapes = process.heap.escapes();
                assert!(escapes.is_empty(), "{} at step {}: {escapes:?}", path.display(), world.shared().step);
            }
        }
    }
}

/// A random fault, sensible or not.
fn any_fault(shared: &Shared, random: &mut Xorshift) -> Fault {
    let objects: Vec<ObjectId> = shared
        .events
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::ObjectShown { object, what, .. } if what != ObjectKind::Data => Some(object),
            EventKind::Copied { object, state: Some(_), .. } => Some(object),
            _ => None,
        })
        .collect();
    let thread = ThreadId(random.below(shared.threads.len()) as u32);
    let object = if objects.is_empty() { ObjectId::GLOBALS } else { objects[random.below(objects.len())] };
    let shown = |is: fn(&ObjectState) -> bool| -> Vec<ObjectId> {
        let found = shared.events.iter().filter_map(|event| match &event.kind {
            EventKind::ObjectShown { object, state, .. } if is(state) => Some(*object),
            _ => None,
        });
        found.collect()
    };
    let barriers = shown(|state| matches!(state, ObjectState::Barrier { .. }));
    let barrier = if barriers.is_empty() { object } else { barriers[random.below(barriers.len())] };
    let pipes = shown(|state| matches!(state, ObjectState::Channel { .. }));
    let pipe = if pipes.is_empty() { object } else { pipes[random.below(pipes.len())] };
    let most = if pipes.is_empty() { 17 } else { 21 };
    let (time, nth) = (random.below(2_000_000_000) as u64, random.below(3) as u32 + 1);
    match random.below(most) {
        0 => Fault::Kill { thread },
        1 => Fault::Raise { thread, exception: "OSError".into() },
        2 => Fault::Freeze { thread },
        3 | 4 => Fault::Thaw { thread },
        5 => Fault::Delay { thread, time },
        6 => Fault::Slow { thread, time },
        7 | 8 => Fault::Wake { thread },
        9 | 10 => Fault::Expire { thread },
        11 => Fault::LeakLock { lock: object, nth },
        12 => Fault::DropNotify { condition: object, nth },
        13 => Fault::BreakBarrier { barrier },
        // A process that is over takes no more faults.
        14 if random.below(2) == 0 => Fault::KillProcess { thread },
        15 if random.below(4) == 0 => Fault::Signal { signal: Signal::ALL[random.below(5)] },
        17 => Fault::LoseMessage { pipe, nth },
        18 => Fault::DelayMessage { pipe, time },
        19 => Fault::FillPipe { pipe },
        20 if random.below(2) == 0 => Fault::BreakPipe { pipe },
        _ => Fault::TakeLock { lock: object },
    }
}

/// Which thread holds what, according to threads, locks and the screen's model.
fn check_owners(shared: &Shared, model: &Model) {
    for (index, record) in shared.threads.iter().enumerate() {
        let thread = ThreadId(index as u32);
        let held: BTreeSet<ObjectId> = record.holds.iter().map(|(lock, _)| *lock).collect();
        // With a process its memory goes.
        let gone = shared.processes[record.process].household.status.is_some();
        let mut there = held.iter().filter(|lock| !gone || lock.is_of_world());
        assert!(there.all(|lock| raddle::machine::sync::held::owner(shared.sight_of(thread), *lock) == Some(thread)));
        let alias = |lock: &ObjectId| shared.alias_of(record.process, *lock).expect("it was spoken of");
        let held: BTreeSet<ObjectId> = held.iter().map(alias).collect();
        let shown = model.thread(thread).map(|row| row.held.iter().map(|held| held.object).collect::<BTreeSet<_>>());
        assert_eq!(shown.unwrap_or_default(), held, "what {} holds", record.name);
    }
    // Each lock of a process belongs to whom the screen shows, and be it that nobody who is there can give it back.
    for object in model.objects().iter().filter(|object| matches!(object.detail, Detail::Lock { .. })) {
        let (process, lock) = shared.meant(object.id);
        if shared.processes.get(process).is_some_and(|process| process.household.status.is_none()) || lock.is_of_world()
        {
            let owner = raddle::machine::sync::held::owner(shared.sight(process), lock);
            assert_eq!(object.owner(), owner, "who holds {}", object.name);
        }
    }
}

#[test]
fn faults_leave_everything_in_order_and_do_the_same_again() {
    let injected = Mutex::new(BTreeSet::new());
    side_by_side(programs(), |path| {
        for seed in 1..=2 {
            let program = Arc::new(compiled(&path));
            let legend = || Legend { source: program.source.clone(), symbols: program.symbols.clone(), flow: None };
            let mut model = Model::without_log(legend());
            let mut world = World::of(program.clone());
            let mut random = Xorshift(seed * 977);
            let (mut deeds, mut seen) = (Vec::new(), 0);
            for _ in 0..1_500 {
                let choices = world.choices();
                if choices.is_empty() {
                    break;
                }
                let choice = if random.below(8) == 0 {
                    Choice::Fault(any_fault(world.shared(), &mut random))
                } else {
                    choices[random.below(choices.len())].clone()
                };
                match (world.run.choose(&choice, &|| false), &choice) {
                    (Ok(()), Choice::Fault(fault)) => {
                        injected.lock().expect("nobody panics with it").insert(fault.name());
                    }
                    (Err(why), Choice::Step(..) | Choice::Struck { .. }) => panic!("{why}"),
                    _ => {}
                }
                deeds.push(choice);
                world.shared().events[seen..].iter().for_each(|event| model.apply(event));
                seen = world.shared().events.len();
                check_owners(world.shared(), &model);
            }
            let mut again = World::of(program.clone());
            for deed in &deeds {
                again.choices();
                let _ = again.run.choose(deed, &|| false); // a fault may make no sense
            }
            assert_eq!(again.shared().events, world.shared().events, "{} with seed {seed}", path.display());
        }
    });
    let injected = injected.into_inner().expect("nobody panics with it");
    assert_eq!(injected.len(), 18, "{injected:?}");
}

#[test]
fn events_are_numbered_without_gaps_and_steps_never_go_back() {
    for path in programs() {
        let mut world = World::of(compiled(&path));
        finish(&mut world, &mut Xorshift(5));
        let events = &world.shared().events;
        assert!(events.iter().zip(0..).all(|(event, seq)| event.seq == seq), "{}", path.display());
        assert!(events.windows(2).all(|pair| pair[0].step <= pair[1].step && pair[0].at <= pair[1].at));
    }
}

#[test]
fn safe_scenarios_print_the_same_lines_in_every_order() {
    let expected = |path: &Path| -> Option<Vec<String>> {
        let name = path.file_stem()?.to_str()?;
        if metadata::parse(&source(path)).ok()?.expect != Some(Expectation::Safe) {
            return None;
        }
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/scenarios/expected/{name}.txt"));
        let recorded: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file).ok()?).ok()?;
        let lines = recorded["lines"].as_array()?.iter().filter_map(|line| line.as_str().map(str::to_owned));
        Some(lines.collect())
    };
    let mut tried = BTreeSet::new();
    for path in programs() {
        let Some(lines) = expected(&path) else { continue };
        for seed in 1..=20 {
            let mut world = World::of(compiled(&path));
            finish(&mut world, &mut Xorshift(seed));
            let printed = world.output();
            let mut output: Vec<&str> = printed.lines().collect();
            output.sort_unstable();
            assert_eq!(output, lines, "{} with seed {seed}", path.display());
        }
        tried.insert(path);
    }
    assert!(tried.len() >= 20, "{tried:?}");
}

#[test]
fn data_is_called_after_what_leads_to_it() {
    let text = "
import threading, contextlib, signal, enum, collections, dataclasses

class Color(enum.Enum):
    RED = 1

Point = collections.namedtuple('Point', 'x y')

@dataclasses.dataclass
class Part:
    sizes: list = dataclasses.field(default_factory=list)

class Box:
    kept = []
    def __init__(self):
        self.parts = [[1], {}]

def work(mine, *, also):
    pair[0].add(Box.kept)
    mine.append(box.parts[0])
    mine.append((Color.RED, Point(1, 2), Part()))
    work.calls = len(also)

def main():
    inner = {'deep': [2]}
    def see():
        return inner
    threads = [threading.Thread(target=work, args=([],), kwargs={'also': inner['deep']})]
    threads.append(threading.Thread(target=see))
    for thread in threads:
        thread.start()

box = Box()
pair = ({1}, {2})
main()
";
    let world = finished(text, 1);
    let shown = world.shared().events.iter().filter_map(|event| match &event.kind {
        EventKind::ObjectShown { what: ObjectKind::Data, name, .. } => Some(&**name),
        _ => None,
    });
    let shown: BTreeSet<&str> = shown.collect();
    let expected = "Box.kept Color.RED Point._field_defaults also box box.parts box.parts[0] box.parts[1] inner mine pair[0] pair[1]";
    assert_eq!(shown.into_iter().collect::<Vec<_>>().join(" "), expected);
}

#[test]
fn what_the_machine_and_the_library_say_of_the_computer_is_the_same() {
    let text = "
import logging, os, sys
from concurrent.futures import ThreadPoolExecutor

class Own(logging.Formatter):
    pass

def told(formatter, name):
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter)
    logger = logging.getLogger(name)
    logger.addHandler(handler)
    logger.warning('')

told(logging.Formatter('%(process)d'), 'a')
told(Own('%(process)d'), 'b')
print(os.getpid())
print(ThreadPoolExecutor()._max_workers - os.cpu_count())
";
    assert_eq!(finished(text, 1).output(), "4242\n4242\n4242\n4\n");
}

#[test]
fn a_handler_that_there_is_no_room_for_leaves_the_wait_in_order() {
    let text = "
import signal, threading

changed = threading.Condition()

def handle(number, frame):
    print('handled')

def work():
    with changed:
        signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR1)

def deepest():
    try:
        return deepest()
    except RecursionError:
        pass
    try:
        changed.wait()
    except RecursionError:
        print('no room')

signal.signal(signal.SIGUSR1, handle)
changed.acquire()
threading.Thread(target=work).start()
deepest()
changed.release()
";
    for seed in 1..=10 {
        let world = finished(text, seed);
        assert_eq!((world.output().as_str(), world.shared().status()), ("no room\n", Some(0)), "with seed {seed}");
    }
}

#[test]
fn names_do_not_grow_with_the_depth_of_data() {
    let text = "
import threading
chain = []
for _ in range(2000):
    chain = [chain]
box = []
def work():
    box.append(chain)
threading.Thread(target=work).start()
";
    let world = finished(text, 1);
    let names = world.shared().events.iter().filter_map(|event| match &event.kind {
        EventKind::ObjectShown { what: ObjectKind::Data, name, .. } => Some(name.len()),
        _ => None,
    });
    let names: Vec<usize> = names.collect();
    assert!(names.len() > 2000 && names.iter().all(|length| *length < 60), "{:?}", names.iter().max());
}

/// The final attributes of a state.
struct Held<'s>(&'s Shared, &'s Image);

impl Finals for Held<'_> {
    fn final_attribute(&self, process: ProcessId, object: ObjectId, name: Symbol) -> Option<Value> {
        self.0.processes[process].final_attribute(self.1, object, name)
    }
}

/// Where the main thread stood, by step, in a program of one thread that sails where it can, or never does.
fn stood(text: &str, sails: bool) -> BTreeMap<u64, Vec<(CodeId, u32)>> {
    let text = format!("import threading\nlock, count, ready = threading.Lock(), 0, False\n{text}");
    let program = raddle::lang::compile(Arc::new(Source::new("test.py", text))).expect("it compiles");
    let image = Image::new(Arc::new(program));
    let (mut shared, mut main) = machine::boot(&image, Boot { seed: 1, epoch: 0, memory: budget::DEFAULT });
    let (mut stood, mut outcome) = (BTreeMap::new(), Outcome::Done);
    while outcome == Outcome::Done {
        let paused = machine::advance(&mut main, &image, &Held(&shared, &image), u32::MAX);
        assert_eq!(paused, Pause::Operation);
        outcome = machine::perform(&mut shared, &mut main, &image, Alternative::Go);
        if sails && outcome == Outcome::Done {
            machine::sail(&mut shared, &mut main, &image, 50, 0);
        }
        stood.insert(shared.step, shared.threads[0].stands.clone());
    }
    stood
}

#[test]
fn a_thread_that_has_sailed_long_enough_stops_where_it_holds_no_lock() {
    let text = "import threading\nlock, n = threading.Lock(), 0\ndef work():\n    global n\n    for _ in range(100):\n        \
                with lock:\n            n += 1\nt = threading.Thread(target=lambda: None)\nt.start()\nt.join()\nwork()\n";
    let program = raddle::lang::compile(Arc::new(Source::new("test.py", text))).expect("it compiles");
    let image = Arc::new(Image::new(Arc::new(program)));
    // Where it stops after so many instructions: whether it holds the lock.
    let holds = |allowance, grace| {
        let mut run = Execution::new(image.clone(), Boot { seed: 1, epoch: 0, memory: budget::DEFAULT });
        while run.shared().threads.len() < 2
            || run.thread(ThreadId(1)).is_some()
            || run.shared().threads[0].holds.is_empty()
        {
            let next = run.enabled(1).pop().expect("it goes on");
            run.choose(&next, &|| true).expect("it is enabled");
        }
        let (mut shared, mut threads) = run.into_parts();
        let step = shared.step;
        machine::sail(&mut shared, &mut threads[0], &image, allowance, grace);
        assert!(shared.step > step);
        !shared.threads[0].holds.is_empty()
    };
    let ends: Vec<bool> = (40..60).map(|allowance| holds(allowance, 0)).collect();
    assert!(ends.contains(&true) && ends.contains(&false));
    assert!((40..60).all(|allowance| !holds(allowance, 50)));
}

#[test]
fn where_a_thread_stood_is_noted_when_it_sails_as_when_it_performs() {
    let program = |add: &str| {
        format!(
            "
def add():
    global count, ready
    for _ in range(3):
        {add}
    count += 1
    ready = True
def twice():
    add()
    add()
lock.acquire()
lock.release()
twice()
"
        )
    };
    // In a generator that is shared the thread sails in a frame which its last operation has entered.
    let resumed = "
def numbers():
    global count
    for _ in range(3):
        count += 1
        yield count
made = numbers()
threading.Thread(target=lambda: next(made)).start()
lock.acquire()
lock.release()
for number in made: pass
";
    for text in [&*program("with lock: count += 1"), resumed] {
        let (performed, sailed) = (stood(text, false), stood(text, true));
        assert!(sailed.len() < performed.len(), "it was to sail");
        sailed.iter().for_each(|(step, stands)| assert_eq!(performed.get(step), Some(stands), "at step {step}"));
    }
    // Where it only looks at something nobody would see it come round.
    let text = program("with lock: count += 1\n        if count < 0:\n            while ready is None: pass");
    assert_eq!(stood(&text, true), stood(&text, false));
}

#[test]
fn where_threads_stand_is_noted_in_programs_where_that_matters() {
    for (text, noted) in [
        ("with lock: pass", false),
        ("changed = threading.Condition()\nwith changed: changed.wait(1)", false),
        ("ready = False\nif ready: print('so soon')", false),
        ("lock.acquire()\nlock.release()", true),
        ("def free(release=lock.release): pass\nfree()", true),
        ("changed = threading.Condition(lock)\nwith changed: changed.wait(1)", true),
        ("ready = True\ndef spin():\n    while not ready: pass\nspin()", true),
        ("getattr(threading, 'current_thread')()", true),
    ] {
        let text = format!("{text}\nwith lock: pass");
        assert_eq!(stood(&text, false).values().any(|stands| !stands.is_empty()), noted, "{text}");
    }
}

#[test]
fn events_tell_in_which_state_a_child_has_its_copies() {
    let text = "
from multiprocessing import Process
import threading

mine = threading.Lock()
others = threading.RLock()
inside, forked = threading.Event(), threading.Event()
tickets = threading.Semaphore(3)

def hold():
    with others:
        inside.set()
        forked.wait()

def deeper():
    print(mine.locked(), tickets.acquire(), others.acquire(blocking=False), flush=True)

def work():
    tickets.acquire()
    grandchild = Process(target=deeper, name='grandchild')
    grandchild.start()
    grandchild.join()
    print(mine.locked(), forked.is_set(), flush=True)

threading.Thread(target=hold, name='holder').start()
inside.wait()
tickets.acquire()
with mine:
    child = Process(target=work, name='child')
    child.start()
    forked.set()
    tickets.acquire()
    child.join()
";
    let program = raddle::lang::compile(Arc::new(Source::new("test.py", text))).expect("the program compiles");
    let mut model = Model::new(Legend { source: program.source.clone(), symbols: program.symbols.clone(), flow: None });
    let mut world = World::of(program);
    finish(&mut world, &mut Xorshift(3));
    assert_eq!(world.output(), "True True False\nTrue False\n");
    let mut seen = Vec::new();
    for event in &world.shared().events {
        model.apply(event);
        if let EventKind::Copied { object, state: Some(_), .. } = event.kind {
            let row = model.object(object).expect("it is shown");
            let held = &model.thread(event.thread).expect("it was made").held;
            let taken = held.iter().find(|held| held.object == object).map(|held| held.line);
            seen.push((row.name.to_string(), row.detail.clone(), model.thread_name(event.thread).to_owned(), taken));
        }
    }
    let lock = |owner: u32| Detail::Lock { owner: Some(ThreadId(owner)), depth: 1 };
    let expected = [
        ("mine (child)", lock(2), "child", Some(28)),
        ("others (child)", lock(1), "child", None),
        ("tickets (child)", Detail::Semaphore { value: 1 }, "child", None),
        ("mine (grandchild)", lock(3), "grandchild", Some(28)),
        ("others (grandchild)", lock(1), "grandchild", None),
        ("tickets (grandchild)", Detail::Semaphore { value: 0 }, "grandchild", None),
        ("forked (child)", Detail::Event { set: false }, "child", None),
    ];
    let expected = expected.map(|(name, detail, thread, line)| (name.to_owned(), detail, thread.to_owned(), line));
    assert_eq!(seen, expected);
}
