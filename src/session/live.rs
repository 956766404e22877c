//! A run on operating-system threads, as the screen sees it: the engine's run and its past.

use super::inquiry::{Inquiry, Where};
use super::past::{Fork, Replay};
use super::ports::{Feed, Jump, Moment, Past, Session, Steering};
use crate::base::ThreadId;
use crate::base::sources::next_in_file;
use crate::engine::{Control, EventStream, Options, Run, RunEnd, Written};
use crate::event::{Breakpoint, Event, Legend, Position, Strike, Variables};
use crate::history::History;
use crate::machine::{Boot, Image};
use crate::policy::Kind;
use crate::schedule::{Fault, Given, Speed, StepUnit};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

/// After so many frames without news, about a second, everything so far is written to the recording: a program that
/// hangs may be ended by force.
const QUIET: u32 = 30;

/// What a run is recorded with, as it goes.
pub trait Recorder {
    /// Adds blocks of the tape.
    fn add(&mut self, blocks: &[Arc<[u8]>]);
    /// Adds the unfinished block, until it comes as a whole.
    fn add_for_now(&mut self, block: &Arc<[u8]>);
}

/// Begins the recording of a run that started from there.
pub type Record<'a> = dyn Fn(&Image, Boot, &Options) -> Result<Box<dyn Recorder>, String> + 'a;

/// A run of the engine. Dropping it ends the run, and joins its threads.
pub struct Live {
    legend: Legend,
    /// The lines at which a thread can stand.
    lines: BTreeSet<u32>,
    control: Control,
    events: EventStream,
    past: Replay,
    options: Options,
    recorder: Option<Box<dyn Recorder>>,
    /// How often in a row there was nothing new.
    quiet: u32,
    run: Option<Run>,
}

impl Live {
    /// Starts a run, and its recording, if that is wanted.
    ///
    /// # Errors
    /// When there is no thread for it, or it cannot be recorded.
    pub fn start(image: Arc<Image>, options: Options, record: Option<&Record<'_>>) -> Result<Live, String> {
        let started = Run::start(image.clone(), options.clone());
        let run = started.map_err(|error| format!("no thread for the run: {error}"))?;
        let recorder = record.map(|begin| begin(&image, run.boot(), &options)).transpose()?;
        let history = History::new(image, run.boot());
        let mut live = Live::of(run, history, options);
        live.recorder = recorder;
        Ok(live)
    }

    /// Starts a run that was recorded, and forces the tape onto its threads.
    ///
    /// # Errors
    /// When there is no thread for it, or the tape cannot be read.
    pub fn force(image: Arc<Image>, boot: Boot, tape: Vec<Arc<[u8]>>, options: Options) -> Result<Live, String> {
        let run = Run::force(image.clone(), boot, tape, options.clone());
        let run = run.map_err(|error| format!("the run cannot be forced: {error}"))?;
        Ok(Live::of(run, History::new(image, boot), options))
    }

    /// A run, paused, that goes on from a moment on threads of its own, with the policy and the priorities of that
    /// moment.
    ///
    /// # Errors
    /// When there is no thread for it.
    pub fn branch(fork: Fork, options: Options) -> Result<Live, String> {
        let Fork { execution, history, policy, priorities, called } = fork;
        let options = Options { policy, priorities, paused: true, paced: true, called, ..options };
        let resumed = Run::resume(execution, history.boot(), options.clone());
        let run = resumed.map_err(|error| format!("no thread for the run: {error}"))?;
        Ok(Live::of(run, history, options))
    }

    /// A run that has that past.
    fn of(run: Run, history: History, options: Options) -> Live {
        let image = history.front().cursor.execution().image();
        let (legend, lines) = (image.legend(), image.program.lines());
        let (control, events) = (run.control().impatient(), run.events());
        let reason = "raddle has a defect".to_owned();
        let past = Replay::new(history, reason, options.priorities.clone(), &options.breakpoints);
        Live { legend, lines, control, events, past, options, recorder: None, quiet: 0, run: Some(run) }
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

impl Drop for Live {
    fn drop(&mut self) {
        self.close();
    }
}

impl Feed for Live {
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

    fn positions(&self) -> Vec<Position> {
        self.control.positions()
    }

    fn variables(&self, thread: ThreadId) -> Variables {
        self.control.variables(thread)
    }

    fn breakable_line(&self, line: u32) -> Option<u32> {
        next_in_file(&self.lines, line)
    }

    fn now(&self) -> u64 {
        self.control.now()
    }

    fn steps(&self) -> u64 {
        self.control.steps()
    }

    fn is_over(&self) -> bool {
        self.control.is_over()
    }

    fn scheduler(&self) -> &'static str {
        if self.control.is_forced() { super::REPLAY } else { self.control.policy().name() }
    }

    fn priorities(&self) -> Vec<i32> {
        if self.control.policy() == Kind::Priority { self.control.priorities() } else { Vec::new() }
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
}

impl Session for Live {
    fn steering(&self) -> Option<&dyn Steering> {
        Some(self)
    }

    fn steer(&mut self) -> Option<&mut dyn Steering> {
        Some(self)
    }

    fn past(&mut self) -> Option<&mut dyn Past> {
        Some(self)
    }

    fn speed(&self) -> Speed {
        self.control.speed()
    }

    fn set_speed(&mut self, speed: Speed) {
        self.control.set_speed(speed);
    }

    fn set_breakpoints(&mut self, breakpoints: &[Breakpoint]) {
        self.control.set_breakpoints(breakpoints);
        self.past.set_breakpoints(breakpoints);
    }

    fn inquire(&mut self, from: Option<u64>) -> Result<Inquiry, String> {
        self.fetch_all();
        let options = self.options.clone();
        let onward = move |fork: Fork, speed| -> Result<Box<dyn Session>, String> {
            Ok(Box::new(Live::branch(fork, Options { speed, planned: None, faults: Vec::new(), ..options.clone() })?))
        };
        self.past.inquire(from, Rc::new(onward), Where::Aside)
    }

    fn close(&mut self) {
        if let Some(run) = self.run.take() {
            run.leave();
            self.fetch();
        }
    }
}

impl Past for Live {
    fn moment(&mut self, jump: Jump) -> Result<Moment, String> {
        self.fetch_all();
        self.past.show(jump)
    }

    fn variables(&self, thread: ThreadId) -> Variables {
        self.past.variables(thread).unwrap_or_else(|| self.control.variables(thread))
    }

    fn tape(&mut self) -> Vec<Arc<[u8]>> {
        self.fetch_all();
        self.past.tape()
    }

    fn branch(&mut self, events: u64) -> Result<Box<dyn Session>, String> {
        self.fetch_all();
        let speed = self.control.speed();
        let planned = Some(self.control.planned(events));
        let options = Options { speed, planned, ..self.options.clone() };
        Ok(Box::new(Live::branch(self.past.fork(events)?, options)?))
    }
}

impl Steering for Live {
    fn is_paused(&self) -> bool {
        self.control.is_paused()
    }

    fn pause(&mut self) {
        self.control.pause();
    }

    fn resume(&mut self) {
        self.control.resume();
    }

    fn step(&mut self, thread: Option<ThreadId>, unit: StepUnit) {
        self.control.step(thread, unit);
    }

    fn strike(&self) -> Option<Strike> {
        self.control.strike()
    }

    fn schedulers(&self) -> Vec<(&'static str, &'static str)> {
        Kind::ALL.map(|kind| (kind.name(), kind.about())).into()
    }

    fn set_scheduler(&mut self, name: &str) {
        if let Some(kind) = Kind::of_name(name) {
            self.control.set_policy(kind);
        }
    }

    fn raise_priority(&mut self, thread: ThreadId, by: i32) {
        self.control.raise_priority(thread, by);
    }

    fn hold(&mut self, thread: ThreadId) {
        self.control.hold(thread);
    }

    fn let_go(&mut self, thread: ThreadId) {
        self.control.let_go(thread);
    }

    fn inject(&mut self, fault: Fault) -> Result<(), String> {
        self.control.inject(&fault).map_err(|why| why.to_string())
    }

    fn awaits_line(&self) -> bool {
        self.control.wants_line()
    }

    fn type_line(&mut self, line: Option<&str>) {
        let text = line.map(|line| format!("{line}\n")).unwrap_or_default();
        self.control.give(Given::Typed { text: text.into(), end: line.is_none() });
    }

    fn missed(&self) -> Vec<String> {
        self.control.missed_faults()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Source;
    use crate::engine::Received;
    use std::time::Duration;

    const PROGRAM: &str = "import threading\nvalue = 3\nother = value + 1\nlocks = []\nfor i in range(2):\n    \
                           l = threading.Lock()\n    locks.append(l)\ndef work():\n    for l in locks:\n        with l:\n            \
                           pass\nt = threading.Thread(target=work)\nt.start()\nt.join()\n";

    /// What was recorded of a run of the program, for breakpoints.
    fn replay(breakpoints: Vec<Breakpoint>) -> (Replay, Options) {
        let program = crate::lang::compile(Arc::new(Source::new("past.py", PROGRAM))).expect("it compiles");
        let image = Arc::new(Image::new(Arc::new(program)));
        let options = Options { policy: Kind::RoundRobin, ..Options::default() };
        let run = Run::start(image.clone(), options.clone()).expect("there are threads");
        let (control, mut events) = (run.control(), run.events());
        while matches!(events.recv_timeout(Duration::from_secs(20)), Received::Event(_)) {}
        let mut history = History::new(image, run.boot());
        run.end();
        history.extend(control.fetch_tape());
        (Replay::new(history, String::new(), options.priorities.clone(), &breakpoints), options)
    }

    #[test]
    fn playing_stops_at_a_line_before_the_first_operation() {
        let (mut replay, _) = replay(vec![Breakpoint::Line(3)]);
        let mut play = |from| replay.show(Jump::Play { from, operations: 100 }).expect("it can be played");
        let stopped = play(0);
        assert_eq!((stopped.step, stopped.strike.map(|strike| strike.line)), (0, Some(3)));
        assert_eq!(play(stopped.events).strike, None, "it goes on from there");
    }

    #[test]
    fn the_past_and_a_branch_of_it_use_the_names_of_the_screen() {
        let second = Breakpoint::Object { name: "l#2".into(), id: None };
        let (mut replay, options) = replay(vec![second.clone()]);
        let stopped = replay.show(Jump::Play { from: 0, operations: 100 }).expect("it can be played");
        assert_eq!(stopped.strike.map(|strike| strike.breakpoint), Some(second.clone()));
        let before = replay.show(Jump::Before(stopped.events)).expect("there is one");
        let options = Options { breakpoints: vec![second], ..options };
        let mut branch = Live::branch(replay.fork(before.events).expect("there it can"), options).expect("it goes on");
        branch.resume();
        while branch.strike().is_none() {
            assert!(!branch.is_over(), "it stops before");
            std::thread::yield_now();
            branch.drain(100);
        }
    }
}
