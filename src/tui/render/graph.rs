//! Which thread waits for which. A deadlock is a ring, everything else a list, in which many threads that wait for the
//! same thing share a row.
//!
//! ```text
//! ╭ waits for ────────────────────╮   ╭ waits for ─────────────╮   ╭ waits for ─────────────╮
//! │  left ──── wants b ───▶ right │   │  one ◀──────────────╮  │   │  26 wait for lock ─▶ a │
//! │    ▲                      │   │   │   ▼ wants b         │  │   │  left  wants b ─▶ right│
//! │    │                      │   │   │  two                │  │   │  worker ◀────────────╮ │
//! │    ╰───── wants a ────────╯   │   │   ▼ wants c         │  │   │   ╰ waits for part() ╯ │
//! │  main  joins left             │   │  three ─ wants a ───╯  │   │                        │
//! ╰───────────────────────────────╯   ╰────────────────────────╯   ╰─ 3 more below ─────────╯
//! ```

use super::super::run::Run;
use super::super::theme::{Role, Theme};
use super::super::waiting::{self, CROWD, Entry};
use super::{Focus, cut, cut_middle, cut_name, cut_names, more, panel, put};
use crate::base::ThreadId;
use crate::event::Blocker;
use crate::trace::graph::{Edge, is_certain};
use crate::trace::{Model, WaitGraph};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

/// The least columns for a thread, what it wants, and its owner.
const LEAST: u16 = 24;
/// The text below a ring that is no deadlock yet.
const UNLESS: &str = "a deadlock, unless one is released";

pub(super) fn draw(theme: Theme, run: &Run, area: Rect, buffer: &mut Buffer) {
    let graph = WaitGraph::of(run.model());
    let inside = panel(theme, "waits for", Focus::of(run, super::Panel::Graph), area, buffer);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let mut y = inside.y;
    let mut hidden = 0;
    for cycle in &graph.cycles {
        let rest = |y: u16| Rect { y, height: inside.bottom().saturating_sub(y), ..inside };
        if rest(y).height == 0 {
            hidden += cycle.len();
            continue;
        }
        let certain = is_certain(cycle, run.model());
        y += ring(theme, run.model(), cycle, certain, rest(y), buffer);
        if !certain && y < inside.bottom() {
            put(buffer, rest(y), inside.x, y, &cut(UNLESS, usize::from(inside.width)), theme.style(Role::Value));
            y += 1;
        }
    }
    let room = usize::from(inside.bottom().saturating_sub(y));
    let mut entries = waiting::entries(&graph, run.look.selected, CROWD);
    if entries.len() > room {
        entries = waiting::entries(&graph, run.look.selected, 2);
    }
    hidden += entries.len().saturating_sub(room);
    for (entry, row) in visible(&entries, run.look.selected, room).zip(y..inside.bottom()) {
        draw_entry(theme, run.model(), entry, Rect { y: row, height: 1, ..inside }, buffer);
    }
    if graph.cycles.is_empty() && entries.is_empty() {
        put(buffer, inside, inside.x, y, "nobody waits", theme.style(Role::Dim));
    }
    more(theme, area, 0, hidden, buffer);
}

/// The entries for which there is room; the selected thread's is among them.
fn visible<'e, 'g>(entries: &'e [Entry<'g>], selected: ThreadId, room: usize) -> impl Iterator<Item = &'e Entry<'g>> {
    let own = entries.iter().position(|entry| entry.threads == [selected]);
    let last = room.saturating_sub(1);
    let moved = own.filter(|own| *own >= room);
    (0..entries.len().min(room)).map(move |row| match moved {
        Some(own) if row == last => &entries[own],
        _ => &entries[row],
    })
}

/// What a thread does: `wants` and `lock`.
fn wants(on: Blocker, model: &Model) -> Phrase {
    Phrase::new(match on {
        Blocker::Lock(object) => ("wants", model.label(object)),
        Blocker::Object(object) => ("waits for", model.wanted(object)),
        Blocker::Thread(thread) => ("joins", model.thread_name(thread).to_owned()),
        Blocker::Shutdown => ("joins", "the others".to_owned()),
        Blocker::Time => ("sleeps", String::new()),
        Blocker::Signal => ("waits for", "a signal".to_owned()),
        Blocker::Outside => ("waits for", "input".to_owned()),
        Blocker::Frozen => ("is", "frozen".to_owned()),
        Blocker::Delayed => ("is", "delayed".to_owned()),
        Blocker::Change => ("loops", "forever".to_owned()),
    })
}

/// What several do, behind their number: `wait for` and `lock`.
fn want(on: Blocker, model: &Model) -> Phrase {
    let Phrase { verb, name } = wants(on, model);
    let verb = match (on, verb) {
        (Blocker::Lock(_), _) | (_, "waits for") => "wait for",
        (_, "joins") => "join",
        (_, "sleeps") => "sleep",
        (_, "loops") => "loop",
        _ => "are",
    };
    Phrase { verb, name }
}

/// A verb, and the name that it is about; of both the name is cut.
struct Phrase {
    verb: &'static str,
    name: String,
}

impl Phrase {
    fn new((verb, name): (&'static str, String)) -> Phrase {
        Phrase { verb, name }
    }

    fn width(&self) -> usize {
        self.verb.width() + if self.name.is_empty() { 0 } else { 1 + self.name.width() }
    }

    /// In so many columns.
    fn cut(&self, width: usize) -> String {
        match width.checked_sub(self.verb.width() + 1) {
            _ if self.name.is_empty() => cut(self.verb, width),
            Some(room) if room > 0 => format!("{} {}", self.verb, cut_middle(&self.name, room)),
            _ => cut(self.verb, width),
        }
    }
}

/// Draws a cycle in the widest shape that fits; gives the lines used.
fn ring(theme: Theme, model: &Model, cycle: &[Edge], certain: bool, area: Rect, buffer: &mut Buffer) -> u16 {
    let names: Vec<_> = cycle.iter().map(|edge| model.thread_name(edge.from).to_owned()).collect();
    let labels: Vec<_> = cycle.iter().map(|edge| wants(edge.on, model)).collect();
    let colour = if certain { Role::Alarm } else { Role::Value };
    let pen = Pen {
        node: theme.style(colour).add_modifier(Modifier::BOLD),
        line: theme.style(colour),
        label: theme.style(Role::Text),
    };
    let two = names.iter().map(|name| name.width()).sum::<usize>() + labels[0].width() + 10;
    match names.len() {
        1 => loop_ring(&pen, &names[0], &labels[0], area, buffer),
        2 if area.height >= 3 && two <= usize::from(area.width) => wide_ring(&pen, &names, &labels, area, buffer),
        count if usize::from(area.height) >= 2 * count - 1 => tall_ring(&pen, &names, &labels, area, buffer),
        _ => list_ring(&pen, &names, &labels, area, buffer),
    }
}

/// The styles of a ring.
struct Pen {
    node: Style,
    line: Style,
    label: Style,
}

/// A thread that waits for itself.
fn loop_ring(pen: &Pen, name: &str, label: &Phrase, area: Rect, buffer: &mut Buffer) -> u16 {
    let (y, width) = (area.y, usize::from(area.width));
    if area.height == 1 {
        let x = put(buffer, area, area.x, y, &cut_name(name, width / 2), pen.node) + 1;
        put(buffer, area, x, y, &format!("waits for itself: {}", label.cut(width)), pen.label);
        return 1;
    }
    let name = cut_name(name, width.saturating_sub(5));
    let wanted = name.width().max(label.width() + 4) + 4;
    let right = area.x + (wanted.min(width.saturating_sub(1)) as u16);
    let x = put(buffer, area, area.x, y, &name, pen.node) + 1;
    put(buffer, area, x, y, "◀", pen.line);
    stroke(buffer, area, x + 1, right, y, pen);
    put(buffer, area, right, y, "╮", pen.line);
    put(buffer, area, area.x + 1, y + 1, "╰", pen.line);
    stroke(buffer, area, area.x + 2, right, y + 1, pen);
    put(buffer, area, right, y + 1, "╯", pen.line);
    caption(buffer, area, area.x + 2, right, y + 1, label, pen);
    2
}

/// Two threads side by side.
fn wide_ring(pen: &Pen, names: &[String], labels: &[Phrase], area: Rect, buffer: &mut Buffer) -> u16 {
    let (left, right) = (names[0].width() as u16, names[1].width() as u16);
    let width = area.width.min(60);
    let y = area.y;
    put(buffer, area, area.x, y, &names[0], pen.node);
    put(buffer, area, area.x + width - right, y, &names[1], pen.node);
    let (from, to) = (area.x + left + 1, area.x + width - right - 1);
    stroke(buffer, area, from, to - 1, y, pen);
    put(buffer, area, to - 1, y, "▶", pen.line);
    caption(buffer, area, from, to - 1, y, &labels[0], pen);
    // The way back runs below, from the middle of the one name to the middle of the other.
    let (begin, end) = (area.x + left / 2, area.x + width - right + right / 2);
    let bottom = if area.height >= 5 { y + 3 } else { y + 2 };
    put(buffer, area, begin, y + 1, "▲", pen.line);
    put(buffer, area, end, y + 1, "│", pen.line);
    for row in y + 2..bottom {
        put(buffer, area, begin, row, "│", pen.line);
        put(buffer, area, end, row, "│", pen.line);
    }
    put(buffer, area, begin, bottom, "╰", pen.line);
    stroke(buffer, area, begin + 1, end, bottom, pen);
    put(buffer, area, end, bottom, "╯", pen.line);
    caption(buffer, area, begin + 1, end, bottom, &labels[1], pen);
    bottom + 1 - y
}

/// A line from `from` to `to` (exclusive).
fn stroke(buffer: &mut Buffer, area: Rect, from: u16, to: u16, y: u16, pen: &Pen) {
    for x in from..to {
        put(buffer, area, x, y, "─", pen.line);
    }
}

/// A label in the middle of such a line, which shows on both sides of it.
fn caption(buffer: &mut Buffer, area: Rect, from: u16, to: u16, y: u16, label: &Phrase, pen: &Pen) {
    let room = usize::from(to.saturating_sub(from)).saturating_sub(4);
    let text = format!(" {} ", label.cut(room));
    let x = from + (to.saturating_sub(from)).saturating_sub(text.width() as u16) / 2;
    put(buffer, area, x, y, &text, pen.label);
}

/// Any number of threads, one below the other, with the way back on the right.
fn tall_ring(pen: &Pen, names: &[String], labels: &[Phrase], area: Rect, buffer: &mut Buffer) -> u16 {
    let count = names.len();
    let width = usize::from(area.width);
    // The last row holds a name and, in the line that leads back, what it wants.
    let last_label = labels[count - 1].width().min(width / 2);
    let names = cut_names(names, width.saturating_sub(6).min(width.saturating_sub(last_label + 7)));
    let widest = (0..count).map(|i| names[i].width().max(labels[i].width() + 4)).max().unwrap_or(0);
    let last = names[count - 1].width() + labels[count - 1].width() + 8;
    let right = area.x + (widest.max(last).max(18) as u16).min(area.width.saturating_sub(1));
    let mut y = area.y;
    for (index, name) in names.iter().enumerate() {
        let x = put(buffer, area, area.x, y, name, pen.node) + 1;
        let is_last = index + 1 == count;
        if index == 0 {
            put(buffer, area, x, y, "◀", pen.line);
            stroke(buffer, area, x + 1, right, y, pen);
            put(buffer, area, right, y, "╮", pen.line);
        } else if is_last {
            stroke(buffer, area, x, right, y, pen);
            put(buffer, area, right, y, "╯", pen.line);
            caption(buffer, area, x, right, y, &labels[index], pen);
        } else {
            put(buffer, area, right, y, "│", pen.line);
        }
        if !is_last {
            let label = labels[index].cut(usize::from(right.saturating_sub(area.x + 4)));
            put(buffer, area, area.x + 1, y + 1, "▼", pen.line);
            put(buffer, area, area.x + 3, y + 1, &label, pen.label);
            put(buffer, area, right, y + 1, "│", pen.line);
            y += 2;
        }
    }
    y + 1 - area.y
}

/// A line for each thread, with a bracket that says that the last leads to the first; longer rings say how many more there are.
fn list_ring(pen: &Pen, names: &[String], labels: &[Phrase], area: Rect, buffer: &mut Buffer) -> u16 {
    let count = names.len();
    let rows = count.min(area.height.into());
    // If there is no room for both names, the arrow points to the name below.
    let both = area.width >= LEAST;
    let room = usize::from(area.width).saturating_sub(if both { 10 } else { 6 });
    let names = cut_names(names, if both { room / 3 } else { room / 2 });
    for index in 0..rows {
        let y = area.y + index as u16;
        let bracket = match (index, index + 1 == count) {
            (0, _) => "╭▶",
            (_, true) => "╰─",
            _ => "│ ",
        };
        put(buffer, area, area.x, y, bracket, pen.line);
        if index + 1 == rows && rows < count {
            put(buffer, area, area.x + 3, y, &format!("{} more", count - index), pen.label);
            break;
        }
        let next = &names[(index + 1) % count];
        let x = put(buffer, area, area.x + 3, y, &names[index], pen.node);
        let x = put(buffer, area, x, y, " ─ ", pen.line);
        let behind = if both { next.width() + 4 } else { 0 };
        let label = labels[index].cut(usize::from(area.right().saturating_sub(x)).saturating_sub(behind));
        let x = put(buffer, area, x, y, &label, pen.label);
        if both {
            let x = put(buffer, area, x, y, " ─▶ ", pen.line);
            put(buffer, area, x, y, next, pen.node);
        }
    }
    rows as u16
}

/// `left  wants b ─▶ right (line 13)`, `26 wait for lock ─▶ right (line 13)`.
fn draw_entry(theme: Theme, model: &Model, entry: &Entry<'_>, row: Rect, buffer: &mut Buffer) {
    let (text, dim) = (theme.style(Role::Text), theme.style(Role::Dim));
    let bold = text.add_modifier(Modifier::BOLD);
    let width = usize::from(row.width);
    let owner = entry.edge.filter(|_| matches!(entry.on, Blocker::Lock(_) | Blocker::Object(_)));
    let owner = owner.map(|edge| (cut_name(model.thread_name(edge.to), (width / 4).max(8)), edge.taken_at));
    let behind = owner.as_ref().map_or(0, |(name, _)| name.width() + 4);
    let (who, what) = match entry.threads.as_slice() {
        [thread] => (format!("{} ", cut_name(model.thread_name(*thread), (width / 3).max(8))), wants(entry.on, model)),
        many => (many.len().to_string(), want(entry.on, model)),
    };
    let x = put(buffer, row, row.x, row.y, &who, bold) + 1;
    let room = usize::from(row.right().saturating_sub(x)).saturating_sub(behind);
    let x = put(buffer, row, x, row.y, &what.cut(room), text);
    if let Some((name, taken_at)) = owner {
        let x = put(buffer, row, x, row.y, " ─▶ ", dim);
        let x = put(buffer, row, x, row.y, &name, bold);
        let line = taken_at.map(|line| format!(" (line {})", model.spot(line))).unwrap_or_default();
        if usize::from(row.right().saturating_sub(x)) >= line.width() {
            put(buffer, row, x, row.y, &cut(&line, width), dim);
        }
    }
}
