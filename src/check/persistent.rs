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
use super::way::{ALTERNATIVES, WAKE};
use crate::machine::parts::{self, Guard, Need, Part};

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
    /// What each thread's attempts do in the state at hand.
    attempts: Vec<[EffectId; ALTERNATIVES.len()]>,
    /// What each thread keeps the others from: its locks, and its end.
    keeps: Vec<u64>,
    /// The bits of threads' ends, starts and waits, and of locks being released.
    threads: Vec<Bits>,
    locks: Vec<u64>,
    /// Who has each lock, by the number of the lock's part, as far as that was asked.
    owners: Vec<Vec<Option<Owner>>>,
    /// How each thread's row stands, likewise.
    rows: Vec<Vec<Option<Stands>>>,
    /// What each thread is about to do, and where it stands, if it is alive.
    steps: Vec<(Footprint, Number)>,
    /// The one thread that each has to wait for, if there is one.
    helpers: Vec<Option<SeatId>>,
    /// Who went last: it will often be the one who has to go on.
    pub(super) last: SeatId,
    /// The ways that need not come and are tried, by their indices: waking without a notify, and faults.
    pub(super) lucky: Vec<usize>,
    /// How many faults there may be.
    pub(super) faults: Number,
    /// There are none left in this state.
    harmless: bool,
}

impl Chooser {
    /// A round begins: nothing that was found before may have been too little.
    pub(super) fn begin(&mut self, space: &Space) {
        self.futures.begin(space);
    }

    /// Whether no choice of this round was wrong, as far as is known by now.
    pub(super) fn was_right(&mut self, space: &Space) -> bool {
        self.futures.hold(space)
    }

    /// Whether all that the main thread does with the others from now on is to join them.
    pub(super) fn is_symmetric(&mut self, space: &Space, at: &[Number]) -> bool {
        self.futures.only_joins(space, at)
    }

    /// What each thread's attempts do in the state at hand.
    pub(super) fn attempts(&self) -> &[[EffectId; ALTERNATIVES.len()]] {
        &self.attempts
    }

    /// Every step that can be taken.
    pub(super) fn all(&mut self, space: &mut Space, at: &[Number], choices: &mut Vec<Choice>) {
        choices.clear();
        self.attempts.clear();
        self.harmless = space.faults(at) >= self.faults;
        let holder = space.holder(at);
        for seat in 0..space.threads().len() as SeatId {
            let own = space.threads()[seat as usize].own;
            let mut attempts = [NONE; ALTERNATIVES.len()];
            let may_go = holder.is_none_or(|holder| holder == seat);
            if may_go && space.is_there(own, number_at(at, own)) {
                let lucky = self.lucky.iter().copied().filter(|way| *way == WAKE || !self.harmless);
                for alternative in (0..WAKE).chain(lucky) {
                    let effect = space.attempt(seat, alternative, at);
                    attempts[alternative] = effect;
                    if space.effect(effect).done.is_some() {
                        choices.push(Choice { seat, alternative: alternative as u8, effect });
                    }
                }
            }
            self.attempts.push(attempts);
        }
    }

    /// Leaves of all steps those that have to be taken. [`Chooser::all`] comes first.
    pub(super) fn reduce(&mut self, space: &Space, at: &[Number], choices: &mut Vec<Choice>) {
        if choices.len() < 2 || self.attempts.len() > MOST {
            return;
        }
        self.futures.refresh(space);
        self.prepare(space, at);
        let mut best: Option<(usize, u64)> = None;
        // Who joins others goes last: then it makes no difference in which order it joins them.
        let mut joins = |seat: SeatId| {
            let own = number_at(at, space.threads()[seat as usize].own);
            matches!(self.futures.guard(space, seat, own), Some(Guard::Thread(_)))
        };
        // What need not come is taken first only if there is nothing else.
        let only_luck = choices.iter().all(|choice| choice.is_lucky());
        let seats = choices.iter().filter(|choice| only_luck || !choice.is_lucky()).map(|choice| choice.seat);
        let mut starts: Vec<SeatId> = seats.clone().filter(|seat| *seat == self.last).chain(seats).collect();
        if !starts.iter().all(|seat| joins(*seat)) {
            starts.retain(|seat| !joins(*seat));
        }
        for start in starts {
            if best.is_some_and(|(_, set)| set & (1 << start) != 0) {
                continue;
            }
            let set = self.closed(space, start);
            let count = choices.iter().filter(|choice| set & (1 << choice.seat) != 0).count();
            if best.is_none_or(|(least, _)| count < least) {
                best = Some((count, set));
            }
            if count == 1 {
                break;
            }
        }
        if let Some((_, set)) = best {
            choices.retain(|choice| set & (1 << choice.seat) != 0);
        }
    }

    /// Who keeps whom from what, in this state, and what each is about to do.
    fn prepare(&mut self, space: &Space, at: &[Number]) {
        for seat in &space.threads()[self.threads.len()..] {
            let [end, start, wait] =
                [Need::End, Need::Start, Need::Wait].map(|need| self.futures.bit(need(seat.thread)));
            self.threads.push(Bits { end, start, wait });
        }
        for (_, lock) in &space.locks()[self.locks.len()..] {
            let bit = self.futures.bit(Need::Release(*lock));
            self.locks.push(bit);
        }
        self.keeps.clear();
        self.keeps.extend(self.threads.iter().map(|bits| bits.end));
        self.keep_threads(space, at);
        for (lock, (&(place, _), bit)) in space.locks().iter().zip(&self.locks).enumerate() {
            let number = number_at(at, place);
            let owner = known(&mut self.owners, lock, number, || match space.part(place, number) {
                Some(Part::Object(object)) => parts::owner(object).and_then(|owner| space.seat(owner)),
                _ => None,
            });
            if let Some(owner) = owner {
                self.keeps[owner as usize] |= bit;
            }
        }
        self.helpers.clear();
        self.steps.clear();
        for seat in 0..self.attempts.len() {
            let own = number_at(at, space.threads()[seat].own);
            let (mut step, mut helper) = (Footprint::default(), None);
            for effect in self.attempts[seat].into_iter().filter(|effect| *effect != NONE) {
                if space.effect(effect).done.is_none() {
                    helper = helper.or_else(|| self.helper(space, at, seat as SeatId));
                    if helper.is_some() {
                        continue;
                    }
                }
                step = step.with(self.futures.of_effect(effect));
            }
            self.steps.push((step, own));
            self.helpers.push(helper);
        }
    }

    /// Nobody waits as long as it does not go, nor before it is started.
    fn keep_threads(&mut self, space: &Space, at: &[Number]) {
        for (seat, thread) in space.threads().iter().enumerate() {
            let Bits { start, wait, .. } = self.threads[seat];
            let number = number_at(at, thread.row);
            let stands = known(&mut self.rows, seat, number, || match space.part(thread.row, number) {
                Some(Part::Row(row)) if !parts::is_new(row) && row.waiting.is_some() => Stands::Waits,
                Some(Part::Row(row)) if !parts::is_new(row) => Stands::Inside,
                _ => Stands::Outside,
            });
            match stands {
                Stands::Waits => {}
                Stands::Inside => self.keeps[seat] |= wait,
                Stands::Outside => {
                    if let Some(starter) = self.starter(space, at, seat as SeatId) {
                        self.keeps[starter as usize] |= start | wait;
                    }
                }
            }
        }
    }

    /// The one thread that may start this one, if there is only one.
    fn starter(&mut self, space: &Space, at: &[Number], started: SeatId) -> Option<SeatId> {
        let mut starter = None;
        for seat in 0..self.attempts.len() as SeatId {
            let own = number_at(at, space.threads()[seat as usize].own);
            if self.attempts[seat as usize][0] != NONE
                && self.futures.starts(space, seat, own) & seat_bit(started) != 0
                && starter.replace(seat).is_some()
            {
                return None;
            }
        }
        starter
    }

    /// The least set with this thread with which no other meddles.
    fn closed(&mut self, space: &Space, start: SeatId) -> u64 {
        let (mut set, mut work) = (1_u64 << start, vec![start]);
        let fault = self.futures.bit(Need::Fault);
        while let Some(seat) = work.pop() {
            if let Some(helper) = self.helpers[seat as usize].filter(|helper| set & (1 << helper) == 0) {
                set |= 1 << helper;
                work.push(helper);
            }
            let none_left = if self.harmless { fault } else { 0 };
            let guards = members(set).fold(none_left, |all, seat| all | self.keeps[seat as usize]);
            let step = self.steps[seat as usize].0;
            for other in 0..self.attempts.len() as SeatId {
                if set & (1 << other) != 0 || self.attempts[other as usize][0] == NONE {
                    continue;
                }
                let future = self.futures.of(space, other, self.steps[other as usize].1, guards);
                if step.conflicts(future) {
                    set |= 1 << other;
                    work.push(other);
                }
            }
        }
        set
    }

    /// The one thread that has to go before this one can, if there is such a thread.
    fn helper(&mut self, space: &Space, at: &[Number], seat: SeatId) -> Option<SeatId> {
        let own = number_at(at, space.threads()[seat as usize].own);
        let guard = self.futures.guard(space, seat, own)?;
        let thread = match guard {
            Guard::Lock(_) if self.futures.bit(guard.into()) == 0 => return None,
            Guard::Lock(lock) => owner(space, at, lock)?,
            Guard::Thread(thread) => thread,
        };
        let helper = space.seat(thread)?;
        (helper != seat && self.attempts.get(helper as usize)?[0] != NONE).then_some(helper)
    }

    /// Before a step is taken: a thread that releases a lock which another has makes that lock no guard.
    pub(super) fn watch(&mut self, space: &Space, at: &[Number], seat: SeatId) {
        let Some(lock) = space.released(seat, at) else { return };
        let me = space.threads()[seat as usize].thread;
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
