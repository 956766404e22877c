//! `random`: CPython's generator and its algorithms, so that a seed gives the same numbers.

use crate::base::ObjectId;
use crate::event::{EventKind, Place, Shown};
use crate::machine::data::exception::{INDEX_ERROR, TYPE_ERROR, VALUE_ERROR, ZERO_DIVISION_ERROR};
use crate::machine::memory::budget::{ELEMENT, VALUE};
use crate::machine::memory::lookout;
use crate::machine::memory::native::{Arguments, Call, Context, Native, Result};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Operation, Progress, Stage};
pub use crate::machine::memory::primitive::random::Action;
use crate::machine::memory::twister::{float_hash, words};
use crate::machine::memory::value::{Kind, Range, Value};
use crate::machine::sync::arguments::{Signature, integer, number, type_name};
use crate::machine::sync::primitive::Primitive;
use crate::machine::sync::process::Household;
use crate::machine::sync::shared::Turn;
use crate::machine::sync::support::done;
use crate::schedule::Alternative;
use num_bigint::{BigInt, BigUint};
use sha2::{Digest, Sha512};
use triomphe::Arc;

pub use crate::machine::memory::twister::{Random, Seed};

static FUNCTIONS: &[Native] = &[
    Native { name: "random", call: Call::Operation(random) },
    Native { name: "getrandbits", call: Call::Operation(bits) },
    Native { name: "randint", call: Call::Operation(randint) },
    Native { name: "randrange", call: Call::Operation(randrange) },
    Native { name: "uniform", call: Call::Operation(uniform) },
    Native { name: "choice", call: Call::Operation(choice) },
    Native { name: "choices", call: Call::Operation(choices) },
    Native { name: "shuffle", call: Call::Operation(shuffle) },
    Native { name: "sample", call: Call::Operation(sample) },
    Native { name: "seed", call: Call::Operation(seed) },
    Native { name: "gauss", call: Call::Operation(gauss) },
    Native { name: "expovariate", call: Call::Operation(expovariate) },
];

/// What `random.Random` is made of.
pub static GENERATORS: &[Native] = &[
    Native { name: "__new_generator", call: Call::Operation(new_generator) },
    Native { name: "__drawn_by", call: Call::Operation(drawn_by) },
];

/// The member of the module `random`.
pub fn member(name: &str) -> Option<Value> {
    FUNCTIONS.iter().find(|native| native.name == name).map(Value::Native)
}

fn operation(action: Action) -> Result<Operation> {
    Ok(Operation::Random(Arc::new(action)))
}

fn random(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Signature::function("Random.random", [], 0).bind(ctx, args).map(|[]| ())?;
    operation(Action::Random)
}

fn bits(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let [bits] = Signature::function("Random.getrandbits", ["k"], 1).bind(ctx, args)?.map(Option::unwrap_or_default);
    match integer(ctx, &bits)? {
        bits @ 0..=128 => operation(Action::Bits(bits as u32)),
        ..0 => Err(ctx.value_error("number of bits must be non-negative")),
        _ => Err(ctx.value_error("getrandbits() gives at most 128 bits here")),
    }
}

/// An argument of `randrange`: a whole number.
fn whole(ctx: &mut Context<'_>, value: &Value, what: &str) -> Result<i128> {
    match value {
        Value::Float(number) if number.fract() == 0.0 && number.abs() < 1e18 => Ok(*number as i128),
        Value::Big(number) => match i128::try_from(&**number) {
            Ok(number) if number.unsigned_abs() < 1 << 126 => Ok(number),
            _ => Err(ctx.value_error("randrange() takes numbers of at most 126 bits here")),
        },
        Value::Float(_) => Err(ctx.value_error(format!("non-integer {what} for randrange()"))),
        other => integer(ctx, other).map(i128::from),
    }
}

fn randrange(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let signature = Signature::function("Random.randrange", ["start", "stop", "step"], 1);
    let [start, stop, step] = signature.bind(ctx, args)?;
    let start = whole(ctx, &start.unwrap_or_default(), "arg 1")?;
    match stop.filter(|stop| !matches!(stop, Value::None)) {
        Some(stop) => {
            let stop = whole(ctx, &stop, "stop")?;
            let step = step.map_or(Ok(1), |step| whole(ctx, &step, "step"))?;
            range(ctx, start, stop, step)
        }
        None if step.is_some() => Err(ctx.type_error("Missing a non-None stop argument")),
        None if start <= 0 => Err(ctx.value_error("empty range for randrange()")),
        None => range(ctx, 0, start, 1),
    }
}

fn randint(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let [first, last] = Signature::function("Random.randint", ["a", "b"], 2).bind(ctx, args)?;
    let first = whole(ctx, &first.unwrap_or_default(), "arg 1")?;
    let last = whole(ctx, &last.unwrap_or_default(), "stop")?;
    range(ctx, first, last + 1, 1)
}

fn range(ctx: &mut Context<'_>, start: i128, stop: i128, step: i128) -> Result<Operation> {
    let (width, wide) = (stop - start, step);
    let count = match step {
        0 => return Err(ctx.value_error("zero step for randrange()")),
        1.. => (width + wide - 1).div_euclid(wide),
        _ => (-width - wide - 1).div_euclid(-wide),
    };
    if count <= 0 {
        let detail = if step == 1 { format!(" ({start}, {stop}, {width})") } else { String::new() };
        return Err(ctx.value_error(format!("empty range for randrange(){detail}")));
    }
    operation(Action::Range { start, step, count: count.unsigned_abs() })
}

/// Two numbers, for what `operator` does with them.
fn two_numbers(ctx: &mut Context<'_>, values: [&Value; 2], operator: char) -> Result<[f64; 2]> {
    match values.map(number) {
        [Some(first), Some(second)] => Ok([first, second]),
        _ => {
            let [first, second] = values.map(|value| type_name(value).to_owned());
            let message = format!("unsupported operand type(s) for {operator}: '{first}' and '{second}'");
            Err(ctx.type_error(message))
        }
    }
}

fn uniform(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let [low, high] =
        Signature::function("Random.uniform", ["a", "b"], 2).bind(ctx, args)?.map(Option::unwrap_or_default);
    let [high, low] = two_numbers(ctx, [&high, &low], '-')?;
    operation(Action::Uniform(low, high))
}

fn choice(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let [from] = Signature::function("Random.choice", ["seq"], 1).bind(ctx, args)?;
    operation(Action::Choice(from.unwrap_or_default()))
}

fn choices(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let signature = Signature {
        name: "Random.choices",
        parameters: ["population", "weights", "cum_weights", "k"],
        required: 1,
        positional: 2,
        method: false,
    };
    let [population, weights, cumulative, count] = signature.bind(ctx, args)?;
    let given = |value: Option<Value>| value.filter(|value| !matches!(value, Value::None));
    let weights = match (given(weights), given(cumulative)) {
        (Some(_), Some(_)) => return Err(ctx.type_error("Cannot specify both weights and cumulative weights")),
        (Some(Value::Int(count)), None) => {
            let message = format!("The number of choices must be a keyword argument: k={count}");
            return Err(ctx.type_error(message));
        }
        (Some(weights), None) => Some((weights, false)),
        (None, cumulative) => cumulative.map(|weights| (weights, true)),
    };
    let count = integer(ctx, &count.unwrap_or(Value::Int(1)))?.max(0) as usize;
    ctx.memory.claim_items(count, VALUE)?;
    operation(Action::Choices { population: population.unwrap_or_default(), weights, count })
}

fn shuffle(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let [list] = Signature::function("Random.shuffle", ["x"], 1).bind(ctx, args)?.map(Option::unwrap_or_default);
    match list {
        Value::Object(Kind::List, _) => operation(Action::Shuffle(list)),
        Value::Tuple(_) | Value::Str(_) | Value::Range(_) => {
            let message = format!("'{}' object does not support item assignment", type_name(&list));
            Err(ctx.type_error(message))
        }
        other => {
            let message = format!("shuffle() needs a list, not '{}'", type_name(&other));
            Err(ctx.type_error(message))
        }
    }
}

fn sample(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let [population, count] = Signature::function("Random.sample", ["population", "k"], 2).bind(ctx, args)?;
    let count = integer(ctx, &count.unwrap_or_default())?;
    // Of other populations there are no more than fit in memory.
    if let (Some(Value::Range(range)), Ok(count)) = (&population, usize::try_from(count))
        && count <= range.len()
    {
        ctx.memory.claim_items(count, VALUE + ELEMENT)?;
    }
    operation(Action::Sample(population.unwrap_or_default(), count))
}

fn gauss(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let [mean, deviation] = Signature::function("Random.gauss", ["mu", "sigma"], 0).bind(ctx, args)?;
    let (mean, deviation) = (mean.unwrap_or(Value::Float(0.0)), deviation.unwrap_or(Value::Float(1.0)));
    let [mean, deviation] = two_numbers(ctx, [&mean, &deviation], '*')?;
    operation(Action::Gauss(mean, deviation))
}

fn expovariate(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let [rate] = Signature::function("Random.expovariate", ["lambd"], 0).bind(ctx, args)?;
    let [rate, _] = two_numbers(ctx, [&rate.unwrap_or(Value::Float(1.0)), &Value::Float(1.0)], '/')?;
    if rate == 0.0 {
        return Err(ctx.error(&ZERO_DIVISION_ERROR, "float division by zero"));
    }
    operation(Action::Exponential(rate))
}

fn seed(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let [value, _version] = Signature::function("Random.seed", ["a", "version"], 0).bind(ctx, args)?;
    let text = |bytes: &[u8]| {
        let number = BigUint::from_bytes_be(&[bytes, Sha512::digest(bytes).as_slice()].concat());
        Seed::Key(words(&number))
    };
    operation(Action::Seed(match value.unwrap_or(Value::None) {
        Value::None => Seed::Fresh,
        Value::Bool(truth) => Seed::Key(vec![u32::from(truth)]),
        Value::Int(number) => Seed::Key(words(&BigUint::from(number.unsigned_abs()))),
        Value::Big(number) => Seed::Key(words(number.magnitude())),
        Value::Float(number) => Seed::Key(words(&BigUint::from(float_hash(number) as u64))),
        Value::Str(value) => text(value.as_str().as_bytes()),
        Value::Bytes(value) => text(&value),
        _ => {
            let message = "The only supported seed types are: None,\nint, float, str, bytes, and bytearray.";
            return Err(ctx.type_error(message));
        }
    }))
}

fn new_generator(_: &mut Context<'_>, _: Arguments<'_>) -> Result<Operation> {
    operation(Action::New)
}

/// `__drawn_by(number, function, …)`: what the module's function gives when it draws from that generator.
fn drawn_by(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    if let [Value::Int(number), Value::Native(Native { call: Call::Operation(function), .. }), rest @ ..] =
        args.positional
        && let Operation::Random(action) = function(ctx, Arguments { positional: rest, ..args })?
    {
        return operation(Action::By(*number as usize, action));
    }
    Err(ctx.type_error("a generator draws by a function of `random`"))
}

/// What is chosen from.
enum Population {
    Items(Vec<Value>),
    Range(Arc<Range>),
}

impl Population {
    fn len(&self) -> usize {
        match self {
            Population::Items(items) => items.len(),
            Population::Range(range) => range.len(),
        }
    }

    fn at(&self, index: usize) -> Value {
        match self {
            Population::Items(items) => items[index].clone(),
            Population::Range(range) => Value::Int(range.at(index)),
        }
    }
}

/// The sequence that a value is, if it is one. Reading a shared list is reported.
fn population(turn: &mut Turn<'_>, value: &Value) -> Option<Population> {
    Some(match value {
        Value::Tuple(items) => Population::Items(items.to_vec()),
        Value::Range(range) => Population::Range(range.clone()),
        Value::Str(text) => Population::Items(text.as_str().chars().map(|c| Value::str(c.to_string())).collect()),
        Value::Object(Kind::List, id) => {
            let items = list(turn, *id)?.clone();
            if turn.private.get(*id).is_none() {
                let shown = turn.shown(value);
                turn.emit(EventKind::Read { place: Place::Content { object: *id }, value: shown });
            }
            Population::Items(items)
        }
        _ => return None,
    })
}

fn list<'t>(turn: &'t mut Turn<'_>, id: ObjectId) -> Option<&'t mut Vec<Value>> {
    let object = match turn.private.get_mut(id) {
        Some(object) => Some(object),
        None => turn.shared.processes[turn.process].heap.get_mut(id),
    };
    match object {
        Some(Object::List(items)) => Some(items),
        _ => None,
    }
}

impl Primitive for Action {
    type On = ();

    fn perform(&self, turn: &mut Turn<'_>, (): (), _stage: Stage, _alternative: Alternative) -> Result<Progress> {
        draw(turn, self)
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Seed(_) => "seed",
            Action::New => "make generator",
            Action::By(_, action) => action.verb(),
            _ => "draw",
        }
    }
}
fn draw(turn: &mut Turn<'_>, action: &Action) -> Result<Progress> {
    let random = &mut turn.process_mut().household.random;
    let value = match action {
        Action::New => {
            let new = random.another();
            turn.process_mut().household.generators.push(new);
            return done(Value::Int(turn.process().household.generators.len() as i64 - 1));
        }
        Action::By(number, action) => {
            exchange(turn, *number);
            let drawn = draw(turn, action);
            exchange(turn, *number);
            return drawn;
        }
        Action::Random => Value::Float(random.random()),
        Action::Bits(bits) => Value::big(BigInt::from(random.bits(*bits))),
        Action::Range { start, step, count } => {
            let steps = BigInt::from(random.below(*count));
            Value::big(steps * step + start)
        }
        Action::Uniform(low, high) => Value::Float(low + (high - low) * random.random()),
        Action::Gauss(mean, deviation) => Value::Float(random.gauss(*mean, *deviation)),
        Action::Exponential(rate) => Value::Float(-(1.0 - random.random()).ln() / rate),
        Action::Seed(seed) => {
            random.seed(seed);
            turn.emit(EventKind::Drew { value: Shown::None });
            return done(Value::None);
        }
        Action::Choice(from) => choose(turn, from)?,
        Action::Shuffle(list) => {
            mix(turn, list)?;
            turn.emit(EventKind::Drew { value: Shown::None });
            return done(Value::None);
        }
        Action::Choices { population, weights, count } => {
            let chosen = choose_many(turn, population, weights.as_ref(), *count)?;
            return drawn_list(turn, chosen);
        }
        Action::Sample(population, count) => {
            let chosen = draw_sample(turn, population, *count)?;
            return drawn_list(turn, chosen);
        }
    };
    let shown = turn.shown(&value);
    turn.emit(EventKind::Drew { value: shown });
    done(value)
}

/// Puts the generator of that number into the module's place, or back.
fn exchange(turn: &mut Turn<'_>, number: usize) {
    let Household { random, generators, .. } = &mut turn.process_mut().household;
    if let Some(generator) = generators.get_mut(number) {
        std::mem::swap(random, generator);
    }
}

/// A new list as the result.
fn drawn_list(turn: &mut Turn<'_>, items: Vec<Value>) -> Result<Progress> {
    let few: Vec<_> = items.iter().take(8).map(|item| turn.shown(item).to_string()).collect();
    let rest = if items.len() > few.len() { ", …" } else { "" };
    turn.emit(EventKind::Drew { value: Shown::Text(format!("[{}{rest}]", few.join(", ")).into()) });
    done(Value::Object(Kind::List, turn.private.add(Object::List(items))))
}

fn choose(turn: &mut Turn<'_>, from: &Value) -> Result {
    let Some(population) = population(turn, from) else {
        let message = match from {
            Value::Object(Kind::Dict | Kind::Set | Kind::FrozenSet, _) => {
                format!("'{}' object is not subscriptable", type_name(from))
            }
            _ => format!("object of type '{}' has no len()", type_name(from)),
        };
        return Err(turn.error(&TYPE_ERROR, message));
    };
    if population.len() == 0 {
        return Err(turn.error(&INDEX_ERROR, "Cannot choose from an empty sequence"));
    }
    Ok(population.at(turn.process_mut().household.random.index(population.len())))
}

fn choose_many(turn: &mut Turn<'_>, from: &Value, weights: Option<&(Value, bool)>, count: usize) -> Result<Vec<Value>> {
    let Some(population) = population(turn, from) else {
        return Err(turn.error(&TYPE_ERROR, format!("object of type '{}' has no len()", type_name(from))));
    };
    let length = population.len();
    let Some((weights, cumulative)) = weights else {
        if length == 0 && count > 0 {
            return Err(turn.error(&INDEX_ERROR, "list index out of range"));
        }
        let random = &mut turn.process_mut().household.random;
        return Ok((0..count).map(|_| population.at((random.random() * length as f64) as usize)).collect());
    };
    let limits = limits(turn, weights, *cumulative)?;
    if limits.len() != length {
        return Err(turn.error(&VALUE_ERROR, "The number of weights does not match the population"));
    }
    let Some(total) = limits.last().copied() else {
        return Err(turn.error(&INDEX_ERROR, "list index out of range"));
    };
    if total <= 0.0 {
        return Err(turn.error(&VALUE_ERROR, "Total of weights must be greater than zero"));
    }
    if !total.is_finite() {
        return Err(turn.error(&VALUE_ERROR, "Total of weights must be finite"));
    }
    let random = &mut turn.process_mut().household.random;
    let mut one = || {
        let point = random.random() * total;
        population.at(limits[..length - 1].partition_point(|limit| *limit <= point))
    };
    Ok((0..count).map(|_| one()).collect())
}

/// Weights, summed up.
fn limits(turn: &mut Turn<'_>, weights: &Value, cumulative: bool) -> Result<Vec<f64>> {
    let Some(weights) = population(turn, weights) else {
        return Err(turn.error(&TYPE_ERROR, format!("'{}' object is not iterable", type_name(weights))));
    };
    let mut sum = 0.0;
    let mut limits = Vec::with_capacity(weights.len());
    for index in 0..weights.len() {
        let weight = weights.at(index);
        let Some(weight) = number(&weight) else {
            let message = format!("unsupported operand type(s) for +: 'float' and '{}'", type_name(&weight));
            return Err(turn.error(&TYPE_ERROR, message));
        };
        sum = if cumulative { weight } else { sum + weight };
        limits.push(sum);
    }
    Ok(limits)
}

fn draw_sample(turn: &mut Turn<'_>, from: &Value, count: i64) -> Result<Vec<Value>> {
    let Some(population) = population(turn, from) else {
        let message = "Population must be a sequence.  For dicts or sets, use sorted(d).";
        return Err(turn.error(&TYPE_ERROR, message));
    };
    let length = population.len();
    let count = match usize::try_from(count) {
        Ok(count) if count <= length => count,
        _ => return Err(turn.error(&VALUE_ERROR, "Sample larger than population or is negative")),
    };
    let mut set_size = 21;
    if count > 5 {
        set_size += 4usize.saturating_pow(((count * 3) as f64).log(4.0).ceil() as u32);
    }
    let random = &mut turn.process_mut().household.random;
    if length <= set_size {
        let mut pool: Vec<usize> = (0..length).collect();
        let mut one = |taken| {
            let index = random.index(length - taken);
            let chosen = pool[index];
            pool[index] = pool[length - taken - 1];
            population.at(chosen)
        };
        return Ok((0..count).map(&mut one).collect());
    }
    let mut chosen = std::collections::BTreeSet::new();
    let mut one = || loop {
        let index = random.index(length);
        if chosen.insert(index) {
            return population.at(index);
        }
    };
    Ok((0..count).map(|_| one()).collect())
}

fn mix(turn: &mut Turn<'_>, value: &Value) -> Result<()> {
    let Some(id) = value.object_id() else { return Ok(()) };
    let Some(Population::Items(mut items)) = population(turn, value) else {
        return Err(turn.error(&TYPE_ERROR, "shuffle() needs a list"));
    };
    for index in (1..items.len()).rev() {
        lookout::tick();
        let other = turn.process_mut().household.random.index(index + 1);
        items.swap(index, other);
    }
    if let Some(list) = list(turn, id) {
        *list = items;
    }
    if turn.private.get(id).is_none() {
        let shown = turn.shown(value);
        turn.emit(EventKind::Wrote { place: Place::Content { object: id }, value: shown });
    }
    Ok(())
}
