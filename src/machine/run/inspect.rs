//! What variables hold at a moment, to be shown: in a live run, or in a state of the past.
//!
//! Looking changes nothing: it is no operation, makes no event and runs no code of the program. Objects that only one
//! thread can reach are shown as long as that thread stands still.

use crate::base::{ObjectId, ProcessId, Symbol, ThreadId};
use crate::bytecode::{Code, CodeKind, Home};
use crate::event::{Content, Place, Scope, Shown, Variable, Variables};
use crate::machine::data::{order, shown, types};
use crate::machine::memory::object::{Attributes, Object, Payload};
use crate::machine::memory::thread::{Frame, Thread};
use crate::machine::memory::value::{Class, ClassRef, Value};
use crate::machine::run::image::Image;
use crate::machine::sync::shared::{Phase, Shared};
use crate::machine::sync::show;
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

/// The most calls of a thread that are looked at.
const FRAMES: usize = 30;
/// The most objects.
const OBJECTS: usize = 40;
/// The most items of one object.
const ITEMS: usize = 20;
/// The most values that are followed in search of objects.
const VALUES: usize = 500;
/// Objects with a longer name than this are not looked at: `first.next.next.next…` tells nothing new.
const LONGEST: usize = 40;

/// What variables hold, as `thread` sees them. `standing` gives the threads that stand still: what they alone can reach is
/// looked at too.
pub fn variables<'a>(
    thread: ThreadId,
    standing: &dyn Fn(ThreadId) -> Option<&'a Thread>,
    shared: &'a Shared,
    image: &'a Image,
) -> Variables {
    let process = shared.threads.get(thread.index()).map_or(ProcessId::FIRST, |record| record.process);
    let inspection = Inspection { standing, shared, process, image };
    let calls = standing(thread).map(|thread| inspection.calls(thread));
    let alive = shared.threads.get(thread.index()).is_some_and(|record| record.phase == Phase::Alive);
    let computes = calls.is_none() && alive && shared.started.iter().all(|started| started.id != thread);
    let calls = calls.unwrap_or_default();
    let mut globals = inspection.globals();
    let local = || standing(thread).map_or(&[][..], |thread| &thread.locals);
    let objects = inspection.objects(calls.iter().flat_map(|call| &call.variables).chain(&globals), local());
    // Classes may have data of their own, which is among the objects.
    globals.retain(|found| is_data(found.value));
    Variables {
        step: shared.step,
        frames: (!computes).then(|| calls.iter().take(FRAMES).map(|call| inspection.scope(call)).collect()),
        deeper: calls.len().saturating_sub(FRAMES),
        globals: globals.iter().map(|found| inspection.variable(found)).collect(),
        objects,
    }
}

/// What stands at a place that threads share, as events show it; `None` while nothing does. A place names no process: a
/// variable is the first one's.
pub fn value_at(place: &Place, shared: &Shared, image: &Image) -> Option<Shown> {
    let (process, object) = match place {
        Place::Global(_) => (ProcessId::FIRST, image.namespace),
        Place::Content { object } | Place::Cell { object, .. } | Place::Attribute { object, .. } => {
            shared.meant(*object)
        }
    };
    let heap = &shared.processes[process].heap;
    let value = match place {
        Place::Content { .. } => {
            return heap.get(object).map(|_| show::object(shared, process, image, object));
        }
        Place::Global(name) => return global(*name, process, shared, image),
        Place::Cell { .. } => match heap.get(object)? {
            Object::Cell(value) => value,
            _ => return None,
        },
        Place::Attribute { name, .. } => match heap.get(object)? {
            Object::Namespace(_) => return global(*name, process, shared, image),
            Object::Instance(instance) => instance.attributes.get(*name)?,
            Object::ClassVariables(variables) => variables.attributes.get(*name)?,
            _ => return None,
        },
    };
    (!value.is_unbound()).then(|| show::value(shared, process, image, value))
}

/// What a global variable of a process holds.
fn global(name: Symbol, process: ProcessId, shared: &Shared, image: &Image) -> Option<Shown> {
    let globals = &image.program.globals;
    let index = globals.iter().position(|it| !it.home.is_library() && it.shown == name)?;
    let Object::Namespace(values) = shared.processes[process].heap.get(image.namespace)? else { return None };
    let value = values.get(index)?;
    (!value.is_unbound()).then(|| show::value(shared, process, image, value))
}

/// A value, its name, and its place, if other threads may ever reach it there.
struct Found<'a> {
    name: Arc<str>,
    value: &'a Value,
    place: Option<Place>,
}

/// A function call of a thread.
struct Call<'a> {
    function: Arc<str>,
    line: u32,
    variables: Vec<Found<'a>>,
}

struct Inspection<'s, 'a> {
    standing: &'s dyn Fn(ThreadId) -> Option<&'a Thread>,
    shared: &'a Shared,
    /// The thread's.
    process: ProcessId,
    image: &'a Image,
}

impl<'a> Inspection<'_, 'a> {
    fn object(&self, id: ObjectId) -> Option<&'a Object> {
        self.shared.processes[self.process].heap.get(id).or_else(|| (self.standing)(id.maker)?.heap.get(id))
    }

    fn name(&self, symbol: Symbol) -> Arc<str> {
        self.image.program.name(symbol).clone()
    }

    /// The scenario's calls that a thread is in, the innermost first.
    fn calls(&self, thread: &'a Thread) -> Vec<Call<'a>> {
        let innermost = thread.frames.len().wrapping_sub(1);
        let visible =
            thread.frames.iter().enumerate().rev().map(|(index, frame)| (index, frame, self.image.code(frame.code)));
        visible
            .filter(|(.., code)| !code.is_hidden())
            .map(|(index, frame, code)| Call {
                function: self.called(code),
                // A caller has moved on to the instruction behind its call.
                line: code.line_of(if index == innermost { frame.next } else { frame.next.saturating_sub(1) }),
                // A module's variables are global.
                variables: if code.kind == CodeKind::Module { Vec::new() } else { self.locals(thread, frame) },
            })
            .collect()
    }

    /// What a call is called: in a module of the author's own with that one's name.
    fn called(&self, code: &Code) -> Arc<str> {
        match code.home {
            Home::Own(module) => format!("{}.{}", self.image.program.module_name(module), code.qualified_name).into(),
            Home::Scenario | Home::Prelude | Home::Library(_) => code.qualified_name.clone(),
        }
    }

    /// A call's variables: those in its slots, and those in cells.
    fn locals(&self, thread: &'a Thread, frame: &'a Frame) -> Vec<Found<'a>> {
        let code = self.image.code(frame.code);
        let slots = thread.stack.get(frame.locals as usize..).unwrap_or_default();
        let local = code.locals.iter().zip(slots).map(|(name, value)| (*name, value, None));
        let cells = code.cells.iter().zip(&frame.cells).filter_map(|(name, cell)| match self.object(*cell)? {
            Object::Cell(value) => Some((*name, value, Some(Place::Cell { object: *cell, name: *name }))),
            _ => None,
        });
        local.chain(cells).filter_map(|(name, value, place)| self.found(self.name(name), value, place)).collect()
    }

    /// The scenario's global variables that are data, and the other variables of its module.
    fn globals(&self) -> Vec<Found<'a>> {
        let program = &self.image.program;
        let values = match self.object(self.image.namespace) {
            Some(Object::Namespace(values)) => values.all(),
            _ => &[],
        };
        let global = program.globals.iter().zip(values).filter(|(global, _)| {
            // What the compiler keeps for itself begins with a dot.
            let name = self.image.name(global.name);
            !global.home.is_library() && !name.starts_with('.') && !name.starts_with("__")
        });
        let mut globals: Vec<Found<'a>> = global
            .filter_map(|(global, value)| self.found(self.name(global.shown), value, Some(Place::Global(global.shown))))
            .collect();
        if let Some(main) = (self.standing)(self.shared.processes[self.process].household.main)
            && let Some(module) = main.frames.iter().find(|frame| frame.code == program.main)
        {
            globals.extend(self.locals(main, module));
        }
        globals.retain(|found| !found.name.starts_with("__"));
        globals
    }

    /// A variable that is bound and has a name. What is written into a container matters more than that the variable gets
    /// another one.
    fn found(&self, name: Arc<str>, value: &'a Value, place: Option<Place>) -> Option<Found<'a>> {
        if value.is_unbound() || name.starts_with('.') {
            return None;
        }
        let place = match value {
            Value::Object(_, id) => Some(Place::Content { object: *id }),
            _ => place,
        };
        Some(Found { name, value, place })
    }

    fn scope(&self, call: &Call<'a>) -> Scope {
        let variables = call.variables.iter().map(|found| self.variable(found)).collect();
        Scope { function: call.function.clone(), line: call.line, variables }
    }

    fn variable(&self, found: &Found<'a>) -> Variable {
        let class = types::class_of(found.value);
        Variable {
            name: found.name.clone(),
            value: self.value(found.value),
            kind: class.name().into(),
            object: match found.value {
                Value::Instance(instance) => Some(instance.id),
                _ => None,
            },
            place: found.place.clone(),
        }
    }

    fn value(&self, value: &Value) -> Shown {
        let words = match value {
            Value::Object(kind, id) if kind.is_sync() => self.state(*id),
            Value::Instance(instance) => match self.object(instance.id) {
                Some(Object::Instance(instance)) => match &instance.payload {
                    Payload::Thread(Some(thread)) => Some(format!("<thread {}>", self.thread_name(thread.id))),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        };
        match words {
            Some(words) => Shown::Text(words.into()),
            None => shown(value, self.image, &|id| self.object(id)),
        }
    }

    fn thread_name(&self, thread: ThreadId) -> &'a str {
        self.shared.threads.get(thread.index()).map_or("", |record| &record.name)
    }

    /// How a synchronization object stands, in a few words.
    fn state(&self, id: ObjectId) -> Option<String> {
        let held = |owner: Option<ThreadId>| match owner {
            Some(owner) => format!("held by {}", self.thread_name(owner)),
            None => "free".to_owned(),
        };
        Some(match self.object(id)? {
            Object::Lock(lock) => held(lock.owner),
            Object::RLock(lock) if lock.depth > 1 => format!("{}, {} times", held(lock.owner), lock.depth),
            Object::RLock(lock) => held(lock.owner),
            Object::Semaphore(semaphore) => format!("{} permits", semaphore.value),
            Object::Event(event) => if event.set { "set" } else { "not set" }.to_owned(),
            Object::Barrier(barrier) => format!("{} of {} inside", barrier.inside.len(), barrier.parties),
            Object::Queue(queue) => format!("{} in it", queue.items.len()),
            Object::Pool(pool) => format!("{} workers, {} pending", pool.workers.len(), pool.tasks.len()),
            Object::Future(future) => {
                show::future_state(self.shared, self.process, self.image, &future.state).name().to_owned()
            }
            _ => return None,
        })
    }

    /// The objects that `roots` lead to, level by level, with what is in them; `local` is what the thread keeps in each
    /// `threading.local`.
    fn objects<'r>(
        &self,
        roots: impl Iterator<Item = &'r Found<'a>>,
        local: &'a [(ObjectId, Attributes)],
    ) -> Vec<Content>
    where
        'a: 'r,
    {
        let mut objects = Vec::new();
        let mut seen = BTreeSet::new();
        let mut next: VecDeque<(Arc<str>, &'a Value)> = roots.map(|found| (found.name.clone(), found.value)).collect();
        for _ in 0..VALUES {
            let Some((path, value)) = next.pop_front() else { break };
            if objects.len() == OBJECTS {
                break;
            }
            let mut follow = |name: &str, value: &'a Value| {
                let dot = if name.starts_with('[') { "" } else { "." };
                if path.len() + name.len() < LONGEST {
                    next.push_back((format!("{path}{dot}{name}").into(), value));
                }
            };
            if let Value::Tuple(items) = value {
                items.iter().take(ITEMS).enumerate().for_each(|(index, item)| follow(&format!("[{index}]"), item));
                continue;
            }
            let id = match value {
                Value::Class(class) => Some(class.variables),
                _ => value.object_id(),
            };
            let Some(id) = id.filter(|id| seen.insert(*id)) else { continue };
            let (items, count) = self.items(value, id, local);
            items.iter().for_each(|item| follow(&item.name, item.value));
            if !items.is_empty() && !self.tells_all(value, &items) {
                let kind = match value {
                    Value::Class(_) => "class".into(),
                    _ => types::class_of(value).name().into(),
                };
                let items: Vec<Variable> = items.iter().map(|item| self.variable(item)).collect();
                objects.push(Content { object: id, name: path, kind, more: count - items.len(), items });
            }
        }
        objects
    }

    /// Whether what a variable shows of a container is all that there is to see.
    fn tells_all(&self, value: &Value, items: &[Found<'_>]) -> bool {
        let plain = |item: &Found<'_>| {
            matches!(item.value, Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Str(_))
        };
        let container = matches!(value, Value::Object(kind, _) if !kind.is_sync());
        container && items.iter().all(plain) && !self.value(value).to_string().contains('…')
    }

    /// The first items of an object, and how many it has.
    fn items(&self, value: &'a Value, id: ObjectId, local: &'a [(ObjectId, Attributes)]) -> (Vec<Found<'a>>, usize) {
        match self.object(id) {
            Some(Object::List(items)) => self.numbered(id, items.len(), items.iter()),
            Some(Object::Deque(deque)) => self.numbered(id, deque.items.len(), deque.items.iter()),
            Some(Object::Queue(queue)) => self.numbered(id, queue.items.len(), queue.items.iter()),
            Some(Object::Set(set)) => {
                let seen = if set.len() <= ITEMS { order::walk(set) } else { set.iter().take(ITEMS).collect() };
                self.numbered(id, set.len(), seen.into_iter().map(|key| &key.value))
            }
            Some(Object::Dict(dict)) => {
                let entries = dict.iter().map(|(key, value)| (format!("[{}]", self.value(&key.value)), value));
                self.first(id, dict.len(), entries)
            }
            Some(Object::Instance(instance)) => match (instance.dict, value) {
                (Some(dict), _) => self.items(&Value::None, dict, local),
                // Of a class that inherits from `dict`, say.
                (_, Value::Instance(reference)) if reference.inner.object_id().is_some_and(|inner| inner != id) => {
                    let inner = reference.inner.object_id().unwrap_or(id);
                    self.items(&reference.inner, inner, local)
                }
                _ if matches!(&instance.class, ClassRef::User(class) if !is_of_scenario(self.image, class)) => {
                    Default::default()
                }
                _ => self.attributes(id, &instance.attributes),
            },
            Some(Object::ClassVariables(variables)) => match value {
                Value::Class(class) if is_of_scenario(self.image, class) => self.attributes(id, &variables.attributes),
                _ => Default::default(),
            },
            Some(Object::Local) => match local.iter().find(|(of, _)| *of == id) {
                Some((_, attributes)) => self.attributes(id, attributes),
                None => Default::default(),
            },
            _ => Default::default(),
        }
    }

    fn numbered(&self, id: ObjectId, count: usize, items: impl Iterator<Item = &'a Value>) -> (Vec<Found<'a>>, usize) {
        self.first(id, count, items.enumerate().map(|(index, item)| (format!("[{index}]"), item)))
    }

    fn first(
        &self,
        id: ObjectId,
        count: usize,
        items: impl Iterator<Item = (String, &'a Value)>,
    ) -> (Vec<Found<'a>>, usize) {
        let place = || Some(Place::Content { object: id });
        (items.take(ITEMS).filter_map(|(name, value)| self.found(name.into(), value, place())).collect(), count)
    }

    fn attributes(&self, object: ObjectId, attributes: &'a Attributes) -> (Vec<Found<'a>>, usize) {
        let place = |name| Some(Place::Attribute { object, name });
        let data = attributes.iter().filter(|(_, value)| is_data(value));
        let found: Vec<_> = data.filter_map(|(name, value)| self.found(self.name(name), value, place(name))).collect();
        let count = found.len();
        (found.into_iter().take(ITEMS).collect(), count)
    }
}

/// Whether a value is data, not a part of the program.
fn is_data(value: &Value) -> bool {
    use Value as V;
    !matches!(
        value,
        V::Function(_) | V::Prelude(_) | V::Native(_) | V::Class(_) | V::Type(_) | V::Module(_) | V::Descriptor(_)
    )
}

fn is_of_scenario(image: &Image, class: &Class) -> bool {
    !image.code(class.body).is_hidden()
}
