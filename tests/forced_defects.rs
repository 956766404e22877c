//! What the search finds happens on real threads: every schedule that it tells is forced onto them, and gives the same events.

mod support {
    pub(crate) mod program;
    pub(crate) mod random;
    pub(crate) mod side_by_side;
    pub(crate) mod small;
}

use raddle::check::search::Options;
use raddle::check::verdict::{self, Answer, Defect, DefectKind};
use raddle::engine::{self, Run, RunEnd};
use raddle::event::Event;
use raddle::machine::{Boot, Execution, asked, budget};
use std::collections::BTreeMap;
use std::sync::Mutex;
use support::random::Xorshift;
use support::side_by_side::side_by_side;
use support::small;

const BOOT: Boot = Boot { seed: 1, epoch: 0, memory: budget::DEFAULT };
/// More states than this are too many.
const MOST: usize = 3_000;
/// How many random programs are searched; `RADDLE_PROGRAMS` says otherwise, `RADDLE_SEED` which is the first.
const PROGRAMS: u64 = 120;
/// So many defects of each kind are forced; `RADDLE_DEFECTS` says otherwise.
const DEFECTS: u64 = 5;

/// Two threads that give way to each other, or one of which is passed over, for ever.
const ENDLESS: [&str; 2] = [
    "\
import threading
a, b = threading.Lock(), threading.Lock()
def work(one, other):
    while True:
        # SPREAD
        with one:
            if other.acquire(False):
                other.release()
                break
for it in (a, b), (b, a): threading.Thread(target=work, args=it).start()
",
    "\
import threading
door, room, inside = threading.Lock(), threading.Lock(), 0
def read():
    global inside
    while True:
        with door:
            inside += 1
            if inside == 1: room.acquire()
        with door:
            inside -= 1
            if inside == 0: room.release()
def write():
    # SPREAD
    with room: pass
for f in (read, read, write): threading.Thread(target=f).start()
",
];

/// A thread that may be told before it waits.
const TOLD_TOO_SOON: &str = "\
import threading
met = threading.Condition()
def wait():
    # SPREAD
    with met: met.wait()
t = threading.Thread(target=wait)
t.start()
with met: met.notify()
t.join()
";

/// The program of this number, and what is asked of it.
fn program(seed: u64) -> (String, Option<&'static str>) {
    let mut random = Xorshift(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut templates = ENDLESS.into_iter().chain([TOLD_TOO_SOON]);
    match templates.nth((seed % 8) as usize) {
        Some(text) => {
            let steps = ["x = 1", "x = [1]", "a2 = threading.Lock()", "e.set()", "print(1)"];
            let spread: Vec<&str> = (0..random.below(3)).map(|_| steps[random.below(steps.len())]).collect();
            let spread = if spread.is_empty() { "pass".to_owned() } else { spread.join("; ") };
            (
                text.replace("# SPREAD", &spread)
                    .replace("import threading\n", "import threading\ne = threading.Event()\n"),
                None,
            )
        }
        None => (small::program(&mut random), seed.is_multiple_of(3).then_some("n == 1")),
    }
}

fn answer(text: &str, expression: Option<&str>, seed: u64) -> Answer {
    let options = Options { keep_going: true, deterministic: seed % 3 == 1, ..Options::usual(MOST) };
    let (start, options) = match expression {
        Some(expression) => {
            // As the command line puts it there.
            let asks = format!("{text}\nif __name__ == 'asked':\n    def asks():\n        assert not ({expression})\n");
            let start = Execution::new(support::program::image("small.py", &asks), BOOT);
            let asked = asked::function(start.image(), "asks");
            (start, Options { asked, ..options })
        }
        None => (Execution::new(support::program::image("small.py", text), BOOT), options),
    };
    verdict::check(&start, options, true, &|_| None).unwrap_or_else(|why| panic!("seed {seed}: {why}\n{text}"))
}

/// Forces the defect onto threads: what happens is what the machine did.
fn force(seed: u64, text: &str, defect: &Defect) {
    let image = defect.played.run.image().clone();
    let run = Run::force(image, BOOT, defect.played.tape.clone(), engine::Options::default());
    let run = run.expect("operating-system threads");
    let mut stream = run.events();
    let (mut seen, mut batch) = (Vec::new(), Vec::new());
    while stream.recv_batch(&mut batch) {
        seen.append(&mut batch);
    }
    let told = |events: &[Event]| events.iter().map(|event| format!("{event:?}")).collect::<Vec<_>>();
    assert_eq!(told(&seen), told(&defect.played.events), "seed {seed}, {:?}:\n{text}", defect.kind);
    let end = run.leave();
    assert!(!matches!(end, RunEnd::Failed(_) | RunEnd::Parted(_)), "seed {seed}, {:?}: {end:?}\n{text}", defect.kind);
}

#[test]
fn what_goes_wrong_in_the_search_goes_wrong_on_threads() {
    let number = |name: &str, usual| std::env::var(name).map_or(usual, |text| text.parse().expect("a number"));
    let (first, most) = (number("RADDLE_SEED", 1), number("RADDLE_DEFECTS", DEFECTS));
    let forced = Mutex::new(BTreeMap::<DefectKind, u64>::new());
    side_by_side(first..first + number("RADDLE_PROGRAMS", PROGRAMS), |seed| {
        let (text, expression) = program(seed);
        let answer = answer(&text, expression, seed);
        for defect in answer.defects.iter().chain(&answer.notes) {
            let mut counts = forced.lock().expect("no thread panicked");
            let count = counts.entry(defect.kind).or_default();
            *count += 1;
            let enough = *count > most;
            drop(counts);
            if !enough {
                force(seed, &text, defect);
            }
        }
    });
    let forced = forced.into_inner().expect("no thread panicked");
    let kinds: Vec<_> = forced.iter().map(|(kind, count)| (*kind, (*count).min(most))).collect();
    assert!(kinds.len() >= 10, "{kinds:?}");
}
