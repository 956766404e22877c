//! `math`

use super::arguments::{between, bind, function, index};
use super::arithmetic::{to_big, to_float};
use super::fault::{Attempt, Fault, memory_error, native, overflow_error, type_error, value_error};
use super::number;
use super::types;
use crate::machine::data::exception as ex;
use crate::machine::memory::lookout;
use crate::machine::memory::native::{Arguments, Context, Native};
use crate::machine::memory::value::Value;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive};

/// Declares functions of one float: name, function, whether the result must be finite.
macro_rules! of_float {
    ($($function:ident $name:literal: $compute:expr;)*) => {
        $(
            fn $function(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
                let [value] = function(concat!("math.", $name), args)?;
                let number = real(value)?;
                let compute: fn(f64) -> f64 = $compute;
                checked(compute(number), number)
            }
        )*
    };
}

of_float! {
    sqrt "sqrt": f64::sqrt;
    sin "sin": f64::sin;
    cos "cos": f64::cos;
    exp "exp": f64::exp;
    fabs "fabs": f64::abs;
    tan "tan": f64::tan;
    asin "asin": f64::asin;
    acos "acos": f64::acos;
    atan "atan": f64::atan;
    sinh "sinh": f64::sinh;
    cosh "cosh": f64::cosh;
    tanh "tanh": f64::tanh;
    expm1 "expm1": f64::exp_m1;
    log1p "log1p": f64::ln_1p;
    exp2 "exp2": f64::exp2;
    cbrt "cbrt": f64::cbrt;
}

/// Declares functions of two floats, likewise.
macro_rules! of_floats {
    ($($function:ident $name:literal: $compute:expr;)*) => {
        $(
            fn $function(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
                let [a, b] = function($name, args)?;
                let (a, b) = (real(a)?, real(b)?);
                let compute: fn(f64, f64) -> f64 = $compute;
                checked(compute(a, b), a + b)
            }
        )*
    };
}

of_floats! {
    atan2 "atan2": f64::atan2;
    copysign "copysign": f64::copysign;
    fmod "fmod": |a, b| a % b;
}

static FUNCTIONS: &[Native] = &[
    native!("acos", acos),
    native!("asin", asin),
    native!("atan", atan),
    native!("atan2", atan2),
    native!("copysign", copysign),
    native!("cosh", cosh),
    native!("exp2", exp2),
    native!("expm1", expm1),
    native!("fmod", fmod),
    native!("log1p", log1p),
    native!("sinh", sinh),
    native!("tan", tan),
    native!("tanh", tanh),
    native!("cbrt", cbrt),
    native!("ceil", ceil),
    native!("cos", cos),
    native!("exp", exp),
    native!("fabs", fabs),
    native!("factorial", factorial),
    native!("floor", floor),
    native!("frexp", frexp),
    native!("gcd", gcd),
    native!("hypot", hypot),
    native!("isclose", is_close),
    native!("isinf", is_infinite),
    native!("isnan", is_nan),
    native!("isqrt", isqrt),
    native!("ldexp", ldexp),
    native!("log", log),
    native!("log10", log10),
    native!("log2", log2),
    native!("pow", pow),
    native!("sin", sin),
    native!("sqrt", sqrt),
    native!("trunc", trunc),
];

/// A member of `math`.
pub fn member(name: &str) -> Option<Value> {
    let constant = match name {
        "pi" => std::f64::consts::PI,
        "e" => std::f64::consts::E,
        "tau" => std::f64::consts::TAU,
        "inf" => f64::INFINITY,
        "nan" => f64::NAN,
        _ => return FUNCTIONS.iter().find(|native| native.name == name).map(Value::Native),
    };
    Some(Value::Float(constant))
}

fn real(value: &Value) -> Attempt<f64> {
    to_float(value).unwrap_or_else(|| Err(type_error(format!("must be real number, not {}", types::name_of(value)))))
}

/// A result that is NaN or infinite though its argument is not is an error.
fn checked(result: f64, argument: f64) -> Attempt {
    if result.is_nan() && !argument.is_nan() {
        return Err(value_error("math domain error"));
    }
    if result.is_infinite() && argument.is_finite() {
        return Err(overflow_error("math range error"));
    }
    Ok(Value::Float(result))
}

fn integer(value: &Value) -> Attempt<BigInt> {
    to_big(value)
        .ok_or_else(|| type_error(format!("'{}' object cannot be interpreted as an integer", types::name_of(value))))
}

fn whole(ctx: &Context<'_>, name: &str, args: Arguments<'_>, round: fn(f64) -> f64) -> Attempt {
    let [value] = function(name, args)?;
    let method = format!("__{}__", name.trim_start_matches("math."));
    if let Some(method) = super::user_method(ctx, value, &method) {
        return Err(Fault::invoke(method, Vec::new()));
    }
    match value {
        Value::Float(number) => number::to_int(round(*number)),
        other => match to_big(other) {
            Some(number) => Ok(Value::big(number)),
            None => Err(type_error(format!("must be real number, not {}", types::name_of(other)))),
        },
    }
}

fn ceil(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    whole(ctx, "math.ceil", args, f64::ceil)
}

fn floor(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    whole(ctx, "math.floor", args, f64::floor)
}

fn trunc(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    whole(ctx, "math.trunc", args, f64::trunc)
}

/// `frexp(x)`: a fraction from a half up to one, and the power of two that it is to be multiplied with.
fn frexp(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("math.frexp", args)?;
    let number = real(value)?;
    let (mut fraction, mut exponent) = (number, 0);
    if number != 0.0 && number.is_finite() {
        // A subnormal number has no exponent of its own.
        let normal = if number.is_normal() { number } else { number * f64::from_bits(0x43F0_0000_0000_0000) };
        exponent = (normal.to_bits() >> 52 & 0x7FF) as i64 - 1022 - if number.is_normal() { 0 } else { 64 };
        fraction = f64::from_bits(normal.to_bits() & !(0x7FF << 52) | 1022 << 52);
    }
    Ok(Value::tuple(vec![Value::Float(fraction), Value::Int(exponent)]))
}

/// `ldexp(x, i)`
fn ldexp(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value, power] = function("math.ldexp", args)?;
    let (number, mut power) = (real(value)?, index(power)?.clamp(-4000, 4000));
    let mut result = number;
    // In steps, of which only the last one may round.
    while power > 1000 {
        (result, power) = (result * 2f64.powi(1000), power - 1000);
    }
    while power < -1000 && result.abs() > 2f64.powi(-20) {
        (result, power) = (result * 2f64.powi(-1000), power + 1000);
    }
    let result = result * 2f64.powi(power.max(-1074) as i32);
    let result = if power < -1074 { result * 0.0 } else { result };
    if result.is_infinite() && number.is_finite() {
        return Err(overflow_error("math range error"));
    }
    Ok(Value::Float(result))
}

fn gcd(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let mut result = BigInt::from(0);
    for value in args.positional {
        result = result.gcd(&integer(value)?);
    }
    Ok(Value::big(result))
}

fn isqrt(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("math.isqrt", args)?;
    let number = integer(value)?;
    if number.is_negative() {
        return Err(value_error("isqrt() argument must be nonnegative"));
    }
    Ok(Value::big(number.sqrt()))
}

fn factorial(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("math.factorial", args)?;
    let number = index(value)?;
    match number {
        ..0 => Err(value_error("factorial() not defined for negative values")),
        0..=100_000 => Ok(Value::big((2..=number).fold(BigInt::from(1), |product, factor| {
            lookout::weigh((product.bits() >> 9) as usize + 1);
            product * factor
        }))),
        _ => Err(memory_error()),
    }
}

/// A logarithm, of integers too large for a float too.
fn logarithm(value: &Value, compute: fn(f64) -> f64) -> Attempt<f64> {
    if let Value::Big(number) = value {
        if number.is_negative() {
            return Err(value_error("math domain error"));
        }
        let shift = number.bits().saturating_sub(64);
        let top: BigInt = &**number >> shift;
        return Ok(compute(top.to_f64().unwrap_or(1.0)) + shift as f64 * compute(2.0));
    }
    let number = real(value)?;
    if number <= 0.0 { Err(value_error("math domain error")) } else { Ok(compute(number)) }
}

fn log(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (_, rest) = between("log", args, 0, 1, 2)?;
    let result = logarithm(&rest[0], f64::ln)?;
    let Some(base) = rest.get(1) else { return Ok(Value::Float(result)) };
    let base = logarithm(base, f64::ln)?;
    if base == 0.0 {
        return Err(super::fault::zero_division("float division by zero"));
    }
    Ok(Value::Float(result / base))
}

fn log2(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("math.log2", args)?;
    logarithm(value, f64::log2).map(Value::Float)
}

fn log10(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("math.log10", args)?;
    logarithm(value, f64::log10).map(Value::Float)
}

fn pow(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [base, exponent] = function("math.pow", args)?;
    let (base, exponent) = (real(base)?, real(exponent)?);
    if base == 0.0 && exponent < 0.0 && exponent.is_finite() {
        return Err(value_error("math domain error"));
    }
    let result = base.powf(exponent);
    if result.is_nan() && !base.is_nan() && !exponent.is_nan() {
        return Err(value_error("math domain error"));
    }
    if result.is_infinite() && base.is_finite() && exponent.is_finite() {
        return Err(Fault::Error(&ex::OVERFLOW_ERROR, "math range error".into()));
    }
    Ok(Value::Float(result))
}

fn hypot(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let mut result: f64 = 0.0;
    for value in args.positional {
        result = result.hypot(real(value)?);
    }
    Ok(Value::Float(result))
}

fn is_nan(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("math.isnan", args)?;
    Ok(Value::Bool(real(value)?.is_nan()))
}

fn is_infinite(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("math.isinf", args)?;
    Ok(Value::Bool(real(value)?.is_infinite()))
}

fn is_close(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [a, b, relative, absolute] =
        bind(ctx, "isclose", args.positional, args, ["a", "b", "rel_tol", "abs_tol"], 2, 2)?;
    let (a, b) = (real(&a)?, real(&b)?);
    let relative = if relative.is_unbound() { 1e-9 } else { real(&relative)? };
    let absolute = if absolute.is_unbound() { 0.0 } else { real(&absolute)? };
    if relative < 0.0 || absolute < 0.0 {
        return Err(value_error("tolerances must be non-negative"));
    }
    let close =
        a == b || (a.is_finite() && b.is_finite() && (a - b).abs() <= (relative * a.abs().max(b.abs())).max(absolute));
    Ok(Value::Bool(close))
}
