//! `threading.Event`: a flag that threads wait for.

use super::arguments::{Signature, limit, nothing, receiver};
use super::support::{AGAIN, FIRST, blocked, done, insert, mismatch, remove, until};
use crate::base::{ObjectId, ThreadId};
use crate::event::{Blocker, EventKind, Shown};
use crate::machine::memory::encode::encoded;
use crate::machine::memory::native::{Arguments, Call, Context, Layout, Native, Result, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Limit, Operation, Progress, Stage};
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::shared::{Shared, Turn};
use crate::schedule::Alternative;

/// An event's state.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Event {
    /// It is set.
    pub set: bool,
    /// The threads that wait, sorted. `set` lets these threads go, even if `clear` follows before they ran.
    pub waiters: Vec<ThreadId>,
}

encoded!(struct Event { set, waiters });

/// What is done to it.
#[derive(Clone, Debug)]
pub enum Action {
    /// Sets it.
    Set,
    /// Clears it.
    Clear,
    /// Asks whether it is set.
    IsSet,
    /// Waits until it is set.
    Wait(Limit),
}

encoded!(
    enum Action {
        Set,
        Clear,
        IsSet,
        Wait(limit),
    }
);

/// `threading.Event`
pub static TYPE: Type = Type {
    name: "Event",
    module: "threading",
    base: Some(&crate::machine::data::types::OBJECT),
    construct: Some(Call::Plain(construct)),
    methods: METHODS,
    properties: &[],
    layout: Layout::Final,
};

static METHODS: &[Native] = &[
    Native { name: "set", call: Call::Operation(set) },
    Native { name: "clear", call: Call::Operation(clear) },
    Native { name: "is_set", call: Call::Operation(is_set) },
    Native { name: "isSet", call: Call::Operation(is_set) },
    Native { name: "wait", call: Call::Operation(wait) },
];

fn construct(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    nothing(ctx, args, "Event.__init__")?;
    Ok(Value::Object(Kind::Event, ctx.memory.add(Object::Event(Event::default()))))
}

fn set(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Event.set")?;
    Ok(Operation::Event(receiver(ctx, args, &[Kind::Event], "Event.set")?, Action::Set))
}

fn clear(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Event.clear")?;
    Ok(Operation::Event(receiver(ctx, args, &[Kind::Event], "Event.clear")?, Action::Clear))
}

fn is_set(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Event.is_set")?;
    Ok(Operation::Event(receiver(ctx, args, &[Kind::Event], "Event.is_set")?, Action::IsSet))
}

fn wait(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = receiver(ctx, args, &[Kind::Event], "Event.wait")?;
    let [timeout] = Signature::method("Event.wait", ["timeout"], 0).bind(ctx, args)?;
    Ok(Operation::Event(id, Action::Wait(limit(ctx, timeout.as_ref())?)))
}

/// Does the action, or says what blocks it.
///
/// # Errors
/// Only if the machine has a defect.
pub fn perform(
    turn: &mut Turn<'_>,
    id: ObjectId,
    action: &Action,
    stage: Stage,
    alternative: Alternative,
) -> Result<Progress> {
    turn.share_object(id);
    let me = turn.me;
    let Some(Object::Event(state)) = turn.object(id) else { return Err(mismatch(turn, id)) };
    match action {
        Action::Set => {
            state.set = true;
            state.waiters.clear();
            turn.emit(EventKind::EventSet { object: id });
            turn.touch(Blocker::Object(id));
            done(Value::None)
        }
        Action::Clear => {
            state.set = false;
            turn.emit(EventKind::EventCleared { object: id });
            done(Value::None)
        }
        Action::IsSet => {
            let set = state.set;
            turn.emit(EventKind::Asked { object: id, answer: Shown::Bool(set) });
            done(Value::Bool(set))
        }
        Action::Wait(_) if alternative == Alternative::TimeOut => {
            remove(&mut state.waiters, me);
            turn.emit(EventKind::TimedOut { on: Blocker::Object(id) });
            done(Value::Bool(false))
        }
        Action::Wait(limit) => {
            let passes = state.set || (stage.part == AGAIN && !state.waiters.contains(&me));
            if passes || *limit == Limit::Never {
                remove(&mut state.waiters, me);
                turn.emit(EventKind::Asked { object: id, answer: Shown::Bool(passes) });
                return done(Value::Bool(passes));
            }
            insert(&mut state.waiters, me);
            blocked(Blocker::Object(id), until(turn, stage, *limit), AGAIN)
        }
    }
}

/// Whether a thread that blocked could go on.
pub fn ready(shared: &Shared, me: ThreadId, id: ObjectId, action: &Action, stage: Stage) -> bool {
    match (action, shared.heap.get(id)) {
        (Action::Wait(_), Some(Object::Event(state))) => {
            stage.part == FIRST || state.set || !state.waiters.contains(&me)
        }
        _ => true,
    }
}

/// A thread stops waiting.
pub fn cancel(shared: &mut Shared, me: ThreadId, id: ObjectId, action: &Action, stage: Stage) {
    let _ = (action, stage);
    if let Some(Object::Event(state)) = shared.heap.get_mut(id) {
        remove(&mut state.waiters, me);
    }
}
