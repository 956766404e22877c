//! What holds a thread back: a pause, a hold, its turn, its pace, or a reader that is behind.

use super::steering::Stride;
use super::workers::Permit;
use super::{Place, Post, State};
use crate::base::ThreadId;
use crate::machine;
use crate::machine::image::Image;
use std::time::Instant;

impl State {
    /// Whether `me` may go on with its computation, which no other thread sees. `turns`: how many turns since its last
    /// operation.
    pub(in crate::engine) fn may_compute(&mut self, me: ThreadId, turns: u64) -> bool {
        if self.is_scripted() && !self.is_struck(me, turns) {
            // It keeps its place: the tape says which thread goes.
            return self.course.is_over() || !self.is_paused() || self.is_stepping(me);
        }
        self.unfold_unless_turns();
        let record = self.shared.record(me);
        // A delayed thread waits as if it stood before an operation.
        if self.course.is_over() || record.delayed.is_some() {
            return true;
        }
        let frozen = record.frozen && record.doom.is_none();
        if frozen || !self.may_move(me) {
            let place = if frozen { Place::Parked } else { Place::Gate };
            self.put(me, place);
            self.settle();
            if self.workers.place(me) != Some(place) {
                return self.may_compute(me, turns); // The plan has struck it, or thawed it.
            }
            if frozen || !self.may_move(me) {
                return false;
            }
        }
        self.take_turn(me);
        self.proceed_if_ready(me);
        true
    }

    /// Whether `me` is to go: a step names it, or it has the turn, and the person watching does not hold it back.
    fn may_move(&self, me: ThreadId) -> bool {
        let named = self.workers.is_named(me);
        match self.turn.lets(me) {
            true if self.is_paused() => named || self.steering.stride().is_some(),
            true => named || !self.is_held(me),
            // Where a tape says who goes, a step does not.
            false => named && !self.is_scripted(),
        }
    }

    /// Whether a step that was allowed may be one of `me`.
    pub(super) fn is_stepping(&self, me: ThreadId) -> bool {
        self.steering.stride().is_some() || self.workers.is_named(me)
    }

    /// Whether the person watching holds the thread back. If a tape says which thread goes, the tape also says when a
    /// held thread is stepped.
    pub(super) fn is_held(&self, thread: ThreadId) -> bool {
        self.shared.record(thread).held && !self.is_scripted()
    }

    /// What holds back `me`, which could perform: `None`, or until when, if that is known.
    pub(super) fn bar(&mut self, me: ThreadId, image: &Image, post: &Post) -> Option<Option<Instant>> {
        if !self.may_move(me) {
            return Some(None);
        }
        if self.is_paused() {
            return if self.permits(me, image) { None } else { Some(None) };
        }
        if self.lags(me, post) && post.await_reader(self.shared.seq) {
            return Some(None);
        }
        if !self.is_pacing() {
            return None;
        }
        if let Some(until) = self.pace.shows_until() {
            return Some(until);
        }
        // Where all may go, the one that has waited longest is shown first; it is on its way.
        (!self.has_waited_longest(me)).then(|| self.pace.in_a_moment())
    }

    /// Whether no other thread at the gate that may go as well has waited longer.
    fn has_waited_longest(&self, me: ThreadId) -> bool {
        if !self.turn.all_go() {
            return true;
        }
        let moved = |thread| self.workers.moved(thread);
        self.shared.able(self.free_at_gate()).all(|(thread, _)| (moved(me), me) <= (moved(thread), thread))
    }

    /// Whether a step that names `me`, or one that names no thread, allows it to perform.
    fn permits(&mut self, me: ThreadId, image: &Image) -> bool {
        let stride = self.steering.stride();
        let Some(worker) = self.workers.get_mut(me) else { return false };
        let Some(line) = worker.thread().map(|thread| machine::line_of(thread, image)) else { return false };
        // A thread that is struck while it computes has no operation of its own, and does not go through a line by
        // that.
        let operates = worker.operates();
        match (worker.permit, stride) {
            (None, None) => false,
            (Some(Permit::Operations(_)), _) | (None, Some(Stride::Operations(_) | Stride::Line(Some(_)))) => true,
            (Some(Permit::Line(None)), _) => {
                worker.permit = Some(Permit::Line(Some(line)));
                true
            }
            (Some(Permit::Line(Some(start))), _) => {
                if start != line {
                    worker.permit = None;
                }
                start == line
            }
            (None, Some(Stride::Line(None))) => {
                self.steering.set_out(operates.then_some((me, line)));
                true
            }
        }
    }

    /// Operations are shown one after another. On the wall clock nothing is slowed down: they are shown as they happen.
    pub(super) fn is_pacing(&self) -> bool {
        self.steering.shows_operations() && self.pace.clock.is_virtual()
    }
}
