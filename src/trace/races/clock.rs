//! What happened before what: vector clocks.
//!
//! The *epoch* of a thread is how often it has told others of what it did. A *clock* has, for each thread, up to which epoch
//! what it did is known. An access happened before all that a thread does that knows its epoch.

use crate::base::ThreadId;

/// Up to which epoch what each thread did is known.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::trace) struct Clock(Vec<u32>);

impl Clock {
    /// That of a thread that knows of itself alone.
    pub(in crate::trace) fn of(thread: ThreadId) -> Clock {
        let mut clock = Clock::default();
        clock.tick(thread);
        clock
    }

    /// The epoch of `thread` that is known, 0 for none.
    #[inline]
    pub(in crate::trace) fn epoch(&self, thread: ThreadId) -> u32 {
        self.0.get(thread.index()).copied().unwrap_or(0)
    }

    /// A new epoch of `thread` begins.
    pub(in crate::trace) fn tick(&mut self, thread: ThreadId) {
        let epoch = self.epoch(thread).saturating_add(1);
        self.set(thread, epoch);
    }

    /// Knows of `thread` what there is until that epoch.
    pub(in crate::trace) fn set(&mut self, thread: ThreadId, epoch: u32) {
        if self.0.len() <= thread.index() {
            self.0.resize(thread.index() + 1, 0);
        }
        self.0[thread.index()] = epoch;
    }

    /// Knows what the other one knows besides; whether that is anything new.
    pub(in crate::trace) fn join(&mut self, other: &Clock) -> bool {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        let mut news = false;
        for (known, more) in self.0.iter_mut().zip(&other.0) {
            news |= *known < *more;
            *known = (*known).max(*more);
        }
        news
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_knows_what_it_was_told_and_no_more() {
        let (a, b, c) = (ThreadId(0), ThreadId(1), ThreadId(2));
        let (mut first, mut second) = (Clock::of(a), Clock::of(c));
        second.tick(c);
        assert_eq!((first.epoch(a), first.epoch(c), second.epoch(c)), (1, 0, 2));
        assert!(first.join(&second) && !first.join(&second));
        assert_eq!([a, b, c].map(|thread| first.epoch(thread)), [1, 0, 2]);
        assert!(!first.join(&Clock::of(c)), "that was known, and more");
        assert_eq!(first.epoch(c), 2);
        first.set(b, 7);
        assert_eq!(first.epoch(b), 7);
    }
}
