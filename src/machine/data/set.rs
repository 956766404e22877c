//! `set` and `frozenset`: constructors, methods, operators.

use super::arguments::{between, method, no_keywords, wrong_receiver};
use super::fault::{Attempt, Fault, key_error, native};
use super::{compare, hash, iterate, order, types};
use crate::base::ObjectId;
use crate::bytecode::{BinaryOperator as Op, Comparison};
use crate::machine::exception as ex;
use crate::machine::native::{Arguments, Context, Native};
use crate::machine::object::{Object, Set, View};
use crate::machine::value::{Kind, Value};

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
pub fn elements(ctx: &Context<'_>, value: &Value) -> Attempt<Set> {
    if let Value::Object(Kind::Set | Kind::FrozenSet, id) = value {
        return Ok(compare::set(ctx, *id)?.clone());
    }
    of_items(ctx, iterate::collected(ctx, value)?)
}

fn of_items(ctx: &Context<'_>, items: Vec<Value>) -> Attempt<Set> {
    let mut set = Set::default();
    for item in items {
        set.insert(hash::make_key(ctx, &item)?);
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

/// The prelude fills it: whatever it is filled from may be the program's.
fn init(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    Err(Fault::Prelude("set_init", args.positional.to_vec(), args.keywords.to_vec()))
}

fn new(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (_, rest) = between("set", args, 1, 0, 1)?;
    let set = match rest.first() {
        None => Set::default(),
        Some(value) if iterate::is_python(ctx, value) => return Err(Fault::Prelude("set", rest.to_vec(), Vec::new())),
        Some(value) => elements(ctx, value)?,
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
    Ok(combined(op, &elements(ctx, a)?, &elements(ctx, b)?))
}

fn combined(op: Op, a: &Set, b: &Set) -> Set {
    match op {
        Op::And => a.intersection(b).cloned().collect(),
        Op::Subtract => a.difference(b).cloned().collect(),
        Op::Xor => a.symmetric_difference(b).cloned().collect(),
        _ => a.union(b).cloned().collect(),
    }
}

/// `<`, `<=`, `>`, `>=`: subsets.
pub fn ordered(ctx: &Context<'_>, op: Comparison, a: &Value, b: &Value) -> Attempt<bool> {
    let (a, b) = (elements(ctx, a)?, elements(ctx, b)?);
    Ok(match op {
        Comparison::Less => a.len() < b.len() && a.is_subset(&b),
        Comparison::LessOrEqual => a.is_subset(&b),
        Comparison::Greater => a.len() > b.len() && b.is_subset(&a),
        _ => b.is_subset(&a),
    })
}

fn add(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [set, item] = method("set.add", args)?;
    let key = hash::make_key(ctx, item)?;
    edit(ctx, receiver("set.add", set, true)?)?.insert(key);
    Ok(Value::None)
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
    let copied = compare::set(ctx, receiver("set.copy", set, false)?)?.clone();
    Ok(make(ctx, Kind::Set, copied))
}

fn discard(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [set, item] = method("set.discard", args)?;
    let key = hash::make_key(ctx, item)?;
    edit(ctx, receiver("set.discard", set, true)?)?.shift_remove(&key);
    Ok(Value::None)
}

fn remove(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [set, item] = method("set.remove", args)?;
    let key = hash::make_key(ctx, item)?;
    if edit(ctx, receiver("set.remove", set, true)?)?.shift_remove(&key) {
        Ok(Value::None)
    } else {
        Err(key_error(item))
    }
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
    let mut result = compare::set(ctx, id)?.clone();
    for index in 1..args.positional.len() {
        let items = match &args.positional[index] {
            other @ Value::Object(Kind::Set | Kind::FrozenSet, _) => elements(ctx, other)?,
            _ => of_items(ctx, iterate::gather(ctx, types::SET.method(short), args.positional, index)?)?,
        };
        if op == Op::Or {
            result.extend(items);
        } else {
            result = combined(op, &result, &items);
        }
    }
    Ok((id, result))
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
    Ok((compare::set(ctx, id)?.clone(), other))
}

fn is_disjoint(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (a, b) = both(ctx, "set.isdisjoint", args)?;
    Ok(Value::Bool(a.is_disjoint(&b)))
}

fn is_subset(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (a, b) = both(ctx, "set.issubset", args)?;
    Ok(Value::Bool(a.is_subset(&b)))
}

fn is_superset(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (a, b) = both(ctx, "set.issuperset", args)?;
    Ok(Value::Bool(b.is_subset(&a)))
}
