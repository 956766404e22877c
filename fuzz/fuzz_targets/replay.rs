//! Tapes that no run has made, played in the machine, and shown: nothing panics, and it ends when it is told to.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raddle::base::Source;
use raddle::history::{Cursor, History, Moved};
use raddle::machine::{Boot, Image};
use raddle::trace::{Model, json};
use std::cell::Cell;
use std::sync::{Arc, LazyLock};

/// Threads that meet in every way, and one that computes for long.
const PROGRAM: &str = include_str!("../program.py");
/// Choices that are made of each tape.
const CHOICES: u32 = 2_000;
/// How often it may look up from computing.
const PATIENCE: u32 = 20;

static IMAGE: LazyLock<Arc<Image>> = LazyLock::new(|| {
    let program = raddle::lang::compile(Arc::new(Source::new("program.py", PROGRAM))).expect("it compiles");
    Arc::new(Image::new(Arc::new(program)))
});

fuzz_target!(|bytes: &[u8]| {
    // The first byte says where the wall clock stands, and how often the program goes on by itself before.
    let Some((first, bytes)) = bytes.split_first() else { return };
    let epoch = if first & 1 == 0 { 0 } else { u64::MAX };
    let boot = Boot { seed: 7, epoch, memory: raddle::machine::budget::DEFAULT };
    // Blocks end where a byte says so.
    let blocks: Vec<Arc<[u8]>> = bytes.split(|byte| *byte == 0xFE).map(Arc::from).collect();
    let left = Cell::new(PATIENCE);
    let go_on = || {
        left.set(left.get().saturating_sub(1));
        left.get() > 0
    };
    let mut cursor = Cursor::new(IMAGE.clone(), boot);
    let mut model = Model::new(IMAGE.legend());
    for _ in 0..CHOICES {
        let moved = cursor.forward(&blocks, &go_on);
        for event in cursor.execution_mut().take_events() {
            model.apply(&event);
            json::line(&event, &model);
        }
        match moved {
            Ok(Moved::On) => {}
            Ok(Moved::End) => break,
            Err(divergence) => {
                assert!(!divergence.to_string().contains(char::is_control));
                break;
            }
        }
    }
    // A branch from where that ended is the same until there.
    let events = cursor.events();
    let tape = cursor.tape(&blocks);
    left.set(PATIENCE);
    let mut history = History::new(IMAGE.clone(), boot);
    history.extend(tape);
    if let Ok(moment) = history.at(events, &go_on) {
        assert_eq!(moment.events(), events);
        // The last operations may have had no events.
        assert!(moment.cursor.step() <= cursor.step());
        let mut branch = history.branch(&moment);
        let _ = branch.before(events, &go_on);
        let _ = branch.after(events / 2, &go_on);
    }
    cursor.execution().at_gate();
});
