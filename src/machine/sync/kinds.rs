//! The kinds of synchronization objects: their types, how they print, and the members of modules that give them.

use super::support::address;
use super::{
    arguments, barrier, channel, condition, event, future, futures, lock, pool, queue, rlock, semaphore, thread, time,
    world,
};
use crate::base::{ObjectId, ThreadId};
use crate::machine::data::exception;
use crate::machine::data::repr::ident_of;
use crate::machine::memory::native::{Arguments, Call, Context, Layout, Result, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::value::{Kind, Value};

/// `threading.local`
pub(in crate::machine) static LOCAL: Type = Type {
    name: "_local",
    module: "_thread",
    base: Some(&crate::machine::data::types::OBJECT),
    construct: Some(Call::Plain(construct_local)),
    methods: &[],
    properties: &[],
    layout: Layout::Local,
};

fn construct_local(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    arguments::nothing(ctx, args, "local")?;
    Ok(Value::Object(Kind::Local, ctx.memory.add(Object::Local)))
}

/// The type of a builtin kind of synchronization object, and of `threading.local`.
pub(in crate::machine) fn type_of_kind(kind: Kind) -> &'static Type {
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
            &crate::machine::data::types::OBJECT
        }
    }
}

/// The types of synchronization objects.
pub(in crate::machine) fn types() -> impl Iterator<Item = &'static Type> {
    Kind::SYNC.into_iter().map(type_of_kind)
}

/// A synchronization object as it prints.
pub(in crate::machine) fn repr(kind: Kind, object: &Object, id: ObjectId) -> String {
    let at = address(id);
    let taken = |owner: Option<ThreadId>| if owner.is_some() { "locked" } else { "unlocked" };
    match object {
        Object::Lock(state) => format!("<{} _thread.lock object at {at:#x}>", taken(state.owner)),
        Object::RLock(state) => {
            let owner = state.owner.map_or(0, ident_of);
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
pub(in crate::machine) fn library_function(name: &str) -> Option<Value> {
    let own = thread::LIBRARY.iter().chain([&futures::NEW]).find(|native| native.name == name).map(Value::Native);
    own.or_else(|| world::function(name)).or_else(|| channel::function(name))
}

/// The member of `threading`, `time`, `random` or `queue`.
pub(in crate::machine) fn module_member(module: &str, name: &str) -> Option<Value> {
    match module {
        "threading" => threading(name),
        "time" => time::member(name),
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
