//! What the prelude and the library's modules in Python need of the machine, under names that no scenario can write.

use super::arguments::function;
use super::date::Date;
use super::fault::{Attempt, Fault, native, type_error};
use super::types;
use crate::base::ObjectId;
use crate::bytecode::OWN_MODULES;
use crate::machine::data::traceback;
use crate::machine::memory::native::{Arguments, Context, Native};
use crate::machine::memory::object::{Object, Payload};
use crate::machine::memory::value::Value;

/// The functions.
pub static FUNCTIONS: &[Native] = &[
    native!("__arranged", super::list::arranged),
    native!("__emptied", super::list::emptied),
    native!("__refilled", super::list::refilled),
    native!("__traceback", traceback_of),
    native!("__traceback_said", traceback_said),
    native!("__strftime", strftime),
    native!("__argv", argv),
    native!("__own_module", own_module),
    native!("__load_module", load_module),
    native!("__is_begun", is_begun),
    native!("__begin_module", begin_module),
    native!("__importer", importer),
    native!("__await_module", await_module),
    native!("__end_module", end_module),
];

/// `__traceback(exception)`: its traceback, and those of the exceptions that led to it. Each is asked what it says first.
fn traceback_of(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [exception] = function("__traceback", args)?;
    Err(Fault::Prelude("traceback", vec![exception.clone()], Vec::new()))
}

/// `__traceback_said(exception, [(exception, its words), …])`: the same, once they were asked.
fn traceback_said(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [exception, said] = function("__traceback_said", args)?;
    let mut words: Vec<(ObjectId, Box<str>)> = Vec::new();
    for pair in super::iterate::collected(ctx, said)? {
        if let Value::Tuple(pair) = pair
            && let [Value::Instance(one), Value::Str(text)] = &pair[..]
        {
            // Shared ones are out of reach at first.
            ctx.memory.get(one.id)?;
            words.push((one.id, text.as_str().into()));
        }
    }
    match exception {
        Value::Instance(instance) => match ctx.memory.get(instance.id)? {
            Object::Instance(object) if matches!(object.payload, Payload::Exception(_)) => {
                Ok(Value::str(traceback::format(ctx, exception, &words)))
            }
            _ => Err(type_error("Exception expected for value")),
        },
        _ => Err(type_error("Exception expected for value")),
    }
}

/// `__argv()`: the program's name, and what it is run with.
fn argv(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [] = function("__argv", args)?;
    let program = &ctx.image.program;
    let texts = std::iter::once(program.source.name()).chain(program.arguments.iter().map(|argument| &**argument));
    Ok(Value::tuple(texts.map(Value::str).collect()))
}

/// The module of the author's own with that index.
fn own_index(ctx: &Context<'_>, index: &Value) -> Attempt<u16> {
    match index {
        Value::Int(index) if usize::try_from(*index).is_ok_and(|index| index < ctx.image.program.modules.len()) => {
            Ok(OWN_MODULES + *index as u16)
        }
        _ => Err(type_error("there is no such module")),
    }
}

/// `__own_module(index)`: the module.
fn own_module(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [index] = function("__own_module", args)?;
    Ok(Value::Module(own_index(ctx, index)?))
}

/// `__load_module(name)`: runs the module of that name, if it is one of the author's own whose code has not run to its end.
fn load_module(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [Value::Str(name)] = function("__load_module", args)? else { return Ok(Value::None) };
    let Some((number, own)) = ctx.image.program.own_modules().find(|(_, own)| &*own.name == name.as_str()) else {
        return Ok(Value::None);
    };
    let done = own.done.0 as usize;
    match ctx.memory.get(ctx.image.namespace)? {
        Object::Namespace(values) if values[done].is_unbound() => {
            let index = Value::Int(i64::from(number - OWN_MODULES));
            Err(Fault::Prelude("load_module", vec![index], Vec::new()))
        }
        _ => Ok(Value::None),
    }
}

/// The globals that say how far a module of the author's own is: who has begun to run its code, and whether that is done.
fn progress(ctx: &Context<'_>, index: &Value) -> Attempt<(usize, usize)> {
    match ctx.image.program.own_module(own_index(ctx, index)?) {
        Some(own) => Ok((own.begun.0 as usize, own.done.0 as usize)),
        None => Err(type_error("there is no such module")),
    }
}

/// `__is_begun(index)`: whether the module's code has begun to run, and not failed.
fn is_begun(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [index] = function("__is_begun", args)?;
    let (begun, _) = progress(ctx, index)?;
    match ctx.memory.get(ctx.image.namespace)? {
        Object::Namespace(values) => Ok(Value::Bool(!values[begun].is_unbound())),
        _ => Ok(Value::Bool(false)),
    }
}

/// `__begin_module(index, thread)`: the thread begins to run the module's code, if nobody has: `None`. Else who has; the
/// thread itself if that is done.
fn begin_module(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [index, thread] = function("__begin_module", args)?;
    let (begun, done) = progress(ctx, index)?;
    match ctx.memory.get_mut(ctx.image.namespace)? {
        Object::Namespace(values) if values[begun].is_unbound() => {
            values[begun] = thread.clone();
            Ok(Value::None)
        }
        Object::Namespace(values) if values[done].is_unbound() => Ok(without_mark(&values[begun])),
        _ => Ok(thread.clone()),
    }
}

/// `__importer(index)`: the thread that runs the module's code now; `None`: none does.
fn importer(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [index] = function("__importer", args)?;
    let (begun, done) = progress(ctx, index)?;
    match ctx.memory.get(ctx.image.namespace)? {
        Object::Namespace(values) if values[done].is_unbound() && !values[begun].is_unbound() => {
            Ok(without_mark(&values[begun]))
        }
        _ => Ok(Value::None),
    }
}

/// Who runs a module is negative as long as somebody waits for that.
fn without_mark(importer: &Value) -> Value {
    match importer {
        Value::Int(thread) => Value::Int(thread.abs()),
        other => other.clone(),
    }
}

/// `__await_module(index)`: whether a thread runs the module's code, which will then be told that somebody waits.
fn await_module(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [index] = function("__await_module", args)?;
    let (begun, done) = progress(ctx, index)?;
    match ctx.memory.get_mut(ctx.image.namespace)? {
        Object::Namespace(values) if values[done].is_unbound() => match &mut values[begun] {
            Value::Int(thread) => {
                *thread = -thread.abs();
                Ok(Value::Bool(true))
            }
            _ => Ok(Value::Bool(false)),
        },
        _ => Ok(Value::Bool(false)),
    }
}

/// `__end_module(index, failed)`: the module's code has run, or failed, so that it has not begun. Whether somebody waits.
fn end_module(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [index, failed] = function("__end_module", args)?;
    let (begun, _) = progress(ctx, index)?;
    match ctx.memory.get_mut(ctx.image.namespace)? {
        Object::Namespace(values) => {
            let awaited = matches!(values[begun], Value::Int(..0));
            if matches!(failed, Value::Bool(true)) {
                values[begun] = Value::Unbound;
            }
            Ok(Value::Bool(awaited))
        }
        _ => Ok(Value::Bool(false)),
    }
}

/// `__strftime(format, fields)`
fn strftime(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [format, fields] = function("__strftime", args)?;
    match (format, fields) {
        (Value::Str(format), Value::Tuple(fields)) => Ok(Value::str(Date::of_fields(fields)?.written(format.as_str()))),
        (other, _) => Err(type_error(format!("strftime() argument 1 must be str, not {}", types::name_of(other)))),
    }
}
