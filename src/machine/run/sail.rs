//! *Sailing*: operation after operation of one thread, while what all threads share is in its hands.
//!
//! Threads that synchronize do it in small steps: take a lock, read, write, release the lock. To give everything back
//! between two of them, only to ask for it again, costs several times as much as the operations. So a driver that would
//! let the thread go on anyway may let it sail: each operation is what `perform` would have done, with the same events.
//! But a thread sails only through operations that concern no other thread, with only short instructions between them.
//! Everything else goes through `advance` and `perform` as usual.

use super::interpreter::Vm;
use super::interpreter::coast::{Landing, Shore};
use super::outlook::note_sailed;
use super::perform::AtHand;
use super::touch;
use crate::machine::memory::heap::Reach;
use crate::machine::memory::push::push_made;
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::Value;
use crate::machine::run::image::Image;
use crate::machine::sync::shared::Shared;
use crate::machine::sync::{collect, held};

/// Lets a thread go on that has just performed and that nothing holds back now, for at most `allowance` instructions. If it
/// holds a lock then, for at most `grace` more, until it holds none: a thread that stopped with a lock in its hands would
/// make all others that want it stop too.
pub fn sail(shared: &mut Shared, thread: &mut Thread, image: &Image, mut allowance: u32, mut grace: u32) {
    let me = thread.id;
    thread.heap.learn(&shared.heap);
    if thread.pending.is_some() || shared.is_struck(me) || shared.record(me).is_held_up() || shared.is_watchful() {
        return;
    }
    // A thread that comes into a loop in which it only looks at something must be noticed.
    if thread.frames.last().is_some_and(|frame| image.reach().has_circles(frame.code)) {
        return;
    }
    // Where it stood before the last operation that was done, if any was.
    let mut stood = None;
    let mut late = false;
    // What threads wait for does not change while this one sails.
    let mut waited_for = None;
    loop {
        let Landing { shore, line, turns } =
            Vm::new(thread, image, Reach::Private, &AtHand(shared, image)).coast(&mut allowance);
        thread.turns = turns;
        if shore == Shore::Other {
            if allowance == 0 && grace > 0 && !shared.record(me).holds.is_empty() {
                (allowance, grace, late) = (grace, 0, true);
                continue;
            }
            break;
        }
        let here = thread.frames.last().map(|frame| frame.next);
        let before = std::mem::replace(&mut shared.record_mut(me).line, line);
        let done = match shore {
            Shore::Shared(object) => touch::variable(shared, thread, image, object),
            Shore::Enter(lock) => {
                let waited_for = waited_for.get_or_insert_with(|| held::waited_for(shared));
                held::alone(shared, me, lock, true, waited_for).and_then(|()| complete(thread, || Value::Bool(true)))
            }
            Shore::Exit(lock) => {
                let waited_for = waited_for.get_or_insert_with(|| held::waited_for(shared));
                held::alone(shared, me, lock, false, waited_for).and_then(|()| complete(thread, || Value::None))
            }
            Shore::Other => None,
        };
        if done.is_none() {
            shared.record_mut(me).line = before;
            break;
        }
        stood = here;
        shared.step += 1;
        thread.heap.meet(&mut shared.heap);
        collect::report_if_wanted(shared, thread);
        if late && shared.record(me).holds.is_empty() {
            break;
        }
    }
    if let Some(at) = stood {
        note_sailed(shared, thread, image, at);
    }
}

/// The result of a `with` statement's operation takes the place of the lock.
#[inline(always)]
fn complete(thread: &mut Thread, result: impl FnOnce() -> Value) -> Option<()> {
    std::mem::forget(thread.stack.pop()); // a lock is no more than its bits
    push_made(&mut thread.stack, result);
    thread.frames.last_mut()?.next += 1;
    Some(())
}
