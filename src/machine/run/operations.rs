//! Operations, whatever they are on: one row for each primitive leads to what the primitive says of itself.

use crate::base::{ObjectId, ThreadId};
use crate::event::Blocker;
use crate::machine::data::exception;
use crate::machine::memory::limit::Limit;
use crate::machine::memory::native::{Halt, Result};
use crate::machine::memory::operation::{Operation, Part, Progress, Stage};
use crate::machine::memory::primitive::{condition, lock, rlock, semaphore};
use crate::machine::memory::value::Kind;
use crate::machine::sync::primitive::Primitive;
use crate::machine::sync::shared::{Phase, Record, Shared, Turn, Waiting};
use crate::machine::sync::workers;
use crate::schedule::Alternative;

/// Does the same with the action of any primitive, and something of its own with the other operations.
macro_rules! on_primitive {
    ($operation:expr, |$action:ident, $on:ident| $then:expr, $($other:pat => $otherwise:expr),+ $(,)?) => {
        on_primitive!(@rows $operation, $action, $on, $then,
            [Lock, RLock, Condition, Semaphore, Event, Barrier, Queue, Pool, Future, Futures, Channel],
            [Thread, Process, World, Time, Signal, Log, Random, Files],
            $($other => $otherwise),+)
    };
    (@rows $operation:expr, $action:ident, $on:ident, $then:expr, [$($object:ident),*], [$($program:ident),*],
        $($other:pat => $otherwise:expr),+) => {
        match $operation {
            $(Operation::$object(id, $action) => {
                let $on = *id;
                $then
            })*
            $(Operation::$program($action) => {
                let $on = ();
                $then
            })*
            $($other => $otherwise,)+
        }
    };
}

/// Does an operation, or says what blocks it.
///
/// # Errors
/// What the operation raises. `Halt::Shared` for a touch, which is done elsewhere, as printing and ending are.
pub(in crate::machine) fn perform(
    turn: &mut Turn<'_>,
    operation: &Operation,
    stage: Stage,
    alternative: Alternative,
) -> Result<Progress> {
    on_primitive!(
        operation,
        |action, on| action.perform(turn, on, stage, alternative),
        Operation::Touch { object, write } => Err(Halt::Shared { object: *object, write: *write }),
        Operation::Print { .. } | Operation::Exit => {
            Err(turn.error(&exception::RUNTIME_ERROR, "printing and ending are not done here"))
        },
    )
}

/// Whether a thread could go on with an operation that has come to this stage.
pub(in crate::machine) fn ready(shared: &Shared, me: ThreadId, operation: &Operation, stage: Stage) -> bool {
    on_primitive!(
        operation,
        |action, on| action.ready(shared, me, on, stage),
        Operation::Exit => !anybody_left(shared, me),
        Operation::Touch { .. } | Operation::Print { .. } => true,
    )
}

/// Whether the operation, which was not attempted yet, cannot go on now, and an attempt would do no more than stop the
/// thread.
pub(in crate::machine) fn refuses(shared: &Shared, me: ThreadId, operation: &Operation) -> bool {
    let waits = on_primitive!(
        operation,
        |action, on| action.waits(shared, me, on),
        Operation::Touch { .. } | Operation::Print { .. } | Operation::Exit => false,
    );
    // The first attempt also makes the object shared.
    let is_shared =
        operation.object().is_none_or(|id| id.is_of_world() || shared.process_of(me).heap.get(id).is_some());
    waits && is_shared && !ready(shared, me, operation, Stage { part: Part::Again, memory: 0 })
}

/// A thread stops waiting, because it is killed or an exception is raised in it.
pub(in crate::machine) fn cancel(shared: &mut Shared, me: ThreadId, waiting: &Waiting) {
    on_primitive!(
        &waiting.operation,
        |action, on| action.cancel(shared, me, on, waiting.stage),
        Operation::Touch { .. } | Operation::Print { .. } | Operation::Exit => {},
    );
}

/// What a waiting thread has to do before an exception from outside may be raised in it, and at which stage.
pub(in crate::machine) fn unwind(shared: &Shared, me: ThreadId, waiting: &Waiting) -> Option<(Blocker, Stage)> {
    on_primitive!(
        &waiting.operation,
        |action, on| action.unwind(shared, me, on, waiting.stage),
        Operation::Touch { .. } | Operation::Print { .. } | Operation::Exit => None,
    )
}

/// What an operation does, as a verb that the object's name may follow.
pub(in crate::machine) fn describe(operation: &Operation) -> &'static str {
    on_primitive!(
        operation,
        |action, _on| action.verb(),
        Operation::Touch { write: true, .. } => "write",
        Operation::Touch { write: false, .. } => "read",
        Operation::Print { .. } => "print",
        Operation::Exit => "end",
    )
}

/// Whether a thread that the end of its process has to wait for is still there: `main` is the main thread.
pub(in crate::machine) fn anybody_left(shared: &Shared, main: ThreadId) -> bool {
    let process = shared.record(main).process;
    let mut fellows = (0..shared.threads.len()).filter(|row| shared.threads.fixed(*row).process == process);
    let stays = |record: &Record| record.phase == Phase::Alive && !record.daemon;
    fellows.any(|row| row != main.index() && stays(&shared.threads[row]))
        || workers::anybody_works(shared, &shared.processes[process])
}

/// The operation that `with object:` begins with; `None`: it is no context manager.
pub(in crate::machine) fn enter(kind: Kind, id: ObjectId) -> Option<Operation> {
    Some(match kind {
        Kind::Lock => Operation::Lock(id, lock::Action::Acquire(Limit::Forever)),
        Kind::RLock => Operation::RLock(id, rlock::Action::Acquire(Limit::Forever)),
        Kind::Condition => Operation::Condition(id, condition::Action::Acquire(Limit::Forever)),
        Kind::Semaphore | Kind::BoundedSemaphore => {
            Operation::Semaphore(id, semaphore::Action::Acquire(Limit::Forever))
        }
        _ => return None,
    })
}

/// The operation that `with object:` ends with; `None`: it is no context manager.
pub(in crate::machine) fn exit(kind: Kind, id: ObjectId) -> Option<Operation> {
    Some(match kind {
        Kind::Lock => Operation::Lock(id, lock::Action::Release),
        Kind::RLock => Operation::RLock(id, rlock::Action::Release),
        Kind::Condition => Operation::Condition(id, condition::Action::Release),
        Kind::Semaphore | Kind::BoundedSemaphore => Operation::Semaphore(id, semaphore::Action::Release(1)),
        _ => return None,
    })
}
