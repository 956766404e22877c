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
use super::{cut, first_of, more, popup_panel, put, shown, wrap, wrapped};
use crate::event::{Breakpoint, ThreadState};
use crate::trace::races::words;
use crate::trace::{explain, graph};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

/// What `RING?` means.
const RING: &str = "RING? means that threads wait for each other in a ring, while another thread may still release one of their \
locks: it need not be the one that took it. If no thread does, it is a deadlock.";

pub(super) fn draw(app: &App<'_>, buffer: &mut Buffer) {
    let area = app.area;
    for popup in &app.popups {
        match (popup, place(app, popup), run_of(app)) {
            (Popup::Help { scroll }, ..) => help(app.theme, app.screen_mode(), *scroll, area, buffer),
            (Popup::Explain { scroll }, _, Some(run)) => explanation(app.theme, run, *scroll, area, buffer),
            (Popup::Check { scroll }, _, Some(run)) => super::check::draw(app.theme, run, *scroll, area, buffer),
            (Popup::WhatIf { others, row }, Some(at), _) => super::check::what_if(app.theme, others, *row, at, buffer),
            (Popup::Faults { offers, row }, Some(at), _) => {
                let rows: Vec<_> = offers.iter().map(|offer| (&*offer.title, &*offer.effect)).collect();
                choices(app.theme, "fault", &rows, *row, at, buffer);
            }
            (Popup::Schedulers { choices: rows, row }, Some(at), Some(run)) => {
                choices(app.theme, &format!("scheduler, now {}", run.scheduler()), rows, *row, at, buffer);
            }
            (Popup::Files { files, row }, Some(at), _) => {
                let rows: Vec<_> = files.iter().map(|(name, what)| (&**name, &**what)).collect();
                choices(app.theme, "files", &rows, *row, at, buffer);
            }
            (Popup::Breakpoints { row }, Some(at), Some(run)) => breakpoints(app.theme, run, *row, at, buffer),
            (Popup::Branches { row }, Some(at), Some(run)) => super::branches::list(app.theme, run, *row, at, buffer),
            (Popup::Compare(comparison), _, Some(run)) => {
                super::compare::draw(app.theme, run, comparison, area, buffer);
            }
            (Popup::Commands { text, row }, Some(at), _) => palette(app, text, *row, at, buffer),
            // These are typed in the last line; the others need a run.
            (Popup::Line { .. } | Popup::Filter { .. }, ..) => {}
            (
                Popup::Explain { .. }
                | Popup::Check { .. }
                | Popup::WhatIf { .. }
                | Popup::Faults { .. }
                | Popup::Schedulers { .. }
                | Popup::Files { .. }
                | Popup::Breakpoints { .. }
                | Popup::Branches { .. }
                | Popup::Compare(_)
                | Popup::Commands { .. },
                ..,
            ) => {}
        }
    }
}

/// Where rows are drawn that can be clicked: their place, and which one stands first.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Rows {
    pub(in super::super) area: Rect,
    pub(in super::super) first: usize,
    count: usize,
}

impl Rows {
    /// `count` rows in `area`, so that the row `selected` is among them.
    pub(super) fn around(selected: usize, count: usize, area: Rect) -> Rows {
        Rows { area, first: first_of(selected, count, area.height.into()), count }
    }

    /// The row that is drawn at a place of the screen.
    pub(in super::super) fn at(self, at: Position) -> Option<usize> {
        let row = self.first + usize::from(at.y.checked_sub(self.area.y)?);
        (self.area.contains(at) && row < self.count).then_some(row)
    }

    /// The rows, each with its line of the screen.
    pub(super) fn lines(self) -> impl Iterator<Item = (usize, Rect)> {
        (self.first..self.count)
            .zip(self.area.y..self.area.bottom())
            .map(move |(row, y)| (row, Rect { y, height: 1, ..self.area }))
    }

    /// Says on the frame around them how many are left out.
    pub(super) fn more(self, theme: Theme, frame: Rect, buffer: &mut Buffer) {
        let below = self.count.saturating_sub(self.first + usize::from(self.area.height));
        more(theme, frame, self.first, below, buffer);
    }
}

/// The frame of a popup, and the rows in it that can be clicked.
pub(in super::super) fn place(app: &App<'_>, popup: &Popup) -> Option<(Rect, Rows)> {
    let area = app.area;
    let (width, lines, around) = match popup {
        Popup::Help { scroll } => {
            let frame = middle(area, HELP_COLUMNS, help_lines(app.theme, app.screen_mode()).len() as u16 + 2);
            let bindings = keys::bindings(app.screen_mode()).count();
            let count = help_lines(app.theme, app.screen_mode()).len();
            let inside = inner(frame);
            let first = (*scroll).min(count.saturating_sub(inside.height.into()));
            return Some((frame, Rows { area: inside, first, count: bindings }));
        }
        Popup::Faults { offers, row } => (72, (offers.len(), 0, EFFECT_LINES + 1), *row),
        Popup::Schedulers { choices, row } => (72, (choices.len(), 0, EFFECT_LINES + 1), *row),
        Popup::Files { files, row } => (72, (files.len(), 0, EFFECT_LINES + 1), *row),
        Popup::Breakpoints { row } => (72, (run_of(app)?.breakpoints.rows().len(), 0, 0), *row),
        Popup::Branches { row } => (76, (run_of(app)?.branch_rows().len(), 0, 2), *row),
        Popup::Commands { text, row } => (72, (commands(app.screen_mode(), text).len(), 1, 0), *row),
        Popup::WhatIf { others, row } => (72, (others.len(), 0, EFFECT_LINES + 1), *row),
        Popup::Explain { .. } | Popup::Check { .. } | Popup::Compare(_) | Popup::Line { .. } | Popup::Filter { .. } => {
            return None;
        }
    };
    let (count, above, below) = lines;
    // The palette keeps its size while one types.
    let height = if above > 0 { PALETTE_LINES } else { u16::try_from(count).unwrap_or(u16::MAX - 9) + below + 2 };
    let frame = middle(area, width, height);
    let inside = inner(frame);
    let list = Rect { y: inside.y + above, height: inside.height.saturating_sub(above + below), ..inside };
    Some((frame, Rows::around(around, count, list)))
}

fn run_of<'a>(app: &'a App<'_>) -> Option<&'a Run> {
    match &app.screen {
        Screen::Run(run) => Some(run),
        Screen::Gallery | Screen::Broken { .. } => None,
    }
}

/// What is inside a frame.
fn inner(frame: Rect) -> Rect {
    Rect {
        x: frame.x + 1,
        y: frame.y + 1,
        width: frame.width.saturating_sub(2),
        height: frame.height.saturating_sub(2),
    }
}

/// Columns of the help, lines of the command palette, and lines that say what a choice does.
const HELP_COLUMNS: u16 = 80;
const PALETTE_LINES: u16 = 16;
const EFFECT_LINES: u16 = 2;

/// The middle of `area`, at most so large.
pub(super) fn middle(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height.saturating_sub(1)));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// Lines with styled pieces in a frame, scrolled so that the last page is the end.
pub(super) fn page(theme: Theme, lines: &[Vec<(String, Style)>], scroll: usize, frame: Rect, buffer: &mut Buffer) {
    let area = Rect { x: frame.x + 2, width: frame.width.saturating_sub(3), ..inner(frame) };
    let first = scroll.min(lines.len().saturating_sub(area.height.into()));
    for (line, y) in lines.iter().skip(first).zip(area.y..area.bottom()) {
        let mut x = area.x;
        for (text, style) in line {
            x = put(buffer, area, x, y, text, *style);
        }
    }
    more(theme, frame, first, lines.len().saturating_sub(first + usize::from(area.height)), buffer);
}

/// Columns for the keys on the help screen.
const KEY_COLUMNS: usize = 13;

/// The help screen.
fn help(theme: Theme, mode: Mode, scroll: usize, area: Rect, buffer: &mut Buffer) {
    let lines = help_lines(theme, mode);
    let frame = middle(area, HELP_COLUMNS, lines.len() as u16 + 2);
    popup_panel(theme, "keys; a click on a line does it", frame, buffer);
    page(theme, &lines, scroll, frame, buffer);
}

/// The table of keys, and the table of looks.
fn help_lines(theme: Theme, mode: Mode) -> Vec<Vec<(String, Style)>> {
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
            ("a lost update: where it was overwritten, or written".to_owned(), theme.style(Role::Text)),
        ]);
        lines.push(vec![
            (super::lanes::FAULT.to_string(), theme.style(Role::Alarm)),
            (" ".repeat(KEY_COLUMNS - 1), Style::new()),
            ("a fault was injected".to_owned(), theme.style(Role::Text)),
        ]);
        let more = "an underlined cell holds more than it can show";
        lines.push(vec![(" ".repeat(KEY_COLUMNS), Style::new()), (more.to_owned(), theme.style(Role::Text))]);
    }
    lines
}

/// What is happening in this run, and what such a problem is in general.
fn explanation(theme: Theme, run: &Run, scroll: usize, area: Rect, buffer: &mut Buffer) {
    let width = area.width.min(84);
    let columns = usize::from(width.saturating_sub(4));
    let (text, dim) = (theme.style(Role::Text), theme.style(Role::Dim));
    let mut lines: Vec<Vec<(String, Style)>> = Vec::new();
    let mut add = |paragraph: &str, style: Style| {
        lines.extend(wrap(paragraph, columns).into_iter().map(|line| vec![(line, style)]));
    };
    let finding = run.model().finding_of(run.look.selected).or_else(|| run.model().headline());
    let (divergence, races) = (run.divergence(), words::paragraphs(run.model()));
    if let Some(divergence) = &divergence {
        add(divergence, text.add_modifier(Modifier::BOLD));
        add("", text);
    }
    let still = run.standstill();
    if let Some(still) = &still {
        add(still, text.add_modifier(Modifier::BOLD));
        add("", text);
    }
    let title = match finding {
        None if run.model().lost_updates().next().is_some() => words::TITLE,
        Some(finding) => {
            add(&explain::of(finding, run.model()), text.add_modifier(Modifier::BOLD));
            add("", text);
            for part in &finding.trouble.threads {
                if part.line == 0 {
                    continue;
                }
                let source = &run.model().legend().source;
                let code = shown(source.line(part.line).trim());
                add(
                    &format!("{} is at line {}: {code}", run.model().thread_name(part.thread), source.spot(part.line)),
                    dim,
                );
            }
            let parts = finding.trouble.threads.iter().filter_map(|part| run.model().thread(part.thread));
            for cut_off in parts.filter_map(|thread| explain::cut_off(thread, run.model())) {
                add(&cut_off, text);
            }
            add("", text);
            add(explain::lesson(&finding.trouble.kind), text);
            explain::title(&finding.trouble.kind)
        }
        None => {
            for thread in run.model().threads() {
                add(&explain::why(thread.id, run.model()), text);
            }
            let calm = match divergence {
                Some(_) => None,
                None if still.is_some() => None,
                None if graph::is_any_suspected(run.model()) => Some(RING),
                None if !races.is_empty() => None,
                None if run.pulse().over => Some("Nothing went wrong."),
                None => Some("Nothing is wrong so far. When threads get into trouble, this is where it is explained."),
            };
            if let Some(calm) = calm {
                add("", text);
                add(calm, dim);
            }
            if still.is_some() { "Nothing can go on" } else { "What is happening" }
        }
    };
    for (index, paragraph) in races.iter().enumerate() {
        if index > 0 || title != words::TITLE {
            add("", text);
        }
        add(&paragraph.text, if paragraph.loud { text.add_modifier(Modifier::BOLD) } else { text });
    }
    let frame = middle(area, width, lines.len() as u16 + 2);
    popup_panel(theme, title, frame, buffer);
    page(theme, &lines, scroll, frame, buffer);
}

/// Rows to choose from, and what the selected one does.
fn choices(theme: Theme, title: &str, offers: &[(&str, &str)], row: usize, at: (Rect, Rows), buffer: &mut Buffer) {
    let (frame, rows) = at;
    let inside = popup_panel(theme, title, frame, buffer);
    for (index, line) in rows.lines() {
        option(theme, offers[index].0, index == row, line, buffer);
    }
    let effect = offers.get(row).map_or("", |(_, effect)| effect);
    let y = rows.area.bottom() + 1;
    let below =
        Rect { x: inside.x + 1, y, width: inside.width.saturating_sub(2), height: inside.bottom().saturating_sub(y) };
    wrapped(buffer, below, effect, theme.style(Role::Value));
    rows.more(theme, frame, buffer);
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
fn breakpoints(theme: Theme, run: &Run, row: usize, at: (Rect, Rows), buffer: &mut Buffer) {
    let (frame, rows) = at;
    popup_panel(theme, "breakpoints: the run stops when", frame, buffer);
    let list = run.breakpoints.rows();
    for (index, line) in rows.lines() {
        let it = &list[index];
        let source = &run.model().legend().source;
        let what = match it.breakpoint {
            Breakpoint::Line(line) => {
                format!("a thread comes to line {}: {}", source.spot(line), source.line(line).trim())
            }
            Breakpoint::Object { .. } | Breakpoint::Any(_) | Breakpoint::Watch { .. } => it.breakpoint.to_string(),
        };
        let text = shown(&format!("{} {what}", if it.on { "●" } else { "○" }));
        option(theme, &text, index == row, line, buffer);
    }
    rows.more(theme, frame, buffer);
}

fn palette(app: &App<'_>, text: &str, row: usize, at: (Rect, Rows), buffer: &mut Buffer) {
    let (theme, (frame, rows)) = (app.theme, at);
    let found = commands(app.screen_mode(), text);
    let inside = popup_panel(theme, "command", frame, buffer);
    let x = put(buffer, inside, inside.x, inside.y, ":", theme.style(Role::Accent).add_modifier(Modifier::BOLD));
    let x = put(buffer, inside, x, inside.y, &shown(text), theme.style(Role::Text));
    put(buffer, inside, x, inside.y, " ", Style::new().add_modifier(Modifier::REVERSED));
    for (index, line) in rows.lines() {
        let labels = keys::labels(found[index]);
        let at = line.right().saturating_sub(labels.width() as u16 + 1);
        let help = cut(found[index].help, usize::from(at.saturating_sub(line.x + 2)));
        option(theme, &help, index == row, line, buffer);
        let style = if index == row { theme.selection() } else { theme.style(Role::Dim) };
        put(buffer, line, at, line.y, &labels, style);
    }
    if found.is_empty() {
        put(buffer, rows.area, rows.area.x + 1, rows.area.y, "no such command", theme.style(Role::Dim));
    }
    rows.more(theme, frame, buffer);
}
