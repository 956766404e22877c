//! Garbage among the shared objects: what no thread reaches any more is dropped.
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
//! change, so they are reached from the instance, from `Shared::frozen` and from the class, which count themselves. What it
//! makes shared when it performs next is not in the shared heap yet.
//!
//! What a thread refers to, and what counts in `Shared`, is found by way of the encodings (`encode`): they come by all that a
//! thread's future can depend on, and each type says beside its definition what that is. What they leave out cannot
//! matter to the program; it may be the id of an object that is gone. Such ids are never given out again, so nothing is
//! mistaken for another thing.

use super::shared::{Phase, Record, Shared, Waiting};
use crate::base::{ObjectId, ThreadId};
use crate::machine::memory::encode::{Encode, Encoder};
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::Value;
use std::collections::BTreeMap;

/// What threads have said that they reach.
#[derive(Clone, Debug, Default)]
pub struct Reports {
    /// What each reaches, and how much was looked at to find that.
    of: BTreeMap<ThreadId, (Vec<ObjectId>, usize)>,
    /// Threads of lower ids have reported, or need not.
    first: usize,
}

impl Shared {
    /// Whether garbage is looked for, and the thread has not said yet what it reaches.
    pub fn lacks_report(&self, thread: ThreadId) -> bool {
        self.heap.wants_collection()
            && self.record(thread).phase == Phase::Alive
            && !self.reports.of.contains_key(&thread)
    }

    /// The threads of which that is so.
    pub fn lacking_reports(&self) -> Vec<ThreadId> {
        let ids = (self.reports.first as u32..self.threads.len() as u32).map(ThreadId);
        ids.filter(|thread| self.lacks_report(*thread)).collect()
    }
}

/// The thread has performed.
#[inline]
pub(in crate::machine) fn report_if_wanted(shared: &mut Shared, thread: &Thread) {
    if shared.heap.wants_collection() {
        report(shared, thread);
    }
}

/// Says what a thread reaches, if garbage is looked for. If it is the last one, all that nobody reaches is dropped.
#[cold]
pub fn report(shared: &mut Shared, thread: &Thread) {
    if !shared.heap.wants_collection() {
        return;
    }
    let Shared { started, reports, namespace, .. } = shared;
    for thread in started.iter().chain([thread]) {
        let mut to = Encoder::finding(Some(&thread.heap));
        thread.encode(&mut to);
        namespace.encode(&mut to); // nobody refers to it, and at first it is the main thread's alone
        reports.of.insert(thread.id, to.elsewhere());
    }
    let Reports { of, first, .. } = reports;
    let reported = |record: &Record, id: usize| record.phase != Phase::Alive || of.contains_key(&ThreadId(id as u32));
    while shared.threads.get(*first).is_some_and(|record| reported(record, *first)) {
        *first += 1;
    }
    if *first == shared.threads.len() {
        collect(shared);
    }
}

fn collect(shared: &mut Shared) {
    let (mut roots, mut cost) = roots(shared);
    for (thread, (reached, looked)) in std::mem::take(&mut shared.reports).of {
        if shared.record(thread).phase == Phase::Alive {
            roots.extend(reached);
            cost += looked;
        }
    }
    shared.heap.collect(roots, cost);
    let Shared { heap, threads, pools, .. } = shared;
    pools.retain(|pool| heap.get(*pool).is_some());
    for record in threads.iter_mut().filter(|record| matches!(record.phase, Phase::Over(_))) {
        if record.object.object_id().is_some_and(|id| heap.get(id).is_none()) {
            record.object = Value::None;
        }
    }
}

/// The objects that count, whatever threads say; and how much was looked at to find them.
fn roots(shared: &Shared) -> (Vec<ObjectId>, usize) {
    #[rustfmt::skip]
    let Shared {
        threads, namespace, frozen, armed, logging, signals,
        // These hold no objects. Threads that were just started have been reported.
        heap: _, now: _, epoch: _, step: _, seq: _, random: _, generators: _, started: _, woken: _, unnamed: _,
        status: _, suspected: _, circling: _, resting: _, nameless: _, unnamed_pools: _, futures_done: _, exiting: _,
        reports: _, silent: _,
        // What was shown or reported may be gone since. A pool that has work is reached by its workers.
        events: _, reported: _, pools: _,
    } = shared;
    let mut to = Encoder::finding(None);
    namespace.encode(&mut to);
    frozen.encode(&mut to);
    (armed, (logging, signals)).encode(&mut to);
    // A thread's object leads to the thread, not the other way: only one that runs can still be asked for its own.
    for record in threads.iter().filter(|record| record.phase == Phase::Alive) {
        #[rustfmt::skip]
        let Record {
            object, waiting, holds, set_aside,
            name: _, daemon: _, phase: _, line: _, held: _, frozen: _, delayed: _, slow: _, doom: _, stands: _,
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
