//! What a program does about signals, and what is done with them.

use crate::machine::memory::encode::encoded;
use crate::machine::memory::value::Value;
use crate::schedule::Signal;

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
    pub(in crate::machine) handlers: Vec<(Signal, Handler)>,
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

    pub(in crate::machine) fn set(&mut self, signal: Signal, handler: Handler) -> Handler {
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
