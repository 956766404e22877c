//! Making, starting and joining threads.

use super::*;
use crate::machine::memory::object::Attributes;
use crate::machine::memory::value::{Class, Function};

fn new(world: &mut World, keywords: &[(&str, Value)]) -> Value {
    world.function("threading", "Thread", &[], &[]);
    let object = world.value.clone();
    let init = thread::TYPE.method("__init__").unwrap();
    let made = world.call(init, std::slice::from_ref(&object), keywords);
    assert_eq!(made, format!("{object:?}"), "what `Thread(…)` gives is the object");
    object
}

fn call(world: &mut World, name: &str, object: &Value, arguments: &[Value]) -> String {
    let native = thread::TYPE.method(name).or_else(|| thread::TYPE.property(name)).unwrap();
    let positional = [std::slice::from_ref(object), arguments].concat();
    world.call(native, &positional, &[])
}

fn work() -> Value {
    Value::Function(triomphe::Arc::new(Function {
        code: CodeId(1),
        defaults: Box::default(),
        keyword_defaults: Box::default(),
        cells: Box::default(),
        original: None,
        attributes: None,
    }))
}

#[test]
fn names_count_up_and_tell_the_target() {
    let mut world = World::new(0, "a Lock");
    let first = new(&mut world, &[]);
    let second = new(&mut world, &[("target", work()), ("daemon", Value::Bool(true))]);
    let third = new(&mut world, &[("name", Value::str("alice")), ("target", work())]);
    assert_eq!(call(&mut world, "name", &first, &[]), "\"Thread-1\"");
    assert_eq!(call(&mut world, "name", &second, &[]), "\"Thread-2 (work)\"");
    assert_eq!(call(&mut world, "name", &third, &[]), "\"alice\"");
    assert_eq!(call(&mut world, "daemon", &second, &[]), "true");
    assert_eq!(call(&mut world, "ident", &second, &[]), "None");
    assert_eq!(call(&mut world, "__repr__", &second, &[]), "\"<Thread(Thread-2 (work), initial daemon)>\"");
    assert_eq!(
        world.events()[1..2],
        ["T0 ThreadCreated { new: T1, name: \"Thread-1\", daemon: false }".replace("T1", "ThreadId(1)")]
    );
}

#[test]
fn starting_shares_what_the_thread_can_reach_and_fixes_the_globals() {
    let mut world = World::new(0, "");
    let list = world.heaps[0].add(Object::List(vec![Value::Int(1)]));
    let arguments = Value::tuple(vec![Value::Object(Kind::List, list)]);
    let object = new(&mut world, &[("target", work()), ("args", arguments)]);
    assert!(world.process().heap.get(list).is_none());
    assert_eq!(call(&mut world, "start", &object, &[]), "None");
    assert!(world.process().heap.get(list).is_some());
    let started = world.shared.started.pop().unwrap();
    assert_eq!(started.id, ThreadId(1));
    let entry = started.entry.unwrap();
    assert!(matches!((&entry.callee, entry.arguments.len()), (Value::Function(_), 1)));
    let frozen = world.process().household.frozen.clone().unwrap();
    assert_eq!(format!("{frozen:?}"), "[<unbound>, <unbound>, 7, <unbound>]");
    assert!(matches!(&world.shared.threads[1].phase, Phase::Alive));
    assert_eq!(call(&mut world, "ident", &object, &[]), "2");
    assert_eq!(call(&mut world, "start", &object, &[]), "RuntimeError: threads can only be started once");
    assert_eq!(
        call(&mut world, "setDaemon", &object, &[Value::Bool(true)]),
        "RuntimeError: cannot set daemon status of active thread"
    );
}

#[test]
fn a_class_with_its_own_run_begins_there() {
    let mut world = World::new(0, "");
    let variables = world.heaps[0].add(Object::ClassVariables(Default::default()));
    let mut image = super::image();
    let mut program = (*image.program).clone();
    program.symbols = program.symbols.iter().cloned().chain([Arc::from("run")]).collect();
    image = Image::new(Arc::new(program));
    let run = image.symbol("run").unwrap();
    world.image = image;
    let class = ClassRef::User(triomphe::Arc::new(Class {
        meta: None,
        name: "Worker".into(),
        qualified_name: "Worker".into(),
        module: "__main__".into(),
        bases: vec![ClassRef::Builtin(&thread::TYPE)],
        mro: vec![ClassRef::Builtin(&thread::TYPE)],
        layout: &thread::TYPE,
        computed: Vec::new(),
        attributes: [(run, work())].into_iter().collect(),
        guarded: false,
        slots: None,
        names: vec![run],
        variable_names: Vec::new(),
        variables,
        body: CodeId(0),
    }));
    let id = world.heaps[0].add(Object::Instance(Instance {
        class: class.clone(),
        attributes: Attributes::default(),
        sealed: 0,
        dict: None,
        payload: Payload::Thread(None),
    }));
    let object = Value::Instance(triomphe::Arc::new(InstanceRef::new(class, id)));
    assert_eq!(call(&mut world, "start", &object, &[]), "RuntimeError: thread.__init__() not called");
    assert_eq!(call(&mut world, "join", &object, &[]), "RuntimeError: Thread.__init__() not called");
    assert_eq!(call(&mut world, "is_alive", &object, &[]), "AssertionError: Thread.__init__() not called");
    assert_eq!(call(&mut world, "name", &object, &[]), "AssertionError: Thread.__init__() not called");
    call(&mut world, "__init__", &object, &[]);
    assert_eq!(call(&mut world, "start", &object, &[]), "None");
    let entry = world.shared.started[0].entry.clone().unwrap();
    assert!(matches!(&entry.callee, Value::Method(method) if method.receiver.is(&object)));
}

#[test]
fn joining_waits_for_the_end_and_refuses_what_could_not_end() {
    let mut world = World::new(1, "");
    let other = thread_object(&mut world, 1);
    assert_eq!(call(&mut world, "is_alive", &other, &[]), "true");
    assert_eq!(call(&mut world, "join", &other, &[]), "joining");
    world.table("1 end | ready over");
    world.events();
    assert_eq!(world.act("0 again"), "None");
    assert_eq!(world.events(), ["T0 Joined { target: ThreadId(1) }"]);
    assert_eq!(call(&mut world, "is_alive", &other, &[]), "false");
    assert_eq!(call(&mut world, "join", &other, &[]), "None");
    let unstarted = new(&mut world, &[]);
    assert_eq!(call(&mut world, "join", &unstarted, &[]), "RuntimeError: cannot join thread before it is started");
    let main = world.shared.threads[0].object.clone();
    assert_eq!(call(&mut world, "join", &main, &[]), "RuntimeError: cannot join current thread");
}

#[test]
fn a_bounded_join_ends_without_a_result() {
    let mut world = World::new(1, "");
    let other = thread_object(&mut world, 1);
    assert_eq!(call(&mut world, "join", &other, &[Value::Int(0)]), "None");
    assert_eq!(call(&mut world, "join", &other, &[Value::Int(1)]), "joining");
    assert_eq!(world.act("0 late"), "None");
}

#[test]
fn threads_can_be_asked_for_and_renamed() {
    let mut world = World::new(1, "");
    thread_object(&mut world, 1);
    let object = new(&mut world, &[]);
    assert_eq!(world.function("threading", "active_count", &[], &[]), "2");
    let rename = world.context(0, |ctx| thread::store(ctx, &object, "name", &Value::str("bob"))).unwrap().unwrap();
    assert_eq!(world.perform(0, rename, Stage::default(), Alternative::Go), "None");
    assert_eq!(call(&mut world, "getName", &object, &[]), "\"bob\"");
    assert_eq!(&*world.shared.threads[2].name, "bob");
    let daemon = world.context(0, |ctx| thread::store(ctx, &object, "daemon", &Value::Bool(true))).unwrap().unwrap();
    world.perform(0, daemon, Stage::default(), Alternative::Go);
    assert!(world.shared.threads[2].daemon);
    assert_eq!(world.function("threading", "get_ident", &[], &[]), "1");
    world.function("threading", "current_thread", &[], &[]);
    let current = world.value.clone();
    world.function("threading", "main_thread", &[], &[]);
    assert!(world.value.is(&current));
    assert_eq!(call(&mut world, "__repr__", &current, &[]), "\"<_MainThread(MainThread, started 1)>\"");
    let init = thread::TYPE.method("__init__").unwrap();
    let wrong = [object, Value::Int(1)];
    assert_eq!(world.call(init, &wrong, &[]), "AssertionError: group argument must be None for now");
}
