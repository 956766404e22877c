//! When a scenario's file was saved, its new version is run. Nothing that the person watching looks at is lost.

use super::super::notice::Notice;
use super::super::popup::Popup;
use super::super::run::Run;
use super::{App, Screen};
use crate::base::SafeText;

impl App<'_> {
    /// Opens the scenario again when its file changed.
    pub(super) fn reload(&mut self) -> bool {
        let index = match &self.screen {
            Screen::Gallery => return false,
            Screen::Run(run) => run.index,
            Screen::Broken { index, .. } => *index,
        };
        if !self.stage.changed(index) {
            return false;
        }
        match std::mem::replace(&mut self.screen, Screen::Gallery) {
            Screen::Run(run) => self.reopen(run),
            Screen::Gallery | Screen::Broken { .. } => self.open(index),
        }
        true
    }

    /// Runs the new version of `old`'s file. If it cannot run, the old run stays. If the screen shows the old run's
    /// past, or that run has branches, it is kept beside the new run. If the old text was found to go wrong, the new one is
    /// checked too.
    fn reopen(&mut self, mut old: Box<Run>) {
        let mut breakpoints = old.breakpoints.clone();
        breakpoints.forget_places();
        let session = match self.stage.open(old.index, &breakpoints.active()) {
            Ok(session) => session,
            Err(message) => {
                let notice = Notice::NotReloaded { name: old.name.clone(), problem: in_a_line(&message) };
                self.screen = Screen::Run(old);
                return self.say(notice);
            }
        };
        self.popups.clear();
        let mut run = Box::new(Run::new(old.index, old.name.clone(), session, breakpoints));
        let old_way = old.old_way();
        let is_kept = old.is_past() || old.has_branches();
        let notice = Notice::Reloaded { name: run.name.clone(), before: is_kept.then(|| old.branch_number()) };
        if is_kept {
            old.stand_still();
            run.keep(*old);
        }
        run.lay_out(self.area);
        let refusal = old_way.map(|way| run.ask_again(way));
        self.screen = Screen::Run(run);
        self.say(notice);
        if let Some(None) = refusal {
            self.popups.push(Popup::Check { scroll: 0 });
        }
    }
}

/// Shortens what is wrong with a file from several lines to one: where, and what.
fn in_a_line(message: &str) -> String {
    let mut lines = message.lines();
    let what = lines.next().unwrap_or_default();
    let what = what.strip_prefix("error: ").unwrap_or(what);
    // ` --> bank.py:3:1`
    let place = lines.find_map(|line| line.trim_start().strip_prefix("--> "));
    let line =
        place.and_then(|place| place.rsplit(':').nth(1)).map(|line| format!("line {line}: ")).unwrap_or_default();
    SafeText::sentence(&format!("{line}{what}")).into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_file_is_told_in_a_line() {
        let told = "error: not Python: Expected an expression\n --> bank.py:12:5\n  |\n";
        assert_eq!(in_a_line(told), "line 12: not Python: Expected an expression");
        assert_eq!(in_a_line("bank.py: permission denied"), "bank.py: permission denied");
        assert_eq!(in_a_line(""), "");
    }
}
