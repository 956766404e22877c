//! What a program stores to classes over what their bodies bound: methods that a decorator adds, a special method that is
//! replaced.
//!
//! Only the thread that alone can reach a class stores such a thing, and it keeps it with its heap. When the class
//! becomes shared, so does what was stored; from then on it never changes. Other threads take it over whenever they
//! perform, before they can meet the class. So all threads look names up without a lock.

use super::value::{Class, Value};
use crate::base::{ObjectId, Symbol};
use crate::machine::memory::encode::{Encode, Encoder};
use rustc_hash::FxHashMap;
use triomphe::Arc;

/// What was stored to classes, as far as its owner knows.
#[derive(Clone, Debug, Default)]
pub struct Replaced(Option<Arc<Table>>);

#[derive(Clone, Debug, Default)]
struct Table {
    /// By the object with the class's variables; names in the order of the first stores. `Unbound`: the name was deleted.
    classes: FxHashMap<ObjectId, Vec<(Symbol, Value)>>,
    /// A descriptor is among them, or a method that says how attributes are stored.
    descriptors: bool,
}

impl Encode for Replaced {
    fn encode(&self, to: &mut Encoder<'_>) {
        let Some(table) = &self.0 else { return to.byte(0) };
        let Table { classes, descriptors } = &**table;
        let mut sorted: Vec<_> = classes.iter().collect();
        sorted.sort_unstable_by_key(|(class, _)| **class);
        to.byte(1);
        sorted.encode(to);
        descriptors.encode(to);
    }
}

impl Replaced {
    /// What was last stored to the class under `name`: a value, or `Unbound` for a name that was deleted.
    #[inline]
    pub fn get(&self, class: &Class, name: Symbol) -> Option<&Value> {
        let table = self.0.as_ref()?;
        let stored = table.classes.get(&class.variables)?;
        stored.iter().find(|(stored, _)| *stored == name).map(|(_, value)| value)
    }

    /// Every name that was stored to the class with these variables, and what was stored last, in the order of the first stores.
    pub fn of(&self, class: ObjectId) -> &[(Symbol, Value)] {
        self.0.as_ref().and_then(|table| table.classes.get(&class)).map_or(&[], Vec::as_slice)
    }

    /// Whether classes may have descriptors that their bodies did not bind.
    #[inline]
    pub fn has_descriptors(&self) -> bool {
        self.0.as_ref().is_some_and(|table| table.descriptors)
    }

    /// Stores to a class.
    pub fn store(&mut self, class: ObjectId, name: Symbol, value: Value, is_descriptor: bool) {
        let table = Arc::make_mut(self.0.get_or_insert_default());
        table.descriptors |= is_descriptor;
        let stored = table.classes.entry(class).or_default();
        match stored.iter_mut().find(|(stored, _)| *stored == name) {
            Some((_, place)) => *place = value,
            None => stored.push((name, value)),
        }
    }

    /// Keeps what was stored to these classes alone.
    pub(in crate::machine) fn retain(&mut self, lives: impl Fn(ObjectId) -> bool) {
        if let Some(table) = &mut self.0
            && !table.classes.keys().all(|class| lives(*class))
        {
            Arc::make_mut(table).classes.retain(|class, _| lives(*class));
        }
    }

    /// A class becomes shared: what `own` has stored to it does, too.
    pub(in crate::machine) fn publish(&mut self, class: ObjectId, own: &Replaced) {
        let Some(own) = &own.0 else { return };
        let Some(stored) = own.classes.get(&class) else { return };
        let table = Arc::make_mut(self.0.get_or_insert_default());
        table.descriptors |= own.descriptors;
        table.classes.insert(class, stored.clone());
    }

    /// For how many classes something is known.
    #[inline]
    pub(in crate::machine) fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |table| table.classes.len())
    }

    /// Takes over what is shared.
    #[cold]
    pub(in crate::machine) fn take_over(&mut self, shared: &Replaced) {
        let (Some(own), Some(new)) = (&mut self.0, &shared.0) else {
            self.0.clone_from(&shared.0);
            return;
        };
        let own = Arc::make_mut(own);
        own.descriptors |= new.descriptors;
        own.classes.extend(new.classes.iter().map(|(class, stored)| (*class, stored.clone())));
    }
}
