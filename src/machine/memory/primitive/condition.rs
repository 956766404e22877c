//! A `Condition`: its state, and what is done to it.

use crate::base::ObjectId;
use crate::base::ThreadId;
use crate::machine::memory::encode::encoded;
use crate::machine::memory::limit::Limit;

/// A condition's state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Condition {
    /// Its lock, a `Lock` or `RLock`.
    pub lock: ObjectId,
    /// The threads that wait, the first come first.
    pub waiters: Vec<ThreadId>,
}

encoded!(struct Condition { lock, waiters });

/// What is done to it.
#[derive(Clone, Debug)]
pub enum Action {
    /// Takes its lock.
    Acquire(Limit),
    /// Releases its lock.
    Release,
    /// Waits to be notified.
    Wait(Limit),
    /// Wakes so many waiters at most; `None`: all.
    Notify(Option<u32>),
}

encoded!(
    enum Action {
        Acquire(limit),
        Release,
        Wait(limit),
        Notify(count),
    }
);
