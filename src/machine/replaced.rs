//! What a program stores to a class over what the class body bound: methods that a decorator adds, a special method that is
//! replaced.
//!
//! Everyone looks names up in classes, so this is read without a lock: entries are only ever added. Only the thread that
//! alone can reach a class adds to it, which is why nobody else can tell when.

use super::value::Value;
use crate::base::Symbol;
use std::sync::OnceLock;

/// Entries that a class can take.
const ROOM: usize = 1000;

/// Later entries count more than earlier ones.
#[derive(Clone, Debug, Default)]
pub struct Replaced(OnceLock<Box<Entry>>);

#[derive(Clone, Debug)]
struct Entry {
    name: Symbol,
    /// `Unbound`: the name was deleted.
    value: Value,
    next: Replaced,
}

impl Replaced {
    /// What was last stored under `name`: a value, or `Unbound` for a name that was deleted.
    #[inline]
    pub fn get(&self, name: Symbol) -> Option<&Value> {
        self.0.get()?;
        self.entries().filter(|entry| entry.name == name).last().map(|entry| &entry.value)
    }

    /// Adds an entry; false when there is no room for it.
    pub fn add(&self, name: Symbol, value: Value) -> bool {
        let mut room = ROOM;
        let mut end = self;
        while let Some(entry) = end.0.get() {
            end = &entry.next;
            room -= 1;
        }
        room > 0 && end.0.set(Box::new(Entry { name, value, next: Replaced::default() })).is_ok()
    }

    /// Every name that was stored, and what was stored last, in the order of the first stores.
    pub fn names(&self) -> Vec<(Symbol, &Value)> {
        let mut names: Vec<(Symbol, &Value)> = Vec::new();
        for entry in self.entries() {
            match names.iter_mut().find(|(name, _)| *name == entry.name) {
                Some((_, value)) => *value = &entry.value,
                None => names.push((entry.name, &entry.value)),
            }
        }
        names
    }

    /// A copy whose values `change` gives.
    pub fn map(&self, change: impl Fn(&Value) -> Value) -> Replaced {
        let copy = Replaced::default();
        for (name, value) in self.names() {
            copy.add(name, change(value));
        }
        copy
    }

    fn entries(&self) -> impl Iterator<Item = &Entry> {
        std::iter::successors(self.0.get(), |entry| entry.next.0.get()).map(|entry| &**entry)
    }
}
