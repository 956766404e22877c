//! Busy waiting, by the engine's rules (`engine/gate/polling`): when all threads that could go on are in loops that only look
//! at something, time goes to the next deadline.

use crate::base::ThreadId;
use crate::machine::{self, Readings, Stance, Thread};
use std::collections::BTreeMap;

/// How many operations in a row must only look before they are checked more closely; then twice as many, and so on.
const FIRST: u64 = 2_000;
/// So often, each time.
const CLOSE: u32 = 256;

/// The latest operations, as far as they were mere looks.
#[derive(Debug, Default)]
pub(super) struct Looks {
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
    /// It came to the same again, so it goes round.
    Again,
}

impl Looks {
    /// A thread has done more than look.
    pub(super) fn end(&mut self) {
        if self.count > 0 {
            *self = Looks::default();
        }
    }

    /// A thread read the clock at that time.
    pub(super) fn read(&mut self, thread: ThreadId, at: u64) {
        let readings = self.readings.entry(thread).or_default();
        readings.rotate_left(1);
        readings[readings.len() - 1] = at;
    }

    /// There was one more. Whether the thread, which has just looked, is seen for the first time to go round.
    pub(super) fn add(&mut self, thread: &Thread) -> bool {
        self.count += 1;
        if self.count < self.next.max(FIRST) || self.goes_round(thread.id) {
            return false;
        }
        self.tries += 1;
        if self.tries > CLOSE {
            (self.tries, self.next) = (0, self.count * 2);
            self.stances.clear();
            return false;
        }
        let readings = self.readings.get(&thread.id).copied();
        let Some(stance) = machine::stance(thread, readings) else { return false };
        match self.stances.get(&thread.id) {
            Some(Seen::Once(first)) if stance.is_again(first) => {
                self.stances.insert(thread.id, Seen::Again);
                true
            }
            Some(Seen::Once(_) | Seen::Again) => false,
            None => {
                self.stances.insert(thread.id, Seen::Once(stance));
                false
            }
        }
    }

    /// Whether the thread has come to one of its stances again.
    pub(super) fn goes_round(&self, thread: ThreadId) -> bool {
        matches!(self.stances.get(&thread), Some(Seen::Again))
    }
}
