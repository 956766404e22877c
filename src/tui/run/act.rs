//! What keys and clicks do to a run and to the view of it.

use super::super::keys::Action;
use super::super::layout::Panel;
use super::super::notice::{Notice, Refusal};
use super::super::variables::Target;
use super::super::viewport::{Extent, Way, Zoom};
use super::Run;
use super::later::Listed;
use crate::base::sources::number_of;
use crate::base::{FileId, ThreadId};
use crate::event::{Breakpoint, Place, ThreadState};
use crate::schedule::{Fault, Signal, Speed, StepUnit};
use crate::trace::explain;

/// The speeds that the keys go through; beyond the last comes `Speed::Max`.
const SPEEDS: [f64; 9] = [0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0];

impl Run {
    /// Does what concerns the run and the view of it.
    pub(in crate::tui) fn act(&mut self, action: Action) -> Option<Notice> {
        match action {
            Action::PlayPause => return self.play_or_pause(),
            Action::Step if self.is_past() => return self.step_forward(),
            Action::Step => return self.step(None, StepUnit::Operation),
            Action::StepBack => return self.step_back(),
            Action::StepSelected => return self.step(Some(self.look.selected), StepUnit::Operation),
            Action::StepBackSelected => return self.step_back_selected(),
            Action::GoThere => return self.go_there(),
            Action::Branch => return Some(self.branch().unwrap_or_else(Notice::from)),
            Action::NextLine if !self.look.events.filter().is_empty() => self.next_match(1),
            Action::NextLine => return self.step(Some(self.look.selected), StepUnit::Line),
            Action::PreviousMatch if self.look.events.filter().is_empty() => return Some(Refusal::NoFilter.into()),
            Action::PreviousMatch => self.next_match(-1),
            Action::Faster => return Some(self.change_speed(Change::Faster)),
            Action::Slower => return Some(self.change_speed(Change::Slower)),
            Action::Hold => return self.hold(),
            Action::Fold => return self.fold(),
            Action::FoldAll => return self.fold_all(),
            Action::Raise => return Some(self.change_priority(1)),
            Action::Lower => return Some(self.change_priority(-1)),
            Action::Up => self.step_rows(-1),
            Action::Down => self.step_rows(1),
            Action::PageUp => self.step_rows(-10),
            Action::PageDown => self.step_rows(10),
            Action::Select(index) => return self.select_number(index),
            Action::NextPanel => self.cycle_panels(1),
            Action::PreviousPanel => self.cycle_panels(-1),
            Action::Accept => self.look.expanded = !self.look.expanded,
            Action::Variables => self.focus(match self.look.focus {
                Panel::Variables => Panel::Events,
                _ => Panel::Variables,
            }),
            Action::Breakpoint => return Some(self.cycle_breakpoint()),
            other => return self.act_on_view(other),
        }
        None
    }

    /// Sets a breakpoint on what is selected in the focused panel, or takes it away.
    fn cycle_breakpoint(&mut self) -> Notice {
        let breakpoint = match self.look.focus {
            Panel::Objects => {
                self.object_list().get(self.look.object_row).and_then(|row| self.breakpoint_of_row(row.what))
            }
            Panel::Variables => match self.look.variables.selected() {
                None => return Refusal::NoVariableSelected.into(),
                Some(target) => match self.breakpoint_on(target) {
                    None => return Refusal::NotShared(target.name.clone()).into(),
                    found => found,
                },
            },
            _ => match self.lineless() {
                Some(refusal) => return refusal.into(),
                None => return self.cycle_line(self.source_line()),
            },
        };
        match breakpoint {
            Some(breakpoint) => self.cycle(breakpoint),
            None => Refusal::NothingSelected.into(),
        }
    }

    /// Why there is no line to set a breakpoint on, if none is known.
    fn lineless(&self) -> Option<Refusal> {
        let thread = self.model().thread(self.look.selected)?;
        let unknown = self.look.source_line.is_none() && thread.line == 0 && self.line_of(thread) == 0;
        let computes = !thread.state.is_over() && !thread.state.is_stopped() && thread.state != ThreadState::New;
        (unknown && computes).then(|| Refusal::LineUnknown(thread.name.clone()))
    }

    /// The breakpoint that there can be on a row of the objects panel.
    pub(in crate::tui) fn breakpoint_of_row(&self, row: Listed<'_>) -> Option<Breakpoint> {
        let (name, place) = match row {
            Listed::Object(object) => (&*object.name, Place::Content { object: object.id }),
            Listed::Datum(datum) => (&*datum.name, datum.place.clone()),
            Listed::Head(_) => return None,
        };
        self.breakpoint_on(&Target { name: name.into(), place: Some(place) })
    }

    /// A breakpoint on a line, or else on the next one at which a thread can be stopped.
    pub(in crate::tui) fn cycle_line(&mut self, line: u32) -> Notice {
        let line = if self.breakpoints.on_line(line).is_some() {
            Some(line)
        } else {
            self.scene.branch.session.breakable_line(line)
        };
        match line {
            Some(line) => self.cycle(Breakpoint::Line(line)),
            None => Refusal::NoCode.into(),
        }
    }

    fn cycle(&mut self, breakpoint: Breakpoint) -> Notice {
        let sources = self.model().legend().source.clone();
        let notice = self.breakpoints.cycle(breakpoint, &sources);
        self.apply_breakpoints();
        notice
    }

    /// Tells the run which breakpoints there are.
    pub(in crate::tui) fn apply_breakpoints(&mut self) {
        self.scene.branch.session.set_breakpoints(&self.breakpoints.active());
    }

    /// Zoom, pan, cursor, axis.
    fn act_on_view(&mut self, action: Action) -> Option<Notice> {
        let extent = self.extent();
        let cursor = self.look.cursor;
        let first = self.listed().log().first().map(|event| event.seq);
        let view = &mut self.look.view;
        match action {
            Action::ZoomIn => view.zoom(extent, Zoom::In, cursor),
            Action::ZoomOut => view.zoom(extent, Zoom::Out, cursor),
            Action::PanLeft => view.pan(extent, Way::Earlier),
            Action::PanRight => view.pan(extent, Way::Later),
            Action::Fit => view.fit(),
            Action::Centre => {
                let since =
                    self.scene.shown().model.thread(self.look.selected).map(|thread| thread.since).unwrap_or_default();
                let place = cursor.unwrap_or(view.axis().place(since));
                view.centre(extent, place);
            }
            Action::UndoView if !view.undo() => return Some(Refusal::NoEarlierView.into()),
            Action::Start => match self.look.focus {
                Panel::Events if first.is_some() => self.select_event(first),
                Panel::Output => self.look.output_up = usize::MAX,
                Panel::Variables => self.look.variables.step(isize::MIN),
                Panel::Source => self.look.source_line = Some(self.in_file(1)),
                Panel::Lanes => {
                    view.start(extent);
                    return self.go_to_start();
                }
                _ => view.start(extent),
            },
            Action::End => match self.look.focus {
                Panel::Events => self.select_event(None),
                Panel::Output => self.look.output_up = 0,
                Panel::Variables => self.look.variables.step(isize::MAX),
                Panel::Source => self.look.source_line = Some(self.in_file(u32::MAX)),
                _ => {
                    view.live(extent);
                    self.look.cursor = None;
                    self.look.mark = None;
                    if self.is_past() {
                        self.leave_past();
                    }
                }
            },
            Action::ToggleAxis => self.toggle_axis(),
            Action::CursorLeft => self.move_cursor(extent, Way::Earlier),
            Action::CursorRight => self.move_cursor(extent, Way::Later),
            Action::Mark if self.look.mark.is_some() => self.look.mark = None,
            Action::Mark if cursor.is_none() => return Some(Refusal::NoCursor.into()),
            Action::Mark => self.look.mark = cursor,
            _ => {}
        }
        None
    }

    /// Shows twice as much or half as much around `place`, which keeps its cell.
    pub(in crate::tui) fn zoom(&mut self, zoom: Zoom, place: Option<u64>) {
        let extent = self.extent();
        self.look.view.zoom(extent, zoom, place);
    }

    fn play_or_pause(&mut self) -> Option<Notice> {
        if self.is_past() {
            self.play_or_stop();
            return None;
        }
        if self.is_recording() {
            return Some(Refusal::Played.into());
        }
        if self.pulse().over {
            return Some(Refusal::Over.into());
        }
        if self.is_stuck() {
            return Some(Refusal::NobodyRuns.into());
        }
        if !self.is_paused() {
            self.steer(|steering| steering.pause());
            return None;
        }
        self.follow_step = false;
        self.steer(|steering| steering.resume());
        self.standstill_notice()
    }

    /// What keeps the run from going on, if something from outside does.
    fn standstill_notice(&self) -> Option<Notice> {
        self.model().standstill().map(|still| Notice::Standstill(still.message(self.look.selected)))
    }

    fn step(&mut self, thread: Option<ThreadId>, unit: StepUnit) -> Option<Notice> {
        if self.pulse().over && !self.is_recording() {
            return Some(Refusal::Over.into());
        }
        if thread.is_none() && self.is_stuck() {
            return Some(Refusal::NobodyRuns.into());
        }
        if thread.is_none_or(|thread| !self.can_step(thread))
            && let Some(still) = self.standstill_notice()
        {
            return Some(still);
        }
        if let Some(row) = thread.and_then(|id| self.model().thread(id))
            && !self.can_step(row.id)
        {
            let why = explain::why(row.id, self.model());
            return Some(Refusal::CannotStep { name: row.name.clone(), why }.into());
        }
        let parted = match self.make_live() {
            Ok(parted) => parted,
            Err(refusal) => return Some(refusal.into()),
        };
        self.look.source_line = None;
        self.follow_step = thread.is_none();
        self.steer(|steering| steering.step(thread, unit));
        parted
    }

    /// Whether a step of this thread would do something.
    pub(in crate::tui) fn can_step(&self, thread: ThreadId) -> bool {
        let state = self.model().thread(thread).map(|row| row.state);
        state.is_some_and(|state| !state.is_over() && !state.is_stopped() && state != ThreadState::New)
    }

    /// Changes the scheduler.
    pub(in crate::tui) fn set_scheduler(&mut self, name: &str) -> Notice {
        self.alter(|run| {
            run.steer(|steering| steering.set_scheduler(name));
            Notice::Scheduler(name.to_owned())
        })
    }

    /// Does something to the run, or to a new branch if a moment of the past is shown.
    pub(in crate::tui) fn alter(&mut self, act: impl FnOnce(&mut Run) -> Notice) -> Notice {
        match self.make_live() {
            Ok(Some(parted)) => parted.and(act(self)),
            Ok(None) => act(self),
            Err(refusal) => refusal.into(),
        }
    }

    fn change_speed(&mut self, change: Change) -> Notice {
        let speed = next_speed(self.scene.branch.session.speed(), change);
        self.scene.branch.session.set_speed(speed);
        Notice::Speed(speed)
    }

    fn hold(&mut self) -> Option<Notice> {
        let row = self.model().thread(self.look.selected)?;
        if row.state.is_over() {
            return Some(Refusal::ThreadOver(row.name.clone()).into());
        }
        let (id, name, held) = (row.id, row.name.clone(), !self.is_held(row.id));
        Some(self.alter(|run| {
            run.steer(|steering| if held { steering.hold(id) } else { steering.let_go(id) });
            if held { Notice::Held(name) } else { Notice::LetGo(name) }
        }))
    }

    /// Injects a fault.
    pub(in crate::tui) fn inject(&mut self, fault: Fault) -> Notice {
        let words = crate::trace::describe::describe_fault(&fault, self.model());
        self.alter(|run| match run.strike_with(fault) {
            Ok(()) => Notice::Fault(words),
            Err(why) => Refusal::NoFault { words, why: why.into() }.into(),
        })
    }

    /// Whether the program should get an interrupt: it has a handler for it, and no key has sent it one before.
    pub(in crate::tui) fn may_be_interrupted(&self) -> bool {
        self.model().handles_interrupts() && !self.interrupted && !self.pulse().over && !self.is_past()
    }

    /// Sends the program an interrupt.
    pub(in crate::tui) fn interrupt(&mut self) -> Notice {
        self.interrupted = true;
        match self.strike_with(Fault::Signal { signal: Signal::Int }) {
            Ok(()) => Notice::Interrupted,
            Err(why) => Refusal::NotInterrupted(why.into()).into(),
        }
    }

    /// The line with that number, or the last one, of the file that is shown.
    fn in_file(&self, number: u32) -> u32 {
        let file = FileId::of(self.source_line());
        file.line(number.min(self.model().legend().source.file(file).line_count().max(1)))
    }

    fn step_rows(&mut self, rows: isize) {
        match self.look.focus {
            Panel::Events => {
                self.step_events(rows);
            }
            Panel::Output => {
                let most = self.model().output().lines().len().saturating_sub(1);
                self.look.output_up = self.look.output_up.min(most).saturating_add_signed(-rows).min(most);
            }
            Panel::Objects => {
                let last = self.object_rows().saturating_sub(1);
                self.look.object_row = self.look.object_row.saturating_add_signed(rows).min(last);
            }
            Panel::Variables => self.look.variables.step(rows),
            Panel::Source => {
                let line = i64::from(number_of(self.source_line())) + rows as i64;
                self.look.source_line = Some(self.in_file(u32::try_from(line.max(1)).unwrap_or(u32::MAX)));
            }
            Panel::Steps => self.problem = self.step_along(rows),
            Panel::Lanes | Panel::Graph => self.step_lanes(rows),
        }
    }

    pub(in crate::tui) fn select_thread(&mut self, thread: ThreadId) {
        self.look.selected = thread;
        self.look.source_line = None;
    }

    /// Selects an event, its thread and its moment; `None` follows the run again.
    pub(in crate::tui) fn select_event(&mut self, seq: Option<u64>) {
        self.look.events.select(seq);
        self.look.cursor = None;
        self.look.source_line = None;
        if let Some(event) = seq.and_then(|seq| self.listed().event(seq)) {
            let event = event.clone();
            self.look.selected = event.thread;
            self.look.cursor = Some(self.listed().place(self.look.view.axis(), &event));
            self.look.source_line = (event.line > 0).then_some(event.line);
        }
    }

    /// Lets through the events whose words contain `filter`.
    pub(in crate::tui) fn set_filter(&mut self, filter: String) {
        self.look.events.set_filter(filter, self.scene.listed());
    }

    fn next_match(&mut self, rows: isize) {
        self.step_events(rows);
    }

    /// Moves the selection among the events; without one it begins where the moment that is shown ends.
    fn step_events(&mut self, rows: isize) {
        let here = self.first_later();
        self.look.events.step(rows, here, self.scene.listed());
        self.select_event(self.look.events.selected());
    }

    fn cycle_panels(&mut self, by: isize) {
        let panels = self.places.focusable();
        let here = panels.iter().position(|&panel| panel == self.look.focus).unwrap_or(0);
        self.focus(panels[(here as isize + by).rem_euclid(panels.len() as isize) as usize]);
    }

    /// Gives `panel` the focus.
    pub(in crate::tui) fn focus(&mut self, panel: Panel) {
        self.look.focus = panel;
        if matches!(panel, Panel::Events | Panel::Output | Panel::Variables | Panel::Steps) {
            self.look.tab = panel;
        }
        if matches!(panel, Panel::Events | Panel::Variables | Panel::Steps) {
            self.look.side = panel;
        }
    }

    fn toggle_axis(&mut self) {
        let before = self.look.view.axis();
        self.look.view.toggle_axis();
        let after = self.look.view.axis();
        let convert = |place: u64| after.place(self.live_model().moment(before, place));
        (self.look.cursor, self.look.mark) = (self.look.cursor.map(convert), self.look.mark.map(convert));
    }

    fn move_cursor(&mut self, extent: Extent, way: Way) {
        let window = self.look.view.window(extent);
        let step = window.per_cell;
        let latest = window.end.min(window.range(window.width - 1).0);
        self.set_cursor(match (self.look.cursor, way) {
            (None, _) => latest / step * step,
            (Some(cursor), Way::Earlier) => cursor.saturating_sub(step),
            (Some(cursor), Way::Later) => cursor.saturating_add(step).min(window.end),
        });
    }

    /// Puts the cursor there. The selected event was elsewhere.
    pub(in crate::tui) fn set_cursor(&mut self, place: u64) {
        if self.look.events.selected().is_some() {
            self.select_event(None);
        }
        self.look.cursor = Some(place);
    }
}

/// What a key does to the speed.
#[derive(Clone, Copy)]
enum Change {
    Faster,
    Slower,
}

fn next_speed(now: Speed, change: Change) -> Speed {
    match (now, change) {
        (Speed::Max, Change::Faster) => Speed::Max,
        (Speed::Max, Change::Slower) => Speed::Times(SPEEDS[SPEEDS.len() - 1]),
        (Speed::Times(times), Change::Faster) => {
            SPEEDS.into_iter().find(|&speed| speed > times * 1.001).map_or(Speed::Max, Speed::Times)
        }
        (Speed::Times(times), Change::Slower) => {
            Speed::Times(SPEEDS.into_iter().rev().find(|&speed| speed < times * 0.999).unwrap_or(SPEEDS[0]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_go_up_to_the_most_and_down_to_the_least() {
        let mut speed = Speed::Times(1.0);
        let mut words = Vec::new();
        for _ in 0..7 {
            speed = next_speed(speed, Change::Faster);
            words.push(super::super::speed_word(speed));
        }
        assert_eq!(words, ["x2", "x4", "x8", "x16", "x32", "max", "max"]);
        assert_eq!(next_speed(Speed::Max, Change::Slower), Speed::Times(32.0));
        assert_eq!(next_speed(Speed::Times(0.1), Change::Slower), Speed::Times(0.1));
        assert_eq!(next_speed(Speed::Times(0.7), Change::Slower), Speed::Times(0.5));
    }
}
