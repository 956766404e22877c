//! What the primitives' methods are called with: binding to names, numbers, limits, with CPython's messages.

use crate::base::ObjectId;
use crate::machine::data::exception::{OVERFLOW_ERROR, TYPE_ERROR, VALUE_ERROR};
use crate::machine::data::types;
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Arguments, Context, Result};
use crate::machine::memory::value::{Kind, Value};
use num_traits::ToPrimitive;

/// Nanoseconds in a second.
pub(in crate::machine) const SECOND: f64 = 1e9;
/// The longest time that may be waited: `threading.TIMEOUT_MAX`, in seconds.
pub(in crate::machine) const TIMEOUT_MAX: f64 = 9_223_372_036.0;

/// What may follow the receiver, or what a function takes.
pub(in crate::machine) struct Signature<const N: usize> {
    /// The name in messages: `Queue.put`.
    pub(in crate::machine) name: &'static str,
    /// The parameters.
    pub(in crate::machine) parameters: [&'static str; N],
    /// How many of them, from the first, must be there.
    pub(in crate::machine) required: usize,
    /// How many may be given by position.
    pub(in crate::machine) positional: usize,
    /// A receiver comes first.
    pub(in crate::machine) method: bool,
}

impl<const N: usize> Signature<N> {
    /// A method whose parameters may all be given by position.
    pub(in crate::machine) const fn method(name: &'static str, parameters: [&'static str; N], required: usize) -> Self {
        Signature { name, parameters, required, positional: N, method: true }
    }

    /// A function likewise.
    pub(in crate::machine) const fn function(
        name: &'static str,
        parameters: [&'static str; N],
        required: usize,
    ) -> Self {
        Signature { name, parameters, required, positional: N, method: false }
    }

    /// The arguments in the order of the parameters; `None`: left out.
    pub(in crate::machine) fn bind(&self, ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<[Option<Value>; N]> {
        let hidden = usize::from(self.method);
        let given = args.positional.get(hidden..).unwrap_or_default();
        let mut bound = [const { None }; N];
        if given.len() > self.positional {
            return Err(ctx.error(&TYPE_ERROR, self.too_many(args.positional.len())));
        }
        for (slot, value) in bound.iter_mut().zip(given) {
            *slot = Some(value.clone());
        }
        for (symbol, value) in args.keywords {
            let name = ctx.image.name(*symbol);
            let Some(index) = self.parameters.iter().position(|known| *known == name) else {
                let message = format!("{}() got an unexpected keyword argument '{name}'", self.name);
                return Err(ctx.error(&TYPE_ERROR, message));
            };
            if bound[index].replace(value.clone()).is_some() {
                let message = format!("{}() got multiple values for argument '{name}'", self.name);
                return Err(ctx.error(&TYPE_ERROR, message));
            }
        }
        let missing: Vec<_> = (0..self.required).filter(|index| bound[*index].is_none()).collect();
        if missing.is_empty() { Ok(bound) } else { Err(ctx.error(&TYPE_ERROR, self.too_few(&missing))) }
    }

    fn too_many(&self, given: usize) -> String {
        let hidden = usize::from(self.method);
        let most = self.positional + hidden;
        let least = self.required + hidden;
        let range = if least == most { most.to_string() } else { format!("from {least} to {most}") };
        let plural = if most == 1 { "" } else { "s" };
        let was = if given == 1 { "was" } else { "were" };
        format!("{}() takes {range} positional argument{plural} but {given} {was} given", self.name)
    }

    fn too_few(&self, missing: &[usize]) -> String {
        let names: Vec<_> = missing.iter().map(|index| format!("'{}'", self.parameters[*index])).collect();
        let plural = if missing.len() == 1 { "" } else { "s" };
        let listed = match names.as_slice() {
            [first, second] => format!("{first} and {second}"),
            [rest @ .., last] if !rest.is_empty() => format!("{}, and {last}", rest.join(", ")),
            _ => names.concat(),
        };
        format!("{}() missing {} required positional argument{plural}: {listed}", self.name, missing.len())
    }
}

/// Binds a method that takes nothing but its receiver.
pub(in crate::machine) fn nothing(ctx: &mut Context<'_>, args: Arguments<'_>, name: &'static str) -> Result<()> {
    Signature::method(name, [], 0).bind(ctx, args).map(|[]| ())
}

/// The receiver of a method of a builtin kind.
pub(in crate::machine) fn receiver(
    ctx: &mut Context<'_>,
    args: Arguments<'_>,
    kinds: &[Kind],
    name: &str,
) -> Result<ObjectId> {
    match args.positional.first().map(Value::plain) {
        Some(Value::Object(kind, id)) if kinds.contains(kind) => Ok(*id),
        Some(other) => {
            let message = format!("{name}() cannot be called on a '{}' object", type_name(other));
            Err(ctx.type_error(message))
        }
        None => Err(ctx.type_error(format!("unbound method {name}() needs an argument"))),
    }
}

/// A value's type as messages name it.
pub(in crate::machine) fn type_name(value: &Value) -> &str {
    match value {
        Value::None => "NoneType",
        Value::NotImplemented => "NotImplementedType",
        Value::Ellipsis => "ellipsis",
        Value::Bool(_) => "bool",
        Value::Int(_) | Value::Big(_) => "int",
        Value::Float(_) => "float",
        Value::Str(_) => "str",
        Value::Bytes(_) => "bytes",
        Value::Tuple(_) => "tuple",
        Value::Range(_) => "range",
        Value::Function(_) | Value::Prelude(_) => "function",
        Value::Method(_) => "method",
        Value::Native(_) | Value::NativeMethod(_) => "builtin_function_or_method",
        Value::Class(_) | Value::Type(_) => "type",
        Value::Module(_) => "module",
        Value::Instance(instance) => instance.class.name(),
        Value::Object(Kind::List, _) => "list",
        Value::Object(Kind::Dict, _) => "dict",
        Value::Object(Kind::Set, _) => "set",
        Value::Object(Kind::FrozenSet, _) => "frozenset",
        Value::Object(Kind::Generator, _) => "generator",
        Value::Object(Kind::Iterator, _) => "iterator",
        Value::Object(kind, _) => kind_name(*kind),
        _ => "object",
    }
}

/// Whether a scalar counts as true; what is no scalar does.
pub(in crate::machine) fn truth(value: &Value) -> bool {
    match value {
        Value::None => false,
        Value::Bool(truth) => *truth,
        Value::Int(number) => *number != 0,
        Value::Float(number) => *number != 0.0,
        Value::Str(text) => !text.is_empty(),
        Value::Tuple(items) => !items.is_empty(),
        _ => true,
    }
}

/// A number as a float, if it is one.
pub(in crate::machine) fn number(value: &Value) -> Option<f64> {
    match value.plain() {
        Value::Bool(truth) => Some(f64::from(u8::from(*truth))),
        Value::Int(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        Value::Big(number) => number.to_f64(),
        _ => None,
    }
}

/// An integer that fits.
pub(in crate::machine) fn integer(ctx: &mut Context<'_>, value: &Value) -> Result<i64> {
    match value.plain() {
        Value::Bool(truth) => Ok(i64::from(*truth)),
        Value::Int(number) => Ok(*number),
        Value::Big(_) => Err(ctx.error(&OVERFLOW_ERROR, "Python int too large to convert to C ssize_t")),
        other => Err(not_an_integer(ctx, other)),
    }
}

/// The error for something that should be a number.
pub(in crate::machine) fn not_an_integer(ctx: &mut Context<'_>, value: &Value) -> crate::machine::memory::native::Halt {
    let message = format!("'{}' object cannot be interpreted as an integer", type_name(value));
    ctx.type_error(message)
}

/// Seconds; a value that is no number, or NaN, raises.
pub(in crate::machine) fn seconds(ctx: &mut Context<'_>, value: &Value) -> Result<f64> {
    match number(value) {
        Some(seconds) if seconds.is_nan() => Err(ctx.error(&VALUE_ERROR, "Invalid value NaN (not a number)")),
        Some(seconds) => Ok(seconds),
        None => Err(not_an_integer(ctx, value)),
    }
}

/// Seconds as nanoseconds, rounded up as CPython rounds timeouts.
pub(in crate::machine) fn nanoseconds(seconds: f64) -> u64 {
    (seconds * SECOND).ceil() as u64 // saturates
}

fn not_too_long(ctx: &mut Context<'_>, seconds: f64) -> Result<()> {
    let message = match seconds {
        seconds if seconds * SECOND >= i64::MAX as f64 => "timestamp out of range for platform time_t",
        seconds if seconds > TIMEOUT_MAX => "timeout value is too large",
        _ => return Ok(()),
    };
    Err(ctx.error(&OVERFLOW_ERROR, message))
}

/// The limit that `acquire(blocking, timeout)` of a lock asks for.
pub(in crate::machine) fn lock_limit(
    ctx: &mut Context<'_>,
    blocking: Option<&Value>,
    timeout: Option<&Value>,
) -> Result<Limit> {
    let blocking = match blocking {
        None => true,
        Some(value) => integer(ctx, value)? != 0,
    };
    let timeout = match timeout {
        None => -1.0,
        Some(value) => seconds(ctx, value)?,
    };
    if !blocking && timeout != -1.0 {
        return Err(ctx.value_error("can't specify a timeout for a non-blocking call"));
    }
    if timeout < 0.0 && timeout != -1.0 {
        return Err(ctx.value_error("timeout value must be positive"));
    }
    not_too_long(ctx, timeout)?;
    Ok(match (blocking, timeout) {
        (false, _) => Limit::Never,
        (true, -1.0) => Limit::Forever,
        (true, timeout) if timeout <= 0.0 => Limit::Never,
        (true, timeout) => Limit::Within(nanoseconds(timeout)),
    })
}

/// The limit that a `timeout=None` parameter of `wait`, `join` and the like asks for: none is forever, a negative one is
/// over at once.
pub(in crate::machine) fn limit(ctx: &mut Context<'_>, timeout: Option<&Value>) -> Result<Limit> {
    let value = match timeout {
        None | Some(Value::None) => return Ok(Limit::Forever),
        Some(value) => value,
    };
    let Some(seconds) = number(value) else {
        let message = format!("'>' not supported between instances of '{}' and 'int'", type_name(value));
        return Err(ctx.type_error(message));
    };
    if seconds.is_nan() || seconds <= 0.0 {
        return Ok(Limit::Never);
    }
    not_too_long(ctx, seconds)?;
    Ok(Limit::Within(nanoseconds(seconds)))
}

/// What messages call an object of that kind; what the other floors make has no name of its own here.
pub(in crate::machine) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::List | Kind::Dict | Kind::Set | Kind::FrozenSet | Kind::Deque | Kind::Iterator | Kind::Generator => {
            types::OBJECT.name
        }
        _ => types::type_of_kind(kind).name,
    }
}
