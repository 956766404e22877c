//! Compiles snippets and looks at what comes out.

use super::*;
use crate::bytecode::{AttributeUse, Code, Global, HintKind, Instruction};
use std::fmt::Write;

mod codes;
mod flow;
mod influence;
mod names;
mod reference;
mod refusals;
mod room;

fn program(text: &str) -> Program {
    let result = compile(Arc::new(Source::new("test.py", text)));
    let program = result.unwrap_or_else(|complaints| panic!("{text}\n{complaints:#?}"));
    let problems = verify::problems(&program);
    assert!(problems.is_empty(), "{text}\n{problems:#?}\n{}", listing(&program));
    program
}

fn code<'p>(program: &'p Program, name: &str) -> &'p Code {
    let found = program.codes.iter().find(|code| !code.is_hidden() && &*code.qualified_name == name);
    found.unwrap_or_else(|| panic!("no code {name}"))
}

/// Instructions by number, one a line, with what their numbers mean.
fn disassemble(program: &Program, name: &str) -> String {
    let mut text = String::new();
    let code = code(program, name);
    for (at, &instruction) in code.instructions.iter().enumerate() {
        let detail = match instruction {
            Instruction::Constant(index) => format!("  {:?}", code.constants[index as usize]),
            Instruction::LoadLocal(slot) | Instruction::StoreLocal(slot) | Instruction::DeleteLocal(slot) => {
                format!("  {}", program.name(code.locals[usize::from(slot)]))
            }
            Instruction::LoadCell(cell) | Instruction::StoreCell(cell) | Instruction::NewCell(cell) => {
                format!("  {}", program.name(code.cells[usize::from(cell)]))
            }
            Instruction::LoadGlobal(id) | Instruction::StoreGlobal(id) => {
                format!("  {}", program.name(program.globals[id.0 as usize].name))
            }
            Instruction::MakeFunction(id) | Instruction::MakeClass(id, _) | Instruction::MakeClassWith(id, _) => {
                format!("  {}", program.code(id).qualified_name)
            }
            Instruction::LoadClassName(slot, _) => format!("  {}", program.name(code.locals[usize::from(slot)])),
            Instruction::LoadAttribute(name) | Instruction::StoreAttribute(name) | Instruction::LoadMethod(name, _) => {
                format!("  {}", program.name(name))
            }
            _ => String::new(),
        };
        let shown = format!("{instruction:?}");
        // Ids of symbols, globals and codes depend on the prelude: the names stand beside them.
        let shown = if detail.is_empty() || matches!(instruction, Instruction::Constant(_)) {
            &shown
        } else {
            &shown[..shown.find('(').unwrap_or(shown.len())]
        };
        let _ = writeln!(text, "{at:3} {shown}{detail}");
    }
    for handler in &code.handlers {
        let _ = writeln!(
            text,
            "    {}..{} -> {} keeps {} values, {} handled",
            handler.start, handler.end, handler.target, handler.stack, handler.handled
        );
    }
    text
}

fn listing(program: &Program) -> String {
    let names = program.codes.iter().filter(|code| !code.is_hidden()).map(|code| code.qualified_name.clone());
    names.map(|name| format!("{name}:\n{}", disassemble(program, &name))).collect()
}

fn complaints(text: &str) -> Vec<Diagnostic> {
    compile(Arc::new(Source::new("test.py", text))).err().unwrap_or_default()
}
