//! What usually helps against what a search has found: by what the threads wait for.

use crate::base::{ObjectId, ThreadId};
use crate::check::verdict::{Defect, DefectKind};
use crate::event::{Blocker, EventKind, ObjectKind};
use crate::trace::Model;

/// What usually helps. The model is that of the defect's run, at its end.
pub fn cure(defect: &Defect, model: &Model) -> &'static str {
    let waits: Vec<Blocker> = defect.threads.iter().filter_map(|thread| last(defect, *thread)).collect();
    let kinds = || waits.iter().filter_map(|wait| Some((object(*wait)?, model.object(object(*wait)?)?.kind)));
    let waits_for = |wanted: &[ObjectKind]| kinds().any(|(_, kind)| wanted.contains(&kind));
    let happened = |wanted: ObjectKind, fits: fn(&EventKind) -> Option<ObjectId>| {
        let done: Vec<ObjectId> = defect.played.events.iter().filter_map(|event| fits(&event.kind)).collect();
        kinds().any(|(id, kind)| kind == wanted && done.contains(&id))
    };
    match defect.kind {
        DefectKind::Deadlock if waits_for(&[ObjectKind::Pool, ObjectKind::Future, ObjectKind::Futures]) => {
            "let no task wait for another task of its own pool: let the caller wait, or give the inner tasks a second pool"
        }
        DefectKind::Deadlock if waits.iter().any(|wait| matches!(wait, Blocker::Thread(_))) => {
            "join a thread only after giving back what it needs, and let no two threads join each other"
        }
        DefectKind::Stuck if happened(ObjectKind::Condition, notified) => {
            "a notify may have woken a thread that could not use it: call `notify_all`, and let each wait in a loop that checks \
             what it waits for"
        }
        DefectKind::Stuck if happened(ObjectKind::Event, set) => {
            "an event does not count: what is set twice before it is cleared was set once; use a semaphore or a queue, which do"
        }
        DefectKind::Stuck if waits_for(&[ObjectKind::Lock, ObjectKind::RLock]) => {
            "take the lock with `with`, so that it is released on every way out"
        }
        _ => defect.kind.cure(),
    }
}

fn notified(kind: &EventKind) -> Option<ObjectId> {
    if let EventKind::Notified { object, .. } = kind { Some(*object) } else { None }
}

fn set(kind: &EventKind) -> Option<ObjectId> {
    if let EventKind::EventSet { object } = kind { Some(*object) } else { None }
}

/// What the thread waited for last.
fn last(defect: &Defect, thread: ThreadId) -> Option<Blocker> {
    defect.played.events.iter().rev().filter(|event| event.thread == thread).find_map(|event| match event.kind {
        EventKind::Blocked { on, .. } => Some(on),
        _ => None,
    })
}

fn object(wait: Blocker) -> Option<ObjectId> {
    match wait {
        Blocker::Lock(object) | Blocker::Object(object) => Some(object),
        Blocker::Thread(_)
        | Blocker::Shutdown
        | Blocker::Time
        | Blocker::Signal
        | Blocker::Outside
        | Blocker::Frozen
        | Blocker::Delayed
        | Blocker::Change => None,
    }
}
