//! The branches of a run: the run itself, and those that start at a moment of its past.
//!
//! One of them is on the screen (`Scene`). The others wait here, paused.

use super::super::notice::{Notice, Refusal};
use super::check::FoundRun;
use super::scene::{Pulse, Standing};
use super::{EVENTS_PER_FRAME, Run};
use crate::event::{ThreadState, TroubleKind};
use crate::session::Session;
use crate::session::findings::DefectKind;
use crate::trace::Model;

/// Where a branch starts from another one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::tui) struct Origin {
    /// The number of that branch.
    pub(in crate::tui) from: usize,
    /// How many events both have in common.
    pub(in crate::tui) events: u64,
    /// How many steps that were.
    pub(in crate::tui) step: u64,
}

/// One of them.
pub(super) struct Branch {
    /// Its number, the first one's being 1.
    pub(super) number: usize,
    pub(super) session: Box<dyn Session>,
    /// How it stands.
    pub(super) live: Standing,
    /// A search has found it.
    pub(super) found: Option<FoundRun>,
    /// What it is called, if it is compared with another program's run.
    pub(super) name: Option<String>,
}

/// All but the one on the screen.
#[derive(Default)]
pub(in crate::tui) struct Branches {
    others: Vec<Branch>,
    /// Where each branch starts, also those that were ended.
    origins: Vec<Option<Origin>>,
}

/// A branch, for the list of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::tui) struct Row {
    pub(in crate::tui) number: usize,
    pub(in crate::tui) shown: bool,
    pub(in crate::tui) origin: Option<Origin>,
    /// What decides which thread goes next.
    pub(in crate::tui) scheduler: &'static str,
    /// How it stands.
    pub(in crate::tui) standing: String,
    pub(in crate::tui) steps: u64,
    /// What goes wrong in it, if a search has found it.
    pub(in crate::tui) found: Option<DefectKind>,
    /// What it is called, if it is no branch of the first one's program.
    pub(in crate::tui) name: Option<String>,
}

impl Branch {
    /// The run itself, which has done nothing yet.
    pub(super) fn first(session: Box<dyn Session>) -> Branch {
        let live = Standing::of(session.as_ref());
        Branch { number: 1, session, live, found: None, name: None }
    }
}

impl Branches {
    /// Ends all of them.
    pub(super) fn close(&mut self) {
        self.others.iter_mut().for_each(|branch| branch.session.close());
    }

    /// Takes in their last events.
    pub(super) fn drain(&mut self) {
        for branch in &mut self.others {
            let events = branch.session.drain(EVENTS_PER_FRAME);
            let goes = !branch.live.pulse.paused && !branch.live.pulse.over;
            if goes || !events.is_empty() {
                let pulse = Pulse::of(branch.session.as_ref());
                branch.live.take_in(&events, pulse);
            }
        }
    }

    /// Notes where a new branch starts; its number.
    pub(super) fn add(&mut self, origin: Option<Origin>) -> usize {
        // Branch 1 starts nowhere.
        self.origins.resize(self.origins.len().max(1), None);
        self.origins.push(origin);
        self.origins.len()
    }

    /// Keeps a branch that is no longer shown.
    pub(super) fn put_aside(&mut self, mut left: Branch) {
        left.live.pulse = Pulse::of(left.session.as_ref());
        self.others.push(left);
    }

    /// The branch that a search has found in this way.
    pub(super) fn found(&self, kind: DefectKind, schedule: &str) -> Option<usize> {
        let is_it = |found: &FoundRun| found.told.kind == kind && found.told.schedule == schedule;
        self.others.iter().find(|branch| branch.found.as_ref().is_some_and(is_it)).map(|branch| branch.number)
    }

    fn origin(&self, number: usize) -> Option<Origin> {
        self.origins.get(number.checked_sub(1)?).copied().flatten()
    }

    /// A branch and those that it comes from, each with how many events, and steps, it has in common with that one.
    fn ancestry(&self, number: usize) -> Vec<(usize, (u64, u64))> {
        let mut line = vec![(number, (u64::MAX, u64::MAX))];
        while let Some(&(last, common)) = line.last()
            && let Some(origin) = self.origin(last)
        {
            line.push((origin.from, common.min((origin.events, origin.step))));
        }
        line
    }

    /// How many events two branches have in common because of where they come from, and how many steps; `None`: nothing, they are
    /// of different runs.
    pub(in crate::tui) fn common(&self, one: usize, other: usize) -> Option<(u64, u64)> {
        let (one, other) = (self.ancestry(one), self.ancestry(other));
        let both = one
            .iter()
            .flat_map(|(a, most)| other.iter().filter(move |(b, _)| a == b).map(move |(_, limit)| *most.min(limit)));
        both.max()
    }
}

impl Run {
    /// The number of the branch on the screen, the first one's being 1.
    pub(in crate::tui) fn branch_number(&self) -> usize {
        self.scene.branch.number
    }

    /// Whether there is more than one.
    pub(in crate::tui) fn has_branches(&self) -> bool {
        !self.branches.others.is_empty()
    }

    /// The branch to compare the one on the screen with: the one that it starts from, if that is still there, or else
    /// the latest.
    pub(in crate::tui) fn counterpart(&self) -> Option<usize> {
        let from = self.branches.origin(self.branch_number()).map(|origin| origin.from);
        let others = || self.branches.others.iter().map(|it| it.number);
        from.filter(|from| others().any(|it| it == *from)).or(others().max())
    }

    /// Every branch, in the order in which they came to be.
    pub(in crate::tui) fn branch_rows(&self) -> Vec<Row> {
        let row = |branch: &Branch| Row {
            number: branch.number,
            shown: branch.number == self.branch_number(),
            origin: self.branches.origin(branch.number),
            scheduler: branch.session.scheduler(),
            standing: standing(branch),
            steps: branch.live.pulse.steps,
            found: branch.found.as_ref().map(|found| found.told.kind),
            name: branch.name.clone(),
        };
        let mut rows: Vec<_> = self.branches.others.iter().chain([&self.scene.branch]).map(row).collect();
        rows.sort_by_key(|row| row.number);
        rows
    }

    /// The model of a branch as it stands.
    pub(in crate::tui) fn model_of(&self, number: usize) -> Option<&Model> {
        let mut all = self.branches.others.iter().chain([&self.scene.branch]);
        all.find(|it| it.number == number).map(|it| &it.live.model)
    }

    /// Starts a new branch from the shown moment. It is paused, and on the screen then.
    pub(in crate::tui) fn branch(&mut self) -> Result<Notice, Refusal> {
        let Some(view) = &self.scene.past else { return Err(Refusal::LatestForBranch) };
        let origin = Origin { from: self.branch_number(), events: view.events, step: view.standing.pulse.steps };
        let mut session = self.fork(origin.events)?;
        session.set_breakpoints(&self.breakpoints.active());
        if let Some(view) = self.scene.past.take() {
            // The model is that of the moment, and goes on from there, as one of a run.
            let mut live = Standing { pulse: Pulse::of(session.as_ref()), ..view.standing };
            live.model.keep_log();
            let number = self.branches.add(Some(origin));
            let found = None;
            let left = std::mem::replace(&mut self.scene.branch, Branch { number, session, live, found, name: None });
            self.branches.put_aside(left);
        }
        self.caught_up = false;
        self.look_again();
        Ok(Notice::BranchStarted { number: self.branch_number(), from: origin.from })
    }

    /// Stops the run, and shows it as it stands: another one takes its place.
    pub(in crate::tui) fn stand_still(&mut self) {
        self.halt();
        self.leave_past();
        self.scene.branch.live.pulse = Pulse::of(self.scene.branch.session.as_ref());
    }

    /// Keeps an earlier run, which stands still, and its branches; this one is the latest of them.
    pub(in crate::tui) fn keep(&mut self, old: Run) {
        let Run { scene, branches, .. } = old;
        self.branches = branches;
        self.branches.others.push(scene.branch);
        self.scene.branch.number = self.branches.add(None);
    }

    /// What the branch on the screen is called.
    pub(in crate::tui) fn title(&self) -> &str {
        self.scene.branch.name.as_deref().unwrap_or(&self.name)
    }

    /// Puts the run of another program, which goes on, beside this one. Gives its number.
    pub(in crate::tui) fn put_beside(&mut self, names: [String; 2], session: Box<dyn Session>) -> usize {
        let [own, name] = names;
        self.scene.branch.name = Some(own);
        let number = self.branches.add(None);
        self.branches.others.push(Branch { number, name: Some(name), ..Branch::first(session) });
        number
    }

    /// Pauses two runs that are compared, or lets them go on.
    pub(in crate::tui) fn play_or_pause_both(&mut self, sides: [usize; 2]) {
        let all = self.branches.others.iter_mut().chain([&mut self.scene.branch]);
        let mut both: Vec<_> = all.filter(|branch| sides.contains(&branch.number)).collect();
        let any_goes = both.iter().any(|branch| !branch.live.pulse.paused && !branch.live.pulse.over);
        for branch in &mut both {
            match branch.session.steer() {
                Some(steering) if any_goes => steering.pause(),
                Some(steering) => steering.resume(),
                None => {}
            }
            branch.live.pulse = Pulse::of(branch.session.as_ref());
        }
    }

    /// Makes sure that the run on the screen can be acted on: in the past it starts a branch. The answer is there
    /// if one was started.
    pub(super) fn make_live(&mut self) -> Result<Option<Notice>, Refusal> {
        if self.is_past() {
            return self.branch().map(Some);
        }
        if self.is_at_recordings_end() {
            return Err(Refusal::RecordingEnds);
        }
        Ok(None)
    }

    /// Whether what is shown is the end of a recording, where nothing runs.
    pub(in crate::tui) fn is_at_recordings_end(&self) -> bool {
        self.is_recording() && !self.is_past()
    }

    /// Puts another branch on the screen.
    pub(in crate::tui) fn switch_to(&mut self, number: usize) -> Notice {
        let Some(index) = self.branches.others.iter().position(|it| it.number == number) else {
            self.leave_past();
            return Notice::BranchShownAlready(number);
        };
        self.stand_still();
        let mut other = self.branches.others.swap_remove(index);
        other.session.set_breakpoints(&self.breakpoints.active());
        self.branches.others.push(std::mem::replace(&mut self.scene.branch, other));
        self.caught_up = false;
        self.look_again();
        Notice::BranchShown(number)
    }

    /// Ends a branch that is not on the screen.
    pub(in crate::tui) fn end_branch(&mut self, number: usize) -> Notice {
        if number == 1 {
            return Refusal::FirstBranch.into();
        }
        if number == self.branch_number() {
            return Refusal::ShownBranch.into();
        }
        self.branches.others.retain(|it| it.number != number);
        Notice::BranchEnded(number)
    }
}

/// How a branch stands, in a word or two.
fn standing(branch: &Branch) -> String {
    let Standing { model, pulse } = &branch.live;
    let main_crashed = model.threads().first().is_some_and(|main| main.state == ThreadState::Crashed);
    if model.deadlock().is_some() {
        return "DEADLOCK".to_owned();
    }
    if pulse.over {
        return match model.status() {
            Some(status) if main_crashed => format!("crashed (exit {status})"),
            Some(status) => format!("finished (exit {status})"),
            None if branch.session.end_of_recording().is_some() => "recording ends".to_owned(),
            None => "ended".to_owned(),
        };
    }
    let stuck = model
        .headline()
        .is_some_and(|finding| matches!(finding.trouble.kind, TroubleKind::Stuck | TroubleKind::BusyWait { .. }));
    let word = match (stuck, pulse.paused) {
        (true, _) => "STUCK",
        (false, true) => "paused",
        (false, false) => "running",
    };
    word.to_owned()
}
