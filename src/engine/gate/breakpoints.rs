//! Breakpoints: a run that meets one is paused, right after the event that met it or, at a line, before anything is
//! done on it. A stop is not a choice: it changes neither where threads stand nor which one has the turn. So a run that
//! was stopped goes on as it would have gone.

use super::workers::Permit;
use super::{News, Place, State};
use crate::base::ThreadId;
use crate::engine::run::Options;
use crate::event::{Breakpoint, Breakpoints, Strike};
use crate::machine;
use crate::machine::image::Image;
use std::sync::Arc;

/// The breakpoints of a run, and what they have led to.
#[derive(Debug)]
pub(super) struct Watch {
    breakpoints: Breakpoints,
    image: Arc<Image>,
    /// The names of things matter: a breakpoint may use them.
    learns: bool,
    /// The next event to look at.
    next: u64,
    /// How often a breakpoint was met.
    strikes: u64,
    /// What stopped the run, until it goes on.
    strike: Option<Strike>,
}

impl Watch {
    pub(super) fn new(options: &Options, image: &Arc<Image>) -> Self {
        let breakpoints = Breakpoints::among(options.breakpoints.iter().cloned(), options.called.clone());
        let learns = options.paced || !breakpoints.is_empty();
        Watch { breakpoints, image: image.clone(), learns, next: 0, strikes: 0, strike: None }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.breakpoints.is_empty()
    }

    /// What stopped the run is history: it goes on.
    pub(super) fn forget(&mut self) {
        self.strike = None;
    }
}

impl State {
    /// Other breakpoints from now on.
    pub(in crate::engine) fn set_breakpoints(&mut self, list: &[Breakpoint]) {
        self.learn_names();
        let watch = &mut self.watch;
        watch.breakpoints.replace(list.iter().cloned());
        watch.learns |= !watch.breakpoints.is_empty();
        self.look_up_values();
        self.trim();
    }

    /// What stopped the run, if a breakpoint did.
    pub(in crate::engine) fn strike(&self) -> Option<&Strike> {
        self.watch.strike.as_ref().filter(|_| !self.course.is_over())
    }

    /// Whether nothing goes on by itself.
    pub(in crate::engine) fn is_still(&self) -> bool {
        self.is_stuck() || self.strike().is_some() || self.is_at_end_of_tape()
    }

    /// The breakpoints for names that nothing has, a sentence each.
    pub(super) fn unknown_breakpoints(&self) -> impl Iterator<Item = String> {
        let Watch { breakpoints, image, .. } = &self.watch;
        let unknown = breakpoints.unknown(&image.program.symbols);
        unknown.map(|breakpoint| format!("there was no stop when {breakpoint}: nothing had that name"))
    }

    /// Takes in what has happened since the last time, without looking for breakpoints in it.
    fn learn_names(&mut self) {
        let Watch { breakpoints, next, learns, .. } = &mut self.watch;
        if *learns {
            let events = &self.shared.events;
            let from = events.partition_point(|event| event.seq < *next);
            events[from..].iter().for_each(|event| breakpoints.learn(event));
        }
        *next = self.shared.seq;
    }

    /// Looks up the values of watched variables with which a change is compared.
    fn look_up_values(&mut self) {
        let Watch { breakpoints, image, .. } = &mut self.watch;
        if breakpoints.lack_values() {
            breakpoints.look_up(&image.program.symbols, &|place| machine::value_at(place, &self.shared, image));
        }
    }

    /// Looks at what has happened since the last time.
    pub(super) fn meet_breakpoints(&mut self) {
        if self.watch.is_empty() {
            return self.learn_names();
        }
        let Watch { breakpoints, image, next, .. } = &mut self.watch;
        let symbols = &image.program.symbols;
        let events = &self.shared.events;
        let from = events.partition_point(|event| event.seq < *next);
        *next = self.shared.seq;
        let name = |symbol: crate::base::Symbol| symbols.get(symbol.index()).map_or("", |name| &**name);
        let mut first = None;
        for event in &events[from..] {
            if let Some(met) = breakpoints.meet(event, &name) {
                first.get_or_insert((event.thread, event.line, met));
            }
        }
        self.look_up_values();
        if let Some((thread, line, breakpoint)) = first {
            self.stop(thread, line, breakpoint);
        }
    }

    /// Stops the run because `me` has come to `line`; `false` if there is no such breakpoint any more.
    pub(in crate::engine) fn stop_at_line(&mut self, me: ThreadId, line: u32) -> bool {
        let stops = !self.course.is_over() && self.watch.breakpoints.lines().any(|other| other == line);
        if stops {
            self.stop(me, line, Breakpoint::Line(line));
        }
        stops
    }

    /// Whether `me`, which has come to a line, may go on from it.
    pub(in crate::engine) fn may_walk_on(&mut self, me: ThreadId) -> bool {
        let stepping = self.is_stepping(me);
        let Some(worker) = self.workers.get(me) else { return true };
        let at_gate = worker.place() != Place::Moving;
        // While the run is paused it still counts as moving: no other thread gets a turn by that.
        let waits = self.is_paused() && !stepping;
        let turns = worker.thread().map_or(0, |thread| thread.turns);
        self.course.is_over() || (!waits && ((!at_gate && !self.is_held(me)) || self.may_compute(me, turns)))
    }

    /// `me` goes on from the line that it has come to. A step of a line is one of this line.
    pub(in crate::engine) fn walk_on(&mut self, me: ThreadId, line: u32) {
        self.put(me, Place::Moving);
        if let Some(Permit::Line(start)) = self.workers.get_mut(me).and_then(|worker| worker.permit.as_mut()) {
            start.get_or_insert(line);
        }
    }

    fn stop(&mut self, thread: ThreadId, line: u32, breakpoint: Breakpoint) {
        if self.course.is_over() {
            return;
        }
        self.pause();
        self.watch.strikes += 1;
        self.watch.strike = Some(Strike { number: self.watch.strikes, thread, line, breakpoint });
        self.outbox.tell(News::Still);
    }
}
