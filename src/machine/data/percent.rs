//! `template % values`

use super::arithmetic;
use super::fault::{Attempt, Fault, type_error, value_error};
use super::format::{Piece, in_base, join, magnitude};
use super::number;
use super::{hash, types};
use crate::machine::memory::native::Context;
use crate::machine::memory::value::{Kind, Str, Value};
use num_bigint::Sign;
use num_traits::Signed;

/// One conversion: `%(key)-08.3f`.
#[derive(Default)]
struct Conversion {
    key: Option<String>,
    left: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

/// The values that conversions take, in order.
struct Values<'a> {
    items: &'a [Value],
    next: usize,
}

impl Values<'_> {
    fn take(&mut self) -> Attempt<Value> {
        self.next += 1;
        let found = self.items.get(self.next - 1).cloned();
        found.ok_or_else(|| type_error("not enough arguments for format string"))
    }
}

/// What a name in a template comes to, where the values have none.
fn no_mapping(values: &Value) -> Fault {
    match values {
        Value::Object(Kind::List, _) | Value::Range(_) => {
            type_error(format!("{} indices must be integers or slices, not str", types::name_of(values)))
        }
        _ => type_error("format requires a mapping"),
    }
}

/// The template with `values` (a tuple, a dict, or one value) in place of its conversions.
pub fn format(ctx: &Context<'_>, template: &Str, values: &Value) -> Attempt {
    let single = std::slice::from_ref(values);
    let mut given = match values {
        Value::Tuple(items) => Values { items, next: 0 },
        _ => Values { items: single, next: 0 },
    };
    let mapping = match values {
        Value::Object(Kind::Dict, id) => Some(super::contents::dict(ctx, *id)?),
        _ => None,
    };
    let mut pieces = Vec::new();
    let mut by_key = false;
    let mut rest = template.as_str();
    while let Some(at) = rest.find('%') {
        pieces.push(Piece::Text(rest[..at].to_owned()));
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            pieces.push(Piece::Text("%".to_owned()));
            rest = after;
            continue;
        }
        let (conversion, after) = parse(rest, &mut given)?;
        ctx.memory.claim(conversion.width)?;
        let mut chars = after.chars();
        let kind = chars.next().ok_or_else(|| value_error("incomplete format"))?;
        let position = template.as_str().len() - after.len();
        rest = chars.as_str();
        let value = match &conversion.key {
            None => given.take()?,
            Some(key) => {
                by_key = true;
                let dict = mapping.ok_or_else(|| no_mapping(values))?;
                let key = hash::text_key(key);
                dict.get(&key).cloned().ok_or_else(|| super::fault::key_error(&key.value))?
            }
        };
        pieces.push(convert(value, kind, &conversion, position)?);
    }
    pieces.push(Piece::Text(rest.to_owned()));
    let unused = given.next < given.items.len() && mapping.is_none() && !by_key;
    // What has items by index may be a mapping for all that is known here.
    if unused && !matches!(values, Value::Object(Kind::List, _) | Value::Range(_) | Value::Bytes(_)) {
        return Err(type_error("not all arguments converted during string formatting"));
    }
    join(ctx, pieces)
}

/// Likewise for bytes, which go through text with a character for each byte.
pub fn format_bytes(ctx: &Context<'_>, template: &[u8], values: &Value) -> Attempt {
    let letters = |bytes: &[u8]| bytes.iter().map(|byte| char::from(*byte)).collect::<String>();
    let lettered = |value: &Value| match value.plain() {
        Value::Bytes(bytes) => Ok(Value::str(letters(bytes))),
        Value::Str(_) => {
            let wanted = "a bytes-like object, or an object that implements __bytes__";
            Err(type_error(format!("%b requires {wanted}, not '{}'", types::name_of(value))))
        }
        _ => Ok(value.clone()),
    };
    let values = match values.plain() {
        Value::Tuple(items) => Value::tuple(items.iter().map(lettered).collect::<Attempt<_>>()?),
        other => lettered(other)?,
    };
    let Value::Str(template) = Value::str(letters(template).replace("%b", "%s")) else { return Ok(Value::Unbound) };
    let made = format(ctx, &template, &values)?;
    let Value::Str(text) = &made else { return Ok(made) };
    Ok(super::bytes::make(text.as_str().chars().map(|letter| u32::from(letter) as u8).collect()))
}

fn parse<'t>(text: &'t str, given: &mut Values<'_>) -> Attempt<(Conversion, &'t str)> {
    let mut conversion = Conversion::default();
    let mut rest = text;
    if let Some(after) = rest.strip_prefix('(') {
        let end = after.find(')').ok_or_else(|| value_error("incomplete format key"))?;
        conversion.key = Some(after[..end].to_owned());
        rest = &after[end + 1..];
    }
    while let Some(flag) = rest.chars().next() {
        match flag {
            '-' => conversion.left = true,
            '+' => conversion.plus = true,
            ' ' => conversion.space = true,
            '#' => conversion.alternate = true,
            '0' => conversion.zero = true,
            _ => break,
        }
        rest = &rest[1..];
    }
    if let (Some(width), after) = size(rest, given)? {
        conversion.left |= width < 0;
        conversion.width = width.unsigned_abs() as usize;
        rest = after;
    }
    if let Some(after) = rest.strip_prefix('.') {
        let (precision, after) = size(after, given)?;
        conversion.precision = Some(precision.unwrap_or(0).max(0) as usize);
        rest = after;
    }
    if conversion.width > i64::MAX as usize || conversion.precision.is_some_and(|precision| precision > 1 << 20) {
        return Err(value_error("width too big"));
    }
    Ok((conversion, rest.trim_start_matches(['h', 'l', 'L'])))
}

/// Digits, or `*` for the next value.
fn size<'t>(text: &'t str, given: &mut Values<'_>) -> Attempt<(Option<i64>, &'t str)> {
    if let Some(after) = text.strip_prefix('*') {
        let value = given.take()?;
        let Value::Int(size) = value else { return Err(type_error("* wants int")) };
        return Ok((Some(size), after));
    }
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if end == 0 {
        return Ok((None, text));
    }
    let size = text[..end].parse().map_err(|_| value_error("width too big"))?;
    Ok((Some(size), &text[end..]))
}

fn convert(value: Value, kind: char, conversion: &Conversion, position: usize) -> Attempt<Piece> {
    match kind {
        's' | 'r' | 'a' => {
            let align = if conversion.left { '<' } else { '>' };
            let spec = match (conversion.width, conversion.precision) {
                (0, None) => String::new(),
                (width, None) => format!("{align}{width}"),
                (0, Some(precision)) => format!(".{precision}"),
                (width, Some(precision)) => format!("{align}{width}.{precision}"),
            };
            Ok(Piece::Value(value, kind, spec))
        }
        'c' => {
            let text = match &value {
                Value::Int(code) => {
                    let c = u32::try_from(*code).ok().and_then(char::from_u32);
                    c.ok_or_else(|| super::fault::overflow_error("%c arg not in range(0x110000)"))?.to_string()
                }
                Value::Str(text) if text.len() == 1 => text.as_str().to_owned(),
                _ => return Err(type_error("%c requires int or char")),
            };
            Ok(Piece::Text(field("", &text, conversion, false)))
        }
        'd' | 'i' | 'u' | 'o' | 'x' | 'X' => integer(&value, kind, conversion),
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
            let Some(number) = arithmetic::to_float(&value) else {
                return Err(type_error(format!("must be real number, not {}", types::name_of(&value))));
            };
            let number = number?;
            let mut text =
                magnitude(number.abs(), Some(kind), Some(conversion.precision.unwrap_or(6)), conversion.alternate);
            if kind.is_ascii_uppercase() {
                text = text.to_uppercase();
            }
            let negative = number.is_sign_negative() && !number.is_nan();
            Ok(Piece::Text(field(sign(negative, conversion), &text, conversion, number.is_finite())))
        }
        other => Err(value_error(format!(
            "unsupported format character '{other}' ({:#x}) at index {position}",
            u32::from(other)
        ))),
    }
}

fn integer(value: &Value, kind: char, conversion: &Conversion) -> Attempt<Piece> {
    let number = match value {
        Value::Float(number) if matches!(kind, 'd' | 'i' | 'u') => arithmetic::to_big(&number::to_int(*number)?),
        other => arithmetic::to_big(other),
    };
    let wanted = if matches!(kind, 'd' | 'i' | 'u') { "a real number is required" } else { "an integer is required" };
    let number =
        number.ok_or_else(|| type_error(format!("%{kind} format: {wanted}, not {}", types::name_of(value))))?;
    let (prefix, mut digits) = in_base(&number.abs(), kind)?;
    if let Some(precision) = conversion.precision {
        digits = format!("{digits:0>precision$}");
    }
    let prefix = if conversion.alternate { prefix } else { "" };
    let front = format!("{}{prefix}", sign(number.sign() == Sign::Minus, conversion));
    Ok(Piece::Text(field(&front, &digits, conversion, true)))
}

fn sign(negative: bool, conversion: &Conversion) -> &'static str {
    match negative {
        true => "-",
        false if conversion.plus => "+",
        false if conversion.space => " ",
        false => "",
    }
}

/// What stands in front, and the rest, in the field.
fn field(front: &str, body: &str, conversion: &Conversion, zeros: bool) -> String {
    let missing = conversion.width.saturating_sub(front.chars().count() + body.chars().count());
    if conversion.left {
        format!("{front}{body}{}", " ".repeat(missing))
    } else if conversion.zero && zeros {
        format!("{front}{}{body}", "0".repeat(missing))
    } else {
        format!("{}{front}{body}", " ".repeat(missing))
    }
}
