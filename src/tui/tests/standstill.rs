//! Runs in which nothing goes on: what the screen says of it.

use super::*;
use crate::event::Ending;

const LEFT: ThreadId = ThreadId(1);

/// The screen after each of these keys.
fn screens<const N: usize>(script: Script, keys: [&str; N]) -> [String; N] {
    let mut stage = stage(script);
    stage.notes.borrow_mut().paused = true;
    let mut app = App::new(&mut stage, options());
    app.tick();
    draw(&mut app, 80, 24);
    keys.map(|keys| {
        press(&mut app, keys);
        text(&draw(&mut app, 80, 24))
    })
}

#[test]
fn a_hold_that_stops_everything_is_said_to_do_so() {
    let mut script = samples::waiting_for_left();
    script.also(1, 2, EventKind::Held);
    let [selected, other, step, own, play, explained] = screens(script, ["2", "1", ".", ">", "space", "e"]);
    assert!(selected.contains(" HELD BACK "), "{selected}");
    assert!(selected.contains("why  Only left could go on, and you hold it back: h lets it go."), "{selected}");
    assert!(other.contains("why  Only left could go on, and you hold it back: select left,"), "{other}");
    for shown in [step, own, play] {
        assert!(shown.contains("select left, then h lets it go: only left could go on, and …"), "{shown}");
    }
    assert!(explained.contains("Nothing can go on") && explained.contains("Only left could go on"), "{explained}");
    assert!(!explained.contains("Nothing is wrong so far"), "{explained}");
}

#[test]
fn a_fault_that_stops_everything_is_said_to_do_so() {
    let mut script = samples::waiting_for_left();
    script.does(1, 2, EventKind::FaultInjected { fault: Fault::Freeze { thread: LEFT } });
    script.also(1, 2, EventKind::Blocked { on: Blocker::Frozen, until: None });
    let [selected, step, explained] = screens(script, ["2", ".", "e"]);
    assert!(selected.contains(" FROZEN "), "{selected}");
    let cause = "Everything waits for left, which a fault froze (line 2, step 6): x thaws it.";
    let words: Vec<&str> = selected.split("why  ").nth(1).unwrap_or_default().split_whitespace().collect();
    assert!(words.join(" ").starts_with(cause), "{selected}");
    assert!(step.contains("x thaws it: everything waits for left, which a fault froze"), "{step}");
    assert!(explained.contains("Nothing can go on") && explained.contains("right is blocked on a"), "{explained}");
}

#[test]
fn a_ring_of_daemons_stays_in_the_first_line() {
    let mut script = samples::deadlock_script();
    script.does(0, 23, EventKind::Ended { how: Ending::Finished });
    for thread in [1, 2] {
        script.also(thread, 0, EventKind::Ended { how: Ending::CutOff });
    }
    script.also(0, 23, EventKind::ProgramEnded { status: 0 });
    let mut stage = stage(script);
    stage.notes.borrow_mut().over = true;
    let mut app = App::new(&mut stage, options());
    app.tick();
    let shown = text(&draw(&mut app, 100, 30));
    assert!(shown.lines().next().is_some_and(|line| line.contains(" DEADLOCK ")), "{shown}");
    press(&mut app, "e");
    assert!(text(&draw(&mut app, 100, 40)).contains("left was cut off at line 9"), "it says what became of them");
}

#[test]
fn a_daemon_that_was_cut_off_says_so_in_the_why_line() {
    let mut script = Script::new("", &[]);
    script.does(0, 1, EventKind::Began);
    script.does(0, 1, EventKind::ThreadCreated { new: LEFT, name: "saver".into(), daemon: true });
    script.does(0, 1, EventKind::ThreadStarted { started: LEFT }).does(1, 4, EventKind::Began);
    script.does(0, 2, EventKind::Ended { how: Ending::Finished });
    script.also(1, 0, EventKind::Ended { how: Ending::CutOff }).also(0, 2, EventKind::ProgramEnded { status: 0 });
    let mut stage = stage(script);
    stage.notes.borrow_mut().over = true;
    let mut app = App::new(&mut stage, options());
    app.tick();
    press(&mut app, "2");
    let shown = text(&draw(&mut app, 80, 24));
    assert!(shown.contains("why  saver was cut off at line 4: where the program ends, a daemon stops"), "{shown}");
    press(&mut app, "e");
    assert!(text(&draw(&mut app, 80, 24)).contains("saver was cut off at line 4"));
}

#[test]
fn the_keys_that_help_are_not_cut_at_eighty_columns() {
    let [shown] = screens(samples::deadlock_script(), ["space"]);
    assert!(shown.contains("no thread can run any more: e says why, r again, comma back  "), "{shown}");
}
