//! The states that a search has come to: rows of numbers, each row once.
//!
//! A row is packed. A place at which more than one part has lain has a *field* in it: as many bits as its numbers need. When they
//! come to need more, the place gets one more field, for the bits above; in all rows before, these are 0.

use super::canonical::mix;
use super::effects::EffectId;
use super::space::{NONE, Number, PlaceId, Space};
use hashbrown::HashTable;

/// A state, by its number: the order in which states were come upon.
pub type StateId = u32;

/// A packed row.
pub type Row = Vec<u64>;

/// A run of bits in each row.
#[derive(Clone, Copy, Debug)]
struct Field {
    place: PlaceId,
    word: u32,
    shift: u32,
    /// How many bits, and which bits of the number they are: those from here on.
    bits: u32,
    low: u32,
    /// The place's field for the bits below, if it has one.
    below: u32,
}

/// States.
#[derive(Debug, Default)]
pub struct States {
    /// How many words a row has, and how many bits of them are fields.
    words: usize,
    used: usize,
    fields: Vec<Field>,
    /// By place: its last field.
    of_place: Vec<u32>,
    /// By place: the least number that has no room there.
    ends: Vec<u64>,
    cells: Vec<u64>,
    count: usize,
    /// By the hashes of their rows.
    rows: HashTable<StateId>,
    /// By the hashes of what tells states apart.
    table: HashTable<(u32, StateId)>,
}

impl Field {
    fn mask(&self) -> u64 {
        (1 << self.bits) - 1
    }

    fn of(&self, number: Number) -> u64 {
        (u64::from(number) >> self.low & self.mask()) << self.shift
    }

    fn in_row(&self, row: &[u64]) -> Number {
        ((row[self.word as usize] >> self.shift & self.mask()) << self.low) as Number
    }
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
        self.cells.capacity() * size_of::<u64>() + self.table.allocation_size() + self.rows.allocation_size()
    }

    /// How many bytes more the next state may take at once.
    pub fn growth(&self) -> usize {
        let table = if self.table.len() < self.table.capacity() { 0 } else { 2 * self.table.allocation_size() };
        let rows = if self.rows.len() < self.rows.capacity() { 0 } else { 2 * self.rows.allocation_size() };
        let is_full = self.cells.len() + self.words > self.cells.capacity();
        table + rows + if is_full { self.cells.capacity() * size_of::<u64>() } else { 0 }
    }

    /// Whether there is room for the number at the place.
    #[inline]
    pub fn has_room(&self, place: PlaceId, number: Number) -> bool {
        let end = self.ends.get(place as usize).copied().unwrap_or(1);
        u64::from(number) < end
    }

    /// Makes sure that a number can stand at the place, and `count` of them.
    #[inline]
    pub fn admit(&mut self, place: PlaceId, number: Number, count: usize) {
        if !self.has_room(place, number) {
            self.make_room(place, number.max(count.saturating_sub(1) as Number));
        }
    }

    /// Makes sure that what the step has left at its places can stand there.
    pub fn admit_all(&mut self, space: &Space, effect: EffectId, now: &[Number]) {
        for (place, _) in space.effect(effect).done.iter().flat_map(|done| &done.writes) {
            self.admit(*place, now[*place as usize], space.count(*place));
        }
    }

    /// Makes sure that all of these numbers can stand at their places.
    pub fn admit_row(&mut self, numbers: &[Number]) {
        for (place, number) in (0..).zip(numbers) {
            self.admit(place, *number, 0);
        }
    }

    #[cold]
    fn make_room(&mut self, place: PlaceId, number: Number) {
        if self.of_place.len() <= place as usize {
            self.of_place.resize(place as usize + 1, NONE);
            self.ends.resize(place as usize + 1, 1);
        }
        let mut low = self.ends[place as usize].trailing_zeros();
        let mut missing = u32::BITS - number.leading_zeros() - low;
        while missing > 0 {
            if self.used == self.words * 64 {
                self.add_word();
            }
            let free = (self.words * 64 - self.used) as u32;
            let bits = missing.min(free);
            self.add_field(place, low, bits);
            (low, missing) = (low + bits, missing - bits);
        }
        self.ends[place as usize] = 1 << low;
    }

    fn add_field(&mut self, place: PlaceId, low: u32, bits: u32) {
        let new = self.fields.len() as u32;
        let (word, shift) = ((self.used / 64) as u32, (self.used % 64) as u32);
        let below = std::mem::replace(&mut self.of_place[place as usize], new);
        self.fields.push(Field { place, word, shift, bits, low, below });
        self.used += bits as usize;
    }

    fn add_word(&mut self) {
        let (old, new) = (self.words, self.words + 1);
        let mut cells = Vec::with_capacity((self.count + 1) * new);
        for state in 0..self.count {
            cells.extend_from_slice(&self.cells[state * old..(state + 1) * old]);
            cells.push(0);
        }
        (self.cells, self.words) = (cells, new);
        self.rows.clear();
        for state in 0..self.count as StateId {
            self.enter(state);
        }
    }

    /// Packs numbers, by place, for each of which there is room.
    #[inline]
    pub fn pack(&self, numbers: &[Number], row: &mut Row) {
        debug_assert!((0..).zip(numbers).all(|(place, number)| self.has_room(place, *number)));
        row.clear();
        row.resize(self.words, 0);
        for field in &self.fields {
            row[field.word as usize] |= field.of(numbers[field.place as usize]);
        }
    }

    /// Puts a number, for which there is room, at a place of a packed row.
    #[inline]
    pub fn put(&self, row: &mut Row, place: PlaceId, number: Number) {
        let mut next = self.of_place.get(place as usize).copied().unwrap_or(NONE);
        while let Some(field) = self.fields.get(next as usize) {
            let word = &mut row[field.word as usize];
            *word = *word & !(field.mask() << field.shift) | field.of(number);
            next = field.below;
        }
    }

    /// The state's row.
    #[inline]
    pub fn row(&self, state: StateId) -> &[u64] {
        &self.cells[state as usize * self.words..][..self.words]
    }

    /// Writes the state's numbers, by place; those that are not kept are 0.
    pub fn read(&self, state: StateId, numbers: &mut [Number]) {
        let row = self.row(state);
        numbers.fill(0);
        for field in &self.fields {
            numbers[field.place as usize] |= field.in_row(row);
        }
    }

    /// The state with this row.
    #[inline]
    pub fn with_row(&self, row: &[u64]) -> Option<StateId> {
        let is_same = |state: &StateId| self.row(*state).iter().zip(row).all(|(one, other)| one == other);
        self.rows.find(hash(row), is_same).copied()
    }

    /// The state has this row instead, which stands for the same.
    pub fn rewrite(&mut self, state: StateId, row: &[u64]) {
        if let Ok(old) = self.rows.find_entry(hash(self.row(state)), |known| *known == state) {
            old.remove();
        }
        self.cells[state as usize * self.words..][..self.words].copy_from_slice(row);
        self.enter(state);
    }

    /// Enters the state under its row.
    fn enter(&mut self, state: StateId) {
        let States { rows, cells, words, .. } = self;
        let hash = |state: &StateId| hash(&cells[*state as usize * *words..][..*words]);
        rows.insert_unique(hash(&state), state, hash);
    }

    /// The state with this hash that `is_same` accepts.
    pub fn find(&self, hash: u64, mut is_same: impl FnMut(StateId) -> bool) -> Option<StateId> {
        let tag = tag(hash);
        self.table.find(spread(tag), |(other, state)| *other == tag && is_same(*state)).map(|(_, state)| *state)
    }

    /// Adds a state.
    pub fn push(&mut self, hash: u64, row: &[u64]) -> StateId {
        let state = self.count as StateId;
        self.cells.extend_from_slice(row);
        self.count += 1;
        self.enter(state);
        let tag = tag(hash);
        self.table.insert_unique(spread(tag), (tag, state), |(tag, _)| spread(*tag));
        state
    }
}

/// A hash of a row.
#[inline]
fn hash(row: &[u64]) -> u64 {
    let hash = row.iter().fold(0, |hash, word| mix(hash, *word));
    (hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// What the table needs is in the high and in the low bits.
fn spread(tag: u32) -> u64 {
    u64::from(tag).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
