//! What processes do to each other.

use crate::base::{ObjectId, ProcessId};
use crate::machine::memory::encode::encoded;
use crate::machine::memory::limit::Limit;
use crate::machine::memory::primitive::channel::End;
use crate::machine::memory::value::Value;
use std::sync::Arc;

/// What is done with processes.
#[derive(Clone, Debug)]
pub enum Action {
    /// Makes a process that is like this one, with the thread at hand alone: gives its number there, and 0 in the new process.
    /// The name is for the screen.
    Fork(Arc<str>),
    /// Makes a process with a memory of its own: gives its number. What it is told lies there before; these ends of channels
    /// are passed on to it. It runs the scenario's module again, or not.
    Spawn(Arc<str>, Value, Vec<(ObjectId, End)>, bool),
    /// Asks for the number of the process that made this one; 1 when that is over.
    Parent,
    /// Waits for a process to end, and gives its exit code; `None` when the limit is over first.
    Wait(ProcessId, Limit),
    /// Has the process's end told in that channel: its number, and its exit code.
    Tell(ProcessId, ObjectId),
    /// Sends a process a signal, by number.
    Signal(ProcessId, i64),
    /// Waits until no other thread of this process is left that is no daemon.
    Settle,
    /// Ends this process at once, with that exit code.
    Leave(i64),
}

encoded!(
    enum Action {
        Fork(name),
        Spawn(name, told, ends, again),
        Parent,
        Wait(process, limit),
        Tell(process, channel),
        Signal(process, number),
        Settle,
        Leave(code),
    }
);
