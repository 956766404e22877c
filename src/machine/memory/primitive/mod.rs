//! What memory holds of each primitive: its state, and the actions that operations name. What an action does stands in
//! `sync` and `run`.

pub mod barrier;
pub mod channel;
pub mod condition;
pub mod event;
pub mod files;
pub mod future;
pub mod futures;
pub mod lock;
pub mod log;
pub mod pool;
pub mod process;
pub mod queue;
pub mod random;
pub mod rlock;
pub mod semaphore;
pub mod signal;
pub mod thread;
pub mod time;
pub mod world;
