//! Arguments, and the action that they ask for. Parsing does no work.

mod check;
mod compare;
mod look;
mod parted;

use super::load::{self, Told};
use super::record::Target;
use super::schedule::{self, ByText};
use super::{breakpoints, memory};
use crate::base::{SafeText, nearest};
use crate::check::schedule::Steps;
use crate::engine::ClockKind;
use crate::machine;
use crate::policy::Kind;
use crate::schedule::{Fault, FaultPlan, FaultPlanError, Speed};
use crate::session::{REPLAY, Races, near_or_all};
use crate::tui::Theme;
use check::CheckArguments;
pub(super) use check::{Asked, Check, Harm};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use compare::CompareArguments;
pub(super) use compare::{Compare, Side};
use look::{Look, colors, theme};
use parted::parted;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;

/// What the command line asks for.
#[derive(Debug)]
pub(super) enum Action {
    /// The gallery of scenarios.
    Gallery(Screen),
    /// A run on the screen.
    Watch(Wanted, Screen),
    /// A run without a screen.
    Headless(Wanted, Headless),
    /// A recording, played on the screen.
    WatchReplay(Replay, Screen),
    /// A recording, played without a screen.
    Replay(Replay),
    /// The list of scenarios.
    List(List),
    /// Whether programs can go wrong.
    Check(Check),
    /// Two runs, one above the other on the screen.
    WatchComparison(Compare, Screen),
    /// Two runs, compared without a screen.
    Compare(Compare),
}

/// The scenario that is asked for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// A path, a built-in scenario's name, or `-`.
    pub(super) scenario: OsString,
    pub(super) faults: Faults,
    /// Stand-ins and arguments.
    pub(super) told: Told,
}

/// The faults that are asked for, beside the scenario's own.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    pub(super) more: Vec<FaultPlan>,
    /// The scenario's own are left out.
    pub(super) alone: bool,
}

/// How the screen is to be.
#[derive(Clone, Debug)]
pub(super) struct Screen {
    /// Whether races are looked for.
    pub(super) races: Races,
    pub(super) theme: Theme,
    pub(super) mouse: bool,
    pub(super) speed: Option<Speed>,
    pub(super) clock: Option<ClockKind>,
    pub(super) seed: Option<u64>,
    pub(super) policy: Option<Kind>,
    pub(super) priorities: Vec<(String, i32)>,
    pub(super) paused: bool,
    pub(super) breakpoints: Vec<breakpoints::Asked>,
    pub(super) record: Option<PathBuf>,
    pub(super) memory: u64,
    /// What is typed.
    pub(super) input: Option<PathBuf>,
}

/// How a run without a screen is to be.
#[derive(Clone, Debug)]
pub(super) struct Headless {
    /// Whether races are looked for.
    pub(super) races: Races,
    pub(super) clock: ClockKind,
    pub(super) seed: Option<u64>,
    pub(super) policy: Option<Kind>,
    pub(super) priorities: Vec<(String, i32)>,
    pub(super) json: bool,
    pub(super) color: bool,
    pub(super) record: Option<Target>,
    pub(super) memory: u64,
    /// What is typed.
    pub(super) input: Option<PathBuf>,
}

/// The recording that is asked for, and how it is to be played.
#[derive(Clone, Debug)]
pub(super) struct Replay {
    /// Whether races are looked for.
    pub(super) races: Races,
    pub(super) path: OsString,
    /// What the path names is a program, and this is played with it.
    pub(super) schedule: Option<ByText>,
    /// On real threads.
    pub(super) live: bool,
    pub(super) at_end: AtEnd,
    pub(super) json: bool,
    pub(super) color: bool,
}

/// What becomes of a run where its recording ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum AtEnd {
    /// It ends, too; on the screen it waits to be told how to go on.
    Stop,
    /// It goes on by itself.
    GoOn,
}

/// How the list is to be.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    pub(super) json: bool,
}

#[derive(Parser, Debug)]
#[command(
    name = "raddle",
    version,
    about = "A terminal microscope for threads",
    long_about = "A terminal microscope for threads: runs a plain Python threading program on real operating-system \
                  threads and shows, lane by lane, what every thread does and what it waits for.\n\nWithout a command it \
                  opens the gallery of built-in scenarios."
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    look: Look,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Run a scenario: on the screen, or without one when standard output is no terminal
    Run(RunArguments),
    /// Play a recording that `run --record` has made: on the screen, or without one when standard output is no terminal
    Replay(ReplayArguments),
    /// Try every interleaving: can the program go wrong?
    Check(CheckArguments),
    /// Run two programs, or one under two policies, and show them one above the other: time, switches, waits, memory
    Compare(CompareArguments),
    /// List the built-in scenarios
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args, Debug)]
struct RunArguments {
    /// A Python file, a built-in scenario's name, or - for standard input
    #[arg(value_name = "FILE-OR-NAME", required_unless_present = "arguments")]
    scenario: Option<OsString>,
    /// Print the program's own output on standard output, and a report on standard error
    #[arg(long)]
    headless: bool,
    /// Print every event as a line of JSON instead of the program's output; implies --headless
    #[arg(long)]
    json: bool,
    /// Which clock to use [default: virtual; on the screen the scenario's, if it names one]
    #[arg(long, value_enum)]
    clock: Option<Clock>,
    /// What picks the next thread: os, round-robin, random, priority, pct or gil [default: the scenario's, or os]
    #[arg(long, value_name = "NAME", value_parser = policy)]
    policy: Option<Kind>,
    /// A thread's priority, for the policy `priority`: left=3; the highest runs first, and without one it is 0
    #[arg(long = "priority", value_name = "THREAD=NUMBER", value_parser = priority)]
    priorities: Vec<(String, i32)>,
    /// Seed of the policy and of the program's own unseeded random numbers [default: a new one for each run]
    #[arg(long, value_parser = seed, allow_negative_numbers = true)]
    seed: Option<u64>,
    /// How many times the default speed the screen begins with, 0.01 to 1000, or max
    #[arg(long, value_name = "TIMES", value_parser = speed, allow_negative_numbers = true)]
    speed: Option<Speed>,
    /// Begin paused
    #[arg(long)]
    paused: bool,
    /// Inject a fault, like kill:worker@step=40, delay:worker:0.5 or drop-notify:not_empty@2; may be given several times
    #[arg(long = "fault", value_name = "WHAT:WHOM[:WITH][@WHEN]", value_parser = fault)]
    faults: Vec<FaultPlan>,
    /// Leave out the faults that the scenario itself asks for
    #[arg(long)]
    no_faults: bool,
    /// Stop the run on the screen: line=NUMBER, line=FILE:NUMBER, taken:OBJECT, change:VARIABLE, write:VARIABLE, or when
    /// any thread blocks, ends, crashes, or gets into trouble; may be given several times
    #[arg(long = "break", value_name = "WHEN", value_parser = breakpoints::parse)]
    breakpoints: Vec<breakpoints::Asked>,
    /// Whether to look for lost updates and for unordered accesses
    #[arg(long, value_enum, default_value_t, value_name = "WHETHER")]
    races: Switch,
    /// Force these steps onto the threads, and let the run go on after them: `0*5 1*3` means that thread 0 takes five steps,
    /// then thread 1 three; `raddle check` prints such schedules
    #[arg(long, value_name = "STEPS", value_parser = steps, conflicts_with_all = [
        "clock", "policy", "priorities", "paused", "faults", "no_faults", "breakpoints", "record"
    ])]
    schedule: Option<Steps>,
    /// Record the run for `raddle replay`; an earlier recording of that name is replaced, any other file is not; - is
    /// standard output
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Put stand-ins in the place of these modules, like requests,socket: their calls wait a while and give something that says
    /// what it is
    #[arg(long = "stub", value_name = "MODULES", value_delimiter = ',')]
    stubs: Vec<String>,
    /// How much memory the program may have before a MemoryError, like 512M or 2G [default: 2G, or what a limit of the process
    /// allows]
    #[arg(long, value_name = "SIZE", value_parser = memory::parse, allow_hyphen_values = true)]
    memory: Option<u64>,
    /// Take what the program reads from its standard input from this file
    #[arg(long, value_name = "FILE", conflicts_with = "schedule")]
    input: Option<PathBuf>,
    /// What the program is run with, in `sys.argv`
    #[arg(last = true, value_name = "ARGUMENTS")]
    arguments: Vec<OsString>,
}

#[derive(Args, Debug)]
struct ReplayArguments {
    /// The recording; with --schedule, a Python file or a built-in scenario's name
    #[arg(value_name = "RECORDING", required_unless_present = "arguments")]
    path: Option<OsString>,
    /// Play these steps of a program: `0*5 1*3` means that thread 0 takes five steps, then thread 1 three
    #[arg(long, value_name = "STEPS", value_parser = steps)]
    schedule: Option<Steps>,
    /// With --schedule: the seed of the program's own unseeded random numbers [default: 0]
    #[arg(long, value_parser = seed, allow_negative_numbers = true, requires = "schedule")]
    seed: Option<u64>,
    /// Run the recording again on real threads, in the recorded order; otherwise raddle plays it back without them
    #[arg(long)]
    live: bool,
    /// Print the program's own output on standard output, and a report on standard error
    #[arg(long)]
    headless: bool,
    /// Print every event as a line of JSON instead of the program's output; implies --headless
    #[arg(long)]
    json: bool,
    /// Whether to look for lost updates and for unordered accesses
    #[arg(long, value_enum, default_value_t, value_name = "WHETHER")]
    races: Switch,
    /// How many times the default speed it is played at, 0.01 to 1000, or max
    #[arg(long, value_name = "TIMES", value_parser = speed, allow_negative_numbers = true)]
    speed: Option<Speed>,
    /// With --schedule: what the program is run with, in `sys.argv`
    #[arg(last = true, value_name = "ARGUMENTS")]
    arguments: Vec<OsString>,
}

#[derive(Clone, Copy, ValueEnum, Debug, PartialEq, Eq)]
enum Clock {
    /// Sleeps are real, and nothing is slowed down to be shown
    Wall,
    /// Time stands still while operations are shown, and jumps to the next deadline when no thread can go on
    Virtual,
}

#[derive(Clone, Copy, ValueEnum, Debug, Default, PartialEq, Eq)]
enum Switch {
    #[default]
    On,
    Off,
}

/// For `--races`.
impl From<Switch> for Races {
    fn from(switch: Switch) -> Races {
        match switch {
            Switch::On => Races::Sought,
            Switch::Off => Races::Ignored,
        }
    }
}

fn policy(text: &str) -> Result<Kind, String> {
    Kind::of_name(text).ok_or_else(|| match text {
        REPLAY => "this one needs a recording: `raddle replay --live FILE`".to_owned(),
        _ => near_or_all(text, &Kind::ALL.map(Kind::name)),
    })
}

fn priority(text: &str) -> Result<(String, i32), String> {
    let parsed = text.rsplit_once('=').and_then(|(thread, number)| Some((thread.to_owned(), number.parse().ok()?)));
    parsed
        .filter(|(thread, _)| !thread.is_empty())
        .ok_or_else(|| format!("write a thread's name, =, and a whole number up to {}: left=3", i32::MAX))
}

fn steps(text: &str) -> Result<Steps, String> {
    schedule::parse(text)
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("write a whole number from 0 to {}", u64::MAX))
}

fn fault(text: &str) -> Result<FaultPlan, String> {
    let told = |error: FaultPlanError| SafeText::sentence(&error.to_string()).into_string();
    let plan: FaultPlan = text.parse().map_err(told)?;
    match &plan.fault {
        Fault::Raise { exception, .. } if !machine::is_exception(exception) => {
            let advice = machine::exception_advice(exception);
            Err(format!("there is no builtin exception `{}`; {advice}", SafeText::brief(exception)))
        }
        _ => Ok(plan),
    }
}

/// The speeds that there are.
const SPEEDS: &str = "write a number from 0.01 to 1000, or max";

fn speed(text: &str) -> Result<Speed, String> {
    match text.parse::<f64>() {
        Ok(times) if (0.01..=1000.0).contains(&times) => Ok(Speed::Times(times)),
        _ if text == "max" => Ok(Speed::Max),
        _ => Err(SPEEDS.to_owned()),
    }
}

/// Reads the command line.
pub(super) fn parse() -> Result<Action, clap::Error> {
    let cli = Cli::try_parse().map_err(|error| tame(advise(error)))?;
    action(cli, std::io::stdout().is_terminal())
}

/// Makes what a message of clap's repeats safe to show, and short enough to read; suggests a value wherever one comes near.
fn tame(mut error: clap::Error) -> clap::Error {
    let brief = |text: &String| SafeText::brief(text).into_string();
    let tamed = |(kind, value): (ContextKind, &ContextValue)| match value {
        ContextValue::String(text) => Some((kind, ContextValue::String(brief(text)))),
        ContextValue::Strings(texts) => Some((kind, ContextValue::Strings(texts.iter().map(brief).collect()))),
        _ => None,
    };
    let tamed: Vec<_> = error.context().filter_map(tamed).collect();
    if let (Some(ContextValue::String(wrong)), Some(ContextValue::Strings(values))) =
        (error.get(ContextKind::InvalidValue), error.get(ContextKind::ValidValue))
        && let Some(near) = nearest(&wrong.to_lowercase(), values.iter().map(String::as_str))
    {
        let near = near.to_owned();
        error.insert(ContextKind::SuggestedValue, ContextValue::String(near));
    }
    for (kind, value) in tamed {
        if error.get(kind) != Some(&value) {
            // What clap suggests may repeat it once more.
            error.remove(ContextKind::Suggested);
            error.insert(kind, value);
        }
    }
    error
}

/// If the word is a scenario where a command should be, says how to run it; if it is misspelt, suggests a similar word.
fn advise(error: clap::Error) -> clap::Error {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return error };
    let mut cli = Cli::command();
    cli.build();
    let meant = if load::is_scenario(word) {
        format!("run {}", SafeText::brief(word))
    } else if let Some(near) = nearest(word, cli.get_subcommands().map(|command| command.get_name())) {
        near.to_owned()
    } else if let Some(near) = load::nearest_scenario(word) {
        format!("run {near}")
    } else {
        return error;
    };
    let message = format!("there is no command '{}'; did you mean `raddle {meant}`?", SafeText::brief(word));
    cli.error(ErrorKind::InvalidSubcommand, message)
}

/// The complaint about a recording that could not be kept.
const NOT_ON_A_TERMINAL: &str =
    "--record - writes to standard output, which is a terminal: send it into a file or a pipe, or name a file";

/// Wrong usage of `raddle run`.
fn run_error(message: &str) -> clap::Error {
    wrong("run", message)
}

/// Wrong usage of a command.
fn wrong(command: &str, message: &str) -> clap::Error {
    let mut cli = Cli::command();
    cli.build();
    let found = cli.find_subcommand(command).cloned();
    found.unwrap_or(cli).error(ErrorKind::ArgumentConflict, message)
}

fn action(cli: Cli, terminal: bool) -> Result<Action, clap::Error> {
    let mut screen = Screen {
        races: Races::Sought,
        theme: theme(&cli.look),
        mouse: !cli.look.no_mouse,
        speed: None,
        clock: None,
        seed: None,
        policy: None,
        priorities: Vec::new(),
        paused: false,
        breakpoints: Vec::new(),
        record: None,
        memory: memory::usual(),
        input: None,
    };
    Ok(match cli.command {
        None => Action::Gallery(screen),
        Some(Command::List { json }) => Action::List(List { json }),
        Some(Command::Check(check)) => {
            let color = colors(cli.look.color, std::io::stderr().is_terminal());
            Action::Check(check.check(color).map_err(|said| wrong("check", said))?)
        }
        Some(Command::Compare(compare)) => {
            let color = colors(cli.look.color, std::io::stderr().is_terminal());
            let has_screen = terminal && !compare.is_headless();
            screen.speed = compare.speed();
            let compare = compare.compare(color).map_err(|said| wrong("compare", said))?;
            if has_screen { Action::WatchComparison(compare, screen) } else { Action::Compare(compare) }
        }
        Some(Command::Replay(replay)) => {
            let color = colors(cli.look.color, std::io::stderr().is_terminal());
            let races = replay.races.into();
            let (path, arguments) = parted("replay", replay.path, replay.arguments)?;
            if replay.schedule.is_none() && !arguments.is_empty() {
                return Err(wrong("replay", "a recording has its own arguments"));
            }
            let told = Told { stubs: Vec::new(), arguments };
            let schedule = replay.schedule.map(|steps| ByText::new(steps, replay.seed, None, told));
            let at_end = AtEnd::Stop;
            let wanted = Replay { races, path, schedule, live: replay.live, at_end, json: replay.json, color };
            if replay.headless || replay.json || !terminal {
                return Ok(Action::Replay(wanted));
            }
            screen.speed = replay.speed;
            Action::WatchReplay(wanted, screen)
        }
        Some(Command::Run(run)) => {
            let (scenario, arguments) = parted("run", run.scenario, run.arguments)?;
            let told = Told { stubs: run.stubs, arguments };
            if let Some(steps) = run.schedule {
                let color = colors(cli.look.color, std::io::stderr().is_terminal());
                let wanted = Replay {
                    races: run.races.into(),
                    path: scenario,
                    schedule: Some(ByText::new(steps, run.seed, run.memory, told)),
                    live: true,
                    at_end: AtEnd::GoOn,
                    json: run.json,
                    color,
                };
                if run.headless || run.json || !terminal {
                    return Ok(Action::Replay(wanted));
                }
                screen.speed = run.speed;
                return Ok(Action::WatchReplay(wanted, screen));
            }
            let clock = run.clock.map(|clock| match clock {
                Clock::Wall => ClockKind::Wall,
                Clock::Virtual => ClockKind::Virtual,
            });
            let faults = Faults { more: run.faults, alone: run.no_faults };
            let wanted = Wanted { scenario, faults, told };
            if run.headless || run.json || !terminal {
                if !run.breakpoints.is_empty() {
                    return Err(run_error(
                        "--break works only on the screen: without one nobody could continue the run",
                    ));
                }
                if run.paused {
                    return Err(run_error("--paused works only on the screen: without one nobody could begin the run"));
                }
                let record =
                    run.record.map(|path| if path.as_os_str() == "-" { Target::Output } else { Target::File(path) });
                if record == Some(Target::Output) && run.json {
                    return Err(run_error(
                        "--json and --record - both write to standard output: record into a file instead",
                    ));
                }
                if record == Some(Target::Output) && terminal {
                    return Err(run_error(NOT_ON_A_TERMINAL));
                }
                let color = colors(cli.look.color, std::io::stderr().is_terminal());
                let clock = clock.unwrap_or(ClockKind::Virtual);
                return Ok(Action::Headless(
                    wanted,
                    Headless {
                        races: run.races.into(),
                        clock,
                        seed: run.seed,
                        policy: run.policy,
                        priorities: run.priorities,
                        json: run.json,
                        color,
                        record,
                        memory: run.memory.unwrap_or(screen.memory),
                        input: run.input,
                    },
                ));
            }
            if run.record.as_ref().is_some_and(|path| path.as_os_str() == "-") {
                return Err(run_error(NOT_ON_A_TERMINAL));
            }
            screen.races = run.races.into();
            screen.speed = run.speed;
            screen.clock = clock;
            screen.seed = run.seed;
            screen.policy = run.policy;
            screen.priorities = run.priorities;
            screen.paused = run.paused;
            screen.breakpoints = run.breakpoints;
            screen.record = run.record;
            screen.memory = run.memory.unwrap_or(screen.memory);
            screen.input = run.input;
            Action::Watch(wanted, screen)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str, terminal: bool) -> Action {
        action(Cli::try_parse_from(line.split(' ')).unwrap(), terminal).unwrap()
    }

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn without_a_terminal_a_run_has_no_screen() {
        assert!(matches!(parsed("raddle run deadlock", true), Action::Watch(..)));
        assert!(matches!(parsed("raddle run deadlock", false), Action::Headless(..)));
        assert!(matches!(parsed("raddle run --headless deadlock", true), Action::Headless(..)));
        assert!(matches!(parsed("raddle run --json deadlock", true), Action::Headless(_, Headless { json: true, .. })));
        assert!(matches!(parsed("raddle", true), Action::Gallery(_)));
    }

    #[test]
    fn races_are_looked_for_unless_they_are_switched_off() {
        for (switch, wanted) in [("", Races::Sought), (" --races on", Races::Sought), (" --races off", Races::Ignored)]
        {
            let (run, replay) = (format!("raddle run x{switch}"), format!("raddle replay x{switch}"));
            assert!(matches!(parsed(&run, true), Action::Watch(_, Screen { races, .. }) if races == wanted));
            assert!(matches!(parsed(&run, false), Action::Headless(_, Headless { races, .. }) if races == wanted));
            assert!(matches!(parsed(&replay, false), Action::Replay(Replay { races, .. }) if races == wanted));
        }
    }

    #[test]
    fn a_speed_is_a_number_or_max() {
        let speed = |text: &str| match parsed(&format!("raddle run --speed {text} x"), true) {
            Action::Watch(_, Screen { speed, .. }) => speed,
            other => panic!("{other:?}"),
        };
        assert_eq!([speed("0.5"), speed("max")], [Some(Speed::Times(0.5)), Some(Speed::Max)]);
        assert_eq!(["0", "1001", "Max", ""].map(super::speed), [(); 4].map(|()| Err(SPEEDS.to_owned())));
    }

    #[test]
    fn breakpoints_need_a_screen() {
        let line = ["raddle", "run", "--break", "line=3", "--break=blocks", "x"];
        let cli = || Cli::try_parse_from(line).unwrap();
        assert!(
            matches!(action(cli(), true), Ok(Action::Watch(_, Screen { breakpoints, .. })) if breakpoints.len() == 2)
        );
        assert!(action(cli(), false).is_err());
    }

    #[test]
    fn leaving_out_run_is_reported() {
        let said = |word| advise(Cli::try_parse_from(["raddle", word]).unwrap_err()).to_string();
        for word in ["deadlock", "order.py"] {
            assert!(said(word).contains(&format!("did you mean `raddle run {word}`?")), "{}", said(word));
        }
        for (slip, meant) in [("rnu", "raddle run"), ("repaly", "raddle replay"), ("dedlock", "raddle run deadlock")] {
            assert!(said(slip).contains(&format!("did you mean `{meant}`?")), "{}", said(slip));
        }
        assert!(!said("dance").contains("did you mean"), "{}", said("dance"));
        let broken = action(Cli::try_parse_from(["raddle", "run", "--break=blocks", "x"]).unwrap(), false);
        assert!(broken.unwrap_err().to_string().contains("Usage: raddle run"));
    }

    #[test]
    fn a_priority_is_a_name_and_a_number() {
        let Action::Headless(_, headless) = parsed("raddle run x --priority a=3 --priority b=c=-1", false) else {
            panic!("there is no terminal");
        };
        assert_eq!(headless.priorities, [("a".to_owned(), 3), ("b=c".to_owned(), -1)]);
        for bad in ["left", "left=", "=3", "left=high", "left=99999999999"] {
            assert!(Cli::try_parse_from(["raddle", "run", "x", "--priority", bad]).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_value_that_is_misspelt_gets_a_suggestion() {
        for (line, near) in [
            ("run x --policy randm", "did you mean random?"),
            ("run x --policy PCT", "did you mean pct?"),
            ("run x --clock walll", "'wall'"),
            ("run x --clock virutal", "'virtual'"),
            ("run x --color nvr", "'never'"),
            ("run x --theme lihgt", "'light'"),
            ("run x --fault klil:a", "did you mean `kill`?"),
            ("run x --fault raise:a:ValueEror", "did you mean `ValueError`?"),
            ("run x --fault signal:TREM", "did you mean `TERM`?"),
            ("run x --break trubble", "did you mean trouble?"),
        ] {
            let words = std::iter::once("raddle").chain(line.split(' '));
            let said = tame(Cli::try_parse_from(words).unwrap_err()).to_string();
            assert!(said.contains(near), "{line}: {said}");
        }
    }

    #[test]
    fn what_is_repeated_is_short_and_safe() {
        let long = "x\u{202e}".repeat(50_000);
        for line in [
            vec!["run", "x", "--policy", &long],
            vec!["run", "x", "--fault", &long],
            vec!["run", "x", "--clock", &long],
            vec!["run", "x", "--break", &long],
            vec!["run", "x", &long],
            vec![&long],
        ] {
            let words = std::iter::once("raddle").chain(line.iter().copied());
            let said = tame(advise(Cli::try_parse_from(words).unwrap_err())).to_string();
            assert!(said.len() < 3000 && !said.contains('\u{202e}'), "{} bytes: {said}", said.len());
        }
    }

    #[test]
    fn standard_output_takes_one_thing_at_a_time() {
        let action = |line: &str, terminal| action(Cli::try_parse_from(line.split(' ')).unwrap(), terminal);
        let recorded = action("raddle run --record - x", false);
        assert!(matches!(recorded, Ok(Action::Headless(_, Headless { record: Some(Target::Output), .. }))));
        assert!(action("raddle run --record - --json x", false).is_err());
        assert!(action("raddle run --record - x", true).is_err());
        assert!(action("raddle run --record - --headless x", true).is_err());
        assert!(action("raddle run --paused x", false).is_err());
        assert!(matches!(action("raddle run --paused x", true), Ok(Action::Watch(..))));
    }

    #[test]
    fn a_speed_out_of_range_is_wrong_usage() {
        for bad in ["0", "-1", "nan", "inf", "fast"] {
            assert!(Cli::try_parse_from(["raddle", "run", "x", &format!("--speed={bad}")]).is_err(), "{bad}");
        }
    }
}
