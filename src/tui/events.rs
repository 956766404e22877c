//! The list of events: which are shown, and which one is selected. What is the library's own is left out.

use crate::event::Event;
use crate::trace::{Model, describe};

/// The state of the events panel.
#[derive(Clone, Debug, Default)]
pub(super) struct EventList {
    filter: String,
    /// Sequence numbers of the events that are in the list; unused if all are.
    matches: Vec<u64>,
    /// How many events were looked at.
    seen: u64,
    selected: Option<u64>,
}

impl EventList {
    pub(super) fn filter(&self) -> &str {
        &self.filter
    }

    pub(super) fn set_filter(&mut self, filter: String, model: &Model) {
        self.filter = filter.to_lowercase();
        self.matches.clear();
        self.seen = 0;
        self.catch_up(model);
    }

    /// Looks at all events again: the model has changed.
    pub(super) fn look_again(&mut self, model: &Model) {
        let filter = std::mem::take(&mut self.filter);
        self.set_filter(filter, model);
    }

    /// Looks at the events that came since.
    pub(super) fn catch_up(&mut self, model: &Model) {
        if !self.chooses(model) {
            return;
        }
        let gone = self.matches.partition_point(|&seq| seq < model.folded());
        self.matches.drain(..gone);
        let new = usize::try_from(self.seen.saturating_sub(model.folded())).unwrap_or(usize::MAX);
        for event in model.log().iter().skip(new) {
            if !model.is_private_event(event) && self.lets_through(event, model) {
                self.matches.push(event.seq);
            }
        }
        self.seen = model.event_count();
    }

    /// Whether some events are not in the list.
    fn chooses(&self, model: &Model) -> bool {
        !self.filter.is_empty() || model.has_private()
    }

    fn lets_through(&self, event: &Event, model: &Model) -> bool {
        let line = || format!("{} {}", model.thread_name(event.thread), describe(event, model)).to_lowercase();
        self.filter.is_empty() || line().contains(&self.filter)
    }

    /// How many events are in the list.
    pub(super) fn len(&self, model: &Model) -> usize {
        if self.chooses(model) { self.matches.len() } else { model.log().len() }
    }

    /// The sequence number of the event in `row` of the list.
    pub(super) fn seq(&self, row: usize, model: &Model) -> u64 {
        if self.chooses(model) { self.matches[row] } else { model.folded() + row as u64 }
    }

    /// The row at or after the event `seq`.
    pub(super) fn row(&self, seq: u64, model: &Model) -> usize {
        if self.chooses(model) {
            self.matches.partition_point(|&there| there < seq)
        } else {
            seq.saturating_sub(model.folded()) as usize
        }
    }

    /// The event that is selected; without one the list follows the run.
    pub(super) fn selected(&self) -> Option<u64> {
        self.selected
    }

    pub(super) fn select(&mut self, seq: Option<u64>) {
        self.selected = seq;
    }

    /// Moves the selection, which begins at the event `here`, or at the end; past the last row the list follows the run again.
    pub(super) fn step(&mut self, rows: isize, here: Option<u64>, model: &Model) {
        let count = self.len(model);
        let current = self.selected.or(here).map_or(count, |seq| self.row(seq, model));
        let next = current.saturating_add_signed(rows);
        self.selected = (next < count).then(|| self.seq(next, model));
    }

    /// The rows to show in `height` lines: around the selected event, or around the event `here`, or the latest.
    pub(super) fn visible(&self, height: usize, here: Option<u64>, model: &Model) -> std::ops::Range<usize> {
        let count = self.len(model);
        let end = match self.selected.or(here) {
            Some(seq) => (self.row(seq, model) + height / 2 + 1).max(height).min(count),
            None => count,
        };
        end.saturating_sub(height)..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::samples;

    #[test]
    fn a_filter_finds_names_and_deeds_and_keeps_up() {
        let model = samples::deadlock();
        let mut list = EventList::default();
        assert_eq!(list.len(&model), model.log().len());
        list.set_filter("RIGHT".into(), &model);
        let all_of_right = list.len(&model);
        assert!(all_of_right > 3 && all_of_right < model.log().len());
        list.set_filter("blocks on".into(), &model);
        assert_eq!(list.len(&model), 2);
        list.catch_up(&model);
        assert_eq!(list.len(&model), 2);
        list.step(-1, None, &model);
        assert_eq!(list.selected(), Some(list.seq(1, &model)));
        list.step(1, None, &model);
        assert_eq!(list.selected(), None, "past the end it follows the run");
    }

    #[test]
    fn the_selected_row_is_always_visible() {
        let model = samples::deadlock();
        let mut list = EventList::default();
        for seq in 0..model.log().len() as u64 {
            list.select(Some(seq));
            for height in 1..8 {
                assert!(list.visible(height, None, &model).contains(&(seq as usize)), "{seq} in {height}");
            }
        }
        assert_eq!(list.visible(0, None, &model).len(), 0);
    }
}
