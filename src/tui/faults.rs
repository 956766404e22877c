//! The faults that make sense at this moment, and what each will do.

use super::layout::Panel;
use super::run::Run;
use super::run::later::{Listed, ObjectRow};
use crate::base::{ObjectId, ThreadId};
use crate::event::{Blocker, ObjectKind, ThreadState};
use crate::schedule::{Fault, Signal};
use crate::trace::ends::Ends;
use crate::trace::{Detail, Model, Object, Process, Thread, describe};
use std::sync::Arc;

/// A fault to choose.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Offer {
    pub(super) fault: Fault,
    /// "kill left"
    pub(super) title: String,
    /// What will happen, in a sentence.
    pub(super) effect: String,
}

/// How long a delay from the menu lasts, in nanoseconds.
const DELAY: u64 = 1_000_000_000;
/// How much longer a slow-down from the menu makes each operation, in nanoseconds.
const DRAG: u64 = 500_000_000;

/// What can be done now to the selected thread, and to the selected object.
pub(super) fn offered(run: &Run) -> Vec<Offer> {
    let row = (run.look.focus == Panel::Objects).then_some(run.look.object_row);
    let object = row.and_then(|row| match run.object_list().get(row) {
        Some(ObjectRow { what: Listed::Object(object), later: false }) => Some(object.id),
        _ => None,
    });
    offers(run.look.selected, object, run.model())
}

/// What can be done to `object` first, then to `thread` and the objects that it holds or waits for.
fn offers(thread: ThreadId, object: Option<ObjectId>, model: &Model) -> Vec<Offer> {
    let mut offers = Vec::new();
    let mut add = |fault: Fault, effect: &str| {
        let title = describe::describe_fault(&fault, model);
        offers.push(Offer { fault, title, effect: effect.to_owned() });
    };
    let row = model.thread(thread);
    let chosen = object.and_then(|id| model.object(id)).filter(|object| object.armed.is_none());
    if let Some(object) = chosen {
        to_object(object, model, &mut add);
    }
    if let Some(row) = row.filter(|row| !row.state.is_over() && row.state != ThreadState::New) {
        to_thread(row, model, &mut add);
    }
    if let Some(row) = row
        && model.processes().len() > 1
    {
        to_process(model.process_of(row.id), model, &mut add);
    }
    if thread == model.main() && model.status().is_none() {
        let effect = match model.handles_interrupts() {
            true => "The program's signal handler interrupts the main thread and runs there.",
            false => "KeyboardInterrupt is raised in the main thread, whatever line it is at.",
        };
        add(Fault::Signal { signal: Signal::Int }, effect);
    }
    let concerns =
        |id| row.is_some_and(|row| row.holds_lock(id) || row.blocked_on.and_then(Blocker::object) == Some(id));
    // A condition concerns the same threads as its lock.
    let concerned = |object: &Object| match object.detail {
        Detail::Condition { lock: Some(lock) } => concerns(object.id) || concerns(lock),
        _ => concerns(object.id),
    };
    for other in model.objects().iter().filter(|other| other.armed.is_none() && Some(other.id) != object) {
        if concerned(other) {
            to_object(other, model, &mut add);
        }
    }
    offers
}

/// What can be done to a thread that is alive.
fn to_thread(row: &Thread, model: &Model, add: &mut impl FnMut(Fault, &str)) {
    let thread = row.id;
    let held: Vec<_> = row.held.iter().map(|held| model.object_name(held.object)).collect();
    let left = match held.is_empty() {
        true => "It holds no lock.".to_owned(),
        false => format!("{} stays held.", held.join(", ")),
    };
    add(Fault::Kill { thread }, &format!("It ends at once: no `with` and no `finally` runs. {left}"));
    add(
        Fault::Raise { thread, exception: Arc::from("RuntimeError") },
        "The exception is raised in it at once; its `with` and `finally` blocks run.",
    );
    if row.is_frozen() {
        add(Fault::Thaw { thread }, "It can run again.");
    } else {
        add(Fault::Freeze { thread }, "It stops until it is thawed; what it holds stays held.");
    }
    add(Fault::Delay { thread, time: DELAY }, "It pauses for that time on the run's clock, then continues by itself.");
    if row.slow == 0 {
        add(
            Fault::Slow { thread, time: DRAG },
            "It pauses for that time, on the run's clock, after each of its operations.",
        );
    } else {
        add(Fault::Slow { thread, time: 0 }, "It runs at normal speed again.");
    }
    match row.blocked_on {
        Some(Blocker::Delayed) => {}
        Some(Blocker::Time) => add(Fault::Expire { thread }, "Its sleep ends now, and it continues."),
        Some(_) if row.until.is_some() => {
            add(Fault::Expire { thread }, "Its wait ends now, as if the timeout had come: does the program look?");
        }
        _ => {}
    }
    if let Some(Blocker::Object(object)) = row.blocked_on
        && model.object(object).is_some_and(|object| object.kind == ObjectKind::Condition)
    {
        add(Fault::Wake { thread }, "Its `wait` returns although nobody called `notify`: does it look again?");
    }
}

/// What can be done to a process that is there.
fn to_process(process: &Process, model: &Model, add: &mut impl FnMut(Fault, &str)) {
    if process.code.is_some() {
        return;
    }
    let threads = model.threads().iter().filter(|thread| thread.process == process.id);
    let locks = threads.flat_map(|thread| &thread.held).filter(|held| held.object.is_of_world());
    let held: Vec<String> = locks.map(|held| model.object_name(held.object)).collect();
    let left = match held.is_empty() {
        true => String::new(),
        false => format!(" {} stays held.", held.join(", ")),
    };
    let effect = format!("All its threads end at once, as by SIGKILL, and its ends of pipes close.{left}");
    add(Fault::KillProcess { thread: process.main }, &effect);
}

/// What can be done to a pipe.
fn to_pipe(pipe: ObjectId, ends: &Ends, add: &mut impl FnMut(Fault, &str)) {
    if ends.readers.is_empty() && ends.writers.is_empty() {
        return;
    }
    add(Fault::LoseMessage { pipe, nth: 1 }, "Who sends it goes on, and nobody ever receives it.");
    add(
        Fault::DelayMessage { pipe, time: DELAY },
        "What lies in it, or is sent, can be received only after that time on the run's clock.",
    );
    if !ends.filled {
        add(Fault::FillPipe { pipe }, "It has no room left: who sends waits until the message was received.");
    }
    add(
        Fault::BreakPipe { pipe },
        "Who sends gets BrokenPipeError; who receives gets what lies in it, and then EOFError.",
    );
}

/// What can be done to an object.
fn to_object(object: &Object, model: &Model, add: &mut impl FnMut(Fault, &str)) {
    let id = object.id;
    if let Some(ends) = &object.ends {
        to_pipe(id, ends, add);
    }
    match (object.kind, &object.detail) {
        (ObjectKind::Lock | ObjectKind::RLock, _) => {
            let owner = object.owner().and_then(|owner| model.thread(owner));
            if owner.is_none_or(|owner| !owner.state.is_over()) {
                add(
                    Fault::LeakLock { lock: id, nth: 1 },
                    "The lock stays held after that: every thread that wants it waits.",
                );
            }
            if let Some(owner) = owner {
                let name = &owner.name;
                let effect = match owner.state.is_over() {
                    true => format!("The lock becomes free, although {name} never released it."),
                    false => format!("The lock becomes free. {name} does not know: releasing it will raise an error."),
                };
                add(Fault::TakeLock { lock: id }, &effect);
            }
        }
        (ObjectKind::Condition, _) => {
            add(Fault::DropNotify { condition: id, nth: 1 }, "It wakes no thread: a lost wakeup.");
        }
        (_, Detail::Barrier { broken: false, .. }) => {
            add(
                Fault::BreakBarrier { barrier: id },
                "Every thread that waits there, now or later, gets BrokenBarrierError.",
            );
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{EventKind, ObjectState};
    use crate::trace::samples::{self, Script};

    #[test]
    fn only_what_makes_sense_is_offered() {
        let model = samples::deadlock();
        let titles: Vec<_> = offers(ThreadId(1), None, &model).into_iter().map(|offer| offer.title).collect();
        assert_eq!(
            titles,
            [
                "kill left",
                "raise RuntimeError in left",
                "freeze left",
                "delay left for 1 s",
                "slow left down by 0.5 s an operation",
                "lose the next release of a",
                "take a away from its holder",
                "lose the next release of b",
                "take b away from its holder",
            ]
        );
        assert!(offers(ThreadId(1), None, &model)[0].effect.contains("a stays held"));
        let dead = samples::crash_script().model();
        let offers = offers(ThreadId(1), None, &dead);
        assert_eq!(offers.len(), 1, "to a thread that is over nothing can be done, but to its lock");
        assert_eq!(offers[0].effect, "The lock becomes free, although left never released it.");
    }

    #[test]
    fn the_chosen_object_comes_first_and_others_only_if_the_thread_has_to_do_with_them() {
        let model = samples::deadlock();
        let titles = |thread, object| {
            let offers = offers(ThreadId(thread), object, &model).into_iter();
            offers.filter(|offer| offer.fault.object().is_some()).map(|offer| offer.title).collect::<Vec<_>>()
        };
        assert_eq!(titles(0, None), Vec::<String>::new(), "main only joins");
        assert_eq!(titles(0, Some(samples::object(1))).len(), 2);
    }

    #[test]
    fn a_thread_that_is_frozen_in_its_sleep_can_be_thawed() {
        let (worker, until) = (ThreadId(1), Some(99));
        let mut script = Script::new("", &[]);
        script.does(0, 1, EventKind::ThreadCreated { new: worker, name: "w".into(), daemon: false });
        script.does(0, 1, EventKind::ThreadStarted { started: worker });
        script.does(1, 2, EventKind::Blocked { on: Blocker::Time, until });
        script.does(1, 2, EventKind::FaultInjected { fault: Fault::Freeze { thread: worker } });
        let model = script.model();
        let row = model.thread(worker).unwrap();
        assert!(offers(worker, None, &model).iter().any(|offer| offer.title == "thaw w"));
        assert_eq!(row.timeline.spans().last().unwrap().on, Some(Blocker::Frozen));
        assert_eq!(crate::trace::explain::why(worker, &model), "w is frozen while sleeping at line 2.");
        script.does(1, 2, EventKind::FaultInjected { fault: Fault::Thaw { thread: worker } });
        script.also(1, 2, EventKind::Blocked { on: Blocker::Time, until });
        let model = script.model();
        let row = model.thread(worker).unwrap();
        assert!(offers(worker, None, &model).iter().any(|offer| offer.title == "freeze w"));
        assert_eq!((row.until, row.timeline.spans().last().unwrap().on), (until, Some(Blocker::Time)));
    }

    #[test]
    fn what_a_thread_waits_for_decides_what_is_offered() {
        let wait = |on, until| {
            let mut script = Script::new("", &[]);
            let new = EventKind::ThreadCreated { new: ThreadId(1), name: "w".into(), daemon: false };
            script.does(0, 1, new).does(0, 1, EventKind::ThreadStarted { started: ThreadId(1) });
            let shown = |slot, what, name: &str, state| EventKind::ObjectShown {
                object: samples::object(slot),
                what,
                name: name.into(),
                state: Box::new(state),
            };
            let condition = ObjectState::Condition { lock: samples::object(2) };
            script.does(0, 1, shown(1, ObjectKind::Condition, "c", condition));
            script.does(
                0,
                1,
                shown(3, ObjectKind::Barrier, "gate", ObjectState::Barrier { parties: 2, count: 0, broken: false }),
            );
            script.does(1, 2, EventKind::Blocked { on, until });
            let offers = offers(ThreadId(1), None, &script.model()).into_iter();
            offers.map(|offer| offer.title).skip(5).collect::<Vec<_>>()
        };
        let (condition, barrier) = (Blocker::Object(samples::object(1)), Blocker::Object(samples::object(3)));
        assert_eq!(wait(condition, None), ["wake w without a notify", "drop the next notify of c"]);
        assert_eq!(
            wait(condition, Some(9)),
            ["expire the timeout of w", "wake w without a notify", "drop the next notify of c"]
        );
        assert_eq!(wait(barrier, None), ["break gate"]);
        assert_eq!(wait(Blocker::Time, Some(9)), ["expire the timeout of w"]);
        assert_eq!(wait(Blocker::Delayed, Some(9)), Vec::<String>::new());
    }
}
