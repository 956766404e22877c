//! Attributes that are stored to and deleted.

use super::attribute::invocation;
use super::{Flow, Step, Vm};
use crate::base::{ObjectId, Symbol};
use crate::bytecode::{AttributeUse, library};
use crate::machine::data::{class, exception, instance};
use crate::machine::memory::native::{Halt, Invocation, Layout};
use crate::machine::memory::object::{Attributes, Object};
use crate::machine::memory::operation::Operation;
use crate::machine::memory::thread::Then;
use crate::machine::memory::value::{Class, ClassRef, Descriptor, Kind, Value};
use crate::machine::{data, sync};
use triomphe::Arc;

impl Vm<'_> {
    #[inline(never)]
    pub(super) fn store_attribute(&mut self, name: Symbol, at: u32) -> Step {
        let (object, value) = (self.peek(0).clone(), self.peek(1).clone());
        let own = self.dunder(&object, "__setattr__");
        if let Some(method) = own {
            let bottom = self.thread.stack.len() - 2;
            let arguments = vec![object, Value::str(self.image.name(name)), value];
            return self.call_with(method, arguments, Vec::new(), bottom, at, Then::Discard);
        }
        if let Some(call) = self.storing(&object, name, &value)? {
            let bottom = self.thread.stack.len() - 2;
            return self.call_with(call.callee, call.arguments, Vec::new(), bottom, at, Then::Discard);
        }
        if let Some(operation) = self.store_by_operation(&object, self.image.name(name), &value)? {
            return self.attempt(operation);
        }
        self.store(&object, name, value)?;
        self.drop_values(2);
        Ok(Flow::Next)
    }

    /// The operation that storing to an attribute of a thread object or a queue is, if it is one.
    pub(super) fn store_by_operation(
        &mut self,
        object: &Value,
        name: &str,
        value: &Value,
    ) -> Result<Option<Operation>, Halt> {
        match object {
            Value::Instance(instance) if instance.class.layout().layout == Layout::Thread => {
                self.with(|context, _| sync::thread::store(context, object, name, value))
            }
            _ => match object.plain() {
                Value::Object(Kind::Queue | Kind::LifoQueue | Kind::PriorityQueue, id) => {
                    self.with(|context, _| sync::queue::store(context, *id, name, value))
                }
                _ => Ok(None),
            },
        }
    }

    /// The call that stores an attribute, if the name stands for a property or another descriptor.
    pub(super) fn storing(&mut self, object: &Value, name: Symbol, value: &Value) -> Result<Option<Invocation>, Halt> {
        let Value::Instance(instance) = object else { return Ok(None) };
        let Some(found) = self.in_class(&instance.class, name) else { return Ok(None) };
        match &found {
            Value::Descriptor(descriptor) => match &**descriptor {
                Descriptor::Property { setter: Value::None | Value::Unbound, .. } => {
                    let (name, class) = (self.image.name(name), instance.class.name());
                    let message = format!("property '{name}' of '{class}' object has no setter");
                    Err(self.error(&exception::ATTRIBUTE_ERROR, message))
                }
                Descriptor::Property { setter, .. } => {
                    Ok(Some(invocation(setter.clone(), vec![object.clone(), value.clone()])))
                }
                _ => Ok(None),
            },
            Value::Instance(_) => match self.dunder(&found, "__set__") {
                Some(method) => Ok(Some(invocation(method, vec![found, object.clone(), value.clone()]))),
                None if self.dunder(&found, "__delete__").is_some() => {
                    Err(self.error(&exception::ATTRIBUTE_ERROR, "__set__"))
                }
                None => Ok(None),
            },
            _ => Ok(None),
        }
    }

    pub(super) fn store(&mut self, object: &Value, name: Symbol, value: Value) -> Result<(), Halt> {
        match (self.image.name(name), object) {
            // A program text with such a name is refused; `setattr` comes here.
            (text @ "__class__", Value::Instance(_))
            | (text @ ("__class__" | "__bases__" | "__mro__"), Value::Class(_)) => {
                let message = format!("raddle cannot change '{text}'");
                return Err(self.error(&exception::TYPE_ERROR, message));
            }
            (text, Value::Function(_) | Value::Class(_)) => self.check_own(text, object, Some(&value))?,
            _ => {}
        }
        match object {
            Value::Instance(instance) if matches!(instance.inner, Value::Object(Kind::Local, _)) => {
                self.begin_local(instance)?;
                if let Some(id) = instance.inner.object_id() {
                    self.local_attributes(id).set(name, value);
                }
                Ok(())
            }
            Value::Instance(instance) => {
                if self.image.name(name) == "__dict__" {
                    return self.store_dict(instance.id, &value);
                }
                let image = self.image;
                if instance.class.layout().layout == Layout::Exception && data::raised::keeps(image.name(name)) {
                    let id = instance.id;
                    return self.with(|context, _| data::raised::store_own(context, id, image.name(name), &value));
                }
                if !has_slot(&instance.class, name) {
                    return Err(self.no_slot(object, name));
                }
                let id = instance.id;
                self.with(|context, _| instance::store(&mut context.memory, context.image, id, name, value))
            }
            Value::Class(class) => self.store_in_class(class, name, value),
            Value::Object(Kind::Local, id) => {
                self.local_attributes(*id).set(name, value);
                Ok(())
            }
            Value::Function(function) if function.attributes.is_some() => {
                let id = function.attributes.unwrap_or(self.image.namespace);
                self.with(|context, _| instance::store(&mut context.memory, context.image, id, name, value))
            }
            Value::Module(module)
                if self.image.program.own_module(*module).is_some()
                    || library::is_assignable(*module, self.image.name(name)) =>
            {
                match self.image.library_global(*module, name) {
                    Some(global) => self.write_global(global, value).map(|_| ()),
                    None => Err(self.no_attribute(object, self.image.name(name))),
                }
            }
            Value::Type(class) => {
                let message =
                    format!("cannot set '{}' attribute of immutable type '{}'", self.image.name(name), class.name);
                Err(self.error(&exception::TYPE_ERROR, message))
            }
            other => Err(self.no_attribute(other, self.image.name(name))),
        }
    }

    /// What a function or a class has by itself and does not give up, whatever is stored to it. Without a value it is deleted.
    fn check_own(&mut self, name: &str, object: &Value, value: Option<&Value>) -> Result<(), Halt> {
        let is_text = matches!(value, Some(Value::Str(_)));
        let given = value.map(data::types::name_of);
        let type_error = match (name, object, given) {
            ("__name__" | "__qualname__", Value::Function(_), _) if !is_text => {
                format!("{name} must be set to a string object")
            }
            ("__name__" | "__qualname__", Value::Class(class), Some(given)) if !is_text => {
                format!("can only assign string to {}.{name}, not '{given}'", class.name)
            }
            ("__name__" | "__qualname__", Value::Class(class), None) => {
                format!("cannot delete '{name}' attribute of immutable type '{}'", class.name)
            }
            ("__dict__", Value::Function(_), Some(given)) if &*given != "dict" => {
                format!("__dict__ must be set to a dictionary, not a '{given}'")
            }
            // A program text with one of the other names is refused; `setattr` comes here.
            ("__dict__" | "__defaults__" | "__kwdefaults__" | "__code__", Value::Function(_), _) => {
                format!("raddle cannot change '{name}' of a function")
            }
            ("__closure__" | "__globals__", Value::Function(_), _) => {
                return Err(self.error(&exception::ATTRIBUTE_ERROR, "readonly attribute"));
            }
            ("__dict__", Value::Class(_), _) => {
                let message = "attribute '__dict__' of 'type' objects is not writable";
                return Err(self.error(&exception::ATTRIBUTE_ERROR, message));
            }
            _ => return Ok(()),
        };
        Err(self.error(&exception::TYPE_ERROR, type_error))
    }

    /// `instance.__dict__ = dict`
    fn store_dict(&mut self, id: ObjectId, value: &Value) -> Result<(), Halt> {
        let Value::Object(Kind::Dict, dict) = value.plain() else {
            let name = data::types::name_of(value);
            let message = format!("__dict__ must be set to a dictionary, not a '{name}'");
            return Err(self.error(&exception::TYPE_ERROR, message));
        };
        let dict = *dict;
        self.with(|context, _| {
            if let Object::Instance(instance) = context.memory.get_mut(id)? {
                instance.attributes = Attributes::default();
                instance.dict = Some(dict);
            }
            Ok(())
        })
    }

    fn no_slot(&mut self, object: &Value, name: Symbol) -> Halt {
        let class = data::types::class_of(object);
        if class::find_symbol(self.thread.heap.replaced(), &class, name).is_some() {
            let message = format!("'{}' object attribute '{}' is read-only", class.name(), self.image.name(name));
            return self.error(&exception::ATTRIBUTE_ERROR, message);
        }
        self.no_attribute(object, self.image.name(name))
    }

    /// What nobody else can see yet takes anything. What threads share, only what is no part of how its instances behave.
    fn store_in_class(&mut self, class: &Arc<Class>, name: Symbol, value: Value) -> Result<(), Halt> {
        let text = self.image.name(name);
        let is_descriptor = class::is_descriptor(self.thread.heap.replaced(), self.image, &value);
        let special = text.starts_with("__") && text.ends_with("__");
        let behaves = special
            || matches!(value, Value::Function(_) | Value::Descriptor(_) | Value::Unbound)
            // An ancestor's would be hidden as well.
            || class::find_symbol(self.thread.heap.replaced(), &ClassRef::User(class.clone()), name).is_some()
            // Nobody looks among what may change for a name that no program text stores to.
            || self.image.program.attribute_use(name) == AttributeUse::Never
            || is_descriptor;
        let id = class.variables;
        if !behaves {
            return self.with(|context, _| {
                if let Object::ClassVariables(variables) = context.memory.get_mut(id)? {
                    variables.attributes.set(name, value);
                }
                Ok(())
            });
        }
        let Some(Object::ClassVariables(variables)) = self.thread.heap.get_mut(id) else {
            let message = format!("raddle cannot replace '{text}' of a class once threads share it");
            return Err(self.error(&exception::ATTRIBUTE_ERROR, message));
        };
        variables.fixed.set(name, value.clone());
        variables.attributes.remove(name);
        let decides = is_descriptor || matches!(text, "__setattr__" | "__delattr__");
        self.thread.heap.store_in_class(id, name, value, decides);
        Ok(())
    }

    /// `del object.name`
    pub(super) fn delete_attribute(&mut self, name: Symbol, at: u32) -> Step {
        let object = self.peek(0).clone();
        let bottom = self.thread.stack.len() - 1;
        if let Some(method) = self.dunder(&object, "__delattr__") {
            let arguments = vec![object, Value::str(self.image.name(name))];
            return self.call_with(method, arguments, Vec::new(), bottom, at, Then::Discard);
        }
        if let Some(call) = self.deleting(&object, name)? {
            return self.call_with(call.callee, call.arguments, Vec::new(), bottom, at, Then::Discard);
        }
        self.delete(&object, name)?;
        self.pop();
        Ok(Flow::Next)
    }

    /// The call that deletes an attribute, if the name stands for a property or another descriptor.
    pub(super) fn deleting(&mut self, object: &Value, name: Symbol) -> Result<Option<Invocation>, Halt> {
        let Value::Instance(instance) = object else { return Ok(None) };
        let Some(found) = self.in_class(&instance.class, name) else { return Ok(None) };
        match &found {
            Value::Descriptor(descriptor) => match &**descriptor {
                Descriptor::Property { deleter: Value::None | Value::Unbound, .. } => {
                    let (name, class) = (self.image.name(name), instance.class.name());
                    let message = format!("property '{name}' of '{class}' object has no deleter");
                    Err(self.error(&exception::ATTRIBUTE_ERROR, message))
                }
                Descriptor::Property { deleter, .. } => Ok(Some(invocation(deleter.clone(), vec![object.clone()]))),
                _ => Ok(None),
            },
            Value::Instance(_) => match self.dunder(&found, "__delete__") {
                Some(method) => Ok(Some(invocation(method, vec![found, object.clone()]))),
                None if self.dunder(&found, "__set__").is_some() => {
                    Err(self.error(&exception::ATTRIBUTE_ERROR, "__delete__"))
                }
                None => Ok(None),
            },
            _ => Ok(None),
        }
    }

    pub(super) fn delete(&mut self, object: &Value, name: Symbol) -> Result<(), Halt> {
        if matches!(object, Value::Function(_) | Value::Class(_)) {
            self.check_own(self.image.name(name), object, None)?;
        }
        let removed = match object {
            Value::Instance(instance) if matches!(instance.inner, Value::Object(Kind::Local, _)) => {
                self.begin_local(instance)?;
                instance.inner.object_id().and_then(|id| self.local_attributes(id).remove(name))
            }
            Value::Instance(instance) => {
                let id = instance.id;
                self.with(|context, _| instance::remove(&mut context.memory, context.image, id, name))?
            }
            Value::Function(function) => match function.attributes {
                Some(id) => self.with(|context, _| instance::remove(&mut context.memory, context.image, id, name))?,
                None => None,
            },
            Value::Class(class) if class::own(self.thread.heap.replaced(), class, name).is_some() => {
                return self.store_in_class(class, name, Value::Unbound);
            }
            Value::Class(class) => {
                let id = class.variables;
                self.with(|context, _| match context.memory.get_mut(id)? {
                    Object::ClassVariables(variables) => Ok(variables.attributes.remove(name)),
                    _ => Ok(None),
                })?
            }
            Value::Object(Kind::Local, id) => self.local_attributes(*id).remove(name),
            Value::Module(module) if self.image.program.own_module(*module).is_some() => {
                match self.image.library_global(*module, name) {
                    Some(global) => {
                        Some(self.write_global(global, Value::Unbound)?).filter(|value| !value.is_unbound())
                    }
                    None => None,
                }
            }
            _ => None,
        };
        match (removed, object) {
            (Some(_), _) => Ok(()),
            // CPython names nothing but the attribute here.
            (None, Value::Instance(_)) => Err(self.no_attribute(object, self.image.name(name))),
            (None, Value::Module(_)) => {
                let message = format!("'module' object has no attribute '{}'", self.image.name(name));
                Err(self.error(&exception::ATTRIBUTE_ERROR, message))
            }
            (None, _) => Err(self.no_attribute(object, self.image.name(name))),
        }
    }
}

/// Whether instances of a class can have an attribute of that name.
fn has_slot(class: &ClassRef, name: Symbol) -> bool {
    match class {
        ClassRef::User(class) => class.slots.as_ref().is_none_or(|slots| slots.contains(&name)),
        ClassRef::Builtin(class) => !matches!(class.layout, Layout::Plain | Layout::Value),
    }
}
