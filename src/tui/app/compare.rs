//! Two runs, compared: how a second one gets beside the first one, and what keys do then.

use super::super::compare::Comparison;
use super::super::keys::{self, Action};
use super::super::notice::Refusal;
use super::super::popup::Popup;
use super::{App, Screen, rows_of};
use crate::base::SafeText;

impl App<'_> {
    /// Runs the scenario `other` beside the one that was opened, and compares both.
    pub(super) fn open_beside(&mut self, other: usize) {
        let Screen::Run(run) = &mut self.screen else { return };
        let first = run.index;
        match self.stage.open(other, &[]) {
            Ok(session) => {
                let name =
                    |index: usize| self.stage.cards().get(index).map(|card| SafeText::new(&card.name).into_string());
                let number = run.put_beside([first, other].map(|index| name(index).unwrap_or_default()), session);
                self.popups.extend(Comparison::of(run, [run.branch_number(), number]).map(Popup::Compare));
            }
            Err(message) => {
                let problem = SafeText::sentence(message.lines().next().unwrap_or_default()).into_string();
                self.say(Refusal::NotComparable(problem));
            }
        }
    }

    /// What a key does where two runs are compared.
    pub(super) fn act_on_comparison(&mut self, action: Action) {
        let (Some(Popup::Compare(comparison)), Screen::Run(run)) = (self.popups.last_mut(), &mut self.screen) else {
            return;
        };
        match action {
            Action::PlayPause => run.play_or_pause_both(comparison.sides),
            Action::ToggleAxis => comparison.axis = keys::other(comparison.axis),
            Action::Restart => self.restart(),
            Action::Start => comparison.step(isize::MIN),
            Action::End => comparison.step(isize::MAX),
            other => comparison.step(rows_of(other)),
        }
    }

    /// Compares the branch on the screen with another one.
    pub(super) fn compare_branches(&mut self) {
        let Screen::Run(run) = &self.screen else { return };
        let sides = run.counterpart().map(|other| [run.branch_number().min(other), run.branch_number().max(other)]);
        match sides.and_then(|sides| Comparison::of(run, sides)) {
            Some(comparison) => self.popups.push(Popup::Compare(comparison)),
            None => self.say(Refusal::OneBranch),
        }
    }
}
