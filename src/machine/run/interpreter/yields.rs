//! Where CPython hands over its interpreter lock: it looks whether others want it when a function begins, after a call, and
//! when a loop goes back, and nowhere else (CPython 3.11, `Python/ceval.c`: `CHECK_EVAL_BREAKER`).

use super::{Finals, Pause, Stops, Vm};
use crate::bytecode::Instruction;
use crate::machine::memory::image::Linked;
use crate::machine::memory::reach::Reach;
use crate::machine::memory::thread::{Frame, Thread};

/// Runs a thread as `advance` does; whether it has come past such a place on its way to its next operation.
pub(in crate::machine) fn advance_past_yields(
    thread: &mut Thread,
    image: &Linked,
    finals: &dyn Finals,
    fuel: u32,
) -> (Pause, bool) {
    if thread.pending.is_some() {
        return (Pause::Operation, false);
    }
    let mut yields = Yields::default();
    let mut vm = Vm::new(thread, image, Reach::Private, finals);
    vm.enter_thread();
    let (pause, _) = vm.run(fuel, &mut yields);
    (pause.unwrap_or(Pause::OutOfFuel), yields.found)
}

/// Whether it looks once the instruction at hand is done.
pub(in crate::machine) fn yields_after(thread: &Thread, image: &Linked) -> bool {
    thread.frames.last().is_some_and(|frame| looks_after(frame, image))
}

fn looks_after(frame: &Frame, image: &Linked) -> bool {
    matches!(
        image.code(frame.code).instructions.get(frame.next as usize),
        Some(
            Instruction::Call(_)
                | Instruction::CallMethod(_)
                | Instruction::CallKeywords(_)
                | Instruction::CallSpread
                | Instruction::ExitWith
                | Instruction::ExitWithHandled
        )
    )
}

/// Looks at each instruction that is done.
#[derive(Debug, Default)]
struct Yields {
    /// The one before: how deep it was, where, and whether CPython looks after it.
    before: Option<(usize, u32, bool)>,
    found: bool,
}

impl Stops for Yields {
    const ANYWHERE: bool = true;

    fn arrives(&mut self, frames: &[Frame], image: &Linked) -> bool {
        let Some(frame) = frames.last() else { return false };
        let (depth, next) = (frames.len(), frame.next);
        // What is one call of C there has no such place inside.
        if let Some((deep, at, looks)) = self.before
            && !image.code(frame.code).is_hidden()
        {
            self.found |= depth > deep || depth == deep && (looks || next <= at);
        }
        self.before = Some((depth, next, looks_after(frame, image)));
        false
    }

    fn take_midst(&mut self) -> bool {
        false
    }

    fn stop_midst(&mut self) {}
}
