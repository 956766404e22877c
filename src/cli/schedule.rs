//! `--schedule`: a run whose steps are given as a text, played as if it were a recording.

use super::load::{self, Told};
use super::{memory, record};
use crate::base::SafeText;
use crate::check::replay::{self, Played};
use crate::check::schedule::{self, Steps};
use crate::engine::Options;
use crate::machine::{Boot, Execution, Image, Impossible};
use crate::session::{Opened, Races};
use crate::trace::recording::{Header, Recording};
use std::ffi::OsStr;
use std::sync::Arc;

/// What a run by a schedule, or a search, starts from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// Where the program's random numbers start.
    pub(super) seed: u64,
    /// How much memory the program may have, in bytes.
    pub(super) memory: u64,
}

/// A run by a schedule.
#[derive(Clone, Debug)]
pub(super) struct ByText {
    steps: Steps,
    wanted: Wanted,
    told: Told,
}

impl ByText {
    /// With the seed and the memory that are asked for; otherwise those of a search.
    pub(super) fn new(steps: Steps, seed: Option<u64>, memory: Option<u64>, told: Told) -> ByText {
        let wanted = Wanted { seed: seed.unwrap_or(0), memory: memory.unwrap_or_else(memory::usual) };
        ByText { steps, wanted, told }
    }
}

/// How such a run is booted, and what a recording of it says about that.
pub(super) fn start(image: &Image, wanted: &Wanted) -> (Boot, Header) {
    let boot = Boot { seed: wanted.seed, epoch: 0, memory: wanted.memory };
    (boot, record::header(image, boot, &Options::default()))
}

/// Reads the text of a schedule.
///
/// # Errors
/// Why it is none.
pub(super) fn parse(text: &str) -> Result<Steps, String> {
    schedule::parse(text).map_err(|why| SafeText::sentence(&why.to_string()).into_string())
}

/// Plays a schedule with a program.
///
/// # Errors
/// Which of its steps the program does not do.
fn play(image: &Arc<Image>, boot: Boot, steps: &Steps) -> Result<Played, String> {
    let start = Execution::new(image.clone(), boot);
    replay::play(start, steps, replay::Ending::Found).map_err(|error| unfit(image, &error))
}

/// What is said of a schedule with a step that the program does not do.
pub(super) fn unfit(image: &Image, error: &Impossible) -> String {
    let name = SafeText::brief(image.program.source.name());
    let why = match error {
        Impossible::Interrupted => "a thread computes for ever, or for very long, before its next step".to_owned(),
        error => error.to_string(),
    };
    format!("{name}: the schedule does not fit the program: {why}; a schedule belongs to one text and one seed")
}

/// A program with a schedule, as if it had been recorded so.
///
/// # Errors
/// What is said.
pub(super) fn open(scenario: &OsStr, by: &ByText, color: bool, races: Races) -> Result<Opened, String> {
    let loaded = load::find(scenario)?.told(&by.told).load(color, races)?;
    let (boot, header) = start(&loaded.image, &by.wanted);
    let played = play(&loaded.image, boot, &by.steps)?;
    let recording = Recording { header, blocks: played.tape, cut_off: None };
    Ok(Opened { recording, image: loaded.image, boot })
}
