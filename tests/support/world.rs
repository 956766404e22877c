//! The machine without an engine: a whole run as one value, and the smallest source of choices.

use super::random::Xorshift;
use raddle::base::{ObjectId, Symbol, ThreadId};
use raddle::bytecode::Program;
use raddle::event::{Event, EventKind};
use raddle::machine::shared::Phase;
use raddle::machine::value::Value;
use raddle::machine::{Boot, Finals, Image, Outcome, Pause, Shared, Standing, Thread, advance, boot, perform};
use raddle::schedule::Alternative;
use std::sync::Arc;

/// More steps than any program here takes.
pub(crate) const STEPS: usize = 200_000;

/// More slices of computing than any program here takes between two steps.
const SLICES: usize = 2_000;

/// The whole state of a run.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) image: Arc<Image>,
    pub(crate) shared: Shared,
    pub(crate) threads: Vec<Thread>,
}

struct Reader<'a>(&'a Shared, &'a Image);

impl Finals for Reader<'_> {
    fn final_attribute(&self, object: ObjectId, name: Symbol) -> Option<Value> {
        self.0.final_attribute(self.1, object, name)
    }
}

impl World {
    pub(crate) fn of(program: impl Into<Arc<Program>>) -> World {
        let image = Arc::new(Image::new(program.into()));
        let (shared, main) = boot(&image, Boot { seed: 1, epoch: 0, memory: raddle::machine::budget::DEFAULT });
        World { image, shared, threads: vec![main] }
    }

    /// What could happen next, in a fixed order; time jumps to the next deadline when nothing could.
    pub(crate) fn choices(&mut self) -> Vec<(usize, Alternative)> {
        let alive = |shared: &Shared, id: ThreadId| shared.record(id).phase == Phase::Alive;
        let mut computing = Vec::new();
        for thread in self.threads.iter_mut().filter(|thread| alive(&self.shared, thread.id)) {
            let reader = Reader(&self.shared, &self.image);
            let ends = (0..SLICES).any(|_| advance(thread, &self.image, &reader, 10_000) == Pause::Operation);
            if !ends && !self.shared.is_struck(thread.id) {
                computing.push(thread.id); // it may be waiting for a signal
            }
        }
        loop {
            let mut next: Option<u64> = None;
            let mut choices = Vec::new();
            for (index, thread) in self.threads.iter().enumerate().filter(|(_, thread)| alive(&self.shared, thread.id))
            {
                match self.shared.standing(thread.id) {
                    _ if computing.contains(&thread.id) => {}
                    Standing::Ready => choices.push((index, Alternative::Go)),
                    Standing::TimedOut => choices.push((index, Alternative::TimeOut)),
                    Standing::Waiting(until) => next = [next, until].into_iter().flatten().min(),
                }
            }
            match next {
                Some(until) if choices.is_empty() => self.shared.now = until,
                None if choices.is_empty() && !computing.is_empty() => panic!("a thread computes without end"),
                _ => return choices,
            }
        }
    }

    pub(crate) fn take(&mut self, (index, alternative): (usize, Alternative)) -> Outcome {
        let outcome = perform(&mut self.shared, &mut self.threads[index], &self.image, alternative);
        self.threads.append(&mut self.shared.started);
        self.shared.woken.clear();
        outcome
    }

    /// Runs to the end with a source of choices; false when that takes too many steps.
    pub(crate) fn ends(&mut self, random: &mut Xorshift) -> bool {
        (0..STEPS).any(|_| {
            let choices = self.choices();
            let over = choices.is_empty() || self.shared.status.is_some();
            if !over {
                self.take(choices[random.below(choices.len())]);
            }
            over
        })
    }

    pub(crate) fn output(&self) -> String {
        let printed = |event: &Event| match &event.kind {
            EventKind::Printed { text, error: false } => Some(text.to_string()),
            _ => None,
        };
        self.shared.events.iter().filter_map(printed).collect()
    }
}
