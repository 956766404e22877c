//! A long row of checks, on as many threads as there are cores: else a test binary waits for its longest test with one core
//! idle.

use std::sync::Mutex;
use std::thread;

/// Does that with every item; the order is open. A panic is the caller's.
pub(crate) fn side_by_side<T: Send>(items: impl IntoIterator<Item = T>, each: impl Fn(T) + Sync) {
    let items: Vec<T> = items.into_iter().collect();
    let items = Mutex::new(items.into_iter());
    let next = || items.lock().expect("taking an item does not panic").next();
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some(item) = next() {
                    each(item)
                }
            });
        }
    });
}
