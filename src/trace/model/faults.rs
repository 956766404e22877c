//! What faults did to the program.

use super::Model;
use crate::base::{ObjectId, ThreadId};
use crate::event::{Blocker, Event, EventKind, ObjectKind};
use crate::schedule::Fault;
use crate::trace::object::Detail;
use crate::trace::timeline::Moment;

/// What a fault did to a thread that may be behind a later trouble: until the thread, or the lock, is as it would be without.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Struck {
    /// The thread.
    pub thread: ThreadId,
    /// The line where it was.
    pub line: u32,
    /// When.
    pub moment: Moment,
    /// What was done to it.
    pub how: Harm,
}

/// What a fault did to a thread.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Harm {
    /// Its release of the lock was lost.
    Lost(ObjectId),
    /// The lock was taken away from it.
    Taken(ObjectId),
    /// The timeout of what it waited for was expired.
    Expired(Blocker),
    /// It was woken, though nobody had notified the condition.
    Woken(ObjectId),
}

impl Struck {
    /// Whether the event makes good for it.
    fn is_mended(&self, event: &Event) -> bool {
        let mine = event.thread == self.thread;
        match (self.how, &event.kind) {
            (Harm::Lost(lock), EventKind::Released { object, depth: 0 }) => lock == *object,
            (Harm::Lost(lock), EventKind::FaultInjected { fault: Fault::TakeLock { lock: taken } }) => lock == *taken,
            (Harm::Taken(lock) | Harm::Expired(Blocker::Lock(lock)), EventKind::Acquired { object, .. }) => {
                mine && lock == *object
            }
            (Harm::Expired(before), EventKind::Blocked { on, .. }) => mine && before == *on,
            (Harm::Woken(condition), EventKind::Blocked { on, .. }) => mine && *on == Blocker::Object(condition),
            _ => false,
        }
    }
}

impl Model {
    /// What faults did to threads that may be behind a trouble.
    pub fn struck(&self) -> &[Struck] {
        &self.struck
    }

    /// Forgets what the event makes good for, and notes a release that is lost.
    #[inline]
    pub(super) fn follow_struck(&mut self, event: &Event, moment: Moment) {
        if !self.struck.is_empty() || matches!(event.kind, EventKind::FaultFired { .. }) {
            self.change_struck(event, moment);
        }
    }

    #[cold]
    fn change_struck(&mut self, event: &Event, moment: Moment) {
        self.struck.retain(|struck| !struck.is_mended(event));
        if let EventKind::FaultFired { object } = event.kind
            && self.object(object).is_some_and(|object| matches!(object.detail, Detail::Lock { .. }))
        {
            self.struck.push(Struck { thread: event.thread, line: event.line, moment, how: Harm::Lost(object) });
        }
    }

    fn note_struck(&mut self, thread: ThreadId, how: Harm, moment: Moment) {
        let line = self.thread(thread).map_or(0, |thread| thread.line);
        self.struck.push(Struck { thread, line, moment, how });
    }

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
                    self.note_struck(owner, Harm::Taken(id), moment);
                    self.thread_mut(owner).let_go(id, moment);
                    self.thread_mut(owner).faults.push(moment);
                }
            }
            Fault::BreakBarrier { barrier } => self.barrier(barrier, |_, broken| *broken = true),
            Fault::Expire { thread } => {
                if let Some(on) = self.thread(thread).and_then(|thread| thread.blocked_on) {
                    self.note_struck(thread, Harm::Expired(on), moment);
                }
            }
            Fault::Wake { thread } => {
                if let Some(Blocker::Object(condition)) = self.thread(thread).and_then(|thread| thread.blocked_on) {
                    self.note_struck(thread, Harm::Woken(condition), moment);
                }
            }
            Fault::Freeze { thread } => self.thread_mut(thread).freeze(true, moment),
            Fault::Thaw { thread } => self.thread_mut(thread).freeze(false, moment),
            Fault::Slow { thread, time } => self.thread_mut(thread).slow = time,
            Fault::LoseMessage { pipe, .. } => {
                self.ensure_object(pipe, ObjectKind::Queue).armed = Some("a message will be lost");
            }
            Fault::BreakPipe { pipe } => self.break_pipe(pipe),
            Fault::FillPipe { pipe } => self.fill_pipe(pipe),
            Fault::Kill { .. }
            | Fault::Raise { .. }
            | Fault::Delay { .. }
            | Fault::KillProcess { .. }
            | Fault::DelayMessage { .. }
            | Fault::Signal { .. } => {}
        }
    }
}
