//! What is wrong with the program's threads: cycles of threads that wait for each other, threads that nobody can help any
//! more, locks whose owner is over.

use super::object::Object;
use super::shared::{Phase, Shared, Waiting};
use super::sync::{future, futures, held};
use crate::base::{ObjectId, ThreadId};
use crate::event::{Blocker, Ending, Involved, Trouble, TroubleKind};

/// The cycle that closes now that `me` has just blocked: a thread that waits for a lock waits for its owner, one that joins
/// waits for the other thread, one that waits for a task waits for the worker that does it or has to begin it. Bounded waits
/// end by themselves and close no cycle.
pub(super) fn check_block(shared: &Shared, me: ThreadId) -> Option<Trouble> {
    if let Some(trouble) = dead_owner_of(shared, me) {
        return Some(trouble);
    }
    let cycle = cycle(shared, me)?;
    // A plain lock may be a signal: whoever takes it twice counts on another thread to release it.
    if cycle.len() == 1 && can_be_helped(shared, me, &helpable(shared)) {
        return None;
    }
    Some(trouble(shared, TroubleKind::Deadlock, &cycle))
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

/// `me` has just blocked on a lock whose owner is over, and nobody is left who could release it.
fn dead_owner_of(shared: &Shared, me: ThreadId) -> Option<Trouble> {
    let lock = match on(shared, me)? {
        Blocker::Lock(lock) => lock,
        _ => return None,
    };
    let owner = held::owner(shared, lock)?;
    let over = matches!(shared.record(owner).phase, Phase::Over(_));
    let hopeless = over && !can_be_helped(shared, me, &helpable(shared));
    hopeless.then(|| trouble(shared, TroubleKind::DeadOwner { lock, owner }, &[owner, me]))
}

/// The threads that nobody can help any more, if there are any and no trouble that was reported says why; first one of them
/// that waits for itself.
pub(super) fn check_stuck(shared: &Shared) -> Option<Trouble> {
    let helpable = helpable(shared);
    let concerned = |thread: &ThreadId| !helpable[thread.index()] && !waits_for_work(shared, *thread);
    let stuck: Vec<ThreadId> = living(shared).filter(concerned).collect();
    let covered = covered(shared, &stuck);
    let news: Vec<ThreadId> = stuck.into_iter().filter(|thread| !covered.contains(thread)).collect();
    // One that took its own lock again, when somebody could still have helped.
    if let Some(caught) = news.iter().find(|thread| waits_for(shared, **thread) == Some(**thread)) {
        return Some(trouble(shared, TroubleKind::Deadlock, &[*caught]));
    }
    let matters =
        news.iter().any(|thread| !shared.record(*thread).daemon && on(shared, *thread) != Some(Blocker::Shutdown));
    matters.then(|| trouble(shared, TroubleKind::Stuck, &news))
}

/// The locks that a thread held when it ended, each with the threads that wait for it. A lock that a thread left taken when
/// it returned may be meant for another thread to release: it counts once somebody waits for it whom nobody can help.
pub(super) fn check_dead_owner(shared: &Shared, dead: ThreadId) -> Vec<Trouble> {
    let returned = shared.record(dead).phase == Phase::Over(Ending::Finished);
    let one = |lock: ObjectId| {
        let waits = |thread: &ThreadId| on(shared, *thread) == Some(Blocker::Lock(lock));
        let threads: Vec<ThreadId> = std::iter::once(dead).chain(living(shared).filter(waits)).collect();
        let hopeless = || {
            let helpable = helpable(shared);
            threads[1..].iter().any(|waiter| !can_be_helped(shared, *waiter, &helpable))
        };
        let matters = !returned || hopeless();
        matters.then(|| trouble(shared, TroubleKind::DeadOwner { lock, owner: dead }, &threads))
    };
    shared.record(dead).holds.iter().filter_map(|(lock, _)| one(*lock)).collect()
}

/// Remembers that a trouble was reported, so that it is reported once: until the threads in it stand elsewhere.
pub(super) fn remember(shared: &mut Shared, trouble: &Trouble) {
    let mut reported = std::mem::take(&mut shared.reported);
    reported.retain(|(thread, blocker)| on(shared, *thread) == Some(*blocker));
    for involved in &trouble.threads {
        if let Some(entry) = involved.waits_for.map(|blocker| (involved.thread, blocker))
            && !reported.contains(&entry)
        {
            reported.push(entry);
        }
    }
    reported.sort_unstable();
    shared.reported = reported;
}

fn living(shared: &Shared) -> impl Iterator<Item = ThreadId> + '_ {
    let rows = (0..).map(ThreadId).zip(&shared.threads);
    rows.filter(|(_, record)| record.phase == Phase::Alive).map(|(thread, _)| thread)
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
pub(super) fn may_last(shared: &Shared, thread: ThreadId) -> bool {
    endless(shared, thread).is_some()
}

/// What a thread stands before that may last forever.
fn endless(shared: &Shared, thread: ThreadId) -> Option<&Waiting> {
    let record = shared.record(thread);
    let interrupted = thread == ThreadId::MAIN && shared.signals.urgent;
    if record.doom.is_some() || interrupted || record.phase != Phase::Alive {
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
        Blocker::Lock(lock) => held::owner(shared, lock)?,
        Blocker::Thread(other) => other,
        Blocker::Object(object) => future::maker(shared, object)?,
        Blocker::Shutdown | Blocker::Time | Blocker::Signal | Blocker::Frozen | Blocker::Delayed => return None,
    };
    (shared.record(other).phase == Phase::Alive).then_some(other)
}

/// The threads that alone can let `thread` go on: it needs one of each row. No rows: nobody in particular.
fn rows(shared: &Shared, thread: ThreadId) -> Vec<Vec<ThreadId>> {
    match (on(shared, thread), waits_for(shared, thread)) {
        (_, Some(other)) => vec![vec![other]],
        (Some(Blocker::Object(object)), None) => futures::makers(shared, object),
        _ => Vec::new(),
    }
}

/// Whether the thread is a worker of a pool that has nothing to do: that is no trouble.
fn waits_for_work(shared: &Shared, thread: ThreadId) -> bool {
    match on(shared, thread) {
        Some(Blocker::Object(object)) => matches!(shared.heap.get(object), Some(Object::Pool(_))),
        _ => false,
    }
}

/// For each thread, whether it can go on, or may yet be let go on by one that can: the least fixpoint of that.
fn helpable(shared: &Shared) -> Vec<bool> {
    let mut helpable = vec![false; shared.threads.len()];
    loop {
        let mut changed = false;
        for thread in living(shared) {
            if !helpable[thread.index()] && can_be_helped(shared, thread, &helpable) {
                helpable[thread.index()] = true;
                changed = true;
            }
        }
        if !changed {
            return helpable;
        }
    }
}

fn can_be_helped(shared: &Shared, thread: ThreadId, helpable: &[bool]) -> bool {
    let Some(waiting) = endless(shared, thread) else { return true };
    if thread == ThreadId::MAIN && shared.signals.are_handled() {
        return true; // whoever sends a signal can help it
    }
    let over = |other: ThreadId| matches!(shared.record(other).phase, Phase::Over(_));
    let helps = |other: &ThreadId| *other != thread && helpable[other.index()] && acts(shared, *other);
    let somebody = || living(shared).any(|other| helps(&other));
    match waiting.on {
        Blocker::Time | Blocker::Signal | Blocker::Frozen | Blocker::Delayed => true,
        Blocker::Object(_) => {
            let rows = rows(shared, thread);
            if rows.is_empty() { somebody() } else { rows.iter().all(|row| row.iter().any(helps)) }
        }
        Blocker::Thread(other) => over(other) || helpable[other.index()],
        Blocker::Lock(lock) => match held::owner(shared, lock) {
            None => true,
            Some(owner) if over(owner) => held::anybody_releases(shared, lock) && somebody(),
            Some(owner) if owner == thread => held::anybody_releases(shared, lock) && somebody(),
            Some(owner) => helpable[owner.index()] && acts(shared, owner),
        },
        Blocker::Shutdown => living(shared)
            .filter(|other| *other != thread && !shared.record(*other).daemon)
            .all(|other| helpable[other.index()]),
    }
}

/// Whether a thread will yet do something for others: the main thread at the end of the program will not.
fn acts(shared: &Shared, thread: ThreadId) -> bool {
    shared.record(thread).waiting.as_ref().is_none_or(|waiting| waiting.on != Blocker::Shutdown)
}

/// The stuck threads that need no further report: those of which a trouble was reported, and those that wait for them.
fn covered(shared: &Shared, stuck: &[ThreadId]) -> Vec<ThreadId> {
    let was_reported =
        |thread: &ThreadId| on(shared, *thread).is_some_and(|on| shared.reported.contains(&(*thread, on)));
    let mut covered: Vec<ThreadId> = stuck.iter().copied().filter(was_reported).collect();
    loop {
        let before = covered.len();
        for thread in stuck {
            let waits = match on(shared, *thread) {
                Some(Blocker::Shutdown) => !covered.is_empty(),
                _ => rows(shared, *thread).iter().flatten().any(|other| covered.contains(other)),
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
