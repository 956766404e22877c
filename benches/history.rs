//! What the past costs, for a run of a million operations: the time back to a moment of it, with the frame that shows the
//! moment; the memory that its past and the live model take up; and what recording costs, in bytes on the disk and as a
//! share of the live rate.
//!
//! Each is measured under every policy and with both clocks. `cargo bench --bench history -- memory` measures one of them:
//! memory, recording or rewinding; `-- 'memory, random, Wall'` likewise.

mod counting;
mod stage;

use criterion::{Criterion, criterion_group, criterion_main};
use raddle::engine::{ClockKind, EventStream, Options, Run};
use raddle::event::Event;
use raddle::history::{Cursor, History, Moment};
use raddle::machine::{self, Boot, Image};
use raddle::policy::Kind;
use raddle::trace::Model;
use raddle::trace::recording::{Header, Writer};
use raddle::tui::{self, Rehearsal};
use stage::Archive;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::io;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Operations of a run, or a few more.
const OPERATIONS: u64 = 1_000_000;
/// How far back, in operations.
const BACK: u64 = 100_000;
/// Operations of a run that is measured with and without recording, and how often it is.
const RECORDED: u64 = 50_000;
const PAIRS: usize = 21;
/// Threads that share a lock and a counter.
const THREADS: u64 = 4;
/// What the screen takes in between two frames: events of the run, choices of its past.
const EVENTS: usize = 4096;
const CHOICES: u64 = 20_000;

fn image(operations: u64) -> Arc<Image> {
    // A round is four of them.
    counting::image(THREADS, &format!("for _ in range({}):", operations / 4 / THREADS))
}

/// Runs a program as the screen does: its events go into a model, its tape into its past.
fn watch(image: &Arc<Image>, options: Options) -> (History, Model) {
    let run = Run::start(image.clone(), options).expect("there are threads to be had");
    let (control, mut events) = (run.control(), run.events());
    let mut history = History::new(image.clone(), run.boot());
    let mut model = Model::new(image.legend());
    let mut follow = |events: &mut EventStream| {
        let drained = events.drain(EVENTS);
        drained.iter().for_each(|event| model.apply(event));
        history.extend(control.fetch_tape());
        history.follow(CHOICES, &|| true).expect("it is the run that was recorded") || !drained.is_empty()
    };
    while !control.is_over() {
        follow(&mut events);
    }
    run.end();
    while follow(&mut events) {}
    (history, model)
}

fn back(history: &mut History, step: u64) -> u64 {
    // A moment is told by its events: one at which there had been so many operations is searched for.
    let (mut least, mut most) = (0, history.front().events());
    while least < most {
        let middle = least.midpoint(most);
        if at(history, middle).cursor.step() < step { least = middle + 1 } else { most = middle }
    }
    least
}

fn at(history: &mut History, events: u64) -> Moment {
    history.at(events, &|| true).expect("it is the run that was recorded")
}

/// What the screen asks for besides the model: where each thread stands.
fn look(moment: Moment) -> Moment {
    let seen = moment.cursor.execution().at_gate();
    for thread in (0..=THREADS as u32).map(raddle::base::ThreadId) {
        if let Some(alive) = seen.thread(thread) {
            black_box(machine::position(alive, seen.image()));
        }
    }
    moment
}

/// Every policy with both clocks, as far as that is to be measured, and what that measurement is called.
fn cases(what: &str) -> impl Iterator<Item = (String, Options)> {
    let clocks = |policy| [ClockKind::Virtual, ClockKind::Wall].map(|clock| (policy, clock));
    let named = move |(policy, clock): (Kind, _)| {
        let name = format!("{what}, {}, {clock:?} clock", policy.name());
        (name, Options { policy, clock, ..Options::default() })
    };
    let filters: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let wanted = move |(name, _): &(String, Options)| filters.iter().all(|filter| name.contains(&**filter));
    Kind::ALL.into_iter().flat_map(clocks).map(named).filter(wanted)
}

fn rewinding(criterion: &mut Criterion) {
    for (name, options) in cases("rewinding") {
        let image = image(OPERATIONS);
        let (mut history, live) = watch(&image, options);
        let steps = history.front().cursor.step();
        assert_eq!(history.front().events(), live.event_count());
        let mut group = criterion.benchmark_group(name);
        group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
        let there = back(&mut history, steps - BACK);
        // Any moment of a stretch as long as it is far back, another each time, in no order.
        let mut random = 1_u64;
        let mut anywhere = |until: u64| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            until - (random >> 33) % (until / 10)
        };
        group.bench_function("to a moment 100000 back", |b| b.iter(|| look(at(&mut history, anywhere(there)))));
        let mut near = there;
        group.bench_function("to one nearby", |b| {
            b.iter(|| {
                near = if near > there + 500 { there } else { near + 7 };
                look(at(&mut history, near))
            });
        });
        let go_on = || true;
        group.bench_function("to the operation before, and again", |b| {
            let mut here = there;
            b.iter(|| {
                let moment = history.before(here, &go_on).expect("it is the run that was recorded");
                here = moment.events();
                look(moment)
            });
        });
        group.bench_function("to the operation after, and again", |b| {
            let mut here = there;
            b.iter(|| {
                let moment = history.after(here, &go_on).expect("it is the run that was recorded");
                here = moment.events();
                look(moment)
            });
        });
        // The screen's model of that moment.
        let mut cursor = Cursor::new(image.clone(), history.boot());
        while cursor.events() < there {
            cursor.forward(history.tape(), &go_on).expect("it is the run that was recorded");
        }
        let mut stage = Archive::new(image.legend(), cursor.execution_mut().take_events());
        let mut screen =
            Rehearsal::new(&mut stage, tui::Options { start: Some(0), ..tui::Options::default() }, 200, 60);
        screen.catch_up();
        group.bench_function("the frame, 200x60", |b| b.iter(|| screen.frame()));
        group.finish();
    }
}

/// What a recording says before the tape.
fn header(image: &Image, boot: Boot) -> Header {
    let source = &image.program.source;
    Header {
        raddle: String::new(),
        name: source.name().to_owned(),
        source: source.text().to_owned(),
        files: Vec::new(),
        seed: boot.seed,
        epoch: boot.epoch,
        clock: String::new(),
        policy: String::new(),
        priorities: BTreeMap::new(),
        inheritance: true,
        memory: boot.memory,
    }
}

/// Counts what is written.
#[derive(Default)]
struct Count(u64);

impl io::Write for &mut Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
fn now() -> Instant {
    Instant::now()
}

/// Runs a program without a screen, and records it if it is to be: how long that took, in operations and in bytes.
fn run(image: &Arc<Image>, options: Options) -> (Duration, u64, u64) {
    let began = now();
    let mut written = Count::default();
    let run = Run::start(image.clone(), options).expect("there are threads to be had");
    let (control, mut events) = (run.control(), run.events());
    let mut writer = Writer::new(&mut written, &header(image, run.boot())).expect("counting does not fail");
    let (mut batch, mut step): (Vec<Event>, u64) = (Vec::new(), 0);
    while events.recv_batch(&mut batch) {
        step = batch.last().map_or(step, |event| event.step);
        writer.add(&control.fetch_tape()).expect("counting does not fail");
        batch.clear();
    }
    run.end();
    writer.add(&control.fetch_tape()).expect("counting does not fail");
    (began.elapsed(), step, written.0)
}

/// A figure of `/proc/self/status` in megabytes, where the system tells.
fn megabytes(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let figure = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    Some(figure.trim().strip_suffix(" kB")?.parse::<u64>().ok()? / 1024)
}

/// What a process needs that has watched a run: its peak, and what it holds at the end.
#[expect(clippy::print_stdout, reason = "a benchmark reports what it measured")]
fn memory(_: &mut Criterion) {
    for (name, options) in cases("memory") {
        if !std::env::args().any(|argument| argument == name) {
            // In a separate process: what another run has left behind does not count.
            let own = std::env::current_exe().and_then(|path| Command::new(path).args(["--bench", &name]).status());
            own.expect("the benchmark can be started again");
            continue;
        }
        let (history, model) = watch(&image(OPERATIONS), options);
        if let (Some(peak), Some(now)) = (megabytes("VmHWM"), megabytes("VmRSS")) {
            let (steps, events) = (history.front().cursor.step(), model.event_count());
            println!("{name}: {steps} operations, {events} events: {now} MB at the end, {peak} MB at most");
        }
    }
}

/// What recording costs. The runs that are recorded and those that are not take turns, so that other work on the
/// computer slows both down.
#[expect(clippy::print_stdout, reason = "a benchmark reports what it measured")]
fn recording(_: &mut Criterion) {
    for (name, options) in cases("recording") {
        let image = image(RECORDED);
        let measure = |record| run(&image, Options { record, ..options.clone() });
        let mut bytes = 0.0_f64;
        let mut ratios: Vec<f64> = Vec::new();
        for _ in 0..PAIRS {
            let [without, with] = [false, true].map(|record| {
                let (took, steps, written) = measure(record);
                if record {
                    bytes = bytes.max(written as f64 / steps as f64);
                }
                steps as f64 / took.as_secs_f64()
            });
            ratios.push(with / without);
        }
        ratios.sort_by(f64::total_cmp);
        println!(
            "{name}: {bytes:.2} bytes an operation; the rate is {:.3} of that without, half of the time between {:.3} and {:.3}",
            ratios[PAIRS / 2],
            ratios[PAIRS / 4],
            ratios[PAIRS * 3 / 4],
        );
    }
}

criterion_group!(benches, memory, recording, rewinding);
criterion_main!(benches);
