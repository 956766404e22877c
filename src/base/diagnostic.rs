//! What is wrong with an input: what, where, and what to do instead.
//!
//! A diagnostic is data; `cli` prints it with the source around it.

use super::{Source, Span};
use std::sync::Arc;

/// Why an input is turned away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// The file is not Python: CPython would answer with a `SyntaxError`.
    Syntax,
    /// Valid Python that lies outside the subset.
    Unsupported,
    /// The metadata block is wrong.
    Metadata,
    /// The file cannot be taken in at all: not text, or too large.
    Unreadable,
}

/// One complaint about one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The kind of complaint.
    pub reason: Reason,
    /// What is wrong, one line without a full stop: "`async def` is not supported".
    pub message: String,
    /// Where; `None` when it is about the file as a whole.
    pub span: Option<Span>,
    /// What to do instead, one line.
    pub advice: Option<String>,
    /// The file that it is about, if that is not the scenario's own.
    pub file: Option<Arc<Source>>,
}

impl Diagnostic {
    /// A complaint about `span`.
    pub fn new(reason: Reason, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { reason, message: message.into(), span: Some(span), advice: None, file: None }
    }

    /// A complaint about the file as a whole.
    pub fn whole_file(reason: Reason, message: impl Into<String>) -> Self {
        Diagnostic { reason, message: message.into(), span: None, advice: None, file: None }
    }

    /// Says that it is about another file than the scenario's own.
    #[must_use]
    pub fn about(mut self, file: Arc<Source>) -> Self {
        self.file = Some(file);
        self
    }

    /// Adds what to do instead.
    #[must_use]
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

/// Every complaint about one input, in source order: all are reported, never just the first.
pub type Diagnostics = Vec<Diagnostic>;
