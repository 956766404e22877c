//! `logging`: loggers and handlers, kept by the machine, so that a log call is one operation: it asks the levels, writes the
//! record and prints it. What programs see of them is written in Python, in `lang/library/logging.py`.
//!
//! The machine writes what plain handlers of standard output and standard error write. Records that need more, because a
//! handler, a formatter or a filter is the program's own, or because an exception goes with them, are handed to Python code.
//!
//! A *logger* is known by its dotted name; the root's is empty. A *handler* is known by its object. How a record becomes
//! text stands in `log::record`.

mod record;

use crate::event::EventKind;
use crate::machine::data;
use crate::machine::data::fault::{Attempt, Fault};
use crate::machine::data::traceback;
use crate::machine::memory::native::{Answers, Arguments, Call, Context, Halt, Native, Result};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Operation, Progress, Stage};
use crate::machine::memory::primitive::log::{Action, Configuration, Emission, Format, Handler, Stream, WARNING};
use crate::machine::memory::reach::{Memory, Reach};
use crate::machine::memory::value::Value;
use crate::machine::sync::primitive::Primitive;
use crate::machine::sync::shared::Turn;
use crate::machine::sync::support::{call_library, done};
use crate::schedule::Alternative;
use record::Record;
use std::sync::Arc;

/// What `lang/library/logging.py` and the prelude are made of.
static FUNCTIONS: &[Native] = &[
    Native { name: "__log", call: Call::Operation(emit) },
    Native { name: "__log_logger", call: Call::Operation(logger) },
    Native { name: "__log_set", call: Call::Operation(set) },
    Native { name: "__log_ask", call: Call::Operation(ask) },
    Native { name: "__log_attach", call: Call::Operation(attach) },
    Native { name: "__log_handler_level", call: Call::Operation(handler_level) },
    Native { name: "__log_handler_format", call: Call::Operation(handler_format) },
    Native { name: "__log_configure", call: Call::Operation(configure) },
];

/// The function of that name.
pub fn function(name: &str) -> Option<Value> {
    FUNCTIONS.iter().find(|native| native.name == name).map(Value::Native)
}

// The library's Python code calls these with what they take, and nothing else.

fn at(args: Arguments<'_>, index: usize) -> Value {
    args.positional.get(index).cloned().unwrap_or(Value::None)
}

fn text(value: &Value) -> Option<Arc<str>> {
    if let Value::Str(text) = value { Some(text.as_str().into()) } else { None }
}

fn name_at(args: Arguments<'_>, index: usize) -> Arc<str> {
    text(&at(args, index)).unwrap_or_else(|| "".into())
}

fn number_at(args: Arguments<'_>, index: usize) -> i64 {
    match at(args, index) {
        Value::Int(number) => number,
        Value::Bool(truth) => i64::from(truth),
        _ => 0,
    }
}

/// 1 is standard output, 2 standard error, 3 what Python code does.
fn stream(value: &Value) -> Option<Stream> {
    match value {
        Value::Int(1) => Some(Stream::Output),
        Value::Int(2) => Some(Stream::Error),
        Value::Int(3) => Some(Stream::Python),
        _ => None,
    }
}

/// The formatter, its template, date format and style.
fn format_at(args: Arguments<'_>, index: usize) -> Format {
    Format {
        object: at(args, index),
        template: name_at(args, index + 1),
        date: text(&at(args, index + 2)),
        style: name_at(args, index + 3).chars().next().unwrap_or('%'),
    }
}

fn operation(action: Action) -> Result<Operation> {
    Ok(Operation::Log(triomphe::Arc::new(action)))
}

fn emit(_: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    operation(Action::Emit(Emission {
        logger: text(&at(args, 0)),
        level: number_at(args, 1),
        message: at(args, 2),
        arguments: at(args, 3),
        exception: at(args, 4),
        extra: at(args, 5),
    }))
}

fn logger(_: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    operation(Action::Logger(name_at(args, 0), args.positional.get(1).cloned()))
}

fn set(_: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    operation(Action::Set(name_at(args, 0), name_at(args, 1), number_at(args, 2)))
}

fn ask(_: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    operation(Action::Ask(name_at(args, 0), name_at(args, 1), number_at(args, 2)))
}

fn attach(_: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let adds = number_at(args, 3) != 0;
    operation(Action::Attach(name_at(args, 0), at(args, 1), stream(&at(args, 2)), adds))
}

fn handler_level(_: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    operation(Action::HandlerLevel(at(args, 0), stream(&at(args, 1)), number_at(args, 2)))
}

fn handler_format(_: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    operation(Action::HandlerFormat(at(args, 0), stream(&at(args, 1)), format_at(args, 2)))
}

/// `__log_configure(force, level, ((handler, stream), …), formatter, template, date, style)`
fn configure(_: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let pair = |value: &Value| match value {
        Value::Tuple(pair) => Some((pair.first()?.clone(), stream(pair.get(1)?))),
        _ => None,
    };
    let handlers =
        if let Value::Tuple(pairs) = at(args, 2) { pairs.iter().filter_map(pair).collect() } else { Vec::new() };
    let level = if let Value::Int(level) = at(args, 1) { Some(level) } else { None };
    operation(Action::Configure(Configuration {
        force: number_at(args, 0) != 0,
        handlers,
        format: format_at(args, 3),
        level,
    }))
}

impl Primitive for Action {
    type On = ();

    fn perform(&self, turn: &mut Turn<'_>, (): (), _stage: Stage, _alternative: Alternative) -> Result<Progress> {
        match self {
            Action::Emit(emission) => return say(turn, emission),
            Action::Logger(name, given) => return done(find(turn, name, given.as_ref())),
            Action::Set(name, what, value) => {
                let logging = &mut turn.process_mut().household.logging;
                match &**what {
                    "level" => logging.logger(name).level = *value,
                    "propagate" => logging.logger(name).propagates = *value != 0,
                    "disabled" => logging.logger(name).disabled = *value != 0,
                    "filtered" => logging.logger(name).filtered = *value != 0,
                    _ => logging.disabled = *value,
                }
            }
            Action::Ask(name, what, value) => return done(answer(turn, name, what, *value)),
            Action::Attach(name, object, to, adds) => {
                turn.share(object);
                let logging = &mut turn.process_mut().household.logging;
                let handler = logging.handler(object, *to);
                let handlers = &mut logging.logger(name).handlers;
                let known = handlers.iter().position(|other| *other == handler);
                match known {
                    Some(index) if !adds => {
                        handlers.remove(index);
                    }
                    None if *adds => handlers.push(handler),
                    _ => {}
                }
            }
            Action::HandlerLevel(object, to, level) => {
                turn.share(object);
                let handler = turn.process_mut().household.logging.handler(object, *to);
                turn.process_mut().household.logging.handlers[handler].level = *level;
            }
            Action::HandlerFormat(object, to, format) => {
                turn.share(object);
                turn.share(&format.object);
                let handler = turn.process_mut().household.logging.handler(object, *to);
                turn.process_mut().household.logging.handlers[handler].format = Some(format.clone());
            }
            Action::Configure(configuration) => set_up(turn, configuration),
        }
        done(Value::None)
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Emit(_) => "log",
            Action::Logger(..)
            | Action::Set(..)
            | Action::Ask(..)
            | Action::Attach(..)
            | Action::HandlerLevel(..)
            | Action::HandlerFormat(..)
            | Action::Configure(_) => "set up logging",
        }
    }
}
fn find(turn: &mut Turn<'_>, name: &Arc<str>, given: Option<&Value>) -> Value {
    if let Some(given) = given
        && turn.process_mut().household.logging.logger(name).object.is_none()
    {
        turn.share(given);
        turn.process_mut().household.logging.logger(name).object = Some(given.clone());
    }
    turn.process().household.logging.loggers.get(name).and_then(|logger| logger.object.clone()).unwrap_or(Value::None)
}

fn answer(turn: &mut Turn<'_>, name: &Arc<str>, what: &str, value: i64) -> Value {
    let logging = &mut turn.process_mut().household.logging;
    match what {
        "level" => Value::Int(logging.logger(name).level),
        "effective" => Value::Int(logging.effective(name)),
        "propagate" => Value::Bool(logging.logger(name).propagates),
        "disabled" => Value::Bool(logging.logger(name).disabled),
        "enabled" => Value::Bool(logging.is_enabled(name, value)),
        "parent" if name.is_empty() => Value::None,
        "parent" => {
            let above = |end: usize| &name[..end];
            let names = name.rmatch_indices('.').map(|(dot, _)| above(dot));
            Value::str(names.into_iter().find(|name| logging.loggers.contains_key(*name)).unwrap_or(""))
        }
        "any" => Value::Bool(!logging.handlers_of(name).is_empty()),
        _ => {
            let objects = |index: &usize| logging.handlers[*index].object.clone();
            let handlers = logging.loggers.get(name).map_or(&[][..], |logger| &logger.handlers);
            Value::tuple(handlers.iter().filter_map(objects).collect())
        }
    }
}

fn set_up(turn: &mut Turn<'_>, configuration: &Configuration) {
    let root: Arc<str> = "".into();
    if configuration.force {
        turn.process_mut().household.logging.logger(&root).handlers.clear();
    }
    if !turn.process_mut().household.logging.logger(&root).handlers.is_empty() {
        return;
    }
    turn.share(&configuration.format.object);
    for (object, to) in &configuration.handlers {
        turn.share(object);
        let logging = &mut turn.process_mut().household.logging;
        let handler = logging.handler(object, *to);
        logging.handlers[handler].format.get_or_insert_with(|| configuration.format.clone());
        logging.logger(&root).handlers.push(handler);
    }
    if let Some(level) = configuration.level {
        turn.process_mut().household.logging.logger(&root).level = level;
    }
}

/// A log call: nothing, or a record for every handler that it comes to.
fn say(turn: &mut Turn<'_>, emission: &Emission) -> Result<Progress> {
    let name = emission.logger.clone().unwrap_or_else(|| "".into());
    let logging = &mut turn.process_mut().household.logging;
    if emission.logger.is_none() && logging.logger(&name).handlers.is_empty() {
        logging.handlers.push(Handler { object: None, to: Some(Stream::Error), level: 0, format: None });
        let handler = logging.handlers.len() - 1;
        logging.logger(&name).handlers.push(handler);
    }
    if !logging.is_enabled(&name, emission.level) {
        return done(Value::None);
    }
    let handlers: Vec<Handler> =
        logging.handlers_of(&name).into_iter().map(|index| logging.handlers[index].clone()).collect();
    let nobody = handlers.is_empty();
    let wanted = |handler: &Handler| handler.to.is_some() && emission.level >= handler.level;
    let handlers: Vec<Handler> = handlers.into_iter().filter(wanted).collect();
    if handlers.is_empty() && !(nobody && emission.level >= WARNING) {
        return done(Value::None);
    }
    let plain = matches!((&emission.exception, &emission.extra), (Value::None, Value::None))
        && handlers.iter().all(|handler| handler.to != Some(Stream::Python))
        && !logging.logger(&name).filtered;
    if !plain {
        return Err(by_python(turn, &name, emission, &handlers));
    }
    let message = match with(turn, |ctx| message(ctx, emission)) {
        Ok(message) => message,
        Err(fault @ (Fault::Error(..) | Fault::With(..))) => {
            complain(turn, emission, fault);
            return done(Value::None);
        }
        Err(_) => return Err(by_python(turn, &name, emission, &handlers)),
    };
    let record = Record::new(turn, &name, emission.level, message);
    if nobody {
        let text = record.bare();
        turn.emit(EventKind::Printed { text: text.into(), error: true });
    }
    for handler in handlers {
        match with(turn, |ctx| record.written(ctx, handler.format.as_ref(), handler.object.is_none())) {
            Ok(text) => {
                let error = handler.to == Some(Stream::Error);
                turn.emit(EventKind::Printed { text: text.into(), error });
            }
            Err(fault) => complain(turn, emission, fault),
        }
    }
    done(Value::None)
}

/// The message with its arguments in place.
fn message(ctx: &Context<'_>, emission: &Emission) -> Attempt<String> {
    let template = data::repr::text(ctx, &emission.message)?;
    let Value::Tuple(arguments) = &emission.arguments else { return Ok(template) };
    let mapping = match &arguments[..] {
        [] => return Ok(template),
        [Value::Object(_, id)] => matches!(ctx.memory.get(*id)?, Object::Dict(dict) if !dict.is_empty()),
        _ => false,
    };
    let values = if mapping { &arguments[0] } else { &emission.arguments };
    let Value::Str(template) = Value::str(template) else { return Ok(String::new()) };
    match data::percent::format(ctx, &template, values)? {
        Value::Str(text) => Ok(text.as_str().to_owned()),
        _ => Ok(String::new()),
    }
}

/// Python code makes the record and has the handlers handle it.
fn by_python(turn: &mut Turn<'_>, name: &Arc<str>, emission: &Emission, handlers: &[Handler]) -> Halt {
    let exception = match &emission.exception {
        Value::Bool(true) => turn.frames.iter().rev().find_map(|frame| frame.handled.last()).cloned(),
        other => Some(other.clone()),
    };
    let seen = Record::new(turn, name, emission.level, String::new()).seen();
    let objects = handlers.iter().map(|handler| handler.object.clone().unwrap_or(Value::None)).collect();
    let arguments = vec![
        Value::str(&**name),
        Value::Int(emission.level),
        emission.message.clone(),
        emission.arguments.clone(),
        // What there is none of is written all the same.
        exception.unwrap_or(Value::Bool(false)),
        emission.extra.clone(),
        seen,
        Value::tuple(objects),
    ];
    call_library(turn, "logging", "_handle", arguments)
}

/// A record that cannot be written is a complaint on standard error, and no exception.
fn complain(turn: &mut Turn<'_>, emission: &Emission, fault: Fault) {
    let text = with(turn, |ctx| {
        let error = match fault.halt(ctx) {
            Halt::Raise(exception) => traceback::format(ctx, &exception, &[]),
            _ => String::new(),
        };
        let shown = |value: &Value| data::repr::written(ctx, value).unwrap_or_default();
        let (message, arguments) = (shown(&emission.message), shown(&emission.arguments));
        format!("--- Logging error ---\n{error}Message: {message}\nArguments: {arguments}\n")
    });
    turn.emit(EventKind::Printed { text: text.into(), error: true });
}

/// Calls `work` with what natives work with.
fn with<R>(turn: &mut Turn<'_>, work: impl FnOnce(&mut Context<'_>) -> R) -> R {
    let memory = Memory::new(turn.private, Reach::Read(&turn.shared.processes[turn.process].heap));
    let object = &turn.shared.record(turn.me).object;
    work(&mut Context {
        memory,
        image: turn.image,
        me: turn.me,
        process: turn.process,
        thread_object: object,
        answers: Answers::default(),
        frames: &[],
    })
}
