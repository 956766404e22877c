//! The places that threads read and write, and who did last.

use crate::base::ThreadId;
use crate::event::{Item, Scalar, Shown};
use crate::trace::{Chunks, Moment};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most places that are kept; when there are more, those go that were left alone for longest, half of them.
const SPOTS: usize = 1 << 14;
/// The most threads whose last read of a place is kept.
const READERS: usize = 32;

/// One thread's read or write of a place.
#[derive(Clone, PartialEq, Debug)]
pub struct Access {
    /// The thread.
    pub thread: ThreadId,
    /// The line where it stood.
    pub line: u32,
    /// When.
    pub moment: Moment,
    /// What it read or wrote.
    pub value: Shown,
    /// The event.
    pub seq: u64,
    /// It wrote.
    pub writes: bool,
    /// The thread's epoch.
    pub(super) epoch: u32,
}

/// A name, an attribute, or an item of a container.
#[derive(Clone, Debug, Default)]
pub(super) struct Spot {
    /// The last write.
    pub(super) write: Option<Access>,
    /// The last read of each thread.
    pub(super) reads: Vec<Access>,
    /// The finding on it, by its number.
    pub(super) lost: Option<usize>,
}

impl Spot {
    /// What `thread` read last.
    pub(super) fn read_of(&self, thread: ThreadId) -> Option<&Access> {
        self.reads.iter().find(|read| read.thread == thread)
    }

    /// Keeps a read.
    pub(super) fn read(&mut self, access: Access) {
        let place = self.reads.iter().position(|read| read.thread == access.thread);
        let oldest = || (0..self.reads.len()).min_by_key(|&index| self.reads[index].seq);
        match place.or_else(|| if self.reads.len() < READERS { None } else { oldest() }) {
            Some(index) => self.reads[index] = access,
            None => self.reads.push(access),
        }
    }

    /// The event by which it was touched last.
    fn last(&self) -> u64 {
        self.write.iter().chain(&self.reads).map(|access| access.seq).max().unwrap_or(0)
    }
}

/// An item's key, made to be looked up by; a container's row is its first part.
type ItemKey = (usize, Scalar);

/// Every place that is kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Spots {
    spots: Chunks<Spot>,
    /// By the row of a name or attribute among the data: its spot's number plus one, or 0.
    by_row: Vec<u32>,
    by_key: Arc<BTreeMap<ItemKey, u32>>,
    /// The item that was looked up last, by its row and its key: what is read is often written next.
    latest: Option<(usize, Shown, u32)>,
}

impl Spots {
    /// The place in that row of the data, or that item of it.
    #[inline]
    pub(super) fn get(&mut self, row: usize, item: Option<&Item>) -> Option<&mut Spot> {
        let number = match (item, self.by_row.get(row)) {
            (Some(item), _) => self.find(row, item),
            (None, Some(&number @ 1..)) => number - 1,
            (None, _) => self.add(row, None),
        };
        self.spots.get_mut(number as usize)
    }

    /// The number of an item's place.
    fn find(&mut self, row: usize, item: &Item) -> u32 {
        if let Some((latest, key, number)) = &self.latest
            && *latest == row
            && *key == item.key
        {
            return *number;
        }
        let known = self.by_key.get(&key(row, item)).copied();
        let number = known.unwrap_or_else(|| self.add(row, Some(item)));
        self.latest = Some((row, item.key.clone(), number));
        number
    }

    fn add(&mut self, row: usize, item: Option<&Item>) -> u32 {
        if self.spots.len() == SPOTS {
            self.forget();
        }
        let number = self.spots.len() as u32;
        self.spots.push(Spot::default());
        match item {
            None => {
                if self.by_row.len() <= row {
                    self.by_row.resize(row + 1, 0);
                }
                self.by_row[row] = number + 1;
            }
            Some(item) => drop(Arc::make_mut(&mut self.by_key).insert(key(row, item), number)),
        }
        number
    }

    /// Those that were left alone for longest go, half of them.
    fn forget(&mut self) {
        let mut lasts: Vec<u64> = self.spots.iter().map(Spot::last).collect();
        let half = lasts.len() / 2;
        let limit = *lasts.select_nth_unstable(half).1;
        self.keep(|_, spot| spot.last() >= limit);
    }

    /// Rows of the data have moved; `None`: they are gone, and their places go.
    pub(super) fn renumber(&mut self, rows: &[Option<usize>]) {
        let moved = |row: usize| rows.get(row).copied().flatten();
        let mut by_row = Vec::new();
        let mut stay = vec![false; self.spots.len()];
        for (row, &number) in self.by_row.iter().enumerate().filter(|(_, number)| **number > 0) {
            let Some(row) = moved(row) else { continue };
            by_row.resize(by_row.len().max(row + 1), 0);
            by_row[row] = number;
            stay[number as usize - 1] = true;
        }
        let keys = self.by_key.iter().filter_map(|((row, key), spot)| {
            let row = moved(*row)?;
            stay[*spot as usize] = true;
            Some(((row, key.clone()), *spot))
        });
        self.by_key = Arc::new(keys.collect());
        self.by_row = by_row;
        self.keep(|number, _| stay[number]);
    }

    /// Keeps those places alone.
    fn keep(&mut self, stays: impl Fn(usize, &Spot) -> bool) {
        let mut numbers = vec![None; self.spots.len()];
        let mut kept = Chunks::default();
        for (number, spot) in self.spots.iter().enumerate().filter(|(number, spot)| stays(*number, spot)) {
            numbers[number] = Some(kept.len() as u32);
            kept.push(spot.clone());
        }
        self.spots = kept;
        for number in &mut self.by_row {
            *number = number.checked_sub(1).and_then(|old| numbers[old as usize]).map_or(0, |new| new + 1);
        }
        let keys = self.by_key.iter().filter_map(|(key, old)| Some((key.clone(), numbers[*old as usize]?)));
        self.by_key = Arc::new(keys.collect());
        self.latest = None;
    }
}

fn key(row: usize, item: &Item) -> ItemKey {
    (row, item.key.look())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(thread: u32, seq: u64) -> Access {
        let moment = Moment { at: seq, step: seq, story: seq };
        Access { thread: ThreadId(thread), line: 1, moment, value: Shown::None, seq, writes: false, epoch: 1 }
    }

    fn item(key: Shown) -> Item {
        Item { container: Shown::None, key, value: Shown::None }
    }

    #[test]
    fn of_many_readers_the_latest_are_kept_and_each_once() {
        let mut spot = Spot::default();
        let readers = READERS as u32;
        (0..readers).for_each(|thread| spot.read(access(thread, u64::from(thread))));
        spot.read(access(0, 100));
        assert_eq!((spot.reads.len(), spot.read_of(ThreadId(0)).map(|read| read.seq)), (READERS, Some(100)));
        spot.read(access(readers, 101));
        assert_eq!((spot.reads.len(), spot.read_of(ThreadId(1))), (READERS, None), "it was the oldest");
        assert!(spot.read_of(ThreadId(2)).is_some() && spot.read_of(ThreadId(readers)).is_some());
    }

    #[test]
    fn names_and_items_have_places_of_their_own() {
        let mut spots = Spots::default();
        let keys = [Shown::Int(0), Shown::Int(1), Shown::Text("'0'".into()), Shown::None, Shown::Float(0.5)];
        let items: Vec<Item> = keys.into_iter().map(item).collect();
        let places: Vec<_> = [(0, None), (3, None)].into_iter().chain(items.iter().map(|it| (1, Some(it)))).collect();
        let more: Vec<_> = places.iter().copied().chain([(2, Some(&items[0]))]).collect();
        for (&(row, item), seq) in more.iter().zip(1..) {
            spots.get(row, item).unwrap().read(access(0, seq));
        }
        for (&(row, item), seq) in more.iter().zip(1..) {
            assert_eq!(spots.get(row, item).unwrap().reads, [access(0, seq)]);
        }
    }

    #[test]
    fn when_there_are_too_many_the_newer_half_stays() {
        let mut spots = Spots::default();
        let total = SPOTS as u64;
        for row in 0..total {
            let item = item(Shown::Int(row as i64));
            let item = row.is_multiple_of(2).then_some(&item);
            spots.get(row as usize, item).unwrap().read(access(0, row));
        }
        spots.get(1, None).unwrap().write = Some(access(0, total));
        spots.get(SPOTS, None).unwrap().read(access(0, total + 1));
        assert_eq!(spots.spots.len(), SPOTS / 2 + 1);
        let seen = |spots: &mut Spots, row: u64| {
            let item = item(Shown::Int(row as i64));
            spots.get(row as usize, row.is_multiple_of(2).then_some(&item)).unwrap().last()
        };
        for row in [total - 1, total - 2, total / 2 + 1, total / 2 + 2] {
            assert_eq!(seen(&mut spots, row), row);
        }
        assert_eq!(seen(&mut spots, 1), total, "it was written since");
        assert_eq!((seen(&mut spots, 2), seen(&mut spots, 3)), (0, 0), "they were forgotten");
    }
}
