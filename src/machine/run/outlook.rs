//! What threads may yet do for others, from where they stood when they last performed.

use super::reach::{Circle, Deed, Expression, ExpressionId};
use crate::base::{ObjectId, ThreadId};
use crate::bytecode::{CodeId, GlobalId};
use crate::machine::memory::object::Object;
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::{Kind, Value};
use crate::machine::run::image::Image;
use crate::machine::sync::process::Process;
use crate::machine::sync::shared::{Record, Shared};
use crate::machine::sync::things::Sight;
use std::collections::BTreeSet;

/// A thread with more frames than this may do anything.
const DEEP: usize = 64;

/// What threads may yet do, at one moment.
pub(in crate::machine) struct Outlook<'s> {
    pub shared: &'s Shared,
    pub image: &'s Image,
    /// What is known so far, by thread.
    deeds: Vec<Option<BTreeSet<Deed>>>,
}

/// How a thread has moved since it last performed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::machine) enum Move {
    /// It is where that does not matter, or not far from where it was.
    On,
    /// It has come into other code.
    Elsewhere,
    /// It has come into a loop in which it only looks at something.
    IntoCircle,
}

/// Notes where the thread stands, which is about to perform, where that matters.
#[inline]
pub(in crate::machine) fn note_stand(shared: &mut Shared, thread: &Thread, image: &Image) -> Move {
    if image.reach().is_watched() { moved(shared, thread, image) } else { Move::On }
}

fn moved(shared: &mut Shared, thread: &Thread, image: &Image) -> Move {
    let circle = |stand: Option<&(CodeId, u32)>| {
        stand.and_then(|(code, at)| image.reach().circle(*code, *at)).map(std::ptr::from_ref)
    };
    let record = shared.record_mut(thread.id);
    let before = circle(record.stands.last());
    let elsewhere = note(record, thread);
    match circle(record.stands.last()) {
        Some(now) if before != Some(now) => Move::IntoCircle,
        _ if elsewhere => Move::Elsewhere,
        _ => Move::On,
    }
}

/// Notes where the thread stood, whose innermost frame alone has moved, before the last operation that it did.
pub(in crate::machine) fn note_sailed(shared: &mut Shared, thread: &Thread, image: &Image, at: u32) {
    if image.reach().is_watched() {
        let record = shared.record_mut(thread.id);
        note(record, thread);
        if let Some((_, next)) = record.stands.last_mut() {
            *next = at;
        }
    }
}

fn note(record: &mut Record, thread: &Thread) -> bool {
    let deep = thread.frames.len() > DEEP;
    let frames = if deep { &[] } else { thread.frames.as_slice() };
    let moved = frames.len() != record.stands.len()
        || frames.iter().zip(&record.stands).any(|(frame, (code, _))| frame.code != *code);
    record.stands.clear();
    record.stands.extend(frames.iter().map(|frame| (frame.code, frame.next)));
    moved
}

impl<'s> Outlook<'s> {
    pub(in crate::machine) fn of(shared: &'s Shared, image: &'s Image) -> Self {
        Outlook { shared, image, deeds: vec![None; shared.threads.len()] }
    }

    /// Whether the thread, once it goes on, may release the plain lock, without having to take it first.
    pub(in crate::machine) fn may_release(&mut self, thread: ThreadId, lock: ObjectId) -> bool {
        let process = self.shared.process_of(thread);
        self.may(thread, |outlook, deed| match deed {
            Deed::Release(on) => outlook.may_be(process, on, lock),
            Deed::Wait(on) => outlook.may_go_with(process, on, lock),
            Deed::Anything | Deed::Store(_) => false,
        })
    }

    /// Whether the thread, once it goes on, may change what the loop looks at.
    pub(in crate::machine) fn may_end(&mut self, thread: ThreadId, circle: &Circle) -> bool {
        circle.asks
            || self.may(thread, |_, deed| match deed {
                Deed::Store(variable) => circle.variables.contains(&variable),
                Deed::Anything | Deed::Release(_) | Deed::Wait(_) => false,
            })
    }

    fn may(&mut self, thread: ThreadId, fits: impl Fn(&Self, Deed) -> bool) -> bool {
        if self.image.reach().is_vague() {
            return true;
        }
        if self.deeds[thread.index()].is_none() {
            self.deeds[thread.index()] = Some(deeds(self.shared, self.image, thread));
        }
        let Some(known) = &self.deeds[thread.index()] else { return false };
        let reach = self.image.reach();
        let any = known.contains(&Deed::Anything) && reach.anything().iter().any(|deed| fits(self, *deed));
        any || known.iter().any(|deed| fits(self, *deed))
    }

    /// Whether the expression may stand for the lock, or for a condition that goes with it.
    fn may_be(&self, process: &Process, on: ExpressionId, lock: ObjectId) -> bool {
        match self.value(process, on) {
            Some(Value::Object(Kind::Lock, id)) => id == lock,
            Some(Value::Object(Kind::Condition, id)) => goes_with(Sight::of(process, &self.shared.world), id, lock),
            Some(_) => false,
            None => !self.holds_no_lock(on),
        }
    }

    /// Whether the expression may stand for a condition that goes with the lock.
    fn may_go_with(&self, process: &Process, on: ExpressionId, lock: ObjectId) -> bool {
        match self.value(process, on) {
            Some(Value::Object(Kind::Condition, id)) => goes_with(Sight::of(process, &self.shared.world), id, lock),
            Some(_) => false,
            None => self.image.reach().has_conditions_of_locks() && !self.holds_no_lock(on),
        }
    }

    fn holds_no_lock(&self, on: ExpressionId) -> bool {
        match self.image.reach().expression(on) {
            Expression::Attribute(_, name) => self.image.reach().holds_no_lock(self.image, name),
            _ => false,
        }
    }

    /// The expression's value, where that can no longer change.
    fn value(&self, process: &Process, on: ExpressionId) -> Option<Value> {
        match self.image.reach().expression(on) {
            Expression::Global(global) => self.lasting(process, global),
            Expression::Attribute(base, name) => match self.value(process, base)? {
                Value::Instance(instance) => process.final_attribute(self.image, instance.id, name),
                Value::Module(module) => self.lasting(process, self.image.library_global(module, name)?),
                _ => None,
            },
            Expression::Unknown
            | Expression::Plain
            | Expression::Built
            | Expression::Local(_)
            | Expression::Cell(_)
            | Expression::Function(_)
            | Expression::Class(_)
            | Expression::Module(_)
            | Expression::Member(..)
            | Expression::Result(_) => None,
        }
    }

    /// The global's value, where that can no longer change.
    fn lasting(&self, process: &Process, global: GlobalId) -> Option<Value> {
        let index = global.0 as usize;
        let bound_once = self.image.program.globals[index].bound_once;
        let frozen = process.household.frozen.as_ref().and_then(|frozen| frozen.get(index));
        // It may have been bound since the first thread started.
        let now = match process.heap.get(process.namespace) {
            Some(Object::Namespace(values)) => values.get(index),
            _ => None,
        };
        let bound = |value: &&Value| bound_once && !value.is_unbound();
        frozen.filter(bound).or_else(|| now.filter(bound)).cloned()
    }

    /// The loop that the thread stands in and in which it only looks at something.
    pub(in crate::machine) fn circle(&self, thread: ThreadId) -> Option<&'s Circle> {
        let (code, at) = self.shared.record(thread).stands.last()?;
        self.image.reach().circle(*code, *at)
    }
}

/// Whether the condition goes with the lock.
fn goes_with(sight: Sight<'_>, condition: ObjectId, lock: ObjectId) -> bool {
    match sight.get(condition) {
        Some(Object::Condition(state)) => state.lock == lock,
        _ => true, // nobody has shared it yet
    }
}

/// What the thread, which is alive, may yet do.
fn deeds(shared: &Shared, image: &Image, thread: ThreadId) -> BTreeSet<Deed> {
    let (reach, record) = (image.reach(), shared.record(thread));
    let mut deeds = reach.implicit().clone();
    let process = shared.process_of(thread);
    let handles = thread == process.household.main && process.household.signals.are_handled();
    if handles || record.stands.is_empty() {
        deeds.insert(Deed::Anything);
    }
    if let Some(((code, next), callers)) = record.stands.split_last() {
        deeds.extend(reach.rest(image, *code, *next, record.waiting.is_none()));
        for (code, next) in callers {
            deeds.extend(reach.rest_of_caller(image, *code, *next));
        }
    }
    deeds
}
