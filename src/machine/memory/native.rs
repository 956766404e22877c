//! Functions and types that the machine provides itself.
//!
//! A native either computes at once ([`Call::Plain`], [`Call::Short`]) or describes an operation that `perform` carries out
//! ([`Call::Operation`]). A plain native **must not change anything before it has read all that it needs**: when it
//! comes upon shared data it is stopped with [`Halt::Shared`] and called again, from the start, by `perform`. Likewise with
//! [`Halt::Ask`], when it needs to know what only Python code can say.

use super::heap::{Memory, PrivateHeap};
use super::image::Linked;
use super::operation::Operation;
use super::value::Value;
use crate::base::{ObjectId, ProcessId, Symbol, ThreadId};
use crate::machine::memory::encode::encoded;
use std::cell::Cell;
use std::fmt;

/// Why a native, or an instruction, did not end with a value.
#[derive(Debug)]
pub enum Halt {
    /// It needs an object that is out of reach: shared data, and this is not `perform`; or to write, and `perform` has so far
    /// allowed reading only. It is done again with more reach.
    Shared {
        /// The object.
        object: ObjectId,
        /// It wants to write.
        write: bool,
    },
    /// It raised this exception.
    Raise(Value),
    /// Its result is what this call gives: Python code has to run for it.
    Invoke(Box<Invocation>),
    /// There may be no room for so many bytes that it wants to make: it is done again if weighing finds some, else it raises
    /// `MemoryError`.
    Room(u64),
    /// It needs to know this, and Python code has to say it. It is done again with the answer.
    Ask(Box<Question>),
}

/// What an instruction or native has to know of values, and Python code says: whether an object is equal to another, say.
#[derive(Clone, Debug)]
pub struct Question {
    /// The function of the prelude that finds it out.
    pub function: &'static str,
    /// Its arguments.
    pub values: Vec<Value>,
}

encoded!(struct Question { function, values });

/// A question that was answered, for the instruction that is then done again.
#[derive(Clone, Debug)]
pub struct Answered {
    /// How many frames there are when that instruction runs.
    pub depth: usize,
    /// The question.
    pub question: Box<Question>,
    /// What was said.
    pub answer: Value,
}

encoded!(struct Answered { depth, question, answer });

impl Question {
    /// The question whether values that may be no builtin ones are equal.
    pub fn equal(a: &Value, b: &Value) -> Self {
        Question { function: "ask_equal", values: vec![a.clone(), b.clone()] }
    }

    /// The question that a function of the prelude answers about one value.
    pub fn of(function: &'static str, value: &Value) -> Self {
        Question { function, values: vec![value.clone()] }
    }

    /// Whether it asks whether these two are equal.
    pub fn is_about(&self, a: &Value, b: &Value) -> bool {
        matches!(&self.values[..], [x, y] if self.function == "ask_equal" && x.is(a) && y.is(b))
    }

    fn is(&self, other: &Question) -> bool {
        self.function == other.function
            && self.values.len() == other.values.len()
            && self.values.iter().zip(&other.values).all(|(a, b)| a.is(b))
    }
}

/// A call that a native hands back to the interpreter.
#[derive(Clone, Debug)]
pub struct Invocation {
    /// What to call.
    pub callee: Value,
    /// Positional arguments.
    pub arguments: Vec<Value>,
    /// Keyword arguments.
    pub keywords: Vec<(Symbol, Value)>,
}

encoded!(struct Invocation { callee, arguments, keywords });

/// What natives give.
pub type Result<T = Value> = std::result::Result<T, Halt>;

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

/// A function or method that the machine provides.
pub struct Native {
    /// Its name.
    pub name: &'static str,
    /// What calling it does.
    pub call: Call,
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

/// A type that the machine provides.
pub struct Type {
    /// Its name.
    pub name: &'static str,
    /// The module it is shown with; `builtins` is left out when shown.
    pub module: &'static str,
    /// What it inherits from; `None` for `object` alone.
    pub base: Option<&'static Type>,
    /// What calling it does; `None`: it cannot be called. A class of the scenario that inherits from it makes its instances
    /// as `layout` says.
    pub construct: Option<Call>,
    /// Methods, found along `base`.
    pub methods: &'static [Native],
    /// Attributes that are computed when they are read, found along `base`.
    pub properties: &'static [Native],
    /// Whether scenario classes may inherit from it, and what their instances then carry.
    pub layout: Layout,
}

/// What instances of scenario classes carry that inherit from a builtin type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    /// Nothing: attributes alone.
    Plain,
    /// An exception.
    Exception,
    /// A thread.
    Thread,
    /// A value of the type.
    Value,
    /// Attributes that each thread has for itself: what the thread-local object inside keeps.
    Local,
    /// Nobody may inherit from it.
    Final,
}

impl Type {
    /// Whether it is `other` or inherits from it.
    pub fn is_subtype_of(&self, other: &Type) -> bool {
        std::ptr::eq(self, other) || self.base.is_some_and(|base| base.is_subtype_of(other))
    }

    /// The method called `name`, searched along the bases.
    pub fn method(&self, name: &str) -> Option<&'static Native> {
        find(self.methods, name).or_else(|| self.base.and_then(|base| base.method(name)))
    }

    /// The computed attribute called `name`, searched along the bases.
    pub fn property(&self, name: &str) -> Option<&'static Native> {
        find(self.properties, name).or_else(|| self.base.and_then(|base| base.property(name)))
    }
}

fn find(natives: &'static [Native], name: &str) -> Option<&'static Native> {
    natives.iter().find(|native| native.name == name)
}

impl fmt::Debug for Native {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<native {}>", self.name)
    }
}

impl fmt::Debug for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<type {}>", self.name)
    }
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<context of {}>", self.me)
    }
}
