//! Builtin functions.

use super::arguments::{between, bind, function, given, index};
use super::arithmetic;
use super::fault::{Attempt, Fault, native, overflow_error, type_error, value_error};
use super::number;
use super::{compare, format, hash, iterate, list, operator, repr, types};
use crate::bytecode::{BinaryOperator, Comparison};
use crate::machine::memory::heap::PrivateHeap;
use crate::machine::memory::lookout;
use crate::machine::memory::native::{Arguments, Context, Native, Question};
use crate::machine::memory::object::{Iteration, Object};
use crate::machine::memory::value::Items;
use crate::machine::memory::value::{ClassRef, Kind, Value};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::Signed;
use std::cmp::Ordering;
use triomphe::Arc;

/// All of them but `print`.
pub static FUNCTIONS: &[Native] = &[
    native!("abs", abs),
    native!("all", all),
    native!("any", any),
    native!("ascii", ascii),
    native!("bin", bin),
    native!("callable", callable),
    native!("chr", chr),
    native!("divmod", divmod),
    native!("enumerate", enumerate),
    native!("filter", filter),
    native!("format", format_function),
    native!("hash", hash_function),
    native!("hex", hex),
    native!("id", id),
    native!("isinstance", is_instance),
    native!("issubclass", is_subclass),
    native!("len", len, length_at_hand),
    native!("map", map),
    native!("max", max),
    native!("min", min),
    native!("oct", oct),
    native!("ord", ord),
    native!("pow", pow),
    native!("repr", repr_function),
    native!("reversed", reversed),
    native!("round", round),
    native!("sorted", list::sorted),
    native!("sum", sum),
    native!("zip", zip),
];

fn by_prelude(name: &'static str, args: Arguments<'_>) -> Attempt {
    Err(Fault::Prelude(name, args.positional.to_vec(), args.keywords.to_vec()))
}

fn enumerate(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    // The prelude goes through what Python code yields, and counts without an end.
    match args.positional {
        [iterable, rest @ ..] if args.keywords.is_empty() && !iterate::is_python(ctx, iterable) => {
            let start = match rest {
                [] => 0,
                [Value::Int(start)] if i32::try_from(*start).is_ok() => *start,
                _ => return by_prelude("enumerate", args),
            };
            let counted = Box::new((iterate::start(ctx, iterable)?, start));
            Ok(iterate::make(ctx, Iteration::Enumerate(counted)))
        }
        _ => by_prelude("enumerate", args),
    }
}

/// Whether a value is a function, and nothing else that can be called.
pub fn is_function(value: &Value) -> bool {
    matches!(
        value,
        Value::Function(_) | Value::Method(_) | Value::Native(_) | Value::NativeMethod(_) | Value::Prelude(_)
    )
}

fn filter(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    by_prelude("filter", args)
}

fn map(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    by_prelude("map", args)
}

fn zip(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let by_python = |value: &Value| !iterate::is_native(value) || iterate::is_python(ctx, value);
    if !args.keywords.is_empty() || args.positional.iter().any(by_python) {
        let [strict] = super::arguments::bind(ctx, "zip", &[], args, ["strict"], 0, 0)?;
        let name = if super::is_true(ctx, &strict)? { "zip_strict" } else { "zip" };
        return by_prelude(name, Arguments { keywords: &[], ..args });
    }
    let parts = args.positional.iter().map(|value| iterate::start(ctx, value)).collect::<Attempt<_>>()?;
    Ok(iterate::make(ctx, Iteration::Zip(parts)))
}

fn reversed(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("reversed", args)?;
    match value {
        Value::Object(Kind::Set | Kind::FrozenSet, _) => {
            Err(type_error(format!("'{}' object is not reversible", types::name_of(value))))
        }
        // Dicts and their views have no items by number.
        Value::View(_) | Value::Object(Kind::Dict, _) => {
            let items = iterate::collected(ctx, value)?;
            Err(Fault::Prelude("reversed", vec![Value::tuple(items)], Vec::new()))
        }
        _ if iterate::is_native(value) && super::user_method(ctx, value, "__reversed__").is_none() => {
            Err(Fault::Prelude("reversed", vec![value.plain().clone()], Vec::new()))
        }
        _ if super::user_method(ctx, value, "__reversed__").is_some() => by_prelude("reversed", args),
        _ if super::user_method(ctx, value, "__getitem__").is_some() => by_prelude("reversed", args),
        _ => Err(type_error(format!("'{}' object is not reversible", types::name_of(value)))),
    }
}

fn abs(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("abs", args)?;
    match value.plain() {
        Value::Float(number) => Ok(Value::Float(number.abs())),
        _ => match arithmetic::to_big(value) {
            Some(number) => Ok(Value::big(number.abs())),
            None => Err(match super::user_method(ctx, value, "__abs__") {
                Some(method) => Fault::invoke(method, Vec::new()),
                None => type_error(format!("bad operand type for abs(): '{}'", types::name_of(value))),
            }),
        },
    }
}

/// Whether Python code decides if the value is true.
fn own_truth(ctx: &Context<'_>, item: &Value) -> bool {
    matches!(item, Value::Instance(_))
        && (super::user_method(ctx, item, "__bool__").is_some() || super::user_method(ctx, item, "__len__").is_some())
}

fn all_or_any(ctx: &mut Context<'_>, name: &'static str, args: Arguments<'_>, sought: bool) -> Attempt {
    let [iterable] = function(name, args)?;
    if iterate::is_python(ctx, iterable) {
        return by_prelude(name, args);
    }
    let mut items = iterate::start(ctx, iterable)?;
    while let Some(item) = iterate::advance(ctx, &mut items)? {
        lookout::tick();
        if own_truth(ctx, &item) {
            return by_prelude(name, args);
        }
        if super::is_true(ctx, &item)? == sought {
            return Ok(Value::Bool(sought));
        }
    }
    Ok(Value::Bool(!sought))
}

fn all(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    all_or_any(ctx, "all", args, false)
}

fn any(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    all_or_any(ctx, "any", args, true)
}

fn sum(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [iterable, start] = bind(ctx, "sum", args.positional, args, ["iterable", "start"], 1, 2)?;
    if matches!(start, Value::Str(_)) {
        return Err(type_error("sum() can't sum strings [use ''.join(seq) instead]"));
    }
    if iterate::is_python(ctx, &iterable) {
        return by_prelude("sum", args);
    }
    let mut items = iterate::start(ctx, &iterable)?;
    let mut total = given(&start).cloned().unwrap_or(Value::Int(0));
    while let Some(item) = iterate::advance(ctx, &mut items)? {
        lookout::tick();
        if matches!(item, Value::Instance(_)) {
            return by_prelude("sum", args);
        }
        total = operator::binary(ctx, BinaryOperator::Add, &total, &item)?;
    }
    Ok(total)
}

/// `min` and `max` over an iterable or the arguments.
fn extreme(ctx: &mut Context<'_>, name: &'static str, args: Arguments<'_>, operator: Comparison) -> Attempt {
    let [key, default] = bind(ctx, name, &[], args, ["key", "default"], 0, 0)?;
    if given(&key).is_some_and(|key| !matches!(key, Value::None)) {
        return by_prelude(name, args);
    }
    let mut items = match args.positional {
        [] => return Err(type_error(format!("{name} expected at least 1 argument, got 0"))),
        [iterable] if iterate::is_python(ctx, iterable) => return by_prelude(name, args),
        [iterable] => iterate::start(ctx, iterable)?,
        several if given(&default).is_some() => {
            let _ = several;
            return Err(type_error(format!(
                "Cannot specify a default for {name}() with multiple positional arguments"
            )));
        }
        several => Iteration::Tuple(Arc::new(Items::new(several.to_vec())), 0),
    };
    let Some(mut best) = iterate::advance(ctx, &mut items)? else {
        let message = format!("{name}() arg is an empty sequence");
        return given(&default).cloned().ok_or_else(|| value_error(message));
    };
    while let Some(item) = iterate::advance(ctx, &mut items)? {
        let order = match compare::ordering(ctx, &item, &best, operator) {
            Err(Fault::Python(_)) => return by_prelude(name, args),
            other => other?,
        };
        let wanted = if operator == Comparison::Less { Ordering::Less } else { Ordering::Greater };
        if order == Some(wanted) {
            best = item;
        }
    }
    Ok(best)
}

fn min(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    extreme(ctx, "min", args, Comparison::Less)
}

fn max(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    extreme(ctx, "max", args, Comparison::Greater)
}

fn in_base(name: &str, args: Arguments<'_>, kind: char) -> Attempt {
    let [value] = function(name, args)?;
    let Some(number) = arithmetic::to_big(value) else {
        return Err(type_error(format!("'{}' object cannot be interpreted as an integer", types::name_of(value))));
    };
    let (prefix, digits) = format::in_base(&number.abs(), kind)?;
    let sign = if number.sign() == Sign::Minus { "-" } else { "" };
    Ok(Value::str(format!("{sign}{prefix}{digits}")))
}

fn bin(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    in_base("bin", args, 'b')
}

fn oct(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    in_base("oct", args, 'o')
}

fn hex(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    in_base("hex", args, 'x')
}

fn callable(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("callable", args)?;
    Ok(Value::Bool(is_callable(ctx, value)))
}

/// Whether a value can be called.
pub fn is_callable(ctx: &Context<'_>, value: &Value) -> bool {
    match value {
        Value::Function(_)
        | Value::Method(_)
        | Value::Native(_)
        | Value::Prelude(_)
        | Value::NativeMethod(_)
        | Value::Class(_) => true,
        Value::Type(class) => class.construct.is_some(),
        Value::Instance(_) => super::user_method(ctx, value, "__call__").is_some(),
        _ => false,
    }
}

fn chr(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("chr", args)?;
    let code = index(value)?;
    match u32::try_from(code).ok().and_then(char::from_u32) {
        Some(c) => Ok(iterate::character(c)),
        None if (0xd800..0xe000).contains(&code) => Err(value_error("raddle has no surrogate characters")),
        None => Err(value_error("chr() arg not in range(0x110000)")),
    }
}

fn ord(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("ord", args)?;
    let wrong = |length: usize| type_error(format!("ord() expected a character, but string of length {length} found"));
    match value {
        Value::Str(text) => match (text.as_str().chars().next(), text.len()) {
            (Some(c), 1) => Ok(Value::Int(i64::from(u32::from(c)))),
            (_, length) => Err(wrong(length)),
        },
        Value::Bytes(bytes) if bytes.len() == 1 => Ok(Value::Int(i64::from(bytes[0]))),
        Value::Bytes(bytes) => Err(wrong(bytes.len())),
        other => Err(type_error(format!("ord() expected string of length 1, but {} found", types::name_of(other)))),
    }
}

fn divmod(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [a, b] = function("divmod", args)?;
    let own = |value, name| super::user_method(ctx, value, name).is_some();
    if own(a, "__divmod__") || own(b, "__rdivmod__") {
        return Err(Fault::Prelude("divmod", vec![a.clone(), b.clone()], Vec::new()));
    }
    arithmetic::div_mod(a, b)
}

fn pow(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [base, exponent, modulus] = bind(ctx, "pow", args.positional, args, ["base", "exp", "mod"], 2, 3)?;
    match given(&modulus) {
        None | Some(Value::None) => Ok(operator::binary(ctx, BinaryOperator::Power, &base, &exponent)?),
        Some(modulus) => arithmetic::modular_power(&base, &exponent, modulus),
    }
}

fn format_function(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (_, rest) = between("format", args, 0, 1, 2)?;
    let spec = match rest.get(1) {
        None => "",
        Some(Value::Str(spec)) => spec.as_str(),
        Some(other) => {
            return Err(type_error(format!("format() argument 2 must be str, not {}", types::name_of(other))));
        }
    };
    format::formatted(ctx, &rest[0], spec).map(Value::str)
}

fn hash_function(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("hash", args)?;
    Ok(Value::Int(hash::hash(ctx, value)?))
}

fn id(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("id", args)?;
    Ok(Value::Int(super::identity(value) as i64))
}

fn len(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("len", args)?;
    iterate::measured(ctx, value).map(|length| Value::Int(length as i64))
}

fn length_at_hand(heap: &mut PrivateHeap, args: &[Value]) -> Option<Value> {
    let length = match args {
        [Value::Str(text)] => text.len(),
        [Value::Tuple(items)] => items.len(),
        [Value::Object(_, id)] => match heap.get(*id)? {
            Object::List(items) => items.len(),
            Object::Dict(dict) => dict.len(),
            _ => return None,
        },
        _ => return None,
    };
    Some(Value::Int(length as i64))
}

fn repr_function(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("repr", args)?;
    repr::written(ctx, value).map(Value::str)
}

fn ascii(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value] = function("ascii", args)?;
    repr::written(ctx, value).map(|text| Value::str(repr::ascii(&text)))
}

/// Whether `class` is, or inherits from, one of the classes in `of`: a class, or a tuple that may hold tuples.
/// Whether what stands for the class of a class takes others for its instances or subclasses.
fn says_so(ctx: &Context<'_>, tested: Tested<'_>, class: &Value) -> Attempt<bool> {
    let (check, question, value) = match tested {
        Tested::Instance(value) => ("__instancecheck__", "ask_instance", value.clone()),
        Tested::Class(class) => ("__subclasscheck__", "ask_subclass", class.value()),
    };
    if super::user_method(ctx, class, check).is_none() {
        return Ok(false);
    }
    let answer = super::fault::ask(ctx, Question { function: question, values: vec![value, class.clone()] })?;
    Ok(matches!(answer, Value::Bool(true)))
}

/// What `isinstance` and `issubclass` are asked about.
#[derive(Clone, Copy)]
enum Tested<'v> {
    Instance(&'v Value),
    Class(&'v ClassRef),
}

fn inherits(ctx: &Context<'_>, tested: Tested<'_>, of: &Value, depth: usize) -> Attempt<bool> {
    let (name, class) = match tested {
        Tested::Instance(value) => ("isinstance", types::class_of(value)),
        Tested::Class(class) => ("issubclass", class.clone()),
    };
    if depth > super::fault::NESTING_LIMIT {
        let check = if name == "isinstance" { " in __instancecheck__" } else { " in __subclasscheck__" };
        return Err(super::fault::too_deep(check));
    }
    match of {
        Value::Tuple(options) => {
            for option in options.iter() {
                if inherits(ctx, tested, option, depth + 1)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        other => match types::as_class(other) {
            Some(ancestor) if class.is_subclass_of(&ancestor) => Ok(true),
            Some(_) => says_so(ctx, tested, other),
            None => {
                let (one, many) = if name == "issubclass" { ("class", "classes") } else { ("type", "types") };
                Err(type_error(format!("{name}() arg 2 must be a {one}, a tuple of {many}, or a union")))
            }
        },
    }
}

fn is_instance(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [value, of] = function("isinstance", args)?;
    inherits(ctx, Tested::Instance(value), of, 0).map(Value::Bool)
}

fn is_subclass(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [class, of] = function("issubclass", args)?;
    let class = types::as_class(class).ok_or_else(|| type_error("issubclass() arg 1 must be a class"))?;
    inherits(ctx, Tested::Class(&class), of, 0).map(Value::Bool)
}

fn round(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [number, digits] = bind(ctx, "round", args.positional, args, ["number", "ndigits"], 1, 2)?;
    let digits = match given(&digits) {
        None | Some(Value::None) => None,
        Some(digits) => Some(index(digits)?),
    };
    match (number.plain(), digits) {
        (Value::Float(number), None) => number::to_int(number.round_ties_even()),
        (Value::Float(number), Some(digits)) => number::rounded(*number, digits).map(Value::Float),
        (other, digits) => match arithmetic::to_big(other) {
            Some(whole) => Ok(Value::big(match digits {
                Some(digits) if digits < 0 => round_integer(&whole, digits)?,
                _ => whole,
            })),
            None => Err(match super::user_method(ctx, other, "__round__") {
                Some(method) => Fault::invoke(method, args.positional[1..].to_vec()),
                None => type_error(format!("type {} doesn't define __round__ method", types::name_of(other))),
            }),
        },
    }
}

/// To a multiple of a power of ten, ties to even.
fn round_integer(number: &BigInt, digits: i64) -> Attempt<BigInt> {
    let places = u32::try_from(-digits).ok().filter(|places| *places < 100_000);
    let places = places.ok_or_else(|| overflow_error("Python int too large to convert to C int"))?;
    let unit = BigInt::from(10).pow(places);
    let (quotient, rest) = number.div_mod_floor(&unit);
    let up = match (&rest * 2i32).cmp(&unit) {
        Ordering::Less => false,
        Ordering::Greater => true,
        Ordering::Equal => quotient.is_odd(),
    };
    Ok((quotient + i32::from(up)) * unit)
}
