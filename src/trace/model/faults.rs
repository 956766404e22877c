//! What faults did to the program.

use super::Model;
use crate::event::ObjectKind;
use crate::schedule::Fault;
use crate::trace::object::Detail;
use crate::trace::timeline::Moment;

impl Model {
    /// The faults that were injected, each with its moment.
    pub fn faults(&self) -> &[(Moment, Fault)] {
        &self.faults
    }

    /// What a fault does that no other event says.
    pub(super) fn apply_fault(&mut self, fault: &Fault, moment: Moment) {
        self.faults.push((moment, fault.clone()));
        if let Some(thread) = fault.thread() {
            self.ensure_thread(*thread, moment);
            self.thread_mut(*thread).faults.push(moment);
        }
        match *fault {
            Fault::LeakLock { lock, .. } => {
                self.ensure_object(lock, ObjectKind::Lock).armed = Some("a release will be lost");
            }
            Fault::DropNotify { condition, .. } => {
                self.ensure_object(condition, ObjectKind::Condition).armed = Some("a notify will wake nobody");
            }
            Fault::TakeLock { lock } => {
                let lock = self.ensure_object(lock, ObjectKind::Lock);
                let (id, owner) = (lock.id, lock.owner());
                lock.detail = Detail::Lock { owner: None, depth: 0 };
                if let Some(owner) = owner {
                    self.thread_mut(owner).let_go(id, moment);
                    self.thread_mut(owner).faults.push(moment);
                }
            }
            Fault::BreakBarrier { barrier } => self.barrier(barrier, |_, broken| *broken = true),
            Fault::Freeze { thread } => self.thread_mut(thread).freeze(true, moment),
            Fault::Thaw { thread } => self.thread_mut(thread).freeze(false, moment),
            Fault::Slow { thread, time } => self.thread_mut(thread).slow = time,
            _ => {}
        }
    }
}
