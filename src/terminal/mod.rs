//! The terminal: the screen in it, with keys and the mouse. Only this part knows crossterm and rustix.

mod abort;
mod input;
mod keyboard;
mod screen;

pub use abort::stand_by;

use crate::session::Stage;
use crate::tui::{App, Options, Wish};
use keyboard::Keyboard;
use screen::Screen;
use std::io;
use std::time::{Duration, Instant};

/// At most this often is a frame drawn.
const FRAME: Duration = Duration::from_millis(33);

/// At least this often the loop looks whether a signal came.
const GLANCE: Duration = Duration::from_millis(10);

/// At most this many keys and mouse events are taken in for one frame.
const INPUTS_PER_FRAME: usize = 256;

/// How the screen was left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exit {
    /// The signal that ended it, if one did: the process exits with 128 more than that.
    pub signal: Option<i32>,
}

/// Opens the screen and stays until the person watching, or a signal, ends it. The terminal is left as it was found.
///
/// # Errors
/// When there is no terminal, or it cannot be read or written. One that disappears is no error: it ends the screen as
/// SIGHUP does.
pub fn run(stage: &mut dyn Stage, options: Options) -> io::Result<Exit> {
    let mut screen = Screen::open(options.mouse)?;
    let mouse = options.mouse;
    let mut app = App::new(stage, options);
    let shown = show(&mut screen, &mut app, mouse);
    // The terminal does not wait for the run to end; signals are listened for until then.
    screen.leave();
    app.close();
    // Freeing all that was on the screen would take too long, and the process is about to end.
    std::mem::forget(app);
    // If the terminal is gone, it is no failure that nothing can be drawn.
    shown.or_else(|error| screen.ending_signal().map(|signal| Exit { signal: Some(signal) }).ok_or(error))
}

fn show(screen: &mut Screen, app: &mut App<'_>, mouse: bool) -> io::Result<Exit> {
    let keyboard = Keyboard::listen(mouse)?;
    let mut timer = FrameTimer::start();
    let mut dirty = true;
    loop {
        if let Some(signal) = screen.ending_signal() {
            return Ok(Exit { signal: Some(signal) });
        }
        // Everything that is pending is taken in before a frame is drawn, unless input never ends.
        keyboard.set_mode(app.mode());
        let mut wait = timer.rest().min(GLANCE);
        for _ in 0..INPUTS_PER_FRAME {
            let Some(event) = keyboard.next(wait)? else { break };
            dirty |= input::input(event).is_some_and(|input| app.input(input));
            keyboard.set_mode(app.mode());
            wait = Duration::ZERO;
            match app.take_wish() {
                Some(Wish::Quit) => return Ok(Exit { signal: None }),
                Some(Wish::Redraw) => screen.redraw()?,
                Some(Wish::Suspend) => screen.suspend()?,
                None => {}
            }
        }
        if screen.take_stop_request() {
            screen.suspend()?;
            dirty = true;
        }
        if timer.rest().is_zero() {
            timer = FrameTimer::start();
            dirty |= app.tick();
            if dirty {
                screen.draw(|frame| app.draw(frame.buffer_mut()))?;
                dirty = false;
            }
        }
    }
}

/// Tells when the next frame is due.
struct FrameTimer {
    last: Instant,
}

impl FrameTimer {
    #[expect(clippy::disallowed_methods, reason = "frames are paced by real time, whatever the run's clock does")]
    fn start() -> FrameTimer {
        FrameTimer { last: Instant::now() }
    }

    fn rest(&self) -> Duration {
        FRAME.saturating_sub(self.last.elapsed())
    }
}
