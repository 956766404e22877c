//! Finding keys in dicts and sets. What builtin keys are equal is plain to see; where a class has its own `__eq__`, Python
//! code is asked about each candidate of the same hash.

use super::compare;
use super::fault::{Attempt, Fault};
use super::hash;
use crate::machine::native::Context;
use crate::machine::object::{Dict, Key, Set};
use crate::machine::value::Value;
use indexmap::Equivalent;
use std::cell::Cell;
use std::hash::{Hash, Hasher};

/// A key that is looked for.
struct Sought<'k, 'c> {
    key: &'k Key,
    ctx: &'k Context<'c>,
    /// Why a candidate could not be compared.
    fault: Cell<Option<Fault>>,
}

impl Hash for Sought<'_, '_> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.key.hash);
    }
}

impl Equivalent<Key> for Sought<'_, '_> {
    #[inline]
    fn equivalent(&self, candidate: &Key) -> bool {
        if self.key.hash != candidate.hash {
            return false;
        }
        match (&candidate.value, &self.key.value) {
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (a, b) => compare::eq_item(self.ctx, a, b).unwrap_or_else(|fault| {
                self.fault.set(Some(fault));
                false
            }),
        }
    }
}

/// What is found by a key.
#[inline]
fn look<T>(ctx: &Context<'_>, key: &Key, look: impl FnOnce(&Sought<'_, '_>) -> Option<T>) -> Attempt<Option<T>> {
    let sought = Sought { key, ctx, fault: Cell::new(None) };
    match (look(&sought), sought.fault.into_inner()) {
        (None, Some(fault)) => Err(fault),
        (found, _) => Ok(found),
    }
}

/// Where a key stands in a dict.
#[inline]
pub fn place(ctx: &Context<'_>, dict: &Dict, key: &Key) -> Attempt<Option<usize>> {
    look(ctx, key, |sought| dict.get_index_of(sought))
}

/// The value under a key.
#[inline]
pub fn get<'d>(ctx: &Context<'_>, dict: &'d Dict, key: &Value) -> Attempt<Option<&'d Value>> {
    look(ctx, &hash::make_key(ctx, key)?, |sought| dict.get(sought))
}

/// Where a key stands in a set.
#[inline]
pub fn place_in_set(ctx: &Context<'_>, set: &Set, key: &Key) -> Attempt<Option<usize>> {
    look(ctx, key, |sought| set.get_index_of(sought))
}

/// Whether a key is in a set.
pub fn is_in(ctx: &Context<'_>, set: &Set, key: &Key) -> Attempt<bool> {
    Ok(place_in_set(ctx, set, key)?.is_some())
}

/// Puts a value into a dict that is being made.
pub fn put(ctx: &Context<'_>, dict: &mut Dict, key: Key, value: Value) -> Attempt<()> {
    let place = place(ctx, dict, &key)?;
    put_at(dict, place, key, value);
    Ok(())
}

/// Puts a value where its key was found, or at the end.
#[inline]
pub fn put_at(dict: &mut Dict, place: Option<usize>, key: Key, value: Value) {
    match place {
        Some(place) => dict[place] = value,
        None => {
            dict.insert(key, value);
        }
    }
}

/// Puts a key into a set that is being made.
pub fn add(ctx: &Context<'_>, set: &mut Set, key: Key) -> Attempt<()> {
    if place_in_set(ctx, set, &key)?.is_none() {
        set.insert(key);
    }
    Ok(())
}
