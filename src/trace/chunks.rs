//! A sequence that grows at its end and whose clones share what they have in common.
//!
//! All but the last elements lie in *chunks* of one size, which do not change unless one of their elements is asked for
//! to write to it. A clone shares them, and has a copy of the *tail*, the few elements that do not fill a chunk yet. So
//! a clone costs a pointer for each chunk and the copy of a tail, and elements that are pushed afterwards do not show
//! in other clones.

use std::fmt;
use std::ops::{Index, Range};
use std::sync::Arc;

/// How many elements a chunk has. Larger ones make clones cheaper to take, smaller ones to keep.
const CHUNK: usize = 256;

/// A sequence whose clones share memory.
#[derive(Clone)]
pub struct Chunks<T> {
    full: Vec<Arc<Vec<T>>>,
    tail: Vec<T>,
    /// Elements at the front of the first chunk, or of the tail, that are no longer part of the sequence.
    skipped: usize,
}

impl<T> Chunks<T> {
    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.full.len() * CHUNK + self.tail.len() - self.skipped
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at `index`.
    pub fn get(&self, index: usize) -> Option<&T> {
        let at = index.checked_add(self.skipped)?;
        match self.full.get(at / CHUNK) {
            Some(chunk) => chunk.get(at % CHUNK),
            None => self.tail.get(at - self.full.len() * CHUNK),
        }
    }

    /// The first element.
    pub fn first(&self) -> Option<&T> {
        self.get(0)
    }

    /// The last element.
    pub fn last(&self) -> Option<&T> {
        self.get(self.len().checked_sub(1)?)
    }

    /// All elements, in order.
    pub fn iter(&self) -> Iter<'_, T> {
        self.range(0..self.len())
    }

    /// The elements in `range`, as far as they exist.
    pub fn range(&self, range: Range<usize>) -> Iter<'_, T> {
        let end = range.end.min(self.len());
        Iter { chunks: self, range: range.start.min(end)..end }
    }

    /// How many elements `is_before` holds for; those must stand before all others.
    pub fn partition_point(&self, is_before: impl Fn(&T) -> bool) -> usize {
        let whole = self.full.partition_point(|chunk| chunk.last().is_some_and(&is_before));
        let inside = self.full.get(whole).map_or(&self.tail, |chunk| &**chunk);
        // What is no longer there stood before everything that is.
        let begin = if whole == 0 { self.skipped } else { 0 };
        whole * CHUNK + begin + inside[begin..].partition_point(is_before) - self.skipped
    }

    /// Removes the first `count` elements, or all.
    pub fn drop_front(&mut self, count: usize) {
        self.skipped += count.min(self.len());
        let whole = (self.skipped / CHUNK).min(self.full.len());
        self.full.drain(..whole);
        self.skipped -= whole * CHUNK;
        if self.is_empty() {
            self.tail.clear();
            self.skipped = 0;
        }
    }
}

impl<T: Clone> Chunks<T> {
    /// Adds `element` at the end.
    #[inline(always)] // Done for every event; out of line it costs a tenth more.
    pub fn push(&mut self, element: T) {
        if self.tail.len() == self.tail.capacity() {
            self.make_room();
        }
        self.tail.push(element);
    }

    /// Room for one more in the tail: a new tail when it is full. A tail never takes up more than a chunk, because the
    /// rest would never be freed; in a long sequence it takes up no less, so that nothing is moved.
    #[cold]
    fn make_room(&mut self) {
        if self.tail.len() == CHUNK {
            self.full.push(Arc::new(std::mem::take(&mut self.tail)));
        }
        let free = CHUNK - self.tail.len();
        self.tail.reserve_exact(if self.full.is_empty() { self.tail.len().max(4).min(free) } else { free });
    }

    /// Removes the last element.
    pub fn pop(&mut self) -> Option<T> {
        if self.is_empty() {
            return None;
        }
        if self.tail.is_empty() {
            self.tail = self.full.pop().map(Arc::unwrap_or_clone)?;
        }
        self.tail.pop()
    }

    /// Adds all of `rest` at the end; its chunks stay shared when the last one here is full.
    fn append(&mut self, rest: Chunks<T>) {
        if self.tail.len() == CHUNK {
            self.full.push(Arc::new(std::mem::take(&mut self.tail)));
        }
        if self.tail.is_empty() && rest.skipped == 0 {
            self.full.extend(rest.full);
            self.tail = rest.tail;
        } else {
            rest.iter().cloned().for_each(|element| self.push(element));
        }
    }

    /// Merges neighbours among the first `count` elements where `merge` can, so that old elements take up less room.
    pub fn merge_front(&mut self, count: usize, merge: impl Fn(&T, &T) -> Option<T>) {
        let count = count.min(self.len());
        let mut merged = Chunks::default();
        let mut pending: Option<T> = None;
        for element in self.range(0..count) {
            match pending.as_ref().and_then(|before| merge(before, element)) {
                Some(both) => pending = Some(both),
                None => pending.replace(element.clone()).into_iter().for_each(|before| merged.push(before)),
            }
        }
        pending.into_iter().for_each(|last| merged.push(last));
        self.drop_front(count);
        let rest = std::mem::replace(self, merged);
        self.append(rest);
    }

    /// The element at `index`, to be changed for this sequence alone.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        let at = index.checked_add(self.skipped)?;
        let full = self.full.len() * CHUNK;
        match self.full.get_mut(at / CHUNK) {
            Some(chunk) => Arc::make_mut(chunk).get_mut(at % CHUNK),
            None => self.tail.get_mut(at - full),
        }
    }

    /// The last element, to be changed for this sequence alone.
    pub fn last_mut(&mut self) -> Option<&mut T> {
        self.get_mut(self.len().checked_sub(1)?)
    }
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Chunks { full: Vec::new(), tail: Vec::new(), skipped: 0 }
    }
}

impl<T> Index<usize> for Chunks<T> {
    type Output = T;

    /// # Panics
    ///
    /// When there is no such element.
    fn index(&self, index: usize) -> &T {
        let at = index + self.skipped;
        match self.full.get(at / CHUNK) {
            Some(chunk) => &chunk[at % CHUNK],
            None => &self.tail[at - self.full.len() * CHUNK],
        }
    }
}

impl<T: Clone> FromIterator<T> for Chunks<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        let mut chunks = Chunks::default();
        elements.into_iter().for_each(|element| chunks.push(element));
        chunks
    }
}

impl<'a, T> IntoIterator for &'a Chunks<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for Chunks<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

/// Elements of a sequence, in order.
#[derive(Clone, Debug)]
pub struct Iter<'a, T> {
    chunks: &'a Chunks<T>,
    range: Range<usize>,
}

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        self.chunks.get(self.range.next()?)
    }

    fn nth(&mut self, n: usize) -> Option<&'a T> {
        self.chunks.get(self.range.nth(n)?)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.range.size_hint()
    }
}

impl<T> DoubleEndedIterator for Iter<'_, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.chunks.get(self.range.next_back()?)
    }
}

impl<T> ExactSizeIterator for Iter<'_, T> {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::VecDeque;

    /// Something to do to a sequence.
    #[derive(Clone, Debug)]
    enum Deed {
        Push(usize),
        Pop(usize),
        Change(usize),
        DropFront(usize),
        Merge(usize),
        Clone,
    }

    fn deeds() -> impl Strategy<Value = Vec<Deed>> {
        let deed = prop_oneof![
            4 => (0usize..700).prop_map(Deed::Push),
            1 => (0usize..600).prop_map(Deed::Pop),
            3 => (0usize..5000).prop_map(Deed::Change),
            1 => (0usize..1000).prop_map(Deed::DropFront),
            1 => (0usize..1000).prop_map(Deed::Merge),
            3 => Just(Deed::Clone),
        ];
        prop::collection::vec(deed, 1..25)
    }

    fn agree(chunks: &Chunks<u64>, plain: &VecDeque<u64>) {
        assert!(chunks.iter().eq(plain), "{chunks:?} instead of {plain:?}");
        assert!(chunks.iter().rev().eq(plain.iter().rev()));
        assert_eq!((chunks.len(), chunks.is_empty()), (plain.len(), plain.is_empty()));
        assert_eq!((chunks.first(), chunks.last()), (plain.front(), plain.back()));
        for place in [0, 1, 255, 256, 257, 600] {
            assert_eq!(chunks.get(place), plain.get(place));
            let limit = plain.get(place).copied().unwrap_or(u64::MAX);
            // Only what is in order can be searched.
            if plain.iter().is_sorted() {
                assert_eq!(chunks.partition_point(|&it| it < limit), plain.partition_point(|&it| it < limit));
            }
            let range = place..place + 300;
            assert!(chunks.range(range.clone()).eq(plain.iter().skip(range.start).take(300)));
        }
    }

    proptest! {
        #[test]
        fn a_sequence_does_what_a_plain_one_does_and_leaves_its_clones_alone(deeds in deeds()) {
            let (mut chunks, mut plain) = (Chunks::default(), VecDeque::new());
            let mut clones = Vec::new();
            let mut next = 0;
            for deed in deeds {
                match deed {
                    Deed::Push(count) => for _ in 0..count {
                        chunks.push(next);
                        plain.push_back(next);
                        next += 2;
                    },
                    Deed::Pop(count) => for _ in 0..count {
                        prop_assert_eq!(chunks.pop(), plain.pop_back());
                    },
                    Deed::Change(place) => {
                        prop_assert_eq!(chunks.get_mut(place).map(|it| *it += 1), plain.get_mut(place).map(|it| *it += 1));
                        prop_assert_eq!(chunks.last_mut(), plain.back_mut());
                    }
                    Deed::DropFront(count) => {
                        chunks.drop_front(count);
                        plain.drain(..count.min(plain.len()));
                    }
                    Deed::Merge(count) => {
                        let merge = |one: &u64, other: &u64| (one / 16 == other / 16).then(|| *one.max(other));
                        chunks.merge_front(count, merge);
                        let rest = plain.split_off(count.min(plain.len()));
                        let mut merged: Vec<u64> = Vec::new();
                        for element in plain {
                            match merged.last().and_then(|last| merge(last, &element)) {
                                Some(both) => merged.last_mut().into_iter().for_each(|last| *last = both),
                                None => merged.push(element),
                            }
                        }
                        plain = merged.into_iter().chain(rest).collect();
                    }
                    // Both go on: what is written to is a clone, what must stay the same its original.
                    Deed::Clone => {
                        let copy = chunks.clone();
                        clones.push((std::mem::replace(&mut chunks, copy), plain.clone()));
                    }
                }
                agree(&chunks, &plain);
            }
            clones.iter().for_each(|(chunks, plain)| agree(chunks, plain));
        }
    }

    #[test]
    fn clones_share_their_chunks_and_only_those_that_are_written_to_are_copied() {
        let original: Chunks<u64> = (0..1000).collect();
        let mut copy = original.clone();
        let shared = |one: &Chunks<u64>, other: &Chunks<u64>| {
            one.full.iter().zip(&other.full).filter(|(one, other)| Arc::ptr_eq(one, other)).count()
        };
        copy.push(7);
        copy.last_mut().into_iter().for_each(|last| *last = 8);
        assert_eq!(shared(&original, &copy), 3);
        copy.get_mut(300).into_iter().for_each(|element| *element = 9);
        assert_eq!((shared(&original, &copy), original[300], copy[300]), (2, 300, 9));
    }
}
