//! The sum of events: the state of every thread and object, timelines, the wait-for graph, and what is wrong.
//!
//! A *model* is a fold over events: the same events give the same model. A *timeline* is a thread's life as *spans*,
//! each one state long; a *slice* is the part of it that one cell of the screen covers. A *finding* is a trouble that
//! the machine reported, at its moment; races are found here (`races`), not in the machine. Nothing here knows how any
//! of this is drawn. Every name and value that comes from a scenario has passed `SafeText` before it leaves this part.

mod cause;
pub mod chunks;
mod crossing;
pub mod describe;
pub mod ends;
pub mod explain;
pub mod gil;
pub mod graph;
pub mod json;
mod library;
mod links;
pub mod model;
pub mod object;
pub mod orders;
pub mod output;
pub mod pairs;
pub mod races;
pub mod recording;
pub mod report;
pub mod row;
pub mod standstill;
pub mod story;
pub mod thread;
pub mod timeline;

#[cfg(test)]
pub(crate) mod samples;

pub use chunks::Chunks;
pub use describe::describe;
pub use gil::Gil;
pub use graph::WaitGraph;
pub use links::Link;
pub use model::{Cost, Finding, Model, Process};
pub use object::{Datum, Detail, Object};
pub use output::{Output, OutputLine};
pub use pairs::Pair;
pub use races::{LostUpdate, Races, Unordered};
pub use report::report;
pub use standstill::Standstill;
pub use thread::{Held, Hold, Stretch, Thread};
pub use timeline::{Axis, Moment, Slice, StateSet, Timeline};
