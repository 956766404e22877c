//! Why what is done may stop: an exception, shared data out of reach, Python code that has to run first.

use super::encode::encoded;
use super::value::Value;
use crate::base::{ObjectId, Symbol};

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

    pub(super) fn is(&self, other: &Question) -> bool {
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
