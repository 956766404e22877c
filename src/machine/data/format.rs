//! Format specifications: what stands behind the colon in `f"{value:>10.2f}"`.

use super::arithmetic;
use super::fault::{Attempt, Fault, overflow_error, type_error, value_error};
use super::number;
use super::{repr, types};
use crate::machine::memory::native::{Context, Question, Result};
use crate::machine::memory::value::Value;
use num_bigint::{BigInt, Sign};
use num_traits::Signed;

/// The widest that a field may be: as wide as CPython counts.
const WIDEST: usize = i64::MAX as usize;
/// So many digits may stand behind a point.
const MOST_PRECISE: usize = 1 << 24;

/// A format specification, taken apart.
#[derive(Clone, Debug, Default)]
pub struct Spec {
    fill: Option<char>,
    align: Option<char>,
    sign: Option<char>,
    no_negative_zero: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    grouping: Option<char>,
    precision: Option<usize>,
    kind: Option<char>,
}

/// Python's `format(value, spec)`.
///
/// # Errors
/// The call of an instance's own `__format__` or `__str__`; `ValueError` and `TypeError` for specifications that do not fit.
pub fn format_value(ctx: &mut Context<'_>, value: &Value, spec: &str) -> Result<String> {
    formatted(ctx, value, spec).map_err(|fault| fault.halt(ctx))
}

/// As [`format_value`].
pub fn formatted(ctx: &Context<'_>, value: &Value, spec: &str) -> Attempt<String> {
    if let Some(method) = super::user_method(ctx, value, "__format__") {
        return Err(Fault::invoke(method, vec![Value::str(spec)]));
    }
    if spec.is_empty() {
        return repr::text(ctx, value);
    }
    let parse = |of| -> Attempt<Spec> {
        let parsed = parse(spec, of)?;
        ctx.memory.claim(parsed.width)?;
        Ok(parsed)
    };
    match value.plain() {
        Value::Str(text) => text_with(text.as_str(), &parse("str")?),
        Value::Int(_) | Value::Big(_) => number_with(value, &parse("int")?, "int"),
        Value::Bool(truth) => number_with(&Value::Int(i64::from(*truth)), &parse("bool")?, "bool"),
        Value::Float(number) => float_with(*number, &parse("float")?),
        _ => Err(type_error(format!("unsupported format string passed to {}.__format__", types::name_of(value)))),
    }
}

/// Takes a specification apart.
fn parse(spec: &str, of: &str) -> Attempt<Spec> {
    let mut parsed = Spec::default();
    let chars: Vec<char> = spec.chars().collect();
    let mut at = 0;
    let is_align = |c: Option<&char>| c.is_some_and(|c| matches!(c, '<' | '>' | '=' | '^'));
    if is_align(chars.get(1)) {
        (parsed.fill, parsed.align) = (Some(chars[0]), Some(chars[1]));
        at = 2;
    } else if is_align(chars.first()) {
        parsed.align = Some(chars[0]);
        at = 1;
    }
    let accept = |at: &mut usize, allowed: &[char]| {
        let found = chars.get(*at).copied().filter(|c| allowed.contains(c));
        *at += usize::from(found.is_some());
        found
    };
    parsed.sign = accept(&mut at, &['+', '-', ' ']);
    parsed.no_negative_zero = accept(&mut at, &['z']).is_some();
    parsed.alternate = accept(&mut at, &['#']).is_some();
    parsed.zero = parsed.fill.is_none() && accept(&mut at, &['0']).is_some();
    parsed.width = digits(&chars, &mut at)?.unwrap_or(0);
    parsed.grouping = accept_grouping(&chars, &mut at)?;
    if chars.get(at) == Some(&'.') {
        at += 1;
        let precision = digits(&chars, &mut at)?;
        parsed.precision = Some(precision.ok_or_else(|| value_error("Format specifier missing precision"))?);
    }
    parsed.kind = chars.get(at).copied();
    if chars.len() > at + 1 {
        return Err(value_error(format!("Invalid format specifier '{spec}' for object of type '{of}'")));
    }
    if parsed.width > WIDEST || parsed.precision.is_some_and(|precision| precision > MOST_PRECISE) {
        return Err(value_error("Too many decimal digits in format string"));
    }
    if let (Some(grouping), Some(kind)) = (parsed.grouping, parsed.kind)
        && !(matches!(kind, 'd' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F')
            || (grouping == '_' && matches!(kind, 'b' | 'o' | 'x' | 'X')))
    {
        return Err(value_error(format!("Cannot specify '{grouping}' with '{kind}'.")));
    }
    Ok(parsed)
}

fn accept_grouping(chars: &[char], at: &mut usize) -> Attempt<Option<char>> {
    let mut grouping = None;
    while let Some(c) = chars.get(*at).copied().filter(|c| matches!(c, ',' | '_')) {
        match grouping {
            None => grouping = Some(c),
            Some(first) if first == c => return Err(value_error(format!("Cannot specify '{c}' with '{c}'."))),
            Some(_) => return Err(value_error("Cannot specify both ',' and '_'.")),
        }
        *at += 1;
    }
    Ok(grouping)
}

fn digits(chars: &[char], at: &mut usize) -> Attempt<Option<usize>> {
    let text: String = chars[*at..].iter().take_while(|c| c.is_ascii_digit()).collect();
    *at += text.len();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| value_error("Too many decimal digits in format string"))
}

fn unknown(kind: char, of: &str) -> Fault {
    value_error(format!("Unknown format code '{kind}' for object of type '{of}'"))
}

/// Puts a text into its field.
fn pad(text: &str, spec: &Spec, default: char) -> String {
    let length = text.chars().count();
    if length >= spec.width {
        return text.to_owned();
    }
    let fill = spec.fill.unwrap_or(if spec.zero { '0' } else { ' ' });
    let missing = spec.width - length;
    let (left, right) = match spec.align.unwrap_or(default) {
        '<' => (0, missing),
        '^' => (missing / 2, missing - missing / 2),
        _ => (missing, 0),
    };
    let mut out = String::with_capacity(text.len() + missing);
    out.extend(std::iter::repeat_n(fill, left));
    out.push_str(text);
    out.extend(std::iter::repeat_n(fill, right));
    out
}

fn text_with(text: &str, spec: &Spec) -> Attempt<String> {
    match spec.kind {
        None | Some('s') => {}
        Some(kind) => return Err(unknown(kind, "str")),
    }
    if let Some(sign) = spec.sign {
        return Err(value_error(if sign == ' ' {
            "Space not allowed in string format specifier"
        } else {
            "Sign not allowed in string format specifier"
        }));
    }
    if spec.no_negative_zero {
        return Err(value_error("Negative zero coercion (z) not allowed in string format specifier"));
    }
    if spec.alternate {
        return Err(value_error("Alternate form (#) not allowed in string format specifier"));
    }
    if let Some(grouping) = spec.grouping {
        return Err(value_error(format!("Cannot specify '{grouping}' with 's'.")));
    }
    if spec.align == Some('=') {
        return Err(value_error("'=' alignment not allowed in string format specifier"));
    }
    match spec.precision {
        Some(precision) => Ok(pad(&text.chars().take(precision).collect::<String>(), spec, '<')),
        None => Ok(pad(text, spec, '<')),
    }
}

fn number_with(value: &Value, spec: &Spec, of: &str) -> Attempt<String> {
    let kind = spec.kind.unwrap_or('d');
    if matches!(kind, 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') {
        let float = arithmetic::to_float(value).unwrap_or(Ok(0.0))?;
        return float_with(float, spec);
    }
    if !matches!(kind, 'b' | 'c' | 'd' | 'o' | 'x' | 'X' | 'n') {
        return Err(unknown(kind, of));
    }
    if spec.precision.is_some() {
        return Err(value_error("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(value_error("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    let number = arithmetic::to_big(value).unwrap_or_default();
    if kind == 'c' {
        return character(&number, spec);
    }
    let (prefix, digits) = in_base(&number.abs(), kind)?;
    let prefix = if spec.alternate { prefix } else { "" };
    let group = if matches!(kind, 'b' | 'o' | 'x' | 'X') { 4 } else { 3 };
    Ok(assemble(number.sign() == Sign::Minus, prefix, &digits, "", group, spec))
}

fn character(number: &BigInt, spec: &Spec) -> Attempt<String> {
    if spec.sign.is_some() {
        return Err(value_error("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(value_error("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    if i64::try_from(number).is_err() {
        return Err(overflow_error("Python int too large to convert to C long"));
    }
    let c = u32::try_from(number).ok().and_then(char::from_u32);
    let c = c.ok_or_else(|| overflow_error("%c arg not in range(0x110000)"))?;
    Ok(pad(c.encode_utf8(&mut [0; 4]), spec, '>'))
}

/// Prefix and digits of a magnitude.
pub fn in_base(magnitude: &BigInt, kind: char) -> Attempt<(&'static str, String)> {
    Ok(match kind {
        'b' => ("0b", magnitude.to_str_radix(2)),
        'o' => ("0o", magnitude.to_str_radix(8)),
        'x' => ("0x", magnitude.to_str_radix(16)),
        'X' => ("0X", magnitude.to_str_radix(16).to_uppercase()),
        _ => ("", number::decimal(magnitude)?),
    })
}

/// Sign, prefix, grouped digits and what follows them, in their field.
fn assemble(negative: bool, prefix: &str, digits: &str, tail: &str, group: usize, spec: &Spec) -> String {
    let sign = match (negative, spec.sign) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        (false, _) => "",
    };
    let inside = spec.align == Some('=') || (spec.align.is_none() && spec.zero);
    let fill = spec.fill.unwrap_or(if spec.zero { '0' } else { ' ' });
    let fixed = sign.len() + prefix.len() + tail.chars().count();
    if !inside {
        let body = grouped(digits, spec.grouping, group, 0);
        return pad(&format!("{sign}{prefix}{body}{tail}"), spec, '>');
    }
    let room = spec.width.saturating_sub(fixed);
    if fill == '0' {
        let body = grouped(digits, spec.grouping, group, room);
        return format!("{sign}{prefix}{body}{tail}");
    }
    let body = grouped(digits, spec.grouping, group, 0);
    let missing = room.saturating_sub(body.len());
    let filler: String = std::iter::repeat_n(fill, missing).collect();
    format!("{sign}{prefix}{filler}{body}{tail}")
}

/// Digits with separators, and zeros in front up to the width; never beginning with a separator.
fn grouped(digits: &str, separator: Option<char>, group: usize, width: usize) -> String {
    let Some(separator) = separator else { return format!("{digits:0>width$}") };
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return digits.to_owned();
    }
    let mut count = digits.len();
    while count + (count - 1) / group < width {
        count += 1;
    }
    let padded = format!("{digits:0>count$}");
    let mut out = String::with_capacity(count + count / group);
    for (index, c) in padded.chars().enumerate() {
        if index > 0 && (count - index).is_multiple_of(group) {
            out.push(separator);
        }
        out.push(c);
    }
    out
}

fn float_with(number: f64, spec: &Spec) -> Attempt<String> {
    let kind = match spec.kind {
        Some(kind @ ('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%')) => Some(kind),
        None => None,
        Some(kind) => return Err(unknown(kind, "float")),
    };
    let shown = if kind == Some('%') { number * 100.0 } else { number };
    let mut text = magnitude(shown.abs(), kind, spec.precision, spec.alternate);
    if matches!(kind, Some('E' | 'G' | 'F')) {
        text = text.to_uppercase();
    }
    let mut negative = shown.is_sign_negative() && !shown.is_nan();
    if spec.no_negative_zero && text.bytes().all(|byte| !byte.is_ascii_digit() || byte == b'0') {
        negative = false;
    }
    let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, tail) = if shown.is_finite() { text.split_at(split) } else { (&*text, "") };
    let percent = if kind == Some('%') { "%" } else { "" };
    if !shown.is_finite() {
        // No digits to put zeros in front of, nor to group.
        let plain = Spec { grouping: None, ..spec.clone() };
        return Ok(assemble(negative, "", digits, percent, 3, &plain));
    }
    Ok(assemble(negative, "", digits, &format!("{tail}{percent}"), 3, spec))
}

/// A float without its sign, as a presentation type writes it; `None`: as `repr` does, or `g` with a precision.
pub fn magnitude(number: f64, kind: Option<char>, precision: Option<usize>, alternate: bool) -> String {
    if number.is_nan() {
        return "nan".to_owned();
    }
    if number.is_infinite() {
        return "inf".to_owned();
    }
    match kind {
        Some('f' | 'F' | '%') => {
            let precision = precision.unwrap_or(6);
            let point = if alternate && precision == 0 { "." } else { "" };
            format!("{number:.precision$}{point}")
        }
        Some('e' | 'E') => scientific(number, precision.unwrap_or(6), alternate),
        None if precision.is_none() => number::float_repr(number),
        _ => general(number, precision.unwrap_or(6).max(1), alternate, kind.is_none()),
    }
}

/// `d.ddde+xx`
fn scientific(number: f64, precision: usize, alternate: bool) -> String {
    let text = format!("{number:.precision$e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let point = if alternate && precision == 0 { "." } else { "" };
    format!("{digits}{point}e{}", exponent_text(exponent.parse().unwrap_or(0)))
}

fn exponent_text(exponent: i32) -> String {
    format!("{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

/// So many significant digits, without zeros at the end. With `float_like` (no presentation type) there is at least one digit
/// behind the point, and the exponent comes one digit sooner.
fn general(number: f64, precision: usize, alternate: bool, float_like: bool) -> String {
    let text = format!("{number:.*e}", precision - 1);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let digits = mantissa.replace('.', "");
    let strip = |text: String| {
        if alternate || !text.contains('.') {
            text
        } else {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
    };
    let limit = precision as i32 - i32::from(float_like);
    if exponent < -4 || exponent >= limit {
        let (first, rest) = digits.split_at(1);
        let body = if rest.is_empty() && !alternate { first.to_owned() } else { strip(format!("{first}.{rest}")) };
        return format!("{body}e{}", exponent_text(exponent));
    }
    let body = if exponent < 0 {
        strip(format!("0.{}{digits}", "0".repeat((-exponent - 1) as usize)))
    } else {
        let (whole, rest) = digits.split_at(exponent as usize + 1);
        if rest.is_empty() && !alternate { whole.to_owned() } else { strip(format!("{whole}.{rest}")) }
    };
    if float_like && !body.contains('.') { format!("{body}.0") } else { body }
}

/// One piece of what `str.format` or `%` builds.
#[derive(Clone, Debug)]
pub enum Piece {
    /// As it is.
    Text(String),
    /// A value: conversion (`s`, `r`, `a`, or a blank for none) and specification.
    Value(Value, char, String),
}

/// Joins pieces; when an object's own method has to be called for one, the prelude's `format_pieces` does it.
pub fn join(ctx: &Context<'_>, pieces: Vec<Piece>) -> Attempt {
    let mut out = String::new();
    for piece in &pieces {
        match piece {
            Piece::Text(text) => add(ctx, &mut out, text)?,
            Piece::Value(value, conversion, spec) => match converted(ctx, value, *conversion, spec) {
                Ok(text) => add(ctx, &mut out, &text)?,
                Err(Fault::Python(_)) => return Err(by_prelude(pieces)),
                Err(fault) => return Err(fault),
            },
        }
    }
    Ok(Value::str(out))
}

fn add(ctx: &Context<'_>, out: &mut String, more: &str) -> Attempt<()> {
    ctx.memory.claim(more.len())?;
    out.push_str(more);
    Ok(())
}

fn converted(ctx: &Context<'_>, value: &Value, conversion: char, spec: &str) -> Attempt<String> {
    let text = match conversion {
        's' => repr::inner_text(ctx, value)?,
        'r' => repr::inner_repr(ctx, value)?,
        'a' => repr::ascii(&repr::inner_repr(ctx, value)?),
        _ if super::user_method(ctx, value, "__format__").is_some() => {
            let question = Question { function: "ask_format", values: vec![value.clone(), Value::str(spec)] };
            return repr::asked(ctx, question);
        }
        _ if spec.is_empty() => return repr::inner_text(ctx, value),
        _ => return formatted(ctx, value, spec),
    };
    if spec.is_empty() { Ok(text) } else { formatted(ctx, &Value::str(text), spec) }
}

fn by_prelude(pieces: Vec<Piece>) -> Fault {
    let triples = pieces.into_iter().map(|piece| {
        Value::tuple(match piece {
            Piece::Text(text) => vec![Value::str(text), Value::str("s"), Value::str("")],
            Piece::Value(value, conversion, spec) => vec![value, Value::str(conversion.to_string()), Value::str(spec)],
        })
    });
    Fault::Prelude("format_pieces", vec![Value::tuple(triples.collect())], Vec::new())
}
