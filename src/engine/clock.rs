//! Run time, in nanoseconds since the run's start. The only place that reads the time.
//!
//! Beside run time the clock counts *played* time: wall time times the speed while the run is not paused. With a wall
//! clock, run time is played time in whole microseconds plus what was jumped over; with a virtual clock it is the jumps
//! alone: to deadlines, and by what work takes. The pace of operations goes by played time.
//!
//! While a person watches, a jump of virtual time is *played*: the shown time runs from where it stands to the
//! deadline, in played time, and then the jump is made. The program sees only the jump.

use crate::schedule::Speed;
use std::time::{Duration, Instant, SystemTime};

/// `time.time()` at the start of a run with a virtual clock, so that its runs are alike: 2025-01-01, midnight UTC.
const VIRTUAL_EPOCH: Duration = Duration::from_secs(1_735_689_600);
/// How much work is done in virtual time before it passes, in nanoseconds, unless a thread reads the clock. So threads
/// that sleep until the same instant wake at the same instant.
const WORK: u64 = 5_000_000;
/// What a wall clock counts in, in nanoseconds. It is read for almost every operation, and every reading is recorded:
/// finer ones would take up more of a recording than everything else, and show the speed of raddle, not of the program.
const TICK: u64 = 1_000;
/// Speeds are kept within this, so that times stay representable.
const SLOWEST: f64 = 0.001;
const FASTEST: f64 = 1000.0;

/// Another seed each time, from the wall clock.
#[expect(clippy::disallowed_methods, reason = "the clock module reads the time")]
pub fn fresh_seed() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_nanos() as u64)
}

/// What time means in a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClockKind {
    /// Sleeps are real, divided by the speed, and stop while the run is paused. At [`Speed::Max`] they take what they say.
    Wall,
    /// Time jumps to the next deadline when no thread can go on. Otherwise it passes by the work that is done, so that
    /// a busy wait for a certain time ends.
    Virtual,
}

/// A run's clock. It begins stopped.
#[derive(Debug)]
pub(super) struct Clock {
    kind: ClockKind,
    factor: f64,
    /// Played time when the clock was last started, stopped or given another speed.
    played: u64,
    /// When that was; `None` while stopped.
    since: Option<Instant>,
    /// Run time that was jumped over, without waiting.
    jumped: u64,
    /// What work was done since virtual time passed, as time.
    worked: u64,
    wait: Option<Wait>,
}

/// A jump of virtual time that is being played.
#[derive(Clone, Copy, Debug)]
struct Wait {
    /// From this played time on what is shown moves.
    from: u64,
    /// The run time to which it leads.
    until: u64,
}

impl Clock {
    pub(super) fn new(kind: ClockKind, speed: Speed) -> Self {
        Clock { kind, factor: factor(speed), played: 0, since: None, jumped: 0, worked: 0, wait: None }
    }

    /// The wall clock at a run's start, in nanoseconds since 1970.
    pub(super) fn epoch(kind: ClockKind) -> u64 {
        let since_1970 = match kind {
            ClockKind::Wall => today(),
            ClockKind::Virtual => VIRTUAL_EPOCH,
        };
        u64::try_from(since_1970.as_nanos()).unwrap_or(u64::MAX)
    }

    /// Run time, as the program sees it.
    pub(super) fn now(&self) -> u64 {
        match self.kind {
            ClockKind::Wall => (self.played() / TICK * TICK).saturating_add(self.jumped),
            ClockKind::Virtual => self.jumped,
        }
    }

    /// Run time, as it is shown: during a wait that is played it is ahead of what the program sees.
    pub(super) fn shown(&self) -> u64 {
        match self.wait {
            None => self.now(),
            Some(wait) => self.jumped.saturating_add(self.played().saturating_sub(wait.from)).min(wait.until),
        }
    }

    /// Plays a jump to `until`, from that played time on: it begins, or goes on.
    pub(super) fn play(&mut self, from: u64, until: u64) {
        if self.wait.is_none_or(|wait| wait.until != until) {
            self.wait = Some(Wait { from: from.max(self.played()), until });
        }
    }

    /// Nothing is played any more: a thread goes on.
    pub(super) fn end_wait(&mut self) {
        self.wait = None;
    }

    /// The instant at which the jump that is being played is to be made; `None` while stopped.
    pub(super) fn end_of_wait(&self) -> Option<Instant> {
        let wait = self.wait?;
        self.when_played(wait.from.saturating_add(wait.until.saturating_sub(self.jumped)))
    }

    /// Played time.
    pub(super) fn played(&self) -> u64 {
        let Some(since) = self.since else { return self.played };
        let elapsed = instant().saturating_duration_since(since).as_nanos() as f64 * self.factor;
        self.played.saturating_add(elapsed as u64)
    }

    pub(super) fn is_virtual(&self) -> bool {
        self.kind == ClockKind::Virtual
    }

    pub(super) fn start(&mut self) {
        if self.since.is_none() {
            self.since = Some(instant());
        }
    }

    pub(super) fn stop(&mut self) {
        self.played = self.played();
        self.since = None;
    }

    pub(super) fn set_speed(&mut self, speed: Speed) {
        self.played = self.played();
        self.since = self.since.map(|_| instant());
        self.factor = factor(speed);
    }

    /// Moves run time forward to `time`; never back.
    pub(super) fn jump_to(&mut self, time: u64) {
        let passed = time.saturating_sub(self.now());
        self.jumped = self.jumped.saturating_add(passed);
        self.worked = self.worked.saturating_sub(passed);
        self.wait = None;
    }

    /// Counts work. When it is time that virtual time passes, gives until when.
    pub(super) fn work(&mut self, time: u64) -> Option<u64> {
        if !self.is_virtual() {
            return None;
        }
        self.worked += time;
        (self.worked >= WORK).then(|| self.now().saturating_add(self.worked))
    }

    /// Until when virtual time passes if all work that was done counts.
    pub(super) fn work_done(&self) -> Option<u64> {
        (self.is_virtual() && self.worked > 0).then(|| self.now().saturating_add(self.worked))
    }

    /// The instant at which run time `time` comes by itself: `None` when it does not (a virtual or a stopped clock), or
    /// not in any time that can be told.
    pub(super) fn when(&self, time: u64) -> Option<Instant> {
        if self.is_virtual() {
            return None;
        }
        self.when_played(time.saturating_sub(self.jumped).checked_next_multiple_of(TICK)?)
    }

    /// The instant at which played time `time` comes; `None` while stopped.
    pub(super) fn when_played(&self, time: u64) -> Option<Instant> {
        let wait = (time.saturating_sub(self.played) as f64 / self.factor).ceil();
        self.since?.checked_add(Duration::from_nanos(wait as u64))
    }
}

fn factor(speed: Speed) -> f64 {
    match speed {
        Speed::Times(times) if times.is_finite() => times.clamp(SLOWEST, FASTEST),
        Speed::Times(_) | Speed::Max => 1.0,
    }
}

/// Measures how long something takes.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// One that runs from now on.
    pub fn start() -> Stopwatch {
        Stopwatch(instant())
    }

    /// How long it has run.
    pub fn elapsed(self) -> Duration {
        instant() - self.0
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the clock")]
fn instant() -> Instant {
    Instant::now()
}

#[expect(clippy::disallowed_methods, reason = "this is the clock")]
fn today() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stopped_clock_stands_and_still_jumps() {
        let mut clock = Clock::new(ClockKind::Wall, Speed::Times(1.0));
        assert_eq!((clock.now(), clock.when(5)), (0, None));
        clock.jump_to(7_000);
        clock.jump_to(3_000);
        assert_eq!((clock.now(), clock.played()), (7_000, 0));
        clock.start();
        clock.stop();
        let stood = clock.now();
        assert!(stood >= 7_000);
        assert_eq!(clock.now(), stood);
    }

    #[test]
    fn a_wall_clock_names_the_instant_of_a_time() {
        let mut clock = Clock::new(ClockKind::Wall, Speed::Times(2.0));
        clock.start();
        let start = clock.since.expect("started");
        assert_eq!(clock.when(4_000), Some(start + Duration::from_nanos(2_000)));
        clock.jump_to(1_000_000_000);
        assert!(clock.when(900_000_000).expect("running") <= start + Duration::from_nanos(1));
        assert!(clock.when(u64::MAX).is_none_or(|instant| instant > start));
    }

    #[test]
    fn a_wall_clock_counts_in_microseconds_and_comes_to_any_time() {
        let mut clock = Clock::new(ClockKind::Wall, Speed::Max);
        clock.jump_to(123_456);
        clock.start();
        let start = clock.since.expect("started");
        for _ in 0..1_000 {
            assert_eq!(clock.now() % TICK, 456);
        }
        // A time between two of them has come with the second.
        assert_eq!(clock.when(123_456 + 1), Some(start + Duration::from_nanos(TICK)));
        assert_eq!(clock.when(123_456 + TICK), Some(start + Duration::from_nanos(TICK)));
    }

    #[test]
    fn a_virtual_clock_moves_by_jumps_alone() {
        let mut clock = Clock::new(ClockKind::Virtual, Speed::Max);
        clock.start();
        assert_eq!((clock.now(), clock.when(1)), (0, None));
        clock.jump_to(42);
        assert_eq!(clock.now(), 42);
    }

    #[test]
    fn a_wait_is_played_and_stands_while_the_clock_does() {
        let mut clock = Clock::new(ClockKind::Virtual, Speed::Times(1000.0));
        clock.jump_to(1_000);
        clock.play(50, 3_000);
        assert_eq!((clock.shown(), clock.end_of_wait()), (1_000, None));
        clock.start();
        let start = clock.since.expect("started");
        assert_eq!(clock.end_of_wait(), Some(start + Duration::from_nanos(3)));
        while clock.shown() < 3_000 {}
        clock.play(90, 3_000);
        assert_eq!((clock.shown(), clock.now()), (3_000, 1_000), "it goes on, and no further");
        clock.jump_to(3_000);
        assert_eq!((clock.shown(), clock.now()), (3_000, 3_000));
        clock.stop();
        clock.play(0, 5_000_000_000);
        clock.start();
        clock.stop();
        let stood = clock.shown();
        assert!((3_000..5_000_000_000).contains(&stood));
        assert_eq!(clock.shown(), stood);
    }

    #[test]
    fn virtual_time_passes_by_work_in_steps() {
        let mut clock = Clock::new(ClockKind::Virtual, Speed::Max);
        assert_eq!((clock.work(WORK - 1), clock.now()), (None, 0));
        assert_eq!(clock.work(1), Some(WORK));
        clock.jump_to(WORK - 10);
        assert_eq!((clock.work(1), clock.now()), (None, WORK - 10));
        let mut clock = Clock::new(ClockKind::Wall, Speed::Max);
        assert_eq!(clock.work(10 * WORK), None);
    }

    #[test]
    fn any_number_is_a_speed() {
        for times in [f64::NAN, f64::INFINITY, -1.0, 0.0, 1e300] {
            assert!((SLOWEST..=FASTEST).contains(&factor(Speed::Times(times))));
        }
    }
}
