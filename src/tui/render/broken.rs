//! A scenario that cannot be opened, and why.
//!
//! ```text
//! ╭ bank.py cannot be opened ─────────────────────────────╮
//! │ error: `async def` is not supported                   │
//! │  --> bank.py:3:1                                      │
//! │                                                       │
//! │ Mend the file and save it: it opens again by itself.  │
//! ╰───────────────────────────────────────────────────────╯
//! ```

use super::super::theme::{Role, Theme};
use super::{Focus, panel, put};
use crate::base::SafeText;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) fn draw(theme: Theme, name: &str, message: &[SafeText], scroll: usize, area: Rect, buffer: &mut Buffer) {
    let inside = panel(theme, &format!("{name} cannot be opened"), Focus::Here, area, buffer);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let text = Rect { height: inside.height.saturating_sub(2), ..inside };
    let first = scroll.min(message.len().saturating_sub(usize::from(text.height)));
    for (line, y) in message.iter().skip(first).zip(text.y..text.bottom()) {
        put(buffer, text, text.x, y, line.as_str(), theme.style(Role::Text));
    }
    if inside.height > 1 {
        let hint = "Mend the file and save it: it opens again by itself.";
        put(buffer, inside, inside.x, inside.bottom() - 1, hint, theme.style(Role::Dim));
    }
}
