//! A value that changes often and is cloned now and then: clones share one copy, which is made for the first clone.
//!
//! `Arc::make_mut` would do as much, but asks at every change, with an atomic operation, whether the value is shared. A
//! model changes many thousand times between two clones, and its threads and objects with almost every event.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// A value whose clones share memory.
pub struct Row<T>(Held<T>);

enum Held<T> {
    /// The value, and the copy of it that clones share, until the value changes.
    Own(Box<T>, OnceLock<Arc<T>>),
    Shared(Arc<T>),
}

impl<T: Clone> Row<T> {
    pub(super) fn new(value: T) -> Row<T> {
        Row(Held::Own(Box::new(value), OnceLock::new()))
    }

    /// The value, to be changed here alone.
    #[inline]
    pub(super) fn change(&mut self) -> &mut T {
        match &self.0 {
            Held::Own(_, copy) if copy.get().is_none() => {}
            Held::Own(..) | Held::Shared(_) => self.part(),
        }
        match &mut self.0 {
            Held::Own(value, _) => value,
            Held::Shared(shared) => unshared(shared),
        }
    }

    /// From now on the value has nothing in common with its clones.
    #[cold]
    fn part(&mut self) {
        match &mut self.0 {
            Held::Own(_, copy) => drop(copy.take()),
            Held::Shared(shared) => *self = Row::new((**shared).clone()),
        }
    }
}

/// Never called: `part` has made the value its own, which the compiler does not know. It is out of line because every change
/// would carry the clone of a whole value with it otherwise.
#[cold]
fn unshared<T: Clone>(shared: &mut Arc<T>) -> &mut T {
    Arc::make_mut(shared)
}

impl<T: Clone> Clone for Row<T> {
    fn clone(&self) -> Row<T> {
        Row(Held::Shared(match &self.0 {
            Held::Own(value, copy) => Arc::clone(copy.get_or_init(|| Arc::new((**value).clone()))),
            Held::Shared(shared) => Arc::clone(shared),
        }))
    }
}

impl<T> Deref for Row<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.0 {
            Held::Own(value, _) => value,
            Held::Shared(shared) => shared,
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Row<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_share_one_copy_until_one_of_them_changes() {
        let mut row = Row::new(1);
        let same = |one: &Row<i32>, other: &Row<i32>| std::ptr::eq::<i32>(&**one, &**other);
        let (mut first, second) = (row.clone(), row.clone());
        assert!(same(&first, &second) && same(&second, &second.clone()));
        *row.change() = 2;
        *first.change() = 3;
        assert_eq!((*row, *row.clone(), *first, *second), (2, 2, 3, 1));
    }
}
