//! `threading.RLock`: its owner may take it again, and must release it as often.

use super::arguments::{Signature, lock_limit, nothing, receiver};
use super::held;
use super::peek;
use super::primitive::Primitive;
use crate::base::{ObjectId, ThreadId};
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Arguments, Call, Context, Layout, Native, Result, Type};
use crate::machine::memory::object::Object;
use crate::machine::memory::operation::{Operation, Progress, Stage};
pub use crate::machine::memory::primitive::rlock::{Action, RLock};
use crate::machine::memory::value::{Kind, Value};
use crate::machine::sync::shared::{Shared, Turn};
use crate::schedule::Alternative;

/// `threading.RLock`
pub static TYPE: Type = Type {
    name: "RLock",
    module: "_thread",
    base: Some(&crate::machine::data::types::OBJECT),
    construct: Some(Call::Plain(construct)),
    methods: METHODS,
    properties: &[],
    layout: Layout::Final,
};

static METHODS: &[Native] = &[
    peek::IS_OWNED,
    Native { name: "acquire", call: Call::Operation(acquire) },
    Native { name: "release", call: Call::Operation(release) },
    Native { name: "__enter__", call: Call::Operation(enter) },
    Native { name: "__exit__", call: Call::Operation(exit) },
];

held::lock_methods!(RLock);

impl Primitive for Action {
    type On = ObjectId;

    fn perform(&self, turn: &mut Turn<'_>, id: ObjectId, stage: Stage, alternative: Alternative) -> Result<Progress> {
        match self {
            Action::Acquire(limit) => held::acquire(turn, id, *limit, stage, alternative),
            Action::Release => held::release(turn, id),
        }
    }

    fn ready(&self, shared: &Shared, me: ThreadId, id: ObjectId, stage: Stage) -> bool {
        match self {
            Action::Acquire(_) => held::acquire_ready(shared, me, id, stage),
            Action::Release => true,
        }
    }

    fn waits(&self, _shared: &Shared, _me: ThreadId, _id: ObjectId) -> bool {
        matches!(self, Action::Acquire(Limit::Forever))
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Acquire(_) => "acquire",
            Action::Release => "release",
        }
    }
}
