//! What comes from outside, and what goes there.

use super::State;
use crate::base::ThreadId;
use crate::machine::files::{self, Want};
use crate::schedule::{Choice, Given};
use triomphe::Arc;

impl State {
    /// What the thread waits for, if that has to come from outside, and no tape brings it.
    pub(in crate::engine) fn wanted(&self, me: ThreadId) -> Option<Want> {
        if self.is_scripted() || self.course.is_over() { None } else { files::wanted(&self.shared, me) }
    }

    /// Whether a thread waits for a line to be typed.
    pub(in crate::engine) fn wants_line(&mut self) -> bool {
        let threads = (0..self.shared.threads.len() as u32).map(ThreadId);
        { threads }.any(|thread| self.wanted(thread) == Some(Want::Line))
    }

    /// Something comes from outside.
    pub(in crate::engine) fn give(&mut self, given: &Given) {
        if self.course.is_over() {
            return;
        }
        self.record(&Choice::Given(given.clone()));
        self.looks.end();
        files::give(&mut self.shared, given);
        self.follow();
    }

    /// What the program has done to the disk since this was last asked.
    #[inline]
    pub(in crate::engine) fn take_changes(&mut self) -> Vec<files::Change> {
        if self.shared.outside.is_unchanged() {
            return Vec::new();
        }
        Arc::make_mut(&mut self.shared.outside).take_changes()
    }
}
