//! `int` and `bool`: constructors and methods.

use super::arguments::{between, bind, given, method, wrong_receiver};
use super::arithmetic::to_big;
use super::fault::{Attempt, native, overflow_error, type_error, value_error};
use super::number;
use super::number::MOST_DIGITS;
use super::{bytes, types};
use crate::machine::memory::native::{Arguments, Context, Native};
use crate::machine::memory::value::Value;
use num_bigint::{BigInt, Sign};
use num_traits::{Num, Signed};

/// `int(…)`
pub static NEW: Native = native!("int", new);
/// `bool(…)`
pub static NEW_BOOL: Native = native!("bool", new_bool);

/// Methods.
pub const METHODS: &[Native] = &[
    native!("bit_length", bit_length),
    native!("bit_count", bit_count),
    native!("to_bytes", to_bytes),
    native!("from_bytes", from_bytes),
    native!("conjugate", itself),
    native!("is_integer", is_integer),
];

/// Computed attributes.
pub const PROPERTIES: &[Native] =
    &[native!("real", itself), native!("numerator", itself), native!("imag", zero), native!("denominator", one)];

fn new(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value, base] = bind(ctx, "int", &args.positional[1..], args, ["x", "base"], 0, 2)?;
    let Some(base) = given(&base) else {
        return match given(&value).map(Value::plain) {
            None => Ok(Value::Int(0)),
            Some(Value::Float(number)) => number::to_int(*number),
            Some(Value::Str(text)) => parse(text.as_str(), 10),
            Some(Value::Bytes(text)) => parse(&String::from_utf8_lossy(text), 10),
            Some(number) => to_big(number).map(Value::big).ok_or_else(|| {
                type_error(format!(
                    "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                    types::name_of(number)
                ))
            }),
        };
    };
    let base = super::arguments::index(base)?;
    match value.plain() {
        Value::Str(_) | Value::Bytes(_) if base != 0 && !(2..=36).contains(&base) => {
            Err(value_error("int() base must be >= 2 and <= 36, or 0"))
        }
        Value::Str(text) => parse(text.as_str(), base as u32),
        Value::Bytes(text) => parse(&String::from_utf8_lossy(text), base as u32),
        Value::Unbound => Err(type_error("int() missing string argument")),
        _ => Err(type_error("int() can't convert non-string with explicit base")),
    }
}

/// The integer that a text says.
fn parse(text: &str, base: u32) -> Attempt {
    if base == 10
        && text.len() < 19
        && let Ok(number) = text.trim().parse::<i64>()
    {
        return Ok(Value::Int(number));
    }
    let bad = || value_error(format!("invalid literal for int() with base {base}: {}", super::repr::quoted(text)));
    let trimmed = text.trim();
    let (negative, digits) = match trimmed.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
    };
    let lower = digits.to_lowercase();
    let prefixed = [("0x", 16), ("0o", 8), ("0b", 2)]
        .into_iter()
        .find(|(prefix, of)| lower.starts_with(prefix) && (base == 0 || base == *of));
    let (digits, radix) = match prefixed {
        Some((_, radix)) => (&lower[2..], radix),
        None => (&*lower, if base == 0 { 10 } else { base }),
    };
    let digits = if prefixed.is_some() { digits.strip_prefix('_').unwrap_or(digits) } else { digits };
    let well_formed =
        !digits.is_empty() && !digits.starts_with('_') && !digits.ends_with('_') && !digits.contains("__");
    if !well_formed || !digits.chars().all(|c| c == '_' || c.is_digit(radix)) {
        return Err(bad());
    }
    let digits = digits.replace('_', "");
    if base == 0 && prefixed.is_none() && digits.starts_with('0') && digits.chars().any(|c| c != '0') {
        return Err(bad());
    }
    if !radix.is_power_of_two() && digits.len() as u64 > MOST_DIGITS {
        return Err(value_error(format!(
            "Exceeds the limit ({MOST_DIGITS} digits) for integer string conversion: value has {} digits; use \
             sys.set_int_max_str_digits() to increase the limit",
            digits.len()
        )));
    }
    let number = BigInt::from_str_radix(&digits, radix).map_err(|_| bad())?;
    Ok(Value::big(if negative { -number } else { number }))
}

fn new_bool(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (_, rest) = between("bool", args, 1, 0, 1)?;
    match rest.first() {
        Some(value) => Ok(Value::Bool(super::truth(ctx, value)?)),
        None => Ok(Value::Bool(false)),
    }
}

fn receiver(name: &str, args: Arguments<'_>) -> Attempt<BigInt> {
    let [value] = method(name, args)?;
    to_big(value).ok_or_else(|| wrong_receiver(name, Some(value)))
}

fn itself(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    receiver("int.real", args).map(Value::big)
}

fn is_integer(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    receiver("int.is_integer", args).map(|_| Value::Bool(true))
}

fn zero(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    receiver("int.imag", args).map(|_| Value::Int(0))
}

fn one(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    receiver("int.denominator", args).map(|_| Value::Int(1))
}

fn bit_length(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    receiver("int.bit_length", args).map(|number| Value::Int(number.bits() as i64))
}

fn bit_count(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let number = receiver("int.bit_count", args)?;
    Ok(Value::Int(number.magnitude().count_ones() as i64))
}

fn to_bytes(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let Some((value, rest)) = args.positional.split_first() else {
        return Err(wrong_receiver("int.to_bytes", None));
    };
    let Some(number) = to_big(value) else { return Err(wrong_receiver("int.to_bytes", Some(value))) };
    let [length, order, signed] = bind(ctx, "to_bytes", rest, args, ["length", "byteorder", "signed"], 0, 2)?;
    let length = given(&length).map_or(Ok(1), super::arguments::index)?;
    let length = usize::try_from(length).map_err(|_| value_error("length argument must be non-negative"))?;
    let signed = given(&signed).is_some_and(|value| matches!(value, Value::Bool(true)));
    if number.is_negative() && !signed {
        return Err(overflow_error("can't convert negative int to unsigned"));
    }
    let mut digits = if signed { number.to_signed_bytes_be() } else { number.magnitude().to_bytes_be() };
    if number.sign() == Sign::NoSign {
        digits.clear();
    }
    if digits.len() > length {
        return Err(overflow_error("int too big to convert"));
    }
    let filler = if number.is_negative() { 0xff } else { 0 };
    ctx.memory.claim(length)?;
    let mut all = vec![filler; length - digits.len()];
    all.extend(digits);
    if little(&order)? {
        all.reverse();
    }
    Ok(bytes::make(all))
}

fn little(order: &Value) -> Attempt<bool> {
    match order {
        Value::Unbound => Ok(false),
        Value::Str(order) if order.as_str() == "big" => Ok(false),
        Value::Str(order) if order.as_str() == "little" => Ok(true),
        _ => Err(value_error("byteorder must be either 'little' or 'big'")),
    }
}

fn from_bytes(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let given = args.positional.get(1..).unwrap_or_default();
    let [data, order, signed] = bind(ctx, "from_bytes", given, args, ["bytes", "byteorder", "signed"], 1, 2)?;
    let Value::Bytes(data) = &data else {
        return Err(type_error(format!("cannot convert '{}' object to bytes", types::name_of(&data))));
    };
    let mut data = data.to_vec();
    if little(&order)? {
        data.reverse();
    }
    Ok(Value::big(if matches!(signed, Value::Bool(true)) {
        BigInt::from_signed_bytes_be(&data)
    } else {
        BigInt::from_bytes_be(Sign::Plus, &data)
    }))
}
