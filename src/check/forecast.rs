//! What may still come of a moment: how far the nearest failure is, whether it can still be avoided, and how many ends there
//! are. Made once, when a search is through.
//!
//! The search leaves out steps, so a run often comes to states that it has never seen. Here every step of every state is
//! taken (`Graph`), as long as there are not too many. What is known of a state (`Fate`) is carried backwards along
//! the steps.

use super::accesses::Watch;
use super::bounds::{Size, Stop};
use super::canonical::{self, Canonical};
use super::components;
use super::persistent::Choice;
use super::ring;
use super::round::doubled;
use super::search::Search;
use super::space::{NONE, Number, PlaceId, SeatId};
use super::states::{Row, StateId, States};
use super::verdict::{Defect, DefectKind};
use super::way::{ALTERNATIVES, Way};
use crate::base::ThreadId;
use crate::machine::line_of;
use crate::machine::parts::Part;
use rustc_hash::{FxHashMap, FxHashSet};

/// Ends that are told apart; the last bit stands for all further ones.
const ENDS: u32 = 64;

/// What may come of every state.
#[derive(Debug)]
pub struct Forecast {
    pub(super) search: Search,
    pub(super) graph: Graph,
    pub(super) signs: Signs,
    /// By state.
    fates: Vec<Fate>,
    /// Which of the ends are failures.
    bad: u64,
}

/// What may come of a state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Fate {
    /// How many steps away the nearest failure is; `NONE`: there is none.
    distance: u32,
    failure: Option<DefectKind>,
    /// Some way ends well, or goes on well for ever.
    avoidable: bool,
    ends: u64,
}

/// A failure that may come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Failure {
    /// After so many steps.
    pub steps: u32,
    /// What goes wrong.
    pub kind: DefectKind,
}

/// What may come of a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Prospect {
    /// The nearest failure.
    pub failure: Option<Failure>,
    /// Whether some way avoids all failures.
    pub avoidable: bool,
    /// How many different ends there still are.
    pub ends: Ends,
    /// The steps that can be taken now.
    pub choices: Vec<Turn>,
}

/// Ends: states in which nothing happens any more. They differ in what variables hold and where threads stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ends {
    /// How many.
    pub count: u32,
    /// How many of them are failures.
    pub bad: u32,
    /// There may be more.
    pub more: bool,
}

/// A step that can be taken, and what may come of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Turn {
    /// Who goes.
    pub thread: ThreadId,
    /// How.
    pub way: Way,
    /// The line where the thread stands.
    pub line: u32,
    /// The nearest failure, counted from before the step.
    pub failure: Option<Failure>,
    /// Whether it can still be avoided then.
    pub avoidable: bool,
}

/// Every step from a program's beginning on.
#[derive(Debug, Default)]
pub(super) struct Graph {
    states: States,
    /// The row of the state that is looked for.
    packed: Row,
    /// By state: where its edges begin.
    starts: Vec<u32>,
    edges: Vec<Edge>,
    /// By state: from where, and by which step, it was come upon first.
    origins: Vec<(StateId, SeatId, u8)>,
    /// By state: how nothing happens any more there.
    ends: FxHashMap<StateId, Option<DefectKind>>,
    keys: Canonical,
    others: Canonical,
    there: Vec<Number>,
}

#[derive(Clone, Copy, Debug)]
struct Edge {
    to: StateId,
    seat: u8,
    /// What goes wrong with it.
    failure: Option<DefectKind>,
}

/// Tells steps that go wrong.
#[derive(Debug)]
pub(super) struct Signs {
    watch: Option<Watch>,
    /// Rings that were seen: where their threads stand. Whether the machine says that they are final.
    rings: FxHashMap<Vec<(PlaceId, Number)>, bool>,
}

impl Forecast {
    /// What may come of the states of a program that was searched; `None`: there are more states than `most`, it was stopped,
    /// or a thread computes for so long that nobody knows what comes after.
    pub fn of(mut search: Search, defects: &[Defect], most: usize, stop: Stop<'_>) -> Option<Forecast> {
        let mut graph = Graph::explore(&mut search, most, stop)?;
        if search.space.computes_long().is_some() {
            return None;
        }
        let mut signs = Signs { watch: Watch::of(&search.space), rings: FxHashMap::default() };
        graph.look_for_failures(&mut search, &mut signs, stop)?;
        let loops = graph.loops(&mut search, defects);
        let (fates, bad) = graph.fates(&loops);
        Some(Forecast { search, graph, signs, fates, bad })
    }

    /// How many states there are.
    pub fn states(&self) -> usize {
        self.fates.len()
    }

    /// Whether a failure can still be avoided in the state.
    pub(super) fn is_avoidable(&self, state: StateId) -> bool {
        self.fates[state as usize].avoidable
    }

    /// What may come of the state, in which the parts have these numbers.
    pub(super) fn prospect(&mut self, state: StateId, now: &[Number]) -> Prospect {
        let fate = self.fates[state as usize];
        let mut choices = Vec::new();
        self.search.chooser.all(&mut self.search.space, now, &mut choices);
        let choices = choices.into_iter().filter_map(|choice| self.turn(now, choice)).collect();
        let count = fate.ends.count_ones();
        let ends = Ends { count, bad: (fate.ends & self.bad).count_ones(), more: fate.ends >> (ENDS - 1) != 0 };
        Prospect { failure: fate.coming(0), avoidable: fate.avoidable, ends, choices }
    }

    fn turn(&mut self, now: &[Number], choice: Choice) -> Option<Turn> {
        let fails = self.signs.of(&mut self.search, &self.graph, now, choice, None);
        let next = self.graph.after(&mut self.search, now, choice)?;
        let fate = self.fates[self.graph.find(&mut self.search, &next)? as usize];
        let seat = self.search.space.threads()[choice.seat as usize];
        let line = match self.search.space.part(seat.own, now.get(seat.own as usize).copied().unwrap_or(0)) {
            Some(Part::Thread(thread)) => line_of(thread, self.search.space.image()),
            _ => 0,
        };
        Some(Turn {
            thread: seat.thread,
            way: ALTERNATIVES[usize::from(choice.alternative)],
            line,
            failure: fails.map(|kind| Failure { steps: 1, kind }).or(fate.coming(1)),
            avoidable: fails.is_none() && fate.avoidable,
        })
    }
}

impl Fate {
    /// The nearest failure, seen from so many steps before.
    fn coming(self, before: u32) -> Option<Failure> {
        self.failure.map(|kind| Failure { steps: self.distance + before, kind })
    }
}

impl Signs {
    /// What goes wrong with a step. `from`: the state before it, if the way there may be followed.
    pub(super) fn of(
        &mut self,
        search: &mut Search,
        graph: &Graph,
        now: &[Number],
        choice: Choice,
        from: Option<StateId>,
    ) -> Option<DefectKind> {
        let done = search.space.effect(choice.effect).done.as_ref()?;
        if let Some(class) = &done.crashed {
            return Some(if &**class == "AssertionError" { DefectKind::Assertion } else { DefectKind::Exception });
        }
        let lost = self.watch.as_mut().map(|watch| watch.lost(&search.space, now, choice, 0)).unwrap_or_default();
        if lost.iter().any(|lead| search.write_over(now, choice, lead, &mut Vec::new())) {
            return Some(DefectKind::LostUpdate);
        }
        let next = graph.after(search, now, choice)?;
        let ring = ring::closed(&mut search.space, &next, choice.seat)?;
        let stands = ring::stands(&search.space, &ring, &next);
        let is_final = match (self.rings.get(&stands), from) {
            (Some(known), _) => *known,
            (None, None) => false,
            (None, Some(from)) => {
                let mut steps = graph.path(from);
                steps.push((choice.seat, choice.alternative));
                let is_final = search.is_final(&steps);
                self.rings.insert(stands, is_final);
                is_final
            }
        };
        is_final.then_some(DefectKind::Deadlock)
    }
}

impl Graph {
    fn size(&self) -> Size {
        let growth = self.states.growth() + doubled(&self.edges) + doubled(&self.origins);
        Size { states: self.states.len(), growth, steps: self.edges.len(), ..Size::default() }
    }

    fn explore(search: &mut Search, most: usize, stop: Stop<'_>) -> Option<Graph> {
        let mut graph = Graph::default();
        let first = search.first.clone();
        graph.come_to(search, &first, (0, 0, 0));
        let (mut at, mut now, mut choices) = (0, Vec::new(), Vec::new());
        while at < graph.states.len() {
            if graph.states.len() > most || search.space.threads().len() > 64 || stop(graph.size()).is_some() {
                return None;
            }
            graph.read(search, at as StateId, &mut now);
            search.chooser.all(&mut search.space, &now, &mut choices);
            graph.starts.push(graph.edges.len() as u32);
            for choice in &choices {
                let Some(next) = graph.after(search, &now, *choice) else { continue };
                graph.states.admit_all(&search.space, choice.effect, &next);
                let to = graph.come_to(search, &next, (at as StateId, choice.seat, choice.alternative));
                graph.edges.push(Edge { to, seat: choice.seat as u8, failure: None });
            }
            at += 1;
        }
        graph.starts.push(graph.edges.len() as u32);
        Some(graph)
    }

    fn read(&self, search: &Search, state: StateId, now: &mut Vec<Number>) {
        now.clear();
        now.resize(search.space.width(), 0);
        self.states.read(state, now);
    }

    /// The parts after a step.
    pub(super) fn after(&self, search: &mut Search, now: &[Number], choice: Choice) -> Option<Vec<Number>> {
        let mut next = now.to_vec();
        search.space.apply(choice.effect, &mut next);
        search.space.effect(choice.effect).done.is_some().then_some(next)
    }

    /// The state with these parts.
    pub(super) fn find(&mut self, search: &mut Search, row: &[Number]) -> Option<StateId> {
        self.states.admit_row(row);
        self.known(search, row).ok()
    }

    /// The state with these parts, or the hash of its key.
    fn known(&mut self, search: &mut Search, row: &[Number]) -> Result<StateId, u64> {
        let Graph { states, keys, others, there, packed, .. } = self;
        let space = &mut search.space;
        let mut row = row.to_vec();
        row.resize(space.width().max(row.len()), 0);
        states.pack(&row, packed);
        if let Some(state) = states.with_row(packed) {
            return Ok(state);
        }
        let key = keys.key(space, &row, None);
        let hash = canonical::hash(key);
        let same = |state| {
            there.clear();
            there.resize(row.len(), 0);
            states.read(state, there);
            others.key(space, there, None) == key
        };
        states.find(hash, same).ok_or(hash)
    }

    fn come_to(&mut self, search: &mut Search, row: &[Number], origin: (StateId, SeatId, u8)) -> StateId {
        match self.known(search, row) {
            Ok(state) => state,
            Err(hash) => {
                self.origins.push(origin);
                self.states.push(hash, &self.packed)
            }
        }
    }

    /// The steps that lead to the state.
    fn path(&self, state: StateId) -> Vec<(SeatId, u8)> {
        let (mut steps, mut at) = (Vec::new(), state);
        while at != 0 {
            let (from, seat, alternative) = self.origins[at as usize];
            steps.push((seat, alternative));
            at = from;
        }
        steps.reverse();
        steps
    }

    /// Marks the steps that go wrong, and the states in which nothing happens any more.
    fn look_for_failures(&mut self, search: &mut Search, signs: &mut Signs, stop: Stop<'_>) -> Option<()> {
        let (mut now, mut choices) = (Vec::new(), Vec::new());
        for state in 0..self.states.len() as StateId {
            if stop(self.size()).is_some() {
                return None;
            }
            self.read(search, state, &mut now);
            search.chooser.all(&mut search.space, &now, &mut choices);
            let first = self.starts[state as usize] as usize;
            for (edge, choice) in (first..).zip(&choices) {
                self.edges[edge].failure = signs.of(search, self, &now, *choice, Some(state));
            }
            if choices.iter().all(|choice| choice.is_lucky()) {
                let how = ending(search, &now);
                self.ends.insert(state, how);
            }
        }
        Some(())
    }

    /// The states of ways that go on for ever and are defects.
    fn loops(&mut self, search: &mut Search, defects: &[Defect]) -> Vec<(StateId, DefectKind)> {
        let mut found = Vec::new();
        for defect in defects.iter().filter(|defect| defect.cycle > 0) {
            let mut now = search.first.clone();
            let lead = defect.steps.len() - defect.cycle;
            for (index, (thread, way)) in defect.steps.iter().enumerate() {
                if index >= lead {
                    found.extend(self.find(search, &now).map(|state| (state, defect.kind)));
                }
                let Some(next) = take(search, self, &now, (*thread, *way)) else { break };
                now = next;
            }
        }
        found
    }

    /// What may come of each state, and which ends are failures.
    fn fates(&self, loops: &[(StateId, DefectKind)]) -> (Vec<Fate>, u64) {
        let count = self.states.len();
        let mut fates = vec![Fate { distance: NONE, failure: None, avoidable: false, ends: 0 }; count];
        let mut bad = 0;
        let mut ends: Vec<_> = self.ends.iter().map(|(state, failure)| (*state, *failure)).collect();
        ends.sort_unstable();
        for (number, (state, failure)) in (0..).zip(ends.iter().copied()) {
            let bit = 1_u64 << u32::min(number, ENDS - 1);
            fates[state as usize].ends = bit;
            if failure.is_some() {
                bad |= bit;
            }
        }
        let back = Backwards::of(self);
        let failing = ends.iter().filter_map(|(state, failure)| Some((*state, (*failure)?)));
        self.spread_failures(&back, failing.chain(loops.iter().copied()).collect(), &mut fates);
        self.spread_ends(&back, &mut fates);
        let good = ends.iter().filter(|(_, failure)| failure.is_none()).map(|(state, _)| *state);
        let mut work: Vec<StateId> = good.chain(self.endless(loops)).collect();
        while let Some(state) = work.pop() {
            if !std::mem::replace(&mut fates[state as usize].avoidable, true) {
                let before = back.of_state(state).filter(|edge| self.edges[edge.1 as usize].failure.is_none());
                work.extend(before.map(|(from, _)| from));
            }
        }
        (fates, bad)
    }

    /// How far each state is from a failure: these states are one, and some edges are.
    fn spread_failures(&self, back: &Backwards, failing: Vec<(StateId, DefectKind)>, fates: &mut [Fate]) {
        let mut level = failing;
        let mut next: Vec<(StateId, DefectKind)> = Vec::new();
        for state in 0..fates.len() as StateId {
            next.extend(self.edges_of(state).find_map(|edge| edge.failure).map(|kind| (state, kind)));
        }
        let mut distance = 0;
        while !level.is_empty() || !next.is_empty() {
            for (state, kind) in std::mem::take(&mut level) {
                let fate = &mut fates[state as usize];
                if fate.distance == NONE {
                    (fate.distance, fate.failure) = (distance, Some(kind));
                    next.extend(back.of_state(state).map(|(from, _)| (from, kind)));
                }
            }
            level = std::mem::take(&mut next);
            distance += 1;
        }
    }

    fn spread_ends(&self, back: &Backwards, fates: &mut [Fate]) {
        let mut work: Vec<StateId> = self.ends.keys().copied().collect();
        while let Some(state) = work.pop() {
            let ends = fates[state as usize].ends;
            for (from, _) in back.of_state(state) {
                let fate = &mut fates[from as usize];
                if fate.ends | ends != fate.ends {
                    fate.ends |= ends;
                    work.push(from);
                }
            }
        }
    }

    fn edges_of(&self, state: StateId) -> std::slice::Iter<'_, Edge> {
        self.edges[self.starts[state as usize] as usize..self.starts[state as usize + 1] as usize].iter()
    }

    /// The states from which the run can go on for ever, with nothing going wrong and nobody passed over.
    fn endless(&self, loops: &[(StateId, DefectKind)]) -> Vec<StateId> {
        let looped: FxHashSet<StateId> = loops.iter().map(|(state, _)| *state).collect();
        let all = (0..self.states.len() as StateId).flat_map(|from| self.edges_of(from).map(move |edge| (from, *edge)));
        let mut work: Vec<Vec<(StateId, Edge)>> = vec![all.filter(|(_, edge)| edge.failure.is_none()).collect()];
        let mut found = Vec::new();
        while let Some(edges) = work.pop() {
            let pairs: Vec<(u32, u32)> = edges.iter().map(|(from, edge)| (*from, edge.to)).collect();
            for states in components::cyclic(self.states.len(), &pairs) {
                if states.iter().any(|state| looped.contains(state)) {
                    continue;
                }
                let inside: FxHashSet<StateId> = states.iter().copied().collect();
                let within = |from: &StateId, edge: &Edge| inside.contains(from) && inside.contains(&edge.to);
                let edges: Vec<_> = edges.iter().copied().filter(|(from, edge)| within(from, edge)).collect();
                let going = edges.iter().fold(0_u64, |all, (_, edge)| all | 1 << edge.seat);
                let passed_over = |state: &StateId| self.edges_of(*state).any(|edge| going & (1 << edge.seat) == 0);
                let unfair: FxHashSet<StateId> = states.iter().copied().filter(passed_over).collect();
                if unfair.is_empty() {
                    found.extend(states);
                } else {
                    let fair = |(from, edge): &(StateId, Edge)| !unfair.contains(from) && !unfair.contains(&edge.to);
                    work.push(edges.into_iter().filter(fair).collect());
                }
            }
        }
        found
    }
}

/// How nothing happens any more in a state: well, or what went wrong.
fn ending(search: &mut Search, now: &[Number]) -> Option<DefectKind> {
    if search.left(now).is_some() {
        Some(DefectKind::HeldLock)
    } else if search.space.is_over(now) {
        None
    } else if search.space.endless(now).is_some() {
        Some(DefectKind::Livelock)
    } else if ring::any(&mut search.space, now) {
        Some(DefectKind::Deadlock)
    } else {
        Some(DefectKind::Stuck)
    }
}

/// The parts after a step that is given by the thread that takes it; `None`: it cannot be taken, or does nothing.
fn take(search: &mut Search, graph: &Graph, now: &[Number], step: (ThreadId, Way)) -> Option<Vec<Number>> {
    let choice = choice(search, now, step)?;
    graph.after(search, now, choice)
}

/// The step that a thread takes in such a way; `None`: it is not there, or there is no such way.
pub(super) fn choice(search: &mut Search, now: &[Number], (thread, way): (ThreadId, Way)) -> Option<Choice> {
    let seat = search.space.seat(thread)?;
    let alternative = ALTERNATIVES.iter().position(|other| *other == way)?;
    let own = search.space.threads()[seat as usize].own;
    if !search.space.is_there(own, now.get(own as usize).copied().unwrap_or(0)) {
        return None;
    }
    let effect = search.space.attempt(seat, alternative, now);
    Some(Choice { seat, alternative: alternative as u8, effect })
}

/// The edges, by the states that they lead to.
struct Backwards {
    starts: Vec<u32>,
    /// From where, and the edge's number.
    edges: Vec<(StateId, u32)>,
}

impl Backwards {
    fn of(graph: &Graph) -> Backwards {
        let mut starts = vec![0_u32; graph.states.len() + 1];
        for edge in &graph.edges {
            starts[edge.to as usize + 1] += 1;
        }
        for state in 1..starts.len() {
            starts[state] += starts[state - 1];
        }
        let (mut next, mut edges) = (starts.clone(), vec![(0, 0); graph.edges.len()]);
        for from in 0..graph.states.len() as StateId {
            for number in graph.starts[from as usize]..graph.starts[from as usize + 1] {
                let place = &mut next[graph.edges[number as usize].to as usize];
                edges[*place as usize] = (from, number);
                *place += 1;
            }
        }
        Backwards { starts, edges }
    }

    fn of_state(&self, state: StateId) -> impl Iterator<Item = (StateId, u32)> {
        let range = self.starts[state as usize] as usize..self.starts[state as usize + 1] as usize;
        self.edges[range].iter().copied()
    }
}
