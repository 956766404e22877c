//! `threading.Barrier`: threads wait until enough have come, then all pass.
//!
//! As in CPython, a barrier fills, then drains; a thread that comes while it drains waits until it is empty. An
//! `action` runs as Python code in the thread that came last, with the barrier closed to all threads (`Acting`): that
//! thread's `wait` ends in the prelude's `barrier_act`, which calls the action and then `_finish`.

use super::arguments::{Signature, integer, limit, nothing, receiver};
use super::peek;
use super::primitive::Primitive;
use super::subclass;
use super::support::{bare, blocked, done, insert, part, until};
use crate::base::{ObjectId, ThreadId};
use crate::event::{Blocker, EventKind, Shown};
use crate::machine::data::exception::{BROKEN_BARRIER_ERROR, RUNTIME_ERROR};
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Arguments, Call, Context, Halt, Invocation, Layout, Native, Result, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Operation, Part, Progress, Stage};
pub use crate::machine::memory::primitive::barrier::{Action, Barrier, Mode};
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::shared::{Shared, Turn};
use crate::schedule::Alternative;

/// `threading.Barrier`
pub static TYPE: Type = Type {
    name: "Barrier",
    module: "threading",
    base: Some(&crate::machine::data::types::OBJECT),
    construct: Some(Call::Plain(construct)),
    methods: METHODS,
    properties: PROPERTIES,
    layout: Layout::Value,
};

pub(super) static METHODS: &[Native] = &[
    subclass::INIT,
    Native { name: "wait", call: Call::Operation(wait) },
    Native { name: "abort", call: Call::Operation(abort) },
    Native { name: "reset", call: Call::Operation(reset) },
    Native { name: "_finish", call: Call::Operation(finish) },
];

static PROPERTIES: &[Native] = &[
    Native { name: "parties", call: Call::Plain(parties) },
    Native { name: "_parties", call: Call::Plain(parties) },
    peek::COUNT,
    peek::STATE,
    Native { name: "n_waiting", call: Call::Operation(waiting) },
    Native { name: "broken", call: Call::Operation(broken) },
];

fn construct(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let [parties, action, timeout] =
        Signature::method("Barrier.__init__", ["parties", "action", "timeout"], 1).bind(ctx, args)?;
    let parties = integer(ctx, &parties.unwrap_or(Value::None))?;
    let state = Barrier {
        parties: parties.clamp(0, i64::from(u32::MAX)) as u32,
        limit: limit(ctx, timeout.as_ref())?,
        action: action.unwrap_or(Value::None),
        inside: Vec::new(),
        mode: Mode::Filling,
    };
    Ok(Value::Object(Kind::Barrier, ctx.memory.add(Object::Barrier(state))))
}

fn target(ctx: &mut Context<'_>, args: Arguments<'_>, name: &str) -> Result<ObjectId> {
    receiver(ctx, args, &[Kind::Barrier], name)
}

fn wait(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "Barrier.wait")?;
    let [timeout] = Signature::method("Barrier.wait", ["timeout"], 0).bind(ctx, args)?;
    let limit = match timeout.filter(|value| !matches!(value, Value::None)) {
        None => None,
        some => Some(limit(ctx, some.as_ref())?),
    };
    Ok(Operation::Barrier(id, Action::Wait(limit)))
}

fn abort(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Barrier.abort")?;
    Ok(Operation::Barrier(target(ctx, args, "Barrier.abort")?, Action::Abort))
}

fn reset(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Barrier.reset")?;
    Ok(Operation::Barrier(target(ctx, args, "Barrier.reset")?, Action::Reset))
}

fn finish(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let [well] = Signature::method("Barrier._finish", ["well"], 1).bind(ctx, args)?;
    let well = well.as_ref().is_some_and(super::arguments::truth);
    Ok(Operation::Barrier(target(ctx, args, "Barrier._finish")?, Action::Finish(well)))
}

pub(super) fn waiting(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Barrier(target(ctx, args, "n_waiting")?, Action::Waiting))
}

pub(super) fn broken(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Barrier(target(ctx, args, "broken")?, Action::Broken))
}

fn parties(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let id = target(ctx, args, "parties")?;
    match ctx.memory.get(id)? {
        Object::Barrier(state) => Ok(Value::Int(i64::from(state.parties))),
        _ => Ok(Value::None),
    }
}

fn state<'t>(turn: &'t mut Turn<'_>, id: ObjectId) -> Result<&'t mut Barrier> {
    part(turn, id, |object| if let Object::Barrier(it) = object { Some(it) } else { None })
}

impl Primitive for Action {
    type On = ObjectId;

    fn perform(&self, turn: &mut Turn<'_>, id: ObjectId, stage: Stage, alternative: Alternative) -> Result<Progress> {
        turn.share_object(id);
        let barrier = state(turn, id)?;
        match self {
            Action::Wait(limit) if stage.part != Part::Inside => enter(turn, id, *limit),
            Action::Wait(_) => go_on(turn, id, stage, alternative),
            Action::Abort | Action::Reset if barrier.mode == Mode::Acting => {
                blocked(Blocker::Object(id), None, Part::Outside)
            }
            Action::Abort => {
                break_it(turn, id)?;
                done(Value::None)
            }
            Action::Reset => {
                barrier.mode = if barrier.inside.is_empty() {
                    Mode::Filling
                } else if barrier.mode == Mode::Draining {
                    Mode::Draining
                } else {
                    Mode::Resetting
                };
                turn.emit(EventKind::BarrierReset { object: id });
                turn.touch(Blocker::Object(id));
                done(Value::None)
            }
            Action::Finish(well) => finished(turn, id, *well),
            Action::Waiting => {
                let count = barrier.waiting() as i64;
                turn.emit(EventKind::Asked { object: id, answer: Shown::Int(count) });
                done(Value::Int(count))
            }
            Action::Broken => {
                let broken = barrier.mode == Mode::Broken;
                turn.emit(EventKind::Asked { object: id, answer: Shown::Bool(broken) });
                done(Value::Bool(broken))
            }
        }
    }

    fn ready(&self, shared: &Shared, me: ThreadId, id: ObjectId, stage: Stage) -> bool {
        let Some(Object::Barrier(barrier)) = shared.object_of(me, id) else { return true };
        match self {
            Action::Wait(_) if stage.part == Part::Inside => !matches!(barrier.mode, Mode::Filling | Mode::Acting),
            Action::Wait(_) => stage.part != Part::Outside || barrier.open(),
            Action::Abort | Action::Reset => stage.part != Part::Outside || barrier.mode != Mode::Acting,
            Action::Finish(_) | Action::Waiting | Action::Broken => true,
        }
    }

    fn cancel(&self, shared: &mut Shared, me: ThreadId, id: ObjectId, stage: Stage) {
        if let (Some(Object::Barrier(barrier)), Action::Wait(_), Part::Inside) =
            (shared.object_of_mut(me, id), self, stage.part)
        {
            barrier.leave(me);
        }
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Wait(_) => "wait at",
            Action::Finish(_) => "open",
            Action::Abort => "break",
            Action::Reset => "reset",
            Action::Waiting | Action::Broken => "ask",
        }
    }
}
fn enter(turn: &mut Turn<'_>, id: ObjectId, limit: Option<Limit>) -> Result<Progress> {
    let me = turn.me;
    let barrier = state(turn, id)?;
    if !barrier.open() {
        return blocked(Blocker::Object(id), None, Part::Outside);
    }
    if barrier.mode == Mode::Broken {
        return Err(bare(turn, &BROKEN_BARRIER_ERROR));
    }
    let index = barrier.inside.len() as u32;
    insert(&mut barrier.inside, me);
    let (last, limit) = (index + 1 == barrier.parties, limit.unwrap_or(barrier.limit));
    let action = barrier.action.clone();
    turn.emit(EventKind::BarrierEntered { object: id, count: index + 1 });
    if !last {
        let until = until(turn, Stage::default(), limit);
        let stage = Stage { part: Part::Inside, memory: index };
        return Ok(Progress::Blocked { on: Blocker::Object(id), until, stage });
    }
    if !matches!(action, Value::None) {
        return act(turn, id, action, index);
    }
    release(turn, id, me)?;
    done(Value::Int(i64::from(index)))
}

/// Has the action called, with the barrier closed.
fn act(turn: &mut Turn<'_>, id: ObjectId, action: Value, index: u32) -> Result<Progress> {
    let Some(function) = turn.image.prelude("barrier_act") else {
        return Err(turn.error(&RUNTIME_ERROR, "a Barrier's action needs the prelude"));
    };
    state(turn, id)?.mode = Mode::Acting;
    let arguments = vec![Value::Object(Kind::Barrier, id), action, Value::Int(i64::from(index))];
    Err(Halt::Invoke(Box::new(Invocation { callee: Value::Prelude(function), arguments, keywords: Vec::new() })))
}

/// Lets everyone go, `me` first.
fn release(turn: &mut Turn<'_>, id: ObjectId, me: ThreadId) -> Result<()> {
    let barrier = state(turn, id)?;
    barrier.mode = Mode::Draining;
    barrier.leave(me);
    turn.emit(EventKind::BarrierPassed { object: id });
    turn.touch(Blocker::Object(id));
    Ok(())
}

fn finished(turn: &mut Turn<'_>, id: ObjectId, well: bool) -> Result<Progress> {
    let me = turn.me;
    if state(turn, id)?.mode == Mode::Acting {
        if well {
            release(turn, id, me)?;
        } else {
            state(turn, id)?.leave(me);
            break_it(turn, id)?;
        }
    }
    done(Value::None)
}

fn break_it(turn: &mut Turn<'_>, id: ObjectId) -> Result<()> {
    state(turn, id)?.mode = Mode::Broken;
    turn.emit(EventKind::BarrierBroken { object: id });
    turn.touch(Blocker::Object(id));
    Ok(())
}

fn go_on(turn: &mut Turn<'_>, id: ObjectId, stage: Stage, alternative: Alternative) -> Result<Progress> {
    let me = turn.me;
    let barrier = state(turn, id)?;
    match barrier.mode {
        Mode::Draining => {
            barrier.leave(me);
            turn.emit(EventKind::BarrierPassed { object: id });
            turn.touch(Blocker::Object(id));
            done(Value::Int(i64::from(stage.memory)))
        }
        Mode::Resetting | Mode::Broken => {
            barrier.leave(me);
            turn.touch(Blocker::Object(id));
            Err(bare(turn, &BROKEN_BARRIER_ERROR))
        }
        Mode::Filling if alternative == Alternative::TimeOut => {
            barrier.leave(me);
            turn.emit(EventKind::TimedOut { on: Blocker::Object(id) });
            break_it(turn, id)?;
            Err(bare(turn, &BROKEN_BARRIER_ERROR))
        }
        Mode::Filling => {
            let until = until(turn, stage, Limit::Forever);
            Ok(Progress::Blocked { on: Blocker::Object(id), until, stage })
        }
        // All have come: a timeout that fires now is too late, but nobody leaves before the action is over.
        Mode::Acting => Ok(Progress::Blocked { on: Blocker::Object(id), until: None, stage }),
    }
}
