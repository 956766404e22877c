//! Any event in one line of words, for the events panel and for reports. The thread's name is not part of it.

use super::Model;
use crate::base::{ObjectId, SafeText, ThreadId};
use crate::event::{Blocker, Deed, Ending, Event, EventKind, FutureState, ObjectKind, ObjectState, ThreadState};
use crate::schedule::{Fault, Signal, seconds};

/// What happened, without the thread that it is about: `takes a`, `blocks on b`.
pub fn describe(event: &Event, model: &Model) -> String {
    let o = |id: &ObjectId| model.object_name(*id);
    let t = |id: &ThreadId| model.thread_name(*id).to_owned();
    match &event.kind {
        EventKind::ThreadCreated { new, daemon, .. } => format!("makes {}thread {}", daemon_word(*daemon), t(new)),
        EventKind::ThreadStarted { started } => format!("starts {}", t(started)),
        EventKind::ThreadRenamed { target, .. } => format!("renames a thread to {}", t(target)),
        EventKind::Began => "begins".to_owned(),
        EventKind::Ended { how } => ended(how),
        EventKind::ObjectShown { object, what, .. } => format!("shares {} ({})", o(object), what.name()),
        EventKind::Blocked { on, .. } => stops(*on, model),
        EventKind::Ready { by: Some(by) } => format!("can go on, thanks to {}", t(by)),
        EventKind::Ready { by: None } => "can go on".to_owned(),
        EventKind::Preempted => "loses its turn".to_owned(),
        EventKind::Resumed => "computes".to_owned(),
        EventKind::Held => "is held back by you".to_owned(),
        EventKind::LetGo => "is let go of by you".to_owned(),
        EventKind::TimedOut { on } => match on.object() {
            Some(object) => format!("times out on {}", o(&object)),
            None => "times out".to_owned(),
        },
        EventKind::PolicySet { name } => format!("POLICY {} now chooses the next thread", SafeText::new(name)),
        EventKind::Trouble(trouble) => {
            let names: Vec<_> = trouble.threads.iter().map(|involved| t(&involved.thread)).collect();
            format!("{} {}", trouble.kind.name().to_uppercase(), names.join(", "))
        }
        EventKind::FaultInjected { fault: Fault::Signal { signal } } => format!("{} arrives", signal.name()),
        EventKind::FaultInjected { fault } => format!("FAULT {}", describe_fault(fault, model)),
        EventKind::FaultFired { object } => format!("the fault on {} takes effect", o(object)),
        EventKind::ProcessStarted { main, .. } => format!("makes process {}", t(main)),
        EventKind::ProcessEnded { code: code @ 0.., .. } => format!("ends its process with exit code {code}"),
        EventKind::ProcessEnded { code, .. } => format!("ends with its process, by signal {}", -code),
        EventKind::ProcessSignalled { main, signal } => format!("sends process {} signal {signal}", t(main)),
        EventKind::EndOpened { object, writes, .. } => {
            format!("opens an end of {} to {}", o(object), end_word(*writes))
        }
        EventKind::EndClosed { object, writes } => format!("closes an end of {} to {}", o(object), end_word(*writes)),
        EventKind::Copied { object, state, .. } => match state.as_deref() {
            Some(ObjectState::Lock { owner: Some(owner), .. }) => {
                format!("has its own copy: {}, held by {}", o(object), t(owner))
            }
            _ => format!("has its own copy: {}", o(object)),
        },
        EventKind::ProgramEnded { status } => format!("the program ends with status {status}"),
        kind => operation(kind, model),
    }
}

fn end_word(writes: bool) -> &'static str {
    if writes { "send to" } else { "receive from" }
}

fn daemon_word(daemon: bool) -> &'static str {
    if daemon { "daemon " } else { "" }
}

fn ended(how: &Ending) -> String {
    match how {
        Ending::Finished => "ends".to_owned(),
        Ending::Crashed(error) => format!("crashes: {}", SafeText::new(error)),
        Ending::Killed => "is killed".to_owned(),
        Ending::CutOff => "is cut off".to_owned(),
    }
}

fn stops(on: Blocker, model: &Model) -> String {
    match on {
        Blocker::Lock(object) => format!("blocks on {}", model.label(object)),
        Blocker::Object(object) => format!("waits for {}", model.wanted(object)),
        Blocker::Thread(thread) => format!("waits for {} to end", model.thread_name(thread)),
        Blocker::Shutdown => "waits for the other threads to end".to_owned(),
        Blocker::Time => "sleeps".to_owned(),
        Blocker::Signal => "waits for a signal".to_owned(),
        Blocker::Outside => "waits for what comes from outside".to_owned(),
        Blocker::Frozen => "is frozen".to_owned(),
        Blocker::Delayed => "is delayed".to_owned(),
        Blocker::Change => "loops forever".to_owned(),
    }
}

/// An operation on an object, on data, or on the world.
fn operation(kind: &EventKind, model: &Model) -> String {
    let o = |id: &ObjectId| model.object_name(*id);
    match kind {
        EventKind::Acquired { object, depth: 0 | 1, .. } => format!("takes {}", o(object)),
        EventKind::Acquired { object, depth, .. } => format!("takes {} again, depth {depth}", o(object)),
        EventKind::AcquireFailed { object } => format!("finds {} taken", o(object)),
        EventKind::Released { object, depth: 0 } => format!("releases {}", o(object)),
        EventKind::Released { object, depth } => format!("releases {} once, depth {depth}", o(object)),
        EventKind::PermitTaken { object, value } => format!("takes a permit of {}, {value} left", o(object)),
        EventKind::PermitReturned { object, value } => format!("gives back a permit of {}, {value} now", o(object)),
        EventKind::Notified { object, woken } => format!("notifies {}, wakes {woken}", o(object)),
        EventKind::EventSet { object } => format!("sets {}", o(object)),
        EventKind::EventCleared { object } => format!("clears {}", o(object)),
        EventKind::BarrierEntered { object, count } => format!("arrives at {} as number {count}", o(object)),
        EventKind::BarrierPassed { object } => format!("passes {}", o(object)),
        EventKind::BarrierBroken { object } => format!("breaks {}", o(object)),
        EventKind::BarrierReset { object } => format!("resets {}", o(object)),
        EventKind::Put { object, item, depth, .. } => format!("puts {} into {}, {depth} in it", safe(item), o(object)),
        EventKind::Got { object, item, depth, .. } => format!("gets {} from {}, {depth} left", safe(item), o(object)),
        EventKind::TaskDone { object, unfinished } => format!("finishes a task of {}, {unfinished} left", o(object)),
        EventKind::Submitted { object, future, pending } => {
            format!("submits {} to {}, {pending} pending", o(future), o(object))
        }
        EventKind::WorkerAdded { object, worker } => {
            format!("gives {} the worker {}", o(object), model.thread_name(*worker))
        }
        EventKind::TaskBegun { object, future, pending } => {
            format!("begins {} of {}, {pending} pending", o(future), o(object))
        }
        EventKind::TaskEnded { object } => format!("has finished its task for {}", o(object)),
        EventKind::PoolShutDown { object, dropped: 0 } => format!("shuts {} down", o(object)),
        EventKind::PoolShutDown { object, dropped } => format!("shuts {} down and drops {dropped} tasks", o(object)),
        EventKind::PoolBroken { object } => format!("breaks {}", o(object)),
        EventKind::FutureChanged { object, state } => future_change(state, &o(object)),
        EventKind::CallbackAdded { object } => format!("gives {} a callback", o(object)),
        EventKind::Obtained { object, answer } => match model.object(*object).map(|object| object.kind) {
            Some(ObjectKind::Futures) => format!("sees that {} of several futures are done", safe(answer)),
            _ => format!("gets the result {} from {}", safe(answer), o(object)),
        },
        EventKind::Imported { module, done: true } => format!("has imported {}", model.legend().name(*module)),
        EventKind::Imported { module, done: false } => format!("imports {}", model.legend().name(*module)),
        EventKind::Asked { object, answer } => format!("asks {}: {}", o(object), safe(answer)),
        EventKind::Joined { target } => format!("has joined {}", model.thread_name(*target)),
        EventKind::AskedAlive { target, alive } => {
            format!("asks whether {} is alive: {}", model.thread_name(*target), if *alive { "yes" } else { "no" })
        }
        EventKind::HandlerSet { signal, handled: true } => format!("will handle {}", signal.name()),
        EventKind::HandlerSet { signal, handled: false } => format!("will not handle {}", signal.name()),
        EventKind::SignalRaised { signal } => format!("sends {}", signal.name()),
        EventKind::SignalTaken { signal } => format!("is interrupted by {}", signal.name()),
        EventKind::Slept => "wakes from sleep".to_owned(),
        EventKind::TimeRead => "reads the clock".to_owned(),
        EventKind::Drew { value } => format!("draws {}", safe(value)),
        EventKind::Io { deed, path, count } => {
            let name = SafeText::new(path.rsplit('/').next().unwrap_or_default());
            match deed {
                Deed::Opened => format!("opens {name}"),
                Deed::Looked => format!("looks at {name}"),
                Deed::Read => format!("reads {count} bytes of {name}"),
                Deed::Wrote => format!("writes {count} bytes to {name}"),
                Deed::Closed => format!("closes {name}"),
                Deed::Changed => format!("makes, moves or removes {name}"),
                Deed::Typed => "reads a line that was typed".to_owned(),
            }
        }
        EventKind::Read { place, value } => format!("reads {} = {}", model.place_name(place), safe(value)),
        EventKind::Wrote { place, value } => format!("writes {} = {}", model.place_name(place), safe(value)),
        EventKind::Printed { text, error } => {
            let text = SafeText::new(text.trim_end_matches('\n'));
            if *error { format!("prints an error: {text}") } else { format!("prints {text}") }
        }
        EventKind::ThreadCreated { .. }
        | EventKind::ThreadStarted { .. }
        | EventKind::ThreadRenamed { .. }
        | EventKind::Began
        | EventKind::Ended { .. }
        | EventKind::ObjectShown { .. }
        | EventKind::Blocked { .. }
        | EventKind::Ready { .. }
        | EventKind::Preempted
        | EventKind::Resumed
        | EventKind::Held
        | EventKind::LetGo
        | EventKind::TimedOut { .. }
        | EventKind::ProcessStarted { .. }
        | EventKind::ProcessEnded { .. }
        | EventKind::Copied { .. }
        | EventKind::ProcessSignalled { .. }
        | EventKind::EndOpened { .. }
        | EventKind::EndClosed { .. }
        | EventKind::PolicySet { .. }
        | EventKind::FaultInjected { .. }
        | EventKind::FaultFired { .. }
        | EventKind::Trouble(_)
        | EventKind::ProgramEnded { .. } => String::new(),
    }
}

fn future_change(state: &FutureState, name: &str) -> String {
    match state {
        FutureState::Pending => format!("queues {name}"),
        FutureState::Running => format!("begins {name}"),
        FutureState::Cancelled => format!("cancels {name}"),
        FutureState::Returned(value) => format!("finishes {name} with {}", safe(value)),
        FutureState::Raised(error) => format!("finishes {name} with the exception {}", SafeText::new(error)),
    }
}

fn safe(value: &crate::event::Shown) -> String {
    SafeText::new(&value.to_string()).into_string()
}

/// What a fault does, with names.
pub fn describe_fault(fault: &Fault, model: &Model) -> String {
    let t = |thread: &ThreadId| model.thread_name(*thread).to_owned();
    let o = |object: &ObjectId| model.object_name(*object);
    match fault {
        Fault::Kill { thread } => format!("kill {}", t(thread)),
        Fault::Raise { thread, exception } => format!("raise {} in {}", SafeText::new(exception), t(thread)),
        Fault::Freeze { thread } => format!("freeze {}", t(thread)),
        Fault::Thaw { thread } => format!("thaw {}", t(thread)),
        Fault::Delay { thread, time } => format!("delay {} for {} s", t(thread), seconds(*time)),
        Fault::Slow { thread, time: 0 } => format!("let {} run at normal speed", t(thread)),
        Fault::Slow { thread, time } => format!("slow {} down by {} s an operation", t(thread), seconds(*time)),
        Fault::Wake { thread } => format!("wake {} without a notify", t(thread)),
        Fault::Expire { thread } => format!("expire the timeout of {}", t(thread)),
        Fault::LeakLock { lock, nth: 0 | 1 } => format!("lose the next release of {}", o(lock)),
        Fault::LeakLock { lock, nth } => format!("lose release number {nth} of {}, counted from now", o(lock)),
        Fault::TakeLock { lock } => format!("take {} away from its holder", o(lock)),
        Fault::DropNotify { condition, nth: 0 | 1 } => format!("drop the next notify of {}", o(condition)),
        Fault::DropNotify { condition, nth } => {
            format!("drop notify number {nth} of {}, counted from now", o(condition))
        }
        Fault::BreakBarrier { barrier } => format!("break {}", o(barrier)),
        Fault::KillProcess { thread } => {
            let process = model.process_of(*thread);
            format!("kill process {} {}", process.name, process.id.number())
        }
        Fault::LoseMessage { pipe, nth: 0 | 1 } => format!("lose the next message through {}", o(pipe)),
        Fault::LoseMessage { pipe, nth } => format!("lose message number {nth} through {}, counted from now", o(pipe)),
        Fault::DelayMessage { pipe, time } => format!("delay what comes through {} by {} s", o(pipe), seconds(*time)),
        Fault::BreakPipe { pipe } => format!("break {}", o(pipe)),
        Fault::FillPipe { pipe } => format!("fill {}", o(pipe)),
        Fault::Signal { signal: Signal::Int } => "interrupt (SIGINT)".to_owned(),
        Fault::Signal { signal } => format!("send {}", signal.name()),
    }
}

/// Whether a thread in this state is best described by what it waits for: "blocked on b".
pub fn state_phrase(state: ThreadState, on: Option<Blocker>, model: &Model) -> String {
    match on {
        Some(Blocker::Lock(object)) => format!("blocked on {}", model.label(object)),
        Some(Blocker::Object(object)) => format!("waiting for {}", model.wanted(object)),
        Some(Blocker::Thread(thread)) => format!("joining {}", model.thread_name(thread)),
        Some(Blocker::Shutdown) => "joining the other threads".to_owned(),
        Some(Blocker::Time) => "sleeping".to_owned(),
        Some(Blocker::Signal) => "waiting for a signal".to_owned(),
        Some(Blocker::Outside) => "waiting for I/O".to_owned(),
        Some(Blocker::Frozen) => "frozen".to_owned(),
        Some(Blocker::Delayed) => "delayed".to_owned(),
        Some(Blocker::Change) => "looping forever".to_owned(),
        None => state.name().to_owned(),
    }
}
