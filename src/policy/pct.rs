//! Probabilistic concurrency testing: threads get random priorities, the highest goes, and at a few choices, picked
//! beforehand, the thread that would go falls below all others. A choice is a moment at which more than one thread could
//! go; a step that only one could take is no choice and does not count. A bug that needs `d` orderings shows in one run
//! of `n` threads and `k` choices with a probability of at least 1/(n·k^(d-1)). After Burckhardt, Kothari, Musuvathi and
//! Nagarakatte, A randomized scheduler with probabilistic guarantees of finding bugs, ASPLOS 2010; they count all steps.
//!
//! The paper takes it that every run ends. So that a thread which waits by looking does not go for ever, a thread that was picked
//! a thousand times in a row falls too, below all that fell before.
//!
//! How many choices a run has is measured before: the same program goes to its end on the machine alone, with the same
//! priorities and without a fall.

use super::{Dice, Moment, Policy};
use crate::base::ThreadId;
use crate::machine::{Execution, Standing, lookout};
use crate::schedule::Choice;
use std::collections::BTreeMap;

/// The orderings that the bugs looked for need (the paper's *d*).
const DEPTH: usize = 3;
/// How often in a row a thread is picked before it falls.
const ROW: u32 = 1_000;
/// How many steps are measured at most: a run may have no end.
const MOST: u32 = 20_000;
/// Turns of loops, calls and returns that a thread may take to its next operation, in slices; and how often a thread may
/// take longer before the run is taken to be too long to be measured.
const SLICES: u32 = 1;
const PATIENCE: usize = 50;
/// How often the measured run may look up from long calls: some tenths of a second.
const LOOKS: u32 = 2_000;

/// PCT at work.
#[derive(Clone, Debug)]
pub(super) struct Pct {
    priorities: Priorities,
    /// The choices at which the thread that would go falls.
    falls: [u64; DEPTH - 1],
    choices: u64,
}

/// Random ones; the highest goes.
#[derive(Clone, Debug)]
struct Priorities {
    dice: Dice,
    /// Those that were dealt are positive; who falls gets one of a few others, at most 0.
    given: BTreeMap<ThreadId, i64>,
    /// The lowest of all.
    lowest: i64,
    /// Who was picked last, and how often in a row.
    row: (Option<ThreadId>, u32),
}

impl Priorities {
    fn new(seed: u64) -> Self {
        Priorities { dice: Dice(seed), given: BTreeMap::new(), lowest: -(DEPTH as i64), row: (None, 0) }
    }

    /// Who goes, of several.
    fn pick(&mut self, ready: &[ThreadId]) -> ThreadId {
        let picked = self.highest(ready);
        self.row = if self.row.0 == Some(picked) { (Some(picked), self.row.1 + 1) } else { (Some(picked), 1) };
        if self.row.1 <= ROW {
            return picked;
        }
        self.row = (None, 0);
        self.fall(picked);
        self.highest(ready)
    }

    fn highest(&mut self, ready: &[ThreadId]) -> ThreadId {
        let mut best = (i64::MIN, ready[0]);
        for thread in ready {
            let dice = &mut self.dice;
            let priority = *self.given.entry(*thread).or_insert_with(|| (dice.next() >> 2) as i64 + 1);
            if priority > best.0 {
                best = (priority, *thread);
            }
        }
        best.1
    }

    /// The thread is below all others from now on.
    fn fall(&mut self, thread: ThreadId) {
        self.lowest -= 1;
        self.given.insert(thread, self.lowest);
    }
}

impl Pct {
    /// For a run that is taken to have so many choices.
    pub(super) fn new(seed: u64, choices: u64) -> Self {
        // The falls have dice of their own, so that the measured run has the same priorities.
        let mut dice = Dice(!seed);
        let falls = [(); DEPTH - 1].map(|()| dice.below(choices.max(1)));
        Pct { priorities: Priorities::new(seed), falls, choices: 0 }
    }
}

impl Policy for Pct {
    fn pick(&mut self, moment: Moment<'_>) -> ThreadId {
        if let [only] = moment.ready {
            return *only;
        }
        if let Some(rank) = self.falls.iter().position(|fall| *fall == self.choices) {
            let falling = self.priorities.highest(moment.ready);
            self.priorities.given.insert(falling, -(rank as i64));
        }
        self.choices += 1;
        self.priorities.pick(moment.ready)
    }
}

/// How many choices there are until the run ends, if the highest priority always goes; at most as many as are measured. `None`
/// if long calls take too much time.
pub(super) fn measure(run: Execution, seed: u64) -> Option<u64> {
    lookout::within(LOOKS, || count(run, seed))
}

fn count(mut run: Execution, seed: u64) -> u64 {
    let mut priorities = Priorities::new(seed);
    let (mut choices, mut late) = (0, 0);
    for _ in 0..MOST {
        let enabled = run.enabled(SLICES);
        late += could_go(&run) - enabled.len();
        if late > PATIENCE {
            break;
        }
        let thread_of = |choice: &Choice| match choice {
            Choice::Step(thread, _) => Some(*thread),
            _ => None,
        };
        let ready: Vec<ThreadId> = enabled.iter().filter_map(thread_of).collect();
        let done = if ready.is_empty() {
            run.next_limit().is_some_and(|time| run.set_clock(time).is_ok())
        } else {
            choices += u64::from(ready.len() > 1);
            let picked = if let [only] = ready[..] { only } else { priorities.pick(&ready) };
            let step = enabled.iter().find(|choice| thread_of(choice) == Some(picked));
            step.is_some_and(|step| run.choose(step, &|| false).is_ok())
        };
        run.take_events();
        if !done {
            break;
        }
    }
    choices
}

/// How many threads could go on, once they have come to their next operation.
fn could_go(run: &Execution) -> usize {
    if run.shared().status().is_some() {
        return 0;
    }
    let all = (0..run.shared().threads.len() as u32).map(ThreadId).filter(|id| run.thread(*id).is_some());
    all.filter(|id| !matches!(run.shared().standing(*id), Standing::Waiting(_))).count()
}
