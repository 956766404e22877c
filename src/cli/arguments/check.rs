//! The arguments of `raddle check`.

use super::super::check::jobs;
use super::super::load::Told;
use super::{memory, parted, policy, priority, seed, steps};
use crate::check::bounds::{MEMORY, STATES};
use crate::check::schedule::Steps;
use crate::check::way::Strikes;
use crate::engine::Stopwatch;
use crate::lang;
use crate::machine::strike::Strike;
use crate::policy::Kind;
use clap::{Args, value_parser};
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

/// What is to be checked, and how.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Check {
    pub(in crate::cli) files: Vec<OsString>,
    pub(in crate::cli) json: bool,
    pub(in crate::cli) color: bool,
    /// Every kind of defect is looked for.
    pub(in crate::cli) keep_going: bool,
    /// Data races are defects.
    pub(in crate::cli) strict: bool,
    /// Nothing is left out.
    pub(in crate::cli) all: bool,
    /// Threads may wake from a condition without a notify.
    pub(in crate::cli) spurious: bool,
    /// The faults that may strike; `None`: the scenario's own.
    pub(in crate::cli) faults: Option<Harm>,
    /// What is printed is not to depend on who goes when.
    pub(in crate::cli) deterministic: bool,
    /// What the search is limited to: what this scheduling policy may do.
    pub(in crate::cli) policy: Kind,
    /// The priorities of threads, for the policy that goes by them.
    pub(in crate::cli) priorities: Vec<(String, i32)>,
    /// A verdict for each policy, and for each fault.
    pub(in crate::cli) matrix: bool,
    /// So many of the program's runs are listed, one of each class.
    pub(in crate::cli) list: Option<usize>,
    /// What keeps it from a verdict is told.
    pub(in crate::cli) why_not: bool,
    /// An older text of the program, to compare with.
    pub(in crate::cli) against: Option<OsString>,
    /// A state that is asked for.
    pub(in crate::cli) asked: Option<Asked>,
    /// Only this run is looked at.
    pub(in crate::cli) schedule: Option<Steps>,
    pub(in crate::cli) record: Option<PathBuf>,
    pub(in crate::cli) junit: Option<PathBuf>,
    pub(in crate::cli) max_time: Option<Duration>,
    pub(in crate::cli) max_states: usize,
    /// How much memory the search may have, in bytes.
    pub(in crate::cli) max_memory: u64,
    /// So many searches go on at once.
    pub(in crate::cli) jobs: usize,
    /// How much the program may have.
    pub(in crate::cli) memory: u64,
    pub(in crate::cli) seed: u64,
    /// What is typed.
    pub(in crate::cli) input: Option<PathBuf>,
    /// Files and folders that the program may read, as they are now.
    pub(in crate::cli) read: Vec<PathBuf>,
    /// Stand-ins and arguments.
    pub(in crate::cli) told: Told,
    /// Runs since the start.
    pub(in crate::cli) clock: Stopwatch,
}

/// Faults that may strike.
#[derive(Clone, Copy, Default, Debug)]
pub(in crate::cli) struct Harm {
    /// How many.
    pub(in crate::cli) count: u32,
    /// Which.
    pub(in crate::cli) kinds: Strikes,
    /// Threads may wake from a condition without a notify.
    pub(in crate::cli) wakes: bool,
}

#[derive(Args, Debug)]
pub(super) struct CheckArguments {
    /// Python files, built-in scenarios' names, or - for standard input
    #[arg(value_name = "FILE-OR-NAME", required_unless_present = "arguments")]
    files: Vec<OsString>,
    /// One JSON object for each file
    #[arg(long)]
    json: bool,
    /// Look for every kind of defect, not only for the first
    #[arg(long)]
    keep_going: bool,
    /// A data race is a defect, too
    #[arg(long)]
    strict: bool,
    /// Try every interleaving, also those that only differ in the order of steps that have nothing to do with each other
    #[arg(long)]
    all: bool,
    /// Let threads wake from a condition without a notify
    #[arg(long)]
    spurious: bool,
    /// Let a thread be killed, a release or a notify be forgotten, so often: `--faults 1`. Or let these faults strike, one of
    /// each: `--faults kill,raise,leak,drop-notify,take,break,freeze,signal,kill-process,lose-message` [default: the scenario's own]
    #[arg(long, value_name = "NUMBER-OR-KINDS", value_parser = harm, allow_negative_numbers = true)]
    faults: Option<Harm>,
    /// Let no fault strike, not even the scenario's own
    #[arg(long, conflicts_with = "faults")]
    no_faults: bool,
    /// What is printed is not to depend on who goes when
    #[arg(long)]
    deterministic: bool,
    /// Only what this scheduling policy may do: gil switches threads where CPython can, round-robin and priority make one run;
    /// os, random and pct may do everything
    #[arg(long, value_name = "NAME", value_parser = policy, default_value = "os", hide_default_value = true)]
    policy: Kind,
    /// A thread's priority, for the policy `priority`: left=3
    #[arg(long = "priority", value_name = "THREAD=NUMBER", value_parser = priority)]
    priorities: Vec<(String, i32)>,
    /// A table: the verdict under each policy, and with each fault
    #[arg(long, conflicts_with_all = ["policy", "faults", "no_faults", "schedule", "record", "junit"])]
    matrix: bool,
    /// List the ways through the program, at most so many; those that differ only in the order of independent steps count as one
    #[arg(long, value_name = "NUMBER", num_args = 0..=1, default_missing_value = "20", require_equals = true,
        value_parser = value_parser!(u32).range(1..), conflicts_with_all = ["schedule", "matrix"])]
    list: Option<u32>,
    /// Tell what keeps the program from a verdict, and what makes it large
    #[arg(long, conflicts_with_all = ["schedule", "matrix"])]
    why_not: bool,
    /// Check this older text, too, and show how the way on which it goes wrong goes in the new one
    #[arg(long, value_name = "OLD", conflicts_with_all = ["schedule", "matrix"])]
    against: Option<OsString>,
    /// Ask whether this can come true in some state, an expression over global variables: `--can "total == 99"`
    #[arg(long, value_name = "EXPRESSION", value_parser = expression, conflicts_with = "never", allow_hyphen_values = true)]
    can: Option<String>,
    /// Make sure that this never comes true: it is a defect if it does
    #[arg(long, value_name = "EXPRESSION", value_parser = expression, allow_hyphen_values = true)]
    never: Option<String>,
    /// Look at this one run only: `0*5 1*3` means that thread 0 takes five steps, then thread 1 three
    #[arg(long, value_name = "STEPS", value_parser = steps)]
    schedule: Option<Steps>,
    /// Record the run that goes wrong for `raddle replay`
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Write the results as JUnit's XML, for a build server
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// End the search of a file after so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true)]
    max_time: Option<Duration>,
    /// Keep at most so many states
    #[arg(long, value_name = "NUMBER", default_value_t = STATES, value_parser = value_parser!(u32).range(1..))]
    max_states: u32,
    /// Use at most so much memory for the search, like 512M or 4G [default: 4G]
    #[arg(long, value_name = "SIZE", value_parser = memory::parse, allow_hyphen_values = true)]
    max_memory: Option<u64>,
    /// Check so many files, or rows of a matrix, at once; the limit of memory is for all of them [default: one for each core]
    #[arg(long, value_name = "NUMBER", value_parser = value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Seed of the program's own unseeded random numbers
    #[arg(long, value_parser = seed, allow_negative_numbers = true, default_value = "0")]
    seed: u64,
    /// Take what the program reads from its standard input from this file
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// Let the program read this file, or what is in this folder, as it is now; may be given several times
    #[arg(long, value_name = "PATH")]
    read: Vec<PathBuf>,
    /// Put stand-ins in the place of these modules, like requests,socket
    #[arg(long = "stub", value_name = "MODULES", value_delimiter = ',')]
    stubs: Vec<String>,
    /// What the program is run with, in `sys.argv`
    #[arg(last = true, value_name = "ARGUMENTS")]
    arguments: Vec<OsString>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| "write a number of seconds, like 10 or 0.5".to_owned())
}

/// A state that is asked for, by an expression over global variables.
#[derive(Clone, Debug)]
pub(in crate::cli) enum Asked {
    /// It is to be possible.
    Can(String),
    /// It is to be impossible.
    Never(String),
}

impl Asked {
    /// The function that fails an assertion where it is true.
    pub(in crate::cli) const FUNCTION: &'static str = "_raddle_asks";

    /// The expression.
    pub(in crate::cli) fn text(&self) -> &str {
        match self {
            Asked::Can(text) | Asked::Never(text) => text,
        }
    }

    pub(in crate::cli) fn is_wished(&self) -> bool {
        matches!(self, Asked::Can(_))
    }

    /// What stands at the end of the program for it. It is never run there.
    pub(in crate::cli) fn code(&self) -> String {
        format!("if __name__ == \"asked\":\n    def {}():\n        assert not (\n{}\n)\n", Asked::FUNCTION, self.text())
    }
}

fn expression(text: &str) -> Result<String, String> {
    match lang::expression(text) {
        Ok(()) => Ok(text.to_owned()),
        Err(why) => Err(format!("{why}; write an expression over global variables, like `total == 99`")),
    }
}

fn harm(text: &str) -> Result<Harm, String> {
    if let Ok(count) = text.parse() {
        return Ok(Harm { count, kinds: Strikes::COMMON.into_iter().collect(), wakes: false });
    }
    let kind = |name: &str| Strike::ALL.into_iter().find(|strike| strike.name() == name.trim());
    let kinds: Option<Vec<Strike>> = text.split(',').map(kind).collect();
    match kinds {
        Some(kinds) => Ok(Harm { count: kinds.len() as u32, kinds: kinds.into_iter().collect(), wakes: false }),
        None => {
            let names: Vec<&str> = Strike::ALL.iter().map(|strike| strike.name()).collect();
            Err(format!("write how many, like 1, or which: {}", names.join(", ")))
        }
    }
}

impl CheckArguments {
    /// What is asked for.
    ///
    /// # Errors
    /// What does not go together.
    pub(super) fn check(mut self, color: bool) -> Result<Check, &'static str> {
        if self.files.is_empty() {
            self.files = std::mem::take(&mut self.arguments);
        }
        let arguments = parted::texts(self.arguments).ok_or(parted::NO_TEXT)?;
        if self.files.len() > 1 {
            if self.record.is_some() {
                return Err("--record keeps one run: check one file with it");
            }
            if self.against.is_some() {
                return Err("--against compares one program: check one file with it");
            }
            if self.schedule.is_some() {
                return Err("--schedule belongs to one program: check one file with it");
            }
        }
        Ok(Check {
            files: self.files,
            json: self.json,
            color,
            keep_going: self.keep_going,
            strict: self.strict,
            all: self.all,
            spurious: self.spurious,
            faults: if self.no_faults { Some(Harm::default()) } else { self.faults },
            deterministic: self.deterministic,
            policy: self.policy,
            priorities: self.priorities,
            matrix: self.matrix,
            list: self.list.map(|most| most as usize),
            why_not: self.why_not,
            against: self.against,
            asked: self.can.map(Asked::Can).or(self.never.map(Asked::Never)),
            schedule: self.schedule,
            record: self.record,
            junit: self.junit,
            max_time: self.max_time,
            max_states: self.max_states as usize,
            max_memory: self.max_memory.unwrap_or(MEMORY),
            jobs: self.jobs.map_or_else(jobs::usual, usize::from),
            memory: memory::usual(),
            seed: self.seed,
            input: self.input,
            read: self.read,
            told: Told { stubs: self.stubs, arguments },
            clock: Stopwatch::start(),
        })
    }
}
