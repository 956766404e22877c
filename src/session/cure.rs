//! What usually helps against what a search has found: by what the threads wait for.

use crate::base::{ObjectId, ThreadId};
use crate::check::verdict::{Defect, DefectKind};
use crate::event::{Blocker, Event, EventKind, ObjectKind};
use crate::session::found;
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
        DefectKind::Assertion | DefectKind::Exception if trusted_its_wait(defect, model) => {
            "let the wait stand in a loop (`while`, not `if`): before a woken thread goes on, another one may have taken what it \
             waited for"
        }
        DefectKind::Exception => by_error(found::raised(defect).unwrap_or_default()).unwrap_or(defect.kind.cure()),
        DefectKind::Stuck if waits_for(&[ObjectKind::Lock, ObjectKind::RLock]) => {
            "take the lock with `with`, so that it is released on every way out"
        }
        _ => defect.kind.cure(),
    }
}

/// What helps against some errors that are about threads, by what they say.
fn by_error(raised: &str) -> Option<&'static str> {
    let cures = [
        ("changed size during iteration", COPY),
        ("mutated during iteration", COPY),
        ("un-acquired lock", HOLD),
        ("release unlocked lock", HOLD),
        ("threads can only be started once", "make a new `Thread` for each start"),
        (
            "BrokenBarrierError",
            "count the threads that come to the barrier: one that gives up or is late breaks it for all",
        ),
        (
            "cannot schedule new futures after shutdown",
            "submit all tasks before the pool is shut down, or leave its `with` later",
        ),
        ("cannot join thread before it is started", "start a thread before others can join it"),
        ("task_done() called too many times", "call `task_done` once for each `get`"),
    ];
    cures.into_iter().find(|(said, _)| raised.contains(said)).map(|(_, cure)| cure)
}

const COPY: &str = "go through a copy (`list(...)`), made under the lock that all who change it hold, too";
const HOLD: &str = "call it only where this thread holds the lock: inside `with`";

/// Whether a thread came back from a wait for a condition and went on below, without a look at what it had waited for.
fn trusted_its_wait(defect: &Defect, model: &Model) -> bool {
    let is_condition = |id| model.object(id).is_some_and(|object| object.kind == ObjectKind::Condition);
    let own = defect.played.events.iter().filter(|event| defect.threads.contains(&event.thread) && event.line > 0);
    let own: Vec<&Event> = own.collect();
    let waits =
        |event: &&Event| matches!(event.kind, EventKind::Blocked { on: Blocker::Object(on), .. } if is_condition(on));
    own.iter().rposition(waits).is_some_and(|wait| {
        let next = own[wait..].iter().find(|event| event.line != own[wait].line);
        next.is_some_and(|next| next.line > own[wait].line)
    })
}

fn notified(kind: &EventKind) -> Option<ObjectId> {
    match kind {
        EventKind::Notified { object, woken: 1.. } => Some(*object),
        _ => None,
    }
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
