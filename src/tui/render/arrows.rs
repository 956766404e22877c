//! Arrows between lanes: who made a process, and who received what another one sent. An arrow begins in the cell where the
//! one made or sent it, and goes to the lane of the other; its head is where that took it.
//!
//! ```text
//! │ main       ██┬█~~~~~┬██~~~▶█▶██~~~~                         │
//! │-Process-1 4243      │  1 thread, made by MainProcess        │
//! │ Process-1    ▼██▒▒▒╌╰╌▶██                                   │
//! ```
//!
//! What must not be missed in a lane is not written over, and arrows keep a distance: where there are too many, those of the
//! selected thread come first.

use super::super::run::Run;
use super::super::run::roster::LaneRow;
use super::super::theme::{Look, Role, Theme};
use super::super::viewport::Window;
use super::{lanes, processes};
use crate::base::{ProcessId, ThreadId};
use crate::event::ThreadState;
use crate::trace::Link;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Columns from one arrow to the next, at least, where both cross a lane.
const APART: u16 = 2;
/// What stands in the lanes between.
const CROSSING: char = '│';
/// As many as one can follow.
const MOST: usize = 40;

/// One arrow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Arrow {
    /// The rows of the lanes.
    from: u16,
    to: u16,
    /// The columns of the cells, where it leaves and, if that is shown, where it ends.
    leaves: u16,
    ends: Option<u16>,
    /// It concerns the selected thread.
    selected: bool,
}

impl Arrow {
    /// The rows that it crosses, with those of the lanes.
    fn spans(self, y: u16) -> bool {
        (self.from.min(self.to)..=self.from.max(self.to)).contains(&y)
    }

    /// Whether it would not be told from `other`.
    fn is_too_near(self, other: Arrow) -> bool {
        let (top, bottom) = (self.from.min(self.to), self.from.max(self.to));
        let meet = top <= other.from.max(other.to) && other.from.min(other.to) <= bottom;
        meet && self.leaves.abs_diff(other.leaves) < APART
    }
}

/// The arrows that are drawn.
#[derive(Debug, Default)]
pub(super) struct Arrows {
    all: Vec<Arrow>,
    rows: Vec<(LaneRow, u16)>,
}

impl Arrows {
    /// Those between these rows of the screen.
    pub(super) fn of(run: &Run, rows: Vec<(LaneRow, u16)>, window: Window) -> Arrows {
        let model = run.model();
        let mut found: Vec<Arrow> =
            model.links(window.axis, window.start).filter_map(|link| arrow(run, &rows, window, link)).collect();
        // The latest first.
        found.reverse();
        found.sort_by_key(|arrow| !arrow.selected);
        let mut all: Vec<Arrow> = Vec::new();
        for arrow in found {
            if all.len() < MOST && !all.iter().any(|other| arrow.is_too_near(*other)) {
                all.push(arrow);
            }
        }
        Arrows { all, rows }
    }

    /// Where in a row there is room for words of such a width: the first gap between arrows, or else the widest.
    pub(super) fn gap(&self, y: u16, width: u16, row: Rect) -> Rect {
        let mut columns: Vec<u16> = self
            .all
            .iter()
            .filter(|arrow| arrow.spans(y))
            .map(|arrow| arrow.leaves)
            .filter(|it| *it < row.width)
            .collect();
        columns.sort_unstable();
        columns.push(row.width);
        let mut start = 0;
        let mut widest = Rect { width: 0, ..row };
        for column in columns {
            let gap = Rect { x: row.x + start, width: column.saturating_sub(start), ..row };
            if gap.width > widest.width {
                widest = gap;
            }
            if gap.width > width {
                return gap;
            }
            start = column + 2;
        }
        widest
    }

    pub(super) fn draw(&self, theme: Theme, run: &Run, window: Window, cells: Rect, buffer: &mut Buffer) {
        for arrow in &self.all {
            let down = arrow.to > arrow.from;
            let [start, corner, head] = if down { ['┬', '╰', '▼'] } else { ['┴', '╭', '▲'] };
            let mut put = |column: u16, y: u16, glyph: char| {
                self.put(theme, (run, window), arrow, (cells, column, y), glyph, buffer);
            };
            for y in arrow.from.min(arrow.to) + 1..arrow.from.max(arrow.to) {
                put(arrow.leaves, y, CROSSING);
            }
            put(arrow.leaves, arrow.from, start);
            match arrow.ends {
                Some(ends) if ends > arrow.leaves => {
                    put(arrow.leaves, arrow.to, corner);
                    put(ends, arrow.to, '▶');
                }
                Some(_) => put(arrow.leaves, arrow.to, head),
                None => put(arrow.leaves, arrow.to, corner),
            }
        }
    }

    /// Puts a glyph of an arrow into a cell, which keeps the colour of its state.
    fn put(
        &self,
        theme: Theme,
        (run, window): (&Run, Window),
        arrow: &Arrow,
        (cells, column, y): (Rect, u16, u16),
        glyph: char,
        buffer: &mut Buffer,
    ) {
        let look = self.rows.iter().find(|(_, at)| *at == y).and_then(|(row, _)| look(run, *row, window, column));
        let plain = look.map_or(' ', |look| theme.glyph(look));
        let style = match look {
            None => theme.style(if arrow.selected { Role::Accent } else { Role::Value }),
            Some(Look::State(state)) if may_be_crossed(state) => theme.on(theme.look_color(Look::State(state))),
            Some(Look::State(_) | Look::Deadlocked) => return,
        };
        let style = if arrow.selected { style.add_modifier(Modifier::BOLD) } else { style };
        let Some(cell) = buffer.cell_mut((cells.x + column, y)).filter(|_| column < cells.width) else { return };
        let holds = cell.symbol().chars().next().unwrap_or(' ');
        // Who only crosses a lane leaves its words alone.
        let is_free = if glyph == CROSSING { holds == plain } else { ![lanes::FAULT, lanes::RACE].contains(&holds) };
        if is_free {
            cell.reset();
            cell.set_char(glyph).set_style(theme.base().patch(style));
        }
    }
}

/// The arrow of a link, if both of its lanes are shown and it leaves the first one where that can be seen.
fn arrow(run: &Run, rows: &[(LaneRow, u16)], window: Window, link: &Link) -> Option<Arrow> {
    let leaves = window.column(window.axis.place(link.left))?;
    let ends = window.column(window.axis.place(link.reached));
    let (from, to) = (row_of(run, rows, link.from)?, row_of(run, rows, link.to)?);
    let selected = [link.from, link.to].contains(&run.look.selected);
    (from != to).then_some(Arrow { from, to, leaves, ends, selected })
}

/// The row in which a thread has its lane, or shares that of its process.
fn row_of(run: &Run, rows: &[(LaneRow, u16)], thread: ThreadId) -> Option<u16> {
    let process = run.model().process_of(thread).id;
    let row =
        if run.is_folded(process) && run.has_heads() { LaneRow::Process(process) } else { LaneRow::Thread(thread) };
    rows.iter().find(|(there, _)| *there == row).map(|(_, y)| *y)
}

/// What a cell shows; nothing in the head of a process whose threads have lanes of their own.
fn look(run: &Run, row: LaneRow, window: Window, column: u16) -> Option<Look> {
    let of_process = |process: ProcessId| {
        let threads = processes::threads_of(run.model(), process);
        processes::cell(&threads, window, column)
    };
    let cell = match row {
        LaneRow::Thread(thread) => lanes::cell(run.model().thread(thread)?, window, column),
        LaneRow::Process(process) if run.is_folded(process) => of_process(process),
        LaneRow::Process(_) => None,
    };
    cell.map(|(look, _)| look).filter(|look| *look != Look::State(ThreadState::Finished))
}

/// Whether an arrow may stand in a cell that shows this.
fn may_be_crossed(state: ThreadState) -> bool {
    match state {
        ThreadState::New
        | ThreadState::Ready
        | ThreadState::Running
        | ThreadState::Waiting
        | ThreadState::Joining
        | ThreadState::Finished => true,
        ThreadState::Blocked | ThreadState::Crashed | ThreadState::Killed | ThreadState::CutOff => false,
    }
}
