//! Faults: harm done on purpose.

use super::exception;
use super::interrupt;
use super::object::Object;
use super::shared::{Armed, Doom, Phase, Shared};
use crate::base::ThreadId;
use crate::event::{Blocker, EventKind};
use crate::schedule::Fault;

/// Injects a fault. Kill and raise strike when the thread performs next, which it can at once.
///
/// # Errors
/// Why the fault makes no sense now, one sentence.
pub fn inject(shared: &mut Shared, fault: &Fault) -> Result<(), String> {
    let subject = match fault {
        Fault::Kill { thread } => doom(shared, *thread, Doom::Kill)?,
        Fault::Raise { thread, exception } => {
            if exception::named(exception).is_none() {
                return Err(format!("there is no builtin exception {exception}"));
            }
            doom(shared, *thread, Doom::Raise(exception.clone()))?
        }
        Fault::Freeze { thread } => freeze(shared, *thread, true)?,
        Fault::Thaw { thread } => freeze(shared, *thread, false)?,
        Fault::LeakLock { lock } => match shared.heap.get(*lock) {
            Some(Object::Lock(_) | Object::RLock(_)) => arm(shared, Armed::Leak(*lock)),
            _ => return Err("only a lock can be leaked".to_owned()),
        },
        Fault::DropNotify { condition } => match shared.heap.get(*condition) {
            Some(Object::Condition(_)) => arm(shared, Armed::DropNotify(*condition)),
            _ => return Err("only a condition's notify can be dropped".to_owned()),
        },
        Fault::Signal { .. } => {
            alive(shared, ThreadId::MAIN)?;
            ThreadId::MAIN
        }
    };
    shared.emit(subject, EventKind::FaultInjected { fault: fault.clone() });
    match fault {
        Fault::Signal { signal } => interrupt::arrive(shared, *signal, true),
        Fault::Freeze { thread } if shared.record(*thread).waiting.is_none() => {
            shared.emit(*thread, EventKind::Blocked { on: Blocker::Frozen, until: None });
        }
        Fault::Thaw { thread } => {
            let back = match &shared.record(*thread).waiting {
                Some(waiting) if !waiting.ready => EventKind::Blocked { on: waiting.on, until: waiting.until },
                _ => EventKind::Ready { by: None },
            };
            shared.emit(*thread, back);
        }
        _ => {}
    }
    Ok(())
}

fn arm(shared: &mut Shared, armed: Armed) -> ThreadId {
    shared.armed.push(armed);
    ThreadId::MAIN
}

fn alive(shared: &Shared, thread: ThreadId) -> Result<(), String> {
    match shared.threads.get(thread.index()).map(|record| &record.phase) {
        Some(Phase::Alive) => Ok(()),
        Some(Phase::New) => Err("the thread has not been started".to_owned()),
        Some(Phase::Over(_)) => Err("the thread is over".to_owned()),
        None => Err("there is no such thread".to_owned()),
    }
}

fn doom(shared: &mut Shared, thread: ThreadId, doom: Doom) -> Result<ThreadId, String> {
    alive(shared, thread)?;
    shared.record_mut(thread).doom = Some(doom);
    shared.woken.push(thread);
    Ok(thread)
}

fn freeze(shared: &mut Shared, thread: ThreadId, frozen: bool) -> Result<ThreadId, String> {
    alive(shared, thread)?;
    if shared.record(thread).frozen == frozen {
        return Err(if frozen { "the thread is frozen already" } else { "the thread is not frozen" }.to_owned());
    }
    shared.record_mut(thread).frozen = frozen;
    shared.woken.push(thread);
    Ok(thread)
}
