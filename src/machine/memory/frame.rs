//! Function calls under way: frames, and what becomes of their results.

use super::encode::encoded;
use super::halt::Question;
use super::value::{ClassRef, InstanceRef, Value};
use crate::base::ObjectId;
use crate::bytecode::{BinaryOperator, CodeId, Comparison};

/// A function call under way.
#[derive(Clone, Debug)]
pub struct Frame {
    /// What it runs.
    pub code: CodeId,
    /// The instruction to do next.
    pub next: u32,
    /// Where the stack is cut when it returns: its callee's place.
    pub bottom: u32,
    /// Where its locals begin on the stack.
    pub locals: u32,
    /// Where its evaluation stack begins.
    pub base: u32,
    /// Its cells.
    pub cells: Box<[ObjectId]>,
    /// The exceptions that it is handling, the innermost last.
    pub handled: Vec<Value>,
    /// What becomes of its result.
    pub then: Then,
}

encoded!(struct Frame { code, next, bottom, locals, base, cells, handled, then });

/// What becomes of a frame's result.
#[derive(Clone, Debug)]
pub enum Then {
    /// The caller gets it.
    Push,
    /// It is thrown away.
    Discard,
    /// It was `__init__`: the caller gets the instance.
    Instance(triomphe::Arc<InstanceRef>),
    /// It is a class body: the caller gets the class made of its locals, with these bases and a dict of keywords.
    Class(Vec<ClassRef>, Value),
    /// The caller gets whether it is true, or the contrary.
    Truth {
        /// The caller gets the contrary.
        negate: bool,
    },
    /// An operator's special method gives it: `NotImplemented` passes the operands on.
    Operator(Box<Operands>),
    /// It says whether the value on the caller's stack is true, which the caller's instruction goes by.
    Condition(Check),
    /// It is checked, and the caller gets it.
    Checked(Check),
    /// It answers the question, for the caller's instruction, which is done again.
    Answer(Box<Question>),
    /// It replaces the operand of the caller's instruction, which is done again.
    Again,
    /// It is `__next__` for a `for` loop: `StopIteration` ends the loop at the target.
    Iterate(u32),
    /// It is `__next__` for `yield from`: `StopIteration` gives that its value, and goes on at the target.
    Delegate(u32),
    /// It is `__next__` for `next(iterator, default)`: `StopIteration` gives the default.
    Default(Value),
    /// It is `__getattr__` or the like for `hasattr` and `getattr`: `AttributeError` gives this value instead.
    Attribute {
        /// What an `AttributeError` gives.
        missing: Value,
        /// What any result gives, if not itself.
        found: Option<Value>,
    },
    /// It is a generator, resumed.
    Generator(ObjectId, Resumed),
    /// It is what the exception says of itself that ended the thread.
    Words(ObjectId),
    /// It says whether the program's hook told of the exception that ended the thread.
    Told,
    /// It is the thread's first frame.
    End,
}

encoded!(enum Then {
    Push, Discard, Instance(instance), Class(bases, keywords), Truth { negate }, Operator(operands), Condition(check),
    Checked(check), Answer(question), Again, Iterate(end), Delegate(end), Default(value),
    Attribute { missing, found }, Generator(generator, resumed), Words(exception), Told, End
});

impl Then {
    /// Whether the caller still stands at the instruction that called.
    pub fn is_again(&self) -> bool {
        let folding = matches!(self, Then::Generator(_, Resumed::Fold { again: true, .. }));
        folding || matches!(self, Then::Condition(_) | Then::Again | Then::Answer(_))
    }
}

/// What a special method has to give, and what is made of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Check {
    /// `__bool__`: a bool.
    Bool,
    /// `__len__`: a length.
    Length,
    /// `__len__` where the truth is wanted: whether the length is not 0.
    NotEmpty,
    /// `__hash__`: an integer.
    Hash,
}

encoded!(kind Check);

/// An operator at work on operands whose classes have special methods for it.
#[derive(Clone, Debug)]
pub struct Operands {
    /// The left operand.
    pub left: Value,
    /// The right one.
    pub right: Value,
    /// The operator.
    pub operator: Operator,
    /// The methods that are still to be asked, the next one last.
    pub methods: Vec<Candidate>,
    /// The one at work answers for the contrary.
    pub negate: bool,
}

encoded!(struct Operands { left, right, operator, methods, negate });

/// A special method that may do an operator's work.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The method.
    pub method: Value,
    /// It is the right operand's.
    pub reflected: bool,
    /// It is `__eq__` asked for `!=`.
    pub negate: bool,
}

encoded!(struct Candidate { method, reflected, negate });

/// An operator that classes may define.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operator {
    /// `a op b`
    Binary(BinaryOperator),
    /// `a op= b`
    InPlace(BinaryOperator),
    /// `==`, `<` and the like.
    Comparison(Comparison),
}

encoded!(
    enum Operator {
        Binary(operator),
        InPlace(operator),
        Comparison(operator),
    }
);

/// What resumed a generator.
#[derive(Clone, Debug)]
pub enum Resumed {
    /// A `for` loop, which its end leaves at the target.
    Loop(u32),
    /// `next` or `send`: its end is `StopIteration`, or gives the default.
    Next(Option<Value>),
    /// `close`: its end is no exception.
    Close,
    /// Another generator's `yield from`: its end is that expression's value, and goes on at `end`.
    Delegate {
        /// Where to go on.
        end: u32,
        /// What the other generator is being closed with: its end raises that again.
        closing: Option<Value>,
    },
    /// A builtin that goes through all of it: each `yield` adds to the result, which lies below the frame.
    Fold {
        /// Which builtin.
        fold: Fold,
        /// The result replaces the operand of the caller's instruction, which is done again.
        again: bool,
    },
}

encoded!(enum Resumed { Loop(end), Next(value), Close, Delegate { end, closing }, Fold { fold, again } });

impl Resumed {
    /// The value in it.
    pub fn value(&self) -> Option<&Value> {
        match self {
            Resumed::Next(value) | Resumed::Delegate { closing: value, .. } => value.as_ref(),
            Resumed::Loop(_) | Resumed::Close | Resumed::Fold { .. } => None,
        }
    }
}

/// Builtins that go through a generator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each is the builtin of that name")]
pub enum Fold {
    All,
    Any,
    List,
    Max,
    Min,
    Sum,
}

encoded!(kind Fold);
