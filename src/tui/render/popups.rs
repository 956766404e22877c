//! What lies above a screen: help, an explanation, the menu of faults, the command palette.
//!
//! ```text
//!         ╭ fault ─────────────────────────────────────╮
//!         │▸kill left                                  │
//!         │ freeze left                                │
//!         │                                            │
//!         │ It ends where it stands; a stays held.     │
//!         ╰────────────────────────────────────────────╯
//! ```

use super::super::app::{App, Screen};
use super::super::keys::{self, Mode};
use super::super::popup::{Popup, commands};
use super::super::run::Run;
use super::super::theme::{Look, Role, Theme};
use super::{cut, popup_panel, put, shown, wrap, wrapped};
use crate::event::{Breakpoint, ThreadState};
use crate::trace::explain;
use crate::trace::races::words;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

pub(super) fn draw(app: &App<'_>, area: Rect, buffer: &mut Buffer) {
    for popup in &app.popups {
        match popup {
            Popup::Help { scroll } => help(app.theme, app.screen_mode(), *scroll, area, buffer),
            Popup::Explain { scroll } => {
                if let Screen::Run(run) = &app.screen {
                    explanation(app.theme, run, *scroll, area, buffer);
                }
            }
            Popup::Faults { offers, row } => {
                let rows: Vec<_> = offers.iter().map(|offer| (&*offer.title, &*offer.effect)).collect();
                choices(app.theme, "fault", &rows, *row, area, buffer);
            }
            Popup::Schedulers { choices: rows, row } => {
                if let Screen::Run(run) = &app.screen {
                    let title = format!("scheduler, now {}", run.scheduler());
                    choices(app.theme, &title, rows, *row, area, buffer);
                }
            }
            Popup::Breakpoints { row } => {
                if let Screen::Run(run) = &app.screen {
                    breakpoints(app.theme, run, *row, area, buffer);
                }
            }
            Popup::Futures { row } => {
                if let Screen::Run(run) = &app.screen {
                    super::futures::list(app.theme, run, *row, area, buffer);
                }
            }
            Popup::Compare(comparison) => {
                if let Screen::Run(run) = &app.screen {
                    super::futures::compare(app.theme, run, comparison, area, buffer);
                }
            }
            Popup::Commands { text, row } => palette(app, text, *row, area, buffer),
            // The filter is typed in the last line.
            Popup::Filter { .. } => {}
        }
    }
}

/// The middle of `area`, at most so large.
pub(super) fn middle(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height.saturating_sub(1)));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// Lines with styled pieces, scrolled so that the last page is the end.
fn page(lines: &[Vec<(String, Style)>], scroll: usize, area: Rect, buffer: &mut Buffer) {
    let first = scroll.min(lines.len().saturating_sub(area.height.into()));
    if lines.len() > first + usize::from(area.height) && area.width > 10 {
        let edge = Rect { y: area.bottom(), height: 1, ..area };
        put(buffer, edge.intersection(buffer.area), edge.right() - 9, edge.y, " ▼ more ", Style::new());
    }
    for (line, y) in lines.iter().skip(first).zip(area.y..area.bottom()) {
        let mut x = area.x;
        for (text, style) in line {
            x = put(buffer, area, x, y, text, *style);
        }
    }
}

/// Columns for the keys on the help screen.
const KEY_COLUMNS: usize = 13;

/// The help screen is the table of keys, and the table of looks.
fn help(theme: Theme, mode: Mode, scroll: usize, area: Rect, buffer: &mut Buffer) {
    let mut lines = Vec::new();
    let key_style = theme.style(Role::Accent).add_modifier(Modifier::BOLD);
    for row in keys::bindings(mode) {
        let labels = keys::labels(row);
        let pad = " ".repeat(KEY_COLUMNS.saturating_sub(labels.width()).max(1));
        lines.push(vec![(labels, key_style), (pad, Style::new()), (row.help.to_owned(), theme.style(Role::Text))]);
    }
    if mode == Mode::Run {
        lines.push(Vec::new());
        let looks = ThreadState::ALL.into_iter().map(|state| (Look::State(state), state.name()));
        for (look, name) in looks.chain([(Look::Deadlocked, "deadlocked")]) {
            let sample = theme.glyph(look).to_string().repeat(3);
            let pad = " ".repeat(KEY_COLUMNS - 3);
            let name = if look == Look::State(ThreadState::Finished) { "finished (blank)" } else { name };
            lines.push(vec![
                (sample, theme.look(look)),
                (pad, Style::new()),
                (name.to_owned(), theme.style(Role::Text)),
            ]);
        }
        lines.push(vec![
            (super::lanes::RACE.to_string(), theme.style(Role::Alarm)),
            (" ".repeat(KEY_COLUMNS - 1), Style::new()),
            ("an update was lost: there it was overwritten, or written".to_owned(), theme.style(Role::Text)),
        ]);
        lines.push(vec![
            (super::lanes::FAULT.to_string(), theme.style(Role::Alarm)),
            (" ".repeat(KEY_COLUMNS - 1), Style::new()),
            ("a fault was injected".to_owned(), theme.style(Role::Text)),
        ]);
        let more = "an underlined cell holds more than it can show";
        lines.push(vec![(" ".repeat(KEY_COLUMNS), Style::new()), (more.to_owned(), theme.style(Role::Text))]);
    }
    let inside = popup_panel(theme, "keys", middle(area, 78, lines.len() as u16 + 2), buffer);
    page(&lines, scroll, Rect { x: inside.x + 1, width: inside.width.saturating_sub(1), ..inside }, buffer);
}

/// What is going on with this run, and what such a thing is in general.
fn explanation(theme: Theme, run: &Run, scroll: usize, area: Rect, buffer: &mut Buffer) {
    let width = area.width.min(84);
    let columns = usize::from(width.saturating_sub(4));
    let (text, dim) = (theme.style(Role::Text), theme.style(Role::Dim));
    let mut lines: Vec<Vec<(String, Style)>> = Vec::new();
    let mut add = |paragraph: &str, style: Style, space: bool| {
        lines.extend(wrap(paragraph, columns).into_iter().map(|line| vec![(line, style)]));
        if space {
            lines.push(Vec::new());
        }
    };
    let finding = run.model.finding_of(run.look.selected).or_else(|| run.model.headline());
    let divergence = run.divergence();
    if let Some(divergence) = &divergence {
        add(divergence, text.add_modifier(Modifier::BOLD), true);
    }
    let lost = run.model.lost_update_of(run.look.selected).or_else(|| run.model.lost_updates().next());
    let title = match finding {
        None if lost.is_some() => {
            for lost in run.model.lost_updates() {
                add(&words::sentence(lost, &run.model), text.add_modifier(Modifier::BOLD), true);
            }
            add(words::LESSON, text, false);
            words::TITLE
        }
        Some(finding) => {
            add(&explain::of(finding, &run.model), text.add_modifier(Modifier::BOLD), true);
            for part in &finding.trouble.threads {
                if part.line == 0 {
                    continue;
                }
                let source = &run.model.legend().source;
                let code = shown(source.line(part.line).trim());
                add(
                    &format!("{} stands at line {}: {code}", run.model.thread_name(part.thread), part.line),
                    dim,
                    false,
                );
            }
            add("", text, false);
            add(explain::lesson(&finding.trouble.kind), text, false);
            explain::title(&finding.trouble.kind)
        }
        None => {
            for thread in run.model.threads() {
                add(&explain::why(thread.id, &run.model), text, false);
            }
            if divergence.is_none() {
                let calm = "Nothing is wrong so far. When threads get into trouble, this is where it is explained.";
                add("", text, false);
                add(calm, dim, false);
            }
            "What is going on"
        }
    };
    for note in run.model.unordered() {
        let place = words::place(note.row, note.key.as_ref(), &run.model);
        add("", text, false);
        add(&format!("{place}: {}.", words::note(note, &run.model)), text, false);
    }
    if run.model.unordered().next().is_some() {
        add("", text, false);
        add(words::UNORDERED_LESSON, dim, false);
    }
    let inside = popup_panel(theme, title, middle(area, width, lines.len() as u16 + 2), buffer);
    page(&lines, scroll, Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside }, buffer);
}

/// Rows to choose from, and what the selected one does.
fn choices(theme: Theme, title: &str, offers: &[(&str, &str)], row: usize, area: Rect, buffer: &mut Buffer) {
    let width = area.width.min(72);
    let effect = offers.get(row).map_or("", |(_, effect)| effect);
    let effect_lines = 2;
    let inside = popup_panel(theme, title, middle(area, width, offers.len() as u16 + effect_lines + 3), buffer);
    let list = Rect { height: inside.height.saturating_sub(effect_lines + 1), ..inside };
    let first = row.saturating_sub(usize::from(list.height / 2)).min(offers.len().saturating_sub(list.height.into()));
    for ((index, (title, _)), y) in offers.iter().enumerate().skip(first).zip(list.y..list.bottom()) {
        option(theme, title, index == row, Rect { y, height: 1, ..list }, buffer);
    }
    let y = list.bottom() + 1;
    let below =
        Rect { x: inside.x + 1, y, width: inside.width.saturating_sub(2), height: inside.bottom().saturating_sub(y) };
    wrapped(buffer, below, effect, theme.style(Role::Value));
}

/// One row of a list to choose from.
pub(super) fn option(theme: Theme, text: &str, selected: bool, row: Rect, buffer: &mut Buffer) {
    put(buffer, row, row.x, row.y, if selected { "▸" } else { " " }, theme.style(Role::Accent));
    put(buffer, row, row.x + 1, row.y, text, theme.style(Role::Text));
    if selected {
        buffer.set_style(row, theme.selection());
    }
}

/// Every breakpoint, switched on or off.
fn breakpoints(theme: Theme, run: &Run, row: usize, area: Rect, buffer: &mut Buffer) {
    let rows = run.breakpoints.rows();
    let inside = popup_panel(theme, "breakpoints: the run stops when", middle(area, 72, rows.len() as u16 + 2), buffer);
    let height = usize::from(inside.height);
    let first = row.saturating_sub(height / 2).min(rows.len().saturating_sub(height));
    for ((index, it), y) in rows.iter().enumerate().skip(first).zip(inside.y..inside.bottom()) {
        let line = Rect { y, height: 1, ..inside };
        let code = match it.breakpoint {
            Breakpoint::Line(number) => format!(": {}", run.model.legend().source.line(number).trim()),
            _ => String::new(),
        };
        let text = shown(&format!("{} {}{code}", if it.on { "●" } else { "○" }, it.breakpoint));
        option(theme, &cut(&text, usize::from(line.width.saturating_sub(2))), index == row, line, buffer);
    }
}

fn palette(app: &App<'_>, text: &str, row: usize, area: Rect, buffer: &mut Buffer) {
    let theme = app.theme;
    let rows = commands(app.screen_mode(), text);
    let inside = popup_panel(theme, "command", middle(area, 72, 16), buffer);
    let x = put(buffer, inside, inside.x, inside.y, ":", theme.style(Role::Accent).add_modifier(Modifier::BOLD));
    let x = put(buffer, inside, x, inside.y, &shown(text), theme.style(Role::Text));
    put(buffer, inside, x, inside.y, " ", Style::new().add_modifier(Modifier::REVERSED));
    let list = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
    let first = row.saturating_sub(usize::from(list.height / 2)).min(rows.len().saturating_sub(list.height.into()));
    for ((index, binding), y) in rows.iter().enumerate().skip(first).zip(list.y..list.bottom()) {
        let line = Rect { y, height: 1, ..list };
        let labels = keys::labels(binding);
        let at = line.right().saturating_sub(labels.width() as u16 + 1);
        let help = cut(binding.help, usize::from(at.saturating_sub(line.x + 2)));
        option(theme, &help, index == row, line, buffer);
        let style = if index == row { theme.selection() } else { theme.style(Role::Dim) };
        put(buffer, line, at, y, &labels, style);
    }
    if rows.is_empty() {
        put(buffer, list, list.x + 1, list.y, "no such command", theme.style(Role::Dim));
    }
}
