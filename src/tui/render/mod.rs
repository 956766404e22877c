//! Drawing: a function of the app, one file for each panel.

mod arrows;
mod branches;
mod broken;
mod check;
mod compare;
pub(super) mod events;
pub(super) mod gallery;
pub(super) mod gil;
pub(super) mod graph;
pub(super) mod lanes;
pub(super) mod objects;
mod output;
pub(super) mod popups;
mod processes;
pub(super) mod source;
mod steps;
mod title;
pub(super) mod variables;

use super::app::{App, Screen};
use super::footer;
use super::layout::{Panel, Size};
use super::run::Run;
use super::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Block, BorderType, Clear, Widget};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Draws everything.
pub(super) fn draw(app: &App<'_>, buffer: &mut Buffer) {
    let (area, theme) = (app.area, app.theme);
    buffer.set_style(area, theme.base());
    if Size::of(area) == Size::Line {
        too_small(app, area, buffer);
    } else {
        match &app.screen {
            Screen::Gallery => gallery::draw(app, buffer),
            Screen::Run(run) => draw_run(app.theme, run, buffer),
            Screen::Broken { name, message, scroll, .. } => {
                broken::draw(theme, name, message, *scroll, broken_area(area), buffer);
            }
        }
        hints(app, last_line(area), buffer);
        popups::draw(app, buffer);
    }
    theme.finish(buffer);
}

fn broken_area(area: Rect) -> Rect {
    Rect { height: area.height.saturating_sub(1), ..area }
}

fn last_line(area: Rect) -> Rect {
    Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area }
}

fn draw_run(theme: Theme, run: &Run, buffer: &mut Buffer) {
    let places = &run.places;
    title::draw(theme, run, places.title, buffer);
    for &(panel, place) in &places.panels {
        match panel {
            Panel::Lanes => lanes::draw(theme, run, buffer),
            Panel::Graph => graph::draw(theme, run, place, buffer),
            Panel::Source => source::draw(theme, run, place, buffer),
            Panel::Objects => objects::draw(theme, run, place, buffer),
            Panel::Events => events::draw(theme, run, place, buffer),
            Panel::Output => output::draw(theme, run, place, buffer),
            Panel::Variables => variables::draw(theme, run, place, buffer),
            Panel::Steps => steps::draw(theme, run, place, buffer),
        }
    }
    check::ahead(theme, run, places.ahead, buffer);
    why(theme, run, places.why, buffer);
}

/// One line for terminals in which nothing else fits; the trouble comes first.
fn too_small(app: &App<'_>, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let line = Rect { height: 1, ..area };
    let mut x = line.x;
    if let Screen::Run(run) = &app.screen
        && let Some((word, style)) = title::banner(app.theme, run)
    {
        x = put(buffer, line, x, line.y, word, style) + 1;
    }
    put(buffer, line, x, line.y, "raddle needs 60x16", app.theme.style(Role::Text));
}

/// `why  left holds a (line 8) and waits for b; …`
fn why(theme: Theme, run: &Run, area: Rect, buffer: &mut Buffer) {
    let selected = run.look.selected;
    let alarm = run.model().finding_of(selected).is_some() || run.model().lost_update_of(selected).is_some();
    let label = theme.style(if alarm { Role::Alarm } else { Role::Accent }).add_modifier(Modifier::BOLD);
    let x = put(buffer, area, area.x + 1, area.y, "why", label) + 2;
    let text = Rect { x, width: area.right().saturating_sub(x), ..area };
    wrapped(buffer, text, &run.why(), theme.style(Role::Text));
}

/// The last line: what is being typed, or a notice, or the keys that matter most; help and quit always.
fn hints(app: &App<'_>, area: Rect, buffer: &mut Buffer) {
    let (theme, y) = (app.theme, area.y);
    let typed = match app.popups.last() {
        Some(super::popup::Popup::Filter { text, .. }) => Some(("/", text, None)),
        Some(super::popup::Popup::Line { text }) => {
            Some(("input: ", text, Some("Enter gives the program the line, ctrl-D ends its input, Esc later")))
        }
        _ => None,
    };
    if let Some((mark, text, words)) = typed {
        let x = put(buffer, area, area.x + 1, y, mark, theme.style(Role::Accent).add_modifier(Modifier::BOLD));
        let x = put(buffer, area, x, y, &shown(text), theme.style(Role::Text));
        let x = put(buffer, area, x, y, " ", Style::new().add_modifier(Modifier::REVERSED));
        let words = words.unwrap_or(match app.screen {
            Screen::Gallery => "↑↓ select, Enter runs it, Esc drops the filter",
            _ => "Enter keeps the filter, Esc drops it",
        });
        put(buffer, area, x + 2, y, words, theme.style(Role::Dim));
        return;
    }
    let (placed, end) = footer::placed(app, area.width);
    if let Some(notice) = app.notice() {
        let room = Rect { x: area.x + 1, width: end.saturating_sub(2), ..area };
        put(
            buffer,
            room,
            room.x,
            y,
            &cut_words(&notice.to_string(), usize::from(room.width)),
            theme.style(Role::Value),
        );
    }
    for (x, hint) in placed {
        let x = put(buffer, area, area.x + x, y, &hint.label, theme.style(Role::Accent).add_modifier(Modifier::BOLD));
        put(buffer, area, x + 1, y, hint.words, theme.style(Role::Dim));
    }
}

/// Whether a panel has the focus; its frame shows that.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Focus {
    Here,
    Elsewhere,
}

impl Focus {
    /// Of a panel of the run screen.
    fn of(run: &Run, panel: Panel) -> Focus {
        if run.look.focus == panel { Focus::Here } else { Focus::Elsewhere }
    }
}

/// A framed panel; gives its inside.
pub(super) fn panel(theme: Theme, name: &str, focus: Focus, area: Rect, buffer: &mut Buffer) -> Rect {
    let (edge, title) = match focus {
        Focus::Here => (Role::Accent, Role::Accent),
        Focus::Elsewhere => (Role::Frame, Role::Dim),
    };
    let style = theme.style(edge);
    let block = Block::bordered().border_type(BorderType::Rounded).border_style(style);
    let inside = block.inner(area);
    block.render(area, buffer);
    if area.width > 6 && area.height > 0 {
        let name_style = theme.style(title).add_modifier(Modifier::BOLD);
        let edge = Rect { width: area.width - 2, height: 1, ..area };
        let name = cut_middle(name, usize::from(edge.width).saturating_sub(4));
        put(buffer, edge, area.x + 2, area.y, &format!(" {name} "), name_style);
    }
    inside
}

/// Like `panel`, above what is already there.
pub(super) fn popup_panel(theme: Theme, name: &str, area: Rect, buffer: &mut Buffer) -> Rect {
    Clear.render(area, buffer);
    buffer.set_style(area, theme.base());
    panel(theme, name, Focus::Here, area, buffer)
}

/// Writes `text` at `x`, `y`; gives the column behind it. Where `area` ends it is cut, and an ellipsis says so, also of words
/// for which no column is left.
pub(super) fn put(buffer: &mut Buffer, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
    if y >= area.bottom() || y < area.y || area.width == 0 {
        return x;
    }
    if x >= area.right() {
        if text.contains(char::is_alphanumeric) {
            mark_cut(buffer, area, y);
        }
        return x;
    }
    let room = usize::from(area.right() - x);
    // Lines and gauges have nothing to say that could be missed.
    let text = if text.width() > room && text.contains(char::is_alphanumeric) { &cut(text, room) } else { text };
    buffer.set_stringn(x, y, text, room, style).0
}

/// An ellipsis in the last column of a row, where more would stand.
fn mark_cut(buffer: &mut Buffer, area: Rect, y: u16) {
    let last = area.right() - 1;
    // Half of a wide character would be left.
    if last > area.x
        && let Some(cell) = buffer.cell_mut((last - 1, y)).filter(|cell| cell.symbol().width() > 1)
    {
        cell.set_symbol(" ");
    }
    if let Some(cell) = buffer.cell_mut((last, y)) {
        cell.set_symbol("…");
    }
}

/// Writes on the lower edge of a frame, where rows are left out: "12 more above, 3 below". Its corners stay as they are.
pub(super) fn more(theme: Theme, frame: Rect, above: usize, below: usize, buffer: &mut Buffer) {
    let text = match (above, below) {
        (0, 0) => return,
        (above, 0) => format!(" {above} more above "),
        (0, below) => format!(" {below} more below "),
        (above, below) => format!(" {above} more above, {below} below "),
    };
    on_edge(frame, &text, theme.style(Role::Dim), buffer);
}

/// Writes on the lower edge of a frame, not over its corners; gives the column behind it.
pub(super) fn on_edge(frame: Rect, text: &str, style: Style, buffer: &mut Buffer) -> u16 {
    if frame.width < 8 || frame.height == 0 {
        return frame.x;
    }
    let edge = Rect { x: frame.x + 2, y: frame.bottom() - 1, width: frame.width - 4, height: 1 };
    put(buffer, edge, edge.x, edge.y, text, style)
}

/// The first of `count` rows to show in `height`, so that the row `selected` is among them, in the middle where that can be.
pub(super) fn first_of(selected: usize, count: usize, height: usize) -> usize {
    selected.saturating_sub(height / 2).min(count.saturating_sub(height))
}

/// Writes `text` in as many lines as `area` has, broken between words; gives the number of lines used.
pub(super) fn wrapped(buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    let lines = wrap(text, usize::from(area.width));
    for (line, y) in lines.iter().zip(area.y..area.bottom()) {
        put(buffer, area, area.x, y, line, style);
    }
    if lines.len() > usize::from(area.height) && area.height > 0 && area.width > 2 {
        put(buffer, area, area.right() - 2, area.bottom() - 1, " …", style);
    }
    lines.len() as u16
}

/// `text` in lines of at most `width` columns, broken between words where that can be.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if line.is_empty() {
            line.push_str(word);
        } else if line.width() + 1 + word.width() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        }
        while width > 0 && line.width() > width {
            let (head, rest) = split_at_width(&line, width);
            if rest.is_empty() {
                break;
            }
            let (head, rest) = (head.to_owned(), rest.to_owned());
            lines.push(head);
            line = rest;
        }
    }
    lines.push(line);
    lines
}

/// The longest start of `text` that is at most `width` columns wide, at least one character, and the rest.
fn split_at_width(text: &str, width: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > width && at > 0 {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// Cuts `text` to `width` columns; an ellipsis says so.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    if width == 0 {
        return String::new();
    }
    let (head, _) = split_at_width(text, width - 1);
    if head.width() < width { format!("{head}…") } else { "…".to_owned() }
}

/// Likewise, but between words where that can be.
pub(super) fn cut_words(text: &str, width: usize) -> String {
    let short = cut(text, width);
    let kept = short.strip_suffix('…').unwrap_or_default();
    match kept.rfind(' ') {
        Some(at) if short != text && !text[kept.len()..].starts_with(' ') => format!("{} …", kept[..at].trim_end()),
        _ => short,
    }
}

/// Cuts the name of a thread or an object to `width` columns so that it is still told from its like: what it runs goes first
/// (`Thread-3 (work)` is `Thread-3`), then the middle.
pub(super) fn cut_name(name: &str, width: usize) -> String {
    let short = name.split_once(" (").map_or(name, |(short, _)| short);
    if name.width() <= width || width < 4 {
        return cut(name, width);
    }
    if short.width() <= width { short.to_owned() } else { cut_middle(short, width) }
}

/// Cuts a name in its middle, where names differ least.
pub(super) fn cut_middle(name: &str, width: usize) -> String {
    if name.width() <= width || width < 4 {
        return cut(name, width);
    }
    let mut tail = name;
    while tail.width() > (width - 1).div_ceil(2) {
        let first = tail.graphemes(true).next().map_or(tail.len(), str::len);
        tail = &tail[first..];
    }
    format!("{}{tail}", cut(name, width - tail.width()))
}

/// Cuts names to `width` columns, each so that it differs from the others, if that can be: those that would be alike show the
/// place where they are not.
pub(super) fn cut_names(names: &[String], width: usize) -> Vec<String> {
    let mut shown: Vec<String> = names.iter().map(|name| cut_name(name, width)).collect();
    let alike = |shown: &[String], index: usize| {
        (0..shown.len()).any(|other| other != index && shown[other] == shown[index] && names[other] != names[index])
    };
    let doubtful: Vec<usize> = (0..names.len()).filter(|&index| alike(&shown, index)).collect();
    if let Some(&first) = doubtful.first() {
        let common = doubtful.iter().map(|&index| common_start(&names[first], &names[index])).min().unwrap_or(0);
        // The word in which they differ is shown from its start on.
        let word = names[first][..common].rfind(|c: char| c.is_ascii_punctuation() || c == ' ').map_or(0, |at| at + 1);
        for index in doubtful {
            shown[index] = cut(&format!("…{}", names[index].get(word..).unwrap_or_default()), width);
        }
    }
    shown
}

/// How many bytes two names have in common from the start on, as long as they are alike; all, when they are the same.
fn common_start(one: &str, other: &str) -> usize {
    if one == other {
        return one.len();
    }
    one.char_indices()
        .zip(other.chars())
        .find(|((_, a), b)| a != b)
        .map_or(one.len().min(other.len()), |((at, _), _)| at)
}

/// What was typed or comes from outside, safe to show.
pub(super) fn shown(text: &str) -> String {
    crate::base::SafeText::new(text).into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_wrapped_between_words_and_cut_with_an_ellipsis() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("", 3), [""]);
        assert_eq!(wrap("ab", 0).concat(), "ab");
        assert_eq!(["abc", "abcd", "日本語"].map(|text| cut(text, 3)), ["abc", "ab…", "日…"]);
        assert_eq!([8, 9, 7].map(|width| cut_words("one two three", width)), ["one two…", "one two …", "one …"]);
        assert_eq!((cut_words("abcdef", 4), cut_words("one two", 7)), ("abc…".into(), "one two".into()));
        let names = ["left", "Thread-3 (work)", "worker-number-17", "日本語日本語日本語"];
        assert_eq!(names.map(|name| cut_name(name, 8)), ["left", "Thread-3", "wor…r-17", "日…本語"]);
        assert_eq!((cut("abc", 0), cut("日本", 1)), (String::new(), "…".into()));
        let like = |middle: &str| format!("philosopher-number-{middle}-at-the-table");
        let names = [like("one"), like("two"), "hume".to_owned(), like("one")];
        assert_eq!(cut_names(&names, 9), ["…one-at-…", "…two-at-…", "hume", "…one-at-…"]);
    }

    #[test]
    fn what_has_no_room_is_marked_and_borders_stay() {
        let area = Rect::new(0, 0, 8, 1);
        let written = |pieces: &[&str]| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 1));
            buffer.set_string(8, 0, "│", Style::new());
            pieces.iter().fold(0, |x, piece| put(&mut buffer, area, x, 0, piece, Style::new()));
            buffer.content.iter().map(|cell| cell.symbol()).collect::<String>()
        };
        assert_eq!(written(&["12345678"]), "12345678│ ");
        assert_eq!(written(&["123456789"]), "1234567…│ ");
        assert_eq!(written(&["1234", "5678", " ", "more"]), "1234567…│ ");
        assert_eq!(written(&["123456", "日", "more"]), "123456 …│ ");
        assert_eq!(written(&["1234", "──────"]), "1234────│ ");
    }
}
