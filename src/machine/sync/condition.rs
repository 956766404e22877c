//! `threading.Condition`: threads wait, having released its lock, until another notifies them; first come, first woken.
//!
//! A wait goes through these parts: it releases the lock and blocks before the condition (`Part::Waiting`); a notify, or its
//! timeout, moves it before the lock (`Part::Notified`, `Part::Expired`); when it has taken the lock again, as deep as it had it, it is
//! done. A waiter whose timeout fired stays in the list of waiters until it has the lock, as in CPython: a notify in
//! between is spent on it.

use super::arguments::{Signature, kind_name, limit, nothing, number, receiver, type_name};
use super::held;
use super::peek;
use super::primitive::Primitive;
use super::rlock::RLock;
use super::subclass;
use super::support::{done, fires, mismatch, remove, until};
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::event::{Blocker, EventKind};
use crate::machine::data::exception::{ASSERTION_ERROR, ATTRIBUTE_ERROR, RUNTIME_ERROR};
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Arguments, Call, Context, Halt, Invocation, Layout, Native, Result, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Operation, Part, Progress, Stage};
pub use crate::machine::memory::primitive::condition::{Action, Condition};
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::shared::{Lurking, Shared, Turn};
use crate::schedule::Alternative;

/// `threading.Condition`
pub static TYPE: Type = Type {
    name: "Condition",
    module: "threading",
    base: Some(&crate::machine::data::types::OBJECT),
    construct: Some(Call::Plain(construct)),
    methods: METHODS,
    properties: &[peek::LOCK, peek::WAITERS],
    layout: Layout::Value,
};

static METHODS: &[Native] = &[
    subclass::INIT,
    Native { name: "acquire", call: Call::Operation(acquire) },
    Native { name: "release", call: Call::Operation(release) },
    Native { name: "__enter__", call: Call::Operation(enter) },
    Native { name: "__exit__", call: Call::Operation(exit) },
    Native { name: "wait", call: Call::Operation(wait) },
    Native { name: "wait_for", call: Call::Plain(wait_for) },
    Native { name: "notify", call: Call::Operation(notify) },
    Native { name: "notify_all", call: Call::Operation(notify_all) },
    peek::IS_OWNED,
    Native { name: "notifyAll", call: Call::Operation(notify_all) },
];

fn construct(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let [lock] = Signature::method("Condition.__init__", ["lock"], 0).bind(ctx, args)?;
    let lock = match lock {
        None | Some(Value::None) => ctx.memory.add(Object::RLock(RLock::default())),
        Some(Value::Object(Kind::Lock | Kind::RLock, lock)) => lock,
        Some(Value::Object(kind @ (Kind::Condition | Kind::Semaphore | Kind::BoundedSemaphore), _)) => {
            let message = format!("a Condition's lock must be a Lock or an RLock, not a {}", kind_name(kind));
            return Err(ctx.type_error(message));
        }
        Some(other) => {
            let message = format!("'{}' object has no attribute 'acquire'", type_name(&other));
            return Err(ctx.error(&ATTRIBUTE_ERROR, message));
        }
    };
    let state = Condition { lock, waiters: Vec::new() };
    Ok(Value::Object(Kind::Condition, ctx.memory.add(Object::Condition(state))))
}

fn target(ctx: &mut Context<'_>, args: Arguments<'_>, name: &str) -> Result<ObjectId> {
    receiver(ctx, args, &[Kind::Condition], name)
}

fn acquire(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "acquire")?;
    let [blocking, timeout] = Signature::method("acquire", ["blocking", "timeout"], 0).bind(ctx, args)?;
    let limit = super::arguments::lock_limit(ctx, blocking.as_ref(), timeout.as_ref())?;
    Ok(Operation::Condition(id, Action::Acquire(limit)))
}

fn release(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "release")?;
    Ok(Operation::Condition(target(ctx, args, "release")?, Action::Release))
}

fn enter(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Condition(target(ctx, args, "__enter__")?, Action::Acquire(Limit::Forever)))
}

fn exit(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Condition(target(ctx, args, "__exit__")?, Action::Release))
}

pub(super) fn wait(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "Condition.wait")?;
    let [timeout] = Signature::method("Condition.wait", ["timeout"], 0).bind(ctx, args)?;
    Ok(Operation::Condition(id, Action::Wait(limit(ctx, timeout.as_ref())?)))
}

/// Python code of the prelude runs the predicate.
pub(super) fn wait_for(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let id = target(ctx, args, "Condition.wait_for")?;
    let [predicate, timeout] = Signature::method("Condition.wait_for", ["predicate", "timeout"], 1).bind(ctx, args)?;
    let Some(function) = ctx.image.prelude("condition_wait_for") else {
        return Err(ctx.error(&RUNTIME_ERROR, "Condition.wait_for needs the prelude"));
    };
    let arguments = vec![
        subclass::whole(args, id, Kind::Condition),
        predicate.unwrap_or(Value::None),
        timeout.unwrap_or(Value::None),
    ];
    Err(Halt::Invoke(Box::new(Invocation { callee: Value::Prelude(function), arguments, keywords: Vec::new() })))
}

pub(super) fn notify(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "Condition.notify")?;
    let [count] = Signature::method("Condition.notify", ["n"], 0).bind(ctx, args)?;
    let count = count.unwrap_or(Value::Int(1));
    let Some(number) = number(&count) else {
        let message = format!("'>' not supported between instances of '{}' and 'int'", type_name(&count));
        return Err(ctx.type_error(message));
    };
    Ok(Operation::Condition(id, Action::Notify(Some(number.ceil() as u32)))) // saturates: none for a negative one
}

pub(super) fn notify_all(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Condition.notify_all")?;
    Ok(Operation::Condition(target(ctx, args, "Condition.notify_all")?, Action::Notify(None)))
}

impl Primitive for Action {
    type On = ObjectId;

    fn perform(&self, turn: &mut Turn<'_>, id: ObjectId, stage: Stage, alternative: Alternative) -> Result<Progress> {
        turn.share_object(id);
        let Some(Object::Condition(state)) = turn.sight().get(id) else { return Err(mismatch(turn, id)) };
        let lock = state.lock;
        match self {
            Action::Acquire(limit) => held::acquire(turn, lock, *limit, stage, alternative),
            Action::Release => held::release(turn, lock),
            Action::Notify(count) => wake(turn, id, lock, *count),
            Action::Wait(limit) => match stage.part {
                Part::Waiting | Part::Notified | Part::Expired => go_on(turn, id, lock, stage, alternative),
                Part::First | Part::Again | Part::Outside | Part::Inside | Part::Closed | Part::Handled => {
                    begin(turn, id, lock, *limit, stage)
                }
            },
        }
    }

    fn ready(&self, shared: &Shared, me: ThreadId, id: ObjectId, stage: Stage) -> bool {
        let Some(Object::Condition(state)) = shared.object_of(me, id) else { return true };
        match self {
            Action::Acquire(_) => held::acquire_ready(shared, me, state.lock, stage),
            Action::Wait(_) => match stage.part {
                Part::Waiting => false,
                Part::Notified | Part::Expired => held::available(shared.sight_of(me), state.lock, me),
                Part::First | Part::Again | Part::Outside | Part::Inside | Part::Closed | Part::Handled => true,
            },
            Action::Release | Action::Notify(_) => true,
        }
    }

    fn waits(&self, _shared: &Shared, _me: ThreadId, _id: ObjectId) -> bool {
        matches!(self, Action::Acquire(Limit::Forever))
    }

    fn cancel(&self, shared: &mut Shared, me: ThreadId, id: ObjectId, _stage: Stage) {
        if let Some(Object::Condition(state)) = shared.object_of_mut(me, id) {
            remove(&mut state.waiters, me);
        }
    }

    fn unwind(&self, shared: &Shared, me: ThreadId, id: ObjectId, stage: Stage) -> Option<(Blocker, Stage)> {
        let Object::Condition(state) = shared.object_of(me, id)? else { return None };
        let waits =
            matches!(self, Action::Wait(_)) && matches!(stage.part, Part::Waiting | Part::Notified | Part::Expired);
        waits.then_some((Blocker::Lock(state.lock), Stage { part: Part::Expired, ..stage }))
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Acquire(_) => "acquire",
            Action::Release => "release",
            Action::Wait(_) => "wait for",
            Action::Notify(_) => "notify",
        }
    }
}
/// The error of one who does not hold the lock; a condition that processes share has other words.
fn not_held(turn: &mut Turn<'_>, id: ObjectId, words: &str, between: &str) -> Halt {
    match id.is_of_world() {
        true => turn.error(&ASSERTION_ERROR, between),
        false => turn.error(&RUNTIME_ERROR, words),
    }
}

fn begin(turn: &mut Turn<'_>, id: ObjectId, lock: ObjectId, limit: Limit, stage: Stage) -> Result<Progress> {
    if !held::counts_as_held(turn.sight(), lock, turn.me) {
        return Err(not_held(
            turn,
            id,
            "cannot wait on un-acquired lock",
            "must acquire() condition before using wait()",
        ));
    }
    let me = turn.me;
    if let Some(Object::Condition(state)) = turn.object(id) {
        state.waiters.push(me);
    }
    let memory = held::release_all(turn, lock)?;
    if limit == Limit::Never {
        turn.emit(EventKind::TimedOut { on: Blocker::Object(id) });
        let stage = Stage { part: Part::Expired, memory };
        return Ok(Progress::Blocked { on: Blocker::Lock(lock), until: None, stage });
    }
    let stage_after = Stage { part: Part::Waiting, memory };
    Ok(Progress::Blocked { on: Blocker::Object(id), until: until(turn, stage, limit), stage: stage_after })
}

fn go_on(
    turn: &mut Turn<'_>,
    id: ObjectId,
    lock: ObjectId,
    stage: Stage,
    alternative: Alternative,
) -> Result<Progress> {
    if stage.part == Part::Waiting {
        if alternative == Alternative::Go {
            let until = until(turn, stage, Limit::Forever);
            return Ok(Progress::Blocked { on: Blocker::Object(id), until, stage });
        }
        turn.emit(EventKind::TimedOut { on: Blocker::Object(id) });
        let stage = Stage { part: Part::Expired, ..stage };
        return Ok(Progress::Blocked { on: Blocker::Lock(lock), until: None, stage });
    }
    if !held::available(turn.sight(), lock, turn.me) {
        return Ok(Progress::Blocked { on: Blocker::Lock(lock), until: None, stage });
    }
    held::take(turn, lock, stage.memory, Limit::Forever)?;
    if stage.part == Part::Expired {
        let me = turn.me;
        if let Some(Object::Condition(state)) = turn.object(id) {
            remove(&mut state.waiters, me);
        }
    }
    done(Value::Bool(stage.part == Part::Notified))
}

fn wake(turn: &mut Turn<'_>, id: ObjectId, lock: ObjectId, count: Option<u32>) -> Result<Progress> {
    if !held::counts_as_held(turn.sight(), lock, turn.me) {
        return Err(not_held(turn, id, "cannot notify on un-acquired lock", "lock is not owned"));
    }
    if fires(turn, Lurking::DropNotify(id), id) {
        turn.emit(EventKind::Notified { object: id, woken: 0 });
        return done(Value::None);
    }
    let Some(Object::Condition(state)) = turn.object(id) else { return Err(mismatch(turn, id)) };
    let count = count.map_or(state.waiters.len(), |count| state.waiters.len().min(count as usize));
    let woken: Vec<ThreadId> = state.waiters.drain(..count).collect();
    turn.emit(EventKind::Notified { object: id, woken: count as u32 });
    for waiter in woken {
        move_to_lock(turn.shared, turn.process, id, lock, waiter);
    }
    turn.touch(Blocker::Lock(lock));
    done(Value::None)
}

/// A waiter that was woken waits for the lock from now on. Without one that waits for the condition its timeout fired before:
/// the notify is spent on it.
fn move_to_lock(shared: &mut Shared, process: ProcessId, id: ObjectId, lock: ObjectId, waiter: ThreadId) {
    if shared.record(waiter).process != process && !id.is_of_world() {
        return; // it waits before the original of this copy
    }
    let ready = held::available(shared.sight(process), lock, waiter);
    let Some((waiting, stands)) = shared.record_mut(waiter).waiting_for(Blocker::Object(id)) else { return };
    waiting.on = Blocker::Lock(lock);
    waiting.until = None;
    waiting.stage.part = Part::Notified;
    waiting.ready = ready;
    if stands {
        shared.emit(waiter, EventKind::Blocked { on: Blocker::Lock(lock), until: None });
    }
}

/// Whether the thread waits for a condition to be notified.
pub(in crate::machine) fn waits(shared: &Shared, thread: ThreadId) -> bool {
    waited_for(shared, thread).is_some()
}

/// The condition that the thread waits for, and its lock.
fn waited_for(shared: &Shared, thread: ThreadId) -> Option<(ObjectId, ObjectId)> {
    let record = shared.record(thread);
    let waiting = record.waiting.as_ref()?;
    let Operation::Condition(id, Action::Wait(_)) = waiting.operation else { return None };
    match shared.object(record.process, id)? {
        Object::Condition(state) if waiting.stage.part == Part::Waiting => Some((id, state.lock)),
        _ => None,
    }
}

/// A thread that waits for a condition wakes, as if somebody had notified it.
pub(in crate::machine) fn wake_without_notify(shared: &mut Shared, thread: ThreadId) {
    let Some((id, lock)) = waited_for(shared, thread) else { return };
    let process = shared.record(thread).process;
    if let Some(Object::Condition(state)) = shared.object_mut(process, id) {
        remove(&mut state.waiters, thread);
    }
    move_to_lock(shared, process, id, lock, thread);
    if shared.record(thread).waiting.as_ref().is_some_and(|waiting| waiting.ready) {
        shared.emit(thread, EventKind::Ready { by: None });
        shared.woken.push(thread);
    }
}
