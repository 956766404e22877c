//! Probabilistic concurrency testing: threads get random priorities, the highest goes, and at a few operations, chosen
//! beforehand, the thread that goes falls below all others. A bug that needs `d` orderings of `k` operations of `n`
//! threads shows in one run with a probability of at least 1/(n·k^(d-1)). After Burckhardt, Kothari, Musuvathi and
//! Nagarakatte, A randomized scheduler with probabilistic guarantees of finding bugs, ASPLOS 2010.

use super::{Dice, Moment, Policy};
use crate::base::ThreadId;
use std::collections::BTreeMap;

/// The orderings that the bugs looked for need (the paper's *d*).
const DEPTH: usize = 3;
/// How many operations a run is taken to have (*k*): longer ones see no change of priorities behind that.
const LENGTH: u64 = 1_000;

/// PCT at work.
#[derive(Clone, Debug)]
pub(super) struct Pct {
    dice: Dice,
    /// The highest goes. Those that have fallen are below `DEPTH`.
    priorities: BTreeMap<ThreadId, u64>,
    /// The operations before which the thread that would go falls.
    falls: [u64; DEPTH - 1],
    done: u64,
}

impl Pct {
    pub(super) fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let falls = [(); DEPTH - 1].map(|()| dice.below(LENGTH));
        Pct { dice, priorities: BTreeMap::new(), falls, done: 0 }
    }

    fn highest(&mut self, ready: &[ThreadId]) -> ThreadId {
        let mut best = (0, ready[0]);
        for thread in ready {
            let dice = &mut self.dice;
            let priority = *self.priorities.entry(*thread).or_insert_with(|| dice.next().max(DEPTH as u64));
            if priority > best.0 {
                best = (priority, *thread);
            }
        }
        best.1
    }
}

impl Policy for Pct {
    fn pick(&mut self, moment: Moment<'_>) -> ThreadId {
        let picked = self.highest(moment.ready);
        let fall = self.falls.iter().position(|fall| *fall == self.done);
        self.done += 1;
        let Some(rank) = fall else { return picked };
        self.priorities.insert(picked, rank as u64 + 1);
        self.highest(moment.ready)
    }
}
