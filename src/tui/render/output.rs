//! What the program printed; standard error is marked.
//!
//! ```text
//! ╭ output ───────────────────────╮
//! │ left   left has a             │
//! │ right  right has b            │
//! │ left ! Traceback …            │
//! ╰───────────────────────────────╯
//! ```

use super::super::run::Run;
use super::super::theme::{Role, Theme};
use super::{Focus, cut, cut_name, more, panel, put};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

pub(super) fn draw(theme: Theme, run: &Run, area: Rect, buffer: &mut Buffer) {
    let output = run.model().output();
    let (count, dropped) = (output.lines().len(), output.dropped());
    let title = if dropped > 0 { format!("output (the last {count} lines)") } else { "output".to_owned() };
    let inside = panel(theme, &title, Focus::of(run, super::Panel::Output), area, buffer);
    if count == 0 {
        put(buffer, inside, inside.x + 1, inside.y, "nothing is printed yet", theme.style(Role::Dim));
        return;
    }
    let height = usize::from(inside.height);
    let last = count - run.look.output_up.min(count.saturating_sub(height));
    let longest = run.model().threads().iter().map(|thread| thread.name.width()).max().unwrap_or(0);
    let name_width = longest.clamp(4, usize::from(inside.width / 4).max(4));
    let shown = output.lines().iter().skip(last.saturating_sub(height)).take(height);
    for (line, y) in shown.zip(inside.y..inside.bottom()) {
        let row = Rect { x: inside.x + 1, y, width: inside.width.saturating_sub(1), height: 1 };
        let name = cut_name(run.model().thread_name(line.thread), name_width);
        put(buffer, row, row.x, y, &name, theme.style(Role::Dim));
        let x = row.x + name_width as u16 + 1;
        let alarm = theme.style(Role::Alarm);
        put(buffer, row, x, y, if line.error { "!" } else { "" }, alarm.add_modifier(Modifier::BOLD));
        let style = if line.error { alarm } else { theme.style(Role::Text) };
        let text = cut(&line.text, usize::from(row.right().saturating_sub(x + 2)));
        put(buffer, row, x + 2, y, &text, style);
    }
    more(theme, area, last.saturating_sub(height), count - last, buffer);
}
