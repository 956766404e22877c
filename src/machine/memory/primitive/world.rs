//! What is made so that all processes can reach it.

use crate::base::ObjectId;
use crate::machine::memory::encode::encoded;
use crate::machine::memory::value::Value;
use std::sync::Arc;

/// What is done with the world's objects.
#[derive(Clone, Debug)]
pub enum Action {
    /// Makes one. It is called like the variable that it goes to, and this.
    Make(What, Arc<str>),
    /// Reads a cell.
    Read(ObjectId, usize),
    /// Reads these cells, every so many.
    ReadSlice(ObjectId, usize, usize, usize),
    /// Writes a cell.
    Write(ObjectId, usize, Value),
    /// Asks a semaphore how many permits it has, or a barrier for how many it is.
    Ask(ObjectId),
}

encoded!(
    enum Action {
        Make(what, name),
        Read(cells, index),
        ReadSlice(cells, from, to, step),
        Write(cells, index, value),
        Ask(object),
    }
);

/// What is made.
#[derive(Clone, Debug)]
pub enum What {
    /// A lock.
    Lock,
    /// A lock that its owner may take again.
    RLock,
    /// A semaphore with so many permits; at most as many, if it is bounded.
    Semaphore(u64, bool),
    /// An event.
    Event,
    /// A condition with that lock.
    Condition(ObjectId),
    /// A barrier for so many, which the last one calls something at.
    Barrier(u32, Value),
    /// A channel for so many bytes; the process has both ends.
    Channel(u64),
    /// Cells with these values.
    Cells(Arc<[Value]>),
}

encoded!(
    enum What {
        Lock,
        RLock,
        Semaphore(value, bounded),
        Event,
        Condition(lock),
        Barrier(parties, action),
        Channel(capacity),
        Cells(values),
    }
);
