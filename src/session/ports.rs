//! The ports: what a screen asks of a source of runs. Every source has a *feed*; *steering* and a *past* it may have.
//!
//! A source of another kind (a program that is only watched, a page's own runs) implements [`Feed`] and says in [`Session`]
//! what else it has.

use super::inquiry::Inquiry;
use crate::base::ThreadId;
use crate::event::{Breakpoint, Event, Legend, Position, Strike, Variables};
use crate::schedule::{Fault, Speed, StepUnit};
use crate::trace::Model;
use std::sync::Arc;

/// What happens in a run, and how it stands.
pub trait Feed {
    /// What the run's events are read with.
    fn legend(&self) -> Legend;
    /// The next events, in order, at most `limit`; empty when there are none yet. A screen asks once a frame: a source that
    /// has no clock goes on by what is due in a frame.
    fn drain(&mut self, limit: usize) -> Vec<Event>;
    /// Where each thread stands at this moment.
    fn positions(&self) -> Vec<Position>;
    /// What variables hold at this moment, as `thread` sees them.
    fn variables(&self, thread: ThreadId) -> Variables;
    /// The first line from `line` on at which a thread can be stopped.
    fn breakable_line(&self, line: u32) -> Option<u32>;
    /// Nanoseconds of the run's clock since its start; it stands still while the run is paused.
    fn now(&self) -> u64;
    /// How many operations were performed.
    fn steps(&self) -> u64;
    /// Whether every thread has ended.
    fn is_over(&self) -> bool;
    /// The name of what decides which thread goes next.
    fn scheduler(&self) -> &'static str;
    /// The threads' priorities, by id; empty if nothing goes by them.
    fn priorities(&self) -> Vec<i32>;
    /// Why a recording cannot be played to its end, and how far it can: once it was played until there.
    fn divergence(&self) -> Option<String> {
        None
    }
    /// The message for the end of a recording whose program had not ended: once it was played until there.
    fn end_of_recording(&self) -> Option<String> {
        None
    }
}

/// What a person can do to a run that goes on.
pub trait Steering {
    /// Whether the run is paused.
    fn is_paused(&self) -> bool;
    /// Stops every thread before its next operation.
    fn pause(&mut self);
    /// Lets a paused run go on.
    fn resume(&mut self);
    /// Lets `thread`, or whichever may go next, take one step, and pauses again.
    fn step(&mut self, thread: Option<ThreadId>, unit: StepUnit);
    /// The breakpoint that has stopped the run, until it goes on.
    fn strike(&self) -> Option<Strike>;
    /// All schedulers: names, each with a sentence on what it does.
    fn schedulers(&self) -> Vec<(&'static str, &'static str)>;
    /// Changes to the scheduler of that name.
    fn set_scheduler(&mut self, name: &str);
    /// Adds so much to the priority of `thread`.
    fn raise_priority(&mut self, thread: ThreadId, by: i32);
    /// Holds `thread` back before its next operation.
    fn hold(&mut self, thread: ThreadId);
    /// Lets go of `thread`, which was held back.
    fn let_go(&mut self, thread: ThreadId);
    /// Injects a fault; the error says in one line why it cannot be.
    fn inject(&mut self, fault: Fault) -> Result<(), String>;
    /// Whether a thread waits for a line that somebody types.
    fn awaits_line(&self) -> bool {
        false
    }
    /// Types a line for the program; `None`: nothing more is typed.
    fn type_line(&mut self, line: Option<&str>) {
        let _ = line;
    }
    /// What was asked for and did not happen, with one sentence each that says why: planned faults, names that nothing
    /// has.
    fn missed(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The past of a run.
pub trait Past {
    /// A moment of the past. The run should be paused: this does not wait for what the run does meanwhile. The error
    /// says in one line why the moment cannot be shown.
    fn moment(&mut self, jump: Jump) -> Result<Moment, String>;
    /// What variables held at the moment that was given last, as `thread` saw them.
    fn variables(&self, thread: ThreadId) -> Variables;
    /// The tape up to now. Its last block may yet grow.
    fn tape(&mut self) -> Vec<Arc<[u8]>> {
        Vec::new()
    }
    /// A new run, paused, that has done the same as this one until the moment, and goes on from there in its own way.
    /// Its first event is the one after the moment. This one stays as it is. The error says in one line why there is
    /// none.
    fn branch(&mut self, events: u64) -> Result<Box<dyn Session>, String>;
}

/// One run. Dropping it ends the run.
pub trait Session: Feed {
    /// How it can be steered, to ask; `None`: it cannot be, as a recording, of which everything is past.
    fn steering(&self) -> Option<&dyn Steering>;
    /// Likewise, to act.
    fn steer(&mut self) -> Option<&mut dyn Steering>;
    /// Its past, if that is kept.
    fn past(&mut self) -> Option<&mut dyn Past>;
    /// How fast the run goes, and how fast what came after a moment of its past is played.
    fn speed(&self) -> Speed;
    /// Makes both go at `speed`.
    fn set_speed(&mut self, speed: Speed);
    /// Both stop at these breakpoints from now on, and at no others.
    fn set_breakpoints(&mut self, breakpoints: &[Breakpoint]);
    /// Asks whether the program can go wrong, from its beginning on, or from a moment (given by its number of events). The error
    /// says in one line why that cannot be asked.
    fn inquire(&mut self, from: Option<u64>) -> Result<Inquiry, String> {
        let _ = from;
        Err("this run cannot be checked".to_owned())
    }
    /// Ends the run at once, and finishes its recording: the screen no longer shows it.
    fn close(&mut self) {}
}

/// A moment of a run's past.
#[derive(Clone, Debug)]
pub struct Moment {
    /// How many events there had been: this identifies the moment.
    pub events: u64,
    /// How many operations had been performed.
    pub step: u64,
    /// The model of these events.
    pub model: Model,
    /// Where each thread stood.
    pub positions: Vec<Position>,
    /// The threads' priorities then, by id; empty if the scheduler did not use them, or they are not known.
    pub priorities: Vec<i32>,
    /// The run's clock then, in nanoseconds since its start.
    pub now: u64,
    /// The breakpoint that playing has come to.
    pub strike: Option<Strike>,
}

/// Which moment of the past.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Jump {
    /// The one at which there had been at least so many events, or else the latest one.
    To(u64),
    /// The one before the last operation that brought the run to so many events, or else the beginning.
    Before(u64),
    /// The one after the next operation.
    After(u64),
    /// The one so many operations later, or the first one before that at which a breakpoint stops playing.
    Play {
        /// The number of events that identifies the moment from which to play.
        from: u64,
        /// How many.
        operations: u64,
    },
}

/// What the gallery shows of one scenario.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Card {
    /// Its name on the command line: `deadlock`, `bank.py`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub summary: String,
    /// What it teaches.
    pub topics: Vec<String>,
    /// What is expected to happen: `deadlock`, `race`, `safe`.
    pub expect: Option<String>,
    /// The faults that it meets, as they are written.
    pub faults: Vec<String>,
    /// The heading that it stands under.
    pub group: String,
}

/// Where runs come from.
pub trait Stage {
    /// Every scenario that can be opened.
    fn cards(&self) -> &[Card];
    /// Starts a run of the scenario `index`, which stops at these breakpoints. The error is what is wrong with its file, ready
    /// to be read: several lines of plain text.
    fn open(&mut self, index: usize, breakpoints: &[Breakpoint]) -> Result<Box<dyn Session>, String>;
    /// Whether the file behind the scenario `index` changed since it was last opened.
    fn changed(&mut self, index: usize) -> bool;
}
