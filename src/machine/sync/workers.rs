//! Which threads work in pools.

use super::shared::{Phase, Shared};
use crate::base::{ObjectId, ThreadId};
use crate::machine::memory::object::Object;

/// Whether any pool still has a worker that the end of the program waits for.
pub(in crate::machine) fn anybody_works(shared: &Shared) -> bool {
    let works = |id: &ObjectId| match shared.heap.get(*id) {
        Some(Object::Pool(pool)) => pool.workers.iter().any(|it| shared.record(it.thread).phase == Phase::Alive),
        _ => false,
    };
    shared.pools.iter().any(works)
}

/// The threads that could begin a task of the pool, when it is sure that there will be no others.
pub(in crate::machine) fn sure_workers(shared: &Shared, id: ObjectId) -> Option<Vec<ThreadId>> {
    match shared.heap.get(id) {
        Some(Object::Pool(pool)) if pool.is_full() || shared.exiting => {
            Some(pool.workers.iter().map(|worker| worker.thread).collect())
        }
        _ => None,
    }
}
