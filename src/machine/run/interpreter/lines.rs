//! Running up to certain lines: what `advance` does, an instruction at a time, with a look at the line before each.

use super::{Finals, Pause, Stops, Vm};
use crate::bytecode::Instruction;
use crate::machine::memory::image::Linked;
use crate::machine::memory::reach::Reach;
use crate::machine::memory::thread::{Frame, Thread};
use std::collections::BTreeSet;

/// Where a thread stands among lines.
#[derive(Clone, Debug, Default)]
pub struct Footing {
    /// The line on which it stood last in each of its calls: it comes to a line when it stood on another one.
    lines: Vec<u32>,
    /// It was stopped in the middle of a turn, which was counted already.
    midst: bool,
}

/// Runs a thread as `advance` does, but no further than to one of `lines` of the scenario: then the answer is `None`, and
/// nothing on that line was done yet. `fuel` is what is left; a thread that goes on from a line with what it had left does
/// the same turns as one that did not stop.
pub fn advance_to_line(
    thread: &mut Thread,
    image: &Linked,
    finals: &dyn Finals,
    fuel: &mut u32,
    lines: &BTreeSet<u32>,
    footing: &mut Footing,
) -> Option<Pause> {
    if thread.pending.is_some() {
        return Some(Pause::Operation);
    }
    let mut vm = Vm::new(thread, image, Reach::Private, finals);
    vm.enter_thread();
    let (pause, left) = vm.run(*fuel, &mut AtLines { lines, footing });
    thread.turns += u64::from(*fuel - left);
    *fuel = left;
    pause
}

impl Footing {
    /// Whether the thread was stopped in the middle of a turn: `advance` would count that twice.
    pub fn is_midst(&self) -> bool {
        self.midst
    }

    /// Whether the thread has just come to one of the lines.
    fn arrives(&mut self, frames: &[Frame], image: &Linked, lines: &BTreeSet<u32>) -> bool {
        self.lines.truncate(frames.len());
        // A call that is not at its beginning, a generator's say, stands where it stopped.
        let entered = frames[self.lines.len()..].iter();
        self.lines
            .extend(entered.map(|frame| frame.next.checked_sub(1).map_or(0, |at| image.code(frame.code).line_of(at))));
        let (Some(frame), Some(stood)) = (frames.last(), self.lines.last_mut()) else { return false };
        let code = image.code(frame.code);
        let line = code.line_of(frame.next);
        let before = std::mem::replace(stood, line);
        // The end of a `with` block leads back to its head, to leave it.
        let leaves = |at: u32| {
            matches!(code.instructions.get(at as usize), Some(Instruction::ExitWith | Instruction::ExitWithHandled))
        };
        line != before && lines.contains(&line) && !code.is_hidden() && !leaves(frame.next)
    }
}

/// A thread that stops at lines.
struct AtLines<'a> {
    lines: &'a BTreeSet<u32>,
    footing: &'a mut Footing,
}

impl Stops for AtLines<'_> {
    const ANYWHERE: bool = true;

    fn arrives(&mut self, frames: &[Frame], image: &Linked) -> bool {
        self.footing.arrives(frames, image, self.lines)
    }

    fn take_midst(&mut self) -> bool {
        std::mem::take(&mut self.footing.midst)
    }

    fn stop_midst(&mut self) {
        self.footing.midst = true;
    }
}
