//! Pools and futures.

use super::Model;
use crate::base::{ObjectId, ThreadId};
use crate::event::{Event, EventKind, FutureState, ObjectKind};
use crate::trace::object::{Detail, Worker};

impl Model {
    pub(super) fn apply_pool(&mut self, event: &Event) {
        let (EventKind::Submitted { object, .. }
        | EventKind::WorkerAdded { object, .. }
        | EventKind::TaskBegun { object, .. }
        | EventKind::TaskEnded { object }
        | EventKind::PoolShutDown { object, .. }
        | EventKind::PoolBroken { object }) = event.kind
        else {
            return;
        };
        if let Detail::Pool { workers, pending, open, broken, .. } =
            &mut self.ensure_object(object, ObjectKind::Pool).detail
        {
            let me = workers.iter_mut().find(|worker| worker.thread == event.thread);
            match event.kind {
                EventKind::Submitted { pending: now, .. } => *pending = now,
                EventKind::WorkerAdded { worker, .. } => workers.push(Worker { thread: worker, future: None }),
                EventKind::TaskBegun { future, pending: now, .. } => {
                    *pending = now;
                    me.into_iter().for_each(|worker| worker.future = Some(future));
                }
                EventKind::TaskEnded { .. } => me.into_iter().for_each(|worker| worker.future = None),
                EventKind::PoolShutDown { dropped, .. } => {
                    *pending = pending.saturating_sub(dropped);
                    *open = false;
                }
                EventKind::PoolBroken { .. } => (*pending, *broken) = (0, true),
                _ => {}
            }
        }
        if let EventKind::TaskBegun { future, .. } = event.kind {
            self.change_future(future, &FutureState::Running, event.thread);
        }
    }

    pub(super) fn change_future(&mut self, object: ObjectId, now: &FutureState, by: ThreadId) {
        if let Detail::Future { state, runner, .. } = &mut self.ensure_object(object, ObjectKind::Future).detail {
            *runner = (*now == FutureState::Running).then_some(by).or(*runner);
            *state = now.clone();
        }
    }
}
