//! The futures of a run: the first one, and those that part from another one at a moment of its past.
//!
//! One of them is on the screen, and its session and model are the run's own. The others wait here, paused.

use super::{EVENTS_PER_FRAME, Pulse, Run, take_pulse};
use crate::event::{ThreadState, TroubleKind};
use crate::trace::{Limits, Model};
use crate::tui::session::Session;
use ratatui::layout::Rect;

/// What is said to whoever wants something of the run there.
pub(in crate::tui) const RECORDING_ENDS: &str =
    "a recording ends here, nothing runs: go back (,), then y goes on from there";

/// Where a future parts from another one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::tui) struct Origin {
    /// The number of that one.
    pub(in crate::tui) from: usize,
    /// How many events both have in common.
    pub(in crate::tui) events: u64,
    /// How many steps that were.
    pub(in crate::tui) step: u64,
}

/// One that is not on the screen.
struct Future {
    number: usize,
    session: Box<dyn Session>,
    model: Model,
    pulse: Pulse,
}

/// All of them.
#[derive(Default)]
pub(in crate::tui) struct Branches {
    /// Which one is on the screen, counted from 0; the person watching counts from 1.
    shown: usize,
    others: Vec<Future>,
    /// Where each parts, those that were ended too.
    origins: Vec<Option<Origin>>,
}

/// A future, for the list of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::tui) struct Row {
    pub(in crate::tui) number: usize,
    pub(in crate::tui) shown: bool,
    pub(in crate::tui) origin: Option<Origin>,
    /// Who decides who goes next.
    pub(in crate::tui) scheduler: &'static str,
    /// How it stands.
    pub(in crate::tui) standing: String,
    pub(in crate::tui) steps: u64,
}

impl Branches {
    /// Ends all of them but the one on the screen.
    pub(super) fn close(&mut self) {
        self.others.iter_mut().for_each(|future| future.session.close());
    }

    /// Takes in what the others still had to say.
    pub(super) fn drain(&mut self) {
        for future in &mut self.others {
            let events = future.session.drain(EVENTS_PER_FRAME);
            events.iter().for_each(|event| future.model.apply(event));
            if !events.is_empty() {
                future.pulse = take_pulse(future.session.as_ref());
            }
        }
    }

    fn origin(&self, number: usize) -> Option<Origin> {
        self.origins.get(number.checked_sub(1)?).copied().flatten()
    }

    /// A future and those that it comes from, each with how many events, and steps, it has in common with that one.
    fn ancestry(&self, number: usize) -> Vec<(usize, (u64, u64))> {
        let mut line = vec![(number, (u64::MAX, u64::MAX))];
        while let Some(&(last, common)) = line.last()
            && let Some(origin) = self.origin(last)
        {
            line.push((origin.from, common.min((origin.events, origin.step))));
        }
        line
    }

    /// How many events two futures have in common because of where they come from, and how many steps.
    pub(in crate::tui) fn common(&self, one: usize, other: usize) -> (u64, u64) {
        let (one, other) = (self.ancestry(one), self.ancestry(other));
        let both = one
            .iter()
            .flat_map(|(a, most)| other.iter().filter(move |(b, _)| a == b).map(move |(_, limit)| *most.min(limit)));
        both.max().unwrap_or_default()
    }
}

impl Run {
    /// The number of the future on the screen, the first one's being 1.
    pub(in crate::tui) fn future(&self) -> usize {
        self.branches.shown + 1
    }

    /// Whether there is more than one.
    pub(in crate::tui) fn has_futures(&self) -> bool {
        !self.branches.others.is_empty()
    }

    /// The future to compare the one on the screen with: the one it parts from if that is still there, or else the latest.
    pub(in crate::tui) fn counterpart(&self) -> Option<usize> {
        let from = self.branches.origin(self.future()).map(|origin| origin.from);
        let others = || self.branches.others.iter().map(|it| it.number);
        from.filter(|from| others().any(|it| it == *from)).or(others().max())
    }

    /// Every future, in the order in which they came to be.
    pub(in crate::tui) fn futures(&self) -> Vec<Row> {
        let row = |number, session: &dyn Session, model: &Model, pulse: &Pulse| Row {
            number,
            shown: number == self.future(),
            origin: self.branches.origin(number),
            scheduler: session.scheduler(),
            standing: standing(session, model, pulse),
            steps: pulse.steps,
        };
        let others = &self.branches.others;
        let mut rows: Vec<_> =
            others.iter().map(|it| row(it.number, it.session.as_ref(), &it.model, &it.pulse)).collect();
        rows.push(row(self.future(), self.session.as_ref(), self.live_model(), self.live_pulse()));
        rows.sort_by_key(|row| row.number);
        rows
    }

    /// What a future has come to.
    pub(in crate::tui) fn model_of(&self, number: usize) -> Option<&Model> {
        if number == self.future() {
            return Some(self.live_model());
        }
        self.branches.others.iter().find(|it| it.number == number).map(|it| &it.model)
    }

    /// Goes on from the moment that is shown in another way: a new future, paused, is on the screen then. The answer is for
    /// the status line, what is wrong too.
    pub(in crate::tui) fn branch(&mut self, area: Rect) -> Result<String, String> {
        let Some(view) = &self.past else {
            return Err("this is where the run stands: go back first (,), then y goes on from there".to_owned());
        };
        let origin = Origin { from: self.future(), events: view.events(), step: self.pulse.steps };
        let session = self.session.branch(origin.events)?;
        session.set_breakpoints(&self.breakpoints.active());
        let pulse = take_pulse(session.as_ref());
        if let Some(view) = self.past.take() {
            let (model, _) = view.into_live();
            let session = std::mem::replace(&mut self.session, session);
            let pulse = take_pulse(session.as_ref());
            self.branches.others.push(Future { number: origin.from, session, model, pulse });
        }
        // The model is that of the moment, and goes on from there, as one of a run.
        self.model.set_limits(Limits::default());
        self.pulse = pulse;
        self.branches.origins.resize(self.branches.origins.len().max(1), None);
        self.branches.origins.push(Some(origin));
        self.branches.shown = self.branches.origins.len() - 1;
        self.caught_up = false;
        self.look_again(area);
        Ok(format!("future {} parts from {} here", self.future(), origin.from))
    }

    /// Sees to it that what is shown can be acted on: in the past a future of its own begins. Words on that, if it did, or on
    /// why it cannot be.
    pub(super) fn make_live(&mut self, area: Rect) -> Result<Option<String>, String> {
        if self.is_past() {
            return self.branch(area).map(Some);
        }
        if self.is_at_recordings_end() {
            return Err(RECORDING_ENDS.to_owned());
        }
        Ok(None)
    }

    /// Whether what is shown is the end of a recording, where nothing runs.
    pub(in crate::tui) fn is_at_recordings_end(&self) -> bool {
        self.session.is_recording() && !self.is_past()
    }

    /// Puts another future on the screen; the answer is for the status line.
    pub(in crate::tui) fn switch_to(&mut self, number: usize, area: Rect) -> String {
        let Some(index) = self.branches.others.iter().position(|it| it.number == number) else {
            self.leave_past(area);
            return format!("future {number} is on the screen");
        };
        if !self.session.is_paused() && !self.session.is_over() {
            self.session.pause();
        }
        self.leave_past(area);
        self.pulse = take_pulse(self.session.as_ref());
        let leaving = self.future();
        let other = self.branches.others.swap_remove(index);
        other.session.set_breakpoints(&self.breakpoints.active());
        self.branches.others.push(Future {
            number: leaving,
            session: std::mem::replace(&mut self.session, other.session),
            model: std::mem::replace(&mut self.model, other.model),
            pulse: std::mem::replace(&mut self.pulse, other.pulse),
        });
        self.branches.shown = number - 1;
        self.caught_up = false;
        self.look_again(area);
        format!("future {number}")
    }

    /// Ends a future that is not on the screen; the answer is for the status line.
    pub(in crate::tui) fn end_future(&mut self, number: usize) -> String {
        if number == 1 {
            return "the first future is kept".to_owned();
        }
        if number == self.future() {
            return "this one is on the screen: choose another one first".to_owned();
        }
        self.branches.others.retain(|it| it.number != number);
        format!("future {number} is gone")
    }
}

/// How a future stands, in a word or two.
fn standing(session: &dyn Session, model: &Model, pulse: &Pulse) -> String {
    let main_crashed = model.threads().first().is_some_and(|main| main.state == ThreadState::Crashed);
    if model.deadlock().is_some() {
        return "DEADLOCK".to_owned();
    }
    if pulse.over {
        return match model.status() {
            Some(status) if main_crashed => format!("crashed (exit {status})"),
            Some(status) => format!("finished (exit {status})"),
            None if session.end_of_recording().is_some() => "recording ends".to_owned(),
            None => "ended".to_owned(),
        };
    }
    let stuck = model.headline().is_some_and(|finding| finding.trouble.kind == TroubleKind::Stuck);
    let word = match (stuck, pulse.paused) {
        (true, _) => "STUCK",
        (false, true) => "paused",
        (false, false) => "running",
    };
    word.to_owned()
}
