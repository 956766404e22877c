//! The past on the screen, branches that start there, and recordings.

use super::*;
use crate::event::{Ending, ObjectKind};

const LEFT: ThreadId = ThreadId(1);
const RIGHT: ThreadId = ThreadId(2);

/// A branch in which left takes b in time, and everything ends well.
fn ends_well() -> Vec<(ThreadId, u32, EventKind)> {
    let [a, b] = [0, 1].map(samples::object);
    let policy = EventKind::PolicySet { name: "os".into() };
    vec![
        (ThreadId(0), 23, policy),
        (LEFT, 9, EventKind::Acquired { object: b, depth: 1, limited: false }),
        (LEFT, 10, EventKind::Released { object: b, depth: 0 }),
        (LEFT, 10, EventKind::Released { object: a, depth: 0 }),
        (LEFT, 10, EventKind::Ended { how: Ending::Finished }),
        (RIGHT, 13, EventKind::Acquired { object: b, depth: 1, limited: false }),
    ]
}

/// The screen after the keys.
fn after(keys: &str, width: u16, height: u16) -> (String, Rc<RefCell<Notes>>) {
    let mut stage = stage(samples::deadlock_script());
    let notes = Rc::clone(&stage.notes);
    notes.borrow_mut().branch = ends_well();
    let mut app = App::new(&mut stage, options());
    app.tick();
    draw(&mut app, width, height);
    notes.borrow_mut().calls.clear();
    for word in keys.split_whitespace() {
        press(&mut app, word);
        app.tick();
        app.tick();
    }
    let shown = text(&draw(&mut app, width, height));
    (shown, notes)
}

/// Lets frames pass until the screen has looked at the file.
fn look_at_the_file(app: &mut App<'_>) {
    for _ in 0..20 {
        app.tick();
    }
}

#[test]
fn a_save_in_the_past_keeps_the_run_as_a_branch() {
    let mut stage = stage(samples::deadlock_script());
    let notes = Rc::clone(&stage.notes);
    let mut app = App::new(&mut stage, options());
    app.tick();
    draw(&mut app, 100, 30);
    press(&mut app, ", , ,");
    notes.borrow_mut().saved = Some(None);
    look_at_the_file(&mut app);
    let shown = text(&draw(&mut app, 100, 30));
    assert!(shown.contains("the run before is branch 1: Y lists them"), "{shown}");
    assert!(shown.contains("branch 2") && !shown.contains("PAST"), "{shown}");
    press(&mut app, "Y");
    let shown = text(&draw(&mut app, 100, 30));
    assert!(shown.contains("1  the run itself") && shown.contains("2  the file as saved later"), "{shown}");
    press(&mut app, "k enter , ,");
    let shown = text(&draw(&mut app, 100, 30));
    assert!(shown.contains("branch 1") && shown.contains("PAST step 12 of 14"), "{shown}");
    press(&mut app, "C");
    assert!(text(&draw(&mut app, 100, 30)).contains("two branches, alike until step 0"));
    press(&mut app, "esc");
    // And once more: three versions are there then.
    notes.borrow_mut().saved = Some(None);
    look_at_the_file(&mut app);
    press(&mut app, "Y");
    assert!(text(&draw(&mut app, 100, 30)).contains("3  the file as saved later"));
    drop(app);
    assert_eq!(notes.borrow().alive, 0, "every session was dropped");
}

#[test]
fn a_save_that_cannot_run_leaves_what_is_shown() {
    for keys in ["2", ", , , 2"] {
        let mut stage = stage(samples::deadlock_script());
        let notes = Rc::clone(&stage.notes);
        let mut app = App::new(&mut stage, options());
        app.tick();
        draw(&mut app, 100, 30);
        press(&mut app, keys);
        let before = text(&draw(&mut app, 100, 30));
        let wrong = "error: not Python: Expected an expression\n --> bank.py:3:1\n".to_owned();
        notes.borrow_mut().saved = Some(Some(wrong));
        look_at_the_file(&mut app);
        let shown = text(&draw(&mut app, 160, 30));
        let told =
            "bank.py was saved, but cannot run: line 3: not Python: Expected an expression; this is the run before";
        assert!(shown.contains(told), "{shown}");
        for _ in 0..300 {
            app.tick();
        }
        assert!(app.notice().is_some(), "it stays until a key is pressed");
        press(&mut app, "2");
        assert_eq!(text(&draw(&mut app, 100, 30)), before);
        assert_eq!(notes.borrow().alive, 1, "nothing was opened");
    }
}

#[test]
fn the_whole_screen_shows_the_moment() {
    for (width, height) in [(80, 24), (100, 30)] {
        insta::assert_snapshot!(format!("past_{width}x{height}"), after(", , ,", width, height).0);
    }
}

#[test]
fn a_branch_starts_in_the_past_and_the_run_is_kept() {
    let back = ", , , , ,";
    for (name, keys) in [("branches", "y Y"), ("compare", "y C")] {
        for (width, height) in [(80, 24), (100, 30)] {
            let shown = after(&format!("{back} {keys}"), width, height).0;
            insta::assert_snapshot!(format!("{name}_{width}x{height}"), shown);
        }
    }
    let (shown, notes) = after(&format!("{back} y"), 100, 30);
    assert!(shown.contains("branch 2 starts here, from branch 1") && !shown.contains("DEADLOCK"), "{shown}");
    assert_eq!(notes.borrow().calls.join(", "), "pause, branch 13, break when ");
    let (shown, _) = after(&format!("{back} y Y k enter"), 100, 30);
    assert!(shown.contains("DEADLOCK") && shown.contains("branch 1"), "{shown}");
    let (shown, _) = after(&format!("{back} y Y k enter Y j d"), 100, 30);
    assert!(shown.contains("branch 2 is gone"), "{shown}");
    let (shown, _) = after(&format!("{back} y Y k d"), 100, 30);
    assert!(shown.contains("branch 1 is the run itself"), "{shown}");
    let large = after(&format!("{back} y C"), 200, 60).0;
    assert!(large.lines().any(|line| line.contains("left  ") && line.contains("wants b")), "lanes too:\n{large}");
}

#[test]
fn a_comparison_goes_along_with_a_future_that_runs_on() {
    let mut stage = stage(samples::deadlock_script());
    let notes = Rc::clone(&stage.notes);
    notes.borrow_mut().branch = ends_well();
    notes.borrow_mut().withheld = 4;
    let mut app = App::new(&mut stage, options());
    app.tick();
    draw(&mut app, 100, 30);
    press(&mut app, "/ l e f t enter , , , , , y");
    app.tick();
    press(&mut app, "C");
    let shown = text(&draw(&mut app, 100, 30));
    assert!(shown.contains("takes b") && !shown.contains("releases b"), "{shown}");
    notes.borrow_mut().withheld = 0;
    app.tick();
    let shown = text(&draw(&mut app, 100, 30));
    assert!(shown.contains("releases b") && shown.contains("events /left"), "{shown}");
}

#[test]
fn events_that_read_the_same_do_not_differ() {
    let mut stage = stage(samples::deadlock_script());
    let a = Blocker::Lock(samples::object(0));
    stage.notes.borrow_mut().branch = vec![(RIGHT, 14, EventKind::Blocked { on: a, until: Some(1 << 40) })];
    let mut app = App::new(&mut stage, options());
    app.tick();
    draw(&mut app, 100, 30);
    press(&mut app, ", , y");
    app.tick();
    press(&mut app, "C");
    let shown = text(&draw(&mut app, 100, 30));
    let differing: Vec<_> = shown.lines().filter(|line| line.contains('≠')).collect();
    assert!(shown.contains("two branches") && differing.iter().all(|line| !line.contains("blocks on a")), "{shown}");
}

#[test]
fn a_future_that_is_left_while_it_runs_is_paused() {
    let (shown, _) = after(", , , , , y space Y k enter Y", 100, 30);
    assert!(shown.contains("paused") && !shown.contains("running"), "{shown}");
}

#[test]
fn what_acts_on_the_run_acts_on_a_new_future_in_the_past() {
    for (keys, expected, said) in [
        ("3 >", "step T2 Operation", ""),
        ("2 h", "hold T1 true", "left is held back"),
        ("2 x enter", "inject kill", "fault: kill left"),
        ("c down enter", "scheduler turns", "scheduler: turns"),
    ] {
        let (shown, notes) = after(&format!(", , , , , , , {keys}"), 100, 30);
        let calls = notes.borrow().calls.join(", ");
        assert_eq!(calls, format!("pause, branch 11, break when , {expected}"), "{keys}");
        assert!(shown.contains("branch 2 starts here, from branch 1") && shown.contains(said), "{keys}\n{shown}");
    }
}

#[test]
fn the_recorded_future_plays_until_the_run_stands_as_it_does() {
    let mut stage = stage(samples::deadlock_script());
    let mut app = App::new(&mut stage, options());
    app.tick();
    draw(&mut app, 100, 30);
    press(&mut app, "g space");
    let mut seen = Vec::new();
    for _ in 0..200 {
        app.tick();
        let title = text(&draw(&mut app, 100, 30)).lines().next().unwrap().to_owned();
        if let Some(word) = ["REPLAY step 3 ", "REPLAY step 9 ", "DEADLOCK"].into_iter().find(|it| title.contains(it))
            && seen.last() != Some(&word)
        {
            seen.push(word);
        }
    }
    assert_eq!(seen, ["REPLAY step 3 ", "REPLAY step 9 ", "DEADLOCK"]);
    press(&mut app, "g space space");
    app.tick();
    let shown = text(&draw(&mut app, 100, 30));
    assert!(shown.contains("PAST step 0"), "space stops it again:\n{shown}");
}

#[test]
fn playing_stops_at_a_breakpoint_and_goes_on_from_it() {
    let mut stage = stage(samples::deadlock_script());
    let strike = Strike { number: 1, thread: RIGHT, line: 13, breakpoint: Breakpoint::Line(13) };
    stage.notes.borrow_mut().strikes = Some((9, strike));
    let mut app = App::new(&mut stage, options());
    app.tick();
    draw(&mut app, 100, 30);
    press(&mut app, "g space");
    for _ in 0..200 {
        app.tick();
    }
    let shown = text(&draw(&mut app, 100, 30));
    assert!(shown.contains("BREAKPOINT step 9 of 14"), "{shown}");
    assert!(shown.contains("Breakpoint: right is about to run line 13") && shown.contains("▸right"), "{shown}");
    press(&mut app, ".");
    assert!(text(&draw(&mut app, 100, 30)).contains("PAST step 10 of 14"));
    press(&mut app, ", space");
    for _ in 0..200 {
        app.tick();
    }
    assert!(text(&draw(&mut app, 100, 30)).contains("DEADLOCK"));
}

#[test]
fn priorities_are_those_of_the_moment() {
    let mut stage = stage(samples::deadlock_script());
    stage.notes.borrow_mut().priorities = vec![0, 7, 7];
    stage.notes.borrow_mut().past_priorities = vec![0, 1, 2];
    let mut app = App::new(&mut stage, options());
    app.tick();
    let shown = text(&draw(&mut app, 100, 30));
    assert!(shown.contains("left (7)") && shown.contains("right (7)"), "{shown}");
    press(&mut app, ",");
    let shown = text(&draw(&mut app, 100, 30));
    assert!(shown.contains("left (1)") && shown.contains("right (2)") && !shown.contains("(7)"), "{shown}");
}

#[test]
fn a_recording_that_cannot_be_played_to_its_end_says_so_where_it_stops() {
    let mut stage = stage(samples::deadlock_script());
    (stage.notes.borrow_mut().recording, stage.notes.borrow_mut().over) = (true, true);
    stage.notes.borrow_mut().divergence = Some("the replay diverges from the recording after step 14: left did not");
    let mut app = App::new(&mut stage, options());
    app.tick();
    let shown = text(&draw(&mut app, 100, 30));
    assert!(shown.contains("PAST step 0 of 14") && !shown.contains("diverges from"), "{shown}");
    press(&mut app, "space");
    for _ in 0..200 {
        app.tick();
    }
    press(&mut app, "e");
    let shown = text(&draw(&mut app, 80, 24));
    assert!(shown.contains("│ the replay diverges from") && !shown.contains("Nothing is wrong"), "{shown}");
    press(&mut app, "e");
    for (width, height) in [(80, 24), (200, 60)] {
        let shown = text(&draw(&mut app, width, height));
        let told = shown.contains("the replay diverges from the recording after step 14: left did not");
        assert!(told && shown.lines().next().is_some_and(|title| title.contains(" DIVERGES ")), "{shown}");
    }
}

#[test]
fn a_recording_opens_at_its_beginning() {
    let mut stage = stage(samples::deadlock_script());
    (stage.notes.borrow_mut().recording, stage.notes.borrow_mut().over) = (true, true);
    let mut app = App::new(&mut stage, options());
    app.tick();
    let shown = text(&draw(&mut app, 100, 30));
    assert!(shown.contains("PAST step 0 of 14") && shown.contains("a recording: space plays it"), "{shown}");
    app.tick();
    for (keys, said) in [
        ("G .", "the recording ends here"),
        ("space", "the recording ends here"),
        ("x", "the recording ends here"),
        ("c", "the recording ends here"),
    ] {
        press(&mut app, keys);
        let shown = text(&draw(&mut app, 100, 30));
        assert!(shown.contains(said), "{keys}\n{shown}");
    }
}

#[test]
fn a_filter_and_a_selection_are_those_of_the_moment() {
    let (shown, _) = after("/ t a k e s enter , , ,", 100, 30);
    assert!(shown.contains("events /takes: 2"), "{shown}");
    let (shown, _) = after("/ t a k e s enter , , , , ,", 100, 30);
    assert!(shown.contains("events /takes: 2") && shown.contains("9 right takes b"), "what comes later stays: {shown}");
    let mut script = samples::deadlock_script();
    let shown_later = EventKind::ObjectShown {
        object: samples::object(7),
        what: ObjectKind::Lock,
        name: "late".into(),
        state: Box::new(crate::event::ObjectState::Lock { owner: None, depth: 0 }),
    };
    script.does(0, 23, shown_later);
    let mut stage = stage(script);
    let mut app = App::new(&mut stage, options());
    app.tick();
    draw(&mut app, 100, 30);
    press(&mut app, "3 tab tab tab G g g");
    press(&mut app, "tab tab tab tab g");
    for _ in 0..3 {
        app.tick();
        draw(&mut app, 100, 30);
    }
}

#[test]
fn a_click_on_the_ruler_goes_there() {
    let mut stage = stage(samples::deadlock_script());
    let mut app = App::new(&mut stage, options());
    app.tick();
    draw(&mut app, 100, 30);
    let click = Mouse::Press;
    app.input(Input::Mouse(click, Cell { x: 24, y: 1 }));
    let shown = text(&draw(&mut app, 100, 30));
    assert!(shown.contains("PAST step"), "{shown}");
}

#[test]
fn what_is_said_and_hinted_fits_what_can_be_done() {
    let mut stage = stage(samples::deadlock_script());
    stage.notes.borrow_mut().over = true;
    let mut app = App::new(&mut stage, options());
    app.tick();
    let hints = |app: &mut App<'_>| text(&draw(app, 100, 30)).lines().last().unwrap_or_default().to_owned();
    let over = hints(&mut app);
    assert!(over.contains(", back") && over.contains("r again"), "{over}");
    assert!(!over.contains("step") && !over.contains("play") && !over.contains("fault"), "{over}");
    press(&mut app, "x");
    assert!(hints(&mut app).contains("r starts again: a run that has ended takes no faults"));
    press(&mut app, "j");
    assert!(hints(&mut app).contains(", back"), "what was said is about the key before");
}

#[test]
fn a_step_of_the_selected_thread_is_hinted_where_it_can_take_one() {
    // Four operations back main waits for left to end, and right goes.
    for (keys, can) in [(", , , , 1", false), (", , , , 3", true)] {
        let (shown, _) = after(keys, 140, 30);
        let hints = shown.lines().last().unwrap_or_default();
        assert_eq!(hints.contains("> this thread"), can, "{keys}: {hints}");
        let (shown, _) = after(&format!("{keys} >"), 140, 30);
        assert_eq!(shown.contains("cannot take a step"), !can, "{keys}:\n{shown}");
    }
}

#[test]
fn the_last_moment_of_a_run_that_is_over_is_in_its_lanes() {
    // The deadlock comes at a multiple of what a cell covers: no time passes after it.
    let mut stage = stage(samples::deadlock_script());
    stage.notes.borrow_mut().over = true;
    let mut app = App::new(&mut stage, options());
    app.tick();
    press(&mut app, "0");
    for width in 60..130 {
        let shown = text(&draw(&mut app, width, 30));
        let lane = shown.lines().find(|line| line.contains("left  deadlock")).expect("its lane").to_owned();
        assert!(lane.contains('!'), "{width}: {lane}");
    }
}

#[test]
fn what_comes_next_is_said_with_the_object() {
    let mut stage = stage(samples::deadlock_script());
    let position =
        Position { line: 8, next: "acquire".into(), object: Some(samples::object(1)), ..Position::nowhere(LEFT) };
    stage.notes.borrow_mut().positions = vec![position];
    let mut app = App::new(&mut stage, options());
    app.tick();
    press(&mut app, ", , , , , 2");
    let shown = text(&draw(&mut app, 100, 30));
    assert!(shown.contains("left is at line 8; next it will acquire b."), "{shown}");
}

#[test]
fn two_programs_stand_one_above_the_other_from_the_start() {
    let mut stage = FakeStage { beside: Some(1), ..stage(samples::deadlock_script()) };
    let notes = Rc::clone(&stage.notes);
    let mut app = App::new(&mut stage, Options { beside: Some(1), ..options() });
    app.tick();
    insta::assert_snapshot!("programs_80x24", text(&draw(&mut app, 80, 24)));
    press(&mut app, "t");
    assert!(!text(&draw(&mut app, 80, 24)).contains("10ms  "), "the story has no ruler");
    press(&mut app, "esc");
    assert!(text(&draw(&mut app, 80, 24)).contains("bank.py"));
    press(&mut app, "Y j enter");
    let shown = text(&draw(&mut app, 80, 24));
    assert!(shown.lines().next().is_some_and(|line| line.contains("philosophers")), "{shown}");
    press(&mut app, "C r");
    assert!(text(&draw(&mut app, 80, 24)).contains("two runs in the same scale"), "both start again");
    assert_eq!(notes.borrow().alive, 2);
}
