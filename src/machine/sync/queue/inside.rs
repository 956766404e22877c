//! What textbooks touch inside of a queue: `queue`, `mutex`, the conditions `not_empty`, `not_full` and `all_tasks_done`, and
//! the methods `_init`, `_put`, `_get` and `_qsize`, which a class of the program may define.
//!
//! A queue has none of that before somebody asks for it. From then on, and always where a class has such methods, the prelude
//! does what CPython's module does, with that lock and those conditions: a thread that holds the mutex keeps all others out.

use super::{Action, METHODS_INSIDE, Queue, target};
use crate::base::ObjectId;
use crate::event::{Blocker, EventKind};
use crate::machine::data::{prelude_call, user_method};
use crate::machine::memory::deque::Deque;
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Arguments, Context, Halt, Result};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Operation, Progress};
use crate::machine::memory::primitive::condition::Condition;
use crate::machine::memory::primitive::lock::Lock;
use crate::machine::memory::primitive::queue::{Counter, Inner};
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::arguments::{SECOND, Signature, integer};
use crate::machine::sync::shared::Turn;
use crate::machine::sync::support::{done, mismatch};

macro_rules! looks {
    ($($function:ident $inner:ident;)*) => {
        $(
            pub(super) fn $function(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
                Ok(Operation::Queue(target(ctx, args, stringify!($function))?, Action::Look(Inner::$inner)))
            }
        )*
    };
}

looks! {
    queue Queue;
    mutex Lock;
    not_empty NotEmpty;
    not_full NotFull;
    all_tasks_done AllTasksDone;
}

macro_rules! by_prelude {
    ($($function:ident $name:literal;)*) => {
        $(
            pub(super) fn $function(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
                Err(prelude_call(ctx, $name, args.positional.to_vec(), args.keywords.to_vec()))
            }
        )*
    };
}

by_prelude! {
    put_item "queue_put_item";
    get_item "queue_get_item";
    size "queue_size";
}

/// `_init(maxsize)`: a queue begins empty.
pub(super) fn begin(_: &mut Context<'_>, _: Arguments<'_>) -> Result {
    Ok(Value::None)
}

/// `_note(put, item, depth)`, of the prelude: an item was put (or got), and so many are in the queue now.
pub(super) fn note(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "_note")?;
    let [put, item, depth] =
        Signature::method("_note", ["put", "item", "depth"], 3).bind(ctx, args)?.map(Option::unwrap_or_default);
    let depth = integer(ctx, &depth)?.clamp(0, i64::from(u32::MAX)) as u32;
    Ok(Operation::Queue(id, Action::Note { put: matches!(put, Value::Bool(true)), item, depth }))
}

/// The operation that storing to an attribute of a queue is, if it is one.
pub(in crate::machine) fn store(
    ctx: &mut Context<'_>,
    id: ObjectId,
    name: &str,
    value: &Value,
) -> Result<Option<Operation>> {
    let counter = match name {
        "maxsize" => Counter::Maxsize,
        "unfinished_tasks" => Counter::Unfinished,
        _ => return Ok(None),
    };
    let number = integer(ctx, value)?;
    Ok(Some(Operation::Queue(id, Action::Assign(counter, number))))
}

/// Has the prelude do the call if the receiver's class defines what happens inside.
pub(super) fn unless_own(
    ctx: &mut Context<'_>,
    args: Arguments<'_>,
    name: &str,
    arguments: impl FnOnce() -> Vec<Value>,
) -> Result<()> {
    let Some(receiver @ Value::Instance(_)) = args.positional.first() else { return Ok(()) };
    if METHODS_INSIDE.iter().all(|name| user_method(ctx, receiver, name).is_none()) {
        return Ok(());
    }
    let arguments = std::iter::once(receiver.clone()).chain(arguments()).collect();
    Err(prelude_call(ctx, name, arguments, Vec::new()))
}

/// What `put` and `get` are called with by the prelude.
pub(super) fn waiting(limit: Limit, negative: bool) -> Vec<Value> {
    let seconds = match limit {
        Limit::Never => return vec![Value::Bool(false), Value::None],
        Limit::Forever => Value::None,
        Limit::Within(length) => Value::Float(length as f64 / SECOND),
    };
    vec![Value::Bool(true), if negative { Value::Int(-1) } else { seconds }]
}

/// The call that does an action to a queue that somebody has looked into.
pub(super) fn by_prelude(turn: &mut Turn<'_>, action: &Action, kind: Kind, id: ObjectId) -> Option<Halt> {
    let (name, rest) = match action {
        Action::Put { item, limit, negative } => {
            ("queue_put_inside", std::iter::once(item.clone()).chain(waiting(*limit, *negative)).collect())
        }
        Action::Get(limit) => ("queue_get_inside", waiting(*limit, false)),
        Action::TaskDone => ("queue_task_done", Vec::new()),
        Action::Join => ("queue_join", Vec::new()),
        Action::Size => ("queue_qsize", Vec::new()),
        Action::Empty => ("queue_empty", Vec::new()),
        Action::Full => ("queue_full", Vec::new()),
        Action::Settle(_) | Action::Look(_) | Action::Note { .. } | Action::Assign(..) => return None,
    };
    let arguments = std::iter::once(Value::Object(kind, id)).chain(rest).collect();
    Some(super::with(turn, |ctx| prelude_call(ctx, name, arguments, Vec::new())))
}

/// Gives what is inside; makes it, the first time.
pub(super) fn look(turn: &mut Turn<'_>, id: ObjectId, inner: Inner) -> Result<Progress> {
    let Some(Object::Queue(state)) = turn.object(id) else { return Err(mismatch(turn, id)) };
    if let Some(inside) = &state.inside {
        return done(inside[inner as usize].clone());
    }
    let (kind, items) = (state.kind, std::mem::take(&mut state.items));
    let items = match kind {
        Kind::LifoQueue | Kind::PriorityQueue => (Kind::List, Object::List(items.into())),
        _ => (Kind::Deque, Object::Deque(Deque { items, ..Deque::default() })),
    };
    let mutex = turn.private.add(Object::Lock(Lock::default()));
    let condition = || (Kind::Condition, Object::Condition(Condition { lock: mutex, waiters: Vec::new() }));
    let mut made = vec![(items.0, turn.private.add(items.1)), (Kind::Lock, mutex)];
    for (kind, object) in [condition(), condition(), condition()] {
        made.push((kind, turn.private.add(object)));
    }
    for (&(_, part), name) in made.iter().zip(Inner::NAMES) {
        turn.names.push((part, name.into()));
    }
    made.iter().for_each(|&(_, part)| turn.share_object(part));
    let inside: Vec<Value> = made.into_iter().map(|(kind, part)| Value::Object(kind, part)).collect();
    let given = inside[inner as usize].clone();
    if let Some(Object::Queue(state)) = turn.object(id) {
        state.inside = <Box<[Value; 5]>>::try_from(inside.into_boxed_slice()).ok();
    }
    // Who waits for the queue waits by Python code from now on.
    turn.touch(Blocker::Object(id));
    done(given)
}

/// An item was put or got by the prelude.
pub(super) fn moved(turn: &mut Turn<'_>, id: ObjectId, put: bool, item: &Value, depth: u32) -> Result<Progress> {
    turn.share(item);
    let item = turn.shown(item);
    let Some(Object::Queue(state)) = turn.object(id) else { return Err(mismatch(turn, id)) };
    if put {
        state.unfinished += 1;
        turn.emit(EventKind::Put { object: id, item, depth, bytes: 0 });
    } else {
        turn.emit(EventKind::Got { object: id, item, depth, bytes: 0 });
    }
    done(Value::None)
}

/// The program says how many items there may be, or how many are not dealt with.
pub(super) fn assign(queue: &mut Queue, counter: Counter, number: i64) {
    match counter {
        Counter::Maxsize => queue.maxsize = number,
        Counter::Unfinished => queue.unfinished = number.clamp(0, i64::from(u32::MAX)) as u32,
    }
}
