//! Drawing: a function of the app, one file for each panel.

mod broken;
pub(super) mod events;
mod futures;
pub(super) mod gallery;
pub(super) mod gil;
pub(super) mod graph;
mod lanes;
pub(super) mod objects;
mod output;
mod popups;
pub(super) mod source;
mod title;
pub(super) mod variables;

use super::app::{App, Screen};
use super::keys::{self, Mode};
use super::layout::{Panel, Size};
use super::run::Run;
use super::theme::{Role, Theme};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Block, BorderType, Clear, Widget};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Draws everything.
pub(super) fn draw(app: &mut App<'_>, frame: &mut Frame<'_>) {
    app.area = frame.area();
    let (area, theme) = (app.area, app.theme);
    let buffer = frame.buffer_mut();
    buffer.set_style(area, theme.base());
    if Size::of(area) == Size::Line {
        too_small(app, area, buffer);
    } else {
        match &app.screen {
            Screen::Gallery => gallery::draw(app, area, buffer),
            Screen::Run(run) => draw_run(app, run, area, buffer),
            Screen::Broken { name, message, scroll, .. } => {
                broken::draw(theme, name, message, *scroll, broken_area(area), buffer);
            }
        }
        hints(app, last_line(area), buffer);
        popups::draw(app, area, buffer);
    }
    theme.finish(buffer);
}

fn broken_area(area: Rect) -> Rect {
    Rect { height: area.height.saturating_sub(1), ..area }
}

fn last_line(area: Rect) -> Rect {
    Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area }
}

fn draw_run(app: &App<'_>, run: &Run, area: Rect, buffer: &mut Buffer) {
    let (theme, places) = (app.theme, run.places(area));
    title::draw(theme, run, places.title, buffer);
    for &(panel, place) in &places.panels {
        match panel {
            Panel::Lanes => lanes::draw(theme, run, place, buffer),
            Panel::Graph => graph::draw(theme, run, place, buffer),
            Panel::Source => source::draw(theme, run, place, buffer),
            Panel::Objects => objects::draw(theme, run, place, buffer),
            Panel::Events => {
                let shares_its_place = places.panel(Panel::Output).is_none();
                events::draw(theme, run, shares_its_place, place, buffer);
            }
            Panel::Output => output::draw(theme, run, place, buffer),
            Panel::Variables => variables::draw(theme, run, place, buffer),
        }
    }
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
    let alarm = run.model.finding_of(selected).is_some() || run.model.lost_update_of(selected).is_some();
    let label = theme.style(if alarm { Role::Alarm } else { Role::Accent }).add_modifier(Modifier::BOLD);
    let x = put(buffer, area, area.x + 1, area.y, "why", label) + 2;
    let text = Rect { x, width: area.right().saturating_sub(x), ..area };
    wrapped(buffer, text, &run.why(), theme.style(Role::Text));
}

/// The last line: what is being typed, or a message, or the keys that matter most.
fn hints(app: &App<'_>, area: Rect, buffer: &mut Buffer) {
    let theme = app.theme;
    if let Some(super::popup::Popup::Filter { text, .. }) = app.popups.last() {
        let x = put(buffer, area, area.x + 1, area.y, "/", theme.style(Role::Accent).add_modifier(Modifier::BOLD));
        let x = put(buffer, area, x, area.y, &shown(text), theme.style(Role::Text));
        let x = put(buffer, area, x, area.y, " ", Style::new().add_modifier(Modifier::REVERSED));
        put(buffer, area, x + 2, area.y, "Enter keeps the filter, Esc drops it", theme.style(Role::Dim));
        return;
    }
    if let Some(message) = app.message() {
        put(buffer, area, area.x + 1, area.y, message, theme.style(Role::Value));
        return;
    }
    let paused = matches!(&app.screen, Screen::Run(run) if !run.pulse.paused && !run.pulse.over);
    let mode = if app.popups.is_empty() { app.screen_mode() } else { app.mode() };
    let extra: &[(&str, &str)] = match mode {
        Mode::Reading => &[("↑↓", "scroll"), ("Esc", "back")],
        Mode::Menu | Mode::Breakpoints | Mode::Futures => &[("↑↓", "select"), ("Esc", "back")],
        Mode::Gallery => &[("↑↓", "select")],
        Mode::Run => &[],
        Mode::Broken => &[("Esc", "gallery")],
        Mode::Typing => &[("↑↓", "select"), ("Esc", "back")],
    };
    let mut x = area.x + 1;
    if let Screen::Run(run) = &app.screen
        && mode == Mode::Run
        && run.is_past()
    {
        for (key, hint) in keys::past_hints() {
            let hint = if hint == "play" && run.is_replaying() { "stop" } else { hint };
            x = put_hint(theme, buffer, area, x, &key.label(), hint);
        }
        return;
    }
    if matches!(&app.screen, Screen::Run(run) if mode == Mode::Run && run.pulse.over) {
        for (key, hint) in keys::over_hints() {
            x = put_hint(theme, buffer, area, x, &key.label(), hint);
        }
        return;
    }
    let rows = keys::bindings(mode).filter(|row| !row.hint.is_empty()).map(|row| {
        let hint = if row.hint == "play" && paused { "pause" } else { row.hint };
        (row.keys[0].label(), hint)
    });
    let extra = extra.iter().map(|&(key, hint)| (key.to_owned(), hint));
    for (key, hint) in extra.chain(rows) {
        x = put_hint(theme, buffer, area, x, &key, hint);
    }
}

/// Writes a key and what it does, if there is room for both; gives the column for the next one.
fn put_hint(theme: Theme, buffer: &mut Buffer, area: Rect, x: u16, key: &str, hint: &str) -> u16 {
    if usize::from(x) + key.width() + 1 + hint.width() > area.right().into() {
        return area.right();
    }
    let x = put(buffer, area, x, area.y, key, theme.style(Role::Accent).add_modifier(Modifier::BOLD)) + 1;
    put(buffer, area, x, area.y, hint, theme.style(Role::Dim)) + 2
}

/// A framed panel; gives its inside.
pub(super) fn panel(theme: Theme, name: &str, focused: bool, area: Rect, buffer: &mut Buffer) -> Rect {
    let style = theme.style(if focused { Role::Accent } else { Role::Frame });
    let block = Block::bordered().border_type(BorderType::Rounded).border_style(style);
    let inside = block.inner(area);
    block.render(area, buffer);
    if area.width > 6 && area.height > 0 {
        let name_style = theme.style(if focused { Role::Accent } else { Role::Dim }).add_modifier(Modifier::BOLD);
        let edge = Rect { width: area.width - 2, height: 1, ..area };
        put(buffer, edge, area.x + 2, area.y, &format!(" {name} "), name_style);
    }
    inside
}

/// Like `panel`, above what is already there.
pub(super) fn popup_panel(theme: Theme, name: &str, area: Rect, buffer: &mut Buffer) -> Rect {
    Clear.render(area, buffer);
    buffer.set_style(area, theme.base());
    panel(theme, name, true, area, buffer)
}

/// Writes `text` at `x`, `y`, cut where `area` ends; gives the column behind it.
pub(super) fn put(buffer: &mut Buffer, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
    if x >= area.right() || y >= area.bottom() || y < area.y {
        return x;
    }
    buffer.set_stringn(x, y, text, usize::from(area.right() - x), style).0
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

/// Cuts the name of a thread or an object to `width` columns so that it is still told from its like: what it runs goes first
/// (`Thread-3 (work)` is `Thread-3`), then the middle.
pub(super) fn cut_name(name: &str, width: usize) -> String {
    let short = name.split_once(" (").map_or(name, |(short, _)| short);
    if name.width() <= width || width < 4 {
        return cut(name, width);
    }
    if short.width() <= width {
        return short.to_owned();
    }
    let mut tail = short;
    while tail.width() > (width - 1).div_ceil(2) {
        let first = tail.graphemes(true).next().map_or(tail.len(), str::len);
        tail = &tail[first..];
    }
    format!("{}{tail}", cut(short, width - tail.width()))
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
        let names = ["left", "Thread-3 (work)", "worker-number-17", "日本語日本語日本語"];
        assert_eq!(names.map(|name| cut_name(name, 8)), ["left", "Thread-3", "wor…r-17", "日…本語"]);
        assert_eq!((cut("abc", 0), cut("日本", 1)), (String::new(), "…".into()));
    }
}
