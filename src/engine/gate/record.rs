//! What is written down of a run: every choice, as it is made; nothing, where nobody wants that.

use super::State;
use crate::base::ThreadId;
use crate::engine::run::RunEnd;
use crate::machine;
use crate::machine::shared::Shared;
use crate::policy::Kind;
use crate::schedule::tape::{Check, Close, Start};
use crate::schedule::{Alternative, Choice, Fault};
use std::sync::Arc;

impl State {
    /// What is recorded next happens here.
    #[inline]
    pub(in crate::engine) fn record_here(&mut self) {
        let Shared { now: clock, seq: events, step, .. } = self.shared;
        if let Some(tape) = &mut self.tape {
            tape.go_to(Start { clock, events, step });
        }
    }

    /// `me` has performed so many times since.
    #[inline]
    pub(in crate::engine) fn record_steps(&mut self, me: ThreadId, alternative: Alternative, count: u64) {
        let Some(tape) = &mut self.tape else { return };
        let line = self.shared.threads.get(me.index()).map_or(0, |record| record.line);
        tape.steps(me, alternative, count, Check::new(line, self.shared.seq));
    }

    /// `me`, who has computed for so many turns, looks up and is about to perform.
    pub(in crate::engine) fn look_up(&mut self, me: ThreadId, turns: u64) {
        self.record(&Choice::LookUp { thread: me, turns });
        self.check_look_up(me);
    }

    /// Any other choice, which is about to take effect.
    fn record(&mut self, choice: &Choice) {
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
            worker.preempted = true;
        }
    }

    /// `me` goes on computing: has it been preempted there?
    pub(super) fn proceed(&mut self, me: ThreadId) {
        if self.worker_mut(me).is_some_and(|worker| std::mem::take(&mut worker.preempted)) {
            self.record(&Choice::Proceed(me));
            machine::note::resumed(&mut self.shared, me);
        }
    }

    /// That policy decides from now on who goes next.
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

    /// The blocks of the tape that nobody has fetched yet; with `all`, what is not a whole block yet as well.
    pub(in crate::engine) fn fetch_tape(&mut self, all: bool) -> Vec<Arc<[u8]>> {
        let Some(tape) = &mut self.tape else { return Vec::new() };
        if all {
            tape.cut();
        }
        tape.fetch()
    }
}
