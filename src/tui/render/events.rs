//! What happened, one line for each event.
//!
//! ```text
//! ╭ events ───────────────────────╮
//! │ 38 left   blocks on b         │
//! │ 40 right  blocks on a         │
//! │ 41 right  DEADLOCK left, right│
//! ╰───────────────────────────────╯
//! ```

use super::super::run::Run;
use super::super::theme::{Look, Role, Theme};
use super::{Focus, cut, cut_name, more, on_edge, panel, put, shown};
use crate::base::ThreadId;
use crate::event::{Event, EventKind, ThreadState};
use crate::trace::{Model, describe};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

pub(super) fn draw(theme: Theme, run: &Run, area: Rect, buffer: &mut Buffer) {
    let (list, model) = (&run.look.events, run.listed());
    let title = match list.filter() {
        // The output is behind it.
        "" if run.places.panel(super::Panel::Output).is_none() => "events, Tab: output".to_owned(),
        "" => "events".to_owned(),
        filter => format!("events /{}: {}", shown(filter), list.len(model)),
    };
    let title = cut(&title, usize::from(area.width.saturating_sub(8)));
    let inside = panel(theme, &title, Focus::of(run, super::Panel::Events), area, buffer);
    let longest = model.threads().iter().map(|thread| thread.name.width()).max().unwrap_or(0);
    let name_width = longest.clamp(4, usize::from(inside.width / 4).max(4));
    let digits = model.last().step.to_string().len();
    let (here, later) = (run.first_later(), theme.later());
    let shown = list.visible(inside.height.into(), here, model);
    let (nothing, above, below) = (shown.is_empty(), shown.start, list.len(model) - shown.end);
    for (row, y) in shown.zip(inside.y..inside.bottom()) {
        let Some(event) = model.event(list.seq(row, model)) else { continue };
        let line = Rect { x: inside.x + 1, y, width: inside.width.saturating_sub(1), height: 1 };
        draw_event(theme, model, run.look.selected, event, (digits, name_width), line, buffer);
        if here.is_some_and(|here| event.seq >= here) {
            buffer.set_style(line, later);
        }
        if partner_of(run, event) {
            put(buffer, inside, inside.x, y, "↳", theme.style(Role::Accent).add_modifier(Modifier::BOLD));
        }
        if list.selected() == Some(event.seq) {
            buffer.set_style(line, theme.selection());
        }
    }
    match model.folded() {
        0 => more(theme, area, above, below, buffer),
        folded => {
            let text = format!(" {above} more above, {folded} earlier ones in the lanes alone ");
            on_edge(area, &text, theme.style(Role::Dim), buffer);
        }
    }
    if nothing {
        let text = if list.filter().is_empty() { "nothing has happened yet" } else { "nothing matches" };
        put(buffer, inside, inside.x + 1, inside.y, text, theme.style(Role::Dim));
    }
}

/// Whether the event belongs to the same operation as the selected one (a put and the thread that it woke, a release
/// and the thread that can go on), or is the other end of its pair.
fn partner_of(run: &Run, event: &Event) -> bool {
    let model = run.listed();
    let selected = run.look.events.selected().and_then(|seq| model.event(seq));
    selected.is_some_and(|selected| {
        let pairs = (model.pair(selected.seq), model.pair(event.seq));
        let paired = matches!(pairs, (Some(one), Some(other)) if one.belongs_to(other));
        paired || selected.step == event.step && selected.seq != event.seq
    })
}

/// One event: its step, its thread and what it did. `columns`: those of steps and of names.
pub(super) fn draw_event(
    theme: Theme,
    model: &Model,
    selected: ThreadId,
    event: &Event,
    columns: (usize, usize),
    row: Rect,
    buffer: &mut Buffer,
) {
    let (digits, name_width) = columns;
    let step = format!("{:>digits$}", event.step);
    let x = put(buffer, row, row.x, row.y, &step, theme.style(Role::Dim)) + 1;
    let name = cut_name(model.thread_name(event.thread), name_width);
    let selected = event.thread == selected;
    let style = theme.style(if selected { Role::Text } else { Role::Dim });
    put(buffer, row, x, row.y, &name, if selected { style.add_modifier(Modifier::BOLD) } else { style });
    let x = x + name_width as u16 + 1;
    let mut text = Rect { x, width: row.right().saturating_sub(x), ..row };
    // The two ends of a pair carry one number: a put and the get of its item, a notify and the thread that it woke.
    let mark = model.pair(event.seq).map(|pair| format!("{}{}", if pair.sends { "→" } else { "←" }, pair.number));
    let room = mark.as_ref().map_or(0, |mark| mark.width() as u16 + 1);
    text.width = text.width.saturating_sub(room);
    let described = cut(&describe(event, model), text.width.into());
    let x = put(buffer, text, text.x, row.y, &described, weight(theme, event)) + 1;
    if let Some(mark) = mark {
        put(buffer, row, x, row.y, &mark, theme.style(Role::Value).add_modifier(Modifier::BOLD));
    }
}

/// Events that matter most have the colour of the state they lead to.
fn weight(theme: Theme, event: &Event) -> Style {
    match &event.kind {
        EventKind::Trouble(_) => theme.banner(),
        EventKind::FaultInjected { .. } | EventKind::FaultFired { .. } => theme.style(Role::Alarm),
        kind => match ThreadState::after(kind) {
            Some(state @ (ThreadState::Blocked | ThreadState::Crashed | ThreadState::Killed)) => {
                Style::new().fg(theme.look_color(Look::State(state)))
            }
            _ => theme.style(Role::Text),
        },
    }
}
