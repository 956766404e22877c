//! What variables hold: those of the selected thread's calls, the globals, and what objects consist of.
//!
//! ```text
//! ╭ variables of left ──────────╮
//! │ deposit  line 12            │
//! │   amount = 7            int │
//! │ globals                     │
//! │ * total = 107           int │   what the last operation changed
//! │ account  Account            │
//! │ ● balance = 107         int │   the run stops when it changes
//! ╰─────────────────────────────╯
//! ```

use super::super::run::Run;
use super::super::theme::{Role, Theme};
use super::super::variables::Row;
use super::{Focus, cut, more, panel, put, shown};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

/// The row that is drawn first, so that the selected one can be seen among `height` rows.
pub(in super::super) fn first_row(run: &Run, height: usize) -> usize {
    let view = &run.look.variables;
    view.row().saturating_sub(height / 2).min(view.rows().len().saturating_sub(height))
}

pub(super) fn draw(theme: Theme, run: &Run, area: Rect, buffer: &mut Buffer) {
    let focus = Focus::of(run, super::Panel::Variables);
    let title = format!("variables of {}", run.model().thread_name(run.look.selected));
    let inside = panel(theme, &cut(&title, usize::from(area.width.saturating_sub(8))), focus, area, buffer);
    let view = &run.look.variables;
    let first = first_row(run, inside.height.into());
    for ((index, row), y) in view.rows().iter().enumerate().skip(first).zip(inside.y..inside.bottom()) {
        let line = Rect { y, height: 1, ..inside };
        draw_row(theme, run, row, line, buffer);
        if focus == Focus::Here && index == view.row() {
            buffer.set_style(line, theme.selection());
        }
    }
    more(theme, area, first, view.rows().len().saturating_sub(first + usize::from(inside.height)), buffer);
}

fn draw_row(theme: Theme, run: &Run, row: &Row, line: Rect, buffer: &mut Buffer) {
    let (text, dim, bold) = (theme.style(Role::Text), theme.style(Role::Dim), Modifier::BOLD);
    let x = line.x + 1;
    match row {
        Row::Head { name, rest, new } => {
            let accent = theme.style(Role::Accent).add_modifier(bold);
            put(
                buffer,
                line,
                line.x,
                line.y,
                if *new { "*" } else { " " },
                theme.style(Role::Alarm).add_modifier(bold),
            );
            let x = put(buffer, line, x, line.y, name, accent);
            put(buffer, line, x + 2, line.y, rest, dim);
        }
        Row::Note(note) => {
            put(buffer, line, x, line.y, &shown(note), dim);
        }
        Row::Variable { name, value, kind, changed, target } => {
            let watched = run.breakpoint_on(target).and_then(|breakpoint| run.breakpoints.on(&breakpoint));
            let mark = match watched {
                Some(true) => "●",
                Some(false) => "○",
                None => " ",
            };
            put(buffer, line, line.x, line.y, mark, theme.style(Role::Alarm));
            let alarm = theme.style(Role::Alarm).add_modifier(bold);
            put(buffer, line, x, line.y, if *changed { "*" } else { " " }, alarm);
            let x = put(buffer, line, x + 2, line.y, name, if *changed { alarm } else { text.add_modifier(bold) });
            let x = put(buffer, line, x, line.y, " = ", dim);
            let value_style = theme.style(Role::Value);
            let value_style = if *changed { value_style.add_modifier(bold) } else { value_style };
            let room = usize::from(line.right().saturating_sub(x));
            let x = put(buffer, line, x, line.y, &cut(value, room), value_style);
            let kind_x = line.right().saturating_sub(kind.width() as u16 + 1);
            if kind_x > x + 1 {
                put(buffer, line, kind_x, line.y, kind, dim);
            }
        }
    }
}
