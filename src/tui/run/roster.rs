//! The rows of the lanes: the threads or, where there are several processes, each process with its threads below it.

use super::super::notice::{Notice, Refusal};
use super::Run;
use crate::base::{ProcessId, ThreadId};
use crate::trace::{Model, Process};

/// A row of the lanes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::tui) enum LaneRow {
    /// The head of a process.
    Process(ProcessId),
    /// A thread.
    Thread(ThreadId),
}

impl Run {
    /// The rows of the lanes, from top to bottom; in the past those that came later, too.
    pub(in crate::tui) fn lane_rows(&self) -> Vec<LaneRow> {
        let model = self.listed();
        let threads = model.threads();
        if !has_heads(model) {
            return threads.iter().map(|thread| LaneRow::Thread(thread.id)).collect();
        }
        let mut grouped: Vec<(ProcessId, ThreadId)> = threads.iter().map(|it| (it.process, it.id)).collect();
        grouped.sort_unstable();
        let mut rows = Vec::with_capacity(grouped.len() + model.processes().len());
        let mut last = None;
        for (process, thread) in grouped {
            if last != Some(process) {
                rows.push(LaneRow::Process(process));
                last = Some(process);
            }
            if !self.is_folded(process) {
                rows.push(LaneRow::Thread(thread));
            }
        }
        rows
    }

    /// Whether each process has a row above its threads: there is more than one.
    pub(in crate::tui) fn has_heads(&self) -> bool {
        has_heads(self.listed())
    }

    /// Whether the process's threads share its row.
    pub(in crate::tui) fn is_folded(&self, process: ProcessId) -> bool {
        self.look.folded.contains(&process)
    }

    /// The row in which the selected thread is to be seen.
    pub(in crate::tui) fn selected_row(&self, rows: &[LaneRow]) -> usize {
        let selected = self.look.selected;
        let process = self.listed().process_of(selected).id;
        let sees = |row: &LaneRow| match *row {
            LaneRow::Process(there) => there == process && self.is_folded(there),
            LaneRow::Thread(thread) => thread == selected,
        };
        rows.iter().position(sees).unwrap_or(0)
    }

    /// The thread that is selected by that row; the head of a process whose threads have their own rows selects none.
    fn thread_of_row(&self, row: LaneRow) -> Option<ThreadId> {
        match row {
            LaneRow::Process(process) if self.is_folded(process) => {
                Some(self.listed().processes().get(process.index())?.main)
            }
            LaneRow::Process(_) => None,
            LaneRow::Thread(thread) => Some(thread),
        }
    }

    /// The threads that can be selected one after the other.
    fn stops(&self) -> Vec<ThreadId> {
        let known = self.model().threads().len();
        let threads = self.lane_rows().into_iter().filter_map(|row| self.thread_of_row(row));
        threads.filter(|thread| thread.index() < known).collect()
    }

    /// Selects a thread so many rows below the selected one.
    pub(super) fn step_lanes(&mut self, rows: isize) {
        let stops = self.stops();
        let process = self.listed().process_of(self.look.selected).id;
        let is_here = |thread: &ThreadId| {
            *thread == self.look.selected || self.is_folded(process) && self.listed().process_of(*thread).id == process
        };
        let here = stops.iter().position(is_here).unwrap_or(0);
        let next = here.saturating_add_signed(rows).min(stops.len().saturating_sub(1));
        if let Some(thread) = stops.get(next) {
            self.select_thread(*thread);
        }
    }

    /// Selects the thread of that number, from 0, counted from the top.
    pub(super) fn select_number(&mut self, index: u8) -> Option<Notice> {
        let Some(thread) = self.stops().get(usize::from(index)).copied() else {
            return Some(Refusal::NoThread(usize::from(index) + 1).into());
        };
        self.select_thread(thread);
        None
    }

    /// A click on a row: it selects the thread, or folds or unfolds the process.
    pub(in crate::tui) fn click_row(&mut self, row: usize) {
        match self.lane_rows().get(row) {
            Some(LaneRow::Process(process)) => self.toggle_fold(*process),
            Some(LaneRow::Thread(thread)) if thread.index() < self.model().threads().len() => {
                self.select_thread(*thread);
            }
            Some(LaneRow::Thread(_)) | None => {}
        }
    }

    /// Folds the selected thread's process, or unfolds it.
    pub(super) fn fold(&mut self) -> Option<Notice> {
        if !self.has_heads() {
            return Some(Refusal::OneProcess.into());
        }
        self.toggle_fold(self.listed().process_of(self.look.selected).id);
        None
    }

    /// Folds every process, or unfolds them if some are folded.
    pub(super) fn fold_all(&mut self) -> Option<Notice> {
        if !self.has_heads() {
            return Some(Refusal::OneProcess.into());
        }
        if self.look.folded.is_empty() {
            self.look.folded = self.listed().processes().iter().map(|process| process.id).collect();
        } else {
            self.look.folded.clear();
        }
        None
    }

    fn toggle_fold(&mut self, process: ProcessId) {
        if !self.look.folded.remove(&process) {
            self.look.folded.insert(process);
        }
    }
}

/// What the head of a process says of who it is.
pub(in crate::tui) fn head_name(process: &Process) -> String {
    format!("{} {}", process.name, process.id.number())
}

fn has_heads(model: &Model) -> bool {
    model.processes().len() > 1
}
