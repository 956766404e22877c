//! What a call may call, as far as names say.

use super::expression::{Expression, ExpressionId};
use super::simulate::{self, Known};
use crate::base::Symbol;
use crate::bytecode::{Code, CodeId, CodeKind, Instruction};
use crate::machine::memory::image::Linked;

/// How far names are followed.
const DEEP: u32 = 8;

/// What a call may call.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Callee {
    /// These codes.
    pub codes: Vec<CodeId>,
    /// It may be anything, or what it calls may call anything.
    pub anything: bool,
}

impl Callee {
    fn anything() -> Callee {
        Callee { codes: Vec::new(), anything: true }
    }

    fn one(code: CodeId) -> Callee {
        Callee { codes: vec![code], anything: false }
    }
}

/// Builtin functions and types that call nothing but special methods.
const CALM_BUILTINS: &[&str] = &[
    "abs",
    "bool",
    "bytes",
    "chr",
    "divmod",
    "float",
    "format",
    "getattr",
    "hasattr",
    "hash",
    "hex",
    "id",
    "int",
    "isinstance",
    "issubclass",
    "len",
    "object",
    "oct",
    "ord",
    "pow",
    "range",
    "repr",
    "round",
    "setattr",
    "slice",
    "str",
    "super",
    "type",
];

/// Methods of builtin types that call nothing of the program except special methods. Those that are not listed may call
/// anything: `start`, `submit`, `add_done_callback`, …
const CALM_METHODS: &[&str] = &[
    "add",
    "append",
    "appendleft",
    "capitalize",
    "center",
    "clear",
    "copy",
    "count",
    "decode",
    "discard",
    "done",
    "empty",
    "encode",
    "endswith",
    "extend",
    "find",
    "format",
    "full",
    "get",
    "getName",
    "get_nowait",
    "index",
    "insert",
    "isDaemon",
    "is_alive",
    "is_set",
    "isalpha",
    "isdigit",
    "items",
    "join",
    "keys",
    "ljust",
    "locked",
    "lower",
    "lstrip",
    "notify",
    "notify_all",
    "pop",
    "popleft",
    "put",
    "put_nowait",
    "qsize",
    "remove",
    "replace",
    "reverse",
    "rjust",
    "rotate",
    "rstrip",
    "set",
    "setDaemon",
    "setName",
    "setdefault",
    "split",
    "splitlines",
    "startswith",
    "strip",
    "task_done",
    "title",
    "union",
    "update",
    "upper",
    "values",
    "zfill",
];

/// Functions and types of library modules, likewise.
const CALM_MEMBERS: &[(&str, &[&str])] = &[
    (
        "threading",
        &[
            "Barrier",
            "BoundedSemaphore",
            "Condition",
            "Event",
            "Lock",
            "RLock",
            "Semaphore",
            "Thread",
            "activeCount",
            "active_count",
            "currentThread",
            "current_thread",
            "get_ident",
            "get_native_id",
            "local",
            "main_thread",
        ],
    ),
    ("queue", &["LifoQueue", "PriorityQueue", "Queue", "SimpleQueue"]),
    ("time", &["monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "sleep", "time", "time_ns"]),
    ("random", &["choice", "randint", "random", "randrange", "seed", "shuffle", "uniform"]),
    ("collections", &["deque"]),
];

/// What the expression, called in that code, may be.
pub(super) fn resolve(known: &Known, image: &Linked, code: CodeId, callee: ExpressionId) -> Callee {
    match followed(known, image, code, callee, DEEP) {
        Some((_, Expression::Function(function))) => Callee::one(function),
        Some((_, Expression::Class(class))) => of_class(known, image, class),
        Some((_, Expression::Global(global))) => {
            let name = image.program.globals[global.0 as usize].name;
            let calm = match image.name(name) {
                _ if !image.is_never_stored(global) => false,
                "print" => !may_print_to_a_file(known, image, code),
                text => CALM_BUILTINS.binary_search(&text).is_ok(),
            };
            if calm { Callee::default() } else { Callee::anything() }
        }
        Some((_, Expression::Member(module, name))) => {
            if is_calm_member(image, module, name) {
                Callee::default()
            } else {
                Callee::anything()
            }
        }
        Some((_, Expression::Attribute(_, name))) => of_any_object(known, image, name),
        _ => Callee::anything(),
    }
}

/// Whether a call of `print` in that code may be given a `file` of the program's, whose `write` it would call.
fn may_print_to_a_file(known: &Known, image: &Linked, caller: CodeId) -> bool {
    let given = image.symbol("file").is_some_and(|file| known.bindings.keywords.contains(&file));
    given || image.code(caller).instructions.contains(&Instruction::CallSpread)
}

/// What making an instance of a class calls.
fn of_class(known: &Known, image: &Linked, class: CodeId) -> Callee {
    let code = image.code(class);
    let own =
        (0..).zip(&code.locals).find(|(_, name)| image.name(**name) == "__init__").map(|(slot, _): (u16, _)| slot);
    let stored = own.and_then(|slot| known.bindings.locals.get(&(class, slot)));
    match stored.map(|stored| stored.as_slice()) {
        Some([one]) => resolve(known, image, class, *one),
        None if !known.bindings.derived.contains(&class) => Callee::default(),
        _ => Callee::anything(),
    }
}

/// A method of an object that is not known: one of that name in a class of the program, or of a builtin type.
fn of_any_object(known: &Known, image: &Linked, name: Symbol) -> Callee {
    let text = image.name(name);
    let own = of_methods(known, image, &[text]);
    // What is stored by a keyword, or under a name in a text, is not among them.
    if known.bindings.keywords.contains(&name) || known.texts.contains(text) {
        return Callee { anything: true, ..own };
    }
    let native = image.is_native_method(text);
    if native {
        return Callee { anything: own.anything || CALM_METHODS.binary_search(&text).is_err(), ..own };
    }
    if own.codes.is_empty() { Callee::anything() } else { own }
}

/// The functions that stand under one of these names in a class or an instance.
pub(super) fn of_methods(known: &Known, image: &Linked, names: &[&str]) -> Callee {
    let mut callee = Callee::default();
    for name in names.iter().filter_map(|name| image.symbol(name)) {
        for (code, value) in known.bindings.attributes.get(&name).into_iter().flatten() {
            match followed(known, image, *code, *value, DEEP) {
                Some((_, Expression::Function(function))) => callee.codes.push(function),
                Some((_, Expression::Plain | Expression::Built)) => {}
                _ => callee.anything |= !is_no_callable(known, image, *code, *value),
            }
        }
    }
    callee.codes.sort_unstable();
    callee.codes.dedup();
    callee
}

/// What making an instance of an exception's class may call: any `__init__` of the program.
pub(super) fn of_inits(known: &Known, image: &Linked) -> Callee {
    of_stored(known, image, |name| name == "__init__")
}

/// The functions that the program has stored under names of special methods: they may be called though they have other
/// names themselves. `keys` is what `**` asks for.
pub(super) fn of_special_names(known: &Known, image: &Linked) -> Callee {
    of_stored(known, image, |name| name == "keys" || is_special_name(name))
}

/// What the program has stored under such names in its classes and to its objects.
fn of_stored(known: &Known, image: &Linked, wanted: impl Fn(&str) -> bool) -> Callee {
    let mut callee = Callee::default();
    let attributes = known.bindings.attributes.iter().filter(|(name, _)| wanted(image.name(**name)));
    let of_scenario = |(code, _): &&(CodeId, ExpressionId)| !image.code(*code).is_hidden();
    for (code, value) in attributes.flat_map(|(_, stored)| stored).filter(of_scenario) {
        match followed(known, image, *code, *value, DEEP) {
            Some((_, Expression::Function(function))) => callee.codes.push(function),
            Some((_, Expression::Plain | Expression::Built)) => {}
            _ => callee.anything |= !is_no_callable(known, image, *code, *value),
        }
    }
    callee
}

/// Where an expression leads, as long as each name on the way is bound once, and in which code it stands there.
fn followed(known: &Known, image: &Linked, code: CodeId, id: ExpressionId, deep: u32) -> Option<(CodeId, Expression)> {
    let once = |stored: Option<&Vec<ExpressionId>>| match stored.map(Vec::as_slice) {
        Some([one]) => Some(*one),
        _ => None,
    };
    let expression = known.expressions.get(id);
    let next = match expression {
        // A global of a module may also be stored to as an attribute of that.
        Expression::Global(global) if simulate::is_own(image, global) => {
            let lasts = image.program.globals[global.0 as usize].bound_once;
            once(known.bindings.globals.get(&global)).filter(|_| lasts)
        }
        Expression::Global(global) => once(known.bindings.globals.get(&global)),
        Expression::Local(slot) => {
            once(known.bindings.locals.get(&(code, slot))).filter(|_| !is_parameter(image.code(code), slot))
        }
        Expression::Cell(cell) => once(known.bindings.cells.get(&image.code(code).cells[usize::from(cell)])),
        Expression::Attribute(base, name) => match followed(known, image, code, base, deep.checked_sub(1)?)? {
            (_, Expression::Module(module)) => return member(known, image, module, name, deep),
            _ => None,
        },
        Expression::Member(module, name) => return member(known, image, module, name, deep),
        Expression::Unknown
        | Expression::Plain
        | Expression::Built
        | Expression::Function(_)
        | Expression::Class(_)
        | Expression::Module(_)
        | Expression::Result(_) => None,
    };
    match next {
        Some(next) if next != id => followed(known, image, code, next, deep.checked_sub(1)?),
        _ => Some((code, expression)),
    }
}

/// What a library module has under a name: a function in Python, or what the machine provides.
fn member(known: &Known, image: &Linked, module: u16, name: Symbol, deep: u32) -> Option<(CodeId, Expression)> {
    let nowhere = CodeId(0);
    let Some(global) = image.library_global(module, name) else {
        return Some((nowhere, Expression::Member(module, name)));
    };
    let lasts = !simulate::is_own(image, global) || image.program.globals[global.0 as usize].bound_once;
    match known.bindings.globals.get(&global).map(Vec::as_slice) {
        Some([one]) if lasts => followed(known, image, nowhere, *one, deep.checked_sub(1)?),
        _ => None,
    }
}

fn is_parameter(code: &Code, slot: u16) -> bool {
    let parameters = &code.parameters;
    let count = parameters.positional
        + parameters.keyword_only
        + u16::from(parameters.star)
        + u16::from(parameters.double_star);
    slot < count
}

fn is_calm_member(image: &Linked, module: u16, name: Symbol) -> bool {
    let module = image.program.module_name(module);
    let names = CALM_MEMBERS.iter().find(|(of, _)| *of == module).map(|(_, names)| *names);
    names.is_some_and(|names| names.contains(&image.name(name)))
}

/// What a value is that a type of a library module made: the type's name.
fn made_by<'i>(known: &Known, image: &'i Linked, code: CodeId, value: ExpressionId) -> Option<&'i str> {
    let (code, Expression::Result(callee)) = followed(known, image, code, value, DEEP)? else { return None };
    match followed(known, image, code, callee, DEEP)? {
        (_, Expression::Member(_, name)) => Some(image.name(name)),
        _ => None,
    }
}

/// Whether the expression is `time.sleep`, by whatever name.
pub(super) fn is_sleep(known: &Known, image: &Linked, code: CodeId, callee: ExpressionId) -> bool {
    match followed(known, image, code, callee, DEEP) {
        Some((_, Expression::Member(_, name))) => image.name(name) == "sleep",
        _ => false,
    }
}

/// Whether a value is certainly neither a lock nor a condition.
pub(super) fn is_no_lock(known: &Known, image: &Linked, code: CodeId, value: ExpressionId) -> bool {
    match followed(known, image, code, value, DEEP) {
        Some((_, Expression::Plain | Expression::Built | Expression::Function(_) | Expression::Class(_))) => true,
        _ => {
            let others = ["Semaphore", "BoundedSemaphore", "Event", "Barrier", "RLock", "Queue", "Thread"];
            made_by(known, image, code, value).is_some_and(|name| others.contains(&name))
        }
    }
}

/// Whether a value is certainly nothing that runs code of the program when it is called: a new object of a library type, or
/// a number. What others handed in may be anything, and so may a thread of a class of the program's.
fn is_no_callable(known: &Known, image: &Linked, code: CodeId, value: ExpressionId) -> bool {
    let Some((code, Expression::Result(callee))) = followed(known, image, code, value, DEEP) else { return false };
    match followed(known, image, code, callee, DEEP) {
        Some((_, Expression::Member(module, name))) => {
            let handed = ["choice", "currentThread", "current_thread", "main_thread"].contains(&image.name(name));
            is_calm_member(image, module, name) && !handed
        }
        _ => false,
    }
}

/// Whether a value is a constant or an answer: nothing in it can change.
pub(super) fn is_scalar(known: &Known, image: &Linked, code: CodeId, value: ExpressionId) -> bool {
    matches!(followed(known, image, code, value, DEEP), Some((_, Expression::Plain)))
}

/// Whether the machine calls the code without a name in the program: it is a special method.
pub(super) fn is_special(image: &Linked, code: &Code) -> bool {
    code.kind == CodeKind::Function && is_special_name(image.name(code.name))
}

fn is_special_name(name: &str) -> bool {
    let called = ["__init__", "__enter__", "__exit__", "__call__"];
    name.starts_with("__") && name.ends_with("__") && !called.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_that_are_searched_are_sorted() {
        assert!(CALM_BUILTINS.is_sorted() && CALM_METHODS.is_sorted());
    }
}
