//! *Coasting*: running on as long as the instructions are short.

use super::{Flow, Vm};
use crate::base::ObjectId;
use crate::bytecode::Instruction;
use crate::machine::memory::native::Halt;
use crate::machine::memory::value::{Kind, Value};

/// Where a thread that coasts has come to, and on which line.
#[derive(Clone, Copy, Debug)]
pub(in crate::machine) struct Landing {
    /// What is there.
    pub shore: Shore,
    /// The line.
    pub line: u32,
    /// How many turns, calls and returns of those that `advance` counts lie behind it.
    pub turns: u64,
}

/// What a thread has come to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::machine) enum Shore {
    /// The instruction at hand needs this shared object.
    Shared(ObjectId),
    /// A `with` block on this lock begins.
    Enter(ObjectId),
    /// It ends.
    Exit(ObjectId),
    /// Something else, or the end of the allowance.
    Other,
}

impl Vm<'_> {
    /// Runs the instructions of the frame at hand as long as they are short, which takes no longer than `allowance`
    /// instructions do, and stops before the first that another thread could see. Nothing is half done: `advance` may
    /// go on from there.
    pub(in crate::machine) fn coast(&mut self, allowance: &mut u32) -> Landing {
        use Instruction as I;
        let elsewhere = |turns| Landing { shore: Shore::Other, line: 0, turns };
        let image = self.image;
        let Some(frame) = self.thread.frames.last() else { return elsewhere(0) };
        let text = image.text(frame.code);
        let code = text.code;
        if code.is_hidden() || self.is_answered() || self.thread.heap.wants_collection() {
            return elsewhere(0);
        }
        let mut at = frame.next;
        self.locals = frame.locals as usize;
        let (mut left, mut turns) = (*allowance, 0);
        let shore = loop {
            if left == 0 {
                break Shore::Other;
            }
            left -= 1;
            if let Some(next) = self.simple(text, at) {
                let again = next <= at;
                at = next;
                if again {
                    turns += 1;
                    if self.thread.heap.wants_collection() {
                        break Shore::Other;
                    }
                }
                continue;
            }
            let instruction = code.instructions[at as usize];
            match instruction {
                I::EnterWith => break self.lock_at_hand().map_or(Shore::Other, Shore::Enter),
                I::ExitWith => break self.lock_at_hand().map_or(Shore::Other, Shore::Exit),
                // It may have been tried as something that is called.
                I::LoadGlobal(global) if self.push_global(global).is_some() => at += 1,
                I::LoadGlobal(global) if image.is_never_stored(global) => break Shore::Other,
                I::LoadGlobal(_) | I::StoreGlobal(_) if self.thread.heap.has_shared(image.namespace) => {
                    break Shore::Shared(image.namespace);
                }
                I::Constant(_)
                | I::LoadLocal(_)
                | I::LoadGlobal(_)
                | I::StoreGlobal(_)
                | I::LoadCell(_)
                | I::StoreCell(_)
                | I::LoadAttribute(_)
                | I::StoreAttribute(_)
                | I::Duplicate
                | I::Swap => match self.involved(code, text.constants, at) {
                    Ok(Flow::Next) => at += 1,
                    Ok(Flow::Goto(target)) => at = target,
                    Ok(Flow::Frame) => return elsewhere(turns + 1),
                    Ok(Flow::Operation) => break Shore::Other,
                    Err(Halt::Shared { object, .. }) => break Shore::Shared(object),
                    Err(halt) => {
                        self.frame().next = at;
                        self.halted(halt, instruction);
                        return elsewhere(turns + 1);
                    }
                },
                _ => break Shore::Other,
            }
        };
        *allowance = left;
        self.frame().next = at;
        Landing { shore, line: code.line_of(at), turns }
    }

    /// The lock on the top of the stack, if there is one.
    fn lock_at_hand(&self) -> Option<ObjectId> {
        match *self.peek(0) {
            Value::Object(Kind::Lock | Kind::RLock, lock) => Some(lock),
            _ => None,
        }
    }
}
