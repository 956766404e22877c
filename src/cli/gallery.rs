//! Where the screen gets scenarios and runs from: the gallery's cards, and runs of the engine.

use super::arguments::{Faults, Screen, Wanted};
use super::load::{self, Origin};
use super::record::{Failure, Recorder, Target, Wish};
use super::{FAILED, REFUSED, USAGE, breakpoints, complain, outside};
use crate::engine::{ClockKind, Options, Typist};
use crate::event::Breakpoint;
use crate::machine::{Boot, Image};
use crate::scenario::builtin;
use crate::scenario::metadata::{self, Metadata};
use crate::schedule::Speed;
use crate::session::live::Record;
use crate::session::{self, Live, Loaded, Races, Script, Session, Stamp, Theatre};
use crate::{terminal, tui};
use std::io::IsTerminal;
use std::path::Path;
use std::time::SystemTime;

/// Opens the screen, at a scenario if one is wanted; gives the exit status.
pub(super) fn open(wanted: Option<&Wanted>, screen: &Screen) -> u8 {
    if !std::io::stdout().is_terminal() {
        complain("raddle: the screen needs a terminal; `raddle run --headless` and `raddle list` need none\n");
        return FAILED;
    }
    let mut scenarios: Vec<Origin> = builtin::ALL.iter().copied().map(Origin::Builtin).collect();
    let start =
        match wanted.map(|wanted| load::find(&wanted.scenario).map(|origin| origin.told(&wanted.told))).transpose() {
            Ok(start) => start.map(|origin| place(&mut scenarios, origin)),
            Err(error) => {
                complain(&format!("{error}\n"));
                return REFUSED;
            }
        };
    // A scenario that cannot run at all is reported on the plain terminal; the screen would only be in the way.
    let breakpoints = match start.map(|index| scenarios[index].load(true, screen.races)) {
        None => Vec::new(),
        Some(Ok(loaded)) => match on_lines(&screen.breakpoints, &loaded) {
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
    let first = start.zip(wanted).map(|(index, wanted)| (index, &wanted.faults));
    let wish = start.and(screen.record.clone()).map(|path| Wish::new(Target::File(path)));
    if let Some(Err(error)) = start.zip(wish.as_ref()).map(|(index, wish)| wish.check(&scenarios[index])) {
        complain(&format!("{error}\n"));
        return USAGE;
    }
    let scripts = scenarios.into_iter().map(|origin| Shown { origin, races: screen.races }).collect();
    let opening = Opening { screen, first, wish: wish.as_ref() };
    let start_run = |index, loaded, breakpoints: &[Breakpoint]| opening.start(index, loaded, breakpoints);
    let mut theatre = Theatre::new(scripts, Box::new(start_run));
    let options = tui::Options { start, breakpoints, mouse: screen.mouse, theme: screen.theme, ..Default::default() };
    let shown = terminal::run(&mut theatre, options);
    if let Some(several) = wish.as_ref().and_then(Wish::several) {
        complain(&format!("{several}\n"));
    }
    if let Some(Failure::Said(failure)) = wish.as_ref().and_then(Wish::failure) {
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

fn on_lines(asked: &[breakpoints::Asked], loaded: &Loaded) -> Result<Vec<Breakpoint>, String> {
    let program = &loaded.image.program;
    breakpoints::on_lines(asked, &program.lines(), &program.source)
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

/// A scenario, as it is loaded for the screen.
struct Shown {
    origin: Origin,
    races: Races,
}

impl Script for Shown {
    fn name(&self) -> String {
        match self.origin.place() {
            Origin::Builtin(builtin) => format!("{}.py", builtin.name),
            Origin::File(path) => path.to_string_lossy().into_owned(),
            Origin::Text(source) => source.name().to_owned(),
            Origin::Told(..) => String::new(), // a place is none
        }
    }

    fn group(&self) -> Option<&'static str> {
        (!matches!(self.origin, Origin::Builtin(_))).then_some("Your file")
    }

    fn load(&self) -> Result<Loaded, String> {
        self.origin.load(false, self.races)
    }

    fn metadata(&self) -> Metadata {
        self.origin.read().ok().and_then(|source| metadata::parse(&source).ok()).unwrap_or_default()
    }

    fn stamp(&self, files: &[String]) -> Option<Stamp> {
        let Origin::File(path) = self.origin.place() else { return None };
        let mut stamp = Stamp { written: 0, length: 0 };
        for path in std::iter::once(&**path).chain(files.iter().map(Path::new)) {
            let found = std::fs::metadata(path).ok()?;
            let written = found.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_nanos();
            stamp.written = stamp.written.wrapping_add(written);
            stamp.length += found.len();
        }
        Some(stamp)
    }
}

/// How runs on the screen are started: `first`, the scenario on the command line, meets the faults that were asked for,
/// and is recorded.
struct Opening<'a> {
    screen: &'a Screen,
    first: Option<(usize, &'a Faults)>,
    wish: Option<&'a Wish>,
}

impl Opening<'_> {
    fn start(&self, index: usize, loaded: Loaded, breakpoints: &[Breakpoint]) -> Result<Box<dyn Session>, String> {
        let screen = self.screen;
        let first = self.first.filter(|(first, _)| *first == index);
        let speed = screen.speed.or(loaded.metadata.speed).unwrap_or(Speed::Times(1.0));
        let clock = screen.clock.unwrap_or(match loaded.metadata.clock {
            Some(metadata::ClockKind::Wall) => ClockKind::Wall,
            Some(metadata::ClockKind::Virtual) | None => ClockKind::Virtual,
        });
        let wanted = first.map(|(_, faults)| faults.clone()).unwrap_or_default();
        let options = Options {
            clock,
            policy: loaded.policy(screen.policy),
            faults: load::faults(&wanted, &loaded.metadata),
            speed,
            paused: screen.paused,
            paced: true,
            breakpoints: breakpoints.to_vec(),
            priorities: load::priorities(&screen.priorities, &loaded.metadata),
            seed: screen.seed.unwrap_or_else(crate::engine::fresh_seed),
            memory: screen.memory,
            outside: outside::disk(screen.input.as_ref(), Typist::Screen)?,
            ..Options::default()
        };
        let record = self.wish.filter(|_| first.is_some()).map(|wish| {
            |image: &Image, boot: Boot, options: &Options| -> Result<Box<dyn session::live::Recorder>, String> {
                Ok(Box::new(Recorder::create(wish, image, boot, options)?))
            }
        });
        let live = Live::start(loaded.image, options, record.as_ref().map(|record| record as &Record<'_>))?;
        Ok(Box::new(live))
    }
}
