//! Which locks were taken on every way to an instruction.

use super::expression::{Expression, ExpressionId};
use super::simulate::{Act, Expressions, Known};
use crate::bytecode::{AttributeUse, Code, Instruction};
use crate::machine::memory::image::Linked;

/// Facts fit into the bits of an integer; a code that takes more locks knows less.
const MOST: usize = 64;

/// The expressions that the code takes, as locks, and that stand for the same object as long as their variable is not
/// stored to.
pub(super) fn subjects(known: &Known, image: &Linked, code: &Code, acts: &[(u32, Act)]) -> Vec<ExpressionId> {
    let mut subjects = Vec::new();
    for (_, act) in acts {
        if let Act::Acquire { on, .. } | Act::Enter(on) = act
            && is_stable(known, image, code, *on)
            && !subjects.contains(on)
            && subjects.len() < MOST
        {
            subjects.push(*on);
        }
    }
    subjects
}

fn is_stable(known: &Known, image: &Linked, code: &Code, id: ExpressionId) -> bool {
    match known.expressions.get(id) {
        Expression::Local(_) => true,
        Expression::Global(global) => image.program.globals[global.0 as usize].bound_once,
        Expression::Cell(cell) => known.bindings.is_cell_bound_once(code.cells[usize::from(cell)]),
        Expression::Attribute(base, name) => {
            image.program.attribute_use(name) != AttributeUse::Anywhere && is_stable(known, image, code, base)
        }
        Expression::Unknown
        | Expression::Plain
        | Expression::Built
        | Expression::Function(_)
        | Expression::Class(_)
        | Expression::Module(_)
        | Expression::Member(..)
        | Expression::Result(_) => false,
    }
}

/// For each instruction that can be reached from one of the starts: the subjects, by bit, that were taken on every way.
pub(super) fn flow(
    code: &Code,
    acts: &[(u32, Act)],
    subjects: &[ExpressionId],
    expressions: &Expressions,
    starts: &[u32],
) -> Vec<Option<u64>> {
    let mut facts: Vec<Option<u64>> = vec![None; code.instructions.len()];
    let mut ahead: Vec<u32> = Vec::new();
    let reach = |at: u32, new: u64, ahead: &mut Vec<u32>, facts: &mut Vec<Option<u64>>| {
        let Some(known) = facts.get_mut(at as usize) else { return };
        let met = known.map_or(new, |known| known & new);
        if *known != Some(met) {
            *known = Some(met);
            ahead.push(at);
        }
    };
    starts.iter().for_each(|start| reach(*start, 0, &mut ahead, &mut facts));
    while let Some(at) = ahead.pop() {
        let before = facts[at as usize].unwrap_or(0);
        let instruction = code.instructions[at as usize];
        let mut after = before & !forgotten(instruction, subjects, expressions);
        let act = acts.binary_search_by_key(&at, |(at, _)| *at).ok().map(|index| acts[index].1);
        if let Some(Act::Acquire { on, sure: true } | Act::Enter(on)) = act {
            after |= bit(subjects, on);
        }
        // What was attempted before the start says nothing of the way from there.
        let got = if starts.contains(&at) { 0 } else { if_taken(code, acts, subjects, at) };
        if let Some(target) = instruction.target() {
            let got = if matches!(instruction, Instruction::JumpIfTrue(_)) { got } else { 0 };
            reach(target, after | got, &mut ahead, &mut facts);
        }
        if !instruction.diverts() {
            let got = if matches!(instruction, Instruction::JumpIfFalse(_)) { got } else { 0 };
            reach(at + 1, after | got, &mut ahead, &mut facts);
        }
        if let Some(handler) = code.handler_of(at) {
            reach(handler.target, before, &mut ahead, &mut facts);
        }
    }
    facts
}

/// Where a thread may be that has done the instruction.
pub(super) fn behind(code: &Code, at: u32) -> Vec<u32> {
    let instruction = code.instructions[at as usize];
    let next = (!instruction.diverts()).then_some(at + 1);
    let handler = code.handler_of(at).map(|handler| handler.target);
    next.into_iter().chain(instruction.target()).chain(handler).collect()
}

/// What a conditional jump says that stands right behind an attempt to take a lock.
fn if_taken(code: &Code, acts: &[(u32, Act)], subjects: &[ExpressionId], at: u32) -> u64 {
    let before = at.checked_sub(1).and_then(|at| acts.binary_search_by_key(&at, |(at, _)| *at).ok());
    let met = || code.instructions.iter().any(|instruction| instruction.target() == Some(at));
    match before.map(|index| acts[index].1) {
        Some(Act::Acquire { on, .. }) if !met() => bit(subjects, on),
        _ => 0,
    }
}

fn bit(subjects: &[ExpressionId], on: ExpressionId) -> u64 {
    subjects.iter().position(|subject| *subject == on).map_or(0, |bit| 1 << bit)
}

/// What stands for something else once the instruction is done.
fn forgotten(instruction: Instruction, subjects: &[ExpressionId], expressions: &Expressions) -> u64 {
    let (Instruction::StoreLocal(slot) | Instruction::DeleteLocal(slot)) = instruction else { return 0 };
    let of_slot = |(_, subject): &(usize, &ExpressionId)| expressions.root(**subject) == Expression::Local(slot);
    subjects.iter().enumerate().filter(of_slot).fold(0, |bits, (bit, _)| bits | (1 << bit))
}
