//! From what the command line names to a program that can run.

use super::arguments::Faults;
use super::diagnostic;
use crate::base::{Diagnostics, SafeText, Source};
use crate::bytecode::Program;
use crate::lang;
use crate::machine::{self, Image};
use crate::policy::{Kind, Priorities};
use crate::scenario::builtin;
use crate::scenario::metadata::{self, Metadata};
use crate::schedule::{Fault, FaultPlan};
use crate::trace::recording;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// Where a scenario comes from.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    /// It is built in.
    Builtin(builtin::Builtin),
    /// A file.
    File(String),
    /// Standard input, which was read already.
    Text(Source),
}

/// A scenario, ready to run.
pub(super) struct Loaded {
    pub(super) metadata: Metadata,
    pub(super) image: Arc<Image>,
}

/// The policy that a run starts with: the one asked for, else the scenario's own.
///
/// # Errors
/// One line, when the scenario names one that there is not.
pub(super) fn policy(wanted: Option<Kind>, metadata: &Metadata) -> Result<Kind, String> {
    let Some(name) = metadata.policy.as_deref().filter(|_| wanted.is_none()) else {
        return Ok(wanted.unwrap_or(Kind::Os));
    };
    Kind::of_name(name).ok_or_else(|| {
        let names = Kind::ALL.map(Kind::name).join(", ");
        format!("the scenario's policy {:?} is unknown; there is {names}", SafeText::new(name).into_string())
    })
}

/// The threads' priorities: the scenario's own, and over them those asked for.
pub(super) fn priorities(wanted: &[(String, i32)], metadata: &Metadata) -> Priorities {
    let mut by_name = metadata.priorities.clone();
    by_name.extend(wanted.iter().cloned());
    Priorities { by_name, inherited: metadata.inheritance.unwrap_or(true) }
}

/// The faults that a run meets: the scenario's own, and those asked for.
///
/// # Errors
/// One line, when the scenario names an exception that there is not.
pub(super) fn faults(wanted: &Faults, metadata: &Metadata) -> Result<Vec<FaultPlan>, String> {
    let own = if wanted.alone { &[][..] } else { &metadata.faults };
    for plan in own {
        if let Fault::Raise { exception, .. } = &plan.fault
            && !machine::is_exception(exception)
        {
            return Err(format!(
                "the scenario's fault {} raises what is no builtin exception",
                SafeText::new(&plan.to_string())
            ));
        }
    }
    Ok(own.iter().chain(&wanted.more).cloned().collect())
}

/// Whether that looks like a scenario, to somebody who has not asked for one.
pub(super) fn is_scenario(word: &str) -> bool {
    let is_python = Path::new(word).extension().is_some_and(|extension| extension == "py");
    is_python || Path::new(word).is_file() || builtin::find(word).is_ok()
}

/// Finds out what is meant: `-`, a file, or a built-in scenario. What looks like a path is one.
///
/// # Errors
/// One line that says what is wrong and what to do instead.
pub(super) fn find(wanted: &str) -> Result<Origin, String> {
    if wanted == "-" {
        let bytes = read_some(std::io::stdin().lock());
        let bytes = bytes.map_err(|error| format!("cannot read standard input: {error}"))?;
        return program("<stdin>", &bytes).map(Origin::Text);
    }
    if wanted.is_empty() {
        return Err("the name of the scenario is empty; `raddle list` shows the built-in scenarios".to_owned());
    }
    if Path::new(wanted).exists() {
        return Ok(Origin::File(wanted.to_owned()));
    }
    let shown = SafeText::new(wanted);
    match builtin::find(wanted) {
        Ok(builtin) => Ok(Origin::Builtin(builtin)),
        Err(_) if wanted.contains('/') => Err(format!("{shown}: there is no such file")),
        Err(unknown) => {
            let advice = match unknown.nearest {
                Some(name) => format!("did you mean {name}?"),
                None => "`raddle list` shows the built-in scenarios".to_owned(),
            };
            Err(format!("{shown}: there is no such file, and no built-in scenario of that name; {advice}"))
        }
    }
}

/// Reads a text, or as much of it as shows that it is too large.
fn read_some(from: impl Read) -> std::io::Result<Vec<u8>> {
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
    /// Reads the text.
    ///
    /// # Errors
    /// What is wrong, ready to be printed.
    pub(super) fn read(&self) -> Result<Source, String> {
        match self {
            Origin::Builtin(builtin) => Ok(builtin.source()),
            Origin::Text(source) => Ok(source.clone()),
            Origin::File(path) => {
                let shown = SafeText::new(path);
                let fails = |error: std::io::Error| format!("{shown}: {}", reason(&error));
                let kind = std::fs::metadata(path).map_err(fails)?;
                if kind.is_dir() {
                    return Err(format!("{shown}: that is a directory; name a Python file in it"));
                }
                // Opening a pipe may last forever, and a device may never end.
                if !kind.is_file() {
                    return Err(format!(
                        "{shown}: that is a pipe or a device, not a file; \
                         give the program on standard input: `raddle run - < …`"
                    ));
                }
                let bytes = std::fs::File::open(path).and_then(read_some).map_err(fails)?;
                program(path, &bytes)
            }
        }
    }

    /// Reads and compiles. `races`: whether somebody wants to know of them.
    ///
    /// # Errors
    /// Every complaint, ready to be printed; in colour if `color` says so.
    pub(super) fn load(&self, color: bool, races: bool) -> Result<Loaded, String> {
        let source = Arc::new(self.read()?);
        let metadata = metadata::parse(&source);
        let program = lang::compile(source.clone());
        match (metadata, program) {
            (Ok(metadata), Ok(program)) => Ok(Loaded { metadata, image: image(program, races) }),
            (metadata, program) => {
                let found: Diagnostics =
                    metadata.err().into_iter().flatten().chain(program.err().into_iter().flatten()).collect();
                Err(diagnostic::render(&source, &found, color))
            }
        }
    }
}

/// A program made ready to run, for those who want to know of races or do not.
pub(super) fn image(program: Program, races: bool) -> Arc<Image> {
    let image = Image::new(Arc::new(program));
    Arc::new(if races { image } else { image.without_races() })
}

/// An input/output error in plain words.
pub(super) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
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
