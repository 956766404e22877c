//! What goes wrong between processes, and what to do about it: a sentence for each way that is known.

use super::ends::{self, Held};
use super::{Detail, Model, Object};
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::event::{Blocker, Involved, Trouble};

/// Signals that a pool sends its own workers when it is over.
const DISMISSED: i32 = -15;

/// What to do about threads of several processes that wait for ever, if that can be said; with a blank before.
pub(super) fn advice(trouble: &Trouble, model: &Model) -> String {
    let advice = dead_worker(trouble, model)
        .or_else(|| join_before_drain(trouble, model))
        .or_else(|| both_send(trouble, model))
        .or_else(|| open_end(trouble, model))
        .or_else(|| set_elsewhere(trouble, model));
    advice.map(|advice| format!(" {advice}")).unwrap_or_default()
}

/// A process joins another one, which first waits for its feeder, which waits for somebody who receives.
fn join_before_drain(trouble: &Trouble, model: &Model) -> Option<String> {
    let feeder = trouble.threads.iter().find(|part| is_full(part, model))?;
    let joins = |whom: ThreadId| trouble.threads.iter().find(move |part| part.waits_for == Some(Blocker::Thread(whom)));
    let child = joins(feeder.thread).filter(|child| are_fellows(child.thread, feeder.thread, model))?;
    joins(child.thread).filter(|parent| !are_fellows(parent.thread, child.thread, model))?;
    let queue = model.object_name(feeder.waits_for?.object()?);
    let (child, feeder) = (model.thread_name(child.thread), model.thread_name(feeder.thread));
    Some(format!(
        "{child} does not end before its {feeder} has written all that was put into {queue}: get it from there before you \
         join {child}."
    ))
}

/// Two that send to each other more than fits.
fn both_send(trouble: &Trouble, model: &Model) -> Option<String> {
    let mut full = trouble.threads.iter().filter(|part| is_full(part, model));
    let (one, other) = (full.next()?, full.next()?);
    if one.waits_for == other.waits_for {
        return None;
    }
    let [one, other] = [one, other].map(|part| model.thread_name(part.thread));
    Some(format!(
        "{one} and {other} both send more than fits, and neither receives: let one of them receive first, or send in a \
         thread of its own."
    ))
}

/// Somebody waits for a message that nobody will send, and the end to send to is still open.
fn open_end(trouble: &Trouble, model: &Model) -> Option<String> {
    let mut waits = trouble.threads.iter().filter(|part| is_empty(part, model));
    let reader = waits.next().filter(|_| waits.next().is_none())?;
    let channel = reader.waits_for?.object()?;
    let name = model.object_name(channel);
    // Who gets from a queue holds its lock meanwhile, and never learns that there is an end.
    if reader.holds.iter().any(|(lock, _)| model.object_name(*lock).starts_with(&format!("{name}."))) {
        let failed = model.processes().iter().find(|process| process.code.is_some_and(|code| code != 0));
        let failed = failed.map(|it| format!("{} ended with exit code {}. ", it.name, it.code.unwrap_or_default()));
        return Some(format!(
            "{}Nobody is left to put anything into {name}: put a last item for each that gets, such as None.",
            failed.unwrap_or_default()
        ));
    }
    let own = model.process_of(reader.thread).id;
    let reader = model.thread_name(reader.thread);
    let holders = ends::processes(&model.object(channel)?.ends.as_ref()?.writers);
    let holders: Vec<String> = holders.iter().map(|held| holder(held, own, model)).collect();
    Some(format!(
        "{reader} learns that no more messages come into {name} only when every process has closed its copy of the end to \
         send to. It is still open in {}. Close it there, or send a last message.",
        holders.join(", and in ")
    ))
}

/// Somebody waits for an event that was set in another process, which has a copy of its own.
fn set_elsewhere(trouble: &Trouble, model: &Model) -> Option<String> {
    let own = |part: &Involved| model.object(part.waits_for?.object()?).filter(|it| !it.id.is_of_world());
    let (waiter, event) = trouble.threads.iter().find_map(|part| Some((part.thread, own(part)?)))?;
    let is_copy = |it: &&Object| it.title == event.title && it.process != event.process;
    let copies = model.objects().iter().map(|it| &**it).filter(is_copy);
    let copy = copies.into_iter().find(|it| it.detail == Detail::Event { set: true })?;
    let setter = &model.processes().get(copy.process.index())?.name;
    let waiter = &model.process_of(waiter).name;
    Some(format!(
        "{} was set in {setter}, which has a copy of its own, and {waiter} does not see that: use multiprocessing.Event for what \
         processes tell each other.",
        event.title
    ))
}

/// The process that holds an end, and since when: "Process-1, since main made that process in line 37".
fn holder(held: &Held, own: ProcessId, model: &Model) -> String {
    let process = model.processes().get(held.process.index()).map_or("?", |process| &process.name);
    let itself = if held.process == own { " itself" } else { "" };
    let (by, line) = (model.thread_name(held.by), model.spot(held.line));
    match model.process_of(held.by).id == held.process {
        true => format!("{process}{itself}, where {by} made it in line {line}"),
        false => format!("{process}{itself}, since {by} made that process in line {line}"),
    }
}

/// A worker of a pool ended in a task.
fn dead_worker(trouble: &Trouble, model: &Model) -> Option<String> {
    let is_pool = |part: &Involved| model.thread_name(part.thread).contains("(_handle_results)");
    trouble.threads.iter().find(|part| is_pool(part))?;
    let mut workers = model.processes().iter().filter(|process| process.name.contains("PoolWorker-"));
    let dead = workers.find(|worker| worker.code.is_some_and(|code| code != 0 && code != DISMISSED))?;
    let code = dead.code.unwrap_or_default();
    Some(format!(
        "{} ended in a task with exit code {code}: a Pool replaces it, but nobody does its task again, and who waits for the \
         result waits for ever. A ProcessPoolExecutor raises BrokenProcessPool instead.",
        dead.name
    ))
}

/// A lock of one process, which a thread of another one held when that was copied: "The copy of a in p".
pub(super) fn inherited(lock: ObjectId, owner: ThreadId, waiter: ThreadId, model: &Model) -> Option<String> {
    if lock.is_of_world() || are_fellows(owner, waiter, model) {
        return None;
    }
    let (child, owner) = (&model.process_of(waiter).name, model.thread_name(owner));
    let name = model.object_name(lock);
    Some(format!(
        "{child} was forked while {owner} held {name}. Its copy is held for ever: {owner} does not exist in {child}. Start \
         processes before threads, or when no thread holds a lock."
    ))
}

/// What to do about an exception, if it says what keeps a process from being made or from getting something; with a blank
/// before.
pub(super) fn unpicklable(error: &str) -> &'static str {
    let fails = |word: &str| error.contains(word);
    if fails("Can't pickle") && (fails("<lambda>") || fails("<locals>")) || fails("Can't pickle local object") {
        " What goes to another process is pickled, and a function goes by its name: define it with `def` at the top of a module."
    } else if fails("Can't get attribute") && fails("'__mp_main__'") {
        " A process that was spawned runs the module again, but not what stands under the guard: define the function above that."
    } else if fails("finished its bootstrapping phase") {
        " A process that was spawned runs the module again: put what starts processes under `if __name__ == \"__main__\":`."
    } else if fails("Can't get attribute") {
        " A process that was forked knows only what was defined before: define the function before the processes start."
    } else if fails("annot pickle") || fails("Can't pickle") {
        " What goes to another process is pickled: send plain values, and make locks, files and the like there."
    } else {
        ""
    }
}

/// Whether the thread waits for room in a channel between processes.
fn is_full(part: &Involved, model: &Model) -> bool {
    matches!(depth(part, model), Some(1..))
}

fn is_empty(part: &Involved, model: &Model) -> bool {
    depth(part, model) == Some(0)
}

/// How many messages lie in the channel that the thread waits for.
fn depth(part: &Involved, model: &Model) -> Option<u32> {
    let object = part.waits_for?.object().filter(|object| object.is_of_world())?;
    match model.object(object)?.detail {
        Detail::Queue { depth, .. } => Some(depth),
        _ => None,
    }
}

fn are_fellows(one: ThreadId, other: ThreadId, model: &Model) -> bool {
    model.process_of(one).id == model.process_of(other).id
}
