//! An `RLock`: its state, and what is done to it.

use crate::base::ThreadId;
use crate::machine::memory::encode::encoded;
use crate::machine::memory::limit::Limit;

/// A `RLock`'s state.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RLock {
    /// The thread that took it; `None`: free.
    pub owner: Option<ThreadId>,
    /// How often.
    pub depth: u32,
}

encoded!(struct RLock { owner, depth });

/// What is done to it.
#[derive(Clone, Debug)]
pub enum Action {
    /// Takes it.
    Acquire(Limit),
    /// Releases it.
    Release,
}

encoded!(
    enum Action {
        Acquire(limit),
        Release,
    }
);
