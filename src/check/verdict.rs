//! What a search says of a program, with the evidence: each defect is a run that the machine has done.

use super::bounds::Stop;
use super::classes;
use super::doubts;
pub use super::doubts::Decides;
use super::replay::{self, Ending, Played};
use super::schedule;
use super::search::{Found, Kind, Options, Search};
use super::way::Way;
use crate::base::{ObjectId, ThreadId};
use crate::event::{Blocker, Event, EventKind, Involved, Place, Scalar, TroubleKind};
use crate::machine::{Execution, Impossible};
use std::collections::BTreeSet;

/// The kinds of defects.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DefectKind {
    /// Threads wait for each other in a ring.
    Deadlock,
    /// Threads wait for what nobody does any more, since the notify came before the wait.
    LostWakeup,
    /// Threads wait for what nobody does any more.
    Stuck,
    /// An assertion fails.
    Assertion,
    /// An exception ends a thread.
    Exception,
    /// A thread writes over what another has written since it read.
    LostUpdate,
    /// A thread ends and keeps a lock.
    HeldLock,
    /// Threads go on for ever, and nothing ever changes.
    Livelock,
    /// A thread never gets what it waits for, while others get on for ever.
    Starvation,
    /// Two accesses that nothing keeps apart.
    DataRace,
    /// What is printed depends on who goes when.
    Output,
    /// What was asked for has come true.
    Reached,
    /// What was wished for never comes true.
    Unreached,
}

impl DefectKind {
    /// The word for it, in text and JSON.
    pub fn name(self) -> &'static str {
        match self {
            DefectKind::Deadlock => "deadlock",
            DefectKind::LostWakeup => "lost-wakeup",
            DefectKind::Stuck => "stuck",
            DefectKind::Assertion => "assertion",
            DefectKind::Exception => "exception",
            DefectKind::LostUpdate => "lost-update",
            DefectKind::HeldLock => "held-lock",
            DefectKind::Livelock => "livelock",
            DefectKind::Starvation => "starvation",
            DefectKind::DataRace => "data-race",
            DefectKind::Output => "nondeterministic-output",
            DefectKind::Reached => "reached",
            DefectKind::Unreached => "unreached",
        }
    }

    /// What usually helps.
    pub fn cure(self) -> &'static str {
        match self {
            DefectKind::Deadlock => "take the locks in the same order everywhere, or hold only one at a time",
            DefectKind::LostWakeup => {
                "wait in a loop that checks a variable, and change that variable under the condition's lock"
            }
            DefectKind::Stuck => {
                "make sure that somebody still does what they wait for, on every way through the program"
            }
            DefectKind::Assertion | DefectKind::Exception => {
                "look at what other threads do between the check and its use, and keep both under one lock"
            }
            DefectKind::LostUpdate => "keep the read and the write that depends on it under one lock",
            DefectKind::HeldLock => "take the lock with `with`, so that it is released on every way out",
            DefectKind::Livelock => {
                "let the loop wait for something (an event, a condition, a join) instead of looking again, or let one of the \
                 threads give way"
            }
            DefectKind::Starvation => {
                "let those who wait have their turn: count who waits, or hand over in the order of coming (a queue)"
            }
            DefectKind::DataRace => "keep both accesses under one lock, if their order matters",
            DefectKind::Reached => "look at the steps that lead there",
            DefectKind::Unreached => {
                "look at what keeps it from coming true; only states after the first thread has started count"
            }
            DefectKind::Output => {
                "let one thread print, after it has joined the others, or put what they found in order first"
            }
        }
    }
}

/// A way to a defect.
#[derive(Debug)]
pub struct Defect {
    /// What goes wrong.
    pub kind: DefectKind,
    /// The threads that it concerns.
    pub threads: Vec<ThreadId>,
    /// The lines that it concerns.
    pub lines: Vec<u32>,
    /// Who goes, step by step, and how.
    pub steps: Vec<(ThreadId, Way)>,
    /// How many of the steps, at the end, go on for ever.
    pub cycle: usize,
    /// The run that these steps are.
    pub played: Played,
    /// Of a data race or a lost update: the variable.
    pub place: Option<Place>,
    /// Which item of it, if it is a container.
    pub item: Option<Scalar>,
    /// The lock that is left held.
    pub lock: Option<ObjectId>,
    /// Another run that prints something else, and the first lines that differ: here, and there.
    pub other: Option<Other>,
    /// The expression that has come true, or never does, if it is known.
    pub asked: Option<Box<str>>,
}

/// Another run.
#[derive(Debug)]
pub struct Other {
    /// Its schedule.
    pub schedule: String,
    /// The first line that differs: in the defect's run, and in this.
    pub lines: [String; 2],
}

impl Defect {
    /// A way on which something goes wrong, of which nothing else is known.
    pub fn of(steps: Vec<(ThreadId, Way)>, played: Played) -> Defect {
        let (kind, threads, lines) = (DefectKind::Stuck, Vec::new(), Vec::new());
        let (cycle, place, item, lock, other, asked) = (0, None, None, None, None, None);
        Defect { kind, threads, lines, steps, cycle, played, place, item, lock, other, asked }
    }

    /// The schedule as a short text (`check::schedule`).
    pub fn schedule(&self) -> String {
        schedule::text(&self.steps)
    }

    /// What goes on for ever at the end of it, likewise.
    pub fn loops(&self) -> Option<String> {
        (self.cycle > 0).then(|| schedule::text(&self.steps[self.steps.len() - self.cycle..]))
    }
}

/// What is said of a program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// No way through it goes wrong.
    Verified,
    /// There is a way that goes wrong.
    Defect,
    /// None was found, but not all were looked at, or not all there is to them.
    Inconclusive,
}

impl Verdict {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Verified => "verified",
            Verdict::Defect => "defect",
            Verdict::Inconclusive => "inconclusive",
        }
    }
}

/// The answer to the question whether a program can go wrong.
#[derive(Debug)]
pub struct Answer {
    /// In a word.
    pub verdict: Verdict,
    /// What goes wrong, one of each kind, the first found first.
    pub defects: Vec<Defect>,
    /// What may be meant so.
    pub notes: Vec<Defect>,
    /// What was searched.
    pub found: Found,
    /// What the answer rests on, in sentences.
    pub assumptions: Vec<String>,
    /// Why it is not certain.
    pub doubts: Vec<String>,
    /// What makes the program large, the worst first, in sentences.
    pub costs: Vec<String>,
    /// The program's runs, one of each class, if they are asked for.
    pub runs: Option<Runs>,
    /// What it says if it is `verified`.
    pub claim: &'static str,
}

/// Runs of a program, one of each class (`check::classes`).
#[derive(Debug)]
pub struct Runs {
    /// The runs.
    pub runs: Vec<Listed>,
    /// There are no others.
    pub complete: bool,
}

/// A run, in brief.
#[derive(Debug)]
pub struct Listed {
    /// Its schedule.
    pub schedule: String,
    /// How often another thread went on than the one before, though that could have.
    pub switches: usize,
    /// What it prints.
    pub printed: String,
}

impl Answer {
    /// Nothing is certain, for that reason.
    pub fn unsure(doubt: String) -> Answer {
        Answer {
            verdict: Verdict::Inconclusive,
            defects: Vec::new(),
            notes: Vec::new(),
            found: Found::default(),
            assumptions: Vec::new(),
            doubts: vec![doubt],
            costs: Vec::new(),
            runs: None,
            claim: SAFE,
        }
    }
}

/// What `verified` says of a program.
const SAFE: &str = "in no interleaving does a thread wait for ever, crash, or lose an update";
/// And what if something was asked, and nothing else looked for.
const ANSWERED: &str = "that is the answer to what was asked; nothing else was looked for (`--keep-going` does)";

/// Whether the program can go wrong. With `strict`, a data race is a defect.
///
/// # Errors
/// When the machine does not do again what it did in the search: a bug in raddle.
pub fn check(start: &Execution, options: Options, strict: bool, stop: Stop<'_>) -> Result<Answer, Impossible> {
    check_and_keep(start, options, strict, stop, &|lines| lines.first().copied()).map(|(answer, _)| answer)
}

/// Likewise, with the search: the program's space is known then. `decides` is asked about lines that read the clock, or draw
/// random numbers.
///
/// # Errors
/// When the machine does not do again what it did in the search: a bug in raddle.
pub fn check_and_keep(
    start: &Execution,
    options: Options,
    strict: bool,
    stop: Stop<'_>,
    decides: Decides<'_>,
) -> Result<(Answer, Search), Impossible> {
    let mut search = Search::new(start.clone(), options);
    let mut found = search.run(stop);
    let threads: Vec<ThreadId> = search.space.threads().iter().map(|seat| seat.thread).collect();
    let mut answer = Answer {
        verdict: Verdict::Verified,
        defects: Vec::new(),
        notes: Vec::new(),
        assumptions: doubts::assumptions(&search, options),
        doubts: Vec::new(),
        costs: Vec::new(),
        runs: None,
        claim: if options.asked.is_some() && !options.keep_going { ANSWERED } else { SAFE },
        found: Found::default(),
    };
    for race in std::mem::take(&mut found.races) {
        let mut defect = defect(start, &Kind::Reached, search.named(&race.1))?;
        (defect.kind, defect.place, defect.item) = (DefectKind::DataRace, Some(race.0.datum.place), race.0.datum.item);
        defect.lines = race.0.lines.to_vec();
        defect.threads = [race.0.seat, race.0.other].map(|seat| threads[seat as usize]).to_vec();
        if strict { answer.defects.push(defect) } else { answer.notes.push(defect) }
    }
    for it in std::mem::take(&mut found.defects) {
        if !options.keep_going && !options.seeks(&it.kind) {
            continue;
        }
        let steps = if it.cycle == 0 { search.in_order(&it.steps) } else { it.steps.clone() };
        let mut defect = defect(start, &it.kind, search.named(&steps))?;
        if it.cycle > 0 {
            show_cycle(start, &mut defect, it.cycle, it.who.map(|seat| threads[seat as usize]))?;
        }
        if let Kind::Endless(seat, line) = it.kind {
            (defect.threads, defect.lines) = (vec![threads[seat as usize]], vec![line]);
        }
        if let Kind::Differs(printed, steps) = &it.kind {
            defect.other = Some(Other {
                schedule: schedule::text(&search.named(steps)),
                lines: first_difference(&output(&defect.played), printed),
            });
            defect.threads.clear();
        }
        if let Kind::Lost(lost) = &it.kind {
            (defect.place, defect.item) = (Some(lost.datum.place.clone()), lost.datum.item.clone());
            defect.lines = vec![lost.read, lost.between, lost.write];
            defect.threads = [lost.writer, lost.seat].map(|seat| threads[seat as usize]).to_vec();
        }
        answer.defects.push(defect);
    }
    answer.defects.sort_by_key(|defect| (defect.steps.len(), defect.kind));
    let mut told = BTreeSet::new();
    answer.defects.retain(|defect| told.insert((defect.kind, defect.threads.clone(), defect.lines.clone())));
    if !options.keep_going {
        answer.defects.truncate(1);
    }
    if options.wished {
        grant(start, &mut answer, found.cut.is_some())?;
    }
    if found.endless {
        answer
            .assumptions
            .push("the program need not end: that is no defect as long as every thread gets on".to_owned());
        answer.assumptions.push(
            "a thread that could go on again and again goes on at some time (nobody is passed over for ever)"
                .to_owned(),
        );
    }
    let costs = doubts::costs(&search);
    answer.doubts = doubts::doubts(&search, &found, &costs);
    // What is asked, or printed, may differ though nothing decides by it.
    let all = |lines: &BTreeSet<u32>| lines.first().copied();
    let shows = options.asked.is_some() || options.deterministic;
    answer.doubts.extend(doubts::differing(&search, if shows { &all } else { decides }));
    answer.costs = costs.into_iter().map(|(_, text)| text).collect();
    answer.verdict = match (answer.defects.is_empty(), answer.doubts.is_empty()) {
        (false, _) => Verdict::Defect,
        (true, true) => Verdict::Verified,
        (true, false) => Verdict::Inconclusive,
    };
    answer.found = found;
    Ok((answer, search))
}

/// The runs of the program that was searched, one of each class, at most so many.
///
/// # Errors
/// When the machine does not do again what it did in the search: a bug in raddle.
pub fn runs(start: &Execution, search: &mut Search, most: usize, stop: Stop<'_>) -> Result<Runs, Impossible> {
    let classes = classes::list(search, most, stop);
    let listed = |steps: &Vec<(u32, u8)>| {
        let steps = search.named(steps);
        let played = replay::play(start.clone(), &steps, Ending::Found)?;
        Ok(Listed { schedule: schedule::text(&steps), switches: played.switches, printed: output(&played) })
    };
    let runs = classes.runs.iter().map(listed).collect::<Result<Vec<_>, Impossible>>()?;
    Ok(Runs { runs, complete: classes.complete })
}

/// What was asked for is wished for: it is no defect that it comes true, but that it does not.
fn grant(start: &Execution, answer: &mut Answer, cut: bool) -> Result<(), Impossible> {
    let (granted, defects) =
        std::mem::take(&mut answer.defects).into_iter().partition(|it: &Defect| it.kind == DefectKind::Reached);
    answer.defects = defects;
    let granted: Vec<Defect> = granted;
    if granted.is_empty() && !cut {
        let mut defect = defect(start, &Kind::Reached, Vec::new())?;
        defect.kind = DefectKind::Unreached;
        defect.threads.clear();
        answer.defects.insert(0, defect);
    }
    answer.notes.extend(granted);
    Ok(())
}

/// What goes wrong in this one run, and the run.
///
/// # Errors
/// Which step the machine does not do.
pub fn one(start: &Execution, steps: &[(ThreadId, Way)]) -> Result<(Answer, Played), Impossible> {
    let played = replay::play(start.clone(), steps, Ending::Found)?;
    let mut kinds: Vec<Kind> = Vec::new();
    for event in &played.events {
        let EventKind::Trouble(trouble) = &event.kind else { continue };
        let kind = match &trouble.kind {
            TroubleKind::Deadlock | TroubleKind::Stuck => Kind::Stuck,
            TroubleKind::Uncaught { error } => {
                let class = error.split([':', ' ']).next().unwrap_or_default();
                Kind::Crashed(class.into())
            }
            TroubleKind::DeadOwner { lock, .. } => Kind::Held(*lock),
            TroubleKind::BusyWait { .. } => continue,
        };
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let defects = kinds.iter().map(|kind| defect(start, kind, steps.to_vec())).collect::<Result<Vec<_>, _>>()?;
    let is_over = played.run.shared().status().is_some();
    let doubt = if is_over { "only this run was looked at" } else { "only the beginning of one run was looked at" };
    let verdict = if defects.is_empty() { Verdict::Inconclusive } else { Verdict::Defect };
    let found = Found { states: 0, steps: steps.len(), ..Found::default() };
    Ok((Answer { verdict, defects, found, ..Answer::unsure(doubt.to_owned()) }, played))
}

fn defect(start: &Execution, kind: &Kind, steps: Vec<(ThreadId, Way)>) -> Result<Defect, Impossible> {
    let ending = if matches!(kind, Kind::Stuck | Kind::Ring | Kind::Starves) { Ending::Stuck } else { Ending::Open };
    let played = replay::play(start.clone(), &steps, ending)?;
    let last = steps.last().map_or(ThreadId::MAIN, |(thread, _)| *thread);
    let (mut threads, mut lines) = (vec![last], Vec::new());
    let (mut kind, mut lock) = (
        match kind {
            Kind::Stuck => DefectKind::Stuck,
            Kind::Ring => DefectKind::Deadlock,
            Kind::Crashed(class) if &**class == "AssertionError" => DefectKind::Assertion,
            Kind::Crashed(_) => DefectKind::Exception,
            Kind::Lost(_) => DefectKind::LostUpdate,
            Kind::Held(_) => DefectKind::HeldLock,
            Kind::Endless(..) | Kind::Livelock => DefectKind::Livelock,
            Kind::Differs(..) => DefectKind::Output,
            Kind::Reached => DefectKind::Reached,
            Kind::Starves => DefectKind::Starvation,
        },
        None,
    );
    let (mut gone, mut is_told, mut left) = (None, false, false);
    for event in &played.events {
        let EventKind::Trouble(trouble) = &event.kind else { continue };
        let fits = match trouble.kind {
            TroubleKind::Deadlock => kind == DefectKind::Stuck || kind == DefectKind::Deadlock,
            TroubleKind::Stuck => kind == DefectKind::Stuck,
            TroubleKind::Uncaught { .. } => matches!(kind, DefectKind::Assertion | DefectKind::Exception),
            TroubleKind::DeadOwner { lock: held, owner } => {
                lock = Some(held);
                let wait = || trouble.threads.iter().any(|involved| involved.thread != owner);
                gone = Some(owner).filter(|_| kind == DefectKind::Stuck);
                kind == DefectKind::HeldLock || kind == DefectKind::Stuck && !is_told && wait()
            }
            TroubleKind::BusyWait { .. } => false,
        };
        if fits {
            if matches!(trouble.kind, TroubleKind::Deadlock) {
                kind = DefectKind::Deadlock;
            }
            is_told |= matches!(trouble.kind, TroubleKind::Stuck);
            // Who is over waits for nothing, and threads of the library's own stand in no line.
            let stands = trouble.threads.iter().any(|involved| involved.line > 0);
            let counts = |it: &&Involved| Some(it.thread) != gone && (it.line > 0 || !stands);
            let involved = || trouble.threads.iter().filter(counts);
            // Each who waits for a lock that was left is told of by itself.
            let is_left = kind == DefectKind::Stuck && matches!(trouble.kind, TroubleKind::DeadOwner { .. });
            if !(left && is_left) {
                (threads, lines) = (Vec::new(), Vec::new());
            }
            left = is_left;
            threads.extend(involved().map(|involved| involved.thread));
            lines.extend(involved().map(|involved| involved.line).filter(|line| *line > 0));
        }
    }
    if kind == DefectKind::Stuck && missed_a_notify(&played) {
        kind = DefectKind::LostWakeup;
    }
    Ok(Defect { kind, threads, lines, lock, ..Defect::of(steps, played) })
}

/// What the run has printed.
fn output(played: &Played) -> String {
    let text = |event: &Event| match &event.kind {
        EventKind::Printed { text, error: false } => Some(text.clone()),
        _ => None,
    };
    played.events.iter().filter_map(text).map(|text| text.to_string()).collect()
}

/// The first lines that differ.
fn first_difference(one: &str, other: &str) -> [String; 2] {
    let (mut one, mut other) = (one.lines(), other.lines());
    loop {
        let lines = [one.next(), other.next()];
        if lines[0] != lines[1] || lines[0].is_none() {
            return lines.map(|line| line.unwrap_or_default().to_owned());
        }
    }
}

/// Says who goes round, and where; or who does not, if it concerns somebody who is kept waiting.
fn show_cycle(start: &Execution, defect: &mut Defect, cycle: usize, who: Option<ThreadId>) -> Result<(), Impossible> {
    defect.cycle = cycle;
    let before = replay::play(start.clone(), &defect.steps[..defect.steps.len() - cycle], Ending::Open)?.events.len();
    let mut lines: BTreeSet<(ThreadId, u32)> = defect.played.events[before..]
        .iter()
        .map(|event| (event.thread, event.line))
        .filter(|(_, line)| *line > 0)
        .collect();
    match who {
        Some(who) => {
            // The machine has told of a ring, perhaps.
            if matches!(defect.kind, DefectKind::Deadlock) && defect.threads.contains(&who) {
                return Ok(());
            }
            lines.retain(|(thread, _)| *thread == who);
            lines.insert((who, defect.played.run.shared().record(who).line));
            defect.threads = vec![who];
        }
        None => {
            defect.threads = lines.iter().map(|(thread, _)| *thread).collect();
            defect.threads.dedup();
        }
    }
    defect.lines = lines.into_iter().map(|(_, line)| line).filter(|line| *line > 0).collect();
    Ok(())
}

/// Whether a thread waits on a condition that was notified before while nobody waited, and would have gone on.
fn missed_a_notify(played: &Played) -> bool {
    let shared = played.run.shared();
    let waits = |id: ThreadId| {
        let record = shared.record(id);
        let Blocker::Object(on) = record.waiting.as_ref().filter(|_| record.line > 0)?.on else { return None };
        Some((id, on))
    };
    let mut waiting = (0..shared.threads.len() as u32).map(ThreadId).filter_map(waits);
    waiting.any(|(thread, on)| {
        replay::shows(&played.events, |kind| matches!(kind, EventKind::Notified { object, woken: 0 } if *object == on))
            && !replay::waits_again(&played.run, thread)
    })
}
