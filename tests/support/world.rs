//! The machine without an engine: a whole run as one value, and the smallest source of choices.

use super::random::Xorshift;
use raddle::base::ThreadId;
use raddle::bytecode::Program;
use raddle::machine::{Boot, Execution, Image, Shared, Standing, budget};
use raddle::schedule::Choice;
use std::sync::Arc;

/// More steps than any program here takes.
pub(crate) const STEPS: usize = 200_000;

/// More slices of computing than any program here takes between two steps.
const SLICES: u32 = 200;

/// The whole state of a run.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) run: Execution,
}

impl World {
    pub(crate) fn of(program: impl Into<Arc<Program>>) -> World {
        let image = Arc::new(Image::new(program.into()));
        World { run: Execution::new(image, Boot { seed: 1, epoch: 0, memory: budget::DEFAULT }) }
    }

    /// What all threads share.
    pub(crate) fn shared(&self) -> &Shared {
        self.run.shared()
    }

    /// What could happen next, in a fixed order; time jumps to the next deadline when nothing could.
    pub(crate) fn choices(&mut self) -> Vec<Choice> {
        loop {
            let enabled = self.run.enabled(SLICES);
            match self.run.next_limit() {
                Some(until) if enabled.is_empty() && self.shared().status().is_none() => {
                    self.run.set_clock(until).expect("it is still to come");
                }
                _ => {
                    assert!(!enabled.is_empty() || !self.is_anybody_ready(), "a thread computes without end");
                    return enabled;
                }
            }
        }
    }

    fn is_anybody_ready(&self) -> bool {
        let shared = self.shared();
        let mut alive = (0..shared.threads.len() as u32).map(ThreadId).filter(|id| self.run.thread(*id).is_some());
        shared.status().is_none() && alive.any(|id| shared.standing(id) != Standing::Waiting(None))
    }

    pub(crate) fn take(&mut self, choice: &Choice) {
        self.run.choose(choice, &|| false).expect("it was offered");
    }

    /// Runs to the end with a source of choices; false when that takes too many steps.
    pub(crate) fn ends(&mut self, random: &mut Xorshift) -> bool {
        (0..STEPS).any(|_| {
            let choices = self.choices();
            if !choices.is_empty() {
                self.take(&choices[random.below(choices.len())]);
            }
            choices.is_empty()
        })
    }
}
