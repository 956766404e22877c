//! `raddle replay`: a recording, played again, on the screen or without one.

use super::arguments::{Replay as Options, Screen};
use super::headless::{take_in, tell_races};
use super::live;
use super::schedule;
use super::{DEADLOCK, FAILED, REFUSED, complain, diagnostic, load, memory, unwritable};
use crate::base::SafeText;
use crate::base::sources::folder;
use crate::engine;
use crate::history::{Cursor, Divergence, Moved};
use crate::schedule::Speed;
use crate::schedule::tape::Close;
use crate::session::{Archive, Card, Fork, Live, Opened, Races, Session, Stage};
use crate::trace::recording::Recording;
use crate::trace::{Model, report};
use crate::{terminal, tui};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read};
use std::path::Path;
use std::rc::Rc;

/// Choices that are made between two looks at what to print.
const SHARE: usize = 4096;

/// Reads a recording and compiles its program; complains if that cannot be.
fn open(options: &Options, color: bool) -> Option<Opened> {
    let opened = match &options.schedule {
        Some(schedule) => schedule::open(&options.path, schedule, color, options.races),
        None => read(&options.path, color, options.races),
    };
    opened.inspect_err(|error| complain(&format!("{}\n", error.trim_end()))).ok()
}

fn read(path: &OsStr, color: bool, races: Races) -> Result<Opened, String> {
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
    let (by, memory) =
        (SafeText::new(&recording.header.raddle).into_string(), memory::recorded(recording.header.memory));
    Opened::of(recording, memory, races).map_err(|(source, found)| {
        let found = diagnostic::render(&source, &found, color);
        let this = env!("CARGO_PKG_VERSION");
        format!("{name}: raddle {by} recorded a program that this one, {this}, refuses:\n{found}")
    })
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

/// What to say about a recording besides its content; usually nothing.
fn remarks(opened: &Opened) -> Vec<String> {
    let header = &opened.recording.header;
    let mut remarks = Vec::new();
    let folder = folder(&header.name);
    let others = header.files.iter().map(|(name, text)| (format!("{folder}{name}"), text));
    let files = std::iter::once((header.name.clone(), &header.source)).chain(others);
    for (name, _) in files.filter(|(name, text)| has_changed(name, text.as_bytes())) {
        let name = SafeText::new(&name);
        remarks.push(format!("{name} has changed since it was recorded; this is the program as it was"));
    }
    if opened.recording.cut_off.is_some() {
        remarks.push("the recording was cut off: what follows its last whole block is lost".to_owned());
    }
    remarks
}

/// Says where the replay differs from the recording; gives the exit status.
fn refuse(opened: &Opened, divergence: &Divergence) -> u8 {
    complain(&format!("raddle: {}; {}\n", SafeText::sentence(&divergence.to_string()), opened.reason()));
    REFUSED
}

/// Plays a recording without a screen; gives the exit status.
pub(super) fn run(options: &Options) -> u8 {
    let Some(opened) = open(options, options.color) else { return REFUSED };
    for remark in remarks(&opened) {
        complain(&format!("{remark}\n"));
    }
    let mut cursor = Cursor::new(opened.image.clone(), opened.boot);
    if options.live {
        // Threads that go another way than the tape are hard to stop, so a recording that cannot be replayed is not
        // begun.
        return match rehearse(&opened, &mut cursor) {
            Some(divergence) => refuse(&opened, &divergence),
            None => live::run(&opened, options.json, options.at_end),
        };
    }
    let mut model = Model::without_log(opened.image.legend());
    match play(&opened, &mut cursor, &mut model, options.json) {
        Err(error) => return unwritable(&error),
        Ok(Some(divergence)) => return refuse(&opened, &divergence),
        Ok(None) => {}
    }
    complain(&report::report(&model));
    match (cursor.execution().shared().status(), cursor.close()) {
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
    let Some(opened) = open(options, true) else { return REFUSED };
    let summary = remarks(&opened).join(". ");
    let name = options.path.to_string_lossy().into_owned();
    let title = if options.schedule.is_some() { "a schedule" } else { "a recording" };
    let card = Card { name, title: title.to_owned(), summary, ..Card::default() };
    let speed = screen.speed.unwrap_or(Speed::Times(1.0));
    let mut stage: Box<dyn Stage> = match options.live {
        true => Box::new(live::Forced { opened, cards: vec![card], speed }),
        false => {
            let settings = live::options(&opened);
            let onward = move |fork: Fork, speed| -> Result<Box<dyn Session>, String> {
                Ok(Box::new(Live::branch(fork, engine::Options { speed, ..settings.clone() })?))
            };
            Box::new(Archive::new(opened, card, speed, Rc::new(onward)))
        }
    };
    let options = tui::Options {
        start: Some(0),
        breakpoints: Vec::new(),
        mouse: screen.mouse,
        theme: screen.theme,
        ..Default::default()
    };
    match terminal::run(stage.as_mut(), options) {
        Ok(exit) => exit.signal.map_or(0, |signal| 128 + signal as u8),
        Err(error) => {
            complain(&format!("raddle: the screen cannot be shown: {error}; `raddle replay --headless` needs none\n"));
            FAILED
        }
    }
}
