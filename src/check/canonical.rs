//! What tells a state from others in which the same can happen: not which numbers its objects and threads have, nor what
//! nobody reaches any more.
//!
//! One goes through the state from the main thread and the global variables, and numbers objects and threads in the order in
//! which one comes to them. The *key* is the shapes of their parts, with those numbers for what they refer to. Threads that
//! nothing leads to come last, in the order of the keys that they would have by themselves.
//!
//! **Symmetry.** If all that the main thread does with the other threads from now on is to join them all, it makes no
//! difference in which order it has them in its list. Then the threads are numbered in the order of how each looks by itself,
//! and the main thread's references to their `Thread` objects do not count. Threads that look alike are put in the order in
//! which objects refer to them: the one that waits first in a queue comes first. Where two threads cannot be told apart so
//! but are not alike, a state may get more than one key; that costs states, and nothing else.

use super::space::{NONE, Number, PlaceId, Seat, SeatId, Space, number_at};
use crate::machine::parts::Place;
use std::ops::Range;

/// Makes keys.
#[derive(Debug, Default)]
pub struct Canonical {
    /// The numbers of things in the key that is being made, with the key in which they got it.
    numbers: Vec<(u32, u32)>,
    round: u32,
    queue: Vec<u32>,
    key: Vec<u32>,
    globals: Globals,
    /// How the threads look by themselves: from where to where in `look`, where other objects refer to them first, and which
    /// they are.
    looks: Vec<(Range<usize>, u32, u32)>,
    look: Vec<u32>,
    /// Where others than threads refer to threads: where in the key, and to which.
    met: Vec<(usize, u32)>,
}

/// The global variables that have a say in keys, in their order.
#[derive(Debug, Default)]
struct Globals {
    /// How many places there were when they were looked up, and how many variables that were ever changed.
    known: (usize, usize),
    /// What those refer to that come before the next changed one; and that one.
    all: Vec<(Box<[u32]>, PlaceId)>,
}

/// Marks a global variable that does not look as it did first. No thing has so high a number.
const CHANGED: u32 = 1 << 31;
/// Stands for something that has no number.
const SOME: u32 = NONE - 1;
/// Stands for the thread itself.
const ME: u32 = NONE - 2;

impl Canonical {
    /// The state's key. `at` gives the number of the part that lies at a place. `symmetric`: the main thread does no more
    /// with the others than to join them all.
    pub fn key(&mut self, space: &Space, at: &[Number], symmetric: bool) -> &[u32] {
        self.prepare(space);
        self.key.clear();
        self.queue.clear();
        self.round += 1;
        self.numbers.resize(space.thing_count().max(self.numbers.len()), (0, 0));
        let main = space.threads()[0].thing;
        self.number(main);
        self.key.extend([if symmetric { SOME } else { 0 }, space.output(at), space.faults(at)]);
        if let Some(thread) = space.kept_by(at) {
            let number = self.number(thread);
            self.key.push(number);
        }
        if symmetric {
            self.add_past_threads(space, at);
            self.look_at_threads(space, at);
            let from = self.queue.len();
            for index in 0..self.looks.len() {
                let thread = self.looks[index].2;
                self.number(thread);
            }
            self.add_main(space, at, main);
            self.catch_up(space, at, from);
            let from = self.queue.len();
            for index in 0..self.met.len() {
                let (place, thread) = self.met[index];
                self.key[place] = self.number(thread);
            }
            self.catch_up(space, at, from);
        } else {
            self.add(space, space.rest(), at[space.rest() as usize]);
            self.add_globals(space, at, Canonical::refer);
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
                && let Some((round, number)) = self.numbers.get(thing as usize)
                && *round == self.round
            {
                threads.push((*number, seat as SeatId));
            }
        }
        threads.sort_unstable();
        threads.into_iter().map(|(_, seat)| seat).collect()
    }

    /// Adds the global variables. Of one that looks as it did first it is enough to say to what it refers.
    fn add_globals(&mut self, space: &Space, at: &[Number], refer: impl Fn(&mut Canonical, &Space, &[u32])) {
        let globals = std::mem::take(&mut self.globals);
        for (things, place) in &globals.all {
            refer(self, space, things);
            if *place == NONE {
                continue;
            }
            let part = at[*place as usize];
            let (shape, things) = space.shape(*place, part);
            if part != 0 && shape != space.shape(*place, 0).0 {
                self.key.extend([place | CHANGED, shape]);
            }
            refer(self, space, things);
        }
        self.globals = globals;
    }

    /// Adds what belongs to nobody, the global variables, and what they lead to but through threads.
    fn add_past_threads(&mut self, space: &Space, at: &[Number]) {
        self.met.clear();
        let (shape, things) = space.shape(space.rest(), at[space.rest() as usize]);
        self.key.push(shape);
        self.refer_past_threads(space, things);
        self.add_globals(space, at, Canonical::refer_past_threads);
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

    /// Puts the threads that are alive in the order of how they look by themselves.
    fn look_at_threads(&mut self, space: &Space, at: &[Number]) {
        self.looks.clear();
        self.look.clear();
        for seat in &space.threads()[1..] {
            if !space.is_there(seat.own, at[seat.own as usize]) {
                continue;
            }
            let me = seat.thing;
            let start = self.look.len();
            for place in [seat.own, seat.row] {
                let (shape, things) = space.shape(place, at[place as usize]);
                self.look.push(shape);
                for &thing in things {
                    let (round, number) = self.numbers[thing as usize];
                    let told = if round == self.round { number } else { SOME };
                    self.look.push(if thing == me { ME } else { told });
                }
            }
            let met = self.met.iter().position(|(_, thing)| *thing == me).map_or(NONE, |at| at as u32);
            self.looks.push((start..self.look.len(), met, me));
        }
        let look = &self.look;
        self.looks.sort_unstable_by(|(one, met, me), (other, its, it)| {
            look[one.clone()].cmp(&look[other.clone()]).then((met, me).cmp(&(its, it)))
        });
    }

    fn prepare(&mut self, space: &Space) {
        let known = (space.width(), space.globals_changed());
        if self.globals.known == known {
            return;
        }
        let (mut all, mut things) = (Vec::new(), Vec::new());
        for (place, name) in (0..).zip(space.places()) {
            if !matches!(name, Place::Global(_)) {
                continue;
            }
            if space.count(place) > 1 {
                all.push((std::mem::take(&mut things).into(), place));
            } else {
                things.extend_from_slice(space.shape(place, 0).1);
            }
        }
        all.push((things.into(), NONE));
        self.globals = Globals { known, all };
    }

    /// The thing's number; it gets the next one when it is new.
    fn number(&mut self, thing: u32) -> u32 {
        let next = self.queue.len() as u32;
        let (round, number) = &mut self.numbers[thing as usize];
        if *round != self.round {
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
            let [first, second] = space.homes(thing);
            if first == NONE {
                // As if its place was known, and nothing lay there: that it gets to be known changes no state.
                self.key.push(0);
            } else {
                self.add(space, first, number_at(at, first));
            }
            if second != NONE {
                self.add(space, second, number_at(at, second));
            }
            next += 1;
        }
    }

    /// Adds the threads that nothing leads to.
    fn left_over(&mut self, space: &Space, at: &[Number]) {
        let is_left = |seat: &&Seat| {
            self.numbers[seat.thing as usize].0 != self.round && space.is_there(seat.own, at[seat.own as usize])
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
    let mut canonical = Canonical { round: 1, numbers: vec![(0, 0); space.thing_count()], ..Canonical::default() };
    canonical.number(thing);
    canonical.catch_up(space, at, 0);
    canonical.key
}

/// A hash of a key.
pub fn hash(key: &[u32]) -> u64 {
    let mut hash = 0_u64;
    let (pairs, rest) = key.as_chunks::<2>();
    let pairs = pairs.iter().map(|[first, second]| u64::from(*first) << 32 | u64::from(*second));
    for pair in pairs.chain(rest.iter().map(|last| u64::from(*last))) {
        hash = (hash.rotate_left(23) ^ pair).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    hash ^ (hash >> 29)
}
