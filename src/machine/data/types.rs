//! The builtin types, and which of them a value has.

use super::{bytes, deque, descriptor, dict, float, int, list, object, range, set, slice, string, tuple};
use crate::base::ObjectId;
use crate::machine::memory::native::{Call, Layout, Native, Type};
use crate::machine::memory::object::View;
use crate::machine::memory::value::{ClassRef, Descriptor, Kind, Value};
use std::sync::OnceLock;

/// Declares types: constant, name, how it is called, methods, properties, layout.
macro_rules! types {
    ($($constant:ident $name:literal: $construct:expr, $methods:expr, $properties:expr, $layout:ident;)*) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub static $constant: Type = Type {
                name: $name,
                module: "builtins",
                base: Some(&OBJECT),
                construct: $construct,
                methods: $methods,
                properties: $properties,
                layout: Layout::$layout,
            };
        )*
    };
}

/// `object`
pub static OBJECT: Type = Type {
    name: "object",
    module: "builtins",
    base: None,
    construct: called(&object::NEW),
    methods: object::METHODS,
    properties: &[],
    layout: Layout::Plain,
};

/// `bool`
pub static BOOL: Type = Type {
    name: "bool",
    module: "builtins",
    base: Some(&INT),
    construct: called(&int::NEW_BOOL),
    methods: &[],
    properties: &[],
    layout: Layout::Final,
};

types! {
    TYPE "type": called(&object::NEW_TYPE), object::TYPE_METHODS, &[], Plain;
    INT "int": called(&int::NEW), int::METHODS, int::PROPERTIES, Value;
    FLOAT "float": called(&float::NEW), float::METHODS, float::PROPERTIES, Value;
    STR "str": called(&string::NEW), string::METHODS, &[], Value;
    BYTES "bytes": called(&bytes::NEW), bytes::METHODS, &[], Value;
    TUPLE "tuple": called(&tuple::NEW), tuple::METHODS, &[], Value;
    LIST "list": called(&list::NEW), list::METHODS, &[], Value;
    DICT "dict": called(&dict::NEW), dict::METHODS, &[], Value;
    SET "set": called(&set::NEW), set::METHODS, &[], Value;
    FROZENSET "frozenset": called(&set::NEW_FROZEN), set::FROZEN_METHODS, &[], Value;
    RANGE "range": called(&range::NEW), range::METHODS, range::PROPERTIES, Final;
    SLICE "slice": called(&slice::NEW), slice::METHODS, slice::PROPERTIES, Final;
    FUNCTION "function": None, object::FUNCTION_METHODS, &[], Final;
    METHOD "method": None, &[], &[], Final;
    BUILTIN_FUNCTION "builtin_function_or_method": None, &[], &[], Final;
    MODULE "module": None, &[], &[], Final;
    NONE_TYPE "NoneType": None, &[], &[], Final;
    ELLIPSIS_TYPE "ellipsis": None, &[], &[], Final;
    NOT_IMPLEMENTED_TYPE "NotImplementedType": None, &[], &[], Final;
    DICT_KEYS "dict_keys": None, dict::VIEW_METHODS, &[], Final;
    DICT_VALUES "dict_values": None, &[], &[], Final;
    DICT_ITEMS "dict_items": None, dict::VIEW_METHODS, &[], Final;
    ITERATOR "iterator": None, &[], &[], Final;
    GENERATOR "generator": None, &[], &[], Final;
    PROPERTY "property": called(&descriptor::NEW_PROPERTY), descriptor::METHODS, descriptor::PROPERTIES, Final;
    STATICMETHOD "staticmethod": called(&descriptor::NEW_STATIC), &[], descriptor::WRAPPED, Final;
    CLASSMETHOD "classmethod": called(&descriptor::NEW_CLASS), &[], descriptor::WRAPPED, Final;
    SUPER "super": called(&object::NEW_SUPER), &[], &[], Final;
    CELL "cell": None, &[], &[], Final;
}

/// The types whose methods loops call.
pub static WITH_METHODS: &[&Type] = &[
    &INT,
    &FLOAT,
    &STR,
    &BYTES,
    &TUPLE,
    &LIST,
    &DICT,
    &SET,
    &FROZENSET,
    &RANGE,
    &DICT_KEYS,
    &DICT_ITEMS,
    &deque::TYPE,
];

const fn called(native: &'static Native) -> Option<Call> {
    Some(native.call)
}

/// The class of a value: Python's `type(value)`.
#[inline]
pub fn class_of(value: &Value) -> ClassRef {
    ClassRef::Builtin(match value {
        Value::Instance(instance) => return instance.class.clone(),
        Value::Unbound => &OBJECT,
        Value::None => &NONE_TYPE,
        Value::NotImplemented => &NOT_IMPLEMENTED_TYPE,
        Value::Ellipsis => &ELLIPSIS_TYPE,
        Value::Bool(_) => &BOOL,
        Value::Int(_) | Value::Big(_) => &INT,
        Value::Float(_) => &FLOAT,
        Value::Str(_) => &STR,
        Value::Bytes(_) => &BYTES,
        Value::Tuple(_) => &TUPLE,
        Value::Range(_) => &RANGE,
        Value::Slice(_) => &SLICE,
        Value::View(view) => match view.view {
            View::Keys => &DICT_KEYS,
            View::Values => &DICT_VALUES,
            View::Items => &DICT_ITEMS,
        },
        Value::Function(_) | Value::Code(_) => &FUNCTION,
        Value::Method(_) => &METHOD,
        Value::Native(_) | Value::NativeMethod(_) | Value::Prelude(_) => &BUILTIN_FUNCTION,
        Value::Class(class) => match &class.meta {
            Some(meta) if is_metaclass(meta) => return meta.clone(),
            _ => &TYPE,
        },
        Value::Type(_) => &TYPE,
        Value::Module(_) => &MODULE,
        Value::Descriptor(descriptor) => match &**descriptor {
            Descriptor::Property { .. } => &PROPERTY,
            Descriptor::Static(_) => &STATICMETHOD,
            Descriptor::Class(_) => &CLASSMETHOD,
        },
        Value::Super(_) => &SUPER,
        Value::Loop(_) => &ITERATOR,
        Value::Object(kind, id) => type_of_object(*kind, *id),
    })
}

/// Whether instances of a class are classes.
pub fn is_metaclass(class: &ClassRef) -> bool {
    class.is_subclass_of(&ClassRef::Builtin(&TYPE))
}

/// The types of primitives, which stand on the floor above: they are said before the first program is linked, so before
/// there is any value of them.
static PRIMITIVES: OnceLock<fn(Kind) -> &'static Type> = OnceLock::new();

/// Likewise of those that processes share.
static BETWEEN: OnceLock<fn(Kind) -> &'static Type> = OnceLock::new();

/// Says which types primitives have, and those that processes share.
pub(in crate::machine) fn provide_primitives(type_of: fn(Kind) -> &'static Type, between: fn(Kind) -> &'static Type) {
    PRIMITIVES.get_or_init(|| type_of);
    BETWEEN.get_or_init(|| between);
}

/// The type of an object of that kind.
#[inline]
pub fn type_of_object(kind: Kind, id: ObjectId) -> &'static Type {
    if id.is_of_world() { BETWEEN.get().map_or(&OBJECT, |type_of| type_of(kind)) } else { type_of_kind(kind) }
}

/// The type of what is of a kind.
pub fn type_of_kind(kind: Kind) -> &'static Type {
    match kind {
        Kind::List => &LIST,
        Kind::Dict => &DICT,
        Kind::Set => &SET,
        Kind::FrozenSet => &FROZENSET,
        Kind::Deque => &deque::TYPE,
        Kind::Iterator => &ITERATOR,
        Kind::Generator => &GENERATOR,
        Kind::Lock
        | Kind::RLock
        | Kind::Condition
        | Kind::Semaphore
        | Kind::BoundedSemaphore
        | Kind::Event
        | Kind::Barrier
        | Kind::Queue
        | Kind::LifoQueue
        | Kind::PriorityQueue
        | Kind::SimpleQueue
        | Kind::Pool
        | Kind::Future
        | Kind::Futures
        | Kind::Local => PRIMITIVES.get().map_or(&OBJECT, |type_of| type_of(kind)),
    }
}

/// Classes of library modules that CPython has written in C, which messages show.
const WRITTEN_IN_C: &[(&str, &str)] = &[
    ("collections", "OrderedDict"),
    ("collections", "defaultdict"),
    ("decimal", "Decimal"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("functools", "partial"),
];

/// The name of a value's class, for messages: CPython's types that are written in C show where they come from.
pub fn name_of(value: &Value) -> Box<str> {
    match class_of(value) {
        ClassRef::Builtin(class) if matches!(class.module, "collections" | "_thread") => {
            format!("{}.{}", class.module, class.name).into()
        }
        ClassRef::User(class) if WRITTEN_IN_C.contains(&(&class.module, &class.name)) => {
            format!("{}.{}", class.module, class.name).into()
        }
        class => class.name().into(),
    }
}

/// A class as a class; `None` for what is none.
pub fn as_class(value: &Value) -> Option<ClassRef> {
    match value {
        Value::Class(class) => Some(ClassRef::User(class.clone())),
        Value::Type(class) => Some(ClassRef::Builtin(class)),
        _ => None,
    }
}
