//! Operations: the visible actions that a thread attempts. A thread's pending operation is what it stands before at a
//! scheduling point.

use super::value::Value;
use crate::base::ObjectId;
use crate::event::Blocker;
use crate::machine::memory::encode::encoded;
use crate::machine::sync;
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
    Lock(ObjectId, sync::lock::Action),
    /// On a `threading.RLock`.
    RLock(ObjectId, sync::rlock::Action),
    /// On a `threading.Condition`.
    Condition(ObjectId, sync::condition::Action),
    /// On a `threading.Semaphore` or `BoundedSemaphore`.
    Semaphore(ObjectId, sync::semaphore::Action),
    /// On a `threading.Event`.
    Event(ObjectId, sync::event::Action),
    /// On a `threading.Barrier`.
    Barrier(ObjectId, sync::barrier::Action),
    /// On a `queue.Queue`.
    Queue(ObjectId, sync::queue::Action),
    /// On a `ThreadPoolExecutor`.
    Pool(ObjectId, sync::pool::Action),
    /// On a `Future`.
    Future(ObjectId, sync::future::Action),
    /// On several futures.
    Futures(ObjectId, sync::futures::Action),
    /// On a thread.
    Thread(sync::thread::Action),
    /// On time.
    Time(sync::time::Action),
    /// On loggers.
    Log(Arc<crate::machine::run::log::Action>),
    /// On signals.
    Signal(sync::signal::Action),
    /// On the program's random generator.
    Random(Arc<crate::machine::run::random::Action>),
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
    Futures(id, action), Thread(action), Time(action), Log(action), Signal(action), Random(action), Print { text, error }, Exit
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
            | Operation::Future(id, _) => Some(*id),
            _ => None,
        }
    }

    /// The object that it makes, if it makes one.
    pub fn makes(&self) -> Option<ObjectId> {
        match self {
            Operation::Pool(pool, sync::pool::Action::Open) => Some(*pool),
            Operation::Pool(_, sync::pool::Action::Submit(task)) => Some(task.future),
            _ => None,
        }
    }
}

/// How long an operation may wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// As long as it takes.
    Forever,
    /// Not at all.
    Never,
    /// So many nanoseconds.
    Within(u64),
}

encoded!(
    enum Limit {
        Forever,
        Never,
        Within(time),
    }
);

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

/// Where an operation that blocked goes on. What the stages mean is each primitive's own affair; 0 is the first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Stage {
    /// Which part of the operation comes next.
    pub part: u8,
    /// What the primitive has to remember: a generation, a recursion depth.
    pub memory: u32,
}
