//! raddle, a terminal microscope for threads: the library behind the binary. `ARCHITECTURE.md` draws the parts, what each
//! may import, and how data flows.

pub mod base;
pub mod bytecode;
pub mod cli;
pub mod engine;
pub mod event;
pub mod history;
pub mod lang;
pub mod machine;
pub mod policy;
pub mod scenario;
pub mod schedule;
pub mod trace;
pub mod tui;
