//! A line that the program waits for, and that is typed on the screen.

use super::app::{App, Screen};
use super::notice::Refusal;
use super::popup::Popup;

impl App<'_> {
    /// Asks for a line as soon as a thread waits for one, once, and no longer than it does; whether that changes anything to
    /// draw.
    pub(super) fn follow_wish_for_line(&mut self) -> bool {
        let awaits = matches!(&self.screen, Screen::Run(run) if run.awaits_line());
        if awaits == self.line_asked {
            return false;
        }
        self.line_asked = awaits;
        if awaits && self.popups.is_empty() {
            self.popups.push(Popup::Line { text: String::new() });
        } else if !awaits {
            self.popups.retain(|popup| !matches!(popup, Popup::Line { .. }));
        }
        true
    }

    /// Asks for the line again.
    pub(super) fn ask_for_line(&mut self) {
        match &self.screen {
            Screen::Run(run) if run.awaits_line() => self.popups.push(Popup::Line { text: String::new() }),
            Screen::Run(_) | Screen::Gallery | Screen::Broken { .. } => self.say(Refusal::NoLineWanted),
        }
    }

    /// Gives the program the line; `None`: nothing more is typed. If it waits for another one, that is asked for too.
    pub(super) fn give_line(&mut self, line: Option<&str>) {
        if let Screen::Run(run) = &mut self.screen {
            run.type_line(line);
            self.line_asked = false;
        }
    }
}
