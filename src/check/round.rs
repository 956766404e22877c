//! What a search knows of the states of one round: how they were come to, and what was found on the way.

use super::accesses::Watch;
use super::bounds::{Bound, Size, Stop};
use super::canonical::Canonical;
use super::found::{Defect, Found, Kind};
use super::looks::Looks;
use super::persistent::Moment;
use super::search::{CHAIN, Options};
use super::space::{Number, PlaceId, SeatId};
use super::states::{Row, StateId, States};
use rustc_hash::FxHashMap;

/// What is known of the states of one round.
#[derive(Debug, Default)]
pub(super) struct Round {
    pub(super) states: States,
    /// By state: its depth, whether it was expanded, and the edge that leads there.
    pub(super) known: Vec<Node>,
    /// Steps, as `packed`.
    pub(super) edges: Vec<u32>,
    pub(super) levels: Vec<Vec<StateId>>,
    /// From which state to which the edges lead, if that is kept.
    pub(super) links: Option<Vec<(StateId, StateId)>>,
    /// An edge leads no farther from the beginning: there may be cycles.
    pub(super) turns_back: bool,
    /// Rings that were seen: where their threads stand. Whether the machine says that they are final.
    pub(super) rings: FxHashMap<Vec<(PlaceId, Number)>, bool>,
    pub(super) canonical: Canonical,
    pub(super) other: Canonical,
    pub(super) looks: Looks,
    pub(super) there: Vec<Number>,
    /// The packed row of the state at hand.
    pub(super) row: Row,
    /// The state from which a step is taken, and the way from there.
    pub(super) before: Moment,
    pub(super) now: Vec<Number>,
    pub(super) edge: Vec<(SeatId, u8)>,
    /// What was printed at the first end that was come to, and how one comes there.
    pub(super) printed: Option<(Number, Vec<(SeatId, u8)>)>,
    pub(super) found: Found,
    /// How many steps the shortest way to a defect has that ends the search, as far as one is known.
    pub(super) limit: Option<usize>,
    pub(super) watch: Option<Watch>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) parent: StateId,
    pub(super) depth: u32,
    pub(super) expanded: bool,
    /// Where the edge begins in `Round::edges`, and how many steps it has.
    pub(super) start: u32,
    pub(super) length: u8,
}

/// A step in one number. There are fewer than 16 ways to go on.
fn packed((seat, alternative): (SeatId, u8)) -> u32 {
    seat << 4 | u32::from(alternative)
}

fn unpacked(step: u32) -> (SeatId, u8) {
    (step >> 4, (step & 15) as u8)
}

impl Round {
    /// Whether to end the search. Every way that is still to come is longer than `depth`, so it is no shorter than one of
    /// a step more.
    pub(super) fn is_done(&mut self, options: &Options, stop: Stop<'_>, depth: usize) -> bool {
        let states = self.states.len();
        let bound = (states >= options.most).then_some(Bound::States);
        let Found { steps, rounds: round, .. } = self.found;
        self.found.cut = bound.or_else(|| stop(Size { states, growth: self.growth(), steps, depth, round }));
        self.found.cut.is_some() || self.limit.is_some_and(|limit| limit <= depth + 1)
    }

    /// How many steps the shortest way to a defect has that ends the search.
    pub(super) fn limit(&self, options: &Options) -> Option<usize> {
        let sought = self.found.defects.iter().filter(|it| !options.keep_going && options.seeks(&it.kind));
        sought.map(|it| it.steps.len()).min()
    }

    /// An edge leads to the state.
    pub(super) fn link(&mut self, parent: Option<StateId>, state: StateId) {
        if let Some(parent) = parent {
            if let Some(links) = &mut self.links {
                links.push((parent, state));
            }
            self.turns_back |= self.known[state as usize].depth <= self.known[parent as usize].depth;
        }
    }

    /// How one comes to the state now: over the edge at hand.
    pub(super) fn node(&mut self, parent: Option<StateId>, depth: u32) -> Node {
        let (start, length) = (self.edges.len() as u32, self.edge.len() as u8);
        self.edges.extend(self.edge.iter().copied().map(packed));
        Node { parent: parent.unwrap_or(0), depth, expanded: false, start, length }
    }

    /// Who went last on the way to the state.
    pub(super) fn last(&self, state: StateId) -> Option<SeatId> {
        let Node { start, length, .. } = self.known[state as usize];
        let last = self.edges[start as usize..][..usize::from(length)].last();
        last.map(|step| unpacked(*step).0)
    }

    /// How many bytes the next state may take at once.
    pub(super) fn growth(&self) -> usize {
        self.states.growth() + doubled(&self.known) + doubled(&self.edges) + self.links.as_ref().map_or(0, doubled)
    }

    /// How many steps from the beginning the end of the edge is.
    pub(super) fn depth(&self, parent: StateId) -> usize {
        self.known[parent as usize].depth as usize + self.edge.len()
    }

    /// Something went wrong at the end of the edge.
    pub(super) fn report(&mut self, kind: Kind, parent: Option<StateId>) {
        let steps = self.path(parent);
        self.add(Defect::at_end(kind, steps));
    }

    /// The steps from the beginning to the end of the edge.
    pub(super) fn path(&self, parent: Option<StateId>) -> Vec<(SeatId, u8)> {
        let mut steps: Vec<(SeatId, u8)> = self.edge.iter().rev().copied().collect();
        let mut state = parent;
        while let Some(at) = state {
            let node = self.known[at as usize];
            let edge = &self.edges[node.start as usize..][..usize::from(node.length)];
            steps.extend(edge.iter().rev().copied().map(unpacked));
            state = (node.length > 0).then_some(node.parent);
        }
        steps.reverse();
        steps
    }

    /// Whether no way to that is known that takes no more steps.
    pub(super) fn is_shorter(&self, kind: &Kind, steps: usize) -> bool {
        self.found.defects.iter().all(|known| known.kind != *kind || known.steps.len() > steps)
    }

    pub(super) fn add(&mut self, new: Defect) {
        match self.found.defects.iter_mut().find(|defect| defect.kind == new.kind) {
            Some(defect) if defect.steps.len() <= new.steps.len() => {}
            Some(defect) => *defect = new,
            None => self.found.defects.push(new),
        }
    }
}

/// How many bytes more a list takes if it is full and gets another item.
pub(super) fn doubled<T>(list: &Vec<T>) -> usize {
    if list.len() + CHAIN < list.capacity() { 0 } else { list.capacity() * size_of::<T>() }
}
