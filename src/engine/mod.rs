//! The live engine: a program on real operating-system threads, one for each Python thread.
//!
//! Every worker loops: *advance* (no lock; threads that compute run truly in parallel), wait at the **gate**, *perform*
//! under the state's one lock, and when the machine says that the thread cannot go on, park. What lives where:
//!
//! - `run`: a [`Run`] and the operating-system threads it owns; what all of them share
//! - `worker`: the loop above
//! - `gate`: which threads may perform now: pause, steps, pace, held threads, abort; parking and waking; time jumps
//! - `lines`: how a worker walks: how far it computes before it looks up, and up to which line
//! - `clock`: run time; the only place that reads the time
//! - `channel`: events on their way to the one reader, put back in order there
//! - `control`: the handle to watch and steer a run
//! - `outside`: where what the program reads comes from, and where what it writes goes
//!
//! Two rules keep it alive. No lock is held while events are sent or a thread is spawned. And each thread waits only on
//! its own condition variable under the state's lock, so that ending a run reaches every thread: one that computes
//! looks up after each slice of fuel.

mod aside;
mod channel;
mod clock;
mod control;
mod gate;
mod lines;
mod outside;
mod resident;
mod run;
mod worker;

pub use aside::aside;
pub use channel::{EventStream, Received};
pub use clock::{ClockKind, Stopwatch, fresh_seed};
pub use control::{Control, StepResult, Written};
pub use gate::Planned;
pub use outside::{Disk, Nowhere, Outside, Typist};
pub use resident::resident;
pub use run::{Options, Run, RunEnd};
pub use worker::on_worker;
