//! Choices that no engine would make, made as far as they can be: nothing panics, and their tape is played again to the same
//! events.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raddle::base::{ObjectId, Source, ThreadId};
use raddle::history::{Cursor, Moved};
use raddle::machine::{Boot, Execution, Image};
use raddle::schedule::tape::{Check, Start, Tape};
use raddle::schedule::{Alternative, Choice, Fault, Signal};
use raddle::trace::Model;
use std::cell::Cell;
use std::sync::{Arc, LazyLock};

static IMAGE: LazyLock<Arc<Image>> = LazyLock::new(|| {
    let source = Source::new("program.py", include_str!("../program.py"));
    let program = raddle::lang::compile(Arc::new(source)).expect("it compiles");
    Arc::new(Image::new(Arc::new(program)))
});

/// The choice that two bytes stand for.
fn choice(kind: u8, what: u8, now: u64) -> Choice {
    let thread = ThreadId(u32::from(what & 7));
    let object = ObjectId { maker: ThreadId(0), slot: u32::from(what) };
    let time = if what & 0x80 == 0 { u64::from(what >> 3) << 26 } else { u64::MAX >> (what >> 3 & 15) };
    let exceptions = ["KeyError", "SystemExit", "KeyboardInterrupt", "ExceptionGroup", "UnicodeDecodeError", "NoSuch"];
    Choice::Fault(match kind {
        0..=99 => return Choice::Step(thread, Alternative::Go),
        100..=129 => return Choice::Step(thread, Alternative::TimeOut),
        130..=159 => return Choice::Clock(now.saturating_add(time)),
        160..=179 => return Choice::Struck { thread, turns: u64::from(what >> 3) * 40 },
        180..=182 => return Choice::Preempt(thread),
        183..=184 => return Choice::Proceed(thread),
        185 => return Choice::Policy("gil".into()),
        186 => return Choice::Priority { name: "left".into(), priority: i32::from(what) - 128 },
        187..=191 => Fault::Kill { thread },
        192..=199 => Fault::Raise { thread, exception: exceptions[usize::from(what >> 3) % exceptions.len()].into() },
        200..=204 => Fault::Freeze { thread },
        205..=212 => Fault::Thaw { thread },
        213..=217 => Fault::Delay { thread, time },
        218..=221 => Fault::Slow { thread, time },
        222..=226 => Fault::Wake { thread },
        227..=231 => Fault::Expire { thread },
        232..=235 => Fault::LeakLock { lock: object, nth: u32::from(kind - 232) },
        236..=239 => Fault::TakeLock { lock: object },
        240..=243 => Fault::DropNotify { condition: object, nth: u32::from(kind - 240) },
        244..=247 => Fault::BreakBarrier { barrier: object },
        248 => Fault::KillProcess { thread },
        249 => Fault::LoseMessage { pipe: object, nth: u32::from(what & 3) },
        250 => Fault::DelayMessage { pipe: object, time },
        251 => Fault::BreakPipe { pipe: object },
        252 => Fault::FillPipe { pipe: object },
        _ => Fault::Signal { signal: Signal::ALL[usize::from(what) % Signal::ALL.len()] },
    })
}

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let boot = Boot { seed: 7, epoch: if first & 1 == 0 { 0 } else { u64::MAX }, memory: raddle::machine::budget::DEFAULT };
    let left = Cell::new(0_u32);
    let go_on = || {
        left.set(left.get().saturating_sub(1));
        left.get() > 0
    };
    let (mut execution, mut tape) = (Execution::new(IMAGE.clone(), boot), Tape::default());
    for pair in bytes.chunks_exact(2).take(2_000) {
        let shared = execution.shared();
        let before = Start { clock: shared.now, events: shared.seq, step: shared.step };
        let choice = choice(pair[0], pair[1], shared.now);
        left.set(100);
        // A choice that fails may have computed for a while before.
        let mut tried = execution.clone();
        if tried.choose(&choice, &go_on).is_err() {
            continue;
        }
        execution = tried;
        let shared = execution.shared();
        match choice {
            Choice::Step(thread, alternative) => {
                tape.go_to(before);
                tape.steps(thread, alternative, 1, Check::new(shared.record(thread).line, shared.seq));
            }
            Choice::Struck { thread, turns } => {
                tape.go_to(before);
                tape.struck(thread, turns, Check::new(shared.record(thread).line, shared.seq));
            }
            Choice::Clock(_) => {}
            other => {
                tape.go_to(before);
                tape.choice(&other).expect("it is plain data");
            }
        }
    }
    let events = execution.take_events();
    let mut model = Model::new(IMAGE.legend());
    events.iter().for_each(|event| model.apply(event));
    execution.at_gate();
    tape.cut();
    let blocks = tape.fetch();
    let mut cursor = Cursor::new(IMAGE.clone(), boot);
    left.set(u32::MAX);
    while cursor.forward(&blocks, &go_on).unwrap_or_else(|divergence| panic!("{divergence}")) == Moved::On {}
    let again = cursor.execution_mut().take_events();
    // What is not equal to itself, NaN, is written the same.
    assert!(events == again || format!("{events:?}") == format!("{again:?}"));
});
