//! Races: lost updates and unordered accesses, in small programs that have them and in some that have none.
//!
//! The programs stand in `tests/race_programs`. A line `=== what it shows: place` begins each; `head.py` goes before
//! all of them.

mod support {
    pub(crate) mod program;
    pub(crate) mod random;
}

use raddle::engine::{Options, Received, Run};
use raddle::event::{Event, EventKind, Shown};
use raddle::machine::Image;
use raddle::policy::Kind;
use raddle::trace::races::words;
use raddle::trace::{Model, json, report};
use std::sync::Arc;
use std::time::Duration;
use support::program::image;
use support::random::Xorshift;

const HEAD: &str = include_str!("race_programs/head.py");
/// Only a defect takes so long.
const LONG: Duration = Duration::from_secs(20);
/// The policies and seeds with which each program is run.
const WAYS: [(Kind, u64); 6] =
    [(Kind::Os, 0), (Kind::RoundRobin, 0), (Kind::Gil, 0), (Kind::Random, 1), (Kind::Random, 2), (Kind::Pct, 3)];

struct Program {
    name: &'static str,
    /// The place that it is about, if there is one.
    place: &'static str,
    text: String,
}

fn programs(file: &'static str) -> Vec<Program> {
    let sections = file.split("=== ").skip(1);
    let program = |section: &'static str| {
        let (title, text) = section.split_once('\n').expect("a title, and a program");
        let (name, place) = title.split_once(": ").unwrap_or((title, ""));
        Program { name, place, text: format!("{HEAD}{text}") }
    };
    sections.map(program).collect()
}

fn model(image: &Arc<Image>, policy: Kind, seed: u64) -> (Model, Vec<Event>) {
    let run = Run::start(image.clone(), Options { policy, seed, ..Options::default() }).expect("there are threads");
    let mut stream = run.events();
    let (mut model, mut events) = (Model::without_log(image.legend()), Vec::new());
    loop {
        match stream.recv_timeout(LONG) {
            Received::Event(event) => {
                model.apply(&event);
                events.push(event);
            }
            Received::Quiet => break,
            Received::Nothing => panic!("nothing comes of {}", image.program.source.name()),
        }
    }
    run.end();
    assert_eq!(model.status(), Some(0), "{}:\n{}", image.program.source.name(), report(&model));
    (model, events)
}

/// Runs every program of a file in every way, and fails once, with all complaints of `check`.
fn check_all(file: &'static str, least: usize, check: impl Fn(&Program, &Model) -> Option<String>) {
    let programs = programs(file);
    assert!(programs.len() >= least);
    let mut complaints = String::new();
    for program in &programs {
        let image = image(program.name, &program.text);
        for (policy, seed) in WAYS {
            let (model, _) = model(&image, policy, seed);
            if let Some(complaint) = check(program, &model) {
                let report = report(&model);
                complaints += &format!("\n{} ({} {seed}): {complaint}\n{report}", program.name, policy.name());
                break;
            }
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

fn lost(model: &Model) -> Vec<String> {
    model.lost_updates().map(|lost| words::place(lost.row, lost.key.as_ref(), model)).collect()
}

fn unordered(model: &Model) -> Vec<String> {
    model.unordered().map(|note| words::place(note.row, note.key.as_ref(), model)).collect()
}

#[test]
fn an_update_that_is_lost_is_found() {
    check_all(include_str!("race_programs/lost.txt"), 40, |program, model| {
        let lost = lost(model);
        let wrong = lost != [program.place];
        wrong.then(|| format!("{lost:?} instead of {}", program.place))
    });
}

#[test]
fn accesses_that_nothing_orders_are_noted_and_no_update_is_lost_by_them() {
    check_all(include_str!("race_programs/unordered.txt"), 14, |program, model| {
        let (lost, unordered) = (lost(model), unordered(model));
        let wrong = !lost.is_empty() || !unordered.iter().any(|place| place == program.place);
        wrong.then(|| format!("lost {lost:?}, unordered {unordered:?} instead of {}", program.place))
    });
}

#[test]
fn what_a_primitive_orders_is_neither() {
    check_all(include_str!("race_programs/fine.txt"), 25, |_, model| {
        let (lost, unordered) = (lost(model), unordered(model));
        (!lost.is_empty() || !unordered.is_empty()).then(|| format!("lost {lost:?}, unordered {unordered:?}"))
    });
}

#[test]
fn races_are_not_reported_when_switched_off() {
    let program = &programs(include_str!("race_programs/lost.txt"))[0];
    let compiled = Arc::clone(&image(program.name, &program.text).program);
    let silent = Arc::new(Image::new(compiled).without_races());
    let (model, _) = model(&silent, Kind::Random, 1);
    assert!(model.races().is_none() && lost(&model).is_empty() && json::races(&model).is_empty());
    assert!(report(&model).starts_with("no trouble in "));
}

/// Threads that add to counters in one of several ways.
fn adders(random: &mut Xorshift) -> String {
    let places = ["n", "c.n", "d['k']", "l[0]", "l[-1]"];
    let steps = ["{} += 1", "{} = {} + 1", "seen = {}; {} = seen + 1", "seen = [{}]; {} = sum(seen) + 1"];
    let place = places[random.below(places.len())];
    let mut text = String::from(
        "import threading\nclass C:\n    def __init__(self):\n        self.n = 0\n        self.n = 0\n\
         c, d, l, n = C(), {'k': 0}, [0], 0\nlock = threading.Lock()\n",
    );
    let threads = 2 + random.below(3);
    let mut total = 0;
    for thread in 0..threads {
        let (rounds, locked) = (1 + random.below(4), random.below(4) == 0);
        total += rounds;
        let step = steps[random.below(steps.len())].replace("{}", place);
        let indent = if locked { "        with lock:\n            " } else { "        " };
        text += &format!("def work{thread}():\n    global n\n    for _ in range({rounds}):\n{indent}{step}\n");
    }
    text += "threads = [";
    (0..threads).for_each(|thread| text += &format!("threading.Thread(target=work{thread}), "));
    text + &format!(
        "]\nfor t in threads: t.start()\nfor t in threads: t.join()\nprint({total} - {})\n",
        if place == "l[-1]" { "l[0]" } else { place }
    )
}

fn missing(events: &[Event]) -> u64 {
    let printed = events.iter().find_map(|event| match &event.kind {
        EventKind::Printed { text, .. } => text.trim().parse().ok(),
        _ => None,
    });
    printed.expect("it prints how many are missing")
}

#[test]
fn counts_are_missing_exactly_where_an_update_was_lost() {
    let programs = std::env::var("RADDLE_PROGRAMS").ok().and_then(|text| text.parse().ok()).unwrap_or(40_u64);
    let (mut lost_some, mut lost_none) = (0, 0);
    for seed in 1..=programs {
        let text = adders(&mut Xorshift(seed * 7919));
        let image = image(&format!("adders {seed}"), &text);
        for policy in Kind::ALL {
            let (model, events) = model(&image, policy, seed);
            let (missing, found) = (missing(&events), lost(&model));
            assert_eq!(missing > 0, !found.is_empty(), "{missing} missing, {found:?} found, {policy:?}, {text}");
            *(if missing > 0 { &mut lost_some } else { &mut lost_none }) += 1;
        }
    }
    assert!(lost_some > 20 && lost_none > 20, "{lost_some} {lost_none}");
}

#[test]
fn under_one_lock_there_is_nothing_to_note() {
    for seed in 1..=20_u64 {
        let text = adders(&mut Xorshift(seed * 104_729));
        let locked = text.replace("        with lock:\n            ", "        ");
        let rounds = |line: &str| line.trim_start().starts_with("for _ in range(");
        let mut all = String::new();
        let mut inside = false;
        for line in locked.lines() {
            all += &if std::mem::replace(&mut inside, rounds(line)) {
                format!("        with lock:\n    {line}\n")
            } else {
                format!("{line}\n")
            };
        }
        let image = image(&format!("locked {seed}"), &all);
        for (policy, _) in WAYS {
            let (model, events) = model(&image, policy, seed);
            assert_eq!((missing(&events), lost(&model), unordered(&model)), (0, vec![], vec![]), "{all}");
        }
    }
}

#[test]
fn live_past_and_report_say_the_same() {
    let program = &programs(include_str!("race_programs/lost.txt"))[4];
    let image = image("votes.py", &program.text);
    let (model, events) = model(&image, Kind::Random, 1);
    let mut again = Model::new(image.legend());
    let mut halfway = again.clone();
    for event in &events {
        again.apply(event);
        if event.seq == events.len() as u64 / 2 {
            halfway = again.clone();
        }
    }
    events[halfway.event_count() as usize..].iter().for_each(|event| halfway.apply(event));
    for model in [&model, &again, &halfway] {
        assert_eq!((lost(model), unordered(model)), (vec!["votes['yes']".to_owned()], vec!["votes['yes']".to_owned()]));
        assert!(report(model).starts_with("lost update: votes['yes'], t"), "{}", report(model));
    }
    let lost = model.lost_updates().next().expect("there is one");
    let parts = [&lost.read, &lost.lost, &lost.write];
    assert!(parts.is_sorted_by_key(|access| access.seq) && lost.read.thread == lost.write.thread);
    assert_eq!(parts.map(|access| access.value.clone()), [Shown::Int(0), Shown::Int(1), Shown::Int(1)]);
    let lines = json::races(&model);
    let told: Vec<serde_json::Value> = lines.iter().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((told[0]["kind"].as_str(), told[1]["kind"].as_str()), (Some("lost_update"), Some("unordered_access")));
    assert_eq!((told[0]["seq"].as_u64(), told[0]["times"].as_u64()), (Some(lost.write.seq), Some(1)));
    assert_eq!(told[0]["lost"]["line"], told[0]["read"]["line"]);
}

#[test]
fn every_program_can_be_asked_which_reads_its_writes_go_by() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders =
        ["tests/conformance", "scenarios"].map(|name| std::fs::read_dir(folder.join(name)).expect("it is there"));
    let mut programs = 0;
    for path in folders.into_iter().flatten().map(|entry| entry.expect("it can be read").path()) {
        if path.extension().is_none_or(|end| end != "py") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let legend = image(&path.to_string_lossy(), &text).legend();
        let flow = legend.flow.expect("races are looked for");
        let names = (0..legend.symbols.len() as u32).step_by(7).map(|index| Some(raddle::base::Symbol(index)));
        for name in names.chain([None]) {
            let lines = 1..=legend.source.line_count();
            assert!(lines.clone().all(|line| flow.link(name, line, line + 1_000_000).is_none()));
        }
        programs += 1;
    }
    assert!(programs > 100);
}

/// Two threads that nest two locks, one after the other.
fn nested(between: &str, second: &str) -> String {
    format!(
        "import threading, time\na, b = threading.Lock(), threading.Lock()\ngate = threading.Lock()\n\
         def first():\n    with a:\n        with b: pass\ndef second():\n    time.sleep(1)\n    {second}\n\
         one, other = threading.Thread(target=first, name='one'), threading.Thread(target=second, name='other')\n\
         one.start()\n{between}other.start()\none.join()\nother.join()\n"
    )
}

#[test]
fn locks_that_are_taken_in_opposite_orders_are_a_possible_deadlock() {
    let possible = |text: &str| {
        let image = image("nested.py", text);
        let (model, _) = model(&image, Kind::RoundRobin, 0);
        assert!(model.findings().is_empty(), "{text}");
        let told = report(&model).lines().filter(|line| line.starts_with("possible deadlock: ")).count();
        assert_eq!(model.possible_deadlocks().len(), told);
        assert_eq!(json::races(&model).iter().filter(|line| line.contains("possible_deadlock")).count(), told);
        told
    };
    let opposite = "with b:\n        with a: pass";
    assert_eq!(possible(&nested("", opposite)), 1);
    assert_eq!(possible(&nested("", "with a:\n        with b: pass")), 0, "the same order");
    assert_eq!(possible(&nested("one.join()\n", opposite)), 0, "one is over before the other begins");
    assert_eq!(possible(&nested("", "with b:\n        if a.acquire(timeout=1): a.release()")), 0, "it gives up");
    let both = nested("", opposite)
        .replace("with a:\n        with b: pass\ndef", "with gate:\n      with a:\n        with b: pass\ndef");
    assert_eq!(possible(&both), 1, "only one of them goes through the gate");
    assert_eq!(possible(&both.replace("with b:\n        with a: pass", "with gate, b:\n        with a: pass")), 0);
    let seats = |count: u32| {
        both.replace("gate = threading.Lock()", &format!("gate = threading.Semaphore({count})"))
            .replace("with b:\n        with a: pass", "with gate, b:\n        with a: pass")
    };
    assert_eq!((possible(&seats(1)), possible(&seats(2))), (0, 1));
}
