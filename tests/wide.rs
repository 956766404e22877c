//! The reduced search against all interleavings, on programs about one theme or two, with each of the questions.

mod support {
    pub(crate) mod random;
    pub(crate) mod side_by_side;
    pub(crate) mod summary;
    pub(crate) mod wide;
}

use raddle::base::Source;
use raddle::check::search::{Options, Search};
use raddle::check::verdict;
use raddle::check::way::Strikes;
use raddle::lang;
use raddle::machine::{Boot, Execution, Image, budget};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use support::random::Xorshift;
use support::side_by_side::side_by_side;
use support::summary::summary;
use support::wide;

/// More states than this are too many.
const MOST: usize = 3_000;

fn asked(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|it| it.parse().ok()).unwrap_or(usual)
}

/// The program at its beginning; `None`: it is refused, as a `nonlocal` that went astray.
fn start(text: &str) -> Option<Execution> {
    let program = lang::compile(Arc::new(Source::new("wide.py", text))).ok()?;
    let boot = Boot { seed: 1, epoch: 0, memory: budget::DEFAULT };
    Some(Execution::new(Arc::new(Image::new(Arc::new(program))), boot))
}

/// What is asked of the program with this number.
fn options(seed: u64) -> Options {
    let all = Options { keep_going: true, ..Options::usual(MOST) };
    match seed % 6 {
        0 => Options { spurious: true, ..all },
        1 => Options { faults: 1, kinds: Strikes::COMMON.into_iter().collect(), ..all },
        2 => Options { deterministic: true, ..all },
        _ => all,
    }
}

#[test]
fn the_reduced_search_finds_what_all_interleavings_show_about_every_theme() {
    let first = asked("RADDLE_SEED", 1);
    let programs = asked("RADDLE_PROGRAMS", 60);
    let counts = [const { AtomicUsize::new(0) }; 4];
    let count = |which: usize, seen: bool| counts[which].fetch_add(usize::from(seen), Ordering::Relaxed);
    side_by_side(first..first + programs, |seed| {
        let text = wide::program(&mut Xorshift(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1));
        let Some(start) = start(&text) else { return };
        count(0, true);
        // What is found is done again by the machine.
        let answer = verdict::check(&start, options(seed), true, &|_| None);
        let answer = answer.unwrap_or_else(|why| panic!("seed {seed}: {why}\n{text}"));
        count(3, !answer.defects.is_empty());
        let [reduced, all] =
            [true, false].map(|reduce| Search::new(start.clone(), Options { reduce, ..options(seed) }).run(&|_| None));
        if reduced.cut.is_none() && all.cut.is_none() {
            assert_eq!(summary(&reduced), summary(&all), "seed {seed}:\n{text}");
            count(1, true);
            count(2, !all.defects.is_empty());
        }
    });
    let [compiled, compared, bad, told] = counts.map(AtomicUsize::into_inner);
    let enough = programs as usize / 3;
    assert!(compiled > enough && compared > enough && bad > 0 && told > 0, "{compiled} {compared} {bad} {told}");
}
