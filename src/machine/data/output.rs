//! `print`.

use super::fault::{Attempt, Fault, native, type_error};
use super::{repr, system, types};
use crate::machine::data::exception::TYPE_ERROR;
use crate::machine::memory::native::{Arguments, Call, Context, Native, Result};
use crate::machine::memory::operation::Operation;
use crate::machine::memory::value::Value;

/// `print`, and what the prelude's own `print` ends with.
pub static FUNCTIONS: &[Native] =
    &[Native { name: "print", call: Call::Operation(print) }, Native { name: "__print", call: Call::Operation(write) }];

/// Keywords of `print`.
struct Options {
    separator: String,
    end: String,
    error: bool,
}

fn print(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    printed(ctx, args).map_err(|fault| fault.halt(ctx))
}

fn printed(ctx: &Context<'_>, args: Arguments<'_>) -> Attempt<Operation> {
    if args.keywords.iter().any(|(name, value)| ctx.image.name(*name) == "file" && matches!(value, Value::Instance(_)))
    {
        return Err(Fault::Prelude("print", args.positional.to_vec(), args.keywords.to_vec()));
    }
    let options = options(ctx, args)?;
    let mut text = String::new();
    for (index, value) in args.positional.iter().enumerate() {
        if index > 0 {
            text.push_str(&options.separator);
        }
        match repr::inner_text(ctx, value) {
            Ok(part) => text.push_str(&part),
            Err(Fault::Python(_)) => {
                return Err(Fault::Prelude("print", args.positional.to_vec(), args.keywords.to_vec()));
            }
            Err(fault) => return Err(fault),
        }
    }
    text.push_str(&options.end);
    Ok(Operation::Print { text: text.into(), error: options.error })
}

fn options(ctx: &Context<'_>, args: Arguments<'_>) -> Attempt<Options> {
    let mut options = Options { separator: " ".to_owned(), end: "\n".to_owned(), error: false };
    for (symbol, value) in args.keywords {
        let name = ctx.image.name(*symbol);
        match (name, value.plain()) {
            ("sep" | "end", Value::None) | ("flush", _) => {}
            ("sep", Value::Str(text)) => options.separator = text.as_str().to_owned(),
            ("end", Value::Str(text)) => options.end = text.as_str().to_owned(),
            ("sep" | "end", other) => {
                return Err(type_error(format!("{name} must be None or a string, not {}", types::name_of(other))));
            }
            ("file", file) => options.error = is_error(file)?,
            _ => {
                return Err(Fault::Error(
                    &TYPE_ERROR,
                    format!("'{name}' is an invalid keyword argument for print()").into(),
                ));
            }
        }
    }
    Ok(options)
}

/// Whether a `file` is standard error.
fn is_error(file: &Value) -> Attempt<bool> {
    match file {
        Value::None => Ok(false),
        Value::Type(class) if std::ptr::eq(*class, &system::STDOUT) => Ok(false),
        Value::Type(class) if std::ptr::eq(*class, &system::STDERR) => Ok(true),
        other => Err(Fault::Error(
            &crate::machine::data::exception::ATTRIBUTE_ERROR,
            format!("'{}' object has no attribute 'write'", types::name_of(other)).into(),
        )),
    }
}

/// `__print(text, file)`
fn write(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let attempt = match args.positional {
        [Value::Str(text)] => Ok(Operation::Print { text: text.as_str().into(), error: false }),
        [Value::Str(text), file] => is_error(file).map(|error| Operation::Print { text: text.as_str().into(), error }),
        _ => Err(type_error("write() argument must be str")),
    };
    attempt.map_err(|fault| fault.halt(ctx))
}

/// `sys.stdout.write(text)`
fn write_out(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    write_to(ctx, args, false)
}

/// `sys.stderr.write(text)`
fn write_error(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    write_to(ctx, args, true)
}

fn write_to(ctx: &mut Context<'_>, args: Arguments<'_>, error: bool) -> Result<Operation> {
    match args.positional {
        [Value::Str(text)] => Ok(Operation::Print { text: text.as_str().into(), error }),
        [other] => Err(ctx.type_error(format!("write() argument must be str, not {}", types::name_of(other)))),
        _ => Err(ctx.type_error("write() takes exactly one argument")),
    }
}

fn nothing(_: &mut Context<'_>, _: Arguments<'_>) -> Attempt {
    Ok(Value::None)
}

fn no(_: &mut Context<'_>, _: Arguments<'_>) -> Attempt {
    Ok(Value::Bool(false))
}

fn yes(_: &mut Context<'_>, _: Arguments<'_>) -> Attempt {
    Ok(Value::Bool(true))
}

fn encoding(_: &mut Context<'_>, _: Arguments<'_>) -> Attempt {
    Ok(Value::str("utf-8"))
}

fn out_number(_: &mut Context<'_>, _: Arguments<'_>) -> Attempt {
    Ok(Value::Int(1))
}

fn error_number(_: &mut Context<'_>, _: Arguments<'_>) -> Attempt {
    Ok(Value::Int(2))
}

fn out_name(_: &mut Context<'_>, _: Arguments<'_>) -> Attempt {
    Ok(Value::str("<stdout>"))
}

fn error_name(_: &mut Context<'_>, _: Arguments<'_>) -> Attempt {
    Ok(Value::str("<stderr>"))
}

/// Methods of `sys.stdout`.
pub const OUT: &[Native] = &[
    Native { name: "write", call: Call::Operation(write_out) },
    native!("flush", nothing),
    native!("reconfigure", nothing),
    native!("isatty", no),
    native!("readable", no),
    native!("writable", yes),
    native!("fileno", out_number),
];

/// Methods of `sys.stderr`.
pub const ERROR: &[Native] = &[
    Native { name: "write", call: Call::Operation(write_error) },
    native!("flush", nothing),
    native!("reconfigure", nothing),
    native!("isatty", no),
    native!("readable", no),
    native!("writable", yes),
    native!("fileno", error_number),
];

/// What `sys.stdout` says of itself.
pub const OUT_PROPERTIES: &[Native] =
    &[native!("encoding", encoding), native!("name", out_name), native!("closed", no)];
/// What `sys.stderr` says of itself.
pub const ERROR_PROPERTIES: &[Native] =
    &[native!("encoding", encoding), native!("name", error_name), native!("closed", no)];
