//! Builtin values: their types, operators, methods, and the functions that work on them.
//!
//! One file per type. Inside, functions give an [`fault::Attempt`] and mostly need no more than `&Context`; what the
//! interpreter calls gives [`native::Result`](crate::machine::memory::native::Result). Nothing here runs Python code: where an object of the
//! scenario has a special method of its own, or an iterable is a generator, the answer is a call for the interpreter to make,
//! often of a function of the prelude.

pub mod arguments;
pub mod arithmetic;
pub mod bisect;
pub mod bytes;
pub mod class;
mod codec;
pub mod compare;
pub mod date;
pub mod deque;
pub mod descriptor;
pub mod dict;
pub mod digest;
pub mod exception;
pub mod fault;
pub mod float;
pub mod format;
pub mod function;
pub mod hash;
pub(in crate::machine) mod heapq;
pub mod heaps;
pub mod instance;
pub mod int;
pub mod item;
pub mod iterate;
pub mod itertools;
pub mod key;
mod letters;
pub mod library;
pub mod list;
pub mod math;
pub mod names;
pub mod object;
pub mod operator;
pub mod order;
pub mod output;
pub mod percent;
pub mod raised;
pub mod range;
pub mod regex;
pub mod repr;
pub mod search;
pub mod set;
pub mod shown;
pub mod slice;
pub mod special;
pub mod string;
pub mod system;
pub mod template;
pub(in crate::machine) mod traceback;
pub mod tuple;
pub mod types;

#[cfg(test)]
mod tests;

use crate::base::{ObjectId, Symbol};
use crate::machine::data::exception as ex;
use crate::machine::memory::image::Linked;
use crate::machine::memory::lookout;
use crate::machine::memory::native::{Context, Halt, Invocation, Question, Result, Type};
use crate::machine::memory::object::View;
use crate::machine::memory::replaced::Replaced;
use crate::machine::memory::value::{ClassRef, Kind, Method, Value};
use fault::{Attempt, Fault, type_error};
pub use shown::shown;
use triomphe::Arc;

/// The builtin types that have a name in every program.
static TYPES: &[&Type] = &[
    &types::BOOL,
    &types::BYTES,
    &types::CLASSMETHOD,
    &types::DICT,
    &types::FLOAT,
    &types::FROZENSET,
    &types::INT,
    &types::LIST,
    &types::OBJECT,
    &types::PROPERTY,
    &types::RANGE,
    &types::SET,
    &types::SLICE,
    &types::STATICMETHOD,
    &types::STR,
    &types::SUPER,
    &types::TUPLE,
    &types::TYPE,
];

/// The builtin of that name; those that need frames or attributes (`iter`, `next`, `getattr`, …) are the interpreter's.
pub fn builtin(name: &str) -> Option<Value> {
    match name {
        "__name__" => return Some(Value::str("__main__")),
        // A program is linked with its own.
        "__file__" => return Some(Value::str("<stdin>")),
        "__doc__" => return Some(Value::None),
        "__package__" => return Some(Value::None),
        "NotImplemented" => return Some(Value::NotImplemented),
        "exit" | "quit" => return system::member("exit"),
        "Ellipsis" => return Some(Value::Ellipsis),
        "IOError" | "EnvironmentError" => return Some(Value::Type(&ex::OS_ERROR)),
        _ => {}
    }
    let natives = function::FUNCTIONS.iter().chain(output::FUNCTIONS).chain(object::HOOKS).chain(library::FUNCTIONS);
    let natives = natives.chain(traceback::FUNCTIONS);
    if let Some(native) = { natives }.find(|native| native.name == name) {
        return Some(Value::Native(native));
    }
    if let Some(found) = TYPES.iter().find(|class| class.name == name) {
        return Some(Value::Type(found));
    }
    // What modules define has no name of its own.
    ex::named(name).filter(|class| class.module == "builtins").map(Value::Type)
}

/// A member of a module that computes.
pub fn module_member(module: &str, member: &str) -> Option<Value> {
    match module {
        "math" => math::member(member),
        "typing" => system::typing_member(member),
        "sys" => system::member(member),
        "collections" if member == "deque" => Some(Value::Type(&deque::TYPE)),
        "itertools" => itertools::member(member),
        "types" => traceback::member(member),
        "__future__" if member == "annotations" => Some(Value::None),
        _ => None,
    }
}

/// The call of a prelude function.
pub fn prelude_call(ctx: &mut Context<'_>, name: &str, arguments: Vec<Value>, keywords: Vec<(Symbol, Value)>) -> Halt {
    match ctx.image.prelude(name) {
        Some(global) => Halt::Invoke(Box::new(Invocation { callee: Value::Prelude(global), arguments, keywords })),
        None => ctx.error(&ex::NOT_IMPLEMENTED_ERROR, format!("the prelude has no function '{name}'")),
    }
}

/// What a class of the scenario itself binds under `name`.
pub fn user_attribute(replaced: &Replaced, image: &Linked, class: &ClassRef, name: &str) -> Option<Value> {
    match class {
        ClassRef::User(_) => {
            class::find(replaced, image, class, name).filter(|value| !matches!(value, Value::Native(_)))
        }
        ClassRef::Builtin(_) => None,
    }
}

/// The method `name` that the class of an instance defines in the scenario, bound.
pub fn user_method(ctx: &Context<'_>, value: &Value, name: &str) -> Option<Value> {
    let function = user_attribute(ctx.memory.private.replaced(), ctx.image, class::speaking_for(value)?, name)?;
    match function {
        Value::Function(_) => Some(Value::Method(Arc::new(Method { receiver: value.clone(), function }))),
        _ => None,
    }
}

/// Whether a value is true.
///
/// # Errors
/// `Halt::Shared`; `Halt::Ask` of an instance with its own `__bool__` or `__len__`.
#[inline]
pub fn truth(ctx: &mut Context<'_>, value: &Value) -> Result<bool> {
    match value {
        Value::Bool(truth) => Ok(*truth),
        Value::Int(number) => Ok(*number != 0),
        Value::None => Ok(false),
        _ => is_true(ctx, value).map_err(|fault| fault.halt(ctx)),
    }
}

/// As [`truth`].
pub fn is_true(ctx: &Context<'_>, value: &Value) -> Attempt<bool> {
    Ok(match value.plain() {
        Value::Bool(truth) => *truth,
        Value::Int(number) => *number != 0,
        Value::None | Value::Unbound => false,
        Value::Float(number) => *number != 0.0,
        Value::Str(_)
        | Value::Bytes(_)
        | Value::Tuple(_)
        | Value::Range(_)
        | Value::View(_)
        | Value::Object(Kind::List | Kind::Dict | Kind::Set | Kind::FrozenSet | Kind::Deque, _) => {
            iterate::measured(ctx, value.plain())? > 0
        }
        Value::Instance(_) => own_truth(ctx, value)?,
        Value::NotImplemented
        | Value::Ellipsis
        | Value::Big(_)
        | Value::Slice(_)
        | Value::Function(_)
        | Value::Method(_)
        | Value::Prelude(_)
        | Value::Code(_)
        | Value::Native(_)
        | Value::NativeMethod(_)
        | Value::Class(_)
        | Value::Type(_)
        | Value::Module(_)
        | Value::Descriptor(_)
        | Value::Super(_)
        | Value::Object(..)
        | Value::Loop(_) => true,
    })
}

/// Whether an instance is true: unless its class says otherwise, it is.
fn own_truth(ctx: &Context<'_>, value: &Value) -> Attempt<bool> {
    if ["__bool__", "__len__"].into_iter().all(|name| user_method(ctx, value, name).is_none()) {
        return Ok(true);
    }
    fault::ask(ctx, Question::of("ask_truth", value)).map(|answer| matches!(answer, Value::Bool(true)))
}

/// Python's `item in container`.
///
/// # Errors
/// `TypeError` when the container is none; the call of its own `__contains__`.
pub fn contains(ctx: &mut Context<'_>, container: &Value, item: &Value) -> Result<bool> {
    let by_python = || Fault::Prelude("contains", vec![container.clone(), item.clone()], Vec::new());
    held(ctx, container, item).map_err(|fault| match fault {
        Fault::Python(_) => by_python().halt(ctx),
        fault => fault.halt(ctx),
    })
}

/// As [`contains`].
pub fn held(ctx: &Context<'_>, container: &Value, item: &Value) -> Attempt<bool> {
    let among = |items: &[Value]| -> Attempt<bool> {
        for other in items {
            if compare::eq_item(ctx, other, item)? {
                return Ok(true);
            }
        }
        Ok(false)
    };
    match container.plain() {
        Value::Str(text) => match item {
            Value::Str(part) => Ok(text.as_str().contains(part.as_str())),
            other => {
                Err(type_error(format!("'in <string>' requires string as left operand, not {}", types::name_of(other))))
            }
        },
        Value::Bytes(bytes) => match item {
            Value::Int(byte) => Ok(bytes.iter().any(|other| i64::from(*other) == *byte)),
            Value::Bytes(part) => Ok(part.is_empty()
                || bytes.windows(part.len()).any(|window| {
                    lookout::tick();
                    window == &part[..]
                })),
            other => Err(type_error(format!("a bytes-like object is required, not '{}'", types::name_of(other)))),
        },
        Value::Tuple(items) => among(items),
        Value::Object(Kind::List, id) => among(compare::list(ctx, *id)?),
        Value::Object(Kind::Deque, id) => among(&deque::items(ctx, *id)?),
        Value::Range(range) => match item {
            Value::Int(number) => Ok(range::holds(range, *number)),
            Value::Bool(truth) => Ok(range::holds(range, i64::from(*truth))),
            Value::Float(number) if number.trunc() == *number => Ok(range::holds(range, *number as i64)),
            _ => Ok(false),
        },
        Value::Object(Kind::Dict, id) => Ok(key::get(ctx, compare::dict(ctx, *id)?, item)?.is_some()),
        Value::Object(Kind::Set | Kind::FrozenSet, id) => {
            let set = compare::set(ctx, *id)?;
            let key = hash::content_key(ctx, item)?;
            key::is_in(ctx, set, &key)
        }
        Value::View(view) => {
            let dict = compare::dict(ctx, view.dict)?;
            match (view.view, item) {
                (View::Keys, _) => Ok(key::get(ctx, dict, item)?.is_some()),
                (View::Values, _) => among(&dict.values().cloned().collect::<Vec<_>>()),
                (View::Items, Value::Tuple(pair)) if pair.len() == 2 => match key::get(ctx, dict, &pair[0])? {
                    Some(value) => compare::eq_item(ctx, value, &pair[1]),
                    None => Ok(false),
                },
                (View::Items, _) => Ok(false),
            }
        }
        _ => match user_method(ctx, container, "__contains__") {
            Some(method) => Err(Fault::invoke(method, vec![item.clone()])),
            None if iterate::is_python(ctx, container) => {
                Err(Fault::Python(Box::new(Question::of("ask_items", container))))
            }
            None => Err(type_error(format!("argument of type '{}' is not iterable", types::name_of(container)))),
        },
    }
}

/// The address that an object is shown with: made up, and the same in every run.
pub fn address(id: ObjectId) -> u64 {
    0x7f00_0000_0000 | (u64::from(id.maker.0) & 0xff) << 32 | (u64::from(id.slot) << 4)
}

/// Python's `id(value)`, made up, and the same in every run.
pub fn identity(value: &Value) -> u64 {
    match value {
        Value::Class(class) => address(class.variables),
        Value::Function(function) => 0x7e00_0000_0000 | u64::from(function.code.0) << 4,
        Value::Int(number) => 0x7d00_0000_0000 | ((*number as u64) << 4 & 0xff_ffff_ffff),
        Value::Str(text) => 0x7c00_0000_0000 | (hash::text_key(text.as_str()).hash << 4 & 0xff_ffff_ffff),
        Value::Type(class) => 0x7b00_0000_0000 | (hash::text_key(class.name).hash << 4 & 0xff_ffff_ffff),
        Value::Native(native) => 0x7a00_0000_0000 | (hash::text_key(native.name).hash << 4 & 0xff_ffff_ffff),
        Value::Bool(truth) => 0x7900_0000_0010 | u64::from(*truth) << 5,
        Value::Float(number) => 0x7800_0000_0000 | (number.to_bits() >> 8 & 0xff_ffff_fff0),
        other => other.object_id().map_or(0x7700_0000_0010, address),
    }
}
