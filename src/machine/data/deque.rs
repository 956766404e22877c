//! `collections.deque`: constructor and methods. Each is one operation on a shared deque, as it is under CPython's GIL.

use super::arguments::{between, bind, given, index, method, wrong_receiver};
use super::fault::{Attempt, Fault, index_error, native, type_error, value_error};
use super::{contents, iterate, list, types};
use crate::base::ObjectId;
use crate::machine::memory::budget::VALUE;
pub use crate::machine::memory::deque::Deque;
use crate::machine::memory::native::{Arguments, Context, Native};
use crate::machine::memory::object::Object;
use crate::machine::memory::value::{Kind, Value};
use std::collections::VecDeque;

/// Attributes of deques.
pub const PROPERTIES: &[Native] = &[native!("maxlen", limit)];

/// What calling the type does.
pub static NEW: Native = native!("deque", new);

/// Methods of deques.
pub const METHODS: &[Native] = &[
    native!("__init__", init),
    native!("append", append),
    native!("appendleft", append_left),
    native!("clear", clear),
    native!("copy", copy),
    native!("count", count),
    native!("extend", extend),
    native!("extendleft", extend_left),
    native!("index", index_of),
    native!("insert", insert),
    native!("pop", pop),
    native!("popleft", pop_left),
    native!("remove", remove),
    native!("reverse", reverse),
    native!("rotate", rotate),
];

/// A new deque.
pub fn make(ctx: &mut Context<'_>, deque: Deque) -> Value {
    Value::Object(Kind::Deque, ctx.memory.add(Object::Deque(deque)))
}

/// A deque, to change it.
pub fn edit<'c>(ctx: &'c mut Context<'_>, id: ObjectId) -> Attempt<&'c mut Deque> {
    match ctx.memory.get_mut(id)? {
        Object::Deque(deque) => Ok(deque),
        _ => unreachable!("a value of kind Deque names a deque"),
    }
}

/// Adds items on the right, for `extend` and `+=`.
pub fn add(ctx: &mut Context<'_>, id: ObjectId, values: &[Value]) -> Attempt<()> {
    let items = iterate::gather(ctx, types::DEQUE.method("extend"), values, 1)?;
    let deque = edit(ctx, id)?;
    items.into_iter().for_each(|item| deque.push(item));
    Ok(())
}

/// Where an index points, in a deque of that length.
pub fn position(at: &Value, length: usize) -> Attempt<usize> {
    let at = match at {
        Value::Int(_) | Value::Bool(_) => index(at)?,
        other => {
            let name = types::name_of(other);
            return Err(type_error(format!("sequence index must be integer, not '{name}'")));
        }
    };
    let from_left = if at < 0 { at + length as i64 } else { at };
    match usize::try_from(from_left) {
        Ok(position) if position < length => Ok(position),
        _ => Err(index_error("deque index out of range")),
    }
}

fn receiver(name: &str, value: &Value) -> Attempt<ObjectId> {
    match value.plain() {
        Value::Object(Kind::Deque, id) => Ok(*id),
        other => Err(wrong_receiver(name, Some(other))),
    }
}

/// `deque.__init__`: what is in it, it has no longer.
fn init(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let id = receiver("deque.__init__", args.positional.first().unwrap_or(&Value::None))?;
    let filled = filled(ctx, args, Value::Object(Kind::Deque, id))?;
    let changes = contents::deque(ctx, id)?.changes + 1;
    *edit(ctx, id)? = Deque { changes, ..filled };
    Ok(Value::None)
}

fn new(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let deque = filled(ctx, args, Value::Type(&types::DEQUE))?;
    Ok(make(ctx, deque))
}

/// The deque that these arguments ask for. The prelude fills `whole`, or a new one of that type, by Python code.
fn filled(ctx: &mut Context<'_>, args: Arguments<'_>, whole: Value) -> Attempt<Deque> {
    let given_values = args.positional.get(1..).unwrap_or_default();
    let [iterable, maxlen] = bind(ctx, "deque", given_values, args, ["iterable", "maxlen"], 0, 2)?;
    let limit = match given(&maxlen) {
        None | Some(Value::None) => None,
        Some(Value::Int(limit)) if *limit < 0 => return Err(value_error("maxlen must be non-negative")),
        Some(value @ (Value::Int(_) | Value::Bool(_))) => Some(index(value)? as usize),
        Some(_) => return Err(type_error("an integer is required")),
    };
    let items = match given(&iterable) {
        None => Vec::new(),
        Some(iterable) if iterate::is_python(ctx, iterable) => {
            let arguments = vec![whole, iterable.clone(), limit.map_or(Value::None, count_value)];
            return Err(Fault::Prelude("deque_of", arguments, Vec::new()));
        }
        Some(iterable) => iterate::collected(ctx, iterable)?,
    };
    Ok(Deque { limit, ..Deque::default() }.with_items(items))
}

fn count_value(count: usize) -> Value {
    Value::Int(count as i64)
}

fn limit(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [deque] = method("deque.maxlen", args)?;
    // It never changes, but only the deque knows it.
    Ok(contents::deque(ctx, receiver("deque.maxlen", deque)?)?.limit.map_or(Value::None, count_value))
}

/// Adds an item; the deque may be full.
fn one_more(ctx: &mut Context<'_>, id: ObjectId, push: impl FnOnce(&mut Deque)) -> Attempt {
    let deque = edit(ctx, id)?;
    let before = deque.items.len();
    push(deque);
    let length = deque.items.len();
    if length > before {
        ctx.memory.private.grown(length, VALUE);
    }
    Ok(Value::None)
}

fn append(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [deque, item] = method("deque.append", args)?;
    one_more(ctx, receiver("deque.append", deque)?, |deque| deque.push(item.clone()))
}

fn append_left(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [deque, item] = method("deque.appendleft", args)?;
    one_more(ctx, receiver("deque.appendleft", deque)?, |deque| deque.push_left(item.clone()))
}

fn clear(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [deque] = method("deque.clear", args)?;
    let deque = edit(ctx, receiver("deque.clear", deque)?)?;
    deque.items.clear();
    deque.changes += 1;
    Ok(Value::None)
}

fn copy(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [deque] = method("deque.copy", args)?;
    let copied = contents::deque(ctx, receiver("deque.copy", deque)?)?;
    ctx.memory.claim_items(copied.items.len(), VALUE)?;
    let copy = copied.clone();
    Ok(make(ctx, copy))
}

fn count(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [deque, item] = method("deque.count", args)?;
    let count = list::count_in(ctx, &contents::deque_items(ctx, receiver("deque.count", deque)?)?, item);
    list::by_python("sequence_count", args, count)
}

fn extend(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [deque, _] = method("deque.extend", args)?;
    add(ctx, receiver("deque.extend", deque)?, args.positional)?;
    Ok(Value::None)
}

fn extend_left(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [deque, _] = method("deque.extendleft", args)?;
    let id = receiver("deque.extendleft", deque)?;
    let items = iterate::gather(ctx, types::DEQUE.method("extendleft"), args.positional, 1)?;
    let deque = edit(ctx, id)?;
    items.into_iter().for_each(|item| deque.push_left(item));
    Ok(Value::None)
}

fn index_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (deque, rest) = between("deque.index", args, 1, 1, 3)?;
    let items = contents::deque_items(ctx, receiver("deque.index", &deque[0])?)?;
    match list::by_python("sequence_index", args, list::find(ctx, &items, &rest[0], &rest[1..]))? {
        Some(position) => Ok(count_value(position)),
        None => Err(value_error(format!("{} is not in deque", super::repr::inner_repr(ctx, &rest[0])?))),
    }
}

fn insert(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [deque, at, item] = method("deque.insert", args)?;
    let at = index(at)?;
    let deque = edit(ctx, receiver("deque.insert", deque)?)?;
    let length = deque.items.len();
    if deque.limit.is_some_and(|limit| length >= limit) {
        return Err(index_error("deque already at its maximum size"));
    }
    let at = (if at < 0 { at.saturating_add(length as i64) } else { at }).clamp(0, length as i64);
    deque.items.insert(at as usize, item.clone());
    deque.changes += 1;
    ctx.memory.private.grown(length + 1, VALUE);
    Ok(Value::None)
}

fn popped(
    ctx: &mut Context<'_>,
    args: Arguments<'_>,
    name: &str,
    take: fn(&mut VecDeque<Value>) -> Option<Value>,
) -> Attempt {
    let [deque] = method(name, args)?;
    let deque = edit(ctx, receiver(name, deque)?)?;
    let item = take(&mut deque.items).ok_or_else(|| index_error("pop from an empty deque"))?;
    deque.changes += 1;
    Ok(item)
}

fn pop(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    popped(ctx, args, "deque.pop", VecDeque::pop_back)
}

fn pop_left(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    popped(ctx, args, "deque.popleft", VecDeque::pop_front)
}

fn remove(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [deque, item] = method("deque.remove", args)?;
    let id = receiver("deque.remove", deque)?;
    let position =
        list::by_python("sequence_remove", args, list::find(ctx, &contents::deque_items(ctx, id)?, item, &[]))?;
    match position {
        Some(position) => {
            let deque = edit(ctx, id)?;
            deque.items.remove(position);
            deque.changes += 1;
            Ok(Value::None)
        }
        None => Err(value_error(format!("{} is not in deque", super::repr::inner_repr(ctx, item)?))),
    }
}

fn reverse(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [deque] = method("deque.reverse", args)?;
    edit(ctx, receiver("deque.reverse", deque)?)?.items.make_contiguous().reverse();
    Ok(Value::None)
}

fn rotate(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (deque, rest) = between("deque.rotate", args, 1, 0, 1)?;
    let by = rest.first().map_or(Ok(1), index)?;
    let deque = edit(ctx, receiver("deque.rotate", &deque[0])?)?;
    if !deque.items.is_empty() {
        deque.items.rotate_right(by.rem_euclid(deque.items.len() as i64) as usize);
        deque.changes += 1;
    }
    Ok(Value::None)
}
