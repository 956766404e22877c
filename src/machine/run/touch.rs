//! *Touches*: data instructions on shared objects, done with the shared heap in reach.

use super::interpreter::attribute::lies_open;
use super::interpreter::{NoFinals, Vm};
use super::keyed;
use crate::base::ObjectId;
use crate::bytecode::effect::{Datum, Deed};
use crate::bytecode::{Instruction, OWN_MODULES, OwnModule};
use crate::event::{EventKind, Place, Shown};
use crate::machine::memory::native::Halt;
use crate::machine::memory::object::Object;
use crate::machine::memory::push::push_made;
use crate::machine::memory::reach::Reach;
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::Value;
use crate::machine::run::image::Image;
use crate::machine::sync::shared::{Shared, Turn};
use crate::machine::sync::show;

/// Does a data instruction with the shared heap in reach: first to read, then, once everything that it hands over is shared,
/// to write. `write` says that reading will not do: the thread has come so far by itself that it wanted to write.
pub(in crate::machine) fn touch(
    shared: &mut Shared,
    thread: &mut Thread,
    image: &Image,
    object: ObjectId,
    write: bool,
) {
    let ends_generator = thread.raising.is_some();
    let import =
        if image.program.modules.is_empty() || ends_generator { None } else { imported(thread, image, object) };
    if !ends_generator && import.is_none() && variable(shared, thread, image, object).is_some() {
        return;
    }
    let place = if ends_generator { Place::Content { object } } else { place(thread, image, object) };
    let written = stored(thread, image).cloned();
    let keyed = if ends_generator { None } else { keyed::of(shared, thread, image, object) };
    let read = if write {
        Err(Halt::Shared { object, write })
    } else {
        Vm::new(thread, image, Reach::Read(&shared.processes[thread.process].heap), &NoFinals).once()
    };
    let wrote = match read {
        Ok(()) => false,
        Err(Halt::Shared { .. }) => {
            if !ends_generator {
                share_handed_over(shared, thread, image);
            }
            let result =
                Vm::new(thread, image, Reach::Write(&mut shared.processes[thread.process].heap), &NoFinals).once();
            assert!(result.is_ok(), "with everything in reach, nothing is out of reach");
            true
        }
        Err(_) => false,
    };
    show_escaped(shared, thread, image);
    let me = thread.id;
    if let Some(own) = import {
        let done = match shared.processes[thread.process].heap.get(image.namespace) {
            Some(Object::Namespace(values)) => !values[own.done.0 as usize].is_unbound(),
            _ => false,
        };
        return shared.emit(me, EventKind::Imported { module: image.program.shown(own.done), done });
    }
    let value = match (&place, written) {
        (Place::Content { object }, _) => {
            let container = show::object(shared, thread.process, image, *object);
            match keyed {
                Some(keyed) => keyed.shown(container, shared, thread, image),
                None => container,
            }
        }
        (_, Some(value)) => show::value(shared, thread.process, image, &value),
        (_, None) => thread.stack.last().map_or(Shown::None, |value| show::value(shared, thread.process, image, value)),
    };
    shared.emit(me, if wrote { EventKind::Wrote { place, value } } else { EventKind::Read { place, value } });
}

/// Reads or writes a variable at once, if that is all that the instruction at hand does: the variable is bound, no property
/// stands before it, and nothing becomes shared by the store. `None`: nothing was done.
#[inline]
pub(in crate::machine) fn variable(
    shared: &mut Shared,
    thread: &mut Thread,
    image: &Image,
    object: ObjectId,
) -> Option<()> {
    use Instruction as I;
    let Thread { id, process, frames, stack, heap, .. } = thread;
    let frame = frames.last_mut()?;
    let code = image.code(frame.code);
    let instruction = code.instructions[frame.next as usize];
    let (place, slot) = match instruction {
        I::LoadGlobal(global) | I::StoreGlobal(global) => {
            let Object::Namespace(globals) = shared.processes[*process].heap.get_mut(object)? else { return None };
            (Place::Global(image.program.shown(global)), globals.get_mut(global.0 as usize)?)
        }
        I::LoadCell(index) | I::StoreCell(index) => {
            let Object::Cell(value) = shared.processes[*process].heap.get_mut(object)? else { return None };
            (Place::Cell { object, name: code.cells[index as usize] }, value)
        }
        I::LoadAttribute(name) | I::LoadMethod(name, _) | I::StoreAttribute(name) => {
            let Value::Instance(instance) = stack.last()? else { return None };
            if instance.id != object || !lies_open(heap.replaced(), image, &instance.class, name) {
                return None;
            }
            let Object::Instance(instance) = shared.processes[*process].heap.get_mut(object)? else { return None };
            (Place::Attribute { object, name }, instance.attributes.get_mut(name)?)
        }
        _ => return None,
    };
    if slot.is_unbound() {
        return None;
    }
    // Numbers are written in parts, read in parts, and shown as they are.
    match (instruction, &mut *slot, stack.last()) {
        (I::LoadGlobal(_) | I::LoadCell(_), Value::Int(number), _) => {
            let number = *number;
            push_made(stack, || Value::Int(number));
            shared.emit_made(*id, || EventKind::Read { place, value: Shown::Int(number) });
            frame.next += 1;
            return Some(());
        }
        (I::StoreGlobal(_) | I::StoreCell(_), Value::Int(old), Some(Value::Int(number))) => {
            let number = *number;
            *old = number;
            std::mem::forget(stack.pop());
            shared.emit_made(*id, || EventKind::Wrote { place, value: Shown::Int(number) });
            frame.next += 1;
            return Some(());
        }
        _ => {}
    }
    let stores = match instruction {
        I::StoreGlobal(_) | I::StoreCell(_) => 1,
        I::StoreAttribute(_) => 2,
        _ => 0,
    };
    if stores > 0 {
        let index = stack.len() - stores;
        if !stack[index].is_alone() {
            return None;
        }
        std::mem::swap(slot, &mut stack[index]);
        let value = slot.copy();
        stack.truncate(index);
        let value = show::value(shared, *process, image, &value);
        shared.emit(*id, EventKind::Wrote { place, value });
    } else {
        let value = slot.copy();
        let shown = show::value(shared, *process, image, &value);
        match instruction {
            I::LoadAttribute(_) | I::LoadMethod(..) => *stack.last_mut()? = value,
            _ => stack.push(value),
        }
        shared.emit(*id, EventKind::Read { place, value: shown });
    }
    frame.next += 1;
    Some(())
}

/// A generator that stops takes all of its frame along: what it is handling, and its cells. An exception that is raised takes
/// along what is being handled.
fn share_frame(shared: &mut Shared, thread: &mut Thread, image: &Image) -> Vec<ObjectId> {
    let Some(frame) = thread.frames.last() else { return Vec::new() };
    match image.code(frame.code).instructions[frame.next as usize] {
        Instruction::Yield => {}
        Instruction::Raise | Instruction::RaiseFrom | Instruction::Reraise => {
            // What is being handled becomes the exception's context.
            let handled = thread.frames.iter().rev().find_map(|frame| frame.handled.last());
            return shared.processes[thread.process].heap.share(&mut thread.heap, handled);
        }
        _ => return Vec::new(),
    }
    let mut moved = shared.processes[thread.process].heap.share(&mut thread.heap, &frame.handled);
    moved.extend(shared.processes[thread.process].heap.share_ids(&mut thread.heap, frame.cells.to_vec()));
    moved
}

/// Makes everything shared that the instruction at hand hands over.
fn share_handed_over(shared: &mut Shared, thread: &mut Thread, image: &Image) {
    let process = thread.process;
    let (values, private) = Vm::handed_over(thread, image);
    let mut moved = shared.processes[process].heap.share(private, values);
    moved.extend(share_frame(shared, thread, image));
    if !moved.is_empty() {
        show_moved(shared, thread, image, &moved);
    }
}

/// Reports what became shared beside what the instruction handed over.
fn show_escaped(shared: &mut Shared, thread: &mut Thread, image: &Image) {
    let moved = std::mem::take(&mut thread.escaped);
    if !moved.is_empty() {
        show_moved(shared, thread, image, &moved);
    }
}

fn show_moved(shared: &mut Shared, thread: &mut Thread, image: &Image, moved: &[ObjectId]) {
    let line = shared.record(thread.id).line;
    let me = thread.id;
    let mut turn = Turn {
        shared,
        private: &mut thread.heap,
        names: &mut thread.names,
        image,
        me,
        process: thread.process,
        line,
        frames: &thread.frames,
        stack: &thread.stack,
        touched: Vec::new(),
    };
    turn.show(moved);
}

/// The module of the author's own that the instruction at hand asks, or says of, how far it is.
fn imported<'i>(thread: &Thread, image: &'i Image, object: ObjectId) -> Option<&'i OwnModule> {
    let frame = thread.frames.last()?;
    let code = image.code(frame.code);
    let module = match code.instructions[frame.next as usize] {
        Instruction::Import(module) => module,
        Instruction::StoreGlobal(global) | Instruction::DeleteGlobal(global) => {
            return image.program.modules.iter().find(|own| own.done == global);
        }
        // The functions of the prelude that import take the module's number first.
        Instruction::Call(_) if code.is_hidden() && object == image.namespace => {
            match thread.stack.get(frame.locals as usize)? {
                Value::Int(number) => OWN_MODULES + u16::try_from(*number).ok()?,
                _ => return None,
            }
        }
        _ => return None,
    };
    image.program.own_module(module)
}

/// Where the data instruction at hand reads or writes.
fn place(thread: &Thread, image: &Image, object: ObjectId) -> Place {
    let Some(frame) = thread.frames.last() else { return Place::Content { object } };
    let code = image.code(frame.code);
    let Some((deed, datum)) = code.instructions[frame.next as usize].use_of_data() else {
        return Place::Content { object };
    };
    let global = |global| Place::Global(image.program.shown(global));
    match datum {
        Datum::Global(id) => global(id),
        // A module's members are global variables.
        Datum::Member(module, name) => image.library_global(module, name).map_or(Place::Global(name), global),
        Datum::Attribute(name) => match thread.stack.last() {
            Some(Value::Module(module)) if deed != Deed::Deletes => {
                image.library_global(*module, name).map_or(Place::Global(name), global)
            }
            _ => Place::Attribute { object, name },
        },
        Datum::Cell(index) => Place::Cell { object, name: code.cells[index as usize] },
        Datum::Local(_) | Datum::Item => Place::Content { object },
    }
}

/// The value that the instruction at hand is going to store, if it is a store to a name.
fn stored<'a>(thread: &'a Thread, image: &Image) -> Option<&'a Value> {
    let frame = thread.frames.last()?;
    let depth = match image.code(frame.code).instructions[frame.next as usize].use_of_data()? {
        (Deed::Stores, Datum::Global(_) | Datum::Cell(_)) => 1,
        (Deed::Stores, Datum::Attribute(_)) => 2,
        (Deed::Stores, Datum::Local(_) | Datum::Member(..) | Datum::Item) => return None,
        (Deed::Reads | Deed::Finds | Deed::Deletes, _) => return None,
    };
    thread.stack.len().checked_sub(depth).and_then(|index| thread.stack.get(index))
}
