//! The screen on runs that need nothing of an operating system: keys in, a buffer out. This file builds without cargo
//! features. With the engine, its events and its tape are held against those of driven runs.

mod support {
    pub(crate) mod screen;
    #[cfg(feature = "live")]
    pub(crate) mod side_by_side;
}

use raddle::base::Source;
use raddle::machine::Image;
use raddle::policy::Kind;
use raddle::schedule::Speed;
use raddle::session::{Driven, Feed, Settings};
use raddle::tui::Wish;
use std::sync::Arc;
use support::screen::{FRAMES, gallery, open};

#[test]
fn the_gallery_opens_a_run_that_plays_to_its_deadlock() {
    let mut stage = gallery();
    let mut screen = open(&mut stage, "deadlock");
    screen.until("PAUSED");
    // A frame by itself moves nothing while the run is paused.
    let before = screen.frame();
    assert_eq!(screen.frame(), before);
    screen.press("space ] ] ] ]");
    let shown = screen.until("DEADLOCK");
    assert!(shown.contains("no thread") || shown.contains("waits"), "{shown}");
    screen.press("q");
    assert_eq!(screen.app.take_wish(), Some(Wish::Quit));
}

#[test]
fn steps_the_past_and_branches_work_on_it() {
    let mut stage = gallery();
    let mut screen = open(&mut stage, "deadlock");
    let start = screen.until("PAUSED");
    screen.press(". . . . . .");
    let stepped = screen.frame();
    assert_ne!(stepped, start);
    screen.press(", ,");
    screen.until("PAST");
    screen.press("y");
    screen.until("branch 2");
    screen.press(". .");
    screen.press("Y");
    screen.until("the run itself");
}

#[test]
fn policies_faults_holds_and_breakpoints_work_on_it() {
    let mut stage = gallery();
    let mut screen = open(&mut stage, "deadlock");
    screen.until("PAUSED");
    screen.press("c");
    screen.until("round-robin");
    screen.press("j enter");
    screen.until("random");
    screen.press(". . . . . . . . . . . .");
    screen.press("h");
    screen.until("held");
    screen.press("h x");
    screen.until("kill");
    screen.press("enter");
    screen.until("fault:");
    screen.press("B");
    screen.until("a thread blocks");
}

#[test]
fn processes_have_heads_that_fold_their_threads_into_one_lane() {
    let mut stage = gallery();
    let mut screen = open(&mut stage, "inherited_lock");
    let shown = screen.until("PAUSED");
    assert!(!shown.contains("MainProcess"), "one process needs no head:\n{shown}");
    screen.press("z");
    screen.until("there is one process");
    screen.press("space ] ] ] ]");
    screen.until("DEAD OWNER");
    let shown = screen.until("joins Process-1");
    let has = |shown: &str, text: &str| assert!(shown.contains(text), "{text} is not there:\n{shown}");
    has(&shown, "-MainProcess 4242 ");
    has(&shown, "-Process-1 4243    blocked  1 thread, made by MainProcess");
    has(&shown, "- in Process-1 4243");
    has(&shown, "lock   lock holder ◂ Process-1");
    screen.press("2");
    has(&screen.frame(), "▸ holder");
    screen.press("z");
    let folded = screen.frame();
    has(&folded, "▸MainProcess 4242  joining");
    assert!(!folded.contains(" holder           "), "{folded}");
    screen.press("j");
    has(&screen.frame(), "+MainProcess 4242  joining");
    has(&screen.frame(), "▸ Process-1");
    screen.press("Z");
    has(&screen.frame(), "▸ Process-1");
    has(&screen.frame(), "  holder");
    screen.press("Z");
    has(&screen.frame(), "▸Process-1 4243    blocked ");
}

#[test]
fn a_pipe_says_what_lies_in_it_and_who_holds_its_ends() {
    let mut stage = gallery();
    let mut screen = open(&mut stage, "unclosed_pipe");
    screen.until("PAUSED");
    screen.press("] ] ] ] tab tab tab enter");
    for expected in
        ["from MainProcess to MainProcess", "'one'", "from MainProcess, Process-1 to MainProcess, Process-1"]
    {
        for _ in 0..40 {
            if screen.frame().contains(expected) {
                break;
            }
            screen.press(".");
        }
        screen.until(expected);
    }
    screen.press("space");
    screen.until("STUCK");
    screen.until("from Process-1 to MainProcess, Process-1");
}

/// Every event of a driven run, by frames at full speed.
fn drive(run: &mut Driven) -> Vec<raddle::event::Event> {
    let mut events = Vec::new();
    let mut quiet = 0;
    while !run.is_over() && quiet < 3 {
        let more = run.drain(4096);
        quiet = if more.is_empty() { quiet + 1 } else { 0 };
        events.extend(more);
    }
    events.extend(run.drain(usize::MAX));
    events
}

fn image(name: &str, text: &str) -> Arc<Image> {
    let program = raddle::lang::compile(Arc::new(Source::new(name, text))).expect("it compiles");
    Arc::new(Image::new(Arc::new(program)))
}

#[test]
fn the_speed_does_not_change_what_happens() {
    let text = "import threading, time\ndef work(n):\n    for i in range(3):\n        time.sleep(0.1 * n)\n        print(n, i)\n\
                for n in (1, 2):\n    threading.Thread(target=work, args=(n,)).start()\n";
    let run = |speed| {
        let settings = Settings { speed, policy: Kind::Random, seed: 7, ..Settings::default() };
        let mut run = Driven::start(image("speed.py", text), settings);
        let mut events = Vec::new();
        for _ in 0..FRAMES {
            events.extend(run.drain(4096));
        }
        assert!(run.is_over());
        events
    };
    let fast = run(Speed::Max);
    assert!(fast.len() > 20);
    assert_eq!(run(Speed::Times(1.0)), fast);
    assert_eq!(run(Speed::Times(100.0)), fast);
}

#[test]
fn garbage_is_given_back_while_other_threads_wait_and_compute() {
    let text = "import threading, queue\nq = queue.Queue(2)\ngate = threading.Event()\ndone = False\n\
                def spin():\n    n = 0\n    while not done:\n        for i in range(20_000):\n            n += 1\n\
                def make():\n    try:\n        for i in range(400):\n            q.put([i] * 10_000)\n    finally:\n        q.put(None)\n\
                ts = [threading.Thread(target=target) for target in (gate.wait, spin, make)]\ntaken = 0\nfor t in ts: t.start()\n\
                while q.get() is not None:\n    taken += 1\ndone = True\ngate.set()\nprint('taken', taken)\n";
    let settings = Settings { speed: Speed::Max, memory: 8 << 20, ..Settings::default() };
    let mut run = Driven::start(image("garbage.py", text), settings);
    let events = drive(&mut run);
    let printed = events.iter().any(|event| format!("{:?}", event.kind).contains("taken 400"));
    assert!(printed, "{:?}", events.last());
}

#[cfg(feature = "live")]
mod with_the_engine {
    use super::*;
    use raddle::engine::{self, Received, Run};
    use raddle::scenario::builtin;
    use raddle::session::Session;
    use std::time::Duration;
    use support::side_by_side::side_by_side;

    /// A run of the engine: its events, and its tape.
    fn live(image: &Arc<Image>, policy: Kind, seed: u64) -> (Vec<raddle::event::Event>, Vec<Arc<[u8]>>) {
        let options = engine::Options { policy, seed, ..engine::Options::default() };
        let run = Run::start(image.clone(), options).expect("there are threads");
        let (control, mut stream) = (run.control(), run.events());
        let mut events = Vec::new();
        while let Received::Event(event) = stream.recv_timeout(Duration::from_secs(60)) {
            events.push(event);
        }
        run.end();
        (events, control.fetch_tape())
    }

    #[test]
    fn a_driven_run_is_the_run_of_the_engine() {
        let busy = "import threading, time\nready = False\ndef work():\n    global ready\n    time.sleep(5)\n    ready = True\n\
                    threading.Thread(target=work).start()\nwhile not ready:\n    pass\nt = time.monotonic()\n\
                    while time.monotonic() < t + 3: pass\n";
        let long = "import threading\ntotal = 0\ndef work(n):\n    global total\n    x = 0\n    for i in range(30_000):\n        x += i\n    \
                    total += x\nts = [threading.Thread(target=work, args=(n,)) for n in range(3)]\n\
                    for t in ts: t.start()\nfor t in ts: t.join()\nprint(total)\n";
        let built_in = builtin::ALL.iter().map(|scenario| (scenario.name, scenario.text));
        side_by_side(built_in.chain([("busy.py", busy), ("long.py", long)]), |(name, text)| {
            let image = image(name, text);
            for policy in [Kind::RoundRobin, Kind::Random, Kind::Priority, Kind::Pct, Kind::Gil] {
                for seed in [1, 2] {
                    let (events, tape) = live(&image, policy, seed);
                    let settings = Settings { policy, seed, speed: Speed::Max, ..Settings::default() };
                    let mut run = Driven::start(image.clone(), settings);
                    let driven = drive(&mut run);
                    let differ = driven.iter().zip(&events).position(|(ours, theirs)| ours != theirs);
                    if let Some(at) = differ {
                        panic!("{name}, {policy:?}, {seed}: {:#?}\n{:#?}", &driven[at], &events[at]);
                    }
                    assert_eq!(driven.len(), events.len(), "{name}, {policy:?}, {seed}");
                    run.close();
                    assert_eq!(run.blocks(), tape, "{name}, {policy:?}, {seed}: the tape");
                }
            }
        });
    }
}
