//! What has the same name in every key of a round: what a program has made when a round begins and reaches from its global
//! variables by ways that never change.
//!
//! A key need not go through all of it. It tells only of places whose part is not the *usual* one: of the library's functions
//! and classes, nothing. (Such things come to be known all at once, with the first thread that starts. Before, they are the
//! main thread's own, and lie at no place.)

use super::{NONE, Number, PlaceId, Space, number_at};
use crate::base::ProcessId;
use crate::machine::parts::{self, Address, Part, Place, Reference};

/// Named things.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// By thing.
    things: Vec<bool>,
    /// By place: of which part keys need not tell ([`NONE`]: of each they have to); `None`: they never tell of it.
    places: Vec<Option<Number>>,
    /// The places of which keys have to tell.
    told: Vec<PlaceId>,
    /// By process: where it lies that its global variables are shared.
    namespaces: Vec<Option<PlaceId>>,
}

impl Space {
    /// Whether the thing has a name.
    pub fn is_named(&self, thing: u32) -> bool {
        self.named.things.get(thing as usize) == Some(&true)
    }

    /// Whether the process's named things are known to others than its main thread: whether a thread was started.
    pub fn has_begun(&self, process: PlaceId, at: &[Number]) -> bool {
        let Place::Process(process) = self.name(process) else { return false };
        let namespace = self.named.namespaces.get(process.index()).copied().flatten();
        namespace.is_some_and(|place| self.is_there(place, number_at(at, place)))
    }

    /// Whether the place is one of a process that is there and goes on, or of none.
    fn is_living(&self, place: PlaceId, at: &[Number]) -> bool {
        let process = match self.name(place) {
            Place::Global(process, _) => process,
            Place::Object(address) => address.process,
            Place::Rest | Place::Process(_) | Place::Thread(_) | Place::Row(_) => return true,
            Place::Output | Place::Faults | Place::Turn => return true,
        };
        let household = self.processes().get(process.index()).map(|place| self.household(*place, at));
        household.is_none_or(|it| it.is_some_and(|it| !it.is_gone()))
    }

    /// The places of which a key has to tell in this state, in an order that stays the same.
    pub fn told(&self, at: &[Number]) -> impl Iterator<Item = (PlaceId, Number)> {
        let places = self.named.told.iter().map(|place| (*place, number_at(at, *place)));
        places.filter(move |(place, number)| {
            self.named.places[*place as usize] != Some(*number)
                && self.is_there(*place, *number)
                && self.is_living(*place, at)
        })
    }

    /// A new part lies at the place.
    pub(super) fn tell_of(&mut self, place: PlaceId, number: Number) {
        let is_global = matches!(self.name(place), Place::Global(..));
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
        let namespaces: Vec<Address> = self.namespaces().collect();
        work.extend(namespaces.iter().map(|namespace| self.thing(Reference::Object(*namespace))));
        let mut things = vec![false; self.thing_count()];
        let is_global = |place: &PlaceId| matches!(self.name(*place), Place::Global(..));
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
        let namespaces = namespaces.into_iter().map(|namespace| self.find(Place::Object(namespace))).collect();
        self.named = Named { things, places: vec![None; self.width()], told: Vec::new(), namespaces };
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
        let processes = (0..self.bench.processes() as u32).map(ProcessId);
        let globals = 0..self.image().program.globals.len() as u32;
        let all = processes.flat_map(|process| globals.clone().map(move |global| Place::Global(process, global)));
        let unmet: Vec<Place> = all.filter(|place| self.find(*place).is_none()).collect();
        let parts = unmet.into_iter().filter_map(|place| Some((place, self.bench.part(place)?)));
        let mut parts: Vec<(Place, Part)> = parts.collect();
        for thread in (0..self.homes.len()).filter(|thing| self.are_threads[*thing]) {
            let home = self.homes[thread][0];
            let drawer = self.drawers.get(home as usize);
            let object = drawer.and_then(|drawer| drawer.parts.iter().find_map(|entry| entry.part.as_ref()));
            if let Some(Part::Object(object)) = object {
                let name = self.name(home);
                parts.extend(parts::target(object).map(|target| (name, Part::Global(target.clone()))));
            }
        }
        let references =
            parts.iter().flat_map(|(place, part)| part.encoded(*place, self.image(), self.counters).references);
        let references: Vec<Reference> = references.collect();
        references.into_iter().map(|reference| self.thing(reference)).collect()
    }

    /// Where the global variables of each process lie, as far as a search has come upon processes.
    fn namespaces(&self) -> impl Iterator<Item = Address> {
        let namespace = self.image().namespace;
        (0..self.processes().len() as u32).map(move |process| Address::new(ProcessId(process), namespace))
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
