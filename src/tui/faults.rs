//! The faults that make sense at this moment, and what each will do.

use crate::base::ThreadId;
use crate::event::{Blocker, ObjectKind, ThreadState};
use crate::schedule::{Fault, Signal};
use crate::trace::{Detail, Model, Object, Thread, describe};
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
/// How much longer it makes the operations of a thread that it slows down.
const DRAG: u64 = 500_000_000;

/// What can be done to `thread`, and to the objects it has to do with first.
pub(super) fn offers(thread: ThreadId, model: &Model) -> Vec<Offer> {
    let mut offers = Vec::new();
    let mut add = |fault: Fault, effect: &str| {
        let title = describe::describe_fault(&fault, model);
        offers.push(Offer { fault, title, effect: effect.to_owned() });
    };
    let row = model.thread(thread);
    if let Some(row) = row.filter(|row| !row.state.is_over() && row.state != ThreadState::New) {
        to_thread(row, model, &mut add);
    }
    if thread == ThreadId::MAIN && model.status().is_none() {
        let effect = match model.handles_interrupts() {
            true => "The program's handler runs in the main thread, on top of whatever that does.",
            false => "KeyboardInterrupt is raised in the main thread, wherever that is.",
        };
        add(Fault::Signal { signal: Signal::Int }, effect);
    }
    let concerns =
        |id| row.is_some_and(|row| row.holds_lock(id) || row.blocked_on.and_then(Blocker::object) == Some(id));
    let mut objects: Vec<_> = model.objects().iter().filter(|object| object.armed.is_none()).collect();
    objects.sort_by_key(|object| !concerns(object.id));
    for object in objects {
        to_object(object, model, &mut add);
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
    add(Fault::Kill { thread }, &format!("It ends where it stands; nothing is unwound. {left}"));
    add(
        Fault::Raise { thread, exception: Arc::from("RuntimeError") },
        "The exception is raised where it stands; its `with` and `finally` blocks unwind.",
    );
    if row.blocked_on == Some(Blocker::Frozen) {
        add(Fault::Thaw { thread }, "It may go on.");
    } else {
        add(Fault::Freeze { thread }, "It stops where it stands until it is thawed; what it holds stays held.");
    }
    add(
        Fault::Delay { thread, time: DELAY },
        "It stands still for so long on the run's clock, then goes on by itself.",
    );
    if row.slow == 0 {
        add(Fault::Slow { thread, time: DRAG }, "After each operation it stands still for so long on the run's clock.");
    } else {
        add(Fault::Slow { thread, time: 0 }, "Its operations take no longer than they take.");
    }
    match row.blocked_on {
        Some(Blocker::Delayed) => {}
        Some(Blocker::Time) => add(Fault::Expire { thread }, "It has slept enough and goes on at once."),
        Some(_) if row.until.is_some() => {
            add(Fault::Expire { thread }, "Its wait ends at once, as if the time were over: does the program look?");
        }
        _ => {}
    }
    if let Some(Blocker::Object(object)) = row.blocked_on
        && model.object(object).is_some_and(|object| object.kind == ObjectKind::Condition)
    {
        add(Fault::Wake { thread }, "Its `wait` returns though nobody has notified it: does it look again?");
    }
}

/// What can be done to an object.
fn to_object(object: &Object, model: &Model, add: &mut impl FnMut(Fault, &str)) {
    let id = object.id;
    match (object.kind, &object.detail) {
        (ObjectKind::Lock | ObjectKind::RLock, _) => {
            add(Fault::LeakLock { lock: id, nth: 1 }, "It stays held after that: whoever wants it waits.");
            if let Some(owner) = object.owner() {
                let owner = model.thread_name(owner);
                let effect = format!("It is free, {owner} does not know, and its release will be an error.");
                add(Fault::TakeLock { lock: id }, &effect);
            }
        }
        (ObjectKind::Condition, _) => {
            add(Fault::DropNotify { condition: id, nth: 1 }, "Nobody is woken by it: a lost wakeup.");
        }
        (_, Detail::Barrier { broken: false, .. }) => {
            add(Fault::BreakBarrier { barrier: id }, "Whoever waits at it, or will, gets BrokenBarrierError.");
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::samples;

    #[test]
    fn only_what_makes_sense_is_offered() {
        let model = samples::deadlock();
        let titles: Vec<_> = offers(ThreadId(1), &model).into_iter().map(|offer| offer.title).collect();
        assert_eq!(
            titles,
            [
                "kill left",
                "raise RuntimeError in left",
                "freeze left",
                "lose the next release of a",
                "lose the next release of b"
            ]
        );
        assert!(offers(ThreadId(1), &model)[0].effect.contains("a stays held"));
        let dead = samples::crash_script().model();
        assert_eq!(offers(ThreadId(1), &dead).len(), 1, "to a thread that is over nothing can be done");
    }
}
