//! The items of a `deque`.

use crate::machine::memory::encode::{Encode, Encoder};
use crate::machine::memory::value::Value;
use std::collections::VecDeque;

/// A deque's items and bound.
#[derive(Clone, Debug, Default)]
pub struct Deque {
    /// The items, the leftmost first.
    pub items: VecDeque<Value>,
    /// `maxlen`
    pub limit: Option<usize>,
    /// How often items were added or removed: iterators stop when that happens.
    pub changes: usize,
}

impl Encode for Deque {
    fn encode(&self, to: &mut Encoder<'_>) {
        let Deque { items, limit, changes } = self;
        to.field("items", items);
        to.field("limit", limit);
        if to.counters.changes {
            to.field("changes", changes);
        }
    }
}

impl Deque {
    pub(in crate::machine) fn push(&mut self, item: Value) {
        self.changes += 1;
        self.items.push_back(item);
        if self.limit.is_some_and(|limit| self.items.len() > limit) {
            self.items.pop_front();
        }
    }

    pub(in crate::machine) fn push_left(&mut self, item: Value) {
        self.changes += 1;
        self.items.push_front(item);
        if self.limit.is_some_and(|limit| self.items.len() > limit) {
            self.items.pop_back();
        }
    }

    /// The items in a new deque with the same bound.
    pub fn with_items(&self, items: impl IntoIterator<Item = Value>) -> Deque {
        let mut deque = Deque { limit: self.limit, ..Deque::default() };
        items.into_iter().for_each(|item| deque.push(item));
        deque
    }
}
