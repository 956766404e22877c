//! The record of a run: every choice, as it is made; nothing, if no recording is wanted.
//!
//! An entry is written where the run has last been said to be: [`Journal::go_to`] comes before what is recorded.

use crate::base::ThreadId;
use crate::engine::run::RunEnd;
use crate::machine::shared::Shared;
use crate::schedule::tape::{Check, Close, Start, Tape, Unwritable};
use crate::schedule::{Alternative, Choice};
use std::sync::Arc;

/// The tape of a run that is recorded.
#[derive(Debug)]
pub(super) struct Journal {
    tape: Option<Tape>,
    /// Why something is missing on it.
    failure: Option<Unwritable>,
}

/// Where the last operation of `me` has led.
#[inline]
pub(super) fn check(shared: &Shared, me: ThreadId) -> Check {
    let line = shared.threads.get(me.index()).map_or(0, |record| record.line);
    Check::new(line, shared.seq)
}

impl Journal {
    pub(super) fn new(record: bool) -> Self {
        Journal { tape: record.then(Tape::default), failure: None }
    }

    /// What is recorded next happens here.
    #[inline]
    pub(super) fn go_to(&mut self, shared: &Shared) {
        let Shared { now: clock, seq: events, step, .. } = *shared;
        if let Some(tape) = &mut self.tape {
            tape.go_to(Start { clock, events, step });
        }
    }

    /// `me`, which was computing, has looked up after so many turns and performed.
    pub(super) fn struck(&mut self, shared: &Shared, me: ThreadId, turns: u64) {
        if let Some(tape) = &mut self.tape {
            tape.struck(me, turns, check(shared, me));
        }
    }

    /// `me` has performed so many times since.
    #[inline]
    pub(super) fn steps(&mut self, shared: &Shared, me: ThreadId, alternative: Alternative, count: u64) {
        if let Some(tape) = &mut self.tape {
            tape.steps(me, alternative, count, check(shared, me));
        }
    }

    /// Any other choice.
    pub(super) fn choice(&mut self, choice: &Choice) {
        if let Some(tape) = &mut self.tape
            && let Err(failure) = tape.choice(choice)
        {
            self.failure.get_or_insert(failure);
        }
    }

    /// Why the record is not whole any more, if it is not.
    pub(super) fn failure(&self) -> Option<&Unwritable> {
        self.failure.as_ref()
    }

    /// Nothing is recorded any more.
    pub(super) fn close(&mut self, end: &RunEnd) {
        let Some(tape) = &mut self.tape else { return };
        tape.close(match end {
            RunEnd::Exited(_) => Close::Exited,
            RunEnd::Stuck => Close::Stuck,
            RunEnd::Aborted | RunEnd::Parted(_) | RunEnd::Failed(_) => Close::Aborted,
        });
    }

    /// The whole blocks of the tape that were not fetched yet.
    pub(super) fn fetch(&mut self) -> Vec<Arc<[u8]>> {
        self.tape.as_mut().map(Tape::fetch).unwrap_or_default()
    }

    /// The unfinished block.
    pub(super) fn open_block(&self) -> Option<Arc<[u8]>> {
        self.tape.as_ref()?.peek()
    }
}
