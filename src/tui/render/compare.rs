//! Two runs, one above the other in the same scale: two branches from where they differ, or two programs from their start. Each
//! with what it has cost; below, if there is room, their events side by side.
//!
//! ```text
//! ╭ two branches, alike until step 23 ──────────────────────────╮
//! │ 0          20ms          40ms                               │
//! │ branch 1   DEADLOCK   41 steps   os threads                 │
//! │ time 3.4ms   12 switches   6 waits, 3ms                     │
//! │ main       ████~~~~~~~~~~~~~~~~!!!!!!!!                     │
//! │ branch 2   finished (exit 0)   44 steps   os threads        │
//! │ …                                                           │
//! │ 24 right takes b             │ 24 right takes b             │
//! │≠25 left  blocks on b         │≠25 right takes a             │
//! ╰─────────────────────────────────────────────────────────────╯
//! ```

use super::super::compare::Comparison;
use super::super::run::{Run, short_time, time_word};
use super::super::theme::{Role, Theme};
use super::super::viewport::{Window, round_scale};
use super::events::draw_event;
use super::{branches, cut, lanes, popup_panel, put};
use crate::trace::model::size_word;
use crate::trace::{Axis, Cost, Model};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

/// Columns for the names of threads, at least and at most.
const NAMES: (usize, usize) = (8, 20);
/// Columns between two ticks of the ruler, at least.
const TICK_COLUMNS: u64 = 12;
/// The rows above the lanes of a run: how it stands, and what it has cost.
const HEADING: u16 = 2;
/// Rows of events from which on these are worth showing.
const FEW: u16 = 5;

/// Draws the comparison.
pub(super) fn draw(theme: Theme, run: &Run, comparison: &Comparison, area: Rect, buffer: &mut Buffer) {
    let area = Rect { height: area.height.saturating_sub(1), ..area };
    let inside = popup_panel(theme, &title(run, comparison), area, buffer);
    let models: Vec<&Model> = comparison.sides.iter().filter_map(|number| run.model_of(*number)).collect();
    let [one, other] = models[..] else { return };
    let longest = models.iter().flat_map(|model| model.threads()).map(|thread| thread.name.width()).max();
    let names = longest.unwrap_or(0).clamp(NAMES.0, NAMES.1) as u16 + 2;
    let scale = scale(comparison, &models, inside.width.saturating_sub(names + 1));
    let mut below = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
    ruler(theme, scale, Rect { x: inside.x + names, width: inside.width.saturating_sub(names), ..inside }, buffer);
    let threads = [one, other].map(|model| model.threads().len() as u16);
    let [first, second] = shares(threads, below.height.saturating_sub(2 * HEADING + 1));
    for ((side, model), rows) in [one, other].into_iter().enumerate().zip([first, second]) {
        heading(theme, run, comparison.sides[side], below, buffer);
        let lanes = Rect { y: below.y + HEADING, height: rows.min(below.height.saturating_sub(HEADING)), ..below };
        draw_lanes(theme, model, (scale, names), lanes, buffer);
        let used = (HEADING + rows + 1).min(below.height);
        below = Rect { y: below.y + used, height: below.height - used, ..below };
    }
    if below.height >= FEW {
        draw_both_events(theme, run, comparison, below, buffer);
    }
}

fn title(run: &Run, comparison: &Comparison) -> String {
    if comparison.is_of_programs() {
        return "two runs in the same scale".to_owned();
    }
    let filter = match run.look.events.filter() {
        "" => String::new(),
        filter => format!(", events /{}", super::shown(filter)),
    };
    let late = match comparison.from > comparison.common.events {
        true => format!(", shown from event {} on (earlier ones are not kept)", comparison.from),
        false => String::new(),
    };
    format!("two branches, alike until step {}{late}{filter}", comparison.common.steps)
}

/// How many rows the lanes of each get: all that they want, or else what the other leaves, and at least the half.
fn shares(wanted: [u16; 2], room: u16) -> [u16; 2] {
    let half = room / 2;
    let first = wanted[0].min(half.max(room.saturating_sub(wanted[1])));
    [first, wanted[1].min(room - first)]
}

/// How a run stands, and what it has cost.
fn heading(theme: Theme, run: &Run, number: usize, area: Rect, buffer: &mut Buffer) {
    let rows = run.branch_rows();
    let (Some(model), Some(row)) = (run.model_of(number), rows.iter().find(|row| row.number == number)) else { return };
    let name = row.name.clone().unwrap_or_else(|| format!("branch {number}"));
    let words = format!("{name}   {}   {} steps   {}", row.standing, row.steps, branches::scheduler(row));
    let style = theme.style(Role::Accent).add_modifier(Modifier::BOLD);
    let room = usize::from(area.width.saturating_sub(2));
    put(buffer, area, area.x + 1, area.y, &cut(&words, room), style);
    let costs = costs(model.last().at, model.cost());
    put(buffer, area, area.x + 1, area.y + 1, &cut(&costs, room), theme.style(Role::Value));
}

/// What a run of that length has cost, in words.
fn costs(time: u64, cost: Cost) -> String {
    let mut words = format!("time {}", short_time(time));
    words += &format!("   {}", counted(cost.switches, "switch", "switches"));
    words += &match cost.waits {
        0 => "   no waits".to_owned(),
        waits if cost.waited == 0 => format!("   {}", counted(waits, "wait", "waits")),
        waits => format!("   {}, {}", counted(waits, "wait", "waits"), short_time(cost.waited)),
    };
    if cost.copied() > 0 {
        words += &format!("   copied {}", size_word(cost.copied()));
    }
    if cost.messages > 0 {
        words += &format!(", {}", counted(cost.messages, "message", "messages"));
    }
    words
}

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The same scale for both: from a little before one branches off to the later end.
fn scale(comparison: &Comparison, models: &[&Model], width: u16) -> Window {
    let (axis, width) = (comparison.axis, width.max(1));
    let until = models.iter().map(|model| model.end(axis)).max().unwrap_or(0);
    let parts = models.first().and_then(|model| {
        let event = model.event(comparison.common.events.checked_sub(1)?)?;
        Some(model.place(axis, event))
    });
    let parts = parts.unwrap_or(0);
    let start = parts.saturating_sub(until.saturating_sub(parts) / 8);
    let per_cell = (until.saturating_sub(start)).div_ceil(width.into()).max(1);
    Window { axis, start, per_cell, width, end: until }
}

/// Ticks of time. On the story the same place is another moment in each of the two.
fn ruler(theme: Theme, scale: Window, row: Rect, buffer: &mut Buffer) {
    if scale.axis != Axis::Time {
        return;
    }
    let tick = round_scale(scale.per_cell.saturating_mul(TICK_COLUMNS));
    let mut place = scale.start.div_ceil(tick).saturating_mul(tick);
    while let Some(column) = scale.column(place).filter(|_| place < scale.end) {
        let word = time_word(place, tick);
        if usize::from(column) + word.width() <= usize::from(row.width) {
            put(buffer, row, row.x + column, row.y, &word, theme.style(Role::Dim));
        }
        let Some(next) = place.checked_add(tick) else { break };
        place = next;
    }
}

fn draw_lanes(theme: Theme, model: &Model, (scale, names): (Window, u16), area: Rect, buffer: &mut Buffer) {
    let window = Window { end: model.end(scale.axis), ..scale };
    let threads = model.threads();
    let left_out = threads.len() > usize::from(area.height);
    let shown = if left_out { area.height.saturating_sub(1) } else { area.height };
    for (thread, y) in threads.iter().zip(area.y..area.y + shown) {
        let row = Rect { y, height: 1, ..area };
        let name = super::cut_name(&thread.name, usize::from(names.saturating_sub(2)));
        put(buffer, row, row.x + 1, y, &name, theme.style(Role::Text));
        let cells = Rect { x: row.x + names.min(row.width), width: row.width.saturating_sub(names), ..row };
        let window = Window { width: cells.width.min(window.width), ..window };
        let lane = lanes::Lane { model, thread, window };
        lanes::draw_lane(theme, &lane, cells, buffer);
    }
    if left_out && area.height > 0 {
        let words = format!("… {} more threads", threads.len() - usize::from(shown));
        put(buffer, area, area.x + 1, area.bottom() - 1, &words, theme.style(Role::Dim));
    }
}

/// The events of both, side by side.
fn draw_both_events(theme: Theme, run: &Run, comparison: &Comparison, area: Rect, buffer: &mut Buffer) {
    let half = area.width / 2;
    let halves = [
        Rect { width: half, ..area },
        Rect { x: area.x + half + 1, width: area.width.saturating_sub(half + 1), ..area },
    ];
    for y in area.y..area.bottom() {
        put(buffer, area, area.x + half, y, "│", theme.style(Role::Frame));
    }
    for (side, half) in halves.into_iter().enumerate() {
        if let Some(model) = run.model_of(comparison.sides[side]) {
            draw_events(theme, run, comparison, (side, model), half, buffer);
        }
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
    let models = comparison.sides.iter().filter_map(|number| run.model_of(*number));
    let digits = models.map(|model| model.last().step.to_string().len()).max().unwrap_or(1);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_get_rows_for_their_lanes() {
        assert_eq!(shares([3, 4], 20), [3, 4]);
        assert_eq!(shares([3, 40], 20), [3, 17]);
        assert_eq!(shares([40, 3], 20), [17, 3]);
        assert_eq!(shares([40, 40], 21), [10, 11]);
        assert_eq!(shares([2, 2], 0), [0, 0]);
    }
}
