//! Garbage among shared objects: dropping it changes nothing that a program or a person could notice, but the memory.

mod support {
    pub(crate) mod drawn;
    pub(crate) mod grammar;
    pub(crate) mod printed;
    pub(crate) mod program;
    pub(crate) mod random;
    pub(crate) mod side_by_side;
    pub(crate) mod world;
}

use raddle::base::{ProcessId, ThreadId};
use raddle::event::{Event, EventKind};
use raddle::machine::memory::heap::SharedHeap;
use raddle::machine::{Boot, Execution, Image};
use raddle::schedule::{Choice, Given};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use support::drawn;
use support::grammar;
use support::random::Xorshift;
use support::side_by_side::side_by_side;
use support::world::World;

/// So little that garbage is looked for whenever a few objects were shared; more than the programs here need.
const LITTLE: u64 = 4 << 20;
/// Steps of a program.
const STEPS: usize = 2_000;
/// So many of them are looked at one by one: with many processes, each look goes through many objects.
const OFTEN: usize = 256;

fn heap(world: &World) -> &SharedHeap {
    &world.shared().processes[ProcessId::FIRST].heap
}

/// That of every process.
fn heaps(world: &World) -> impl Iterator<Item = &SharedHeap> {
    let processes = &world.shared().processes;
    (0..processes.count() as u32).map(|id| &processes[ProcessId(id)].heap)
}

/// Has every thread report that has come to an operation, if garbage is looked for.
fn report(world: &mut World) {
    for thread in (0..world.shared().threads.len() as u32).map(ThreadId) {
        if world.shared().lacks_report(thread) && world.run.thread(thread).is_some_and(|it| it.pending.is_some()) {
            world.run.choose(&Choice::Report(thread), &|| false).expect("it stands there");
        }
    }
}

/// The event as text. A fork copies garbage, too, so how much it copies is not told.
fn told(event: &Event) -> String {
    let mut event = event.clone();
    if let EventKind::ProcessStarted { copied, .. } = &mut event.kind {
        *copied = 0;
    }
    format!("{event:?}")
}

/// Runs a program twice by the same choices, once with and once without looking for garbage; how many objects were dropped.
fn compare(name: &str, image: &Arc<Image>, typed: &str, random: &mut Xorshift) -> usize {
    let [mut keeps, mut drops] = [(); 2].map(|()| World::of(image.program.clone()));
    let typed = Choice::Given(Given::Typed { text: typed.into(), end: true });
    keeps.take(&typed);
    drops.take(&typed);
    for step in 0..STEPS {
        let choices = keeps.choices();
        assert_eq!(choices, drops.choices(), "{name}, step {step}");
        if choices.is_empty() {
            break;
        }
        let looks = step % (if step < OFTEN { 16 } else { 128 }) == 0;
        if looks {
            assert!(keeps.run.encoding() == drops.run.encoding(), "{name}, step {step}: the same but for garbage");
        }
        let copy = looks.then(|| drops.clone()).map(|copy| (copy.run.encoding(), copy));
        let choice = &choices[random.below(choices.len())];
        keeps.take(choice);
        drops.take(choice);
        if step < OFTEN || step % 8 == 0 {
            drops.run.collect();
            let leads = heaps(&drops).any(|heap| !heap.escapes().is_empty());
            assert!(!leads, "{name}, step {step}: nothing leads to what is gone");
        }
        assert!(copy.is_none_or(|(before, copy)| before == copy.run.encoding()), "{name}, step {step}: a clone stays");
    }
    // NaN is not equal to itself, but written the same.
    let told = |world: &World| world.shared().events.iter().map(told).collect::<Vec<_>>();
    assert_eq!(told(&keeps), told(&drops), "{name}");
    let objects = |world: &World| heaps(world).map(SharedHeap::len).sum::<usize>();
    objects(&keeps) - objects(&drops)
}

#[test]
fn dropping_garbage_changes_no_event_of_a_random_program() {
    let dropped = AtomicUsize::new(0);
    side_by_side(1..=240, |seed| {
        let program = grammar::program(seed);
        let name = format!("seed {seed}, {} statements", program.size());
        let Ok(image) = drawn::image(&program) else { return };
        dropped.fetch_add(compare(&name, &image, &program.typed, &mut Xorshift(seed)), Ordering::Relaxed);
    });
    let dropped = dropped.into_inner();
    assert!(dropped > 200, "{dropped}");
}

#[test]
fn dropping_garbage_changes_no_event_of_a_program_about_threads() {
    let mut dropped = 0;
    for folder in ["scenarios", "tests/conformance"] {
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("the folder is there")
        {
            let path = entry.expect("it can be read").path();
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            // That one checks the clock again and again, which stands still here.
            if path.ends_with("busy_waiting.py") || !text.contains("import threading") {
                continue;
            }
            let name = path.display().to_string();
            dropped += compare(&name, &support::program::image(&name, &text), "", &mut Xorshift(5));
        }
    }
    assert!(dropped > 200, "{dropped}");
}

/// Loops that share an object on every round, and are done with it.
const LOOPS: &[(&str, &str)] = &[
    (
        "a queue",
        "q = queue.Queue(5)\ndef put():\n    for i in range(N): q.put([{'id': i}, (i, [i])])\ndef get():\n    for i in range(N): q.get()\nrun(put, get)\n",
    ),
    (
        "a deque",
        "d = collections.deque([])\ndef work():\n    for i in range(N):\n        d.append({'n': [i]})\n        d.popleft()\nrun(work, work)\n",
    ),
    (
        "a list",
        "class Box:\n    def __init__(self, n): self.n = [n]\nl = []\ndef work():\n    for i in range(N):\n        l.append(Box(i))\n        l.pop()\nrun(work, work)\n",
    ),
    ("a variable", "v = None\ndef work():\n    global v\n    for i in range(N): v = {'old': [i]}\nrun(work, work)\n"),
    (
        "cycles",
        "l = []\ndef work():\n    for i in range(N):\n        a = [i]\n        b = {'a': a}\n        a.append(b)\n        l.append(a)\n        l.clear()\nrun(work, work)\n",
    ),
    (
        "locks",
        "l = []\ndef work():\n    for i in range(N):\n        e = threading.Event()\n        e.set()\n        with threading.Lock(): l.append(e)\n        l.pop()\nrun(work, work)\n",
    ),
    (
        "closures",
        "l = []\ndef made(n):\n    def inner():\n        nonlocal n\n        n += 1\n    return inner\ndef work():\n    for i in range(N):\n        l.append(made(i))\n        l.pop()()\nrun(work, work)\n",
    ),
    (
        "exceptions",
        "l = []\ndef work():\n    for i in range(N):\n        try: raise ValueError([i])\n        except ValueError as error: l.append(error)\n        l.clear()\nrun(work, work)\n",
    ),
    (
        "threads",
        "def work(box): box.append(1)\nfor i in range(N):\n    t = threading.Thread(target=work, args=([i],))\n    t.start()\n    t.join()\n",
    ),
    (
        "locals",
        "local = threading.local()\ndef work(box):\n    local.box = [box]\nfor i in range(N):\n    t = threading.Thread(target=work, args=([i],))\n    t.start()\n    t.join()\n",
    ),
    (
        "futures",
        "def work(n): return [n]\nwith futures.ThreadPoolExecutor(2) as pool:\n    for i in range(N): pool.submit(work, i).result()\n",
    ),
    (
        "maps",
        "def work(n): return [n]\nwith futures.ThreadPoolExecutor(2) as pool:\n    for i in range(N // 8):\n        for it in pool.map(work, range(8)): pass\n",
    ),
    (
        "pools",
        "def work(n): return [n]\nfor i in range(N // 4):\n    with futures.ThreadPoolExecutor(2) as pool: pool.submit(work, i)\n",
    ),
    (
        "generators",
        "q = queue.Queue(5)\ndef count(box):\n    yield box\ndef put():\n    for i in range(N): q.put(count([i]))\ndef get():\n    for i in range(N): next(q.get())\nrun(put, get)\n",
    ),
    (
        "conditions",
        "c = threading.Condition()\nwaiting = []\ndef work():\n    for i in range(N):\n        with c:\n            waiting.append([i])\n            waiting.pop(0)\n            c.notify()\nrun(work, work)\n",
    ),
];

#[test]
fn a_state_without_its_garbage_goes_on_to_the_same_end() {
    for (name, body) in LOOPS {
        let mut world = World::of(loops(body, 20).program.clone());
        let mut random = Xorshift(3);
        for _ in 0..100 {
            let choices = world.choices();
            choices.first().into_iter().for_each(|choice| world.take(choice));
        }
        let mut without = world.clone();
        without.run.collect();
        assert!(world.ends(&mut random.clone()) && without.ends(&mut random), "{name}");
        assert_eq!(world.shared().events, without.shared().events, "{name}");
    }
}

fn loops(body: &str, rounds: usize) -> Arc<Image> {
    let head = "import collections, queue, threading\nfrom concurrent import futures\n";
    let run = "def run(*all):\n    threads = [threading.Thread(target=f) for f in all]\n    for t in threads: t.start()\n    for t in threads: t.join()\n";
    support::program::image("loop", &format!("{head}N = {rounds}\n{run}{body}print('done')\n"))
}

/// The most shared objects that a loop of so many rounds has at one time.
fn most(body: &str, rounds: usize) -> usize {
    let run = Execution::new(loops(body, rounds), Boot { seed: 1, epoch: 0, memory: LITTLE });
    let (mut world, mut random, mut most) = (World { run }, Xorshift(7), 0);
    loop {
        let choices = world.choices();
        if choices.is_empty() {
            assert_eq!(world.output(), "done\n");
            return most;
        }
        world.take(&choices[random.below(choices.len())]);
        report(&mut world);
        most = most.max(heap(&world).len());
    }
}

#[test]
fn a_loop_has_no_more_objects_after_many_rounds_than_after_few() {
    for (name, body) in LOOPS {
        let (few, many) = (most(body, 600), most(body, 1800));
        let told = format!("{name}: {few} objects at most in a short loop, {many} in a long one");
        assert!(many <= few + few / 4, "{told}");
    }
}
