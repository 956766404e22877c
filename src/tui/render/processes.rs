//! The head of a process, above the lanes of its threads: its name and number, how it stands, and what there is of it. Folded,
//! it is one lane for all its threads.
//!
//! ```text
//! │-MainProcess 4242 running 2 threads                          │
//! │▸ main            running ████~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ │
//! │+Process-1 4243   exit 0  ▒▒▒▒██████▒▒▒▒                     │
//! ```

use super::super::layout::{LaneParts, STATE_WIDTH};
use super::super::run::Run;
use super::super::run::roster::head_name;
use super::super::theme::{Look, Role, Theme};
use super::super::viewport::Window;
use super::arrows::Arrows;
use super::{cut, lanes, put};
use crate::base::ProcessId;
use crate::event::ThreadState;
use crate::trace::{Model, Process, Thread};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

/// Of several threads of a process that one is shown, in a cell, that is the furthest up here: who can go on before who
/// waits.
const FIRST: [ThreadState; 10] = [
    ThreadState::Running,
    ThreadState::Ready,
    ThreadState::Blocked,
    ThreadState::Waiting,
    ThreadState::Joining,
    ThreadState::New,
    ThreadState::Crashed,
    ThreadState::Killed,
    ThreadState::CutOff,
    ThreadState::Finished,
];

/// Draws the head of a process.
pub(super) fn draw(
    theme: Theme,
    run: &Run,
    id: ProcessId,
    (window, arrows): (Window, &Arrows),
    parts: &LaneParts,
    y: u16,
    buffer: &mut Buffer,
) {
    let Some(listed) = run.listed().processes().get(id.index()) else { return };
    let folded = run.is_folded(id);
    let Some(process) = run.model().processes().get(id.index()) else {
        return lanes::later_name(theme, &head_name(listed), parts, y, buffer);
    };
    let threads = || run.model().threads().iter().map(|thread| &**thread).filter(|thread| thread.process == id);
    let selected = folded && threads().any(|thread| thread.id == run.look.selected);
    let area = parts.names;
    let (mark, role) = match (selected, folded) {
        (true, _) => ("▸", Role::Accent),
        (false, true) => ("+", Role::Dim),
        (false, false) => ("-", Role::Dim),
    };
    let x = put(buffer, area, area.x, y, mark, theme.style(role));
    let concerned = folded && threads().any(|thread| run.is_concerned(thread.id));
    let style = theme.style(if concerned { Role::Alarm } else { Role::Text }).add_modifier(Modifier::BOLD);
    let (width, number) = (usize::from(parts.name_width), format!(" {}", id.number()));
    let x = put(buffer, area, x, y, &super::cut_name(&process.name, width.saturating_sub(number.len())), style);
    put(buffer, area, x, y, &number, theme.style(Role::Dim));
    let (word, look) = standing(process, threads());
    put(
        buffer,
        area,
        area.x + parts.name_width + 2,
        y,
        &cut(&word, STATE_WIDTH.into()),
        Style::new().fg(theme.look_color(look)),
    );
    let row = Rect { y, height: 1, ..parts.cells };
    if folded {
        lane(theme, run.model(), id, window, row, buffer);
    } else {
        // No arrow goes through the words.
        let words = contents(run.model(), process);
        let gap = arrows.gap(y, words.width() as u16, row);
        put(buffer, gap, gap.x, y, &cut(&words, gap.width.into()), theme.style(Role::Dim));
    }
}

/// How a process stands: its exit code, or what most of it does.
fn standing<'a>(process: &Process, threads: impl Iterator<Item = &'a Thread>) -> (String, Look) {
    let states: Vec<&Thread> = threads.filter(|thread| !thread.state.is_over()).collect();
    match process.code {
        Some(0) => ("exit 0".to_owned(), Look::State(ThreadState::Finished)),
        Some(code) => (format!("exit {code}"), Look::State(ThreadState::Crashed)),
        None if !states.is_empty() && states.iter().all(|thread| thread.is_deadlocked()) => {
            ("deadlock".to_owned(), Look::Deadlocked)
        }
        None => {
            let state = FIRST.into_iter().find(|state| states.iter().any(|thread| thread.state == *state));
            let state = state.unwrap_or(ThreadState::CutOff);
            (state.name().to_owned(), Look::State(state))
        }
    }
}

/// What there is of a process, in words.
fn contents(model: &Model, process: &Process) -> String {
    let threads = || model.threads().iter().filter(|thread| thread.process == process.id);
    let alive = threads().filter(|thread| !thread.state.is_over()).count();
    let mut words = match (threads().count(), alive) {
        (1, _) => "1 thread".to_owned(),
        (all, 0) => format!("{all} threads"),
        (all, alive) => format!("{all} threads, {alive} alive"),
    };
    if let Some(parent) = process.parent.and_then(|parent| model.processes().get(parent.index())) {
        words += &format!(", made by {}", parent.name);
    }
    match process.code {
        Some(code @ ..0) => words += &format!(", ended by signal {}", -code),
        Some(code) => words += &format!(", exit code {code}"),
        None => {}
    }
    words
}

pub(super) fn threads_of(model: &Model, process: ProcessId) -> Vec<&Thread> {
    model.threads().iter().map(|thread| &**thread).filter(|thread| thread.process == process).collect()
}

/// What one cell of the lane shows that these threads share.
pub(super) fn cell(threads: &[&Thread], window: Window, column: u16) -> Option<(Look, bool)> {
    let cells = threads.iter().filter_map(|thread| lanes::cell(thread, window, column));
    cells.min_by_key(|(look, _)| rank(*look))
}

/// All threads of a process in one lane.
fn lane(theme: Theme, model: &Model, process: ProcessId, window: Window, row: Rect, buffer: &mut Buffer) {
    let threads = threads_of(model, process);
    for column in 0..window.width {
        let Some((look, crowded)) = cell(&threads, window, column) else { continue };
        let style = theme.look(look);
        let style = if crowded { style.add_modifier(Modifier::UNDERLINED) } else { style };
        if let Some(cell) = buffer.cell_mut((row.x + column, row.y)) {
            cell.set_char(theme.glyph(look)).set_style(style);
        }
    }
}

fn rank(look: Look) -> usize {
    match look {
        Look::Deadlocked => 0,
        Look::State(state) => 1 + FIRST.iter().position(|it| *it == state).unwrap_or(FIRST.len()),
    }
}
