//! A compiled scenario.

use super::instruction::Instruction;
use super::library;
use crate::base::{FileId, Sources, Symbol};
use num_bigint::BigInt;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A code object: an index into [`Program::codes`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CodeId(pub u32);

/// A global variable: an index into [`Program::globals`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct GlobalId(pub u32);

/// Where a code or a global comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Home {
    /// The program that is to run.
    Scenario,
    /// The prelude: functions that the machine and the builtins use.
    Prelude,
    /// The Python part of a library module: an index into `library::MODULES`.
    Library(u16),
    /// A module of the author's own, by its number: see [`OWN_MODULES`].
    Own(u16),
}

/// Where the numbers of the author's own modules begin. The number of any other module is its index in `library::MODULES`.
pub const OWN_MODULES: u16 = 0x8000;

/// A module of the author's own: a file beside the scenario's that the program imports, or a folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnModule {
    /// Its name, dotted where it is.
    pub name: Arc<str>,
    /// Its file; `None`: it is a folder without an `__init__.py`.
    pub file: Option<FileId>,
    /// It is a folder: others can be in it.
    pub package: bool,
    /// The number of the package that it is in.
    pub parent: Option<u16>,
    /// Its code.
    pub code: CodeId,
    /// Bound from the moment that its code begins to run.
    pub begun: GlobalId,
    /// Bound once its code has run to its end.
    pub done: GlobalId,
}

/// A whole program: the scenario's codes, and those of the part of the library that is written in Python.
#[derive(Clone, Debug)]
pub struct Program {
    /// The scenario's text, and those of the author's own modules.
    pub source: Arc<Sources>,
    /// What it is run with, after its name.
    pub arguments: Vec<Arc<str>>,
    /// The author's own modules, by their numbers from [`OWN_MODULES`] on.
    pub modules: Vec<OwnModule>,
    /// Every code object.
    pub codes: Vec<Code>,
    /// What runs before the scenario, in order: the module codes of the prelude and of the library modules it imports.
    pub startup: Vec<CodeId>,
    /// The scenario's module code.
    pub main: CodeId,
    /// What a process runs that is not a copy of its maker's; `None`: the program makes none.
    pub spawned: Option<Spawned>,
    /// The names behind symbols, each once.
    pub symbols: Arc<[Arc<str>]>,
    /// Global variables: module-level names that functions refer to, or that are not bound anywhere (builtins). Names
    /// used by module code alone are locals of the module's frame, because only the main thread can reach them.
    pub globals: Vec<Global>,
    /// For each symbol, how the program stores to attributes of that name.
    pub attributes: Vec<AttributeUse>,
    /// It may store to attributes of functions.
    pub function_attributes: bool,
}

/// What is run in a process whose memory is new.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spawned {
    /// The code that runs once the scenario's module code has.
    pub code: CodeId,
    /// Holds what the process was made with, from its first instruction on; `None` in the first process.
    pub told: GlobalId,
    /// Holds the name of the scenario's module, likewise.
    pub name: GlobalId,
}

/// A global variable.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Global {
    /// Its name. Globals of different homes may have the same name; they are different variables.
    pub name: Symbol,
    /// Its name on the screen: with its module's before it, if that is one of the author's own.
    pub shown: Symbol,
    /// It is stored to in at most one place, in module code, outside any loop, and never deleted or declared `global`: once a
    /// thread has started with it bound, its value is final.
    pub bound_once: bool,
    /// Whose it is.
    pub home: Home,
}

/// How a program stores to attributes of one name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum AttributeUse {
    /// It never does: what a class binds under the name is final.
    #[default]
    Never,
    /// Only as `self.name = …` in an `__init__`: on an instance that became shared with the name bound, it is final.
    Init,
    /// Anywhere, or in a way that cannot be known.
    Anywhere,
}

/// One function body, class body or module.
#[derive(Clone, Debug)]
pub struct Code {
    /// `transfer`, `<lambda>`, `<module>`, …
    pub name: Symbol,
    /// `Account.transfer`, `make.<locals>.inner`, …
    pub qualified_name: Arc<str>,
    /// What it takes.
    pub parameters: Parameters,
    /// The names of its local slots: parameters first (positional, keyword-only, `*args`, `**kwargs`), then the others. A
    /// comprehension's variables have slots of their own. Values without a name (a `match` subject, a generator
    /// expression's iterator) have slots whose names begin with a dot: no screen shows them.
    pub locals: Vec<Symbol>,
    /// The names of its cells: first those that it owns, made empty when it is called, then those of `captures`.
    pub cells: Vec<Symbol>,
    /// Parameters that are cells: (local slot, cell index); the argument is moved into the cell on entry.
    pub cell_parameters: Vec<(u16, u16)>,
    /// The cells that come from the enclosing frame, as indices into *its* cells; they are the last of `cells`.
    pub captures: Vec<u16>,
    /// The instructions.
    pub instructions: Vec<Instruction>,
    /// Constants.
    pub constants: Vec<Constant>,
    /// Shapes of calls with keywords.
    pub call_sites: Vec<CallSite>,
    /// Exception handlers, inner ones before outer ones.
    pub handlers: Vec<Handler>,
    /// The line of each instruction.
    pub lines: Vec<u32>,
    /// Names for the objects that calls make: sorted by instruction.
    pub hints: Vec<(u32, Hint)>,
    /// The loads, inside of comprehensions, of variables that lie outside of these: free variables to CPython.
    pub free_loads: Vec<u32>,
    /// What it is.
    pub kind: CodeKind,
    /// For a method: the class body it stands in (for `super()`).
    pub class_body: Option<CodeId>,
    /// For a class body: the last of the bases that the class is made with is its metaclass.
    pub has_metaclass: bool,
    /// Where it comes from.
    pub home: Home,
    /// Its docstring, as a constant index.
    pub docstring: Option<u32>,
    /// For a class body: the names that it annotates, with the annotations' text.
    pub annotated: Vec<(Symbol, Arc<str>)>,
}

impl Code {
    /// Whether `count` arguments by position are all that a call of it needs: no defaults, no cells, no generator to make.
    #[inline]
    pub fn takes(&self, count: usize) -> bool {
        let shape = &self.parameters;
        shape.positional as usize == count
            && shape.keyword_only == 0
            && !shape.star
            && !shape.double_star
            && self.cells.is_empty()
            && self.kind == CodeKind::Function
    }
}

/// The kinds of code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CodeKind {
    /// A module.
    Module,
    /// A function or lambda.
    Function,
    /// A generator function or generator expression.
    Generator,
    /// A class body.
    Class,
}

/// What a function takes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Parameters {
    /// How many positional parameters, positional-only ones included.
    pub positional: u16,
    /// How many of them are positional-only.
    pub positional_only: u16,
    /// How many keyword-only parameters.
    pub keyword_only: u16,
    /// How many of the last positional parameters have a default.
    pub defaults: u16,
    /// Which keyword-only parameters have a default.
    pub keyword_defaults: Vec<bool>,
    /// It has `*args`.
    pub star: bool,
    /// It has `**kwargs`.
    pub double_star: bool,
}

impl Parameters {
    /// How many keyword-only parameters have a default.
    pub fn keyword_default_count(&self) -> usize {
        self.keyword_defaults.iter().filter(|given| **given).count()
    }
}

/// A constant.
#[derive(Clone, PartialEq, Debug)]
pub enum Constant {
    /// `None`
    None,
    /// `...`
    Ellipsis,
    /// `True`, `False`
    Bool(bool),
    /// An integer of any size.
    Int(BigInt),
    /// A float.
    Float(f64),
    /// A string.
    Str(Arc<str>),
    /// A bytes literal.
    Bytes(Arc<[u8]>),
    /// A tuple of constants.
    Tuple(Vec<Constant>),
}

/// The shape of a call with keywords.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallSite {
    /// Whether it is a method call: the callee is what `LoadMethod` left, two values.
    pub method: bool,
    /// How many positional arguments.
    pub positional: u16,
    /// The keywords, in order.
    pub keywords: Vec<Symbol>,
}

/// An exception handler. When an instruction in the range raises, the stack is cut to `stack` values (above the frame's
/// locals), the frame's exceptions being handled to `handled`, the exception is added to them, and `target` goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Handler {
    /// First instruction covered.
    pub start: u32,
    /// End of the range, exclusive.
    pub end: u32,
    /// Where the handler begins.
    pub target: u32,
    /// How many values of the evaluation stack stay.
    pub stack: u16,
    /// How many exceptions being handled stay.
    pub handled: u16,
}

/// What a synchronization object made by a call is called, from where its value goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hint {
    /// The variable's or attribute's name.
    pub name: Symbol,
    /// How it goes there.
    pub kind: HintKind,
}

/// How an object's value goes to the name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HintKind {
    /// `name = call()`
    Variable,
    /// `self.name = call()`
    Attribute,
    /// `name = [call() for …]`, `name = [call(), …]`, `name.append(call())`: numbered.
    Element,
}

impl Home {
    /// Whether it is raddle's own, which tracebacks and the screen leave out.
    pub fn is_library(self) -> bool {
        match self {
            Home::Scenario | Home::Own(_) => false,
            Home::Prelude | Home::Library(_) => true,
        }
    }
}

impl Program {
    /// The code behind `id`.
    ///
    /// # Panics
    /// When `id` belongs to another program.
    pub fn code(&self, id: CodeId) -> &Code {
        &self.codes[id.0 as usize]
    }

    /// How many values an instruction of `code` that is no jump takes off the stack, and how many it puts back:
    /// [`Instruction::stack_effect`], with the defaults of a function that is made.
    pub fn stack_effect(&self, code: &Code, instruction: Instruction) -> (u32, u32) {
        let (takes, gives) = instruction.stack_effect(code);
        let Instruction::MakeFunction(made) = instruction else { return (takes, gives) };
        let parameters = &self.code(made).parameters;
        (takes + u32::from(parameters.defaults) + parameters.keyword_default_count() as u32, gives)
    }

    /// The name on the screen of a global.
    pub fn shown(&self, global: GlobalId) -> Symbol {
        self.globals[global.0 as usize].shown
    }

    /// The name of the variable that is shown under that name.
    pub fn plain(&self, shown: Symbol) -> Symbol {
        let global =
            self.globals.iter().filter(|global| global.home != Home::Scenario).find(|global| global.shown == shown);
        global.map_or(shown, |global| global.name)
    }

    /// The module of the author's own that has this number.
    #[inline]
    pub fn own_module(&self, module: u16) -> Option<&OwnModule> {
        self.modules.get(usize::from(module.checked_sub(OWN_MODULES)?))
    }

    /// The name of the module with this number.
    pub fn module_name(&self, module: u16) -> &str {
        match self.own_module(module) {
            Some(own) => &own.name,
            None => library::MODULES.get(usize::from(module)).map_or("builtins", |module| module.name),
        }
    }

    /// The name of the module whose codes and classes have that home.
    pub fn home_name(&self, home: Home) -> &str {
        match home {
            Home::Scenario => "__main__",
            Home::Prelude => "builtins",
            Home::Library(module) | Home::Own(module) => self.module_name(module),
        }
    }

    /// The numbers of the author's own modules.
    pub fn own_modules(&self) -> impl Iterator<Item = (u16, &OwnModule)> {
        (OWN_MODULES..).zip(&self.modules)
    }

    /// The module of that name in a package of the author's own.
    pub fn submodule(&self, package: u16, name: &str) -> Option<u16> {
        let is_it = |own: &OwnModule| own.parent == Some(package) && own.name.rsplit('.').next() == Some(name);
        self.own_modules().find(|(_, own)| is_it(own)).map(|(module, _)| module)
    }

    /// The lines of the author's files that a thread can stand at.
    pub fn lines(&self) -> BTreeSet<u32> {
        let codes = self.codes.iter().filter(|code| !code.is_hidden());
        codes.flat_map(|code| code.lines.iter().copied()).filter(|line| *line > 0).collect()
    }

    /// The name behind `symbol`.
    ///
    /// # Panics
    /// When `symbol` belongs to another program.
    pub fn name(&self, symbol: Symbol) -> &Arc<str> {
        &self.symbols[symbol.index()]
    }

    /// How the program stores to attributes called `symbol`.
    pub fn attribute_use(&self, symbol: Symbol) -> AttributeUse {
        self.attributes.get(symbol.index()).copied().unwrap_or_default()
    }
}

impl Code {
    /// Whether tracebacks and the screen leave its frames out: it is the library's.
    pub fn is_hidden(&self) -> bool {
        self.home.is_library()
    }

    /// The handler that covers `instruction`, if any.
    pub fn handler_of(&self, instruction: u32) -> Option<&Handler> {
        self.handlers.iter().find(|handler| (handler.start..handler.end).contains(&instruction))
    }

    /// The hint for the call at `instruction`, if any.
    pub fn hint_of(&self, instruction: u32) -> Option<Hint> {
        self.hints.binary_search_by_key(&instruction, |&(at, _)| at).ok().map(|index| self.hints[index].1)
    }

    /// The line of an instruction; 0 when it has none.
    pub fn line_of(&self, instruction: u32) -> u32 {
        self.lines.get(instruction as usize).copied().unwrap_or(0)
    }

    /// How many cells the code owns.
    pub fn own_cells(&self) -> usize {
        self.cells.len() - self.captures.len()
    }
}
