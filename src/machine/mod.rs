//! The machine: the one definition of what a program does.
//!
//! *advance* runs what no other thread can see, up to the thread's next operation; it needs no lock. *perform* does one
//! operation on what threads share. Whoever drives a run (the live engine, a replay, the checker) calls these two, and
//! decides nothing but who goes next.

pub mod data;
pub mod exception;
pub mod heap;
pub mod image;
pub mod native;
pub mod object;
pub mod operation;
pub mod shared;
pub mod sync;
pub mod thread;
pub mod value;
