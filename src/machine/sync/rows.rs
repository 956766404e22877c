//! The threads' rows.

use crate::base::ThreadId;
use crate::machine::memory::trace::{self, Place};
use std::ops::{Index, IndexMut};

/// A row for each thread, by id.
#[derive(Clone, Debug)]
pub struct Rows<R> {
    rows: Vec<R>,
    /// Who reads or writes one is traced.
    pub(in crate::machine) traced: bool,
}

impl<R> Default for Rows<R> {
    fn default() -> Self {
        Rows { rows: Vec::new(), traced: false }
    }
}

impl<R> FromIterator<R> for Rows<R> {
    fn from_iter<I: IntoIterator<Item = R>>(rows: I) -> Self {
        Rows { rows: rows.into_iter().collect(), traced: false }
    }
}

impl<R> Rows<R> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row, if there are so many.
    pub fn get(&self, index: usize) -> Option<&R> {
        self.trace(index);
        self.rows.get(index)
    }

    /// Likewise, to change it.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut R> {
        self.trace(index);
        self.rows.get_mut(index)
    }

    /// The row, for what never changes in it.
    pub(in crate::machine) fn fixed(&self, index: usize) -> &R {
        &self.rows[index]
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &R> {
        self.rows.iter().enumerate().map(|(index, row)| {
            self.trace(index);
            row
        })
    }

    /// Likewise, to change them.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut R> {
        (0..self.rows.len()).for_each(|index| self.trace(index));
        self.rows.iter_mut()
    }

    /// Adds the row of the next thread.
    pub fn push(&mut self, row: R) {
        self.trace(self.rows.len());
        self.rows.push(row);
    }

    /// There are so many threads, each of which begins as this one.
    pub(in crate::machine) fn resize(&mut self, threads: usize, blank: &R)
    where
        R: Clone,
    {
        self.rows.resize(threads, blank.clone());
    }

    #[inline]
    fn trace(&self, index: usize) {
        if self.traced {
            trace::meet(Place::Row(ThreadId(index as u32)));
        }
    }
}

impl<R> Index<usize> for Rows<R> {
    type Output = R;

    fn index(&self, index: usize) -> &R {
        self.trace(index);
        &self.rows[index]
    }
}

impl<R> IndexMut<usize> for Rows<R> {
    fn index_mut(&mut self, index: usize) -> &mut R {
        self.trace(index);
        &mut self.rows[index]
    }
}
