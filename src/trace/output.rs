//! The program's output as lines; a bounded number of them.

use super::chunks::Chunks;
use crate::base::{SafeText, ThreadId};
use std::sync::Arc;

/// The most lines that are kept.
const LINE_LIMIT: usize = 4096;
/// The most bytes of one line that are kept.
const LINE_BYTES: usize = 4096;

/// A line that the program printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutputLine {
    /// The thread that began it.
    pub thread: ThreadId,
    /// Whether it went to standard error.
    pub error: bool,
    /// The line, safe to show.
    pub text: Arc<str>,
}

/// Everything printed, standard output and standard error in the order in which it came.
#[derive(Clone, Debug, Default)]
pub struct Output {
    lines: Chunks<OutputLine>,
    dropped: u64,
    /// The text of the last line as it came, while more may follow on it.
    open: Option<String>,
}

impl Output {
    /// Takes in what `thread` printed.
    pub(super) fn print(&mut self, thread: ThreadId, text: &str, error: bool) {
        for piece in text.split_inclusive('\n') {
            let ends = piece.ends_with('\n');
            let piece = piece.trim_end_matches('\n');
            let continues = self.lines.last().is_some_and(|line| line.error == error);
            let mut raw = match self.open.take() {
                Some(open) if continues => open,
                _ => {
                    self.begin(OutputLine { thread, error, text: Arc::default() });
                    String::new()
                }
            };
            let room = LINE_BYTES.saturating_sub(raw.len());
            raw.push_str(&piece[..piece.floor_char_boundary(room)]);
            if let Some(line) = self.lines.last_mut() {
                line.text = SafeText::new(&raw).as_str().into();
            }
            self.open = (!ends).then_some(raw);
        }
    }

    /// Somebody typed a line behind what was printed last: what follows stands on a line of its own.
    pub(super) fn end_line(&mut self) {
        self.open = None;
    }

    fn begin(&mut self, line: OutputLine) {
        if self.lines.len() == LINE_LIMIT {
            self.lines.drop_front(1);
            self.dropped += 1;
        }
        self.lines.push(line);
    }

    /// The lines that are kept: the last ones.
    pub fn lines(&self) -> &Chunks<OutputLine> {
        &self.lines
    }

    /// How many lines came before those.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(output: &Output) -> Vec<&str> {
        output.lines().iter().map(|line| &*line.text).collect()
    }

    #[test]
    fn pieces_become_lines_and_streams_stay_apart() {
        let mut output = Output::default();
        output.print(ThreadId(1), "a", false);
        output.print(ThreadId(2), "b\nc\n\n", false);
        output.print(ThreadId(1), "open", false);
        output.print(ThreadId(1), "oops\u{1b}\n", true);
        output.print(ThreadId(1), "name? ", false);
        output.end_line();
        output.print(ThreadId(1), "hello", false);
        assert_eq!(texts(&output), ["ab", "c", "", "open", "oops␛", "name? ", "hello"]);
        assert!(output.lines()[4].error);
    }

    #[test]
    fn a_program_that_never_stops_printing_is_kept_within_bounds() {
        let mut output = Output::default();
        for number in 0..10_000 {
            output.print(ThreadId(0), &format!("{number}\n"), false);
        }
        assert_eq!((output.lines().len(), output.dropped()), (LINE_LIMIT, 10_000 - LINE_LIMIT as u64));
        for _ in 0..1000 {
            output.print(ThreadId(0), "äöü and so on", false);
        }
        assert!(output.lines().last().is_some_and(|line| line.text.len() <= 2 * LINE_BYTES));
    }
}
