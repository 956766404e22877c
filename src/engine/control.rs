//! The handle to watch a run and to steer it.

use super::gate::{Grip, Planned, State};
use super::run::{Inner, RunEnd};
use crate::base::ThreadId;
use crate::event::{Breakpoint, Position, Strike, Variables};
use crate::machine::Senseless;
use crate::policy::Kind;
use crate::schedule::{Fault, Given, Signal, Speed, StepUnit};
use parking_lot::{Mutex, MutexGuard};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long an impatient handle waits for the state, if it got it the last time.
const PATIENCE: Duration = Duration::from_millis(10);

/// What became of a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StepResult {
    /// This thread moves: at once if it stands at the gate, else when it arrives there.
    Moves(ThreadId),
    /// The thread that gets the turn moves; no thread has it yet, because some are still on their way.
    Next,
    /// No thread can move: this one waits for something that another thread has to do, or (when any may go) all of them
    /// wait or are held.
    Blocked,
    /// There is no such thread, it was not started, or it is over; or the run is.
    NotAlive,
}

/// What was recorded of a run since it was last fetched.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// Whole blocks.
    pub whole: Vec<Arc<[u8]>>,
    /// What there is of the next one.
    pub open: Option<Arc<[u8]>>,
}

/// A handle to watch and steer a run. It outlives the run, which then is over.
///
/// A native that works on shared data for a long time keeps the state all that time, and everyone who asks about the
/// state has to wait. An *impatient* handle, for a screen, does not wait: it answers with what was true when it last
/// had the state, and does what it is told as soon as it gets the state again.
#[derive(Clone, Debug)]
pub struct Control {
    inner: Arc<Inner>,
    /// What an impatient handle has learnt.
    known: Option<Arc<Known>>,
}

impl Control {
    pub(super) fn new(inner: Arc<Inner>) -> Self {
        Control { inner, known: None }
    }

    /// A handle that does not wait.
    pub fn impatient(&self) -> Control {
        let inner = self.inner.clone();
        let facts = {
            let mut state = inner.state.lock();
            Facts::of(&mut state, &inner)
        };
        Control { inner, known: Some(Arc::new(Known::new(facts))) }
    }

    /// Asks the state; an impatient handle keeps the answer in this place.
    fn ask<T: Clone>(&self, place: fn(&mut Facts) -> &mut T, question: impl FnOnce(&mut State) -> T) -> T {
        let Some(known) = &self.known else { return question(&mut self.inner.state.lock()) };
        let answer = known.state_of(&self.inner).map(|mut state| {
            self.inner.run_errands(&mut state);
            question(&mut state)
        });
        let mut facts = known.facts.lock();
        let place = place(&mut facts);
        if let Some(answer) = answer {
            *place = answer;
        }
        place.clone()
    }

    /// Asks the state something whose answer is not kept: `None` when an impatient handle cannot have the state now.
    fn ask_now<T>(&self, question: impl FnOnce(&mut State) -> T) -> Option<T> {
        match &self.known {
            None => Some(question(&mut self.inner.state.lock())),
            Some(known) => known.state_of(&self.inner).map(|mut state| question(&mut state)),
        }
    }

    /// Does something to the state; `left` is the answer if that has to wait.
    fn change<T>(&self, left: T, action: impl FnOnce(&mut State) -> T + Send + 'static) -> T {
        let Some(known) = &self.known else { return self.inner.change(action) };
        match known.state_of(&self.inner) {
            Some(state) => self.inner.change_it(state, action),
            None => {
                self.inner.send_errand(Box::new(|state| drop(action(state))));
                left
            }
        }
    }

    /// Pauses the run. When this returns, no thread performs an operation, and time stands still. Threads that compute
    /// go on to their next operation and wait before it.
    pub fn pause(&self) {
        self.change((), State::pause);
    }

    /// Lets a paused run go on.
    pub fn resume(&self) {
        self.change((), State::resume);
    }

    /// Whether the run is paused.
    pub fn is_paused(&self) -> bool {
        self.ask(|facts| &mut facts.paused, |state| state.is_paused())
    }

    /// Lets one thread move and leaves all others where they are; the run is paused from then on. A thread that is held
    /// moves only when it is named. `None` is what would have come next without a pause: time goes to the next deadline
    /// if no thread can go on, and the thread that the policy picks performs. Under `os`, where all may go, it is the
    /// one that has waited longest.
    ///
    /// A step of one operation is kept when the thread is still on its way to the gate, so that two calls are two
    /// operations. A step of a line ends when the thread stands on another line before its next operation, or cannot go
    /// on; pausing or stepping ends it too. (With `None` that means the thread that goes first; others have their turns
    /// meanwhile.)
    ///
    /// While the run is paused the clock stands still, except for the time that steps take. A step of a thread that
    /// waits for time (a sleep, or any wait with a limit) moves the clock just to that thread's deadline, with either
    /// kind of clock; other deadlines on the way have then passed, and their threads move when they are allowed to.
    pub fn step(&self, thread: Option<ThreadId>, unit: StepUnit) -> StepResult {
        self.change(StepResult::Blocked, move |state| state.step(thread, unit))
    }

    /// What decides which thread goes next.
    pub fn policy(&self) -> Kind {
        self.ask(|facts| &mut facts.policy, |state| state.policy())
    }

    /// Whether a tape decides.
    pub fn is_forced(&self) -> bool {
        self.ask(|facts| &mut facts.scripted, |state| state.is_scripted())
    }

    /// Whether the tape that decided has come to its end, and the run waits to be told how to go on.
    pub fn is_at_end_of_tape(&self) -> bool {
        self.ask(|facts| &mut facts.at_end_of_tape, |state| state.is_at_end_of_tape())
    }

    /// Lets another policy decide from now on.
    pub fn set_policy(&self, policy: Kind) {
        self.change((), move |state| state.set_policy(policy));
    }

    /// The threads' priorities, by id, for the policy that goes by them.
    pub fn priorities(&self) -> Vec<i32> {
        self.ask(|facts| &mut facts.priorities, |state| state.priorities())
    }

    /// Adds so much to a thread's priority. Threads of one name have one priority.
    pub fn raise_priority(&self, thread: ThreadId, by: i32) {
        self.change((), move |state| state.raise_priority(thread, by));
    }

    /// Sets how fast the run goes.
    pub fn set_speed(&self, speed: Speed) {
        self.change((), move |state| state.set_speed(speed));
    }

    /// How fast the run goes.
    pub fn speed(&self) -> Speed {
        self.ask(|facts| &mut facts.speed, |state| state.speed())
    }

    /// Holds a thread back before its next operation. When this returns, it performs nothing. One that was made and is
    /// not started yet is held from its first operation. A hold is an event of the run and a choice on its tape; so a
    /// forced run leaves its tape there.
    pub fn hold(&self, thread: ThreadId) {
        self.change((), move |state| state.hold(thread, Grip::Hold));
    }

    /// Lets go of a thread that is held back. That too is an event and a choice.
    pub fn let_go(&self, thread: ThreadId) {
        self.change((), move |state| state.hold(thread, Grip::LetGo));
    }

    /// Injects a fault.
    ///
    /// # Errors
    /// When it cannot be: why.
    pub fn inject(&self, fault: &Fault) -> Result<(), Senseless> {
        let fault = fault.clone();
        self.change(Ok(()), move |state| state.inject(&fault))
    }

    /// Something comes from outside that the program reads, or may yet read.
    pub fn give(&self, given: Given) {
        self.change((), move |state| state.give(&given));
    }

    /// Whether a thread waits for a line to be typed.
    pub fn wants_line(&self) -> bool {
        self.ask_now(State::wants_line).unwrap_or(false)
    }

    /// Whether the program has not yet taken a signal that was sent to it.
    pub fn is_awaiting(&self, signal: Signal) -> bool {
        self.ask_now(|state| state.end().is_none() && state.shared.has_pending(signal)).unwrap_or(true)
    }

    /// Ends the run at once, whatever its threads are doing: its reader learns of it even while another thread keeps
    /// the state.
    pub fn abandon(&self) {
        self.inner.abandon();
    }

    /// What was asked for and has not happened so far, with one sentence each that says why: planned faults, and
    /// priorities and breakpoints for names that nothing has.
    pub fn missed_faults(&self) -> Vec<String> {
        self.ask(|facts| &mut facts.missed, |state| state.missed())
    }

    /// The planned faults as they stood after so many events: those that had not struck by then are still to come in a
    /// run that goes on from there. This waits for the state, even on an impatient handle: a branch needs the answer.
    pub fn planned(&self, events: u64) -> Planned {
        self.inner.state.lock().planned(events)
    }

    /// The blocks of the run's tape that were not fetched before: its choices, as they are written down. Once the run is over
    /// that is all of them.
    pub fn fetch_tape(&self) -> Vec<Arc<[u8]>> {
        self.ask_now(State::fetch_tape).unwrap_or_default()
    }

    /// Likewise, and the unfinished block after them, which will come as a whole later. Looking does not change what is
    /// recorded.
    pub fn look_at_tape(&self) -> Written {
        self.ask_now(|state| Written { whole: state.fetch_tape(), open: state.open_block() }).unwrap_or_default()
    }

    /// Where each thread stands, by id. For a thread that computes at this moment: where it was last seen.
    pub fn positions(&self) -> Vec<Position> {
        self.ask(|facts| &mut facts.positions, |state| state.positions(&self.inner.image))
    }

    /// What variables hold at this moment, as `thread` sees them. Of threads that compute at this moment only what they
    /// share with others is known.
    pub fn variables(&self, thread: ThreadId) -> Variables {
        self.ask_now(|state| state.variables(thread, &self.inner.image)).unwrap_or_default()
    }

    /// Stops the run at these breakpoints from now on, and at no others: it is paused, and [`Control::strike`] says why.
    ///
    /// At a line a thread stops when it comes to it from another one, before it does anything there, whether there is an
    /// operation on the line or not. At all others the run stops right after the event that meets them.
    pub fn set_breakpoints(&self, breakpoints: &[Breakpoint]) {
        let (inner, breakpoints) = (self.inner.clone(), breakpoints.to_vec());
        self.change((), move |state| inner.set_breakpoints(state, &breakpoints));
    }

    /// The breakpoint that stopped the run; `None` once it goes on or takes a step.
    pub fn strike(&self) -> Option<Strike> {
        self.ask(|facts| &mut facts.strike, |state| state.strike().cloned())
    }

    /// How many operations were performed.
    pub fn steps(&self) -> u64 {
        self.ask(|facts| &mut facts.steps, |state| state.steps())
    }

    /// The run's clock as it is shown, in nanoseconds since its start. It stands still while operations are shown, and
    /// when no thread can ever go on again.
    pub fn now(&self) -> u64 {
        self.ask(|facts| &mut facts.now, |state| state.now())
    }

    /// Whether the run is over.
    pub fn is_over(&self) -> bool {
        self.inner.is_over()
    }

    /// How the run ended, if it did.
    pub fn outcome(&self) -> Option<RunEnd> {
        self.ask(|facts| &mut facts.end, |state| state.end().cloned())
    }

    /// The program's exit status, if it ended by itself.
    pub fn status(&self) -> Option<i32> {
        match self.outcome() {
            Some(RunEnd::Exited(status)) => Some(status),
            _ => None,
        }
    }

    /// Whether all threads that are left wait without a deadline: the program does nothing more by itself.
    pub fn is_stuck(&self) -> bool {
        self.ask(|facts| &mut facts.stuck, |state| state.is_stuck())
    }
}

/// What an impatient handle has learnt.
#[derive(Debug)]
struct Known {
    facts: Mutex<Facts>,
    /// Somebody kept the state the last time.
    kept: AtomicBool,
}

/// What was true when the handle last had the state.
#[derive(Debug)]
struct Facts {
    paused: bool,
    policy: Kind,
    scripted: bool,
    at_end_of_tape: bool,
    priorities: Vec<i32>,
    speed: Speed,
    missed: Vec<String>,
    positions: Vec<Position>,
    strike: Option<Strike>,
    steps: u64,
    now: u64,
    end: Option<RunEnd>,
    stuck: bool,
}

impl Facts {
    fn of(state: &mut State, inner: &Inner) -> Facts {
        Facts {
            paused: state.is_paused(),
            policy: state.policy(),
            scripted: state.is_scripted(),
            at_end_of_tape: state.is_at_end_of_tape(),
            priorities: state.priorities(),
            speed: state.speed(),
            missed: state.missed(),
            positions: state.positions(&inner.image),
            strike: state.strike().cloned(),
            steps: state.steps(),
            now: state.now(),
            end: state.end().cloned(),
            stuck: state.is_stuck(),
        }
    }
}

impl Known {
    fn new(facts: Facts) -> Known {
        Known { facts: Mutex::new(facts), kept: AtomicBool::new(false) }
    }

    /// The state, if no other thread keeps it.
    fn state_of<'i>(&self, inner: &'i Inner) -> Option<MutexGuard<'i, State>> {
        let patience = if self.kept.load(Ordering::Relaxed) { Duration::ZERO } else { PATIENCE };
        let state = inner.state.try_lock_for(patience);
        self.kept.store(state.is_none(), Ordering::Relaxed);
        state
    }
}
