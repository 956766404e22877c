//! The walk over the tree that fills [`Scopes`], and on its way notes what later passes ask about: every name that is read,
//! every attribute that is read from a name or stored to, and misplaced statements.

mod own;

use super::project::View;
use super::scope::{Binding, Declared, Role, ScopeId, ScopeKind, Scopes};
use super::span;
use crate::base::{Diagnostic, Span, diagnostic::Reason};
use crate::bytecode::names::MOVED;
use indexmap::IndexSet;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, Expr, ExprContext, Pattern, Stmt};
use ruff_text_size::Ranged;
use std::sync::Arc;

mod member;

pub(super) use member::{Dotted, Member};

/// What the walk found.
#[derive(Debug)]
pub(super) struct Collected {
    pub(super) scopes: Scopes,
    pub(super) syntax: Vec<Diagnostic>,
    /// Names that are read, and where.
    pub(super) loads: Vec<(ScopeId, Arc<str>, Span)>,
    /// Calls of `super` without arguments.
    pub(super) supers: Vec<(ScopeId, Span)>,
    /// `name.attribute`, however it is used.
    pub(super) members: Vec<Member>,
    pub(super) stores: Vec<AttributeStore>,
    pub(super) classes: Vec<ClassRecord>,
    /// An `__init__` may run again on an object that has run one, or attributes are stored to by computed names.
    pub(super) stores_unknown: bool,
    /// What classes annotate that are not plainly decorated with `dataclass`.
    pub(super) annotated: Vec<Arc<str>>,
    /// The names in its imports that may be modules', in order.
    pub(super) imports: IndexSet<Arc<str>>,
    /// The modules that `from … import *` names, and where.
    pub(super) stars: Vec<(Arc<str>, Span)>,
    /// `name.attribute = …` and `name.other.attribute = …`: the scope, the name, and what is stored to.
    pub(super) own_stores: Vec<(ScopeId, Arc<str>, Arc<str>)>,
    /// The modules of the author's own from which everything is imported.
    pub(super) own_stars: Vec<u16>,
}

/// A store to an attribute.
#[derive(Debug)]
pub(super) struct AttributeStore {
    pub(super) name: Arc<str>,
    /// The `__init__` that stores it, once each time it runs, on its own `self`.
    pub(super) init: Option<ScopeId>,
    /// It is a method that stores it, to its `self`: not to a function.
    pub(super) of_receiver: bool,
}

/// A class statement.
#[derive(Debug)]
pub(super) struct ClassRecord {
    pub(super) name: Arc<str>,
    pub(super) scope: ScopeId,
    pub(super) bases: Vec<Base>,
}

/// What a class statement names as a base.
#[derive(Debug)]
pub(super) enum Base {
    /// `Name` or `Name[…]`
    Name(Arc<str>),
    /// `object.Name`, by both names.
    MemberOf(Arc<str>, Arc<str>),
    Other,
}

impl Base {
    fn of(base: &Expr) -> Base {
        match base {
            Expr::Name(name) => Base::Name(Arc::from(name.id.as_str())),
            Expr::Subscript(subscript) => Base::of(&subscript.value),
            Expr::Attribute(attribute) => match &*attribute.value {
                Expr::Name(object) => Base::MemberOf(object.id.as_str().into(), attribute.attr.as_str().into()),
                _ => Base::Other,
            },
            _ => Base::Other,
        }
    }
}

/// Walks a module, whose imports mean what `view` says.
pub(super) fn collect(body: &[Stmt], role: Role, view: &View<'_>) -> Collected {
    let found = Collected {
        scopes: Scopes::new(role),
        syntax: Vec::new(),
        loads: Vec::new(),
        supers: Vec::new(),
        members: Vec::new(),
        stores: Vec::new(),
        classes: Vec::new(),
        stores_unknown: false,
        annotated: Vec::new(),
        imports: IndexSet::new(),
        own_stores: Vec::new(),
        own_stars: Vec::new(),
        stars: Vec::new(),
    };
    let mut collector = Collector { found, view: *view, scope: Scopes::MODULE, loops: 0 };
    collector.visit_body(body);
    collector.bind_stars();
    let mut found = collector.found;
    for member in &found.members {
        let moved = MOVED.iter().filter(|(_, name, _)| **name == *member.attribute);
        found.imports.extend(moved.map(|(.., definer)| Arc::from(*definer)));
    }
    if found.imports.iter().any(|name| own::finds_by_name(name)) {
        found.scopes.ask_for_names();
    }
    let complaints = found.scopes.resolve();
    found.syntax.extend(complaints);
    found
}

struct Collector<'v> {
    found: Collected,
    view: View<'v>,
    scope: ScopeId,
    /// How many loops of this scope are around.
    loops: u32,
}

impl Collector<'_> {
    fn complain(&mut self, at: impl Ranged, message: impl Into<String>) {
        self.found.syntax.push(Diagnostic::new(Reason::Syntax, span(at), message));
    }

    fn kind(&self) -> ScopeKind {
        self.found.scopes.scope(self.scope).kind
    }

    fn mangled(&self, name: &str) -> Arc<str> {
        Arc::from(self.found.scopes.mangle(self.scope, name))
    }

    fn load(&mut self, name: &str, at: Span) {
        let name = self.mangled(name);
        if &*name == "__init__" {
            self.found.stores_unknown = true;
        }
        self.found.scopes.scope_mut(self.scope).uses.insert(name.clone());
        self.found.loads.push((self.scope, name, at));
    }

    /// Notes a store to `name` in the scope `home`; `changes`: not the only one, or one that can be repeated.
    fn store_in(&mut self, home: ScopeId, name: &str, at: Span, changes: bool) -> &mut Binding {
        let name = self.mangled(name);
        let repeated = self.loops > 0 || home != self.scope;
        // A store in a class body needs no search: it binds there. What is only stored there is not looked for outside.
        if self.kind() != ScopeKind::Class {
            self.found.scopes.scope_mut(self.scope).uses.insert(name.clone());
        }
        let bindings = &mut self.found.scopes.scope_mut(home).bindings;
        let binding = bindings.entry(name).or_insert_with(|| Binding::new(Declared::Here, at));
        binding.stores += 1;
        binding.changes |= changes || repeated;
        binding
    }

    fn store(&mut self, name: &str, at: impl Ranged) -> &mut Binding {
        self.store_in(self.scope, name, span(at), false)
    }

    /// `name := value`, which binds in the function around comprehensions and generator expressions.
    fn store_walrus(&mut self, target: &ast::ExprName) {
        let mut home = self.scope;
        while let ScopeKind::Comprehension | ScopeKind::Generator = self.found.scopes.scope(home).kind {
            if self.found.scopes.scope(home).bindings.contains_key(target.id.as_str()) {
                let message =
                    format!("assignment expression cannot rebind comprehension iteration variable '{}'", target.id);
                self.complain(target, message);
                return;
            }
            home = self.found.scopes.scope(home).parent.unwrap_or(Scopes::MODULE);
        }
        if home != self.scope && self.found.scopes.scope(home).kind == ScopeKind::Class {
            self.complain(target, "assignment expression within a comprehension cannot be used in a class body");
        }
        self.store_in(home, &target.id, span(target), false);
    }

    fn declare(&mut self, names: &[ast::Identifier], declared: Declared) {
        let word = if declared == Declared::Global { "global" } else { "nonlocal" };
        for name in names {
            let mangled = self.mangled(name);
            let at_module = self.scope == Scopes::MODULE;
            if at_module && declared == Declared::Nonlocal {
                self.complain(name, "nonlocal declaration not allowed at module level");
                continue;
            }
            let scope = self.found.scopes.scope_mut(self.scope);
            let before = match scope.bindings.get(&mangled) {
                _ if scope.parameters.contains(&mangled) => Some(format!("name '{name}' is parameter and {word}")),
                Some(binding) if binding.declared == declared && !at_module => None,
                Some(binding) if binding.declared != Declared::Here => {
                    Some(format!("name '{name}' is nonlocal and global"))
                }
                Some(_) => Some(format!("name '{name}' is assigned to before {word} declaration")),
                None if scope.uses.contains(&mangled) => {
                    Some(format!("name '{name}' is used prior to {word} declaration"))
                }
                None => None,
            };
            if let Some(message) = before {
                self.complain(name, message);
                continue;
            }
            if !at_module {
                scope.bindings.insert(mangled.clone(), Binding::new(declared, span(name)));
            }
            scope.uses.insert(mangled.clone());
            if declared == Declared::Global {
                let module = self.found.scopes.scope_mut(Scopes::MODULE);
                let binding =
                    module.bindings.entry(mangled).or_insert_with(|| Binding::new(Declared::Here, span(name)));
                binding.changes = true;
            }
        }
    }

    /// Walks what stands in a scope of its own.
    fn nested(&mut self, kind: ScopeKind, name: &str, at: Span, walk: impl FnOnce(&mut Self)) -> ScopeId {
        let around = (self.scope, self.loops);
        self.scope = self.found.scopes.open(kind, self.scope, Arc::from(name), at);
        // A comprehension's variables and what is bound in it change; the loops of a function around it do not count.
        self.loops = u32::from(matches!(kind, ScopeKind::Comprehension | ScopeKind::Generator));
        let inner = self.scope;
        walk(self);
        (self.scope, self.loops) = around;
        inner
    }

    fn visit_defaults(&mut self, parameters: &ast::Parameters) {
        for parameter in parameters.iter_non_variadic_params() {
            if let Some(default) = parameter.default() {
                self.visit_expr(default);
            }
        }
    }

    /// Binds parameters in the order of their slots: positional, keyword-only, `*args`, `**kwargs`.
    fn bind_parameters(&mut self, parameters: &ast::Parameters) {
        let plain = parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs);
        let plain = plain.map(|parameter| &parameter.parameter);
        for parameter in plain.chain(parameters.vararg.as_deref()).chain(parameters.kwarg.as_deref()) {
            let name = self.mangled(&parameter.name);
            if self.found.scopes.scope(self.scope).parameters.contains(&name) {
                self.complain(parameter, format!("duplicate argument '{}' in function definition", parameter.name));
                continue;
            }
            self.found.scopes.scope_mut(self.scope).parameters.insert(name);
            self.store(&parameter.name, parameter);
        }
    }

    fn visit_function(&mut self, function: &ast::StmtFunctionDef) {
        for decorator in &function.decorator_list {
            self.visit_expr(&decorator.expression);
            // `@show.register` looks for the class that an annotation names.
            if decorator.expression.as_attribute_expr().is_some_and(|attribute| &*attribute.attr == "register") {
                self.found.scopes.ask_for_names();
            }
        }
        self.visit_defaults(&function.parameters);
        self.store(&function.name, &function.name);
        self.nested(ScopeKind::Function, &function.name, span(function), |inner| {
            inner.bind_parameters(&function.parameters);
            inner.visit_body(&function.body);
        });
    }

    /// The stores of the `__init__` that `dataclass` makes of a class, if that is plainly among the decorators.
    fn note_fields(&mut self, class: &ast::StmtClassDef) {
        let decorator = class.decorator_list.iter().find(|decorator| self.is_dataclass(&decorator.expression));
        let init = decorator.map(|decorator| self.nested(ScopeKind::Function, "__init__", span(decorator), |_| {}));
        for statement in &class.body {
            if let Stmt::AnnAssign(assign) = statement
                && let Expr::Name(name) = &*assign.target
            {
                let name = self.mangled(&name.id);
                match init {
                    Some(_) => self.found.stores.push(AttributeStore { name, init, of_receiver: true }),
                    None => self.found.annotated.push(name),
                }
            }
        }
    }

    /// `@dataclass`, `@dataclasses.dataclass`, with arguments or without, under the names that imports gave them.
    fn is_dataclass(&self, decorator: &Expr) -> bool {
        let names = |name: &ast::ExprName, import: &str| {
            let binding = self.found.scopes.binding(self.scope, &name.id);
            binding.and_then(Binding::sole_import).is_some_and(|bound| **bound == *import)
        };
        match decorator {
            Expr::Call(call) => self.is_dataclass(&call.func),
            Expr::Name(name) => names(name, "dataclasses.dataclass"),
            Expr::Attribute(attribute) if &*attribute.attr == "dataclass" => {
                attribute.value.as_name_expr().is_some_and(|name| names(name, "dataclasses"))
            }
            _ => false,
        }
    }

    fn visit_class(&mut self, class: &ast::StmtClassDef) {
        for decorator in &class.decorator_list {
            self.visit_expr(&decorator.expression);
        }
        if let Some(arguments) = &class.arguments {
            self.visit_arguments(arguments);
        }
        self.store(&class.name, &class.name);
        let scope = self.nested(ScopeKind::Class, &class.name, span(class), |inner| {
            inner.visit_body(&class.body);
            inner.note_fields(class);
        });
        let bases = class.bases().iter().map(Base::of).collect();
        self.found.classes.push(ClassRecord { name: Arc::from(class.name.as_str()), scope, bases });
    }

    /// The first iterable belongs to the scope around, everything else to the comprehension.
    fn visit_comprehensions<'a>(
        &mut self,
        kind: ScopeKind,
        at: Span,
        generators: &'a [ast::Comprehension],
        elements: [Option<&'a Expr>; 2],
    ) {
        if let Some(first) = generators.first() {
            self.visit_expr(&first.iter);
        }
        self.nested(kind, "<genexpr>", at, |inner| {
            if kind == ScopeKind::Generator {
                inner.found.scopes.scope_mut(inner.scope).parameters.insert(".0".into());
            }
            for (index, generator) in generators.iter().enumerate() {
                if index > 0 {
                    inner.visit_expr(&generator.iter);
                }
                inner.visit_expr(&generator.target);
                generator.ifs.iter().for_each(|condition| inner.visit_expr(condition));
            }
            elements.into_iter().flatten().for_each(|element| inner.visit_expr(element));
        });
    }

    fn visit_name(&mut self, name: &ast::ExprName) {
        match name.ctx {
            ExprContext::Store => {
                self.store(&name.id, name);
            }
            ExprContext::Del => {
                self.store_in(self.scope, &name.id, span(name), true);
            }
            ExprContext::Load | ExprContext::Invalid => self.load(&name.id, span(name)),
        }
    }

    /// The `__init__` whose body is being walked, if `value` is its `self`.
    fn own_init(&self, value: &Expr) -> Option<ScopeId> {
        let scope = self.found.scopes.scope(self.scope);
        let in_class = scope.parent.is_some_and(|around| self.found.scopes.scope(around).kind == ScopeKind::Class);
        let is_init = in_class && scope.kind == ScopeKind::Function && &*scope.name == "__init__";
        let first = scope.parameters.first().filter(|_| is_init)?;
        let name = value.as_name_expr()?;
        let kept = scope.bindings.get(first).is_some_and(|binding| binding.stores == 1 && !binding.changes);
        (kept && **first == *name.id.as_str()).then_some(self.scope)
    }

    /// Whether `value` is the first parameter of the method whose body is being walked.
    fn is_receiver(&self, value: &Expr) -> bool {
        let scope = self.found.scopes.scope(self.scope);
        let in_class = scope.parent.is_some_and(|around| self.found.scopes.scope(around).kind == ScopeKind::Class);
        let first = scope.parameters.first().filter(|_| in_class && scope.kind == ScopeKind::Function);
        first.is_some_and(|first| value.as_name_expr().is_some_and(|name| **first == *name.id.as_str()))
    }

    fn visit_attribute(&mut self, attribute: &ast::ExprAttribute) {
        let name = self.mangled(&attribute.attr);
        let stored = attribute.ctx != ExprContext::Load;
        self.found.stores_unknown |= stores_by_name(&name) && (!stored || &*name == "__dict__");
        if stored {
            let init =
                self.own_init(&attribute.value).filter(|_| attribute.ctx == ExprContext::Store && self.loops == 0);
            let of_receiver = self.is_receiver(&attribute.value);
            self.found.stores.push(AttributeStore { name: name.clone(), init, of_receiver });
            self.note_own_store(attribute, &name);
        }
        if let Some(of) = self.dotted(&attribute.value) {
            self.found.members.push(Member { scope: self.scope, of, attribute: name, stored, span: span(attribute) });
        }
    }

    /// `super().__init__(…)` or `Base.__init__(self, …)` in an `__init__`.
    fn is_chained_init(&self, call: &ast::ExprCall) -> bool {
        let Expr::Attribute(function) = &*call.func else { return false };
        let scope = self.found.scopes.scope(self.scope);
        if &*function.attr != "__init__" || &*scope.name != "__init__" {
            return false;
        }
        match &*function.value {
            Expr::Call(inner) => inner.func.as_name_expr().is_some_and(|name| name.id == "super"),
            Expr::Name(_) => call.arguments.args.first().is_some_and(|first| self.own_init(first).is_some()),
            _ => false,
        }
    }

    fn visit_call(&mut self, call: &ast::ExprCall) {
        match &*call.func {
            Expr::Attribute(function) if self.is_chained_init(call) => self.visit_expr(&function.value),
            function => self.visit_expr(function),
        }
        if let Some(name) = call.func.as_name_expr().filter(|_| call.arguments.is_empty()) {
            match name.id.as_str() {
                "super" => self.found.supers.push((self.scope, span(call))),
                "globals" => self.found.scopes.ask_for_names(),
                "dir" | "locals" | "vars" if self.scope == Scopes::MODULE => self.found.scopes.ask_for_names(),
                _ => {}
            }
        }
        self.visit_arguments(&call.arguments);
    }

    fn visit_yield(&mut self, at: &Expr) {
        match self.kind() {
            ScopeKind::Function | ScopeKind::Lambda => self.found.scopes.scope_mut(self.scope).yields = true,
            ScopeKind::Module | ScopeKind::Class => self.complain(at, "'yield' outside function"),
            ScopeKind::Comprehension => self.complain(at, "'yield' inside a comprehension"),
            ScopeKind::Generator => self.complain(at, "'yield' inside generator expression"),
        }
    }

    /// What is repeated (a `for` target, a `while` test, the body), and what is not.
    fn visit_loop<'a>(&mut self, head: &'a Expr, body: &'a [Stmt], orelse: &'a [Stmt]) {
        self.loops += 1;
        self.visit_expr(head);
        self.visit_body(body);
        self.loops -= 1;
        self.visit_body(orelse);
    }

    fn visit_assignment_of_part<'a>(&mut self, target: &'a Expr, value: Option<&'a Expr>, augmented: bool) {
        if let Some(value) = value {
            self.visit_expr(value);
        }
        match target {
            Expr::Name(name) if augmented => {
                self.load(&name.id, span(name));
                self.store_in(self.scope, &name.id, span(name), true);
            }
            Expr::Name(name) if value.is_none() => {
                let name = self.mangled(&name.id);
                let bindings = &mut self.found.scopes.scope_mut(self.scope).bindings;
                bindings.entry(name).or_insert_with(|| Binding::new(Declared::Here, span(target)));
            }
            Expr::Attribute(attribute) if augmented => {
                self.visit_expr(&attribute.value);
                let name = self.mangled(&attribute.attr);
                let of_receiver = self.is_receiver(&attribute.value);
                self.note_own_store(attribute, &name);
                self.found.stores.push(AttributeStore { name, init: None, of_receiver });
            }
            _ if value.is_none() => {}
            _ => self.visit_expr(target),
        }
    }
}

/// Whether what has this name stores attributes under names that it is given, or may run an `__init__` again.
fn stores_by_name(name: &str) -> bool {
    matches!(
        name,
        "SimpleNamespace" | "update_wrapper" | "__init__" | "__dict__" | "__setattr__" | "__delattr__" | "__new__"
    )
}

impl<'a> Visitor<'a> for Collector<'_> {
    fn visit_annotation(&mut self, _: &'a Expr) {}

    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => self.visit_function(function),
            Stmt::ClassDef(class) => self.visit_class(class),
            Stmt::Assign(assign) => {
                visitor::walk_stmt(self, statement);
                self.note_alias(assign);
            }
            Stmt::AugAssign(assign) => self.visit_assignment_of_part(&assign.target, Some(&assign.value), true),
            Stmt::AnnAssign(assign) => self.visit_assignment_of_part(&assign.target, assign.value.as_deref(), false),
            Stmt::For(statement) => {
                self.visit_expr(&statement.iter);
                self.visit_loop(&statement.target, &statement.body, &statement.orelse);
            }
            Stmt::While(statement) => self.visit_loop(&statement.test, &statement.body, &statement.orelse),
            Stmt::Global(names) => self.declare(&names.names, Declared::Global),
            Stmt::Nonlocal(names) => self.declare(&names.names, Declared::Nonlocal),
            Stmt::Import(import) => {
                for alias in &import.names {
                    if !self.visit_own_module(alias) {
                        self.visit_import(alias, None);
                    }
                }
            }
            Stmt::ImportFrom(import) => {
                let module = import.module.as_deref().unwrap_or("");
                if let Some(own) = self.view.own(import.level, module) {
                    import.names.iter().for_each(|alias| self.visit_own_import(alias, own));
                } else if module != "__future__" {
                    import.names.iter().for_each(|alias| self.visit_import(alias, Some(module)));
                }
            }
            Stmt::Return(_) if !matches!(self.kind(), ScopeKind::Function) => {
                self.complain(statement, "'return' outside function");
            }
            Stmt::Break(_) if self.loops == 0 => self.complain(statement, "'break' outside loop"),
            Stmt::Continue(_) if self.loops == 0 => self.complain(statement, "'continue' not properly in loop"),
            _ => visitor::walk_stmt(self, statement),
        }
    }

    fn visit_except_handler(&mut self, handler: &'a ast::ExceptHandler) {
        let ast::ExceptHandler::ExceptHandler(clause) = handler;
        if let Some(name) = &clause.name {
            self.store_in(self.scope, name, span(name), true);
        }
        visitor::walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        let name = match pattern {
            Pattern::MatchAs(capture) => capture.name.as_ref(),
            Pattern::MatchStar(capture) => capture.name.as_ref(),
            Pattern::MatchMapping(mapping) => mapping.rest.as_ref(),
            _ => None,
        };
        if let Some(name) = name {
            self.store(name, name);
        }
        visitor::walk_pattern(self, pattern);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        let at = span(expression);
        match expression {
            Expr::Name(name) => self.visit_name(name),
            // What `getattr` may be asked for.
            Expr::StringLiteral(text) => self.found.stores_unknown |= stores_by_name(text.value.to_str()),
            Expr::Named(named) => {
                self.visit_expr(&named.value);
                if let Expr::Name(target) = &*named.target {
                    self.store_walrus(target);
                }
            }
            Expr::Lambda(lambda) => {
                if let Some(parameters) = &lambda.parameters {
                    self.visit_defaults(parameters);
                }
                self.nested(ScopeKind::Lambda, "<lambda>", at, |inner| {
                    if let Some(parameters) = &lambda.parameters {
                        inner.bind_parameters(parameters);
                    }
                    inner.visit_expr(&lambda.body);
                });
            }
            Expr::ListComp(c) => {
                self.visit_comprehensions(ScopeKind::Comprehension, at, &c.generators, [Some(&c.elt), None]);
            }
            Expr::SetComp(c) => {
                self.visit_comprehensions(ScopeKind::Comprehension, at, &c.generators, [Some(&c.elt), None]);
            }
            Expr::DictComp(c) => {
                let elements = [c.key.as_deref(), Some(&*c.value)];
                self.visit_comprehensions(ScopeKind::Comprehension, at, &c.generators, elements);
            }
            Expr::Generator(c) => {
                self.visit_comprehensions(ScopeKind::Generator, at, &c.generators, [Some(&c.elt), None]);
            }
            Expr::Attribute(attribute) => {
                self.visit_attribute(attribute);
                self.visit_expr(&attribute.value);
            }
            Expr::Call(call) => self.visit_call(call),
            Expr::Yield(_) | Expr::YieldFrom(_) => {
                self.visit_yield(expression);
                visitor::walk_expr(self, expression);
            }
            _ => visitor::walk_expr(self, expression),
        }
    }
}
