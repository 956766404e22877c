//! `float`: how floats are computed, written and read.

use super::arguments::{between, method, wrong_receiver};
use super::arithmetic;
use super::fault::{Attempt, native, overflow_error, type_error, value_error};
use super::{number, types};
use crate::machine::memory::native::{Arguments, Context, Native};
use crate::machine::memory::value::Value;
use num_bigint::BigInt;

/// `float(…)`
pub static NEW: Native = native!("float", new);

/// Methods.
pub const METHODS: &[Native] =
    &[native!("is_integer", is_integer), native!("conjugate", itself), native!("as_integer_ratio", as_integer_ratio)];

/// Computed attributes.
pub const PROPERTIES: &[Native] = &[native!("real", itself), native!("imag", imaginary)];

fn new(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (_, rest) = between("float", args, 1, 0, 1)?;
    let Some(value) = rest.first() else { return Ok(Value::Float(0.0)) };
    if let Some(float) = arithmetic::to_float(value) {
        return float.map(Value::Float);
    }
    match value {
        Value::Str(text) => {
            let bad =
                || value_error(format!("could not convert string to float: {}", super::repr::quoted(text.as_str())));
            parse(text.as_str()).map(Value::Float).ok_or_else(bad)
        }
        other => Err(type_error(format!(
            "float() argument must be a string or a real number, not '{}'",
            types::name_of(other)
        ))),
    }
}

/// A float as Python's source and `float()` write it.
fn parse(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = if text.contains('_') {
        let bytes = text.as_bytes();
        let between_digits = |index: usize| {
            let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
            digit(index.checked_sub(1)) && digit(Some(index + 1))
        };
        if !text.match_indices('_').all(|(index, _)| between_digits(index)) {
            return None;
        }
        text.replace('_', "")
    } else {
        text.to_owned()
    };
    let unsigned = plain.strip_prefix(['+', '-']).unwrap_or(&plain);
    let lower = unsigned.to_ascii_lowercase();
    let known = matches!(lower.as_str(), "inf" | "infinity" | "nan");
    let numeric = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    if known || numeric { plain.parse().ok() } else { None }
}

fn receiver(name: &str, args: Arguments<'_>) -> Attempt<f64> {
    let [value] = method(name, args)?;
    match value.plain() {
        Value::Float(float) => Ok(*float),
        other => Err(wrong_receiver(name, Some(other))),
    }
}

fn is_integer(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let float = receiver("float.is_integer", args)?;
    Ok(Value::Bool(float.is_finite() && float.trunc() == float))
}

fn itself(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    receiver("float.real", args).map(Value::Float)
}

fn imaginary(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    receiver("float.imag", args).map(|_| Value::Float(0.0))
}

fn as_integer_ratio(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let float = receiver("float.as_integer_ratio", args)?;
    if float.is_nan() {
        return Err(value_error("cannot convert NaN to integer ratio"));
    }
    if float.is_infinite() {
        return Err(overflow_error("cannot convert Infinity to integer ratio"));
    }
    let (mut denominator, mut scaled) = (0u32, float);
    while scaled.trunc() != scaled {
        scaled *= 2.0;
        denominator += 1;
    }
    let numerator = number::to_big(scaled).unwrap_or_default();
    Ok(Value::tuple(vec![Value::big(numerator), Value::big(BigInt::from(1) << denominator)]))
}
