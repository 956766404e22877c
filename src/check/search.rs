//! The search: breadth first through the steps that have to be taken, up to the first state that goes wrong, or through all.
//!
//! Only states with a choice are kept; a chain of steps without one is an edge. A state whose successors were all seen before
//! takes every step there is, so that no thread is left out for ever (the *ignoring problem*).

use super::accesses::{Lead, Overwritten, Watch};
use super::bounds::{Bound, Size, Stop};
use super::canonical;
use super::components;
use super::cycles::{self, Sort};
use super::effects::EffectId;
pub use super::found::{Defect, Found, Kind};
use super::future;
pub use super::options::Options;
use super::order;
use super::past;
use super::persistent::{Choice, Chooser};
use super::replay::{self, Ending};
use super::ring;
use super::round::{Node, Round};
use super::space::{Kept, NONE, Number, SeatId, Space, number_at};
use super::states::StateId;
use super::way::{ALTERNATIVES, WAKE, Way};
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::event::{EventKind, TroubleKind};
use crate::machine::Execution;
use crate::machine::parts::{Address, Counters};

/// Steps without a choice that are one edge, at most.
pub(super) const CHAIN: usize = 64;
/// How many ways through the program are tried first, and how long they are at most.
const WALKS: usize = 30;
const WALK: usize = 2_000;
/// Steps up to where a thread comes to its write.
const LONELY: usize = 64;

/// A search under way.
#[derive(Debug)]
pub struct Search {
    /// The program's space.
    pub space: Space,
    pub(super) start: Execution,
    /// The row of the first state.
    pub(super) first: Vec<Number>,
    options: Options,
    pub(super) chooser: Chooser,
}

impl Search {
    /// A search through a program's space.
    pub fn new(start: Execution, options: Options) -> Search {
        Search::counting(start, options, Counters::NONE)
    }

    /// A search in whose states these counters count.
    fn counting(start: Execution, options: Options, counters: Counters) -> Search {
        let kept = Kept { output: options.deterministic, turn: options.gil };
        let (mut space, first) = Space::new(start.clone(), counters, kept);
        let mut chooser = Chooser::default();
        if let Some(code) = options.asked {
            space.ask(code);
        }
        let lucky = (WAKE..ALTERNATIVES.len()).filter(|way| options.tries(ALTERNATIVES[*way]));
        chooser.try_luck(lucky.collect(), options.faults);
        Search { space, start, first, options, chooser }
    }

    /// Whether steps are left out that others stand for.
    pub(super) fn reduces(&self) -> bool {
        self.options.reduces()
    }

    /// The same steps in an order with the fewest switches, unless their order is all that counts.
    pub(super) fn in_order(&mut self, steps: &[(SeatId, u8)]) -> Vec<(SeatId, u8)> {
        match self.options.gil {
            true => steps.to_vec(),
            false => order::with_fewest_switches(&mut self.space, &self.first, steps),
        }
    }

    /// The steps by the threads that take them.
    pub fn named(&self, steps: &[(SeatId, u8)]) -> Vec<(ThreadId, Way)> {
        let thread = |seat: SeatId| self.space.threads()[seat as usize].thread;
        let step = |(seat, alternative): &(SeatId, u8)| (thread(*seat), ALTERNATIVES[usize::from(*alternative)]);
        steps.iter().map(step).collect()
    }

    /// Searches; again if there are counters that count after all.
    pub fn run(&mut self, stop: Stop<'_>) -> Found {
        if self.start.image().makes_processes() && self.options.gil {
            return Found { cut: Some(Bound::LocksOfProcesses), ..Found::default() };
        }
        loop {
            let found = self.search(stop);
            let Some(counters) = self.space.lacks() else { return found };
            *self = Search::counting(self.start.clone(), self.options, counters);
        }
    }

    fn search(&mut self, stop: Stop<'_>) -> Found {
        let stranded = self.walk(stop);
        if self.space.lacks().is_some() {
            return Found::default();
        }
        // Where steps are left out, edges often lead to where one was before, and elsewhere seldom.
        let mut links = self.options.leaves_out().then(Vec::new);
        for rounds in 1.. {
            self.chooser.begin(&self.space);
            self.space.name_things();
            let watch = Watch::of(&self.space);
            let found = Found { rounds, ..Found::default() };
            let mut round = self.round(stop, Round { watch, links, found, ..Round::default() });
            links = (round.links.is_some() || round.turns_back).then(Vec::new);
            // A way that goes wrong is one, whatever else there is; but perhaps there is a shorter one.
            let saw_all = round.watch.as_ref().is_none_or(|watch| watch.was_right(&self.space));
            if round.found.cut.is_some()
                || self.space.lacks().is_some()
                || saw_all && self.chooser.was_right(&self.space) && !self.lacks_links(&round)
            {
                round.found.runs = self.space.runs;
                round.found.cut = round.found.cut.or(self.space.is_refrozen().then_some(Bound::Frozen));
                self.look_for_cycles(&mut round, stop);
                // Not the shortest way, perhaps, but one.
                if round.found.cut.is_some() && round.found.defects.is_empty() {
                    round.found.defects.extend(stranded);
                }
                return round.found;
            }
        }
        Found::default()
    }

    /// Some ways through the program, picked at random: most of what its threads can do is known then. The shortest one that
    /// leads where nobody can go on, if one does.
    fn walk(&mut self, stop: Stop<'_>) -> Option<Defect> {
        let (mut choices, mut stranded) = (Vec::new(), None::<Defect>);
        let mut random = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..WALKS {
            let (mut now, mut way) = (self.first.clone(), Vec::new());
            self.chooser.all(&mut self.space, &now, &mut choices);
            let mut runs = 0;
            for steps in 0..WALK {
                let looks = self.space.runs > runs;
                runs = self.space.runs;
                if choices.is_empty() || looks && stop(Size { steps, ..Size::default() }).is_some() {
                    break;
                }
                random = random.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
                let choice = choices[(random >> 33) as usize % choices.len()];
                self.chooser.watch(&self.space, &now, choice);
                self.space.apply(choice.effect, &mut now);
                way.push((choice.seat, choice.alternative));
                self.chooser.after(&mut self.space, choice.effect, &now, &mut choices);
            }
            let is_shorter = stranded.as_ref().is_none_or(|known| way.len() < known.steps.len());
            if choices.is_empty() && is_shorter && !self.is_open(&now) && !self.space.is_over(&now) {
                stranded = Some(Defect::at_end(self.standstill(&now), way));
            }
        }
        stranded
    }

    /// Whether it is not known what comes after the state, no matter which threads can go on there.
    fn is_open(&self, now: &[Number]) -> bool {
        self.space.is_cut_off(now) || !self.space.is_over(now) && self.space.is_unfinished(now)
    }

    /// What it is if nobody can go on, and the program is not over.
    fn standstill(&mut self, now: &[Number]) -> Kind {
        match self.space.endless(now) {
            Some((seat, line)) => Kind::Endless(seat, line),
            None if ring::any(&mut self.space, now) => Kind::Ring,
            None => Kind::Stuck,
        }
    }

    /// Whether cycles have to be looked for, and it was not kept where edges lead, which few searches need.
    fn lacks_links(&self, round: &Round) -> bool {
        round.turns_back && round.links.is_none() && self.looks_for_cycles(round)
    }

    fn looks_for_cycles(&self, round: &Round) -> bool {
        round.found.cut.is_none() && (self.options.keep_going || round.found.defects.is_empty())
    }

    fn round(&mut self, stop: Stop<'_>, mut round: Round) -> Round {
        let first = self.first.clone();
        self.chooser.look(&mut self.space, &first);
        round.now = first;
        self.arrive(&mut round, None, self.chooser.nobody_has_to_go());
        let (mut now, mut lists) = (Vec::new(), [const { Vec::new() }; 2]);
        let mut depth = 0;
        while depth < round.levels.len() {
            for state in std::mem::take(&mut round.levels[depth]) {
                if round.known[state as usize].expanded || round.known[state as usize].depth != depth as u32 {
                    continue;
                }
                if self.space.lacks().is_some() || round.is_done(&self.options, stop, depth) {
                    round.found.states = round.states.len();
                    return round;
                }
                self.expand(&mut round, state, &mut now, &mut lists);
                round.limit = round.limit(&self.options);
            }
            depth += 1;
        }
        round.found.states = round.states.len();
        round
    }

    /// Looks at what goes on for ever, where the round went round.
    fn look_for_cycles(&mut self, round: &mut Round, stop: Stop<'_>) {
        // With threads that cannot be followed it is not certain that what goes on does so for ever.
        if !round.turns_back || !self.looks_for_cycles(round) || self.space.computes_long().is_some() {
            return;
        }
        let cycles = components::cyclic(round.states.len(), round.links.as_deref().unwrap_or_default());
        let heads: Vec<StateId> = cycles.iter().map(|states| states[0]).collect();
        let rows = heads.iter().map(|head| {
            let mut row = vec![0; self.space.width()];
            round.states.read(*head, &mut row);
            row
        });
        let rows: Vec<Vec<Number>> = rows.collect();
        let found = cycles::find(&mut self.space, &rows, self.options.most, stop);
        (round.found.endless, round.found.unsure) = (found.endless, found.cut);
        for way in found.ways {
            round.edge.clear();
            let mut steps = past::straight(&mut self.space, &self.first, &round.path(Some(heads[way.from])));
            steps.extend(way.steps);
            let (kind, who) = match way.sort {
                Sort::Livelock => (Kind::Livelock, None),
                Sort::Starves(seat) => (Kind::Starves, Some(seat)),
                Sort::Stuck(seat) => (Kind::Stuck, Some(seat)),
            };
            round.add(Defect { kind, steps, cycle: way.cycle, who });
        }
    }

    fn expand(
        &mut self,
        round: &mut Round,
        state: StateId,
        now: &mut Vec<Number>,
        [choices, rest]: &mut [Vec<Choice>; 2],
    ) {
        now.clear();
        now.resize(self.space.width(), 0);
        round.states.read(state, now);
        round.known[state as usize].expanded = true;
        self.chooser.look(&mut self.space, now);
        round.before.set(self.chooser.moment());
        round.edge.clear();
        self.look_for_races(round, state);
        if let Some(seat) = round.last(state) {
            self.chooser.last = seat;
        }
        self.choose(choices);
        let mut fresh = false;
        for choice in &*choices {
            fresh |= match self.known_after(round, state, *choice) {
                Some(to) => self.pass(round, now, state, *choice, to),
                None => self.follow(round, now, state, *choice, rest),
            };
        }
        if !fresh {
            let before = std::mem::take(choices);
            self.chooser.go_back(&round.before);
            self.chooser.every(choices);
            choices.retain(|choice| !before.contains(choice));
            for choice in &*choices {
                self.follow(round, now, state, *choice, rest);
            }
        }
    }

    /// The steps that have to be taken in the state at hand.
    fn choose(&mut self, choices: &mut Vec<Choice>) {
        if self.options.reduces() { self.chooser.reduced(&self.space, choices) } else { self.chooser.every(choices) }
    }

    /// The state after a step, if every step is an edge, and the state is known by its row: then there is nothing to be seen.
    fn known_after(&self, round: &mut Round, state: StateId, choice: Choice) -> Option<StateId> {
        if self.options.leaves_out() {
            return None;
        }
        let done = self.space.effect(choice.effect).done.as_ref().filter(|done| done.crashed.is_none())?;
        round.row.clear();
        round.row.extend_from_slice(round.states.row(state));
        for &(place, number) in &done.writes {
            if number == NONE || !round.states.has_room(place, number) {
                return None;
            }
            round.states.put(&mut round.row, place, number);
        }
        round.states.with_row(&round.row)
    }

    /// Takes a step to a state that is known. Whether that has not been expanded.
    fn pass(&mut self, round: &mut Round, from: &[Number], parent: StateId, choice: Choice, to: StateId) -> bool {
        round.edge.clear();
        self.begin_step(round, from, choice, parent);
        round.link(Some(parent), to);
        !round.known[to as usize].expanded
    }

    /// Takes a step, and those that have to follow. Whether the state where that ends has not been expanded.
    fn follow(
        &mut self,
        round: &mut Round,
        from: &[Number],
        parent: StateId,
        mut choice: Choice,
        choices: &mut Vec<Choice>,
    ) -> bool {
        let mut now = std::mem::take(&mut round.now);
        now.clear();
        now.extend_from_slice(from);
        self.chooser.go_back(&round.before);
        round.edge.clear();
        let ends = loop {
            self.step(round, &mut now, choice, parent);
            if self.chooser.nobody_has_to_go() {
                break true;
            }
            if !self.options.leaves_out() {
                break false;
            }
            self.chooser.last = choice.seat;
            self.choose(choices);
            match choices[..] {
                [only] if round.edge.len() < CHAIN => choice = only,
                _ => break false,
            }
            self.look_for_races(round, parent);
        };
        round.now = now;
        self.arrive(round, Some(parent), ends)
    }

    fn begin_step(&mut self, round: &mut Round, now: &[Number], choice: Choice, parent: StateId) {
        self.chooser.watch(&self.space, now, choice);
        self.look_for_updates(round, now, choice, parent);
        round.edge.push((choice.seat, choice.alternative));
        round.found.steps += 1;
    }

    /// Takes a step; then the state after it is at hand.
    fn step(&mut self, round: &mut Round, now: &mut Vec<Number>, choice: Choice, parent: StateId) {
        self.begin_step(round, now, choice, parent);
        self.space.apply(choice.effect, now);
        round.states.admit_all(&self.space, choice.effect, now);
        self.chooser.look_again(&mut self.space, choice.effect, now);
        if self.space.is_so(now) {
            let depth = round.depth(parent);
            let known = |it: &Defect| it.kind == Kind::Reached && it.steps.len() <= depth;
            if !round.found.defects.iter().any(known) {
                round.report(Kind::Reached, Some(parent));
            }
        }
        let Some(done) = &self.space.effect(choice.effect).done else { return };
        if let Some(class) = &done.crashed {
            let kind = Kind::Crashed(class.clone());
            let steps = round.path(Some(parent));
            if round.is_shorter(&kind, steps.len()) {
                // What others did that has nothing to do with it is left out.
                let steps = past::of(&mut self.space, &self.first, &steps, &[choice.seat]);
                round.add(Defect::at_end(kind, steps));
            }
        }
        if self.chooser.is_stopped(choice.seat)
            && let Some(ring) = ring::closed(&mut self.space, now, choice.seat)
        {
            self.close_ring(round, &ring, now, round.path(Some(parent)));
        }
    }

    /// A ring has closed with the last step. It is a defect by itself, if it is final, whatever others do.
    fn close_ring(&mut self, round: &mut Round, ring: &[SeatId], now: &[Number], steps: Vec<(SeatId, u8)>) {
        let stands = ring::stands(&self.space, ring, now);
        let steps = past::of(&mut self.space, &self.first, &steps, ring);
        let is_final = match round.rings.get(&stands) {
            Some(known) => *known,
            None => {
                let is_final = self.is_final(&steps);
                round.rings.insert(stands, is_final);
                is_final
            }
        };
        if is_final {
            round.add(Defect::at_end(Kind::Ring, steps));
        }
    }

    /// Whether the machine says that these steps end in a ring that nobody can open.
    pub(super) fn is_final(&self, steps: &[(SeatId, u8)]) -> bool {
        let played = replay::play(self.start.clone(), &self.named(steps), Ending::Stuck);
        let tells = |kind: &EventKind| matches!(kind, EventKind::Trouble(trouble) if matches!(trouble.kind, TroubleKind::Deadlock));
        played.is_ok_and(|played| replay::shows(&played.events, tells))
    }

    /// Looks at what can be done next to each other at the end of the edge.
    fn look_for_races(&mut self, round: &mut Round, parent: StateId) {
        let Some(watch) = &mut round.watch else { return };
        for race in watch.races(&self.space, self.chooser.attempts()) {
            let mut steps = round.path(Some(parent));
            steps.extend([(race.seat, 0), (race.other, 0)]);
            round.found.races.push((race, steps));
        }
    }

    /// Looks at what the step writes.
    fn look_for_updates(&mut self, round: &mut Round, now: &[Number], choice: Choice, parent: StateId) {
        let depth = round.depth(parent);
        let Some(watch) = &mut round.watch else { return };
        for lead in watch.lost(&self.space, now, choice, depth) {
            let mut steps = round.path(Some(parent));
            steps.push((choice.seat, choice.alternative));
            if self.write_over(now, choice, &lead, &mut steps) {
                if let Some(watch) = &mut round.watch {
                    watch.tell(&lead.update, depth);
                }
                round.add(Defect::at_end(Kind::Lost(lead.update), steps));
            }
        }
    }

    /// A lock that a thread has left behind, in a state where nothing happens any more. If the program's main thread has it, nobody was
    /// left who could want it.
    pub(super) fn left(&self, now: &[Number]) -> Option<ObjectId> {
        let has_left = |thread: ThreadId| {
            let Some(own) = self.space.seat(thread) else { return false };
            let seat = self.space.threads()[own as usize];
            // To end a process by a signal is to know that it leaves things behind.
            let household = self.space.household(seat.process, now);
            let was_ended = household.is_some_and(|it| it.status.is_some_and(|status| status < 0));
            Some(own) != self.space.main_seat() && !was_ended && !self.space.is_there(seat.own, now[seat.own as usize])
        };
        // Those of a process that was made by another one are gone with it.
        let stays = |lock: &Address| matches!(lock.process, ProcessId::FIRST | ProcessId::WORLD);
        let mut locks = self.space.locks().iter().map(|(_, lock)| *lock).filter(stays);
        let left = locks.find(|lock| future::owner(&self.space, now, *lock).is_some_and(has_left));
        left.map(|lock| lock.id)
    }

    /// The thread goes on up to where it writes over what was written: whether it comes there, and that is lost. Where it has to
    /// wait, others go on, first the one that wrote.
    pub(super) fn write_over(
        &mut self,
        now: &[Number],
        choice: Choice,
        lead: &Lead,
        steps: &mut Vec<(SeatId, u8)>,
    ) -> bool {
        let Overwritten { seat, writer, .. } = lead.update;
        let mut now = now.to_vec();
        self.space.apply(choice.effect, &mut now);
        for _ in 0..LONELY {
            let own = self.space.threads()[seat as usize].own;
            if !self.space.is_there(own, number_at(&now, own)) {
                return false;
            }
            // Who has the interpreter lock goes on first.
            let first = self.space.holder(&now).into_iter().chain([seat, writer]);
            let all = first.chain(0..self.space.threads().len() as SeatId);
            let Some((next, effect)) = all.into_iter().find_map(|next| Some((next, self.next_of(next, &now)?))) else {
                return false;
            };
            steps.push((next, 0));
            let accesses = self.space.effect(effect).done.as_ref().map_or(&[][..], |done| &done.accesses);
            if lead.is_reached(accesses) {
                return next == seat && lead.is_lost(accesses);
            }
            self.space.apply(effect, &mut now);
        }
        false
    }

    /// What the thread does next, if it is there and can go on.
    fn next_of(&mut self, seat: SeatId, now: &[Number]) -> Option<EffectId> {
        let own = self.space.threads()[seat as usize].own;
        if !self.space.is_there(own, number_at(now, own)) {
            return None;
        }
        let effect = self.space.attempt(seat, 0, now);
        self.space.effect(effect).done.is_some().then_some(effect)
    }

    /// The edge leads to a state where the program has a choice, or ends. Whether the state has not been expanded.
    fn arrive(&mut self, round: &mut Round, parent: Option<StateId>, ends: bool) -> bool {
        let mut now = std::mem::take(&mut round.now);
        now.resize(self.space.width(), 0);
        let is_open = self.take_in(round, &now, parent, ends);
        round.now = now;
        is_open
    }

    /// The state of the round that stands for this one, or the hash of its key.
    fn find(&mut self, round: &mut Round, now: &[Number]) -> Result<StateId, u64> {
        let Round { states, canonical, other, looks, there, .. } = round;
        let reduce = self.options.reduces();
        let symmetric = reduce && self.chooser.is_symmetric(&self.space, now);
        let key = canonical.key(&self.space, now, symmetric.then_some(&mut *looks));
        let hash = canonical::hash(key);
        let (space, chooser) = (&mut self.space, &mut self.chooser);
        let same = |state| {
            there.resize(now.len(), 0);
            states.read(state, there);
            (reduce && chooser.is_symmetric(space, there)) == symmetric
                && other.key(space, there, symmetric.then_some(&mut *looks)) == key
        };
        states.find(hash, same).ok_or(hash)
    }

    fn take_in(&mut self, round: &mut Round, now: &[Number], parent: Option<StateId>, ends: bool) -> bool {
        let depth = parent.map_or(0, |parent| round.depth(parent) as u32);
        let before = round.states.len();
        round.states.pack(now, &mut round.row);
        let found = match round.states.with_row(&round.row) {
            Some(state) => Ok(state),
            None => self.find(round, now),
        };
        let state = match found {
            // No way on from there is shorter than the one that is known.
            Err(_) if !ends && round.limit.is_some_and(|limit| limit <= depth as usize + 1) => return true,
            Ok(state) => {
                let node = round.known[state as usize];
                round.link(parent, state);
                if node.expanded || node.depth <= depth {
                    return !node.expanded;
                }
                // What follows goes on from where the shorter way leads.
                round.states.rewrite(state, &round.row);
                state
            }
            Err(hash) => {
                let state = round.states.push(hash, &round.row);
                round.known.push(Node { parent: 0, depth, expanded: false, start: 0, length: 0 });
                round.link(parent, state);
                state
            }
        };
        round.known[state as usize] = round.node(parent, depth);
        if round.levels.len() <= depth as usize {
            round.levels.resize_with(depth as usize + 1, Vec::new);
        }
        round.levels[depth as usize].push(state);
        let is_new = round.states.len() > before;
        // What was not followed to its end has gone wrong nowhere yet.
        if self.is_open(now) {
            return true;
        }
        if ends && let Some(lock) = self.left(now) {
            round.report(Kind::Held(lock), parent);
        }
        if self.space.is_over(now) {
            round.found.ends += usize::from(is_new);
            self.compare(round, now, parent);
        } else if ends {
            round.found.stuck += usize::from(is_new);
            let kind = self.standstill(now);
            round.report(kind, parent);
        }
        true
    }
}

impl Search {
    /// The program is over: has it printed the same as on another way?
    fn compare(&self, round: &mut Round, now: &[Number], parent: Option<StateId>) {
        if !self.options.deterministic {
            return;
        }
        let output = self.space.output(now);
        match round.printed.take() {
            Some((other, there)) => {
                if other != output {
                    let kind = Kind::Differs(self.space.printed(other), there.clone());
                    round.report(kind, parent);
                }
                round.printed = Some((other, there));
            }
            None => round.printed = Some((output, round.path(parent))),
        }
    }
}
