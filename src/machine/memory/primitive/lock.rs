//! A `Lock`: its state, and what is done to it.

use crate::base::ThreadId;
use crate::machine::memory::encode::encoded;
use crate::machine::memory::limit::Limit;

/// A `Lock`'s state.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lock {
    /// The thread that took it; `None`: free.
    pub owner: Option<ThreadId>,
}

encoded!(struct Lock { owner });

/// What is done to it.
#[derive(Clone, Debug)]
pub enum Action {
    /// Takes it.
    Acquire(Limit),
    /// Releases it.
    Release,
    /// Asks whether it is taken.
    Locked,
}

encoded!(
    enum Action {
        Acquire(limit),
        Release,
        Locked,
    }
);
