//! `dict`: constructor and methods, and what its views can.

use super::arguments::{between, method, wrong_receiver};
use super::contents;
use super::fault::{Attempt, Fault, ask, key_error, native, type_error, value_error};
use super::{hash, iterate, key, set, types};
use crate::base::ObjectId;
use crate::bytecode::BinaryOperator;
use crate::machine::data::exception as ex;
use crate::machine::memory::budget;
use crate::machine::memory::heap::PrivateHeap;
use crate::machine::memory::native::{Arguments, Context, Native, Question};
use crate::machine::memory::object::{Dict, Key, Object, View};
use crate::machine::memory::value::{DictView, Kind, Value};
use triomphe::Arc;

/// `dict(…)`
pub static NEW: Native = native!("dict", new);

/// Methods.
pub const METHODS: &[Native] = &[
    native!("__init__", init),
    native!("clear", clear),
    native!("copy", copy),
    native!("fromkeys", from_keys),
    native!("get", get, get_at_hand),
    native!("items", items),
    native!("keys", keys),
    native!("pop", pop),
    native!("popitem", pop_item),
    native!("setdefault", set_default),
    native!("update", update),
    native!("values", values),
];

/// Methods of `keys()` and `items()`.
pub const VIEW_METHODS: &[Native] = &[native!("isdisjoint", view_is_disjoint)];

/// A new dict.
pub fn make(ctx: &mut Context<'_>, dict: Dict) -> Value {
    Value::Object(Kind::Dict, ctx.memory.add(Object::Dict(dict)))
}

/// A dict, to change it.
pub fn edit<'c>(ctx: &'c mut Context<'_>, id: ObjectId) -> Attempt<&'c mut Dict> {
    match ctx.memory.get_mut(id)? {
        Object::Dict(dict) => Ok(dict),
        _ => unreachable!("a value of kind Dict names a dict"),
    }
}

fn receiver(name: &str, value: &Value) -> Attempt<ObjectId> {
    match value.plain() {
        Value::Object(Kind::Dict, id) => Ok(*id),
        _ => Err(wrong_receiver(name, Some(value))),
    }
}

fn keyword_pairs(ctx: &Context<'_>, args: Arguments<'_>) -> Vec<(Key, Value)> {
    args.keywords.iter().map(|(name, value)| (hash::text_key(ctx.image.name(*name)), value.clone())).collect()
}

/// What a mapping, or an iterable of pairs, says.
pub fn pairs(ctx: &Context<'_>, value: &Value) -> Attempt<Vec<(Key, Value)>> {
    if let Value::Object(Kind::Dict, id) = value.plain() {
        let dict = contents::dict(ctx, *id)?;
        ctx.memory.claim_items(dict.len(), budget::ENTRY)?;
        return Ok(dict.iter().map(|(key, value)| (key.clone(), value.clone())).collect());
    }
    let mut pairs = Vec::new();
    for (position, item) in iterate::collected(ctx, value)?.iter().enumerate() {
        if !iterate::is_iterable(ctx, item) {
            return Err(type_error(format!(
                "cannot convert dictionary update sequence element #{position} to a sequence"
            )));
        }
        if iterate::is_python(ctx, item) {
            let items = ask(ctx, Question::of("ask_items", item))?;
            pairs.push(pair(ctx, position, &iterate::collected(ctx, &items)?)?);
            continue;
        }
        pairs.push(pair(ctx, position, &iterate::collected(ctx, item)?)?);
    }
    Ok(pairs)
}

/// The prelude fills it: the source may be an object of the program.
fn init(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    Err(Fault::Prelude("dict_init", args.positional.to_vec(), args.keywords.to_vec()))
}

fn pair(ctx: &Context<'_>, position: usize, parts: &[Value]) -> Attempt<(Key, Value)> {
    let [key, value] = parts else {
        return Err(value_error(format!(
            "dictionary update sequence element #{position} has length {}; 2 is required",
            parts.len()
        )));
    };
    Ok((hash::make_key(ctx, key)?, value.clone()))
}

/// A dict of these.
pub fn of_pairs(ctx: &Context<'_>, pairs: impl IntoIterator<Item = (Key, Value)>) -> Attempt<Dict> {
    let mut dict = Dict::default();
    for (key, value) in pairs {
        key::put(ctx, &mut dict, key, value)?;
        if budget::is_milestone(dict.len()) {
            ctx.memory.claim_items(dict.len(), budget::ENTRY)?;
        }
    }
    Ok(dict)
}

/// Puts more into a dict.
pub fn merge(ctx: &mut Context<'_>, id: ObjectId, more: Vec<(Key, Value)>) -> Attempt<()> {
    let more = of_pairs(ctx, more)?;
    let dict = contents::dict(ctx, id)?;
    let places = more.keys().map(|key| key::place(ctx, dict, key)).collect::<Attempt<Vec<_>>>()?;
    let dict = edit(ctx, id)?;
    for ((key, value), place) in more.into_iter().zip(places) {
        key::put_at(dict, place, key, value);
    }
    Ok(())
}

fn new(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let rest = args.positional.get(1..).unwrap_or_default();
    if rest.len() > 1 {
        return Err(type_error(format!("dict expected at most 1 argument, got {}", rest.len())));
    }
    let mut dict = Dict::default();
    if let Some(value) = rest.first() {
        if iterate::is_python(ctx, value) {
            return Err(Fault::Prelude("dict", rest.to_vec(), args.keywords.to_vec()));
        }
        match pairs(ctx, value).and_then(|pairs| of_pairs(ctx, pairs)) {
            Ok(made) => dict = made,
            Err(Fault::Python(_)) => return Err(Fault::Prelude("dict", rest.to_vec(), args.keywords.to_vec())),
            Err(fault) => return Err(fault),
        }
    }
    dict.extend(keyword_pairs(ctx, args));
    Ok(make(ctx, dict))
}

fn from_keys(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    if let Some(Value::Class(_)) = args.positional.first() {
        return Err(Fault::Prelude("dict_from_keys", args.positional.to_vec(), args.keywords.to_vec()));
    }
    // As a method of the type there is no receiver; of a dict or the class itself there is one.
    let skip = usize::from(
        matches!(args.positional.first(), Some(Value::Object(Kind::Dict, _) | Value::Type(_)))
            && args.positional.len() > 1,
    );
    let (_, rest) = between("fromkeys", args, skip, 1, 2)?;
    let value = rest.get(1).cloned().unwrap_or(Value::None);
    let items = iterate::gather(ctx, types::DICT.method("fromkeys"), args.positional, skip)?;
    let mut dict = Dict::default();
    for item in items {
        key::put(ctx, &mut dict, hash::make_key(ctx, &item)?, value.clone())?;
    }
    Ok(make(ctx, dict))
}

fn clear(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [dict] = method("dict.clear", args)?;
    edit(ctx, receiver("dict.clear", dict)?)?.clear();
    Ok(Value::None)
}

fn copy(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [dict] = method("dict.copy", args)?;
    let copied = contents::dict(ctx, receiver("dict.copy", dict)?)?;
    ctx.memory.claim_items(copied.len(), budget::ENTRY)?;
    let copied = copied.clone();
    Ok(make(ctx, copied))
}

fn get(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (dict, rest) = between("dict.get", args, 1, 1, 2)?;
    let id = receiver("dict.get", &dict[0])?;
    let found = key::get(ctx, contents::dict(ctx, id)?, &rest[0])?.cloned();
    Ok(found.or_else(|| rest.get(1).cloned()).unwrap_or(Value::None))
}

/// Of a key that is there.
fn get_at_hand(heap: &mut PrivateHeap, args: &[Value]) -> Option<Value> {
    let [Value::Object(Kind::Dict, id), key, rest @ ..] = args else { return None };
    if rest.len() > 1 {
        return None;
    }
    let Object::Dict(dict) = heap.get(*id)? else { return None };
    Some(dict[key::at_hand(dict, key)?].copy())
}

fn view(name: &str, args: Arguments<'_>, view: View) -> Attempt {
    let [dict] = method(name, args)?;
    Ok(Value::View(Arc::new(DictView { dict: receiver(name, dict)?, view })))
}

fn keys(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    view("dict.keys", args, View::Keys)
}

fn values(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    view("dict.values", args, View::Values)
}

fn items(_: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    view("dict.items", args, View::Items)
}

fn pop(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (dict, rest) = between("dict.pop", args, 1, 1, 2)?;
    let id = receiver("dict.pop", &dict[0])?;
    if contents::dict(ctx, id)?.is_empty() {
        return rest.get(1).cloned().ok_or_else(|| key_error(&rest[0])); // whatever the key is
    }
    let key = hash::make_key(ctx, &rest[0])?;
    if let Some(place) = key::place(ctx, contents::dict(ctx, id)?, &key)? {
        return Ok(edit(ctx, id)?.shift_remove_index(place).map_or(Value::None, |(_, value)| value));
    }
    rest.get(1).cloned().ok_or_else(|| key_error(&rest[0]))
}

fn pop_item(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [dict] = method("dict.popitem", args)?;
    match edit(ctx, receiver("dict.popitem", dict)?)?.pop() {
        Some((key, value)) => Ok(Value::tuple(vec![key.value, value])),
        None => Err(Fault::With(&ex::KEY_ERROR, vec![Value::str("popitem(): dictionary is empty")])),
    }
}

fn set_default(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let (dict, rest) = between("dict.setdefault", args, 1, 1, 2)?;
    let id = receiver("dict.setdefault", &dict[0])?;
    let key = hash::make_key(ctx, &rest[0])?;
    let dict = contents::dict(ctx, id)?;
    if let Some(place) = key::place(ctx, dict, &key)? {
        return Ok(dict[place].clone());
    }
    let value = rest.get(1).cloned().unwrap_or(Value::None);
    let dict = edit(ctx, id)?;
    dict.insert(key, value.clone());
    let length = dict.len();
    ctx.memory.private.grown(length, budget::ENTRY);
    Ok(value)
}

/// The prelude goes through what the program's own code says.
fn by_python(args: Arguments<'_>) -> Fault {
    Fault::Prelude("dict_update", args.positional.to_vec(), args.keywords.to_vec())
}

fn update(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let Some((dict, rest)) = args.positional.split_first() else {
        return Err(wrong_receiver("dict.update", None));
    };
    let id = receiver("dict.update", dict)?;
    if rest.len() > 1 {
        return Err(type_error(format!("update expected at most 1 argument, got {}", rest.len())));
    }
    let mut all = match rest.first() {
        // It may be a mapping of the program's.
        Some(value @ Value::Instance(_)) if !iterate::is_native(value) => return Err(by_python(args)),
        Some(value) if iterate::is_python(ctx, value) => {
            let items = iterate::gather(ctx, types::DICT.method("update"), args.positional, 1)?;
            pairs(ctx, &Value::tuple(items))?
        }
        Some(value) => pairs(ctx, value)?,
        None => Vec::new(),
    };
    all.extend(keyword_pairs(ctx, args));
    merge(ctx, id, all)?;
    Ok(Value::None)
}

fn view_is_disjoint(ctx: &mut Context<'_>, args: Arguments<'_>) -> Attempt {
    let [view, other] = method("dict_keys.isdisjoint", args)?;
    let (left, right) = (set::elements(ctx, view)?, set::elements(ctx, other)?);
    Ok(Value::Bool(key::combined(ctx, BinaryOperator::And, &left, &right)?.is_empty()))
}
