//! Values: scalars and immutable things by themselves, mutable things by their id.
//!
//! A value never points into a heap. Copying one is cheap, and a state can be cloned by cloning its heaps. What is
//! immutable and never changes identity (strings, tuples, functions, classes) is reference-counted and needs no heap, no
//! lock and no event.

pub use super::kind::Kind;
pub use super::progression::Range;
pub use super::text::Str;

use super::builtin::{Native, Type};
use crate::base::{ObjectId, Symbol};
use crate::bytecode::{CodeId, GlobalId};
use num_bigint::{BigInt, Sign};
use rustc_hash::FxHashMap;
use std::fmt;
use std::ops::Deref;
use triomphe::Arc;

/// A Python value.
#[derive(Clone, Default)]
pub enum Value {
    /// An empty slot: no Python value; never leaves the machine.
    #[default]
    Unbound,
    /// `None`
    None,
    /// `NotImplemented`
    NotImplemented,
    /// `...`
    Ellipsis,
    /// `True`, `False`
    Bool(bool),
    /// An integer that fits. One that fits is never a `Big`.
    Int(i64),
    /// A float.
    Float(f64),
    /// An integer that does not fit `Int`.
    Big(Arc<BigInt>),
    /// A string.
    Str(Str),
    /// Bytes.
    Bytes(Arc<Vec<u8>>),
    /// A tuple.
    Tuple(Arc<Items>),
    /// A range.
    Range(Arc<Range>),
    /// A slice: start, stop, step.
    Slice(Arc<Slice>),
    /// A dict's `keys()`, `values()` or `items()`.
    View(Arc<DictView>),
    /// A function that the scenario (or the prelude) defines.
    Function(Arc<Function>),
    /// A function bound to its first argument.
    Method(Arc<Method>),
    /// A function, by the global that holds it for good: how natives call the prelude, and what a call finds.
    Prelude(GlobalId),
    /// A function of which a call needs no more than the code: what a method call finds, on the evaluation stack only.
    Code(CodeId),
    /// A function that the machine provides.
    Native(&'static Native),
    /// A native method bound to its receiver.
    NativeMethod(Arc<NativeMethod>),
    /// A class that the scenario defines.
    Class(Arc<Class>),
    /// A type that the machine provides.
    Type(&'static Type),
    /// A module: an index into `library::MODULES`.
    Module(u16),
    /// What `property`, `staticmethod` and `classmethod` make.
    Descriptor(Arc<Descriptor>),
    /// What `super()` gives.
    Super(Arc<Super>),
    /// A mutable object of a builtin kind, in a heap.
    Object(Kind, ObjectId),
    /// An instance of a class, an exception or a thread, in a heap.
    Instance(Arc<InstanceRef>),
    /// The iterator of a `for` loop over a builtin container: on the evaluation stack only, owned by the loop.
    Loop(Box<Iteration>),
}

/// The items of a tuple.
#[derive(Clone, Debug, Default)]
pub struct Items(pub(super) Vec<Value>);

impl Items {
    /// Takes the items.
    pub fn new(items: Vec<Value>) -> Self {
        Items(items)
    }
}

impl Deref for Items {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        &self.0
    }
}

/// Where an iteration stands.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each variant's comment names its fields")]
pub enum Iteration {
    /// Over integers.
    Range { next: i64, left: usize, step: i64 },
    /// Over a tuple.
    Tuple(Arc<Items>, usize),
    /// Over a string: byte offset of the next character.
    Str(Str, usize),
    /// Over a list, a dict's keys, values or items, or a set; `length` is what a dict or set had at the
    /// start, and how often a deque had changed.
    Container { of: ObjectId, kind: Kind, view: View, index: usize, length: usize },
    /// Over a set whose order is not that of insertion: all of its items, and the next one's place.
    Ordered { of: ObjectId, items: Arc<Vec<Value>>, index: usize },
    /// `itertools.count`: the next number and the step.
    Count(Box<[Value; 2]>),
    /// `itertools.cycle`: over the items, again and again.
    Cycle(Arc<Vec<Value>>, usize),
    /// `itertools.repeat`: so often, or for ever.
    Repeat(Box<Value>, Option<usize>),
    /// `enumerate`: the iteration whose values are counted, and the next number.
    Enumerate(Box<(Iteration, i64)>),
    /// `zip`: several iterations side by side.
    Zip(Box<[Iteration]>),
    /// Over a sequence by `__getitem__`, and other ways that the prelude provides, are generators.
    Done,
}

impl Iteration {
    /// The next integer of a range; `None` at its end, and for what is no range.
    #[inline(always)]
    pub fn next_of_range(&mut self) -> Option<i64> {
        match self {
            Iteration::Range { next, left, step } if *left > 0 => {
                let value = *next;
                *left -= 1;
                *next = value.wrapping_add(*step);
                Some(value)
            }
            _ => None,
        }
    }
}

/// What an iteration over a dict yields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum View {
    /// Keys, or a list's or set's items.
    Keys,
    /// Values.
    Values,
    /// Pairs.
    Items,
}

/// A dict's `keys()`, `values()` or `items()`.
#[derive(Debug)]
pub struct DictView {
    /// The dict.
    pub dict: ObjectId,
    /// What it shows of it.
    pub view: View,
}

/// A function: its code, and what it was made with.
#[derive(Debug)]
pub struct Function {
    /// Its code.
    pub code: CodeId,
    /// Defaults of the last positional parameters.
    pub defaults: Box<[Value]>,
    /// Defaults of keyword-only parameters (`Unbound`: none).
    pub keyword_defaults: Box<[Value]>,
    /// The cells that it captured.
    pub cells: Box<[ObjectId]>,
    /// The function that this one is a thread's own copy of.
    pub original: Option<Arc<Function>>,
    /// The instance that holds what the program stores to it, in programs that may.
    pub attributes: Option<ObjectId>,
}

impl Function {
    /// A function that is no more than its code.
    pub fn of(code: CodeId) -> Self {
        let (defaults, keyword_defaults, cells) = Default::default();
        Function { code, defaults, keyword_defaults, cells, original: None, attributes: None }
    }

    /// Whether two functions are the same to the program.
    fn is(a: &Arc<Function>, b: &Arc<Function>) -> bool {
        Arc::ptr_eq(a.original.as_ref().unwrap_or(a), b.original.as_ref().unwrap_or(b))
    }
}

/// A slice: start, stop, step.
#[derive(Debug)]
pub struct Slice(pub [Value; 3]);

/// A native method bound to its receiver.
#[derive(Debug)]
pub struct NativeMethod {
    /// The first argument.
    pub receiver: Value,
    /// The method.
    pub native: &'static Native,
}

/// A function bound to its first argument.
#[derive(Debug)]
pub struct Method {
    /// The first argument.
    pub receiver: Value,
    /// The function.
    pub function: Value,
}

/// What a class may be: the machine's or the scenario's.
#[derive(Clone, Debug)]
pub enum ClassRef {
    /// A builtin type.
    Builtin(&'static Type),
    /// A class of the scenario.
    User(Arc<Class>),
}

impl PartialEq for ClassRef {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (ClassRef::Builtin(a), ClassRef::Builtin(b)) => std::ptr::eq(*a, *b),
            (ClassRef::User(a), ClassRef::User(b)) => a.variables == b.variables,
            _ => false,
        }
    }
}

impl ClassRef {
    /// Its name, without a module.
    pub fn name(&self) -> &str {
        match self {
            ClassRef::Builtin(builtin) => builtin.name,
            ClassRef::User(class) => &class.name,
        }
    }

    /// The class as a value.
    pub fn value(&self) -> Value {
        match self {
            ClassRef::Builtin(builtin) => Value::Type(builtin),
            ClassRef::User(class) => Value::Class(class.clone()),
        }
    }

    /// The builtin type that instances are laid out as: the class itself, or the nearest builtin one it inherits from.
    pub fn layout(&self) -> &'static Type {
        match self {
            ClassRef::Builtin(builtin) => builtin,
            ClassRef::User(class) => class.layout,
        }
    }

    /// Whether it is `ancestor` or inherits from it.
    pub fn is_subclass_of(&self, ancestor: &ClassRef) -> bool {
        match self {
            ClassRef::Builtin(builtin) => match ancestor {
                ClassRef::Builtin(other) => builtin.is_subtype_of(other),
                ClassRef::User(_) => false,
            },
            ClassRef::User(class) => self == ancestor || class.mro.iter().any(|entry| entry == ancestor),
        }
    }
}

/// A class of the scenario. Immutable: what the program stores to later lies in the object `variables`, or is [`Replaced`].
///
/// [`Replaced`]: super::replaced::Replaced
#[derive(Clone, Debug)]
pub struct Class {
    /// Its name.
    pub name: Box<str>,
    /// Its name with the enclosing ones.
    pub qualified_name: Box<str>,
    /// The module that defines it.
    pub module: Box<str>,
    /// Direct bases.
    pub bases: Vec<ClassRef>,
    /// Method resolution order behind the class itself, which is not in it.
    pub mro: Vec<ClassRef>,
    /// The builtin type that instances are laid out as.
    pub layout: &'static Type,
    /// The names, inherited ones included, that stand for a property or another descriptor.
    pub computed: Vec<Symbol>,
    /// What the class body bound under names that are never stored to later.
    pub attributes: FxHashMap<Symbol, Value>,
    /// The class whose functions serve as the special methods of this class itself: what calling it, iterating over it or
    /// asking for an instance of it means. A class binds it as `__metaclass__`, or names it in its statement.
    pub meta: Option<ClassRef>,
    /// The class, or one above it, defines `__setattr__` or `__delattr__`.
    pub guarded: bool,
    /// The names that instances can have attributes of, when `__slots__` limits them.
    pub slots: Option<Box<[Symbol]>>,
    /// The names in the order they were bound (for what shows them).
    pub names: Vec<Symbol>,
    /// Those of them that lie in `variables`, because they may be bound again.
    pub variable_names: Vec<Symbol>,
    /// The heap object with what may change; also the class's identity.
    pub variables: ObjectId,
    /// The class body, for `super()`.
    pub body: CodeId,
}

/// What `property`, `staticmethod` and `classmethod` make.
#[derive(Debug)]
#[expect(missing_docs, reason = "the parts are named after Python's")]
pub enum Descriptor {
    Property { getter: Value, setter: Value, deleter: Value },
    Static(Value),
    Class(Value),
}

impl Descriptor {
    /// The values in it.
    pub fn parts(&self) -> Vec<&Value> {
        match self {
            Descriptor::Property { getter, setter, deleter } => vec![getter, setter, deleter],
            Descriptor::Static(function) | Descriptor::Class(function) => vec![function],
        }
    }
}

/// What `super()` gives: looks attributes up behind `class` in the order of `receiver`'s class.
#[derive(Debug)]
pub struct Super {
    /// The class whose successors are searched.
    pub class: ClassRef,
    /// The object that found functions are bound to.
    pub receiver: Value,
}

/// The part of an instance that never changes, so that its methods are found without a lock.
#[derive(Debug)]
pub struct InstanceRef {
    /// Its class.
    pub class: ClassRef,
    /// Its object.
    pub id: ObjectId,
    /// The builtin value that it is, when its class inherits from a type like `dict` or `int`; else `Unbound`.
    pub inner: Value,
}

impl InstanceRef {
    /// An instance that is no builtin value.
    pub fn new(class: ClassRef, id: ObjectId) -> Self {
        InstanceRef { class, id, inner: Value::Unbound }
    }
}

/// How far inside each other functions and classes are detached: those that lie deeper are rarely used by several threads.
const DETACHED_DEPTH: u32 = 3;

/// Values are copied and moved all the time.
const _: () = assert!(size_of::<Value>() == 16);

impl Value {
    /// Whether it is an instance of a class that inherits from a builtin type.
    pub fn is_instance_of(&self, class: &'static Type) -> bool {
        matches!(self, Value::Instance(instance) if instance.class.is_subclass_of(&ClassRef::Builtin(class)))
    }

    /// A copy. Scalars, which most values are, skip the check of every kind that `clone` makes.
    #[inline(always)]
    pub fn copy(&self) -> Value {
        match self {
            Value::Int(number) => Value::Int(*number),
            Value::Float(number) => Value::Float(*number),
            Value::Bool(truth) => Value::Bool(*truth),
            Value::Object(kind, id) => Value::Object(*kind, *id),
            Value::Native(native) => Value::Native(native),
            other => other.clone(),
        }
    }

    /// Whether it is one of those.
    #[inline(always)]
    pub fn is_plain(&self) -> bool {
        matches!(self, Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Object(..) | Value::Native(_))
    }

    /// Whether it plainly leads to no other object.
    #[inline]
    pub fn is_alone(&self) -> bool {
        matches!(self, Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::None | Value::Str(_))
    }

    /// Drops it, scalars for nothing.
    #[inline]
    pub fn discard(self) {
        if matches!(
            self,
            Value::Int(_)
                | Value::Float(_)
                | Value::Bool(_)
                | Value::None
                | Value::Unbound
                | Value::Object(..)
                | Value::Native(_)
                | Value::Prelude(_)
                | Value::Code(_)
        ) {
            std::mem::forget(self);
        }
    }

    /// A native method, bound.
    pub fn native_method(receiver: Value, native: &'static Native) -> Value {
        Value::NativeMethod(Arc::new(NativeMethod { receiver, native }))
    }

    /// A string value.
    pub fn str(text: impl Into<String>) -> Value {
        Value::Str(Str::new(text))
    }

    /// A tuple value.
    pub fn tuple(items: Vec<Value>) -> Value {
        Value::Tuple(Arc::new(Items::new(items)))
    }

    /// The smallest representation of an integer.
    pub fn big(number: BigInt) -> Value {
        match i64::try_from(&number) {
            Ok(small) => Value::Int(small),
            Err(_) => Value::Big(Arc::new(number)),
        }
    }

    /// A copy that shares no counter of references with this one, as far as that cannot be told: otherwise threads that
    /// use common values, functions above all, would fight for its cache line.
    pub fn detached(&self) -> Value {
        self.detached_to(DETACHED_DEPTH)
    }

    fn detached_to(&self, depth: u32) -> Value {
        match self {
            Value::Str(text) => Value::str(text.as_str()),
            Value::Function(function) if depth > 0 => Value::Function(Arc::new(Function {
                code: function.code,
                defaults: function.defaults.iter().map(|value| value.detached_to(depth - 1)).collect(),
                keyword_defaults: function.keyword_defaults.iter().map(|value| value.detached_to(depth - 1)).collect(),
                cells: function.cells.clone(),
                original: Some(function.original.as_ref().unwrap_or(function).clone()),
                attributes: function.attributes,
            })),
            Value::Class(class) if depth > 0 => {
                let mut class = Class::clone(class);
                class.attributes.values_mut().for_each(|value| *value = value.detached_to(depth - 1));
                Value::Class(Arc::new(class))
            }
            other => other.clone(),
        }
    }

    /// Adds to an integer that does not fit; without a copy if nobody else has it.
    pub fn add_in_place(&mut self, addend: i64) {
        let Value::Big(number) = self else { return };
        match Arc::get_mut(number) {
            Some(number) => *number += addend,
            None => *number = Arc::new(&**number + addend),
        }
        // What is large and grows does not become small.
        let grows = (number.sign() == Sign::Plus) == (addend >= 0);
        if !grows && let Ok(small) = i64::try_from(&**number) {
            *self = Value::Int(small);
        }
    }

    /// The value as builtin operations see it: an instance of a class that inherits from `dict` is a dict to them.
    #[inline]
    pub fn plain(&self) -> &Value {
        match self {
            Value::Instance(instance) if !instance.inner.is_unbound() => &instance.inner,
            other => other,
        }
    }

    /// The heap object behind it, if it is one.
    pub fn object_id(&self) -> Option<ObjectId> {
        match self {
            Value::Object(_, id) => Some(*id),
            Value::Instance(instance) => Some(instance.id),
            _ => None,
        }
    }

    /// The code of a function.
    #[inline]
    pub fn code(&self) -> Option<CodeId> {
        match self {
            Value::Function(function) => Some(function.code),
            _ => None,
        }
    }

    /// Whether two strings or big integers are one and the same in memory: what is done to the one is done to the other.
    pub fn shares(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Str(a), Value::Str(b)) => a.shares(b),
            (Value::Big(a), Value::Big(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }

    /// Whether the slot is empty.
    pub fn is_unbound(&self) -> bool {
        matches!(self, Value::Unbound)
    }

    /// Python's `is`.
    pub fn is(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::None, Value::None)
            | (Value::NotImplemented, Value::NotImplemented)
            | (Value::Ellipsis, Value::Ellipsis) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Value::Big(a), Value::Big(b)) => Arc::ptr_eq(a, b),
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::Bytes(a), Value::Bytes(b)) => Arc::ptr_eq(a, b),
            (Value::Tuple(a), Value::Tuple(b)) => Arc::ptr_eq(a, b) || (a.is_empty() && b.is_empty()),
            (Value::Range(a), Value::Range(b)) => Arc::ptr_eq(a, b),
            (Value::Function(a), Value::Function(b)) => Function::is(a, b),
            (Value::Method(a), Value::Method(b)) => Arc::ptr_eq(a, b),
            (Value::Native(a), Value::Native(b)) => std::ptr::eq(*a, *b),
            (Value::Prelude(a), Value::Prelude(b)) => a == b,
            (Value::NativeMethod(a), Value::NativeMethod(b)) => Arc::ptr_eq(a, b),
            (Value::Class(a), Value::Class(b)) => a.variables == b.variables,
            (Value::Type(a), Value::Type(b)) => std::ptr::eq(*a, *b),
            (Value::Module(a), Value::Module(b)) => a == b,
            (Value::Descriptor(a), Value::Descriptor(b)) => Arc::ptr_eq(a, b),
            _ => match (self.object_id(), other.object_id()) {
                (Some(a), Some(b)) => a == b,
                _ => false,
            },
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Int(value) => write!(f, "{value}"),
            Value::Float(value) => write!(f, "{value:?}"),
            Value::Bool(value) => write!(f, "{value}"),
            Value::Big(value) => write!(f, "{value}"),
            Value::Str(value) => write!(f, "{value:?}"),
            Value::Tuple(items) => f.debug_list().entries(items.iter()).finish(),
            Value::Object(kind, id) => write!(f, "<{kind:?} {id}>"),
            Value::Instance(instance) => write!(f, "<{} {}>", instance.class.name(), instance.id),
            Value::Unbound => f.write_str("<unbound>"),
            Value::None => f.write_str("None"),
            other => write!(f, "<value {:?}>", std::mem::discriminant(other)),
        }
    }
}
