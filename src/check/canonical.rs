//! What tells a state from others in which the same can happen: not which numbers its objects and threads have, nor what
//! nobody reaches any more.
//!
//! One goes through the state from the main thread and the global variables, and numbers objects and threads in the order in
//! which one comes to them. The *key* is the shapes of their parts, with those numbers for what they refer to. Threads that
//! nothing leads to come last, in the order of the keys that they would have by themselves. What never changes need not be
//! gone through again for each key: it has a name (`space::named`).
//!
//! **Symmetry.** If all that the main thread does with the other threads from now on is to join them all, it makes no
//! difference in which order it has them in its list. Then the threads are numbered in the order of how each looks by itself
//! (`looks`), and the main thread's references to their `Thread` objects do not count. Threads that look alike are put in the order in
//! which objects refer to them: the one that waits first in a queue comes first. Where two threads cannot be told apart so
//! but are not alike, a state may get more than one key; that costs states, and nothing else.

use super::looks::{LookId, Looks, SOME};
use super::space::{NONE, Number, PlaceId, Seat, SeatId, Space, number_at};

/// Makes keys.
#[derive(Debug, Default)]
pub struct Canonical {
    /// The numbers of things in the key that is being made, with the key in which they got it.
    numbers: Vec<(u32, u32)>,
    round: u32,
    queue: Vec<u32>,
    key: Vec<u32>,
    /// How the threads look by themselves, where other objects refer to them first, and which they are.
    ranks: Vec<(LookId, u32, SeatId)>,
    /// Which threads, by what stands for them, are in the key by how they look.
    told: Vec<u32>,
    /// Where others than threads refer to threads: where in the key, and to which.
    met: Vec<(usize, u32)>,
}

/// Marks a place of which a key has to tell. No thing has so high a number.
const PLACE: u32 = 1 << 31;
/// Marks the number of a named thing, which is the same in every key.
const NAMED: u32 = 1 << 30;
/// The key in which such a thing got its number: all of them.
const EVERY: u32 = u32::MAX;

impl Canonical {
    /// The state's key. `at` gives the number of the part that lies at a place. `looks`, those of one search, are needed
    /// where threads may change places: where the main thread does no more with the others than to join them all.
    pub fn key(&mut self, space: &Space, at: &[Number], looks: Option<&mut Looks>) -> &[u32] {
        self.key.clear();
        self.queue.clear();
        self.told.clear();
        self.round += 1;
        self.make_room(space);
        let main = space.threads()[0].thing;
        self.number(main);
        for &place in space.things_of_world() {
            if space.is_there(place, number_at(at, place)) {
                self.number(space.thing_at(place));
            }
        }
        let symmetric = if looks.is_some() { SOME } else { 0 };
        self.key.extend([symmetric, space.output(at), space.faults(at)]);
        if let Some(thread) = space.kept_by(at) {
            let number = self.number(thread);
            self.key.push(number);
        }
        if let Some(looks) = looks {
            self.add_past_threads(space, at);
            let from = self.queue.len();
            self.add_threads(space, at, looks);
            self.add_main(space, at, main);
            self.catch_up(space, at, from);
            let from = self.queue.len();
            for index in 0..self.met.len() {
                let (place, thread) = self.met[index];
                self.key[place] = self.number(thread);
            }
            self.catch_up(space, at, from);
        } else {
            self.add_common(space, at, Canonical::refer);
            self.catch_up(space, at, 0);
        }
        self.left_over(space, at);
        &self.key
    }

    /// The threads that are alive, in the order in which the last key, which was this state's, has them.
    pub fn order(&self, space: &Space, at: &[Number]) -> Vec<SeatId> {
        let mut threads = Vec::new();
        for seat in 0..space.threads().len() {
            let Seat { thing, own, .. } = space.threads()[seat];
            if space.is_there(own, number_at(at, own))
                && let Some(number) = number_in(&self.numbers, self.round, thing)
            {
                threads.push((number, seat as SeatId));
            }
        }
        threads.sort_unstable();
        threads.into_iter().map(|(_, seat)| seat).collect()
    }

    /// Adds what belongs to nobody, by process what belongs to it, and the places of named things that do not look as usual.
    fn add_common(&mut self, space: &Space, at: &[Number], refer: impl Fn(&mut Canonical, &Space, &[u32])) {
        let common = std::iter::once(space.rest()).chain(space.processes().iter().copied());
        for place in common.filter(|place| space.is_there(*place, number_at(at, *place))) {
            let (shape, things) = space.shape(place, number_at(at, place));
            self.key.extend([shape, u32::from(space.has_begun(place, at))]);
            refer(self, space, things);
        }
        for (place, part) in space.told(at) {
            let (shape, things) = space.shape(place, part);
            self.key.extend([place | PLACE, shape]);
            refer(self, space, things);
        }
    }

    /// Adds what belongs to nobody, the named things, and what they lead to but through threads.
    fn add_past_threads(&mut self, space: &Space, at: &[Number]) {
        self.met.clear();
        self.add_common(space, at, Canonical::refer_past_threads);
        let mut next = 1;
        while let Some(&thing) = self.queue.get(next) {
            let place = space.homes(thing)[0];
            if place != NONE {
                let (shape, things) = space.shape(place, number_at(at, place));
                self.key.push(shape);
                self.refer_past_threads(space, things);
            } else {
                self.key.push(0);
            }
            next += 1;
        }
    }

    /// Adds the numbers of things, but for threads: these are still to come.
    fn refer_past_threads(&mut self, space: &Space, things: &[u32]) {
        for &thing in things {
            if space.is_thread(thing) {
                self.met.push((self.key.len(), thing));
                self.key.push(SOME);
            } else {
                let number = self.number(thing);
                self.key.push(number);
            }
        }
    }

    /// The main thread's parts, whichever threads it refers to.
    fn add_main(&mut self, space: &Space, at: &[Number], main: u32) {
        for place in space.homes(main) {
            let (shape, things) = space.shape(place, at[place as usize]);
            self.key.push(shape);
            for &thing in things {
                let number = if space.is_thread(thing) { SOME } else { self.number(thing) };
                self.key.push(number);
            }
        }
    }

    /// Numbers the threads that are alive in the order of how they look by themselves, and adds the looks.
    fn add_threads(&mut self, space: &Space, at: &[Number], looks: &mut Looks) {
        self.ranks.clear();
        for (seat, it) in
            (0..).zip(space.threads()).skip(1).filter(|(_, it)| space.is_there(it.own, number_at(at, it.own)))
        {
            let (numbers, round) = (&self.numbers, self.round);
            let look = looks.of(space, (seat, at), |thing| number_in(numbers, round, thing));
            let met = self.met.iter().position(|(_, thing)| *thing == it.thing).map_or(NONE, |at| at as u32);
            self.ranks.push((look, met, seat));
        }
        self.ranks.sort_unstable();
        self.key.push(self.ranks.len() as u32);
        for index in 0..self.ranks.len() {
            let (look, _, seat) = self.ranks[index];
            let it = space.threads()[seat as usize];
            self.key.push(look);
            self.number(it.thing);
            if let Some(object) = space.object_of(it) {
                self.number(object);
            }
            if looks.is_complete(look) {
                self.told.push(it.thing);
            }
        }
    }

    /// Makes room for the numbers of all things; named ones have theirs.
    fn make_room(&mut self, space: &Space) {
        let number = |thing| if space.is_named(thing) { (EVERY, thing | NAMED) } else { (0, 0) };
        self.numbers.extend((self.numbers.len()..space.thing_count()).map(|thing| number(thing as u32)));
    }

    /// The thing's number; it gets the next one when it is new.
    fn number(&mut self, thing: u32) -> u32 {
        let next = self.queue.len() as u32;
        let (round, number) = &mut self.numbers[thing as usize];
        if *round != self.round && *round != EVERY {
            (*round, *number) = (self.round, next);
            self.queue.push(thing);
        }
        *number
    }

    /// Adds a part.
    fn add(&mut self, space: &Space, place: PlaceId, part: Number) {
        let (shape, things) = space.shape(place, part);
        self.key.push(shape);
        self.refer(space, things);
    }

    /// Adds the numbers of things.
    fn refer(&mut self, _: &Space, things: &[u32]) {
        for &thing in things {
            let number = self.number(thing);
            self.key.push(number);
        }
    }

    /// Adds the parts of what was come upon, from the thing with this number on.
    fn catch_up(&mut self, space: &Space, at: &[Number], from: usize) {
        let mut next = from;
        while let Some(&thing) = self.queue.get(next) {
            next += 1;
            let [first, second] = space.homes(thing);
            if second != NONE && self.told.contains(&thing) {
                continue;
            }
            if first == NONE {
                // As if its place was known, and nothing lay there: that it gets to be known changes no state.
                self.key.push(0);
            } else {
                self.add(space, first, number_at(at, first));
            }
            if second != NONE {
                self.add(space, second, number_at(at, second));
            }
        }
    }

    /// Adds the threads that nothing leads to.
    fn left_over(&mut self, space: &Space, at: &[Number]) {
        let is_left = |seat: &&Seat| {
            number_in(&self.numbers, self.round, seat.thing).is_none()
                && space.is_there(seat.own, at[seat.own as usize])
        };
        if !space.threads().iter().any(|seat| is_left(&seat)) {
            return;
        }
        let left = space.threads().iter().filter(is_left).map(|seat| (alone(space, at, seat.thing), seat.thing));
        let mut left: Vec<(Vec<u32>, u32)> = left.collect();
        left.sort_unstable();
        for (_, thing) in left {
            let from = self.queue.len();
            self.number(thing);
            self.catch_up(space, at, from);
        }
    }
}

/// The key of a thread by itself.
fn alone(space: &Space, at: &[Number], thing: u32) -> Vec<u32> {
    let mut canonical = Canonical { round: 1, ..Canonical::default() };
    canonical.make_room(space);
    canonical.number(thing);
    canonical.catch_up(space, at, 0);
    canonical.key
}

/// The number of the thing in this key, if it has one yet.
fn number_in(numbers: &[(u32, u32)], round: u32, thing: u32) -> Option<u32> {
    let (known, number) = numbers[thing as usize];
    (known == round || known == EVERY).then_some(number)
}

/// A hash of a key.
pub fn hash(key: &[u32]) -> u64 {
    let mut hash = 0_u64;
    let (pairs, rest) = key.as_chunks::<2>();
    let pairs = pairs.iter().map(|[first, second]| u64::from(*first) << 32 | u64::from(*second));
    for pair in pairs.chain(rest.iter().map(|last| u64::from(*last))) {
        hash = mix(hash, pair);
    }
    hash ^ (hash >> 29)
}

/// The hash with one more number in it.
#[inline]
pub fn mix(hash: u64, number: u64) -> u64 {
    (hash.rotate_left(23) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
