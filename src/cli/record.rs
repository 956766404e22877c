//! Recordings as files: a run is written down as it goes.

use crate::base::SafeText;
use crate::engine::{ClockKind, Options};
use crate::machine::{Boot, Image};
use crate::trace::recording::{Header, Writer};
use std::cell::RefCell;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// A recording that is asked for. Clones stand for the same one.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    path: PathBuf,
    fate: Rc<RefCell<Fate>>,
}

/// What became of it. A scenario may be opened several times on the screen: each run has a file of its own.
#[derive(Debug, Default)]
struct Fate {
    /// The files that were begun.
    files: Vec<PathBuf>,
    /// Why the latest could not be begun: said when there is no screen any more.
    refusal: Option<String>,
    /// Why one could not be written to its end.
    failure: Option<String>,
}

impl Wish {
    pub(super) fn new(path: PathBuf) -> Wish {
        Wish { path, fate: Rc::default() }
    }

    /// Why a recording could not be written, if so.
    pub(super) fn failure(&self) -> Option<String> {
        let fate = self.fate.borrow();
        fate.failure.clone().or_else(|| fate.refusal.clone())
    }

    /// Where the recordings are, if there are several.
    pub(super) fn several(&self) -> Option<String> {
        let files = &self.fate.borrow().files;
        let names: Vec<_> = files.iter().map(|path| SafeText::new(&path.display().to_string()).into_string()).collect();
        (names.len() > 1).then(|| format!("{} runs were recorded, in {}", names.len(), names.join(", ")))
    }

    /// The file for the next run: the first takes the place of what is there, later ones that of nothing.
    fn open(&self) -> Result<(PathBuf, File), String> {
        let again = !self.fate.borrow().files.is_empty() && self.path.is_file();
        let mut path = self.path.clone();
        let mut file = if again { File::create_new(&path) } else { File::create(&path) };
        for number in 2_u32.. {
            match &file {
                Err(error) if again && error.kind() == ErrorKind::AlreadyExists => {}
                _ => break,
            }
            path = numbered(&self.path, number);
            file = File::create_new(&path);
        }
        match file {
            Ok(file) => Ok((path, file)),
            Err(error) => Err(unwritable(&path, &error)),
        }
    }
}

/// A recording that is being written.
#[derive(Debug)]
pub(super) struct Recorder {
    wish: Wish,
    path: PathBuf,
    /// `None` once writing has failed.
    writer: Option<Writer<File>>,
}

impl Recorder {
    /// Begins a recording in a new file, or in the place of the one that is there.
    ///
    /// # Errors
    /// One line, when that cannot be; the wish remembers it.
    pub(super) fn create(wish: &Wish, image: &Image, boot: Boot, options: &Options) -> Result<Recorder, String> {
        let recorder = Recorder::begin(wish, image, boot, options);
        wish.fate.borrow_mut().refusal = recorder.as_ref().err().cloned();
        recorder
    }

    fn begin(wish: &Wish, image: &Image, boot: Boot, options: &Options) -> Result<Recorder, String> {
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
            memory: boot.memory,
        };
        let there = wish.path.canonicalize().ok();
        if there.is_some() && there == Path::new(source.name()).canonicalize().ok() {
            let path = SafeText::new(&wish.path.display().to_string()).into_string();
            return Err(format!("the recording would take the place of the program, {path}; name another file"));
        }
        let (path, file) = wish.open()?;
        let writer = Some(Writer::new(file, &header).map_err(|error| unwritable(&path, &error))?);
        wish.fate.borrow_mut().files.push(path.clone());
        Ok(Recorder { wish: wish.clone(), path, writer })
    }

    /// Adds blocks of the tape; nothing more, once that has failed.
    pub(super) fn add(&mut self, blocks: &[Arc<[u8]>]) {
        let Some(writer) = &mut self.writer else { return };
        if let Err(error) = writer.add(blocks) {
            self.writer = None;
            self.wish.fate.borrow_mut().failure = Some(unwritable(&self.path, &error));
        }
    }
}

/// `a.raddle`, 2: `a-2.raddle`.
fn numbered(path: &Path, number: u32) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{number}"));
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

fn unwritable(path: &Path, error: &std::io::Error) -> String {
    format!("cannot write the recording {}: {error}", SafeText::new(&path.display().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_run_takes_the_place_of_an_earlier_one() {
        let folder = std::env::temp_dir().join(format!("raddle-wish-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let place = |name: &str| folder.join(name);
        for name in ["a.b.raddle", "a.b-3.raddle"] {
            std::fs::write(place(name), "another").unwrap();
        }
        let wish = Wish::new(place("a.b.raddle"));
        let mut names = Vec::new();
        for _ in 0..3 {
            let (path, _) = wish.open().unwrap();
            names.push(path.file_name().unwrap().to_string_lossy().into_owned());
            wish.fate.borrow_mut().files.push(path);
        }
        assert_eq!(names, ["a.b.raddle", "a.b-2.raddle", "a.b-4.raddle"]);
        assert!(wish.several().is_some_and(|text| text.starts_with("3 runs were recorded, in ")));
        assert_eq!(std::fs::read_to_string(place("a.b-3.raddle")).unwrap(), "another");
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(wish.open().is_err());
    }
}
