//! What has the same name in every key of a round: what a program has made when a round begins and reaches from its global
//! variables by ways that never change.
//!
//! A key need not go through all of it. It tells only of places whose part is not the *usual* one: of the library's functions
//! and classes, nothing. (Such things come to be known all at once, with the first thread that starts. Before, they are the
//! main thread's own, and lie at no place.)

use super::{NONE, Number, PlaceId, Space};
use crate::machine::parts::{self, Part, Place, Reference};

/// Named things.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// By thing.
    things: Vec<bool>,
    /// By place: of which part keys need not tell ([`NONE`]: of each they have to); `None`: they never tell of it.
    places: Vec<Option<Number>>,
    /// The places of which keys have to tell.
    told: Vec<PlaceId>,
    /// Where it lies that the global variables are shared.
    namespace: Option<PlaceId>,
}

impl Space {
    /// Whether the thing has a name.
    pub fn is_named(&self, thing: u32) -> bool {
        self.named.things.get(thing as usize) == Some(&true)
    }

    /// Whether named things are known to others than the main thread: whether a thread was started.
    pub fn has_begun(&self, at: &[Number]) -> bool {
        self.named.namespace.is_some_and(|place| super::number_at(at, place) != 0)
    }

    /// The places of which a key has to tell in this state, in an order that stays the same.
    pub fn told(&self, at: &[Number]) -> impl Iterator<Item = (PlaceId, Number)> {
        let places = self.named.told.iter().map(|place| (*place, super::number_at(at, *place)));
        places.filter(|(place, number)| {
            self.named.places[*place as usize] != Some(*number) && self.is_there(*place, *number)
        })
    }

    /// A new part lies at the place.
    pub(super) fn tell_of(&mut self, place: PlaceId, number: Number) {
        let is_global = matches!(self.name(place), Place::Global(_));
        if self.named.places.len() <= place as usize {
            self.named.places.resize(place as usize + 1, None);
        }
        let is_known = self.named.places[place as usize].is_some();
        if is_global && number == 0 {
            self.named.places[place as usize] = Some(if self.leads_to_named(place, 0) { 0 } else { NONE });
        } else if !is_known {
            return;
        }
        if self.named.places[place as usize] != Some(number) && !self.named.told.contains(&place) {
            self.named.told.push(place);
        }
    }

    /// Gives names, before a round.
    pub fn name_things(&mut self) {
        let mut work = self.never_changed();
        work.push(self.thing(Reference::Object(self.image().namespace)));
        let mut things = vec![false; self.thing_count()];
        let is_global = |place: &PlaceId| matches!(self.name(*place), Place::Global(_));
        let mut places: Vec<PlaceId> = (0..self.width() as PlaceId).filter(is_global).collect();
        let leads_to = |place| self.only_part(place).map_or(&[][..], |part| self.shape(place, part).1);
        work.extend(places.iter().flat_map(|place| leads_to(*place)));
        while let Some(thing) = work.pop() {
            if !self.is_thread(thing) && !std::mem::replace(&mut things[thing as usize], true) {
                let home = self.homes[thing as usize][0];
                if home != NONE {
                    places.push(home);
                    work.extend(leads_to(home));
                }
            }
        }
        let namespace = self.find(Place::Object(self.image().namespace));
        self.named = Named { things, places: vec![None; self.width()], told: Vec::new(), namespace };
        places.sort_unstable();
        for place in places {
            let usual = self.first_part(place).filter(|part| self.leads_to_named(place, *part));
            self.named.places[place as usize] = Some(usual.unwrap_or(NONE));
            if usual.is_none() || self.only_part(place).is_none() {
                self.named.told.push(place);
            }
        }
    }

    /// What those global variables refer to that no step came upon, which are as they were when threads began; and what threads
    /// call.
    fn never_changed(&mut self) -> Vec<u32> {
        let all = (0..self.image().program.globals.len() as u32).map(Place::Global);
        let unmet: Vec<Place> = all.filter(|place| self.find(*place).is_none()).collect();
        let mut parts: Vec<Part> = unmet.into_iter().filter_map(|place| self.bench.part(place)).collect();
        for thread in (0..self.homes.len()).filter(|thing| self.are_threads[*thing]) {
            let drawer = self.drawers.get(self.homes[thread][0] as usize);
            let object = drawer.and_then(|drawer| drawer.parts.iter().find_map(|entry| entry.part.as_ref()));
            if let Some(Part::Object(object)) = object {
                parts.extend(parts::target(object).map(|target| Part::Global(target.clone())));
            }
        }
        let references = parts.iter().flat_map(|part| part.encoded(self.image(), self.counters).references);
        let references: Vec<Reference> = references.collect();
        references.into_iter().map(|reference| self.thing(reference)).collect()
    }

    /// Whether the part refers to named things alone.
    fn leads_to_named(&self, place: PlaceId, part: Number) -> bool {
        self.shape(place, part).1.iter().all(|thing| self.is_named(*thing))
    }

    /// The first part that ever lay at the place.
    fn first_part(&self, place: PlaceId) -> Option<Number> {
        let parts = &self.drawers[place as usize].parts;
        parts.iter().position(|entry| entry.part.is_some()).map(|number| number as Number)
    }

    /// The same, if it is the only one so far.
    fn only_part(&self, place: PlaceId) -> Option<Number> {
        let parts = &self.drawers[place as usize].parts;
        let first = self.first_part(place)?;
        parts[first as usize + 1..].iter().all(|entry| entry.part.is_none()).then_some(first)
    }
}
