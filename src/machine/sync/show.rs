//! How an object is introduced: the event that shows it, when it becomes shared.

use super::naming;
use super::shared::{Shared, Turn};
use super::states::of_synchronization;
use crate::base::{ObjectId, ProcessId};
use crate::event::{EventKind, FutureState, ObjectKind, ObjectState, Shown};
use crate::machine::data;
use crate::machine::memory::image::Linked;
use crate::machine::memory::object::{Instance, Object, Payload};
use crate::machine::memory::primitive::future::State;
use crate::machine::memory::value::{ClassRef, InstanceRef, Kind, Value};
use std::sync::Arc;

/// The event that shows an object that just became shared; `None` for what is not shown: cells, namespaces, iterators,
/// generators, classes, threads. Its name comes from `names`, which then forgets it.
pub(in crate::machine) fn shown(
    shared: &mut Shared,
    process: ProcessId,
    image: &Linked,
    names: &mut Vec<(ObjectId, Arc<str>)>,
    id: ObjectId,
) -> Option<EventKind> {
    let (what, state) = describe(shared, process, image, id)?;
    let hint = names.iter().position(|(named, _)| *named == id).map(|index| names.remove(index).1);
    if let (ObjectState::Condition { lock }, Some(name)) = (&state, &hint)
        && !names.iter().any(|(named, _)| named == lock)
    {
        names.push((*lock, format!("{name}.lock").into()));
    }
    let name = hint.unwrap_or_else(|| default_name(shared, process, what, id));
    Some(EventKind::ObjectShown { object: id, what, name, state: Box::new(state) })
}

/// A value as events carry it. If nobody watches, objects have no text.
pub(in crate::machine) fn value(shared: &Shared, process: ProcessId, image: &Linked, value: &Value) -> Shown {
    let heap = &shared.processes[process].heap;
    let is_scalar = matches!(
        value,
        Value::None | Value::Unbound | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Str(_)
    );
    if shared.silent && !is_scalar {
        return Shown::Text(Arc::default());
    }
    data::shown(value, image, &|id| heap.get(id))
}

/// A key, which says which item of a container it is: also if nobody watches.
pub(in crate::machine) fn key(image: &Linked, value: &Value) -> Shown {
    data::shown(value, image, &|_| None)
}

/// A shared object as events carry it.
pub(in crate::machine) fn object(shared: &Shared, process: ProcessId, image: &Linked, id: ObjectId) -> Shown {
    match describe(shared, process, image, id).filter(|_| !shared.silent) {
        Some((_, ObjectState::Data { value })) => value,
        _ => Shown::Text(shared.processes[process].heap.get(id).map_or("", kind_name).into()),
    }
}

fn kind_name(object: &Object) -> &'static str {
    match object {
        Object::Iterator(_) => "iterator",
        Object::Generator(_) => "generator",
        Object::ClassVariables(_) => "class",
        _ => "object",
    }
}

pub(super) fn describe(
    shared: &Shared,
    process: ProcessId,
    image: &Linked,
    id: ObjectId,
) -> Option<(ObjectKind, ObjectState)> {
    let shows = |value: Value| {
        let value = self::value(shared, process, image, &value);
        (ObjectKind::Data, ObjectState::Data { value })
    };
    let object = shared.object(process, id)?;
    if let Some(described) = of_synchronization(object) {
        return Some(described);
    }
    Some(match object {
        Object::Future(future) => {
            let state = future_state(shared, process, image, &future.state);
            (ObjectKind::Future, ObjectState::Future { state, task: future.task.clone(), pool: future.pool })
        }
        Object::List(_) => shows(Value::Object(Kind::List, id)),
        Object::Deque(_) => shows(Value::Object(Kind::Deque, id)),
        Object::Dict(_) => shows(Value::Object(Kind::Dict, id)),
        Object::Set(_) => shows(Value::Object(Kind::Set, id)),
        Object::Instance(instance) => match instance.payload {
            // A bare `object()` has nothing to show, and neither has a function without its own attributes.
            Payload::None if instance.class == ClassRef::Builtin(&data::types::OBJECT) => return None,
            Payload::None
                if instance.class == ClassRef::Builtin(&data::types::FUNCTION) && instance.attributes.is_empty() =>
            {
                return None;
            }
            Payload::None if is_closed(instance, image) => return None,
            Payload::None => shows(Value::Instance(triomphe::Arc::new(InstanceRef::new(instance.class.clone(), id)))),
            Payload::Exception(_) | Payload::Thread(_) | Payload::Places(_) => return None,
        },
        Object::Cell(_)
        | Object::Namespace(_)
        | Object::ClassVariables(_)
        | Object::Iterator(_)
        | Object::Generator(_)
        | Object::Local
        | Object::Lock(_)
        | Object::RLock(_)
        | Object::Condition(_)
        | Object::Semaphore(_)
        | Object::Event(_)
        | Object::Barrier(_)
        | Object::Queue(_)
        | Object::Pool(_)
        | Object::Futures(_) => return None,
    })
}

/// Whether the instance is of a class of the library and has nothing that the program is to look at.
fn is_closed(instance: &Instance, image: &Linked) -> bool {
    let ClassRef::User(class) = &instance.class else { return false };
    let mut names = instance.attributes.iter().map(|(name, _)| image.name(name));
    image.code(class.body).is_hidden() && instance.dict.is_none() && names.all(|name| name.starts_with('_'))
}

/// A name for an object without a name in the program: the class for data, the call for a future, else the kind and a
/// number.
fn default_name(shared: &mut Shared, process: ProcessId, what: ObjectKind, id: ObjectId) -> Arc<str> {
    let object = shared.object(process, id);
    if let Some(Object::Future(future)) = object
        && !future.task.is_empty()
    {
        return future.task.clone();
    }
    if what == ObjectKind::Data {
        return match object {
            Some(Object::Instance(instance)) => instance.class.name().into(),
            Some(Object::Dict(_)) => "dict".into(),
            Some(Object::Set(_)) => "set".into(),
            _ => "list".into(),
        };
    }
    let number = &mut shared.nameless[what as usize];
    *number += 1;
    format!("{}-{number}", what.name().replace(' ', "-")).into()
}

/// How far a future is, as events carry it.
pub(in crate::machine) fn future_state(
    shared: &Shared,
    process: ProcessId,
    image: &Linked,
    state: &State,
) -> FutureState {
    match state {
        State::Pending => FutureState::Pending,
        State::Running => FutureState::Running,
        State::Cancelled | State::Notified => FutureState::Cancelled,
        State::Returned(result) => FutureState::Returned(value(shared, process, image, result)),
        State::Raised(exception) => FutureState::Raised(data::types::class_of(exception).name().into()),
    }
}

impl Turn<'_> {
    /// A value as events carry it.
    pub(in crate::machine) fn shown(&self, value: &Value) -> Shown {
        self::value(self.shared, self.process, self.image, value)
    }

    /// Makes `value`, and what it leads to, shared: before it is handed over.
    pub fn share(&mut self, value: &Value) {
        let moved = self.shared.processes[self.process].heap.share(self.private, [value]);
        self.show(&moved);
    }

    /// Makes the object shared, if it is not yet: a synchronization object at its first use.
    pub fn share_object(&mut self, id: ObjectId) {
        if id.is_of_world() || self.process().heap.get(id).is_some() {
            return;
        }
        let moved = self.shared.processes[self.process].heap.share_ids(self.private, vec![id]);
        self.show(&moved);
    }

    /// Reports objects that just became shared.
    pub fn show(&mut self, moved: &[ObjectId]) {
        if self.shared.silent {
            return;
        }
        let mut hidden = Vec::new();
        for (id, name) in naming::names(self, moved) {
            match name {
                Some(name) => self.names.push((id, name)),
                None => hidden.push(id),
            }
        }
        for id in moved.iter().filter(|id| hidden.binary_search(id).is_err()) {
            if let Some(event) = shown(self.shared, self.process, self.image, self.names, *id) {
                self.emit(event);
            }
        }
    }
}
