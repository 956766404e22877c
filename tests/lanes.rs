//! Lanes are the same in every view of a run: live, in the past, and in a replay of its recording.

mod support {
    pub(crate) mod drawn;
    pub(crate) mod grammar;
    pub(crate) mod program;
    pub(crate) mod random;
    pub(crate) mod replay;
    pub(crate) mod typed;
}

use raddle::base::ThreadId;
use raddle::engine::{ClockKind, Control, Nowhere, Options, Outside, Received, Run};
use raddle::event::Event;
use raddle::history::History;
use raddle::machine::Image;
use raddle::policy::Kind;
use raddle::scenario::builtin;
use raddle::schedule::{Fault, Speed, StepUnit};
use raddle::trace::{Axis, Model};
use raddle::tui::lanes;
use std::sync::Arc;
use std::time::Duration;
use support::drawn;
use support::grammar;
use support::program::image;
use support::random::Xorshift;
use support::replay::replay;
use support::typed::Typed;

/// How many runs are looked at; `RADDLE_PROGRAMS` says otherwise.
const RUNS: u64 = 60;
/// The most events of one: a few random programs never end.
const MOST: usize = 4_000;
/// Cells of a lane.
const WIDTH: u16 = 97;

/// The run as it stood at a moment, as the screen had it then: with what the clock said since the last event, after so
/// many steps. (A model does not follow the clock past steps that it does not know yet, so the last of it is not enough.)
struct Kept {
    model: Model,
    said: Vec<(u64, u64)>,
}

/// Draws both models at every zoom and on both axes; what differs is told.
fn compare(what: &str, one: &Model, other: &Model) {
    for axis in [Axis::Story, Axis::Time] {
        assert_eq!(one.end(axis), other.end(axis), "{what}: the end on {axis:?}");
        let whole = one.end(axis).div_ceil(WIDTH.into());
        for per_cell in [64, 256, 512, 1024, 3072, 1_000_000, 50_000_000, whole] {
            let cells = u64::from(WIDTH) * per_cell;
            for start in [0, one.end(axis).saturating_sub(cells) / per_cell * per_cell] {
                let pictures = [one, other].map(|model| lanes(model, axis, start, per_cell, WIDTH));
                assert_eq!(pictures[0], pictures[1], "{what}, {per_cell} a cell from {start} of {axis:?}");
            }
        }
    }
}

/// What a person at the screen may do to a run; held threads are let go in time.
fn meddle(control: &Control, random: &mut Xorshift, held: &mut Vec<ThreadId>) {
    match random.below(12) {
        0 => {
            control.pause();
            for _ in 0..random.below(4) {
                control.step(None, StepUnit::Operation);
            }
            control.resume();
        }
        1 => {
            let thread = ThreadId(random.below(4) as u32);
            control.hold(thread);
            held.push(thread);
        }
        2 | 3 => held.drain(..).for_each(|thread| control.let_go(thread)),
        4 => control.set_speed([Speed::Max, Speed::Times(800.0), Speed::Times(200.0)][random.below(3)]),
        5 if random.below(4) == 0 => {
            let thread = ThreadId(1 + random.below(3) as u32);
            let fault =
                [Fault::Freeze { thread }, Fault::Thaw { thread }, Fault::Kill { thread }][random.below(3)].clone();
            // It does not matter here whether there is such a thread.
            let _ = control.inject(&fault);
        }
        _ => {}
    }
}

/// Runs a program while a person watches and interferes, and compares every view of it; gives the number of moments.
fn look(what: &str, image: &Arc<Image>, options: Options, random: &mut Xorshift) -> usize {
    let legend = image.legend();
    let run = Run::start(image.clone(), options).expect("there are threads");
    let (control, boot, mut stream) = (run.control(), run.boot(), run.events());
    let mut model = Model::new(legend.clone());
    let (mut events, mut kept, mut held): (Vec<Event>, Vec<Kept>, Vec<ThreadId>) = Default::default();
    let (mut said, mut known, mut idle) = (Vec::new(), 0, 0);
    while events.len() < MOST && idle < 40 {
        match stream.recv_timeout(Duration::from_millis(50)) {
            Received::Event(event) => {
                model.apply(&event);
                events.push(event);
                idle = 0;
            }
            Received::Nothing | Received::Quiet if !held.is_empty() => {
                held.drain(..).for_each(|thread| control.let_go(thread));
            }
            Received::Nothing => idle += 1,
            Received::Quiet => break,
        }
        for event in stream.drain(1 + random.below(60)) {
            model.apply(&event);
            events.push(event);
        }
        if model.event_count() > known {
            known = model.event_count();
            said.clear();
        }
        // The clock first: what it says then lies before those steps are over.
        let now = control.now();
        said.push((control.steps(), now));
        said.last().inspect(|(steps, now)| model.pass_time(*steps, *now));
        if kept.len() < 60 {
            kept.push(Kept { model: model.clone(), said: said.clone() });
        }
        meddle(&control, random, &mut held);
    }
    run.end();
    for event in stream.drain(usize::MAX) {
        model.apply(&event);
        events.push(event);
    }
    let blocks = control.fetch_tape();
    let mut history = History::new(image.clone(), boot);
    history.extend(blocks.iter().cloned());
    let mut moments = 0;
    for Kept { model, said } in &kept {
        let mut past = history.at(model.event_count(), &|| true).expect("it is the same run").model;
        if past.event_count() == model.event_count() {
            said.iter().for_each(|(steps, now)| past.pass_time(*steps, *now));
            moments += 1;
            compare(&format!("{what} after {} events", model.event_count()), model, &past);
        }
    }
    let mut replayed = Model::new(legend);
    replay(image, boot, &blocks).expect("it is the same run").iter().for_each(|event| replayed.apply(event));
    let mut past = history.at(u64::MAX, &|| true).expect("it is the same run").model;
    let (steps, now) = (control.steps(), control.now());
    for model in [&mut model, &mut replayed, &mut past] {
        model.pass_time(steps, now);
    }
    compare(&format!("{what}, the past at the end"), &model, &past);
    compare(&format!("{what}, replayed"), &model, &replayed);
    moments
}

#[test]
fn lanes_are_the_same_live_in_the_past_and_in_a_replay() {
    let mut moments = 0;
    let runs = std::env::var("RADDLE_PROGRAMS").ok().and_then(|count| count.parse().ok()).unwrap_or(RUNS);
    // A busy computer gives fewer moments of a run; then more runs are looked at.
    for seed in 1..=10 * runs {
        if seed > runs && moments > 3 * runs as usize {
            break;
        }
        let mut random = Xorshift(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let (name, image, outside) = match random.below(2) {
            0 => {
                let program = grammar::program(seed);
                // What the grammar makes is not always a program.
                let Ok(image) = drawn::image(&program) else { continue };
                (format!("program {seed} of {} statements", program.size()), image, Typed::of(&program))
            }
            _ => {
                let scenario = &builtin::ALL[random.below(builtin::ALL.len())];
                let nowhere: Arc<dyn Outside> = Arc::new(Nowhere);
                (scenario.name.to_owned(), image(scenario.name, scenario.text), nowhere)
            }
        };
        let policy = Kind::ALL[random.below(Kind::ALL.len())];
        let clock = if random.below(4) == 0 { ClockKind::Wall } else { ClockKind::Virtual };
        let speed = if clock == ClockKind::Wall { Speed::Times(50.0) } else { Speed::Max };
        let options =
            Options { policy, clock, speed, seed, paced: random.below(2) == 0, outside, ..Options::default() };
        moments += look(&format!("seed {seed}: {name} under {}", policy.name()), &image, options, &mut random);
    }
    assert!(moments > 3 * runs as usize, "{moments} moments were compared");
}

/// Three threads that pass a lock around, so often that old events are no longer kept one by one.
const LONG: &str = "import threading\nlock = threading.Lock()\ncount = 0\ndef work():\n    global count\n    for _ in range(4000):\n        \
                    with lock:\n            count += 1\nthreads = [threading.Thread(target=work) for _ in range(3)]\n\
                    for thread in threads:\n    thread.start()\nfor thread in threads:\n    thread.join()\n";

#[test]
fn a_long_run_looks_the_same_in_its_past() {
    let image = image("long.py", LONG);
    let run = Run::start(image.clone(), Options { policy: Kind::RoundRobin, ..Options::default() }).expect("threads");
    let (control, boot, mut stream) = (run.control(), run.boot(), run.events());
    let mut model = Model::new(image.legend());
    let mut kept = Vec::new();
    let mut batch = Vec::new();
    while stream.recv_batch(&mut batch) {
        batch.iter().for_each(|event| model.apply(event));
        kept.push(model.clone());
    }
    run.end();
    assert!(model.event_count() > 40_000, "{}", model.event_count());
    let blocks = control.fetch_tape();
    let mut history = History::new(image.clone(), boot);
    history.extend(blocks);
    let step = (kept.len() / 8).max(1);
    for model in kept.iter().step_by(step).chain([&model]) {
        let past = history.at(model.event_count(), &|| true).expect("it is the same run").model;
        if past.event_count() == model.event_count() {
            compare(&format!("after {} events", model.event_count()), model, &past);
        }
    }
    // Nothing is drawn before a thread was made, and the lanes of the whole run still show single states.
    let picture = lanes(&model, Axis::Story, 0, model.end(Axis::Story).div_ceil(WIDTH.into()), WIDTH);
    let row = |y: u16| (0..WIDTH).map(|x| picture[(x, y)].symbol().to_owned()).collect::<Vec<_>>();
    assert!(row(0).iter().any(|cell| cell == "~") && !row(1)[1..WIDTH as usize - 2].contains(&" ".to_owned()));
    let early = lanes(&model, Axis::Story, 0, Axis::STEP / 4, WIDTH);
    assert_eq!(early[(0, 3)].symbol(), " ", "the last thread is not there before it is made");
}
