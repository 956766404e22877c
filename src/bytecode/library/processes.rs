//! What `multiprocessing` and its parts provide.

/// `multiprocessing`; what begins with an underscore is for other modules of the library.
pub(super) const MEMBERS: &[&str] = &[
    "Array",
    "AsyncResult",
    "AuthenticationError",
    "Barrier",
    "BoundedSemaphore",
    "BufferTooShort",
    "Condition",
    "Connection",
    "Event",
    "ForkProcess",
    "JoinableQueue",
    "Lock",
    "Manager",
    "MapResult",
    "MaybeEncodingError",
    "Pipe",
    "Pool",
    "Process",
    "ProcessError",
    "Queue",
    "RLock",
    "RawArray",
    "RawValue",
    "RemoteTraceback",
    "Semaphore",
    "SimpleQueue",
    "SyncManager",
    "Synchronized",
    "SynchronizedArray",
    "ThreadPool",
    "TimeoutError",
    "Value",
    "_BrokenProcessPool",
    "_ProcessPoolExecutor",
    "active_children",
    "cpu_count",
    "current_process",
    "freeze_support",
    "get_all_start_methods",
    "get_context",
    "get_start_method",
    "parent_process",
    "set_start_method",
];

/// `multiprocessing.dummy`
pub(super) const DUMMY: &[&str] = &[
    "Barrier",
    "BoundedSemaphore",
    "Condition",
    "Event",
    "JoinableQueue",
    "Lock",
    "Pool",
    "Process",
    "Queue",
    "RLock",
    "Semaphore",
    "active_children",
    "current_process",
];

/// `multiprocessing.sharedctypes`
pub(super) const SHARED_TYPES: &[&str] =
    &["Array", "RawArray", "RawValue", "Synchronized", "SynchronizedArray", "Value"];

/// `multiprocessing.synchronize`
pub(super) const SYNCHRONIZE: &[&str] =
    &["Barrier", "BoundedSemaphore", "Condition", "Event", "Lock", "RLock", "Semaphore"];
