//! The endless iterators of `itertools` that threads share to hand out numbers and turns: each `next` is one operation. The
//! rest of the module is written in Python.

use super::arguments::{bind, function, given, index};
use super::fault::{Attempt, Fault, native, type_error};
use super::{iterate, types};
use crate::machine::memory::native::{Arguments, Context, Native};
use crate::machine::memory::object::Iteration;
use crate::machine::memory::value::Value;

static FUNCTIONS: &[Native] = &[native!("count", count), native!("cycle", cycle), native!("repeat", repeat)];

/// A member of `itertools`.
pub fn member(name: &str) -> Option<Value> {
    FUNCTIONS.iter().find(|native| native.name == name).map(Value::Native)
}

fn count(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [start, step] = bind(ctx, "count", args.positional, args, ["start", "step"], 0, 2)?;
    let number = |value: &Value, otherwise: i64| match given(value) {
        None => Ok(Value::Int(otherwise)),
        Some(number @ (Value::Int(_) | Value::Float(_) | Value::Big(_) | Value::Bool(_))) => Ok(number.clone()),
        Some(_) => Err(type_error("a number is required")),
    };
    let next = number(&start, 0)?;
    let step = number(&step, 1)?;
    Ok(iterate::make(ctx, Iteration::Count(Box::new([next, step]))))
}

fn cycle(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [iterable] = function("cycle", args)?;
    if iterate::is_python(ctx, iterable) {
        return Err(Fault::Prelude("cycle", vec![iterable.clone()], Vec::new()));
    }
    let items = iterate::collected(ctx, iterable)?;
    Ok(iterate::make(ctx, Iteration::Cycle(triomphe::Arc::new(items), 0)))
}

fn repeat(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value, times] = bind(ctx, "repeat", args.positional, args, ["object", "times"], 1, 2)?;
    let left = match given(&times) {
        None => None,
        Some(times @ (Value::Int(_) | Value::Bool(_))) => Some(index(times)?.max(0) as usize),
        Some(other) => {
            let name = types::name_of(other);
            return Err(type_error(format!("'{name}' object cannot be interpreted as an integer")));
        }
    };
    Ok(iterate::make(ctx, Iteration::Repeat(Box::new(value), left)))
}
