//! What went wrong: as the machine reported it, and races.

use super::Model;
use crate::base::ThreadId;
use crate::event::{Trouble, TroubleKind};
use crate::trace::orders::Circle;
use crate::trace::{Chunks, LostUpdate, Moment, Races, Thread, Unordered};
use std::sync::Arc;

/// A trouble at its moment.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The sequence number of the event that reported it.
    pub seq: u64,
    /// When.
    pub moment: Moment,
    /// What is wrong.
    pub trouble: Arc<Trouble>,
}

impl Finding {
    /// Whether `thread` has a part in it.
    fn concerns(&self, thread: ThreadId) -> bool {
        self.trouble.threads.iter().any(|involved| involved.thread == thread)
    }
}

impl Model {
    /// Every trouble so far.
    pub fn findings(&self) -> &Chunks<Finding> {
        &self.findings
    }

    /// The deadlock that lasts, or lasted until the program ended, if there is one.
    pub fn deadlock(&self) -> Option<&Finding> {
        self.findings.iter().rev().find(|finding| is_deadlock(finding) && self.lasts(finding))
    }

    /// Whether the threads of a deadlock still wait for each other, or did when the end of the program cut them off.
    fn lasts(&self, finding: &Finding) -> bool {
        let caught = |thread: &Thread| thread.is_deadlocked() || thread.was_cut_off_in_deadlock();
        finding.trouble.threads.iter().any(|i| self.thread(i.thread).is_some_and(caught))
    }

    /// A thread has left a deadlock: the others in it wait on, but no longer for each other alone.
    #[cold]
    pub(super) fn open_ring(&mut self, left: ThreadId, moment: Moment) {
        let is_ring = |finding: &&Finding| is_deadlock(finding) && finding.concerns(left);
        let Some(trouble) = self.findings.iter().rev().find(is_ring).map(|finding| finding.trouble.clone()) else {
            return;
        };
        trouble.threads.iter().for_each(|involved| self.thread_mut(involved.thread).leave_deadlock(moment));
    }

    /// The finding to speak of first: a deadlock that lasts, or else the last trouble that is no deadlock of the past.
    pub fn headline(&self) -> Option<&Finding> {
        let others = || self.findings.iter().rev().find(|finding| !is_deadlock(finding));
        self.deadlock().or_else(others)
    }

    /// The run's races; `None` when nobody wants to know.
    pub fn races(&self) -> Option<&Races> {
        self.races.as_deref()
    }

    /// The updates that were lost, the first one of each place.
    pub fn lost_updates(&self) -> impl DoubleEndedIterator<Item = &LostUpdate> + Clone {
        self.races().into_iter().flat_map(Races::lost)
    }

    /// Accesses that nothing orders, the first ones of each row of the data.
    pub fn unordered(&self) -> impl Iterator<Item = &Unordered> + Clone {
        self.races().into_iter().flat_map(Races::unordered)
    }

    /// Orders of taking locks that could become a deadlock, though they did not in this run so far.
    pub fn possible_deadlocks(&self) -> &[Circle] {
        self.orders.circles()
    }

    /// The lost update that concerns `thread`, the last one first.
    pub fn lost_update_of(&self, thread: ThreadId) -> Option<&LostUpdate> {
        self.lost_updates().rev().find(|lost| lost.concerns(thread))
    }

    /// The finding that concerns `thread`, the last one first.
    pub fn finding_of(&self, thread: ThreadId) -> Option<&Finding> {
        self.findings.iter().rev().find(|finding| finding.concerns(thread))
    }
}

fn is_deadlock(finding: &Finding) -> bool {
    finding.trouble.kind == TroubleKind::Deadlock
}
