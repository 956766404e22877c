//! The synchronization primitives, one file each, and the other things that threads do to each other and the outside
//! world: threads and time.
//!
//! Each file holds a primitive's Python type, with methods that make operations, and what its actions do, as
//! `primitive` asks for it. What memory holds of it stands in `memory/primitive`. Semantics are those of CPython's
//! documentation of `threading` and `queue`.

pub mod aliases;
pub(in crate::machine) mod arguments;
pub mod barrier;
pub(in crate::machine) mod between;
pub mod channel;
pub mod collect;
pub mod condition;
pub mod event;
pub mod future;
pub mod futures;
pub mod held;
pub(in crate::machine) mod kinds;
pub mod lock;
mod message;
pub(in crate::machine) mod naming;
pub(in crate::machine) mod peek;
pub mod pool;
pub mod primitive;
pub mod process;
pub mod queue;
pub mod rlock;
pub(in crate::machine) mod rows;
pub mod semaphore;
pub mod shared;
pub(in crate::machine) mod show;
pub(in crate::machine) mod spawn;
mod states;
pub(in crate::machine) mod subclass;
pub(in crate::machine) mod support;
pub mod things;
pub mod thread;
pub mod time;
pub(in crate::machine) mod workers;
pub mod world;

#[cfg(test)]
mod tests;
