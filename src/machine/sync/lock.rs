//! `threading.Lock`: taken or free. Any thread may release it.

use super::arguments::{Signature, lock_limit, nothing, receiver};
use super::held;
use super::support::done;
use crate::base::{ObjectId, ThreadId};
use crate::event::{EventKind, Shown};
use crate::machine::memory::encode::encoded;
use crate::machine::memory::native::{Arguments, Call, Context, Layout, Native, Result, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Limit, Operation, Progress, Stage};
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::shared::{Shared, Turn};
use crate::schedule::Alternative;

/// A `Lock`'s state.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lock {
    /// The thread that took it; `None`: free.
    pub owner: Option<ThreadId>,
}

encoded!(struct Lock { owner });

/// What is done to it.
#[derive(Clone, Debug)]
pub enum Action {
    /// Takes it.
    Acquire(Limit),
    /// Releases it.
    Release,
    /// Asks whether it is taken.
    Locked,
}

encoded!(
    enum Action {
        Acquire(limit),
        Release,
        Locked,
    }
);

/// `threading.Lock`
pub static TYPE: Type = Type {
    name: "lock",
    module: "_thread",
    base: Some(&crate::machine::data::types::OBJECT),
    construct: Some(Call::Plain(construct)),
    methods: METHODS,
    properties: &[],
    layout: Layout::Final,
};

static METHODS: &[Native] = &[
    Native { name: "acquire", call: Call::Operation(acquire) },
    Native { name: "release", call: Call::Operation(release) },
    Native { name: "locked", call: Call::Operation(locked) },
    Native { name: "__enter__", call: Call::Operation(enter) },
    Native { name: "__exit__", call: Call::Operation(exit) },
];

fn construct(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result {
    nothing(ctx, args, "Lock")?;
    Ok(Value::Object(Kind::Lock, ctx.memory.add(Object::Lock(Lock::default()))))
}

fn acquire(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let id = receiver(ctx, args, &[Kind::Lock], "acquire")?;
    let [blocking, timeout] = Signature::method("acquire", ["blocking", "timeout"], 0).bind(ctx, args)?;
    Ok(Operation::Lock(id, Action::Acquire(lock_limit(ctx, blocking.as_ref(), timeout.as_ref())?)))
}

fn release(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "release")?;
    Ok(Operation::Lock(receiver(ctx, args, &[Kind::Lock], "release")?, Action::Release))
}

fn locked(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "locked")?;
    Ok(Operation::Lock(receiver(ctx, args, &[Kind::Lock], "locked")?, Action::Locked))
}

fn enter(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Lock(receiver(ctx, args, &[Kind::Lock], "__enter__")?, Action::Acquire(Limit::Forever)))
}

fn exit(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    Ok(Operation::Lock(receiver(ctx, args, &[Kind::Lock], "__exit__")?, Action::Release))
}

/// Does the action, or says what blocks it.
///
/// # Errors
/// `RuntimeError` for a release that is not due.
pub fn perform(
    turn: &mut Turn<'_>,
    id: ObjectId,
    action: &Action,
    stage: Stage,
    alternative: Alternative,
) -> Result<Progress> {
    match action {
        Action::Acquire(limit) => held::acquire(turn, id, *limit, stage, alternative),
        Action::Release => held::release(turn, id),
        Action::Locked => {
            turn.share_object(id);
            let taken = held::owner(turn.shared, id).is_some();
            turn.emit(EventKind::Asked { object: id, answer: Shown::Bool(taken) });
            done(Value::Bool(taken))
        }
    }
}

/// Whether a thread that blocked could go on.
pub fn ready(shared: &Shared, me: ThreadId, id: ObjectId, action: &Action, stage: Stage) -> bool {
    match action {
        Action::Acquire(_) => held::acquire_ready(shared, me, id, stage),
        Action::Release | Action::Locked => true,
    }
}

/// A thread stops waiting; nothing remembers it.
pub fn cancel(shared: &mut Shared, me: ThreadId, id: ObjectId, action: &Action, stage: Stage) {
    let _ = (shared, me, id, action, stage);
}
