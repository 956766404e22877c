//! What a run has cost: what it is compared by with another one.

use super::Model;
use crate::base::ThreadId;
use crate::event::ThreadState;
use crate::trace::thread::Thread;
use crate::trace::timeline::Moment;

/// What a run has cost so far.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Cost {
    /// How often, in a process, another thread went than the one before.
    pub switches: u64,
    /// How often a thread could not go on: for a lock or another object, or because it slept.
    pub waits: u64,
    /// How long that was in all, in nanoseconds of the run.
    pub waited: u64,
    /// How many bytes processes got of the memory of those that forked them.
    pub memory: u64,
    /// How many messages were sent from process to process, and how many bytes that were.
    pub messages: u64,
    /// Likewise.
    pub sent: u64,
}

impl Cost {
    /// The thread gets into a state, from another one.
    pub(super) fn leave(&mut self, thread: &Thread, next: ThreadState, moment: Moment) {
        let waits = |state| matches!(state, ThreadState::Waiting | ThreadState::Blocked);
        match (waits(thread.state), waits(next)) {
            (false, true) => self.waits += 1,
            (true, _) if thread.state != next => self.waited += moment.at.saturating_sub(thread.since.at),
            (true, _) | (false, false) => {}
        }
    }

    /// So many bytes more lie between processes; none when something was received.
    pub(super) fn send(&mut self, bytes: u32) {
        self.messages += u64::from(bytes > 0);
        self.sent += u64::from(bytes);
    }

    /// How many bytes were copied from process to process.
    pub fn copied(self) -> u64 {
        self.memory + self.sent
    }
}

/// So many bytes: `812 B`, `1.4 KB`, `3 MB`.
pub fn size_word(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1_000 => return format!("{bytes} B"),
        1_000..1_000_000 => (1_000, "KB"),
        1_000_000..1_000_000_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    match (bytes / unit, bytes % unit * 10 / unit) {
        (whole @ 100.., _) | (whole, 0) => format!("{whole} {name}"),
        (whole, tenth) => format!("{whole}.{tenth} {name}"),
    }
}

impl Model {
    /// What the run has cost so far.
    pub fn cost(&self) -> Cost {
        let waits = |thread: &&Thread| matches!(thread.state, ThreadState::Waiting | ThreadState::Blocked);
        let stopped = self.threads.iter().map(|thread| &**thread).filter(waits);
        let still: u64 = stopped.map(|thread| self.last.at.saturating_sub(thread.since.at)).sum();
        Cost { waited: self.cost.waited + still, ..self.cost }
    }

    /// The thread performs, and is not the one that did before.
    pub(super) fn count_switch(&mut self, next: ThreadId) {
        let process = self.threads[next.index()].process.index();
        let Some(process) = self.processes.get_mut(process) else { return };
        let before = process.mover.replace(next);
        self.cost.switches += u64::from(before.is_some_and(|before| before != next));
    }
}
