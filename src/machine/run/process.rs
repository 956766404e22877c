//! Processes make, wait for and signal processes. How one is made stands in `fork`.
//!
//! A process is known to the program by a number, as the operating system's are (`ProcessId::number`).

use crate::base::{ProcessId, ThreadId};
use crate::bytecode::Global;
use crate::bytecode::library;
use crate::event::{Blocker, EventKind};
use crate::machine::data::exception::{ASSERTION_ERROR, ATTRIBUTE_ERROR};
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Arguments, Call, Context, Native, Result};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Operation, Part, Progress, Stage};
use crate::machine::memory::primitive::channel::End;
pub use crate::machine::memory::primitive::process::Action;
use crate::machine::memory::value::Value;
use crate::machine::run::operations::anybody_left;
use crate::machine::run::{end, interrupt};
use crate::machine::sync::arguments::{integer, limit, truth};
use crate::machine::sync::primitive::Primitive;
use crate::machine::sync::process::{Process, SPAWNED_NAME, end_of};
use crate::machine::sync::shared::{Shared, Turn};
use crate::machine::sync::support::{blocked, done, until};
use crate::machine::sync::world;
use crate::schedule::{Alternative, Signal};
use std::sync::Arc;

/// That of the process that takes over those whose parent is over.
const INIT: i64 = 1;

/// What `lang/library/os.py` and `multiprocessing` are made of.
static FUNCTIONS: &[Native] = &[
    Native { name: "__getpid", call: Call::Plain(own_number) },
    Native { name: "__global", call: Call::Plain(global) },
    Native { name: "__getppid", call: Call::Operation(parent) },
    Native { name: "__fork", call: Call::Operation(fork) },
    Native { name: "__spawn", call: Call::Operation(spawn) },
    Native { name: "__process_wait", call: Call::Operation(wait) },
    Native { name: "__process_tell", call: Call::Operation(tell) },
    Native { name: "__process_signal", call: Call::Operation(signal) },
    Native { name: "__process_settle", call: Call::Operation(settle) },
    Native { name: "__process_leave", call: Call::Operation(leave) },
];

/// The function of that name.
pub fn function(name: &str) -> Option<Value> {
    FUNCTIONS.iter().find(|native| native.name == name).map(Value::Native)
}

/// The argument at that place, which library code gives.
fn argument(args: Arguments<'_>, at: usize) -> Value {
    args.positional.get(at).cloned().unwrap_or_default()
}

/// The process of the number that is the first argument; it may not be there.
fn process_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<ProcessId> {
    Ok(ProcessId::of_number(integer(ctx, &argument(args, 0))?))
}

fn own_number(ctx: &mut Context<'_>, _: Arguments<'_>) -> Result {
    Ok(Value::Int(ctx.process.number()))
}

/// `__global(module, name)`: what the module holds under that name, in this process.
fn global(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let (Value::Str(module), Value::Str(name)) = (argument(args, 0), argument(args, 1)) else { return Ok(Value::None) };
    let image = ctx.image;
    // A process that was spawned calls the scenario's module so.
    let module = if module.as_str() == SPAWNED_NAME { "__main__" } else { module.as_str() };
    // Builtins that are written in Python stand elsewhere.
    let behind = library::IN_PYTHON.iter().find(|(builtin, _)| module == "builtins" && *builtin == name.as_str());
    let module = behind.map_or(module, |(_, behind)| behind);
    let is_it =
        |global: &Global| image.name(global.name) == name.as_str() && image.program.home_name(global.home) == module;
    let index = image.program.globals.iter().position(is_it);
    let found = match (ctx.memory.get(image.namespace)?, index) {
        (Object::Namespace(values), Some(index)) => values.get(index).filter(|value| !value.is_unbound()).cloned(),
        _ => None,
    };
    if let Some(found) = found {
        return Ok(found);
    }
    let own = image.program.own_modules().find(|(_, own)| &*own.name == module);
    let file = match own.and_then(|(_, own)| own.file) {
        Some(file) => image.program.source.file(file).name(),
        None => image.program.source.name(),
    };
    let module = if module == "__main__" { own_module(ctx)? } else { module.into() };
    let message = format!("Can't get attribute '{}' on <module '{module}' from '{file}'>", name.as_str());
    Err(ctx.error(&ATTRIBUTE_ERROR, message))
}

/// What the scenario's module is called in this process.
fn own_module(ctx: &Context<'_>) -> Result<Arc<str>> {
    let name = ctx.image.program.spawned.map(|spawned| spawned.name.0 as usize);
    Ok(match (ctx.memory.get(ctx.image.namespace)?, name) {
        (Object::Namespace(values), Some(name)) => match values.get(name) {
            Some(Value::Str(name)) => name.as_str().into(),
            _ => "__main__".into(),
        },
        _ => "__main__".into(),
    })
}

fn parent(_: &mut Context<'_>, _: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Process(Action::Parent))
}

/// How the process is called that is made: the first argument.
fn name_of(args: Arguments<'_>) -> Arc<str> {
    match args.positional.first() {
        Some(Value::Str(name)) => name.as_str().into(),
        _ => "process".into(),
    }
}

/// `__fork(name)`
fn fork(_: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Process(Action::Fork(name_of(args))))
}

/// `__spawn(name, told, ends, again)`: `told` refers to nothing in a process, and `ends` are pairs of a channel and whether it is written to.
fn spawn(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let mut ends = Vec::new();
    if let Value::Tuple(given) = argument(args, 2) {
        for pair in given.iter() {
            let Value::Tuple(pair) = pair else { continue };
            let [channel, writes] = &pair[..] else { continue };
            let end = if matches!(writes, Value::Bool(true)) { End::Write } else { End::Read };
            ends.push((world::thing(ctx, channel)?, end));
        }
    }
    Ok(Operation::Process(Action::Spawn(name_of(args), argument(args, 1), ends, truth(&argument(args, 3)))))
}

/// `__process_wait(number, timeout)`
fn wait(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let limit = limit(ctx, args.positional.get(1))?;
    Ok(Operation::Process(Action::Wait(process_of(ctx, args)?, limit)))
}

/// `__process_tell(number, channel)`
fn tell(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let channel = world::thing(ctx, &argument(args, 1))?;
    Ok(Operation::Process(Action::Tell(process_of(ctx, args)?, channel)))
}

/// `__process_signal(number, signal)`
fn signal(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let signal = integer(ctx, &argument(args, 1))?;
    Ok(Operation::Process(Action::Signal(process_of(ctx, args)?, signal)))
}

fn settle(_: &mut Context<'_>, _: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Process(Action::Settle))
}

/// `__process_leave(code)`
fn leave(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Process(Action::Leave(integer(ctx, &argument(args, 0))?)))
}

impl Primitive for Action {
    type On = ();

    fn perform(&self, turn: &mut Turn<'_>, (): (), stage: Stage, alternative: Alternative) -> Result<Progress> {
        match self {
            Action::Parent => {
                let is_there = |id: &ProcessId| turn.shared.processes[*id].household.status.is_none();
                let parent = turn.process().household.parent.filter(is_there);
                done(Value::Int(parent.map_or(INIT, ProcessId::number)))
            }
            Action::Wait(process, limit) => wait_for(turn, *process, *limit, stage, alternative),
            Action::Tell(process, channel) => {
                match turn.shared.processes.get(*process).map(|process| process.household.status) {
                    Some(None) => {
                        let heralds = &mut turn.shared.processes[*process].household.heralds;
                        if !heralds.contains(channel) {
                            heralds.push(*channel);
                        }
                    }
                    Some(Some(code)) => {
                        turn.shared.world.tell(*channel, end_of(*process, code));
                        turn.touch(Blocker::Object(*channel));
                    }
                    None => {}
                }
                done(Value::None)
            }
            Action::Signal(process, number) => send(turn, *process, *number),
            Action::Settle => {
                if stage.part == Part::First {
                    end::dismiss_workers(turn.shared, turn.me);
                }
                match anybody_left(turn.shared, turn.me) {
                    true => blocked(Blocker::Shutdown, None, Part::Again),
                    false => done(Value::None),
                }
            }
            // These are done where the thread is at hand.
            Action::Fork(_) | Action::Spawn(..) | Action::Leave(_) => {
                Err(turn.error(&ASSERTION_ERROR, "not done here"))
            }
        }
    }

    fn ready(&self, shared: &Shared, me: ThreadId, (): (), stage: Stage) -> bool {
        match self {
            Action::Wait(process, _) => stage.part == Part::First || is_over(shared, *process),
            Action::Settle => stage.part == Part::First || !anybody_left(shared, me),
            Action::Parent
            | Action::Tell(..)
            | Action::Signal(..)
            | Action::Fork(_)
            | Action::Spawn(..)
            | Action::Leave(_) => true,
        }
    }

    fn waits(&self, _: &Shared, _: ThreadId, (): ()) -> bool {
        matches!(self, Action::Wait(_, Limit::Forever))
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Fork(_) | Action::Spawn(..) => "make a process",
            Action::Parent => "ask for the parent process",
            Action::Wait(..) => "join a process",
            Action::Tell(..) => "watch a process",
            Action::Signal(..) => "send a process a signal",
            Action::Settle => "wait for threads",
            Action::Leave(_) => "end the process",
        }
    }
}

fn is_over(shared: &Shared, process: ProcessId) -> bool {
    shared.processes.get(process).is_none_or(|process| process.household.status.is_some())
}

fn wait_for(
    turn: &mut Turn<'_>,
    process: ProcessId,
    limit: Limit,
    stage: Stage,
    alternative: Alternative,
) -> Result<Progress> {
    let Some(process) = turn.shared.processes.get(process) else { return done(Value::None) };
    let (target, status) = (process.household.main, process.household.status);
    if let Some(code) = status
        && alternative == Alternative::Go
    {
        turn.emit(EventKind::Joined { target });
        return done(Value::Int(i64::from(code)));
    }
    if limit == Limit::Never {
        turn.emit(EventKind::AskedAlive { target, alive: status.is_none() });
        return done(Value::None);
    }
    if alternative == Alternative::TimeOut {
        turn.emit(EventKind::TimedOut { on: Blocker::Thread(target) });
        return done(Value::None);
    }
    blocked(Blocker::Thread(target), until(turn, stage, limit), Part::Again)
}

/// Sends a process a signal (0: none); gives whether there is such a process. One that nothing handles ends it at once, wherever its
/// threads stand.
fn send(turn: &mut Turn<'_>, process: ProcessId, number: i64) -> Result<Progress> {
    let Some(Process { household, .. }) = turn.shared.processes.get(process) else {
        return done(Value::Bool(false));
    };
    let (main, status) = (household.main, household.status);
    let number = i32::try_from(number).unwrap_or_default();
    if status.is_some() || number == 0 {
        return done(Value::Bool(true)); // it is there until it is waited for
    }
    turn.emit(EventKind::ProcessSignalled { main, signal: number });
    match Signal::of_number(number) {
        Some(signal) => interrupt::arrive(turn.shared, process, signal, true),
        None => end::end_by_signal(turn.shared, process, number),
    }
    done(Value::Bool(true))
}
