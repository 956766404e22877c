//! The heap that a `PriorityQueue` keeps its items in, laid out as CPython's `heapq` lays them out: items that compare equal
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

/// The way that the last item takes down from the top when that is taken away: to the bottom along the lesser of each two,
/// and up again while it is less. `less` compares the items at two places.
pub(in crate::machine) fn sink(
    length: usize,
    mut less: impl FnMut(usize, usize) -> Attempt<bool>,
) -> Attempt<Vec<usize>> {
    let Some(last) = length.checked_sub(1) else { return Ok(Vec::new()) };
    let mut path = vec![0];
    let mut place = 0;
    while 2 * place + 1 < last {
        let left = 2 * place + 1;
        let right = left + 1;
        place = if right < last && !less(left, right)? { right } else { left };
        path.push(place);
    }
    while let [.., bottom] = path[1..] {
        if !less(last, bottom)? {
            break;
        }
        path.pop();
    }
    Ok(path)
}

/// Takes the top away and moves the last item down its way.
pub(in crate::machine) fn remove<T>(items: &mut Vec<T>, path: &[usize]) -> Option<T> {
    let last = items.pop()?;
    if items.is_empty() {
        return Some(last);
    }
    let least = std::mem::replace(&mut items[0], last);
    for step in path.windows(2) {
        items.swap(step[0], step[1]);
    }
    Some(least)
}
