//! The kinds of mutable objects.

/// The builtin kinds of mutable objects.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[expect(missing_docs, reason = "each is the Python type of that name")]
pub enum Kind {
    List,
    Dict,
    Set,
    FrozenSet,
    Deque,
    Iterator,
    Generator,
    Lock,
    RLock,
    Condition,
    Semaphore,
    BoundedSemaphore,
    Event,
    Barrier,
    Queue,
    LifoQueue,
    PriorityQueue,
    SimpleQueue,
    Pool,
    Future,
    Futures,
    Local,
}

impl Kind {
    /// Those of synchronization objects.
    pub const SYNC: [Kind; 14] = [
        Kind::Lock,
        Kind::RLock,
        Kind::Condition,
        Kind::Semaphore,
        Kind::BoundedSemaphore,
        Kind::Event,
        Kind::Barrier,
        Kind::Queue,
        Kind::LifoQueue,
        Kind::PriorityQueue,
        Kind::SimpleQueue,
        Kind::Pool,
        Kind::Future,
        Kind::Futures,
    ];

    /// Whether it is a synchronization object: its methods are operations.
    pub fn is_sync(self) -> bool {
        self >= Kind::Lock && self != Kind::Local
    }
}
