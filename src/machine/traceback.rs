//! Tracebacks, as CPython prints them.

use super::data;
use super::native::Context;
use super::object::{ExceptionData, Object, Payload};
use super::value::{ClassRef, Value};
use crate::base::{ObjectId, SafeText};
use std::fmt::Write;

/// How many exceptions of a chain are printed.
pub(super) const CHAIN_LIMIT: usize = 50;
/// Alike entries in a row that are printed before the others are counted.
const REPEATS: usize = 3;

/// What exceptions said of themselves, whose classes define `__str__`.
pub(super) type Words = [(ObjectId, Box<str>)];

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
pub(super) fn format(context: &Context<'_>, exception: &Value, words: &Words) -> String {
    let mut text = String::new();
    push_chain(&mut text, context, exception, words, CHAIN_LIMIT);
    text
}

fn push_chain(text: &mut String, context: &Context<'_>, exception: &Value, words: &Words, limit: usize) {
    let Some(data) = exception_data(context, exception) else { return };
    if limit > 0 {
        if let Some(cause) = &data.cause {
            push_chain(text, context, cause, words, limit - 1);
            text.push_str("\nThe above exception was the direct cause of the following exception:\n\n");
        } else if let Some(earlier) = data.context.as_ref().filter(|_| !data.suppress_context) {
            push_chain(text, context, earlier, words, limit - 1);
            text.push_str("\nDuring handling of the above exception, another exception occurred:\n\n");
        }
    }
    push_entries(text, context.image, data);
    text.push_str(&summary(context, exception, words));
    text.push('\n');
}

fn push_entries(text: &mut String, image: &super::image::Image, data: &ExceptionData) {
    if data.traceback.is_empty() {
        return;
    }
    text.push_str("Traceback (most recent call last):\n");
    let source = &image.program.source;
    let name = SafeText::new(source.name());
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
        let _ = writeln!(text, "  File \"{name}\", line {line}, in {function}");
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
pub(super) fn summary(context: &Context<'_>, exception: &Value, words: &Words) -> String {
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
    let own = || data::exception::text(context, &instance.class, exception_data(context, exception)?).ok();
    let message = said.or_else(own).unwrap_or_default();
    if message.is_empty() { name.to_owned() } else { format!("{name}: {message}") }
}

/// The line where the exception came from: the innermost entry's.
pub(super) fn line(context: &Context<'_>, exception: &Value) -> u32 {
    exception_data(context, exception).and_then(|data| data.traceback.first()).map_or(0, |(_, line)| *line)
}
