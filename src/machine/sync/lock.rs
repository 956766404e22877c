//! `threading.Lock`: taken or free. Any thread may release it.

use super::arguments::{Signature, lock_limit, nothing, receiver};
use super::held;
use super::primitive::Primitive;
use super::support::done;
use crate::base::{ObjectId, ThreadId};
use crate::event::{EventKind, Shown};
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Arguments, Call, Context, Layout, Native, Result, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Operation, Progress, Stage};
pub use crate::machine::memory::primitive::lock::{Action, Lock};
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::shared::{Shared, Turn};
use crate::schedule::Alternative;

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

held::lock_methods!(Lock);

fn locked(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    nothing(ctx, args, "locked")?;
    Ok(Operation::Lock(receiver(ctx, args, &[Kind::Lock], "locked")?, Action::Locked))
}

impl Primitive for Action {
    type On = ObjectId;

    fn perform(&self, turn: &mut Turn<'_>, id: ObjectId, stage: Stage, alternative: Alternative) -> Result<Progress> {
        match self {
            Action::Acquire(limit) => held::acquire(turn, id, *limit, stage, alternative),
            Action::Release => held::release(turn, id),
            Action::Locked => {
                turn.share_object(id);
                let taken = held::owner(turn.sight(), id).is_some();
                turn.emit(EventKind::Asked { object: id, answer: Shown::Bool(taken) });
                done(Value::Bool(taken))
            }
        }
    }

    fn ready(&self, shared: &Shared, me: ThreadId, id: ObjectId, stage: Stage) -> bool {
        match self {
            Action::Acquire(_) => held::acquire_ready(shared, me, id, stage),
            Action::Release | Action::Locked => true,
        }
    }

    fn waits(&self, _shared: &Shared, _me: ThreadId, _id: ObjectId) -> bool {
        matches!(self, Action::Acquire(Limit::Forever))
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Acquire(_) => "acquire",
            Action::Release => "release",
            Action::Locked => "ask",
        }
    }
}
