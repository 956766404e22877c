//! How time passes in a driven run.

use super::Driven;
use crate::base::ThreadId;
use crate::policy::Kind;
use crate::schedule::Speed;

impl Driven {
    /// Operations are shown one after another.
    pub(super) fn is_pacing(&self) -> bool {
        self.settings.speed != Speed::Max
    }

    /// No thread can go on: time goes to the next deadline of those that are not held back. Whether it did.
    pub(super) fn pass_time(&mut self) -> bool {
        let free = self.alive().map(|(thread, _)| thread).filter(|thread| !self.shared().record(*thread).held);
        let Some(time) = self.shared().next_limit(free) else {
            if !self.shared().awaits_signal() {
                self.stride = None;
                let any_held = self.alive().any(|(thread, _)| self.shared().record(thread).held);
                self.stuck = !any_held;
            }
            return false;
        };
        if self.stride.is_none() {
            let now = self.shared().now;
            if self.settings.paused || (self.is_pacing() && !self.clock.wait(now, time)) {
                return false;
            }
        }
        self.jump_to(time);
        true
    }

    /// Moves time forward.
    pub(super) fn jump_to(&mut self, time: u64) {
        let passed = time.saturating_sub(self.shared().now);
        // It never goes back, so this cannot fail.
        let moved = passed > 0 && self.execution.set_clock(time).is_ok();
        self.clock.end_wait(if moved { passed } else { 0 });
        self.stuck = false;
    }

    /// What is done to the run from outside happens at the time that is shown.
    pub(super) fn catch_up(&mut self) {
        let shown = self.clock.shown(self.shared().now);
        if shown > self.shared().now {
            self.jump_to(shown);
        }
    }

    /// A thread has worked: time may pass because of that.
    pub(super) fn work(&mut self, me: ThreadId, time: u64) {
        let time = self.side_by_side(me, time);
        if let Some(worked) = self.clock.work(time) {
            self.pass_by_work(worked);
        }
    }

    /// How much time so much work of `me` takes. All that is done side by side takes its time once; but where all may go, one
    /// goes at a time here.
    fn side_by_side(&mut self, me: ThreadId, time: u64) -> u64 {
        if self.settings.policy == Kind::Os {
            return time;
        }
        let those: Vec<ThreadId> =
            self.alive().map(|(thread, _)| thread).filter(|it| !self.shared().record(*it).held).collect();
        let Driven { sides, settings, execution, .. } = self;
        sides.work((me, time), settings.policy, those.into_iter(), execution.shared())
    }

    /// A thread that reads the clock sees the time that all work until then has taken.
    pub(super) fn pass_work_done(&mut self) {
        if let Some(worked) = self.clock.work_done() {
            self.pass_by_work(worked);
        }
    }

    /// Time passes by what was done, at most up to the next deadline.
    fn pass_by_work(&mut self, worked: u64) {
        if !self.over {
            let due = self.shared().now.saturating_add(worked);
            self.jump_to(self.next_deadline().map_or(due, |next| next.min(due)));
        }
    }

    /// The next time that a thread waits for.
    fn next_deadline(&self) -> Option<u64> {
        self.shared().next_limit(self.alive().map(|(thread, _)| thread))
    }

    /// `thread` has performed what came after so many events: if all threads only look, time passes.
    pub(super) fn look_for_polling(&mut self, thread: ThreadId, events: u64, step: u64) {
        let Driven { execution, looks, .. } = self;
        let goes_round = looks.take_in(execution.shared(), events, step)
            && execution.thread(thread).is_some_and(|thread| looks.is_news(thread));
        if goes_round
            && !self.over
            && self.all_go_round()
            && let Some(time) = self.next_deadline()
        {
            self.looks.end();
            self.jump_to(time);
        }
    }

    /// Whether all threads that could go on have come to one of their stances again.
    fn all_go_round(&self) -> bool {
        let could_go = |thread| !self.is_waiting(thread) && !self.shared().record(thread).held;
        self.alive().all(|(thread, _)| !could_go(thread) || self.looks.goes_round(thread))
    }
}
