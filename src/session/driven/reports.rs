//! Reports for the machine's search for garbage (`machine::sync::collect`), by the engine's rules (`engine/gate/reports`):
//! threads that perform make them by themselves, and the others are made to where they stand.

use super::{Driven, Stand};
use crate::base::ThreadId;
use crate::machine::shared::Standing;
use crate::schedule::tape::Check;
use crate::schedule::{Alternative, Choice};

impl Driven {
    /// Lets every thread report that has not yet, and that stands still.
    pub(super) fn have_reports(&mut self) {
        if !self.shared().wants_collection() {
            return;
        }
        for thread in self.shared().lacking_reports() {
            match self.walker(thread).map(|walker| walker.stand) {
                Some(Stand::Operation) => {
                    self.note(&Choice::Report(thread));
                }
                Some(Stand::Rest) => self.look_up(thread),
                // They perform soon, or have only been started.
                None | Some(Stand::Moving | Stand::Line(_) | Stand::Struck(_)) => {}
            }
        }
    }

    /// Lets a thread report that has looked up from computing.
    fn look_up(&mut self, thread: ThreadId) {
        if self.shared().is_struck(thread) || self.shared().standing(thread) != Standing::Ready {
            return;
        }
        let Some(turns) = self.execution.thread(thread).map(|thread| thread.turns) else { return };
        self.record_here();
        if self.execution.perform(thread, Alternative::Go).is_ok() {
            let check = Check::new(self.shared().record(thread).line, self.shared().seq);
            self.tape.struck(thread, turns, check);
        }
    }
}
