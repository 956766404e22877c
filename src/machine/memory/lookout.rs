//! Looking up from long work.
//!
//! A native may work for minutes (`sum(range(10**10))`), too long to wait for when a person wants to end the run, or to
//! see another moment of it. So a native that goes through many values counts them, and checks now and then whether its
//! result is still wanted. If not, it never returns: the operating-system thread unwinds up to the caller that set the
//! limit. What it leaves behind is half done, so the run, or the copy of it, is given up as a whole. A look can do
//! nothing else: what a program computes does not depend on it.
//!
//! A single long call of a Rust library, a product of huge integers say, cannot look up. It counts as many values as
//! the time that it may take, so that there is a look soon after it.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How many values are gone through between two looks: that takes a few tenths of a millisecond at most.
const STRIDE: u32 = 4096;
/// How many values are copied between two looks.
const CHUNK: usize = 1 << 16;

thread_local! {
    /// How many values are left until the next look.
    static LEFT: Cell<u32> = const { Cell::new(STRIDE) };
    /// Whether there was a look since this was last asked.
    static LOOKED: Cell<bool> = const { Cell::new(false) };
    /// What ends the work of this operating-system thread.
    static WATCH: RefCell<Watch> = const { RefCell::new(Watch { bell: None, pause: None, looks: None }) };
}

struct Watch {
    /// Set when the run is over.
    bell: Option<Arc<AtomicBool>>,
    /// What is done at each look.
    pause: Option<Rc<dyn Fn()>>,
    /// How many looks there may still be.
    looks: Option<u32>,
}

/// What unwinds.
struct Unwanted;

/// From now on the work of this operating-system thread ends when the bell is set, and whenever it looks up, `pause` is called,
/// which may not change what is computed.
pub fn listen(bell: Arc<AtomicBool>, pause: impl Fn() + 'static) {
    WATCH.with(|watch| {
        let mut watch = watch.borrow_mut();
        let pause: Rc<dyn Fn()> = Rc::new(pause);
        (watch.bell, watch.pause) = (Some(bell), Some(pause));
    });
}

/// Whether a caught panic is none: the work was given up because the run is over.
pub fn is_unwanted(panic: &(dyn Any + Send)) -> bool {
    panic.is::<Unwanted>()
}

/// Does some work, but looks up from it at most so often: `None` when that was not enough. What it worked on is then
/// half done and useless.
pub fn within<T>(looks: u32, work: impl FnOnce() -> T) -> Option<T> {
    let allow = |looks| WATCH.with(|watch| std::mem::replace(&mut watch.borrow_mut().looks, looks));
    let before = allow(Some(looks));
    let done = catch_unwind(AssertUnwindSafe(work));
    allow(before);
    match done {
        Ok(done) => Some(done),
        Err(panic) if is_unwanted(&*panic) => None,
        Err(panic) => resume_unwind(panic),
    }
}

/// One value was gone through.
#[inline]
pub fn tick() {
    weigh(1);
}

/// So many were, or something is about to be done that takes as long.
#[inline]
pub fn weigh(count: usize) {
    let left = LEFT.get();
    match u32::try_from(count).ok().and_then(|count| left.checked_sub(count)) {
        Some(left) => LEFT.set(left),
        None => look(count),
    }
}

/// Whether the work done since this was asked last took some time.
pub fn take_looked() -> bool {
    LOOKED.replace(false)
}

#[cold]
fn look(count: usize) {
    LEFT.set(STRIDE);
    LOOKED.set(true);
    let looks = u32::try_from(count / STRIDE as usize + 1).unwrap_or(u32::MAX);
    let (goes_on, pause) = WATCH.with(|watch| {
        let mut watch = watch.borrow_mut();
        let rung = watch.bell.as_ref().is_some_and(|bell| bell.load(Ordering::Relaxed));
        let spent = watch.looks.is_some_and(|left| left < looks);
        watch.looks = watch.looks.map(|left| left.saturating_sub(looks));
        (!rung && !spent, watch.pause.clone())
    });
    if let Some(pause) = pause {
        pause();
    }
    if !goes_on {
        resume_unwind(Box::new(Unwanted));
    }
}

/// A copy of many values.
pub fn copied<T: Clone>(values: &[T]) -> Vec<T> {
    let mut copy = Vec::with_capacity(values.len());
    extend(&mut copy, values);
    copy
}

/// Adds a copy of many values.
pub fn extend<T: Clone>(to: &mut Vec<T>, values: &[T]) {
    for chunk in values.chunks(CHUNK) {
        to.extend_from_slice(chunk);
        weigh(chunk.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count_to(end: usize) -> usize {
        (0..end).map(|_| tick()).count()
    }

    #[test]
    fn work_ends_when_the_bell_is_rung_or_its_looks_are_spent() {
        let many = STRIDE as usize * 10;
        assert_eq!(within(20, || count_to(many)), Some(many));
        assert_eq!(within(3, || count_to(many)), None);
        assert_eq!(within(20, || within(3, || count_to(many))), Some(None), "the outer work goes on");
        assert_eq!(count_to(many), many, "nobody limits it any more");
        let bell = Arc::new(AtomicBool::new(false));
        let paused = Rc::new(Cell::new(0));
        let counted = paused.clone();
        listen(bell.clone(), move || counted.set(counted.get() + 1));
        assert_eq!(count_to(many), many);
        assert!((9..=11).contains(&paused.get()), "{}", paused.get());
        bell.store(true, Ordering::Relaxed);
        assert!(catch_unwind(|| count_to(many)).is_err_and(|panic| is_unwanted(&*panic)));
        assert!(catch_unwind(|| weigh(usize::MAX)).is_err(), "what takes long looks before it begins");
    }

    #[test]
    fn other_panics_are_not_caught() {
        let panic =
            catch_unwind(|| within(5, || resume_unwind(Box::new("other")))).map(|_: Option<()>| ()).unwrap_err();
        assert!(!is_unwanted(&*panic) && panic.is::<&str>());
    }

    #[test]
    fn a_copy_is_whole() {
        let values: Vec<u32> = (0..200_000).collect();
        assert_eq!(copied(&values), values);
    }
}
