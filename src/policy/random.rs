//! Random: any of the ready threads, each with the same probability, at every operation.

use super::{Dice, Moment, Policy};
use crate::base::ThreadId;

/// The random policy in use.
#[derive(Clone, Debug)]
pub(super) struct Random(Dice);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Random(Dice(seed))
    }
}

impl Policy for Random {
    fn pick(&mut self, moment: Moment<'_>) -> ThreadId {
        moment.ready[self.0.below(moment.ready.len() as u64) as usize]
    }
}
