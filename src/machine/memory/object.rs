//! What lies in a heap: everything that can change.

pub use super::value::{Iteration, View};

use super::deque::Deque;
use super::frame::Frame;
use super::primitive;
use super::trace;
use super::value::{ClassRef, Value};
use crate::base::{ObjectId, ProcessId, Symbol, ThreadId};
use crate::machine::memory::encode::{Encode, Encoder, Name, encoded};
use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::ops::{Index, IndexMut};
use triomphe::Arc;

/// A heap object.
#[derive(Clone, Debug)]
pub enum Object {
    /// `list`
    List(Vec<Value>),
    /// `dict`
    Dict(Dict),
    /// `set` and `frozenset`
    Set(Set),
    /// `collections.deque`
    Deque(Deque),
    /// An instance of a class, an exception, or a thread object.
    Instance(Instance),
    /// A variable that functions share.
    Cell(Value),
    /// The global variables, by `GlobalId`.
    Namespace(Globals),
    /// The attributes of a class that may change.
    ClassVariables(ClassVariables),
    /// An iterator.
    Iterator(Iteration),
    /// A generator.
    Generator(Box<Generator>),
    /// `threading.local`: only its identity; each thread keeps its own attributes.
    Local,
    /// `threading.Lock`
    Lock(primitive::lock::Lock),
    /// `threading.RLock`
    RLock(primitive::rlock::RLock),
    /// `threading.Condition`
    Condition(primitive::condition::Condition),
    /// `threading.Semaphore` and `BoundedSemaphore`
    Semaphore(primitive::semaphore::Semaphore),
    /// `threading.Event`
    Event(primitive::event::Event),
    /// `threading.Barrier`
    Barrier(primitive::barrier::Barrier),
    /// `queue.Queue`
    Queue(primitive::queue::Queue),
    /// `concurrent.futures.ThreadPoolExecutor`
    Pool(Box<primitive::pool::Pool>),
    /// `concurrent.futures.Future`
    Future(primitive::future::Future),
    /// Several futures that are waited for together.
    Futures(primitive::futures::Futures),
}

encoded!(
    enum Object {
        List(items),
        Dict(dict),
        Set(set),
        Deque(deque),
        Instance(instance),
        Cell(value),
        Namespace(slots),
        ClassVariables(variables),
        Iterator(iteration),
        Generator(generator),
        Local,
        Lock(lock),
        RLock(lock),
        Condition(condition),
        Semaphore(semaphore),
        Event(event),
        Barrier(barrier),
        Queue(queue),
        Pool(pool),
        Future(future),
        Futures(futures),
    }
);

/// The global variables.
#[derive(Clone, Debug)]
pub struct Globals {
    values: Vec<Value>,
    /// Who reads or writes one is traced.
    traced: Option<ProcessId>,
}

encoded!(struct Globals { values; traced });

impl Globals {
    /// These.
    pub fn new(values: Vec<Value>) -> Self {
        Globals { values, traced: None }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The variable, if there are so many.
    pub fn get(&self, index: usize) -> Option<&Value> {
        self.trace(index);
        self.values.get(index)
    }

    /// Likewise, to change it.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut Value> {
        self.trace(index);
        self.values.get_mut(index)
    }

    /// All of them.
    pub fn all(&self) -> &[Value] {
        if self.traced.is_some() {
            (0..self.values.len()).for_each(|index| self.trace(index));
        }
        &self.values
    }

    /// From now on it is traced who reads or writes one. They are there from now on, for other threads of this process.
    pub(in crate::machine) fn begin_trace(&mut self, process: ProcessId) {
        self.traced = Some(process);
        self.all();
    }

    #[inline]
    fn trace(&self, index: usize) {
        if let Some(process) = self.traced {
            trace::meet(trace::Place::Global(process, index as u32));
        }
    }
}

impl Index<usize> for Globals {
    type Output = Value;

    fn index(&self, index: usize) -> &Value {
        self.trace(index);
        &self.values[index]
    }
}

impl IndexMut<usize> for Globals {
    fn index_mut(&mut self, index: usize) -> &mut Value {
        self.trace(index);
        &mut self.values[index]
    }
}

/// A dictionary key: a hashable value, equal as Python's `==` says. Made by `data::hash::key`, which refuses unhashable ones.
#[derive(Clone, Debug)]
pub struct Key {
    /// The value.
    pub value: Value,
    /// Its hash: equal values have equal hashes (`1`, `1.0` and `True` too).
    pub hash: u64,
}

encoded!(struct Key { value, hash });

/// A dictionary, in insertion order.
pub type Dict = IndexMap<Key, Value, FxBuildHasher>;
/// A set, in insertion order.
pub type Set = IndexSet<Key, FxBuildHasher>;

/// Attributes in the order they were first stored. Mostly they are few, so that a linear search is fastest.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    all: Vec<(Symbol, Value)>,
    /// Where each stands, if they are many.
    places: Option<Box<FxHashMap<Symbol, usize>>>,
}

impl Attributes {
    /// So many are searched one by one.
    const FEW: usize = 48;

    /// The value stored under `name`.
    pub fn get(&self, name: Symbol) -> Option<&Value> {
        self.position(name).map(|place| &self.all[place].1)
    }

    /// Likewise, to change it.
    pub fn get_mut(&mut self, name: Symbol) -> Option<&mut Value> {
        self.position(name).map(|place| &mut self.all[place].1)
    }

    /// Where `name` stands among the attributes.
    #[inline]
    pub fn position(&self, name: Symbol) -> Option<usize> {
        match &self.places {
            None => self.all.iter().position(|(key, _)| *key == name),
            Some(places) => places.get(&name).copied(),
        }
    }

    /// Stores under `name`.
    pub fn set(&mut self, name: Symbol, value: Value) {
        if let Some(place) = self.position(name) {
            self.all[place].1 = value;
            return;
        }
        self.all.push((name, value));
        match &mut self.places {
            Some(places) => drop(places.insert(name, self.all.len() - 1)),
            None if self.all.len() > Self::FEW => self.places = Some(Box::new(self.found_places())),
            None => {}
        }
    }

    /// Removes `name`; `None` when it is not there.
    pub fn remove(&mut self, name: Symbol) -> Option<Value> {
        let place = self.position(name)?;
        let (_, value) = self.all.remove(place);
        if self.places.is_some() {
            self.places = Some(Box::new(self.found_places()));
        }
        Some(value)
    }

    fn found_places(&self) -> FxHashMap<Symbol, usize> {
        self.all.iter().enumerate().map(|(place, (name, _))| (*name, place)).collect()
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Symbol, &Value)> {
        self.all.iter().map(|(name, value)| (*name, value))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// The attributes of a class that may change, and (so that references can be followed) the values of those that may
/// not.
#[derive(Clone, Debug, Default)]
pub struct ClassVariables {
    /// What may change.
    pub attributes: Attributes,
    /// What the class holds besides.
    pub fixed: Attributes,
}

encoded!(struct ClassVariables { attributes, fixed });

impl ClassVariables {
    /// Every value of the class.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.attributes.iter().chain(self.fixed.iter()).map(|(_, value)| value)
    }
}

/// An instance.
#[derive(Clone, Debug)]
pub struct Instance {
    /// Its class.
    pub class: ClassRef,
    /// Its attributes.
    pub attributes: Attributes,
    /// How many attributes it had when it became shared: those of them that only `__init__` stores are final.
    pub sealed: usize,
    /// Where its attributes lie instead, once the program has asked for its `__dict__`.
    pub dict: Option<ObjectId>,
    /// What a builtin base adds.
    pub payload: Payload,
}

encoded!(struct Instance { class, attributes, sealed, dict, payload });

impl Instance {
    /// An instance without attributes, that nobody else can reach.
    pub fn new(class: ClassRef, payload: Payload) -> Self {
        Instance { class, attributes: Attributes::default(), sealed: 0, dict: None, payload }
    }
}

/// What a builtin base adds to an instance.
#[derive(Clone, Debug)]
pub enum Payload {
    /// Nothing.
    None,
    /// An exception.
    Exception(Box<ExceptionData>),
    /// A thread object, once `Thread.__init__` has run.
    Thread(Option<Box<ThreadData>>),
    /// An entry of a traceback, a frame or its code.
    Places(Box<Places>),
}

encoded!(
    enum Payload {
        None,
        Exception(data),
        Thread(data),
        Places(places),
    }
);

/// Where a function is: its name, and the line.
pub type Passage = (Arc<str>, u32);

/// Functions that called each other, and one of them.
#[derive(Clone, Debug)]
pub struct Places {
    /// The outermost first.
    pub all: Vec<Passage>,
    /// Which one it is about: there is one.
    pub at: usize,
}

encoded!(struct Places { all, at });

/// A thread object's own data.
#[derive(Clone, Debug)]
pub struct ThreadData {
    /// Its row in the thread table.
    pub id: ThreadId,
    /// A process began with it: it was not made by the program.
    pub is_main: bool,
    /// Its name, as in the thread table.
    pub name: std::sync::Arc<str>,
    /// Whether it is a daemon, as in the thread table.
    pub daemon: bool,
    /// How far it is, as the object tells it.
    pub life: Life,
    /// What `run` calls, unless a class overrides it: `None` or a callable.
    pub target: Value,
    /// With which positional arguments: an iterable, if the program does it right.
    pub arguments: Value,
    /// And keyword arguments: a dict or `None`, likewise.
    pub keywords: Value,
}

impl Encode for ThreadData {
    fn encode(&self, to: &mut Encoder<'_>) {
        let ThreadData { id, is_main, name, daemon, life, target, arguments, keywords } = self;
        to.field("id", id);
        to.field("main", is_main);
        to.field("name", &Name(name));
        to.field("daemon", &(daemon, life));
        to.field("target", target);
        to.field("arguments", &(arguments, keywords));
    }
}

/// How far a thread is, as its object tells it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Life {
    /// Not started.
    Initial,
    /// Started, not over.
    Started,
    /// Over.
    Stopped,
}

encoded!(kind Life);

impl Payload {
    /// The values in it.
    pub fn values<'a>(&'a self) -> impl Iterator<Item = &'a Value> {
        let (exception, thread) = match self {
            Payload::Exception(data) => (Some(data), None),
            Payload::Thread(data) => (None, data.as_ref()),
            Payload::None | Payload::Places(_) => (None, None),
        };
        let of_exception = |data: &'a ExceptionData| data.arguments.iter().chain(&data.cause).chain(&data.context);
        let of_thread = |data: &'a ThreadData| [&data.target, &data.arguments, &data.keywords].into_iter();
        exception
            .into_iter()
            .map(|data| &**data)
            .flat_map(of_exception)
            .chain(thread.into_iter().map(|data| &**data).flat_map(of_thread))
    }
}

/// An exception's own data.
#[derive(Clone, Debug, Default)]
pub struct ExceptionData {
    /// `args`
    pub arguments: Vec<Value>,
    /// `__cause__`
    pub cause: Option<Value>,
    /// `__context__`
    pub context: Option<Value>,
    /// `__suppress_context__`
    pub suppress_context: bool,
    /// Where it passed, the outermost frame last.
    pub traceback: Vec<Passage>,
}

encoded!(struct ExceptionData { arguments, cause, context, suppress_context, traceback });

impl ExceptionData {
    /// What a `SystemExit` with these arguments exits with.
    pub fn exit_code(&self) -> Value {
        match &self.arguments[..] {
            [] => Value::None,
            [code] => code.clone(),
            several => Value::tuple(several.to_vec()),
        }
    }
}

/// A generator: its frame while it is not running.
#[derive(Clone, Debug)]
pub struct Generator {
    /// The suspended frame; `None` while it runs and when it is over.
    pub suspended: Option<Frame>,
    /// Its part of the stack; empty while it runs, and then the room for the next time.
    pub stack: Vec<Value>,
    /// It is over.
    pub finished: bool,
    /// Its name.
    pub name: Symbol,
}

encoded!(struct Generator { suspended, stack, finished, name });

impl Encode for Dict {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.number(self.len() as u64);
        for (key, value) in self {
            if to.is_full() {
                return;
            }
            key.encode(to);
            value.encode(to);
        }
    }
}

impl Encode for Set {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.row(self.iter());
    }
}

impl Encode for Attributes {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.number(self.len() as u64);
        for (name, value) in self.iter() {
            name.encode(to);
            value.encode(to);
        }
    }
}
