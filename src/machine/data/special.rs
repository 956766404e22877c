//! The special methods of builtin types, for programs that call them by name: `super().__setitem__(key, value)`.

use super::arguments::{between, function, method as receiver};
use super::fault::{Attempt, Fault, native};
use super::{item, iterate, operator, types};
use crate::bytecode::{BinaryOperator as Op, Comparison, UnaryOperator};
use crate::machine::memory::native::{Arguments, Context, Native, Type};
use crate::machine::memory::object::{Iteration, Object};
use crate::machine::memory::value::{Kind, Value};

/// The special method of a builtin type, if it has one of that name.
pub fn method(class: &'static Type, name: &str) -> Option<&'static Native> {
    let has = |names: &[&str]| names.contains(&class.name);
    let tables: [(&[&str], &'static [Native]); 7] = [
        (&["str", "bytes", "tuple", "list", "dict", "set", "frozenset", "range"], SIZED),
        (&["str", "bytes", "tuple", "list", "dict", "range"], INDEXED),
        (&["list", "dict"], CHANGED),
        (&["str", "bytes", "tuple", "list"], JOINED),
        (&["int", "bool", "float"], NUMBERS),
        (&["int", "bool", "set", "frozenset", "dict"], COMBINED),
        (&["int", "bool", "float", "str", "bytes", "tuple", "list", "set", "frozenset"], ORDERED),
    ];
    let found = tables.into_iter().filter(|(types, _)| has(types)).flat_map(|(_, natives)| natives);
    found.into_iter().find(|native| native.name == name)
}

static SIZED: &[Native] = &[native!("__len__", len), native!("__contains__", contains), native!("__iter__", iterator)];
static INDEXED: &[Native] = &[native!("__getitem__", get_item)];
static CHANGED: &[Native] = &[native!("__setitem__", set_item), native!("__delitem__", delete_item)];
static JOINED: &[Native] = &[
    native!("__add__", add),
    native!("__mul__", multiply),
    native!("__rmul__", multiply),
    native!("__iadd__", add_in_place),
];
static NUMBERS: &[Native] = &[
    native!("__add__", add),
    native!("__radd__", add_reflected),
    native!("__sub__", subtract),
    native!("__rsub__", subtract_reflected),
    native!("__mul__", multiply),
    native!("__rmul__", multiply),
    native!("__truediv__", divide),
    native!("__floordiv__", floor_divide),
    native!("__mod__", modulo),
    native!("__pow__", power),
    native!("__neg__", negate),
    native!("__abs__", absolute),
    native!("__bool__", truth),
    native!("__int__", to_int),
    native!("__float__", to_float),
    native!("__index__", to_int),
];
static COMBINED: &[Native] = &[
    native!("__or__", or),
    native!("__and__", and),
    native!("__sub__", subtract),
    native!("__xor__", xor),
    native!("__ior__", or_in_place),
];
static ORDERED: &[Native] =
    &[native!("__lt__", less), native!("__le__", at_most), native!("__gt__", greater), native!("__ge__", at_least)];

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

/// What the types have no operator for is for the other operand to do.
fn declined(result: crate::machine::memory::native::Result, suits: bool) -> Attempt {
    match result {
        Err(crate::machine::memory::native::Halt::Raise(_)) if !suits => Ok(Value::NotImplemented),
        other => other.map_err(Fault::Halt),
    }
}

fn alike(a: &Value, b: &Value) -> bool {
    let number = |value: &Value| matches!(value, Value::Int(_) | Value::Big(_) | Value::Bool(_) | Value::Float(_));
    (number(a) && number(b)) || std::ptr::eq(types::class_of(a).layout(), types::class_of(b).layout())
}

fn binary(ctx: &mut Context<'_>, args: Arguments<'_>, op: Op, reflected: bool) -> Attempt {
    let [a, b] = function(op.symbol(), args)?;
    let (a, b) = if reflected { (b.plain(), a.plain()) } else { (a.plain(), b.plain()) };
    let suits = alike(a, b) || op == Op::Multiply;
    declined(operator::binary(ctx, op, a, b), suits)
}

fn in_place(ctx: &mut Context<'_>, args: Arguments<'_>, op: Op) -> Attempt {
    let [a, b] = function(op.symbol(), args)?;
    let result = operator::in_place(ctx, op, a, b)?;
    Ok(if result.is(a.plain()) { a.clone() } else { result })
}

fn compare(ctx: &mut Context<'_>, args: Arguments<'_>, op: Comparison) -> Attempt {
    let [a, b] = function("comparison", args)?;
    let suits = alike(a.plain(), b.plain());
    declined(operator::compare(ctx, op, a.plain(), b.plain()), suits)
}

fn add(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    binary(ctx, args, Op::Add, false)
}

fn add_reflected(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    binary(ctx, args, Op::Add, true)
}

fn add_in_place(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    in_place(ctx, args, Op::Add)
}

fn or_in_place(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    in_place(ctx, args, Op::Or)
}

fn subtract(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    binary(ctx, args, Op::Subtract, false)
}

fn subtract_reflected(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    binary(ctx, args, Op::Subtract, true)
}

fn multiply(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    binary(ctx, args, Op::Multiply, false)
}

fn divide(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    binary(ctx, args, Op::Divide, false)
}

fn floor_divide(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    binary(ctx, args, Op::FloorDivide, false)
}

fn modulo(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    binary(ctx, args, Op::Modulo, false)
}

fn power(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    binary(ctx, args, Op::Power, false)
}

fn or(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    binary(ctx, args, Op::Or, false)
}

fn and(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    binary(ctx, args, Op::And, false)
}

fn xor(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    binary(ctx, args, Op::Xor, false)
}

fn less(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    compare(ctx, args, Comparison::Less)
}

fn at_most(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    compare(ctx, args, Comparison::LessOrEqual)
}

fn greater(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    compare(ctx, args, Comparison::Greater)
}

fn at_least(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    compare(ctx, args, Comparison::GreaterOrEqual)
}

fn negate(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = receiver("__neg__", args)?;
    operator::unary(ctx, UnaryOperator::Negate, value.plain()).map_err(Fault::Halt)
}

/// The builtin function of that name, on the plain value.
fn builtin(ctx: &mut Context<'_>, name: &'static str, args: Arguments<'_>) -> Attempt {
    let (_, rest) = between(name, args, 0, 1, 1)?;
    let plain = [rest[0].plain().clone()];
    let arguments = Arguments { positional: &plain, keywords: &[] };
    match super::function::FUNCTIONS.iter().find(|native| native.name == name).map(|native| native.call) {
        Some(crate::machine::memory::native::Call::Plain(call)) => call(ctx, arguments).map_err(Fault::Halt),
        _ => Ok(Value::NotImplemented),
    }
}

fn absolute(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    builtin(ctx, "abs", args)
}

fn truth(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = receiver("__bool__", args)?;
    super::is_true(ctx, value.plain()).map(Value::Bool)
}

fn converted(ctx: &mut Context<'_>, args: Arguments<'_>, class: &'static Type) -> Attempt {
    let [value] = receiver(class.name, args)?;
    let arguments = [Value::Type(class), value.plain().clone()];
    match class.construct {
        Some(crate::machine::memory::native::Call::Plain(call)) => {
            call(ctx, Arguments { positional: &arguments, keywords: &[] }).map_err(Fault::Halt)
        }
        _ => Ok(Value::NotImplemented),
    }
}

fn to_int(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    converted(ctx, args, &types::INT)
}

fn to_float(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    converted(ctx, args, &types::FLOAT)
}
