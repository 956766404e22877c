//! The screen's way to scenarios and runs: the gallery's cards, and runs of the engine.

use super::arguments::{Faults, Screen, Wanted};
use super::load::{self, Origin};
use super::{FAILED, REFUSED, complain};
use crate::base::ThreadId;
use crate::engine::{ClockKind, Control, EventStream, Options, Run};
use crate::event::{Event, Legend, Position};
use crate::policy::Kind;
use crate::scenario::builtin;
use crate::scenario::metadata::{self, Metadata};
use crate::schedule::{Fault, Speed, StepUnit};
use crate::tui::{self, Card, Session, Stage};
use std::io::IsTerminal;
use std::time::SystemTime;

/// Opens the screen, at a scenario if one is wanted; gives the exit status.
pub(super) fn open(wanted: Option<&Wanted>, screen: &Screen) -> u8 {
    if !std::io::stdout().is_terminal() {
        complain("raddle: the screen needs a terminal; `raddle run --headless` and `raddle list` need none\n");
        return FAILED;
    }
    let mut scenarios: Vec<Origin> = builtin::ALL.iter().copied().map(Origin::Builtin).collect();
    let start = match wanted.map(|wanted| load::find(&wanted.scenario)).transpose() {
        Ok(start) => start.map(|origin| place(&mut scenarios, origin)),
        Err(error) => {
            complain(&format!("{error}\n"));
            return REFUSED;
        }
    };
    // What cannot run at all is said on the plain terminal; the screen would only be in the way.
    if let Some(Err(error)) = start.map(|index| scenarios[index].load(true)) {
        complain(&format!("{}\n", error.trim_end()));
        return REFUSED;
    }
    let cards = scenarios.iter().map(card).collect();
    let faults = start.zip(wanted).map(|(index, wanted)| (index, wanted.faults.clone()));
    let mut theatre = Theatre { scenarios, cards, seen: None, screen: screen.clone(), faults };
    let options = tui::Options { start, mouse: screen.mouse, theme: screen.theme };
    match tui::run(&mut theatre, options) {
        Ok(exit) => exit.signal.map_or(0, |signal| 128 + signal as u8),
        Err(error) => {
            complain(&format!("raddle: the screen cannot be shown: {error}; `raddle run --headless` needs none\n"));
            FAILED
        }
    }
}

/// The index of a scenario among those of the gallery, where it is added if it is new.
fn place(scenarios: &mut Vec<Origin>, origin: Origin) -> usize {
    if let Origin::Builtin(builtin) = &origin
        && let Some(index) = builtin::ALL.iter().position(|other| other.name == builtin.name)
    {
        return index;
    }
    scenarios.push(origin);
    scenarios.len() - 1
}

fn card(origin: &Origin) -> Card {
    let metadata = origin.read().ok().and_then(|source| metadata::parse(&source).ok()).unwrap_or_default();
    let Metadata { title, summary, topics, expect, group, faults, .. } = metadata;
    let name = match origin {
        Origin::Builtin(builtin) => format!("{}.py", builtin.name),
        Origin::File(path) => path.clone(),
        Origin::Text(source) => source.name().to_owned(),
    };
    let yours = if matches!(origin, Origin::Builtin(_)) { "" } else { "Your file" };
    Card {
        title: title.unwrap_or_else(|| name.clone()),
        summary: summary.unwrap_or_default(),
        topics,
        expect: expect.map(|expect| expect.name().to_owned()),
        faults: faults.iter().map(ToString::to_string).collect(),
        group: if yours.is_empty() { group.unwrap_or_default() } else { yours.to_owned() },
        name,
    }
}

/// Where runs come from: the built-in scenarios, and the file on the command line.
struct Theatre {
    scenarios: Vec<Origin>,
    cards: Vec<Card>,
    /// The file that was opened last, as it was then.
    seen: Option<(usize, Stamp)>,
    screen: Screen,
    /// The faults that are asked for, and in which scenario.
    faults: Option<(usize, Faults)>,
}

/// When a file was written, and how long it is.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp(Option<(SystemTime, u64)>);

impl Stamp {
    fn of(origin: &Origin) -> Stamp {
        let Origin::File(path) = origin else { return Stamp(None) };
        let metadata = std::fs::metadata(path).ok();
        Stamp(metadata.and_then(|metadata| Some((metadata.modified().ok()?, metadata.len()))))
    }
}

impl Stage for Theatre {
    fn cards(&self) -> &[Card] {
        &self.cards
    }

    fn open(&mut self, index: usize) -> Result<Box<dyn Session>, String> {
        let origin = self.scenarios.get(index).ok_or("there is no such scenario")?;
        self.seen = Some((index, Stamp::of(origin)));
        let loaded = origin.load(false)?;
        let speed = self.screen.speed.or(loaded.metadata.speed).unwrap_or(1.0);
        let clock = self.screen.clock.unwrap_or(match loaded.metadata.clock {
            Some(metadata::ClockKind::Virtual) => ClockKind::Virtual,
            Some(metadata::ClockKind::Wall) | None => ClockKind::Wall,
        });
        let policy = load::policy(self.screen.policy, &loaded.metadata)?;
        let wanted = self.faults.as_ref().filter(|(place, _)| *place == index).map(|(_, faults)| faults.clone());
        let options = Options {
            clock,
            policy,
            faults: load::faults(&wanted.unwrap_or_default(), &loaded.metadata)?,
            speed: Speed::Times(speed),
            paused: self.screen.paused,
            paced: true,
            priorities: load::priorities(&self.screen.priorities, &loaded.metadata),
            seed: self.screen.seed.unwrap_or_else(crate::engine::fresh_seed),
            ..Options::default()
        };
        let program = &loaded.image.program;
        let legend = Legend { source: program.source.clone(), symbols: program.symbols.clone() };
        let run = Run::start(loaded.image, options).map_err(|error| format!("no thread for the run: {error}"))?;
        let (control, events) = (run.control(), run.events());
        Ok(Box::new(Show { legend, control, events, _run: run }))
    }

    fn changed(&mut self, index: usize) -> bool {
        match (&self.seen, self.scenarios.get(index)) {
            // A file that is away for a moment is being replaced.
            (Some((seen, stamp)), Some(origin)) if *seen == index => {
                let now = Stamp::of(origin);
                now.0.is_some() && now != *stamp
            }
            _ => false,
        }
    }
}

/// A run of the engine, as the screen sees it. Dropping it ends the run.
struct Show {
    legend: Legend,
    control: Control,
    events: EventStream,
    _run: Run,
}

impl Session for Show {
    fn legend(&self) -> Legend {
        self.legend.clone()
    }

    fn drain(&mut self, limit: usize) -> Vec<Event> {
        self.events.drain(limit)
    }

    fn positions(&self) -> Vec<Position> {
        self.control.positions()
    }

    fn now(&self) -> u64 {
        self.control.now()
    }

    fn is_over(&self) -> bool {
        self.control.is_over()
    }

    fn is_paused(&self) -> bool {
        self.control.is_paused()
    }

    fn pause(&self) {
        self.control.pause();
    }

    fn resume(&self) {
        self.control.resume();
    }

    fn step(&self, thread: Option<ThreadId>, unit: StepUnit) {
        self.control.step(thread, unit);
    }

    fn scheduler(&self) -> &'static str {
        self.control.policy().name()
    }

    fn schedulers(&self) -> Vec<(&'static str, &'static str)> {
        Kind::ALL.map(|kind| (kind.name(), kind.about())).into()
    }

    fn set_scheduler(&self, name: &str) {
        if let Some(kind) = Kind::of_name(name) {
            self.control.set_policy(kind);
        }
    }

    fn priorities(&self) -> Vec<i32> {
        if self.control.policy() == Kind::Priority { self.control.priorities() } else { Vec::new() }
    }

    fn raise_priority(&self, thread: ThreadId, by: i32) {
        self.control.raise_priority(thread, by);
    }

    fn speed(&self) -> Speed {
        self.control.speed()
    }

    fn set_speed(&self, speed: Speed) {
        self.control.set_speed(speed);
    }

    fn hold(&self, thread: ThreadId, held: bool) {
        self.control.hold(thread, held);
    }

    fn missed_faults(&self) -> Vec<String> {
        self.control.missed_faults()
    }

    fn inject(&self, fault: Fault) -> Result<(), String> {
        self.control.inject(&fault)
    }
}
