//! `raddle check` beside its peers: the same programs, in one run, each search in a process of its own, by turns. A peer
//! that is not installed is said to be missing; one that comes to no answer within the limits is cut, and the table goes on.
//!
//!     cargo build --release
//!     cd benches/peers && cargo run --release             all programs and tools
//!     … cargo run --release -- phil6x2ok sem6 --tools raddle,SPIN,Harmony --rounds 5 --seconds 60
//!
//! `--memory 8` are the gigabytes that each may have, `--raddle PATH` is the binary to compare, `--fine` puts a switch at
//! each access under a lock in the models made of operations, and `--keep FOLDER` leaves what each tool got and said there.

mod child;
mod executions;
mod frontrun;
mod harmony;
mod inside;
mod loom;
mod program;
mod python;
mod shuttle;
mod spin;
mod stateright;
mod table;
mod tools;

use child::Ran;
use nix::sys::resource::{Resource, setrlimit};
use program::Program;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Duration;
use table::{Row, Times};
use tools::{Setup, Tool};

/// What is compared if nobody says what.
const PROGRAMS: &str = "phil3x1ok phil6x2ok phil8x2ok inc2x2bare inc4x3bare inc6x2bare inc2x2lock inc4x3lock buf1x1x1two \
                        buf2x2x2two buf4x4x2two buf2x2x2one buf2x2x2if sem3 sem6 barrier3 barrier6";

struct Options {
    programs: Vec<Program>,
    tools: Vec<Tool>,
    rounds: usize,
    limit: Duration,
    /// In bytes.
    memory: u64,
    setup: Setup,
    folder: PathBuf,
    keeps: bool,
    /// This process is one of the tools that are libraries.
    inside: Option<Tool>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = options(std::env::args().skip(1))?;
    if let Some(tool) = options.inside {
        return inside(tool, &options);
    }
    // What is started from here on has the same limits. That of computing ends what outlives this process.
    setrlimit(Resource::RLIMIT_AS, options.memory, options.memory)?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let computing = (options.limit.as_secs() + 1) * cores;
    setrlimit(Resource::RLIMIT_CPU, computing, computing)?;
    let mut rows = Vec::new();
    for program in &options.programs {
        rows.extend(compare(*program, &options)?);
    }
    print!("{}", table::table(&rows, &options.tools, options.rounds, options.limit, options.memory));
    for tool in &options.tools {
        if let Some(hint) = tool.missing(&options.setup) {
            println!("{} is missing: {hint}", tool.name());
        }
    }
    if !options.keeps {
        std::fs::remove_dir_all(&options.folder)?;
    }
    Ok(())
}

/// Lets the tools take turns at a program, and keeps the best of each.
fn compare(program: Program, options: &Options) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut rows: Vec<Row> = options.tools.iter().map(|tool| Row::new(program, *tool)).collect();
    for round in 0..options.rounds {
        for row in &mut rows {
            let said = row.tool.missing(&options.setup).map(|_| "missing").or(row.tool.refuses(program));
            if let Some(said) = said {
                row.instead = Some(said.to_owned());
            } else if row.instead.is_none() {
                eprintln!("{program}: {}, round {}", row.tool.name(), round + 1);
                take_turn(row, options)?;
            }
        }
    }
    Ok(rows)
}

/// One turn of a tool. After one without an answer it gets no other.
fn take_turn(row: &mut Row, options: &Options) -> Result<(), Box<dyn Error>> {
    let folder = options.folder.join(row.program.to_string()).join(row.tool.name().replace(' ', ""));
    std::fs::create_dir_all(&folder)?;
    let plan = row.tool.plan(row.program, &folder, &options.setup)?;
    let mut compiled = Duration::ZERO;
    for (name, mut command) in plan.compile {
        compiled += child::run(&mut command, &folder, &format!("{name}.output"), options.limit)?.took;
    }
    let mut search = plan.search;
    let ran = child::run(&mut search, &folder, "search.output", options.limit)?;
    match row.tool.read(&ran.output) {
        Some(answer) if !ran.is_cut => {
            let times =
                Times { compiled, total: compiled + ran.took, searched: answer.searched, computed: ran.computed };
            row.peak = row.peak.max(ran.peak);
            if row.times.is_none_or(|best| times.total < best.total) {
                row.times = Some(times);
            }
            row.answer = Some(answer);
        }
        _ => {
            row.peak = ran.peak;
            row.instead = Some(no_answer(&ran, options.limit));
        }
    }
    Ok(())
}

fn no_answer(ran: &Ran, limit: Duration) -> String {
    if ran.is_cut {
        return format!("not in {} s", limit.as_secs());
    }
    let last = ran.output.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it printed nothing");
    format!("none: {}", last.trim().chars().take(40).collect::<String>())
}

/// Explores in this process, for a tool that is a library.
fn inside(tool: Tool, options: &Options) -> Result<(), Box<dyn Error>> {
    let is_fine = options.setup.is_fine;
    for program in &options.programs {
        match tool {
            Tool::Stateright => stateright::explore(*program, is_fine),
            Tool::Loom => loom::explore(*program, is_fine),
            Tool::Shuttle => shuttle::explore(*program, is_fine),
            Tool::Raddle | Tool::RaddleAll | Tool::Spin | Tool::Harmony | Tool::Frontrun => {
                return Err(format!("{} is a program of its own", tool.name()).into());
            }
        }
    }
    Ok(())
}

fn options(arguments: impl Iterator<Item = String>) -> Result<Options, Box<dyn Error>> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/release/raddle");
    let mut options = Options {
        programs: Vec::new(),
        tools: Tool::ALL.to_vec(),
        rounds: 3,
        limit: Duration::from_secs(20),
        memory: 8 << 30,
        setup: Setup { raddle: built, is_fine: false },
        folder: std::env::temp_dir().join(format!("raddle-peers-{}", std::process::id())),
        keeps: false,
        inside: None,
    };
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} wants a value"));
        match argument.as_str() {
            "--tools" => options.tools = value()?.split(',').map(tool).collect::<Result<_, _>>()?,
            "--rounds" => options.rounds = value()?.parse()?,
            "--seconds" => options.limit = Duration::from_secs(value()?.parse()?),
            "--memory" => options.memory = value()?.parse::<u64>()? << 30,
            "--raddle" => options.setup.raddle = std::path::absolute(value()?)?,
            "--keep" => (options.folder, options.keeps) = (std::path::absolute(value()?)?, true),
            "--fine" => options.setup.is_fine = true,
            "--inside" => options.inside = Some(tool(&value()?)?),
            name => options.programs.push(name.parse()?),
        }
    }
    if options.programs.is_empty() {
        options.programs = PROGRAMS.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    }
    Ok(options)
}

fn tool(name: &str) -> Result<Tool, String> {
    let same = |tool: &Tool| tool.name().eq_ignore_ascii_case(name);
    Tool::ALL
        .into_iter()
        .find(same)
        .ok_or_else(|| format!("{name}: the tools are {}", Tool::ALL.map(Tool::name).join(", ")))
}
