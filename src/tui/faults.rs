//! The faults that make sense at this moment, and what each will do.

use crate::base::ThreadId;
use crate::event::{Blocker, ObjectKind};
use crate::schedule::{Fault, Signal};
use crate::trace::{Model, describe};
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

/// What can be done to `thread`, and to the objects it has to do with first.
pub(super) fn offers(thread: ThreadId, model: &Model) -> Vec<Offer> {
    let mut offers = Vec::new();
    let mut add = |fault: Fault, effect: String| {
        let title = describe::describe_fault(&fault, model);
        offers.push(Offer { fault, title, effect });
    };
    if let Some(row) = model.thread(thread).filter(|row| !row.state.is_over()) {
        let held: Vec<_> = row.held.iter().map(|held| model.object_name(held.object)).collect();
        let left =
            if held.is_empty() { "It holds no lock.".to_owned() } else { format!("{} stays held.", held.join(", ")) };
        add(Fault::Kill { thread }, format!("It ends where it stands; nothing is unwound. {left}"));
        add(
            Fault::Raise { thread, exception: Arc::from("RuntimeError") },
            "The exception is raised where it stands; its `with` and `finally` blocks unwind.".to_owned(),
        );
        if row.blocked_on == Some(Blocker::Frozen) {
            add(Fault::Thaw { thread }, "It may go on.".to_owned());
        } else {
            add(
                Fault::Freeze { thread },
                "It stops where it stands until it is thawed; what it holds stays held.".to_owned(),
            );
        }
    }
    if thread == ThreadId::MAIN && model.status().is_none() {
        let effect = match model.handles_interrupts() {
            true => "The program's handler runs in the main thread, on top of whatever that does.",
            false => "KeyboardInterrupt is raised in the main thread, wherever that is.",
        };
        add(Fault::Signal { signal: Signal::Int }, effect.to_owned());
    }
    let concerns = |id| {
        model
            .thread(thread)
            .is_some_and(|row| row.holds_lock(id) || row.blocked_on.and_then(Blocker::object) == Some(id))
    };
    let mut objects: Vec<_> = model.objects().iter().filter(|object| object.armed.is_none()).collect();
    objects.sort_by_key(|object| !concerns(object.id));
    for object in objects {
        let id = object.id;
        match object.kind {
            ObjectKind::Lock | ObjectKind::RLock => {
                add(Fault::LeakLock { lock: id }, "It stays held after that: whoever wants it waits.".to_owned());
            }
            ObjectKind::Condition => {
                add(Fault::DropNotify { condition: id }, "Nobody is woken by it: a lost wakeup.".to_owned());
            }
            _ => {}
        }
    }
    offers
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
