//! raddle, a terminal microscope for threads: the library behind the binary. `ARCHITECTURE.md` draws the parts, what each
//! may import, and how data flows. Without cargo features there are no parts that need threads, a clock or a terminal of the
//! operating system: `live` adds `engine`, `terminal` adds `terminal` and `cli`.

pub mod base;
pub mod bytecode;
pub mod check;
#[cfg(feature = "terminal")]
pub mod cli;
#[cfg(feature = "live")]
pub mod engine;
pub mod event;
pub mod history;
pub mod lang;
pub mod machine;
pub mod policy;
pub mod scenario;
pub mod schedule;
pub mod session;
#[cfg(feature = "terminal")]
pub mod terminal;
pub mod trace;
pub mod tui;
