//! Builtins that need frames or attributes: `iter`, `next`, `getattr` and the like, and the methods of generators.

use super::attribute::{Found, bind_native, has_slots};
use super::call::Place;
use super::{Flow, Step, Vm};
use crate::machine::data;
use crate::machine::data::class::{self, Hashing};
use crate::machine::data::{exception, instance};
use crate::machine::memory::native::{Halt, Native, Special};
use crate::machine::memory::object::Object;
use crate::machine::memory::thread::{Resumed, Then};
use crate::machine::memory::value::{ClassRef, Kind, Value};

impl Vm<'_> {
    pub(super) fn no_attribute(&mut self, object: &Value, name: &str) -> Halt {
        let message = match object {
            Value::Module(module) => self.no_member(*module, name),
            Value::Class(class) => format!("type object '{}' has no attribute '{name}'", class.name),
            Value::Type(class) => format!("type object '{}' has no attribute '{name}'", class.name),
            Value::Super(_) => format!("'super' object has no attribute '{name}'"),
            other => format!("'{}' object has no attribute '{name}'", data::types::name_of(other)),
        };
        self.error(&exception::ATTRIBUTE_ERROR, message)
    }

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
            Special::OwnGetAttr => self.special_attribute(special, &arguments, bottom, at),
            Special::SetAttr | Special::OwnSetAttr => self.special_store(special, &arguments, bottom, at),
            Special::DelAttr | Special::OwnDelAttr => self.special_delete(special, &arguments, bottom, at),
            Special::Vars => self.special_vars(&arguments[0], bottom),
            Special::Instantiate => self.instantiate_plainly(receiver, place, then),
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
            Value::Instance(_) | Value::Class(_) if !self.iterates_natively(value) => {
                match self.iterator_method(value)? {
                    Some((method, arguments)) => self.call_with(method, arguments, Vec::new(), bottom, at, Then::Push),
                    None => Ok(Flow::Next),
                }
            }
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
        self.send(*id, arguments[1].clone(), bottom, Resumed::Next(None), at)
    }

    pub(super) fn special_throw(&mut self, special: Special, arguments: &[Value], bottom: usize, at: u32) -> Step {
        let Value::Object(Kind::Generator, id) = &arguments[0] else { return Ok(Flow::Next) };
        let (exception, resumed) = match special {
            Special::Throw => (self.thrown(&arguments[1], arguments.get(2))?, Resumed::Next(None)),
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
        special: crate::machine::memory::native::Special,
        arguments: &[Value],
        bottom: usize,
        at: u32,
    ) -> Step {
        let has = special == crate::machine::memory::native::Special::HasAttr;
        let Value::Str(text) = arguments[1].plain() else {
            return Err(self.no_attribute_name(&arguments[1]));
        };
        let found = match (self.image.symbol(text.as_str()), &arguments[0]) {
            (Some(name), object) => match self.find(object, name) {
                Err(Halt::Raise(error)) if error.is_instance_of(&exception::ATTRIBUTE_ERROR) => Found::Missing,
                found => found?,
            },
            (None, Value::Instance(instance)) => {
                let (id, text) = (instance.id, text.clone());
                let found = self.with(|context, _| instance::unmentioned(&context.memory, id, text.as_str()))?;
                found.map_or(Found::Missing, Found::Value)
            }
            // What a builtin type has goes by any name.
            (None, object) => match data::types::class_of(object).layout().method(text.as_str()) {
                Some(native) => Found::Value(bind_native(native, object)),
                None => Found::Missing,
            },
        };
        let own = special == crate::machine::memory::native::Special::OwnGetAttr;
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
            (Found::Missing, missing) => match (self.dunder(&arguments[0], "__getattr__").filter(|_| !own), missing) {
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

    /// `setattr`, and `object.__setattr__`, which asks the class no more.
    fn special_store(&mut self, special: Special, arguments: &[Value], bottom: usize, at: u32) -> Step {
        let (object, value) = (&arguments[0], &arguments[2]);
        let Value::Str(text) = arguments[1].plain() else {
            return Err(self.no_attribute_name(&arguments[1]));
        };
        if special == Special::SetAttr
            && let Some(method) = self.dunder(object, "__setattr__")
        {
            return self.call_with(method, arguments.to_vec(), Vec::new(), bottom, at, Then::Push);
        }
        if let Some(operation) = self.store_by_operation(object, text.as_str(), value)? {
            return self.attempt(operation);
        }
        match (self.image.symbol(text.as_str()), object) {
            (Some(name), _) => {
                if let Some(call) = self.storing(object, name, value)? {
                    return self.call_with(call.callee, call.arguments, Vec::new(), bottom, at, Then::Push);
                }
                self.store(object, name, value.clone())?;
            }
            // No instruction can name it: it lies where `getattr` and `__dict__` find it.
            (None, Value::Instance(instance)) => {
                let Value::Object(_, dict) = self.dict_of(instance.id)? else { return Ok(Flow::Next) };
                let (key, value) = (data::hash::text_key(text.as_str()), value.clone());
                self.with(|context, _| {
                    if let Object::Dict(dict) = context.memory.get_mut(dict)? {
                        dict.insert(key, value);
                    }
                    Ok(())
                })?;
            }
            (None, _) => {
                let message = "raddle cannot set an attribute whose name the program's text does not hold";
                return Err(self.error(&exception::ATTRIBUTE_ERROR, message));
            }
        }
        self.done(bottom, Value::None)
    }

    /// `delattr`, and `object.__delattr__`.
    fn special_delete(&mut self, special: Special, arguments: &[Value], bottom: usize, at: u32) -> Step {
        let object = &arguments[0];
        let Value::Str(text) = arguments[1].plain() else {
            return Err(self.no_attribute_name(&arguments[1]));
        };
        if special == Special::DelAttr
            && let Some(method) = self.dunder(object, "__delattr__")
        {
            return self.call_with(method, arguments.to_vec(), Vec::new(), bottom, at, Then::Push);
        }
        let Some(name) = self.image.symbol(text.as_str()) else {
            return Err(self.no_attribute(object, text.as_str()));
        };
        if let Some(call) = self.deleting(object, name)? {
            return self.call_with(call.callee, call.arguments, Vec::new(), bottom, at, Then::Push);
        }
        self.delete(object, name)?;
        self.done(bottom, Value::None)
    }

    /// `vars(object)`
    fn special_vars(&mut self, object: &Value, bottom: usize) -> Step {
        if let Value::Instance(instance) = object {
            self.begin_local(instance)?;
        }
        let found = match (object, self.image.symbol("__dict__")) {
            (Value::Instance(instance), _) if let Value::Object(Kind::Local, id) = instance.inner => {
                Found::Value(self.dict_of_local(id))
            }
            (Value::Instance(instance), _) if !has_slots(&instance.class) => Found::Value(self.dict_of(instance.id)?),
            (_, Some(name)) => self.find(object, name)?,
            (_, None) => Found::Missing,
        };
        match found {
            Found::Value(value) => self.done(bottom, value),
            _ => Err(self.error(&exception::TYPE_ERROR, "vars() argument must have __dict__ attribute")),
        }
    }

    /// Builtins that ask an instance's class: `len(x)` is `type(x).__len__(x)`.
    pub(super) fn dunder_of_builtin(
        &self,
        native: &'static Native,
        receiver: &[Value],
        first: usize,
    ) -> Option<(Value, Value)> {
        let stack = &self.thread.stack;
        if !receiver.is_empty() || stack.len() != first + 1 || class::speaking_for(&stack[first]).is_none() {
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
        let Value::Instance(instance) = value else { return false };
        class::hashing(self.thread.heap.replaced(), self.image, &instance.class) == Hashing::Own
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
        Special::DelAttr => ("delattr", 2, 2),
        Special::OwnGetAttr => ("__getattribute__", 2, 2),
        Special::OwnSetAttr => ("__setattr__", 3, 3),
        Special::OwnDelAttr => ("__delattr__", 2, 2),
        Special::Vars => ("vars", 1, 1),
        Special::Instantiate => return None,
        // With the generator itself.
        Special::Close => ("generator.close", 1, 1),
        Special::Send => ("generator.send", 2, 2),
        Special::Throw => ("generator.throw", 2, 4),
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
        Special::OwnGetAttr => "getattr",
        Special::OwnSetAttr => "setattr",
        Special::DelAttr | Special::OwnDelAttr => "delattr",
        Special::Vars => "vars",
        Special::Instantiate => "type",
        Special::Iter => "iter",
        Special::Next | Special::Send | Special::Close | Special::Throw => "next",
        Special::GetAttr => "getattr",
        Special::HasAttr => "hasattr",
        Special::SetAttr => "setattr",
    };
    crate::machine::run::builtin::find(name).unwrap_or_default()
}
