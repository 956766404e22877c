//! The lanes: a row of cells for each thread, and one for each queue.
//!
//! ```text
//! ╭ threads ─────── step 0@0s ──────── 5@0s ────────── 10@0.5s ─╮
//! │▸main    joining ████~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ │
//! │ left    blocked   ▒▒a█▒▒▒▒██╌╌ sleeps ╌╌╌xxxxxx!!!!!!!!     │
//! │ right   blocked   ▒▒▒▒▒▒b█▒▒██╌ sleeps ╌╌╌▒▒▒▒xx!!!!!!!!     │
//! │ q       3/4                 ▂▂▂▂▂▄▄▄▄▆▆▆▆                    │
//! ╰─────────────────────── step 9, 0.5s  left: blocked  2 events╯
//! ```

use super::super::layout::{LaneParts, STATE_WIDTH};
use super::super::run::roster::LaneRow;
use super::super::run::{Run, short_time, time_word};
use super::super::theme::{Look, Role, Theme};
use super::super::viewport::{Window, round_scale};
use super::arrows::Arrows;
use super::{Focus, cut, cut_name, more, panel, put};
use crate::base::ThreadId;
use crate::event::{Blocker, ThreadState};
use crate::session::findings::DefectKind;
use crate::trace::{Axis, Detail, Model, Moment, Object, Slice, Thread};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

/// Columns between the ticks of the ruler, at least.
const TICK_COLUMNS: u64 = 12;
/// Likewise, where each is a step and a time.
const STEP_COLUMNS: u64 = 16;
/// Where a fault struck.
pub(super) const FAULT: char = '↯';
/// Where an update was overwritten, or was written that was lost.
pub(super) const RACE: char = '≠';
/// From where on nothing avoids a failure.
pub(super) const NO_RETURN: &str = "▼";
/// How the word looks for a thread that is held back, and what every other cell shows then, whatever its state is.
const HELD: Look = Look::State(ThreadState::Ready);
const HELD_MARK: char = '=';
/// The word for a thread that never gets what it waits for.
const STARVES: &str = "starves";
/// The word for a thread that had not ended when the run did.
const CUT_OFF: &str = ThreadState::CutOff.name();
/// Of more changes in a cell it is not worked out which state lasted for how long.
const FEW_SPANS: usize = 16;
/// How full a cell of a gauge is.
const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

pub(super) fn draw(theme: Theme, run: &Run, buffer: &mut Buffer) {
    let parts = run.places.lanes;
    let inside = panel(theme, "threads", Focus::of(run, super::Panel::Lanes), parts.frame, buffer);
    let window = run.window();
    if parts.cells.is_empty() {
        return;
    }
    let LaneParts { first, room, pitch, .. } = parts;
    let rows = run.lane_rows();
    let shown = || rows.iter().skip(first).take(room).zip((inside.y..).step_by(pitch.into()));
    let arrows = Arrows::of(run, shown().map(|(row, y)| (*row, y)).collect(), window);
    for (row, y) in shown() {
        match *row {
            LaneRow::Process(process) => {
                super::processes::draw(theme, run, process, (window, &arrows), &parts, y, buffer);
            }
            LaneRow::Thread(thread) => draw_thread(theme, run, thread, window, &parts, y, buffer),
        }
    }
    arrows.draw(theme, run, window, parts.cells, buffer);
    let mut y = inside.y + pitch * shown().count() as u16;
    if run.listed().gil().was_used() && y < inside.bottom() {
        super::gil::draw(theme, run, window, &parts, y, buffer);
        y += pitch;
    }
    for queue in run.queues() {
        if y >= inside.bottom() {
            break;
        }
        match run.model().object(queue.id) {
            Some(queue) => gauge_row(theme, queue, window, &parts, y, buffer),
            None => later_name(theme, &queue.name, &parts, y, buffer),
        }
        y += pitch;
    }
    let y = y.min(inside.bottom());
    let marks = ruler_marks(run, window);
    ruler(theme, run, window, (Rect { y: parts.frame.y, ..parts.cells }, &marks), buffer);
    if run.is_past() {
        here(theme, window, Rect { height: y - parts.cells.y, ..parts.cells }, buffer);
    }
    cursor(run, window, Rect { height: y - parts.cells.y, ..parts.cells }, buffer);
    footer(theme, run, window, parts.frame, buffer);
    if first > 0 || rows.len() > first + room {
        more(theme, parts.frame, first, rows.len().saturating_sub(first + room), buffer);
    }
}

/// A thread's row: in the past, what came later, too.
fn draw_thread(
    theme: Theme,
    run: &Run,
    thread: ThreadId,
    window: Window,
    parts: &LaneParts,
    y: u16,
    buffer: &mut Buffer,
) {
    let row = Rect { y, height: 1, ..parts.cells };
    let Some(listed) = run.listed().thread(thread) else { return };
    match run.model().thread(thread) {
        Some(thread) => {
            name(theme, run, thread, parts, y, buffer);
            draw_lane(theme, &Lane { model: run.model(), thread, window }, row, buffer);
            cut_off(theme, run, thread, window, row, buffer);
        }
        None => later_name(theme, &listed.name, parts, y, buffer),
    }
    if let Some(model) = run.later() {
        later(theme, &Lane { model, thread: listed, window }, row, buffer);
    }
}

/// The name of what is there later.
pub(super) fn later_name(theme: Theme, name: &str, parts: &LaneParts, y: u16, buffer: &mut Buffer) {
    put(buffer, parts.names, parts.names.x + 1, y, &cut_name(name, parts.name_width.into()), theme.later());
    put(buffer, parts.names, parts.names.x + parts.name_width + 2, y, "later", theme.later());
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
    let concerned = run.is_concerned(thread.id);
    let style = theme.style(if concerned { Role::Alarm } else { Role::Text });
    let style = if selected { style.add_modifier(Modifier::BOLD) } else { style };
    // The thread that the last step moved.
    let moved = run.moved.and_then(|seq| run.model().event(seq)).is_some_and(|event| event.thread == thread.id);
    let style = if moved { style.add_modifier(Modifier::REVERSED) } else { style };
    put(buffer, parts.names, x, y, &cut_name(&run.lane_name(thread), parts.name_width.into()), style);
    let (word, look) = match thread.state {
        _ if thread.is_deadlocked() => ("deadlock", Look::Deadlocked),
        _ if run.is_cut_off(thread) => (CUT_OFF, Look::State(ThreadState::CutOff)),
        state if held && !state.is_over() => ("held", HELD),
        _ if concerned && run.found().is_some_and(|it| it.told.kind == DefectKind::Starvation) => (STARVES, HELD),
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
pub(super) fn cell(thread: &Thread, window: Window, column: u16) -> Option<(Look, bool)> {
    let (from, to) = window.range(column);
    if from > window.end || (from == window.end && window.end > 0) {
        return None;
    }
    let slice = thread.timeline.slice(window.axis, from, to)?;
    let state = longer(thread, window.axis, slice, (from, to)).or_else(|| slice.states.worst())?;
    let ended_before = state.is_over() && slice.begun == 0;
    let look = if thread.was_deadlocked(window.axis, from, to) {
        Look::Deadlocked
    } else if ended_before {
        Look::State(ThreadState::Finished)
    } else {
        Look::State(state)
    };
    // Of several spans or states one is shown: underlining says that there is more.
    Some((look, slice.begun > 1 || slice.states.len() > 1))
}

/// Of a thread that could go on all the time, whether it did for longer than it did not: neither is worse than the other.
fn longer(thread: &Thread, axis: Axis, slice: Slice, (from, to): (u64, u64)) -> Option<ThreadState> {
    let (states, first) = (slice.states, slice.first);
    let both = states.len() == 2 && states.has(ThreadState::Running) && states.has(ThreadState::Ready);
    if !both || slice.spans > FEW_SPANS {
        return None;
    }
    let spans = thread.timeline.spans();
    let mut ran = 0;
    for index in first..first + slice.spans {
        let begin = axis.place(spans[index].start).max(from);
        let end = spans.get(index + 1).map_or(to, |next| axis.place(next.start).min(to));
        ran += if spans[index].state == ThreadState::Running { end.saturating_sub(begin) } else { 0 };
    }
    Some(if ran * 2 > to - from { ThreadState::Running } else { ThreadState::Ready })
}

/// A thread's row, and the part of the run that it shows.
#[derive(Clone, Copy)]
pub(in crate::tui) struct Lane<'a> {
    pub(in crate::tui) model: &'a Model,
    pub(in crate::tui) thread: &'a Thread,
    pub(in crate::tui) window: Window,
}

pub(in crate::tui) fn draw_lane(theme: Theme, lane: &Lane<'_>, row: Rect, buffer: &mut Buffer) {
    let Lane { thread, window, .. } = *lane;
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
    lock_names(theme, lane, &looks, row, buffer);
    reasons(lane, &looks, row, buffer);
    held_marks(theme, lane, &looks, row, buffer);
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
        let name = model.label(hold.object);
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

/// How many cells ago the thread was held back that still is in this one.
fn held_back(thread: &Thread, window: Window, column: u16) -> Option<u64> {
    let (from, to) = window.range(column);
    let begun = thread.held_back.partition_point(|stretch| window.axis.place(stretch.from) < to);
    let stretch = thread.held_back[..begun].last()?;
    let begin = window.axis.place(stretch.from);
    let lasts = from <= begin || stretch.to.is_none_or(|end| window.axis.place(end) > from);
    lasts.then(|| (from / window.per_cell).saturating_sub(begin / window.per_cell))
}

/// While the thread was held back every other cell says so; the cells between, and the colours, say what state it was in. What
/// must not be missed is not written over.
fn held_marks(theme: Theme, lane: &Lane<'_>, looks: &[Option<Look>], row: Rect, buffer: &mut Buffer) {
    for (column, look) in (0..lane.window.width).zip(looks) {
        let marked = held_back(lane.thread, lane.window, column).is_some_and(|ago| ago.is_multiple_of(2));
        let Some(look @ Look::State(state)) = look else { continue };
        if marked
            && !state.is_over()
            && let Some(cell) = buffer.cell_mut((row.x + column, row.y))
            && cell.symbol() == theme.glyph(*look).encode_utf8(&mut [0; 4])
        {
            cell.set_char(HELD_MARK);
        }
    }
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
        let Some(first) = window.column(begin) else { continue };
        let last = window.column(end).unwrap_or(window.width);
        // The span looks different from the moment of a deadlock, or while it is held: the text stands in one of its parts.
        let held = |column| held_back(thread, window, column).is_some();
        let mut part = first;
        for column in first..=last {
            let here = usize::from(column);
            let ends = column == last || looks[here] != looks[usize::from(part)] || held(column) != held(part);
            if !ends {
                continue;
            }
            if usize::from(column - part) >= text.width() + 3 && !held(part) {
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
        Blocker::Lock(object) => format!("wants {}", model.label(object)),
        Blocker::Object(object) => format!("waits for {}", model.wanted(object)),
        Blocker::Thread(thread) => format!("joins {}", model.thread_name(thread)),
        Blocker::Shutdown => "joins the others".to_owned(),
        Blocker::Time => "sleeps".to_owned(),
        Blocker::Signal => "a signal".to_owned(),
        Blocker::Outside => "waits for I/O".to_owned(),
        Blocker::Frozen => "frozen".to_owned(),
        Blocker::Delayed => "delayed".to_owned(),
        Blocker::Change => "loops forever".to_owned(),
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

/// Ticks at 1, 2 or 5 times a power of ten, on the upper edge of the frame: of time, or of steps, each with its time.
fn ruler(theme: Theme, run: &Run, window: Window, (cells, marks): (Rect, &[(u16, &str)]), buffer: &mut Buffer) {
    let edge = Rect { x: cells.x.saturating_sub(1), width: cells.width + 1, height: 1, ..cells };
    for (column, mark) in marks {
        let style = theme.style(Role::Alarm).add_modifier(Modifier::BOLD);
        put(buffer, edge, cells.x + column, edge.y, mark, style);
    }
    let mut free_from = 0;
    let mut put_tick = |place: u64, label: &str| {
        let Some(column) = window.column(place) else { return false };
        let width = label.width() as u16;
        // The label's first character stands on its place.
        let x = (cells.x + column).saturating_sub(1);
        let covers = |(column, _): &(u16, &str)| (x..x + width).contains(&(cells.x + column));
        if x >= free_from && x + width <= cells.right() && !marks.iter().any(covers) {
            put(buffer, edge, x, edge.y, label, theme.style(Role::Dim));
            free_from = x + width;
        }
        true
    };
    match window.axis {
        Axis::Time => {
            let tick = round_scale(window.per_cell.saturating_mul(TICK_COLUMNS));
            let mut place = window.start.div_ceil(tick).saturating_mul(tick);
            while put_tick(place, &format!(" {} ", time_word(place, tick))) {
                let Some(next) = place.checked_add(tick) else { break };
                place = next;
            }
        }
        Axis::Story => {
            let model = run.live_model();
            let label = |word: &str, at: Moment| format!(" {word}{}@{} ", at.step, short_time(at.at));
            let [first, last] = [0, window.width - 1].map(|it| model.moment(Axis::Story, window.range(it).0));
            let steps = last.step - first.step;
            let tick = round_scale((steps * STEP_COLUMNS).div_ceil(window.width.into()).max(1));
            let mut step = if window.start == 0 { 0 } else { (first.step + 1).next_multiple_of(tick) };
            let mut word = "step ";
            while step <= last.step.min(model.last().step) {
                let moment = model.operation(step);
                if !put_tick(moment.story, &label(word, moment)) {
                    break;
                }
                (step, word) = (step + tick, "");
            }
            if !word.is_empty() {
                put_tick(window.start, &label(word, first));
            }
        }
    }
}

/// Where nothing could avoid a failure any more, and where a part begins that goes on for ever.
fn ruler_marks(run: &Run, window: Window) -> Vec<(u16, &'static str)> {
    let model = run.live_model();
    let round = run.found().and_then(|found| model.event(found.told.round?));
    let round = round.map(|event| (model.place(window.axis, event), super::steps::ROUND));
    let turning = run.turning_point().map(|step| (window.axis.place(model.operation(step)), NO_RETURN));
    let marks = round.into_iter().chain(turning);
    marks.filter_map(|(place, mark)| Some((window.column(place)?, mark))).collect()
}

/// What came after the shown moment, where the window ends: all of it looks alike, so that it is not taken for the
/// present.
fn later(theme: Theme, lane: &Lane<'_>, row: Rect, buffer: &mut Buffer) {
    let Lane { model, window, .. } = *lane;
    // Between the two stands the line that marks the moment.
    let first = match window.end.checked_sub(window.start + 1) {
        None => 0,
        Some(_) => match window.column(window.end - 1) {
            Some(last) => last + 2,
            None => return,
        },
    };
    let width = window.width.saturating_sub(first);
    let rest = Rect { x: row.x + first, width, ..row };
    let window = Window { start: window.range(first).0, width, end: model.end(window.axis), ..window };
    if width > 0 {
        draw_lane(theme, &Lane { window, ..*lane }, rest, buffer);
    }
    for x in rest.x..rest.right() {
        if let Some(cell) = buffer.cell_mut((x, row.y)) {
            let symbol = cell.symbol().to_owned();
            cell.reset();
            cell.set_symbol(&symbol).set_style(theme.base().patch(theme.later()));
        }
    }
}

/// The lane of a thread that had not ended when the run did says so where it ends.
fn cut_off(theme: Theme, run: &Run, thread: &Thread, window: Window, row: Rect, buffer: &mut Buffer) {
    let last = window.column(window.end.saturating_sub(1)).filter(|_| run.is_cut_off(thread));
    if let Some(last) = last {
        put(buffer, row, row.x + last + 2, row.y, CUT_OFF, theme.style(Role::Dim));
    }
}

/// A line where the moment of the past lies that is shown: what came after it is dim.
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
    let moment = |place| run.live_model().moment(window.axis, place);
    let mut text = match window.axis {
        Axis::Time => format!(" {}", time_word(cursor, window.per_cell)),
        Axis::Story => format!(" step {}, {}", moment(cursor).step, short_time(moment(cursor).at)),
    };
    if let Some(thread) = run.model().thread(run.look.selected)
        && let Some(span) = thread.timeline.at(window.axis, cursor)
    {
        let phrase = crate::trace::describe::state_phrase(span.state, span.on, run.model());
        text.push_str(&format!("  {}: {phrase}", thread.name));
    }
    match run.events_at_cursor(window) {
        Some(1) => text.push_str("  1 event"),
        Some(count) => text.push_str(&format!("  {count} events")),
        None => {}
    }
    if let Some(mark) = run.look.mark {
        let distance = match window.axis {
            Axis::Time => time_word(cursor.abs_diff(mark), window.per_cell),
            Axis::Story => {
                let (cursor, mark) = (moment(cursor), moment(mark));
                let (steps, time) = (cursor.step.abs_diff(mark.step), cursor.at.abs_diff(mark.at));
                format!("{steps} steps, {}", short_time(time))
            }
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
