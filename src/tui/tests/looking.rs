//! Variables and breakpoints on the screen.

use super::samples::object;
use super::*;
use crate::base::ObjectId;
use crate::event::{Content, Happening, ObjectKind, ObjectState, Place, Scope, Shown, Variable, Writing};

const LEFT: ThreadId = ThreadId(1);

fn variable(name: &str, value: Shown, kind: &str) -> Variable {
    Variable { name: name.into(), value, kind: kind.into(), object: None, place: None }
}

/// What `left` sees, in the deadlock: a call, a global, an object.
fn seen(step: u64, total: i64) -> Variables {
    let object = ObjectId { maker: LEFT, slot: 9 };
    let place = Some(Place::Attribute { object, name: crate::base::Symbol(0) });
    let balance = Variable { place, ..variable("balance", Shown::Int(total * 10), "int") };
    let hidden = Shown::Text("'\u{1b}[2J'".into());
    Variables {
        step,
        frames: Some(vec![Scope {
            function: "left".into(),
            line: 9,
            variables: vec![variable("amount", Shown::Int(7), "int"), variable("note", hidden, "str")],
        }]),
        deeper: 2,
        globals: vec![Variable {
            place: Some(Place::Global(crate::base::Symbol(0))),
            ..variable("total", Shown::Int(total), "int")
        }],
        objects: vec![Content {
            object,
            name: "account".into(),
            kind: "Account".into(),
            items: vec![balance],
            more: 3,
        }],
    }
}

fn strike(breakpoint: Breakpoint) -> Strike {
    Strike { number: 1, thread: LEFT, line: 9, breakpoint }
}

/// A stage that is paused at a breakpoint.
fn stopped(breakpoint: Breakpoint) -> FakeStage {
    let stage = stage(samples::deadlock_script());
    let mut notes = stage.notes.borrow_mut();
    (notes.paused, notes.strike, notes.variables) = (true, Some(strike(breakpoint)), seen(3, 5));
    drop(notes);
    stage
}

#[test]
fn a_stop_names_the_thread_and_the_breakpoint_and_shows_what_changed() {
    for (width, height) in [(80, 24), (100, 30), (200, 60)] {
        let mut stage = stopped(Breakpoint::Line(9));
        let notes = Rc::clone(&stage.notes);
        let mut app = App::new(&mut stage, Options { breakpoints: vec![Breakpoint::Line(9)], ..options() });
        app.tick();
        draw(&mut app, width, height);
        press(&mut app, "v");
        app.tick();
        notes.borrow_mut().variables = seen(4, 6);
        app.tick();
        let shown = text(&draw(&mut app, width, height));
        assert!(!shown.contains('\u{1b}'));
        insta::assert_snapshot!(format!("stopped_{width}x{height}"), shown);
    }
}

#[test]
fn a_thread_that_computes_has_no_variables_to_show() {
    let mut stage = stopped(Breakpoint::Line(9));
    let notes = Rc::clone(&stage.notes);
    (notes.borrow_mut().paused, notes.borrow_mut().strike) = (false, None);
    notes.borrow_mut().variables.frames = None;
    let mut app = App::new(&mut stage, options());
    app.tick();
    draw(&mut app, 200, 60);
    app.tick();
    assert!(text(&draw(&mut app, 200, 60)).contains("left is computing: pause to see its variables"));
}

/// A breakpoint that was met, and what the screen says.
#[test]
fn every_kind_of_stop_is_explained() {
    let watch = Breakpoint::Watch { name: "total".into(), place: None, on: Writing::Change };
    let taken = Breakpoint::Object { name: "a".into(), id: None };
    let cases = [
        (Breakpoint::Line(9), "Breakpoint: left is about to run line 9."),
        (watch, "Breakpoint, when total changes: left at line 9. left holds a"),
        (taken, "Breakpoint, when a is taken or used: left at line 9."),
        (Breakpoint::Any(Happening::Blocks), "Breakpoint, when a thread blocks: left at line 9."),
    ];
    for (breakpoint, words) in cases {
        let mut stage = stopped(breakpoint);
        let mut app = App::new(&mut stage, options());
        app.tick();
        let shown = text(&draw(&mut app, 100, 30));
        assert!(shown.contains(words) && shown.contains(" BREAKPOINT ") && shown.contains("▸left"), "{shown}");
    }
}

/// Keys, and what the session was told.
#[test]
fn keys_set_breakpoints() {
    let cases = [
        ("2 b", "break when a thread comes to line 9"),
        ("2 b b", "break when a thread comes to line 9, break when "),
        ("tab tab tab b", "break when a is taken or used"),
        ("v b", ""),
        ("v j b", ""),
        ("v j j j j j b", "break when total changes"),
        ("v end k b", "break when account.balance changes"),
        ("v j j j j j b b b", "break when total changes, break when total is written, break when "),
        ("B enter", "break when a thread blocks"),
        (
            "B j space k enter d",
            "break when a thread ends, break when a thread blocks or a thread ends, break when a thread ends",
        ),
        ("2 b B d", "break when a thread comes to line 9, break when "),
        ("2 b r", "break when a thread comes to line 9, open 0, break when a thread comes to line 9"),
    ];
    for (keys, expected) in cases {
        let mut stage = stopped(Breakpoint::Line(9));
        let notes = Rc::clone(&stage.notes);
        let mut app = App::new(&mut stage, options());
        draw(&mut app, 100, 30);
        app.tick();
        notes.borrow_mut().calls.clear();
        for key in keys.split_whitespace() {
            press(&mut app, key);
            app.tick();
        }
        assert_eq!(notes.borrow().calls.join(", "), expected, "{keys}");
    }
}

#[test]
fn what_is_out_of_reach_says_so() {
    for (keys, words) in
        [("v j b", "set a breakpoint on a line: no other thread reaches amount"), ("v b", "no variable is selected")]
    {
        let mut stage = stopped(Breakpoint::Line(9));
        let mut app = App::new(&mut stage, options());
        draw(&mut app, 100, 30);
        app.tick();
        for key in keys.split_whitespace() {
            press(&mut app, key);
            app.tick();
        }
        assert!(app.notice().is_some_and(|said| said.to_string().contains(words)), "{keys}: {:?}", app.notice());
    }
}

#[test]
fn breakpoints_have_a_list_and_a_mark() {
    let mut stage = stopped(Breakpoint::Line(9));
    let taken = Breakpoint::Object { name: "b".into(), id: None };
    let breakpoints = vec![Breakpoint::Line(9), taken, Breakpoint::Any(Happening::Crashes)];
    let mut app = App::new(&mut stage, Options { breakpoints, ..options() });
    app.tick();
    press(&mut app, "B");
    insta::assert_snapshot!("breakpoints_80x24", text(&draw(&mut app, 80, 24)));
    press(&mut app, "enter B");
    let shown = text(&draw(&mut app, 80, 24));
    assert!(shown.contains("○") && shown.contains("●b"), "{shown}");
}

#[test]
fn a_changed_program_keeps_lines_and_names() {
    let mut stage = stopped(Breakpoint::Line(9));
    let notes = Rc::clone(&stage.notes);
    let mut app = App::new(&mut stage, options());
    draw(&mut app, 100, 30);
    app.tick();
    press(&mut app, "tab tab tab b");
    let Screen::Run(run) = &mut app.screen else { panic!("it runs") };
    run.breakpoints.forget_places();
    assert_eq!(run.breakpoints.active(), [Breakpoint::Object { name: "a".into(), id: None }]);
    press(&mut app, "r");
    assert!(notes.borrow().calls.last().is_some_and(|call| call.ends_with("break when a is taken or used")));
}

#[test]
fn a_click_beside_a_line_sets_a_breakpoint() {
    let mut stage = stage(samples::deadlock_script());
    let notes = Rc::clone(&stage.notes);
    let mut app = App::new(&mut stage, options());
    app.tick();
    let shown = text(&draw(&mut app, 100, 30));
    let row = shown.lines().position(|line| line.contains("left▶ 9")).expect("it stands there") as u16;
    for _ in 0..2 {
        let kind = Mouse::Press;
        app.input(Input::Mouse(kind, Cell { x: 6, y: row }));
        draw(&mut app, 100, 30);
    }
    let calls: Vec<_> = notes.borrow().calls.iter().filter(|call| call.starts_with("break")).cloned().collect();
    assert_eq!(calls, ["break when a thread comes to line 9", "break when "]);
}

#[test]
fn a_lost_update_has_a_badge_marks_a_sentence_and_a_lesson() {
    #[derive(Debug)]
    struct Always;
    impl crate::base::Flow for Always {
        fn link(&self, _: Option<crate::base::Symbol>, _: u32, _: u32) -> Option<crate::base::Link> {
            Some(crate::base::Link::Value)
        }
    }
    let mut script = Script::new("total = 0\ntotal += 1\n", &["total"]);
    script.legend.flow = Some(Arc::new(Always));
    script.thread(1, "left").thread(2, "right");
    let place = || crate::event::Place::Global(crate::base::Symbol(0));
    let value = crate::event::Shown::Int;
    script.does(1, 2, EventKind::Began).does(2, 2, EventKind::Began);
    script.does(1, 2, EventKind::Read { place: place(), value: value(0) });
    script.does(2, 2, EventKind::Read { place: place(), value: value(0) });
    script.does(2, 2, EventKind::Wrote { place: place(), value: value(1) });
    script.does(1, 2, EventKind::Wrote { place: place(), value: value(1) });
    let mut stage = stage(script);
    let mut app = App::new(&mut stage, options());
    app.tick();
    let drawn = text(&draw(&mut app, 120, 40));
    assert!(drawn.contains(" LOST UPDATE ") && drawn.contains("running"), "{drawn}");
    assert!(drawn.contains("why  left read total = 0 (line 2, step 4)"), "{drawn}");
    assert!(drawn.contains("total = 1  unordered "), "{drawn}");
    for name in ["left ", "right"] {
        let goes = |line: &&str| line.contains(&format!("{name} running")) || line.contains(&format!("{name} ready"));
        let lane = drawn.lines().find(goes).unwrap_or_default();
        assert_eq!(lane.matches('≠').count(), 1, "{drawn}");
    }
    press(&mut app, "e");
    let drawn = text(&draw(&mut app, 120, 40));
    assert!(drawn.contains("Lost update") && drawn.contains("A lost update needs three steps"), "{drawn}");
    assert!(drawn.contains("total: left reads it (line 2, step 4)"), "{drawn}");
}

#[test]
fn a_pipe_says_how_many_bytes_lie_in_it_and_how_many_wait_for_room() {
    let mut script = Script::new("", &[]);
    script.does(0, 1, EventKind::Began);
    let state = Box::new(ObjectState::Channel { capacity: 65_536 });
    script.also(
        0,
        1,
        EventKind::ObjectShown { object: object(0), what: ObjectKind::Queue, name: "pipe".into(), state },
    );
    for (depth, bytes, said) in
        [(1, 46, "46 of 65536 bytes"), (2, 65_536, "full  from"), (3, 70_000, "full, 4464 bytes more wait")]
    {
        script.does(0, 2, EventKind::Put { object: object(0), item: Shown::Int(1), depth, bytes });
        let screen = picture(script.clone(), 240, 40);
        assert!(screen.contains(said), "{screen}");
    }
    script.does(0, 3, EventKind::Got { object: object(0), item: Shown::Int(1), depth: 0, bytes: 0 });
    let screen = picture(script, 240, 40);
    assert!(!screen.contains("bytes") && !screen.contains("full"), "{screen}");
}
