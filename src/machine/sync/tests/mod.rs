//! A small driver over `Shared` and `Turn`, and tables of a few lines of text: which thread does what, and which states
//! follow.

mod calls;
mod processes;
mod tables;
mod threads;
mod trouble;

use super::kinds::{repr, type_of_kind};
use super::support::address;
use super::*;
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::base::{Source, Symbol};
use crate::bytecode::{Code, CodeId, CodeKind, Global, GlobalId, Home, Parameters, Program};
use crate::event::Blocker;
use crate::event::{Event, EventKind};
use crate::machine::memory::budget;
use crate::machine::memory::heap::PrivateHeap;
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Answers, Arguments, Call, Context, Halt, Native};
use crate::machine::memory::object::{Globals, Instance, Object, Payload};
use crate::machine::memory::operation::{Operation, Part, Progress, Stage};
use crate::machine::memory::reach::{Memory, Reach};
use crate::machine::memory::value::{ClassRef, InstanceRef, Kind, Value};
use crate::machine::run::builtin::module_member;
use crate::machine::run::image::Image;
use crate::machine::run::operations::{cancel, perform, ready, unwind};
use crate::machine::run::signal;
use crate::machine::sync::process::Process;
use crate::machine::sync::shared::{Phase, Record, Shared, Turn, Waiting};
use crate::schedule::Alternative;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Names that the tests use as keywords, functions and globals.
const SYMBOLS: &[&str] = &[
    "<module>",
    "work",
    "blocking",
    "timeout",
    "item",
    "block",
    "n",
    "foo",
    "target",
    "name",
    "args",
    "kwargs",
    "daemon",
    "k",
    "weights",
    "cum_weights",
    "group",
    "step",
    "barrier_act",
    "condition_wait_for",
    "fixed",
    "open",
    "acquire",
    "release",
    "wait",
    "notify",
    "Condition",
];

fn symbol(name: &str) -> Symbol {
    Symbol(SYMBOLS.iter().position(|known| *known == name).unwrap() as u32)
}

fn code(name: &str) -> Code {
    Code {
        name: symbol(name),
        qualified_name: name.into(),
        parameters: Parameters::default(),
        locals: Vec::new(),
        cells: Vec::new(),
        cell_parameters: Vec::new(),
        captures: Vec::new(),
        instructions: Vec::new(),
        constants: Vec::new(),
        call_sites: Vec::new(),
        handlers: Vec::new(),
        lines: Vec::new(),
        hints: Vec::new(),
        free_loads: Vec::new(),
        kind: CodeKind::Function,
        class_body: None,
        has_metaclass: false,
        home: Home::Scenario,
        docstring: None,
        annotated: Vec::new(),
    }
}

fn image() -> Image {
    let global = |name, bound_once, home| Global { name: symbol(name), shown: symbol(name), bound_once, home };
    Image::new(Arc::new(Program {
        arguments: Vec::new(),
        source: Arc::new(Arc::new(Source::new("test.py", "")).into()),
        codes: vec![code("<module>"), code("work")],
        startup: Vec::new(),
        spawned: None,
        modules: Vec::new(),
        main: CodeId(0),
        symbols: SYMBOLS.iter().map(|name| Arc::from(*name)).collect(),
        globals: vec![
            global("barrier_act", true, Home::Prelude),
            global("condition_wait_for", true, Home::Prelude),
            global("fixed", true, Home::Scenario),
            global("open", false, Home::Scenario),
        ],
        attributes: Vec::new(),
        function_attributes: false,
    }))
}

/// A run without an interpreter: threads do what the test says.
struct World {
    shared: Shared,
    image: Image,
    heaps: Vec<PrivateHeap>,
    names: Vec<(ObjectId, Arc<str>)>,
    objects: BTreeMap<String, (Kind, ObjectId)>,
    /// The last result that was a value.
    value: Value,
}

impl World {
    /// The main thread and `others` more, all alive, and objects: `a Lock, c Condition a, s Semaphore 2`.
    fn new(others: u32, objects: &str) -> World {
        let mut heap = PrivateHeap::new(ThreadId::MAIN);
        let namespace = heap.add(Object::Namespace(Globals::new(vec![
            Value::Unbound,
            Value::Unbound,
            Value::Int(7),
            Value::Int(8),
        ])));
        let mut shared = Shared::new(Process::new(ThreadId::MAIN, namespace, 1, budget::DEFAULT), 1_000_000_000);
        thread::main(&mut shared, ProcessId::FIRST, &mut heap);
        let mut heaps = vec![heap];
        for id in (1..=others).map(ThreadId) {
            shared.threads.push(Record {
                phase: Phase::Alive,
                ..Record::new(ProcessId::FIRST, format!("Thread-{}", id.0).into(), false, Value::None)
            });
            heaps.push(PrivateHeap::new(id));
        }
        let mut world =
            World { shared, image: image(), heaps, names: Vec::new(), objects: BTreeMap::new(), value: Value::None };
        for text in objects.split(',').filter(|text| !text.trim().is_empty()) {
            world.make(&text.split_whitespace().collect::<Vec<_>>());
        }
        world
    }

    fn make(&mut self, words: &[&str]) {
        let number = words.get(2).and_then(|word| word.parse::<i64>().ok()).map(Value::Int);
        let argument =
            words.get(2).and_then(|name| self.objects.get(*name)).map(|(kind, id)| Value::Object(*kind, *id));
        let module = if words[1] == "Queue" { "queue" } else { "threading" };
        let Some(Value::Type(class)) = module_member(module, words[1]) else { panic!("no {}", words[1]) };
        let mut arguments = vec![Value::Type(class)];
        arguments.extend(number.or(argument));
        let Some(Call::Plain(construct)) = class.construct else { panic!("cannot make {}", words[1]) };
        let made = self.context(0, |ctx| construct(ctx, Arguments { positional: &arguments, keywords: &[] }));
        let Ok(Value::Object(kind, id)) = made else { panic!("{made:?}") };
        self.names.push((id, words[0].into()));
        self.objects.insert(words[0].to_owned(), (kind, id));
        let mut turn = self.turn(0);
        turn.share_object(id);
    }

    fn process(&self) -> &Process {
        &self.shared.processes[ProcessId::FIRST]
    }

    fn process_mut(&mut self) -> &mut Process {
        &mut self.shared.processes[ProcessId::FIRST]
    }

    fn turn(&mut self, me: u32) -> Turn<'_> {
        let Record { line, process, .. } = self.shared.threads[me as usize];
        Turn {
            shared: &mut self.shared,
            private: &mut self.heaps[me as usize],
            names: &mut self.names,
            image: &self.image,
            me: ThreadId(me),
            process,
            line,
            frames: &[],
            stack: &[],
            touched: Vec::new(),
        }
    }

    fn context<T>(&mut self, me: u32, run: impl FnOnce(&mut Context<'_>) -> T) -> T {
        let object = self.shared.threads[me as usize].object.clone();
        let reach = Reach::Read(&self.shared.process_of(ThreadId(me)).heap);
        let memory = Memory::new(&mut self.heaps[me as usize], reach);
        run(&mut Context {
            memory,
            image: &self.image,
            me: ThreadId(me),
            process: self.shared.record(ThreadId(me)).process,
            thread_object: &object,
            answers: Answers::default(),
            frames: &[],
        })
    }

    fn id(&self, name: &str) -> ObjectId {
        self.objects[name].1
    }

    /// Performs as the machine does: what is touched is looked at again.
    fn perform(&mut self, me: u32, operation: Operation, stage: Stage, alternative: Alternative) -> String {
        self.shared.step += 1;
        let mut turn = self.turn(me);
        let result = perform(&mut turn, &operation, stage, alternative);
        let touched = std::mem::take(&mut turn.touched);
        let thread = ThreadId(me);
        let text = match result {
            Ok(Progress::Done(value)) => {
                self.shared.record_mut(thread).waiting = None;
                self.value = value.clone();
                format!("{value:?}")
            }
            Ok(Progress::Blocked { on, until, stage }) => {
                let mut waiting = Waiting { operation, stage, on, until, ready: false };
                waiting.ready = ready(&self.shared, thread, &waiting.operation, waiting.stage);
                self.shared.record_mut(thread).waiting = Some(waiting);
                self.shared.emit(thread, EventKind::Blocked { on, until });
                on.state().name().to_owned()
            }
            Err(halt) => {
                self.shared.record_mut(thread).waiting = None;
                self.raised(me, halt)
            }
        };
        for on in touched {
            self.look_again(on);
        }
        text
    }

    fn look_again(&mut self, on: Blocker) {
        for index in 0..self.shared.threads.len() {
            let thread = ThreadId(index as u32);
            let Some(waiting) = self.shared.record(thread).waiting.clone() else { continue };
            if waiting.on == on {
                let ready = ready(&self.shared, thread, &waiting.operation, waiting.stage);
                self.shared.record_mut(thread).waiting = Some(Waiting { ready, ..waiting });
            }
        }
    }

    fn raised(&self, me: u32, halt: Halt) -> String {
        match halt {
            Halt::Raise(Value::Instance(instance)) => {
                let Some(Object::Instance(Instance { payload: Payload::Exception(data), .. })) =
                    self.heaps[me as usize].get(instance.id)
                else {
                    panic!("no exception")
                };
                match data.arguments.first() {
                    Some(Value::Str(text)) => format!("{}: {}", instance.class.name(), text.as_str()),
                    _ => instance.class.name().to_owned(),
                }
            }
            Halt::Invoke(call) => {
                format!("calls {:?} with {:?}", prelude_name(&self.image, &call.callee), call.arguments)
            }
            other => panic!("{other:?}"),
        }
    }

    /// Does one line: `1 acquire a`, `1 again`, `1 late`, `now 5`.
    fn act(&mut self, text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        if words[0] == "now" {
            self.shared.now = words[1].parse().unwrap();
            return String::new();
        }
        let me: u32 = words[0].parse().unwrap();
        if matches!(words[1], "again" | "late") {
            let waiting = self.shared.record(ThreadId(me)).waiting.clone().expect("a waiting thread");
            let alternative = if words[1] == "late" { Alternative::TimeOut } else { Alternative::Go };
            return self.perform(me, waiting.operation, waiting.stage, alternative);
        }
        if words[1] == "end" {
            self.shared.record_mut(ThreadId(me)).phase = Phase::Over(crate::event::Ending::Finished);
            self.look_again(Blocker::Thread(ThreadId(me)));
            return String::new();
        }
        if words[1] == "shutdown" {
            let waiting = Waiting {
                operation: Operation::Exit,
                stage: Stage::default(),
                on: Blocker::Shutdown,
                until: None,
                ready: false,
            };
            self.shared.record_mut(ThreadId(me)).waiting = Some(waiting);
            return String::new();
        }
        let (kind, id) = self.objects[words[2]];
        let operation = operation(kind, id, words[1], words.get(3).copied());
        self.perform(me, operation, Stage::default(), Alternative::Go)
    }

    /// The states of all threads, each by its first letters: `go`, `ready`, `blocked`, `waiting`, `joining`.
    fn states(&self) -> String {
        let state = |record: &Record| match (&record.phase, &record.waiting) {
            (Phase::Over(_), _) => "over",
            (_, None) => "go",
            (_, Some(waiting)) if waiting.ready => "ready",
            (_, Some(waiting)) => waiting.on.state().name(),
        };
        self.shared.threads.iter().map(state).collect::<Vec<_>>().join(" ")
    }

    /// Runs a table: `who does what = result | states`, the last two where they matter.
    fn table(&mut self, table: &str) {
        for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (line, states) =
                line.split_once('|').map_or((line, None), |(line, states)| (line, Some(states.trim())));
            let (action, expected) =
                line.split_once('=').map_or((line, None), |(action, result)| (action, Some(result.trim())));
            let result = self.act(action.trim());
            if let Some(expected) = expected {
                assert_eq!(result, expected, "result of `{}`", action.trim());
            }
            if let Some(states) = states {
                assert_eq!(self.states(), states, "states after `{}`", action.trim());
            }
        }
    }

    /// The events since the last look, as text with the objects' names.
    fn events(&mut self) -> Vec<String> {
        let events = std::mem::take(&mut self.shared.events);
        let mut lines: Vec<String> =
            events.iter().map(|event: &Event| format!("{} {:?}", event.thread, event.kind)).collect();
        for (name, (_, id)) in &self.objects {
            for line in &mut lines {
                *line = line.replace(&format!("{id:?}"), name);
            }
        }
        lines
    }

    /// Calls a method of an object, or a function, as the interpreter does.
    fn call(&mut self, native: &Native, positional: &[Value], keywords: &[(&str, Value)]) -> String {
        let keywords: Vec<_> = keywords.iter().map(|(name, value)| (symbol(name), value.clone())).collect();
        let arguments = Arguments { positional, keywords: &keywords };
        let result = match native.call {
            Call::Plain(call) | Call::Short(_, call) => self.context(0, |ctx| call(ctx, arguments)).map(Err),
            Call::Operation(call) => self.context(0, |ctx| call(ctx, arguments)).map(Ok),
            #[allow(unreachable_patterns)]
            _ => panic!("not a native of this module"),
        };
        match result {
            Ok(Ok(operation)) => self.perform(0, operation, Stage::default(), Alternative::Go),
            Ok(Err(value)) => {
                let text = format!("{value:?}");
                self.value = value;
                text
            }
            Err(halt) => self.raised(0, halt),
        }
    }

    fn method(&mut self, object: &str, name: &str, arguments: &[Value], keywords: &[(&str, Value)]) -> String {
        let (kind, id) = self.objects[object];
        let native = type_of_kind(kind).method(name).expect("a method");
        let positional = [&[Value::Object(kind, id)], arguments].concat();
        self.call(native, &positional, keywords)
    }

    fn function(&mut self, module: &str, name: &str, arguments: &[Value], keywords: &[(&str, Value)]) -> String {
        match module_member(module, name) {
            Some(Value::Native(native)) => self.call(native, arguments, keywords),
            Some(Value::Type(class)) => {
                let Some(call) = class.construct else { panic!("cannot make {name}") };
                let positional = [&[Value::Type(class)], arguments].concat();
                self.call(&Native { name: class.name, call }, &positional, keywords)
            }
            other => panic!("{module}.{name} is {other:?}"),
        }
    }

    fn holds(&self, thread: u32) -> Vec<ObjectId> {
        self.shared.threads[thread as usize].holds.iter().map(|(lock, _)| *lock).collect()
    }
}

fn prelude_name(image: &Image, value: &Value) -> String {
    match value {
        Value::Prelude(GlobalId(index)) => image.name(image.program.globals[*index as usize].name).to_owned(),
        other => format!("{other:?}"),
    }
}

/// An operation from a verb; a number behind it is a limit in nanoseconds, or what the verb takes.
fn operation(kind: Kind, id: ObjectId, verb: &str, argument: Option<&str>) -> Operation {
    let number = argument.and_then(|text| text.parse::<u64>().ok());
    let limit = match number {
        None => Limit::Forever,
        Some(0) => Limit::Never,
        Some(length) => Limit::Within(length),
    };
    match (kind, verb) {
        (Kind::Lock, "acquire") => Operation::Lock(id, lock::Action::Acquire(limit)),
        (Kind::Lock, "release") => Operation::Lock(id, lock::Action::Release),
        (Kind::Lock, "locked") => Operation::Lock(id, lock::Action::Locked),
        (Kind::RLock, "acquire") => Operation::RLock(id, rlock::Action::Acquire(limit)),
        (Kind::RLock, "release") => Operation::RLock(id, rlock::Action::Release),
        (Kind::Condition, "acquire") => Operation::Condition(id, condition::Action::Acquire(limit)),
        (Kind::Condition, "release") => Operation::Condition(id, condition::Action::Release),
        (Kind::Condition, "wait") => Operation::Condition(id, condition::Action::Wait(limit)),
        (Kind::Condition, "notify") => Operation::Condition(id, condition::Action::Notify(number.map(|n| n as u32))),
        (Kind::Semaphore | Kind::BoundedSemaphore, "acquire") => {
            Operation::Semaphore(id, semaphore::Action::Acquire(limit))
        }
        (Kind::Semaphore | Kind::BoundedSemaphore, "release") => {
            Operation::Semaphore(id, semaphore::Action::Release(number.unwrap_or(1)))
        }
        (Kind::Event, "set") => Operation::Event(id, event::Action::Set),
        (Kind::Event, "clear") => Operation::Event(id, event::Action::Clear),
        (Kind::Event, "is_set") => Operation::Event(id, event::Action::IsSet),
        (Kind::Event, "wait") => Operation::Event(id, event::Action::Wait(limit)),
        (Kind::Barrier, "wait") => Operation::Barrier(id, barrier::Action::Wait(number.map(|_| limit))),
        (Kind::Barrier, "abort") => Operation::Barrier(id, barrier::Action::Abort),
        (Kind::Barrier, "reset") => Operation::Barrier(id, barrier::Action::Reset),
        (Kind::Barrier, "waiting") => Operation::Barrier(id, barrier::Action::Waiting),
        (Kind::Barrier, "broken") => Operation::Barrier(id, barrier::Action::Broken),
        (Kind::Barrier, "finish") => Operation::Barrier(id, barrier::Action::Finish(number == Some(1))),
        (Kind::Queue, "put") => {
            let item = Value::Int(number.unwrap_or_default() as i64);
            Operation::Queue(id, queue::Action::Put { item, limit: Limit::Forever, negative: false })
        }
        (Kind::Queue, "offer") => {
            let item = Value::Int(0);
            Operation::Queue(id, queue::Action::Put { item, limit, negative: false })
        }
        (Kind::Queue, "get") => Operation::Queue(id, queue::Action::Get(limit)),
        (Kind::Queue, "task_done") => Operation::Queue(id, queue::Action::TaskDone),
        (Kind::Queue, "join") => Operation::Queue(id, queue::Action::Join),
        (Kind::Queue, "qsize") => Operation::Queue(id, queue::Action::Size),
        other => panic!("{other:?}"),
    }
}

/// A thread object for one of the world's own threads.
fn thread_object(world: &mut World, id: u32) -> Value {
    let class = ClassRef::Builtin(&thread::TYPE);
    let data = crate::machine::memory::object::ThreadData {
        id: ThreadId(id),
        is_main: id == 0,
        name: world.shared.threads[id as usize].name.clone(),
        daemon: false,
        life: crate::machine::memory::object::Life::Started,
        target: Value::None,
        arguments: Value::tuple(Vec::new()),
        keywords: Value::None,
    };
    let object = world.heaps[0].add(Object::Instance(Instance {
        class: class.clone(),
        attributes: Default::default(),
        sealed: 0,
        dict: None,
        payload: Payload::Thread(Some(Box::new(data))),
    }));
    let value = Value::Instance(triomphe::Arc::new(InstanceRef::new(class, object)));
    world.turn(0).share(&value);
    value
}
