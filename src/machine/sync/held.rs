//! What `Lock` and `RLock` have in common: being free, taken, held and given up. `Condition` works on either through this.

use super::support::{blocked, done, fires, mismatch, until};
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::event::{Blocker, EventKind};
use crate::machine::data::exception::{ASSERTION_ERROR, RUNTIME_ERROR, VALUE_ERROR};
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Halt, Result};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Part, Progress, Stage};
use crate::machine::memory::value::Value;
use crate::machine::sync::process::Lurking;
use crate::machine::sync::shared::{Record, Shared, Turn};
use crate::machine::sync::things::Sight;
use crate::schedule::Alternative;

/// The words of an error that a lock or semaphore of the world raises when it is released by somebody who may not.
pub(super) const OVER_RELEASED: &str = "semaphore or lock released too many times";
/// Likewise, of a lock that belongs to its owner.
pub(super) const NOT_OWNED: &str = "attempt to release recursive lock not owned by thread";

/// The functions behind the methods that both have: what each is called with, and the operation that it describes.
macro_rules! lock_methods {
    ($kind:ident) => {
        fn construct(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
            nothing(ctx, args, stringify!($kind))?;
            Ok(Value::Object(Kind::$kind, ctx.memory.add(Object::$kind($kind::default()))))
        }

        fn acquire(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
            let id = receiver(ctx, args, &[Kind::$kind], "acquire")?;
            let [blocking, timeout] = Signature::method("acquire", ["blocking", "timeout"], 0).bind(ctx, args)?;
            Ok(Operation::$kind(id, Action::Acquire(lock_limit(ctx, blocking.as_ref(), timeout.as_ref())?)))
        }

        fn release(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
            nothing(ctx, args, "release")?;
            Ok(Operation::$kind(receiver(ctx, args, &[Kind::$kind], "release")?, Action::Release))
        }

        fn enter(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
            Ok(Operation::$kind(receiver(ctx, args, &[Kind::$kind], "__enter__")?, Action::Acquire(Limit::Forever)))
        }

        fn exit(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
            Ok(Operation::$kind(receiver(ctx, args, &[Kind::$kind], "__exit__")?, Action::Release))
        }
    };
}
pub(super) use lock_methods;

/// The thread that holds the lock, if one does.
pub fn owner(sight: Sight<'_>, lock: ObjectId) -> Option<ThreadId> {
    match sight.get(lock)? {
        Object::Lock(state) => state.owner,
        Object::RLock(state) => state.owner,
        _ => None,
    }
}

/// Whether any thread may release it, not only its owner.
pub fn anybody_releases(sight: Sight<'_>, lock: ObjectId) -> bool {
    matches!(sight.get(lock), Some(Object::Lock(_)))
}

/// Whether `me` could take the lock now.
pub(super) fn available(sight: Sight<'_>, lock: ObjectId, me: ThreadId) -> bool {
    match owner(sight, lock) {
        None => true,
        Some(owner) => owner == me && !anybody_releases(sight, lock),
    }
}

/// Whether a condition's lock counts as held by `me`: of a plain lock, CPython only asks whether it is taken at all.
pub(super) fn counts_as_held(sight: Sight<'_>, lock: ObjectId, me: ThreadId) -> bool {
    match owner(sight, lock) {
        None => false,
        // One that processes share knows better.
        Some(owner) => owner == me || !lock.is_of_world() && anybody_releases(sight, lock),
    }
}

/// Takes the lock, `times` deep more; it must be available. The thread would have waited so long for it.
pub(super) fn take(turn: &mut Turn<'_>, lock: ObjectId, times: u32, limit: Limit) -> Result<()> {
    let me = turn.me;
    match turn.object(lock).and_then(|object| taken(object, me, times)) {
        Some(depth) => note_taken(turn.shared, me, lock, depth, limit),
        None => return Err(mismatch(turn, lock)),
    }
    turn.touch(Blocker::Lock(lock));
    Ok(())
}

/// The lock is `me`'s now, `times` deep more: how deep. `None`: it is no lock.
#[inline]
fn taken(lock: &mut Object, me: ThreadId, times: u32) -> Option<u32> {
    match lock {
        Object::Lock(state) => {
            state.owner = Some(me);
            Some(1)
        }
        Object::RLock(state) => {
            state.owner = Some(me);
            state.depth += times.max(1);
            Some(state.depth)
        }
        _ => None,
    }
}

/// `me` has taken the lock, so deep.
#[inline]
fn note_taken(shared: &mut Shared, me: ThreadId, lock: ObjectId, depth: u32, limit: Limit) {
    let record = shared.record_mut(me);
    if !record.holds.iter().any(|(held, _)| *held == lock) {
        record.holds.push((lock, record.line));
    }
    shared.emit_made(me, || EventKind::Acquired { object: lock, depth, limited: limit != Limit::Forever });
}

/// Does `acquire`.
pub(super) fn acquire(
    turn: &mut Turn<'_>,
    lock: ObjectId,
    limit: Limit,
    stage: Stage,
    alternative: Alternative,
) -> Result<Progress> {
    turn.share_object(lock);
    if alternative == Alternative::TimeOut {
        turn.emit(EventKind::TimedOut { on: Blocker::Lock(lock) });
        return done(Value::Bool(false));
    }
    if available(turn.sight(), lock, turn.me) {
        take(turn, lock, 1, limit)?;
        return done(Value::Bool(true));
    }
    if limit == Limit::Never {
        turn.emit(EventKind::AcquireFailed { object: lock });
        return done(Value::Bool(false));
    }
    blocked(Blocker::Lock(lock), until(turn, stage, limit), Part::Again)
}

/// Whether an `acquire` that blocked could go on.
pub(super) fn acquire_ready(shared: &Shared, me: ThreadId, lock: ObjectId, stage: Stage) -> bool {
    stage.part == Part::First || available(shared.sight_of(me), lock, me)
}

/// Does `release`.
pub(super) fn release(turn: &mut Turn<'_>, lock: ObjectId) -> Result<Progress> {
    turn.share_object(lock);
    check_release(turn, lock)?;
    if fires(turn, Lurking::Leak(lock), lock) {
        return done(Value::None);
    }
    let depth = match turn.object(lock) {
        Some(Object::RLock(state)) => state.depth.saturating_sub(1),
        _ => 0,
    };
    give_up(turn, lock, depth)?;
    done(Value::None)
}

/// Frees the lock whatever its depth, which it gives: what `Condition.wait` does.
pub(super) fn release_all(turn: &mut Turn<'_>, lock: ObjectId) -> Result<u32> {
    let depth = match turn.object(lock) {
        Some(Object::RLock(state)) => state.depth,
        _ => 1,
    };
    give_up(turn, lock, 0)?;
    Ok(depth)
}

fn check_release(turn: &mut Turn<'_>, lock: ObjectId) -> Result<()> {
    let between = lock.is_of_world();
    let (class, message) = match turn.sight().get(lock) {
        Some(Object::Lock(state)) if state.owner.is_none() && between => (&VALUE_ERROR, OVER_RELEASED),
        Some(Object::Lock(state)) if state.owner.is_none() => (&RUNTIME_ERROR, "release unlocked lock"),
        Some(Object::RLock(state)) if state.owner != Some(turn.me) && between => (&ASSERTION_ERROR, NOT_OWNED),
        Some(Object::RLock(state)) if state.owner != Some(turn.me) => {
            (&RUNTIME_ERROR, "cannot release un-acquired lock")
        }
        Some(Object::Lock(_) | Object::RLock(_)) => return Ok(()),
        _ => return Err(mismatch(turn, lock)),
    };
    Err(turn.error(class, message))
}

/// Leaves the lock `depth` deep; at 0 it belongs to no thread, and the first one that takes it gets it.
fn give_up(turn: &mut Turn<'_>, lock: ObjectId, depth: u32) -> std::result::Result<(), Halt> {
    match turn.object(lock).and_then(|object| given_up(object, depth)) {
        Some(owner) => note_given_up(turn.shared, turn.me, lock, depth, owner),
        None => return Err(mismatch(turn, lock)),
    }
    if depth == 0 {
        turn.touch(Blocker::Lock(lock));
    }
    Ok(())
}

/// The lock is `depth` deep now: whose it is no longer, if it is free. `None`: it is no lock.
#[inline]
fn given_up(lock: &mut Object, depth: u32) -> Option<Option<ThreadId>> {
    match lock {
        Object::Lock(state) => Some(state.owner.take()),
        Object::RLock(state) => {
            state.depth = depth;
            Some(if depth == 0 { state.owner.take() } else { None })
        }
        _ => None,
    }
}

/// `me` has left the lock `depth` deep; it is no longer `owner`'s.
#[inline]
fn note_given_up(shared: &mut Shared, me: ThreadId, lock: ObjectId, depth: u32, owner: Option<ThreadId>) {
    if let Some(owner) = owner {
        forget(shared, shared.record(me).process, lock, owner);
    }
    shared.emit_made(me, || EventKind::Released { object: lock, depth });
}

/// The lock becomes free; the thread that held it no longer does, and does not know.
pub(in crate::machine) fn take_away(shared: &mut Shared, process: ProcessId, lock: ObjectId) {
    let owner = match shared.object_mut(process, lock) {
        Some(Object::Lock(state)) => state.owner.take(),
        Some(Object::RLock(state)) => {
            state.depth = 0;
            state.owner.take()
        }
        _ => None,
    };
    if let Some(owner) = owner {
        forget(shared, process, lock, owner);
    }
}

/// The lock of that process is no longer `owner`'s: perhaps a thread of another process, which took the original of this copy.
fn forget(shared: &mut Shared, process: ProcessId, lock: ObjectId, owner: ThreadId) {
    let row = shared.record_mut(owner);
    if row.process == process || lock.is_of_world() {
        row.holds.retain(|(held, _)| *held != lock);
    }
}

/// The locks that threads wait for.
pub(in crate::machine) fn waited_for(shared: &Shared) -> Vec<ObjectId> {
    let on = |record: &Record| match record.waiting.as_ref()?.on {
        Blocker::Lock(lock) => Some(lock),
        _ => None,
    };
    shared.threads.iter().filter_map(on).collect()
}

/// Takes a lock, or releases it, if that concerns no other thread: it is free, or `me` holds it, it is not among those that
/// threads wait for, and no fault is armed for it. `None`: nothing was done.
pub(in crate::machine) fn alone(
    shared: &mut Shared,
    process: ProcessId,
    me: ThreadId,
    lock: ObjectId,
    takes: bool,
    waited_for: &[ObjectId],
) -> Option<()> {
    if !shared.processes[process].household.armed.is_empty() || waited_for.contains(&lock) {
        return None;
    }
    let object = shared.object_mut(process, lock)?;
    let (owner, depth, again) = match object {
        Object::Lock(state) => (state.owner, 1, false),
        Object::RLock(state) => (state.owner, state.depth, true),
        _ => return None,
    };
    let mine = owner == Some(me);
    if takes && (owner.is_none() || (mine && again)) {
        let depth = taken(object, me, 1)?;
        note_taken(shared, me, lock, depth, Limit::Forever);
    } else if mine && !takes {
        let owner = given_up(object, depth - 1)?;
        note_given_up(shared, me, lock, depth - 1, owner);
    } else {
        return None;
    }
    Some(())
}
