//! Encodings of values. What Python's `is` tells apart is told apart here, too: a tuple that stands in two places is another
//! thing than two equal ones.

use super::{Encode, Encoder, encoded};
use crate::machine::memory::builtin::{Native, Type};
use crate::machine::memory::text::Str;
use crate::machine::memory::value::{
    Class, ClassRef, Descriptor, DictView, Function, InstanceRef, Items, Iteration, Kind, Method, NativeMethod, Range,
    Super, Value, View,
};
use num_bigint::BigInt;
use triomphe::Arc;

/// How a builtin function or type is told from others: by where it lies in the program.
struct Place<T>(*const T);

impl<T> Encode for Place<T> {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.number(self.0.addr() as u64);
    }
}

impl Encode for Value {
    fn encode(&self, to: &mut Encoder<'_>) {
        match self {
            Value::Unbound => to.byte(0),
            Value::None => to.byte(1),
            Value::NotImplemented => to.byte(2),
            Value::Ellipsis => to.byte(3),
            Value::Bool(value) => to.tagged(4, "bool", value),
            Value::Int(value) => to.tagged(5, "int", value),
            Value::Float(_) if to.timeless => to.byte(6),
            Value::Float(value) => to.tagged(6, "float", value),
            Value::Str(text) => to.tagged(7, "str", text),
            Value::View(view) => to.tagged(8, "view", &**view),
            Value::Prelude(global) => to.tagged(9, "prelude", global),
            Value::Code(code) => to.tagged(10, "code", code),
            Value::Native(native) => to.tagged(11, "native", &Place::<Native>(*native)),
            Value::Type(builtin) => to.tagged(12, "type", &Place::<Type>(*builtin)),
            Value::Module(module) => to.tagged(13, "module", &u32::from(*module)),
            Value::Object(kind, id) => to.tagged(14, "object", &(*kind, *id)),
            Value::Instance(instance) => to.tagged(15, "instance", &**instance),
            Value::Loop(iteration) => {
                let timeless = std::mem::take(&mut to.timeless);
                to.tagged(16, "loop", &**iteration);
                to.timeless = timeless;
            }
            Value::Class(class) => to.tagged(17, "class", &ClassRef::User(class.clone())),
            Value::Tuple(items) if items.is_empty() => to.byte(18),
            Value::Tuple(items) => to.identity(19, Arc::as_ptr(items), || contents(self)),
            Value::Big(number) => to.identity(20, Arc::as_ptr(number), || contents(self)),
            Value::Bytes(bytes) => to.identity(21, Arc::as_ptr(bytes), || contents(self)),
            Value::Range(range) => to.identity(22, Arc::as_ptr(range), || contents(self)),
            Value::Slice(slice) => to.identity(23, Arc::as_ptr(slice), || contents(self)),
            Value::Function(function) => {
                to.identity(24, Arc::as_ptr(function.original.as_ref().unwrap_or(function)), || contents(self))
            }
            Value::Method(method) => to.identity(25, Arc::as_ptr(method), || contents(self)),
            Value::NativeMethod(method) => to.identity(26, Arc::as_ptr(method), || contents(self)),
            Value::Descriptor(descriptor) => to.identity(27, Arc::as_ptr(descriptor), || contents(self)),
            Value::Super(proxy) => to.identity(28, Arc::as_ptr(proxy), || contents(self)),
        }
    }
}

impl Encoder<'_> {
    fn tagged(&mut self, tag: u8, name: &str, what: &impl Encode) {
        self.word(&name);
        self.byte(tag);
        what.encode(self);
    }
}

/// What is in a value that has a number.
struct Contents(Value);

fn contents(value: &Value) -> Box<dyn Encode> {
    Box::new(Contents(value.clone()))
}

impl Encode for Contents {
    fn encode(&self, to: &mut Encoder<'_>) {
        match &self.0 {
            Value::Tuple(items) => items.encode(to),
            Value::Big(number) => number.encode(to),
            Value::Bytes(bytes) => to.text(bytes),
            Value::Range(range) => range.encode(to),
            Value::Slice(slice) => slice.0.encode(to),
            Value::Function(function) => function.encode(to),
            Value::Method(method) => method.encode(to),
            Value::NativeMethod(method) => method.encode(to),
            Value::Descriptor(descriptor) => descriptor.encode(to),
            Value::Super(proxy) => proxy.encode(to),
            Value::Class(class) => class.encode(to),
            Value::Unbound
            | Value::None
            | Value::NotImplemented
            | Value::Ellipsis
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Str(_)
            | Value::View(_)
            | Value::Prelude(_)
            | Value::Code(_)
            | Value::Native(_)
            | Value::Type(_)
            | Value::Module(_)
            | Value::Object(..)
            | Value::Instance(_)
            | Value::Loop(_) => {}
        }
    }
}

impl Encode for Items {
    fn encode(&self, to: &mut Encoder<'_>) {
        (**self)[..].encode(to);
    }
}

impl Encode for Str {
    fn encode(&self, to: &mut Encoder<'_>) {
        self.as_str().encode(to);
    }
}

impl Encode for BigInt {
    fn encode(&self, to: &mut Encoder<'_>) {
        // To write a huge number down takes long.
        if to.elsewhere.is_some() {
            return;
        }
        if self.bits() / 8 > to.most as u64 {
            return to.give_up();
        }
        to.text(&self.to_signed_bytes_le());
    }
}

impl Encode for ClassRef {
    fn encode(&self, to: &mut Encoder<'_>) {
        match self {
            ClassRef::Builtin(builtin) => to.tagged(0, "builtin", &Place::<Type>(*builtin)),
            ClassRef::User(class) => {
                to.byte(1);
                to.class(class.variables, || contents(&Value::Class(class.clone())));
            }
        }
    }
}

impl Encode for Class {
    fn encode(&self, to: &mut Encoder<'_>) {
        #[rustfmt::skip]
        let Class {
            name, qualified_name, module, bases, mro, layout, computed, attributes, meta, guarded, slots, names,
            variable_names, variables, body,
        } = self;
        (name, (qualified_name, module)).encode(to);
        (bases, mro).encode(to);
        if to.is_elsewhere(*variables) {
            // What a shared class binds follows from its code and its bases, or is a part of its own.
            return (*body).encode(to);
        }
        Place::<Type>(*layout).encode(to);
        computed.encode(to);
        let mut sorted: Vec<_> = attributes.iter().map(|(name, value)| (*name, value)).collect();
        sorted.sort_unstable_by_key(|(name, _)| *name);
        sorted.encode(to);
        let home = to.home;
        home.encode_replaced(*variables, to);
        (meta, guarded).encode(to);
        (slots, (names, variable_names)).encode(to);
        (variables, body).encode(to);
    }
}

encoded!(struct DictView { dict, view });
encoded!(struct Function { code, defaults, keyword_defaults, cells, attributes; original });
encoded!(struct Method { receiver, function });
encoded!(struct Range { start, stop, step });
encoded!(struct Super { class, receiver });
encoded!(struct InstanceRef { class, id, inner });
encoded!(enum Descriptor { Property { getter, setter, deleter }, Static(function), Class(function) });

impl Encode for NativeMethod {
    fn encode(&self, to: &mut Encoder<'_>) {
        let NativeMethod { receiver, native } = self;
        receiver.encode(to);
        Place::<Native>(*native).encode(to);
    }
}

encoded!(kind Kind);

encoded!(enum Iteration {
    Range { next, left, step }, Tuple(items, next), Str(text, next), Container { of, kind, view, index, length },
    Ordered { of, items, index }, Count(numbers), Cycle(items, next), Repeat(item, left), Enumerate(counted), Zip(parts), Done
});

encoded!(kind View);
