//! Recordings as files: a run is written down as it goes.

use crate::base::SafeText;
use crate::engine::{ClockKind, Options};
use crate::machine::{Boot, Image};
use crate::trace::recording::{Header, Writer};
use std::cell::RefCell;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// A recording that is asked for. Clones stand for the same one.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    path: PathBuf,
    /// Why it could not be written: said when there is no screen any more.
    failure: Rc<RefCell<Option<String>>>,
}

impl Wish {
    pub(super) fn new(path: PathBuf) -> Wish {
        Wish { path, failure: Rc::default() }
    }

    /// Why the recording could not be written, if so.
    pub(super) fn failure(&self) -> Option<String> {
        self.failure.borrow().clone()
    }
}

/// A recording that is being written.
#[derive(Debug)]
pub(super) struct Recorder {
    wish: Wish,
    /// `None` once writing has failed.
    writer: Option<Writer<File>>,
}

impl Recorder {
    /// Begins a recording in a new file, or in the place of the one that is there.
    ///
    /// # Errors
    /// One line, when that cannot be.
    pub(super) fn create(wish: &Wish, image: &Image, boot: Boot, options: &Options) -> Result<Recorder, String> {
        let source = &image.program.source;
        let header = Header {
            raddle: env!("CARGO_PKG_VERSION").to_owned(),
            name: source.name().to_owned(),
            source: source.text().to_owned(),
            seed: boot.seed,
            epoch: boot.epoch,
            clock: match options.clock {
                ClockKind::Wall => "wall",
                ClockKind::Virtual => "virtual",
            }
            .to_owned(),
            policy: options.policy.name().to_owned(),
            priorities: options.priorities.by_name.clone(),
            inheritance: options.priorities.inherited,
        };
        let there = wish.path.canonicalize().ok();
        if there.is_some() && there == Path::new(source.name()).canonicalize().ok() {
            let path = SafeText::new(&wish.path.display().to_string()).into_string();
            return Err(format!("the recording would take the place of the program, {path}; name another file"));
        }
        let writer = File::create(&wish.path).and_then(|file| Writer::new(file, &header));
        let writer = Some(writer.map_err(|error| unwritable(&wish.path, &error))?);
        Ok(Recorder { wish: wish.clone(), writer })
    }

    /// Adds blocks of the tape; nothing more, once that has failed.
    pub(super) fn add(&mut self, blocks: &[Arc<[u8]>]) {
        let Some(writer) = &mut self.writer else { return };
        if let Err(error) = writer.add(blocks) {
            self.writer = None;
            *self.wish.failure.borrow_mut() = Some(unwritable(&self.wish.path, &error));
        }
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> String {
    format!("cannot write the recording {}: {error}", SafeText::new(&path.display().to_string()))
}
