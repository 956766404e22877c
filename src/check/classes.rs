//! The runs of a program, one of each class: runs that differ only in the order of steps that have nothing to do with each other are
//! one class (a *trace*; Mazurkiewicz 1977).
//!
//! One goes through the ways that the reduced search takes, from the beginning to each end. Each is brought into a *normal form*
//! (Foata): a step comes as early as what it depends on allows. Two ways are of one class if these are the same.

use super::bounds::{Size, Stop};
use super::dependence::{self, Step};
use super::persistent::Choice;
use super::search::Search;
use super::space::{Number, PlaceId, SeatId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// So many ways are followed for each class that is wanted.
const TRIES: usize = 50;
/// The longest way, in steps.
const LONGEST: usize = 20_000;

/// Steps.
type Steps = Vec<(SeatId, u8)>;

/// Runs of a program.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    /// The steps of each.
    pub runs: Vec<Steps>,
    /// There are no others.
    pub complete: bool,
}

/// A run that is followed.
struct Way {
    steps: Steps,
    /// By step: the state before it, and what else could be done there.
    open: Vec<(Vec<Number>, Vec<Choice>)>,
    /// The states on the way.
    seen: FxHashSet<Vec<Number>>,
}

/// At most so many runs, one of each class. `stop` ends it, asked now and then. Ways that never end are left out.
pub fn list(search: &mut Search, most: usize, stop: Stop<'_>) -> Classes {
    let mut found = Classes { complete: true, ..Classes::default() };
    let mut known = BTreeSet::new();
    let mut way = Way { steps: Vec::new(), open: Vec::new(), seen: FxHashSet::default() };
    let first = search.first.clone();
    let (mut now, mut ways) = (Some(first), 0);
    loop {
        // Forwards, up to an end.
        while let Some(at) = now.take() {
            let mut choices = search.choices(&at, way.steps.last().map(|(seat, _)| *seat));
            if way.steps.len() >= LONGEST || !way.seen.insert(at.clone()) {
                found.complete &= way.steps.len() < LONGEST;
                way.open.push((at, Vec::new()));
                break;
            }
            match choices.pop() {
                Some(choice) => now = Some(way.take(search, at, choice, choices)),
                None => {
                    ways += 1;
                    if known.insert(normal(search, &way.steps)) {
                        found.runs.push(way.steps.clone());
                    }
                    way.open.push((at, Vec::new()));
                }
            }
        }
        let is_enough = found.runs.len() == most || ways >= most.saturating_mul(TRIES);
        if is_enough || stop(Size { steps: ways, ..Size::default() }).is_some() {
            found.complete &= !way.has_more();
            return found;
        }
        match way.back(search) {
            Some(next) => now = Some(next),
            None => return found,
        }
    }
}

impl Way {
    /// Takes a step; gives the state after it.
    fn take(&mut self, search: &mut Search, at: Vec<Number>, choice: Choice, others: Vec<Choice>) -> Vec<Number> {
        let mut next = at.clone();
        search.space.apply(choice.effect, &mut next);
        self.steps.push((choice.seat, choice.alternative));
        self.open.push((at, others));
        next
    }

    fn has_more(&self) -> bool {
        self.open.iter().any(|(_, others)| !others.is_empty())
    }

    /// Goes back to the last state with another choice, and takes that.
    fn back(&mut self, search: &mut Search) -> Option<Vec<Number>> {
        while let Some((at, mut others)) = self.open.pop() {
            self.steps.truncate(self.open.len());
            if let Some(choice) = others.pop() {
                return Some(self.take(search, at, choice, others));
            }
            self.seen.remove(&at);
        }
        None
    }
}

impl Search {
    /// The steps that have to be taken in a state to which `last` has led.
    fn choices(&mut self, at: &[Number], last: Option<SeatId>) -> Vec<Choice> {
        let mut choices = Vec::new();
        self.chooser.all(&mut self.space, at, &mut choices);
        if let Some(last) = last {
            self.chooser.last = last;
        }
        if self.reduces() {
            self.chooser.reduced(&self.space, &mut choices);
        }
        choices
    }
}

/// By how many steps that depend on each other a step is preceded.
type Level = u32;

/// The normal form: the steps by their levels.
fn normal(search: &mut Search, steps: &[(SeatId, u8)]) -> Vec<(Level, SeatId, u8)> {
    let mut levels = Levels::default();
    let all = dependence::steps(&mut search.space, &search.first, steps);
    let mut form: Vec<_> = all
        .map(|(all, _)| all)
        .unwrap_or_default()
        .iter()
        .map(|step| (levels.of(step), step.seat, step.alternative))
        .collect();
    form.sort_unstable();
    form
}

/// The levels of the last steps.
#[derive(Default)]
struct Levels {
    by_seat: FxHashMap<SeatId, Level>,
    written: FxHashMap<PlaceId, Level>,
    read: FxHashMap<PlaceId, Level>,
}

impl Levels {
    fn of(&mut self, step: &Step) -> Level {
        let at = |levels: &FxHashMap<PlaceId, Level>, place: &PlaceId| levels.get(place).copied().unwrap_or(0);
        let mut level = self.by_seat.get(&step.seat).copied().unwrap_or(0);
        for place in &step.reads {
            level = level.max(at(&self.written, place));
        }
        for place in &step.writes {
            level = level.max(at(&self.written, place)).max(at(&self.read, place));
        }
        level += 1;
        self.by_seat.insert(step.seat, level);
        for place in &step.reads {
            let last = self.read.entry(*place).or_default();
            *last = (*last).max(level);
        }
        for place in &step.writes {
            self.written.insert(*place, level);
        }
        level
    }
}
