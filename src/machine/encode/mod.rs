//! Exact encodings: the bytes that tell two threads apart that may behave differently.
//!
//! Two threads whose encodings are equal behave alike, even if the ids of their objects differ: objects that only one
//! thread can reach are numbered in the order in which the encoding comes to them. Each type says beside its
//! definition, with [`encoded!`] (values in `encode/value`), what counts and what does not: code with a new field, or a
//! new variant, does not compile until that is said.
//!
//! Left out are the ids of private objects, which `id`, `hash` and the default repr show to the program, and how near the
//! budget and the next collection of garbage are.

mod value;

use super::heap::PrivateHeap;
use super::object::{Attributes, Dict, Set};
use super::value::{Class, Value};
use crate::base::{ObjectId, Symbol, ThreadId};
use crate::bytecode::{BinaryOperator, CodeId, Comparison, GlobalId};
use crate::schedule::Signal;
use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::collections::VecDeque;
use triomphe::Arc;

/// What has an encoding.
pub trait Encode {
    /// Adds it.
    fn encode(&self, to: &mut Encoder<'_>);
}

/// Says how a type is encoded: `encoded!(struct Lock { owner })`,
/// `encoded!(enum Limit { Forever, Never, Within(time) })`. Fields after a semicolon do not count: nothing that a
/// thread may yet do depends on them.
macro_rules! encoded {
    (struct $type:ident { $($field:ident),* $(; $($left:ident),*)? $(,)? }) => {
        impl $crate::machine::encode::Encode for $type {
            fn encode(&self, to: &mut $crate::machine::encode::Encoder<'_>) {
                let Self { $($field,)* $($($left: _,)*)? } = self;
                $($crate::machine::encode::Encode::encode($field, to);)*
            }
        }
    };
    (kind $type:ident) => {
        impl $crate::machine::encode::Encode for $type {
            fn encode(&self, to: &mut $crate::machine::encode::Encoder<'_>) {
                to.byte(*self as u8);
            }
        }
    };
    (enum $type:ident { $($variant:ident $(($($item:ident),*))? $({ $($field:ident),* })?),* $(,)? }) => {
        impl $crate::machine::encode::Encode for $type {
            fn encode(&self, to: &mut $crate::machine::encode::Encoder<'_>) {
                enum Tag { $($variant),* }
                match self {
                    $(Self::$variant $(($($item),*))? $({ $($field),* })? => {
                        to.byte(Tag::$variant as u8);
                        $($($crate::machine::encode::Encode::encode($item, to);)*)?
                        $($($crate::machine::encode::Encode::encode($field, to);)*)?
                    })*
                }
            }
        }
    };
}
pub(in crate::machine) use encoded;

/// An encoding that is being made.
pub struct Encoder<'a> {
    bytes: Vec<u8>,
    /// What the thread alone can reach.
    heap: &'a PrivateHeap,
    /// Numbers of the objects in it that were come upon.
    objects: FxHashMap<ObjectId, u64>,
    /// Numbers of what is no object and yet the same or another: tuples, functions; by address.
    values: FxHashMap<usize, u64>,
    /// Numbers of classes, by the objects that hold their variables.
    classes: FxHashMap<ObjectId, u64>,
    /// What was come upon and whose contents are still to be added. So no recursion is needed: values may be nested deep.
    later: VecDeque<Later>,
    /// Once there are so many bytes, no more come.
    most: usize,
    /// Floats that lie on the stack do not count.
    skips_times: bool,
    /// Floats do not count just now.
    timeless: bool,
}

enum Later {
    Object(ObjectId),
    Value(Value),
}

impl<'a> Encoder<'a> {
    /// An empty one, of a thread that has this heap. It is given up when it has more than so many bytes.
    pub fn new(heap: &'a PrivateHeap, most: usize) -> Self {
        let (bytes, objects, values, classes, later) = Default::default();
        Encoder { bytes, heap, objects, values, classes, later, most, skips_times: false, timeless: false }
    }

    /// From now on floats that lie on a thread's stack do not count: they are times that were read. Those inside of other
    /// values still do.
    pub fn skip_times(&mut self) {
        self.skips_times = true;
    }

    /// Adds a thread's stack.
    pub(super) fn stack(&mut self, values: &[Value]) {
        self.timeless = self.skips_times;
        values.encode(self);
        self.timeless = false;
    }

    /// There is too much to add.
    fn give_up(&mut self) {
        self.bytes.resize(self.most + 1, 0);
    }

    /// Adds all that was come upon. The bytes; `None` when there are too many.
    pub fn finish(mut self) -> Option<Vec<u8>> {
        while let Some(later) = self.later.pop_front() {
            match later {
                Later::Object(id) => self.heap.get(id).encode(&mut self),
                Later::Value(value) => self.contents(&value),
            }
        }
        (!self.is_full()).then_some(self.bytes)
    }

    fn is_full(&self) -> bool {
        self.bytes.len() > self.most
    }

    /// Adds a byte.
    pub fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Adds a number: seven bits to a byte, the lowest first.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.byte(number as u8 | 0x80);
            number >>= 7;
        }
        self.byte(number as u8);
    }

    fn text(&mut self, text: &[u8]) {
        self.number(text.len() as u64);
        let room = (self.most + 1).saturating_sub(self.bytes.len());
        self.bytes.extend_from_slice(&text[..text.len().min(room)]);
    }

    /// Adds items in a row, and how many they are.
    fn row<'i, T: Encode + 'i>(&mut self, items: impl ExactSizeIterator<Item = &'i T>) {
        self.number(items.len() as u64);
        for item in items {
            if self.is_full() {
                return;
            }
            item.encode(self);
        }
    }

    /// Adds what stands for an object: a shared one's id, or a number for one that nobody else can reach.
    fn object(&mut self, id: ObjectId) {
        if self.heap.get(id).is_none() {
            self.byte(0);
            id.maker.encode(self);
            return self.number(u64::from(id.slot));
        }
        let next = self.objects.len() as u64 + 1;
        let number = *self.objects.entry(id).or_insert(next);
        self.number(number);
        if number == next {
            self.later.push_back(Later::Object(id));
        }
    }

    /// Adds a number for a value that lies at this address; what is in it comes later.
    fn identity<T>(&mut self, tag: u8, address: *const T, value: &Value) {
        self.byte(tag);
        let next = self.values.len() as u64;
        let number = *self.values.entry(address.addr()).or_insert(next);
        self.number(number);
        if number == next {
            self.later.push_back(Later::Value(value.clone()));
        }
    }

    /// Likewise for a class. Threads have copies of their own of it.
    fn class(&mut self, class: &Arc<Class>) {
        let next = self.classes.len() as u64;
        let number = *self.classes.entry(class.variables).or_insert(next);
        self.number(number);
        if number == next {
            self.later.push_back(Later::Value(Value::Class(class.clone())));
        }
    }
}

macro_rules! numbers {
    ($($type:ty),*) => {
        $(impl Encode for $type {
            fn encode(&self, to: &mut Encoder<'_>) {
                to.number(*self as u64);
            }
        })*
    };
}
numbers!(bool, u8, u32, u64, usize);

impl Encode for i64 {
    /// Small numbers of either sign are short.
    fn encode(&self, to: &mut Encoder<'_>) {
        to.number(((self << 1) ^ (self >> 63)) as u64);
    }
}

impl Encode for i128 {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.text(&self.to_le_bytes());
    }
}

impl Encode for u128 {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.text(&self.to_le_bytes());
    }
}

impl Encode for f64 {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.number(self.to_bits());
    }
}

impl Encode for char {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.number(u64::from(u32::from(*self)));
    }
}

impl Encode for str {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.text(self.as_bytes());
    }
}

impl Encode for ObjectId {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.object(*self);
    }
}

/// Ids that are no more than a number.
macro_rules! ids {
    ($($type:ty),*) => {
        $(impl Encode for $type {
            fn encode(&self, to: &mut Encoder<'_>) {
                to.number(u64::from(self.0));
            }
        })*
    };
}
ids!(ThreadId, Symbol, CodeId, GlobalId);

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.byte(u8::from(self.is_some()));
        if let Some(value) = self {
            value.encode(to);
        }
    }
}

/// What stands for another value.
macro_rules! pointers {
    ($($type:ty),*) => {
        $(impl<T: Encode + ?Sized> Encode for $type {
            fn encode(&self, to: &mut Encoder<'_>) {
                (**self).encode(to);
            }
        })*
    };
}
pointers!(&T, Box<T>, std::sync::Arc<T>, triomphe::Arc<T>);

impl<A: Encode, B: Encode> Encode for (A, B) {
    fn encode(&self, to: &mut Encoder<'_>) {
        self.0.encode(to);
        self.1.encode(to);
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.row(self.iter());
    }
}

impl<T: Encode, const N: usize> Encode for [T; N] {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.row(self.iter());
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.row(self.iter());
    }
}

impl<T: Encode> Encode for VecDeque<T> {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.row(self.iter());
    }
}

impl Encode for Dict {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.number(self.len() as u64);
        for (key, value) in self {
            if to.is_full() {
                return;
            }
            key.encode(to);
            value.encode(to);
        }
    }
}

impl Encode for Set {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.row(self.iter());
    }
}

impl Encode for Attributes {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.number(self.len() as u64);
        for (name, value) in self.iter() {
            name.encode(to);
            value.encode(to);
        }
    }
}

impl Encode for IndexSet<ObjectId, FxBuildHasher> {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.row(self.iter());
    }
}

encoded!(kind BinaryOperator);
encoded!(kind Comparison);
encoded!(kind Signal);
