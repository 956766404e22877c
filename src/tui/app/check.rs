//! Whether the program can go wrong: what the keys for that do.

use super::super::compare::Comparison;
use super::super::keys::Action;
use super::super::notice::Notice;
use super::super::popup::Popup;
use super::super::run::check::{Other, Standpoint};
use super::{App, Screen};

impl App<'_> {
    /// Asks whether the program can go wrong, and shows what is known of that.
    pub(super) fn check(&mut self) {
        let Screen::Run(run) = &mut self.screen else { return };
        match run.ask() {
            Some(refusal) => self.say(refusal),
            None => self.popups.push(Popup::Check { scroll: 0 }),
        }
    }

    /// Ends the search that is in front; whether there was one.
    pub(super) fn stop_search(&mut self) -> bool {
        match (self.popups.last(), &mut self.screen) {
            (Some(Popup::Check { .. }), Screen::Run(run)) => run.stop_asking(),
            _ => false,
        }
    }

    /// What a key does in the panel of the search.
    pub(super) fn act_on_check(&mut self, action: Action) {
        self.popups.pop();
        if action == Action::WhatIf {
            return self.what_if();
        }
        let Screen::Run(run) = &mut self.screen else { return };
        match run.standpoint() {
            Standpoint::Found(report) if !report.defects.is_empty() => {
                let notice = run.show_found().unwrap_or_else(Notice::from);
                self.say(notice);
            }
            // It goes on unseen, or there is nothing to show.
            Standpoint::Found(_) | Standpoint::Searching(_) | Standpoint::Failed(_) | Standpoint::Unasked => {}
        }
    }

    /// Goes to the last choice that avoids the trouble, and offers the others.
    pub(super) fn what_if(&mut self) {
        let Screen::Run(run) = &mut self.screen else { return };
        match run.what_if() {
            Ok(Some(others)) => self.popups.push(Popup::WhatIf { others, row: 0 }),
            Ok(None) => self.say(Notice::LookingForChoice),
            Err(refusal) => self.say(refusal),
        }
        self.answer_what_if();
    }

    /// Once a frame: offers the choices that were asked for before anything was known.
    pub(super) fn answer_what_if(&mut self) {
        if let Screen::Run(run) = &mut self.screen
            && run.take_what_if()
        {
            self.what_if();
        }
    }

    /// Takes that choice in a new branch, and compares it with the one before.
    pub(super) fn take_other(&mut self, other: Option<&Other>) {
        let (Screen::Run(run), Some(other)) = (&mut self.screen, other) else { return };
        match run.take_other(other.turn) {
            Ok(notice) => {
                let sides =
                    run.counterpart().map(|other| [run.branch_number().min(other), run.branch_number().max(other)]);
                self.popups.extend(sides.and_then(|sides| Comparison::of(run, sides)).map(Popup::Compare));
                self.say(notice);
            }
            Err(refusal) => self.say(refusal),
        }
    }
}
