//! What the model makes of events.

use super::super::samples::{self, Script, object};
use super::super::timeline::Axis;
use super::*;
use crate::event::Shown;
use proptest::prelude::*;

#[test]
fn a_deadlock_marks_its_threads_and_keeps_who_holds_what() {
    let model = samples::deadlock();
    let (left, right) = (&model.threads()[1], &model.threads()[2]);
    assert!(left.is_deadlocked() && right.is_deadlocked() && !model.threads()[0].is_deadlocked());
    assert_eq!((left.state, right.state), (ThreadState::Blocked, ThreadState::Blocked));
    assert_eq!(left.held.iter().map(|held| held.line).collect::<Vec<_>>(), [8]);
    let a = &model.objects()[0];
    assert_eq!((&*a.name, a.owner(), a.waiters.as_slice()), ("a", Some(left.id), &[right.id][..]));
    assert!(model.deadlock().is_some());
}

#[test]
fn names_are_safe_and_each_is_used_once() {
    let mut script = Script::new("x = 1\n", &[]);
    script.thread(1, "wor\u{202e}ker").thread(2, "wor\u{202e}ker").lock(0, "q").lock(1, "q").lock(2, "q");
    let model = script.model();
    let threads: Vec<_> = model.threads().iter().map(|thread| &*thread.name).collect();
    assert_eq!(threads, ["main", "wor<U+202E>ker", "wor<U+202E>ker#2"]);
    let objects: Vec<_> = model.objects().iter().map(|object| &*object.name).collect();
    assert_eq!(objects, ["q", "q#2", "q#3"]);
}

#[test]
fn a_queue_remembers_how_full_it_was() {
    let model = samples::producer_consumer();
    let queue = model.objects().iter().find(|object| object.kind == ObjectKind::Queue).unwrap();
    assert!(matches!(queue.detail, Detail::Queue { capacity: 4, .. }));
    assert_eq!(queue.depth_limit(), 4);
    assert_eq!(queue.depth_at(Axis::Story, 0), None);
    assert!(queue.deepest >= 3);
    assert_eq!(model.data().iter().map(|datum| &*datum.name).collect::<Vec<_>>(), ["made"]);
}

#[test]
fn a_run_without_end_is_kept_within_bounds_and_the_lanes_still_know_it() {
    let mut script = Script::new("", &[]);
    script.thread(1, "a").lock(0, "l").takes(1, 2, 0);
    let mut model = script.model();
    let (early, early_shown) = (model.clone(), format!("{model:?}"));
    let stop = EventKind::Blocked { on: Blocker::Time, until: None };
    let total = 3 * LOG_LIMIT as u64;
    for seq in model.event_count()..total {
        let kind = if seq % 2 == 0 { stop.clone() } else { EventKind::Slept };
        model.apply(&Event { seq, step: seq, at: seq + samples::TICK * 9, thread: ThreadId(1), line: 3, kind });
    }
    assert_eq!((model.event_count(), model.event(0)), (total, None));
    assert!(model.log().len() <= LOG_LIMIT && model.event(total - 1).is_some_and(|last| last.seq == total - 1));
    let thread = &model.threads()[1];
    assert!(thread.events.len() <= LOG_LIMIT && thread.timeline.spans().len() < LOG_LIMIT);
    assert_eq!(thread.events.first().map(|&seq| seq >= model.folded()), Some(true));
    assert!(thread.holds_lock(samples::object(0)), "what was taken long ago is still held");
    assert_eq!(format!("{early:?}"), early_shown, "a clone stays as it was");
    let early = thread.timeline.slice(Axis::Story, 1000 * Axis::STEP, 2000 * Axis::STEP).unwrap();
    assert!(early.states.has(ThreadState::Waiting) && early.states.has(ThreadState::Running));
}

#[test]
fn waiters_stand_in_line_until_they_go_on() {
    let mut script = Script::new("", &[]);
    script.thread(1, "a").thread(2, "b").lock(0, "l");
    script.does(0, 1, EventKind::Acquired { object: samples::object(0), depth: 1, limited: false });
    script.blocks_on_lock(2, 3, 0).blocks_on_lock(1, 3, 0);
    assert_eq!(script.model().objects()[0].waiters, [ThreadId(2), ThreadId(1)]);
    script.does(0, 2, EventKind::Released { object: samples::object(0), depth: 0 });
    script.does(2, 3, EventKind::Ready { by: Some(ThreadId(0)) });
    let model = script.model();
    assert_eq!((model.objects()[0].owner(), &model.objects()[0].waiters[..]), (None, &[ThreadId(1)][..]));
    assert!(model.threads()[0].held.is_empty());
}

#[test]
fn a_lock_released_by_another_thread_leaves_its_owner() {
    let mut script = Script::new("", &[]);
    script.thread(1, "a").lock(0, "l");
    script.does(0, 1, EventKind::Acquired { object: samples::object(0), depth: 1, limited: false });
    script.does(1, 2, EventKind::Released { object: samples::object(0), depth: 0 });
    let model = script.model();
    assert!(model.threads()[0].held.is_empty() && model.threads()[0].holds[0].to.is_some());
}

/// What may happen in a run of four threads, two locks and a queue.
fn anything() -> impl Strategy<Value = (u32, EventKind)> {
    let slot = || (0u32..2).prop_map(object);
    let (lock, queue) = (object(0), object(2));
    let kind = prop_oneof![
        slot().prop_map(|object| EventKind::Acquired { object, depth: 1, limited: false }),
        slot().prop_map(|object| EventKind::Released { object, depth: 0 }),
        slot().prop_map(|object| EventKind::Blocked { on: Blocker::Lock(object), until: None }),
        Just(EventKind::Blocked { on: Blocker::Object(queue), until: Some(7) }),
        (0u32..5).prop_map(|by| EventKind::Ready { by: Some(ThreadId(by)) }),
        (0i64..9).prop_map(move |it| EventKind::Put { object: queue, item: Shown::Int(it), depth: 3, bytes: 0 }),
        (0i64..9).prop_map(move |it| EventKind::Got { object: queue, item: Shown::Int(it), depth: 2, bytes: 0 }),
        Just(EventKind::Notified { object: queue, woken: 1 }),
        (0u32..600).prop_map(|slot| EventKind::Asked { object: object(slot), answer: Shown::Bool(true) }),
        (0u32..600).prop_map(|slot| EventKind::EventSet { object: object(slot) }),
        (0u32..2).prop_map(|name| EventKind::Wrote {
            place: Place::Global(crate::base::Symbol(name)),
            value: Shown::Text(Arc::from("value")),
        }),
        "[a-z]{0,3}\n?".prop_map(|text| EventKind::Printed { text: text.into(), error: false }),
        "[a-z]{1,2}".prop_map(|name| EventKind::ThreadRenamed { target: ThreadId(3), name: name.into() }),
        Just(EventKind::FaultInjected { fault: Fault::LeakLock { lock, nth: 1 } }),
        slot().prop_map(|lock| EventKind::FaultInjected { fault: Fault::TakeLock { lock } }),
        (0u32..5).prop_map(|it| EventKind::FaultInjected { fault: Fault::Slow { thread: ThreadId(it), time: 1 } }),
        Just(EventKind::FaultFired { object: lock }),
        Just(EventKind::Trouble(Arc::new(samples::cycle()))),
    ];
    (0u32..5, kind)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_clone_is_the_model_of_its_moment_and_stays_so(
        events in prop::collection::vec(anything(), 1..2_000),
        moments in prop::collection::vec(0usize..2_000, 1..5),
    ) {
        let mut script = Script::new("total = 1\n", &["total", "made"]);
        for id in 1..5 {
            script.thread(id, "worker");
        }
        let before = script.events.len();
        for (thread, kind) in events {
            script.does(thread, 5, kind);
        }
        let mut model = Model::new(script.legend.clone());
        let mut clones = Vec::new();
        for (index, event) in script.events.iter().enumerate() {
            if moments.contains(&index.saturating_sub(before)) {
                clones.push((index, model.clone()));
            }
            model.apply(event);
        }
        for (count, mut clone) in clones {
            let mut fresh = Model::new(script.legend.clone());
            script.events[..count].iter().for_each(|event| fresh.apply(event));
            prop_assert_eq!(format!("{clone:?}"), format!("{fresh:?}"));
            script.events[count..].iter().for_each(|event| clone.apply(event));
            prop_assert_eq!(format!("{clone:?}"), format!("{model:?}"), "it goes on as the original did");
        }
    }
}
