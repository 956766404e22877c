//! Scheduling policies on real threads: the same program and the same seed give the same run, no matter what the
//! operating system does; and each policy shows its purpose.

mod support {
    pub(crate) mod program;
}

use raddle::base::{ProcessId, Source, ThreadId};
use raddle::engine::{Options, Received, Run, RunEnd};
use raddle::event::{Event, EventKind, ThreadState};
use raddle::history::{Cursor, Moved};
use raddle::machine::image::Image;
use raddle::machine::{Boot, Execution, budget};
use raddle::policy::{Kind, Priorities, USUAL_CHOICES};
use raddle::scenario::{Expectation, metadata};
use raddle::schedule::StepUnit;
use raddle::trace::{Axis, Model, Thread};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use support::program::image;

/// Only a defect takes so long.
const LONG: Duration = Duration::from_secs(8);
/// Runs with the same seed.
const TIMES: usize = 4;

fn decided() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(|kind| *kind != Kind::Os)
}

/// Runs to the end, or until nothing moves any more.
fn run(image: &Arc<Image>, options: Options) -> (Vec<Event>, RunEnd) {
    let run = Run::start(image.clone(), options).expect("there are threads to be had");
    let (control, mut stream) = (run.control(), run.events());
    let mut events = Vec::new();
    loop {
        match stream.recv_timeout(LONG) {
            Received::Event(event) => events.push(event),
            Received::Quiet => break,
            Received::Nothing => panic!(
                "nothing comes in {} under {}: {:?} {:?}",
                image.program.source.name(),
                control.policy().name(),
                control.positions(),
                events.last()
            ),
        }
    }
    (events, run.end())
}

fn scenarios() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    found.retain(|path| path.extension().is_some_and(|end| end == "py"));
    found.sort();
    assert!(found.len() > 40);
    found
}

fn printed(events: &[Event]) -> Vec<String> {
    let text = events.iter().filter_map(|event| match &event.kind {
        EventKind::Printed { text, error: false } => Some(text.to_string()),
        _ => None,
    });
    text.collect::<String>().lines().map(str::to_owned).collect()
}

#[test]
fn the_same_seed_gives_the_same_run() {
    for path in scenarios() {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let metadata = metadata::parse(&Source::new("scenario.py", text.as_str())).expect("it is sound");
        let image = image(&path.display().to_string(), &text);
        for policy in decided() {
            let options = || Options { policy, seed: 7, faults: metadata.faults.clone(), ..Options::default() };
            let first = run(&image, options());
            for _ in 1..TIMES {
                assert_eq!(run(&image, options()), first, "{} under {}", path.display(), policy.name());
            }
        }
    }
}

#[test]
fn what_is_safe_is_safe_under_every_policy() {
    for path in scenarios() {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let source = Source::new(path.display().to_string(), text.clone());
        if metadata::parse(&source).expect("its metadata can be read").expect != Some(Expectation::Safe) {
            continue;
        }
        let image = image(&path.display().to_string(), &text);
        let sorted = |events: &[Event]| {
            let mut lines = printed(events);
            lines.sort();
            lines
        };
        let expected = sorted(&run(&image, Options::default()).0);
        for policy in decided() {
            let (events, end) = run(&image, Options { policy, seed: 3, ..Options::default() });
            assert_eq!(
                (sorted(&events), end),
                (expected.clone(), RunEnd::Exited(0)),
                "{} under {}",
                path.display(),
                policy.name()
            );
        }
    }
}

#[test]
fn chance_finds_the_lost_update_with_some_seeds() {
    let text = "\
import threading
n = 0
def work():
    global n
    n += 1
threads = [threading.Thread(target=work) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(n)
";
    let image = image("lost.py", text);
    for policy in [Kind::Random, Kind::Pct] {
        let outcomes: std::collections::BTreeSet<Vec<String>> =
            (0..200).map(|seed| printed(&run(&image, Options { policy, seed, ..Options::default() }).0)).collect();
        assert_eq!(outcomes, [vec!["1".to_owned()], vec!["2".to_owned()]].into(), "{}", policy.name());
    }
}

#[test]
fn inheritance_cures_priority_inversion() {
    let (medium, high) = ("medium is done", "high has the lock");
    for (name, order) in [("priority_inversion", [medium, high]), ("priority_inheritance", [high, medium])] {
        let text = std::fs::read_to_string(format!("scenarios/{name}.py")).expect("it can be read");
        let metadata = metadata::parse(&Source::new(name, text.clone())).expect("its metadata can be read");
        let inherited = metadata.inheritance.expect("it says so");
        let priorities = Priorities { by_name: metadata.priorities, inherited };
        let policy = metadata.policy.as_deref().and_then(Kind::of_name).expect("it says so");
        let (events, _) = run(&image(name, &text), Options { policy, priorities, ..Options::default() });
        assert_eq!(printed(&events)[..2], order, "{name}");
    }
}

#[test]
fn a_priority_that_is_raised_counts_at_once() {
    let text = "\
import threading
def work(name):
    for _ in range(3):
        print(name)
for name in ('one', 'two'):
    threading.Thread(target=work, args=(name,), name=name).start()
";
    let options = Options { policy: Kind::Priority, paused: true, ..Options::default() };
    for (raised, first) in [(1, "one"), (2, "two")] {
        let run = Run::start(image("two.py", text), options.clone()).expect("there are threads to be had");
        let (control, mut stream) = (run.control(), run.events());
        let mut events = Vec::new();
        let started = |event: &&Event| matches!(event.kind, EventKind::ThreadStarted { .. });
        while events.iter().filter(started).count() < 2 {
            control.step(Some(ThreadId::MAIN), StepUnit::Operation);
            let Received::Event(event) = stream.recv_timeout(LONG) else { panic!("nothing comes") };
            events.push(event);
        }
        control.raise_priority(ThreadId(raised), 5);
        assert_eq!(control.priorities()[raised as usize], 5);
        control.resume();
        let mut batch = Vec::new();
        while stream.recv_batch(&mut batch) {
            events.append(&mut batch);
        }
        assert_eq!(printed(&events)[..3], [first; 3]);
        // A recording of it knows that.
        let (image, boot, tape) = (image("two.py", text), run.boot(), control.fetch_tape());
        let mut cursor = Cursor::new(image, boot);
        while cursor.forward(&tape, &|| true).expect("it is the same run") == Moved::On {}
        assert_eq!(cursor.execution().priorities().clone(), [(first.into(), 5)].into());
    }
}

#[test]
fn a_step_moves_a_thread_that_computes_whosever_turn_it_is() {
    let text = "\
import threading
def work(name):
    for _ in range(3):
        for _ in range(20000):
            pass
        print(name)
for name in ('one', 'two'):
    threading.Thread(target=work, args=(name,), name=name).start()
";
    let image = image("computing.py", text);
    for policy in Kind::ALL {
        let options = Options { policy, paused: true, ..Options::default() };
        let run = Run::start(image.clone(), options).expect("there are threads to be had");
        let (control, mut stream) = (run.control(), run.events());
        let mut next = |thread: u32| {
            control.step(Some(ThreadId(thread)), StepUnit::Operation);
            loop {
                match stream.recv_timeout(LONG) {
                    // Events of the step before may come late.
                    Received::Event(event) if event.thread != ThreadId(thread) => {}
                    Received::Event(event) if matches!(event.kind, EventKind::Preempted | EventKind::Resumed) => {}
                    Received::Event(event) => return event,
                    other => panic!("{other:?} instead of a step of {thread} under {}", policy.name()),
                }
            }
        };
        let mut started = 0;
        while started < 2 {
            started += u32::from(matches!(next(0).kind, EventKind::ThreadStarted { .. }));
        }
        for thread in [1, 2, 2, 1, 1, 2] {
            assert!(matches!(next(thread).kind, EventKind::Printed { .. }));
        }
    }
}

#[test]
fn looking_again_which_thread_goes_next_preempts_none() {
    let text = "\
import threading
lock = threading.Lock()
def work():
    for _ in range(20):
        with lock:
            pass
for _ in range(3):
    threading.Thread(target=work).start()
";
    let image = image("again.py", text);
    for policy in decided() {
        let options = Options { policy, paused: true, ..Options::default() };
        let run = Run::start(image.clone(), options).expect("there are threads to be had");
        let (control, mut stream) = (run.control(), run.events());
        for step in 0..40 {
            control.step(None, StepUnit::Operation);
            while matches!(stream.recv_timeout(LONG), Received::Event(event) if event.kind == EventKind::Preempted) {}
            stream.drain(usize::MAX);
            for by in [0, 0, 0] {
                control.raise_priority(ThreadId(step % 4), by);
            }
            let noted = stream.drain(usize::MAX);
            let preempted = noted.iter().filter(|event| event.kind == EventKind::Preempted).count();
            assert!(preempted <= 1, "{preempted} times under {}", policy.name());
        }
    }
}

#[test]
fn a_thread_that_computes_forever_does_not_keep_the_others_from_running() {
    let text = "\
import threading
def spin():
    while True:
        pass
threading.Thread(target=spin, daemon=True).start()
print('out')
";
    let image = image("spin.py", text);
    for policy in decided().filter(|policy| *policy != Kind::Pct) {
        let (events, end) = run(&image, Options { policy, ..Options::default() });
        assert_eq!((printed(&events), end), (vec!["out".to_owned()], RunEnd::Exited(0)), "{}", policy.name());
    }
}

#[test]
fn a_preempted_thread_that_computes_is_drawn_as_running_when_it_has_its_turn_back() {
    let text = "import threading\ndef work():\n    total = 0\n    for n in range(40000):\n        total += n\n\
                threads = [threading.Thread(target=work) for _ in range(3)]\nfor thread in threads:\n    thread.start()\n\
                for thread in threads:\n    thread.join()\n";
    let image = image("computing.py", text);
    for policy in [Kind::RoundRobin, Kind::Gil, Kind::Random] {
        let (events, _) = run(&image, Options { policy, seed: 1, ..Options::default() });
        let mut model = Model::new(image.legend());
        let mut resumed = 0;
        for event in &events {
            let before = model.thread(event.thread).map(|thread| thread.state);
            model.apply(event);
            if event.kind == EventKind::Resumed {
                resumed += 1;
                let after = model.thread(event.thread).map(|thread| thread.state);
                assert_eq!(
                    (before, after),
                    (Some(ThreadState::Ready), Some(ThreadState::Running)),
                    "{}",
                    policy.name()
                );
                let running = model.threads().iter().filter(|thread| thread.state == ThreadState::Running).count();
                assert_eq!(running, 1, "one goes at a time under {}", policy.name());
            }
        }
        assert!(resumed > 0, "nobody goes on computing under {}", policy.name());
    }
}

#[test]
fn the_policy_can_change_while_the_program_runs() {
    let text = "\
import threading
lock = threading.Lock()
n = 0
def work():
    global n
    for _ in range(300):
        with lock:
            n += 1
threads = [threading.Thread(target=work) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(n)
";
    let options = Options { paused: true, ..Options::default() };
    let run = Run::start(image("count.py", text), options).expect("there are threads to be had");
    let (control, mut stream) = (run.control(), run.events());
    control.set_policy(Kind::Gil);
    control.resume();
    let mut events = Vec::new();
    let mut kinds = Kind::ALL.into_iter().cycle();
    let mut batch = Vec::new();
    while stream.recv_batch(&mut batch) {
        events.append(&mut batch);
        if let Some(kind) = kinds.next() {
            control.set_policy(kind);
            assert!(control.policy() == kind || control.is_over());
        }
    }
    assert_eq!(printed(&events), ["1200"]);
    let set: Vec<&str> = policies_set(&events).collect();
    assert!(set[0] == "gil" && set.windows(2).all(|pair| pair[0] != pair[1]), "{set:?}");
}

fn policies_set(events: &[Event]) -> impl Iterator<Item = &str> {
    events.iter().filter_map(|event| match &event.kind {
        EventKind::PolicySet { name } => Some(&**name),
        _ => None,
    })
}

#[test]
fn events_tell_the_policy_from_the_start_and_the_holder_of_the_gil() {
    let text = std::fs::read_to_string("scenarios/cpu_bound.py").expect("it can be read");
    let image = image("cpu_bound.py", &text);
    for policy in Kind::ALL {
        let (events, _) = run(&image, Options { policy, ..Options::default() });
        let set: Vec<&str> = policies_set(&events).collect();
        assert_eq!(set, if policy == Kind::Os { vec![] } else { vec![policy.name()] });
        let legend = image.legend();
        let mut model = Model::new(legend);
        for event in &events {
            // The thread that performs was the holder before: the lock went to the one that the policy picked next.
            let holder = model.gil().holder(ProcessId::FIRST);
            let performs = ThreadState::after(&event.kind) == Some(ThreadState::Running);
            assert!(!model.gil().was_used() || !performs || holder == Some(event.thread), "{event:?}: {holder:?}");
            model.apply(event);
        }
        assert_eq!(model.gil().was_used(), policy == Kind::Gil);
    }
}

#[test]
fn each_process_has_an_interpreter_lock_of_its_own_and_what_is_side_by_side_takes_its_time_once() {
    let text = "import multiprocessing, threading\ndef work():\n    total = 0\n    for n in range(400_000):\n        \
                total += n\nworkers = [KIND(target=work) for _ in range(2)]\nfor worker in workers:\n    \
                worker.start()\nfor worker in workers:\n    worker.join()\n";
    let lived = |kind: &str, policy| {
        let image = image("computing.py", &text.replace("KIND", kind));
        let (events, _) = run(&image, Options { policy, seed: 1, ..Options::default() });
        let mut model = Model::new(image.legend());
        events.iter().for_each(|event| model.apply(event));
        model
    };
    let time = |model: &Model| model.last().at / 1_000_000;
    let running = |model: &Model, part: u64| {
        let at = time(model) * 1_000_000 * part / 8;
        let state = |thread: &Thread| thread.timeline.at(Axis::Time, at).map(|span| span.state);
        model.threads().iter().filter(|thread| state(thread) == Some(ThreadState::Running)).count()
    };
    let (threads, processes) = (lived("threading.Thread", Kind::Gil), lived("multiprocessing.Process", Kind::Gil));
    assert!((34..=46).contains(&time(&threads)), "{} ms", time(&threads));
    assert!((15..=24).contains(&time(&processes)), "{} ms", time(&processes));
    assert_eq!([running(&threads, 3), running(&processes, 3)], [1, 2]);
    let free = lived("threading.Thread", Kind::Os);
    assert!((15..=30).contains(&time(&free)), "{} ms", time(&free));
}

#[test]
fn under_the_interpreter_lock_threads_that_compute_take_turns() {
    let text = "import threading\ndef work():\n    total = 0\n    for n in range(400_000):\n        total += n\n\
                threads = [threading.Thread(target=work) for _ in range(3)]\nfor thread in threads:\n    thread.start()\n\
                for thread in threads:\n    thread.join()\n";
    let (events, _) = run(&image("computing.py", text), Options { policy: Kind::Gil, ..Options::default() });
    let gave_up = events.iter().filter(|event| event.kind == EventKind::Preempted).map(|event| event.thread.0);
    let turns: Vec<u32> = gave_up.filter(|thread| *thread != ThreadId::MAIN.0).collect();
    assert_eq!(turns[..9], [1, 2, 3, 1, 2, 3, 1, 2, 3]);
}

/// How many choices the run of that program has under `pct`.
fn choices(text: &str, seed: u64) -> u64 {
    let boot = Boot { seed: 1, epoch: 0, memory: budget::DEFAULT };
    Kind::Pct.measure(|| Execution::new(image("measured.py", text), boot), seed)
}

#[test]
fn a_step_that_only_one_thread_can_take_is_no_choice() {
    let two = |work: &str| {
        format!(
            "import threading\nlock = threading.Lock()\nn = 0\ndef work():\n    global n\n    {work}\n\
             all = [threading.Thread(target=work) for _ in range(2)]\nfor t in all: t.start()\nfor t in all: t.join()\n"
        )
    };
    let alone = "n = 0\nfor i in range(1000):\n    print(i)\n";
    assert_eq!(choices(alone, 1), 0);
    let (few, many) = (two("n += 1"), two("for _ in range(100): n += 1"));
    for seed in 1..20 {
        let (few, many) = (choices(&few, seed), choices(&many, seed));
        assert!((1..20).contains(&few) && (100..1_000).contains(&many), "{few} {many}");
    }
    assert!((19_000..=20_000).contains(&choices(&two("while True: n += 1"), 1)), "a run without an end");
    assert_eq!(choices("while True: pass\n", 1), 0, "it comes to no operation");
    assert_eq!(choices("sum(range(10 ** 10))\n", 1), USUAL_CHOICES, "a long call");
}
