//! The objects that an event names.

use super::{Blocker, EventKind, Involved, ObjectState, Place, TroubleKind};
use crate::base::{ObjectId, ThreadId};
use std::sync::Arc;

/// Gives another id for one, as a thread means it; `None`: as the event's own thread does.
pub(super) type Renaming<'a> = &'a mut dyn FnMut(Option<ThreadId>, ObjectId) -> ObjectId;

impl EventKind {
    /// Names objects otherwise. What a copy is, and a fault strikes, is named as outside already.
    pub fn rename_objects(&mut self, name: &mut dyn FnMut(Option<ThreadId>, ObjectId) -> ObjectId) {
        match self {
            EventKind::Acquired { object, .. }
            | EventKind::AcquireFailed { object }
            | EventKind::Released { object, .. }
            | EventKind::PermitTaken { object, .. }
            | EventKind::PermitReturned { object, .. }
            | EventKind::Notified { object, .. }
            | EventKind::EventSet { object }
            | EventKind::EventCleared { object }
            | EventKind::BarrierEntered { object, .. }
            | EventKind::BarrierPassed { object }
            | EventKind::BarrierBroken { object }
            | EventKind::BarrierReset { object }
            | EventKind::Put { object, .. }
            | EventKind::Got { object, .. }
            | EventKind::TaskDone { object, .. }
            | EventKind::WorkerAdded { object, .. }
            | EventKind::TaskEnded { object }
            | EventKind::PoolShutDown { object, .. }
            | EventKind::PoolBroken { object }
            | EventKind::FutureChanged { object, .. }
            | EventKind::CallbackAdded { object }
            | EventKind::Obtained { object, .. }
            | EventKind::Asked { object, .. }
            | EventKind::EndOpened { object, .. }
            | EventKind::EndClosed { object, .. }
            | EventKind::FaultFired { object } => *object = name(None, *object),
            EventKind::Submitted { object, future, .. } | EventKind::TaskBegun { object, future, .. } => {
                *object = name(None, *object);
                *future = name(None, *future);
            }
            EventKind::ObjectShown { object, state, .. } => {
                *object = name(None, *object);
                state.rename_objects(name);
            }
            EventKind::Blocked { on, .. } | EventKind::TimedOut { on } => rename_blocker(on, None, name),
            EventKind::Read { place, .. } | EventKind::Wrote { place, .. } => rename_place(place, name),
            EventKind::Trouble(trouble) => {
                let trouble = Arc::make_mut(trouble);
                if let TroubleKind::DeadOwner { lock, owner } = &mut trouble.kind {
                    *lock = name(Some(*owner), *lock);
                }
                trouble.threads.iter_mut().for_each(|involved| rename_involved(involved, name));
            }
            // What comes from outside names objects as events do.
            EventKind::FaultInjected { .. }
            | EventKind::Copied { .. }
            | EventKind::ThreadCreated { .. }
            | EventKind::ThreadStarted { .. }
            | EventKind::ThreadRenamed { .. }
            | EventKind::Began
            | EventKind::Ended { .. }
            | EventKind::Ready { .. }
            | EventKind::Preempted
            | EventKind::Resumed
            | EventKind::Held
            | EventKind::LetGo
            | EventKind::Imported { .. }
            | EventKind::Joined { .. }
            | EventKind::AskedAlive { .. }
            | EventKind::Slept
            | EventKind::TimeRead
            | EventKind::Drew { .. }
            | EventKind::Io { .. }
            | EventKind::Printed { .. }
            | EventKind::ProcessStarted { .. }
            | EventKind::ProcessEnded { .. }
            | EventKind::ProcessSignalled { .. }
            | EventKind::HandlerSet { .. }
            | EventKind::SignalRaised { .. }
            | EventKind::SignalTaken { .. }
            | EventKind::PolicySet { .. }
            | EventKind::ProgramEnded { .. } => {}
        }
    }
}

impl ObjectState {
    /// Names objects otherwise.
    pub fn rename_objects(&mut self, name: &mut dyn FnMut(Option<ThreadId>, ObjectId) -> ObjectId) {
        match self {
            ObjectState::Condition { lock } => *lock = name(None, *lock),
            ObjectState::Future { pool, .. } => *pool = pool.map(|pool| name(None, pool)),
            ObjectState::Futures { futures } => *futures = futures.iter().map(|it| name(None, *it)).collect(),
            ObjectState::Lock { .. }
            | ObjectState::Semaphore { .. }
            | ObjectState::Event { .. }
            | ObjectState::Barrier { .. }
            | ObjectState::Queue { .. }
            | ObjectState::Channel { .. }
            | ObjectState::Pool { .. }
            | ObjectState::Data { .. } => {}
        }
    }
}

fn rename_blocker(on: &mut Blocker, thread: Option<ThreadId>, name: Renaming<'_>) {
    if let Blocker::Lock(object) | Blocker::Object(object) = on {
        *object = name(thread, *object);
    }
}

/// A global variable becomes what the process's namespace holds under that name.
fn rename_place(place: &mut Place, name: Renaming<'_>) {
    match place {
        Place::Global(variable) => {
            *place = Place::Attribute { object: name(None, ObjectId::GLOBALS), name: *variable };
        }
        Place::Cell { object, .. } | Place::Attribute { object, .. } | Place::Content { object } => {
            *object = name(None, *object);
        }
    }
}

fn rename_involved(involved: &mut Involved, name: Renaming<'_>) {
    let thread = Some(involved.thread);
    if let Some(on) = &mut involved.waits_for {
        rename_blocker(on, thread, name);
    }
    for (lock, _) in &mut involved.holds {
        *lock = name(thread, *lock);
    }
}
