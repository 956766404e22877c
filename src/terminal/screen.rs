//! The terminal: taken over, and left as it was found.
//!
//! The guard puts everything back when it is dropped, so that leaving by a return, an error or a panic is all the same. A
//! panic on the screen's own thread restores first and prints then; panics of other threads (a worker's, which the engine
//! catches and shows as a crash) leave the screen alone.
//!
//! A terminal can also disappear: its window is closed, the connection breaks. SIGHUP does not always come then, so the
//! terminal is watched, and its loss counts as that signal. A separate thread takes signals in. It ends the process if
//! the screen does not get to that: a terminal that accepts no output blocks the thread that draws, and a thread of the
//! program in the middle of a long operation delays the end of its run.

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use ratatui::crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use ratatui::crossterm::{cursor, execute, style};
use ratatui::layout::{Position, Rect};
use ratatui::{Frame, crossterm};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::write;
use signal_hook::consts::{SIGALRM, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2};
use signal_hook::iterator::{self, Handle};
use signal_hook::{SigId, flag, low_level};
use std::io::{self, Stdout};
use std::mem::ManuallyDrop;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;
use std::{panic, thread};

/// How long the screen and its run may take to end after a signal.
const GRACE: Duration = Duration::from_millis(75);
/// How long it may take then to restore the terminal.
const LAST: Duration = Duration::from_millis(200);
/// What `leave` writes, whatever is on.
const ALL_OFF: &[u8] =
    b"\x1b[?1006l\x1b[?1015l\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?2026l\x1b[?2004l\x1b[0m\x1b[?1049l\x1b[?25h";
/// The signals that end the program.
const ENDING: [i32; 7] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM];

/// The screen while it is ours.
pub(super) struct Screen {
    /// Not dropped: it would show the cursor once more, and panic where neither that nor a complaint can be written.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<Stdout>>>,
    mouse: bool,
    signals: Signals,
    old_hook: Arc<Hook>,
}

type Hook = dyn Fn(&panic::PanicHookInfo<'_>) + Send + Sync;

impl Screen {
    /// Takes the terminal over.
    pub(super) fn open(mouse: bool) -> io::Result<Screen> {
        // crossterm's own handling of NO_COLOR also loses bold and reversed; the theme strips colours.
        style::force_color_output(true);
        let signals = Signals::listen(mouse)?;
        let old_hook: Arc<Hook> = Arc::from(panic::take_hook());
        let (screen_thread, hook) = (thread::current().id(), Arc::clone(&old_hook));
        panic::set_hook(Box::new(move |info| {
            if thread::current().id() == screen_thread {
                leave(mouse);
                hook(info);
            }
        }));
        let entered = enter(mouse).and_then(|()| Terminal::new(CrosstermBackend::new(io::stdout())));
        match entered {
            Ok(terminal) => Ok(Screen { terminal: ManuallyDrop::new(terminal), mouse, signals, old_hook }),
            Err(error) => {
                leave(mouse);
                restore_hook(old_hook);
                Err(error)
            }
        }
    }

    /// Draws one frame at once: the terminal shows it when it is complete.
    pub(super) fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        execute!(io::stdout(), BeginSynchronizedUpdate)?;
        let drawn = self.terminal.draw(render).map(|_| ());
        execute!(io::stdout(), EndSynchronizedUpdate)?;
        drawn
    }

    /// Forgets what the terminal is believed to show.
    pub(super) fn redraw(&mut self) -> io::Result<()> {
        // `Terminal::clear` would ask where the cursor is and fail where no answer comes; a resize forgets as much.
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::from((Position::ORIGIN, size)))
    }

    /// Hands the terminal back, stops the process, and takes the terminal again when it goes on.
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        leave(self.mouse);
        low_level::emulate_default_handler(SIGTSTP)?;
        enter(self.mouse)?;
        self.redraw()
    }

    /// Hands the terminal back for good. Signals are listened for until the screen is dropped.
    pub(super) fn leave(&mut self) {
        leave(self.mouse);
    }

    /// The signal that asks the program to end, if one came; that the terminal is gone is one too.
    pub(super) fn ending_signal(&self) -> Option<i32> {
        match self.signals.ending.load(Ordering::Relaxed) {
            0 => is_gone().then_some(SIGHUP),
            signal => Some(signal),
        }
    }

    /// Whether someone asked the program to stop for a while.
    pub(super) fn take_stop_request(&self) -> bool {
        self.signals.stop.swap(false, Ordering::Relaxed)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave(self.mouse);
        restore_hook(Arc::clone(&self.old_hook));
    }
}

fn restore_hook(old: Arc<Hook>) {
    // While panicking the hook cannot be changed; the process is about to end then.
    if !thread::panicking() {
        panic::set_hook(Box::new(move |info| old(info)));
    }
}

/// Whether the terminal is ours now. Leaving the alternate screen a second time would move the cursor back over what was
/// written in between, a panic's message for one.
static OURS: AtomicBool = AtomicBool::new(false);

fn enter(mouse: bool) -> io::Result<()> {
    OURS.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)?;
    if mouse {
        execute!(io::stdout(), EnableMouseCapture)?;
    }
    Ok(())
}

/// Puts everything back. Nothing more can be done about a failure here, and each part is tried even if the others fail.
fn leave(mouse: bool) {
    if !OURS.swap(false, Ordering::SeqCst) {
        return;
    }
    if mouse {
        let _ = execute!(io::stdout(), DisableMouseCapture);
    }
    let _ = execute!(io::stdout(), EndSynchronizedUpdate, DisableBracketedPaste);
    let _ = execute!(io::stdout(), crossterm::style::ResetColor, LeaveAlternateScreen, cursor::Show);
    let _ = disable_raw_mode();
}

/// Puts everything back at once, for a process that is about to end in the middle of something.
pub(super) fn give_back() {
    if OURS.swap(false, Ordering::SeqCst) {
        let _ = write(io::stdout(), ALL_OFF);
        let _ = disable_raw_mode();
    }
}

/// Whether the terminal has disappeared.
fn is_gone() -> bool {
    let stdout = io::stdout();
    // Without any wishes, what is told is that it was hung up, or is broken.
    let mut terminal = [PollFd::new(&stdout, PollFlags::empty())];
    poll(&mut terminal, Some(&Timespec::default())).is_ok_and(|told| told > 0)
}

/// Signals, noted for the loop to look at.
struct Signals {
    /// The one that asks the program to end, or 0.
    ending: Arc<AtomicI32>,
    stop: Arc<AtomicBool>,
    stop_id: SigId,
    handle: Handle,
    /// The thread that takes them in, and a sender; dropping that tells the thread that the screen has ended.
    watch: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Signals {
    fn listen(mouse: bool) -> io::Result<Signals> {
        let (ending, stop) = (Arc::<AtomicI32>::default(), Arc::<AtomicBool>::default());
        let mut signals = iterator::Signals::new(ENDING)?;
        let stop_id = flag::register(SIGTSTP, Arc::clone(&stop))?;
        let (handle, noted) = (signals.handle(), Arc::clone(&ending));
        let (here, left) = channel();
        let watch = thread::Builder::new().name("signals".to_owned()).spawn(move || {
            for signal in signals.forever() {
                noted.store(signal, Ordering::Relaxed);
                end_unless_left(signal, mouse, &left);
            }
        })?;
        Ok(Signals { ending, stop, stop_id, handle, watch: Some((here, watch)) })
    }
}

/// Ends the process, unless the screen ends before the time of grace is over.
fn end_unless_left(signal: i32, mouse: bool, left: &Receiver<()>) {
    if left.recv_timeout(GRACE) == Err(RecvTimeoutError::Timeout) {
        end_process(mouse, 128 + signal);
    }
}

/// Ends the process, whatever its other threads are doing, and puts the terminal back before.
pub(super) fn end_process(mouse: bool, status: i32) -> ! {
    // A terminal that accepts no output would block a write: only its settings are restored.
    let (done, is_done) = channel();
    let giving_back = thread::Builder::new().name("terminal".to_owned()).spawn(move || {
        leave(mouse);
        done.send(())
    });
    if giving_back.is_ok() {
        let _ = is_done.recv_timeout(LAST);
    }
    let _ = disable_raw_mode();
    low_level::exit(status)
}

impl Drop for Signals {
    fn drop(&mut self) {
        low_level::unregister(self.stop_id);
        self.handle.close();
        if let Some((here, watch)) = self.watch.take() {
            drop(here);
            let _ = watch.join(); // it has nothing to tell
        }
    }
}
