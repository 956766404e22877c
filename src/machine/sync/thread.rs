//! `threading.Thread`: threads make, start, join and ask about threads.

use super::arguments::{Signature, limit, nothing, truth};
use super::primitive::Primitive;
use super::spawn;
use super::support::{blocked, done, until};
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::bytecode::AttributeUse;
use crate::event::{Blocker, EventKind};
use crate::machine::data;
use crate::machine::data::exception::{ASSERTION_ERROR, ATTRIBUTE_ERROR, RUNTIME_ERROR};
use crate::machine::data::repr::ident_of;
use crate::machine::memory::heap::PrivateHeap;
use crate::machine::memory::image::Linked;
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Arguments, Call, Context, Halt, Invocation, Layout, Native, Result, Type};
use crate::machine::memory::object::{Attributes, Dict, Instance, Key, Life, Object, Payload, ThreadData};
use crate::machine::memory::operation::{Operation, Part, Progress, Stage};
pub use crate::machine::memory::primitive::thread::{Action, New};
use crate::machine::memory::value::{ClassRef, InstanceRef, Kind, Value};
use crate::machine::sync::process::Process;
use crate::machine::sync::shared::{Phase, Record, Shared, Turn};
use crate::schedule::Alternative;
use std::sync::Arc;

/// `threading.Thread`
pub static TYPE: Type = Type {
    name: "Thread",
    module: "threading",
    base: Some(&crate::machine::data::types::OBJECT),
    construct: Some(Call::Plain(construct)),
    methods: METHODS,
    properties: PROPERTIES,
    layout: Layout::Thread,
};

static METHODS: &[Native] = &[
    Native { name: "__init__", call: Call::Operation(init) },
    Native { name: "__repr__", call: Call::Plain(show) },
    Native { name: "start", call: Call::Operation(start) },
    Native { name: "join", call: Call::Operation(join) },
    Native { name: "is_alive", call: Call::Operation(is_alive) },
    Native { name: "run", call: Call::Plain(run) },
    Native { name: "getName", call: Call::Plain(name) },
    Native { name: "setName", call: Call::Operation(set_name) },
    Native { name: "isDaemon", call: Call::Plain(daemon) },
    Native { name: "setDaemon", call: Call::Operation(set_daemon) },
];

static PROPERTIES: &[Native] = &[
    Native { name: "name", call: Call::Plain(name) },
    Native { name: "daemon", call: Call::Plain(daemon) },
    Native { name: "ident", call: Call::Plain(ident) },
    Native { name: "native_id", call: Call::Plain(ident) },
    // What a `run` of the program's own calls where it wants the result: CPython's names, in many a textbook.
    Native { name: "_target", call: Call::Plain(target) },
    Native { name: "_args", call: Call::Plain(arguments) },
    Native { name: "_kwargs", call: Call::Plain(keywords) },
];

static FUNCTIONS: &[Native] = &[
    Native { name: "current_thread", call: Call::Plain(current_thread) },
    Native { name: "main_thread", call: Call::Operation(main_thread) },
    Native { name: "active_count", call: Call::Operation(active_count) },
    // Their old names.
    Native { name: "currentThread", call: Call::Plain(current_thread) },
    Native { name: "activeCount", call: Call::Operation(active_count) },
    Native { name: "enumerate", call: Call::Operation(enumerate) },
    Native { name: "get_ident", call: Call::Plain(get_ident) },
    Native { name: "get_native_id", call: Call::Plain(get_ident) },
];

/// What the prelude calls.
pub(super) static LIBRARY: &[Native] = &[
    Native { name: "__join", call: Call::Operation(join_alone) },
    Native { name: "__is_alive", call: Call::Operation(is_alive_alone) },
    Native { name: "__thread_number", call: Call::Operation(|_, _| Ok(Operation::Thread(Action::Number))) },
];

/// The function of the module `threading`.
pub fn function(name: &str) -> Option<Value> {
    FUNCTIONS.iter().find(|native| native.name == name).map(Value::Native)
}

/// What storing to an attribute of a thread object does, where that is an operation: `name` and `daemon`.
///
/// # Errors
/// `AttributeError` for what cannot be set; `Halt::Ask` for a name that Python code has to write.
pub fn store(ctx: &mut Context<'_>, receiver: &Value, name: &str, value: &Value) -> Result<Option<Operation>> {
    Ok(match name {
        "name" => Some(Operation::Thread(Action::Rename(receiver.clone(), text_of(ctx, value)?))),
        "daemon" => Some(Operation::Thread(Action::SetDaemon(receiver.clone(), truth(value)))),
        "ident" | "native_id" => {
            let class = data::types::name_of(receiver);
            let message = format!("property '{name}' of '{class}' object has no setter");
            return Err(ctx.error(&ATTRIBUTE_ERROR, message));
        }
        _ => None,
    })
}

/// What `str()` makes of a name.
pub(super) fn text_of(ctx: &mut Context<'_>, value: &Value) -> Result<Arc<str>> {
    let text = data::repr::inner_text(ctx, value);
    text.map(Arc::from).map_err(|fault| fault.halt(ctx))
}

/// A new instance for `__init__` to work on.
fn construct(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let class = match args.positional.first() {
        Some(Value::Class(class)) => ClassRef::User(class.clone()),
        _ => ClassRef::Builtin(&TYPE),
    };
    Ok(blank(ctx.memory.private, class))
}

/// A thread object before its `__init__`.
pub(super) fn blank(private: &mut PrivateHeap, class: ClassRef) -> Value {
    let instance = Instance {
        class: class.clone(),
        attributes: Attributes::default(),
        sealed: 0,
        dict: None,
        payload: Payload::Thread(None),
    };
    let id = private.add(Object::Instance(instance));
    Value::Instance(triomphe::Arc::new(InstanceRef::new(class, id)))
}

fn receiver(ctx: &mut Context<'_>, args: Arguments<'_>, name: &str) -> Result<Value> {
    match args.positional.first() {
        Some(value @ Value::Instance(instance)) if instance.class.layout().is_subtype_of(&TYPE) => Ok(value.clone()),
        Some(other) => {
            let message =
                format!("Thread.{name}() cannot be called on a '{}' object", super::arguments::type_name(other));
            Err(ctx.type_error(message))
        }
        None => Err(ctx.type_error(format!("Thread.{name}() missing 1 required positional argument: 'self'"))),
    }
}

fn init(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    const PARAMETERS: [&str; 6] = ["group", "target", "name", "args", "kwargs", "daemon"];
    let receiver = receiver(ctx, args, "__init__")?;
    let signature =
        Signature { name: "Thread.__init__", parameters: PARAMETERS, required: 0, positional: 5, method: true };
    let [group, target, name, arguments, keywords, daemon] = signature.bind(ctx, args)?.map(Option::unwrap_or_default);
    if !is_left_out(&group) {
        return Err(ctx.error(&ASSERTION_ERROR, "group argument must be None for now"));
    }
    let name = if !is_left_out(&name) && truth(&name) { Some(text_of(ctx, &name)?) } else { None };
    let or_none = |value: Value| if value.is_unbound() { Value::None } else { value };
    Ok(Operation::Thread(Action::New(triomphe::Arc::new(New {
        receiver,
        target: or_none(target),
        name,
        arguments: if arguments.is_unbound() { Value::tuple(Vec::new()) } else { arguments },
        keywords: or_none(keywords),
        daemon: (!is_left_out(&daemon)).then(|| truth(&daemon)),
    }))))
}

fn is_left_out(value: &Value) -> bool {
    matches!(value, Value::Unbound | Value::None)
}

fn start(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Thread.start")?;
    Ok(Operation::Thread(Action::Start(receiver(ctx, args, "start")?)))
}

fn join(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let receiver = receiver(ctx, args, "join")?;
    let [timeout] = Signature::method("Thread.join", ["timeout"], 0).bind(ctx, args)?;
    let limit = limit(ctx, timeout.as_ref())?;
    unless_stopped(ctx, &receiver, "thread_join", || vec![receiver.clone(), timeout.unwrap_or(Value::None)])?;
    Ok(Operation::Thread(Action::Join(receiver, limit)))
}

/// `__join(thread, timeout)`, of the prelude.
fn join_alone(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let receiver = receiver(ctx, args, "join")?;
    Ok(Operation::Thread(Action::Join(receiver, limit(ctx, args.positional.get(1))?)))
}

/// `__is_alive(thread)`, likewise.
fn is_alive_alone(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Thread(Action::Alive(receiver(ctx, args, "is_alive")?)))
}

/// CPython calls a thread's `_stop` where it learns that the thread is over. A program that keeps something else under that
/// name learns that only then, so the prelude does as CPython.
fn unless_stopped(
    ctx: &mut Context<'_>,
    receiver: &Value,
    function: &str,
    arguments: impl FnOnce() -> Vec<Value>,
) -> Result<()> {
    let stored = |name| ctx.image.program.attribute_use(name) != AttributeUse::Never;
    let is_own = matches!(receiver, Value::Instance(instance) if matches!(instance.class, ClassRef::User(_)));
    if is_own && (ctx.image.symbol("_stop").is_some_and(stored) || data::user_method(ctx, receiver, "_stop").is_some())
    {
        return Err(data::prelude_call(ctx, function, arguments(), Vec::new()));
    }
    Ok(())
}

fn is_alive(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "Thread.is_alive")?;
    let receiver = receiver(ctx, args, "is_alive")?;
    unless_stopped(ctx, &receiver, "thread_is_alive", || vec![receiver.clone()])?;
    Ok(Operation::Thread(Action::Alive(receiver)))
}

fn set_name(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let receiver = receiver(ctx, args, "setName")?;
    let [name] = Signature::method("Thread.setName", ["name"], 1).bind(ctx, args)?;
    Ok(Operation::Thread(Action::Rename(receiver, text_of(ctx, &name.unwrap_or(Value::None))?)))
}

fn set_daemon(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let receiver = receiver(ctx, args, "setDaemon")?;
    let [daemonic] = Signature::method("Thread.setDaemon", ["daemonic"], 1).bind(ctx, args)?;
    Ok(Operation::Thread(Action::SetDaemon(receiver, daemonic.as_ref().is_some_and(truth))))
}

/// What the thread calls, called here: for a class's `run` that calls `super().run()`.
fn run(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    nothing(ctx, args, "Thread.run")?;
    let data = data_of(ctx, args, "run")?;
    match call_of(ctx.image, &data, |id| ctx.memory.get(id).ok()) {
        Some(call) => Err(Halt::Invoke(Box::new(call))),
        None => Ok(Value::None),
    }
}

/// The call of a thread's target, if it has one. What are no proper arguments fail there, in the thread.
pub(super) fn call_of<'h>(
    image: &Linked,
    data: &ThreadData,
    object: impl Fn(ObjectId) -> Option<&'h Object>,
) -> Option<Invocation> {
    if matches!(data.target, Value::None) {
        return None;
    }
    let find = |value: &Value| value.object_id().and_then(&object);
    let arguments = match (&data.arguments, find(&data.arguments)) {
        (Value::Tuple(items), _) => Some(items.to_vec()),
        (_, Some(Object::List(items))) => Some(items.clone()),
        _ => None,
    };
    let keyword = |(key, value): (&Key, &Value)| match &key.value {
        Value::Str(name) => Some((image.symbol(name.as_str())?, value.clone())),
        _ => None,
    };
    let keywords = match (&data.keywords, find(&data.keywords)) {
        (Value::None, _) => Some(Vec::new()),
        (_, Some(Object::Dict(items))) => items.iter().map(keyword).collect(),
        _ => None,
    };
    Some(match (arguments, keywords, image.prelude("run")) {
        (None, _, Some(run)) | (_, None, Some(run)) => {
            let arguments = vec![data.target.clone(), data.arguments.clone(), data.keywords.clone()];
            Invocation { callee: Value::Prelude(run), arguments, keywords: Vec::new() }
        }
        (arguments, keywords, _) => Invocation {
            callee: data.target.clone(),
            arguments: arguments.unwrap_or_default(),
            keywords: keywords.unwrap_or_default(),
        },
    })
}

/// The thread object's data.
fn data_of(ctx: &mut Context<'_>, args: Arguments<'_>, name: &str) -> Result<ThreadData> {
    let receiver = receiver(ctx, args, name)?;
    let Some(id) = receiver.object_id() else { return Err(uninitialized(ctx)) };
    let data = match ctx.memory.get(id)? {
        Object::Instance(Instance { payload: Payload::Thread(Some(data)), .. }) => Some((**data).clone()),
        _ => None,
    };
    data.ok_or_else(|| uninitialized(ctx))
}

fn uninitialized(ctx: &mut Context<'_>) -> Halt {
    ctx.error(&ASSERTION_ERROR, "Thread.__init__() not called")
}

fn name(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    Ok(Value::str(&*data_of(ctx, args, "name")?.name))
}

fn daemon(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    Ok(Value::Bool(data_of(ctx, args, "daemon")?.daemon))
}

fn ident(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let data = data_of(ctx, args, "ident")?;
    Ok(if data.life == Life::Initial { Value::None } else { Value::Int(ident_of(data.id)) })
}

fn target(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    Ok(data_of(ctx, args, "_target")?.target)
}

fn arguments(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    Ok(data_of(ctx, args, "_args")?.arguments)
}

fn keywords(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    match data_of(ctx, args, "_kwargs")?.keywords {
        Value::None => Ok(Value::Object(Kind::Dict, ctx.memory.add(Object::Dict(Dict::default())))),
        keywords => Ok(keywords),
    }
}

fn show(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let data = data_of(ctx, args, "__repr__")?;
    let class = match args.positional.first() {
        _ if data.is_main => "_MainThread",
        Some(Value::Instance(instance)) => instance.class.name(),
        _ => TYPE.name,
    };
    Ok(Value::str(data::repr::thread(class, &data)))
}

fn current_thread(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    Signature::function("current_thread", [], 0).bind(ctx, args).map(|[]| ())?;
    Ok(ctx.thread_object.clone())
}

fn get_ident(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    Signature::function("get_ident", [], 0).bind(ctx, args).map(|[]| ())?;
    Ok(Value::Int(ident_of(ctx.me)))
}

fn main_thread(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Signature::function("main_thread", [], 0).bind(ctx, args).map(|[]| Operation::Thread(Action::Main))
}

fn active_count(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Signature::function("active_count", [], 0).bind(ctx, args).map(|[]| Operation::Thread(Action::Count))
}

fn enumerate(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Signature::function("enumerate", [], 0).bind(ctx, args).map(|[]| Operation::Thread(Action::Enumerate))
}

/// The thread that an object stands for, once its `__init__` has run.
pub fn thread_of(process: &Process, object: &Value) -> Option<ThreadId> {
    match process.heap.get(object.object_id()?)? {
        Object::Instance(Instance { payload: Payload::Thread(Some(data)), .. }) => Some(data.id),
        _ => None,
    }
}

/// Changes the data of a thread object, wherever it lies; says whether there is any.
pub(super) fn change(turn: &mut Turn<'_>, object: &Value, change: impl FnOnce(&mut ThreadData)) -> bool {
    let Some(id) = object.object_id() else { return false };
    let found = match turn.private.get_mut(id) {
        Some(found) => Some(found),
        None => turn.process_mut().heap.get_mut(id),
    };
    match found {
        Some(Object::Instance(Instance { payload: Payload::Thread(Some(data)), .. })) => {
            change(data);
            true
        }
        _ => false,
    }
}

/// The thread of an object that may be private still.
pub(super) fn look(turn: &Turn<'_>, object: &Value) -> Option<ThreadId> {
    match turn.private.get(object.object_id()?) {
        Some(Object::Instance(Instance { payload: Payload::Thread(Some(data)), .. })) => Some(data.id),
        Some(_) => None,
        None => thread_of(turn.process(), object),
    }
}

pub(super) fn fail<T>(turn: &mut Turn<'_>, message: &str) -> Result<T> {
    Err(turn.error(&RUNTIME_ERROR, message))
}

/// The thread is over: its object says so.
pub fn stopped(shared: &mut Shared, thread: ThreadId) {
    let Record { object, process, .. } = shared.record(thread);
    let (id, process) = (object.object_id(), *process);
    if let Some(Object::Instance(Instance { payload: Payload::Thread(Some(data)), .. })) =
        id.and_then(|id| shared.processes[process].heap.get_mut(id))
    {
        data.life = Life::Stopped;
    }
}

/// The object and the row of a process's main thread, which has no row yet: the beginning of the process. `private` is the
/// thread's heap.
pub fn main(shared: &mut Shared, process: ProcessId, private: &mut PrivateHeap) -> Value {
    let class = ClassRef::Builtin(&TYPE);
    let name: Arc<str> = "MainThread".into();
    let data = ThreadData {
        id: shared.processes[process].household.main,
        is_main: true,
        name: name.clone(),
        daemon: false,
        life: Life::Started,
        target: Value::None,
        arguments: Value::tuple(Vec::new()),
        keywords: Value::None,
    };
    let id = private.add(Object::Instance(Instance {
        class: class.clone(),
        attributes: Attributes::default(),
        sealed: 0,
        dict: None,
        payload: Payload::Thread(Some(Box::new(data))),
    }));
    let object = Value::Instance(triomphe::Arc::new(InstanceRef::new(class, id)));
    shared.threads.push(Record { phase: Phase::Alive, ..Record::new(process, name, false, object.clone()) });
    object
}

impl Primitive for Action {
    type On = ();

    fn perform(&self, turn: &mut Turn<'_>, (): (), stage: Stage, alternative: Alternative) -> Result<Progress> {
        match self {
            Action::New(new) => spawn::create(turn, new),
            Action::Start(object) => spawn::begin(turn, object),
            Action::Join(object, limit) => wait(turn, object, *limit, stage, alternative),
            Action::Alive(object) => {
                let Some(target) = look(turn, object) else {
                    return Err(turn.error(&ASSERTION_ERROR, "Thread.__init__() not called"));
                };
                let is_ours = turn.shared.record(target).process == turn.process;
                let alive =
                    is_ours && turn.shared.record(target).phase == Phase::Alive && !is_done(turn.shared, target);
                turn.emit(EventKind::AskedAlive { target, alive });
                done(Value::Bool(alive))
            }
            Action::Rename(object, name) => rename(turn, object, name),
            Action::SetDaemon(object, daemon) => make_daemon(turn, object, *daemon),
            Action::Main => {
                let object = turn.shared.record(turn.process().household.main).object.clone();
                turn.share(&object);
                done(object)
            }
            Action::Count => done(Value::Int(alive(turn).len() as i64)),
            Action::Number => {
                turn.process_mut().household.unnamed += 1;
                done(Value::Int(i64::from(turn.process().household.unnamed)))
            }
            Action::Enumerate => {
                let objects = alive(turn).into_iter().map(|thread| turn.shared.record(thread).object.clone()).collect();
                done(Value::Object(Kind::List, turn.private.add(Object::List(objects))))
            }
        }
    }

    fn ready(&self, shared: &Shared, me: ThreadId, (): (), stage: Stage) -> bool {
        match self {
            Action::Join(object, _) => {
                let target = thread_of(shared.process_of(me), object);
                let is_over = |target| is_done(shared, target) || !are_fellows(shared, me, target);
                stage.part == Part::First || target.is_none_or(is_over)
            }
            Action::New(_)
            | Action::Start(_)
            | Action::Alive(_)
            | Action::Rename(..)
            | Action::SetDaemon(..)
            | Action::Main
            | Action::Count
            | Action::Enumerate
            | Action::Number => true,
        }
    }

    fn waits(&self, shared: &Shared, me: ThreadId, (): ()) -> bool {
        let Action::Join(object, Limit::Forever) = self else { return false };
        // Joining itself, or a thread that was not started, is an error.
        let target = thread_of(shared.process_of(me), object);
        let waits = |target| target != me && are_fellows(shared, me, target);
        target.is_some_and(|target| waits(target) && shared.record(target).phase == Phase::Alive)
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::New(_) => "make a thread",
            Action::Start(_) => "start a thread",
            Action::Join(..) => "join a thread",
            Action::Alive(_) => "ask whether a thread is alive",
            Action::Rename(..) => "rename a thread",
            Action::SetDaemon(..) => "set whether a thread is a daemon",
            Action::Main | Action::Count | Action::Enumerate => "ask for threads",
            Action::Number => "number a thread",
        }
    }
}
/// The threads of the process that are alive; each counts as asked.
fn alive(turn: &mut Turn<'_>) -> Vec<ThreadId> {
    let rows = (0..).map(ThreadId).zip(turn.shared.threads.iter());
    let alive: Vec<ThreadId> = rows
        .filter(|(_, record)| record.phase == Phase::Alive && record.process == turn.process)
        .map(|(thread, _)| thread)
        .collect();
    for target in &alive {
        turn.emit(EventKind::AskedAlive { target: *target, alive: true });
    }
    alive
}

fn wait(turn: &mut Turn<'_>, object: &Value, limit: Limit, stage: Stage, alternative: Alternative) -> Result<Progress> {
    let Some(target) = look(turn, object) else { return fail(turn, "Thread.__init__() not called") };
    match turn.shared.record(target).phase {
        Phase::New => return fail(turn, "cannot join thread before it is started"),
        // This process is a copy of that thread's, where nothing of the thread is left.
        _ if turn.shared.record(target).process != turn.process => return done(Value::None),
        _ if target == turn.me => return fail(turn, "cannot join current thread"),
        _ if is_done(turn.shared, target) && alternative == Alternative::Go => {
            turn.emit(EventKind::Joined { target });
            return done(Value::None);
        }
        _ => {}
    }
    if alternative == Alternative::TimeOut || limit == Limit::Never {
        turn.emit(EventKind::TimedOut { on: Blocker::Thread(target) });
        return done(Value::None);
    }
    blocked(Blocker::Thread(target), until(turn, stage, limit), Part::Again)
}

fn rename(turn: &mut Turn<'_>, object: &Value, name: &Arc<str>) -> Result<Progress> {
    let Some(target) = look(turn, object) else {
        return Err(turn.error(&ASSERTION_ERROR, "Thread.__init__() not called"));
    };
    change(turn, object, |data| data.name = name.clone());
    turn.shared.record_mut(target).name = name.clone();
    turn.emit(EventKind::ThreadRenamed { target, name: name.clone() });
    done(Value::None)
}

fn make_daemon(turn: &mut Turn<'_>, object: &Value, daemon: bool) -> Result<Progress> {
    let Some(target) = look(turn, object) else { return fail(turn, "Thread.__init__() not called") };
    if turn.shared.record(target).phase != Phase::New {
        return fail(turn, "cannot set daemon status of active thread");
    }
    change(turn, object, |data| data.daemon = daemon);
    turn.shared.record_mut(target).daemon = daemon;
    done(Value::None)
}

/// Whether both belong to one process.
fn are_fellows(shared: &Shared, a: ThreadId, b: ThreadId) -> bool {
    shared.record(a).process == shared.record(b).process
}

/// Whether a thread counts as ended to those who join it: the main thread does as soon as it waits for the others alone, and
/// the workers of pools, which it sees to first, are over.
fn is_done(shared: &Shared, thread: ThreadId) -> bool {
    let record = shared.record(thread);
    let waits_at_end = || record.waiting.as_ref().is_some_and(|waiting| waiting.on == Blocker::Shutdown);
    matches!(record.phase, Phase::Over(_))
        || (waits_at_end() && !super::workers::anybody_works(shared, &shared.processes[record.process]))
}
