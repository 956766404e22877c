//! A recording that is forced onto real threads, and interference from outside. (`recording.rs` tests that every
//! recording can be forced.)

mod support {
    pub(crate) mod program;
    pub(crate) mod recorded;
    pub(crate) mod replay;
}

use raddle::base::ThreadId;
use raddle::engine::{Control, EventStream, Options, Received, Run, RunEnd, StepResult};
use raddle::event::{Event, EventKind};
use raddle::machine::Image;
use raddle::policy::Kind;
use raddle::schedule::tape::Tape;
use raddle::schedule::{Choice, Fault, StepUnit};
use std::sync::Arc;
use std::time::Duration;
use support::program::image;
use support::recorded::{Recorded, follow};
use support::replay::replay;

/// The limit of a wait for an event: only a defect takes so long.
const LONG: Duration = Duration::from_secs(30);

const MEETING: &str = "\
import threading, time
lock = threading.Lock()
said = []
def talk(name):
    for i in range(10):
        with lock:
            said.append(name)
        time.sleep(0.01)
threads = [threading.Thread(target=talk, args=(i,)) for i in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(said))
";

fn recorded() -> Recorded {
    let image = image("meeting.py", MEETING);
    let options = Options { policy: Kind::Random, seed: 5, ..Options::default() };
    follow(Run::start(image.clone(), options).expect("operating-system threads"), &image, |_, _| ())
}

fn force(image: &Arc<Image>, recorded: &Recorded, paused: bool) -> Run {
    let options = Options { paused, ..Options::default() };
    Run::force(image.clone(), recorded.boot, recorded.blocks.clone(), options).expect("operating-system threads")
}

/// One step, of that thread or of the next one; the events up to that operation. `None` when no thread moves.
fn step(control: &Control, events: &mut EventStream, thread: Option<ThreadId>) -> Option<Vec<Event>> {
    match control.step(thread, StepUnit::Operation) {
        StepResult::Moves(_) | StepResult::Next => {}
        StepResult::Blocked | StepResult::NotAlive => return None,
    }
    match events.recv_timeout(LONG) {
        Received::Event(first) => Some(std::iter::once(first).chain(events.drain(usize::MAX)).collect()),
        other => panic!("a step, and then {other:?}"),
    }
}

/// The rest of the events of a run that goes on by itself, and how it ends.
fn rest(run: Run, mut events: EventStream) -> (Vec<Event>, RunEnd) {
    let (mut all, mut batch) = (Vec::new(), Vec::new());
    while events.recv_batch(&mut batch) {
        all.append(&mut batch);
    }
    (all, run.end())
}

#[test]
fn steps_go_as_it_is_written() {
    let recorded = recorded();
    let run = force(&recorded.image, &recorded, true);
    let (control, mut events) = (run.control(), run.events());
    let written = replay(&recorded.image, recorded.boot, &recorded.blocks).expect("it is the run that was recorded");
    let mut seen = Vec::new();
    while let Some(mut made) = step(&control, &mut events, None) {
        seen.append(&mut made);
        assert_eq!(seen.last(), written.get(seen.len() - 1));
        assert!(control.is_forced() || control.is_over());
    }
    assert_eq!(seen, written);
    control.set_policy(Kind::Gil);
    assert_ne!(control.policy(), Kind::Gil, "nobody decides any more");
    assert_eq!(run.end(), RunEnd::Exited(0));
}

/// A run in which a thread was held back before it began, stepped all the same, and let go.
fn held() -> Recorded {
    let image = image("meeting.py", MEETING);
    let options = Options { policy: Kind::Random, seed: 5, paused: true, ..Options::default() };
    let run = Run::start(image.clone(), options).expect("operating-system threads");
    let (control, boot, one) = (run.control(), run.boot(), ThreadId(1));
    let mut events = run.events();
    let mut seen = Vec::new();
    while !seen.iter().any(|event: &Event| matches!(event.kind, EventKind::ThreadCreated { new, .. } if new == one)) {
        seen.append(&mut step(&control, &mut events, Some(ThreadId::MAIN)).expect("it goes on"));
    }
    control.hold(one);
    control.hold(one); // that changes nothing
    seen.extend(events.drain(usize::MAX));
    assert_eq!(seen.last().map(|event| (event.thread, &event.kind)), Some((one, &EventKind::Held)));
    assert_eq!(control.step(Some(one), StepUnit::Operation), StepResult::NotAlive);
    while seen.iter().filter(|event| matches!(event.kind, EventKind::ThreadStarted { .. })).count() < 3 {
        seen.append(&mut step(&control, &mut events, Some(ThreadId::MAIN)).expect("it goes on"));
    }
    seen.append(&mut step(&control, &mut events, Some(one)).expect("it was started"));
    assert!(control.positions()[one.index()].held);
    control.let_go(one);
    control.resume();
    let (rest, end) = rest(run, events);
    assert_eq!((rest.first().map(|event| &event.kind), end), (Some(&EventKind::LetGo), RunEnd::Exited(0)));
    seen.extend(rest);
    Recorded { boot, image, events: seen, blocks: control.fetch_tape() }
}

#[test]
fn holds_are_forced_and_replayed() {
    let held = held();
    assert_eq!(replay(&held.image, held.boot, &held.blocks).as_ref(), Ok(&held.events));
    let forced = follow(force(&held.image, &held, false), &held.image, |_, _| ());
    assert_eq!(forced.events, held.events);
    assert_eq!(forced.blocks, held.blocks);
}

#[test]
fn a_thread_held_at_a_moment_is_held_in_a_branch_from_it() {
    let held = held();
    let mut history = raddle::history::History::new(held.image.clone(), held.boot);
    history.extend(held.blocks.iter().cloned());
    let when = held.events.iter().position(|event| event.kind == EventKind::Held).expect("it was held") as u64;
    let moment = history.at(when + 1, &|| true).expect("it is the run that was recorded");
    assert!(moment.model.threads()[1].is_held_back());
    let run = Run::resume(moment.cursor.execution().clone(), held.boot, Options::default()).expect("threads");
    let (control, mut events) = (run.control(), run.events());
    // All others end, or wait for it.
    let mut over = 0;
    while over < 2 {
        match events.recv_timeout(LONG) {
            Received::Event(event) => {
                assert_ne!(event.thread, ThreadId(1));
                over += u32::from(matches!(event.kind, EventKind::Ended { .. }));
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(control.positions()[1].held && !control.is_stuck());
    control.let_go(ThreadId(1));
    assert_eq!(rest(run, events).1, RunEnd::Exited(0));
}

#[test]
fn a_run_that_is_interfered_with_leaves_its_tape() {
    let recorded = recorded();
    let interferences: [fn(&Control); 4] = [
        |control| control.hold(ThreadId(1)),
        |control| control.set_policy(Kind::RoundRobin),
        |control| control.inject(&Fault::Slow { thread: ThreadId(1), time: 1_000_000 }).expect("it is alive"),
        |control| {
            for thread in (0..4).map(ThreadId) {
                if control.is_forced() {
                    control.step(Some(thread), StepUnit::Operation);
                }
            }
        },
    ];
    for interfere in interferences {
        let run = force(&recorded.image, &recorded, true);
        let (control, mut events) = (run.control(), run.events());
        let mut before = Vec::new();
        while before.len() < 40 {
            before.append(&mut step(&control, &mut events, None).expect("it is not over"));
        }
        assert_eq!(before, recorded.events[..before.len()], "until then it went as it is written");
        interfere(&control);
        assert!(!control.is_forced());
        control.step(None, StepUnit::Operation);
        control.let_go(ThreadId(1));
        control.resume();
        let (after, end) = rest(run, events);
        assert_eq!(end, RunEnd::Exited(0));
        assert_ne!(after, recorded.events[before.len()..], "from there it went in another way");
        let all = before.iter().chain(&after);
        assert!(all.clone().any(|event| matches!(&event.kind, EventKind::Printed { text, .. } if &**text == "30\n")));
        assert!(all.enumerate().all(|(at, event)| event.seq == at as u64), "nothing is lost");
    }
}

#[test]
fn at_the_end_of_a_tape_that_was_cut_off_it_waits_and_goes_on_by_itself() {
    let recorded = recorded();
    let mut model = raddle::history::Cursor::new(recorded.image.clone(), recorded.boot);
    while model.events() < 60 {
        model.forward(&recorded.blocks, &|| true).expect("it is the run that was recorded");
    }
    let cut = Recorded { blocks: model.tape(&recorded.blocks), ..recorded };
    let run = force(&cut.image, &cut, false);
    let (control, mut events) = (run.control(), run.events());
    let (mut seen, mut batch) = (Vec::new(), Vec::new());
    while events.recv_batch(&mut batch) {
        seen.append(&mut batch);
    }
    assert_eq!(seen, cut.events[..seen.len()]);
    assert_eq!(seen.len() as u64, model.events());
    assert!(control.is_paused() && control.is_at_end_of_tape() && !control.is_forced());
    assert_eq!(control.policy(), Kind::Random, "what decided last decides again");
    control.resume();
    let (after, end) = rest(run, events);
    assert_eq!((end, control.is_at_end_of_tape()), (RunEnd::Exited(0), false));
    assert!(after.iter().any(|event| matches!(&event.kind, EventKind::Printed { text, .. } if &**text == "30\n")));
}

#[test]
fn a_policy_that_there_is_not_parts_from_the_recording() {
    let Recorded { image, boot, .. } = recorded();
    let mut tape = Tape::default();
    tape.choice(&Choice::Policy("\x1b[31mnone".into())).expect("it is text");
    tape.cut();
    let run = Run::force(image, boot, tape.fetch(), Options::default()).expect("operating-system threads");
    let events = run.events();
    let (_, end) = rest(run, events);
    assert!(matches!(&end, RunEnd::Parted(why) if why.ends_with("there is no policy ␛[31mnone")), "{end:?}");
}

#[test]
fn another_program_diverges_from_the_recording() {
    let recorded = recorded();
    for (was, now, message) in [
        ("range(10)", "range(9)", "diverges from the recording after step"),
        ("        time.sleep(0.01)\n", "", "did something else in the recording"),
        ("for thread in threads: thread.start()\n", "", "ended the program, which went on in the recording"),
    ] {
        let other = image("meeting.py", &MEETING.replace(was, now));
        let run = force(&other, &recorded, false);
        let events = run.events();
        match rest(run, events).1 {
            RunEnd::Parted(why) => assert!(why.contains(message), "{why}"),
            end => panic!("without {was:?} it ended as {end:?}"),
        }
    }
}
