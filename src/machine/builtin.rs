//! Builtin names: those that the interpreter does itself, then those of `data` and `sync`.

use super::native::{Arguments, Call, Context, Native, Result, Special};
use super::object::{Object, Payload};
use super::value::Value;

macro_rules! special {
    ($name:literal, $special:ident) => {
        Native { name: $name, call: Call::Special(Special::$special) }
    };
}

/// Functions that need frames or attributes.
static SPECIAL: &[Native] = &[
    special!("iter", Iter),
    special!("next", Next),
    special!("getattr", GetAttr),
    special!("hasattr", HasAttr),
    special!("setattr", SetAttr),
];

/// Methods of generators and iterators.
pub(super) static GENERATOR_METHODS: &[Native] = &[
    special!("__next__", Next),
    special!("__iter__", Iter),
    special!("send", Send),
    special!("close", Close),
    special!("throw", Throw),
];

/// What every object has.
pub(super) static OBJECT_METHODS: &[Native] = &[Native { name: "__init__", call: Call::Plain(object_init) }];

/// `object.__init__`, and that of exceptions, which keeps its arguments.
fn object_init(context: &mut Context<'_>, arguments: Arguments<'_>) -> Result {
    let Some((Value::Instance(instance), given)) = arguments.positional.split_first() else { return Ok(Value::None) };
    if let Object::Instance(instance) = context.memory.get_mut(instance.id)?
        && let Payload::Exception(data) = &mut instance.payload
    {
        data.arguments = given.to_vec();
        return Ok(Value::None);
    }
    if given.is_empty() {
        return Ok(Value::None);
    }
    Err(context.type_error("object.__init__() takes exactly one argument (the instance to initialize)"))
}

/// The builtin of that name.
pub(super) fn find(name: &str) -> Option<Value> {
    let special = SPECIAL.iter().find(|native| native.name == name);
    special.map(Value::Native).or_else(|| super::sync::builtin(name)).or_else(|| super::data::builtin(name))
}

/// The member of a module.
pub(super) fn module_member(module: &str, name: &str) -> Option<Value> {
    super::sync::module_member(module, name).or_else(|| super::data::module_member(module, name))
}
