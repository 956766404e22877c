//! The world: what lies in no process, and all can reach: the locks and the like of `multiprocessing`, channels, and cells of
//! shared memory. Nothing in it refers to anything in a process.
//!
//! A thing of the world is named by an id whose maker is no thread (`ObjectId::WORLD`). What is a synchronization object there is
//! the same as in a process; only where it lies differs (`Shared::object`).

use super::arguments::{integer, truth};
use super::primitive::Primitive;
use super::shared::Turn;
use super::support::{done, mismatch};
use super::things::Thing;
use crate::base::ObjectId;
use crate::event::{EventKind, Item, ObjectKind, ObjectState, Place, Shown};
use crate::machine::memory::frame::Frame;
use crate::machine::memory::image::Linked;
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Arguments, Call, Context, Native, Result};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Operation, Progress, Stage};
use crate::machine::memory::primitive::barrier::{Barrier, Mode};
use crate::machine::memory::primitive::channel::Channel;
use crate::machine::memory::primitive::condition::Condition;
use crate::machine::memory::primitive::semaphore::Semaphore;
pub use crate::machine::memory::primitive::world::{Action, What};
use crate::machine::memory::value::{Kind, Value};
use crate::schedule::Alternative;
use std::collections::VecDeque;
use std::sync::Arc;

/// What the library's `multiprocessing` makes things of the world with.
static FUNCTIONS: &[Native] = &[
    Native { name: "__world_lock", call: Call::Operation(make_lock) },
    Native { name: "__world_rlock", call: Call::Operation(make_rlock) },
    Native { name: "__world_semaphore", call: Call::Operation(make_semaphore) },
    Native { name: "__world_event", call: Call::Operation(make_event) },
    Native { name: "__world_condition", call: Call::Operation(make_condition) },
    Native { name: "__world_barrier", call: Call::Operation(make_barrier) },
    Native { name: "__world_channel", call: Call::Operation(make_channel) },
    Native { name: "__world_cells", call: Call::Operation(make_cells) },
    Native { name: "__cell", call: Call::Operation(read) },
    Native { name: "__cells", call: Call::Operation(read_slice) },
    Native { name: "__set_cell", call: Call::Operation(write) },
    Native { name: "__is_of_world", call: Call::Plain(is_of_world) },
    Native { name: "__variable", call: Call::Plain(variable) },
];

/// The function of that name.
pub(super) fn function(name: &str) -> Option<Value> {
    FUNCTIONS.iter().find(|native| native.name == name).map(Value::Native)
}

fn argument(args: Arguments<'_>, at: usize) -> Value {
    args.positional.get(at).cloned().unwrap_or_default()
}

fn index(ctx: &mut Context<'_>, args: Arguments<'_>, at: usize) -> Result<usize> {
    Ok(integer(ctx, &argument(args, at))?.max(0) as usize)
}

/// The id of the thing whose slot is the first argument.
pub(super) fn slot(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<ObjectId> {
    thing(ctx, &argument(args, 0))
}

/// The id of the thing of that slot.
pub(in crate::machine) fn thing(ctx: &mut Context<'_>, slot: &Value) -> Result<ObjectId> {
    let slot = integer(ctx, slot)?;
    Ok(ObjectId { maker: ObjectId::WORLD, slot: u32::try_from(slot).unwrap_or(u32::MAX) })
}

/// The last argument of every function that makes something: how it is called. What is empty or begins with a dot goes behind
/// the name of the variable that the program puts it into.
fn make(what: What, args: Arguments<'_>) -> Result<Operation> {
    let name = match args.positional.last() {
        Some(Value::Str(name)) => name.as_str().into(),
        _ => "".into(),
    };
    Ok(Operation::World(Action::Make(what, name)))
}

fn make_lock(_: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    make(What::Lock, args)
}

fn make_rlock(_: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    make(What::RLock, args)
}

fn make_event(_: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    make(What::Event, args)
}

/// `__world_semaphore(value, bounded, name)`
fn make_semaphore(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let value = integer(ctx, &argument(args, 0))?;
    make(What::Semaphore(value.max(0) as u64, truth(&argument(args, 1))), args)
}

/// `__world_condition(lock, name)`
fn make_condition(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    match args.positional.first() {
        Some(Value::Object(Kind::Lock | Kind::RLock, lock)) if lock.is_of_world() => make(What::Condition(*lock), args),
        _ => Err(ctx.type_error("a Condition of processes needs a lock of processes")),
    }
}

/// `__world_barrier(parties, action, name)`
fn make_barrier(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let parties = integer(ctx, &argument(args, 0))?.clamp(0, i64::from(u32::MAX)) as u32;
    make(What::Barrier(parties, argument(args, 1)), args)
}

/// `__world_channel(capacity, name)`
fn make_channel(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let capacity = integer(ctx, &argument(args, 0))?.max(0) as u64;
    make(What::Channel(capacity), args)
}

/// `__world_cells(tuple, name)`
fn make_cells(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    match args.positional.first() {
        Some(Value::Tuple(values)) => make(What::Cells(values.iter().cloned().collect()), args),
        _ => Err(ctx.type_error("cells are made from a tuple")),
    }
}

/// `__cell(cells, index)`
fn read(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::World(Action::Read(slot(ctx, args)?, index(ctx, args, 1)?)))
}

/// `__cells(cells, from, to, step)`
fn read_slice(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let [from, to, step] = [index(ctx, args, 1)?, index(ctx, args, 2)?, index(ctx, args, 3)?];
    Ok(Operation::World(Action::ReadSlice(slot(ctx, args)?, from, to, step)))
}

/// `__set_cell(cells, index, value)`
fn write(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::World(Action::Write(slot(ctx, args)?, index(ctx, args, 1)?, argument(args, 2))))
}

/// `__is_of_world(value)`: whether it is a synchronization object that processes share.
fn is_of_world(_: &mut Context<'_>, args: Arguments<'_>) -> Result {
    Ok(Value::Bool(matches!(args.positional.first(), Some(Value::Object(_, id)) if id.is_of_world())))
}

impl Primitive for Action {
    type On = ();

    fn perform(&self, turn: &mut Turn<'_>, (): (), _: Stage, _: Alternative) -> Result<Progress> {
        match self {
            Action::Make(what, name) => {
                let (value, id) = build(turn, what);
                introduce(turn, id, name);
                done(value)
            }
            Action::Read(id, index) => {
                let Some(value) = turn.shared.world.cells(*id).and_then(|cells| cells.get(*index)).cloned() else {
                    return Err(mismatch(turn, *id));
                };
                let value_there = item(turn, *id, *index, &value);
                turn.emit(EventKind::Read { place: Place::Content { object: *id }, value: value_there });
                done(value)
            }
            Action::ReadSlice(id, from, to, step) => {
                let Some(cells) = turn.shared.world.cells(*id) else { return Err(mismatch(turn, *id)) };
                let values = cells.iter().take(*to).skip(*from).step_by((*step).max(1)).cloned().collect();
                let value = turn.shown(&Value::tuple(cells.to_vec()));
                turn.emit(EventKind::Read { place: Place::Content { object: *id }, value });
                done(Value::tuple(values))
            }
            Action::Write(id, index, value) => {
                let value_there = item(turn, *id, *index, value);
                let Some(Thing::Cells(cells)) = turn.shared.world.get_mut(*id) else { return Err(mismatch(turn, *id)) };
                match Arc::make_mut(cells).get_mut(*index) {
                    Some(cell) => *cell = value.clone(),
                    None => return Err(mismatch(turn, *id)),
                }
                turn.emit(EventKind::Wrote { place: Place::Content { object: *id }, value: value_there });
                done(Value::None)
            }
            Action::Ask(id) => {
                let answer = match turn.sight().get(*id) {
                    Some(Object::Semaphore(semaphore)) => semaphore.value as i64,
                    Some(Object::Barrier(barrier)) => i64::from(barrier.parties),
                    _ => return Err(mismatch(turn, *id)),
                };
                turn.emit(EventKind::Asked { object: *id, answer: Shown::Int(answer) });
                done(Value::Int(answer))
            }
        }
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Make(..) => "make",
            Action::Read(..) | Action::ReadSlice(..) => "read",
            Action::Write(..) => "write",
            Action::Ask(_) => "ask",
        }
    }
}

/// Makes something of the world: what the program gets, and its id. Channels and cells are known by their slots.
fn build(turn: &mut Turn<'_>, what: &What) -> (Value, ObjectId) {
    let object = |kind: Kind, object: Object| (Some(kind), Thing::Object(Arc::new(object)));
    let (kind, thing) = match what {
        What::Lock => object(Kind::Lock, Object::Lock(Default::default())),
        What::RLock => object(Kind::RLock, Object::RLock(Default::default())),
        What::Semaphore(value, bounded) => {
            let kind = if *bounded { Kind::BoundedSemaphore } else { Kind::Semaphore };
            object(kind, Object::Semaphore(Semaphore { value: *value, bound: bounded.then_some(*value) }))
        }
        What::Event => object(Kind::Event, Object::Event(Default::default())),
        What::Condition(lock) => {
            object(Kind::Condition, Object::Condition(Condition { lock: *lock, waiters: Vec::new() }))
        }
        What::Barrier(parties, action) => {
            let (limit, inside, mode) = (Limit::Forever, Vec::new(), Mode::Filling);
            object(
                Kind::Barrier,
                Object::Barrier(Barrier { parties: *parties, limit, action: action.clone(), inside, mode }),
            )
        }
        What::Channel(capacity) => {
            let ends = vec![turn.process];
            let channel = Channel {
                messages: VecDeque::new(),
                received: 0,
                capacity: *capacity,
                late: None,
                readers: ends.clone(),
                writers: ends,
                bells: Vec::new(),
            };
            (None, Thing::Channel(Arc::new(channel)))
        }
        What::Cells(values) => (None, Thing::Cells(Arc::new(values.to_vec()))),
    };
    let id = turn.shared.world.add(thing);
    (kind.map_or(Value::Int(i64::from(id.slot)), |kind| Value::Object(kind, id)), id)
}

/// Shows a thing of the world that was just made.
fn introduce(turn: &mut Turn<'_>, id: ObjectId, name: &str) {
    if turn.shared.silent {
        return;
    }
    let (what, state) = match turn.shared.world.get(id) {
        Some(Thing::Channel(channel)) => (ObjectKind::Queue, ObjectState::Channel { capacity: channel.capacity }),
        Some(Thing::Cells(cells)) => {
            let value = turn.shown(&Value::tuple(cells.to_vec()));
            (ObjectKind::Data, ObjectState::Data { value })
        }
        Some(Thing::Object(_)) | None => match super::show::describe(turn.shared, turn.process, turn.image, id) {
            Some(described) => described,
            None => return,
        },
    };
    let nameless = if what == ObjectKind::Queue { "pipe" } else { what.name() };
    let name = match name {
        "" => called(turn.frames, turn.image).unwrap_or(nameless).to_owned(),
        part if part.starts_with('.') => format!("{}{part}", called(turn.frames, turn.image).unwrap_or(nameless)),
        whole => whole.to_owned(),
    };
    turn.emit(EventKind::ObjectShown { object: id, what, name: name.into(), state: Box::new(state) });
}

/// The name that the program gives what it has the library make.
fn called<'t>(frames: &'t [Frame], image: &'t Linked) -> Option<&'t str> {
    let frame = frames.iter().rev().find(|frame| !image.code(frame.code).is_hidden())?;
    let hint = image.code(frame.code).hint_of(frame.next.checked_sub(1)?)?;
    Some(image.name(hint.name))
}

/// `__variable(nameless)`: the same as a value, or else what is called so.
fn variable(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    Ok(called(ctx.frames, ctx.image).map_or_else(|| argument(args, 0), Value::str))
}

/// One of several cells, as events carry it. A single one is what a program calls `value`.
fn item(turn: &Turn<'_>, id: ObjectId, index: usize, value: &Value) -> Shown {
    let value = turn.shown(value);
    let (container, key) = match turn.shared.world.cells(id) {
        Some([_]) => (value.clone(), Shown::Text("value".into())),
        Some(cells) if !turn.shared.silent => (turn.shown(&Value::tuple(cells.to_vec())), Shown::Int(index as i64)),
        Some(_) | None => (Shown::None, Shown::Int(index as i64)),
    };
    Shown::Item(Arc::new(Item { container, key, value }))
}
