//! A stage for the screen without a terminal: with one run, whose events are given.

use raddle::base::ThreadId;
use raddle::event::{Breakpoint, Event, Legend, Position, Strike, Variables};
use raddle::schedule::{Fault, Speed, StepUnit};
use raddle::tui::{Card, Jump, Past, Session, Stage};

/// A run of which everything has happened already.
struct Played {
    legend: Legend,
    events: std::vec::IntoIter<Event>,
    now: u64,
    steps: u64,
}

impl Session for Played {
    fn legend(&self) -> Legend {
        self.legend.clone()
    }
    fn drain(&mut self, limit: usize) -> Vec<Event> {
        self.events.by_ref().take(limit).collect()
    }
    fn positions(&self) -> Vec<Position> {
        Vec::new()
    }
    fn variables(&self, _: ThreadId) -> Variables {
        Variables::default()
    }
    fn breakable_line(&self, line: u32) -> Option<u32> {
        Some(line)
    }
    fn set_breakpoints(&self, _: &[Breakpoint]) {}
    fn strike(&self) -> Option<Strike> {
        None
    }
    fn now(&self) -> u64 {
        self.now
    }
    fn steps(&self) -> u64 {
        self.steps
    }
    fn is_over(&self) -> bool {
        false
    }
    fn is_paused(&self) -> bool {
        false
    }
    fn pause(&self) {}
    fn resume(&self) {}
    fn step(&self, _: Option<ThreadId>, _: StepUnit) {}
    fn scheduler(&self) -> &'static str {
        "os threads"
    }

    fn schedulers(&self) -> Vec<(&'static str, &'static str)> {
        Vec::new()
    }

    fn set_scheduler(&self, _: &str) {}

    fn priorities(&self) -> Vec<i32> {
        Vec::new()
    }

    fn raise_priority(&self, _: ThreadId, _: i32) {}
    fn speed(&self) -> Speed {
        Speed::Max
    }
    fn set_speed(&self, _: Speed) {}
    fn hold(&self, _: ThreadId, _: bool) {}
    fn is_recording(&self) -> bool {
        false
    }

    fn past(&mut self, _: Jump) -> Result<Past, String> {
        Err("nothing was recorded".to_owned())
    }

    fn past_variables(&self, thread: ThreadId) -> Variables {
        self.variables(thread)
    }

    fn branch(&mut self, _: u64) -> Result<Box<dyn Session>, String> {
        Err("nothing was recorded".to_owned())
    }

    fn inject(&self, _: Fault) -> Result<(), String> {
        Ok(())
    }
}

/// The one run that the screen is opened for.
pub(crate) struct Archive(Vec<Card>, Option<Played>);

impl Archive {
    pub(crate) fn new(legend: Legend, events: Vec<Event>) -> Archive {
        let (now, steps) = events.last().map_or((0, 0), |event| (event.at, event.step));
        Archive(vec![Card::default()], Some(Played { legend, events: events.into_iter(), now, steps }))
    }
}

impl Stage for Archive {
    fn cards(&self) -> &[Card] {
        &self.0
    }
    fn open(&mut self, _: usize, _: &[Breakpoint]) -> Result<Box<dyn Session>, String> {
        Ok(Box::new(self.1.take().ok_or("opened once")?))
    }
    fn changed(&mut self, _: usize) -> bool {
        false
    }
}
