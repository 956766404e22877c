//! A recording, as the screen sees it: a run that is all past.

use super::inquiry::{Inquiry, Where};
use super::past::{self, Fork, Patience, Replay};
use super::ports::{Card, Feed, Jump, Moment, Past, Session, Stage, Steering};
use super::{REPLAY, Races};
use crate::base::sources::{folder, next_in_file};
use crate::base::{Diagnostics, SafeText, Source, ThreadId};
use crate::event::{Breakpoint, Event, Legend, Position, Variables};
use crate::history::{Cursor, History, Moved};
use crate::lang::{self, Beside, Entry};
use crate::machine::{Boot, Execution, Image};
use crate::policy::Priorities;
use crate::schedule::Speed;
use crate::schedule::tape::Close;
use crate::trace::recording::{Header, Recording};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

/// A recording that can be played.
pub struct Opened {
    /// What was read.
    pub recording: Recording,
    /// Its program, ready to run.
    pub image: Arc<Image>,
    /// What the run started from.
    pub boot: Boot,
}

impl Opened {
    /// Compiles the program of a recording, which may have so many bytes of memory.
    ///
    /// # Errors
    /// Every reason why the program cannot be run, with its text.
    pub fn of(recording: Recording, memory: u64, races: Races) -> Result<Opened, (Source, Diagnostics)> {
        let header = &recording.header;
        let source = lang::read_bytes(&header.name, header.source.as_bytes())
            .map_err(|found| (Source::new(&header.name, ""), found))?;
        let beside = Arc::new(Recorded::of(header));
        let program = lang::compile_with(Arc::new(source.clone()), beside).map_err(|found| (source, found))?;
        let boot = Boot { seed: header.seed, epoch: header.epoch, memory };
        Ok(Opened { image: super::scenario::image(program, races), boot, recording })
    }

    /// Why a replay differs from its recording, as far as that is known.
    pub fn reason(&self) -> String {
        let (by, this) = (SafeText::new(&self.recording.header.raddle).into_string(), env!("CARGO_PKG_VERSION"));
        if by == this {
            "it was recorded by this version of raddle: either something else made or changed the file, or raddle has a defect"
                .to_owned()
        } else {
            format!("it was recorded by raddle {by}, and this is raddle {this}")
        }
    }

    /// The threads' priorities at the run's start.
    pub fn priorities(&self) -> Priorities {
        let header = &self.recording.header;
        Priorities { by_name: header.priorities.clone(), inherited: header.inheritance }
    }

    /// The recording for the screen, of which nothing was played yet.
    fn play(&self, breakpoints: &[Breakpoint], speed: Speed, onward: Rc<Onward>) -> Played {
        let Opened { recording, image, boot } = self;
        let past = (self.reason(), self.priorities());
        Played::of(image.clone(), *boot, recording.blocks.clone(), past, breakpoints, (speed, onward))
    }
}

/// Starts the run that goes on from a moment of a recording, at that speed.
pub type Onward = dyn Fn(Fork, Speed) -> Result<Box<dyn Session>, String>;

/// The one recording that the screen is opened for.
pub struct Archive {
    opened: Opened,
    cards: Vec<Card>,
    speed: Speed,
    onward: Rc<Onward>,
}

impl Archive {
    /// A recording that is played at that speed, to begin with.
    pub fn new(opened: Opened, card: Card, speed: Speed, onward: Rc<Onward>) -> Archive {
        Archive { opened, cards: vec![card], speed, onward }
    }
}

impl Stage for Archive {
    fn cards(&self) -> &[Card] {
        &self.cards
    }

    fn open(&mut self, _: usize, breakpoints: &[Breakpoint]) -> Result<Box<dyn Session>, String> {
        Ok(Box::new(self.opened.play(breakpoints, self.speed, self.onward.clone())))
    }

    fn changed(&mut self, _: usize) -> bool {
        false
    }
}

/// A recording, as the screen sees it.
pub struct Played {
    /// What was given to the screen so far.
    cursor: Cursor,
    blocks: Vec<Arc<[u8]>>,
    past: Replay,
    /// The same moment with every thread at the gate, once that was asked for.
    seen: OnceCell<Execution>,
    over: bool,
    /// Why it cannot be played to its end.
    divergence: Option<String>,
    speed: Speed,
    onward: Rc<Onward>,
}

impl Played {
    /// A tape for the screen, of which nothing was played yet: why a replay can be another run, the priorities at its start,
    /// where playing stops, how fast it goes, and what starts a branch of it.
    pub(super) fn of(
        image: Arc<Image>,
        boot: Boot,
        blocks: Vec<Arc<[u8]>>,
        (reason, priorities): (String, Priorities),
        breakpoints: &[Breakpoint],
        (speed, onward): (Speed, Rc<Onward>),
    ) -> Played {
        let mut history = History::new(image.clone(), boot);
        history.extend(blocks.iter().cloned());
        Played {
            cursor: Cursor::new(image, boot),
            blocks,
            past: Replay::new(history, reason, priorities, breakpoints),
            seen: OnceCell::new(),
            over: false,
            divergence: None,
            speed,
            onward,
        }
    }

    fn seen(&self) -> &Execution {
        self.seen.get_or_init(|| self.cursor.execution().at_gate())
    }
}

impl Feed for Played {
    fn legend(&self) -> Legend {
        self.cursor.execution().image().legend()
    }

    fn drain(&mut self, limit: usize) -> Vec<Event> {
        let patience = Patience::short();
        for _ in 0..limit {
            if self.over {
                break;
            }
            match self.cursor.forward(&self.blocks, &|| patience.go_on()) {
                Ok(Moved::On) => self.seen = OnceCell::new(),
                Ok(Moved::End) => self.over = true,
                // It computes for long: it goes on from there the next time.
                Err(divergence) if divergence.is_interruption() => break,
                Err(divergence) => {
                    self.over = true;
                    self.divergence = Some(self.past.explain(&divergence));
                }
            }
        }
        self.cursor.execution_mut().take_events()
    }

    fn positions(&self) -> Vec<Position> {
        past::positions(self.seen())
    }

    fn variables(&self, thread: ThreadId) -> Variables {
        past::variables(self.seen(), thread)
    }

    fn breakable_line(&self, line: u32) -> Option<u32> {
        let lines: BTreeSet<u32> = self.cursor.execution().image().program.lines();
        next_in_file(&lines, line)
    }

    fn now(&self) -> u64 {
        self.cursor.execution().shared().now
    }

    fn steps(&self) -> u64 {
        self.cursor.step()
    }

    fn is_over(&self) -> bool {
        self.over
    }

    fn scheduler(&self) -> &'static str {
        REPLAY
    }

    fn priorities(&self) -> Vec<i32> {
        self.past.priorities(self.cursor.execution())
    }

    fn divergence(&self) -> Option<String> {
        self.divergence.clone()
    }

    fn end_of_recording(&self) -> Option<String> {
        let ended = self.cursor.execution().shared().status().is_some() || self.divergence.is_some();
        let how = match self.cursor.close() {
            _ if !self.over || ended => return None,
            Some(Close::Exited | Close::Stuck) => return None,
            Some(Close::Aborted) => "ends",
            None => "was cut off",
        };
        Some(format!("The recording {how} here, after step {}; the program had not ended.", self.cursor.step()))
    }
}

impl Session for Played {
    fn steering(&self) -> Option<&dyn Steering> {
        None
    }

    fn steer(&mut self) -> Option<&mut dyn Steering> {
        None
    }

    fn past(&mut self) -> Option<&mut dyn Past> {
        Some(self)
    }

    fn set_breakpoints(&mut self, breakpoints: &[Breakpoint]) {
        self.past.set_breakpoints(breakpoints);
    }

    fn speed(&self) -> Speed {
        self.speed
    }

    fn set_speed(&mut self, speed: Speed) {
        self.speed = speed;
    }

    fn inquire(&mut self, from: Option<u64>) -> Result<Inquiry, String> {
        self.past.inquire(from, self.onward.clone(), Where::Aside)
    }
}

impl Past for Played {
    fn moment(&mut self, jump: Jump) -> Result<Moment, String> {
        self.past.show(jump)
    }

    fn variables(&self, thread: ThreadId) -> Variables {
        self.past.variables(thread).unwrap_or_else(|| past::variables(self.seen(), thread))
    }

    fn tape(&mut self) -> Vec<Arc<[u8]>> {
        self.blocks.clone()
    }

    fn branch(&mut self, events: u64) -> Result<Box<dyn Session>, String> {
        let fork = self.past.fork(events)?;
        (self.onward)(fork, self.speed)
    }
}

/// The files that a recording holds beside the scenario's own.
struct Recorded {
    folder: String,
    files: BTreeMap<String, String>,
}

impl Recorded {
    fn of(header: &Header) -> Recorded {
        Recorded { folder: folder(&header.name).to_owned(), files: header.files.iter().cloned().collect() }
    }
}

impl Beside for Recorded {
    fn find(&self, path: &str) -> Entry {
        match self.files.get(path) {
            Some(text) => Entry::File(lang::read_bytes(&format!("{}{path}", self.folder), text.as_bytes())),
            // A folder is there if something in it is.
            None if self.files.keys().any(|file| file.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))) => {
                Entry::Folder
            }
            None => Entry::Nothing,
        }
    }
}
