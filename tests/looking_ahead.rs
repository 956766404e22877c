//! Whether a program can go wrong, asked on the screen: keys in, a buffer out. It needs nothing of an operating system.

mod support {
    pub(crate) mod screen;
}

use raddle::event::Breakpoint;
use raddle::scenario::builtin::Builtin;
use raddle::session::{Card, Session, Stage};
use std::cell::Cell;
use std::rc::Rc;
use support::screen::{Screen, gallery, open, stage};

fn written(text: &'static str) -> impl Stage {
    stage(vec![Builtin { name: "program", text }])
}

/// Opens the one scenario that there is.
fn start(stage: &mut dyn Stage) -> Screen<'_> {
    let mut screen = Screen::open(stage);
    screen.until("program");
    screen.press("enter");
    screen.until("PAUSED");
    screen
}

fn has(shown: &str, texts: &[&str]) {
    for text in texts {
        assert!(shown.contains(text), "{text:?} is not shown:\n{shown}");
    }
}

#[test]
fn a_deadlock_is_found_and_its_run_is_played_beside_its_steps() {
    let mut stage = gallery();
    let mut screen = open(&mut stage, "deadlock");
    screen.until("PAUSED");
    screen.press("K");
    let shown = screen.until("it can go wrong");
    has(
        &shown,
        &[
            "deadlock:",
            "wait for each other",
            "Usual cure: take the locks in the same order",
            "states with a choice",
            "Assumed:",
        ],
    );
    screen.press("enter");
    let shown = screen.until("steps to the deadlock");
    has(&shown, &["found: deadlock", "REPLAY step 0", "it can still be avoided", "ahead"]);
    has(&screen.until("nothing avoids a failure any more"), &["▼"]);
    has(&screen.until("DEADLOCK"), &["deadlock has happened", "one end is left, a failure"]);
    // Escape goes back to the program's own run.
    screen.press("esc");
    let shown = screen.until("PAUSED");
    assert!(!shown.contains("steps to the deadlock"), "{shown}");
    has(&shown, &["step 0", "deadlock in"]);
    screen.press("Y");
    screen.until("deadlock, found by check");
}

#[test]
fn a_program_that_cannot_go_wrong_is_verified() {
    let mut stage = gallery();
    let mut screen = open(&mut stage, "lock_order");
    screen.until("PAUSED");
    screen.press("K");
    screen.until("it cannot go wrong");
    screen.press("enter");
    let shown = screen.frame();
    has(&shown, &["nothing can go wrong from here"]);
    screen.press("W");
    screen.until("nothing has gone wrong so far, and it need not");
}

#[test]
fn the_last_choice_that_matters_is_taken_otherwise_in_a_branch() {
    let mut stage = gallery();
    let mut screen = open(&mut stage, "deadlock");
    screen.press("space ] ] ] ] ] ] ]");
    screen.until("DEADLOCK");
    screen.press("W");
    let shown = screen.until("what if, instead,");
    has(&shown, &["PAST", "left's wait ends (line", "Enter takes it in a new branch"]);
    screen.press("enter");
    screen.until("two branches, alike until step");
    screen.press("esc");
    let shown = screen.until("branch 2");
    has(&shown, &["ahead"]);
    screen.until("finished (exit 0)");
}

#[test]
fn a_moment_that_no_search_has_seen_is_said_to_be_so_and_can_be_searched_from() {
    let mut stage = gallery();
    let mut screen = open(&mut stage, "lock_order");
    screen.until("PAUSED");
    screen.press(". . . . . . . . . . K esc");
    has(&screen.frame(), &["nothing can go wrong from here"]);
    screen.press("x enter . .");
    screen.until("not explored from here (a fault or a signal struck)");
    screen.press("K");
    let shown = screen.until("Searched from step 1");
    assert!(!shown.contains("not explored"), "{shown}");
    screen.press("esc , , , ,");
    screen.until("not explored from here (the search began later)");
}

/// A scenario whose text is replaced by another one.
struct Edited<B: Stage, A: Stage> {
    before: B,
    after: A,
    saved: Rc<Cell<bool>>,
    is_new: bool,
}

impl<B: Stage, A: Stage> Stage for Edited<B, A> {
    fn cards(&self) -> &[Card] {
        self.before.cards()
    }
    fn open(&mut self, index: usize, breakpoints: &[Breakpoint]) -> Result<Box<dyn Session>, String> {
        self.is_new = self.saved.get();
        if self.is_new { self.after.open(index, breakpoints) } else { self.before.open(index, breakpoints) }
    }
    fn changed(&mut self, _: usize) -> bool {
        self.saved.get() && !self.is_new
    }
}

const CROSSED: &str = "import threading\na, b = threading.Lock(), threading.Lock()\ndef left():\n    with a:\n        \
    with b:\n            pass\ndef right():\n    with b:\n        with a:\n            pass\n\
    ts = [threading.Thread(target=left, name='left'), threading.Thread(target=right, name='right')]\n\
    for t in ts: t.start()\nfor t in ts: t.join()\n";
const ORDERED: &str = "import threading\na, b = threading.Lock(), threading.Lock()\ndef left():\n    with a:\n        \
    with b:\n            pass\ndef right():\n    with a:\n        with b:\n            pass\n\
    ts = [threading.Thread(target=left, name='left'), threading.Thread(target=right, name='right')]\n\
    for t in ts: t.start()\nfor t in ts: t.join()\n";

#[test]
fn a_saved_text_is_asked_what_becomes_of_the_way_that_went_wrong() {
    let saved = Rc::new(Cell::new(false));
    let mut stage = Edited { before: written(CROSSED), after: written(ORDERED), saved: saved.clone(), is_new: false };
    let mut screen = start(&mut stage);
    screen.press("K");
    screen.until("it can go wrong");
    screen.press("esc");
    saved.set(true);
    let shown = screen.until("it cannot go wrong");
    has(
        &shown,
        &[
            "Before: deadlock:",
            "That way in this text:",
            "the first difference is at step",
            "program.py:8: with b:",
            "program.py:8: with a:",
            "right has to wait (line 8)",
        ],
    );
}

#[test]
fn a_lost_update_is_found() {
    let mut stage = gallery();
    let mut screen = open(&mut stage, "lost_update.py");
    screen.until("PAUSED");
    screen.press("K");
    let shown = screen.until("it can go wrong");
    has(&shown, &["lost-update"]);
    screen.press("enter");
    screen.until("steps to the lost-update");
    screen.until("nothing avoids the lost update any more");
}

const LIVELOCK: &str = "import threading\na, b = threading.Lock(), threading.Lock()\n\
    def give_way(mine, other):\n    while True:\n        with mine:\n            \
    if other.acquire(blocking=False):\n                other.release()\n                return\n\
    ts = [threading.Thread(target=give_way, args=(a, b)), threading.Thread(target=give_way, args=(b, a))]\n\
    for t in ts: t.start()\nfor t in ts: t.join()\n";

#[test]
fn a_livelock_plays_as_a_loop() {
    let mut stage = written(LIVELOCK);
    let mut screen = start(&mut stage);
    screen.press("K");
    screen.until("livelock:");
    screen.press("enter ] ] ] ]");
    screen.until("steps; ↻ for ever");
    // It comes back to an earlier step again and again.
    let step = |shown: &str| -> u64 {
        let (_, rest) = shown.split_once("REPLAY step ").expect("it plays");
        rest.split(' ').next().and_then(|step| step.parse().ok()).expect("a number")
    };
    let (mut last, mut turns) = (0, 0);
    for _ in 0..400 {
        let now = step(&screen.frame());
        turns += u32::from(now < last);
        last = now;
    }
    assert!(turns > 2, "{turns}");
}

const STARVES: &str = "import threading\nm, w = threading.Lock(), threading.Lock()\nreaders = 0\ndef read():\n    global readers\n    \
    while True:\n        with m:\n            readers += 1\n            if readers == 1: w.acquire()\n        with m:\n            \
    readers -= 1\n            if readers == 0: w.release()\ndef write():\n    with w: pass\n\
    threads = [threading.Thread(target=read), threading.Thread(target=read), threading.Thread(target=write, name='writer')]\n\
    for t in threads: t.start()\nfor t in threads: t.join()\n";

#[test]
fn a_thread_that_starves_is_marked() {
    let mut stage = written(STARVES);
    let mut screen = start(&mut stage);
    screen.press("K");
    screen.until("starvation:");
    screen.press("enter");
    screen.until("steps; ↻ for ever");
    screen.until("starves");
}

#[cfg(feature = "live")]
mod beside_a_live_run {
    use super::*;
    use raddle::engine::Options;
    use raddle::session::{Live, Loaded, Session, Theatre};

    const LONG: &str = "import threading\nn = 0\ndef work():\n    global n\n    for i in range(40):\n        n += 1\n\
        ts = [threading.Thread(target=work) for i in range(8)]\nfor t in ts: t.start()\nfor t in ts: t.join()\n\
        assert n > 0\n";

    fn live(text: &'static str) -> impl Stage {
        let start = |_: usize, loaded: Loaded, _: &[_]| -> Result<Box<dyn Session>, String> {
            Ok(Box::new(Live::start(loaded.image, Options { paced: true, ..Options::default() }, None)?))
        };
        Theatre::new(vec![Builtin { name: "program", text }], Box::new(start))
    }

    #[test]
    fn a_search_goes_on_beside_the_run_and_can_be_stopped() {
        const QUIET: &str = "import threading\nl = threading.Lock()\nn = 0\ndef work(k):\n    global n\n    for i in range(50):\n        \
            with l: n += k\nts = [threading.Thread(target=work, args=(k,)) for k in range(1, 9)]\nfor t in ts: t.start()\n\
            for t in ts: t.join()\n";
        for (text, keys) in [(LONG, "K"), (QUIET, "esc")] {
            let mut stage = live(text);
            let mut screen = Screen::open(&mut stage);
            screen.until("program");
            screen.press("enter K");
            screen.until("check:");
            screen.press(keys);
            let shown = screen.until("Searched");
            screen.press("esc");
            assert!(shown.contains("not certain") || shown.contains("it can go wrong"), "{shown}");
        }
    }

    #[test]
    fn a_search_that_goes_on_unseen_says_when_it_is_through() {
        let mut stage = live(LIVELOCK);
        let mut screen = Screen::open(&mut stage);
        screen.until("program");
        screen.press("enter K enter");
        // If it was through before the second Enter, that has opened the run that goes wrong.
        screen.until_any(&["checked: it can go wrong (livelock)", "steps; ↻ for ever"]);
    }
}
