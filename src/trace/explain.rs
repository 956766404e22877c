//! What is wrong, and why: a sentence or two about this very run, and a paragraph about such troubles in general.

use super::describe::state_phrase;
use super::races::words;
use super::{Detail, Finding, Model};
use crate::base::{ObjectId, SafeText, ThreadId};
use crate::event::{Blocker, FutureState, Involved, ObjectKind, Trouble, TroubleKind};

/// What is wrong, in one or two sentences with names and lines, and what to do about it where that can be said.
pub fn sentence(trouble: &Trouble, model: &Model) -> String {
    match &trouble.kind {
        TroubleKind::Deadlock => deadlock(trouble, model),
        TroubleKind::Stuck => stuck(trouble, model),
        TroubleKind::DeadOwner { lock, owner } => {
            let (lock, owner) = (model.object_name(*lock), model.thread_name(*owner));
            let line = trouble.threads.iter().flat_map(|part| &part.holds).map(|&(_, line)| line).next();
            let line = line.map(|line| format!(" (line {line})")).unwrap_or_default();
            format!(
                "{owner} ended while it held {lock}{line}; whoever wants {lock} waits forever. Take it with `with`."
            )
        }
        TroubleKind::Uncaught { error } => {
            let part = trouble.threads.first();
            let name = part.map_or("a thread", |part| model.thread_name(part.thread));
            let line = part.map(|part| at_line(part.line, " at line ", "")).unwrap_or_default();
            format!("{name} ended{line} with an exception that nothing caught: {}.", SafeText::new(error))
        }
    }
}

/// A line, unless the thread stands nowhere in the scenario: before or behind its code.
fn at_line(line: u32, before: &str, behind: &str) -> String {
    if line == 0 { String::new() } else { format!("{before}{line}{behind}") }
}

fn deadlock(trouble: &Trouble, model: &Model) -> String {
    if let [alone] = trouble.threads.as_slice() {
        return self_deadlock(alone, model);
    }
    let parts: Vec<_> = trouble.threads.iter().map(|part| clause(part, model)).collect();
    format!("{}.{}", parts.join("; "), advice(trouble, model))
}

/// A thread that waits for itself.
fn self_deadlock(part: &Involved, model: &Model) -> String {
    let name = model.thread_name(part.thread);
    match part.waits_for.and_then(Blocker::object) {
        Some(future) if is_future(future, model) => format!("{}.{}", clause(part, model), POOL_ADVICE),
        Some(lock) => {
            let held = part.holds.iter().find(|(held, _)| *held == lock);
            let line = held.map(|(_, line)| format!(" (line {line})")).unwrap_or_default();
            let lock = model.object_name(lock);
            format!(
                "{name} holds {lock}{line} and waits for it again at line {}. Take it once, or make it an RLock.",
                part.line
            )
        }
        None => format!("{name} waits for itself to end at line {}.", part.line),
    }
}

/// How to avoid a deadlock that a pool makes.
const POOL_ADVICE: &str = " A task that waits for a task of its own pool keeps a worker from it. \
    Let the caller wait instead, or give such tasks a pool of their own.";

/// Whether the object is a future, or several.
fn is_future(object: ObjectId, model: &Model) -> bool {
    let kind = model.object(object).map(|object| object.kind);
    matches!(kind, Some(ObjectKind::Future | ObjectKind::Futures))
}

/// "left holds a (line 8) and waits for b"; "worker runs whole(1) and waits for part(1)".
fn clause(part: &Involved, model: &Model) -> String {
    let name = model.thread_name(part.thread);
    let name = match model.task_of(part.thread) {
        Some(task) => format!("{name} runs {task},"),
        None => name.to_owned(),
    };
    let held: Vec<_> = part.holds.iter().map(|&(lock, line)| held_phrase(lock, line, model)).collect();
    let waits = match part.waits_for {
        Some(on) => waits_phrase(on, model),
        None => "does not go on".to_owned(),
    };
    let waits = match part.waits_for.and_then(Blocker::object).map(|object| future_reason(object, model)) {
        Some(reason) => waits + &reason,
        None => waits,
    };
    if held.is_empty() { format!("{name} {waits}") } else { format!("{name} holds {} and {waits}", held.join(", ")) }
}

/// ", which worker runs"; ", which no worker of pool is free for": where a future stands; else nothing.
fn future_reason(object: ObjectId, model: &Model) -> String {
    match model.object(object).map(|object| &object.detail) {
        Some(Detail::Future { state: FutureState::Running, runner: Some(runner), .. }) => {
            format!(", which {} runs", model.thread_name(*runner))
        }
        Some(Detail::Future { state: FutureState::Pending, pool: Some(pool), .. }) => {
            format!(", which waits for a free worker of {}", model.object_name(*pool))
        }
        _ => String::new(),
    }
}

fn held_phrase(lock: ObjectId, line: u32, model: &Model) -> String {
    let name = model.object_name(lock);
    if line == 0 { name } else { format!("{name} (line {line})") }
}

fn waits_phrase(on: Blocker, model: &Model) -> String {
    match on {
        Blocker::Lock(object) => format!("waits for {}", model.object_name(object)),
        Blocker::Object(object) => format!("waits for {}", object_need(object, model)),
        Blocker::Thread(thread) => format!("waits for {} to end", model.thread_name(thread)),
        Blocker::Shutdown => "waits for the other threads to end".to_owned(),
        Blocker::Time => "sleeps".to_owned(),
        Blocker::Signal => "waits for a signal".to_owned(),
        Blocker::Frozen => "is frozen by a fault".to_owned(),
        Blocker::Delayed => "is delayed by a fault".to_owned(),
    }
}

/// What has to happen to an object before its waiters go on.
fn object_need(object: ObjectId, model: &Model) -> String {
    let name = model.object_name(object);
    match model.object(object).map(|object| object.kind) {
        Some(ObjectKind::Condition) => format!("a notify of {name}"),
        Some(ObjectKind::Semaphore | ObjectKind::BoundedSemaphore) => format!("a permit of {name}"),
        Some(ObjectKind::Event) => format!("{name} to be set"),
        Some(ObjectKind::Barrier) => format!("the others at {name}"),
        _ => name,
    }
}

/// How to avoid a deadlock, if locks alone make it, or a pool is part of it.
fn advice(trouble: &Trouble, model: &Model) -> String {
    let mut objects = trouble.threads.iter().filter_map(|part| part.waits_for.and_then(Blocker::object));
    if objects.any(|object| is_future(object, model)) {
        return POOL_ADVICE.to_owned();
    }
    let locks: Option<Vec<ObjectId>> = trouble
        .threads
        .iter()
        .map(|part| match part.waits_for {
            Some(Blocker::Lock(lock)) => Some(lock),
            _ => None,
        })
        .collect();
    let Some(locks) = locks else {
        return " Let go of what the others need before waiting.".to_owned();
    };
    let mut names: Vec<_> = locks.iter().map(|&lock| model.object_name(lock)).collect();
    names.sort();
    match names.as_slice() {
        [first, _] => format!(" Take {first} first in both."),
        names => format!(" Take them everywhere in one order: {}.", names.join(", ")),
    }
}

fn stuck(trouble: &Trouble, model: &Model) -> String {
    let part = |part: &Involved| {
        let line = at_line(part.line, " (line ", ")");
        format!("{}{line}{}", clause(part, model), gone_owner(part, model))
    };
    let parts: Vec<_> = trouble.threads.iter().map(part).collect();
    format!("{}; no thread is left that could do it.", parts.join("; "))
}

/// ", which left took and never released": the lock that a thread waits for, when its owner is over.
fn gone_owner(part: &Involved, model: &Model) -> String {
    let lock = part.waits_for.and_then(Blocker::object).and_then(|id| model.object(id));
    match lock.and_then(|lock| lock.owner()).and_then(|owner| model.thread(owner)) {
        Some(owner) if owner.state.is_over() => {
            format!(", which {} took and did not release before it ended", owner.name)
        }
        _ => String::new(),
    }
}

/// A short title: `Deadlock`.
pub fn title(kind: &TroubleKind) -> &'static str {
    match kind {
        TroubleKind::Deadlock => "Deadlock",
        TroubleKind::Stuck => "Waiting forever",
        TroubleKind::DeadOwner { .. } => "A lock that nobody will release",
        TroubleKind::Uncaught { .. } => "An uncaught exception",
    }
}

/// What such a trouble is in general, for someone who meets it the first time.
pub fn lesson(kind: &TroubleKind) -> &'static str {
    match kind {
        TroubleKind::Deadlock => {
            "A deadlock is a ring of threads in which each holds something that the one before it wants, and none lets \
             go. It needs four things at once: things that only one can have, threads that hold one while waiting for \
             another, nobody who takes them away, and the ring. Break any of the four. The usual way: decide on one \
             order of all locks and take them in that order everywhere; then no ring can close. Or take them with a \
             timeout and let go when it fails, or hold one lock at a time."
        }
        TroubleKind::Stuck => {
            "These threads wait for something that another thread would have to do, and no thread is left that could. \
             Often the notify, set or put came before anyone waited and was lost, an item was counted twice, or the \
             thread that should have done it ended early. Wait in a loop that checks what you wait for, change that \
             state under the same lock as the notify, and tell consumers when there is nothing more to come."
        }
        TroubleKind::DeadOwner { .. } => {
            "A lock does not know that the thread that holds it is gone: it stays taken. Whoever wants it waits \
             forever. An exception between acquire and release, or a return in the middle, does this. A `with` block \
             releases the lock on every way out."
        }
        TroubleKind::Uncaught { .. } => {
            "An exception that nothing catches ends its thread, and only its thread: the others go on and do not \
             notice, with shared data perhaps half changed. Catch what can be expected inside the thread, and hand \
             failures to whoever waits for the result: through a queue, or a future."
        }
    }
}

/// Why `thread` is where it is: its part in a trouble, or what it stands before and who could let it go on.
pub fn why(thread: ThreadId, model: &Model) -> String {
    let Some(row) = model.thread(thread) else { return String::new() };
    // A finding holds as long as the thread has not moved since.
    let holds = |finding: &&Finding| row.is_deadlocked() || row.since.step <= finding.moment.step;
    // What is over waits for nothing any more, but it may be how it ended that is wrong.
    let of_its_end = |finding: &Finding| {
        matches!(finding.trouble.kind, TroubleKind::DeadOwner { .. } | TroubleKind::Uncaught { .. })
    };
    let caught = |finding: &&Finding| row.state.is_stopped() || row.state.is_over() && of_its_end(finding);
    if let Some(finding) = model.finding_of(thread).filter(holds).filter(caught) {
        return sentence(&finding.trouble, model);
    }
    // Who has lost an update, or had one lost, goes on: what it waits for is told first.
    if let Some(lost) = model.lost_update_of(thread).filter(|_| !row.state.is_stopped()) {
        return words::sentence(lost, model);
    }
    let place = if row.line > 0 { format!(" at line {}", row.line) } else { String::new() };
    let phrase = state_phrase(row.state, row.blocked_on, model);
    let phrase = match row.blocked_on {
        Some(Blocker::Frozen) => phrase,
        Some(_) if row.is_frozen() => format!("frozen while {phrase}"),
        _ if row.is_frozen() => "frozen".to_owned(),
        _ => phrase,
    };
    let reason = match row.blocked_on {
        Some(on @ (Blocker::Lock(_) | Blocker::Object(_))) => blocked_reason(on, model),
        Some(Blocker::Thread(other)) => match model.thread(other) {
            Some(other) => format!(", which is {}", state_phrase(other.state, other.blocked_on, model)),
            None => String::new(),
        },
        _ => String::new(),
    };
    format!("{} is {phrase}{place}{reason}.", row.name)
}

/// ", which right holds since line 13"; ", which needs a notify of c".
fn blocked_reason(on: Blocker, model: &Model) -> String {
    let Some(object) = on.object().and_then(|id| model.object(id)) else { return String::new() };
    if is_future(object.id, model) {
        return future_reason(object.id, model);
    }
    match object.owner() {
        Some(owner) => {
            let held = model.thread(owner).and_then(|t| t.held.iter().find(|held| held.object == object.id));
            let line =
                held.filter(|held| held.line > 0).map(|held| format!(" (line {})", held.line)).unwrap_or_default();
            format!(": {} holds it{line}", model.thread_name(owner))
        }
        None => String::new(),
    }
}

/// The sentence of a finding.
pub fn of(finding: &Finding, model: &Model) -> String {
    sentence(&finding.trouble, model)
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use crate::event::EventKind;

    #[test]
    fn a_deadlock_of_two_names_locks_lines_and_a_way_out() {
        let model = samples::deadlock();
        assert_eq!(
            of(&model.findings()[0], &model),
            "left holds a (line 8) and waits for b; right holds b (line 13) and waits for a. Take a first in both."
        );
        assert_eq!(why(ThreadId(1), &model), of(&model.findings()[0], &model));
        assert_eq!(why(ThreadId(0), &model), "main is joining left at line 23, which is blocked on b.");
    }

    #[test]
    fn a_lock_taken_twice_wants_an_rlock() {
        let mut trouble = samples::cycle();
        trouble.threads.truncate(1);
        trouble.threads[0].waits_for = Some(Blocker::Lock(samples::object(0)));
        assert_eq!(
            sentence(&trouble, &samples::deadlock()),
            "left holds a (line 8) and waits for it again at line 9. Take it once, or make it an RLock."
        );
    }

    #[test]
    fn rings_of_three_get_one_order() {
        let mut trouble = samples::cycle();
        trouble.threads.push(Involved { thread: ThreadId(0), ..trouble.threads[0].clone() });
        let said = sentence(&trouble, &samples::deadlock());
        assert!(said.ends_with("Take them everywhere in one order: a, b, b."), "{said}");
    }

    #[test]
    fn a_crash_and_the_lock_it_leaves_are_told_apart() {
        let model = samples::crash_script().model();
        let told: Vec<_> = model.findings().iter().map(|finding| of(finding, &model)).collect();
        assert_eq!(told[0], "left ended at line 9 with an exception that nothing caught: KeyError: 'x'.");
        assert_eq!(told[1], "left ended while it held a (line 8); whoever wants a waits forever. Take it with `with`.");
    }

    #[test]
    fn a_thread_that_was_killed_with_a_lock_says_what_that_leads_to() {
        let mut script = samples::crash_script();
        for event in &mut script.events {
            if let EventKind::Ended { how } = &mut event.kind {
                *how = crate::event::Ending::Killed;
            }
        }
        let told = "left ended while it held a (line 8); whoever wants a waits forever. Take it with `with`.";
        assert_eq!(why(ThreadId(1), &script.model()), told);
    }

    #[test]
    fn threads_that_nobody_can_free_say_what_they_need() {
        let mut script = samples::producer_consumer_script();
        let part = |thread, line| Involved {
            thread: ThreadId(thread),
            line,
            waits_for: Some(Blocker::Object(samples::object(0))),
            holds: vec![],
        };
        let trouble = Trouble { kind: TroubleKind::Stuck, threads: vec![part(1, 11)] };
        script.also(1, 11, EventKind::Trouble(std::sync::Arc::new(trouble.clone())));
        assert_eq!(
            sentence(&trouble, &script.model()),
            "producer waits for q (line 11); no thread is left that could do it."
        );
        for kind in [TroubleKind::Deadlock, TroubleKind::Stuck] {
            assert!(lesson(&kind).len() > 200 && !title(&kind).is_empty());
        }
    }
}
