//! What can be seen of a run's variables: for threads that stand still everything that names lead to, for threads that
//! compute only what they share with others.

use raddle::base::{Source, ThreadId};
use raddle::engine::{Options, Received, Run};
use raddle::event::{Breakpoint, Content, Place, Scope, Variable, Variables};
use raddle::machine::image::Image;
use raddle::policy::Kind;
use std::sync::Arc;
use std::time::Duration;

/// Only a defect takes so long.
const LONG: Duration = Duration::from_secs(20);
const WORKER: ThreadId = ThreadId(1);

fn start(program: &str, breakpoints: Vec<Breakpoint>) -> Run {
    let program = raddle::lang::compile(Arc::new(Source::new("test.py", program))).expect("it compiles");
    let options = Options { breakpoints, policy: Kind::RoundRobin, ..Options::default() };
    Run::start(Arc::new(Image::new(Arc::new(program))), options).expect("there are threads")
}

/// What the thread that comes to `line` first sees there.
fn at(program: &str, line: u32) -> Variables {
    let run = start(program, vec![Breakpoint::Line(line)]);
    let (control, mut events) = (run.control(), run.events());
    while let Received::Event(_) = events.recv_timeout(LONG) {}
    let strike = control.strike().expect("a thread comes to the line");
    // The main thread may still be on its way to the gate; until it is there nothing is known of its own variables.
    while !control.is_over() && control.variables(ThreadId::MAIN).frames.is_none() {
        std::thread::yield_now();
    }
    control.variables(strike.thread)
}

fn said(variables: &[Variable]) -> String {
    variables.iter().map(|it| format!("{} = {}", it.name, it.value)).collect::<Vec<_>>().join(", ")
}

fn frames(variables: &Variables) -> &[Scope] {
    variables.frames.as_deref().expect("the thread stands still")
}

fn object<'v>(variables: &'v Variables, name: &str) -> &'v Content {
    variables.objects.iter().find(|object| &*object.name == name).unwrap_or_else(|| panic!("{variables:#?}"))
}

#[test]
fn frames_have_parameters_locals_and_what_closures_share() {
    let program = "\
import threading
def counter(start):
    count = start
    def step(by=2):
        nonlocal count
        count += by
        squares = [n * n for n in range(by)]
        return squares
    step()
    return step
def work(name, *rest, **options):
    step = counter(10)
    step(3)
worker = threading.Thread(target=work, args=('w', 1, None), kwargs={'deep': True})
worker.start()
worker.join()
";
    let seen = at(program, 8);
    let frames = frames(&seen);
    let functions: Vec<_> = frames.iter().map(|frame| (&*frame.function, frame.line)).collect();
    assert_eq!(functions, [("counter.<locals>.step", 8), ("counter", 9), ("work", 12)]);
    assert!(said(&frames[0].variables).ends_with("count = 12"), "{}", said(&frames[0].variables));
    assert!(said(&frames[0].variables).contains("by = 2, squares = [0, 1]"), "{}", said(&frames[0].variables));
    assert!(said(&frames[1].variables).contains("start = 10"));
    let work = said(&frames[2].variables);
    assert_eq!(work, "name = 'w', rest = (1, None), options = {'deep': True}");
    let count = frames[0].variables.iter().find(|it| &*it.name == "count").expect("it is a cell");
    assert!(matches!(count.place, Some(Place::Cell { .. })));
    assert_eq!(&*count.kind, "int");
}

#[test]
fn objects_are_shown_one_level_deep_under_the_names_that_lead_to_them() {
    let program = "\
import threading
class Account:
    opened = 0
    def __init__(self, owner, balance):
        self.owner = owner
        self.balance = balance
        self.lock = threading.Lock()
        Account.opened += 1
    def deposit(self, amount):
        with self.lock:
            self.balance += amount
            return self.balance
accounts = [Account('ada', 100), Account('bob', 5)]
limits = {'ada': [1, 2], 'bob': []}
plain = [1, 2, 3]
long = list(range(100))
def work(account):
    account.deposit(7)
    print(accounts, limits, plain, long)
worker = threading.Thread(target=work, args=(accounts[0],), name='worker')
worker.start()
worker.join()
";
    let seen = at(program, 12);
    assert_eq!(said(&frames(&seen)[0].variables), "self = <Account>, amount = 7");
    let account = object(&seen, "self");
    assert_eq!(said(&account.items), "owner = 'ada', balance = 107, lock = held by worker");
    assert_eq!((&*account.kind, account.more), ("Account", 0));
    assert!(matches!(account.items[1].place, Some(Place::Attribute { .. })));
    assert_eq!(said(&object(&seen, "accounts").items), "[0] = <Account>, [1] = <Account>");
    assert_eq!(said(&object(&seen, "accounts[1]").items), "owner = 'bob', balance = 5, lock = free");
    assert_eq!(said(&object(&seen, "limits").items), "['ada'] = [1, 2], ['bob'] = []");
    let long = object(&seen, "long");
    assert_eq!((long.items.len(), long.more), (20, 80));
    assert!(seen.objects.iter().all(|object| &*object.name != "plain"), "its variable shows all of it");
    let globals: Vec<_> = seen.globals.iter().map(|it| &*it.name).collect();
    assert_eq!(globals, ["accounts", "limits", "plain", "long", "worker"], "data, and no functions or classes");
    assert_eq!(said(&object(&seen, "Account").items), "opened = 2");
}

#[test]
fn frames_of_the_library_are_left_out() {
    let program = "\
import threading
def key(item):
    return -item
def work():
    ordered = sorted([3, 1, 2], key=key)
    print(ordered)
worker = threading.Thread(target=work)
worker.start()
worker.join()
";
    let seen = at(program, 3);
    let functions: Vec<_> = frames(&seen).iter().map(|frame| (&*frame.function, frame.line)).collect();
    assert_eq!(functions, [("key", 3), ("work", 5)]);
    assert_eq!(said(&frames(&seen)[0].variables), "item = 3");
}

#[test]
fn the_main_threads_own_variables_are_global_ones() {
    let program = "\
import threading
shared = 0
mine = 'only the module uses this'
def work():
    global shared
    shared += 1
worker = threading.Thread(target=work)
worker.start()
worker.join()
print(mine)
";
    let seen = at(program, 6);
    assert_eq!(
        said(&seen.globals),
        "shared = 0, mine = 'only the module uses this', worker = <thread Thread-1 (work)>"
    );
    let seen = at(program, 10);
    assert_eq!(&*frames(&seen)[0].function, "<module>");
    assert_eq!(frames(&seen)[0].variables, []);
    assert!(said(&seen.globals).starts_with("shared = 1, mine"));
}

#[test]
fn of_a_thread_that_computes_only_what_it_shares_is_known() {
    let program = "\
import threading
total = 5
def work():
    global total
    total += 1
    while True:
        pass
worker = threading.Thread(target=work)
worker.start()
worker.join()
";
    let run = start(program, Vec::new());
    let (control, mut events) = (run.control(), run.events());
    let computes = loop {
        assert_ne!(events.recv_timeout(Duration::from_millis(1)), Received::Quiet);
        let seen = control.variables(WORKER);
        if said(&seen.globals).starts_with("total = 6") && seen.frames.is_none() {
            break seen;
        }
    };
    assert_eq!(computes.objects, []);
    control.pause();
    let stands = loop {
        let _ = events.recv_timeout(Duration::from_millis(1));
        let seen = control.variables(WORKER);
        if seen.frames.is_some() {
            break seen;
        }
    };
    assert_eq!(&*frames(&stands)[0].function, "work");
}

#[test]
fn a_thread_that_is_over_or_has_not_begun_has_no_frames() {
    let program = "\
import threading
def work():
    pass
worker = threading.Thread(target=work)
late = threading.Thread(target=work)
worker.start()
worker.join()
print(late.is_alive())
";
    let run = start(program, vec![Breakpoint::Line(8)]);
    let (control, mut events) = (run.control(), run.events());
    while let Received::Event(_) = events.recv_timeout(LONG) {}
    assert_eq!(control.variables(WORKER).frames, Some(Vec::new()));
    assert_eq!(control.variables(ThreadId(2)).frames, Some(Vec::new()));
    assert_eq!(control.variables(ThreadId(9)).frames, Some(Vec::new()), "nor has one that there is not");
}
