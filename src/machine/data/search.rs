//! Looking for text in text: `str.find` and its kin.

use super::fault::{Attempt, type_error, value_error};
use super::string::{any_text, with};
use super::types;
use crate::machine::memory::native::{Arguments, Context};
use crate::machine::memory::value::{Str, Value};

/// The byte offsets of the optional bounds at the end of the arguments; `None` when they leave nothing to look in.
fn window(text: &Str, bounds: &[Value]) -> Attempt<Option<(usize, usize)>> {
    let length = text.len() as i64;
    let fit = |value: &Value, default: i64| -> Attempt<i64> {
        match value {
            Value::None => Ok(default),
            Value::Int(at) if *at < 0 => Ok((at + length).max(0)),
            Value::Int(at) => Ok(*at),
            _ => Err(type_error("slice indices must be integers or None or have an __index__ method")),
        }
    };
    let start = bounds.first().map_or(Ok(0), |value| fit(value, 0))?;
    let stop = bounds.get(1).map_or(Ok(length), |value| fit(value, length))?.min(length);
    if start > stop {
        return Ok(None);
    }
    Ok(Some((byte_at(text, start as usize), byte_at(text, stop as usize))))
}

fn byte_at(text: &Str, position: usize) -> usize {
    if text.is_ascii() {
        return position;
    }
    text.as_str().char_indices().nth(position).map_or(text.as_str().len(), |(at, _)| at)
}

/// The position, in characters, of a byte offset.
fn char_at(text: &Str, offset: usize) -> i64 {
    if text.is_ascii() { offset as i64 } else { text.as_str()[..offset].chars().count() as i64 }
}

fn found(name: &str, args: Arguments<'_>, last: bool) -> Attempt<Option<i64>> {
    let (text, rest) = with(name, args, 1, 3)?;
    let sought = any_text(&rest[0])?;
    let Some((start, stop)) = window(text, &rest[1..])? else { return Ok(None) };
    let within = &text.as_str()[start..stop];
    let offset = if last { within.rfind(sought) } else { within.find(sought) };
    Ok(offset.map(|offset| char_at(text, start + offset)))
}

/// `str.find(…)`
pub fn find(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    Ok(Value::Int(found("str.find", args, false)?.unwrap_or(-1)))
}

/// `str.rfind(…)`
pub fn rfind(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    Ok(Value::Int(found("str.rfind", args, true)?.unwrap_or(-1)))
}

/// `str.index(…)`
pub fn index_of(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    found("str.index", args, false)?.map(Value::Int).ok_or_else(|| value_error("substring not found"))
}

/// `str.rindex(…)`
pub fn rindex(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    found("str.rindex", args, true)?.map(Value::Int).ok_or_else(|| value_error("substring not found"))
}

/// `str.count(…)`
pub fn count(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (text, rest) = with("str.count", args, 1, 3)?;
    let sought = any_text(&rest[0])?;
    let Some((start, stop)) = window(text, &rest[1..])? else { return Ok(Value::Int(0)) };
    Ok(Value::Int(text.as_str()[start..stop].matches(sought).count() as i64))
}

fn affix(name: &str, args: Arguments<'_>, test: fn(&str, &str) -> bool) -> Attempt {
    let (text, rest) = with(name, args, 1, 3)?;
    let Some((start, stop)) = window(text, &rest[1..])? else { return Ok(Value::Bool(false)) };
    let within = &text.as_str()[start..stop];
    let wrong = |other: &Value| {
        let short = name.rsplit('.').next().unwrap_or(name);
        type_error(format!("{short} first arg must be str or a tuple of str, not {}", types::name_of(other)))
    };
    match &rest[0] {
        Value::Str(part) => Ok(Value::Bool(test(within, part.as_str()))),
        Value::Tuple(parts) => {
            for part in parts.iter() {
                let Value::Str(part) = part else {
                    let short = name.rsplit('.').next().unwrap_or(name);
                    let kind = types::name_of(part);
                    return Err(type_error(format!("tuple for {short} must only contain str, not {kind}")));
                };
                if test(within, part.as_str()) {
                    return Ok(Value::Bool(true));
                }
            }
            Ok(Value::Bool(false))
        }
        other => Err(wrong(other)),
    }
}

/// `str.startswith(…)`
pub fn starts_with(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    affix("str.startswith", args, |text, part| text.starts_with(part))
}

/// `str.endswith(…)`
pub fn ends_with(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    affix("str.endswith", args, |text, part| text.ends_with(part))
}
