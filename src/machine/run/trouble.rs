//! What is wrong with the program's threads: cycles of threads that wait for each other, threads that nobody can help any
//! more, locks whose owner is over.
//!
//! All of it follows from who can still be *helped*: the least fixpoint of "goes on by itself, or waits for something that a
//! thread that can be helped may yet do". A lock that knows its owner is given back by the owner alone. A plain lock may be
//! released by any thread: a thread that waits for one can be helped by every thread that may yet come to a release of it
//! (`outlook`). A ring that is open for that reason alone is *suspected*, and no trouble; it is looked at again whenever a
//! thread blocks for good or ends, and while one is suspected also when a thread releases something or comes into other
//! code, and now and then. Once nobody can go on nobody can help, so nothing stays suspected then.

use super::outlook::Outlook;
use crate::base::{ObjectId, ThreadId};
use crate::event::{Blocker, Ending, Involved, Trouble, TroubleKind};
use crate::machine::memory::object::Object;
use crate::machine::run::image::Image;
use crate::machine::sync::process::Process;
use crate::machine::sync::shared::{Phase, Shared, Waiting};
use crate::machine::sync::{future, futures, held};

/// What is found out about the threads at one moment.
#[derive(Debug, Default)]
pub(in crate::machine) struct Findings {
    /// What is wrong, and was not reported.
    pub troubles: Vec<Trouble>,
    /// Somebody can be helped only because another thread may yet release a lock that is not its own.
    pub suspected: bool,
    /// Threads that go round in a loop, and that nobody can help out of it any more: if they are still in it after some
    /// turns, they will be for ever.
    pub circling: Vec<ThreadId>,
}

/// Looks at all threads; what concerns `me`, who has just blocked or ended, comes first.
pub(in crate::machine) fn find(shared: &Shared, image: &Image, me: ThreadId) -> Findings {
    let mut outlook = Outlook::of(shared, image);
    let (helpable, suspected) = helpable(&mut outlook, false);
    let hopeless = |thread: &ThreadId| !helpable[thread.index()] && !waits_for_work(shared, *thread);
    let stuck: Vec<ThreadId> = living(shared).filter(hopeless).collect();
    let mut found = Findings { troubles: Vec::new(), suspected, circling: circling(&mut outlook) };
    let mut known = shared.reported.clone();
    let first = stuck.iter().copied().filter(|thread| *thread == me);
    for thread in first.chain(stuck.iter().copied().filter(|thread| *thread != me)) {
        if is_known(shared, &known, thread) {
            continue;
        }
        if let Some(trouble) = dead_owner_of(shared, thread).or_else(|| deadlock(shared, thread)) {
            learn(shared, &mut known, &trouble);
            found.troubles.push(trouble);
        }
    }
    let covered = covered(shared, &stuck, &known);
    let news: Vec<ThreadId> = stuck.into_iter().filter(|thread| !covered.contains(thread)).collect();
    let matters = |thread: &ThreadId| !shared.record(*thread).daemon && on(shared, *thread) != Some(Blocker::Shutdown);
    if news.iter().any(matters) {
        found.troubles.push(trouble(shared, TroubleKind::Stuck, &news));
    }
    found
}

/// The cycle that `thread`, whom nobody can help, is part of: a thread that waits for a lock waits for its owner, one that
/// joins waits for the other thread, one that waits for a task waits for the worker that does it or has to begin it.
fn deadlock(shared: &Shared, thread: ThreadId) -> Option<Trouble> {
    cycle(shared, thread).map(|cycle| trouble(shared, TroubleKind::Deadlock, &cycle))
}

/// The threads around the cycle, from `me` on, each waiting for the next.
fn cycle(shared: &Shared, me: ThreadId) -> Option<Vec<ThreadId>> {
    let mut cycle = vec![me];
    let mut last = me;
    loop {
        let Some(next) = waits_for(shared, last) else {
            // It may wait for any of several.
            return if rows(shared, last).is_empty() { None } else { knot(shared, me) };
        };
        if next == me {
            return Some(cycle);
        }
        if cycle.contains(&next) {
            return None; // a cycle that closed before
        }
        cycle.push(next);
        last = next;
    }
}

/// Likewise, where threads wait for any of several others: a task that nobody has begun waits for any worker of its pool.
fn knot(shared: &Shared, me: ThreadId) -> Option<Vec<ThreadId>> {
    // The threads that wait for each other alone: the greatest fixpoint of that.
    let mut waits: Vec<Vec<Vec<ThreadId>>> = vec![Vec::new(); shared.threads.len()];
    living(shared).for_each(|thread| waits[thread.index()] = rows(shared, thread));
    while let Some(free) = (0..waits.len()).find(|&index| {
        let goes_on =
            |thread: &ThreadId| shared.record(*thread).phase == Phase::Alive && waits[thread.index()].is_empty();
        !waits[index].is_empty() && waits[index].iter().all(|row| row.iter().any(goes_on))
    }) {
        waits[free].clear();
    }
    let waits_for =
        |thread: ThreadId, other: ThreadId| waits[thread.index()].iter().flatten().any(|next| *next == other);
    let mut path = vec![me];
    while let Some(next) = path.last().and_then(|last| {
        let caught = |next: &&ThreadId| !waits[next.index()].is_empty() && !path.contains(next);
        waits[last.index()].iter().flatten().find(caught)
    }) {
        path.push(*next);
    }
    let end = path.iter().rposition(|thread| waits_for(*thread, me))?;
    path.truncate(end + 1);
    Some(path)
}

/// `thread`, whom nobody can help, waits for a lock whose owner is over.
fn dead_owner_of(shared: &Shared, thread: ThreadId) -> Option<Trouble> {
    let Blocker::Lock(lock) = on(shared, thread)? else { return None };
    let owner = held::owner(shared.sight_of(thread), lock)?;
    let over = matches!(shared.record(owner).phase, Phase::Over(_));
    over.then(|| trouble(shared, TroubleKind::DeadOwner { lock, owner }, &[owner, thread]))
}

/// The locks that a thread held when it ended, each with the threads that wait for it. One that another thread may yet
/// release does not count, nor one that a thread left taken when it returned, unless somebody waits for it whom nobody can
/// help.
pub(in crate::machine) fn check_dead_owner(shared: &Shared, image: &Image, dead: ThreadId) -> Vec<Trouble> {
    let held = &shared.record(dead).holds;
    if held.is_empty() {
        return Vec::new();
    }
    let returned = shared.record(dead).phase == Phase::Over(Ending::Finished);
    let mut outlook = Outlook::of(shared, image);
    let (helpable, _) = helpable(&mut outlook, false);
    let mut one = |lock: ObjectId| {
        let waits = |thread: &ThreadId| on(shared, *thread) == Some(Blocker::Lock(lock));
        let waiters = concerned(shared, dead, lock).filter(waits);
        let threads: Vec<ThreadId> = std::iter::once(dead).chain(waiters).collect();
        let hopeless = threads[1..].iter().any(|waiter| !helpable[waiter.index()]);
        let matters = hopeless || !returned && !anybody_releases(&mut outlook, &helpable, lock, dead);
        matters.then(|| trouble(shared, TroubleKind::DeadOwner { lock, owner: dead }, &threads))
    };
    held.iter().filter_map(|(lock, _)| one(*lock)).collect()
}

/// Remembers that a trouble was reported, so that it is reported once: until the threads in it stand elsewhere.
pub(in crate::machine) fn remember(shared: &mut Shared, trouble: &Trouble) {
    let mut reported = std::mem::take(&mut shared.reported);
    reported.retain(|(thread, blocker)| on(shared, *thread) == Some(*blocker));
    learn(shared, &mut reported, trouble);
    shared.reported = reported;
}

/// Adds the threads of a trouble, with what they wait for.
fn learn(shared: &Shared, known: &mut Vec<(ThreadId, Blocker)>, trouble: &Trouble) {
    for involved in &trouble.threads {
        if let Some(entry) = on(shared, involved.thread).map(|blocker| (involved.thread, blocker))
            && !known.contains(&entry)
        {
            known.push(entry);
        }
    }
}

/// Whether a trouble was reported of the thread as it stands.
pub(in crate::machine) fn is_reported(shared: &Shared, thread: ThreadId) -> bool {
    is_known(shared, &shared.reported, thread)
}

fn is_known(shared: &Shared, known: &[(ThreadId, Blocker)], thread: ThreadId) -> bool {
    on(shared, thread).is_some_and(|on| known.contains(&(thread, on)))
}

fn living(shared: &Shared) -> impl Iterator<Item = ThreadId> + '_ {
    let rows = (0..).map(ThreadId).zip(shared.threads.iter());
    rows.filter(|(_, record)| record.phase == Phase::Alive).map(|(thread, _)| thread)
}

/// The threads of the same process that are alive: objects of one process concern no other.
fn fellows(shared: &Shared, thread: ThreadId) -> impl Iterator<Item = ThreadId> + '_ {
    let process = shared.record(thread).process;
    living(shared).filter(move |other| shared.record(*other).process == process)
}

/// The threads that are alive and can reach the object: those of the same process, or all.
fn concerned(shared: &Shared, thread: ThreadId, object: ObjectId) -> impl Iterator<Item = ThreadId> + '_ {
    let process = shared.record(thread).process;
    living(shared).filter(move |other| object.is_of_world() || shared.record(*other).process == process)
}

fn trouble(shared: &Shared, kind: TroubleKind, threads: &[ThreadId]) -> Trouble {
    let involved = |thread: &ThreadId| {
        let record = shared.record(*thread);
        let waits_for = record.waiting.as_ref().map(|waiting| waiting.on);
        Involved { thread: *thread, line: record.line, waits_for, holds: record.holds.clone() }
    };
    Trouble { kind, threads: threads.iter().map(involved).collect() }
}

/// Whether what a thread stands before may last forever.
pub(in crate::machine) fn may_last(shared: &Shared, thread: ThreadId) -> bool {
    endless(shared, thread).is_some()
}

/// What a thread stands before that may last forever.
fn endless(shared: &Shared, thread: ThreadId) -> Option<&Waiting> {
    let record = shared.record(thread);
    if record.doom.is_some() || shared.is_interrupted(thread) || record.phase != Phase::Alive {
        return None;
    }
    record.waiting.as_ref().filter(|waiting| !waiting.ready && waiting.until.is_none())
}

fn on(shared: &Shared, thread: ThreadId) -> Option<Blocker> {
    endless(shared, thread).map(|waiting| waiting.on)
}

/// The one thread that could let `thread` go on, if there is one and it is alive.
fn waits_for(shared: &Shared, thread: ThreadId) -> Option<ThreadId> {
    let other = match on(shared, thread)? {
        Blocker::Lock(lock) => held::owner(shared.sight_of(thread), lock)?,
        Blocker::Thread(other) => other,
        Blocker::Object(object) => future::maker(shared.process_of(thread), object)?,
        Blocker::Shutdown
        | Blocker::Time
        | Blocker::Signal
        | Blocker::Outside
        | Blocker::Frozen
        | Blocker::Delayed
        | Blocker::Change => {
            return None;
        }
    };
    (shared.record(other).phase == Phase::Alive).then_some(other)
}

/// The threads that alone can let `thread` go on: it needs one of each row. No rows: nobody in particular.
fn rows(shared: &Shared, thread: ThreadId) -> Vec<Vec<ThreadId>> {
    match (on(shared, thread), waits_for(shared, thread)) {
        (_, Some(other)) => vec![vec![other]],
        (Some(Blocker::Object(object)), None) => futures::makers(shared.process_of(thread), object),
        _ => Vec::new(),
    }
}

/// Whether the thread is a worker of a pool that has nothing to do: that is no trouble.
fn waits_for_work(shared: &Shared, thread: ThreadId) -> bool {
    match on(shared, thread) {
        Some(Blocker::Object(object)) => {
            matches!(shared.process_of(thread).heap.get(object), Some(Object::Pool(_)))
        }
        Some(
            Blocker::Lock(_)
            | Blocker::Thread(_)
            | Blocker::Shutdown
            | Blocker::Time
            | Blocker::Signal
            | Blocker::Outside
            | Blocker::Frozen
            | Blocker::Delayed
            | Blocker::Change,
        )
        | None => false,
    }
}

/// For each thread, whether it can go on, or may yet be let go on by one that can: the least fixpoint of that. With
/// `circles`, one that goes round in a loop has to be helped out of it. And whether anybody can be helped only by one who
/// may yet release a lock that is not its own.
fn helpable(outlook: &mut Outlook<'_>, circles: bool) -> (Vec<bool>, bool) {
    let mut helpable = vec![false; outlook.shared.threads.len()];
    let mut suspected = false;
    loop {
        let plainly = |thread: &ThreadId, outlook: &mut Outlook<'_>, helpable: &[bool]| {
            !helpable[thread.index()] && can_be_helped(outlook, *thread, helpable, circles)
        };
        let mut changed = false;
        for thread in living(outlook.shared) {
            if plainly(&thread, outlook, &helpable) {
                helpable[thread.index()] = true;
                changed = true;
            }
        }
        if changed {
            continue;
        }
        // What others' code may come to is asked last: it takes longest.
        let mut left = living(outlook.shared).filter(|thread| !helpable[thread.index()]);
        let Some(helped) = left.find(|thread| may_be_given(outlook, *thread, &helpable)) else {
            return (helpable, suspected);
        };
        helpable[helped.index()] = true;
        suspected = true;
    }
}

fn can_be_helped(outlook: &mut Outlook<'_>, thread: ThreadId, helpable: &[bool], circles: bool) -> bool {
    let shared = outlook.shared;
    let rests = on(shared, thread) == Some(Blocker::Change);
    let process = shared.process_of(thread);
    if thread == process.household.main && process.household.signals.are_handled() {
        return true; // a signal from outside can help it
    }
    if (circles || rests)
        && goes_round(shared, thread)
        && let Some(circle) = outlook.circle(thread)
    {
        let mut others = fellows(shared, thread).filter(|other| helps(shared, *other, thread, helpable));
        return others.any(|other| outlook.may_end(other, circle));
    }
    let Some(waiting) = endless(shared, thread) else { return true };
    if may_be_ended(shared, thread, helpable) {
        return true;
    }
    let over = |other: ThreadId| matches!(shared.record(other).phase, Phase::Over(_));
    let helps = |other: &ThreadId| helps(shared, *other, thread, helpable);
    match waiting.on {
        Blocker::Time | Blocker::Signal | Blocker::Outside | Blocker::Frozen | Blocker::Delayed | Blocker::Change => {
            true
        }
        Blocker::Object(object) => {
            let rows = rows(shared, thread);
            let somebody = || concerned(shared, thread, object).any(|other| helps(&other));
            if rows.is_empty() { somebody() } else { rows.iter().all(|row| row.iter().any(helps)) }
        }
        Blocker::Thread(other) => over(other) || helpable[other.index()],
        Blocker::Lock(lock) => {
            held::owner(shared.sight_of(thread), lock).is_none_or(|owner| !over(owner) && helps(&owner))
        }
        Blocker::Shutdown => fellows(shared, thread)
            .filter(|other| *other != thread && !shared.record(*other).daemon)
            .all(|other| helpable[other.index()]),
    }
}

/// Whether the process that made the thread's own has ended another one that it had made, by a signal: it may end this one,
/// too, as long as it can go on.
fn may_be_ended(shared: &Shared, thread: ThreadId, helpable: &[bool]) -> bool {
    let Some(parent) = shared.process_of(thread).household.parent else { return false };
    let was_ended = |process: &Process| {
        process.household.parent == Some(parent) && process.household.status.is_some_and(|code| code < 0)
    };
    shared.processes.iter().any(|(_, process)| was_ended(process))
        && fellows(shared, shared.processes[parent].household.main).any(|other| helps(shared, other, thread, helpable))
}

/// Whether `other` can still do something for `thread`.
fn helps(shared: &Shared, other: ThreadId, thread: ThreadId, helpable: &[bool]) -> bool {
    other != thread && helpable[other.index()] && acts(shared, other)
}

/// Whether the thread waits for a plain lock that somebody may yet release who does not hold it.
fn may_be_given(outlook: &mut Outlook<'_>, thread: ThreadId, helpable: &[bool]) -> bool {
    match on(outlook.shared, thread) {
        Some(Blocker::Lock(lock)) => anybody_releases(outlook, helpable, lock, thread),
        _ => false,
    }
}

/// Whether a thread other than `but` may yet come to a release of the lock.
fn anybody_releases(outlook: &mut Outlook<'_>, helpable: &[bool], lock: ObjectId, but: ThreadId) -> bool {
    let shared = outlook.shared;
    held::anybody_releases(shared.sight_of(but), lock)
        && concerned(shared, but, lock)
            .any(|other| helps(shared, other, but, helpable) && outlook.may_release(other, lock))
}

/// Whether nothing but what it looks at keeps the thread, which is alive, in a loop that it is in.
fn goes_round(shared: &Shared, thread: ThreadId) -> bool {
    let record = shared.record(thread);
    let waits = record.waiting.as_ref().is_some_and(|waiting| waiting.until.is_none() && waiting.on != Blocker::Change);
    record.doom.is_none() && !record.is_held_up() && !waits
}

/// The threads that go round in a loop out of which nobody can help them.
fn circling(outlook: &mut Outlook<'_>) -> Vec<ThreadId> {
    let shared = outlook.shared;
    let goes = |thread: &ThreadId| on(shared, *thread).is_none() && goes_round(shared, *thread);
    let candidates: Vec<ThreadId> =
        living(shared).filter(goes).filter(|thread| outlook.circle(*thread).is_some()).collect();
    if candidates.is_empty() {
        return candidates;
    }
    let (helpable, _) = helpable(outlook, true);
    // A daemon that the end of the program will cut off does no harm.
    let ends = living(shared).any(|thread| !shared.record(thread).daemon && helpable[thread.index()]);
    let spared = |thread: &ThreadId| helpable[thread.index()] || ends && shared.record(*thread).daemon;
    candidates.into_iter().filter(|thread| !spared(thread)).collect()
}

/// Whether a thread will yet do something for others: the main thread at the end of the program will not.
fn acts(shared: &Shared, thread: ThreadId) -> bool {
    shared.record(thread).waiting.as_ref().is_none_or(|waiting| waiting.on != Blocker::Shutdown)
}

/// The stuck threads that need no further report: those of which a trouble was reported, and those that wait for such a
/// thread to end, or for the task that it does.
fn covered(shared: &Shared, stuck: &[ThreadId], known: &[(ThreadId, Blocker)]) -> Vec<ThreadId> {
    let mut covered: Vec<ThreadId> = stuck.iter().copied().filter(|thread| is_known(shared, known, *thread)).collect();
    loop {
        let before = covered.len();
        for thread in stuck {
            let waits = match on(shared, *thread) {
                Some(Blocker::Shutdown) => !covered.is_empty(),
                Some(Blocker::Lock(_)) => false,
                Some(
                    Blocker::Object(_)
                    | Blocker::Thread(_)
                    | Blocker::Time
                    | Blocker::Signal
                    | Blocker::Outside
                    | Blocker::Frozen
                    | Blocker::Delayed
                    | Blocker::Change,
                )
                | None => rows(shared, *thread).iter().flatten().any(|other| covered.contains(other)),
            };
            if waits && !covered.contains(thread) {
                covered.push(*thread);
            }
        }
        if covered.len() == before {
            return covered;
        }
    }
}

/// That a thread goes round in a loop for ever.
pub(in crate::machine) fn endless_loop(shared: &Shared, thread: ThreadId, what: &str) -> Trouble {
    trouble(shared, TroubleKind::BusyWait { what: what.into() }, &[thread])
}
