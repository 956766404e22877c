//! The virtual clock of a driven run, by the engine's rules: time jumps to the next deadline when no thread can go on, and
//! passes by the work that is done. What is shown of it goes by frames.

use crate::schedule::Speed;

/// `time.time()` at the start of a run, in nanoseconds since 1970, so that runs are alike: 2025-01-01, midnight UTC.
pub(super) const EPOCH: u64 = 1_735_689_600_000_000_000;
/// What computing until the fuel is used up takes, in nanoseconds: about what it takes CPython.
pub(super) const COMPUTING: u64 = 250_000;
/// What an operation takes.
pub(super) const OPERATING: u64 = 1_000;
/// What reading the clock takes: a thread that reads it again and again waits for a certain time.
pub(super) const LOOKING: u64 = 20_000;
/// How much work is done before time passes, unless a thread reads the clock.
const WORK: u64 = 5_000_000;
/// The visible moment of an operation, in nanoseconds of played time.
const MOMENT: u64 = 250_000_000;
/// How long a frame lasts.
const FRAME: f64 = 33_000_000.0;

/// The run's time, and what a person sees of it.
#[derive(Debug, Default)]
pub(super) struct Clock {
    /// What work was done since time passed, as time.
    worked: u64,
    /// Time that was played, frame by frame.
    played: u64,
    /// When the frame began that is being played.
    frame: u64,
    /// No operation is shown before this played time.
    due: u64,
    /// A jump that is being played: from when, and to which time of the run.
    wait: Option<(u64, u64)>,
}

impl Clock {
    /// Another frame is played at that speed.
    pub(super) fn play_frame(&mut self, speed: Speed) {
        if let Speed::Times(times) = speed {
            self.frame = self.played;
            self.played = self.played.saturating_add((FRAME * times.clamp(0.001, 1000.0)) as u64);
        }
    }

    /// Whether the last operation was shown for long enough.
    pub(super) fn is_due(&self) -> bool {
        self.due <= self.played
    }

    /// An operation is shown from now on.
    pub(super) fn show_operation(&mut self) {
        self.due = self.due.max(self.frame).saturating_add(MOMENT);
    }

    /// Plays a jump to `until`; whether it was played to its end.
    pub(super) fn wait(&mut self, now: u64, until: u64) -> bool {
        if self.wait.is_none_or(|(_, other)| other != until) {
            self.wait = Some((self.due.max(self.frame), until));
        }
        self.shown(now) >= until
    }

    /// The run's time as it is shown.
    pub(super) fn shown(&self, now: u64) -> u64 {
        self.wait.map_or(now, |(from, until)| now.saturating_add(self.played.saturating_sub(from)).min(until))
    }

    /// A thread goes on, or time has jumped by so much: nothing is played any more.
    pub(super) fn end_wait(&mut self, passed: u64) {
        self.wait = None;
        self.worked = self.worked.saturating_sub(passed);
    }

    /// Counts work. When it is time that time passes, gives by how much.
    pub(super) fn work(&mut self, time: u64) -> Option<u64> {
        self.worked += time;
        (self.worked >= WORK).then_some(self.worked)
    }

    /// How much time passes if all work that was done counts.
    pub(super) fn work_done(&self) -> Option<u64> {
        (self.worked > 0).then_some(self.worked)
    }
}
