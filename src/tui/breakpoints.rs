//! The breakpoints of a run, as the person watching keeps them: with those that are switched off.

use super::notice::Notice;
use crate::base::Sources;
use crate::event::{Breakpoint, Happening, Writing};

/// One of them.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Row {
    pub(super) breakpoint: Breakpoint,
    pub(super) on: bool,
}

/// All of them: lines, objects and variables, and after those the things that can happen to any thread.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct BreakpointList {
    rows: Vec<Row>,
}

impl BreakpointList {
    /// These, switched on.
    pub(super) fn new(breakpoints: &[Breakpoint]) -> Self {
        let rows = Happening::ALL.map(|happening| Row { breakpoint: Breakpoint::Any(happening), on: false });
        let mut list = BreakpointList { rows: rows.into() };
        for breakpoint in breakpoints {
            match list.rows.iter().position(|row| row.breakpoint == *breakpoint) {
                Some(index) => list.rows[index].on = true,
                None => list.add(breakpoint.clone()),
            }
        }
        list
    }

    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Those that are switched on.
    pub(super) fn active(&self) -> Vec<Breakpoint> {
        self.rows.iter().filter(|row| row.on).map(|row| row.breakpoint.clone()).collect()
    }

    /// The breakpoint on a line: whether it is switched on.
    pub(super) fn on_line(&self, line: u32) -> Option<bool> {
        self.rows.iter().find(|row| row.breakpoint == Breakpoint::Line(line)).map(|row| row.on)
    }

    /// Whether there is any on a line.
    pub(super) fn has_lines(&self) -> bool {
        self.rows.iter().any(|row| matches!(row.breakpoint, Breakpoint::Line(_)))
    }

    /// The breakpoint on an object or a variable: whether it is switched on.
    pub(super) fn on(&self, target: &Breakpoint) -> Option<bool> {
        self.rows.iter().find(|row| is_about_the_same(&row.breakpoint, target)).map(|row| row.on)
    }

    /// Switches to the next state for what `breakpoint` is about: for a line or an object set or not; for a variable on
    /// every change, on every write, not at all.
    pub(super) fn cycle(&mut self, breakpoint: Breakpoint, sources: &Sources) -> Notice {
        let same = |row: &Row| is_about_the_same(&row.breakpoint, &breakpoint);
        let before = self.rows.iter().position(same).map(|index| self.rows.remove(index).breakpoint);
        let next = match (before, breakpoint) {
            (Some(Breakpoint::Watch { on: Writing::Change, .. }), Breakpoint::Watch { name, place, .. }) => {
                Breakpoint::Watch { name, place, on: Writing::Any }
            }
            (None, fresh) => fresh,
            (Some(gone), _) => return Notice::BreakpointGone(gone.words(sources)),
        };
        let changes = matches!(next, Breakpoint::Watch { on: Writing::Change, .. });
        let words = next.words(sources);
        self.add(next);
        Notice::BreakpointSet { words, changes }
    }

    /// Switches one on or off.
    pub(super) fn switch(&mut self, row: usize) {
        if let Some(row) = self.rows.get_mut(row) {
            row.on = !row.on;
        }
    }

    /// Deletes one; one for things that can happen to any thread is switched off instead.
    pub(super) fn delete(&mut self, row: usize) {
        match self.rows.get_mut(row) {
            Some(Row { breakpoint: Breakpoint::Any(_), on }) => *on = false,
            Some(_) => drop(self.rows.remove(row)),
            None => {}
        }
    }

    /// The program has changed: only names and lines still mean something.
    pub(super) fn forget_places(&mut self) {
        for row in &mut self.rows {
            match &mut row.breakpoint {
                Breakpoint::Object { id, .. } => *id = None,
                Breakpoint::Watch { place, .. } => *place = None,
                Breakpoint::Line(_) | Breakpoint::Any(_) => {}
            }
        }
    }

    fn add(&mut self, breakpoint: Breakpoint) {
        let order = |breakpoint: &Breakpoint| match breakpoint {
            Breakpoint::Line(line) => (0, *line),
            Breakpoint::Object { .. } | Breakpoint::Watch { .. } => (1, 0),
            Breakpoint::Any(_) => (2, 0),
        };
        let behind = self.rows.partition_point(|row| order(&row.breakpoint) <= order(&breakpoint));
        self.rows.insert(behind, Row { breakpoint, on: true });
    }
}

/// Whether two breakpoints are about the same line, object or variable; one without an id, by its name.
fn is_about_the_same(one: &Breakpoint, other: &Breakpoint) -> bool {
    use Breakpoint::{Object, Watch};
    match (one, other) {
        (Object { id: Some(one), .. }, Object { id: Some(other), .. }) => one == other,
        (Watch { place: Some(one), .. }, Watch { place: Some(other), .. }) => one == other,
        (Object { name: one, .. }, Object { name: other, .. })
        | (Watch { name: one, .. }, Watch { name: other, .. }) => one == other,
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Source;
    use std::sync::Arc;

    fn watch(on: Writing) -> Breakpoint {
        Breakpoint::Watch { name: "total".into(), place: None, on }
    }

    #[test]
    fn a_variable_goes_through_its_states_and_a_line_comes_and_goes() {
        let mut list = BreakpointList::new(&[Breakpoint::Any(Happening::Ends)]);
        let others = list.active().len();
        let sources = Sources::from(Arc::new(Source::new("a.py", "")));
        for (expected, words) in
            [(Some(Writing::Change), "total changes"), (Some(Writing::Any), "is written"), (None, "no longer stops")]
        {
            assert!(list.cycle(watch(Writing::Change), &sources).to_string().contains(words));
            let found = list.active().into_iter().find(|it| matches!(it, Breakpoint::Watch { .. }));
            assert_eq!(found, expected.map(watch));
        }
        for line in [9, 3] {
            list.cycle(Breakpoint::Line(line), &sources);
        }
        let lines: Vec<_> = list.rows().iter().take(2).map(|row| row.breakpoint.clone()).collect();
        assert_eq!(lines, [Breakpoint::Line(3), Breakpoint::Line(9)], "in the order of the program");
        list.cycle(Breakpoint::Line(9), &sources);
        assert_eq!((list.on_line(3), list.on_line(9)), (Some(true), None));
        list.switch(0);
        assert_eq!((list.on_line(3), list.active().len()), (Some(false), others));
    }

    #[test]
    fn what_can_happen_to_any_thread_is_always_there() {
        let mut list = BreakpointList::new(&[Breakpoint::Line(1), Breakpoint::Any(Happening::Crashes)]);
        assert_eq!(list.rows().len(), 1 + Happening::ALL.len());
        list.delete(3);
        list.delete(0);
        assert_eq!((list.rows().len(), list.active()), (Happening::ALL.len(), Vec::new()));
    }
}
