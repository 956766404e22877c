//! `threading.Event`: a flag that threads wait for.

use super::arguments::{Signature, limit, nothing, receiver};
use super::peek;
use super::primitive::Primitive;
use super::subclass;
use super::support::{blocked, done, insert, mismatch, remove, until};
use crate::base::{ObjectId, ThreadId};
use crate::event::{Blocker, EventKind, Shown};
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Arguments, Call, Context, Layout, Native, Result, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Operation, Part, Progress, Stage};
pub use crate::machine::memory::primitive::event::{Action, Event};
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::shared::{Shared, Turn};
use crate::schedule::Alternative;

/// `threading.Event`
pub static TYPE: Type = Type {
    name: "Event",
    module: "threading",
    base: Some(&crate::machine::data::types::OBJECT),
    construct: Some(Call::Plain(construct)),
    methods: METHODS,
    properties: &[peek::FLAG],
    layout: Layout::Value,
};

pub(super) static METHODS: &[Native] = &[
    subclass::INIT,
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

impl Primitive for Action {
    type On = ObjectId;

    fn perform(&self, turn: &mut Turn<'_>, id: ObjectId, stage: Stage, alternative: Alternative) -> Result<Progress> {
        turn.share_object(id);
        let me = turn.me;
        let Some(Object::Event(state)) = turn.object(id) else { return Err(mismatch(turn, id)) };
        match self {
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
                let passes = state.set || (stage.part == Part::Again && !state.waiters.contains(&me));
                if passes || *limit == Limit::Never {
                    remove(&mut state.waiters, me);
                    turn.emit(EventKind::Asked { object: id, answer: Shown::Bool(passes) });
                    return done(Value::Bool(passes));
                }
                insert(&mut state.waiters, me);
                blocked(Blocker::Object(id), until(turn, stage, *limit), Part::Again)
            }
        }
    }

    fn ready(&self, shared: &Shared, me: ThreadId, id: ObjectId, stage: Stage) -> bool {
        let Some(Object::Event(state)) = shared.object_of(me, id) else { return true };
        match self {
            Action::Wait(_) => stage.part == Part::First || state.set || !state.waiters.contains(&me),
            Action::Set | Action::Clear | Action::IsSet => true,
        }
    }

    fn cancel(&self, shared: &mut Shared, me: ThreadId, id: ObjectId, _stage: Stage) {
        if let Some(Object::Event(state)) = shared.object_of_mut(me, id) {
            remove(&mut state.waiters, me);
        }
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Set => "set",
            Action::Clear => "clear",
            Action::IsSet => "ask",
            Action::Wait(_) => "wait for",
        }
    }
}
