//! What a scenario is compiled to: instructions for a stack machine, and the tables beside them.
//!
//! `lang` makes a [`Program`], `machine` runs it. [`builder`] makes one by hand, so that tests of the machine need no
//! parser. [`flow`] says which writes depend on which reads. [`library`] lists the modules and names that the machine
//! provides; so `lang` can refuse an import before the run.

pub mod builder;
mod builtins;
pub mod effect;
pub mod flow;
pub mod instruction;
pub mod library;
pub mod names;
pub mod program;

pub use instruction::{BinaryOperator, Comparison, Conversion, Instruction, UnaryOperator};
pub use program::{
    AttributeUse, CallSite, Code, CodeId, CodeKind, Constant, Global, GlobalId, Handler, Hint, HintKind, Home,
    OWN_MODULES, OwnModule, Parameters, Program, Spawned,
};
