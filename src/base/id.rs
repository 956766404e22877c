//! Ids are newtypes, so that one kind can never be passed for another.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The number of the first process; the others follow in the order they were made.
const FIRST_NUMBER: i64 = 4242;

/// A process: a memory of its own, with threads of its own. 0 is the one that the run begins with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct ProcessId(pub u32);

impl ProcessId {
    /// The process that a run begins with.
    pub const FIRST: ProcessId = ProcessId(0);

    /// What stands for no process: there lies what all can reach.
    pub const WORLD: ProcessId = ProcessId(u32::MAX);

    /// Its number, as the program knows it: what `os.getpid()` says.
    pub fn number(self) -> i64 {
        FIRST_NUMBER + i64::from(self.0)
    }

    /// The process of that number; there may be none.
    pub fn of_number(number: i64) -> ProcessId {
        ProcessId(u32::try_from(number - FIRST_NUMBER).unwrap_or(u32::MAX))
    }

    /// The id as an index into a table with a row for each process.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A Python thread of the scenario, of whatever process. 0 is the first process's main thread; the others count up in the
/// order their `Thread` objects were made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct ThreadId(pub u32);

impl ThreadId {
    /// The thread that a run begins with: the first process's main thread.
    pub const MAIN: ThreadId = ThreadId(0);

    /// The id as an index into a table with a row for each thread.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for ThreadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "T{}", self.0)
    }
}

/// A heap object: the thread that made it, and its place among the objects which that thread made. A process's copy of an
/// object goes by the same id, so an object is told by its process and its id.
///
/// Ids are given out by each thread for itself, so they do not depend on how threads were interleaved, and an object
/// keeps its id when it becomes shared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct ObjectId {
    /// The thread that made the object.
    pub maker: ThreadId,
    /// The object's slot in that thread's arena.
    pub slot: u32,
}

impl ObjectId {
    /// The global variables: the first object of a run. Each process has its own copy of it.
    pub const GLOBALS: ObjectId = ObjectId { maker: ThreadId::MAIN, slot: 0 };

    /// What stands for the maker of objects that lie in no process, and that all processes can reach.
    pub const WORLD: ThreadId = ThreadId(u32::MAX);

    /// Whether the object lies in no process.
    #[inline]
    pub fn is_of_world(self) -> bool {
        self.maker == Self::WORLD
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.maker.0, self.slot)
    }
}

/// An interned name (of a variable, attribute, keyword or function): an index into the program's symbol table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Symbol(pub u32);

impl Symbol {
    /// The symbol as an index into the symbol table.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
