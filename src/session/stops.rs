//! Breakpoints for a tape that is played again. They mean the same as for a run, except that playing goes from
//! operation to operation: if several breakpoints are met between two operations, the first one stops it.

use crate::base::ThreadId;
use crate::event::{Breakpoint, Breakpoints, EventKind, Strike};
use crate::history::Moment;
use crate::machine;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Breakpoints, and what they have seen.
pub(super) struct Stops {
    list: Arc<[Breakpoint]>,
    lines: BTreeSet<u32>,
    breakpoints: Breakpoints,
    /// How many events they have seen.
    seen: u64,
}

impl Stops {
    /// Breakpoints that know the run until the moment.
    pub(super) fn new(list: Arc<[Breakpoint]>, moment: &Moment) -> Stops {
        let breakpoints = Breakpoints::among(list.iter().cloned(), moment.model.called());
        let lines = breakpoints.lines().collect();
        let mut stops = Stops { list, lines, breakpoints, seen: moment.events() };
        stops.look_up_values(moment);
        stops
    }

    /// The line that the main thread comes to before its first operation.
    pub(super) fn at_beginning(&self, moment: &Moment) -> Option<Strike> {
        let (execution, thread) = (moment.cursor.execution(), moment.model.main());
        let is_beginning = moment.cursor.step() == 0 && !self.lines.is_empty();
        let line = is_beginning.then(|| execution.comes_to(thread, &self.lines)).flatten()?;
        Some(Strike { number: moment.events(), thread, line, breakpoint: Breakpoint::Line(line) })
    }

    /// Looks up the values of watched variables with which a change is compared.
    fn look_up_values(&mut self, moment: &Moment) {
        if self.breakpoints.lack_values() {
            let (shared, image) = (moment.cursor.execution().shared(), moment.cursor.execution().image());
            let symbols = &image.program.symbols;
            self.breakpoints.look_up(symbols, &|place| machine::value_at(place, shared, image));
        }
    }

    /// Whether these are the breakpoints, and playing goes on from that moment.
    pub(super) fn goes_on(&self, list: &[Breakpoint], events: u64) -> bool {
        *self.list == *list && self.seen == events
    }

    /// The lines at which threads stop.
    pub(super) fn lines(&self) -> &BTreeSet<u32> {
        &self.lines
    }

    /// Looks at what the last operation before the moment did; gives the breakpoint that it met.
    pub(super) fn look_at(&mut self, moment: &Moment) -> Option<Strike> {
        let Stops { breakpoints, seen, .. } = self;
        let (model, execution) = (&moment.model, moment.cursor.execution());
        let symbols = &model.legend().symbols;
        let name = |symbol: crate::base::Symbol| symbols.get(symbol.index()).map_or("", |name| &**name);
        let number = moment.events();
        let strike = |thread, line, breakpoint| Strike { number, thread, line, breakpoint };
        let mut met = None;
        let mut movers: Vec<ThreadId> = moment.cursor.mover().into_iter().collect();
        for event in ((*seen).max(model.folded())..moment.events()).filter_map(|seq| model.event(seq)) {
            if let EventKind::ThreadStarted { started } = event.kind {
                movers.push(started);
            }
            if let Some(breakpoint) = breakpoints.meet(event, &name) {
                met.get_or_insert_with(|| strike(event.thread, event.line, breakpoint));
            }
        }
        *seen = moment.events();
        self.look_up_values(moment);
        let lines = &self.lines;
        if met.is_some() || lines.is_empty() {
            return met;
        }
        let mut arrivals = movers.into_iter().filter_map(|thread| Some((thread, execution.comes_to(thread, lines)?)));
        arrivals.next().map(|(thread, line)| strike(thread, line, Breakpoint::Line(line)))
    }
}
