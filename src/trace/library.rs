//! What the library makes for itself inside what a program makes: the lock of those that get from a queue, the thread that
//! sends what was put into it, the threads and channels of a pool. Here it is told what each is for, in the program's words.

use super::{Detail, Model, Object};
use crate::base::{ObjectId, ThreadId};
use crate::event::{Blocker, Involved, ObjectKind, Trouble};

/// What an object of the library is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// A queue's feeder waits for something to send.
    Feed,
    /// A pool has nothing to do.
    Tasks,
    /// A pool's workers have not answered.
    Results,
    /// Somebody waits for a result of a pool.
    Result,
    /// A manager was not asked for anything.
    Requests,
    /// Somebody has asked a manager.
    Answer,
    /// How much a queue takes.
    Room,
    /// Whether all that was put into a queue is done.
    Done,
    /// The lock of those that get from a queue.
    Readers,
    /// The lock of those that put into a queue.
    Writers,
}

/// What the object is for, and how the program calls the thing that it is part of.
pub(super) fn part(object: &Object) -> Option<(Part, String)> {
    let (owner, own) = object.title.rsplit_once('.')?;
    // The program's own names for what lies in no process have no dots.
    if !object.id.is_of_world() && !object.private {
        return None;
    }
    let (part, owner) = match own {
        "_not_empty" => (Part::Feed, owner),
        "tasks" | "_tasks" | "_pending" => (Part::Tasks, owner),
        "_inlet" => (Part::Tasks, owner.strip_suffix(".tasks")?),
        "results" | "_results" => (Part::Results, owner),
        "_outlet" => (Part::Results, owner.strip_suffix(".results")?),
        "_event" | "_condition" => (Part::Result, owner),
        "requests" | "_desk" => (Part::Requests, owner),
        "reply" => (Part::Answer, owner),
        "room" => (Part::Room, owner),
        "done" => (Part::Done, owner),
        "read" => (Part::Readers, owner),
        "write" => (Part::Writers, owner),
        _ => return None,
    };
    // The second of two queues of one name has the second lock of one name.
    let number = object.name.rsplit_once('#').filter(|_| object.id.is_of_world()).map(|(_, number)| number);
    Some((part, number.map_or_else(|| owner.to_owned(), |number| format!("{owner}#{number}"))))
}

/// How the program calls the thing that the object is part of, if it is the library's own.
pub(super) fn whole(object: &Object) -> Option<String> {
    let part = part(object).map(|(_, owner)| owner);
    let private = || object.title.find("._").filter(|_| object.private).map(|at| object.title[..at].to_owned());
    part.or_else(private).or_else(|| Some(object.title.strip_suffix(".done.lock")?.to_owned()))
}

/// Whether a title among those of what lies in no process is the library's alone, and says nothing to anybody else.
pub(super) fn is_inner(title: &str) -> bool {
    let inner = [".room", ".done", ".done.lock", ".unfinished", ".requests", ".reply"];
    inner.iter().any(|end| title.ends_with(end))
}

/// What has to happen to it before its waiters go on.
pub(super) fn need(object: &Object, model: &Model) -> Option<String> {
    let (part, owner) = part(object)?;
    Some(match part {
        Part::Feed => format!("something to send through {owner}"),
        Part::Tasks => format!("a task of {owner}"),
        Part::Results => format!("results of {owner}"),
        Part::Result => format!("a result of {owner}"),
        Part::Requests => format!("requests to {owner}"),
        Part::Answer => "the manager's answer".to_owned(),
        Part::Room => format!("room in {owner}"),
        Part::Done => match unfinished(&owner, model) {
            Some(left) => format!("task_done of {owner}, {left} more"),
            None => format!("task_done of {owner}"),
        },
        Part::Readers => format!("its turn to get from {owner}"),
        Part::Writers => format!("its turn to put into {owner}"),
    })
}

/// ", the lock of those that get from tasks": behind the name of a lock that the program does not know.
pub(super) fn gloss(lock: ObjectId, model: &Model) -> String {
    match model.object(lock).and_then(part) {
        Some((Part::Readers, owner)) => format!(", the lock of those that get from {owner}"),
        Some((Part::Writers, owner)) => format!(", the lock of those that put into {owner}"),
        _ => String::new(),
    }
}

/// How many items of a queue between processes are not done.
fn unfinished(queue: &str, model: &Model) -> Option<u64> {
    let is_count = |it: &&Object| it.id.is_of_world() && *it.title == *format!("{queue}.unfinished");
    match model.objects().iter().map(|it| &**it).find(is_count)?.detail {
        Detail::Semaphore { value } => Some(value),
        _ => None,
    }
}

/// The queue between processes that has this part.
pub(super) fn queue_of<'m>(object: &Object, model: &'m Model) -> Option<&'m Object> {
    let (_, owner) = part(object).filter(|(part, _)| matches!(part, Part::Room | Part::Readers))?;
    let is_it = |it: &&Object| it.kind == ObjectKind::Queue && it.id.is_of_world() && *it.name == *owner;
    model.objects().iter().map(|it| &**it).find(is_it)
}

/// The lock that a thread holds while it gets from a queue says nothing about it.
pub(super) fn goes_without_saying(lock: ObjectId, on: Option<Blocker>, model: &Model) -> bool {
    let Some((part, owner)) = model.object(lock).and_then(part) else { return false };
    let Some(on) = on.and_then(Blocker::object) else { return false };
    match part {
        Part::Readers | Part::Writers => model.object_name(on) == owner,
        Part::Tasks | Part::Results => model.object(on).and_then(self::part).is_some(),
        _ => false,
    }
}

/// Whether the thread is the library's and waits until somebody wants something of it.
fn is_idle(part: &Involved, model: &Model) -> bool {
    let on = part.waits_for.and_then(Blocker::object).and_then(|id| model.object(id));
    match on.and_then(self::part) {
        Some((what, _)) => matches!(what, Part::Feed | Part::Tasks | Part::Results | Part::Requests),
        None => false,
    }
}

/// The threads of a trouble that are to be told of: without the library's own that wait for work, if others are left.
pub(super) fn told<'t>(trouble: &'t Trouble, model: &Model) -> Vec<&'t Involved> {
    let is_waited_for =
        |thread: ThreadId| trouble.threads.iter().any(|it| it.waits_for == Some(Blocker::Thread(thread)));
    let matters = |part: &&Involved| !is_idle(part, model) || is_waited_for(part.thread);
    let parts: Vec<&Involved> = trouble.threads.iter().filter(matters).collect();
    if parts.is_empty() { trouble.threads.iter().collect() } else { parts }
}

/// Whether a trouble is about nobody but threads of the library that wait for work.
pub(super) fn is_about_idle(trouble: &Trouble, model: &Model) -> bool {
    trouble.threads.iter().all(|part| is_idle(part, model))
}

/// Whether the thread is one that the library made for itself.
pub(super) fn is_helper(thread: ThreadId, model: &Model) -> bool {
    let name = model.thread_name(thread);
    model.mentions_private(name) || name.starts_with("QueueFeederThread")
}

#[cfg(test)]
mod tests {
    use super::super::samples::Script;
    use super::*;
    use crate::event::{EventKind, ObjectState};

    /// Things of the world with these titles.
    fn shown(titles: &[(&str, ObjectKind, ObjectState)]) -> Model {
        let mut script = Script::new("", &[]);
        script.does(0, 1, EventKind::Began);
        for (slot, (title, what, state)) in (0..).zip(titles) {
            let object = world(slot);
            let (name, state) = ((*title).into(), Box::new(state.clone()));
            script.also(0, 1, EventKind::ObjectShown { object, what: *what, name, state });
        }
        script.model()
    }

    fn world(slot: u32) -> ObjectId {
        ObjectId { maker: ObjectId::WORLD, slot }
    }

    #[test]
    fn parts_of_a_queue_are_told_as_what_the_program_calls_it() {
        let permits = || ObjectState::Semaphore { value: 2 };
        let lock = || ObjectState::Lock { owner: None, depth: 0 };
        let model = shown(&[
            ("q", ObjectKind::Queue, ObjectState::Channel { capacity: 65_536 }),
            ("q.room", ObjectKind::BoundedSemaphore, permits()),
            ("q.unfinished", ObjectKind::Semaphore, permits()),
            ("q.done.lock", ObjectKind::Lock, lock()),
            ("q.done", ObjectKind::Condition, ObjectState::Condition { lock: world(3) }),
            ("q.read", ObjectKind::Lock, lock()),
            ("counter.lock", ObjectKind::RLock, lock()),
        ]);
        let labels: Vec<String> = (0..7).map(|slot| model.label(world(slot))).collect();
        assert_eq!(labels, ["q", "q", "q.unfinished", "q", "q", "q", "counter.lock"]);
        let wanted: Vec<String> = [1, 4, 5, 6].map(|slot| model.wanted(world(slot))).into();
        assert_eq!(wanted, ["room in q", "task_done of q, 2 more", "its turn to get from q", "counter.lock"]);
        let rows: Vec<&str> = model.objects_by_line().iter().map(|object| &*object.name).collect();
        assert_eq!(rows, ["q", "q.read", "counter.lock"]);
        assert_eq!(gloss(world(5), &model), ", the lock of those that get from q");
    }
}
