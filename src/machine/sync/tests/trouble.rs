//! Cycles, threads that nobody can help, and locks of the dead.

use super::*;
use crate::bytecode::Instruction;
use crate::event::{Ending, Trouble, TroubleKind};
use crate::machine::run::circle::stir;
use crate::machine::run::trouble::{Findings, check_dead_owner, find, remember};
use crate::machine::sync::shared::Doom;
use crate::schedule::Signal;

/// What is found, in short: `deadlock 2 1`, `stuck 0 1 2`, `dead 1 0`.
fn short(troubles: &[Trouble]) -> Vec<String> {
    let one = |trouble: &Trouble| {
        let kind = match trouble.kind {
            TroubleKind::Deadlock => "deadlock",
            TroubleKind::Stuck => "stuck",
            TroubleKind::DeadOwner { .. } => "dead",
            TroubleKind::Uncaught { .. } | TroubleKind::BusyWait { .. } => "other",
        };
        let threads: Vec<_> = trouble.threads.iter().map(|involved| involved.thread.0.to_string()).collect();
        format!("{kind} {}", threads.join(" "))
    };
    troubles.iter().map(one).collect()
}

impl World {
    fn findings(&self, me: u32) -> Findings {
        find(&self.shared, &self.image, ThreadId(me))
    }

    fn found(&self, me: u32) -> Vec<String> {
        short(&self.findings(me).troubles)
    }

    /// `1 acquire a`, and what is found once the thread has blocked.
    fn trouble(&mut self, line: &str) -> Vec<String> {
        self.act(line);
        self.found(line.split_whitespace().next().unwrap().parse().unwrap())
    }

    fn join(&mut self, me: u32, target: u32) -> Vec<String> {
        let object = thread_object(self, target);
        let operation = Operation::Thread(thread::Action::Join(object, Limit::Forever));
        self.perform(me, operation, Stage::default(), Alternative::Go);
        self.found(me)
    }

    fn reported(&mut self, me: u32) {
        for trouble in self.findings(me).troubles {
            remember(&mut self.shared, &trouble);
        }
    }

    /// The function `work` does this, in a program that makes conditions of locks, and the global `fixed` is bound for good
    /// to the object of that name.
    fn runs(&mut self, instructions: Vec<Instruction>, fixed: &str) {
        let mut program = (*self.image.program).clone();
        program.codes[0].instructions = vec![Instruction::ImportMember(0, symbol("Condition")), Instruction::Return];
        program.codes[0].lines = vec![1; 2];
        program.codes[1].lines = vec![1; instructions.len()];
        program.codes[1].instructions = instructions;
        self.image = Image::new(Arc::new(program));
        let (kind, id) = self.objects[fixed];
        self.process_mut().household.frozen =
            Some([Value::Unbound, Value::Unbound, Value::Object(kind, id), Value::Unbound].into());
    }

    /// The thread stands, or stood when it last performed, at that instruction of `work`.
    fn stands(&mut self, me: usize, at: u32) {
        self.stands_in(me, &[at]);
    }

    /// Likewise, in frames of `work` that called each other.
    fn stands_in(&mut self, me: usize, frames: &[u32]) {
        self.shared.threads[me].stands = frames.iter().map(|at| (CodeId(1), *at)).collect();
    }

    /// The threads that go round in a loop for ever.
    fn circling(&self) -> Vec<u32> {
        self.findings(0).circling.iter().map(|thread| thread.0).collect()
    }

    /// The thread waits in a loop that was stopped until something changes.
    fn rests(&mut self, me: usize) {
        let operation = Operation::Touch { object: self.process().namespace, write: false };
        let (stage, on) = (Stage::default(), Blocker::Change);
        self.shared.threads[me].waiting = Some(Waiting { operation, stage, on, until: None, ready: false });
        self.shared.resting.push(ThreadId(me as u32));
    }

    /// The program handles a signal.
    fn handles_a_signal(&mut self) {
        let set = signal::Action::Set(Signal::Usr1, signal::Handler::Call(Value::None));
        self.perform(0, Operation::Signal(set), Stage::default(), Alternative::Go);
    }
}

const FIXED: GlobalId = GlobalId(2);
const OPEN: GlobalId = GlobalId(3);

/// `global.method()`
fn call(global: GlobalId, method: &str) -> [Instruction; 5] {
    use Instruction as I;
    [I::Vacancy, I::LoadGlobal(global), I::LoadMethod(symbol(method), 0), I::CallMethod(0), I::Pop]
}

fn code_of(calls: &[[Instruction; 5]]) -> Vec<Instruction> {
    let end = [Instruction::None, Instruction::Return];
    calls.iter().flatten().copied().chain(end).collect()
}

/// Threads 1 and 2 in a ring of the locks a and b, and one more, which stands at the beginning of this code.
fn ring_beside(calls: &[[Instruction; 5]], fixed: &str) -> World {
    let mut world = World::new(3, "a Lock, b Lock, c Lock, k Condition a, m Condition c, s Semaphore 1");
    world.runs(code_of(calls), fixed);
    (0..=2).for_each(|me| world.stands(me, calls.len() as u32 * 5)); // they have nothing left to do
    world.stands(3, 0);
    world.table("1 acquire a\n2 acquire b\n1 acquire b\n2 acquire a");
    world
}

#[test]
fn two_threads_that_take_two_locks_the_other_way_round() {
    let mut world = World::new(2, "a Lock, b Lock");
    world.shared.threads[1].line = 11;
    world.table("1 acquire a\n2 acquire b");
    assert_eq!(world.trouble("1 acquire b"), [""; 0]);
    assert_eq!(world.trouble("2 acquire a"), ["deadlock 2 1"]);
    let trouble = &world.findings(2).troubles[0];
    assert_eq!(trouble.kind, TroubleKind::Deadlock);
    assert_eq!(trouble.threads[1].waits_for, Some(Blocker::Lock(world.id("b"))));
    assert_eq!(trouble.threads[1].holds, [(world.id("a"), 11)]);
}

#[test]
fn three_in_a_ring() {
    let mut world = World::new(3, "a Lock, b RLock, c Lock");
    world.table("1 acquire a\n2 acquire b\n3 acquire c");
    assert_eq!(world.trouble("1 acquire b"), [""; 0]);
    assert_eq!(world.trouble("2 acquire c"), [""; 0]);
    assert_eq!(world.trouble("3 acquire a"), ["deadlock 3 1 2"]);
}

#[test]
fn a_thread_that_takes_its_own_lock_again() {
    let mut world = World::new(0, "a Lock, r RLock");
    world.table("0 acquire a\n0 acquire r\n0 acquire r = true");
    assert_eq!(world.trouble("0 acquire a"), ["deadlock 0"]);
}

#[test]
fn a_cycle_through_join() {
    let mut world = World::new(1, "a Lock");
    world.table("0 acquire a");
    assert_eq!(world.trouble("1 acquire a"), [""; 0]);
    assert_eq!(world.join(0, 1), ["deadlock 0 1"]);
}

#[test]
fn a_lock_held_by_a_thread_that_can_go_on_is_no_trouble() {
    let mut world = World::new(1, "a Lock, b Lock");
    world.table("0 acquire a");
    assert_eq!(world.trouble("1 acquire a"), [""; 0]);
}

#[test]
fn bounded_waits_end_by_themselves() {
    let mut world = World::new(2, "a Lock, b Lock");
    world.table("1 acquire a\n2 acquire b\n1 acquire b 50");
    assert_eq!(world.trouble("2 acquire a"), [""; 0]);
    world.table("0 end");
    assert_eq!(world.found(0), [""; 0]);
}

#[test]
fn who_joins_a_deadlock_is_not_reported_again() {
    let mut world = World::new(3, "a Lock, b Lock, e Event");
    world.table("1 acquire a\n2 acquire b\n1 acquire b\n2 acquire a");
    assert_eq!(world.found(2), ["deadlock 2 1"]);
    world.reported(2);
    assert_eq!(world.found(2), [""; 0]);
    assert_eq!(world.join(0, 1), [""; 0]);
    world.table("3 wait e");
    assert_eq!(world.found(3), ["stuck 3"]);
    world.reported(3);
    assert_eq!(world.found(3), [""; 0]);
}

#[test]
fn who_has_stood_elsewhere_and_come_back_is_named_again() {
    let mut world = World::new(0, "e Event, f Event");
    for line in ["0 wait e", "0 wait f", "0 wait e"] {
        assert_eq!(world.trouble(line), ["stuck 0"], "{line}");
        world.reported(0);
        assert_eq!(world.found(0), [""; 0]);
        world.shared.threads[0].waiting = None; // somebody from outside has let it go on
    }
}

#[test]
fn waiting_for_an_event_that_nobody_is_left_to_set() {
    let mut world = World::new(2, "e Event, q Queue");
    world.table("1 wait e");
    assert_eq!(world.found(1), [""; 0]);
    world.table("2 get q");
    assert_eq!(world.found(2), [""; 0]);
    world.table("0 shutdown");
    assert_eq!(world.found(0), ["stuck 0 1 2"]);
}

#[test]
fn daemons_may_wait_forever() {
    let mut world = World::new(1, "q Queue");
    world.shared.threads[1].daemon = true;
    world.table("1 get q\n0 end");
    assert_eq!(world.found(0), [""; 0]);
}

#[test]
fn a_sleeper_can_still_help() {
    let mut world = World::new(1, "e Event");
    world.table("1 wait e");
    let sleep = Operation::Time(time::Action::Sleep(100));
    assert_eq!(world.perform(0, sleep, Stage::default(), Alternative::Go), "waiting");
    assert_eq!(world.found(0), [""; 0]);
}

#[test]
fn a_thread_that_ended_with_a_lock_in_its_hands() {
    let mut world = World::new(2, "a Lock, r RLock");
    world.table("1 acquire a\n1 acquire r\n0 acquire a\n2 acquire r\n1 end");
    let troubles = check_dead_owner(&world.shared, &world.image, ThreadId(1));
    assert_eq!(short(&troubles), ["dead 1 0", "dead 1 2"]);
    let dead = |name: &str| TroubleKind::DeadOwner { lock: world.id(name), owner: ThreadId(1) };
    assert_eq!(troubles.iter().map(|trouble| trouble.kind.clone()).collect::<Vec<_>>(), [dead("a"), dead("r")]);
    // Without that, each is found where it waits.
    assert_eq!(world.found(2), ["dead 1 2", "dead 1 0"]);
    troubles.iter().for_each(|trouble| remember(&mut world.shared, trouble));
    assert_eq!(world.found(2), [""; 0]);
}

#[test]
fn a_lock_that_nobody_waits_for_matters_when_its_owner_did_not_return() {
    let mut world = World::new(1, "a Lock");
    world.table("1 acquire a\n1 end");
    assert_eq!(check_dead_owner(&world.shared, &world.image, ThreadId(1)), []);
    world.shared.threads[1].phase = Phase::Over(Ending::Killed);
    assert_eq!(short(&check_dead_owner(&world.shared, &world.image, ThreadId(1))), ["dead 1"]);
    // But not where the main thread, which goes on, may release it.
    world.runs(code_of(&[call(FIXED, "release")]), "a");
    world.stands(0, 0);
    assert_eq!(check_dead_owner(&world.shared, &world.image, ThreadId(1)), []);
    world.stands(0, 3);
    assert_eq!(short(&check_dead_owner(&world.shared, &world.image, ThreadId(1))), ["dead 1"]);
}

#[test]
fn a_lock_left_to_another_thread_is_no_trouble_while_that_may_release_it() {
    let mut world = World::new(2, "a Lock");
    world.runs(code_of(&[call(FIXED, "release")]), "a");
    world.stands(0, 0);
    world.table("1 acquire a\n2 acquire a\n1 end");
    assert_eq!(check_dead_owner(&world.shared, &world.image, ThreadId(1)), []);
    assert!(world.findings(2).suspected);
    assert_eq!(world.found(2), [""; 0]);
    world.stands(0, 3); // it has done so, and nothing more
    assert!(!world.findings(2).suspected);
    assert_eq!(world.found(2), ["dead 1 2"]);
}

#[test]
fn a_ring_through_a_plain_lock_is_open_while_somebody_may_release_it() {
    let mut world = ring_beside(&[call(FIXED, "release")], "a");
    assert_eq!((world.findings(2).suspected, world.found(2)), (true, vec![]));
    world.stands(3, 3);
    assert_eq!((world.findings(2).suspected, world.found(2)), (false, vec!["deadlock 2 1".to_owned()]));
    // Standing before it is not having done it.
    world.table("3 acquire a 50");
    assert_eq!(world.found(2), [""; 0]);
    world.shared.threads[3].waiting = None;
    world.shared.threads[3].stands = Vec::new(); // it may be anywhere
    assert_eq!(world.found(2), [""; 0]);
    world.table("3 end");
    assert_eq!(world.found(3), ["deadlock 1 2"]);
}

#[test]
fn a_release_of_another_object_opens_no_ring() {
    let ring = "deadlock 2 1";
    for (fixed, found) in [("b", ""), ("k", ""), ("c", ring), ("m", ring), ("s", ring)] {
        let world = ring_beside(&[call(FIXED, "release")], fixed);
        assert_eq!(world.found(2).concat(), found, "{fixed}");
    }
    // A global that may be bound again may stand for anything.
    assert_eq!(ring_beside(&[call(OPEN, "release")], "c").found(2), [""; 0]);
}

#[test]
fn a_handler_may_do_anything_in_the_main_thread_alone() {
    let mut world = ring_beside(&[call(FIXED, "release")], "a");
    world.table("3 end");
    assert_eq!(world.found(2), ["deadlock 2 1"]);
    world.handles_a_signal();
    assert_eq!(world.found(2), [""; 0]);
    world.table("0 end");
    assert_eq!(world.found(2), ["deadlock 2 1"]);
}

#[test]
fn waiting_before_a_condition_gives_its_lock_back() {
    assert_eq!(ring_beside(&[call(FIXED, "wait")], "k").found(2), [""; 0]);
    assert_eq!(ring_beside(&[call(FIXED, "wait")], "a").found(2), ["deadlock 2 1"]);
    assert_eq!(ring_beside(&[call(FIXED, "wait")], "m").found(2), ["deadlock 2 1"], "that of another lock");
    assert_eq!(ring_beside(&[call(FIXED, "notify")], "k").found(2), ["deadlock 2 1"]);
}

#[test]
fn who_has_to_take_the_lock_first_does_not_come_to_release_it() {
    let both = [call(FIXED, "acquire"), call(FIXED, "release")];
    let mut world = ring_beside(&both, "a");
    assert_eq!(world.found(2), ["deadlock 2 1"]);
    world.stands(3, 3); // it was there when it last performed, and has it behind it
    assert_eq!(world.found(2), [""; 0]);
    // A global that may be bound again may be another lock then.
    assert_eq!(ring_beside(&[call(OPEN, "acquire"), call(OPEN, "release")], "a").found(2), [""; 0]);
}

#[test]
fn a_call_that_was_begun_may_still_come_to_a_release() {
    use Instruction as I;
    let branch = [I::LoadGlobal(OPEN), I::JumpIfTrue(7)];
    let calls = [I::LoadGlobal(OPEN), I::Call(0), I::Pop, I::None, I::Return];
    let mut world = ring_beside(&[], "a");
    world.runs([&branch[..], &calls, &code_of(&[call(FIXED, "release")])].concat(), "a");
    (0..=2).for_each(|me| world.stands(me, 5));
    world.stands(3, 3);
    assert_eq!(world.found(2), [""; 0]);
    world.stands(3, 4);
    assert_eq!(world.found(2), ["deadlock 2 1"]);
}

#[test]
fn only_who_goes_on_and_has_not_ended_helps() {
    let mut world = ring_beside(&[call(FIXED, "release")], "a");
    world.table("3 acquire b");
    // Now 3 waits in the ring's tail, and its release is behind that.
    assert_eq!(world.found(3), ["deadlock 1 2", "stuck 3"]);
    let mut world = ring_beside(&[call(FIXED, "release")], "a");
    world.stands(3, 5);
    world.stands(0, 0);
    assert_eq!(world.found(2), [""; 0]);
    world.table("0 shutdown"); // the main thread's code is over
    assert_eq!(world.found(2), ["deadlock 2 1"]);
}

#[test]
fn a_thread_that_waits_for_its_own_lock_may_be_given_it() {
    let mut world = World::new(2, "a Lock");
    world.runs(code_of(&[call(FIXED, "release")]), "a");
    world.stands(0, 5);
    world.stands(1, 0); // its own release does not help it
    world.stands(2, 0);
    world.table("1 acquire a");
    assert_eq!(world.trouble("1 acquire a"), [""; 0]);
    world.stands(2, 3);
    assert_eq!(world.found(1), ["deadlock 1"]);
}

#[test]
fn only_a_plain_lock_is_released_by_others() {
    let mut world = World::new(3, "a RLock, b RLock");
    world.runs(code_of(&[call(FIXED, "release")]), "a");
    world.stands(3, 0);
    world.table("1 acquire a\n2 acquire b\n1 acquire b");
    assert_eq!(world.trouble("2 acquire a"), ["deadlock 2 1"]);
    assert!(!world.findings(2).suspected);
}

#[test]
fn who_gets_stuck_behind_a_trouble_is_named_too() {
    let mut world = World::new(3, "a Lock, b Lock");
    world.table("1 acquire a\n2 acquire b\n1 acquire b\n2 acquire a");
    world.reported(2);
    assert_eq!(world.trouble("3 acquire a"), ["stuck 3"]);
    world.reported(3);
    // Who only waits for it to end is not.
    assert_eq!(world.join(0, 3), [""; 0]);
}

#[test]
fn a_daemon_that_is_stuck_is_named_with_others_alone() {
    let mut world = World::new(2, "a RLock, e Event");
    world.shared.threads[2].daemon = true;
    world.table("1 acquire a\n2 wait e\n0 end");
    assert_eq!(world.found(0), [""; 0]);
    assert_eq!(world.trouble("1 wait e"), ["stuck 1 2"]);
}

#[test]
fn whom_a_signal_may_help_is_not_stuck() {
    let mut world = World::new(1, "a Lock");
    world.table("1 acquire a\n0 acquire a\n1 end");
    assert_eq!(world.found(0), ["dead 1 0"]);
    world.process_mut().household.signals.urgent = true;
    assert_eq!(world.found(0), [""; 0]);
    world.process_mut().household.signals.urgent = false;
    world.shared.threads[0].doom = Some(Doom::Kill);
    assert_eq!(world.found(0), [""; 0]);
}

/// Where somebody stands in the code of `turning`: in the loop; with a store to what that checks still to come, behind each
/// way out of a jump; and with nothing left to do.
const LOOP: u32 = 0;
const STORE: u32 = 7;
const END: u32 = 4;

/// A world in which nobody but thread 3 has anything left to do, and that one is in `while not open: pass`.
fn turning() -> World {
    use Instruction as I;
    let mut world = World::new(3, "a Lock, e Event");
    let wait = [I::LoadGlobal(OPEN), I::JumpIfFalse(LOOP)];
    let branch = [I::LoadGlobal(OPEN), I::JumpIfTrue(6), I::None, I::Return];
    let store = [I::None, I::StoreGlobal(OPEN), I::None, I::Return];
    world.runs([&wait[..], &branch, &store].concat(), "a");
    (0..=2).for_each(|me| world.stands(me, END));
    world.stands(3, LOOP);
    world
}

#[test]
fn who_goes_round_in_a_loop_that_nobody_ends() {
    let circles = |change: fn(&mut World)| {
        let mut world = turning();
        change(&mut world);
        assert_eq!(world.found(0), [""; 0], "it goes on, and is not stuck");
        world.circling()
    };
    assert_eq!(circles(|_| {}), [3]);
    assert_eq!(circles(|world| world.stands(3, 2)), [0; 0], "it is out of it");
    assert_eq!(circles(|world| world.stands(2, LOOP)), [2, 3]);
    assert_eq!(circles(|world| world.table("0 acquire a\n3 acquire a 50")), [3], "a turn may take its time");
    let held_up: [fn(&mut Record); 4] = [
        |record| record.frozen = true,
        |record| record.delayed = Some(9),
        |record| record.slow = 9,
        |record| record.doom = Some(Doom::Kill),
    ];
    for hold_up in held_up {
        let mut world = turning();
        hold_up(&mut world.shared.threads[3]);
        assert_eq!(world.circling(), [0; 0], "that is not over yet: {:?}", world.shared.threads[3]);
    }
}

#[test]
fn who_may_end_a_loop_has_the_store_before_it() {
    let circles = |change: fn(&mut World)| {
        let mut world = turning();
        change(&mut world);
        world.circling()
    };
    assert_eq!(circles(|world| world.stands(2, STORE - 1)), [0; 0]);
    assert_eq!(circles(|world| world.stands(2, STORE)), [3], "it is done");
    assert_eq!(circles(|world| world.stands_in(2, &[STORE + 1, END])), [3]);
    assert_eq!(circles(|world| world.stands_in(2, &[STORE, END])), [0; 0], "when it returns");
    assert_eq!(circles(|world| world.stands_in(2, &[STORE - 1, END])), [0; 0], "a call that is done again");
    let waits: fn(&mut World) = |world| {
        world.stands(2, STORE);
        world.table("0 acquire a\n2 acquire a 50");
    };
    assert_eq!(circles(waits), [0; 0], "it waits before it does it");
    // Who would do it is in the loop itself, stuck, or over.
    assert_eq!(circles(|world| world.stands_in(3, &[STORE, LOOP])), [3]);
    for lines in ["0 end\n1 end\n2 wait e", "2 end", "2 shutdown"] {
        let mut world = turning();
        world.stands(2, STORE - 1);
        world.table(lines);
        assert_eq!(world.circling(), [3], "{lines}");
    }
}

#[test]
fn a_daemon_goes_round_until_the_others_end() {
    let circles = |change: fn(&mut World)| {
        let mut world = turning();
        world.shared.threads[3].daemon = true;
        change(&mut world);
        world.circling()
    };
    assert_eq!(circles(|_| {}), [0; 0], "it is cut off at the end");
    assert_eq!(circles(|world| world.table("0 end\n1 end\n2 end")), [3]);
    assert_eq!(circles(|world| world.table("0 wait e\n1 wait e\n2 wait e")), [3], "there will be no end");
    let mut world = turning();
    (2..=3).for_each(|me| world.shared.threads[me].daemon = true);
    world.table("0 end\n1 end");
    assert_eq!(world.circling(), [3], "nor does a daemon that goes on bring it");
}

#[test]
fn who_was_stopped_in_a_loop_is_stuck_until_somebody_may_end_it() {
    let mut world = turning();
    world.rests(3);
    assert_eq!((world.found(0), world.circling()), (vec!["stuck 3".to_owned()], vec![]));
    world.stands(2, STORE - 1);
    assert_eq!(world.found(0), [""; 0]);
    world.table("0 end\n1 end\n2 wait e");
    assert_eq!(world.found(2), ["stuck 2 3"]);
}

#[test]
fn a_thread_that_was_stopped_in_a_loop_is_woken_once_by_a_change() {
    let mut world = turning();
    (2..=3).for_each(|me| world.rests(me));
    world.shared.threads[2].waiting = None; // it was struck
    world.events();
    stir(&mut world.shared, ThreadId(1));
    assert_eq!(world.shared.woken, [ThreadId(3)]);
    assert_eq!(
        (world.states(), world.events()),
        ("go go go ready".into(), vec!["T3 Ready { by: Some(ThreadId(1)) }".into()])
    );
    stir(&mut world.shared, ThreadId(1));
    assert_eq!(world.events(), [""; 0], "it was woken");
}
