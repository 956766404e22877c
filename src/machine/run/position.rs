//! Where a thread stands, to be shown.

use super::perform::line_of;
use crate::bytecode::Instruction;
use crate::event::Position;
use crate::machine::memory::operation::Operation;
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::Value;
use crate::machine::run::image::Image;
use crate::machine::run::operations;

/// Where a thread stands and what it attempts next.
pub fn position(thread: &Thread, image: &Image) -> Position {
    let frame = thread.frames.iter().rev().find(|frame| !image.code(frame.code).is_hidden());
    let function = frame.map_or_else(|| "".into(), |frame| image.program.name(image.code(frame.code).name).clone());
    let object = thread.pending.as_ref().and_then(Operation::object);
    Position {
        thread: thread.id,
        line: line_of(thread, image),
        function,
        next: next(thread, image),
        object,
        held: false,
    }
}

/// The operation that a thread attempts next, in a few words.
fn next(thread: &Thread, image: &Image) -> String {
    match &thread.pending {
        None => String::new(),
        Some(Operation::Touch { .. }) => data_access(thread, image),
        Some(Operation::Print { error, .. }) => if *error { "print an error" } else { "print" }.to_owned(),
        Some(Operation::Exit) => "end".to_owned(),
        Some(operation) => operations::describe(operation).to_owned(),
    }
}

fn data_access(thread: &Thread, image: &Image) -> String {
    let Some(frame) = thread.frames.last() else { return String::new() };
    let code = image.code(frame.code);
    let global = |global: crate::bytecode::GlobalId| image.name(image.program.shown(global));
    match code.instructions[frame.next as usize] {
        Instruction::LoadGlobal(id) | Instruction::LoadClassName(_, id) => format!("read {}", global(id)),
        Instruction::StoreGlobal(id) | Instruction::DeleteGlobal(id) => format!("write {}", global(id)),
        Instruction::LoadAttribute(name) | Instruction::LoadMethod(name, _) => format!("read .{}", image.name(name)),
        Instruction::StoreAttribute(name) | Instruction::DeleteAttribute(name) => {
            format!("write .{}", image.name(name))
        }
        Instruction::LoadCell(index) => format!("read {}", image.name(code.cells[index as usize])),
        Instruction::StoreCell(index) | Instruction::DeleteCell(index) => {
            format!("write {}", image.name(code.cells[index as usize]))
        }
        Instruction::Import(_) | Instruction::ImportMember(..) | Instruction::LoadBound(_) => "import".to_owned(),
        Instruction::LoadItem => "read an item".to_owned(),
        Instruction::StoreItem | Instruction::DeleteItem => "write an item".to_owned(),
        Instruction::CallMethod(count) => match thread.stack.iter().nth_back(usize::from(count) + 1) {
            Some(Value::Native(native)) => format!(".{}()", native.name),
            _ => "use shared data".to_owned(),
        },
        _ => "use shared data".to_owned(),
    }
}
