//! Who goes side by side with whom. Under `os` every thread does; under `gil` each process has a lock of its own, so that its
//! threads take turns among themselves alone. What is done side by side takes its time once.

use super::Kind;
use crate::base::{ProcessId, ThreadId};
use crate::machine::shared::Shared;

/// What a policy goes by: who went last, and how far each process is.
#[derive(Clone, Debug, Default)]
pub struct Sides {
    /// Those that went last and have not stopped since: one at most for each set of threads that take turns.
    going: Vec<ThreadId>,
    /// What work each process has done, by number, as time.
    worked: Vec<u64>,
}

impl Sides {
    /// The thread goes.
    pub fn goes(&mut self, thread: ThreadId, policy: Kind, shared: &Shared) {
        self.going.retain(|other| *other != thread && !takes_turns(policy, *other, thread, shared));
        self.going.push(thread);
    }

    /// The thread has stopped.
    pub fn stopped(&mut self, thread: ThreadId) {
        self.going.retain(|other| *other != thread);
    }

    /// Those that went last and have not stopped since.
    pub fn going(&self) -> &[ThreadId] {
        &self.going
    }

    /// What work each process has done, as time; none for processes that did nothing.
    pub fn worked(&self) -> &[u64] {
        &self.worked
    }

    /// The thread that would have gone on, had this one not been picked, if it could: that is told once.
    pub fn preempted(&mut self, by: ThreadId, ready: &[ThreadId], policy: Kind, shared: &Shared) -> Option<ThreadId> {
        let is_it = |it: &ThreadId| *it != by && takes_turns(policy, *it, by, shared) && ready.contains(it);
        let at = self.going.iter().position(is_it)?;
        Some(self.going.remove(at))
    }

    /// The thread has done so much work. Gives how much time that takes, where these go on, too.
    pub fn work(
        &mut self,
        (thread, time): (ThreadId, u64),
        policy: Kind,
        those: impl Iterator<Item = ThreadId>,
        shared: &Shared,
    ) -> u64 {
        let process = shared.record(thread).process.index();
        if self.worked.len() <= process {
            self.worked.resize(process + 1, 0);
        }
        self.worked[process] = self.worked[process].saturating_add(time);
        time / width(policy, those, shared).max(1)
    }
}

/// Whether what the one has of its turn is over when the other goes. Where all go, nobody asks.
fn takes_turns(policy: Kind, one: ThreadId, other: ThreadId, shared: &Shared) -> bool {
    match policy {
        Kind::Gil => process(shared, one) == process(shared, other),
        Kind::Os | Kind::RoundRobin | Kind::Random | Kind::Priority | Kind::Pct => true,
    }
}

/// How many of these go side by side.
fn width(policy: Kind, those: impl Iterator<Item = ThreadId>, shared: &Shared) -> u64 {
    match policy {
        Kind::Os => those.count() as u64,
        Kind::Gil if shared.processes.are_several() => {
            let able = shared.able(those);
            let mut processes: Vec<ProcessId> = able.map(|(thread, _)| process(shared, thread)).collect();
            processes.sort_unstable();
            processes.dedup();
            processes.len() as u64
        }
        Kind::Gil | Kind::RoundRobin | Kind::Random | Kind::Priority | Kind::Pct => 1,
    }
}

fn process(shared: &Shared, thread: ThreadId) -> ProcessId {
    shared.record(thread).process
}
