//! Priorities of threads: keys change them, and they stand beside the names while the scheduler uses them.

use super::run::Run;
use crate::trace::Thread;
use ratatui::layout::Rect;

impl Run {
    /// Raises or lowers the selected thread's priority; the answer is for the status line.
    pub(super) fn change_priority(&mut self, by: i32, area: Rect) -> String {
        let selected = self.look.selected;
        let name = self.model.thread_name(selected).to_owned();
        // A branch that starts from the shown moment has the priorities of that moment.
        let none = if self.is_past() { self.pulse.priorities.is_empty() } else { self.session.priorities().is_empty() };
        if none {
            return "only the scheduler `priority` uses priorities: c chooses it".to_owned();
        }
        self.alter(area, |run| {
            run.steer(|steering| steering.raise_priority(selected, by));
            run.pulse.priorities = run.session.priorities();
            match run.pulse.priorities.get(selected.index()) {
                Some(priority) => format!("{name} has priority {priority} now"),
                None => format!("{name} has no priority"),
            }
        })
    }

    /// The label of a thread's lane: its name, and its priority where that counts.
    pub(super) fn lane_name(&self, thread: &Thread) -> String {
        match self.pulse.priorities.get(thread.id.index()) {
            Some(priority) => format!("{} ({priority})", thread.name),
            None => thread.name.to_string(),
        }
    }
}
