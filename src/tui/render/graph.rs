//! Who waits for whom. A deadlock is a ring, everything else a list.
//!
//! ```text
//! ╭ waits for ────────────────────╮   ╭ waits for ─────────────╮   ╭ waits for ─────────────╮
//! │  left ──── wants b ───▶ right │   │  one ◀──────────────╮  │   │  main  joins left      │
//! │    ▲                      │   │   │   ▼ wants b         │  │   │  left  wants b: right  │
//! │    │                      │   │   │  two                │  │   │        took it in      │
//! │    ╰───── wants a ────────╯   │   │   ▼ wants c         │  │   │        line 13         │
//! │  main  joins left             │   │  three ─ wants a ───╯  │   │                        │
//! ╰───────────────────────────────╯   ╰────────────────────────╯   ╰────────────────────────╯
//! ```

use super::super::run::Run;
use super::super::theme::{Role, Theme};
use super::{cut, panel, put};
use crate::event::Blocker;
use crate::trace::graph::{Edge, is_certain};
use crate::trace::{Model, WaitGraph};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

/// What is said below a ring that is no deadlock yet.
const UNLESS: &str = "a deadlock, unless one is released";

pub(super) fn draw(theme: Theme, run: &Run, area: Rect, buffer: &mut Buffer) {
    let graph = WaitGraph::of(&run.model);
    let inside = panel(theme, "waits for", run.look.focus == super::Panel::Graph, area, buffer);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let mut y = inside.y;
    for cycle in &graph.cycles {
        let rest = |y: u16| Rect { y, height: inside.bottom().saturating_sub(y), ..inside };
        let certain = is_certain(cycle, &run.model);
        y += ring(theme, &run.model, cycle, certain, rest(y), buffer);
        if !certain && y < inside.bottom() {
            put(buffer, rest(y), inside.x, y, &cut(UNLESS, usize::from(inside.width)), theme.style(Role::Value));
            y += 1;
        }
    }
    let edges = graph.outside_cycles().map(|edge| (edge.from, edge.on, Some(edge)));
    let others = graph.others.iter().map(|&(thread, on)| (thread, on, None));
    let mut last = None;
    for (thread, on, edge) in edges.chain(others) {
        // The main thread waits for all others at the end: one line says so.
        if on == Blocker::Shutdown && last == Some(thread) {
            continue;
        }
        last = Some(thread);
        y += entry(
            theme,
            &run.model,
            thread,
            on,
            edge,
            Rect { y, height: inside.bottom().saturating_sub(y), ..inside },
            buffer,
        );
    }
    if y == inside.y {
        put(buffer, inside, inside.x, y, "nobody waits", theme.style(Role::Dim));
    }
}

/// How many lines the graph would like.
pub(in super::super) fn rows(graph: &WaitGraph, model: &Model) -> u16 {
    let ring = |cycle: &Vec<Edge>| {
        let drawn = if cycle.len() == 2 { 4 } else { 2 * cycle.len() };
        drawn + usize::from(!is_certain(cycle, model))
    };
    let rings: usize = graph.cycles.iter().map(ring).sum();
    let mut waiting: Vec<_> = graph.outside_cycles().map(|edge| edge.from).collect();
    waiting.dedup();
    u16::try_from(rings + waiting.len() + graph.others.len()).unwrap_or(u16::MAX - 2)
}

fn wants(on: Blocker, model: &Model) -> String {
    match on {
        Blocker::Lock(object) => format!("wants {}", model.object_name(object)),
        Blocker::Object(object) => format!("waits for {}", model.object_name(object)),
        Blocker::Thread(thread) => format!("joins {}", model.thread_name(thread)),
        Blocker::Shutdown => "joins the others".to_owned(),
        Blocker::Time => "sleeps".to_owned(),
        Blocker::Signal => "waits for a signal".to_owned(),
        Blocker::Frozen => "is frozen".to_owned(),
        Blocker::Delayed => "is delayed".to_owned(),
        Blocker::Change => "goes round for ever".to_owned(),
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
    if cycle.len() == 2 && area.height >= 3 && two <= usize::from(area.width) {
        return wide_ring(&pen, &names, &labels, area, buffer);
    }
    if area.height as usize >= 2 * names.len() - 1 && names.len() > 1 {
        return tall_ring(&pen, &names, &labels, area, buffer);
    }
    list_ring(&pen, &names, &labels, area, buffer)
}

/// The styles of a ring.
struct Pen {
    node: Style,
    line: Style,
    label: Style,
}

/// Two threads side by side.
fn wide_ring(pen: &Pen, names: &[String], labels: &[String], area: Rect, buffer: &mut Buffer) -> u16 {
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
fn caption(buffer: &mut Buffer, area: Rect, from: u16, to: u16, y: u16, text: &str, pen: &Pen) {
    let room = usize::from(to.saturating_sub(from)).saturating_sub(2);
    let text = cut(&format!(" {text} "), room);
    let x = from + (to.saturating_sub(from)).saturating_sub(text.width() as u16) / 2;
    put(buffer, area, x, y, &text, pen.label);
}

/// Any number of threads, one below the other, with the way back on the right.
fn tall_ring(pen: &Pen, names: &[String], labels: &[String], area: Rect, buffer: &mut Buffer) -> u16 {
    let count = names.len();
    let widest = (0..count).map(|i| names[i].width().max(labels[i].width() + 4)).max().unwrap_or(0);
    let last = names[count - 1].width() + labels[count - 1].width() + 8;
    let right = area.x + (widest.max(last).max(18) as u16).min(area.width.saturating_sub(1));
    let mut y = area.y;
    for (index, name) in names.iter().enumerate() {
        let x = put(buffer, area, area.x, y, &cut(name, usize::from(area.width).saturating_sub(6)), pen.node) + 1;
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
            put(buffer, area, area.x + 1, y + 1, "▼", pen.line);
            put(buffer, area, area.x + 3, y + 1, &labels[index], pen.label);
            put(buffer, area, right, y + 1, "│", pen.line);
            y += 2;
        }
    }
    y + 1 - area.y
}

/// A line for each thread, with a bracket that says that the last leads to the first; longer rings end in an ellipsis.
fn list_ring(pen: &Pen, names: &[String], labels: &[String], area: Rect, buffer: &mut Buffer) -> u16 {
    let rows = names.len().min(area.height.into());
    for index in 0..rows {
        let y = area.y + index as u16;
        let bracket = match (index, index + 1 == names.len()) {
            (0, true) => "▶",
            (0, false) => "╭▶",
            (_, true) => "╰─",
            _ => "│ ",
        };
        put(buffer, area, area.x, y, bracket, pen.line);
        if index + 1 == rows && rows < names.len() {
            put(buffer, area, area.x + 3, y, &format!("… {} more", names.len() - index), pen.label);
            break;
        }
        let x = put(buffer, area, area.x + 3, y, &names[index], pen.node);
        let x = put(buffer, area, x, y, " ─ ", pen.line);
        let x = put(buffer, area, x, y, &labels[index], pen.label);
        let x = put(buffer, area, x, y, " ─▶ ", pen.line);
        put(buffer, area, x, y, &names[(index + 1) % names.len()], pen.node);
    }
    rows as u16
}

/// `left  wants b ─▶ right (line 13)`; gives the lines used.
fn entry(
    theme: Theme,
    model: &Model,
    thread: crate::base::ThreadId,
    on: Blocker,
    edge: Option<&Edge>,
    area: Rect,
    buffer: &mut Buffer,
) -> u16 {
    if area.height == 0 {
        return 0;
    }
    let bold = theme.style(Role::Text).add_modifier(Modifier::BOLD);
    let x = put(buffer, area, area.x, area.y, model.thread_name(thread), bold) + 2;
    let x = put(buffer, area, x, area.y, &wants(on, model), theme.style(Role::Text));
    if let (Some(edge), Blocker::Lock(_) | Blocker::Object(_)) = (edge, on) {
        let x = put(buffer, area, x, area.y, " ─▶ ", theme.style(Role::Dim));
        let x = put(buffer, area, x, area.y, model.thread_name(edge.to), bold);
        let line = edge.taken_at.map(|line| format!(" (line {line})")).unwrap_or_default();
        if usize::from(area.right().saturating_sub(x)) >= line.width() {
            put(buffer, area, x, area.y, &line, theme.style(Role::Dim));
        }
    }
    1
}
