//! What is on the screen: a branch as it stands, or a moment of its past.

use super::branches::Branch;
use super::past::PastView;
use crate::event::{Event, Position, Strike};
use crate::schedule::Speed;
use crate::session::Session;
use crate::trace::Model;

/// How a run stands, or stood at a moment: what its events add up to, and what the session said.
#[derive(Debug)]
pub(in crate::tui) struct Standing {
    pub(in crate::tui) model: Model,
    pub(in crate::tui) pulse: Pulse,
}

/// What the session said last.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::tui) struct Pulse {
    pub(in crate::tui) now: u64,
    /// How many operations were performed.
    pub(in crate::tui) steps: u64,
    pub(in crate::tui) paused: bool,
    pub(in crate::tui) over: bool,
    pub(in crate::tui) speed: Speed,
    pub(in crate::tui) positions: Vec<Position>,
    pub(in crate::tui) strike: Option<Strike>,
    /// By thread; empty if the scheduler does not use them.
    pub(in crate::tui) priorities: Vec<i32>,
}

/// What is on the screen.
pub(super) struct Scene {
    /// The branch that is shown. It goes on, whichever moment of it is shown.
    pub(super) branch: Branch,
    /// The moment of its past that is shown instead of the branch as it stands.
    pub(super) past: Option<PastView>,
}

impl Pulse {
    /// What the session says now.
    pub(super) fn of(session: &dyn Session) -> Pulse {
        let steering = session.steering();
        Pulse {
            now: session.now(),
            steps: session.steps(),
            paused: steering.is_none_or(|it| it.is_paused()),
            over: session.is_over(),
            speed: session.speed(),
            positions: session.positions(),
            strike: steering.and_then(|it| it.strike()),
            priorities: session.priorities(),
        }
    }
}

impl Standing {
    /// How a run stands that has done nothing yet.
    pub(super) fn of(session: &dyn Session) -> Standing {
        Standing { model: Model::new(session.legend()), pulse: Pulse::of(session) }
    }

    /// Takes in what the run did since, and what the session says now; whether that is anything new.
    pub(super) fn take_in(&mut self, events: &[Event], pulse: Pulse) -> bool {
        events.iter().for_each(|event| self.model.apply(event));
        let before = std::mem::replace(&mut self.pulse, pulse);
        self.keep_time();
        !events.is_empty() || self.pulse != before
    }

    /// Takes the clock along while nothing happens. If no thread can go on, or everything is over, no time passes.
    pub(super) fn keep_time(&mut self) {
        if self.pulse.over || self.model.stands_still() {
            self.pulse.now = self.model.last().at;
        }
        self.model.pass_time(self.pulse.steps, self.pulse.now);
    }
}

impl Scene {
    /// The branch as it stands.
    pub(super) fn live(branch: Branch) -> Scene {
        Scene { branch, past: None }
    }

    /// How the run stands, or stood at the moment that is shown.
    pub(super) fn shown(&self) -> &Standing {
        self.past.as_ref().map_or(&self.branch.live, |view| &view.standing)
    }

    /// The run as it stands, while a moment of its past is shown, if it still knows all that came after.
    pub(super) fn later(&self) -> Option<&Model> {
        let moment = self.past.as_ref()?;
        let live = &self.branch.live.model;
        (live.folded() <= moment.standing.model.event_count()).then_some(live)
    }

    /// The model whose events are listed: in the past those that came later, too.
    pub(super) fn listed(&self) -> &Model {
        self.later().unwrap_or(&self.shown().model)
    }
}
