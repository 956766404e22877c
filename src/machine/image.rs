//! A program made ready to run: constants as values, builtins found.

use super::value::Value;
use crate::base::Symbol;
use crate::bytecode::{Code, CodeId, Constant, GlobalId, Program};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A program made ready to run.
#[derive(Debug)]
pub struct Image {
    /// The program.
    pub program: Arc<Program>,
    /// The constants of each code.
    pub constants: Vec<Vec<Value>>,
    /// For each global: the builtin of its name, which counts while it is unbound.
    pub builtins: Vec<Option<Value>>,
    /// The prelude's functions, by name.
    prelude: FxHashMap<Arc<str>, GlobalId>,
    /// Symbols, by name.
    symbols: FxHashMap<Arc<str>, Symbol>,
}

impl Image {
    /// Links a program.
    pub fn new(program: Arc<Program>) -> Self {
        let constants = program.codes.iter().map(|code| code.constants.iter().map(constant).collect()).collect();
        let name = |global: &crate::bytecode::Global| program.name(global.name).clone();
        let builtins = program.globals.iter().map(|global| super::data::builtin(&name(global))).collect();
        let prelude = (0..)
            .zip(&program.globals)
            .filter(|(_, global)| global.prelude)
            .map(|(index, global)| (name(global), GlobalId(index)))
            .collect();
        let symbols = (0..).zip(program.symbols.iter()).map(|(index, name)| (name.clone(), Symbol(index))).collect();
        Image { constants, builtins, prelude, symbols, program }
    }

    /// The code behind `id`.
    pub fn code(&self, id: CodeId) -> &Code {
        self.program.code(id)
    }

    /// The global that holds a prelude function.
    pub fn prelude(&self, name: &str) -> Option<GlobalId> {
        self.prelude.get(name).copied()
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
