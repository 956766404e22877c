//! `heapq`: each of its functions is one step, as it is one call in CPython, unless it takes Python code to compare items;
//! then the module's part in Python does it, between whose steps other threads may come.

use super::arguments::function;
use super::contents;
use super::fault::{Attempt, Fault, index_error, native, type_error};
use super::list::{edit, less};
use super::{heapq, types};
use crate::base::ObjectId;
use crate::bytecode::library;
use crate::machine::memory::budget::VALUE;
use crate::machine::memory::lookout;
use crate::machine::memory::native::{Arguments, Context, Halt, Invocation, Native};
use crate::machine::memory::value::{Kind, Value};

static FUNCTIONS: &[Native] = &[
    native!("heapify", heapify),
    native!("heappop", heappop),
    native!("heappush", heappush),
    native!("heappushpop", heappushpop),
    native!("heapreplace", heapreplace),
];

/// The member of the module.
pub fn member(name: &str) -> Option<Value> {
    FUNCTIONS.iter().find(|native| native.name == name).map(Value::Native)
}

/// The list that a function was given as its `argument`.
fn list_of(heap: &Value, argument: &str) -> Attempt<ObjectId> {
    match heap.plain() {
        Value::Object(Kind::List, id) => Ok(*id),
        Value::None => Err(type_error(format!("{argument} must be list, not None"))),
        other => Err(type_error(format!("{argument} must be list, not {}", types::name_of(other)))),
    }
}

/// What was found out by comparisons, unless it takes Python code: then a function of the module's part in Python does all.
pub(super) fn or_in_python<T>(
    ctx: &Context<'_>,
    module: &str,
    name: &str,
    args: Arguments<'_>,
    found: Attempt<T>,
) -> Attempt<T> {
    let Err(Fault::Python(question)) = found else { return found };
    let global = library::module_index(module).zip(ctx.image.symbol(name));
    let Some(global) = global.and_then(|(module, name)| ctx.image.library_global(module, name)) else {
        return Err(Fault::Python(question));
    };
    let callee = Value::Prelude(global);
    let (arguments, keywords) = (args.positional.to_vec(), args.keywords.to_vec());
    Err(Fault::Halt(Halt::Invoke(Box::new(Invocation { callee, arguments, keywords }))))
}

fn heappush(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [heap, item] = function("heappush", args)?;
    let id = list_of(heap, "heappush() argument 1")?;
    let items = contents::list(ctx, id)?;
    let (place, outcome) = heapq::rise(items.len(), |parent| less(ctx, item, &items[parent]));
    let outcome = or_in_python(ctx, "heapq", "_push", args, outcome);
    if let Err(Fault::Halt(_)) = outcome {
        return outcome.map(|()| Value::None);
    }
    // Where a comparison fails, the item stays in.
    let items = edit(ctx, id)?;
    heapq::insert(items, item.clone(), place);
    let length = items.len();
    ctx.memory.private.grown(length, VALUE);
    outcome.map(|()| Value::None)
}

fn heappop(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [heap] = function("_heapq.heappop", args)?;
    let id = list_of(heap, "heappop() argument")?;
    let items = contents::list(ctx, id)?;
    let path = heapq::sink(items.len(), |a, b| less(ctx, &items[a], &items[b]));
    let path = or_in_python(ctx, "heapq", "_pop", args, path)?;
    heapq::remove(edit(ctx, id)?, &path).ok_or_else(|| index_error("index out of range"))
}

fn heapreplace(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [heap, item] = function("heapreplace", args)?;
    let id = list_of(heap, "heapreplace() argument 1")?;
    if contents::list(ctx, id)?.is_empty() {
        return Err(index_error("index out of range"));
    }
    let path = replacing(ctx, id, item);
    let path = or_in_python(ctx, "heapq", "_replace", args, path)?;
    replace(ctx, id, item, &path)
}

fn heappushpop(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [heap, item] = function("heappushpop", args)?;
    let id = list_of(heap, "heappushpop() argument 1")?;
    let is_less = match contents::list(ctx, id)?.first() {
        Some(first) => less(ctx, first, item),
        None => Ok(false),
    };
    if !or_in_python(ctx, "heapq", "_pushpop", args, is_less)? {
        return Ok(item.clone());
    }
    let path = replacing(ctx, id, item);
    let path = or_in_python(ctx, "heapq", "_pushpop", args, path)?;
    replace(ctx, id, item, &path)
}

/// The way down of an item that takes the place of the first.
fn replacing(ctx: &Context<'_>, id: ObjectId, item: &Value) -> Attempt<Vec<usize>> {
    let items = contents::list(ctx, id)?;
    let at = |index: usize| items.get(index).unwrap_or(item);
    heapq::way_down(0, items.len(), items.len(), |a, b| less(ctx, at(a), at(b)))
}

fn replace(ctx: &mut Context<'_>, id: ObjectId, item: &Value, path: &[usize]) -> Attempt {
    let items = edit(ctx, id)?;
    let first = items.first_mut().map(|first| std::mem::replace(first, item.clone()));
    heapq::go_down(items, path);
    Ok(first.unwrap_or_default())
}

fn heapify(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [heap] = function("_heapq.heapify", args)?;
    let id = list_of(heap, "heapify() argument")?;
    let mut items = lookout::copied(contents::list(ctx, id)?);
    let arranged = arrange(ctx, &mut items);
    or_in_python(ctx, "heapq", "_heapify", args, arranged)?;
    *edit(ctx, id)? = items;
    Ok(Value::None)
}

fn arrange(ctx: &Context<'_>, items: &mut [Value]) -> Attempt<()> {
    for place in (0..items.len() / 2).rev() {
        let path = heapq::way_down(place, items.len(), place, |a, b| less(ctx, &items[a], &items[b]))?;
        heapq::go_down(items, &path);
    }
    Ok(())
}
