//! What holds a thread back: a pause, somebody who holds it, its turn, its pace, or a reader that is behind.

use super::{Permit, Place, Post, State};
use crate::base::ThreadId;
use crate::machine;
use crate::machine::image::Image;
use crate::schedule::Speed;
use std::time::Instant;

impl State {
    /// Whether `me`, whose computation nobody sees, may go on with it. `turns`: of how many since its last operation.
    pub(in crate::engine) fn may_compute(&mut self, me: ThreadId, turns: u64) -> bool {
        if self.is_scripted() && !self.is_struck(me, turns) {
            return self.end.is_some() || !self.is_stopped(me); // It keeps its place: the tape knows who goes.
        }
        self.unfold_unless_turns();
        let record = self.shared.record(me);
        // One that is delayed waits as if it stood before an operation.
        if self.end.is_some() || record.delayed.is_some() {
            return true;
        }
        let frozen = record.frozen && record.doom.is_none();
        let stays = frozen || self.is_stopped(me);
        if stays || !self.is_next(me) {
            self.put(me, if frozen { Place::Parked } else { Place::Gate });
            self.settle();
            if self.is_moving(me) {
                return self.may_compute(me, turns); // The plan has struck it.
            }
        }
        if stays || !self.is_next(me) {
            return false;
        }
        self.take_turn(me);
        self.proceed_if_ready(me);
        true
    }

    /// Whether it is for `me` to go, and for nobody else. While a run is paused a step says who goes, unless that is written.
    fn is_next(&self, me: ThreadId) -> bool {
        (self.paused && !self.is_scripted()) || self.has_turn(me)
    }

    /// Whether whoever watches has stopped `me`, and allows no step.
    fn is_stopped(&self, me: ThreadId) -> bool {
        let stepping = self.worker(me).is_some_and(|worker| worker.permit.is_some());
        !stepping && (self.paused || self.is_held(me))
    }

    /// Whether whoever watches holds the thread back. Where a tape says who goes, it says that a held one is stepped, too.
    pub(super) fn is_held(&self, thread: ThreadId) -> bool {
        self.shared.record(thread).held && !self.is_scripted()
    }

    /// What holds back `me`, who could perform: `None`, or until when, if that is known.
    pub(super) fn bar(&mut self, me: ThreadId, image: &Image, post: &Post) -> Option<Option<Instant>> {
        if !self.is_next(me) {
            return Some(None);
        }
        if self.paused {
            return if self.permits(me, image) { None } else { Some(None) };
        }
        if self.is_held(me) || (post.lags(self.shared.seq) && post.await_reader(self.shared.seq)) {
            return Some(None);
        }
        let due = self.worker(me)?.due;
        (self.is_pacing() && self.clock.played() < due).then(|| self.clock.when_played(due))
    }

    /// Whether a step allows `me` to perform.
    fn permits(&mut self, me: ThreadId, image: &Image) -> bool {
        let Some(worker) = self.worker_mut(me) else { return false };
        let line = worker.deposit.as_ref().map(|thread| machine::line_of(thread, image));
        match worker.permit {
            None => false,
            Some(Permit::Operations(_)) => true,
            Some(Permit::Line(None)) => {
                worker.permit = Some(Permit::Line(line));
                true
            }
            Some(Permit::Line(start)) => {
                if start != line {
                    worker.permit = None;
                }
                start == line
            }
        }
    }

    pub(super) fn is_pacing(&self) -> bool {
        self.paced && self.speed != Speed::Max
    }
}
