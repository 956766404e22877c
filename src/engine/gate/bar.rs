//! What holds a thread back: a pause, a hold, its turn, its pace, or a reader that is behind.

use super::{MOMENT, Permit, Place, Post, State, Stride};
use crate::base::ThreadId;
use crate::machine::image::Image;
use crate::machine::{self, Outcome};
use crate::schedule::Speed;
use std::time::Instant;

impl State {
    /// Whether `me` may go on with its computation, which no other thread sees. `turns`: how many turns since its last
    /// operation.
    pub(in crate::engine) fn may_compute(&mut self, me: ThreadId, turns: u64) -> bool {
        if self.is_scripted() && !self.is_struck(me, turns) {
            // It keeps its place: the tape says which thread goes.
            return self.end.is_some() || !self.paused || self.is_stepping(me);
        }
        self.unfold_unless_turns();
        let record = self.shared.record(me);
        // A delayed thread waits as if it stood before an operation.
        if self.end.is_some() || record.delayed.is_some() {
            return true;
        }
        let frozen = record.frozen && record.doom.is_none();
        if frozen || !self.may_move(me) {
            let place = if frozen { Place::Parked } else { Place::Gate };
            self.put(me, place);
            self.settle();
            if self.place(me) != Some(place) {
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
        let named = self.worker(me).is_some_and(|worker| worker.permit.is_some());
        match self.has_turn(me) {
            true if self.paused => named || self.stride.is_some(),
            true => named || !self.is_held(me),
            // Where a tape says who goes, a step does not.
            false => named && !self.is_scripted(),
        }
    }

    /// Whether a step that was allowed may be one of `me`.
    pub(super) fn is_stepping(&self, me: ThreadId) -> bool {
        self.stride.is_some() || self.worker(me).is_some_and(|worker| worker.permit.is_some())
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
        if self.paused {
            return if self.permits(me, image) { None } else { Some(None) };
        }
        if post.lags(self.shared.seq) && post.await_reader(self.shared.seq) {
            return Some(None);
        }
        if !self.is_pacing() {
            return None;
        }
        let played = self.clock.played();
        if played < self.due {
            return Some(self.clock.when_played(self.due));
        }
        // Where all may go, the one that has waited longest is shown first; it is on its way.
        (!self.has_waited_longest(me)).then(|| self.clock.when_played(played + MOMENT))
    }

    /// Whether no other thread at the gate that may go as well has waited longer.
    fn has_waited_longest(&self, me: ThreadId) -> bool {
        if !self.all_go() {
            return true;
        }
        let mine = self.worker(me).map_or(0, |worker| worker.moved);
        let mut at_gate = self.alive().filter(|(thread, _)| self.could_go(*thread));
        at_gate.all(|(thread, worker)| (mine, me) <= (worker.moved, thread))
    }

    /// Whether a step that names `me`, or one that names no thread, allows it to perform.
    fn permits(&mut self, me: ThreadId, image: &Image) -> bool {
        let Some(line) = self.line_of(me, image) else { return false };
        let stride = self.stride;
        let Some(worker) = self.worker_mut(me) else { return false };
        // A thread that is struck while it computes has no operation of its own, and does not go through a line by
        // that.
        let operates = worker.deposit.as_ref().is_some_and(|thread| thread.pending.is_some());
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
                self.stride = Some(Stride::Line(operates.then_some((me, line))));
                true
            }
        }
    }

    /// The line where `me` stands; its thread is deposited.
    fn line_of(&self, me: ThreadId, image: &Image) -> Option<u32> {
        let thread = self.worker(me)?.deposit.as_ref()?;
        Some(machine::line_of(thread, image))
    }

    /// `me` has come to the gate: a step of a line that it began ends where it stands on another one.
    pub(super) fn end_stride_elsewhere(&mut self, me: ThreadId, image: &Image) {
        if let Some(Stride::Line(Some((first, start)))) = self.stride
            && first == me
            && self.line_of(me, image) != Some(start)
        {
            self.stride = None;
        }
    }

    /// `me` has performed: what that leaves of a step that names no thread. (A thread that was struck while it computed
    /// may have had no operation to perform.)
    pub(super) fn stride_on(&mut self, me: ThreadId, outcome: &Outcome) {
        let named = self.worker(me).is_some_and(|worker| worker.permit.is_some());
        self.stride = match self.stride {
            Some(Stride::Operations(until)) if named => Some(Stride::Operations(until.saturating_add(1))),
            Some(Stride::Operations(until)) if self.shared.step >= until => None,
            Some(Stride::Line(Some((first, _)))) if first == me && *outcome != Outcome::Done => None,
            stride => stride,
        };
    }

    /// Operations are shown one after another. On the wall clock nothing is slowed down: they are shown as they happen.
    pub(super) fn is_pacing(&self) -> bool {
        self.paced && self.speed != Speed::Max && self.clock.is_virtual()
    }
}
