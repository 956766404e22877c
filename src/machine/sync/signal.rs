//! `signal`: what the program does about signals. How one interrupts the main thread stands in `machine::interrupt`.

use super::support::{AGAIN, FIRST, blocked, done};
use super::thread::ident_of;
use crate::base::ThreadId;
use crate::event::{Blocker, EventKind};
use crate::machine::data::exception::VALUE_ERROR;
use crate::machine::memory::encode::encoded;
use crate::machine::memory::native::{Arguments, Call, Context, Native, Result};
use crate::machine::memory::operation::{Operation, Progress, Stage};
use crate::machine::memory::value::Value;
use crate::machine::run::interrupt;
use crate::machine::sync::shared::{Shared, Turn};
use crate::schedule::Signal;

/// A `pause` during which a handler has run.
pub const HANDLED: u8 = 2;

/// What a signal does.
#[derive(Clone, Debug)]
pub enum Handler {
    /// It ends the program.
    Default,
    /// Nothing.
    Ignore,
    /// It raises `KeyboardInterrupt` in the main thread.
    Keyboard,
    /// The main thread calls this.
    Call(Value),
}

encoded!(
    enum Handler {
        Default,
        Ignore,
        Keyboard,
        Call(function),
    }
);

/// What the program does about signals, and those that came.
#[derive(Clone, Debug)]
pub struct Signals {
    handlers: Vec<(Signal, Handler)>,
    /// Signals that the main thread has not taken yet, in the order they came.
    pub pending: Vec<Signal>,
    /// One of them was sent to the main thread, or to the whole program, and interrupts a wait; one that another thread sent
    /// to itself is taken when the main thread goes on.
    pub urgent: bool,
}

encoded!(struct Signals { handlers, pending, urgent });

impl Default for Signals {
    fn default() -> Self {
        let initial = |signal| (signal, if signal == Signal::Int { Handler::Keyboard } else { Handler::Default });
        Signals { handlers: Signal::ALL.into_iter().map(initial).collect(), pending: Vec::new(), urgent: false }
    }
}

impl Signals {
    /// What the signal does.
    pub fn handler(&self, signal: Signal) -> &Handler {
        let found = self.handlers.iter().find(|(known, _)| *known == signal);
        found.map_or(&Handler::Default, |(_, handler)| handler)
    }

    /// Whether the program has a handler of its own for any signal: somebody may yet send it.
    pub fn are_handled(&self) -> bool {
        self.handlers.iter().any(|(_, handler)| matches!(handler, Handler::Call(_)))
    }

    fn set(&mut self, signal: Signal, handler: Handler) -> Handler {
        match self.handlers.iter_mut().find(|(known, _)| *known == signal) {
            Some((_, slot)) => std::mem::replace(slot, handler),
            None => handler,
        }
    }
}

/// What is done with signals.
#[derive(Clone, Debug)]
pub enum Action {
    /// Sets what a signal does.
    Set(Signal, Handler),
    /// Asks what a signal does.
    Get(Signal),
    /// Sends a thread a signal, by that thread's `ident`; `None`: itself.
    Raise(Signal, Option<i64>),
    /// Waits until a handler has run.
    Pause,
    /// A handler returned, or raised this: the main thread goes on with what it was doing, or does not.
    Leave(Option<Value>),
}

encoded!(
    enum Action {
        Set(signal, handler),
        Get(signal),
        Raise(signal, thread),
        Pause,
        Leave(exception),
    }
);

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

/// `__raise_signal(number)`, `__raise_signal(number, ident)`
fn raise(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
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

/// Does the action, or says what blocks it.
///
/// # Errors
/// `ValueError` when another thread than the main one sets a handler.
pub fn perform(turn: &mut Turn<'_>, action: &Action, stage: Stage) -> Result<Progress> {
    match action {
        Action::Set(..) if turn.me != ThreadId::MAIN => {
            Err(turn.error(&VALUE_ERROR, "signal only works in main thread of the main interpreter"))
        }
        Action::Set(signal, handler) => {
            let handled = matches!(handler, Handler::Call(_));
            if let Handler::Call(callable) = handler {
                turn.share(callable);
            }
            let before = turn.shared.signals.set(*signal, handler.clone());
            turn.emit(EventKind::HandlerSet { signal: *signal, handled });
            done(value_of(before))
        }
        Action::Get(signal) => {
            let handler = turn.shared.signals.handler(*signal).clone();
            done(value_of(handler))
        }
        Action::Raise(signal, to) => {
            turn.emit(EventKind::SignalRaised { signal: *signal });
            let to_main = to.unwrap_or(ident_of(turn.me)) == ident_of(ThreadId::MAIN);
            interrupt::arrive(turn.shared, *signal, to_main);
            done(Value::None)
        }
        Action::Pause if stage.part == HANDLED => done(Value::None),
        Action::Pause => blocked(Blocker::Signal, None, AGAIN),
        Action::Leave(_) => done(Value::None), // only the prelude leaves a handler, and that is done elsewhere
    }
}

/// Whether a thread that waits for a signal could go on.
pub fn ready(_: &Shared, action: &Action, stage: Stage) -> bool {
    !matches!(action, Action::Pause) || stage.part == FIRST || stage.part == HANDLED
}
