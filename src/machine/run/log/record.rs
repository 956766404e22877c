//! A log record, and how it becomes text.

use crate::base::FileId;
use crate::base::sources::number_of;
use crate::machine::data::date::Date;
use crate::machine::data::exception::VALUE_ERROR;
use crate::machine::data::fault::{Attempt, Fault};
use crate::machine::data::repr::ident_of;
use crate::machine::data::{hash, percent, template};
use crate::machine::memory::native::{Arguments, Context};
use crate::machine::memory::object::{Dict, Object};
use crate::machine::memory::primitive::log::Format;
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::shared::Turn;
use std::sync::Arc;

/// How records look that nothing else is said about.
const BASIC_FORMAT: &str = "%(levelname)s:%(name)s:%(message)s";
/// What `os.getpid()` gives.
const PROCESS: i64 = 4242;

/// A log record: what was said, by whom, where and when.
pub(super) struct Record {
    name: String,
    level: i64,
    message: String,
    path: String,
    line: u32,
    function: String,
    thread: i64,
    thread_name: Arc<str>,
    /// In nanoseconds since 1970, and since the start.
    created: u64,
    since_start: u64,
}

/// The name of a level.
pub(super) fn level_name(level: i64) -> String {
    match level {
        50 => "CRITICAL".to_owned(),
        40 => "ERROR".to_owned(),
        30 => "WARNING".to_owned(),
        20 => "INFO".to_owned(),
        10 => "DEBUG".to_owned(),
        0 => "NOTSET".to_owned(),
        other => format!("Level {other}"),
    }
}

impl Record {
    /// A record of what the turn's thread says now.
    pub(super) fn new(turn: &Turn<'_>, name: &str, level: i64, message: String) -> Record {
        let visible = turn.frames.iter().rev().find(|frame| !turn.image.code(frame.code).is_hidden());
        let function = visible.map_or("", |frame| turn.image.name(turn.image.code(frame.code).name));
        Record {
            name: if name.is_empty() { "root" } else { name }.to_owned(),
            level,
            message,
            path: turn.image.program.source.file(FileId::of(turn.line)).name().to_owned(),
            line: number_of(turn.line),
            function: function.to_owned(),
            thread: ident_of(turn.me),
            thread_name: turn.shared.record(turn.me).name.clone(),
            created: turn.shared.epoch.saturating_add(turn.shared.now),
            since_start: turn.shared.now,
        }
    }

    /// The message alone, as it is printed when nobody set logging up.
    pub(super) fn bare(&self) -> String {
        format!("{}\n", self.message)
    }

    /// The record as a handler writes it: the `automatic` one, or one of the program's own.
    pub(super) fn written(&self, ctx: &mut Context<'_>, format: Option<&Format>, automatic: bool) -> Attempt<String> {
        match format {
            Some(format) => self.filled(ctx, &format.template, format.style, format.date.as_deref()),
            None if automatic => self.filled(ctx, BASIC_FORMAT, '%', None),
            None => Ok(self.bare()),
        }
    }

    fn filled(&self, ctx: &mut Context<'_>, text: &str, style: char, date: Option<&str>) -> Attempt<String> {
        let fields = self.fields(date);
        let written = match style {
            '$' => substituted(text, &fields)?,
            _ => {
                let dict: Dict = fields.into_iter().map(|(name, value)| (hash::text_key(name), value)).collect();
                let dict = Value::Object(Kind::Dict, ctx.memory.private.add(Object::Dict(dict)));
                let written = match (style, Value::str(text)) {
                    ('{', text) => {
                        let arguments = Arguments { positional: &[text, dict], keywords: &[] };
                        template::format_map(ctx, arguments)
                    }
                    (_, Value::Str(text)) => percent::format(ctx, &text, &dict),
                    (_, other) => Ok(other),
                };
                match written {
                    Ok(Value::Str(text)) => text.as_str().to_owned(),
                    Ok(_) => String::new(),
                    Err(Fault::With(class, arguments)) if class.name == "KeyError" => {
                        let field = match arguments.first() {
                            Some(Value::Str(name)) => name.as_str().to_owned(),
                            _ => String::new(),
                        };
                        return Err(not_found(&field));
                    }
                    Err(fault) => return Err(fault),
                }
            }
        };
        Ok(written + "\n")
    }

    /// What Python code makes its records of.
    pub(super) fn seen(&self) -> Value {
        Value::tuple(vec![
            Value::str(&*self.path),
            Value::Int(i64::from(self.line)),
            Value::str(&*self.function),
            Value::Int(self.thread),
            Value::str(&*self.thread_name),
            Value::Float(self.created as f64 / 1e9),
            Value::Float(self.since_start as f64 / 1e6),
        ])
    }

    /// Everything that a format may name.
    fn fields(&self, date: Option<&str>) -> Vec<(&'static str, Value)> {
        let file = self.path.rsplit('/').next().unwrap_or_default();
        let module = file.strip_suffix(".py").unwrap_or(file);
        let milliseconds = self.created / 1_000_000 % 1000;
        let moment = Date::of((self.created / 1_000_000_000) as i64);
        let time = match date {
            Some(format) => moment.written(format),
            None => format!("{},{milliseconds:03}", moment.written("%Y-%m-%d %H:%M:%S")),
        };
        vec![
            ("message", Value::str(&*self.message)),
            ("name", Value::str(&*self.name)),
            ("levelname", Value::str(level_name(self.level))),
            ("levelno", Value::Int(self.level)),
            ("asctime", Value::str(time)),
            ("msecs", Value::Float(milliseconds as f64)),
            ("created", Value::Float(self.created as f64 / 1e9)),
            ("relativeCreated", Value::Float(self.since_start as f64 / 1e6)),
            ("threadName", Value::str(&*self.thread_name)),
            ("thread", Value::Int(self.thread)),
            ("process", Value::Int(PROCESS)),
            ("processName", Value::str("MainProcess")),
            ("funcName", Value::str(&*self.function)),
            ("lineno", Value::Int(i64::from(self.line))),
            ("filename", Value::str(file)),
            ("module", Value::str(module)),
            ("pathname", Value::str(&*self.path)),
        ]
    }
}

fn not_found(field: &str) -> Fault {
    Fault::Error(&VALUE_ERROR, format!("Formatting field not found in record: '{field}'").into())
}

/// `$name` and `${name}` replaced.
fn substituted(template: &str, fields: &[(&'static str, Value)]) -> Attempt<String> {
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('$') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            text.push('$');
            rest = after;
            continue;
        }
        let (braced, inner) = rest.strip_prefix('{').map_or((false, rest), |inner| (true, inner));
        let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inner.len());
        let name = &inner[..end];
        let found = fields.iter().find(|(known, _)| *known == name).ok_or_else(|| not_found(name))?;
        match &found.1 {
            Value::Str(value) => text.push_str(value.as_str()),
            Value::Int(number) => text.push_str(&number.to_string()),
            Value::Float(number) => text.push_str(&format!("{number:?}")),
            _ => {}
        }
        rest = &inner[end..];
        if braced {
            rest = rest.strip_prefix('}').unwrap_or(rest);
        }
    }
    text.push_str(rest);
    Ok(text)
}
