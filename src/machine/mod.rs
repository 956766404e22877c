//! The machine: the one definition of what a program does.
//!
//! *advance* runs what no other thread can see, up to the thread's next operation. It changes nothing that threads
//! share, so the engine calls it without its lock. *perform* does one operation on what threads share. The driver of a
//! run (the live engine, a replay, the checker) calls these two, and decides only which thread goes next.

pub mod budget;
mod builtin;
mod circle;
pub mod class;
pub mod data;
pub mod encode;
mod end;
pub mod exception;
mod execution;
mod fault;
pub mod heap;
pub mod image;
mod inspect;
pub mod instance;
mod interpreter;
mod interrupt;
mod keyed;
pub mod lookout;
mod naming;
pub mod native;
pub mod nest;
pub mod note;
pub mod object;
pub mod operation;
mod outlook;
mod perform;
mod position;
mod progression;
mod push;
mod quick;
mod reach;
pub mod replaced;
mod sail;
pub mod shared;
mod show;
mod stance;
pub mod sync;
pub mod text;
pub mod thread;
mod touch;
mod traceback;
mod trouble;
pub mod value;

pub use encode::Fingerprint;
pub use execution::{Execution, Impossible};
pub use fault::{exception_advice, inject, is_exception};
pub use image::Image;
pub use inspect::{value_at, variables};
pub use interpreter::{Finals, Footing, Pause, advance, advance_to_line};
pub use perform::{Boot, Outcome, boot, line_of, perform};
pub use position::position;
pub use sail::sail;
pub use shared::{Shared, Standing};
pub use stance::{Readings, Stance, stance};
pub use thread::Thread;
