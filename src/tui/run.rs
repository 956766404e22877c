//! The run screen's state: what is shown (a session, the model of what it did), and how the person watching looks at it.

mod act;
pub(super) mod branches;
pub(super) mod check;
pub(super) mod later;
mod past;
mod ports;
mod priority;
pub(super) mod roster;
mod scene;

use super::breakpoints::BreakpointList;
use super::events::EventList;
use super::layout::{GIL_NAME, LaneShape, Panel, Places, Shape, Size};
use super::notice::Notice;
use super::variables::{Target, VariablesView};
use super::viewport::{Extent, Viewport, Window};
use super::waiting;
use crate::base::{FileId, ProcessId, SafeText, ThreadId};
use crate::event::{Blocker, Breakpoint, Event, EventKind, ObjectKind, Place, Position, Strike, ThreadState, Writing};
use crate::schedule::Speed;
use crate::session::Session;
use crate::trace::report::ended_by_fault;
use crate::trace::{Axis, Model, Object, Thread, WaitGraph, explain};
use branches::{Branch, Branches};
use check::Check;
use ratatui::layout::Rect;
use roster::head_name;
use scene::{Pulse, Scene};
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

/// At most this many events are taken in for one frame.
const EVENTS_PER_FRAME: usize = 4096;

/// How the person watching looks at a run.
#[derive(Debug)]
pub(super) struct Look {
    pub(super) view: Viewport,
    pub(super) selected: ThreadId,
    /// Processes whose threads share one row.
    pub(super) folded: BTreeSet<ProcessId>,
    pub(super) focus: Panel,
    pub(super) expanded: bool,
    pub(super) events: EventList,
    pub(super) object_row: usize,
    /// Which of the panels that share a place is shown: events, output or variables; or, where there is more room,
    /// events or variables.
    pub(super) tab: Panel,
    pub(super) side: Panel,
    pub(super) variables: VariablesView,
    /// How many lines the output is scrolled back.
    pub(super) output_up: usize,
    /// The source line in the middle, when it is not the selected thread's.
    pub(super) source_line: Option<u32>,
    /// The cursor, and the mark to measure from, as places of the view's axis.
    pub(super) cursor: Option<u64>,
    pub(super) mark: Option<u64>,
}

/// One run on the screen.
pub(super) struct Run {
    /// The scenario's index among the cards, and its name.
    pub(super) index: usize,
    pub(super) name: String,
    /// What is shown: a branch as it stands, or a moment of its past.
    scene: Scene,
    /// The branches that are not shown, and where each one starts.
    pub(super) branches: Branches,
    /// Whether the program can go wrong, as far as that was asked.
    check: Check,
    /// The session had no more events to give when it was last asked.
    caught_up: bool,
    /// Why the rest of the recording cannot be played; said once.
    problem: Option<Notice>,
    pub(super) look: Look,
    /// Where everything lies, since it was last laid out.
    pub(super) places: Places,
    pub(super) breakpoints: BreakpointList,
    /// The last event while the run is paused: what the last step did.
    pub(super) moved: Option<u64>,
    /// The last step was a step of the next thread, so that the view moves along.
    follow_step: bool,
    /// The program was sent an interrupt by a key.
    interrupted: bool,
}

impl Run {
    /// Ends it, and its other branches.
    pub(super) fn close(&mut self) {
        self.scene.branch.session.close();
        self.branches.close();
    }

    pub(super) fn new(index: usize, name: String, session: Box<dyn Session>, breakpoints: BreakpointList) -> Run {
        let scene = Scene::live(Branch::first(session));
        let look = Look {
            view: Viewport::default(),
            selected: scene.listed().main(),
            folded: BTreeSet::new(),
            focus: Panel::Lanes,
            expanded: false,
            events: EventList::default(),
            object_row: 0,
            tab: Panel::Events,
            side: Panel::Events,
            variables: VariablesView::default(),
            output_up: 0,
            source_line: None,
            cursor: None,
            mark: None,
        };
        Run {
            index,
            name,
            scene,
            branches: Branches::default(),
            check: Check::default(),
            caught_up: false,
            problem: None,
            look,
            places: Places::default(),
            breakpoints,
            moved: None,
            follow_step: false,
            interrupted: false,
        }
    }

    /// Takes in what happened since; whether there is anything new to draw.
    pub(super) fn tick(&mut self) -> bool {
        self.branches.drain();
        let events = self.scene.branch.session.drain(EVENTS_PER_FRAME);
        let pulse = Pulse::of(self.scene.branch.session.as_ref());
        self.caught_up = events.len() < EVENTS_PER_FRAME && (pulse.over || !self.is_recording());
        let changed = self.take_in(&events, pulse) | self.replay() | self.look_ahead();
        self.lay_out(self.places.area);
        changed | self.look_at_variables()
    }

    /// Takes in what the run did; whether there is anything new to draw.
    fn take_in(&mut self, events: &[Event], pulse: Pulse) -> bool {
        if let Some(view) = &mut self.scene.past {
            // What came after the moment is played at that speed.
            view.standing.pulse.speed = pulse.speed;
        } else {
            self.note_step(events);
        }
        let live = &mut self.scene.branch.live;
        let (findings, lost) = (live.model.findings().len(), live.model.lost_updates().next().is_some());
        let struck = pulse.strike.as_ref().filter(|_| pulse.strike != live.pulse.strike).map(|strike| strike.thread);
        let changed = live.take_in(events, pulse);
        self.look.events.catch_up(self.scene.listed());
        if !self.is_past() {
            self.look_at_news(findings, lost, struck);
        }
        changed
    }

    /// Selects the thread that something has happened to: a breakpoint has stopped it, or else something went wrong with it, of
    /// which so many findings, and a lost update, were known.
    fn look_at_news(&mut self, findings: usize, lost: bool, struck: Option<ThreadId>) {
        let model = self.model();
        let finding = model.findings().get(findings).and_then(|finding| finding.trouble.threads.first());
        let update = model.lost_updates().next().filter(|_| !lost);
        let wrong = finding.map(|involved| involved.thread).or(update.map(|update| update.write.thread));
        if let Some(thread) = struck.or(wrong) {
            self.select_thread(thread);
        }
    }

    /// What is shown: the model of the run as it stands, or of a moment of its past.
    pub(super) fn model(&self) -> &Model {
        &self.scene.shown().model
    }

    /// What the session said then.
    pub(super) fn pulse(&self) -> &Pulse {
        &self.scene.shown().pulse
    }

    /// Asks what variables hold, if that is on the screen; whether there is anything new.
    fn look_at_variables(&mut self) -> bool {
        let thread = self.look.selected;
        if self.places.panel(Panel::Variables).is_none() {
            return false;
        }
        let variables = self.variables_shown(thread);
        let why = match self.model().thread(thread) {
            Some(row) if row.state.is_over() => format!("{} has ended", row.name),
            Some(row) if row.state == ThreadState::New => format!("{} has not been started", row.name),
            Some(row) if self.pulse().over => format!("the run is over: {} was cut off", row.name),
            Some(row) if self.pulse().paused => format!("{} is on its way to its next operation", row.name),
            Some(row) => format!("{} is computing: pause to see its variables", row.name),
            None => String::new(),
        };
        let model = &self.scene.shown().model;
        let name = |object| model.object(object).map(|object| object.name.to_string());
        self.look.variables.take(thread, variables, &why, &name)
    }

    /// Notes which thread a step has moved.
    fn note_step(&mut self, events: &[Event]) {
        if !self.pulse().paused {
            self.moved = None;
            return;
        }
        let Some(event) = events.iter().rev().find(|event| is_telling(event)) else { return };
        self.moved = Some(event.seq);
        if self.follow_step {
            self.select_thread(event.thread);
        }
    }

    /// What the view is made for.
    fn extent(&self) -> Extent {
        // In the past too the axis is that of the whole run, to show how far back the moment is.
        let (model, pulse) = (self.live_model(), self.live_pulse());
        let (now, story) = (model.end(Axis::Time), model.end(Axis::Story));
        Extent { now, story, last: model.last().at, width: self.places.lanes.cells.width, over: pulse.over }
    }

    /// The part of the run that the lanes show. In the past it ends with the moment.
    pub(super) fn window(&self) -> Window {
        let window = self.look.view.window(self.extent());
        Window { end: self.model().end(window.axis).min(window.end), ..window }
    }

    /// Lays everything out in `area`. Keys, the mouse and drawing go by that until it is done again.
    pub(super) fn lay_out(&mut self, area: Rect) {
        let graph = WaitGraph::of(self.model());
        let steps = self.found().is_some();
        let there = |panel, instead| if panel == Panel::Steps && !steps { instead } else { panel };
        self.look.focus = there(self.look.focus, Panel::Lanes);
        let shape = Shape {
            lanes: self.lane_shape(),
            focus: self.look.focus,
            tab: there(self.look.tab, Panel::Events),
            side: there(self.look.side, Panel::Events),
            expanded: self.look.expanded || Size::of(area) == Size::Lanes,
            ring: !graph.cycles.is_empty(),
            graph_rows: waiting::rows(&graph, self.model(), self.look.selected),
            why: u16::try_from(self.why().width()).unwrap_or(u16::MAX - 8),
            ahead: self.sight().is_some(),
            steps,
        };
        self.places = Places::of(area, shape);
    }

    fn lane_shape(&self) -> LaneShape {
        let listed = self.listed();
        let threads = listed.threads().iter().map(|thread| self.lane_name(thread).width());
        let heads =
            listed.processes().iter().map(|process| head_name(process).width() + 1).filter(|_| self.has_heads());
        let rows = self.lane_rows();
        let queues = self.queues().map(|queue| queue.name.width());
        let gil = listed.gil().was_used();
        let longest = threads.chain(heads).chain(queues).chain(gil.then_some(GIL_NAME.len())).max().unwrap_or(0);
        LaneShape {
            rows: rows.len(),
            selected: self.selected_row(&rows),
            gil,
            queues: self.queues().count(),
            longest: u16::try_from(longest).unwrap_or(u16::MAX),
        }
    }

    /// The queues that have a row: in the past those that came later, too.
    pub(super) fn queues(&self) -> impl Iterator<Item = &Object> {
        self.listed()
            .objects()
            .iter()
            .map(|object| &**object)
            .filter(|object| !object.private && !object.depths.is_empty())
    }

    /// What decides which thread goes next, in words.
    pub(super) fn scheduler(&self) -> &'static str {
        self.scene.branch.session.scheduler()
    }

    pub(super) fn schedulers(&self) -> Vec<(&'static str, &'static str)> {
        self.scene.branch.session.steering().map(|steering| steering.schedulers()).unwrap_or_default()
    }

    /// The breakpoint that there can be on a variable: on the object that it is, or on what is written to it. `None`: no other
    /// thread can reach it.
    pub(super) fn breakpoint_on(&self, target: &Target) -> Option<Breakpoint> {
        let place = target.place.clone()?;
        let known = match &place {
            Place::Attribute { object, .. } | Place::Content { object } => self.model().object(*object),
            Place::Global(_) | Place::Cell { .. } => None,
        };
        let name = known.map_or_else(|| target.name.clone(), |_| self.model().place_name(&place).into());
        Some(match known {
            Some(object) if object.kind != ObjectKind::Data => Breakpoint::Object { name, id: Some(object.id) },
            _ => Breakpoint::Watch { name, place: Some(place), on: Writing::Change },
        })
    }

    pub(super) fn position(&self, thread: ThreadId) -> Option<&Position> {
        self.pulse().positions.iter().find(|position| position.thread == thread)
    }

    /// Whether no thread can go on any more, so that only going back, a fault or a new start helps.
    pub(super) fn is_stuck(&self) -> bool {
        let waits = |on| matches!(on, Some(Blocker::Time | Blocker::Delayed | Blocker::Signal | Blocker::Outside));
        let stands = |thread: &Thread| thread.state.is_stopped() && thread.until.is_none() && !waits(thread.blocked_on);
        let mut alive = self.model().threads().iter().filter(|it| !it.state.is_over() && it.state != ThreadState::New);
        let stuck = !self.pulse().over && self.model().headline().is_some() && alive.all(|thread| stands(thread));
        // Where only something from outside keeps a thread, letting go of that helps.
        stuck && self.model().standstill().is_none()
    }

    pub(super) fn is_held(&self, thread: ThreadId) -> bool {
        self.model().thread(thread).is_some_and(Thread::is_held_back)
    }

    /// Whether the run was over before the thread was. If no thread could go on, the thread still stands where it
    /// stood.
    pub(super) fn is_cut_off(&self, thread: &Thread) -> bool {
        let lives = !thread.state.is_over() && thread.state != ThreadState::New;
        thread.state == ThreadState::CutOff || self.pulse().over && lives && !self.model().stands_still()
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

    /// The line where `thread` stands, or its last event was.
    fn last_line(&self, thread: &Thread) -> u32 {
        match self.line_of(thread) {
            line if line > 0 && FileId::of(line) != FileId::of(thread.line) => line,
            line => line.max(thread.line),
        }
    }

    /// The source line to show.
    pub(super) fn source_line(&self) -> u32 {
        let selected = self.model().thread(self.look.selected);
        self.look.source_line.unwrap_or_else(|| selected.map_or(1, |thread| self.last_line(thread)).max(1))
    }

    /// The sentence under the panels: why the selected thread is where it is, and what it does next.
    pub(super) fn why(&self) -> String {
        match &self.pulse().strike {
            Some(Strike { thread, line, breakpoint: Breakpoint::Line(_), .. }) => {
                let name = self.model().thread_name(*thread);
                format!("Breakpoint: {name} is about to run line {}.", self.model().spot(*line))
            }
            Some(Strike { thread, line, breakpoint, .. }) => {
                let name = self.model().thread_name(*thread);
                let line = if *line > 0 { format!(" at line {}", self.model().spot(*line)) } else { String::new() };
                format!("Breakpoint, when {}: {name}{line}. {}", SafeText::new(&breakpoint.to_string()), self.reason())
            }
            None => self.reason(),
        }
    }

    /// Why a recording cannot be played further, when the screen shows the last moment that can be.
    pub(super) fn divergence(&self) -> Option<String> {
        if self.is_past() { None } else { self.scene.branch.session.divergence() }
    }

    /// The message for the end of a recording whose program had not ended, if that is shown.
    pub(super) fn end_of_recording(&self) -> Option<String> {
        if self.is_past() || self.found().is_some() { None } else { self.scene.branch.session.end_of_recording() }
    }

    /// What keeps the run from going on, if that is a fault or the person watching, and the key that helps.
    pub(super) fn standstill(&self) -> Option<String> {
        let still = self.model().standstill().filter(|_| !self.pulse().over)?;
        Some(still.on_screen(self.look.selected))
    }

    fn reason(&self) -> String {
        if let Some(divergence) = self.divergence() {
            return divergence;
        }
        match self.end_of_recording() {
            Some(end) if self.model().finding_of(self.look.selected).is_none() => end,
            Some(end) => format!("{} {end}", self.reason_of_selected()),
            None => self.reason_of_selected(),
        }
    }

    /// Why the selected thread is where it is, or how the program ended.
    fn reason_of_selected(&self) -> String {
        let Some(thread) = self.model().thread(self.look.selected) else { return String::new() };
        let next = self.position(thread.id).filter(|position| !position.next.is_empty()).map(|position| {
            let on = position.object.and_then(|object| self.model().object(object));
            let on = on.map(|object| format!(" {}", object.name)).unwrap_or_default();
            match format!("{}{on}", SafeText::new(&position.next)) {
                next if self.model().mentions_private(&next) => "go on in the library".to_owned(),
                next => next,
            }
        });
        if self.is_held(thread.id) && !thread.state.is_over() && !thread.is_deadlocked() {
            let next = next.map(|next| format!(" Next it will {next}.")).unwrap_or_default();
            let held = || format!("{} is held back by you; h lets it run again.", thread.name);
            return format!("{}{next}", self.standstill().unwrap_or_else(held));
        }
        if let Some(still) = self.standstill() {
            // What keeps everything comes first.
            let own = if thread.is_frozen() { String::new() } else { explain::why(thread.id, self.model()) };
            return format!("{still} {own}").trim_end().to_owned();
        }
        if !thread.state.is_stopped()
            && !thread.state.is_over()
            && !thread.is_frozen()
            && let Some(next) = next
        {
            return format!(
                "{} is at line {}; next it will {next}.",
                thread.name,
                self.model().spot(self.line_of(thread))
            );
        }
        if let Some(cut_off) = explain::cut_off(thread, self.model()).filter(|_| self.is_blameless(thread.id)) {
            return cut_off;
        }
        if self.pulse().over && self.model().findings().is_empty() && self.model().lost_updates().next().is_none() {
            let status = self.model().status().unwrap_or(0);
            let missed: String = self.missed().iter().map(|missed| format!(" But {missed}.")).collect();
            let steps = self.pulse().steps;
            if let Some(fault) = ended_by_fault(self.model()) {
                return format!("{fault} ended the run after {steps} steps; its status is {status}.{missed}");
            }
            return format!("The program ended with status {status}; no trouble in {steps} steps.{missed}");
        }
        explain::why(thread.id, self.model())
    }

    /// Whether nothing that went wrong concerns the thread.
    fn is_blameless(&self, thread: ThreadId) -> bool {
        self.model().finding_of(thread).is_none() && self.model().lost_update_of(thread).is_none()
    }

    /// The events of the selected thread in the cursor's cell.
    pub(super) fn events_at_cursor(&self, window: Window) -> Option<usize> {
        let column = window.column(self.look.cursor?)?;
        let (from, to) = window.range(column);
        Some(self.model().events_within(self.look.selected, window.axis, from, to))
    }
}

/// Whether an event says what an operation did: that says more than which thread it let go on.
fn is_telling(event: &Event) -> bool {
    !matches!(
        event.kind,
        EventKind::Ready { .. }
            | EventKind::Preempted
            | EventKind::Resumed
            | EventKind::Held
            | EventKind::LetGo
            | EventKind::ObjectShown { .. }
            | EventKind::PolicySet { .. }
            | EventKind::Trouble(_)
    )
}

/// `x0.5`, `max`.
pub(super) fn speed_word(speed: Speed) -> String {
    match speed {
        Speed::Times(times) => format!("x{times}"),
        Speed::Max => "max".to_owned(),
    }
}

/// A time in words, as fine as `grain`: `1.2s`, `450ms`.
pub(super) fn time_word(place: u64, grain: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "µs"), (1, "ns")];
    let (unit, name) = UNITS.into_iter().find(|&(unit, _)| grain >= unit / 10).unwrap_or((1, "ns"));
    let (whole, tenth) = (place / unit, place % unit * 10 / unit);
    match (name, tenth) {
        ("s", 0) if whole >= 60 && grain >= unit => format!("{}:{:02}", whole / 60, whole % 60),
        (_, 0) => format!("{whole}{name}"),
        (_, tenth) => format!("{whole}.{tenth}{name}"),
    }
}

/// A time in a few characters, however long it is: `2.5ms`, `0.45s`, `12.3s`, `1:15`.
pub(super) fn short_time(place: u64) -> String {
    const MS: u64 = 1_000_000;
    if place == 0 {
        return "0s".to_owned();
    }
    if (100 * MS..10_000 * MS).contains(&place) {
        let hundredths = place / (10 * MS);
        let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
        return format!("{}s", text.trim_end_matches('0').trim_end_matches('.'));
    }
    if place >= 60_000 * MS {
        return time_word(place / (1_000 * MS) * (1_000 * MS), 1_000 * MS);
    }
    let grain = [100 * MS, MS / 10].into_iter().find(|&least| place >= least).unwrap_or(100);
    time_word(place, grain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_said_in_the_unit_that_fits() {
        let s = 1_000_000_000;
        assert_eq!(time_word(0, s), "0s");
        assert_eq!(time_word(3 * s / 2, s / 2), "1.5s");
        assert_eq!(time_word(75 * s, 5 * s), "1:15");
        assert_eq!(time_word(s / 20, s / 50), "50ms");
        assert_eq!(time_word(1_500, 500), "1.5µs");
        assert_eq!([0, 1_500, s / 20, 9 * s / 20, 2 * s].map(short_time), ["0s", "1.5µs", "50ms", "0.45s", "2s"]);
        assert_eq!([12 * s + s / 100, 754 * s / 10].map(short_time), ["12s", "1:15"]);
    }
}
