//! A `Semaphore`: its state, and what is done to it.

use crate::machine::memory::encode::encoded;
use crate::machine::memory::limit::Limit;

/// A semaphore's state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Semaphore {
    /// The permits that are left.
    pub value: u64,
    /// The most that there may be: a `BoundedSemaphore`'s first value.
    pub bound: Option<u64>,
}

encoded!(struct Semaphore { value, bound });

/// What is done to it.
#[derive(Clone, Debug)]
pub enum Action {
    /// Takes a permit.
    Acquire(Limit),
    /// Gives back so many.
    Release(u64),
}

encoded!(
    enum Action {
        Acquire(limit),
        Release(count),
    }
);
