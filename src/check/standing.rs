//! What a thread may do where it stands: all of its attempts together, and what follows from them.
//!
//! This, too, is found out once, and looked up in all other states that agree in what the attempts come upon.

use super::effects::{Decisions, EffectId, Tree};
use super::future::{Footprint, Futures, Version};
use super::space::{NONE, Number, PlaceId, SeatId, Space, number_at};
use super::way::{ALTERNATIVES, WAKE};
use crate::machine::parts::Guard;

/// A standing, by its number.
pub(super) type StandingId = u32;

/// That of a thread that is not alive.
pub(super) const OVER: StandingId = 0;

/// What a thread may do.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    /// Its own part.
    pub(super) own: Number,
    /// What its attempts do, and which of them are possible, as a set of bits.
    pub(super) attempts: [EffectId; ALTERNATIVES.len()],
    pub(super) able: u16,
    /// How many those are.
    pub(super) ways: u32,
    /// What they read and write, and the same but for those that are not possible.
    pub(super) all: Footprint,
    pub(super) possible: Footprint,
    /// What it waits for, if it can do nothing else.
    pub(super) waits: Waits,
    /// What it may still do, whatever the others do, and the guards on its ways: once that was asked.
    future: Option<(Footprint, u64)>,
    seat: SeatId,
}

/// What a thread may wait for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Waits {
    /// It can go on otherwise.
    Nothing,
    /// A lock, by its place among [`Space::locks`].
    Lock(usize),
    /// The end of a thread.
    End(Option<SeatId>),
}

/// All standings that were ever met.
#[derive(Debug)]
pub(super) struct Standings {
    all: Vec<Standing>,
    decisions: Decisions,
    /// By thread and its own part: while faults may strike, and while none are left.
    trees: Vec<Vec<[Tree; 2]>>,
    /// What was known when it was found out what follows from the attempts.
    known: Version,
    /// The ways that need not come and are tried, by their indices.
    pub(super) lucky: Vec<usize>,
}

impl Default for Standings {
    fn default() -> Self {
        let over = Standing::new(0, NONE);
        let (decisions, trees, known) = (Decisions::default(), Vec::new(), Version::default());
        Standings { all: vec![over], decisions, trees, known, lucky: Vec::new() }
    }
}

impl Standing {
    fn new(seat: SeatId, own: Number) -> Standing {
        let (all, possible) = (Footprint::default(), Footprint::default());
        let (attempts, able) = ([NONE; ALTERNATIVES.len()], 0);
        Standing { own, attempts, able, ways: 0, all, possible, waits: Waits::Nothing, future: None, seat }
    }

    /// Finds out what follows from the attempts, with all that is known by now.
    fn weigh(&mut self, space: &Space, futures: &mut Futures) {
        (self.able, self.all, self.possible) = (0, Footprint::default(), Footprint::default());
        for (alternative, effect) in self.attempts.into_iter().enumerate().filter(|(_, effect)| *effect != NONE) {
            let footprint = futures.of_effect(effect);
            self.all = self.all.with(footprint);
            if space.effect(effect).done.is_some() {
                self.able |= 1 << alternative;
                self.possible = self.possible.with(footprint);
            }
        }
        self.ways = self.able.count_ones();
        self.future = None;
        self.waits = match futures.guard(space, self.seat, self.own) {
            None => Waits::Nothing,
            Some(Guard::Thread(thread)) => Waits::End(space.seat(thread)),
            Some(Guard::Lock(lock)) => {
                let lock = space.locks().iter().position(|(_, known)| *known == lock);
                lock.map_or(Waits::Nothing, Waits::Lock)
            }
        };
    }
}

impl Standings {
    /// The standing with this number.
    #[inline]
    pub(super) fn get(&self, id: StandingId) -> &Standing {
        &self.all[id as usize]
    }

    /// What the thread may still do, whatever the others do, and the guards on its ways.
    #[inline]
    pub(super) fn future(&mut self, space: &Space, futures: &mut Futures, id: StandingId) -> (Footprint, u64) {
        let Standing { seat, own, future, .. } = &mut self.all[id as usize];
        *future.get_or_insert_with(|| (futures.of(space, *seat, *own, 0), futures.ahead(space, *seat, *own)))
    }

    /// A round begins: what is said of futures is said anew.
    pub(super) fn forget_futures(&mut self) {
        self.all.iter_mut().for_each(|standing| standing.future = None);
    }

    /// Takes in what is known by now.
    #[inline]
    pub(super) fn refresh(&mut self, space: &Space, futures: &mut Futures) {
        futures.take_in(space);
        if self.known != futures.version() {
            self.known = futures.version();
            self.all[1..].iter_mut().for_each(|standing| standing.weigh(space, futures));
        }
    }

    /// How the thread stands in the state. `harmless`: there are no faults left.
    #[inline]
    pub(super) fn find(
        &mut self,
        space: &mut Space,
        futures: &mut Futures,
        (seat, at): (SeatId, &[Number]),
        harmless: bool,
    ) -> StandingId {
        let place = space.threads()[seat as usize].own;
        let own = number_at(at, place);
        let trees = self.trees.get(seat as usize).and_then(|trees| trees.get(own as usize));
        let tree = trees.and_then(|trees| trees[usize::from(harmless)]);
        match self.decisions.find(tree, at) {
            Some(standing) => standing,
            None if space.is_there(place, own) => self.learn(space, futures, (seat, at), harmless),
            None => OVER,
        }
    }

    #[cold]
    fn learn(
        &mut self,
        space: &mut Space,
        futures: &mut Futures,
        (seat, at): (SeatId, &[Number]),
        harmless: bool,
    ) -> StandingId {
        let own = number_at(at, space.threads()[seat as usize].own);
        let mut standing = Standing::new(seat, own);
        let mut asked: Vec<(PlaceId, Number)> = Vec::new();
        for alternative in (0..WAKE).chain(self.lucky.iter().copied().filter(|way| *way == WAKE || !harmless)) {
            let effect = space.attempt(seat, alternative, at);
            standing.attempts[alternative] = effect;
            for place in &space.effect(effect).reads {
                if asked.iter().all(|(known, _)| known != place) {
                    asked.push((*place, number_at(at, *place)));
                }
            }
        }
        self.refresh(space, futures);
        standing.weigh(space, futures);
        let id = self.all.len() as StandingId;
        self.all.push(standing);
        if self.trees.len() <= seat as usize {
            self.trees.resize_with(seat as usize + 1, Vec::new);
        }
        let trees = &mut self.trees[seat as usize];
        if trees.len() <= own as usize {
            trees.resize(own as usize + 1, [None; 2]);
        }
        self.decisions.add(&mut trees[own as usize][usize::from(harmless)], &asked, id);
        id
    }
}
