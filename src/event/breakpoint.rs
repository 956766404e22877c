//! Breakpoints: where a run is to stop. The driver of the run stops threads at lines; everything else follows from the
//! events.

use super::{Blocker, Called, Ending, Event, EventKind, Place, Shown};
use crate::base::sources::Bare;
use crate::base::{ObjectId, Sources, Symbol, ThreadId};
use std::fmt;
use std::sync::Arc;

/// Where a run is to stop.
#[derive(Clone, PartialEq, Debug)]
#[expect(missing_docs, reason = "each variant's comment names its fields")]
pub enum Breakpoint {
    /// A thread comes to this line (from 1) from another one, and has not done anything on it.
    Line(u32),
    /// A lock or a semaphore is taken, a queue put into or got from, a condition notified, an event set or cleared, a
    /// barrier, a pool or a future used: this one or, without an id, any of that name.
    Object { name: Arc<str>, id: Option<ObjectId> },
    /// Something happens to any thread.
    Any(Happening),
    /// Shared data is written: this or, without a place, any that has that name in the program (`total`,
    /// `account.balance`).
    Watch { name: Arc<str>, place: Option<Place>, on: Writing },
}

/// What can happen to any thread.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Happening {
    /// It stops before a lock or another object. Not: it sleeps, or joins.
    Blocks,
    /// It ends, no matter how.
    Ends,
    /// An exception ends it.
    Crashes,
    /// Something is found to be wrong with it: a deadlock, say.
    Trouble,
}

/// Which writes to shared data count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Writing {
    /// Those that change the value.
    Change,
    /// All.
    Any,
}

/// A breakpoint that was met.
#[derive(Clone, PartialEq, Debug)]
pub struct Strike {
    /// Counts the strikes of a run.
    pub number: u64,
    /// The thread that met it.
    pub thread: ThreadId,
    /// The line where that thread stood then.
    pub line: u32,
    /// Which.
    pub breakpoint: Breakpoint,
}

impl Happening {
    /// All of them.
    pub const ALL: [Happening; 4] = [Happening::Blocks, Happening::Ends, Happening::Crashes, Happening::Trouble];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Happening::Blocks => "blocks",
            Happening::Ends => "ends",
            Happening::Crashes => "crashes",
            Happening::Trouble => "trouble",
        }
    }

    fn is_met(self, kind: &EventKind) -> bool {
        match self {
            Happening::Blocks => matches!(kind, EventKind::Blocked { on: Blocker::Lock(_) | Blocker::Object(_), .. }),
            Happening::Ends => matches!(kind, EventKind::Ended { .. }),
            Happening::Crashes => matches!(kind, EventKind::Ended { how: Ending::Crashed(_) }),
            Happening::Trouble => matches!(kind, EventKind::Trouble(_)),
        }
    }
}

impl Breakpoint {
    /// When it stops the run, with the name of the line's file.
    pub fn words(&self, sources: &Sources) -> String {
        match self {
            Breakpoint::Line(line) => format!("a thread comes to line {}", sources.spot(*line)),
            Breakpoint::Object { .. } | Breakpoint::Any(_) | Breakpoint::Watch { .. } => self.to_string(),
        }
    }
}

impl fmt::Display for Breakpoint {
    /// When it stops the run: `a thread comes to line 12`, `a is taken or used`, `total changes`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Breakpoint::Line(line) => write!(f, "a thread comes to line {}", Bare(*line)),
            Breakpoint::Object { name, .. } => write!(f, "{name} is taken or used"),
            Breakpoint::Any(Happening::Blocks) => f.write_str("a thread blocks"),
            Breakpoint::Any(Happening::Ends) => f.write_str("a thread ends"),
            Breakpoint::Any(Happening::Crashes) => f.write_str("a thread crashes"),
            Breakpoint::Any(Happening::Trouble) => f.write_str("trouble is found"),
            Breakpoint::Watch { name, on: Writing::Change, .. } => write!(f, "{name} changes"),
            Breakpoint::Watch { name, on: Writing::Any, .. } => write!(f, "{name} is written"),
        }
    }
}

/// Breakpoints in use, with what they remember of the events that they have seen.
#[derive(Clone, Debug, Default)]
pub struct Breakpoints {
    /// Each watched variable with the value that it had when it was last read or written.
    list: Vec<(Breakpoint, Option<Shown>)>,
    called: Called,
}

impl Breakpoints {
    /// These breakpoints, with nothing seen yet.
    pub fn new(list: impl IntoIterator<Item = Breakpoint>) -> Self {
        Breakpoints::among(list, Called::default())
    }

    /// These breakpoints, in the middle of a run in which things have these names.
    pub fn among(list: impl IntoIterator<Item = Breakpoint>, called: Called) -> Self {
        Breakpoints { list: list.into_iter().map(|breakpoint| (breakpoint, None)).collect(), called }
    }

    /// Other breakpoints, with what was seen so far.
    pub fn replace(&mut self, list: impl IntoIterator<Item = Breakpoint>) {
        let before = std::mem::take(&mut self.list);
        let seen = |it: &Breakpoint| before.iter().find(|(other, _)| other == it).and_then(|(_, value)| value.clone());
        self.list = list
            .into_iter()
            .map(|it| {
                let value = seen(&it);
                (it, value)
            })
            .collect();
    }

    /// All of them.
    pub fn list(&self) -> impl Iterator<Item = &Breakpoint> {
        self.list.iter().map(|(breakpoint, _)| breakpoint)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The lines at which threads are to be stopped.
    pub fn lines(&self) -> impl Iterator<Item = u32> {
        self.list().filter_map(|breakpoint| match breakpoint {
            Breakpoint::Line(line) => Some(*line),
            _ => None,
        })
    }

    /// Whether a value has still to be looked up.
    pub fn lack_values(&self) -> bool {
        self.list.iter().any(|(it, seen)| seen.is_none() && matches!(it, Breakpoint::Watch { on: Writing::Change, .. }))
    }

    /// Looks up the values of watched variables that are not known yet, so that the next write can be compared with
    /// them.
    pub fn look_up(&mut self, symbols: &[Arc<str>], value: &dyn Fn(&Place) -> Option<Shown>) {
        let called = &self.called;
        for (breakpoint, seen) in self.list.iter_mut().filter(|(_, seen)| seen.is_none()) {
            if let Breakpoint::Watch { name, place, on: Writing::Change } = breakpoint {
                *seen = match place {
                    Some(place) => value(place),
                    None => places(name, called, symbols).iter().find_map(value),
                };
            }
        }
    }

    /// Those on an object or a variable whose name nothing has so far.
    pub fn unknown(&self, symbols: &[Arc<str>]) -> impl Iterator<Item = &Breakpoint> {
        self.list().filter(|breakpoint| match breakpoint {
            Breakpoint::Object { name, id: None } => self.called.object_called(name).is_none(),
            Breakpoint::Watch { name, place: None, .. } => places(name, &self.called, symbols).is_empty(),
            _ => false,
        })
    }

    /// Takes in the names that the next event tells; this meets no breakpoint.
    pub fn learn(&mut self, event: &Event) {
        self.called.learn(event);
    }

    /// Takes in the next event; gives the first breakpoint that it meets. `name` gives the names behind symbols.
    pub fn meet<'n>(&mut self, event: &Event, name: &dyn Fn(Symbol) -> &'n str) -> Option<Breakpoint> {
        self.called.learn(event);
        let called = &self.called;
        let mut met = None;
        for (breakpoint, seen) in &mut self.list {
            let is_met = match breakpoint {
                Breakpoint::Line(_) => false,
                Breakpoint::Any(happening) => happening.is_met(&event.kind),
                Breakpoint::Object { name, id } => used(&event.kind).is_some_and(|object| match id {
                    Some(id) => *id == object,
                    None => called.object(object) == Some(&**name),
                }),
                Breakpoint::Watch { name: wanted, place: wanted_place, on } => match &event.kind {
                    EventKind::Read { place, value } | EventKind::Wrote { place, value } => {
                        let here = match wanted_place {
                            Some(wanted) => wanted == place,
                            None => is_called(place, wanted, called, name),
                        };
                        let written = matches!(event.kind, EventKind::Wrote { .. });
                        here && {
                            let before = seen.replace(value.whole().clone());
                            written && (*on == Writing::Any || !is_same(before.as_ref(), value.whole()))
                        }
                    }
                    _ => false,
                },
            };
            if is_met && met.is_none() {
                met = Some(breakpoint.clone());
            }
        }
        met
    }
}

/// Whether a value surely is what it was: if a text was cut, its rest may have changed.
fn is_same(before: Option<&Shown>, now: &Shown) -> bool {
    before == Some(now) && !matches!(now, Shown::Text(text) if text.contains('…'))
}

/// The object that an operation takes or uses. Giving back what was taken does not count.
fn used(kind: &EventKind) -> Option<ObjectId> {
    match kind {
        EventKind::Acquired { object, .. }
        | EventKind::PermitTaken { object, .. }
        | EventKind::Notified { object, .. }
        | EventKind::EventSet { object }
        | EventKind::EventCleared { object }
        | EventKind::BarrierEntered { object, .. }
        | EventKind::BarrierBroken { object }
        | EventKind::BarrierReset { object }
        | EventKind::Put { object, .. }
        | EventKind::Got { object, .. }
        | EventKind::TaskDone { object, .. }
        | EventKind::Submitted { object, .. }
        | EventKind::TaskBegun { object, .. }
        | EventKind::PoolShutDown { object, .. }
        | EventKind::FutureChanged { object, .. }
        | EventKind::Obtained { object, .. } => Some(*object),
        EventKind::ThreadCreated { .. }
        | EventKind::ThreadStarted { .. }
        | EventKind::ThreadRenamed { .. }
        | EventKind::Began
        | EventKind::Ended { .. }
        | EventKind::ObjectShown { .. }
        | EventKind::Blocked { .. }
        | EventKind::Ready { .. }
        | EventKind::Preempted
        | EventKind::Resumed
        | EventKind::Held
        | EventKind::LetGo
        | EventKind::TimedOut { .. }
        | EventKind::AcquireFailed { .. }
        | EventKind::Released { .. }
        | EventKind::PermitReturned { .. }
        | EventKind::BarrierPassed { .. }
        | EventKind::WorkerAdded { .. }
        | EventKind::TaskEnded { .. }
        | EventKind::PoolBroken { .. }
        | EventKind::CallbackAdded { .. }
        | EventKind::Imported { .. }
        | EventKind::Asked { .. }
        | EventKind::Joined { .. }
        | EventKind::AskedAlive { .. }
        | EventKind::Slept
        | EventKind::TimeRead
        | EventKind::Drew { .. }
        | EventKind::Io { .. }
        | EventKind::Read { .. }
        | EventKind::Wrote { .. }
        | EventKind::Printed { .. }
        | EventKind::ProcessStarted { .. }
        | EventKind::ProcessEnded { .. }
        | EventKind::Copied { .. }
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
        | EventKind::ProgramEnded { .. } => None,
    }
}

/// The places that may have that name in the program.
fn places(wanted: &str, called: &Called, symbols: &[Arc<str>]) -> Vec<Place> {
    let symbol = |name: &str| {
        let index = symbols.iter().position(|symbol| **symbol == *name)?;
        u32::try_from(index).ok().map(Symbol)
    };
    let attribute = wanted.rsplit_once('.').and_then(|(owner, attribute)| {
        Some(Place::Attribute { object: called.object_called(owner)?, name: symbol(attribute)? })
    });
    let content = called.object_called(wanted).map(|object| Place::Content { object });
    [content, symbol(wanted).map(Place::Global), attribute].into_iter().flatten().collect()
}

/// Whether a place has that name in the program.
fn is_called<'n>(place: &Place, wanted: &str, called: &Called, name: &dyn Fn(Symbol) -> &'n str) -> bool {
    let of = |object: &ObjectId| called.object(*object).unwrap_or("");
    match place {
        Place::Global(symbol) | Place::Cell { name: symbol, .. } => name(*symbol) == wanted,
        Place::Attribute { object, name: symbol } => {
            wanted.rsplit_once('.').is_some_and(|(owner, attribute)| of(object) == owner && name(*symbol) == attribute)
        }
        Place::Content { object } => of(object) == wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{ObjectKind, ObjectState};

    const LOCK: ObjectId = ObjectId { maker: ThreadId::MAIN, slot: 3 };

    fn event(kind: EventKind) -> Event {
        Event { seq: 0, step: 0, at: 0, thread: ThreadId(1), line: 7, kind }
    }

    fn wrote(place: Place, value: i64) -> Event {
        event(EventKind::Wrote { place, value: Shown::Int(value) })
    }

    fn watch(name: &str, place: Option<Place>, on: Writing) -> Breakpoint {
        Breakpoint::Watch { name: name.into(), place, on }
    }

    fn names(symbol: Symbol) -> &'static str {
        ["total", "balance"][symbol.index()]
    }

    #[test]
    fn an_object_is_known_by_the_name_under_which_it_is_shown() {
        let taken = Breakpoint::Object { name: "a".into(), id: None };
        let mut breakpoints = Breakpoints::new([taken.clone()]);
        let acquired = event(EventKind::Acquired { object: LOCK, depth: 1, limited: false });
        assert_eq!(breakpoints.meet(&acquired, &names), None);
        let state = Box::new(ObjectState::Lock { owner: None, depth: 0 });
        let shown = EventKind::ObjectShown { object: LOCK, what: ObjectKind::Lock, name: "a".into(), state };
        assert_eq!(breakpoints.meet(&event(shown), &names), None);
        assert_eq!(breakpoints.meet(&acquired, &names), Some(taken));
        let released = event(EventKind::Released { object: LOCK, depth: 0 });
        assert_eq!(breakpoints.meet(&released, &names), None, "giving it back is not taking it");
    }

    #[test]
    fn a_write_of_the_same_value_is_no_change() {
        let (total, balance) = (Symbol(0), Symbol(1));
        let change = watch("total", None, Writing::Change);
        let any = watch("a.balance", Some(Place::Attribute { object: LOCK, name: balance }), Writing::Any);
        let mut breakpoints = Breakpoints::new([change.clone(), any.clone()]);
        let mut meet = |event| breakpoints.meet(&event, &names);
        let place = Place::Global(total);
        assert_eq!(meet(event(EventKind::Read { place: place.clone(), value: Shown::Int(1) })), None);
        assert_eq!(meet(wrote(place.clone(), 1)), None);
        assert_eq!(meet(wrote(place.clone(), 2)), Some(change.clone()));
        assert_eq!(meet(wrote(place, 2)), None);
        let attribute = Place::Attribute { object: LOCK, name: balance };
        assert_eq!(meet(wrote(attribute.clone(), 2)), Some(any.clone()));
        assert_eq!(meet(wrote(attribute, 2)), Some(any));
        breakpoints.replace([change]);
        assert_eq!(breakpoints.meet(&wrote(Place::Global(total), 2), &names), None, "it remembers the value");
    }

    #[test]
    fn what_a_variable_holds_when_the_breakpoint_is_set_is_no_change() {
        let symbols = ["total".into(), "balance".into()];
        let mut breakpoints = Breakpoints::new([watch("total", None, Writing::Change)]);
        assert!(breakpoints.lack_values());
        breakpoints.look_up(&symbols, &|place| (*place == Place::Global(Symbol(0))).then_some(Shown::Int(4)));
        assert!(!breakpoints.lack_values());
        assert_eq!(breakpoints.meet(&wrote(Place::Global(Symbol(0)), 4), &names), None);
        assert!(breakpoints.meet(&wrote(Place::Global(Symbol(0)), 5), &names).is_some());
    }

    #[test]
    fn the_second_of_a_name_is_called_as_on_the_screen() {
        let second = Breakpoint::Object { name: "a#2".into(), id: None };
        let mut breakpoints = Breakpoints::new([]);
        for slot in [3, 4] {
            let state = Box::new(ObjectState::Lock { owner: None, depth: 0 });
            let object = ObjectId { slot, ..LOCK };
            let kind = EventKind::ObjectShown { object, what: ObjectKind::Lock, name: "a".into(), state };
            breakpoints.learn(&event(kind));
        }
        breakpoints.replace([second.clone()]);
        let mut take = |slot| {
            let object = ObjectId { slot, ..LOCK };
            breakpoints.meet(&event(EventKind::Acquired { object, depth: 1, limited: false }), &names)
        };
        assert_eq!((take(3), take(4)), (None, Some(second)));
    }

    #[test]
    fn sleeping_is_not_blocking() {
        let blocks = Breakpoint::Any(Happening::Blocks);
        let mut breakpoints = Breakpoints::new([blocks.clone()]);
        let mut meet = |on| breakpoints.meet(&event(EventKind::Blocked { on, until: None }), &names);
        assert_eq!(meet(Blocker::Time), None);
        assert_eq!(meet(Blocker::Lock(LOCK)), Some(blocks));
    }
}
