//! How time passes: by jumps to the next deadline when no thread can go on, and by the work that is done. While a
//! person watches, a jump is played; to the program that makes no difference.

use super::{News, Place, State};
use crate::base::ThreadId;
use crate::machine::shared::Standing;
use std::time::Instant;

impl State {
    /// Lets time jump, or finds the run stuck, when no thread can go on. To be called whenever one stops.
    pub(in crate::engine) fn settle(&mut self) {
        if self.end.is_some() {
            return;
        }
        self.give_turn();
        if self.is_scripted() {
            return;
        }
        let mut next: Option<u64> = None;
        let mut any_held = false;
        for (thread, worker) in self.alive() {
            let standing = self.shared.standing(thread);
            match worker.place {
                Place::Moving => return,
                _ if self.is_held(thread) => any_held = true,
                Place::Gate => return,
                _ => match standing {
                    Standing::Waiting(Some(until)) => next = Some(next.map_or(until, |next| next.min(until))),
                    Standing::Waiting(None) => {}
                    Standing::Ready | Standing::TimedOut => return,
                },
            }
        }
        match self.alarm(next) {
            // A step does not wait, whatever the clock.
            Some(time) if self.stride.is_some() || (self.clock.is_virtual() && !self.paused) => self.wait_until(time),
            Some(_) => {}
            None => self.come_to_rest(any_held),
        }
    }

    /// A thread has worked: virtual time may pass because of that.
    pub(in crate::engine) fn work(&mut self, time: u64) {
        if self.is_scripted() {
            return;
        }
        // Steps take the time that they would have taken without a pause.
        if let Some(due) = self.clock.work(time) {
            self.pass_by_work(due);
        }
    }

    /// A thread that reads the clock sees the time that all work until then has taken.
    pub(in crate::engine) fn pass_work_done(&mut self) {
        if !self.is_scripted()
            && let Some(due) = self.clock.work_done()
        {
            self.pass_by_work(due);
        }
    }

    /// Virtual time passes by what was done, at most up to the next deadline.
    fn pass_by_work(&mut self, due: u64) {
        if self.end.is_none() {
            self.jump_to(self.next_deadline().map_or(due, |next| next.min(due)));
        }
    }

    /// The next time that a thread, or the plan, waits for.
    pub(super) fn next_deadline(&self) -> Option<u64> {
        let deadline = |thread| match self.shared.standing(thread) {
            Standing::Waiting(until) => until,
            Standing::Ready | Standing::TimedOut => None,
        };
        self.alarm(self.alive().filter_map(|(thread, _)| deadline(thread)).min())
    }

    /// No thread moves, and time goes to that deadline. If operations are shown, the wait is shown too; a step does not
    /// wait.
    fn wait_until(&mut self, time: u64) {
        if self.paused || !self.is_pacing() {
            return self.pass_to(time);
        }
        self.clock.play(self.due, time);
        if self.clock.shown() >= time {
            return self.pass_to(time);
        }
        if self.keeper.is_none() {
            let keeper = self.alive().next().map(|(thread, worker)| {
                worker.condvar.notify_one();
                thread
            });
            self.keeper = keeper;
        }
    }

    /// Until when `me` waits at most, if it is the thread that wakes when a played wait is over.
    pub(in crate::engine) fn watch_of(&self, me: ThreadId) -> Option<Instant> {
        if self.keeper == Some(me) { self.clock.end_of_wait() } else { None }
    }

    /// What is done to the run from outside happens at the time that is shown.
    pub(super) fn catch_up(&mut self) {
        let shown = self.clock.shown();
        if shown > self.shared.now {
            self.jump_to(shown);
        }
    }

    /// Has time jump while nobody moves.
    fn pass_to(&mut self, time: u64) {
        self.jump_to(time);
        self.unfold();
        if !self.anybody_moves() {
            self.settle(); // Only the plan was concerned, or threads that wait for their turn.
        }
    }

    /// Moves time forward and wakes the threads that this concerns.
    pub(super) fn jump_to(&mut self, time: u64) {
        self.clock.jump_to(time);
        self.keeper = None;
        self.shared.now = self.clock.now();
        let concerned: Vec<ThreadId> = self
            .alive()
            .filter(|(thread, _)| !matches!(self.shared.standing(*thread), Standing::Waiting(_)))
            .map(|(thread, _)| thread)
            .collect();
        for thread in concerned {
            self.wake(thread);
        }
    }

    /// A thread can go on again.
    pub(super) fn leave_rest(&mut self) {
        self.stuck = false;
        if !self.paused && self.end.is_none() {
            self.clock.start();
        }
    }

    /// No thread can go on, and no deadline will change that: time stands still.
    fn come_to_rest(&mut self, any_held: bool) {
        if self.shared.awaits_signal() {
            return;
        }
        self.clock.stop();
        self.stride = None;
        if !any_held && !self.stuck {
            self.stuck = true;
            self.notice = Some(News::Still);
        }
    }
}
