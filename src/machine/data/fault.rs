//! What the natives of this module give when they give no value: a [`Halt`] to be, without the heap that an exception
//! object needs. Code that only reads can so work on `&Context`.

use crate::base::Symbol;
use crate::machine::data::exception as ex;
use crate::machine::memory::native::{Arguments, Context, Halt, Invocation, Question, Result, Type};
use crate::machine::memory::value::{ClassRef, Value};

/// Why there is no value.
#[derive(Debug)]
pub enum Fault {
    /// As it is.
    Halt(Halt),
    /// An exception of this type, with a message.
    Error(&'static Type, Box<str>),
    /// An exception of this type, with these arguments.
    With(&'static Type, Vec<Value>),
    /// A function of the prelude has to do it.
    Prelude(&'static str, Vec<Value>, Vec<(Symbol, Value)>),
    /// Somewhere inside, Python code has to answer this.
    Python(Box<Question>),
}

/// What natives of this module give.
pub type Attempt<T = Value> = std::result::Result<T, Fault>;

impl From<Halt> for Fault {
    fn from(halt: Halt) -> Fault {
        Fault::Halt(halt)
    }
}

impl Fault {
    /// A call that has to be made instead.
    pub fn invoke(callee: Value, arguments: Vec<Value>) -> Fault {
        Fault::Halt(Halt::Invoke(Box::new(Invocation { callee, arguments, keywords: Vec::new() })))
    }

    /// The halt, for the interpreter.
    pub fn halt(self, ctx: &mut Context<'_>) -> Halt {
        match self {
            Fault::Halt(halt) => halt,
            Fault::Error(class, message) => ctx.error(class, message),
            Fault::With(class, arguments) => {
                Halt::Raise(ex::make(ctx.memory.private, ClassRef::Builtin(class), arguments))
            }
            Fault::Prelude(name, arguments, keywords) => prelude_call(ctx, name, arguments, keywords),
            Fault::Python(question) => Halt::Ask(question),
        }
    }
}

/// The call of a prelude function.
pub fn prelude_call(ctx: &mut Context<'_>, name: &str, arguments: Vec<Value>, keywords: Vec<(Symbol, Value)>) -> Halt {
    match ctx.image.prelude(name) {
        Some(global) => Halt::Invoke(Box::new(Invocation { callee: Value::Prelude(global), arguments, keywords })),
        None => ctx.error(&ex::NOT_IMPLEMENTED_ERROR, format!("the prelude has no function '{name}'")),
    }
}

/// What Python code says to a question.
pub fn ask(ctx: &Context<'_>, question: Question) -> Attempt {
    match ctx.answer(&question) {
        Some(answer) => Ok(answer.clone()),
        None => Err(Fault::Python(Box::new(question))),
    }
}

/// `TypeError`
pub fn type_error(message: impl Into<Box<str>>) -> Fault {
    Fault::Error(&ex::TYPE_ERROR, message.into())
}

/// `ValueError`
pub fn value_error(message: impl Into<Box<str>>) -> Fault {
    Fault::Error(&ex::VALUE_ERROR, message.into())
}

/// `IndexError`
pub fn index_error(message: impl Into<Box<str>>) -> Fault {
    Fault::Error(&ex::INDEX_ERROR, message.into())
}

/// `KeyError`, of a key.
pub fn key_error(key: &Value) -> Fault {
    Fault::With(&ex::KEY_ERROR, vec![key.clone()])
}

/// `OverflowError`
pub fn overflow_error(message: impl Into<Box<str>>) -> Fault {
    Fault::Error(&ex::OVERFLOW_ERROR, message.into())
}

/// `ZeroDivisionError`
pub fn zero_division(message: impl Into<Box<str>>) -> Fault {
    Fault::Error(&ex::ZERO_DIVISION_ERROR, message.into())
}

/// `MemoryError`, for what would not fit.
pub fn memory_error() -> Fault {
    Fault::With(&ex::MEMORY_ERROR, Vec::new())
}

/// How deep data may be nested for what walks it: CPython's limit of recursion, less the frames that are always there.
pub const NESTING_LIMIT: usize = 994;

/// `RecursionError`, for data nested too deep.
pub fn too_deep(doing: &str) -> Fault {
    Fault::Error(&ex::RECURSION_ERROR, format!("maximum recursion depth exceeded{doing}").into())
}

/// Calls a native. One that does not take an instance of a subclass of `int`, say, is given the value that the instance is:
/// what refuses its arguments has changed nothing.
pub fn called(
    ctx: &mut Context<'_>,
    args: Arguments<'_>,
    native: fn(&mut Context<'_>, Arguments<'_>) -> Attempt,
) -> Result {
    let refused = match native(ctx, args) {
        Err(refused @ Fault::Error(class, _)) if std::ptr::eq(class, &ex::TYPE_ERROR) => refused,
        attempt => return attempt.map_err(|fault| fault.halt(ctx)),
    };
    let carries = |value: &Value| matches!(value, Value::Instance(instance) if !instance.inner.is_unbound());
    if !args.positional.iter().any(carries) && !args.keywords.iter().any(|(_, value)| carries(value)) {
        return Err(refused.halt(ctx));
    }
    let positional: Vec<Value> = args.positional.iter().map(|value| value.plain().clone()).collect();
    let keywords: Vec<_> = args.keywords.iter().map(|(name, value)| (*name, value.plain().clone())).collect();
    match native(ctx, Arguments { positional: &positional, keywords: &keywords }) {
        // The refusal names the class that was given.
        Err(Fault::Error(class, _)) if std::ptr::eq(class, &ex::TYPE_ERROR) => Err(refused.halt(ctx)),
        attempt => attempt.map_err(|fault| fault.halt(ctx)),
    }
}

/// Makes a table entry of a function that gives an [`Attempt`], and of a shortcut if there is one.
macro_rules! native {
    ($name:literal, $function:path) => {
        $crate::machine::data::exception::plain($name, |ctx, args| {
            $crate::machine::data::fault::called(ctx, args, $function)
        })
    };
    ($name:literal, $function:path, $shortcut:path) => {
        $crate::machine::memory::native::Native {
            name: $name,
            call: $crate::machine::memory::native::Call::Short($shortcut, |ctx, args| {
                $crate::machine::data::fault::called(ctx, args, $function)
            }),
        }
    };
}
pub(super) use native;
