//! `property`, `staticmethod`, `classmethod`.

use super::arguments::{bind, given, method, wrong_receiver};
use super::fault::{Attempt, native};
use crate::machine::memory::native::{Arguments, Context, Native};
use crate::machine::memory::value::{Descriptor, Value};
use triomphe::Arc;

/// `property(…)`
pub static NEW_PROPERTY: Native = native!("property", new_property);
/// `staticmethod(function)`
pub static NEW_STATIC: Native = native!("staticmethod", new_static);
/// `classmethod(function)`
pub static NEW_CLASS: Native = native!("classmethod", new_class);

/// Methods of properties.
pub const METHODS: &[Native] = &[native!("getter", getter), native!("setter", setter), native!("deleter", deleter)];

/// Computed attributes of properties.
pub const PROPERTIES: &[Native] =
    &[native!("fget", get_function), native!("fset", set_function), native!("fdel", delete_function)];

/// Computed attributes of static and class methods.
pub const WRAPPED: &[Native] = &[native!("__func__", wrapped_function)];

fn wrapped_function(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    match args.positional {
        [Value::Descriptor(descriptor)] => Ok(descriptor.parts()[0].clone()),
        other => Err(super::arguments::wrong_receiver("staticmethod.__func__", other.first())),
    }
}

fn new_property(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [getter, setter, deleter, _] =
        bind(ctx, "property", &args.positional[1..], args, ["fget", "fset", "fdel", "doc"], 0, 4)?;
    let part = |value: &Value| given(value).cloned().unwrap_or(Value::None);
    Ok(Value::Descriptor(Arc::new(Descriptor::Property {
        getter: part(&getter),
        setter: part(&setter),
        deleter: part(&deleter),
    })))
}

fn new_static(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [_, function] = method("staticmethod", args)?;
    Ok(Value::Descriptor(Arc::new(Descriptor::Static(function.clone()))))
}

fn new_class(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [_, function] = method("classmethod", args)?;
    Ok(Value::Descriptor(Arc::new(Descriptor::Class(function.clone()))))
}

/// The three functions of a property.
fn parts(name: &str, value: &Value) -> Attempt<[Value; 3]> {
    if let Value::Descriptor(descriptor) = value
        && let Descriptor::Property { getter, setter, deleter } = &**descriptor
    {
        return Ok([getter.clone(), setter.clone(), deleter.clone()]);
    }
    Err(wrong_receiver(name, Some(value)))
}

/// The property with one of its functions replaced.
fn with(name: &str, args: Arguments<'_>, index: usize) -> Attempt {
    let [property, function] = method(name, args)?;
    let mut parts = parts(name, property)?;
    parts[index] = function.clone();
    let [getter, setter, deleter] = parts;
    Ok(Value::Descriptor(Arc::new(Descriptor::Property { getter, setter, deleter })))
}

fn getter(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    with("property.getter", args, 0)
}

fn setter(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    with("property.setter", args, 1)
}

fn deleter(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    with("property.deleter", args, 2)
}

fn one_of(name: &str, args: Arguments<'_>, index: usize) -> Attempt {
    let [property] = method(name, args)?;
    Ok(parts(name, property)?[index].clone())
}

fn get_function(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    one_of("property.fget", args, 0)
}

fn set_function(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    one_of("property.fset", args, 1)
}

fn delete_function(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    one_of("property.fdel", args, 2)
}
