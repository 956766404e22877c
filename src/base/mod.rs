//! What every other part stands on: ids, source text and spans, diagnostics, names and text from outside made safe to show,
//! what a text says of its writes, and the steps by which numbers are mixed.

pub mod diagnostic;
mod flow;
pub mod id;
pub mod mix;
mod names;
mod nearest;
pub mod source;
pub mod text;

pub use diagnostic::{Diagnostic, Diagnostics};
pub use flow::{Flow, Link};
pub use id::{ObjectId, Symbol, ThreadId};
pub use names::Names;
pub use nearest::nearest;
pub use source::{Source, Span};
pub use text::SafeText;
