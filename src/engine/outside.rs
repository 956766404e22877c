//! What a live run gets from outside when its program reads it, and what becomes of what it writes.

use crate::machine::files::Change;
use crate::schedule::{Found, Given};
use std::fmt::Debug;
use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, ErrorKind, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

/// The largest file that a program may read, in bytes: it becomes part of the run and of its recording.
const LARGEST: u64 = 16 << 20;
/// `errno` of a file that is larger, and of what nobody knows better.
const TOO_LARGE: i32 = 27;
const NO_ACCESS: i32 = 5;

/// Where what a program reads comes from, and where what it writes goes.
pub trait Outside: Debug + Send + Sync {
    /// The folder that the program runs in.
    fn here(&self) -> Arc<str>;

    /// What is at an absolute path.
    fn find(&self, path: &str) -> Found;

    /// More of what is typed. This may take long; no lock is held. `None`: somebody gives it later (`Control::give`).
    fn typed(&self) -> Option<Given>;

    /// The program has changed something.
    ///
    /// # Errors
    /// Why the disk cannot be changed.
    fn change(&self, change: &Change) -> io::Result<()>;
}

/// Nothing outside: no files, and nothing is typed.
#[derive(Debug)]
pub struct Nowhere;

impl Outside for Nowhere {
    fn here(&self) -> Arc<str> {
        "/".into()
    }

    fn find(&self, path: &str) -> Found {
        if path == "/" { Found::Folder(Vec::new()) } else { Found::Nothing }
    }

    fn typed(&self) -> Option<Given> {
        Some(Given::Typed { text: "".into(), end: true })
    }

    fn change(&self, _: &Change) -> io::Result<()> {
        Ok(())
    }
}

/// The same, but what is written goes nowhere: for a run that is played again, or that branches off from another one.
#[derive(Debug)]
pub(super) struct ReadOnly(pub(super) Arc<dyn Outside>);

impl Outside for ReadOnly {
    fn here(&self) -> Arc<str> {
        self.0.here()
    }

    fn find(&self, path: &str) -> Found {
        self.0.find(path)
    }

    fn typed(&self) -> Option<Given> {
        self.0.typed()
    }

    fn change(&self, _: &Change) -> io::Result<()> {
        Ok(())
    }
}

/// Who types what the program reads.
#[derive(Debug)]
pub enum Typist {
    /// Standard input.
    Standard,
    /// These lines, and nothing else.
    Lines(Arc<str>),
    /// The person at the screen.
    Screen,
}

/// The disk, as this process sees it.
#[derive(Debug)]
pub struct Disk {
    /// Who types.
    pub typist: Typist,
    /// What the program writes is written; without that the disk stays as it is.
    pub writes: bool,
}

impl Outside for Disk {
    fn here(&self) -> Arc<str> {
        std::env::current_dir().ok().and_then(|here| here.to_str().map(Arc::from)).unwrap_or_else(|| "/".into())
    }

    fn find(&self, path: &str) -> Found {
        look(Path::new(path)).unwrap_or_else(|error| match error.kind() {
            ErrorKind::NotFound => Found::Nothing,
            _ => Found::Refused(error.raw_os_error().unwrap_or(NO_ACCESS)),
        })
    }

    fn typed(&self) -> Option<Given> {
        match &self.typist {
            Typist::Screen => None,
            Typist::Lines(text) => Some(Given::Typed { text: text.clone(), end: true }),
            Typist::Standard => {
                let mut line = Vec::new();
                let end = io::stdin().lock().read_until(b'\n', &mut line).is_err() || line.last() != Some(&b'\n');
                Some(Given::Typed { text: String::from_utf8_lossy(&line).into(), end })
            }
        }
    }

    fn change(&self, change: &Change) -> io::Result<()> {
        if !self.writes {
            return Ok(());
        }
        match change {
            Change::Cut(path, size) => {
                let file = OpenOptions::new().write(true).create(true).truncate(false).open(&**path)?;
                file.set_len(*size as u64)
            }
            Change::Wrote(path, at, bytes) => {
                let mut file = OpenOptions::new().write(true).open(&**path)?;
                file.seek(SeekFrom::Start(*at as u64))?;
                file.write_all(bytes)
            }
            Change::Folder(path) => fs::create_dir(&**path),
            Change::Gone(path) => fs::remove_file(&**path),
            Change::FolderGone(path) => fs::remove_dir(&**path),
            Change::Moved(from, to) => fs::rename(&**from, &**to),
        }
    }
}

/// What is at a path. A device or a pipe is no file that could be read twice.
fn look(path: &Path) -> io::Result<Found> {
    let about = fs::metadata(path)?;
    if about.is_dir() {
        let names = fs::read_dir(path)?.filter_map(|entry| entry.ok()?.file_name().to_str().map(Arc::from));
        return Ok(Found::Folder(names.collect()));
    }
    if !about.is_file() {
        return Ok(Found::Refused(NO_ACCESS));
    }
    if about.len() > LARGEST {
        return Ok(Found::Refused(TOO_LARGE));
    }
    Ok(Found::File(fs::read(path)?.into()))
}
