//! Several pieces of work at once, as many as there are jobs. What comes of them is told in order.

use std::collections::BTreeMap;
use std::io;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// How much stack each has, in bytes: as much as the main thread usually has.
const STACK: usize = 8 << 20;

/// As many as there are cores for this process.
pub(in crate::cli) fn usual() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does the pieces from 0 to `count`, and tells what comes of each in that order, until `tell` breaks. Then no new piece is
/// begun.
///
/// # Errors
/// If no thread can be started.
pub(super) fn in_order<T: Send>(
    jobs: usize,
    count: usize,
    work: impl Fn(usize) -> T + Sync,
    mut tell: impl FnMut(T) -> ControlFlow<()>,
) -> io::Result<()> {
    if jobs.min(count) < 2 {
        let _ = (0..count).try_for_each(|piece| tell(work(piece)));
        return Ok(());
    }
    let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (sender, receiver) = mpsc::channel();
    let (work, next, is_over) = (&work, &next, &is_over);
    thread::scope(|scope| {
        for _ in 0..jobs.min(count) {
            let sender = sender.clone();
            let pieces = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
            let pieces = pieces.take_while(|piece| *piece < count && !is_over.load(Ordering::Relaxed));
            let all = move || pieces.map(|piece| (piece, work(piece))).try_for_each(|done| sender.send(done));
            let begun = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, all);
            if let Err(error) = begun {
                is_over.store(true, Ordering::Relaxed);
                return Err(error);
            }
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut turn = 0;
        for (piece, done) in receiver {
            early.insert(piece, done);
            while let Some(done) = early.remove(&turn) {
                turn += 1;
                if tell(done).is_break() {
                    is_over.store(true, Ordering::Relaxed);
                    return Ok(());
                }
            }
        }
        Ok(())
    })
}

/// Drops a value beside what goes on: a large search takes seconds to give its memory back.
pub(super) fn give_back<T: Send + 'static>(value: T) {
    // If there can be no thread, it is dropped here.
    let _ = thread::Builder::new().spawn(|| drop(value));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;

    #[test]
    fn what_is_done_at_once_is_told_in_order() {
        // The first piece ends only when the third one has begun.
        let meet = Barrier::new(2);
        let work = |piece| {
            if piece == 0 || piece == 2 {
                meet.wait();
            }
            piece
        };
        let mut told = Vec::new();
        let tell = |piece| {
            told.push(piece);
            ControlFlow::Continue(())
        };
        in_order(2, 5, work, tell).unwrap();
        assert_eq!(told, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn nothing_is_told_after_the_end() {
        for jobs in [1, 3] {
            let mut told = Vec::new();
            let tell = |piece| {
                told.push(piece);
                if piece == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            in_order(jobs, 100, |piece| piece, tell).unwrap();
            assert_eq!(told, [0, 1, 2]);
        }
    }
}
