//! The loggers of a program, and what is done with them.

use crate::machine::memory::encode::encoded;
use crate::machine::memory::value::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The level of warnings, which the root logger lets through at first.
pub const WARNING: i64 = 30;

/// All loggers and handlers of a program.
#[derive(Clone, Debug)]
pub struct Logging {
    pub(in crate::machine) loggers: BTreeMap<Arc<str>, Logger>,
    pub(in crate::machine) handlers: Vec<Handler>,
    /// Records of this level or below are dropped, whatever their logger says.
    pub disabled: i64,
}

encoded!(struct Logging { loggers, handlers, disabled });

impl Default for Logging {
    fn default() -> Self {
        let root = Logger { level: WARNING, ..Logger::default() };
        Logging { loggers: BTreeMap::from([("".into(), root)]), handlers: Vec::new(), disabled: 0 }
    }
}

impl Logging {
    pub(in crate::machine) fn logger(&mut self, name: &Arc<str>) -> &mut Logger {
        self.loggers.entry(name.clone()).or_default()
    }

    /// The logger of that name and those above it, the root last. Names of which there is no logger are passed over.
    pub(in crate::machine) fn lineage<'l>(&'l self, name: &'l str) -> impl Iterator<Item = &'l Logger> {
        let above = |name: &&'l str| match (name.rfind('.'), name.is_empty()) {
            (_, true) => None,
            (Some(dot), _) => Some(&name[..dot]),
            (None, _) => Some(""),
        };
        std::iter::successors(Some(name), above).filter_map(|name| self.loggers.get(name))
    }

    pub(in crate::machine) fn effective(&self, name: &str) -> i64 {
        self.lineage(name).map(|logger| logger.level).find(|level| *level != 0).unwrap_or(0)
    }

    pub(in crate::machine) fn is_enabled(&self, name: &str, level: i64) -> bool {
        let silenced = self.loggers.get(name).is_some_and(|logger| logger.disabled);
        !silenced && level > self.disabled && level >= self.effective(name)
    }

    /// The handlers that a logger's records come to, in order; those above count as long as loggers propagate.
    pub fn handlers_of(&self, name: &str) -> Vec<usize> {
        let mut found = Vec::new();
        for logger in self.lineage(name) {
            found.extend(&logger.handlers);
            if !logger.propagates {
                break;
            }
        }
        found
    }

    /// The handler of that object, new or not.
    pub fn handler(&mut self, object: &Value, to: Option<Stream>) -> usize {
        let known = self.handlers.iter().position(|handler| handler.object.as_ref().is_some_and(|it| it.is(object)));
        if let Some(known) = known {
            self.handlers[known].to = to;
            return known;
        }
        self.handlers.push(Handler { object: Some(object.clone()), to, level: 0, format: None });
        self.handlers.len() - 1
    }
}

#[derive(Clone, Debug)]
pub(in crate::machine) struct Logger {
    /// What the program has of it.
    pub object: Option<Value>,
    /// 0: as the logger above says.
    pub level: i64,
    pub(in crate::machine) propagates: bool,
    pub(in crate::machine) disabled: bool,
    /// It has filters.
    pub filtered: bool,
    /// Indices of handlers.
    pub handlers: Vec<usize>,
}

encoded!(struct Logger { object, level, propagates, disabled, filtered, handlers });

impl Default for Logger {
    fn default() -> Self {
        Logger { object: None, level: 0, propagates: true, disabled: false, filtered: false, handlers: Vec::new() }
    }
}

#[derive(Clone, Debug)]
pub(in crate::machine) struct Handler {
    /// What the program has of it; `None`: the one that the root gets by itself.
    pub object: Option<Value>,
    /// Where it writes; `None`: nowhere.
    pub to: Option<Stream>,
    pub(in crate::machine) level: i64,
    pub(in crate::machine) format: Option<Format>,
}

encoded!(struct Handler { object, to, level, format });

/// Where a handler writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stream {
    /// `sys.stdout`
    Output,
    /// `sys.stderr`
    Error,
    /// Wherever its Python code says.
    Python,
}

encoded!(kind Stream);

/// How records look.
#[derive(Clone, Debug)]
pub struct Format {
    /// The `Formatter`.
    pub object: Value,
    pub(in crate::machine) template: Arc<str>,
    /// How `asctime` looks; `None`: as it does in CPython.
    pub date: Option<Arc<str>>,
    /// `%`, `{` or `$`.
    pub style: char,
}

encoded!(struct Format { object, template, date, style });

/// What is done with loggers and handlers.
#[derive(Clone, Debug)]
pub enum Action {
    /// A log call.
    Emit(Emission),
    /// Gives the logger's object; one that is new is the given one, if there is one.
    Logger(Arc<str>, Option<Value>),
    /// Sets a property of a logger: `level`, `propagate`, `disabled`, `filtered`; of the root also `disable`.
    Set(Arc<str>, Arc<str>, i64),
    /// Asks for a property of a logger: those, `effective`, `handlers`, `any`, `parent`; `enabled` goes with a level.
    Ask(Arc<str>, Arc<str>, i64),
    /// Adds a handler to a logger, or takes it away.
    Attach(Arc<str>, Value, Option<Stream>, bool),
    /// Sets a handler's level.
    HandlerLevel(Value, Option<Stream>, i64),
    /// Sets how a handler's records look.
    HandlerFormat(Value, Option<Stream>, Format),
    /// `basicConfig`
    Configure(Configuration),
}

encoded!(
    enum Action {
        Emit(emission),
        Logger(name, object),
        Set(name, what, value),
        Ask(name, what, value),
        Attach(name, handler, stream, add),
        HandlerLevel(handler, stream, level),
        HandlerFormat(handler, stream, format),
        Configure(configuration),
    }
);

/// A log call.
#[derive(Clone, Debug)]
pub struct Emission {
    /// The logger; `None`: the root, which gets a handler if it has none.
    pub logger: Option<Arc<str>>,
    pub(in crate::machine) level: i64,
    pub(in crate::machine) message: Value,
    /// A tuple.
    pub arguments: Value,
    /// An exception that goes with the message; True for the one being handled.
    pub exception: Value,
    /// More that the record holds: a dict, or `None`.
    pub extra: Value,
}

encoded!(struct Emission { logger, level, message, arguments, exception, extra });

/// What `basicConfig` is asked for.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// Handlers that the root has go first.
    pub force: bool,
    pub(in crate::machine) handlers: Vec<(Value, Option<Stream>)>,
    pub(in crate::machine) format: Format,
    pub(in crate::machine) level: Option<i64>,
}

encoded!(struct Configuration { force, handlers, format, level });
