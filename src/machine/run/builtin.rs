//! Builtin names: those that the interpreter does itself, then those of `data` and `sync`.

use super::image::Image;
use super::{files, log, process, random, signal};
use crate::bytecode::Program;
use crate::machine::data;
use crate::machine::memory::image::{Linked, Provided};
use crate::machine::memory::native::{Arguments, Call, Context, Native, Result, Special};
use crate::machine::memory::object::{Object, Payload};
use crate::machine::memory::value::Value;
use crate::machine::sync::{between, kinds};
use std::sync::Arc;

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
    special!("delattr", DelAttr),
    special!("vars", Vars),
];

/// Methods of generators and iterators.
pub(in crate::machine) static GENERATOR_METHODS: &[Native] = &[
    special!("__next__", Next),
    special!("__iter__", Iter),
    special!("send", Send),
    special!("close", Close),
    special!("throw", Throw),
];

/// What every object has.
pub(in crate::machine) static OBJECT_METHODS: &[Native] = &[
    Native { name: "__init__", call: Call::Plain(object_init) },
    Native { name: "__new__", call: Call::Plain(object_new) },
    Native { name: "__init_subclass__", call: Call::Plain(init_subclass) },
    special!("__getattribute__", OwnGetAttr),
    special!("__setattr__", OwnSetAttr),
    special!("__delattr__", OwnDelAttr),
];

/// `type.__call__`
pub(in crate::machine) static INSTANTIATE: Native = special!("__call__", Instantiate);

fn object_new(context: &mut Context<'_>, arguments: Arguments<'_>) -> Result {
    data::object::bare(context, arguments).map_err(|fault| fault.halt(context))
}

/// `object.__init_subclass__`, which takes nothing.
fn init_subclass(context: &mut Context<'_>, arguments: Arguments<'_>) -> Result {
    if arguments.keywords.is_empty() {
        return Ok(Value::None);
    }
    let name = arguments.positional.first().and_then(data::types::as_class);
    let name = name.map_or_else(|| "object".to_owned(), |class| class.name().to_owned());
    Err(context.type_error(format!("{name}.__init_subclass__() takes no keyword arguments")))
}

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

impl Image {
    /// Links a program with what the machine provides.
    pub fn new(program: Arc<Program>) -> Self {
        data::types::provide_primitives(kinds::type_of_kind, between::type_of_kind);
        let types = data::types::WITH_METHODS.iter().copied().chain(kinds::types()).collect();
        let provided = Provided { builtin: find, member: module_member, types, primitive: kinds::repr };
        Image::of(Linked::new(program, provided))
    }
}

/// The builtin of that name.
pub(in crate::machine) fn find(name: &str) -> Option<Value> {
    let of_modules = random::GENERATORS.iter().chain(data::regex::FUNCTIONS).chain(data::digest::FUNCTIONS);
    let of_modules = of_modules.chain(data::names::FUNCTIONS);
    let special = SPECIAL.iter().chain(of_modules).find(|native| native.name == name);
    special
        .map(Value::Native)
        .or_else(|| signal::function(name))
        .or_else(|| files::function(name))
        .or_else(|| process::function(name))
        .or_else(|| log::function(name))
        .or_else(|| kinds::library_function(name))
        .or_else(|| data::builtin(name))
}

/// The member of a module.
pub(in crate::machine) fn module_member(module: &str, name: &str) -> Option<Value> {
    match module {
        "random" => random::member(name),
        "heapq" => data::heaps::member(name),
        "bisect" => data::bisect::member(name),
        _ => kinds::module_member(module, name).or_else(|| data::module_member(module, name)),
    }
}
