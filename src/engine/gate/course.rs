//! How a run goes: whether anything holds threads back, whether it has come to rest, and how it ended.
//!
//! A run ends once. The bell rings with that, for threads that do not hold the state; it may ring before, when the run is
//! abandoned.

use crate::engine::run::RunEnd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The course of a run.
#[derive(Debug)]
pub(super) struct Course {
    /// Nothing holds a thread up: not paused, none held, no pace, not over. (The reader's lag is checked separately.)
    flowing: bool,
    /// And all threads go as they like, no planned fault can come unseen, and there is no breakpoint.
    sailing: bool,
    /// All threads that are left wait without a deadline.
    stuck: bool,
    end: Option<RunEnd>,
    bell: Arc<AtomicBool>,
}

impl Course {
    pub(super) fn new(bell: Arc<AtomicBool>) -> Self {
        Course { flowing: false, sailing: false, stuck: false, end: None, bell }
    }

    pub(super) fn flows(&self) -> bool {
        self.flowing
    }

    pub(super) fn sails(&self) -> bool {
        self.sailing
    }

    /// `flows`: nothing holds a thread up, as long as the run is not over; `sails`: and nothing has to be looked at before an
    /// operation.
    pub(super) fn trim(&mut self, flows: bool, sails: bool) {
        self.flowing = self.end.is_none() && flows;
        self.sailing = self.flowing && sails;
    }

    pub(super) fn is_over(&self) -> bool {
        self.end.is_some()
    }

    pub(super) fn end(&self) -> Option<&RunEnd> {
        self.end.as_ref()
    }

    /// The run ends like this, unless it is over already: whether it does.
    pub(super) fn finish(&mut self, end: RunEnd) -> bool {
        if self.is_over() {
            return false;
        }
        self.end = Some(end);
        self.bell.store(true, Ordering::Relaxed);
        true
    }

    pub(super) fn is_stuck(&self) -> bool {
        self.stuck && self.end.is_none()
    }

    /// No thread can go on by itself: whether that is news.
    pub(super) fn get_stuck(&mut self) -> bool {
        !std::mem::replace(&mut self.stuck, true)
    }

    /// A thread can go on again.
    pub(super) fn come_loose(&mut self) {
        self.stuck = false;
    }
}
