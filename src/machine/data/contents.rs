//! What containers hold, to read it.

use super::fault::Attempt;
use crate::base::ObjectId;
use crate::machine::memory::deque::Deque;
use crate::machine::memory::lookout;
use crate::machine::memory::native::Context;
use crate::machine::memory::object::{Dict, Object, Set};
use crate::machine::memory::value::Value;

/// The items of a list.
pub(super) fn list<'c>(ctx: &'c Context<'_>, id: ObjectId) -> Attempt<&'c Vec<Value>> {
    match ctx.memory.get(id)? {
        Object::List(items) => Ok(items),
        _ => unreachable!("a value of kind List names a list"),
    }
}

/// A dict.
pub(super) fn dict<'c>(ctx: &'c Context<'_>, id: ObjectId) -> Attempt<&'c Dict> {
    match ctx.memory.get(id)? {
        Object::Dict(dict) => Ok(dict),
        _ => unreachable!("a value of kind Dict names a dict"),
    }
}

/// A set or frozenset.
pub(super) fn set<'c>(ctx: &'c Context<'_>, id: ObjectId) -> Attempt<&'c Set> {
    match ctx.memory.get(id)? {
        Object::Set(set) => Ok(set),
        _ => unreachable!("a value of kind Set names a set"),
    }
}

/// A deque, to read it.
pub(super) fn deque<'c>(ctx: &'c Context<'_>, id: ObjectId) -> Attempt<&'c Deque> {
    match ctx.memory.get(id)? {
        Object::Deque(deque) => Ok(deque),
        _ => unreachable!("a value of kind Deque names a deque"),
    }
}

/// A deque's items, the leftmost first.
pub(super) fn deque_items(ctx: &Context<'_>, id: ObjectId) -> Attempt<Vec<Value>> {
    Ok(deque(ctx, id)?.items.iter().inspect(|_| lookout::tick()).cloned().collect())
}
