//! What came after the shown moment of the past: it stays in its rows, drawn dim, so that nothing jumps from moment to
//! moment.

use super::Run;
use crate::base::ProcessId;
use crate::trace::{Datum, Model, Object};

/// A row of the objects panel.
#[derive(Clone, Copy, Debug)]
pub(in crate::tui) struct ObjectRow<'a> {
    pub(in crate::tui) what: Listed<'a>,
    /// It was not there yet.
    pub(in crate::tui) later: bool,
}

/// What a row of the objects panel is about.
#[derive(Clone, Copy, Debug)]
pub(in crate::tui) enum Listed<'a> {
    /// An object.
    Object(&'a Object),
    /// Shared data.
    Datum(&'a Datum),
    /// What follows lies in that process; [`ProcessId::WORLD`]: all can reach it.
    Head(ProcessId),
}

impl Run {
    /// The run as it stands, while a moment of its past is shown; `None` too when it is not known what came right after.
    pub(in crate::tui) fn later(&self) -> Option<&Model> {
        self.scene.later()
    }

    /// Whose events the list of events shows.
    pub(in crate::tui) fn listed(&self) -> &Model {
        self.scene.listed()
    }

    /// The first event of the list that came later than what is shown.
    pub(in crate::tui) fn first_later(&self) -> Option<u64> {
        self.later().map(|_| self.model().event_count())
    }

    /// The rows of the objects panel. In the past they stand where they stand now. Where there are several processes, what all
    /// can reach comes first, and then what lies in each, below its head.
    pub(in crate::tui) fn object_list(&self) -> Vec<ObjectRow<'_>> {
        let listed = self.listed();
        let objects = listed.objects_by_line().into_iter().map(Listed::Object);
        let data = listed.data().iter().filter(|datum| !listed.is_private(&datum.place)).map(Listed::Datum);
        let mut rows: Vec<ObjectRow<'_>> = objects.chain(data).map(|what| self.as_it_was(what)).collect();
        if self.has_heads() {
            rows.sort_by_key(|row| self.place_of_group(row.what));
            rows = self.with_heads(rows);
        }
        rows
    }

    /// What the row shows at the moment that is on the screen.
    fn as_it_was<'a>(&'a self, what: Listed<'a>) -> ObjectRow<'a> {
        if self.later().is_none() {
            return ObjectRow { what, later: false };
        }
        let model = self.model();
        let then = match what {
            Listed::Object(object) => model.object(object.id).filter(|then| then.has_row()).map(Listed::Object),
            Listed::Datum(datum) => {
                model.data_row(&datum.place).and_then(|row| model.data().get(row)).map(Listed::Datum)
            }
            Listed::Head(process) => model.processes().get(process.index()).map(|_| what),
        };
        ObjectRow { what: then.unwrap_or(what), later: then.is_none() }
    }

    /// What all processes can reach comes first.
    fn place_of_group(&self, what: Listed<'_>) -> Option<ProcessId> {
        Some(self.group_of(what)).filter(|process| *process != ProcessId::WORLD)
    }

    fn group_of(&self, what: Listed<'_>) -> ProcessId {
        match what {
            Listed::Object(object) => object.process,
            Listed::Datum(datum) => self.listed().process_of_place(&datum.place),
            Listed::Head(process) => process,
        }
    }

    fn with_heads<'a>(&'a self, rows: Vec<ObjectRow<'a>>) -> Vec<ObjectRow<'a>> {
        let mut all = Vec::with_capacity(rows.len() + self.listed().processes().len() + 1);
        let mut group = None;
        for row in rows {
            let here = self.group_of(row.what);
            if group != Some(here) {
                group = Some(here);
                let head = Listed::Head(here);
                let always = here == ProcessId::WORLD;
                all.push(if always { ObjectRow { what: head, later: false } } else { self.as_it_was(head) });
            }
            all.push(row);
        }
        all
    }

    /// How many rows the objects panel has.
    pub(in crate::tui) fn object_rows(&self) -> usize {
        self.object_list().len()
    }
}
