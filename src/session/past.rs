//! The past of a run, as the screen sees it: its tape, played again.

use super::inquiry::{Inquiry, Source, Where};
use super::played::Onward;
use super::ports::{self, Jump};
use super::stops::Stops;
use crate::base::ThreadId;
use crate::event::{Breakpoint, Called, Position, Strike, Variables};
use crate::history::{Divergence, History, Moment};
use crate::machine::{self, Execution, lookout};
use crate::policy::{Kind, Priorities};
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

/// How many choices are played again at a time, while the run goes on.
const SHARE: u64 = 20_000;
/// How often a computation may look up meanwhile, before it has to wait for the next time.
const SHORT: u32 = 4;
/// How often it may look up when the person watching waits for a moment of the past: some seconds. A recording that
/// raddle did not make may ask for a computation that never ends.
const LONG: u32 = 10_000;
/// How often natives may look up, likewise: a frame's time.
const SHORT_LOOKS: u32 = 300;
/// And some seconds.
const LONG_LOOKS: u32 = 50_000;
/// Why a moment cannot be shown.
const TOO_LONG: &str = "a thread computes for too long before that moment";

/// How often a computation may look up.
pub(super) struct Patience(Cell<u32>);

impl Patience {
    pub(super) fn short() -> Patience {
        Patience(Cell::new(SHORT))
    }

    fn long() -> Patience {
        Patience(Cell::new(LONG))
    }

    /// Whether to go on, this time.
    pub(super) fn go_on(&self) -> bool {
        self.0.set(self.0.get().saturating_sub(1));
        self.0.get() > 0
    }
}

/// The past, for the screen.
pub(super) struct Replay {
    history: History,
    /// Why a replay can be another run, if it is.
    reason: String,
    /// The priorities at the run's start.
    priorities: Priorities,
    /// The moment that was shown last, with every thread at the gate.
    shown: Option<Execution>,
    breakpoints: Arc<[Breakpoint]>,
    /// What they have seen of the last part that was played.
    stops: Option<Stops>,
    /// The next part takes so long that it is played only when it is asked for.
    heavy: bool,
}

impl Replay {
    /// The past of a run that started with these priorities. Playing stops at these breakpoints, to begin with.
    pub(super) fn new(history: History, reason: String, priorities: Priorities, breakpoints: &[Breakpoint]) -> Replay {
        Replay { history, reason, priorities, shown: None, breakpoints: breakpoints.into(), stops: None, heavy: false }
    }

    /// The tape goes on.
    pub(super) fn extend(&mut self, tape: Vec<Arc<[u8]>>) {
        self.history.extend(tape);
    }

    /// This much of another block follows.
    pub(super) fn extend_by_part(&mut self, part: Option<Arc<[u8]>>) {
        self.history.extend_by_part(part);
    }

    /// Playing stops at these breakpoints from now on.
    pub(super) fn set_breakpoints(&mut self, breakpoints: &[Breakpoint]) {
        self.breakpoints = breakpoints.into();
    }

    /// Plays again some of what has happened, so that the past is ready when it is asked for.
    pub(super) fn follow(&mut self) {
        if self.heavy {
            return;
        }
        let patience = Patience::short();
        // If it differs from the recording, that is reported when the past is asked for.
        let followed = lookout::within(SHORT_LOOKS, || drop(self.history.follow(SHARE, &|| patience.go_on())));
        if followed.is_none() {
            self.history.fall_back();
            self.heavy = true;
        }
    }

    fn moment(&mut self, jump: Jump) -> Result<(Moment, Option<Strike>), String> {
        match lookout::within(LONG_LOOKS, || self.played(jump)) {
            Some(moment) => {
                self.heavy = false;
                moment
            }
            None => {
                self.history.fall_back();
                self.stops = None;
                Err(TOO_LONG.to_owned())
            }
        }
    }

    fn played(&mut self, jump: Jump) -> Result<(Moment, Option<Strike>), String> {
        let patience = Patience::long();
        let go_on = || patience.go_on();
        let moment = match jump {
            Jump::To(events) => self.history.at(events, &go_on),
            Jump::Before(events) => self.history.before(events, &go_on),
            Jump::After(events) => self.history.after(events, &go_on),
            Jump::Play { from, operations } => return self.play(from, operations, &go_on),
        };
        moment.map(|moment| (moment, None)).map_err(|divergence| self.explain(&divergence))
    }

    fn play(
        &mut self,
        from: u64,
        operations: u64,
        go_on: &dyn Fn() -> bool,
    ) -> Result<(Moment, Option<Strike>), String> {
        let breakpoints = self.breakpoints.clone();
        if breakpoints.is_empty() {
            let moment = self.history.play(from, operations, go_on, &mut |_| false);
            return moment.map(|moment| (moment, None)).map_err(|divergence| self.explain(&divergence));
        }
        let begun = self.stops.take().filter(|stops| stops.goes_on(&breakpoints, from));
        let (mut stops, mut strike) = match begun {
            Some(stops) => (stops, None),
            None => {
                let (moment, _) = self.moment(Jump::To(from))?;
                let stops = Stops::new(breakpoints, &moment);
                if let Some(strike) = stops.at_beginning(&moment) {
                    self.stops = Some(stops);
                    return Ok((moment, Some(strike)));
                }
                (stops, None)
            }
        };
        let played = self.history.play(from, operations, go_on, &mut |moment| {
            strike = stops.look_at(moment);
            strike.is_some()
        });
        self.stops = Some(stops);
        played.map(|moment| (moment, strike)).map_err(|divergence| self.explain(&divergence))
    }

    /// The message for a replay that differs from its recording.
    pub(super) fn explain(&self, divergence: &Divergence) -> String {
        match divergence.is_interruption() {
            true => TOO_LONG.to_owned(),
            false => format!("{divergence}; {}", self.reason),
        }
    }

    /// A moment of the past, for the screen.
    pub(super) fn show(&mut self, jump: Jump) -> Result<ports::Moment, String> {
        let (moment, strike) = self.moment(jump)?;
        let execution = match (&strike, &self.stops) {
            (Some(Strike { thread, breakpoint: Breakpoint::Line(_), .. }), Some(stops)) => {
                moment.cursor.execution().at_line(*thread, stops.lines())
            }
            _ => moment.cursor.execution().at_gate(),
        };
        let (events, step, now) = (moment.events(), moment.cursor.step(), execution.shared().now);
        let (priorities, positions) = (self.priorities(&execution), positions(&execution));
        self.shown = Some(execution);
        Ok(ports::Moment { events, step, model: moment.model, positions, priorities, now, strike })
    }

    /// The threads' priorities, by id; none where the policy does not go by them.
    pub(super) fn priorities(&self, execution: &Execution) -> Vec<i32> {
        let shared = execution.shared();
        let threads = (0..).map(ThreadId).take(shared.threads.len());
        match execution.policy().and_then(Kind::of_name) {
            Some(Kind::Priority) => {
                let priorities = self.priorities.clone().with(execution.priorities());
                threads.map(|thread| priorities.own(shared, thread)).collect()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn variables(&self, thread: ThreadId) -> Option<Variables> {
        Some(variables(self.shown.as_ref()?, thread))
    }

    /// The tape, as far as it is known.
    pub(super) fn tape(&self) -> Vec<Arc<[u8]>> {
        self.history.tape().to_vec()
    }

    /// Asks whether the program can go wrong, from its beginning or a moment on.
    pub(super) fn inquire(&mut self, from: Option<u64>, onward: Rc<Onward>, place: Where) -> Result<Inquiry, String> {
        let (image, boot) = (self.history.front().cursor.execution().image().clone(), self.history.boot());
        let priorities = self.priorities.clone();
        let (start, before) = match from {
            None => (Execution::new(image.clone(), boot), Vec::new()),
            Some(events) => {
                let Fork { execution, history, .. } = self.fork(events)?;
                (execution, history.tape().to_vec())
            }
        };
        let from = start.shared().step;
        Inquiry::begin(start, Source { image, boot, before, from, priorities, onward }, place)
    }

    /// What a run needs that goes on from a moment in another way.
    pub(super) fn fork(&mut self, events: u64) -> Result<Fork, String> {
        let (moment, _) = self.moment(Jump::To(events))?;
        let execution = moment.cursor.execution().clone();
        if execution.shared().status().is_some() {
            return Err("the program had ended by then, so no branch can start there".to_owned());
        }
        let history = self.history.branch(&moment);
        let policy = execution.policy().and_then(Kind::of_name).unwrap_or(Kind::Os);
        let priorities = self.priorities.clone().with(execution.priorities());
        let called = moment.model.called();
        Ok(Fork { execution, history, policy, priorities, called })
    }
}

/// A moment from which a run goes on in another way.
pub struct Fork {
    /// The machine at that moment.
    pub(super) execution: Execution,
    /// What has happened until then.
    pub(super) history: History,
    /// What decided then which thread goes next.
    pub(super) policy: Kind,
    /// The priorities that threads had then.
    pub(super) priorities: Priorities,
    /// The names of things.
    pub(super) called: Called,
}

/// Where each thread stands.
pub(super) fn positions(execution: &Execution) -> Vec<Position> {
    let shared = execution.shared();
    let position = |thread: ThreadId| match execution.thread(thread) {
        Some(alive) => {
            let held = shared.record(thread).held;
            Position { held, ..machine::position(alive, execution.image()) }
        }
        None => Position::nowhere(thread),
    };
    (0..).map(ThreadId).take(shared.threads.len()).map(position).collect()
}

/// What variables hold, as a thread sees them.
pub(super) fn variables(execution: &Execution, thread: ThreadId) -> Variables {
    machine::variables(thread, &|thread| execution.thread(thread), execution.shared(), execution.image())
}
