//! Builtins that need frames or attributes: `iter`, `next`, `getattr` and the like, and the methods of generators.

use super::attribute::Found;
use super::call::Place;
use super::{Flow, Step, Vm};
use crate::machine::class::{self, Hashing};
use crate::machine::data;
use crate::machine::exception;
use crate::machine::native::{Halt, Native, Special};
use crate::machine::object::Object;
use crate::machine::thread::{Resumed, Then};
use crate::machine::value::{ClassRef, Kind, Value};

impl Vm<'_> {
    /// Builtins that need frames or attributes.
    pub(super) fn special(&mut self, special: Special, receiver: &[Value], place: Place<'_>, then: Then) -> Step {
        let Place { bottom, first, names, at } = place;
        let arguments = self.rearranged(receiver, first);
        if let Some(message) = miscalled(special, arguments.len(), !names.is_empty()) {
            return Err(self.error(&exception::TYPE_ERROR, message));
        }
        if !matches!(then, Then::Push) {
            let native = special_native(special);
            return self.call_by_prelude(native, receiver, place, then);
        }
        match special {
            Special::Iter if arguments.len() == 2 => self.call_until(arguments, bottom, at),
            Special::Iter => self.special_iter(&arguments[0], bottom, at),
            Special::Next => self.special_next(&arguments, bottom, at),
            Special::GetAttr | Special::HasAttr => self.special_attribute(special, &arguments, bottom, at),
            Special::SetAttr => self.special_store(&arguments, bottom, at),
            Special::Send => self.special_send(&arguments, bottom, at),
            Special::Close | Special::Throw => self.special_throw(special, &arguments, bottom, at),
        }
    }

    pub(super) fn done(&mut self, bottom: usize, value: Value) -> Step {
        self.thread.stack.truncate(bottom);
        self.push(value);
        Ok(Flow::Next)
    }

    /// `iter(function, sentinel)`
    fn call_until(&mut self, arguments: Vec<Value>, bottom: usize, at: u32) -> Step {
        if !self.with(|context, _| Ok(data::function::is_callable(context, &arguments[0])))? {
            return Err(self.error(&exception::TYPE_ERROR, "iter(v, w): v must be callable"));
        }
        let Some(global) = self.image.prelude("call_until") else { return Ok(Flow::Next) };
        self.call_with(Value::Prelude(global), arguments, Vec::new(), bottom, at, Then::Push)
    }

    pub(super) fn special_iter(&mut self, value: &Value, bottom: usize, at: u32) -> Step {
        match value {
            Value::Object(Kind::Generator | Kind::Iterator, _) => self.done(bottom, value.clone()),
            Value::Instance(_) => match self.iterator_method(value)? {
                Some((method, arguments)) => self.call_with(method, arguments, Vec::new(), bottom, at, Then::Push),
                None => Ok(Flow::Next),
            },
            _ => {
                let iteration = self.with(|context, _| data::iterate::begin(context, value))?;
                let iterator = self.new_object(Kind::Iterator, Object::Iterator(iteration));
                self.done(bottom, iterator)
            }
        }
    }

    pub(super) fn special_next(&mut self, arguments: &[Value], bottom: usize, at: u32) -> Step {
        let default = arguments.get(1).cloned();
        match &arguments[0] {
            Value::Object(Kind::Generator, id) => self.resume(*id, Value::None, bottom, Resumed::Next(default), at),
            Value::Object(Kind::Iterator, id) => match self.next_of_iterator(*id)?.or(default) {
                Some(value) => self.done(bottom, value),
                None => {
                    let class = ClassRef::Builtin(&exception::STOP_ITERATION);
                    Err(Halt::Raise(exception::make(&mut self.thread.heap, class, Vec::new())))
                }
            },
            value => match self.dunder(value, "__next__") {
                Some(method) => {
                    let then = default.map_or(Then::Push, Then::Default);
                    self.call_with(method, vec![value.clone()], Vec::new(), bottom, at, then)
                }
                None => {
                    let name = data::types::class_of(value).name().to_owned();
                    Err(self.error(&exception::TYPE_ERROR, format!("'{name}' object is not an iterator")))
                }
            },
        }
    }

    pub(super) fn special_send(&mut self, arguments: &[Value], bottom: usize, at: u32) -> Step {
        let Value::Object(Kind::Generator, id) = &arguments[0] else { return Ok(Flow::Next) };
        self.resume(*id, arguments[1].clone(), bottom, Resumed::Next(None), at)
    }

    pub(super) fn special_throw(&mut self, special: Special, arguments: &[Value], bottom: usize, at: u32) -> Step {
        let Value::Object(Kind::Generator, id) = &arguments[0] else { return Ok(Flow::Next) };
        let (exception, resumed) = match special {
            Special::Throw => (self.exception_of(&arguments[1])?, Resumed::Next(None)),
            _ => {
                let class = ClassRef::Builtin(&exception::GENERATOR_EXIT);
                (exception::make(&mut self.thread.heap, class, Vec::new()), Resumed::Close)
            }
        };
        self.throw(*id, exception, bottom, resumed, at)
    }

    fn no_attribute_name(&mut self, value: &Value) -> Halt {
        let kind = data::types::name_of(value);
        self.error(&exception::TYPE_ERROR, format!("attribute name must be string, not '{kind}'"))
    }

    /// `getattr` and `hasattr`.
    pub(super) fn special_attribute(
        &mut self,
        special: crate::machine::native::Special,
        arguments: &[Value],
        bottom: usize,
        at: u32,
    ) -> Step {
        let has = special == crate::machine::native::Special::HasAttr;
        let Value::Str(text) = &arguments[1] else {
            return Err(self.no_attribute_name(&arguments[1]));
        };
        let found = match self.image.symbol(text.as_str()) {
            Some(name) => self.find(&arguments[0], name)?,
            None => Found::Missing,
        };
        let missing = if has { Some(Value::Bool(false)) } else { arguments.get(2).cloned() };
        let value = match (found, missing) {
            (Found::Value(_) | Found::Performed(_), _) if has => Value::Bool(true),
            (Found::Performed(operation), _) => return self.attempt(operation),
            (Found::Value(value), _) => value,
            (Found::Computed(call), missing) => {
                let then =
                    Then::Attribute { missing: missing.unwrap_or_default(), found: has.then_some(Value::Bool(true)) };
                return self.call_with(call.callee, call.arguments, Vec::new(), bottom, at, then);
            }
            (Found::Missing, missing) => match (self.dunder(&arguments[0], "__getattr__"), missing) {
                (Some(method), missing) => {
                    let then = Then::Attribute {
                        missing: missing.unwrap_or_default(),
                        found: has.then_some(Value::Bool(true)),
                    };
                    let arguments = vec![arguments[0].clone(), arguments[1].clone()];
                    return self.call_with(method, arguments, Vec::new(), bottom, at, then);
                }
                (None, Some(missing)) => missing,
                (None, None) => return Err(self.no_attribute(&arguments[0], text.as_str())),
            },
        };
        self.thread.stack.truncate(bottom);
        self.push(value);
        Ok(Flow::Next)
    }

    /// `setattr`
    pub(super) fn special_store(&mut self, arguments: &[Value], bottom: usize, at: u32) -> Step {
        let Value::Str(text) = &arguments[1] else {
            return Err(self.no_attribute_name(&arguments[1]));
        };
        if let Some(operation) = self.store_in_thread(&arguments[0], text.as_str(), &arguments[2])? {
            return self.attempt(operation);
        }
        let Some(name) = self.image.symbol(text.as_str()) else {
            return Err(
                self.error(&exception::ATTRIBUTE_ERROR, "raddle: setattr with a name that the program never mentions")
            );
        };
        if let Some(setter) = self.setter(&arguments[0], name)? {
            let arguments = vec![arguments[0].clone(), arguments[2].clone()];
            return self.call_with(setter, arguments, Vec::new(), bottom, at, Then::Push);
        }
        self.store(&arguments[0], name, arguments[2].clone())?;
        self.thread.stack.truncate(bottom);
        self.push(Value::None);
        Ok(Flow::Next)
    }

    /// Builtins that ask an instance's class: `len(x)` is `type(x).__len__(x)`.
    pub(super) fn dunder_of_builtin(
        &self,
        native: &'static Native,
        receiver: &[Value],
        first: usize,
    ) -> Option<(Value, Value)> {
        let stack = &self.thread.stack;
        if !receiver.is_empty() || stack.len() != first + 1 || !matches!(stack[first], Value::Instance(_)) {
            return None;
        }
        let name = match native.name {
            "len" => "__len__",
            "abs" => "__abs__",
            "hash" if self.hashes_itself(&stack[first]) => "__hash__",
            "reversed" => "__reversed__",
            "round" => "__round__",
            _ => return None,
        };
        self.dunder(&stack[first], name).map(|method| (method, stack[first].clone()))
    }

    fn hashes_itself(&self, value: &Value) -> bool {
        matches!(value, Value::Instance(instance) if class::hashing(self.image, &instance.class) == Hashing::Own)
    }
}

/// The complaint about a call with so many arguments, if it cannot be made.
fn miscalled(special: Special, given: usize, named: bool) -> Option<String> {
    let (name, least, most) = match special {
        Special::Iter => ("iter", 1, 2),
        Special::Next => ("next", 1, 2),
        Special::GetAttr => ("getattr", 2, 3),
        Special::HasAttr => ("hasattr", 2, 2),
        Special::SetAttr => ("setattr", 3, 3),
        // With the generator itself.
        Special::Close => ("generator.close", 1, 1),
        Special::Send => ("generator.send", 2, 2),
        Special::Throw => ("generator.throw", 2, 2),
    };
    if named {
        return Some(format!("{name}() takes no keyword arguments"));
    }
    let (bound, wanted) = match given {
        _ if given < least => (if least == most { "" } else { "at least " }, least),
        _ if given > most => (if least == most { "" } else { "at most " }, most),
        _ => return None,
    };
    let plural = if wanted == 1 { "" } else { "s" };
    Some(format!("{name} expected {bound}{wanted} argument{plural}, got {given}"))
}

fn special_native(special: Special) -> Value {
    let name = match special {
        Special::Iter => "iter",
        Special::Next | Special::Send | Special::Close | Special::Throw => "next",
        Special::GetAttr => "getattr",
        Special::HasAttr => "hasattr",
        Special::SetAttr => "setattr",
    };
    crate::machine::builtin::find(name).unwrap_or_default()
}
