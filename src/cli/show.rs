//! A run of the engine, as the screen sees it: the run itself and its past.

use super::past::Replay;
use super::record::{Recorder, Wish};
use crate::base::ThreadId;
use crate::engine::{Control, EventStream, Options, Run, RunEnd, Written};
use crate::event::{Breakpoint, Event, Legend, Position, Strike, Variables};
use crate::history::History;
use crate::machine::{Boot, Image};
use crate::policy::Kind;
use crate::schedule::{Fault, Speed, StepUnit};
use crate::tui::{Jump, Past, Session};
use std::collections::BTreeSet;
use std::sync::Arc;

/// After so many frames without news, about a second, everything so far is written to the recording: a program that
/// hangs may be ended by force.
const QUIET: u32 = 30;
/// The name shown for the scheduler when a recording decides.
pub(super) const REPLAY: &str = "replay";

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
    /// How often in a row there was nothing new.
    quiet: u32,
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
        let history = History::new(image, run.boot());
        let mut show = Show::of(run, history, options);
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
        Ok(Show::of(run, History::new(image, boot), options))
    }

    /// A run that has that past.
    pub(super) fn of(run: Run, history: History, options: Options) -> Show {
        let image = history.front().cursor.execution().image();
        let (legend, lines) = (image.legend(), image.program.lines());
        let (control, events) = (run.control().impatient(), run.events());
        let past = Replay::new(history, "raddle has a defect".to_owned(), &options);
        Show { legend, lines, control, events, past, options, recorder: None, quiet: 0, run: Some(run) }
    }

    /// Takes over what was recorded since.
    fn fetch(&mut self) {
        let tape = self.control.fetch_tape();
        self.take_over(tape);
    }

    fn take_over(&mut self, tape: Vec<Arc<[u8]>>) {
        if let Some(recorder) = &mut self.recorder {
            recorder.add(&tape);
        }
        self.past.extend(tape);
    }

    /// Takes over all that was recorded, for a look at the past.
    fn fetch_all(&mut self) {
        let Written { whole, open } = self.control.look_at_tape();
        self.take_over(whole);
        self.past.extend_by_part(open);
    }

    /// Nothing has happened for a while: the open block is written as it is.
    fn write_for_now(&mut self) {
        if let Some(recorder) = &mut self.recorder {
            let Written { whole, open } = self.control.look_at_tape();
            recorder.add(&whole);
            open.into_iter().for_each(|block| recorder.add_for_now(&block));
            self.past.extend(whole);
        }
    }
}

impl Drop for Show {
    fn drop(&mut self) {
        self.close();
    }
}

impl Session for Show {
    fn legend(&self) -> Legend {
        self.legend.clone()
    }

    fn drain(&mut self, limit: usize) -> Vec<Event> {
        let events = self.events.drain(limit);
        self.quiet = if events.is_empty() { self.quiet.saturating_add(1) } else { 0 };
        self.fetch();
        if self.quiet == QUIET {
            self.write_for_now();
        }
        self.past.follow();
        events
    }

    fn is_recording(&self) -> bool {
        false
    }

    fn past(&mut self, jump: Jump) -> Result<Past, String> {
        self.fetch_all();
        self.past.past(jump)
    }

    fn past_variables(&self, thread: ThreadId) -> Variables {
        self.past.variables(thread).unwrap_or_else(|| self.control.variables(thread))
    }

    fn branch(&mut self, events: u64) -> Result<Box<dyn Session>, String> {
        self.fetch_all();
        let speed = self.control.speed();
        let planned = Some(self.control.planned(events));
        let options = Options { speed, planned, ..self.options.clone() };
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
        self.past.set_breakpoints(breakpoints);
    }

    fn strike(&self) -> Option<Strike> {
        self.control.strike()
    }

    fn now(&self) -> u64 {
        self.control.now()
    }

    fn steps(&self) -> u64 {
        self.control.steps()
    }

    fn divergence(&self) -> Option<String> {
        match self.control.outcome() {
            Some(RunEnd::Parted(how)) => Some(how),
            _ => None,
        }
    }

    fn end_of_recording(&self) -> Option<String> {
        // If no thread can go on, the space key does not help.
        (self.control.is_at_end_of_tape() && !self.control.is_stuck()).then(|| {
            let steps = self.control.steps();
            format!("The recording ends here, after step {steps}; space lets the run continue by itself.")
        })
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
        self.control.inject(&fault).map_err(|why| why.to_string())
    }

    fn close(&mut self) {
        if let Some(run) = self.run.take() {
            run.leave();
            self.fetch();
        }
    }
}
