//! Iteration over what the machine provides.

use super::contents;
use super::fault::{Attempt, Fault, type_error, value_error};
use super::{order, types};
use crate::bytecode::BinaryOperator;
use crate::machine::data::exception as ex;
use crate::machine::memory::budget::{self, VALUE};
use crate::machine::memory::heap::PrivateHeap;
use crate::machine::memory::lookout;
use crate::machine::memory::native::{Context, Native, Result};
use crate::machine::memory::object::{Iteration, Object, View};
use crate::machine::memory::trace::{self, Counters};
use crate::machine::memory::value::Items;
use crate::machine::memory::value::{Kind, Value};

/// Starts a loop over a builtin container, range or string.
///
/// # Errors
/// `TypeError` for what cannot be iterated over, instances and generators included.
pub fn begin(ctx: &mut Context<'_>, value: &Value) -> Result<Iteration> {
    start(ctx, value).map_err(|fault| fault.halt(ctx))
}

/// The next value, `None` at the end.
///
/// # Errors
/// `RuntimeError` when a dict or set changed its size.
#[inline]
pub fn next(ctx: &mut Context<'_>, iteration: &mut Iteration) -> Result<Option<Value>> {
    if let Some(value) = at_hand(ctx.memory.private, iteration) {
        return Ok(Some(value));
    }
    advance(ctx, iteration).map_err(|fault| fault.halt(ctx))
}

/// The next value where no look at the rest of the machine is needed for it: of a range, a tuple, a thread's own list.
/// `None` says nothing: [`next`] knows.
#[inline]
pub fn at_hand(heap: &PrivateHeap, iteration: &mut Iteration) -> Option<Value> {
    let value = match iteration {
        Iteration::Enumerate(counted) => {
            let (iteration, number) = &**counted;
            Value::tuple(vec![Value::Int(*number), coming(heap, iteration)?.copy()])
        }
        _ => coming(heap, iteration)?.copy(),
    };
    go_on(iteration);
    Some(value)
}

/// The two parts of the next value where that is a pair, or would be one if it was made, and no look at the rest of the
/// machine is needed for it. [`go_on`] then passes it. `None` says nothing: [`next`] knows.
pub fn pair_at_hand(heap: &PrivateHeap, iteration: &Iteration) -> Option<(Value, Value)> {
    match iteration {
        Iteration::Enumerate(counted) => {
            let (iteration, number) = &**counted;
            Some((Value::Int(*number), coming(heap, iteration)?.copy()))
        }
        Iteration::Zip(parts) => match &**parts {
            [a, b] => Some((coming(heap, a)?.copy(), coming(heap, b)?.copy())),
            _ => None,
        },
        Iteration::Container { of, view: View::Items, index, length, .. } => match heap.get(*of)? {
            Object::Dict(dict) if dict.len() == *length => {
                dict.get_index(*index).map(|(key, value)| (key.value.copy(), value.copy()))
            }
            _ => None,
        },
        Iteration::Range { .. }
        | Iteration::Tuple(..)
        | Iteration::Str(..)
        | Iteration::Container { .. }
        | Iteration::Ordered { .. }
        | Iteration::Count(_)
        | Iteration::Cycle(..)
        | Iteration::Repeat(..)
        | Iteration::Done => match coming(heap, iteration)? {
            Coming::There(Value::Tuple(items)) => match &***items {
                [a, b] => Some((a.copy(), b.copy())),
                _ => None,
            },
            Coming::There(_) | Coming::Number(_) => None,
        },
    }
}

/// What comes next.
enum Coming<'v> {
    /// This value.
    There(&'v Value),
    /// This number.
    Number(i64),
}

impl Coming<'_> {
    #[inline(always)]
    fn copy(self) -> Value {
        match self {
            Coming::There(value) => value.copy(),
            Coming::Number(number) => Value::Int(number),
        }
    }
}

/// What comes next of a range, a tuple, a thread's own list.
#[inline(always)]
fn coming<'v>(heap: &'v PrivateHeap, iteration: &'v Iteration) -> Option<Coming<'v>> {
    match iteration {
        Iteration::Range { next, left, .. } if *left > 0 => Some(Coming::Number(*next)),
        Iteration::Container { of, kind: Kind::List, index, .. } => match heap.get(*of)? {
            Object::List(items) => items.get(*index).map(Coming::There),
            _ => None,
        },
        Iteration::Tuple(items, index) => items.get(*index).map(Coming::There),
        _ => None,
    }
}

/// Passes the value that was at hand.
#[inline(always)]
pub fn go_on(iteration: &mut Iteration) {
    match iteration {
        Iteration::Enumerate(counted) => {
            pass(&mut counted.0);
            counted.1 += 1;
        }
        Iteration::Zip(parts) => parts.iter_mut().for_each(pass),
        other @ (Iteration::Range { .. }
        | Iteration::Tuple(..)
        | Iteration::Str(..)
        | Iteration::Container { .. }
        | Iteration::Ordered { .. }
        | Iteration::Count(_)
        | Iteration::Cycle(..)
        | Iteration::Repeat(..)
        | Iteration::Done) => pass(other),
    }
}

#[inline(always)]
fn pass(iteration: &mut Iteration) {
    match iteration {
        Iteration::Range { next, left, step } => {
            *left -= 1;
            *next = next.wrapping_add(*step);
        }
        Iteration::Container { index, .. } | Iteration::Tuple(_, index) => *index += 1,
        Iteration::Str(..)
        | Iteration::Ordered { .. }
        | Iteration::Count(_)
        | Iteration::Cycle(..)
        | Iteration::Repeat(..)
        | Iteration::Enumerate(_)
        | Iteration::Zip(_)
        | Iteration::Done => {}
    }
}

/// An iterator.
pub fn make(ctx: &mut Context<'_>, iteration: Iteration) -> Value {
    Value::Object(Kind::Iterator, ctx.memory.add(Object::Iterator(iteration)))
}

/// All values of a builtin iterable.
///
/// # Errors
/// `TypeError` for what cannot be iterated over; for generators and instances, the call of the prelude's `list` that would
/// do it.
pub fn collect(ctx: &mut Context<'_>, value: &Value) -> Result<Vec<Value>> {
    collected(ctx, value).map_err(|fault| fault.halt(ctx))
}

/// Exactly `count` values.
///
/// # Errors
/// As [`collect`]; `ValueError` when there are more or fewer.
pub fn unpack(ctx: &mut Context<'_>, value: &Value, count: usize) -> Result<Vec<Value>> {
    let attempt = match value {
        Value::Tuple(items) if items.len() == count => Ok(items.to_vec()),
        _ => unpacked(ctx, value, count),
    };
    attempt.map_err(|fault| fault.halt(ctx))
}

fn unpacked(ctx: &Context<'_>, value: &Value, count: usize) -> Attempt<Vec<Value>> {
    if !is_iterable(ctx, value) {
        return Err(type_error(format!("cannot unpack non-iterable {} object", types::name_of(value))));
    }
    let mut iteration = start(ctx, value)?;
    let mut items = Vec::new();
    // How many there are beyond that does not matter.
    while items.len() <= count
        && let Some(item) = advance(ctx, &mut iteration)?
    {
        items.push(item);
    }
    if items.len() > count {
        return Err(value_error(format!("too many values to unpack (expected {count})")));
    }
    if items.len() < count {
        return Err(value_error(format!("not enough values to unpack (expected {count}, got {})", items.len())));
    }
    Ok(items)
}

/// Python's `len(value)`.
///
/// # Errors
/// `TypeError` for what has no length; the call of an instance's own `__len__`.
pub fn length(ctx: &mut Context<'_>, value: &Value) -> Result<usize> {
    measured(ctx, value).map_err(|fault| fault.halt(ctx))
}

/// As [`length`].
pub fn measured(ctx: &Context<'_>, value: &Value) -> Attempt<usize> {
    Ok(match value.plain() {
        Value::Str(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::Tuple(items) => items.len(),
        Value::Range(range) => range.len(),
        Value::View(view) => contents::dict(ctx, view.dict)?.len(),
        Value::Object(Kind::List, id) => contents::list(ctx, *id)?.len(),
        Value::Object(Kind::Deque, id) => contents::deque(ctx, *id)?.items.len(),
        Value::Object(Kind::Dict, id) => contents::dict(ctx, *id)?.len(),
        Value::Object(Kind::Set | Kind::FrozenSet, id) => contents::set(ctx, *id)?.len(),
        _ => {
            return Err(match super::user_method(ctx, value, "__len__") {
                Some(method) => Fault::invoke(method, Vec::new()),
                None => type_error(format!("object of type '{}' has no len()", types::name_of(value))),
            });
        }
    })
}

/// Whether natives can iterate over it by themselves.
pub fn is_native(value: &Value) -> bool {
    matches!(
        value.plain(),
        Value::Str(_)
            | Value::Bytes(_)
            | Value::Tuple(_)
            | Value::Range(_)
            | Value::View(_)
            | Value::Loop(_)
            | Value::Object(Kind::List | Kind::Dict | Kind::Set | Kind::FrozenSet | Kind::Deque, _)
    )
}

/// Whether it takes Python code, or a change to an iterator, to iterate over it.
pub fn is_python(ctx: &Context<'_>, value: &Value) -> bool {
    match value {
        Value::Object(Kind::Generator | Kind::Iterator, _) => true,
        Value::Instance(_) | Value::Class(_) => {
            let has = |name| super::user_method(ctx, value, name).is_some();
            has("__iter__") || (has("__getitem__") && !is_native(value))
        }
        _ => false,
    }
}

/// Whether it can be iterated over at all.
pub fn is_iterable(ctx: &Context<'_>, value: &Value) -> bool {
    is_native(value) || is_python(ctx, value)
}

/// The error, or the call, for what natives cannot iterate over.
pub fn needs_python(ctx: &Context<'_>, value: &Value) -> Fault {
    if is_python(ctx, value) {
        Fault::Prelude("list", vec![value.clone()], Vec::new())
    } else {
        type_error(format!("'{}' object is not iterable", types::name_of(value)))
    }
}

/// The values of the argument at `index`. When that takes Python code, the prelude makes a list of it and calls `native`
/// again with the list in its place.
pub fn gather(
    ctx: &Context<'_>,
    native: Option<&'static Native>,
    arguments: &[Value],
    index: usize,
) -> Attempt<Vec<Value>> {
    let value = &arguments[index];
    match native {
        Some(native) if is_python(ctx, value) => {
            let arguments = vec![Value::Native(native), Value::Int(index as i64), Value::tuple(arguments.to_vec())];
            Err(Fault::Prelude("call_with_list", arguments, Vec::new()))
        }
        _ => collected(ctx, value),
    }
}

/// As [`collect`].
pub fn collected(ctx: &Context<'_>, value: &Value) -> Attempt<Vec<Value>> {
    let own = is_python(ctx, value);
    match value.plain() {
        _ if own => {}
        Value::Tuple(items) => return copied(ctx, items),
        Value::Object(Kind::List, id) => return copied(ctx, contents::list(ctx, *id)?),
        _ => {}
    }
    let mut iteration = start(ctx, value)?;
    let mut items = Vec::new();
    let item_size = VALUE + made(&iteration);
    if let Iteration::Range { left, .. } = iteration {
        ctx.memory.claim_items(left, VALUE)?;
        items.reserve_exact(left);
    }
    while let Some(item) = advance(ctx, &mut iteration)? {
        lookout::tick();
        if items.len() == items.capacity() {
            ctx.memory.claim_items(items.len().max(8), item_size)?;
            items.reserve_exact(items.len().max(8));
        }
        items.push(item);
    }
    Ok(items)
}

/// How many bytes each value takes up that the iteration makes, beside the values that there were before.
fn made(iteration: &Iteration) -> usize {
    match iteration {
        Iteration::Str(..) => budget::of_bytes(1),
        Iteration::Container { view: View::Items, .. } => budget::of_values(2),
        Iteration::Enumerate(counted) => budget::of_values(2) + made(&counted.0),
        Iteration::Zip(parts) => budget::of_values(parts.len()) + parts.iter().map(made).sum::<usize>(),
        Iteration::Range { .. }
        | Iteration::Tuple(..)
        | Iteration::Container { .. }
        | Iteration::Ordered { .. }
        | Iteration::Count(_)
        | Iteration::Cycle(..)
        | Iteration::Repeat(..)
        | Iteration::Done => 0,
    }
}

/// A copy of the items.
fn copied(ctx: &Context<'_>, items: &[Value]) -> Attempt<Vec<Value>> {
    ctx.memory.claim_items(items.len(), VALUE)?;
    Ok(lookout::copied(items))
}

/// As [`begin`].
pub fn start(ctx: &Context<'_>, value: &Value) -> Attempt<Iteration> {
    let over = |of, kind, view, length| Iteration::Container { of, kind, view, index: 0, length };
    if is_python(ctx, value) {
        return Err(needs_python(ctx, value));
    }
    Ok(match value.plain() {
        Value::Range(range) => Iteration::Range { next: range.start, left: range.len(), step: range.step },
        Value::Tuple(items) => Iteration::Tuple(items.clone(), 0),
        Value::Str(text) => Iteration::Str(text.clone(), 0),
        Value::Bytes(bytes) => {
            ctx.memory.claim_items(bytes.len(), VALUE)?;
            let items = bytes.iter().map(|byte| Value::Int(i64::from(*byte))).collect();
            Iteration::Tuple(triomphe::Arc::new(Items::new(items)), 0)
        }
        Value::View(view) => over(view.dict, Kind::Dict, view.view, contents::dict(ctx, view.dict)?.len()),
        Value::Object(Kind::List, id) => {
            contents::list(ctx, *id)?;
            over(*id, Kind::List, View::Keys, 0)
        }
        Value::Object(Kind::Deque, id) => {
            trace::read(Counters { changes: true, ..Counters::NONE });
            over(*id, Kind::Deque, View::Keys, contents::deque(ctx, *id)?.changes)
        }
        Value::Object(Kind::Dict, id) => over(*id, Kind::Dict, View::Keys, contents::dict(ctx, *id)?.len()),
        Value::Object(kind @ (Kind::Set | Kind::FrozenSet), id) => {
            let set = contents::set(ctx, *id)?;
            match order::positions(set) {
                None => over(*id, *kind, View::Keys, set.len()),
                Some(_) => {
                    let items = order::walk(set).into_iter().map(|key| key.value.clone()).collect();
                    Iteration::Ordered { of: *id, items: triomphe::Arc::new(items), index: 0 }
                }
            }
        }
        Value::Loop(iteration) => (**iteration).clone(),
        other => return Err(needs_python(ctx, other)),
    })
}

/// As [`next`].
pub fn advance(ctx: &Context<'_>, iteration: &mut Iteration) -> Attempt<Option<Value>> {
    if let Some(value) = at_hand(ctx.memory.private, iteration) {
        return Ok(Some(value));
    }
    let found = match iteration {
        // Not at hand: at their end.
        Iteration::Range { .. } | Iteration::Tuple(..) => None,
        Iteration::Str(text, offset) => text.as_str()[*offset..].chars().next().map(|c| {
            *offset += c.len_utf8();
            character(c)
        }),
        Iteration::Container { of, view, index, length, .. } => {
            let found = match ctx.memory.get(*of)? {
                Object::List(items) => items.get(*index).cloned(),
                Object::Deque(deque) if deque.changes != *length => return Err(mutated()),
                Object::Deque(deque) => deque.items.get(*index).cloned(),
                Object::Dict(dict) if dict.len() != *length => return Err(changed("dictionary")),
                Object::Dict(dict) => dict.get_index(*index).map(|(key, value)| match view {
                    View::Keys => key.value.clone(),
                    View::Values => value.clone(),
                    View::Items => Value::tuple(vec![key.value.clone(), value.clone()]),
                }),
                Object::Set(set) if set.len() != *length => return Err(changed("Set")),
                Object::Set(set) => set.get_index(*index).map(|key| key.value.clone()),
                _ => None,
            };
            *index += 1;
            found
        }
        Iteration::Ordered { of, items, index } => {
            if contents::set(ctx, *of)?.len() != items.len() {
                return Err(changed("Set"));
            }
            *index += 1;
            items.get(*index - 1).cloned()
        }
        Iteration::Count(numbers) => {
            let [next, step] = &mut **numbers;
            let following = super::arithmetic::binary(BinaryOperator::Add, next, step).unwrap_or(Ok(Value::None))?;
            Some(std::mem::replace(next, following))
        }
        Iteration::Cycle(items, index) => {
            let item = items.get(*index).cloned();
            *index = if *index + 1 < items.len() { *index + 1 } else { 0 };
            item
        }
        Iteration::Repeat(value, None) => Some((**value).clone()),
        Iteration::Repeat(_, Some(0)) => None,
        Iteration::Repeat(value, Some(left)) => {
            *left -= 1;
            Some((**value).clone())
        }
        Iteration::Enumerate(counted) => {
            let (iteration, number) = &mut **counted;
            *number += 1;
            match advance(ctx, iteration) {
                Ok(value) => value.map(|value| Value::tuple(vec![Value::Int(*number - 1), value])),
                Err(fault) => {
                    *number -= 1;
                    return Err(fault);
                }
            }
        }
        Iteration::Zip(parts) => side_by_side(ctx, parts)?.map(Value::tuple),
        Iteration::Done => None,
    };
    if found.is_none() {
        *iteration = Iteration::Done;
    }
    Ok(found)
}

/// The next value of each, `None` when one is at its end; those before it have then gone on.
fn side_by_side(ctx: &Context<'_>, parts: &mut [Iteration]) -> Attempt<Option<Vec<Value>>> {
    // None of them may go on before all are in reach: this may be done again.
    for part in &*parts {
        if let Iteration::Container { of, .. } | Iteration::Ordered { of, .. } = part {
            ctx.memory.get(*of)?;
        }
    }
    let mut values = Vec::with_capacity(parts.len());
    for part in parts {
        match advance(ctx, part)? {
            Some(value) => values.push(value),
            None => return Ok(None),
        }
    }
    Ok((!values.is_empty()).then_some(values))
}

fn changed(what: &str) -> Fault {
    Fault::Error(&ex::RUNTIME_ERROR, format!("{what} changed size during iteration").into())
}

/// A string of one character.
pub fn character(c: char) -> Value {
    Value::str(c.encode_utf8(&mut [0; 4]) as &str)
}

/// The error of an iteration that goes on after the deque has changed.
fn mutated() -> Fault {
    Fault::Error(&ex::RUNTIME_ERROR, "deque mutated during iteration".into())
}
