//! A thread's states over time, kept so that any stretch of it can be summed up in O(log n).
//!
//! Spans touch: each ends where the next starts, and the last is open. Above them stands a pyramid of state sets, one set
//! for each 16 spans, one for each 16 × 16, and so on, so that a cell of the screen that covers a million spans costs no
//! more than one that covers two.

use super::chunks::Chunks;
use super::story::{self, Grain};
use crate::event::{Blocker, ThreadState};
use std::ops::Range;

/// How many entries of one level the next level sums up.
const FAN: usize = 16;

/// The most spans that are kept for one thread. It is the same for every model, so that old parts look the same in all.
pub(super) const SPAN_LIMIT: usize = 1 << 12;

/// A point of a run, on each of its axes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Moment {
    /// Nanoseconds of the run's clock.
    pub at: u64,
    /// Operations performed before.
    pub step: u64,
    /// Where the story is then.
    pub story: u64,
}

impl Moment {
    /// That of an event that comes next, and where the stretch begins in which time passed until then; the same places, if
    /// there is none.
    #[inline]
    pub(super) fn later(self, step: u64, at: u64) -> (Moment, Moment) {
        let from = self.operations_later(step.saturating_sub(self.step));
        let passed = at.saturating_sub(self.at);
        (from, Moment { at: self.at + passed, story: from.story + story::width(passed), ..from })
    }

    /// So many operations later, with no time between.
    pub(super) fn operations_later(self, count: u64) -> Moment {
        let story = self.story.saturating_add(count.saturating_mul(Axis::STEP));
        Moment { step: self.step.saturating_add(count), story, ..self }
    }
}

/// What a timeline is measured in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Axis {
    /// Operations, and stretches in which time passes.
    Story,
    /// Nanoseconds of the run's clock.
    Time,
}

impl Axis {
    /// Places on the story that one operation takes up, so that a cell may be a part of one.
    pub const STEP: u64 = 1024;

    /// Where `moment` lies on this axis.
    pub fn place(self, moment: Moment) -> u64 {
        match self {
            Axis::Story => moment.story,
            Axis::Time => moment.at,
        }
    }
}

/// The states before a thread's life and after it.
const ENDS: u16 = 1 << ThreadState::New as u16
    | 1 << ThreadState::Finished as u16
    | 1 << ThreadState::Crashed as u16
    | 1 << ThreadState::Killed as u16
    | 1 << ThreadState::CutOff as u16;

/// A set of thread states.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct StateSet(u16);

impl StateSet {
    /// The set of `state` alone.
    pub fn of(state: ThreadState) -> Self {
        StateSet(1 << state as u16)
    }

    /// Both sets together.
    #[must_use]
    pub fn with(self, other: StateSet) -> Self {
        StateSet(self.0 | other.0)
    }

    /// Whether `state` is in it.
    pub fn has(self, state: ThreadState) -> bool {
        self.0 & StateSet::of(state).0 != 0
    }

    /// How many states are in it.
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether none is.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The member that a viewer must not miss: an end by force, then blocked, ready, running, waiting, joining.
    pub fn worst(self) -> Option<ThreadState> {
        const ORDER: [ThreadState; 10] = [
            ThreadState::Crashed,
            ThreadState::Killed,
            ThreadState::CutOff,
            ThreadState::Blocked,
            ThreadState::Ready,
            ThreadState::Running,
            ThreadState::Waiting,
            ThreadState::Joining,
            ThreadState::New,
            ThreadState::Finished,
        ];
        ORDER.into_iter().find(|&state| self.has(state))
    }
}

/// One stretch of a thread's life in one state; it ends where the next one starts. Long ago, several are one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// The state; of several, the one that must not be missed.
    pub state: ThreadState,
    /// All states in it.
    pub states: StateSet,
    /// When it began.
    pub start: Moment,
    /// The line where the thread stood then, 0 when it had none.
    pub line: u32,
    /// What it stands before, when the state is one of not going on.
    pub on: Option<Blocker>,
}

impl Span {
    /// A stretch of one state.
    pub fn new(state: ThreadState, start: Moment, line: u32, on: Option<Blocker>) -> Span {
        Span { state, states: StateSet::of(state), start, line, on }
    }

    /// Whether nothing is lost when it does not last.
    fn is_passing(&self) -> bool {
        matches!(self.state, ThreadState::New | ThreadState::Ready | ThreadState::Running)
    }

    /// This one and the next as one. A thread does not exist sooner for that, nor end later.
    fn merged(&self, next: &Span) -> Option<Span> {
        let states = self.states.with(next.states);
        if states.0 & ENDS != 0 {
            return None;
        }
        let state = states.worst().unwrap_or(self.state);
        Some(Span { state, states, on: self.on.filter(|_| self.on == next.on), ..*self })
    }
}

/// What one stretch of a timeline holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slice {
    /// The index of the first span that reaches into it.
    pub first: usize,
    /// How many spans reach into it.
    pub spans: usize,
    /// How many spans begin in it.
    pub begun: usize,
    /// The states that occur.
    pub states: StateSet,
}

/// The states of one thread from the moment it was made.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    spans: Chunks<Span>,
    /// How coarse the older ones are.
    grain: Grain,
    /// `levels[k][i]` sums up the spans from `i * FAN^(k+1)` on, without the last span, which may still be replaced.
    levels: Vec<Vec<StateSet>>,
}

impl Timeline {
    /// Adds a span; it must not begin before the last one.
    #[inline(always)] // Done for every event; out of line it costs a tenth more.
    pub(super) fn push(&mut self, span: Span) {
        if let Some(last) = self.spans.last() {
            debug_assert!(
                last.start.at <= span.start.at && last.start.story <= span.start.story,
                "spans begin in order"
            );
            if last.start == span.start && last.is_passing() {
                return self.replace_last(span);
            }
            let states = last.states;
            self.sum_up(self.spans.len() - 1, states);
        }
        if self.spans.len() == SPAN_LIMIT {
            self.coarsen();
        }
        self.spans.push(span);
    }

    /// The last span did not last: there is another one instead, or the one before goes on.
    fn replace_last(&mut self, span: Span) {
        self.spans.pop();
        let goes_on = self.spans.last().is_some_and(|it| (it.states, it.on) == (span.states, span.on));
        if !goes_on {
            self.spans.push(span);
        }
    }

    /// Merges older spans: old parts lose detail, but no state that occurred. The cost is spread over the quarter of
    /// the limit that is pushed until the next time.
    fn coarsen(&mut self) {
        self.grain.thin(&mut self.spans, |span| span.start, Span::merged);
        self.sum_up_all();
    }

    /// Makes the levels anew, with the last span in them.
    fn sum_up_all(&mut self) {
        self.levels.clear();
        let mut sets: Vec<StateSet> = self.spans.iter().map(|span| span.states).collect();
        while sets.len() > FAN {
            let all = |sets: &[StateSet]| sets.iter().fold(StateSet::default(), |sum, &set| sum.with(set));
            sets = sets.chunks(FAN).map(all).collect();
            self.levels.push(sets.clone());
        }
    }

    /// Enters the states of the span at `index`, the first that is not part of the levels yet.
    fn sum_up(&mut self, index: usize, set: StateSet) {
        let mut row = index;
        for level in 0.. {
            row /= FAN;
            if level == self.levels.len() {
                if row == 0 {
                    break;
                }
                // The first entry of a new level sums up all that was there before.
                let below = self.first_entries(level);
                self.levels.push(vec![below]);
            }
            let sets = &mut self.levels[level];
            match sets.get_mut(row) {
                Some(entry) => *entry = entry.with(set),
                None => sets.push(set),
            }
        }
    }

    /// The sum of the first `FAN` entries of the level below `level`.
    fn first_entries(&self, level: usize) -> StateSet {
        match level.checked_sub(1) {
            None => self.spans.iter().take(FAN).fold(StateSet::default(), |sum, span| sum.with(span.states)),
            Some(below) => self.levels[below].iter().take(FAN).fold(StateSet::default(), |sum, &set| sum.with(set)),
        }
    }

    /// All spans, in order.
    pub fn spans(&self) -> &Chunks<Span> {
        &self.spans
    }

    /// The span at `place` of `axis`: the last one that began there or before.
    pub fn at(&self, axis: Axis, place: u64) -> Option<&Span> {
        let after = self.spans.partition_point(|span| axis.place(span.start) <= place);
        after.checked_sub(1).map(|index| &self.spans[index])
    }

    /// What lies in `from..to` of `axis`; `None` when the thread did not exist yet.
    pub fn slice(&self, axis: Axis, from: u64, to: u64) -> Option<Slice> {
        let begin = self.spans.partition_point(|span| axis.place(span.start) < from);
        let end = self.spans.partition_point(|span| axis.place(span.start) < to);
        let starts_there = self.spans.get(begin).is_some_and(|span| axis.place(span.start) == from);
        let first = if starts_there { begin } else { begin.saturating_sub(1) };
        if first >= end {
            return None;
        }
        Some(Slice { first, spans: end - first, begun: end - begin, states: self.states(first..end) })
    }

    /// The states that occur among the spans of `range`.
    pub fn states(&self, range: Range<usize>) -> StateSet {
        let mut set = StateSet::default();
        let mut index = range.start;
        if let Some(last) = self.spans.last()
            && range.end == self.spans.len()
            && !range.is_empty()
        {
            set = last.states;
        }
        let range = range.start..range.end.min(self.spans.len().saturating_sub(1));
        while index < range.end {
            let (mut size, mut level) = (1, 0);
            while level < self.levels.len() && index.is_multiple_of(size * FAN) && index + size * FAN <= range.end {
                size *= FAN;
                level += 1;
            }
            set = set.with(match level {
                0 => self.spans[index].states,
                above => self.levels[above - 1][index / size],
            });
            index += size;
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn timeline(spans: impl IntoIterator<Item = (u64, usize)>) -> Timeline {
        let mut timeline = Timeline::default();
        let mut at = 0;
        for (step, (gap, state)) in (0..).zip(spans) {
            at += gap;
            let state = ThreadState::ALL[state];
            let step = step / 2;
            timeline.push(Span::new(state, Moment { at, step, story: step * Axis::STEP }, 0, None));
        }
        timeline
    }

    /// The slice by looking at every span.
    fn plain_slice(timeline: &Timeline, axis: Axis, from: u64, to: u64) -> Option<Slice> {
        let spans = timeline.spans();
        let reaches = |index: usize| {
            let start = axis.place(spans[index].start);
            let end = spans.get(index + 1).map_or(u64::MAX, |next| axis.place(next.start));
            start < to && (end > from || start >= from)
        };
        let inside: Vec<usize> = (0..spans.len()).filter(|&index| reaches(index)).collect();
        let states = inside.iter().fold(StateSet::default(), |sum, &index| sum.with(StateSet::of(spans[index].state)));
        let begun = inside.iter().filter(|&&index| axis.place(spans[index].start) >= from).count();
        Some(Slice { first: *inside.first()?, spans: inside.len(), begun, states })
    }

    proptest! {
        #[test]
        fn a_slice_is_what_a_plain_scan_finds(
            spans in prop::collection::vec((0u64..4, 0usize..9), 1..SPAN_LIMIT),
            from in 0u64..6_000, length in 1u64..6_000,
        ) {
            let timeline = timeline(spans);
            prop_assert_eq!(
                timeline.slice(Axis::Time, from, from + length),
                plain_slice(&timeline, Axis::Time, from, from + length)
            );
            let (from, to) = (from * 300, (from + length) * 300);
            prop_assert_eq!(timeline.slice(Axis::Story, from, to), plain_slice(&timeline, Axis::Story, from, to));
        }
    }

    #[test]
    fn levels_are_the_same_whether_they_grow_or_are_made_anew() {
        for count in [1, 15, 16, 17, 255, 256, 257, 272, 273, 3000, SPAN_LIMIT] {
            let mut timeline = timeline((0..count).map(|index| (1, index * index % 11 % 9)));
            let last = timeline.spans.len() - 1;
            timeline.sum_up(last, timeline.spans[last].states);
            let grown = timeline.levels.clone();
            timeline.sum_up_all();
            assert_eq!(timeline.levels, grown, "{count} spans");
        }
    }

    #[test]
    fn a_short_block_among_a_million_spans_is_found() {
        let blocked = ThreadState::ALL.iter().position(|&state| state == ThreadState::Blocked).unwrap();
        let timeline =
            timeline((0..1_000_000).map(|index| (1, if index == 765_432 { blocked } else { 2 + index % 2 })));
        let slice = timeline.slice(Axis::Time, 0, 2_000_000).unwrap();
        assert!(slice.spans <= SPAN_LIMIT && slice.spans > SPAN_LIMIT / 2);
        assert_eq!(slice.states.worst(), Some(ThreadState::Blocked));
        let around = timeline.slice(Axis::Time, 765_000, 766_000).unwrap();
        assert!(around.states.has(ThreadState::Blocked), "it is still where it was");
        assert!(!timeline.slice(Axis::Time, 900_000, 2_000_000).unwrap().states.has(ThreadState::Blocked));
        let latest = timeline.slice(Axis::Time, 999_990, 1_000_000).unwrap();
        assert_eq!(latest.spans, 10, "what is new has lost nothing");
    }

    #[test]
    fn before_its_birth_a_thread_has_no_slice() {
        let timeline = timeline([(10, 2), (5, 3)]);
        assert_eq!(timeline.slice(Axis::Time, 0, 10), None);
        assert_eq!(timeline.slice(Axis::Time, 11, 12).map(|slice| (slice.spans, slice.begun)), Some((1, 0)));
        assert_eq!(timeline.at(Axis::Time, 9), None);
        assert_eq!(timeline.at(Axis::Time, 15).map(|span| span.state), Some(ThreadState::Waiting));
        assert_eq!(Timeline::default().slice(Axis::Time, 0, 10), None);
    }
}
