//! Checks a code by abstract interpretation: at every instruction the depth of the stacks must be the same however it is
//! reached, never below zero, and every index must be in range.

use crate::bytecode::builder::Depth;
use crate::bytecode::{Code, Constant, Instruction, Program};

/// What is wrong with any code of the program.
pub(super) fn problems(program: &Program) -> Vec<String> {
    let mut problems = Vec::new();
    for code in &program.codes {
        let mut verifier =
            Verifier { program, code, depths: vec![None; code.instructions.len()], problems: Vec::new() };
        verifier.run();
        let name = &code.qualified_name;
        problems.extend(verifier.problems.into_iter().map(|problem| format!("{name}: {problem}")));
    }
    problems
}

struct Verifier<'p> {
    program: &'p Program,
    code: &'p Code,
    depths: Vec<Option<Depth>>,
    problems: Vec<String>,
}

impl Verifier<'_> {
    fn run(&mut self) {
        self.check_tables();
        let mut ahead = vec![(0_u32, Depth::default())];
        while let Some((at, depth)) = ahead.pop() {
            match self.depths.get(at as usize).copied() {
                None => self.problems.push(format!("runs off the end at {at}")),
                Some(Some(known)) if known == depth => {}
                Some(Some(known)) => self.problems.push(format!("{known:?} meets {depth:?} at {at}")),
                Some(None) => {
                    self.depths[at as usize] = Some(depth);
                    self.step(at, depth, &mut ahead);
                }
            }
        }
        if let Some(dead) = self.depths.iter().position(Option::is_none) {
            self.problems.push(format!("{dead} cannot be reached"));
        }
    }

    fn step(&mut self, at: u32, depth: Depth, ahead: &mut Vec<(u32, Depth)>) {
        let instruction = self.code.instructions[at as usize];
        let (taken, not_taken) = match instruction.target() {
            Some(_) => instruction.jump_effects(),
            None => self.effect(at, instruction, depth),
        };
        let mut handled = depth.handled;
        match instruction {
            Instruction::EndHandled if handled == 0 => self.problems.push(format!("nothing is handled at {at}")),
            Instruction::EndHandled => handled -= 1,
            Instruction::LoadHandled | Instruction::MatchHandled | Instruction::ExitWithHandled if handled == 0 => {
                self.problems.push(format!("nothing is handled at {at}"));
            }
            Instruction::Return if depth.stack != 1 || handled != 0 => {
                self.problems.push(format!("returns with {depth:?} at {at}"));
            }
            _ => {}
        }
        let mut go = |to: u32, change: i64| match u32::try_from(i64::from(depth.stack) + change) {
            Ok(stack) => ahead.push((to, Depth { stack, handled })),
            Err(_) => self.problems.push(format!("{instruction:?} at {at} finds {} values", depth.stack)),
        };
        if let Some(target) = instruction.target() {
            go(target, taken);
        }
        if !instruction.diverts() {
            go(at + 1, not_taken);
        }
        if let Some(handler) = self.code.handler_of(at) {
            let kept = Depth { stack: u32::from(handler.stack), handled: u32::from(handler.handled) };
            if kept.stack > depth.stack || kept.handled > depth.handled {
                self.problems.push(format!("the handler of {at} keeps {kept:?} of {depth:?}"));
            }
            ahead.push((handler.target, Depth { handled: kept.handled + 1, ..kept }));
        }
    }

    fn effect(&mut self, at: u32, instruction: Instruction, depth: Depth) -> (i64, i64) {
        let (pops, pushes) = self.program.stack_effect(self.code, instruction);
        if pops > depth.stack {
            self.problems.push(format!("{instruction:?} at {at} finds {} values", depth.stack));
        }
        let change = i64::from(pushes) - i64::from(pops);
        (change, change)
    }

    fn check_tables(&mut self) {
        use Instruction as I;
        let code = self.code;
        for (at, instruction) in code.instructions.iter().enumerate() {
            let fine = match *instruction {
                I::Constant(index) => (index as usize) < code.constants.len(),
                I::LoadLocal(slot) | I::StoreLocal(slot) | I::DeleteLocal(slot) => {
                    usize::from(slot) < code.locals.len()
                }
                I::LoadCell(cell) | I::StoreCell(cell) | I::DeleteCell(cell) => usize::from(cell) < code.cells.len(),
                I::NewCell(cell) => usize::from(cell) < code.own_cells(),
                I::LoadGlobal(id) | I::StoreGlobal(id) | I::DeleteGlobal(id) => {
                    (id.0 as usize) < self.program.globals.len()
                }
                I::LoadClassName(slot, _) => usize::from(slot) < code.locals.len(),
                I::CallKeywords(site) => (site as usize) < code.call_sites.len(),
                I::MakeFunction(id) | I::MakeClass(id, _) | I::MakeClassWith(id, _) => self.captures_fit(id),
                _ => instruction.target().is_none_or(|target| (target as usize) < code.instructions.len()),
            };
            if !fine {
                self.problems.push(format!("{instruction:?} at {at} is out of range"));
            }
        }
        if code.docstring.is_some_and(|index| !matches!(code.constants[index as usize], Constant::Str(_))) {
            self.problems.push("the docstring is no string".to_owned());
        }
        if !code.hints.is_sorted_by_key(|&(at, _)| at) {
            self.problems.push("hints are not sorted".to_owned());
        }
        if code.lines.len() != code.instructions.len() || code.lines.contains(&0) {
            self.problems.push("an instruction has no line".to_owned());
        }
        let parameters = &code.parameters;
        let count = usize::from(parameters.positional)
            + usize::from(parameters.keyword_only)
            + usize::from(parameters.star)
            + usize::from(parameters.double_star);
        if count > code.locals.len() {
            self.problems.push("parameters have no slots".to_owned());
        }
    }

    /// Whether a code inside this one captures cells that are here under the same names.
    fn captures_fit(&self, inner: crate::bytecode::CodeId) -> bool {
        let inner = self.program.code(inner);
        let names = &inner.cells[inner.own_cells()..];
        inner.captures.iter().zip(names).all(|(&cell, name)| self.code.cells.get(usize::from(cell)) == Some(name))
    }
}
