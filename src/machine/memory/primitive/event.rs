//! An `Event`: its state, and what is done to it.

use crate::base::ThreadId;
use crate::machine::memory::encode::encoded;
use crate::machine::memory::limit::Limit;

/// An event's state.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Event {
    /// It is set.
    pub set: bool,
    /// The threads that wait, sorted. `set` lets these threads go, even if `clear` follows before they ran.
    pub waiters: Vec<ThreadId>,
}

encoded!(struct Event { set, waiters });

/// What is done to it.
#[derive(Clone, Debug)]
pub enum Action {
    /// Sets it.
    Set,
    /// Clears it.
    Clear,
    /// Asks whether it is set.
    IsSet,
    /// Waits until it is set.
    Wait(Limit),
}

encoded!(
    enum Action {
        Set,
        Clear,
        IsSet,
        Wait(limit),
    }
);
