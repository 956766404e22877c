//! Numbers: integers of any size, floats, and what mixes them.

use super::fault::{Attempt, Fault, memory_error, overflow_error, type_error, value_error, zero_division};
use super::number;
use super::types;
use crate::bytecode::{BinaryOperator as Op, UnaryOperator};
use crate::machine::memory::lookout;
use crate::machine::memory::value::Value;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Pow, Signed, ToPrimitive, Zero};

/// The most bits that an integer may get: more than any budget has room for.
const MOST_BITS: u64 = 1 << 40;

/// A number.
enum Number {
    Int(i64),
    Big(BigInt),
    Float(f64),
}

fn number(value: &Value) -> Option<Number> {
    Some(match value.plain() {
        Value::Int(number) => Number::Int(*number),
        Value::Bool(truth) => Number::Int(i64::from(*truth)),
        Value::Big(number) => Number::Big((**number).clone()),
        Value::Float(number) => Number::Float(*number),
        _ => return None,
    })
}

impl Number {
    fn big(self) -> BigInt {
        match self {
            Number::Int(number) => BigInt::from(number),
            Number::Big(number) => number,
            Number::Float(_) => BigInt::zero(),
        }
    }

    fn float(&self) -> Attempt<f64> {
        match self {
            Number::Int(number) => Ok(*number as f64),
            Number::Float(number) => Ok(*number),
            Number::Big(number) => big_to_float(number),
        }
    }
}

/// The nearest float.
pub fn big_to_float(number: &BigInt) -> Attempt<f64> {
    match number.to_f64() {
        Some(float) if float.is_finite() => Ok(float),
        _ => Err(overflow_error("int too large to convert to float")),
    }
}

/// An integer value as a big one; `None` for what is no integer.
pub fn to_big(value: &Value) -> Option<BigInt> {
    match value.plain() {
        Value::Int(number) => Some(BigInt::from(*number)),
        Value::Bool(truth) => Some(BigInt::from(i64::from(*truth))),
        Value::Big(number) => Some((**number).clone()),
        _ => None,
    }
}

/// `-a`, `+a`, `~a`
pub fn unary(op: UnaryOperator, a: &Value) -> Attempt {
    let bad = |symbol: &str| type_error(format!("bad operand type for unary {symbol}: '{}'", types::name_of(a)));
    match (op, number(a)) {
        (UnaryOperator::Negate, Some(Number::Float(number))) => Ok(Value::Float(-number)),
        (UnaryOperator::Negate, Some(number)) => Ok(Value::big(-number.big())),
        (UnaryOperator::Negate, None) => Err(bad("-")),
        (UnaryOperator::Positive, Some(Number::Int(number))) => Ok(Value::Int(number)),
        (UnaryOperator::Positive, Some(_)) => Ok(a.clone()),
        (UnaryOperator::Positive, None) => Err(bad("+")),
        (UnaryOperator::Invert, Some(Number::Int(number))) => Ok(Value::Int(!number)),
        (UnaryOperator::Invert, Some(Number::Big(number))) => Ok(Value::big(!number)),
        _ => Err(bad("~")),
    }
}

/// `a op b`; `None` when it is no arithmetic.
pub fn binary(op: Op, a: &Value, b: &Value) -> Option<Attempt> {
    if let (Value::Bool(x), Value::Bool(y)) = (a, b) {
        match op {
            Op::And => return Some(Ok(Value::Bool(*x && *y))),
            Op::Or => return Some(Ok(Value::Bool(*x || *y))),
            Op::Xor => return Some(Ok(Value::Bool(x != y))),
            _ => {}
        }
    }
    match (number(a)?, number(b)?) {
        (Number::Int(x), Number::Int(y)) => Some(match small(op, x, y) {
            Some(result) => Ok(result),
            None => return large(op, BigInt::from(x), BigInt::from(y)).transpose(),
        }),
        (x, y) if matches!(x, Number::Float(_)) || matches!(y, Number::Float(_)) => {
            let floats = || -> Attempt<Option<Value>> { floating(op, x.float()?, y.float()?) };
            floats().transpose()
        }
        (x, y) => large(op, x.big(), y.big()).transpose(),
    }
}

/// The commonest operators on integers that fit; `None` for others, and when the result does not fit.
#[inline(always)]
pub fn integers(op: Op, x: i64, y: i64) -> Option<i64> {
    match op {
        Op::Add => x.checked_add(y),
        Op::Subtract => x.checked_sub(y),
        Op::Multiply => x.checked_mul(y),
        Op::Power if y == 2 => x.checked_mul(x),
        Op::FloorDivide if y > 0 => Some(x.div_euclid(y)), // which is the floor for a positive divisor
        Op::Modulo if y > 0 => Some(x.rem_euclid(y)),
        Op::And => Some(x & y),
        Op::Or => Some(x | y),
        Op::Xor => Some(x ^ y),
        Op::ShiftRight if y >= 0 => Some(x >> y.min(63)),
        Op::ShiftLeft if (0..63).contains(&y) && (x << y) >> y == x => Some(x << y),
        Op::Divide | Op::FloorDivide | Op::Modulo | Op::Power | Op::ShiftLeft | Op::ShiftRight => None,
        Op::MatrixMultiply => None,
    }
}

/// The commonest operators on floats.
#[inline(always)]
pub fn floats(op: Op, x: f64, y: f64) -> Option<f64> {
    match op {
        Op::Add => Some(x + y),
        Op::Subtract => Some(x - y),
        Op::Multiply => Some(x * y),
        Op::Divide if y != 0.0 => Some(x / y),
        _ => None,
    }
}

/// Numbers that fit and whose result fits; `None` for all others, and for errors.
pub fn scalar(op: Op, a: &Value, b: &Value) -> Option<Value> {
    match (a, b) {
        (Value::Int(x), Value::Int(y)) => small(op, *x, *y),
        (Value::Float(x), Value::Float(y)) => floats(op, *x, *y).map(Value::Float),
        (Value::Float(x), Value::Int(y)) => floats(op, *x, *y as f64).map(Value::Float),
        (Value::Int(x), Value::Float(y)) => floats(op, *x as f64, *y).map(Value::Float),
        _ => None,
    }
}

/// Integers that fit; `None` when the result does not, or is an error.
fn small(op: Op, x: i64, y: i64) -> Option<Value> {
    if let Some(result) = integers(op, x, y) {
        return Some(Value::Int(result));
    }
    Some(Value::Int(match op {
        Op::Divide if y != 0 && x.unsigned_abs() < 1 << 53 && y.unsigned_abs() < 1 << 53 => {
            return Some(Value::Float(x as f64 / y as f64));
        }
        Op::FloorDivide if y < -1 => Integer::div_floor(&x, &y),
        Op::Modulo if y < -1 => Integer::mod_floor(&x, &y),
        Op::Modulo if y == -1 => 0,
        Op::Power if (0..64).contains(&y) => x.checked_pow(y as u32)?,
        _ => return None,
    }))
}

/// How many bytes what `a op b` gives takes up, at most, if it is a large integer; 0 for all else.
#[inline]
pub fn size(op: Op, a: &Value, b: &Value) -> usize {
    let grows = matches!(op, Op::Power | Op::ShiftLeft);
    if grows || matches!(a, Value::Big(_)) || matches!(b, Value::Big(_)) { large_size(op, a, b) } else { 0 }
}

fn large_size(op: Op, a: &Value, b: &Value) -> usize {
    let bits = |value: &Value| match value {
        Value::Int(number) => Some(u64::from(64 - number.unsigned_abs().leading_zeros())),
        Value::Bool(truth) => Some(u64::from(*truth)),
        Value::Big(number) => Some(number.bits()),
        _ => None,
    };
    let (Some(x), Some(y)) = (bits(a), bits(b)) else { return 0 };
    let times = || match b {
        Value::Int(number) => u64::try_from(*number).unwrap_or(0),
        Value::Big(number) if number.is_positive() && op == Op::Power => u64::MAX,
        _ => 0,
    };
    let bits = match op {
        Op::Power if x > 1 => x.saturating_sub(1).saturating_mul(times()),
        Op::ShiftLeft if x > 0 => x.saturating_add(times()),
        Op::Multiply => x + y,
        _ => x.max(y),
    };
    usize::try_from(bits / 8).unwrap_or(usize::MAX)
}

/// Integers of any size; `None` when they have no such operator.
fn large(op: Op, x: BigInt, y: BigInt) -> Attempt<Option<Value>> {
    // As long as the library may take, in values gone through.
    lookout::weigh(match op {
        Op::Multiply => effort(x.bits(), y.bits()),
        Op::Divide | Op::FloorDivide | Op::Modulo => {
            let quotient = x.bits().saturating_sub(y.bits());
            ((quotient >> 8) + 1).saturating_mul((y.bits() >> 8) + 1) as usize
        }
        _ => ((x.bits() + y.bits()) >> 11) as usize,
    });
    Ok(Some(Value::big(match op {
        Op::Add => x + y,
        Op::Subtract => x - y,
        Op::MatrixMultiply => return Ok(None),
        Op::Multiply if x.bits() + y.bits() > MOST_BITS => return Err(memory_error()),
        Op::Multiply => x * y,
        Op::Divide => return divide(&x, &y).map(|quotient| Some(Value::Float(quotient))),
        Op::FloorDivide if y.is_zero() => return Err(zero_division("integer division or modulo by zero")),
        Op::FloorDivide => x.div_floor(&y),
        Op::Modulo if y.is_zero() => return Err(zero_division("integer modulo by zero")),
        Op::Modulo => x.mod_floor(&y),
        Op::Power => return power(&x, &y).map(Some),
        Op::ShiftLeft | Op::ShiftRight if y.is_negative() => return Err(value_error("negative shift count")),
        Op::ShiftLeft if x.is_zero() => x,
        Op::ShiftLeft => match y.to_u64() {
            Some(shift) if shift.saturating_add(x.bits()) <= MOST_BITS => x << shift,
            Some(shift) if i64::try_from(shift).is_ok() => return Err(memory_error()),
            _ => return Err(overflow_error("too many digits in integer")),
        },
        Op::ShiftRight => match y.to_u64() {
            Some(shift) => x >> shift,
            None if x.is_negative() => BigInt::from(-1),
            None => BigInt::zero(),
        },
        Op::And => x & y,
        Op::Or => x | y,
        Op::Xor => x ^ y,
    })))
}

/// About as many values as are gone through in the time of a product of numbers of so many bits.
fn effort(x: u64, y: u64) -> usize {
    let (short, long) = (x.min(y) >> 6, x.max(y) >> 6);
    (long + 1).saturating_mul(short.isqrt() + 1) as usize / 16
}

/// The float nearest to `x / y`.
fn divide(x: &BigInt, y: &BigInt) -> Attempt<f64> {
    if y.is_zero() {
        return Err(zero_division("division by zero"));
    }
    if x.is_zero() {
        return Ok(if y.is_negative() { -0.0 } else { 0.0 });
    }
    let negative = x.is_negative() != y.is_negative();
    let (x, y) = (x.abs(), y.abs());
    // Scaled so that the quotient has 64 to 66 bits; the remainder is kept in the last one, for rounding.
    let shift = 65 - (x.bits() as i64 - y.bits() as i64);
    let (scaled, by) = if shift >= 0 { (x << shift, y) } else { (x, y << -shift) };
    let (quotient, rest) = scaled.div_rem(&by);
    let sticky = if rest.is_zero() { quotient } else { (quotient << 1u32) | BigInt::from(1) };
    let shift = if rest.is_zero() { shift } else { shift + 1 };
    let float = number::scaled(&sticky, -shift);
    if float.is_infinite() {
        return Err(overflow_error("integer division result too large for a float"));
    }
    Ok(if negative { -float } else { float })
}

fn power(x: &BigInt, y: &BigInt) -> Attempt {
    if y.is_negative() {
        let (base, exponent) = (big_to_float(x)?, big_to_float(y)?);
        return number::power(base, exponent).map(Value::Float);
    }
    let one = BigInt::from(1);
    if *x == one || x.is_zero() || *x == -&one {
        return Ok(Value::big(match (y.is_zero(), y.is_odd()) {
            (true, _) => one,
            (false, true) => x.clone(),
            (false, false) => x * x,
        }));
    }
    match y.to_u32() {
        Some(exponent) if x.bits().saturating_sub(1) * u64::from(exponent) <= MOST_BITS => {
            lookout::weigh(effort(x.bits() * u64::from(exponent), x.bits() * u64::from(exponent)));
            Ok(Value::big(Pow::pow(x, exponent)))
        }
        _ => Err(memory_error()),
    }
}

/// Floats; `None` when they have no such operator.
fn floating(op: Op, x: f64, y: f64) -> Attempt<Option<Value>> {
    Ok(Some(Value::Float(match op {
        Op::Add => x + y,
        Op::Subtract => x - y,
        Op::Multiply => x * y,
        Op::Divide if y == 0.0 => return Err(zero_division("float division by zero")),
        Op::Divide => x / y,
        Op::FloorDivide if y == 0.0 => return Err(zero_division("float floor division by zero")),
        Op::FloorDivide => number::div_mod(x, y).0,
        Op::Modulo if y == 0.0 => return Err(zero_division("float modulo")),
        Op::Modulo => number::div_mod(x, y).1,
        Op::Power => number::power(x, y)?,
        Op::MatrixMultiply | Op::ShiftLeft | Op::ShiftRight | Op::And | Op::Or | Op::Xor => return Ok(None),
    })))
}

/// `pow(base, exponent, modulus)`
pub fn modular_power(base: &Value, exponent: &Value, modulus: &Value) -> Attempt {
    let (Some(base), Some(exponent), Some(modulus)) = (to_big(base), to_big(exponent), to_big(modulus)) else {
        let given = [base, exponent, modulus];
        if given.iter().any(|value| matches!(value, Value::Float(_))) {
            return Err(type_error("pow() 3rd argument not allowed unless all arguments are integers"));
        }
        let [base, exponent, modulus] = given.map(types::name_of);
        return Err(type_error(format!(
            "unsupported operand type(s) for ** or pow(): '{base}', '{exponent}', '{modulus}'"
        )));
    };
    if modulus.is_zero() {
        return Err(value_error("pow() 3rd argument cannot be 0"));
    }
    let (base, exponent) = if exponent.is_negative() {
        let inverse = base.modinv(&modulus);
        (inverse.ok_or_else(|| value_error("base is not invertible for the given modulus"))?, -exponent)
    } else {
        (base, exponent)
    };
    lookout::weigh(effort(modulus.bits(), modulus.bits()).saturating_mul(exponent.bits() as usize));
    Ok(Value::big(base.modpow(&exponent, &modulus)))
}

/// A number as a float; `None` for what is no number.
pub fn to_float(value: &Value) -> Option<Attempt<f64>> {
    number(value).map(|number| number.float())
}

/// `divmod(a, b)`
pub fn div_mod(a: &Value, b: &Value) -> Attempt {
    let unsupported = || {
        type_error(format!(
            "unsupported operand type(s) for divmod(): '{}' and '{}'",
            types::name_of(a),
            types::name_of(b)
        ))
    };
    let message = |fault: Fault| match fault {
        Fault::Error(class, message) if &*message == "float floor division by zero" => {
            Fault::Error(class, "float divmod()".into())
        }
        other => other,
    };
    let quotient = binary(Op::FloorDivide, a, b).ok_or_else(unsupported)?.map_err(message)?;
    let rest = binary(Op::Modulo, a, b).ok_or_else(unsupported)??;
    Ok(Value::tuple(vec![quotient, rest]))
}
