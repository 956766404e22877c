//! Which thread holds the global interpreter lock of its process, while the policy is `gil`: derived from events.
//!
//! The thread that performs an operation holds it. The holder gives it up when it stops, ends or has had it for long
//! enough. Then, of the threads that could go on, the one whose last operation is the longest ago takes it.

use super::chunks::Chunks;
use super::row::Row;
use super::story::Grain;
use super::thread::Thread;
use super::timeline::{Axis, Moment, SPAN_LIMIT};
use crate::base::{ProcessId, ThreadId};
use crate::event::{Event, EventKind, ThreadState};

/// The name of the policy.
const POLICY: &str = "gil";

/// The locks of all processes over time.
#[derive(Clone, Debug, Default)]
pub struct Gil {
    in_force: bool,
    /// The event of each thread's last operation, of its start, or of its giving up the lock, by id.
    moved: Vec<u64>,
    /// By process.
    locks: Vec<Lock>,
}

/// The lock of a process over time.
#[derive(Clone, Debug, Default)]
struct Lock {
    holder: Option<ThreadId>,
    /// Which thread held it from when on.
    turns: Chunks<(Moment, Option<ThreadId>)>,
    /// How coarse the older ones are.
    grain: Grain,
}

impl Gil {
    /// This policy is followed from now on.
    pub(super) fn change_policy(&mut self, name: &str, threads: &[Row<Thread>], moment: Moment) {
        self.in_force = name == POLICY;
        self.locks.iter_mut().for_each(|lock| lock.give(None, moment));
        let running = threads.iter().find(|thread| thread.state == ThreadState::Running);
        if let Some(thread) = running.filter(|_| self.in_force) {
            self.lock(thread.process).give(Some(thread.id), moment);
        }
    }

    /// Whether the policy is this one, so that events say who holds the lock.
    pub(super) fn in_force(&self) -> bool {
        self.in_force
    }

    /// Takes in an event, after which the threads are in these states.
    pub(super) fn follow(&mut self, event: &Event, threads: &[Row<Thread>], moment: Moment) {
        let after = ThreadState::after(&event.kind);
        let gives_up = event.kind == EventKind::Preempted;
        if gives_up || event.kind != EventKind::Resumed && after.is_some_and(|state| state != ThreadState::Ready) {
            self.note(event.thread, event.seq);
        }
        if let EventKind::ThreadStarted { started } = event.kind {
            self.note(started, event.seq);
        }
        let process = threads[event.thread.index()].process;
        let holder = self.holder(process);
        match after {
            Some(ThreadState::Running) => self.lock(process).give(Some(event.thread), moment),
            // It has the lock until its operation is over. If it was preempted, it had no operation.
            Some(state) if holder == Some(event.thread) => {
                let from = if state == ThreadState::Ready { moment } else { moment.operations_later(1) };
                let next = self.next(event.thread, threads);
                self.lock(process).give(next, from);
            }
            Some(ThreadState::Ready) if holder.is_none() => self.lock(process).give(Some(event.thread), moment),
            _ => {}
        }
    }

    fn lock(&mut self, process: ProcessId) -> &mut Lock {
        if self.locks.len() <= process.index() {
            self.locks.resize_with(process.index() + 1, Lock::default);
        }
        &mut self.locks[process.index()]
    }

    fn note(&mut self, thread: ThreadId, seq: u64) {
        if self.moved.len() <= thread.index() {
            self.moved.resize(thread.index() + 1, 0);
        }
        self.moved[thread.index()] = seq;
    }

    /// The thread that takes the lock which `last` gave up: `last` itself only if no other thread could go on.
    fn next(&self, last: ThreadId, threads: &[Row<Thread>]) -> Option<ThreadId> {
        let process = threads[last.index()].process;
        let its = threads.iter().filter(|thread| thread.process == process);
        let could_go = its.filter(|it| matches!(it.state, ThreadState::Ready | ThreadState::Running));
        let moved = |id: ThreadId| self.moved.get(id.index()).copied().unwrap_or(0);
        could_go.map(|thread| thread.id).min_by_key(|id| (*id == last, moved(*id), *id))
    }

    /// The thread of the process that holds its lock now.
    pub fn holder(&self, process: ProcessId) -> Option<ThreadId> {
        self.locks.get(process.index()).and_then(|lock| lock.holder)
    }

    /// Whether threads needed one at any time.
    pub fn was_used(&self) -> bool {
        self.in_force || self.locks.iter().any(|lock| !lock.turns.is_empty())
    }

    /// The thread of the process that held its lock last within `from..to` of `axis`, and how often it changed hands there.
    pub fn within(&self, process: ProcessId, axis: Axis, from: u64, to: u64) -> (Option<ThreadId>, usize) {
        self.locks.get(process.index()).map_or((None, 0), |lock| lock.within(axis, from, to))
    }
}

impl Lock {
    fn give(&mut self, holder: Option<ThreadId>, moment: Moment) {
        if self.holder == holder {
            return;
        }
        self.holder = holder;
        let moment = match self.turns.last() {
            Some(&(last, _)) if last.story > moment.story => last,
            _ => moment,
        };
        if self.turns.len() == SPAN_LIMIT {
            // For old stretches the last holder is enough.
            self.grain.thin(&mut self.turns, |turn| turn.0, |_, later| Some(*later));
        }
        self.turns.push((moment, holder));
    }

    fn within(&self, axis: Axis, from: u64, to: u64) -> (Option<ThreadId>, usize) {
        let before = |place| self.turns.partition_point(|&(moment, _)| axis.place(moment) < place);
        let (begun, count) = (before(from), before(to));
        let holder = count.checked_sub(1).and_then(|last| self.turns[last].1);
        (holder, count.saturating_sub(begun))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::Script;
    use super::*;
    use crate::event::Blocker;

    fn policy(script: &mut Script, name: &str) {
        script.also(0, 0, EventKind::PolicySet { name: name.into() });
    }

    /// One character for each operation: which thread held the lock during it.
    fn holders(script: &Script) -> String {
        let model = script.model();
        let at =
            |step: u64| model.gil().within(ProcessId::FIRST, Axis::Story, step * Axis::STEP, (step + 1) * Axis::STEP).0;
        let shown = |thread: Option<ThreadId>| thread.map_or(' ', |thread| char::from(b'0' + thread.0 as u8));
        (0..=model.last().step).map(at).map(shown).collect()
    }

    #[test]
    fn the_lock_goes_around_among_those_that_could_go_on() {
        let mut script = Script::new("", &[]);
        script.does(0, 1, EventKind::Began);
        policy(&mut script, "gil");
        script.thread(1, "a").thread(2, "b").thread(3, "c");
        let stop = EventKind::Blocked { on: Blocker::Time, until: None };
        script.does(0, 1, stop.clone()).does(1, 2, EventKind::TimeRead).does(1, 2, EventKind::Preempted);
        script.does(2, 2, stop.clone()).does(3, 2, EventKind::Preempted).does(1, 2, stop.clone());
        script.does(3, 2, stop).does(0, 1, EventKind::Ready { by: None }).does(0, 1, EventKind::Slept);
        assert_eq!(holders(&script), " 000012211300");
    }

    #[test]
    fn under_another_policy_nobody_holds_it() {
        let mut script = Script::new("", &[]);
        script.does(0, 1, EventKind::Began).thread(1, "a");
        script.does(1, 2, EventKind::TimeRead);
        assert!(!script.model().gil().was_used());
        policy(&mut script, "gil");
        script.does(1, 2, EventKind::TimeRead).does(1, 2, EventKind::TimeRead);
        policy(&mut script, "os");
        script.does(1, 2, EventKind::TimeRead);
        assert!(script.model().gil().was_used());
        assert_eq!((holders(&script).as_str(), script.model().gil().holder(ProcessId::FIRST)), ("   11 ", None));
    }
}
