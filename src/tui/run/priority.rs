//! Priorities of threads: keys change them, and they stand beside the names while the scheduler uses them.

use super::super::notice::{Notice, Refusal};
use super::Run;
use crate::trace::Thread;
use std::sync::Arc;

impl Run {
    /// Raises or lowers the selected thread's priority.
    pub(in crate::tui) fn change_priority(&mut self, by: i32) -> Notice {
        let selected = self.look.selected;
        let name: Arc<str> = self.model().thread_name(selected).into();
        // A branch that starts from the shown moment has the priorities of that moment.
        let none = if self.is_past() {
            self.pulse().priorities.is_empty()
        } else {
            self.scene.branch.session.priorities().is_empty()
        };
        if none {
            return Refusal::PrioritiesUnused.into();
        }
        self.alter(|run| {
            run.steer(|steering| steering.raise_priority(selected, by));
            run.scene.branch.live.pulse.priorities = run.scene.branch.session.priorities();
            match run.pulse().priorities.get(selected.index()) {
                Some(&priority) => Notice::Priority { name, priority },
                None => Refusal::NoPriority(name).into(),
            }
        })
    }

    /// The label of a thread's lane: its name, and its priority where that counts; below a process it stands further in.
    pub(in crate::tui) fn lane_name(&self, thread: &Thread) -> String {
        let inset = if self.has_heads() { " " } else { "" };
        match self.pulse().priorities.get(thread.id.index()) {
            Some(priority) => format!("{inset}{} ({priority})", thread.name),
            None => format!("{inset}{}", thread.name),
        }
    }
}
