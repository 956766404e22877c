//! What threads wait for: locks, and the ends of other threads. A search asks that of the parts of a state.

use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::machine::memory::limit::Limit;
use crate::machine::memory::object::{Instance, Object, Payload};
use crate::machine::memory::operation::Operation;
use crate::machine::memory::primitive::process;
use crate::machine::memory::thread::Thread;
use crate::machine::memory::trace::Address;
use crate::machine::sync;
use crate::machine::sync::shared::{Phase, Record, Shared};
use crate::machine::sync::{condition, lock, rlock};

/// What keeps a thread from its operation, as long as another thread has it or is alive, for good.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Guard {
    /// A lock.
    Lock(Address),
    /// A thread that is waited for.
    Thread(ThreadId),
}

/// What must come to pass before something else can happen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Need {
    /// There are faults left.
    Fault,
    /// A lock is released.
    Release(Address),
    /// A thread is started.
    Start(ThreadId),
    /// A thread begins to wait to be told.
    Wait(ThreadId),
    /// A thread ends.
    End(ThreadId),
}

impl From<Guard> for Need {
    fn from(guard: Guard) -> Self {
        match guard {
            Guard::Lock(lock) => Need::Release(lock),
            Guard::Thread(thread) => Need::End(thread),
        }
    }
}

/// What must have come to pass before somebody else can come upon the thread's row as it is.
pub fn led_to(thread: ThreadId, row: &Record) -> Option<Need> {
    match row.phase {
        Phase::New => None,
        Phase::Alive if row.waiting.is_some() => Some(Need::Wait(thread)),
        Phase::Alive => Some(Need::Start(thread)),
        Phase::Over(_) => Some(Need::End(thread)),
    }
}

/// Whether a thread with this row is not started yet.
pub fn is_new(row: &Record) -> bool {
    row.phase == Phase::New
}

/// What the thread's operation does to a lock, or to the end of another thread.
enum Deed {
    /// It waits for that, without a limit.
    Awaits(Guard),
    /// It releases the lock.
    Releases(Address),
}

/// Where a search keeps what threads wait for.
pub trait Known {
    /// A shared object, as it was at some time.
    fn object(&self, at: Address) -> Option<&Object>;

    /// The main thread of the process.
    fn main(&self, process: ProcessId) -> Option<ThreadId>;
}

impl Known for Shared {
    fn object(&self, at: Address) -> Option<&Object> {
        self.object(at.process, at.id)
    }

    fn main(&self, process: ProcessId) -> Option<ThreadId> {
        self.processes.get(process).map(|process| process.household.main)
    }
}

fn deed(thread: &Thread, known: &impl Known) -> Option<Deed> {
    let at = |id: &ObjectId| Address::new(thread.process, *id);
    let lock_of = |condition| match known.object(at(condition))? {
        Object::Condition(condition) => Some(at(&condition.lock)),
        _ => None,
    };
    match thread.pending.as_ref()? {
        Operation::Lock(id, lock::Action::Acquire(Limit::Forever))
        | Operation::RLock(id, rlock::Action::Acquire(Limit::Forever)) => Some(Deed::Awaits(Guard::Lock(at(id)))),
        Operation::Condition(id, condition::Action::Acquire(Limit::Forever)) => {
            lock_of(id).map(|lock| Deed::Awaits(Guard::Lock(lock)))
        }
        Operation::Thread(sync::thread::Action::Join(joined, Limit::Forever)) => {
            match known.object(at(&joined.object_id()?))? {
                Object::Instance(Instance { payload: Payload::Thread(Some(data)), .. }) => {
                    Some(Deed::Awaits(Guard::Thread(data.id)))
                }
                _ => None,
            }
        }
        // A process ends with its main thread.
        Operation::Process(process::Action::Wait(joined, Limit::Forever)) => {
            known.main(*joined).map(|main| Deed::Awaits(Guard::Thread(main)))
        }
        Operation::Lock(id, lock::Action::Release) => Some(Deed::Releases(at(id))),
        Operation::Condition(id, condition::Action::Release | condition::Action::Wait(_)) => {
            lock_of(id).map(Deed::Releases)
        }
        Operation::Lock(..) | Operation::RLock(..) | Operation::Condition(..) | Operation::Thread(_) => None,
        // They may let several pass, or wait for what others make.
        Operation::Touch { .. }
        | Operation::Semaphore(..)
        | Operation::Event(..)
        | Operation::Barrier(..)
        | Operation::Queue(..)
        | Operation::Pool(..)
        | Operation::Future(..)
        | Operation::Futures(..)
        | Operation::Channel(..)
        | Operation::World(_)
        | Operation::Process(_)
        | Operation::Time(_)
        | Operation::Log(_)
        | Operation::Signal(_)
        | Operation::Random(_)
        | Operation::Files(_)
        | Operation::Print { .. }
        | Operation::Exit => None,
    }
}

/// What the thread has to wait for before it can do anything else, if its operation is to take a lock, or to join a
/// thread or a process, without a limit.
pub fn guard(thread: &Thread, known: &impl Known) -> Option<Guard> {
    match deed(thread, known)? {
        Deed::Awaits(guard) => Some(guard),
        Deed::Releases(_) => None,
    }
}

/// Which lock the thread is about to release.
pub fn released(thread: &Thread, known: &impl Known) -> Option<Address> {
    match deed(thread, known)? {
        Deed::Releases(lock) => Some(lock),
        Deed::Awaits(_) => None,
    }
}
