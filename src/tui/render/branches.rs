//! The list of a run's branches.
//!
//! ```text
//! ╭ branches of the run ────────────────────────────────────────╮
//! │  1  the run itself             DEADLOCK  os threads  41 steps│
//! │▸ 2  from 1 after step 23       paused    os threads  27 steps│
//! ╰─────────────────────────────────────────────────────────────╯
//! ```

use super::super::run::Run;
use super::super::run::branches::Row;
use super::super::theme::{Role, Theme};
use super::popups::{Rows, option};
use super::{popup_panel, put};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Every branch, of which one is selected.
pub(super) fn list(theme: Theme, run: &Run, row: usize, at: (Rect, Rows), buffer: &mut Buffer) {
    let (frame, rows) = at;
    let branches = run.branch_rows();
    let below = "Enter shows the selected branch; C compares it with the one shown now";
    let inside = popup_panel(theme, "branches of the run", frame, buffer);
    for (index, line) in rows.lines() {
        let it = &branches[index];
        let mark = if it.shown { "●" } else { " " };
        let text =
            format!("{mark} {:<3}{:<28}{:<20}{:<12}{}", it.number, origin(it), it.standing, scheduler(it), count(it));
        option(theme, &text, index == row, line, buffer);
    }
    let y = inside.bottom().saturating_sub(1);
    put(buffer, inside, inside.x + 1, y, below, theme.style(Role::Dim));
    rows.more(theme, frame, buffer);
}

fn origin(row: &Row) -> String {
    if let Some(kind) = row.found {
        return format!("{}, found by check", kind.name());
    }
    match row.origin {
        Some(origin) => format!("from {} after step {}", origin.from, origin.step),
        None if row.name.is_some() => row.name.clone().unwrap_or_default(),
        None if row.number == 1 => "the run itself".to_owned(),
        None => "the file as saved later".to_owned(),
    }
}

pub(super) fn scheduler(row: &Row) -> &str {
    if row.scheduler == "os" { "os threads" } else { row.scheduler }
}

fn count(row: &Row) -> String {
    format!("{} steps", row.steps)
}
