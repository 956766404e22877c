//! The machine without an engine: whoever makes the choices, the same choices give the same run, and a copied state goes
//! on as the original does.

use raddle::base::{ObjectId, Source, Symbol, ThreadId};
use raddle::event::{Event, EventKind};
use raddle::machine::shared::Phase;
use raddle::machine::value::Value;
use raddle::machine::{Boot, Finals, Image, Outcome, Pause, Shared, Standing, Thread, advance, boot, perform};
use raddle::schedule::Alternative;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// More steps than any program here takes.
const STEPS: usize = 200_000;

/// The whole state of a run.
#[derive(Clone)]
struct World {
    image: Arc<Image>,
    shared: Shared,
    threads: Vec<Thread>,
}

struct Reader<'a>(&'a Shared, &'a Image);

impl Finals for Reader<'_> {
    fn final_attribute(&self, object: ObjectId, name: Symbol) -> Option<Value> {
        self.0.final_attribute(self.1, object, name)
    }
}

impl World {
    fn of(source: Source) -> World {
        let program = raddle::lang::compile(Arc::new(source)).expect("the program compiles");
        let image = Arc::new(Image::new(Arc::new(program)));
        let (shared, main) = boot(&image, Boot { seed: 1, epoch: 0 });
        World { image, shared, threads: vec![main] }
    }

    /// What could happen next, in a fixed order; time jumps to the next deadline when nothing could.
    fn choices(&mut self) -> Vec<(usize, Alternative)> {
        let alive = |shared: &Shared, id: ThreadId| shared.record(id).phase == Phase::Alive;
        for thread in self.threads.iter_mut().filter(|thread| alive(&self.shared, thread.id)) {
            while advance(thread, &self.image, &Reader(&self.shared, &self.image), 10_000) == Pause::OutOfFuel {}
        }
        loop {
            let mut next: Option<u64> = None;
            let mut choices = Vec::new();
            for (index, thread) in self.threads.iter().enumerate().filter(|(_, thread)| alive(&self.shared, thread.id))
            {
                match self.shared.standing(thread.id) {
                    Standing::Ready => choices.push((index, Alternative::Go)),
                    Standing::TimedOut => choices.push((index, Alternative::TimeOut)),
                    Standing::Waiting(until) => next = [next, until].into_iter().flatten().min(),
                }
            }
            match next {
                Some(until) if choices.is_empty() => self.shared.now = until,
                _ => return choices,
            }
        }
    }

    fn take(&mut self, (index, alternative): (usize, Alternative)) -> Outcome {
        let outcome = perform(&mut self.shared, &mut self.threads[index], &self.image, alternative);
        self.threads.append(&mut self.shared.started);
        self.shared.woken.clear();
        outcome
    }

    /// Runs to the end with a source of choices.
    fn finish(&mut self, random: &mut Xorshift) {
        for _ in 0..STEPS {
            let choices = self.choices();
            if choices.is_empty() || self.shared.status.is_some() {
                return;
            }
            self.take(choices[random.below(choices.len())]);
        }
        panic!("no end after {STEPS} steps");
    }

    fn output(&self) -> Vec<String> {
        let printed = |event: &Event| match &event.kind {
            EventKind::Printed { text, error: false } => Some(text.to_string()),
            _ => None,
        };
        let text: String = self.shared.events.iter().filter_map(printed).collect();
        text.lines().map(str::to_owned).collect()
    }
}

/// Marsaglia's xorshift64: a repeatable source of choices.
#[derive(Clone)]
struct Xorshift(u64);

impl Xorshift {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// The scenarios, and those conformance programs that are about threads.
fn programs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["scenarios", "tests/conformance"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            let text = || std::fs::read_to_string(&path).expect("it can be read");
            if path.extension().is_some_and(|end| end == "py") && text().contains("import threading") {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(found.len() > 20, "{found:?}");
    found
}

fn source(path: &Path) -> Source {
    Source::new(path.display().to_string(), std::fs::read_to_string(path).expect("it can be read"))
}

#[test]
fn the_same_choices_give_the_same_run() {
    for path in programs() {
        for seed in 1..=3 {
            let [first, second] = [(); 2].map(|()| {
                let mut world = World::of(source(&path));
                world.finish(&mut Xorshift(seed));
                world.shared.events
            });
            assert_eq!(first, second, "{}", path.display());
        }
    }
}

#[test]
fn a_copied_state_goes_on_as_the_original_does() {
    for path in programs() {
        let mut original = World::of(source(&path));
        let mut random = Xorshift(7);
        for _ in 0..25 {
            let choices = original.choices();
            if choices.is_empty() || original.shared.status.is_some() {
                break;
            }
            original.take(choices[random.below(choices.len())]);
        }
        let (mut copy, mut same) = (original.clone(), random.clone());
        // The original goes another way first: nothing of that may show in the copy.
        original.clone().finish(&mut Xorshift(99));
        original.finish(&mut random);
        copy.finish(&mut same);
        assert_eq!(original.shared.events, copy.shared.events, "{}", path.display());
    }
}

#[test]
fn nothing_shared_leads_to_anything_private() {
    for path in programs() {
        let mut world = World::of(source(&path));
        let mut random = Xorshift(11);
        for _ in 0..STEPS {
            let choices = world.choices();
            if choices.is_empty() || world.shared.status.is_some() {
                break;
            }
            world.take(choices[random.below(choices.len())]);
            let escapes = world.shared.heap.escapes();
            assert!(escapes.is_empty(), "{} at step {}: {escapes:?}", path.display(), world.shared.step);
        }
    }
}

#[test]
fn events_are_numbered_without_gaps_and_steps_never_go_back() {
    for path in programs() {
        let mut world = World::of(source(&path));
        world.finish(&mut Xorshift(5));
        let events = &world.shared.events;
        assert!(events.iter().zip(0..).all(|(event, seq)| event.seq == seq), "{}", path.display());
        assert!(events.windows(2).all(|pair| pair[0].step <= pair[1].step && pair[0].at <= pair[1].at));
    }
}

#[test]
fn whoever_goes_first_safe_scenarios_print_the_same_lines() {
    let expected = |path: &Path| -> Option<Vec<String>> {
        let name = path.file_stem()?.to_str()?;
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/scenarios/expected/{name}.txt"));
        let recorded: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file).ok()?).ok()?;
        let lines = recorded["lines"].as_array()?.iter().filter_map(|line| line.as_str().map(str::to_owned));
        (recorded["exit"] == 0).then(|| lines.collect())
    };
    let mut tried = BTreeSet::new();
    for path in programs() {
        let Some(lines) = expected(&path) else { continue };
        for seed in 1..=20 {
            let mut world = World::of(source(&path));
            world.finish(&mut Xorshift(seed));
            let mut output = world.output();
            output.sort();
            assert_eq!(output, lines, "{} with seed {seed}", path.display());
        }
        tried.insert(path);
    }
    assert!(tried.len() >= 8, "{tried:?}");
}
