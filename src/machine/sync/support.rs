//! What the primitives share while they perform.

use crate::base::{ObjectId, ThreadId};
use crate::bytecode::{library, names};
use crate::event::{Blocker, EventKind};
use crate::machine::data::exception::{RUNTIME_ERROR, make};
use crate::machine::memory::image::Linked;
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Halt, Invocation, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Part, Progress, Stage};
use crate::machine::memory::value::{ClassRef, Value};
use crate::machine::sync::shared::{Armed, Lurking, Turn};
use crate::machine::sync::subclass;

/// The operation is done.
pub(in crate::machine) fn done(value: Value) -> crate::machine::memory::native::Result<Progress> {
    Ok(Progress::Done(value))
}

/// The operation waits before `on`, and goes on with `part`.
pub(in crate::machine) fn blocked(
    on: Blocker,
    until: Option<u64>,
    part: Part,
) -> crate::machine::memory::native::Result<Progress> {
    Ok(Progress::Blocked { on, until, stage: Stage { part, memory: 0 } })
}

/// When the limit of the operation at hand ends. A thread that is stopped keeps the end that it has.
pub(in crate::machine) fn until(turn: &Turn<'_>, stage: Stage, limit: Limit) -> Option<u64> {
    if stage.part != Part::First
        && let Some(waiting) = &turn.shared.record(turn.me).waiting
    {
        return waiting.until;
    }
    match limit {
        Limit::Forever => None,
        Limit::Never => Some(turn.shared.now),
        Limit::Within(length) => Some(turn.shared.now.saturating_add(length)),
    }
}

/// An exception without arguments.
pub(in crate::machine) fn bare(turn: &mut Turn<'_>, class: &'static Type) -> Halt {
    Halt::Raise(make(turn.private, ClassRef::Builtin(class), Vec::new()))
}

/// What only an object can be whose `__init__` has not run, because the machine made the operation itself: of another kind.
pub(in crate::machine) fn mismatch(turn: &mut Turn<'_>, id: ObjectId) -> Halt {
    if let Some(halt) = subclass::unmade(turn, id, None) {
        return halt;
    }
    turn.error(&RUNTIME_ERROR, format!("object {id} is not what the operation is for"))
}

/// The state of a synchronization object, to read or change it; `of` takes it out of an object of the right kind.
pub(in crate::machine) fn part<'t, T>(
    turn: &'t mut Turn<'_>,
    id: ObjectId,
    of: fn(&mut Object) -> Option<&mut T>,
) -> crate::machine::memory::native::Result<&'t mut T> {
    if turn.object(id).and_then(of).is_none() {
        return Err(mismatch(turn, id));
    }
    turn.object(id).and_then(of).ok_or(Halt::Shared { object: id, write: true })
}

/// The call of a function in the Python part of a module.
pub(in crate::machine) fn library_call(
    image: &Linked,
    module: &str,
    name: &str,
    arguments: Vec<Value>,
) -> Option<Invocation> {
    debug_assert!(names::asked(module).contains(&name), "{module}.{name} may be left out");
    let global = image.library_global(library::module_index(module)?, image.symbol(name)?)?;
    Some(Invocation { callee: Value::Prelude(global), arguments, keywords: Vec::new() })
}

/// Has such a function called: its result is the operation's.
pub(in crate::machine) fn call_library(turn: &mut Turn<'_>, module: &str, name: &str, arguments: Vec<Value>) -> Halt {
    match library_call(turn.image, module, name, arguments) {
        Some(call) => Halt::Invoke(Box::new(call)),
        None => turn.error(&RUNTIME_ERROR, format!("`{module}` has no function '{name}' in Python")),
    }
}

/// Whether one of the armed faults strikes now, which is then reported; all of that kind have come one operation nearer.
pub(in crate::machine) fn fires(turn: &mut Turn<'_>, fault: Lurking, object: ObjectId) -> bool {
    let armed = &mut turn.process_mut().household.armed;
    armed.iter_mut().filter(|armed| armed.what == fault).for_each(|armed| armed.nth = armed.nth.saturating_sub(1));
    let before = armed.len();
    armed.retain(|armed| armed.what != fault || armed.nth > 0);
    let strikes = armed.len() < before;
    // What all processes share has come nearer in each of them.
    if object.is_of_world() && (strikes || armed.iter().any(|armed| armed.what == fault)) {
        let now: Vec<Armed> = armed.clone();
        for (_, process) in turn.shared.processes.iter_mut() {
            process.household.armed.retain(|armed| armed.what != fault);
            process.household.armed.extend(now.iter().filter(|armed| armed.what == fault));
        }
    }
    if !strikes {
        return false;
    }
    turn.emit(EventKind::FaultFired { object });
    true
}

/// Adds `thread` to a set of threads that is kept sorted, so that equal sets are equal states.
pub(in crate::machine) fn insert(threads: &mut Vec<ThreadId>, thread: ThreadId) {
    if let Err(index) = threads.binary_search(&thread) {
        threads.insert(index, thread);
    }
}

/// Removes `thread` from a list of threads, wherever it stands; says whether it was there.
pub(in crate::machine) fn remove(threads: &mut Vec<ThreadId>, thread: ThreadId) -> bool {
    let index = threads.iter().position(|waiter| *waiter == thread);
    index.map(|index| threads.remove(index)).is_some()
}

/// What stands for an object's address when it prints.
pub(in crate::machine) fn address(id: ObjectId) -> u64 {
    0x7f00_0000_0000 + (u64::from(id.maker.0) << 32) + u64::from(id.slot) * 16
}
