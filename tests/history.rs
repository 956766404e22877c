//! The past of runs: one can go to any moment, and go on from it.

mod support {
    pub(crate) mod program;
    pub(crate) mod random;
    pub(crate) mod recorded;
    pub(crate) mod replay;
}

use raddle::engine::{Options, Run};
use raddle::event::{Event, EventKind};
use raddle::history::History;
use raddle::policy::Kind;
use raddle::scenario::builtin;
use raddle::schedule::tape::{Entry, Playback};
use raddle::trace::Model;
use support::program::image;
use support::random::Xorshift;
use support::recorded::{Recorded, follow};
use support::replay::replay;

fn lived(name: &str, policy: Kind, seed: u64) -> Recorded {
    let scenario = builtin::find(name).unwrap_or_else(|_| panic!("there is no scenario {name}"));
    let image = image(scenario.name, scenario.text);
    let run = Run::start(image.clone(), Options { policy, seed, ..Options::default() }).expect("a thread");
    follow(run, &image, |_, _| ())
}

fn history(lived: &Recorded) -> History {
    let mut history = History::new(lived.image.clone(), lived.boot);
    history.extend(lived.blocks.iter().cloned());
    history
}

/// What can be seen of a model.
fn shown(model: &Model) -> String {
    let threads: Vec<_> = model
        .threads()
        .iter()
        .map(|thread| (thread.name.clone(), thread.state, thread.line, thread.held.clone()))
        .collect();
    let objects: Vec<_> =
        model.objects().iter().map(|object| (&object.name, &object.detail, &object.waiters)).collect();
    format!("{} {:?} {threads:?} {objects:?} {:?}", model.event_count(), model.last(), model.output().lines().len())
}

fn folded(lived: &Recorded, events: u64) -> Model {
    let mut model = Model::new(lived.image.legend());
    lived.events[..events as usize].iter().for_each(|event| model.apply(event));
    model
}

#[test]
fn any_moment_is_what_it_was() {
    for name in ["deadlock", "producer_consumer", "dining_philosophers", "pool_deadlock", "thread_local"] {
        let lived = lived(name, Kind::Random, 11);
        let mut history = history(&lived);
        let mut random = Xorshift(5);
        for _ in 0..60 {
            let wanted = random.below(lived.events.len() + 1) as u64;
            let moment = history.at(wanted, &|| true).expect("it is the same run");
            assert!(moment.events() >= wanted.max(1) && moment.events() <= lived.events.len() as u64);
            assert_eq!(shown(&moment.model), shown(&folded(&lived, moment.events())), "{name} at {wanted}");
        }
    }
}

#[test]
fn a_step_back_and_forward_again_leads_to_the_same_moment() {
    let lived = lived("deadlock", Kind::RoundRobin, 1);
    let mut history = history(&lived);
    let mut moment = history.at(u64::MAX, &|| true).expect("the end");
    let mut steps = Vec::new();
    while moment.cursor.step() > 0 {
        let before = history.before(moment.events(), &|| true).expect("a moment before");
        assert_eq!(before.cursor.step() + 1, moment.cursor.step());
        let again = history.after(before.events(), &|| true).expect("a moment after");
        assert_eq!(again.cursor.step(), moment.cursor.step());
        steps.push(before.cursor.step());
        moment = before;
    }
    assert!(steps.len() > 10 && steps.windows(2).all(|pair| pair[0] == pair[1] + 1));
    let beginning = history.before(moment.events(), &|| true).expect("nothing is before the beginning");
    assert_eq!(beginning.cursor.step(), 0);
}

#[test]
fn a_branch_lives_on_real_threads_from_its_moment_on() {
    let mut others = 0;
    for seed in 0..40 {
        let lived = lived("lost_update", Kind::Random, seed);
        let mut history = history(&lived);
        let moment = history.at(lived.events.len() as u64 * seed / 40, &|| true).expect("a moment");
        let branch = history.branch(&moment);
        let options = Options { policy: Kind::Random, seed: seed + 1000, ..Options::default() };
        let run = Run::resume(moment.cursor.execution().clone(), lived.boot, options).expect("threads");
        let other = follow(run, &lived.image, |_, _| ());
        let printed = |event: &Event| match &event.kind {
            EventKind::Printed { text, .. } => Some(text.to_string()),
            _ => None,
        };
        let (first, second): (String, String) =
            (lived.events.iter().filter_map(printed).collect(), other.events.iter().filter_map(printed).collect());
        others += u32::from(first != second);
        // What it did before and after is one run with one tape.
        let mut whole = lived.events[..moment.events() as usize].to_vec();
        whole.extend(other.events.iter().cloned());
        assert!(whole.iter().zip(0..).all(|(event, seq)| event.seq == seq), "events have no gap");
        let blocks: Vec<_> = branch.tape().iter().chain(&other.blocks).cloned().collect();
        assert_eq!(replay(&lived.image, lived.boot, &blocks), Ok(whole), "seed {seed}");
    }
    assert!(others > 0, "no branch ended in another way");
}

#[test]
fn a_branch_from_before_a_thread_was_struck_has_a_past() {
    const WORK: &str = "import threading\nlock = threading.Lock()\ntotal = 0\ndef work():\n    total = 0\n    \
                        for i in range(40000):\n        total += i\n        if i % 12000 == 0:\n            with lock:\n\
                        \x20               print(total)\nworker = threading.Thread(target=work, name='worker')\n\
                        worker.start()\nfor _ in range(9):\n    with lock:\n        print('main')\nworker.join()\n";
    let image = image("work.py", WORK);
    let mut struck = 0;
    for step in 8..20 {
        let faults = vec![format!("kill:worker@step={step}").parse().expect("it is a fault")];
        let options = Options { policy: Kind::RoundRobin, faults, ..Options::default() };
        let lived = follow(Run::start(image.clone(), options).expect("a thread"), &image, |_, _| ());
        let mut playback = Playback::default();
        while let Some(entry) = playback.next(&lived.blocks).expect("an entry") {
            struck += u32::from(matches!(entry, Entry::Struck { .. }));
        }
        let mut history = history(&lived);
        let mut events = lived.events.len() as u64;
        while events > 1 {
            let moment = history.before(events, &|| true).expect("a moment");
            let branch = history.branch(&moment);
            let run = Run::resume(moment.cursor.execution().clone(), lived.boot, Options::default()).expect("threads");
            let other = follow(run, &image, |_, _| ());
            let blocks: Vec<_> = branch.tape().iter().chain(&other.blocks).cloned().collect();
            let whole = lived.events[..moment.events() as usize].iter().chain(&other.events).cloned().collect();
            assert_eq!(replay(&image, lived.boot, &blocks), Ok(whole), "killed at {step}, from {}", moment.events());
            events = moment.events().min(events - 1);
        }
    }
    assert!(struck > 3, "{struck} were struck while they computed");
}

#[test]
fn a_branch_meets_the_planned_faults_that_were_still_to_come() {
    const WORK: &str = "import threading\nlock = threading.Lock()\ncount = 0\ndef work():\n    global count\n    \
                        for _ in range(30):\n        with lock:\n            count += 1\nworker = \
                        threading.Thread(target=work, name='worker')\nworker.start()\nworker.join()\nprint(count)\n";
    let plans = ["delay:worker:0.1@step=70", "delay:worker:0.2@op=40", "delay:worker:0.3@line=8", "leak:lock@1000"];
    let faults = plans.iter().map(|text| text.parse().expect("it is a fault")).collect();
    let image = image("work.py", WORK);
    let first = Options { policy: Kind::Random, seed: 5, faults, ..Options::default() };
    let run = Run::start(image.clone(), first).expect("a thread");
    let control = run.control();
    let lived = follow(run, &image, |_, _| ());
    let struck = |events: &[Event]| -> Vec<(EventKind, usize)> {
        let is_fault = |event: &Event| matches!(event.kind, EventKind::FaultInjected { .. });
        let done = |seq: u64| {
            let before = events[..seq as usize].iter().filter(|event| event.thread.index() == 1 && !is_fault(event));
            before.map(|event| event.step).collect::<std::collections::BTreeSet<_>>().len()
        };
        events.iter().filter(|event| is_fault(event)).map(|event| (event.kind.clone(), done(event.seq))).collect()
    };
    let expected = struck(&lived.events);
    assert_eq!(expected.len(), plans.len());
    let mut history = history(&lived);
    for eighth in 0..8 {
        let moment = history.at(lived.events.len() as u64 * eighth / 8, &|| true).expect("a moment");
        let planned = Some(control.planned(moment.events()));
        let options = Options { policy: Kind::Random, seed: eighth, planned, ..Options::default() };
        let run = Run::resume(moment.cursor.execution().clone(), lived.boot, options).expect("threads");
        let other = follow(run, &image, |_, _| ());
        let mut whole = lived.events[..moment.events() as usize].to_vec();
        whole.extend(other.events);
        assert_eq!(struck(&whole), expected, "from {}", moment.events());
    }
}

#[test]
fn a_history_grows_with_its_run_and_keeps_a_bounded_number_of_moments() {
    let lived = lived("producer_consumer", Kind::Gil, 3);
    let mut history = History::new(lived.image.clone(), lived.boot);
    for block in &lived.blocks {
        history.extend([block.clone()]);
        while history.follow(7, &|| true).expect("it is the same run") {}
    }
    assert_eq!(history.front().events(), lived.events.len() as u64);
    assert_eq!(shown(&history.front().model), shown(&folded(&lived, lived.events.len() as u64)));
}
