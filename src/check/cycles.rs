//! Ways that go on for ever: livelocks, threads that starve, and threads that are stuck while others go on.
//!
//! The reduced search leaves out steps, so its cycles only say where to look: from the states where it went round, every
//! step is taken (`Graph`). A claim is made of that graph alone.
//!
//! A cycle counts only if it is *fair*: a thread that can go at some state of it does go. (So a lock is not expected to
//! pass over a thread for ever.) Whether there is a fair cycle in a strongly connected component is found by taking away
//! the states at which somebody can go who never does, and looking at what is left (Streett's condition).
//!
//! A step that only *looks* leaves everything as it is, but for what only lets threads go on: locks, conditions, semaphores and
//! limits. A fair cycle of such steps is a livelock. A thread *starves* if the others get on in a fair cycle in which it
//! does not go or only looks, though in another continuation it would get on.
//!
//! States are told apart by their keys (`canonical`), in which threads may have changed places. So a thread is followed along
//! the edges: a *role* is a thread in a state, and those roles belong together that edges lead to.

use super::bounds::{Size, Stop};
use super::canonical::{self, Canonical};
use super::components;
use super::effects::Done;
use super::round::doubled;
use super::space::{Number, SeatId, Space, number_at};
use super::states::{Row, StateId, States};
use super::way::WAKE;
use crate::machine::Thread;
use crate::machine::parts::{self, Part, Place};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeSet, VecDeque};

/// The most threads that are followed.
const MOST: usize = 64;

/// How something goes on for ever.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sort {
    /// Nothing but looking goes on.
    Livelock,
    /// The others get on, and this thread does not, though it might.
    Starves(SeatId),
    /// Others go on, and this thread can never again.
    Stuck(SeatId),
}

/// A way that goes on for ever.
#[derive(Debug)]
pub(super) struct Endless {
    pub sort: Sort,
    /// From which of the states that were given.
    pub from: usize,
    /// The steps from there.
    pub steps: Vec<(SeatId, u8)>,
    /// How many of these, at the end, are the cycle.
    pub cycle: usize,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub ways: Vec<Endless>,
    /// Some fair way goes on for ever.
    pub endless: bool,
    /// There was too much to look at.
    pub cut: bool,
}

/// Every step from some states on.
struct Graph {
    states: States,
    /// By state: what leads there first; or which of the states that were given it is.
    origins: Vec<Result<u32, usize>>,
    edges: Vec<Edge>,
    /// By state: where its edges begin.
    starts: Vec<u32>,
    /// By state: the threads that can go, and those that are alive.
    can: Vec<u64>,
    alive: Vec<u64>,
    keys: Canonical,
    orders: Canonical,
}

/// A step.
struct Edge {
    from: StateId,
    to: StateId,
    seat: SeatId,
    alternative: u8,
    looks: bool,
    /// Which thread is in whose place then, if any has changed.
    turned: Option<Box<[(SeatId, SeatId)]>>,
}

/// States, and steps between them, among which a fair cycle goes through all.
struct Fair {
    states: Vec<StateId>,
    edges: Vec<u32>,
    /// To which thread each role belongs.
    classes: FxHashMap<(StateId, SeatId), u32>,
    /// Those that go.
    going: BTreeSet<u32>,
}

/// Looks at what goes on for ever from these states. `stop` ends it, asked with the number of states.
pub(super) fn find(space: &mut Space, heads: &[Vec<Number>], most: usize, stop: Stop<'_>) -> Found {
    let Some(mut graph) = Graph::from(space, heads, most, stop) else { return Found { cut: true, ..Found::default() } };
    let mut found = Found { endless: !graph.fair(|_| true).is_empty(), ..Found::default() };
    if !found.endless {
        return found;
    }
    let livelocks = graph.fair(|edge| edge.looks).into_iter();
    let mut livelocks = livelocks.filter(|fair| graph.goes_but_for_daemons(space, fair));
    if let Some(fair) = livelocks.next() {
        found.ways.extend(graph.way(space, heads, &fair, Sort::Livelock));
    }
    for seat in 0..space.threads().len() as SeatId {
        let fairs = graph.fair(|edge| edge.seat != seat || edge.looks);
        let mut wants = fairs.into_iter().filter_map(|fair| Some((graph.wants(space, &fair, seat)?, fair)));
        if let Some((sort, fair)) = wants.next() {
            found.ways.extend(graph.way(space, heads, &fair, sort));
        }
    }
    found
}

impl Graph {
    fn size(&self) -> Size {
        let growth = self.states.growth() + doubled(&self.origins) + doubled(&self.edges);
        Size { states: self.states.len(), growth, steps: self.edges.len(), depth: 0, round: 0 }
    }

    /// The graph; `None`: it is too large.
    fn from(space: &mut Space, heads: &[Vec<Number>], most: usize, stop: Stop<'_>) -> Option<Graph> {
        let mut graph = Graph {
            states: States::default(),
            origins: Vec::new(),
            edges: Vec::new(),
            starts: Vec::new(),
            can: Vec::new(),
            alive: Vec::new(),
            keys: Canonical::default(),
            orders: Canonical::default(),
        };
        for (index, head) in heads.iter().enumerate() {
            graph.states.admit_row(head);
            graph.come_to(space, head.clone(), Err(index));
        }
        let mut at = 0;
        while at < graph.states.len() {
            if graph.states.len() >= most || space.threads().len() > MOST || stop(graph.size()).is_some() {
                return None;
            }
            graph.expand(space, at as StateId);
            at += 1;
        }
        graph.starts.push(graph.edges.len() as u32);
        Some(graph)
    }

    fn row(&self, space: &Space, state: StateId) -> Vec<Number> {
        let mut row = vec![0; space.width()];
        self.states.read(state, &mut row);
        row
    }

    fn expand(&mut self, space: &mut Space, state: StateId) {
        let now = self.row(space, state);
        self.starts.push(self.edges.len() as u32);
        let (mut can, mut alive) = (0_u64, 0_u64);
        let holder = space.holder(&now);
        for seat in 0..space.threads().len() as SeatId {
            let own = space.threads()[seat as usize].own;
            if !space.is_there(own, number_at(&now, own)) {
                continue;
            }
            alive |= 1 << seat;
            if holder.is_some_and(|holder| holder != seat) {
                continue;
            }
            // A thread that waits need not wake without a notify: no cycle rests on that.
            for alternative in 0..WAKE {
                let effect = space.attempt(seat, alternative, &now);
                let Some(done) = &space.effect(effect).done else { continue };
                can |= 1 << seat;
                let looks = looks(space, seat, &now, done);
                let mut next = now.clone();
                space.apply(effect, &mut next);
                self.states.admit_all(space, effect, &next);
                let edge = self.edges.len() as u32;
                let (to, turned) = self.come_to(space, next, Ok(edge));
                self.edges.push(Edge { from: state, to, seat, alternative: alternative as u8, looks, turned });
            }
        }
        self.can.push(can);
        self.alive.push(alive);
    }

    /// The state's number, and who is in whose place there.
    #[expect(clippy::type_complexity, reason = "as in `Edge`")]
    fn come_to(
        &mut self,
        space: &mut Space,
        row: Vec<Number>,
        origin: Result<u32, usize>,
    ) -> (StateId, Option<Box<[(SeatId, SeatId)]>>) {
        let Graph { states, orders, keys, .. } = self;
        let mut packed = Row::new();
        states.pack(&row, &mut packed);
        if let Some(state) = states.with_row(&packed) {
            return (state, None);
        }
        let key = keys.key(space, &row, None);
        let hash = canonical::hash(key);
        let same = |state| {
            let mut there = vec![0; row.len()];
            states.read(state, &mut there);
            orders.key(space, &there, None) == key
        };
        if let Some(state) = states.find(hash, same) {
            let mine = self.order(space, &row);
            let there = self.row(space, state);
            let its = self.order(space, &there);
            let turned: Box<[_]> = mine.into_iter().zip(its).collect();
            let is_same = turned.iter().all(|(mine, its)| mine == its);
            return (state, (!is_same).then_some(turned));
        }
        self.origins.push(origin);
        (self.states.push(hash, &packed), None)
    }

    /// The threads in the order in which the key has them.
    fn order(&mut self, space: &mut Space, row: &[Number]) -> Vec<SeatId> {
        self.orders.key(space, row, None);
        self.orders.order(space, row)
    }

    fn edges_of(&self, state: StateId) -> std::ops::Range<u32> {
        self.starts[state as usize]..self.starts[state as usize + 1]
    }

    /// Who a thread is after the edge.
    fn after(edge: &Edge, seat: SeatId) -> Option<SeatId> {
        match &edge.turned {
            None => Some(seat),
            Some(turned) => turned.iter().find(|(mine, _)| *mine == seat).map(|(_, its)| *its),
        }
    }

    /// Where fair cycles go along such edges.
    fn fair(&self, along: impl Fn(&Edge) -> bool) -> Vec<Fair> {
        let mut found = Vec::new();
        let all = (0..self.edges.len() as u32).filter(|edge| along(&self.edges[*edge as usize])).collect();
        let mut work: Vec<Vec<u32>> = vec![all];
        while let Some(edges) = work.pop() {
            let ends = |edge: &u32| (self.edges[*edge as usize].from, self.edges[*edge as usize].to);
            let pairs: Vec<(u32, u32)> = edges.iter().map(ends).collect();
            for states in components::cyclic(self.states.len(), &pairs) {
                let inside: FxHashSet<StateId> = states.iter().copied().collect();
                let within = |edge: &&u32| inside.contains(&ends(edge).0) && inside.contains(&ends(edge).1);
                let fair = self.with_classes(states, edges.iter().filter(within).copied().collect());
                let bad: FxHashSet<StateId> =
                    fair.states.iter().copied().filter(|at| self.left_out(&fair, *at)).collect();
                if bad.is_empty() {
                    found.push(fair);
                } else {
                    let left = |edge: &u32| !bad.contains(&ends(edge).0) && !bad.contains(&ends(edge).1);
                    work.push(fair.edges.into_iter().filter(left).collect());
                }
            }
        }
        found.sort_by_key(|fair| fair.states[0]);
        found
    }

    /// Whether somebody can go in the state who does not go anywhere.
    fn left_out(&self, fair: &Fair, state: StateId) -> bool {
        seats(self.can[state as usize]).any(|seat| !fair.going.contains(&fair.classes[&(state, seat)]))
    }

    fn with_classes(&self, states: Vec<StateId>, edges: Vec<u32>) -> Fair {
        let mut roles: FxHashMap<(StateId, SeatId), u32> = FxHashMap::default();
        for state in &states {
            for seat in seats(self.alive[*state as usize]) {
                roles.insert((*state, seat), roles.len() as u32);
            }
        }
        let mut parents: Vec<u32> = (0..roles.len() as u32).collect();
        for edge in &edges {
            let edge = &self.edges[*edge as usize];
            for seat in seats(self.alive[edge.from as usize]) {
                let then = Self::after(edge, seat).and_then(|seat| roles.get(&(edge.to, seat)));
                if let Some(then) = then {
                    let (one, other) = (root(&mut parents, roles[&(edge.from, seat)]), root(&mut parents, *then));
                    parents[one as usize] = other;
                }
            }
        }
        roles.values_mut().for_each(|role| *role = root(&mut parents, *role));
        let going = edges.iter().map(|edge| &self.edges[*edge as usize]).map(|edge| roles[&(edge.from, edge.seat)]);
        Fair { going: going.collect(), states, edges, classes: roles }
    }

    /// Whether a thread goes that is no daemon.
    fn goes_but_for_daemons(&self, space: &Space, fair: &Fair) -> bool {
        fair.edges
            .iter()
            .map(|edge| &self.edges[*edge as usize])
            .any(|edge| !is_daemon(space, edge.seat, &self.row(space, edge.from)))
    }

    /// How the thread fares in fair cycles in which it only looks, if it wants something else.
    fn wants(&self, space: &Space, fair: &Fair, seat: SeatId) -> Option<Sort> {
        let class = *fair.classes.get(&(fair.states[0], seat))?;
        let stays = |state: &StateId| fair.classes.get(&(*state, seat)) == Some(&class);
        let members = fair.classes.values().filter(|member| **member == class).count();
        if !fair.states.iter().all(stays) || members != fair.states.len() {
            return None; // it changes places with others
        }
        let row = self.row(space, fair.states[0]);
        let Some(Part::Thread(thread)) =
            space.part(space.threads()[seat as usize].own, number_at(&row, space.threads()[seat as usize].own))
        else {
            return None;
        };
        let gets_on = fair.edges.iter().any(|edge| !self.edges[*edge as usize].looks);
        let goes = fair.going.contains(&class);
        if !goes && (is_daemon(space, seat, &row) || !parts::may_starve(thread)) {
            return None;
        }
        match (goes, self.may_get_on(fair.states[0], seat, goes)) {
            (_, true) if gets_on => Some(Sort::Starves(seat)),
            (false, false) => Some(Sort::Stuck(seat)),
            (true, false) | (_, true) => None,
        }
    }

    /// Whether the thread can go later; with `on`, do more than look.
    fn may_get_on(&self, from: StateId, seat: SeatId, on: bool) -> bool {
        let (mut work, mut seen) = (vec![(from, seat)], FxHashSet::default());
        while let Some((state, seat)) = work.pop() {
            if !seen.insert((state, seat)) {
                continue;
            }
            for edge in self.edges_of(state).map(|edge| &self.edges[edge as usize]) {
                if edge.seat == seat && !(on && edge.looks) {
                    return true;
                }
                work.extend(Self::after(edge, seat).map(|seat| (edge.to, seat)));
            }
        }
        false
    }

    /// The way to a fair cycle, and once round it.
    fn way(&mut self, space: &mut Space, heads: &[Vec<Number>], fair: &Fair, sort: Sort) -> Option<Endless> {
        let start = fair.states[0];
        let (mut before, mut at) = (Vec::new(), start);
        let from = loop {
            match self.origins[at as usize] {
                Ok(edge) => {
                    before.push(edge);
                    at = self.edges[edge as usize].from;
                }
                Err(head) => break head,
            }
        };
        before.reverse();
        let mut round: Vec<u32> = Vec::new();
        let mut at = start;
        // Everybody who goes at all goes, and somebody gets on if somebody starves.
        let classes = fair.going.iter().map(|class| Some(*class));
        for wanted in classes.chain(matches!(sort, Sort::Starves(_)).then_some(None)) {
            let fits = |edge: &Edge| match wanted {
                Some(class) => fair.classes[&(edge.from, edge.seat)] == class,
                None => !edge.looks,
            };
            if !round.iter().any(|edge| fits(&self.edges[*edge as usize])) {
                at = self.go_along(fair, at, &mut round, fits)?;
            }
        }
        if at != start {
            self.go_along(fair, at, &mut round, |edge| edge.to == start)?;
        }
        let mut now = heads[from].clone();
        let mut steps = Vec::new();
        for edge in before.iter().chain(&round) {
            steps.push(self.step(space, &mut now, *edge)?);
        }
        Some(Endless { sort, from, steps, cycle: round.len() })
    }

    /// Goes on to the nearest edge that fits: adds the edges up to it, and gives where it leads.
    fn go_along(
        &self,
        fair: &Fair,
        from: StateId,
        round: &mut Vec<u32>,
        fits: impl Fn(&Edge) -> bool,
    ) -> Option<StateId> {
        let allowed: FxHashSet<u32> = fair.edges.iter().copied().collect();
        let (mut work, mut came) = (VecDeque::from([from]), FxHashMap::default());
        while let Some(state) = work.pop_front() {
            for edge in self.edges_of(state).filter(|edge| allowed.contains(edge)) {
                if fits(&self.edges[edge as usize]) {
                    let (mut way, mut at) = (vec![edge], state);
                    while at != from {
                        let before: u32 = *came.get(&at)?;
                        way.push(before);
                        at = self.edges[before as usize].from;
                    }
                    round.extend(way.iter().rev());
                    return Some(self.edges[edge as usize].to);
                }
                let to = self.edges[edge as usize].to;
                if to != from && !came.contains_key(&to) {
                    came.insert(to, edge);
                    work.push_back(to);
                }
            }
        }
        None
    }

    /// Takes the step that stands for the edge in a state that is like its first: who goes there.
    fn step(&mut self, space: &mut Space, now: &mut Vec<Number>, edge: u32) -> Option<(SeatId, u8)> {
        let Edge { from, seat, alternative, .. } = self.edges[edge as usize];
        now.resize(space.width(), 0);
        let there = self.row(space, from);
        let its = self.order(space, &there);
        let mine = self.order(space, now);
        let place = its.iter().position(|its| *its == seat)?;
        let seat = *mine.get(place)?;
        let effect = space.attempt(seat, usize::from(alternative), now);
        space.apply(effect, now);
        space.effect(effect).done.is_some().then_some((seat, alternative))
    }
}

/// Whether the step only looks.
fn looks(space: &Space, seat: SeatId, before: &[Number], done: &Done) -> bool {
    let own = space.threads()[seat as usize].own;
    let is_quiet = |thread: &Thread| !parts::writes_output(thread);
    let quiet = matches!(space.part(own, number_at(before, own)), Some(Part::Thread(thread)) if is_quiet(thread));
    let goes_on = space.part(own, done.own).is_some() && done.started.is_empty();
    let lets_be = |(place, number): &(u32, Number)| match space.name(*place) {
        _ if number_at(before, *place) == *number => true,
        Place::Thread(_) | Place::Row(_) => true,
        Place::Rest | Place::Process(_) | Place::Global(..) | Place::Output | Place::Faults => false,
        // Who goes next changes nothing for good.
        Place::Turn => true,
        Place::Object(_) => match (space.part(*place, number_at(before, *place)), space.part(*place, *number)) {
            (Some(before), Some(after)) => match (parts::object(before), parts::object(after)) {
                (Some(before), Some(after)) => parts::differ_in_who_waits(before, after),
                _ => false,
            },
            _ => false,
        },
    };
    quiet && goes_on && done.writes.iter().all(lets_be)
}

fn is_daemon(space: &Space, seat: SeatId, row: &[Number]) -> bool {
    let place = space.threads()[seat as usize].row;
    matches!(space.part(place, number_at(row, place)), Some(Part::Row(record)) if record.daemon)
}

fn seats(mask: u64) -> impl Iterator<Item = SeatId> {
    (0..MOST as SeatId).filter(move |seat| mask & (1 << seat) != 0)
}

fn root(parents: &mut [u32], mut role: u32) -> u32 {
    while parents[role as usize] != role {
        parents[role as usize] = parents[parents[role as usize] as usize];
        role = parents[role as usize];
    }
    role
}
