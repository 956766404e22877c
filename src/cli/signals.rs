//! Signals for a run without a screen: they are handed to the program, as CPython would.

use crate::engine::Control;
use crate::machine::Image;
use crate::schedule::{Fault, Signal};
use signal_hook::iterator::{Handle, Signals};
use signal_hook::low_level;
use std::io;
use std::thread::{self, JoinHandle};

/// Hands signals on until it is stopped.
pub(super) struct Relay {
    handle: Handle,
    thread: JoinHandle<()>,
}

impl Relay {
    /// Hands on interrupts, requests to end, and what else the program mentions. All other signals do what they always do.
    pub(super) fn start(control: Control, image: &Image) -> io::Result<Relay> {
        let always = |signal: Signal| matches!(signal, Signal::Int | Signal::Term);
        let wanted = |signal: &Signal| always(*signal) || image.symbol(signal.name()).is_some();
        let mut signals = Signals::new(Signal::ALL.iter().filter(|signal| wanted(signal)).map(|it| it.number()))?;
        let handle = signals.handle();
        let builder = thread::Builder::new().name("signals".to_owned());
        let thread = builder.spawn(move || signals.forever().for_each(|number| hand_on(&control, number)))?;
        Ok(Relay { handle, thread })
    }

    /// Stops.
    pub(super) fn stop(self) {
        self.handle.close();
        let _ = self.thread.join(); // it has nothing to tell
    }
}

/// A run that is over, and whose process does not end, is ended by the signal itself.
fn hand_on(control: &Control, number: i32) {
    let sent = Signal::of_number(number).map(|signal| control.inject(&Fault::Signal { signal }));
    if !matches!(sent, Some(Ok(()))) {
        let _ = low_level::emulate_default_handler(number); // nobody can be told when that fails
    }
}
