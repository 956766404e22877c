//! Cycles, threads that nobody can help, and locks of the dead.

use super::*;
use crate::event::{Trouble, TroubleKind};
use crate::machine::trouble::{check_block, check_dead_owner, check_stuck, remember};

impl World {
    /// `1 acquire a`, and the trouble that the thread's blocking makes, if it blocks.
    fn trouble(&mut self, line: &str) -> Option<Vec<u32>> {
        self.act(line);
        let me = line.split_whitespace().next().unwrap().parse().unwrap();
        check_block(&self.shared, ThreadId(me)).map(|trouble| threads(&trouble))
    }

    fn join(&mut self, me: u32, target: u32) -> Option<Vec<u32>> {
        let object = thread_object(self, target);
        let operation = Operation::Thread(thread::Action::Join(object, Limit::Forever));
        self.perform(me, operation, Stage::default(), Alternative::Go);
        check_block(&self.shared, ThreadId(me)).map(|trouble| threads(&trouble))
    }

    fn stuck(&self) -> Option<Vec<u32>> {
        check_stuck(&self.shared).map(|trouble| threads(&trouble))
    }
}

fn threads(trouble: &Trouble) -> Vec<u32> {
    trouble.threads.iter().map(|involved| involved.thread.0).collect()
}

#[test]
fn two_threads_that_take_two_locks_the_other_way_round() {
    let mut world = World::new(2, "a Lock, b Lock");
    world.shared.threads[1].line = 11;
    world.table("1 acquire a\n2 acquire b");
    assert_eq!(world.trouble("1 acquire b"), None);
    assert_eq!(world.stuck(), None);
    assert_eq!(world.trouble("2 acquire a"), Some(vec![2, 1]));
    let trouble = check_block(&world.shared, ThreadId(2)).unwrap();
    assert_eq!(trouble.kind, TroubleKind::Deadlock);
    assert_eq!(trouble.threads[1].waits_for, Some(Blocker::Lock(world.id("b"))));
    assert_eq!(trouble.threads[1].holds, [(world.id("a"), 11)]);
}

#[test]
fn three_in_a_ring() {
    let mut world = World::new(3, "a Lock, b RLock, c Lock");
    world.table("1 acquire a\n2 acquire b\n3 acquire c");
    assert_eq!(world.trouble("1 acquire b"), None);
    assert_eq!(world.trouble("2 acquire c"), None);
    assert_eq!(world.trouble("3 acquire a"), Some(vec![3, 1, 2]));
}

#[test]
fn a_thread_that_takes_its_own_lock_again() {
    let mut world = World::new(0, "a Lock, r RLock");
    world.table("0 acquire a\n0 acquire r\n0 acquire r = true");
    assert_eq!(world.trouble("0 acquire a"), Some(vec![0]));
}

#[test]
fn a_cycle_through_join() {
    let mut world = World::new(1, "a Lock");
    world.table("0 acquire a");
    assert_eq!(world.trouble("1 acquire a"), None);
    assert_eq!(world.join(0, 1), Some(vec![0, 1]));
}

#[test]
fn a_lock_held_by_a_thread_that_can_go_on_is_no_trouble() {
    let mut world = World::new(1, "a Lock, b Lock");
    world.table("0 acquire a");
    assert_eq!(world.trouble("1 acquire a"), None);
    assert_eq!(world.stuck(), None);
}

#[test]
fn bounded_waits_end_by_themselves() {
    let mut world = World::new(2, "a Lock, b Lock");
    world.table("1 acquire a\n2 acquire b\n1 acquire b 50");
    assert_eq!(world.trouble("2 acquire a"), None);
    world.table("0 end");
    assert_eq!(world.stuck(), None);
}

#[test]
fn who_joins_a_deadlock_is_not_reported_again() {
    let mut world = World::new(3, "a Lock, b Lock, e Event");
    world.table("1 acquire a\n2 acquire b\n1 acquire b\n2 acquire a");
    let trouble = check_block(&world.shared, ThreadId(2)).unwrap();
    assert_eq!(world.stuck(), Some(vec![1, 2]));
    remember(&mut world.shared, &trouble);
    assert_eq!(world.stuck(), None);
    assert_eq!(world.join(0, 1), None);
    assert_eq!(world.stuck(), None);
    world.table("3 wait e");
    assert_eq!(world.stuck(), Some(vec![3]));
    let trouble = check_stuck(&world.shared).unwrap();
    remember(&mut world.shared, &trouble);
    assert_eq!(world.stuck(), None);
}

#[test]
fn waiting_for_an_event_that_nobody_is_left_to_set() {
    let mut world = World::new(2, "e Event, q Queue");
    world.table("1 wait e");
    assert_eq!(world.stuck(), None);
    world.table("2 get q");
    assert_eq!(world.stuck(), None);
    world.table("0 shutdown");
    assert_eq!(world.stuck(), Some(vec![0, 1, 2]));
    assert_eq!(check_stuck(&world.shared).unwrap().kind, TroubleKind::Stuck);
}

#[test]
fn daemons_may_wait_forever() {
    let mut world = World::new(1, "q Queue");
    world.shared.threads[1].daemon = true;
    world.table("1 get q\n0 end");
    assert_eq!(world.stuck(), None);
}

#[test]
fn a_sleeper_can_still_help() {
    let mut world = World::new(1, "e Event");
    world.table("1 wait e");
    let sleep = Operation::Time(time::Action::Sleep(100));
    assert_eq!(world.perform(0, sleep, Stage::default(), Alternative::Go), "waiting");
    assert_eq!(world.stuck(), None);
}

#[test]
fn a_thread_that_ended_with_a_lock_in_its_hands() {
    let mut world = World::new(2, "a Lock, r RLock");
    world.table("1 acquire a\n1 acquire r\n0 acquire a\n2 acquire r\n1 end");
    let troubles = check_dead_owner(&world.shared, ThreadId(1));
    let found: Vec<_> = troubles.iter().map(|trouble| (trouble.kind.clone(), threads(trouble))).collect();
    let dead = |name: &str| TroubleKind::DeadOwner { lock: world.id(name), owner: ThreadId(1) };
    assert_eq!(found, [(dead("a"), vec![1, 0]), (dead("r"), vec![1, 2])]);
    assert_eq!(world.stuck(), Some(vec![0, 2])); // a plain lock could be freed, but nobody is left to do so
    world.shared.threads[0].waiting = None;
    assert_eq!(world.stuck(), Some(vec![2])); // an RLock could not
}

#[test]
fn a_lock_left_to_another_thread_is_no_trouble_while_one_is_there() {
    let mut world = World::new(2, "a Lock");
    world.table("1 acquire a\n2 acquire a\n1 end");
    assert_eq!(check_dead_owner(&world.shared, ThreadId(1)), []); // main may release it
}
