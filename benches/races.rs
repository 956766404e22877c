//! What finding races costs: for each event that the model takes in, and as a share of a run's rate and of its processor's time.
//! Those with and without take turns, so that what else the computer does strikes both. The rate is by the clock on the wall, and
//! needs an idle core for the reader of events beside those of the threads; the processor's time does not.
//!
//! `cargo bench --bench races -- fold` measures one of them: fold or runs; `-- 'fold, a lock'` likewise.

use criterion::{Criterion, criterion_group, criterion_main};
use nix::time::{ClockId, clock_gettime};
use raddle::base::Source;
use raddle::engine::{Options, Run};
use raddle::event::{Event, Legend};
use raddle::machine::Image;
use raddle::policy::Kind;
use raddle::trace::Model;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

/// Rounds of all threads together.
const ROUNDS: u64 = 60_000;
/// How often a run, or a fold, is measured with and without.
const PAIRS: usize = 9;
/// The policies under which runs are measured.
const POLICIES: [Kind; 2] = [Kind::Os, Kind::RoundRobin];

/// What threads do: how many of them, what stands before, and the body of the loop.
const PROGRAMS: &[(&str, u64, &str, &str)] = &[
    ("a lock", 2, "lock = threading.Lock()\nn = 0\n", "with lock:\n            n += 1"),
    ("a lock, 200 threads", 200, "lock = threading.Lock()\nn = 0\n", "with lock:\n            n += 1"),
    ("a global", 2, "n = 0\n", "n += 1"),
    ("an attribute", 2, "class C:\n    def __init__(self):\n        self.n = 0\nc = C()\n", "c.n += 1"),
    ("items of a list", 2, "a = [0, 0, 0, 0]\n", "a[i % 4] += 1"),
    ("items of a dict", 2, "d = {'yes': 0, 'no': 0}\n", "d['yes'] += 1"),
    ("tuples as keys", 2, "d = {(i, j): 0 for i in range(4) for j in range(2)}\n", "d[(i % 4, k % 2)] += 1"),
    ("a queue", 2, "q = queue.Queue()\n", "q.put(i) if k else q.get()"),
    ("nothing shared", 2, "", "s = 0\n        for j in range(50):\n            s += j"),
];

fn image(threads: u64, before: &str, body: &str) -> Arc<Image> {
    let rounds = ROUNDS / threads;
    let text = format!(
        "import queue\nimport threading\n{before}def work(k):\n    global n\n    for i in range({rounds}):\n        {body}\n\
         threads = [threading.Thread(target=work, args=(k,)) for k in range({threads})]\n\
         for t in threads:\n    t.start()\nfor t in threads:\n    t.join()\n"
    );
    let program = raddle::lang::compile(Arc::new(Source::new("bench.py", text))).expect("the program is supported");
    Arc::new(Image::new(Arc::new(program)))
}

/// What readers need who want to know of races, or do not.
fn legend(image: &Image, races: bool) -> Legend {
    let legend = image.legend();
    Legend { flow: legend.flow.filter(|_| races), ..legend }
}

/// Runs a program to its end; its events go to `take`.
fn run(image: &Arc<Image>, policy: Kind, mut take: impl FnMut(&[Event])) {
    let options = Options { policy, seed: 1, ..Options::default() };
    let run = Run::start(image.clone(), options).expect("there are threads to be had");
    let (mut events, mut batch) = (run.events(), Vec::new());
    while events.recv_batch(&mut batch) {
        take(&batch);
    }
    run.end();
}

fn wanted(name: &str) -> bool {
    let mut filters = std::env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    filters.all(|filter| name.contains(&*filter))
}

/// What passes of a clock, in nanoseconds.
fn time(clock: ClockId, work: impl FnOnce()) -> f64 {
    let now = || Duration::from(clock_gettime(clock).expect("Linux has this clock"));
    let start = now();
    work();
    (now() - start).as_nanos() as f64
}

/// The middle one, and those a quarter from either end.
fn quartiles(mut all: Vec<f64>) -> [f64; 3] {
    all.sort_by(f64::total_cmp);
    [all.len() / 2, all.len() / 4, all.len() * 3 / 4].map(|index| all[index])
}

/// So often: what is measured without, and with; each is first by turns.
fn pairs<T>(mut measure: impl FnMut(bool) -> T) -> Vec<[T; 2]> {
    let mut pair = |turn: usize| {
        let first = turn.is_multiple_of(2);
        let [one, other] = [first, !first].map(&mut measure);
        if first { [other, one] } else { [one, other] }
    };
    (0..PAIRS).map(&mut pair).collect()
}

/// Finds races in the events of a run that is over.
#[expect(clippy::print_stdout, reason = "a benchmark reports what it measured")]
fn fold(_: &mut Criterion) {
    for &(name, threads, before, body) in PROGRAMS {
        let name = format!("fold, {name}");
        if !wanted(&name) {
            continue;
        }
        let image = image(threads, before, body);
        let mut events = Vec::new();
        run(&image, Kind::RoundRobin, |batch| events.extend_from_slice(batch));
        let each = pairs(|races| {
            let mut model = Model::without_log(legend(&image, races));
            let took = time(ClockId::CLOCK_THREAD_CPUTIME_ID, || events.iter().for_each(|event| model.apply(event)));
            black_box(model);
            took / events.len() as f64
        });
        let [without, ..] = quartiles(each.iter().map(|it| it[0]).collect());
        let [more, low, high] = quartiles(each.iter().map(|[without, with]| with - without).collect());
        println!(
            "{name}: {without:.1} ns an event, and {more:.1} more for races, half of the time between {low:.1} and {high:.1}"
        );
    }
}

/// Finds races while a program runs.
#[expect(clippy::print_stdout, reason = "a benchmark reports what it measured")]
fn runs(_: &mut Criterion) {
    for (&(name, threads, before, body), policy) in PROGRAMS.iter().flat_map(|it| POLICIES.map(|policy| (it, policy))) {
        let name = format!("runs, {name}, {}", policy.name());
        if !wanted(&name) {
            continue;
        }
        let image = image(threads, before, body);
        let each = pairs(|races| {
            let mut model = Model::without_log(legend(&image, races));
            let mut processor = 0.0;
            let wall = time(ClockId::CLOCK_MONOTONIC, || {
                processor = time(ClockId::CLOCK_PROCESS_CPUTIME_ID, || {
                    run(&image, policy, |batch| batch.iter().for_each(|event| model.apply(event)));
                });
            });
            [wall, processor]
        });
        let ratios =
            |clock: usize| quartiles(each.iter().map(|[without, with]| without[clock] / with[clock]).collect());
        let [[rate, low, high], [work, least, most]] = [ratios(0), ratios(1).map(f64::recip)];
        println!(
            "{name}: the rate is {rate:.3} of that without, half of the time between {low:.3} and {high:.3}; the processor's time \
             is {work:.3} of that without ({most:.3} to {least:.3})"
        );
    }
}

criterion_group!(benches, fold, runs);
criterion_main!(benches);
