//! What goes wrong between processes, and what to do about it: a sentence for each way that is known.

use super::ends::{self, Held};
use super::explain::at_line;
use super::library::{self, Part};
use super::object::Aid;
use super::{Detail, Model, Object, cause};
use crate::base::{ObjectId, ProcessId, ThreadId};
use crate::event::{Blocker, Involved, ObjectKind, Trouble};

/// Signals that a pool sends its own workers when it is over.
const DISMISSED: i32 = -15;

/// What to do about threads of several processes that wait for ever, if that can be said; with a blank before.
pub(super) fn advice(trouble: &Trouble, model: &Model) -> String {
    let advice = dead_worker(trouble, model)
        .or_else(|| inner_task(trouble, model))
        .or_else(|| join_before_drain(trouble, model))
        .or_else(|| both_send(trouble, model))
        .or_else(|| not_done(trouble, model))
        .or_else(|| no_more_items(trouble, model))
        .or_else(|| all_receive(trouble, model))
        .or_else(|| open_end(trouble, model))
        .or_else(|| set_elsewhere(trouble, model));
    advice.map(|advice| format!(" {advice}")).unwrap_or_default()
}

/// A process joins another one, which first waits for its feeder, which waits for somebody who receives.
fn join_before_drain(trouble: &Trouble, model: &Model) -> Option<String> {
    let find = |thread: ThreadId| trouble.threads.iter().find(|part| part.thread == thread);
    let joined = |part: &Involved| match part.waits_for {
        Some(Blocker::Thread(other)) => find(other),
        _ => None,
    };
    let (child, feeder) = trouble.threads.iter().find_map(|parent| {
        let child = joined(parent).filter(|child| !are_fellows(child.thread, parent.thread, model))?;
        let feeder = joined(child).filter(|feeder| are_fellows(child.thread, feeder.thread, model))?;
        Some((child.thread, feeder))
    })?;
    let object = model.object(feeder.waits_for?.object()?)?;
    let queue = match library::part(object) {
        Some((Part::Writers, queue)) => queue, // another one of them waits for room
        _ => Some(object.name.to_string()).filter(|_| is_full(feeder, model))?,
    };
    let (child, feeder) = (model.thread_name(child), model.thread_name(feeder.thread));
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

/// Somebody gets from a queue, into which nobody will put anything: who gets never learns that there is an end.
fn no_more_items(trouble: &Trouble, model: &Model) -> Option<String> {
    let gets =
        |part: &&Involved| is_empty(part, model) && part.holds.iter().any(|(lock, _)| is_readers(*lock, part, model));
    let reader = trouble.threads.iter().find(gets)?;
    let queue = model.object(reader.waits_for?.object()?).filter(|it| library::part(it).is_none())?;
    // A single item was lost on its way: that it is the last is not what is wrong.
    if never_sent(queue, model).is_some() {
        return None;
    }
    Some(format!(
        "Nobody is left to put anything into {}: put a last item for each that gets, such as None.",
        queue.name
    ))
}

fn is_readers(lock: ObjectId, part: &Involved, model: &Model) -> bool {
    model.object(lock).and_then(library::part).is_some() && library::goes_without_saying(lock, part.waits_for, model)
}

/// Who waits for a message in a pipe, and in which one.
fn receivers<'m>(trouble: &'m Trouble, model: &'m Model) -> impl Iterator<Item = (ThreadId, &'m Object)> {
    let parts = trouble.threads.iter().filter(|part| is_empty(part, model));
    let pipe = |part: &Involved| Some((part.thread, model.object(part.waits_for?.object()?)?));
    let is_own = |(_, pipe): &(ThreadId, &Object)| library::part(pipe).is_none();
    parts.filter(|part| part.holds.is_empty()).filter_map(pipe).filter(is_own)
}

/// All that talk to each other wait for the first word.
fn all_receive(trouble: &Trouble, model: &Model) -> Option<String> {
    let silent = |pipe: &Object| pipe.aids.is_empty();
    let names: Vec<&str> = receivers(trouble, model).map(|(thread, _)| model.thread_name(thread)).collect();
    let all_silent = receivers(trouble, model).all(|(_, pipe)| silent(pipe));
    let (last, first) = names.split_last().filter(|(_, first)| all_silent && !first.is_empty())?;
    Some(format!(
        "{} and {last} all receive first, and nobody has sent anything: let one of them send first.",
        first.join(", ")
    ))
}

/// Somebody waits for a message that nobody will send, and the end to send to is still open.
fn open_end(trouble: &Trouble, model: &Model) -> Option<String> {
    let (reader, channel) = receivers(trouble, model).find(|(_, pipe)| !holders(pipe).is_empty())?;
    let own = model.process_of(reader).id;
    let name = &channel.name;
    let holders: Vec<String> = holders(channel).iter().map(|held| holder(held, own, model)).collect();
    let reader = model.thread_name(reader);
    Some(format!(
        "{reader} learns that no more messages come into {name} only when every process has closed its copy of the end to \
         send to. It is still open in {}. Close it there, or send a last message.",
        holders.join(", and in ")
    ))
}

/// Who has an end of the channel to send to.
fn holders(channel: &Object) -> Vec<Held> {
    channel.ends.as_ref().map(|ends| ends::processes(&ends.writers)).unwrap_or_default()
}

/// What a process put into the queue was not sent: it ended too early, or it could not be pickled. Or it went into another
/// queue of that name.
pub(super) fn never_sent(queue: &Object, model: &Model) -> Option<String> {
    let is_one = |it: &&Object| it.id.is_of_world() && it.kind == ObjectKind::Queue && it.title == queue.title;
    let sent = |process: ProcessId| {
        let queues = model.objects().iter().map(|it| &**it).filter(is_one);
        let mut puts = queues.flat_map(|it| it.aids.iter().filter(|aid| aid.what == Aid::Put));
        puts.any(|aid| model.process_of(aid.thread).id == process)
    };
    let feeds =
        |it: &&Object| it.title.strip_suffix("._not_empty") == Some(&queue.title) && library::part(it).is_some();
    let stores = model.objects().iter().map(|it| &**it).filter(feeds);
    let puts = stores.flat_map(|store| store.aids.iter().map(move |aid| (store.process, aid)));
    let Some((process, put)) = puts.filter(|(process, _)| !sent(*process)).last() else {
        return other_queue(queue, model);
    };
    let (who, line) = (model.thread_name(put.thread), at_line(model, put.line, " (line ", ")"));
    let put = format!("{who} put into {}{line}", queue.name);
    let feeder =
        |thread: &&crate::trace::Thread| thread.process == process && thread.name.starts_with("QueueFeederThread");
    let feeder = model.threads().iter().map(|it| &**it).find(feeder);
    if let Some(error) = feeder.and_then(|feeder| cause::last_error(feeder.id, model)) {
        return Some(format!("{put} what cannot be pickled, so it was not sent: {error}."));
    }
    let code = model.processes().get(process.index())?.code?;
    Some(format!(
        "{put}, and {who} ended (exit code {code}) before that was sent: a feeder thread sends it, and neither os._exit nor \
         a signal waits for that thread. Let the process return."
    ))
}

/// Nobody put anything into the queue, but a process did into one of its own that is called so, too.
fn other_queue(queue: &Object, model: &Model) -> Option<String> {
    if queue.aids.iter().any(|aid| aid.what == Aid::Put) {
        return None;
    }
    let is_other = |it: &&Object| it.id.is_of_world() && it.title == queue.title && it.id != queue.id;
    let others = model.objects().iter().map(|it| &**it).filter(is_other);
    let put = others.flat_map(|it| &it.aids).find(|aid| aid.what == Aid::Put)?;
    let process = model.process_of(put.thread);
    process.parent.is_some().then(|| {
        format!(
            "{} put into a {} of its own: a process that was spawned runs the module again. Give it the queue as an argument.",
            process.name, queue.title
        )
    })
}

/// Somebody waits until all that was put into a queue is done.
fn not_done(trouble: &Trouble, model: &Model) -> Option<String> {
    let joins = |part: &Involved| {
        let object = model.object(part.waits_for?.object()?)?;
        match library::part(object) {
            Some((Part::Done, owner)) => Some(owner),
            Some(_) => None,
            None => {
                let done = !object.id.is_of_world() && matches!(object.detail, Detail::Queue { .. });
                (done && cause::lacks(object.id, part.thread, model) == Some(Aid::Done))
                    .then(|| object.name.to_string())
            }
        }
    };
    let queue = trouble.threads.iter().find_map(joins)?;
    Some(format!(
        "Call task_done of {queue} once for each item that was got, also where the work on it fails or is left out."
    ))
}

/// A task of a pool waits for another task of the same pool.
fn inner_task(trouble: &Trouble, model: &Model) -> Option<String> {
    let result = |part: &Involved| {
        let object = model.object(part.waits_for?.object()?)?;
        library::part(object).filter(|(part, _)| *part == Part::Result).map(|(_, pool)| pool)
    };
    let works = |part: &&Involved| {
        model.thread_name(part.thread).contains("(worker)")
            || model.process_of(part.thread).name.contains("PoolWorker-")
    };
    let (worker, pool) = trouble.threads.iter().filter(works).find_map(|part| Some((part.thread, result(part)?)))?;
    Some(format!(
        "{} is a worker of {pool} and waits for a task that a worker of {pool} has to do: let the caller wait instead, or \
         give the inner tasks a second pool.",
        model.thread_name(worker)
    ))
}

/// A process has a copy of a pool, of which the threads and the workers are elsewhere; with a blank before.
pub(super) fn copied_pool(lock: ObjectId, thread: ThreadId, model: &Model) -> Option<String> {
    let object = model.object(lock).filter(|it| it.private)?;
    let pool = object.title.split_once("._").map(|(pool, _)| pool)?;
    let process = model.process_of(thread);
    let parent = model.processes().get(process.parent?.index())?;
    Some(format!(
        " {pool} belongs to {}, and {} has a copy that does nothing: hand tasks to it where it was made.",
        parent.name, process.name
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

/// What to do about an exception that ended a thread, if it has to do with processes.
pub(super) fn of_error(error: &str, thread: ThreadId, model: &Model) -> Option<&'static str> {
    let process = model.process_of(thread);
    let no_manager = || model.processes().iter().any(|it| it.name.starts_with("SyncManager-") && it.code.is_some());
    let fails = |word: &str| error.contains(word);
    Some(
        if fails("missing ")
            && fails("required positional argument")
            && model.thread_name(thread).contains("(_handle_results)")
        {
            "The exception of a task is made again from its `args` where its result is waited for: give all that `__init__` takes \
         to `super().__init__`, too."
        } else if error == "FileNotFoundError: [Errno 2] No such file or directory" && no_manager() {
            "The manager has ended, and what it kept with it: wait for those who use it before it ends."
        } else if fails("context has already been set") && process.parent.is_some() {
            "A process that was spawned runs the module again: put this under `if __name__ == \"__main__\":`."
        } else if fails("Pool is still running") {
            "Call `close` or `terminate` before `join`."
        } else {
            unpicklable(error)?
        },
    )
}

/// The exception says what keeps a process from being made or from getting something.
fn unpicklable(error: &str) -> Option<&'static str> {
    let fails = |word: &str| error.contains(word);
    Some(if fails("Can't pickle") && (fails("<lambda>") || fails("<locals>")) || fails("Can't pickle local object") {
        "What goes to another process is pickled, and a function goes by its name: define it with `def` at the top of a module."
    } else if fails("Can't get attribute") && fails("'__mp_main__'") {
        "A process that was spawned runs the module again, but not what stands under the guard: define the function above that."
    } else if fails("finished its bootstrapping phase") {
        "A process that was spawned runs the module again: put what starts processes under `if __name__ == \"__main__\":`."
    } else if fails("Can't get attribute") {
        "A process that was forked knows only what was defined before: define the function before the processes start."
    } else if fails("annot pickle") || fails("Can't pickle") {
        "What goes to another process is pickled: send plain values, and make locks, files and the like there."
    } else {
        return None;
    })
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
