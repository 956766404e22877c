//! `raddle check`: whether a program can go wrong. What is said of it, as text, JSON or XML.

mod against;
pub(super) mod jobs;
mod json;
mod junit;
mod limits;
mod text;
mod under;

use super::arguments::{Asked, Check, Harm};
use super::record::{Target, Wish};
use super::schedule::{self, Wanted};
use super::{FAILED, REFUSED, USAGE, complain, load, outside, unwritable};
use crate::base::SafeText;
use crate::check::replay::Played;
use crate::check::search::Options;
use crate::check::verdict::{self, Answer, Verdict};
use crate::event::Legend;
use crate::lang::influence;
use crate::machine::Execution;
use crate::machine::asked;
use crate::machine::strike::Strike;
use crate::schedule::{Choice, Fault, FaultPlan};
use crate::session::Races;
use crate::session::once;
use crate::trace::recording::{Header, Writer};
use against::Against;
use limits::{Interrupt, Limits};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use under::Task;

/// Some file can go wrong.
const DEFECT: u8 = 1;
/// No file can go wrong as far as is known, but of some that is not certain.
const INCONCLUSIVE: u8 = 4;

/// What became of one file.
struct Outcome {
    name: String,
    told: Told,
}

enum Told {
    Checked(Box<Checked>),
    /// It cannot be checked: what is said, and the exit status.
    Refused {
        said: String,
        status: u8,
    },
}

/// What the search has found.
struct Checked {
    name: String,
    answer: Answer,
    seconds: f64,
    legend: Legend,
    header: Header,
    /// What becomes of it under each policy and with each fault, if that is asked.
    matrix: Vec<under::Row>,
    /// An older text, if it is compared with one.
    against: Option<Box<Against>>,
}

/// Checks files; gives the exit status.
pub(super) fn run(options: &Check) -> u8 {
    let interrupt = match Interrupt::listen() {
        Ok(interrupt) => interrupt,
        Err(error) => {
            complain(&format!("raddle: cannot listen for signals: {error}\n"));
            return FAILED;
        }
    };
    let outcomes = match each(options, &interrupt) {
        Ok(outcomes) => outcomes,
        Err(status) => return status,
    };
    if let Err(status) = sum_up(&outcomes, options) {
        return status;
    }
    let left = options.files.len() - outcomes.len();
    if left > 0 {
        complain(&format!("raddle: interrupted; {left} files were not checked\n"));
    }
    let statuses = outcomes.iter().map(Outcome::status).chain((left > 0).then_some(INCONCLUSIVE));
    statuses.max_by_key(|status| gravity(*status)).unwrap_or(0)
}

/// Checks files, several at once, and tells of each in their order. After a Ctrl-C no file is begun.
fn each(options: &Check, interrupt: &Interrupt) -> Result<Vec<Outcome>, u8> {
    let (mut outcomes, mut failed) = (Vec::new(), None);
    let work = |file: usize| (!interrupt.came()).then(|| check(&options.files[file], options, interrupt));
    let tell = |outcome: Option<Outcome>| {
        let Some(outcome) = outcome else { return ControlFlow::Break(()) };
        match tell(&outcome, options) {
            Ok(()) => outcomes.push(outcome),
            Err(status) => failed = Some(status),
        }
        if failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    jobs::in_order(options.jobs, options.files.len(), work, tell).map_err(|error| {
        complain(&format!("{}\n", unstarted(&error)));
        FAILED
    })?;
    failed.map_or(Ok(outcomes), Err)
}

fn unstarted(error: &io::Error) -> String {
    format!("raddle: cannot start a thread: {error}; try --jobs 1")
}

impl Outcome {
    fn status(&self) -> u8 {
        match &self.told {
            Told::Refused { status, .. } => *status,
            Told::Checked(checked) => match checked.answer.verdict {
                Verdict::Verified => 0,
                Verdict::Defect => DEFECT,
                Verdict::Inconclusive => INCONCLUSIVE,
            },
        }
    }
}

/// Of several exit statuses the gravest counts.
fn gravity(status: u8) -> u8 {
    [0, INCONCLUSIVE, DEFECT, USAGE, REFUSED, FAILED].iter().position(|it| *it == status).unwrap_or(0) as u8
}

fn check(file: &OsStr, options: &Check, interrupt: &Interrupt) -> Outcome {
    let name = file.to_string_lossy().into_owned();
    let told = match search(file, options, interrupt) {
        Ok((checked, _)) => Told::Checked(Box::new(checked)),
        Err((said, status)) => Told::Refused { said, status },
    };
    Outcome { name, told }
}

/// What the search has found, and where the program begins.
fn search(file: &OsStr, options: &Check, interrupt: &Interrupt) -> Result<(Checked, Execution), (String, u8)> {
    let begun = options.clock.elapsed();
    let refused = |said| (said, REFUSED);
    let origin = load::find(file).map_err(refused)?.told(&options.told);
    let more = options.asked.as_ref().map(Asked::code).unwrap_or_default();
    let loaded = origin.load_with(&more, options.color, Races::Sought).map_err(refused)?;
    let wanted = Wanted { seed: options.seed, memory: options.memory };
    let (boot, header) = schedule::start(&loaded.image, &wanted);
    let mut start = Execution::new(loaded.image.clone(), boot);
    for given in outside::snapshot(options.input.as_ref(), &options.read).map_err(|said| (said, USAGE))? {
        // Nothing keeps what is given from being taken in.
        let _ = start.choose(&Choice::Given(given), &|| true);
    }
    if let Some(path) = &options.record {
        Wish::new(Target::File(path.clone())).check(&origin).map_err(|said| (said, USAGE))?;
    }
    let limits = Limits {
        clock: &options.clock,
        until: options.max_time.map(|time| begun + time),
        memory: options.max_memory,
        interrupt,
        states: Cell::default(),
    };
    let task = Task { start: &start, loaded: &loaded, options, limits: &limits };
    let unfit = |error| (schedule::unfit(&loaded.image, &error), REFUSED);
    let (answer, matrix) = match &options.schedule {
        Some(steps) => (once::judge(&start, steps).map_err(unfit)?, Vec::new()),
        None if options.matrix => under::matrix(task, if options.files.len() > 1 { 1 } else { options.jobs })?,
        None => (under::policy(task, options.policy)?, Vec::new()),
    };
    let against = options
        .against
        .as_ref()
        .map(|old| against::compare(old, options, interrupt, task).map(Box::new))
        .transpose()?;
    let seconds = (options.clock.elapsed() - begun).as_secs_f64();
    let name = loaded.image.program.source.name().to_owned();
    let legend = loaded.image.legend();
    Ok((Checked { name, answer, seconds, legend, header, matrix, against }, start))
}

/// What may strike if nobody says otherwise: each of the scenario's own faults once, at any time. What only takes time
/// makes no difference, nor does a thread that is frozen for a while. Signals come only on request: few programs stand one at
/// any time.
fn planned(plans: &[FaultPlan]) -> Harm {
    let thaws = plans.iter().any(|plan| matches!(plan.fault, Fault::Thaw { .. }));
    let strike = |plan: &FaultPlan| match plan.fault {
        Fault::Kill { .. } => Some(Strike::Kill),
        Fault::Raise { .. } => Some(Strike::Raise),
        Fault::LeakLock { .. } => Some(Strike::Leak),
        Fault::TakeLock { .. } => Some(Strike::Take),
        Fault::DropNotify { .. } => Some(Strike::Drop),
        Fault::BreakBarrier { .. } => Some(Strike::Break),
        Fault::Freeze { .. } => (!thaws).then_some(Strike::Freeze),
        Fault::KillProcess { .. } => Some(Strike::KillProcess),
        Fault::LoseMessage { .. } => Some(Strike::Lose),
        Fault::Thaw { .. } | Fault::Delay { .. } | Fault::Slow { .. } | Fault::DelayMessage { .. } => None,
        Fault::BreakPipe { .. } | Fault::FillPipe { .. } => None,
        Fault::Wake { .. } | Fault::Expire { .. } | Fault::Signal { .. } => None,
    };
    let strikes: Vec<Strike> = plans.iter().filter_map(strike).collect();
    let wakes = plans.iter().any(|plan| matches!(plan.fault, Fault::Wake { .. }));
    Harm { count: strikes.len() as u32, kinds: strikes.into_iter().collect(), wakes }
}

/// What is not known because some of the scenario's own faults are not tried.
fn left_out(plans: &[FaultPlan]) -> Option<String> {
    let untried = |plan: &&FaultPlan| matches!(plan.fault, Fault::BreakPipe { .. } | Fault::FillPipe { .. });
    let plan = plans.iter().find(untried)?;
    Some(format!("the scenario's fault {plan} was not tried: a search breaks and fills no pipes"))
}

/// The verdict on every interleaving, with these faults; `gil`: on those that CPython's interpreter lock allows.
fn every(task: Task<'_>, harm: Harm, gil: bool) -> Result<Answer, (String, u8)> {
    let Task { start, options, limits, .. } = task;
    let Check { keep_going, deterministic, max_states: most, .. } = *options;
    let Harm { count: faults, kinds, wakes } = harm;
    let (reduce, spurious) = (!options.all, options.spurious || wakes);
    let asked = options.asked.as_ref().and_then(|_| asked::function(start.image(), Asked::FUNCTION));
    let wished = options.asked.as_ref().is_some_and(Asked::is_wished);
    let search = Options { reduce, keep_going, spurious, faults, kinds, deterministic, gil, asked, wished, most };
    let differ = |error| (format!("raddle: the search and the machine differ: {error}"), FAILED);
    let stop = |size| limits.reached(size);
    let decides = |lines: &BTreeSet<u32>| influence::decides(&start.image().program.source, lines);
    let (mut answer, mut search) =
        verdict::check_and_keep(start, search, options.strict, &stop, &decides).map_err(differ)?;
    if let Some(most) = options.list.filter(|_| answer.found.cut.is_none()) {
        answer.runs = Some(verdict::runs(start, &mut search, most, &stop).map_err(differ)?);
    }
    jobs::give_back(search);
    for defect in answer.defects.iter_mut().chain(&mut answer.notes) {
        defect.asked = options.asked.as_ref().map(|asked| asked.text().into());
    }
    Ok(answer)
}

/// Prints what became of a file, and records the run that goes wrong, if that is wanted.
fn tell(outcome: &Outcome, options: &Check) -> Result<(), u8> {
    let checked = match &outcome.told {
        Told::Checked(checked) => checked,
        Told::Refused { said, .. } => {
            complain(&format!("{}\n", said.trim_end()));
            return Ok(());
        }
    };
    let said = match (options.json, options.matrix) {
        (true, _) => format!("{}\n", json::object(checked)),
        (false, true) => format!("{}\n\n{}", text::row(checked), under::table(&checked.matrix)),
        (false, false) if options.files.len() > 1 => text::whole(checked),
        (false, false) => text::whole(checked) + &text::assumptions(std::iter::once(&**checked)),
    };
    let said = if options.json { said } else { said + &text::more(checked, options.why_not) };
    let compared = checked.against.as_ref().filter(|_| !options.json);
    let said = said + &compared.map_or_else(String::new, |against| against.text(checked));
    print(&said)?;
    match (&options.record, checked.answer.defects.first()) {
        (Some(path), Some(defect)) => write(path, "the recording", || record(path, &checked.header, &defect.played)),
        (Some(_), None) | (None, _) => Ok(()),
    }
}

/// A line for each of several files, and the document for a build server.
fn sum_up(outcomes: &[Outcome], options: &Check) -> Result<(), u8> {
    if options.files.len() > 1 && !options.json {
        let rows: Vec<_> = outcomes.iter().map(row).collect();
        let checked = outcomes.iter().filter_map(|outcome| match &outcome.told {
            Told::Checked(checked) => Some(&**checked),
            Told::Refused { .. } => None,
        });
        let assumed = if options.matrix { String::new() } else { text::assumptions(checked) };
        print(&format!("\n{assumed}\n{}\n", rows.join("\n")))?;
    }
    match &options.junit {
        Some(path) => write(path, "the results", || std::fs::write(path, junit::document(outcomes))),
        None => Ok(()),
    }
}

fn row(outcome: &Outcome) -> String {
    match &outcome.told {
        Told::Checked(checked) => text::row(checked),
        Told::Refused { .. } => format!("{:<12} {}", "refused", SafeText::brief(&outcome.name)),
    }
}

fn print(text: &str) -> Result<(), u8> {
    std::io::stdout().lock().write_all(text.as_bytes()).map_err(|error| unwritable(&error))
}

fn write(path: &Path, what: &str, how: impl FnOnce() -> io::Result<()>) -> Result<(), u8> {
    how().map_err(|error| {
        complain(&format!("raddle: cannot write {what} to {}: {error}\n", SafeText::brief(&path.to_string_lossy())));
        FAILED
    })
}

fn record(path: &Path, header: &Header, played: &Played) -> io::Result<()> {
    Writer::new(std::fs::File::create(path)?, header)?.add(&played.tape)
}
