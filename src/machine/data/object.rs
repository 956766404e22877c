//! `object` and `type`.

use super::arguments::{exactly_one_class, method};
use super::fault::{Attempt, native, type_error};
use super::{repr, types, user_attribute};
use crate::machine::native::{Arguments, Context, Native};
use crate::machine::object::{Attributes, Instance, Object, Payload};
use crate::machine::value::{ClassRef, InstanceRef, Value};
use triomphe::Arc;

/// `object()`
pub static NEW: Native = native!("object", new);
/// `type(value)`
pub static NEW_TYPE: Native = native!("type", new_type);

/// Methods of everything.
pub const METHODS: &[Native] = &[
    native!("__init__", init),
    native!("__repr__", repr_of),
    native!("__str__", str_of),
    native!("__eq__", equal),
    native!("__ne__", not_equal),
    native!("__hash__", hash_of),
    native!("__format__", format_of),
];

/// A new instance of a class without a builtin base.
fn new(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let class = exactly_one_class(args)?;
    let initialised = user_attribute(ctx.image, &class, "__init__").is_some();
    if !initialised && (args.positional.len() > 1 || !args.keywords.is_empty()) {
        return Err(type_error(format!("{}() takes no arguments", class.name())));
    }
    let instance =
        Instance { class: class.clone(), attributes: Attributes::default(), sealed: 0, payload: Payload::None };
    let id = ctx.memory.add(Object::Instance(instance));
    Ok(Value::Instance(Arc::new(InstanceRef { class, id })))
}

fn new_type(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    match args.positional {
        [_, value] if args.keywords.is_empty() => Ok(types::class_of(value).value()),
        [_, _, _, _] => Err(type_error("raddle makes classes by class statements only, not by calling type()")),
        _ => Err(type_error("type() takes 1 or 3 arguments")),
    }
}

fn init(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    match args.positional {
        // Exceptions take whatever `args` they got.
        [Value::Instance(instance), ..] if is_exception(&instance.class) => Ok(Value::None),
        [_] if args.keywords.is_empty() => Ok(Value::None),
        [_, ..] => Err(type_error("object.__init__() takes exactly one argument (the instance to initialize)")),
        [] => Err(type_error("descriptor '__init__' of 'object' object needs an argument")),
    }
}

fn is_exception(class: &ClassRef) -> bool {
    class.is_subclass_of(&ClassRef::Builtin(&crate::machine::exception::BASE_EXCEPTION))
}

fn repr_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = method("object.__repr__", args)?;
    repr::inherited(ctx, value).map(Value::str)
}

fn str_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = method("object.__str__", args)?;
    repr::inherited_text(ctx, value).map(Value::str)
}

fn equal(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [a, b] = method("object.__eq__", args)?;
    if let Value::Instance(_) = a {
        return Ok(if a.is(b) { Value::Bool(true) } else { Value::NotImplemented });
    }
    super::compare::eq(ctx, a, b).map(Value::Bool)
}

fn not_equal(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    match equal(ctx, args)? {
        Value::Bool(equal) => Ok(Value::Bool(!equal)),
        other => Ok(other),
    }
}

fn hash_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = method("object.__hash__", args)?;
    match value {
        Value::Instance(instance) => Ok(Value::Int((super::address(instance.id) >> 4) as i64)),
        other => Ok(Value::Int(super::hash::make_key(ctx, other)?.hash as i64)),
    }
}

fn format_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value, spec] = method("object.__format__", args)?;
    match spec {
        Value::Str(spec) if spec.is_empty() || !matches!(value, Value::Instance(_)) => {
            super::format::formatted(ctx, value, spec.as_str()).map(Value::str)
        }
        Value::Str(_) => {
            Err(type_error(format!("unsupported format string passed to {}.__format__", types::name_of(value))))
        }
        other => Err(type_error(format!("__format__() argument must be str, not {}", types::name_of(other)))),
    }
}
