//! Random: any of those that are ready, each as likely as the other, at every operation.

use super::{Dice, Moment, Policy};
use crate::base::ThreadId;

/// Chance at work.
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
