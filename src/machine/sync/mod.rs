//! The synchronization primitives, one file each, and the other things that threads do to each other and the world: time,
//! random numbers, threads.
//!
//! Each file holds the primitive's state, its actions, its Python type with methods that make operations, and `perform`
//! and `ready` for them. Semantics are those of CPython's documentation of `threading` and `queue`.
//!
//! *perform* does the action or says what blocks it; it is tried again when *ready* says that it can go on, or with
//! `Alternative::TimeOut` when its limit is over.

pub mod barrier;
pub mod condition;
pub mod event;
pub mod lock;
pub mod queue;
pub mod random;
pub mod rlock;
pub mod semaphore;
pub mod thread;
pub mod time;
