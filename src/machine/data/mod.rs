//! Builtin values: their types, operators, methods, and the functions that work on them.
//!
//! One file per type. Inside, functions give an [`fault::Attempt`] and mostly need no more than `&Context`; what the
//! interpreter calls gives [`native::Result`](crate::machine::memory::native::Result). Nothing here runs Python code: where an object of the
//! scenario has a special method of its own, or an iterable is a generator, the answer is a call for the interpreter to make,
//! often of a function of the prelude.

mod abilities;
pub mod arguments;
pub mod arithmetic;
pub mod bisect;
pub mod bytes;
pub mod class;
mod codec;
pub mod compare;
mod contents;
pub mod date;
pub mod deque;
pub mod descriptor;
pub mod dict;
pub mod digest;
pub mod exception;
pub mod fault;
pub mod float;
pub mod format;
pub mod function;
pub mod hash;
pub(in crate::machine) mod heapq;
pub mod heaps;
mod identity;
pub mod instance;
pub mod int;
pub mod item;
pub mod iterate;
pub mod itertools;
pub mod key;
mod letters;
pub mod library;
pub mod list;
pub mod math;
mod membership;
pub mod names;
pub mod number;
pub mod object;
pub mod operator;
pub mod order;
pub mod output;
mod own;
pub mod percent;
pub mod raised;
pub mod range;
pub mod regex;
pub mod repr;
pub mod search;
pub mod set;
pub mod shown;
pub mod slice;
pub mod special;
pub mod string;
pub mod system;
pub mod template;
pub(in crate::machine) mod traceback;
mod truth;
pub mod tuple;
pub mod types;

#[cfg(test)]
mod tests;

use crate::machine::data::exception as ex;
use crate::machine::memory::native::Type;
use crate::machine::memory::value::Value;
pub use fault::prelude_call;
pub use hash::address;
pub use identity::identity;
pub use membership::{contains, held};
pub use own::{user_attribute, user_method};
pub use shown::shown;
pub use truth::{is_true, truth};

/// The builtin types that have a name in every program.
static TYPES: &[&Type] = &[
    &types::BOOL,
    &types::BYTES,
    &types::CLASSMETHOD,
    &types::DICT,
    &types::FLOAT,
    &types::FROZENSET,
    &types::INT,
    &types::LIST,
    &types::OBJECT,
    &types::PROPERTY,
    &types::RANGE,
    &types::SET,
    &types::SLICE,
    &types::STATICMETHOD,
    &types::STR,
    &types::SUPER,
    &types::TUPLE,
    &types::TYPE,
];

/// The builtin of that name; those that need frames or attributes (`iter`, `next`, `getattr`, …) are the interpreter's.
pub fn builtin(name: &str) -> Option<Value> {
    match name {
        "__name__" => return Some(Value::str("__main__")),
        // A program is linked with its own.
        "__file__" => return Some(Value::str("<stdin>")),
        "__doc__" => return Some(Value::None),
        "__package__" => return Some(Value::None),
        "NotImplemented" => return Some(Value::NotImplemented),
        "exit" | "quit" => return system::member("exit"),
        "Ellipsis" => return Some(Value::Ellipsis),
        "IOError" | "EnvironmentError" => return Some(Value::Type(&ex::OS_ERROR)),
        _ => {}
    }
    let natives = function::FUNCTIONS.iter().chain(output::FUNCTIONS).chain(object::HOOKS).chain(library::FUNCTIONS);
    let natives = natives.chain(traceback::FUNCTIONS);
    if let Some(native) = { natives }.find(|native| native.name == name) {
        return Some(Value::Native(native));
    }
    if let Some(found) = TYPES.iter().find(|class| class.name == name) {
        return Some(Value::Type(found));
    }
    // What modules define has no name of its own.
    ex::named(name).filter(|class| class.module == "builtins").map(Value::Type)
}

/// A member of a module that computes.
pub fn module_member(module: &str, member: &str) -> Option<Value> {
    match module {
        "math" => math::member(member),
        "typing" => system::typing_member(member),
        "sys" => system::member(member),
        "collections" if member == "deque" => Some(Value::Type(&types::DEQUE)),
        "itertools" => itertools::member(member),
        "types" => traceback::member(member),
        "__future__" if member == "annotations" => Some(Value::None),
        _ => None,
    }
}
