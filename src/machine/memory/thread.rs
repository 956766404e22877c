//! A thread's own part of the state: what `advance` works on, without a lock.

pub use super::frame::{Candidate, Check, Fold, Frame, Operands, Operator, Resumed, Then};

use super::halt::{Answered, Invocation};
use super::heap::PrivateHeap;
use super::object::Attributes;
use super::operation::Operation;
use super::primitive;
use super::value::Value;
use crate::base::{ObjectId, ProcessId, Symbol, ThreadId};
use crate::machine::memory::encode::{Encode, Encoder, encoded};
use std::sync::Arc;

/// A thread's own part of the state.
#[derive(Clone, Debug)]
pub struct Thread {
    /// Which thread.
    pub id: ThreadId,
    /// The process that it belongs to.
    pub process: ProcessId,
    /// It is that process's main thread.
    pub is_main: bool,
    /// Its `Thread` object.
    pub object: Value,
    /// Locals and evaluation stacks of all its frames, one behind the other.
    pub stack: Vec<Value>,
    /// Its frames, the running one last.
    pub frames: Vec<Frame>,
    /// The objects that it alone can reach.
    pub heap: PrivateHeap,
    /// The operation that it stands before.
    pub pending: Option<Operation>,
    /// Turns of loops, calls and returns since its last operation, when its fuel was used up since.
    pub turns: u64,
    /// Its attributes of each `threading.local`.
    pub locals: Vec<(ObjectId, Attributes)>,
    /// Global variables that can no longer change (`Unbound`: may change), from the moment that threads were started.
    pub frozen: Option<Arc<[Value]>>,
    /// Names for synchronization objects that no event has shown yet.
    pub names: Vec<(ObjectId, Arc<str>)>,
    /// Final attributes of shared instances that it has read before.
    pub finals: Finals,
    /// Objects that just became shared beside what an instruction hands over.
    pub escaped: Vec<ObjectId>,
    /// What it was doing when signals interrupted it whose handlers are running, the innermost last.
    pub interrupted: Vec<Interrupted>,
    /// An exception from outside that is raised once the operation under way has ended.
    pub raise_then: Option<Value>,
    /// Answers of Python code for instructions that are to be done again, those of outer frames first.
    pub answers: Vec<Answered>,
    /// The call that it begins with; taken by its first `advance`.
    pub entry: Option<Invocation>,
    /// An exception on its way out, which waits for the operation that ends the shared generator it leaves.
    pub raising: Option<Value>,
    /// The exception that ended it.
    pub uncaught: Option<Value>,
    /// What that exception, and those that led to it, say of themselves by a `__str__` of the scenario.
    pub words: Vec<(ObjectId, Box<str>)>,
    /// Whether the program's hook reported that exception; `None`: it was not called.
    pub told: Option<bool>,
}

impl Encode for Thread {
    fn encode(&self, to: &mut Encoder<'_>) {
        #[rustfmt::skip]
        let Thread {
            id, object, stack, frames, pending, locals, interrupted, raise_then, answers, entry, raising, uncaught, words, told,
            // Its row and its process tell that; its objects are added where they are come upon; the rest only makes it
            // faster, or tells what it did.
            process: _, is_main: _, heap: _, turns: _, frozen: _, names: _, finals: _, escaped: _,
        } = self;
        to.stack(stack);
        ((id, object), (frames, pending)).encode(to);
        ((locals, interrupted), (raise_then, answers)).encode(to);
        ((entry, raising), (uncaught, (words, told))).encode(to);
    }
}

/// What a thread was doing when a signal interrupted it.
#[derive(Clone, Debug)]
pub struct Interrupted {
    /// The operation that it stood before.
    pub pending: Option<Operation>,
    /// The exception that is raised once that has ended.
    pub raise_then: Option<Value>,
}

encoded!(struct Interrupted { pending, raise_then });

/// A small cache of final attributes, by object and name.
#[derive(Clone, Debug, Default)]
pub struct Finals(Vec<(ObjectId, Symbol, Value)>);

impl Finals {
    /// Entries that are kept.
    const ROOM: usize = 32;

    /// The value, if it was read before.
    pub fn get(&self, object: ObjectId, name: Symbol) -> Option<&Value> {
        self.0.iter().find(|(id, key, _)| *id == object && *key == name).map(|(_, _, value)| value)
    }

    /// Remembers a final value.
    pub fn put(&mut self, object: ObjectId, name: Symbol, value: Value) {
        if self.0.len() == Self::ROOM {
            self.0.clear();
        }
        self.0.push((object, name, value));
    }
}

impl Thread {
    /// A thread without frames.
    pub fn new(id: ThreadId, process: ProcessId, object: Value, frozen: Option<Arc<[Value]>>) -> Self {
        let mut thread = Thread {
            id,
            process,
            is_main: false,
            object,
            stack: Vec::new(),
            frames: Vec::new(),
            heap: PrivateHeap::new(id),
            pending: None,
            turns: 0,
            locals: Vec::new(),
            frozen: None,
            names: Vec::new(),
            finals: Finals::default(),
            escaped: Vec::new(),
            interrupted: Vec::new(),
            raise_then: None,
            answers: Vec::new(),
            entry: None,
            raising: None,
            uncaught: None,
            words: Vec::new(),
            told: None,
        };
        if let Some(frozen) = frozen {
            thread.freeze(&frozen);
        }
        thread
    }

    /// Forgets what was answered for instructions of the frame at that depth, and of those above.
    pub fn forget_answers(&mut self, depth: usize) {
        self.answers.retain(|answered| answered.depth < depth);
    }

    /// Whether it is about to look at the clock.
    pub fn reads_clock(&self) -> bool {
        matches!(self.pending, Some(Operation::Time(primitive::time::Action::Read { .. })))
    }

    /// Takes over the global variables that can no longer change, functions and classes as copies of its own.
    pub fn freeze(&mut self, frozen: &[Value]) {
        self.frozen = Some(frozen.iter().map(Value::detached).collect());
    }
}
