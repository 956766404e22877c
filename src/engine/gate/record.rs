//! The choices of a run as they take effect: each is recorded, and becomes an event.

use super::State;
use crate::base::ThreadId;
use crate::machine;
use crate::policy::Kind;
use crate::schedule::{Alternative, Choice};
use std::sync::Arc;

/// What the person watching does to a thread.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::engine) enum Grip {
    /// Holds it back from now on.
    Hold,
    /// Lets go of it.
    LetGo,
}

impl State {
    /// What is recorded next happens here.
    #[inline]
    pub(in crate::engine) fn record_here(&mut self) {
        self.journal.go_to(&self.shared);
    }

    /// `me`, which was computing, has looked up after so many turns and performed.
    pub(in crate::engine) fn record_struck(&mut self, me: ThreadId, turns: u64) {
        self.journal.struck(&self.shared, me, turns);
    }

    /// `me` has performed so many times since.
    #[inline]
    pub(in crate::engine) fn record_steps(&mut self, me: ThreadId, alternative: Alternative, count: u64) {
        self.journal.steps(&self.shared, me, alternative, count);
    }

    /// Any other choice, which is about to take effect.
    pub(super) fn record(&mut self, choice: &Choice) {
        self.record_here();
        self.journal.choice(choice);
    }

    /// The thread could go on, but the policy picked another one.
    pub(super) fn preempt(&mut self, thread: ThreadId) {
        self.record(&Choice::Preempt(thread));
        machine::note::preempted(&mut self.shared, thread);
        if let Some(worker) = self.workers.get_mut(thread) {
            worker.ready = true;
        }
    }

    /// `me` computes from now on; if it was ready, that is recorded. (If a tape says which thread goes, it says that,
    /// too.)
    pub(super) fn proceed_if_ready(&mut self, me: ThreadId) {
        if !self.is_scripted() && self.workers.get_mut(me).is_some_and(|worker| std::mem::take(&mut worker.ready)) {
            self.proceed(me);
        }
    }

    /// The thread, which was ready, computes from now on.
    pub(super) fn proceed(&mut self, thread: ThreadId) {
        self.record(&Choice::Proceed(thread));
        machine::note::resumed(&mut self.shared, thread);
    }

    /// The person watching holds the thread back from now on, or lets go of it; `false`: that changes nothing.
    pub(super) fn hold_back(&mut self, thread: ThreadId, grip: Grip) -> bool {
        self.record_here();
        let changes = machine::note::held(&mut self.shared, thread, grip == Grip::Hold);
        if changes {
            self.journal.choice(&match grip {
                Grip::Hold => Choice::Hold(thread),
                Grip::LetGo => Choice::LetGo(thread),
            });
        }
        changes
    }

    /// Threads of that name have this priority from now on.
    pub(super) fn set_priority(&mut self, name: Arc<str>, priority: i32) {
        self.record(&Choice::Priority { name: name.clone(), priority });
        self.turn.set_priority(&name, priority);
    }

    /// From now on that policy decides which thread goes next.
    pub(super) fn note_policy(&mut self, policy: Kind) {
        self.turn.note_policy(policy);
        self.record(&Choice::Policy(policy.name().into()));
        machine::note::policy_set(&mut self.shared, policy.name());
    }

    /// The whole blocks of the tape that were not fetched yet.
    pub(in crate::engine) fn fetch_tape(&mut self) -> Vec<Arc<[u8]>> {
        self.journal.fetch()
    }

    /// The unfinished block.
    pub(in crate::engine) fn open_block(&self) -> Option<Arc<[u8]>> {
        self.journal.open_block()
    }
}
