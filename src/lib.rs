//! raddle, a terminal microscope for threads: the library behind the binary. `ARCHITECTURE.md` draws the parts, what each
//! may import, and how data flows.

pub mod base;
pub mod bytecode;
pub mod event;
pub mod schedule;
pub mod trace;
pub mod tui;
