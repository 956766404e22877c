//! Where a thread stands, to be shown.

use super::perform::line_of;
use crate::bytecode::Instruction;
use crate::bytecode::effect::{Datum, Deed};
use crate::event::Position;
use crate::machine::memory::operation::Operation;
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::Value;
use crate::machine::run::image::Image;
use crate::machine::run::operations;

/// What is said of an instruction that uses shared data in no way of its own.
const OTHER: &str = "use shared data";
/// What is said of data that is used where the program's text does not show it.
const LIBRARY: &str = "go on in the library";

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
    if code.is_hidden() {
        return LIBRARY.to_owned();
    }
    let instruction = code.instructions[frame.next as usize];
    let Some((deed, datum)) = instruction.use_of_data() else { return method(thread, instruction) };
    let verb = match deed {
        Deed::Reads | Deed::Finds => "read",
        Deed::Stores | Deed::Deletes => "write",
    };
    match datum {
        Datum::Global(_) if deed == Deed::Finds => "import".to_owned(),
        Datum::Global(global) => format!("{verb} {}", image.name(image.program.shown(global))),
        Datum::Attribute(name) => format!("{verb} .{}", image.name(name)),
        Datum::Cell(index) => format!("{verb} {}", image.name(code.cells[index as usize])),
        Datum::Member(..) => "import".to_owned(),
        Datum::Item => format!("{verb} an item"),
        Datum::Local(_) => OTHER.to_owned(),
    }
}

/// What is done to shared data by no name: an import, or a method of a container.
fn method(thread: &Thread, instruction: Instruction) -> String {
    if let Instruction::Import(_) = instruction {
        return "import".to_owned();
    }
    let Instruction::CallMethod(count) = instruction else { return OTHER.to_owned() };
    match thread.stack.iter().nth_back(usize::from(count) + 1) {
        Some(Value::Native(native)) => format!(".{}()", native.name),
        _ => OTHER.to_owned(),
    }
}
