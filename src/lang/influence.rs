//! Whether anything a program does depends on what is not the same in every run: the clock, and random numbers without a
//! seed.
//!
//! Many programs sleep for a random time, or print how long they took, and do the same in every run all the same. This is
//! worked out from the text, in rounds, until nothing more is learned. It goes by names alone: variables, attributes and
//! parameters with one name are one. What is not known to be harmless counts as a decision.
//!
//! A value may differ *itself*, or may be a container that holds what differs: how many items a list has does not depend on
//! what they are.

mod calls;
mod expressions;
mod statements;

use super::{parse, room};
use crate::base::{FileId, Source, Sources};
use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Decorator, Expr, ModModule, Parameters, Stmt};
use ruff_text_size::Ranged;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// A line at which the program does what depends on values that come from one of these lines; `None`: it does the same
/// whatever these values are. Lines are those of the program.
pub fn decides(sources: &Sources, lines: &BTreeSet<u32>) -> Option<u32> {
    let first = lines.first().copied()?;
    let (sources, lines) = (sources.clone(), lines.clone());
    // Who cannot look does not know.
    room::with_room(move || decides_here(&sources, &lines)).unwrap_or(Some(first))
}

fn decides_here(sources: &Sources, lines: &BTreeSet<u32>) -> Option<u32> {
    let modules: Vec<(FileId, &Source, ModModule)> =
        sources.files().filter_map(|(file, source)| Some((file, &**source, parse(source).ok()?))).collect();
    let first = lines.first().copied()?;
    if modules.len() < sources.count() {
        return Some(first);
    }
    let mut known = Known { lines: lines.clone(), alike: true, changed: true, ..Known::of(&modules) };
    while known.decides.is_none() && std::mem::take(&mut known.changed) {
        for (file, source, module) in &modules {
            (known.file, known.source) = (*file, Some(*source));
            known.block(&module.body);
        }
    }
    // Where no call is, an operator or a loop brings the value, and where it goes was not looked for.
    known.decides.or_else(|| lines.difference(&known.seen).next().copied())
}

/// No more expressions are looked at, again and again as some are: what is not known by then counts as deciding.
const LOOKS: usize = 1_000_000;

/// How a value differs from run to run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
enum Differs {
    /// It is the same.
    #[default]
    Not,
    /// It holds something that differs.
    Inside,
    /// It is another value.
    Itself,
}

/// A function of the program.
#[derive(Debug)]
struct Function<'p> {
    parameters: Vec<&'p str>,
    /// What takes the arguments that have no parameter of their own.
    rest: Vec<&'p str>,
    /// It is written inside a class.
    method: bool,
    /// Something stands around it: what that does with arguments is not followed.
    wrapped: bool,
}

/// What is known of a program.
#[derive(Debug, Default)]
struct Known<'p> {
    /// Where values come from outside.
    lines: BTreeSet<u32>,
    /// Those of them where a call was seen that brings them.
    seen: BTreeSet<u32>,
    /// How the values of names differ.
    names: FxHashMap<&'p str, Differs>,
    /// Names that may stand for one thing: each leads to another one of them, up to the one that stands for all.
    same: FxHashMap<&'p str, &'p str>,
    /// By those: such a thing holds what differs.
    holds: FxHashSet<&'p str>,
    functions: FxHashMap<&'p str, Vec<Function<'p>>>,
    classes: FxHashSet<&'p str>,
    /// Modules, and what is imported from them.
    imported: FxHashSet<&'p str>,
    /// Functions that are passed on as values.
    passed: FxHashSet<&'p str>,
    /// Exceptions tell what differs.
    raises: bool,
    /// The functions around what is looked at.
    inside: Vec<&'p str>,
    file: FileId,
    source: Option<&'p Source>,
    /// Values that differ are of the same type in every run, and come in the same order out of what holds them.
    alike: bool,
    changed: bool,
    /// How many expressions were looked at.
    looks: usize,
    decides: Option<u32>,
}

impl<'p> Known<'p> {
    /// What is written in a program, before anything differs.
    fn of(modules: &'p [(FileId, &'p Source, ModModule)]) -> Known<'p> {
        let mut written = Written { known: Known::default(), in_class: false };
        for (_, _, module) in modules {
            written.visit_body(&module.body);
        }
        let mut known = written.known;
        known.passed.retain(|name| known.functions.contains_key(name));
        known
    }

    /// The line of the program at which something stands.
    fn line(&self, at: impl Ranged) -> u32 {
        self.source.map_or(0, |source| self.file.line(source.line_of(at.start().to_u32())))
    }

    /// What the program does there depends on what differs.
    fn decide(&mut self, at: impl Ranged) {
        let line = self.line(at);
        self.decides.get_or_insert(line);
    }

    /// The name that stands for all that may be the same thing.
    fn root(&self, mut name: &'p str) -> &'p str {
        while let Some(next) = self.same.get(name) {
            name = next;
        }
        name
    }

    fn of_name(&self, name: &'p str) -> Differs {
        let own = self.names.get(name).copied().unwrap_or_default();
        if self.holds.contains(self.root(name)) { own.max(Differs::Inside) } else { own }
    }

    /// The name gets a value that differs like that.
    fn note(&mut self, name: &'p str, differs: Differs) {
        let known = self.names.entry(name).or_default();
        if differs > *known {
            *known = differs;
            self.changed = true;
        }
        if differs == Differs::Inside {
            self.hold(name);
        }
    }

    /// What the name stands for holds something that differs from now on.
    fn hold(&mut self, name: &'p str) {
        let root = self.root(name);
        self.changed |= self.holds.insert(root);
    }

    /// The two names may stand for one thing.
    fn unite(&mut self, one: &'p str, other: &'p str) {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            self.same.insert(one, other);
            if self.holds.remove(one) {
                self.holds.insert(other);
            }
            self.changed = true;
        }
    }

    /// The name gets the value of the expression, which differs like that.
    fn flow(&mut self, name: &'p str, value: &'p Expr, differs: Differs) {
        self.note(name, differs);
        self.link(name, value);
    }

    /// The name may stand for what the expression gives, or for what is in it.
    fn link(&mut self, name: &'p str, value: &'p Expr) {
        match value {
            Expr::Name(other) if !self.imported.contains(other.id.as_str()) => self.unite(name, &other.id),
            Expr::Attribute(other) => self.unite(name, &other.attr),
            Expr::Subscript(it) => self.link(name, &it.value),
            Expr::Starred(it) => self.link(name, &it.value),
            Expr::Named(it) => self.link(name, &it.value),
            Expr::Await(it) => self.link(name, &it.value),
            Expr::YieldFrom(it) => self.link(name, &it.value),
            Expr::If(it) => [&it.body, &it.orelse].into_iter().for_each(|it| self.link(name, it)),
            Expr::BinOp(it) => [&it.left, &it.right].into_iter().for_each(|it| self.link(name, it)),
            Expr::BoolOp(it) => it.values.iter().for_each(|it| self.link(name, it)),
            Expr::Tuple(it) => it.elts.iter().for_each(|it| self.link(name, it)),
            Expr::List(it) => it.elts.iter().for_each(|it| self.link(name, it)),
            Expr::Set(it) => it.elts.iter().for_each(|it| self.link(name, it)),
            Expr::Dict(it) => it.items.iter().for_each(|it| self.link(name, &it.value)),
            Expr::ListComp(it) => self.link(name, &it.elt),
            Expr::SetComp(it) => self.link(name, &it.elt),
            Expr::Generator(it) => self.link(name, &it.elt),
            Expr::DictComp(it) => self.link(name, &it.value),
            Expr::Call(it) => {
                match &*it.func {
                    Expr::Name(called) if !self.imported.contains(called.id.as_str()) => self.unite(name, &called.id),
                    Expr::Attribute(called) => {
                        if self.functions.contains_key(called.attr.as_str()) {
                            self.unite(name, &called.attr);
                        }
                        self.link(name, &called.value);
                    }
                    other => self.link(name, other),
                }
                let values = it.arguments.args.iter().chain(it.arguments.keywords.iter().map(|it| &it.value));
                values.for_each(|it| self.link(name, it));
            }
            Expr::Name(_) | Expr::Lambda(_) | Expr::UnaryOp(_) | Expr::Compare(_) | Expr::Slice(_) => {}
            Expr::Yield(_) | Expr::FString(_) | Expr::TString(_) | Expr::IpyEscapeCommand(_) => {}
            Expr::StringLiteral(_) | Expr::BytesLiteral(_) | Expr::NumberLiteral(_) => {}
            Expr::BooleanLiteral(_) | Expr::NoneLiteral(_) | Expr::EllipsisLiteral(_) => {}
        }
    }
}

/// Finds out what is written in a program.
struct Written<'p> {
    known: Known<'p>,
    in_class: bool,
}

/// What may stand around a function and leaves its arguments alone.
const PLAIN_WRAPPERS: &[&str] = &["staticmethod", "classmethod", "property", "dataclass", "abstractmethod", "setter"];

impl<'p> Written<'p> {
    fn function(&self, parameters: &'p Parameters, wrappers: &'p [Decorator]) -> Function<'p> {
        let own = parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs);
        let rest = parameters.vararg.iter().chain(&parameters.kwarg);
        let plain = |it: &Decorator| name_of(&it.expression).is_some_and(|name| PLAIN_WRAPPERS.contains(&name));
        Function {
            parameters: own.map(|it| it.parameter.name.as_str()).collect(),
            rest: rest.map(|it| it.name.as_str()).collect(),
            method: self.in_class,
            wrapped: !wrappers.iter().all(plain),
        }
    }
}

impl<'p> Visitor<'p> for Written<'p> {
    fn visit_stmt(&mut self, statement: &'p Stmt) {
        let outer = self.in_class;
        match statement {
            Stmt::FunctionDef(it) => {
                let function = self.function(&it.parameters, &it.decorator_list);
                if function.wrapped {
                    self.known.passed.insert(&it.name);
                }
                self.known.names.extend(function.parameters.iter().map(|name| (*name, Differs::Not)));
                self.known.functions.entry(&it.name).or_default().push(function);
                self.in_class = false;
            }
            Stmt::ClassDef(it) => {
                self.known.classes.insert(&it.name);
                self.in_class = true;
            }
            Stmt::Import(it) => {
                let bound = it.names.iter().map(|it| it.asname.as_ref().unwrap_or(&it.name).as_str());
                self.known.imported.extend(bound.flat_map(|name| [name, name.split('.').next().unwrap_or(name)]));
            }
            Stmt::ImportFrom(it) => {
                let bound = it.names.iter().map(|it| it.asname.as_ref().unwrap_or(&it.name).as_str());
                self.known.imported.extend(bound);
            }
            _ => {}
        }
        walk_stmt(self, statement);
        self.in_class = outer;
    }

    fn visit_expr(&mut self, expression: &'p Expr) {
        match expression {
            Expr::Name(it) => drop(self.known.passed.insert(&it.id)),
            Expr::Attribute(it) => drop(self.known.passed.insert(&it.attr)),
            Expr::Call(it) => {
                if let Expr::Attribute(called) = &*it.func {
                    self.visit_expr(&called.value);
                } else if !it.func.is_name_expr() {
                    self.visit_expr(&it.func);
                }
                return self.visit_arguments(&it.arguments);
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}

/// The last word of a name with or without dots, or of what is called by one.
fn name_of(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Name(it) => Some(&it.id),
        Expr::Attribute(it) => Some(&it.attr),
        Expr::Call(it) => name_of(&it.func),
        _ => None,
    }
}
