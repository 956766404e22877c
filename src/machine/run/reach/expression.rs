//! The words of `reach`: expressions, variables, and what code may do with them.

use crate::base::Symbol;
use crate::bytecode::{CodeId, GlobalId};

/// An expression: an index into those of the program.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ExpressionId(pub(super) u32);

/// Where a value comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Expression {
    /// From something that is not followed.
    Unknown,
    /// It is a constant, or the answer of a comparison: nothing in it can change.
    Plain,
    /// A container that was just built.
    Built,
    /// A global variable.
    Global(GlobalId),
    /// A local variable of the code.
    Local(u16),
    /// A cell of the code.
    Cell(u16),
    /// An attribute.
    Attribute(ExpressionId, Symbol),
    /// A function that was just made.
    Function(CodeId),
    /// A class that was just made.
    Class(CodeId),
    /// A library module.
    Module(u16),
    /// What a library module has under that name.
    Member(u16, Symbol),
    /// What a call of that gave.
    Result(ExpressionId),
}

/// A variable that code stores to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Variable {
    /// A global.
    Global(GlobalId),
    /// An attribute of that name, of anything.
    Attribute(Symbol),
    /// A cell of that name.
    Cell(Symbol),
}

/// What code may do for other threads.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Deed {
    /// All that any code of the program may do.
    Anything,
    /// It releases what the expression stands for.
    Release(ExpressionId),
    /// It waits before the condition that the expression stands for, and so releases that one's lock.
    Wait(ExpressionId),
    /// It stores to the variable.
    Store(Variable),
}
