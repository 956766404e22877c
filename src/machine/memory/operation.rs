//! Operations: the visible actions that a thread attempts. A thread's pending operation is what it stands before at a
//! scheduling point.

use super::primitive;
use super::value::Value;
use crate::base::ObjectId;
use crate::event::Blocker;
use crate::machine::memory::encode::encoded;
use triomphe::Arc;

/// A visible action.
#[derive(Clone, Debug)]
pub enum Operation {
    /// The data instruction at hand, which needs this shared object: it is done again with the shared heap in reach.
    Touch {
        /// The shared object that it came upon first.
        object: ObjectId,
        /// It is going to write.
        write: bool,
    },
    /// On a `threading.Lock`.
    Lock(ObjectId, primitive::lock::Action),
    /// On a `threading.RLock`.
    RLock(ObjectId, primitive::rlock::Action),
    /// On a `threading.Condition`.
    Condition(ObjectId, primitive::condition::Action),
    /// On a `threading.Semaphore` or `BoundedSemaphore`.
    Semaphore(ObjectId, primitive::semaphore::Action),
    /// On a `threading.Event`.
    Event(ObjectId, primitive::event::Action),
    /// On a `threading.Barrier`.
    Barrier(ObjectId, primitive::barrier::Action),
    /// On a `queue.Queue`.
    Queue(ObjectId, primitive::queue::Action),
    /// On a `ThreadPoolExecutor`.
    Pool(ObjectId, primitive::pool::Action),
    /// On a `Future`.
    Future(ObjectId, primitive::future::Action),
    /// On several futures.
    Futures(ObjectId, primitive::futures::Action),
    /// On a channel between processes.
    Channel(ObjectId, primitive::channel::Action),
    /// On what lies in no process.
    World(primitive::world::Action),
    /// On a thread.
    Thread(primitive::thread::Action),
    /// On a process.
    Process(primitive::process::Action),
    /// On time.
    Time(primitive::time::Action),
    /// On loggers.
    Log(Arc<primitive::log::Action>),
    /// On signals.
    Signal(primitive::signal::Action),
    /// On the program's random generator.
    Random(Arc<primitive::random::Action>),
    /// On files, folders, and what is typed.
    Files(Arc<primitive::files::Action>),
    /// Writes text to standard output, or standard error.
    Print {
        /// What is written, line ends included.
        text: std::sync::Arc<str>,
        /// It goes to standard error.
        error: bool,
    },
    /// Ends the thread: its target returned, or an exception was not caught.
    Exit,
}

encoded!(enum Operation {
    Touch { object, write }, Lock(id, action), RLock(id, action), Condition(id, action), Semaphore(id, action),
    Event(id, action), Barrier(id, action), Queue(id, action), Pool(id, action), Future(id, action),
    Futures(id, action), Channel(id, action), World(action), Thread(action), Process(action), Time(action), Log(action), Signal(action), Random(action), Files(action), Print { text, error }, Exit
});

impl Operation {
    /// The synchronization object that it is on.
    pub fn object(&self) -> Option<ObjectId> {
        match self {
            Operation::Lock(id, _)
            | Operation::RLock(id, _)
            | Operation::Condition(id, _)
            | Operation::Semaphore(id, _)
            | Operation::Event(id, _)
            | Operation::Barrier(id, _)
            | Operation::Queue(id, _)
            | Operation::Pool(id, _)
            | Operation::Channel(id, _)
            | Operation::Future(id, _) => Some(*id),
            Operation::Touch { .. }
            | Operation::Futures(..)
            | Operation::World(_)
            | Operation::Thread(_)
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

    /// The object that it makes, if it makes one.
    pub fn makes(&self) -> Option<ObjectId> {
        match self {
            Operation::Pool(pool, primitive::pool::Action::Open) => Some(*pool),
            Operation::Pool(_, primitive::pool::Action::Submit(task)) => Some(task.future),
            _ => None,
        }
    }
}

/// How far an operation got.
#[derive(Debug)]
pub enum Progress {
    /// It is done, with this result.
    Done(Value),
    /// The thread cannot go on before `on` lets it, or time `until` is reached.
    Blocked {
        /// What it stands before.
        on: Blocker,
        /// When its limit ends, in nanoseconds of the run's clock.
        until: Option<u64>,
        /// Where the operation goes on.
        stage: Stage,
    },
}

/// Where an operation that blocked goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Stage {
    /// Which part of the operation comes next.
    pub part: Part,
    /// What the primitive has to remember: a generation, a recursion depth.
    pub memory: u32,
}

encoded!(struct Stage { part, memory });

/// Which part of an operation comes next.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Part {
    /// The first: it was not attempted yet.
    #[default]
    First,
    /// It blocked and is tried again.
    Again,
    /// `Condition.wait` waits to be notified.
    Waiting,
    /// It was notified, and takes its lock again.
    Notified,
    /// Its timeout came first, or an exception: it takes its lock again.
    Expired,
    /// `Barrier.wait` waits to be let in, or another action until the barrier's own call has ended.
    Outside,
    /// It waits inside for the others.
    Inside,
    /// The queue is closed while Python code compares its items.
    Closed,
    /// A handler has run during `signal.pause`.
    Handled,
}

encoded!(kind Part);
