//! Code that nothing calls by its name: a special method runs when an instruction or a native needs it, a generator when it is
//! asked for its next value. What the library has of these comes up only if the program mentions it.

use super::callee::is_special;
use crate::base::Symbol;
use crate::bytecode::effect::{Datum, Deed};
use crate::bytecode::{Code, CodeKind, Constant, Home, Instruction};
use crate::machine::memory::image::Linked;
use std::collections::BTreeSet;

/// Generators of the prelude that builtins make, and the builtins that make them.
const MADE_BY: &[(&str, &str)] = &[("call_until", "iter")];

/// What finds things by names that are made while the program runs, or has code called that is not followed here.
const BY_NAME: &[&str] = &[
    "__delattr__",
    "__dict__",
    "__getattr__",
    "__getattribute__",
    "__new__",
    "__setattr__",
    "attrgetter",
    "delattr",
    "excepthook",
    "getattr",
    "globals",
    "locals",
    "methodcaller",
    "setattr",
    "vars",
];

/// The names that the scenario mentions.
pub(super) fn scenario(image: &Linked) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    codes_of_scenario(image).for_each(|code| mention(image, code, &mut names));
    names
}

fn codes_of_scenario(image: &Linked) -> impl Iterator<Item = &Code> {
    image.program.codes.iter().filter(|code| !code.is_hidden())
}

/// Whether what the program does cannot be told from the names in it: any thread that can go on may do anything then.
/// `names` are those that the scenario mentions; so many properties are followed.
pub(super) fn is_vague(image: &Linked, names: &BTreeSet<&str>, properties: usize) -> bool {
    let scenario = || codes_of_scenario(image);
    let defined = scenario().any(|code| BY_NAME.contains(&image.name(code.name)));
    // A property is followed where it is made of a function that stands there.
    let makes = |code: &Code, instruction: &Instruction| {
        let name = loaded(image, code, instruction).map(|name| image.name(name));
        matches!(name, Some("property" | "cached_property")) && !matches!(instruction, Instruction::ImportMember(..))
    };
    let made_by = |code: &Code| code.instructions.iter().filter(|instruction| makes(code, instruction)).count();
    let made: usize = scenario().map(made_by).sum();
    // A class may get another `__init__` so; and any thread may crash, and run the hook.
    let replaced = |instruction: &Instruction| {
        let Some((Deed::Stores, Datum::Attribute(name))) = instruction.use_of_data() else { return false };
        matches!(image.name(name), "__init__" | "excepthook")
    };
    let replaces = scenario().flat_map(|code| &code.instructions).any(replaced);
    // A metaclass may do anything where a class is called.
    let metaclasses = scenario().any(|code| code.has_metaclass);
    defined || replaces || metaclasses || names.iter().any(|name| BY_NAME.contains(name)) || made > properties
}

/// The words in the scenario's texts, if attributes may be stored under such: the fields of a record, the keys of a dict
/// that goes into a call with `**`. `names` are those that the scenario mentions.
pub(super) fn texts_for_attributes(image: &Linked, names: &BTreeSet<&str>) -> BTreeSet<String> {
    let spreads = |code: &Code| code.instructions.contains(&Instruction::CallSpread);
    let stores = ["dataclass", "namedtuple", "NamedTuple"].iter().any(|name| names.contains(name));
    if !stores && !codes_of_scenario(image).any(spreads) {
        return BTreeSet::new();
    }
    let mut texts = BTreeSet::new();
    let constants = codes_of_scenario(image).flat_map(|code| &code.constants);
    constants.for_each(|constant| mention_texts(constant, &mut texts));
    let words = |text: &&str| text.split([' ', ',']).map(str::to_owned).collect::<Vec<_>>();
    texts.iter().flat_map(words).collect()
}

/// Whether the scenario asks for an attribute, a method or a member of a module of one of these names.
pub(super) fn asks_for(image: &Linked, names: &[&str]) -> bool {
    let mut asked = codes_of_scenario(image).flat_map(|code| &code.instructions).filter_map(asked);
    asked.any(|name| names.contains(&image.name(name)))
}

/// The name of the attribute, method or member of a module that the instruction asks for.
fn asked(instruction: &Instruction) -> Option<Symbol> {
    match instruction.use_of_data()? {
        (Deed::Reads, Datum::Attribute(name) | Datum::Member(_, name)) => Some(name),
        (Deed::Reads, Datum::Local(_) | Datum::Cell(_) | Datum::Global(_) | Datum::Item) => None,
        (Deed::Finds | Deed::Stores | Deed::Deletes, _) => None,
    }
}

/// Whether a condition may go with a lock that the program also uses by itself: somewhere `Condition` is more than called
/// without arguments, and may so be given one, there or under another name.
pub(super) fn may_give_conditions_locks(image: &Linked) -> bool {
    use Instruction as I;
    let is_condition = |name: Option<Symbol>| name.is_some_and(|name| image.name(name) == "Condition");
    let gives = |code: &Code| {
        let pairs = code.instructions.iter().zip(code.instructions.iter().skip(1));
        let mut mentions = pairs.filter(|(first, _)| is_condition(loaded(image, code, first)));
        mentions.any(|(first, second)| match first {
            I::ImportMember(..) => !is_condition(stored(image, code, second)),
            _ => !matches!(second, I::Call(0) | I::CallMethod(0)),
        })
    };
    // The conditions of a queue go with its mutex.
    asks_for(image, &["mutex", "not_empty", "not_full", "all_tasks_done"]) || codes_of_scenario(image).any(gives)
}

/// The name of what the instruction loads.
fn loaded(image: &Linked, code: &Code, instruction: &Instruction) -> Option<Symbol> {
    match instruction.use_of_data()? {
        (Deed::Reads, datum) => variable(image, code, datum).or_else(|| asked(instruction)),
        (Deed::Finds | Deed::Stores | Deed::Deletes, _) => None,
    }
}

/// The name of the variable that the instruction stores to.
fn stored(image: &Linked, code: &Code, instruction: &Instruction) -> Option<Symbol> {
    match instruction.use_of_data()? {
        (Deed::Stores, datum) => variable(image, code, datum),
        (Deed::Reads | Deed::Finds | Deed::Deletes, _) => None,
    }
}

/// The name of a variable.
fn variable(image: &Linked, code: &Code, datum: Datum) -> Option<Symbol> {
    match datum {
        Datum::Local(slot) => Some(code.locals[usize::from(slot)]),
        Datum::Cell(cell) => Some(code.cells[usize::from(cell)]),
        Datum::Global(global) => Some(image.program.globals[global.0 as usize].name),
        Datum::Attribute(_) | Datum::Member(..) | Datum::Item => None,
    }
}

/// The body of a class that a function makes: it runs when the function does.
fn is_inner_class(code: &Code) -> bool {
    code.kind == CodeKind::Class && code.qualified_name.contains("<locals>")
}

/// For each code of the program: whether it may run though nothing calls it by its name. `names` are those that the scenario
/// mentions.
pub(super) fn implicit<'i>(image: &'i Linked, mut names: BTreeSet<&'i str>) -> Vec<bool> {
    let codes = &image.program.codes;
    let functions: BTreeSet<(Home, Symbol)> = codes
        .iter()
        .filter(|code| is_function(code) && !code.qualified_name.contains('.'))
        .map(|code| (code.home, code.name))
        .collect();
    let mut known: Vec<bool> = codes.iter().map(|code| !code.is_hidden()).collect();
    loop {
        let is_fresh = |index: &usize| !known[*index] && is_mentioned(image, &codes[*index], &names, &functions);
        let fresh: Vec<usize> = (0..codes.len()).filter(is_fresh).collect();
        if fresh.is_empty() {
            break;
        }
        for index in fresh {
            known[index] = true;
            mention(image, &codes[index], &mut names);
        }
    }
    let comes_up = |code: &Code| code.kind == CodeKind::Generator || is_special(image, code) || is_inner_class(code);
    codes.iter().zip(known).map(|(code, known)| known && comes_up(code)).collect()
}

fn is_function(code: &Code) -> bool {
    matches!(code.kind, CodeKind::Function | CodeKind::Generator)
}

/// Whether the code has one of these names, or stands in what has. A module counts if it makes something else than a function
/// under one of them: a class, whose bases it names, or an instance.
fn is_mentioned(image: &Linked, code: &Code, names: &BTreeSet<&str>, functions: &BTreeSet<(Home, Symbol)>) -> bool {
    if code.kind == CodeKind::Module {
        return code.instructions.iter().any(|instruction| {
            let Some((Deed::Stores, Datum::Global(global))) = instruction.use_of_data() else { return false };
            let name = image.program.globals[global.0 as usize].name;
            names.contains(image.name(name)) && !functions.contains(&(code.home, name))
        });
    }
    let own = image.name(code.name);
    let outer = code.qualified_name.split('.').next().unwrap_or(own);
    let made = MADE_BY.iter().any(|(generator, by)| *generator == own && names.contains(by));
    // Special methods have their names from Python: what counts is the class.
    made || names.contains(outer) || (!is_special(image, code) && names.contains(own))
}

/// Adds the texts that a constant holds.
fn mention_texts<'i>(constant: &'i Constant, names: &mut BTreeSet<&'i str>) {
    match constant {
        Constant::Str(text) => drop(names.insert(text)),
        Constant::Tuple(items) => items.iter().for_each(|item| mention_texts(item, names)),
        Constant::None
        | Constant::Ellipsis
        | Constant::Bool(_)
        | Constant::Int(_)
        | Constant::Float(_)
        | Constant::Bytes(_) => {}
    }
}

/// Adds the names that a code mentions, those in its texts too: `getattr(map_module, "map")`.
fn mention<'i>(image: &'i Linked, code: &'i Code, names: &mut BTreeSet<&'i str>) {
    let of_instruction = |instruction: &Instruction| match instruction.use_of_data()? {
        (Deed::Reads, Datum::Global(global)) => Some(image.program.globals[global.0 as usize].name),
        (Deed::Reads | Deed::Finds | Deed::Stores | Deed::Deletes, _) => asked(instruction),
    };
    names.extend(code.instructions.iter().filter_map(of_instruction).map(|name| image.name(name)));
    code.constants.iter().for_each(|constant| mention_texts(constant, names));
}
