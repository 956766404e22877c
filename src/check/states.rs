//! The states that a search has come to: rows of numbers, each row once.
//!
//! A column stands for a place at which more than one part has lain. A number that needs more than 16 bits takes two columns.
//! Columns come to be while the search goes on; in all states before, the number there is 0.

use super::canonical::mix;
use super::effects::EffectId;
use super::space::{NONE, Number, PlaceId, Space};
use hashbrown::HashTable;

/// A state, by its number: the order in which states were come upon.
pub type StateId = u32;

/// How many states are remembered by their rows: as many as a number of 16 bits tells apart.
const LATELY: usize = 1 << 16;

/// States.
#[derive(Debug, Default)]
pub struct States {
    /// How many columns there is room for.
    stride: usize,
    /// For each column: its place, and whether it holds the high half of the number.
    columns: Vec<(PlaceId, bool)>,
    /// For each place: the columns of the low and the high half of the number.
    of_place: Vec<[u32; 2]>,
    cells: Vec<u16>,
    /// By the hashes of what tells states apart.
    table: HashTable<(u32, StateId)>,
    /// States that were come to lately, by the hashes of their rows.
    lately: Vec<StateId>,
    count: usize,
}

impl States {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many bytes they take.
    pub fn bytes(&self) -> usize {
        self.cells.capacity() * 2 + self.table.allocation_size() + self.lately.capacity() * size_of::<StateId>()
    }

    /// How many bytes more the next state may take at once.
    pub fn growth(&self) -> usize {
        let table = if self.table.len() < self.table.capacity() { 0 } else { 2 * self.table.allocation_size() };
        let is_full = self.cells.len() + self.stride > self.cells.capacity();
        table + if is_full { self.cells.capacity() * 2 } else { 0 }
    }

    /// Whether the number at the place is kept.
    pub fn has_column(&self, place: PlaceId) -> bool {
        self.of_place.get(place as usize).is_some_and(|columns| columns[0] != NONE)
    }

    /// Makes sure that a number can stand at the place.
    pub fn admit(&mut self, place: PlaceId, number: Number) {
        if self.of_place.len() <= place as usize {
            self.of_place.resize(place as usize + 1, [NONE, NONE]);
        }
        if number != 0 && self.of_place[place as usize][0] == NONE {
            self.of_place[place as usize][0] = self.add_column(place, false);
        }
        if number > u32::from(u16::MAX) && self.of_place[place as usize][1] == NONE {
            self.of_place[place as usize][1] = self.add_column(place, true);
        }
    }

    /// Makes sure that what the step has left at its places can stand there.
    pub fn admit_all(&mut self, space: &Space, effect: EffectId, now: &[Number]) {
        for (place, _) in space.effect(effect).done.iter().flat_map(|done| &done.writes) {
            self.admit(*place, now[*place as usize]);
        }
    }

    fn add_column(&mut self, place: PlaceId, high: bool) -> u32 {
        if self.columns.len() == self.stride {
            let (old, new) = (self.stride, self.stride + 4);
            let mut cells = Vec::with_capacity((self.count + 1) * new);
            for row in 0..self.count {
                cells.extend_from_slice(&self.cells[row * old..(row + 1) * old]);
                cells.resize((row + 1) * new, 0);
            }
            (self.cells, self.stride) = (cells, new);
        }
        self.columns.push((place, high));
        (self.columns.len() - 1) as u32
    }

    /// Writes the state's numbers, by place; those that are not kept are 0.
    pub fn read(&self, state: StateId, numbers: &mut [Number]) {
        let row = &self.cells[state as usize * self.stride..][..self.columns.len()];
        numbers.fill(0);
        for (cell, (place, high)) in row.iter().zip(&self.columns) {
            let shift = if *high { 16 } else { 0 };
            numbers[*place as usize] |= u32::from(*cell) << shift;
        }
    }

    /// Whether these are the state's numbers.
    pub fn is(&self, state: StateId, numbers: &[Number]) -> bool {
        let row = &self.cells[state as usize * self.stride..][..self.columns.len()];
        row.iter().zip(&self.columns).all(|(cell, (place, high))| *cell == half(numbers[*place as usize], *high))
    }

    /// The state has these numbers instead, which stand for the same.
    pub fn rewrite(&mut self, state: StateId, numbers: &[Number]) {
        let row = &mut self.cells[state as usize * self.stride..][..self.columns.len()];
        for (cell, (place, high)) in row.iter_mut().zip(&self.columns) {
            *cell = half(numbers[*place as usize], *high);
        }
    }

    /// Where a state with these numbers is remembered.
    pub fn slot(&self, numbers: &[Number]) -> u16 {
        let of_places = self.columns.iter().filter(|(_, high)| !high).map(|(place, _)| numbers[*place as usize]);
        let hash = of_places.fold(0, |all, number| mix(all, u64::from(number)));
        (hash >> 48) as u16
    }

    /// The state with these numbers, if it is remembered there.
    pub fn lately(&self, slot: u16, numbers: &[Number]) -> Option<StateId> {
        let state = *self.lately.get(usize::from(slot))?;
        ((state as usize) < self.count && self.is(state, numbers)).then_some(state)
    }

    /// Remembers a state there.
    pub fn remember(&mut self, slot: u16, state: StateId) {
        if self.lately.is_empty() {
            self.lately.resize(LATELY, 0);
        }
        self.lately[usize::from(slot)] = state;
    }

    /// The state with this hash that `is_same` accepts.
    pub fn find(&self, hash: u64, mut is_same: impl FnMut(StateId) -> bool) -> Option<StateId> {
        let tag = tag(hash);
        self.table.find(spread(tag), |(other, state)| *other == tag && is_same(*state)).map(|(_, state)| *state)
    }

    /// Adds a state.
    pub fn push(&mut self, hash: u64, numbers: &[Number]) -> StateId {
        let state = self.count as StateId;
        let start = self.cells.len();
        self.cells.extend(self.columns.iter().map(|(place, high)| half(numbers[*place as usize], *high)));
        self.cells.resize(start + self.stride, 0);
        self.count += 1;
        let tag = tag(hash);
        self.table.insert_unique(spread(tag), (tag, state), |(tag, _)| spread(*tag));
        state
    }
}

fn half(number: Number, high: bool) -> u16 {
    if high { (number >> 16) as u16 } else { number as u16 }
}

fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// What the table needs is in the high and in the low bits.
fn spread(tag: u32) -> u64 {
    u64::from(tag).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
