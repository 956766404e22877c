//! The story: the axis on which every operation has the same width, however little of the run's time it takes.
//!
//! Where time passes between two operations the story has a *stretch*, whose width grows with that time: ten times as
//! long makes it about three operations wider. So a short wait looks different from a long one, and none fills the
//! screen. A moment's place follows from events alone, so a run looks the same live, in the past, and in a recording.
//!
//! Between two stretches places and steps go along with each other. So it is enough to remember the stretches to find the
//! place of any event, and the moment of any place.

use super::chunks::Chunks;
use super::timeline::{Axis, Moment};

/// Less time than this, in nanoseconds, has no width: work moves a virtual clock on in steps of some milliseconds, and
/// in those no thread waits.
const SHORTEST: u64 = 8_000_000;
/// Widths are multiples of this, so that operations begin where cells do.
const GRAIN: u64 = Axis::STEP / 2;
/// How often the shortest time is doubled until a stretch grows no more, at half a minute.
const DOUBLINGS: u32 = 12;

/// How many stretches are remembered one by one.
const LIMIT: usize = 1 << 12;

/// How wide `time` nanoseconds are, in places of the story: an operation for each time that the shortest is doubled.
#[inline]
pub fn width(time: u64) -> u64 {
    if time < SHORTEST { 0 } else { wide(time / SHORTEST, time) }
}

#[cold]
fn wide(times: u64, time: u64) -> u64 {
    let doubled = times.ilog2();
    if doubled >= DOUBLINGS {
        return u64::from(DOUBLINGS) * Axis::STEP;
    }
    let whole = SHORTEST << doubled;
    let part = (time - whole) * Axis::STEP / whole;
    (u64::from(doubled) * Axis::STEP + part).next_multiple_of(GRAIN)
}

/// The time after which a stretch is so wide, in nanoseconds.
fn time(width: u64) -> u64 {
    let doubled = (width / Axis::STEP).min(DOUBLINGS.into());
    let whole = if width == 0 { 0 } else { SHORTEST << doubled };
    whole + whole / Axis::STEP * (width % Axis::STEP)
}

/// A stretch in which time passed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Stretch {
    from: Moment,
    to: Moment,
}

/// The stretches of a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Story {
    stretches: Chunks<Stretch>,
    grain: Grain,
}

impl Story {
    /// Time passed between the two, and the story has a stretch there.
    pub(super) fn add(&mut self, from: Moment, to: Moment) {
        if self.stretches.len() == LIMIT {
            // In between, the story then goes on as if no thread had waited.
            let later = |_: &Stretch, later: &Stretch| Some(*later);
            self.grain.thin(&mut self.stretches, |stretch| stretch.to, later);
        }
        self.stretches.push(Stretch { from, to });
    }

    /// The place of something that happened at that step and time.
    pub(super) fn place(&self, step: u64, at: u64) -> u64 {
        let before = self.stretches.partition_point(|stretch| (stretch.to.step, stretch.to.at) <= (step, at));
        let last = before.checked_sub(1).map_or(Moment::default(), |index| self.stretches[index].to);
        let place = last.operations_later(step.saturating_sub(last.step)).story;
        match self.stretches.get(before) {
            Some(next) if step >= next.from.step && at > next.from.at => {
                (next.from.story + width(at - next.from.at)).min(next.to.story)
            }
            Some(next) => place.min(next.from.story),
            None => place,
        }
    }

    /// What is at `place`, of a run whose last event was at `last`. `known`: the time of the last event until there; without
    /// that the answer is one between those of the stretches before and after.
    pub(super) fn moment(&self, place: u64, last: Moment, known: Option<u64>) -> Moment {
        let before = self.stretches.partition_point(|stretch| stretch.to.story <= place);
        let begin = before.checked_sub(1).map_or(Moment::default(), |index| self.stretches[index].to);
        let next = self.stretches.get(before).map_or(last, |stretch| stretch.from);
        if place >= next.story {
            // In a stretch, or in the one that has no end yet; there the last operation comes first.
            let (first, end) = match self.stretches.get(before) {
                Some(stretch) => (0, stretch.to.at),
                None => (Axis::STEP, u64::MAX),
            };
            let at = next.at.saturating_add(time((place - next.story).saturating_sub(first)));
            return Moment { at: at.min(end), step: next.step, story: place };
        }
        let share = |of: u64| {
            let part = u128::from(of) * u128::from(place - begin.story) / u128::from((next.story - begin.story).max(1));
            u64::try_from(part).unwrap_or(of)
        };
        let step = begin.step + ((place - begin.story) / Axis::STEP).min(next.step.saturating_sub(begin.step));
        let at = known.unwrap_or_else(|| begin.at.saturating_add(share(next.at.saturating_sub(begin.at))));
        Moment { at, step, story: place }
    }
}

/// How coarse the older half of a sequence has become: things that began within so many places of the story are merged
/// into one there. It is doubled when that is not enough, so that all of it is equally coarse, however long the run is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grain(u64);

impl Default for Grain {
    fn default() -> Self {
        Grain(Axis::STEP)
    }
}

impl Grain {
    /// Merges neighbours that began together in the older half, where `merge` can, so that half of that half is left.
    pub(super) fn thin<T: Clone>(
        &mut self,
        elements: &mut Chunks<T>,
        start: impl Fn(&T) -> Moment,
        merge: impl Fn(&T, &T) -> Option<T>,
    ) {
        let older = elements.len() / 2;
        let (recent, enough) = (elements.len() - older, elements.len() - older / 2);
        let place = |index: usize| elements.get(index).map_or(0, |it| start(it).story);
        let each = (place(older) - place(0)) / (older as u64 / 2).max(1);
        self.0 = self.0.max(each.next_power_of_two());
        loop {
            let bucket = |element: &T| start(element).story / self.0;
            elements.merge_front(elements.len() - recent, |one, next| {
                if bucket(one) == bucket(next) { merge(one, next) } else { None }
            });
            let end = elements.last().map_or(0, |last| start(last).story);
            if elements.len() <= enough || self.0 > end {
                return;
            }
            self.0 = self.0.saturating_mul(2);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MS: u64 = 1_000_000;

    #[test]
    fn waits_of_different_lengths_look_different_and_none_is_long() {
        let operations = |ms: u64| width(ms * MS) as f64 / Axis::STEP as f64;
        assert_eq!([0, 5, 8, 10, 100, 400].map(operations), [0.0, 0.0, 0.0, 0.5, 4.0, 6.0]);
        assert_eq!([1_000, 10_000, 60_000, u64::MAX / MS].map(operations), [7.0, 10.5, 12.0, 12.0]);
    }

    /// The events of a run: steps and times.
    fn run(gaps: &[(u64, u64)]) -> (Story, Vec<Moment>) {
        let (mut story, mut events) = (Story::default(), vec![Moment::default()]);
        for &(steps, gap) in gaps {
            let last = events[events.len() - 1];
            let (from, to) = last.later(last.step + steps, last.at + gap);
            if to.story > from.story {
                story.add(from, to);
            }
            events.push(to);
        }
        (story, events)
    }

    proptest! {
        #[test]
        fn places_follow_from_steps_and_times_and_lead_back(
            gaps in prop::collection::vec((0u64..3, prop_oneof![Just(0), 0..5 * MS, 0..2_000 * MS]), 1..200),
        ) {
            let (story, events) = run(&gaps);
            let last = events[events.len() - 1];
            for (event, next) in events.iter().zip(&events[1..]) {
                prop_assert_eq!(story.place(event.step, event.at), event.story);
                let back = story.moment(event.story, last, None);
                prop_assert!(back.step == event.step || next.story == event.story);
                let (a, b) = (story.moment(event.story, last, None), story.moment(next.story, last, None));
                prop_assert!(a.at <= b.at && a.step <= b.step && a.at <= last.at);
            }
        }

        #[test]
        fn a_wider_stretch_is_a_longer_time(a in 0u64..60_000 * MS, b in 0u64..60_000 * MS) {
            prop_assert!((width(a) <= width(b)) == (a <= b) || width(a) == width(b));
            let least = a.min(SHORTEST << DOUBLINGS);
            prop_assert!(time(width(a)) >= least - least / 1000 || width(a) == 0, "{} for {a}", time(width(a)));
            prop_assert!(time(width(a)) <= a + a / 2 + 1);
        }
    }

    #[test]
    fn a_million_waits_take_up_little_room_and_the_latest_are_exact() {
        let mut gaps: Vec<(u64, u64)> = Vec::new();
        gaps.resize(100_000, (1, 100 * MS));
        let (story, events) = run(&gaps);
        assert!(story.stretches.len() <= LIMIT);
        for event in events.iter().rev().take(LIMIT / 2) {
            assert_eq!(story.place(event.step, event.at), event.story);
        }
        let middle = events[events.len() / 2];
        let near = story.place(middle.step, middle.at);
        assert!(near.abs_diff(middle.story) < middle.story / 100, "{near} for {}", middle.story);
    }
}
