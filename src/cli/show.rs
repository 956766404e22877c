//! A run of the engine, as the screen sees it: what goes on, and all that was.

use super::record::{Recorder, Wish};
use crate::base::ThreadId;
use crate::engine::{Control, EventStream, Options, Run};
use crate::event::{Breakpoint, Event, Legend, Position, Strike, Variables};
use crate::history::{Divergence, History, Moment};
use crate::machine::{self, Boot, Execution, Image};
use crate::policy::Kind;
use crate::schedule::{Fault, Speed, StepUnit};
use crate::tui::{Jump, Past, Session};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What decides, where a recording does.
pub(super) const REPLAY: &str = "replay";
/// So many choices are played again at a time, while the run goes on.
const SHARE: u64 = 20_000;
/// So often a computation may be looked up from at that, before it has to wait for the next time.
const SHORT: u32 = 4;
/// So often it may be when somebody waits for a moment of the past: some seconds. A recording that raddle did not make may
/// ask for a computation that never ends.
const LONG: u32 = 10_000;

/// How often a computation may be looked up from.
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

/// A run of the engine, as the screen sees it. Dropping it ends the run.
pub(super) struct Show {
    legend: Legend,
    /// The lines at which a thread can stand.
    lines: BTreeSet<u32>,
    control: Control,
    events: EventStream,
    past: Replay,
    options: Options,
    recorder: Option<Recorder>,
    run: Option<Run>,
}

impl Show {
    /// Starts a run.
    ///
    /// # Errors
    /// When there is no thread for it.
    pub(super) fn start(image: Arc<Image>, options: Options, record: Option<&Wish>) -> Result<Show, String> {
        let started = Run::start(image.clone(), options.clone());
        let run = started.map_err(|error| format!("no thread for the run: {error}"))?;
        let recorder = record.map(|wish| Recorder::create(wish, &image, run.boot(), &options)).transpose()?;
        let past = Replay::new(History::new(image, run.boot()));
        let mut show = Show::of(run, past, options);
        show.recorder = recorder;
        Ok(show)
    }

    /// Starts a run that was recorded, and forces the tape onto its threads.
    ///
    /// # Errors
    /// When there is no thread for it, or the tape cannot be read.
    pub(super) fn force(image: Arc<Image>, boot: Boot, tape: Vec<Arc<[u8]>>, options: Options) -> Result<Show, String> {
        let run = Run::force(image.clone(), boot, tape, options.clone());
        let run = run.map_err(|error| format!("the run cannot be forced: {error}"))?;
        Ok(Show::of(run, Replay::new(History::new(image, boot)), options))
    }

    fn of(run: Run, past: Replay, options: Options) -> Show {
        let image = past.history.front().cursor.execution().image();
        let (legend, lines) = (image.legend(), image.program.lines());
        let (control, events) = (run.control(), run.events());
        Show { legend, lines, control, events, past, options, recorder: None, run: Some(run) }
    }

    /// Takes over what was recorded since.
    fn fetch(&mut self, all: bool) {
        let tape = self.control.fetch_tape(all);
        if let Some(recorder) = &mut self.recorder {
            recorder.add(&tape);
        }
        self.past.history.extend(tape);
    }
}

impl Drop for Show {
    fn drop(&mut self) {
        if let Some(run) = self.run.take() {
            run.end();
            self.fetch(true);
        }
    }
}

/// The past, for the screen.
pub(super) struct Replay {
    history: History,
    /// The moment that was shown last, with every thread at the gate.
    shown: Option<Execution>,
}

impl Replay {
    pub(super) fn new(history: History) -> Replay {
        Replay { history, shown: None }
    }

    /// Plays again some of what has happened, so that the past is near when it is asked for.
    fn follow(&mut self) {
        let patience = Patience::short();
        // That it parts from the recording is said when somebody asks for the past.
        let _ = self.history.follow(SHARE, &|| patience.go_on());
    }

    fn moment(&mut self, jump: Jump) -> Result<Moment, String> {
        let patience = Patience::long();
        let go_on = || patience.go_on();
        let moment = match jump {
            Jump::To(events) => self.history.at(events, &go_on),
            Jump::Before(events) => self.history.before(events, &go_on),
            Jump::After(events) => self.history.after(events, &go_on),
        };
        moment.map_err(|divergence: Divergence| match divergence.is_interruption() {
            true => "a thread computes there for too long to be followed".to_owned(),
            false => divergence.to_string(),
        })
    }

    pub(super) fn past(&mut self, jump: Jump) -> Result<Past, String> {
        let moment = self.moment(jump)?;
        let execution = moment.cursor.execution().at_gate();
        let (events, now) = (moment.events(), execution.shared().now);
        let positions = positions(&execution);
        self.shown = Some(execution);
        Ok(Past { events, model: moment.model, positions, now })
    }

    pub(super) fn variables(&self, thread: ThreadId) -> Option<Variables> {
        Some(variables(self.shown.as_ref()?, thread))
    }

    /// A run, paused, that goes on from the moment on threads of its own.
    pub(super) fn branch(&mut self, events: u64, options: Options) -> Result<Show, String> {
        let moment = self.moment(Jump::To(events))?;
        let execution = moment.cursor.execution().clone();
        if execution.shared().status.is_some() {
            return Err("the program was over then: there is nothing to go on with".to_owned());
        }
        let history = self.history.branch(&moment);
        let options = Options { paused: true, paced: true, faults: Vec::new(), ..options };
        let resumed = Run::resume(execution, history.boot(), options.clone());
        let run = resumed.map_err(|error| format!("no thread for the run: {error}"))?;
        Ok(Show::of(run, Replay::new(history), options))
    }
}

/// Where each thread stands.
pub(super) fn positions(execution: &Execution) -> Vec<Position> {
    let shared = execution.shared();
    let position = |thread: ThreadId| match execution.thread(thread) {
        Some(alive) => machine::position(alive, execution.image()),
        None => Position::nowhere(thread),
    };
    (0..).map(ThreadId).take(shared.threads.len()).map(position).collect()
}

/// What variables hold, as a thread sees them.
pub(super) fn variables(execution: &Execution, thread: ThreadId) -> Variables {
    machine::variables(thread, &|thread| execution.thread(thread), execution.shared(), execution.image())
}

impl Session for Show {
    fn legend(&self) -> Legend {
        self.legend.clone()
    }

    fn drain(&mut self, limit: usize) -> Vec<Event> {
        let events = self.events.drain(limit);
        self.fetch(false);
        self.past.follow();
        events
    }

    fn is_recording(&self) -> bool {
        false
    }

    fn past(&mut self, jump: Jump) -> Result<Past, String> {
        self.fetch(true);
        self.past.past(jump)
    }

    fn past_variables(&self, thread: ThreadId) -> Variables {
        self.past.variables(thread).unwrap_or_else(|| self.control.variables(thread))
    }

    fn branch(&mut self, events: u64) -> Result<Box<dyn Session>, String> {
        self.fetch(true);
        let (policy, speed) = (self.control.policy(), self.control.speed());
        let options = Options { policy, speed, ..self.options.clone() };
        Ok(Box::new(self.past.branch(events, options)?))
    }

    fn positions(&self) -> Vec<Position> {
        self.control.positions()
    }

    fn variables(&self, thread: ThreadId) -> Variables {
        self.control.variables(thread)
    }

    fn breakable_line(&self, line: u32) -> Option<u32> {
        self.lines.range(line..).next().copied()
    }

    fn set_breakpoints(&self, breakpoints: &[Breakpoint]) {
        self.control.set_breakpoints(breakpoints);
    }

    fn strike(&self) -> Option<Strike> {
        self.control.strike()
    }

    fn now(&self) -> u64 {
        self.control.now()
    }

    fn is_over(&self) -> bool {
        self.control.is_over()
    }

    fn is_paused(&self) -> bool {
        self.control.is_paused()
    }

    fn pause(&self) {
        self.control.pause();
    }

    fn resume(&self) {
        self.control.resume();
    }

    fn step(&self, thread: Option<ThreadId>, unit: StepUnit) {
        self.control.step(thread, unit);
    }

    fn scheduler(&self) -> &'static str {
        if self.control.is_forced() { REPLAY } else { self.control.policy().name() }
    }

    fn schedulers(&self) -> Vec<(&'static str, &'static str)> {
        Kind::ALL.map(|kind| (kind.name(), kind.about())).into()
    }

    fn set_scheduler(&self, name: &str) {
        if let Some(kind) = Kind::of_name(name) {
            self.control.set_policy(kind);
        }
    }

    fn priorities(&self) -> Vec<i32> {
        if self.control.policy() == Kind::Priority { self.control.priorities() } else { Vec::new() }
    }

    fn raise_priority(&self, thread: ThreadId, by: i32) {
        self.control.raise_priority(thread, by);
    }

    fn speed(&self) -> Speed {
        self.control.speed()
    }

    fn set_speed(&self, speed: Speed) {
        self.control.set_speed(speed);
    }

    fn hold(&self, thread: ThreadId, held: bool) {
        self.control.hold(thread, held);
    }

    fn missed_faults(&self) -> Vec<String> {
        self.control.missed_faults()
    }

    fn inject(&self, fault: Fault) -> Result<(), String> {
        self.control.inject(&fault)
    }
}
