//! Hashes and dictionary keys.
//!
//! Equal values have equal hashes. The hashes of numbers, and of tuples of numbers, are CPython's. The others are
//! deterministic: the same in every run.

use super::fault::{Attempt, NESTING_LIMIT, ask, too_deep, type_error};
use super::{compare, types};
use crate::base::ObjectId;
use crate::base::mix::{STRIDE, mix};
use crate::machine::data::class::{self, Hashing};
use crate::machine::memory::lookout;
use crate::machine::memory::native::{Context, Question, Result};
use crate::machine::memory::object::{Key, Object};
use crate::machine::memory::value::{Kind, Value};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// CPython's modulus for hashes of numbers, 2^61 - 1.
const MODULUS: u64 = (1 << 61) - 1;
/// Its exponent.
const BITS: u32 = 61;

/// Two keys are equal only when their hashes are. That settles frozensets, whose contents no key holds: their hash is made of
/// all of it.
impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && same(&self.value, &other.value)
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

/// Whether two values with the same hash are the same key.
fn same(a: &Value, b: &Value) -> bool {
    match (a.plain(), b.plain()) {
        (Value::Str(a), Value::Str(b)) => a == b,
        (Value::Int(a), Value::Int(b)) => a == b,
        (Value::Tuple(a), Value::Tuple(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b)),
        (Value::Object(Kind::FrozenSet, _), Value::Object(Kind::FrozenSet, _)) => true,
        (Value::Bytes(a), Value::Bytes(b)) => a == b,
        (Value::Range(a), Value::Range(b)) => compare::same_range(a, b),
        (a, b) => a.is(b) || compare::equal_numbers(a, b).unwrap_or(false),
    }
}

/// The value as a dictionary key.
///
/// # Errors
/// `TypeError` for what cannot be hashed.
pub fn key(ctx: &mut Context<'_>, value: &Value) -> Result<Key> {
    make_key(ctx, value).map_err(|fault| fault.halt(ctx))
}

/// Python's `hash(value)`.
///
/// # Errors
/// `TypeError` for what cannot be hashed; `Halt::Ask` of an instance with its own `__hash__`.
pub fn hash(ctx: &mut Context<'_>, value: &Value) -> Result<i64> {
    hash_at(ctx, value, 0).map_err(|fault| fault.halt(ctx))
}

/// As [`key`].
#[inline]
pub fn make_key(ctx: &Context<'_>, value: &Value) -> Attempt<Key> {
    let hash = match value {
        Value::Int(number) => of_int(*number),
        Value::Str(text) => of_text(text.as_str().as_bytes()),
        _ => hash_at(ctx, value, 0)?,
    };
    Ok(Key { value: value.clone(), hash: hash as u64 })
}

/// The value as a key that is looked for in a set: a set is looked for by its contents, as CPython does.
pub fn content_key(ctx: &Context<'_>, value: &Value) -> Attempt<Key> {
    match value {
        Value::Object(Kind::Set, id) => make_key(ctx, &Value::Object(Kind::FrozenSet, *id)),
        other => make_key(ctx, other),
    }
}

/// The key of a string.
pub fn text_key(text: &str) -> Key {
    Key { value: Value::str(text), hash: of_text(text.as_bytes()) as u64 }
}

fn hash_at(ctx: &Context<'_>, value: &Value, depth: usize) -> Attempt<i64> {
    lookout::tick();
    if depth > NESTING_LIMIT {
        return Err(too_deep(""));
    }
    let marked = |mark: u64, part: u64| finish(mark, &[part]);
    Ok(match value {
        Value::Unbound => 0,
        Value::None => 0xfca8_6420,
        Value::NotImplemented => 0x3e51,
        Value::Ellipsis => 0x3e52,
        Value::Bool(truth) => i64::from(*truth),
        Value::Int(number) => of_int(*number),
        Value::Float(number) => of_float(*number),
        Value::Big(number) => of_big(number),
        Value::Str(text) => of_text(text.as_str().as_bytes()),
        Value::Bytes(bytes) => of_text(bytes),
        Value::Tuple(items) => {
            let mut parts = Vec::with_capacity(items.len());
            for item in items.iter() {
                parts.push(hash_at(ctx, item, depth + 1)? as u64);
            }
            of_tuple(&parts)
        }
        Value::Range(range) => {
            let first = if range.is_empty() { 0 } else { range.start as u64 };
            finish(2, &[range.len() as u64, first, if range.len() > 1 { range.step as u64 } else { 0 }])
        }
        Value::Function(function) => marked(3, u64::from(function.code.0)),
        Value::Code(code) => marked(3, u64::from(code.0)),
        Value::Method(method) => finish(
            4,
            &[hash_at(ctx, &method.receiver, depth + 1)? as u64, hash_at(ctx, &method.function, depth + 1)? as u64],
        ),
        Value::Native(native) => marked(5, of_text(native.name.as_bytes()) as u64),
        Value::NativeMethod(bound) => marked(6, of_text(bound.native.name.as_bytes()) as u64),
        Value::Prelude(global) => marked(7, u64::from(global.0)),
        Value::Class(class) => of_id(class.variables),
        Value::Type(class) => marked(8, of_text(class.name.as_bytes()) as u64),
        Value::Module(index) => marked(9, u64::from(*index)),
        Value::Descriptor(_) | Value::Super(_) | Value::Loop(_) => 0x3e53,
        Value::Object(Kind::FrozenSet, id) => {
            let mut mixed = 0u64;
            let mut count = 0;
            if let Object::Set(set) = ctx.memory.get(*id)? {
                count = set.len() as u64;
                mixed = set.iter().fold(0, |sum: u64, key| sum.wrapping_add(finish(10, &[key.hash]) as u64));
            }
            finish(11, &[mixed, count])
        }
        Value::Object(Kind::List | Kind::Dict | Kind::Set | Kind::Deque, _) | Value::Slice(_) | Value::View(_) => {
            return Err(type_error(format!("unhashable type: '{}'", types::name_of(value))));
        }
        Value::Object(_, id) => of_id(*id),
        Value::Instance(instance) => match class::hashing(ctx.memory.private.replaced(), ctx.image, &instance.class) {
            Hashing::Identity if instance.inner.is_unbound() => of_id(instance.id),
            Hashing::Identity => hash_at(ctx, &instance.inner, depth)?,
            Hashing::Own => match ask(ctx, Question::of("ask_hash", value))? {
                Value::Int(hash) => hash,
                _ => 0,
            },
            Hashing::Refused => return Err(type_error(format!("unhashable type: '{}'", instance.class.name()))),
        },
    })
}

/// The hash of an integer.
#[inline]
pub(super) fn of_int(number: i64) -> i64 {
    let reduced = (number.unsigned_abs() % MODULUS) as i64;
    not_minus_one(if number < 0 { -reduced } else { reduced })
}

fn of_big(number: &BigInt) -> i64 {
    let reduced = (number % BigInt::from(MODULUS)).to_i64().unwrap_or(0);
    not_minus_one(reduced)
}

fn not_minus_one(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}

/// CPython's `_Py_HashDouble`.
fn of_float(number: f64) -> i64 {
    if number.is_infinite() {
        return if number > 0.0 { 314_159 } else { -314_159 };
    }
    if number.is_nan() || number == 0.0 {
        return 0;
    }
    let bits = number.to_bits();
    let mut exponent = ((bits >> 52) & 0x7ff) as i64;
    let mut mantissa = bits & ((1 << 52) - 1);
    if exponent == 0 {
        exponent = 1;
    } else {
        mantissa |= 1 << 52;
    }
    // The value is mantissa * 2^(exponent - 1075), and 2^61 is 1 modulo 2^61 - 1.
    let shift = (exponent - 1075).rem_euclid(i64::from(BITS)) as u32;
    let reduced = ((u128::from(mantissa) << shift) % u128::from(MODULUS)) as i64;
    not_minus_one(if number < 0.0 { -reduced } else { reduced })
}

/// CPython's hash of a tuple whose items have these hashes (a variant of xxHash).
fn of_tuple(parts: &[u64]) -> i64 {
    const PRIMES: [u64; 3] = [11_400_714_785_074_694_791, 14_029_467_366_897_019_727, 2_870_177_450_012_600_261];
    let mixed = parts.iter().fold(PRIMES[2], |sum, part| {
        sum.wrapping_add(part.wrapping_mul(PRIMES[1])).rotate_left(31).wrapping_mul(PRIMES[0])
    });
    let hash = mixed.wrapping_add(parts.len() as u64 ^ PRIMES[2] ^ 3_527_539);
    if hash == u64::MAX { 1_546_275_796 } else { hash as i64 }
}

/// The hash of a string, or of bytes.
pub(super) fn of_text(bytes: &[u8]) -> i64 {
    if bytes.is_empty() {
        return 0;
    }
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    finish(12, &[hasher.finish()])
}

/// The address that an object is shown with: made up, and the same in every run.
pub fn address(id: ObjectId) -> u64 {
    0x7f00_0000_0000 | (u64::from(id.maker.0) & 0xff) << 32 | (u64::from(id.slot) << 4)
}

fn of_id(id: ObjectId) -> i64 {
    (address(id) >> 4) as i64
}

/// Mixes parts into one hash.
fn finish(mark: u64, parts: &[u64]) -> i64 {
    let mut state = mark;
    for part in parts {
        state = mix(state.wrapping_add(*part).wrapping_add(STRIDE));
    }
    not_minus_one(state as i64)
}
