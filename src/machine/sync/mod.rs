//! The synchronization primitives, one file each, and the other things that threads do to each other and the outside
//! world: time, random numbers, threads.
//!
//! Each file holds the primitive's state, its actions, its Python type with methods that make operations, and `perform`
//! and `ready` for them. Semantics are those of CPython's documentation of `threading` and `queue`.
//!
//! *perform* does the action or says what blocks it; it is tried again when *ready* says that it can go on, or with
//! `Alternative::TimeOut` when its limit is over.

pub(in crate::machine) mod arguments;
pub mod barrier;
pub mod condition;
pub mod event;
pub mod future;
pub mod futures;
pub mod held;
pub mod lock;
pub(in crate::machine) mod naming;
pub mod pool;
pub mod queue;
pub mod rlock;
pub mod semaphore;
pub mod shared;
pub(in crate::machine) mod show;
pub mod signal;
pub(in crate::machine) mod spawn;
pub(in crate::machine) mod support;
pub mod thread;
pub mod time;

#[cfg(test)]
mod tests;

use crate::machine::run::{log, random};
use support::AGAIN;
pub use support::library_call;

use crate::base::{ObjectId, ThreadId};
use crate::event::Blocker;
use crate::machine::data::exception;
use crate::machine::memory::native::{Arguments, Call, Context, Halt, Layout, Result, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Limit, Operation, Progress, Stage};
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::shared::{Shared, Turn, Waiting};
use crate::schedule::Alternative;

/// `threading.local`
pub static LOCAL: Type = Type {
    name: "_local",
    module: "_thread",
    base: Some(&super::data::types::OBJECT),
    construct: Some(Call::Plain(construct_local)),
    methods: &[],
    properties: &[],
    layout: Layout::Final,
};

fn construct_local(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    arguments::nothing(ctx, args, "local")?;
    Ok(Value::Object(Kind::Local, ctx.memory.add(Object::Local)))
}

/// Does an operation on a synchronization object, a thread, time or random numbers, or says what blocks it.
///
/// # Errors
/// What the operation raises. `Halt::Shared` for an operation that is not of this kind.
pub fn perform(turn: &mut Turn<'_>, operation: &Operation, stage: Stage, alternative: Alternative) -> Result<Progress> {
    match operation {
        Operation::Lock(id, action) => lock::perform(turn, *id, action, stage, alternative),
        Operation::RLock(id, action) => rlock::perform(turn, *id, action, stage, alternative),
        Operation::Condition(id, action) => condition::perform(turn, *id, action, stage, alternative),
        Operation::Semaphore(id, action) => semaphore::perform(turn, *id, action, stage, alternative),
        Operation::Event(id, action) => event::perform(turn, *id, action, stage, alternative),
        Operation::Barrier(id, action) => barrier::perform(turn, *id, action, stage, alternative),
        Operation::Queue(id, action) => queue::perform(turn, *id, action, stage, alternative),
        Operation::Pool(id, action) => pool::perform(turn, *id, action, stage, alternative),
        Operation::Future(id, action) => future::perform(turn, *id, action, stage, alternative),
        Operation::Futures(id, action) => futures::perform(turn, *id, action, stage, alternative),
        Operation::Thread(action) => thread::perform(turn, action, stage, alternative),
        Operation::Time(action) => time::perform(turn, *action, stage),
        Operation::Signal(action) => signal::perform(turn, action, stage),
        Operation::Log(action) => log::perform(turn, action),
        Operation::Random(action) => random::perform(turn, action),
        Operation::Touch { object, write } => Err(Halt::Shared { object: *object, write: *write }),
        Operation::Print { .. } | Operation::Exit => {
            Err(turn.error(&exception::RUNTIME_ERROR, "printing and ending are not done here"))
        }
    }
}

/// Whether a thread could go on with an operation that has come to this stage.
pub fn ready(shared: &Shared, me: ThreadId, operation: &Operation, stage: Stage) -> bool {
    match operation {
        Operation::Lock(id, action) => lock::ready(shared, me, *id, action, stage),
        Operation::RLock(id, action) => rlock::ready(shared, me, *id, action, stage),
        Operation::Condition(id, action) => condition::ready(shared, me, *id, action, stage),
        Operation::Semaphore(id, action) => semaphore::ready(shared, me, *id, action, stage),
        Operation::Event(id, action) => event::ready(shared, me, *id, action, stage),
        Operation::Barrier(id, action) => barrier::ready(shared, me, *id, action, stage),
        Operation::Queue(id, action) => queue::ready(shared, me, *id, action, stage),
        Operation::Pool(id, action) => pool::ready(shared, me, *id, action, stage),
        Operation::Future(id, action) => future::ready(shared, me, *id, action, stage),
        Operation::Futures(id, action) => futures::ready(shared, me, *id, action, stage),
        Operation::Thread(action) => thread::ready(shared, me, action, stage),
        Operation::Time(action) => time::ready(shared, me, *action, stage),
        Operation::Signal(action) => signal::ready(shared, action, stage),
        Operation::Exit => !crate::machine::run::end::anybody_left(shared),
        Operation::Log(_) | Operation::Random(_) | Operation::Touch { .. } | Operation::Print { .. } => true,
    }
}

/// Whether the operation, which was not attempted yet, cannot go on now, and an attempt would do no more than stop the
/// thread. With a limit an attempt does more: the limit begins.
pub fn refuses(shared: &Shared, me: ThreadId, operation: &Operation) -> bool {
    let waits = match operation {
        Operation::Lock(_, action) => matches!(action, lock::Action::Acquire(Limit::Forever)),
        Operation::RLock(_, action) => matches!(action, rlock::Action::Acquire(Limit::Forever)),
        Operation::Condition(_, action) => matches!(action, condition::Action::Acquire(Limit::Forever)),
        Operation::Semaphore(_, action) => matches!(action, semaphore::Action::Acquire(Limit::Forever)),
        Operation::Queue(id, action) => queue::waits(shared, *id, action),
        Operation::Future(_, action) => {
            matches!(action, future::Action::Result(Limit::Forever) | future::Action::Exception(Limit::Forever))
        }
        Operation::Thread(action) => thread::waits(shared, me, action),
        Operation::Event(..)
        | Operation::Barrier(..)
        | Operation::Pool(..)
        | Operation::Futures(..)
        | Operation::Time(_)
        | Operation::Signal(_)
        | Operation::Log(_)
        | Operation::Random(_)
        | Operation::Touch { .. }
        | Operation::Print { .. }
        | Operation::Exit => false,
    };
    // The first attempt also makes the object shared.
    let is_shared = operation.object().is_none_or(|id| shared.heap.get(id).is_some());
    waits && is_shared && !ready(shared, me, operation, Stage { part: AGAIN, memory: 0 })
}

/// A thread stops waiting, because it is killed or an exception is raised in it: it leaves every list of waiters.
pub fn cancel(shared: &mut Shared, me: ThreadId, waiting: &Waiting) {
    let stage = waiting.stage;
    match &waiting.operation {
        Operation::Lock(id, action) => lock::cancel(shared, me, *id, action, stage),
        Operation::RLock(id, action) => rlock::cancel(shared, me, *id, action, stage),
        Operation::Condition(id, action) => condition::cancel(shared, me, *id, action, stage),
        Operation::Semaphore(id, action) => semaphore::cancel(shared, me, *id, action, stage),
        Operation::Event(id, action) => event::cancel(shared, me, *id, action, stage),
        Operation::Barrier(id, action) => barrier::cancel(shared, me, *id, action, stage),
        Operation::Queue(id, action) => queue::cancel(shared, me, *id, action, stage),
        Operation::Pool(..)
        | Operation::Future(..)
        | Operation::Futures(..)
        | Operation::Thread(_)
        | Operation::Time(_)
        | Operation::Signal(_)
        | Operation::Log(_)
        | Operation::Random(_)
        | Operation::Touch { .. }
        | Operation::Print { .. }
        | Operation::Exit => {}
    }
}

/// What a waiting thread has to do before an exception from outside may be raised in it: a `Condition.wait` takes its
/// lock again first. It then waits for this, at this stage, without a limit; `None`: it has to do nothing.
pub fn unwind(shared: &Shared, waiting: &Waiting) -> Option<(Blocker, Stage)> {
    match &waiting.operation {
        Operation::Condition(id, action) => condition::unwind(shared, *id, action, waiting.stage),
        _ => None,
    }
}

/// The operation that `with object:` begins with; `None`: it is no context manager.
pub fn enter(kind: Kind, id: ObjectId) -> Option<Operation> {
    Some(match kind {
        Kind::Lock => Operation::Lock(id, lock::Action::Acquire(Limit::Forever)),
        Kind::RLock => Operation::RLock(id, rlock::Action::Acquire(Limit::Forever)),
        Kind::Condition => Operation::Condition(id, condition::Action::Acquire(Limit::Forever)),
        Kind::Semaphore | Kind::BoundedSemaphore => {
            Operation::Semaphore(id, semaphore::Action::Acquire(Limit::Forever))
        }
        _ => return None,
    })
}

/// The operation that `with object:` ends with; `None`: it is no context manager.
pub fn exit(kind: Kind, id: ObjectId) -> Option<Operation> {
    Some(match kind {
        Kind::Lock => Operation::Lock(id, lock::Action::Release),
        Kind::RLock => Operation::RLock(id, rlock::Action::Release),
        Kind::Condition => Operation::Condition(id, condition::Action::Release),
        Kind::Semaphore | Kind::BoundedSemaphore => Operation::Semaphore(id, semaphore::Action::Release(1)),
        _ => return None,
    })
}

/// What an operation does, as a verb that the object's name may follow.
pub fn describe(operation: &Operation) -> &'static str {
    match operation {
        Operation::Lock(_, action) => match action {
            lock::Action::Acquire(_) => "acquire",
            lock::Action::Release => "release",
            lock::Action::Locked => "ask",
        },
        Operation::RLock(_, rlock::Action::Acquire(_)) => "acquire",
        Operation::RLock(_, rlock::Action::Release) => "release",
        Operation::Condition(_, action) => match action {
            condition::Action::Acquire(_) => "acquire",
            condition::Action::Release => "release",
            condition::Action::Wait(_) => "wait for",
            condition::Action::Notify(_) => "notify",
        },
        Operation::Semaphore(_, semaphore::Action::Acquire(_)) => "acquire",
        Operation::Semaphore(_, semaphore::Action::Release(_)) => "release",
        Operation::Event(_, action) => match action {
            event::Action::Set => "set",
            event::Action::Clear => "clear",
            event::Action::IsSet => "ask",
            event::Action::Wait(_) => "wait for",
        },
        Operation::Barrier(_, action) => match action {
            barrier::Action::Wait(_) => "wait at",
            barrier::Action::Finish(_) => "open",
            barrier::Action::Abort => "break",
            barrier::Action::Reset => "reset",
            barrier::Action::Waiting | barrier::Action::Broken => "ask",
        },
        Operation::Queue(_, action) => match action {
            queue::Action::Put { .. } => "put into",
            queue::Action::Get(_) => "get from",
            queue::Action::Settle(_) => "order",
            queue::Action::TaskDone => "report a task done to",
            queue::Action::Join => "wait for",
            queue::Action::Size | queue::Action::Empty | queue::Action::Full => "ask",
        },
        Operation::Pool(_, action) => match action {
            pool::Action::Open => "make",
            pool::Action::Submit(_) => "submit to",
            pool::Action::Next => "take a task from",
            pool::Action::Finish { .. } | pool::Action::Rest => "end a task of",
            pool::Action::Close(_) => "shut down",
            pool::Action::Break(_) => "break",
        },
        Operation::Future(_, action) => match action {
            future::Action::Result(_) | future::Action::Exception(_) => "wait for",
            future::Action::Ask(_) => "ask",
            future::Action::Cancel => "cancel",
            future::Action::AddCallback(_) => "add a callback to",
            future::Action::Begin => "begin",
            future::Action::SetResult(_) | future::Action::SetException(_) => "finish",
        },
        Operation::Futures(..) => "wait for",
        Operation::Thread(action) => match action {
            thread::Action::New(_) => "make a thread",
            thread::Action::Start(_) => "start a thread",
            thread::Action::Join(..) => "join a thread",
            thread::Action::Alive(_) => "ask whether a thread is alive",
            thread::Action::Rename(..) => "rename a thread",
            thread::Action::SetDaemon(..) => "set whether a thread is a daemon",
            thread::Action::Main | thread::Action::Count | thread::Action::Enumerate => "ask for threads",
        },
        Operation::Time(time::Action::Sleep(_)) => "sleep",
        Operation::Time(time::Action::Read { .. }) => "read the clock",
        Operation::Log(action) => match &**action {
            log::Action::Emit(_) => "log",
            _ => "set up logging",
        },
        Operation::Signal(action) => match action {
            signal::Action::Set(..) => "set a handler",
            signal::Action::Get(_) => "ask for a handler",
            signal::Action::Raise(..) => "send a signal",
            signal::Action::Pause => "wait for a signal",
            signal::Action::Leave(_) => "go on",
        },
        Operation::Random(action) => random::verb(action),
        Operation::Touch { write: true, .. } => "write",
        Operation::Touch { write: false, .. } => "read",
        Operation::Print { .. } => "print",
        Operation::Exit => "end",
    }
}

/// The type of a builtin kind of synchronization object, and of `threading.local`.
pub fn type_of_kind(kind: Kind) -> &'static Type {
    match kind {
        Kind::Lock => &lock::TYPE,
        Kind::RLock => &rlock::TYPE,
        Kind::Condition => &condition::TYPE,
        Kind::Semaphore => &semaphore::TYPE,
        Kind::BoundedSemaphore => &semaphore::BOUNDED,
        Kind::Event => &event::TYPE,
        Kind::Barrier => &barrier::TYPE,
        Kind::Queue => &queue::TYPE,
        Kind::LifoQueue => &queue::LIFO,
        Kind::PriorityQueue => &queue::PRIORITY,
        Kind::SimpleQueue => &queue::SIMPLE,
        Kind::Pool => &pool::TYPE,
        Kind::Future => &future::TYPE,
        Kind::Futures => &futures::TYPE,
        Kind::Local => &LOCAL,
        Kind::List | Kind::Dict | Kind::Set | Kind::FrozenSet | Kind::Deque | Kind::Iterator | Kind::Generator => {
            &super::data::types::OBJECT
        }
    }
}

/// The types of synchronization objects.
pub fn types() -> impl Iterator<Item = &'static Type> {
    let kinds = [
        Kind::Lock,
        Kind::RLock,
        Kind::Condition,
        Kind::Semaphore,
        Kind::BoundedSemaphore,
        Kind::Event,
        Kind::Barrier,
        Kind::Queue,
        Kind::LifoQueue,
        Kind::PriorityQueue,
        Kind::SimpleQueue,
        Kind::Pool,
        Kind::Future,
        Kind::Futures,
    ];
    kinds.into_iter().map(type_of_kind)
}

/// What stands for an object's address when it prints.
pub fn address(id: ObjectId) -> u64 {
    0x7f00_0000_0000 + (u64::from(id.maker.0) << 32) + u64::from(id.slot) * 16
}

/// A synchronization object as it prints.
pub fn repr(kind: Kind, object: &Object, id: ObjectId) -> String {
    let at = address(id);
    let taken = |owner: Option<ThreadId>| if owner.is_some() { "locked" } else { "unlocked" };
    match object {
        Object::Lock(state) => format!("<{} _thread.lock object at {at:#x}>", taken(state.owner)),
        Object::RLock(state) => {
            let owner = state.owner.map_or(0, thread::ident_of);
            let word = taken(state.owner);
            format!("<{word} _thread.RLock object owner={owner} count={} at {at:#x}>", state.depth)
        }
        Object::Condition(state) => {
            format!("<Condition(<lock at {:#x}>, {})>", address(state.lock), state.waiters.len())
        }
        Object::Semaphore(state) => {
            let bound = state.bound.map(|bound| format!("/{bound}")).unwrap_or_default();
            format!("<threading.{} at {at:#x}: value={}{bound}>", type_of_kind(kind).name, state.value)
        }
        Object::Event(state) => {
            format!("<threading.Event at {at:#x}: {}>", if state.set { "set" } else { "unset" })
        }
        Object::Barrier(state) if state.mode == barrier::Mode::Broken => {
            format!("<threading.Barrier at {at:#x}: broken>")
        }
        Object::Barrier(state) => {
            format!("<threading.Barrier at {at:#x}: waiters={}/{}>", state.waiting(), state.parties)
        }
        Object::Future(state) => future::repr(state, at),
        _ => {
            let class = type_of_kind(kind);
            format!("<{}.{} object at {at:#x}>", class.module, class.name)
        }
    }
}

/// A function that library code written in Python calls.
pub fn library_function(name: &str) -> Option<Value> {
    let futures = || (name == futures::NEW.name).then_some(Value::Native(&futures::NEW));
    signal::function(name).or_else(|| log::function(name)).or_else(futures)
}

/// The member of `threading`, `time`, `random` or `queue`.
pub fn module_member(module: &str, name: &str) -> Option<Value> {
    match module {
        "threading" => threading(name),
        "time" => time::member(name),
        "random" => random::member(name),
        "concurrent.futures" => concurrent_futures(name),
        "concurrent.futures.thread" => Some(Value::Type(match name {
            "BrokenThreadPool" => &exception::BROKEN_THREAD_POOL,
            "ThreadPoolExecutor" => &pool::TYPE,
            _ => return None,
        })),
        "queue" => Some(Value::Type(match name {
            "Queue" => &queue::TYPE,
            "LifoQueue" => &queue::LIFO,
            "PriorityQueue" => &queue::PRIORITY,
            "SimpleQueue" => &queue::SIMPLE,
            "Empty" => &exception::QUEUE_EMPTY,
            "Full" => &exception::QUEUE_FULL,
            _ => return None,
        })),
        _ => None,
    }
}

fn concurrent_futures(name: &str) -> Option<Value> {
    Some(Value::Type(match name {
        "BrokenExecutor" => &exception::BROKEN_EXECUTOR,
        "CancelledError" => &exception::CANCELLED_ERROR,
        "Executor" => &pool::EXECUTOR,
        "Future" => &future::TYPE,
        "InvalidStateError" => &exception::INVALID_STATE_ERROR,
        "ThreadPoolExecutor" => &pool::TYPE,
        "TimeoutError" => &exception::TIMEOUT_ERROR,
        "FIRST_COMPLETED" | "FIRST_EXCEPTION" | "ALL_COMPLETED" => return Some(Value::str(name)),
        _ => return None,
    }))
}

fn threading(name: &str) -> Option<Value> {
    let class = match name {
        "Lock" => &lock::TYPE,
        "RLock" => &rlock::TYPE,
        "Condition" => &condition::TYPE,
        "Semaphore" => &semaphore::TYPE,
        "BoundedSemaphore" => &semaphore::BOUNDED,
        "Event" => &event::TYPE,
        "Barrier" => &barrier::TYPE,
        "Thread" => &thread::TYPE,
        "local" => &LOCAL,
        "BrokenBarrierError" => &exception::BROKEN_BARRIER_ERROR,
        "ThreadError" => &exception::RUNTIME_ERROR,
        "TIMEOUT_MAX" => return Some(Value::Float(arguments::TIMEOUT_MAX)),
        _ => return thread::function(name),
    };
    Some(Value::Type(class))
}
