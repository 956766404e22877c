//! What plain computing costs on the virtual machine, beside CPython 3.11 where there is one: the loops that programs
//! are made of, on one thread, and programs of one and of two threads that compute. The two take turns, so that other
//! work on the computer slows both down. After each benchmark stands the ratio of their best times, and after the
//! programs how much longer two threads take that each do the work of one: 1 when they run at the same time, 2 when
//! they take turns.
//!
//! `cargo bench --bench compute -- turns/call` measures one of them.

use criterion::{
    Bencher, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};
use nix::time::{ClockId, clock_gettime};
use raddle::base::{ObjectId, ProcessId, Source, Symbol};
use raddle::engine::{Options, Run, RunEnd};
use raddle::machine::image::Image;
use raddle::machine::value::Value;
use raddle::machine::{self, Boot, Finals, Outcome, Pause};
use raddle::schedule::Alternative;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The interpreters that raddle is compared with, of which the first that exists is used: Debian's is the fast build of
/// CPython 3.11.
const CPYTHONS: [&str; 2] = ["/usr/bin/python3.11", "python3"];
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
    ("f-string", "", "    t = ''\n    for i in range(n):\n        t = f'{i}:{t[:3]}'"),
    ("s += 'x'", "", "    s = ''\n    for i in range(n):\n        s += 'x'"),
    ("''.join(str(i))", "", "    ''.join(str(i) for i in range(n))"),
    (
        "generator",
        "def count(n):\n    i = 0\n    while i < n:\n        yield i\n        i += 1\n",
        "    t = 0\n    for i in count(n):\n        t += i",
    ),
    (
        "try and except",
        "",
        "    t = 0\n    for i in range(n):\n        try:\n            if i % 4 == 0:\n                raise ValueError(i)\n            t += 1\n        except ValueError:\n            t -= 1",
    ),
    ("comprehension", "", "    [i * 2 for i in range(n) if i % 3]"),
    ("sorted with a key", "", "    sorted(range(n), key=lambda i: -i)"),
    (
        "class instantiation",
        "class P:\n    def __init__(self, x, y):\n        self.x = x\n        self.y = y\n",
        "    for i in range(n):\n        P(i, 2)",
    ),
    (
        "globals",
        "G = 3\ndef double(x):\n    return x * 2\n",
        "    t = 0\n    for i in range(n):\n        t += double(G) + len('abc')",
    ),
    (
        "enumerate and tuples",
        "",
        "    a = [(i, i) for i in range(100)]\n    t = 0\n    for j in range(n // 100):\n        for k, (x, y) in enumerate(a):\n            t += x + y + k",
    ),
    ("fibonacci", "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\n", "    fib(22)"),
    (
        "sieve",
        "",
        "    a = [True] * n\n    i = 2\n    while i * i < n:\n        if a[i]:\n            for j in range(i * i, n, i):\n                a[j] = False\n        i += 1",
    ),
    (
        "dict and words",
        "",
        "    d = {}\n    for i in range(n // 8):\n        for w in 'the cat and the dog and the bird'.split():\n            d[w] = d.get(w, 0) + 1",
    ),
];

fn image(text: String) -> Arc<Image> {
    let program = raddle::lang::compile(Arc::new(Source::new("bench.py", text))).expect("the program is supported");
    Arc::new(Image::new(Arc::new(program)))
}

/// One thread shares nothing.
struct Nothing;

impl Finals for Nothing {
    fn final_attribute(&self, _: ProcessId, _: ObjectId, _: Symbol) -> Option<Value> {
        None
    }
}

/// Runs a program of one thread to its end.
fn run(image: &Image) {
    let (mut shared, mut main) = machine::boot(image, Boot { seed: 0, epoch: 0, memory: machine::budget::DEFAULT });
    loop {
        if machine::advance(&mut main, image, &Nothing, 10_000) == Pause::Operation {
            match machine::perform(&mut shared, &mut main, image, Alternative::Go) {
                Outcome::Done => {}
                Outcome::Blocked | Outcome::Over => break,
            }
        }
    }
    assert_eq!(shared.status(), Some(0), "the loop ended without an error");
    black_box(shared);
}

/// CPython with a program, ready to run it again and again.
struct CPython {
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl CPython {
    /// Starts it, if it is there: what it knows, what it runs, and by which clock of `time` it is measured.
    fn start([definitions, program, clock]: [&str; 3]) -> Option<Self> {
        let driver = format!(
            "{definitions}\nimport sys, time\nprogram = compile({program:?}, 'bench.py', 'exec')\nfor _ in sys.stdin:\n    \
             start = time.{clock}()\n    exec(program)\n    print(time.{clock}() - start, flush=True)\n"
        );
        let start =
            |name| Command::new(name).args(["-c", &driver]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = CPYTHONS.into_iter().find_map(|name| start(name).ok())?;
        let (orders, answers) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        Some(CPython { child, orders, answers })
    }

    /// How long the program takes.
    fn run(&mut self) -> Duration {
        writeln!(self.orders).expect("it reads until it is told to stop");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("it answers each order");
        Duration::from_nanos(answer.trim().parse().expect("it answers with a number"))
    }
}

impl Drop for CPython {
    fn drop(&mut self) {
        // It may have ended by itself; in any case nothing of it is left.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The best times of raddle and of CPython.
#[derive(Clone, Copy)]
struct Best {
    raddle: Duration,
    cpython: Option<Duration>,
}

impl Best {
    /// Measures `raddle`, and by turns with it the same program on CPython.
    fn of(b: &mut Bencher<'_>, cpython: &mut Option<CPython>, raddle: impl Fn() -> Duration) -> Self {
        let mut best = Best { raddle: Duration::MAX, cpython: None };
        b.iter_custom(|turns| {
            (0..turns)
                .map(|_| {
                    let took = raddle();
                    best.raddle = best.raddle.min(took);
                    if let Some(took) = cpython.as_mut().map(CPython::run) {
                        best.cpython = Some(best.cpython.map_or(took, |best| best.min(took)));
                    }
                    took
                })
                .sum()
        });
        best
    }

    #[expect(clippy::print_stdout, reason = "a benchmark reports what it measured")]
    fn report(self, turns: u64) {
        let each = |took: Duration| took.as_nanos() as f64 / turns as f64;
        match self.cpython {
            Some(cpython) => println!(
                "{:24}best, ns a turn: raddle {:.1}, CPython {:.1}; ratio {:.2}",
                "",
                each(self.raddle),
                each(cpython),
                self.raddle.as_secs_f64() / cpython.as_secs_f64()
            ),
            None => println!("{:24}best, ns a turn: raddle {:.1}", "", each(self.raddle)),
        }
    }
}

/// A benchmark of `turns` turns; nothing if the command line asks for others.
fn measure(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    turns: u64,
    texts: [&str; 3],
    raddle: impl Fn() -> Duration,
) -> Option<Best> {
    let mut best = None;
    group.throughput(Throughput::Elements(turns));
    group.bench_function(name, |b| {
        let mut cpython = CPython::start(texts);
        best = Some(Best::of(b, &mut cpython, &raddle));
    });
    if let Some(best) = best {
        best.report(turns);
    }
    best
}

/// The processor time that this thread spends on `work`: time in which other threads run does not count.
fn processor_time(work: impl FnOnce()) -> Duration {
    let now = || Duration::from(clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).expect("Linux has this clock"));
    let start = now();
    work();
    now() - start
}

/// The time that passes.
#[expect(clippy::disallowed_methods, reason = "time is measured here")]
fn wall_time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn loops(c: &mut Criterion) {
    let mut group = c.benchmark_group("turns");
    group.sample_size(10).warm_up_time(Duration::from_millis(100)).measurement_time(Duration::from_millis(700));
    for (name, before, body) in LOOPS {
        let (definitions, call) = (format!("{before}def work(n):\n{body}\n"), format!("work({TURNS})"));
        let image = image(format!("{definitions}{call}\n"));
        let texts = [&definitions, &call, "process_time_ns"];
        measure(&mut group, name, TURNS, texts, || processor_time(|| run(&image)));
    }
    group.finish();
}

/// Programs whose threads compute: what `work` is, and how many turns it does. Sums that outgrow 64 bits are part of it.
const PROGRAMS: &[(&str, u64, &str)] = &[
    // seed program 04
    (
        "a loop",
        4_000_000,
        "def work(n):\n    total = 0\n    for i in range(n):\n        total += i ** 2\n    return total\n",
    ),
    // seed program 13
    (
        "a loop with results",
        4_000_000,
        "results = []\ndef work(n):\n    result = 0\n    for i in range(n):\n        result += i ** 2\n    results.append(result)\n",
    ),
    // seed program 18
    (
        "a generator's sum",
        4_000_000,
        "done = []\ndef work(n):\n    result = sum(i * i for i in range(n))\n    done.append((n, result))\n",
    ),
    // what programs with classes do
    (
        "calls, methods and attributes",
        500_000,
        "class P:\n    def __init__(self):\n        self.x = 0\n    def bump(self, k):\n        self.x += k\ndef add(a, b):\n    \
         return a + b\nNAME = 'abc'\ndef work(n):\n    t = 0\n    p = P()\n    for i in range(n):\n        t = add(t, i)\n        \
         p.bump(len(NAME))\n",
    ),
];

/// Programs whose threads meet: what `work` is, and how many turns it does.
const MEETINGS: &[(&str, u64, &str)] = &[
    (
        "with lock: n += 1",
        100_000,
        "lock = threading.Lock()\nn = 0\ndef work(turns):\n    global n\n    for _ in range(turns):\n        with lock:\n            \
         n += 1\n",
    ),
    (
        "queue put and get",
        50_000,
        "q = queue.Queue()\ndef work(turns):\n    for i in range(turns):\n        q.put(i)\n        q.get()\n",
    ),
];

/// What starts and joins the threads.
fn threads(count: u32, turns: u64) -> String {
    format!(
        "threads = [threading.Thread(target=work, args=({turns},)) for _ in range({count})]\n\
         for t in threads:\n    t.start()\nfor t in threads:\n    t.join()\n"
    )
}

/// Runs a program on the engine, with events recorded.
fn live(image: &Arc<Image>) {
    let run = Run::start(image.clone(), Options::default()).expect("there are threads to be had");
    let mut events = run.events();
    while events.recv().is_some() {}
    assert_eq!(run.end(), RunEnd::Exited(0));
}

fn programs(c: &mut Criterion) {
    let mut group = c.benchmark_group("threads");
    group.sample_size(10).warm_up_time(Duration::from_millis(100)).measurement_time(Duration::from_secs(3));
    for (name, turns, work) in PROGRAMS {
        let definitions = format!("import threading\n{work}");
        let [one, two] = [1, 2].map(|count| {
            let start = threads(count, *turns);
            let image = image(format!("{definitions}{start}"));
            let name = format!("{name}, {count}");
            let texts = [&definitions, &start, "perf_counter_ns"];
            measure(&mut group, &name, turns * u64::from(count), texts, || wall_time(|| live(&image)))
        });
        if let (Some(one), Some(two)) = (one, two) {
            side_by_side(one.raddle, two.raddle);
        }
    }
    group.finish();
}

fn meetings(c: &mut Criterion) {
    let mut group = c.benchmark_group("meetings");
    group.sample_size(10).warm_up_time(Duration::from_millis(100)).measurement_time(Duration::from_secs(3));
    for (name, turns, work) in MEETINGS {
        let definitions = format!("import queue\nimport threading\n{work}");
        for count in [1, 2] {
            let start = threads(count, *turns);
            let image = image(format!("{definitions}{start}"));
            let name = format!("{name}, {count}");
            let texts = [&definitions, &start, "perf_counter_ns"];
            measure(&mut group, &name, turns * u64::from(count), texts, || wall_time(|| live(&image)));
        }
    }
    group.finish();
}

#[expect(clippy::print_stdout, reason = "a benchmark reports what it measured")]
fn side_by_side(one: Duration, two: Duration) {
    println!("{:24}two threads take {:.2} times one", "", two.as_secs_f64() / one.as_secs_f64());
}

/// Says which interpreter the ratios are about.
#[expect(clippy::print_stdout, reason = "a benchmark reports what it measured")]
fn introduce(_: &mut Criterion) {
    let version = |name| Command::new(name).arg("--version").output().ok().map(|output| (name, output.stdout));
    match CPYTHONS.into_iter().find_map(version) {
        Some((name, version)) => println!("held against {name}: {}", String::from_utf8_lossy(&version).trim()),
        None => println!("no CPython to be held against"),
    }
}

criterion_group!(benches, introduce, loops, programs, meetings);
criterion_main!(benches);
