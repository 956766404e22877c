//! A stage for the screen without a terminal: with one run, whose events are given.

use raddle::base::ThreadId;
use raddle::event::{Breakpoint, Event, Legend, Position, Strike, Variables};
use raddle::schedule::{Fault, Speed, StepUnit};
use raddle::session::{Card, Feed, Past, Session, Stage, Steering};

/// A run of which everything has happened already.
struct Played {
    legend: Legend,
    events: std::vec::IntoIter<Event>,
    now: u64,
    steps: u64,
}

impl Feed for Played {
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
    fn now(&self) -> u64 {
        self.now
    }
    fn steps(&self) -> u64 {
        self.steps
    }
    fn is_over(&self) -> bool {
        false
    }
    fn scheduler(&self) -> &'static str {
        "os threads"
    }
    fn priorities(&self) -> Vec<i32> {
        Vec::new()
    }
}

impl Steering for Played {
    fn is_paused(&self) -> bool {
        false
    }
    fn pause(&mut self) {}
    fn resume(&mut self) {}
    fn step(&mut self, _: Option<ThreadId>, _: StepUnit) {}
    fn strike(&self) -> Option<Strike> {
        None
    }
    fn schedulers(&self) -> Vec<(&'static str, &'static str)> {
        Vec::new()
    }
    fn set_scheduler(&mut self, _: &str) {}
    fn raise_priority(&mut self, _: ThreadId, _: i32) {}
    fn hold(&mut self, _: ThreadId) {}
    fn let_go(&mut self, _: ThreadId) {}
    fn inject(&mut self, _: Fault) -> Result<(), String> {
        Ok(())
    }
}

impl Session for Played {
    fn steering(&self) -> Option<&dyn Steering> {
        Some(self)
    }
    fn steer(&mut self) -> Option<&mut dyn Steering> {
        Some(self)
    }
    fn past(&mut self) -> Option<&mut dyn Past> {
        None
    }
    fn speed(&self) -> Speed {
        Speed::Max
    }
    fn set_speed(&mut self, _: Speed) {}
    fn set_breakpoints(&mut self, _: &[Breakpoint]) {}
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
