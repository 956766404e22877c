//! Operators on builtin values.

use super::arithmetic;
use super::compare;
use super::contents;
use super::fault::{Attempt, Fault, memory_error, type_error};
use super::{deque, dict, iterate, percent, set, types};
use crate::bytecode::{BinaryOperator as Op, Comparison, UnaryOperator};
use crate::machine::memory::native::{Context, Result};
use crate::machine::memory::value::{Kind, Str, Value};
use crate::machine::memory::{budget, lookout};
use std::cmp::Ordering;

/// So many bytes are copied in the time that it takes to go through one value.
pub const COPIED: usize = 256;

/// `-a`, `+a`, `~a`, `not a`
///
/// # Errors
/// `TypeError`.
pub fn unary(ctx: &mut Context<'_>, op: UnaryOperator, a: &Value) -> Result {
    match (op, a) {
        (UnaryOperator::Not, _) => super::truth(ctx, a).map(|truth| Value::Bool(!truth)),
        (UnaryOperator::Negate, Value::Int(number)) if *number != i64::MIN => Ok(Value::Int(-number)),
        _ => arithmetic::unary(op, a.plain()).map_err(|fault| fault.halt(ctx)),
    }
}

/// `a op b`
///
/// # Errors
/// `TypeError` and the operator's own.
#[inline]
pub fn binary(ctx: &mut Context<'_>, op: Op, a: &Value, b: &Value) -> Result {
    match (op, a, b) {
        (Op::Add, Value::Int(x), Value::Int(y)) => {
            if let Some(sum) = x.checked_add(*y) {
                return Ok(Value::Int(sum));
            }
        }
        (Op::Subtract, Value::Int(x), Value::Int(y)) => {
            if let Some(difference) = x.checked_sub(*y) {
                return Ok(Value::Int(difference));
            }
        }
        (Op::Multiply, Value::Int(x), Value::Int(y)) => {
            if let Some(product) = x.checked_mul(*y) {
                return Ok(Value::Int(product));
            }
        }
        _ => {}
    }
    compute(ctx, op, a, b, false).map_err(|fault| fault.halt(ctx))
}

/// `a op= b`
///
/// # Errors
/// As [`binary`].
#[inline]
pub fn in_place(ctx: &mut Context<'_>, op: Op, a: &Value, b: &Value) -> Result {
    let (whole, a, b) = (a, a.plain(), b.plain());
    if !matches!(a, Value::Object(..)) {
        return match compute_scalar(op, a, b) {
            Some(value) => Ok(value),
            None => compute(ctx, op, a, b, true).map_err(|fault| fault.halt(ctx)),
        };
    }
    change(ctx, op, whole, b).map_err(|fault| fault.halt(ctx))
}

#[inline]
fn compute_scalar(op: Op, a: &Value, b: &Value) -> Option<Value> {
    let (Value::Int(x), Value::Int(y)) = (a, b) else { return None };
    match op {
        Op::Add => x.checked_add(*y),
        Op::Subtract => x.checked_sub(*y),
        Op::Multiply => x.checked_mul(*y),
        _ => None,
    }
    .map(Value::Int)
}

/// What `a op= b` does to a mutable builtin; everything else is `a op b`.
fn change(ctx: &mut Context<'_>, op: Op, whole: &Value, b: &Value) -> Attempt {
    let a = whole.plain();
    match (op, a) {
        (Op::Add, Value::Object(Kind::List, id)) => {
            if iterate::is_python(ctx, b) {
                return Err(Fault::Prelude("list_iadd", vec![whole.clone(), b.clone()], Vec::new()));
            }
            let items = iterate::collected(ctx, b)?;
            super::list::add(ctx, *id, items)?;
            Ok(a.clone())
        }
        (Op::Multiply, Value::Object(Kind::List, id)) if matches!(b, Value::Int(_) | Value::Bool(_)) => {
            let items = repeated(ctx, contents::list(ctx, *id)?, repetitions(b)?)?;
            *super::list::edit(ctx, *id)? = items;
            Ok(a.clone())
        }
        (Op::Add, Value::Object(Kind::Deque, id)) => {
            deque::add(ctx, *id, &[a.clone(), b.clone()])?;
            Ok(a.clone())
        }
        (Op::Multiply, Value::Object(Kind::Deque, id)) if matches!(b, Value::Int(_) | Value::Bool(_)) => {
            let deque = contents::deque(ctx, *id)?;
            let items = repeated(ctx, &contents::deque_items(ctx, *id)?, repetitions(b)?)?;
            let changed = deque::Deque { changes: deque.changes + 1, ..deque.with_items(items) };
            *deque::edit(ctx, *id)? = changed;
            Ok(a.clone())
        }
        (Op::Or, Value::Object(Kind::Dict, id)) => {
            if iterate::is_python(ctx, b) || !iterate::is_native(b) && matches!(b, Value::Instance(_)) {
                return Err(Fault::Prelude("dict_ior", vec![whole.clone(), b.clone()], Vec::new()));
            }
            let pairs = dict::pairs(ctx, b)?;
            dict::merge(ctx, *id, pairs)?;
            Ok(a.clone())
        }
        (Op::Or | Op::And | Op::Subtract | Op::Xor, Value::Object(Kind::Set, id)) if set::is_set_like(b) => {
            let result = set::combine(ctx, op, a, b)?;
            *set::edit(ctx, *id)? = result;
            Ok(a.clone())
        }
        _ => compute(ctx, op, a, b, true),
    }
}

fn compute(ctx: &mut Context<'_>, op: Op, a: &Value, b: &Value, in_place: bool) -> Attempt {
    let (a, b) = (a.plain(), b.plain());
    let size = arithmetic::size(op, a, b);
    ctx.memory.claim(size)?;
    if let Some(result) = arithmetic::binary(op, a, b) {
        return result;
    }
    match (op, a, b) {
        (Op::Add, ..) => concatenate(ctx, a, b, in_place),
        (Op::Multiply, ..) => multiply(ctx, a, b, in_place),
        (Op::Modulo, Value::Str(template), _) => percent::format(ctx, template, b),
        (Op::Modulo, Value::Bytes(template), _) => percent::format_bytes(ctx, template, b),
        (Op::Or, Value::Object(Kind::Dict, id), Value::Object(Kind::Dict, other)) => {
            let all = contents::dict(ctx, *id)?.iter().chain(contents::dict(ctx, *other)?);
            let merged = dict::of_pairs(ctx, all.map(|(key, value)| (key.clone(), value.clone())))?;
            Ok(dict::make(ctx, merged))
        }
        (Op::Or, ..) if is_type(a) && is_type(b) => Ok(union(a, b)),
        (Op::Or | Op::And | Op::Subtract | Op::Xor, ..) if set::is_set_like(a) && set::is_set_like(b) => {
            let result = set::combine(ctx, op, a, b)?;
            let kind = if matches!(a, Value::Object(Kind::FrozenSet, _)) { Kind::FrozenSet } else { Kind::Set };
            Ok(set::make(ctx, kind, result))
        }
        _ => Err(unsupported(op, a, b, in_place)),
    }
}

fn is_type(value: &Value) -> bool {
    match value {
        Value::Type(_) | Value::Class(_) | Value::None => true,
        // A union, which holds no unions.
        Value::Tuple(items) => {
            !items.is_empty() && items.iter().all(|item| !matches!(item, Value::Tuple(_)) && is_type(item))
        }
        _ => false,
    }
}

/// `int | str`, as `isinstance` takes it.
fn union(a: &Value, b: &Value) -> Value {
    let mut all = Vec::new();
    for value in [a, b] {
        match value {
            Value::Tuple(items) => all.extend(items.iter().cloned()),
            Value::None => all.push(Value::Type(&types::NONE_TYPE)),
            other => all.push(other.clone()),
        }
    }
    Value::tuple(all)
}

fn concatenate(ctx: &mut Context<'_>, a: &Value, b: &Value, in_place: bool) -> Attempt {
    match (a, b) {
        (Value::Str(x), Value::Str(y)) => {
            let length = x.as_str().len() + y.as_str().len();
            ctx.memory.claim(length)?;
            lookout::weigh(length / COPIED);
            Ok(Value::Str(Str::concat(&[x, y])))
        }
        (Value::Tuple(x), Value::Tuple(y)) => Ok(Value::tuple(joined(ctx, x, y)?)),
        (Value::Bytes(x), Value::Bytes(y)) => {
            ctx.memory.claim(x.len() + y.len())?;
            Ok(super::bytes::make(x.iter().chain(y.iter()).copied().collect()))
        }
        (Value::Object(Kind::List, x), Value::Object(Kind::List, y)) => {
            let (x, y) = (contents::list(ctx, *x)?, contents::list(ctx, *y)?);
            let items = joined(ctx, x, y)?;
            Ok(super::list::make(ctx, items))
        }
        (Value::Object(Kind::Deque, x), Value::Object(Kind::Deque, y)) => {
            let items = contents::deque_items(ctx, *x)?.into_iter().chain(contents::deque_items(ctx, *y)?);
            let both = contents::deque(ctx, *x)?.with_items(items);
            Ok(deque::make(ctx, both))
        }
        (Value::Str(_) | Value::Tuple(_) | Value::Object(Kind::List | Kind::Deque, _), _)
            if !in_place || !matches!(a, Value::Object(..)) =>
        {
            // CPython's deque leaves its module out here.
            let name = types::name_of(a);
            let name = name.rsplit('.').next().unwrap_or_default();
            Err(type_error(format!("can only concatenate {name} (not \"{}\") to {name}", types::name_of(b))))
        }
        (Value::Bytes(_), _) => Err(type_error(format!("can't concat {} to bytes", types::name_of(b)))),
        _ => Err(unsupported(Op::Add, a, b, in_place)),
    }
}

fn multiply(ctx: &mut Context<'_>, a: &Value, b: &Value, in_place: bool) -> Attempt {
    let is_count = |value: &Value| matches!(value, Value::Int(_) | Value::Bool(_) | Value::Big(_));
    let is_sequence = |value: &Value| {
        matches!(value, Value::Str(_) | Value::Tuple(_) | Value::Bytes(_) | Value::Object(Kind::List | Kind::Deque, _))
    };
    let (sequence, count) = if is_sequence(a) { (a, b) } else { (b, a) };
    if !is_sequence(sequence) {
        return Err(unsupported(Op::Multiply, a, b, in_place));
    }
    if !is_count(count) {
        let name = types::name_of(count);
        return Err(type_error(format!("can't multiply sequence by non-int of type '{name}'")));
    }
    let count = repetitions(count)?;
    match sequence {
        Value::Str(text) => {
            let times = times(ctx, text.as_str().len(), count, 1)?;
            Ok(if times == 1 { sequence.clone() } else { Value::Str(Str::new(text.as_str().repeat(times))) })
        }
        Value::Bytes(bytes) => Ok(super::bytes::make(bytes.repeat(times(ctx, bytes.len(), count, 1)?))),
        Value::Tuple(items) => Ok(Value::tuple(repeated(ctx, items, count)?)),
        Value::Object(Kind::Deque, id) => {
            let deque = contents::deque(ctx, *id)?;
            let many = deque.with_items(repeated(ctx, &contents::deque_items(ctx, *id)?, count)?);
            Ok(deque::make(ctx, many))
        }
        Value::Object(_, id) => {
            let items = repeated(ctx, contents::list(ctx, *id)?, count)?;
            Ok(super::list::make(ctx, items))
        }
        _ => Err(unsupported(Op::Multiply, a, b, in_place)),
    }
}

/// How often, if there is room for that many items of such a size.
fn times(ctx: &Context<'_>, length: usize, count: i64, size: usize) -> Attempt<usize> {
    let count = usize::try_from(count).unwrap_or(0);
    let total = length.checked_mul(count).ok_or_else(memory_error)?;
    ctx.memory.claim_items(total, size)?;
    lookout::weigh(total / COPIED);
    Ok(if length == 0 { 0 } else { count })
}

fn repeated(ctx: &Context<'_>, items: &[Value], count: i64) -> Attempt<Vec<Value>> {
    let times = times(ctx, items.len(), count, budget::VALUE)?;
    let mut all = Vec::with_capacity(items.len() * times);
    (0..times).for_each(|_| lookout::extend(&mut all, items));
    Ok(all)
}

/// The items of both.
fn joined(ctx: &Context<'_>, a: &[Value], b: &[Value]) -> Attempt<Vec<Value>> {
    let length = a.len() + b.len();
    ctx.memory.claim_items(length, budget::VALUE)?;
    let mut all = Vec::with_capacity(length);
    [a, b].into_iter().for_each(|items| lookout::extend(&mut all, items));
    Ok(all)
}

fn unsupported(op: Op, a: &Value, b: &Value, in_place: bool) -> Fault {
    let symbol = match (op, in_place) {
        (Op::Power, false) => "** or pow()".to_owned(),
        (_, false) => op.symbol().to_owned(),
        (_, true) => format!("{}=", op.symbol()),
    };
    type_error(format!("unsupported operand type(s) for {symbol}: '{}' and '{}'", types::name_of(a), types::name_of(b)))
}

/// Comparisons.
///
/// # Errors
/// `TypeError` for values without an order.
#[inline]
pub fn compare(ctx: &mut Context<'_>, op: Comparison, a: &Value, b: &Value) -> Result {
    if let (Value::Int(x), Value::Int(y)) = (a, b) {
        let truth = match op {
            Comparison::Equal | Comparison::Is => x == y,
            Comparison::NotEqual | Comparison::IsNot => x != y,
            Comparison::Less => x < y,
            Comparison::LessOrEqual => x <= y,
            Comparison::Greater => x > y,
            Comparison::GreaterOrEqual => x >= y,
            Comparison::In | Comparison::NotIn => return compare_slowly(ctx, op, a, b),
        };
        return Ok(Value::Bool(truth));
    }
    compare_slowly(ctx, op, a, b)
}

fn compare_slowly(ctx: &mut Context<'_>, op: Comparison, a: &Value, b: &Value) -> Result {
    let truth = match op {
        Comparison::Equal => equal(ctx, a, b)?,
        Comparison::NotEqual => !equal(ctx, a, b)?,
        Comparison::Is => a.is(b),
        Comparison::IsNot => !a.is(b),
        Comparison::In => super::contains(ctx, b, a)?,
        Comparison::NotIn => !super::contains(ctx, b, a)?,
        _ => ordered(ctx, op, a, b).map_err(|fault| fault.halt(ctx))?,
    };
    Ok(Value::Bool(truth))
}

/// A comparison of what no special method compares: by identity, and without an order.
///
/// # Errors
/// `TypeError` when an order is asked for.
pub fn unlike(ctx: &mut Context<'_>, op: Comparison, a: &Value, b: &Value) -> Result {
    match op {
        Comparison::Equal => Ok(Value::Bool(a.is(b))),
        Comparison::NotEqual => Ok(Value::Bool(!a.is(b))),
        _ => Err(compare::no_order(a, b, op).halt(ctx)),
    }
}

/// `a == b`; the prelude compares sequences and dicts of objects with an equality of their own.
fn equal(ctx: &mut Context<'_>, a: &Value, b: &Value) -> Result<bool> {
    let by_prelude = matches!(a, Value::Tuple(_) | Value::Object(Kind::List | Kind::Dict, _));
    compare::eq(ctx, a, b).map_err(|fault| match fault {
        Fault::Python(_) if by_prelude => Fault::Prelude("equal", vec![a.clone(), b.clone()], Vec::new()).halt(ctx),
        fault => fault.halt(ctx),
    })
}

fn ordered(ctx: &Context<'_>, op: Comparison, a: &Value, b: &Value) -> Attempt<bool> {
    let (a, b) =
        if set::is_set_like(a.plain()) && set::is_set_like(b.plain()) { (a.plain(), b.plain()) } else { (a, b) };
    if set::is_set_like(a) && set::is_set_like(b) {
        return set::ordered(ctx, op, a, b);
    }
    let order = compare::ordering(ctx, a, b, op)?;
    Ok(match op {
        Comparison::Less => order == Some(Ordering::Less),
        Comparison::LessOrEqual => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        Comparison::Greater => order == Some(Ordering::Greater),
        _ => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
    })
}

/// How often a sequence is repeated.
fn repetitions(count: &Value) -> Attempt<i64> {
    match count.plain() {
        Value::Big(_) => {
            Err(Fault::Error(&super::ex::OVERFLOW_ERROR, "cannot fit 'int' into an index-sized integer".into()))
        }
        _ => super::arguments::index(count),
    }
}
