//! The heap that a `PriorityQueue` keeps its items in, and that `heapq` makes of a list, laid out as CPython's `heapq` lays them out: items that compare equal
//! come out in the order that CPython gives.
//!
//! Where items go is found out first, by comparisons that may fail, and nothing is moved until it is known.

use crate::machine::data::fault::Attempt;

fn parent(place: usize) -> usize {
    (place - 1) / 2
}

/// Where a new item goes in a heap of `length`: up from the end while it is less than the item above, whose place `less`
/// is called with. When that fails, as far as it came.
pub(in crate::machine) fn rise(length: usize, mut less: impl FnMut(usize) -> Attempt<bool>) -> (usize, Attempt<()>) {
    let mut place = length;
    while place > 0 {
        match less(parent(place)) {
            Ok(true) => place = parent(place),
            Ok(false) => break,
            Err(fault) => return (place, Err(fault)),
        }
    }
    (place, Ok(()))
}

/// Adds an item at the end and moves it up to `place`.
pub(in crate::machine) fn insert<T>(items: &mut Vec<T>, item: T, place: usize) {
    items.push(item);
    let mut at = items.len() - 1;
    while at > place {
        items.swap(at, parent(at));
        at = parent(at);
    }
}

/// The way that an item takes down from `start` in a heap of which the first `end` count: to the bottom along the lesser of
/// each two, and up again while it is less. `item` is its number for `less`, which compares the items at two places.
pub(in crate::machine) fn way_down(
    start: usize,
    end: usize,
    item: usize,
    mut less: impl FnMut(usize, usize) -> Attempt<bool>,
) -> Attempt<Vec<usize>> {
    let mut path = vec![start];
    let mut place = start;
    while 2 * place + 1 < end {
        let left = 2 * place + 1;
        let right = left + 1;
        place = if right < end && !less(left, right)? { right } else { left };
        path.push(place);
    }
    while let [.., bottom] = path[1..] {
        if !less(item, bottom)? {
            break;
        }
        path.pop();
    }
    Ok(path)
}

/// The way that the last item takes down from the top when that is taken away.
pub(in crate::machine) fn sink(length: usize, less: impl FnMut(usize, usize) -> Attempt<bool>) -> Attempt<Vec<usize>> {
    length.checked_sub(1).map_or_else(|| Ok(Vec::new()), |last| way_down(0, last, last, less))
}

/// Moves the item where the way begins to its end, and those on the way up.
pub(in crate::machine) fn go_down<T>(items: &mut [T], path: &[usize]) {
    for step in path.windows(2) {
        items.swap(step[0], step[1]);
    }
}

/// Takes the top away and moves the last item down its way.
pub(in crate::machine) fn remove<T>(items: &mut Vec<T>, path: &[usize]) -> Option<T> {
    let last = items.pop()?;
    if items.is_empty() {
        return Some(last);
    }
    let least = std::mem::replace(&mut items[0], last);
    go_down(items, path);
    Some(least)
}
