//! What the last line can say. Actions answer with one of these; the words for all of them are here.

use super::input::Key;
use super::run::check::unexplored;
use super::run::speed_word;
use crate::base::SafeText;
use crate::schedule::Speed;
use crate::session::findings::{DefectKind, Leaving, Verdict};
use std::fmt;
use std::sync::Arc;

/// Frames that a notice stays in the last line.
const FRAMES: u32 = 120;

/// Something to say.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Notice {
    /// A key did nothing, and this is why.
    Refused(Refusal),
    /// The next Esc leaves the run.
    Leaving,
    /// A recording was opened.
    Recording,
    /// The file of this name has changed and runs anew; the run before, if it was kept, is the branch of that number.
    Reloaded { name: String, before: Option<usize> },
    /// The file of this name has changed and cannot run.
    NotReloaded { name: String, problem: String },
    /// The run stops there from now on: when, and whether that is at changes of a variable alone.
    BreakpointSet { words: String, changes: bool },
    /// The run no longer stops there.
    BreakpointGone(String),
    /// What keeps the run from going on, and the key that helps.
    Standstill(String),
    /// The scheduler is another one.
    Scheduler(String),
    /// The speed is another one.
    Speed(Speed),
    /// A thread is held back.
    Held(Arc<str>),
    /// A thread is no longer held back.
    LetGo(Arc<str>),
    /// A thread has another priority.
    Priority { name: Arc<str>, priority: i32 },
    /// A fault was injected: its words.
    Fault(String),
    /// The program gets an interrupt.
    Interrupted,
    /// A branch starts.
    BranchStarted { number: usize, from: usize },
    /// Another branch is on the screen.
    BranchShown(usize),
    /// That branch was on the screen before.
    BranchShownAlready(usize),
    /// A branch was ended.
    BranchEnded(usize),
    /// A search is through.
    Checked { verdict: Verdict, kind: Option<DefectKind> },
    /// A run that a search has found is on the screen.
    FoundRun(DefectKind),
    /// What would have avoided the trouble is looked for.
    LookingForChoice,
    /// One thing after another.
    Both(Box<[Notice; 2]>),
}

/// Why a key did nothing.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Refusal {
    /// The run that was to be compared with this one cannot be started, for this reason.
    NotComparable(String),
    /// The key has no meaning here.
    NoSuchKey(Key),
    /// The filter of the gallery lets nothing through.
    NothingToOpen,
    /// No scenario has the name that was typed; perhaps this one was meant.
    NoScenario { typed: String, near: Option<String> },
    /// There is nothing to go back to.
    FirstScreen,
    /// The run is over.
    Over,
    /// The run is over, and takes no faults.
    OverForFaults,
    /// The run is over, and schedules nothing.
    OverForScheduler,
    /// The recording ends here: nothing can be done to the run.
    RecordingEnds,
    /// The recording ends here: nothing is left to be played.
    Played,
    /// Nothing can be done to a recording.
    OnlyWatched,
    /// Every thread waits forever.
    NobodyRuns,
    /// A thread cannot take a step, and why.
    CannotStep { name: Arc<str>, why: String },
    /// There is no such thread, counted from 1.
    NoThread(usize),
    /// There is one process alone.
    OneProcess,
    /// A thread has ended.
    ThreadOver(Arc<str>),
    /// A thread has done nothing that could be gone back to.
    NothingDone(Arc<str>),
    /// There is no filter whose matches could be gone through.
    NoFilter,
    /// No thread waits for a line.
    NoLineWanted,
    /// No row is selected.
    NothingSelected,
    /// No row of the variables is selected.
    NoVariableSelected,
    /// A breakpoint would say nothing: no other thread reaches the variable.
    NotShared(Arc<str>),
    /// A thread computes: its line is not known.
    LineUnknown(Arc<str>),
    /// No thread can be stopped on the line or below it.
    NoCode,
    /// The program has no other file.
    OneFile,
    /// No zoom or pan is left to be undone.
    NoEarlierView,
    /// There is no cursor to put a mark at.
    NoCursor,
    /// There is neither a selected event nor a cursor.
    NothingToJumpTo,
    /// The beginning of the run is shown.
    Beginning,
    /// The latest step is shown.
    Latest,
    /// The latest step is shown, where no branch can start.
    LatestForBranch,
    /// Nothing of the past is kept.
    NoPast,
    /// There is only one branch.
    OneBranch,
    /// Branch 1 cannot be ended.
    FirstBranch,
    /// The branch on the screen cannot be ended.
    ShownBranch,
    /// The scheduler does not use priorities.
    PrioritiesUnused,
    /// This thread has no priority.
    NoPriority(Arc<str>),
    /// A fault cannot be injected.
    NoFault { words: String, why: Box<Refusal> },
    /// The program cannot be sent an interrupt.
    NotInterrupted(Box<Refusal>),
    /// No search has found a run that goes wrong.
    NothingFound,
    /// What may come of moments is not known: there are too many states.
    TooManyStates,
    /// Nothing is known of this moment.
    Unexplored(Leaving),
    /// Nothing has gone wrong, nor must it.
    NothingToAvoid,
    /// It goes wrong on every way.
    NothingAvoids,
    /// The moment cannot be shown by itself.
    NoSuchMoment,
    /// The reason that the session gave.
    Session(String),
}

impl Notice {
    /// For how many frames it stays, if no key is pressed.
    pub(super) fn frames(&self) -> u32 {
        // The person watching may be at work on the file.
        if matches!(self, Notice::NotReloaded { .. }) { u32::MAX } else { FRAMES }
    }

    /// This, and then something else.
    pub(super) fn and(self, then: Notice) -> Notice {
        Notice::Both(Box::new([self, then]))
    }
}

impl From<Refusal> for Notice {
    fn from(refusal: Refusal) -> Notice {
        Notice::Refused(refusal)
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Notice::Refused(refusal) => refusal.fmt(f),
            Notice::Leaving => f.write_str("Esc again leaves the run, which ends it"),
            Notice::Recording => f.write_str("a recording: space plays it"),
            Notice::Reloaded { name, before: None } => write!(f, "{name} changed: this is a new run of it"),
            Notice::Reloaded { name, before: Some(number) } => {
                write!(f, "{name} changed: this is a new run of it; the run before is branch {number}: Y lists them")
            }
            Notice::NotReloaded { name, problem } => {
                write!(f, "{name} was saved, but cannot run: {problem}; this is the run before")
            }
            Notice::BreakpointSet { words, changes } => {
                let more = if *changes { "; b again: whenever it is written" } else { "" };
                write!(f, "the run will stop when {}{more}", safe(words))
            }
            Notice::BreakpointGone(words) => write!(f, "the run no longer stops when {}", safe(words)),
            Notice::Standstill(words) => f.write_str(words),
            Notice::Scheduler(name) => write!(f, "scheduler: {name}"),
            Notice::Speed(speed) => write!(f, "speed {}", speed_word(*speed)),
            Notice::Held(name) => write!(f, "{name} is held back: h lets it run again"),
            Notice::LetGo(name) => write!(f, "{name} can run again"),
            Notice::Priority { name, priority } => write!(f, "{name} has priority {priority} now"),
            Notice::Fault(words) => write!(f, "fault: {words}"),
            Notice::Interrupted => f.write_str("the program gets SIGINT, which it handles: ctrl-C again quits"),
            Notice::BranchStarted { number, from } => write!(f, "branch {number} starts here, from branch {from}"),
            Notice::BranchShown(number) => write!(f, "branch {number} is shown now"),
            Notice::BranchShownAlready(number) => write!(f, "branch {number} is shown already"),
            Notice::BranchEnded(number) => write!(f, "branch {number} is gone"),
            Notice::Checked { verdict: Verdict::Verified, .. } => {
                f.write_str("checked: it cannot go wrong; K says more")
            }
            Notice::Checked { verdict: Verdict::Inconclusive, .. } => f.write_str("checked: not certain; K says why"),
            Notice::Checked { verdict: Verdict::Defect, kind } => {
                write!(f, "checked: it can go wrong ({}); K says how", kind.map_or("defect", DefectKind::name))
            }
            Notice::FoundRun(kind) => write!(f, "a run that goes wrong: {}; Esc goes back to your run", kind.name()),
            Notice::LookingForChoice => f.write_str("looking for the last choice that matters"),
            Notice::Both(both) => write!(f, "{}. {}", both[0], both[1]),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Refusal::NoSuchKey(key) => {
                return write!(f, "{} does nothing here: ? shows the keys", SafeText::new(&key.label()));
            }
            Refusal::NotComparable(problem) => return write!(f, "there is nothing to compare with: {problem}"),
            Refusal::NothingToOpen => "nothing to open: no scenario matches the filter",
            Refusal::NoScenario { typed, near } => return no_scenario(typed, near.as_deref(), f),
            Refusal::FirstScreen => "this is the first screen: q quits",
            Refusal::Over => "the run is over: the comma key steps back, r starts it again",
            Refusal::OverForFaults => "r starts again: a run that has ended takes no faults",
            Refusal::OverForScheduler => "r starts again: in a run that has ended nothing is scheduled",
            Refusal::RecordingEnds => "the recording ends here: comma steps back, then y branches",
            Refusal::Played => "the recording ends here: g to its start, comma steps back",
            Refusal::OnlyWatched => "this is a recording: step back first, and start a branch there",
            Refusal::NobodyRuns => "no thread can run any more: e says why, r again, comma back",
            Refusal::CannotStep { name, why } => return write!(f, "{name} cannot take a step: {why}"),
            Refusal::NoThread(number) => return write!(f, "there is no thread {number}"),
            Refusal::ThreadOver(name) => return write!(f, "{name} is over"),
            Refusal::NothingDone(name) => return write!(f, "{name} has not done anything yet"),
            Refusal::NoFilter => "no filter yet: / sets one",
            Refusal::NoLineWanted => "no thread waits for a line to be typed",
            Refusal::NothingSelected => "nothing is selected",
            Refusal::NoVariableSelected => "no variable is selected: ↑ ↓ select one",
            Refusal::NotShared(name) => {
                return write!(f, "set a breakpoint on a line: no other thread reaches {}", safe(name));
            }
            Refusal::LineUnknown(name) => {
                return write!(f, "pause first, or choose a line: where {name} computes is not known");
            }
            Refusal::OneFile => "the program has no other file",
            Refusal::NoCode => "there is no code on this line or below it",
            Refusal::NoEarlierView => "no earlier view",
            Refusal::NoCursor => "no cursor yet: shift-← or a click sets one",
            Refusal::NothingToJumpTo => "nothing to jump to: a click or shift-← sets a cursor first",
            Refusal::Beginning => "this is the beginning: . steps forward",
            Refusal::Latest => "you are at the latest step",
            Refusal::LatestForBranch => "step back (comma), then press y: this is the latest step",
            Refusal::NoPast => "nothing of this run's past is kept",
            Refusal::OneBranch => "no other branch yet: step back (comma), then y starts one",
            Refusal::FirstBranch => "branch 1 is the run itself and is kept",
            Refusal::ShownBranch => "this branch is shown now: choose another one first",
            Refusal::OneProcess => "there is one process: its threads have the lanes",
            Refusal::PrioritiesUnused => "only the scheduler `priority` uses priorities: c chooses it",
            Refusal::NoPriority(name) => return write!(f, "{name} has no priority"),
            Refusal::NoFault { words, why } => return write!(f, "cannot {words}: {why}"),
            Refusal::NotInterrupted(why) => {
                return write!(f, "ctrl-C again quits: SIGINT cannot be sent to the program ({why})");
            }
            Refusal::NothingFound => "no run that goes wrong was found",
            Refusal::TooManyStates => "what may come is not known: too many states, or the check was stopped",
            Refusal::Unexplored(why) => return f.write_str(&unexplored(*why)),
            Refusal::NothingToAvoid => "nothing has gone wrong so far, and it need not",
            Refusal::NothingAvoids => "no choice avoids it: from the beginning on it goes wrong on every way",
            Refusal::NoSuchMoment => "the moment of that choice cannot be shown",
            Refusal::Session(reason) => reason,
        };
        f.write_str(words)
    }
}

fn no_scenario(typed: &str, near: Option<&str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let typed = SafeText::brief(typed);
    match near {
        Some(near) => write!(f, "no scenario is called {typed}; did you mean {}?", SafeText::new(near)),
        None => write!(f, "no scenario is called {typed}; Esc drops the filter"),
    }
}

/// Something with names of the program's in it, safe to show.
fn safe(words: &impl ToString) -> SafeText {
    SafeText::new(&words.to_string())
}
