//! `sys` and `typing`.

use super::fault::{Attempt, Fault, native};
use super::{arguments, output, types};
use crate::machine::data::exception as ex;
use crate::machine::memory::native::{Arguments, Context, Layout, Native, Type};
use crate::machine::memory::value::Value;

/// `sys.stdout`
pub static STDOUT: Type = stream("stdout", output::OUT, output::OUT_PROPERTIES);
/// `sys.stderr`
pub static STDERR: Type = stream("stderr", output::ERROR, output::ERROR_PROPERTIES);

/// Whether that is one of the standard streams, which are shown as types and are objects.
pub fn is_stream(of: &'static Type) -> bool {
    std::ptr::eq(of, &STDOUT) || std::ptr::eq(of, &STDERR)
}

const fn stream(name: &'static str, methods: &'static [Native], properties: &'static [Native]) -> Type {
    Type {
        name,
        module: "sys",
        base: Some(&types::OBJECT),
        construct: None,
        methods,
        properties,
        layout: Layout::Final,
    }
}

/// Declares types that are there to be named: constant, name, module, methods, how they are called, layout.
macro_rules! names {
    ($($constant:ident $name:literal in $module:literal: $methods:expr, $construct:expr, $layout:ident;)*) => {
        $(
            #[doc = concat!("`", $module, ".", $name, "`")]
            pub static $constant: Type = Type {
                name: $name,
                module: $module,
                base: Some(&types::OBJECT),
                construct: $construct,
                methods: $methods,
                properties: &[],
                layout: Layout::$layout,
            };
        )*
    };
}

names! {
    ANY "Any" in "typing": &[], None, Final;
    CALLABLE "Callable" in "typing": &[], None, Final;
    CLASS_VAR "ClassVar" in "typing": &[], None, Final;
    FINAL "Final" in "typing": &[], None, Final;
    GENERIC "Generic" in "typing": &[], None, Plain;
    ITERABLE "Iterable" in "typing": &[], None, Final;
    ITERATOR "Iterator" in "typing": &[], None, Final;
    OPTIONAL "Optional" in "typing": &[], None, Final;
    TYPE_VAR "TypeVar" in "typing": &[], Some(TYPE_VARIABLE.call), Final;
    UNION "Union" in "typing": &[], None, Final;
}

static TYPE_VARIABLE: Native = native!("TypeVar", type_variable);
static CAST: Native = native!("cast", cast);

fn type_variable(_: &mut Context<'_>, _: Arguments<'_>) -> Attempt {
    Ok(Value::Type(&ANY))
}

fn cast(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [_, value] = arguments::function("cast", args)?;
    Ok(value.clone())
}

/// A member of `typing`.
pub fn typing_member(name: &str) -> Option<Value> {
    Some(Value::Type(match name {
        "Any" => &ANY,
        "Callable" => &CALLABLE,
        "ClassVar" => &CLASS_VAR,
        "Dict" => &types::DICT,
        "Final" => &FINAL,
        "Generic" => &GENERIC,
        "Iterable" => &ITERABLE,
        "Iterator" => &ITERATOR,
        "List" => &types::LIST,
        "Optional" => &OPTIONAL,
        "Set" => &types::SET,
        "Tuple" => &types::TUPLE,
        "TypeVar" => &TYPE_VAR,
        "Union" => &UNION,
        "cast" => return Some(Value::Native(&CAST)),
        _ => return None,
    }))
}

static FUNCTIONS: &[Native] = &[
    native!("exit", exit),
    native!("getswitchinterval", switch_interval),
    native!("setswitchinterval", set_switch_interval),
    native!("getrecursionlimit", recursion_limit),
];

/// A member of `sys`.
pub fn member(name: &str) -> Option<Value> {
    match name {
        "__stdout__" => Some(Value::Type(&STDOUT)),
        "__stderr__" => Some(Value::Type(&STDERR)),
        "version" => Some(Value::str("3.11.0 (raddle)")),
        "platform" => Some(Value::str("linux")),
        "version_info" => {
            let last = [Value::str("final"), Value::Int(0)];
            Some(Value::tuple([3, 11, 0].map(Value::Int).into_iter().chain(last).collect()))
        }
        "maxsize" => Some(Value::Int(i64::MAX)),
        _ => FUNCTIONS.iter().find(|native| native.name == name).map(Value::Native),
    }
}

fn exit(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (_, rest) = arguments::between("exit", args, 0, 0, 1)?;
    Err(Fault::With(&ex::SYSTEM_EXIT, rest.to_vec()))
}

fn switch_interval(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [] = arguments::function("sys.getswitchinterval", args)?;
    Ok(Value::Float(0.005))
}

fn set_switch_interval(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [_] = arguments::function("sys.setswitchinterval", args)?;
    Ok(Value::None)
}

fn recursion_limit(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [] = arguments::function("sys.getrecursionlimit", args)?;
    Ok(Value::Int(1000))
}
