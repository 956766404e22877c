//! `raddle compare`: two runs, one above the other, on the screen or as text.

use super::arguments::{Compare, Faults, Screen, Side};
use super::headless::relayed;
use super::load;
use super::{DEADLOCK, FAILED, REFUSED, complain, memory, outside, unwritable};
use crate::base::SafeText;
use crate::engine::{self, Run, RunEnd, Typist};
use crate::event::Breakpoint;
use crate::policy::Kind;
use crate::schedule::Speed;
use crate::session::{Card, Live, Loaded, Races, Session, Stage};
use crate::trace::model::size_word;
use crate::trace::{Axis, Model};
use crate::{terminal, tui};
use serde_json::json;
use std::io::{self, Write};
use std::sync::Arc;

/// Columns for the lanes of a run, in text.
const CELLS: u16 = 72;
/// Columns for a name or a word before it.
const NAMES: usize = 16;
/// Columns for each of the two figures, at least.
const FIGURES: usize = 22;

/// A program that is to be compared.
struct Program {
    name: String,
    loaded: Loaded,
    policy: Kind,
}

impl Program {
    /// Reads and compiles it; complains if that cannot be.
    fn of(side: &Side, color: bool) -> Option<Program> {
        let loaded = load::find(&side.scenario).and_then(|origin| origin.load(color, Races::Ignored));
        let loaded = loaded.inspect_err(|error| complain(&format!("{}\n", error.trim_end()))).ok()?;
        let name = SafeText::brief(&side.scenario.to_string_lossy()).into_string();
        let policy = loaded.policy_or(side.policy, Kind::Gil);
        Some(Program { name, loaded, policy })
    }

    fn options(&self, seed: u64, typist: Typist) -> Result<engine::Options, String> {
        let metadata = &self.loaded.metadata;
        Ok(engine::Options {
            policy: self.policy,
            faults: load::faults(&Faults::default(), metadata),
            priorities: load::priorities(&[], metadata),
            seed,
            memory: memory::usual(),
            outside: outside::disk(None, typist)?,
            ..engine::Options::default()
        })
    }
}

fn programs(compare: &Compare) -> Option<[Program; 2]> {
    let [one, other] = &compare.sides;
    Some([Program::of(one, compare.color)?, Program::of(other, compare.color)?])
}

/// A run that is over.
struct Ran {
    model: Model,
    stuck: bool,
    status: u8,
}

/// Runs both, without a screen; gives the exit status.
pub(super) fn run(compare: &Compare) -> u8 {
    let Some(programs) = programs(compare) else { return REFUSED };
    let mut runs = Vec::new();
    for program in &programs {
        match ran(program, compare.seed) {
            Ok(run) => runs.push(run),
            Err(status) => return status,
        }
    }
    let [one, other] = &runs[..] else { return FAILED };
    let sides = [(&programs[0], one), (&programs[1], other)];
    let text = if compare.json { sides.map(|(program, run)| as_json(program, run)).concat() } else { as_text(sides) };
    let mut output = io::stdout().lock();
    if let Err(error) = output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        return unwritable(&error);
    }
    if one.stuck || other.stuck { DEADLOCK } else { 0 }
}

/// Runs a program to its end; the error is an exit status.
fn ran(program: &Program, seed: u64) -> Result<Ran, u8> {
    let options = program.options(seed, Typist::Standard).map_err(|error| {
        complain(&format!("{error}\n"));
        FAILED
    })?;
    let image = program.loaded.image.clone();
    let mut model = Model::new(image.legend());
    let mut end = None;
    let status = relayed(Run::start(image.clone(), options), &image, |run| {
        let control = run.control().impatient();
        let mut events = run.events();
        let mut batch = Vec::new();
        while events.recv_batch(&mut batch) {
            batch.iter().for_each(|event| model.apply(event));
        }
        let stuck = control.is_stuck();
        end = Some((stuck, run.leave()));
        0
    });
    match end {
        Some((_, RunEnd::Failed(reason))) => {
            complain(&format!("raddle: {}: {reason}\n", program.name));
            Err(FAILED)
        }
        Some(_) if status != 0 => Err(status),
        Some((stuck, RunEnd::Exited(status))) => Ok(Ran { model, stuck, status: status as u8 }),
        Some((stuck, RunEnd::Stuck | RunEnd::Aborted | RunEnd::Parted(_))) => {
            Ok(Ran { model, stuck, status: DEADLOCK })
        }
        None => Err(status),
    }
}

fn as_json(program: &Program, run: &Ran) -> String {
    let cost = run.model.cost();
    let line = json!({
        "scenario": program.name,
        "policy": program.policy.name(),
        "status": run.status,
        "stuck": run.stuck,
        "time": run.model.last().at,
        "steps": run.model.last().step,
        "threads": run.model.threads().len(),
        "processes": run.model.processes().len(),
        "switches": cost.switches,
        "waits": cost.waits,
        "waited": cost.waited,
        "forked_bytes": cost.memory,
        "messages": cost.messages,
        "message_bytes": cost.sent,
    });
    format!("{line}\n")
}

/// Both, in figures and with their lanes in the same scale.
fn as_text(sides: [(&Program, &Ran); 2]) -> String {
    let mut text = String::new();
    let longest = sides.iter().map(|(program, _)| program.name.chars().count() + 2).max().unwrap_or(0);
    let width = longest.max(FIGURES);
    let mut row = |word: &str, figure: &dyn Fn(&Program, &Ran) -> String| {
        let [one, other] = sides.map(|(program, run)| figure(program, run));
        text += format!("{word:<NAMES$}{one:<width$}{other}").trim_end();
        text += "\n";
    };
    row("", &|program, _| program.name.clone());
    row("policy", &|program, _| program.policy.name().to_owned());
    row("ended", &|_, run| if run.stuck { "stuck".to_owned() } else { format!("exit {}", run.status) });
    row("time", &|_, run| milliseconds(run.model.last().at));
    row("steps", &|_, run| run.model.last().step.to_string());
    row("switches", &|_, run| run.model.cost().switches.to_string());
    row("waits", &|_, run| match run.model.cost() {
        cost if cost.waits == 0 => "0".to_owned(),
        cost => format!("{}, {}", cost.waits, milliseconds(cost.waited)),
    });
    row("processes", &|_, run| run.model.processes().len().to_string());
    row("threads", &|_, run| run.model.threads().len().to_string());
    row("memory copied", &|_, run| size_word(run.model.cost().memory));
    row("messages", &|_, run| match run.model.cost() {
        cost if cost.messages == 0 => "0".to_owned(),
        cost => format!("{}, {}", cost.messages, size_word(cost.sent)),
    });
    let end = sides.iter().map(|(_, run)| run.model.end(Axis::Time)).max().unwrap_or(0);
    let per_cell = end.div_ceil(CELLS.into()).max(1);
    for (program, run) in sides {
        text += &format!("\n{} under {}\n", program.name, program.policy.name());
        let lanes = tui::lanes(&run.model, Axis::Time, 0, per_cell, CELLS);
        for (thread, y) in run.model.threads().iter().zip(0..) {
            let name: String = thread.name.chars().take(NAMES - 1).collect();
            let cells: String = (0..CELLS).filter_map(|x| Some(lanes.cell((x, y))?.symbol())).collect();
            text += &format!("{name:<NAMES$}{}\n", cells.trim_end());
        }
    }
    text += &format!("\none column is {}\n", milliseconds(per_cell));
    text
}

/// `60.01 ms`
fn milliseconds(nanoseconds: u64) -> String {
    let micros = nanoseconds / 1_000;
    format!("{}.{:02} ms", micros / 1_000, micros % 1_000 / 10)
}

/// Both, one beside the other.
struct Pair<'a> {
    compare: &'a Compare,
    speed: Speed,
    cards: Vec<Card>,
}

impl Stage for Pair<'_> {
    fn cards(&self) -> &[Card] {
        &self.cards
    }

    fn open(&mut self, index: usize, breakpoints: &[Breakpoint]) -> Result<Box<dyn Session>, String> {
        let side = self.compare.sides.get(index).ok_or("there is no such scenario")?;
        let loaded = load::find(&side.scenario).and_then(|origin| origin.load(false, Races::Ignored))?;
        let policy = loaded.policy_or(side.policy, Kind::Gil);
        let program = Program { name: String::new(), loaded, policy };
        let options = program.options(self.compare.seed, Typist::Screen)?;
        let (speed, breakpoints) = (self.speed, breakpoints.to_vec());
        let options = engine::Options { paced: true, speed, breakpoints, ..options };
        Ok(Box::new(Live::start(Arc::clone(&program.loaded.image), options, None)?))
    }

    fn changed(&mut self, _: usize) -> bool {
        false
    }
}

/// Shows both on the screen; gives the exit status.
pub(super) fn watch(compare: &Compare, screen: &Screen) -> u8 {
    let Some(programs) = programs(compare) else { return REFUSED };
    let card = |program: &Program| Card {
        name: program.name.clone(),
        title: program.loaded.metadata.title.clone().unwrap_or_else(|| program.name.clone()),
        summary: program.loaded.metadata.summary.clone().unwrap_or_default(),
        ..Card::default()
    };
    let cards = programs.iter().map(card).collect();
    let mut stage = Pair { compare, speed: screen.speed.unwrap_or(Speed::Max), cards };
    let options = tui::Options {
        start: Some(0),
        beside: Some(1),
        mouse: screen.mouse,
        theme: screen.theme,
        ..Default::default()
    };
    match terminal::run(&mut stage, options) {
        Ok(exit) => exit.signal.map_or(0, |signal| 128 + signal as u8),
        Err(error) => {
            complain(&format!("raddle: the screen cannot be shown: {error}; `raddle compare --headless` needs none\n"));
            FAILED
        }
    }
}
