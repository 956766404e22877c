//! Why no thread is left that could do what a thread waits for: the crash that left no consumer, the notify that woke
//! no thread.

use super::crossing;
use super::explain::at_line;
use super::library::{self, Part};
use super::model::faults::{Harm, Struck};
use super::object::{Aid, Aided, Object};
use super::{Datum, Detail, Model, Moment, Thread};
use crate::base::{ObjectId, SafeText, ThreadId};
use crate::event::{Blocker, FutureState, ObjectKind, Place, ThreadState, Trouble, TroubleKind};

/// What led to threads being stuck: one sentence for each cause, without repeats.
pub(super) fn causes(trouble: &Trouble, model: &Model) -> Vec<String> {
    let mut causes: Vec<String> = Vec::new();
    for part in library::told(trouble, model) {
        let found = match part.waits_for {
            Some(Blocker::Object(object)) => of_object(object, part.thread, model),
            Some(Blocker::Lock(lock)) => of_lock(lock, model),
            _ => None,
        };
        causes.extend(found.filter(|found| !causes.contains(found)));
    }
    // What a task ended with is in its result, where nobody may look.
    if trouble.kind == TroubleKind::Stuck && causes.iter().all(|cause| cause.starts_with("Nobody ever")) {
        causes.splice(0..0, failed_task(model));
    }
    causes
}

/// The task of a pool that ended with an exception last.
fn failed_task(model: &Model) -> Option<String> {
    let raised = |object: &Object| match &object.detail {
        Detail::Future { state: FutureState::Raised(error), .. } => {
            Some((object.id, SafeText::new(error).into_string()))
        }
        _ => None,
    };
    if let Some((future, error)) = model.objects().iter().rev().find_map(|object| raised(object)) {
        let task = model.task_name(future);
        return Some(format!("{task} ended with {error}: the `result` of its future raises that."));
    }
    let attribute = |datum: &Datum, wanted: &str| match datum.place {
        Place::Attribute { object, name } if model.is_private(&datum.place) => {
            (model.legend().name(name) == wanted).then_some(object)
        }
        _ => None,
    };
    let failed = |datum: &Datum| attribute(datum, "_success").filter(|_| datum.value() == "False");
    let result = model.data().iter().rev().find_map(failed)?;
    let error = model.data().iter().find(|datum| attribute(datum, "_value") == Some(result))?.value();
    Some(format!("A task of a pool ended with {error}: `get` of its result raises that."))
}

/// What faults have to do with the trouble: one sentence for each.
pub(super) fn faults(trouble: &Trouble, model: &Model) -> Vec<String> {
    let waits_for = |lock: ObjectId| trouble.threads.iter().any(|part| part.waits_for == Some(Blocker::Lock(lock)));
    let is_part = |thread| trouble.threads.iter().any(|part| part.thread == thread);
    let is_behind = |struck: &&Struck| match (&trouble.kind, struck.how) {
        (TroubleKind::Uncaught { .. }, Harm::Lost(_)) => false,
        // Who went on without a lock may let others find it released.
        (TroubleKind::Uncaught { error }, Harm::Taken(_) | Harm::Expired(Blocker::Lock(_))) => {
            is_about_lock(error) || is_part(struck.thread)
        }
        (TroubleKind::Uncaught { .. }, _) => is_part(struck.thread),
        (_, Harm::Lost(lock)) => waits_for(lock),
        _ => false,
    };
    model.struck().iter().filter(is_behind).map(|struck| harm(struck, model)).collect()
}

/// The fault that lost the last release of the lock, by the thread that still holds it therefore.
pub(super) fn lost_release(lock: ObjectId, model: &Model) -> Option<&Struck> {
    model.struck().iter().rev().find(|struck| struck.how == Harm::Lost(lock))
}

/// Whether an exception says that the thread did not hold a lock.
fn is_about_lock(error: &str) -> bool {
    error.contains("release unlocked lock") || error.contains("un-acquired lock")
}

/// "A fault took books away from cashier (step 10)."
fn harm(struck: &Struck, model: &Model) -> String {
    let (name, step) = (model.thread_name(struck.thread), struck.moment.step);
    match struck.how {
        Harm::Lost(lock) => {
            let line = at_line(model, struck.line, ", line ", "");
            format!("A fault lost the release of {} by {name} (step {step}{line}).", model.object_name(lock))
        }
        Harm::Taken(lock) => format!("A fault took {} away from {name} (step {step}).", model.object_name(lock)),
        Harm::Expired(on) => match on.object() {
            Some(object) => {
                let object = model.object_name(object);
                format!("A fault expired the timeout of {name}, which went on without {object} (step {step}).")
            }
            None => format!("A fault ended the wait of {name} (step {step})."),
        },
        Harm::Woken(condition) => {
            let condition = model.object_name(condition);
            format!("A fault woke {name} (step {step}), though nobody had notified {condition}.")
        }
    }
}

fn of_object(id: ObjectId, waiter: ThreadId, model: &Model) -> Option<String> {
    let object = model.object(id)?;
    let object = match library::part(object) {
        // Room is made by a thread that takes something out.
        Some((Part::Room, _)) => library::queue_of(object, model)?,
        Some(_) => return None,
        None if object.private => return None,
        None => object,
    };
    let needs = lacks(object.id, waiter, model)?;
    let aids = || object.aids.iter().filter(move |aid| aid.what == needs);
    if let Some(last) = aids().max_by_key(|aid| aid.moment.step) {
        let known = match needs {
            Aid::Notify => of_notify(object, last, waiter, model),
            Aid::Set => of_set(object, last, model),
            _ => None,
        };
        if known.is_some() {
            return known;
        }
    }
    if needs == Aid::Return
        && let Some(kept) = of_permit(object, model)
    {
        return Some(kept);
    }
    if needs == Aid::Put
        && let Some(lost) = crossing::never_sent(object, model)
    {
        return Some(lost);
    }
    let mut over = aids().filter_map(|aid| model.thread(aid.thread)).filter(|thread| thread.state.is_over());
    // A thread that went wrong explains more than one that finished.
    let bad = |thread: &&Thread| thread.state != ThreadState::Finished;
    let gone = over.clone().find(bad).or_else(|| last_failure(model)).or_else(|| over.next_back());
    let did = verb(needs, &object.name);
    Some(match gone {
        Some(thread) if aids().any(|aid| aid.thread == thread.id) => {
            format!("{}, which {did}, {}.", thread.name, end(thread, model))
        }
        Some(thread) => format!("{} {}.", thread.name, end(thread, model)),
        None if aids().next().is_none() => format!("Nobody ever {did}."),
        None => return None,
    })
}

/// The last notify woke nobody, or one who waits again since what it looks at has not come.
fn of_notify(object: &Object, last: &Aided, waiter: ThreadId, model: &Model) -> Option<String> {
    let (who, line) = (model.thread_name(last.thread), at_line(model, last.line, ", line ", ""));
    let (name, step) = (&object.name, last.moment.step);
    if last.vain {
        let why = if last.dropped { "a fault dropped it" } else { "nobody waited yet, and a notify is not kept" };
        return Some(format!("The notify of {name} by {who} (step {step}{line}) woke nobody: {why}."));
    }
    let again = model.thread(waiter).filter(|_| object.woken.contains(&waiter))?;
    let memory = match object.id.is_of_world() {
        true => ", and of what is no Value or Array each process has its own copy",
        false => "",
    };
    Some(format!(
        "{who} notified {name} (step {step}{line}), and {} looked and waits again: what it looks at was not so{memory}.",
        again.name
    ))
}

/// The event was set, and cleared again.
fn of_set(object: &Object, last: &Aided, model: &Model) -> Option<String> {
    let cleared = object.aids.iter().filter(|aid| aid.what == Aid::Clear).max_by_key(|aid| aid.moment.step)?;
    let by = |aid: &Aided| {
        let line = at_line(model, aid.line, "line ", ", ");
        format!("{} ({line}step {})", model.thread_name(aid.thread), aid.moment.step)
    };
    (cleared.moment.step >= last.moment.step).then(|| {
        format!(
            "{} was set by {} and cleared by {}: who waits only after that waits for the next time.",
            object.name,
            by(last),
            by(cleared)
        )
    })
}

/// Who has taken a permit, given none back, and is over.
fn of_permit(object: &Object, model: &Model) -> Option<String> {
    let later = |it: &Aided, aid: &Aided| it.thread == aid.thread && it.moment.step > aid.moment.step;
    let returned = |aid: &Aided| object.aids.iter().any(|it| it.what == Aid::Return && later(it, aid));
    let kept = object.aids.iter().filter(|aid| aid.what == Aid::Take && !returned(aid));
    let over = kept.filter_map(|aid| Some((aid, model.thread(aid.thread).filter(|it| it.state.is_over())?)));
    let (aid, thread) = over.max_by_key(|(aid, _)| aid.moment.step)?;
    // Where others give back what this one takes, it need not do so itself.
    if !failed(thread, model) && object.aids.iter().any(|it| it.what == Aid::Return && it.thread != thread.id) {
        return None;
    }
    let line = at_line(model, aid.line, " (line ", ")");
    let end = end(thread, model);
    Some(format!("{} took a permit of {}{line}, gave none back, and {end}.", thread.name, object.name))
}

/// The lock's owner has ended: how it ended.
fn of_lock(lock: ObjectId, model: &Model) -> Option<String> {
    let owner = model.object(lock)?.owner().and_then(|owner| model.thread(owner))?;
    owner.state.is_over().then(|| format!("{} {}.", owner.name, end(owner, model)))
}

/// What lets `waiter` go on, who waits for the object.
pub(super) fn lacks(id: ObjectId, waiter: ThreadId, model: &Model) -> Option<Aid> {
    let object = model.object(id)?;
    let did = |what: Aid| object.aids.iter().any(|aid| aid.thread == waiter && aid.what == what);
    Some(match (object.kind, &object.detail) {
        (ObjectKind::Condition, _) => Aid::Notify,
        (ObjectKind::Event, _) => Aid::Set,
        (ObjectKind::Semaphore | ObjectKind::BoundedSemaphore, _) => Aid::Return,
        (ObjectKind::Barrier, _) => Aid::Arrive,
        // Who has put, and never got, waits for others to be done with it.
        (_, Detail::Queue { depth: 0, .. }) if !object.id.is_of_world() && did(Aid::Put) && !did(Aid::Get) => Aid::Done,
        (_, Detail::Queue { depth: 0, .. }) => Aid::Put,
        (_, Detail::Queue { depth, capacity, .. }) if depth == capacity || object.id.is_of_world() => Aid::Get,
        (_, Detail::Queue { .. }) => Aid::Done,
        _ => return None,
    })
}

fn verb(aid: Aid, name: &str) -> String {
    match aid {
        Aid::Notify => format!("notified {name}"),
        Aid::Set => format!("set {name}"),
        Aid::Return => format!("gave a permit of {name} back"),
        Aid::Arrive => format!("came to {name}"),
        Aid::Put => format!("put into {name}"),
        Aid::Get => format!("took from {name}"),
        Aid::Done => format!("called task_done of {name}"),
        Aid::Take => format!("took a permit of {name}"),
        Aid::Clear => format!("cleared {name}"),
    }
}

/// The thread that crashed or was killed last.
fn last_failure(model: &Model) -> Option<&Thread> {
    let threads = model.threads().iter().map(|thread| &**thread);
    // A thread that the end of the program cut off did nothing wrong.
    threads
        .filter(|thread| failed(thread, model))
        .filter(|_| model.status().is_none())
        .max_by_key(|thread| thread.since.step)
}

/// Whether the thread crashed or was killed, or its process did.
fn failed(thread: &Thread, model: &Model) -> bool {
    matches!(thread.state, ThreadState::Crashed | ThreadState::Killed)
        || exit_code(thread, model).is_some_and(|it| it != 0)
}

/// The exit code of the process whose main thread this is.
fn exit_code(thread: &Thread, model: &Model) -> Option<i32> {
    let process = model.process_of(thread.id);
    process.code.filter(|_| process.main == thread.id && process.parent.is_some())
}

/// "crashed at line 9 (step 12): KeyError: 'x'"
fn end(thread: &Thread, model: &Model) -> String {
    let Moment { step, .. } = thread.since;
    let line = at_line(model, thread.line, " at line ", "");
    match (&thread.state, &thread.error, exit_code(thread, model)) {
        (ThreadState::Crashed, Some(error), _) => format!("crashed{line} (step {step}): {error}"),
        (ThreadState::Crashed, None, _) => format!("crashed{line} (step {step})"),
        (_, _, Some(signal @ ..=-1)) => format!("was ended by signal {}{line} (step {step})", -signal),
        (ThreadState::Killed, _, _) => format!("was killed{line} (step {step})"),
        (_, _, Some(code @ 1..)) => match last_error(thread.id, model) {
            Some(error) => format!("ended with exit code {code} (step {step}): {error}"),
            None => format!("ended with exit code {code} (step {step})"),
        },
        _ => format!("ended at step {step}"),
    }
}

/// The last line that the thread wrote to standard error.
pub(super) fn last_error(thread: ThreadId, model: &Model) -> Option<&str> {
    let mut lines =
        model.output().lines().iter().filter(|line| line.error && line.thread == thread && !line.text.is_empty());
    lines.next_back().map(|line| &*line.text)
}

#[cfg(test)]
mod tests {
    use super::super::explain;
    use super::super::samples::{Script, object};
    use super::*;
    use crate::base::ThreadId;
    use crate::event::{Ending, EventKind, Involved, ObjectState, Shown};
    use crate::schedule::Fault;
    use std::sync::Arc;

    /// A main thread, `one` and `two`, and an object.
    fn script(what: ObjectKind, name: &str, state: ObjectState) -> Script {
        let mut script = Script::new("", &[]);
        script.does(0, 1, EventKind::Began).thread(1, "one").thread(2, "two");
        script.also(
            0,
            1,
            EventKind::ObjectShown { object: object(0), what, name: name.into(), state: Box::new(state) },
        );
        script
    }

    fn stuck_at(script: &mut Script, thread: u32, on: Blocker) -> Vec<String> {
        let part = Involved { thread: ThreadId(thread), line: 9, waits_for: Some(on), holds: vec![] };
        script.does(thread, 9, EventKind::Blocked { on, until: None });
        let trouble = Trouble { kind: TroubleKind::Stuck, threads: vec![part] };
        let found = causes(&trouble, &script.model());
        script.also(thread, 9, EventKind::Trouble(Arc::new(trouble)));
        found
    }

    fn put() -> EventKind {
        EventKind::Put { object: object(0), item: Shown::None, depth: 1, bytes: 0 }
    }

    fn get() -> EventKind {
        EventKind::Got { object: object(0), item: Shown::None, depth: 0, bytes: 0 }
    }

    const QUEUE: ObjectState = ObjectState::Queue { depth: 0, capacity: 1 };
    const ON: Blocker = Blocker::Object(object_0());

    const fn object_0() -> ObjectId {
        ObjectId { maker: ThreadId::MAIN, slot: 0 }
    }

    #[test]
    fn a_notify_that_woke_nobody() {
        let condition = || script(ObjectKind::Condition, "c", ObjectState::Condition { lock: object(7) });
        let notify = |woken| EventKind::Notified { object: object(0), woken };
        let mut early = condition();
        early.does(1, 5, notify(0));
        let lost = "The notify of c by one (step 3, line 5) woke nobody: nobody waited yet, and a notify is not kept.";
        assert_eq!(stuck_at(&mut early, 2, ON), [lost]);
        assert_eq!(explain::why(ThreadId(2), &early.model()).matches(lost).count(), 1);
        // The main thread only waits for the others: the text says so, too.
        early.also(0, 3, EventKind::Blocked { on: Blocker::Shutdown, until: None });
        assert!(explain::why(ThreadId(0), &early.model()).starts_with(lost));
        let mut dropped = condition();
        dropped.also(1, 5, EventKind::FaultFired { object: object(0) }).does(1, 5, notify(0));
        assert_eq!(
            stuck_at(&mut dropped, 2, ON),
            ["The notify of c by one (step 3, line 5) woke nobody: a fault dropped it."]
        );
        let mut fine = condition();
        fine.does(1, 5, notify(0)).does(1, 6, notify(1)).also(1, 6, EventKind::Ended { how: Ending::Finished });
        assert_eq!(stuck_at(&mut fine, 2, ON), ["one, which notified c, ended at step 5."]);
        let mut early = condition();
        early.does(2, 9, EventKind::Blocked { on: ON, until: None }).does(1, 5, notify(1));
        early.also(2, 9, EventKind::Ready { by: Some(ThreadId(1)) });
        let told = "one notified c (step 4, line 5), and two looked and waits again: what it looks at was not so.";
        assert_eq!(stuck_at(&mut early, 2, ON), [told]);
    }

    #[test]
    fn who_is_gone() {
        let crash = || EventKind::Ended { how: Ending::Crashed("KeyError: 'x'".into()) };
        let mut full = script(ObjectKind::Queue, "q", QUEUE);
        full.does(1, 4, put()).does(2, 5, get()).also(2, 6, crash()).does(1, 4, put());
        assert_eq!(stuck_at(&mut full, 1, ON), ["two, which took from q, crashed at line 6 (step 5): KeyError: 'x'."]);
        let mut empty = script(ObjectKind::Queue, "q", QUEUE);
        empty.does(1, 4, put()).does(2, 5, get()).also(1, 4, EventKind::Ended { how: Ending::Finished });
        assert_eq!(stuck_at(&mut empty, 2, ON), ["one, which put into q, ended at step 5."]);
        // It crashed before it could do that.
        let mut never = script(ObjectKind::Event, "e", ObjectState::Event { set: false });
        never.also(1, 4, crash());
        assert_eq!(stuck_at(&mut never, 2, ON), ["one crashed at line 4 (step 3): KeyError: 'x'."]);
        let mut nobody = script(ObjectKind::Event, "e", ObjectState::Event { set: false });
        assert_eq!(stuck_at(&mut nobody, 2, ON), ["Nobody ever set e."]);
        // The thread that did it is still there, and stuck as well.
        let mut alive = script(ObjectKind::Semaphore, "s", ObjectState::Semaphore { value: 0 });
        alive.does(1, 4, EventKind::PermitReturned { object: object(0), value: 1 });
        assert_eq!(stuck_at(&mut alive, 2, ON), [""; 0]);
    }

    fn lock() -> Script {
        script(ObjectKind::Lock, "a", ObjectState::Lock { owner: None, depth: 0 })
    }

    fn crash(script: &mut Script, thread: u32, line: u32, error: &str) -> String {
        script.does(thread, line, EventKind::Ended { how: Ending::Crashed(error.into()) });
        let part = Involved { thread: ThreadId(thread), line, waits_for: None, holds: vec![] };
        let trouble = Trouble { kind: TroubleKind::Uncaught { error: error.into() }, threads: vec![part] };
        explain::sentence(&trouble, &script.model())
    }

    const UNLOCKED: &str = "RuntimeError: release unlocked lock";

    #[test]
    fn a_release_that_a_fault_lost_is_why_the_lock_is_held() {
        let mut script = lock();
        script.takes(1, 4, 0).does(1, 5, EventKind::FaultFired { object: object(0) });
        let part = Involved { thread: ThreadId(2), line: 9, waits_for: Some(Blocker::Lock(object(0))), holds: vec![] };
        let told =
            |script: &Script, kind| explain::sentence(&Trouble { kind, threads: vec![part.clone()] }, &script.model());
        let dead = TroubleKind::DeadOwner { lock: object(0), owner: ThreadId(1) };
        assert_eq!(
            told(&script, dead.clone()),
            "one released a (line 5, step 4), but a fault lost that release. Every thread that wants a now waits forever."
        );
        let stuck = told(&script, TroubleKind::Stuck);
        assert!(stuck.starts_with("A fault lost the release of a by one (step 4, line 5). two waits for a"), "{stuck}");
        let again = told(&script, TroubleKind::Deadlock);
        assert!(again.ends_with(" A fault lost the release of a by one (step 4, line 5)."), "{again}");
        assert!(!again.contains("RLock"), "{again}");
        // It was released after all, then taken by one that forgot it.
        script.does(1, 6, EventKind::Released { object: object(0), depth: 0 });
        assert!(!told(&script, dead).contains("fault"));
    }

    #[test]
    fn a_lock_that_a_fault_took_away_is_named_where_its_release_fails() {
        let mut script = lock();
        script.takes(1, 4, 0).also(1, 5, EventKind::FaultInjected { fault: Fault::TakeLock { lock: object(0) } });
        let mut other = script.clone();
        let told = crash(&mut script, 1, 6, UNLOCKED);
        assert!(told.ends_with(&format!(": {UNLOCKED}. A fault took a away from one (step 4).")), "{told}");
        assert!(!crash(&mut other.clone(), 2, 6, "KeyError: 1").contains("fault"));
        let again = crash(other.takes(1, 5, 0), 1, 6, UNLOCKED);
        assert!(!again.contains("fault"), "it has taken it again: {again}");
    }

    #[test]
    fn a_wait_that_a_fault_ended_is_named_in_the_crash_that_follows() {
        let mut expired = lock();
        expired.does(1, 5, EventKind::Blocked { on: Blocker::Lock(object(0)), until: Some(99) });
        expired.also(1, 5, EventKind::FaultInjected { fault: Fault::Expire { thread: ThreadId(1) } });
        expired.also(1, 5, EventKind::TimedOut { on: Blocker::Lock(object(0)) });
        let told = crash(&mut expired, 2, 6, UNLOCKED);
        assert!(told.ends_with(" A fault expired the timeout of one, which went on without a (step 4)."), "{told}");
        let mut woken = script(ObjectKind::Condition, "c", ObjectState::Condition { lock: object(7) });
        woken.does(1, 5, EventKind::Blocked { on: ON, until: None });
        woken.also(1, 5, EventKind::FaultInjected { fault: Fault::Wake { thread: ThreadId(1) } });
        woken.also(1, 5, EventKind::Ready { by: None });
        let mut looked = woken.clone();
        let told = crash(&mut woken, 1, 6, "IndexError: pop from empty list");
        assert!(told.ends_with(" A fault woke one (step 4), though nobody had notified c."), "{told}");
        looked.does(1, 5, EventKind::Blocked { on: ON, until: None }).also(1, 5, EventKind::Ready { by: None });
        assert!(!crash(&mut looked, 1, 6, "KeyError: 1").contains("fault"), "it has looked again");
    }

    #[test]
    fn a_lock_whose_owner_was_killed() {
        let mut script = script(ObjectKind::Lock, "a", ObjectState::Lock { owner: None, depth: 0 });
        script.takes(1, 4, 0).also(1, 5, EventKind::Ended { how: Ending::Killed });
        assert_eq!(stuck_at(&mut script, 2, Blocker::Lock(object(0))), ["one was killed at line 5 (step 4)."]);
    }
}
