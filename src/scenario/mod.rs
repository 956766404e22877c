//! What a scenario says about itself, and the scenarios that are built into the binary.
//!
//! A scenario is a plain Python file. [`metadata`] reads the block in which it may name its title, what to watch for and
//! how it is expected to end; [`builtin`] holds the files of `scenarios/`, in the order in which they are shown.

pub mod builtin;
pub mod metadata;

pub use builtin::{Builtin, Unknown};
pub use metadata::{ClockKind, Expectation, Metadata, Translation};
