//! Checks of what a native was called with, with CPython's messages.

use super::fault::{Attempt, Fault, overflow_error, type_error};
use super::types;
use crate::machine::memory::native::{Arguments, Context};
use crate::machine::memory::value::Value;

/// The word for a count of arguments.
fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// A call without keywords.
pub fn no_keywords(name: &str, args: Arguments<'_>) -> Attempt<()> {
    if args.keywords.is_empty() { Ok(()) } else { Err(type_error(format!("{name}() takes no keyword arguments"))) }
}

/// Exactly `N` positional arguments, of which `hidden` (a receiver, a class) are not counted in messages.
fn exactly<'a, const N: usize>(name: &str, args: Arguments<'a>, hidden: usize) -> Attempt<&'a [Value; N]> {
    no_keywords(name, args)?;
    args.positional.try_into().map_err(|_| {
        let given = args.positional.len().saturating_sub(hidden);
        let short = name.rsplit('.').next().unwrap_or(name);
        type_error(match N - hidden {
            0 => format!("{name}() takes no arguments ({given} given)"),
            1 => format!("{name}() takes exactly one argument ({given} given)"),
            wanted => format!("{short} expected {wanted} arguments, got {given}"),
        })
    })
}

/// Exactly `N` positional arguments.
pub fn function<'a, const N: usize>(name: &str, args: Arguments<'a>) -> Attempt<&'a [Value; N]> {
    exactly(name, args, 0)
}

/// The receiver and exactly `N - 1` arguments.
pub fn method<'a, const N: usize>(name: &str, args: Arguments<'a>) -> Attempt<&'a [Value; N]> {
    exactly(name, args, 1)
}

/// Between `min` and `max` positional arguments behind the first `hidden` ones, and no keywords: the hidden and the others.
pub fn between<'a>(
    name: &str,
    args: Arguments<'a>,
    hidden: usize,
    min: usize,
    max: usize,
) -> Attempt<(&'a [Value], &'a [Value])> {
    no_keywords(name, args)?;
    let Some((first, rest)) = args.positional.split_at_checked(hidden) else {
        return Err(type_error(format!("unbound method {name}() needs an argument")));
    };
    count(name, rest.len(), min, max)?;
    Ok((first, rest))
}

fn count(name: &str, given: usize, min: usize, max: usize) -> Attempt<()> {
    let message = |bound: &str, wanted: usize| {
        let short = name.rsplit('.').next().unwrap_or(name);
        type_error(format!("{short} expected {bound}{wanted} argument{}, got {given}", plural(wanted)))
    };
    if given < min {
        Err(message(if min == max { "" } else { "at least " }, min))
    } else if given > max {
        Err(message(if min == max { "" } else { "at most " }, max))
    } else {
        Ok(())
    }
}

/// Binds arguments to `names`: at most `positional` of them by position, the first `required` must be there. What is left
/// out is `Unbound`.
pub fn bind<const N: usize>(
    ctx: &Context<'_>,
    function: &str,
    given: &[Value],
    args: Arguments<'_>,
    names: [&str; N],
    required: usize,
    positional: usize,
) -> Attempt<[Value; N]> {
    let mut bound: [Value; N] = std::array::from_fn(|_| Value::Unbound);
    if given.len() > positional {
        return Err(type_error(format!(
            "{function}() takes at most {positional} argument{} ({} given)",
            plural(positional),
            given.len()
        )));
    }
    bound[..given.len()].clone_from_slice(given);
    for (symbol, value) in args.keywords {
        let name = ctx.image.name(*symbol);
        let Some(index) = names.iter().position(|known| *known == name) else {
            return Err(unexpected_keyword(function, name));
        };
        if !bound[index].is_unbound() {
            return Err(type_error(format!("{function}() got multiple values for argument '{name}'")));
        }
        bound[index] = value.clone();
    }
    match bound[..required].iter().position(Value::is_unbound) {
        Some(index) => {
            let name = names[index];
            Err(type_error(format!("{function}() missing required argument '{name}' (pos {})", index + 1)))
        }
        None => Ok(bound),
    }
}

/// The error for a keyword that a function does not know.
pub fn unexpected_keyword(function: &str, name: &str) -> Fault {
    type_error(format!("{function}() got an unexpected keyword argument '{name}'"))
}

/// The error for a method called on something else.
pub fn wrong_receiver(method: &str, receiver: Option<&Value>) -> Fault {
    let (class, name) = method.split_once('.').unwrap_or(("object", method));
    match receiver {
        None => type_error(format!("unbound method {method}() needs an argument")),
        Some(value) => type_error(format!(
            "descriptor '{name}' for '{class}' objects doesn't apply to a '{}' object",
            types::name_of(value)
        )),
    }
}

/// An integer argument that fits; others raise.
pub fn index(value: &Value) -> Attempt<i64> {
    match value.plain() {
        Value::Int(number) => Ok(*number),
        Value::Bool(truth) => Ok(i64::from(*truth)),
        Value::Big(_) => Err(Fault::Error(
            &crate::machine::data::exception::OVERFLOW_ERROR,
            "Python int too large to convert to C ssize_t".into(),
        )),
        other => Err(type_error(format!("'{}' object cannot be interpreted as an integer", types::name_of(other)))),
    }
}

/// An argument that CPython takes as a C `int`.
pub fn small_index(value: &Value) -> Attempt<i32> {
    let too_large = || overflow_error("Python int too large to convert to C int");
    match value.plain() {
        Value::Big(_) => Err(too_large()),
        other => i32::try_from(index(other)?).map_err(|_| too_large()),
    }
}

/// The value, unless it was left out.
pub fn given(value: &Value) -> Option<&Value> {
    if value.is_unbound() { None } else { Some(value) }
}

/// The class that a constructor was called for.
pub fn exactly_one_class(args: Arguments<'_>) -> Attempt<crate::machine::memory::value::ClassRef> {
    let class = args.positional.first().and_then(types::as_class);
    class.ok_or_else(|| type_error("a constructor needs its class"))
}
