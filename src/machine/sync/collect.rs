//! Garbage among the shared objects: what no thread reaches any more is dropped. Each process has a heap of its own and looks
//! for garbage by itself; what follows is said of one.
//!
//! A thread that computes has its references to itself, and no lock makes it stand still. So while garbage is looked for
//! ([`SharedHeap::wants_collection`](crate::machine::memory::heap::SharedHeap::wants_collection)) each thread *reports* what it reaches,
//! and when the last one has, what nobody reaches is dropped. A report says which shared objects a thread refers to, by
//! itself or through what it alone can reach.
//!
//! - A thread that performs reports at the end of that, anew each time.
//! - A thread that was just started is reported by the one that started it.
//! - Of one that computes, or is kept from performing, the driver of the run sees to it: it lets the first look up
//!   (`Choice::Struck`), the second report where it stands (`Choice::Report`).
//!
//! All three are what the tape of a run tells, so a replay drops the same objects at the same moment.
//!
//! **A report holds until the thread performs next.** Between two operations it only moves references that it has. It does
//! read final attributes of shared instances, frozen globals, and what was stored to shared classes; but these can no longer
//! change, so they are reached from the instance, from `Process::frozen` and from the class, which count themselves. What it
//! makes shared when it performs next is not in the shared heap yet.
//!
//! What a thread refers to, and what counts in its process, is found by way of the encodings (`encode`): they come by all that a
//! thread's future can depend on, and each type says beside its definition what that is. What they leave out cannot
//! matter to the program; it may be the id of an object that is gone. Such ids are never given out again, so nothing is
//! mistaken for another thing.

use super::process::{Household, Process, Reports};
use super::rows::Rows;
use super::shared::{Phase, Record, Shared, Waiting};
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::machine::memory::encode::{Encode, Encoder};
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::Value;

impl Shared {
    /// Whether garbage is looked for, and the thread has not said yet what it reaches.
    pub fn lacks_report(&self, thread: ThreadId) -> bool {
        let record = self.record(thread);
        self.processes[record.process].lacks_report(thread, record)
    }

    /// The threads of which that is so.
    pub fn lacking_reports(&self) -> Vec<ThreadId> {
        let of_process = |(id, process): (ProcessId, &Process)| {
            let ids = (process.reports.first as u32..self.threads.len() as u32).map(ThreadId);
            ids.filter(|thread| self.record(*thread).process == id && self.lacks_report(*thread)).collect::<Vec<_>>()
        };
        let wants = |(_, process): &(ProcessId, &Process)| process.heap.wants_collection();
        self.processes.iter().filter(wants).flat_map(of_process).collect()
    }

    /// Whether garbage is looked for, in any process.
    pub fn wants_collection(&self) -> bool {
        self.processes.iter().any(|(_, process)| process.heap.wants_collection())
    }
}

impl Process {
    fn lacks_report(&self, thread: ThreadId, record: &Record) -> bool {
        self.heap.wants_collection() && record.phase == Phase::Alive && !self.reports.of.contains_key(&thread)
    }
}

/// The thread has performed.
#[inline]
pub(in crate::machine) fn report_if_wanted(shared: &mut Shared, thread: &Thread) {
    if shared.processes[thread.process].heap.wants_collection() {
        report(shared, thread);
    }
}

/// Says what a thread reaches, if garbage is looked for in its process. If it is the last one there, all that nobody
/// reaches is dropped.
#[cold]
pub fn report(shared: &mut Shared, thread: &Thread) {
    let Shared { started, threads, processes, .. } = shared;
    let id = thread.process;
    let Process { heap, reports, namespace, .. } = &mut processes[id];
    if !heap.wants_collection() {
        return;
    }
    for thread in started.iter().filter(|started| started.process == id).chain([thread]) {
        let mut to = Encoder::finding(Some(&thread.heap));
        thread.encode(&mut to);
        namespace.encode(&mut to); // nobody refers to it, and at first it is the main thread's alone
        reports.of.insert(thread.id, to.elsewhere());
    }
    let Reports { of, first } = reports;
    let reported = |record: &Record, thread: usize| {
        record.process != id || record.phase != Phase::Alive || of.contains_key(&ThreadId(thread as u32))
    };
    while threads.get(*first).is_some_and(|record| reported(record, *first)) {
        *first += 1;
    }
    if *first == threads.len() {
        collect(threads, id, &mut processes[id]);
    }
}

fn collect(threads: &mut Rows<Record>, id: ProcessId, process: &mut Process) {
    let (mut roots, mut cost) = roots(threads, id, process);
    for (thread, (reached, looked)) in std::mem::take(&mut process.reports).of {
        if threads[thread.index()].phase == Phase::Alive {
            roots.extend(reached);
            cost += looked;
        }
    }
    let Process { heap, household, .. } = process;
    heap.collect(roots, cost);
    household.pools.retain(|pool| heap.get(*pool).is_some());
    let over = |record: &&mut Record| record.process == id && matches!(record.phase, Phase::Over(_));
    for record in threads.iter_mut().filter(over) {
        if record.object.object_id().is_some_and(|id| heap.get(id).is_none()) {
            record.object = Value::None;
        }
    }
}

/// The objects of the process that count, whatever threads say; and how much was looked at to find them.
fn roots(threads: &Rows<Record>, id: ProcessId, process: &Process) -> (Vec<ObjectId>, usize) {
    #[rustfmt::skip]
    let Process {
        namespace, household,
        // These hold no objects.
        heap: _, copied: _, met: _, reports: _,
    } = process;
    #[rustfmt::skip]
    let Household {
        frozen, armed, logging, signals,
        // These hold no objects.
        parent: _, main: _, random: _, generators: _, status: _, unnamed: _, unnamed_pools: _, futures_done: _, exiting: _,
        heralds: _, leaving: _,
        // A pool that has work is reached by its workers.
        pools: _,
    } = household;
    let mut to = Encoder::finding(None);
    namespace.encode(&mut to);
    frozen.encode(&mut to);
    (armed, (logging, signals)).encode(&mut to);
    // A thread's object leads to the thread, not the other way: only one that runs can still be asked for its own.
    for record in threads.iter().filter(|record| record.process == id && record.phase == Phase::Alive) {
        #[rustfmt::skip]
        let Record {
            object, waiting, holds, set_aside,
            process: _, name: _, daemon: _, phase: _, line: _, held: _, frozen: _, delayed: _, slow: _, doom: _, stands: _,
        } = record;
        object.encode(&mut to);
        holds.iter().for_each(|(lock, _)| lock.encode(&mut to));
        for Waiting { operation, on, stage: _, until: _, ready: _ } in waiting.iter().chain(set_aside.iter().flatten())
        {
            (operation, on).encode(&mut to);
        }
    }
    to.elsewhere()
}
