//! Attributes: how a name behind a dot is found, stored and called; and `with`, which finds methods too.

use super::{Callee, Flow, Step, Vm};
use crate::base::{ObjectId, Symbol};
use crate::bytecode::{AttributeUse, Code, CodeId};
use crate::machine::class;
use crate::machine::data;
use crate::machine::exception;
use crate::machine::native::{Arguments, Call, Halt, Invocation, Layout, Native, Type};
use crate::machine::object::{Attributes, Object};
use crate::machine::operation::Operation;
use crate::machine::sync;
use crate::machine::thread::{Then, Thread};
use crate::machine::value::{Class, ClassRef, Descriptor, InstanceRef, Kind, Method, Super, Value};
use triomphe::Arc;

/// What an attribute turned out to be.
pub(super) enum Found {
    /// A value.
    Value(Value),
    /// A property: call this.
    Computed(Invocation),
    /// An operation gives it.
    Performed(Operation),
    /// Nothing.
    Missing,
}

impl Vm<'_> {
    #[inline]
    pub(super) fn load_attribute(&mut self, name: Symbol, at: u32) -> Step {
        match self.plain_attribute(self.peek(0), name) {
            Some(value) => {
                self.replace(1, value);
                Ok(Flow::Next)
            }
            None => self.load_any_attribute(name, at),
        }
    }

    /// An attribute that lies in the instance itself, in this thread's heap or known to be final: what
    /// most loads find, without a copy of the object.
    #[inline]
    pub(super) fn plain_attribute(&self, object: &Value, name: Symbol) -> Option<Value> {
        let Value::Instance(instance) = object else { return None };
        if is_computed(&instance.class, name) {
            return None;
        }
        match self.thread.heap.get(instance.id) {
            Some(Object::Instance(object)) => object.attributes.get(name).map(Value::copy),
            Some(_) => None,
            None if self.is_performing() => None,
            None => self.thread.finals.get(instance.id, name).map(Value::copy),
        }
    }

    #[inline(never)]
    fn load_any_attribute(&mut self, name: Symbol, at: u32) -> Step {
        let object = self.peek(0).clone();
        match self.find(&object, name)? {
            Found::Value(value) => {
                self.replace(1, value);
                Ok(Flow::Next)
            }
            Found::Computed(call) => {
                let bottom = self.thread.stack.len() - 1;
                self.call_with(call.callee, call.arguments, Vec::new(), bottom, at, Then::Push)
            }
            Found::Performed(operation) => self.attempt(operation),
            Found::Missing => match self.dunder(&object, "__getattr__") {
                Some(method) => {
                    let arguments = vec![object, Value::str(self.image.name(name))];
                    let bottom = self.thread.stack.len() - 1;
                    self.call_with(method, arguments, Vec::new(), bottom, at, Then::Push)
                }
                None => Err(self.no_attribute(&object, self.image.name(name))),
            },
        }
    }

    pub(super) fn no_attribute(&mut self, object: &Value, name: &str) -> Halt {
        let message = match object {
            Value::Module(index) => {
                let module = crate::bytecode::library::MODULES[*index as usize].name;
                format!("module '{module}' has no attribute '{name}'")
            }
            Value::Class(class) => format!("type object '{}' has no attribute '{name}'", class.name),
            Value::Type(class) => format!("type object '{}' has no attribute '{name}'", class.name),
            Value::Super(_) => format!("'super' object has no attribute '{name}'"),
            other => format!("'{}' object has no attribute '{name}'", data::types::name_of(other)),
        };
        self.error(&exception::ATTRIBUTE_ERROR, message)
    }

    pub(super) fn find(&mut self, object: &Value, name: Symbol) -> Result<Found, Halt> {
        match object {
            Value::Instance(instance) => self.find_in_instance(object, instance, name),
            Value::Class(class) => self.find_in_class(class, name),
            Value::Super(proxy) => self.find_behind(proxy, name),
            Value::Module(module) => Ok(self.module_member(*module, name)?.map_or(Found::Missing, Found::Value)),
            Value::Object(Kind::Local, id) => Ok(match self.thread.locals.iter().find(|(local, _)| local == id) {
                Some((_, attributes)) => attributes.get(name).cloned().map_or(Found::Missing, Found::Value),
                None => Found::Missing,
            }),
            Value::Type(builtin) => self.find_in_type(object, builtin, name),
            Value::Function(_) | Value::Method(_) => Ok(self.find_in_function(object, name)),
            _ => self.find_builtin(object, data::types::class_of(object).layout(), name),
        }
    }

    fn find_in_instance(&mut self, object: &Value, instance: &Arc<InstanceRef>, name: Symbol) -> Result<Found, Halt> {
        let in_class = class::find_symbol(&instance.class, name).cloned();
        if let Some(Value::Descriptor(descriptor)) = &in_class
            && let Descriptor::Property { getter, .. } = &**descriptor
        {
            return Ok(Found::Computed(invocation(getter.clone(), vec![object.clone()])));
        }
        let stored = self.image.program.attribute_use(name);
        if stored != AttributeUse::Never
            && let Some(value) = self.own_attribute(instance.id, name, stored)?
        {
            return Ok(Found::Value(value));
        }
        let text = self.image.name(name);
        let layout = instance.class.layout();
        if in_class.is_none()
            && let Some(property) = layout.property(text)
        {
            return match self.compute(property, object) {
                // What can no longer change is read without an operation.
                Err(Halt::Shared { object, write }) => {
                    self.final_attribute(instance.id, name).map(Found::Value).ok_or(Halt::Shared { object, write })
                }
                found => found,
            };
        }
        let in_class = match in_class {
            None if stored != AttributeUse::Never => {
                self.with(|context, _| class::find_variable(&context.memory, &instance.class, name))?
            }
            found => found,
        };
        match in_class {
            Some(value) => Ok(Found::Value(bind(value, object, &instance.class))),
            None => self.find_builtin(object, layout, name),
        }
    }

    /// An attribute of the instance itself. On a shared instance, one that only `__init__` stores is read without an operation.
    fn own_attribute(&mut self, id: ObjectId, name: Symbol, stored: AttributeUse) -> Result<Option<Value>, Halt> {
        if let Some(Object::Instance(instance)) = self.thread.heap.get(id) {
            return Ok(instance.attributes.get(name).cloned());
        }
        if stored == AttributeUse::Init
            && let Some(value) = self.final_attribute(id, name)
        {
            return Ok(Some(value));
        }
        self.with(|context, _| match context.memory.get(id)? {
            Object::Instance(instance) => Ok(instance.attributes.get(name).cloned()),
            _ => Ok(None),
        })
    }

    /// An attribute of a shared instance that can no longer change, without an operation.
    fn final_attribute(&mut self, id: ObjectId, name: Symbol) -> Option<Value> {
        if self.is_performing() {
            return None;
        }
        if let Some(value) = self.thread.finals.get(id, name) {
            return Some(value.clone());
        }
        let value = self.finals.final_attribute(id, name)?;
        self.thread.finals.put(id, name, value.clone());
        Some(value)
    }

    fn find_in_class(&mut self, class: &Arc<Class>, name: Symbol) -> Result<Found, Halt> {
        let class = ClassRef::User(class.clone());
        let mut found = class::find_symbol(&class, name).cloned();
        if found.is_none() && self.image.program.attribute_use(name) != AttributeUse::Never {
            found = self.with(|context, _| class::find_variable(&context.memory, &class, name))?;
        }
        if let Some(value) = found {
            return Ok(Found::Value(match &value {
                Value::Descriptor(descriptor) => match &**descriptor {
                    Descriptor::Static(function) => function.clone(),
                    Descriptor::Class(function) => {
                        Value::Method(Arc::new(Method { receiver: class.value(), function: function.clone() }))
                    }
                    Descriptor::Property { .. } => value,
                },
                _ => value,
            }));
        }
        if let Some(text) = self.class_text(&class, name) {
            return Ok(Found::Value(text));
        }
        Ok(class
            .layout()
            .method(self.image.name(name))
            .map_or(Found::Missing, |native| Found::Value(Value::Native(native))))
    }

    /// `__name__` and the like.
    fn class_text(&self, class: &ClassRef, name: Symbol) -> Option<Value> {
        Some(match (self.image.name(name), class) {
            ("__name__", class) => Value::str(class.name()),
            ("__qualname__", ClassRef::User(class)) => Value::str(class.qualified_name.clone()),
            ("__qualname__", class) => Value::str(class.name()),
            ("__module__", ClassRef::User(class)) => Value::str(class.module.clone()),
            ("__module__", ClassRef::Builtin(builtin)) => Value::str(builtin.module),
            ("__doc__", ClassRef::User(class)) => self.docstring(class.body),
            ("__mro__", class) => Value::tuple(class::ancestry(class).iter().map(ClassRef::value).collect()),
            ("__bases__", ClassRef::User(class)) => Value::tuple(class.bases.iter().map(ClassRef::value).collect()),
            _ => return None,
        })
    }

    fn docstring(&self, code: crate::bytecode::CodeId) -> Value {
        match self.image.code(code).docstring {
            Some(index) => self.image.constants[code.0 as usize][index as usize].clone(),
            None => Value::None,
        }
    }

    fn find_in_type(&mut self, object: &Value, builtin: &'static Type, name: Symbol) -> Result<Found, Halt> {
        if let Some(text) = self.class_text(&ClassRef::Builtin(builtin), name) {
            return Ok(Found::Value(text));
        }
        let Some(native) = builtin.method(self.image.name(name)) else { return Ok(Found::Missing) };
        // `dict.fromkeys` and `str.maketrans` are called on the type itself.
        let of_type = matches!(native.name, "fromkeys" | "maketrans" | "from_bytes");
        let value = if of_type { Value::native_method(object.clone(), native) } else { Value::Native(native) };
        Ok(Found::Value(value))
    }

    fn find_in_function(&self, object: &Value, name: Symbol) -> Found {
        let function = match object {
            Value::Method(method) => &method.function,
            function => function,
        };
        let text = self.image.name(name);
        if let Value::Method(method) = object {
            match text {
                "__self__" => return Found::Value(method.receiver.clone()),
                "__func__" => return Found::Value(method.function.clone()),
                _ => {}
            }
        }
        let Value::Function(function) = function else { return Found::Missing };
        let code = self.image.code(function.code);
        match text {
            "__name__" => Found::Value(Value::str(self.image.name(code.name))),
            "__qualname__" => Found::Value(Value::str(&*code.qualified_name)),
            "__doc__" => Found::Value(self.docstring(function.code)),
            "__module__" => Found::Value(Value::str(code.home.module())),
            _ => Found::Missing,
        }
    }

    /// What a builtin type provides: computed attributes and methods.
    fn find_builtin(&mut self, object: &Value, layout: &'static Type, name: Symbol) -> Result<Found, Halt> {
        let text = self.image.name(name);
        if let Some(property) = layout.property(text) {
            return self.compute(property, object);
        }
        if let Some(native) = layout.method(text) {
            return Ok(Found::Value(Value::native_method(object.clone(), native)));
        }
        if let (Value::Object(Kind::Generator | Kind::Iterator, _), Some(native)) = (object, generator_method(text)) {
            return Ok(Found::Value(Value::native_method(object.clone(), native)));
        }
        Ok(match text {
            "__class__" => Found::Value(data::types::class_of(object).value()),
            "__dict__" => self.attributes_as_dict(object)?,
            "__name__" => match object {
                Value::Native(native) => Found::Value(Value::str(native.name)),
                Value::NativeMethod(bound) => Found::Value(Value::str(bound.native.name)),
                _ => Found::Missing,
            },
            _ => Found::Missing,
        })
    }

    fn attributes_as_dict(&mut self, object: &Value) -> Result<Found, Halt> {
        let Value::Instance(instance) = object else { return Ok(Found::Missing) };
        let id = instance.id;
        let attributes: Attributes = self.with(|context, _| match context.memory.get(id)? {
            Object::Instance(instance) => Ok(instance.attributes.clone()),
            _ => Ok(Attributes::default()),
        })?;
        let pairs = attributes.iter().map(|(name, value)| (data::hash::text_key(self.image.name(name)), value.clone()));
        let dict = Object::Dict(pairs.collect());
        Ok(Found::Value(self.new_object(Kind::Dict, dict)))
    }

    fn compute(&mut self, property: &'static Native, object: &Value) -> Result<Found, Halt> {
        let arguments = Arguments { positional: std::slice::from_ref(object), keywords: &[] };
        match property.call {
            Call::Plain(call) => self.with(|context, _| call(context, arguments)).map(Found::Value),
            Call::Operation(call) => self.with(|context, _| call(context, arguments)).map(Found::Performed),
            Call::Special(_) => Ok(Found::Missing),
        }
    }

    /// What `super().name` is.
    fn find_behind(&mut self, proxy: &Super, name: Symbol) -> Result<Found, Halt> {
        let own = match &proxy.receiver {
            Value::Instance(instance) => instance.class.clone(),
            Value::Class(class) => ClassRef::User(class.clone()),
            other => data::types::class_of(other),
        };
        let ancestors = class::ancestry(&own);
        let behind = ancestors.iter().skip_while(|class| **class != proxy.class).skip(1);
        let text = self.image.name(name);
        for ancestor in behind {
            match ancestor {
                ClassRef::User(class) => {
                    let mut found = class.attributes.get(&name).cloned();
                    if found.is_none() && self.image.program.attribute_use(name) != AttributeUse::Never {
                        let variables = class.variables;
                        found = self.with(|context, _| match context.memory.get(variables)? {
                            Object::ClassVariables(variables) => Ok(variables.attributes.get(name).cloned()),
                            _ => Ok(None),
                        })?;
                    }
                    if let Some(value) = found {
                        if let Value::Descriptor(descriptor) = &value
                            && let Descriptor::Property { getter, .. } = &**descriptor
                        {
                            return Ok(Found::Computed(invocation(getter.clone(), vec![proxy.receiver.clone()])));
                        }
                        return Ok(Found::Value(bind(value, &proxy.receiver, &own)));
                    }
                }
                ClassRef::Builtin(builtin) => {
                    if let Some(native) = builtin.method(text).or_else(|| object_method(text)) {
                        let bound = Value::native_method(proxy.receiver.clone(), native);
                        return Ok(Found::Value(bound));
                    }
                }
            }
        }
        Ok(Found::Missing)
    }

    pub(super) fn load_super(&mut self, code: &Code) -> Step {
        let frame = self.thread.frames.last();
        let (locals, cells) = frame.map_or((0, &[][..]), |frame| (frame.locals as usize, &*frame.cells));
        let receiver = match code.cell_parameters.iter().find(|(slot, _)| *slot == 0) {
            None => self.thread.stack.get(locals).cloned().unwrap_or_default(),
            Some((_, cell)) => {
                let cell = cells[*cell as usize];
                self.with(|context, _| match context.memory.get(cell)? {
                    Object::Cell(value) => Ok(value.clone()),
                    _ => Ok(Value::Unbound),
                })?
            }
        };
        let own = match &receiver {
            Value::Instance(instance) => Some(instance.class.clone()),
            Value::Class(class) => Some(ClassRef::User(class.clone())),
            _ => None,
        };
        let class = own.zip(code.class_body).and_then(|(own, body)| class::defining(&own, body));
        match class {
            Some(class) => {
                self.push(Value::Super(Arc::new(Super { class, receiver })));
                Ok(Flow::Next)
            }
            None => Err(self.error(&exception::RUNTIME_ERROR, "super(): no arguments")),
        }
    }

    /// The code that `object.name(…)` calls when it is a plain function of the object's class, for good.
    #[inline]
    pub(super) fn plain_method(&self, object: &Value, name: Symbol) -> Option<CodeId> {
        match object {
            Value::Instance(instance) if self.image.program.attribute_use(name) == AttributeUse::Never => {
                class::find_symbol(&instance.class, name)?.code()
            }
            _ => None,
        }
    }

    /// The machine's method that `object.name(…)` calls, when the object is a builtin value.
    #[inline]
    pub(super) fn native_method(&self, object: &Value, name: Symbol) -> Option<&'static Native> {
        match object {
            Value::Object(Kind::Local, _) | Value::Instance(_) => None,
            Value::Module(_) | Value::Class(_) | Value::Type(_) | Value::Super(_) => None,
            _ => self.image.method(data::types::class_of(object).layout(), name),
        }
    }

    /// What `object.name(…)` calls.
    pub(super) fn find_method(&mut self, object: &Value, name: Symbol) -> Result<Callee, Halt> {
        match object {
            Value::Instance(instance) if self.image.program.attribute_use(name) == AttributeUse::Never => {
                if let Some(function @ Value::Function(_)) = class::find_symbol(&instance.class, name) {
                    return Ok(Callee::Bound(function.clone()));
                }
            }
            _ => {
                if let Some(native) = self.native_method(object, name) {
                    return Ok(Callee::Bound(Value::Native(native)));
                }
            }
        }
        match self.find(object, name)? {
            Found::Value(value) => Ok(Callee::Free(value)),
            Found::Computed(call) => Ok(Callee::Computed(call)),
            Found::Performed(_) => {
                let message = format!("'{}' is not callable", self.image.name(name));
                Err(self.error(&exception::TYPE_ERROR, message))
            }
            Found::Missing => match self.dunder(object, "__getattr__") {
                Some(method) => {
                    let arguments = vec![object.clone(), Value::str(self.image.name(name))];
                    Ok(Callee::Computed(invocation(method, arguments)))
                }
                None => Err(self.no_attribute(object, self.image.name(name))),
            },
        }
    }

    #[inline]
    pub(super) fn store_attribute(&mut self, name: Symbol, at: u32) -> Step {
        let top = self.thread.stack.len() - 1;
        if self.store_plain(top, name) {
            self.drop_values(2);
            return Ok(Flow::Next);
        }
        self.store_any_attribute(name, at)
    }

    /// Stores into the instance at `place`, if it is in this thread's heap and its class has no say in it. The value is
    /// taken from the top of the stack, or from below the instance when that is there.
    #[inline]
    pub(super) fn store_plain(&mut self, place: usize, name: Symbol) -> bool {
        let Thread { stack, heap, .. } = &mut *self.thread;
        let (below, above) = stack.split_at_mut(place);
        let [Value::Instance(instance), above @ ..] = above else { return false };
        let Some(value) = above.last_mut().or_else(|| below.last_mut()) else { return false };
        if !lies_open(&instance.class, name) {
            return false;
        }
        let Some(Object::Instance(target)) = heap.get_mut(instance.id) else { return false };
        target.attributes.set(name, std::mem::take(value));
        true
    }

    #[inline(never)]
    fn store_any_attribute(&mut self, name: Symbol, at: u32) -> Step {
        let (object, value) = (self.peek(0).clone(), self.peek(1).clone());
        if let Some(setter) = self.setter(&object, name)? {
            let bottom = self.thread.stack.len() - 2;
            return self.call_with(setter, vec![object, value], Vec::new(), bottom, at, Then::Discard);
        }
        if let Some(operation) = self.store_in_thread(&object, self.image.name(name), &value)? {
            return self.attempt(operation);
        }
        self.store(&object, name, value)?;
        self.drop_values(2);
        Ok(Flow::Next)
    }

    /// The operation that storing to an attribute of a thread object is, if it is one.
    pub(super) fn store_in_thread(
        &mut self,
        object: &Value,
        name: &str,
        value: &Value,
    ) -> Result<Option<Operation>, Halt> {
        match object {
            Value::Instance(instance) if instance.class.layout().layout == Layout::Thread => {
                self.with(|context, _| sync::thread::store(context, object, name, value))
            }
            _ => Ok(None),
        }
    }

    /// The setter of a property, if the name is one.
    pub(super) fn setter(&mut self, object: &Value, name: Symbol) -> Result<Option<Value>, Halt> {
        let Value::Instance(instance) = object else { return Ok(None) };
        let Some(Value::Descriptor(descriptor)) = class::find_symbol(&instance.class, name) else { return Ok(None) };
        match &**descriptor {
            Descriptor::Property { setter: Value::None | Value::Unbound, .. } => {
                let (name, class) = (self.image.name(name), instance.class.name());
                let message = format!("property '{name}' of '{class}' object has no setter");
                Err(self.error(&exception::ATTRIBUTE_ERROR, message))
            }
            Descriptor::Property { setter, .. } => Ok(Some(setter.clone())),
            _ => Ok(None),
        }
    }

    pub(super) fn store(&mut self, object: &Value, name: Symbol, value: Value) -> Result<(), Halt> {
        match object {
            Value::Instance(instance) => {
                let id = instance.id;
                self.with(|context, _| {
                    if let Object::Instance(instance) = context.memory.get_mut(id)? {
                        instance.attributes.set(name, value);
                    }
                    Ok(())
                })
            }
            Value::Class(class) => {
                let id = class.variables;
                // An ancestor's would be hidden as well.
                if class::find_symbol(&ClassRef::User(class.clone()), name).is_some() {
                    let message =
                        format!("raddle cannot replace '{}' of a class once it is defined", self.image.name(name));
                    return Err(self.error(&exception::ATTRIBUTE_ERROR, message));
                }
                self.with(|context, _| {
                    if let Object::ClassVariables(variables) = context.memory.get_mut(id)? {
                        variables.attributes.set(name, value);
                    }
                    Ok(())
                })
            }
            Value::Object(Kind::Local, id) => {
                self.local_attributes(*id).set(name, value);
                Ok(())
            }
            other => Err(self.no_attribute(other, self.image.name(name))),
        }
    }

    /// This thread's attributes of a `threading.local`.
    fn local_attributes(&mut self, id: ObjectId) -> &mut Attributes {
        let locals = &mut self.thread.locals;
        let index = locals.iter().position(|(local, _)| *local == id).unwrap_or_else(|| {
            locals.push((id, Attributes::default()));
            locals.len() - 1
        });
        &mut locals[index].1
    }

    pub(super) fn delete_attribute(&mut self, name: Symbol) -> Step {
        let object = self.peek(0).clone();
        let removed = match &object {
            Value::Instance(instance) => {
                let id = instance.id;
                self.with(|context, _| match context.memory.get_mut(id)? {
                    Object::Instance(instance) => Ok(instance.attributes.remove(name)),
                    _ => Ok(None),
                })?
            }
            Value::Class(class) => {
                let id = class.variables;
                self.with(|context, _| match context.memory.get_mut(id)? {
                    Object::ClassVariables(variables) => Ok(variables.attributes.remove(name)),
                    _ => Ok(None),
                })?
            }
            Value::Object(Kind::Local, id) => self.local_attributes(*id).remove(name),
            _ => None,
        };
        match removed {
            Some(_) => {
                self.pop();
                Ok(Flow::Next)
            }
            None => Err(self.no_attribute(&object, self.image.name(name))),
        }
    }
}

/// Whether what instances of a class have under that name simply lies there: nothing else happens when it is read or stored.
pub(in crate::machine) fn lies_open(class: &ClassRef, name: Symbol) -> bool {
    class.layout().layout != Layout::Thread && !is_computed(class, name)
}

/// Whether a class may have a property or another descriptor of that name.
#[inline]
fn is_computed(class: &ClassRef, name: Symbol) -> bool {
    matches!(class, ClassRef::User(class) if class.computed.contains(&name))
}

fn invocation(callee: Value, arguments: Vec<Value>) -> Invocation {
    Invocation { callee, arguments, keywords: Vec::new() }
}

/// A value found in a class, as an instance sees it.
fn bind(value: Value, object: &Value, class: &ClassRef) -> Value {
    match value {
        Value::Function(_) => Value::Method(Arc::new(Method { receiver: object.clone(), function: value })),
        Value::Descriptor(ref descriptor) => match &**descriptor {
            Descriptor::Static(function) => function.clone(),
            Descriptor::Class(function) => {
                let class = match object {
                    Value::Class(_) => object.clone(),
                    _ => class.value(),
                };
                Value::Method(Arc::new(Method { receiver: class, function: function.clone() }))
            }
            Descriptor::Property { .. } => value,
        },
        other => other,
    }
}

fn generator_method(name: &str) -> Option<&'static Native> {
    crate::machine::builtin::GENERATOR_METHODS.iter().find(|native| native.name == name)
}

/// What every object has, for `super().__init__()` in a class without bases.
fn object_method(name: &str) -> Option<&'static Native> {
    crate::machine::builtin::OBJECT_METHODS.iter().find(|native| native.name == name)
}
