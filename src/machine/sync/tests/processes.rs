//! Several processes: each has its own memory, signals and end, and the world is one for all.

use super::*;
use crate::machine::run::{end, interrupt, operations};
use crate::schedule::Signal;

/// The threads 0 and 1, and a process made from theirs with the threads 2, its main thread, and 3.
fn two_processes(objects: &str, before: &str) -> (World, ProcessId) {
    let mut world = World::new(3, objects);
    world.table(before);
    let mut copy = world.process().clone();
    copy.household.main = ThreadId(2);
    let child = world.shared.processes.add(copy);
    world.shared.threads.iter_mut().skip(2).for_each(|record| record.process = child);
    (world, child)
}

fn phases(world: &World) -> Vec<bool> {
    world.shared.threads.iter().map(|record| record.phase == Phase::Alive).collect()
}

#[test]
fn a_copy_of_a_process_is_a_memory_of_its_own() {
    let (mut world, _) = two_processes("a Lock, e Event", "");
    world.table(
        "1 acquire a = true
         2 acquire a = true
         3 acquire a = blocked  | go go go blocked
         1 release a = None     | go go go blocked
         2 release a = None     | go go go ready
         3 again = true
         0 set e = None
         1 is_set e = true
         2 is_set e = false",
    );
}

#[test]
fn a_lock_that_was_held_when_the_process_was_made_stays_held_there() {
    let (mut world, child) = two_processes("a Lock", "1 acquire a = true");
    let lock = world.id("a");
    world.table("2 acquire a = blocked | go go blocked go\n1 release a = None | go go blocked go");
    let owner = |process: ProcessId| held::owner(world.shared.sight(process), lock);
    assert_eq!((owner(ProcessId::FIRST), owner(child)), (None, Some(ThreadId(1))));
}

#[test]
fn the_end_of_a_process_waits_for_its_own_threads_alone() {
    let (mut world, child) = two_processes("", "");
    let left = |world: &World, main| operations::anybody_left(&world.shared, ThreadId(main));
    world.table("3 end");
    assert_eq!((left(&world, 0), left(&world, 2)), (true, false));
    end::end_by_signal(&mut world.shared, child, Signal::Term.number());
    assert_eq!(phases(&world), [true, true, false, false]);
    assert_eq!((world.shared.processes[child].household.status, world.shared.status()), (Some(143), None));
    end::end_by_signal(&mut world.shared, ProcessId::FIRST, Signal::Hup.number());
    assert_eq!((phases(&world), world.shared.status()), (vec![false; 4], Some(129)));
}

#[test]
fn a_signal_reaches_the_main_thread_of_its_process() {
    let (mut world, child) = two_processes("", "");
    interrupt::arrive(&mut world.shared, child, Signal::Int, true);
    let struck = (0..4).map(|thread| world.shared.is_struck(ThreadId(thread)));
    assert_eq!(struck.collect::<Vec<_>>(), [false, false, true, false]);
    assert_eq!(world.shared.woken, [ThreadId(2)]);
    let interrupted = |thread| world.shared.is_interrupted(ThreadId(thread));
    assert!(interrupted(2) && !interrupted(0) && !interrupted(3));
}
