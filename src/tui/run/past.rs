//! The past on the screen: a moment that is shown instead of the run as it stands.
//!
//! Meanwhile `Run::model` and `Run::pulse` are those of the moment, so all drawing shows the moment. The run's events
//! still go into the model of the run as it stands.

use super::super::notice::{Notice, Refusal};
use super::scene::{Pulse, Standing};
use super::{Run, is_telling};
use crate::schedule::Speed;
use crate::session::{Jump, Moment};
use crate::trace::Model;

/// Operations for each frame at the default speed: about four in a second.
const PER_FRAME: f64 = 4.0 * 0.033;
/// At full speed the rest of a recording is played in about so many frames, with at least so many operations in each.
const FRAMES_AT_MOST: u64 = 60;
const OPERATIONS_AT_LEAST: u64 = 16;

/// Which moment is shown.
#[derive(Debug)]
pub(super) struct PastView {
    /// The number of events that identifies the moment.
    pub(super) events: u64,
    /// How the run stood then.
    pub(super) standing: Standing,
    /// What came after is being played: operations that are due.
    due: Option<f64>,
}

impl Run {
    /// Whether a moment of the past is shown.
    pub(in crate::tui) fn is_past(&self) -> bool {
        self.scene.past.is_some()
    }

    /// Whether the rest of the recording is being played.
    pub(in crate::tui) fn is_replaying(&self) -> bool {
        self.scene.past.as_ref().is_some_and(|view| view.due.is_some())
    }

    /// The model of the run as it stands, whichever moment is shown.
    pub(in crate::tui) fn live_model(&self) -> &Model {
        &self.scene.branch.live.model
    }

    /// How the run stands, whichever moment is shown.
    pub(in crate::tui) fn live_pulse(&self) -> &Pulse {
        &self.scene.branch.live.pulse
    }

    /// A recording is shown from its beginning on.
    pub(in crate::tui) fn open_recording(&mut self) -> Option<Notice> {
        if !self.is_recording() {
            return None;
        }
        self.caught_up = false;
        let problem = self.go(Jump::To(0));
        Some(problem.unwrap_or(Notice::Recording))
    }

    /// One operation back.
    pub(super) fn step_back(&mut self) -> Option<Notice> {
        let before = self.model().event_count();
        self.step_to(Jump::Before(before))
            .or_else(|| (self.model().event_count() == before).then(|| Refusal::Beginning.into()))
    }

    /// Back to before the selected thread's last operation.
    pub(super) fn step_back_selected(&mut self) -> Option<Notice> {
        let thread = self.model().thread(self.look.selected)?;
        match thread.events.last() {
            Some(&seq) => self.step_to(Jump::Before(seq + 1)),
            None => Some(Refusal::NothingDone(thread.name.clone()).into()),
        }
    }

    /// One operation forward, in the past.
    pub(super) fn step_forward(&mut self) -> Option<Notice> {
        let events = self.scene.past.as_ref()?.events;
        self.step_to(Jump::After(events))
    }

    pub(super) fn step_to(&mut self, jump: Jump) -> Option<Notice> {
        self.stop_playing();
        if self.look.events.selected().is_some() {
            self.select_event(None);
        }
        let problem = self.go(jump);
        if let Some(event) = self.moved.and_then(|seq| self.model().event(seq)) {
            self.select_thread(event.thread);
        }
        problem
    }

    /// To the selected event, or else to the cursor.
    pub(super) fn go_there(&mut self) -> Option<Notice> {
        let events = match (self.look.events.selected(), self.look.cursor) {
            (Some(seq), _) => seq + 1,
            (None, Some(cursor)) => {
                let per_cell = self.look.view.window(self.extent()).per_cell;
                self.events_until(cursor.saturating_add(per_cell))
            }
            (None, None) => return Some(Refusal::NothingToJumpTo.into()),
        };
        let problem = self.go(Jump::To(events));
        problem.or_else(|| (!self.is_past()).then(|| Refusal::Latest.into()))
    }

    /// How many events lie before `place` of the view's axis.
    fn events_until(&mut self, place: u64) -> u64 {
        let axis = self.look.view.axis();
        let live = self.live_model();
        let (folded, known) = (live.folded(), live.log().partition_point(|event| live.place(axis, event) < place));
        if known > 0 || folded == 0 {
            return folded + known as u64;
        }
        // So early that single events are no longer kept: the past itself is asked.
        let (mut least, mut most) = (0, folded);
        while least < most {
            let middle = least + (most - least) / 2;
            let Ok(past) = self.moment(Jump::To(middle + 1)) else { break };
            if axis.place(past.model.last()) < place {
                least = past.events.max(middle + 1);
            } else {
                most = middle;
            }
        }
        least
    }

    /// To the beginning of the run.
    pub(super) fn go_to_start(&mut self) -> Option<Notice> {
        self.go(Jump::To(0))
    }

    /// Shows another moment. The run is paused for that. The answer says why it cannot be shown.
    pub(super) fn go(&mut self, jump: Jump) -> Option<Notice> {
        self.halt();
        match self.moment(jump) {
            Ok(past) => {
                self.show(past);
                None
            }
            Err(refusal) => Some(refusal.into()),
        }
    }

    /// Shows a moment; at the end of what was recorded that is the run as it stands.
    fn show(&mut self, moment: Moment) {
        let Moment { events, step, model, positions, priorities, now, strike } = moment;
        if self.caught_up && events >= self.live_model().event_count() {
            return self.leave_past();
        }
        let (speed, struck) = (self.live_pulse().speed, strike.as_ref().map(|strike| strike.thread));
        let pulse = Pulse { now, steps: step, paused: true, over: false, speed, positions, strike, priorities };
        let mut standing = Standing { model, pulse };
        standing.keep_time();
        let due = self.scene.past.as_ref().and_then(|view| view.due);
        self.scene.past = Some(PastView { events, standing, due });
        self.look_again();
        if let Some(thread) = struck {
            self.select_thread(thread);
        }
    }

    /// Shows the run as it stands.
    pub(in crate::tui) fn leave_past(&mut self) {
        self.scene.past = None;
        self.look_again();
    }

    /// The model has changed: what is selected must exist in it, and the moment must be in view.
    pub(super) fn look_again(&mut self) {
        self.look.events.look_again(self.scene.listed());
        let count = self.listed().event_count();
        if self.look.events.selected().is_some_and(|seq| seq >= count) {
            self.select_event(None);
        }
        if self.look.selected.index() >= self.model().threads().len() {
            self.look.selected = self.model().main();
        }
        self.look.object_row = self.look.object_row.min(self.object_rows().saturating_sub(1));
        self.look.source_line = None;
        let step = self.model().last().step;
        let last = self.model().log().iter().rev().take_while(|event| event.step == step).find(|it| is_telling(it));
        self.moved = last.map(|event| event.seq);
        self.lay_out(self.places.area);
        let extent = self.extent();
        let end = self.model().end(self.look.view.axis());
        if extent.width > 0 && self.look.view.window(extent).column(end.saturating_sub(1)).is_none() {
            match self.is_past() {
                true => self.look.view.centre(extent, end),
                false => self.look.view.live(extent),
            }
        }
    }

    /// Plays what came after the moment, or stops that.
    pub(super) fn play_or_stop(&mut self) {
        if let Some(view) = &mut self.scene.past {
            view.due = if view.due.is_some() { None } else { Some(0.0) };
        }
        self.look.events.select(None);
        self.look.cursor = None;
    }

    /// Once a frame: plays on, if the rest of the recording is being played; whether it did.
    pub(super) fn replay(&mut self) -> bool {
        let speed = self.scene.branch.session.speed();
        let Some(view) = &mut self.scene.past else { return false };
        let Some(due) = &mut view.due else { return false };
        let operations = match speed {
            Speed::Times(times) => {
                *due += PER_FRAME * times;
                let whole = due.floor();
                *due -= whole;
                whole as u64
            }
            Speed::Max => {
                let left = self.scene.branch.live.pulse.steps.saturating_sub(view.standing.pulse.steps);
                (left / FRAMES_AT_MOST).max(OPERATIONS_AT_LEAST)
            }
        };
        if operations == 0 {
            return false;
        }
        let jump = Jump::Play { from: view.events, operations };
        match self.moment(jump) {
            Ok(moment) => {
                if moment.strike.is_some() {
                    self.stop_playing();
                }
                match self.round(moment.events) {
                    // It goes on for ever: the round begins again.
                    Some(round) => self.problem = self.go(Jump::To(round)),
                    None => self.show(moment),
                }
            }
            Err(refusal) => {
                self.stop_playing();
                self.problem = Some(refusal.into());
            }
        }
        true
    }

    fn stop_playing(&mut self) {
        if let Some(view) = &mut self.scene.past {
            view.due = None;
        }
    }

    /// Why playing came to a stop, if it just did.
    pub(in crate::tui) fn take_problem(&mut self) -> Option<Notice> {
        self.problem.take()
    }
}
