//! A `Barrier`: its state, and what is done to it.

use crate::base::ThreadId;
use crate::machine::memory::encode::encoded;
use crate::machine::memory::limit::Limit;
use crate::machine::memory::value::Value;

/// A barrier's state.
#[derive(Clone, Debug)]
pub struct Barrier {
    /// How many must come.
    pub parties: u32,
    /// The limit of a `wait` that gives none.
    pub limit: Limit,
    /// What the last thread calls, or `None`.
    pub action: Value,
    /// The threads inside, sorted.
    pub inside: Vec<ThreadId>,
    /// What it is doing.
    pub mode: Mode,
}

encoded!(struct Barrier { parties, limit, action, inside, mode });

impl Barrier {
    /// How many wait, as `n_waiting` says: those inside while it fills.
    pub fn waiting(&self) -> usize {
        if matches!(self.mode, Mode::Filling | Mode::Acting) { self.inside.len() } else { 0 }
    }

    /// Threads may come in, or learn that it is broken.
    pub fn open(&self) -> bool {
        matches!(self.mode, Mode::Filling | Mode::Broken)
    }

    /// A thread leaves; the last one makes a barrier that drains ready for the next round.
    pub fn leave(&mut self, me: ThreadId) {
        self.inside.retain(|inside| *inside != me);
        if self.inside.is_empty() && matches!(self.mode, Mode::Draining | Mode::Resetting) {
            self.mode = Mode::Filling;
        }
    }
}

/// What a barrier is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Threads arrive.
    Filling,
    /// The last thread runs the action.
    Acting,
    /// All have come and leave.
    Draining,
    /// It was reset, and those inside leave with an error.
    Resetting,
    /// It is broken.
    Broken,
}

encoded!(kind Mode);

/// What is done to it.
#[derive(Clone, Debug)]
pub enum Action {
    /// Waits for the others; `None`: with the barrier's own limit.
    Wait(Option<Limit>),
    /// The action is over, well or not.
    Finish(bool),
    /// Breaks it.
    Abort,
    /// Makes it new.
    Reset,
    /// Asks how many wait.
    Waiting,
    /// Asks whether it is broken.
    Broken,
}

encoded!(
    enum Action {
        Wait(limit),
        Finish(well),
        Abort,
        Reset,
        Waiting,
        Broken,
    }
);
