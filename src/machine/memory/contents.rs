//! What is in an object: its values, and the objects that it refers to.

use super::nest::{iteration_references, references};
use super::object::Object;
use super::value::Value;
use crate::base::ObjectId;

/// What an object has in it.
pub(in crate::machine) enum Part<'a> {
    /// A value.
    Value(&'a Value),
    /// A reference beside the values.
    Object(ObjectId),
}

/// Calls `found` with each object that an object refers to.
pub(in crate::machine) fn object_references(object: &Object, found: &mut dyn FnMut(ObjectId)) {
    contents(object, &mut |part| match part {
        Part::Value(value) => references(value, found),
        Part::Object(id) => found(id),
    });
}

/// Calls `each` with all that is in an object.
pub(in crate::machine) fn contents(object: &Object, each: &mut dyn FnMut(Part<'_>)) {
    match object {
        Object::List(items) => all(items, each),
        Object::Namespace(globals) => all(globals.all(), each),
        Object::Deque(deque) => all(&deque.items, each),
        Object::Dict(dict) => dict.iter().for_each(|(key, value)| all([&key.value, value], each)),
        Object::Set(set) => all(set.iter().map(|key| &key.value), each),
        Object::Cell(value) => each(Part::Value(value)),
        Object::ClassVariables(class) => all(class.values(), each),
        Object::Instance(instance) => {
            all(instance.attributes.iter().map(|(_, value)| value), each);
            all(instance.payload.values(), each);
            instance.dict.into_iter().for_each(|dict| each(Part::Object(dict)));
        }
        Object::Iterator(iteration) => {
            let mut values = Vec::new();
            iteration_references(iteration, &mut values, &mut |id| each(Part::Object(id)));
            all(values, each);
        }
        Object::Generator(generator) => {
            all(&generator.stack, each);
            if let Some(frame) = &generator.suspended {
                all(&frame.handled, each);
                frame.cells.iter().for_each(|cell| each(Part::Object(*cell)));
            }
        }
        Object::Condition(condition) => each(Part::Object(condition.lock)),
        Object::Queue(queue) => all(queue.values(), each),
        Object::Barrier(barrier) => each(Part::Value(&barrier.action)),
        Object::Pool(pool) => {
            all(pool.values(), each);
            pool.tasks.iter().for_each(|task| each(Part::Object(task.future)));
        }
        Object::Future(future) => {
            all(future.values(), each);
            future.pool.into_iter().for_each(|pool| each(Part::Object(pool)));
        }
        Object::Futures(futures) => futures.left.iter().for_each(|future| each(Part::Object(*future))),
        Object::Local | Object::Lock(_) | Object::RLock(_) | Object::Semaphore(_) | Object::Event(_) => {}
    }
}

fn all<'v>(values: impl IntoIterator<Item = &'v Value>, each: &mut dyn FnMut(Part<'_>)) {
    values.into_iter().for_each(|value| each(Part::Value(value)));
}
