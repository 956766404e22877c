//! The types of the synchronization objects that processes share, `multiprocessing.synchronize`: they do what those of
//! `threading` do (the same operations), and differ in how they are called and in the words of their errors.

use super::arguments::{Signature, limit, nothing, receiver, truth};
use super::{barrier, condition, event, lock, rlock, semaphore, world};
use crate::machine::data::types::OBJECT;
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Arguments, Call, Context, Layout, Native, Result, Type};
use crate::machine::memory::operation::Operation;
use crate::machine::memory::value::{Kind, Value};

/// Declares the types.
macro_rules! types {
    ($($constant:ident $name:literal: $methods:expr, $properties:expr;)*) => {
        $(
            static $constant: Type = Type {
                name: $name,
                module: "multiprocessing.synchronize",
                base: Some(&OBJECT),
                construct: None,
                methods: $methods,
                properties: $properties,
                layout: Layout::Final,
            };
        )*
    };
}

types! {
    LOCK "Lock": LOCK_METHODS, &[];
    RLOCK "RLock": LOCK_METHODS, &[];
    SEMAPHORE "Semaphore": SEMAPHORE_METHODS, &[];
    BOUNDED "BoundedSemaphore": SEMAPHORE_METHODS, &[];
    EVENT "Event": event::METHODS, &[];
    CONDITION "Condition": CONDITION_METHODS, &[];
    BARRIER "Barrier": barrier::METHODS, BARRIER_PROPERTIES;
}

static LOCK_METHODS: &[Native] = &[
    Native { name: "acquire", call: Call::Operation(acquire) },
    Native { name: "release", call: Call::Operation(release) },
    Native { name: "__enter__", call: Call::Operation(enter) },
    Native { name: "__exit__", call: Call::Operation(exit) },
];

static SEMAPHORE_METHODS: &[Native] = &[
    Native { name: "acquire", call: Call::Operation(acquire) },
    Native { name: "release", call: Call::Operation(release) },
    Native { name: "get_value", call: Call::Operation(value) },
    Native { name: "__enter__", call: Call::Operation(enter) },
    Native { name: "__exit__", call: Call::Operation(exit) },
];

static CONDITION_METHODS: &[Native] = &[
    Native { name: "acquire", call: Call::Operation(acquire) },
    Native { name: "release", call: Call::Operation(release) },
    Native { name: "__enter__", call: Call::Operation(enter) },
    Native { name: "__exit__", call: Call::Operation(exit) },
    Native { name: "wait", call: Call::Operation(condition::wait) },
    Native { name: "wait_for", call: Call::Plain(condition::wait_for) },
    Native { name: "notify", call: Call::Operation(condition::notify) },
    Native { name: "notify_all", call: Call::Operation(condition::notify_all) },
];

static BARRIER_PROPERTIES: &[Native] = &[
    Native { name: "parties", call: Call::Operation(value) },
    Native { name: "n_waiting", call: Call::Operation(barrier::waiting) },
    Native { name: "broken", call: Call::Operation(barrier::broken) },
];

/// What has the methods above.
const KINDS: &[Kind] =
    &[Kind::Lock, Kind::RLock, Kind::Semaphore, Kind::BoundedSemaphore, Kind::Condition, Kind::Barrier];

/// The type of a synchronization object of the world.
pub(in crate::machine) fn type_of_kind(kind: Kind) -> &'static Type {
    match kind {
        Kind::Lock => &LOCK,
        Kind::RLock => &RLOCK,
        Kind::Semaphore => &SEMAPHORE,
        Kind::BoundedSemaphore => &BOUNDED,
        Kind::Event => &EVENT,
        Kind::Condition => &CONDITION,
        Kind::Barrier => &BARRIER,
        Kind::List
        | Kind::Dict
        | Kind::Set
        | Kind::FrozenSet
        | Kind::Deque
        | Kind::Iterator
        | Kind::Generator
        | Kind::Local
        | Kind::Queue
        | Kind::LifoQueue
        | Kind::PriorityQueue
        | Kind::SimpleQueue
        | Kind::Pool
        | Kind::Future
        | Kind::Futures => &OBJECT, // the world has none of these
    }
}

/// What is to be done with the object: to take it, or to give it back.
fn operation(ctx: &mut Context<'_>, args: Arguments<'_>, name: &str, takes: Option<Limit>) -> Result<Operation> {
    let id = receiver(ctx, args, KINDS, name)?;
    let kind = match args.positional.first() {
        Some(Value::Object(kind, _)) => *kind,
        _ => Kind::Lock,
    };
    Ok(match (kind, takes) {
        (Kind::RLock, Some(limit)) => Operation::RLock(id, rlock::Action::Acquire(limit)),
        (Kind::RLock, None) => Operation::RLock(id, rlock::Action::Release),
        (Kind::Condition, Some(limit)) => Operation::Condition(id, condition::Action::Acquire(limit)),
        (Kind::Condition, None) => Operation::Condition(id, condition::Action::Release),
        (Kind::Semaphore | Kind::BoundedSemaphore, Some(limit)) => {
            Operation::Semaphore(id, semaphore::Action::Acquire(limit))
        }
        (Kind::Semaphore | Kind::BoundedSemaphore, None) => Operation::Semaphore(id, semaphore::Action::Release(1)),
        (_, Some(limit)) => Operation::Lock(id, lock::Action::Acquire(limit)),
        (_, None) => Operation::Lock(id, lock::Action::Release),
    })
}

/// `acquire(block=True, timeout=None)`
fn acquire(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let [block, timeout] = Signature::method("acquire", ["block", "timeout"], 0).bind(ctx, args)?;
    let limit = if block.as_ref().is_none_or(truth) { limit(ctx, timeout.as_ref())? } else { Limit::Never };
    operation(ctx, args, "acquire", Some(limit))
}

fn release(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "release")?;
    operation(ctx, args, "release", None)
}

fn enter(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    operation(ctx, args, "__enter__", Some(Limit::Forever))
}

fn exit(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    operation(ctx, args, "__exit__", None)
}

fn value(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::World(world::Action::Ask(receiver(ctx, args, KINDS, "get_value")?)))
}
