//! The queues of `queue`: their state, and what is done to them.

use crate::machine::memory::encode::{Encode, Encoder, encoded};
use crate::machine::memory::limit::Limit;
use crate::machine::memory::value::{Kind, Value};
use std::collections::VecDeque;

/// A queue's state.
#[derive(Clone, Debug)]
pub struct Queue {
    /// Which of the queues it is: that says which item comes out first.
    pub kind: Kind,
    /// How many items there may be; 0 or less: any number.
    pub maxsize: i64,
    /// The items, the oldest first; those of a priority queue as `heapq` lays them out.
    pub items: VecDeque<Value>,
    /// How many items were put that no `task_done` was called for.
    pub unfinished: u32,
    /// Python code is comparing the items: they are not to change.
    pub closed: bool,
    /// Once somebody has asked for one of them, what [`Inner`] names, in that order; the items are in the first.
    pub inside: Option<Box<[Value; 5]>>,
}

/// What the program may look at inside of a queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Inner {
    /// The items.
    Queue,
    /// The lock of the conditions.
    Lock,
    /// Notified when an item was put.
    NotEmpty,
    /// Notified when an item was got.
    NotFull,
    /// Notified when all items are dealt with.
    AllTasksDone,
}

encoded!(kind Inner);

impl Inner {
    /// Their names.
    pub const NAMES: [&str; 5] = ["queue", "mutex", "not_empty", "not_full", "all_tasks_done"];
}

/// A number that the program may store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counter {
    /// `maxsize`
    Maxsize,
    /// `unfinished_tasks`
    Unfinished,
}

encoded!(kind Counter);

impl Encode for Queue {
    fn encode(&self, to: &mut Encoder<'_>) {
        let Queue { kind, maxsize, items, unfinished, closed, inside } = self;
        to.field("kind", kind);
        to.field("maxsize", maxsize);
        to.field("items", items);
        let unfinished = if to.counters.unfinished { *unfinished } else { (*unfinished).min(1) };
        to.field("unfinished", &unfinished);
        to.field("closed", closed);
        if let Some(inside) = inside {
            to.row(inside.iter());
        }
    }
}

impl Queue {
    /// An empty queue.
    pub fn new(kind: Kind, maxsize: i64) -> Queue {
        Queue { kind, maxsize, items: VecDeque::new(), unfinished: 0, closed: false, inside: None }
    }

    /// The values in it.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.items.iter().chain(self.inside.iter().flat_map(|inside| inside.iter()))
    }

    /// Whether there is no room.
    pub fn is_full(&self) -> bool {
        self.maxsize > 0 && self.items.len() as i64 >= self.maxsize
    }

    /// How many items there may be; 0: any number.
    pub fn capacity(&self) -> u32 {
        self.maxsize.clamp(0, i64::from(u32::MAX)) as u32
    }
}

/// The end of a comparison by Python code.
#[derive(Clone, Debug)]
pub struct Settled {
    /// The items as they now are.
    pub items: Vec<Value>,
    /// The item that was put (`true`) or got; `None`: the comparison failed.
    pub moved: Option<(bool, Value)>,
}

encoded!(struct Settled { items, moved });

/// What is done to it.
#[derive(Clone, Debug)]
pub enum Action {
    /// Puts an item in.
    Put {
        /// The item.
        item: Value,
        /// How long to wait for room.
        limit: Limit,
        /// The program gave a negative timeout, which is wrong if the queue is bounded.
        negative: bool,
    },
    /// Gets the item that comes first.
    Get(Limit),
    /// Ends a `Put` or `Get` whose comparisons were made by Python code.
    Settle(triomphe::Arc<Settled>),
    /// Says that an item is dealt with.
    TaskDone,
    /// Waits until all items are dealt with.
    Join,
    /// Asks how many items there are.
    Size,
    /// Asks whether there are none.
    Empty,
    /// Asks whether there is no room.
    Full,
    /// Looks inside.
    Look(Inner),
    /// Python code has put an item, or got one.
    Note {
        /// It was put.
        put: bool,
        /// The item.
        item: Value,
        /// How many are in the queue now.
        depth: u32,
    },
    /// Stores a number.
    Assign(Counter, i64),
}

encoded!(enum Action { Put { item, limit, negative }, Get(limit), Settle(settled), TaskDone, Join, Size, Empty, Full, Look(inner), Note { put, item, depth }, Assign(counter, number) });
