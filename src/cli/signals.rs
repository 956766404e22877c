//! Signals for a run without a screen: they are handed to the program, as CPython would.
//!
//! The program takes an interrupt when its main thread performs next. In the middle of a long native that does not
//! happen. If the program handles the signal, raddle waits for it for a while; otherwise the run ends at once.

use crate::engine::Control;
use crate::machine::Image;
use crate::schedule::{Fault, Signal};
use signal_hook::iterator::{Handle, Signals};
use signal_hook::low_level;
use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The time between two looks whether a signal was taken.
const LOOK: Duration = Duration::from_millis(5);
/// How many looks there are for a program that does not handle the signal.
const LOOKS: u32 = 6;
/// And for one that may.
const MANY_LOOKS: u32 = 400;

/// Hands signals on until it is stopped.
pub(super) struct Relay {
    handle: Handle,
    thread: JoinHandle<()>,
    /// The signal by which it has ended the run, or 0.
    ended: Arc<AtomicI32>,
}

impl Relay {
    /// Hands on interrupts, requests to end, and the other signals that the program mentions. All others do what they
    /// always do.
    pub(super) fn start(control: &Control, image: &Image) -> io::Result<Relay> {
        let mentions = |name: &str| image.symbol(name).is_some();
        let always = |signal: Signal| matches!(signal, Signal::Int | Signal::Term);
        let wanted = |signal: &Signal| always(*signal) || mentions(signal.name());
        let signals = Signals::new(Signal::ALL.iter().filter(|signal| wanted(signal)).map(|it| it.number()))?;
        let (handle, ended) = (signals.handle(), Arc::<AtomicI32>::default());
        let text = image.program.source.text();
        let reacts = ["KeyboardInterrupt", "BaseException", "signal"].into_iter().any(|word| text.contains(word));
        let looks = if reacts { MANY_LOOKS } else { LOOKS };
        let (control, noted) = (control.impatient(), ended.clone());
        let builder = thread::Builder::new().name("signals".to_owned());
        let thread = builder.spawn(move || relay(signals, &control, looks, &noted))?;
        Ok(Relay { handle, thread, ended })
    }

    /// Stops; gives the signal by which it has ended the run, if it has.
    pub(super) fn stop(self) -> Option<i32> {
        self.handle.close();
        let _ = self.thread.join(); // it has nothing to tell
        Some(self.ended.load(Ordering::Relaxed)).filter(|signal| *signal != 0)
    }
}

fn relay(mut signals: Signals, control: &Control, looks: u32, ended: &AtomicI32) {
    let mut arrived = VecDeque::new();
    while !signals.is_closed() {
        arrived.extend(signals.wait());
        while let Some(number) = arrived.pop_front() {
            let Some(signal) = hand_on(control, number) else { continue };
            let mut left = looks;
            while left > 0 && arrived.is_empty() && !signals.is_closed() && control.is_awaiting(signal) {
                thread::park_timeout(LOOK);
                arrived.extend(signals.pending());
                left -= 1;
            }
            if left == 0 && matches!(signal, Signal::Int | Signal::Term) {
                ended.store(number, Ordering::Relaxed);
                control.abandon();
            }
        }
    }
}

/// If a run is over and its process does not end, the signal itself ends it.
fn hand_on(control: &Control, number: i32) -> Option<Signal> {
    let signal = Signal::of_number(number);
    match signal.map(|signal| control.inject(&Fault::Signal { signal })) {
        Some(Ok(())) => signal,
        _ => {
            let _ = low_level::emulate_default_handler(number); // if that fails, there is no way to say so
            None
        }
    }
}
