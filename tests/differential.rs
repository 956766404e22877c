//! Random programs, each compared with what CPython makes of it: standard output, exit status, and the last line about
//! an uncaught exception. Raddle runs each of them twice: on the machine, with random choices, and on the live engine.
//!
//! A seed names a program. `RADDLE_SEED` says which is the first, `RADDLE_PROGRAMS` how many there are, and with
//! `RADDLE_SHOW` set the programs are printed too. A difference is shown with the smallest program that still has it, or at once,
//! with the program as it was drawn, with `RADDLE_WHOLE` set.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it says what it tried, and that it could not")]

mod support {
    pub(crate) mod grammar;
    pub(crate) mod oracle;
    pub(crate) mod random;
    pub(crate) mod reduce;
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

use raddle::base::{Source, ThreadId};
use raddle::bytecode::Program;
use raddle::engine::{Options, Run, RunEnd};
use raddle::event::{Ending, Event, EventKind};
use raddle::machine::Image;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use support::Outcome;
use support::grammar;
use support::oracle::Oracle;
use support::random::Xorshift;
use support::reduce::reduce;
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
    let next = AtomicU64::new(first);
    let found = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            let worker = thread::Builder::new().stack_size(STACK_SIZE);
            let work = || {
                let mut oracle = Oracle::start().expect("python3 was there a moment ago");
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= first + count || found.lock().expect("no worker panics").len() >= SHOWN {
                        break;
                    }
                    if let Some(report) = try_seed(seed, &mut oracle) {
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
fn try_seed(seed: u64, oracle: &mut Oracle) -> Option<String> {
    let program = grammar::program(seed);
    if std::env::var_os("RADDLE_SHOW").is_some() {
        println!("# seed {seed}\n{}", program.text());
    }
    let kind = difference(&program.text(), seed, oracle)?.kind;
    let smallest = match std::env::var_os("RADDLE_WHOLE") {
        Some(_) => program,
        None => reduce(program, |smaller| {
            difference(smaller, seed, oracle).is_some_and(|difference| difference.kind == kind)
        }),
    };
    let text = smallest.text();
    let Difference { cpython, raddle, .. } = difference(&text, seed, oracle)?;
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
type Runner = fn(&Arc<Program>, u64) -> Option<Outcome>;

fn difference(program: &str, seed: u64, oracle: &mut Oracle) -> Option<Difference> {
    let cpython = normal(oracle.run(program));
    let word = |outcome: &Outcome| outcome.end.split(": ").take(2).collect::<Vec<_>>().join(": ");
    let runners: [(&str, Runner); 2] = [("machine", on_machine), ("engine", on_engine)];
    let compiled = compiled(program);
    for (name, run) in runners {
        let outcome = match &compiled {
            Ok(program) => run(program, seed),
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

fn refused(text: String) -> Outcome {
    Outcome { stdout: String::new(), end: format!("refused: {text}") }
}

fn compiled(program: &str) -> Result<Arc<Program>, Outcome> {
    let source = Arc::new(Source::new("program.py", program));
    raddle::lang::compile(source.clone()).map(Arc::new).map_err(|complaints| {
        let line = |span: Option<raddle::base::Span>| span.map_or(0, |span| source.line_of(span.start));
        let texts = complaints.iter().map(|complaint| format!("line {}: {}", line(complaint.span), complaint.message));
        refused(texts.collect::<Vec<_>>().join("; "))
    })
}

/// The result of a run, as its events say.
fn outcome(stdout: String, status: i32, ended: Option<&str>) -> Outcome {
    let end = match ended {
        Some(error) => format!("exit {status}: {error}"),
        None => format!("exit {status}"),
    };
    Outcome { stdout, end }
}

/// How the main thread ended, when an exception ended it.
fn crash(event: &Event) -> Option<&str> {
    match &event.kind {
        EventKind::Ended { how: Ending::Crashed(text) } if event.thread == ThreadId::MAIN => text.rsplit('\n').next(),
        _ => None,
    }
}

fn on_machine(program: &Arc<Program>, seed: u64) -> Option<Outcome> {
    let run = || {
        let mut world = World::of(program.clone());
        if !world.ends(&mut Xorshift(seed | 1 << 63)) {
            return None;
        }
        Some(match world.shared().status() {
            Some(status) => outcome(world.output(), status, world.shared().events.iter().find_map(crash)),
            None => Outcome { stdout: world.output(), end: "stuck".to_owned() },
        })
    };
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        Some(Outcome { stdout: String::new(), end: format!("panic: {text}") })
    })
}

fn on_engine(program: &Arc<Program>, seed: u64) -> Option<Outcome> {
    let image = Arc::new(Image::new(program.clone()));
    let options = Options { seed, ..Options::default() };
    let run = Run::start(image, options).expect("there are threads to be had");
    let mut events = run.events();
    let (mut stdout, mut crashed) = (String::new(), None);
    while let Some(event) = events.recv() {
        crashed = crash(&event).map(str::to_owned).or(crashed);
        if let EventKind::Printed { text, error: false } = event.kind {
            stdout += &text;
        }
    }
    Some(match run.end() {
        RunEnd::Exited(status) => outcome(stdout, status, crashed.as_deref()),
        RunEnd::Stuck => Outcome { stdout, end: "stuck".to_owned() },
        other => Outcome { stdout, end: format!("panic: {other:?}") },
    })
}
