//! The same run with fewer switches: steps that do not depend on each other change places, so that each thread goes on for as long
//! as it can.

use super::dependence::{self, Step};
use super::space::{Number, SeatId, Space};
use std::collections::{BTreeMap, VecDeque};

/// Longer runs stay as they are.
const LONGEST: usize = 2_000;

/// An order of these steps with few switches. The last one stays the last.
pub(super) fn with_few_switches(space: &mut Space, first: &[Number], steps: &[(SeatId, u8)]) -> Vec<(SeatId, u8)> {
    if steps.len() > LONGEST {
        return steps.to_vec();
    }
    let Some((all, _)) = dependence::steps(space, first, steps) else { return steps.to_vec() };
    let fixed = Order::of(&all);
    let mut starts: Vec<SeatId> = all.iter().map(|step| step.seat).collect();
    starts.sort_unstable();
    starts.dedup();
    let order = |start: &SeatId| arranged(&all, &fixed, *start);
    let best = starts.iter().map(order).chain([(0..all.len()).collect()]).min_by_key(|order| switches(&all, order));
    let best: Vec<(SeatId, u8)> =
        best.unwrap_or_default().into_iter().map(|step| (all[step].seat, all[step].alternative)).collect();
    if dependence::steps(space, first, &best).is_some() { best } else { steps.to_vec() }
}

/// What has to come before what.
struct Order {
    /// By step: on how many it depends.
    needs: Vec<usize>,
    /// By step: those that depend on it.
    rest_on: Vec<Vec<usize>>,
}

impl Order {
    fn of(all: &[Step]) -> Order {
        let (mut needs, mut rest_on) = (vec![0; all.len()], vec![Vec::new(); all.len()]);
        for step in 0..all.len() {
            for before in (0..step).filter(|before| all[step].depends_on(&all[*before])) {
                needs[step] += 1;
                rest_on[before].push(step);
            }
        }
        Order { needs, rest_on }
    }
}

/// How often another thread goes on.
fn switches(all: &[Step], order: &[usize]) -> usize {
    order.windows(2).filter(|pair| all[pair[0]].seat != all[pair[1]].seat).count()
}

/// The steps, each as soon as those on which it depends are there, `start` first if it can.
fn arranged(all: &[Step], fixed: &Order, start: SeatId) -> Vec<usize> {
    let mut needs = fixed.needs.clone();
    let mut queues: BTreeMap<SeatId, VecDeque<usize>> = BTreeMap::new();
    for (step, it) in all.iter().enumerate() {
        queues.entry(it.seat).or_default().push_back(step);
    }
    let mut order = Vec::with_capacity(all.len());
    let mut seat = start;
    while order.len() < all.len() {
        let is_free = |step: &usize| needs[*step] == 0 && (step + 1 < all.len() || order.len() + 1 == all.len());
        let next = |queue: &VecDeque<usize>| queue.front().copied().filter(is_free);
        // The thread goes on if it can; else the one whose step comes first.
        let own = queues.get(&seat).and_then(next);
        let Some(step) = own.or_else(|| queues.values().filter_map(next).min()) else {
            return (0..all.len()).collect();
        };
        seat = all[step].seat;
        queues.entry(seat).or_default().pop_front();
        fixed.rest_on[step].iter().for_each(|later| needs[*later] -= 1);
        order.push(step);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(seat: SeatId, reads: &[u32], writes: &[u32]) -> Step {
        Step { seat, alternative: 0, reads: reads.to_vec(), writes: writes.to_vec() }
    }

    #[test]
    fn steps_that_do_not_meet_stand_together() {
        let all = [step(1, &[], &[7]), step(2, &[], &[8]), step(1, &[], &[7]), step(2, &[], &[8])];
        assert_eq!(arranged(&all, &Order::of(&all), 1), [0, 2, 1, 3]);
        assert_eq!(switches(&all, &arranged(&all, &Order::of(&all), 1)), 1);
        assert_eq!(switches(&all, &[0, 1, 2, 3]), 3);
        let meeting = [step(1, &[], &[7]), step(2, &[7], &[]), step(1, &[], &[7]), step(2, &[7], &[])];
        assert_eq!(arranged(&meeting, &Order::of(&meeting), 2), [0, 1, 2, 3]);
    }

    #[test]
    fn the_last_step_stays_the_last() {
        let all = [step(2, &[], &[8]), step(1, &[], &[7]), step(2, &[], &[8])];
        assert_eq!(arranged(&all, &Order::of(&all), 2), [0, 1, 2]);
        assert_eq!(arranged(&all, &Order::of(&all), 1), [1, 0, 2]);
    }
}
