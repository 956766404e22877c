//! Which variable each name means: a local, a cell that functions share, a global, or a builtin.
//!
//! The collector (`collect`) walks the tree once and records, for each scope, what it binds and what it uses.
//! [`Scopes::resolve`] then finds where every used name is bound, and gives each variable its place in the frame.
//!
//! Comprehensions are scopes of their own whose variables live in the frame around them (their *owner*).

use super::collect::Dotted;
use crate::base::{Diagnostic, Span, diagnostic::Reason};
use crate::bytecode::library;
use indexmap::{Equivalent, IndexMap, IndexSet};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An index into [`Scopes`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct ScopeId(usize);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ScopeKind {
    Module,
    Function,
    Lambda,
    Class,
    /// A list, set or dict comprehension: inlined into its owner.
    Comprehension,
    /// A generator expression: a code of its own.
    Generator,
}

/// Where a scope says that a name of its is bound.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Declared {
    Here,
    Global,
    Nonlocal,
}

/// Whose scopes they are, which says who else can reach what the module binds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    /// The scenario's own file: nobody imports it.
    Scenario,
    /// A module of the author's own.
    Module,
    /// The library.
    Library,
}

/// What an import of one of the author's own modules binds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct OwnImport {
    /// The module's number.
    pub(super) module: u16,
    /// What of it; `None`: itself.
    pub(super) member: Option<Arc<str>>,
}

/// What a scope knows of a name that it binds or declares.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    pub(super) declared: Declared,
    /// In how many places it is stored to.
    pub(super) stores: u32,
    /// It may be stored to more than once, or unbound: in a loop, by `del`, through `global`.
    pub(super) changes: bool,
    /// The module that the import which binds it names.
    pub(super) import: Option<Arc<str>>,
    /// What the assignment that binds it names, and in which scope.
    pub(super) alias: Option<(ScopeId, Dotted)>,
    /// The same, if that is one of the author's own.
    pub(super) own: Option<OwnImport>,
    pub(super) span: Span,
    /// Another code refers to it.
    captured: bool,
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    /// Not in a frame: a global, or declared elsewhere.
    None,
    Local(u16),
    Cell(u16),
}

impl Binding {
    pub(super) fn new(declared: Declared, span: Span) -> Self {
        Binding {
            declared,
            stores: 0,
            changes: false,
            import: None,
            alias: None,
            own: None,
            span,
            captured: false,
            place: Place::None,
        }
    }

    /// The name always means what its one import bound it to.
    pub(super) fn sole_import(&self) -> Option<&Arc<str>> {
        self.import.as_ref().filter(|_| self.is_sole())
    }

    /// Likewise, if that is one of the author's own.
    pub(super) fn sole_own(&self) -> Option<&OwnImport> {
        self.own.as_ref().filter(|_| self.is_sole())
    }

    fn is_sole(&self) -> bool {
        self.stores == 1 && !self.changes && self.declared == Declared::Here
    }
}

/// So many names for each other are followed.
const ALIASES: u32 = 8;

/// What a name means at one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Variable {
    Local(u16),
    Cell(u16),
    Global {
        name: Arc<str>,
        bound_once: bool,
    },
    /// In a class body: the local of that slot if it is bound, else the global.
    ClassName {
        slot: u16,
        name: Arc<str>,
        bound_once: bool,
    },
}

/// One scope.
#[derive(Debug)]
pub(super) struct Scope {
    pub(super) kind: ScopeKind,
    pub(super) parent: Option<ScopeId>,
    /// The function's or class's name.
    pub(super) name: Arc<str>,
    /// The class whose name mangles private names.
    private: Option<Arc<str>>,
    pub(super) bindings: IndexMap<Arc<str>, Binding>,
    pub(super) uses: IndexSet<Arc<str>>,
    /// Names of parameters, in the order of their slots.
    pub(super) parameters: IndexSet<Arc<str>>,
    pub(super) yields: bool,
    /// For codes: the layout of their frames.
    pub(super) locals: Vec<Arc<str>>,
    own_cells: Vec<Arc<str>>,
    pub(super) cell_parameters: Vec<(u16, u16)>,
    captures: IndexSet<(ScopeId, Arc<str>)>,
}

/// Every scope of a module.
#[derive(Debug)]
pub(super) struct Scopes {
    scopes: Vec<Scope>,
    by_span: BTreeMap<Span, ScopeId>,
    role: Role,
    /// The program or other processes may ask for what the module binds, by name.
    asked_for: bool,
    /// The first variable that is more than a frame can hold.
    pub(super) overflow: Option<Span>,
}

enum Found {
    Module,
    In(ScopeId),
    Nowhere,
}

impl Scopes {
    pub(super) const MODULE: ScopeId = ScopeId(0);

    /// No scope yet but the module's.
    pub(super) fn new(role: Role) -> Self {
        let mut scopes =
            Scopes { scopes: Vec::new(), by_span: BTreeMap::new(), role, asked_for: false, overflow: None };
        scopes.scopes.push(Scope::new(ScopeKind::Module, None, "<module>".into(), None));
        scopes
    }

    /// Opens the scope of the node at `span`.
    pub(super) fn open(&mut self, kind: ScopeKind, parent: ScopeId, name: Arc<str>, span: Span) -> ScopeId {
        let private = match kind {
            ScopeKind::Class => Some(name.trim_start_matches('_')).filter(|name| !name.is_empty()).map(Arc::from),
            _ => self.scope(parent).private.clone(),
        };
        self.scopes.push(Scope::new(kind, Some(parent), name, private));
        let id = ScopeId(self.scopes.len() - 1);
        self.by_span.insert(span, id);
        id
    }

    pub(super) fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0]
    }

    pub(super) fn scope_mut(&mut self, id: ScopeId) -> &mut Scope {
        &mut self.scopes[id.0]
    }

    /// The scope of the node at `span`.
    pub(super) fn at(&self, span: Span) -> ScopeId {
        self.by_span.get(&span).copied().unwrap_or(Self::MODULE)
    }

    /// `name` as a class body around `scope` changes it: `__x` is `_C__x` there.
    pub(super) fn mangle<'n>(&self, scope: ScopeId, name: &'n str) -> Cow<'n, str> {
        match &self.scope(scope).private {
            // The machine's own functions, which library code calls, keep their names.
            Some(class)
                if self.role != Role::Library
                    && name.starts_with("__")
                    && !name.ends_with("__")
                    && !name.contains('.') =>
            {
                Cow::Owned(format!("_{class}{name}"))
            }
            _ => Cow::Borrowed(name),
        }
    }

    /// The scope whose frame holds the variables of `scope`.
    pub(super) fn owner(&self, mut scope: ScopeId) -> ScopeId {
        while self.scope(scope).kind == ScopeKind::Comprehension {
            scope = self.scope(scope).parent.unwrap_or(Self::MODULE);
        }
        scope
    }

    /// The code around the code `scope`.
    fn enclosing_code(&self, scope: ScopeId) -> ScopeId {
        self.owner(self.scope(scope).parent.unwrap_or(Self::MODULE))
    }

    fn find(&self, scope: ScopeId, name: &str) -> Found {
        let mut at = Some(scope);
        while let Some(id) = at {
            let here = self.scope(id);
            let hidden = here.kind == ScopeKind::Class && id != scope;
            if !hidden && let Some(binding) = here.bindings.get(name) {
                match (binding.declared, here.kind) {
                    (Declared::Here, ScopeKind::Module) | (Declared::Global, _) => return Found::Module,
                    (Declared::Here, _) => return Found::In(id),
                    (Declared::Nonlocal, _) => {}
                }
            }
            at = here.parent;
        }
        Found::Nowhere
    }

    /// Whether `scope` belongs to the code of a method, with an object to be `self`.
    pub(super) fn in_method(&self, scope: ScopeId) -> bool {
        let scope = self.scope(self.owner(scope));
        let in_class = scope.parent.is_some_and(|around| self.scope(around).kind == ScopeKind::Class);
        in_class && !scope.parameters.is_empty() && matches!(scope.kind, ScopeKind::Function | ScopeKind::Lambda)
    }

    /// The binding that `name` means in `scope`, if the module binds it somewhere.
    pub(super) fn binding(&self, scope: ScopeId, name: &str) -> Option<&Binding> {
        match self.find(scope, name) {
            Found::Module => self.scope(Self::MODULE).bindings.get(name),
            Found::In(id) => self.scope(id).bindings.get(name),
            Found::Nowhere => None,
        }
    }

    /// The module that an expression of names and dots certainly is: through its import, and other names for that.
    pub(super) fn module(&self, scope: ScopeId, dotted: &Dotted) -> Option<u16> {
        self.module_through(scope, dotted, ALIASES)
    }

    fn module_through(&self, scope: ScopeId, dotted: &Dotted, aliases: u32) -> Option<u16> {
        let binding = self.binding(scope, &dotted.name)?;
        let first = match (binding.sole_import(), &binding.alias) {
            (Some(import), _) => library::module_index(import)?,
            (None, Some((home, of))) if binding.is_sole() => self.module_through(*home, of, aliases.checked_sub(1)?)?,
            _ => return None,
        };
        let inner = |module: u16, part: &Arc<str>| library::submodule(library::MODULES[usize::from(module)].name, part);
        dotted.parts.iter().try_fold(first, inner)
    }

    /// Whether some scope reads or binds `name`.
    pub(super) fn uses(&self, name: &str) -> bool {
        self.scopes.iter().any(|scope| scope.uses.contains(name))
    }

    /// Whether `import *` binds the name: somebody uses it, or may do so from elsewhere.
    pub(super) fn takes_star(&self, name: &str) -> bool {
        self.role == Role::Module || self.uses(name)
    }

    /// The program, or another process, may ask for what the module binds: all of it is global.
    pub(super) fn ask_for_names(&mut self) {
        self.asked_for = true;
    }

    /// Finds every used name and lays out the frames. Gives the complaints about `nonlocal`.
    pub(super) fn resolve(&mut self) -> Vec<Diagnostic> {
        let mut complaints = Vec::new();
        for index in 0..self.scopes.len() {
            let scope = ScopeId(index);
            let uses: Vec<Arc<str>> = self.scope(scope).uses.iter().cloned().collect();
            for name in uses {
                self.resolve_use(scope, &name, &mut complaints);
            }
        }
        for index in 0..self.scopes.len() {
            self.place_variables(ScopeId(index));
        }
        for scope in &mut self.scopes {
            let cells = scope.own_cells.len() + scope.captures.len();
            if scope.locals.len().max(cells) > usize::from(u16::MAX) {
                let first = scope.bindings.values().nth(usize::from(u16::MAX)).or(scope.bindings.values().last());
                self.overflow = self.overflow.or(Some(first.map_or_else(Span::default, |binding| binding.span)));
            }
        }
        complaints
    }

    fn resolve_use(&mut self, scope: ScopeId, name: &Arc<str>, complaints: &mut Vec<Diagnostic>) {
        let owner = self.owner(scope);
        let own = self.scope(scope).bindings.get(name);
        let (nonlocal, span) = own.map_or((false, Span::default()), |b| (b.declared == Declared::Nonlocal, b.span));
        // What a class body binds, it also looks for among the globals.
        let class_name = own.is_some() && self.scope(scope).kind == ScopeKind::Class;
        match self.find(scope, name) {
            Found::In(home) if self.owner(home) != owner => {
                self.capture(owner, home, name);
            }
            Found::In(_) if class_name => self.share(name),
            Found::In(_) => {}
            Found::Module | Found::Nowhere if nonlocal => {
                let message = format!("no binding for nonlocal '{name}' found");
                complaints.push(Diagnostic::new(Reason::Syntax, span, message));
            }
            Found::Module | Found::Nowhere if owner != Self::MODULE => self.share(name),
            Found::Module | Found::Nowhere => {}
        }
    }

    /// Code other than the module's refers to the module's `name`.
    fn share(&mut self, name: &str) {
        if let Some(binding) = self.scope_mut(Self::MODULE).bindings.get_mut(name) {
            binding.captured = true;
        }
    }

    /// The code `from` refers to the variable `name` of `home`: every code between them hands its cell on.
    fn capture(&mut self, from: ScopeId, home: ScopeId, name: &Arc<str>) {
        let end = self.owner(home);
        let mut code = from;
        while code != end && code != Self::MODULE {
            self.scope_mut(code).captures.insert((home, name.clone()));
            code = self.enclosing_code(code);
        }
        if let Some(binding) = self.scope_mut(home).bindings.get_mut(name) {
            binding.captured = true;
        }
    }

    fn place_variables(&mut self, id: ScopeId) {
        let owner = self.owner(id);
        let in_class = self.scope(owner).kind == ScopeKind::Class && owner != id;
        let names: Vec<(Arc<str>, bool)> = (self.scope(id).bindings.iter())
            .filter(|(_, binding)| binding.declared == Declared::Here)
            .map(|(name, binding)| (name.clone(), binding.captured))
            .collect();
        let parameters = self.scope(id).parameters.clone();
        if owner == id {
            self.scope_mut(id).locals = parameters.iter().cloned().collect();
        }
        for (name, captured) in names {
            if id == Self::MODULE && self.is_global(&name, captured) {
                continue;
            }
            let slot = parameters.get_index_of(&name);
            let frame = self.scope_mut(owner);
            // What a class body binds becomes an attribute, so the variables of its comprehensions are cells.
            let place = if captured || in_class {
                let cell = frame.own_cells.len() as u16;
                frame.own_cells.push(name.clone());
                frame.cell_parameters.extend(slot.map(|slot| (slot as u16, cell)));
                Place::Cell(cell)
            } else if let Some(slot) = slot {
                Place::Local(slot as u16)
            } else {
                frame.locals.push(name.clone());
                // A slot too far is refused when all are placed.
                Place::Local((frame.locals.len() - 1) as u16)
            };
            if let Some(binding) = self.scope_mut(id).bindings.get_mut(&name) {
                binding.place = place;
            }
        }
    }

    /// Whether the module-level `name` is a global: other code uses it, or can reach it, or a builtin stands behind it.
    fn is_global(&self, name: &str, captured: bool) -> bool {
        captured || self.role != Role::Scenario || self.asked_for || library::BUILTINS.contains(&name)
    }

    /// What `name` (mangled) means in `scope`.
    pub(super) fn variable(&self, scope: ScopeId, name: &str) -> Variable {
        match self.find(scope, name) {
            Found::In(home) => self.placed(scope, home, name),
            Found::Module | Found::Nowhere => match self.scope(Self::MODULE).bindings.get(name).map(|b| b.place) {
                Some(Place::Local(slot)) => Variable::Local(slot),
                Some(Place::Cell(cell)) => Variable::Cell(cell),
                Some(Place::None) | None => Variable::Global { name: name.into(), bound_once: self.bound_once(name) },
            },
        }
    }

    /// Whether a comprehension's code names a variable of the frame that is not its own.
    pub(super) fn is_free(&self, scope: ScopeId, name: &str) -> bool {
        let own = || self.scope(scope).bindings.get(name).is_some_and(|binding| binding.declared == Declared::Here);
        self.scope(scope).kind == ScopeKind::Comprehension && !own()
    }

    fn placed(&self, scope: ScopeId, home: ScopeId, name: &str) -> Variable {
        let place = self.scope(home).bindings.get(name).map(|binding| binding.place);
        let from = self.owner(scope);
        match place {
            Some(Place::Local(slot)) if self.scope(home).kind == ScopeKind::Class => {
                Variable::ClassName { slot, name: name.into(), bound_once: self.bound_once(name) }
            }
            Some(Place::Local(slot)) => Variable::Local(slot),
            Some(Place::Cell(cell)) if from == self.owner(home) => Variable::Cell(cell),
            _ => Variable::Cell(self.captured_cell(from, home, name)),
        }
    }

    fn captured_cell(&self, code: ScopeId, home: ScopeId, name: &str) -> u16 {
        let scope = self.scope(code);
        let position = scope.captures.get_index_of(&Captured(home, name));
        (scope.own_cells.len() + position.unwrap_or(0)) as u16
    }

    /// Whether the global `name` keeps its first value. A name that nothing binds is a builtin, which does.
    fn bound_once(&self, name: &str) -> bool {
        (self.scope(Self::MODULE).bindings.get(name)).is_none_or(|binding| binding.stores <= 1 && !binding.changes)
    }

    /// What the module binds, and whether that keeps its first value.
    pub(super) fn module_names(&self) -> impl Iterator<Item = (&Arc<str>, bool)> {
        let bindings = &self.scope(Self::MODULE).bindings;
        bindings.keys().map(|name| (name, self.bound_once(name)))
    }

    /// What a code binds, its parameters first, and what it takes from around it.
    pub(super) fn local_names(&self, code: ScopeId) -> IndexSet<Arc<str>> {
        let scope = self.scope(code);
        let own = scope.bindings.iter().filter(|(_, binding)| binding.declared == Declared::Here).map(|(name, _)| name);
        let captured = scope.captures.iter().map(|(_, name)| name);
        scope.parameters.iter().chain(own).chain(captured).cloned().collect()
    }

    /// What the module binds without an underscore at the start.
    pub(super) fn public_names(&self) -> Vec<Arc<str>> {
        self.module_names().map(|(name, _)| name).filter(|name| !name.starts_with('_')).cloned().collect()
    }

    /// The cells of the code `scope`, and which cells of the code around it the last of them are.
    pub(super) fn cells(&self, scope: ScopeId) -> (Vec<Arc<str>>, Vec<u16>) {
        let here = self.scope(scope);
        let around = self.enclosing_code(scope);
        let mut names = here.own_cells.clone();
        let mut captures = Vec::new();
        for (home, name) in &here.captures {
            names.push(name.clone());
            captures.push(match self.scope(*home).bindings.get(name).map(|binding| binding.place) {
                Some(Place::Cell(cell)) if self.owner(*home) == around => cell,
                _ => self.captured_cell(around, *home, name),
            });
        }
        (names, captures)
    }

    /// The cells that belong to the comprehension `scope`: they are made anew each time it starts.
    pub(super) fn comprehension_cells(&self, scope: ScopeId) -> Vec<u16> {
        let cell = |binding: &Binding| match binding.place {
            Place::Cell(cell) => Some(cell),
            Place::None | Place::Local(_) => None,
        };
        self.scope(scope).bindings.values().filter_map(cell).collect()
    }
}

/// A captured variable that is looked for: the scope that binds it, and its name.
#[derive(Hash)]
struct Captured<'n>(ScopeId, &'n str);

impl Equivalent<(ScopeId, Arc<str>)> for Captured<'_> {
    fn equivalent(&self, (home, name): &(ScopeId, Arc<str>)) -> bool {
        self.0 == *home && self.1 == &**name
    }
}

impl Scope {
    fn new(kind: ScopeKind, parent: Option<ScopeId>, name: Arc<str>, private: Option<Arc<str>>) -> Self {
        Scope {
            kind,
            parent,
            name,
            private,
            bindings: IndexMap::new(),
            uses: IndexSet::new(),
            parameters: IndexSet::new(),
            yields: false,
            locals: Vec::new(),
            own_cells: Vec::new(),
            cell_parameters: Vec::new(),
            captures: IndexSet::new(),
        }
    }
}
