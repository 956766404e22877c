//! Exact encodings: the bytes that tell two threads, or two whole runs, apart that may behave differently.
//!
//! Two threads whose encodings are equal behave alike, even if the ids of their objects differ: objects that only one
//! thread can reach are numbered in the order in which the encoding comes to them. In the encoding of a run all objects
//! are, and the threads too. Each type says beside its definition, with [`encoded!`] (values in `encode/value`, a run and
//! the threads' rows in `run/encode`), what counts and what does not: code with a new field, or a new variant, does not
//! compile until that is said.
//!
//! Left out are the ids of objects, which `id`, `hash` and the default repr show to the program, and how near the
//! budget and the next collection of garbage are.

mod value;

use crate::base::{ObjectId, ProcessId, Symbol, ThreadId};
use crate::bytecode::{BinaryOperator, CodeId, Comparison, GlobalId};
use crate::machine::memory::trace::{Address, Counters};
use crate::schedule::Signal;
use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::collections::{BTreeMap, VecDeque};
use std::fmt::{self, Write};

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
        impl $crate::machine::memory::encode::Encode for $type {
            fn encode(&self, to: &mut $crate::machine::memory::encode::Encoder<'_>) {
                let Self { $($field,)* $($($left: _,)*)? } = self;
                to.open(stringify!($type));
                $(to.field(stringify!($field), $field);)*
                to.close();
            }
        }
    };
    (kind $type:ident) => {
        impl $crate::machine::memory::encode::Encode for $type {
            fn encode(&self, to: &mut $crate::machine::memory::encode::Encoder<'_>) {
                to.word(&format_args!("{self:?}"));
                to.byte(*self as u8);
            }
        }
    };
    (enum $type:ident { $($variant:ident $(($($item:ident),*))? $({ $($field:ident),* })?),* $(,)? }) => {
        impl $crate::machine::memory::encode::Encode for $type {
            fn encode(&self, to: &mut $crate::machine::memory::encode::Encoder<'_>) {
                enum Tag { $($variant),* }
                match self {
                    $(Self::$variant $(($($item),*))? $({ $($field),* })? => {
                        to.open(stringify!($variant));
                        to.byte(Tag::$variant as u8);
                        $($(to.field(stringify!($item), $item);)*)?
                        $($(to.field(stringify!($field), $field);)*)?
                        to.close();
                    })*
                }
            }
        }
    };
}
pub(in crate::machine) use encoded;

/// What a part of a state refers to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Reference {
    /// A shared object, or one that there is no more.
    Object(Address),
    /// A thread.
    Thread(ThreadId),
    /// Something immutable of a process that `is` tells from what is equal to it: by its address in memory.
    Value(ProcessId, usize),
}

/// An encoding that is being made.
pub struct Encoder<'a> {
    pub(in crate::machine) bytes: Vec<u8>,
    /// The same as text, if that is wanted.
    pub(in crate::machine) dump: Option<String>,
    /// Where objects lie.
    home: &'a dyn Home,
    /// The process in whose memory what is added lies. What is numbered is told by it, too: the copies that processes have of
    /// one thing are different things.
    pub(in crate::machine) process: ProcessId,
    /// Numbers of the objects there that were come upon.
    objects: FxHashMap<(ProcessId, ObjectId), u64>,
    /// Numbers of the threads, in the encoding of a run.
    pub(in crate::machine) threads: FxHashMap<ThreadId, u64>,
    /// Likewise of the processes.
    processes: FxHashMap<ProcessId, u64>,
    /// Numbers of what is no object and yet the same or another: tuples, functions; by address.
    values: FxHashMap<(ProcessId, usize), u64>,
    /// Numbers of classes, by the objects that hold their variables.
    classes: FxHashMap<(ProcessId, ObjectId), u64>,
    /// What the part of a state refers to.
    pub(in crate::machine) references: IndexSet<Reference, FxBuildHasher>,
    /// What was come upon and whose contents are still to be added. So no recursion is needed: values may be nested deep.
    later: VecDeque<(ProcessId, Later)>,
    /// Once there are so many bytes, no more come.
    most: usize,
    /// Floats that lie on the stack do not count.
    skips_times: bool,
    /// Floats do not count just now.
    timeless: bool,
    /// The names of threads count.
    pub(in crate::machine) named: bool,
    /// The counters that count.
    pub(in crate::machine) counters: Counters,
    /// No bytes are wanted, but the objects that lie elsewhere.
    elsewhere: Option<Vec<ObjectId>>,
}

enum Later {
    Object(ObjectId),
    Value(Box<dyn Encode>),
    Thread(ThreadId),
    Process(ProcessId),
}

/// Where objects lie that are numbered, with what is in them: a thread's own heap, or a run.
pub trait Home {
    /// The object in the process's memory, and whether it is shared; `None`: it does not lie here, and is known by its id.
    fn object(&self, process: ProcessId, id: ObjectId) -> Option<(&dyn Encode, bool)>;

    /// Adds what was stored to a class of the process at hand, over what its body bound.
    fn encode_replaced(&self, class: ObjectId, to: &mut Encoder<'_>);

    /// Whether what lies elsewhere, and threads, are referred to, in [`Encoder::references`].
    fn is_part(&self) -> bool {
        false
    }

    /// Whether threads and processes are numbered, too; else they are known by their ids.
    fn has_threads(&self) -> bool {
        false
    }

    /// Adds a thread that was come upon.
    fn encode_thread(&self, _id: ThreadId, _to: &mut Encoder<'_>) {}

    /// Adds a process that was come upon.
    fn encode_process(&self, _id: ProcessId, _to: &mut Encoder<'_>) {}
}

/// Nothing lies here: all objects are known by their ids.
struct Nowhere;

impl Home for Nowhere {
    fn object(&self, _: ProcessId, _: ObjectId) -> Option<(&dyn Encode, bool)> {
        None
    }

    fn encode_replaced(&self, _: ObjectId, _: &mut Encoder<'_>) {}
}

impl<'a> Encoder<'a> {
    /// An empty one, of what lies there. It is given up when it has more than so many bytes.
    pub fn new(home: &'a dyn Home, most: usize) -> Self {
        let (bytes, objects, threads, processes, values, classes) = Default::default();
        let (references, later, process) = (IndexSet::default(), VecDeque::new(), ProcessId::FIRST);
        let (dump, skips_times, timeless) = (None, false, false);
        let (named, elsewhere, counters) = (true, None, Counters::ALL);
        #[rustfmt::skip]
        let encoder = Encoder {
            bytes, dump, home, process, objects, threads, processes, values, classes, references, later, most,
            skips_times, timeless, named, counters, elsewhere,
        };
        encoder
    }

    /// One that makes no bytes, but finds objects: see [`Encoder::elsewhere`].
    pub(in crate::machine) fn finding(own: Option<&'a dyn Home>) -> Self {
        let mut to = Encoder::new(own.unwrap_or(&Nowhere), usize::MAX - 1);
        to.elsewhere = Some(Vec::new());
        to
    }

    /// The objects that lie elsewhere and that what was added leads to by itself; and how much was looked at to find them.
    pub(in crate::machine) fn elsewhere(mut self) -> (Vec<ObjectId>, usize) {
        self.catch_up();
        let mut found = self.elsewhere.unwrap_or_default();
        let cost = found.len() + self.objects.len() + self.values.len();
        found.sort_unstable();
        found.dedup();
        (found, cost)
    }

    /// From now on floats that lie on a thread's stack do not count: they are times that were read. Those inside of other
    /// values still do.
    pub fn skip_times(&mut self) {
        self.skips_times = true;
    }

    /// Adds a thread's stack.
    pub(in crate::machine) fn stack(&mut self, values: &[impl Encode]) {
        self.timeless = self.skips_times;
        values.encode(self);
        self.timeless = false;
    }

    /// There is too much to add.
    pub(in crate::machine) fn give_up(&mut self) {
        self.bytes.resize(self.most + 1, 0);
    }

    /// Adds all that was come upon. The bytes; `None` when there are too many.
    pub fn finish(mut self) -> Option<Vec<u8>> {
        self.catch_up();
        (!self.is_full()).then_some(self.bytes)
    }

    /// Adds what was come upon and has not been added yet.
    pub(in crate::machine) fn catch_up(&mut self) {
        while let Some((process, later)) = self.later.pop_front() {
            self.process = process;
            match later {
                Later::Object(id) => self.found(id),
                Later::Value(value) => {
                    self.word(&"\n&");
                    value.encode(self);
                }
                Later::Thread(id) => {
                    self.word(&format_args!("\nT{}", self.threads.get(&id).copied().unwrap_or(0)));
                    let home = self.home;
                    home.encode_thread(id, self);
                }
                Later::Process(id) => {
                    self.word(&format_args!("\nP{}", self.processes.get(&id).copied().unwrap_or(0)));
                    self.process = id;
                    let home = self.home;
                    home.encode_process(id, self);
                }
            }
        }
    }

    /// Adds an object that was come upon.
    fn found(&mut self, id: ObjectId) {
        let Some((object, shared)) = self.home.object(self.process, id) else { return };
        self.word(&format_args!("\n#{}", self.number_of(id)));
        self.byte(u8::from(shared));
        object.encode(self);
    }

    // The text.

    /// Writes a word; it tells nothing that the bytes do not.
    pub(in crate::machine) fn word(&mut self, word: &dyn fmt::Display) {
        if let Some(dump) = &mut self.dump {
            // Writing to a string does not fail.
            let _ = write!(dump, "{word} ");
        }
    }

    /// A value of that type, or variant, begins.
    pub(in crate::machine) fn open(&mut self, name: &str) {
        self.word(&format_args!("{name}("));
    }

    /// Adds a part of it.
    pub(in crate::machine) fn field(&mut self, name: &str, what: &impl Encode) {
        self.word(&format_args!("{name}:"));
        what.encode(self);
    }

    /// It ends.
    pub(in crate::machine) fn close(&mut self) {
        self.word(&")");
    }

    pub(in crate::machine) fn is_full(&self) -> bool {
        self.bytes.len() > self.most
    }

    /// Adds a byte.
    pub fn byte(&mut self, byte: u8) {
        self.word(&byte);
        if self.elsewhere.is_none() {
            self.bytes.push(byte);
        }
    }

    /// Adds a number: seven bits to a byte, the lowest first.
    pub fn number(&mut self, mut number: u64) {
        self.word(&number);
        if self.elsewhere.is_some() {
            return;
        }
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    pub(in crate::machine) fn text(&mut self, text: &[u8]) {
        if self.elsewhere.is_some() {
            return;
        }
        self.number(text.len() as u64);
        let room = (self.most + 1).saturating_sub(self.bytes.len());
        self.word(&format_args!("\"{}\"", text.escape_ascii()));
        self.bytes.extend_from_slice(&text[..text.len().min(room)]);
    }

    /// Adds items in a row, and how many they are.
    pub(in crate::machine) fn row<'i, T: Encode + 'i>(&mut self, items: impl ExactSizeIterator<Item = &'i T>) {
        self.number(items.len() as u64);
        for item in items {
            if self.is_full() {
                return;
            }
            item.encode(self);
        }
    }

    /// Adds what stands for an object: a number if it lies at home, or else its id.
    pub(in crate::machine) fn object(&mut self, id: ObjectId) {
        if self.home.object(self.process, id).is_none() {
            if let Some(elsewhere) = &mut self.elsewhere {
                return elsewhere.push(id);
            }
            self.byte(0);
            if self.home.is_part() {
                return self.reference(Reference::Object(Address::new(self.process, id)));
            }
            self.number(u64::from(id.maker.0));
            return self.number(u64::from(id.slot));
        }
        let next = self.objects.len() as u64 + 1;
        let number = *self.objects.entry((self.process, id)).or_insert(next);
        self.number(number);
        if number == next {
            self.later.push_back((self.process, Later::Object(id)));
        }
    }

    /// Adds a reference to what lies in another part.
    fn reference(&mut self, reference: Reference) {
        let (number, _) = self.references.insert_full(reference);
        self.number(number as u64);
    }

    /// The number that stands for an object that lies here; 0: it was not come upon.
    pub(in crate::machine) fn number_of(&self, id: ObjectId) -> u64 {
        self.objects.get(&(self.process, id)).copied().unwrap_or(0)
    }

    /// Whether the object lies in another part.
    fn is_elsewhere(&self, id: ObjectId) -> bool {
        self.home.is_part() && self.home.object(self.process, id).is_none()
    }

    /// Adds what stands for a thread: its number in a run, or else its id.
    pub(in crate::machine) fn thread(&mut self, id: ThreadId) {
        if self.home.is_part() {
            return self.reference(Reference::Thread(id));
        }
        if !self.home.has_threads() {
            return self.number(u64::from(id.0));
        }
        let next = self.threads.len() as u64;
        let number = *self.threads.entry(id).or_insert(next);
        self.number(number);
        if number == next {
            self.later.push_back((self.process, Later::Thread(id)));
        }
    }

    /// Adds what stands for a process: its number in a run, or else its id.
    pub(in crate::machine) fn process(&mut self, id: ProcessId) {
        if !self.home.has_threads() {
            return self.number(u64::from(id.0));
        }
        let next = self.processes.len() as u64;
        let number = *self.processes.entry(id).or_insert(next);
        self.number(number);
        if number == next {
            self.later.push_back((id, Later::Process(id)));
        }
    }

    /// Adds a number for a value that lies at this address; what is in it comes later.
    fn identity<T>(&mut self, tag: u8, address: *const T, contents: impl FnOnce() -> Box<dyn Encode>) {
        self.byte(tag);
        if self.home.is_part() {
            self.reference(Reference::Value(self.process, address.addr()));
        }
        let next = self.values.len() as u64;
        let number = *self.values.entry((self.process, address.addr())).or_insert(next);
        self.number(number);
        if number == next {
            self.later.push_back((self.process, Later::Value(contents())));
        }
    }

    /// Likewise for a class, by the object that holds its variables. Threads have copies of their own of it.
    fn class(&mut self, variables: ObjectId, contents: impl FnOnce() -> Box<dyn Encode>) {
        if self.home.is_part() {
            self.object(variables);
        }
        let next = self.classes.len() as u64;
        let number = *self.classes.entry((self.process, variables)).or_insert(next);
        self.number(number);
        if number == next {
            self.later.push_back((self.process, Later::Value(contents())));
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
ids!(Symbol, CodeId, GlobalId);

impl Encode for ThreadId {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.thread(*self);
    }
}

impl Encode for ProcessId {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.process(*self);
    }
}

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

impl<K: Encode, V: Encode> Encode for BTreeMap<K, V> {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.number(self.len() as u64);
        for entry in self {
            entry.0.encode(to);
            entry.1.encode(to);
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

/// A thread's name, which counts only where the program may show it.
pub(in crate::machine) struct Name<'n>(pub(in crate::machine) &'n str);

impl Encode for Name<'_> {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.named.then_some(self.0).encode(to);
    }
}
