//! What a scheduling policy may do, and what becomes of a program under each of them, and with each fault.

use super::limits::Limits;
use super::{Check, Harm, every, left_out, planned};
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
use std::fmt::Write as _;
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

/// The verdict on everything, and a row for each policy and for each fault.
///
/// # Errors
/// What is said, and the exit status.
pub(super) fn matrix(task: Task<'_>) -> Result<(Answer, Vec<Row>), (String, u8)> {
    let each = task.options.max_time.unwrap_or(EACH);
    let limits =
        || Limits { until: Some(task.options.clock.elapsed() + each), states: Cell::default(), ..*task.limits };
    let whole = policy(Task { limits: &limits(), ..task }, Kind::Os)?;
    let mut rows = vec![Row::of("os, random, pct", &whole)];
    for kind in [Kind::Gil, Kind::RoundRobin, Kind::Priority] {
        rows.push(Row::of(kind.name(), &policy(Task { limits: &limits(), ..task }, kind)?));
    }
    let fault =
        |strike: Strike| (strike.name(), Harm { count: 1, kinds: [strike].into_iter().collect(), wakes: false });
    let wakes = ("wake", Harm { wakes: true, ..Harm::default() });
    for (name, harm) in Strike::ALL.into_iter().map(fault).chain([wakes]) {
        let answer = every(Task { limits: &limits(), ..task }, harm, false)?;
        rows.push(Row::of(&format!("os, fault {name}"), &answer));
    }
    Ok((whole, rows))
}

/// The table as text.
pub(super) fn table(rows: &[Row]) -> String {
    let mut text = format!("{:<22}{:<14}{:<32}{:>8}\n", "under", "verdict", "what goes wrong", "states");
    for Row { under, verdict, kinds, states, doubts } in rows {
        let doubt = doubts.first().filter(|_| *verdict == Verdict::Inconclusive);
        let what = doubt.map_or_else(|| kinds.join(", "), |doubt| SafeText::brief(doubt).into_string());
        let states = match states {
            0 => "one run".to_owned(),
            states => states.to_string(),
        };
        // Writing to a string does not fail.
        let _ = writeln!(text, "{under:<22}{:<14}{what:<32}{states:>8}", verdict.name());
    }
    text
}
