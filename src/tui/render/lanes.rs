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
use super::{cut, cut_name, panel, put};
use crate::event::{Blocker, ThreadState};
use crate::trace::{Axis, Detail, Model, Moment, Object, Thread};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

/// Columns between the ticks of the ruler, at least.
const TICK_COLUMNS: u64 = 12;
/// Where a fault struck.
pub(super) const FAULT: char = '↯';
/// Where an update was overwritten, or was written that was lost.
pub(super) const RACE: char = '≠';
/// How a thread looks that is held back: it neither runs nor waits for anything of the program's.
const HELD: Look = Look::State(ThreadState::Ready);
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
    let pitch = run.lane_pitch(inside.height);
    let threads = run.model.threads();
    let mut y = inside.y;
    let room = run.lane_room(inside.height);
    for thread in threads[first..].iter().take(usize::from(room)) {
        name(theme, run, thread, &parts, y, buffer);
        let held = run.held_since(thread.id).map(|since| window.axis.place(since));
        let lane = Lane { model: &run.model, thread, window, held };
        draw_lane(theme, &lane, Rect { y, height: 1, ..parts.cells }, buffer);
        y += pitch;
    }
    if run.model.gil().was_used() && y < inside.bottom() {
        super::gil::draw(theme, run, window, &parts, y, buffer);
        y += pitch;
    }
    for queue in run.queues() {
        if y >= inside.bottom() {
            break;
        }
        gauge_row(theme, queue, window, &parts, y, buffer);
        y += pitch;
    }
    let y = y.min(inside.bottom());
    ruler(theme, window, parts.cells, area.y, buffer);
    if run.is_past() {
        here(theme, window, Rect { height: y - parts.cells.y, ..parts.cells }, buffer);
    }
    cursor(run, window, Rect { height: y - parts.cells.y, ..parts.cells }, buffer);
    footer(theme, run, window, area, buffer);
    if first > 0 || threads.len() > first + usize::from(room) {
        let shown = format!(" {}-{} of {} ", first + 1, first + usize::from(room), threads.len());
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
    // The thread that the last step moved.
    let moved = run.moved.and_then(|seq| run.model.event(seq)).is_some_and(|event| event.thread == thread.id);
    let style = if moved { style.add_modifier(Modifier::REVERSED) } else { style };
    put(buffer, parts.names, x, y, &cut_name(&run.lane_name(thread), parts.name_width.into()), style);
    let (word, look) = match thread.state {
        _ if thread.is_deadlocked() => ("deadlock", Look::Deadlocked),
        state if held && !state.is_over() => ("held", HELD),
        _ if thread.is_frozen() => ("frozen", Look::State(ThreadState::Blocked)),
        _ if thread.blocked_on == Some(Blocker::Time) => ("sleeping", Look::State(thread.state)),
        _ if thread.blocked_on == Some(Blocker::Delayed) => ("delayed", Look::State(thread.state)),
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
    Some((look, slice.begun > 1 || slice.spans == 1 && slice.states.len() > 1))
}

/// A thread's row, and the part of the run that it shows.
#[derive(Clone, Copy)]
pub(super) struct Lane<'a> {
    pub(super) model: &'a Model,
    pub(super) thread: &'a Thread,
    pub(super) window: Window,
    /// The place from which on the thread is held back.
    pub(super) held: Option<u64>,
}

impl Lane<'_> {
    fn is_held(&self, place: u64) -> bool {
        self.held.is_some_and(|since| place >= since)
    }
}

pub(super) fn draw_lane(theme: Theme, lane: &Lane<'_>, row: Rect, buffer: &mut Buffer) {
    let Lane { thread, window, .. } = *lane;
    let mut looks = Vec::with_capacity(usize::from(window.width));
    for column in 0..window.width {
        let drawn = match cell(thread, window, column) {
            Some((Look::State(state), crowded)) if !state.is_over() && lane.is_held(window.range(column).0) => {
                Some((HELD, crowded))
            }
            drawn => drawn,
        };
        looks.push(drawn.map(|(look, _)| look));
        let Some((look, crowded)) = drawn else { continue };
        let style = theme.look(look);
        let style = if crowded { style.add_modifier(Modifier::UNDERLINED) } else { style };
        if let Some(cell) = buffer.cell_mut((row.x + column, row.y)) {
            cell.set_char(theme.glyph(look)).set_style(style);
        }
    }
    lock_names(theme, lane, &looks, row, buffer);
    reasons(lane, &looks, row, buffer);
    let Lane { model, thread, .. } = *lane;
    let races = model.races().into_iter().flat_map(|races| races.marks(thread.id));
    marks(theme, RACE, races, lane, &looks, row, buffer);
    marks(theme, FAULT, thread.faults.iter().copied(), lane, &looks, row, buffer);
}

/// A lock's name, or its letter where there is no room for more, starts the span in which it is held. What must not be
/// missed is not written over.
fn lock_names(theme: Theme, lane: &Lane<'_>, looks: &[Option<Look>], row: Rect, buffer: &mut Buffer) {
    let Lane { model, thread, window, .. } = *lane;
    let taken = |column: u16| {
        let (from, to) = window.range(column);
        thread.taken_within(window.axis, from, to)
    };
    let free = |column: u16| match looks.get(usize::from(column)).copied().flatten() {
        Some(look @ Look::State(ThreadState::Running | ThreadState::Ready)) => Some(look),
        _ => None,
    };
    for column in 0..window.width {
        let Some(hold) = taken(column).filter(|_| free(column).is_some()) else { continue };
        let end = hold.to.map_or(window.end, |end| window.axis.place(end));
        let name = model.object_name(hold.object);
        let wanted = u16::try_from(name.width()).unwrap_or(u16::MAX).min(window.width);
        let fits = (column + 1..column.saturating_add(wanted))
            .all(|next| free(next).is_some() && taken(next).is_none() && window.range(next).0 < end);
        let name = if fits { name } else { letter(&name).to_string() };
        for (c, x) in name.chars().zip(column..) {
            if let (Some(look), Some(cell)) = (free(x), buffer.cell_mut((row.x + x, row.y))) {
                cell.set_char(c).set_style(theme.on(theme.look_color(look)));
            }
        }
    }
}

/// The character that tells a name from its like: the last digit of its name, or else the first letter.
pub(super) fn letter(name: &str) -> char {
    let digit = name.chars().rev().find(char::is_ascii_digit);
    digit.or(name.chars().find(|c| c.is_alphanumeric())).unwrap_or('?')
}

/// A mark at such moments; what must not be missed is not written over.
fn marks(
    theme: Theme,
    mark: char,
    moments: impl Iterator<Item = Moment>,
    lane: &Lane<'_>,
    looks: &[Option<Look>],
    row: Rect,
    buffer: &mut Buffer,
) {
    let window = lane.window;
    for moment in moments {
        let Some(column) = window.column(window.axis.place(moment)) else { continue };
        let hidden = match looks.get(usize::from(column)).copied().flatten() {
            Some(Look::State(state)) => state.is_over(),
            Some(Look::Deadlocked) => true,
            None => false,
        };
        if let Some(cell) = buffer.cell_mut((row.x + column, row.y)).filter(|_| !hidden) {
            cell.set_char(mark).set_style(theme.style(Role::Alarm).add_modifier(Modifier::BOLD));
        }
    }
}

/// Spans that are long enough say what they wait for.
fn reasons(lane: &Lane<'_>, looks: &[Option<Look>], row: Rect, buffer: &mut Buffer) {
    let Lane { model, thread, window, .. } = *lane;
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
        let text = format!(" {text} ");
        let begin = window.axis.place(span.start).max(window.start);
        let end = spans.get(index + 1).map_or(window.end, |next| window.axis.place(next.start)).min(window.end);
        let end = lane.held.map_or(end, |held| end.min(held.max(begin)));
        let Some(first) = window.column(begin) else { continue };
        let last = window.column(end).unwrap_or(window.width);
        // The span looks different from the moment of a deadlock: the text stands in one of its parts.
        let mut part = first;
        for column in first..=last {
            let ends = column == last || looks[usize::from(column)] != looks[usize::from(part)];
            if !ends {
                continue;
            }
            if usize::from(column - part) >= text.width() + 3 {
                keep_style(&text, part + 2, row, buffer);
                break;
            }
            part = column;
        }
    }
}

/// Writes `text` over the glyphs of cells that keep their style.
fn keep_style(text: &str, column: u16, row: Rect, buffer: &mut Buffer) {
    let style = buffer.cell((row.x + column, row.y)).map(ratatui::buffer::Cell::style).unwrap_or_default();
    put(buffer, row, row.x + column, row.y, text, style.remove_modifier(Modifier::UNDERLINED));
}

/// What a thread stands before, in a word or two.
fn reason(on: Blocker, model: &Model) -> Option<String> {
    Some(match on {
        Blocker::Lock(object) => format!("wants {}", model.object_name(object)),
        Blocker::Object(object) => format!("waits for {}", model.object_name(object)),
        Blocker::Thread(thread) => format!("joins {}", model.thread_name(thread)),
        Blocker::Shutdown => "joins the others".to_owned(),
        Blocker::Time => "sleeps".to_owned(),
        Blocker::Signal => "a signal".to_owned(),
        Blocker::Frozen => "frozen".to_owned(),
        Blocker::Delayed => "delayed".to_owned(),
        Blocker::Change => "goes round for ever".to_owned(),
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
    let edge = Rect { x: cells.x.saturating_sub(1), y, width: cells.width + 1, height: 1 };
    let mut place = window.start.div_ceil(tick).saturating_mul(tick);
    let mut free_from = 0;
    while let Some(column) = window.column(place) {
        let label = format!(" {} ", place_word(window.axis, place, tick));
        let width = label.width() as u16;
        // The label's first character stands on its place.
        let x = (cells.x + column).saturating_sub(1);
        if x >= free_from && x + width <= cells.right() {
            put(buffer, edge, x, y, &label, theme.style(Role::Dim));
            free_from = x + width;
        }
        let Some(next) = place.checked_add(tick) else { break };
        place = next;
    }
}

/// A line where the moment of the past lies that is shown: what came after it is not drawn.
fn here(theme: Theme, window: Window, cells: Rect, buffer: &mut Buffer) {
    // The moment is the end of the last cell that is drawn.
    let Some(column) = window.column(window.end.saturating_sub(1)).map(|column| column + 1) else { return };
    let style = theme.style(Role::Value).add_modifier(Modifier::BOLD);
    for y in cells.y..cells.bottom() {
        put(buffer, cells, cells.x + column, y, "│", style);
    }
}

/// The columns of the cursor and of the mark are reversed.
fn cursor(run: &Run, window: Window, cells: Rect, buffer: &mut Buffer) {
    let column = |place: Option<u64>| place.and_then(|place| window.column(place));
    let (cursor, mark) = (column(run.look.cursor), column(run.look.mark));
    for column in [cursor, mark.filter(|_| mark != cursor)].into_iter().flatten() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_told_from_its_like_by_one_character() {
        assert_eq!(["a", "forks[3]", "self.lock", "fork-12", ""].map(letter), ['a', '3', 's', '2', '?']);
    }
}
