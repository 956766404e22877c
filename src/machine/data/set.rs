//! `set` and `frozenset`: constructors, methods, operators.

use super::arguments::{between, method, no_keywords, wrong_receiver};
use super::contents;
use super::fault::{Attempt, Fault, key_error, native};
use super::{hash, iterate, key, order, types};
use crate::base::ObjectId;
use crate::bytecode::{BinaryOperator as Op, Comparison};
use crate::machine::data::exception as ex;
use crate::machine::memory::budget::ELEMENT;
use crate::machine::memory::native::{Arguments, Context, Native, Result};
use crate::machine::memory::object::{Object, Set, View};
use crate::machine::memory::value::{Kind, Value};
use std::borrow::Cow;

/// `set(…)`
pub static NEW: Native = native!("set", new);
/// `frozenset(…)`
pub static NEW_FROZEN: Native = native!("frozenset", new_frozen);

/// Methods of sets.
pub const METHODS: &[Native] = &[
    native!("__init__", init),
    native!("add", add),
    native!("clear", clear),
    native!("copy", copy),
    native!("difference", difference),
    native!("difference_update", difference_update),
    native!("discard", discard),
    native!("intersection", intersection),
    native!("intersection_update", intersection_update),
    native!("isdisjoint", is_disjoint),
    native!("issubset", is_subset),
    native!("issuperset", is_superset),
    native!("pop", pop),
    native!("remove", remove),
    native!("symmetric_difference", symmetric_difference),
    native!("symmetric_difference_update", symmetric_difference_update),
    native!("union", union),
    native!("update", update),
];

/// Methods of frozensets.
pub const FROZEN_METHODS: &[Native] = &[
    native!("copy", copy),
    native!("difference", difference),
    native!("intersection", intersection),
    native!("isdisjoint", is_disjoint),
    native!("issubset", is_subset),
    native!("issuperset", is_superset),
    native!("symmetric_difference", symmetric_difference),
    native!("union", union),
];

/// A new set or frozenset.
pub fn make(ctx: &mut Context<'_>, kind: Kind, set: Set) -> Value {
    Value::Object(kind, ctx.memory.add(Object::Set(set)))
}

/// A set, to change it.
pub fn edit<'c>(ctx: &'c mut Context<'_>, id: ObjectId) -> Attempt<&'c mut Set> {
    match ctx.memory.get_mut(id)? {
        Object::Set(set) => Ok(set),
        _ => unreachable!("a value of kind Set names a set"),
    }
}

/// Whether set operators apply to it: sets, and dict views of keys and items.
pub fn is_set_like(value: &Value) -> bool {
    match value {
        Value::Object(Kind::Set | Kind::FrozenSet, _) => true,
        Value::View(view) => view.view != View::Values,
        _ => false,
    }
}

/// The elements of any builtin iterable.
pub fn elements<'c>(ctx: &'c Context<'_>, value: &Value) -> Attempt<Cow<'c, Set>> {
    if let Value::Object(Kind::Set | Kind::FrozenSet, id) = value {
        return Ok(Cow::Borrowed(contents::set(ctx, *id)?));
    }
    of_items(ctx, iterate::collected(ctx, value)?).map(Cow::Owned)
}

/// A set of its own.
fn owned(ctx: &Context<'_>, set: Cow<'_, Set>) -> Attempt<Set> {
    if let Cow::Borrowed(set) = set {
        ctx.memory.claim_items(set.len(), ELEMENT)?;
    }
    Ok(set.into_owned())
}

fn of_items(ctx: &Context<'_>, items: Vec<Value>) -> Attempt<Set> {
    let mut set = Set::default();
    ctx.memory.claim_items(items.len(), ELEMENT)?;
    for item in items {
        key::add(ctx, &mut set, hash::make_key(ctx, &item)?)?;
    }
    Ok(set)
}

fn receiver(name: &str, value: &Value, mutable: bool) -> Attempt<ObjectId> {
    match value.plain() {
        Value::Object(Kind::Set, id) => Ok(*id),
        Value::Object(Kind::FrozenSet, id) if !mutable => Ok(*id),
        _ => Err(wrong_receiver(name, Some(value))),
    }
}

/// The prelude fills it: the source may be an object of the program.
fn init(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    Err(Fault::Prelude("set_init", args.positional.to_vec(), args.keywords.to_vec()))
}

fn new(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (_, rest) = between("set", args, 1, 0, 1)?;
    let set = match rest.first() {
        None => Set::default(),
        Some(value) if iterate::is_python(ctx, value) => return Err(Fault::Prelude("set", rest.to_vec(), Vec::new())),
        Some(value) => match elements(ctx, value).and_then(|set| owned(ctx, set)) {
            Err(Fault::Python(_)) => return Err(Fault::Prelude("set", rest.to_vec(), Vec::new())),
            made => made?,
        },
    };
    Ok(make(ctx, Kind::Set, set))
}

fn new_frozen(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (_, rest) = between("frozenset", args, 1, 0, 1)?;
    let set = match rest.first() {
        None => Set::default(),
        Some(frozen @ Value::Object(Kind::FrozenSet, _)) => return Ok(frozen.clone()),
        Some(_) => of_items(ctx, iterate::gather(ctx, Some(&NEW_FROZEN), args.positional, 1)?)?,
    };
    Ok(make(ctx, Kind::FrozenSet, set))
}

/// What a set operator gives.
pub fn combine(ctx: &Context<'_>, op: Op, a: &Value, b: &Value) -> Attempt<Set> {
    let (a, b) = (elements(ctx, a)?, elements(ctx, b)?);
    key::combined(ctx, op, &a, &b)
}

fn is_subset_of(ctx: &Context<'_>, a: &Set, b: &Set) -> Attempt<bool> {
    Ok(a.len() <= b.len() && key::combined(ctx, Op::Subtract, a, b)?.is_empty())
}

/// `<`, `<=`, `>`, `>=`: subsets.
pub fn ordered(ctx: &Context<'_>, op: Comparison, a: &Value, b: &Value) -> Attempt<bool> {
    let (a, b) = (elements(ctx, a)?, elements(ctx, b)?);
    Ok(match op {
        Comparison::Less => a.len() < b.len() && is_subset_of(ctx, &a, &b)?,
        Comparison::LessOrEqual => is_subset_of(ctx, &a, &b)?,
        Comparison::Greater => a.len() > b.len() && is_subset_of(ctx, &b, &a)?,
        _ => is_subset_of(ctx, &b, &a)?,
    })
}

fn add(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [set, item] = method("set.add", args)?;
    insert(ctx, receiver("set.add", set, true)?, item)?;
    Ok(Value::None)
}

fn insert(ctx: &mut Context<'_>, id: ObjectId, item: &Value) -> Attempt<()> {
    let key = hash::make_key(ctx, item)?;
    let place = key::place_in_set(ctx, contents::set(ctx, id)?, &key)?;
    let set = edit(ctx, id)?;
    if place.is_none() {
        set.insert(key);
        let length = set.len();
        ctx.memory.private.grown(length, ELEMENT);
    }
    Ok(())
}

/// Puts an item into a set.
///
/// # Errors
/// `TypeError` for what cannot be hashed.
pub fn put(ctx: &mut Context<'_>, id: ObjectId, item: &Value) -> Result<()> {
    insert(ctx, id, item).map_err(|fault| fault.halt(ctx))
}

/// Puts several items into a set.
///
/// # Errors
/// As [`put`].
pub fn put_all(ctx: &mut Context<'_>, id: ObjectId, items: &[Value]) -> Result<()> {
    let attempt = |ctx: &mut Context<'_>| -> Attempt<()> {
        let fresh = key::combined(ctx, Op::Subtract, &of_items(ctx, items.to_vec())?, contents::set(ctx, id)?)?;
        edit(ctx, id)?.extend(fresh);
        Ok(())
    };
    attempt(ctx).map_err(|fault| fault.halt(ctx))
}

fn clear(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [set] = method("set.clear", args)?;
    edit(ctx, receiver("set.clear", set, true)?)?.clear();
    Ok(Value::None)
}

fn copy(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [set] = method("set.copy", args)?;
    if matches!(set, Value::Object(Kind::FrozenSet, _)) {
        return Ok(set.clone());
    }
    let copied = owned(ctx, Cow::Borrowed(contents::set(ctx, receiver("set.copy", set, false)?)?))?;
    Ok(make(ctx, Kind::Set, copied))
}

fn discard(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [set, item] = method("set.discard", args)?;
    take(ctx, receiver("set.discard", set, true)?, item)?;
    Ok(Value::None)
}

fn remove(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [set, item] = method("set.remove", args)?;
    let id = receiver("set.remove", set, true)?;
    if take(ctx, id, item)? { Ok(Value::None) } else { Err(key_error(item)) }
}

/// Takes an item out; says whether it was there. A set is looked for by its contents.
fn take(ctx: &mut Context<'_>, id: ObjectId, item: &Value) -> Attempt<bool> {
    let key = hash::content_key(ctx, item)?;
    let place = key::place_in_set(ctx, contents::set(ctx, id)?, &key)?;
    let set = edit(ctx, id)?;
    Ok(place.is_some_and(|place| set.shift_remove_index(place).is_some()))
}

fn pop(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [set] = method("set.pop", args)?;
    let set = edit(ctx, receiver("set.pop", set, true)?)?;
    match order::nth(set, 0) {
        Some(value) => {
            let position = set.iter().position(|key| key.value.is(&value));
            position.and_then(|position| set.shift_remove_index(position));
            Ok(value)
        }
        None => Err(Fault::With(&ex::KEY_ERROR, vec![Value::str("pop from an empty set")])),
    }
}

/// The receiver's elements with those of every argument, put together by `op`.
fn folded(ctx: &Context<'_>, name: &str, op: Op, args: Arguments<'_>, mutable: bool) -> Attempt<(ObjectId, Set)> {
    no_keywords(name, args)?;
    let Some(first) = args.positional.first() else { return Err(wrong_receiver(name, None)) };
    let id = receiver(name, first, mutable)?;
    let short = name.rsplit('.').next().unwrap_or(name);
    let mut result = Cow::Borrowed(contents::set(ctx, id)?);
    for index in 1..args.positional.len() {
        let items = match &args.positional[index] {
            other @ Value::Object(Kind::Set | Kind::FrozenSet, _) => elements(ctx, other)?,
            _ => Cow::Owned(of_items(ctx, iterate::gather(ctx, types::SET.method(short), args.positional, index)?)?),
        };
        result = Cow::Owned(key::combined(ctx, op, &result, &items)?);
    }
    Ok((id, owned(ctx, result)?))
}

fn fresh(ctx: &mut Context<'_>, name: &str, op: Op, args: Arguments<'_>) -> Attempt {
    let (_, result) = folded(ctx, name, op, args, false)?;
    let kind =
        if matches!(args.positional[0], Value::Object(Kind::FrozenSet, _)) { Kind::FrozenSet } else { Kind::Set };
    Ok(make(ctx, kind, result))
}

fn replaced(ctx: &mut Context<'_>, name: &str, op: Op, args: Arguments<'_>) -> Attempt {
    let (id, result) = folded(ctx, name, op, args, true)?;
    *edit(ctx, id)? = result;
    Ok(Value::None)
}

fn union(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    fresh(ctx, "set.union", Op::Or, args)
}

fn intersection(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    fresh(ctx, "set.intersection", Op::And, args)
}

fn difference(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    fresh(ctx, "set.difference", Op::Subtract, args)
}

fn symmetric_difference(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    between("set.symmetric_difference", args, 1, 1, 1)?;
    fresh(ctx, "set.symmetric_difference", Op::Xor, args)
}

fn update(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    replaced(ctx, "set.update", Op::Or, args)
}

fn intersection_update(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    replaced(ctx, "set.intersection_update", Op::And, args)
}

fn difference_update(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    replaced(ctx, "set.difference_update", Op::Subtract, args)
}

fn symmetric_difference_update(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    between("set.symmetric_difference_update", args, 1, 1, 1)?;
    replaced(ctx, "set.symmetric_difference_update", Op::Xor, args)
}

/// The receiver and the one argument, as sets.
fn both(ctx: &Context<'_>, name: &str, args: Arguments<'_>) -> Attempt<(Set, Set)> {
    let [set, _] = method(name, args)?;
    let id = receiver(name, set, false)?;
    let short = name.rsplit('.').next().unwrap_or(name);
    let other = of_items(ctx, iterate::gather(ctx, types::SET.method(short), args.positional, 1)?)?;
    Ok((contents::set(ctx, id)?.clone(), other))
}

fn is_disjoint(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (a, b) = both(ctx, "set.isdisjoint", args)?;
    Ok(Value::Bool(key::combined(ctx, Op::And, &a, &b)?.is_empty()))
}

fn is_subset(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (a, b) = both(ctx, "set.issubset", args)?;
    is_subset_of(ctx, &a, &b).map(Value::Bool)
}

fn is_superset(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (a, b) = both(ctx, "set.issuperset", args)?;
    is_subset_of(ctx, &b, &a).map(Value::Bool)
}
