//! Priority: of the ready threads the one with the highest priority goes; threads of equal priority take turns. A
//! thread that waits for a lock lends its priority to the owner (priority inheritance: Sha, Rajkumar, Lehoczky,
//! Priority inheritance protocols, 1990), unless inheritance is turned off, to show what happens without it: priority
//! inversion.

use super::{Moment, Policy, next_after};
use crate::base::ThreadId;
use crate::event::Blocker;
use crate::machine::shared::Shared;
use crate::machine::sync::held;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The main thread's name on the screen; its name in the program is `MainThread`.
const MAIN: &str = "main";

/// Which thread has which priority.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Priorities {
    /// By the threads' names (the main thread is also `main`); threads that are not listed have 0. The highest goes
    /// first.
    pub by_name: BTreeMap<String, i32>,
    /// A thread that keeps a lock from others has the highest of their priorities.
    pub inherited: bool,
}

impl Default for Priorities {
    fn default() -> Self {
        Priorities { by_name: BTreeMap::new(), inherited: true }
    }
}

impl Priorities {
    /// What a thread was given.
    pub fn own(&self, shared: &Shared, thread: ThreadId) -> i32 {
        let named = self.by_name.get(&*shared.record(thread).name);
        let named = named.or_else(|| self.by_name.get(MAIN).filter(|_| thread == ThreadId::MAIN));
        named.copied().unwrap_or(0)
    }

    /// The names that no thread has.
    pub fn nobody(&self, shared: &Shared) -> impl Iterator<Item = &str> {
        let names = self.by_name.keys().map(|name| &**name);
        names.filter(|name| *name != MAIN && shared.threads.iter().all(|record| *record.name != **name))
    }

    /// These, with what was set since.
    pub fn with(mut self, set: &BTreeMap<Arc<str>, i32>) -> Priorities {
        self.by_name.extend(set.iter().map(|(name, priority)| (name.to_string(), *priority)));
        self
    }

    /// Every thread's priority now, by id: its own, or one that it inherits from the threads that wait for its locks.
    fn effective(&self, shared: &Shared) -> Vec<i32> {
        let threads = (0..shared.threads.len() as u32).map(ThreadId);
        let mut priorities: Vec<i32> = threads.clone().map(|thread| self.own(shared, thread)).collect();
        let lent = |thread: ThreadId| match shared.record(thread).waiting.as_ref()?.on {
            Blocker::Lock(lock) => held::owner(shared.sight_of(thread), lock),
            _ => None,
        };
        let loans: Vec<(ThreadId, ThreadId)> =
            threads.clone().filter_map(|thread| Some((thread, lent(thread)?))).collect();
        // Along the chains of threads that wait for each other, until nothing changes any more.
        let mut changes = self.inherited;
        while std::mem::take(&mut changes) {
            for (from, to) in &loans {
                let lent = priorities[from.index()];
                changes |= lent > priorities[to.index()];
                priorities[to.index()] = priorities[to.index()].max(lent);
            }
        }
        priorities
    }
}

/// Priorities at work.
#[derive(Clone, Debug, Default)]
pub(super) struct Priority {
    last: Option<ThreadId>,
}

impl Policy for Priority {
    fn pick(&mut self, moment: Moment<'_>) -> ThreadId {
        let priorities = moment.priorities.effective(moment.shared);
        let highest = moment.ready.iter().map(|thread| priorities[thread.index()]).max();
        let first: Vec<ThreadId> =
            moment.ready.iter().copied().filter(|thread| Some(priorities[thread.index()]) == highest).collect();
        let picked = next_after(self.last, &first);
        self.last = Some(picked);
        picked
    }
}
