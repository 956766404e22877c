//! A run: the interpreter, and all that drives and watches the program's threads. The machine's last floor.
//!
//! `interpreter` runs what no other thread can see, `perform` does an operation on what threads share, and `execution`
//! is a whole run as one value. `trouble`, `inspect` and `stance` only look.

mod arrive;
pub mod asked;
mod belongings;
pub(in crate::machine) mod builtin;
pub(in crate::machine) mod circle;
pub(in crate::machine) mod encode;
mod encode_part;
pub(in crate::machine) mod end;
mod endless;
pub(in crate::machine) mod execution;
pub(in crate::machine) mod fault;
pub mod files;
mod fork;
mod guard;
pub mod image;
pub(in crate::machine) mod inspect;
pub(in crate::machine) mod interpreter;
pub(in crate::machine) mod interrupt;
pub(in crate::machine) mod keyed;
pub mod log;
pub(in crate::machine) mod looks;
pub mod note;
pub(in crate::machine) mod operations;
pub(in crate::machine) mod outlook;
pub mod parts;
pub(in crate::machine) mod perform;
pub(in crate::machine) mod position;
pub mod process;
pub mod random;
pub(in crate::machine) mod reach;
pub(in crate::machine) mod sail;
pub(in crate::machine) mod settle;
pub mod signal;
pub(in crate::machine) mod stance;
pub mod strike;
pub(in crate::machine) mod touch;
pub(in crate::machine) mod trouble;
