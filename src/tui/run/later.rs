//! What came after the shown moment of the past: it stays in its rows, drawn dim, so that nothing jumps from moment to
//! moment.

use super::Run;
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
    Object(&'a Object),
    Datum(&'a Datum),
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

    /// The rows of the objects panel. In the past they stand where they stand now.
    pub(in crate::tui) fn object_list(&self) -> Vec<ObjectRow<'_>> {
        let Some(later) = self.later() else {
            let objects = self.model().objects_by_line().into_iter().map(Listed::Object);
            let data = self.model().data().iter().map(Listed::Datum);
            return objects.chain(data).map(|what| ObjectRow { what, later: false }).collect();
        };
        let objects = later.objects_by_line().into_iter().map(|object| {
            let then = self.model().object(object.id).filter(|then| then.has_row());
            ObjectRow { what: Listed::Object(then.unwrap_or(object)), later: then.is_none() }
        });
        let data = later.data().iter().map(|datum| {
            let then = self.model().data_row(&datum.place).and_then(|row| self.model().data().get(row));
            ObjectRow { what: Listed::Datum(then.unwrap_or(datum)), later: then.is_none() }
        });
        objects.chain(data).collect()
    }

    /// How many rows the objects panel has.
    pub(in crate::tui) fn object_rows(&self) -> usize {
        let model = self.listed();
        model.objects_by_line().len() + model.data().len()
    }
}
