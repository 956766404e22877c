//! `range`: constructor and methods.

use super::arguments::{between, index, method, wrong_receiver};
use super::fault::{Attempt, native, value_error};
use crate::machine::memory::native::{Arguments, Context, Native};
use crate::machine::memory::value::{Range, Value};
use triomphe::Arc;

/// `range(…)`
pub static NEW: Native = native!("range", new);

/// Methods.
pub const METHODS: &[Native] = &[native!("count", count), native!("index", index_of)];

/// Computed attributes.
pub const PROPERTIES: &[Native] = &[native!("start", start), native!("stop", stop), native!("step", step)];

fn new(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (_, rest) = between("range", args, 1, 1, 3)?;
    let (start, stop, step) = match rest {
        [stop] => (0, index(stop)?, 1),
        [start, stop] => (index(start)?, index(stop)?, 1),
        [start, stop, step] => (index(start)?, index(stop)?, index(step)?),
        _ => (0, 0, 1),
    };
    if step == 0 {
        return Err(value_error("range() arg 3 must not be zero"));
    }
    Ok(Value::Range(Arc::new(Range { start, stop, step })))
}

/// Whether a range holds a number.
pub fn holds(range: &Range, number: i64) -> bool {
    let inside = if range.step > 0 {
        (range.start..range.stop).contains(&number)
    } else {
        number <= range.start && number > range.stop
    };
    inside && (i128::from(number) - i128::from(range.start)) % i128::from(range.step) == 0
}

fn receiver<'a>(name: &str, value: &'a Value) -> Attempt<&'a Range> {
    match value {
        Value::Range(range) => Ok(range),
        other => Err(wrong_receiver(name, Some(other))),
    }
}

fn count(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [range, item] = method("range.count", args)?;
    let range = receiver("range.count", range)?;
    Ok(Value::Int(match item {
        Value::Int(number) => i64::from(holds(range, *number)),
        _ => 0,
    }))
}

fn index_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [range, item] = method("range.index", args)?;
    let range = receiver("range.index", range)?;
    match item {
        Value::Int(number) if holds(range, *number) => Ok(Value::Int((number - range.start) / range.step)),
        other => Err(value_error(format!("{} is not in range", super::repr::inner_repr(ctx, other)?))),
    }
}

fn start(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [range] = method("range.start", args)?;
    Ok(Value::Int(receiver("range.start", range)?.start))
}

fn stop(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [range] = method("range.stop", args)?;
    Ok(Value::Int(receiver("range.stop", range)?.stop))
}

fn step(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [range] = method("range.step", args)?;
    Ok(Value::Int(receiver("range.step", range)?.step))
}
