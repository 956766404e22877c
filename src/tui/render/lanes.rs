//! The lanes: a row of cells for each thread, and one for each queue.
//!
//! ```text
//! ╭ threads ─────── 0s ──────── 1s ──────── 2s ─────────────────╮
//! │▸main    joining ██~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ │
//! │ left    blocked   ██a█████xxxx wants b xxxxxxxxxxxxxxxx!!!! │
//! │ right   blocked   ██b██████xxxxxxxxxxxxxxxxxxxxxxxxxxxx!!!! │
//! │ q       3/4                 ▂▂▂▂▂▄▄▄▄▆▆▆▆                    │
//! ╰──────────────────────────────── 1.2s  left: blocked  2 events╯
//! ```

use super::super::layout::{LaneParts, STATE_WIDTH};
use super::super::run::{Run, place_word};
use super::super::theme::{Look, Role, Theme};
use super::super::viewport::{Window, round_scale};
use super::{cut, panel, put};
use crate::event::{Blocker, ThreadState};
use crate::trace::{Axis, Detail, Model, Object, Thread};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

/// Columns between the ticks of the ruler, at least.
const TICK_COLUMNS: u64 = 12;
/// How full a cell of a gauge is.
const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

pub(super) fn draw(theme: Theme, run: &Run, area: Rect, buffer: &mut Buffer) {
    let focused = run.look.focus == super::Panel::Lanes;
    let inside = panel(theme, "threads", focused, area, buffer);
    let parts = run.lane_parts(area);
    let window = run.window(parts.cells.width);
    if parts.cells.is_empty() {
        return;
    }
    let first = run.first_lane(inside.height);
    let threads = run.model.threads();
    let mut y = inside.y;
    for thread in threads[first..].iter().take(usize::from(inside.height)) {
        name(theme, run, thread, &parts, y, buffer);
        lane(theme, &run.model, thread, window, Rect { y, height: 1, ..parts.cells }, buffer);
        y += 1;
    }
    for queue in run.queues().take(usize::from(inside.bottom() - y)) {
        gauge_row(theme, queue, window, &parts, y, buffer);
        y += 1;
    }
    ruler(theme, window, parts.cells, area.y, buffer);
    cursor(run, window, parts.cells, buffer);
    footer(theme, run, window, area, buffer);
    if first > 0 || threads.len() > first + usize::from(inside.height) {
        let shown = format!(" {}-{} of {} ", first + 1, first + usize::from(inside.height), threads.len());
        put(buffer, area, area.x + 2, area.bottom() - 1, &shown, theme.style(Role::Dim));
    }
}

/// The mark, the name and the state in words.
fn name(theme: Theme, run: &Run, thread: &Thread, parts: &LaneParts, y: u16, buffer: &mut Buffer) {
    let (selected, held) = (thread.id == run.look.selected, run.is_held(thread.id));
    let mark = match (selected, held) {
        (true, _) => "▸",
        (false, true) => "=",
        _ => " ",
    };
    let x = put(buffer, parts.names, parts.names.x, y, mark, theme.style(Role::Accent));
    let style = theme.style(Role::Text);
    let style = if selected { style.add_modifier(Modifier::BOLD) } else { style };
    put(buffer, parts.names, x, y, &cut(&thread.name, parts.name_width.into()), style);
    let (word, look) = match thread.state {
        _ if thread.is_deadlocked() => ("deadlock", Look::Deadlocked),
        state if held && !state.is_over() => ("held", Look::State(state)),
        _ if thread.blocked_on == Some(Blocker::Time) => ("sleeping", Look::State(thread.state)),
        _ if thread.blocked_on == Some(Blocker::Frozen) => ("frozen", Look::State(thread.state)),
        state => (state.name(), Look::State(state)),
    };
    let style = Style::new().fg(theme.look_color(look));
    let style = if look == Look::Deadlocked { style.add_modifier(Modifier::BOLD) } else { style };
    put(buffer, parts.names, x + parts.name_width + 1, y, &cut(word, STATE_WIDTH.into()), style);
}

/// What one cell of a lane shows, before names and reasons are written over it.
fn cell(thread: &Thread, window: Window, column: u16) -> Option<(Look, bool)> {
    let (from, to) = window.range(column);
    if from > window.end || (from == window.end && window.end > 0) {
        return None;
    }
    let slice = thread.timeline.slice(window.axis, from, to)?;
    let state = slice.states.worst()?;
    let ended_before = state.is_over() && slice.begun == 0;
    let look = if thread.was_deadlocked(window.axis, from, to) {
        Look::Deadlocked
    } else if ended_before {
        Look::State(ThreadState::Finished)
    } else {
        Look::State(state)
    };
    // A span that both begins and ends in the cell would be hidden: underlining says that there is more.
    Some((look, slice.begun > 1))
}

fn lane(theme: Theme, model: &Model, thread: &Thread, window: Window, row: Rect, buffer: &mut Buffer) {
    let mut looks = Vec::with_capacity(usize::from(window.width));
    for column in 0..window.width {
        let drawn = cell(thread, window, column);
        looks.push(drawn.map(|(look, _)| look));
        let Some((look, crowded)) = drawn else { continue };
        let style = theme.look(look);
        let style = if crowded { style.add_modifier(Modifier::UNDERLINED) } else { style };
        if let Some(cell) = buffer.cell_mut((row.x + column, row.y)) {
            cell.set_char(theme.glyph(look)).set_style(style);
        }
    }
    lock_names(theme, model, thread, window, &looks, row, buffer);
    reasons(theme, model, thread, window, &looks, row, buffer);
}

/// A lock's name starts the span in which it is held, as far as there is room for it; what must not be missed stays.
fn lock_names(
    theme: Theme,
    model: &Model,
    thread: &Thread,
    window: Window,
    looks: &[Option<Look>],
    row: Rect,
    buffer: &mut Buffer,
) {
    let free = |look: &Option<Look>| matches!(look, Some(Look::State(ThreadState::Running | ThreadState::Ready)));
    let mut column = 0;
    while column < window.width {
        let (from, to) = window.range(column);
        let Some(hold) = thread.taken_within(window.axis, from, to).first() else {
            column += 1;
            continue;
        };
        let name = model.object_name(hold.object);
        let end = hold.to.map_or(window.end, |end| window.axis.place(end));
        let start = column;
        for c in name.chars().take(usize::from(window.width)) {
            let (cell_from, cell_to) = window.range(column);
            let taken_again = column > start && !thread.taken_within(window.axis, cell_from, cell_to).is_empty();
            let past = column > start && cell_from >= end;
            let look = looks.get(usize::from(column)).copied().flatten();
            let Some(look) = look.filter(|look| free(&Some(*look)) && !past && !taken_again) else { break };
            if let Some(cell) = buffer.cell_mut((row.x + column, row.y)) {
                cell.set_char(c).set_style(theme.on(theme.look_color(look)));
            }
            column += 1;
        }
        column = column.max(start + 1);
    }
}

/// Spans that are long enough say what they wait for.
fn reasons(
    theme: Theme,
    model: &Model,
    thread: &Thread,
    window: Window,
    looks: &[Option<Look>],
    row: Rect,
    buffer: &mut Buffer,
) {
    let (from, to) = (window.range(0).0, window.range(window.width - 1).1);
    let Some(slice) = thread.timeline.slice(window.axis, from, to) else { return };
    // With more spans than cells none is long enough; so the cost stays that of the cells.
    if slice.spans > usize::from(window.width) {
        return;
    }
    let spans = thread.timeline.spans();
    for index in slice.first..slice.first + slice.spans {
        let span = spans[index];
        let Some(text) = span.on.and_then(|on| reason(on, model)) else { continue };
        let begin = window.axis.place(span.start).max(window.start);
        let end = spans.get(index + 1).map_or(window.end, |next| window.axis.place(next.start)).min(window.end);
        let (Some(first), cells) = (window.column(begin), end.saturating_sub(begin) / window.per_cell) else {
            continue;
        };
        let first = first + 2;
        let room =
            (cells.min(u64::from(window.width)) as u16).min(window.width.saturating_sub(first)).saturating_sub(3);
        let text = format!(" {text} ");
        if text.width() > usize::from(room) {
            continue;
        }
        let Some(look) = looks.get(usize::from(first)).copied().flatten() else { continue };
        let style = theme.look(look);
        put(buffer, row, row.x + first, row.y, &text, style);
    }
}

/// What a thread stands before, in a word or two.
fn reason(on: Blocker, model: &Model) -> Option<String> {
    Some(match on {
        Blocker::Lock(object) => format!("wants {}", model.object_name(object)),
        Blocker::Object(object) => format!("waits for {}", model.object_name(object)),
        Blocker::Thread(thread) => format!("joins {}", model.thread_name(thread)),
        Blocker::Shutdown => "joins the others".to_owned(),
        Blocker::Time => "sleeps".to_owned(),
        Blocker::Frozen => "frozen".to_owned(),
    })
}

/// A queue: how full it is now, and how full it was.
fn gauge_row(theme: Theme, queue: &Object, window: Window, parts: &LaneParts, y: u16, buffer: &mut Buffer) {
    put(buffer, parts.names, parts.names.x + 1, y, &cut(&queue.name, parts.name_width.into()), theme.style(Role::Dim));
    if let Detail::Queue { depth, capacity, .. } = queue.detail {
        let text = if capacity > 0 { format!("{depth}/{capacity}") } else { depth.to_string() };
        put(buffer, parts.names, parts.names.x + parts.name_width + 2, y, &text, theme.style(Role::Value));
    }
    let limit = u64::from(queue.depth_limit()).max(1);
    for column in 0..window.width {
        let (from, to) = window.range(column);
        if from >= window.end {
            break;
        }
        let Some(depth) = queue.depth_at(window.axis, to.min(window.end).saturating_sub(1)) else { continue };
        let eighths = (u64::from(depth) * 8).div_ceil(limit).min(8) as usize;
        put(buffer, parts.cells, parts.cells.x + column, y, EIGHTHS[eighths], theme.style(Role::Value));
    }
}

/// Ticks at 1, 2 or 5 times a power of ten, on the upper edge of the frame.
fn ruler(theme: Theme, window: Window, cells: Rect, y: u16, buffer: &mut Buffer) {
    let tick = round_scale(window.per_cell.saturating_mul(TICK_COLUMNS));
    let tick = if window.axis == Axis::Steps { tick.max(Axis::STEP) } else { tick };
    let edge = Rect { y, height: 1, ..cells };
    let mut place = window.start.div_ceil(tick).saturating_mul(tick);
    let mut free_from = 0;
    while let Some(column) = window.column(place) {
        let label = format!(" {} ", place_word(window.axis, place, tick));
        let width = label.width() as u16;
        // The label's first character stands on its place.
        let x = (cells.x + column).saturating_sub(1).max(cells.x);
        if x >= free_from && x + width <= cells.right() {
            put(buffer, edge, x, y, &label, theme.style(Role::Dim));
            free_from = x + width;
        }
        let Some(next) = place.checked_add(tick) else { break };
        place = next;
    }
}

/// The columns of the cursor and of the mark are reversed.
fn cursor(run: &Run, window: Window, cells: Rect, buffer: &mut Buffer) {
    for place in [run.look.cursor, run.look.mark].into_iter().flatten() {
        let Some(column) = window.column(place) else { continue };
        for y in cells.y..cells.bottom() {
            if let Some(cell) = buffer.cell_mut((cells.x + column, y)) {
                cell.modifier.toggle(Modifier::REVERSED);
            }
        }
    }
    if let (Some(cursor), Some(mark)) = (run.look.cursor, run.look.mark)
        && window.column(cursor) == window.column(mark)
        && let Some(column) = window.column(cursor)
    {
        // Reversed twice is not reversed: once more.
        for y in cells.y..cells.bottom() {
            if let Some(cell) = buffer.cell_mut((cells.x + column, y)) {
                cell.modifier.toggle(Modifier::REVERSED);
            }
        }
    }
}

/// What stands at the cursor, on the lower edge of the frame.
fn footer(theme: Theme, run: &Run, window: Window, area: Rect, buffer: &mut Buffer) {
    let Some(cursor) = run.look.cursor else {
        if !run.look.view.follows() {
            let text = " G follows the run ";
            let x = area.right().saturating_sub(text.width() as u16 + 2).max(area.x + 1);
            put(buffer, area, x, area.bottom() - 1, text, theme.style(Role::Value));
        }
        return;
    };
    let word = |place| match window.axis {
        Axis::Time => place_word(Axis::Time, place, window.per_cell),
        Axis::Steps => format!("step {}", place_word(Axis::Steps, place, window.per_cell)),
    };
    let mut text = format!(" {}", word(cursor));
    if let Some(thread) = run.model.thread(run.look.selected)
        && let Some(span) = thread.timeline.at(window.axis, cursor)
    {
        let phrase = crate::trace::describe::state_phrase(span.state, span.on, &run.model);
        text.push_str(&format!("  {}: {phrase}", thread.name));
    }
    match run.events_at_cursor(window) {
        Some(1) => text.push_str("  1 event"),
        Some(count) => text.push_str(&format!("  {count} events")),
        None => {}
    }
    if let Some(mark) = run.look.mark {
        let distance = cursor.abs_diff(mark);
        let distance = match window.axis {
            Axis::Time => place_word(Axis::Time, distance, window.per_cell),
            Axis::Steps => format!("{} steps", distance / Axis::STEP),
        };
        text.push_str(&format!("  Δ {distance}"));
    }
    text.push(' ');
    let text = cut(&text, usize::from(area.width.saturating_sub(4)));
    let x = area.right().saturating_sub(text.width() as u16 + 2).max(area.x + 1);
    put(buffer, area, x, area.bottom() - 1, &text, theme.style(Role::Value));
}
