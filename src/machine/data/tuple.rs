//! `tuple`: constructor and methods.

use super::arguments::{between, method, wrong_receiver};
use super::fault::{Attempt, Fault, native, value_error};
use super::{iterate, list};
use crate::machine::memory::native::{Arguments, Context, Native};
use crate::machine::memory::value::Value;

/// `tuple(…)`
pub static NEW: Native = native!("tuple", new);

/// Methods.
pub const METHODS: &[Native] = &[native!("count", count), native!("index", index)];

fn new(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (_, rest) = between("tuple", args, 1, 0, 1)?;
    match rest.first() {
        None => Ok(Value::tuple(Vec::new())),
        Some(tuple @ Value::Tuple(_)) => Ok(tuple.clone()),
        Some(value) if iterate::is_python(ctx, value) => Err(Fault::Prelude("tuple", rest.to_vec(), Vec::new())),
        Some(value) => Ok(Value::tuple(iterate::collected(ctx, value)?)),
    }
}

fn receiver<'a>(name: &str, value: &'a Value) -> Attempt<&'a [Value]> {
    match value.plain() {
        Value::Tuple(items) => Ok(items),
        other => Err(wrong_receiver(name, Some(other))),
    }
}

fn count(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [tuple, item] = method("tuple.count", args)?;
    list::by_python("sequence_count", args, list::count_in(ctx, receiver("tuple.count", tuple)?, item))
}

fn index(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (tuple, rest) = between("tuple.index", args, 1, 1, 3)?;
    let found = list::find(ctx, receiver("tuple.index", &tuple[0])?, &rest[0], &rest[1..]);
    match list::by_python("sequence_index", args, found)? {
        Some(position) => Ok(Value::Int(position as i64)),
        None => Err(value_error("tuple.index(x): x not in tuple")),
    }
}
