//! `threading.Semaphore` and `BoundedSemaphore`: permits, taken one by one.

use super::arguments::{Signature, limit, nothing, number, receiver, truth, type_name};
use super::held::OVER_RELEASED;
use super::peek;
use super::primitive::Primitive;
use super::subclass;
use super::support::{blocked, done, mismatch, until};
use crate::base::{ObjectId, ThreadId};
use crate::event::{Blocker, EventKind};
use crate::machine::data::exception::VALUE_ERROR;
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Arguments, Call, Context, Layout, Native, Result, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Operation, Part, Progress, Stage};
pub use crate::machine::memory::primitive::semaphore::{Action, Semaphore};
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::shared::{Shared, Turn};
use crate::schedule::Alternative;

/// `threading.Semaphore`
pub static TYPE: Type = Type {
    name: "Semaphore",
    module: "threading",
    base: Some(&crate::machine::data::types::OBJECT),
    construct: Some(Call::Plain(construct)),
    methods: METHODS,
    properties: PROPERTIES,
    layout: Layout::Value,
};

/// `threading.BoundedSemaphore`
pub static BOUNDED: Type = Type {
    name: "BoundedSemaphore",
    module: "threading",
    base: Some(&TYPE),
    construct: Some(Call::Plain(construct_bounded)),
    methods: &[],
    properties: &[peek::INITIAL_VALUE],
    layout: Layout::Value,
};

static METHODS: &[Native] = &[
    subclass::INIT,
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
    subclass::overridden(ctx, args, "release", Vec::new)?;
    Ok(Operation::Semaphore(receiver(ctx, args, KINDS, "__exit__")?, Action::Release(1)))
}

impl Primitive for Action {
    type On = ObjectId;

    fn perform(&self, turn: &mut Turn<'_>, id: ObjectId, stage: Stage, alternative: Alternative) -> Result<Progress> {
        turn.share_object(id);
        let Some(Object::Semaphore(state)) = turn.object(id) else { return Err(mismatch(turn, id)) };
        match self {
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
            Action::Acquire(limit) => blocked(Blocker::Object(id), until(turn, stage, *limit), Part::Again),
            Action::Release(count) => {
                let value = state.value.saturating_add(*count);
                if state.bound.is_some_and(|bound| value > bound) {
                    let words = if id.is_of_world() { OVER_RELEASED } else { "Semaphore released too many times" };
                    return Err(turn.error(&VALUE_ERROR, words));
                }
                state.value = value;
                turn.emit(EventKind::PermitReturned { object: id, value });
                turn.touch(Blocker::Object(id));
                done(Value::None)
            }
        }
    }

    fn ready(&self, shared: &Shared, me: ThreadId, id: ObjectId, stage: Stage) -> bool {
        let Some(Object::Semaphore(state)) = shared.object_of(me, id) else { return true };
        match self {
            Action::Acquire(_) => stage.part == Part::First || state.value > 0,
            Action::Release(_) => true,
        }
    }

    fn waits(&self, _shared: &Shared, _me: ThreadId, _id: ObjectId) -> bool {
        matches!(self, Action::Acquire(Limit::Forever))
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Acquire(_) => "acquire",
            Action::Release(_) => "release",
        }
    }
}
