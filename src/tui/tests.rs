//! The screen as a whole: what is drawn at which size, and what keys do to it.

mod looking;
mod past;

use super::app::{App, Screen, Wish};
use super::keys::Key;
use super::theme::{Depth, Shade};
use super::{Card, Jump, Options, Past, Session, Stage, Theme, render};
use crate::base::ThreadId;
use crate::event::{Blocker, Breakpoint, Event, EventKind, Legend, Position, Strike, Variables};
use crate::schedule::{Fault, Speed, StepUnit};
use crate::trace::samples::{self, Script, TICK};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{
    Event as Input, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::style::{Color, Modifier};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

/// What a fake session was asked to do, and what it answers.
#[derive(Default)]
struct Notes {
    calls: Vec<String>,
    paused: bool,
    over: bool,
    speed: Option<Speed>,
    now: u64,
    positions: Vec<Position>,
    variables: Variables,
    strike: Option<Strike>,
    /// Playing the past stops there, after so many steps.
    strikes: Option<(u64, Strike)>,
    divergence: Option<&'static str>,
    /// So many of the last events are not told yet.
    withheld: usize,
    recording: bool,
    /// What a branch of it does.
    branch: Vec<(ThreadId, u32, EventKind)>,
    priorities: Vec<i32>,
    past_priorities: Vec<i32>,
    alive: usize,
}

struct FakeSession {
    legend: Legend,
    /// Everything that happens, and what is still to be told of it.
    all: Vec<Event>,
    events: VecDeque<Event>,
    notes: Rc<RefCell<Notes>>,
}

impl FakeSession {
    fn note(&self, call: String) {
        self.notes.borrow_mut().calls.push(call);
    }
}

impl Session for FakeSession {
    fn legend(&self) -> Legend {
        self.legend.clone()
    }
    fn drain(&mut self, limit: usize) -> Vec<Event> {
        let count = limit.min(self.events.len().saturating_sub(self.notes.borrow().withheld));
        self.events.drain(..count).collect()
    }
    fn positions(&self) -> Vec<Position> {
        self.notes.borrow().positions.clone()
    }
    fn variables(&self, _: ThreadId) -> Variables {
        self.notes.borrow().variables.clone()
    }
    fn breakable_line(&self, line: u32) -> Option<u32> {
        let source = &self.legend.source;
        (line..=source.line_count()).find(|line| !source.line(*line).trim().is_empty())
    }
    fn set_breakpoints(&self, breakpoints: &[Breakpoint]) {
        let words: Vec<_> = breakpoints.iter().map(ToString::to_string).collect();
        self.note(format!("break when {}", words.join(" or ")));
    }
    fn strike(&self) -> Option<Strike> {
        self.notes.borrow().strike.clone()
    }
    fn now(&self) -> u64 {
        self.notes.borrow().now
    }
    fn steps(&self) -> u64 {
        let told = self.all.len() - self.events.len();
        told.checked_sub(1).map_or(0, |last| self.all[last].step + 1)
    }
    fn divergence(&self) -> Option<String> {
        self.notes.borrow().divergence.filter(|_| self.events.is_empty()).map(str::to_owned)
    }
    fn is_over(&self) -> bool {
        self.notes.borrow().over
    }
    fn is_paused(&self) -> bool {
        self.notes.borrow().paused
    }
    fn pause(&self) {
        self.note("pause".into());
        self.notes.borrow_mut().paused = true;
    }
    fn resume(&self) {
        self.note("resume".into());
        self.notes.borrow_mut().paused = false;
    }
    fn step(&self, thread: Option<ThreadId>, unit: StepUnit) {
        let who = thread.map_or("any".to_owned(), |thread| thread.to_string());
        self.note(format!("step {who} {unit:?}"));
    }
    fn scheduler(&self) -> &'static str {
        "os"
    }
    fn schedulers(&self) -> Vec<(&'static str, &'static str)> {
        vec![("os", "All go."), ("turns", "One goes after the other.")]
    }
    fn set_scheduler(&self, name: &str) {
        self.note(format!("scheduler {name}"));
    }
    fn priorities(&self) -> Vec<i32> {
        self.notes.borrow().priorities.clone()
    }
    fn raise_priority(&self, thread: ThreadId, by: i32) {
        self.note(format!("raise {thread} {by}"));
        self.notes.borrow_mut().priorities[thread.index()] += by;
    }
    fn speed(&self) -> Speed {
        self.notes.borrow().speed.unwrap_or(Speed::Times(1.0))
    }
    fn set_speed(&self, speed: Speed) {
        self.note(format!("speed {speed:?}"));
        self.notes.borrow_mut().speed = Some(speed);
    }
    fn hold(&self, thread: ThreadId, held: bool) {
        self.note(format!("hold {thread} {held}"));
    }
    fn is_recording(&self) -> bool {
        self.notes.borrow().recording
    }

    fn past(&mut self, jump: Jump) -> Result<Past, String> {
        let until = |step: u64| self.all.partition_point(|event| event.step < step) as u64;
        let step_at = |count: u64| {
            let index = (count as usize).min(self.all.len()).checked_sub(1);
            index.map_or(0, |index| self.all[index].step + 1)
        };
        let events = match jump {
            Jump::To(events) => until(step_at(events)),
            Jump::Before(events) => until(step_at(events).saturating_sub(1)),
            Jump::After(events) => until(step_at(events) + 1),
            Jump::Play { from, operations } => until(step_at(from) + operations),
        };
        let mut strike = None;
        let mut events = events;
        if let (Jump::Play { from, .. }, Some((step, stop))) = (jump, self.notes.borrow().strikes.clone())
            && step_at(from) < step
            && step <= step_at(events)
        {
            (events, strike) = (until(step), Some(stop));
        }
        let step = step_at(events);
        let priorities = self.notes.borrow().past_priorities.clone();
        let mut model = crate::trace::Model::new(self.legend());
        self.all.iter().take(events as usize).for_each(|event| model.apply(event));
        let (positions, now) = (self.positions(), model.last().at);
        Ok(Past { events, step, model, positions, priorities, now, strike })
    }

    fn past_variables(&self, thread: ThreadId) -> Variables {
        self.variables(thread)
    }

    fn branch(&mut self, events: u64) -> Result<Box<dyn Session>, String> {
        self.note(format!("branch {events}"));
        let mut all: Vec<_> = self.all.iter().take(events as usize).cloned().collect();
        let (step, at) = all.last().map_or((0, 0), |event| (event.step + 1, event.at + TICK));
        let notes = self.notes.borrow().branch.clone();
        let next = (0..).zip(notes).map(|(more, (thread, line, kind))| {
            let (seq, step, at) = (events + more, step + more, at + more * TICK);
            Event { seq, step, at, thread, line, kind }
        });
        let next: Vec<_> = next.collect();
        all.extend(next.iter().cloned());
        self.notes.borrow_mut().alive += 1;
        let notes = Rc::clone(&self.notes);
        Ok(Box::new(FakeSession { legend: self.legend(), all, events: next.into(), notes }))
    }

    fn inject(&self, fault: Fault) -> Result<(), String> {
        self.note(format!("inject {}", fault.name()));
        if matches!(fault, Fault::Freeze { .. }) { Err("it stands in native code".into()) } else { Ok(()) }
    }
}

impl Drop for FakeSession {
    fn drop(&mut self) {
        self.notes.borrow_mut().alive -= 1;
    }
}

struct FakeStage {
    cards: Vec<Card>,
    script: Script,
    notes: Rc<RefCell<Notes>>,
    broken: Option<String>,
    changed: bool,
}

impl Stage for FakeStage {
    fn cards(&self) -> &[Card] {
        &self.cards
    }
    fn open(&mut self, index: usize, breakpoints: &[Breakpoint]) -> Result<Box<dyn Session>, String> {
        self.changed = false;
        if let Some(message) = &self.broken {
            return Err(message.clone());
        }
        let mut notes = self.notes.borrow_mut();
        let words: Vec<_> = breakpoints.iter().map(|it| format!(", break when {it}")).collect();
        notes.calls.push(format!("open {index}{}", words.concat()));
        notes.alive += 1;
        assert_eq!(notes.alive, 1, "the run before has to end first");
        let notes = Rc::clone(&self.notes);
        Ok(Box::new(FakeSession {
            legend: self.script.legend.clone(),
            all: self.script.events.clone(),
            events: self.script.events.clone().into(),
            notes,
        }))
    }
    fn changed(&mut self, _: usize) -> bool {
        self.changed
    }
}

fn card(name: &str, title: &str, group: &str, expect: &str) -> Card {
    Card {
        name: name.into(),
        title: title.into(),
        summary: format!(
            "{title}: what happens when threads meet, told in a sentence that is long enough to be wrapped."
        ),
        topics: vec!["locks".into(), "deadlock".into()],
        expect: Some(expect.into()),
        faults: Vec::new(),
        group: group.into(),
    }
}

fn stage(script: Script) -> FakeStage {
    let cards = vec![
        card("bank.py", "Two locks, two orders", "Deadlock", "deadlock"),
        card("philosophers", "Dining philosophers", "Deadlock", "deadlock"),
        card("factory", "Producer and consumer", "Queues", "safe"),
    ];
    let now = script.events.last().map_or(0, |event| event.at) + 6 * TICK;
    let notes = Notes { now, ..Notes::default() };
    FakeStage { cards, script, notes: Rc::new(RefCell::new(notes)), broken: None, changed: false }
}

fn options() -> Options {
    Options { start: Some(0), mouse: true, ..Options::default() }
}

fn draw(app: &mut App<'_>, width: u16, height: u16) -> Terminal<TestBackend> {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| render::draw(app, frame)).unwrap();
    terminal
}

fn text(terminal: &Terminal<TestBackend>) -> String {
    let buffer = terminal.backend().buffer();
    let rows = buffer.content.chunks(usize::from(buffer.area.width).max(1));
    rows.map(|row| row.iter().map(|cell| cell.symbol()).collect::<String>().trim_end().to_owned() + "\n").collect()
}

fn picture(script: Script, width: u16, height: u16) -> String {
    let mut stage = stage(script);
    let mut app = App::new(&mut stage, options());
    app.tick();
    text(&draw(&mut app, width, height))
}

/// Presses keys written as `space`, `esc`, `ctrl-p`, `shift-up` or single characters, separated by blanks.
fn press(app: &mut App<'_>, keys: &str) {
    for word in keys.split_whitespace() {
        let (modifiers, name) = match word.split_once('-') {
            Some(("ctrl", name)) => (KeyModifiers::CONTROL, name),
            Some(("shift", name)) => (KeyModifiers::SHIFT, name),
            _ => (KeyModifiers::NONE, word),
        };
        let code = match name {
            "space" => KeyCode::Char(' '),
            "esc" => KeyCode::Esc,
            "enter" => KeyCode::Enter,
            "tab" => KeyCode::Tab,
            "up" => KeyCode::Up,
            "down" => KeyCode::Down,
            "left" => KeyCode::Left,
            "right" => KeyCode::Right,
            "home" => KeyCode::Home,
            "end" => KeyCode::End,
            "backspace" => KeyCode::Backspace,
            name => KeyCode::Char(name.chars().next().unwrap()),
        };
        app.press(Key::from(KeyEvent::new(code, modifiers)));
    }
}

#[test]
fn a_deadlock_at_every_size() {
    for (width, height) in [(1, 1), (20, 5), (60, 16), (80, 24), (100, 30), (200, 60)] {
        let name = format!("deadlock_{width}x{height}");
        insta::assert_snapshot!(name, picture(samples::deadlock_script(), width, height));
    }
}

#[test]
fn a_queue_is_a_gauge() {
    for (width, height) in [(80, 24), (100, 30)] {
        let name = format!("queue_{width}x{height}");
        insta::assert_snapshot!(name, picture(samples::producer_consumer_script(), width, height));
    }
}

#[test]
fn a_fault_is_marked_in_the_lane_and_told_among_the_events() {
    let mut script = Script::new("", &[]);
    let worker = ThreadId(1);
    script.does(0, 1, EventKind::ThreadCreated { new: worker, name: "worker".into(), daemon: false });
    script.does(0, 1, EventKind::ThreadStarted { started: worker }).does(1, 2, EventKind::Began);
    script.also(1, 2, EventKind::FaultInjected { fault: Fault::Delay { thread: worker, time: 2_500_000_000 } });
    script.does(1, 2, EventKind::Blocked { on: Blocker::Delayed, until: Some(3_000_000_000) });
    let screen = picture(script, 130, 40);
    let lane = screen.lines().find(|line| line.starts_with("│ worker")).unwrap();
    assert!(lane.contains("delayed") && lane.contains('↯'), "{screen}");
    assert!(screen.contains("FAULT delay worker for 2.5 s") && screen.contains("worker is delayed"), "{screen}");
}

#[test]
fn no_size_panics() {
    let mut stage = stage(samples::deadlock_script());
    let mut app = App::new(&mut stage, options());
    app.tick();
    for popup in ["", "?", "e", "x", "v", "B", ":", "/"] {
        press(&mut app, popup);
        for width in [0, 1, 2, 3, 7, 19, 59, 60, 61, 80, 99, 100, 131] {
            for height in [0, 1, 2, 3, 15, 16, 17, 24, 29, 30, 31] {
                draw(&mut app, width, height);
            }
        }
        press(&mut app, "esc");
    }
}

#[test]
fn other_screens() {
    let mut gallery_stage = stage(samples::deadlock_script());
    let mut app = App::new(&mut gallery_stage, Options { start: None, ..options() });
    insta::assert_snapshot!("gallery_100x30", text(&draw(&mut app, 100, 30)));
    let mut broken_stage = stage(samples::deadlock_script());
    broken_stage.broken = Some("error: `async def` is not supported\n --> bank.py:3:1\n\u{1b}[2J".into());
    let mut app = App::new(&mut broken_stage, options());
    insta::assert_snapshot!("broken_80x24", text(&draw(&mut app, 80, 24)));
    for (name, keys) in [("help", "?"), ("explain", "e"), ("faults", "x"), ("commands", ": z o o m")] {
        let mut stage = stage(samples::deadlock_script());
        let mut app = App::new(&mut stage, options());
        app.tick();
        press(&mut app, keys);
        insta::assert_snapshot!(format!("{name}_80x24"), text(&draw(&mut app, 80, 24)));
    }
}

#[test]
fn a_deadlock_cannot_be_missed_without_colour() {
    let mut stage = stage(samples::deadlock_script());
    let theme = Theme { depth: Depth::None, ascii: true, shade: Shade::Light };
    let mut app = App::new(&mut stage, Options { theme, ..options() });
    app.tick();
    let terminal = draw(&mut app, 100, 30);
    let buffer = terminal.backend().buffer();
    assert!(buffer.content.iter().all(|cell| cell.symbol().is_ascii()), "{}", text(&terminal));
    assert!(buffer.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    let loud = Modifier::BOLD | Modifier::REVERSED;
    let alarms = buffer.content.iter().filter(|cell| cell.symbol() == "!" && cell.modifier.contains(loud)).count();
    assert!(alarms > 4, "{}", text(&terminal));
    let title: String = buffer.content[..100].iter().map(|cell| cell.symbol()).collect();
    let at = title.find("DEADLOCK").unwrap();
    assert!(buffer.content[at].modifier.contains(loud));
}

/// Events, keys, and what the session was asked to do.
#[test]
fn keys_reach_the_session() {
    let cases = [
        ("space space", "pause, resume"),
        (". right", "step any Operation, step any Operation"),
        ("1 > n", ""),
        ("shift-up ] ] [", "speed Times(2.0), speed Times(4.0), speed Times(8.0), speed Times(4.0)"),
        ("2 h", "hold T1 true"),
        ("x enter", "inject kill"),
        ("2 x down down enter", "inject freeze"),
        ("r", "open 0"),
        (": p l a y enter", "pause"),
        ("/ l e f t enter n N", ""),
        (", . , ,", "pause"),
        (", , y", "pause, branch 16, break when "),
    ];
    for (keys, expected) in cases {
        let mut stage = stage(samples::deadlock_script());
        let notes = Rc::clone(&stage.notes);
        let mut app = App::new(&mut stage, options());
        app.tick();
        draw(&mut app, 100, 30);
        notes.borrow_mut().calls.clear();
        press(&mut app, keys);
        assert_eq!(notes.borrow().calls.join(", "), expected, "{keys}");
    }
}

/// Events, keys, and what is on the screen after them.
#[test]
fn keys_change_what_is_shown() {
    let cases: &[(&str, &[&str])] = &[
        ("2", &["▸left"]),
        ("1", &["▸main", "main is joining left at line 23, which is blocked on b."]),
        ("9", &["there is no thread 9"]),
        ("tab tab enter", &["import threading", "right▶14"]),
        ("t", &["step"]),
        ("a", &["G follows the run"]),
        ("a G", &["▸left"]),
        ("u", &["no earlier view"]),
        ("/ b l o c k s enter", &["events /blocks: 2"]),
        ("tab tab tab tab k k", &["step 1", "blocked on a"]),
        ("shift-left shift-left m shift-left shift-left", &["Δ"]),
        ("m", &["no cursor yet"]),
        ("z", &["z does nothing here"]),
        ("N", &["no filter yet"]),
        ("2 >", &["left cannot take a step"]),
        ("x down down down down down down down enter", &["fault: lose the next release of b"]),
        ("2 x down down enter", &["cannot freeze left: it stands in native code"]),
        ("esc", &["scenarios", "Dining philosophers"]),
        ("tab tab tab tab k k k k k k k k k k k k", &["↳"]),
        ("e e", &["▸left"]),
        ("? ?", &["▸left"]),
        (": q x", &["no such command"]),
        (",", &["PAST step 13 of 14", "wants b"]),
        (", , , ,", &["PAST step 10 of 14", "space play  , back"]),
        (", . .", &["DEADLOCK"]),
        ("g", &["PAST step 0 of 14", "nothing has happened yet"]),
        ("g ,", &["this is the beginning"]),
        ("g G", &["DEADLOCK", "right ◂ left"]),
        ("2 <", &["PAST step 11 of 14", "▸right"]),
        ("tab tab tab tab k k k o", &["PAST step 12 of 14", "▸left"]),
        ("shift-left o", &["that is where the run stands"]),
        ("o", &["no place to go to"]),
        ("y", &["this is where the run stands"]),
        ("Y", &["there is one future so far"]),
        ("C", &["there is one future so far"]),
        (", 2 >", &["left cannot take a step"]),
        (", esc", &["DEADLOCK"]),
    ];
    for (keys, expected) in cases {
        let mut stage = stage(samples::deadlock_script());
        let mut app = App::new(&mut stage, options());
        app.tick();
        draw(&mut app, 100, 30);
        press(&mut app, keys);
        let shown = text(&draw(&mut app, 100, 30));
        for part in *expected {
            assert!(shown.contains(part), "{keys}: {part} is not in\n{shown}");
        }
    }
}

#[test]
fn every_action_of_the_table_can_be_done_everywhere() {
    for row in super::keys::TABLE {
        let mut stage = stage(samples::deadlock_script());
        let mut app = App::new(&mut stage, options());
        app.tick();
        draw(&mut app, 80, 24);
        app.act(row.action);
        draw(&mut app, 80, 24);
        press(&mut app, "?");
        app.act(row.action);
        draw(&mut app, 80, 24);
    }
}

#[test]
fn quitting_suspending_and_redrawing_are_left_to_the_loop() {
    let mut stage = stage(samples::deadlock_script());
    let mut app = App::new(&mut stage, options());
    for (keys, wish) in
        [("q", Wish::Quit), ("ctrl-c", Wish::Quit), ("ctrl-z", Wish::Suspend), ("/ ctrl-l", Wish::Redraw)]
    {
        press(&mut app, keys);
        assert_eq!(app.take_wish(), Some(wish), "{keys}");
    }
}

#[test]
fn a_changed_file_opens_a_new_run_or_says_what_is_wrong() {
    let mut stage = stage(samples::deadlock_script());
    let notes = Rc::clone(&stage.notes);
    stage.changed = true;
    let mut app = App::new(&mut stage, options());
    app.tick();
    assert_eq!(app.message(), None, "opening it has taken the change in");
    drop(app);
    stage.changed = true;
    stage.broken = Some("error: no".into());
    let mut app = App::new(&mut stage, Options { start: None, ..options() });
    press(&mut app, "enter");
    assert!(matches!(app.screen, Screen::Broken { .. }));
    drop(app);
    assert_eq!(notes.borrow().alive, 0, "every session was dropped");
}

#[test]
fn clicks_select_what_is_under_them() {
    let mut stage = stage(samples::deadlock_script());
    let mut app = App::new(&mut stage, options());
    app.tick();
    draw(&mut app, 100, 30);
    let mut mouse = |kind, column, row| {
        app.input(Input::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
        text(&draw(&mut app, 100, 30))
    };
    let left = MouseEventKind::Down(MouseButton::Left);
    assert!(mouse(left, 3, 2).contains("▸main"));
    assert!(mouse(left, 30, 6).contains("▸right"));
    assert!(mouse(MouseEventKind::Drag(MouseButton::Left), 36, 6).contains("Δ"));
    let ruler = |shown: String| shown.lines().nth(1).map(str::to_owned);
    let before = ruler(mouse(MouseEventKind::Moved, 36, 1));
    assert_ne!(ruler(mouse(MouseEventKind::ScrollUp, 36, 1)), before, "the wheel zooms on the ruler");
    for column in (0..100).step_by(3) {
        for row in 0..30 {
            for kind in [left, MouseEventKind::ScrollUp, MouseEventKind::ScrollDown, MouseEventKind::Moved] {
                mouse(kind, column, row);
            }
        }
    }
}

#[test]
fn text_that_is_pasted_goes_where_text_is_typed() {
    let mut stage = stage(samples::deadlock_script());
    let mut app = App::new(&mut stage, options());
    app.tick();
    app.input(Input::Paste("ignored".into()));
    press(&mut app, "/");
    app.input(Input::Paste("blo\u{1b}cks\n".into()));
    assert!(text(&draw(&mut app, 100, 30)).contains("/blocks"));
}

#[test]
fn names_from_outside_cannot_drive_the_terminal() {
    let mut script = Script::new("x = '\u{1b}[31m\u{202e}'\n", &[]);
    script.thread(1, "\u{1b}[2Jevil\u{202e}").lock(0, "\u{9b}lock");
    let mut stage = stage(script);
    stage.cards[0].name = "\u{1b}]0;title\u{7}".into();
    let position = Position {
        thread: ThreadId(0),
        line: 1,
        function: Arc::from("f"),
        next: "acquire \u{1b}[m".into(),
        held: true,
    };
    stage.notes.borrow_mut().positions.push(position);
    let mut app = App::new(&mut stage, options());
    app.tick();
    let shown = text(&draw(&mut app, 100, 30));
    assert!(!shown.chars().any(|c| c != '\n' && (c.is_control() || c == '\u{202e}')), "{shown}");
    assert!(shown.contains("held"));
}

#[test]
fn priorities_stand_beside_the_names_and_keys_change_them() {
    let mut stage = stage(samples::deadlock_script());
    let notes = Rc::clone(&stage.notes);
    let mut app = App::new(&mut stage, options());
    app.tick();
    press(&mut app, "2 p");
    assert!(text(&draw(&mut app, 100, 30)).contains("priorities count for the scheduler priority alone"));
    notes.borrow_mut().priorities = vec![0, 2, -1];
    press(&mut app, "2 p P P 3 P");
    app.tick();
    let shown = text(&draw(&mut app, 100, 30));
    assert!(shown.contains("left (1)") && shown.contains("right (-2)"), "{shown}");
    assert!(shown.contains("right has priority -2 now"), "{shown}");
    let raised: Vec<String> = notes.borrow().calls.iter().filter(|call| call.starts_with("raise")).cloned().collect();
    assert_eq!(raised, ["raise T1 1", "raise T1 -1", "raise T1 -1", "raise T2 -1"]);
}

#[test]
fn who_holds_the_gil_has_a_row_of_its_own() {
    let mut script = samples::producer_consumer_script();
    let policy = Event { kind: EventKind::PolicySet { name: "gil".into() }, ..script.events[0].clone() };
    script.events.insert(1, policy);
    (0..).zip(&mut script.events).for_each(|(seq, event)| event.seq = seq);
    let lanes: String = picture(script, 110, 30).lines().skip(1).take(10).map(|line| line.to_owned() + "\n").collect();
    insta::assert_snapshot!(lanes, @r"
    ╭─ threads ──────── 0s ──────────────── 2s ──────────────── 4s ─────────╮╭─ waits for ───────────────────────╮
    │▸main     joining  ▒███~~ joins the others ~~~~~~                      ││ main  joins the others            │
    │ producer waiting   ▒▒▒▒▒▒▒███████████████╌╌╌╌╌╌╌                      ││ producer  waits for q             │
    │ consumer running    ▒▒▒██╌╌╌▒▒▒▒████████████████                      ││                                   │
    │ GIL      consumer m──p─cp──────c─p──────c───────                      ││                                   │
    │ q        4/4                ▂▂▄▂▂▂▄▄▆▆▆█████████                      ││                                   │
    │                                                                       ││                                   │
    ╰───────────────────────────────────────────────────────────────────────╯╰───────────────────────────────────╯
    ╭─ bank.py ──────────────────────────────╮╭─ objects ───────────────────╮╭─ events ──────────────────────────╮
    │          4 made = 0                    ││ q  queue 4/4 ████ ◂ producer││  8 producer puts 0 into q, 1 i… →1│
    ");
}
