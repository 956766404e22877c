//! What `Lock` and `RLock` have in common: being free, taken, held and given up. `Condition` works on either through this.

use super::support::{blocked, done, fires, mismatch, until};
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::event::{Blocker, EventKind};
use crate::machine::data::exception::RUNTIME_ERROR;
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Halt, Result};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Part, Progress, Stage};
use crate::machine::memory::value::Value;
use crate::machine::sync::process::{Lurking, Process};
use crate::machine::sync::shared::{Record, Shared, Turn};
use crate::schedule::Alternative;

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
pub fn owner(process: &Process, lock: ObjectId) -> Option<ThreadId> {
    match process.heap.get(lock)? {
        Object::Lock(state) => state.owner,
        Object::RLock(state) => state.owner,
        _ => None,
    }
}

/// Whether any thread may release it, not only its owner.
pub fn anybody_releases(process: &Process, lock: ObjectId) -> bool {
    matches!(process.heap.get(lock), Some(Object::Lock(_)))
}

/// Whether `me` could take the lock now.
pub(super) fn available(process: &Process, lock: ObjectId, me: ThreadId) -> bool {
    match owner(process, lock) {
        None => true,
        Some(owner) => owner == me && !anybody_releases(process, lock),
    }
}

/// Whether a condition's lock counts as held by `me`: of a plain lock, CPython only asks whether it is taken at all.
pub(super) fn counts_as_held(process: &Process, lock: ObjectId, me: ThreadId) -> bool {
    match owner(process, lock) {
        None => false,
        Some(owner) => owner == me || anybody_releases(process, lock),
    }
}

/// Takes the lock, `times` deep more; it must be available.
pub(super) fn take(turn: &mut Turn<'_>, lock: ObjectId, times: u32) -> Result<()> {
    if note_taken(turn.shared, turn.process, turn.me, lock, times).is_none() {
        return Err(mismatch(turn, lock));
    }
    turn.touch(Blocker::Lock(lock));
    Ok(())
}

/// The lock is `me`'s now, `times` deep more. `None`: it is no lock.
#[inline]
fn note_taken(shared: &mut Shared, process: ProcessId, me: ThreadId, lock: ObjectId, times: u32) -> Option<()> {
    let depth = match shared.processes[process].heap.get_mut(lock)? {
        Object::Lock(state) => {
            state.owner = Some(me);
            1
        }
        Object::RLock(state) => {
            state.owner = Some(me);
            state.depth += times.max(1);
            state.depth
        }
        _ => return None,
    };
    let record = shared.record_mut(me);
    if !record.holds.iter().any(|(held, _)| *held == lock) {
        record.holds.push((lock, record.line));
    }
    shared.emit_made(me, || EventKind::Acquired { object: lock, depth });
    Some(())
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
    if available(turn.process(), lock, turn.me) {
        take(turn, lock, 1)?;
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
    stage.part == Part::First || available(shared.process_of(me), lock, me)
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
    let message = match turn.process().heap.get(lock) {
        Some(Object::Lock(state)) if state.owner.is_none() => "release unlocked lock",
        Some(Object::RLock(state)) if state.owner != Some(turn.me) => "cannot release un-acquired lock",
        Some(Object::Lock(_) | Object::RLock(_)) => return Ok(()),
        _ => return Err(mismatch(turn, lock)),
    };
    Err(turn.error(&RUNTIME_ERROR, message))
}

/// Leaves the lock `depth` deep; at 0 it belongs to no thread, and the first one that takes it gets it.
fn give_up(turn: &mut Turn<'_>, lock: ObjectId, depth: u32) -> std::result::Result<(), Halt> {
    if note_given_up(turn.shared, turn.process, turn.me, lock, depth).is_none() {
        return Err(mismatch(turn, lock));
    }
    if depth == 0 {
        turn.touch(Blocker::Lock(lock));
    }
    Ok(())
}

/// `me` has left the lock `depth` deep. `None`: it is no lock.
#[inline]
fn note_given_up(shared: &mut Shared, process: ProcessId, me: ThreadId, lock: ObjectId, depth: u32) -> Option<()> {
    let owner = match shared.processes[process].heap.get_mut(lock)? {
        Object::Lock(state) => state.owner.take(),
        Object::RLock(state) => {
            state.depth = depth;
            if depth == 0 { state.owner.take() } else { None }
        }
        _ => return None,
    };
    if let Some(owner) = owner {
        shared.record_mut(owner).holds.retain(|(held, _)| *held != lock);
    }
    shared.emit_made(me, || EventKind::Released { object: lock, depth });
    Some(())
}

/// The lock becomes free; the thread that held it no longer does, and does not know.
pub(in crate::machine) fn take_away(shared: &mut Shared, process: ProcessId, lock: ObjectId) {
    let owner = match shared.processes[process].heap.get_mut(lock) {
        Some(Object::Lock(state)) => state.owner.take(),
        Some(Object::RLock(state)) => {
            state.depth = 0;
            state.owner.take()
        }
        _ => None,
    };
    if let Some(owner) = owner {
        shared.record_mut(owner).holds.retain(|(held, _)| *held != lock);
    }
}

/// Takes a lock, or releases it, if that concerns no other thread: it is free, or `me` holds it, no thread waits for
/// it, and no fault is armed for it. `None`: nothing was done.
pub(in crate::machine) fn alone(
    shared: &mut Shared,
    process: ProcessId,
    me: ThreadId,
    lock: ObjectId,
    takes: bool,
) -> Option<()> {
    let waits = |record: &Record| record.waiting.as_ref().is_some_and(|waiting| waiting.on == Blocker::Lock(lock));
    let own = &shared.processes[process];
    if !own.armed.is_empty() || shared.threads.iter().any(waits) {
        return None;
    }
    let (owner, depth) = match own.heap.get(lock)? {
        Object::Lock(state) => (state.owner, 1),
        Object::RLock(state) => (state.owner, state.depth),
        _ => return None,
    };
    if takes {
        available(own, lock, me).then(|| note_taken(shared, process, me, lock, 1))?
    } else if owner == Some(me) {
        note_given_up(shared, process, me, lock, depth - 1)
    } else {
        None
    }
}
