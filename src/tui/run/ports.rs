//! What the screen asks of a run's session, whether that can be steered and has a past or not.

use super::super::notice::Refusal;
use super::Run;
use crate::base::ThreadId;
use crate::event::{Blocker, Variables};
use crate::schedule::Fault;
use crate::session::{Jump, Moment, Session, Steering};

impl Run {
    /// Whether everything is past: the run cannot be steered, only its branches.
    pub(in crate::tui) fn is_recording(&self) -> bool {
        self.scene.branch.session.steering().is_none()
    }

    /// Does something to the run, if it can be steered.
    pub(in crate::tui) fn steer(&mut self, act: impl FnOnce(&mut dyn Steering)) {
        if let Some(steering) = self.scene.branch.session.steer() {
            act(steering);
        }
    }

    /// Whether the run is paused at this moment; one that cannot be steered is.
    pub(super) fn is_paused(&self) -> bool {
        self.scene.branch.session.steering().is_none_or(Steering::is_paused)
    }

    /// Injects a fault.
    pub(super) fn strike_with(&mut self, fault: Fault) -> Result<(), Refusal> {
        self.scene.branch.session.steer().ok_or(Refusal::OnlyWatched)?.inject(fault).map_err(Refusal::Session)
    }

    /// Whether a thread of the run that is shown waits for a line to be typed.
    pub(in crate::tui) fn awaits_line(&self) -> bool {
        !self.is_past()
            && self.model().threads().iter().any(|thread| thread.blocked_on == Some(Blocker::Outside))
            && self.scene.branch.session.steering().is_some_and(Steering::awaits_line)
    }

    /// Types a line for the program; `None`: nothing more is typed.
    pub(in crate::tui) fn type_line(&mut self, line: Option<&str>) {
        self.steer(|steering| steering.type_line(line));
    }

    /// What was asked for and did not happen.
    pub(super) fn missed(&self) -> Vec<String> {
        self.scene.branch.session.steering().map(Steering::missed).unwrap_or_default()
    }

    /// A moment of the past.
    pub(super) fn moment(&mut self, jump: Jump) -> Result<Moment, Refusal> {
        self.scene.branch.session.past().ok_or(Refusal::NoPast)?.moment(jump).map_err(Refusal::Session)
    }

    /// What variables hold at the moment that is shown.
    pub(super) fn variables_shown(&mut self, thread: ThreadId) -> Variables {
        if !self.is_past() {
            return self.scene.branch.session.variables(thread);
        }
        self.scene.branch.session.past().map(|past| past.variables(thread)).unwrap_or_default()
    }

    /// A new run that goes on from a moment of the past.
    pub(super) fn fork(&mut self, events: u64) -> Result<Box<dyn Session>, Refusal> {
        self.scene.branch.session.past().ok_or(Refusal::NoPast)?.branch(events).map_err(Refusal::Session)
    }

    /// Pauses the run, if it goes on.
    pub(super) fn halt(&mut self) {
        if !self.is_paused() && !self.scene.branch.session.is_over() {
            self.steer(|steering| steering.pause());
        }
    }
}
