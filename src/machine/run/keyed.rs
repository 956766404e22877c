//! Which item of a container an instruction reads or writes: `a[i]`, `a[i] = v`, `del a[i]`, `i in a`, `a.get(i)`.

use crate::base::ObjectId;
use crate::bytecode::{Comparison, Instruction};
use crate::event::{Item, Shown};
use crate::machine::memory::object::Object;
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::{Kind, Value};
use crate::machine::run::image::Image;
use crate::machine::sync::process::Process;
use crate::machine::sync::shared::Shared;
use crate::machine::sync::show;
use std::sync::Arc;

/// Methods of containers that read or write the one item that their first argument names.
const METHODS: [&str; 5] = ["get", "__getitem__", "__setitem__", "__delitem__", "__contains__"];

/// An item that the instruction at hand is about to read or write.
pub(in crate::machine) struct Keyed {
    key: Shown,
    /// What is to be written there; `None`: it is read, and the result will lie on top of the stack.
    written: Option<Value>,
    /// How deep the stack will be then.
    depth: usize,
    /// It is only asked whether it is there: the answer if it is.
    there: Option<bool>,
}

/// The item of `object` that the instruction at hand is for, if it is for one, and its key can be told from others.
pub(in crate::machine) fn of(shared: &Shared, thread: &Thread, image: &Image, object: ObjectId) -> Option<Keyed> {
    use Instruction as I;
    let frame = thread.frames.last()?;
    let stack = &thread.stack;
    let at = |below: usize| stack.len().checked_sub(below).map(|index| &stack[index]);
    let instruction = image.code(frame.code).instructions[frame.next as usize];
    let (container, key, written, takes) = match instruction {
        I::LoadItem => (at(2)?, at(1)?, None, 2),
        I::StoreItem => (at(2)?, at(1)?, Some(at(3)?.clone()), 3),
        I::DeleteItem => (at(2)?, at(1)?, Some(Value::None), 2),
        I::Compare(Comparison::In | Comparison::NotIn) if is_dict(at(1)?) => (at(1)?, at(2)?, None, 2),
        I::CallMethod(count) if count > 0 => {
            let count = usize::from(count);
            let Value::Native(native) = at(count + 2)? else { return None };
            if !METHODS.contains(&native.name) {
                return None;
            }
            let written = match native.name {
                "__setitem__" => at(count.checked_sub(1)?).cloned(),
                "__delitem__" => Some(Value::None),
                _ => None,
            };
            (at(count + 1)?, at(count)?, written, count + 2)
        }
        _ => return None,
    };
    let key = match container.plain() {
        Value::Object(Kind::Dict, id) if *id == object => self::key(image, key)?,
        Value::Object(Kind::List | Kind::Deque, id) if *id == object => {
            index(&shared.processes[thread.process], object, key)?
        }
        _ => return None,
    };
    let there = match instruction {
        I::Compare(comparison) => Some(comparison == Comparison::In),
        _ => None,
    };
    Some(Keyed { key, written, depth: stack.len() + 1 - takes, there })
}

/// Of another container `in` asks for a value, wherever it stands.
fn is_dict(container: &Value) -> bool {
    matches!(container.plain(), Value::Object(Kind::Dict, _))
}

impl Keyed {
    /// The item, once it was read or written.
    pub(in crate::machine) fn shown(self, container: Shown, shared: &Shared, thread: &Thread, image: &Image) -> Shown {
        let read = (thread.stack.len() == self.depth).then(|| thread.stack.last()).flatten();
        let value = match (self.there, read) {
            (Some(there), Some(Value::Bool(answer))) if *answer == there => Shown::Text("something".into()),
            (Some(_), _) => Shown::None,
            (None, _) => {
                let value = self.written.as_ref().or(read);
                value.map_or(Shown::None, |value| show::value(shared, thread.process, image, value))
            }
        };
        Shown::Item(Arc::new(Item { container, key: self.key, value }))
    }
}

/// An index, counted from the front.
fn index(process: &Process, object: ObjectId, index: &Value) -> Option<Shown> {
    let length = match process.heap.get(object)? {
        Object::List(items) => items.len(),
        Object::Deque(deque) => deque.items.len(),
        _ => return None,
    };
    let Value::Int(index) = index else { return None };
    let from_front = if *index < 0 { index.checked_add_unsigned(length as u64)? } else { *index };
    Some(Shown::Int(from_front))
}

/// A key. `1`, `1.0` and `True` are one; two objects, or two long texts, could not be told apart.
fn key(image: &Image, key: &Value) -> Option<Shown> {
    match key {
        Value::Int(number) => Some(Shown::Int(*number)),
        Value::Bool(truth) => Some(Shown::Int(i64::from(*truth))),
        Value::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => Some(Shown::Int(*number as i64)),
        Value::None | Value::Float(_) => Some(show::key(image, key)),
        Value::Str(_) | Value::Tuple(_) => match show::key(image, key) {
            Shown::Text(text) if text.contains(['…', '<']) => None,
            shown => Some(shown),
        },
        _ => None,
    }
}
