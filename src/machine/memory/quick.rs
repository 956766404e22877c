//! Instructions as the interpreter reads them first: what loops are made of, several instructions in one where they often
//! stand together. A quick instruction either does all that it stands for, without a call, an exception or a look at an
//! object that others may see, or nothing at all: then the instruction of the program at its place is done, and those
//! behind it follow. So jumps, lines and operations know the program's instructions alone.

use crate::base::Symbol;
use crate::bytecode::{BinaryOperator, Code, Comparison, GlobalId, Instruction, Program};

/// What the interpreter tries first at an instruction. A local is named by its slot, a constant by its index, `to` is the
/// local that takes the result ([`PUSH`]: the stack).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quick {
    /// Nothing.
    Other,
    /// `[] → [callee]`: a function that the global holds for good, named by the global. It is what a call behind it calls;
    /// nothing else sees it.
    LoadCallee(GlobalId),
    /// `[] → [value]`: a global variable that no other thread can change.
    LoadGlobal(GlobalId),
    /// `[value] → []`, likewise.
    StoreGlobal(GlobalId),
    /// `[] → []`: `global op= number` with what is pushed at the next instruction, likewise.
    UpdateGlobal(GlobalId),
    /// `[] → [constant]`
    Constant(u32),
    /// `[] → [None]`
    None,
    /// `[] → [empty]`
    Vacancy,
    /// `[] → [function object]`: a local, and the method that the instruction after next finds.
    LoadMethod(u16),
    /// `[] → [value]`
    Load(u16),
    /// `[] → [value value]`
    LoadTwo(u16, u16),
    /// `[] → [value constant]`
    LoadWithConstant(u16, u16),
    /// `[value] → []`
    Store(u16),
    /// `[a] → []`
    Pop,
    /// `[a] → [a a]`
    Duplicate,
    /// `[a b] → [result]`
    Binary { operator: BinaryOperator, to: u16 },
    /// `[a] → [result]`, with a local.
    BinaryLocal { operator: BinaryOperator, b: u16, to: u16 },
    /// `[a] → [result]`, with a constant.
    BinaryConstant { operator: BinaryOperator, b: u16, to: u16 },
    /// `[] → [result]` of two locals.
    BinaryLocals { operator: BinaryOperator, a: u16, b: u16, to: u16 },
    /// `[] → [result]` of a local and a constant.
    BinaryLocalConstant { operator: BinaryOperator, a: u16, b: u16, to: u16 },
    /// `[a b] → [answer]`
    Compare(Comparison),
    /// `[a b] → []`, and the conditional jump behind it.
    Branch(Comparison),
    /// `[a] → []`, with a constant, and the conditional jump behind it.
    BranchConstant(Comparison, u16),
    /// `[] → []` by two locals, and the conditional jump behind it.
    BranchLocals(Comparison, u16, u16),
    /// `[] → []` by a local and a constant, and the conditional jump behind it.
    BranchLocalConstant(Comparison, u16, u16),
    /// Goes on at the target.
    Jump(u32),
    /// `[condition] → []`
    JumpIfTrue(u32),
    /// `[condition] → []`
    JumpIfFalse(u32),
    /// `[container index] → [item]`
    LoadItem,
    /// `[] → [item]`: the container is a local, the index too.
    LoadItemLocals(u16, u16),
    /// `[] → [item]`: the container is a local, the index a constant.
    LoadItemConstant(u16, u16),
    /// `[value container index] → []`
    StoreItem,
    /// `[value] → []`: the container is a local, the index too.
    StoreItemLocals(u16, u16),
    /// `[instance] → [value]`
    LoadAttribute(Symbol),
    /// `[] → [value]`: the instance is a local.
    LoadAttributeOf(u16, Symbol),
    /// `[instance] → [instance value]`
    DuplicateAttribute(Symbol),
    /// `[value instance] → []`
    StoreAttribute(Symbol),
    /// `[value] → []`: the instance is a local.
    StoreAttributeOf(u16, Symbol),
    /// `[instance value] → []`
    SwapAttribute(Symbol),
    /// `[] → []`: `instance.name op= number` with a local and what is pushed at the third instruction from here.
    UpdateAttribute(u16),
    /// `[iterator] → [iterator value]`
    Iterate,
    /// `[iterator] → [iterator]`, the value into a local.
    IterateInto(u16),
    /// `[iterator] → [iterator]`, the two parts of the value into two locals: no tuple has to be made for them.
    IterateIntoTwo(u16, u16),
}

/// Instructions are read all the time.
const _: () = assert!(size_of::<Quick>() == 8);

/// So many instructions are put together at most.
const LONGEST: usize = 7;

/// The result goes to the stack.
pub(in crate::machine) const PUSH: u16 = u16::MAX;

/// The quick instructions of each code, one for each of its own.
pub(in crate::machine) fn quicken(program: &Program) -> Vec<Vec<Quick>> {
    let of_code = |code: &Code| {
        let all = &code.instructions;
        (0..all.len())
            .map(|at| match all[at] {
                Instruction::LoadGlobal(global)
                    if program.globals[global.0 as usize].bound_once && is_callee(code, &all[at + 1..]) =>
                {
                    Quick::LoadCallee(global)
                }
                _ => quick(&all[at..end_of_line(code, at)]),
            })
            .collect()
    };
    program.codes.iter().map(of_code).collect()
}

/// Where the instructions end that stand on one line with that one: only those are put together, so that a thread that walks
/// to a line finds it.
fn end_of_line(code: &Code, at: usize) -> usize {
    let line = code.line_of(at as u32);
    let end = code.instructions.len().min(at + LONGEST);
    (at..end).find(|next| code.line_of(*next as u32) != line).unwrap_or(end)
}

/// Whether the value that was just pushed is what `rest` calls, with arguments that take neither jumps nor functions.
fn is_callee(code: &Code, rest: &[Instruction]) -> bool {
    let mut above = 0;
    for instruction in rest {
        // A function's defaults are no part of the effect that is known of making it.
        let unclear = matches!(instruction, Instruction::Yield | Instruction::MakeFunction(_));
        if unclear || instruction.target().is_some() || instruction.diverts() {
            return false;
        }
        let (takes, gives) = instruction.stack_effect(code);
        if takes > above {
            return matches!(instruction, Instruction::Call(count) if *count == above);
        }
        above = above - takes + gives;
    }
    false
}

/// The quick instruction for the beginning of `instructions`.
fn quick(instructions: &[Instruction]) -> Quick {
    use Instruction as I;
    if let Some(quick) = with_attribute(instructions) {
        return quick;
    }
    match *instructions {
        [I::LoadLocal(a), I::LoadLocal(b), ref rest @ ..] => with_two_locals(a, b, rest),
        [I::LoadLocal(a), I::Constant(b), ref rest @ ..] => with_constant(a, b, rest),
        [I::LoadLocal(b), I::Binary(operator) | I::InPlace(operator), ref rest @ ..] => {
            Quick::BinaryLocal { operator, b, to: target(rest) }
        }
        [I::Constant(b), I::Binary(operator) | I::InPlace(operator), ref rest @ ..] if b <= u32::from(u16::MAX) => {
            Quick::BinaryConstant { operator, b: b as u16, to: target(rest) }
        }
        [I::Constant(b), I::Compare(comparison), I::JumpIfFalse(_) | I::JumpIfTrue(_), ..]
            if b <= u32::from(u16::MAX) =>
        {
            Quick::BranchConstant(comparison, b as u16)
        }
        [I::Binary(operator) | I::InPlace(operator), ref rest @ ..] => Quick::Binary { operator, to: target(rest) },
        [I::Compare(comparison), I::JumpIfFalse(_) | I::JumpIfTrue(_), ..] => Quick::Branch(comparison),
        [I::LoadItem, ..] => Quick::LoadItem,
        [I::StoreItem, ..] => Quick::StoreItem,
        [I::ForIterate(_), I::StoreLocal(slot), ..] => Quick::IterateInto(slot),
        [I::LoadLocal(slot), ..] => Quick::Load(slot),
        [I::Constant(index), ..] => Quick::Constant(index),
        [I::None, ..] => Quick::None,
        [I::Vacancy, I::LoadLocal(slot), I::LoadMethod(..), ..] => Quick::LoadMethod(slot),
        [I::Vacancy, ..] => Quick::Vacancy,
        [I::StoreLocal(slot), ..] => Quick::Store(slot),
        [I::Pop, ..] => Quick::Pop,
        [I::Duplicate, ..] => Quick::Duplicate,
        [I::LoadGlobal(global), I::Constant(_) | I::LoadLocal(_), I::InPlace(_), I::StoreGlobal(stored), ..]
            if stored == global =>
        {
            Quick::UpdateGlobal(global)
        }
        [I::LoadGlobal(global), ..] => Quick::LoadGlobal(global),
        [I::StoreGlobal(global), ..] => Quick::StoreGlobal(global),
        [I::Compare(comparison), ..] => Quick::Compare(comparison),
        [I::Jump(target), ..] => Quick::Jump(target),
        [I::JumpIfTrue(target), ..] => Quick::JumpIfTrue(target),
        [I::JumpIfFalse(target), ..] => Quick::JumpIfFalse(target),
        [I::ForIterate(_), I::Unpack(2), I::StoreLocal(a), I::StoreLocal(b), ..] => Quick::IterateIntoTwo(a, b),
        [I::ForIterate(_), ..] => Quick::Iterate,
        _ => Quick::Other,
    }
}

/// The quick instruction for two locals and what follows.
fn with_two_locals(a: u16, b: u16, rest: &[Instruction]) -> Quick {
    use Instruction as I;
    match rest {
        [I::Binary(operator) | I::InPlace(operator), rest @ ..] => {
            Quick::BinaryLocals { operator: *operator, a, b, to: target(rest) }
        }
        [I::Compare(comparison), I::JumpIfFalse(_) | I::JumpIfTrue(_), ..] => Quick::BranchLocals(*comparison, a, b),
        [I::LoadItem, ..] => Quick::LoadItemLocals(a, b),
        [I::StoreItem, ..] => Quick::StoreItemLocals(a, b),
        // The second one begins something better.
        [
            I::LoadLocal(_) | I::Constant(_),
            I::Binary(_) | I::InPlace(_) | I::Compare(_) | I::LoadItem | I::StoreItem,
            ..,
        ]
        | [I::LoadAttribute(_) | I::StoreAttribute(_), ..]
        | [I::Duplicate, I::LoadAttribute(_), ..] => Quick::Load(a),
        _ => Quick::LoadTwo(a, b),
    }
}

/// The quick instruction for a local, a constant and what follows.
fn with_constant(a: u16, b: u32, rest: &[Instruction]) -> Quick {
    use Instruction as I;
    match (rest, u16::try_from(b)) {
        ([I::Binary(operator) | I::InPlace(operator), rest @ ..], Ok(b)) => {
            Quick::BinaryLocalConstant { operator: *operator, a, b, to: target(rest) }
        }
        ([I::Compare(comparison), I::JumpIfFalse(_) | I::JumpIfTrue(_), ..], Ok(b)) => {
            Quick::BranchLocalConstant(*comparison, a, b)
        }
        ([I::LoadItem, ..], Ok(b)) => Quick::LoadItemConstant(a, b),
        (_, Ok(b)) => Quick::LoadWithConstant(a, b),
        (_, Err(_)) => Quick::Load(a),
    }
}

/// The quick instruction for a beginning that has to do with an attribute.
fn with_attribute(instructions: &[Instruction]) -> Option<Quick> {
    use Instruction as I;
    Some(match *instructions {
        [
            I::LoadLocal(slot),
            I::Duplicate,
            I::LoadAttribute(_),
            I::Constant(_) | I::LoadLocal(_),
            I::InPlace(_),
            I::Swap,
            I::StoreAttribute(_),
            ..,
        ] => Quick::UpdateAttribute(slot),
        [I::LoadLocal(slot), I::LoadAttribute(name), ..] => Quick::LoadAttributeOf(slot, name),
        [I::LoadLocal(slot), I::StoreAttribute(name), ..] => Quick::StoreAttributeOf(slot, name),
        [I::Duplicate, I::LoadAttribute(name), ..] => Quick::DuplicateAttribute(name),
        [I::Swap, I::StoreAttribute(name), ..] => Quick::SwapAttribute(name),
        [I::LoadAttribute(name), ..] => Quick::LoadAttribute(name),
        [I::StoreAttribute(name), ..] => Quick::StoreAttribute(name),
        _ => return None,
    })
}

/// Where a result goes that `rest` goes on with.
fn target(rest: &[Instruction]) -> u16 {
    match rest {
        [Instruction::StoreLocal(slot), ..] if *slot != PUSH => *slot,
        _ => PUSH,
    }
}
