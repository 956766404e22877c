//! The global interpreter lock of CPython's default build: one thread goes until it blocks, or until others have wanted
//! to go for the switch interval (`sys.getswitchinterval()`, 5 ms). Time is the run's. Of the threads that want it, the
//! one that has waited longest gets it, also when several wake at the same instant: a thread that stopped has given the
//! lock up, and may be last again.

use super::{Moment, Policy};
use crate::base::ThreadId;

/// In nanoseconds.
const SWITCH_INTERVAL: u64 = 5_000_000;

/// The lock at work.
#[derive(Clone, Debug, Default)]
pub(super) struct Gil {
    holder: Option<ThreadId>,
    /// Since when others have wanted it, in nanoseconds of run time.
    wanted: Option<u64>,
}

impl Policy for Gil {
    fn pick(&mut self, moment: Moment<'_>) -> ThreadId {
        let now = moment.shared.now;
        let going = |holder: &ThreadId| moment.going == Some(*holder) && moment.ready.contains(holder);
        if let Some(holder) = self.holder.filter(going) {
            if moment.ready.len() == 1 {
                self.wanted = None;
                return holder;
            }
            let since = *self.wanted.get_or_insert(now);
            if now.saturating_sub(since) < SWITCH_INTERVAL {
                return holder;
            }
        }
        let picked = moment.longest();
        self.holder = Some(picked);
        self.wanted = (moment.ready.len() > 1).then_some(now);
        picked
    }
}
