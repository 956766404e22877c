//! `raddle replay --live`: a recording, forced onto real threads.

use super::headless;
use super::replay::Opened;
use super::show::Show;
use super::{REFUSED, complain};
use crate::engine::{ClockKind, Options, Run, RunEnd};
use crate::event::Breakpoint;
use crate::policy::Priorities;
use crate::schedule::Speed;
use std::io::ErrorKind;

/// Plays a recording on real threads, without a screen; gives the exit status.
pub(super) fn run(opened: &Opened, json: bool) -> u8 {
    let Opened { recording, image, boot } = opened;
    let blocks = recording.blocks.clone();
    let forced = Run::force(image.clone(), *boot, blocks, Options { record: false, ..opened.options() });
    if let Err(error) = &forced
        && error.kind() == ErrorKind::InvalidData
    {
        complain(&format!("raddle: the recording has {error}; {}\n", opened.reason()));
        return REFUSED;
    }
    headless::relayed(forced, image, |run| {
        let control = run.control();
        let status = headless::follow(run, image.legend(), json, None);
        if matches!(control.outcome(), Some(RunEnd::Parted(_))) {
            complain(&format!("{}\n", opened.reason()));
        }
        status
    })
}

/// The run for the screen.
///
/// # Errors
/// When it cannot be started.
pub(super) fn show(opened: &Opened, speed: Speed, breakpoints: &[Breakpoint]) -> Result<Show, String> {
    let breakpoints = breakpoints.to_vec();
    let options = Options { paced: true, speed, breakpoints, ..opened.options() };
    Show::force(opened.image.clone(), opened.boot, opened.recording.blocks.clone(), options)
}

impl Opened {
    /// As the run was started.
    pub(super) fn options(&self) -> Options {
        let header = &self.recording.header;
        let clock = if header.clock == "wall" { ClockKind::Wall } else { ClockKind::Virtual };
        let priorities = Priorities { by_name: header.priorities.clone(), inherited: header.inheritance };
        Options { seed: header.seed, clock, priorities, ..Options::default() }
    }
}
