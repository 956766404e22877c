//! What a scheduling policy may do, and what becomes of a program under each of them, and with each fault.

use super::limits::Limits;
use super::{Check, FAILED, Harm, every, jobs, left_out, planned, unstarted};
use crate::base::SafeText;
use crate::check::bounds::Size;
use crate::check::verdict::{Answer, Verdict};
use crate::cli::schedule;
use crate::machine::Execution;
use crate::machine::strike::Strike;
use crate::policy::Kind;
use crate::session::once::{self, Course};
use crate::session::{Loaded, Settings};
use std::cell::Cell;
use std::ops::ControlFlow;
use std::time::Duration;

/// What `verified` says of the one run that a policy makes.
const ALONE: &str = "under this policy there is one run, and nothing goes wrong in it";

/// How long each row of the table may take, if nobody says otherwise.
const EACH: Duration = Duration::from_secs(5);

/// A row of the table: under what, and what was found.
pub(super) struct Row {
    pub(super) under: String,
    pub(super) verdict: Verdict,
    pub(super) kinds: Vec<&'static str>,
    /// How many states there are; 0: it is one run.
    pub(super) states: usize,
    pub(super) doubts: Vec<String>,
}

impl Row {
    fn of(under: &str, answer: &Answer) -> Row {
        Row {
            under: under.to_owned(),
            verdict: answer.verdict,
            kinds: answer.defects.iter().map(|defect| defect.kind.name()).collect(),
            states: answer.found.states,
            doubts: answer.doubts.clone(),
        }
    }

    /// What stands in the columns of the table.
    fn cells(&self) -> [String; 4] {
        let Row { under, verdict, kinds, states, doubts } = self;
        let doubt = doubts.first().filter(|_| *verdict == Verdict::Inconclusive);
        let what = doubt.map_or_else(|| kinds.join(", "), |doubt| SafeText::brief(doubt).into_string());
        let states = if *states == 0 { "one run".to_owned() } else { states.to_string() };
        [under.clone(), verdict.name().to_owned(), what, states]
    }
}

/// What is checked, and within which limits.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub(super) start: &'a Execution,
    pub(super) loaded: &'a Loaded,
    pub(super) options: &'a Check,
    pub(super) limits: &'a Limits<'a>,
}

/// The verdict on what the policy may do.
///
/// # Errors
/// What is said, and the exit status.
pub(super) fn policy(task: Task<'_>, policy: Kind) -> Result<Answer, (String, u8)> {
    let own = &task.loaded.metadata.faults;
    let faults = || task.options.faults.unwrap_or_else(|| planned(own));
    let every = |gil| {
        let mut answer = every(task, faults(), gil)?;
        if let Some(doubt) = left_out(own).filter(|_| task.options.faults.is_none()) {
            answer.doubts.push(doubt);
            if answer.verdict == Verdict::Verified {
                answer.verdict = Verdict::Inconclusive;
            }
        }
        Ok(answer)
    };
    match policy {
        Kind::Os | Kind::Random | Kind::Pct => every(false),
        Kind::Gil => every(true),
        Kind::RoundRobin | Kind::Priority => Ok(alone(task, policy)),
    }
}

/// The verdict on the one run that the policy makes.
fn alone(Task { start, loaded, options, limits }: Task<'_>, policy: Kind) -> Answer {
    let (seed, memory) = (options.seed, options.memory);
    let mut settings = Settings { policy, seed, memory, ..Settings::of(loaded) };
    settings.priorities.by_name.extend(options.priorities.iter().cloned());
    let stop = |size: Size| limits.reached(size);
    let Course { steps, cut } = once::course(&loaded.image, settings, options.max_states, &stop);
    let mut answer = match once::judge(start, &steps) {
        Ok(answer) => answer,
        Err(error) => return Answer::unsure(schedule::unfit(&loaded.image, &error)),
    };
    answer.doubts = cut.map(|cut| cut.sentence().to_owned()).into_iter().collect();
    if answer.defects.is_empty() && cut.is_none() {
        (answer.verdict, answer.claim) = (Verdict::Verified, ALONE);
    }
    answer.assumptions.push(format!("the policy {} decides who goes next, and nothing else differs", policy.name()));
    answer
}

/// Under what a row of the table is found.
enum Under {
    Policy(Kind),
    Harm(Harm),
}

/// What the rows of the table are, with their names. `processes`: the program may make some.
fn rows(processes: bool) -> impl Iterator<Item = (String, Under)> {
    let os = ("os, random, pct".to_owned(), Under::Policy(Kind::Os));
    let policies = [Kind::Gil, Kind::RoundRobin, Kind::Priority];
    let policies = policies.map(|kind| (kind.name().to_owned(), Under::Policy(kind)));
    let once = |strike: Strike| Harm { count: 1, kinds: [strike].into_iter().collect(), wakes: false };
    let strikes = Strike::ALL.into_iter().filter(move |strike| processes || !strike.needs_processes());
    let faults = strikes.map(move |strike| (strike.name(), once(strike)));
    let wakes = ("wake", Harm { wakes: true, ..Harm::default() });
    let faults = faults.chain([wakes]).map(|(name, harm)| (format!("os, fault {name}"), Under::Harm(harm)));
    [os].into_iter().chain(policies).chain(faults)
}

/// The verdict on everything, and a row for each policy and for each fault; so many at once.
///
/// # Errors
/// What is said, and the exit status.
pub(super) fn matrix(task: Task<'_>, jobs: usize) -> Result<(Answer, Vec<Row>), (String, u8)> {
    let Task { start, loaded, options, limits: &Limits { clock, memory, interrupt, .. } } = task;
    let each = options.max_time.unwrap_or(EACH);
    let under: Vec<(String, Under)> = rows(loaded.image.makes_processes()).collect();
    let work = |row: usize| {
        let limits = Limits { clock, until: Some(clock.elapsed() + each), memory, interrupt, states: Cell::default() };
        let task = Task { start, loaded, options, limits: &limits };
        match under[row].1 {
            Under::Policy(kind) => policy(task, kind),
            Under::Harm(harm) => every(task, harm, false),
        }
    };
    let (mut whole, mut rows, mut failed) = (None, Vec::new(), None);
    let tell = |answer: Result<Answer, (String, u8)>| match answer {
        Ok(answer) => {
            rows.push(Row::of(&under[rows.len()].0, &answer));
            whole.get_or_insert(answer);
            ControlFlow::Continue(())
        }
        Err(error) => {
            failed = Some(error);
            ControlFlow::Break(())
        }
    };
    jobs::in_order(jobs, under.len(), work, tell).map_err(|error| (unstarted(&error), FAILED))?;
    match (failed, whole) {
        (None, Some(whole)) => Ok((whole, rows)),
        (failed, _) => Err(failed.unwrap_or_else(|| ("raddle: the table has no rows".to_owned(), FAILED))),
    }
}

/// The table as text.
pub(super) fn table(rows: &[Row]) -> String {
    let head = ["under", "verdict", "what goes wrong", "states"].map(str::to_owned);
    let cells: Vec<[String; 4]> = [head].into_iter().chain(rows.iter().map(Row::cells)).collect();
    let width = |column: usize| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let [under, verdict, what, states] = [0, 1, 2, 3].map(width);
    let line = |[first, second, third, last]: &[String; 4]| {
        format!("{first:<under$}  {second:<verdict$}  {third:<what$}  {last:>states$}\n")
    };
    cells.iter().map(line).collect()
}
