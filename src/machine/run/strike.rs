//! Faults as alternatives of a thread: what may befall it where it stands, on the bench of a search and in the run that does
//! the same again.

use super::fault;
use super::parts::{Bench, Known, Step, released};
use crate::machine::memory::operation::Operation;
use crate::machine::memory::thread::Thread;
use crate::machine::memory::trace::{self, Place};
use crate::machine::sync::{barrier, channel, condition};
use crate::schedule::{Alternative, Fault, Signal};

/// What may befall a thread.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Strike {
    /// It is killed; its locks stay held.
    Kill,
    /// A `ValueError` is raised in it.
    Raise,
    /// The lock that it is about to release stays held.
    Leak,
    /// Its notify wakes nobody.
    Drop,
    /// The lock that it is about to release is taken away from it.
    Take,
    /// The barrier at which it is about to wait breaks.
    Break,
    /// It goes no further.
    Freeze,
    /// The program is interrupted, as by Ctrl-C.
    Interrupt,
    /// Its process is killed.
    KillProcess,
    /// The message that it is about to send is lost.
    Lose,
}

impl Strike {
    /// All of them.
    pub const ALL: [Strike; 10] = [
        Strike::Kill,
        Strike::Raise,
        Strike::Leak,
        Strike::Drop,
        Strike::Take,
        Strike::Break,
        Strike::Freeze,
        Strike::Interrupt,
        Strike::KillProcess,
        Strike::Lose,
    ];

    /// Its name, as in a plan of faults.
    pub fn name(self) -> &'static str {
        match self {
            Strike::Kill => "kill",
            Strike::Raise => "raise",
            Strike::Leak => "leak",
            Strike::Drop => "drop-notify",
            Strike::Take => "take",
            Strike::Break => "break",
            Strike::Freeze => "freeze",
            Strike::Interrupt => "signal",
            Strike::KillProcess => "kill-process",
            Strike::Lose => "lose-message",
        }
    }

    /// Whether it is about what only a program with several processes has.
    pub fn needs_processes(self) -> bool {
        match self {
            Strike::KillProcess | Strike::Lose => true,
            Strike::Kill | Strike::Raise | Strike::Leak | Strike::Drop => false,
            Strike::Take | Strike::Break | Strike::Freeze | Strike::Interrupt => false,
        }
    }

    /// The thread performs at once; otherwise it stands where it stood.
    pub fn performs(self) -> bool {
        match self {
            Strike::Kill | Strike::Raise | Strike::Leak | Strike::Drop | Strike::Interrupt | Strike::Lose => true,
            Strike::Take | Strike::Break | Strike::Freeze | Strike::KillProcess => false,
        }
    }

    /// What that is for the thread where it stands, if it makes sense there. The main thread is neither killed nor made
    /// to fail: that would end the program. A process is killed where its main thread stands, and the first one is not.
    pub fn fault(self, thread: &Thread, known: &impl Known) -> Option<Fault> {
        let (me, pending) = (thread.id, thread.pending.as_ref()?);
        let is_main = thread.is_main;
        match self {
            Strike::Kill => (!is_main).then_some(Fault::Kill { thread: me }),
            Strike::Raise => (!is_main).then(|| Fault::Raise { thread: me, exception: "ValueError".into() }),
            Strike::Freeze => (!is_main).then_some(Fault::Freeze { thread: me }),
            Strike::Interrupt => is_main.then_some(Fault::Signal { signal: Signal::Int }),
            Strike::KillProcess => {
                let is_child = is_main && !fault::is_first(thread.process);
                is_child.then_some(Fault::KillProcess { thread: me })
            }
            Strike::Lose => match pending {
                Operation::Channel(id, channel::Action::Send(..)) => Some(Fault::LoseMessage { pipe: *id, nth: 1 }),
                _ => None,
            },
            Strike::Leak => released(thread, known).map(|lock| Fault::LeakLock { lock: lock.id, nth: 1 }),
            Strike::Take => released(thread, known).map(|lock| Fault::TakeLock { lock: lock.id }),
            Strike::Drop => match pending {
                Operation::Condition(id, condition::Action::Notify(_)) => {
                    Some(Fault::DropNotify { condition: *id, nth: 1 })
                }
                _ => None,
            },
            Strike::Break => match pending {
                Operation::Barrier(id, barrier::Action::Wait(_)) => Some(Fault::BreakBarrier { barrier: *id }),
                _ => None,
            },
        }
    }
}

impl Bench {
    /// As [`Bench::attempt`]: this befalls the thread.
    pub fn strike(&mut self, thread: &Thread, strike: Strike) -> (Option<Step>, Vec<Place>) {
        trace::take_met();
        let step = self.struck(thread, strike);
        (step, trace::take_met())
    }

    fn struck(&mut self, thread: &Thread, strike: Strike) -> Option<Step> {
        let process = &self.shared.processes[thread.process];
        if process.household.status.is_some() || self.shared.is_struck(thread.id) {
            return None;
        }
        let fault = strike.fault(thread, &self.shared)?;
        fault::inject(&mut self.shared, &fault).ok()?;
        self.shared.woken.clear();
        self.shared.events.clear();
        if strike.performs() {
            return if self.can(thread, Alternative::Go) { self.step(thread.clone(), Alternative::Go) } else { None };
        }
        self.settle(thread.id);
        let is_over = self.shared.record(thread.id).is_over();
        Some(if is_over { Step::over() } else { Step::nowhere(thread) })
    }
}
