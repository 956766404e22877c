//! Whether the program that is shown can go wrong: the search beside the run, what it has found, and what may still come of
//! the moment that is shown.

use super::super::layout::Panel;
use super::super::notice::{Notice, Refusal};
use super::Run;
use super::branches::{Branch, Origin};
use super::scene::Standing;
use crate::base::{SafeText, Sources, ThreadId};
use crate::schedule::{Alternative, Fault, StepUnit};
use crate::session::findings::{DefectKind, Ends, Leaving, Sight, Turn, Verdict, Way};
use crate::session::{Findings, Inquiry, Jump, OldWay, Progress, Report, Told};
use std::sync::Arc;

/// So many steps are chosen at most to lead a branch past the trouble, and each may take so many frames.
const LED: u32 = 1_000;
const PATIENCE: u32 = 60;

/// What is asked and known.
#[derive(Default)]
pub(in crate::tui) struct Check {
    inquiry: Option<Inquiry>,
    outcome: Option<Outcome>,
    /// The program that was searched.
    program: Option<Arc<Sources>>,
    /// What is known of the moment that is shown, and which moment that is.
    sight: Option<Sight>,
    seen: Option<Seen>,
    turning: Option<u64>,
    /// The search was stopped by a key: the next key begins again.
    stopped: bool,
    /// When the answer is there, the last choice that matters is shown.
    what_if: bool,
    /// A branch that is led past the trouble.
    guide: Option<Guide>,
    /// How the text before went wrong: that is followed in this one.
    before: Option<OldWay>,
}

/// How a branch is led past the trouble: step by step, as long as something can go wrong.
#[derive(Clone, Copy, Debug)]
struct Guide {
    branch: usize,
    /// The next step is chosen after so many.
    steps: u64,
    /// How many steps may still be chosen, and how many frames the next one may take.
    left: u32,
    patience: u32,
}

/// How a search ended.
enum Outcome {
    Found(Box<Findings>),
    Failed(String),
}

/// A moment: its branch, how many steps that has, and after how many of them the moment is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Seen {
    branch: usize,
    steps: u64,
    moment: u64,
}

/// What there is to say about the search.
pub(in crate::tui) enum Standpoint<'a> {
    Searching(Progress),
    Found(&'a Report),
    Failed(&'a str),
    /// Nobody has asked.
    Unasked,
}

/// A run that a search has found, on the screen.
#[derive(Clone, Debug)]
pub(in crate::tui) struct FoundRun {
    pub(in crate::tui) told: Told,
    /// The branch that was shown before.
    back: usize,
}

/// A choice that avoids the trouble.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::tui) struct Other {
    pub(in crate::tui) turn: Turn,
    pub(in crate::tui) title: String,
    pub(in crate::tui) effect: String,
}

impl Run {
    /// Asks whether the program can go wrong; from the moment that is shown, if that is one of which a search before knows
    /// nothing. `None`: that is known already, or being looked for.
    pub(in crate::tui) fn ask(&mut self) -> Option<Refusal> {
        if self.check.inquiry.is_some() {
            return None;
        }
        let strange = matches!(self.check.sight, Some(Sight::Unknown(_)));
        let is_known = self.check.outcome.is_some() && self.is_checked_program();
        if is_known && !strange && !self.check.stopped {
            return None;
        }
        let from = strange.then(|| self.model().event_count());
        match self.scene.branch.session.inquire(from) {
            Ok(inquiry) => {
                let program = Some(self.model().legend().source.clone());
                let before = self.check.before.take();
                self.check = Check { inquiry: Some(inquiry), program, before, ..Check::default() };
                self.hear();
                None
            }
            Err(why) => Some(Refusal::Session(why)),
        }
    }

    /// How this text goes wrong, as far as that is known; or how the one before did, if nobody knows of this one yet.
    pub(in crate::tui) fn old_way(&self) -> Option<OldWay> {
        match &self.check.outcome {
            Some(Outcome::Found(findings)) => findings.way().cloned(),
            Some(Outcome::Failed(_)) | None => self.check.before.clone(),
        }
    }

    /// Asks whether the new text can still go wrong, and what becomes of the way on which the old one did.
    pub(in crate::tui) fn ask_again(&mut self, before: OldWay) -> Option<Refusal> {
        self.check.before = Some(before);
        self.ask()
    }

    /// Whether the program that was searched is the one that is shown.
    fn is_checked_program(&self) -> bool {
        self.check.program.as_ref().is_some_and(|program| Arc::ptr_eq(program, &self.model().legend().source))
    }

    /// Ends the search; whether there was one.
    pub(in crate::tui) fn stop_asking(&mut self) -> bool {
        self.check.what_if = false;
        self.check.stopped = self.check.inquiry.is_some();
        self.check.inquiry.as_ref().map(Inquiry::stop).is_some()
    }

    /// What there is to say about the search.
    pub(in crate::tui) fn standpoint(&self) -> Standpoint<'_> {
        match (&self.check.inquiry, &self.check.outcome) {
            (Some(inquiry), _) => Standpoint::Searching(inquiry.progress()),
            (None, Some(Outcome::Found(findings))) => Standpoint::Found(findings.report()),
            (None, Some(Outcome::Failed(why))) => Standpoint::Failed(why),
            (None, None) => Standpoint::Unasked,
        }
    }

    /// Takes in the answer, once it is there; whether that is so now.
    fn hear(&mut self) -> bool {
        let Some(answer) = self.check.inquiry.as_mut().and_then(Inquiry::answer) else { return false };
        self.check.inquiry = None;
        self.check.seen = None;
        let (outcome, notice) = match answer {
            Ok(mut findings) => {
                if let Some(before) = &self.check.before {
                    findings.follow_before(before);
                }
                let kind = findings.report().defects.first().map(|told| told.kind);
                self.check.stopped &= findings.report().verdict == Verdict::Inconclusive;
                let notice = Notice::Checked { verdict: findings.report().verdict, kind };
                (Outcome::Found(Box::new(findings)), notice)
            }
            Err(why) => (Outcome::Failed(why.clone()), Refusal::Session(why).into()),
        };
        self.check.outcome = Some(outcome);
        self.problem = Some(notice);
        true
    }

    /// Once a frame: takes in what the search says, and looks at the moment that is shown; whether there is anything new.
    pub(super) fn look_ahead(&mut self) -> bool {
        let heard = self.hear() | self.check.inquiry.is_some();
        let seen = self.look_at_moment();
        self.lead();
        heard | seen
    }

    fn look_at_moment(&mut self) -> bool {
        let moment = self.pulse().steps;
        let seen = Seen { branch: self.branch_number(), steps: self.scene.branch.session.steps(), moment };
        if self.check.outcome.is_none() || self.check.seen == Some(seen) {
            return false;
        }
        let is_program = self.is_checked_program();
        let tape = self.scene.branch.session.past().map(|past| past.tape()).unwrap_or_default();
        let Some(Outcome::Found(findings)) = &mut self.check.outcome else { return false };
        let known = is_program.then(|| (findings.sight(&tape, moment), findings.turning_point()));
        if matches!(known, Some((Some(Sight::Unknown(Leaving::Later)), _))) {
            return false; // the tape comes later
        }
        let before = self.check.sight.take();
        (self.check.sight, self.check.turning) = known.unwrap_or((None, None));
        self.check.seen = Some(seen);
        self.check.sight != before
    }

    /// What is known of the moment that is shown, if anything was searched.
    pub(in crate::tui) fn sight(&self) -> Option<&Sight> {
        self.check.sight.as_ref()
    }

    /// After how many steps of the run nothing could avoid a failure any more.
    pub(in crate::tui) fn turning_point(&self) -> Option<u64> {
        self.check.turning
    }

    /// The run on the screen, if a search has found it.
    pub(in crate::tui) fn found(&self) -> Option<&FoundRun> {
        self.scene.branch.found.as_ref()
    }

    /// Shows the run that goes wrong, and plays it.
    pub(in crate::tui) fn show_found(&mut self) -> Result<Notice, Refusal> {
        let Some(Outcome::Found(findings)) = &self.check.outcome else { return Err(Refusal::NothingFound) };
        let Some(told) = findings.report().defects.first().cloned() else { return Err(Refusal::NothingFound) };
        if let Some(number) = self.branches.found(told.kind, &told.schedule) {
            self.switch_to(number);
        } else if self.found().is_none_or(|found| found.told.schedule != told.schedule) {
            let speed = self.scene.branch.session.speed();
            let played = findings.play(0, &self.breakpoints.active(), speed);
            let Some(session) = played else { return Err(Refusal::NothingFound) };
            self.stand_still();
            let back = self.branch_number();
            let number = self.branches.add(Some(Origin { from: back, events: 0, step: 0 }));
            let live = Standing::of(session.as_ref());
            let found = Some(FoundRun { told: told.clone(), back });
            let left = std::mem::replace(&mut self.scene.branch, Branch { number, session, live, found, name: None });
            self.branches.put_aside(left);
        }
        self.caught_up = false;
        let problem = self.go(Jump::To(0));
        if let Some(thread) = told.threads.first().filter(|thread| thread.index() < self.model().threads().len()) {
            self.select_thread(*thread);
        }
        self.focus(Panel::Steps);
        if !self.is_replaying() {
            self.play_or_stop();
        }
        Ok(problem.unwrap_or(Notice::FoundRun(told.kind)))
    }

    /// Leaves a run that a search has found, for the branch that was shown before; whether one was shown.
    pub(in crate::tui) fn leave_found(&mut self) -> Option<Notice> {
        let back = self.found()?.back;
        // The first branch is always there.
        let back = if self.model_of(back).is_some() { back } else { 1 };
        let notice = self.switch_to(back);
        if self.look.focus == Panel::Steps {
            self.focus(Panel::Lanes);
        }
        Some(notice)
    }

    /// Goes so many rows along the steps of a run that was found.
    pub(super) fn step_along(&mut self, rows: isize) -> Option<Notice> {
        let (count, found) = (self.model().event_count(), self.found()?);
        let steps = &found.told.rows;
        let next = steps.partition_point(|row| row.events < count).saturating_add_signed(rows);
        let jump = match next.min(steps.len()).checked_sub(1).and_then(|row| steps.get(row)) {
            Some(row) => Jump::To(row.events + 1),
            None => Jump::To(0),
        };
        self.step_to(jump)
    }

    /// In a run that goes on for ever: where playing goes on after its end.
    pub(super) fn round(&self, events: u64) -> Option<u64> {
        let round = self.found()?.told.round?;
        (self.caught_up && events >= self.live_model().event_count()).then_some(round)
    }

    /// Goes to the last moment from which another choice avoids the trouble. The choices that do; `None`: a search has to
    /// find out first.
    pub(in crate::tui) fn what_if(&mut self) -> Result<Option<Vec<Other>>, Refusal> {
        self.look_at_moment();
        if self.check.outcome.is_none() || !self.is_checked_program() {
            if let Some(refusal) = self.ask() {
                return Err(refusal);
            }
            self.check.what_if = true;
            return Ok(None);
        }
        match (&self.check.sight, self.turning_point()) {
            (None, _) => return Err(Refusal::TooManyStates),
            (Some(Sight::Unknown(why)), None) => return Err(Refusal::Unexplored(*why)),
            (_, None) => return Err(Refusal::NothingToAvoid),
            (_, Some(0)) => return Err(Refusal::NothingAvoids),
            (_, Some(turning)) => self.go_to_step(turning - 1)?,
        }
        self.look_at_moment();
        let Some(Sight::Known(prospect, _)) = &self.check.sight else { return Err(Refusal::NothingAvoids) };
        let others: Vec<Other> =
            prospect.choices.iter().filter(|turn| turn.avoidable).map(|turn| self.other(*turn)).collect();
        if others.is_empty() { Err(Refusal::NothingAvoids) } else { Ok(Some(others)) }
    }

    /// Whether the choices that avoid the trouble were asked for, and can be shown now.
    pub(in crate::tui) fn take_what_if(&mut self) -> bool {
        self.check.outcome.is_some() && std::mem::take(&mut self.check.what_if)
    }

    fn other(&self, turn: Turn) -> Other {
        let name = self.model().thread_name(turn.thread);
        let code = SafeText::new(self.model().legend().source.line(turn.line).trim());
        let line = self.model().spot(turn.line);
        let title = match turn.way {
            Way::Step(Alternative::Go) => format!("{name} goes (line {line}: {code})"),
            Way::Step(Alternative::TimeOut) => format!("{name}'s wait ends (line {line}: {code})"),
            Way::Wake => format!("{name} wakes by itself (line {line}: {code})"),
            Way::Struck(strike) => format!("{} strikes {name} (line {line}: {code})", strike.name()),
        };
        let effect = match turn.failure {
            None => "Nothing can go wrong any more then.".to_owned(),
            Some(failure) => format!("It can be avoided then; {} is the nearest failure.", failure.words()),
        };
        Other { turn, title, effect }
    }

    /// To the moment after so many steps.
    fn go_to_step(&mut self, step: u64) -> Result<(), Refusal> {
        let live = self.live_model();
        let events = live.folded() + live.log().partition_point(|event| event.step < step) as u64;
        let mut jump = Jump::To(events);
        loop {
            if let Some(Notice::Refused(refusal)) = self.go(jump) {
                return Err(refusal);
            }
            match self.scene.past.as_ref() {
                Some(past) if self.pulse().steps < step => jump = Jump::After(past.events),
                Some(_) if self.pulse().steps == step => return Ok(()),
                // Several steps made no event of their own, or the moment is the latest.
                Some(_) | None => return Err(Refusal::NoSuchMoment),
            }
        }
    }

    /// Takes that choice in a new branch, which then goes on by itself.
    pub(in crate::tui) fn take_other(&mut self, turn: Turn) -> Result<Notice, Refusal> {
        let notice = self.branch()?;
        self.take(turn)?;
        let (branch, steps) = (self.branch_number(), self.pulse().steps + 1);
        self.check.guide = Some(Guide { branch, steps, left: LED, patience: PATIENCE });
        self.select_thread(turn.thread);
        Ok(notice)
    }

    fn take(&mut self, Turn { thread, way, .. }: Turn) -> Result<(), Refusal> {
        match way {
            Way::Step(_) => self.steer(|steering| steering.step(Some(thread), StepUnit::Operation)),
            Way::Wake => self.strike_with(Fault::Wake { thread })?,
            // The search on the screen tries no faults.
            Way::Struck(_) => {}
        }
        Ok(())
    }

    /// Leads a branch past the trouble: as long as something can go wrong, the step is taken after which that is farthest. Then
    /// the branch goes on by itself.
    fn lead(&mut self) {
        let Some(guide) = self.check.guide.take() else { return };
        if guide.branch != self.branch_number() || self.is_past() || !self.pulse().paused {
            return;
        }
        let now = self.pulse().steps;
        let is_known = self.check.seen.is_some_and(|seen| (seen.branch, seen.moment) == (guide.branch, now));
        if (now < guide.steps || !is_known) && guide.patience > 0 {
            self.check.guide = Some(Guide { patience: guide.patience - 1, ..guide });
            return;
        }
        let next = match &self.check.sight {
            Some(Sight::Known(prospect, None)) if is_known && prospect.failure.is_some() && guide.left > 0 => {
                let avoiding = prospect.choices.iter().filter(|turn| turn.avoidable);
                avoiding.max_by_key(|turn| turn.failure.map_or(u32::MAX, |failure| failure.steps)).copied()
            }
            _ => None,
        };
        match next.filter(|_| now >= guide.steps) {
            Some(turn) if self.take(turn).is_ok() => {
                let (steps, left, patience) = (now + 1, guide.left - 1, PATIENCE);
                self.check.guide = Some(Guide { steps, left, patience, ..guide });
            }
            Some(_) | None => self.steer(|steering| steering.resume()),
        }
    }

    /// What may come of the moment that is shown, in a sentence, and whether it is grave.
    pub(in crate::tui) fn ahead(&self) -> Option<(String, Gravity)> {
        let (prospect, failed) = match self.sight()? {
            Sight::Unknown(why) => return Some((unexplored(*why), Gravity::Unknown)),
            Sight::Known(prospect, failed) => (prospect, *failed),
        };
        let ends = ends(prospect.ends);
        if failed == Some(DefectKind::LostUpdate) {
            return Some((format!("nothing avoids the lost update any more; {ends}"), Gravity::Failed));
        }
        if let Some(kind) = failed {
            return Some((format!("{} has happened; {ends}", kind.name()), Gravity::Failed));
        }
        let Some(failure) = prospect.failure else {
            return Some((format!("nothing can go wrong from here; {ends}"), Gravity::Good));
        };
        if failure.steps == 0 && !prospect.choices.is_empty() {
            let left = if prospect.avoidable { "it can still be left" } else { "nothing leads out of it" };
            return Some((format!("{} goes on here; {left}; {ends}", failure.words()), Gravity::Open));
        }
        let leads = prospect.choices.iter().find(|turn| turn.failure == Some(failure));
        let leads = leads
            .map(|turn| format!(" if {} (line {})", self.goes(turn), self.model().spot(turn.line)))
            .unwrap_or_default();
        Some(if prospect.avoidable {
            (format!("{}{leads}; it can still be avoided; {ends}", failure.words()), Gravity::Open)
        } else {
            (format!("{}{leads}; nothing avoids a failure any more; {ends}", failure.words()), Gravity::Failed)
        })
    }

    fn goes(&self, turn: &Turn) -> String {
        let name = self.model().thread_name(turn.thread);
        match turn.way {
            Way::Step(Alternative::Go) => format!("{name} goes"),
            Way::Step(Alternative::TimeOut) => format!("{name}'s wait ends"),
            Way::Wake => format!("{name} wakes by itself"),
            Way::Struck(strike) => format!("{} strikes {name}", strike.name()),
        }
    }

    /// The threads that the run on the screen was found for.
    pub(in crate::tui) fn is_concerned(&self, thread: ThreadId) -> bool {
        self.found().is_some_and(|found| found.told.threads.contains(&thread))
    }
}

/// How grave it is what may come of a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::tui) enum Gravity {
    Good,
    Open,
    Failed,
    Unknown,
}

/// Why nothing is known of a moment.
pub(in crate::tui) fn unexplored(why: Leaving) -> String {
    let why = match why {
        Leaving::Fault => "a fault or a signal struck",
        Leaving::Clock => "the program read the clock",
        Leaving::Otherwise => "the run did what no step of the search does",
        Leaving::Long => "the run is too long to be followed",
        Leaving::Before => "the search began later",
        Leaving::Later => "the run is ahead of what is known of it",
    };
    format!("not explored from here ({why}): K checks on from this moment")
}

fn ends(Ends { count, bad, more }: Ends) -> String {
    let many = if more { " or more" } else { "" };
    match (count, bad) {
        (0, _) => "it goes on for ever".to_owned(),
        (1, 0) => "one end is left".to_owned(),
        (1, _) => "one end is left, a failure".to_owned(),
        (count, 0) => format!("{count}{many} different ends are left"),
        (count, bad) => format!("{count}{many} different ends are left, {bad} of them failures"),
    }
}
