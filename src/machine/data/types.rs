//! The builtin types, and which of them a value has.

use crate::base::ObjectId;
use crate::machine::memory::builtin::Machine;
use crate::machine::memory::native::{Call, Layout, Native, Type};
use crate::machine::memory::object::View;
use crate::machine::memory::value::{ClassRef, Descriptor, Kind, Value};
use std::sync::OnceLock;

/// What can be done with the values of a type beside what instructions do.
#[derive(Clone, Copy)]
pub struct Ability {
    construct: Option<Call>,
    methods: &'static [Native],
    properties: &'static [Native],
}

impl Ability {
    /// Of a type that cannot be called, and whose values have no methods.
    pub const NONE: Ability = Ability { construct: None, methods: &[], properties: &[] };

    /// `construct` is what calling the type does.
    pub const fn new(
        construct: Option<&'static Native>,
        methods: &'static [Native],
        properties: &'static [Native],
    ) -> Ability {
        let construct = match construct {
            Some(native) => Some(native.call),
            None => None,
        };
        Ability { construct, methods, properties }
    }
}

/// Declares types: constant, name, module, base, layout; and [`Able`], which says what can be done with their values.
macro_rules! types {
    ($($constant:ident $name:literal in $module:literal: $base:expr, $layout:ident;)*) => {
        /// What can be done with the values of the types: said where their methods are, which are on a floor above.
        pub trait Able {
            $(
                #[doc = concat!("With those of `", $name, "`.")]
                const $constant: Ability = Ability::NONE;
            )*
        }

        $(
            #[doc = concat!("`", $name, "`")]
            pub static $constant: Type = Type {
                name: $name,
                module: $module,
                base: $base,
                construct: <Machine as Able>::$constant.construct,
                methods: <Machine as Able>::$constant.methods,
                properties: <Machine as Able>::$constant.properties,
                layout: Layout::$layout,
            };
        )*
    };
}

types! {
    OBJECT "object" in "builtins": None, Plain;
    BOOL "bool" in "builtins": Some(&INT), Final;
    TYPE "type" in "builtins": Some(&OBJECT), Plain;
    INT "int" in "builtins": Some(&OBJECT), Value;
    FLOAT "float" in "builtins": Some(&OBJECT), Value;
    STR "str" in "builtins": Some(&OBJECT), Value;
    BYTES "bytes" in "builtins": Some(&OBJECT), Value;
    TUPLE "tuple" in "builtins": Some(&OBJECT), Value;
    LIST "list" in "builtins": Some(&OBJECT), Value;
    DICT "dict" in "builtins": Some(&OBJECT), Value;
    SET "set" in "builtins": Some(&OBJECT), Value;
    FROZENSET "frozenset" in "builtins": Some(&OBJECT), Value;
    RANGE "range" in "builtins": Some(&OBJECT), Final;
    SLICE "slice" in "builtins": Some(&OBJECT), Final;
    FUNCTION "function" in "builtins": Some(&OBJECT), Final;
    METHOD "method" in "builtins": Some(&OBJECT), Final;
    BUILTIN_FUNCTION "builtin_function_or_method" in "builtins": Some(&OBJECT), Final;
    MODULE "module" in "builtins": Some(&OBJECT), Final;
    NONE_TYPE "NoneType" in "builtins": Some(&OBJECT), Final;
    ELLIPSIS_TYPE "ellipsis" in "builtins": Some(&OBJECT), Final;
    NOT_IMPLEMENTED_TYPE "NotImplementedType" in "builtins": Some(&OBJECT), Final;
    DICT_KEYS "dict_keys" in "builtins": Some(&OBJECT), Final;
    DICT_VALUES "dict_values" in "builtins": Some(&OBJECT), Final;
    DICT_ITEMS "dict_items" in "builtins": Some(&OBJECT), Final;
    ITERATOR "iterator" in "builtins": Some(&OBJECT), Final;
    GENERATOR "generator" in "builtins": Some(&OBJECT), Final;
    PROPERTY "property" in "builtins": Some(&OBJECT), Final;
    STATICMETHOD "staticmethod" in "builtins": Some(&OBJECT), Final;
    CLASSMETHOD "classmethod" in "builtins": Some(&OBJECT), Final;
    SUPER "super" in "builtins": Some(&OBJECT), Final;
    CELL "cell" in "builtins": Some(&OBJECT), Final;
    DEQUE "deque" in "collections": Some(&OBJECT), Value;
}

/// The types whose methods loops call.
pub static WITH_METHODS: &[&Type] =
    &[&INT, &FLOAT, &STR, &BYTES, &TUPLE, &LIST, &DICT, &SET, &FROZENSET, &RANGE, &DICT_KEYS, &DICT_ITEMS, &DEQUE];

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
        Kind::Deque => &DEQUE,
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
