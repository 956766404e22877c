//! The ports through which the screen reaches the rest of raddle. Whoever opens the screen implements them.

use crate::base::ThreadId;
use crate::event::{Event, Legend, Position};
use crate::schedule::{Fault, Speed, StepUnit};

/// One run. Dropping it ends the run and joins its threads.
pub trait Session {
    /// What the run's events are read with.
    fn legend(&self) -> Legend;
    /// The next events, in order, at most `limit`; empty when there are none yet.
    fn drain(&mut self, limit: usize) -> Vec<Event>;
    /// Where each thread stands at this moment.
    fn positions(&self) -> Vec<Position>;
    /// Nanoseconds of the run's clock since its start; it stands still while the run is paused.
    fn now(&self) -> u64;
    /// Whether every thread has ended.
    fn is_over(&self) -> bool;
    /// Whether the run is paused.
    fn is_paused(&self) -> bool;
    /// Stops every thread before its next operation.
    fn pause(&self);
    /// Lets a paused run go on.
    fn resume(&self);
    /// Lets `thread`, or whichever may go next, take one step, and pauses again.
    fn step(&self, thread: Option<ThreadId>, unit: StepUnit);
    /// Who decides which thread goes next: a name.
    fn scheduler(&self) -> &'static str;
    /// Everybody who could: names, each with a sentence on what it does.
    fn schedulers(&self) -> Vec<(&'static str, &'static str)>;
    /// Lets the one of that name decide from now on.
    fn set_scheduler(&self, name: &str);
    /// The threads' priorities, by id; empty where the scheduler does not go by them.
    fn priorities(&self) -> Vec<i32>;
    /// Adds so much to the priority of `thread`.
    fn raise_priority(&self, thread: ThreadId, by: i32);
    /// How fast the run goes.
    fn speed(&self) -> Speed;
    /// Makes the run go at `speed`.
    fn set_speed(&self, speed: Speed);
    /// Holds `thread` back before its next operation, or lets it go.
    fn hold(&self, thread: ThreadId, held: bool);
    /// The planned faults that did not come to pass, a sentence each that says why.
    fn missed_faults(&self) -> Vec<String> {
        Vec::new()
    }
    /// Injects a fault; the error says in one line why it cannot be.
    fn inject(&self, fault: Fault) -> Result<(), String>;
}

/// What the gallery shows of one scenario.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Card {
    /// What it is called on the command line: `deadlock`, `bank.py`.
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
    /// Starts a run of the scenario `index`. The error is what is wrong with its file, ready to be read: several lines of
    /// plain text.
    fn open(&mut self, index: usize) -> Result<Box<dyn Session>, String>;
    /// Whether the file behind the scenario `index` changed since it was last opened.
    fn changed(&mut self, index: usize) -> bool;
}
