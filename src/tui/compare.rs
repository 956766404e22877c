//! Two runs side by side: two branches from where they differ, or two programs from their start.

use super::events::EventList;
use super::run::Run;
use crate::event::{Event, EventKind};
use crate::trace::{Axis, Model, describe};

/// What is compared, and how far it is scrolled.
#[derive(Debug)]
pub(super) struct Comparison {
    /// The two, by their numbers.
    pub(super) sides: [usize; 2],
    /// The events of each that match the filter, and the row at which one branches off.
    lists: [EventList; 2],
    first: [usize; 2],
    pub(super) common: Common,
    /// The event from which on they are compared: the one where one branches off, or a later one, if that is no longer
    /// kept.
    pub(super) from: u64,
    /// The row, counted from there, in which they differ first.
    pub(super) differs: Option<usize>,
    rows: usize,
    pub(super) scroll: usize,
    /// What the lanes of both are drawn along.
    pub(super) axis: Axis,
}

/// What both have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Common {
    /// They are branches of one run, or of two versions of its file.
    are_related: bool,
    /// How many events.
    pub(super) events: u64,
    /// How many steps.
    pub(super) steps: u64,
}

impl Comparison {
    /// Compares the events of two branches that the events panel would show; `None` when one of them is not there.
    pub(super) fn of(run: &Run, sides: [usize; 2]) -> Option<Comparison> {
        let models = models(run, sides)?;
        let both = run.branches.common(sides[0], sides[1]);
        // A file as saved later is much the same program.
        let has_name = |number| run.branch_rows().iter().any(|row| row.number == number && row.name.is_some());
        let are_related = both.is_some() || !sides.into_iter().any(has_name);
        let (common, common_steps) = both.unwrap_or_default();
        let lists = models.map(|model| {
            let mut list = EventList::default();
            list.set_filter(run.look.events.filter().to_owned(), model);
            list
        });
        let (first, differs, rows, scroll) = ([0, 0], None, 0, 0);
        let from = common;
        // Of programs that have nothing in common only time can be compared.
        let axis = if are_related { run.look.view.axis() } else { Axis::Time };
        let common = Common { are_related, events: common, steps: common_steps };
        let mut comparison = Comparison { sides, lists, first, common, from, differs, rows, scroll, axis };
        comparison.look(models);
        comparison.scroll = comparison.differs.unwrap_or(0).saturating_sub(3);
        Some(comparison)
    }

    /// Whether the two have nothing in common.
    pub(super) fn is_of_programs(&self) -> bool {
        !self.common.are_related
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
        let says_who = |model: &Model| {
            matches!(model.event(self.common.events).map(|it| &it.kind), Some(EventKind::PolicySet { .. }))
        };
        let from = models.map(Model::folded).into_iter().fold(self.common.events, u64::max);
        if from != self.from {
            // The compared events are no longer kept.
            (self.from, self.rows, self.differs) = (from, 0, None);
        }
        let begins = |side: usize| from + u64::from(from == self.common.events && says_who(models[side]));
        self.first = [0, 1].map(|side| self.lists[side].row(begins(side), models[side]));
        // Until there they were alike; a branch without events yet may still go on like the other.
        let alike = self.differs.unwrap_or(self.rows);
        let rows = (0..2).map(|side| self.lists[side].len(models[side]).saturating_sub(self.first[side]));
        self.rows = rows.max().unwrap_or(0);
        if self.is_of_programs() {
            return;
        }
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
