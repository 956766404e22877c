//! `slice`: constructor, `indices`, and its three parts.

use super::arguments::{between, index, method, wrong_receiver};
use super::fault::{Attempt, native, value_error};
use super::item::Bounds;
use crate::machine::memory::budget;
use crate::machine::memory::native::{Arguments, Context, Native};
use crate::machine::memory::value::{Slice, Value};
use triomphe::Arc;

/// `slice(…)`
pub static NEW: Native = native!("slice", new);

/// Methods.
pub const METHODS: &[Native] = &[native!("indices", indices)];

/// Computed attributes.
pub const PROPERTIES: &[Native] = &[native!("start", start), native!("stop", stop), native!("step", step)];

fn new(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (_, rest) = between("slice", args, 1, 1, 3)?;
    let parts = match rest {
        [stop] => [Value::None, stop.clone(), Value::None],
        [start, stop] => [start.clone(), stop.clone(), Value::None],
        [start, stop, step, ..] => [start.clone(), stop.clone(), step.clone()],
        [] => [Value::None, Value::None, Value::None],
    };
    ctx.memory.private.charge(budget::of_values(parts.len()));
    Ok(Value::Slice(Arc::new(Slice(parts))))
}

fn parts<'a>(name: &str, args: Arguments<'a>) -> Attempt<&'a [Value; 3]> {
    match args.positional.first() {
        Some(Value::Slice(slice)) => Ok(&slice.0),
        other => Err(wrong_receiver(name, other)),
    }
}

/// Start, stop and step for a sequence of that length.
fn indices(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [_, length] = method("slice.indices", args)?;
    let length = usize::try_from(index(length)?).map_err(|_| value_error("length should not be negative"))?;
    let bounds = Bounds::new(parts("slice.indices", args)?, length)?;
    Ok(Value::tuple([bounds.start, bounds.stop, bounds.step].map(Value::Int).to_vec()))
}

fn start(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    Ok(parts("slice.start", args)?[0].clone())
}

fn stop(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    Ok(parts("slice.stop", args)?[1].clone())
}

fn step(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    Ok(parts("slice.step", args)?[2].clone())
}
