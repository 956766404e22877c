//! Which threads work in pools.

use super::process::Process;
use super::shared::{Phase, Shared};
use crate::base::{ObjectId, ThreadId};
use crate::machine::memory::object::Object;

/// Whether any pool of the process still has a worker that the end of the process waits for.
pub(in crate::machine) fn anybody_works(shared: &Shared, process: &Process) -> bool {
    let works = |id: &ObjectId| match process.heap.get(*id) {
        Some(Object::Pool(pool)) => pool.workers.iter().any(|it| shared.record(it.thread).phase == Phase::Alive),
        _ => false,
    };
    process.household.pools.iter().any(works)
}

/// The threads that could begin a task of the pool, when it is sure that there will be no others.
pub(in crate::machine) fn sure_workers(process: &Process, id: ObjectId) -> Option<Vec<ThreadId>> {
    match process.heap.get(id) {
        Some(Object::Pool(pool)) if pool.is_full() || process.household.exiting => {
            Some(pool.workers.iter().map(|worker| worker.thread).collect())
        }
        _ => None,
    }
}
