//! What a thread may still do: which parts it may read and write from where it stands.
//!
//! This is not worked out from the program's text, but found in the graph of the thread's own parts as far as it is known:
//! the steps that the search has done, and what they lead to. So it tells the first philosopher's forks from the second's. When
//! a search is through, and knows more, it looks whether all that was said still holds. If not, it begins again; in the last
//! round no choice was wrong.

use super::effects::EffectId;
use super::space::{NONE, Number, PlaceId, Seat, SeatId, Space, number_at};
use crate::base::ThreadId;
use crate::machine::parts::{self, Address, Guard, Need, Part, Place};
use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashSet};

/// Reads and writes of places that are ever written, by their numbers among those: a bit for each; the last bit stands for
/// all that come later.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Footprint {
    reads: u128,
    writes: u128,
}

impl Footprint {
    /// Whether it matters which of the two comes first.
    #[inline]
    pub(super) fn conflicts(self, other: Footprint) -> bool {
        (self.writes & (other.reads | other.writes)) | (self.reads & other.writes) != 0
    }

    /// Whether it changes what the other reads.
    #[inline]
    pub(super) fn changes(self, other: Footprint) -> bool {
        self.writes & other.reads != 0
    }

    /// Both.
    #[inline]
    pub(super) fn with(self, other: Footprint) -> Footprint {
        Footprint { reads: self.reads | other.reads, writes: self.writes | other.writes }
    }

    /// Whether the other is no more than this.
    fn covers(self, other: Footprint) -> bool {
        self.with(other) == self
    }
}

/// A step that writes so many places for the first time makes them known to others, as the first start of a thread does. Most of them
/// nobody ever writes again: they have one bit together, until somebody does.
const PUBLISHED: usize = 32;
/// Their number: that of the last bit.
const TOGETHER: u32 = 127;

fn bit_of(number: u32) -> u128 {
    1 << number.min(127)
}

/// What is known of a thread's own part.
#[derive(Clone, Default, Debug)]
struct Stand {
    /// What the thread waits for there, if it is a guard, and its bit in a mask; 0: none.
    guard: (Option<Guard>, u64),
    asked: bool,
    /// The guards on its ways from there.
    ahead: u64,
    /// The threads that it may start, by their seats.
    starts: u64,
    /// What it may still do while others keep it from passing these guards.
    futures: Vec<(u64, Footprint)>,
    /// What was said of that in this round.
    told: Vec<(u64, Footprint)>,
    /// The threads that it was said to start.
    told_starts: u64,
}

/// How much was known when something was said.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Version {
    /// How many places were ever written.
    hots: u32,
    /// How often footprints became more.
    rewritten: usize,
    /// How many effects were known when the futures were last forgotten.
    forgotten: usize,
}

/// The futures of all threads.
#[derive(Debug, Default)]
pub(super) struct Futures {
    stands: Vec<Vec<Stand>>,
    /// How many effects were known when the futures were last forgotten.
    version: usize,
    bits: IndexSet<Need, FxBuildHasher>,
    /// The numbers of places that are ever written, by place.
    hot: Vec<u32>,
    hots: u32,
    /// By effect.
    footprints: Vec<Footprint>,
    /// By effect: what must come to pass before.
    needs: Vec<u64>,
    /// The threads that the main thread joins one after the other from where it stands, if it does no more with threads.
    joins: Vec<Option<Option<u64>>>,
    /// What was said of that in this round.
    told_joins: Vec<(Number, Option<u64>)>,
    /// How many places were written, and locks released by others, and how often footprints changed, when the round began.
    round: (u32, usize, usize),
    /// How many places what is asked rests on, the bit of those who write there, and how often that became more.
    observed: usize,
    seen: u128,
    rewritten: usize,
    /// Locks that were released by a thread that did not have them.
    foreign: FxHashSet<Address>,
    /// How many processes others have done something to, and the threads there: others may end them.
    meddled: usize,
    mortal: FxHashSet<ThreadId>,
}

impl Futures {
    /// A lock was released by a thread that did not have it. Whether that is new.
    pub(super) fn note_foreign(&mut self, lock: Address) -> bool {
        self.foreign.insert(lock)
    }

    /// A round begins, with all that is known by now.
    pub(super) fn begin(&mut self, space: &Space) {
        self.forget(space);
        for stand in self.stands.iter_mut().flatten() {
            stand.told.clear();
            stand.told_starts = 0;
        }
        self.told_joins.clear();
        self.round = (self.hots, self.foreign.len(), self.rewritten);
    }

    /// Forgets what may have become more, if much is new.
    pub(super) fn refresh(&mut self, space: &Space) {
        self.take_in(space);
        if space.effects() > self.version + self.version / 4 + 16 {
            self.forget(space);
        }
    }

    fn forget(&mut self, space: &Space) {
        self.take_in(space);
        self.version = space.effects();
        self.stands.iter_mut().flatten().for_each(|stand| stand.futures.clear());
        self.joins.clear();
    }

    /// Whether all that was said in this round still holds, with all that is known by now: then no choice was wrong.
    pub(super) fn hold(&mut self, space: &Space) -> bool {
        self.forget(space);
        if self.round != (self.hots, self.foreign.len(), self.rewritten) {
            return false;
        }
        for seat in 0..self.stands.len() {
            for own in 0..self.stands[seat].len() {
                let (told, starts) = (self.stands[seat][own].told.clone(), self.stands[seat][own].told_starts);
                for (guards, said) in told {
                    let (future, _, may_start) = self.found(space, (seat as SeatId, own as Number), guards);
                    if !said.covers(future) || may_start & !starts != 0 {
                        return false;
                    }
                }
            }
        }
        std::mem::take(&mut self.told_joins).into_iter().all(|(own, joined)| self.joined_from(space, own) == joined)
    }

    /// Adds the footprints of new effects. What is asked of states rests on some places: steps that write one of them are seen,
    /// and it makes a difference in which order they come.
    #[inline]
    pub(super) fn take_in(&mut self, space: &Space) {
        if self.observed != space.observed().len()
            || self.meddled != space.meddled().len()
            || self.footprints.len() != space.effects()
        {
            self.take_in_new(space);
        }
    }

    /// How many threads others may end.
    pub(super) fn mortals(&self) -> usize {
        self.mortal.len()
    }

    /// What is known.
    #[inline]
    pub(super) fn version(&self) -> Version {
        Version { hots: self.hots, rewritten: self.rewritten, forgotten: self.version }
    }

    #[cold]
    fn take_in_new(&mut self, space: &Space) {
        if self.observed != space.observed().len() {
            if self.observed == 0 {
                self.seen = bit_of(self.hots);
                self.hots += 1;
            }
            self.observed = space.observed().len();
            self.footprints.clear();
            self.needs.clear();
            self.rewritten += 1;
        }
        if self.meddled != space.meddled().len() {
            self.meddled = space.meddled().len();
            self.stands.clear();
            self.joins.clear();
            self.footprints.clear();
            self.needs.clear();
            self.rewritten += 1;
        }
        let meddled = |seat: &&Seat| space.meddled().contains(&seat.process);
        self.mortal.extend(space.threads().iter().filter(meddled).map(|seat| seat.thread));
        self.footprints.reserve(space.effects() - self.footprints.len());
        for effect in self.footprints.len()..space.effects() {
            let effect = effect as EffectId;
            let writes = space.effect(effect).done.iter().flat_map(|done| &done.writes).map(|(place, _)| *place);
            let cold: Vec<PlaceId> = writes.filter(|place| matches!(self.hot(*place), NONE | TOGETHER)).collect();
            let publishes = cold.iter().filter(|place| self.hot(**place) == NONE).count() >= PUBLISHED;
            for place in cold {
                let number = if publishes { TOGETHER } else { self.hots };
                self.hots += u32::from(!publishes);
                self.heat(space, place, effect, number);
            }
            let footprint = self.footprint(space, effect);
            self.footprints.push(footprint);
            let needs = space.effect(effect).needs.iter().fold(0, |all, need| all | self.bit(*need));
            self.needs.push(needs);
        }
    }

    /// The number of a place that is written; `NONE` before.
    fn hot(&self, place: PlaceId) -> u32 {
        self.hot.get(place as usize).copied().unwrap_or(NONE)
    }

    /// A place is written for the first time, or for the first time after it was made known: it gets that number.
    fn heat(&mut self, space: &Space, place: PlaceId, until: EffectId, number: u32) {
        if self.hot.len() <= place as usize {
            self.hot.resize(place as usize + 1, NONE);
        }
        self.hot[place as usize] = number;
        for id in 0..until {
            let effect = space.effect(id);
            if effect.reads.contains(&place) && !space.is_read_by_all(effect.seat, place) {
                self.footprints[id as usize].reads |= bit_of(number);
            }
            let is_own = space.threads()[effect.seat as usize].own == place;
            if !is_own && effect.done.iter().flat_map(|done| &done.writes).any(|(written, _)| *written == place) {
                self.footprints[id as usize].writes |= bit_of(number);
            }
        }
    }

    /// What belongs to nobody counts only where it is written; every step reads it. That a thread changes its own part counts
    /// for nobody else.
    fn footprint(&self, space: &Space, effect: EffectId) -> Footprint {
        let effect = space.effect(effect);
        let mut footprint = Footprint::default();
        for place in effect.reads.iter().filter(|place| !space.is_read_by_all(effect.seat, **place)) {
            if let Some(hot) = self.hot.get(*place as usize).filter(|hot| **hot != NONE) {
                footprint.reads |= bit_of(*hot);
            }
        }
        let mine = space.threads()[effect.seat as usize].own;
        for (place, _) in effect.done.iter().flat_map(|done| &done.writes) {
            if *place != mine {
                footprint.writes |= bit_of(self.hot[*place as usize]);
            }
            if space.observed().contains(place) {
                footprint.writes |= self.seen;
            }
        }
        footprint
    }

    /// What the effect reads and writes.
    #[inline]
    pub(super) fn of_effect(&self, effect: EffectId) -> Footprint {
        self.footprints[effect as usize]
    }

    /// The bit of what is needed; 0 when there are too many.
    pub(super) fn bit(&mut self, need: Need) -> u64 {
        match need {
            Need::Release(lock) if self.foreign.contains(&lock) => return 0,
            Need::End(thread) if self.mortal.contains(&thread) => return 0,
            Need::Release(_) | Need::End(_) | Need::Fault | Need::Start(_) | Need::Wait(_) => {}
        }
        let (number, _) = self.bits.insert_full(need);
        if number < 64 { 1 << number } else { 0 }
    }

    /// What the thread waits for with this own part, if it is a guard.
    pub(super) fn guard(&mut self, space: &Space, seat: SeatId, own: Number) -> Option<Guard> {
        self.stand(space, seat, own).guard.0
    }

    fn find_guard(space: &Space, seat: SeatId, own: Number) -> Option<Guard> {
        let Some(Part::Thread(thread)) = space.part(space.threads()[seat as usize].own, own) else { return None };
        parts::guard(thread, space)
    }

    fn stand(&mut self, space: &Space, seat: SeatId, own: Number) -> &mut Stand {
        let (seat_, own_) = (seat as usize, own as usize);
        if self.stands.len() <= seat_ {
            self.stands.resize_with(seat_ + 1, Vec::new);
        }
        if self.stands[seat_].len() <= own_ {
            self.stands[seat_].resize_with(own_ + 1, Stand::default);
        }
        if !self.stands[seat_][own_].asked {
            let guard = Self::find_guard(space, seat, own);
            let bit = guard.map_or(0, |guard| self.bit(guard.into()));
            let stand = &mut self.stands[seat_][own_];
            (stand.guard, stand.asked, stand.ahead) = ((guard, bit), true, u64::MAX);
        }
        &mut self.stands[seat_][own_]
    }

    /// What the thread may still do while others have these guards.
    #[inline]
    pub(super) fn of(&mut self, space: &Space, seat: SeatId, own: Number, guards: u64) -> Footprint {
        if let Some(stand) = self.stands.get(seat as usize).and_then(|stands| stands.get(own as usize)) {
            let guards = guards & stand.ahead;
            if let Some((_, known)) = stand.futures.iter().find(|(mask, _)| *mask == guards) {
                return *known;
            }
        }
        self.find(space, seat, own, guards)
    }

    #[cold]
    fn find(&mut self, space: &Space, seat: SeatId, own: Number, guards: u64) -> Footprint {
        if self.stand(space, seat, own).futures.is_empty() {
            let (future, ahead, starts) = self.found(space, (seat, own), 0);
            let stand = self.stand(space, seat, own);
            (stand.ahead, stand.starts) = (ahead, starts);
            stand.told_starts = if stand.told.is_empty() { starts } else { stand.told_starts & starts };
            stand.tell(0, future);
        }
        let guards = guards & self.stand(space, seat, own).ahead;
        if let Some((_, known)) = self.stand(space, seat, own).futures.iter().find(|(mask, _)| *mask == guards) {
            return *known;
        }
        let (future, ..) = self.found(space, (seat, own), guards);
        self.stand(space, seat, own).tell(guards, future);
        future
    }

    /// The guards on the thread's ways from there, as far as it was asked what it may still do.
    pub(super) fn ahead(&mut self, space: &Space, seat: SeatId, own: Number) -> u64 {
        self.stand(space, seat, own).ahead
    }

    /// The threads that the thread may start from there, by their seats.
    pub(super) fn starts(&mut self, space: &Space, seat: SeatId, own: Number) -> u64 {
        self.of(space, seat, own, 0);
        self.stand(space, seat, own).starts
    }

    /// The bits of the row of a thread that is joined, and of its process. Of these only its end matters, which is a guard:
    /// whatever else others do there makes no difference to who joins.
    fn joined(&self, space: &Space, guard: Option<Guard>) -> u128 {
        let Some(Guard::Thread(thread)) = guard else { return 0 };
        let seat = space.seat(thread).map(|seat| space.threads()[seat as usize]);
        let places = seat.into_iter().flat_map(|seat| [seat.row, seat.process]);
        let hots = places.filter_map(|place| self.hot.get(place as usize));
        hots.filter(|hot| **hot < 127).fold(0, |all, hot| all | bit_of(*hot))
    }

    /// What can be done from there, the guards on the way, and the threads that may be started.
    fn found(&mut self, space: &Space, start: (SeatId, Number), guards: u64) -> (Footprint, u64, u64) {
        let (mut future, mut ahead, mut starts) = (Footprint::default(), 0, 0);
        let (mut work, mut seen) = (vec![start], FxHashSet::default());
        seen.insert(start);
        while let Some((seat, own)) = work.pop() {
            let (guard, bit) = self.stand(space, seat, own).guard;
            ahead |= bit;
            if bit & guards != 0 {
                continue;
            }
            let joined = self.joined(space, guard);
            for &effect in space.effects_of(seat, own) {
                let Some(footprint) = self.footprints.get(effect as usize) else { continue };
                let needs = self.needs[effect as usize];
                ahead |= needs;
                if needs & guards != 0 {
                    continue;
                }
                future = future.with(Footprint { reads: footprint.reads & !joined, ..*footprint });
                let Some(done) = &space.effect(effect).done else { continue };
                starts = done.started.iter().fold(starts, |all, (seat, _)| all | seat_bit(*seat));
                for next in [(seat, done.own)].into_iter().chain(done.started.iter().copied()) {
                    if seen.insert(next) {
                        work.push(next);
                    }
                }
            }
        }
        (future, ahead, starts)
    }
}

/// The bit of a thread; 0 when there are too many.
pub(super) fn seat_bit(seat: SeatId) -> u64 {
    if seat < 64 { 1 << seat } else { 0 }
}

impl Stand {
    fn tell(&mut self, guards: u64, future: Footprint) {
        self.futures.push((guards, future));
        self.told.push((guards, future));
    }
}

impl Futures {
    /// Whether all that the main thread does with the others from now on is to join them all, as far as is known.
    pub(super) fn only_joins(&mut self, space: &Space, at: &[Number]) -> bool {
        let Some(main) = space.main_seat() else { return false };
        if space.threads().len() > 64 {
            return false;
        }
        let own = number_at(at, space.threads()[main as usize].own);
        if self.joins.len() <= own as usize {
            self.joins.resize(own as usize + 1, None);
        }
        let joined = match self.joins[own as usize] {
            Some(known) => known,
            None => {
                let found = self.joined_from(space, own);
                self.joins[own as usize] = Some(found);
                self.told_joins.push((own, found));
                found
            }
        };
        let others = (0..).zip(space.threads()).filter(|(seat, _)| *seat != main);
        let mut alive = others.filter(|(_, seat)| space.is_there(seat.own, number_at(at, seat.own)));
        joined.is_some_and(|joined| alive.all(|(seat, _)| joined & (1 << seat) != 0))
    }

    fn joined_from(&mut self, space: &Space, own: Number) -> Option<u64> {
        let main = space.main_seat()?;
        let (mut joined, mut at) = (0, own);
        while let Some(Guard::Thread(thread)) = self.guard(space, main, at) {
            let seat = space.seat(thread)?;
            if joined & (1 << seat) != 0 {
                return None;
            }
            joined |= 1 << seat;
            let done = space.effects_of(main, at).iter().find_map(|effect| space.effect(*effect).done.as_ref())?;
            at = done.own;
        }
        (joined != 0 && self.leaves_threads_alone(space, main, at)).then_some(joined)
    }

    /// Whether the thread meets no other thread's row or object from there on, but at its end.
    fn leaves_threads_alone(&self, space: &Space, main: SeatId, own: Number) -> bool {
        let Seat { own: place, row, process, .. } = space.threads()[main as usize];
        let (mut work, mut seen) = (vec![own], FxHashSet::default());
        while let Some(at) = work.pop() {
            if !seen.insert(at) {
                continue;
            }
            if let Some(Part::Thread(thread)) = space.part(place, at)
                && parts::ends(thread)
            {
                continue;
            }
            if space.effects_of(main, at).is_empty() && space.is_there(place, at) {
                return false;
            }
            for effect in space.effects_of(main, at) {
                let effect = space.effect(*effect);
                let meets = |place: &PlaceId| match space.name(*place) {
                    Place::Row(_) => *place != row,
                    Place::Object(at) => space.is_thread_object(at),
                    Place::Process(_) => *place != process,
                    Place::Rest | Place::Thread(_) | Place::Global(..) => false,
                    Place::Output | Place::Faults | Place::Turn => false,
                };
                if effect.reads.iter().any(meets) {
                    return false;
                }
                work.extend(effect.done.iter().map(|done| done.own));
            }
        }
        true
    }
}

/// The thread that has the lock in this state.
pub(super) fn owner(space: &Space, at: &[Number], lock: Address) -> Option<ThreadId> {
    let place = space.find(Place::Object(lock))?;
    parts::owner(parts::object(space.part(place, number_at(at, place))?)?)
}
