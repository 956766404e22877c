//! Equality and order.

use super::contents;
use super::fault::{Attempt, Fault, NESTING_LIMIT, ask, too_deep, type_error};
use super::{key, types};
use crate::bytecode::{BinaryOperator, Comparison};
use crate::machine::memory::lookout;
use crate::machine::memory::native::{Context, Question, Result};
use crate::machine::memory::object::{Dict, View};
use crate::machine::memory::value::{DictView, Kind, Range, Value};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::cmp::Ordering;

/// Python's `a == b`.
///
/// # Errors
/// Data nested too deep, or an instance with its own `__eq__` inside a container.
pub fn equal(ctx: &mut Context<'_>, a: &Value, b: &Value) -> Result<bool> {
    eq(ctx, a, b).map_err(|fault| fault.halt(ctx))
}

/// How `a` stands to `b`; `None` when neither is less nor are they equal (NaN).
///
/// # Errors
/// `TypeError` when they have no order.
pub fn order(ctx: &mut Context<'_>, a: &Value, b: &Value) -> Result<Option<Ordering>> {
    ordering(ctx, a, b, Comparison::Less).map_err(|fault| fault.halt(ctx))
}

/// As [`equal`].
#[inline]
pub fn eq(ctx: &Context<'_>, a: &Value, b: &Value) -> Attempt<bool> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Ok(a == b),
        (Value::Str(a), Value::Str(b)) => Ok(a == b),
        _ => eq_at(ctx, a, b, 0),
    }
}

/// Equality of things in containers: what is identical is equal.
pub fn eq_item(ctx: &Context<'_>, a: &Value, b: &Value) -> Attempt<bool> {
    lookout::tick();
    Ok(a.is(b) || eq(ctx, a, b)?)
}

fn eq_items(ctx: &Context<'_>, a: &[Value], b: &[Value], depth: usize) -> Attempt<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    for (a, b) in a.iter().zip(b) {
        lookout::tick();
        if !(a.is(b) || eq_at(ctx, a, b, depth)?) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn eq_at(ctx: &Context<'_>, a: &Value, b: &Value, depth: usize) -> Attempt<bool> {
    lookout::tick();
    if depth > NESTING_LIMIT {
        return Err(too_deep(" in comparison"));
    }
    if let Some(equal) = equal_numbers(a, b) {
        return Ok(equal);
    }
    Ok(match (a, b) {
        (Value::Str(a), Value::Str(b)) => a == b,
        (Value::Bytes(a), Value::Bytes(b)) => a == b,
        (Value::Tuple(a), Value::Tuple(b)) => eq_items(ctx, a, b, depth + 1)?,
        (Value::Range(a), Value::Range(b)) => same_range(a, b),
        (Value::Slice(a), Value::Slice(b)) => eq_items(ctx, &a.0, &b.0, depth + 1)?,
        (Value::Object(Kind::List, a), Value::Object(Kind::List, b)) => {
            eq_items(ctx, contents::list(ctx, *a)?, contents::list(ctx, *b)?, depth + 1)?
        }
        (Value::Object(Kind::Deque, a), Value::Object(Kind::Deque, b)) => {
            eq_items(ctx, &contents::deque_items(ctx, *a)?, &contents::deque_items(ctx, *b)?, depth + 1)?
        }
        (Value::Object(Kind::Dict, a), Value::Object(Kind::Dict, b)) => {
            eq_dicts(ctx, contents::dict(ctx, *a)?, contents::dict(ctx, *b)?, depth + 1)?
        }
        (Value::Object(Kind::Set | Kind::FrozenSet, a), Value::Object(Kind::Set | Kind::FrozenSet, b)) => {
            let (a, b) = (contents::set(ctx, *a)?, contents::set(ctx, *b)?);
            a.len() == b.len() && key::combined(ctx, BinaryOperator::Subtract, a, b)?.is_empty()
        }
        (Value::View(a), Value::View(b)) if a.view == b.view && a.view != View::Values => eq_views(ctx, a, b, depth)?,
        (Value::Method(a), Value::Method(b)) => a.receiver.is(&b.receiver) && a.function.is(&b.function),
        (Value::NativeMethod(a), Value::NativeMethod(b)) => {
            a.receiver.is(&b.receiver) && std::ptr::eq(a.native, b.native)
        }
        (Value::Instance(_), _) | (_, Value::Instance(_)) => eq_instances(ctx, a, b, depth)?,
        _ => a.is(b),
    })
}

fn eq_dicts(ctx: &Context<'_>, a: &Dict, b: &Dict, depth: usize) -> Attempt<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    for (key, value) in a {
        match key::place(ctx, b, key)?.map(|place| &b[place]) {
            Some(other) if value.is(other) || eq_at(ctx, value, other, depth)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

fn eq_views(ctx: &Context<'_>, a: &DictView, b: &DictView, depth: usize) -> Attempt<bool> {
    let (left, right) = (contents::dict(ctx, a.dict)?, contents::dict(ctx, b.dict)?);
    if a.view == View::Items {
        return eq_dicts(ctx, left, right, depth + 1);
    }
    if left.len() != right.len() {
        return Ok(false);
    }
    for key in left.keys() {
        if key::place(ctx, right, key)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Instances that are builtin values are equal as those are, unless a class says otherwise.
fn eq_instances(ctx: &Context<'_>, a: &Value, b: &Value, depth: usize) -> Attempt<bool> {
    let (inner, other) = (a.plain(), b.plain());
    let plain = std::ptr::eq(inner, a) && std::ptr::eq(other, b);
    if plain || [a, b].into_iter().any(|value| super::user_method(ctx, value, "__eq__").is_some()) {
        return same_object(ctx, a, b);
    }
    eq_at(ctx, inner, other, depth + 1)
}

/// Equality of what is no data: identity, unless a class defines `__eq__`.
pub fn same_object(ctx: &Context<'_>, a: &Value, b: &Value) -> Attempt<bool> {
    if [a, b].into_iter().any(|value| super::user_method(ctx, value, "__eq__").is_some()) {
        return ask(ctx, Question::equal(a, b)).map(|answer| matches!(answer, Value::Bool(true)));
    }
    Ok(a.is(b))
}

/// Ranges are equal when they hold the same numbers.
pub fn same_range(a: &Range, b: &Range) -> bool {
    a.len() == b.len() && (a.is_empty() || (a.start == b.start && (a.len() == 1 || a.step == b.step)))
}

/// Whether two numbers are equal; `None` when one is no number.
pub fn equal_numbers(a: &Value, b: &Value) -> Option<bool> {
    order_numbers(a, b).map(|order| order == Some(Ordering::Equal))
}

/// The order of two numbers, exactly; `None` when one is no number, `Some(None)` with a NaN.
pub fn order_numbers(a: &Value, b: &Value) -> Option<Option<Ordering>> {
    let int = |value: &Value| match value {
        Value::Int(number) => Some(*number),
        Value::Bool(truth) => Some(i64::from(*truth)),
        _ => None,
    };
    Some(match (a, b) {
        (Value::Float(a), Value::Float(b)) => a.partial_cmp(b),
        (Value::Big(a), Value::Big(b)) => Some(a.cmp(b)),
        (Value::Big(a), Value::Float(b)) => order_with_float(a, *b),
        (Value::Float(a), Value::Big(b)) => order_with_float(b, *a).map(Ordering::reverse),
        (Value::Float(a), other) => order_with_float(&BigInt::from(int(other)?), *a).map(Ordering::reverse),
        (other, Value::Float(b)) => {
            let number = int(other)?;
            if number.unsigned_abs() < 1 << 53 {
                (number as f64).partial_cmp(b)
            } else {
                order_with_float(&BigInt::from(number), *b)
            }
        }
        (Value::Big(a), other) => Some(if int(other).map(|_| a.sign())? == num_bigint::Sign::Minus {
            Ordering::Less
        } else {
            Ordering::Greater
        }),
        (other, Value::Big(b)) => Some(if int(other).map(|_| b.sign())? == num_bigint::Sign::Minus {
            Ordering::Greater
        } else {
            Ordering::Less
        }),
        (a, b) => Some(int(a)?.cmp(&int(b)?)),
    })
}

fn order_with_float(number: &BigInt, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    if float.is_infinite() {
        return Some(if float > 0.0 { Ordering::Less } else { Ordering::Greater });
    }
    let whole = BigInt::from(float.trunc().to_i128().unwrap_or(0));
    let whole = if float.abs() < 1e38 { whole } else { super::number::to_big(float).unwrap_or(whole) };
    let rest = float - float.trunc();
    Some(number.cmp(&whole).then(0.0.partial_cmp(&rest).unwrap_or(Ordering::Equal)))
}

/// The order of two values for `<` and its like, which is named in the message when there is none.
pub fn ordering(ctx: &Context<'_>, a: &Value, b: &Value, operator: Comparison) -> Attempt<Option<Ordering>> {
    order_at(ctx, a, b, operator, 0)
}

fn order_at(ctx: &Context<'_>, a: &Value, b: &Value, op: Comparison, depth: usize) -> Attempt<Option<Ordering>> {
    lookout::tick();
    if depth > NESTING_LIMIT {
        return Err(too_deep(" in comparison"));
    }
    if let Some(order) = order_numbers(a, b) {
        return Ok(order);
    }
    match (a, b) {
        (Value::Str(a), Value::Str(b)) => Ok(Some(a.as_str().cmp(b.as_str()))),
        (Value::Bytes(a), Value::Bytes(b)) => Ok(Some(a.cmp(b))),
        (Value::Tuple(a), Value::Tuple(b)) => order_items(ctx, a, b, op, depth),
        (Value::Object(Kind::List, a), Value::Object(Kind::List, b)) => {
            order_items(ctx, contents::list(ctx, *a)?, contents::list(ctx, *b)?, op, depth)
        }
        (Value::Object(Kind::Deque, a), Value::Object(Kind::Deque, b)) => {
            order_items(ctx, &contents::deque_items(ctx, *a)?, &contents::deque_items(ctx, *b)?, op, depth)
        }
        _ => {
            let (method, reflected, question) = ordering_methods(op);
            if super::user_method(ctx, a, method).or_else(|| super::user_method(ctx, b, reflected)).is_none() {
                if !std::ptr::eq(a.plain(), a) || !std::ptr::eq(b.plain(), b) {
                    return order_at(ctx, a.plain(), b.plain(), op, depth);
                }
                return Err(no_order(a, b, op));
            }
            let question = Question { function: question, values: vec![a.clone(), b.clone()] };
            let holds = matches!(ask(ctx, question)?, Value::Bool(true));
            // As far as this operator can tell.
            let less = matches!(op, Comparison::Less | Comparison::LessOrEqual) == holds;
            Ok(Some(if less { Ordering::Less } else { Ordering::Greater }))
        }
    }
}

/// The special methods that answer a comparison: the left operand's, and the right one's; and the function of the prelude
/// that asks them.
fn ordering_methods(op: Comparison) -> (&'static str, &'static str, &'static str) {
    match op {
        Comparison::LessOrEqual => ("__le__", "__ge__", "ask_less_or_equal"),
        Comparison::Greater => ("__gt__", "__lt__", "ask_greater"),
        Comparison::GreaterOrEqual => ("__ge__", "__le__", "ask_greater_or_equal"),
        _ => ("__lt__", "__gt__", "ask_less"),
    }
}

/// The first pair that differs decides, then the length.
fn order_items(ctx: &Context<'_>, a: &[Value], b: &[Value], op: Comparison, depth: usize) -> Attempt<Option<Ordering>> {
    for (a, b) in a.iter().zip(b) {
        lookout::tick();
        if !(a.is(b) || eq_at(ctx, a, b, depth + 1)?) {
            return order_at(ctx, a, b, op, depth + 1);
        }
    }
    Ok(Some(a.len().cmp(&b.len())))
}

/// The operator as Python writes it.
pub fn symbol(operator: Comparison) -> &'static str {
    match operator {
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
        Comparison::Is => "is",
        Comparison::IsNot => "is not",
        Comparison::In => "in",
        Comparison::NotIn => "not in",
    }
}

/// The error for values without an order.
pub fn no_order(a: &Value, b: &Value, operator: Comparison) -> Fault {
    type_error(format!(
        "'{}' not supported between instances of '{}' and '{}'",
        symbol(operator),
        types::name_of(a),
        types::name_of(b)
    ))
}
