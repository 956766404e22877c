//! Shared data.

use super::Model;
use crate::base::ThreadId;
use crate::event::{Place, Shown};
use crate::trace::Unordered;
use crate::trace::object::{Datum, key};
use std::sync::Arc;

impl Model {
    /// Shared data that was read or written, in the order it was first touched.
    pub fn data(&self) -> &[Datum] {
        &self.data
    }

    /// The row of the data that stands at `place`, if it is known.
    pub fn data_row(&self, place: &Place) -> Option<usize> {
        self.data_rows.get(&key(place)).copied()
    }

    /// The note on accesses to it that nothing orders.
    pub fn note_on(&self, datum: &Datum) -> Option<&Unordered> {
        self.races()?.note_on(self.data_row(&datum.place)?)
    }

    /// Notes what a place holds; gives its row among the data.
    pub(super) fn touch(&mut self, place: &Place, value: &Shown, writer: Option<(ThreadId, u32)>) -> usize {
        let is_latest = self.data.get(self.latest_datum).is_some_and(|latest| latest.place == *place);
        let row = if is_latest { self.latest_datum } else { self.find_datum(place) };
        self.latest_datum = row;
        let touched = self.event_count();
        let datum = &mut self.data[row];
        datum.touched = touched;
        datum.value.clone_from(value.whole());
        datum.writer = writer.or(datum.writer);
        row
    }

    /// The row of what stands at `place`, which may be new.
    fn find_datum(&mut self, place: &Place) -> usize {
        if let Some(row) = self.data_row(place) {
            return row;
        }
        if self.data.len() >= self.room.data {
            self.forget_data();
        }
        let name = self.place_name(place).into();
        self.data.push(Datum { place: place.clone(), name, value: Shown::None, writer: None, touched: 0 });
        Arc::make_mut(&mut self.data_rows).insert(key(place), self.data.len() - 1);
        self.data.len() - 1
    }
}
