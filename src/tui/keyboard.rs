//! What is typed, pasted and clicked, read by a thread of its own.
//!
//! crossterm does not come back from a terminal that is gone: it reads on and on, and no signal is heard. So it is never
//! called by whoever draws, and its thread is left to itself when the screen is closed.

use ratatui::crossterm::event::{self, Event};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// So much is read ahead.
const AHEAD: usize = 256;
/// So often the thread looks whether it is still wanted.
const PATIENCE: Duration = Duration::from_millis(100);

/// The keyboard and the mouse. Dropping it ends the reading.
pub(super) struct Keyboard {
    inputs: Receiver<io::Result<Event>>,
    wanted: Arc<AtomicBool>,
}

impl Keyboard {
    /// Begins to read.
    pub(super) fn listen() -> io::Result<Keyboard> {
        let (sender, inputs) = sync_channel(AHEAD);
        let wanted = Arc::new(AtomicBool::new(true));
        let going = Arc::clone(&wanted);
        thread::Builder::new().name("keyboard".to_owned()).spawn(move || read(&sender, &going))?;
        Ok(Keyboard { inputs, wanted })
    }

    /// The next input, if one comes within this time.
    ///
    /// # Errors
    /// When the terminal cannot be read.
    pub(super) fn next(&self, within: Duration) -> io::Result<Option<Event>> {
        match self.inputs.recv_timeout(within) {
            Ok(input) => input.map(Some),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(io::Error::other("the terminal cannot be read any more")),
        }
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        self.wanted.store(false, Ordering::Relaxed);
    }
}

fn read(sender: &SyncSender<io::Result<Event>>, wanted: &AtomicBool) {
    while wanted.load(Ordering::Relaxed) {
        let input = match event::poll(PATIENCE) {
            Ok(false) => continue,
            Ok(true) => event::read(),
            Err(error) => Err(error),
        };
        let failed = input.is_err();
        if sender.send(input).is_err() || failed {
            return;
        }
    }
}
