//! Several futures that one thread waits for together: what `wait` and `as_completed` of `concurrent.futures` do.

use super::arguments::{Signature, limit, receiver, type_name};
use super::future::{self, State};
use super::primitive::Primitive;
use super::support::{blocked, done, mismatch, until};
use crate::base::{ObjectId, ThreadId};
use crate::event::{Blocker, EventKind, Shown};
use crate::machine::data;
use crate::machine::data::exception::{ATTRIBUTE_ERROR, VALUE_ERROR};
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Arguments, Call, Context, Layout, Native, Result, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Operation, Part, Progress, Stage};
pub use crate::machine::memory::primitive::futures::{Action, Futures, When};
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::process::Process;
use crate::machine::sync::shared::{Shared, Turn};
use crate::schedule::Alternative;
use indexmap::IndexSet;
use std::collections::BTreeSet;

/// What the library's own code works with.
pub static TYPE: Type = Type {
    name: "_Futures",
    module: "concurrent.futures._base",
    base: Some(&crate::machine::data::types::OBJECT),
    construct: None,
    methods: METHODS,
    properties: &[],
    layout: Layout::Final,
};

static METHODS: &[Native] =
    &[Native { name: "_wait", call: Call::Operation(wait) }, Native { name: "_next", call: Call::Operation(next) }];

/// `__futures(iterable)`, for the library's own code.
pub static NEW: Native = Native { name: "__futures", call: Call::Plain(construct) };

fn construct(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let [items] = Signature::function("__futures", ["fs"], 1).bind(ctx, args)?;
    let mut left = IndexSet::default();
    for item in data::iterate::collect(ctx, &items.unwrap_or(Value::None))? {
        match item.plain() {
            Value::Object(Kind::Future, id) => left.insert(*id),
            other => {
                let message = format!("'{}' object has no attribute '_condition'", type_name(other));
                return Err(ctx.error(&ATTRIBUTE_ERROR, message));
            }
        };
    }
    let futures = Futures { left, when: When::default() };
    Ok(Value::Object(Kind::Futures, ctx.memory.add(Object::Futures(futures))))
}

fn wait(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = receiver(ctx, args, &[Kind::Futures], "_wait")?;
    let [timeout, when] = Signature::method("_wait", ["timeout", "return_when"], 2).bind(ctx, args)?;
    let limit = limit(ctx, timeout.as_ref())?;
    Ok(Operation::Futures(id, Action::Wait(when.unwrap_or(Value::None), limit)))
}

fn next(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = receiver(ctx, args, &[Kind::Futures], "_next")?;
    let [timeout] = Signature::method("_next", ["timeout"], 1).bind(ctx, args)?;
    Ok(Operation::Futures(id, Action::Next(limit(ctx, timeout.as_ref())?)))
}

/// Those of several futures that are done, in the order they were.
fn settled(process: &Process, futures: &Futures) -> Vec<ObjectId> {
    let place = |id: &ObjectId| match process.heap.get(*id) {
        Some(Object::Future(future)) if future.is_settled() => Some((future.place, *id)),
        _ => None,
    };
    let mut settled: Vec<_> = futures.left.iter().filter_map(place).collect();
    settled.sort_unstable();
    settled.into_iter().map(|(_, id)| id).collect()
}

/// Whether a wait that ends then is over.
fn is_over(process: &Process, futures: &Futures, when: When) -> bool {
    let state = |id: &ObjectId| match process.heap.get(*id) {
        Some(Object::Future(future)) if future.is_settled() => Some(&future.state),
        _ => None,
    };
    let mut states = futures.left.iter().map(state);
    match when {
        When::AllCompleted => states.all(|state| state.is_some()),
        When::FirstCompleted => futures.left.is_empty() || states.any(|state| state.is_some()),
        When::FirstException => {
            let mut all = true;
            let failed = states.any(|state| {
                all &= state.is_some();
                matches!(state, Some(State::Raised(_)))
            });
            failed || all
        }
    }
}

/// A future counts as done: a thread that waits for it and others has to look again.
pub(super) fn touch(turn: &mut Turn<'_>, future: ObjectId) {
    let waited = |record: &crate::machine::sync::shared::Record| match record.waiting.as_ref()?.operation {
        Operation::Futures(id, _) => match turn.process().heap.get(id)? {
            Object::Futures(futures) if futures.left.contains(&future) => Some(Blocker::Object(id)),
            _ => None,
        },
        _ => None,
    };
    if turn.shared.silent {
        return;
    }
    let touched: Vec<Blocker> = turn.shared.threads.iter().filter_map(waited).collect();
    turn.touched.extend(touched);
}

impl Primitive for Action {
    type On = ObjectId;

    fn perform(&self, turn: &mut Turn<'_>, id: ObjectId, stage: Stage, alternative: Alternative) -> Result<Progress> {
        turn.share_object(id);
        let Some(Object::Futures(futures)) = turn.process().heap.get(id) else { return Err(mismatch(turn, id)) };
        let (when, limit) = match self {
            Action::Next(limit) => (Some(When::FirstCompleted), *limit),
            Action::Wait(when, limit) => (When::named(when), *limit),
        };
        let ready = settled(turn.process(), futures);
        let all = ready.len() == futures.left.len();
        let Some(when) = when else {
            return if all { done(values(&ready)) } else { Err(no_such_condition(turn, self)) };
        };
        let late = alternative == Alternative::TimeOut;
        if all || is_over(turn.process(), futures, when) || late || limit == Limit::Never {
            if late {
                turn.emit(EventKind::TimedOut { on: Blocker::Object(id) });
            } else {
                turn.emit(EventKind::Obtained { object: id, answer: Shown::Int(ready.len() as i64) });
            }
            if let (Action::Next(_), Some(Object::Futures(futures))) = (self, turn.object(id)) {
                let gone: BTreeSet<ObjectId> = ready.iter().copied().collect();
                futures.left.retain(|future| !gone.contains(future));
            }
            return done(values(&ready));
        }
        if let Some(Object::Futures(futures)) = turn.object(id) {
            futures.when = when;
        }
        blocked(Blocker::Object(id), until(turn, stage, limit), Part::Again)
    }

    fn ready(&self, shared: &Shared, me: ThreadId, id: ObjectId, stage: Stage) -> bool {
        match shared.process_of(me).heap.get(id) {
            Some(Object::Futures(futures)) => {
                stage.part == Part::First || is_over(shared.process_of(me), futures, futures.when)
            }
            _ => true,
        }
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Wait(..) | Action::Next(_) => "wait for",
        }
    }
}
fn values(futures: &[ObjectId]) -> Value {
    Value::tuple(futures.iter().map(|id| Value::Object(Kind::Future, *id)).collect())
}

fn no_such_condition(turn: &mut Turn<'_>, action: &Action) -> crate::machine::memory::native::Halt {
    let shown = match action {
        Action::Wait(when, _) => turn.shown(when).to_string(),
        Action::Next(_) => String::new(),
    };
    turn.error(&VALUE_ERROR, format!("Invalid return condition: {shown}"))
}

/// The threads that have to do what a future, or several, stand for: one of each row. No rows: that cannot be said.
pub fn makers(process: &Process, id: ObjectId) -> Vec<Vec<ThreadId>> {
    let future = |id: &ObjectId| match process.heap.get(*id) {
        Some(Object::Future(future)) => Some(future),
        _ => None,
    };
    match process.heap.get(id) {
        Some(Object::Future(one)) => future::makers(process, one).into_iter().collect(),
        Some(Object::Futures(several)) => {
            // A task that was not begun waits for the same threads as every other such task of its pool.
            let mut pools = BTreeSet::new();
            let left = several.left.iter().filter_map(future).filter(|future| !future.is_settled());
            let left = left.filter(|future| !future.is_pending() || future.pool.is_none_or(|pool| pools.insert(pool)));
            let rows = left.map(|future| future::makers(process, future));
            if several.when == When::AllCompleted {
                return rows.flatten().collect();
            }
            let any: Option<Vec<_>> = rows.collect();
            any.map(|rows| vec![rows.concat()]).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}
