//! Which branches decide whether an instruction runs: control dependence, after Ferrante, Ottenstein and Warren (The
//! program dependence graph and its use in optimization, TOPLAS 1987). An instruction depends on a branch when one way
//! out of the branch always comes to it and another need not. Also, the code after a `while` loop depends on what the
//! loop looks at, since the loop may never end (`while taken: pass`, and then `taken = True`). The code before the loop
//! does not, not even in the next round of a loop around both.
//!
//! Exceptions are left out: nearly everything can raise, so nearly everything would depend on all code before it. Code
//! that only a handler leads to depends on what can have raised; `walk` finds that. Likewise, the code after an assertion
//! depends on it, and that before it, in the next round of a loop around both, does not.

use crate::bytecode::{Code, Instruction};
use std::collections::BTreeSet;

/// What `ways` gives for an instruction: where the thread may be next. The end of the code counts as one more instruction.
type Ways = Vec<Vec<u32>>;

/// Which branch decides what in one code.
#[derive(Debug)]
pub(super) struct Control {
    /// For each instruction the branches that decide directly whether it runs.
    pub(super) deciders: Vec<Vec<u32>>,
    /// For each instruction the handler that covers it, as an index into the code's.
    pub(super) covered: Vec<Option<usize>>,
    /// Whether only a handler leads to the instruction.
    pub(super) exceptional: Vec<bool>,
}

impl Control {
    pub(super) fn of(code: &Code) -> Control {
        let ways = ways(code);
        let mut deciders = deciders(&ways);
        for (index, at) in (0..).zip(&code.instructions) {
            if let Instruction::Jump(start) = *at
                && start <= index
                && !matches!(code.instructions[start as usize], Instruction::ForIterate(_))
            {
                follow_loop(&ways, start, index, &mut deciders);
            }
            if matches!(at, Instruction::AssertFailed | Instruction::AssertFailedWith) {
                let branches = deciders[index as usize].iter().copied().collect();
                follow(&ways, vec![index + 1], &branches, &mut deciders);
            }
        }
        let mut covered = vec![None; code.instructions.len()];
        // The handlers of inner regions stand first.
        for (index, handler) in code.handlers.iter().enumerate().rev() {
            covered[handler.start as usize..handler.end as usize].fill(Some(index));
        }
        let reached = reached(&ways, 0);
        let exceptional = reached[..code.instructions.len()].iter().map(|reached| !reached).collect();
        Control { deciders, covered, exceptional }
    }
}

/// For each instruction the branches that decide directly whether it runs.
fn deciders(ways: &Ways) -> Vec<Vec<u32>> {
    let next = post_dominators(ways);
    let mut deciders = vec![Vec::new(); ways.len() - 1];
    for (branch, out) in (0..).zip(ways).filter(|(_, out)| out.len() > 1) {
        for &first in out {
            let mut at = first;
            while at != next[branch as usize] && (at as usize) < deciders.len() {
                if deciders[at as usize].last() != Some(&branch) {
                    deciders[at as usize].push(branch);
                }
                at = next[at as usize];
            }
        }
    }
    deciders
}

/// What follows the loop from `start` to `last` depends on the branches that decide in a round of it whether it is left.
fn follow_loop(ways: &Ways, start: u32, last: u32, deciders: &mut [Vec<u32>]) {
    let behind = |at: u32| at > last && (at as usize) < ways.len() - 1;
    let leaves = |at: &u32| ways[*at as usize].iter().any(|&to| behind(to));
    let out: Vec<u32> = (start..=last).filter(leaves).collect();
    let branches = deciding(ways, start, last, &out);
    let ahead = out.iter().flat_map(|&at| &ways[at as usize]).copied().filter(|&to| behind(to)).collect();
    follow(ways, ahead, &branches, deciders);
}

/// What lies ahead depends on these branches, up to where a loop goes back.
fn follow(ways: &Ways, mut ahead: Vec<u32>, branches: &BTreeSet<u32>, deciders: &mut [Vec<u32>]) {
    let mut seen = BTreeSet::new();
    while let Some(at) = ahead.pop() {
        if (at as usize) < deciders.len() && seen.insert(at) {
            // What goes back decides what lies before.
            if ways[at as usize].iter().all(|&to| to > at) {
                deciders[at as usize].extend(branches);
            }
            ahead.extend(ways[at as usize].iter().filter(|&&to| to > at));
        }
    }
}

/// The branches that decide whether a round of the loop comes to one of the instructions `out`, which lead out of it.
fn deciding(ways: &Ways, start: u32, last: u32, out: &[u32]) -> BTreeSet<u32> {
    // One round by itself: the next one and what follows the loop are its end.
    let end = last + 1 - start;
    let of = |at: u32| {
        let to = ways[at as usize].iter().map(|&to| if to > start && to <= last { to - start } else { end });
        let mut to: Vec<u32> = to.collect();
        // Where one way leads on and the other out of the loop it is a branch all the same.
        to.sort_unstable();
        to.dedup();
        to
    };
    let mut round: Ways = (start..=last).map(of).collect();
    round.push(Vec::new());
    let deciders = deciders(&ending(round));
    let branches = |at: u32| ways[at as usize].len() > 1;
    let mut found: BTreeSet<u32> = out.iter().copied().filter(|&at| branches(at)).collect();
    let mut open = out.to_vec();
    while let Some(at) = open.pop() {
        let more = deciders[(at - start) as usize].iter().map(|branch| branch + start);
        open.extend(more.filter(|branch| found.insert(*branch)));
    }
    found
}

/// Where a thread may be after each instruction, exceptions aside.
fn ways(code: &Code) -> Ways {
    let end = code.instructions.len() as u32;
    let of = |(at, instruction): (u32, &Instruction)| {
        let mut out: Vec<u32> = instruction.target().into_iter().collect();
        if !instruction.diverts() || matches!(instruction, Instruction::AssertFailed | Instruction::AssertFailedWith) {
            out.push(at + 1);
        }
        if out.is_empty() {
            out.push(end);
        }
        out.dedup();
        out
    };
    let mut ways: Ways = (0..).zip(&code.instructions).map(of).collect();
    ways.push(Vec::new());
    ending(ways)
}

/// A loop without a way out has none to the end: it gets one, from its last instruction.
fn ending(mut ways: Ways) -> Ways {
    let end = ways.len() as u32 - 1;
    loop {
        let reached = reached(&turned(&ways), end);
        match reached.iter().rposition(|reached| !reached) {
            Some(stuck) => ways[stuck].push(end),
            None => return ways,
        }
    }
}

/// The same ways, gone backwards.
fn turned(ways: &Ways) -> Ways {
    let mut turned = vec![Vec::new(); ways.len()];
    for (from, out) in (0..).zip(ways) {
        for &to in out {
            turned[to as usize].push(from);
        }
    }
    turned
}

/// What can be reached from there.
fn reached(ways: &Ways, from: u32) -> Vec<bool> {
    let mut reached = vec![false; ways.len()];
    let mut ahead = vec![from];
    while let Some(at) = ahead.pop() {
        if !std::mem::replace(&mut reached[at as usize], true) {
            ahead.extend(&ways[at as usize]);
        }
    }
    reached
}

/// For each instruction the first one that every way from it comes to, after Cooper, Harvey and Kennedy (A simple, fast
/// dominance algorithm, 2001).
fn post_dominators(ways: &Ways) -> Vec<u32> {
    let end = ways.len() as u32 - 1;
    let order = post_order(&turned(ways), end);
    let mut rank = vec![0; ways.len()];
    (0_u32..).zip(&order).for_each(|(place, &at)| rank[at as usize] = place);
    let mut next: Vec<Option<u32>> = vec![None; ways.len()];
    next[end as usize] = Some(end);
    loop {
        let mut changed = false;
        for &at in order.iter().rev().filter(|&&at| at != end) {
            let known = ways[at as usize].iter().copied().filter(|&to| next[to as usize].is_some());
            let meets = known.reduce(|one, other| meet(&next, &rank, one, other));
            if meets != next[at as usize] {
                next[at as usize] = meets;
                changed = true;
            }
        }
        if !changed {
            return next.into_iter().map(|next| next.unwrap_or(end)).collect();
        }
    }
}

fn meet(next: &[Option<u32>], rank: &[u32], mut one: u32, mut other: u32) -> u32 {
    let on = |at: u32| next[at as usize].unwrap_or(at);
    while one != other {
        if rank[one as usize] < rank[other as usize] {
            one = on(one);
        } else {
            other = on(other);
        }
    }
    one
}

fn post_order(ways: &Ways, from: u32) -> Vec<u32> {
    let mut seen = vec![false; ways.len()];
    let mut order = Vec::with_capacity(ways.len());
    let mut path = vec![(from, 0)];
    seen[from as usize] = true;
    while let Some((at, taken)) = path.last_mut() {
        match ways[*at as usize].get(*taken) {
            Some(&to) => {
                *taken += 1;
                if !std::mem::replace(&mut seen[to as usize], true) {
                    path.push((to, 0));
                }
            }
            None => {
                order.push(*at);
                path.pop();
            }
        }
    }
    order
}
