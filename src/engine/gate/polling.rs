//! Busy waiting (`machine::Looks`): when all threads that could go on are in loops that only look, time goes to the next deadline.

use super::State;
use crate::machine::thread::Thread;

impl State {
    /// `thread` has performed what came after so many events and operations: if all threads only look, time passes.
    pub(in crate::engine) fn look_for_polling(&mut self, thread: &Thread, events: u64, step: u64) {
        if !self.pace.clock.is_virtual() || !self.looks.take_in(&self.shared, events, step) {
            return;
        }
        if !self.is_scripted()
            && !self.course.is_over()
            && self.looks.is_news(thread)
            && self.all_go_round()
            && let Some(time) = self.next_deadline()
        {
            self.looks.end();
            self.jump_to(time);
        }
    }

    /// Whether all threads that could go on have come to one of their stances again.
    fn all_go_round(&self) -> bool {
        let mut able = self.shared.able(self.workers.alive());
        able.all(|(thread, _)| self.is_held(thread) || self.looks.goes_round(thread))
    }
}
