//! What the library brings along and hardly any program changes: its functions, classes and names.
//!
//! A key need not go through all of it. Such things have the same numbers in every key of a round, and only where another part
//! lies than the one that was known when the round began does a key tell of it. (They come to be known all at once, with the
//! first thread that starts. Before, they are the main thread's own, and no key has them.)

use super::{NONE, Number, PlaceId, Space};
use crate::bytecode::Home;
use crate::machine::parts::Place;

/// What is given.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// By thing.
    things: Vec<bool>,
    /// By place: the part that lies there, or [`NONE`].
    parts: Vec<Number>,
    /// The places where another part has lain since.
    changed: Vec<PlaceId>,
}

impl Given {
    fn part(&self, place: PlaceId) -> Option<Number> {
        self.parts.get(place as usize).copied().filter(|part| *part != NONE)
    }

    /// A new part lies at the place.
    pub(super) fn change(&mut self, place: PlaceId) {
        if self.part(place).is_some() && !self.changed.contains(&place) {
            self.changed.push(place);
        }
    }
}

impl Space {
    /// Whether the thing is given.
    pub fn is_given(&self, thing: u32) -> bool {
        self.given.things.get(thing as usize) == Some(&true)
    }

    /// Whether the place is that of a given thing, or of a global variable that leads to such things alone.
    pub fn is_given_place(&self, place: PlaceId) -> bool {
        self.given.part(place).is_some()
    }

    /// The given places where another part has lain since, in the order in which that came to be.
    pub fn given_changed(&self) -> &[PlaceId] {
        &self.given.changed
    }

    /// Whether this is another part than the one that was given.
    pub fn is_other(&self, place: PlaceId, number: Number) -> bool {
        self.is_there(place, number) && self.given.part(place) != Some(number)
    }

    /// Finds out what is given: what leads from the library's global variables to no thread, and never changed so far.
    pub fn find_given(&mut self) {
        let globals = (0..self.width() as PlaceId).filter(|place| self.is_of_library(*place));
        let globals: Vec<PlaceId> = globals.filter(|place| self.only_part(*place).is_some()).collect();
        let mut things = vec![false; self.thing_count()];
        let mut work: Vec<u32> = globals.iter().flat_map(|place| self.shape(*place, 0).1).copied().collect();
        while let Some(thing) = work.pop() {
            if !std::mem::replace(&mut things[thing as usize], true) {
                work.extend(self.leads_to(thing).unwrap_or_default());
            }
        }
        let is_wrong = |things: &[bool], thing: u32| {
            let leads_to = self.leads_to(thing);
            things[thing as usize] && leads_to.is_none_or(|next| next.iter().any(|it| !things[*it as usize]))
        };
        loop {
            let wrong: Vec<u32> = (0..things.len() as u32).filter(|thing| is_wrong(&things, *thing)).collect();
            if wrong.is_empty() {
                break;
            }
            wrong.into_iter().for_each(|thing| things[thing as usize] = false);
        }
        let mut parts = vec![NONE; self.width()];
        for place in globals {
            if self.shape(place, 0).1.iter().all(|thing| things[*thing as usize]) {
                parts[place as usize] = 0;
            }
        }
        for thing in (0..things.len()).filter(|thing| things[*thing]) {
            let place = self.homes[thing][0];
            if let Some(part) = self.only_part(place) {
                parts[place as usize] = part;
            }
        }
        self.given = Given { things, parts, changed: Vec::new() };
    }

    fn is_of_library(&self, place: PlaceId) -> bool {
        let Place::Global(index) = self.name(place) else { return false };
        let global = self.image().program.globals.get(index as usize);
        global.is_some_and(|global| matches!(global.home, Home::Prelude | Home::Library(_)))
    }

    /// The one part that ever lay at the place, if there was only one.
    fn only_part(&self, place: PlaceId) -> Option<Number> {
        let parts = &self.drawers.get(place as usize)?.parts;
        let mut there = (0..parts.len()).filter(|number| parts[*number].part.is_some());
        let part = there.next()? as Number;
        there.next().is_none().then_some(part)
    }

    /// What the thing refers to, if that never changed and it is no thread.
    fn leads_to(&self, thing: u32) -> Option<&[u32]> {
        match self.homes[thing as usize] {
            _ if self.is_thread(thing) => None,
            [NONE, _] => Some(&[]),
            [place, _] => Some(self.shape(place, self.only_part(place)?).1),
        }
    }
}
