//! What lies outside the subset, and what to write instead.
//!
//! Every construct that the compiler cannot translate faithfully is named here, before the run; the compiler proper may
//! rely on not meeting any of them.

use super::collect::{Collected, Member};
use super::import;
use super::project::View;
use super::scope::Scopes;
use super::span;
use super::standin;
use crate::base::{Diagnostic, Source, Span, diagnostic::Reason};
use crate::bytecode::library;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, Expr, ModModule, Number, Stmt};
use ruff_text_size::Ranged;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Builtins that raddle does not have: what to write instead. Sorted by name.
pub(super) const BUILTIN_ADVICE: &[(&str, &str)] = &[
    ("__import__", "write an `import` statement"),
    ("aiter", "use threads instead of coroutines"),
    ("anext", "use threads instead of coroutines"),
    ("breakpoint", "set a breakpoint in raddle instead: the run pauses there"),
    ("compile", "write the code out"),
    ("complex", "use two floats"),
    ("eval", "write the expression out"),
    ("exec", "write the code out"),
    ("help", "leave it out"),
    ("memoryview", "use a list"),
];

/// Other names that Python binds and raddle does not: rare exceptions and names of the import system.
pub(super) const OTHER_BUILTINS: &[&str] = &[
    "BaseExceptionGroup",
    "ExceptionGroup",
    "StopAsyncIteration",
    "UnicodeTranslateError",
    "copyright",
    "credits",
    "license",
];

/// Special methods and class variables that change what ordinary code means in ways that raddle does not follow.
pub(super) const SPECIAL_NAMES: &[(&str, &str)] = &[
    ("__aenter__", "use threads instead of coroutines"),
    ("__aexit__", "use threads instead of coroutines"),
    ("__aiter__", "use threads instead of coroutines"),
    ("__anext__", "use threads instead of coroutines"),
    ("__await__", "use threads instead of coroutines"),
    ("__del__", "give the object a `close` method, or make it a context manager"),
    ("__getattribute__", "use a property or a method"),
    ("__metaclass__", "use a class decorator"),
];

/// Attributes that are not stored to, since they say what an object is. Sorted by name.
pub(super) const STORED_NAMES: &[(&str, &str)] = &[
    ("__bases__", "write the class with these bases, or keep what varies in an attribute"),
    ("__class__", "make a new object of the other class, or keep what varies in an attribute"),
    ("__closure__", "write another function, or keep what varies in a variable"),
    ("__code__", "write another function, and give that to the callers of this one"),
    ("__defaults__", "write the function with these defaults, or use `functools.partial`"),
    ("__globals__", "write the function where its variables are"),
    ("__kwdefaults__", "write the function with these defaults, or use `functools.partial`"),
    ("__mro__", "write the class with the bases that you want"),
];

/// Everything in the module that raddle does not run.
pub(super) fn refusals(source: &Source, module: &ModModule, found: &Collected, view: &View<'_>) -> Vec<Diagnostic> {
    let stubs = standin::asked_for(view.scenario_text(source));
    let mut refuser =
        Refuser { source, view: *view, stubs, refusals: Vec::new(), in_class: false, does_without: false };
    refuser.visit_body(&module.body);
    let mut refusals = refuser.refusals;
    for (scope, name, at) in &found.loads {
        if found.scopes.binding(*scope, name).is_none() {
            refusals.extend(unknown_builtin(name, *at).or_else(|| unknown_starred(found, name, *at)));
        }
    }
    for &(scope, at) in &found.supers {
        if found.scopes.binding(scope, "super").is_none() && !found.scopes.in_method(scope) {
            let complaint =
                Diagnostic::new(Reason::Unsupported, at, "`super()` is supported only directly in a method");
            refusals.push(complaint.advise("call it in the method itself, and keep what you need of it in a variable"));
        }
    }
    refusals.extend(found.members.iter().filter_map(|member| unknown_member(&found.scopes, member)));
    refusals
}

fn unsupported(at: impl Ranged, message: impl Into<String>, advice: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Reason::Unsupported, span(at), message).advise(advice)
}

/// Complains about a name that nothing in the program binds, if Python knows it and raddle does not. Names that Python
/// does not know either are left to the run: they raise `NameError` where they are used.
fn unknown_builtin(name: &str, at: Span) -> Option<Diagnostic> {
    if library::BUILTINS.contains(&name) || library::IN_PYTHON.iter().any(|(known, _)| *known == name) {
        return None;
    }
    let complaint = Diagnostic::new(Reason::Unsupported, at, format!("`{name}` is not supported"));
    if let Ok(index) = BUILTIN_ADVICE.binary_search_by_key(&name, |&(known, _)| known) {
        return Some(complaint.advise(BUILTIN_ADVICE[index].1));
    }
    if OTHER_BUILTINS.contains(&name) {
        let advice = if name.ends_with("Error") || name.ends_with("Exception") {
            "use the exception that it derives from, or `Exception`"
        } else {
            "leave it out"
        };
        return Some(complaint.advise(advice));
    }
    // The prelude's hooks have such names; a scenario must not reach them.
    name.starts_with("__").then(|| complaint.advise("leave it out"))
}

/// Complains about a name that only `from … import *` can bind, if it can: it does not bind members that CPython hides.
fn unknown_starred(found: &Collected, name: &str, at: Span) -> Option<Diagnostic> {
    let (first, _) = found.stars.first()?;
    let has = |(module, _): &(Arc<str>, Span)| library::module(module).is_some_and(|module| module.has(name));
    if library::BUILTINS.contains(&name) || found.stars.iter().any(has) {
        return None;
    }
    let message = format!("raddle has nothing called `{name}`, which `from {first} import *` may bind");
    Some(Diagnostic::new(Reason::Unsupported, at, message).advise("name what you import"))
}

fn unknown_member(scopes: &Scopes, member: &Member) -> Option<Diagnostic> {
    let index = scopes.module(member.scope, &member.of)?;
    let known = &library::MODULES[usize::from(index)];
    if member.stored && !library::is_assignable(index, &member.attribute) {
        let message = format!("`{}` cannot be changed", member.written());
        let complaint = Diagnostic::new(Reason::Unsupported, member.span, message);
        return Some(complaint.advise("keep the value in a variable of your own"));
    }
    let is_moved = import::definer(known.name, &member.attribute) != known.name;
    if is_moved || known.has(&member.attribute) || library::submodule(known.name, &member.attribute).is_some() {
        return None;
    }
    Some(import::no_member(known.name, &member.attribute, member.span))
}

struct Refuser<'s> {
    source: &'s Source,
    view: View<'s>,
    /// Modules that have a stand-in.
    stubs: BTreeSet<&'s str>,
    refusals: Vec<Diagnostic>,
    /// The statement stands directly in a class body.
    in_class: bool,
    /// The statement stands in a `try` that catches what the import of a missing module raises.
    does_without: bool,
}

impl Refuser<'_> {
    fn refuse(&mut self, at: impl Ranged, message: impl Into<String>, advice: impl Into<String>) {
        self.refusals.push(unsupported(at, message, advice));
    }

    fn refuse_async(&mut self, at: impl Ranged, what: &str) {
        self.refuse(at, format!("`{what}` is not supported"), "use threads instead of coroutines: `threading.Thread`");
    }

    fn visit_function_head(&mut self, function: &ast::StmtFunctionDef) {
        if function.is_async {
            self.refuse_async(&function.name, "async def");
        }
        if let Some(types) = &function.type_params {
            self.refuse(&**types, "type parameters are not supported", "leave them out, or use `typing.TypeVar`");
        }
        self.check_special(&function.name, &function.name);
    }

    fn check_special(&mut self, name: &str, at: impl Ranged) {
        if !self.in_class {
            return;
        }
        if let Ok(index) = SPECIAL_NAMES.binary_search_by_key(&name, |&(known, _)| known) {
            self.refuse(at, format!("`{name}` in a class is not supported"), SPECIAL_NAMES[index].1);
        }
    }

    fn check_stored(&mut self, attribute: &ast::ExprAttribute) {
        if attribute.ctx.is_load() {
            return;
        }
        let name = &*attribute.attr;
        if let Ok(index) = STORED_NAMES.binary_search_by_key(&name, |&(known, _)| known) {
            self.refuse(&attribute.attr, format!("`{name}` cannot be changed"), STORED_NAMES[index].1);
        }
    }

    fn visit_class_head(&mut self, class: &ast::StmtClassDef) {
        if let Some(types) = &class.type_params {
            self.refuse(&**types, "type parameters are not supported", "leave them out, or use `typing.Generic`");
        }
        for keyword in class.keywords() {
            match keyword.arg.as_deref() {
                Some("metaclass") if class.keywords().len() > 1 => {
                    self.refuse(keyword, "a metaclass beside other keywords is not supported", "leave those out");
                }
                Some(_) => {}
                None => {
                    self.refuse(keyword, "`**` in a class statement is not supported", "name each keyword");
                }
            }
        }
        if class.bases().iter().any(is_type) {
            let made = class.body.iter().filter_map(Stmt::as_function_def_stmt);
            for function in made.filter(|function| matches!(&*function.name, "__new__" | "__prepare__")) {
                let message = format!("`{}` of a metaclass is not supported", function.name);
                self.refuse(&function.name, message, "use `__init__`, or a base class with `__init_subclass__`");
            }
        }
        for base in class.bases().iter().filter(|base| base.is_starred_expr()) {
            self.refuse(base, "`*` among the bases of a class is not supported", "name each base");
        }
    }

    fn visit_try(&mut self, statement: &ast::StmtTry) {
        if statement.is_star {
            let at = statement.handlers.first().map_or(statement.range(), Ranged::range);
            self.refuse(at, "`except*` is not supported", "use `except`");
        }
        let around = self.does_without;
        self.does_without |= statement.handlers.iter().any(catches_missing_modules);
        self.visit_body(&statement.body);
        self.does_without = around;
        statement.handlers.iter().for_each(|handler| self.visit_except_handler(handler));
        self.visit_body(&statement.orelse);
        self.visit_body(&statement.finalbody);
    }

    /// The parser puts U+FFFD in the place of half a surrogate pair, which no text of ours can hold.
    fn check_text(&mut self, value: &str, at: impl Ranged) {
        let Span { start, end } = span(&at);
        let written = &self.source.text()[start as usize..end as usize].to_ascii_lowercase();
        let escapes = ["\\ud8", "\\ud9", "\\uda", "\\udb", "\\udc", "\\udd", "\\ude", "\\udf", "\\u0000d"];
        if value.contains('\u{fffd}') && escapes.iter().any(|escape| written.contains(escape)) {
            self.refuse(at, "surrogates in a string are not supported", "write the character itself");
        }
    }

    fn visit_in(&mut self, in_class: bool, walk: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.in_class, in_class);
        walk(self);
        self.in_class = around;
    }
}

/// Whether a handler catches `ModuleNotFoundError`.
fn catches_missing_modules(handler: &ast::ExceptHandler) -> bool {
    let ast::ExceptHandler::ExceptHandler(clause) = handler;
    let catches = |kind: &Expr| {
        let name = kind.as_name_expr().map(|name| name.id.as_str());
        matches!(name, Some("ImportError" | "ModuleNotFoundError" | "Exception" | "BaseException"))
    };
    match clause.type_.as_deref() {
        None => true,
        Some(Expr::Tuple(kinds)) => kinds.iter().any(catches),
        Some(kind) => catches(kind),
    }
}

/// Whether a base is `type` or a metaclass of the library: the class is a metaclass then.
fn is_type(base: &Expr) -> bool {
    let name = match base {
        Expr::Name(name) => &*name.id,
        Expr::Attribute(attribute) => &*attribute.attr,
        _ => return false,
    };
    matches!(name, "type" | "ABCMeta" | "EnumMeta" | "EnumType")
}

impl<'a> Visitor<'a> for Refuser<'_> {
    fn visit_annotation(&mut self, _: &'a Expr) {}

    fn visit_type_params(&mut self, _: &'a ast::TypeParams) {}

    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                self.visit_function_head(function);
                self.visit_in(false, |inner| visitor::walk_stmt(inner, statement));
                return;
            }
            Stmt::ClassDef(class) => {
                self.visit_class_head(class);
                self.visit_in(true, |inner| visitor::walk_stmt(inner, statement));
                return;
            }
            Stmt::For(statement) if statement.is_async => self.refuse_async(statement.target.as_ref(), "async for"),
            Stmt::With(statement) if statement.is_async => {
                self.refuse_async(statement.items.first().map_or(statement.range(), Ranged::range), "async with");
            }
            Stmt::Match(statement) if self.in_class => {
                self.refuse(&*statement.subject, "`match` in a class body is not supported", "put it into a function");
            }
            Stmt::TypeAlias(alias) => {
                self.refuse(alias, "`type` statements are not supported", "leave it out, or assign the type to a name");
                return;
            }
            Stmt::Try(statement) => {
                self.visit_try(statement);
                return;
            }
            Stmt::Import(names) => {
                let view = self.view;
                let forgiven = |alias: &ast::Alias| self.does_without && import::is_missing(&alias.name);
                let stubbed = |alias: &ast::Alias| standin::stands_in(&self.stubs, &alias.name);
                let names = names.names.iter().filter(|alias| !stubbed(alias) && !forgiven(alias));
                self.refusals.extend(names.filter_map(|alias| import::refusal(alias, &view)));
            }
            Stmt::ImportFrom(names) if import::is_stubbed(&self.stubs, names) => {}
            Stmt::ImportFrom(names)
                if self.does_without
                    && names.level == 0
                    && self.view.own(0, names.module.as_deref().unwrap_or("")).is_none()
                    && names.module.as_deref().is_some_and(import::is_missing) => {}
            Stmt::ImportFrom(names) => self.refusals.extend(import::refusals_from(names, &self.view)),
            _ => {}
        }
        visitor::walk_stmt(self, statement);
    }

    fn visit_string_literal(&mut self, literal: &'a ast::StringLiteral) {
        self.check_text(literal, literal);
    }

    fn visit_interpolated_string_element(&mut self, element: &'a ast::InterpolatedStringElement) {
        if let ast::InterpolatedStringElement::Literal(literal) = element {
            self.check_text(literal, literal);
        }
        visitor::walk_interpolated_string_element(self, element);
    }

    fn visit_comprehension(&mut self, comprehension: &'a ast::Comprehension) {
        if comprehension.is_async {
            self.refuse_async(comprehension, "async for");
        }
        visitor::walk_comprehension(self, comprehension);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) if name.ctx.is_store() => self.check_special(&name.id, name),
            Expr::Attribute(attribute) => self.check_stored(attribute),
            Expr::Await(_) => self.refuse_async(expression, "await"),
            Expr::TString(_) => self.refuse(expression, "template strings are not supported", "use an f-string"),
            Expr::NumberLiteral(number) if matches!(number.value, Number::Complex { .. }) => {
                self.refuse(expression, "complex numbers are not supported", "use two floats");
            }
            Expr::IpyEscapeCommand(_) => self.refuse(expression, "IPython commands are not supported", "leave it out"),
            Expr::Lambda(_) => {
                self.visit_in(false, |inner| visitor::walk_expr(inner, expression));
                return;
            }
            _ => {}
        }
        visitor::walk_expr(self, expression);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_because_they_are_searched() {
        assert!(BUILTIN_ADVICE.is_sorted() && SPECIAL_NAMES.is_sorted() && STORED_NAMES.is_sorted());
        let listed = BUILTIN_ADVICE.iter().map(|(name, _)| name).chain(OTHER_BUILTINS);
        let both: Vec<_> = listed.filter(|name| library::BUILTINS.contains(name)).collect();
        assert!(both.is_empty(), "the machine has these: {both:?}");
    }
}
