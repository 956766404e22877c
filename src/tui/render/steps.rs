//! The steps of a run that a search has found; the one that was taken last is marked.
//!
//! ```text
//! ╭ steps to the deadlock ────────╮
//! │ 12 left   8  with a:          │
//! │▸14 right  12 with b:          │
//! │↻16 left   9  with b:          │   what goes on for ever
//! ╰───────────────────────────────╯
//! ```

use super::super::run::Run;
use super::super::theme::{Role, Theme};
use super::{Focus, cut, cut_name, first_of, more, panel, put, shown};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

/// Marks what goes on for ever.
pub(super) const ROUND: &str = "↻";

pub(super) fn draw(theme: Theme, run: &Run, area: Rect, buffer: &mut Buffer) {
    let Some(found) = run.found() else { return };
    let (told, model) = (&found.told, run.live_model());
    let title = match told.round {
        Some(_) => format!("steps; {ROUND} for ever"),
        None => format!("steps to the {}", told.kind.name()),
    };
    let inside = panel(theme, &title, Focus::of(run, super::Panel::Steps), area, buffer);
    let count = run.model().event_count();
    let here = told.rows.partition_point(|row| row.events < count).checked_sub(1);
    let name = |thread| model.thread_name(thread).to_owned();
    let longest = told.rows.iter().map(|row| name(row.thread).width()).max().unwrap_or(4);
    let name_width = longest.clamp(4, usize::from(inside.width / 3).max(4));
    let digits = told.rows.last().map_or(1, |row| row.step.to_string().len());
    let first = first_of(here.unwrap_or(0), told.rows.len(), inside.height.into());
    for ((index, row), y) in told.rows.iter().enumerate().skip(first).zip(inside.y..inside.bottom()) {
        let line = Rect { y, height: 1, ..inside };
        let goes_round = told.round.is_some_and(|round| row.events >= round);
        let mark = match (here == Some(index), goes_round) {
            (true, _) => "▸",
            (false, true) => ROUND,
            (false, false) => " ",
        };
        let x = put(buffer, line, line.x, y, mark, theme.style(Role::Accent).add_modifier(Modifier::BOLD));
        let x = put(buffer, line, x, y, &format!("{:>digits$}", row.step), theme.style(Role::Dim)) + 1;
        let style = theme.style(if row.thread == run.look.selected { Role::Value } else { Role::Text });
        put(buffer, line, x, y, &cut_name(&name(row.thread), name_width), style);
        let x = x + name_width as u16 + 1;
        let code = shown(model.legend().source.line(row.line).trim());
        let text = format!("{:<3} {code}", model.legend().source.place(row.line).to_string());
        let style = theme.style(if here.is_some_and(|here| index > here) { Role::Dim } else { Role::Text });
        put(buffer, line, x, y, &cut(&text, usize::from(line.right().saturating_sub(x))), style);
        if here == Some(index) {
            buffer.set_style(line, theme.selection());
        }
    }
    let below = told.rows.len().saturating_sub(first + usize::from(inside.height));
    more(theme, area, first, below, buffer);
}
