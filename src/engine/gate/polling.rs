//! Busy waiting: `while not ready: pass`. Each look takes a little virtual time, so such a wait ends; but until a sleep
//! of seconds is over it would take millions of looks. So when all threads that could go on are in loops that only
//! look, time goes to the next deadline at once: before that nothing would change.
//!
//! Whether that is so depends only on what was performed. Long rows of operations that only look are checked more
//! closely now and then: every thread that performs has to come to a stance that it had before.

use super::State;
use crate::base::ThreadId;
use crate::event::EventKind;
use crate::machine::thread::Thread;
use crate::machine::{self, Readings, Stance};
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
    /// It came to the same again, so it goes round; the system may now let others go for long.
    Again,
}

impl Looks {
    /// A thread has done more than look.
    pub(super) fn end(&mut self) {
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

    /// There were so many more. Whether it is time to check more closely.
    fn add(&mut self, count: u64) -> bool {
        self.count += count;
        self.count >= self.next.max(FIRST)
    }

    /// Whether the thread, which has just looked, is seen for the first time to go round.
    fn is_news(&mut self, thread: &Thread) -> bool {
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
        let Some(stance) = machine::stance(thread, readings) else { return false };
        let again = matches!(seen, Some(Seen::Once(first)) if stance.is_again(first));
        if again || seen.is_none() {
            self.stances.insert(thread.id, if again { Seen::Again } else { Seen::Once(stance) });
        }
        again
    }
}

impl State {
    /// `thread` has performed what came after so many events and operations: if all threads only look, time passes.
    pub(in crate::engine) fn look_for_polling(&mut self, thread: &Thread, events: u64, step: u64) {
        if !self.pace.clock.is_virtual() || self.shared.step == step {
            return;
        }
        let latest = usize::try_from(self.shared.seq - events).unwrap_or(usize::MAX);
        let fresh = &self.shared.events[self.shared.events.len().saturating_sub(latest)..];
        if fresh.is_empty() || !fresh.iter().rev().all(|event| event.kind.is_look()) {
            return self.looks.end();
        }
        for event in fresh.iter().filter(|event| event.kind == EventKind::TimeRead) {
            self.looks.read(event.thread, event.at);
        }
        if !self.looks.add(self.shared.step - step) || self.is_scripted() || self.course.is_over() {
            return;
        }
        if self.looks.is_news(thread)
            && self.all_go_round()
            && let Some(time) = self.next_deadline()
        {
            self.looks.end();
            self.jump_to(time);
        }
    }

    /// Whether all threads that could go on have come to one of their stances again.
    fn all_go_round(&self) -> bool {
        let goes_round = |thread| matches!(self.looks.stances.get(&thread), Some(Seen::Again));
        let mut able = self.shared.able(self.workers.alive());
        able.all(|(thread, _)| self.is_held(thread) || goes_round(thread))
    }
}
