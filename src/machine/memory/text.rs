//! Strings.

use std::fmt;
use triomphe::Arc;

/// A string with its length in code points, so that ASCII strings are indexed at once.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Str(Arc<StrData>);

#[derive(PartialEq, Eq, Hash)]
struct StrData {
    text: String,
    chars: usize,
}

impl Str {
    /// Takes the text.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let chars = if text.is_ascii() { text.len() } else { text.chars().count() };
        Str(Arc::new(StrData { text, chars }))
    }

    /// The texts in a row.
    pub fn concat(parts: &[&Str]) -> Self {
        let mut text = String::with_capacity(parts.iter().map(|part| part.0.text.len()).sum());
        parts.iter().for_each(|part| text.push_str(&part.0.text));
        Str(Arc::new(StrData { text, chars: parts.iter().map(|part| part.0.chars).sum() }))
    }

    /// Adds a text behind this one; without a copy if nobody else has it.
    pub fn append(&mut self, more: &Str) {
        match Arc::get_mut(&mut self.0) {
            Some(data) => {
                data.text.push_str(&more.0.text);
                data.chars += more.0.chars;
            }
            None => *self = Str::concat(&[self, more]),
        }
    }

    /// Whether nobody else has it.
    pub fn is_unique(&self) -> bool {
        self.0.is_unique()
    }

    /// Whether it is in two places, and nowhere else.
    pub fn is_held_twice(&self) -> bool {
        Arc::count(&self.0) == 2
    }

    /// Where it lies in memory.
    pub fn address(&self) -> usize {
        Arc::as_ptr(&self.0).addr()
    }

    /// Whether it is the very same text in memory.
    pub fn shares(&self, other: &Str) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// The length in code points: Python's `len`.
    pub fn len(&self) -> usize {
        self.0.chars
    }

    /// Whether it has no characters.
    pub fn is_empty(&self) -> bool {
        self.0.chars == 0
    }

    /// Whether every character is one byte, so that byte offsets are character offsets.
    pub fn is_ascii(&self) -> bool {
        self.0.chars == self.0.text.len()
    }
}

impl fmt::Debug for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
