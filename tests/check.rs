//! The search: the reduced one against all interleavings, and these against the machine, cloned at every step.

#[path = "../examples/explore/search.rs"]
mod plain;

mod support {
    pub(crate) mod processes;
    pub(crate) mod program;
    pub(crate) mod random;
    pub(crate) mod replay;
    pub(crate) mod side_by_side;
    pub(crate) mod small;
    pub(crate) mod summary;
}

use raddle::check::bounds::Bound;
use raddle::check::classes;
use raddle::check::explore;
use raddle::check::search::{Defect, Found, Kind, Options, Search};
use raddle::check::verdict::{self, DefectKind, Verdict};
use raddle::check::way::Strikes;
use raddle::event::EventKind;
use raddle::machine::asked;
use raddle::machine::strike::Strike;
use raddle::machine::{Boot, Execution, budget};
use raddle::schedule::Fault;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use support::random::Xorshift;
use support::side_by_side::side_by_side;
use support::small;
use support::summary::summary;

fn start(text: &str) -> Execution {
    Execution::new(support::program::image("small.py", text), Boot { seed: 1, epoch: 0, memory: budget::DEFAULT })
}

/// More states than this are too many for a random program.
const MOST: usize = 3_000;

fn search(text: &str, reduce: bool) -> Found {
    Search::new(start(text), Options { reduce, keep_going: true, ..Options::usual(MOST) }).run(&|_| None)
}

fn asked(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|it| it.parse().ok()).unwrap_or(usual)
}

/// Random programs, by their seeds.
fn programs(usual: u64) -> impl Iterator<Item = (u64, String)> {
    let first = asked("RADDLE_SEED", 1);
    (first..first + asked("RADDLE_PROGRAMS", usual)).map(|seed| {
        let mut random = Xorshift(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        (seed, small::program(&mut random))
    })
}

#[test]
fn the_space_has_the_states_of_the_machine() {
    let mut compared = 0;
    for (seed, text) in programs(120) {
        if ["sleep", "wait(2)", "monotonic"].iter().any(|timed| text.contains(timed)) {
            continue; // there, a limit ends only when nobody can go on otherwise
        }
        let found = explore::explore(start(&text), MOST);
        if found.states >= MOST {
            continue;
        }
        compare_spaces(seed, &text);
        compared += 1;
    }
    assert!(compared > 20, "{compared}");
}

fn compare_spaces(seed: u64, text: &str) {
    let (found, oracle) = (explore::explore(start(text), MOST), plain::explore(start(text)));
    let ours = (found.states, found.steps, found.ends, found.stuck);
    assert_eq!(ours, (oracle.states, oracle.steps, oracle.ends, oracle.stuck), "seed {seed}:\n{text}");
}

#[test]
fn the_search_follows_processes() {
    let mut defects = String::new();
    for (name, is_small, text) in support::processes::programs() {
        let many = |reduce| Options { reduce, keep_going: true, ..Options::usual(20_000) };
        let [all, reduced] = [false, true].map(|reduce| Search::new(start(&text), many(reduce)).run(&|_| None));
        assert!(all.cut.is_none(), "{name}: {:?}", all.cut);
        assert_eq!(summary(&reduced), summary(&all), "{name}:\n{text}");
        assert!(reduced.states < all.states, "{name}");
        if is_small {
            compare_spaces(0, &text);
        }
        defects += &format!("{name}: {}\n", summary(&all).1.into_iter().collect::<Vec<_>>().join(", "));
    }
    let expected = "\
update: crashed AssertionError, lost 5 7 5, lost 7 5 7
locked update: 
own memory: 
two locks: ring
left held: held, stuck
pipe: crashed AssertionError
kill: 
terminate: 
fork while locked: stuck
queue: 
join before drain: stuck
";
    assert_eq!(defects, expected);
}

#[test]
fn a_new_object_that_looks_like_the_old_one_makes_no_new_state() {
    let box_ = "class Box:\n    x = 0\nbox = Box()\nkept = box";
    compare_spaces(0, &two("class Box:\n    x = 0\nbox = Box()", "global box\nbox = Box()", "x = box.x"));
    // But here `box is kept`, or not.
    compare_spaces(0, &two(box_, "global box\nbox = Box()", "x = box is kept"));
    compare_spaces(0, &two(box_, "global box, kept\nbox = Box()\nkept = box", "x = box is kept"));
}

#[test]
fn who_writes_what_was_there_races_all_the_same() {
    let text = two("n = 0", "global n\nn = 0", "x = n");
    let lines = |reduce| search(&text, reduce).races.iter().map(|(race, _)| race.lines).collect::<Vec<_>>();
    assert_eq!((lines(true), lines(false)), (vec![[5, 7]], vec![[5, 7]]));
}

#[test]
fn each_thread_of_a_race_has_its_own_line() {
    let start = |one: &str, other: &str| {
        format!(
            "import threading\nn = 0\ndef read(): return n\ndef write():\n    global n\n    n = 1\n\
             for f in ({one}, {other}): threading.Thread(target=f).start()\n"
        )
    };
    for (text, reader) in [(start("read", "write"), 1), (start("write", "read"), 2)] {
        let notes = answer(&text).notes;
        let [race] = &notes[..] else { panic!("{notes:?}") };
        let who: Vec<_> = race.threads.iter().map(|thread| thread.0).zip(race.lines.iter().copied()).collect();
        assert_eq!(who, [(reader, 3), (3 - reader, 6)]);
    }
}

#[test]
fn the_reduced_search_finds_what_all_interleavings_show() {
    let counts = [const { AtomicUsize::new(0) }; 3];
    side_by_side(programs(150), |(seed, text)| {
        let all = search(&text, false);
        if all.cut.is_some() {
            return;
        }
        let reduced = search(&text, true);
        assert_eq!(summary(&reduced), summary(&all), "seed {seed}:\n{text}");
        let seen = [true, reduced.states * 2 < all.states, !all.defects.is_empty()];
        for (count, seen) in counts.iter().zip(seen) {
            count.fetch_add(usize::from(seen), Ordering::Relaxed);
        }
    });
    let [compared, fewer, bad] = counts.map(AtomicUsize::into_inner);
    assert!(compared > 30 && fewer > compared / 2 && bad > 5, "{compared} {fewer} {bad}");
}

#[test]
fn the_shortest_way_is_shortest() {
    let (mut stuck, mut rings) = (0, 0);
    for (seed, text) in programs(100) {
        let shortest = |kind: Kind, reduce, keep_going| {
            let found =
                Search::new(start(&text), Options { reduce, keep_going, ..Options::usual(MOST) }).run(&|_| None);
            let is_other = |it: &Defect| it.kind != kind && matches!(it.kind, Kind::Ring | Kind::Stuck);
            let ends_early = !keep_going && found.defects.iter().any(is_other);
            let ways = found.defects.iter().filter(|it| it.kind == kind).map(|it| it.steps.len());
            ways.min().filter(|_| found.cut.is_none() && !ends_early)
        };
        // Where it ends with the first defect, that is the shortest.
        if let (Some(all), Some(reduced)) = (shortest(Kind::Stuck, false, false), shortest(Kind::Stuck, true, false)) {
            assert_eq!(reduced, all, "seed {seed}:\n{text}");
            stuck += 1;
        }
        // A ring is cut to what it rests on. (All interleavings may show a longer one: where the machine cannot yet rule
        // out that somebody else releases the lock, the ring counts only when nobody can go on.)
        if let (Some(all), Some(reduced)) = (shortest(Kind::Ring, false, true), shortest(Kind::Ring, true, true)) {
            assert!(reduced <= all, "seed {seed}, a ring: {reduced}, {all}\n{text}");
            rings += 1;
        }
    }
    assert!(stuck > 3 && rings > 0, "{stuck} {rings}");
}

#[test]
fn every_way_to_a_defect_is_a_run_of_the_machine() {
    let mut shown = BTreeSet::new();
    for (seed, text) in programs(150) {
        let options = Options { keep_going: true, ..Options::usual(MOST) };
        let answer = verdict::check(&start(&text), options, false, &|_| None);
        let answer = answer.unwrap_or_else(|why| panic!("seed {seed}: {why}\n{text}"));
        for defect in &answer.defects {
            shown.insert(defect.kind);
        }
    }
    assert!(shown.len() >= 4, "{shown:?}");
}

fn answer(text: &str) -> verdict::Answer {
    let options = Options::usual(100_000);
    verdict::check(&start(text), options, false, &|_| None).expect("the machine does it again")
}

fn kinds(text: &str) -> Vec<DefectKind> {
    answer(text).defects.iter().map(|defect| defect.kind).collect()
}

/// A program of two threads that do this.
fn two(before: &str, one: &str, other: &str) -> String {
    let body = |lines: &str| lines.lines().map(|line| format!("    {line}\n")).collect::<String>();
    format!(
        "import threading\n{before}\ndef first():\n{}def second():\n{}\
         threads = [threading.Thread(target=first), threading.Thread(target=second)]\n\
         for t in threads: t.start()\nfor t in threads: t.join()\n",
        body(one),
        body(other)
    )
}

#[test]
fn each_kind_of_defect_has_its_name() {
    let locks = "a, b = threading.Lock(), threading.Lock()";
    assert_eq!(kinds(&two(locks, "with a:\n    with b: pass", "with b:\n    with a: pass")), [DefectKind::Deadlock]);
    assert_eq!(kinds(&two(locks, "with a:\n    with b: pass", "with a:\n    with b: pass")), []);
    let count = "n = 0\nlock = threading.Lock()";
    assert_eq!(kinds(&two(count, "global n\nn += 1", "global n\nn += 1")), [DefectKind::LostUpdate]);
    assert_eq!(kinds(&two(count, "global n\nwith lock: n += 1", "global n\nwith lock: n += 1")), []);
    assert_eq!(kinds(&two(count, "global n\nn = 1", "assert n == 0")), [DefectKind::Assertion]);
    assert_eq!(kinds(&two(count, "lock.acquire()", "pass")), [DefectKind::HeldLock]);
    let met = "met = threading.Condition()";
    assert_eq!(kinds(&two(met, "with met: met.wait()", "with met: met.notify()")), [DefectKind::LostWakeup]);
    let flag = "flag = threading.Event()";
    assert_eq!(kinds(&two(flag, "flag.wait()", "pass")), [DefectKind::Stuck]);
    assert_eq!(kinds(&two(flag, "flag.wait()", "flag.set()")), []);
    assert_eq!(kinds("n = 1\nprint(n)\n"), []);
}

/// What a thread reads in one stretch under a lock and writes in another may be written over; an item is a place of its own;
/// who writes what stands there already, or asserts something before, loses nothing.
#[test]
fn updates_are_lost_where_values_are() {
    let both = |before: &str, body: &str| two(before, body, body);
    let lost = [
        both("lock, n = threading.Lock(), 0", "global n\nwith lock: x = n\nwith lock: n = x + 1"),
        both("n = 0", "global n\nn += 1"),
        both("votes = {}", "votes['a'] = votes.get('a', 0) + 1"),
        both("made = {}", "if 'a' not in made: made['a'] = []"),
        both("items = [0, 0]", "items[1] += 1"),
        both(
            "owner = None",
            "global owner\nwhile owner is not None: pass\nowner = threading.get_ident()\nowner = None",
        ),
    ];
    for text in lost {
        assert_eq!(kinds(&text), [DefectKind::LostUpdate], "{text}");
    }
    let kept = [
        two("items = [0, 0]", "items[0] += 1", "items[1] += 1"),
        two("votes = {}", "votes['a'] = votes.get('a', 0) + 1", "votes['b'] = votes.get('b', 0) + 1"),
        both("warned = False", "global warned\nif not warned: warned = True"),
        both("n = 0", "global n\nn += 0"),
        both("lock, n = threading.Lock(), 0", "global n\nwith lock:\n    x = n\n    n = x + 1"),
        peterson(),
    ];
    for text in kept {
        assert_eq!(kinds(&text), [], "{text}");
    }
}

/// Peterson's algorithm for two threads.
fn peterson() -> String {
    let side = |me: u8, other: u8| {
        format!(
            "global turn, inside\nfor _ in range(2):\n    wants[{me}] = True\n    turn = {other}\n    \
             while wants[{other}] and turn == {other}: pass\n    inside += 1\n    assert inside == 1\n    inside -= 1\n    \
             wants[{me}] = False"
        )
    };
    two("wants, turn, inside = [False, False], 0, 0", &side(0, 1), &side(1, 0))
}

/// A program that hangs on most ways is told to hang, however large it is: random ways show that. The library's own
/// threads, which wait for work, are not told of.
#[test]
fn what_hangs_is_told_though_the_search_is_cut() {
    let text = "from multiprocessing import Process, Queue\ndef work(q):\n    while q.get() is not None: pass\n\
                if __name__ == '__main__':\n    q = Queue()\n    ps = [Process(target=work, args=(q,)) for _ in range(2)]\n    \
                for p in ps: p.start()\n    q.put(None)\n    for p in ps: p.join()\n";
    let told = verdict::check(&start(text), Options::usual(5), false, &|_| None).expect("the machine does it again");
    assert!(told.found.cut.is_some() && told.verdict == Verdict::Defect, "{:?}", told.found);
    let defects: Vec<_> = told.defects.iter().map(|it| (it.kind, it.lines.clone())).collect();
    assert_eq!(defects, [(DefectKind::Stuck, vec![9, 3])]);
}

#[test]
fn a_thread_that_spins_hides_no_other() {
    // The spinning thread goes round with nobody, for ever.
    let text =
        two("mine = threading.Lock()\nn = 0", "while True:\n    with mine: pass", "global n\nn = 1\nassert n == 0");
    assert_eq!(kinds(&text), [DefectKind::Assertion]);
}

/// Two threads that each take one lock, try the other, and give way.
fn trylock() -> String {
    let polite = |mine: &str, other: &str| {
        format!(
            "while True:\n    {mine}.acquire()\n    if {other}.acquire(False): break\n    {mine}.release()\n{other}.release()\n{mine}.release()"
        )
    };
    two("a, b = threading.Lock(), threading.Lock()", &polite("a", "b"), &polite("b", "a"))
}

#[test]
fn threads_that_give_way_to_each_other_for_ever_are_a_livelock() {
    let found = answer(&trylock());
    let [defect] = &found.defects[..] else { panic!("{:?}", found.defects) };
    assert_eq!(defect.kind, DefectKind::Livelock);
    assert_eq!(defect.threads.iter().map(|thread| thread.0).collect::<Vec<_>>(), [1, 2]);
    let round = defect.steps[defect.steps.len() - defect.cycle..].iter().map(|(thread, _)| thread.0);
    // Each takes its own lock, tries the other, and releases its own.
    assert_eq!((defect.cycle, round.clone().filter(|thread| *thread == 1).count()), (6, 3));
    assert!(defect.loops().is_some() && defect.schedule().ends_with(&defect.loops().unwrap_or_default()));
}

#[test]
fn limits_that_end_all_the_time_are_a_livelock_too() {
    let polite = |mine: &str, other: &str| {
        format!(
            "while True:\n    with {mine}:\n        if {other}.acquire(timeout=0.1):\n            {other}.release()\n            return"
        )
    };
    let found = answer(&two("a, b = threading.Lock(), threading.Lock()", &polite("a", "b"), &polite("b", "a")));
    let [defect] = &found.defects[..] else { panic!("{:?}", found.defects) };
    assert_eq!((defect.kind, defect.threads.len()), (DefectKind::Livelock, 2));
    assert!(defect.loops().is_some_and(|round| round.contains("1t") && round.contains("2t")));
}

#[test]
fn a_loop_that_waits_is_a_livelock_only_if_nobody_ends_it() {
    let flag = |other: &str| two("flag = False", "while not flag: pass", other);
    assert_eq!(kinds(&flag("global flag\nflag = True")), []);
    assert_eq!(kinds(&flag("pass")), [DefectKind::Livelock]);
    let slow =
        |other: &str| two("import time\nflag = threading.Event()", "while not flag.wait(1): time.sleep(1)", other);
    assert_eq!(kinds(&slow("flag.set()")), []);
    assert_eq!(kinds(&slow("pass")), [DefectKind::Livelock]);
    // Under a lock, too: who wants it gets it at some time.
    let locked = "lock = threading.Lock()\nflag = False";
    let look = "while True:\n    with lock:\n        if flag: break";
    assert_eq!(kinds(&two(locked, look, "global flag\nwith lock: flag = True")), []);
}

#[test]
fn the_way_into_a_loop_goes_round_nowhere() {
    // The machine stops a thread that goes round for ever, so it must not do so before it has to.
    let text = "import threading\nflag = False\ndef first():\n    while not flag: pass\ndef second(): pass\n\
                for f in (first, second): threading.Thread(target=f, daemon=f is second).start()\n";
    let found = answer(text);
    let [defect] = &found.defects[..] else { panic!("{:?}", found.defects) };
    assert_eq!((defect.kind, defect.cycle), (DefectKind::Livelock, 1));
    let spins = defect.steps.iter().filter(|(thread, _)| thread.0 == 1).count();
    assert_eq!(spins, 1, "{}", defect.schedule());
}

#[test]
fn who_computes_for_long_may_yet_come_to_an_end() {
    let found = |body: &str| answer(&two("n = 0", body, "global n\nn = 1"));
    let doubted = |found: &verdict::Answer, who: &str| {
        assert_eq!(found.verdict, Verdict::Inconclusive, "{:?}", found.defects);
        let text = format!("{who} computes for long by itself from line ");
        assert!(found.doubts.iter().any(|doubt| doubt.starts_with(&text)), "{:?}", found.doubts);
    };
    for body in ["for _ in range(10**12): pass\nassert False", "sum(range(10**11))\nassert False"] {
        doubted(&found(body), "Thread-1 (first)");
    }
    doubted(&answer("sum(range(10**11))\nassert False"), "MainThread");
    // But this one is where it was, after each turn.
    let found = found("while True: pass");
    let [defect] = &found.defects[..] else { panic!("{:?}", found.defects) };
    assert_eq!((defect.kind, &defect.lines[..]), (DefectKind::Livelock, &[4][..]));
    assert_eq!(defect.threads.iter().map(|thread| thread.0).collect::<Vec<_>>(), [1]);
    // What the others do wrong is told all the same.
    for long in ["for _ in range(10**12): pass", "sum(range(10**11))"] {
        assert_eq!(kinds(&two("n = 0", long, "assert n == 1")), [DefectKind::Assertion]);
    }
}

#[test]
fn who_looks_and_waits_again_has_missed_no_notify() {
    let text = |waits: &str| {
        format!(
            "import threading\nitems, c = [], threading.Condition()\ndef take():\n    with c:\n        {waits}\n        \
             if items: items.pop()\nwith c:\n    items.append(1)\n    c.notify()\n\
             for _ in range(2): threading.Thread(target=take).start()\n"
        )
    };
    // There was one item for two.
    assert_eq!(kinds(&text("while not items: c.wait()")), [DefectKind::Stuck]);
    assert_eq!(kinds(&text("c.wait_for(lambda: items)")), [DefectKind::Stuck]);
    assert_eq!(kinds(&text("c.wait()")), [DefectKind::LostWakeup]);
    assert_eq!(kinds(&text("if not items: c.wait()")), [DefectKind::LostWakeup]);
}

#[test]
fn a_server_that_never_ends_is_no_defect() {
    let serve = "global n\nwhile True:\n    with lock: n = (n + 1) % 3";
    let found = answer(&two("lock = threading.Lock()\nn = 0", serve, serve));
    assert!(found.defects.is_empty() && found.found.endless && found.verdict == Verdict::Verified, "{found:?}");
    let queues =
        two("import queue\nq = queue.Queue(1)", "while True: q.put(1)", "while True:\n    q.get()\n    q.task_done()");
    assert_eq!(kinds(&queues), []);
}

#[test]
fn who_is_passed_over_for_ever_starves() {
    // Readers keep the writer out as long as one of them is there.
    let text = "\
import threading
m, w = threading.Lock(), threading.Lock()
readers = 0
def read():
    global readers
    while True:
        with m:
            readers += 1
            if readers == 1: w.acquire()
        with m:
            readers -= 1
            if readers == 0: w.release()
def write():
    with w: pass
threads = [threading.Thread(target=read), threading.Thread(target=read), threading.Thread(target=write)]
for t in threads: t.start()
for t in threads: t.join()
";
    let found = answer(text);
    let [defect] = &found.defects[..] else { panic!("{:?}", found.defects) };
    assert_eq!((defect.kind, defect.threads[0].0, &defect.lines[..]), (DefectKind::Starvation, 3, &[14][..]));
    let round: BTreeSet<u32> =
        defect.steps[defect.steps.len() - defect.cycle..].iter().map(|(thread, _)| thread.0).collect();
    assert_eq!(round, BTreeSet::from([1, 2]));
}

#[test]
fn a_thread_may_be_stuck_while_others_go_on() {
    let on = "global n\nwhile True: n = (n + 1) % 2";
    let found = answer(&two("flag = threading.Event()\nn = 0", on, "flag.wait()"));
    let [defect] = &found.defects[..] else { panic!("{:?}", found.defects) };
    assert_eq!((defect.kind, defect.threads[0].0), (DefectKind::Stuck, 2));
}

#[test]
fn a_ring_is_told_as_soon_as_it_closes() {
    let others = "n = 0\ndef third():\n    global n\n    {}\nthreading.Thread(target=third).start()\n";
    let ring = |third: &str| {
        let before = format!("a, b = threading.Lock(), threading.Lock()\n{}", others.replace("{}", third));
        two(&before, "with a:\n    with b: pass", "with b:\n    with a: pass")
    };
    // Each takes one lock: the third thread has no part in it, whether it ends, or never does.
    for third in ["n = 1", "while True: n = (n + 1) % 3"] {
        let found = answer(&ring(third));
        let [defect] = &found.defects[..] else { panic!("{:?}", found.defects) };
        let threads: BTreeSet<u32> = defect.threads.iter().map(|it| it.0).collect();
        assert_eq!((defect.kind, threads), (DefectKind::Deadlock, BTreeSet::from([2, 3])));
        assert!(defect.steps.iter().all(|(thread, _)| thread.0 != 1), "{}", defect.schedule());
        assert!(defect.schedule().ends_with("2 3") || defect.schedule().ends_with("3 2"), "{}", defect.schedule());
    }
    // Somebody may yet release a lock that is not his own: no ring is final here.
    let text = ring("while not a.locked() or not b.locked(): pass\n    a.release()");
    assert!(kinds(&text).iter().all(|kind| *kind != DefectKind::Deadlock), "{:?}", kinds(&text));
    // A thread that takes its own lock twice, and one that joins who waits for it.
    let count = "lock = threading.Lock()";
    assert_eq!(kinds(&two(count, "lock.acquire()\nlock.acquire()", "pass")), [DefectKind::Deadlock]);
}

#[test]
fn who_may_wake_without_a_notify_has_to_look_again() {
    let wait = |how: &str| {
        let one = format!("with met:\n    {how} not full: met.wait()\n    assert full");
        two(
            "met = threading.Condition()\nfull = False",
            &one,
            "global full\nwith met:\n    full = True\n    met.notify()",
        )
    };
    let checked = |how: &str, spurious| {
        let options = Options { spurious, ..Options::usual(100_000) };
        verdict::check(&start(&wait(how)), options, false, &|_| None).expect("the machine does it again")
    };
    assert_eq!(checked("if", false).verdict, Verdict::Verified);
    assert_eq!(checked("while", false).verdict, Verdict::Verified);
    assert_eq!(checked("while", true).verdict, Verdict::Verified);
    let found = checked("if", true);
    let [defect] = &found.defects[..] else { panic!("{:?}", found.defects) };
    assert_eq!(defect.kind, DefectKind::Assertion);
    assert!(defect.schedule().contains("1w"), "{}", defect.schedule());
    // On the tape it is that fault.
    let source = start(&wait("if"));
    let boot = Boot { seed: 1, epoch: 0, memory: budget::DEFAULT };
    let events = support::replay::replay(source.image(), boot, &defect.played.tape).expect("it plays");
    assert!(events.iter().any(|event| matches!(&event.kind, EventKind::FaultInjected { fault: Fault::Wake { .. } })));
    // A notify that came too early leaves the thread stuck: nobody has to wake it.
    let lost = two("met = threading.Condition()", "with met: met.wait()", "with met: met.notify()");
    let options = Options { spurious: true, ..Options::usual(100_000) };
    let found = verdict::check(&start(&lost), options, false, &|_| None).expect("the machine does it again");
    assert_eq!(found.defects.iter().map(|defect| defect.kind).collect::<Vec<_>>(), [DefectKind::LostWakeup]);
}

#[test]
fn spurious_wakeups_too_are_found_by_the_reduced_search() {
    let mut compared = 0;
    for (seed, text) in programs(300).filter(|(_, text)| text.contains("met.wait()")) {
        let search = |reduce| {
            Search::new(start(&text), Options { reduce, keep_going: true, spurious: true, ..Options::usual(MOST) })
                .run(&|_| None)
        };
        let all = search(false);
        if all.cut.is_none() {
            assert_eq!(summary(&search(true)), summary(&all), "seed {seed}:\n{text}");
            compared += 1;
        }
    }
    assert!(compared > 1, "{compared}");
}

#[test]
fn what_cannot_be_known_is_said() {
    let verdict = |text: &str| answer(text).verdict;
    assert_eq!(verdict("print(1)\n"), Verdict::Verified);
    assert_eq!(verdict("import time\nif time.time() > 5: print(1)\n"), Verdict::Inconclusive);
    assert_eq!(verdict("import random\nprint(random.random())\n"), Verdict::Inconclusive);
    assert_eq!(verdict("import random\nrandom.seed(1)\nprint(random.random())\n"), Verdict::Verified);
    let cut = Options { keep_going: true, ..Options::usual(3) };
    let text = two(
        "a, b = threading.Lock(), threading.Lock()",
        "a.acquire()\nb.acquire()\nb.release()\na.release()",
        "with a: pass\nwith b: pass",
    );
    let answer = verdict::check(&start(&text), cut, false, &|_| None).expect("the machine does it again");
    assert!(answer.found.cut == Some(Bound::States) && answer.verdict == Verdict::Inconclusive);
}

/// Nobody can tell a thread anything that was not started, or does not wait: so threads that come together at a condition
/// cost a few states each.
#[test]
fn threads_that_meet_at_a_condition_cost_little() {
    let states = |threads: usize| {
        let text = format!(
            "import threading\nmet, here = threading.Condition(), 0\ndef come():\n    global here\n    with met:\n        \
             here += 1\n        if here == {threads}: met.notify_all()\n        while here < {threads}: met.wait()\n\
             threads = [threading.Thread(target=come) for _ in range({threads})]\n\
             for t in threads: t.start()\nfor t in threads: t.join()\n"
        );
        let found = answer(&text);
        assert_eq!(found.verdict, Verdict::Verified);
        found.found.states
    };
    assert_eq!([3, 4, 5, 6].map(states), [5, 7, 9, 11]);
}

/// Two threads put two items each into a buffer that holds one, and two take them out, with one condition or two.
fn buffer(met: &str, again: &str) -> String {
    let side = |name: &str, count: u32, own: &str, act: &str, other: &str| {
        format!(
            "def {name}():\n    for i in range(2):\n        with lock:\n            {again} len(items) == {count}: {own}.wait()\n            \
             items.{act}\n            {other}.notify()\n"
        )
    };
    let (put, get) = (side("put", 1, "room", "append(i)", "some"), side("get", 0, "some", "pop(0)", "room"));
    format!(
        "import threading\nlock, items = threading.Lock(), []\nroom = threading.Condition(lock)\nsome = {met}\n{put}{get}\
         threads = [threading.Thread(target=it) for it in [put, put, get, get]]\n\
         for t in threads: t.start()\nfor t in threads: t.join()\n"
    )
}

/// That the main thread joins threads which others notify makes no state, and the way to a defect ends the search at once.
#[test]
fn a_buffer_has_as_many_states_as_it_needs() {
    let found = |met, again| {
        let found = answer(&buffer(met, again));
        (found.verdict, found.found.states)
    };
    assert_eq!(found("threading.Condition(lock)", "while"), (Verdict::Verified, 163));
    let (one, if_) = (found("room", "while"), found("threading.Condition(lock)", "if"));
    assert_eq!((one.0, if_.0), (Verdict::Defect, Verdict::Defect));
    assert!(one.1 <= 150 && if_.1 <= 60, "{one:?} {if_:?}");
}

/// How often a queue or a deque was changed is no part of a state, unless somebody can tell.
#[test]
fn loops_over_queues_and_deques_come_to_an_end() {
    let states = |text: &str| {
        let found = answer(text);
        assert_eq!(found.verdict, Verdict::Verified, "{:?}", found.doubts);
        found.found.states
    };
    let queue = "import queue\nq = queue.Queue(1)";
    let through = |get: &str| two(queue, "while True: q.put([1])", get);
    let done = through("while True:\n    q.get()\n    q.task_done()");
    let deque = "import collections\nd, lock = collections.deque(), threading.Lock()";
    let put = "while True:\n    with lock:\n        if len(d) < 1: d.append(1)";
    let popped = two(deque, put, "while True:\n    with lock:\n        if d: d.popleft()");
    assert_eq!([through("while True: q.get()"), done, popped].map(|text| states(&text)), [3, 3, 3]);
}

/// Who goes through a deque notices that it was changed, even if it looks the same as before.
#[test]
fn who_goes_through_a_deque_sees_that_it_was_changed() {
    let text = two("import collections\nd = collections.deque([1, 2])", "for x in d: pass", "d.append(3)\nd.pop()");
    assert_eq!(kinds(&text), [DefectKind::Exception]);
}

/// What the search finds of the program: reduced, and without any reduction.
fn both(text: &str, options: Options) -> [Found; 2] {
    [true, false].map(|reduce| Search::new(start(text), Options { reduce, ..options }).run(&|_| None))
}

#[test]
fn faults_strike_wherever_they_can() {
    let struck = |text: &str, strike: Strike| {
        let options = Options { faults: 1, kinds: Strikes::default().with(strike), ..Options::usual(100_000) };
        let found = verdict::check(&start(text), options, false, &|_| None).expect("the machine does it again");
        found.defects.iter().map(|it| (it.kind, it.schedule())).collect::<Vec<_>>()
    };
    let locked = two("lock = threading.Lock()", "with lock: pass", "with lock: pass");
    for (strike, letter) in [(Strike::Kill, "k"), (Strike::Leak, "l"), (Strike::Freeze, "f")] {
        let found = struck(&locked, strike);
        let [(kind, schedule)] = &found[..] else { panic!("{strike:?}: {found:?}") };
        assert!(matches!(kind, DefectKind::Stuck | DefectKind::HeldLock), "{strike:?}: {kind:?}");
        assert!(schedule.split(' ').any(|word| word.ends_with(letter)), "{schedule}");
    }
    let [(kind, _)] = &struck(&locked, Strike::Take)[..] else { panic!() };
    assert_eq!(*kind, DefectKind::Exception);
    let told = two(
        "met, told = threading.Condition(), False",
        "with met:\n    while not told: met.wait()",
        "global told\nwith met:\n    told = True\n    met.notify()",
    );
    assert_eq!(kinds(&told), []);
    assert_eq!(struck(&told, Strike::Drop).len(), 1);
    assert_eq!(struck(&told, Strike::Break), []);
}

#[test]
fn what_faults_do_is_found_by_the_reduced_search_too() {
    let mut bad = 0;
    for (seed, text) in programs(60) {
        let kinds = Strikes::COMMON.into_iter().collect();
        let options = Options { keep_going: true, faults: 1, kinds, ..Options::usual(MOST) };
        let [reduced, all] = both(&text, options);
        if reduced.cut.is_some() || all.cut.is_some() {
            continue;
        }
        assert_eq!(summary(&reduced), summary(&all), "seed {seed}:\n{text}");
        bad += usize::from(!all.defects.is_empty());
    }
    assert!(bad > 10, "{bad}");
}

#[test]
fn faults_strike_processes_in_the_reduced_search_too() {
    let mut told = String::new();
    for (name, _, text) in support::processes::programs() {
        for strike in [Strike::KillProcess, Strike::Lose, Strike::Kill, Strike::Leak, Strike::Freeze] {
            let kinds = Strikes::default().with(strike);
            let options = Options { keep_going: true, faults: 1, kinds, ..Options::usual(6_000) };
            let [reduced, all] = both(&text, options);
            if reduced.cut.is_some() || all.cut.is_some() {
                continue;
            }
            assert_eq!(summary(&reduced), summary(&all), "{name} with {}:\n{text}", strike.name());
            let answer = verdict::check(&start(&text), options, false, &|_| None);
            assert_eq!(answer.expect("the machine does it again").defects.is_empty(), all.defects.is_empty());
            if matches!(strike, Strike::KillProcess | Strike::Lose) {
                let kinds = summary(&all).1.into_iter().collect::<Vec<_>>().join(", ");
                told += &format!("{name}, {}: {kinds}\n", strike.name());
            }
        }
    }
    let expected = "\
update, kill-process: crashed AssertionError, lost 5 7 5, lost 7 5 7, stuck
update, lose-message: crashed AssertionError, lost 5 7 5, lost 7 5 7
locked update, kill-process: crashed AssertionError, stuck
locked update, lose-message: 
own memory, kill-process: 
own memory, lose-message: 
two locks, kill-process: ring, stuck
two locks, lose-message: ring
left held, kill-process: held, stuck
left held, lose-message: held, stuck
pipe, kill-process: crashed AssertionError
pipe, lose-message: crashed AssertionError
kill, kill-process: stuck
kill, lose-message: stuck
terminate, kill-process: 
terminate, lose-message: 
fork while locked, kill-process: stuck
fork while locked, lose-message: stuck
queue, kill-process: stuck
queue, lose-message: stuck
join before drain, kill-process: stuck
join before drain, lose-message: stuck
";
    assert_eq!(told, expected);
}

#[test]
fn output_that_depends_on_who_goes_first_is_told() {
    let differs = |text: &str| {
        let options = Options { keep_going: true, deterministic: true, ..Options::usual(MOST) };
        let [reduced, all] = both(text, options).map(|found| {
            found.cut.is_none().then(|| found.defects.iter().any(|it| matches!(it.kind, Kind::Differs(..))))
        });
        if let (Some(reduced), Some(all)) = (reduced, all) {
            assert_eq!(reduced, all, "{text}");
        }
        reduced
    };
    assert_eq!(differs(&two("", "print(1)", "print(2)")), Some(true));
    assert_eq!(differs(&two("", "print(1)", "print(1)")), Some(false));
    assert_eq!(differs(&two("", "pass", "print(2)")), Some(false));
    let random: Vec<bool> = programs(60).filter_map(|(_, text)| differs(&text)).collect();
    assert!(random.contains(&true) && random.contains(&false));
}

/// A program at whose end stands what is asked of its states, as the command line puts it there.
fn asking(text: &str, expression: &str) -> (Execution, Options) {
    let start =
        start(&format!("{text}\nif __name__ == 'asked':\n    def asks():\n        assert not ({expression})\n"));
    let asked = asked::function(start.image(), "asks");
    assert!(asked.is_some());
    (start, Options { asked, ..Options::usual(MOST) })
}

#[test]
fn what_is_asked_for_is_found_where_it_comes_true() {
    let text =
        two("total = 0", "global total\nfor _ in range(3): total += 1", "global total\nfor _ in range(3): total += 1");
    let reached = |expression: &str| {
        let (start, options) = asking(&text, expression);
        let found = Search::new(start, options).run(&|_| None);
        let all = {
            let (start, options) = asking(&text, expression);
            Search::new(start, Options { reduce: false, ..options }).run(&|_| None)
        };
        let steps = |found: &Found| found.defects.iter().find(|it| it.kind == Kind::Reached).map(|it| it.steps.len());
        assert_eq!(steps(&found).is_some(), steps(&all).is_some(), "{expression}");
        steps(&found).is_some()
    };
    assert!(reached("total == 2") && reached("total == 6") && reached("total > 4"));
    assert!(!reached("total == 7") && !reached("total < 0") && !reached("nothing == 1"));
}

#[test]
fn who_looks_is_no_thread_of_the_program() {
    // To look takes a row, which in other states is that of a thread that was started.
    let text = "import threading, queue\nq, n = queue.Queue(2), 0\ndef leaf():\n    global n\n    n += 1\n\
                def work0():\n    global n\n    q.put([n])\n    while n < 2:\n        while n < 2:\n            x = q.get()\n            \
                n += 1\n        n += 1\ndef work1():\n    global n\n    for _ in range(2):\n        while n < 2:\n            \
                threading.Thread(target=leaf).start()\n            n += 1\n\
                for f in (work0, work1): threading.Thread(target=f).start()\n";
    let (start, options) = asking(text, "n == 1");
    let found = Search::new(start, Options { keep_going: true, ..options }).run(&|_| None);
    assert!(found.defects.iter().any(|it| it.kind == Kind::Reached));
}

#[test]
fn the_reduced_search_sees_every_value_that_a_variable_has() {
    let mut seen = 0;
    for (seed, text) in programs(40) {
        for value in 0..4 {
            let reached = |reduce| {
                let (start, options) = asking(&text, &format!("n == {value}"));
                let found = Search::new(start, Options { reduce, ..options }).run(&|_| None);
                found.cut.is_none().then(|| found.defects.iter().any(|it| it.kind == Kind::Reached))
            };
            if let (Some(reduced), Some(all)) = (reached(true), reached(false)) {
                assert_eq!(reduced, all, "seed {seed}, n == {value}:\n{text}");
                seen += usize::from(all);
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn a_search_that_is_ended_says_what_costs_most() {
    let told = |before: &str, one: &str, costs: &str| {
        let asked = AtomicUsize::new(0);
        let stop = |_| (asked.fetch_add(1, Ordering::Relaxed) > 1_000).then_some(Bound::States);
        let found = verdict::check(&start(&two(before, one, "pass")), Options::usual(MOST), false, &stop);
        let found = found.expect("the machine does it again");
        assert_eq!(found.verdict, Verdict::Inconclusive);
        let text = format!("what costs most: {costs}");
        assert!(found.doubts.iter().any(|doubt| doubt.starts_with(&text)), "{:?}", found.doubts);
    };
    let loops = "while not flag.is_set():\n    ";
    let flag = "flag = threading.Event()";
    told(flag, &format!("n = 0\n{loops}n += 1"), "Thread-1 (first) comes to line 5 in ");
    let counts = format!("class Counter:\n    n = 0\ncounter = Counter()\n{flag}");
    told(&counts, &format!("{loops}counter.n += 1"), "the attribute n of Counter takes ");
    let list = format!("items = []\n{flag}");
    told(&list, &format!("{loops}items.append(1)"), "a list takes ");
    let threads = "import threading\nn = 0\nlock = threading.Lock()\ndef step():\n    global n\n    for _ in range(3):\n        \
                   with lock: n = 1 - n\nfor _ in range(6): threading.Thread(target=step).start()\n";
    let found = verdict::check(&start(threads), Options::usual(20), false, &|_| None).expect("it does it again");
    let many = "what costs most: the steps of 7 threads, which can follow in very many orders";
    assert!(found.doubts.iter().any(|doubt| doubt == many), "{:?}", found.doubts);
}

/// What goes wrong where threads are switched only as CPython's interpreter lock allows.
fn under_gil(text: &str) -> Vec<Kind> {
    let options = Options { gil: true, keep_going: true, ..Options::usual(MOST) };
    let found = Search::new(start(text), options).run(&|_| None);
    assert_eq!(found.cut, None, "{text}");
    found.defects.into_iter().map(|defect| defect.kind).collect()
}

#[test]
fn the_interpreter_lock_is_handed_over_only_at_calls_and_where_loops_go_back() {
    let adds = |step: &str| two("import time\nn = 0\n", step, step);
    assert_eq!(under_gil(&adds("global n\nn += 1")), []);
    assert_eq!(under_gil(&adds("global n\nx = n\nx += 1\nn = x")), []);
    let lost = |step: &str| {
        let found = under_gil(&adds(step));
        let lost = |kind: &Kind| matches!(kind, Kind::Lost(_));
        assert!(!found.is_empty() && found.iter().all(lost), "{step}: {found:?}");
    };
    lost("global n\nx = n\nlen('a')\nn = x + 1");
    lost("global n\nx = n\none = (lambda: 1)()\nn = x + one");
    lost("global n\nx = n\nfor i in range(2): y = i\nn = x + 1");
    lost("global n\nx = n\ntime.sleep(0.1)\nn = x + 1");
    // To enter `with` is no such place, to call is.
    let locks = "a, b = threading.Lock(), threading.Lock()\n";
    let with = two(locks, "with a:\n    with b: pass", "with b:\n    with a: pass");
    assert_eq!(under_gil(&with), []);
    let calls = two(locks, "a.acquire(); b.acquire(); b.release(); a.release()", "with b:\n    with a: pass");
    assert_eq!(under_gil(&calls), [Kind::Ring]);
}

#[test]
fn what_goes_wrong_under_the_interpreter_lock_goes_wrong_without_it() {
    let names =
        |found: &[Defect]| -> BTreeSet<String> { found.iter().map(|defect| format!("{:?}", defect.kind)).collect() };
    let (mut compared, mut fewer) = (0, 0);
    for (seed, text) in programs(60) {
        let every = search(&text, true);
        let options = Options { gil: true, keep_going: true, ..Options::usual(MOST) };
        let mut locked = Search::new(start(&text), options);
        let some = locked.run(&|_| None);
        if every.cut.is_some() || some.cut.is_some() {
            continue;
        }
        let (all, under) = (names(&every.defects), names(&some.defects));
        assert!(under.is_subset(&all), "seed {seed}: {under:?}, {all:?}\n{text}");
        for defect in &some.defects {
            let run = locked.named(&defect.steps);
            assert!(raddle::check::replay::play(start(&text), &run, raddle::check::replay::Ending::Open).is_ok());
        }
        compared += 1;
        fewer += u32::from(under.len() < all.len());
    }
    assert!(compared > 30 && fewer > 0, "{compared} programs, {fewer} with less");
}

#[test]
fn one_run_of_each_class_is_listed() {
    let runs = |text: &str, reduce: bool| {
        let mut search = Search::new(start(text), Options { reduce, keep_going: true, ..Options::usual(MOST) });
        let found = search.run(&|_| None);
        let listed = classes::list(&mut search, 40, &|_| None);
        (found.cut.is_none() && listed.complete).then_some(listed.runs.len())
    };
    let lock = "n = 0\nlock = threading.Lock()";
    let add = "global n\nfor _ in range(2):\n    with lock: n += 1";
    assert_eq!(runs(&two(lock, add, add), true), Some(6), "two of four turns are the first thread's");
    assert_eq!(runs(&two("n = m = 0", "global n\nn += 1", "global m\nm += 1"), true), Some(1), "they never meet");
    let locks = "a, b = threading.Lock(), threading.Lock()";
    assert_eq!(runs(&two(locks, "with a:\n    with b: pass", "with b:\n    with a: pass"), true), Some(3));
    let mut compared = 0;
    for (seed, text) in programs(12) {
        let (some, all) = (runs(&text, true), runs(&text, false));
        if let (Some(some), Some(all)) = (some, all) {
            assert_eq!(some, all, "seed {seed}\n{text}");
            compared += 1;
        }
    }
    assert!(compared > 1, "{compared} programs");
}
