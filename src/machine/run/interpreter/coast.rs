//! *Coasting*: running on as long as the instructions are short.

use super::{Finals, Flow, Vm};
use crate::base::ObjectId;
use crate::bytecode::{Code, Instruction};
use crate::machine::memory::image::Text;
use crate::machine::memory::native::Halt;
use crate::machine::memory::reach::Reach;
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::{Kind, Value};

/// What a thread that coasts has come to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::machine) enum Shore {
    /// The instruction at hand needs this shared object.
    Shared(ObjectId),
    /// A `with` block on this lock begins.
    Enter(ObjectId),
    /// It ends.
    Exit(ObjectId),
}

/// What decides how far a thread coasts.
pub(in crate::machine) trait Helm {
    /// The thread stands on that line before an operation, which is done with the instruction; whether the thread coasts on
    /// then. `None`: nothing was done.
    fn land(&mut self, thread: &mut Thread, shore: Shore, line: u32) -> Option<bool>;

    /// How many more instructions there may be when the allowance is used up.
    fn extend(&mut self) -> u32;

    /// Gives `work` what reads final attributes.
    fn with_finals<R>(&self, work: impl FnOnce(&dyn Finals) -> R) -> R;
}

impl Vm<'_> {
    /// Runs the instructions of the frame at hand as long as they are short, which takes no longer than `left` instructions
    /// do, and stops before the first that another thread could see, unless the helm does that. Nothing is half done:
    /// `advance` may go on from there. Gives how many turns, calls and returns of those that `advance` counts there were
    /// since the last operation.
    pub(in crate::machine) fn coast(&mut self, mut left: u32, helm: &mut impl Helm) -> u64 {
        let Some(frame) = self.thread.frames.last() else { return 0 };
        let text = self.image.text(frame.code);
        if text.code.is_hidden() || self.is_answered() || self.thread.heap.wants_collection() {
            return 0;
        }
        let mut at = frame.next;
        self.locals = frame.locals as usize;
        let mut turns = 0;
        loop {
            if left == 0 {
                left = helm.extend();
                if left == 0 {
                    break;
                }
            }
            left -= 1;
            if let Some(next) = self.simple(text, at) {
                let again = next <= at;
                at = next;
                if again {
                    turns += 1;
                    if self.thread.heap.wants_collection() {
                        break;
                    }
                }
                continue;
            }
            let shore = match self.short(text, at, helm) {
                Ok(Some(Flow::Next)) => {
                    at += 1;
                    continue;
                }
                Ok(Some(Flow::Goto(target))) => {
                    at = target;
                    continue;
                }
                Ok(Some(Flow::Frame)) => return turns + 1,
                Ok(Some(Flow::Operation) | None) => break,
                Err(shore) => shore,
            };
            self.frame().next = at;
            match helm.land(self.thread, shore, text.code.line_of(at)) {
                None => break,
                Some(goes_on) => {
                    (at, turns) = (at + 1, 0);
                    if !goes_on || self.thread.heap.wants_collection() {
                        break;
                    }
                }
            }
        }
        self.frame().next = at;
        turns
    }

    /// Does the instruction if it is short, though not simple. `None`: it is not. The error is what it has come to.
    #[inline(always)]
    fn short(&mut self, text: Text<'_>, at: u32, helm: &impl Helm) -> Result<Option<Flow>, Shore> {
        use Instruction as I;
        match text.code.instructions[at as usize] {
            I::EnterWith => self.lock_at_hand().map_or(Ok(None), |lock| Err(Shore::Enter(lock))),
            I::ExitWith => self.lock_at_hand().map_or(Ok(None), |lock| Err(Shore::Exit(lock))),
            // It may have been tried as something that is called, or changed.
            I::LoadGlobal(global) if self.push_global(global).is_some() => Ok(Some(Flow::Next)),
            I::LoadGlobal(global) if self.image.is_never_stored(global) => Ok(None),
            I::LoadGlobal(_) | I::StoreGlobal(_) if self.thread.heap.has_shared(self.image.namespace) => {
                Err(Shore::Shared(self.image.namespace))
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
            | I::Swap => helm.with_finals(|finals| {
                let (thread, image, locals) = (&mut *self.thread, self.image, self.locals);
                Vm { thread, image, reach: Reach::Private, finals, locals }.short_with_finals(
                    text.code,
                    text.constants,
                    at,
                )
            }),
            _ => Ok(None),
        }
    }

    /// Likewise, when it may come upon final attributes.
    #[inline(never)]
    fn short_with_finals(&mut self, code: &Code, constants: &[Value], at: u32) -> Result<Option<Flow>, Shore> {
        match self.involved(code, constants, at) {
            Ok(flow) => Ok(Some(flow)),
            Err(Halt::Shared { object, .. }) => Err(Shore::Shared(object)),
            Err(halt) => {
                self.frame().next = at;
                self.halted(halt, code.instructions[at as usize]);
                Ok(Some(Flow::Frame))
            }
        }
    }

    /// The lock on the top of the stack, if there is one.
    #[inline(always)]
    fn lock_at_hand(&self) -> Option<ObjectId> {
        match *self.peek(0) {
            Value::Object(Kind::Lock | Kind::RLock, lock) => Some(lock),
            _ => None,
        }
    }
}
