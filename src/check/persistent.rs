//! Which threads have to go in a state so that nothing is missed: a *persistent set*.
//!
//! Let T be some threads. If nothing that the others may still do before any of T goes can meddle with what T's threads do
//! now, it does not matter whether the others go first: whatever can happen happens, in some order, after a step of T too.
//! (Godefroid, *Partial-Order Methods for the Verification of Concurrent Systems*, 1996.) T begins with one thread; each
//! that meddles comes in. A thread meddles if it may still read what a step writes, or write what a step reads or writes; and
//! with a step that is not possible now if it may make it possible.
//!
//! What lies behind a lock that a thread of T holds, or behind the end of one, the others cannot do before T goes. Nor can
//! they tell a thread of T something for which it does not wait yet, or which only T can start.

use super::effects::EffectId;
use super::future::{Footprint, Futures, owner, seat_bit};
use super::space::{NONE, Number, SeatId, Space, number_at};
use super::standing::{OVER, Standing, StandingId, Standings, Waits};
use super::way::WAKE;
use crate::machine::parts::{self, Need, Part};

/// A step that can be taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Choice {
    /// Who goes.
    pub seat: SeatId,
    /// How: an index of `ALTERNATIVES`.
    pub alternative: u8,
    /// What happens.
    pub effect: EffectId,
}

impl Choice {
    /// Whether it is luck if that comes: a wakeup without a notify, or a fault.
    pub(super) fn is_lucky(self) -> bool {
        usize::from(self.alternative) >= WAKE
    }
}

/// The ways to go on that have to come, as a set of bits.
const HAS_TO: u16 = (1 << WAKE) - 1;
/// The most threads among which to choose.
const MOST: usize = 64;

/// The bits of what a thread may have to do first.
#[derive(Clone, Copy, Debug)]
struct Bits {
    end: u64,
    start: u64,
    wait: u64,
}

/// Who has a lock, if anybody does.
type Owner = Option<SeatId>;

/// How far a thread is, by its row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stands {
    /// It was not started yet.
    Outside,
    /// It waits to be told.
    Waits,
    /// Neither.
    Inside,
}

/// What lies at a place, as far as it keeps threads from something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Keeper {
    /// A lock, by its place among [`Space::locks`].
    Lock(usize),
    /// The row of a thread.
    Row(SeatId),
    /// Anything else.
    Nothing,
}

/// What is known of the parts at a place, by their numbers: found out when it is first asked.
fn known<T: Copy>(all: &mut Vec<Vec<Option<T>>>, at: usize, number: Number, find: impl FnOnce() -> T) -> T {
    if all.len() <= at {
        all.resize_with(at + 1, Vec::new);
    }
    let all = &mut all[at];
    if all.len() <= number as usize {
        all.resize(number as usize + 1, None);
    }
    *all[number as usize].get_or_insert_with(find)
}

/// Chooses who has to go.
#[derive(Debug, Default)]
pub(super) struct Chooser {
    futures: Futures,
    standings: Standings,
    /// The state at hand.
    moment: Moment,
    /// By effect: whether it is known that it releases no lock of another thread, or that was noted.
    watched: Vec<bool>,
    /// What each thread keeps the others from: its locks, and its end.
    keeps: Vec<u64>,
    /// What no thread can do.
    none_left: u64,
    /// The bits of threads' ends, starts and waits, of locks being released, and of faults.
    threads: Vec<Bits>,
    /// How many of them others may end.
    mortals: usize,
    locks: Vec<u64>,
    fault: Option<u64>,
    /// Which others may meddle with what each thread does in the state at hand, as far as that was asked.
    meddlers: Vec<Option<u64>>,
    /// By place, for so many locks.
    keepers: Vec<Keeper>,
    keeping: usize,
    /// Who has each lock, by the number of the lock's part, as far as that was asked.
    owners: Vec<Vec<Option<Owner>>>,
    /// How each thread's row stands, likewise.
    rows: Vec<Vec<Option<Stands>>>,
    /// Who went last: it will often be the one who has to go on.
    pub(super) last: SeatId,
    /// How many faults there may be.
    pub(super) faults: Number,
}

/// What threads may do in one state.
#[derive(Default, Debug)]
pub(super) struct Moment {
    seats: Vec<StandingId>,
    /// There are no faults left.
    harmless: bool,
    /// Who has the interpreter lock, if that counts: the others cannot go.
    holder: Option<SeatId>,
    /// Who has which lock, and how threads' rows stand.
    owners: Vec<Owner>,
    rows: Vec<Stands>,
}

impl Moment {
    /// Becomes the same as that one, in the memory that it has.
    pub(super) fn set(&mut self, Moment { seats, harmless, holder, owners, rows }: &Moment) {
        (self.harmless, self.holder) = (*harmless, *holder);
        self.seats.clone_from(seats);
        self.owners.clone_from(owners);
        self.rows.clone_from(rows);
    }
}

impl Chooser {
    /// Tries these ways, by their indices, though they need not come: waking without a notify, and so many faults.
    pub(super) fn try_luck(&mut self, lucky: Vec<usize>, faults: Number) {
        (self.standings.lucky, self.faults) = (lucky, faults);
    }

    /// A round begins: nothing that was found before may have been too little.
    pub(super) fn begin(&mut self, space: &Space) {
        self.futures.begin(space);
        self.standings.forget_futures();
    }

    /// Whether no choice of this round was wrong, as far as is known by now.
    pub(super) fn was_right(&mut self, space: &Space) -> bool {
        self.futures.hold(space)
    }

    /// Whether all that the main thread does with the others from now on is to join them.
    pub(super) fn is_symmetric(&mut self, space: &Space, at: &[Number]) -> bool {
        self.futures.only_joins(space, at)
    }

    /// What the first attempt of each thread does in the state at hand.
    pub(super) fn attempts(&self) -> impl Iterator<Item = EffectId> + Clone {
        (0..).zip(&self.moment.seats).map(|(seat, standing)| match self.may_go(seat) {
            true => self.standings.get(*standing).attempts[0],
            false => NONE,
        })
    }

    /// What threads may do in the state at hand.
    pub(super) fn moment(&self) -> &Moment {
        &self.moment
    }

    /// The state at hand is that one again.
    pub(super) fn go_back(&mut self, moment: &Moment) {
        self.moment.set(moment);
    }

    /// Every step that can be taken.
    pub(super) fn all(&mut self, space: &mut Space, at: &[Number], choices: &mut Vec<Choice>) {
        self.look(space, at);
        self.gather(choices, u64::MAX);
    }

    /// Likewise, after a step from the state that was at hand: what does not depend on what it wrote is as it was.
    pub(super) fn after(&mut self, space: &mut Space, step: EffectId, at: &[Number], choices: &mut Vec<Choice>) {
        self.look_again(space, step, at);
        self.gather(choices, u64::MAX);
    }

    /// Has that state at hand.
    pub(super) fn look(&mut self, space: &mut Space, at: &[Number]) {
        self.standings.refresh(space, &mut self.futures);
        self.moment.harmless = space.faults(at) >= self.faults;
        self.moment.holder = space.holder(at);
        self.moment.seats.clear();
        for seat in 0..space.threads().len() as SeatId {
            let standing = self.standings.find(space, &mut self.futures, (seat, at), self.moment.harmless);
            self.moment.seats.push(standing);
        }
        self.look_at_keepers(space, at);
    }

    /// Likewise, after a step from the state that was at hand: what does not depend on what it wrote is as it was.
    pub(super) fn look_again(&mut self, space: &mut Space, step: EffectId, at: &[Number]) {
        self.standings.refresh(space, &mut self.futures);
        let harmless = space.faults(at) >= self.faults;
        if self.moment.harmless != harmless || space.writes_rest(step) {
            return self.look(space, at);
        }
        self.moment.holder = space.holder(at);
        let wrote = self.futures.of_effect(step);
        self.moment.seats.resize(space.threads().len(), OVER);
        for seat in 0..self.moment.seats.len() {
            let standing = self.standings.get(self.moment.seats[seat]);
            // Who is over does not come back.
            let is_new = |(started, _): &(SeatId, Number)| *started as usize == seat;
            let may_have_changed = match self.moment.seats[seat] {
                OVER => space.effect(step).done.iter().flat_map(|done| &done.started).any(is_new),
                _ => standing.own != number_at(at, space.threads()[seat].own) || wrote.changes(standing.all),
            };
            if may_have_changed {
                let standing = self.standings.find(space, &mut self.futures, (seat as SeatId, at), harmless);
                self.moment.seats[seat] = standing;
            }
        }
        self.look_at_keepers_again(space, step, at);
    }

    /// Whether the interpreter lock lets the thread go, if that counts.
    fn may_go(&self, seat: SeatId) -> bool {
        self.moment.holder.is_none_or(|holder| holder == seat)
    }

    /// Whether the thread is alive in the state at hand, and cannot go on but by luck or by a limit.
    pub(super) fn is_stopped(&self, seat: SeatId) -> bool {
        let standing = self.moment.seats[seat as usize];
        standing != OVER && self.standings.get(standing).able & 1 == 0
    }

    /// Whether nobody can go on but by luck.
    pub(super) fn nobody_has_to_go(&self) -> bool {
        self.moment.seats.iter().all(|standing| self.standings.get(*standing).able & HAS_TO == 0)
    }

    /// The steps that these threads can take from the state at hand; the first 63 by their bits, and the others if there is the
    /// last.
    fn gather(&self, choices: &mut Vec<Choice>, seats: u64) {
        choices.clear();
        for (seat, standing) in (0..).zip(&self.moment.seats).filter(|(seat, _)| self.may_go(*seat)) {
            let Standing { attempts, able, .. } = self.standings.get(*standing);
            let mut able = if seats & 1 << seat.min(63) != 0 { *able } else { 0 };
            while able != 0 {
                let alternative = able.trailing_zeros() as u8;
                able &= able - 1;
                choices.push(Choice { seat, alternative, effect: attempts[alternative as usize] });
            }
        }
    }

    /// Every step that can be taken from the state at hand.
    pub(super) fn every(&self, choices: &mut Vec<Choice>) {
        self.gather(choices, u64::MAX);
    }

    /// The steps that have to be taken in the state at hand.
    pub(super) fn reduced(&mut self, space: &Space, choices: &mut Vec<Choice>) {
        let set = self.persistent(space);
        self.gather(choices, set);
    }

    /// The threads that have to go, as a set of bits.
    fn persistent(&mut self, space: &Space) -> u64 {
        if self.moment.seats.len() > MOST {
            return u64::MAX;
        }
        let (mut able, mut has_to, mut joins, mut count) = (0, 0, 0, 0);
        for (seat, standing) in self.moment.seats.iter().enumerate() {
            let standing = self.standings.get(*standing);
            able |= u64::from(standing.able != 0) << seat;
            has_to |= u64::from(standing.able & HAS_TO != 0) << seat;
            joins |= u64::from(matches!(standing.waits, Waits::End(_))) << seat;
            count += standing.ways;
        }
        if count < 2 {
            return able;
        }
        self.futures.refresh(space);
        self.standings.refresh(space, &mut self.futures);
        self.prepare(space);
        // What need not come is taken first only if there is nothing else.
        let mut starts = if has_to == 0 { able } else { has_to };
        // Who joins others goes last: then it makes no difference in which order it joins them.
        if starts & !joins != 0 {
            starts &= !joins;
        }
        self.meddlers.clear();
        self.meddlers.resize(self.moment.seats.len(), None);
        let last = starts & 1_u64.checked_shl(self.last).unwrap_or(0);
        let (mut least, mut best) = (count, None);
        for start in members(last).chain(members(starts & !last)) {
            if best.is_some_and(|set| set & (1 << start) != 0) {
                continue;
            }
            match self.closed(space, start, least) {
                Some((ways, set)) => (least, best) = (ways, Some(set)),
                // The first set has all that can go in it, and no start that is in a set is tried again.
                None if best.is_none() => return able,
                None => {}
            }
            if least == 1 {
                break;
            }
        }
        best.unwrap_or(able)
    }

    fn standing(&self, seat: SeatId) -> &Standing {
        self.standings.get(self.moment.seats[seat as usize])
    }

    /// Who keeps whom from what, in this state.
    fn prepare(&mut self, space: &Space) {
        if self.mortals != self.futures.mortals() {
            self.mortals = self.futures.mortals();
            self.threads.clear();
        }
        for seat in &space.threads()[self.threads.len()..] {
            let [end, start, wait] =
                [Need::End, Need::Start, Need::Wait].map(|need| self.futures.bit(need(seat.thread)));
            self.threads.push(Bits { end, start, wait });
        }
        for (_, lock) in &space.locks()[self.locks.len()..] {
            let bit = self.futures.bit(Need::Release(*lock));
            self.locks.push(bit);
        }
        let fault = *self.fault.get_or_insert_with(|| self.futures.bit(Need::Fault));
        self.none_left = if self.moment.harmless { fault } else { 0 };
        self.keeps.clear();
        self.keeps.extend(self.threads.iter().map(|bits| bits.end));
        for seat in 0..self.moment.rows.len() {
            // Nobody waits as long as it does not go, nor before it is started.
            let Bits { start, wait, .. } = self.threads[seat];
            match self.moment.rows[seat] {
                Stands::Waits => {}
                Stands::Inside => self.keeps[seat] |= wait,
                Stands::Outside => {
                    if let Some(starter) = self.starter(space, seat as SeatId) {
                        self.keeps[starter as usize] |= start | wait;
                    }
                }
            }
        }
        for (owner, bit) in self.moment.owners.iter().zip(&self.locks) {
            if let Some(owner) = owner {
                self.keeps[*owner as usize] |= bit;
            }
        }
    }

    /// Who has which lock, and how threads stand, in the state.
    fn look_at_keepers(&mut self, space: &Space, at: &[Number]) {
        self.moment.owners.clear();
        for lock in 0..space.locks().len() {
            let owner = self.owner(space, at, lock);
            self.moment.owners.push(owner);
        }
        self.moment.rows.clear();
        for seat in 0..space.threads().len() {
            let stands = self.stands(space, at, seat);
            self.moment.rows.push(stands);
        }
    }

    /// Likewise, after a step.
    fn look_at_keepers_again(&mut self, space: &Space, step: EffectId, at: &[Number]) {
        let Moment { owners, rows, .. } = &self.moment;
        if (owners.len(), rows.len()) != (space.locks().len(), space.threads().len()) {
            return self.look_at_keepers(space, at);
        }
        for (place, _) in space.effect(step).done.iter().flat_map(|done| &done.writes) {
            match self.keeper(space, *place as usize) {
                Keeper::Lock(lock) => self.moment.owners[lock] = self.owner(space, at, lock),
                Keeper::Row(seat) => self.moment.rows[seat as usize] = self.stands(space, at, seat as usize),
                Keeper::Nothing => {}
            }
        }
    }

    /// What lies at the place, as far as it keeps threads from something.
    fn keeper(&mut self, space: &Space, place: usize) -> Keeper {
        if self.keepers.len() <= place || self.keeping != space.locks().len() {
            self.keeping = space.locks().len();
            self.keepers = vec![Keeper::Nothing; space.width()];
            for (lock, (place, _)) in space.locks().iter().enumerate() {
                self.keepers[*place as usize] = Keeper::Lock(lock);
            }
            for (seat, thread) in (0..).zip(space.threads()) {
                self.keepers[thread.row as usize] = Keeper::Row(seat);
            }
        }
        self.keepers[place]
    }

    fn stands(&mut self, space: &Space, at: &[Number], seat: usize) -> Stands {
        let place = space.threads()[seat].row;
        let number = number_at(at, place);
        known(&mut self.rows, seat, number, || match space.part(place, number) {
            Some(Part::Row(row)) if !parts::is_new(row) && row.waiting.is_some() => Stands::Waits,
            Some(Part::Row(row)) if !parts::is_new(row) => Stands::Inside,
            _ => Stands::Outside,
        })
    }

    /// Who has the lock, by its place among [`Space::locks`].
    fn owner(&mut self, space: &Space, at: &[Number], lock: usize) -> Owner {
        let (place, _) = space.locks()[lock];
        let number = number_at(at, place);
        known(&mut self.owners, lock, number, || match space.part(place, number) {
            Some(part) => parts::object(part).and_then(parts::owner).and_then(|owner| space.seat(owner)),
            None => None,
        })
    }

    /// The one thread that may start this one, if there is only one.
    fn starter(&mut self, space: &Space, started: SeatId) -> Option<SeatId> {
        let mut starter = None;
        for seat in 0..self.moment.seats.len() as SeatId {
            let own = self.standing(seat).own;
            if self.is_alive(seat)
                && self.futures.starts(space, seat, own) & seat_bit(started) != 0
                && starter.replace(seat).is_some()
            {
                return None;
            }
        }
        starter
    }

    fn is_alive(&self, seat: SeatId) -> bool {
        self.moment.seats.get(seat as usize).is_some_and(|standing| *standing != OVER)
    }

    /// What the thread does now, as far as others may meddle with it: not what has to wait for another thread.
    fn step(&self, seat: SeatId) -> Footprint {
        let Standing { all, possible, .. } = self.standing(seat);
        if self.helper(seat).is_some() { *possible } else { *all }
    }

    /// Which others may meddle with what the thread does now, if nobody keeps them from that.
    fn meddlers(&mut self, space: &Space, seat: SeatId) -> u64 {
        if let Some(known) = self.meddlers[seat as usize] {
            return known;
        }
        let step = self.step(seat);
        let mut found = 0;
        for (other, standing) in (0..).zip(&self.moment.seats) {
            let mut may_meddle = || step.conflicts(self.standings.future(space, &mut self.futures, *standing).0);
            if other != seat && *standing != OVER && may_meddle() {
                found |= 1 << other;
            }
        }
        self.meddlers[seat as usize] = Some(found);
        found
    }

    /// The least set with this thread with which no other meddles, and in how many ways its threads can go on; `None` if that
    /// is not less than `least`.
    fn closed(&mut self, space: &Space, start: SeatId, least: u32) -> Option<(u32, u64)> {
        let (mut set, mut work, mut new) = (0, 0, 1_u64 << start);
        let (mut ways, mut guards) = (0, self.none_left);
        loop {
            for seat in members(new) {
                ways += self.standing(seat).ways;
                guards |= self.keeps[seat as usize];
            }
            if ways >= least {
                return None;
            }
            (set, work) = (set | new, work | new);
            let Some(seat) = members(work).next() else { return Some((ways, set)) };
            work &= !(1 << seat);
            new = self.helper(seat).map_or(0, |helper| 1 << helper) & !set;
            let kept = members(new).fold(guards, |all, seat| all | self.keeps[seat as usize]);
            let step = self.step(seat);
            for other in members(self.meddlers(space, seat) & !(set | new)) {
                if self.meddles(space, other, step, kept) {
                    new |= 1 << other;
                }
            }
        }
    }

    /// Whether a thread that may meddle with the step still may, while others have these guards.
    fn meddles(&mut self, space: &Space, seat: SeatId, step: Footprint, guards: u64) -> bool {
        let standing = self.moment.seats[seat as usize];
        let (_, ahead) = self.standings.future(space, &mut self.futures, standing);
        guards & ahead == 0 || {
            let own = self.standings.get(standing).own;
            step.conflicts(self.futures.of(space, seat, own, guards))
        }
    }

    /// The one thread that has to go before this one can, if there is such a thread. (Who waits for a lock, or for an end, has
    /// no other way to go on.)
    fn helper(&self, seat: SeatId) -> Option<SeatId> {
        let helper = match self.standing(seat).waits {
            Waits::Lock(lock) if self.locks[lock] != 0 => (*self.moment.owners.get(lock)?)?,
            Waits::End(thread) => thread?,
            Waits::Lock(_) | Waits::Nothing => return None,
        };
        (helper != seat && self.is_alive(helper)).then_some(helper)
    }

    /// Before a step is taken: a thread that releases a lock which another has makes that lock no guard. Whose it is, the
    /// effect depends on.
    pub(super) fn watch(&mut self, space: &Space, at: &[Number], choice: Choice) {
        let effect = choice.effect as usize;
        if self.watched.len() <= effect {
            self.watched.resize(effect + 1, false);
        }
        if std::mem::replace(&mut self.watched[effect], !choice.is_lucky()) {
            return;
        }
        let Some(lock) = space.released(choice.seat, at) else { return };
        let me = space.threads()[choice.seat as usize].thread;
        if owner(space, at, lock) != Some(me) && self.futures.note_foreign(lock) {
            self.locks.clear();
        }
    }
}

/// The threads in a set.
fn members(mut set: u64) -> impl Iterator<Item = SeatId> {
    std::iter::from_fn(move || {
        let seat = (set != 0).then(|| set.trailing_zeros());
        set &= set.wrapping_sub(1);
        seat
    })
}
