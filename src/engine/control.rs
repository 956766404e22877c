//! The handle for whoever watches a run and steers it.

use super::gate::Planned;
use super::run::{Inner, RunEnd};
use crate::base::ThreadId;
use crate::event::{Breakpoint, Position, Strike, Variables};
use crate::policy::Kind;
use crate::schedule::{Fault, Speed, StepUnit};
use std::sync::Arc;

/// What became of a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StepResult {
    /// This thread moves: at once if it stands at the gate, else when it arrives there.
    Moves(ThreadId),
    /// Whoever gets the turn moves: nobody has it yet, as threads are still on their way.
    Next,
    /// It cannot: the thread stands before something that another thread has to do, or (when any might go) all of them do,
    /// or are held.
    Blocked,
    /// There is no such thread, it was not started, or it is over; or the run is.
    NotAlive,
}

/// What was written of a run since somebody fetched it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// Whole blocks.
    pub whole: Vec<Arc<[u8]>>,
    /// What there is of the next one.
    pub open: Option<Arc<[u8]>>,
}

/// A handle to watch and steer a run. It outlives the run, which then is over.
#[derive(Clone, Debug)]
pub struct Control {
    inner: Arc<Inner>,
}

impl Control {
    pub(super) fn new(inner: Arc<Inner>) -> Self {
        Control { inner }
    }

    /// Pauses the run. When this returns, no thread performs an operation, and time stands. Threads that compute go on to
    /// their next operation and wait before it.
    pub fn pause(&self) {
        self.inner.change(|state| state.pause());
    }

    /// Lets a paused run go on.
    pub fn resume(&self) {
        self.inner.change(|state| state.resume());
    }

    /// Whether the run is paused.
    pub fn is_paused(&self) -> bool {
        self.inner.state.lock().is_paused()
    }

    /// Lets one thread move and leaves all others where they are; the run is paused from then on. A thread that is held moves
    /// only when it is named. `None` is what would have come next without a pause: time comes to the next deadline if nobody
    /// can go on, and whoever the policy picks performs. Where all may go it is the one that has waited longest.
    ///
    /// A step of one operation is kept when the thread is still on its way to the gate, so that two calls are two
    /// operations. A step of a line ends when the thread stands on another line before its next operation, or cannot go
    /// on; pausing or stepping ends it too. (With `None` that is the thread that goes first; others have their turns meanwhile.)
    ///
    /// The clock stands while the run is paused, but for what steps take. A step of a thread that waits for time (a sleep, or any wait with a limit)
    /// moves the clock just to that thread's deadline, whatever the kind of clock; other deadlines on the way are over
    /// then, and their threads move when they are allowed to.
    pub fn step(&self, thread: Option<ThreadId>, unit: StepUnit) -> StepResult {
        self.inner.change(|state| state.step(thread, unit))
    }

    /// Who decides which thread goes next.
    pub fn policy(&self) -> Kind {
        self.inner.state.lock().policy()
    }

    /// Whether a tape decides.
    pub fn is_forced(&self) -> bool {
        self.inner.state.lock().is_scripted()
    }

    /// Whether the tape that decided has come to its end, and the run waits for what comes now.
    pub fn is_at_end_of_tape(&self) -> bool {
        self.inner.state.lock().is_at_end_of_tape()
    }

    /// Lets another policy decide from now on.
    pub fn set_policy(&self, policy: Kind) {
        self.inner.change(|state| state.set_policy(policy));
    }

    /// The threads' priorities, by id, for the policy that goes by them.
    pub fn priorities(&self) -> Vec<i32> {
        self.inner.state.lock().priorities()
    }

    /// Adds so much to a thread's priority. Threads of one name have one priority.
    pub fn raise_priority(&self, thread: ThreadId, by: i32) {
        self.inner.change(|state| state.raise_priority(thread, by));
    }

    /// Sets how fast the run goes.
    pub fn set_speed(&self, speed: Speed) {
        self.inner.change(|state| state.set_speed(speed));
    }

    /// How fast the run goes.
    pub fn speed(&self) -> Speed {
        self.inner.state.lock().speed()
    }

    /// Holds a thread back before its next operation, or lets go of it. When this returns, a held thread performs nothing.
    /// One that was made and is not started yet is held from its first operation. That is an event of the run and a choice on
    /// its tape; so a forced run goes on by itself from there.
    pub fn hold(&self, thread: ThreadId, hold: bool) {
        self.inner.change(|state| state.hold(thread, hold));
    }

    /// Injects a fault.
    ///
    /// # Errors
    /// When it cannot be: a sentence that says why.
    pub fn inject(&self, fault: &Fault) -> Result<(), String> {
        self.inner.change(|state| state.inject(fault))
    }

    /// What was asked for and did not come to pass so far, a sentence each that says why: planned faults, and priorities and
    /// breakpoints of names that nothing has.
    pub fn missed_faults(&self) -> Vec<String> {
        self.inner.state.lock().missed()
    }

    /// The planned faults as they stood when there had been so many events: those that had not come to pass then are still to
    /// come in a run that goes on from there.
    pub fn planned(&self, events: u64) -> Planned {
        self.inner.state.lock().planned(events)
    }

    /// The blocks of the run's tape that were not fetched before: its choices, as they are written down. Once the run is over
    /// that is all of them.
    pub fn fetch_tape(&self) -> Vec<Arc<[u8]>> {
        self.inner.state.lock().fetch_tape()
    }

    /// Likewise, and what there is of the block behind them, which will come as a whole later. What is written down does not
    /// depend on who looks.
    pub fn look_at_tape(&self) -> Written {
        let mut state = self.inner.state.lock();
        Written { whole: state.fetch_tape(), open: state.open_block() }
    }

    /// Where each thread stands, by id. Of one that computes at this moment: where it was last seen.
    pub fn positions(&self) -> Vec<Position> {
        self.inner.state.lock().positions(&self.inner.image)
    }

    /// What variables hold at this moment, as `thread` sees them. Of threads that compute at this moment nothing is known but
    /// what they share with others.
    pub fn variables(&self, thread: ThreadId) -> Variables {
        self.inner.state.lock().variables(thread, &self.inner.image)
    }

    /// Stops the run at these breakpoints from now on, and at no others: it is paused, and [`Control::strike`] says why.
    ///
    /// At a line a thread stops when it comes to it from another one, before it does anything there, whether there is an
    /// operation on the line or not. At all others the run stops right after the event that meets them.
    pub fn set_breakpoints(&self, breakpoints: &[Breakpoint]) {
        self.inner.set_breakpoints(breakpoints);
    }

    /// The breakpoint that stopped the run; `None` once it goes on or takes a step.
    pub fn strike(&self) -> Option<Strike> {
        self.inner.state.lock().strike().cloned()
    }

    /// How many operations were performed.
    pub fn steps(&self) -> u64 {
        self.inner.state.lock().steps()
    }

    /// The run's clock as it is shown, in nanoseconds since its start. It stands while operations are shown, and wherever
    /// nobody can go on for good.
    pub fn now(&self) -> u64 {
        self.inner.state.lock().now()
    }

    /// Whether the run is over.
    pub fn is_over(&self) -> bool {
        self.inner.is_over()
    }

    /// How the run ended, if it did.
    pub fn outcome(&self) -> Option<RunEnd> {
        self.inner.state.lock().end().cloned()
    }

    /// The program's exit status, if it ended by itself.
    pub fn status(&self) -> Option<i32> {
        match self.outcome() {
            Some(RunEnd::Exited(status)) => Some(status),
            _ => None,
        }
    }

    /// Whether all threads that are left wait without a deadline: by itself, the program does nothing any more.
    pub fn is_stuck(&self) -> bool {
        self.inner.state.lock().is_stuck()
    }
}
