//! `time`: sleeping and clocks, both on the run's own clock.

use super::arguments::{SECOND, Signature, nanoseconds, seconds};
use super::primitive::Primitive;
use super::support::{blocked, done};
use crate::base::ThreadId;
use crate::event::{Blocker, EventKind};
use crate::machine::data::exception::OVERFLOW_ERROR;
use crate::machine::memory::native::{Arguments, Call, Context, Native, Result};
use crate::machine::memory::operation::{Operation, Part, Progress, Stage};
pub use crate::machine::memory::primitive::time::Action;
use crate::machine::memory::value::Value;
use crate::machine::sync::shared::{Shared, Turn};
use crate::schedule::Alternative;

static FUNCTIONS: &[Native] = &[
    Native { name: "sleep", call: Call::Operation(sleep) },
    Native { name: "time", call: Call::Operation(|ctx, args| read(ctx, args, true, false)) },
    Native { name: "time_ns", call: Call::Operation(|ctx, args| read(ctx, args, true, true)) },
    Native { name: "monotonic", call: Call::Operation(|ctx, args| read(ctx, args, false, false)) },
    Native { name: "monotonic_ns", call: Call::Operation(|ctx, args| read(ctx, args, false, true)) },
    Native { name: "perf_counter", call: Call::Operation(|ctx, args| read(ctx, args, false, false)) },
    Native { name: "perf_counter_ns", call: Call::Operation(|ctx, args| read(ctx, args, false, true)) },
    // What a thread or process takes of a processor is not measured: the time since the run's start is the most it can be.
    Native { name: "process_time", call: Call::Operation(|ctx, args| read(ctx, args, false, false)) },
    Native { name: "process_time_ns", call: Call::Operation(|ctx, args| read(ctx, args, false, true)) },
    Native { name: "thread_time", call: Call::Operation(|ctx, args| read(ctx, args, false, false)) },
    Native { name: "thread_time_ns", call: Call::Operation(|ctx, args| read(ctx, args, false, true)) },
];

/// The member of the module `time`.
pub fn member(name: &str) -> Option<Value> {
    FUNCTIONS.iter().find(|native| native.name == name).map(Value::Native)
}

fn sleep(ctx: &mut Context<'_>, args: Arguments<'_>) -> Result<Operation> {
    let [value] = args.positional else {
        let message = format!("time.sleep() takes exactly one argument ({} given)", args.positional.len());
        return Err(ctx.type_error(message));
    };
    if !args.keywords.is_empty() {
        return Err(ctx.type_error("time.sleep() takes no keyword arguments"));
    }
    let seconds = seconds(ctx, value)?;
    if seconds < 0.0 {
        return Err(ctx.value_error("sleep length must be non-negative"));
    }
    if seconds > super::arguments::TIMEOUT_MAX {
        return Err(ctx.error(&OVERFLOW_ERROR, "timestamp out of range for platform time_t"));
    }
    Ok(Operation::Time(Action::Sleep(nanoseconds(seconds))))
}

fn read(ctx: &mut Context<'_>, args: Arguments<'_>, wall: bool, whole: bool) -> Result<Operation> {
    Signature::function("time", [], 0).bind(ctx, args).map(|[]| ())?;
    Ok(Operation::Time(Action::Read { wall, whole }))
}

impl Primitive for Action {
    type On = ();

    fn perform(&self, turn: &mut Turn<'_>, (): (), stage: Stage, _alternative: Alternative) -> Result<Progress> {
        match *self {
            Action::Sleep(length) if stage.part == Part::First && length > 0 => {
                blocked(Blocker::Time, Some(turn.shared.now.saturating_add(length)), Part::Again)
            }
            Action::Sleep(_) => {
                turn.emit(EventKind::Slept);
                done(Value::None)
            }
            Action::Read { wall, whole } => {
                turn.emit(EventKind::TimeRead);
                let now = turn.shared.now.saturating_add(if wall { turn.shared.epoch } else { 0 });
                done(if whole { Value::Int(now as i64) } else { Value::Float(now as f64 / SECOND) })
            }
        }
    }

    fn ready(&self, shared: &Shared, me: ThreadId, (): (), stage: Stage) -> bool {
        let until = shared.record(me).waiting.as_ref().and_then(|waiting| waiting.until);
        stage.part == Part::First
            || !matches!(*self, Action::Sleep(_))
            || until.is_some_and(|until| until <= shared.now)
    }

    fn verb(&self) -> &'static str {
        match self {
            Action::Sleep(_) => "sleep",
            Action::Read { .. } => "read the clock",
        }
    }
}
