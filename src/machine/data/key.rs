//! Finding keys in dicts and sets. Builtin keys are compared directly; where a class has its own `__eq__`, Python code
//! is asked about each candidate with the same hash.

use super::compare;
use super::fault::{self, Attempt, Fault};
use super::hash;
use super::key;
use crate::bytecode::BinaryOperator;
use crate::machine::memory::budget::{self, ELEMENT};
use crate::machine::memory::lookout;
use crate::machine::memory::native::{Context, Question};
use crate::machine::memory::object::{Dict, Key, Set};
use crate::machine::memory::value::{Str, Value};
use indexmap::Equivalent;
use std::cell::{Cell, RefCell};
use std::hash::{Hash, Hasher};

/// A key that is looked for.
struct Sought<'k, 'c> {
    key: &'k Key,
    ctx: &'k Context<'c>,
    /// Why a candidate could not be compared.
    fault: Cell<Option<Fault>>,
    /// The candidates of which Python code has to say whether they are equal to the key.
    unclear: RefCell<Vec<Value>>,
}

/// A key that is there: itself alone.
struct Same<'k>(&'k Value, u64);

impl Hash for Same<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.1);
    }
}

impl Equivalent<Key> for Same<'_> {
    fn equivalent(&self, candidate: &Key) -> bool {
        self.1 == candidate.hash && self.0.is(&candidate.value)
    }
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
        lookout::tick();
        match (&candidate.value, &self.key.value) {
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (a, b) => compare::eq_item(self.ctx, a, b).unwrap_or_else(|fault| {
                match fault {
                    Fault::Python(question) if question.is_about(a, b) => self.unclear.borrow_mut().push(a.clone()),
                    fault => self.fault.set(Some(fault)),
                }
                false
            }),
        }
    }
}

/// A key of one type that is looked for among keys of this type alone.
struct Plain<T>(T, u64);

impl<T> Hash for Plain<T> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.1);
    }
}

impl Equivalent<Key> for Plain<i64> {
    #[inline]
    fn equivalent(&self, candidate: &Key) -> bool {
        matches!(candidate.value, Value::Int(number) if number == self.0)
    }
}

impl Equivalent<Key> for Plain<&Str> {
    #[inline]
    fn equivalent(&self, candidate: &Key) -> bool {
        self.1 == candidate.hash && matches!(&candidate.value, Value::Str(text) if text == self.0)
    }
}

/// Where an integer or a string stands in a dict, if just that does: nothing else has a say then. `None` says nothing:
/// [`place`] knows.
#[inline]
pub fn at_hand(dict: &Dict, key: &Value) -> Option<usize> {
    match key {
        Value::Int(number) => dict.get_index_of(&Plain(*number, hash::of_int(*number) as u64)),
        Value::Str(text) => dict.get_index_of(&Plain(text, hash::of_text(text.as_str().as_bytes()) as u64)),
        _ => None,
    }
}

/// Where a key is found.
#[inline]
fn look(
    ctx: &Context<'_>,
    key: &Key,
    look: impl FnOnce(&Sought<'_, '_>) -> Option<usize>,
    look_for: impl FnOnce(&Same<'_>) -> Option<usize>,
) -> Attempt<Option<usize>> {
    lookout::tick();
    let sought = Sought { key, ctx, fault: Cell::new(None), unclear: RefCell::default() };
    match (look(&sought), sought.fault.into_inner()) {
        (None, Some(fault)) => Err(fault),
        (None, None) if !sought.unclear.borrow().is_empty() => {
            ask_for_equal(ctx, key, sought.unclear.into_inner(), look_for)
        }
        (found, _) => Ok(found),
    }
}

/// Has Python code say which of the candidates is equal to the key: of all of them at once, since what asks begins anew with
/// each answer.
#[cold]
fn ask_for_equal(
    ctx: &Context<'_>,
    key: &Key,
    candidates: Vec<Value>,
    look_for: impl FnOnce(&Same<'_>) -> Option<usize>,
) -> Attempt<Option<usize>> {
    let values = std::iter::once(key.value.clone()).chain(candidates.iter().cloned()).collect();
    let equal = match fault::ask(ctx, Question { function: "ask_first_equal", values })? {
        Value::Int(index) => usize::try_from(index).ok().and_then(|index| candidates.get(index)),
        _ => None,
    };
    Ok(equal.and_then(|equal| look_for(&Same(equal, key.hash))))
}

/// Where a key stands in a dict.
#[inline]
pub fn place(ctx: &Context<'_>, dict: &Dict, key: &Key) -> Attempt<Option<usize>> {
    look(ctx, key, |sought| dict.get_index_of(sought), |same| dict.get_index_of(same))
}

/// The value under a key.
#[inline]
pub fn get<'d>(ctx: &Context<'_>, dict: &'d Dict, key: &Value) -> Attempt<Option<&'d Value>> {
    Ok(place(ctx, dict, &hash::make_key(ctx, key)?)?.map(|place| &dict[place]))
}

/// Where a key stands in a set.
#[inline]
pub fn place_in_set(ctx: &Context<'_>, set: &Set, key: &Key) -> Attempt<Option<usize>> {
    look(ctx, key, |sought| set.get_index_of(sought), |same| set.get_index_of(same))
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

/// Likewise, of sets.
pub fn combined(ctx: &Context<'_>, op: BinaryOperator, a: &Set, b: &Set) -> Attempt<Set> {
    let mut result = Set::default();
    let mut keep = |from: &Set, there: Option<(&Set, bool)>| -> Attempt<()> {
        for key in from {
            if let Some((other, wanted)) = there
                && key::is_in(ctx, other, key)? != wanted
            {
                continue;
            }
            result.insert(key.clone());
            if budget::is_milestone(result.len()) {
                ctx.memory.claim_items(result.len(), ELEMENT)?;
            }
        }
        Ok(())
    };
    match op {
        BinaryOperator::And => keep(a, Some((b, true)))?,
        BinaryOperator::Subtract | BinaryOperator::Xor => keep(a, Some((b, false)))?,
        _ => keep(a, None)?,
    }
    if matches!(op, BinaryOperator::Xor | BinaryOperator::Or) {
        keep(b, Some((a, false)))?;
    }
    Ok(result)
}
