//! Objects and shared data, as they are now.
//!
//! ```text
//! ╭ objects ────────────────────╮
//! │ a     lock  left   ◂ right  │
//! │ q     queue 3/4 ██████░░    │
//! │ total = 100                 │
//! ╰─────────────────────────────╯
//! ```

use super::super::run::Run;
use super::super::run::later::{Listed, ObjectRow};
use super::super::run::roster::head_name;
use super::super::theme::{Role, Theme};
use super::{Focus, cut, cut_name, more, panel, put};
use crate::base::{ProcessId, SafeText};
use crate::event::FutureState;
use crate::trace::ends;
use crate::trace::object::Worker;
use crate::trace::orders::{self, Circle};
use crate::trace::races::words;
use crate::trace::{Datum, Detail, Model, Object};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

/// Cells of a gauge, and of one where there is little room.
const GAUGE: u32 = 8;
const SMALL_GAUGE: u32 = 4;
/// Columns for the shortest form, which only says how many wait: ` ◂ 24 waiting`.
const WAITERS: u16 = 13;
/// No more items of a queue are shown.
const MOST_ITEMS: usize = 8;
/// Columns below which nothing is said of what lies in a queue.
const LEAST: u16 = 10;
/// Columns for one of them.
const ITEM: usize = 24;
/// Columns below which there is little room.
const NARROW: u16 = 36;

/// The row that is drawn first, so that the selected one can be seen among `height` rows.
pub(in super::super) fn first_row(run: &Run, height: usize) -> usize {
    run.look.object_row.saturating_sub(height / 2).min(run.object_rows().saturating_sub(height))
}

pub(super) fn draw(theme: Theme, run: &Run, area: Rect, buffer: &mut Buffer) {
    let focus = Focus::of(run, super::Panel::Objects);
    let inside = panel(theme, "objects", focus, area, buffer);
    let rows = run.object_list();
    let name = |row: &ObjectRow<'_>| match row.what {
        Listed::Object(object) => title(run, object).width(),
        Listed::Datum(_) | Listed::Head(_) => 0,
    };
    let widest = rows.iter().map(name).max().unwrap_or(0);
    let name_width = widest.clamp(2, usize::from(inside.width / 3).max(2));
    let first = first_row(run, inside.height.into());
    for ((index, it), y) in rows.iter().enumerate().skip(first).zip(inside.y..inside.bottom()) {
        let row = Rect { x: inside.x + 1, y, width: inside.width.saturating_sub(1), height: 1 };
        match (it.what, it.later) {
            (Listed::Object(object), false) => draw_object(theme, run, object, name_width, row, buffer),
            (Listed::Datum(datum), false) => draw_datum(theme, run, datum, row, buffer),
            (Listed::Object(object), true) => {
                draw_later(theme, title(run, object), object.kind.name(), name_width, row, buffer)
            }
            (Listed::Datum(datum), true) => draw_later(theme, &datum.name, "", name_width, row, buffer),
            (Listed::Head(process), later) => {
                let style = if later { theme.later() } else { theme.style(Role::Dim) };
                put(buffer, row, row.x - 1, y, &head(run, process), style);
            }
        }
        if let Some(on) = run.breakpoint_of_row(it.what).and_then(|breakpoint| run.breakpoints.on(&breakpoint)) {
            put(buffer, inside, inside.x, y, if on { "●" } else { "○" }, theme.style(Role::Alarm));
        }
        if focus == Focus::Here && index == run.look.object_row {
            buffer.set_style(row, theme.selection());
        }
    }
    more(theme, area, first, rows.len().saturating_sub(first + usize::from(inside.height)), buffer);
    if rows.is_empty() {
        put(buffer, inside, inside.x + 1, inside.y, "nothing is shared yet", theme.style(Role::Dim));
    }
}

/// What an object is called below the head of its process.
fn title<'a>(run: &Run, object: &'a Object) -> &'a str {
    // A copy's name says in which process it is, which stands above.
    let is_copy = object.name.strip_prefix(&*object.title).is_some_and(|rest| rest.starts_with(" ("));
    if run.has_heads() && is_copy { &object.title } else { &object.name }
}

/// In which process what follows lies.
fn head(run: &Run, process: ProcessId) -> String {
    match run.listed().processes().get(process.index()) {
        Some(process) => format!("- in {}", head_name(process)),
        None => "- for all processes".to_owned(),
    }
}

/// What is shared later than the moment that is shown.
fn draw_later(theme: Theme, name: &str, kind: &str, name_width: usize, row: Rect, buffer: &mut Buffer) {
    let style = theme.later();
    put(buffer, row, row.x, row.y, &cut_name(name, name_width.max(4)), style);
    let x = row.x + name_width as u16 + 1;
    put(buffer, row, x, row.y, format!("{kind} later").trim_start(), style);
}

fn draw_object(theme: Theme, run: &Run, object: &Object, name_width: usize, row: Rect, buffer: &mut Buffer) {
    let model = run.model();
    let (text, dim, value) = (theme.style(Role::Text), theme.style(Role::Dim), theme.style(Role::Value));
    put(buffer, row, row.x, row.y, &cut_name(title(run, object), name_width), text.add_modifier(Modifier::BOLD));
    let mut x = put(buffer, row, row.x + name_width as u16 + 1, row.y, object.kind.name(), dim) + 1;
    x = match &object.detail {
        Detail::Lock { owner: None, .. } => put(buffer, row, x, row.y, "free", dim),
        Detail::Lock { owner: Some(owner), depth } => {
            // The waiting threads must be visible, too.
            let waiters = waiters_width(model, object).min(WAITERS);
            let gone = if is_foreign(model, object) { " (not here)" } else { "" };
            let name = format!("{}{gone}", model.thread_name(*owner));
            let owner = cut_name(&name, usize::from(row.right().saturating_sub(x + waiters)));
            let x = put(buffer, row, x, row.y, &owner, value.add_modifier(Modifier::BOLD));
            if *depth > 1 { put(buffer, row, x, row.y, &format!(" ×{depth}"), value) } else { x }
        }
        Detail::Condition { lock: Some(lock) } => {
            put(buffer, row, x, row.y, &format!("on {}", model.object_name(*lock)), dim)
        }
        Detail::Condition { lock: None } => x,
        Detail::Semaphore { value: permits } => put(buffer, row, x, row.y, &permits.to_string(), value),
        Detail::Event { set } => put(buffer, row, x, row.y, if *set { "set" } else { "not set" }, value),
        Detail::Barrier { broken: true, .. } => put(buffer, row, x, row.y, "broken", theme.style(Role::Alarm)),
        Detail::Barrier { count, parties, .. } => put(buffer, row, x, row.y, &format!("{count}/{parties}"), value),
        Detail::Queue { depth, capacity, unfinished } => {
            queue(theme, (*depth, *capacity, *unfinished), object, row, x, buffer)
        }
        Detail::Pool { .. } => pool(theme, model, object, row, x, buffer),
        Detail::Future { .. } => future(theme, model, object, row, x, buffer),
        Detail::Futures { futures } => put(buffer, row, x, row.y, &futures.len().to_string(), value),
        Detail::Data { value: data } => put(buffer, row, x, row.y, data, value),
    };
    if !object.waiters.is_empty() {
        let names: Vec<_> = object.waiters.iter().map(|&waiter| model.thread_name(waiter)).collect();
        let mark = theme.style(Role::Alarm);
        x = put(buffer, row, x, row.y, " ◂ ", mark);
        let room = usize::from(row.right().saturating_sub(x));
        let names = names.join(", ");
        let names = if names.width() > room && object.waiters.len() > 1 {
            format!("{} waiting", object.waiters.len())
        } else {
            cut_name(&names, room)
        };
        x = put(buffer, row, x, row.y, &names, text);
    }
    if let Detail::Queue { .. } = object.detail {
        x = self::inside(theme, model, object, row, x, buffer);
    }
    if let Some(armed) = object.armed {
        x = put(buffer, row, x + 1, row.y, armed, theme.style(Role::Alarm));
    }
    let in_danger = |circle: &&Circle| circle.iter().any(|taking| taking.held.object == object.id);
    if let Some(circle) = model.possible_deadlocks().iter().find(in_danger) {
        let others: Vec<_> = orders::others(circle, object.id).map(|lock| model.object_name(lock)).collect();
        put(buffer, row, x, row.y, &format!("  could deadlock with {}", others.join(", ")), value);
    }
}

/// Whether the thread that holds the lock is in another process than the lock: so it is held for ever.
fn is_foreign(model: &Model, lock: &Object) -> bool {
    let holder = lock.owner().map(|owner| model.process_of(owner).id);
    lock.process != ProcessId::WORLD && holder.is_some_and(|process| process != lock.process)
}

/// Columns for the names of all waiting threads; none, if no thread waits.
fn waiters_width(model: &Model, object: &Object) -> u16 {
    let names = object.waiters.iter().map(|&waiter| model.thread_name(waiter).width() + 2);
    let width: usize = names.sum();
    if width == 0 { 0 } else { u16::try_from(width + 1).unwrap_or(WAITERS) }
}

/// `3/4 ██████░░`
fn queue(theme: Theme, state: (u32, u32, Option<u32>), object: &Object, row: Rect, x: u16, buffer: &mut Buffer) -> u16 {
    let (depth, capacity, unfinished) = state;
    let value = theme.style(Role::Value);
    let count = if capacity > 0 { format!("{depth}/{capacity} ") } else { format!("{depth} ") };
    let x = put(buffer, row, x, row.y, &count, value);
    let gauge = if row.width < NARROW { SMALL_GAUGE } else { GAUGE };
    let full = u64::from(depth) * u64::from(gauge) / u64::from(object.depth_limit()).max(1);
    let full = full.min(u64::from(gauge)) as usize;
    let x = put(buffer, row, x, row.y, &"█".repeat(full), value);
    let dim = theme.style(Role::Dim);
    let x = put(buffer, row, x, row.y, &"░".repeat(gauge as usize - full), dim);
    match unfinished {
        Some(left) if left > 0 => put(buffer, row, x, row.y, &format!(" {left} unfinished"), dim),
        _ => x,
    }
}

/// Which processes hold a channel's ends, and what lies in a queue: `  from MainProcess to Process-1  1, None`
fn inside(theme: Theme, model: &Model, object: &Object, row: Rect, mut x: u16, buffer: &mut Buffer) -> u16 {
    if row.right().saturating_sub(x) < LEAST {
        return x;
    }
    if let Some(ends) = &object.ends {
        let names = |side: &[ends::Held]| {
            let holders = ends::processes(side).into_iter();
            let names: Vec<&str> =
                holders.filter_map(|held| Some(&*model.processes().get(held.process.index())?.name)).collect();
            if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
        };
        let room = room(ends);
        let words = format!("{room}  from {} to {}", names(&ends.writers), names(&ends.readers));
        x = put(buffer, row, x, row.y, &words, theme.style(Role::Dim));
    }
    let items = model.contents(object.id).take(MOST_ITEMS + 1);
    let items: Vec<String> = items.map(|item| cut(&SafeText::new(&item.to_string()).into_string(), ITEM)).collect();
    if items.is_empty() {
        return x;
    }
    let more = if items.len() > MOST_ITEMS { ", …" } else { "" };
    let items = items[..items.len().min(MOST_ITEMS)].join(", ");
    put(buffer, row, x, row.y, &format!("  {items}{more}"), theme.style(Role::Value))
}

/// How full a channel is: `  46 of 65536 bytes`, `  full, 4464 bytes more wait`
fn room(ends: &ends::Ends) -> String {
    let bytes = u64::from(ends.bytes);
    match bytes.checked_sub(ends.capacity) {
        _ if ends.filled => "  no room".to_owned(),
        Some(0) => "  full".to_owned(),
        Some(more) => format!("  full, {more} bytes more wait"),
        None if bytes == 0 => String::new(),
        None => format!("  {bytes} of {} bytes", ends.capacity),
    }
}

/// `2/3 workers, 4 pending  w0 task(3)  w1 idle`
fn pool(theme: Theme, model: &Model, object: &Object, row: Rect, x: u16, buffer: &mut Buffer) -> u16 {
    let Detail::Pool { limit, workers, pending, open, broken } = &object.detail else { return x };
    let (dim, value) = (theme.style(Role::Dim), theme.style(Role::Value));
    let alive = |worker: &&Worker| model.thread(worker.thread).is_some_and(|thread| !thread.state.is_over());
    let count = workers.iter().filter(alive).count();
    let mut x = put(buffer, row, x, row.y, &format!("{count}/{limit} workers"), value);
    if *pending > 0 {
        x = put(buffer, row, x, row.y, &format!(", {pending} pending"), value);
    }
    if *broken {
        x = put(buffer, row, x, row.y, "  broken", theme.style(Role::Alarm));
    } else if !open {
        x = put(buffer, row, x, row.y, "  shut down", dim);
    }
    for (number, worker) in workers.iter().enumerate().filter(|(_, worker)| alive(worker)) {
        x = put(buffer, row, x, row.y, &format!("  w{number} "), dim);
        x = match worker.future.map(|future| model.task_name(future)) {
            Some(task) => put(buffer, row, x, row.y, &task, theme.style(Role::Text)),
            None => put(buffer, row, x, row.y, "idle", dim),
        };
    }
    x
}

/// `running task(3) by ThreadPoolExecutor-0_1`
fn future(theme: Theme, model: &Model, object: &Object, row: Rect, x: u16, buffer: &mut Buffer) -> u16 {
    let Detail::Future { state, task, runner, .. } = &object.detail else { return x };
    let (dim, value) = (theme.style(Role::Dim), theme.style(Role::Value));
    let x = match state {
        FutureState::Pending | FutureState::Cancelled => put(buffer, row, x, row.y, state.name(), dim),
        FutureState::Running => put(buffer, row, x, row.y, "running", value),
        FutureState::Returned(result) => {
            let result = SafeText::new(&result.to_string()).into_string();
            put(buffer, row, x, row.y, &format!("returned {result}"), value)
        }
        FutureState::Raised(error) => {
            let error = SafeText::new(error).into_string();
            put(buffer, row, x, row.y, &format!("raised {error}"), theme.style(Role::Alarm))
        }
    };
    let named = !object.name.starts_with(task.as_str());
    let x = if named && !task.is_empty() { put(buffer, row, x, row.y, &format!("  {task}"), dim) } else { x };
    match runner {
        Some(runner) if *state == FutureState::Running => {
            put(buffer, row, x, row.y, &format!("  by {}", model.thread_name(*runner)), dim)
        }
        _ => x,
    }
}

fn draw_datum(theme: Theme, run: &Run, datum: &Datum, row: Rect, buffer: &mut Buffer) {
    let (model, dim) = (run.model(), theme.style(Role::Dim));
    let x = put(buffer, row, row.x, row.y, &datum.name, theme.style(Role::Text).add_modifier(Modifier::BOLD));
    let x = put(buffer, row, x, row.y, " = ", dim);
    let mut x = put(buffer, row, x, row.y, &datum.value(), theme.style(Role::Value));
    let mut add = |text: String, style| {
        if usize::from(row.right().saturating_sub(x)) < text.width() {
            return false;
        }
        x = put(buffer, row, x, row.y, &text, style);
        true
    };
    if let Some(note) = model.note_on(datum) {
        let value = theme.style(Role::Value);
        let _ = add(format!("  {}", words::short_note(note, model)), value) || add("  unordered".to_owned(), value);
    }
    if let Some((writer, line)) = datum.writer {
        add(format!("  by {} (line {})", model.thread_name(writer), model.spot(line)), dim);
    }
}
