//! The screen as a whole: what is drawn at which size, and what keys do to it.

mod arrows;
mod fake;
mod lanes;
mod looking;
mod past;
mod standstill;
mod typed;
mod waits;

use self::fake::{FakeStage, Notes};
use super::app::{App, Screen, Wish};
use super::input::{Code, Held, Input, Key, Mouse, Toward};
use super::theme::{Depth, Shade};
use super::{Options, Theme};
use crate::base::ThreadId;
use crate::event::{Blocker, Breakpoint, Event, EventKind, Position, Strike, Variables};
use crate::schedule::Fault;
use crate::session::Card;
use crate::trace::samples::{self, Script, TICK};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Position as Cell;
use ratatui::style::{Color, Modifier};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

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
    FakeStage { cards, script, notes: Rc::new(RefCell::new(notes)), broken: None, changed: false, beside: None }
}

fn options() -> Options {
    Options { start: Some(0), mouse: true, ..Options::default() }
}

fn draw(app: &mut App<'_>, width: u16, height: u16) -> Terminal<TestBackend> {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| app.draw(frame.buffer_mut())).unwrap();
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
            Some(("ctrl", name)) => (Held::CTRL, name),
            Some(("shift", name)) => (Held::SHIFT, name),
            _ => (Held::NONE, word),
        };
        let code = match name {
            "space" => Code::Char(' '),
            "esc" => Code::Esc,
            "enter" => Code::Enter,
            "tab" => Code::Tab,
            "up" => Code::Up,
            "down" => Code::Down,
            "left" => Code::Left,
            "right" => Code::Right,
            "home" => Code::Home,
            "end" => Code::End,
            "backspace" => Code::Backspace,
            name => Code::Char(name.chars().next().unwrap()),
        };
        app.press(Key::new(code, modifiers));
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
fn no_size_panics() {
    let mut stage = stage(samples::deadlock_script());
    let mut app = App::new(&mut stage, options());
    app.tick();
    for popup in ["", "?", "e", "x", "v", "B", ":", "/", "esc esc"] {
        press(&mut app, popup);
        for width in [0, 1, 2, 3, 4, 7, 19, 59, 60, 61, 80, 99, 100, 131] {
            for height in [0, 1, 2, 3, 15, 16, 17, 24, 29, 30, 31] {
                draw(&mut app, width, height);
                let kind = Mouse::Press;
                app.input(Input::Mouse(kind, Cell { x: 1, y: 3 }));
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
    assert!(text(&terminal).contains("10@10ms"), "a step and its time do not read as one number: {}", text(&terminal));
    let alarms = buffer.content.iter().filter(|cell| cell.symbol() == "!" && cell.modifier.contains(loud)).count();
    assert!(alarms > 8, "{}", text(&terminal));
    let title: String = buffer.content[..100].iter().map(|cell| cell.symbol()).collect();
    let at = title.find("DEADLOCK").unwrap();
    assert!(buffer.content[at].modifier.contains(loud));
}

/// Events, keys, and what the session was asked to do.
#[test]
fn keys_reach_the_session() {
    let cases = [
        ("space space . right", ""),
        ("1 > n", ""),
        ("shift-up ] ] [", "speed Times(2.0), speed Times(4.0), speed Times(8.0), speed Times(4.0)"),
        ("2 h", "hold T1 true"),
        ("x enter", "inject kill"),
        ("2 x down down enter", "inject freeze"),
        ("r", "open 0"),
        (": f a s t e r enter", "speed Times(2.0)"),
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
    // Where threads can go on, they can be paused and stepped.
    for (keys, expected) in [
        ("space space", "pause, resume"),
        (". right", "step any Operation, step any Operation"),
        (": p l a y enter", "pause"),
    ] {
        let mut stage = stage(samples::producer_consumer_script());
        let notes = Rc::clone(&stage.notes);
        let mut app = App::new(&mut stage, options());
        app.tick();
        draw(&mut app, 100, 30);
        notes.borrow_mut().calls.clear();
        press(&mut app, keys);
        assert_eq!(notes.borrow().calls.join(", "), expected, "{keys}");
    }
}

#[test]
fn the_last_line_offers_what_makes_sense_and_always_help_and_quit() {
    let last_line = |script: Script, keys: &str, paused: bool, over: bool, width: u16| {
        let mut stage = stage(script);
        (stage.notes.borrow_mut().paused, stage.notes.borrow_mut().over) = (paused, over);
        let mut app = App::new(&mut stage, options());
        app.tick();
        draw(&mut app, width, 24);
        press(&mut app, keys);
        text(&draw(&mut app, width, 24)).lines().last().unwrap_or_default().to_owned()
    };
    let (stuck, going) = (samples::deadlock_script, samples::producer_consumer_script);
    for width in [60, 80, 100, 200] {
        for (said, begins) in [
            (last_line(stuck(), "", false, false, width), " , back  e why  r again  x fault"),
            (last_line(stuck(), "", true, false, width), " , back  e why  r again  x fault"),
            (last_line(going(), "", false, false, width), " space pause  . step  , back"),
            (last_line(going(), "", true, false, width), " space play  . step  , back"),
            (last_line(going(), "", false, true, width), " , back  r again  e explain"),
            (last_line(stuck(), ",", false, false, width), " space play  , back  . forward"),
            (last_line(stuck(), "space", false, false, width), " no thread can run any more"),
            (last_line(stuck(), "X", false, false, width), " X does nothing here"),
            (last_line(stuck(), "e", false, false, width), " ↑↓ scroll  Esc back"),
            (last_line(stuck(), "x", false, false, width), " ↑↓ select  Esc back"),
            (last_line(stuck(), "esc esc", false, false, width), " ↑↓ select"),
        ] {
            assert!(said.starts_with(begins) && said.ends_with("? help  q quit"), "{width}: {said}");
        }
    }
}

#[test]
fn the_last_line_and_the_help_take_clicks() {
    let mut stage = stage(samples::deadlock_script());
    let mut app = App::new(&mut stage, options());
    app.tick();
    draw(&mut app, 100, 30);
    let mut click = |word: &str| {
        let shown = text(&draw(&mut app, 100, 30));
        let (row, line) =
            shown.lines().enumerate().collect::<Vec<_>>().into_iter().rfind(|(_, line)| line.contains(word)).unwrap();
        let column = line[..line.find(word).unwrap()].chars().count() as u16;
        let kind = Mouse::Press;
        app.input(Input::Mouse(kind, Cell { x: column, y: row as u16 }));
        text(&draw(&mut app, 100, 30))
    };
    assert!(click("e why").contains("A deadlock is a ring"));
    assert!(!click("Esc back").contains("A deadlock is a ring"));
    assert!(click("? help").contains("keys; a click on a line does it"));
    assert!(click("inject a fault").contains("kill left"), "a line of the help is done");
    assert!(click("freeze left").contains("It stops until it is thawed"), "a row of a menu is selected");
    assert!(click("freeze left").contains("cannot freeze left"), "and chosen by a second click");
    assert!(click("? help").contains("keys; a click"));
    assert!(!click("raddle").contains("keys; a click"), "a click beside it closes it");
    click("q quit");
    assert_eq!(app.take_wish(), Some(Wish::Quit));
}

#[test]
fn the_name_of_a_scenario_runs_it() {
    for (keys, opened) in [
        ("/ p h i l enter", "open 1"),
        ("/ f a c t o r y enter", "open 2"),
        ("/ d e a d l o c k down enter", "open 1"),
        ("/ f a c t r o y enter", ""),
        ("/ enter", ""),
        ("/ q u e u esc", ""),
    ] {
        let mut stage = stage(samples::deadlock_script());
        let notes = Rc::clone(&stage.notes);
        let mut app = App::new(&mut stage, Options { start: None, ..options() });
        press(&mut app, keys);
        assert_eq!(notes.borrow().calls.join(", "), opened, "{keys}");
        if keys.contains("t r o y") {
            assert!(
                app.notice().is_some_and(|said| said.to_string().contains("did you mean factory?")),
                "{:?}",
                app.notice()
            );
        }
    }
}

#[test]
fn the_wheel_zooms_where_the_pointer_is() {
    for paused in [false, true] {
        let mut stage = stage(samples::producer_consumer_script());
        stage.notes.borrow_mut().paused = paused;
        let mut app = App::new(&mut stage, options());
        app.tick();
        draw(&mut app, 100, 30);
        let mouse = |app: &mut App<'_>, kind, column, row| {
            app.input(Input::Mouse(kind, Cell { x: column, y: row }));
            draw(app, 100, 30);
        };
        for column in [22, 30, 41] {
            // The cursor stands under the pointer, and stays there when the wheel zooms.
            mouse(&mut app, Mouse::Press, column, 2);
            for kind in [Mouse::Wheel(Toward::Up), Mouse::Wheel(Toward::Up), Mouse::Wheel(Toward::Down)] {
                mouse(&mut app, kind, column, 1);
                let Screen::Run(run) = &app.screen else { panic!("a run is shown") };
                let cells = run.places.lanes.cells;
                let at = run.window().column(run.look.cursor.unwrap());
                assert_eq!(at, Some(column - cells.x), "paused: {paused}, {kind:?} at {column}");
            }
            press(&mut app, "0");
        }
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
        ("", &["step 0@0s", "10@10ms"]),
        ("t", &["10ms", "time"]),
        ("t t", &["step 0@0s"]),
        ("shift-left", &["step 13, 13ms"]),
        ("a", &["G follows the run"]),
        ("a G", &["▸left"]),
        ("u", &["no earlier view"]),
        ("/ b l o c k s enter", &["events /blocks: 2"]),
        ("space", &["no thread can run any more"]),
        ("tab tab tab tab k k", &["step 1", "blocked on a"]),
        ("shift-left shift-left m shift-left shift-left", &["Δ"]),
        ("m", &["no cursor yet"]),
        ("X", &["X does nothing here"]),
        ("N", &["no filter yet"]),
        ("2 >", &["left cannot take a step"]),
        ("x down down down down down down down enter", &["fault: lose the next release of b"]),
        ("2 x down down enter", &["cannot freeze left: it stands in native code"]),
        ("esc", &["Esc again leaves the run", "DEADLOCK"]),
        ("esc 2 esc", &["Esc again leaves the run", "DEADLOCK"]),
        ("esc esc", &["scenarios", "Dining philosophers"]),
        ("x : w h o l e space s c r e e n enter", &[", back  e why"]),
        ("tab tab tab tab k k k k k k k k k k k k", &["↳"]),
        ("e e", &["▸left"]),
        ("? ?", &["▸left"]),
        (": q x", &["no such command"]),
        (",", &["PAST step 13 of 14", "wants b"]),
        (", , , ,", &["PAST step 10 of 14", "space play  , back"]),
        (", . .", &["DEADLOCK"]),
        ("g", &["PAST step 0 of 14", "left  later", "lock later"]),
        ("g ,", &["this is the beginning"]),
        ("g G", &["DEADLOCK", "right ◂ left"]),
        ("2 <", &["PAST step 11 of 14", "▸right"]),
        ("tab tab tab tab k k k o", &["PAST step 12 of 14", "▸left"]),
        ("shift-left o", &["you are at the latest step"]),
        ("tab tab tab tab k k k shift-right shift-right shift-right shift-right o", &["you are at the latest step"]),
        ("o", &["nothing to jump to"]),
        ("y", &["step back (comma), then press y"]),
        ("Y", &["no other branch yet: step back (comma)"]),
        ("C", &["no other branch yet: step back (comma)"]),
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
fn no_breakpoint_is_set_where_a_thread_might_be() {
    let mut stage = stage(Script::new("total = 0\n", &[]));
    let mut app = App::new(&mut stage, options());
    app.tick();
    press(&mut app, "b");
    let shown = text(&draw(&mut app, 130, 30));
    assert!(shown.contains("pause first, or choose a line: where main computes is not known"), "{shown}");
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
    assert_eq!(app.notice(), None, "opening it has taken the change in");
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
        app.input(Input::Mouse(kind, Cell { x: column, y: row }));
        text(&draw(&mut app, 100, 30))
    };
    let left = Mouse::Press;
    assert!(mouse(left, 3, 2).contains("▸main"));
    assert!(mouse(left, 30, 6).contains("▸right"));
    assert!(mouse(Mouse::Drag, 36, 6).contains("Δ"));
    let ruler = |shown: String| shown.lines().nth(1).map(str::to_owned);
    let before = ruler(mouse(Mouse::Drag, 36, 6));
    assert_ne!(ruler(mouse(Mouse::Wheel(Toward::Up), 36, 1)), before, "the wheel zooms on the ruler");
    for column in (0..100).step_by(3) {
        for row in 0..30 {
            let wheel = [Toward::Up, Toward::Down, Toward::Left, Toward::Right].map(Mouse::Wheel);
            for kind in [left, Mouse::Drag].into_iter().chain(wheel) {
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
    script.thread(1, "\u{1b}[2Jevil\u{202e}").lock(0, "\u{9b}lock").also(0, 1, EventKind::Held);
    let mut stage = stage(script);
    stage.cards[0].name = "\u{1b}]0;title\u{7}".into();
    let position = Position {
        thread: ThreadId(0),
        line: 1,
        function: Arc::from("f"),
        next: "acquire \u{1b}[m".into(),
        object: Some(samples::object(0)),
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
    assert!(text(&draw(&mut app, 100, 30)).contains("only the scheduler `priority` uses priorities"));
    notes.borrow_mut().priorities = vec![0, 2, -1];
    press(&mut app, "2 p P P 3 P");
    app.tick();
    let shown = text(&draw(&mut app, 100, 30));
    assert!(shown.contains("left (1)") && shown.contains("right (-2)"), "{shown}");
    assert!(shown.contains("right has priority -2 now"), "{shown}");
    let raised: Vec<String> = notes.borrow().calls.iter().filter(|call| call.starts_with("raise")).cloned().collect();
    assert_eq!(raised, ["raise T1 1", "raise T1 -1", "raise T1 -1", "raise T2 -1"]);
}
