//! Events as JSON, one object a line.
//!
//! Every line has `seq`, `step`, `at` (nanoseconds), `thread`, `line` and `kind`, and then what that kind of event
//! carries, with objects and threads by name. `file` stands beside a `line` that is not in the scenario's own file. The names are stable. Characters that could mislead a reader or control a
//! terminal are written as escapes, so nothing is lost and the text is safe to show.

use super::Model;
use super::orders::{self, Circle, Taking};
use super::races::{Access, words};
use super::timeline::Moment;
use crate::base::sources::Place;
use crate::base::{ObjectId, SafeText, ThreadId};
use crate::event::{Blocker, Ending, Event, EventKind, FutureState, ObjectState, Shown, Trouble};
use crate::schedule::Fault;
use serde::Serialize;
use serde_json::{Map, Value, json};

#[derive(Serialize)]
struct Line<'a> {
    seq: u64,
    step: u64,
    at: u64,
    thread: &'a str,
    line: u32,
    /// Its file, if that is not the scenario's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    kind: &'static str,
    #[serde(flatten)]
    fields: Map<String, Value>,
}

/// The event as one line of JSON, without a line end.
pub fn line(event: &Event, model: &Model) -> String {
    let (kind, fields) = split(&event.kind, model);
    let fields = if let Value::Object(fields) = fields { fields } else { Map::new() };
    let thread = model.thread_name(event.thread);
    let Place { file, number } = model.legend().source.place(event.line);
    let line = Line { seq: event.seq, step: event.step, at: event.at, thread, line: number, file, kind, fields };
    // Strings, numbers and maps with string keys always serialize.
    escape(&serde_json::to_string(&line).unwrap_or_default())
}

/// The races of a finished run, each as a line of JSON without a line end: with the fields that every line has, taken
/// from the access that completed the race, and `times`.
pub fn races(model: &Model) -> Vec<String> {
    let lost = model.lost_updates().map(|lost| {
        let mut fields = json!({
            "place": words::place(lost.row, lost.key.as_ref(), model),
            "read": access(&lost.read, model),
            "lost": access(&lost.lost, model),
            "times": lost.times,
            "sentence": words::sentence(lost, model),
        });
        fields["value"] = shown(&lost.write.value);
        (&lost.write, "lost_update", fields)
    });
    let unordered = model.unordered().map(|note| {
        let fields = json!({
            "place": words::place(note.row, note.key.as_ref(), model),
            "writes": note.second.writes,
            "value": shown(&note.second.value),
            "earlier": access(&note.first, model),
            "times": note.times,
            "sentence": words::note(note, model),
        });
        (&note.second, "unordered_access", fields)
    });
    let races = lost.chain(unordered).map(|(access, kind, fields)| race(access, kind, fields, model));
    races.chain(model.possible_deadlocks().iter().filter_map(|circle| possible(circle, model))).collect()
}

/// Orders of locks that could become a deadlock: with the fields of the event that completed them.
fn possible(circle: &Circle, model: &Model) -> Option<String> {
    let last = circle.iter().max_by_key(|taking| taking.seq)?;
    let part = |taking: &Taking| {
        let mut fields = json!({
            "thread": model.thread_name(taking.thread),
            "holds": model.object_name(taking.held.object),
            "takes": model.object_name(taking.takes.object),
        });
        let Place { file, number } = model.legend().source.place(taking.held.line);
        fields["since_line"] = json!(number);
        if let Some(file) = file {
            fields["since_file"] = json!(file);
        }
        placed(fields, taking.takes.line, model)
    };
    let fields =
        json!({ "takings": circle.iter().map(part).collect::<Vec<_>>(), "sentence": orders::sentence(circle, model) });
    let (fields, Moment { step, at, .. }) = (fields.as_object().cloned().unwrap_or_default(), last.moment);
    let (thread, line, kind) = (model.thread_name(last.thread), last.takes.line, "possible_deadlock");
    let Place { file, number } = model.legend().source.place(line);
    let line = Line { seq: last.seq, step, at, thread, line: number, file, kind, fields };
    Some(escape(&serde_json::to_string(&line).unwrap_or_default()))
}

fn race(access: &Access, kind: &'static str, fields: Value, model: &Model) -> String {
    let fields = if let Value::Object(fields) = fields { fields } else { Map::new() };
    let Access { seq, line, moment, .. } = *access;
    let (thread, step, at) = (model.thread_name(access.thread), moment.step, moment.at);
    let Place { file, number: line } = model.legend().source.place(line);
    escape(&serde_json::to_string(&Line { seq, step, at, thread, line, file, kind, fields }).unwrap_or_default())
}

fn access(access: &Access, model: &Model) -> Value {
    let fields = json!({
        "seq": access.seq,
        "step": access.moment.step,
        "at": access.moment.at,
        "thread": model.thread_name(access.thread),
        "writes": access.writes,
        "value": shown(&access.value),
    });
    placed(fields, access.line, model)
}

/// Adds the line, and its file if that is not the scenario's own.
fn placed(mut fields: Value, line: u32, model: &Model) -> Value {
    let Place { file, number } = model.legend().source.place(line);
    fields["line"] = json!(number);
    if let Some(file) = file {
        fields["file"] = json!(file);
    }
    fields
}

/// Writes what `SafeText` would not show as it stands as `\u` escapes; outside strings JSON is plain ASCII.
fn escape(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    let mut utf16 = [0; 2];
    for c in json.chars() {
        let shown = (' '..='~').contains(&c) || SafeText::new(c.encode_utf8(&mut [0; 4])).as_str().chars().eq([c]);
        if shown {
            safe.push(c);
        } else {
            safe.extend(c.encode_utf16(&mut utf16).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    safe
}

fn split(kind: &EventKind, model: &Model) -> (&'static str, Value) {
    let o = |id: &ObjectId| model.object_name(*id);
    let t = |id: &ThreadId| model.thread_name(*id).to_owned();
    match kind {
        EventKind::ThreadCreated { new, daemon, .. } => ("thread_created", json!({ "new": t(new), "daemon": daemon })),
        EventKind::ThreadStarted { started } => ("thread_started", json!({ "started": t(started) })),
        EventKind::ThreadRenamed { target, .. } => ("thread_renamed", json!({ "name": t(target) })),
        EventKind::Began => ("began", json!({})),
        EventKind::Ended { how } => ("ended", ended(how)),
        EventKind::ObjectShown { object, what, .. } => {
            ("object_shown", json!({ "object": o(object), "what": what.name() }))
        }
        EventKind::Blocked { on, until } => ("blocked", json!({ "on": blocker(*on, model), "until": until })),
        EventKind::Ready { by } => ("ready", json!({ "by": by.as_ref().map(t) })),
        EventKind::Preempted => ("preempted", json!({})),
        EventKind::Resumed => ("resumed", json!({})),
        EventKind::Held => ("held", json!({})),
        EventKind::LetGo => ("let_go", json!({})),
        EventKind::TimedOut { on } => ("timed_out", json!({ "on": blocker(*on, model) })),
        EventKind::Joined { target } => ("joined", json!({ "target": t(target) })),
        EventKind::AskedAlive { target, alive } => ("asked_alive", json!({ "target": t(target), "alive": alive })),
        EventKind::Slept => ("slept", json!({})),
        EventKind::TimeRead => ("time_read", json!({})),
        EventKind::Drew { value } => ("drew", json!({ "value": shown(value) })),
        EventKind::Io { deed, path, count } => ("io", json!({ "deed": deed, "path": path, "count": count })),
        EventKind::Read { place, value } => {
            ("read", json!({ "place": model.place_name(place), "value": shown(value) }))
        }
        EventKind::Wrote { place, value } => {
            ("wrote", json!({ "place": model.place_name(place), "value": shown(value) }))
        }
        EventKind::Printed { text, error } => ("printed", json!({ "text": text.as_ref(), "error": error })),
        EventKind::HandlerSet { signal, handled } => {
            ("handler_set", json!({ "signal": signal.name(), "handled": handled }))
        }
        EventKind::SignalRaised { signal } => ("signal_raised", json!({ "signal": signal.name() })),
        EventKind::SignalTaken { signal } => ("signal_taken", json!({ "signal": signal.name() })),
        EventKind::ProcessStarted { process, main, copied, .. } => {
            ("process_started", json!({ "process": process.0, "main": t(main), "copied": copied }))
        }
        EventKind::ProcessEnded { process, code } => ("process_ended", json!({ "process": process.0, "code": code })),
        EventKind::Copied { object, from, state } => {
            let holder = match state.as_deref() {
                Some(ObjectState::Lock { owner: Some(owner), .. }) => Some(t(owner)),
                _ => None,
            };
            ("copied", json!({ "object": o(object), "from": o(from), "holder": holder }))
        }
        EventKind::ProcessSignalled { main, signal } => {
            ("process_signalled", json!({ "main": t(main), "signal": signal }))
        }
        EventKind::EndOpened { object, writes, .. } => ("end_opened", json!({ "object": o(object), "writes": writes })),
        EventKind::EndClosed { object, writes } => ("end_closed", json!({ "object": o(object), "writes": writes })),
        EventKind::PolicySet { name } => ("policy_set", json!({ "policy": name.as_ref() })),
        EventKind::FaultInjected { fault } => ("fault_injected", fault_fields(fault, model)),
        EventKind::FaultFired { object } => ("fault_fired", json!({ "object": o(object) })),
        EventKind::Trouble(trouble) => ("trouble", trouble_fields(trouble, model)),
        EventKind::ProgramEnded { status } => ("program_ended", json!({ "status": status })),
        kind => on_object(kind, model),
    }
}

/// Operations on synchronization objects.
fn on_object(kind: &EventKind, model: &Model) -> (&'static str, Value) {
    let o = |id: &ObjectId| model.object_name(*id);
    match kind {
        EventKind::Acquired { object, depth, limited } => {
            ("acquired", json!({ "object": o(object), "depth": depth, "limited": limited }))
        }
        EventKind::AcquireFailed { object } => ("acquire_failed", json!({ "object": o(object) })),
        EventKind::Released { object, depth } => ("released", json!({ "object": o(object), "depth": depth })),
        EventKind::PermitTaken { object, value } => ("permit_taken", json!({ "object": o(object), "value": value })),
        EventKind::PermitReturned { object, value } => {
            ("permit_returned", json!({ "object": o(object), "value": value }))
        }
        EventKind::Notified { object, woken } => ("notified", json!({ "object": o(object), "woken": woken })),
        EventKind::EventSet { object } => ("event_set", json!({ "object": o(object) })),
        EventKind::EventCleared { object } => ("event_cleared", json!({ "object": o(object) })),
        EventKind::BarrierEntered { object, count } => {
            ("barrier_entered", json!({ "object": o(object), "count": count }))
        }
        EventKind::BarrierPassed { object } => ("barrier_passed", json!({ "object": o(object) })),
        EventKind::BarrierBroken { object } => ("barrier_broken", json!({ "object": o(object) })),
        EventKind::BarrierReset { object } => ("barrier_reset", json!({ "object": o(object) })),
        EventKind::Put { object, item, depth, bytes } => {
            ("put", json!({ "object": o(object), "item": shown(item), "depth": depth, "bytes": bytes }))
        }
        EventKind::Got { object, item, depth, bytes } => {
            ("got", json!({ "object": o(object), "item": shown(item), "depth": depth, "bytes": bytes }))
        }
        EventKind::TaskDone { object, unfinished } => {
            ("task_done", json!({ "object": o(object), "unfinished": unfinished }))
        }
        EventKind::Imported { module, done } => {
            ("imported", json!({ "module": model.legend().name(*module), "done": done }))
        }
        EventKind::Asked { object, answer } => ("asked", json!({ "object": o(object), "answer": shown(answer) })),
        kind => on_pool(kind, model),
    }
}

/// Operations on pools and futures.
fn on_pool(kind: &EventKind, model: &Model) -> (&'static str, Value) {
    let o = |id: &ObjectId| model.object_name(*id);
    match kind {
        EventKind::Submitted { object, future, pending } => {
            ("submitted", json!({ "object": o(object), "future": o(future), "pending": pending }))
        }
        EventKind::WorkerAdded { object, worker } => {
            ("worker_added", json!({ "object": o(object), "worker": model.thread_name(*worker) }))
        }
        EventKind::TaskBegun { object, future, pending } => {
            ("task_begun", json!({ "object": o(object), "future": o(future), "pending": pending }))
        }
        EventKind::TaskEnded { object } => ("task_ended", json!({ "object": o(object) })),
        EventKind::PoolShutDown { object, dropped } => {
            ("pool_shut_down", json!({ "object": o(object), "dropped": dropped }))
        }
        EventKind::PoolBroken { object } => ("pool_broken", json!({ "object": o(object) })),
        EventKind::FutureChanged { object, state } => {
            let (result, error) = match state {
                FutureState::Returned(value) => (Some(shown(value)), None),
                FutureState::Raised(error) => (None, Some(error.as_ref())),
                FutureState::Pending | FutureState::Running | FutureState::Cancelled => (None, None),
            };
            let fields = json!({ "object": o(object), "state": state.name(), "result": result, "error": error });
            ("future_changed", fields)
        }
        EventKind::CallbackAdded { object } => ("callback_added", json!({ "object": o(object) })),
        EventKind::Obtained { object, answer } => ("obtained", json!({ "object": o(object), "answer": shown(answer) })),
        // The functions above name these.
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
        | EventKind::Acquired { .. }
        | EventKind::AcquireFailed { .. }
        | EventKind::Released { .. }
        | EventKind::PermitTaken { .. }
        | EventKind::PermitReturned { .. }
        | EventKind::Notified { .. }
        | EventKind::EventSet { .. }
        | EventKind::EventCleared { .. }
        | EventKind::BarrierEntered { .. }
        | EventKind::BarrierPassed { .. }
        | EventKind::BarrierBroken { .. }
        | EventKind::BarrierReset { .. }
        | EventKind::Put { .. }
        | EventKind::Got { .. }
        | EventKind::TaskDone { .. }
        | EventKind::Asked { .. }
        | EventKind::Imported { .. }
        | EventKind::Joined { .. }
        | EventKind::AskedAlive { .. }
        | EventKind::Slept
        | EventKind::TimeRead
        | EventKind::Drew { .. }
        | EventKind::Io { .. }
        | EventKind::Read { .. }
        | EventKind::Wrote { .. }
        | EventKind::Printed { .. }
        | EventKind::HandlerSet { .. }
        | EventKind::SignalRaised { .. }
        | EventKind::SignalTaken { .. }
        | EventKind::ProcessStarted { .. }
        | EventKind::ProcessEnded { .. }
        | EventKind::ProcessSignalled { .. }
        | EventKind::EndOpened { .. }
        | EventKind::EndClosed { .. }
        | EventKind::Copied { .. }
        | EventKind::PolicySet { .. }
        | EventKind::FaultInjected { .. }
        | EventKind::FaultFired { .. }
        | EventKind::Trouble(_)
        | EventKind::ProgramEnded { .. } => ("other", json!({})),
    }
}

fn ended(how: &Ending) -> Value {
    match how {
        Ending::Finished => json!({ "how": "finished" }),
        Ending::Crashed(error) => json!({ "how": "crashed", "error": error.as_ref() }),
        Ending::Killed => json!({ "how": "killed" }),
        Ending::CutOff => json!({ "how": "cut off" }),
    }
}

fn blocker(on: Blocker, model: &Model) -> Value {
    match on {
        Blocker::Lock(object) => json!({ "lock": model.object_name(object) }),
        Blocker::Object(object) => json!({ "object": model.object_name(object) }),
        Blocker::Thread(thread) => json!({ "thread": model.thread_name(thread) }),
        Blocker::Shutdown => json!("shutdown"),
        Blocker::Time => json!("time"),
        Blocker::Signal => json!("signal"),
        Blocker::Outside => json!("outside"),
        Blocker::Frozen => json!("frozen"),
        Blocker::Delayed => json!("delayed"),
        Blocker::Change => json!("change"),
    }
}

/// Scalars stay scalars; what JSON has no number for becomes its Python text.
fn shown(value: &Shown) -> Value {
    match value {
        Shown::None => Value::Null,
        Shown::Bool(value) => json!(value),
        Shown::Int(value) => json!(value),
        Shown::Float(number) if number.is_finite() => json!(number),
        Shown::Float(_) | Shown::Text(_) | Shown::Item(_) => json!(value.to_string()),
    }
}

fn fault_fields(fault: &Fault, model: &Model) -> Value {
    let mut fields = json!({ "fault": fault.name() });
    if let Some(thread) = fault.thread() {
        fields["target"] = json!(model.thread_name(*thread));
    }
    if let Some(object) = fault.object() {
        fields["object"] = json!(model.object_name(*object));
    }
    match fault {
        Fault::Raise { exception, .. } => fields["exception"] = json!(exception.as_ref()),
        Fault::Delay { time, .. } | Fault::Slow { time, .. } | Fault::DelayMessage { time, .. } => {
            fields["time"] = json!(time);
        }
        Fault::LeakLock { nth, .. } | Fault::DropNotify { nth, .. } | Fault::LoseMessage { nth, .. } => {
            fields["nth"] = json!(nth);
        }
        Fault::Signal { signal } => fields["signal"] = json!(signal.name()),
        Fault::Kill { .. }
        | Fault::Freeze { .. }
        | Fault::Thaw { .. }
        | Fault::Wake { .. }
        | Fault::Expire { .. }
        | Fault::TakeLock { .. }
        | Fault::BreakBarrier { .. }
        | Fault::KillProcess { .. }
        | Fault::BreakPipe { .. }
        | Fault::FillPipe { .. } => {}
    }
    fields
}

fn trouble_fields(trouble: &Trouble, model: &Model) -> Value {
    let threads: Vec<_> = trouble
        .threads
        .iter()
        .map(|part| {
            let holds: Vec<_> = part
                .holds
                .iter()
                .map(|&(lock, line)| placed(json!({ "lock": model.object_name(lock) }), line, model))
                .collect();
            let part_of = json!({
                "thread": model.thread_name(part.thread),
                "waits_for": part.waits_for.map(|on| blocker(on, model)),
                "holds": holds,
            });
            placed(part_of, part.line, model)
        })
        .collect();
    json!({
        "trouble": trouble.kind.name(),
        "threads": threads,
        "sentence": super::explain::sentence(trouble, model),
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, Script};
    use super::*;
    use std::sync::Arc;

    #[test]
    fn lines_start_alike_and_carry_names() {
        let script = samples::deadlock_script();
        let model = script.model();
        let lines: Vec<_> = script.events.iter().map(|event| line(event, &model)).collect();
        assert_eq!(lines[0], r#"{"seq":0,"step":0,"at":0,"thread":"main","line":1,"kind":"began"}"#);
        let last = lines.last().unwrap();
        assert!(last.contains(r#""kind":"trouble""#) && last.contains(r#""waits_for":{"lock":"b"}"#), "{last}");
        for line in &lines {
            serde_json::from_str::<Value>(line).unwrap();
        }
    }

    #[test]
    fn printed_text_is_whole_and_cannot_drive_a_terminal() {
        let raw = "\x1b[2J\u{9b}1m\u{202e}ş\u{7f} \"q\" 日本\n";
        let mut script = Script::new("", &[]);
        script.does(0, 1, EventKind::Printed { text: Arc::from(raw), error: false });
        let line = line(&script.events[0], &script.model());
        assert!(!line.chars().any(|c| c.is_control() || c == '\u{202e}'), "{line}");
        assert!(line.contains("ş") && line.contains("日本"));
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["text"], raw);
    }
}
