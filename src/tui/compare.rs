//! Two futures side by side, from where they part.

use super::events::EventList;
use super::run::Run;
use crate::event::{Event, EventKind};
use crate::trace::Model;

/// What is compared, and how far it is scrolled.
#[derive(Debug)]
pub(super) struct Comparison {
    /// The two, by their numbers.
    pub(super) sides: [usize; 2],
    /// The events of each that the filter lets through, and the row at which the two part.
    lists: [EventList; 2],
    first: [usize; 2],
    /// How many events both have in common.
    pub(super) common: u64,
    /// The row, counted from there, in which they differ first.
    pub(super) differs: Option<usize>,
    rows: usize,
    pub(super) scroll: usize,
}

impl Comparison {
    /// Compares the events of two futures that the events panel would show; `None` when one of them is not there.
    pub(super) fn of(run: &Run, sides: [usize; 2]) -> Option<Comparison> {
        let models = [run.model_of(sides[0])?, run.model_of(sides[1])?];
        let common = run.branches.common_events(sides[0], sides[1]);
        let lists = models.map(|model| {
            let mut list = EventList::default();
            list.set_filter(run.look.events.filter().to_owned(), model);
            list
        });
        // A future begins with who decides in it, which its heading says.
        let says_who =
            |model: &Model| matches!(model.event(common).map(|it| &it.kind), Some(EventKind::PolicySet { .. }));
        let first = [0, 1].map(|side| lists[side].row(common + u64::from(says_who(models[side])), models[side]));
        let rows = (0..2).map(|side| lists[side].len(models[side]).saturating_sub(first[side])).max().unwrap_or(0);
        let mut comparison = Comparison { sides, lists, first, common, differs: None, rows, scroll: 0 };
        comparison.differs = (0..rows).find(|&row| {
            let [one, other] = [0, 1].map(|side| comparison.event(side, row, models[side]));
            one.map(|event| (event.thread, &event.kind)) != other.map(|event| (event.thread, &event.kind))
        });
        comparison.scroll = comparison.differs.unwrap_or(0).saturating_sub(3);
        Some(comparison)
    }

    /// The event in a row of a side, counted from where the two part.
    pub(super) fn event<'a>(&self, side: usize, row: usize, model: &'a Model) -> Option<&'a Event> {
        let row = self.first[side] + row;
        (row < self.lists[side].len(model)).then(|| self.lists[side].seq(row, model)).and_then(|seq| model.event(seq))
    }

    /// Scrolls both.
    pub(super) fn step(&mut self, rows: isize) {
        self.scroll = self.scroll.saturating_add_signed(rows).min(self.rows.saturating_sub(1));
    }
}
