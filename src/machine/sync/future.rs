//! `concurrent.futures.Future`: a result, or an exception, that one thread makes and that others wait for.

use super::arguments::{Signature, limit, nothing, receiver};
use super::peek;
use super::primitive::Primitive;
use super::subclass;
use super::support::{address, bare, blocked, call_library, done, library_call, part, until};
use crate::base::{ObjectId, ThreadId};
use crate::event::{Blocker, EventKind, FutureState, Shown};
use crate::machine::data::exception::{CANCELLED_ERROR, INVALID_STATE_ERROR, RUNTIME_ERROR, TIMEOUT_ERROR};
use crate::machine::data::types::class_of;
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Arguments, Call, Context, Halt, Layout, Native, Result, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Operation, Part, Progress, Stage};
pub use crate::machine::memory::primitive::future::{Action, Future, Question, State};
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::process::Process;
use crate::machine::sync::shared::{Shared, Turn};
use crate::machine::sync::show;
use crate::schedule::Alternative;

/// `concurrent.futures.Future`
pub static TYPE: Type = Type {
    name: "Future",
    module: "concurrent.futures._base",
    base: Some(&crate::machine::data::types::OBJECT),
    construct: Some(Call::Plain(construct)),
    methods: METHODS,
    properties: &[peek::FUTURE_STATE],
    layout: Layout::Value,
};

static METHODS: &[Native] = &[
    subclass::INIT,
    Native { name: "result", call: Call::Operation(result) },
    Native { name: "exception", call: Call::Operation(exception) },
    Native { name: "done", call: Call::Operation(is_done) },
    Native { name: "running", call: Call::Operation(running) },
    Native { name: "cancelled", call: Call::Operation(cancelled) },
    Native { name: "cancel", call: Call::Operation(cancel_it) },
    Native { name: "add_done_callback", call: Call::Operation(add_done_callback) },
    Native { name: "set_running_or_notify_cancel", call: Call::Operation(begin) },
    Native { name: "set_result", call: Call::Operation(set_result) },
    Native { name: "set_exception", call: Call::Operation(set_exception) },
];

/// A future as it prints, from its address on.
pub fn repr(future: &Future, at: u64) -> String {
    let state = match &future.state {
        State::Pending => "pending".to_owned(),
        State::Running => "running".to_owned(),
        State::Cancelled | State::Notified => "cancelled".to_owned(),
        State::Returned(value) => format!("finished returned {}", class_of(value).name()),
        State::Raised(exception) => format!("finished raised {}", class_of(exception).name()),
    };
    format!("<Future at {at:#x} state={state}>")
}

fn construct(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    nothing(ctx, args, "Future.__init__")?;
    Ok(Value::Object(Kind::Future, ctx.memory.add(Object::Future(Future::new()))))
}

fn target(ctx: &mut Context<'_>, args: Arguments<'_>, name: &str) -> Result<ObjectId> {
    receiver(ctx, args, &[Kind::Future], name)
}

fn bounded(ctx: &mut Context<'_>, args: Arguments<'_>, name: &'static str) -> Result<(ObjectId, Limit)> {
    let id = target(ctx, args, name)?;
    let [timeout] = Signature::method(name, ["timeout"], 0).bind(ctx, args)?;
    Ok((id, limit(ctx, timeout.as_ref())?))
}

fn result(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    bounded(ctx, args, "Future.result").map(|(id, limit)| Operation::Future(id, Action::Result(limit)))
}

fn exception(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    bounded(ctx, args, "Future.exception").map(|(id, limit)| Operation::Future(id, Action::Exception(limit)))
}

fn plain(ctx: &mut Context<'_>, args: Arguments<'_>, name: &'static str, action: Action) -> Result<Operation> {
    nothing(ctx, args, name)?;
    Ok(Operation::Future(target(ctx, args, name)?, action))
}

fn is_done(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    plain(ctx, args, "Future.done", Action::Ask(Question::Done))
}

fn running(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    plain(ctx, args, "Future.running", Action::Ask(Question::Running))
}

fn cancelled(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    plain(ctx, args, "Future.cancelled", Action::Ask(Question::Cancelled))
}

fn cancel_it(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    plain(ctx, args, "Future.cancel", Action::Cancel)
}

fn begin(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    plain(ctx, args, "Future.set_running_or_notify_cancel", Action::Begin)
}

fn with_value(
    ctx: &mut Context<'_>,
    args: Arguments<'_>,
    name: &'static str,
    parameter: &'static str,
) -> Result<(ObjectId, Value)> {
    let id = target(ctx, args, name)?;
    let [value] = Signature::method(name, [parameter], 1).bind(ctx, args)?;
    Ok((id, value.unwrap_or(Value::None)))
}

fn add_done_callback(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let (id, callback) = with_value(ctx, args, "Future.add_done_callback", "fn")?;
    if let Some(whole @ Value::Instance(_)) = args.positional.first()
        && let Some(call) = library_call(
            ctx.image,
            "concurrent.futures",
            "_add_callback",
            vec![Value::Object(Kind::Future, id), whole.clone(), callback.clone()],
        )
    {
        return Err(Halt::Invoke(Box::new(call)));
    }
    Ok(Operation::Future(id, Action::AddCallback(callback)))
}

fn set_result(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let (id, value) = with_value(ctx, args, "Future.set_result", "result")?;
    Ok(Operation::Future(id, Action::SetResult(value)))
}

fn set_exception(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let (id, exception) = with_value(ctx, args, "Future.set_exception", "exception")?;
    Ok(Operation::Future(id, Action::SetException(exception)))
}

/// The future, which must be shared.
pub(super) fn future<'t>(turn: &'t mut Turn<'_>, id: ObjectId) -> Result<&'t mut Future> {
    part(turn, id, |object| if let Object::Future(it) = object { Some(it) } else { None })
}

impl Primitive for Action {
    type On = ObjectId;

    fn perform(&self, turn: &mut Turn<'_>, id: ObjectId, stage: Stage, alternative: Alternative) -> Result<Progress> {
        turn.share_object(id);
        match self {
            Action::Result(limit) | Action::Exception(limit) => {
                let wants_result = matches!(self, Action::Result(_));
                obtain(turn, id, wants_result, *limit, stage, alternative)
            }
            Action::Ask(question) => {
                let future = future(turn, id)?;
                let answer = match question {
                    Question::Done => future.is_done(),
                    Question::Running => matches!(future.state, State::Running),
                    Question::Cancelled => matches!(future.state, State::Cancelled | State::Notified),
                };
                turn.emit(EventKind::Asked { object: id, answer: Shown::Bool(answer) });
                done(Value::Bool(answer))
            }
            Action::Cancel => cancel_now(turn, id),
            Action::AddCallback(callback) => {
                turn.share(callback);
                let future = future(turn, id)?;
                if !future.is_done() {
                    future.callbacks.push(callback.clone());
                    turn.emit(EventKind::CallbackAdded { object: id });
                    return done(Value::None);
                }
                turn.emit(EventKind::CallbackAdded { object: id });
                call_back(turn, id, vec![callback.clone()], Value::None)
            }
            Action::Begin => {
                let begun = start(turn, id)?;
                if begun {
                    turn.emit(EventKind::FutureChanged { object: id, state: FutureState::Running });
                }
                done(Value::Bool(begun))
            }
            Action::SetResult(value) => {
                let callbacks = finish(turn, id, State::Returned(value.clone()))?;
                call_back(turn, id, callbacks, Value::None)
            }
            Action::SetException(exception) => {
                let callbacks = finish(turn, id, State::Raised(exception.clone()))?;
                call_back(turn, id, callbacks, Value::None)
            }
        }
    }

    fn ready(&self, shared: &Shared, me: ThreadId, id: ObjectId, stage: Stage) -> bool {
        let Some(Object::Future(future)) = shared.process_of(me).heap.get(id) else { return true };
        match self {
            Action::Result(_) | Action::Exception(_) => stage.part == Part::First || future.is_done(),
            Action::Ask(_)
            | Action::Cancel
            | Action::AddCallback(_)
            | Action::Begin
            | Action::SetResult(_)
            | Action::SetException(_) => true,
        }
    }

    fn waits(&self, _shared: &Shared, _me: ThreadId, _id: ObjectId) -> bool {
        matches!(self, Action::Result(Limit::Forever) | Action::Exception(Limit::Forever))
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Result(_) | Action::Exception(_) => "wait for",
            Action::Ask(_) => "ask",
            Action::Cancel => "cancel",
            Action::AddCallback(_) => "add a callback to",
            Action::Begin => "begin",
            Action::SetResult(_) | Action::SetException(_) => "finish",
        }
    }
}
/// What the future stands for, once it is there.
fn obtain(
    turn: &mut Turn<'_>,
    id: ObjectId,
    wants_result: bool,
    limit: Limit,
    stage: Stage,
    alternative: Alternative,
) -> Result<Progress> {
    let value = match &future(turn, id)?.state {
        State::Cancelled | State::Notified => return Err(bare(turn, &CANCELLED_ERROR)),
        State::Returned(value) => Ok(if wants_result { value.clone() } else { Value::None }),
        State::Raised(exception) if wants_result => Err(exception.clone()),
        State::Raised(exception) => Ok(exception.clone()),
        State::Pending | State::Running if alternative == Alternative::TimeOut || limit == Limit::Never => {
            turn.emit(EventKind::TimedOut { on: Blocker::Object(id) });
            return Err(bare(turn, &TIMEOUT_ERROR));
        }
        State::Pending | State::Running => {
            return blocked(Blocker::Object(id), until(turn, stage, limit), Part::Again);
        }
    };
    let (Ok(shown) | Err(shown)) = &value;
    let answer = turn.shown(shown);
    turn.emit(EventKind::Obtained { object: id, answer });
    match value {
        Ok(value) => done(value),
        Err(exception) => Err(raised(turn, exception)),
    }
}

/// Raises what a future has for its exception, which `set_exception` does not look at.
fn raised(turn: &mut Turn<'_>, exception: Value) -> Halt {
    if exception.is_instance_of(&crate::machine::data::exception::BASE_EXCEPTION) {
        return Halt::Raise(exception);
    }
    turn.error(&crate::machine::data::exception::TYPE_ERROR, "exceptions must derive from BaseException")
}

fn cancel_now(turn: &mut Turn<'_>, id: ObjectId) -> Result<Progress> {
    let future = future(turn, id)?;
    let answer = match future.state {
        State::Running | State::Returned(_) | State::Raised(_) => false,
        State::Cancelled | State::Notified => true,
        State::Pending => {
            future.state = State::Cancelled;
            let callbacks = std::mem::take(&mut future.callbacks);
            turn.emit(EventKind::FutureChanged { object: id, state: FutureState::Cancelled });
            turn.touch(Blocker::Object(id));
            return call_back(turn, id, callbacks, Value::Bool(true));
        }
    };
    turn.emit(EventKind::Asked { object: id, answer: Shown::Bool(answer) });
    done(Value::Bool(answer))
}

/// Marks the future as running, by this thread; false when it was cancelled.
///
/// # Errors
/// `RuntimeError` when it was begun before.
pub(super) fn start(turn: &mut Turn<'_>, id: ObjectId) -> Result<bool> {
    let me = turn.me;
    let future = future(turn, id)?;
    match future.state {
        State::Pending => {
            future.state = State::Running;
            future.runner = Some(me);
            Ok(true)
        }
        State::Cancelled => {
            future.state = State::Notified;
            settle(turn, id)?;
            Ok(false)
        }
        State::Running | State::Notified | State::Returned(_) | State::Raised(_) => {
            Err(turn.error(&RUNTIME_ERROR, "Future in unexpected state"))
        }
    }
}

/// Gives the future what it stands for; what is to be called then is the result.
///
/// # Errors
/// `InvalidStateError` when it has that already.
pub(super) fn finish(turn: &mut Turn<'_>, id: ObjectId, state: State) -> Result<Vec<Value>> {
    let now = future(turn, id)?;
    if now.is_done() {
        let message = format!("{}: {}", now.state.name(), repr(now, address(id)));
        return Err(turn.error(&INVALID_STATE_ERROR, message));
    }
    if let State::Returned(value) | State::Raised(value) = &state {
        turn.share(value);
    }
    let shown = show::future_state(turn.shared, turn.process, turn.image, &state);
    let future = future(turn, id)?;
    future.state = state;
    let callbacks = std::mem::take(&mut future.callbacks);
    turn.emit(EventKind::FutureChanged { object: id, state: shown });
    turn.touch(Blocker::Object(id));
    settle(turn, id)?;
    Ok(callbacks)
}

/// The future counts as done for threads that wait for several: they look again.
fn settle(turn: &mut Turn<'_>, id: ObjectId) -> Result<()> {
    let process = turn.process_mut();
    process.household.futures_done += 1;
    let place = process.household.futures_done;
    future(turn, id)?.place = place;
    super::futures::touch(turn, id);
    Ok(())
}

/// Has callbacks called, if there are any, before `result` is what the operation gives.
fn call_back(turn: &mut Turn<'_>, id: ObjectId, callbacks: Vec<Value>, result: Value) -> Result<Progress> {
    if callbacks.is_empty() {
        return done(result);
    }
    let arguments = vec![Value::Object(Kind::Future, id), Value::tuple(callbacks), result];
    Err(call_library(turn, "concurrent.futures", "_call_back", arguments))
}

/// The worker that does the task that a future stands for.
pub fn maker(process: &Process, id: ObjectId) -> Option<ThreadId> {
    match process.heap.get(id) {
        Some(Object::Future(Future { state: State::Running, pool: Some(_), runner, .. })) => *runner,
        _ => None,
    }
}

/// The threads of which one has to do the task that a future stands for; `None`: that cannot be said.
pub(super) fn makers(process: &Process, future: &Future) -> Option<Vec<ThreadId>> {
    let pool = future.pool?;
    match future.state {
        State::Running => future.runner.map(|runner| vec![runner]),
        State::Pending => super::workers::sure_workers(process, pool),
        State::Cancelled | State::Notified | State::Returned(_) | State::Raised(_) => None,
    }
}
