//! Functions and types that the machine provides itself.
//!
//! A native either computes at once ([`Call::Plain`], [`Call::Short`]) or describes an operation that `perform` carries out
//! ([`Call::Operation`]). A plain native **must not change anything before it has read all that it needs**: when it
//! comes upon shared data it is stopped with [`Halt::Shared`] and called again, from the start, by `perform`. Likewise with
//! [`Halt::Ask`], when it needs to know what only Python code can say.

pub use super::builtin::{Layout, Native, Type};
pub use super::halt::{Answered, Halt, Invocation, Question, Result};

use super::builtin::{Above, Machine};
use super::frame::Frame;
use super::heap::PrivateHeap;
use super::image::Linked;
use super::operation::Operation;
use super::reach::Memory;
use super::value::Value;
use crate::base::{ProcessId, Symbol, ThreadId};
use std::cell::Cell;
use std::fmt;

/// What natives take: positional arguments (a method's receiver first) and keywords.
#[derive(Clone, Copy, Debug)]
pub struct Arguments<'a> {
    /// By position; a method's receiver is the first.
    pub positional: &'a [Value],
    /// By name: symbol and value, in the order of the call.
    pub keywords: &'a [(Symbol, Value)],
}

/// What natives work with.
pub struct Context<'a> {
    /// The heaps, as far as they are in reach.
    pub memory: Memory<'a>,
    /// The program.
    pub image: &'a Linked,
    /// The thread that calls.
    pub me: ThreadId,
    /// The process that it belongs to.
    pub process: ProcessId,
    /// That thread's `Thread` object.
    pub thread_object: &'a Value,
    /// What Python code has said for the instruction at hand.
    pub answers: Answers<'a>,
    /// The functions that it has called, the running one last.
    pub frames: &'a [Frame],
}

/// What Python code has said for an instruction, in the order in which it was asked. What is done again asks in that order
/// again, so that each answer is found where the one before it was.
#[derive(Clone, Debug, Default)]
pub struct Answers<'a> {
    all: &'a [Answered],
    next: Cell<usize>,
}

impl<'a> Answers<'a> {
    /// These.
    pub fn new(all: &'a [Answered]) -> Self {
        Answers { all, next: Cell::new(0) }
    }

    fn to(&self, question: &Question) -> Option<&'a Value> {
        let place =
            |at: usize| self.all[at..].iter().position(|answered| answered.question.is(question)).map(|it| at + it);
        let next = self.next.get().min(self.all.len());
        // A question that was not asked yet comes when all that were have been answered.
        let found = if next == self.all.len() && next > 0 { place(0) } else { place(next).or_else(|| place(0)) };
        found.map(|found| {
            self.next.set(found + 1);
            &self.all[found].answer
        })
    }
}

impl Context<'_> {
    /// What Python code says to the question, if it was asked already.
    pub fn answer(&self, question: &Question) -> Option<&Value> {
        self.answers.to(question)
    }
}

/// What calling a native does.
#[derive(Clone, Copy)]
pub enum Call {
    /// It computes the result at once.
    Plain(fn(&mut Context<'_>, Arguments<'_>) -> Result),
    /// Likewise. The shortcut is tried first: it gives the result, or does nothing.
    Short(Shortcut, fn(&mut Context<'_>, Arguments<'_>) -> Result),
    /// It describes an operation; that operation's result is the call's.
    Operation(fn(&mut Context<'_>, Arguments<'_>) -> Result<Operation>),
    /// The interpreter does it, because it needs frames or attributes.
    Special(Special),
}

impl Above for Machine {
    type Call = Call;
}

/// Does what a native does to these arguments, for the commonest of them, with no more than the thread's own heap. `None`:
/// nothing was done.
pub type Shortcut = fn(&mut PrivateHeap, &[Value]) -> Option<Value>;

/// Builtins that the interpreter does itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each is the builtin, or the generator's method, of that name")]
pub enum Special {
    Iter,
    Next,
    GetAttr,
    HasAttr,
    SetAttr,
    DelAttr,
    OwnGetAttr,
    OwnSetAttr,
    OwnDelAttr,
    Vars,
    Instantiate,
    Send,
    Close,
    Throw,
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<context of {}>", self.me)
    }
}
