//! How time passes: by jumps to the next deadline when no thread can go on, and by the work that is done. While a
//! person watches, a jump is played; to the program that makes no difference.

use super::{News, State};
use crate::base::ThreadId;
use std::time::Instant;

impl State {
    /// Lets time jump, or finds the run stuck, when no thread can go on. To be called whenever one stops.
    pub(in crate::engine) fn settle(&mut self) {
        if self.course.is_over() {
            return;
        }
        self.give_turn();
        if self.is_scripted() || self.workers.anybody_moves() {
            return;
        }
        let free = || self.workers.parked().filter(|thread| !self.is_held(*thread));
        if self.free_at_gate().next().is_some() || self.shared.able(free()).next().is_some() {
            return;
        }
        let any_held = self.workers.alive().any(|thread| self.is_held(thread));
        match self.alarm(self.shared.next_limit(free())) {
            // A step does not wait, whatever the clock.
            Some(time) if self.steering.stride().is_some() => self.wait_until(time),
            Some(time) if self.pace.clock.is_virtual() && !self.steering.is_paused() => self.wait_until(time),
            Some(_) => {}
            None => self.come_to_rest(any_held),
        }
    }

    /// `me` has worked: virtual time may pass because of that. What is done side by side takes its time once.
    pub(in crate::engine) fn work(&mut self, me: ThreadId, time: u64) {
        if self.is_scripted() || !self.pace.clock.is_virtual() {
            return;
        }
        let State { turn, workers, shared, .. } = self;
        let those = workers.moving().chain(workers.at_gate()).filter(|thread| !shared.record(*thread).held);
        let time = turn.work((me, time), those, shared);
        // Steps take the time that they would have taken without a pause.
        if let Some(due) = self.pace.clock.work(time) {
            self.pass_by_work(due);
        }
    }

    /// A thread that reads the clock sees the time that all work until then has taken.
    pub(in crate::engine) fn pass_work_done(&mut self) {
        if !self.is_scripted()
            && let Some(due) = self.pace.clock.work_done()
        {
            self.pass_by_work(due);
        }
    }

    /// Virtual time passes by what was done, at most up to the next deadline.
    fn pass_by_work(&mut self, due: u64) {
        if !self.course.is_over() {
            self.jump_to(self.next_deadline().map_or(due, |next| next.min(due)));
        }
    }

    /// The next time that a thread, or the plan, waits for.
    pub(super) fn next_deadline(&self) -> Option<u64> {
        self.alarm(self.shared.next_limit(self.workers.alive()))
    }

    /// No thread moves, and time goes to that deadline. If operations are shown, the wait is shown too; a step does not
    /// wait.
    fn wait_until(&mut self, time: u64) {
        if self.steering.is_paused() || !self.is_pacing() || self.pace.play(time) {
            return self.pass_to(time);
        }
        if !self.pace.has_keeper() {
            let keeper = self.workers.alive().next();
            keeper.inspect(|keeper| self.workers.notify(*keeper));
            self.pace.set_keeper(keeper);
        }
    }

    /// Until when `me` waits at most, if it is the thread that wakes when a played wait is over.
    pub(in crate::engine) fn watch_of(&self, me: ThreadId) -> Option<Instant> {
        self.pace.watch_of(me)
    }

    /// What is done to the run from outside happens at the time that is shown.
    pub(super) fn catch_up(&mut self) {
        let shown = self.pace.clock.shown();
        if shown > self.shared.now {
            self.jump_to(shown);
        }
    }

    /// Has time jump while nobody moves.
    fn pass_to(&mut self, time: u64) {
        self.jump_to(time);
        self.unfold();
        if !self.workers.anybody_moves() {
            self.settle(); // Only the plan was concerned, or threads that wait for their turn.
        }
    }

    /// Moves time forward and wakes the threads that this concerns.
    pub(super) fn jump_to(&mut self, time: u64) {
        self.pace.jump_to(time);
        self.shared.now = self.pace.clock.now();
        let concerned: Vec<ThreadId> = self.shared.able(self.workers.parked()).map(|(thread, _)| thread).collect();
        for thread in concerned {
            self.wake(thread);
        }
    }

    /// A thread can go on again.
    pub(super) fn leave_rest(&mut self) {
        self.course.come_loose();
        if !self.steering.is_paused() && !self.course.is_over() {
            self.pace.clock.start();
        }
    }

    /// No thread can go on, and no deadline will change that: time stands still.
    fn come_to_rest(&mut self, any_held: bool) {
        if self.shared.awaits_signal() {
            return;
        }
        self.pace.clock.stop();
        self.steering.end_stride();
        if !any_held && self.course.get_stuck() {
            self.outbox.tell(News::Still);
        }
    }
}
