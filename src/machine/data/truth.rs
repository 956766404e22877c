//! Which values are true.

use super::fault::{self, Attempt};
use super::iterate;
use super::own::user_method;
use crate::machine::memory::native::{Context, Question, Result};
use crate::machine::memory::value::{Kind, Value};

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
