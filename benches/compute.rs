//! What plain computing costs on the virtual machine: the loops that programs are made of, through `advance` and
//! `perform` alone, and what a second thread does to the first one's pace. The name of each says what a turn does;
//! the same loop on CPython 3.11 takes 36 to 240 ns a turn (see the commit that added this).

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use raddle::base::{ObjectId, Source, Symbol};
use raddle::engine::{Options, Run, RunEnd};
use raddle::machine::image::Image;
use raddle::machine::value::Value;
use raddle::machine::{self, Boot, Finals, Outcome, Pause};
use raddle::schedule::Alternative;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Turns of each loop.
const TURNS: u64 = 50_000;

/// Each loop: what a turn does, what stands before the function, and the function's body, where `n` is the number of turns.
const LOOPS: &[(&str, &str, &str)] = &[
    ("total += i ** 2", "", "    total = 0\n    for i in range(n):\n        total += i ** 2"),
    ("big total += i ** 2", "", "    total = 10 ** 30\n    for i in range(n):\n        total += i ** 2"),
    ("sum(i * i)", "", "    sum(i * i for i in range(n))"),
    (
        "while and floats",
        "",
        "    i = 0\n    t = 0.0\n    while i < n:\n        if i % 3 == 0:\n            t += i * 0.5\n        i += 1",
    ),
    ("call", "def add(a, b):\n    return a + b\n", "    t = 0\n    for i in range(n):\n        t = add(t, i)"),
    (
        "attributes and a method",
        "class P:\n    def __init__(self):\n        self.x = 0\n    def bump(self, k):\n        self.x += k\n",
        "    p = P()\n    for i in range(n):\n        p.x = p.x + i\n        p.bump(1)",
    ),
    (
        "list append and index",
        "",
        "    a = []\n    for i in range(n):\n        a.append(i)\n    t = 0\n    for i in range(n):\n        t += a[i]",
    ),
    ("dict update", "", "    d = {}\n    for i in range(n):\n        k = i % 100\n        d[k] = d.get(k, 0) + 1"),
    ("string building", "", "    t = ''\n    for i in range(n):\n        t = f'{i}:{t[:3]}'"),
];

fn image(text: String) -> Arc<Image> {
    let program = raddle::lang::compile(Arc::new(Source::new("bench.py", text))).expect("the program is supported");
    Arc::new(Image::new(Arc::new(program)))
}

/// One thread shares nothing.
struct Nothing;

impl Finals for Nothing {
    fn final_attribute(&self, _: ObjectId, _: Symbol) -> Option<Value> {
        None
    }
}

/// Runs a program of one thread to its end.
fn run(image: &Image) {
    let (mut shared, mut main) = machine::boot(image, Boot { seed: 0, epoch: 0 });
    loop {
        if machine::advance(&mut main, image, &Nothing, 10_000) == Pause::Operation {
            match machine::perform(&mut shared, &mut main, image, Alternative::Go) {
                Outcome::Done => {}
                Outcome::Blocked | Outcome::Over => break,
            }
        }
    }
    assert_eq!(shared.status, Some(0), "the loop ended without an error");
    black_box(shared);
}

fn loops(c: &mut Criterion) {
    let mut group = c.benchmark_group("turns");
    group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_millis(700));
    group.throughput(Throughput::Elements(TURNS));
    for (name, before, body) in LOOPS {
        let image = image(format!("{before}def work(n):\n{body}\nwork({TURNS})\n"));
        group.bench_function(*name, |b| b.iter(|| run(&image)));
    }
    group.finish();
}

/// `threads` threads that call, make objects and use what they have in common: functions, classes, constants.
fn program(threads: u32) -> Arc<Image> {
    image(format!(
        "\
import threading
class P:
    def __init__(self):
        self.x = 0
    def bump(self, k):
        self.x += k
def add(a, b):
    return a + b
NAME = 'abc'
def work(n):
    t = 0
    p = P()
    for i in range(n):
        t = add(t, i)
        p.bump(len(NAME))
threads = [threading.Thread(target=work, args=({TURNS} * 4,)) for _ in range({threads})]
for t in threads:
    t.start()
for t in threads:
    t.join()
"
    ))
}

#[expect(clippy::disallowed_methods, reason = "a ratio of two runs is measured here")]
fn live(image: &Arc<Image>) -> Duration {
    let start = Instant::now();
    let run = Run::start(image.clone(), Options::default()).expect("there are threads to be had");
    let mut events = run.events();
    while events.recv().is_some() {}
    assert_eq!(run.end(), RunEnd::Exited(0));
    start.elapsed()
}

/// How much longer two threads take that each do what one does: 1 when they run side by side, 2 when by turns.
fn side_by_side(c: &mut Criterion) {
    let (one, two) = (program(1), program(2));
    let best = |image| (0..5).map(|_| live(image)).min().unwrap_or_default();
    let ratio = best(&two).as_secs_f64() / best(&one).as_secs_f64();
    let mut group = c.benchmark_group("threads");
    group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    group.bench_function("one", |b| b.iter(|| live(&one)));
    group.bench_function(format!("two, {ratio:.2} times as long"), |b| b.iter(|| live(&two)));
    group.finish();
}

criterion_group!(benches, loops, side_by_side);
criterion_main!(benches);
