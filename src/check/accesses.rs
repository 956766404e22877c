//! What threads do to shared data: lost updates and races, anywhere in the space.
//!
//! A thread *overwrites* an update if it has read a variable, and is going to write what depends on that, and another thread
//! writes the variable in between. Where a thread stands tells what it has read and is going to write: this is followed
//! in the graph of its own part, once that is known. Two accesses to one place *race*, if both can be done now, and one of
//! them writes.

use super::effects::EffectId;
use super::persistent::Choice;
use super::space::{NONE, Number, SeatId, Space, number_at};
use super::way::ALTERNATIVES;
use crate::base::{Flow, Symbol};
use crate::event::Place;
use crate::machine::parts::Access;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A lost update.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Overwritten {
    /// Who overwrites.
    pub seat: SeatId,
    /// The line where it read.
    pub read: u32,
    /// The line where it writes.
    pub write: u32,
    /// Where the other thread wrote.
    pub between: u32,
    /// Of what.
    pub place: Place,
}

/// A race.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Race {
    /// Of what.
    pub place: Place,
    /// One of the two.
    pub seat: SeatId,
    /// The other.
    pub other: SeatId,
    /// Their lines.
    pub lines: [u32; 2],
}

type At = (SeatId, Number);

/// Looks at accesses.
#[derive(Debug)]
pub(super) struct Watch {
    flow: Arc<dyn Flow>,
    /// What threads have read last, by where they stand.
    read: FxHashMap<At, BTreeSet<(Place, u32)>>,
    /// What they are going to write next.
    write: FxHashMap<At, BTreeSet<(Place, u32)>>,
    told: BTreeSet<(Place, u32, u32, u32)>,
    raced: BTreeSet<(Place, u32, u32)>,
}

impl Watch {
    /// For a space that is known; `None` if nobody asks for races.
    pub(super) fn of(space: &Space) -> Option<Watch> {
        let flow = space.image().legend().flow?;
        let mut edges: Vec<(At, At, &[Access])> = Vec::new();
        for seat in 0..space.threads().len() as SeatId {
            let place = space.threads()[seat as usize].own;
            for own in 0..space.count(place) as Number {
                for effect in space.effects_of(seat, own) {
                    if let Some(done) = &space.effect(*effect).done {
                        edges.push(((seat, own), (seat, done.own), &done.accesses));
                    }
                }
            }
        }
        let (read, write) = (spread(&edges, false), spread(&edges, true));
        Some(Watch { flow, read, write, told: BTreeSet::new(), raced: BTreeSet::new() })
    }

    /// Whether the same would be seen with all that is known by now.
    pub(super) fn was_right(&self, space: &Space) -> bool {
        Watch::of(space).is_some_and(|now| now.read == self.read && now.write == self.write)
    }

    /// The updates that threads may overwrite after the step.
    pub(super) fn lost(&self, space: &Space, now: &[Number], choice: Choice) -> Vec<Overwritten> {
        let Some(done) = &space.effect(choice.effect).done else { return Vec::new() };
        let mut found = Vec::new();
        for access in done.accesses.iter().filter(|access| access.writes) {
            for seat in (0..space.threads().len() as SeatId).filter(|seat| *seat != choice.seat) {
                let at = (seat, number_at(now, space.threads()[seat as usize].own));
                let (Some(read), Some(write)) = (self.read.get(&at), self.write.get(&at)) else { continue };
                for (place, read) in read.iter().filter(|(place, _)| *place == access.place) {
                    for (_, write) in write.iter().filter(|(written, _)| written == place) {
                        let lost = Overwritten {
                            seat,
                            read: *read,
                            write: *write,
                            between: access.line,
                            place: place.clone(),
                        };
                        let is_known = self.told.contains(&(place.clone(), *read, *write, access.line));
                        if !is_known && self.flow.link(name(place), *read, *write).is_some() {
                            found.push(lost);
                        }
                    }
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// The update was shown to be lost.
    pub(super) fn tell(&mut self, lost: &Overwritten) {
        self.told.insert((lost.place.clone(), lost.read, lost.write, lost.between));
    }

    /// Accesses that can both be done now, and were not seen so before.
    pub(super) fn races(&mut self, space: &Space, attempts: &[[EffectId; ALTERNATIVES.len()]]) -> Vec<Race> {
        let accesses = |attempt: &[EffectId; ALTERNATIVES.len()]| match attempt[0] {
            NONE => &[][..],
            effect => space.effect(effect).done.as_ref().map_or(&[][..], |done| &done.accesses),
        };
        let mut found = Vec::new();
        for (seat, attempt) in (0..).zip(attempts) {
            for mine in accesses(attempt) {
                for (other, attempt) in (0..seat).zip(attempts) {
                    let same = |its: &&Access| its.place == mine.place && (its.writes || mine.writes);
                    for its in accesses(attempt).iter().filter(same) {
                        let lines = [mine.line.min(its.line), mine.line.max(its.line)];
                        if self.raced.insert((mine.place.clone(), lines[0], lines[1])) {
                            found.push(Race { place: mine.place.clone(), seat, other, lines });
                        }
                    }
                }
            }
        }
        found
    }
}

fn name(place: &Place) -> Option<Symbol> {
    match place {
        Place::Global(name) | Place::Attribute { name, .. } | Place::Cell { name, .. } => Some(*name),
        Place::Content { .. } => None,
    }
}

/// Carries accesses along the edges, up to the next access to the same place: reads forwards, or writes backwards.
fn spread(edges: &[(At, At, &[Access])], backwards: bool) -> FxHashMap<At, BTreeSet<(Place, u32)>> {
    let mut next: FxHashMap<At, Vec<(At, &[Access])>> = FxHashMap::default();
    let mut all: FxHashMap<At, BTreeSet<(Place, u32)>> = FxHashMap::default();
    let mut work = Vec::new();
    for (from, to, accesses) in edges {
        let (from, to) = if backwards { (to, from) } else { (from, to) };
        next.entry(*from).or_default().push((*to, accesses));
        for access in accesses.iter().filter(|access| access.writes == backwards) {
            work.push((*to, access.place.clone(), access.line));
        }
    }
    while let Some((at, place, line)) = work.pop() {
        if !all.entry(at).or_default().insert((place.clone(), line)) {
            continue;
        }
        for (to, accesses) in next.get(&at).into_iter().flatten() {
            if accesses.iter().all(|access| access.place != place) {
                work.push((*to, place.clone(), line));
            }
        }
    }
    all
}
