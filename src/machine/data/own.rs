//! What classes of the scenario say for themselves.

use super::class;
use crate::machine::memory::image::Linked;
use crate::machine::memory::native::Context;
use crate::machine::memory::replaced::Replaced;
use crate::machine::memory::value::{ClassRef, Method, Value};
use triomphe::Arc;

/// What a class of the scenario itself binds under `name`.
pub fn user_attribute(replaced: &Replaced, image: &Linked, class: &ClassRef, name: &str) -> Option<Value> {
    match class {
        ClassRef::User(_) => {
            class::find(replaced, image, class, name).filter(|value| !matches!(value, Value::Native(_)))
        }
        ClassRef::Builtin(_) => None,
    }
}

/// The method `name` that the class of an instance defines in the scenario, bound.
pub fn user_method(ctx: &Context<'_>, value: &Value, name: &str) -> Option<Value> {
    let function = user_attribute(ctx.memory.private.replaced(), ctx.image, class::speaking_for(value)?, name)?;
    match function {
        Value::Function(_) => Some(Value::Method(Arc::new(Method { receiver: value.clone(), function }))),
        _ => None,
    }
}
