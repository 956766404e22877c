//! Tracebacks, as CPython prints them.

use crate::base::sources::number_of;
use crate::base::{FileId, ObjectId, SafeText};
use crate::machine::data;
use crate::machine::memory::native::Context;
use crate::machine::memory::object::{ExceptionData, Object, Payload};
use crate::machine::memory::value::{ClassRef, Value};
use std::fmt::Write;

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
    let own = || data::raised::text(context, &instance.class, exception_data(context, exception)?).ok();
    let message = said.or_else(own).unwrap_or_default();
    if message.is_empty() { name.to_owned() } else { format!("{name}: {message}") }
}

/// The line where the exception came from: the innermost entry's.
pub(in crate::machine) fn line(context: &Context<'_>, exception: &Value) -> u32 {
    exception_data(context, exception).and_then(|data| data.traceback.first()).map_or(0, |(_, line)| *line)
}
