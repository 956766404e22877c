//! Values inside values. A program may nest immutable values as deep as it likes (`t = (t,)`, a million times), and the stack
//! of the operating system's threads ends: what walks or drops values keeps the ones still to come in a list of its own.

use super::value::{Class, ClassRef, Descriptor, Function, Items, Iteration, Method, NativeMethod, Slice, Value};
use crate::base::ObjectId;
use rustc_hash::FxHashSet;
use triomphe::Arc;

/// What holds values, and is dropped with whatever only it holds.
trait Nest {
    /// Takes the values out; dropping it afterwards drops nothing nested.
    fn empty(&mut self, into: &mut Vec<Value>);

    /// Whether a value in it may hold others in turn.
    fn is_deep(&self) -> bool;
}

/// Whether a value may hold others, through immutable values.
fn nests(value: &Value) -> bool {
    matches!(
        value,
        Value::Tuple(_)
            | Value::Slice(_)
            | Value::Function(_)
            | Value::Method(_)
            | Value::NativeMethod(_)
            | Value::Class(_)
            | Value::Descriptor(_)
    )
}

fn any_nests(values: &[Value]) -> bool {
    values.iter().any(nests)
}

impl Nest for Items {
    fn empty(&mut self, into: &mut Vec<Value>) {
        into.append(&mut self.0);
    }

    fn is_deep(&self) -> bool {
        any_nests(&self.0)
    }
}

impl Nest for Slice {
    fn empty(&mut self, into: &mut Vec<Value>) {
        into.extend(self.0.iter_mut().map(std::mem::take));
    }

    fn is_deep(&self) -> bool {
        any_nests(&self.0)
    }
}

impl Nest for Function {
    fn empty(&mut self, into: &mut Vec<Value>) {
        into.extend(std::mem::take(&mut self.defaults));
        into.extend(std::mem::take(&mut self.keyword_defaults));
        into.extend(self.original.take().map(Value::Function));
    }

    fn is_deep(&self) -> bool {
        any_nests(&self.defaults) || any_nests(&self.keyword_defaults)
    }
}

impl Nest for Method {
    fn empty(&mut self, into: &mut Vec<Value>) {
        into.extend([&mut self.receiver, &mut self.function].map(std::mem::take));
    }

    fn is_deep(&self) -> bool {
        nests(&self.receiver) || nests(&self.function)
    }
}

impl Nest for NativeMethod {
    fn empty(&mut self, into: &mut Vec<Value>) {
        into.push(std::mem::take(&mut self.receiver));
    }

    fn is_deep(&self) -> bool {
        nests(&self.receiver)
    }
}

impl Nest for Descriptor {
    fn empty(&mut self, into: &mut Vec<Value>) {
        match self {
            Descriptor::Property { getter, setter, deleter } => {
                into.extend([getter, setter, deleter].map(std::mem::take));
            }
            Descriptor::Static(function) | Descriptor::Class(function) => into.push(std::mem::take(function)),
        }
    }

    fn is_deep(&self) -> bool {
        self.parts().into_iter().any(nests)
    }
}

impl Nest for Class {
    fn empty(&mut self, into: &mut Vec<Value>) {
        into.extend(std::mem::take(&mut self.attributes).into_values());
        into.extend(std::mem::take(&mut self.bases).into_iter().map(|base| base.value()));
        into.extend(std::mem::take(&mut self.mro).into_iter().map(|base| base.value()));
    }

    fn is_deep(&self) -> bool {
        true
    }
}

macro_rules! drop_flat {
    ($($nest:ty),*) => {
        $(
            impl Drop for $nest {
                fn drop(&mut self) {
                    if self.is_deep() {
                        drop_contents(self);
                    }
                }
            }
        )*
    };
}

drop_flat!(Items, Slice, Function, Method, NativeMethod, Descriptor, Class);

/// Drops what a value holds, and what only that holds, and so on.
#[cold]
fn drop_contents(nest: &mut dyn Nest) {
    let mut work = Vec::new();
    nest.empty(&mut work);
    while let Some(value) = work.pop() {
        match value {
            Value::Tuple(nest) => take_apart(nest, &mut work),
            Value::Slice(nest) => take_apart(nest, &mut work),
            Value::Function(nest) => take_apart(nest, &mut work),
            Value::Method(nest) => take_apart(nest, &mut work),
            Value::NativeMethod(nest) => take_apart(nest, &mut work),
            Value::Descriptor(nest) => take_apart(nest, &mut work),
            Value::Class(nest) => take_apart(nest, &mut work),
            Value::Instance(instance) => {
                if let Ok(instance) = Arc::try_unwrap(instance) {
                    work.push(instance.inner);
                    if let ClassRef::User(class) = instance.class {
                        work.push(Value::Class(class));
                    }
                }
            }
            Value::Unbound
            | Value::None
            | Value::NotImplemented
            | Value::Ellipsis
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Big(_)
            | Value::Str(_)
            | Value::Bytes(_)
            | Value::Range(_)
            | Value::View(_)
            | Value::Prelude(_)
            | Value::Code(_)
            | Value::Native(_)
            | Value::Type(_)
            | Value::Module(_)
            | Value::Super(_)
            | Value::Object(..)
            | Value::Loop(_) => {}
        }
    }
}

/// Takes the values out of what nobody else holds.
fn take_apart(nest: Arc<impl Nest>, work: &mut Vec<Value>) {
    if let Ok(mut nest) = Arc::try_unwrap(nest) {
        nest.empty(work);
    }
}

/// Calls `found` with each object that a value refers to by itself, through immutable values, in the order in which they
/// stand there.
pub fn references(value: &Value, found: &mut dyn FnMut(ObjectId)) {
    match value {
        Value::Object(_, id) => found(*id),
        Value::Instance(instance) => {
            class_references(&instance.class, found);
            found(instance.id);
            if !instance.inner.is_unbound() {
                inner_references(&instance.inner, found);
            }
        }
        Value::View(view) => found(view.dict),
        Value::Class(class) => class_references(&ClassRef::User(class.clone()), found),
        Value::Tuple(_)
        | Value::Slice(_)
        | Value::Function(_)
        | Value::Method(_)
        | Value::NativeMethod(_)
        | Value::Descriptor(_)
        | Value::Super(_)
        | Value::Loop(_) => inner_references(value, found),
        Value::Unbound
        | Value::None
        | Value::NotImplemented
        | Value::Ellipsis
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::Big(_)
        | Value::Str(_)
        | Value::Bytes(_)
        | Value::Range(_)
        | Value::Prelude(_)
        | Value::Code(_)
        | Value::Native(_)
        | Value::Type(_)
        | Value::Module(_) => {}
    }
}

/// A value that several others hold is walked once: walking nested pairs again and again would never end.
fn inner_references(value: &Value, found: &mut dyn FnMut(ObjectId)) {
    let mut seen = FxHashSet::default();
    let mut work = vec![value];
    while let Some(value) = work.pop() {
        let begin = work.len();
        match value {
            Value::Tuple(items) if items.is_empty() || !items.is_unique() && !seen.insert(items.as_ptr().addr()) => {}
            Value::Tuple(items) => work.extend(items.iter()),
            Value::Slice(parts) => work.extend(&parts.0),
            Value::Function(function) => {
                function.cells.iter().for_each(|cell| found(*cell));
                function.attributes.into_iter().for_each(&mut *found);
                work.extend(function.defaults.iter().chain(&function.keyword_defaults));
            }
            Value::Method(method) => work.extend([&method.receiver, &method.function]),
            Value::NativeMethod(bound) => work.push(&bound.receiver),
            Value::Descriptor(descriptor) => work.extend(descriptor.parts()),
            Value::Super(proxy) => work.push(&proxy.receiver),
            Value::Loop(iteration) => iteration_references(iteration, &mut work, found),
            other => references(other, found),
        }
        work[begin..].reverse();
    }
}

/// A class's own attributes are referred to by its `variables` object, which is how a class is visited once only.
fn class_references(class: &ClassRef, found: &mut dyn FnMut(ObjectId)) {
    if let ClassRef::User(class) = class {
        found(class.variables);
        class.mro.iter().for_each(|ancestor| {
            if let ClassRef::User(ancestor) = ancestor {
                found(ancestor.variables);
            }
        });
    }
}

/// The objects that an iteration refers to; the values that it goes through are put into `work`.
pub(super) fn iteration_references<'v>(
    iteration: &'v Iteration,
    work: &mut Vec<&'v Value>,
    found: &mut dyn FnMut(ObjectId),
) {
    match iteration {
        Iteration::Container { of, .. } => found(*of),
        Iteration::Ordered { of, items, .. } => {
            found(*of);
            work.extend(items.iter());
        }
        Iteration::Tuple(items, _) => work.extend(items.iter()),
        Iteration::Cycle(items, _) => work.extend(items.iter()),
        Iteration::Repeat(item, _) => work.push(item),
        Iteration::Enumerate(counted) => iteration_references(&counted.0, work, found),
        Iteration::Zip(parts) => parts.iter().for_each(|part| iteration_references(part, work, found)),
        Iteration::Range { .. } | Iteration::Str(..) | Iteration::Count(_) | Iteration::Done => {}
    }
}
