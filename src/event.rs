//! The vocabulary of events: what the machine reports, in causal order, of everything that another thread or a viewer
//! can see. It knows ids and source text (`base`), and faults and signals (`schedule`), since an injected fault is a
//! fact too; of the machine it knows nothing.
//!
//! Thread states follow from the events alone. *Started* makes a thread ready; any operation of its own shows it
//! running; *Blocked* stops it (blocked, waiting or joining, by what it stands before); *Ready* lets it go on; *Ended*
//! is the last. `ThreadState::after` is that rule.

mod breakpoint;
mod called;
mod objects;
mod scalar;
mod state;
mod variables;

pub use breakpoint::{Breakpoint, Breakpoints, Happening, Strike, Writing};
pub use called::Called;
pub use scalar::Scalar;
pub use state::ThreadState;
pub use variables::{Content, Scope, Variable, Variables};

use crate::base::{Flow, ObjectId, ProcessId, Sources, Symbol, ThreadId};
use crate::schedule::{Fault, Signal};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// A recorded fact.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Event {
    /// Its place among all events of the run, from 0, without gaps.
    pub seq: u64,
    /// How many operations had been performed before the one that this event belongs to.
    pub step: u64,
    /// When, in nanoseconds of the run's clock since its start.
    pub at: u64,
    /// The thread that the event is about.
    pub thread: ThreadId,
    /// The line (from 1) where that thread stood; 0 when it has none.
    pub line: u32,
    /// What happened.
    pub kind: EventKind,
}

/// Events are written, sent and read by the million: what is large and rare lies behind a pointer.
const _: () = assert!(size_of::<Event>() <= 80);

/// What happened. `thread` in the comments is the event's own thread.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant's comment names its fields")]
pub enum EventKind {
    /// The thread made a `Thread` object; the new thread is in state new.
    ThreadCreated { new: ThreadId, name: Arc<str>, daemon: bool },
    /// The thread started `started`, which is now ready.
    ThreadStarted { started: ThreadId },
    /// The thread got another name.
    ThreadRenamed { target: ThreadId, name: Arc<str> },
    /// The thread began to run its target.
    Began,
    /// The thread is over.
    Ended { how: Ending },

    /// An object can be seen from now on: a synchronization object was used for the first time, or data became shared.
    ObjectShown { object: ObjectId, what: ObjectKind, name: Arc<str>, state: Box<ObjectState> },

    /// The thread cannot go on.
    Blocked { on: Blocker, until: Option<u64> },
    /// The thread can go on again, because of what `by` did (`None`: time passed, or a fault).
    Ready { by: Option<ThreadId> },
    /// The thread could go on, but the policy picked another one.
    Preempted,
    /// The thread, which was started or preempted and has not run since, computes from now on.
    Resumed,
    /// The person watching holds the thread back from now on, whatever it could do.
    Held,
    /// The person watching has let go of the thread, which was held back.
    LetGo,
    /// A wait or attempt with a limit ended without success.
    TimedOut { on: Blocker },

    /// The thread took a lock; `depth` counts how often it now holds it (above 1 for an RLock only). `limited`: it would not
    /// have waited for ever.
    Acquired { object: ObjectId, depth: u32, limited: bool },
    /// An attempt that does not wait found the object taken, or too few permits.
    AcquireFailed { object: ObjectId },
    /// The thread released a lock; at `depth` 0 it is free.
    Released { object: ObjectId, depth: u32 },
    /// The thread took a permit of a semaphore, which leaves `value`.
    PermitTaken { object: ObjectId, value: u64 },
    /// The thread gave back permits of a semaphore, which now has `value`.
    PermitReturned { object: ObjectId, value: u64 },
    /// The thread notified a condition's waiters and woke `woken` of them.
    Notified { object: ObjectId, woken: u32 },
    /// The thread set an event.
    EventSet { object: ObjectId },
    /// The thread cleared an event.
    EventCleared { object: ObjectId },
    /// The thread arrived at a barrier, where `count` are now.
    BarrierEntered { object: ObjectId, count: u32 },
    /// The thread passed a barrier, which had let the threads of its round go.
    BarrierPassed { object: ObjectId },
    /// The barrier broke.
    BarrierBroken { object: ObjectId },
    /// The barrier was reset.
    BarrierReset { object: ObjectId },
    /// The thread put an item into a queue, which now holds `depth`. Between processes lie copies, of so many `bytes`
    /// now; a queue within a process has none.
    Put { object: ObjectId, item: Shown, depth: u32, bytes: u32 },
    /// Likewise, the thread got an item from a queue.
    Got { object: ObjectId, item: Shown, depth: u32, bytes: u32 },
    /// The thread called a queue's `task_done`; `unfinished` tasks are left.
    TaskDone { object: ObjectId, unfinished: u32 },
    /// The thread handed a task, which `future` stands for, to a pool, where `pending` wait for a worker now.
    Submitted { object: ObjectId, future: ObjectId, pending: u32 },
    /// A pool has one more worker.
    WorkerAdded { object: ObjectId, worker: ThreadId },
    /// The thread, a worker of a pool, began the task that `future` stands for; `pending` are left.
    TaskBegun { object: ObjectId, future: ObjectId, pending: u32 },
    /// The thread, a worker of a pool, is done with its task.
    TaskEnded { object: ObjectId },
    /// The thread shut a pool down, and took `dropped` tasks out of it that nobody had begun.
    PoolShutDown { object: ObjectId, dropped: u32 },
    /// A pool broke, because a worker could not be initialized.
    PoolBroken { object: ObjectId },
    /// A future got into another state.
    FutureChanged { object: ObjectId, state: FutureState },
    /// The thread gave a future a callback for when it is done.
    CallbackAdded { object: ObjectId },
    /// The thread got a future's result, or its exception.
    Obtained { object: ObjectId, answer: Shown },
    /// The thread imported one of the author's own modules: it asked how far that is, or said so. `done`: its code has run.
    Imported { module: Symbol, done: bool },
    /// The thread asked an object for its state (`locked()`, `qsize()`, `is_set()`, …).
    Asked { object: ObjectId, answer: Shown },
    /// The thread saw `target` end.
    Joined { target: ThreadId },
    /// The thread asked whether `target` is alive.
    AskedAlive { target: ThreadId, alive: bool },
    /// The thread slept to the end.
    Slept,
    /// The thread read the clock.
    TimeRead,
    /// The thread drew from the program's random generator.
    Drew { value: Shown },

    /// The thread did something to a file, a folder, or what is typed (then there is no path): to so many bytes.
    Io { deed: Deed, path: Arc<str>, count: u64 },

    /// The thread read shared data.
    Read { place: Place, value: Shown },
    /// The thread wrote shared data.
    Wrote { place: Place, value: Shown },
    /// The thread printed; `text` is exactly what was written, line ends included.
    Printed { text: Arc<str>, error: bool },

    /// The thread made a process; `main` is the one thread of it, which is ready. `forked`: it is a clone of the thread's own, and
    /// has the same ends of channels, and copies of about so many bytes of its memory.
    ProcessStarted { process: ProcessId, main: ThreadId, name: Arc<str>, forked: bool, copied: u64 },
    /// A process is over, with this exit code: 0 or more what it gave, less than 0 the signal that ended it. Its main thread
    /// is the event's.
    ProcessEnded { process: ProcessId, code: i32 },
    /// The thread's process has a copy of an object, which is spoken of for the first time: it is called as `from`, which
    /// another process has that this one comes from, and is in that state; `None`: it looks as `from` does.
    Copied { object: ObjectId, from: ObjectId, state: Option<Box<ObjectState>> },
    /// The thread sent another process a signal.
    ProcessSignalled { main: ThreadId, signal: i32 },

    /// The thread's process has one more of a channel's ends; `writes`: one to send to, else one to receive from. `from` had it
    /// until then, and has sent it.
    EndOpened { object: ObjectId, writes: bool, from: Option<ProcessId> },
    /// The thread's process gave up one of a channel's ends.
    EndClosed { object: ObjectId, writes: bool },

    /// The program set what a signal does; `handled`: the main thread calls a function for it.
    HandlerSet { signal: Signal, handled: bool },
    /// The thread sent the program a signal.
    SignalRaised { signal: Signal },
    /// The main thread stopped what it was doing and took a signal.
    SignalTaken { signal: Signal },

    /// From now on this policy decides which thread goes next. A run begins with `os`, under which all threads go.
    PolicySet { name: Arc<str> },
    /// A fault was injected.
    FaultInjected { fault: Fault },
    /// A fault that had been armed took effect on this operation (a notify was dropped, a release was lost).
    FaultFired { object: ObjectId },
    /// Something is wrong with the program's threads.
    Trouble(Arc<Trouble>),
    /// The program is over; `status` is its exit status.
    ProgramEnded { status: i32 },
}

/// What a thread did to a file or a folder.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// It opened it.
    Opened,
    /// It asked what is there, or went to a place in it.
    Looked,
    /// It read.
    Read,
    /// It wrote.
    Wrote,
    /// It closed it.
    Closed,
    /// It made, removed or renamed it.
    Changed,
    /// It read a line that was typed.
    Typed,
}

/// How a thread ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Ending {
    /// It returned.
    Finished,
    /// An exception was not caught; the text is the traceback's last line.
    Crashed(Arc<str>),
    /// A fault or a signal killed it.
    Killed,
    /// The program ended before it did.
    CutOff,
}

/// What a thread waits for that cannot go on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Blocker {
    /// A lock: the thread is blocked.
    Lock(ObjectId),
    /// Another synchronization object: the thread is waiting.
    Object(ObjectId),
    /// Another thread's end: the thread is joining.
    Thread(ThreadId),
    /// Every other non-daemon thread's end: the main thread at the end of the program is joining.
    Shutdown,
    /// Time: the thread sleeps, which is waiting.
    Time,
    /// A signal.
    Signal,
    /// Something from outside: a file, or what is typed.
    Outside,
    /// A fault froze it: it is waiting until it is thawed.
    Frozen,
    /// A fault delays it: it is waiting until a time.
    Delayed,
    /// A change of what it looks at in a loop, again and again, and that no thread is left to change: another round
    /// would be the same again, so it is stopped there.
    Change,
}

impl Blocker {
    /// The state of a thread that waits for it.
    pub fn state(self) -> ThreadState {
        match self {
            Blocker::Lock(_) => ThreadState::Blocked,
            Blocker::Object(_)
            | Blocker::Time
            | Blocker::Signal
            | Blocker::Outside
            | Blocker::Frozen
            | Blocker::Delayed
            | Blocker::Change => ThreadState::Waiting,
            Blocker::Thread(_) | Blocker::Shutdown => ThreadState::Joining,
        }
    }

    /// The synchronization object, if it is one.
    pub fn object(self) -> Option<ObjectId> {
        match self {
            Blocker::Lock(object) | Blocker::Object(object) => Some(object),
            Blocker::Thread(_)
            | Blocker::Shutdown
            | Blocker::Time
            | Blocker::Signal
            | Blocker::Outside
            | Blocker::Frozen
            | Blocker::Delayed
            | Blocker::Change => None,
        }
    }
}

/// The kinds of objects that are shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum ObjectKind {
    /// `threading.Lock`
    Lock,
    /// `threading.RLock`
    RLock,
    /// `threading.Condition`
    Condition,
    /// `threading.Semaphore`
    Semaphore,
    /// `threading.BoundedSemaphore`
    BoundedSemaphore,
    /// `threading.Event`
    Event,
    /// `threading.Barrier`
    Barrier,
    /// `queue.Queue`
    Queue,
    /// `queue.LifoQueue`
    LifoQueue,
    /// `queue.PriorityQueue`
    PriorityQueue,
    /// `queue.SimpleQueue`
    SimpleQueue,
    /// `concurrent.futures.ThreadPoolExecutor`
    Pool,
    /// `concurrent.futures.Future`
    Future,
    /// Several futures that are waited for together.
    Futures,
    /// A `list`, `dict`, `set` or instance that more than one thread can reach.
    Data,
}

impl ObjectKind {
    /// How many kinds there are.
    pub const COUNT: usize = ObjectKind::Data as usize + 1;

    /// The word for it, as on the screen and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            ObjectKind::Lock => "lock",
            ObjectKind::RLock => "rlock",
            ObjectKind::Condition => "condition",
            ObjectKind::Semaphore => "semaphore",
            ObjectKind::BoundedSemaphore => "bounded semaphore",
            ObjectKind::Event => "event",
            ObjectKind::Barrier => "barrier",
            ObjectKind::Queue => "queue",
            ObjectKind::LifoQueue => "lifo queue",
            ObjectKind::PriorityQueue => "priority queue",
            ObjectKind::SimpleQueue => "simple queue",
            ObjectKind::Pool => "pool",
            ObjectKind::Future => "future",
            ObjectKind::Futures => "futures",
            ObjectKind::Data => "data",
        }
    }
}

/// An object's state when it is first shown.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant's comment names its fields")]
pub enum ObjectState {
    /// A lock, free or held, with its depth.
    Lock { owner: Option<ThreadId>, depth: u32 },
    /// A condition, and the lock that it goes with.
    Condition { lock: ObjectId },
    /// A semaphore's permits.
    Semaphore { value: u64 },
    /// An event, set or not.
    Event { set: bool },
    /// A barrier: how many must come, how many are there, and whether it is broken.
    Barrier { parties: u32, count: u32, broken: bool },
    /// A queue: how many it holds, and at most (0: no limit).
    Queue { depth: u32, capacity: u32 },
    /// A channel between processes, which is empty and has room for so many bytes: the thread's process has both of its ends.
    Channel { capacity: u64 },
    /// A pool: how many workers it may have.
    Pool { limit: u32 },
    /// A future; in a pool, the call that it stands for: `task(3)`.
    Future { state: FutureState, task: Arc<str>, pool: Option<ObjectId> },
    /// Futures that are waited for together.
    Futures { futures: Arc<[ObjectId]> },
    /// Data, as it prints.
    Data { value: Shown },
}

/// How far a future is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum FutureState {
    /// No thread has begun its call.
    Pending,
    /// A thread runs its call.
    Running,
    /// It was cancelled.
    Cancelled,
    /// It has a result.
    Returned(Shown),
    /// It has an exception; the text is the exception's type.
    Raised(Arc<str>),
}

impl FutureState {
    /// The word for it, as on the screen and in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            FutureState::Pending => "pending",
            FutureState::Running => "running",
            FutureState::Cancelled => "cancelled",
            FutureState::Returned(_) | FutureState::Raised(_) => "finished",
        }
    }

    /// Whether it is done for good.
    pub fn is_done(&self) -> bool {
        !matches!(self, FutureState::Pending | FutureState::Running)
    }
}

/// A value as far as events carry it: scalars whole, everything else as a short text.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Shown {
    /// `None`
    None,
    /// `True` or `False`
    Bool(bool),
    /// An integer that fits.
    Int(i64),
    /// A float.
    Float(f64),
    /// What `repr` gives, cut to a short line.
    Text(Arc<str>),
    /// A container of which one item was read or written. It looks like the container.
    Item(Arc<Item>),
}

impl Shown {
    /// The value itself, whichever item of it was read or written.
    pub fn whole(&self) -> &Shown {
        match self {
            Shown::Item(item) => &item.container,
            other => other,
        }
    }

    /// The item that was read or written, if it was one.
    pub fn item(&self) -> Option<&Arc<Item>> {
        if let Shown::Item(item) = self { Some(item) } else { None }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shown::None => f.write_str("None"),
            Shown::Bool(true) => f.write_str("True"),
            Shown::Bool(false) => f.write_str("False"),
            Shown::Int(value) => write!(f, "{value}"),
            Shown::Float(value) => write!(f, "{value:?}"),
            Shown::Text(text) => f.write_str(text),
            Shown::Item(item) => item.container.fmt(f),
        }
    }
}

/// Where shared data stands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant's comment names its fields")]
pub enum Place {
    /// A global variable.
    Global(Symbol),
    /// A variable of a function that an inner function shares with it.
    Cell { object: ObjectId, name: Symbol },
    /// An attribute of an instance or class.
    Attribute { object: ObjectId, name: Symbol },
    /// A container, or one place in it.
    Content { object: ObjectId },
}

/// A container, and the one place in it that was read or written.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Item {
    /// The container.
    pub container: Shown,
    /// The place's index, counted from the front, or its key; keys that are equal look alike. A name without quotes: what
    /// a shared value calls its only place.
    pub key: Shown,
    /// What was read there or written; `None` where there was nothing.
    pub value: Shown,
}

/// Something that is wrong with the program's threads.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Trouble {
    /// What is wrong.
    pub kind: TroubleKind,
    /// The threads concerned; for a deadlock in the order of the cycle: each waits for the next, the last for the first.
    pub threads: Vec<Involved>,
}

/// The kinds of trouble.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant's comment names its fields")]
pub enum TroubleKind {
    /// A cycle of threads, each waiting for the next.
    Deadlock,
    /// These threads wait for something that no thread is left to do.
    Stuck,
    /// `owner` ended while it held `lock`.
    DeadOwner { lock: ObjectId, owner: ThreadId },
    /// An exception ended a thread; the text is the traceback's last line.
    Uncaught { error: Arc<str> },
    /// A thread looks at `what` in a loop, and no thread is left that could change it.
    BusyWait { what: Arc<str> },
}

impl TroubleKind {
    /// The word for it, as on the screen and in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            TroubleKind::Deadlock => "deadlock",
            TroubleKind::Stuck => "stuck",
            TroubleKind::DeadOwner { .. } => "lock held by a dead thread",
            TroubleKind::Uncaught { .. } => "uncaught exception",
            TroubleKind::BusyWait { .. } => "endless busy wait",
        }
    }
}

impl EventKind {
    /// Whether it changes nothing that any thread could see.
    pub fn is_look(&self) -> bool {
        matches!(
            self,
            EventKind::Read { .. }
                | EventKind::AskedAlive { .. }
                | EventKind::Asked { .. }
                | EventKind::TimeRead
                | EventKind::AcquireFailed { .. }
        )
    }
}

/// A thread's part in a trouble.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Involved {
    /// The thread.
    pub thread: ThreadId,
    /// The line where it stands.
    pub line: u32,
    /// What it waits for, if it waits.
    pub waits_for: Option<Blocker>,
    /// The locks that it holds, each with the line where it took it.
    pub holds: Vec<(ObjectId, u32)>,
}

/// Where a thread stands at this moment, which no event says: what it is about to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Position {
    /// The thread.
    pub thread: ThreadId,
    /// The line (from 1) of the scenario where it stands, 0 when it has none (not started, over).
    pub line: u32,
    /// The function that it is in.
    pub function: Arc<str>,
    /// The operation that it attempts next: `acquire`, `read total`, `sleep`; empty while it computes.
    pub next: String,
    /// The synchronization object that the operation is on.
    pub object: Option<ObjectId>,
    /// The person watching holds it back.
    pub held: bool,
}

impl Position {
    /// That of a thread that was not started, or is over.
    pub fn nowhere(thread: ThreadId) -> Position {
        Position { thread, line: 0, function: Arc::from(""), next: String::new(), object: None, held: false }
    }
}

/// What a reader of events needs beside them.
#[derive(Clone, Debug)]
pub struct Legend {
    /// The program's text, file by file.
    pub source: Arc<Sources>,
    /// The names behind symbols.
    pub symbols: Arc<[Arc<str>]>,
    /// Which reads the writes depend on; `None`: races are not looked for.
    pub flow: Option<Arc<dyn Flow>>,
}

impl Legend {
    /// The name behind `symbol`.
    pub fn name(&self, symbol: Symbol) -> &str {
        self.symbols.get(symbol.index()).map_or("?", |name| name)
    }
}
