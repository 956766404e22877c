//! What may still come of a moment, held against runs: what is said of a moment agrees with what is said of the next one, and
//! with how the run goes on. It needs nothing of an operating system.

use raddle::event::{EventKind, TroubleKind};
use raddle::machine::Image;
use raddle::policy::Kind;
use raddle::scenario::builtin;
use raddle::schedule::Speed;
use raddle::session::findings::{DefectKind, Leaving, Prospect, Sight, Verdict, Way};
use raddle::session::{Driven, Feed, Findings, Jump, Past, Report, Session, Settings};
use std::sync::Arc;

fn image(name: &str, text: &str) -> Arc<Image> {
    let program = raddle::lang::compile(Arc::new(raddle::base::Source::new(name, text))).expect("it compiles");
    Arc::new(Image::new(Arc::new(program)))
}

/// A run to its end.
fn run(image: &Arc<Image>, policy: Kind) -> Driven {
    let settings = Settings { policy, seed: 1, speed: Speed::Max, ..Settings::default() };
    let mut run = Driven::start(image.clone(), settings);
    let mut quiet = 0;
    while !run.is_over() && quiet < 3 {
        quiet = if run.drain(4096).is_empty() { quiet + 1 } else { 0 };
    }
    run
}

/// What is found of its program.
fn findings(run: &mut Driven) -> Findings {
    let mut inquiry = run.inquire(None).expect("a driven run can be checked");
    inquiry.answer().expect("it was searched at once").expect("search and machine agree")
}

/// What is known of the run's moments, by step.
fn sights(run: &mut Driven, findings: &mut Findings) -> Option<Vec<(Prospect, Option<DefectKind>)>> {
    let tape = run.tape();
    let sight = |step| findings.sight(&tape, step);
    (0..=run.steps())
        .map(sight)
        .map(|sight| match sight? {
            Sight::Known(prospect, failed) => Some((prospect, failed)),
            Sight::Unknown(Leaving::Fault | Leaving::Clock) => None,
            Sight::Unknown(why) => panic!("{why:?}"),
        })
        .collect()
}

#[test]
fn what_is_said_of_a_moment_agrees_with_what_comes() {
    let mut seen = 0;
    for scenario in builtin::ALL {
        let image = image(scenario.name, scenario.text);
        let runs = [Kind::RoundRobin, Kind::Random].map(|policy| (policy, run(&image, policy)));
        let mut findings = None;
        for (policy, mut run) in runs {
            let findings = findings.get_or_insert_with(|| self::findings(&mut run));
            let name = format!("{}, {policy:?}", scenario.name);
            let Some(moments) = sights(&mut run, findings) else { continue };
            seen += 1;
            fits_the_verdict(&moments[0].0, findings.report(), &name);
            for (step, pair) in moments.windows(2).enumerate() {
                agree(&pair[0].0, &format!("{name}, step {step}"));
                follows(&pair[0], &pair[1], &format!("{name}, step {step}"));
            }
            let (last, failed) = moments.last().expect("there is one");
            let waits = run.past().expect("it has one").moment(Jump::To(u64::MAX)).expect("it can be shown");
            let troubled = waits.model.log().iter().any(|event| match &event.kind {
                EventKind::Trouble(it) => {
                    matches!(it.kind, TroubleKind::Deadlock | TroubleKind::Stuck | TroubleKind::Uncaught { .. })
                }
                _ => false,
            });
            if troubled && !scenario.text.contains("daemon") {
                assert!(failed.is_some() || !last.avoidable, "{name}");
                assert!(findings.turning_point().is_some(), "{name}");
                assert_eq!(findings.report().verdict, Verdict::Defect, "{name}");
            }
            lines_agree(&mut run, &moments, &name);
        }
    }
    assert!(seen > 40, "{seen}");
}

/// What is said of the beginning, where every interleaving counts, agrees with what the search says, which leaves some out.
fn fits_the_verdict(start: &Prospect, report: &Report, what: &str) {
    match report.verdict {
        Verdict::Verified => assert!(start.failure.is_none() && start.avoidable, "{what}: {start:?}"),
        Verdict::Defect => {
            let nearest = start.failure.map(|failure| failure.steps as usize);
            assert!(nearest.is_some_and(|nearest| nearest <= report.defects[0].steps), "{what}: {start:?}");
        }
        Verdict::Inconclusive => {}
    }
}

/// What is said of a moment agrees with what is said of its steps.
fn agree(prospect: &Prospect, what: &str) {
    let Prospect { failure, avoidable, choices, ends } = prospect;
    let nearest = choices.iter().filter_map(|turn| turn.failure.map(|failure| failure.steps)).min();
    if !choices.is_empty() && failure.is_none_or(|failure| failure.steps > 0) {
        assert_eq!(failure.map(|failure| failure.steps), nearest, "{what}: {prospect:?}");
        assert_eq!(*avoidable, choices.iter().any(|turn| turn.avoidable), "{what}: {prospect:?}");
    }
    assert!(ends.bad <= ends.count, "{what}");
}

/// The run has taken one of the steps, and what was said of it comes true; or a thread had to wait.
fn follows(now: &(Prospect, Option<DefectKind>), next: &(Prospect, Option<DefectKind>), what: &str) {
    if now.0 == next.0 {
        return;
    }
    assert!(next.0.ends.count <= now.0.ends.count, "{what}: ends cannot become more");
    let (failure, avoidable) = match (now.1, next.1) {
        (Some(_), _) => return,
        (None, Some(_)) => (Some(1), false),
        (None, None) => (next.0.failure.map(|failure| failure.steps + 1), next.0.avoidable),
    };
    let mut turns = now.0.choices.iter().map(|turn| (turn.failure.map(|failure| failure.steps), turn.avoidable));
    assert!(turns.any(|turn| turn == (failure, avoidable)), "{what}: {now:?} then {next:?}");
}

/// Threads stand where the machine says.
fn lines_agree(run: &mut Driven, moments: &[(Prospect, Option<DefectKind>)], name: &str) {
    let mut events = 0;
    loop {
        let moment = run.past().expect("it has one").moment(Jump::After(events)).expect("it can be shown");
        if moment.events <= events {
            return;
        }
        events = moment.events;
        for turn in &moments[moment.step as usize].0.choices {
            let there = moment.positions.iter().find(|position| position.thread == turn.thread);
            let there = there.filter(|position| !position.next.is_empty());
            if there.is_none() {
                continue; // it is still on its way
            }
            assert_eq!(there.map(|it| it.line), Some(turn.line), "{name}, step {}: {turn:?}", moment.step);
        }
    }
}

const DEADLOCK: &str = "import threading\na = threading.Lock()\nb = threading.Lock()\ndef left():\n    with a:\n        with b:\n            \
                        pass\ndef right():\n    with b:\n        with a:\n            pass\n\
                        ts = [threading.Thread(target=left), threading.Thread(target=right)]\nfor t in ts: t.start()\nfor t in ts: t.join()\n";

#[test]
fn the_turning_point_of_a_deadlock_is_where_the_second_lock_is_taken() {
    let image = image("deadlock.py", DEADLOCK);
    let mut findings = findings(&mut run(&image, Kind::RoundRobin));
    let told = findings.report().defects[0].clone();
    assert_eq!(told.kind, DefectKind::Deadlock);
    let mut played = findings.play(0, &[], Speed::Max).expect("there is one");
    while !played.is_over() {
        played.drain(4096);
    }
    let steps = played.steps();
    let tape = played.past().expect("it is all past").tape();
    let known = |sight| match sight {
        Some(Sight::Known(prospect, _)) => prospect,
        other => panic!("{other:?}"),
    };
    let start = known(findings.sight(&tape, 0));
    assert!(start.avoidable && start.failure.is_some_and(|failure| failure.kind == DefectKind::Deadlock), "{start:?}");
    assert_eq!(start.failure.map(|failure| failure.steps as usize), Some(told.steps));
    assert_eq!((start.ends.count, start.ends.bad), (2, 1));
    let turning = findings.turning_point().expect("it cannot be avoided at the end");
    let before = known(findings.sight(&tape, turning - 1));
    assert!(before.avoidable && turning < steps, "{turning} of {steps}");
    let better: Vec<_> = before.choices.iter().filter(|turn| turn.avoidable).collect();
    assert!(!better.is_empty() && better.len() < before.choices.len(), "{before:?}");
    assert!(better.iter().all(|turn| matches!(turn.way, Way::Step(_))));
    assert!(!known(findings.sight(&tape, turning)).avoidable);
}
