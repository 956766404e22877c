//! Exceptions: the builtin types, and how natives raise them.

use super::types::OBJECT;
use crate::machine::memory::builtin::Machine;
use crate::machine::memory::heap::PrivateHeap;
use crate::machine::memory::native::{Call, Context, Halt, Layout, Native, Type};
use crate::machine::memory::object::{Attributes, ExceptionData, Instance, Object, Payload};
use crate::machine::memory::value::{ClassRef, InstanceRef, Value};
use triomphe::Arc;

/// What can be done with exceptions: said where their methods are, which are on a floor above.
pub trait Raisable {
    /// What calling a type of exceptions does.
    const CONSTRUCT: Call;
    /// Methods.
    const METHODS: &'static [Native];
    /// Attributes that are computed when they are read.
    const PROPERTIES: &'static [Native];
}

/// Declares exception types: constant, name, base, and the module unless it is `builtins`.
macro_rules! exceptions {
    ($($constant:ident $name:literal: $base:ident $(in $module:literal)?;)*) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub static $constant: Type = Type {
                name: $name,
                module: exceptions!(@module $($module)?),
                base: Some(&$base),
                construct: Some(<Machine as Raisable>::CONSTRUCT),
                methods: &[],
                properties: &[],
                layout: Layout::Exception,
            };
        )*
        /// Every builtin exception type.
        pub static ALL: &[&Type] = &[&BASE_EXCEPTION, $(&$constant),*];
    };
    (@module) => { "builtins" };
    (@module $module:literal) => { $module };
}

/// `BaseException`
pub static BASE_EXCEPTION: Type = Type {
    name: "BaseException",
    module: "builtins",
    base: Some(&OBJECT),
    construct: Some(<Machine as Raisable>::CONSTRUCT),
    methods: <Machine as Raisable>::METHODS,
    properties: <Machine as Raisable>::PROPERTIES,
    layout: Layout::Exception,
};

exceptions! {
    EXCEPTION "Exception": BASE_EXCEPTION;
    SYSTEM_EXIT "SystemExit": BASE_EXCEPTION;
    KEYBOARD_INTERRUPT "KeyboardInterrupt": BASE_EXCEPTION;
    GENERATOR_EXIT "GeneratorExit": BASE_EXCEPTION;
    STOP_ITERATION "StopIteration": EXCEPTION;
    ARITHMETIC_ERROR "ArithmeticError": EXCEPTION;
    ZERO_DIVISION_ERROR "ZeroDivisionError": ARITHMETIC_ERROR;
    OVERFLOW_ERROR "OverflowError": ARITHMETIC_ERROR;
    ASSERTION_ERROR "AssertionError": EXCEPTION;
    ATTRIBUTE_ERROR "AttributeError": EXCEPTION;
    EOF_ERROR "EOFError": EXCEPTION;
    IMPORT_ERROR "ImportError": EXCEPTION;
    MODULE_NOT_FOUND_ERROR "ModuleNotFoundError": IMPORT_ERROR;
    LOOKUP_ERROR "LookupError": EXCEPTION;
    INDEX_ERROR "IndexError": LOOKUP_ERROR;
    KEY_ERROR "KeyError": LOOKUP_ERROR;
    MEMORY_ERROR "MemoryError": EXCEPTION;
    NAME_ERROR "NameError": EXCEPTION;
    UNBOUND_LOCAL_ERROR "UnboundLocalError": NAME_ERROR;
    OS_ERROR "OSError": EXCEPTION;
    CONNECTION_ERROR "ConnectionError": OS_ERROR;
    BLOCKING_IO_ERROR "BlockingIOError": OS_ERROR;
    BROKEN_PIPE_ERROR "BrokenPipeError": CONNECTION_ERROR;
    CHILD_PROCESS_ERROR "ChildProcessError": OS_ERROR;
    CONNECTION_ABORTED_ERROR "ConnectionAbortedError": CONNECTION_ERROR;
    CONNECTION_REFUSED_ERROR "ConnectionRefusedError": CONNECTION_ERROR;
    CONNECTION_RESET_ERROR "ConnectionResetError": CONNECTION_ERROR;
    FILE_EXISTS_ERROR "FileExistsError": OS_ERROR;
    FILE_NOT_FOUND_ERROR "FileNotFoundError": OS_ERROR;
    IS_A_DIRECTORY_ERROR "IsADirectoryError": OS_ERROR;
    NOT_A_DIRECTORY_ERROR "NotADirectoryError": OS_ERROR;
    PROCESS_LOOKUP_ERROR "ProcessLookupError": OS_ERROR;
    INTERRUPTED_ERROR "InterruptedError": OS_ERROR;
    PERMISSION_ERROR "PermissionError": OS_ERROR;
    TIMEOUT_ERROR "TimeoutError": OS_ERROR;
    RUNTIME_ERROR "RuntimeError": EXCEPTION;
    NOT_IMPLEMENTED_ERROR "NotImplementedError": RUNTIME_ERROR;
    RECURSION_ERROR "RecursionError": RUNTIME_ERROR;
    TYPE_ERROR "TypeError": EXCEPTION;
    VALUE_ERROR "ValueError": EXCEPTION;
    UNICODE_ERROR "UnicodeError": VALUE_ERROR;
    UNICODE_DECODE_ERROR "UnicodeDecodeError": UNICODE_ERROR;
    UNICODE_ENCODE_ERROR "UnicodeEncodeError": UNICODE_ERROR;
    BUFFER_ERROR "BufferError": EXCEPTION;
    FLOATING_POINT_ERROR "FloatingPointError": ARITHMETIC_ERROR;
    REFERENCE_ERROR "ReferenceError": EXCEPTION;
    SYSTEM_ERROR "SystemError": EXCEPTION;
    WARNING "Warning": EXCEPTION;
    DEPRECATION_WARNING "DeprecationWarning": WARNING;
    FUTURE_WARNING "FutureWarning": WARNING;
    RESOURCE_WARNING "ResourceWarning": WARNING;
    RUNTIME_WARNING "RuntimeWarning": WARNING;
    USER_WARNING "UserWarning": WARNING;
    BYTES_WARNING "BytesWarning": WARNING;
    ENCODING_WARNING "EncodingWarning": WARNING;
    IMPORT_WARNING "ImportWarning": WARNING;
    PENDING_DEPRECATION_WARNING "PendingDeprecationWarning": WARNING;
    SYNTAX_WARNING "SyntaxWarning": WARNING;
    UNICODE_WARNING "UnicodeWarning": WARNING;
    SYNTAX_ERROR "SyntaxError": EXCEPTION;
    INDENTATION_ERROR "IndentationError": SYNTAX_ERROR;
    TAB_ERROR "TabError": INDENTATION_ERROR;
    BROKEN_BARRIER_ERROR "BrokenBarrierError": RUNTIME_ERROR in "threading";
    FUTURES_ERROR "Error": EXCEPTION in "concurrent.futures._base";
    CANCELLED_ERROR "CancelledError": FUTURES_ERROR in "concurrent.futures._base";
    INVALID_STATE_ERROR "InvalidStateError": FUTURES_ERROR in "concurrent.futures._base";
    BROKEN_EXECUTOR "BrokenExecutor": RUNTIME_ERROR in "concurrent.futures._base";
    BROKEN_THREAD_POOL "BrokenThreadPool": BROKEN_EXECUTOR in "concurrent.futures.thread";
    QUEUE_EMPTY "Empty": EXCEPTION in "_queue";
    QUEUE_FULL "Full": EXCEPTION in "queue";
}

/// The builtin exception type of that name.
pub fn named(name: &str) -> Option<&'static Type> {
    ALL.iter().find(|class| class.name == name).copied()
}

/// The names of all builtin exception types.
pub fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|class| class.name)
}

/// A new exception with these `args`, in a thread's own heap.
pub fn make(private: &mut PrivateHeap, class: ClassRef, arguments: Vec<Value>) -> Value {
    let data = ExceptionData { arguments, ..ExceptionData::default() };
    let instance = Instance {
        class: class.clone(),
        attributes: Attributes::default(),
        sealed: 0,
        dict: None,
        payload: Payload::Exception(Box::new(data)),
    };
    let id = private.add(Object::Instance(instance));
    Value::Instance(Arc::new(InstanceRef::new(class, id)))
}

/// An exception with a message, to be raised.
pub fn error(private: &mut PrivateHeap, class: &'static Type, message: impl Into<Box<str>>) -> Halt {
    Halt::Raise(make(private, ClassRef::Builtin(class), vec![Value::str(message.into())]))
}

impl Context<'_> {
    /// An exception with a message, to be raised.
    pub fn error(&mut self, class: &'static Type, message: impl Into<Box<str>>) -> Halt {
        error(self.memory.private, class, message)
    }

    /// A `TypeError` with a message.
    pub fn type_error(&mut self, message: impl Into<Box<str>>) -> Halt {
        self.error(&TYPE_ERROR, message)
    }

    /// A `ValueError` with a message.
    pub fn value_error(&mut self, message: impl Into<Box<str>>) -> Halt {
        self.error(&VALUE_ERROR, message)
    }
}

/// A native computes; this names it in tables.
pub const fn plain(
    name: &'static str,
    call: fn(&mut Context<'_>, crate::machine::memory::native::Arguments<'_>) -> crate::machine::memory::native::Result,
) -> Native {
    Native { name, call: Call::Plain(call) }
}
