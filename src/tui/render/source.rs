//! The program's text, with the threads at their lines.
//!
//! ```text
//! ╭ bank.py ─────────────────────╮
//! │        8 │ with a:           │
//! │  left▶ 9 │     with b:       │
//! │ right▶14 │     with a:       │
//! ╰──────────────────────────────╯
//! ```

use super::super::run::Run;
use super::super::theme::{Look, Role, Theme};
use super::{Focus, cut, cut_name, panel, put};
use crate::base::sources::number_of;
use crate::base::{FileId, SafeText};
use crate::trace::Thread;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

const KEYWORDS: [&str; 34] = [
    "False", "None", "True", "and", "as", "assert", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or",
    "pass", "raise", "return", "try", "while", "with", "yield", "match",
];

pub(super) fn draw(theme: Theme, run: &Run, area: Rect, buffer: &mut Buffer) {
    let source = &run.model().legend().source;
    let file = FileId::of(run.source_line());
    let text = source.file(file);
    let name = SafeText::new(text.name()).into_string();
    let inside =
        panel(theme, &cut(&name, usize::from(area.width / 2)), Focus::of(run, super::Panel::Source), area, buffer);
    let standing: Vec<(u32, &Thread)> =
        run.model().threads().iter().map(|thread| (run.line_of(thread), &**thread)).collect();
    let marks = mark_width(&standing, inside.width);
    let all = inside;
    let inside = behind_breakpoints(run, all);
    let digits = text.line_count().to_string().len();
    let current = run.source_line();
    let top = first_line(run, inside.height);
    for (number, y) in (top..=text.line_count()).zip(inside.y..inside.bottom()) {
        let at = file.line(number);
        let here: Vec<&Thread> = standing.iter().filter(|(line, _)| *line == at).map(|&(_, thread)| thread).collect();
        let is_current = at == current;
        if let Some(on) = run.breakpoints.on_line(at) {
            let style = theme.style(Role::Alarm).add_modifier(Modifier::BOLD);
            put(buffer, all, all.x, y, if on { "●" } else { "○" }, style);
        }
        let x = line_mark(theme, run, &here, marks, Rect { y, height: 1, ..inside }, buffer);
        let style = theme.style(if is_current { Role::Text } else { Role::Dim });
        let style = if is_current { style.add_modifier(Modifier::BOLD) } else { style };
        let x = put(buffer, inside, x, y, &format!("{number:>digits$}"), style) + 1;
        code(theme, text.line(number), Rect { x, y, width: inside.right().saturating_sub(x), height: 1 }, buffer);
        if is_current {
            let row = Rect { x, y, width: inside.right().saturating_sub(x), height: 1 };
            buffer.set_style(row, Style::new().add_modifier(Modifier::BOLD));
        }
    }
}

/// The number of the line that is drawn first, so that the current one is in the middle.
fn first_line(run: &Run, height: u16) -> u32 {
    let current = run.source_line();
    let count = run.model().legend().source.file(FileId::of(current)).line_count();
    let height = u32::from(height);
    number_of(current).saturating_sub(height / 2).min(count.saturating_sub(height) + 1).max(1)
}

/// The part of the panel behind the column for breakpoints, which is there when there are some.
fn behind_breakpoints(run: &Run, inside: Rect) -> Rect {
    let column = u16::from(run.breakpoints.has_lines());
    Rect { x: inside.x + column, width: inside.width.saturating_sub(column), ..inside }
}

/// The line whose number, or what stands before it, is drawn at `at`.
pub(in super::super) fn line_at_gutter(run: &Run, frame: Rect, at: Position) -> Option<u32> {
    let inside = Rect {
        x: frame.x + 1,
        y: frame.y + 1,
        width: frame.width.saturating_sub(2),
        height: frame.height.saturating_sub(2),
    };
    let file = FileId::of(run.source_line());
    let count = run.model().legend().source.file(file).line_count();
    let standing: Vec<(u32, &Thread)> =
        run.model().threads().iter().map(|thread| (run.line_of(thread), &**thread)).collect();
    let marks = mark_width(&standing, inside.width);
    let gutter = behind_breakpoints(run, inside).x + marks + 1 + count.to_string().len() as u16;
    let line = first_line(run, inside.height) + u32::from(at.y.checked_sub(inside.y)?);
    (inside.contains(at) && at.x < gutter && line <= count).then_some(file.line(line))
}

/// Columns for the names of threads at their lines, with how many more are there.
fn mark_width(standing: &[(u32, &Thread)], width: u16) -> u16 {
    let standing: Vec<_> = standing.iter().filter(|(line, _)| *line > 0).collect();
    let names = standing.iter().map(|(_, thread)| thread.name.width()).max().unwrap_or(0);
    let shared = standing.iter().enumerate().any(|(index, (line, _))| standing[..index].iter().any(|(l, _)| l == line));
    let more = if shared { 2 } else { 0 };
    ((names + more) as u16).clamp(4, (width / 4).max(4))
}

/// The threads that stand at a line; gives the column behind their mark.
fn line_mark(theme: Theme, run: &Run, here: &[&Thread], width: u16, row: Rect, buffer: &mut Buffer) -> u16 {
    let end = row.x + width;
    // The selected thread gives the mark its name, if it is here.
    let first = here.iter().find(|thread| thread.id == run.look.selected).or(here.first());
    if let Some(thread) = first {
        let look = if thread.is_deadlocked() { Look::Deadlocked } else { Look::State(thread.state) };
        let style = Style::new().fg(theme.look_color(look)).add_modifier(Modifier::BOLD);
        let more = if here.len() > 1 { format!("+{}", here.len() - 1) } else { String::new() };
        let text = format!("{}{more}", cut_name(&thread.name, usize::from(width).saturating_sub(more.width())));
        let x = end.saturating_sub(text.width() as u16);
        put(buffer, row, x, row.y, &text, style);
        put(buffer, row, end, row.y, "▶", style);
    }
    end + 1
}

/// One line of Python: keywords, strings and comments stand out a little.
fn code(theme: Theme, raw: &str, row: Rect, buffer: &mut Buffer) {
    let text = SafeText::new(raw).into_string();
    let mut x = row.x;
    for (kind, piece) in tokens(&text) {
        let style = match kind {
            Token::Plain => theme.style(Role::Text),
            Token::Keyword => theme.style(Role::Accent),
            Token::String => theme.style(Role::Good),
            Token::Comment => theme.style(Role::Dim),
        };
        x = put(buffer, row, x, row.y, piece, style);
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Token {
    Plain,
    Keyword,
    String,
    Comment,
}

/// Cuts a line into pieces to colour. It looks at one line alone: a string over several lines keeps plain colours.
fn tokens(line: &str) -> Vec<(Token, &str)> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let (kind, length) = match c {
            '#' => (Token::Comment, rest.len()),
            '"' | '\'' => (Token::String, string_length(rest, c)),
            c if c.is_alphabetic() || c == '_' => {
                let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                (if KEYWORDS.contains(&&rest[..length]) { Token::Keyword } else { Token::Plain }, length)
            }
            c => (Token::Plain, c.len_utf8()),
        };
        let (piece, after) = rest.split_at(length);
        pieces.push((kind, piece));
        rest = after;
    }
    pieces
}

fn string_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_falls_into_pieces_and_none_is_lost() {
        let line = r#"with lock: print("a\"b", x)  # why not"#;
        let pieces = tokens(line);
        assert_eq!(pieces.iter().map(|(_, piece)| *piece).collect::<String>(), line);
        assert_eq!(pieces[0], (Token::Keyword, "with"));
        assert!(pieces.contains(&(Token::String, r#""a\"b""#)) && pieces.contains(&(Token::Comment, "# why not")));
        assert_eq!(tokens("'open ş"), [(Token::String, "'open ş")]);
        assert!(tokens("").is_empty());
    }
}
