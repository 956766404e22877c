//! Subscripts: `a[i]`, `a[i] = v`, `del a[i]`, with slices.

use super::contents;
use super::fault::{Attempt, Fault, index_error, key_error, native, type_error, value_error};
use super::{bytes, deque, dict, hash, iterate, key, list, types};
use crate::machine::memory::budget::ENTRY;
use crate::machine::memory::lookout;
use crate::machine::memory::native::{Arguments, Context, Native, Result};
use crate::machine::memory::value::{Kind, Range, Str, Value};
use triomphe::Arc;

/// `container[index]`
///
/// # Errors
/// CPython's `IndexError`, `KeyError` and `TypeError`.
#[inline]
pub fn load(ctx: &mut Context<'_>, container: &Value, index: &Value) -> Result {
    read(ctx, container, index).map_err(|fault| fault.halt(ctx))
}

/// `container[index] = value`
///
/// # Errors
/// As [`load`].
pub fn store(ctx: &mut Context<'_>, container: &Value, index: &Value, value: Value) -> Result<()> {
    write(ctx, container, index, value).map_err(|fault| fault.halt(ctx))
}

/// `del container[index]`
///
/// # Errors
/// As [`load`].
pub fn delete(ctx: &mut Context<'_>, container: &Value, index: &Value) -> Result<()> {
    remove(ctx, container, index).map_err(|fault| fault.halt(ctx))
}

/// As [`load`].
pub fn read(ctx: &mut Context<'_>, container: &Value, index: &Value) -> Attempt {
    match container.plain() {
        Value::Object(Kind::List, id) => {
            let items = contents::list(ctx, *id)?;
            if let Value::Slice(parts) = index {
                let items = sliced(ctx, items, &Bounds::new(&parts.0, items.len())?)?;
                return Ok(list::make(ctx, items));
            }
            Ok(items[position(index, items.len(), "list")?].clone())
        }
        Value::Object(Kind::Dict, id) => {
            key::get(ctx, contents::dict(ctx, *id)?, index)?.cloned().ok_or_else(|| key_error(index))
        }
        Value::Object(Kind::Deque, id) => {
            let items = &contents::deque(ctx, *id)?.items;
            Ok(items[deque::position(index, items.len())?].clone())
        }
        Value::Tuple(items) => match index {
            Value::Slice(parts) => Ok(Value::tuple(sliced(ctx, items, &Bounds::new(&parts.0, items.len())?)?)),
            _ => Ok(items[position(index, items.len(), "tuple")?].clone()),
        },
        Value::Str(text) => read_text(ctx, text, index),
        Value::Bytes(data) => match index {
            Value::Slice(parts) => Ok(bytes::make(sliced(ctx, data, &Bounds::new(&parts.0, data.len())?)?)),
            _ => Ok(Value::Int(i64::from(data[position(index, data.len(), "byte")?]))),
        },
        Value::Range(range) => read_range(range, index),
        Value::Type(_) | Value::Class(_) => Ok(container.clone()),
        other => Err(match super::user_method(ctx, other, "__getitem__") {
            Some(method) => Fault::invoke(method, vec![index.clone()]),
            None => type_error(format!("'{}' object is not subscriptable", types::name_of(other))),
        }),
    }
}

fn read_text(ctx: &Context<'_>, text: &Str, index: &Value) -> Attempt {
    if let Value::Slice(parts) = index {
        let bounds = Bounds::new(&parts.0, text.len())?;
        if text.is_ascii() && bounds.step == 1 {
            ctx.memory.claim(bounds.count)?;
            return Ok(Value::str(&text.as_str()[bounds.start as usize..bounds.start as usize + bounds.count]));
        }
        let chars: Vec<char> = text.as_str().chars().collect();
        return Ok(Value::str(sliced(ctx, &chars, &bounds)?.into_iter().collect::<String>()));
    }
    let position = position(index, text.len(), "string")?;
    let c = if text.is_ascii() {
        char::from(text.as_str().as_bytes()[position])
    } else {
        text.as_str().chars().nth(position).unwrap_or_default()
    };
    Ok(iterate::character(c))
}

fn read_range(range: &Range, index: &Value) -> Attempt {
    if let Value::Slice(parts) = index {
        let bounds = Bounds::new(&parts.0, range.len())?;
        let at = |position: i64| range.start.saturating_add(position.saturating_mul(range.step));
        let step = range.step.saturating_mul(bounds.step);
        let start = at(bounds.start);
        let stop = at(if bounds.count == 0 { bounds.start } else { bounds.stop });
        return Ok(Value::Range(Arc::new(Range { start, stop, step })));
    }
    let position = match position(index, range.len(), "range") {
        Err(Fault::Error(class, message)) if &*message == "range index out of range" => {
            return Err(Fault::Error(class, "range object index out of range".into()));
        }
        other => other?,
    };
    Ok(Value::Int(range.at(position)))
}

/// As [`store`].
pub fn write(ctx: &mut Context<'_>, container: &Value, index: &Value, value: Value) -> Attempt<()> {
    match container.plain() {
        Value::Object(Kind::List, id) => {
            let length = contents::list(ctx, *id)?.len();
            if let Value::Slice(parts) = index {
                return write_slice(ctx, container, &Bounds::new(&parts.0, length)?, index, &value);
            }
            let position = match position(index, length, "list") {
                Err(Fault::Error(class, message)) if &*message == "list index out of range" => {
                    return Err(Fault::Error(class, "list assignment index out of range".into()));
                }
                other => other?,
            };
            list::edit(ctx, *id)?[position] = value;
            Ok(())
        }
        Value::Object(Kind::Deque, id) => {
            let position = deque::position(index, contents::deque(ctx, *id)?.items.len())?;
            deque::edit(ctx, *id)?.items[position] = value;
            Ok(())
        }
        Value::Object(Kind::Dict, id) => {
            let key = hash::make_key(ctx, index)?;
            let place = key::place(ctx, contents::dict(ctx, *id)?, &key)?;
            let dict = dict::edit(ctx, *id)?;
            key::put_at(dict, place, key, value);
            if place.is_none() {
                let length = dict.len();
                ctx.memory.private.grown(length, ENTRY);
            }
            Ok(())
        }
        other => Err(match super::user_method(ctx, other, "__setitem__") {
            Some(method) => Fault::invoke(method, vec![index.clone(), value]),
            None => type_error(format!("'{}' object does not support item assignment", types::name_of(other))),
        }),
    }
}

/// `container[slice] = value`, for the prelude to call with a list.
pub static STORE: Native = native!("__setitem__", store_native);

fn store_native(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [container, index, value] = super::arguments::function("__setitem__", args)?;
    write(ctx, container, index, value.clone())?;
    Ok(Value::None)
}

fn write_slice(ctx: &mut Context<'_>, target: &Value, bounds: &Bounds, slice: &Value, value: &Value) -> Attempt<()> {
    if !iterate::is_iterable(ctx, value) {
        return Err(type_error(if bounds.step == 1 {
            "can only assign an iterable".to_owned()
        } else {
            format!("must assign iterable to extended slice, not {}", types::name_of(value))
        }));
    }
    let Value::Object(_, id) = target else { return Ok(()) };
    let items = iterate::gather(ctx, Some(&STORE), &[target.clone(), slice.clone(), value.clone()], 2)?;
    if bounds.step == 1 {
        let start = bounds.start as usize;
        let list = list::edit(ctx, *id)?;
        list.splice(start..start + bounds.count, items);
        return Ok(());
    }
    if items.len() != bounds.count {
        return Err(value_error(format!(
            "attempt to assign sequence of size {} to extended slice of size {}",
            items.len(),
            bounds.count
        )));
    }
    let target = list::edit(ctx, *id)?;
    bounds.positions().zip(items).for_each(|(position, item)| target[position] = item);
    Ok(())
}

/// As [`delete`].
pub fn remove(ctx: &mut Context<'_>, container: &Value, index: &Value) -> Attempt<()> {
    match container.plain() {
        Value::Object(Kind::List, id) => {
            let length = contents::list(ctx, *id)?.len();
            if let Value::Slice(parts) = index {
                let bounds = Bounds::new(&parts.0, length)?;
                let mut doomed = vec![false; length];
                bounds.positions().for_each(|position| doomed[position] = true);
                let mut doomed = doomed.into_iter();
                list::edit(ctx, *id)?.retain(|_| !doomed.next().unwrap_or(false));
                return Ok(());
            }
            let position = match position(index, length, "list") {
                Err(Fault::Error(class, message)) if &*message == "list index out of range" => {
                    return Err(Fault::Error(class, "list assignment index out of range".into()));
                }
                other => other?,
            };
            list::edit(ctx, *id)?.remove(position);
            Ok(())
        }
        Value::Object(Kind::Deque, id) => {
            let position = deque::position(index, contents::deque(ctx, *id)?.items.len())?;
            let deque = deque::edit(ctx, *id)?;
            deque.items.remove(position);
            deque.changes += 1;
            Ok(())
        }
        Value::Object(Kind::Dict, id) => {
            let key = hash::make_key(ctx, index)?;
            let place = key::place(ctx, contents::dict(ctx, *id)?, &key)?.ok_or_else(|| key_error(index))?;
            dict::edit(ctx, *id)?.shift_remove_index(place);
            Ok(())
        }
        other => Err(match super::user_method(ctx, other, "__delitem__") {
            Some(method) => Fault::invoke(method, vec![index.clone()]),
            None => not_deletable(other, index),
        }),
    }
}

/// The complaint about `del other[index]`. Sequences and the like, asked for an integer, word it their own way.
fn not_deletable(other: &Value, index: &Value) -> Fault {
    let sequence = matches!(
        other,
        Value::Tuple(_)
            | Value::Str(_)
            | Value::Bytes(_)
            | Value::Range(_)
            | Value::View(_)
            | Value::Instance(_)
            | Value::Object(Kind::Set | Kind::FrozenSet, _)
    );
    let short = sequence && matches!(index, Value::Int(_) | Value::Bool(_) | Value::Big(_));
    let verb = if short { "doesn't" } else { "does not" };
    type_error(format!("'{}' object {verb} support item deletion", types::name_of(other)))
}

/// Where an index points, in a sequence of that length.
fn position(index: &Value, length: usize, what: &str) -> Attempt<usize> {
    let number = match index.plain() {
        Value::Int(number) => *number,
        Value::Bool(truth) => i64::from(*truth),
        Value::Big(_) => return Err(index_error("cannot fit 'int' into an index-sized integer")),
        other => {
            let name = types::name_of(other);
            return Err(type_error(if what == "string" {
                format!("string indices must be integers, not '{name}'")
            } else {
                let slices = if what == "range" { "range" } else { what };
                format!("{slices} indices must be integers or slices, not {name}")
            }));
        }
    };
    let from_start = if number < 0 { number + length as i64 } else { number };
    match usize::try_from(from_start) {
        Ok(position) if position < length => Ok(position),
        _ => Err(index_error(if what == "byte" {
            "index out of range".to_owned()
        } else {
            format!("{what} index out of range")
        })),
    }
}

/// A slice, fitted to a length.
#[derive(Debug)]
pub struct Bounds {
    /// The first position.
    pub start: i64,
    /// The end.
    pub stop: i64,
    /// From one to the next.
    pub step: i64,
    /// How many.
    pub count: usize,
}

impl Bounds {
    /// Python's `slice.indices`.
    pub fn new(parts: &[Value; 3], length: usize) -> Attempt<Bounds> {
        let length = length as i64;
        let step = bound(&parts[2])?.unwrap_or(1);
        if step == 0 {
            return Err(value_error("slice step cannot be zero"));
        }
        let (lowest, highest) = if step < 0 { (-1, length - 1) } else { (0, length) };
        let fit = |value: Option<i64>, default: i64| match value {
            None => default,
            Some(value) if value < 0 => value.saturating_add(length).max(lowest),
            Some(value) => value.min(highest),
        };
        let start = fit(bound(&parts[0])?, if step < 0 { highest } else { lowest });
        let stop = fit(bound(&parts[1])?, if step < 0 { lowest } else { highest });
        let distance = if step < 0 { start - stop } else { stop - start };
        let count = if distance <= 0 { 0 } else { (distance - 1) as u64 / step.unsigned_abs() + 1 };
        Ok(Bounds { start, stop, step, count: count as usize })
    }

    /// The positions, in the slice's order.
    pub fn positions(&self) -> impl Iterator<Item = usize> {
        let (start, step) = (self.start, self.step);
        (0..self.count).map(move |index| start.wrapping_add((index as i64).wrapping_mul(step)) as usize)
    }
}

fn bound(value: &Value) -> Attempt<Option<i64>> {
    match value.plain() {
        Value::None => Ok(None),
        Value::Int(number) => Ok(Some(*number)),
        Value::Bool(truth) => Ok(Some(i64::from(*truth))),
        Value::Big(number) if number.sign() == num_bigint::Sign::Minus => Ok(Some(-i64::MAX)),
        Value::Big(_) => Ok(Some(i64::MAX)),
        _ => Err(type_error("slice indices must be integers or None or have an __index__ method")),
    }
}

/// The items that a slice selects.
fn sliced<T: Clone>(ctx: &Context<'_>, items: &[T], bounds: &Bounds) -> Attempt<Vec<T>> {
    ctx.memory.claim_items(bounds.count, size_of::<T>())?;
    if bounds.step == 1 {
        let start = bounds.start as usize;
        return Ok(items.get(start..start + bounds.count).map(lookout::copied).unwrap_or_default());
    }
    Ok(bounds.positions().inspect(|_| lookout::tick()).map(|position| items[position].clone()).collect())
}
