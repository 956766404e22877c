//! `raddle replay --live`: a recording, forced onto real threads.

use super::arguments::AtEnd;
use super::headless;
use super::{REFUSED, complain};
use crate::engine::{ClockKind, Options, Run, RunEnd};
use crate::event::Breakpoint;
use crate::schedule::Speed;
use crate::session::{Card, Live, Opened, Session, Stage};
use std::io::ErrorKind;

/// Plays a recording on real threads, without a screen; gives the exit status.
pub(super) fn run(opened: &Opened, json: bool, at_end: AtEnd) -> u8 {
    let Opened { recording, image, boot } = opened;
    let blocks = recording.blocks.clone();
    let forced = Run::force(image.clone(), *boot, blocks, Options { record: false, ..options(opened) });
    if let Err(error) = &forced
        && error.kind() == ErrorKind::InvalidData
    {
        complain(&format!("raddle: the recording has {error}; {}\n", opened.reason()));
        return REFUSED;
    }
    headless::relayed(forced, image, |run| {
        let control = run.control();
        let status = headless::follow(run, image.legend(), json, None, at_end);
        if matches!(control.outcome(), Some(RunEnd::Parted(_))) {
            complain(&format!("{}\n", opened.reason()));
        }
        status
    })
}

/// The one recording that the screen is opened for, forced onto real threads.
pub(super) struct Forced {
    pub(super) opened: Opened,
    pub(super) cards: Vec<Card>,
    pub(super) speed: Speed,
}

impl Stage for Forced {
    fn cards(&self) -> &[Card] {
        &self.cards
    }

    fn open(&mut self, _: usize, breakpoints: &[Breakpoint]) -> Result<Box<dyn Session>, String> {
        let Opened { recording, image, boot } = &self.opened;
        let (speed, breakpoints) = (self.speed, breakpoints.to_vec());
        let options = Options { paced: true, speed, breakpoints, ..options(&self.opened) };
        Ok(Box::new(Live::force(image.clone(), *boot, recording.blocks.clone(), options)?))
    }

    fn changed(&mut self, _: usize) -> bool {
        false
    }
}

/// As the recorded run was started.
pub(super) fn options(opened: &Opened) -> Options {
    let header = &opened.recording.header;
    let clock = if header.clock == "wall" { ClockKind::Wall } else { ClockKind::Virtual };
    Options { seed: header.seed, clock, priorities: opened.priorities(), ..Options::default() }
}
