//! `queue.Queue`: items, first in, first out, and a count of those not yet dealt with.

use super::arguments::{Signature, integer, limit, nothing, number, receiver, truth, type_name};
use super::support::{AGAIN, FIRST, bare, blocked, done, mismatch, until};
use crate::base::{ObjectId, ThreadId};
use crate::event::{Blocker, EventKind, Shown};
use crate::machine::exception::{QUEUE_EMPTY, QUEUE_FULL, VALUE_ERROR};
use crate::machine::native::{Arguments, Call, Context, Layout, Native, Result, Type};
use crate::machine::object::Object;
use crate::machine::operation::{Limit, Operation, Progress, Stage};
use crate::machine::shared::{Shared, Turn};
use crate::machine::show;
use crate::machine::value::{Kind, Value};
use crate::schedule::Alternative;
use std::collections::VecDeque;

/// A queue's state.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    /// How many items there may be; 0 or less: any number.
    pub maxsize: i64,
    /// The items, the oldest first.
    pub items: VecDeque<Value>,
    /// How many items were put that no `task_done` was called for.
    pub unfinished: u32,
}

/// What is done to it.
#[derive(Clone, Debug)]
pub enum Action {
    /// Puts an item in.
    Put {
        /// The item.
        item: Value,
        /// How long to wait for room.
        limit: Limit,
        /// The program gave a negative timeout, which is wrong if the queue is bounded.
        negative: bool,
    },
    /// Gets the oldest item.
    Get(Limit),
    /// Says that an item is dealt with.
    TaskDone,
    /// Waits until all items are dealt with.
    Join,
    /// Asks how many items there are.
    Size,
    /// Asks whether there are none.
    Empty,
    /// Asks whether there is no room.
    Full,
}

/// `queue.Queue`
pub static TYPE: Type = Type {
    name: "Queue",
    module: "queue",
    base: Some(&crate::machine::data::types::OBJECT),
    construct: Some(Call::Plain(construct)),
    methods: METHODS,
    properties: PROPERTIES,
    layout: Layout::Final,
};

static METHODS: &[Native] = &[
    Native { name: "put", call: Call::Operation(put) },
    Native { name: "get", call: Call::Operation(get) },
    Native { name: "put_nowait", call: Call::Operation(put_nowait) },
    Native { name: "get_nowait", call: Call::Operation(get_nowait) },
    Native { name: "task_done", call: Call::Operation(task_done) },
    Native { name: "join", call: Call::Operation(join) },
    Native { name: "qsize", call: Call::Operation(qsize) },
    Native { name: "empty", call: Call::Operation(empty) },
    Native { name: "full", call: Call::Operation(full) },
];

static PROPERTIES: &[Native] = &[Native { name: "maxsize", call: Call::Plain(maxsize) }];

impl Queue {
    /// The values in it.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.items.iter()
    }

    /// Whether there is no room.
    pub fn is_full(&self) -> bool {
        self.maxsize > 0 && self.items.len() as i64 >= self.maxsize
    }

    /// How many items there may be; 0: any number.
    pub fn capacity(&self) -> u32 {
        self.maxsize.clamp(0, i64::from(u32::MAX)) as u32
    }
}

fn construct(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let [maxsize] = Signature::method("Queue.__init__", ["maxsize"], 0).bind(ctx, args)?;
    let maxsize = integer(ctx, &maxsize.unwrap_or(Value::Int(0)))?;
    let state = Queue { maxsize, ..Queue::default() };
    Ok(Value::Object(Kind::Queue, ctx.memory.add(Object::Queue(state))))
}

fn target(ctx: &mut Context<'_>, args: Arguments<'_>, name: &str) -> Result<ObjectId> {
    receiver(ctx, args, &[Kind::Queue], name)
}

/// The limit that `block` and `timeout` ask for, and whether the timeout is negative.
fn queue_limit(ctx: &mut Context<'_>, block: Option<Value>, timeout: Option<Value>) -> Result<(Limit, bool)> {
    if !block.as_ref().is_none_or(truth) {
        return Ok((Limit::Never, false));
    }
    match timeout {
        None | Some(Value::None) => Ok((Limit::Forever, false)),
        Some(value) => match number(&value) {
            Some(seconds) => Ok((limit(ctx, Some(&value))?, seconds < 0.0)),
            None => {
                let message = format!("'<' not supported between instances of '{}' and 'int'", type_name(&value));
                Err(ctx.type_error(message))
            }
        },
    }
}

fn put(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "Queue.put")?;
    let [item, block, timeout] = Signature::method("Queue.put", ["item", "block", "timeout"], 1).bind(ctx, args)?;
    let (limit, negative) = queue_limit(ctx, block, timeout)?;
    Ok(Operation::Queue(id, Action::Put { item: item.unwrap_or(Value::None), limit, negative }))
}

fn put_nowait(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "Queue.put_nowait")?;
    let [item] = Signature::method("Queue.put_nowait", ["item"], 1).bind(ctx, args)?;
    let item = item.unwrap_or(Value::None);
    Ok(Operation::Queue(id, Action::Put { item, limit: Limit::Never, negative: false }))
}

fn get(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "Queue.get")?;
    let [block, timeout] = Signature::method("Queue.get", ["block", "timeout"], 0).bind(ctx, args)?;
    let (limit, negative) = queue_limit(ctx, block, timeout)?;
    if negative {
        return Err(ctx.value_error("'timeout' must be a non-negative number"));
    }
    Ok(Operation::Queue(id, Action::Get(limit)))
}

fn get_nowait(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Queue.get_nowait")?;
    Ok(Operation::Queue(target(ctx, args, "Queue.get_nowait")?, Action::Get(Limit::Never)))
}

fn task_done(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Queue.task_done")?;
    Ok(Operation::Queue(target(ctx, args, "Queue.task_done")?, Action::TaskDone))
}

fn join(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Queue.join")?;
    Ok(Operation::Queue(target(ctx, args, "Queue.join")?, Action::Join))
}

fn qsize(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Queue.qsize")?;
    Ok(Operation::Queue(target(ctx, args, "Queue.qsize")?, Action::Size))
}

fn empty(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Queue.empty")?;
    Ok(Operation::Queue(target(ctx, args, "Queue.empty")?, Action::Empty))
}

fn full(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Queue.full")?;
    Ok(Operation::Queue(target(ctx, args, "Queue.full")?, Action::Full))
}

fn maxsize(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let id = target(ctx, args, "maxsize")?;
    match ctx.memory.get(id)? {
        Object::Queue(state) => Ok(Value::Int(state.maxsize)),
        _ => Ok(Value::None),
    }
}

/// Does the action, or says what blocks it.
///
/// # Errors
/// `Full`, `Empty`, and `ValueError` for a `task_done` too many.
pub fn perform(
    turn: &mut Turn<'_>,
    id: ObjectId,
    action: &Action,
    stage: Stage,
    alternative: Alternative,
) -> Result<Progress> {
    turn.share_object(id);
    let Some(Object::Queue(state)) = turn.object(id) else { return Err(mismatch(turn, id)) };
    match action {
        Action::Put { negative: true, .. } if state.maxsize > 0 => {
            Err(turn.error(&VALUE_ERROR, "'timeout' must be a non-negative number"))
        }
        Action::Put { item, limit, .. } => {
            let late = alternative == Alternative::TimeOut;
            if late || state.is_full() { wait(turn, id, *limit, stage, late, &QUEUE_FULL) } else { add(turn, id, item) }
        }
        Action::Get(limit) => {
            let late = alternative == Alternative::TimeOut;
            match if late { None } else { state.items.pop_front() } {
                None => wait(turn, id, *limit, stage, late, &QUEUE_EMPTY),
                Some(item) => {
                    let depth = state.items.len() as u32;
                    let shown = show::value(turn.shared, turn.image, &item);
                    turn.emit(EventKind::Got { object: id, item: shown, depth });
                    turn.touch(Blocker::Object(id));
                    done(item)
                }
            }
        }
        Action::TaskDone => {
            let Some(unfinished) = state.unfinished.checked_sub(1) else {
                return Err(turn.error(&VALUE_ERROR, "task_done() called too many times"));
            };
            state.unfinished = unfinished;
            turn.emit(EventKind::TaskDone { object: id, unfinished });
            turn.touch(Blocker::Object(id));
            done(Value::None)
        }
        Action::Join if state.unfinished > 0 => blocked(Blocker::Object(id), None, AGAIN),
        Action::Join => {
            turn.emit(EventKind::Asked { object: id, answer: Shown::Int(0) });
            done(Value::None)
        }
        Action::Size => {
            let size = state.items.len() as i64;
            turn.emit(EventKind::Asked { object: id, answer: Shown::Int(size) });
            done(Value::Int(size))
        }
        Action::Empty | Action::Full => {
            let answer = if matches!(action, Action::Empty) { state.items.is_empty() } else { state.is_full() };
            turn.emit(EventKind::Asked { object: id, answer: Shown::Bool(answer) });
            done(Value::Bool(answer))
        }
    }
}

fn add(turn: &mut Turn<'_>, id: ObjectId, item: &Value) -> Result<Progress> {
    turn.share(item);
    let shown = show::value(turn.shared, turn.image, item);
    let Some(Object::Queue(state)) = turn.object(id) else { return Err(mismatch(turn, id)) };
    state.items.push_back(item.clone());
    state.unfinished += 1;
    let depth = state.items.len() as u32;
    turn.emit(EventKind::Put { object: id, item: shown, depth });
    turn.touch(Blocker::Object(id));
    done(Value::None)
}

/// What a `put` or `get` does that finds no room or no item.
fn wait(
    turn: &mut Turn<'_>,
    id: ObjectId,
    limit: Limit,
    stage: Stage,
    late: bool,
    error: &'static Type,
) -> Result<Progress> {
    if late {
        turn.emit(EventKind::TimedOut { on: Blocker::Object(id) });
    } else if limit == Limit::Never {
        turn.emit(EventKind::AcquireFailed { object: id });
    } else {
        return blocked(Blocker::Object(id), until(turn, stage, limit), AGAIN);
    }
    Err(bare(turn, error))
}

/// Whether a thread that blocked could go on.
pub fn ready(shared: &Shared, me: ThreadId, id: ObjectId, action: &Action, stage: Stage) -> bool {
    let _ = me;
    let Some(Object::Queue(state)) = shared.heap.get(id) else { return true };
    stage.part == FIRST
        || match action {
            Action::Put { .. } => !state.is_full(),
            Action::Get(_) => !state.items.is_empty(),
            Action::Join => state.unfinished == 0,
            Action::TaskDone | Action::Size | Action::Empty | Action::Full => true,
        }
}

/// A thread stops waiting; nothing remembers it.
pub fn cancel(shared: &mut Shared, me: ThreadId, id: ObjectId, action: &Action, stage: Stage) {
    let _ = (shared, me, id, action, stage);
}
