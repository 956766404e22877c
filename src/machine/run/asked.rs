//! What is asked of a state: whether an assertion of the program's fails there. A thread that nobody else sees evaluates it on
//! the bench of a search.

use super::image::Image;
use super::interpreter::{Pause, Vm, advance};
use super::parts::Bench;
use super::perform::{AtHand, perform};
use crate::base::ThreadId;
use crate::bytecode::CodeId;
use crate::machine::data::exception;
use crate::machine::memory::operation::Operation;
use crate::machine::memory::reach::Reach;
use crate::machine::memory::thread::{Then, Thread};
use crate::machine::memory::trace::{self, Place};
use crate::machine::memory::value::Value;
use crate::machine::run::settle::Outcome;
use crate::machine::sync::shared::Phase;
use crate::schedule::Alternative;

/// Operations that an evaluation may take.
const MOST: usize = 1_000;
/// Turns of loops and calls between two of them.
const FUEL: u32 = 1_000_000;

/// The function of that name, if the program defines one.
pub fn function(image: &Image, name: &str) -> Option<CodeId> {
    let codes = &image.program.codes;
    codes.iter().position(|code| image.name(code.name) == name).map(|index| CodeId(index as u32))
}

impl Bench {
    /// Whether an assertion fails when that code runs in the state on the bench, and what it came upon. Where it fails in
    /// another way, or has to wait, the answer is no. The bench is not to be used before these parts are put again.
    pub fn fails(&mut self, code: CodeId) -> (bool, Vec<Place>) {
        trace::take_met();
        // Before the first thread starts, the global variables are the main thread's own.
        let process = &self.shared.processes[self.asked];
        let fails = process.heap.get(self.image.namespace).is_some()
            && process.household.status.is_none()
            && self.evaluate(code);
        // The thread that looks has a row of its own, which in another state is that of a thread of the program.
        let mine = Place::Row(ThreadId(self.shared.threads.len() as u32));
        (fails, trace::take_met().into_iter().filter(|place| *place != mine).collect())
    }

    fn evaluate(&mut self, code: CodeId) -> bool {
        let rows = self.shared.threads.len();
        let mut row = self.blank.clone();
        row.phase = Phase::Alive;
        self.shared.threads.push(row);
        let process = &self.shared.processes[self.asked];
        let mut thread = Thread::new(ThreadId(rows as u32), self.asked, Value::None, process.household.frozen.clone());
        thread.heap.learn(&process.heap);
        Vm::new(&mut thread, &self.image, Reach::Private, &AtHand(&self.shared, &self.image)).enter_code(
            code,
            0,
            Then::End,
            &[],
        );
        self.go(&mut thread);
        self.shared.threads.resize(rows, &self.blank);
        self.shared.woken.clear();
        self.shared.events.clear();
        self.shared.started.clear();
        thread.uncaught.as_ref().is_some_and(|raised| raised.is_instance_of(&exception::ASSERTION_ERROR))
    }

    /// The thread goes on by itself, up to its end.
    fn go(&mut self, thread: &mut Thread) {
        for _ in 0..MOST {
            let paused = advance(thread, &self.image, &AtHand(&self.shared, &self.image), FUEL);
            let ends = matches!(thread.pending, Some(Operation::Exit));
            if paused != Pause::Operation || ends || !self.can(thread, Alternative::Go) {
                return;
            }
            if perform(&mut self.shared, thread, &self.image, Alternative::Go) != Outcome::Done {
                return;
            }
        }
    }
}
