//! The order in which sets of small integers are seen.
//!
//! CPython keeps sets in hash tables, so that `{3, 1, 2}` prints as `{1, 2, 3}`. Programs show it, so sets that hold numbers
//! and tuples of numbers alone are walked as CPython's table would be after the same insertions. For other
//! elements CPython's order changes from run to run; they are walked in the order of insertion.

use crate::machine::memory::object::{Key, Set};
use crate::machine::memory::value::Value;

/// Slots of the smallest table.
const SMALLEST: usize = 8;
/// How many neighbours are tried before jumping on.
const PROBES: usize = 9;
/// How far the hash is shifted at a jump.
const PERTURB: u32 = 5;

/// The positions (in order of insertion) of the elements as CPython would walk them; `None` for the order of insertion.
pub fn positions(set: &Set) -> Option<Vec<usize>> {
    if !set.iter().all(|key| is_number(&key.value)) {
        return None;
    }
    let mut table: Vec<Option<usize>> = vec![None; SMALLEST];
    let mut used = 0;
    let hash = |index: usize| set.get_index(index).map_or(0, |key| key.hash);
    for index in 0..set.len() {
        insert(&mut table, hash(index), index);
        used += 1;
        if used * 5 >= (table.len() - 1) * 3 {
            let wanted = if used > 50_000 { used * 2 } else { used * 4 };
            let mut size = SMALLEST;
            while size <= wanted {
                size *= 2;
            }
            let mut larger = vec![None; size];
            table.iter().flatten().for_each(|&index| insert(&mut larger, hash(index), index));
            table = larger;
        }
    }
    Some(table.into_iter().flatten().collect())
}

/// Whether CPython's hash of a value is the same in every run: a number's is, and that of a tuple of numbers.
fn is_number(value: &Value) -> bool {
    match value {
        Value::Int(_) | Value::Bool(_) | Value::Float(_) => true,
        Value::Tuple(items) => items.iter().all(is_number),
        _ => false,
    }
}

fn insert(table: &mut [Option<usize>], hash: u64, index: usize) {
    let mask = table.len() - 1;
    let mut perturb = hash;
    let mut slot = hash as usize & mask;
    loop {
        let last = if slot + PROBES <= mask { slot + PROBES } else { slot };
        if let Some(free) = (slot..=last).find(|&slot| table[slot].is_none()) {
            table[free] = Some(index);
            return;
        }
        perturb >>= PERTURB;
        slot = (slot.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize)) & mask;
    }
}

/// The elements as they are seen.
pub fn walk(set: &Set) -> Vec<&Key> {
    match positions(set) {
        Some(positions) => positions.into_iter().filter_map(|index| set.get_index(index)).collect(),
        None => set.iter().collect(),
    }
}

/// The element that is seen at `index`.
pub fn nth(set: &Set, index: usize) -> Option<Value> {
    if index >= set.len() {
        return None;
    }
    let position = positions(set).map_or(index, |positions| positions[index]);
    set.get_index(position).map(|key| key.value.clone())
}
