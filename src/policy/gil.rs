//! The global interpreter lock of CPython's default build: one thread of a process goes until it blocks, or until others
//! have wanted to go for the switch interval (`sys.getswitchinterval()`, 5 ms). Time is the run's. Of the threads that want it,
//! the one that has waited longest gets it, also when several wake at the same instant: a thread that stopped has given
//! the lock up, and may be last again. Each process has a lock of its own: processes go side by side.

use super::{Moment, Policy};
use crate::base::{ProcessId, ThreadId};
use std::collections::BTreeMap;

/// In nanoseconds.
const SWITCH_INTERVAL: u64 = 5_000_000;
/// How far a process may be behind the one that is the furthest, in nanoseconds of work: one that could not go for a while does
/// not catch up.
const BEHIND: u64 = 250_000;

/// The locks at work.
#[derive(Clone, Debug, Default)]
pub(super) struct Gil {
    locks: BTreeMap<ProcessId, Lock>,
}

/// The lock of a process.
#[derive(Clone, Debug, Default)]
struct Lock {
    holder: Option<ThreadId>,
    /// Since when others have wanted it, in nanoseconds of run time.
    wanted: Option<u64>,
    /// Those that had to give it up while they computed: after how many operations of the run, and after how many others.
    gave_up: BTreeMap<ThreadId, (u64, usize)>,
    times: usize,
}

impl Policy for Gil {
    fn pick(&mut self, moment: Moment<'_>) -> ThreadId {
        if !moment.shared.processes.are_several() {
            return self.locks.entry(ProcessId::FIRST).or_default().pick(moment);
        }
        let process_of = |thread: &ThreadId| moment.shared.record(*thread).process;
        let worked = |process: ProcessId| moment.worked.get(process.index()).copied().unwrap_or(0);
        let furthest = moment.ready.iter().map(|thread| worked(process_of(thread))).max().unwrap_or(0);
        let far = |process: ProcessId| worked(process).max(furthest.saturating_sub(BEHIND));
        let first = |thread: &&ThreadId| (far(process_of(thread)), process_of(thread));
        let process = moment.ready.iter().min_by_key(first).map_or(ProcessId::FIRST, process_of);
        let those = moment.ready.iter().zip(moment.since).filter(|(thread, _)| process_of(thread) == process);
        let (ready, since): (Vec<ThreadId>, Vec<u64>) = those.map(|(thread, since)| (*thread, *since)).unzip();
        self.locks.entry(process).or_default().pick(Moment { ready: &ready, since: &since, ..moment })
    }
}

impl Lock {
    /// Picks one of the process's threads.
    fn pick(&mut self, moment: Moment<'_>) -> ThreadId {
        let now = moment.shared.now;
        let going = |holder: &ThreadId| moment.going.contains(holder) && moment.ready.contains(holder);
        if let Some(holder) = self.holder.filter(going) {
            if moment.ready.len() == 1 {
                self.wanted = None;
                return holder;
            }
            let since = *self.wanted.get_or_insert(now);
            if now.saturating_sub(since) < SWITCH_INTERVAL {
                return holder;
            }
            self.times += 1;
            self.gave_up.insert(holder, (moment.shared.step, self.times));
        }
        let last_had = |thread: ThreadId, moved: u64| {
            let gave_up = self.gave_up.get(&thread).filter(|(step, _)| *step >= moved);
            gave_up.copied().unwrap_or((moved, 0))
        };
        let waiting = moment.ready.iter().zip(moment.since);
        let longest = waiting.min_by_key(|(thread, moved)| (last_had(**thread, **moved), **thread));
        let picked = longest.map_or(moment.ready[0], |(thread, _)| *thread);
        self.holder = Some(picked);
        self.wanted = (moment.ready.len() > 1).then_some(now);
        picked
    }
}
