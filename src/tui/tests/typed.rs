//! A line that the program waits for is typed on the screen.

use super::*;

/// One thread that waits for a line.
fn waiting() -> Script {
    let mut script = Script::new("name = input()\n", &[]);
    script.does(0, 1, EventKind::Began).does(0, 1, EventKind::Blocked { on: Blocker::Outside, until: None });
    script
}

/// What is done with the keys, and the last line of the screen before and after them.
fn typed(keys: &str) -> (Vec<String>, [String; 2]) {
    let mut stage = stage(waiting());
    let notes = stage.notes.clone();
    notes.borrow_mut().awaits_line = true;
    let mut app = App::new(&mut stage, options());
    app.tick();
    app.tick();
    let last = |app: &mut App<'_>| text(&draw(app, 100, 30)).lines().last().unwrap_or_default().trim().to_owned();
    let before = last(&mut app);
    press(&mut app, keys);
    app.tick();
    let after = last(&mut app);
    let calls = notes.borrow().calls.iter().filter(|call| call.starts_with("line")).cloned().collect();
    (calls, [before, after])
}

#[test]
fn the_line_is_asked_for_and_given() {
    let (calls, [before, after]) = typed("a n backspace b enter");
    assert_eq!(calls, ["line Some(\"ab\")"]);
    assert!(before.starts_with("input:") && before.contains("Enter gives the program the line"), "{before}");
    assert!(!after.starts_with("input:"), "{after}");
}

#[test]
fn the_end_of_what_is_typed_is_a_key() {
    assert_eq!(typed("x ctrl-d").0, ["line None"]);
}

#[test]
fn who_has_no_answer_yet_is_asked_again() {
    let (calls, [_, after]) = typed("esc");
    assert!(calls.is_empty() && !after.starts_with("input:"), "{calls:?} {after}");
    assert_eq!(typed("esc i o k enter").0, ["line Some(\"ok\")"]);
}

#[test]
fn without_a_thread_that_waits_there_is_nothing_to_type() {
    let mut stage = stage(waiting());
    let mut app = App::new(&mut stage, options());
    app.tick();
    press(&mut app, "i");
    assert!(text(&draw(&mut app, 100, 30)).contains("no thread waits for a line to be typed"));
}
