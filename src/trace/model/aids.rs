//! What threads did for those who wait for an object.

use super::Model;
use crate::event::{Event, EventKind};
use crate::trace::object::{Aid, Aided};
use crate::trace::timeline::Moment;

impl Model {
    /// Notes what the thread did for those who wait for an object.
    pub(super) fn apply_aid(&mut self, event: &Event, moment: Moment) {
        let (object, what, vain) = match event.kind {
            EventKind::Notified { object, woken } => (object, Aid::Notify, woken == 0),
            EventKind::EventSet { object } => (object, Aid::Set, false),
            EventKind::PermitReturned { object, .. } => (object, Aid::Return, false),
            EventKind::BarrierEntered { object, .. } => (object, Aid::Arrive, false),
            EventKind::Put { object, .. } => (object, Aid::Put, false),
            EventKind::Got { object, .. } => (object, Aid::Get, false),
            EventKind::TaskDone { object, .. } => (object, Aid::Done, false),
            EventKind::PermitTaken { object, .. } => (object, Aid::Take, false),
            EventKind::EventCleared { object } => (object, Aid::Clear, false),
            EventKind::ThreadCreated { .. }
            | EventKind::ThreadStarted { .. }
            | EventKind::ThreadRenamed { .. }
            | EventKind::Began
            | EventKind::Ended { .. }
            | EventKind::ObjectShown { .. }
            | EventKind::Blocked { .. }
            | EventKind::Ready { .. }
            | EventKind::Preempted
            | EventKind::Resumed
            | EventKind::Held
            | EventKind::LetGo
            | EventKind::TimedOut { .. }
            | EventKind::Acquired { .. }
            | EventKind::AcquireFailed { .. }
            | EventKind::Released { .. }
            | EventKind::BarrierPassed { .. }
            | EventKind::BarrierBroken { .. }
            | EventKind::BarrierReset { .. }
            | EventKind::Submitted { .. }
            | EventKind::WorkerAdded { .. }
            | EventKind::TaskBegun { .. }
            | EventKind::TaskEnded { .. }
            | EventKind::PoolShutDown { .. }
            | EventKind::PoolBroken { .. }
            | EventKind::FutureChanged { .. }
            | EventKind::CallbackAdded { .. }
            | EventKind::Obtained { .. }
            | EventKind::Asked { .. }
            | EventKind::Imported { .. }
            | EventKind::Joined { .. }
            | EventKind::AskedAlive { .. }
            | EventKind::Slept
            | EventKind::TimeRead
            | EventKind::Drew { .. }
            | EventKind::Io { .. }
            | EventKind::Read { .. }
            | EventKind::Wrote { .. }
            | EventKind::Printed { .. }
            | EventKind::HandlerSet { .. }
            | EventKind::SignalRaised { .. }
            | EventKind::SignalTaken { .. }
            | EventKind::ProcessStarted { .. }
            | EventKind::ProcessEnded { .. }
            | EventKind::ProcessSignalled { .. }
            | EventKind::EndOpened { .. }
            | EventKind::EndClosed { .. }
            | EventKind::Copied { .. }
            | EventKind::PolicySet { .. }
            | EventKind::FaultInjected { .. }
            | EventKind::FaultFired { .. }
            | EventKind::Trouble(_)
            | EventKind::ProgramEnded { .. } => return,
        };
        if let Some(object) = self.object_mut(object) {
            if let EventKind::Notified { woken, .. } = event.kind {
                object.woken.clear();
                object.woken.extend(object.waiters.iter().take(woken as usize));
            }
            let dropped = std::mem::take(&mut object.dropping) && vain;
            object.note_aid(Aided { thread: event.thread, what, line: event.line, moment, vain, dropped });
        }
    }
}
