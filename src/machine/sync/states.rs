//! What synchronization objects look like in events.

use crate::event::{ObjectKind, ObjectState};
use crate::machine::memory::object::Object;
use crate::machine::memory::primitive::barrier::Mode;
use crate::machine::memory::value::Kind;

/// What a synchronization object is, and its state, if no value of the program is part of that.
pub(super) fn of_synchronization(object: &Object) -> Option<(ObjectKind, ObjectState)> {
    Some(match object {
        Object::Lock(lock) => {
            (ObjectKind::Lock, ObjectState::Lock { owner: lock.owner, depth: u32::from(lock.owner.is_some()) })
        }
        Object::RLock(lock) => (ObjectKind::RLock, ObjectState::Lock { owner: lock.owner, depth: lock.depth }),
        Object::Condition(condition) => (ObjectKind::Condition, ObjectState::Condition { lock: condition.lock }),
        Object::Semaphore(semaphore) => {
            let bounded = semaphore.bound.is_some();
            let what = if bounded { ObjectKind::BoundedSemaphore } else { ObjectKind::Semaphore };
            (what, ObjectState::Semaphore { value: semaphore.value })
        }
        Object::Event(event) => (ObjectKind::Event, ObjectState::Event { set: event.set }),
        Object::Barrier(barrier) => (
            ObjectKind::Barrier,
            ObjectState::Barrier {
                parties: barrier.parties,
                count: barrier.inside.len() as u32,
                broken: barrier.mode == Mode::Broken,
            },
        ),
        Object::Queue(queue) => {
            let depth = queue.items.len() as u32;
            let what = match queue.kind {
                Kind::LifoQueue => ObjectKind::LifoQueue,
                Kind::PriorityQueue => ObjectKind::PriorityQueue,
                Kind::SimpleQueue => ObjectKind::SimpleQueue,
                _ => ObjectKind::Queue,
            };
            (what, ObjectState::Queue { depth, capacity: queue.capacity() })
        }
        Object::Pool(pool) => (ObjectKind::Pool, ObjectState::Pool { limit: pool.limit }),
        Object::Futures(several) => {
            (ObjectKind::Futures, ObjectState::Futures { futures: several.left.iter().copied().collect() })
        }
        Object::List(_)
        | Object::Dict(_)
        | Object::Set(_)
        | Object::Deque(_)
        | Object::Instance(_)
        | Object::Cell(_)
        | Object::Namespace(_)
        | Object::ClassVariables(_)
        | Object::Iterator(_)
        | Object::Generator(_)
        | Object::Local
        | Object::Future(_) => return None,
    })
}
