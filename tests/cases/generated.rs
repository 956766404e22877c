//! Small random programs, with plain locks that are taken and released anywhere. What is reported stays true, however
//! the run goes on; and when no thread can go on, every thread that waits has been named.

use crate::support::random::Xorshift;
use crate::support::world::World;
use crate::{named, troubles, world};
use raddle::base::ThreadId;
use raddle::event::{Blocker, TroubleKind};
use raddle::machine::shared::Phase;
use std::collections::BTreeSet;
use std::fmt::Write as _;

const PROGRAMS: u64 = 150;
const RUNS: u64 = 3;
/// In how many ways a run is continued from where something was reported.
const WAYS: u64 = 4;

/// A statement at this depth, with what stands inside it.
fn statement(random: &mut Xorshift, depth: usize, text: &mut String) {
    let pad = "    ".repeat(depth);
    let lock = ["a", "b", "c"][random.below(3)];
    let _ = match random.below(14) {
        0..=3 => writeln!(text, "{pad}{lock}.acquire()"),
        4..=6 => writeln!(text, "{pad}if {lock}.locked(): {lock}.release()"),
        7 => writeln!(text, "{pad}time.sleep({})", random.below(3) + 1),
        8 => writeln!(text, "{pad}helper(m{})", random.below(2)),
        9 => writeln!(text, "{pad}if {lock}.acquire(False): {lock}.release()"),
        10 => writeln!(text, "{pad}{}", ["flag.set()", "flag.wait()", "flag.wait(2)"][random.below(3)]),
        11 => writeln!(text, "{pad}{lock}.acquire()\n{pad}{lock}.release()"),
        _ if depth < 3 => {
            let head = [format!("with {lock}:"), "for _ in range(2):".to_owned(), "if flag.is_set():".to_owned()];
            let _ = writeln!(text, "{pad}{}", head[random.below(3)]);
            (0..1 + random.below(2)).for_each(|_| statement(random, depth + 1, text));
            Ok(())
        }
        _ => writeln!(text, "{pad}pass"),
    };
}

fn program(random: &mut Xorshift) -> String {
    let mut text = "import threading, time\n".to_owned();
    text += "a, b, c = threading.Lock(), threading.Lock(), threading.Lock()\n";
    text += "m0, m1 = a, threading.Lock()\nflag = threading.Event()\n";
    let helper = ["lock.acquire()\n    lock.release()", "with lock: pass", "if lock.locked(): lock.release()"];
    let _ = writeln!(text, "def helper(lock):\n    {}", helper[random.below(3)]);
    let threads = 2 + random.below(2);
    for thread in 0..threads {
        let _ = writeln!(text, "def work{thread}():");
        (0..2 + random.below(4)).for_each(|_| statement(random, 1, &mut text));
    }
    if random.below(2) == 0 {
        text += "a.acquire()\n";
    }
    for thread in 0..threads {
        let _ =
            writeln!(text, "t{thread} = threading.Thread(target=work{thread}, name='t{thread}')\nt{thread}.start()");
    }
    (0..random.below(3)).for_each(|_| statement(random, 0, &mut text));
    if random.below(2) == 0 {
        text += "t0.join()\n";
    }
    text
}

/// The threads that were said to wait forever, each with what it waits for.
fn doomed(world: &World, from: usize) -> Vec<(ThreadId, Blocker)> {
    let found = troubles(world);
    let waits = |trouble: &raddle::event::Trouble| !matches!(trouble.kind, TroubleKind::Uncaught { .. });
    let parts = found.iter().skip(from).filter(|trouble| waits(trouble)).flat_map(|trouble| trouble.threads.clone());
    parts.filter_map(|part| Some((part.thread, part.waits_for?))).collect()
}

fn stands(world: &World, (thread, on): (ThreadId, Blocker)) -> bool {
    let record = &world.shared().threads[thread.index()];
    record.phase == Phase::Alive && record.waiting.as_ref().is_some_and(|waiting| waiting.on == on && !waiting.ready)
}

/// From here on none of them moves, in any order.
fn is_final(world: &World, doomed: &[(ThreadId, Blocker)], random: &mut Xorshift, text: &str) {
    for _ in 0..WAYS {
        let mut other = world.clone();
        assert!(other.ends(random), "no end:\n{text}");
        for entry in doomed {
            assert!(stands(&other, *entry), "{entry:?} was freed after {:?} in\n{text}", troubles(world));
        }
        assert_eq!(other.shared().status(), None, "it ended well:\n{text}");
    }
}

/// When no thread can go on, every thread has been named that waits for more than the end of another one.
fn all_named(world: &World, text: &str) {
    let said: BTreeSet<_> = doomed(world, 0).into_iter().collect();
    for (thread, record) in (0..).map(ThreadId).zip(world.shared().threads.iter()) {
        let Some(waiting) = record.waiting.as_ref().filter(|_| record.phase == Phase::Alive) else { continue };
        let ends = matches!(waiting.on, Blocker::Thread(_) | Blocker::Shutdown);
        let known: Vec<_> = troubles(world).iter().map(|trouble| named(world, trouble)).collect();
        assert!(ends || said.contains(&(thread, waiting.on)), "{} was not named in {known:?}:\n{text}", record.name);
    }
    assert!(!said.is_empty(), "nothing was said:\n{text}");
}

#[test]
fn what_is_reported_is_so_for_good_and_nothing_is_missed() {
    let (mut reports, mut stuck, mut well) = (0, 0, 0);
    for seed in 1..=PROGRAMS {
        let mut random = Xorshift(seed * 7919);
        let text = program(&mut random);
        for _ in 0..RUNS {
            let mut world = world(&text);
            let mut known = 0;
            loop {
                let choices = world.choices();
                if choices.is_empty() {
                    break;
                }
                world.take(&choices[random.below(choices.len())]);
                let count = troubles(&world).len();
                if count > known {
                    let news = doomed(&world, known);
                    known = count;
                    reports += news.len();
                    if !news.is_empty() {
                        is_final(&world, &news, &mut random, &text);
                    }
                }
            }
            match world.shared().status() {
                Some(_) => well += 1,
                None => {
                    stuck += 1;
                    all_named(&world, &text);
                }
            }
        }
    }
    assert!(reports > 100 && stuck > 50 && well > 50, "{reports} reports, {stuck} stuck, {well} well");
}
