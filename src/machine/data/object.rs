//! `object` and `type`.

use super::arguments::{exactly_one_class, function, method};
use super::fault::{Attempt, Fault, native, type_error};
use super::{repr, types, user_attribute};
use crate::machine::memory::deque::Deque;
use crate::machine::memory::native::{Arguments, Context, Layout, Native};
use crate::machine::memory::object::{Attributes, Dict, ExceptionData, Instance, Object, Payload, Set};
use crate::machine::memory::value::{Class, ClassRef, InstanceRef, Kind, Method, Super, Value};
use triomphe::Arc;

/// `object()`
pub static NEW: Native = native!("object", new);
/// `type(value)`
pub static NEW_TYPE: Native = native!("type", new_type);

/// `super(class, object)`
pub static NEW_SUPER: Native = native!("super", new_super);

/// Methods of functions.
pub const FUNCTION_METHODS: &[Native] = &[native!("__get__", bind_function)];
/// Methods of classes.
pub const TYPE_METHODS: &[Native] = &[native!("mro", order_of)];

/// Methods of everything.
pub const METHODS: &[Native] = &[
    native!("__init__", init),
    native!("__repr__", repr_of),
    native!("__str__", str_of),
    native!("__eq__", equal),
    native!("__ne__", not_equal),
    native!("__hash__", hash_of),
    native!("__format__", format_of),
];

/// A new instance of a class without a builtin base.
fn new(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let class = exactly_one_class(args)?;
    let initialised = user_attribute(ctx.memory.private.replaced(), ctx.image, &class, "__init__").is_some();
    if !initialised && (args.positional.len() > 1 || !args.keywords.is_empty()) {
        return Err(type_error(format!("{}() takes no arguments", class.name())));
    }
    let instance = Instance {
        class: class.clone(),
        attributes: Attributes::default(),
        sealed: 0,
        dict: None,
        payload: Payload::None,
    };
    let id = ctx.memory.add(Object::Instance(instance));
    Ok(Value::Instance(Arc::new(InstanceRef::new(class, id))))
}

fn new_type(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    match args.positional {
        [_, value] if args.keywords.is_empty() => Ok(types::class_of(value).value()),
        [_, name, bases, namespace] => {
            let made = class_of(ctx, name, bases, namespace)?;
            Err(Fault::Prelude("made_class", vec![made, namespace.clone()], args.keywords.to_vec()))
        }
        _ => Err(type_error("type() takes 1 or 3 arguments")),
    }
}

/// `type(name, bases, namespace)`. What the program never mentions cannot be asked for, either.
fn class_of(ctx: &mut Context<'_>, name: &Value, bases: &Value, namespace: &Value) -> Attempt {
    let wrong = |number: u8, wanted: &str, given: &Value| {
        type_error(format!("type.__new__() argument {number} must be {wanted}, not {}", types::name_of(given)))
    };
    let Value::Str(name) = name.plain() else { return Err(wrong(1, "str", name)) };
    let Value::Tuple(bases) = bases.plain() else { return Err(wrong(2, "tuple", bases)) };
    let Value::Object(Kind::Dict, dict) = namespace.plain() else { return Err(wrong(3, "dict", namespace)) };
    let classes: Option<Vec<ClassRef>> = bases.iter().map(types::as_class).collect();
    let classes = classes.ok_or_else(|| type_error("bases must be types"))?;
    let plain = |class: &ClassRef| matches!(class, ClassRef::Builtin(class) if std::ptr::eq(*class, &types::OBJECT));
    let classes = if classes.len() == 1 && plain(&classes[0]) { Vec::new() } else { classes };
    let mut bound = Vec::new();
    if let Object::Dict(pairs) = ctx.memory.get(*dict)? {
        for (key, value) in pairs.iter() {
            if let Value::Str(text) = &key.value
                && let Some(name) = ctx.image.symbol(text.as_str())
            {
                bound.push((name, value.clone()));
            }
        }
    }
    Ok(super::class::make_without_body(&mut ctx.memory, ctx.image, name.as_str(), classes, bound)?)
}

fn new_super(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [_, class, receiver] = args.positional else {
        return Err(type_error("raddle supports super() with no arguments in methods, and with two elsewhere"));
    };
    let Some(class) = types::as_class(class) else {
        return Err(type_error(format!("super() argument 1 must be a type, not {}", types::name_of(class))));
    };
    let own = types::as_class(receiver).unwrap_or_else(|| types::class_of(receiver));
    if !own.is_subclass_of(&class) {
        return Err(type_error("super(type, obj): obj must be an instance or subtype of type"));
    }
    Ok(Value::Super(Arc::new(Super { class, receiver: receiver.clone() })))
}

fn bind_function(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    match args.positional {
        [function, receiver, ..] if !matches!(receiver, Value::None) => {
            Ok(Value::Method(Arc::new(Method { receiver: receiver.clone(), function: function.clone() })))
        }
        [function, ..] => Ok(function.clone()),
        [] => Err(type_error("__get__() needs a function")),
    }
}

fn order_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [class] = method("type.mro", args)?;
    let classes = types::as_class(class).map(|class| crate::machine::data::class::ancestry(&class)).unwrap_or_default();
    Ok(super::list::make(ctx, classes.iter().map(ClassRef::value).collect()))
}

/// `object.__new__(class)`: an instance on which no `__init__` has run.
pub fn bare(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let class = exactly_one_class(args)?;
    let layout = class.layout();
    if let (ClassRef::Builtin(builtin), Layout::Value | Layout::Final) = (&class, layout.layout) {
        let name = builtin.name;
        return Err(type_error(format!("object.__new__({name}) is not safe, use {name}.__new__()")));
    }
    let payload = match layout.layout {
        Layout::Exception => {
            let arguments = args.positional[1..].to_vec();
            Payload::Exception(Box::new(ExceptionData { arguments, ..ExceptionData::default() }))
        }
        Layout::Thread => Payload::Thread(None),
        Layout::Plain | Layout::Value | Layout::Local | Layout::Final => Payload::None,
    };
    let inner = match layout.layout {
        Layout::Value => match empty(ctx, &class) {
            Some(inner) => inner,
            None => {
                let base = Value::Type(layout);
                let arguments = Value::tuple(args.positional[1..].to_vec());
                return Err(Fault::Prelude("new_value", vec![class.value(), base, arguments], Vec::new()));
            }
        },
        Layout::Local | Layout::Final => {
            let name = layout.name;
            return Err(type_error(format!("object.__new__({name}) is not safe, use {name}.__new__()")));
        }
        Layout::Plain | Layout::Exception | Layout::Thread => Value::Unbound,
    };
    let own = |name| user_attribute(ctx.memory.private.replaced(), ctx.image, &class, name).is_some();
    let given = args.positional.len() > 1 || !args.keywords.is_empty();
    if layout.layout == Layout::Plain && given && (own("__new__") || !own("__init__")) {
        return Err(type_error(if own("__new__") {
            "object.__new__() takes exactly one argument (the type to instantiate)".to_owned()
        } else {
            format!("{}() takes no arguments", class.name())
        }));
    }
    Ok(wrapped(ctx, class, payload, inner))
}

/// A new mutable value of a builtin type, if it is one of those. A synchronization object is nothing before its `__init__`.
pub fn empty(ctx: &mut Context<'_>, class: &ClassRef) -> Option<Value> {
    let layout = class.layout();
    Some(match layout.name {
        "list" => super::list::make(ctx, Vec::new()),
        "dict" => super::dict::make(ctx, Dict::default()),
        "set" => super::set::make(ctx, Kind::Set, Set::default()),
        "deque" => Value::Object(Kind::Deque, ctx.memory.add(Object::Deque(Deque::default()))),
        _ => {
            let kind = Kind::SYNC.into_iter().find(|kind| std::ptr::eq(types::type_of_kind(*kind), layout))?;
            Value::Object(kind, ctx.memory.add(Object::Cell(class.value())))
        }
    })
}

/// An instance that carries what its builtin base adds.
pub fn wrapped(ctx: &mut Context<'_>, class: ClassRef, payload: Payload, inner: Value) -> Value {
    let instance = Instance { class: class.clone(), attributes: Attributes::default(), sealed: 0, dict: None, payload };
    let id = ctx.memory.add(Object::Instance(instance));
    Value::Instance(Arc::new(InstanceRef { class, id, inner }))
}

/// `__wrap(class, value)`, for the prelude: an instance of a class that inherits from the value's type.
fn wrap(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [class, value] = function("__wrap", args)?;
    let class = types::as_class(class).ok_or_else(|| type_error("a class is needed"))?;
    Ok(wrapped(ctx, class, Payload::None, value.plain().clone()))
}

/// `__plain(value)`, for the prelude: the builtin value that an instance is.
fn plain(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("__plain", args)?;
    Ok(value.plain().clone())
}

/// `__rename(class, name)`, for the library: the class under a name that was not written in a class statement.
fn rename(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [class, name] = function("__rename", args)?;
    let (Value::Class(class), Value::Str(name)) = (class, name) else { return Err(type_error("a class is needed")) };
    let mut renamed = Class::clone(class);
    renamed.name = name.as_str().into();
    renamed.qualified_name = name.as_str().into();
    renamed.module = "__main__".into();
    Ok(Value::Class(Arc::new(renamed)))
}

/// Functions for the prelude.
pub const HOOKS: &[Native] = &[native!("__wrap", wrap), native!("__plain", plain), native!("__rename", rename)];

fn init(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    match args.positional {
        // Exceptions take whatever `args` they got.
        [Value::Instance(instance), ..] if is_exception(&instance.class) => Ok(Value::None),
        // `type.__init__`: the class is made.
        [Value::Class(_), ..] => Ok(Value::None),
        [_] if args.keywords.is_empty() => Ok(Value::None),
        [_, ..] => Err(type_error("object.__init__() takes exactly one argument (the instance to initialize)")),
        [] => Err(type_error("descriptor '__init__' of 'object' object needs an argument")),
    }
}

fn is_exception(class: &ClassRef) -> bool {
    class.is_subclass_of(&ClassRef::Builtin(&crate::machine::data::exception::BASE_EXCEPTION))
}

fn repr_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = method("object.__repr__", args)?;
    repr::inherited(ctx, value).map(Value::str)
}

fn str_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = method("object.__str__", args)?;
    repr::inherited_text(ctx, value).map(Value::str)
}

fn equal(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [a, b] = method("object.__eq__", args)?;
    if let Value::Instance(instance) = a
        && instance.inner.is_unbound()
    {
        return Ok(if a.is(b) { Value::Bool(true) } else { Value::NotImplemented });
    }
    super::compare::eq(ctx, a.plain(), b.plain()).map(Value::Bool)
}

fn not_equal(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    match equal(ctx, args)? {
        Value::Bool(equal) => Ok(Value::Bool(!equal)),
        other => Ok(other),
    }
}

fn hash_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = method("object.__hash__", args)?;
    match value {
        Value::Instance(instance) => Ok(Value::Int((super::address(instance.id) >> 4) as i64)),
        other => Ok(Value::Int(super::hash::make_key(ctx, other)?.hash as i64)),
    }
}

fn format_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value, spec] = method("object.__format__", args)?;
    match spec {
        Value::Str(spec) if spec.is_empty() || !matches!(value, Value::Instance(_)) => {
            super::format::formatted(ctx, value, spec.as_str()).map(Value::str)
        }
        Value::Str(_) => {
            Err(type_error(format!("unsupported format string passed to {}.__format__", types::name_of(value))))
        }
        other => Err(type_error(format!("__format__() argument must be str, not {}", types::name_of(other)))),
    }
}
