//! *Sailing*: operation after operation of one thread, while what all threads share is in its hands.
//!
//! Threads that synchronize do it in small steps: take a lock, read, write, release the lock. To give everything back
//! between two of them, only to ask for it again, costs several times as much as the operations. So a driver that would
//! let the thread go on anyway may let it sail: each operation is what `perform` would have done, with the same events.
//! But a thread sails only through operations that concern no other thread, with only short instructions between them.
//! Everything else goes through `advance` and `perform` as usual.

use super::interpreter::coast::{Helm, Shore};
use super::interpreter::{Finals, NoFinals, Vm};
use super::outlook::note_sailed;
use super::perform::AtHand;
use super::touch;
use crate::base::{ObjectId, ThreadId};
use crate::machine::memory::push::push_made;
use crate::machine::memory::reach::Reach;
use crate::machine::memory::thread::Thread;
use crate::machine::memory::value::Value;
use crate::machine::run::image::Image;
use crate::machine::sync::shared::Shared;
use crate::machine::sync::{collect, held};

/// Lets a thread go on that has just performed and that nothing holds back now, for at most `allowance` instructions. If it
/// holds a lock then, for at most `grace` more, until it holds none: a thread that stopped with a lock in its hands would
/// make all others that want it stop too.
pub fn sail(shared: &mut Shared, thread: &mut Thread, image: &Image, allowance: u32, grace: u32) {
    let (me, process) = (thread.id, thread.process);
    thread.heap.learn(&shared.processes[process].heap);
    if thread.pending.is_some() || shared.is_struck(me) || shared.record(me).is_held_up() || shared.is_watchful() {
        return;
    }
    // A thread that comes into a loop in which it only looks at something must be noticed.
    if thread.frames.last().is_some_and(|frame| image.reach().has_circles(frame.code)) {
        return;
    }
    let mut deck = Deck { shared, image, me, stood: None, waited_for: None, grace, late: false };
    let turns = Vm::new(thread, image, Reach::Private, &NoFinals).coast(allowance, &mut deck);
    let stood = deck.stood;
    thread.turns = turns;
    if let Some(at) = stood {
        note_sailed(shared, thread, image, at);
    }
}

/// What a thread that sails has in its hands.
struct Deck<'a> {
    shared: &'a mut Shared,
    image: &'a Image,
    me: ThreadId,
    /// Where it stood before the last operation that was done, if any was.
    stood: Option<u32>,
    /// The locks that threads wait for, once it is known: that does not change while this one sails.
    waited_for: Option<Vec<ObjectId>>,
    /// How much further it may go when it holds a lock.
    grace: u32,
    /// It sails on because it held one.
    late: bool,
}

impl Helm for Deck<'_> {
    #[inline(always)]
    fn land(&mut self, thread: &mut Thread, shore: Shore, line: u32) -> Option<bool> {
        let Deck { shared, image, me, .. } = self;
        let (image, me, process) = (*image, *me, thread.process);
        let here = thread.frames.last().map(|frame| frame.next);
        let before = std::mem::replace(&mut shared.record_mut(me).line, line);
        let waited_for = &mut self.waited_for;
        let mut alone = |shared: &mut Shared, lock, takes| {
            let waited_for = waited_for.get_or_insert_with(|| held::waited_for(shared));
            held::alone(shared, process, me, lock, takes, waited_for)
        };
        let done = match shore {
            Shore::Shared(object) => touch::variable(shared, thread, image, object),
            Shore::Enter(lock) => alone(shared, lock, true).and_then(|()| complete(thread, || Value::Bool(true))),
            Shore::Exit(lock) => alone(shared, lock, false).and_then(|()| complete(thread, || Value::None)),
        };
        if done.is_none() {
            shared.record_mut(me).line = before;
            return None;
        }
        self.stood = here;
        shared.step += 1;
        thread.heap.meet(&mut shared.processes[process].heap);
        collect::report_if_wanted(shared, thread);
        Some(!(self.late && shared.record(me).holds.is_empty()))
    }

    fn extend(&mut self) -> u32 {
        if self.grace == 0 || self.shared.record(self.me).holds.is_empty() {
            return 0;
        }
        self.late = true;
        std::mem::take(&mut self.grace)
    }

    fn with_finals<R>(&self, work: impl FnOnce(&dyn Finals) -> R) -> R {
        work(&AtHand(self.shared, self.image))
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
