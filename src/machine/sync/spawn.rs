//! How threads are made and started.

use super::support::done;
use super::thread::{New, call_of, change, fail, look};
use crate::base::{ObjectId, ThreadId};
use crate::bytecode::{GlobalId, Home};
use crate::event::EventKind;
use crate::machine::data::{class, hash};
use crate::machine::memory::budget::Budget;
use crate::machine::memory::native::{Call, Invocation, Native, Result};
use crate::machine::memory::object::{Instance, Life, Object, Payload, ThreadData};
use crate::machine::memory::operation::Progress;
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::{ClassRef, Method, Value};
use crate::machine::sync::shared::{Phase, Record, Turn};
use std::sync::Arc;

/// What a thread runs that has no target.
static NOTHING: Native = Native { name: "run", call: Call::Plain(|_, _| Ok(Value::None)) };

pub(super) fn create(turn: &mut Turn<'_>, new: &New) -> Result<Progress> {
    let id = ThreadId(turn.shared.threads.len() as u32);
    let name: Arc<str> = new.name.clone().unwrap_or_else(|| {
        turn.process_mut().household.unnamed += 1;
        let function = callable_name(turn, &new.target).map(|name| format!(" ({name})"));
        format!("Thread-{}{}", turn.process().household.unnamed, function.unwrap_or_default()).into()
    });
    let daemon = new.daemon.unwrap_or(turn.shared.record(turn.me).daemon);
    let data = ThreadData {
        id,
        is_main: false,
        name: name.clone(),
        daemon,
        life: Life::Initial,
        target: new.target.clone(),
        arguments: new.arguments.clone(),
        keywords: new.keywords.clone(),
    };
    let Some(object) = new.receiver.object_id() else { return fail(turn, "thread.__init__() not called") };
    if turn.private.get(object).is_none() {
        [&data.target, &data.arguments, &data.keywords].into_iter().for_each(|value| turn.share(value));
    }
    let found = match turn.private.get_mut(object) {
        Some(found) => Some(found),
        None => turn.process_mut().heap.get_mut(object),
    };
    if let Some(Object::Instance(instance)) = found {
        instance.payload = Payload::Thread(Some(Box::new(data)));
    }
    turn.shared.threads.push(Record::new(turn.process, name.clone(), daemon, new.receiver.clone()));
    turn.emit(EventKind::ThreadCreated { new: id, name, daemon });
    // What `Thread(…)` gives. As the result of `__init__` it is not used.
    done(new.receiver.clone())
}

/// Makes a thread that begins with a call, and starts it.
pub(super) fn start(turn: &mut Turn<'_>, name: Arc<str>, call: Invocation) -> Result<(ThreadId, Value)> {
    let id = ThreadId(turn.shared.threads.len() as u32);
    let receiver = super::thread::blank(turn.private, ClassRef::Builtin(&super::thread::TYPE));
    let new = New {
        receiver: receiver.clone(),
        target: call.callee,
        name: Some(name),
        arguments: Value::tuple(call.arguments),
        keywords: Value::None,
        daemon: None,
    };
    create(turn, &new)?;
    begin(turn, &receiver)?;
    Ok((id, receiver))
}

/// `__name__` of what can be called.
fn callable_name(turn: &Turn<'_>, value: &Value) -> Option<String> {
    let image = turn.image;
    match value {
        Value::Function(function) => Some(match function.attributes.and_then(|id| stored_name(turn, id)) {
            Some(name) => name,
            None => image.name(image.code(function.code).name).to_owned(),
        }),
        Value::Method(method) => callable_name(turn, &method.function),
        Value::Native(native) => Some(native.name.to_owned()),
        Value::NativeMethod(bound) => Some(bound.native.name.to_owned()),
        Value::Class(class) => Some(class.name.to_string()),
        Value::Type(class) => Some(class.name.to_owned()),
        _ => None,
    }
}

/// The `__name__` that a function was given: by `functools.wraps`, say.
fn stored_name(turn: &Turn<'_>, attributes: ObjectId) -> Option<String> {
    const NAME: &str = "__name__";
    let object = |id| turn.private.get(id).or_else(|| turn.process().heap.get(id));
    let Object::Instance(instance) = object(attributes)? else { return None };
    let stored = match instance.dict.and_then(object) {
        Some(Object::Dict(dict)) => dict.get(&hash::text_key(NAME)),
        _ => instance.attributes.get(turn.image.symbol(NAME)?),
    };
    match stored? {
        Value::Str(name) => Some(name.as_str().to_owned()),
        _ => None,
    }
}

pub(super) fn begin(turn: &mut Turn<'_>, object: &Value) -> Result<Progress> {
    let Some(mut id) = look(turn, object) else { return fail(turn, "thread.__init__() not called") };
    if turn.shared.record(id).phase != Phase::New {
        return fail(turn, "threads can only be started once");
    }
    if turn.shared.record(id).process != turn.process {
        id = take_over(turn, object, id);
    }
    let mine = turn.shared.record(turn.me).object.clone();
    turn.share_object(turn.process().namespace);
    turn.share(&mine);
    turn.share(object);
    if turn.process().household.frozen.is_none() {
        turn.process_mut().household.frozen = Some(freeze(turn));
    }
    change(turn, object, |data| data.life = Life::Started);
    let mut thread = Thread::new(id, turn.process, object.clone(), turn.process().household.frozen.clone());
    thread.heap.learn(&turn.process().heap);
    *thread.heap.budget_mut() = Budget::new(turn.private.budget().limit());
    thread.entry = Some(entry(turn, object));
    turn.shared.started.push(thread);
    turn.shared.record_mut(id).phase = Phase::Alive;
    turn.emit(EventKind::ThreadStarted { started: id });
    done(Value::None)
}

/// A thread was made, and not started, before its process was cloned: the copy is a thread of its own.
fn take_over(turn: &mut Turn<'_>, object: &Value, original: ThreadId) -> ThreadId {
    let id = ThreadId(turn.shared.threads.len() as u32);
    let Record { name, daemon, .. } = turn.shared.record(original);
    let (name, daemon) = (name.clone(), *daemon);
    change(turn, object, |data| data.id = id);
    turn.shared.threads.push(Record::new(turn.process, name.clone(), daemon, object.clone()));
    turn.emit(EventKind::ThreadCreated { new: id, name, daemon });
    id
}

/// The global variables that are bound and can no longer change; the others are `Unbound`. A plain value that a loop looks at
/// again and again is one of those: to look at it stays an operation, so that the loop can be told from a computation.
fn freeze(turn: &Turn<'_>) -> Arc<[Value]> {
    let values = match turn.process().heap.get(turn.process().namespace) {
        Some(Object::Namespace(values)) => values.all(),
        _ => &[],
    };
    let globals = &turn.image.program.globals;
    let is_plain = |value: &Value| matches!(value, Value::None | Value::Bool(_) | Value::Int(_) | Value::Str(_));
    // A module whose code still runs, or failed, may bind its names again.
    let is_bound = |global: GlobalId| values.get(global.0 as usize).is_some_and(|value| !value.is_unbound());
    let runs = |home: Home| match home {
        Home::Own(module) => turn.image.program.own_module(module).is_some_and(|own| !is_bound(own.done)),
        Home::Scenario | Home::Prelude | Home::Library(_) => false,
    };
    let frozen = (0..).map(GlobalId).zip(globals).zip(values).map(|((id, global), value)| {
        let fixed = global.bound_once && !runs(global.home) && !(is_plain(value) && turn.image.looked_at.contains(&id));
        if fixed { value.clone() } else { Value::Unbound }
    });
    frozen.collect()
}

/// What a thread begins with: its class's `run`, or its target.
fn entry(turn: &Turn<'_>, object: &Value) -> Invocation {
    let plain = |callee| Invocation { callee, arguments: Vec::new(), keywords: Vec::new() };
    if let Value::Instance(instance) = object
        && let Some(run) = class::find(turn.private.replaced(), turn.image, &instance.class, "run")
    {
        return plain(match run {
            Value::Function(_) => Value::Method(triomphe::Arc::new(Method { receiver: object.clone(), function: run })),
            other => other,
        });
    }
    let data = match turn.process().heap.get(object.object_id().unwrap_or(turn.process().namespace)) {
        Some(Object::Instance(Instance { payload: Payload::Thread(Some(data)), .. })) => Some(data),
        _ => None,
    };
    data.and_then(|data| call_of(turn.image, data, |id| turn.process().heap.get(id)))
        .unwrap_or_else(|| plain(Value::Native(&NOTHING)))
}
