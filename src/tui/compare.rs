//! Two branches side by side, from where they differ.

use super::events::EventList;
use super::run::Run;
use crate::event::{Event, EventKind};
use crate::trace::{Model, describe};

/// What is compared, and how far it is scrolled.
#[derive(Debug)]
pub(super) struct Comparison {
    /// The two, by their numbers.
    pub(super) sides: [usize; 2],
    /// The events of each that match the filter, and the row at which one branches off.
    lists: [EventList; 2],
    first: [usize; 2],
    /// How many events both have in common, and how many steps.
    pub(super) common: u64,
    pub(super) common_steps: u64,
    /// The event from which on they are compared: the one where one branches off, or a later one, if that is no longer
    /// kept.
    pub(super) from: u64,
    /// The row, counted from there, in which they differ first.
    pub(super) differs: Option<usize>,
    rows: usize,
    pub(super) scroll: usize,
}

impl Comparison {
    /// Compares the events of two branches that the events panel would show; `None` when one of them is not there.
    pub(super) fn of(run: &Run, sides: [usize; 2]) -> Option<Comparison> {
        let models = models(run, sides)?;
        let (common, common_steps) = run.branches.common(sides[0], sides[1]);
        let lists = models.map(|model| {
            let mut list = EventList::default();
            list.set_filter(run.look.events.filter().to_owned(), model);
            list
        });
        let (first, differs, rows, scroll) = ([0, 0], None, 0, 0);
        let from = common;
        let mut comparison = Comparison { sides, lists, first, common, common_steps, from, differs, rows, scroll };
        comparison.look(models);
        comparison.scroll = comparison.differs.unwrap_or(0).saturating_sub(3);
        Some(comparison)
    }

    /// Takes in what the two have done since.
    pub(super) fn follow(&mut self, run: &Run) {
        let Some(models) = models(run, self.sides) else { return };
        self.lists.iter_mut().zip(models).for_each(|(list, model)| list.catch_up(model));
        self.look(models);
    }

    /// Finds out where one branches off, and where they differ.
    fn look(&mut self, models: [&Model; 2]) {
        // A branch begins with its policy, which its heading says.
        let says_who =
            |model: &Model| matches!(model.event(self.common).map(|it| &it.kind), Some(EventKind::PolicySet { .. }));
        let from = models.map(Model::folded).into_iter().fold(self.common, u64::max);
        if from != self.from {
            // The compared events are no longer kept.
            (self.from, self.rows, self.differs) = (from, 0, None);
        }
        let begins = |side: usize| from + u64::from(from == self.common && says_who(models[side]));
        self.first = [0, 1].map(|side| self.lists[side].row(begins(side), models[side]));
        // Until there they were alike; a branch without events yet may still go on like the other.
        let alike = self.differs.unwrap_or(self.rows);
        let rows = (0..2).map(|side| self.lists[side].len(models[side]).saturating_sub(self.first[side]));
        self.rows = rows.max().unwrap_or(0);
        self.differs = (alike..self.rows).find(|&row| {
            // By their text: an id, say, may differ where everything else is alike.
            let [one, other] = [0, 1].map(|side| {
                let (event, model) = (self.event(side, row, models[side])?, models[side]);
                Some((model.thread_name(event.thread), describe(event, model)))
            });
            one != other
        });
    }

    /// The event in a row of one side, counted from where one branches off.
    pub(super) fn event<'a>(&self, side: usize, row: usize, model: &'a Model) -> Option<&'a Event> {
        let row = self.first[side] + row;
        (row < self.lists[side].len(model)).then(|| self.lists[side].seq(row, model)).and_then(|seq| model.event(seq))
    }

    /// Scrolls both.
    pub(super) fn step(&mut self, rows: isize) {
        self.scroll = self.scroll.saturating_add_signed(rows).min(self.rows.saturating_sub(1));
    }
}

fn models(run: &Run, sides: [usize; 2]) -> Option<[&Model; 2]> {
    Some([run.model_of(sides[0])?, run.model_of(sides[1])?])
}
