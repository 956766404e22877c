//! From what the command line names to a program that can run.

use super::arguments::Faults;
use super::diagnostic;
use super::folder::Folder;
use crate::base::{Diagnostics, SafeText, Source};
use crate::lang;
use crate::policy::Priorities;
use crate::scenario::builtin;
use crate::scenario::metadata::Metadata;
use crate::schedule::FaultPlan;
use crate::session::{Files, Loaded, Races};
use crate::trace::recording;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where a scenario comes from.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    /// It is built in.
    Builtin(builtin::Builtin),
    /// A file.
    File(PathBuf),
    /// Standard input, which was read already.
    Text(Source),
    /// One of those, with comments for raddle at its end.
    Told(Box<Origin>, Arc<str>),
}

/// What a program's text does not say by itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// Modules that get a stand-in.
    pub(super) stubs: Vec<String>,
    /// What the program is run with.
    pub(super) arguments: Vec<String>,
}

impl Told {
    /// As comments of the text.
    fn comments(&self) -> String {
        let stubs = if self.stubs.is_empty() { String::new() } else { lang::stub_comment(&self.stubs) };
        if self.arguments.is_empty() { stubs } else { stubs + &lang::arguments_comment(&self.arguments) }
    }
}

/// The faults that a run meets: the scenario's own, and those asked for.
pub(super) fn faults(wanted: &Faults, metadata: &Metadata) -> Vec<FaultPlan> {
    let own = if wanted.alone { &[][..] } else { &metadata.faults };
    own.iter().chain(&wanted.more).cloned().collect()
}

/// The threads' priorities: the scenario's own, and over them those asked for.
pub(super) fn priorities(wanted: &[(String, i32)], metadata: &Metadata) -> Priorities {
    let mut by_name = metadata.priorities.clone();
    by_name.extend(wanted.iter().cloned());
    Priorities { by_name, inherited: metadata.inheritance.unwrap_or(true) }
}

/// Whether that looks like a scenario, where no scenario was asked for.
pub(super) fn is_scenario(word: &str) -> bool {
    let is_python = Path::new(word).extension().is_some_and(|extension| extension == "py");
    is_python || Path::new(word).is_file() || builtin::find(word).is_ok()
}

/// The built-in scenario whose name is spelled most like that, if any comes near.
pub(super) fn nearest_scenario(word: &str) -> Option<&'static str> {
    builtin::find(word).map_or_else(|unknown| unknown.nearest, |found| Some(found.name))
}

/// Finds out what is meant: `-`, a file, or a built-in scenario. What looks like a path is one.
///
/// # Errors
/// One line that says what is wrong and what to do instead.
pub(super) fn find(wanted: &OsStr) -> Result<Origin, String> {
    if wanted == "-" {
        let bytes = read_some(std::io::stdin().lock());
        let bytes = bytes.map_err(|error| format!("cannot read standard input: {error}"))?;
        return program("<stdin>", &bytes).map(Origin::Text);
    }
    if wanted.is_empty() {
        return Err("the name of the scenario is empty; `raddle list` shows the built-in scenarios".to_owned());
    }
    let path = Path::new(wanted);
    let Err(error) = std::fs::metadata(path) else { return Ok(Origin::File(path.to_owned())) };
    let shown = SafeText::brief(&wanted.to_string_lossy());
    // No file has a name that is too long.
    let is_missing = matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidFilename);
    let name = wanted.to_str().filter(|name| is_missing && !is_link(path) && !name.contains('/'));
    match name.map(builtin::find) {
        Some(Ok(builtin)) => Ok(Origin::Builtin(builtin)),
        Some(Err(unknown)) => {
            let advice = match unknown.nearest {
                Some(name) => format!("did you mean {name}?"),
                None => "`raddle list` shows the built-in scenarios".to_owned(),
            };
            Err(format!("{shown}: there is no such file, and no built-in scenario of that name; {advice}"))
        }
        None => Err(format!("{shown}: {}", reason(path, &error))),
    }
}

/// Whether the last part of the path is a symbolic link.
pub(super) fn is_link(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
}

/// Opens a plain file. `what` says what is in it, and `command` reads that from standard input.
///
/// # Errors
/// What is wrong, and what to do instead, without the file's name.
pub(super) fn open(path: &Path, what: &str, command: &str) -> Result<File, String> {
    let kind = std::fs::metadata(path).map_err(|error| reason(path, &error))?;
    if kind.is_dir() {
        return Err(format!("that is a directory; name {what} in it"));
    }
    // Opening a pipe may last forever, and a device may never end.
    if !kind.is_file() {
        return Err(format!(
            "that is a pipe or a device, not a file; give {what} on standard input: `{command} - < …`"
        ));
    }
    File::open(path).map_err(|error| reason(path, &error))
}

/// Reads a text, or as much of it as shows that it is too large.
pub(super) fn read_some(from: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(lang::SIZE_LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a program.
fn program(name: &str, bytes: &[u8]) -> Result<Source, String> {
    if recording::is_marked(bytes) {
        return Err(format!("{}: that is a recording; `raddle replay` plays it", SafeText::new(name)));
    }
    lang::read_bytes(name, bytes).map_err(|found| plain(name, &found))
}

impl Origin {
    /// The same, with these stand-ins and arguments.
    pub(super) fn told(self, what: &Told) -> Origin {
        let comments = what.comments();
        if comments.is_empty() { self } else { Origin::Told(Box::new(self), comments.into()) }
    }

    /// Where it comes from.
    pub(super) fn place(&self) -> &Origin {
        match self {
            Origin::Told(origin, _) => origin.place(),
            Origin::Builtin(_) | Origin::File(_) | Origin::Text(_) => self,
        }
    }

    /// Reads the text.
    ///
    /// # Errors
    /// What is wrong, ready to be printed.
    pub(super) fn read(&self) -> Result<Source, String> {
        match self {
            Origin::Builtin(builtin) => Ok(builtin.source()),
            Origin::Text(source) => Ok(source.clone()),
            Origin::Told(origin, more) => {
                let source = origin.read()?;
                Ok(Source::new(source.name(), format!("{}\n{more}", source.text().trim_end())))
            }
            Origin::File(path) => {
                let name = path.to_string_lossy();
                let fails = |why: String| format!("{}: {why}", SafeText::new(&name));
                let file = open(path, "a Python file", "raddle run").map_err(fails)?;
                let bytes = read_some(file).map_err(|error| fails(reason(path, &error)))?;
                program(&name, &bytes)
            }
        }
    }

    /// The files beside the scenario. A built-in one has none; that on standard input has those where raddle was started.
    fn beside(&self) -> Arc<Files> {
        match self {
            Origin::Builtin(_) => Arc::new(lang::Alone),
            Origin::Text(_) => Arc::new(Folder::of(Path::new(""))),
            Origin::File(path) => Arc::new(Folder::of(path)),
            Origin::Told(origin, _) => origin.beside(),
        }
    }

    /// Reads and compiles. `races`: whether to look for them.
    ///
    /// # Errors
    /// Every complaint, ready to be printed; in colour if `color` says so.
    pub(super) fn load(&self, color: bool, races: Races) -> Result<Loaded, String> {
        self.load_with("", color, races)
    }

    /// Likewise, with more text at the end.
    ///
    /// # Errors
    /// As there.
    pub(super) fn load_with(&self, more: &str, color: bool, races: Races) -> Result<Loaded, String> {
        let mut source = self.read()?;
        if !more.is_empty() {
            source = Source::new(source.name(), format!("{}\n{more}", source.text()));
        }
        let source = Arc::new(source);
        Loaded::of(&source, self.beside(), races).map_err(|found| diagnostic::render(&source, &found, color))
    }
}

/// Why a file cannot be read, in plain words.
pub(super) fn reason(path: &Path, error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound if is_link(path) => "that is a symbolic link to a file that does not exist".to_owned(),
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::NotADirectory => "there is no such file: a part of the path is not a directory".to_owned(),
        ErrorKind::InvalidFilename => "there is no such file: its name is too long for one".to_owned(),
        // A link that can be read but not followed leads in a circle.
        _ if is_link(path) => "that is a symbolic link that leads back to itself".to_owned(),
        _ => error.to_string(),
    }
}

/// Complaints about a file whose text cannot be shown.
fn plain(name: &str, found: &Diagnostics) -> String {
    let name = SafeText::new(name);
    let lines: Vec<_> = found
        .iter()
        .map(|diagnostic| match &diagnostic.advice {
            Some(advice) => format!("{name}: {}; {advice}", diagnostic.message),
            None => format!("{name}: {}", diagnostic.message),
        })
        .collect();
    lines.join("\n")
}
