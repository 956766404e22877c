//! A run that is a script, and a stage for it: they note what they are asked to do.

use crate::base::ThreadId;
use crate::event::{Breakpoint, Event, EventKind, Legend, Position, Strike, Variables};
use crate::schedule::{Fault, Speed, StepUnit};
use crate::session::{Card, Feed, Jump, Moment, Past, Session, Stage, Steering};
use crate::trace::samples::{Script, TICK};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// What a fake session was asked to do, and what it answers.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) calls: Vec<String>,
    pub(super) paused: bool,
    pub(super) over: bool,
    pub(super) speed: Option<Speed>,
    pub(super) now: u64,
    pub(super) positions: Vec<Position>,
    pub(super) variables: Variables,
    pub(super) strike: Option<Strike>,
    /// Playing the past stops there, after so many steps.
    pub(super) strikes: Option<(u64, Strike)>,
    pub(super) divergence: Option<&'static str>,
    /// So many of the last events are not told yet.
    pub(super) withheld: usize,
    pub(super) recording: bool,
    /// What a branch of it does.
    pub(super) branch: Vec<(ThreadId, u32, EventKind)>,
    pub(super) priorities: Vec<i32>,
    pub(super) past_priorities: Vec<i32>,
    pub(super) alive: usize,
    /// A thread waits for a line.
    pub(super) awaits_line: bool,
    /// The file was saved, and what is wrong with it, if anything is.
    pub(super) saved: Option<Option<String>>,
}

struct FakeSession {
    pub(super) legend: Legend,
    /// Everything that happens, and what is still to be told of it.
    pub(super) all: Vec<Event>,
    pub(super) events: VecDeque<Event>,
    pub(super) notes: Rc<RefCell<Notes>>,
}

impl FakeSession {
    fn note(&self, call: String) {
        self.notes.borrow_mut().calls.push(call);
    }
}

impl Feed for FakeSession {
    fn legend(&self) -> Legend {
        self.legend.clone()
    }
    fn drain(&mut self, limit: usize) -> Vec<Event> {
        let count = limit.min(self.events.len().saturating_sub(self.notes.borrow().withheld));
        self.events.drain(..count).collect()
    }
    fn positions(&self) -> Vec<Position> {
        self.notes.borrow().positions.clone()
    }
    fn variables(&self, _: ThreadId) -> Variables {
        self.notes.borrow().variables.clone()
    }
    fn breakable_line(&self, line: u32) -> Option<u32> {
        let source = &self.legend.source;
        (line..=source.line_count()).find(|line| !source.line(*line).trim().is_empty())
    }
    fn now(&self) -> u64 {
        self.notes.borrow().now
    }
    fn steps(&self) -> u64 {
        let told = self.all.len() - self.events.len();
        told.checked_sub(1).map_or(0, |last| self.all[last].step + 1)
    }
    fn divergence(&self) -> Option<String> {
        self.notes.borrow().divergence.filter(|_| self.events.is_empty()).map(str::to_owned)
    }
    fn is_over(&self) -> bool {
        self.notes.borrow().over
    }
    fn scheduler(&self) -> &'static str {
        "os"
    }
    fn priorities(&self) -> Vec<i32> {
        self.notes.borrow().priorities.clone()
    }
}

impl Steering for FakeSession {
    fn is_paused(&self) -> bool {
        self.notes.borrow().paused
    }
    fn pause(&mut self) {
        self.note("pause".into());
        self.notes.borrow_mut().paused = true;
    }
    fn resume(&mut self) {
        self.note("resume".into());
        self.notes.borrow_mut().paused = false;
    }
    fn step(&mut self, thread: Option<ThreadId>, unit: StepUnit) {
        let who = thread.map_or("any".to_owned(), |thread| thread.to_string());
        self.note(format!("step {who} {unit:?}"));
    }
    fn strike(&self) -> Option<Strike> {
        self.notes.borrow().strike.clone()
    }
    fn schedulers(&self) -> Vec<(&'static str, &'static str)> {
        vec![("os", "All go."), ("turns", "One goes after the other.")]
    }
    fn set_scheduler(&mut self, name: &str) {
        self.note(format!("scheduler {name}"));
    }
    fn raise_priority(&mut self, thread: ThreadId, by: i32) {
        self.note(format!("raise {thread} {by}"));
        self.notes.borrow_mut().priorities[thread.index()] += by;
    }
    fn awaits_line(&self) -> bool {
        self.notes.borrow().awaits_line
    }
    fn type_line(&mut self, line: Option<&str>) {
        self.note(format!("line {line:?}"));
        self.notes.borrow_mut().awaits_line = false;
    }
    fn inject(&mut self, fault: Fault) -> Result<(), String> {
        self.note(format!("inject {}", fault.name()));
        if matches!(fault, Fault::Freeze { .. }) { Err("it stands in native code".into()) } else { Ok(()) }
    }
    fn hold(&mut self, thread: ThreadId) {
        self.note(format!("hold {thread} true"));
    }
    fn let_go(&mut self, thread: ThreadId) {
        self.note(format!("hold {thread} false"));
    }
}

impl Session for FakeSession {
    fn steering(&self) -> Option<&dyn Steering> {
        (!self.notes.borrow().recording).then_some(self as &dyn Steering)
    }
    fn steer(&mut self) -> Option<&mut dyn Steering> {
        if self.notes.borrow().recording { None } else { Some(self) }
    }
    fn past(&mut self) -> Option<&mut dyn Past> {
        Some(self)
    }
    fn speed(&self) -> Speed {
        self.notes.borrow().speed.unwrap_or(Speed::Times(1.0))
    }
    fn set_speed(&mut self, speed: Speed) {
        self.note(format!("speed {speed:?}"));
        self.notes.borrow_mut().speed = Some(speed);
    }
    fn set_breakpoints(&mut self, breakpoints: &[Breakpoint]) {
        let words: Vec<_> = breakpoints.iter().map(ToString::to_string).collect();
        self.note(format!("break when {}", words.join(" or ")));
    }
}

impl Past for FakeSession {
    fn moment(&mut self, jump: Jump) -> Result<Moment, String> {
        let until = |step: u64| self.all.partition_point(|event| event.step < step) as u64;
        let step_at = |count: u64| {
            let index = (count as usize).min(self.all.len()).checked_sub(1);
            index.map_or(0, |index| self.all[index].step + 1)
        };
        let events = match jump {
            Jump::To(events) => until(step_at(events)),
            Jump::Before(events) => until(step_at(events).saturating_sub(1)),
            Jump::After(events) => until(step_at(events) + 1),
            Jump::Play { from, operations } => until(step_at(from) + operations),
        };
        let mut strike = None;
        let mut events = events;
        if let (Jump::Play { from, .. }, Some((step, stop))) = (jump, self.notes.borrow().strikes.clone())
            && step_at(from) < step
            && step <= step_at(events)
        {
            (events, strike) = (until(step), Some(stop));
        }
        let step = step_at(events);
        let priorities = self.notes.borrow().past_priorities.clone();
        let mut model = crate::trace::Model::new(self.legend());
        self.all.iter().take(events as usize).for_each(|event| model.apply(event));
        let (positions, now) = (self.positions(), model.last().at);
        Ok(Moment { events, step, model, positions, priorities, now, strike })
    }

    fn variables(&self, thread: ThreadId) -> Variables {
        Feed::variables(self, thread)
    }

    fn branch(&mut self, events: u64) -> Result<Box<dyn Session>, String> {
        self.note(format!("branch {events}"));
        let mut all: Vec<_> = self.all.iter().take(events as usize).cloned().collect();
        let (step, at) = all.last().map_or((0, 0), |event| (event.step + 1, event.at + TICK));
        let notes = self.notes.borrow().branch.clone();
        let next = (0..).zip(notes).map(|(more, (thread, line, kind))| {
            let (seq, step, at) = (events + more, step + more, at + more * TICK);
            Event { seq, step, at, thread, line, kind }
        });
        let next: Vec<_> = next.collect();
        all.extend(next.iter().cloned());
        self.notes.borrow_mut().alive += 1;
        let notes = Rc::clone(&self.notes);
        Ok(Box::new(FakeSession { legend: self.legend(), all, events: next.into(), notes }))
    }
}

impl Drop for FakeSession {
    fn drop(&mut self) {
        self.notes.borrow_mut().alive -= 1;
    }
}

pub(super) struct FakeStage {
    pub(super) cards: Vec<Card>,
    pub(super) script: Script,
    pub(super) notes: Rc<RefCell<Notes>>,
    pub(super) broken: Option<String>,
    pub(super) changed: bool,
    /// The one that runs beside the first.
    pub(super) beside: Option<usize>,
}

impl Stage for FakeStage {
    fn cards(&self) -> &[Card] {
        &self.cards
    }
    fn open(&mut self, index: usize, breakpoints: &[Breakpoint]) -> Result<Box<dyn Session>, String> {
        let saved = self.notes.borrow_mut().saved.take();
        let again = std::mem::take(&mut self.changed) || saved.is_some();
        if let Some(Some(message)) = saved {
            return Err(message);
        }
        if let Some(message) = &self.broken {
            return Err(message.clone());
        }
        let mut notes = self.notes.borrow_mut();
        let words: Vec<_> = breakpoints.iter().map(|it| format!(", break when {it}")).collect();
        notes.calls.push(format!("open {index}{}", words.concat()));
        notes.alive += 1;
        let is_beside = self.beside == Some(index) && notes.alive == 2;
        assert!(again || is_beside || notes.alive == 1, "the run before has to end first");
        let notes = Rc::clone(&self.notes);
        Ok(Box::new(FakeSession {
            legend: self.script.legend.clone(),
            all: self.script.events.clone(),
            events: self.script.events.clone().into(),
            notes,
        }))
    }
    fn changed(&mut self, _: usize) -> bool {
        self.changed || self.notes.borrow().saved.is_some()
    }
}
