//! `threading.local`: attributes that each thread has for itself, also those of objects of classes that inherit from it.

use super::call::Place;
use super::{Step, Vm};
use crate::base::{ObjectId, Symbol};
use crate::machine::data;
use crate::machine::data::exception;
use crate::machine::memory::native::{Halt, Question};
use crate::machine::memory::object::{Attributes, Dict, Object, Payload};
use crate::machine::memory::thread::Then;
use crate::machine::memory::value::{ClassRef, InstanceRef, Kind, Value};
use triomphe::Arc;

impl Vm<'_> {
    /// What the thread holds in a `threading.local`, as it is now: a dict of its own.
    pub(super) fn dict_of_local(&mut self, id: ObjectId) -> Value {
        let held = self.thread.locals.iter().find(|(local, _)| *local == id);
        let pairs = held.into_iter().flat_map(|(_, attributes)| attributes.iter());
        let pairs = pairs.map(|(name, value)| (data::hash::text_key(self.image.name(name)), value.clone()));
        let dict: Dict = pairs.collect();
        self.new_object(Kind::Dict, Object::Dict(dict))
    }

    /// This thread's attributes of a `threading.local`.
    pub(super) fn local_attributes(&mut self, id: ObjectId) -> &mut Attributes {
        let locals = &mut self.thread.locals;
        let index = locals.iter().position(|(local, _)| *local == id).unwrap_or_else(|| {
            locals.push((id, Attributes::default()));
            locals.len() - 1
        });
        &mut locals[index].1
    }

    /// What the thread holds under a name in a `threading.local`.
    pub(super) fn attribute_of_local(&self, id: ObjectId, name: Symbol) -> Option<Value> {
        let (_, attributes) = self.thread.locals.iter().find(|(local, _)| *local == id)?;
        attributes.get(name).cloned()
    }

    /// An instance of a class that inherits from `threading.local`. What it was made with is kept for the other threads.
    pub(super) fn instantiate_local(
        &mut self,
        class: ClassRef,
        init: Option<Value>,
        place: Place<'_>,
        then: Then,
    ) -> Step {
        let [arguments, keywords] = self.packed(&[], place);
        let given = self.thread.stack.len() > place.first;
        if init.is_none() && given {
            return Err(self.error(&exception::TYPE_ERROR, "Initialization arguments are not supported"));
        }
        let kept = Value::tuple(vec![arguments.clone(), keywords.clone()]);
        let id = self.thread.heap.add(Object::Cell(kept));
        self.local_attributes(id);
        let inner = Value::Object(Kind::Local, id);
        let made = self.with(|context, _| data::object::wrapped(context, class, Payload::None, inner));
        match init {
            Some(init) => self.call_prelude("filled_instance", vec![made, init, arguments, keywords], place, then),
            None => {
                self.thread.stack.truncate(place.bottom);
                self.receive(made, then, place.at)
            }
        }
    }

    /// The first time that a thread asks something of such an instance, its `__init__` runs in that thread, too.
    pub(super) fn begin_local(&mut self, instance: &Arc<InstanceRef>) -> Result<(), Halt> {
        let Value::Object(Kind::Local, id) = instance.inner else { return Ok(()) };
        if self.thread.locals.iter().any(|(local, _)| *local == id) {
            return Ok(());
        }
        let Some(init) = self.image.init.and_then(|init| self.in_class(&instance.class, init)) else {
            return Ok(());
        };
        let kept = self.with(|context, _| match context.memory.get(id)? {
            Object::Cell(kept) => Ok(kept.clone()),
            _ => Ok(Value::None),
        })?;
        self.local_attributes(id);
        let values = vec![Value::Instance(instance.clone()), init, kept];
        Err(Halt::Ask(Box::new(Question { function: "ask_local", values })))
    }
}
