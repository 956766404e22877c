//! `signal`: what the program does about signals. How one interrupts the main thread stands in `interrupt`.

use crate::base::ThreadId;
use crate::event::{Blocker, EventKind};
use crate::machine::data::exception::VALUE_ERROR;
use crate::machine::data::repr::ident_of;
use crate::machine::memory::native::{Arguments, Call, Context, Native, Result};
use crate::machine::memory::operation::{Operation, Part, Progress, Stage};
use crate::machine::memory::primitive::process;
pub use crate::machine::memory::primitive::signal::{Action, Handler, Signals};
use crate::machine::memory::value::Value;
use crate::machine::run::interrupt;
use crate::machine::sync::primitive::Primitive;
use crate::machine::sync::shared::{Shared, Turn};
use crate::machine::sync::support::{blocked, done};
use crate::schedule::Alternative;
use crate::schedule::Signal;

/// What `lang/library/signal.py` and the prelude are made of.
static FUNCTIONS: &[Native] = &[
    Native { name: "__signal", call: Call::Operation(set) },
    Native { name: "__getsignal", call: Call::Operation(get) },
    Native { name: "__raise_signal", call: Call::Operation(raise) },
    Native { name: "__pause", call: Call::Operation(pause) },
    Native { name: "__leave_handler", call: Call::Operation(leave) },
];

/// The function of that name.
pub fn function(name: &str) -> Option<Value> {
    FUNCTIONS.iter().find(|native| native.name == name).map(Value::Native)
}

fn signal_of(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Signal> {
    let number = match args.positional.first() {
        Some(Value::Int(number)) => *number,
        _ => 0,
    };
    let known = i32::try_from(number).ok().and_then(Signal::of_number);
    known.ok_or_else(|| ctx.value_error(format!("raddle does not send signal {number}")))
}

/// `__signal(number, handler)`, where the handler may be the number of a special one.
fn set(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let signal = signal_of(ctx, args)?;
    let handler = match args.positional.get(1) {
        Some(Value::Int(0)) | None => Handler::Default,
        Some(Value::Int(1)) => Handler::Ignore,
        Some(Value::Int(_)) => Handler::Keyboard,
        Some(callable) => Handler::Call(callable.clone()),
    };
    Ok(Operation::Signal(Action::Set(signal, handler)))
}

fn get(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Signal(Action::Get(signal_of(ctx, args)?)))
}

/// That of SIGKILL, which nothing handles: it ends the process that it is sent to.
const KILL: i64 = 9;

/// `__raise_signal(number)`, `__raise_signal(number, ident)`
fn raise(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    if matches!(args.positional.first(), Some(Value::Int(KILL))) {
        return Ok(Operation::Process(process::Action::Signal(ctx.process, KILL)));
    }
    let to = match args.positional.get(1) {
        Some(Value::Int(ident)) => Some(*ident),
        _ => None,
    };
    Ok(Operation::Signal(Action::Raise(signal_of(ctx, args)?, to)))
}

fn pause(_: &mut Context<'_>, _: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Signal(Action::Pause))
}

fn leave(_: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let raised = args.positional.first().filter(|value| !matches!(value, Value::None)).cloned();
    Ok(Operation::Signal(Action::Leave(raised)))
}

/// The handler as Python code gets it.
fn value_of(handler: Handler) -> Value {
    match handler {
        Handler::Default => Value::Int(0),
        Handler::Ignore => Value::Int(1),
        Handler::Keyboard => Value::Int(2),
        Handler::Call(callable) => callable,
    }
}

impl Primitive for Action {
    type On = ();

    fn perform(&self, turn: &mut Turn<'_>, (): (), stage: Stage, _alternative: Alternative) -> Result<Progress> {
        match self {
            Action::Set(..) if turn.me != turn.process().household.main => {
                Err(turn.error(&VALUE_ERROR, "signal only works in main thread of the main interpreter"))
            }
            Action::Set(signal, handler) => {
                let handled = matches!(handler, Handler::Call(_));
                if let Handler::Call(callable) = handler {
                    turn.share(callable);
                }
                let before = turn.process_mut().household.signals.set(*signal, handler.clone());
                turn.emit(EventKind::HandlerSet { signal: *signal, handled });
                done(value_of(before))
            }
            Action::Get(signal) => {
                let handler = turn.process().household.signals.handler(*signal).clone();
                done(value_of(handler))
            }
            Action::Raise(signal, to) => {
                turn.emit(EventKind::SignalRaised { signal: *signal });
                let to_main = to.unwrap_or(ident_of(turn.me)) == ident_of(turn.process().household.main);
                interrupt::arrive(turn.shared, turn.process, *signal, to_main);
                done(Value::None)
            }
            Action::Pause if stage.part == Part::Handled => done(Value::None),
            Action::Pause => blocked(Blocker::Signal, None, Part::Again),
            Action::Leave(_) => done(Value::None), // only the prelude leaves a handler, and that is done elsewhere
        }
    }

    fn ready(&self, _shared: &Shared, _me: ThreadId, (): (), stage: Stage) -> bool {
        !matches!(self, Action::Pause) || stage.part == Part::First || stage.part == Part::Handled
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Set(..) => "set a handler",
            Action::Get(_) => "ask for a handler",
            Action::Raise(..) => "send a signal",
            Action::Pause => "wait for a signal",
            Action::Leave(_) => "go on",
        }
    }
}
