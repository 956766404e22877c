//! The wait-for graph on the screen: crowds, rings, and names that are too long.

use super::*;
use crate::event::{Involved, Trouble, TroubleKind};

/// The lines of the graph's panel in a terminal of that size, without its frame.
fn graph(script: Script, keys: &str, width: u16, height: u16) -> Vec<String> {
    let mut stage = stage(script);
    let mut app = App::new(&mut stage, options());
    app.tick();
    draw(&mut app, width, height);
    press(&mut app, keys);
    let terminal = draw(&mut app, width, height);
    let Screen::Run(run) = &app.screen else { panic!("a run is shown") };
    let frame = run.places.panel(super::super::layout::Panel::Graph).expect("it is shown");
    let buffer = terminal.backend().buffer();
    let row = |y: u16| (frame.x + 1..frame.right() - 1).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    for y in frame.y + 1..frame.bottom() - 1 {
        assert_eq!(
            (buffer[(frame.x, y)].symbol(), buffer[(frame.right() - 1, y)].symbol()),
            ("│", "│"),
            "{}",
            text(&terminal)
        );
    }
    (frame.y + 1..frame.bottom()).map(|y| row(y).trim().to_owned()).collect()
}

/// So many threads that want a lock, which the first one has.
fn crowd(count: u32) -> Script {
    let mut script = Script::new("", &[]);
    script.does(0, 1, EventKind::Began).lock(0, "lock");
    for thread in 1..=count + 1 {
        script.thread(thread, &format!("worker-{thread}"));
    }
    script.takes(1, 8, 0);
    for thread in 2..=count + 1 {
        script.blocks_on_lock(thread, 9, 0);
    }
    script
}

#[test]
fn many_that_wait_for_one_lock_share_a_row() {
    let rows = graph(crowd(26), "", 200, 60);
    assert_eq!(rows[0], "26 wait for lock ─▶ worker-1 (line 8)");
    assert!(rows[1..].iter().all(|row| !row.contains("lock")), "{rows:?}");
    // The selected thread's own row stays.
    let rows = graph(crowd(26), "9", 200, 60);
    assert_eq!(rows[..2], ["26 wait for lock ─▶ worker-1 (line 8)", "worker-8  wants lock ─▶ worker-1 (line 8)"]);
    let rows = graph(crowd(3), "", 120, 40);
    assert_eq!(rows[..3].iter().filter(|row| row.contains("wants lock ─▶ worker-1")).count(), 3, "{rows:?}");
}

#[test]
fn what_has_no_row_is_counted() {
    let mut script = Script::new("", &[]);
    script.does(0, 1, EventKind::Began);
    for number in 1..=12 {
        script.lock(number, &format!("lock-{number}")).thread(2 * number - 1, &format!("has-{number}"));
        script.thread(2 * number, &format!("wants-{number}")).takes(2 * number - 1, 8, number);
        script.blocks_on_lock(2 * number, 9, number);
    }
    let rows = graph(script, "", 100, 30);
    let shown = rows.iter().filter(|row| row.contains("─▶ has-")).count();
    let told = format!(" {} more below ", 12 - shown);
    assert!(shown > 2 && rows.last().is_some_and(|edge| edge.contains(&told)), "{rows:?}");
}

/// A ring of threads of that names, each of which has the lock that the one before wants.
fn ring(names: &[&str]) -> Script {
    let mut script = Script::new("", &[]);
    script.does(0, 1, EventKind::Began);
    let count = names.len() as u32;
    let ids = |index: u32| (index + 1, index, (index + 1) % count);
    for index in 0..count {
        script.lock(index, &format!("the-lock-of-{}", names[index as usize])).thread(index + 1, names[index as usize]);
    }
    for index in 0..count {
        script.takes(ids(index).0, 8, ids(index).1);
    }
    for index in 0..count {
        script.blocks_on_lock(ids(index).0, 9, ids(index).2);
    }
    let part = |index: u32| Involved {
        thread: ThreadId(index + 1),
        line: 9,
        waits_for: Some(Blocker::Lock(samples::object((index + 1) % count))),
        holds: vec![(samples::object(index), 8)],
    };
    let trouble = Trouble { kind: TroubleKind::Deadlock, threads: (0..count).map(part).collect() };
    script.also(count, 9, EventKind::Trouble(Arc::new(trouble)));
    script
}

#[test]
fn a_ring_tells_long_names_apart() {
    let names = [
        "philosopher-at-seat-one-of-the-table",
        "philosopher-at-seat-two-of-the-table",
        "philosopher-at-seat-six-of-the-table",
    ];
    for (width, height) in [(80, 24), (100, 30), (200, 60)] {
        let rows = graph(ring(&names), "", width, height);
        for seat in ["one", "two", "six"] {
            assert!(rows.iter().any(|row| row.contains(seat)), "{width}x{height}: {rows:#?}");
        }
    }
}

#[test]
fn a_thread_that_waits_for_itself_is_a_loop() {
    for name in ["worker", "a-worker-with-a-name-that-is-longer-than-any-panel-is-wide-on-most-screens"] {
        let rows = graph(ring(&[name]), "", 100, 30);
        assert!(rows[0].contains("◀─") && rows[0].ends_with('╮'), "{rows:#?}");
        assert!(rows[1].starts_with('╰') && rows[1].contains("wants the-l") && rows[1].ends_with('╯'), "{rows:#?}");
        assert!(!rows.iter().any(|row| row.contains('▶')), "no arrow to nowhere: {rows:#?}");
    }
}

#[test]
fn no_ring_leaves_its_frame() {
    let long = "a-thread-with-a-name-that-is-longer-than-any-panel-is-wide";
    for count in [1, 2, 3, 5, 9, 30] {
        let names: Vec<String> = (0..count).map(|number| format!("{long}-{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        for (width, height) in [(80, 24), (100, 30), (131, 33), (200, 60)] {
            graph(ring(&names), "", width, height);
        }
    }
}
