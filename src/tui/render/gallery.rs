//! The gallery: scenarios on the left, what the selected one is about on the right.
//!
//! ```text
//! raddle  a terminal microscope for threads
//! ╭ scenarios ──────────────────╮╭ Two locks, two orders ─────────────╮
//! │ Deadlock                    ││ Two transfers take the same locks  │
//! │▸  Two locks, two orders     ││ the other way round.               │
//! │   Dining philosophers       ││                                    │
//! │                             ││ topics   locks, deadlock           │
//! ╰─────────────────────────────╯╰────────────────────────────────────╯
//! ```

use super::super::app::App;
use super::super::theme::{Role, Theme};
use super::{Focus, cut, panel, put, shown, wrapped};
use crate::session::Card;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::{Modifier, Style};

/// A line of the list: a heading, or a card with its row.
enum Entry<'a> {
    Heading(&'a str),
    Card(usize, &'a Card),
}

fn entries<'a>(app: &'a App<'_>) -> Vec<Entry<'a>> {
    let cards = app.cards();
    let mut entries = Vec::new();
    let mut group = "";
    for (row, index) in app.gallery.shown(cards).into_iter().enumerate() {
        let card = &cards[index];
        if card.group != group {
            group = &card.group;
            entries.push(Entry::Heading(group));
        }
        entries.push(Entry::Card(row, card));
    }
    entries
}

fn list_area(area: Rect) -> [Rect; 2] {
    let below = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
    Layout::horizontal([Constraint::Percentage(45), Constraint::Percentage(55)]).areas(below)
}

/// The line of the list that is drawn first.
fn first_entry(app: &App<'_>, entries: &[Entry<'_>], height: usize) -> usize {
    let selected = |entry: &Entry<'_>| matches!(entry, Entry::Card(row, _) if *row == app.gallery.row());
    let line = entries.iter().position(selected).unwrap_or(0);
    line.saturating_sub(height / 2).min(entries.len().saturating_sub(height))
}

/// The row of the card at a place of the screen.
pub(in super::super) fn row_at(app: &App<'_>, at: Position) -> Option<usize> {
    let [list, _] = list_area(app.area);
    let inside = Rect {
        x: list.x + 1,
        y: list.y + 1,
        width: list.width.saturating_sub(2),
        height: list.height.saturating_sub(2),
    };
    if !inside.contains(at) {
        return None;
    }
    let entries = entries(app);
    let line = first_entry(app, &entries, inside.height.into()) + usize::from(at.y - inside.y);
    match entries.get(line)? {
        Entry::Card(row, _) => Some(*row),
        Entry::Heading(_) => None,
    }
}

pub(super) fn draw(app: &App<'_>, buffer: &mut Buffer) {
    let (theme, area) = (app.theme, app.area);
    let accent = theme.style(Role::Accent).add_modifier(Modifier::BOLD);
    let x = put(buffer, area, area.x + 1, area.y, "raddle", accent);
    put(buffer, area, x + 2, area.y, "a terminal microscope for threads", theme.style(Role::Dim));
    let [list, about] = list_area(area);
    let title = match app.gallery.filter() {
        "" => "scenarios".to_owned(),
        filter => cut(&format!("scenarios /{}", shown(filter)), usize::from(list.width.saturating_sub(8))),
    };
    let inside = panel(theme, &title, Focus::Here, list, buffer);
    let entries = entries(app);
    let first = first_entry(app, &entries, inside.height.into());
    for (entry, y) in entries.iter().skip(first).zip(inside.y..inside.bottom()) {
        let row = Rect { y, height: 1, ..inside };
        match entry {
            Entry::Heading(group) => {
                put(buffer, row, row.x + 1, y, &shown(group), theme.style(Role::Value).add_modifier(Modifier::BOLD));
            }
            Entry::Card(index, card) => draw_card(theme, card, *index == app.gallery.row(), row, buffer),
        }
    }
    if entries.is_empty() {
        put(buffer, inside, inside.x + 1, inside.y, "nothing matches; Esc drops the filter", theme.style(Role::Dim));
    }
    if let Some(index) = app.gallery.selected(app.cards()) {
        draw_about(theme, &app.cards()[index], about, buffer);
    }
}

fn draw_card(theme: Theme, card: &Card, selected: bool, row: Rect, buffer: &mut Buffer) {
    let style = theme.style(Role::Text);
    let style = if selected { style.add_modifier(Modifier::BOLD) } else { style };
    put(buffer, row, row.x, row.y, if selected { "▸" } else { " " }, theme.style(Role::Accent));
    let title = if card.title.is_empty() { &card.name } else { &card.title };
    let expect = card.expect.as_deref().map(shown).unwrap_or_default();
    let expect = cut(&expect, 12);
    let at = row.right().saturating_sub(expect.chars().count() as u16 + 1);
    let width = usize::from(at.saturating_sub(row.x + 4));
    put(buffer, row, row.x + 3, row.y, &cut(&shown(title), width), style);
    put(buffer, row, at, row.y, &expect, expectation(theme, &expect));
    if selected {
        buffer.set_style(row, theme.selection());
    }
}

fn expectation(theme: Theme, expect: &str) -> Style {
    theme.style(if expect == "safe" { Role::Good } else { Role::Alarm })
}

fn draw_about(theme: Theme, card: &Card, area: Rect, buffer: &mut Buffer) {
    let title = if card.title.is_empty() { &card.name } else { &card.title };
    let inside =
        panel(theme, &cut(&shown(title), usize::from(area.width.saturating_sub(8))), Focus::Elsewhere, area, buffer);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let mut y = inside.y + wrapped(buffer, inside, &shown(&card.summary), theme.style(Role::Text)) + 1;
    let expect = card.expect.as_deref().map(shown).unwrap_or_default();
    let topics = shown(&card.topics.join(", "));
    let fields = [
        ("name", shown(&card.name), theme.style(Role::Text)),
        ("topics", topics, theme.style(Role::Text)),
        ("expect", expect.clone(), expectation(theme, &expect)),
        ("faults", shown(&card.faults.join(", ")), theme.style(Role::Alarm)),
    ];
    for (label, value, style) in fields {
        if value.is_empty() || y >= inside.bottom() {
            continue;
        }
        put(buffer, inside, inside.x, y, label, theme.style(Role::Dim));
        let x = inside.x + 8;
        let text = Rect { x, y, width: inside.right().saturating_sub(x), height: inside.bottom() - y };
        y += wrapped(buffer, text, &value, style);
    }
}
