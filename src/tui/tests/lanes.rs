//! What lanes show, and when there is something new to draw.

use super::*;
use crate::trace::Axis;

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
fn a_thread_that_is_held_back_says_so_and_does_not_seem_to_go_on() {
    let mut script = Script::new("", &[]);
    script.does(0, 1, EventKind::Began).does(0, 2, EventKind::Blocked { on: Blocker::Time, until: Some(1 << 40) });
    script.does(0, 2, EventKind::Held);
    let lane = |script: &Script, later: u64| {
        let mut stage = stage(script.clone());
        stage.notes.borrow_mut().now += later;
        let mut app = App::new(&mut stage, options());
        app.tick();
        let shown = text(&draw(&mut app, 100, 30));
        let said = shown.contains("main is held back by you; h lets it run again.");
        (shown.lines().find(|line| line.starts_with("│▸main")).unwrap_or_default().to_owned(), said)
    };
    let (held, said) = lane(&script, 500 * TICK);
    assert!(said && held.contains(" held ") && held.contains("╌╌╌╌=╌=╌=╌=╌"), "{held}");
    script.also(0, 2, EventKind::LetGo);
    let (after, said) = lane(&script, 500 * TICK);
    assert!(!said && after.contains("sleeping") && after.contains("╌╌╌╌=╌=╌╌╌ sleeps ╌"), "{after}");
}

#[test]
fn of_threads_that_take_turns_within_a_cell_the_lane_shows_what_lasted_longer() {
    let mut script = Script::new("", &[]);
    script.does(0, 1, EventKind::Began).thread(1, "worker").does(1, 2, EventKind::Began);
    let first = script.model().end(Axis::Time);
    for ready in [3 * TICK, TICK] {
        script.wait(4 * TICK - ready).also(1, 2, EventKind::Preempted);
        script.wait(ready).also(1, 2, EventKind::Resumed);
    }
    let lanes = crate::tui::lanes(&script.model(), Axis::Time, first, 4 * TICK, 2);
    let worker: String = (0..2).filter_map(|x| Some(lanes.cell((x, 1))?.symbol())).collect();
    assert_eq!(worker, "▒█");
}

/// How often there was something to draw in ten seconds, while the clock went on.
fn frames(app: &mut App<'_>, notes: &RefCell<Notes>) -> usize {
    (0..300)
        .filter(|_| {
            notes.borrow_mut().now += 33_000_000;
            app.tick()
        })
        .count()
}

#[test]
fn at_trouble_everything_stands_still() {
    for keys in ["", "t"] {
        let mut stage = stage(samples::deadlock_script());
        let notes = Rc::clone(&stage.notes);
        let mut app = App::new(&mut stage, options());
        draw(&mut app, 100, 30);
        app.tick();
        press(&mut app, keys);
        app.tick();
        let before = text(&draw(&mut app, 100, 30));
        assert_eq!(frames(&mut app, &notes), 0, "nobody can go on, and nothing changes");
        assert_eq!(text(&draw(&mut app, 100, 30)), before);
    }
    let mut script = Script::new("", &[]);
    script.does(0, 1, EventKind::Began).does(0, 2, EventKind::Blocked { on: Blocker::Time, until: Some(1 << 40) });
    let mut stage = stage(script);
    let notes = Rc::clone(&stage.notes);
    let mut app = App::new(&mut stage, options());
    assert_eq!(frames(&mut app, &notes), 300, "a clock that goes on is shown");
}

#[test]
fn a_run_that_was_cut_off_says_so() {
    let mut script = Script::new("", &[]);
    script.does(0, 1, EventKind::Began).thread(1, "worker").does(1, 3, EventKind::TimeRead);
    let mut stage = stage(script);
    stage.notes.borrow_mut().over = true;
    let mut app = App::new(&mut stage, options());
    draw(&mut app, 200, 60);
    app.tick();
    let shown = text(&draw(&mut app, 200, 60));
    let lane = |name: &str| shown.lines().find(|line| line.contains(name)).unwrap_or_default().to_owned();
    assert!(shown.contains("the run is over: main was cut off") && !shown.contains("computing"), "{shown}");
    for name in ["▸main", " worker"] {
        assert_eq!(lane(name).matches("cut off").count(), 2, "{shown}");
    }
}

#[test]
fn the_holder_of_the_gil_has_its_own_row() {
    let mut script = samples::producer_consumer_script();
    let policy = Event { kind: EventKind::PolicySet { name: "gil".into() }, ..script.events[0].clone() };
    script.events.insert(1, policy);
    (0..).zip(&mut script.events).for_each(|(seq, event)| event.seq = seq);
    let lanes: String = picture(script, 110, 30).lines().skip(1).take(10).map(|line| line.to_owned() + "\n").collect();
    insta::assert_snapshot!(lanes, @r"
    ╭─ threads ──────── step 0@0s ───────── 10@10ms ────────────────────────╮╭─ waits for ───────────────────────╮
    │▸main     joining  ██████~~ joins the others ~~~~~~~~~~~~              ││ main  joins the others            │
    │ producer waiting    ▒▒▒▒▒▒▒▒▒▒██████████▒▒████████████╌╌              ││ producer  waits for q             │
    │ consumer ready        ▒▒▒▒██╌╌╌╌╌╌▒▒▒▒▒▒██▒▒▒▒▒▒▒▒▒▒▒▒▒▒              ││                                   │
    │ GIL      consumer main────c───producer──c─producer──────              ││                                   │
    │ q        4/4                      ▂▂▂▂▄▄▂▂▂▂▄▄▄▄▆▆▆▆████              ││                                   │
    │                                                                       ││                                   │
    ╰───────────────────────────────────────────────────────────────────────╯╰───────────────────────────────────╯
    ╭─ bank.py ──────────────────────────────╮╭─ objects ───────────────────╮╭─ events ──────────────────────────╮
    │          4 made = 0                    ││ q  queue 4/4 ████ ◂ producer││  8 producer puts 0 into q, 1 i… →1│
    ");
}
