//! Scenarios, as the screen sees them: a card in the gallery for each, and a run of each.

use super::ports::{Card, Session, Stage};
use crate::base::diagnostic::Reason;
use crate::base::{Diagnostic, Diagnostics, Source, nearest};
use crate::bytecode::Program;
use crate::event::Breakpoint;
use crate::lang;
use crate::machine::{self, Image};
use crate::policy::Kind;
use crate::scenario::Builtin;
use crate::scenario::metadata::{self, Metadata};
use crate::schedule::Fault;
use std::sync::Arc;

/// The files beside a scenario.
pub type Files = dyn lang::Beside + Send + Sync;

/// A scenario, ready to run.
pub struct Loaded {
    /// What it says about itself.
    pub metadata: Metadata,
    /// The policy that the metadata names.
    policy: Option<Kind>,
    /// Its program.
    pub image: Arc<Image>,
}

/// Whether lost updates and unordered accesses are looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Races {
    /// They are.
    Sought,
    /// They are not, and cost nothing.
    Ignored,
}

impl Loaded {
    /// Compiles a scenario, with what it imports of the files beside it.
    ///
    /// # Errors
    /// Every reason why it cannot be run.
    pub fn of(source: &Arc<Source>, beside: Arc<Files>, races: Races) -> Result<Loaded, Diagnostics> {
        let metadata = metadata::parse(source).and_then(|metadata| match unknown(&metadata) {
            found if found.is_empty() => Ok(metadata),
            found => Err(found),
        });
        match (metadata, lang::compile_with(source.clone(), beside)) {
            (Ok(metadata), Ok(program)) => {
                let policy = metadata.policy.as_deref().and_then(Kind::of_name);
                Ok(Loaded { metadata, policy, image: image(program, races) })
            }
            (metadata, program) => {
                Err(metadata.err().into_iter().flatten().chain(program.err().into_iter().flatten()).collect())
            }
        }
    }

    /// The policy that a run starts with: the one asked for, else the scenario's own.
    pub fn policy(&self, wanted: Option<Kind>) -> Kind {
        self.policy_or(wanted, Kind::Os)
    }

    /// Likewise, where another one is the usual one.
    pub fn policy_or(&self, wanted: Option<Kind>, usual: Kind) -> Kind {
        wanted.or(self.policy).unwrap_or(usual)
    }
}

/// A program made ready to run.
pub(super) fn image(program: Program, races: Races) -> Arc<Image> {
    let image = Image::new(Arc::new(program));
    Arc::new(match races {
        Races::Sought => image,
        Races::Ignored => image.without_races(),
    })
}

/// Unknown names in the metadata: of a policy, or of an exception for a fault to raise.
fn unknown(metadata: &Metadata) -> Diagnostics {
    let mut found = Diagnostics::new();
    if let (Some(name), Some(at)) = (&metadata.policy, metadata.policy_at)
        && Kind::of_name(name).is_none()
    {
        let advice = near_or_all(name, &Kind::ALL.map(Kind::name));
        found.push(Diagnostic::new(Reason::Metadata, at, format!("there is no policy \"{name}\"")).advise(advice));
    }
    for (plan, at) in metadata.faults.iter().zip(&metadata.faults_at) {
        if let Fault::Raise { exception, .. } = &plan.fault
            && !machine::is_exception(exception)
        {
            let message = format!("there is no builtin exception `{exception}`");
            let advice = machine::exception_advice(exception);
            found.push(Diagnostic::new(Reason::Metadata, *at, message).advise(advice));
        }
    }
    found
}

/// "did you mean random? It is one of os, ...": what to write instead of an unknown name.
pub fn near_or_all(name: &str, names: &[&str]) -> String {
    let all = names.join(", ");
    match nearest(&name.to_lowercase(), names.iter().copied()) {
        Some(near) => format!("did you mean {near}? It is one of {all}"),
        None => format!("write one of {all}"),
    }
}

/// Where the text of a scenario comes from.
pub trait Script {
    /// What it is called in the gallery.
    fn name(&self) -> String;
    /// The heading that it stands under, if that is not its own.
    fn group(&self) -> Option<&'static str>;
    /// Reads the text and compiles it.
    ///
    /// # Errors
    /// What is wrong with it, ready to be read: several lines of plain text.
    fn load(&self) -> Result<Loaded, String>;
    /// What it says about itself; nothing, if it cannot be read.
    fn metadata(&self) -> Metadata;
    /// Changes when one of its texts does; `None`: they never do, or one is not there now. `files`: those that it is made of
    /// beside its own, by name.
    fn stamp(&self, files: &[String]) -> Option<Stamp>;
}

/// A built-in scenario needs no file.
impl Script for Builtin {
    fn name(&self) -> String {
        format!("{}.py", self.name)
    }

    fn group(&self) -> Option<&'static str> {
        None
    }

    fn load(&self) -> Result<Loaded, String> {
        let source = Arc::new(self.source());
        Loaded::of(&source, Arc::new(lang::Alone), Races::Sought).map_err(|found| plain(&source, &found))
    }

    fn metadata(&self) -> Metadata {
        metadata::parse(&self.source()).unwrap_or_default()
    }

    fn stamp(&self, _: &[String]) -> Option<Stamp> {
        None
    }
}

/// What is wrong with a text, a line each.
fn plain(source: &Source, found: &Diagnostics) -> String {
    let line = |diagnostic: &Diagnostic| {
        let of = diagnostic.file.as_ref().map(|file| format!("{}: ", file.name())).unwrap_or_default();
        let text = diagnostic.file.as_deref().unwrap_or(source);
        let place = diagnostic.span.map(|span| format!("line {}: ", text.line_of(span.start))).unwrap_or_default();
        let advice = diagnostic.advice.as_ref().map(|advice| format!("; {advice}")).unwrap_or_default();
        format!("{of}{place}{}{advice}", diagnostic.message)
    };
    found.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A version of a scenario's texts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stamp {
    /// When they were written, all added up.
    pub written: u128,
    /// How long they are, in bytes.
    pub length: u64,
}

/// Starts a run of the scenario with that number, with these breakpoints.
pub type Start<'a> = dyn Fn(usize, Loaded, &[Breakpoint]) -> Result<Box<dyn Session>, String> + 'a;

/// A scenario as it was when it was opened.
struct Seen {
    index: usize,
    /// The files that it was made of beside its own, by name.
    files: Vec<String>,
    stamp: Option<Stamp>,
}

/// The scenarios of a gallery.
pub struct Theatre<'a, S> {
    scripts: Vec<S>,
    cards: Vec<Card>,
    /// The one that was opened last, as it was then.
    seen: Option<Seen>,
    start: Box<Start<'a>>,
}

impl<'a, S: Script> Theatre<'a, S> {
    /// A gallery of these scenarios; `start` starts their runs.
    pub fn new(scripts: Vec<S>, start: Box<Start<'a>>) -> Theatre<'a, S> {
        let cards = scripts.iter().map(card).collect();
        Theatre { scripts, cards, seen: None, start }
    }
}

impl<S: Script> Stage for Theatre<'_, S> {
    fn cards(&self) -> &[Card] {
        &self.cards
    }

    fn open(&mut self, index: usize, breakpoints: &[Breakpoint]) -> Result<Box<dyn Session>, String> {
        let script = self.scripts.get(index).ok_or("there is no such scenario")?;
        // What cannot be loaded is made of the files that are known from before.
        let before = self.seen.take().filter(|seen| seen.index == index).map(|seen| seen.files).unwrap_or_default();
        let loaded = script.load();
        let files = loaded.as_ref().map_or(before, |loaded| {
            let source = &loaded.image.program.source;
            source.files().skip(1).map(|(_, file)| file.name().to_owned()).collect()
        });
        let stamp = script.stamp(&files);
        self.seen = Some(Seen { index, files, stamp });
        (self.start)(index, loaded?, breakpoints)
    }

    fn changed(&mut self, index: usize) -> bool {
        match (&self.seen, self.scripts.get(index)) {
            // A file that is missing for a moment is being replaced.
            (Some(seen), Some(script)) if seen.index == index => {
                let now = script.stamp(&seen.files);
                now.is_some() && now != seen.stamp
            }
            _ => false,
        }
    }
}

fn card(script: &impl Script) -> Card {
    let Metadata { title, summary, topics, expect, group, faults, .. } = script.metadata();
    let name = script.name();
    Card {
        title: title.unwrap_or_else(|| name.clone()),
        summary: summary.unwrap_or_default(),
        topics,
        expect: expect.map(|expect| expect.name().to_owned()),
        faults: faults.iter().map(ToString::to_string).collect(),
        group: script.group().map_or_else(|| group.unwrap_or_default(), str::to_owned),
        name,
    }
}
