//! Processes in the space: what belongs to each, whether they are over, and who meddles with them.

use super::{NONE, Number, PlaceId, SeatId, Space, number_at};
use crate::base::{ProcessId, ThreadId};
use crate::machine::object::Object;
use crate::machine::parts::{self, Address, Household, Known, Part, Place, Reference};
use crate::machine::value::Value;
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use std::sync::Arc;

/// What was frozen in a process, on different ways, and what tells it from other values.
#[derive(Default, Debug)]
pub(super) struct Frozen {
    known: Vec<Arc<[Value]>>,
    shape: Vec<u8>,
}

impl Space {
    /// Whether the program is over in a state.
    pub fn is_over(&self, at: &[Number]) -> bool {
        self.processes.iter().all(|place| self.household(*place, at).is_none_or(|it| it.status.is_some()))
    }

    /// The main thread of the process that the program begins with.
    pub fn main_seat(&self) -> Option<SeatId> {
        self.seat(ThreadId::MAIN)
    }

    /// The places of the processes so far.
    pub fn processes(&self) -> &[PlaceId] {
        &self.processes
    }

    /// What belongs to the process in the state, if there is such a process.
    pub fn household(&self, process: PlaceId, at: &[Number]) -> Option<&Household> {
        match self.part(process, number_at(at, process)) {
            Some(Part::Process(belongings)) => Some(&belongings.household),
            _ => None,
        }
    }

    /// The places of the processes to which a thread of another one has done something: who waits for their ends waits for more than their
    /// threads.
    pub fn meddled(&self) -> &[PlaceId] {
        &self.meddled
    }

    /// Whether variables that are bound once held other values on another way, when their process first started a thread.
    pub fn is_refrozen(&self) -> bool {
        self.refrozen
    }

    /// The places of the world's things.
    pub fn things_of_world(&self) -> &[PlaceId] {
        &self.things_of_world
    }

    /// The object that lies at the place, as what others refer to.
    pub fn thing_at(&self, place: PlaceId) -> u32 {
        match self.places[place as usize] {
            Place::Object(at) => self.things.get_index_of(&Reference::Object(at)).map_or(NONE, |thing| thing as u32),
            _ => NONE,
        }
    }

    /// Whether every step of this thread reads what lies there: what belongs to nobody, or to its process. That counts only
    /// where it is written.
    pub fn is_read_by_all(&self, seat: SeatId, place: PlaceId) -> bool {
        place == self.rest || place == self.threads[seat as usize].process && !self.meddled.contains(&place)
    }

    /// Takes in what a process has frozen.
    pub(super) fn take_in_frozen(&mut self, place: PlaceId, household: &Household) {
        let Some(values) = &household.frozen else { return };
        let Frozen { known, shape } = self.frozen.entry(place).or_default();
        if known.iter().any(|known| Arc::ptr_eq(known, values)) {
            return;
        }
        let its = household.frozen_shape();
        self.refrozen |= !known.is_empty() && *shape != its;
        known.push(values.clone());
        *shape = its;
    }
}

/// Adds the number of a place to others, which stand in the order of their places.
pub(super) fn insert(numbers: &mut Vec<PlaceId>, number: PlaceId, places: &IndexSet<Place, FxBuildHasher>) {
    let at = numbers.partition_point(|other| places[*other as usize] < places[number as usize]);
    numbers.insert(at, number);
}

impl Known for Space {
    fn object(&self, at: Address) -> Option<&Object> {
        let place = self.find(Place::Object(at))?;
        (0..self.count(place) as Number).find_map(|number| parts::object(self.part(place, number)?))
    }

    /// Not of a process that others may end.
    fn main(&self, process: ProcessId) -> Option<ThreadId> {
        let place = self.find(Place::Process(process)).filter(|place| !self.meddled.contains(place))?;
        (0..self.count(place) as Number).find_map(|number| match self.part(place, number)? {
            Part::Process(belongings) => Some(belongings.household.main),
            _ => None,
        })
    }
}
