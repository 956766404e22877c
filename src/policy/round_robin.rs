//! Round-robin: one after the other, each for a quantum of operations. A thread that stops before that gives up the
//! rest of it, even if it can go on again before another thread has gone.

use super::{Moment, Policy, next_after};
use crate::base::ThreadId;

/// Operations that a thread may do before the next one has its turn.
const QUANTUM: u32 = 4;

/// Round-robin at work.
#[derive(Clone, Debug, Default)]
pub(super) struct RoundRobin {
    turn: Option<ThreadId>,
    left: u32,
}

impl Policy for RoundRobin {
    fn pick(&mut self, moment: Moment<'_>) -> ThreadId {
        let stays =
            self.turn.filter(|turn| self.left > 0 && moment.going.contains(turn) && moment.ready.contains(turn));
        let picked = stays.unwrap_or_else(|| {
            self.left = QUANTUM;
            next_after(self.turn, moment.ready)
        });
        self.turn = Some(picked);
        self.left -= 1;
        picked
    }
}
