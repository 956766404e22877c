//! What the live engine costs: operations per second with 1, 2 and 8 threads, what many threads cost that wait for one
//! lock, and the time from an operation to its event at the reader.

mod counting;

use counting::image;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use raddle::engine::{Options, Run, StepResult};
use raddle::machine::image::Image;
use raddle::policy::Kind;
use raddle::schedule::StepUnit;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

/// Rounds of the loop, over all threads.
const ROUNDS: u64 = 8_000;

/// Runs a program to its end; how many operations that were.
fn run(image: &Arc<Image>, policy: Kind) -> u64 {
    let options = Options { policy, ..Options::default() };
    let run = Run::start(image.clone(), options).expect("there are threads to be had");
    let mut events = run.events();
    let mut step = 0;
    while let Some(event) = events.recv() {
        step = event.step;
    }
    step
}

fn operations(c: &mut Criterion) {
    let mut group = c.benchmark_group("operations");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
    for threads in [1, 2, 8] {
        let image = image(threads, &format!("for _ in range({}):", ROUNDS / threads));
        // A round is four operations; an attempt that blocks comes on top, and is not counted as work.
        group.throughput(Throughput::Elements(ROUNDS * 4));
        group.bench_function(format!("{threads} threads"), |b| b.iter(|| black_box(run(&image, Kind::Os))));
    }
    group.finish();
}

/// Each thread takes the lock ten times: ten times the threads should cost little more than ten times as much.
fn crowd(c: &mut Criterion) {
    let mut group = c.benchmark_group("crowd");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(5));
    for threads in [40, 400] {
        let image = image(threads, "for _ in range(10):");
        group.throughput(Throughput::Elements(threads * 10));
        for policy in [Kind::Os, Kind::Random, Kind::Priority] {
            let name = format!("{threads} threads, {}", policy.name());
            group.bench_function(name, |b| b.iter(|| black_box(run(&image, policy))));
        }
    }
    group.finish();
}

fn latency(c: &mut Criterion) {
    let image = image(1, "while True:");
    let run = Run::start(image, Options { paused: true, ..Options::default() }).expect("there are threads to be had");
    let (control, mut events) = (run.control(), run.events());
    let mut group = c.benchmark_group("latency");
    group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    // From the key that allows a step, over the worker's waking, to the event in the reader's hands.
    group.bench_function("step to event", |b| {
        b.iter(|| {
            assert!(matches!(control.step(None, StepUnit::Operation), StepResult::Moves(_)));
            black_box(events.recv());
            events.drain(usize::MAX).len()
        });
    });
    group.finish();

    control.resume();
    let mut group = c.benchmark_group("stream");
    group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    group.throughput(Throughput::Elements(1));
    // From one event to the next at a reader that does nothing else: batches, channel and order included.
    group.bench_function("operation to event", |b| b.iter(|| black_box(events.recv())));
    group.finish();
}

criterion_group!(benches, operations, crowd, latency);
criterion_main!(benches);
