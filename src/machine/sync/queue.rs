//! The queues of `queue`: items in an order of the queue's kind, and a count of those not yet dealt with.
//!
//! `Queue` gives the oldest item, `LifoQueue` the newest, `PriorityQueue` the least. `SimpleQueue` is a `Queue` with
//! fewer methods. Items that have a `__lt__` of their own are compared by the prelude's `queue_put` and `queue_get`,
//! which `_settle` then ends; meanwhile the queue is closed to all other threads, as CPython's is by its mutex.

mod inside;

pub(in crate::machine) use inside::store;

use super::arguments::{Signature, integer, limit, nothing, number, receiver, truth, type_name};
use super::primitive::Primitive;
use super::subclass;
use super::support::{bare, blocked, done, mismatch, until};
use crate::base::{ObjectId, ThreadId};
use crate::bytecode::Comparison;
use crate::event::{Blocker, EventKind, Shown};
use crate::machine::data::exception::{QUEUE_EMPTY, QUEUE_FULL, VALUE_ERROR};
use crate::machine::data::fault::{Attempt, Fault};
use crate::machine::data::{compare, heapq, prelude_call, types};
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Answers, Arguments, Call, Context, Halt, Layout, Native, Result, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Operation, Part, Progress, Stage};
pub use crate::machine::memory::primitive::queue::{Action, Inner, Queue, Settled};
use crate::machine::memory::reach::{Memory, Reach};
use crate::machine::memory::trace::{self, Counters};
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::shared::{Shared, Turn};
use crate::schedule::Alternative;
use std::cmp::Ordering;
use std::collections::VecDeque;

/// Declares the types of queues.
macro_rules! types {
    ($($constant:ident $name:literal in $module:literal: $base:expr, $construct:ident, $methods:expr, $properties:expr;)*) => {
        $(
            #[doc = concat!("`queue.", $name, "`")]
            pub static $constant: Type = Type {
                name: $name,
                module: $module,
                base: Some($base),
                construct: Some(Call::Plain($construct)),
                methods: $methods,
                properties: $properties,
                layout: Layout::Value,
            };
        )*
    };
}

types! {
    TYPE "Queue" in "queue": &types::OBJECT, construct, METHODS, PROPERTIES;
    LIFO "LifoQueue" in "queue": &TYPE, construct_lifo, &[], &[];
    PRIORITY "PriorityQueue" in "queue": &TYPE, construct_priority, &[], &[];
    SIMPLE "SimpleQueue" in "_queue": &types::OBJECT, construct_simple, SIMPLE_METHODS, &[];
}

static METHODS: &[Native] = &[
    Native { name: "__init__", call: Call::Plain(init) },
    Native { name: "put", call: Call::Operation(put) },
    Native { name: "get", call: Call::Operation(get) },
    Native { name: "put_nowait", call: Call::Operation(put_nowait) },
    Native { name: "get_nowait", call: Call::Operation(get_nowait) },
    Native { name: "task_done", call: Call::Operation(task_done) },
    Native { name: "join", call: Call::Operation(join) },
    Native { name: "qsize", call: Call::Operation(qsize) },
    Native { name: "empty", call: Call::Operation(empty) },
    Native { name: "full", call: Call::Operation(full) },
    Native { name: "_settle", call: Call::Operation(settle) },
    Native { name: "_init", call: Call::Plain(inside::begin) },
    Native { name: "_put", call: Call::Plain(inside::put_item) },
    Native { name: "_get", call: Call::Plain(inside::get_item) },
    Native { name: "_qsize", call: Call::Plain(inside::size) },
    Native { name: "_note", call: Call::Operation(inside::note) },
];

/// What a class of the program may define, to keep the items in its own way.
const METHODS_INSIDE: [&str; 4] = ["_init", "_put", "_get", "_qsize"];

static SIMPLE_METHODS: &[Native] = &[
    subclass::INIT,
    Native { name: "put", call: Call::Operation(put_simple) },
    Native { name: "get", call: Call::Operation(get_simple) },
    Native { name: "put_nowait", call: Call::Operation(put_nowait) },
    Native { name: "get_nowait", call: Call::Operation(get_nowait) },
    Native { name: "qsize", call: Call::Operation(qsize) },
    Native { name: "empty", call: Call::Operation(empty) },
];

static PROPERTIES: &[Native] = &[
    Native { name: "maxsize", call: Call::Plain(maxsize) },
    Native { name: "unfinished_tasks", call: Call::Plain(unfinished_tasks) },
    Native { name: "queue", call: Call::Operation(inside::queue) },
    Native { name: "mutex", call: Call::Operation(inside::mutex) },
    Native { name: "not_empty", call: Call::Operation(inside::not_empty) },
    Native { name: "not_full", call: Call::Operation(inside::not_full) },
    Native { name: "all_tasks_done", call: Call::Operation(inside::all_tasks_done) },
];

fn construct(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    make(ctx, args, Kind::Queue)
}

fn construct_lifo(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    make(ctx, args, Kind::LifoQueue)
}

fn construct_priority(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    make(ctx, args, Kind::PriorityQueue)
}

fn make(ctx: &mut Context<'_>, args: Arguments<'_>, kind: Kind) -> Result {
    let [maxsize] = Signature::method("Queue.__init__", ["maxsize"], 0).bind(ctx, args)?;
    let maxsize = integer(ctx, &maxsize.unwrap_or(Value::Int(0)))?;
    Ok(Value::Object(kind, ctx.memory.add(Object::Queue(Queue::new(kind, maxsize)))))
}

fn construct_simple(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    if args.positional.len() > 1 {
        return Err(ctx.type_error("SimpleQueue() takes no positional arguments"));
    }
    if !args.keywords.is_empty() {
        return Err(ctx.type_error("SimpleQueue() takes no keyword arguments"));
    }
    Ok(Value::Object(Kind::SimpleQueue, ctx.memory.add(Object::Queue(Queue::new(Kind::SimpleQueue, 0)))))
}

/// `Queue.__init__`, which has the class's own `_init` begin.
fn init(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    subclass::init(ctx, args)?;
    let maxsize = args.positional.get(1).or(args.keywords.first().map(|(_, value)| value));
    subclass::overridden(ctx, args, "_init", || vec![maxsize.cloned().unwrap_or(Value::Int(0))])?;
    Ok(Value::None)
}

fn target(ctx: &mut Context<'_>, args: Arguments<'_>, name: &str) -> Result<ObjectId> {
    receiver(ctx, args, &[Kind::Queue, Kind::LifoQueue, Kind::PriorityQueue, Kind::SimpleQueue], name)
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
    inside::unless_own(ctx, args, "queue_put_inside", || {
        std::iter::once(item.clone().unwrap_or(Value::None)).chain(inside::waiting(limit, negative)).collect()
    })?;
    Ok(Operation::Queue(id, Action::Put { item: item.unwrap_or(Value::None), limit, negative }))
}

fn put_nowait(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "Queue.put_nowait")?;
    let [item] = Signature::method("Queue.put_nowait", ["item"], 1).bind(ctx, args)?;
    let item = item.unwrap_or(Value::None);
    subclass::overridden(ctx, args, "put", || vec![item.clone(), Value::Bool(false)])?;
    inside::unless_own(ctx, args, "queue_put_inside", || vec![item.clone(), Value::Bool(false), Value::None])?;
    Ok(Operation::Queue(id, Action::Put { item, limit: Limit::Never, negative: false }))
}

fn get(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "Queue.get")?;
    let [block, timeout] = Signature::method("Queue.get", ["block", "timeout"], 0).bind(ctx, args)?;
    let (limit, negative) = queue_limit(ctx, block, timeout)?;
    if negative {
        return Err(ctx.value_error("'timeout' must be a non-negative number"));
    }
    inside::unless_own(ctx, args, "queue_get_inside", || inside::waiting(limit, false))?;
    Ok(Operation::Queue(id, Action::Get(limit)))
}

/// There is always room in a `SimpleQueue`.
fn put_simple(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "put")?;
    let [item, ..] = Signature::method("put", ["item", "block", "timeout"], 1).bind(ctx, args)?;
    let item = item.unwrap_or(Value::None);
    Ok(Operation::Queue(id, Action::Put { item, limit: Limit::Forever, negative: false }))
}

fn get_simple(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "get")?;
    let [block, timeout] = Signature::method("get", ["block", "timeout"], 0).bind(ctx, args)?;
    if !block.as_ref().is_none_or(truth) {
        return Ok(Operation::Queue(id, Action::Get(Limit::Never)));
    }
    if timeout.as_ref().and_then(number).is_some_and(|seconds| seconds < 0.0) {
        return Err(ctx.value_error("'timeout' must be a non-negative number"));
    }
    Ok(Operation::Queue(id, Action::Get(limit(ctx, timeout.as_ref())?)))
}

/// `_settle(items, moved, item)`, of the prelude: `moved` is whether the item was put; `None`: it was neither put nor got.
fn settle(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "Queue._settle")?;
    let [items, moved, item] = Signature::method("Queue._settle", ["items", "moved", "item"], 3)
        .bind(ctx, args)?
        .map(Option::unwrap_or_default);
    let items = match items.object_id().map(|list| ctx.memory.get(list)).transpose()? {
        Some(Object::List(items)) => items.clone(),
        _ => Vec::new(),
    };
    let moved = if let Value::Bool(put) = moved { Some((put, item)) } else { None };
    Ok(Operation::Queue(id, Action::Settle(triomphe::Arc::new(Settled { items, moved }))))
}

fn get_nowait(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Queue.get_nowait")?;
    subclass::overridden(ctx, args, "get", || vec![Value::Bool(false)])?;
    inside::unless_own(ctx, args, "queue_get_inside", || vec![Value::Bool(false), Value::None])?;
    Ok(Operation::Queue(target(ctx, args, "Queue.get_nowait")?, Action::Get(Limit::Never)))
}

fn task_done(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Queue.task_done")?;
    inside::unless_own(ctx, args, "queue_task_done", Vec::new)?;
    Ok(Operation::Queue(target(ctx, args, "Queue.task_done")?, Action::TaskDone))
}

fn join(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Queue.join")?;
    inside::unless_own(ctx, args, "queue_join", Vec::new)?;
    Ok(Operation::Queue(target(ctx, args, "Queue.join")?, Action::Join))
}

fn qsize(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Queue.qsize")?;
    inside::unless_own(ctx, args, "queue_qsize", Vec::new)?;
    Ok(Operation::Queue(target(ctx, args, "Queue.qsize")?, Action::Size))
}

fn empty(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Queue.empty")?;
    inside::unless_own(ctx, args, "queue_empty", Vec::new)?;
    Ok(Operation::Queue(target(ctx, args, "Queue.empty")?, Action::Empty))
}

fn full(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Queue.full")?;
    inside::unless_own(ctx, args, "queue_full", Vec::new)?;
    Ok(Operation::Queue(target(ctx, args, "Queue.full")?, Action::Full))
}

fn maxsize(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let id = target(ctx, args, "maxsize")?;
    match ctx.memory.get(id)? {
        Object::Queue(state) => Ok(Value::Int(state.maxsize)),
        _ => Ok(Value::None),
    }
}

fn unfinished_tasks(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let id = target(ctx, args, "unfinished_tasks")?;
    trace::read(Counters { unfinished: true, ..Counters::NONE });
    match ctx.memory.get(id)? {
        Object::Queue(state) => Ok(Value::Int(i64::from(state.unfinished))),
        _ => Ok(Value::None),
    }
}

impl Primitive for Action {
    type On = ObjectId;

    fn perform(&self, turn: &mut Turn<'_>, id: ObjectId, stage: Stage, alternative: Alternative) -> Result<Progress> {
        turn.share_object(id);
        let Some(Object::Queue(state)) = turn.object(id) else { return Err(self.mismatch(turn, id)) };
        if state.closed && !matches!(self, Action::Settle(_)) {
            return blocked(Blocker::Object(id), None, Part::Closed);
        }
        let stage = if stage.part == Part::Closed { Stage::default() } else { stage };
        if state.inside.is_some() {
            let kind = state.kind;
            if let Some(call) = inside::by_prelude(turn, self, kind, id) {
                return Err(call);
            }
            return self.perform_inside(turn, id);
        }
        match self {
            Action::Look(_) | Action::Note { .. } | Action::Assign(..) => self.perform_inside(turn, id),
            Action::Put { negative: true, .. } if state.maxsize > 0 => {
                Err(turn.error(&VALUE_ERROR, "'timeout' must be a non-negative number"))
            }
            Action::Put { item, limit, .. } => {
                let late = alternative == Alternative::TimeOut;
                if late || state.is_full() {
                    wait(turn, id, *limit, stage, late, &QUEUE_FULL)
                } else {
                    add(turn, id, item)
                }
            }
            Action::Get(limit) => {
                let late = alternative == Alternative::TimeOut;
                if late || state.items.is_empty() {
                    wait(turn, id, *limit, stage, late, &QUEUE_EMPTY)
                } else {
                    take(turn, id)
                }
            }
            Action::Settle(settled) => {
                state.items = settled.items.clone().into();
                state.closed = false;
                match &settled.moved {
                    Some((true, item)) => was_put(turn, id, item),
                    Some((false, item)) => was_got(turn, id, item.clone()),
                    None => {
                        turn.touch(Blocker::Object(id));
                        done(Value::None)
                    }
                }
            }
            Action::TaskDone => {
                trace::read(Counters { unfinished: true, ..Counters::NONE });
                let Some(unfinished) = state.unfinished.checked_sub(1) else {
                    return Err(turn.error(&VALUE_ERROR, "task_done() called too many times"));
                };
                state.unfinished = unfinished;
                turn.emit(EventKind::TaskDone { object: id, unfinished });
                turn.touch(Blocker::Object(id));
                done(Value::None)
            }
            Action::Join if state.unfinished > 0 => blocked(Blocker::Object(id), None, Part::Again),
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
                let answer = if matches!(self, Action::Empty) { state.items.is_empty() } else { state.is_full() };
                turn.emit(EventKind::Asked { object: id, answer: Shown::Bool(answer) });
                done(Value::Bool(answer))
            }
        }
    }

    fn ready(&self, shared: &Shared, me: ThreadId, id: ObjectId, stage: Stage) -> bool {
        let Some(Object::Queue(state)) = shared.process_of(me).heap.get(id) else { return true };
        match stage.part {
            Part::First => true,
            _ if state.closed => false,
            Part::Closed => true,
            _ if state.inside.is_some() => true,
            Part::Again
            | Part::Waiting
            | Part::Notified
            | Part::Expired
            | Part::Outside
            | Part::Inside
            | Part::Handled => match self {
                Action::Put { .. } => !state.is_full(),
                Action::Get(_) => !state.items.is_empty(),
                Action::Join => state.unfinished == 0,
                Action::Settle(_) | Action::TaskDone | Action::Size | Action::Empty | Action::Full => true,
                Action::Look(_) | Action::Note { .. } | Action::Assign(..) => true,
            },
        }
    }

    fn waits(&self, shared: &Shared, me: ThreadId, id: ObjectId) -> bool {
        let open = matches!(shared.process_of(me).heap.get(id), Some(Object::Queue(state)) if !state.closed);
        open && matches!(self, Action::Put { limit: Limit::Forever, .. } | Action::Get(Limit::Forever) | Action::Join)
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Put { .. } => "put into",
            Action::Get(_) => "get from",
            Action::Settle(_) | Action::Note { .. } => "order",
            Action::TaskDone => "report a task done to",
            Action::Join => "wait for",
            Action::Size | Action::Empty | Action::Full | Action::Look(_) => "ask",
            Action::Assign(..) => "change",
        }
    }
}

impl Action {
    fn perform_inside(&self, turn: &mut Turn<'_>, id: ObjectId) -> Result<Progress> {
        match self {
            Action::Look(inner) => inside::look(turn, id, *inner),
            Action::Note { put, item, depth } => inside::moved(turn, id, *put, item, *depth),
            Action::Assign(counter, number) => {
                let Some(Object::Queue(state)) = turn.object(id) else { return Err(mismatch(turn, id)) };
                inside::assign(state, *counter, *number);
                turn.touch(Blocker::Object(id));
                done(Value::None)
            }
            _ => Err(mismatch(turn, id)),
        }
    }

    /// The error for a queue whose `__init__` has not run.
    fn mismatch(&self, turn: &mut Turn<'_>, id: ObjectId) -> Halt {
        let missing = match self {
            Action::Put { .. } => "not_full",
            Action::Get(_) => "not_empty",
            Action::TaskDone | Action::Join => "all_tasks_done",
            Action::Settle(_) | Action::Size | Action::Empty | Action::Full => "mutex",
            Action::Look(inner) => Inner::NAMES[*inner as usize],
            Action::Note { .. } | Action::Assign(..) => "mutex",
        };
        subclass::unmade(turn, id, Some(missing)).unwrap_or_else(|| mismatch(turn, id))
    }
}

fn add(turn: &mut Turn<'_>, id: ObjectId, item: &Value) -> Result<Progress> {
    turn.share(item);
    let Some(Object::Queue(state)) = turn.object(id) else { return Err(mismatch(turn, id)) };
    if state.kind == Kind::PriorityQueue {
        let items = std::mem::take(&mut state.items);
        let (place, outcome) = heapq::rise(items.len(), |parent| less(turn, item, &items[parent]));
        if let Err(Fault::Python(_)) = outcome {
            return by_python(turn, id, items, Some(item));
        }
        let mut items = Vec::from(items);
        heapq::insert(&mut items, item.clone(), place);
        put_back(turn, id, items.into());
        if let Err(fault) = outcome {
            turn.touch(Blocker::Object(id)); // CPython leaves it in, where the comparison failed
            return Err(halt(turn, fault));
        }
    } else {
        state.items.push_back(item.clone());
    }
    was_put(turn, id, item)
}

fn was_put(turn: &mut Turn<'_>, id: ObjectId, item: &Value) -> Result<Progress> {
    let shown = turn.shown(item);
    let Some(Object::Queue(state)) = turn.object(id) else { return Err(mismatch(turn, id)) };
    state.unfinished += 1;
    let depth = state.items.len() as u32;
    turn.emit(EventKind::Put { object: id, item: shown, depth, bytes: 0 });
    turn.touch(Blocker::Object(id));
    done(Value::None)
}

/// Gets the item that comes first; there is one.
fn take(turn: &mut Turn<'_>, id: ObjectId) -> Result<Progress> {
    let Some(Object::Queue(state)) = turn.object(id) else { return Err(mismatch(turn, id)) };
    let item = match state.kind {
        Kind::LifoQueue => state.items.pop_back(),
        Kind::PriorityQueue => {
            let items = std::mem::take(&mut state.items);
            match heapq::sink(items.len(), |a, b| less(turn, &items[a], &items[b])) {
                Ok(path) => {
                    let mut items = Vec::from(items);
                    let least = heapq::remove(&mut items, &path);
                    put_back(turn, id, items.into());
                    least
                }
                Err(Fault::Python(_)) => return by_python(turn, id, items, None),
                Err(fault) => {
                    put_back(turn, id, items);
                    return Err(halt(turn, fault));
                }
            }
        }
        _ => state.items.pop_front(),
    };
    was_got(turn, id, item.unwrap_or_default())
}

fn was_got(turn: &mut Turn<'_>, id: ObjectId, item: Value) -> Result<Progress> {
    let shown = turn.shown(&item);
    let Some(Object::Queue(state)) = turn.object(id) else { return Err(mismatch(turn, id)) };
    let depth = state.items.len() as u32;
    turn.emit(EventKind::Got { object: id, item: shown, depth, bytes: 0 });
    turn.touch(Blocker::Object(id));
    done(item)
}

fn put_back(turn: &mut Turn<'_>, id: ObjectId, items: VecDeque<Value>) {
    if let Some(Object::Queue(state)) = turn.object(id) {
        state.items = items;
    }
}

/// Closes the queue and has the prelude compare its items: to put one in, or to get the least.
fn by_python(turn: &mut Turn<'_>, id: ObjectId, items: VecDeque<Value>, item: Option<&Value>) -> Result<Progress> {
    let list = items.iter().chain(item).cloned().collect();
    put_back(turn, id, items);
    if let Some(Object::Queue(state)) = turn.object(id) {
        state.closed = true;
    }
    let list = Value::Object(Kind::List, turn.private.add(Object::List(list)));
    let mut arguments = vec![Value::Object(Kind::PriorityQueue, id), list];
    arguments.extend(item.cloned());
    let function = if item.is_some() { "queue_put" } else { "queue_get" };
    Err(with(turn, |ctx| prelude_call(ctx, function, arguments, Vec::new())))
}

/// Whether `a < b`.
fn less(turn: &mut Turn<'_>, a: &Value, b: &Value) -> Attempt<bool> {
    with(turn, |ctx| Ok(compare::ordering(ctx, a, b, Comparison::Less)? == Some(Ordering::Less)))
}

fn halt(turn: &mut Turn<'_>, fault: Fault) -> Halt {
    with(turn, |ctx| fault.halt(ctx))
}

/// Calls `work` with what natives work with.
fn with<R>(turn: &mut Turn<'_>, work: impl FnOnce(&mut Context<'_>) -> R) -> R {
    let memory = Memory::new(turn.private, Reach::Read(&turn.shared.processes[turn.process].heap));
    let object = &turn.shared.record(turn.me).object;
    work(&mut Context {
        memory,
        image: turn.image,
        me: turn.me,
        process: turn.process,
        thread_object: object,
        answers: Answers::default(),
        frames: &[],
    })
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
        return blocked(Blocker::Object(id), until(turn, stage, limit), Part::Again);
    }
    Err(bare(turn, error))
}
