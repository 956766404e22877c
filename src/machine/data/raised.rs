//! Exceptions as values: how they are made, and their attributes.

use super::arguments::{exactly_one_class, method, no_keywords, wrong_receiver};
use super::fault::{Attempt, Fault, native, type_error};
use super::{repr, types};
use crate::base::ObjectId;
use crate::machine::data::exception as ex;
use crate::machine::memory::builtin::Machine;
use crate::machine::memory::native::{Arguments, Call, Context, Layout, Native, Result, Type};
use crate::machine::memory::object::{Attributes, ExceptionData, Instance, Object, Passage, Payload};
use crate::machine::memory::value::{ClassRef, InstanceRef, Value};
use triomphe::Arc;

impl ex::Raisable for Machine {
    const CONSTRUCT: Call = Call::Plain(construct);
    const METHODS: &'static [Native] = &[
        native!("__init__", init),
        native!("__repr__", repr_of),
        native!("__str__", str_of),
        native!("add_note", add_note),
        native!("with_traceback", with_traceback),
    ];

    const PROPERTIES: &'static [Native] = &[
        native!("args", args_of),
        native!("code", code),
        native!("value", value_of),
        native!("errno", errno),
        native!("strerror", strerror),
        native!("filename", filename),
        native!("encoding", encoding),
        native!("object", object),
        native!("start", start),
        native!("end", end),
        native!("reason", reason),
        native!("__cause__", cause),
        native!("__context__", context),
        native!("__suppress_context__", suppress_context),
        native!("__traceback__", traceback),
    ];
}

/// Makes an exception: of the class that comes first, with the other arguments.
///
/// # Errors
/// `TypeError` for keywords.
fn construct(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    made(ctx, args).map_err(|fault| fault.halt(ctx))
}

fn made(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let class = exactly_one_class(args)?;
    // A class of the scenario takes its keywords by its own `__init__`.
    if super::user_attribute(ctx.memory.private.replaced(), ctx.image, &class, "__init__").is_none() {
        no_keywords(class.name(), args)?;
    }
    let class = match class {
        ClassRef::Builtin(general) if std::ptr::eq(general, &ex::OS_ERROR) => {
            ClassRef::Builtin(os_error(&args.positional[1..]).unwrap_or(general))
        }
        other => other,
    };
    let data = ExceptionData { arguments: args.positional[1..].to_vec(), ..ExceptionData::default() };
    let payload = Payload::Exception(Box::new(data));
    let instance = Instance { class: class.clone(), attributes: Attributes::default(), sealed: 0, dict: None, payload };
    let id = ctx.memory.add(Object::Instance(instance));
    Ok(Value::Instance(Arc::new(InstanceRef::new(class, id))))
}

/// The type that `OSError` with this number makes.
fn os_error(arguments: &[Value]) -> Option<&'static Type> {
    let [Value::Int(number), _, ..] = arguments else { return None };
    Some(match number {
        1 | 13 => &ex::PERMISSION_ERROR,
        2 => &ex::FILE_NOT_FOUND_ERROR,
        3 => &ex::PROCESS_LOOKUP_ERROR,
        4 => &ex::INTERRUPTED_ERROR,
        10 => &ex::CHILD_PROCESS_ERROR,
        11 | 114 | 115 => &ex::BLOCKING_IO_ERROR,
        17 => &ex::FILE_EXISTS_ERROR,
        20 => &ex::NOT_A_DIRECTORY_ERROR,
        21 => &ex::IS_A_DIRECTORY_ERROR,
        32 | 108 => &ex::BROKEN_PIPE_ERROR,
        103 => &ex::CONNECTION_ABORTED_ERROR,
        104 => &ex::CONNECTION_RESET_ERROR,
        110 => &ex::TIMEOUT_ERROR,
        111 => &ex::CONNECTION_REFUSED_ERROR,
        _ => return None,
    })
}

/// The arguments that an exception shows: the name of a file is none of them.
pub fn shown_arguments<'d>(class: &ClassRef, data: &'d ExceptionData) -> &'d [Value] {
    match &data.arguments[..] {
        [two @ .., _] if two.len() == 2 && class.is_subclass_of(&ClassRef::Builtin(&ex::OS_ERROR)) => two,
        all => all,
    }
}

/// An exception's own data; `None` for what is no exception.
pub fn data<'c>(ctx: &'c Context<'_>, instance: &InstanceRef) -> Attempt<Option<&'c ExceptionData>> {
    if !instance.class.is_subclass_of(&ClassRef::Builtin(&ex::BASE_EXCEPTION)) {
        return Ok(None);
    }
    Ok(match ctx.memory.get(instance.id)? {
        Object::Instance(Instance { payload: Payload::Exception(data), .. }) => Some(data),
        _ => None,
    })
}

/// `str(exception)`
pub fn text(ctx: &Context<'_>, class: &ClassRef, data: &ExceptionData) -> Attempt<String> {
    let is = |ancestor| class.is_subclass_of(&ClassRef::Builtin(ancestor));
    match &data.arguments[..] {
        [] => Ok(String::new()),
        [only] if is(&ex::KEY_ERROR) => repr::written(ctx, only),
        [only] => repr::text(ctx, only),
        [number, message] if is(&ex::OS_ERROR) => {
            Ok(format!("[Errno {}] {}", repr::inner_text(ctx, number)?, repr::inner_text(ctx, message)?))
        }
        [number, message, file] if is(&ex::OS_ERROR) => {
            let [number, message] = [repr::inner_text(ctx, number)?, repr::inner_text(ctx, message)?];
            Ok(format!("[Errno {number}] {message}: {}", repr::inner_repr(ctx, file)?))
        }
        [codec, object, start, end, reason] if is(&ex::UNICODE_ERROR) => {
            unicode(ctx, [codec, object, start, end, reason])
        }
        all => repr::written(ctx, &Value::tuple(all.to_vec())),
    }
}

/// What could not be written or read in a code.
fn unicode(ctx: &Context<'_>, [codec, object, start, end, reason]: [&Value; 5]) -> Attempt<String> {
    let (codec, reason) = (repr::inner_text(ctx, codec)?, repr::inner_text(ctx, reason)?);
    let Value::Int(start) = start else { return Ok(reason) };
    let place = usize::try_from(*start).unwrap_or(usize::MAX);
    if let Value::Int(end) = end
        && *end > start.saturating_add(1)
    {
        let (does, what) =
            if matches!(object, Value::Bytes(_)) { ("decode", "bytes") } else { ("encode", "characters") };
        return Ok(format!("'{codec}' codec can't {does} {what} in position {start}-{}: {reason}", end - 1));
    }
    Ok(match object {
        Value::Bytes(bytes) => {
            let byte = bytes.get(place).copied().unwrap_or_default();
            format!("'{codec}' codec can't decode byte 0x{byte:02x} in position {start}: {reason}")
        }
        other => {
            let text = repr::inner_text(ctx, other)?;
            let code = text.chars().nth(place).map_or(0, u32::from);
            let shown = match code {
                0..=0xff => format!("\\x{code:02x}"),
                0x100..=0xffff => format!("\\u{code:04x}"),
                _ => format!("\\U{code:08x}"),
            };
            format!("'{codec}' codec can't encode character '{shown}' in position {start}: {reason}")
        }
    })
}

/// `repr(exception)`
pub fn representation(ctx: &Context<'_>, class: &ClassRef, data: &ExceptionData) -> Attempt<String> {
    let mut parts = Vec::new();
    for argument in shown_arguments(class, data) {
        parts.push(repr::inner_repr(ctx, argument)?);
    }
    Ok(format!("{}({})", class.name(), parts.join(", ")))
}

fn receiver<'a>(name: &str, value: Option<&'a Value>) -> Attempt<&'a InstanceRef> {
    match value {
        Some(Value::Instance(instance)) => Ok(instance),
        other => Err(wrong_receiver(name, other)),
    }
}

fn own<'c>(ctx: &'c Context<'_>, name: &str, args: Arguments<'_>) -> Attempt<&'c ExceptionData> {
    let instance = receiver(name, args.positional.first())?;
    data(ctx, instance)?.ok_or_else(|| wrong_receiver(name, args.positional.first()))
}

/// `super().__init__(…)`: sets `args`.
fn init(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let id = receiver("BaseException.__init__", args.positional.first())?.id;
    no_keywords(&types::name_of(&args.positional[0]), args)?;
    if let Object::Instance(Instance { payload: Payload::Exception(data), .. }) = ctx.memory.get_mut(id)? {
        data.arguments = args.positional[1..].to_vec();
    }
    Ok(Value::None)
}

fn repr_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = method("BaseException.__repr__", args)?;
    repr::inherited(ctx, value).map(Value::str)
}

fn str_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = method("BaseException.__str__", args)?;
    repr::inherited_text(ctx, value).map(Value::str)
}

fn with_traceback(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value, traceback] = method("BaseException.with_traceback", args)?;
    let id = receiver("BaseException.with_traceback", Some(value))?.id;
    store_own(ctx, id, "__traceback__", traceback)?;
    Ok(value.clone())
}

/// Notes are kept in `__notes__`, where tracebacks find them.
fn add_note(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value, note] = method("BaseException.add_note", args)?;
    if !matches!(note, Value::Str(_)) {
        return Err(type_error(format!("note must be a str, not '{}'", types::name_of(note))));
    }
    let id = receiver("BaseException.add_note", Some(value))?.id;
    let Some(name) = ctx.image.symbol("__notes__") else { return Ok(Value::None) };
    let existing = match ctx.memory.get(id)? {
        Object::Instance(instance) => instance.attributes.get(name).cloned(),
        _ => None,
    };
    if let Some(Value::Object(_, list)) = existing {
        super::list::edit(ctx, list)?.push(note.clone());
        return Ok(Value::None);
    }
    ctx.memory.get_mut(id)?;
    let notes = super::list::make(ctx, vec![note.clone()]);
    if let Object::Instance(instance) = ctx.memory.get_mut(id)? {
        instance.attributes.set(name, notes);
    }
    Ok(Value::None)
}

fn args_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let data = own(ctx, "BaseException.args", args)?;
    Ok(Value::tuple(shown_arguments(&receiver("BaseException.args", args.positional.first())?.class, data).to_vec()))
}

/// Whether exceptions keep what is stored under that name in a place of their own.
pub fn keeps(name: &str) -> bool {
    matches!(name, "args" | "__cause__" | "__context__" | "__suppress_context__" | "__traceback__")
}

/// `exception.name = value`, where [`keeps`] says so.
///
/// # Errors
/// `TypeError` when that cannot be.
pub fn store_own(ctx: &mut Context<'_>, id: ObjectId, name: &str, value: &Value) -> Result<()> {
    let change = own_change(ctx, name, value).map_err(|fault| fault.halt(ctx))?;
    if let Object::Instance(Instance { payload: Payload::Exception(data), .. }) = ctx.memory.get_mut(id)? {
        match change {
            Change::Arguments(arguments) => data.arguments = arguments,
            Change::Cause(cause) => (data.cause, data.suppress_context) = (cause, true),
            Change::Context(context) => data.context = context,
            Change::Passed(passed) => data.traceback = passed,
            Change::Suppress(suppress) => data.suppress_context = suppress,
        }
    }
    Ok(())
}

/// What is stored in an exception's own places.
enum Change {
    Arguments(Vec<Value>),
    Cause(Option<Value>),
    Context(Option<Value>),
    /// The places of its traceback, the innermost first.
    Passed(Vec<Passage>),
    Suppress(bool),
}

fn own_change(ctx: &mut Context<'_>, name: &str, value: &Value) -> Attempt<Change> {
    let earlier = |what: &str| match value {
        Value::None => Ok(None),
        Value::Instance(instance) if instance.class.layout().layout == Layout::Exception => Ok(Some(value.clone())),
        _ => Err(type_error(format!("exception {what} must be None or derive from BaseException"))),
    };
    Ok(match (name, value) {
        ("args", _) => Change::Arguments(super::iterate::collect(ctx, value)?),
        ("__cause__", _) => Change::Cause(earlier("cause")?),
        ("__context__", _) => Change::Context(earlier("context")?),
        ("__traceback__", Value::None) => Change::Passed(Vec::new()),
        ("__traceback__", _) => {
            let passed = super::traceback::passed(ctx, value)?;
            Change::Passed(passed.ok_or_else(|| type_error("__traceback__ must be a traceback or None"))?)
        }
        (_, Value::Bool(suppress)) => Change::Suppress(*suppress),
        _ => return Err(type_error("attribute value type must be bool")),
    })
}

/// An attribute that only some exception types compute; others may have an ordinary one of that name.
fn only_of(
    ctx: &Context<'_>,
    name: &str,
    class: &'static Type,
    args: Arguments<'_>,
    compute: impl FnOnce(&[Value]) -> Value,
) -> Attempt {
    let instance = receiver(name, args.positional.first())?;
    let object = ctx.memory.get(instance.id)?;
    if let (Object::Instance(object), Some(symbol)) = (object, ctx.image.symbol(name))
        && let Some(value) = object.attributes.get(symbol)
    {
        return Ok(value.clone());
    }
    if instance.class.is_subclass_of(&ClassRef::Builtin(class)) {
        return Ok(compute(&own(ctx, name, args)?.arguments));
    }
    match super::user_attribute(ctx.memory.private.replaced(), ctx.image, &instance.class, name) {
        Some(value) if !matches!(value, Value::Function(_) | Value::Descriptor(_)) => Ok(value),
        _ => Err(Fault::Error(
            &ex::ATTRIBUTE_ERROR,
            format!("'{}' object has no attribute '{name}'", instance.class.name()).into(),
        )),
    }
}

fn code(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    only_of(ctx, "code", &ex::SYSTEM_EXIT, args, |arguments| match arguments {
        [] => Value::None,
        [only] => only.clone(),
        all => Value::tuple(all.to_vec()),
    })
}

fn value_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    only_of(ctx, "value", &ex::STOP_ITERATION, args, |arguments| arguments.first().cloned().unwrap_or(Value::None))
}

fn errno(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    only_of(ctx, "errno", &ex::OS_ERROR, args, |arguments| match arguments {
        [number, _] | [number, _, _] => number.clone(),
        _ => Value::None,
    })
}

fn strerror(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    only_of(ctx, "strerror", &ex::OS_ERROR, args, |arguments| match arguments {
        [_, message] | [_, message, _] => message.clone(),
        _ => Value::None,
    })
}

fn filename(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    only_of(ctx, "filename", &ex::OS_ERROR, args, |arguments| match arguments {
        [_, _, file] => file.clone(),
        _ => Value::None,
    })
}

/// What a `UnicodeError` says about what does not fit: its arguments by name.
fn misfit(ctx: &mut Context<'_>, args: Arguments<'_>, name: &str, place: usize) -> Attempt {
    only_of(ctx, name, &ex::UNICODE_ERROR, args, |arguments| arguments.get(place).cloned().unwrap_or(Value::None))
}

fn encoding(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    misfit(ctx, args, "encoding", 0)
}

fn object(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    misfit(ctx, args, "object", 1)
}

fn start(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    misfit(ctx, args, "start", 2)
}

fn end(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    misfit(ctx, args, "end", 3)
}

fn reason(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    misfit(ctx, args, "reason", 4)
}

fn cause(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    Ok(own(ctx, "BaseException.__cause__", args)?.cause.clone().unwrap_or(Value::None))
}

fn context(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    Ok(own(ctx, "BaseException.__context__", args)?.context.clone().unwrap_or(Value::None))
}

fn suppress_context(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    Ok(Value::Bool(own(ctx, "BaseException.__suppress_context__", args)?.suppress_context))
}

fn traceback(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let passed = own(ctx, "BaseException.__traceback__", args)?.traceback.clone();
    Ok(super::traceback::traceback(ctx, &passed))
}
