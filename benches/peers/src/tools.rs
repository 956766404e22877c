//! The tools: where each is found, which commands answer the question about a program, and how its answer is read.

use crate::program::Program;
use crate::{frontrun, harmony, python, spin};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    Raddle,
    RaddleAll,
    Spin,
    Stateright,
    Harmony,
    Loom,
    Shuttle,
    Frontrun,
}

/// The most threads that loom takes, with the main one.
const LOOM_THREADS: usize = 5;

/// The commands for one program.
pub struct Plan {
    /// What must be done before the search: (a name for it, the command).
    pub compile: Vec<(&'static str, Command)>,
    pub search: Command,
}

/// What a tool says at the end.
#[derive(Clone, Copy)]
pub struct Answer {
    pub is_defect: bool,
    /// Stored states, or executions.
    pub counted: u64,
    /// How long the search took, as the tool says itself.
    pub searched: f64,
}

/// Where the tools are, and how they are asked.
pub struct Setup {
    pub raddle: PathBuf,
    /// A switch at each access, under a lock, too, in the models made of operations.
    pub is_fine: bool,
}

impl Tool {
    pub const ALL: [Tool; 8] = [
        Tool::Raddle,
        Tool::RaddleAll,
        Tool::Spin,
        Tool::Stateright,
        Tool::Harmony,
        Tool::Loom,
        Tool::Shuttle,
        Tool::Frontrun,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Tool::Raddle => "raddle",
            Tool::RaddleAll => "raddle --all",
            Tool::Spin => "SPIN",
            Tool::Stateright => "stateright",
            Tool::Harmony => "Harmony",
            Tool::Loom => "loom",
            Tool::Shuttle => "shuttle",
            Tool::Frontrun => "frontrun",
        }
    }

    /// Whether it counts the states that it stores; the others count executions.
    pub fn counts_states(self) -> bool {
        match self {
            Tool::Raddle | Tool::RaddleAll | Tool::Spin | Tool::Stateright | Tool::Harmony => true,
            Tool::Loom | Tool::Shuttle | Tool::Frontrun => false,
        }
    }

    /// What its numbers mean.
    pub fn meaning(self) -> &'static str {
        match self {
            Tool::Raddle => "the Python file; stored states are those with a real choice",
            Tool::RaddleAll => "the same without leaving anything out; all states with a choice are stored",
            Tool::Spin => "a Promela model; `compile` is `spin -a` and `gcc -O2`",
            Tool::Stateright => "a Rust model, breadth first on all cores; its compilation is not counted",
            Tool::Harmony => "a Harmony program; it compiles it, explores, and analyses and writes what it found",
            Tool::Loom => "Rust threads; counts executions; its compilation is not counted",
            Tool::Shuttle => "Rust threads, every schedule; counts executions; its compilation is not counted",
            Tool::Frontrun => "the Python file in CPython; counts executions",
        }
    }

    /// How to get it, if it is not here.
    pub fn missing(self, setup: &Setup) -> Option<&'static str> {
        let (is_here, hint) = match self {
            Tool::Raddle | Tool::RaddleAll => {
                (setup.raddle.is_file(), "cargo build --release, or say where it is with --raddle")
            }
            Tool::Spin => (on_path("spin").is_some() && on_path("gcc").is_some(), "apt-get install spin gcc"),
            Tool::Harmony => (on_path("harmony").is_some(), "pip install harmony, and its bin folder in PATH"),
            Tool::Frontrun => (on_path("frontrun").is_some(), "pip install frontrun, and its bin folder in PATH"),
            Tool::Stateright | Tool::Loom | Tool::Shuttle => (true, ""),
        };
        (!is_here).then_some(hint)
    }

    /// Why it cannot be asked about this program.
    pub fn refuses(self, program: Program) -> Option<&'static str> {
        let threads: usize = program.roles().iter().map(|role| role.threads).sum();
        (self == Tool::Loom && threads >= LOOM_THREADS).then_some("four threads at most")
    }

    /// Writes what it needs into the folder, and says what to run there.
    pub fn plan(self, program: Program, folder: &Path, setup: &Setup) -> io::Result<Plan> {
        let mut compile = Vec::new();
        let search = match self {
            Tool::Raddle | Tool::RaddleAll => {
                std::fs::write(folder.join("program.py"), python::text(program).file())?;
                let mut raddle = command(&setup.raddle, &["check", "--json", "program.py"]);
                raddle.args(program.is_explored_whole().then_some("--keep-going"));
                raddle.args((self == Tool::RaddleAll).then_some("--all"));
                raddle
            }
            Tool::Spin => {
                std::fs::write(folder.join("model.pml"), spin::model(program, setup.is_fine))?;
                compile.push(("spin", command("spin", &["-a", "model.pml"])));
                compile.push(("gcc", command("gcc", &["-O2", "-DSAFETY", "-w", "-o", "pan", "pan.c"])));
                command(folder.join("pan"), &[])
            }
            Tool::Harmony => {
                std::fs::write(folder.join("model.hny"), harmony::model(program))?;
                let mut harmony = command("harmony", &["--noweb", "-s", "model.hny"]);
                // The races are what that program is about.
                harmony.args((!program.is_guarded()).then_some("-R"));
                harmony
            }
            Tool::Frontrun => {
                std::fs::write(folder.join("search.py"), frontrun::script(program))?;
                let beside = on_path("frontrun").map(|path| path.with_file_name("python3"));
                let python = beside.filter(|path| path.is_file()).unwrap_or_else(|| "python3".into());
                let mut frontrun = command("frontrun", &[]);
                frontrun.arg(python).arg("search.py");
                frontrun
            }
            Tool::Stateright | Tool::Loom | Tool::Shuttle => {
                let mut inside = command(std::env::current_exe()?, &["--inside", self.name()]);
                inside.arg(program.to_string()).args(setup.is_fine.then_some("--fine"));
                inside
            }
        };
        Ok(Plan { compile, search })
    }

    /// The answer in what the search printed, if it came to one.
    pub fn read(self, output: &str) -> Option<Answer> {
        match self {
            Tool::Raddle | Tool::RaddleAll => {
                let is_defect = output.contains(r#""verdict":"defect""#);
                if !is_defect && !output.contains(r#""verdict":"verified""#) {
                    return None;
                }
                Some(Answer {
                    is_defect,
                    counted: after(output, r#""states":"#)?,
                    searched: after(output, r#""seconds":"#)?,
                })
            }
            Tool::Spin => Some(Answer {
                is_defect: after::<u64>(output, "errors: ")? > 0,
                counted: before(output, " states, stored")?,
                // It is said only when it is not next to nothing.
                searched: after(output, "elapsed time ").unwrap_or(0.0),
            }),
            Tool::Harmony => Some(Answer {
                is_defect: !output.contains("No issues found"),
                counted: before(output, " states (time")?,
                searched: after(output, " states (time ")?,
            }),
            Tool::Stateright | Tool::Loom | Tool::Shuttle | Tool::Frontrun => {
                let is_defect = output.contains("answer=defect ");
                let is_answer = is_defect || output.contains("answer=clean ");
                let (counted, searched) = (after(output, "counted=")?, after(output, "seconds=")?);
                is_answer.then_some(Answer { is_defect, counted, searched })
            }
        }
    }
}

fn command(name: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments);
    command
}

fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// The number that stands after the words.
fn after<T: std::str::FromStr>(text: &str, words: &str) -> Option<T> {
    let rest = &text[text.find(words)? + words.len()..];
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    rest[..end].parse().ok()
}

/// The number that stands before the words.
fn before<T: std::str::FromStr>(text: &str, words: &str) -> Option<T> {
    text[..text.find(words)?].rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}
