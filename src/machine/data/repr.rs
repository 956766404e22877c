//! How values are written: `repr` and `str`.

use super::fault::{Attempt, Fault, NESTING_LIMIT, ask, too_deep};
use super::number;
use super::{order, raised, types};
use crate::base::{ObjectId, ThreadId};
use crate::machine::memory::lookout;
use crate::machine::memory::native::{Context, Halt, Layout, Question, Result};
use crate::machine::memory::object::{Instance, Iteration, Life, Object, Payload, ThreadData, View};
use crate::machine::memory::value::{ClassRef, InstanceRef, Kind, Value};
use std::fmt::Write;

/// Python's `repr(value)`.
///
/// # Errors
/// The call that does it when a class defines `__repr__`; data nested too deep.
pub fn repr(ctx: &mut Context<'_>, value: &Value) -> Result<String> {
    written(ctx, value).map_err(|fault| fault.halt(ctx))
}

/// Python's `str(value)`.
///
/// # Errors
/// As [`repr`], with `__str__`.
pub fn str(ctx: &mut Context<'_>, value: &Value) -> Result<String> {
    text(ctx, value).map_err(|fault| fault.halt(ctx))
}

/// As [`repr`].
pub fn written(ctx: &Context<'_>, value: &Value) -> Attempt<String> {
    if let Some(method) = super::user_method(ctx, value, "__repr__") {
        return Err(Fault::invoke(method, Vec::new()));
    }
    let mut writer = Writer { ctx, out: String::new(), claimed: FIRST_CLAIM, path: Vec::new(), depth: 0 };
    match writer.value(value) {
        Ok(()) => Ok(writer.out),
        Err(Fault::Python(question)) => {
            let name = match value.plain() {
                Value::Tuple(_) => "tuple_repr",
                Value::Object(Kind::List, _) => "list_repr",
                Value::Object(Kind::Dict, _) => "dict_repr",
                Value::Object(Kind::Deque, _) => "deque_repr",
                Value::Object(Kind::Set | Kind::FrozenSet, _) => "set_repr",
                _ => return Err(Fault::Python(question)),
            };
            Err(Fault::Prelude(name, vec![value.clone()], Vec::new()))
        }
        Err(fault) => Err(fault),
    }
}

/// As [`str()`](str()).
pub fn text(ctx: &Context<'_>, value: &Value) -> Attempt<String> {
    match value {
        Value::Str(text) => Ok(text.as_str().to_owned()),
        Value::Int(number) => Ok(number.to_string()),
        Value::Instance(instance) => {
            if let Some(method) = super::user_method(ctx, value, "__str__") {
                return Err(Fault::invoke(method, Vec::new()));
            }
            match raised::data(ctx, instance)? {
                Some(data) if super::user_method(ctx, value, "__repr__").is_none() || is_exception(&instance.class) => {
                    raised::text(ctx, &instance.class, data)
                }
                _ if super::user_method(ctx, value, "__repr__").is_none() => match &instance.inner {
                    Value::Unbound | Value::Object(Kind::Set | Kind::FrozenSet | Kind::Deque, _) => written(ctx, value),
                    inner if is_nameless(inner) => written(ctx, value),
                    inner => text(ctx, inner),
                },
                _ => written(ctx, value),
            }
        }
        _ => written(ctx, value),
    }
}

/// Whether a synchronization object says no more of itself than its class.
fn is_nameless(inner: &Value) -> bool {
    use Kind::{Barrier, Condition, Event, Lock, RLock};
    let Value::Object(kind, _) = inner else { return false };
    (kind.is_sync() || *kind == Kind::Local)
        && !matches!(kind, Lock | RLock | Condition | Event | Barrier | Kind::Semaphore | Kind::BoundedSemaphore)
}

fn is_exception(class: &ClassRef) -> bool {
    class.is_subclass_of(&ClassRef::Builtin(&crate::machine::data::exception::BASE_EXCEPTION))
}

/// As [`text`], where no call can be made: [`Fault::Python`] instead, until that is answered.
pub fn inner_text(ctx: &Context<'_>, value: &Value) -> Attempt<String> {
    text(ctx, value).or_else(|fault| without_call(ctx, fault, Question::of("ask_str", value)))
}

/// As [`written`], where no call can be made: likewise.
pub fn inner_repr(ctx: &Context<'_>, value: &Value) -> Attempt<String> {
    written(ctx, value).or_else(|fault| without_call(ctx, fault, Question::of("ask_repr", value)))
}

/// As it is, but a question where a call would have to be made.
fn without_call(ctx: &Context<'_>, fault: Fault, question: Question) -> Attempt<String> {
    match fault {
        Fault::Halt(Halt::Invoke(_)) | Fault::Prelude(..) => asked(ctx, question),
        other => Err(other),
    }
}

/// The text that Python code gives.
pub fn asked(ctx: &Context<'_>, question: Question) -> Attempt<String> {
    match ask(ctx, question)? {
        Value::Str(text) => Ok(text.as_str().to_owned()),
        _ => Ok(String::new()),
    }
}

/// What is no longer is written without a claim.
const FIRST_CLAIM: usize = 4096;

/// Writes values, remembering the containers that it is in.
struct Writer<'a, 'c> {
    ctx: &'a Context<'c>,
    out: String,
    /// How long it may become before there has to be more room.
    claimed: usize,
    path: Vec<ObjectId>,
    depth: usize,
}

impl Writer<'_, '_> {
    fn value(&mut self, value: &Value) -> Attempt<()> {
        if self.depth > NESTING_LIMIT {
            return Err(too_deep(" while getting the repr of an object"));
        }
        self.depth += 1;
        lookout::tick();
        if self.out.len() > self.claimed {
            self.ctx.memory.claim(self.out.len())?;
            self.claimed = self.out.len() * 2;
        }
        match value {
            Value::Str(text) => self.out.push_str(&quoted(text.as_str())),
            Value::Int(number) => {
                let _ = write!(self.out, "{number}");
            }
            Value::Big(number) => self.out.push_str(&number::decimal(number)?),
            Value::Tuple(items) => {
                self.out.push('(');
                self.items(&items[..])?;
                self.out.push_str(if items.len() == 1 { ",)" } else { ")" });
            }
            Value::Slice(parts) => {
                self.out.push_str("slice(");
                self.items(&parts.0)?;
                self.out.push(')');
            }
            Value::View(view) => {
                self.out.push_str(match view.view {
                    View::Keys => "dict_keys(",
                    View::Values => "dict_values(",
                    View::Items => "dict_items(",
                });
                let items = super::iterate::collected(self.ctx, value)?;
                self.out.push('[');
                self.items(&items[..])?;
                self.out.push_str("])");
            }
            Value::Object(Kind::List | Kind::Dict | Kind::Set | Kind::FrozenSet | Kind::Deque, id) => {
                self.container(value, *id)?;
            }
            Value::Object(kind, id) => self.object(*kind, *id)?,
            Value::Method(method) => {
                let name = callable_name(self.ctx, &method.function);
                let _ = write!(self.out, "<bound method {name} of ");
                self.value(&method.receiver)?;
                self.out.push('>');
            }
            Value::Instance(_) => self.instance(value)?,
            Value::Class(_) if super::user_method(self.ctx, value, "__repr__").is_some() => {
                self.out.push_str(&asked(self.ctx, Question::of("ask_repr", value))?);
            }
            other => self.out.push_str(&simple(self.ctx, other)),
        }
        self.depth -= 1;
        Ok(())
    }

    fn items<'v>(&mut self, items: impl IntoIterator<Item = &'v Value>) -> Attempt<()> {
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            self.value(item)?;
        }
        Ok(())
    }

    fn container(&mut self, value: &Value, id: ObjectId) -> Attempt<()> {
        let object = self.ctx.memory.get(id)?;
        if self.path.contains(&id) {
            self.out.push_str(match object {
                Object::List(_) | Object::Deque(_) => "[...]",
                Object::Dict(_) => "{...}",
                _ => "set(...)",
            });
            return Ok(());
        }
        self.path.push(id);
        match object {
            Object::List(items) => {
                self.out.push('[');
                self.items(&items[..])?;
                self.out.push(']');
            }
            Object::Deque(deque) => {
                self.out.push_str("deque([");
                self.items(deque.items.iter())?;
                self.out.push(']');
                if let Some(limit) = deque.limit {
                    let _ = write!(self.out, ", maxlen={limit}");
                }
                self.out.push(')');
            }
            Object::Dict(dict) => {
                self.out.push('{');
                for (index, (key, value)) in dict.iter().enumerate() {
                    if index > 0 {
                        self.out.push_str(", ");
                    }
                    self.value(&key.value)?;
                    self.out.push_str(": ");
                    self.value(value)?;
                }
                self.out.push('}');
            }
            Object::Set(set) => {
                let frozen = matches!(value, Value::Object(Kind::FrozenSet, _));
                let items: Vec<Value> = order::walk(set).into_iter().map(|key| key.value.clone()).collect();
                self.out.push_str(match (frozen, items.is_empty()) {
                    (false, false) => "{",
                    (false, true) => "set(",
                    (true, false) => "frozenset({",
                    (true, true) => "frozenset(",
                });
                self.items(&items[..])?;
                self.out.push_str(match (frozen, items.is_empty()) {
                    (false, false) => "}",
                    (true, false) => "})",
                    (_, true) => ")",
                });
            }
            _ => {}
        }
        self.path.pop();
        Ok(())
    }

    fn object(&mut self, kind: Kind, id: ObjectId) -> Attempt<()> {
        let at = super::address(id);
        match kind {
            Kind::Generator => {
                let name = match self.ctx.memory.get(id)? {
                    Object::Generator(generator) => self.ctx.image.name(generator.name),
                    _ => "?",
                };
                let _ = write!(self.out, "<generator object {name} at {at:#x}>");
            }
            Kind::Iterator => match self.ctx.memory.get(id)? {
                Object::Iterator(Iteration::Count(numbers)) => {
                    let shown = if matches!(numbers[1], Value::Int(1)) { &numbers[..1] } else { &numbers[..] };
                    self.called("count", shown)?;
                }
                Object::Iterator(Iteration::Repeat(value, None)) => self.called("repeat", [&**value])?,
                Object::Iterator(Iteration::Repeat(value, Some(left))) => {
                    self.called("repeat", [&**value, &Value::Int(*left as i64)])?;
                }
                _ => {
                    let _ = write!(self.out, "<iterator object at {at:#x}>");
                }
            },
            _ => {
                // What lies in no process is out of reach here.
                let shown = match id.is_of_world() {
                    true => format!("<{} of several processes>", types::type_of_object(kind, id).name),
                    false => (self.ctx.image.primitive)(kind, self.ctx.memory.get(id)?, id),
                };
                self.out.push_str(&shown);
            }
        }
        Ok(())
    }

    /// The builtin value that an instance is. Sets and deques say which class they are of.
    fn inner(&mut self, instance: &InstanceRef) -> Attempt<()> {
        let start = self.out.len();
        let Value::Object(Kind::Set | Kind::FrozenSet, id) = &instance.inner else {
            self.value(&instance.inner)?;
            if matches!(instance.inner, Value::Object(Kind::Deque, _)) {
                self.out.replace_range(start..start + "deque".len(), instance.class.name());
            }
            return Ok(());
        };
        let items = match self.ctx.memory.get(*id)? {
            Object::Set(set) => order::walk(set).into_iter().map(|key| key.value.clone()).collect(),
            _ => Vec::new(),
        };
        self.out.push_str(instance.class.name());
        self.out.push_str(if items.is_empty() { "(" } else { "({" });
        self.items(&items)?;
        self.out.push_str(if items.is_empty() { ")" } else { "})" });
        Ok(())
    }

    /// `name(items)`
    fn called<'v>(&mut self, name: &str, items: impl IntoIterator<Item = &'v Value>) -> Attempt<()> {
        self.out.push_str(name);
        self.out.push('(');
        self.items(items)?;
        self.out.push(')');
        Ok(())
    }

    fn instance(&mut self, value: &Value) -> Attempt<()> {
        let Value::Instance(instance) = value else { return Ok(()) };
        if super::user_method(self.ctx, value, "__repr__").is_some() {
            self.out.push_str(&asked(self.ctx, Question::of("ask_repr", value))?);
            return Ok(());
        }
        match raised::data(self.ctx, instance)? {
            Some(data) => {
                self.out.push_str(instance.class.name());
                self.out.push('(');
                self.items(raised::shown_arguments(&instance.class, data))?;
                self.out.push(')');
            }
            None if instance.inner.is_unbound() || is_nameless(&instance.inner) => {
                let plain = plain_instance(self.ctx, instance)?;
                self.out.push_str(&plain);
            }
            None => self.inner(instance)?,
        }
        Ok(())
    }
}

/// A class's name with its module.
pub fn class_name(class: &ClassRef) -> String {
    match class {
        ClassRef::Builtin(builtin) if builtin.module == "builtins" => builtin.name.to_owned(),
        ClassRef::Builtin(builtin) => format!("{}.{}", builtin.module, builtin.name),
        ClassRef::User(class) if &*class.module == "builtins" => class.qualified_name.to_string(),
        ClassRef::User(class) => format!("{}.{}", class.module, class.qualified_name),
    }
}

fn callable_name(ctx: &Context<'_>, function: &Value) -> String {
    match function {
        Value::Function(function) => ctx.image.code(function.code).qualified_name.to_string(),
        Value::Native(native) => native.name.to_owned(),
        _ => "?".to_owned(),
    }
}

/// A module; apart, since values nest deeply, and their text is made by recursion.
fn module_text(ctx: &Context<'_>, module: u16) -> String {
    let program = &ctx.image.program;
    let from = match program.own_module(module) {
        Some(own) => own
            .file
            .map_or_else(|| "(namespace)".to_owned(), |file| format!("from '{}'", program.source.file(file).name())),
        None => "(built-in)".to_owned(),
    };
    format!("<module '{}' {from}>", program.module_name(module))
}

/// What is called, as messages about its arguments name it.
pub fn callee(ctx: &Context<'_>, value: &Value) -> String {
    match value {
        Value::Function(function) => {
            let code = ctx.image.code(function.code);
            match ctx.image.program.home_name(code.home) {
                "builtins" => format!("{}()", code.qualified_name),
                module => format!("{module}.{}()", code.qualified_name),
            }
        }
        Value::Method(method) => callee(ctx, &method.function),
        Value::Native(native) => format!("{}()", native.name),
        Value::NativeMethod(bound) => format!("{}.{}()", types::name_of(&bound.receiver), bound.native.name),
        Value::Class(class) => format!("{}()", class_name(&ClassRef::User(class.clone()))),
        Value::Type(class) => format!("{}()", class_name(&ClassRef::Builtin(class))),
        other => text(ctx, other).unwrap_or_else(|_| types::name_of(other).to_string()),
    }
}

/// Values that hold no others.
fn simple(ctx: &Context<'_>, value: &Value) -> String {
    match value {
        Value::Unbound => "<unbound>".to_owned(),
        Value::None => "None".to_owned(),
        Value::NotImplemented => "NotImplemented".to_owned(),
        Value::Ellipsis => "Ellipsis".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Float(number) => number::float_repr(*number),
        Value::Bytes(bytes) => quoted_bytes(bytes),
        Value::Range(range) if range.step == 1 => format!("range({}, {})", range.start, range.stop),
        Value::Range(range) => format!("range({}, {}, {})", range.start, range.stop, range.step),
        Value::Function(function) => {
            let at = super::identity(value);
            format!("<function {} at {at:#x}>", ctx.image.code(function.code).qualified_name)
        }
        Value::Native(native) => format!("<built-in function {}>", native.name),
        Value::Prelude(global) => {
            let name =
                ctx.image.program.globals.get(global.0 as usize).map_or("?", |global| ctx.image.name(global.name));
            format!("<built-in function {name}>")
        }
        Value::NativeMethod(bound) => format!(
            "<built-in method {} of {} object at {:#x}>",
            bound.native.name,
            types::name_of(&bound.receiver),
            super::identity(&bound.receiver)
        ),
        Value::Class(class) => format!("<class '{}'>", class_name(&ClassRef::User(class.clone()))),
        Value::Type(class) => format!("<class '{}'>", class_name(&ClassRef::Builtin(class))),
        Value::Module(module) => module_text(ctx, *module),
        Value::Super(proxy) => format!("<super: <class '{}'>>", proxy.class.name()),
        other => format!("<{} object at {:#x}>", types::name_of(other), super::identity(other)),
    }
}

/// A string as Python writes it: in single quotes, unless it has some and no double ones.
pub fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            ' '..='~' => out.push(c),
            c if is_printable(c) => out.push(c),
            c => escape(c, &mut out),
        }
    }
    out.push(quote);
    out
}

/// A character by its number.
fn escape(c: char, out: &mut String) {
    let code = u32::from(c);
    let _ = match code {
        0..=0xff => write!(out, "\\x{code:02x}"),
        0x100..=0xffff => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
}

/// Python's `str.isprintable`, as far as the standard library's tables go.
pub(super) fn is_printable(c: char) -> bool {
    if matches!(c, ' ' | '\'' | '"' | '\\') {
        return true;
    }
    // What Rust escapes in debug output is what is not printable; grapheme extenders stand by themselves in Python.
    !c.is_control() && !c.is_whitespace() && {
        let escaped = c.escape_debug();
        escaped.len() == 1
            || unicode_width::UnicodeWidthChar::width(c) == Some(0)
                && !matches!(u32::from(c),
            0xad | 0x600..=0x605 | 0x61c | 0x6dd | 0x70f | 0x180e | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f
            | 0xfeff | 0xfff9..=0xfffb | 0xe0000..=0xe007f)
    }
}

/// `ascii(value)` of a text that `repr` gave.
pub fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            escape(c, &mut out);
        }
    }
    out
}

fn quoted_bytes(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    let mut out = format!("b{quote}");
    for &byte in bytes {
        match byte {
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            _ if char::from(byte) == quote => {
                out.push('\\');
                out.push(quote);
            }
            b' '..=b'~' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "\\x{byte:02x}");
            }
        }
    }
    out.push(quote);
    out
}

/// An instance that is no exception: a thread, or one that shows nothing but its class.
fn plain_instance(ctx: &Context<'_>, instance: &InstanceRef) -> Attempt<String> {
    if instance.class.layout().layout == Layout::Thread
        && let Object::Instance(Instance { payload: Payload::Thread(Some(data)), .. }) = ctx.memory.get(instance.id)?
    {
        let name = if data.is_main { "_MainThread" } else { instance.class.name() };
        return Ok(thread(name, data));
    }
    Ok(format!("<{} object at {:#x}>", class_name(&instance.class), super::address(instance.id)))
}

/// What `object.__repr__` (or an exception's) gives, whatever the class defines.
pub fn inherited(ctx: &Context<'_>, value: &Value) -> Attempt<String> {
    let Value::Instance(instance) = value else { return written(ctx, value) };
    match raised::data(ctx, instance)? {
        Some(data) => raised::representation(ctx, &instance.class, data),
        None if instance.inner.is_unbound() => plain_instance(ctx, instance),
        None => written(ctx, &instance.inner),
    }
}

/// What `object.__str__` (or an exception's) gives, whatever the class defines.
pub fn inherited_text(ctx: &Context<'_>, value: &Value) -> Attempt<String> {
    let Value::Instance(instance) = value else { return text(ctx, value) };
    match raised::data(ctx, instance)? {
        Some(data) => raised::text(ctx, &instance.class, data),
        None => written(ctx, value),
    }
}

/// A thread object as it prints.
pub fn thread(class: &str, data: &ThreadData) -> String {
    let life = match data.life {
        Life::Initial => "initial",
        Life::Started => "started",
        Life::Stopped => "stopped",
    };
    let daemon = if data.daemon { " daemon" } else { "" };
    let ident = if data.life == Life::Initial { String::new() } else { format!(" {}", ident_of(data.id)) };
    format!("<{class}({}, {life}{daemon}{ident})>", data.name)
}

/// `ident` of a thread.
pub fn ident_of(thread: ThreadId) -> i64 {
    i64::from(thread.0) + 1
}
