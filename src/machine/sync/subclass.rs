//! Objects of classes of the program that inherit from a primitive. Such an object is an instance, with the primitive inside
//! of it: the primitive's methods work on that, and the screen shows it. It is nothing before `__init__` has run, as in
//! CPython; and where a method of CPython's calls another one, the class may have its own.

use crate::base::ObjectId;
use crate::machine::data::exception::ATTRIBUTE_ERROR;
use crate::machine::data::types;
use crate::machine::data::user_method;
use crate::machine::memory::native::{Arguments, Call, Context, Halt, Invocation, Native, Result};
use crate::machine::memory::object::Object;
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::shared::Turn;

/// `__init__` of a primitive: it begins anew.
pub(super) const INIT: Native = Native { name: "__init__", call: Call::Plain(init) };

pub(super) fn init(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let Some((first, given)) = args.positional.split_first() else {
        return Err(ctx.type_error("unbound method __init__() needs an argument"));
    };
    let Value::Object(kind, id) = first.plain() else {
        return Err(ctx.type_error("__init__() needs a synchronization object"));
    };
    let class = types::type_of_kind(*kind);
    let Some(Call::Plain(construct)) = class.construct else { return Ok(Value::None) };
    let positional: Vec<Value> = std::iter::once(&Value::Type(class)).chain(given).cloned().collect();
    let made = construct(ctx, Arguments { positional: &positional, keywords: args.keywords })?;
    if let Some(made) = made.object_id() {
        become_like(ctx, *id, made)?;
    }
    Ok(Value::None)
}

/// The object is from now on as the other one is, of which nobody knows.
pub(super) fn become_like(ctx: &mut Context<'_>, id: ObjectId, made: ObjectId) -> Result<()> {
    let made = ctx.memory.get(made)?.clone();
    *ctx.memory.get_mut(id)? = made;
    Ok(())
}

/// The call of the method `name` of the receiver's class, if that class is the program's and has one of its own.
pub(super) fn overridden(
    ctx: &Context<'_>,
    args: Arguments<'_>,
    name: &str,
    arguments: impl FnOnce() -> Vec<Value>,
) -> Result<()> {
    let receiver = args.positional.first().filter(|value| matches!(value, Value::Instance(_)));
    match receiver.and_then(|receiver| user_method(ctx, receiver, name)) {
        None => Ok(()),
        Some(callee) => {
            Err(Halt::Invoke(Box::new(Invocation { callee, arguments: arguments(), keywords: Vec::new() })))
        }
    }
}

/// The receiver as it was given, if it is a primitive or an object of a class that inherits from one.
pub(super) fn whole(args: Arguments<'_>, id: ObjectId, kind: Kind) -> Value {
    args.positional.first().cloned().unwrap_or(Value::Object(kind, id))
}

/// The error for an operation on an object whose `__init__` has not run, which lacks what CPython's looks for first.
pub(super) fn unmade(turn: &mut Turn<'_>, id: ObjectId, attribute: Option<&str>) -> Option<Halt> {
    let Some(Object::Cell(class)) = turn.object(id) else { return None };
    let class = types::as_class(class)?;
    let attribute = attribute.unwrap_or(match class.layout().name {
        "Condition" => "_lock",
        "Future" => "_condition",
        "ThreadPoolExecutor" => "_shutdown_lock",
        "Semaphore" | "BoundedSemaphore" | "Event" => "_cond",
        "Barrier" => "_timeout",
        _ => "mutex",
    });
    let message = format!("'{}' object has no attribute '{attribute}'", class.name());
    Some(turn.error(&ATTRIBUTE_ERROR, message))
}
