//! `with`: how a block is entered and left.

use super::{Flow, Step, Vm};
use crate::machine::data;
use crate::machine::data::exception;
use crate::machine::memory::thread::Then;
use crate::machine::memory::value::Value;
use crate::machine::run::operations;

impl Vm<'_> {
    /// `with manager:` begins.
    pub(super) fn enter_with(&mut self, at: u32) -> Step {
        let manager = self.peek(0).clone();
        if let Value::Object(kind, id) = &manager
            && let Some(operation) = operations::enter(*kind, *id)
        {
            return self.attempt(operation);
        }
        let (enter, exit) = (self.manager_method(&manager, "__enter__"), self.manager_method(&manager, "__exit__"));
        let bottom = self.thread.stack.len() - 1;
        match (enter, exit) {
            (Some(enter), Some(_)) => self.call_with(enter, vec![manager], Vec::new(), bottom, at, Then::Push),
            (enter, _) => {
                let name = data::types::class_of(&manager).name().to_owned();
                let missed = if enter.is_some() { " (missed __exit__ method)" } else { "" };
                let message = format!("'{name}' object does not support the context manager protocol{missed}");
                Err(self.error(&exception::TYPE_ERROR, message))
            }
        }
    }

    /// What a context manager's class defines, or its builtin kind.
    fn manager_method(&self, manager: &Value, name: &str) -> Option<Value> {
        match manager {
            Value::Object(kind, id) => data::types::type_of_object(*kind, *id).method(name).map(Value::Native),
            Value::Instance(instance) => {
                let native = || instance.class.layout().method(name).map(Value::Native);
                self.dunder(manager, name).or_else(native)
            }
            _ => self.dunder(manager, name),
        }
    }

    /// `with manager:` ends, by an exception or without.
    pub(super) fn exit_with(&mut self, failed: bool, at: u32) -> Step {
        let manager = self.peek(0).clone();
        if let Value::Object(kind, id) = &manager
            && let Some(operation) = operations::exit(*kind, *id)
        {
            return self.attempt(operation);
        }
        let Some(exit) = self.manager_method(&manager, "__exit__") else { return Ok(Flow::Next) };
        let exception = if failed { self.handled().cloned() } else { None };
        let arguments = match exception {
            Some(exception) => {
                let kind = data::types::class_of(&exception).value();
                let traceback = self.with(|context, _| data::traceback::of_exception(context, &exception))?;
                vec![manager, kind, exception, traceback]
            }
            None => vec![manager, Value::None, Value::None, Value::None],
        };
        let bottom = self.thread.stack.len() - 1;
        self.call_with(exit, arguments, Vec::new(), bottom, at, Then::Push)
    }
}
