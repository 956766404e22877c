//! Tapes that no run has made, forced onto real threads: that comes to an end, and until then to what the machine makes of them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raddle::base::Source;
use raddle::engine::{Options, Received, Run};
use raddle::history::{Cursor, Moved};
use raddle::machine::{Boot, Image};
use std::cell::Cell;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

/// Choices that are made of each tape.
const CHOICES: u32 = 500;
/// How often it may look up from computing.
const PATIENCE: u32 = 20;
/// Nothing takes so long.
const LONG: Duration = Duration::from_secs(15);

static IMAGE: LazyLock<Arc<Image>> = LazyLock::new(|| {
    let program = raddle::lang::compile(Arc::new(Source::new("program.py", include_str!("../program.py"))));
    Arc::new(Image::new(Arc::new(program.expect("it compiles"))))
});

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let boot = Boot { seed: 7, epoch: if first & 1 == 0 { 0 } else { u64::MAX }, memory: raddle::machine::budget::DEFAULT };
    let blocks: Vec<Arc<[u8]>> = bytes.split(|byte| *byte == 0xFE).map(Arc::from).collect();
    let left = Cell::new(PATIENCE);
    let go_on = || {
        left.set(left.get().saturating_sub(1));
        left.get() > 0
    };
    let mut cursor = Cursor::new(IMAGE.clone(), boot);
    for made in 0.. {
        match cursor.forward(&blocks, &go_on) {
            Ok(Moved::On) if made < CHOICES => {}
            Ok(Moved::End) => break,
            Err(divergence) if !divergence.is_interruption() => break,
            // It takes too long.
            _ => return,
        }
    }
    let played = cursor.execution_mut().take_events();
    let Ok(run) = Run::force(IMAGE.clone(), boot, blocks, Options::default()) else { return };
    let (mut stream, mut forced) = (run.events(), Vec::new());
    loop {
        match stream.recv_timeout(LONG) {
            Received::Event(event) => forced.push(event),
            Received::Quiet => break,
            Received::Nothing => panic!("it hangs after {} events", forced.len()),
        }
    }
    run.end();
    for (one, other) in played.iter().zip(&forced) {
        assert!(one == other || format!("{one:?}") == format!("{other:?}"), "{one:?}\n{other:?}");
    }
});
