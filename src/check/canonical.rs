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
use crate::base::ThreadId;
use crate::machine::parts::{Place, Reference};
use std::ops::Range;

/// Makes keys.
#[derive(Debug, Default)]
pub struct Canonical {
    /// The numbers of things in the key that is being made, with the key in which they got it.
    numbers: Vec<(u32, u32)>,
    round: u32,
    queue: Vec<u32>,
    key: Vec<u32>,
    /// The global variables, and how many places there were when they were looked up.
    globals: (Vec<PlaceId>, usize),
    /// How the threads look by themselves: from where to where in `look`, where other objects refer to them first, and which
    /// they are.
    looks: Vec<(Range<usize>, u32, u32)>,
    look: Vec<u32>,
    /// Threads, in the order in which objects refer to them.
    met: Vec<u32>,
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
    pub fn key(&mut self, space: &mut Space, at: &[Number], symmetric: bool) -> &[u32] {
        self.prepare(space);
        if symmetric {
            self.look_at(space, at);
        }
        self.key.clear();
        self.begin(space);
        let main = space.thing(Reference::Thread(ThreadId::MAIN));
        self.number(main);
        if symmetric {
            self.key.push(SOME);
            for index in 0..self.looks.len() {
                let thread = self.looks[index].2;
                self.number(thread);
            }
        }
        if let Some(rest) = space.find(Place::Rest) {
            self.add(space, rest, at[rest as usize]);
        }
        for index in 0..self.globals.0.len() {
            let place = self.globals.0[index];
            self.add_global(space, place, at[place as usize]);
        }
        self.key.extend([space.output(at), space.faults(at)]);
        if let Some(thread) = space.kept_by(at) {
            let number = self.number(thread);
            self.key.push(number);
        }
        if symmetric {
            self.add_main(space, at, main);
        }
        self.catch_up(space, at, usize::from(symmetric));
        self.left_over(space, at);
        &self.key
    }

    /// The threads that are alive, in the order in which the last key, which was this state's, has them.
    pub fn order(&self, space: &mut Space, at: &[Number]) -> Vec<SeatId> {
        let mut threads = Vec::new();
        for seat in 0..space.threads().len() {
            let Seat { thread, own, .. } = space.threads()[seat];
            let thing = space.thing(Reference::Thread(thread));
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

    /// Adds a global variable. If it looks as it did first, it is enough to say to what it refers.
    fn add_global(&mut self, space: &Space, place: PlaceId, part: Number) {
        let (shape, things) = space.shape(place, part);
        if part != 0 && shape != space.shape(place, 0).0 {
            self.key.extend([place | CHANGED, shape]);
        }
        self.refer(things);
    }

    /// The main thread's parts, whichever threads it refers to.
    fn add_main(&mut self, space: &Space, at: &[Number], main: u32) {
        for place in space.homes(main) {
            let (shape, things) = space.shape(place, at[place as usize]);
            self.key.push(shape);
            for &thing in things {
                if space.is_thread(thing) {
                    self.key.push(SOME);
                } else if thing != NONE {
                    let number = self.number(thing);
                    self.key.push(number);
                }
            }
        }
    }

    /// Puts the threads that are alive in the order of how they look by themselves.
    fn look_at(&mut self, space: &mut Space, at: &[Number]) {
        self.begin(space);
        self.met.clear();
        for index in 0..self.globals.0.len() {
            let place = self.globals.0[index];
            self.refer_past_threads(space, place, at[place as usize]);
        }
        let mut next = 0;
        while let Some(&thing) = self.queue.get(next) {
            let place = space.homes(thing)[0];
            if place != NONE {
                self.refer_past_threads(space, place, number_at(at, place));
            }
            next += 1;
        }
        self.looks.clear();
        self.look.clear();
        for seat in 0..space.threads().len() {
            let seat = space.threads()[seat];
            if seat.thread == ThreadId::MAIN || !space.is_there(seat.own, at[seat.own as usize]) {
                continue;
            }
            let me = space.thing(Reference::Thread(seat.thread));
            let start = self.look.len();
            for place in [seat.own, seat.row] {
                let (shape, things) = space.shape(place, at[place as usize]);
                self.look.push(shape);
                self.look.extend(things.iter().filter(|thing| **thing != NONE).map(|thing| {
                    match self.numbers.get(*thing as usize) {
                        _ if *thing == me => ME,
                        Some((round, number)) if *round == self.round => *number,
                        Some(_) | None => SOME,
                    }
                }));
            }
            let met = self.met.iter().position(|thing| *thing == me).map_or(NONE, |at| at as u32);
            self.looks.push((start..self.look.len(), met, me));
        }
        let look = &self.look;
        self.looks.sort_unstable_by(|(one, met, me), (other, its, it)| {
            look[one.clone()].cmp(&look[other.clone()]).then((met, me).cmp(&(its, it)))
        });
    }

    /// Numbers what the part refers to, but for threads: of those it notes the order.
    fn refer_past_threads(&mut self, space: &Space, place: PlaceId, part: Number) {
        for &thing in space.shape(place, part).1 {
            if thing == NONE {
                continue;
            }
            if !space.is_thread(thing) {
                self.number(thing);
            } else if !self.met.contains(&thing) {
                self.met.push(thing);
            }
        }
    }

    fn prepare(&mut self, space: &Space) {
        if self.globals.1 == space.width() {
            return;
        }
        let globals = space.places().enumerate().filter(|(_, place)| matches!(place, Place::Global(_)));
        self.globals = (globals.map(|(place, _)| place as PlaceId).collect(), space.width());
    }

    fn begin(&mut self, space: &Space) {
        self.round += 1;
        self.queue.clear();
        self.numbers.resize(space.thing_count().max(self.numbers.len()), (0, 0));
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
        self.refer(things);
    }

    /// Adds the numbers of things.
    fn refer(&mut self, things: &[u32]) {
        for &thing in things {
            if thing != NONE {
                let number = self.number(thing);
                self.key.push(number);
            }
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
            }
            for place in [first, second].into_iter().filter(|place| *place != NONE) {
                self.add(space, place, number_at(at, place));
            }
            next += 1;
        }
    }

    /// Adds the threads that nothing leads to.
    fn left_over(&mut self, space: &mut Space, at: &[Number]) {
        let alive = |own: PlaceId| space.part(own, at[own as usize]).is_some();
        let seats: Vec<_> = space.threads().iter().filter(|seat| alive(seat.own)).map(|seat| seat.thread).collect();
        let mut left = Vec::new();
        for thread in seats {
            let thing = space.thing(Reference::Thread(thread));
            if self.numbers.get(thing as usize).is_none_or(|(round, _)| *round != self.round) {
                left.push(thing);
            }
        }
        if left.is_empty() {
            return;
        }
        let mut sorted: Vec<(Vec<u32>, u32)> = left.into_iter().map(|thing| (alone(space, at, thing), thing)).collect();
        sorted.sort_unstable();
        for (_, thing) in sorted {
            let from = self.queue.len();
            self.number(thing);
            self.catch_up(space, at, from);
        }
    }
}

/// The key of a thread by itself.
fn alone(space: &Space, at: &[Number], thing: u32) -> Vec<u32> {
    let mut canonical = Canonical::default();
    canonical.begin(space);
    canonical.number(thing);
    canonical.catch_up(space, at, 0);
    canonical.key
}

/// A hash of a key.
pub fn hash(key: &[u32]) -> u64 {
    let mut hash = 0_u64;
    for &number in key {
        hash = (hash.rotate_left(23) ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    hash ^ (hash >> 29)
}
