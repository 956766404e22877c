//! What is the library's own: names with an underscore in front that the program's text does not mention. Events tell of it, as
//! of everything; lists for people leave it out.

use super::Model;
use crate::base::{ObjectId, Symbol};
use crate::event::{Event, EventKind, Legend, ObjectKind, Place};
use std::collections::BTreeSet;

/// The names that are the library's own.
#[derive(Debug, Default)]
pub(super) struct Private {
    symbols: BTreeSet<Symbol>,
    names: BTreeSet<Box<str>>,
}

impl Private {
    /// Those among the names of a program.
    pub(super) fn of(legend: &Legend) -> Private {
        let named = |(_, name): &(Symbol, &str)| name.starts_with('_') && !name.starts_with("__");
        let symbols = (0..).map(Symbol).zip(legend.symbols.iter().map(|name| &**name)).filter(named);
        let candidates: Vec<(Symbol, &str)> = symbols.collect();
        if candidates.is_empty() {
            return Private::default();
        }
        let mut mentioned = BTreeSet::new();
        for (id, file) in legend.source.files() {
            for number in 1..=file.line_count() {
                mentioned.extend(words(legend.source.line(id.line(number))).filter(|word| word.starts_with('_')));
            }
        }
        let own = || candidates.iter().filter(|(_, name)| !mentioned.contains(name));
        Private {
            symbols: own().map(|(symbol, _)| *symbol).collect(),
            names: own().map(|(_, name)| Box::from(*name)).collect(),
        }
    }

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.symbols.is_empty()
    }

    /// Whether a part of the title is one of them: `tasks._buffer`.
    pub(super) fn has(&self, title: &str) -> bool {
        !self.is_empty() && words(title).any(|word| self.names.contains(word))
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
}

impl Model {
    /// Whether the library has anything of its own that events could tell of.
    pub fn has_private(&self) -> bool {
        !self.private.is_empty()
    }

    /// Whether the place is the library's own.
    pub fn is_private(&self, place: &Place) -> bool {
        if !self.has_private() {
            return false;
        }
        match place {
            Place::Global(name) | Place::Cell { name, .. } => self.private.symbols.contains(name),
            Place::Attribute { object, name } => self.private.symbols.contains(name) || self.is_private_object(*object),
            Place::Content { object } => self.object(*object).is_none() || self.is_private_object(*object),
        }
    }

    /// Whether a name in the text is the library's own.
    pub fn mentions_private(&self, text: &str) -> bool {
        self.private.has(text)
    }

    /// Whether the object is the library's own.
    pub fn is_private_object(&self, id: ObjectId) -> bool {
        self.object(id).is_some_and(|object| object.private)
    }

    /// Whether the event tells only of what is the library's own.
    pub fn is_private_event(&self, event: &Event) -> bool {
        match &event.kind {
            EventKind::Read { place, .. } | EventKind::Wrote { place, .. } => self.is_private(place),
            EventKind::ObjectShown { object, .. } => self.is_private_object(*object),
            EventKind::Copied { object, .. } => match self.object(*object) {
                Some(object) => object.private || object.kind == ObjectKind::Data,
                None => true,
            },
            EventKind::Acquired { object, .. }
            | EventKind::AcquireFailed { object }
            | EventKind::Released { object, .. }
            | EventKind::PermitTaken { object, .. }
            | EventKind::PermitReturned { object, .. }
            | EventKind::Notified { object, .. }
            | EventKind::Put { object, .. }
            | EventKind::Got { object, .. }
            | EventKind::Asked { object, .. } => self.is_private_object(*object),
            EventKind::ThreadCreated { .. }
            | EventKind::ThreadStarted { .. }
            | EventKind::ThreadRenamed { .. }
            | EventKind::Began
            | EventKind::Ended { .. }
            | EventKind::Blocked { .. }
            | EventKind::Ready { .. }
            | EventKind::Preempted
            | EventKind::Resumed
            | EventKind::Held
            | EventKind::LetGo
            | EventKind::TimedOut { .. }
            | EventKind::EventSet { .. }
            | EventKind::EventCleared { .. }
            | EventKind::BarrierEntered { .. }
            | EventKind::BarrierPassed { .. }
            | EventKind::BarrierBroken { .. }
            | EventKind::BarrierReset { .. }
            | EventKind::TaskDone { .. }
            | EventKind::Submitted { .. }
            | EventKind::WorkerAdded { .. }
            | EventKind::TaskBegun { .. }
            | EventKind::TaskEnded { .. }
            | EventKind::PoolShutDown { .. }
            | EventKind::PoolBroken { .. }
            | EventKind::FutureChanged { .. }
            | EventKind::CallbackAdded { .. }
            | EventKind::Obtained { .. }
            | EventKind::Imported { .. }
            | EventKind::Joined { .. }
            | EventKind::AskedAlive { .. }
            | EventKind::Slept
            | EventKind::TimeRead
            | EventKind::Drew { .. }
            | EventKind::Io { .. }
            | EventKind::Printed { .. }
            | EventKind::ProcessStarted { .. }
            | EventKind::ProcessEnded { .. }
            | EventKind::ProcessSignalled { .. }
            | EventKind::EndOpened { .. }
            | EventKind::EndClosed { .. }
            | EventKind::HandlerSet { .. }
            | EventKind::SignalRaised { .. }
            | EventKind::SignalTaken { .. }
            | EventKind::PolicySet { .. }
            | EventKind::FaultInjected { .. }
            | EventKind::FaultFired { .. }
            | EventKind::Trouble(_)
            | EventKind::ProgramEnded { .. } => false,
        }
    }
}
