//! Reports for the machine's search for garbage (`sync::collect`). Threads that perform make them by themselves. The
//! others are made to as soon as they stand still, whether they wait, are held back, or have no turn: so no thread keeps
//! memory from being given back for long.

use super::State;
use super::workers::Worker;
use crate::base::ThreadId;
use crate::machine;
use crate::machine::image::Image;
use crate::machine::shared::Standing;
use crate::machine::thread::Thread;
use crate::schedule::{Alternative, Choice};

impl State {
    /// Lets every thread report that has not yet, and that stands still.
    #[inline(always)]
    pub(in crate::engine) fn have_reports(&mut self, image: &Image) {
        if self.shared.wants_collection() {
            self.ask_for_reports(image);
        }
    }

    #[cold]
    #[inline(never)]
    fn ask_for_reports(&mut self, image: &Image) {
        // A tape says when threads reported.
        if self.is_scripted() {
            return;
        }
        for thread in self.shared.lacking_reports() {
            let Some(worker) = self.workers.get(thread) else { continue };
            if worker.rests() {
                if let Some(mut deposit) = self.workers.withdraw(thread) {
                    self.look_up(&mut deposit, image);
                    self.workers.rest(deposit);
                }
            } else if worker.operates() {
                self.report(thread);
            }
        }
    }

    /// Lets a thread report that has looked up from computing, if its report is missing.
    pub(in crate::engine) fn look_up(&mut self, thread: &mut Thread, image: &Image) {
        let me = thread.id;
        // One that is struck performs soon.
        if self.shared.lacks_report(me)
            && !self.is_scripted()
            && !self.shared.is_struck(me)
            && self.shared.standing(me) == Standing::Ready
        {
            let turns = thread.turns;
            self.record_here();
            machine::perform(&mut self.shared, thread, image, Alternative::Go);
            self.record_struck(me, turns);
        }
    }

    /// Lets a thread report where it stands, before its next operation.
    pub(super) fn report(&mut self, thread: ThreadId) {
        self.record(&Choice::Report(thread));
        let State { shared, workers, .. } = self;
        if let Some(deposit) = workers.get(thread).and_then(Worker::thread) {
            machine::report(shared, deposit);
        }
    }

    /// Puts a thread into the state that has looked up from computing, while its worker waits.
    pub(in crate::engine) fn rest(&mut self, thread: Box<Thread>) {
        self.workers.rest(thread);
    }
}
