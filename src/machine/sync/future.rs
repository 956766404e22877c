//! `concurrent.futures.Future`: a result, or an exception, that one thread makes and that others wait for.

use super::arguments::{Signature, limit, nothing, receiver};
use super::support::{AGAIN, FIRST, bare, blocked, call_library, done, part, until};
use crate::base::{ObjectId, ThreadId};
use crate::event::{Blocker, EventKind, FutureState, Shown};
use crate::machine::data::exception::{CANCELLED_ERROR, INVALID_STATE_ERROR, RUNTIME_ERROR, TIMEOUT_ERROR};
use crate::machine::data::types::class_of;
use crate::machine::memory::encode::encoded;
use crate::machine::memory::image::Image;
use crate::machine::memory::native::{Arguments, Call, Context, Halt, Layout, Native, Result, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Limit, Operation, Progress, Stage};
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::shared::{Shared, Turn};
use crate::machine::sync::show;
use crate::schedule::Alternative;
use std::sync::Arc;

/// A future's state.
#[derive(Clone, Debug)]
pub struct Future {
    /// How far it is.
    pub state: State,
    /// The pool that one of its tasks is in.
    pub pool: Option<ObjectId>,
    /// The call that it stands for, as it is shown; empty for one that the program made itself.
    pub task: Arc<str>,
    /// The thread that said that it runs.
    pub runner: Option<ThreadId>,
    /// What is called when it is done, in this order.
    pub callbacks: Vec<Value>,
    /// How many futures of the program were done before it.
    pub place: u64,
}

encoded!(struct Future { state, pool, task, runner, callbacks, place });

/// How far a future is.
#[derive(Clone, Debug)]
pub enum State {
    /// Not begun.
    Pending,
    /// A thread makes its result.
    Running,
    /// It was cancelled.
    Cancelled,
    /// It was cancelled, and the worker that should have begun it knows: only now does it count as done for threads
    /// that wait for several futures.
    Notified,
    /// It has a result.
    Returned(Value),
    /// It has an exception.
    Raised(Value),
}

encoded!(
    enum State {
        Pending,
        Running,
        Cancelled,
        Notified,
        Returned(value),
        Raised(exception),
    }
);

/// What is done to it.
#[derive(Clone, Debug)]
pub enum Action {
    /// Waits for its result.
    Result(Limit),
    /// Waits for its exception.
    Exception(Limit),
    /// Asks something.
    Ask(Question),
    /// Cancels it, unless it was begun.
    Cancel,
    /// Adds a callback for when it is done.
    AddCallback(Value),
    /// Begins it, unless it was cancelled.
    Begin,
    /// Gives it its result.
    SetResult(Value),
    /// Gives it its exception.
    SetException(Value),
}

encoded!(
    enum Action {
        Result(limit),
        Exception(limit),
        Ask(question),
        Cancel,
        AddCallback(callback),
        Begin,
        SetResult(value),
        SetException(exception),
    }
);

/// What may be asked of a future.
#[derive(Clone, Copy, Debug)]
pub enum Question {
    /// Whether it is done, or cancelled.
    Done,
    /// Whether it runs.
    Running,
    /// Whether it was cancelled.
    Cancelled,
}

encoded!(kind Question);

/// `concurrent.futures.Future`
pub static TYPE: Type = Type {
    name: "Future",
    module: "concurrent.futures._base",
    base: Some(&crate::machine::data::types::OBJECT),
    construct: Some(Call::Plain(construct)),
    methods: METHODS,
    properties: &[],
    layout: Layout::Final,
};

static METHODS: &[Native] = &[
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

impl Future {
    /// A future that was not begun.
    pub fn new() -> Self {
        Future { state: State::Pending, pool: None, task: "".into(), runner: None, callbacks: Vec::new(), place: 0 }
    }

    /// The values in it.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        let value = match &self.state {
            State::Returned(value) | State::Raised(value) => Some(value),
            State::Pending | State::Running | State::Cancelled | State::Notified => None,
        };
        value.into_iter().chain(&self.callbacks)
    }

    /// Whether it was not begun.
    pub fn is_pending(&self) -> bool {
        matches!(self.state, State::Pending)
    }

    /// Whether it is done for good.
    pub fn is_done(&self) -> bool {
        !matches!(self.state, State::Pending | State::Running)
    }

    /// Whether it counts as done for threads that wait for several futures.
    pub fn is_settled(&self) -> bool {
        self.is_done() && !matches!(self.state, State::Cancelled)
    }
}

impl Default for Future {
    fn default() -> Self {
        Future::new()
    }
}

impl State {
    /// The word for it in messages about states.
    fn name(&self) -> &'static str {
        match self {
            State::Pending => "PENDING",
            State::Running => "RUNNING",
            State::Cancelled => "CANCELLED",
            State::Notified => "CANCELLED_AND_NOTIFIED",
            State::Returned(_) | State::Raised(_) => "FINISHED",
        }
    }
}

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

/// How far it is, as events carry it.
pub fn shown(shared: &Shared, image: &Image, state: &State) -> FutureState {
    match state {
        State::Pending => FutureState::Pending,
        State::Running => FutureState::Running,
        State::Cancelled | State::Notified => FutureState::Cancelled,
        State::Returned(value) => FutureState::Returned(show::value(shared, image, value)),
        State::Raised(exception) => FutureState::Raised(class_of(exception).name().into()),
    }
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

/// Does the action, or says what blocks it.
///
/// # Errors
/// The future's own exception, `CancelledError`, `TimeoutError`, `InvalidStateError`; the call of its callbacks.
pub fn perform(
    turn: &mut Turn<'_>,
    id: ObjectId,
    action: &Action,
    stage: Stage,
    alternative: Alternative,
) -> Result<Progress> {
    turn.share_object(id);
    match action {
        Action::Result(limit) | Action::Exception(limit) => {
            let wants_result = matches!(action, Action::Result(_));
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
            return blocked(Blocker::Object(id), until(turn, stage, limit), AGAIN);
        }
    };
    let (Ok(shown) | Err(shown)) = &value;
    let answer = show::value(turn.shared, turn.image, shown);
    turn.emit(EventKind::Obtained { object: id, answer });
    match value {
        Ok(value) => done(value),
        Err(exception) => Err(raised(turn, exception)),
    }
}

/// Raises what a future has for its exception, which `set_exception` does not look at.
fn raised(turn: &mut Turn<'_>, exception: Value) -> Halt {
    if crate::machine::run::interpreter::is_instance(&exception, &crate::machine::data::exception::BASE_EXCEPTION) {
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
        let message = format!("{}: {}", now.state.name(), repr(now, super::address(id)));
        return Err(turn.error(&INVALID_STATE_ERROR, message));
    }
    if let State::Returned(value) | State::Raised(value) = &state {
        turn.share(value);
    }
    let shown = shown(turn.shared, turn.image, &state);
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
    turn.shared.futures_done += 1;
    let place = turn.shared.futures_done;
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
pub fn maker(shared: &Shared, id: ObjectId) -> Option<ThreadId> {
    match shared.heap.get(id) {
        Some(Object::Future(Future { state: State::Running, pool: Some(_), runner, .. })) => *runner,
        _ => None,
    }
}

/// The threads of which one has to do the task that a future stands for; `None`: that cannot be said.
pub(super) fn makers(shared: &Shared, future: &Future) -> Option<Vec<ThreadId>> {
    let pool = future.pool?;
    match future.state {
        State::Running => future.runner.map(|runner| vec![runner]),
        State::Pending => super::pool::sure_workers(shared, pool),
        State::Cancelled | State::Notified | State::Returned(_) | State::Raised(_) => None,
    }
}

/// Whether a thread that blocked could go on.
pub fn ready(shared: &Shared, me: ThreadId, id: ObjectId, action: &Action, stage: Stage) -> bool {
    let _ = me;
    match (action, shared.heap.get(id)) {
        (Action::Result(_) | Action::Exception(_), Some(Object::Future(future))) => {
            stage.part == FIRST || future.is_done()
        }
        _ => true,
    }
}
