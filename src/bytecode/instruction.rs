//! The instructions.
//!
//! Each comment shows the frame's evaluation stack before and after, its top at the right: `[a b] → [c]`. Instructions
//! that can reach shared data, or call, are where a thread can be stopped; all of them can be tried again, because they
//! take their operands off the stack only when they succeed.

use super::program::{CodeId, GlobalId};
use crate::base::Symbol;

/// One instruction. Jumps name the index of the instruction to go to, in the same code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Instruction {
    /// `[] → [constant]`
    Constant(u32),
    /// `[] → [None]`
    None,
    /// `[a] → []`
    Pop,
    /// `[a] → [a a]`
    Duplicate,
    /// `[a b] → [a b a b]`
    DuplicatePair,
    /// `[a b] → [b a]`
    Swap,
    /// `[a b c] → [c a b]`
    Rotate3,
    /// `[a b c d] → [d a b c]`
    Rotate4,

    /// `[] → [value]`; unbound: `UnboundLocalError`, or `NameError` in module code.
    LoadLocal(u16),
    /// `[value] → []`
    StoreLocal(u16),
    /// `[] → []`; unbound: as `LoadLocal`.
    DeleteLocal(u16),
    /// `[] → [value]`, from one of the frame's cells (variables that functions share); unbound: `NameError`.
    LoadCell(u16),
    /// `[value] → []`
    StoreCell(u16),
    /// `[] → []`
    DeleteCell(u16),
    /// `[] → []`, puts a new empty cell at the index (a comprehension's own variable that a closure keeps).
    NewCell(u16),
    /// `[] → [value]`; an unbound global falls back to the builtin of that name, else `NameError`.
    LoadGlobal(GlobalId),
    /// `[value] → []`
    StoreGlobal(GlobalId),
    /// `[] → []`
    DeleteGlobal(GlobalId),
    /// `[] → [value]`, in a class body: the local of that slot if it is bound, else the global.
    LoadClassName(u16, GlobalId),

    /// `[object] → [value]`
    LoadAttribute(Symbol),
    /// `[value object] → []`
    StoreAttribute(Symbol),
    /// `[object] → []`
    DeleteAttribute(Symbol),
    /// `[object index] → [value]`
    LoadItem,
    /// `[value object index] → []`
    StoreItem,
    /// `[object index] → []`
    DeleteItem,
    /// `[start stop step] → [slice]`, `None` for a bound left out.
    BuildSlice,

    /// `[v1 … vn] → [tuple]`
    BuildTuple(u32),
    /// `[v1 … vn] → [list]`
    BuildList(u32),
    /// `[v1 … vn] → [set]`
    BuildSet(u32),
    /// `[k1 v1 … kn vn] → [dict]`; n pairs.
    BuildDict(u32),
    /// `[list … value] → [list …]`, where `list` lies n values below `value` (1: right below it).
    ListAppend(u16),
    /// `[set … value] → [set …]`, likewise.
    SetAdd(u16),
    /// `[dict … key value] → [dict …]`, where `dict` lies n values below `key`.
    DictInsert(u16),
    /// `[list iterable] → [list]`, extended: `[*a, *b]` and star arguments.
    ListExtend,
    /// `[callee list iterable] → [callee list]`, extended: the only positional argument of a call is a star argument.
    ArgumentsExtend,
    /// `[set iterable] → [set]`, extended.
    SetUpdate,
    /// `[dict mapping] → [dict]`, updated: `{**a}`; later keys win.
    DictUpdate,
    /// `[callee list dict mapping] → [callee list dict]`, updated for a call: a key that is there already is a `TypeError`.
    KeywordsMerge,
    /// `[list] → [tuple]`
    ListToTuple,
    /// `[s1 … sn] → [string]`
    BuildString(u32),
    /// `[value] → [string]`, as an f-string's `{value!conversion}`.
    FormatValue(Conversion),
    /// `[value spec] → [string]`, as `{value!conversion:spec}`.
    FormatWithSpec(Conversion),
    /// `[iterable] → [vn … v1]`: exactly n values, so that stores in source order pop them.
    Unpack(u32),
    /// `[iterable] → [after … list before …]`: `before` values, a list of the rest, `after` values; first value on top.
    UnpackStar(u16, u16),

    /// `[a] → [result]`
    Unary(UnaryOperator),
    /// `[a b] → [result]`
    Binary(BinaryOperator),
    /// `[a b] → [result]`, for `a op= b`: a mutable `a` is changed in place.
    InPlace(BinaryOperator),
    /// `[a b] → [result]`
    Compare(Comparison),

    /// Goes on at the target.
    Jump(u32),
    /// `[condition] → []`
    JumpIfTrue(u32),
    /// `[condition] → []`
    JumpIfFalse(u32),
    /// `[condition] → [condition]` when it jumps, `[]` when not.
    JumpIfTrueOrPop(u32),
    /// `[condition] → [condition]` when it jumps, `[]` when not.
    JumpIfFalseOrPop(u32),

    /// `[iterable] → [iterator]`
    GetIterator,
    /// `[iterator] → [iterator value]`, or `[]` and a jump to the target when it is exhausted.
    ForIterate(u32),

    /// `[iterator sent] → [iterator value]`, or `[result]` and a jump to the target when it is over: `yield from` asks it.
    Delegate(u32),

    /// `[callee a1 … an] → [result]`
    Call(u32),
    /// `[] → [empty]`: the place for a method that `LoadMethod` may find.
    Vacancy,
    /// `[empty object] → [function object]` for a function that takes the object first, else as `LoadAttribute`:
    /// `[empty callee]`. It stands before the arguments, which are not evaluated if there is no such attribute; so many of
    /// them go by position.
    LoadMethod(Symbol, u16),
    /// `[function object a1 … an] → [result]` or `[empty callee a1 … an] → [result]`, as `LoadMethod` left it.
    CallMethod(u16),
    /// `[callee positional … keyword values …] → [result]`, shaped by the code's call site, which also says whether
    /// `LoadMethod` found the callee.
    CallKeywords(u32),
    /// `[callee list dict] → [result]`, for calls with `*` or `**`; the list holds the positional arguments.
    CallSpread,
    /// `[default … keyword default …] → [function]`: as many as the code's parameters say.
    MakeFunction(CodeId),
    /// `[base1 … basen] → [class]`: runs the class body and makes a class of its locals.
    MakeClass(CodeId, u16),
    /// `[base1 … basen dict] → [class]`: likewise, with the keywords of the class statement.
    MakeClassWith(CodeId, u16),
    /// `[] → [proxy]`: `super()` without arguments, in a method.
    LoadSuper,
    /// `[value] → ` leaves the frame; the caller gets the value.
    Return,
    /// `[value] → [sent]`, in a generator: hands out the value and stops here until it is resumed.
    Yield,

    /// `[] → [module]`, by its number. The code of a module of the author's own runs first, if it has not begun.
    Import(u16),
    /// `[] → [member]` of that module.
    ImportMember(u16, Symbol),
    /// `[] → [value bool]`: a global and whether it is bound, for `import *`.
    LoadBound(GlobalId),
    /// `[] → [value bool]`: likewise a local variable, for `locals()`.
    LoadBoundLocal(u16),

    /// `[exception] → ` raises it (an instance or a class).
    Raise,
    /// `[exception cause] → ` raises it `from` the cause.
    RaiseFrom,
    /// Raises the exception being handled again, as it was: a bare `raise`, and the end of a `finally` or of handlers none
    /// of which matched. Nothing being handled: `RuntimeError`.
    Reraise,
    /// `[] → [exception]`: the one being handled in this frame.
    LoadHandled,
    /// `[types] → [bool]`: whether the exception being handled is an instance of the class, or of one in the tuple.
    MatchHandled,
    /// Ends the handling of the innermost exception in this frame.
    EndHandled,
    /// Raises `AssertionError()`.
    AssertFailed,
    /// `[message] → ` raises `AssertionError(message)`.
    AssertFailedWith,

    /// `[manager] → [result]`: calls its `__enter__`.
    EnterWith,
    /// `[manager] → [result]`: calls its `__exit__(None, None, None)`.
    ExitWith,
    /// `[manager] → [result]`: calls its `__exit__` with the exception being handled.
    ExitWithHandled,
}

/// Operators with one operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnaryOperator {
    /// `-a`
    Negate,
    /// `+a`
    Positive,
    /// `~a`
    Invert,
    /// `not a`
    Not,
}

/// Operators with two operands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BinaryOperator {
    /// `a + b`
    Add,
    /// `a - b`
    Subtract,
    /// `a * b`
    Multiply,
    /// `a @ b`, which no builtin value has
    MatrixMultiply,
    /// `a / b`
    Divide,
    /// `a // b`
    FloorDivide,
    /// `a % b`
    Modulo,
    /// `a ** b`
    Power,
    /// `a << b`
    ShiftLeft,
    /// `a >> b`
    ShiftRight,
    /// `a & b`
    And,
    /// `a | b`
    Or,
    /// `a ^ b`
    Xor,
}

impl BinaryOperator {
    /// The operator as Python writes it.
    pub fn symbol(self) -> &'static str {
        match self {
            BinaryOperator::Add => "+",
            BinaryOperator::Subtract => "-",
            BinaryOperator::Multiply => "*",
            BinaryOperator::MatrixMultiply => "@",
            BinaryOperator::Divide => "/",
            BinaryOperator::FloorDivide => "//",
            BinaryOperator::Modulo => "%",
            BinaryOperator::Power => "**",
            BinaryOperator::ShiftLeft => "<<",
            BinaryOperator::ShiftRight => ">>",
            BinaryOperator::And => "&",
            BinaryOperator::Or => "|",
            BinaryOperator::Xor => "^",
        }
    }
}

/// Comparison operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comparison {
    /// `a == b`
    Equal,
    /// `a != b`
    NotEqual,
    /// `a < b`
    Less,
    /// `a <= b`
    LessOrEqual,
    /// `a > b`
    Greater,
    /// `a >= b`
    GreaterOrEqual,
    /// `a is b`
    Is,
    /// `a is not b`
    IsNot,
    /// `a in b`
    In,
    /// `a not in b`
    NotIn,
}

/// A conversion in an f-string.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Conversion {
    /// None given: `format`.
    Format,
    /// `!s`
    Str,
    /// `!r`
    Repr,
    /// `!a`
    Ascii,
}
