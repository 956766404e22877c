//! Attributes: how a name behind a dot is found and called.

use super::{Flow, Step, Vm};
use crate::base::{ObjectId, Symbol};
use crate::bytecode::{AttributeUse, Code, CodeId};
use crate::machine::data;
use crate::machine::data::{class, instance};
use crate::machine::memory::image::Linked;
use crate::machine::memory::native::{Arguments, Call, Halt, Invocation, Layout, Native, Type};
use crate::machine::memory::object::{Attributes, Dict, Object};
use crate::machine::memory::operation::Operation;
use crate::machine::memory::replaced::Replaced;
use crate::machine::memory::thread::Then;
use crate::machine::memory::value::{self, Class, ClassRef, Descriptor, Function, InstanceRef, Kind, Value};
use crate::machine::run::builtin::INSTANTIATE;
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

/// A method that a call can do without a look at the function.
#[derive(Clone, Copy)]
pub(super) enum Method {
    /// A function's code, which takes just these arguments.
    Code(CodeId),
    /// The machine's.
    Native(&'static Native),
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
        if is_computed(self.thread.heap.replaced(), &instance.class, name) {
            return None;
        }
        match self.thread.heap.get(instance.id) {
            Some(Object::Instance(object)) => object.attributes.get(name).map(Value::copy),
            Some(_) => None,
            None if self.is_performing() => None,
            None => self.thread.finals.get(instance.id, name).map(Value::copy),
        }
    }

    /// `[empty object]`: a function that takes the object first goes to the empty place, so that no method has to be made
    /// to hold both. Whatever else the attribute is takes the object's place.
    #[inline]
    pub(super) fn load_method(&mut self, name: Symbol, count: u16, at: u32) -> Step {
        let found = self.method(self.peek(0), name, count);
        let vacancy = self.thread.stack.len() - 2;
        let function = match (found, self.peek(0)) {
            (Some(Method::Code(code)), _) => Value::Code(code),
            (Some(Method::Native(native)), _) => Value::Native(native),
            (None, Value::Instance(instance)) => match self.plain_method(&instance.class, name) {
                Some(function) => function.clone(),
                None => return self.load_attribute(name, at),
            },
            (None, _) => return self.load_attribute(name, at),
        };
        std::mem::replace(&mut self.thread.stack[vacancy], function).discard();
        Ok(Flow::Next)
    }

    /// The method that `object.name(…)` calls with the object first and `count` arguments behind it, if no more is needed
    /// of it: functions are not even copied, threads would fight for their counters.
    pub(super) fn method(&self, object: &Value, name: Symbol, count: u16) -> Option<Method> {
        match object {
            Value::Instance(instance) => {
                let code = self.plain_method(&instance.class, name)?.code()?;
                self.image.code(code).takes(usize::from(count) + 1).then_some(Method::Code(code))
            }
            Value::Object(Kind::Local, _) | Value::Unbound => None,
            Value::Module(_) | Value::Class(_) | Value::Type(_) | Value::Super(_) => None,
            _ => self.image.method(data::types::class_of(object).layout(), name).map(Method::Native),
        }
    }

    /// The function that a class holds for good under a name that nothing in an instance hides.
    #[inline]
    fn plain_method<'c>(&'c self, class: &'c ClassRef, name: Symbol) -> Option<&'c Value> {
        if self.image.program.attribute_use(name) != AttributeUse::Never {
            return None;
        }
        class::find_symbol(self.thread.heap.replaced(), class, name).filter(|found| matches!(found, Value::Function(_)))
    }

    /// What a class binds for good under `name`.
    pub(super) fn in_class(&self, class: &ClassRef, name: Symbol) -> Option<Value> {
        class::find_symbol(self.thread.heap.replaced(), class, name).cloned()
    }

    #[inline(never)]
    pub(super) fn load_any_attribute(&mut self, name: Symbol, at: u32) -> Step {
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

    pub(super) fn find(&mut self, object: &Value, name: Symbol) -> Result<Found, Halt> {
        match object {
            Value::Instance(instance) => self.find_in_instance(object, instance, name),
            Value::Class(class) => self.find_in_class(class, name),
            Value::Super(proxy) => self.find_behind(proxy, name),
            Value::Module(module) => Ok(self.module_member(*module, name)?.map_or(Found::Missing, Found::Value)),
            Value::Object(Kind::Local, id) if self.image.name(name) == "__dict__" => {
                Ok(Found::Value(self.dict_of_local(*id)))
            }
            Value::Object(Kind::Local, id) => {
                Ok(self.attribute_of_local(*id, name).map_or(Found::Missing, Found::Value))
            }
            Value::Type(builtin) => self.find_in_type(object, builtin, name),
            Value::Function(_) | Value::Method(_) => self.find_in_function(object, name),
            _ => self.find_builtin(object, data::types::class_of(object).layout(), name),
        }
    }

    fn find_in_instance(&mut self, object: &Value, instance: &Arc<InstanceRef>, name: Symbol) -> Result<Found, Halt> {
        self.begin_local(instance)?;
        let in_class = self.in_class(&instance.class, name);
        if let Some(found) = &in_class
            && let Some(call) = self.getting(found, object, &instance.class, true)
        {
            return Ok(Found::Computed(call));
        }
        let stored = self.image.program.attribute_use(name);
        if stored != AttributeUse::Never
            && let Some(value) = self.own_attribute_of(instance, name, stored)?
        {
            return Ok(Found::Value(value));
        }
        let text = self.image.name(name);
        if let (Value::Object(Kind::Local, id), "__dict__") = (&instance.inner, text) {
            return Ok(Found::Value(self.dict_of_local(*id)));
        }
        let in_class = match in_class {
            None if stored != AttributeUse::Never => {
                self.with(|context, _| class::find_variable(&context.memory, &instance.class, name))?
            }
            found => found,
        };
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
        match in_class {
            Some(value) => Ok(match self.getting(&value, object, &instance.class, false) {
                Some(call) => Found::Computed(call),
                None => Found::Value(bind(value, object, &instance.class)),
            }),
            None => self.find_builtin(object, layout, name),
        }
    }

    /// The call that gives what a descriptor found in a class stands for: a property's getter, or `__get__`. `data`: only
    /// if instances cannot hide it.
    pub(super) fn getting(&self, found: &Value, object: &Value, class: &ClassRef, data: bool) -> Option<Invocation> {
        match found {
            Value::Descriptor(descriptor) => match &**descriptor {
                Descriptor::Property { getter, .. } if !matches!(object, Value::Class(_)) => {
                    Some(invocation(getter.clone(), vec![object.clone()]))
                }
                _ => None,
            },
            Value::Instance(_) => {
                let method = self.dunder(found, "__get__")?;
                if data && self.dunder(found, "__set__").is_none() && self.dunder(found, "__delete__").is_none() {
                    return None;
                }
                let object = if matches!(object, Value::Class(_)) { Value::None } else { object.clone() };
                Some(invocation(method, vec![found.clone(), object, class.value()]))
            }
            _ => None,
        }
    }

    /// An attribute of the instance itself, or of this thread's part of it.
    fn own_attribute_of(
        &mut self,
        instance: &InstanceRef,
        name: Symbol,
        stored: AttributeUse,
    ) -> Result<Option<Value>, Halt> {
        match &instance.inner {
            Value::Object(Kind::Local, id) => Ok(self.attribute_of_local(*id, name)),
            _ => self.own_attribute(instance.id, name, stored),
        }
    }

    /// An attribute of the instance itself. On a shared instance, one that only `__init__` stores is read without an operation.
    fn own_attribute(&mut self, id: ObjectId, name: Symbol, stored: AttributeUse) -> Result<Option<Value>, Halt> {
        if let Some(Object::Instance(instance)) = self.thread.heap.get(id)
            && instance.dict.is_none()
        {
            return Ok(instance.attributes.get(name).cloned());
        }
        if stored == AttributeUse::Init
            && let Some(value) = self.final_attribute(id, name)
        {
            return Ok(Some(value));
        }
        self.with(|context, _| instance::attribute(&context.memory, context.image, id, name))
    }

    /// An attribute of a shared instance that can no longer change, without an operation.
    fn final_attribute(&mut self, id: ObjectId, name: Symbol) -> Option<Value> {
        if self.is_performing() {
            return None;
        }
        if let Some(value) = self.thread.finals.get(id, name) {
            return Some(value.clone());
        }
        let value = self.finals.final_attribute(self.thread.process, id, name)?;
        self.thread.finals.put(id, name, value.clone());
        Some(value)
    }

    fn find_in_class(&mut self, class: &Arc<Class>, name: Symbol) -> Result<Found, Halt> {
        let class = ClassRef::User(class.clone());
        let mut found = self.in_class(&class, name);
        if let Some(call) = found.as_ref().and_then(|found| self.getting(found, &class.value(), &class, false)) {
            return Ok(Found::Computed(call));
        }
        if found.is_none() && self.image.program.attribute_use(name) != AttributeUse::Never {
            found = self.with(|context, _| class::find_variable(&context.memory, &class, name))?;
        }
        if let Some(value) = found {
            return Ok(Found::Value(match &value {
                Value::Descriptor(descriptor) => match &**descriptor {
                    Descriptor::Static(function) => function.clone(),
                    Descriptor::Class(function) => {
                        Value::Method(Arc::new(value::Method { receiver: class.value(), function: function.clone() }))
                    }
                    Descriptor::Property { .. } => value,
                },
                _ => value,
            }));
        }
        if let Some(text) = self.class_text(&class, name) {
            return Ok(Found::Value(text));
        }
        if let Some(found) = self.find_in_metaclass(&class, name)? {
            return Ok(found);
        }
        match self.image.name(name) {
            "__dict__" => self.class_as_dict(&class),
            "__annotations__" => match &class {
                ClassRef::User(class) => Ok(Found::Value(self.annotations(class.body))),
                ClassRef::Builtin(_) => Ok(Found::Value(Value::None)),
            },
            text => Ok(self.class_method(&class, text)),
        }
    }

    /// What a class has of its metaclass, as an instance has of its class.
    fn find_in_metaclass(&mut self, class: &ClassRef, name: Symbol) -> Result<Option<Found>, Halt> {
        let value = class.value();
        let Some(meta) = class::speaking_for(&value).filter(|meta| data::types::is_metaclass(meta)).cloned() else {
            return Ok(None);
        };
        let mut found = self.in_class(&meta, name);
        if found.is_none() && self.image.program.attribute_use(name) != AttributeUse::Never {
            found = self.with(|context, _| class::find_variable(&context.memory, &meta, name))?;
        }
        Ok(found.map(|found| Found::Value(bind(found, &value, &meta))))
    }

    /// What a class has of the builtin types that it inherits from.
    fn class_method(&self, class: &ClassRef, text: &str) -> Found {
        let native = class.layout().method(text).or_else(|| object_method(text));
        let instantiate = || (text == "__call__" && class.name() == "type").then_some(&INSTANTIATE);
        let native = native.or_else(|| data::types::TYPE.method(text)).or_else(instantiate);
        match native.or_else(|| data::special::method(class.layout(), text)) {
            Some(native) if is_of_class(native) => Found::Value(Value::native_method(class.value(), native)),
            Some(native) => Found::Value(Value::Native(native)),
            None => Found::Missing,
        }
    }

    /// What a class itself binds, in a dict of its own.
    fn class_as_dict(&mut self, class: &ClassRef) -> Result<Found, Halt> {
        let ClassRef::User(class) = class else { return Ok(Found::Missing) };
        let id = class.variables;
        let variables = self.with(|context, _| match context.memory.get(id)? {
            Object::ClassVariables(variables) => Ok(variables.attributes.clone()),
            _ => Ok(Attributes::default()),
        })?;
        let bound = class::bound(self.thread.heap.replaced(), class, &variables).into_iter();
        let pairs = bound.map(|(name, value)| (data::hash::text_key(self.image.name(name)), value.clone()));
        let dict = Object::Dict(pairs.collect());
        Ok(Found::Value(self.new_object(Kind::Dict, dict)))
    }

    /// What a class body or a function annotates: builtin types by themselves, all else by its text.
    fn annotations(&mut self, code: CodeId) -> Value {
        let image = self.image;
        let annotated = image.code(code).annotated.iter().map(|(name, text)| {
            let meant = match &**text {
                "None" => Some(Value::None),
                text => data::builtin(text).filter(|value| matches!(value, Value::Type(_))),
            };
            (data::hash::text_key(image.name(*name)), meant.unwrap_or_else(|| Value::str(&**text)))
        });
        let dict = Object::Dict(annotated.collect());
        self.new_object(Kind::Dict, dict)
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
            ("__doc__", ClassRef::Builtin(_)) => Value::None,
            ("__mro__", class) => Value::tuple(class::ancestry(class).iter().map(ClassRef::value).collect()),
            ("__base__", ClassRef::User(class)) => {
                class.bases.first().map_or(Value::Type(&data::types::OBJECT), ClassRef::value)
            }
            ("__class__", class) => data::types::class_of(&class.value()).value(),
            ("__bases__", ClassRef::User(class)) if class.bases.is_empty() => {
                Value::tuple(vec![Value::Type(&data::types::OBJECT)])
            }
            ("__bases__", ClassRef::User(class)) => Value::tuple(class.bases.iter().map(ClassRef::value).collect()),
            _ => return None,
        })
    }

    fn docstring(&self, code: CodeId) -> Value {
        match self.image.code(code).docstring {
            Some(index) => self.image.constants[code.0 as usize][index as usize].clone(),
            None => Value::None,
        }
    }

    fn find_in_type(&mut self, object: &Value, builtin: &'static Type, name: Symbol) -> Result<Found, Halt> {
        if data::system::is_stream(builtin)
            && let Some(property) = builtin.property(self.image.name(name))
        {
            return self.compute(property, object);
        }
        if let Some(text) = self.class_text(&ClassRef::Builtin(builtin), name) {
            return Ok(Found::Value(text));
        }
        Ok(match self.class_method(&ClassRef::Builtin(builtin), self.image.name(name)) {
            Found::Value(Value::NativeMethod(bound)) => {
                Found::Value(Value::native_method(object.clone(), bound.native))
            }
            found => found,
        })
    }

    fn find_in_function(&mut self, object: &Value, name: Symbol) -> Result<Found, Halt> {
        let function = match object {
            Value::Method(method) => &method.function,
            function => function,
        };
        let text = self.image.name(name);
        if let Value::Method(method) = object {
            match text {
                "__self__" => return Ok(Found::Value(method.receiver.clone())),
                "__func__" => return Ok(Found::Value(method.function.clone())),
                _ => {}
            }
        }
        let Value::Function(function) = function else { return self.find_builtin(object, &data::types::METHOD, name) };
        let stored = self.image.program.attribute_use(name);
        if let Some(id) = function.attributes
            && stored != AttributeUse::Never
            && let Some(value) = self.own_attribute(id, name, stored)?
        {
            return Ok(Found::Value(value));
        }
        let code = self.image.code(function.code);
        Ok(Found::Value(match text {
            "__name__" => Value::str(self.image.name(code.name)),
            "__qualname__" => Value::str(&*code.qualified_name),
            "__doc__" => self.docstring(function.code),
            "__module__" => Value::str(self.module_of(code.home)?),
            "__defaults__" if function.defaults.is_empty() => Value::None,
            "__defaults__" => Value::tuple(function.defaults.to_vec()),
            "__annotations__" => self.annotations(function.code),
            "__kwdefaults__" => self.keyword_defaults(code, function),
            "__dict__" => match function.attributes {
                Some(id) => self.dict_of(id)?,
                None => self.new_object(Kind::Dict, Object::Dict(Dict::default())),
            },
            _ => return self.find_builtin(object, data::types::class_of(object).layout(), name),
        }))
    }

    fn keyword_defaults(&mut self, code: &Code, function: &Function) -> Value {
        let names = &code.locals[code.parameters.positional as usize..];
        let given = names.iter().zip(&function.keyword_defaults).filter(|(_, value)| !value.is_unbound());
        let pairs = given.map(|(name, value)| (data::hash::text_key(self.image.name(*name)), value.clone()));
        let defaults: Dict = pairs.collect();
        if defaults.is_empty() { Value::None } else { self.new_object(Kind::Dict, Object::Dict(defaults)) }
    }

    /// What a builtin type provides: computed attributes and methods.
    fn find_builtin(&mut self, object: &Value, layout: &'static Type, name: Symbol) -> Result<Found, Halt> {
        let text = self.image.name(name);
        if let Some(property) = layout.property(text) {
            return self.compute(property, object);
        }
        if let Some(native) = layout.method(text) {
            return Ok(Found::Value(bind_native(native, object)));
        }
        if let (Value::Object(Kind::Generator | Kind::Iterator, _), Some(native)) = (object, generator_method(text)) {
            return Ok(Found::Value(Value::native_method(object.clone(), native)));
        }
        Ok(match text {
            "__class__" => Found::Value(data::types::class_of(object).value()),
            "__dict__" => match object {
                Value::Instance(instance) if !has_slots(&instance.class) => Found::Value(self.dict_of(instance.id)?),
                _ => Found::Missing,
            },
            "__name__" => match object {
                Value::Native(native) => Found::Value(Value::str(native.name)),
                Value::NativeMethod(bound) => Found::Value(Value::str(bound.native.name)),
                _ => Found::Missing,
            },
            "__self__" => match object {
                Value::NativeMethod(bound) => Found::Value(bound.receiver.clone()),
                _ => Found::Missing,
            },
            "__doc__" => Found::Value(match object {
                Value::Instance(instance) => self.class_text(&instance.class, name).unwrap_or_default(),
                _ => Value::None,
            }),
            "__module__" => match object {
                Value::Instance(instance) => {
                    self.class_text(&instance.class, name).map_or(Found::Missing, Found::Value)
                }
                _ => Found::Missing,
            },
            // Calling what a function's `__call__` is does what calling the function does.
            "__call__" if data::function::is_function(object) => Found::Value(object.clone()),
            _ => match object_method(text).or_else(|| data::special::method(layout, text)) {
                Some(native) => Found::Value(bind_native(native, object)),
                None => Found::Missing,
            },
        })
    }

    /// The dict that holds an instance's attributes from now on.
    pub(super) fn dict_of(&mut self, id: ObjectId) -> Result<Value, Halt> {
        let (dict, moved) = self.with(|context, _| instance::dict(&mut context.memory, context.image, id))?;
        self.thread.escaped.extend(moved);
        Ok(Value::Object(Kind::Dict, dict))
    }

    fn compute(&mut self, property: &'static Native, object: &Value) -> Result<Found, Halt> {
        let arguments = Arguments { positional: std::slice::from_ref(object), keywords: &[] };
        match property.call {
            Call::Plain(call) | Call::Short(_, call) => {
                self.with(|context, _| call(context, arguments)).map(Found::Value)
            }
            Call::Operation(call) => self.with(|context, _| call(context, arguments)).map(Found::Performed),
            Call::Special(_) => Ok(Found::Missing),
        }
    }
}

/// Whether what instances of a class have under that name simply lies there: nothing else happens when it is read or stored.
#[inline]
pub(in crate::machine) fn lies_open(replaced: &Replaced, image: &Linked, class: &ClassRef, name: Symbol) -> bool {
    let guarded = matches!(class, ClassRef::User(class) if class.guarded || class.slots.is_some());
    let open = match class.layout().layout {
        Layout::Thread | Layout::Local => false,
        Layout::Exception => !data::raised::keeps(image.name(name)),
        // What is no instance of a class of the program or the library in Python has no attributes.
        Layout::Plain | Layout::Value | Layout::Final => matches!(class, ClassRef::User(_)),
    };
    open && !guarded && image.dict != Some(name) && !is_computed(replaced, class, name)
}

/// Whether a class may have a property or another descriptor of that name.
#[inline]
pub(super) fn is_computed(replaced: &Replaced, class: &ClassRef, name: Symbol) -> bool {
    match class {
        ClassRef::User(class) if class.computed.contains(&name) => true,
        ClassRef::User(_) => replaced.has_descriptors(),
        ClassRef::Builtin(_) => false,
    }
}

/// Whether instances of a class have no dict.
pub(super) fn has_slots(class: &ClassRef) -> bool {
    matches!(class, ClassRef::User(class) if class.slots.is_some())
}

pub(super) fn invocation(callee: Value, arguments: Vec<Value>) -> Invocation {
    Invocation { callee, arguments, keywords: Vec::new() }
}

/// A value found in a class, as an instance sees it.
pub(super) fn bind(value: Value, object: &Value, class: &ClassRef) -> Value {
    match value {
        Value::Function(_) => Value::Method(Arc::new(value::Method { receiver: object.clone(), function: value })),
        Value::Descriptor(ref descriptor) => match &**descriptor {
            Descriptor::Static(function) => function.clone(),
            Descriptor::Class(function) => {
                let class = match object {
                    Value::Class(_) => object.clone(),
                    _ => class.value(),
                };
                Value::Method(Arc::new(value::Method { receiver: class, function: function.clone() }))
            }
            Descriptor::Property { .. } => value,
        },
        other => other,
    }
}

/// A method of a builtin type, bound. What works on the builtin value gets that; what works on attributes gets the object, and
/// so do a primitive's methods, which may call others of the object's class.
pub(super) fn bind_native(native: &'static Native, object: &Value) -> Value {
    if native.name == "__new__" {
        return Value::Native(native);
    }
    let receiver = match native.call {
        Call::Plain(_) | Call::Short(..) => match object.plain() {
            Value::Object(kind, _) if kind.is_sync() => object,
            plain => plain,
        },
        Call::Operation(_) | Call::Special(_) => object,
    };
    Value::native_method(receiver.clone(), native)
}

/// `dict.fromkeys`, `str.maketrans` and the like are called on the type itself.
fn is_of_class(native: &Native) -> bool {
    matches!(native.name, "fromkeys" | "maketrans" | "from_bytes" | "fromhex" | "mro" | "__init_subclass__")
}

fn generator_method(name: &str) -> Option<&'static Native> {
    crate::machine::run::builtin::GENERATOR_METHODS.iter().find(|native| native.name == name)
}

/// What every object has, for `super().__init__()` in a class without bases.
pub(super) fn object_method(name: &str) -> Option<&'static Native> {
    crate::machine::run::builtin::OBJECT_METHODS.iter().find(|native| native.name == name)
}
