//! What is wrong, and why: a sentence or two about this run, and a paragraph about such problems in general.

use super::cause::{self, causes, faults, lost_release};
use super::crossing;
use super::describe::state_phrase;
use super::library;
use super::object::Aid;
use super::races::words;
use super::{Detail, Finding, Model, Thread, WaitGraph};
use crate::base::{ObjectId, SafeText, ThreadId};
use crate::event::{Blocker, FutureState, Involved, ObjectKind, ThreadState, Trouble, TroubleKind};

/// What is wrong, in one or two sentences with names and lines, and what to do about it where that can be said.
pub fn sentence(trouble: &Trouble, model: &Model) -> String {
    match &trouble.kind {
        TroubleKind::Deadlock => deadlock(trouble, model),
        TroubleKind::Stuck => stuck(trouble, model),
        TroubleKind::DeadOwner { lock, owner } => dead_owner(trouble, *lock, *owner, model),
        TroubleKind::BusyWait { what } => busy_wait(trouble, what, model),
        TroubleKind::Uncaught { error } => {
            let part = trouble.threads.first();
            let name = part.map_or("a thread", |part| model.thread_name(part.thread));
            let line = part.map(|part| at_line(model, part.line, " at line ", "")).unwrap_or_default();
            let faults: String = faults(trouble, model).iter().map(|fault| format!(" {fault}")).collect();
            let advice = part.and_then(|part| crossing::of_error(error, part.thread, model));
            let advice = advice.map(|advice| format!(" {advice}")).unwrap_or_default();
            format!(
                "{name} ended{line} with an exception that nothing caught: {}.{faults}{advice}",
                SafeText::new(error.trim_end_matches('.'))
            )
        }
    }
}

/// "left ended while it held a (line 8). Every thread that wants a now waits forever."
fn dead_owner(trouble: &Trouble, lock: ObjectId, owner: ThreadId, model: &Model) -> String {
    let waiters = trouble.threads.iter().filter(|part| part.thread != owner);
    let inherited = waiters.filter_map(|part| crossing::inherited(lock, owner, part.thread, model)).next();
    if let Some(inherited) = inherited {
        return inherited;
    }
    let name = model.object_name(lock);
    let (why, advice) = match lost_release(lock, model) {
        Some(lost) => {
            let (by, line) = (model.thread_name(lost.thread), at_line(model, lost.line, "line ", ", "));
            (format!("{by} released {name} ({line}step {}), but a fault lost that release", lost.moment.step), "")
        }
        None => {
            let line = trouble.threads.iter().flat_map(|part| &part.holds).map(|&(_, line)| line).next();
            let line = line.map(|line| at_line(model, line, " (line ", ")")).unwrap_or_default();
            let owner_name = model.thread_name(owner);
            let gloss = library::gloss(lock, model);
            (format!("{owner_name} ended while it held {name}{line}{gloss}"), owner_advice(owner, model))
        }
    };
    format!("{why}. Every thread that wants {name} now waits forever.{advice}")
}

/// What would have released the lock of an owner that has ended. After a kill nothing would have.
fn owner_advice(owner: ThreadId, model: &Model) -> &'static str {
    match model.thread(owner).map(|owner| owner.state) {
        Some(ThreadState::Killed) => " A killed thread releases nothing: neither `with` nor `finally` runs.",
        _ => " A `with` block releases the lock on every way out.",
    }
}

/// "spinner looks at ready again and again (line 9), and no thread is left that could change it."
fn busy_wait(trouble: &Trouble, what: &str, model: &Model) -> String {
    let part = trouble.threads.first();
    let name = part.map_or("a thread", |part| model.thread_name(part.thread));
    let line = part.map(|part| at_line(model, part.line, " (line ", ")")).unwrap_or_default();
    let what = if what.is_empty() { "the same".to_owned() } else { SafeText::new(what).into_string() };
    let advice = match part.filter(|_| model.processes().len() > 1).map(|part| model.process_of(part.thread)) {
        Some(process) => format!(
            "{} has a memory of its own, which no other process changes: use an Event or a Value of multiprocessing.",
            process.name
        ),
        None => "Wait for an Event or a Condition, and make sure that another thread sets or notifies it.".to_owned(),
    };
    format!("{name} looks at {what} again and again{line}, and no thread is left that could change it. {advice}")
}

/// A line, unless the thread stands nowhere in the scenario: before or after its code.
pub(super) fn at_line(model: &Model, line: u32, before: &str, behind: &str) -> String {
    if line == 0 { String::new() } else { format!("{before}{}{behind}", model.spot(line)) }
}

fn deadlock(trouble: &Trouble, model: &Model) -> String {
    if let [alone] = trouble.threads.as_slice() {
        return self_deadlock(trouble, alone, model);
    }
    let parts: Vec<_> = trouble.threads.iter().map(|part| clause(part, model)).collect();
    format!("{}.{}", parts.join("; "), way_out(trouble, advice(trouble, model), model))
}

/// The faults that are behind a deadlock, or else how to avoid it.
fn way_out(trouble: &Trouble, advice: String, model: &Model) -> String {
    let faults = faults(trouble, model);
    if faults.is_empty() { advice } else { faults.iter().map(|fault| format!(" {fault}")).collect() }
}

/// A thread that waits for itself.
fn self_deadlock(trouble: &Trouble, part: &Involved, model: &Model) -> String {
    let name = model.thread_name(part.thread);
    match part.waits_for.and_then(Blocker::object) {
        Some(future) if is_future(future, model) => format!("{}.{}", clause(part, model), POOL_ADVICE),
        Some(lock) => {
            let held = part.holds.iter().find(|(held, _)| *held == lock);
            let held = held_phrase(lock, held.map_or(0, |(_, line)| *line), model);
            let line = at_line(model, part.line, " at line ", "");
            let advice = crossing::copied_pool(lock, part.thread, model);
            let advice = advice.unwrap_or_else(|| " Take it once, or make it an RLock.".to_owned());
            let advice = way_out(trouble, advice, model);
            format!("{name} holds {held} and waits for it again{line}.{advice}")
        }
        None => format!("{name} waits for itself to end at line {}.", model.spot(part.line)),
    }
}

/// How to avoid a deadlock that a pool makes.
const POOL_ADVICE: &str = " A task that waits for another task of its own pool occupies a worker that the other one \
    needs. Let the caller wait instead, or give the inner tasks a second pool.";

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
    let told = |lock: ObjectId| !library::goes_without_saying(lock, part.waits_for, model);
    let held = part.holds.iter().filter(|(lock, _)| told(*lock));
    let held: Vec<_> = held.map(|&(lock, line)| held_phrase(lock, line, model)).collect();
    let waits = match part.waits_for {
        Some(on) => waits_phrase(on, part.thread, model),
        None => "does not go on".to_owned(),
    };
    let waits = match part.waits_for.and_then(Blocker::object).map(|object| future_reason(object, model)) {
        Some(reason) => waits + &reason,
        None => waits,
    };
    if held.is_empty() { format!("{name} {waits}") } else { format!("{name} holds {} and {waits}", held.join(", ")) }
}

/// ", which worker runs"; ", which no worker of pool is free for": how far a future is; else nothing.
fn future_reason(object: ObjectId, model: &Model) -> String {
    match model.object(object).map(|object| &object.detail) {
        Some(Detail::Future { state: FutureState::Running, runner: Some(runner), .. }) => {
            if library::is_helper(*runner, model) {
                String::new()
            } else {
                format!(", which {} runs", model.thread_name(*runner))
            }
        }
        Some(Detail::Future { state: FutureState::Pending, pool: Some(pool), .. }) => {
            format!(", which waits for a free worker of {}", model.object_name(*pool))
        }
        _ => String::new(),
    }
}

pub(super) fn held_phrase(lock: ObjectId, line: u32, model: &Model) -> String {
    let name = model.object_name(lock);
    if line == 0 { name } else { format!("{name} (line {})", model.spot(line)) }
}

fn waits_phrase(on: Blocker, waiter: ThreadId, model: &Model) -> String {
    match on {
        Blocker::Lock(object) => format!("waits for {}", model.wanted(object)),
        Blocker::Object(object) => format!("waits for {}", object_need(object, waiter, model)),
        Blocker::Thread(thread) => format!("waits for {} to end", model.thread_name(thread)),
        Blocker::Shutdown => "waits for the other threads to end".to_owned(),
        Blocker::Time => "sleeps".to_owned(),
        Blocker::Signal => "waits for a signal".to_owned(),
        Blocker::Outside => "waits for what comes from outside".to_owned(),
        Blocker::Frozen => "is frozen by a fault".to_owned(),
        Blocker::Delayed => "is delayed by a fault".to_owned(),
        Blocker::Change => "loops forever".to_owned(),
    }
}

/// What has to happen to an object before `waiter` goes on.
fn object_need(object: ObjectId, waiter: ThreadId, model: &Model) -> String {
    if let Some(need) = model.object(object).and_then(|object| library::need(object, model)) {
        return need;
    }
    let name = model.object_name(object);
    match model.object(object).map(|object| object.kind) {
        Some(ObjectKind::Condition) => format!("a notify of {name}"),
        Some(ObjectKind::Semaphore | ObjectKind::BoundedSemaphore) => format!("a permit of {name}"),
        Some(ObjectKind::Event) => format!("{name} to be set"),
        Some(ObjectKind::Barrier) => match model.object(object).map(|object| &object.detail) {
            Some(Detail::Barrier { count, parties, .. }) => format!("{parties} threads at {name}, {count} are there"),
            _ => format!("the others at {name}"),
        },
        Some(ObjectKind::Queue) if object.is_of_world() => match model.object(object).map(|object| &object.detail) {
            Some(Detail::Queue { depth: 1.., .. }) => format!("room in {name}"),
            _ => format!("a message in {name}"),
        },
        Some(ObjectKind::Queue | ObjectKind::LifoQueue | ObjectKind::PriorityQueue) => {
            match cause::lacks(object, waiter, model) {
                Some(Aid::Put) => format!("an item in {name}"),
                Some(Aid::Get) => format!("room in {name}"),
                Some(Aid::Done) => format!("task_done of {name}"),
                _ => name,
            }
        }
        _ => name,
    }
}

/// "right waits for b, which left holds (line 8); main waits for left to end.": what these threads wait for, those that only
/// wait for others to end last. Nothing without threads.
pub(super) fn waiting(threads: Vec<&Thread>, model: &Model) -> String {
    let part = |thread: &Thread| {
        let holds = thread.held.iter().map(|held| (held.object, held.line)).collect();
        Involved { thread: thread.id, line: thread.line, waits_for: thread.blocked_on, holds }
    };
    let parts: Vec<_> = threads.into_iter().map(part).collect();
    let parts: Vec<&Involved> = parts.iter().collect();
    if parts.is_empty() { String::new() } else { format!(" {}.", clauses(&parts, model)) }
}

/// What each part waits for, at which line, and who has that; those that only wait for others to end come last.
fn clauses(parts: &[&Involved], model: &Model) -> String {
    let joins = |part: &&&Involved| matches!(part.waits_for, Some(Blocker::Thread(_) | Blocker::Shutdown));
    let part = |part: &Involved| {
        let line = at_line(model, part.line, " (line ", ")");
        format!("{}{line}{}", clause(part, model), gone_owner(part, model))
    };
    let (last, first): (Vec<&&Involved>, Vec<&&Involved>) = parts.iter().partition(joins);
    let parts: Vec<_> = first.into_iter().chain(last).map(|it| part(it)).collect();
    parts.join("; ")
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
    let causes = faults(trouble, model).into_iter().chain(causes(trouble, model));
    let causes: String = causes.map(|cause| format!("{cause} ")).collect();
    let told = library::told(trouble, model);
    let whom = if told.len() > 1 { "them" } else { "it" };
    let advice = crossing::advice(trouble, model);
    format!("{causes}{}; no other thread is left to wake {whom}.{advice}", clauses(&told, model))
}

/// ", which left took and did not release before it ended", ", which left holds (line 8)": the lock that a thread waits for.
fn gone_owner(part: &Involved, model: &Model) -> String {
    let lock = part.waits_for.and_then(Blocker::object).and_then(|id| model.object(id));
    match lock.and_then(|lock| lock.owner()).and_then(|owner| model.thread(owner)) {
        Some(owner) if owner.state.is_over() => {
            format!(", which {} took and did not release before it ended", owner.name)
        }
        // What becomes of a future is told with it.
        Some(_) if lock.is_some_and(|it| is_future(it.id, model)) => String::new(),
        Some(owner) if owner.id != part.thread => {
            let held = owner.held.iter().find(|held| Some(held.object) == part.waits_for.and_then(Blocker::object));
            let line = at_line(model, held.map_or(0, |held| held.line), " (line ", ")");
            match lock.and_then(library::part) {
                Some(_) => format!(", where {} is first{line}", owner.name),
                None => format!(", which {} holds{line}", owner.name),
            }
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
        TroubleKind::BusyWait { .. } => "A busy wait that no thread ends",
    }
}

/// What such a trouble is in general, for someone who meets it for the first time.
pub fn lesson(kind: &TroubleKind) -> &'static str {
    match kind {
        TroubleKind::Deadlock => {
            "A deadlock is a ring of threads: each waits for something that the next one holds, and none lets go. Four \
             conditions have to come together: what is held belongs to one thread at a time (mutual exclusion); a \
             thread holds something while it waits for more (hold and wait); nobody can take it away (no preemption); \
             and the waiting forms a ring (circular wait). Break any one of them. The usual way is one order for all \
             locks, in which every thread takes them: then no ring can close. Or acquire with a timeout and release \
             what you hold when it expires, or never hold more than one lock."
        }
        TroubleKind::Stuck => {
            "These threads wait for another thread to wake them, and no such thread is left. Often a notify came before \
             anyone waited and was lost (a set or a put is kept, a notify is not); or a set, put, release or task_done is \
             missing; or the thread that should have called it ended early. Wait in a `while` loop that checks what you \
             wait for, change that under the same lock as the notify, and tell consumers when no more items will come."
        }
        TroubleKind::DeadOwner { .. } => {
            "A lock does not know that its owner is gone: it stays held, and every thread that wants it waits forever. \
             An exception between `acquire` and `release` does this, and so does a `return` in the middle; a `with` \
             block releases the lock on every way out. A thread that is killed from outside runs neither `with` nor \
             `finally`: that is why Python has no way to kill a thread."
        }
        TroubleKind::BusyWait { .. } => {
            "A busy wait is a loop that does nothing but look at something until another thread has changed it. It takes \
             a processor for itself, and when the other thread ends, crashes or forgets to change it, the loop never \
             ends: Python would stay in it forever, raddle stops it here. With an Event, a Condition or a queue a \
             thread waits without looking; and the thread that should wake it must do so also when things go wrong."
        }
        TroubleKind::Uncaught { .. } => {
            "An exception that nothing catches ends its thread, and only its thread: the others go on and do not \
             notice, though shared data may be half changed. Catch the exceptions that you expect inside the thread, \
             and hand failures to the thread that waits for the result: through a queue, or a future."
        }
    }
}

/// Why `thread` is where it is: its part in a trouble, or what it waits for and which thread could let it go on.
pub fn why(thread: ThreadId, model: &Model) -> String {
    let Some(row) = model.thread(thread) else { return String::new() };
    let cut_off = cut_off(row, model);
    // A finding holds as long as the thread has not moved since.
    let holds = |finding: &&Finding| {
        row.is_deadlocked() || row.was_cut_off_in_deadlock() || row.since.step <= finding.moment.step
    };
    // A thread that has ended waits for nothing, but the way it ended may be what is wrong.
    let of_its_end = |finding: &Finding| {
        matches!(finding.trouble.kind, TroubleKind::DeadOwner { .. } | TroubleKind::Uncaught { .. })
    };
    let caught = |finding: &&Finding| match row.state.is_over() {
        true => of_its_end(finding) || row.was_cut_off_in_deadlock(),
        false => row.state.is_stopped(),
    };
    if let Some(finding) = model.finding_of(thread).filter(holds).filter(caught) {
        let cut_off = cut_off.map(|cut_off| format!(" {cut_off}")).unwrap_or_default();
        return format!("{}{cut_off}", sentence(&finding.trouble, model));
    }
    // A thread that has lost an update, or had one lost, goes on: what it waits for comes first.
    if let Some(lost) = model.lost_update_of(thread).filter(|_| !row.state.is_stopped()) {
        return words::sentence(lost, model);
    }
    if let Some(cut_off) = cut_off {
        return cut_off;
    }
    let place = if row.line > 0 { format!(" at line {}", model.spot(row.line)) } else { String::new() };
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
    let (cause, more) = (elsewhere(thread, model), suspicion(thread, model).unwrap_or_default());
    format!("{cause}{} is {phrase}{place}{reason}.{more}", row.name)
}

/// What the end of the program did to a thread that was still there.
pub fn cut_off(thread: &Thread, model: &Model) -> Option<String> {
    let kind = if thread.daemon { "a daemon" } else { "a thread" };
    (thread.state == ThreadState::CutOff).then(|| {
        let line = at_line(model, thread.line, " at line ", "");
        format!(
            "{} was cut off{line}: where the program ends, {kind} stops where it stands, without `finally` or `with`.",
            thread.name
        )
    })
}

/// " It is a deadlock unless somebody releases a.": where the thread is part of a ring that another thread may yet open.
fn suspicion(thread: ThreadId, model: &Model) -> Option<String> {
    let graph = WaitGraph::of(model);
    let ring = graph.suspected(model).find(|ring| ring.iter().any(|edge| edge.from == thread))?;
    let mut locks: Vec<_> = ring.iter().filter_map(|edge| edge.on.object()).map(|id| model.object_name(id)).collect();
    locks.dedup();
    Some(format!(" It would be a deadlock unless somebody releases {}.", locks.join(" or ")))
}

/// What keeps others waiting forever, for a thread that only waits for them to end.
fn elsewhere(thread: ThreadId, model: &Model) -> String {
    let on = model.thread(thread).and_then(|thread| thread.blocked_on);
    let waits = matches!(on, Some(Blocker::Thread(_) | Blocker::Shutdown));
    let stuck = model.headline().filter(|finding| waits && finding.trouble.kind == TroubleKind::Stuck);
    let causes = stuck.map(|finding| causes(&finding.trouble, model)).unwrap_or_default();
    causes.iter().map(|cause| format!("{cause} ")).collect()
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
            let line = held
                .filter(|held| held.line > 0)
                .map(|held| format!(" (line {})", model.spot(held.line)))
                .unwrap_or_default();
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
    fn a_ring_that_somebody_may_open_is_called_so() {
        let mut script = samples::deadlock_script();
        script.events.pop(); // the machine has not called it a deadlock
        let told = why(ThreadId(1), &script.model());
        assert_eq!(
            told,
            "left is blocked on b at line 9: right holds it (line 13). It would be a deadlock unless somebody releases b or a."
        );
        assert!(!why(ThreadId(0), &script.model()).contains("unless"));
    }

    #[test]
    fn an_endless_busy_wait_says_what_is_looked_at() {
        let part = Involved { thread: ThreadId(1), line: 9, waits_for: Some(Blocker::Change), holds: vec![] };
        let trouble = Trouble { kind: TroubleKind::BusyWait { what: "ready".into() }, threads: vec![part] };
        assert!(
            sentence(&trouble, &samples::deadlock()).starts_with(
                "left looks at ready again and again (line 9), and no thread is left that could change it."
            )
        );
    }

    #[test]
    fn a_ring_of_daemons_is_still_the_trouble_when_the_program_has_ended() {
        let mut script = samples::deadlock_script();
        script.does(0, 23, EventKind::Ended { how: crate::event::Ending::Finished });
        for thread in [1, 2] {
            script.also(thread, 0, EventKind::Ended { how: crate::event::Ending::CutOff });
        }
        script.also(0, 23, EventKind::ProgramEnded { status: 0 });
        let model = script.model();
        assert_eq!(model.headline().map(|finding| &finding.trouble.kind), Some(&TroubleKind::Deadlock));
        let told = why(ThreadId(1), &model);
        assert!(told.starts_with("left holds a (line 8) and waits for b; right holds b"), "{told}");
        let end = "left was cut off at line 9: where the program ends, a thread stops where it stands, without `finally` or `with`.";
        assert!(told.ends_with(end), "{told}");
    }

    #[test]
    fn a_daemon_that_was_cut_off_says_what_that_means() {
        let mut script = samples::Script::new("", &[]);
        script.does(0, 1, EventKind::Began);
        script.does(0, 1, EventKind::ThreadCreated { new: ThreadId(1), name: "saver".into(), daemon: true });
        script.does(0, 1, EventKind::ThreadStarted { started: ThreadId(1) }).does(1, 4, EventKind::Began);
        script.also(1, 0, EventKind::Ended { how: crate::event::Ending::CutOff });
        let told = why(ThreadId(1), &script.model());
        assert_eq!(
            told,
            "saver was cut off at line 4: where the program ends, a daemon stops where it stands, without `finally` or `with`."
        );
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
        assert_eq!(
            told[1],
            "left ended while it held a (line 8). Every thread that wants a now waits forever. A `with` block releases the \
             lock on every way out."
        );
    }

    #[test]
    fn a_thread_that_was_killed_with_a_lock_says_what_that_leads_to() {
        let mut script = samples::crash_script();
        for event in &mut script.events {
            if let EventKind::Ended { how } = &mut event.kind {
                *how = crate::event::Ending::Killed;
            }
        }
        let told = "left ended while it held a (line 8). Every thread that wants a now waits forever. A killed thread releases \
                    nothing: neither `with` nor `finally` runs.";
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
            "producer waits for room in q (line 11); no other thread is left to wake it."
        );
        for kind in [TroubleKind::Deadlock, TroubleKind::Stuck, TroubleKind::BusyWait { what: "x".into() }] {
            assert!(lesson(&kind).len() > 200 && !title(&kind).is_empty());
        }
    }
}
