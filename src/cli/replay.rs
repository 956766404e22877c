//! `raddle replay`: a recording, played again, on the screen or without one.

use super::arguments::{Replay as Options, Screen};
use super::headless::{take_in, tell_races};
use super::live;
use super::past::{self, Patience, Replay};
use super::show::REPLAY;
use super::{DEADLOCK, FAILED, REFUSED, complain, diagnostic, load, memory, unwritable};
use crate::base::{Diagnostics, SafeText, Source, ThreadId};
use crate::engine;
use crate::event::{Breakpoint, Event, Legend, Position, Strike, Variables};
use crate::history::{Cursor, Divergence, History, Moved};
use crate::lang;
use crate::machine::{Boot, Execution, Image};
use crate::policy::Kind;
use crate::schedule::tape::Close;
use crate::schedule::{Fault, Speed, StepUnit};
use crate::trace::recording::Recording;
use crate::trace::{Model, report};
use crate::tui::{self, Card, Jump, Past, Session, Stage};
use std::cell::{Cell, OnceCell};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read};
use std::path::Path;
use std::sync::Arc;

/// Choices that are made between two looks at what to print.
const SHARE: usize = 4096;

/// A recording that can be played.
pub(super) struct Opened {
    pub(super) recording: Recording,
    pub(super) image: Arc<Image>,
    pub(super) boot: Boot,
}

/// Reads a recording and compiles its program; complains if that cannot be.
fn open(path: &OsStr, color: bool, races: bool) -> Option<Opened> {
    read(path, color, races).inspect_err(|error| complain(&format!("{}\n", error.trim_end()))).ok()
}

fn read(path: &OsStr, color: bool, races: bool) -> Result<Opened, String> {
    if path.is_empty() {
        return Err("the name of the recording is empty; `raddle run --record FILE` makes one".to_owned());
    }
    let name = if path == "-" { "<stdin>".into() } else { SafeText::brief(&path.to_string_lossy()).into_string() };
    let from: Box<dyn Read> = match path == "-" {
        true => Box::new(io::stdin().lock()),
        false => Box::new(
            load::open(Path::new(path), "a recording", "raddle replay").map_err(|why| format!("{name}: {why}"))?,
        ),
    };
    let recording = Recording::read(BufReader::new(from)).map_err(|error| format!("{name}: {error}"))?;
    let header = &recording.header;
    let refused = |source: &Source, found: &Diagnostics| {
        let by = SafeText::new(&header.raddle).into_string();
        let found = diagnostic::render(source, found, color);
        format!(
            "{name}: raddle {by} recorded a program that this one, {}, refuses:\n{found}",
            env!("CARGO_PKG_VERSION")
        )
    };
    let source = lang::read_bytes(&header.name, header.source.as_bytes());
    let source = Arc::new(source.map_err(|found| refused(&Source::new(&header.name, ""), &found))?);
    let program = lang::compile(source.clone()).map_err(|found| refused(&source, &found))?;
    let boot = Boot { seed: header.seed, epoch: header.epoch, memory: memory::recorded(header.memory) };
    Ok(Opened { image: load::image(program, races), boot, recording })
}

/// Whether the file's text has changed since. The name comes from the recording, which may be hostile: only a plain
/// file is read (no device, no pipe), and no more of it than the recorded text is long.
fn has_changed(name: &str, was: &[u8]) -> bool {
    let length = std::fs::metadata(name).ok().filter(|now| now.is_file()).map(|now| now.len());
    length.is_some_and(|length| {
        let mut now = Vec::new();
        let mut read = || File::open(name)?.take(was.len() as u64).read_to_end(&mut now);
        length != was.len() as u64 || (length > 0 && read().is_ok() && now != was)
    })
}

impl Opened {
    /// What to say about a recording besides its content; usually nothing.
    fn remarks(&self) -> Vec<String> {
        let header = &self.recording.header;
        let mut remarks = Vec::new();
        if has_changed(&header.name, header.source.as_bytes()) {
            let name = SafeText::new(&header.name);
            remarks.push(format!("{name} has changed since it was recorded; this is the program as it was"));
        }
        if self.recording.cut_off.is_some() {
            remarks.push("the recording was cut off: what follows its last whole block is lost".to_owned());
        }
        remarks
    }

    /// Says where the replay differs from the recording; gives the exit status.
    fn refuse(&self, divergence: &Divergence) -> u8 {
        complain(&format!("raddle: {}; {}\n", SafeText::sentence(&divergence.to_string()), self.reason()));
        REFUSED
    }

    /// Why a replay differs from its recording, as far as that is known.
    pub(super) fn reason(&self) -> String {
        let (by, this) = (SafeText::new(&self.recording.header.raddle).into_string(), env!("CARGO_PKG_VERSION"));
        if by == this {
            "it was recorded by this version of raddle: either something else made or changed the file, or raddle has a defect"
                .to_owned()
        } else {
            format!("it was recorded by raddle {by}, and this is raddle {this}")
        }
    }
}

/// Plays a recording without a screen; gives the exit status.
pub(super) fn run(options: &Options) -> u8 {
    let Some(opened) = open(&options.path, options.color, options.races) else { return REFUSED };
    for remark in opened.remarks() {
        complain(&format!("{remark}\n"));
    }
    let mut cursor = Cursor::new(opened.image.clone(), opened.boot);
    if options.live {
        // Threads that go another way than the tape are hard to stop, so a recording that cannot be replayed is not
        // begun.
        return match rehearse(&opened, &mut cursor) {
            Some(divergence) => opened.refuse(&divergence),
            None => live::run(&opened, options.json),
        };
    }
    let mut model = Model::without_log(opened.image.legend());
    match play(&opened, &mut cursor, &mut model, options.json) {
        Err(error) => return unwritable(&error),
        Ok(Some(divergence)) => return opened.refuse(&divergence),
        Ok(None) => {}
    }
    complain(&report::report(&model));
    match (cursor.execution().shared().status, cursor.close()) {
        (Some(status), _) => status as u8,
        (None, Some(Close::Stuck)) => DEADLOCK,
        (None, _) => {
            complain(&format!("the recording ends after step {}; the program had not ended\n", cursor.step()));
            0
        }
    }
}

/// Plays a recording to its end, and shows nothing; says where it differs from it, if it does.
fn rehearse(opened: &Opened, cursor: &mut Cursor) -> Option<Divergence> {
    loop {
        match cursor.forward(&opened.recording.blocks, &|| true) {
            Ok(Moved::On) => drop(cursor.execution_mut().take_events()),
            Ok(Moved::End) => return None,
            Err(divergence) => return Some(divergence),
        }
    }
}

fn play(opened: &Opened, cursor: &mut Cursor, model: &mut Model, json: bool) -> io::Result<Option<Divergence>> {
    let mut output = BufWriter::new(io::stdout().lock());
    loop {
        let mut last = Ok(Moved::On);
        for _ in 0..SHARE {
            last = cursor.forward(&opened.recording.blocks, &|| true);
            if last != Ok(Moved::On) {
                break;
            }
        }
        take_in(&cursor.execution_mut().take_events(), model, &mut output, json)?;
        match last {
            Ok(Moved::On) => {}
            Ok(Moved::End) if json => return tell_races(model, &mut output).map(|()| None),
            Ok(Moved::End) => return Ok(None),
            Err(divergence) => return Ok(Some(divergence)),
        }
    }
}

/// Plays a recording on the screen; gives the exit status.
pub(super) fn watch(options: &Options, screen: &Screen) -> u8 {
    let Some(opened) = open(&options.path, true, options.races) else { return REFUSED };
    let summary = opened.remarks().join(". ");
    let name = options.path.to_string_lossy().into_owned();
    let cards = vec![Card { name, title: "a recording".to_owned(), summary, ..Card::default() }];
    let mut archive = Archive { opened, cards, speed: screen.speed.unwrap_or(Speed::Times(1.0)), live: options.live };
    let options = tui::Options { start: Some(0), breakpoints: Vec::new(), mouse: screen.mouse, theme: screen.theme };
    match tui::run(&mut archive, options) {
        Ok(exit) => exit.signal.map_or(0, |signal| 128 + signal as u8),
        Err(error) => {
            complain(&format!("raddle: the screen cannot be shown: {error}; `raddle replay --headless` needs none\n"));
            FAILED
        }
    }
}

/// The one recording that the screen is opened for.
struct Archive {
    opened: Opened,
    cards: Vec<Card>,
    speed: Speed,
    /// On real threads.
    live: bool,
}

impl Stage for Archive {
    fn cards(&self) -> &[Card] {
        &self.cards
    }

    fn open(&mut self, _: usize, breakpoints: &[Breakpoint]) -> Result<Box<dyn Session>, String> {
        if self.live {
            return Ok(Box::new(live::show(&self.opened, self.speed, breakpoints)?));
        }
        let Opened { recording, image, boot } = &self.opened;
        let mut history = History::new(image.clone(), *boot);
        history.extend(recording.blocks.iter().cloned());
        let speed = self.speed;
        let options = engine::Options { speed, breakpoints: breakpoints.to_vec(), ..self.opened.options() };
        Ok(Box::new(Played {
            cursor: Cursor::new(image.clone(), *boot),
            blocks: recording.blocks.clone(),
            past: Replay::new(history, self.opened.reason(), &options),
            seen: OnceCell::new(),
            over: false,
            divergence: None,
            speed: Cell::new(speed),
            options,
        }))
    }

    fn changed(&mut self, _: usize) -> bool {
        false
    }
}

/// A recording, as the screen sees it: a run that is all past.
struct Played {
    /// What was given to the screen so far.
    cursor: Cursor,
    blocks: Vec<Arc<[u8]>>,
    past: Replay,
    /// The same moment with every thread at the gate, once that was asked for.
    seen: OnceCell<Execution>,
    over: bool,
    /// Why it cannot be played to its end.
    divergence: Option<String>,
    speed: Cell<Speed>,
    options: engine::Options,
}

impl Played {
    fn seen(&self) -> &Execution {
        self.seen.get_or_init(|| self.cursor.execution().at_gate())
    }
}

impl Session for Played {
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
        lines.range(line..).next().copied()
    }

    fn set_breakpoints(&self, breakpoints: &[Breakpoint]) {
        self.past.set_breakpoints(breakpoints);
    }

    fn strike(&self) -> Option<Strike> {
        None
    }

    fn now(&self) -> u64 {
        self.cursor.execution().shared().now
    }

    fn steps(&self) -> u64 {
        self.cursor.step()
    }

    fn divergence(&self) -> Option<String> {
        self.divergence.clone()
    }

    fn end_of_recording(&self) -> Option<String> {
        let ended = self.cursor.execution().shared().status.is_some() || self.divergence.is_some();
        let how = match self.cursor.close() {
            _ if !self.over || ended => return None,
            Some(Close::Exited | Close::Stuck) => return None,
            Some(Close::Aborted) => "ends",
            None => "was cut off",
        };
        Some(format!("The recording {how} here, after step {}; the program had not ended.", self.cursor.step()))
    }

    fn is_over(&self) -> bool {
        self.over
    }

    fn is_paused(&self) -> bool {
        true
    }

    fn pause(&self) {}

    fn resume(&self) {}

    fn step(&self, _: Option<ThreadId>, _: StepUnit) {}

    fn scheduler(&self) -> &'static str {
        REPLAY
    }

    fn schedulers(&self) -> Vec<(&'static str, &'static str)> {
        Kind::ALL.map(|kind| (kind.name(), kind.about())).into()
    }

    fn set_scheduler(&self, _: &str) {}

    fn priorities(&self) -> Vec<i32> {
        self.past.priorities(self.cursor.execution())
    }

    fn raise_priority(&self, _: ThreadId, _: i32) {}

    fn speed(&self) -> Speed {
        self.speed.get()
    }

    fn set_speed(&self, speed: Speed) {
        self.speed.set(speed);
    }

    fn hold(&self, _: ThreadId, _: bool) {}

    fn is_recording(&self) -> bool {
        true
    }

    fn past(&mut self, jump: Jump) -> Result<Past, String> {
        self.past.past(jump)
    }

    fn past_variables(&self, thread: ThreadId) -> Variables {
        self.past.variables(thread).unwrap_or_else(|| self.variables(thread))
    }

    fn branch(&mut self, events: u64) -> Result<Box<dyn Session>, String> {
        Ok(Box::new(self.past.branch(events, engine::Options { speed: self.speed.get(), ..self.options.clone() })?))
    }

    fn inject(&self, _: Fault) -> Result<(), String> {
        Err("this is a recording: step back first, and start a branch there".to_owned())
    }
}
