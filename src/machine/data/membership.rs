//! `item in container`.

use super::contents;
use super::fault::{Attempt, Fault, type_error};
use super::own::user_method;
use super::{compare, hash, iterate, key, range, types};
use crate::machine::memory::lookout;
use crate::machine::memory::native::{Context, Question, Result};
use crate::machine::memory::object::View;
use crate::machine::memory::value::{Kind, Value};

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
        Value::Object(Kind::List, id) => among(contents::list(ctx, *id)?),
        Value::Object(Kind::Deque, id) => among(&contents::deque_items(ctx, *id)?),
        Value::Range(range) => match item {
            Value::Int(number) => Ok(range::holds(range, *number)),
            Value::Bool(truth) => Ok(range::holds(range, i64::from(*truth))),
            Value::Float(number) if number.trunc() == *number => Ok(range::holds(range, *number as i64)),
            _ => Ok(false),
        },
        Value::Object(Kind::Dict, id) => Ok(key::get(ctx, contents::dict(ctx, *id)?, item)?.is_some()),
        Value::Object(Kind::Set | Kind::FrozenSet, id) => {
            let set = contents::set(ctx, *id)?;
            let key = hash::content_key(ctx, item)?;
            key::is_in(ctx, set, &key)
        }
        Value::View(view) => {
            let dict = contents::dict(ctx, view.dict)?;
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
