//! `concurrent.futures.ThreadPoolExecutor`: tasks, first in, first out, and the worker threads that do them.
//!
//! What a worker does is Python code of the library: it takes a task (`_next`), which has the library call it, and says
//! that it is done with it (`_finish`).

use super::arguments::{Signature, nothing, number, receiver, truth, type_name};
use super::future::{self, Future, State};
use super::peek;
use super::primitive::Primitive;
use super::subclass;
use super::support::{blocked, call_library, done, library_call, part};
use super::{spawn, thread};
use crate::base::{ObjectId, Symbol, ThreadId};
use crate::event::{Blocker, EventKind};
use crate::machine::data;
use crate::machine::data::exception::{BROKEN_THREAD_POOL, NOT_IMPLEMENTED_ERROR, RUNTIME_ERROR};
use crate::machine::memory::native::{Arguments, Call, Context, Halt, Invocation, Layout, Native, Result, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Operation, Part, Progress, Stage};
pub use crate::machine::memory::primitive::pool::{Action, Pool, Task, Worker};
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::shared::{Shared, Turn};
use crate::schedule::Alternative;
use std::collections::VecDeque;
use std::sync::Arc;

/// The module that the Python part belongs to.
const MODULE: &str = "concurrent.futures";
/// How many processors a program sees: the same everywhere, so that a run depends on the program alone.
const PROCESSORS: u32 = 4;
/// The most workers of a pool whose program does not say.
const DEFAULT_LIMIT: u32 = if PROCESSORS + 4 < 32 { PROCESSORS + 4 } else { 32 };
/// The most characters of a task as it is shown.
const TASK_WIDTH: usize = 40;

/// `concurrent.futures.Executor`
pub static EXECUTOR: Type = Type {
    name: "Executor",
    module: "concurrent.futures._base",
    base: Some(&data::types::OBJECT),
    construct: Some(crate::machine::data::object::NEW.call),
    methods: EXECUTOR_METHODS,
    properties: &[],
    layout: Layout::Plain,
};

/// `concurrent.futures.ThreadPoolExecutor`
pub static TYPE: Type = Type {
    name: "ThreadPoolExecutor",
    module: "concurrent.futures.thread",
    base: Some(&EXECUTOR),
    construct: Some(Call::Operation(construct)),
    methods: METHODS,
    properties: PROPERTIES,
    layout: Layout::Value,
};

/// What every executor has: a class of the program may define `submit`, and have the rest by it.
static EXECUTOR_METHODS: &[Native] = &[
    Native { name: "submit", call: Call::Plain(nothing_done) },
    Native { name: "map", call: Call::Plain(map) },
    Native { name: "shutdown", call: Call::Plain(shutdown_nothing) },
    Native { name: "__enter__", call: Call::Plain(enter) },
    Native { name: "__exit__", call: Call::Plain(exit) },
];

static METHODS: &[Native] = &[
    Native { name: "__init__", call: Call::Operation(init) },
    Native { name: "submit", call: Call::Operation(submit) },
    Native { name: "shutdown", call: Call::Plain(shutdown) },
    Native { name: "_next", call: Call::Operation(next) },
    Native { name: "_finish", call: Call::Operation(finish) },
    Native { name: "_rest", call: Call::Operation(rest) },
    Native { name: "_close", call: Call::Operation(close) },
    Native { name: "_break", call: Call::Operation(break_it) },
];

static PROPERTIES: &[Native] =
    &[Native { name: "_max_workers", call: Call::Plain(max_workers) }, peek::SHUTDOWN, peek::THREADS, peek::WORK_QUEUE];

fn construct(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    const PARAMETERS: [&str; 4] = ["max_workers", "thread_name_prefix", "initializer", "initargs"];
    let signature = Signature::method("ThreadPoolExecutor.__init__", PARAMETERS, 0);
    let [most, prefix, initializer, arguments] = signature.bind(ctx, args)?;
    let limit = match most.filter(|most| !matches!(most, Value::None)) {
        None => DEFAULT_LIMIT,
        Some(most) => match number(&most) {
            Some(most) if most > 0.0 => most.ceil() as u32, // saturates
            Some(_) => return Err(ctx.value_error("max_workers must be greater than 0")),
            None => {
                let message = format!("'<=' not supported between instances of '{}' and 'int'", type_name(&most));
                return Err(ctx.type_error(message));
            }
        },
    };
    let initializer = initializer.unwrap_or(Value::None);
    if !matches!(initializer, Value::None) && !data::function::is_callable(ctx, &initializer) {
        return Err(ctx.type_error("initializer must be a callable"));
    }
    let prefix = match prefix.filter(truth) {
        Some(prefix) => thread::text_of(ctx, &prefix)?,
        None => "".into(),
    };
    let arguments = arguments.unwrap_or_else(|| Value::tuple(Vec::new()));
    let pool = Pool {
        limit,
        prefix,
        initializer,
        arguments,
        tasks: VecDeque::new(),
        workers: Vec::new(),
        idle: 0,
        closed: false,
        broken: None,
    };
    Ok(Operation::Pool(ctx.memory.add(Object::Pool(Box::new(pool))), Action::Open))
}

/// `ThreadPoolExecutor.__init__`
fn init(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "ThreadPoolExecutor.__init__")?;
    match construct(ctx, args)? {
        Operation::Pool(made, action) => {
            subclass::become_like(ctx, id, made)?;
            Ok(Operation::Pool(id, action))
        }
        other => Ok(other),
    }
}

fn target(ctx: &mut Context<'_>, args: Arguments<'_>, name: &str) -> Result<ObjectId> {
    receiver(ctx, args, &[Kind::Pool], name)
}

/// What is called, and with what by position: everything behind the receiver.
fn callee<'a>(ctx: &mut Context<'_>, args: Arguments<'a>, name: &str) -> Result<(&'a Value, &'a [Value])> {
    match args.positional.get(1..).and_then(<[Value]>::split_first) {
        Some(call) => Ok(call),
        None => Err(ctx.type_error(format!("{name}() missing 1 required positional argument: 'fn'"))),
    }
}

fn submit(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "ThreadPoolExecutor.submit")?;
    let (callee, arguments) = callee(ctx, args, "ThreadPoolExecutor.submit")?;
    let (callee, arguments, keywords) = (callee.clone(), arguments.to_vec(), args.keywords.to_vec());
    let future = ctx.memory.add(Object::Future(Future::new()));
    let call = triomphe::Arc::new(Invocation { callee, arguments, keywords });
    Ok(Operation::Pool(id, Action::Submit(Task { future, call })))
}

fn map(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let (callee, iterables) = callee(ctx, args, "Executor.map")?;
    let mut timeout = Value::None;
    for (symbol, value) in args.keywords {
        match ctx.image.name(*symbol) {
            "timeout" => timeout = value.clone(),
            "chunksize" => {}
            other => {
                let message = format!("Executor.map() got an unexpected keyword argument '{other}'");
                return Err(ctx.type_error(message));
            }
        }
    }
    let pool = args.positional.first().cloned().unwrap_or_default();
    let arguments = vec![pool, callee.clone(), Value::tuple(iterables.to_vec()), timeout];
    Err(in_library(ctx, "_map", arguments))
}

fn shutdown(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let id = target(ctx, args, "ThreadPoolExecutor.shutdown")?;
    let signature = Signature {
        name: "ThreadPoolExecutor.shutdown",
        parameters: ["wait", "cancel_futures"],
        required: 0,
        positional: 1,
        method: true,
    };
    let [wait, drop] = signature.bind(ctx, args)?;
    let arguments =
        vec![Value::Object(Kind::Pool, id), wait.unwrap_or(Value::Bool(true)), drop.unwrap_or(Value::Bool(false))];
    Err(in_library(ctx, "_shutdown", arguments))
}

fn enter(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    match args.positional.first() {
        Some(executor) => Ok(executor.clone()),
        None => Err(ctx.type_error("unbound method __enter__() needs an argument")),
    }
}

fn exit(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let executor = args.positional.first().cloned().unwrap_or_default();
    if matches!(executor, Value::Instance(_)) {
        return Err(in_library(ctx, "_leave", vec![executor]));
    }
    let arguments = vec![executor, Value::Bool(true), Value::Bool(false)];
    Err(in_library(ctx, "_shutdown", arguments))
}

fn nothing_done(ctx: &mut Context<'_>, _: Arguments<'_>) -> Result {
    Err(ctx.error(&NOT_IMPLEMENTED_ERROR, ""))
}

fn shutdown_nothing(_: &mut Context<'_>, _: Arguments<'_>) -> Result {
    Ok(Value::None)
}

fn in_library(ctx: &mut Context<'_>, name: &str, arguments: Vec<Value>) -> Halt {
    match library_call(ctx.image, MODULE, name, arguments) {
        Some(call) => Halt::Invoke(Box::new(call)),
        None => ctx.error(&RUNTIME_ERROR, format!("`{MODULE}` has no function '{name}' in Python")),
    }
}

fn next(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "_next")?;
    Ok(Operation::Pool(target(ctx, args, "_next")?, Action::Next))
}

fn finish(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "_finish")?;
    match args.positional {
        [_, Value::Object(Kind::Future, future), value, Value::Bool(well)] => {
            Ok(Operation::Pool(id, Action::Finish { future: *future, value: value.clone(), well: *well }))
        }
        _ => Err(ctx.type_error("_finish() takes a future, a value and whether it is a result")),
    }
}

fn rest(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "_rest")?;
    Ok(Operation::Pool(target(ctx, args, "_rest")?, Action::Rest))
}

fn close(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "_close")?;
    let [drop] = Signature::method("_close", ["cancel_futures"], 1).bind(ctx, args)?;
    Ok(Operation::Pool(id, Action::Close(drop.as_ref().is_some_and(truth))))
}

fn break_it(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = target(ctx, args, "_break")?;
    let [text] = Signature::method("_break", ["text"], 1).bind(ctx, args)?;
    let text = thread::text_of(ctx, &text.unwrap_or(Value::None))?;
    Ok(Operation::Pool(id, Action::Break(text)))
}

fn max_workers(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let id = target(ctx, args, "_max_workers")?;
    match ctx.memory.get(id)? {
        Object::Pool(pool) => Ok(Value::Int(i64::from(pool.limit))),
        _ => Ok(Value::None),
    }
}

fn pool<'t>(turn: &'t mut Turn<'_>, id: ObjectId) -> Result<&'t mut Pool> {
    part(turn, id, |object| if let Object::Pool(it) = object { Some(it) } else { None })
}

impl Primitive for Action {
    type On = ObjectId;

    fn perform(&self, turn: &mut Turn<'_>, id: ObjectId, _stage: Stage, _alternative: Alternative) -> Result<Progress> {
        match self {
            Action::Open => open(turn, id),
            Action::Submit(task) => take_in(turn, id, task),
            Action::Next => hand_out(turn, id),
            Action::Finish { future, value, well } => {
                let state = if *well { State::Returned(value.clone()) } else { State::Raised(value.clone()) };
                let callbacks = future::finish(turn, *future, state)?;
                if callbacks.is_empty() {
                    return relieve(turn, id);
                }
                let pool = Value::Object(Kind::Pool, id);
                let arguments = vec![pool, Value::Object(Kind::Future, *future), Value::tuple(callbacks)];
                Err(call_library(turn, MODULE, "_call_back_and_rest", arguments))
            }
            Action::Rest => relieve(turn, id),
            Action::Close(drop) => {
                let state = pool(turn, id)?;
                state.closed = true;
                let dropped = if *drop { std::mem::take(&mut state.tasks) } else { VecDeque::new() };
                let workers = state.workers.iter().map(|worker| worker.object.clone()).collect();
                turn.emit(EventKind::PoolShutDown { object: id, dropped: dropped.len() as u32 });
                turn.touch(Blocker::Object(id));
                done(Value::tuple(vec![futures_of(dropped), Value::tuple(workers)]))
            }
            Action::Break(text) => {
                let state = pool(turn, id)?;
                state.broken = Some(text.clone());
                let dropped = std::mem::take(&mut state.tasks);
                turn.emit(EventKind::PoolBroken { object: id });
                turn.touch(Blocker::Object(id));
                done(futures_of(dropped))
            }
        }
    }

    fn ready(&self, shared: &Shared, me: ThreadId, id: ObjectId, stage: Stage) -> bool {
        let Some(Object::Pool(pool)) = shared.process_of(me).heap.get(id) else { return true };
        match self {
            Action::Next => {
                stage.part == Part::First
                    || !pool.tasks.is_empty()
                    || pool.closed
                    || shared.process_of(me).household.exiting
            }
            Action::Open
            | Action::Submit(_)
            | Action::Finish { .. }
            | Action::Rest
            | Action::Close(_)
            | Action::Break(_) => true,
        }
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Open => "make",
            Action::Submit(_) => "submit to",
            Action::Next => "take a task from",
            Action::Finish { .. } | Action::Rest => "end a task of",
            Action::Close(_) => "shut down",
            Action::Break(_) => "break",
        }
    }
}
fn futures_of(tasks: VecDeque<Task>) -> Value {
    Value::tuple(tasks.into_iter().map(|task| Value::Object(Kind::Future, task.future)).collect())
}

fn open(turn: &mut Turn<'_>, id: ObjectId) -> Result<Progress> {
    turn.share_object(id);
    turn.process_mut().household.pools.push(id);
    let number = turn.process().household.unnamed_pools;
    let state = pool(turn, id)?;
    if state.prefix.is_empty() {
        state.prefix = format!("ThreadPoolExecutor-{number}").into();
        turn.process_mut().household.unnamed_pools += 1;
    }
    done(Value::Object(Kind::Pool, id))
}

fn take_in(turn: &mut Turn<'_>, id: ObjectId, task: &Task) -> Result<Progress> {
    let state = pool(turn, id)?;
    if let Some(text) = state.broken.clone() {
        return Err(turn.error(&BROKEN_THREAD_POOL, &*text));
    }
    if state.closed {
        return Err(turn.error(&RUNTIME_ERROR, "cannot schedule new futures after shutdown"));
    }
    if turn.process().household.exiting {
        return Err(turn.error(&RUNTIME_ERROR, "cannot schedule new futures after interpreter shutdown"));
    }
    let Invocation { callee, arguments, keywords } = &*task.call;
    std::iter::once(callee).chain(arguments).chain(keywords.iter().map(|(_, value)| value)).for_each(|value| {
        turn.share(value);
    });
    let shown = shown_call(turn, &task.call);
    if let Some(Object::Future(future)) = turn.private.get_mut(task.future) {
        future.task = shown;
        future.pool = Some(id);
    }
    turn.share_object(task.future);
    let state = pool(turn, id)?;
    state.tasks.push_back(task.clone());
    let pending = state.tasks.len() as u32;
    let spare = state.idle > 0;
    state.idle -= u32::from(spare);
    let hires = !spare && !state.is_full();
    turn.emit(EventKind::Submitted { object: id, future: task.future, pending });
    turn.touch(Blocker::Object(id));
    if hires {
        hire(turn, id)?;
    }
    done(Value::Object(Kind::Future, task.future))
}

/// The call as it is shown: `task(3)`.
fn shown_call(turn: &Turn<'_>, call: &Invocation) -> Arc<str> {
    let show = |value: &Value| turn.shown(value).to_string();
    let function = show(&call.callee);
    // `main.<locals>.task` is shown as `task`.
    let function = function.rsplit('.').next().unwrap_or_default();
    let named = |(name, value): &(Symbol, Value)| format!("{}={}", turn.image.name(*name), show(value));
    let arguments: Vec<_> = call.arguments.iter().map(show).chain(call.keywords.iter().map(named)).collect();
    let text = format!("{function}({})", arguments.join(", "));
    match text.char_indices().nth(TASK_WIDTH) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// Starts a worker.
fn hire(turn: &mut Turn<'_>, id: ObjectId) -> Result<()> {
    let state = pool(turn, id)?;
    let name = format!("{}_{}", state.prefix, state.workers.len());
    let arguments = vec![Value::Object(Kind::Pool, id), state.initializer.clone(), state.arguments.clone()];
    let Some(call) = library_call(turn.image, MODULE, "_work", arguments) else {
        return Err(turn.error(&RUNTIME_ERROR, "a pool needs the library's own code"));
    };
    let (thread, object) = spawn::start(turn, name.into(), call)?;
    pool(turn, id)?.workers.push(Worker { thread, object });
    turn.emit(EventKind::WorkerAdded { object: id, worker: thread });
    Ok(())
}

/// Hands a task to the worker that asks for one, tells it to end, or lets it wait.
fn hand_out(turn: &mut Turn<'_>, id: ObjectId) -> Result<Progress> {
    let exiting = turn.process().household.exiting;
    loop {
        let state = pool(turn, id)?;
        let Some(task) = state.tasks.pop_front() else {
            if state.closed || exiting {
                return done(Value::Bool(false));
            }
            return blocked(Blocker::Object(id), None, Part::Again);
        };
        let pending = state.tasks.len() as u32;
        turn.touch(Blocker::Object(id));
        if !future::start(turn, task.future)? {
            pool(turn, id)?.idle += 1;
            continue;
        }
        turn.emit(EventKind::TaskBegun { object: id, future: task.future, pending });
        let Invocation { callee, arguments, keywords } = &*task.call;
        let mut given = vec![Value::Object(Kind::Pool, id), Value::Object(Kind::Future, task.future), callee.clone()];
        given.extend(arguments.iter().cloned());
        return Err(match library_call(turn.image, MODULE, "_run", given) {
            Some(call) => Halt::Invoke(Box::new(Invocation { keywords: keywords.clone(), ..call })),
            None => turn.error(&RUNTIME_ERROR, "a pool needs the library's own code"),
        });
    }
}

/// A worker is free again.
fn relieve(turn: &mut Turn<'_>, id: ObjectId) -> Result<Progress> {
    pool(turn, id)?.idle += 1;
    turn.emit(EventKind::TaskEnded { object: id });
    done(Value::None)
}
