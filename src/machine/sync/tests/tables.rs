//! Which thread does what, and which states follow: one table for each primitive.

use super::*;
use crate::machine::sync::shared::{Armed, Lurking};

#[test]
fn a_released_lock_belongs_to_nobody_until_someone_takes_it() {
    let mut world = World::new(2, "a Lock");
    world.table(
        "0 acquire a = true
         1 acquire a = blocked | go blocked go
         2 acquire a = blocked | go blocked blocked
         0 locked a = true
         0 release a = None    | go ready ready
         2 again = true        | go blocked go
         1 again = blocked
         0 acquire a 0 = false
         0 release a = None    | go ready go
         0 release a = RuntimeError: release unlocked lock",
    );
}

#[test]
fn any_thread_may_release_a_lock_and_its_holder_loses_it() {
    let mut world = World::new(1, "a Lock, b Lock");
    world.table("0 acquire a\n0 acquire b");
    assert_eq!(world.holds(0), [world.id("a"), world.id("b")]);
    world.table("1 release a = None");
    assert_eq!((world.holds(0), world.holds(1)), (vec![world.id("b")], vec![]));
}

#[test]
fn a_bounded_attempt_ends_when_its_time_is_over() {
    let mut world = World::new(1, "a Lock");
    world.table(
        "0 acquire a
         now 100
         1 acquire a 50 = blocked | go blocked",
    );
    let until = |world: &World| world.shared.threads[1].waiting.as_ref().and_then(|waiting| waiting.until);
    assert_eq!(until(&world), Some(150));
    world.table("now 120\n1 again = blocked"); // the limit is that of the first attempt
    assert_eq!(until(&world), Some(150));
    assert_eq!(world.shared.standing(ThreadId(1)), crate::machine::sync::shared::Standing::Waiting(Some(150)));
    world.table("now 150");
    assert_eq!(world.shared.standing(ThreadId(1)), crate::machine::sync::shared::Standing::TimedOut);
    world.events();
    world.table("1 late = false | go go");
    assert_eq!(world.events(), ["T1 TimedOut { on: Lock(a) }"]);
}

#[test]
fn an_rlock_counts_how_often_its_owner_took_it() {
    let mut world = World::new(1, "r RLock");
    world.table(
        "0 acquire r = true
         0 acquire r = true
         1 acquire r = blocked | go blocked
         1 release r = RuntimeError: cannot release un-acquired lock
         1 acquire r = blocked
         0 release r = None    | go blocked
         0 release r = None    | go ready
         0 release r = RuntimeError: cannot release un-acquired lock
         1 again = true        | go go",
    );
    assert_eq!((world.holds(0), world.holds(1)), (vec![], vec![world.id("r")]));
}

#[test]
fn events_of_a_lock_say_how_deep_it_is_held() {
    let mut world = World::new(0, "r RLock");
    assert_eq!(
        world.events(),
        ["T0 ObjectShown { object: r, what: RLock, name: \"r\", state: Lock { owner: None, depth: 0 } }"]
    );
    world.table("0 acquire r\n0 acquire r\n0 release r\n0 release r");
    assert_eq!(
        world.events(),
        [
            "T0 Acquired { object: r, depth: 1, limited: false }",
            "T0 Acquired { object: r, depth: 2, limited: false }",
            "T0 Released { object: r, depth: 1 }",
            "T0 Released { object: r, depth: 0 }"
        ]
    );
}

#[test]
fn notify_wakes_in_the_order_of_waiting_and_the_woken_need_the_lock() {
    let mut world = World::new(3, "c Condition");
    world.table(
        "2 acquire c
         2 wait c = waiting
         1 acquire c
         1 wait c = waiting
         3 acquire c
         3 wait c = waiting      | go waiting waiting waiting
         0 acquire c = true
         0 notify c 2 = None     | go blocked blocked waiting
         0 release c             | go ready ready waiting
         1 again = true          | go go blocked waiting
         1 release c             | go go ready waiting
         2 again = true
         2 notify c = None       | go go go blocked
         2 release c             | go go go ready
         3 again = true",
    );
}

#[test]
fn notify_says_whom_it_woke_and_what_they_stand_before_now() {
    let mut world = World::new(1, "l Lock, c Condition l");
    world.table("1 acquire l\n1 wait c\n0 acquire c");
    world.events();
    world.table("0 notify c");
    assert_eq!(world.events(), ["T0 Notified { object: c, woken: 1 }", "T1 Blocked { on: Lock(l), until: None }"]);
}

#[test]
fn a_wait_gives_up_an_rlock_whatever_its_depth_and_gets_it_back_as_deep() {
    let mut world = World::new(1, "r RLock, c Condition r");
    world.table(
        "0 acquire c
         0 acquire r
         0 acquire r
         0 wait c = waiting
         1 acquire r = true
         1 notify c
         1 release r      | ready go
         0 again = true",
    );
    let Some(Object::RLock(state)) = world.process().heap.get(world.id("r")) else { panic!() };
    assert_eq!((state.owner, state.depth), (Some(ThreadId(0)), 3));
}

#[test]
fn a_wait_that_times_out_still_needs_the_lock_and_swallows_a_notify_meanwhile() {
    let mut world = World::new(2, "c Condition");
    world.table(
        "1 acquire c
         1 wait c 10 = waiting
         2 acquire c
         2 wait c = waiting
         0 acquire c
         1 late = blocked       | go blocked waiting
         0 notify c 1 = None    | go blocked waiting
         0 release c            | go ready waiting
         1 again = false        | go go waiting
         1 notify c 1           | go go blocked",
    );
}

#[test]
fn a_wait_without_time_gives_the_lock_up_all_the_same() {
    let mut world = World::new(1, "c Condition");
    world.table(
        "0 acquire c
         0 wait c 0 = blocked | ready go
         1 acquire c = true   | blocked go
         1 release c          | ready go
         0 again = false",
    );
}

#[test]
fn waiting_and_notifying_need_the_lock() {
    let mut world = World::new(1, "c Condition, l Lock, d Condition l");
    world.table(
        "0 wait c = RuntimeError: cannot wait on un-acquired lock
         0 notify c = RuntimeError: cannot notify on un-acquired lock
         1 acquire c
         0 wait c = RuntimeError: cannot wait on un-acquired lock
         0 release c = RuntimeError: cannot release un-acquired lock
         0 release d = RuntimeError: release unlocked lock
         1 acquire l
         0 notify d = None",
    );
}

#[test]
fn a_dropped_notify_wakes_nobody_and_a_leaked_lock_stays_held_once() {
    let mut world = World::new(1, "a Lock, c Condition a");
    world.table("1 acquire c\n1 wait c\n0 acquire c");
    world.process_mut().household.armed = vec![
        Armed { what: Lurking::DropNotify(world.id("c")), nth: 1 },
        Armed { what: Lurking::Leak(world.id("a")), nth: 1 },
    ];
    world.events();
    world.table("0 notify c | go waiting\n0 release c | go waiting");
    assert_eq!(
        world.events(),
        ["T0 FaultFired { object: c }", "T0 Notified { object: c, woken: 0 }", "T0 FaultFired { object: a }"]
    );
    assert_eq!(world.holds(0), [world.id("a")]);
    world.table("0 notify c | go blocked\n0 release a | go ready");
}

#[test]
fn permits_are_taken_one_by_one_and_wake_as_many_as_there_are() {
    let mut world = World::new(2, "s Semaphore 1");
    world.table(
        "0 acquire s = true
         1 acquire s = waiting    | go waiting go
         2 acquire s 9 = waiting  | go waiting waiting
         0 acquire s 0 = false
         0 release s              | go ready ready
         2 again = true           | go waiting go
         0 release s 2            | go ready go
         1 again = true",
    );
}

#[test]
fn a_bounded_semaphore_takes_back_no_more_than_it_gave() {
    let mut world = World::new(0, "s BoundedSemaphore 1");
    world.table(
        "0 acquire s = true
         0 release s = None
         0 release s = ValueError: Semaphore released too many times
         0 acquire s = true
         0 release s 2 = ValueError: Semaphore released too many times",
    );
}

#[test]
fn set_lets_the_waiters_go_even_if_clear_follows() {
    let mut world = World::new(2, "e Event");
    world.table(
        "1 wait e = waiting
         0 set e               | go ready go
         0 clear e             | go ready go
         2 wait e 5 = waiting  | go ready waiting
         1 again = true        | go go waiting
         2 late = false
         0 is_set e = false
         0 wait e 0 = false
         0 set e
         0 wait e = true",
    );
}

#[test]
fn a_barrier_lets_all_go_when_the_last_has_come_and_drains_before_the_next_round() {
    let mut world = World::new(3, "b Barrier 3");
    world.table(
        "0 wait b = waiting
         1 wait b = waiting
         3 waiting b = 2
         2 wait b = 2          | ready ready go go
         3 waiting b = 0
         3 wait b = waiting    | ready ready go waiting
         1 again = 1           | ready go go waiting
         0 again = 0           | go go go ready
         3 again = waiting     | go go go waiting
         3 waiting b = 1",
    );
}

#[test]
fn a_broken_barrier_fails_everyone_until_it_is_reset() {
    let mut world = World::new(2, "b Barrier 3");
    world.table(
        "0 wait b = waiting
         1 wait b 5 = waiting
         1 late = BrokenBarrierError    | ready go go
         2 broken b = true
         2 wait b = BrokenBarrierError
         0 again = BrokenBarrierError
         0 reset b
         0 broken b = false
         0 wait b = waiting
         1 reset b                      | ready go go
         2 wait b = waiting
         0 again = BrokenBarrierError   | go go ready
         2 again = waiting
         1 abort b                      | go go ready
         2 again = BrokenBarrierError",
    );
}

#[test]
fn a_barriers_action_runs_with_the_barrier_closed() {
    let mut world = World::new(2, "b Barrier 2");
    let id = world.id("b");
    let Some(Object::Barrier(state)) = world.process_mut().heap.get_mut(id) else { panic!() };
    state.action = Value::Int(99);
    world.table("0 wait b = waiting");
    assert_eq!(world.act("1 wait b"), format!("calls \"barrier_act\" with [<Barrier {id}>, 99, 1]"));
    world.table(
        "2 wait b = waiting     | waiting go waiting
         1 finish b 1 = None    | ready go waiting
         0 again = 0            | go go ready
         2 again = waiting",
    );
    world.table("1 wait b");
    world.table("1 finish b 0 = None | go go ready\n2 again = BrokenBarrierError");
}

#[test]
fn a_queue_is_first_in_first_out_and_bounded() {
    let mut world = World::new(2, "q Queue 2");
    world.table(
        "0 get q 0 = Empty
         1 get q = waiting      | go waiting go
         0 put q 7              | go ready go
         1 again = 7            | go go go
         0 put q 1
         0 put q 2
         0 offer q 0 = Full
         2 put q 3 = waiting    | go go waiting
         1 get q = 1            | go go ready
         2 again = None
         1 get q = 2
         1 get q = 3
         1 get q 5 = waiting
         1 late = Empty
         1 qsize q = 0",
    );
}

#[test]
fn joining_a_queue_waits_for_every_task() {
    let mut world = World::new(1, "q Queue");
    world.table(
        "0 join q = None
         0 put q 1
         0 put q 2
         0 join q = waiting    | waiting go
         1 get q
         1 get q
         1 task_done q = None  | waiting go
         1 task_done q = None  | ready go
         0 again = None
         1 task_done q = ValueError: task_done() called too many times",
    );
}

#[test]
fn a_thread_that_stops_waiting_leaves_every_list() {
    let mut world = World::new(2, "c Condition, b Barrier 3, e Event");
    world.table("1 acquire c\n1 wait c\n2 acquire c\n2 wait c");
    let waiting = world.shared.threads[1].waiting.take().unwrap();
    assert_eq!(
        unwind(&world.shared, ThreadId(1), &waiting).map(|(on, stage)| (on.state().name(), stage.part)),
        Some(("blocked", Part::Expired))
    );
    cancel(&mut world.shared, ThreadId(1), &waiting);
    world.table("0 acquire c\n0 notify c | go go blocked");
    world.table("1 wait b\n1 waiting b = 1");
    let waiting = {
        world.table("1 wait e");
        world.shared.threads[1].waiting.take().unwrap()
    };
    cancel(&mut world.shared, ThreadId(1), &waiting);
    let Some(Object::Event(state)) = world.process().heap.get(world.id("e")) else { panic!() };
    assert!(state.waiters.is_empty());
}

#[test]
fn objects_that_nothing_names_are_numbered_by_kind() {
    let mut world = World::new(0, "");
    for _ in 0..2 {
        let id = world.heaps[0].add(Object::Lock(lock::Lock::default()));
        world.turn(0).share_object(id);
    }
    let lock = world.heaps[0].add(Object::RLock(rlock::RLock::default()));
    let id = world.heaps[0].add(Object::Condition(condition::Condition { lock, waiters: Vec::new() }));
    world.names.push((id, "ready".into()));
    world.turn(0).share_object(id);
    let names: Vec<String> = world
        .shared
        .events
        .iter()
        .map(|event| match &event.kind {
            EventKind::ObjectShown { name, .. } => name.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, ["lock-1", "lock-2", "ready", "ready.lock"]);
}
