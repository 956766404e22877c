//! What went wrong: as the machine reported it, and races.

use super::Model;
use crate::base::ThreadId;
use crate::event::{Trouble, TroubleKind};
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

impl Model {
    /// Every trouble so far.
    pub fn findings(&self) -> &Chunks<Finding> {
        &self.findings
    }

    /// The deadlock that lasts, if there is one.
    pub fn deadlock(&self) -> Option<&Finding> {
        self.findings.iter().rev().find(|finding| {
            finding.trouble.kind == TroubleKind::Deadlock
                && finding.trouble.threads.iter().any(|i| self.thread(i.thread).is_some_and(Thread::is_deadlocked))
        })
    }

    /// The finding to speak of first: a deadlock that lasts, or else the last trouble.
    pub fn headline(&self) -> Option<&Finding> {
        self.deadlock().or_else(|| self.findings.last())
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

    /// The lost update that concerns `thread`, the last one first.
    pub fn lost_update_of(&self, thread: ThreadId) -> Option<&LostUpdate> {
        self.lost_updates().rev().find(|lost| lost.concerns(thread))
    }

    /// The finding that concerns `thread`, the last one first.
    pub fn finding_of(&self, thread: ThreadId) -> Option<&Finding> {
        self.findings.iter().rev().find(|finding| finding.trouble.threads.iter().any(|i| i.thread == thread))
    }
}
