//! `dir(object)`: the names of what an object has, sorted.

use super::arguments::function;
use super::fault::{Attempt, native, type_error};
use super::{class, types};
use crate::base::ObjectId;
use crate::bytecode::{Home, library};
use crate::machine::memory::native::{Arguments, Context, Native};
use crate::machine::memory::object::Object;
use crate::machine::memory::value::{ClassRef, Kind, Value};
use std::collections::BTreeSet;

/// `dir`, and what the compiler replaces where it is called.
pub static FUNCTIONS: &[Native] =
    &[native!("dir", dir), native!("globals", only_called), native!("locals", only_called)];

/// What every object has.
const OF_OBJECT: &[&str] = &[
    "__class__",
    "__delattr__",
    "__dir__",
    "__doc__",
    "__eq__",
    "__format__",
    "__ge__",
    "__getattribute__",
    "__getstate__",
    "__gt__",
    "__hash__",
    "__init__",
    "__init_subclass__",
    "__le__",
    "__lt__",
    "__ne__",
    "__new__",
    "__reduce__",
    "__reduce_ex__",
    "__repr__",
    "__setattr__",
    "__sizeof__",
    "__str__",
    "__subclasshook__",
];

fn dir(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [object] = function("dir", args)?;
    let mut names: BTreeSet<String> = BTreeSet::new();
    match object {
        Value::Module(module) => of_module(ctx, *module, &mut names)?,
        Value::Class(_) | Value::Type(_) => {
            let class = types::as_class(object).unwrap_or_else(|| types::class_of(object));
            of_class(ctx, &class, &mut names)?;
        }
        _ => {
            if let Value::Instance(instance) = object {
                of_instance(ctx, instance.id, &mut names)?;
            }
            of_class(ctx, &types::class_of(object), &mut names)?;
        }
    }
    let names: Vec<Value> = names.iter().map(|name| Value::str(&**name)).collect();
    Ok(Value::Object(Kind::List, ctx.memory.add(Object::List(names))))
}

fn of_instance(ctx: &Context<'_>, id: ObjectId, names: &mut BTreeSet<String>) -> Attempt<()> {
    let Object::Instance(instance) = ctx.memory.get(id)? else { return Ok(()) };
    match instance.dict {
        None => names.extend(instance.attributes.iter().map(|(name, _)| ctx.image.name(name).to_owned())),
        Some(dict) => {
            if let Object::Dict(dict) = ctx.memory.get(dict)? {
                let keys = dict.keys().filter_map(|key| match &key.value {
                    Value::Str(name) => Some(name.as_str().to_owned()),
                    _ => None,
                });
                names.extend(keys);
            }
        }
    }
    Ok(())
}

fn of_class(ctx: &Context<'_>, class: &ClassRef, names: &mut BTreeSet<String>) -> Attempt<()> {
    names.extend(OF_OBJECT.iter().map(|name| (*name).to_owned()));
    for ancestor in class::ancestry(class) {
        match ancestor {
            ClassRef::User(class) => {
                names.extend(["__dict__", "__module__", "__weakref__"].map(str::to_owned));
                if let Object::ClassVariables(variables) = ctx.memory.get(class.variables)? {
                    let bound = class::bound(ctx.memory.private.replaced(), &class, &variables.attributes);
                    names.extend(bound.iter().map(|(name, _)| ctx.image.name(*name).to_owned()));
                }
            }
            ClassRef::Builtin(class) => {
                let public = class.methods.iter().chain(class.properties).map(|native| native.name);
                names.extend(public.map(str::to_owned));
            }
        }
    }
    Ok(())
}

fn of_module(ctx: &Context<'_>, module: u16, names: &mut BTreeSet<String>) -> Attempt<()> {
    names.extend(["__doc__", "__file__", "__name__", "__package__"].map(str::to_owned));
    if let Some(known) = library::MODULES.get(usize::from(module)) {
        names.extend(known.provided().map(str::to_owned));
        return Ok(());
    }
    let Object::Namespace(values) = ctx.memory.get(ctx.image.namespace)? else { return Ok(()) };
    for (index, global) in ctx.image.program.globals.iter().enumerate() {
        let name = ctx.image.name(global.name);
        if global.home == Home::Own(module) && !values[index].is_unbound() && !name.starts_with('.') {
            names.insert(name.to_owned());
        }
    }
    Ok(())
}

fn only_called(_: &mut Context<'_>, _: Arguments<'_>) -> Attempt {
    Err(type_error("raddle knows `globals` and `locals` only where they are called by these names"))
}
