//! Tracebacks, as CPython prints them.

use super::data;
use super::heap::{PrivateHeap, SharedHeap};
use super::image::Image;
use super::object::{ExceptionData, Object, Payload};
use super::value::Value;
use crate::base::ObjectId;
use std::fmt::Write;

/// How many exceptions of a chain are printed.
const CHAIN_LIMIT: usize = 50;
/// Alike entries in a row that are printed before the others are counted.
const REPEATS: usize = 3;

/// Reads objects wherever they are.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The thread's own heap.
    pub private: &'a PrivateHeap,
    /// The shared heap.
    pub shared: &'a SharedHeap,
}

impl<'a> Reader<'a> {
    /// The object.
    pub fn get(&self, id: ObjectId) -> Option<&'a Object> {
        self.private.get(id).or_else(|| self.shared.get(id))
    }

    fn exception(&self, value: &Value) -> Option<&'a ExceptionData> {
        match self.get(value.object_id()?)? {
            Object::Instance(instance) => match &instance.payload {
                Payload::Exception(data) => Some(data),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The whole traceback with the exceptions that led to it, each line ended.
pub fn format(read: &Reader<'_>, image: &Image, exception: &Value) -> String {
    let mut text = String::new();
    push_chain(&mut text, read, image, exception, CHAIN_LIMIT);
    text
}

fn push_chain(text: &mut String, read: &Reader<'_>, image: &Image, exception: &Value, limit: usize) {
    let Some(data) = read.exception(exception) else { return };
    if limit > 0 {
        if let Some(cause) = &data.cause {
            push_chain(text, read, image, cause, limit - 1);
            text.push_str("\nThe above exception was the direct cause of the following exception:\n\n");
        } else if let Some(context) = data.context.as_ref().filter(|_| !data.suppress_context) {
            push_chain(text, read, image, context, limit - 1);
            text.push_str("\nDuring handling of the above exception, another exception occurred:\n\n");
        }
    }
    push_entries(text, image, data);
    text.push_str(&summary(read, image, exception));
    text.push('\n');
}

fn push_entries(text: &mut String, image: &Image, data: &ExceptionData) {
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
        let _ = writeln!(text, "  File \"{}\", line {line}, in {function}", source.name());
        let code = source.line(*line).trim();
        if !code.is_empty() {
            let _ = writeln!(text, "    {code}");
        }
    }
    if alike >= REPEATS {
        let more = alike + 1 - REPEATS;
        let _ = writeln!(text, "  [Previous line repeated {more} more time{}]", if more == 1 { "" } else { "s" });
    }
}

/// The last line: the type, and the message if there is one.
pub fn summary(read: &Reader<'_>, image: &Image, exception: &Value) -> String {
    let Value::Instance(instance) = exception else { return String::new() };
    let name = match &instance.class {
        super::value::ClassRef::Builtin(builtin) if builtin.module != "builtins" => {
            format!("{}.{}", builtin.module, builtin.name)
        }
        super::value::ClassRef::Builtin(builtin) => builtin.name.to_owned(),
        super::value::ClassRef::User(class) => format!("__main__.{}", class.qualified_name),
    };
    // CPython leaves `__main__` out of the names that it prints in tracebacks.
    let name = name.strip_prefix("__main__.").unwrap_or(&name);
    let message = data::exception::message(&|id| read.get(id), image, exception);
    if message.is_empty() { name.to_owned() } else { format!("{name}: {message}") }
}

/// The line where the exception came from: the innermost entry's.
pub fn line(read: &Reader<'_>, exception: &Value) -> u32 {
    read.exception(exception).and_then(|data| data.traceback.first()).map_or(0, |(_, line)| *line)
}
