//! Codes: modules, functions, lambdas, generator expressions and class bodies, and the names that they use.

use super::exits::Block;
use super::project::View;
use super::scope::{ScopeId, Scopes, Variable};
use super::span;
use crate::base::{Diagnostic, Diagnostics, FileId, Source, Span, Symbol, diagnostic::Reason};
use crate::bytecode::builder::{CodeBuilder, ProgramBuilder};
use crate::bytecode::{CodeId, CodeKind, Constant, GlobalId, Hint, HintKind, Home, Instruction, Parameters, library};
use ruff_python_ast::{self as ast, Expr, ModModule, Stmt};
use ruff_text_size::Ranged;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many statements and expressions are translated at most. A `finally` body is translated once for each way out of
/// its `try`, so this can be more than the file holds.
const BUDGET: u32 = 4_000_000;

/// A module that is to be compiled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit<'u> {
    pub(super) source: &'u Source,
    pub(super) file: FileId,
    pub(super) scopes: &'u Scopes,
    pub(super) module: &'u ModModule,
    pub(super) home: Home,
    /// What its imports mean.
    pub(super) view: View<'u>,
    /// What else is stored to it, as its attributes.
    pub(super) changed: &'u BTreeSet<Arc<str>>,
    /// For one of the author's own modules: the globals that say how far it is.
    pub(super) progress: Option<Progress>,
}

/// The globals that say how far a module of the author's own has come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Progress {
    /// Its number.
    pub(super) module: u16,
    pub(super) begun: GlobalId,
    pub(super) done: GlobalId,
    /// Its name in the package that it is in.
    pub(super) in_package: Option<GlobalId>,
}

impl<'u> Unit<'u> {
    /// A part of the library.
    pub(super) fn library(source: &'u Source, scopes: &'u Scopes, module: &'u ModModule, home: Home) -> Unit<'u> {
        static NOTHING: BTreeSet<Arc<str>> = BTreeSet::new();
        let (file, view, changed) = (FileId::OWN, View::NONE, &NOTHING);
        Unit { source, file, scopes, module, home, view, changed, progress: None }
    }
}

/// Translates a module into codes of `program`.
pub(super) fn compile(program: &mut ProgramBuilder, unit: &Unit<'_>) -> Result<CodeId, Diagnostics> {
    let &Unit { source, file, scopes, module, home, view, changed, progress } = unit;
    let name = program.symbol("<module>");
    let mut emitter = Emitter {
        code: CodeBuilder::new(name, "<module>", CodeKind::Module),
        scope: Scopes::MODULE,
        blocks: Vec::new(),
        finally_depth: 0,
        temporaries: 0,
        program: &mut *program,
        source,
        file,
        scopes,
        home,
        view,
        changed,
        errors: Vec::new(),
        budget: BUDGET,
    };
    match progress {
        Some(progress) => emitter.own_module(progress, &module.body),
        None => {
            emitter.code.line(file.line(1));
            emitter.body_with_docstring(&module.body);
        }
    }
    emitter.lay_out_frame();
    if let Some(span) = scopes.overflow {
        let refusal = Diagnostic::new(Reason::Unsupported, span, "more variables than one function or module can have");
        emitter.errors.push(refusal.advise(format!("there is room for {}; keep them in a list or a dict", u16::MAX)));
    }
    super::in_order(emitter.errors)?;
    let code = emitter.code.finish();
    Ok(program.add(code))
}

/// Emits the instructions of one code at a time, and of the codes inside it on the way.
pub(super) struct Emitter<'u> {
    pub(super) code: CodeBuilder,
    /// The innermost scope, which may be a comprehension inside the code.
    pub(super) scope: ScopeId,
    /// What a `return`, `break` or `continue` leaves on its way out, innermost last.
    pub(super) blocks: Vec<Block<'u>>,
    pub(super) finally_depth: u32,
    /// Slots that the code has for values without a name.
    temporaries: u16,
    program: &'u mut ProgramBuilder,
    pub(super) source: &'u Source,
    file: FileId,
    pub(super) scopes: &'u Scopes,
    home: Home,
    pub(super) view: View<'u>,
    changed: &'u BTreeSet<Arc<str>>,
    pub(super) errors: Diagnostics,
    budget: u32,
}

impl<'u> Emitter<'u> {
    /// Counts one node; says whether to go on.
    pub(super) fn spend(&mut self, at: impl Ranged) -> bool {
        if self.budget == 1 {
            self.complain(
                Reason::Unsupported,
                at,
                "the program is too large once its `finally` blocks are written out",
            );
        }
        self.budget = self.budget.saturating_sub(1);
        self.budget > 0
    }

    pub(super) fn complain(&mut self, reason: Reason, at: impl Ranged, message: impl Into<String>) {
        self.errors.push(Diagnostic::new(reason, span(at), message));
    }

    /// A count that an instruction holds in 16 bits.
    pub(super) fn small(&mut self, count: usize, at: impl Ranged) -> u16 {
        u16::try_from(count).unwrap_or_else(|_| {
            self.complain(Reason::Unsupported, at, "more than 65535 values in one place");
            0
        })
    }

    pub(super) fn line_of(&self, at: impl Ranged) -> u32 {
        self.file.line(self.source.line_of(span(at).start))
    }

    /// The symbol of an attribute, keyword or method: private names are mangled.
    pub(super) fn symbol(&mut self, name: &str) -> Symbol {
        self.program.symbol(&self.scopes.mangle(self.scope, name))
    }

    pub(super) fn text(&mut self, text: &str) {
        self.code.constant(Constant::Str(Arc::from(text)));
    }

    fn global(&mut self, name: &str, bound_once: bool) -> GlobalId {
        self.program.global_of(name, bound_once && !self.changed.contains(name), self.home)
    }

    /// The global that the module's `name` is.
    pub(super) fn global_of(&mut self, name: &str) -> GlobalId {
        let bound_once = self.scopes.module_names().any(|(known, bound_once)| &**known == name && bound_once);
        self.global(name, bound_once)
    }

    /// The global of a library module's Python part.
    pub(super) fn library_global(&mut self, module: u16, name: &str) -> GlobalId {
        self.program.global_of(name, true, Home::Library(module))
    }

    /// The global of one of the author's own modules.
    pub(super) fn own_global(&mut self, module: u16, name: &str) -> GlobalId {
        self.program.global_of(name, false, Home::Own(module))
    }

    /// The code of one of the author's own modules: it says when it is done, and to its package where it is.
    fn own_module(&mut self, progress: Progress, body: &'u [Stmt]) {
        let Progress { module, done, in_package, .. } = progress;
        self.code.line(self.file.line(1));
        self.body_with_docstring(body);
        self.code.line(0);
        self.code.constant(Constant::Bool(true));
        self.code.emit(Instruction::StoreGlobal(done));
        if let Some(name) = in_package {
            self.code.emit(Instruction::Import(module));
            self.code.emit(Instruction::StoreGlobal(name));
        }
    }

    fn variable(&self, name: &str) -> Variable {
        self.scopes.variable(self.scope, &self.scopes.mangle(self.scope, name))
    }

    /// The author's code, not the library's.
    fn is_own(&self) -> bool {
        match self.home {
            Home::Scenario | Home::Own(_) => true,
            Home::Prelude | Home::Library(_) => false,
        }
    }

    /// `[] → [value]`
    pub(super) fn load_name(&mut self, name: &str) {
        let instruction = match self.variable(name) {
            Variable::Local(slot) => Instruction::LoadLocal(slot),
            Variable::Cell(cell) => Instruction::LoadCell(cell),
            Variable::Global { name, bound_once } => match library::home_of_builtin(&name, &self.program.reassigned) {
                Some((module, form)) if self.is_own() && self.is_builtin(&name) => {
                    let module = library::module_index(module).unwrap_or_default();
                    Instruction::LoadGlobal(self.library_global(module, form))
                }
                _ => Instruction::LoadGlobal(self.global(&name, bound_once)),
            },
            Variable::ClassName { slot, name, bound_once } => {
                Instruction::LoadClassName(slot, self.global(&name, bound_once))
            }
        };
        self.code.emit(instruction);
        if self.scopes.is_free(self.scope, &self.scopes.mangle(self.scope, name)) {
            self.code.free_load();
        }
    }

    /// `[] → [value]`: a function of the prelude, or a hook of the machine, that no scenario can hide.
    pub(super) fn load_library(&mut self, name: &str) {
        let id = self.program.global_of(name, true, Home::Prelude);
        self.code.emit(Instruction::LoadGlobal(id));
    }

    /// `[value] → []`
    pub(super) fn store_name(&mut self, name: &str) {
        let instruction = match self.variable(name) {
            Variable::Local(slot) | Variable::ClassName { slot, .. } => Instruction::StoreLocal(slot),
            Variable::Cell(cell) => Instruction::StoreCell(cell),
            Variable::Global { name, bound_once } => Instruction::StoreGlobal(self.global(&name, bound_once)),
        };
        self.code.emit(instruction);
    }

    pub(super) fn delete_name(&mut self, name: &str) {
        let instruction = match self.variable(name) {
            Variable::Local(slot) | Variable::ClassName { slot, .. } => Instruction::DeleteLocal(slot),
            Variable::Cell(cell) => Instruction::DeleteCell(cell),
            Variable::Global { name, bound_once } => Instruction::DeleteGlobal(self.global(&name, bound_once)),
        };
        self.code.emit(instruction);
    }

    /// A slot for a value without a name.
    pub(super) fn temporary(&mut self, at: impl Ranged) -> u16 {
        let owner = self.scopes.owner(self.scope);
        let slot = self.scopes.scope(owner).locals.len() + usize::from(self.temporaries);
        self.temporaries = self.temporaries.saturating_add(1);
        self.small(slot, at)
    }

    pub(super) fn hint(&mut self, name: &str, kind: HintKind) -> Hint {
        Hint { name: self.symbol(name), kind }
    }

    /// Whether `name` is the builtin of that name here.
    pub(super) fn is_builtin(&self, name: &str) -> bool {
        self.scopes.binding(self.scope, name).is_none()
    }

    /// Emits a code inside this one; `emit` fills it.
    fn nested(&mut self, scope: ScopeId, kind: CodeKind, name: &str, emit: impl FnOnce(&mut Self, CodeId)) -> CodeId {
        let id = self.program.reserve();
        let qualified = self.qualified(name);
        let symbol = self.program.symbol(name);
        let code = CodeBuilder::new(symbol, &qualified, kind);
        let line = self.code.current_line();
        let code = std::mem::replace(&mut self.code, code);
        let blocks = std::mem::take(&mut self.blocks);
        let around = (self.scope, self.temporaries, self.finally_depth);
        (self.scope, self.temporaries, self.finally_depth) = (scope, 0, 0);
        self.code.line(line);
        emit(self, id);
        self.lay_out_frame();
        (self.scope, self.temporaries, self.finally_depth) = around;
        self.blocks = blocks;
        let nested = std::mem::replace(&mut self.code, code);
        self.program.define(id, nested.finish());
        id
    }

    fn qualified(&self, name: &str) -> String {
        let around = &self.code.code;
        match around.kind {
            CodeKind::Module => name.to_owned(),
            CodeKind::Class => format!("{}.{name}", around.qualified_name),
            CodeKind::Function | CodeKind::Generator => format!("{}.<locals>.{name}", around.qualified_name),
        }
    }

    /// Gives the finished code its slots and cells.
    fn lay_out_frame(&mut self) {
        let scope = self.scopes.scope(self.scope);
        let mut locals: Vec<Symbol> = scope.locals.iter().map(|name| self.program.symbol(name)).collect();
        locals.extend((0..self.temporaries).map(|number| self.program.symbol(&format!(".{number}"))));
        let (cells, captures) = self.scopes.cells(self.scope);
        let code = &mut self.code.code;
        code.locals = locals;
        code.cells = cells.iter().map(|name| self.program.symbol(name)).collect();
        code.captures = captures;
        code.cell_parameters = scope.cell_parameters.clone();
        code.home = self.home;
    }

    /// A body whose first statement may be a docstring.
    fn body_with_docstring(&mut self, body: &'u [Stmt]) {
        let docstring = body.first().and_then(|first| first.as_expr_stmt()).and_then(|first| match &*first.value {
            Expr::StringLiteral(text) => Some(text.value.to_str()),
            _ => None,
        });
        if let Some(text) = docstring {
            self.code.code.docstring = Some(self.code.intern(Constant::Str(Arc::from(text))));
            self.statements(&body[1..]);
        } else {
            self.statements(body);
        }
    }

    pub(super) fn function_definition(&mut self, function: &'u ast::StmtFunctionDef) {
        for decorator in &function.decorator_list {
            self.expression(&decorator.expression);
        }
        let line = self.line_of(&function.name);
        self.code.line(line);
        let defaults = self.defaults(&function.parameters);
        let scope = self.scopes.at(span(function));
        let yields = self.scopes.scope(scope).yields;
        let kind = if yields { CodeKind::Generator } else { CodeKind::Function };
        let class_body = self.class_body();
        let id = self.nested(scope, kind, &function.name, |inner, _| {
            inner.code.code.parameters = inner.parameters(&function.parameters);
            inner.code.code.class_body = class_body;
            inner.code.code.annotated = inner.annotated_parameters(function);
            inner.body_with_docstring(&function.body);
        });
        self.code.make_function(id, defaults);
        self.decorate(&function.decorator_list);
        self.code.line(line);
        self.store_name(&function.name);
    }

    pub(super) fn lambda(&mut self, lambda: &'u ast::ExprLambda) {
        let none = Parameters::default();
        let defaults = lambda.parameters.as_deref().map_or(0, |parameters| self.defaults(parameters));
        let scope = self.scopes.at(span(lambda));
        let kind = if self.scopes.scope(scope).yields { CodeKind::Generator } else { CodeKind::Function };
        let class_body = self.class_body();
        let id = self.nested(scope, kind, "<lambda>", |inner, _| {
            inner.code.code.parameters =
                lambda.parameters.as_deref().map_or(none, |parameters| inner.parameters(parameters));
            inner.code.code.class_body = class_body;
            inner.expression(&lambda.body);
            inner.code.emit(Instruction::Return);
        });
        self.code.make_function(id, defaults);
    }

    /// `[] → [function]`: the code of a generator expression, which `emit` fills.
    pub(super) fn generator_code(&mut self, scope: ScopeId, emit: impl FnOnce(&mut Self)) {
        let id = self.nested(scope, CodeKind::Generator, "<genexpr>", |inner, _| {
            inner.code.code.parameters = Parameters { positional: 1, positional_only: 1, ..Parameters::default() };
            emit(inner);
        });
        self.code.make_function(id, 0);
    }

    pub(super) fn class_definition(&mut self, class: &'u ast::StmtClassDef) {
        for decorator in &class.decorator_list {
            self.expression(&decorator.expression);
        }
        let line = self.line_of(&class.name);
        self.code.line(line);
        class.bases().iter().for_each(|base| self.expression(base));
        let is_meta = |keyword: &&ast::Keyword| keyword.arg.as_deref() == Some("metaclass");
        let metaclass = class.keywords().iter().find(is_meta);
        metaclass.into_iter().for_each(|meta| self.expression(&meta.value));
        let bases = self.small(class.bases().len() + usize::from(metaclass.is_some()), class);
        let scope = self.scopes.at(span(class));
        let id = self.nested(scope, CodeKind::Class, &class.name, |inner, id| {
            inner.code.code.class_body = Some(id);
            inner.code.code.has_metaclass = metaclass.is_some_and(|meta| !is_abc_meta(&meta.value));
            inner.code.code.annotated = inner.annotated(&class.body);
            inner.body_with_docstring(&class.body);
        });
        if class.keywords().len() == usize::from(metaclass.is_some()) {
            self.code.emit(Instruction::MakeClass(id, bases));
        } else {
            self.keywords(class.keywords());
            self.code.emit(Instruction::MakeClassWith(id, bases));
        }
        self.decorate(&class.decorator_list);
        self.code.line(line);
        self.store_name(&class.name);
    }

    /// The names that a class body annotates, with the annotations' text; the code that asks gives them a meaning.
    fn annotated(&mut self, body: &[Stmt]) -> Vec<(Symbol, Arc<str>)> {
        let mut annotated = Vec::new();
        for statement in body {
            if let Stmt::AnnAssign(assign) = statement
                && let Expr::Name(name) = &*assign.target
            {
                annotated.push((self.symbol(&name.id), self.annotation(&assign.annotation)));
            }
        }
        annotated
    }

    /// What a function annotates, likewise: its parameters, and what it returns.
    fn annotated_parameters(&mut self, function: &ast::StmtFunctionDef) -> Vec<(Symbol, Arc<str>)> {
        let parameters = function.parameters.iter().map(ast::AnyParameterRef::as_parameter);
        let given = parameters.filter_map(|each| Some((each.name.id.as_str(), each.annotation.as_deref()?)));
        let returned = function.returns.as_deref().map(|annotation| ("return", annotation));
        let all: Vec<(&str, &Expr)> = given.chain(returned).collect();
        all.into_iter().map(|(name, annotation)| (self.symbol(name), self.annotation(annotation))).collect()
    }

    /// The text of an annotation. Written as a string, it means what the string says.
    fn annotation(&self, annotation: &Expr) -> Arc<str> {
        let Span { start, end } = span(annotation);
        self.source.text()[start as usize..end as usize].trim_matches(['"', '\'']).into()
    }

    /// The class body whose methods are being made here.
    fn class_body(&self) -> Option<CodeId> {
        if self.code.code.kind == CodeKind::Class { self.code.code.class_body } else { None }
    }

    /// `[decorators … value] → [value]`
    fn decorate(&mut self, decorators: &[ast::Decorator]) {
        for decorator in decorators.iter().rev() {
            let line = self.line_of(&decorator.expression);
            self.code.line(line);
            self.code.emit(Instruction::Call(1));
        }
    }

    /// Emits default values, positional ones first; says how many.
    fn defaults(&mut self, parameters: &'u ast::Parameters) -> u32 {
        let mut count = 0;
        for parameter in parameters.iter_non_variadic_params() {
            if let Some(default) = parameter.default() {
                let hint = self.hint(&parameter.parameter.name, HintKind::Variable);
                self.expression_for(default, Some(hint));
                count += 1;
            }
        }
        count
    }

    fn parameters(&mut self, parameters: &ast::Parameters) -> Parameters {
        let positional = || parameters.posonlyargs.iter().chain(&parameters.args);
        let defaults = positional().filter(|parameter| parameter.default.is_some()).count();
        Parameters {
            positional: self.small(positional().count(), parameters),
            positional_only: self.small(parameters.posonlyargs.len(), parameters),
            keyword_only: self.small(parameters.kwonlyargs.len(), parameters),
            defaults: self.small(defaults, parameters),
            keyword_defaults: parameters.kwonlyargs.iter().map(|parameter| parameter.default.is_some()).collect(),
            star: parameters.vararg.is_some(),
            double_star: parameters.kwarg.is_some(),
        }
    }
}

/// Whether a class statement's metaclass is `ABCMeta`, which counts as one more base.
fn is_abc_meta(metaclass: &Expr) -> bool {
    match metaclass {
        Expr::Name(name) => name.id == "ABCMeta",
        Expr::Attribute(attribute) => &*attribute.attr == "ABCMeta",
        _ => false,
    }
}
