//! Keys, pasted text and clicks, read by a separate thread.
//!
//! crossterm does not come back from a terminal that is gone: it reads on and on, and notices no signal. So the thread
//! that draws never calls it, and the reading thread is left to itself when the screen is closed.
//!
//! The thread that draws may be busy, for example with a moment of the past that takes long to play. A person who wants
//! to leave then need not wait: if the key is not taken in, the reading thread ends the process.

use super::{input, screen};
use crate::tui::input::{ch, ctrl};
use crate::tui::keys::{self, Action, Mode};
use ratatui::crossterm::event::{self, Event, KeyEventKind};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// How many inputs are read ahead.
const AHEAD: usize = 256;
/// How often the thread looks whether it is still wanted.
const PATIENCE: Duration = Duration::from_millis(100);
/// How often it looks, after a key that leaves, whether the key was taken in, and how long it waits between two looks.
const LOOKS: u32 = 12;
const LOOK: Duration = Duration::from_millis(5);

/// The keyboard and the mouse. Dropping it ends the reading.
pub(super) struct Keyboard {
    inputs: Receiver<io::Result<Event>>,
    shared: Arc<Common>,
}

/// What both sides know.
#[derive(Debug, Default)]
struct Common {
    /// Nobody reads any more.
    closed: AtomicBool,
    /// How many inputs were taken.
    taken: AtomicUsize,
    /// The key that quits means something else at this moment.
    typing: AtomicBool,
}

impl Keyboard {
    /// Begins to read.
    pub(super) fn listen(mouse: bool) -> io::Result<Keyboard> {
        let (sender, inputs) = sync_channel(AHEAD);
        let shared = Arc::<Common>::default();
        let common = Arc::clone(&shared);
        thread::Builder::new().name("keyboard".to_owned()).spawn(move || read(&sender, &common, mouse))?;
        Ok(Keyboard { inputs, shared })
    }

    /// What keys mean from now on.
    pub(super) fn set_mode(&self, mode: Mode) {
        let quits = keys::lookup(mode, ch('q')) == Some(Action::Quit);
        self.shared.typing.store(!quits, Ordering::Relaxed);
    }

    /// The next input, if one comes within this time.
    ///
    /// # Errors
    /// When the terminal cannot be read.
    pub(super) fn next(&self, within: Duration) -> io::Result<Option<Event>> {
        match self.inputs.recv_timeout(within) {
            Ok(input) => {
                self.shared.taken.fetch_add(1, Ordering::Relaxed);
                input.map(Some)
            }
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(io::Error::other("the terminal cannot be read any more")),
        }
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        self.shared.closed.store(true, Ordering::Relaxed);
    }
}

fn read(sender: &SyncSender<io::Result<Event>>, common: &Common, mouse: bool) {
    let mut sent = 0;
    while !common.closed.load(Ordering::Relaxed) {
        let input = match event::poll(PATIENCE) {
            Ok(false) => continue,
            Ok(true) => event::read(),
            Err(error) => Err(error),
        };
        let failed = input.is_err();
        let leaves = input.as_ref().is_ok_and(|input| leaves(input, common));
        if sender.send(input).is_err() || failed {
            return;
        }
        sent += 1;
        if leaves && !is_taken(common, sent) {
            screen::end_process(mouse, 0);
        }
    }
}

/// Whether an input asks to leave.
fn leaves(input: &Event, common: &Common) -> bool {
    let Event::Key(key) = input else { return false };
    let key_of = input::key(*key);
    let quits = key_of == ch('q') && !common.typing.load(Ordering::Relaxed);
    key.kind != KeyEventKind::Release && (quits || key_of == ctrl('c'))
}

/// Whether so many inputs are taken in soon.
fn is_taken(common: &Common, sent: usize) -> bool {
    for _ in 0..LOOKS {
        if common.taken.load(Ordering::Relaxed) >= sent || common.closed.load(Ordering::Relaxed) {
            return true;
        }
        thread::park_timeout(LOOK);
    }
    false
}
