//! Channels: what pipes and queues between processes are made of. A channel has a capacity, as a pipe of the operating system
//! has: what does not fit is not sent until somebody receives. Its ends are held by processes; when all that hold the one
//! end have closed it or are over, the other end learns of that.

use super::arguments::{integer, limit};
use super::message::said;
use super::primitive::Primitive;
use super::process::Lurking;
use super::shared::{Shared, Turn};
use super::support::{blocked, done, fires, mismatch, until};
use super::world::{self, slot};
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::event::{Blocker, EventKind, Shown};
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Arguments, Call, Context, Native, Result};
use crate::machine::memory::operation::{Operation, Part, Progress, Stage};
pub use crate::machine::memory::primitive::channel::{Action, Channel, End, Message};
use crate::machine::memory::value::Value;
use crate::schedule::Alternative;

/// What the library's connections are made of.
static FUNCTIONS: &[Native] = &[
    Native { name: "__channel_send", call: Call::Operation(send) },
    Native { name: "__channel_receive", call: Call::Operation(receive) },
    Native { name: "__channel_poll", call: Call::Operation(poll) },
    Native { name: "__channel_close", call: Call::Operation(close) },
    Native { name: "__channel_open", call: Call::Operation(open) },
    Native { name: "__channel_take", call: Call::Operation(take) },
    Native { name: "__channel_watch", call: Call::Operation(watch) },
    Native { name: "__flat", call: Call::Plain(flat) },
];

/// The function of that name.
pub(super) fn function(name: &str) -> Option<Value> {
    FUNCTIONS.iter().find(|native| native.name == name).map(Value::Native)
}

fn argument(args: Arguments<'_>, at: usize) -> Value {
    args.positional.get(at).cloned().unwrap_or_default()
}

/// `__channel_send(channel, value, size)`: false when nobody can receive it any more.
fn send(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let size = integer(ctx, &argument(args, 2))?.max(0) as u64;
    Ok(Operation::Channel(slot(ctx, args)?, Action::Send(argument(args, 1), size)))
}

/// `__channel_receive(channel)`: the message in a tuple; empty when none will come any more.
fn receive(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Channel(slot(ctx, args)?, Action::Receive))
}

/// `__channel_poll(channel, timeout)`
fn poll(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let limit = limit(ctx, args.positional.get(1))?;
    Ok(Operation::Channel(slot(ctx, args)?, Action::Poll(limit)))
}

fn end(args: Arguments<'_>) -> End {
    if matches!(args.positional.get(1), Some(Value::Bool(true))) { End::Write } else { End::Read }
}

/// `__channel_close(channel, writes)`
fn close(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Channel(slot(ctx, args)?, Action::Close(end(args))))
}

/// `__channel_open(channel, writes)`
fn open(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Channel(slot(ctx, args)?, Action::Open(end(args))))
}

/// `__channel_take(channel, writes, process)`
fn take(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let number = integer(ctx, &argument(args, 2))?;
    Ok(Operation::Channel(slot(ctx, args)?, Action::Take(end(args), ProcessId::of_number(number))))
}

/// `__channel_watch(channel, bell)`: in how many seconds what is there arrives, if a fault delays it.
fn watch(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let bell = world::thing(ctx, &argument(args, 1))?;
    Ok(Operation::Channel(slot(ctx, args)?, Action::Watch(bell)))
}

/// `__flat(value)`: about how many bytes the value takes in a message, if it refers to nothing in a process; else `None`.
fn flat(_: &mut Context<'_>, args: Arguments<'_>) -> Result {
    Ok(size(&argument(args, 0)).map_or(Value::None, Value::Int))
}

/// About what `pickle` makes of it.
fn size(value: &Value) -> Option<i64> {
    Some(match value {
        Value::None | Value::Bool(_) => 1,
        Value::Int(number) => 2 + i64::from((64 - number.unsigned_abs().leading_zeros()) / 8),
        Value::Float(_) => 9,
        Value::Big(number) => 3 + (number.bits() / 8) as i64,
        Value::Str(text) => 4 + text.as_str().len() as i64,
        Value::Bytes(bytes) => 4 + bytes.len() as i64,
        Value::Tuple(items) => {
            let mut all = 3;
            for item in items.iter() {
                all += size(item)?;
            }
            all
        }
        Value::Slice(slice) => {
            let [start, stop, step] = &slice.0;
            6 + size(start)? + size(stop)? + size(step)?
        }
        Value::Range(_) | Value::Type(_) | Value::Ellipsis | Value::NotImplemented => 30,
        _ => return None,
    })
}

impl Primitive for Action {
    type On = ObjectId;

    fn perform(&self, turn: &mut Turn<'_>, id: ObjectId, stage: Stage, alternative: Alternative) -> Result<Progress> {
        let (me, now) = (turn.process, turn.shared.now);
        if let Action::Send(..) = self
            && stage.part == Part::First
            && turn.shared.world.channel(id).is_some_and(|channel| !channel.readers.is_empty())
            && fires(turn, Lurking::Lose(id), id)
        {
            return done(Value::Bool(true));
        }
        let Some(channel) = turn.shared.world.channel_mut(id) else { return Err(mismatch(turn, id)) };
        match self {
            Action::Send(..) if channel.readers.is_empty() => done(Value::Bool(false)),
            Action::Send(value, size) => {
                if stage.part == Part::Inside {
                    return sent(turn, id, stage);
                }
                if !channel.fits() {
                    return blocked(Blocker::Object(id), None, Part::Again);
                }
                let number = channel.next();
                channel.messages.push_back(Message { value: value.clone(), size: *size });
                let (depth, bytes) = (channel.messages.len() as u32, channel.bytes() as u32);
                let item = said(turn, value);
                turn.emit(EventKind::Put { object: id, item, depth, bytes });
                turn.touch(Blocker::Object(id));
                ring(turn, id);
                sent(turn, id, Stage { part: Part::Inside, memory: number as u32 })
            }
            Action::Receive if channel.arrives(now).is_some() => {
                let until = channel.arrives(now);
                blocked(Blocker::Object(id), until, Part::Again)
            }
            Action::Receive => match channel.messages.pop_front() {
                Some(message) => {
                    channel.received += 1;
                    let (depth, bytes) = (channel.messages.len() as u32, channel.bytes() as u32);
                    let item = said(turn, &message.value);
                    turn.emit(EventKind::Got { object: id, item, depth, bytes });
                    turn.touch(Blocker::Object(id));
                    done(Value::tuple(vec![message.value]))
                }
                None if channel.writers.is_empty() => done(Value::tuple(Vec::new())),
                None => blocked(Blocker::Object(id), None, Part::Again),
            },
            Action::Poll(limit) => {
                let arrives = channel.arrives(now);
                let answer = arrives.is_none() && (!channel.messages.is_empty() || channel.writers.is_empty());
                if answer || *limit == Limit::Never {
                    turn.emit(EventKind::Asked { object: id, answer: Shown::Bool(answer) });
                    return done(Value::Bool(answer));
                }
                if alternative == Alternative::TimeOut && *limit != Limit::Forever {
                    turn.emit(EventKind::TimedOut { on: Blocker::Object(id) });
                    return done(Value::Bool(false));
                }
                let until = if *limit == Limit::Forever { arrives } else { until(turn, stage, *limit) };
                blocked(Blocker::Object(id), until, Part::Again)
            }
            Action::Close(end) => {
                let holders = channel.holders_mut(*end);
                let held = holders.iter().position(|holder| *holder == me).map(|at| holders.remove(at)).is_some();
                let is_last = *end == End::Write && holders.is_empty();
                if held {
                    turn.emit(EventKind::EndClosed { object: id, writes: *end == End::Write });
                }
                turn.touch(Blocker::Object(id));
                if is_last {
                    ring(turn, id);
                }
                done(Value::None)
            }
            Action::Watch(bell) => {
                if !channel.bells.contains(bell) {
                    channel.bells.push(*bell);
                }
                // What a fault delays is nothing to be told of yet: how many seconds that takes.
                if let Some(time) = channel.arrives(now) {
                    return done(Value::Float((time - now) as f64 / 1e9));
                }
                if !channel.messages.is_empty() || channel.writers.is_empty() {
                    ring(turn, id);
                }
                done(Value::None)
            }
            Action::Open(end) => {
                channel.holders_mut(*end).push(me);
                turn.emit(EventKind::EndOpened { object: id, writes: *end == End::Write, from: None });
                done(Value::None)
            }
            Action::Take(end, from) => {
                let holder = channel.holders_mut(*end).iter_mut().find(|holder| *holder == from);
                let found = holder.map(|holder| *holder = me).is_some();
                if found {
                    let (writes, from) = (*end == End::Write, Some(*from));
                    turn.emit(EventKind::EndOpened { object: id, writes, from });
                }
                done(Value::Bool(found))
            }
        }
    }

    fn ready(&self, shared: &Shared, _: ThreadId, id: ObjectId, stage: Stage) -> bool {
        let Some(channel) = shared.world.channel(id) else { return true };
        match self {
            _ if stage.part == Part::First => true,
            Action::Send(..) if channel.readers.is_empty() => true,
            Action::Send(..) if stage.part == Part::Inside => channel.has_taken(number(channel, stage)),
            Action::Send(..) => channel.fits(),
            Action::Receive | Action::Poll(_) => {
                let is_late = channel.arrives(shared.now).is_some();
                !is_late && (!channel.messages.is_empty() || channel.writers.is_empty())
            }
            Action::Close(_) | Action::Open(_) | Action::Take(..) | Action::Watch(_) => true,
        }
    }

    fn waits(&self, _: &Shared, _: ThreadId, _: ObjectId) -> bool {
        match self {
            Action::Send(..) | Action::Receive | Action::Poll(Limit::Forever) => true,
            Action::Poll(Limit::Never | Limit::Within(_))
            | Action::Close(_)
            | Action::Open(_)
            | Action::Take(..)
            | Action::Watch(_) => false,
        }
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Send(..) => "send to",
            Action::Receive => "receive from",
            Action::Poll(_) => "ask",
            Action::Close(_) => "close",
            Action::Open(_) => "open",
            Action::Take(..) => "take over",
            Action::Watch(_) => "watch",
        }
    }
}

/// Something can be received: who wanted to be told is.
fn ring(turn: &mut Turn<'_>, id: ObjectId) {
    for bell in turn.shared.world.ring(id) {
        turn.touch(Blocker::Object(bell));
    }
}

/// The number of the message that is being sent: what is remembered of it is its lower half.
fn number(channel: &Channel, stage: Stage) -> u64 {
    let next = channel.next();
    let behind = (next as u32).wrapping_sub(stage.memory);
    next - u64::from(behind)
}

/// The message lies in the channel: the sender goes on when all of it has left its hands.
fn sent(turn: &mut Turn<'_>, id: ObjectId, stage: Stage) -> Result<Progress> {
    let Some(channel) = turn.shared.world.channel(id) else { return Err(mismatch(turn, id)) };
    if channel.has_taken(number(channel, stage)) {
        return done(Value::Bool(true));
    }
    Ok(Progress::Blocked { on: Blocker::Object(id), until: None, stage })
}

/// What lies in the channel, or is sent through it, arrives only at that time: who waits for it looks again then.
pub(in crate::machine) fn delay(shared: &mut Shared, id: ObjectId, time: u64) {
    if let Some(channel) = shared.world.channel_mut(id) {
        channel.late = Some(time);
    }
    let on = Blocker::Object(id);
    for index in 0..shared.threads.len() {
        let Some(waiting) = &mut shared.threads[index].waiting else { continue };
        let Operation::Channel(_, action) = &waiting.operation else { continue };
        let waits = matches!(action, Action::Receive | Action::Poll(Limit::Forever));
        if waiting.on == on && waits && waiting.until.is_none() {
            (waiting.until, waiting.ready) = (Some(time), false);
            let thread = ThreadId(index as u32);
            shared.emit(thread, EventKind::Blocked { on, until: Some(time) });
            shared.woken.push(thread);
        }
    }
}

/// Nobody holds an end of the channel any more. Gives the channels in which that is told.
pub(in crate::machine) fn break_off(shared: &mut Shared, id: ObjectId) -> Vec<ObjectId> {
    if let Some(channel) = shared.world.channel_mut(id) {
        (channel.readers, channel.writers) = (Vec::new(), Vec::new());
    }
    shared.world.ring(id)
}

/// There is no room left in the channel: who sends waits until the message was received.
pub(in crate::machine) fn fill(shared: &mut Shared, id: ObjectId) {
    if let Some(channel) = shared.world.channel_mut(id) {
        channel.capacity = 0;
    }
}
