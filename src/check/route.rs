//! The way of one run through the states of a program: what may come of each of its moments.
//!
//! A run's steps are followed in the program's space, where the machine has done most of them before. A run leaves what is known
//! when something strikes it from outside.

use super::forecast::{self, Failure, Forecast, Prospect};
use super::space::{Number, SeatId, number_at};
use super::states::StateId;
use super::verdict::DefectKind;
use super::way::Way;
use crate::base::ThreadId;
use crate::machine::memory::operation::Operation;
use crate::machine::memory::primitive::signal::Action;
use crate::machine::parts::Part;
use crate::schedule::Alternative;

/// So many steps apart parts are kept.
const APART: usize = 256;
/// The longest way that is followed.
const LONGEST: usize = 200_000;

/// A run's way.
#[derive(Debug, Default)]
pub struct Route {
    /// The parts after the last step.
    now: Vec<Number>,
    /// By number of steps: the state, if it is known.
    states: Vec<Option<StateId>>,
    /// The steps; `None`: the thread attempted something and had to wait.
    steps: Vec<Option<(ThreadId, Way)>>,
    /// The parts, every so many steps.
    kept: Vec<Vec<Number>>,
    /// What went wrong first, and after how many steps.
    failed: Option<(u64, DefectKind)>,
    /// After how many steps it left what is known, and why.
    left: Option<(u64, Leaving)>,
}

/// A place on a run's way.
#[derive(Clone, Debug)]
pub struct Mark {
    steps: usize,
    now: Vec<Number>,
    failed: Option<(u64, DefectKind)>,
    left: Option<(u64, Leaving)>,
}

/// Why nothing is known of a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Leaving {
    /// A fault struck, or a signal came.
    Fault,
    /// A thread read the clock, which stands still in a search.
    Clock,
    /// The run did what no step of the search does.
    Otherwise,
    /// It is too long.
    Long,
    /// The search began later.
    Before,
    /// It was not followed so far.
    Later,
}

/// What is known of a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sight {
    /// All that may come of it; and what has gone wrong before, if anything has.
    Known(Prospect, Option<DefectKind>),
    /// Nothing, and why.
    Unknown(Leaving),
}

impl Forecast {
    /// The way of a run that begins where the search did.
    pub fn begin(&mut self) -> Route {
        let mut route = Route { now: self.search.first.clone(), ..Route::default() };
        self.arrive(&mut route);
        route
    }

    /// The run takes a step.
    pub fn follow(&mut self, route: &mut Route, step: (ThreadId, Way)) {
        if route.left.is_some() {
            return;
        }
        if route.steps.len() >= LONGEST {
            return route.leave(Leaving::Long);
        }
        let choice = forecast::choice(&mut self.search, &route.now, step);
        let Some(choice) = choice else { return route.leave(Leaving::Otherwise) };
        if let Some(why) = self.leaves(&route.now, choice.seat) {
            return route.leave(why);
        }
        match self.graph.after(&mut self.search, &route.now, choice) {
            // It has to wait: that is no step of the search.
            None if step.1 == Way::Step(Alternative::Go) => {
                route.steps.push(None);
                route.states.push(route.states.last().copied().flatten());
            }
            None => return route.leave(Leaving::Otherwise),
            Some(next) => {
                let fails = self.signs.of(&mut self.search, &self.graph, &route.now, choice, None);
                route.steps.push(Some(step));
                if let Some(kind) = fails.filter(|_| route.failed.is_none()) {
                    route.failed = Some((route.steps.len() as u64, kind));
                }
                route.now = next;
                return self.arrive(route);
            }
        }
        route.keep();
    }

    /// Why what the thread does next is another thing in a run than in a search: the clock stands still there, and a signal that
    /// comes takes steps of its own.
    fn leaves(&self, now: &[Number], seat: SeatId) -> Option<Leaving> {
        let part = |place| self.search.space.part(place, number_at(now, place));
        let Some(Part::Thread(thread)) = part(self.search.space.threads()[seat as usize].own) else { return None };
        if thread.reads_clock() {
            return Some(Leaving::Clock);
        }
        // What the search was not given, the run may have got.
        let lacks = self.search.space.lacks_from_outside().is_some();
        if lacks && matches!(thread.pending, Some(Operation::Files(_))) {
            return Some(Leaving::Otherwise);
        }
        let process = self.search.space.threads()[seat as usize].process;
        let is_pending = matches!(part(process), Some(Part::Process(belongings)) if !belongings.household.signals.pending.is_empty());
        let is_signal = |pending: &Operation| {
            matches!(pending, Operation::Signal(Action::Raise(..) | Action::Pause | Action::Leave(_)))
        };
        (is_pending || thread.pending.as_ref().is_some_and(is_signal)).then_some(Leaving::Fault)
    }

    fn arrive(&mut self, route: &mut Route) {
        let state = self.graph.find(&mut self.search, &route.now);
        route.states.push(state);
        route.keep();
    }

    /// What is known of the run after so many steps.
    pub fn sight(&mut self, route: &Route, steps: u64) -> Sight {
        let at = steps as usize;
        if let Some((_, why)) = route.left.filter(|(left, _)| *left < steps) {
            return Sight::Unknown(why);
        }
        if at >= route.states.len() {
            return Sight::Unknown(Leaving::Later);
        }
        let state = route.states[at];
        let (Some(state), Some(now)) = (state, self.parts(route, at)) else {
            return Sight::Unknown(Leaving::Otherwise);
        };
        let failed = route.failed.filter(|(failed, _)| *failed <= steps).map(|(_, kind)| kind);
        Sight::Known(self.prospect(state, &now), failed)
    }

    /// The parts after so many steps.
    fn parts(&mut self, route: &Route, at: usize) -> Option<Vec<Number>> {
        let mut now = route.kept.get(at / APART)?.clone();
        for step in route.steps.get(at / APART * APART..at)?.iter().flatten() {
            let choice = forecast::choice(&mut self.search, &now, *step)?;
            now = self.graph.after(&mut self.search, &now, choice)?;
        }
        Some(now)
    }

    /// After how many steps nothing could avoid a failure any more; the step before was the last that could have been another.
    pub fn turning_point(&self, route: &Route) -> Option<u64> {
        let failed = route.failed.map(|(failed, _)| failed);
        let known = route.states.iter().take(failed.map_or(usize::MAX, |failed| failed as usize));
        let doomed = known.map(|state| state.is_some_and(|state| !self.is_avoidable(state))).position(|doomed| doomed);
        doomed.map(|doomed| doomed as u64).or(failed)
    }
}

impl Route {
    /// Something struck the run from outside: what comes then is not known.
    pub fn leave(&mut self, why: Leaving) {
        self.left.get_or_insert((self.steps.len() as u64, why));
    }

    /// Where it is.
    pub fn mark(&self) -> Mark {
        Mark { steps: self.steps.len(), now: self.now.clone(), failed: self.failed, left: self.left }
    }

    /// Goes back to where it was.
    pub fn go_back(&mut self, mark: &Mark) {
        let Mark { steps, now, failed, left } = mark;
        (self.failed, self.left) = (*failed, *left);
        self.now.clone_from(now);
        self.steps.truncate(*steps);
        self.states.truncate(steps + 1);
        self.kept.truncate(steps / APART + 1);
    }

    /// Whether nothing is known of it any more.
    pub fn has_left(&self) -> bool {
        self.left.is_some()
    }

    fn keep(&mut self) {
        if self.steps.len().is_multiple_of(APART) {
            self.kept.push(self.now.clone());
        }
    }
}

impl Failure {
    /// In words: `deadlock in 3 steps`.
    pub fn words(self) -> String {
        let (kind, steps) = (self.kind.name(), self.steps);
        match steps {
            0 => kind.to_owned(),
            1 => format!("{kind} in 1 step"),
            _ => format!("{kind} in {steps} steps"),
        }
    }
}
