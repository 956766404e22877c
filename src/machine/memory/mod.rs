//! Values, and the heaps that hold what can change: the machine's first floor.
//!
//! Here also stands what every floor above works with: the linked program (`image`), a thread's own part of the state
//! (`thread`), what natives are given and what they answer (`native`), the operations that a thread attempts
//! (`operation`), the budget (`budget`), and how states are encoded (`encode`).

pub mod budget;
pub mod builtin;
pub(in crate::machine) mod contents;
pub mod deque;
pub mod encode;
pub mod frame;
pub mod halt;
pub mod heap;
pub mod image;
pub mod kind;
pub mod limit;
pub mod lookout;
pub mod native;
pub mod nest;
pub mod object;
pub mod operation;
pub(in crate::machine) mod pages;
mod pass;
pub mod primitive;
pub(in crate::machine) mod progression;
pub(in crate::machine) mod push;
pub(in crate::machine) mod quick;
pub mod reach;
pub mod replaced;
pub mod text;
pub mod thread;
pub mod trace;
pub mod twister;
pub mod value;
