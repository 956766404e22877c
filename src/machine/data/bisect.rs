//! `bisect`: searching and inserting is one step, as it is one call in CPython, where the sequence is a list and it takes no
//! Python code to compare its items; else the module's part in Python does it.

use super::contents;
use super::fault::{Attempt, Fault, native, type_error};
use super::heaps::or_in_python;
use super::list::{edit, less};
use crate::base::ObjectId;
use crate::machine::memory::budget::VALUE;
use crate::machine::memory::native::{Arguments, Context, Native, Question};
use crate::machine::memory::value::{Kind, Value};

static FUNCTIONS: &[Native] = &[
    native!("bisect_left", bisect_left),
    native!("bisect_right", bisect_right),
    native!("insort_left", insort_left),
    native!("insort_right", insort_right),
];

/// The member of the module.
pub fn member(name: &str) -> Option<Value> {
    let name = match name {
        "bisect" => "bisect_right",
        "insort" => "insort_right",
        name => name,
    };
    FUNCTIONS.iter().find(|native| native.name == name).map(Value::Native)
}

/// On which side of equal items a place is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

fn bisect_left(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let found = place(ctx, args, Side::Left);
    Ok(Value::Int(or_in_python(ctx, "bisect", "_bisect_left", args, found)?.1 as i64))
}

fn bisect_right(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let found = place(ctx, args, Side::Right);
    Ok(Value::Int(or_in_python(ctx, "bisect", "_bisect_right", args, found)?.1 as i64))
}

fn insort_left(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let found = place(ctx, args, Side::Left);
    let found = or_in_python(ctx, "bisect", "_insort_left", args, found)?;
    insert(ctx, args, found)
}

fn insort_right(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let found = place(ctx, args, Side::Right);
    let found = or_in_python(ctx, "bisect", "_insort_right", args, found)?;
    insert(ctx, args, found)
}

/// The list, and where the item belongs in it. What is not plainly a call with a list and an item is left to Python code.
fn place(ctx: &Context<'_>, args: Arguments<'_>, side: Side) -> Attempt<(ObjectId, usize)> {
    let left_to_python = |value: &Value| Fault::Python(Box::new(Question::of("ask_items", value)));
    let [Value::Object(Kind::List, id), item] = args.positional else {
        let given = args.positional.first().or(args.keywords.first().map(|(_, value)| value));
        return Err(given.map_or_else(|| type_error("missing required argument 'a' (pos 1)"), left_to_python));
    };
    if !args.keywords.is_empty() {
        return Err(left_to_python(item));
    }
    let items = contents::list(ctx, *id)?;
    let (mut low, mut high) = (0, items.len());
    while low < high {
        let middle = (low + high) / 2;
        let goes_right = match side {
            Side::Left => less(ctx, &items[middle], item)?,
            Side::Right => !less(ctx, item, &items[middle])?,
        };
        if goes_right { low = middle + 1 } else { high = middle }
    }
    Ok((*id, low))
}

fn insert(ctx: &mut Context<'_>, args: Arguments<'_>, (id, place): (ObjectId, usize)) -> Attempt {
    let items = edit(ctx, id)?;
    items.insert(place, args.positional[1].clone());
    let length = items.len();
    ctx.memory.private.grown(length, VALUE);
    Ok(Value::None)
}
