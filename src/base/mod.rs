//! The base of every other part: ids, source text and spans, diagnostics, names and text from outside made safe to
//! show, which reads a program's writes depend on, and the steps that mix numbers.

pub mod diagnostic;
mod flow;
pub mod id;
pub mod mix;
mod names;
mod nearest;
pub mod source;
pub mod sources;
pub mod text;

pub use diagnostic::{Diagnostic, Diagnostics};
pub use flow::{Flow, Link};
pub use id::{ObjectId, ProcessId, Symbol, ThreadId};
pub use names::Names;
pub use nearest::nearest;
pub use source::{Source, Span};
pub use sources::{FileId, Sources};
pub use text::SafeText;
