//! What programs read of CPython's own attributes, as textbooks do: a look at the state of a primitive, which changes nothing.

use super::arguments::receiver;
use crate::base::ObjectId;
use crate::machine::data;
use crate::machine::memory::deque::Deque;
use crate::machine::memory::native::{Arguments, Call, Context, Native, Result};
use crate::machine::memory::object::Object;
use crate::machine::memory::primitive::barrier::Mode;
use crate::machine::memory::primitive::future::State;
use crate::machine::memory::primitive::queue::Queue;
use crate::machine::memory::value::{Kind, Value};

pub(super) const IS_OWNED: Native = Native { name: "_is_owned", call: Call::Plain(is_owned) };
pub(super) const LOCK: Native = Native { name: "_lock", call: Call::Plain(lock) };
pub(super) const WAITERS: Native = Native { name: "_waiters", call: Call::Plain(waiters) };
pub(super) const FLAG: Native = Native { name: "_flag", call: Call::Plain(flag) };
pub(super) const INITIAL_VALUE: Native = Native { name: "_initial_value", call: Call::Plain(initial_value) };
pub(super) const COUNT: Native = Native { name: "_count", call: Call::Plain(count) };
pub(super) const STATE: Native = Native { name: "_state", call: Call::Plain(barrier_state) };
pub(super) const FUTURE_STATE: Native = Native { name: "_state", call: Call::Plain(future_state) };
pub(super) const SHUTDOWN: Native = Native { name: "_shutdown", call: Call::Plain(shutdown) };
pub(super) const THREADS: Native = Native { name: "_threads", call: Call::Plain(threads) };
pub(super) const WORK_QUEUE: Native = Native { name: "_work_queue", call: Call::Plain(work_queue) };

/// The object that the method or attribute `name` is of.
fn object<'c>(ctx: &'c mut Context<'_>, args: Arguments<'_>, name: &str) -> Result<(ObjectId, &'c Object)> {
    let id = receiver(ctx, args, &Kind::SYNC, name)?;
    Ok((id, ctx.memory.get(id)?))
}

/// Whether a lock is taken, a reentrant one by this thread.
fn is_owned(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let me = ctx.me;
    let (mut id, found) = object(ctx, args, "_is_owned")?;
    if let Object::Condition(condition) = found {
        id = condition.lock;
    }
    Ok(Value::Bool(match ctx.memory.get(id)? {
        Object::Lock(lock) => lock.owner.is_some(),
        Object::RLock(lock) => lock.owner == Some(me),
        _ => false,
    }))
}

fn lock(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let (_, Object::Condition(condition)) = object(ctx, args, "_lock")? else { return Ok(Value::None) };
    let lock = condition.lock;
    let kind = if matches!(ctx.memory.get(lock)?, Object::RLock(_)) { Kind::RLock } else { Kind::Lock };
    Ok(Value::Object(kind, lock))
}

/// As many as wait; there is nothing to see of one.
fn waiters(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let (_, Object::Condition(condition)) = object(ctx, args, "_waiters")? else { return Ok(Value::None) };
    let items = condition.waiters.iter().map(|_| Value::None).collect();
    Ok(Value::Object(Kind::Deque, ctx.memory.add(Object::Deque(Deque { items, ..Deque::default() }))))
}

fn flag(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let (_, found) = object(ctx, args, "_flag")?;
    Ok(if let Object::Event(event) = found { Value::Bool(event.set) } else { Value::None })
}

fn initial_value(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let (_, found) = object(ctx, args, "_initial_value")?;
    let Object::Semaphore(semaphore) = found else { return Ok(Value::None) };
    Ok(semaphore.bound.map_or(Value::None, |bound| Value::Int(bound as i64)))
}

fn count(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let (_, found) = object(ctx, args, "_count")?;
    Ok(if let Object::Barrier(barrier) = found { Value::Int(barrier.waiting() as i64) } else { Value::None })
}

fn barrier_state(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let (_, Object::Barrier(barrier)) = object(ctx, args, "_state")? else { return Ok(Value::None) };
    Ok(Value::Int(match barrier.mode {
        Mode::Broken => -2,
        Mode::Filling => 0,
        Mode::Acting | Mode::Draining => 1,
        Mode::Resetting => -1,
    }))
}

fn future_state(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let (_, Object::Future(future)) = object(ctx, args, "_state")? else { return Ok(Value::None) };
    Ok(Value::str(match future.state {
        State::Pending => "PENDING",
        State::Running => "RUNNING",
        State::Cancelled => "CANCELLED",
        State::Notified => "CANCELLED_AND_NOTIFIED",
        State::Returned(_) | State::Raised(_) => "FINISHED",
    }))
}

fn shutdown(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let (_, found) = object(ctx, args, "_shutdown")?;
    Ok(if let Object::Pool(pool) = found { Value::Bool(pool.closed) } else { Value::None })
}

/// The workers, in a set of their own.
fn threads(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let (_, Object::Pool(pool)) = object(ctx, args, "_threads")? else { return Ok(Value::None) };
    let workers: Vec<Value> = pool.workers.iter().map(|worker| worker.object.clone()).collect();
    let keys = workers.iter().map(|worker| data::hash::make_key(ctx, worker)).collect::<std::result::Result<_, _>>();
    match keys {
        Ok(keys) => Ok(data::set::make(ctx, Kind::Set, keys)),
        Err(fault) => Err(fault.halt(ctx)),
    }
}

/// A queue as long as the one of the tasks that wait.
fn work_queue(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    let (_, Object::Pool(pool)) = object(ctx, args, "_work_queue")? else { return Ok(Value::None) };
    let mut queue = Queue::new(Kind::SimpleQueue, 0);
    queue.items = pool.tasks.iter().map(|_| Value::None).collect();
    Ok(Value::Object(Kind::SimpleQueue, ctx.memory.add(Object::Queue(queue))))
}
