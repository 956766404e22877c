//! The branches of a run: the list of them, and two of them side by side.
//!
//! ```text
//! ╭ branches of the run ────────────────────────────────────────╮
//! │  1  the run itself             DEADLOCK  os threads  41 steps│
//! │▸ 2  from 1 after step 23       paused    os threads  27 steps│
//! ╰─────────────────────────────────────────────────────────────╯
//! ╭ two branches, alike until step 23 ──────────────────────────╮
//! │ branch 1   DEADLOCK          │ branch 2   finished (exit 0) │
//! │ 24 right takes b             │ 24 right takes b             │
//! │≠25 left  blocks on b         │≠25 right takes a             │
//! ╰─────────────────────────────────────────────────────────────╯
//! ```

use super::super::compare::Comparison;
use super::super::run::Run;
use super::super::run::branches::Row;
use super::super::theme::{Role, Theme};
use super::super::viewport::Window;
use super::events::draw_event;
use super::popups::{Rows, option};
use super::{cut, lanes, popup_panel, put};
use crate::trace::Model;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

/// Rows from which on there is room for lanes above the events.
const TALL: u16 = 36;

/// Every branch, of which one is selected.
pub(super) fn list(theme: Theme, run: &Run, row: usize, at: (Rect, Rows), buffer: &mut Buffer) {
    let (frame, rows) = at;
    let branches = run.branch_rows();
    let below = "Enter shows the selected branch; C compares it with the one shown now";
    let inside = popup_panel(theme, "branches of the run", frame, buffer);
    for (index, line) in rows.lines() {
        let it = &branches[index];
        let mark = if it.shown { "●" } else { " " };
        let text =
            format!("{mark} {:<3}{:<28}{:<20}{:<12}{}", it.number, origin(it), it.standing, scheduler(it), count(it));
        option(theme, &text, index == row, line, buffer);
    }
    let y = inside.bottom().saturating_sub(1);
    put(buffer, inside, inside.x + 1, y, below, theme.style(Role::Dim));
    rows.more(theme, frame, buffer);
}

fn origin(row: &Row) -> String {
    if let Some(kind) = row.found {
        return format!("{}, found by check", kind.name());
    }
    match row.origin {
        Some(origin) => format!("from {} after step {}", origin.from, origin.step),
        None if row.number == 1 => "the run itself".to_owned(),
        None => "the file as saved later".to_owned(),
    }
}

fn scheduler(row: &Row) -> &str {
    if row.scheduler == "os" { "os threads" } else { row.scheduler }
}

fn count(row: &Row) -> String {
    format!("{} steps", row.steps)
}

/// Two branches side by side, from where they differ.
pub(super) fn compare(theme: Theme, run: &Run, comparison: &Comparison, area: Rect, buffer: &mut Buffer) {
    let area = Rect { height: area.height.saturating_sub(1), ..area };
    let filter = match run.look.events.filter() {
        "" => String::new(),
        filter => format!(", events /{}", super::shown(filter)),
    };
    let late = match comparison.from > comparison.common {
        true => format!(", shown from event {} on (earlier ones are not kept)", comparison.from),
        false => String::new(),
    };
    let title = format!("two branches, alike until step {}{late}{filter}", comparison.common_steps);
    let inside = popup_panel(theme, &title, area, buffer);
    let half = inside.width / 2;
    let halves = [
        Rect { width: half, ..inside },
        Rect { x: inside.x + half + 1, width: inside.width.saturating_sub(half + 1), ..inside },
    ];
    for y in inside.y..inside.bottom() {
        put(buffer, inside, inside.x + half, y, "│", theme.style(Role::Frame));
    }
    let rows = run.branch_rows();
    let scale = scale(run, comparison, halves[1].width.saturating_sub(NAMES));
    for (side, half) in halves.into_iter().enumerate() {
        let number = comparison.sides[side];
        let (Some(model), Some(row)) = (run.model_of(number), rows.iter().find(|row| row.number == number)) else {
            continue;
        };
        let heading = format!(" branch {number}   {}   {}   {}", row.standing, count(row), scheduler(row));
        let style = theme.style(Role::Accent).add_modifier(Modifier::BOLD);
        put(buffer, half, half.x, half.y, &cut(&heading, half.width.into()), style);
        let mut below = Rect { y: half.y + 1, height: half.height.saturating_sub(1), ..half };
        if inside.height >= TALL {
            let most = models(run, comparison).map(|model| model.threads().len()).max().unwrap_or(0);
            let height = u16::try_from(most).unwrap_or(u16::MAX).min(below.height / 3);
            draw_lanes(theme, model, scale, Rect { height, ..below }, buffer);
            below = Rect { y: below.y + height + 1, height: below.height.saturating_sub(height + 1), ..below };
        }
        draw_events(theme, run, comparison, (side, model), below, buffer);
    }
}

fn models<'a>(run: &'a Run, comparison: &Comparison) -> impl Iterator<Item = &'a Model> {
    comparison.sides.into_iter().filter_map(|number| run.model_of(number))
}

/// Columns for the names of threads.
const NAMES: u16 = 14;

/// The same scale for both: from a little before one branches off to the later end.
fn scale(run: &Run, comparison: &Comparison, width: u16) -> Window {
    let axis = run.look.view.axis();
    let width = width.max(1);
    let until = models(run, comparison).map(|model| model.end(axis)).max().unwrap_or(0);
    let parts = models(run, comparison).next().and_then(|model| {
        let event = model.event(comparison.common.checked_sub(1)?)?;
        Some(model.place(axis, event))
    });
    let parts = parts.unwrap_or(0);
    let start = parts.saturating_sub(until.saturating_sub(parts) / 8);
    let per_cell = (until.saturating_sub(start)).div_ceil(width.into()).max(1);
    Window { axis, start, per_cell, width, end: until }
}

fn draw_lanes(theme: Theme, model: &Model, scale: Window, area: Rect, buffer: &mut Buffer) {
    let window = Window { end: model.end(scale.axis), ..scale };
    for (thread, y) in model.threads().iter().zip(area.y..area.bottom()) {
        let row = Rect { y, height: 1, ..area };
        let name = super::cut_name(&thread.name, usize::from(NAMES - 2));
        put(buffer, row, row.x + 1, y, &name, theme.style(Role::Text));
        let cells = Rect { x: row.x + NAMES.min(row.width), width: row.width.saturating_sub(NAMES), ..row };
        let window = Window { width: cells.width.min(window.width), ..window };
        let lane = lanes::Lane { model, thread, window };
        lanes::draw_lane(theme, &lane, cells, buffer);
    }
}

fn draw_events(
    theme: Theme,
    run: &Run,
    comparison: &Comparison,
    (side, model): (usize, &Model),
    area: Rect,
    buffer: &mut Buffer,
) {
    let longest = model.threads().iter().map(|thread| thread.name.width()).max().unwrap_or(0);
    let name_width = longest.clamp(4, usize::from(area.width / 4).max(4));
    let digits = models(run, comparison).map(|model| model.last().step.to_string().len()).max().unwrap_or(1);
    for (row, y) in (comparison.scroll..).zip(area.y..area.bottom()) {
        let line = Rect { x: area.x + 1, y, width: area.width.saturating_sub(1), height: 1 };
        match comparison.event(side, row, model) {
            Some(event) => {
                draw_event(theme, model, run.look.selected, event, (digits, name_width), line, buffer);
            }
            None if row == 0 || comparison.event(side, row - 1, model).is_some() => {
                put(buffer, line, line.x, y, "(nothing more so far)", theme.style(Role::Dim));
            }
            None => {}
        }
        if comparison.differs == Some(row) {
            put(buffer, area, area.x, y, "≠", theme.style(Role::Alarm).add_modifier(Modifier::BOLD));
            buffer.set_style(line, theme.selection());
        }
    }
}
