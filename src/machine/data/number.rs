//! Computing with floats, and the digits of numbers.

use super::fault::{Attempt, Fault, overflow_error, value_error, zero_division};
use crate::machine::memory::value::Value;
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

/// The most digits that an integer is converted to or from a string with, as in CPython.
pub(super) const MOST_DIGITS: u64 = 4300;

/// The whole part, exactly; `None` for infinities and NaN.
pub fn to_big(float: f64) -> Option<BigInt> {
    if !float.is_finite() {
        return None;
    }
    let bits = float.abs().trunc().to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i64;
    let mantissa = (bits & ((1 << 52) - 1)) | (u64::from(exponent != 0) << 52);
    let shift = exponent - 1075;
    let whole = if exponent == 0 {
        BigInt::from(0)
    } else if shift >= 0 {
        BigInt::from(mantissa) << shift
    } else {
        BigInt::from(mantissa) >> -shift
    };
    Some(if float < 0.0 { -whole } else { whole })
}

/// `int(float)`
pub fn to_int(float: f64) -> Attempt {
    if float.abs() < 9e18 {
        return Ok(Value::Int(float as i64));
    }
    match to_big(float) {
        Some(whole) => Ok(Value::big(whole)),
        None if float.is_nan() => Err(value_error("cannot convert float NaN to integer")),
        None => Err(overflow_error("cannot convert float infinity to integer")),
    }
}

/// `number * 2^exponent`, rounded once, half to even.
pub fn scaled(number: &BigInt, exponent: i64) -> f64 {
    let magnitude = number.abs();
    let bits = magnitude.bits() as i64;
    // What is kept: 53 bits, fewer where floats get sparse.
    let lowest = (bits + exponent - 53).max(-1074);
    let drop = lowest - exponent;
    let float = if drop <= 0 {
        magnitude.to_f64().unwrap_or(f64::INFINITY) * 2f64.powi(exponent as i32)
    } else {
        let half = BigInt::from(1) << (drop - 1);
        let mut kept = &magnitude >> drop;
        let rest = &magnitude - (&kept << drop);
        let odd = (&kept & BigInt::from(1)) == BigInt::from(1);
        if rest > half || (rest == half && odd) {
            kept += 1;
        }
        let kept = kept.to_f64().unwrap_or(f64::INFINITY);
        let low = i32::try_from(lowest).unwrap_or(i32::MAX);
        // Two steps: 2^-1074 by itself is no normal number.
        if low < -1000 { kept * 2f64.powi(low + 100) * 2f64.powi(-100) } else { kept * power_of_two(low) }
    };
    if number.is_negative() { -float } else { float }
}

fn power_of_two(exponent: i32) -> f64 {
    if exponent > 1023 { f64::INFINITY } else { 2f64.powi(exponent) }
}

/// Floor division and modulo: the remainder has the divisor's sign.
pub fn div_mod(x: f64, y: f64) -> (f64, f64) {
    let mut rest = x % y;
    let mut quotient = (x - rest) / y;
    if rest == 0.0 {
        rest = 0f64.copysign(y);
    } else if (y < 0.0) != (rest < 0.0) {
        rest += y;
        quotient -= 1.0;
    }
    let floor = if quotient == 0.0 {
        0f64.copysign(x / y)
    } else {
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    };
    (floor, rest)
}

/// `x ** y`
pub fn power(x: f64, y: f64) -> Attempt<f64> {
    if x == 0.0 && y < 0.0 {
        return Err(zero_division("0.0 cannot be raised to a negative power"));
    }
    if x < 0.0 && x.is_finite() && y.is_finite() && y.trunc() != y {
        return Err(Fault::Error(
            &crate::machine::data::exception::NOT_IMPLEMENTED_ERROR,
            "raddle has no complex numbers: a negative number cannot be raised to a fractional power".into(),
        ));
    }
    let result = x.powf(y);
    if result.is_infinite() && x.is_finite() && y.is_finite() {
        let arguments = vec![Value::Int(34), Value::str("Numerical result out of range")];
        return Err(Fault::With(&crate::machine::data::exception::OVERFLOW_ERROR, arguments));
    }
    Ok(result)
}

/// Digits and decimal exponent (of the first digit) of the shortest text that reads back as the same float.
fn shortest(float: f64) -> (String, i32) {
    let float = float.abs();
    let text = format!("{float:e}");
    // Of the shortest texts that mean this number, the one nearest to it; where two are as near, the even one.
    let precision = text.split('e').next().map_or(0, |digits| digits.len().saturating_sub(2));
    let nearest = format!("{float:.precision$e}");
    let text = if nearest.parse() == Ok(float) { nearest } else { text };
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    (digits.replace('.', ""), exponent.parse().unwrap_or(0))
}

/// `repr(float)`
pub fn float_repr(float: f64) -> String {
    if float.is_nan() {
        return "nan".to_owned();
    }
    let sign = if float.is_sign_negative() { "-" } else { "" };
    if float.is_infinite() {
        return format!("{sign}inf");
    }
    let (digits, exponent) = shortest(float);
    if !(-4..16).contains(&exponent) {
        let (first, rest) = digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        let mark = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{first}{point}{rest}e{mark}{:02}", exponent.abs());
    }
    let body = if exponent < 0 {
        format!("0.{}{digits}", "0".repeat((-exponent - 1) as usize))
    } else {
        let whole = exponent as usize + 1;
        if digits.len() > whole {
            format!("{}.{}", &digits[..whole], &digits[whole..])
        } else {
            format!("{digits}{}.0", "0".repeat(whole - digits.len()))
        }
    };
    format!("{sign}{body}")
}

/// `round(float, digits)`: the float nearest to the decimal, ties to even.
pub fn rounded(float: f64, digits: i64) -> Attempt<f64> {
    if !float.is_finite() || digits > 323 {
        return Ok(float);
    }
    if digits < -308 {
        return Ok(0f64.copysign(float));
    }
    let result = if digits >= 0 {
        format!("{:.*}", digits as usize, float).parse().unwrap_or(float)
    } else {
        rounded_to_power(float, digits)
    };
    if result.is_infinite() { Err(overflow_error("rounded value too large to represent")) } else { Ok(result) }
}

/// To a multiple of ten to the power of `-digits`, exactly, ties to even.
fn rounded_to_power(float: f64, digits: i64) -> f64 {
    let shortest = format!("{float:e}");
    let exponent = shortest.split_once('e').and_then(|(_, exponent)| exponent.parse::<i64>().ok()).unwrap_or(0);
    match usize::try_from(exponent + digits) {
        Ok(places) => format!("{float:.places$e}").parse().unwrap_or(float),
        // Less than the power: nothing, or one of it.
        Err(_) => {
            let power = |factor: &str| format!("{factor}e{}", -digits).parse::<f64>().unwrap_or(0.0);
            let one = if float.abs() > power("0.5") { power("1") } else { 0.0 };
            one.copysign(float)
        }
    }
}

/// `str(int)`, refused beyond CPython's limit.
pub fn decimal(number: &BigInt) -> Attempt<String> {
    // log10(2) is a little above 0.30102.
    if number.bits() * 30_102 / 100_000 > MOST_DIGITS {
        return Err(value_error(format!(
            "Exceeds the limit ({MOST_DIGITS} digits) for integer string conversion; use sys.set_int_max_str_digits() \
             to increase the limit"
        )));
    }
    Ok(number.to_string())
}
