//! What threads do to shared data: lost updates and races, anywhere in the space.
//!
//! A thread *overwrites* an update if it has read a variable, and is going to write what depends on that, and another thread
//! writes the variable in between. Where a thread stands tells what it has read and is going to write: this is followed
//! in the graph of its own part, once that is known. What counts as lost is what a run's own races say (`trace::races`): if
//! what stands there is what was read, nothing is lost. Two accesses to one place *race*, if both can be done now, and one
//! of them writes.

use super::effects::EffectId;
use super::persistent::Choice;
use super::space::{NONE, Number, SeatId, Space, number_at};
use crate::base::{Flow, Link, Symbol};
use crate::event::{Place, Scalar};
use crate::machine::parts::{Access, Datum};
use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A lost update.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Overwritten {
    /// Who overwrites.
    pub seat: SeatId,
    /// Whose update it was.
    pub writer: SeatId,
    /// The line where it read.
    pub read: u32,
    /// The line where it writes.
    pub write: u32,
    /// Where the other thread wrote.
    pub between: u32,
    /// Of what.
    pub datum: Datum,
}

/// A race.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Race {
    /// Of what.
    pub datum: Datum,
    /// One of the two.
    pub seat: SeatId,
    /// The other.
    pub other: SeatId,
    /// Their lines.
    pub lines: [u32; 2],
}

/// That an update may be lost.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Lead {
    /// What would be.
    pub(super) update: Overwritten,
    /// What the other thread wrote.
    lost: Value,
    /// What was read only decides that it is written over, and no new object is made for that.
    blind: bool,
}

impl Lead {
    /// Whether the step of the thread writes there.
    pub(super) fn is_reached(&self, accesses: &[Access]) -> bool {
        accesses.iter().any(|access| access.writes && access.datum == self.update.datum)
    }

    /// Whether it loses the update.
    pub(super) fn is_lost(&self, accesses: &[Access]) -> bool {
        let writes = |access: &&Access| access.writes && access.datum == self.update.datum;
        let written = accesses.iter().find(writes).map(|access| &access.value);
        written.is_some_and(|written| !self.blind || !is_same(written, &self.lost))
    }
}

/// A value, if it can be told from others.
type Value = Option<Scalar>;

fn is_same(one: &Value, other: &Value) -> bool {
    one.is_some() && one == other
}

type At = (SeatId, Number);

/// Where a place is read or written, and what with.
type Touch = (Datum, u32, Value);

/// What is accessed, whether it is written, and where.
type Meeting = (Datum, bool, u32);

/// Reads and writes, by where threads stand.
type Spread = FxHashMap<At, BTreeSet<Touch>>;

/// Looks at accesses.
#[derive(Debug)]
pub(super) struct Watch {
    flow: Arc<dyn Flow>,
    /// By thread and its own part: what it has read last and is going to write next, and what depends on it.
    stands: Vec<Vec<Stand>>,
    /// By effect: its writes to shared data, as a set of bits, and what all its accesses are known by.
    effects: Vec<(u128, usize)>,
    /// The writes, by their bits; the last bit stands for all that come later, too.
    writes: IndexSet<Touch, FxBuildHasher>,
    /// The accesses of effects; first, none.
    accesses: IndexSet<Box<[Meeting]>, FxBuildHasher>,
    /// By accesses: those with which they were looked at, a bit for each.
    met: Vec<Vec<u64>>,
    /// Which accesses were looked at together: a bit for each, and for those of more than one thread.
    together: FxHashSet<(u64, u64)>,
    /// After how many steps others first wrote so while a thread stood so.
    seen: FxHashMap<(At, u32), usize>,
    /// What was shown to be lost: a read and a write of a place, and the write in between; after how many steps that came.
    told: BTreeMap<(Datum, u32, u32, u32), usize>,
    raced: BTreeSet<(Datum, u32, u32)>,
}

/// What a thread has done and is going to do.
#[derive(Clone, Default, Debug)]
struct Stand {
    /// Reads of a place, and writes that depend on them.
    updates: Box<[Update]>,
    /// What others wrote while the thread stood here, as a set of bits; and what of that need not be looked at any more.
    seen: u128,
    quiet: u128,
}

/// A read, and a write that depends on it.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Update {
    datum: Datum,
    read: u32,
    write: u32,
    /// What was read.
    value: Value,
    link: Link,
}

impl Update {
    /// Whether it may overwrite this.
    fn may_lose(&self, written: &Datum, value: &Value) -> bool {
        // Who takes the place of nothing destroys nothing.
        let destroys = self.link == Link::Value || *value != Some(Scalar::None);
        *written == self.datum && destroys && !is_same(value, &self.value)
    }

    fn key(&self, between: u32) -> (Datum, u32, u32, u32) {
        (self.datum.clone(), self.read, self.write, between)
    }
}

impl Watch {
    /// For a space that is known; `None` if nobody asks for races.
    pub(super) fn of(space: &Space) -> Option<Watch> {
        let flow = space.image().legend().flow?;
        let stands = stands(space, &*flow);
        Some(Watch {
            flow,
            stands,
            effects: Vec::new(),
            writes: IndexSet::default(),
            accesses: [Box::default()].into_iter().collect(),
            met: Vec::new(),
            together: FxHashSet::default(),
            seen: FxHashMap::default(),
            told: BTreeMap::new(),
            raced: BTreeSet::new(),
        })
    }

    /// Whether the same would be found, and as early, with all that is known by now.
    pub(super) fn was_right(&self, space: &Space) -> bool {
        let now = stands(space, &*self.flow);
        let mut seen = self.seen.iter();
        seen.all(|(&((seat, own), written), depth)| {
            let before = &self.stands[seat as usize][own as usize].updates;
            let mut updates = now[seat as usize][own as usize].updates.iter().filter(|it| !before.contains(it));
            updates.all(|update| {
                let told = |(written, between, value): &Touch| {
                    let known = self.told.get(&update.key(*between));
                    !update.may_lose(written, value) || known.is_some_and(|known| known <= depth)
                };
                let first = written as usize;
                let last = if written == LAST { self.writes.len() } else { first + 1 };
                (first..last).filter_map(|written| self.writes.get_index(written)).all(told)
            })
        })
    }

    /// The updates that threads may overwrite after the step, before which there were so many.
    pub(super) fn lost(&mut self, space: &Space, now: &[Number], choice: Choice, depth: usize) -> Vec<Lead> {
        self.take_in(space);
        let mut found = Vec::new();
        let (writes, _) = self.effects[choice.effect as usize];
        if writes == 0 {
            return found;
        }
        for seat in (0..space.threads().len() as SeatId).filter(|seat| *seat != choice.seat) {
            let own = number_at(now, space.threads()[seat as usize].own);
            let stand = self.stand(seat, own);
            if writes & !stand.quiet == 0 {
                continue;
            }
            let new = writes & !stand.seen;
            stand.seen |= writes;
            for written in (0..=LAST).filter(|written| new & bit(*written as usize) != 0) {
                self.seen.insert(((seat, own), written), depth);
            }
            let accesses = space.effect(choice.effect).done.iter().flat_map(|done| &done.accesses);
            let before = found.len();
            for update in &self.stands[seat as usize][own as usize].updates {
                for access in accesses.clone().filter(|it| it.writes && update.may_lose(&it.datum, &it.value)) {
                    let key = update.key(access.line);
                    if !self.told.contains_key(&key) {
                        let blind = matches!(update.link, Link::Choice { made: false });
                        let (datum, read, write, between) = key;
                        let update = Overwritten { seat, writer: choice.seat, read, write, between, datum };
                        found.push(Lead { update, lost: access.value.clone(), blind });
                    }
                }
            }
            if found.len() == before {
                self.stand(seat, own).quiet |= writes & !bit(LAST as usize);
            }
        }
        found.sort_unstable();
        found
    }

    /// Where the thread stands.
    fn stand(&mut self, seat: SeatId, own: Number) -> &mut Stand {
        let (seat, own) = (seat as usize, own as usize);
        if self.stands.len() <= seat {
            self.stands.resize_with(seat + 1, Vec::new);
        }
        let stands = &mut self.stands[seat];
        if stands.len() <= own {
            stands.resize_with(own + 1, Stand::default);
        }
        &mut stands[own]
    }

    /// Adds the accesses of new effects.
    fn take_in(&mut self, space: &Space) {
        for effect in self.effects.len()..space.effects() {
            let accesses = space.effect(effect as EffectId).done.as_ref().map_or(&[][..], |done| &done.accesses);
            let mut writes = 0;
            for access in accesses.iter().filter(|access| access.writes) {
                writes |= bit(self.writes.insert_full((access.datum.clone(), access.line, access.value.clone())).0);
            }
            let accesses = accesses.iter().map(|it| (it.datum.clone(), it.writes, it.line)).collect();
            self.effects.push((writes, self.accesses.insert_full(accesses).0));
        }
    }

    /// The update was shown to be lost, after so many steps.
    pub(super) fn tell(&mut self, lost: &Overwritten, depth: usize) {
        self.told.insert((lost.datum.clone(), lost.read, lost.write, lost.between), depth);
    }

    /// Accesses that can both be done now, and were not seen so before. What the threads' first attempts do.
    pub(super) fn races(&mut self, space: &Space, attempts: impl Iterator<Item = EffectId> + Clone) -> Vec<Race> {
        self.take_in(space);
        let mut found = Vec::new();
        // Which accesses there are, and which more than once: the last bit stands for all that are not known by a lower one.
        let (mut once, mut twice) = (0_u64, 0_u64);
        for effect in attempts.clone() {
            let bit = 1 << self.accesses_of(effect).min(63);
            twice |= once & bit;
            once |= bit;
        }
        let pairs = (once & !1, twice & !1);
        if pairs.0.count_ones() < 2 && pairs.1 == 0 || once >> 63 == 0 && !self.together.insert(pairs) {
            return found;
        }
        for (seat, mine) in (0..).zip(attempts.clone()) {
            let mine = self.accesses_of(mine);
            if mine == 0 {
                continue;
            }
            for (other, its) in (0..seat).zip(attempts.clone()) {
                let its = self.accesses_of(its);
                if its != 0 && self.meet(mine, its) {
                    self.compare((seat, mine), (other, its), &mut found);
                }
            }
        }
        found
    }

    /// What the effect's accesses are known by; 0: there are none.
    fn accesses_of(&self, effect: EffectId) -> usize {
        if effect == NONE { 0 } else { self.effects[effect as usize].1 }
    }

    /// Whether the two are looked at together for the first time.
    fn meet(&mut self, mine: usize, its: usize) -> bool {
        if self.met.len() <= mine {
            self.met.resize_with(mine + 1, Vec::new);
        }
        let met = &mut self.met[mine];
        if met.len() <= its / 64 {
            met.resize(its / 64 + 1, 0);
        }
        let is_new = met[its / 64] & 1 << (its % 64) == 0;
        met[its / 64] |= 1 << (its % 64);
        is_new
    }

    fn compare(&mut self, (seat, mine): (SeatId, usize), (other, its): (SeatId, usize), found: &mut Vec<Race>) {
        let (Some(mine), Some(its)) = (self.accesses.get_index(mine), self.accesses.get_index(its)) else { return };
        for (datum, writes, line) in mine {
            for (_, _, its) in its.iter().filter(|its| its.0 == *datum && (its.1 || *writes)) {
                let mut both = [(*line, seat), (*its, other)];
                both.sort_by_key(|(line, _)| *line);
                let [(first, seat), (second, other)] = both;
                if self.raced.insert((datum.clone(), first, second)) {
                    found.push(Race { datum: datum.clone(), seat, other, lines: [first, second] });
                }
            }
        }
    }
}

/// The last bit.
const LAST: u32 = 127;

/// The bit of the write with this number.
fn bit(number: usize) -> u128 {
    1 << number.min(LAST as usize)
}

/// Where threads may stand between a read and a write that depends on it.
fn stands(space: &Space, flow: &dyn Flow) -> Vec<Vec<Stand>> {
    let mut edges: Vec<(At, At, &[Access])> = Vec::new();
    let mut stands = Vec::new();
    for seat in 0..space.threads().len() as SeatId {
        let place = space.threads()[seat as usize].own;
        stands.push(vec![Stand::default(); space.count(place)]);
        for own in 0..space.count(place) as Number {
            for effect in space.effects_of(seat, own) {
                if let Some(done) = &space.effect(*effect).done {
                    edges.push(((seat, own), (seat, done.own), &done.accesses));
                }
            }
        }
    }
    let writes = spread(&edges, None);
    let reads = spread(&edges, Some(&writes));
    for (seat, stands) in (0..).zip(&mut stands) {
        for (own, stand) in (0..).zip(stands) {
            if let (Some(reads), Some(writes)) = (reads.get(&(seat, own)), writes.get(&(seat, own))) {
                stand.updates = updates(reads, writes, flow);
            }
        }
    }
    stands
}

/// The writes that depend on reads.
fn updates(reads: &BTreeSet<Touch>, writes: &BTreeSet<Touch>, flow: &dyn Flow) -> Box<[Update]> {
    let mut updates = Vec::new();
    for (datum, read, value) in reads {
        for (_, write, _) in writes.iter().filter(|(written, ..)| written == datum) {
            if let Some(link) = flow.link(name(datum), *read, *write) {
                updates.push(Update { datum: datum.clone(), read: *read, write: *write, value: value.clone(), link });
            }
        }
    }
    updates.into()
}

fn name(Datum { place, .. }: &Datum) -> Option<Symbol> {
    match place {
        Place::Global(name) | Place::Attribute { name, .. } | Place::Cell { name, .. } => Some(*name),
        Place::Content { .. } => None,
    }
}

/// Carries accesses along the edges, up to the next access to the same place: writes backwards, without what is written; or
/// reads forwards, as long as one of these writes may follow.
fn spread(edges: &[(At, At, &[Access])], writes: Option<&Spread>) -> Spread {
    let backwards = writes.is_none();
    // Very many effects may lead from one place to another, and do the same on the way.
    let mut next: FxHashMap<At, FxHashSet<(At, &[Access])>> = FxHashMap::default();
    let mut all = Spread::default();
    let mut work = Vec::new();
    for (from, to, accesses) in edges {
        let (from, to) = if backwards { (to, from) } else { (from, to) };
        if !next.entry(*from).or_default().insert((*to, accesses)) {
            continue;
        }
        for access in accesses.iter().filter(|access| access.writes == backwards) {
            let value = access.value.clone().filter(|_| !backwards);
            work.push((*to, (access.datum.clone(), access.line, value)));
        }
    }
    while let Some((at, touch)) = work.pop() {
        let is_written = |writes: &Spread| writes.get(&at).is_some_and(|it| it.iter().any(|it| it.0 == touch.0));
        if !writes.is_none_or(is_written) || !all.entry(at).or_default().insert(touch.clone()) {
            continue;
        }
        for (to, accesses) in next.get(&at).into_iter().flatten() {
            if accesses.iter().all(|access| access.datum != touch.0) {
                work.push((*to, touch.clone()));
            }
        }
    }
    all
}
