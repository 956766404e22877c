//! `str.format` and `str.format_map`.

use super::arguments::{method, wrong_receiver};
use super::fault::{Attempt, ask, index_error, key_error, type_error, value_error};
use super::format::{Piece, join};
use super::{hash, item};
use crate::machine::memory::native::{Arguments, Context, Question};
use crate::machine::memory::value::{Kind, Value};

/// What the fields of a template take their values from.
struct Fields<'a> {
    positional: &'a [Value],
    keywords: Arguments<'a>,
    mapping: Option<&'a Value>,
    /// The next automatic number; `None` once fields were numbered by hand.
    next: Option<usize>,
    manual: bool,
}

/// `str.format(…)`
pub fn format_native(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let Some(Value::Str(text)) = args.positional.first() else {
        return Err(wrong_receiver("str.format", args.positional.first()));
    };
    let mut fields =
        Fields { positional: &args.positional[1..], keywords: args, mapping: None, next: Some(0), manual: false };
    let mut pieces = Vec::new();
    expand(ctx, text.as_str(), &mut fields, 0, &mut pieces)?;
    join(ctx, pieces)
}

/// `str.format_map(mapping)`
pub fn format_map(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [text, mapping] = method("str.format_map", args)?;
    let Value::Str(text) = text else { return Err(wrong_receiver("str.format_map", Some(text))) };
    let none = Arguments { positional: &[], keywords: &[] };
    let mut fields = Fields { positional: &[], keywords: none, mapping: Some(mapping), next: Some(0), manual: false };
    let mut pieces = Vec::new();
    expand(ctx, text.as_str(), &mut fields, 0, &mut pieces)?;
    join(ctx, pieces)
}

fn expand(
    ctx: &mut Context<'_>,
    text: &str,
    fields: &mut Fields<'_>,
    depth: u8,
    pieces: &mut Vec<Piece>,
) -> Attempt<()> {
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        pieces.push(Piece::Text(rest[..at].to_owned()));
        let brace = &rest[at..=at];
        let after = &rest[at + 1..];
        if let Some(next) = after.strip_prefix(brace) {
            pieces.push(Piece::Text(brace.to_owned()));
            rest = next;
            continue;
        }
        if brace == "}" {
            return Err(value_error("Single '}' encountered in format string"));
        }
        let end = field_end(after)?;
        pieces.push(field(ctx, &after[..end], fields, depth)?);
        rest = &after[end + 1..];
    }
    pieces.push(Piece::Text(rest.to_owned()));
    Ok(())
}

/// Where the field that begins here ends.
fn field_end(text: &str) -> Attempt<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return Ok(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    Err(value_error(if text.is_empty() {
        "Single '{' encountered in format string"
    } else {
        "expected '}' before end of string"
    }))
}

fn field(ctx: &mut Context<'_>, text: &str, fields: &mut Fields<'_>, depth: u8) -> Attempt<Piece> {
    if depth > 1 {
        return Err(value_error("Max string recursion exceeded"));
    }
    let mut bracket = false;
    let split = text.find(|c| {
        bracket = (bracket || c == '[') && c != ']';
        !bracket && matches!(c, '!' | ':')
    });
    let (name, tail) = text.split_at(split.unwrap_or(text.len()));
    let value = lookup(ctx, name, fields)?;
    let (conversion, spec) = match tail.strip_prefix('!') {
        Some(after) => {
            let mut chars = after.chars();
            let conversion =
                chars.next().ok_or_else(|| value_error("end of string while looking for conversion specifier"))?;
            match chars.as_str().strip_prefix(':') {
                Some(spec) => (conversion, spec),
                None if chars.as_str().is_empty() => (conversion, ""),
                None => return Err(value_error("expected ':' after conversion specifier")),
            }
        }
        None => (' ', tail.strip_prefix(':').unwrap_or("")),
    };
    if !matches!(conversion, ' ' | 's' | 'r' | 'a') {
        return Err(value_error(format!("Unknown conversion specifier {conversion}")));
    }
    let mut inner = Vec::new();
    expand(ctx, spec, fields, depth + 1, &mut inner)?;
    let spec = match join(ctx, inner)? {
        Value::Str(spec) => spec.as_str().to_owned(),
        _ => String::new(),
    };
    Ok(Piece::Value(value, conversion, spec))
}

/// The value that a field names: `0`, `name`, `0[key]`, or nothing for the next one.
fn lookup(ctx: &mut Context<'_>, name: &str, fields: &mut Fields<'_>) -> Attempt {
    let end = name.find(['.', '[']).unwrap_or(name.len());
    let (first, mut path) = name.split_at(end);
    let mut value = first_value(ctx, first, fields)?;
    while !path.is_empty() {
        let Some(after) = path.strip_prefix('[') else {
            let (name, rest) = attribute(&path[1..])?;
            value = ask(ctx, Question { function: "ask_attribute", values: vec![value, Value::str(name)] })?;
            path = rest;
            continue;
        };
        let (key, rest) = after.split_once(']').ok_or_else(|| value_error("Missing ']' in format string"))?;
        let key = key.parse().map_or_else(|_| Value::str(key), Value::Int);
        value = item::read(ctx, &value, &key)?;
        path = rest;
    }
    Ok(value)
}

/// The name of an attribute, and what follows it.
fn attribute(path: &str) -> Attempt<(&str, &str)> {
    let end = path.find(['.', '[']).unwrap_or(path.len());
    if end == 0 { Err(value_error("Empty attribute in format string")) } else { Ok(path.split_at(end)) }
}

fn first_value(ctx: &mut Context<'_>, name: &str, fields: &mut Fields<'_>) -> Attempt {
    let numbered = name.parse::<usize>().ok();
    if name.is_empty() || numbered.is_some() {
        if fields.mapping.is_some() {
            return Err(value_error("Format string contains positional fields"));
        }
        let automatic = fields.next.unwrap_or(0);
        let number = match numbered {
            Some(_) if automatic > 0 => {
                return Err(value_error("cannot switch from automatic field numbering to manual field specification"));
            }
            None if fields.manual => {
                return Err(value_error("cannot switch from manual field specification to automatic field numbering"));
            }
            Some(number) => {
                fields.manual = true;
                number
            }
            None => {
                fields.next = Some(automatic + 1);
                automatic
            }
        };
        let found = fields.positional.get(number).cloned();
        let message = format!("Replacement index {number} out of range for positional args tuple");
        return found.ok_or_else(|| index_error(message));
    }
    if let Some(mapping) = fields.mapping {
        return match mapping {
            Value::Object(Kind::Dict, id) => {
                let key = hash::text_key(name);
                super::contents::dict(ctx, *id)?.get(&key).cloned().ok_or_else(|| key_error(&key.value))
            }
            _ => Err(type_error("format_map() needs a dict")),
        };
    }
    let found = fields.keywords.keywords.iter().find(|(symbol, _)| ctx.image.name(*symbol) == name);
    found.map(|(_, value)| value.clone()).ok_or_else(|| key_error(&Value::str(name)))
}
