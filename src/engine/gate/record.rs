//! Records a run: every choice, as it is made; nothing, if no recording is wanted.

use super::State;
use crate::base::ThreadId;
use crate::engine::run::RunEnd;
use crate::machine;
use crate::machine::shared::Shared;
use crate::policy::Kind;
use crate::schedule::tape::{Check, Close, Start, Tape};
use crate::schedule::{Alternative, Choice, Fault};
use std::sync::Arc;

/// Where the last operation of `me` has led.
#[inline]
pub(super) fn check(shared: &Shared, me: ThreadId) -> Check {
    let line = shared.threads.get(me.index()).map_or(0, |record| record.line);
    Check::new(line, shared.seq)
}

impl State {
    /// What is recorded next happens here.
    #[inline]
    pub(in crate::engine) fn record_here(&mut self) {
        let Shared { now: clock, seq: events, step, .. } = self.shared;
        if let Some(tape) = &mut self.tape {
            tape.go_to(Start { clock, events, step });
        }
    }

    /// `me`, which was computing, has looked up after so many turns and performed.
    pub(in crate::engine) fn record_struck(&mut self, me: ThreadId, turns: u64) {
        if let Some(tape) = &mut self.tape {
            tape.struck(me, turns, check(&self.shared, me));
        }
    }

    /// `me` has performed so many times since.
    #[inline]
    pub(in crate::engine) fn record_steps(&mut self, me: ThreadId, alternative: Alternative, count: u64) {
        if let Some(tape) = &mut self.tape {
            tape.steps(me, alternative, count, check(&self.shared, me));
        }
    }

    /// Any other choice, which is about to take effect.
    pub(super) fn record(&mut self, choice: &Choice) {
        self.record_here();
        if let Some(tape) = &mut self.tape {
            tape.choice(choice);
        }
    }

    /// A fault was injected since.
    pub(super) fn record_injected(&mut self, fault: &Fault) {
        if let Some(tape) = &mut self.tape {
            tape.choice(&Choice::Fault(fault.clone()));
        }
    }

    /// The thread could go on, but the policy picked another one.
    pub(super) fn preempt(&mut self, thread: ThreadId) {
        self.record(&Choice::Preempt(thread));
        machine::note::preempted(&mut self.shared, thread);
        if let Some(worker) = self.worker_mut(thread) {
            worker.ready = true;
        }
    }

    /// `me` computes from now on; if it was ready, that is recorded. (If a tape says which thread goes, it says that,
    /// too.)
    pub(super) fn proceed_if_ready(&mut self, me: ThreadId) {
        if !self.is_scripted() && self.worker_mut(me).is_some_and(|worker| std::mem::take(&mut worker.ready)) {
            self.proceed(me);
        }
    }

    /// The thread, which was ready, computes from now on.
    pub(super) fn proceed(&mut self, thread: ThreadId) {
        self.record(&Choice::Proceed(thread));
        machine::note::resumed(&mut self.shared, thread);
    }

    /// The person watching holds the thread back from now on, or lets go of it; `false`: that changes nothing.
    pub(super) fn hold_back(&mut self, thread: ThreadId, hold: bool) -> bool {
        self.record_here();
        let changes = machine::note::held(&mut self.shared, thread, hold);
        if changes && let Some(tape) = &mut self.tape {
            tape.choice(&if hold { Choice::Hold(thread) } else { Choice::LetGo(thread) });
        }
        changes
    }

    /// Threads of that name have this priority from now on.
    pub(super) fn set_priority(&mut self, name: Arc<str>, priority: i32) {
        self.record(&Choice::Priority { name: name.clone(), priority });
        self.priorities.by_name.insert(name.to_string(), priority);
    }

    /// From now on that policy decides which thread goes next.
    pub(super) fn note_policy(&mut self, policy: Kind) {
        self.record(&Choice::Policy(policy.name().into()));
        machine::note::policy_set(&mut self.shared, policy.name());
    }

    /// Nothing is recorded any more.
    pub(super) fn close_tape(&mut self, end: &RunEnd) {
        let Some(tape) = &mut self.tape else { return };
        tape.close(match end {
            RunEnd::Exited(_) => Close::Exited,
            RunEnd::Stuck => Close::Stuck,
            RunEnd::Aborted | RunEnd::Parted(_) | RunEnd::Failed(_) => Close::Aborted,
        });
    }

    /// The whole blocks of the tape that were not fetched yet.
    pub(in crate::engine) fn fetch_tape(&mut self) -> Vec<Arc<[u8]>> {
        self.tape.as_mut().map(Tape::fetch).unwrap_or_default()
    }

    /// The unfinished block.
    pub(in crate::engine) fn open_block(&self) -> Option<Arc<[u8]>> {
        self.tape.as_ref()?.peek()
    }
}
