//! Every interleaving of small programs: how many states the machine tells apart. The search is that of
//! `examples/explore`; the numbers change only when the meaning of a step or of a state does.

#![expect(clippy::print_stdout, reason = "it says how much it tried")]

#[path = "../examples/explore/search.rs"]
mod search;

mod support {
    pub(crate) mod program;
    pub(crate) mod random;
    pub(crate) mod small;
}

use raddle::event::EventKind;
use raddle::machine::{Boot, Execution, Fingerprint, budget};
use raddle::schedule::Choice;
use search::{Found, choices, explore};
use std::collections::{BTreeMap, HashSet, VecDeque};
use support::random::Xorshift;
use support::small::program;

fn start(text: &str) -> Execution {
    Execution::new(support::program::image("small.py", text), Boot { seed: 1, epoch: 0, memory: budget::DEFAULT })
}

/// `states, steps, ends, stuck`
fn counts(text: &str) -> [usize; 4] {
    let Found { states, steps, ends, stuck } = explore(start(text));
    [states, steps, ends, stuck]
}

/// Two threads that take two locks in opposite orders.
const CROSSED: &str = "\
import threading
left, right = threading.Lock(), threading.Lock()
def there():
    with left:
        with right:
            pass
def back():
    with right:
        with left:
            pass
one, two = threading.Thread(target=there), threading.Thread(target=back)
one.start(); two.start()
one.join(); two.join()
";

/// Two threads that add to a counter twice, `how`, started in this order.
fn counting(how: &str, start: [&str; 2]) -> String {
    let [first, second] = start;
    format!(
        "\
import threading
count = 0
lock = threading.Lock()
def add():
    global count
    for _ in range(2):
        {how}
one, two = threading.Thread(target=add), threading.Thread(target=add)
{first}.start(); {second}.start()
one.join(); two.join()
"
    )
}

#[test]
fn states_are_counted() {
    let spins = |make: &str| {
        format!(
            "\
import threading
seen = False
def look():
    while not seen:
        {make}
def set():
    global seen
    seen = True
one, two = threading.Thread(target=look), threading.Thread(target=set)
one.start(); two.start(); one.join(); two.join()
"
        )
    };
    assert_eq!(counts(CROSSED), [47, 69, 1, 1]);
    assert_eq!(counts(&counting("count += 1", ["one", "two"])), [126, 201, 3, 0], "three different sums");
    assert_eq!(counts(&counting("with lock: count += 1", ["one", "two"])), [89, 127, 1, 0]);
    // Whether there is an `x` counts; which round's it is does not.
    assert_eq!(["pass", "x = [1, 2]", "x = [1, {2: 3}]"].map(|make| counts(&spins(make))[0]), [15, 19, 19]);
}

#[test]
fn names_and_the_order_of_making_do_not_count() {
    let crossed = counts(CROSSED);
    for (old, new) in [
        ("left, right = threading.Lock(), threading.Lock()", "right = threading.Lock(); left = threading.Lock()"),
        (
            "one, two = threading.Thread(target=there), threading.Thread(target=back)",
            "two = threading.Thread(target=back); one = threading.Thread(target=there)",
        ),
        ("there", "a_much_longer_name"),
    ] {
        assert!(CROSSED.contains(old));
        assert_eq!(counts(&CROSSED.replace(old, new)), crossed, "{new}");
    }
    let orders = [["one", "two"], ["two", "one"]].map(|order| counts(&counting("count += 1", order)));
    assert_eq!(orders[0], orders[1], "alike threads, started in another order");
    // Each of two threads starts two more: 1,320 states by the threads' numbers.
    let nested = |leaf: &str| {
        counts(&format!(
            "\
import threading
def leaf():
    {leaf}
def spawn():
    for _ in range(2):
        threading.Thread(target=leaf).start()
both = [threading.Thread(target=spawn) for _ in range(2)]
for t in both: t.start()
for t in both: t.join()
"
        ))
    };
    assert_eq!(nested("pass")[0], 158);
    assert!(nested("x = threading.current_thread().name")[0] > 400, "a name that is asked for counts");
}

#[test]
fn a_clock_that_nobody_reads_does_not_count() {
    // It sleeps for one second or for two, and forgets which.
    let sleeps = |more: &str| {
        counts(&format!(
            "\
import threading, time
n = 1
def change():
    global n
    n = 2
def work():
    m = n
    time.sleep(m)
    m = 0
    time.sleep(1)
{more}
for f in (change, work): threading.Thread(target=f).start()
"
        ))
    };
    let [unread, read] = ["pass", "def tell(): print(time.monotonic())"].map(|more| sleeps(more)[0]);
    assert!(unread < read, "{unread} {read}");
    assert!(counts("import time\nwhile True:\n    time.sleep(1)\n")[0] < 10);
}

/// What can come next: for each step the state to which it leads, and what the program prints on the way; in their order.
fn steps(run: &mut Execution) -> Vec<(Fingerprint, Vec<String>, Execution)> {
    let step = |choice: &Choice| {
        let mut next = run.clone();
        next.choose(choice, &|| false).expect("it was offered");
        let printed = next.take_events().into_iter().filter_map(|event| match event.kind {
            EventKind::Printed { text, .. } => Some(text.to_string()),
            _ => None,
        });
        let printed = printed.collect();
        choices(&mut next);
        (next.fingerprint(), printed, next)
    };
    let mut all: Vec<_> = choices(&mut run.clone()).iter().map(step).collect();
    all.sort_by_key(|(fingerprint, ..)| *fingerprint);
    all
}

/// Two runs of one fingerprint go on alike for so many steps, picked at random.
fn go_on_alike(mut one: Execution, mut other: Execution, random: &mut Xorshift, text: &str) {
    for _ in 0..STEPS {
        let (ones, others) = (steps(&mut one), steps(&mut other));
        let next = |all: &[(Fingerprint, Vec<String>, Execution)]| -> Vec<_> {
            all.iter().map(|(fingerprint, printed, _)| (*fingerprint, printed.clone())).collect()
        };
        assert_eq!(next(&ones), next(&others), "{}\n{}\n{text}", one.dump(), other.dump());
        if ones.is_empty() {
            return;
        }
        let pick = random.below(ones.len());
        (one, other) = (ones[pick].2.clone(), others[pick].2.clone());
    }
}

/// How far two alike runs are followed.
const STEPS: usize = 50;
/// Pairs of alike runs that are looked at in each program (`RADDLE_PAIRS` says otherwise), and its states.
const PAIRS: u64 = 3;
const STATES: usize = 150;

/// `RADDLE_PROGRAMS` says how many programs there are, `RADDLE_SEED` which is the first.
#[test]
fn equal_fingerprints_go_on_alike_and_a_copy_is_independent() {
    let asked = |name: &str, usual: u64| std::env::var(name).ok().and_then(|it| it.parse().ok()).unwrap_or(usual);
    let (first, count) = (asked("RADDLE_SEED", 1), asked("RADDLE_PROGRAMS", 60));
    let (most, mut pairs) = (asked("RADDLE_PAIRS", PAIRS), 0);
    for seed in first..first + count {
        let mut random = Xorshift(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let text = program(&mut random);
        let (mut seen, mut open) = (BTreeMap::new(), VecDeque::from([start(&text)]));
        let (mut dumps, mut here) = (HashSet::new(), 0);
        while let Some(mut run) = open.pop_front().filter(|_| seen.len() < STATES) {
            let choices = choices(&mut run);
            let (fingerprint, dump) = (run.fingerprint(), run.dump());
            let is_new_dump = dumps.insert(dump);
            assert_eq!(is_new_dump, !seen.contains_key(&fingerprint), "dumps and fingerprints:\n{text}");
            if let Some(before) = seen.get(&fingerprint) {
                if here < most && random.below(4) == 0 {
                    here += 1;
                    go_on_alike(Execution::clone(before), run, &mut random, &text);
                }
                continue;
            }
            for choice in choices {
                let mut next = run.clone();
                next.choose(&choice, &|| false).expect("it was offered");
                next.take_events();
                open.push_back(next);
            }
            seen.insert(fingerprint, run);
        }
        let changed = seen.iter().find(|(fingerprint, run)| run.fingerprint() != **fingerprint);
        assert!(changed.is_none(), "a copy of it has changed it:\n{text}");
        pairs += here;
    }
    println!("{pairs} pairs");
    assert!(pairs > count, "{pairs} pairs");
}
