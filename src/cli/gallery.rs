//! Where the screen gets scenarios and runs from: the gallery's cards, and runs of the engine.

use super::arguments::{Faults, Screen, Wanted};
use super::load::{self, Origin};
use super::record::{Failure, Target, Wish};
use super::show::Show;
use super::{FAILED, REFUSED, USAGE, breakpoints, complain};
use crate::engine::{ClockKind, Options};
use crate::event::Breakpoint;
use crate::scenario::builtin;
use crate::scenario::metadata::{self, Metadata};
use crate::schedule::Speed;
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
    // A scenario that cannot run at all is reported on the plain terminal; the screen would only be in the way.
    let breakpoints = match start.map(|index| scenarios[index].load(true, screen.races)) {
        None => Vec::new(),
        Some(Ok(loaded)) => match breakpoints::on_lines(&screen.breakpoints, &loaded.image.program.lines()) {
            Ok(breakpoints) => breakpoints,
            Err(error) => {
                complain(&format!("{error}\n"));
                return USAGE;
            }
        },
        Some(Err(error)) => {
            complain(&format!("{}\n", error.trim_end()));
            return REFUSED;
        }
    };
    let cards = scenarios.iter().map(card).collect();
    let faults = start.zip(wanted).map(|(index, wanted)| (index, wanted.faults.clone()));
    let wish = start.zip(screen.record.clone()).map(|(index, path)| (index, Wish::new(Target::File(path))));
    if let Some(Err(error)) = wish.as_ref().map(|(index, wish)| wish.check(&scenarios[*index])) {
        complain(&format!("{error}\n"));
        return USAGE;
    }
    let mut theatre = Theatre { scenarios, cards, seen: None, screen: screen.clone(), faults, wish: wish.clone() };
    let options = tui::Options { start, breakpoints, mouse: screen.mouse, theme: screen.theme };
    let shown = tui::run(&mut theatre, options);
    if let Some(several) = wish.as_ref().and_then(|(_, wish)| wish.several()) {
        complain(&format!("{several}\n"));
    }
    if let Some(Failure::Said(failure)) = wish.and_then(|(_, wish)| wish.failure()) {
        complain(&format!("raddle: {failure}\n"));
        return FAILED;
    }
    match shown {
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
        Origin::File(path) => path.to_string_lossy().into_owned(),
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
    /// The requested faults, and for which scenario.
    faults: Option<(usize, Faults)>,
    /// The requested recording, and of which scenario.
    wish: Option<(usize, Wish)>,
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

    fn open(&mut self, index: usize, breakpoints: &[Breakpoint]) -> Result<Box<dyn Session>, String> {
        let origin = self.scenarios.get(index).ok_or("there is no such scenario")?;
        self.seen = Some((index, Stamp::of(origin)));
        let loaded = origin.load(false, self.screen.races)?;
        let speed = self.screen.speed.or(loaded.metadata.speed).unwrap_or(Speed::Times(1.0));
        let clock = self.screen.clock.unwrap_or(match loaded.metadata.clock {
            Some(metadata::ClockKind::Wall) => ClockKind::Wall,
            Some(metadata::ClockKind::Virtual) | None => ClockKind::Virtual,
        });
        let wanted = self.faults.as_ref().filter(|(place, _)| *place == index).map(|(_, faults)| faults.clone());
        let options = Options {
            clock,
            policy: loaded.policy(self.screen.policy),
            faults: loaded.faults(&wanted.unwrap_or_default()),
            speed,
            paused: self.screen.paused,
            paced: true,
            breakpoints: breakpoints.to_vec(),
            priorities: load::priorities(&self.screen.priorities, &loaded.metadata),
            seed: self.screen.seed.unwrap_or_else(crate::engine::fresh_seed),
            memory: self.screen.memory,
            ..Options::default()
        };
        let wish = self.wish.as_ref().filter(|(place, _)| *place == index).map(|(_, wish)| wish);
        Ok(Box::new(Show::start(loaded.image, options, wish)?))
    }

    fn changed(&mut self, index: usize) -> bool {
        match (&self.seen, self.scenarios.get(index)) {
            // A file that is missing for a moment is being replaced.
            (Some((seen, stamp)), Some(origin)) if *seen == index => {
                let now = Stamp::of(origin);
                now.0.is_some() && now != *stamp
            }
            _ => false,
        }
    }
}
