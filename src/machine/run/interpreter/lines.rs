//! Running up to certain lines: what `advance` does, an instruction at a time, with a look at the line before each.

use super::{Finals, Flow, Pause, Reach, Vm};
use crate::bytecode::Instruction;
use crate::machine::memory::image::Image;
use crate::machine::memory::native::Halt;
use crate::machine::memory::operation::Operation;
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
    image: &Image,
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
    let before = *fuel;
    let pause = vm.run_to_line(fuel, lines, footing);
    thread.turns += u64::from(before - *fuel);
    pause
}

impl Footing {
    /// Whether the thread was stopped in the middle of a turn: `advance` would count that twice.
    pub fn is_midst(&self) -> bool {
        self.midst
    }

    /// Whether the thread has just come to one of the lines.
    fn arrives(&mut self, frames: &[Frame], image: &Image, lines: &BTreeSet<u32>) -> bool {
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

impl Vm<'_> {
    /// As `run`, with the same turns.
    fn run_to_line(&mut self, fuel: &mut u32, lines: &BTreeSet<u32>, footing: &mut Footing) -> Option<Pause> {
        let image = self.image;
        loop {
            if self.thread.pending.is_some() {
                return Some(Pause::Operation);
            }
            let Some(frame) = self.thread.frames.last() else {
                if self.ask_for_words() || self.call_hook() {
                    continue;
                }
                self.thread.pending = Some(Operation::Exit);
                return Some(Pause::Operation);
            };
            let (text, mut at) = (image.text(frame.code), frame.next);
            self.locals = frame.locals as usize;
            if footing.arrives(&self.thread.frames, image, lines) {
                return None;
            }
            let goes_on = std::mem::take(&mut footing.midst);
            if !goes_on {
                if *fuel == 0 {
                    return Some(Pause::OutOfFuel);
                }
                *fuel -= 1;
            }
            if self.is_answered() {
                if let Err(Halt::Shared { object, write }) = self.once() {
                    self.thread.pending = Some(Operation::Touch { object, write });
                }
                continue;
            }
            if !goes_on && self.collect() {
                self.exhaust();
                continue;
            }
            loop {
                match self.execute(text, at) {
                    Ok(Flow::Next) => at += 1,
                    Ok(Flow::Goto(target)) if target > at => at = target,
                    Ok(Flow::Goto(target)) => {
                        at = target;
                        if *fuel == 0 {
                            self.frame().next = at;
                            return Some(Pause::OutOfFuel);
                        }
                        *fuel -= 1;
                        if self.collect() {
                            self.frame().next = at;
                            self.exhaust();
                            break;
                        }
                    }
                    Ok(Flow::Frame) => break,
                    Ok(Flow::Operation) => {
                        self.frame().next = at;
                        return Some(Pause::Operation);
                    }
                    Err(halt) => {
                        self.frame().next = at;
                        if self.halted(halt, text.code.instructions[at as usize]) {
                            return Some(Pause::Operation);
                        }
                        break;
                    }
                }
                self.frame().next = at;
                if footing.arrives(&self.thread.frames, image, lines) {
                    footing.midst = true;
                    return None;
                }
            }
        }
    }
}
