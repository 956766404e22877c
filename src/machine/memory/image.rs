//! A program made ready to run: constants as values, builtins found.

use super::builtin::{Native, Type};
use super::frame::Fold;
use super::object::Object;
use super::quick::{Quick, quicken};
use super::value::{Kind, Value};
use crate::base::{Flow, ObjectId, Symbol};
use crate::bytecode::flow::Dependence;
use crate::bytecode::{Code, CodeId, Constant, GlobalId, Home, Instruction, Program, library, names};
use crate::event::Legend;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the interpreter reads of one code.
#[derive(Clone, Copy, Debug)]
pub struct Text<'i> {
    /// The code.
    pub code: &'i Code,
    /// What is tried first at each of its instructions.
    pub quick: &'i [Quick],
    /// Its constants.
    pub constants: &'i [Value],
}

/// A program made ready to run.
#[derive(Debug)]
pub struct Linked {
    /// The program.
    pub program: Arc<Program>,
    /// The constants of each code.
    pub constants: Vec<Vec<Value>>,
    /// What is tried first at each instruction of each code.
    quick: Vec<Vec<Quick>>,
    /// For each global: the builtin of its name, which counts while it is unbound.
    pub builtins: Vec<Option<Value>>,
    /// The object with the global variables: the first that the main thread makes.
    pub namespace: ObjectId,
    /// For each name, the methods of builtin types that are called so.
    methods: Vec<Vec<(&'static Type, &'static Native)>>,
    /// Members of modules that the program may mention.
    members: FxHashMap<(u16, Symbol), Value>,
    /// Globals that nothing stores to: only a builtin can be behind them.
    never_stored: Vec<bool>,
    /// The prelude's functions that are folds.
    folds: Vec<(GlobalId, Fold)>,
    /// The prelude's functions, by name.
    prelude: FxHashMap<Arc<str>, GlobalId>,
    /// What library modules bind in Python, and what the author's own modules bind.
    library: FxHashMap<(u16, Symbol), GlobalId>,
    /// Symbols, by name.
    symbols: FxHashMap<Arc<str>, Symbol>,
    /// `__init__`, if the program mentions it.
    pub init: Option<Symbol>,
    /// `__new__`, likewise.
    pub new: Option<Symbol>,
    /// `__dict__`, likewise.
    pub dict: Option<Symbol>,
    /// Races are looked for.
    races: bool,
    /// Global variables that nothing stores to any more, and that a loop checks which only looks at something.
    pub looked_at: BTreeSet<GlobalId>,
    /// The types that the machine provides.
    types: Vec<&'static Type>,
    /// How a primitive prints.
    pub primitive: fn(Kind, &Object, ObjectId) -> String,
}

/// What floors above provide, for a program to be linked with.
#[derive(Clone, Debug)]
pub struct Provided {
    /// The builtin of a name.
    pub builtin: fn(&str) -> Option<Value>,
    /// The member of a module, by the names of both.
    pub member: fn(&str, &str) -> Option<Value>,
    /// Every type with methods.
    pub types: Vec<&'static Type>,
    /// How a primitive prints.
    pub primitive: fn(Kind, &Object, ObjectId) -> String,
}

impl Linked {
    /// What the program's events are read with. Each call makes a new table of which writes depend on which reads, so take
    /// one legend and clone it.
    pub fn legend(&self) -> Legend {
        let flow = self.races.then(|| Arc::new(Dependence::new(self.program.clone())) as Arc<dyn Flow>);
        Legend { source: self.program.source.clone(), symbols: self.program.symbols.clone(), flow }
    }

    /// The same program, without looking for races.
    pub fn without_races(self) -> Linked {
        Linked { races: false, ..self }
    }

    /// Links a program with what is provided.
    pub fn new(program: Arc<Program>, provided: Provided) -> Self {
        let Provided { builtin, member, types, primitive } = provided;
        let constants = program.codes.iter().map(|code| code.constants.iter().map(constant).collect()).collect();
        let name = |global: &crate::bytecode::Global| program.name(global.name).clone();
        let of_module = |global: &crate::bytecode::Global| match global.home {
            Home::Own(module) => own_text(&program, module, &name(global)),
            Home::Scenario => scenario_text(&program, &name(global)),
            Home::Prelude | Home::Library(_) => None,
        };
        let builtins =
            program.globals.iter().map(|global| of_module(global).or_else(|| builtin(&name(global)))).collect();
        let of = |home: Home| (0..).zip(&program.globals).filter(move |(_, global)| global.home == home);
        let named = |(index, global): (u32, &crate::bytecode::Global)| (name(global), GlobalId(index));
        let prelude: FxHashMap<Arc<str>, GlobalId> = of(Home::Prelude).map(named).collect();
        let folds = Fold::ALL.iter().filter_map(|fold| Some((*prelude.get(fold.name())?, *fold))).collect();
        let in_module = |(index, global): (u32, &crate::bytecode::Global)| match global.home {
            Home::Library(module) | Home::Own(module) => Some(((module, global.name), GlobalId(index))),
            Home::Scenario | Home::Prelude => None,
        };
        let mut library: FxHashMap<_, _> = (0..).zip(&program.globals).filter_map(in_module).collect();
        let symbols: FxHashMap<_, _> =
            (0..).zip(program.symbols.iter()).map(|(index, name)| (name.clone(), Symbol(index))).collect();
        move_members(&mut library, &symbols);
        let namespace = ObjectId::GLOBALS;
        let (members, methods) = (members(&symbols, member), methods(&symbols, &types));
        let never_stored = never_stored(&program);
        let quick = quicken(&program);
        Linked {
            constants,
            quick,
            builtins,
            namespace,
            methods,
            members,
            never_stored,
            folds,
            prelude,
            library,
            init: symbols.get("__init__").copied(),
            new: symbols.get("__new__").copied(),
            dict: symbols.get("__dict__").copied(),
            symbols,
            races: true,
            program,
            looked_at: BTreeSet::new(),
            types,
            primitive,
        }
    }

    /// The member of a module that the machine itself provides.
    pub fn member(&self, module: u16, name: Symbol) -> Option<Value> {
        self.members.get(&(module, name)).cloned()
    }

    /// Whether the program may make processes.
    pub fn makes_processes(&self) -> bool {
        let found = library::module_index("multiprocessing").zip(self.symbol("_exit_function"));
        found.is_some_and(|(module, name)| self.library_global(module, name).is_some())
    }

    /// The global that holds the member of a module that is written in Python, the author's own modules included.
    pub fn library_global(&self, module: u16, name: Symbol) -> Option<GlobalId> {
        self.library.get(&(module, name)).copied()
    }

    /// The method of a builtin type, searched along its bases.
    #[inline]
    pub fn method(&self, class: &'static Type, name: Symbol) -> Option<&'static Native> {
        let known = self.methods[name.index()].iter().find(|(of, _)| std::ptr::eq(*of, class));
        // The table has what loops call; exceptions and the like are searched.
        known.map(|(_, native)| *native).or_else(|| class.method(self.name(name)))
    }

    /// Whether a builtin type has a method of that name.
    pub fn is_native_method(&self, name: &str) -> bool {
        self.types.iter().any(|class| class.methods.iter().any(|native| native.name == name))
    }

    /// Whether no instruction stores to the global.
    pub fn is_never_stored(&self, global: GlobalId) -> bool {
        self.never_stored[global.0 as usize]
    }

    /// The code behind `id`.
    pub fn code(&self, id: CodeId) -> &Code {
        self.program.code(id)
    }

    /// What the interpreter reads of the code behind `id`.
    #[inline]
    pub fn text(&self, id: CodeId) -> Text<'_> {
        let index = id.0 as usize;
        Text { code: self.code(id), quick: &self.quick[index], constants: &self.constants[index] }
    }

    /// The global that holds a prelude function.
    pub fn prelude(&self, name: &str) -> Option<GlobalId> {
        self.prelude.get(name).copied()
    }

    /// The fold that the prelude function in that global is.
    pub fn fold(&self, global: GlobalId) -> Option<Fold> {
        self.folds.iter().find(|(of, _)| *of == global).map(|(_, fold)| *fold)
    }

    /// The symbol of a name, if the program mentions it.
    pub fn symbol(&self, name: &str) -> Option<Symbol> {
        self.symbols.get(name).copied()
    }

    /// The name behind `symbol`.
    pub fn name(&self, symbol: Symbol) -> &str {
        self.program.name(symbol)
    }
}

/// Gives modules the members that others define for them.
fn move_members(library: &mut FxHashMap<(u16, Symbol), GlobalId>, symbols: &FxHashMap<Arc<str>, Symbol>) {
    for (module, name, definer) in names::MOVED {
        let place = |module| Some((library::module_index(module)?, *symbols.get(*name)?));
        if let (Some(to), Some(from)) = (place(module), place(definer))
            && let Some(global) = library.get(&from).copied()
        {
            library.insert(to, global);
        }
    }
}

fn members(
    symbols: &FxHashMap<Arc<str>, Symbol>,
    member: fn(&str, &str) -> Option<Value>,
) -> FxHashMap<(u16, Symbol), Value> {
    let of_module = |(index, module): (u16, &'static library::Module)| {
        module.native.iter().filter_map(move |name| {
            let value = member(module.name, name)?;
            Some(((index, *symbols.get(*name)?), value))
        })
    };
    let submodule = |(index, module): (u16, &'static library::Module)| {
        let (parent, name) = module.name.rsplit_once('.')?;
        Some(((library::module_index(parent)?, *symbols.get(name)?), Value::Module(index)))
    };
    let modules = || (0..).zip(library::MODULES);
    modules().flat_map(of_module).chain(modules().filter_map(submodule)).collect()
}

/// What a module of the author's own says of itself under such a name, if its code does not bind it.
pub fn own_text(program: &Program, module: u16, name: &str) -> Option<Value> {
    let own = program.own_module(module)?;
    let package = || match own.package {
        true => &*own.name,
        false => own.name.rsplit_once('.').map_or("", |(package, _)| package),
    };
    Some(match name {
        "__name__" => Value::str(&*own.name),
        "__file__" => Value::str(program.source.file(own.file?).name()),
        "__package__" => Value::str(package()),
        "__doc__" => match program.code(own.code).docstring {
            Some(text) => constant(&program.code(own.code).constants[text as usize]),
            None => Value::None,
        },
        _ => return None,
    })
}

/// Likewise the scenario itself.
fn scenario_text(program: &Program, name: &str) -> Option<Value> {
    match name {
        "__file__" => Some(Value::str(program.source.name())),
        "__doc__" => {
            let code = program.code(program.main);
            Some(code.docstring.map_or(Value::None, |text| constant(&code.constants[text as usize])))
        }
        _ => None,
    }
}

fn methods(
    symbols: &FxHashMap<Arc<str>, Symbol>,
    types: &[&'static Type],
) -> Vec<Vec<(&'static Type, &'static Native)>> {
    let mut methods = vec![Vec::new(); symbols.len()];
    for class in types {
        for native in class.methods {
            if let Some(name) = symbols.get(native.name) {
                methods[name.index()].push((*class, native));
            }
        }
    }
    methods
}

fn never_stored(program: &Program) -> Vec<bool> {
    let mut never = vec![true; program.globals.len()];
    for instruction in program.codes.iter().flat_map(|code| &code.instructions) {
        if let Instruction::StoreGlobal(global) = instruction {
            never[global.0 as usize] = false;
        }
    }
    // A process begins with these bound.
    for global in program.spawned.iter().flat_map(|spawned| [spawned.told, spawned.name]) {
        never[global.0 as usize] = false;
    }
    never
}

fn constant(constant: &Constant) -> Value {
    match constant {
        Constant::None => Value::None,
        Constant::Ellipsis => Value::Ellipsis,
        Constant::Bool(value) => Value::Bool(*value),
        Constant::Int(value) => Value::big(value.clone()),
        Constant::Float(value) => Value::Float(*value),
        Constant::Str(value) => Value::str(&**value),
        Constant::Bytes(value) => Value::Bytes(triomphe::Arc::new(value.to_vec())),
        Constant::Tuple(items) => Value::tuple(items.iter().map(self::constant).collect()),
    }
}
