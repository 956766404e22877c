//! Which parts of the state a step has come upon: for a search, which does a step once for all states that agree in them.
//!
//! A state is made of *parts*, each at its *place*. The types that hold parts (the shared heap, the global variables, the
//! threads' rows) have no other way to reach one than through a function that calls [`meet`], if they are traced. A live
//! run traces nothing. What was met is kept beside the operating-system thread that does the step, so no state holds it.

use crate::base::{ObjectId, ProcessId, ThreadId};
use std::cell::{Cell, RefCell};

/// Where an object lies: ids alone do not tell the copies apart that processes have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Address {
    /// In whose memory; [`ProcessId::WORLD`]: in none.
    pub process: ProcessId,
    /// Under which id.
    pub id: ObjectId,
}

impl Address {
    /// That of what the process's threads know under that id.
    pub fn new(process: ProcessId, id: ObjectId) -> Address {
        Address { process: if id.is_of_world() { ProcessId::WORLD } else { process }, id }
    }
}

/// Where a part of the state is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Place {
    /// What belongs to no process.
    Rest,
    /// What belongs to a process, and to no thread and no object of it.
    Process(ProcessId),
    /// A thread's own part.
    Thread(ThreadId),
    /// A thread's row.
    Row(ThreadId),
    /// A global variable of a process, by its `GlobalId`.
    Global(ProcessId, u32),
    /// A shared object, or a thing of the world; of the global variables no more than that they are shared.
    Object(Address),
    /// What was printed so far: only a search knows.
    Output,
    /// How many faults there were so far: likewise.
    Faults,
    /// Who has the interpreter lock and keeps it: likewise.
    Turn,
}

/// Numbers that only grow in most programs, and that few programs read. A search in which nobody has read them leaves them
/// out of the encodings: otherwise a program that goes round would come to ever new states.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Counters {
    /// How often deques were changed: read by who goes through one.
    pub changes: bool,
    /// How many tasks of a queue are unfinished: read by `task_done` and `unfinished_tasks`. `join` asks only whether there
    /// are any.
    pub unfinished: bool,
}

impl Counters {
    /// All of them.
    pub const ALL: Counters = Counters { changes: true, unfinished: true };
    /// None of them.
    pub const NONE: Counters = Counters { changes: false, unfinished: false };

    /// Those, and others.
    pub fn and(self, other: Counters) -> Counters {
        Counters { changes: self.changes || other.changes, unfinished: self.unfinished || other.unfinished }
    }
}

thread_local! {
    static MET: RefCell<Vec<Place>> = const { RefCell::new(Vec::new()) };
    static READ: Cell<Counters> = const { Cell::new(Counters::NONE) };
}

/// These counters were read.
pub(in crate::machine) fn read(counters: Counters) {
    READ.set(READ.get().and(counters));
}

/// The counters that were read on this operating-system thread since this was last asked.
pub fn take_read() -> Counters {
    READ.replace(Counters::NONE)
}

/// The part there was read, or may have been changed.
#[cold]
pub(in crate::machine) fn meet(place: Place) {
    MET.with_borrow_mut(|met| {
        if met.last() != Some(&place) {
            met.push(place);
        }
    });
}

/// What was met since this was last asked, in that order; some of it perhaps more than once.
pub(in crate::machine) fn take_met() -> Vec<Place> {
    MET.with_borrow_mut(std::mem::take)
}
