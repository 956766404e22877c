//! When things are shown: the run's clock, and what it owes the person watching.
//!
//! A keeper is there only while a wait is played: it wakes when that is over.

use crate::base::ThreadId;
use crate::engine::clock::{Clock, ClockKind};
use crate::schedule::Speed;
use std::time::Instant;

/// The visible moment that an operation is shown for on the screen, one after another, in nanoseconds of played time.
const MOMENT: u64 = 250_000_000;

/// The pace of a run.
#[derive(Debug)]
pub(super) struct Pace {
    pub(super) clock: Clock,
    /// No operation is shown before this played time: the last one is still shown.
    due: u64,
    /// The thread that wakes when a played wait is over.
    keeper: Option<ThreadId>,
}

impl Pace {
    pub(super) fn new(clock: Clock) -> Self {
        Pace { clock, due: 0, keeper: None }
    }

    /// Another clock, which shows the same time `now` and makes no thread wait for what it has counted before.
    pub(super) fn restart(&mut self, kind: ClockKind, speed: Speed, now: u64, runs: bool) {
        *self = Pace::new(Clock::new(kind, speed));
        self.clock.jump_to(now);
        if runs {
            self.clock.start();
        }
    }

    /// Moves time forward; what was played is over.
    pub(super) fn jump_to(&mut self, time: u64) {
        self.clock.jump_to(time);
        self.keeper = None;
    }

    /// A thread goes: nothing is played any more.
    pub(super) fn end_wait(&mut self) {
        self.keeper = None;
        self.clock.end_wait();
    }

    /// Plays a wait until `time`, once the last operation was shown; whether it is over.
    pub(super) fn play(&mut self, time: u64) -> bool {
        self.clock.play(self.due, time);
        self.clock.shown() >= time
    }

    pub(super) fn has_keeper(&self) -> bool {
        self.keeper.is_some()
    }

    pub(super) fn set_keeper(&mut self, keeper: Option<ThreadId>) {
        self.keeper = keeper;
    }

    /// Until when `me` waits at most, if it is the thread that wakes when a played wait is over.
    pub(super) fn watch_of(&self, me: ThreadId) -> Option<Instant> {
        if self.keeper == Some(me) { self.clock.end_of_wait() } else { None }
    }

    /// An operation is shown from now on, for a moment.
    pub(super) fn show_operation(&mut self) {
        self.due = self.clock.played() + MOMENT;
    }

    /// Until when the last operation is still shown, if it is.
    pub(super) fn shows_until(&self) -> Option<Option<Instant>> {
        (self.clock.played() < self.due).then(|| self.clock.when_played(self.due))
    }

    /// The instant a moment from now.
    pub(super) fn in_a_moment(&self) -> Option<Instant> {
        self.clock.when_played(self.clock.played() + MOMENT)
    }
}
