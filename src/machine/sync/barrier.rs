//! `threading.Barrier`: threads wait until enough have come, then all pass.
//!
//! As in CPython, a barrier fills, then drains; a thread that comes while it drains waits until it is empty. An
//! `action` runs as Python code in the thread that came last, with the barrier closed to all threads (`Acting`): that
//! thread's `wait` ends in the prelude's `barrier_act`, which calls the action and then `_finish`.

use super::arguments::{Signature, integer, limit, nothing, receiver};
use super::support::{bare, blocked, done, insert, part, remove, until};
use crate::base::{ObjectId, ThreadId};
use crate::event::{Blocker, EventKind, Shown};
use crate::machine::data::exception::{BROKEN_BARRIER_ERROR, RUNTIME_ERROR};
use crate::machine::memory::encode::encoded;
use crate::machine::memory::native::{Arguments, Call, Context, Halt, Invocation, Layout, Native, Result, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Limit, Operation, Progress, Stage};
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::shared::{Shared, Turn};
use crate::schedule::Alternative;

/// Waits for the barrier to be ready for it.
const OUTSIDE: u8 = 1;
/// Arrived, waits for the others.
const INSIDE: u8 = 2;

/// A barrier's state.
#[derive(Clone, Debug)]
pub struct Barrier {
    /// How many must come.
    pub parties: u32,
    /// The limit of a `wait` that gives none.
    pub limit: Limit,
    /// What the last thread calls, or `None`.
    pub action: Value,
    /// The threads inside, sorted.
    pub inside: Vec<ThreadId>,
    /// What it is doing.
    pub mode: Mode,
}

encoded!(struct Barrier { parties, limit, action, inside, mode });

/// What a barrier is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Threads arrive.
    Filling,
    /// The last thread runs the action.
    Acting,
    /// All have come and leave.
    Draining,
    /// It was reset, and those inside leave with an error.
    Resetting,
    /// It is broken.
    Broken,
}

encoded!(kind Mode);

/// What is done to it.
#[derive(Clone, Debug)]
pub enum Action {
    /// Waits for the others; `None`: with the barrier's own limit.
    Wait(Option<Limit>),
    /// The action is over, well or not.
    Finish(bool),
    /// Breaks it.
    Abort,
    /// Makes it new.
    Reset,
    /// Asks how many wait.
    Waiting,
    /// Asks whether it is broken.
    Broken,
}

encoded!(
    enum Action {
        Wait(limit),
        Finish(well),
        Abort,
        Reset,
        Waiting,
        Broken,
    }
);

/// `threading.Barrier`
pub static TYPE: Type = Type {
    name: "Barrier",
    module: "threading",
    base: Some(&crate::machine::data::types::OBJECT),
    construct: Some(Call::Plain(construct)),
    methods: METHODS,
    properties: PROPERTIES,
    layout: Layout::Final,
};

static METHODS: &[Native] = &[
    Native { name: "wait", call: Call::Operation(wait) },
    Native { name: "abort", call: Call::Operation(abort) },
    Native { name: "reset", call: Call::Operation(reset) },
    Native { name: "_finish", call: Call::Operation(finish) },
];

static PROPERTIES: &[Native] = &[
    Native { name: "parties", call: Call::Plain(parties) },
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

fn waiting(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Barrier(target(ctx, args, "n_waiting")?, Action::Waiting))
}

fn broken(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Barrier(target(ctx, args, "broken")?, Action::Broken))
}

fn parties(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let id = target(ctx, args, "parties")?;
    match ctx.memory.get(id)? {
        Object::Barrier(state) => Ok(Value::Int(i64::from(state.parties))),
        _ => Ok(Value::None),
    }
}

impl Barrier {
    /// How many wait, as `n_waiting` says: those inside while it fills.
    pub fn waiting(&self) -> usize {
        if matches!(self.mode, Mode::Filling | Mode::Acting) { self.inside.len() } else { 0 }
    }

    /// Threads may come in, or learn that it is broken.
    fn open(&self) -> bool {
        matches!(self.mode, Mode::Filling | Mode::Broken)
    }

    /// A thread leaves; the last one makes a barrier that drains ready for the next round.
    fn leave(&mut self, me: ThreadId) {
        remove(&mut self.inside, me);
        if self.inside.is_empty() && matches!(self.mode, Mode::Draining | Mode::Resetting) {
            self.mode = Mode::Filling;
        }
    }
}

fn state<'t>(turn: &'t mut Turn<'_>, id: ObjectId) -> Result<&'t mut Barrier> {
    part(turn, id, |object| if let Object::Barrier(it) = object { Some(it) } else { None })
}

/// Does the action, or says what blocks it.
///
/// # Errors
/// `BrokenBarrierError`.
pub fn perform(
    turn: &mut Turn<'_>,
    id: ObjectId,
    action: &Action,
    stage: Stage,
    alternative: Alternative,
) -> Result<Progress> {
    turn.share_object(id);
    let barrier = state(turn, id)?;
    match action {
        Action::Wait(limit) if stage.part != INSIDE => enter(turn, id, *limit),
        Action::Wait(_) => go_on(turn, id, stage, alternative),
        Action::Abort | Action::Reset if barrier.mode == Mode::Acting => blocked(Blocker::Object(id), None, OUTSIDE),
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

fn enter(turn: &mut Turn<'_>, id: ObjectId, limit: Option<Limit>) -> Result<Progress> {
    let me = turn.me;
    let barrier = state(turn, id)?;
    if !barrier.open() {
        return blocked(Blocker::Object(id), None, OUTSIDE);
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
        let stage = Stage { part: INSIDE, memory: index };
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

/// Whether a thread that blocked could go on.
pub fn ready(shared: &Shared, me: ThreadId, id: ObjectId, action: &Action, stage: Stage) -> bool {
    let _ = me;
    let Some(Object::Barrier(barrier)) = shared.heap.get(id) else { return true };
    match (action, stage.part) {
        (Action::Wait(_), INSIDE) => !matches!(barrier.mode, Mode::Filling | Mode::Acting),
        (Action::Wait(_), OUTSIDE) => barrier.open(),
        (Action::Abort | Action::Reset, OUTSIDE) => barrier.mode != Mode::Acting,
        _ => true,
    }
}

/// A thread stops waiting: it is inside no more.
pub fn cancel(shared: &mut Shared, me: ThreadId, id: ObjectId, action: &Action, stage: Stage) {
    if let (Some(Object::Barrier(barrier)), Action::Wait(_), INSIDE) = (shared.heap.get_mut(id), action, stage.part) {
        barrier.leave(me);
    }
}
