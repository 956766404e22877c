//! Recordings as files: a run is recorded as it goes.

use super::load::{self, Origin};
use crate::base::SafeText;
use crate::engine::{ClockKind, Options};
use crate::machine::{Boot, Image};
use crate::session;
use crate::trace::recording::{self, Header, Writer};
use std::cell::RefCell;
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// The longest path that is shown whole, in bytes.
const LONGEST: usize = 1024;

/// Where a recording is to go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Target {
    File(PathBuf),
    /// Standard output.
    Output,
}

/// A recording that is asked for. Clones stand for the same one.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    target: Target,
    fate: Rc<RefCell<Fate>>,
}

/// How a recording went wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Failure {
    /// In one line.
    Said(String),
    /// Standard output was closed.
    Closed,
}

/// How the recording went. A scenario may be opened several times on the screen: each run has its own file.
#[derive(Debug, Default)]
struct Fate {
    /// The files that were begun.
    files: Vec<PathBuf>,
    /// Why the latest could not be begun: reported when the screen has ended.
    refusal: Option<Failure>,
    /// Why one could not be written to its end.
    failure: Option<Failure>,
}

impl Wish {
    pub(super) fn new(target: Target) -> Wish {
        Wish { target, fate: Rc::default() }
    }

    /// Makes sure that nothing is lost: the recording replaces an earlier one, or no file at all.
    ///
    /// # Errors
    /// One line that says what stands in the way, and what to do instead.
    pub(super) fn check(&self, program: &Origin) -> Result<(), String> {
        let Target::File(path) = &self.target else { return Ok(()) };
        let shown = shown(path);
        let there = match std::fs::metadata(path) {
            Ok(there) => there,
            Err(error) if error.kind() == ErrorKind::NotFound && folder(path).is_dir() => return Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound && !load::is_link(path) => {
                let folder = self::shown(folder(path));
                return Err(format!("cannot write the recording {shown}: there is no folder {folder}"));
            }
            Err(error) => return Err(format!("cannot write the recording {shown}: {}", load::reason(path, &error))),
        };
        if there.is_dir() {
            return Err(format!("cannot write the recording {shown}: that is a directory; name a file in it"));
        }
        if is_pipe(&there) {
            return Err(format!("cannot write the recording {shown}: that is a pipe; `--record -` writes into one"));
        }
        if let Origin::File(program) = program.place()
            && path.canonicalize().is_ok_and(|path| program.canonicalize().is_ok_and(|program| path == program))
        {
            return Err(format!("the recording would overwrite the program, {shown}; name another file"));
        }
        if there.is_file() && there.len() > 0 && !is_recording(path) {
            return Err(format!(
                "{shown} is not a recording, so it is not overwritten; name another file, or delete this one first"
            ));
        }
        Ok(())
    }

    /// Why a recording could not be written, if so.
    pub(super) fn failure(&self) -> Option<Failure> {
        let fate = self.fate.borrow();
        fate.failure.clone().or_else(|| fate.refusal.clone())
    }

    /// Where the recordings are, if there are several.
    pub(super) fn several(&self) -> Option<String> {
        let files = &self.fate.borrow().files;
        let names: Vec<_> = files.iter().map(|path| shown(path)).collect();
        (names.len() > 1).then(|| format!("{} runs were recorded, in {}", names.len(), names.join(", ")))
    }

    /// Where the next run's recording goes: the first may replace a file, later ones never do.
    fn open(&self) -> Result<(PathBuf, Sink), Failure> {
        let Target::File(wanted) = &self.target else { return Ok((PathBuf::from("-"), Sink::Output(io::stdout()))) };
        let again = !self.fate.borrow().files.is_empty() && wanted.is_file();
        let mut path = wanted.clone();
        let mut file = if again { File::create_new(&path) } else { File::create(&path) };
        for number in 2_u32.. {
            match &file {
                Err(error) if again && error.kind() == ErrorKind::AlreadyExists => {}
                _ => break,
            }
            path = numbered(wanted, number);
            file = File::create_new(&path);
        }
        match file {
            Ok(file) => Ok((path, Sink::File(file))),
            Err(error) => Err(self.unwritable(&path, &error)),
        }
    }

    fn unwritable(&self, path: &Path, error: &io::Error) -> Failure {
        match self.target {
            Target::Output if error.kind() == ErrorKind::BrokenPipe => Failure::Closed,
            Target::Output => Failure::Said(format!("cannot write the recording to standard output: {error}")),
            Target::File(_) => Failure::Said(format!("cannot write the recording {}: {error}", shown(path))),
        }
    }
}

/// A recording that is being written.
pub(super) struct Recorder {
    wish: Wish,
    path: PathBuf,
    /// `None` once writing has failed.
    writer: Option<Writer<Sink>>,
    /// Where the unfinished block begins that was written, in bytes.
    for_now: Option<u64>,
}

/// What a recording says of its run.
pub(super) fn header(image: &Image, boot: Boot, options: &Options) -> Header {
    let source = &image.program.source;
    Header {
        raddle: env!("CARGO_PKG_VERSION").to_owned(),
        name: source.name().to_owned(),
        source: source.text().to_owned(),
        files: (source.files().skip(1))
            .map(|(id, file)| (source.short(id).to_owned(), file.text().to_owned()))
            .collect(),
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
    }
}

impl Recorder {
    /// Begins a recording in a new file, or replaces the one that is there.
    ///
    /// # Errors
    /// When that cannot be; the wish remembers why.
    pub(super) fn create(wish: &Wish, image: &Image, boot: Boot, options: &Options) -> Result<Recorder, String> {
        let recorder = Recorder::begin(wish, image, boot, options);
        wish.fate.borrow_mut().refusal = recorder.as_ref().err().cloned();
        recorder.map_err(|failure| match failure {
            Failure::Said(said) => said,
            Failure::Closed => "standard output was closed".to_owned(),
        })
    }

    fn begin(wish: &Wish, image: &Image, boot: Boot, options: &Options) -> Result<Recorder, Failure> {
        let header = header(image, boot, options);
        let (path, to) = wish.open()?;
        let writer = Some(Writer::new(to, &header).map_err(|error| wish.unwritable(&path, &error))?);
        wish.fate.borrow_mut().files.push(path.clone());
        Ok(Recorder { wish: wish.clone(), path, writer, for_now: None })
    }

    /// Whether it goes to standard output.
    pub(super) fn is_on_output(&self) -> bool {
        self.wish.target == Target::Output
    }

    /// Whether its reader is gone.
    pub(super) fn is_closed(&self) -> bool {
        self.writer.is_none() && self.is_on_output()
    }

    /// Once that has failed, nothing more is written.
    fn write(&mut self, write: impl FnOnce(&mut Writer<Sink>, &mut Option<u64>) -> io::Result<()>) {
        let Some(writer) = &mut self.writer else { return };
        if let Err(error) = write(writer, &mut self.for_now) {
            self.writer = None;
            self.wish.fate.borrow_mut().failure = Some(self.wish.unwritable(&self.path, &error));
        }
    }
}

impl session::live::Recorder for Recorder {
    fn add(&mut self, blocks: &[Arc<[u8]>]) {
        if !blocks.is_empty() {
            self.write(|writer, for_now| {
                writer.target().take_back(for_now)?;
                writer.add(blocks)
            });
        }
    }

    /// Adds nothing where written bytes cannot be taken back.
    fn add_for_now(&mut self, block: &Arc<[u8]>) {
        self.write(|writer, for_now| {
            writer.target().take_back(for_now)?;
            let Some(at) = writer.target().position() else { return Ok(()) };
            writer.add(std::slice::from_ref(block))?;
            *for_now = Some(at);
            Ok(())
        });
    }
}

/// What a recording is written into.
enum Sink {
    File(File),
    /// Standard output.
    Output(io::Stdout),
}

impl Sink {
    /// Where the next byte goes, if what is written there can be taken back.
    fn position(&mut self) -> Option<u64> {
        match self {
            Sink::File(file) if file.metadata().is_ok_and(|it| it.is_file()) => file.stream_position().ok(),
            Sink::File(_) | Sink::Output(_) => None,
        }
    }

    /// Takes back the unfinished block, from that byte on.
    fn take_back(&mut self, for_now: &mut Option<u64>) -> io::Result<()> {
        match (self, for_now.take()) {
            (Sink::File(file), Some(at)) => {
                file.set_len(at)?;
                file.seek(SeekFrom::Start(at)).map(drop)
            }
            _ => Ok(()),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::File(file) => file.write(bytes),
            Sink::Output(output) => output.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::File(file) => file.flush(),
            Sink::Output(output) => output.flush(),
        }
    }
}

/// Whether the file begins like a recording; one that cannot be read does not.
fn is_recording(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(64).read_to_end(&mut start));
    read.is_ok() && recording::is_marked(&start)
}

/// Whether opening it would wait for a reader.
#[cfg(unix)]
fn is_pipe(there: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    there.file_type().is_fifo() || there.file_type().is_socket()
}

/// Whether opening it would wait for a reader.
#[cfg(not(unix))]
fn is_pipe(_: &Metadata) -> bool {
    false
}

/// The folder that a file is in.
fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The path, of which the middle is left out if it is longer than any of a file.
fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    if path.len() > LONGEST { SafeText::brief(&path) } else { SafeText::new(&path) }.into_string()
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
        let wish = Wish::new(Target::File(place("a.b.raddle")));
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
