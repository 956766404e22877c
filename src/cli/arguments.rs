//! Arguments, and the action that they ask for. Parsing does no work.

use super::show::REPLAY;
use super::{breakpoints, load, memory};
use crate::base::SafeText;
use crate::engine::ClockKind;
use crate::event::Breakpoint;
use crate::machine;
use crate::policy::Kind;
use crate::schedule::{Fault, FaultPlan, FaultPlanError};
use crate::tui::{Depth, Shade, Theme};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
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
}

/// The scenario that is asked for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// A path, a built-in scenario's name, or `-`.
    pub(super) scenario: String,
    pub(super) faults: Faults,
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
    pub(super) theme: Theme,
    pub(super) mouse: bool,
    pub(super) speed: Option<f64>,
    pub(super) clock: Option<ClockKind>,
    pub(super) seed: Option<u64>,
    pub(super) policy: Option<Kind>,
    pub(super) priorities: Vec<(String, i32)>,
    pub(super) paused: bool,
    pub(super) breakpoints: Vec<Breakpoint>,
    pub(super) record: Option<PathBuf>,
    pub(super) memory: u64,
}

/// How a run without a screen is to be.
#[derive(Clone, Debug)]
pub(super) struct Headless {
    pub(super) clock: ClockKind,
    pub(super) seed: Option<u64>,
    pub(super) policy: Option<Kind>,
    pub(super) priorities: Vec<(String, i32)>,
    pub(super) json: bool,
    pub(super) color: bool,
    pub(super) record: Option<PathBuf>,
    pub(super) memory: u64,
}

/// The recording that is asked for, and how it is to be played.
#[derive(Clone, Debug)]
pub(super) struct Replay {
    pub(super) path: String,
    /// On real threads.
    pub(super) live: bool,
    pub(super) json: bool,
    pub(super) color: bool,
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
    #[arg(value_name = "FILE-OR-NAME")]
    scenario: String,
    /// Print the program's own output on standard output, and a report on standard error
    #[arg(long)]
    headless: bool,
    /// Print every event as a line of JSON instead of the program's output; implies --headless
    #[arg(long)]
    json: bool,
    /// What time is [default: the scenario's or wall on the screen, virtual without]
    #[arg(long, value_enum)]
    clock: Option<Clock>,
    /// Who decides which thread goes next: os, round-robin, random, priority, pct or gil [default: the scenario's, or os]
    #[arg(long, value_name = "NAME", value_parser = policy)]
    policy: Option<Kind>,
    /// A thread's priority, for the policy that goes by them: left=3; the highest goes first, without one it is 0
    #[arg(long = "priority", value_name = "THREAD=NUMBER", value_parser = priority)]
    priorities: Vec<(String, i32)>,
    /// Where chance starts: the policy's, and the program's unseeded random numbers [default: another one each time]
    #[arg(long, value_parser = seed)]
    seed: Option<u64>,
    /// How many times the default speed the screen begins with, 0.01 to 1000
    #[arg(long, value_name = "TIMES", value_parser = speed)]
    speed: Option<f64>,
    /// Begin paused
    #[arg(long)]
    paused: bool,
    /// Inject a fault, like kill:worker@step=40, delay:worker:0.5 or drop-notify:not_empty@2; may be given several times
    #[arg(long = "fault", value_name = "WHAT:WHOM[:WITH][@WHEN]", value_parser = fault)]
    faults: Vec<FaultPlan>,
    /// Leave out the faults that the scenario itself asks for
    #[arg(long)]
    no_faults: bool,
    /// Stop the run on the screen: line=NUMBER, taken:OBJECT, change:VARIABLE, write:VARIABLE, or when anyone blocks, ends,
    /// crashes, or gets into trouble; may be given several times
    #[arg(long = "break", value_name = "WHEN", value_parser = breakpoints::parse)]
    breakpoints: Vec<Breakpoint>,
    /// Write down what the run is made of, for `raddle replay`; a file of that name is replaced
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// How much memory the program may have before a MemoryError, like 512M or 2G [default: 2G, or what a limit of the process
    /// allows]
    #[arg(long, value_name = "SIZE", value_parser = memory::parse)]
    memory: Option<u64>,
}

#[derive(Args, Debug)]
struct ReplayArguments {
    /// The recording
    #[arg(value_name = "RECORDING")]
    path: String,
    /// Force it onto real threads, each of which performs when it did; otherwise the machine plays it
    #[arg(long)]
    live: bool,
    /// Print the program's own output on standard output, and a report on standard error
    #[arg(long)]
    headless: bool,
    /// Print every event as a line of JSON instead of the program's output; implies --headless
    #[arg(long)]
    json: bool,
    /// How many times the default speed it is played at, 0.01 to 1000
    #[arg(long, value_name = "TIMES", value_parser = speed)]
    speed: Option<f64>,
}

#[derive(Args, Debug)]
struct Look {
    /// When to use colours; otherwise as NO_COLOR, CLICOLOR_FORCE, CLICOLOR and TERM say
    #[arg(long, value_enum, default_value_t, global = true, value_name = "WHEN")]
    color: ColorWhen,
    /// Colours for a dark or a light terminal
    #[arg(long, value_enum, default_value_t, global = true)]
    theme: ThemeName,
    /// Draw with ASCII characters alone
    #[arg(long, global = true)]
    ascii: bool,
    /// Leave the mouse to the terminal
    #[arg(long, global = true)]
    no_mouse: bool,
}

#[derive(Clone, Copy, ValueEnum, Debug, PartialEq, Eq)]
enum Clock {
    /// Sleeps take their time
    Wall,
    /// Time jumps to the next deadline when nothing can go on
    Virtual,
}

#[derive(Clone, Copy, ValueEnum, Debug, Default, PartialEq, Eq)]
enum ColorWhen {
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, ValueEnum, Debug, Default, PartialEq, Eq)]
enum ThemeName {
    #[default]
    Dark,
    Light,
}

fn policy(text: &str) -> Result<Kind, String> {
    Kind::of_name(text).ok_or_else(|| match text {
        REPLAY => "this one needs a recording: `raddle replay --live FILE`".to_owned(),
        _ => format!("one of {}", Kind::ALL.map(Kind::name).join(", ")),
    })
}

fn priority(text: &str) -> Result<(String, i32), String> {
    let parsed = text.rsplit_once('=').and_then(|(thread, number)| Some((thread.to_owned(), number.parse().ok()?)));
    parsed
        .filter(|(thread, _)| !thread.is_empty())
        .ok_or_else(|| "a thread's name, =, and a whole number: left=3".to_owned())
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a whole number from 0 to {}", u64::MAX))
}

fn fault(text: &str) -> Result<FaultPlan, String> {
    let plan: FaultPlan = text.parse().map_err(|error: FaultPlanError| error.to_string())?;
    match &plan.fault {
        Fault::Raise { exception, .. } if !machine::is_exception(exception) => {
            Err(format!("there is no builtin exception {exception}; write one like `ValueError`"))
        }
        _ => Ok(plan),
    }
}

fn speed(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(times) if (0.01..=1000.0).contains(&times) => Ok(times),
        _ => Err("a number from 0.01 to 1000".to_owned()),
    }
}

/// Reads the command line.
pub(super) fn parse() -> Result<Action, clap::Error> {
    let cli = Cli::try_parse().map_err(advise)?;
    action(cli, std::io::stdout().is_terminal())
}

/// Who names a scenario where a command should be is told how to run it.
fn advise(error: clap::Error) -> clap::Error {
    match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(word)) if load::is_scenario(word) => {
            let word = SafeText::new(word);
            let message = format!("there is no command '{word}'; did you mean `raddle run {word}`?\n");
            Cli::command().error(ErrorKind::InvalidSubcommand, message)
        }
        _ => error,
    }
}

/// Wrong usage of `raddle run`.
fn run_error(message: &str) -> clap::Error {
    let mut cli = Cli::command();
    cli.build();
    let run = cli.find_subcommand("run").cloned();
    run.unwrap_or(cli).error(ErrorKind::ArgumentConflict, message)
}

fn action(cli: Cli, terminal: bool) -> Result<Action, clap::Error> {
    let mut screen = Screen {
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
    };
    Ok(match cli.command {
        None => Action::Gallery(screen),
        Some(Command::List { json }) => Action::List(List { json }),
        Some(Command::Replay(replay)) => {
            let color = colors(cli.look.color, std::io::stderr().is_terminal());
            let wanted = Replay { path: replay.path, live: replay.live, json: replay.json, color };
            if replay.headless || replay.json || !terminal {
                return Ok(Action::Replay(wanted));
            }
            screen.speed = replay.speed;
            Action::WatchReplay(wanted, screen)
        }
        Some(Command::Run(run)) => {
            let clock = run.clock.map(|clock| match clock {
                Clock::Wall => ClockKind::Wall,
                Clock::Virtual => ClockKind::Virtual,
            });
            let faults = Faults { more: run.faults, alone: run.no_faults };
            let wanted = Wanted { scenario: run.scenario, faults };
            if run.headless || run.json || !terminal {
                if !run.breakpoints.is_empty() {
                    return Err(run_error("--break needs the screen: nobody could let the run go on\n"));
                }
                let color = colors(cli.look.color, std::io::stderr().is_terminal());
                let clock = clock.unwrap_or(ClockKind::Virtual);
                return Ok(Action::Headless(
                    wanted,
                    Headless {
                        clock,
                        seed: run.seed,
                        policy: run.policy,
                        priorities: run.priorities,
                        json: run.json,
                        color,
                        record: run.record,
                        memory: run.memory.unwrap_or(screen.memory),
                    },
                ));
            }
            screen.speed = run.speed;
            screen.clock = clock;
            screen.seed = run.seed;
            screen.policy = run.policy;
            screen.priorities = run.priorities;
            screen.paused = run.paused;
            screen.breakpoints = run.breakpoints;
            screen.record = run.record;
            screen.memory = run.memory.unwrap_or(screen.memory);
            Action::Watch(wanted, screen)
        }
    })
}

fn theme(look: &Look) -> Theme {
    let utf8 = ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(|name| set(name)).next();
    // A locale that says nothing is taken for UTF-8: most terminals are.
    let utf8 = utf8.is_none_or(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8") || locale == "c.utf8"
    });
    Theme {
        shade: if look.theme == ThemeName::Light { Shade::Light } else { Shade::Dark },
        depth: if colors(look.color, true) { depth() } else { Depth::None },
        ascii: look.ascii || !utf8,
    }
}

fn depth() -> Depth {
    let true_color = set("COLORTERM").is_some_and(|value| value == "truecolor" || value == "24bit");
    let many = set("TERM").is_some_and(|term| term.contains("256"));
    match (true_color, many) {
        (true, _) => Depth::True,
        (_, true) => Depth::Indexed,
        _ => Depth::Basic,
    }
}

/// Whether to use colours (no-color.org, bixense.com/clicolors).
fn colors(when: ColorWhen, terminal: bool) -> bool {
    match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto if set("NO_COLOR").is_some() => false,
        ColorWhen::Auto if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        ColorWhen::Auto if set("CLICOLOR").is_some_and(|value| value == "0") => false,
        ColorWhen::Auto => terminal && set("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// An environment variable that is not empty.
fn set(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
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
    fn breakpoints_need_a_screen() {
        let line = ["raddle", "run", "--break", "line=3", "--break=blocks", "x"];
        let cli = || Cli::try_parse_from(line).unwrap();
        assert!(
            matches!(action(cli(), true), Ok(Action::Watch(_, Screen { breakpoints, .. })) if breakpoints.len() == 2)
        );
        assert!(action(cli(), false).is_err());
    }

    #[test]
    fn who_leaves_out_run_is_told_so() {
        let said = |word| advise(Cli::try_parse_from(["raddle", word]).unwrap_err()).to_string();
        for word in ["deadlock", "order.py"] {
            assert!(said(word).contains(&format!("did you mean `raddle run {word}`?")), "{}", said(word));
        }
        assert!(!said("rnu").contains("did you mean"), "{}", said("rnu"));
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
    fn a_speed_out_of_range_is_wrong_usage() {
        for bad in ["0", "-1", "nan", "inf", "fast"] {
            assert!(Cli::try_parse_from(["raddle", "run", "x", &format!("--speed={bad}")]).is_err(), "{bad}");
        }
    }
}
