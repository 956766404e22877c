//! The run screen's state: a session, the model of what it did, and how the person watching looks at it.

use super::events::EventList;
use super::keys::Action;
use super::layout::{LaneParts, Panel, Places, Shape, Size};
use super::session::Session;
use super::viewport::{Extent, Viewport, Window};
use crate::base::ThreadId;
use crate::event::{Event, EventKind, Position, ThreadState};
use crate::schedule::{Fault, Signal, Speed, StepUnit};
use crate::trace::{Axis, Model, Moment, Object, Thread, WaitGraph, explain};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// At most this many events are taken in for one frame.
const EVENTS_PER_FRAME: usize = 4096;
/// The speeds that the keys go through; beyond the last comes `Speed::Max`.
const SPEEDS: [f64; 9] = [0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0];
/// Nanoseconds that one cell covers at the default speed, unless the view says otherwise.
const CELL: f64 = 100_000_000.0;

/// How the person watching looks at a run.
#[derive(Debug)]
pub(super) struct Look {
    pub(super) view: Viewport,
    pub(super) selected: ThreadId,
    pub(super) focus: Panel,
    pub(super) expanded: bool,
    pub(super) events: EventList,
    pub(super) object_row: usize,
    /// Which of the two that share a place is shown: events or output.
    pub(super) tab: Panel,
    /// How many lines the output is scrolled back.
    pub(super) output_up: usize,
    /// The source line in the middle, when it is not the selected thread's.
    pub(super) source_line: Option<u32>,
    /// The cursor, and the mark to measure from, as places of the view's axis.
    pub(super) cursor: Option<u64>,
    pub(super) mark: Option<u64>,
}

/// What the session said last.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Pulse {
    pub(super) now: u64,
    pub(super) paused: bool,
    pub(super) over: bool,
    pub(super) speed: Speed,
    pub(super) positions: Vec<Position>,
    /// By thread; empty where the scheduler does not go by them.
    pub(super) priorities: Vec<i32>,
}

/// One run on the screen.
pub(super) struct Run {
    /// The scenario's index among the cards, and its name.
    pub(super) index: usize,
    pub(super) name: String,
    pub(super) session: Box<dyn Session>,
    pub(super) model: Model,
    pub(super) pulse: Pulse,
    pub(super) look: Look,
    /// The last event while the run is paused: what the last step did.
    pub(super) moved: Option<u64>,
    /// The last step was of whichever thread came next, so that the view goes along.
    follow_step: bool,
    /// The program was sent an interrupt by a key.
    interrupted: bool,
}

impl Run {
    pub(super) fn new(index: usize, name: String, session: Box<dyn Session>) -> Run {
        let look = Look {
            view: Viewport::default(),
            selected: ThreadId::MAIN,
            focus: Panel::Lanes,
            expanded: false,
            events: EventList::default(),
            object_row: 0,
            tab: Panel::Events,
            output_up: 0,
            source_line: None,
            cursor: None,
            mark: None,
        };
        let model = Model::new(session.legend());
        let pulse = take_pulse(session.as_ref());
        Run { index, name, session, model, pulse, look, moved: None, follow_step: false, interrupted: false }
    }

    /// Takes in what happened since; whether there is anything new to draw.
    pub(super) fn tick(&mut self) -> bool {
        let events = self.session.drain(EVENTS_PER_FRAME);
        let findings = self.model.findings().len();
        for event in &events {
            self.model.apply(event);
        }
        self.look.events.catch_up(&self.model);
        self.note_step(&events);
        if let Some(finding) = self.model.findings().get(findings)
            && let Some(involved) = finding.trouble.threads.first()
        {
            self.look.selected = involved.thread;
            self.look.source_line = None;
        }
        let pulse = take_pulse(self.session.as_ref());
        let changed = !events.is_empty() || pulse != self.pulse;
        self.pulse = pulse;
        changed
    }

    /// Notes which thread a step has moved.
    fn note_step(&mut self, events: &[Event]) {
        if !self.pulse.paused {
            self.moved = None;
            return;
        }
        // The operation itself says more than whom it let go on.
        let telling = |event: &&Event| {
            !matches!(
                event.kind,
                EventKind::Ready { .. } | EventKind::Preempted | EventKind::ObjectShown { .. } | EventKind::Trouble(_)
            )
        };
        let Some(event) = events.iter().rev().find(telling) else { return };
        self.moved = Some(event.seq);
        if self.follow_step {
            self.select_thread(event.thread);
        }
    }

    /// Does what concerns the run and the way it is looked at; the answer is for the status line.
    pub(super) fn act(&mut self, action: Action, area: Rect) -> Option<String> {
        match action {
            Action::PlayPause => return self.play_or_pause(),
            Action::Step => return self.step(None, StepUnit::Operation),
            Action::StepSelected => return self.step(Some(self.look.selected), StepUnit::Operation),
            Action::NextLine if !self.look.events.filter().is_empty() => self.next_match(1),
            Action::NextLine => return self.step(Some(self.look.selected), StepUnit::Line),
            Action::PreviousMatch if self.look.events.filter().is_empty() => {
                return Some("no filter yet: / sets one".to_owned());
            }
            Action::PreviousMatch => self.next_match(-1),
            Action::Faster => return Some(self.change_speed(true)),
            Action::Slower => return Some(self.change_speed(false)),
            Action::Hold => return self.hold(),
            Action::Raise => return Some(self.change_priority(1)),
            Action::Lower => return Some(self.change_priority(-1)),
            Action::Up => self.step_rows(-1),
            Action::Down => self.step_rows(1),
            Action::PageUp => self.step_rows(-10),
            Action::PageDown => self.step_rows(10),
            Action::Select(index) => return self.select_number(index),
            Action::NextPanel => self.cycle(area, 1),
            Action::PreviousPanel => self.cycle(area, -1),
            Action::Accept => self.look.expanded = !self.look.expanded,
            other => return self.act_on_view(other, area),
        }
        None
    }

    /// Zoom, pan, cursor, axis.
    fn act_on_view(&mut self, action: Action, area: Rect) -> Option<String> {
        let extent = self.extent(area);
        let cursor = self.look.cursor;
        let view = &mut self.look.view;
        match action {
            Action::ZoomIn => view.zoom(extent, false, cursor),
            Action::ZoomOut => view.zoom(extent, true, cursor),
            Action::PanLeft => view.pan(extent, false),
            Action::PanRight => view.pan(extent, true),
            Action::Fit => view.fit(),
            Action::Centre => {
                let since = self.model.thread(self.look.selected).map(|thread| thread.since).unwrap_or_default();
                let place = cursor.unwrap_or(view.axis().place(since));
                view.centre(extent, place);
            }
            Action::UndoView if !view.undo() => return Some("no earlier view".to_owned()),
            Action::Start => match self.look.focus {
                Panel::Events if !self.model.log().is_empty() => self.select_event(Some(self.model.folded())),
                Panel::Output => self.look.output_up = usize::MAX,
                Panel::Source => self.look.source_line = Some(1),
                _ => view.start(extent),
            },
            Action::End => match self.look.focus {
                Panel::Events => self.select_event(None),
                Panel::Output => self.look.output_up = 0,
                Panel::Source => self.look.source_line = Some(self.model.legend().source.line_count()),
                _ => {
                    view.live(extent);
                    self.look.cursor = None;
                    self.look.mark = None;
                }
            },
            Action::ToggleAxis => self.toggle_axis(),
            Action::CursorLeft => self.move_cursor(extent, false),
            Action::CursorRight => self.move_cursor(extent, true),
            Action::Mark if self.look.mark.is_some() => self.look.mark = None,
            Action::Mark if cursor.is_none() => return Some("no cursor yet: shift-← or a click sets one".to_owned()),
            Action::Mark => self.look.mark = cursor,
            _ => {}
        }
        None
    }

    fn play_or_pause(&mut self) -> Option<String> {
        if self.pulse.over {
            return Some("the run is over: r starts it again".to_owned());
        }
        if self.session.is_paused() {
            self.follow_step = false;
            self.session.resume()
        } else {
            self.session.pause()
        }
        None
    }

    fn step(&mut self, thread: Option<ThreadId>, unit: StepUnit) -> Option<String> {
        if self.pulse.over {
            return Some("the run is over: r starts it again".to_owned());
        }
        if let Some(row) = thread.and_then(|id| self.model.thread(id))
            && (row.state.is_over() || row.state.is_stopped())
        {
            return Some(format!("{} cannot take a step: {}", row.name, explain::why(row.id, &self.model)));
        }
        self.look.source_line = None;
        self.follow_step = thread.is_none();
        self.session.step(thread, unit);
        None
    }

    fn change_speed(&mut self, faster: bool) -> String {
        let speed = next_speed(self.session.speed(), faster);
        self.session.set_speed(speed);
        format!("speed {}", speed_word(speed))
    }

    fn hold(&mut self) -> Option<String> {
        let row = self.model.thread(self.look.selected)?;
        if row.state.is_over() {
            return Some(format!("{} is over", row.name));
        }
        let held = !self.is_held(row.id);
        self.session.hold(row.id, held);
        Some(if held { format!("{} is held back: h lets it go", row.name) } else { format!("{} may go on", row.name) })
    }

    /// Injects a fault; the answer is for the status line.
    pub(super) fn inject(&mut self, fault: Fault) -> String {
        let words = crate::trace::describe::describe_fault(&fault, &self.model);
        match self.session.inject(fault) {
            Ok(()) => format!("fault: {words}"),
            Err(reason) => format!("cannot {words}: {reason}"),
        }
    }

    /// Whether an interrupt is the program's to handle: it has a handler, and was not sent one by a key before.
    pub(super) fn may_be_interrupted(&self) -> bool {
        self.model.handles_interrupts() && !self.interrupted && !self.pulse.over
    }

    /// Sends the program an interrupt; the answer is for the status line.
    pub(super) fn interrupt(&mut self) -> String {
        self.interrupted = true;
        match self.session.inject(Fault::Signal { signal: Signal::Int }) {
            Ok(()) => "SIGINT is sent to the program, which handles it: ctrl-C again quits".to_owned(),
            Err(reason) => format!("SIGINT cannot be sent ({reason}): ctrl-C again quits"),
        }
    }

    fn step_rows(&mut self, rows: isize) {
        match self.look.focus {
            Panel::Events => {
                self.look.events.step(rows, &self.model);
                self.select_event(self.look.events.selected());
            }
            Panel::Output => {
                let most = self.model.output().lines().len().saturating_sub(1);
                self.look.output_up = self.look.output_up.min(most).saturating_add_signed(-rows).min(most);
            }
            Panel::Objects => {
                let last = self.object_rows().saturating_sub(1);
                self.look.object_row = self.look.object_row.saturating_add_signed(rows).min(last);
            }
            Panel::Source => {
                let last = self.model.legend().source.line_count().max(1);
                let line = i64::from(self.source_line()) + rows as i64;
                self.look.source_line = u32::try_from(line.max(1)).ok().map(|line| line.min(last));
            }
            Panel::Lanes | Panel::Graph => {
                let last = self.model.threads().len() - 1;
                let row = self.look.selected.index().saturating_add_signed(rows).min(last);
                self.select_thread(ThreadId(row as u32));
            }
        }
    }

    fn select_number(&mut self, index: u8) -> Option<String> {
        if usize::from(index) >= self.model.threads().len() {
            return Some(format!("there is no thread {}", index + 1));
        }
        self.select_thread(ThreadId(index.into()));
        None
    }

    pub(super) fn select_thread(&mut self, thread: ThreadId) {
        self.look.selected = thread;
        self.look.source_line = None;
    }

    /// Selects an event, its thread and its moment; `None` follows the run again.
    pub(super) fn select_event(&mut self, seq: Option<u64>) {
        self.look.events.select(seq);
        self.look.cursor = None;
        self.look.source_line = None;
        if let Some(event) = seq.and_then(|seq| self.model.event(seq)) {
            self.look.selected = event.thread;
            self.look.cursor = Some(self.look.view.axis().place(Moment { at: event.at, step: event.step }));
            self.look.source_line = (event.line > 0).then_some(event.line);
        }
    }

    fn next_match(&mut self, rows: isize) {
        self.look.events.step(rows, &self.model);
        self.select_event(self.look.events.selected());
    }

    fn cycle(&mut self, area: Rect, by: isize) {
        let panels = Places::focusable(area);
        let here = panels.iter().position(|&panel| panel == self.look.focus).unwrap_or(0);
        self.focus(panels[(here as isize + by).rem_euclid(panels.len() as isize) as usize]);
    }

    /// Gives `panel` the focus.
    pub(super) fn focus(&mut self, panel: Panel) {
        self.look.focus = panel;
        if matches!(panel, Panel::Events | Panel::Output) {
            self.look.tab = panel;
        }
    }

    fn toggle_axis(&mut self) {
        let before = self.look.view.axis();
        self.look.view.toggle_axis();
        let after = self.look.view.axis();
        let convert = |place: u64| {
            let log = self.model.log();
            let moment = |event: &crate::event::Event| Moment { at: event.at, step: event.step };
            let index = log.partition_point(|event| before.place(moment(event)) < place);
            log.get(index).or(log.last()).map(|event| after.place(moment(event)))
        };
        self.look.cursor = self.look.cursor.and_then(convert);
        self.look.mark = self.look.mark.and_then(convert);
    }

    fn move_cursor(&mut self, extent: Extent, later: bool) {
        let window = self.look.view.window(extent);
        let step = window.per_cell;
        let latest = window.end.min(window.range(window.width - 1).0);
        self.look.cursor = Some(match self.look.cursor {
            None => latest / step * step,
            Some(cursor) if later => cursor.saturating_add(step).min(window.end),
            Some(cursor) => cursor.saturating_sub(step),
        });
    }

    /// What the view is made for in a terminal of this size.
    fn extent(&self, area: Rect) -> Extent {
        let lanes = self.places(area).panel(Panel::Lanes).unwrap_or_default();
        self.extent_of(self.lane_parts(lanes).cells.width)
    }

    fn extent_of(&self, width: u16) -> Extent {
        let last = self.model.last();
        let finest = match self.pulse.speed {
            Speed::Times(times) => (CELL / times.max(0.01)) as u64,
            Speed::Max => 1_000,
        };
        let now = if self.pulse.over { last.at } else { self.pulse.now.max(last.at) };
        let steps = if self.model.log().is_empty() { 0 } else { last.step + 1 };
        Extent { now, last: last.at, steps, width, finest, over: self.pulse.over }
    }

    /// The part of the run that lanes of `width` cells show.
    pub(super) fn window(&self, width: u16) -> Window {
        self.look.view.window(self.extent_of(width))
    }

    pub(super) fn lane_parts(&self, frame: Rect) -> LaneParts {
        let threads = self.model.threads().iter().map(|thread| self.lane_name(thread).width());
        let queues = self.queues().map(|queue| queue.name.width());
        let gil = self.model.gil().was_used().then_some(super::render::gil::NAME.len());
        let longest = threads.chain(queues).chain(gil).max().unwrap_or(0);
        LaneParts::of(frame, u16::try_from(longest).unwrap_or(u16::MAX))
    }

    pub(super) fn places(&self, area: Rect) -> Places {
        let rows = self.lane_rows();
        let graph = WaitGraph::of(&self.model);
        let shape = Shape {
            rows: u16::try_from(rows).unwrap_or(u16::MAX - 2),
            focus: self.look.focus,
            tab: self.look.tab,
            expanded: self.look.expanded || Size::of(area) == Size::Lanes,
            ring: !graph.cycles.is_empty(),
            graph_rows: super::render::graph::rows(&graph),
            why: u16::try_from(self.why().width()).unwrap_or(u16::MAX - 8),
        };
        Places::of(area, shape)
    }

    /// The row of lanes that is drawn first, so that the selected thread can be seen among `height` rows.
    pub(super) fn first_lane(&self, height: u16) -> usize {
        let (count, height) = (self.model.threads().len(), usize::from(self.lane_room(height)));
        self.look.selected.index().saturating_sub(height / 2).min(count.saturating_sub(height))
    }

    /// Rows from one lane to the next: two, when there is room for that.
    pub(super) fn lane_pitch(&self, height: u16) -> u16 {
        if self.lane_rows() * 2 - 1 <= usize::from(height) { 2 } else { 1 }
    }

    /// How many of `height` rows there are for threads: who holds the GIL is shown however many they are.
    pub(super) fn lane_room(&self, height: u16) -> u16 {
        if height > 2 { height - u16::from(self.model.gil().was_used()) } else { height }
    }

    /// Rows of the lanes' panel: threads, the GIL, queues.
    fn lane_rows(&self) -> usize {
        self.model.threads().len() + usize::from(self.model.gil().was_used()) + self.queues().count()
    }

    pub(super) fn queues(&self) -> impl Iterator<Item = &Object> {
        self.model.objects().iter().map(|object| &**object).filter(|object| !object.depths.is_empty())
    }

    /// Who decides which thread goes next, in words.
    pub(super) fn scheduler(&self) -> &'static str {
        self.session.scheduler()
    }

    pub(super) fn schedulers(&self) -> Vec<(&'static str, &'static str)> {
        self.session.schedulers()
    }

    pub(super) fn set_scheduler(&self, name: &str) {
        self.session.set_scheduler(name);
    }

    /// How many rows the objects panel has.
    pub(super) fn object_rows(&self) -> usize {
        self.model.objects_by_line().len() + self.model.data().len()
    }

    pub(super) fn position(&self, thread: ThreadId) -> Option<&Position> {
        self.pulse.positions.iter().find(|position| position.thread == thread)
    }

    pub(super) fn is_held(&self, thread: ThreadId) -> bool {
        self.position(thread).is_some_and(|position| position.held)
    }

    /// The line where `thread` stands, 0 when it stands nowhere.
    pub(super) fn line_of(&self, thread: &Thread) -> u32 {
        if thread.state == ThreadState::New || thread.state.is_over() && thread.state != ThreadState::Crashed {
            return 0;
        }
        match self.position(thread.id) {
            Some(position) if position.line > 0 => position.line,
            _ => thread.line,
        }
    }

    /// The source line to show.
    pub(super) fn source_line(&self) -> u32 {
        let selected = self.model.thread(self.look.selected);
        self.look
            .source_line
            .unwrap_or_else(|| selected.map_or(1, |thread| thread.line.max(self.line_of(thread))).max(1))
    }

    /// The sentence under the panels: why the selected thread is where it is, and what it does next.
    pub(super) fn why(&self) -> String {
        let Some(thread) = self.model.thread(self.look.selected) else { return String::new() };
        let next = self.position(thread.id).map(|position| position.next.as_str()).filter(|next| !next.is_empty());
        if !thread.state.is_stopped()
            && !thread.state.is_over()
            && let Some(next) = next
        {
            let next = crate::base::SafeText::new(next);
            let held = if self.is_held(thread.id) { ", and held back" } else { "" };
            return format!("{} stands at line {}{held}; next it will {next}.", thread.name, self.line_of(thread));
        }
        if self.pulse.over && self.model.findings().is_empty() {
            let status = self.model.status().unwrap_or(0);
            let missed: String = self.session.missed_faults().iter().map(|missed| format!(" But {missed}.")).collect();
            let steps = self.model.last().step + 1;
            return format!("The program ended with status {status}; no trouble in {steps} steps.{missed}");
        }
        explain::why(thread.id, &self.model)
    }

    /// The events of the selected thread in the cursor's cell.
    pub(super) fn events_at_cursor(&self, window: Window) -> Option<usize> {
        let column = window.column(self.look.cursor?)?;
        let (from, to) = window.range(column);
        Some(self.model.events_within(self.look.selected, window.axis, from, to))
    }
}

fn take_pulse(session: &dyn Session) -> Pulse {
    Pulse {
        now: session.now(),
        paused: session.is_paused(),
        over: session.is_over(),
        speed: session.speed(),
        positions: session.positions(),
        priorities: session.priorities(),
    }
}

fn next_speed(now: Speed, faster: bool) -> Speed {
    match (now, faster) {
        (Speed::Max, true) => Speed::Max,
        (Speed::Max, false) => Speed::Times(SPEEDS[SPEEDS.len() - 1]),
        (Speed::Times(times), true) => {
            SPEEDS.into_iter().find(|&speed| speed > times * 1.001).map_or(Speed::Max, Speed::Times)
        }
        (Speed::Times(times), false) => {
            Speed::Times(SPEEDS.into_iter().rev().find(|&speed| speed < times * 0.999).unwrap_or(SPEEDS[0]))
        }
    }
}

/// `x0.5`, `max`.
pub(super) fn speed_word(speed: Speed) -> String {
    match speed {
        Speed::Times(times) => format!("x{times}"),
        Speed::Max => "max".to_owned(),
    }
}

/// A place of an axis in words: `1.2s`, `450ms`, `step 12`; as fine as `grain`.
pub(super) fn place_word(axis: Axis, place: u64, grain: u64) -> String {
    if axis == Axis::Steps {
        return (place / Axis::STEP).to_string();
    }
    const UNITS: [(u64, &str); 4] = [(1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "µs"), (1, "ns")];
    let (unit, name) = UNITS.into_iter().find(|&(unit, _)| grain >= unit / 10).unwrap_or((1, "ns"));
    let (whole, tenth) = (place / unit, place % unit * 10 / unit);
    match (name, tenth) {
        ("s", 0) if whole >= 60 && grain >= unit => format!("{}:{:02}", whole / 60, whole % 60),
        (_, 0) => format!("{whole}{name}"),
        (_, tenth) => format!("{whole}.{tenth}{name}"),
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
            speed = next_speed(speed, true);
            words.push(speed_word(speed));
        }
        assert_eq!(words, ["x2", "x4", "x8", "x16", "x32", "max", "max"]);
        assert_eq!(next_speed(Speed::Max, false), Speed::Times(32.0));
        assert_eq!(next_speed(Speed::Times(0.1), false), Speed::Times(0.1));
        assert_eq!(next_speed(Speed::Times(0.7), false), Speed::Times(0.5));
    }

    #[test]
    fn places_are_said_in_the_unit_that_fits() {
        let s = 1_000_000_000;
        assert_eq!(place_word(Axis::Time, 0, s), "0s");
        assert_eq!(place_word(Axis::Time, 3 * s / 2, s / 2), "1.5s");
        assert_eq!(place_word(Axis::Time, 75 * s, 5 * s), "1:15");
        assert_eq!(place_word(Axis::Time, s / 20, s / 50), "50ms");
        assert_eq!(place_word(Axis::Time, 1_500, 500), "1.5µs");
        assert_eq!(place_word(Axis::Steps, 12_500, 1000), "12");
    }
}
