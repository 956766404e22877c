//! `threading.Semaphore` and `BoundedSemaphore`: permits, taken one by one.

use super::arguments::{Signature, limit, nothing, number, receiver, truth, type_name};
use super::support::{AGAIN, FIRST, blocked, done, mismatch, until};
use crate::base::{ObjectId, ThreadId};
use crate::event::{Blocker, EventKind};
use crate::machine::data::exception::VALUE_ERROR;
use crate::machine::memory::encode::encoded;
use crate::machine::memory::native::{Arguments, Call, Context, Layout, Native, Result, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Limit, Operation, Progress, Stage};
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::shared::{Shared, Turn};
use crate::schedule::Alternative;

/// A semaphore's state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Semaphore {
    /// The permits that are left.
    pub value: u64,
    /// The most that there may be: a `BoundedSemaphore`'s first value.
    pub bound: Option<u64>,
}

encoded!(struct Semaphore { value, bound });

/// What is done to it.
#[derive(Clone, Debug)]
pub enum Action {
    /// Takes a permit.
    Acquire(Limit),
    /// Gives back so many.
    Release(u64),
}

encoded!(
    enum Action {
        Acquire(limit),
        Release(count),
    }
);

/// `threading.Semaphore`
pub static TYPE: Type = Type {
    name: "Semaphore",
    module: "threading",
    base: Some(&crate::machine::data::types::OBJECT),
    construct: Some(Call::Plain(construct)),
    methods: METHODS,
    properties: PROPERTIES,
    layout: Layout::Final,
};

/// `threading.BoundedSemaphore`
pub static BOUNDED: Type = Type {
    name: "BoundedSemaphore",
    module: "threading",
    base: Some(&TYPE),
    construct: Some(Call::Plain(construct_bounded)),
    methods: &[],
    properties: &[],
    layout: Layout::Final,
};

static METHODS: &[Native] = &[
    Native { name: "acquire", call: Call::Operation(acquire) },
    Native { name: "release", call: Call::Operation(release) },
    Native { name: "__enter__", call: Call::Operation(enter) },
    Native { name: "__exit__", call: Call::Operation(exit) },
];

/// CPython's own name for the permits that are left, which many programs print.
static PROPERTIES: &[Native] = &[Native { name: "_value", call: Call::Plain(value) }];

const KINDS: &[Kind] = &[Kind::Semaphore, Kind::BoundedSemaphore];

fn first_value(ctx: &mut Context<'_>, args: Arguments<'_>, name: &'static str) -> Result<u64> {
    let [value] = Signature::method(name, ["value"], 0).bind(ctx, args)?;
    let value = value.unwrap_or(Value::Int(1));
    match value {
        Value::Bool(truth) => Ok(u64::from(truth)),
        Value::Int(value) if value >= 0 => Ok(value.unsigned_abs()),
        Value::Int(_) => Err(ctx.value_error("semaphore initial value must be >= 0")),
        Value::Big(_) | Value::Float(_) => Err(ctx.type_error("a semaphore counts in whole numbers of up to 63 bits")),
        other => {
            let message = format!("'<' not supported between instances of '{}' and 'int'", type_name(&other));
            Err(ctx.type_error(message))
        }
    }
}

fn construct(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let value = first_value(ctx, args, "Semaphore.__init__")?;
    Ok(Value::Object(Kind::Semaphore, ctx.memory.add(Object::Semaphore(Semaphore { value, bound: None }))))
}

fn construct_bounded(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let value = first_value(ctx, args, "BoundedSemaphore.__init__")?;
    let state = Semaphore { value, bound: Some(value) };
    Ok(Value::Object(Kind::BoundedSemaphore, ctx.memory.add(Object::Semaphore(state))))
}

fn acquire(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = receiver(ctx, args, KINDS, "Semaphore.acquire")?;
    let [blocking, timeout] = Signature::method("Semaphore.acquire", ["blocking", "timeout"], 0).bind(ctx, args)?;
    let blocking = blocking.as_ref().is_none_or(truth);
    let timeout = timeout.filter(|value| !matches!(value, Value::None));
    if !blocking && timeout.is_some() {
        return Err(ctx.value_error("can't specify timeout for non-blocking acquire"));
    }
    if let Some(value) = &timeout
        && number(value).is_none()
    {
        let message = format!("unsupported operand type(s) for +: 'float' and '{}'", type_name(value));
        return Err(ctx.type_error(message));
    }
    let limit = if blocking { limit(ctx, timeout.as_ref())? } else { Limit::Never };
    Ok(Operation::Semaphore(id, Action::Acquire(limit)))
}

fn release(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = receiver(ctx, args, KINDS, "Semaphore.release")?;
    let [count] = Signature::method("Semaphore.release", ["n"], 0).bind(ctx, args)?;
    match count.unwrap_or(Value::Int(1)) {
        Value::Bool(true) => Ok(Operation::Semaphore(id, Action::Release(1))),
        Value::Int(count) if count >= 1 => Ok(Operation::Semaphore(id, Action::Release(count.unsigned_abs()))),
        Value::Int(_) | Value::Bool(false) => Err(ctx.value_error("n must be one or more")),
        other => {
            let message = format!("'<' not supported between instances of '{}' and 'int'", type_name(&other));
            Err(ctx.type_error(message))
        }
    }
}

fn value(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let id = receiver(ctx, args, KINDS, "_value")?;
    match ctx.memory.get(id)? {
        Object::Semaphore(state) => Ok(Value::Int(state.value as i64)),
        _ => Ok(Value::None),
    }
}

fn enter(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Semaphore(receiver(ctx, args, KINDS, "__enter__")?, Action::Acquire(Limit::Forever)))
}

fn exit(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, Arguments { positional: args.positional.get(..1).unwrap_or_default(), keywords: &[] }, "__exit__")?;
    Ok(Operation::Semaphore(receiver(ctx, args, KINDS, "__exit__")?, Action::Release(1)))
}

/// Does the action, or says what blocks it.
///
/// # Errors
/// `ValueError` when a bounded semaphore would get more permits than it had at first.
pub fn perform(
    turn: &mut Turn<'_>,
    id: ObjectId,
    action: &Action,
    stage: Stage,
    alternative: Alternative,
) -> Result<Progress> {
    turn.share_object(id);
    let Some(Object::Semaphore(state)) = turn.object(id) else { return Err(mismatch(turn, id)) };
    match action {
        Action::Acquire(_) if alternative == Alternative::TimeOut => {
            turn.emit(EventKind::TimedOut { on: Blocker::Object(id) });
            done(Value::Bool(false))
        }
        Action::Acquire(_) if state.value > 0 => {
            state.value -= 1;
            let value = state.value;
            turn.emit(EventKind::PermitTaken { object: id, value });
            turn.touch(Blocker::Object(id));
            done(Value::Bool(true))
        }
        Action::Acquire(Limit::Never) => {
            turn.emit(EventKind::AcquireFailed { object: id });
            done(Value::Bool(false))
        }
        Action::Acquire(limit) => blocked(Blocker::Object(id), until(turn, stage, *limit), AGAIN),
        Action::Release(count) => {
            let value = state.value.saturating_add(*count);
            if state.bound.is_some_and(|bound| value > bound) {
                return Err(turn.error(&VALUE_ERROR, "Semaphore released too many times"));
            }
            state.value = value;
            turn.emit(EventKind::PermitReturned { object: id, value });
            turn.touch(Blocker::Object(id));
            done(Value::None)
        }
    }
}

/// Whether a thread that blocked could go on.
pub fn ready(shared: &Shared, me: ThreadId, id: ObjectId, action: &Action, stage: Stage) -> bool {
    let _ = me;
    match (action, shared.heap.get(id)) {
        (Action::Acquire(_), Some(Object::Semaphore(state))) => stage.part == FIRST || state.value > 0,
        _ => true,
    }
}

/// A thread stops waiting; nothing remembers it.
pub fn cancel(shared: &mut Shared, me: ThreadId, id: ObjectId, action: &Action, stage: Stage) {
    let _ = (shared, me, id, action, stage);
}
