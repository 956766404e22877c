//! Random programs, each compared with what CPython makes of it: standard output, exit status, and the last line about
//! an uncaught exception. Raddle runs each of them twice: on the machine, with random choices, and on the live engine.
//!
//! A seed names a program. `RADDLE_SEED` says which is the first, `RADDLE_PROGRAMS` how many there are, and with
//! `RADDLE_SHOW` set the programs are printed too. With `RADDLE_WITH` set to words with `|` between them, those programs
//! count in which one of them stands, and the others are left out. A difference is shown with the smallest program that still has it, or at once,
//! with the program as it was drawn, with `RADDLE_WHOLE` set.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it says what it tried, and that it could not")]

mod support {
    pub(crate) mod drawn;
    pub(crate) mod grammar;
    pub(crate) mod oracle;
    pub(crate) mod random;
    pub(crate) mod reduce;
    pub(crate) mod typed;
    pub(crate) mod world;

    /// The result of a program.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub(crate) struct Outcome {
        /// What it printed.
        pub(crate) stdout: String,
        /// How it ended: a word for the kind of end, and details.
        pub(crate) end: String,
    }
}

use raddle::base::ThreadId;
use raddle::base::diagnostic::Diagnostics;
use raddle::engine::{Options, Run, RunEnd};
use raddle::event::{Ending, Event, EventKind};
use raddle::machine::Image;
use raddle::schedule::{Choice, Given};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use support::Outcome;
use support::drawn;
use support::grammar::{self, Program};
use support::oracle::Oracle;
use support::random::Xorshift;
use support::reduce::reduce;
use support::typed::Typed;
use support::world::World;

/// How many programs are drawn.
const PROGRAMS: u64 = 500;
/// How many are tried side by side.
const SIDE_BY_SIDE: usize = 2;
/// Deep recursion in a program may be deep recursion in the machine: as in the engine.
const STACK_SIZE: usize = 64 << 20;
/// How many differences are reduced and shown.
const SHOWN: usize = 10;
/// How many lines are shown of either end of a long output.
const CLIPPED: usize = 12;

#[test]
fn random_programs_do_what_cpython_does() {
    if Oracle::start().is_none() {
        assert!(std::env::var_os("CI").is_none(), "there is no python3 to hold raddle against");
        eprintln!("skipped: there is no python3 to hold raddle against");
        return;
    }
    let number = |name: &str, default| match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|error| panic!("{name}={text}: {error}")),
        Err(_) => default,
    };
    let (first, count): (u64, u64) = (number("RADDLE_SEED", 1), number("RADDLE_PROGRAMS", PROGRAMS));
    let words = std::env::var("RADDLE_WITH").ok();
    let counts = |text: &str| words.as_ref().is_none_or(|words| words.split('|').any(|word| text.contains(word)));
    let (next, tried) = (AtomicU64::new(first), AtomicU64::new(0));
    let found = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            let worker = thread::Builder::new().stack_size(STACK_SIZE);
            let work = || {
                let mut oracle = Oracle::start().expect("python3 was there a moment ago");
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    let program = grammar::program(seed);
                    if !counts(&program.text()) {
                        continue;
                    }
                    let number = tried.fetch_add(1, Ordering::Relaxed);
                    if number >= count || found.lock().expect("no worker panics").len() >= SHOWN {
                        break;
                    }
                    if let Some(report) = try_program(seed, program, &mut oracle) {
                        found.lock().expect("no worker panics").push((seed, report));
                    }
                }
            };
            worker.spawn_scoped(scope, work).expect("there are threads to be had");
        }
    });
    let mut found = found.into_inner().expect("no worker panics");
    found.sort();
    let report: String = found.iter().map(|(seed, report)| format!("\n== seed {seed}\n{report}")).collect();
    assert!(found.is_empty(), "{} programs differ\n{report}", found.len());
    println!("{count} programs, no difference");
}

/// Tries the program of that seed; a report when it differs.
fn try_program(seed: u64, program: Program, oracle: &mut Oracle) -> Option<String> {
    if std::env::var_os("RADDLE_SHOW").is_some() {
        println!("# seed {seed}\n{}", program.text());
    }
    let kind = difference(&program, seed, oracle)?.kind;
    let smallest = match std::env::var_os("RADDLE_WHOLE") {
        Some(_) => program,
        None => reduce(program, |smaller| {
            difference(smaller, seed, oracle).is_some_and(|difference| difference.kind == kind)
        }),
    };
    let text = smallest.text();
    let Difference { cpython, raddle, .. } = difference(&smallest, seed, oracle)?;
    let shown = |outcome: Outcome| format!("{}[{}]\n", clipped(&outcome.stdout), outcome.end);
    Some(format!("{text}\n-- CPython\n{}-- raddle ({kind})\n{}", shown(cpython), shown(raddle)))
}

/// The ends of a long text.
fn clipped(text: &str) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    match lines.len().checked_sub(2 * CLIPPED) {
        Some(left @ 1..) => {
            format!("{}… {left} lines …\n{}", lines[..CLIPPED].concat(), lines[CLIPPED + left..].concat())
        }
        _ => text.to_owned(),
    }
}

struct Difference {
    /// Where it was seen, and how the ends and outputs look. A smaller program has to differ in the same way.
    kind: String,
    cpython: Outcome,
    raddle: Outcome,
}

/// The result of a program; `None`: it takes too long.
type Runner = fn(&Arc<Image>, &Program, u64) -> Option<Outcome>;

fn difference(program: &Program, seed: u64, oracle: &mut Oracle) -> Option<Difference> {
    let cpython = normal(oracle.run(program));
    let word = |outcome: &Outcome| outcome.end.split(": ").take(2).collect::<Vec<_>>().join(": ");
    let runners: [(&str, Runner); 2] = [("machine", on_machine), ("engine", on_engine)];
    let image = drawn::image(program).map_err(refused);
    for (name, run) in runners {
        let outcome = match &image {
            Ok(image) => run(image, program, seed),
            Err(refused) => Some(refused.clone()),
        };
        let Some(raddle) = outcome.map(normal) else { continue };
        let invalid = cpython.end.starts_with("invalid") && raddle.end.starts_with("refused");
        if raddle != cpython && !invalid {
            let printed = if raddle.stdout == cpython.stdout { "the same" } else { "another" };
            let kind = format!("{name}, {} and {}, {printed} output", word(&cpython), word(&raddle));
            return Some(Difference { kind, cpython, raddle });
        }
    }
    None
}

/// An outcome without the parts that may differ: addresses, and guesses at what was meant.
fn normal(outcome: Outcome) -> Outcome {
    let Outcome { stdout, end } = outcome;
    let mut parts = stdout.split(" at 0x");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text += " at 0x";
        text += part.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    }
    let end = end.split(". Did you mean").next().unwrap_or_default().to_owned();
    Outcome { stdout: text, end }
}

/// A program that is not run.
fn refused(complaints: Diagnostics) -> Outcome {
    let texts = complaints.iter().map(|complaint| complaint.message.as_str());
    Outcome { stdout: String::new(), end: format!("refused: {}", texts.collect::<Vec<_>>().join("; ")) }
}

/// What is seen of a run: what the first process prints, and the last line that its main thread writes when an exception
/// ends it. (Processes that begin anew run the program's own files again, and what these print there counts for nothing.)
#[derive(Default)]
struct Seen {
    stdout: String,
    last_words: String,
    crashed: bool,
    /// The threads of other processes.
    others: Vec<ThreadId>,
}

impl Seen {
    fn see(&mut self, event: &Event) {
        let elsewhere = self.others.contains(&event.thread);
        match &event.kind {
            EventKind::ProcessStarted { main, .. } => self.others.push(*main),
            EventKind::ThreadCreated { new, .. } if elsewhere => self.others.push(*new),
            EventKind::Printed { text, error: false } if !elsewhere => self.stdout += text,
            EventKind::Printed { text, error: true } if event.thread == ThreadId::MAIN => {
                self.last_words = text.trim_end_matches('\n').rsplit('\n').next().unwrap_or_default().to_owned();
            }
            EventKind::Ended { how: Ending::Crashed(_) } if event.thread == ThreadId::MAIN => self.crashed = true,
            _ => {}
        }
    }

    fn exited(self, status: i32) -> Outcome {
        let end = if self.crashed { format!("exit {status}: {}", self.last_words) } else { format!("exit {status}") };
        Outcome { stdout: self.stdout, end }
    }

    fn other_end(self, end: String) -> Outcome {
        Outcome { stdout: self.stdout, end }
    }
}

fn on_machine(image: &Arc<Image>, program: &Program, seed: u64) -> Option<Outcome> {
    let run = || {
        let mut world = World::of(image.program.clone());
        world.take(&Choice::Given(Given::Typed { text: program.typed.as_str().into(), end: true }));
        if !world.ends(&mut Xorshift(seed | 1 << 63)) {
            return None;
        }
        let mut seen = Seen::default();
        world.shared().events.iter().for_each(|event| seen.see(event));
        Some(match world.shared().status() {
            Some(status) => seen.exited(status),
            None => seen.other_end("stuck".to_owned()),
        })
    };
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        Some(Outcome { stdout: String::new(), end: format!("panic: {text}") })
    })
}

fn on_engine(image: &Arc<Image>, program: &Program, seed: u64) -> Option<Outcome> {
    let options = Options { seed, outside: Typed::of(program), ..Options::default() };
    let run = Run::start(image.clone(), options).expect("there are threads to be had");
    let mut events = run.events();
    let mut seen = Seen::default();
    while let Some(event) = events.recv() {
        seen.see(&event);
    }
    Some(match run.end() {
        RunEnd::Exited(status) => seen.exited(status),
        RunEnd::Stuck => seen.other_end("stuck".to_owned()),
        other => seen.other_end(format!("panic: {other:?}")),
    })
}
