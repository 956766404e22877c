//! What a frame costs, and what it costs to take in an event: at 200×60 with eight lanes, with a thousand, a hundred
//! thousand and a million events behind it. The cost of a frame is that of its cells, not of the events.

mod stage;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use raddle::base::{ObjectId, Source, ThreadId};
use raddle::event::{Blocker, Event, EventKind, Legend, ObjectKind, ObjectState};
use raddle::trace::Model;
use raddle::tui::{Options, Rehearsal};
use stage::Archive;
use std::hint::black_box;
use std::io::Write;
use std::sync::Arc;

const THREADS: u32 = 8;
/// Events before the first turn: the lock, and two for each thread beside the main one.
const SETUP: usize = 1 + 2 * (THREADS as usize - 1);

fn legend() -> Legend {
    let text = "import threading\nlock = threading.Lock()\n".to_owned() + &"with lock:\n    work()\n".repeat(20);
    Legend { source: Arc::new(Arc::new(Source::new("work.py", text)).into()), symbols: Arc::from([]), flow: None }
}

/// Eight threads that pass one lock around: block, become ready, take it, release it.
fn events(count: u64) -> Vec<Event> {
    let lock = ObjectId { maker: ThreadId::MAIN, slot: 0 };
    let mut events: Vec<Event> = Vec::new();
    let mut add = |thread: u32, kind: EventKind| {
        let seq = events.len() as u64;
        events.push(Event { seq, step: seq, at: seq * 10_000, thread: ThreadId(thread), line: 3, kind });
        seq + 1
    };
    let state = Box::new(ObjectState::Lock { owner: None, depth: 0 });
    add(0, EventKind::ObjectShown { object: lock, what: ObjectKind::Lock, name: Arc::from("lock"), state });
    for new in 1..THREADS {
        let name = Arc::from(format!("worker-{new}"));
        add(0, EventKind::ThreadCreated { new: ThreadId(new), name, daemon: false });
        add(0, EventKind::ThreadStarted { started: ThreadId(new) });
    }
    for turn in 0.. {
        let (thread, before) = (turn % THREADS, (turn + THREADS - 1) % THREADS);
        add(thread, EventKind::Blocked { on: Blocker::Lock(lock), until: None });
        add(thread, EventKind::Ready { by: Some(ThreadId(before)) });
        add(thread, EventKind::Acquired { object: lock, depth: 1, limited: false });
        if add(thread, EventKind::Released { object: lock, depth: 0 }) >= count {
            break;
        }
    }
    events
}

fn frames(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("frame 200x60, 8 lanes");
    group.sample_size(20);
    for count in [1_000, 100_000, 1_000_000] {
        let events = events(count);
        let mut stage = Archive::new(legend(), events);
        let options = Options { start: Some(0), ..Options::default() };
        let mut rehearsal = Rehearsal::new(&mut stage, options, 200, 60);
        rehearsal.catch_up();
        for (what, keys) in [("latest part", ""), ("whole run", "0")] {
            rehearsal.type_keys(keys);
            group.bench_function(format!("{count} events, {what}"), |bencher| bencher.iter(|| rehearsal.frame()));
        }
    }
    group.finish();
}

fn applying(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("model");
    group.sample_size(10);
    for count in [100_000, 1_000_000] {
        let events = events(count);
        group.throughput(Throughput::Elements(events.len() as u64));
        group.bench_function(format!("apply {count} events"), |bencher| {
            bencher.iter_batched(
                || Model::new(legend()),
                |mut model| {
                    events.iter().for_each(|event| model.apply(event));
                    black_box(model)
                },
                BatchSize::LargeInput,
            );
        });
        // Since the clone before, every thread and the lock have changed.
        let (past, turn) = events.split_at(events.len() - 4 * THREADS as usize);
        let mut model = Model::new(legend());
        past.iter().for_each(|event| model.apply(event));
        let changed = || {
            let mut model = model.clone();
            turn.iter().for_each(|event| model.apply(event));
            model
        };
        group.throughput(Throughput::Elements(1));
        group.bench_function(format!("clone after {count} events"), |bencher| {
            bencher.iter_batched_ref(changed, |model| model.clone(), BatchSize::SmallInput)
        });
    }
    group.finish();
}

/// Resident bytes of this process, where the system tells.
fn resident() -> Option<u64> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(pages.split_whitespace().nth(1)?.parse::<u64>().ok()? * 4096)
}

/// What a model keeps, as the process grows, and what a clone for every 10,000 events adds to that.
fn memory(_: &mut Criterion) {
    for (count, keeps_clones) in [(100_000, false), (1_000_000, false), (4_000_000, false), (1_000_000, true)] {
        let Some(before) = resident() else { return };
        let mut model = Model::new(legend());
        let mut clones = Vec::new();
        // The events pass by one at a time, so that they take up no room themselves.
        let pattern = events(1_000);
        let (setup, turns) = pattern.split_at(SETUP);
        for (seq, event) in (0..count).zip(setup.iter().chain(turns.iter().cycle())) {
            model.apply(&Event { seq, step: seq, at: seq * 10_000, ..event.clone() });
            if keeps_clones && seq % 10_000 == 0 {
                clones.push(model.clone());
            }
        }
        let grown = resident().unwrap_or(before).saturating_sub(before);
        let kept = model.log().len();
        let each = grown / count;
        let line = format!(
            "memory: {count} events, {kept} of them kept, {} clones: {grown} bytes, {each} an event\n",
            clones.len()
        );
        let _ = std::io::stderr().write_all(line.as_bytes());
    }
}

criterion_group!(benches, memory, frames, applying);
criterion_main!(benches);
