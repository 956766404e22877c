//! Source text, and places in it.

use serde::{Deserialize, Serialize};

/// A stretch of source text: byte offsets, the end exclusive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Span {
    /// Where it starts, in bytes from the start of the text.
    pub start: u32,
    /// Where it ends, exclusive.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end` (exclusive), in bytes.
    pub fn new(start: u32, end: u32) -> Self {
        Span { start, end }
    }
}

/// A source file: its name as the user gave it, its text, and where its lines start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<u32>,
}

impl Source {
    /// Takes a name (shown in messages and tracebacks) and the text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let ends = text.bytes().zip(1..).filter(|&(byte, _)| byte == b'\n').map(|(_, next)| next);
        let line_starts = std::iter::once(0).chain(ends).collect();
        Source { name: name.into(), text, line_starts }
    }

    /// The name that the user gave: a path, or a scenario's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many lines there are; a text that ends in a newline has no empty last line.
    pub fn line_count(&self) -> u32 {
        let lines = self.line_starts.len() as u32;
        if self.text.ends_with('\n') || self.text.is_empty() { lines - 1 } else { lines }
    }

    /// The line (from 1) that holds the byte `offset`.
    pub fn line_of(&self, offset: u32) -> u32 {
        self.line_starts.partition_point(|&start| start <= offset) as u32
    }

    /// The text of line `number` (from 1) without its line end; empty when there is no such line.
    pub fn line(&self, number: u32) -> &str {
        let Some(index) = (number as usize).checked_sub(1) else { return "" };
        let Some(&start) = self.line_starts.get(index) else { return "" };
        let end = self.line_starts.get(index + 1).map_or(self.text.len(), |&next| next as usize);
        self.text[start as usize..end].trim_end_matches(['\n', '\r'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_by_number_and_by_offset() {
        let source = Source::new("a.py", "one\r\ntwo\n\nfour");
        assert_eq!(source.line_count(), 4);
        assert_eq!((1..=5).map(|n| source.line(n)).collect::<Vec<_>>(), ["one", "two", "", "four", ""]);
        assert_eq!([0, 3, 5, 8, 9, 10, 13].map(|o| source.line_of(o)), [1, 1, 2, 2, 3, 4, 4]);
    }

    #[test]
    fn an_empty_text_has_no_lines() {
        let source = Source::new("empty.py", "");
        assert_eq!((source.line_count(), source.line(1), source.line(0)), (0, "", ""));
    }
}
