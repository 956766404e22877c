//! Values as events carry them: short, and at a bounded cost.

use super::number;
use super::repr;
use crate::base::ObjectId;
use crate::event::Shown;
use crate::machine::memory::image::Linked;
use crate::machine::memory::object::{Object, Payload};
use crate::machine::memory::value::{ClassRef, Kind, Value};
use std::fmt::Write;

/// The most characters.
const WIDTH: usize = 60;
/// The most elements of one container.
const ELEMENTS: usize = 8;
/// How deep nested containers are shown.
const DEPTH: usize = 3;

/// Where objects are found; `None` for what cannot be seen.
pub type Heap<'h> = &'h dyn Fn(ObjectId) -> Option<&'h Object>;

/// A value as events carry it.
#[inline]
pub fn shown<'h>(value: &Value, image: &'h Linked, heap: Heap<'h>) -> Shown {
    match value {
        Value::None | Value::Unbound => Shown::None,
        Value::Bool(truth) => Shown::Bool(*truth),
        Value::Int(number) => Shown::Int(*number),
        Value::Float(number) => Shown::Float(*number),
        other => in_words(other, image, heap),
    }
}

#[inline(never)]
fn in_words<'h>(value: &Value, image: &'h Linked, heap: Heap<'h>) -> Shown {
    let mut writer = Short { image, heap, out: String::new(), full: false };
    writer.value(value, 0);
    Shown::Text(writer.out.into())
}

struct Short<'h> {
    image: &'h Linked,
    heap: Heap<'h>,
    out: String,
    full: bool,
}

impl Short<'_> {
    fn push(&mut self, text: &str) {
        if self.full {
            return;
        }
        let room = WIDTH.saturating_sub(self.out.chars().count());
        if text.chars().nth(room).is_none() {
            self.out.push_str(text);
        } else {
            self.out.extend(text.chars().take(room));
            self.out.push('…');
            self.full = true;
        }
    }

    fn value(&mut self, value: &Value, depth: usize) {
        if self.full {
            return;
        }
        match value {
            Value::None => self.push("None"),
            Value::Bool(true) => self.push("True"),
            Value::Bool(false) => self.push("False"),
            Value::Ellipsis => self.push("..."),
            Value::Int(number) => self.push(&number.to_string()),
            Value::Float(number) => self.push(&number::float_repr(*number)),
            Value::Big(number) if number.bits() <= 256 => self.push(&number.to_string()),
            Value::Big(number) => self.push(&format!("<int of {} bits>", number.bits())),
            Value::Str(text) => {
                let cut: String = text.as_str().chars().take(WIDTH + 1).collect();
                self.push(&repr::quoted(&cut));
            }
            Value::Bytes(bytes) => self.push(&format!("<{} bytes>", bytes.len())),
            Value::Tuple(items) => {
                self.push("(");
                self.items(items.iter(), items.len(), depth);
                self.push(if items.len() == 1 { ",)" } else { ")" });
            }
            Value::Range(range) if range.step == 1 => self.push(&format!("range({}, {})", range.start, range.stop)),
            Value::Range(range) => self.push(&format!("range({}, {}, {})", range.start, range.stop, range.step)),
            Value::Function(function) => {
                let name = self.image.code(function.code).qualified_name.clone();
                self.push(&name);
            }
            Value::Method(method) => self.value(&method.function, depth),
            Value::Native(native) => self.push(native.name),
            Value::NativeMethod(bound) => self.push(bound.native.name),
            Value::Class(class) => self.push(&class.name),
            Value::Type(class) => self.push(class.name),
            Value::Object(kind, id) => self.object(value, *kind, *id, depth),
            Value::Instance(instance) => self.instance(&instance.class, instance.id, depth),
            other => {
                let name = super::types::name_of(other);
                self.push(&format!("<{name}>"));
            }
        }
    }

    fn items<'v>(&mut self, items: impl Iterator<Item = &'v Value>, count: usize, depth: usize) {
        if depth >= DEPTH && count > 0 {
            return self.push("…");
        }
        for (index, item) in items.take(ELEMENTS).enumerate() {
            if index > 0 {
                self.push(", ");
            }
            self.value(item, depth + 1);
        }
        if count > ELEMENTS {
            self.push(", …");
        }
    }

    fn object(&mut self, value: &Value, kind: Kind, id: ObjectId, depth: usize) {
        match (self.heap)(id) {
            Some(Object::List(items)) => {
                self.push("[");
                self.items(items.iter(), items.len(), depth);
                self.push("]");
            }
            Some(Object::Deque(deque)) => {
                self.push("deque([");
                self.items(deque.items.iter(), deque.items.len(), depth);
                self.push("])");
            }
            Some(Object::Set(set)) if set.is_empty() => {
                self.push(if kind == Kind::Set { "set()" } else { "frozenset()" })
            }
            Some(Object::Set(set)) => {
                self.push("{");
                if set.len() <= ELEMENTS {
                    self.items(super::order::walk(set).into_iter().map(|key| &key.value), set.len(), depth);
                } else {
                    self.items(set.iter().map(|key| &key.value), set.len(), depth);
                }
                self.push("}");
            }
            Some(Object::Dict(dict)) => {
                self.push("{");
                if depth >= DEPTH && !dict.is_empty() {
                    self.push("…");
                } else {
                    for (index, (key, value)) in dict.iter().take(ELEMENTS).enumerate() {
                        if index > 0 {
                            self.push(", ");
                        }
                        self.value(&key.value, depth + 1);
                        self.push(": ");
                        self.value(value, depth + 1);
                    }
                    if dict.len() > ELEMENTS {
                        self.push(", …");
                    }
                }
                self.push("}");
            }
            _ => {
                let name = super::types::name_of(value);
                self.push(&format!("<{name}>"));
            }
        }
    }

    fn instance(&mut self, class: &ClassRef, id: ObjectId, depth: usize) {
        let payload = match (self.heap)(id) {
            Some(Object::Instance(instance)) => Some(&instance.payload),
            _ => None,
        };
        match payload {
            Some(Payload::Exception(data)) => {
                self.push(class.name());
                self.push("(");
                self.items(data.arguments.iter(), data.arguments.len(), depth);
                self.push(")");
            }
            _ => {
                let mut text = String::new();
                let _ = write!(text, "<{}>", class.name());
                self.push(&text);
            }
        }
    }
}
