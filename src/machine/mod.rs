//! The machine: the one definition of what a program does.
//!
//! *advance* runs what no other thread can see, up to the thread's next operation. It changes nothing that threads
//! share, so the engine calls it without its lock. *perform* does one operation on what threads share. The driver of a
//! run (the live engine, a replay, the checker) calls these two, and decides only which thread goes next.
//!
//! The machine has four floors, each of which imports only those that stand before it in this list:
//! - `memory`: values, and the heaps that hold what can change,
//! - `data`: the builtin types and functions,
//! - `sync`: what threads share, and the synchronization primitives,
//! - `run`: the interpreter, and all that drives and watches a run.

pub mod data;
pub mod memory;
pub mod run;
pub mod sync;

pub use memory::thread::Thread;
pub use memory::{budget, lookout, object, thread, value};
pub use run::encode::Fingerprint;
pub use run::execution::{Execution, Impossible};
pub use run::fault::{Senseless, exception_advice, inject, is_exception};
pub use run::image::Image;
pub use run::inspect::{value_at, variables};
pub use run::interpreter::lines::{Footing, advance_to_line};
pub use run::interpreter::{Finals, Pause, advance};
pub use run::looks::Looks;
pub use run::perform::{Boot, boot, line_of, locals_of, perform};
pub use run::position::position;
pub use run::sail::sail;
pub use run::settle::Outcome;
pub use run::{asked, files, image, note, parts, strike};
pub use sync::collect::report;
pub use sync::shared;
pub use sync::shared::{Shared, Standing};
