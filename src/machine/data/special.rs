//! The special methods of builtin types, for programs that call them by name: `super().__setitem__(key, value)`.

use super::arguments::{function, method as receiver};
use super::exception::plain;
use super::fault::{Attempt, Fault, called, native};
use super::{item, iterate, operator, types};
use crate::bytecode::{BinaryOperator as Op, Comparison, UnaryOperator};
use crate::machine::memory::native::{Arguments, Call, Context, Native, Type};
use crate::machine::memory::object::{Iteration, Object};
use crate::machine::memory::value::{Kind, Value};

/// Tables of operators: the operands in their order, reflected, and in place; comparisons; what builtin functions do.
macro_rules! operators {
    ($($name:literal => $how:ident($($what:tt)*)),* $(,)?) => {
        &[$(plain($name, |ctx, args| called(ctx, args, |ctx, args| $how(ctx, args, $($what)*)))),*]
    };
}

/// The special method of a builtin type, if it has one of that name.
pub fn method(class: &'static Type, name: &str) -> Option<&'static Native> {
    let has = |names: &[&str]| names.contains(&class.name);
    let tables: [(&[&str], &'static [Native]); 15] = [
        (
            &["str", "bytes", "tuple", "list", "dict", "set", "frozenset", "range", "deque", "dict_keys", "dict_items"],
            SIZED,
        ),
        (&["dict_values"], COUNTED),
        (&["str", "bytes", "tuple", "list", "dict", "range", "deque"], INDEXED),
        (&["list", "dict", "deque"], CHANGED),
        (&["list", "dict", "range", "deque", "dict_keys", "dict_items", "dict_values"], REVERSED),
        (&["str", "bytes", "tuple", "list", "deque"], JOINED),
        (&["list", "deque"], JOINED_IN_PLACE),
        (&["str", "bytes"], FORMATTED),
        (&["int", "bool", "float"], NUMBERS),
        (&["int", "bool"], WHOLE),
        (&["int", "bool", "set", "frozenset", "dict_keys", "dict_items"], COMBINED),
        (&["set", "frozenset", "dict_keys", "dict_items"], DIFFERENCE),
        (&["set"], COMBINED_IN_PLACE),
        (&["dict"], MERGED),
        (
            &[
                "int",
                "bool",
                "float",
                "str",
                "bytes",
                "tuple",
                "list",
                "set",
                "frozenset",
                "deque",
                "dict_keys",
                "dict_items",
            ],
            ORDERED,
        ),
    ];
    let found = tables.into_iter().filter(|(types, _)| has(types)).flat_map(|(_, natives)| natives);
    found.into_iter().find(|native| native.name == name)
}

static SIZED: &[Native] = &[native!("__len__", len), native!("__contains__", contains), native!("__iter__", iterator)];
static COUNTED: &[Native] = &[native!("__len__", len), native!("__iter__", iterator)];
static INDEXED: &[Native] = &[native!("__getitem__", get_item)];
static CHANGED: &[Native] = &[native!("__setitem__", set_item), native!("__delitem__", delete_item)];
static REVERSED: &[Native] = operators! { "__reversed__" => builtin("reversed") };
static JOINED: &[Native] = operators! {
    "__add__" => binary(Op::Add, false), "__mul__" => binary(Op::Multiply, false),
    "__rmul__" => binary(Op::Multiply, true),
};
static JOINED_IN_PLACE: &[Native] =
    operators! { "__iadd__" => in_place(Op::Add), "__imul__" => in_place(Op::Multiply) };
static FORMATTED: &[Native] = operators! { "__mod__" => binary(Op::Modulo, false) };
static NUMBERS: &[Native] = operators! {
    "__add__" => binary(Op::Add, false), "__radd__" => binary(Op::Add, true),
    "__sub__" => binary(Op::Subtract, false), "__rsub__" => binary(Op::Subtract, true),
    "__mul__" => binary(Op::Multiply, false), "__rmul__" => binary(Op::Multiply, true),
    "__truediv__" => binary(Op::Divide, false), "__rtruediv__" => binary(Op::Divide, true),
    "__floordiv__" => binary(Op::FloorDivide, false), "__rfloordiv__" => binary(Op::FloorDivide, true),
    "__mod__" => binary(Op::Modulo, false), "__rmod__" => binary(Op::Modulo, true),
    "__pow__" => binary(Op::Power, false), "__rpow__" => binary(Op::Power, true),
    "__neg__" => unary(UnaryOperator::Negate), "__pos__" => unary(UnaryOperator::Positive),
    "__abs__" => builtin("abs"), "__bool__" => truth(), "__divmod__" => quotient_and_rest(), "__round__" => builtin("round"),
    "__int__" => converted(&types::INT), "__trunc__" => converted(&types::INT), "__float__" => converted(&types::FLOAT),
};
static WHOLE: &[Native] = operators! {
    "__lshift__" => binary(Op::ShiftLeft, false), "__rlshift__" => binary(Op::ShiftLeft, true),
    "__rshift__" => binary(Op::ShiftRight, false), "__rrshift__" => binary(Op::ShiftRight, true),
    "__invert__" => unary(UnaryOperator::Invert), "__index__" => converted(&types::INT),
};
static COMBINED: &[Native] = operators! {
    "__or__" => binary(Op::Or, false), "__ror__" => binary(Op::Or, true),
    "__and__" => binary(Op::And, false), "__rand__" => binary(Op::And, true),
    "__xor__" => binary(Op::Xor, false), "__rxor__" => binary(Op::Xor, true),
};
static DIFFERENCE: &[Native] =
    operators! { "__sub__" => binary(Op::Subtract, false), "__rsub__" => binary(Op::Subtract, true) };
static COMBINED_IN_PLACE: &[Native] = operators! {
    "__ior__" => in_place(Op::Or), "__iand__" => in_place(Op::And), "__ixor__" => in_place(Op::Xor),
    "__isub__" => in_place(Op::Subtract),
};
static MERGED: &[Native] = operators! {
    "__or__" => binary(Op::Or, false), "__ror__" => binary(Op::Or, true), "__ior__" => in_place(Op::Or),
};
static ORDERED: &[Native] = operators! {
    "__lt__" => compare(Comparison::Less), "__le__" => compare(Comparison::LessOrEqual),
    "__gt__" => compare(Comparison::Greater), "__ge__" => compare(Comparison::GreaterOrEqual),
};

fn len(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = receiver("__len__", args)?;
    Ok(Value::Int(iterate::measured(ctx, value.plain())? as i64))
}

fn contains(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value, item] = receiver("__contains__", args)?;
    Ok(Value::Bool(super::contains(ctx, value.plain(), item)?))
}

fn iterator(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = receiver("__iter__", args)?;
    let iteration: Iteration = iterate::start(ctx, value.plain())?;
    Ok(Value::Object(Kind::Iterator, ctx.memory.add(Object::Iterator(iteration))))
}

fn get_item(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value, index] = receiver("__getitem__", args)?;
    item::read(ctx, value.plain(), index)
}

fn set_item(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [container, index, value] = receiver("__setitem__", args)?;
    item::write(ctx, container.plain(), index, value.clone())?;
    Ok(Value::None)
}

fn delete_item(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [container, index] = receiver("__delitem__", args)?;
    item::remove(ctx, container.plain(), index)?;
    Ok(Value::None)
}

/// Whether the type of the first value knows what to do with the second.
fn alike(own: &Value, other: &Value) -> bool {
    let whole = |value: &Value| matches!(value, Value::Int(_) | Value::Big(_) | Value::Bool(_));
    let set = |value: &Value| matches!(value, Value::Object(Kind::Set | Kind::FrozenSet, _) | Value::View(_));
    match own {
        Value::Float(_) => whole(other) || matches!(other, Value::Float(_)),
        own if whole(own) => whole(other),
        own if set(own) => set(other),
        own => std::ptr::eq(types::class_of(own).layout(), types::class_of(other).layout()),
    }
}

/// Sequences refuse what does not suit them, and leave it to nobody.
fn refuses(own: &Value, op: Op) -> bool {
    let kinds = matches!(own, Value::Str(_) | Value::Bytes(_) | Value::Tuple(_));
    op == Op::Multiply || kinds || matches!(own, Value::Object(Kind::List | Kind::Deque, _))
}

fn binary(ctx: &mut Context<'_>, args: Arguments<'_>, op: Op, reflected: bool) -> Attempt {
    let [a, b] = function(op.symbol(), args)?;
    let (a, b) = if reflected { (b.plain(), a.plain()) } else { (a.plain(), b.plain()) };
    let (own, other) = if reflected { (b, a) } else { (a, b) };
    if !alike(own, other) && !refuses(own, op) {
        return Ok(Value::NotImplemented);
    }
    operator::binary(ctx, op, a, b).map_err(Fault::Halt)
}

fn in_place(ctx: &mut Context<'_>, args: Arguments<'_>, op: Op) -> Attempt {
    let [a, b] = function(op.symbol(), args)?;
    let result = operator::in_place(ctx, op, a, b)?;
    Ok(if result.is(a.plain()) { a.clone() } else { result })
}

fn compare(ctx: &mut Context<'_>, args: Arguments<'_>, op: Comparison) -> Attempt {
    let [a, b] = function("comparison", args)?;
    if !alike(a.plain(), b.plain()) {
        return Ok(Value::NotImplemented);
    }
    operator::compare(ctx, op, a.plain(), b.plain()).map_err(Fault::Halt)
}

fn unary(ctx: &mut Context<'_>, args: Arguments<'_>, op: UnaryOperator) -> Attempt {
    let [value] = function("unary operator", args)?;
    operator::unary(ctx, op, value.plain()).map_err(Fault::Halt)
}

/// What the builtin function of that name does with the plain values.
fn builtin(ctx: &mut Context<'_>, args: Arguments<'_>, name: &'static str) -> Attempt {
    let plain: Vec<Value> = args.positional.iter().map(|value| value.plain().clone()).collect();
    let arguments = Arguments { positional: &plain, keywords: args.keywords };
    match super::function::FUNCTIONS.iter().find(|native| native.name == name).map(|native| native.call) {
        Some(Call::Plain(call) | Call::Short(_, call)) => call(ctx, arguments).map_err(Fault::Halt),
        _ => Ok(Value::NotImplemented),
    }
}

fn quotient_and_rest(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [a, b] = function("divmod", args)?;
    let (a, b) = (a.plain(), b.plain());
    if !alike(a, b) {
        return Ok(Value::NotImplemented);
    }
    let quotient = operator::binary(ctx, Op::FloorDivide, a, b)?;
    Ok(Value::tuple(vec![quotient, operator::binary(ctx, Op::Modulo, a, b)?]))
}

fn truth(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = receiver("__bool__", args)?;
    super::is_true(ctx, value.plain()).map(Value::Bool)
}

fn converted(ctx: &mut Context<'_>, args: Arguments<'_>, class: &'static Type) -> Attempt {
    let [value] = receiver(class.name, args)?;
    let arguments = [Value::Type(class), value.plain().clone()];
    match class.construct {
        Some(Call::Plain(call)) => call(ctx, Arguments { positional: &arguments, keywords: &[] }).map_err(Fault::Halt),
        _ => Ok(Value::NotImplemented),
    }
}
