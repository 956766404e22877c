//! The same run with the fewest switches: steps that do not depend on each other change places.
//!
//! It is never wrong that a thread goes on for as long as it can: a step that could come at once can be moved there from where it
//! comes later, and no switch is added. So all there is to choose is which thread goes next where one cannot go on. How many steps
//! of each thread are done tells what can follow; breadth first, one comes to each such moment with the fewest switches.

use super::dependence::{self, Step};
use super::space::{Number, SeatId, Space};
use rustc_hash::FxHashSet;

/// Longer runs stay as they are.
const LONGEST: usize = 2_000;
/// As many steps are looked at, at most: of very many moments after equally many switches, those with most steps done.
const WORK: usize = 1_000_000;

/// An order of these steps with the fewest switches. The last one stays the last.
pub(super) fn with_fewest_switches(space: &mut Space, first: &[Number], steps: &[(SeatId, u8)]) -> Vec<(SeatId, u8)> {
    if steps.len() > LONGEST {
        return steps.to_vec();
    }
    let Some((all, _)) = dependence::steps(space, first, steps) else { return steps.to_vec() };
    let best = arranged(&all).into_iter().map(|step| (all[step].seat, all[step].alternative));
    let best: Vec<(SeatId, u8)> = best.collect();
    if dependence::steps(space, first, &best).is_some() { best } else { steps.to_vec() }
}

/// How many steps of each thread are done.
type Done = Box<[u32]>;

/// The steps of each thread, and what has to be done before each.
struct Order {
    steps: Vec<Vec<usize>>,
    /// By step.
    needs: Vec<Done>,
}

/// A thread has gone on for as long as it could.
struct Moment {
    done: Done,
    /// The moment before, by its number, and which thread went on since.
    before: usize,
    thread: usize,
}

impl Order {
    fn of(all: &[Step]) -> Order {
        let mut seats: Vec<SeatId> = all.iter().map(|step| step.seat).collect();
        seats.sort_unstable();
        seats.dedup();
        let mut steps = vec![Vec::new(); seats.len()];
        let mut needs = Vec::with_capacity(all.len());
        for (at, step) in all.iter().enumerate() {
            let is_last = at + 1 == all.len();
            let depends = |before: &&usize| is_last || step.depends_on(&all[**before]);
            let need =
                |thread: &Vec<usize>| thread.iter().rposition(|before| depends(&before)).map_or(0, |at| at as u32 + 1);
            needs.push(steps.iter().map(need).collect());
            let thread = seats.iter().position(|seat| *seat == step.seat);
            steps[thread.unwrap_or_default()].push(at);
        }
        Order { steps, needs }
    }

    /// What is done when the thread has gone on; `None`: it cannot.
    fn after(&self, done: &Done, thread: usize) -> Option<Done> {
        let mut after = done.clone();
        let can = |step: &usize, done: &Done| self.needs[*step].iter().zip(done).all(|(need, done)| need <= done);
        while self.steps[thread].get(after[thread] as usize).is_some_and(|step| can(step, &after)) {
            after[thread] += 1;
        }
        (after != *done).then_some(after)
    }
}

/// The numbers of the steps, in an order with the fewest switches.
fn arranged(all: &[Step]) -> Vec<usize> {
    let order = Order::of(all);
    let none: Done = vec![0; order.steps.len()].into();
    let mut seen = FxHashSet::from_iter([none.clone()]);
    let mut moments = vec![Moment { done: none, before: 0, thread: 0 }];
    let mut latest = 0..1;
    while !latest.is_empty() {
        let mut next = Vec::new();
        for before in latest {
            for thread in 0..order.steps.len() {
                let after = order.after(&moments[before].done, thread);
                if let Some(done) = after.filter(|done| seen.insert(done.clone())) {
                    next.push(Moment { done, before, thread });
                }
            }
        }
        let count = |moment: &Moment| moment.done.iter().sum::<u32>() as usize;
        next.sort_by_key(|moment| std::cmp::Reverse(count(moment)));
        next.truncate(WORK / all.len().max(1));
        latest = moments.len()..moments.len() + next.len();
        moments.extend(next);
        // What has most steps done comes first.
        if moments.get(latest.start).is_some_and(|moment| count(moment) == all.len()) {
            return way(&order, &moments, latest.start);
        }
    }
    (0..all.len()).collect()
}

/// The steps up to the moment.
fn way(order: &Order, moments: &[Moment], mut at: usize) -> Vec<usize> {
    let mut steps = Vec::new();
    while at > 0 {
        let Moment { done, before, thread } = &moments[at];
        let from = moments[*before].done[*thread] as usize;
        steps.extend(order.steps[*thread][from..done[*thread] as usize].iter().rev());
        at = *before;
    }
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(seat: SeatId, reads: &[u32], writes: &[u32]) -> Step {
        Step { seat, alternative: 0, reads: reads.to_vec(), writes: writes.to_vec() }
    }

    fn switches(all: &[Step], order: &[usize]) -> usize {
        order.windows(2).filter(|pair| all[pair[0]].seat != all[pair[1]].seat).count()
    }

    #[test]
    fn steps_that_do_not_meet_stand_together() {
        let all = [step(1, &[], &[7]), step(2, &[], &[8]), step(1, &[], &[7]), step(2, &[], &[8])];
        assert_eq!(arranged(&all), [0, 2, 1, 3]);
        let meeting = [step(1, &[], &[7]), step(2, &[7], &[]), step(1, &[], &[7]), step(2, &[7], &[])];
        assert_eq!(arranged(&meeting), [0, 1, 2, 3]);
    }

    #[test]
    fn the_last_step_stays_the_last() {
        let all = [step(2, &[], &[8]), step(1, &[], &[7]), step(2, &[], &[8])];
        assert_eq!(switches(&all, &arranged(&all)), 1);
        assert_eq!(arranged(&all).last(), Some(&2));
    }

    /// The fewest switches of all orders of what is left that keep what depends on each other in order.
    fn fewest(all: &[Step], order: &mut Vec<usize>) -> usize {
        if order.len() == all.len() {
            return switches(all, order);
        }
        let mut best = usize::MAX;
        for next in 0..all.len() {
            let comes_first = |before: &usize| next + 1 == all.len() || all[next].depends_on(&all[*before]);
            if !order.contains(&next) && (0..next).filter(comes_first).all(|before| order.contains(&before)) {
                order.push(next);
                best = best.min(fewest(all, order));
                order.pop();
            }
        }
        best
    }

    #[test]
    fn no_order_has_fewer_switches() {
        let mut random = 1_u64;
        let mut draw = |below: u64| {
            random = random.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
            ((random >> 33) % below) as u32
        };
        for _ in 0..300 {
            let all: Vec<Step> = (0..7).map(|_| step(draw(3), &[draw(6)], &[draw(6)])).collect();
            let order = arranged(&all);
            assert_eq!(switches(&all, &order), fewest(&all, &mut Vec::new()), "{all:?} {order:?}");
        }
    }
}
