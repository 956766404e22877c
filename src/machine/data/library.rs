//! What the prelude and the library's modules in Python need of the machine, under names that no scenario can write.

use super::arguments::function;
use super::fault::{Attempt, native, type_error};
use crate::base::ObjectId;
use crate::machine::native::{Arguments, Context, Native};
use crate::machine::object::{Object, Payload};
use crate::machine::traceback;
use crate::machine::value::Value;

/// The functions.
pub static FUNCTIONS: &[Native] = &[native!("__arranged", super::list::arranged), native!("__traceback", traceback_of)];

/// `__traceback(exception, [(exception, its words), …])`: its traceback, and those of the exceptions that led to it.
fn traceback_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [exception, said] = function("__traceback", args)?;
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
