//! Which thread holds the global interpreter lock, a row under the lanes. Each process has one: it is that of the selected
//! thread's process.
//!
//! ```text
//! │ GIL      worker-1 main──1──2──worker-1────────2─  │
//! ```

use super::super::layout::{GIL_NAME, LaneParts};
use super::super::run::Run;
use super::super::theme::{Role, Theme};
use super::super::viewport::Window;
use super::lanes::letter;
use super::{cut, put};
use crate::base::ThreadId;
use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

/// Draws the row `y`: the holder's name, or its letter where there is no room for more, starts each stretch.
pub(super) fn draw(theme: Theme, run: &Run, window: Window, parts: &LaneParts, y: u16, buffer: &mut Buffer) {
    let gil = run.model().gil();
    let process = run.model().process_of(run.look.selected).id;
    put(buffer, parts.names, parts.names.x + 1, y, GIL_NAME, theme.style(Role::Dim));
    if let Some(holder) = gil.holder(process) {
        let room = parts.names.width.saturating_sub(parts.name_width + 2);
        let name = cut(run.model().thread_name(holder), room.into());
        put(buffer, parts.names, parts.names.x + parts.name_width + 2, y, &name, style(theme, holder));
    }
    let cell = |column: u16| {
        let (from, to) = window.range(column);
        (from < window.end).then(|| gil.within(process, window.axis, from, to.min(window.end)))
    };
    let mut column = 0;
    while column < window.width {
        let Some((holder, changes)) = cell(column) else { break };
        let begin = column;
        column += 1;
        while column < window.width && cell(column) == Some((holder, 0)) {
            column += 1;
        }
        let Some(holder) = holder else { continue };
        let name = run.model().thread_name(holder);
        // One cell of what comes next sets it apart.
        let fits = name.width() < usize::from(column - begin);
        let word = if fits { name.to_owned() } else { letter(name).to_string() };
        let line = "─".repeat(usize::from(column - begin).saturating_sub(word.width()));
        let style = style(theme, holder);
        let x = put(buffer, parts.cells, parts.cells.x + begin, y, &word, style);
        put(buffer, parts.cells, x, y, &line, style);
        // More threads had it than the one whose letter is there.
        if changes > 1
            && let Some(cell) = buffer.cell_mut((parts.cells.x + begin, y))
        {
            cell.modifier.insert(Modifier::UNDERLINED);
        }
    }
}

fn style(theme: Theme, thread: ThreadId) -> Style {
    Style::new().fg(theme.thread_color(thread)).add_modifier(Modifier::BOLD)
}
