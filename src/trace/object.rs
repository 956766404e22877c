//! Objects and shared data as the events show them.

use super::chunks::Chunks;
use super::ends::Ends;
use super::story::Grain;
use super::timeline::{Axis, Moment, SPAN_LIMIT};
use crate::base::{ObjectId, ProcessId, SafeText, ThreadId};
use crate::event::{FutureState, ObjectKind, ObjectState, Place, Shown};
use std::sync::Arc;

/// A synchronization object, or data that more than one thread can reach.
#[derive(Clone, Debug)]
pub struct Object {
    /// Its id.
    pub id: ObjectId,
    /// Its kind.
    pub kind: ObjectKind,
    /// Its name, safe to show; a second object of the same name gets `#2`, and a copy its process.
    pub name: Arc<str>,
    /// What it is called in the program.
    pub title: Arc<str>,
    /// The process that it lies in; [`ProcessId::WORLD`]: in none, all can reach it.
    pub process: ProcessId,
    /// It is the library's own.
    pub private: bool,
    /// Its state now.
    pub detail: Detail,
    /// The line of the program that names it first; `u32::MAX` when none does.
    pub line: u32,
    /// The threads that wait for it, the longest-waiting first.
    pub waiters: Vec<ThreadId>,
    /// The fault that is armed for its next operation, in words.
    pub armed: Option<&'static str>,
    /// How full a queue was, by when it changed.
    pub depths: Chunks<(Moment, u32)>,
    /// How coarse the older ones are.
    pub(super) grain: Grain,
    /// The most that a queue ever held.
    pub deepest: u32,
    /// What threads did for those who wait for it: the last time of each, by thread and kind.
    pub aids: Vec<Aided>,
    /// The threads that the last notify of a condition woke.
    pub(super) woken: Vec<ThreadId>,
    /// Who holds the ends of a channel.
    pub ends: Option<Box<Ends>>,
    /// A fault drops the notify that is under way.
    pub(super) dropping: bool,
    /// How many events there had been when something happened to it last.
    pub(super) touched: u64,
}

/// What lets threads go on that wait for an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Aid {
    /// A notify of a condition.
    Notify,
    /// An event was set.
    Set,
    /// A permit of a semaphore was given back.
    Return,
    /// A thread came to a barrier.
    Arrive,
    /// An item was put into a queue.
    Put,
    /// An item was taken out of a queue.
    Get,
    /// A queue's `task_done` was called.
    Done,
    /// That helps nobody: a permit of a semaphore was taken.
    Take,
    /// Nor does that: an event was cleared.
    Clear,
}

/// A thread did something for those who wait for an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Aided {
    /// Which thread.
    pub thread: ThreadId,
    /// What it did.
    pub what: Aid,
    /// Where it did so the last time.
    pub line: u32,
    /// When.
    pub moment: Moment,
    /// That notify woke nobody.
    pub vain: bool,
    /// Because a fault dropped it.
    pub dropped: bool,
}

/// An object's state.
#[derive(Clone, PartialEq, Debug)]
#[expect(missing_docs, reason = "each variant's comment names its fields")]
pub enum Detail {
    /// A lock: the thread that holds it, how many times.
    Lock { owner: Option<ThreadId>, depth: u32 },
    /// A condition, and the lock it goes with.
    Condition { lock: Option<ObjectId> },
    /// A semaphore's permits.
    Semaphore { value: u64 },
    /// An event.
    Event { set: bool },
    /// A barrier: how many came, how many must come, and whether it broke.
    Barrier { count: u32, parties: u32, broken: bool },
    /// A queue: how many items it holds, at most (0: no limit), and how many are unfinished.
    Queue { depth: u32, capacity: u32, unfinished: Option<u32> },
    /// A pool: how many workers it may have, those that it has, how many tasks wait, and whether it takes more.
    Pool { limit: u32, workers: Vec<Worker>, pending: u32, open: bool, broken: bool },
    /// A future, the call that it stands for, the pool that this is a task of, and the thread that is at it.
    Future { state: FutureState, task: String, pool: Option<ObjectId>, runner: Option<ThreadId> },
    /// Futures that one thread waits for together.
    Futures { futures: Arc<[ObjectId]> },
    /// Data, as it prints.
    Data { value: String },
}

/// A worker of a pool.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Worker {
    /// The thread.
    pub thread: ThreadId,
    /// The future whose task it is at.
    pub future: Option<ObjectId>,
}

impl Detail {
    /// A lock is in this state now.
    #[inline]
    pub(super) fn set_lock(&mut self, new_owner: Option<ThreadId>, new_depth: u32) {
        match self {
            Detail::Lock { owner, depth } => (*owner, *depth) = (new_owner, new_depth),
            other => *other = Detail::Lock { owner: new_owner, depth: new_depth },
        }
    }

    /// The state in which an object was first shown.
    pub(super) fn first(state: &ObjectState) -> Detail {
        match state {
            ObjectState::Lock { owner, depth } => Detail::Lock { owner: *owner, depth: *depth },
            ObjectState::Condition { lock } => Detail::Condition { lock: Some(*lock) },
            ObjectState::Semaphore { value } => Detail::Semaphore { value: *value },
            ObjectState::Event { set } => Detail::Event { set: *set },
            ObjectState::Barrier { parties, count, broken } => {
                Detail::Barrier { count: *count, parties: *parties, broken: *broken }
            }
            ObjectState::Channel { .. } => Detail::Queue { depth: 0, capacity: 0, unfinished: None },
            ObjectState::Queue { depth, capacity } => {
                Detail::Queue { depth: *depth, capacity: *capacity, unfinished: None }
            }
            ObjectState::Pool { limit } => {
                Detail::Pool { limit: *limit, workers: Vec::new(), pending: 0, open: true, broken: false }
            }
            ObjectState::Future { state, task, pool } => {
                let task = SafeText::new(task).into_string();
                Detail::Future { state: state.clone(), task, pool: *pool, runner: None }
            }
            ObjectState::Futures { futures } => Detail::Futures { futures: futures.clone() },
            ObjectState::Data { value } => Detail::Data { value: SafeText::new(&value.to_string()).into_string() },
        }
    }
}

impl Object {
    /// The only thread that can let the waiters go on: the holder of a lock, the thread that makes a future's result.
    pub fn owner(&self) -> Option<ThreadId> {
        match self.detail {
            Detail::Lock { owner, .. } => owner,
            Detail::Future { state: FutureState::Running, runner, .. } => runner,
            _ => None,
        }
    }

    /// Whether it is a future that is done for good.
    pub fn is_done(&self) -> bool {
        matches!(&self.detail, Detail::Future { state, .. } if state.is_done())
    }

    /// Notes what a thread did for those who wait for it.
    pub(super) fn note_aid(&mut self, aided: Aided) {
        match self.aids.iter_mut().find(|known| known.thread == aided.thread && known.what == aided.what) {
            Some(known) => *known = aided,
            None => self.aids.push(aided),
        }
    }

    /// Whether it is worth a row: futures that the program has no name for are, until they are done.
    pub fn has_row(&self) -> bool {
        match &self.detail {
            Detail::Future { state, task, .. } => !state.is_done() || !self.name.starts_with(task.as_str()),
            Detail::Futures { .. } => false,
            Detail::Lock { .. }
            | Detail::Condition { .. }
            | Detail::Semaphore { .. }
            | Detail::Event { .. }
            | Detail::Barrier { .. }
            | Detail::Queue { .. }
            | Detail::Pool { .. }
            | Detail::Data { .. } => !self.private,
        }
    }

    /// How full the queue was at `place` of `axis`; `None` before it was shown.
    pub fn depth_at(&self, axis: Axis, place: u64) -> Option<u32> {
        let after = self.depths.partition_point(|&(moment, _)| axis.place(moment) <= place);
        after.checked_sub(1).map(|index| self.depths[index].1)
    }

    /// What a full gauge of this queue stands for: its capacity or, without one, the most that it ever held.
    pub fn depth_limit(&self) -> u32 {
        match self.detail {
            Detail::Queue { capacity, .. } if capacity > 0 => capacity,
            _ => self.deepest.max(4),
        }
    }

    /// Notes that the queue holds `now` items.
    pub(super) fn set_depth(&mut self, now: u32, moment: Moment) {
        if let Detail::Queue { depth, .. } = &mut self.detail {
            *depth = now;
        }
        self.deepest = self.deepest.max(now);
        if self.depths.len() == SPAN_LIMIT {
            // For old stretches the last of several changes is enough.
            self.grain.thin(&mut self.depths, |depth| depth.0, |_, later| Some(*later));
        }
        self.depths.push((moment, now));
    }
}

/// A shared variable, attribute or element: its last value and the threads that accessed it.
#[derive(Clone, Debug)]
pub struct Datum {
    /// Where it stands.
    pub place: Place,
    /// Its name in the program, safe to show: `total`, `account.balance`.
    pub name: Arc<str>,
    /// Its last value that was read or written.
    pub(super) value: Shown,
    /// The last thread that wrote it, and where.
    pub writer: Option<(ThreadId, u32)>,
    /// How many events there had been when it was read or written last.
    pub(super) touched: u64,
}

impl Datum {
    /// Its last value that was read or written, safe to show.
    pub fn value(&self) -> String {
        SafeText::new(&self.value.to_string()).into_string()
    }
}

/// Places, made to be looked up by.
pub(super) type PlaceKey = (u8, Option<ObjectId>, Option<crate::base::Symbol>);

/// The key of `place`.
pub(super) fn key(place: &Place) -> PlaceKey {
    match *place {
        Place::Global(name) => (0, None, Some(name)),
        Place::Cell { object, name } => (1, Some(object), Some(name)),
        Place::Attribute { object, name } => (2, Some(object), Some(name)),
        Place::Content { object } => (3, Some(object), None),
    }
}
