//! What the person watching sees of a run's threads.

use super::{Place, State};
use crate::base::ThreadId;
use crate::event::{Position, Variables};
use crate::machine;
use crate::machine::image::Image;

impl State {
    /// How many operations were performed.
    pub(in crate::engine) fn steps(&self) -> u64 {
        self.shared.step
    }

    /// Where every thread stands, by id.
    pub(in crate::engine) fn positions(&mut self, image: &Image) -> Vec<Position> {
        let State { shared, workers, .. } = self;
        let threads = (0..).map(ThreadId).zip(shared.threads.iter());
        let mut positions = Vec::with_capacity(shared.threads.len());
        for (thread, record) in threads {
            let nowhere = || Position::nowhere(thread);
            let mut position = match workers.get_mut(thread) {
                Some(worker) if worker.place() != Place::Over => match worker.thread() {
                    Some(deposit) => {
                        let position = machine::position(deposit, image);
                        worker.seen.insert(position).clone()
                    }
                    None => {
                        let seen = worker.seen.clone().unwrap_or_else(nowhere);
                        Position { line: record.line, next: String::new(), object: None, ..seen }
                    }
                },
                _ => nowhere(),
            };
            position.held = record.held;
            positions.push(position);
        }
        positions
    }

    /// What variables hold, as a thread sees them.
    pub(in crate::engine) fn variables(&self, thread: ThreadId, image: &Image) -> Variables {
        machine::variables(thread, &|thread| self.workers.get(thread)?.thread(), &self.shared, image)
    }
}
