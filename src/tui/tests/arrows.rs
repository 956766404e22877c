//! Arrows between lanes, for processes that are made and for messages.

use super::samples::object;
use super::*;
use crate::base::ProcessId;
use crate::event::{Blocker, ObjectKind, ObjectState, Shown};

/// The main process makes another one, in which a thread stands between them.
fn family() -> Script {
    let mut script = Script::new("", &[]);
    script.does(0, 1, EventKind::Began).thread(1, "helper");
    let state = Box::new(ObjectState::Channel { capacity: 65_536 });
    script.also(
        0,
        1,
        EventKind::ObjectShown { object: object(0), what: ObjectKind::Queue, name: "pipe".into(), state },
    );
    let child = ThreadId(2);
    script.also(0, 2, EventKind::ThreadCreated { new: child, name: "child".into(), daemon: false });
    let (process, name) = (ProcessId(1), "Process-1".into());
    script.also(0, 2, EventKind::ProcessStarted { process, main: child, name, forked: true, copied: 0 });
    script.does(0, 2, EventKind::ThreadStarted { started: child }).does(2, 5, EventKind::Began);
    script
}

fn sends(script: &mut Script, thread: u32, depth: u32) {
    script.does(thread, 3, EventKind::Put { object: object(0), item: Shown::Int(1), depth, bytes: depth * 5 });
}

fn receives(script: &mut Script, thread: u32, depth: u32) {
    script.does(thread, 6, EventKind::Got { object: object(0), item: Shown::Int(1), depth, bytes: depth * 5 });
}

/// The lanes, without their names and the frame.
fn lanes(script: Script, keys: &str) -> Vec<String> {
    let mut stage = stage(script);
    let mut app = App::new(&mut stage, options());
    app.tick();
    draw(&mut app, 80, 24);
    press(&mut app, keys);
    let terminal = draw(&mut app, 80, 24);
    let Screen::Run(run) = &app.screen else { panic!("a run is shown") };
    let (cells, buffer) = (run.places.lanes.cells, terminal.backend().buffer());
    let row =
        |y: u16| (cells.x..cells.right()).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    (cells.y..cells.bottom()).map(row).collect()
}

#[test]
fn arrows_go_from_who_makes_a_process_and_who_sends_to_the_other_lane() {
    let mut script = family();
    let waits = EventKind::Blocked { on: Blocker::Object(object(0)), until: None };
    script.does(2, 6, waits);
    sends(&mut script, 0, 1);
    script.also(2, 6, EventKind::Ready { by: Some(ThreadId::MAIN) });
    script.does(1, 9, EventKind::TimeRead);
    receives(&mut script, 2, 0);
    sends(&mut script, 2, 1);
    receives(&mut script, 0, 0);
    insta::assert_snapshot!("arrows_80x24", lanes(script, "").join("\n"));
}

#[test]
fn an_arrow_goes_to_the_folded_process() {
    let mut script = family();
    sends(&mut script, 0, 1);
    receives(&mut script, 2, 0);
    let folded = lanes(script, "Z");
    assert!(folded.iter().flat_map(|row| row.chars()).any(|c| c == '▶'), "{folded:?}");
}

#[test]
fn an_arrow_does_not_hide_that_a_thread_is_blocked() {
    let mut script = family();
    script.lock(1, "lock").takes(0, 3, 1).blocks_on_lock(1, 9, 1);
    sends(&mut script, 0, 1);
    receives(&mut script, 2, 0);
    let rows = lanes(script, "");
    let send = rows[1].chars().rev().position(|c| c == '┬').expect("it is sent");
    let at = rows[1].chars().count() - 1 - send;
    assert_eq!(rows[2].chars().nth(at), Some('x'), "{rows:?}");
    assert_eq!(rows[3].chars().nth(at), Some('│'), "{rows:?}");
}

#[test]
fn where_there_are_too_many_those_of_the_selected_thread_come_first() {
    let mut script = family();
    for _ in 0..200 {
        sends(&mut script, 0, 1);
        receives(&mut script, 1, 0);
    }
    sends(&mut script, 1, 1);
    receives(&mut script, 2, 0);
    for _ in 0..200 {
        sends(&mut script, 0, 1);
        receives(&mut script, 1, 0);
    }
    // The start of its process, and the one message.
    let into_child = |keys: &str| lanes(script.clone(), keys)[4].chars().filter(|c| "╰▼".contains(*c)).count();
    assert_eq!((into_child("t 0"), into_child("t 0 3")), (0, 2));
}
