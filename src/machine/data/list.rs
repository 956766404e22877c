//! `list`: constructor and methods.

use super::arguments::{between, bind, given, index, method, wrong_receiver};
use super::contents;
use super::fault::{Attempt, Fault, index_error, native, value_error};
use super::{compare, iterate, types};
use crate::base::ObjectId;
use crate::bytecode::Comparison;
use crate::machine::memory::budget::VALUE;
use crate::machine::memory::heap::PrivateHeap;
use crate::machine::memory::lookout;
use crate::machine::memory::native::{Arguments, Context, Native};
use crate::machine::memory::object::Object;
use crate::machine::memory::value::{Kind, Value};
use std::cmp::Ordering;

/// `list(…)`
pub static NEW: Native = native!("list", new);

/// Methods.
pub const METHODS: &[Native] = &[
    native!("__init__", init),
    native!("append", append, append_at_hand),
    native!("clear", clear),
    native!("copy", copy),
    native!("count", count),
    native!("extend", extend),
    native!("index", index_of),
    native!("insert", insert),
    native!("pop", pop),
    native!("remove", remove),
    native!("reverse", reverse),
    native!("sort", sort),
];

/// A new list.
pub fn make(ctx: &mut Context<'_>, items: Vec<Value>) -> Value {
    Value::Object(Kind::List, ctx.memory.add(Object::List(items)))
}

/// A list's items, to change them.
pub fn edit<'c>(ctx: &'c mut Context<'_>, id: ObjectId) -> Attempt<&'c mut Vec<Value>> {
    match ctx.memory.get_mut(id)? {
        Object::List(items) => Ok(items),
        _ => unreachable!("a value of kind List names a list"),
    }
}

/// The values of a method's iterable argument.
pub fn gathered(ctx: &Context<'_>, name: &str, arguments: &[Value], index: usize) -> Attempt<Vec<Value>> {
    iterate::gather(ctx, types::LIST.method(name), arguments, index)
}

fn receiver(name: &str, value: &Value) -> Attempt<ObjectId> {
    match value.plain() {
        Value::Object(Kind::List, id) => Ok(*id),
        _ => Err(wrong_receiver(name, Some(value))),
    }
}

/// The prelude fills it: the source may be an object of the program.
fn init(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    Err(Fault::Prelude("list_init", args.positional.to_vec(), args.keywords.to_vec()))
}

fn new(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (_, rest) = between("list", args, 1, 0, 1)?;
    let items = match rest.first() {
        Some(value) => iterate::collected(ctx, value)?,
        None => Vec::new(),
    };
    Ok(make(ctx, items))
}

fn append(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [list, item] = method("list.append", args)?;
    let items = edit(ctx, receiver("list.append", list)?)?;
    items.push(item.clone());
    let length = items.len();
    ctx.memory.private.grown(length, VALUE);
    Ok(Value::None)
}

fn append_at_hand(heap: &mut PrivateHeap, args: &[Value]) -> Option<Value> {
    let [Value::Object(Kind::List, id), item] = args else { return None };
    let Object::List(items) = heap.get_mut(*id)? else { return None };
    items.push(item.copy());
    let length = items.len();
    heap.grown(length, VALUE);
    Some(Value::None)
}

fn clear(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [list] = method("list.clear", args)?;
    edit(ctx, receiver("list.clear", list)?)?.clear();
    Ok(Value::None)
}

fn copy(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [list] = method("list.copy", args)?;
    let items = iterate::collected(ctx, &Value::Object(Kind::List, receiver("list.copy", list)?))?;
    Ok(make(ctx, items))
}

fn count(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [list, item] = method("list.count", args)?;
    by_python("sequence_count", args, count_in(ctx, contents::list(ctx, receiver("list.count", list)?)?, item))
}

/// What was found among items, unless Python code has to say whether some are equal: then a function of the prelude goes
/// through them.
pub fn by_python<T>(function: &'static str, args: Arguments<'_>, found: Attempt<T>) -> Attempt<T> {
    match found {
        Err(Fault::Python(_)) => Err(by_prelude(function, args)),
        found => found,
    }
}

/// How many items are equal to `item`.
pub fn count_in(ctx: &Context<'_>, items: &[Value], item: &Value) -> Attempt {
    let mut count = 0;
    for other in items {
        count += i64::from(compare::eq_item(ctx, other, item)?);
    }
    Ok(Value::Int(count))
}

fn extend(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [list, _] = method("list.extend", args)?;
    let id = receiver("list.extend", list)?;
    let items = gathered(ctx, "extend", args.positional, 1)?;
    add(ctx, id, items)?;
    Ok(Value::None)
}

/// Adds items at the end, for `extend` and `+=`.
pub fn add(ctx: &mut Context<'_>, id: ObjectId, items: Vec<Value>) -> Attempt<()> {
    edit(ctx, id)?.extend(items);
    Ok(())
}

/// The first position of `item` within bounds that count from the end when negative.
pub fn find(ctx: &Context<'_>, items: &[Value], item: &Value, bounds: &[Value]) -> Attempt<Option<usize>> {
    let length = items.len() as i64;
    let fit = |value: &Value| -> Attempt<usize> {
        let at = index(value)?;
        Ok((if at < 0 { at + length } else { at }).clamp(0, length) as usize)
    };
    let start = bounds.first().map_or(Ok(0), fit)?;
    let stop = bounds.get(1).map_or(Ok(items.len()), fit)?;
    for (position, other) in items.iter().enumerate().take(stop).skip(start) {
        if compare::eq_item(ctx, other, item)? {
            return Ok(Some(position));
        }
    }
    Ok(None)
}

fn index_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (list, rest) = between("list.index", args, 1, 1, 3)?;
    let items = contents::list(ctx, receiver("list.index", &list[0])?)?;
    match by_python("sequence_index", args, find(ctx, items, &rest[0], &rest[1..]))? {
        Some(position) => Ok(Value::Int(position as i64)),
        None => Err(value_error(format!("{} is not in list", super::repr::inner_repr(ctx, &rest[0])?))),
    }
}

fn insert(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [list, at, item] = method("list.insert", args)?;
    let at = index(at)?;
    let items = edit(ctx, receiver("list.insert", list)?)?;
    let length = items.len() as i64;
    let at = (if at < 0 { at.saturating_add(length) } else { at }).clamp(0, length);
    items.insert(at as usize, item.clone());
    let length = items.len();
    ctx.memory.private.grown(length, VALUE);
    Ok(Value::None)
}

fn pop(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (list, rest) = between("list.pop", args, 1, 0, 1)?;
    let at = rest.first().map_or(Ok(-1), index)?;
    let items = edit(ctx, receiver("list.pop", &list[0])?)?;
    if items.is_empty() {
        return Err(index_error("pop from empty list"));
    }
    let at = if at < 0 { at + items.len() as i64 } else { at };
    match usize::try_from(at) {
        Ok(at) if at < items.len() => Ok(items.remove(at)),
        _ => Err(index_error("pop index out of range")),
    }
}

fn remove(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [list, item] = method("list.remove", args)?;
    let id = receiver("list.remove", list)?;
    match by_python("sequence_remove", args, find(ctx, contents::list(ctx, id)?, item, &[]))? {
        Some(position) => {
            edit(ctx, id)?.remove(position);
            Ok(Value::None)
        }
        None => Err(value_error("list.remove(x): x not in list")),
    }
}

fn reverse(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [list] = method("list.reverse", args)?;
    edit(ctx, receiver("list.reverse", list)?)?.reverse();
    Ok(Value::None)
}

fn sort(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let Some((list, rest)) = args.positional.split_first() else {
        return Err(wrong_receiver("list.sort", None));
    };
    if !rest.is_empty() {
        return Err(super::fault::type_error("sort() takes no positional arguments"));
    }
    let id = receiver("list.sort", list)?;
    let [key, reverse] = bind(ctx, "sort", &[], args, ["key", "reverse"], 0, 0)?;
    let reverse = reversed(&reverse)?;
    if given(&key).is_some_and(|key| !matches!(key, Value::None)) {
        return Err(by_prelude("list_sort", args));
    }
    let mut items = lookout::copied(contents::list(ctx, id)?);
    match sort_items(ctx, &mut items, reverse) {
        Err(Fault::Python(_)) => return Err(by_prelude("list_sort", args)),
        other => other?,
    }
    *edit(ctx, id)? = items;
    Ok(Value::None)
}

/// What `reverse` asks for, which has to be a number.
fn reversed(reverse: &Value) -> Attempt<bool> {
    given(reverse).map_or(Ok(false), |value| Ok(super::arguments::index(value)? != 0))
}

fn by_prelude(name: &'static str, args: Arguments<'_>) -> Fault {
    Fault::Prelude(name, args.positional.to_vec(), args.keywords.to_vec())
}

/// `__emptied(list)`: its items, which it has no longer.
pub fn emptied(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [list] = super::arguments::function("__emptied", args)?;
    let items = std::mem::take(edit(ctx, receiver("list.sort", list)?)?);
    Ok(make(ctx, items))
}

/// `__refilled(list, items)`: gives a list that was emptied these items; whether it was not empty any more.
pub fn refilled(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [list, items] = super::arguments::function("__refilled", args)?;
    let id = receiver("list.sort", list)?;
    let items = iterate::collected(ctx, items)?;
    let before = std::mem::replace(edit(ctx, id)?, items);
    Ok(Value::Bool(!before.is_empty()))
}

/// `__arranged(values, keys, reverse)`: the values in the order of their keys, for the prelude, which knows the keys.
pub fn arranged(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [values, keys, reverse] = super::arguments::function("__arranged", args)?;
    let reverse = super::truth(ctx, reverse)?;
    let (values, keys) = (iterate::collected(ctx, values)?, iterate::collected(ctx, keys)?);
    let mut places: Vec<usize> = (0..values.len()).collect();
    match sort_by(&mut places, reverse, |a, b| less(ctx, &keys[*a], &keys[*b])) {
        Err(Fault::Python(_)) => return Err(by_prelude("arranged", args)),
        other => other?,
    }
    Ok(make(ctx, places.into_iter().map(|place| values[place].clone()).collect()))
}

/// Whether `a < b`.
pub(super) fn less(ctx: &Context<'_>, a: &Value, b: &Value) -> Attempt<bool> {
    Ok(compare::ordering(ctx, a, b, Comparison::Less)? == Some(Ordering::Less))
}

/// Sorts stably, in reverse too. Items without a total order (NaN) end up in some order, as in CPython.
pub fn sort_items(ctx: &Context<'_>, items: &mut [Value], reverse: bool) -> Attempt<()> {
    sort_by(items, reverse, |a, b| less(ctx, a, b))
}

fn sort_by<T: Clone>(items: &mut [T], reverse: bool, less: impl Fn(&T, &T) -> Attempt<bool>) -> Attempt<()> {
    if reverse {
        items.reverse();
    }
    let mut spare = lookout::copied(items);
    merge_sort(items, &mut spare, &less)?;
    if reverse {
        items.reverse();
    }
    Ok(())
}

/// Runs shorter than this are sorted by insertion.
const RUN: usize = 16;

/// Sorts `items`, with `spare` of the same length to work in. A later item is compared with an earlier one, which CPython's
/// message for items without an order shows.
fn merge_sort<T: Clone>(items: &mut [T], spare: &mut [T], less: &impl Fn(&T, &T) -> Attempt<bool>) -> Attempt<()> {
    if items.len() <= RUN {
        for end in 1..items.len() {
            let mut at = end;
            while at > 0 && less(&items[at], &items[at - 1])? {
                items.swap(at, at - 1);
                at -= 1;
            }
        }
        return Ok(());
    }
    let middle = items.len() / 2;
    merge_sort(&mut items[..middle], &mut spare[..middle], less)?;
    merge_sort(&mut items[middle..], &mut spare[middle..], less)?;
    if !less(&items[middle], &items[middle - 1])? {
        return Ok(());
    }
    spare.clone_from_slice(items);
    let (left, right) = spare.split_at(middle);
    let (mut from_left, mut from_right) = (0, 0);
    for slot in items.iter_mut() {
        let right_first = match (left.get(from_left), right.get(from_right)) {
            (Some(earlier), Some(later)) => less(later, earlier)?,
            (earlier, _) => earlier.is_none(),
        };
        let next = if right_first { &right[from_right] } else { &left[from_left] };
        *slot = next.clone();
        from_right += usize::from(right_first);
        from_left += usize::from(!right_first);
    }
    Ok(())
}

/// `sorted(…)`
pub fn sorted(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let Some((iterable, rest)) = args.positional.split_first() else {
        return Err(super::fault::type_error("sorted expected 1 argument, got 0"));
    };
    if !rest.is_empty() {
        let count = args.positional.len();
        return Err(super::fault::type_error(format!("sorted expected 1 argument, got {count}")));
    }
    let [key, reverse] = bind(ctx, "sorted", &[], args, ["key", "reverse"], 0, 0)?;
    let keyed = given(&key).is_some_and(|key| !matches!(key, Value::None));
    if keyed || iterate::is_python(ctx, iterable) {
        return Err(by_prelude("sorted", args));
    }
    let mut items = iterate::collected(ctx, iterable)?;
    let reverse = reversed(&reverse)?;
    match sort_items(ctx, &mut items, reverse) {
        Err(Fault::Python(_)) => return Err(by_prelude("sorted", args)),
        other => other?,
    }
    Ok(make(ctx, items))
}
