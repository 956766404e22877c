//! Faults: harm done on purpose.

use super::settle::settle_from_outside;
use super::{end, interrupt};
use crate::base::{ObjectId, ProcessId, ThreadId, nearest};
use crate::event::{Blocker, EventKind};
use crate::machine::data::exception;
use crate::machine::memory::object::Object;
use crate::machine::sync::process::{Armed, Lurking};
use crate::machine::sync::shared::{Doom, Phase, Shared};
use crate::machine::sync::things::Sight;
use crate::machine::sync::{barrier, channel, condition, held};
use crate::schedule::Fault;
use std::fmt;
use std::sync::Arc;

/// The number of SIGKILL.
const KILLED: i32 = 9;

/// Why a fault makes no sense.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Senseless {
    /// There is no builtin exception of that name.
    NoException(Arc<str>),
    /// The thread is frozen.
    Frozen,
    /// The thread is not frozen.
    NotFrozen,
    /// The thread does not wait for a condition.
    AtNoCondition,
    /// The thread does not wait.
    Goes,
    /// Its wait has no limit.
    NoLimit,
    /// Its wait is over.
    HasCome,
    /// What should be leaked is no lock.
    NoLockToLeak,
    /// Nobody holds the lock.
    Unheld,
    /// What should be taken away is no lock.
    NoLockToTake,
    /// What should drop a notify is no condition.
    NoCondition,
    /// The barrier is broken.
    Broken,
    /// The barrier's action runs.
    Acting,
    /// What should be broken is no barrier.
    NoBarrier,
    /// What should lose, delay or refuse messages is no pipe.
    NoPipe,
    /// Nobody holds an end of the pipe.
    PipeBroken,
    /// The thread was made, and not started.
    NotStarted,
    /// The thread has ended.
    ThreadOver,
    /// Nothing has that id.
    NoThread,
    /// The run has ended.
    RunOver,
}

impl fmt::Display for Senseless {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Senseless::NoException(name) => return write!(f, "there is no builtin exception {name}"),
            Senseless::Frozen => "the thread is frozen already",
            Senseless::NotFrozen => "the thread is not frozen",
            Senseless::AtNoCondition => "the thread does not wait for a condition",
            Senseless::Goes => "the thread does not wait",
            Senseless::NoLimit => "the thread waits without a limit",
            Senseless::HasCome => "what the thread waits for has come",
            Senseless::NoLockToLeak => "only a lock can be leaked",
            Senseless::Unheld => "nobody holds the lock",
            Senseless::NoLockToTake => "only a lock can be taken away",
            Senseless::NoCondition => "only a condition's notify can be dropped",
            Senseless::Broken => "the barrier is broken already",
            Senseless::Acting => "the barrier's action is under way",
            Senseless::NoBarrier => "only a barrier can be broken",
            Senseless::NoPipe => "only a pipe or a queue between processes has messages to lose, delay or refuse",
            Senseless::PipeBroken => "the pipe is broken already",
            Senseless::NotStarted => "the thread has not been started",
            Senseless::ThreadOver => "the thread is over",
            Senseless::NoThread => "there is no such thread",
            Senseless::RunOver => "the run is over",
        })
    }
}

impl std::error::Error for Senseless {}

/// Injects a fault. Kill and raise strike when the thread performs next, which it can at once.
///
/// # Errors
/// Why the fault makes no sense now.
pub fn inject(shared: &mut Shared, fault: &Fault) -> Result<(), Senseless> {
    let subject = check(shared, fault)?;
    shared.emit(subject, EventKind::FaultInjected { fault: fault.clone() });
    strike(shared, fault);
    Ok(())
}

/// Whether it is the process that was started from outside.
pub(super) fn is_first(process: ProcessId) -> bool {
    process == ProcessId::FIRST
}

/// Whether there is a builtin exception of that name, for a fault to raise.
pub fn is_exception(name: &str) -> bool {
    exception::named(name).is_some()
}

/// What to write instead of an unknown exception name, one sentence.
pub fn exception_advice(name: &str) -> String {
    match nearest(name, exception::names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write a builtin exception, for example `ValueError`".to_owned(),
    }
}

/// The thread that the event is about; or why the fault makes no sense.
fn check(shared: &Shared, fault: &Fault) -> Result<ThreadId, Senseless> {
    if let Some(thread) = fault.thread() {
        alive(shared, *thread)?;
    }
    Ok(match fault {
        Fault::Raise { exception, .. } if !is_exception(exception) => {
            return Err(Senseless::NoException(exception.clone()));
        }
        Fault::Freeze { thread } if shared.record(*thread).frozen => {
            return Err(Senseless::Frozen);
        }
        Fault::Thaw { thread } if !shared.record(*thread).frozen => return Err(Senseless::NotFrozen),
        Fault::Wake { thread } if !condition::waits(shared, *thread) => {
            return Err(Senseless::AtNoCondition);
        }
        Fault::Expire { thread } => {
            match &shared.record(*thread).waiting {
                None => return Err(Senseless::Goes),
                Some(waiting) if waiting.until.is_none() => return Err(Senseless::NoLimit),
                Some(waiting) if waiting.ready => return Err(Senseless::HasCome),
                Some(_) => {}
            }
            *thread
        }
        Fault::Kill { thread }
        | Fault::Raise { thread, .. }
        | Fault::Freeze { thread }
        | Fault::Thaw { thread }
        | Fault::Delay { thread, .. }
        | Fault::Slow { thread, .. }
        | Fault::Wake { thread } => *thread,
        Fault::LeakLock { lock, .. } => {
            let (process, lock) = shared.meant(*lock);
            if !is_lock(shared.sight(process), lock) {
                return Err(Senseless::NoLockToLeak);
            }
            shared.processes[process].household.main
        }
        Fault::TakeLock { lock } => {
            let (process, lock) = shared.meant(*lock);
            match held::owner(shared.sight(process), lock) {
                Some(owner) => owner,
                None if is_lock(shared.sight(process), lock) => return Err(Senseless::Unheld),
                None => return Err(Senseless::NoLockToTake),
            }
        }
        Fault::DropNotify { condition, .. } => {
            let (process, condition) = shared.meant(*condition);
            match shared.object(process, condition) {
                Some(Object::Condition(_)) => shared.processes[process].household.main,
                _ => return Err(Senseless::NoCondition),
            }
        }
        Fault::BreakBarrier { barrier } => {
            let (process, barrier) = shared.meant(*barrier);
            match shared.object(process, barrier) {
                Some(Object::Barrier(state)) => match state.mode {
                    barrier::Mode::Broken => return Err(Senseless::Broken),
                    barrier::Mode::Acting => return Err(Senseless::Acting),
                    barrier::Mode::Filling | barrier::Mode::Draining | barrier::Mode::Resetting => {}
                },
                _ => return Err(Senseless::NoBarrier),
            }
            shared.processes[process].household.main
        }
        Fault::KillProcess { thread } => shared.process_of(*thread).household.main,
        Fault::LoseMessage { pipe, .. }
        | Fault::DelayMessage { pipe, .. }
        | Fault::BreakPipe { pipe }
        | Fault::FillPipe { pipe } => match shared.world.channel(*pipe) {
            None => return Err(Senseless::NoPipe),
            Some(channel) if channel.readers.is_empty() && channel.writers.is_empty() => {
                return Err(Senseless::PipeBroken);
            }
            Some(_) => shared.processes[ProcessId::FIRST].household.main,
        },
        Fault::Signal { .. } => {
            let main = shared.processes[ProcessId::FIRST].household.main;
            alive(shared, main)?;
            main
        }
    })
}

/// Does what was checked.
fn strike(shared: &mut Shared, fault: &Fault) {
    match fault {
        Fault::Kill { thread } => doom(shared, *thread, Doom::Kill),
        Fault::Raise { thread, exception } => doom(shared, *thread, Doom::Raise(exception.clone())),
        Fault::Freeze { thread } => {
            shared.record_mut(*thread).frozen = true;
            hold_up(shared, *thread);
        }
        Fault::Thaw { thread } => {
            shared.record_mut(*thread).frozen = false;
            let record = shared.record(*thread);
            let back = match (&record.waiting, record.delayed) {
                (Some(waiting), _) if !waiting.ready => EventKind::Blocked { on: waiting.on, until: waiting.until },
                (_, Some(_)) => EventKind::Blocked { on: Blocker::Delayed, until: record.delayed },
                _ => EventKind::Ready { by: None },
            };
            shared.emit(*thread, back);
            shared.woken.push(*thread);
        }
        Fault::Delay { thread, time } => {
            let end = shared.now.saturating_add(*time);
            shared.record_mut(*thread).delayed = Some(end);
            hold_up(shared, *thread);
        }
        Fault::Slow { thread, time } => shared.record_mut(*thread).slow = *time,
        Fault::Wake { thread } => condition::wake_without_notify(shared, *thread),
        Fault::Expire { thread } => {
            let now = shared.now;
            if let Some(waiting) = &mut shared.record_mut(*thread).waiting {
                waiting.until = Some(now);
            }
            shared.woken.push(*thread);
        }
        Fault::LeakLock { lock, nth } => arm(shared, *lock, Lurking::Leak, *nth),
        Fault::DropNotify { condition, nth } => arm(shared, *condition, Lurking::DropNotify, *nth),
        Fault::TakeLock { lock } => {
            let (process, lock) = shared.meant(*lock);
            held::take_away(shared, process, lock);
            settle_from_outside(shared, Blocker::Lock(lock));
        }
        Fault::BreakBarrier { barrier } => {
            let (process, barrier) = shared.meant(*barrier);
            if let Some(Object::Barrier(state)) = shared.object_mut(process, barrier) {
                state.mode = barrier::Mode::Broken;
            }
            settle_from_outside(shared, Blocker::Object(barrier));
        }
        Fault::KillProcess { thread } => {
            let process = shared.record(*thread).process;
            end::end_by_signal(shared, process, KILLED);
        }
        Fault::LoseMessage { pipe, nth } => arm(shared, *pipe, Lurking::Lose, *nth),
        Fault::DelayMessage { pipe, time } => {
            let time = shared.now.saturating_add(*time);
            channel::delay(shared, *pipe, time);
        }
        Fault::BreakPipe { pipe } => {
            let told = channel::break_off(shared, *pipe);
            for channel in told.into_iter().chain([*pipe]) {
                settle_from_outside(shared, Blocker::Object(channel));
            }
        }
        Fault::FillPipe { pipe } => channel::fill(shared, *pipe),
        // The process that was started from outside gets what comes from there.
        Fault::Signal { signal } => interrupt::arrive(shared, ProcessId::FIRST, *signal, true),
    }
}

/// A thread that could go on has just been frozen or delayed.
fn hold_up(shared: &mut Shared, thread: ThreadId) {
    let record = shared.record(thread);
    if record.waiting.as_ref().is_none_or(|waiting| waiting.ready) {
        let event = match record.frozen {
            true => EventKind::Blocked { on: Blocker::Frozen, until: None },
            false => EventKind::Blocked { on: Blocker::Delayed, until: record.delayed },
        };
        shared.emit(thread, event);
    }
    shared.woken.push(thread);
}

/// A thread that was made slow has just performed an operation: it stands still for the added time.
#[cold]
pub(in crate::machine) fn drag(shared: &mut Shared, thread: ThreadId) {
    let end = shared.now.saturating_add(shared.record(thread).slow);
    shared.record_mut(thread).delayed = Some(end);
    shared.emit(thread, EventKind::Blocked { on: Blocker::Delayed, until: Some(end) });
}

/// A thread that was delayed performs: the delay is over.
#[cold]
pub(in crate::machine) fn end_delay(shared: &mut Shared, thread: ThreadId) {
    shared.record_mut(thread).delayed = None;
    shared.emit(thread, EventKind::Ready { by: None });
}

/// The fault waits for its operation on the object.
fn arm(shared: &mut Shared, object: ObjectId, what: fn(ObjectId) -> Lurking, nth: u32) {
    let (process, object) = shared.meant(object);
    let armed = Armed { what: what(object), nth };
    if object.is_of_world() {
        return shared.processes.iter_mut().for_each(|(_, process)| process.household.armed.push(armed));
    }
    shared.processes[process].household.armed.push(armed);
}

fn is_lock(sight: Sight<'_>, lock: ObjectId) -> bool {
    matches!(sight.get(lock), Some(Object::Lock(_) | Object::RLock(_)))
}

fn alive(shared: &Shared, thread: ThreadId) -> Result<(), Senseless> {
    match shared.threads.get(thread.index()).map(|record| &record.phase) {
        Some(Phase::Alive) => Ok(()),
        Some(Phase::New) => Err(Senseless::NotStarted),
        Some(Phase::Over(_)) => Err(Senseless::ThreadOver),
        None => Err(Senseless::NoThread),
    }
}

fn doom(shared: &mut Shared, thread: ThreadId, doom: Doom) {
    shared.record_mut(thread).doom = Some(doom);
    shared.woken.push(thread);
}
