//! Tracebacks: as CPython prints them, and as objects, with their frames and codes; the frames of the calling thread.

use super::arguments::{function, method, wrong_receiver};
use super::fault::{Attempt, native};
use super::types::OBJECT;
use crate::base::sources::number_of;
use crate::base::{FileId, ObjectId, SafeText};
use crate::machine::memory::native::{Arguments, Context, Layout, Native, Result, Type};
use crate::machine::memory::object::{ExceptionData, Instance, Object, Passage, Payload, Places};
use crate::machine::memory::value::{ClassRef, InstanceRef, Value};
use std::fmt::Write;
use triomphe::Arc;

/// How many exceptions of a chain are printed.
pub(in crate::machine) const CHAIN_LIMIT: usize = 900;
/// Alike entries in a row that are printed before the others are counted.
const REPEATS: usize = 3;

/// What exceptions said of themselves, whose classes define `__str__`.
pub(in crate::machine) type Words = [(ObjectId, Box<str>)];

fn exception_data<'c>(context: &'c Context<'_>, value: &Value) -> Option<&'c ExceptionData> {
    match context.memory.get(value.object_id()?).ok()? {
        Object::Instance(instance) => match &instance.payload {
            Payload::Exception(data) => Some(data),
            _ => None,
        },
        _ => None,
    }
}

/// The whole traceback with the exceptions that led to it, each line ended.
pub(in crate::machine) fn format(context: &Context<'_>, exception: &Value, words: &Words) -> String {
    let mut text = String::new();
    push_chain(&mut text, context, exception, words, &mut Vec::new());
    text
}

/// `above`: the exceptions that come after this one. A chain may lead back to one of them, and ends before it then.
fn push_chain(text: &mut String, context: &Context<'_>, exception: &Value, words: &Words, above: &mut Vec<ObjectId>) {
    let Some(data) = exception_data(context, exception) else { return };
    above.extend(exception.object_id());
    let (before, link) = match &data.cause {
        Some(cause) => (Some(cause), "The above exception was the direct cause of the following exception"),
        None => (
            data.context.as_ref().filter(|_| !data.suppress_context),
            "During handling of the above exception, another exception occurred",
        ),
    };
    let is_new = |before: &&Value| before.object_id().is_none_or(|id| !above.contains(&id));
    if let Some(before) = before.filter(|before| above.len() < CHAIN_LIMIT && is_new(before)) {
        push_chain(text, context, before, words, above);
        let _ = write!(text, "\n{link}:\n\n");
    }
    push_entries(text, context.image, data);
    text.push_str(&summary(context, exception, words));
    text.push('\n');
    for note in notes(context, exception) {
        note.split('\n').for_each(|line| {
            let _ = writeln!(text, "{line}");
        });
    }
}

/// What was added to an exception with `add_note`.
fn notes(context: &Context<'_>, exception: &Value) -> Vec<String> {
    let attribute = || {
        let Object::Instance(instance) = context.memory.get(exception.object_id()?).ok()? else { return None };
        instance.attributes.get(context.image.symbol("__notes__")?)?.object_id()
    };
    match attribute().map(|list| context.memory.get(list)) {
        Some(Ok(Object::List(notes))) => {
            notes.iter().filter_map(|note| super::repr::text(context, note).ok()).collect()
        }
        _ => Vec::new(),
    }
}

fn push_entries(text: &mut String, image: &crate::machine::memory::image::Linked, data: &ExceptionData) {
    if data.traceback.is_empty() {
        return;
    }
    text.push_str("Traceback (most recent call last):\n");
    let source = &image.program.source;
    let mut alike = 0;
    let mut previous = None;
    for entry in data.traceback.iter().rev() {
        alike = if previous == Some(entry) { alike + 1 } else { 0 };
        if alike == 0 || previous != Some(entry) {
            previous = Some(entry);
        }
        if alike >= REPEATS {
            continue;
        }
        let (function, line) = entry;
        let (name, number) = (SafeText::new(source.file(FileId::of(*line)).name()), number_of(*line));
        let _ = writeln!(text, "  File \"{name}\", line {number}, in {function}");
        let code = source.line(*line).trim();
        if !code.is_empty() {
            let _ = writeln!(text, "    {}", SafeText::new(code));
        }
    }
    if alike >= REPEATS {
        let more = alike + 1 - REPEATS;
        let _ = writeln!(text, "  [Previous line repeated {more} more time{}]", if more == 1 { "" } else { "s" });
    }
}

/// The last line: the type, and the message if there is one.
pub(in crate::machine) fn summary(context: &Context<'_>, exception: &Value, words: &Words) -> String {
    let Value::Instance(instance) = exception else { return String::new() };
    let name = match &instance.class {
        ClassRef::Builtin(builtin) if builtin.module != "builtins" => {
            format!("{}.{}", builtin.module, builtin.name)
        }
        ClassRef::Builtin(builtin) => builtin.name.to_owned(),
        ClassRef::User(class) => format!("{}.{}", class.module, class.qualified_name),
    };
    // CPython leaves `__main__` out of the names that it prints in tracebacks.
    let name = name.strip_prefix("__main__.").unwrap_or(&name);
    let said = words.iter().find(|(id, _)| *id == instance.id).map(|(_, text)| text.to_string());
    let own = || super::raised::text(context, &instance.class, exception_data(context, exception)?).ok();
    let message = said.or_else(own).unwrap_or_default();
    if message.is_empty() { name.to_owned() } else { format!("{name}: {message}") }
}

/// The line where the exception came from: the innermost entry's.
pub(in crate::machine) fn line(context: &Context<'_>, exception: &Value) -> u32 {
    exception_data(context, exception).and_then(|data| data.traceback.first()).map_or(0, |(_, line)| *line)
}

/// `traceback`: an entry, and those further inside.
static TRACEBACK: Type = Type {
    name: "traceback",
    module: "builtins",
    base: Some(&OBJECT),
    construct: None,
    methods: &[],
    properties: &[
        native!("tb_frame", tb_frame),
        native!("tb_lasti", tb_lasti),
        native!("tb_lineno", line_number),
        native!("tb_next", tb_next),
    ],
    layout: Layout::Final,
};

/// `frame`: a function that was called.
static FRAME: Type = Type {
    name: "frame",
    module: "builtins",
    base: Some(&OBJECT),
    construct: None,
    methods: &[],
    properties: &[native!("f_back", f_back), native!("f_code", f_code), native!("f_lineno", line_number)],
    layout: Layout::Final,
};

/// `code`: what a frame runs.
static CODE: Type = Type {
    name: "code",
    module: "builtins",
    base: Some(&OBJECT),
    construct: None,
    methods: &[],
    properties: &[native!("co_filename", co_filename), native!("co_name", co_name)],
    layout: Layout::Final,
};

/// What the library's Python asks for.
pub(in crate::machine) static FUNCTIONS: &[Native] = &[native!("__frame", running), native!("__entries", entries)];

/// A member of `types`.
pub(in crate::machine) fn member(name: &str) -> Option<Value> {
    Some(Value::Type(match name {
        "CodeType" => &CODE,
        "FrameType" => &FRAME,
        "TracebackType" => &TRACEBACK,
        _ => return None,
    }))
}

fn make(ctx: &mut Context<'_>, class: &'static Type, places: Places) -> Value {
    let class = ClassRef::Builtin(class);
    let payload = Payload::Places(Box::new(places));
    let id = ctx.memory.add(Object::Instance(Instance::new(class.clone(), payload)));
    Value::Instance(Arc::new(InstanceRef::new(class, id)))
}

/// An exception's traceback.
///
/// # Errors
/// `Halt::Shared`.
pub(in crate::machine) fn of_exception(ctx: &mut Context<'_>, exception: &Value) -> Result {
    let passed = match exception.object_id().map(|id| ctx.memory.get(id)).transpose()? {
        Some(Object::Instance(Instance { payload: Payload::Exception(data), .. })) => data.traceback.clone(),
        _ => Vec::new(),
    };
    Ok(traceback(ctx, &passed))
}

/// The traceback of what came by these places, the innermost first; `None` where there are none.
pub(in crate::machine) fn traceback(ctx: &mut Context<'_>, passed: &[Passage]) -> Value {
    if passed.is_empty() {
        return Value::None;
    }
    let all = passed.iter().rev().cloned().collect();
    make(ctx, &TRACEBACK, Places { all, at: 0 })
}

/// The places that a traceback stands for, the innermost first; nothing for what is no traceback.
pub(in crate::machine) fn passed(ctx: &Context<'_>, value: &Value) -> Attempt<Option<Vec<Passage>>> {
    Ok(match (value, places(ctx, value)?) {
        (Value::Instance(instance), Some(places)) if instance.class == ClassRef::Builtin(&TRACEBACK) => {
            Some(places.all[places.at..].iter().rev().cloned().collect())
        }
        _ => None,
    })
}

fn places<'c>(ctx: &'c Context<'_>, value: &Value) -> Attempt<Option<&'c Places>> {
    let Value::Instance(instance) = value else { return Ok(None) };
    Ok(match ctx.memory.get(instance.id)? {
        Object::Instance(Instance { payload: Payload::Places(places), .. }) => Some(places),
        _ => None,
    })
}

fn own(ctx: &Context<'_>, name: &str, args: Arguments<'_>) -> Attempt<Places> {
    let [value] = method(name, args)?;
    places(ctx, value)?.cloned().ok_or_else(|| wrong_receiver(name, Some(value)))
}

fn file_of(ctx: &Context<'_>, line: u32) -> Value {
    Value::str(ctx.image.program.source.file(FileId::of(line)).name())
}

fn tb_frame(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let places = own(ctx, "traceback.tb_frame", args)?;
    Ok(make(ctx, &FRAME, places))
}

fn tb_next(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let Places { all, at } = own(ctx, "traceback.tb_next", args)?;
    if at + 1 == all.len() { Ok(Value::None) } else { Ok(make(ctx, &TRACEBACK, Places { all, at: at + 1 })) }
}

/// There are no byte codes to count.
fn tb_lasti(_: &mut Context<'_>, _: Arguments<'_>) -> Attempt {
    Ok(Value::Int(0))
}

fn line_number(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let Places { all, at } = own(ctx, "frame.f_lineno", args)?;
    Ok(Value::Int(i64::from(number_of(all[at].1))))
}

/// A frame of a traceback knows of those that the traceback has.
fn f_back(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let Places { all, at } = own(ctx, "frame.f_back", args)?;
    if at == 0 { Ok(Value::None) } else { Ok(make(ctx, &FRAME, Places { all, at: at - 1 })) }
}

fn f_code(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let places = own(ctx, "frame.f_code", args)?;
    Ok(make(ctx, &CODE, places))
}

fn co_name(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let Places { all, at } = own(ctx, "code.co_name", args)?;
    Ok(Value::str(&*all[at].0))
}

fn co_filename(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let Places { all, at } = own(ctx, "code.co_filename", args)?;
    Ok(file_of(ctx, all[at].1))
}

/// `__frame()`: the frame of the program's function that is running; the library's own have none.
fn running(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [] = function("__frame", args)?;
    let mut all = Vec::new();
    for (index, frame) in ctx.frames.iter().enumerate() {
        let code = ctx.image.code(frame.code);
        if !code.is_hidden() {
            // A caller has moved on to the instruction behind its call, except where that is done again.
            let again = ctx.frames.get(index + 1).is_none_or(|callee| callee.then.is_again());
            let at = frame.next.saturating_sub(u32::from(!again));
            all.push((Arc::from(ctx.image.name(code.name)), code.line_of(at)));
        }
    }
    let Some(at) = all.len().checked_sub(1) else { return Ok(Value::None) };
    Ok(make(ctx, &FRAME, Places { all, at }))
}

/// `__entries(traceback)`: (file, line, function, text of the line) of each entry, the outermost first. Of a frame: of its
/// callers and itself.
fn entries(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("__entries", args)?;
    let Some(Places { all, at }) = places(ctx, value)? else { return Ok(Value::tuple(Vec::new())) };
    let is_frame = matches!(value, Value::Instance(instance) if instance.class == ClassRef::Builtin(&FRAME));
    let told = if is_frame { &all[..=*at] } else { &all[*at..] };
    let entry = |(name, line): &Passage| {
        let text = Value::str(ctx.image.program.source.line(*line).trim());
        Value::tuple(vec![file_of(ctx, *line), Value::Int(i64::from(number_of(*line))), Value::str(&**name), text])
    };
    Ok(Value::tuple(told.iter().map(entry).collect()))
}
