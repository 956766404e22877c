//! Busy waiting: `while not ready: pass`. Each look takes a little virtual time, so such a wait ends; but until a sleep
//! of seconds is over it would take millions of looks. So when all threads that could go on are in loops that only
//! look, time goes to the next deadline at once: before that nothing would change.
//!
//! Whether that is so depends only on what was performed. Long rows of operations that only look are checked more
//! closely now and then: every thread that performs has to come to a stance that it had before.

use super::stance::{Readings, Stance, stance};
use crate::base::ThreadId;
use crate::event::EventKind;
use crate::machine::memory::thread::Thread;
use crate::machine::sync::shared::Shared;
use std::collections::BTreeMap;

/// How many operations in a row must only look before they are checked more closely; then twice as many, and so on.
const FIRST: u64 = 2_000;
/// So often, each time.
const CLOSE: u32 = 256;

/// The latest operations, as far as they were mere looks.
#[derive(Debug, Default)]
pub struct Looks {
    /// How many there were in a row.
    count: u64,
    /// After how many they are checked more closely.
    next: u64,
    /// How often they were checked more closely since.
    tries: u32,
    /// When each thread that read the clock in them did so last.
    readings: BTreeMap<ThreadId, Readings>,
    /// A stance of each thread.
    stances: BTreeMap<ThreadId, Seen>,
}

/// A stance that a thread had.
#[derive(Debug)]
enum Seen {
    Once(Stance),
    /// It came to the same again, so it goes round; the system may now let others go for long.
    Again,
}

impl Looks {
    /// A thread has done more than look.
    pub fn end(&mut self) {
        if self.count > 0 {
            *self = Looks::default();
        }
    }

    /// One of them read the clock at that time.
    fn read(&mut self, thread: ThreadId, at: u64) {
        let readings = self.readings.entry(thread).or_default();
        readings.rotate_left(1);
        readings[readings.len() - 1] = at;
    }

    /// Takes in what a thread has performed after so many events and operations of the run. Whether all that was done lately is to
    /// look, for so long that it is time to check more closely.
    pub fn take_in(&mut self, shared: &Shared, events: u64, step: u64) -> bool {
        if shared.step == step {
            return false;
        }
        let latest = usize::try_from(shared.seq - events).unwrap_or(usize::MAX);
        let fresh = &shared.events[shared.events.len().saturating_sub(latest)..];
        if fresh.is_empty() || !fresh.iter().rev().all(|event| event.kind.is_look()) {
            self.end();
            return false;
        }
        for event in fresh.iter().filter(|event| event.kind == EventKind::TimeRead) {
            self.read(event.thread, event.at);
        }
        self.count += shared.step - step;
        self.count >= self.next.max(FIRST)
    }

    /// Whether the thread, which has just looked, is seen for the first time to go round.
    pub fn is_news(&mut self, thread: &Thread) -> bool {
        let seen = self.stances.get(&thread.id);
        if matches!(seen, Some(Seen::Again)) {
            return false;
        }
        self.tries += 1;
        if self.tries > CLOSE {
            (self.tries, self.next) = (0, self.count * 2);
            self.stances.clear();
            return false;
        }
        let readings = self.readings.get(&thread.id).copied();
        let Some(stance) = stance(thread, readings) else { return false };
        let again = matches!(seen, Some(Seen::Once(first)) if stance.is_again(first));
        if again || seen.is_none() {
            self.stances.insert(thread.id, if again { Seen::Again } else { Seen::Once(stance) });
        }
        again
    }

    /// Whether the thread has come to one of its stances again.
    pub fn goes_round(&self, thread: ThreadId) -> bool {
        matches!(self.stances.get(&thread), Some(Seen::Again))
    }
}
