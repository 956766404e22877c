//! `super()`: attributes looked up behind a class.

use super::attribute::{Found, bind, bind_native, object_method};
use super::{Flow, Step, Vm};
use crate::base::Symbol;
use crate::bytecode::{AttributeUse, Code};
use crate::machine::data;
use crate::machine::data::{class, exception};
use crate::machine::memory::native::{Halt, Native, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::value::{ClassRef, Super, Value};
use crate::machine::run::builtin::INSTANTIATE;
use triomphe::Arc;

impl Vm<'_> {
    /// What `super().name` is.
    pub(super) fn find_behind(&mut self, proxy: &Super, name: Symbol) -> Result<Found, Halt> {
        let own = match &proxy.receiver {
            Value::Instance(instance) => instance.class.clone(),
            Value::Class(class) => ClassRef::User(class.clone()),
            other => data::types::class_of(other),
        };
        let mut ancestors = class::ancestry(&own);
        if !ancestors.contains(&proxy.class)
            && let Some(meta) = class::speaking_for(&proxy.receiver)
        {
            ancestors = class::ancestry(meta);
        }
        let behind = ancestors.iter().skip_while(|class| **class != proxy.class).skip(1);
        let text = self.image.name(name);
        for ancestor in behind {
            match ancestor {
                ClassRef::User(class) => {
                    let mut found = class::own(self.thread.heap.replaced(), class, name).cloned();
                    if found.is_none() && self.image.program.attribute_use(name) != AttributeUse::Never {
                        let variables = class.variables;
                        found = self.with(|context, _| match context.memory.get(variables)? {
                            Object::ClassVariables(variables) => Ok(variables.attributes.get(name).cloned()),
                            _ => Ok(None),
                        })?;
                    }
                    if let Some(value) = found {
                        if let Some(call) = self.getting(&value, &proxy.receiver, &own, false) {
                            return Ok(Found::Computed(call));
                        }
                        return Ok(Found::Value(bind(value, &proxy.receiver, &own)));
                    }
                }
                ClassRef::Builtin(builtin) => {
                    if let Some(native) = method_behind(builtin, text) {
                        return Ok(Found::Value(bind_native(native, &proxy.receiver)));
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
        let meta = class::speaking_for(&receiver);
        let defining = |own: &ClassRef| class::defining(own, code.class_body?);
        let class = own.as_ref().and_then(defining).or_else(|| meta.and_then(defining));
        match class {
            Some(class) => {
                self.push(Value::Super(Arc::new(Super { class, receiver })));
                Ok(Flow::Next)
            }
            None => Err(self.error(&exception::RUNTIME_ERROR, "super(): no arguments")),
        }
    }
}

/// Methods that no builtin type but `object` has of its own: other ancestors come before that.
const OBJECT_ALONE: &[&str] = &["__delattr__", "__getattribute__", "__init_subclass__", "__setattr__"];

/// What a builtin type among the ancestors provides.
fn method_behind(builtin: &'static Type, name: &str) -> Option<&'static Native> {
    let instantiate = || (name == "__call__" && builtin.name == "type").then_some(&INSTANTIATE);
    builtin.method(name).or_else(instantiate).or_else(|| data::special::method(builtin, name)).or_else(|| {
        let passes = OBJECT_ALONE.contains(&name) && !std::ptr::eq(builtin, &data::types::OBJECT);
        object_method(name).filter(|_| !passes)
    })
}
