//! What the prelude and the library's modules in Python need of the machine, under names that no scenario can write.

use super::arguments::function;
use super::date::Date;
use super::fault::{Attempt, Fault, native, type_error};
use super::types;
use crate::base::ObjectId;
use crate::machine::data::traceback;
use crate::machine::memory::native::{Arguments, Context, Native};
use crate::machine::memory::object::{Object, Payload};
use crate::machine::memory::value::Value;

/// The functions.
pub static FUNCTIONS: &[Native] = &[
    native!("__arranged", super::list::arranged),
    native!("__emptied", super::list::emptied),
    native!("__refilled", super::list::refilled),
    native!("__traceback", traceback_of),
    native!("__traceback_said", traceback_said),
    native!("__strftime", strftime),
];

/// `__traceback(exception)`: its traceback, and those of the exceptions that led to it. Each is asked what it says first.
fn traceback_of(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [exception] = function("__traceback", args)?;
    Err(Fault::Prelude("traceback", vec![exception.clone()], Vec::new()))
}

/// `__traceback_said(exception, [(exception, its words), …])`: the same, once they were asked.
fn traceback_said(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [exception, said] = function("__traceback_said", args)?;
    let mut words: Vec<(ObjectId, Box<str>)> = Vec::new();
    for pair in super::iterate::collected(ctx, said)? {
        if let Value::Tuple(pair) = pair
            && let [Value::Instance(one), Value::Str(text)] = &pair[..]
        {
            // Shared ones are out of reach at first.
            ctx.memory.get(one.id)?;
            words.push((one.id, text.as_str().into()));
        }
    }
    match exception {
        Value::Instance(instance) => match ctx.memory.get(instance.id)? {
            Object::Instance(object) if matches!(object.payload, Payload::Exception(_)) => {
                Ok(Value::str(traceback::format(ctx, exception, &words)))
            }
            _ => Err(type_error("Exception expected for value")),
        },
        _ => Err(type_error("Exception expected for value")),
    }
}

/// `__strftime(format, fields)`
fn strftime(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [format, fields] = function("__strftime", args)?;
    match (format, fields) {
        (Value::Str(format), Value::Tuple(fields)) => Ok(Value::str(Date::of_fields(fields)?.written(format.as_str()))),
        (other, _) => Err(type_error(format!("strftime() argument 1 must be str, not {}", types::name_of(other)))),
    }
}
