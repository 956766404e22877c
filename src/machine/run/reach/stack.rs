//! Evaluation stacks that share what lies below: with a stack for each instruction, a list of a hundred thousand numbers would
//! otherwise take up as much as all of its beginnings together. Each stack exists once, so equal ones are the same one.

use super::expression::ExpressionId;
use std::collections::BTreeMap;

/// A stack: an index into those of a code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Stack(u32);

impl Stack {
    pub(super) const EMPTY: Stack = Stack(0);
}

/// The stacks of a code.
#[derive(Debug, Default)]
pub(super) struct Stacks {
    /// The top of each but the empty one, what lies below, and how many values there are.
    list: Vec<(ExpressionId, Stack, u32)>,
    known: BTreeMap<(Stack, ExpressionId), Stack>,
}

impl Stacks {
    /// `stack` with `value` on top.
    pub(super) fn push(&mut self, stack: Stack, value: ExpressionId) -> Stack {
        let (depth, list) = (self.depth(stack), &mut self.list);
        *self.known.entry((stack, value)).or_insert_with(|| {
            list.push((value, stack, depth + 1));
            Stack(list.len() as u32)
        })
    }

    fn parts(&self, stack: Stack) -> Option<(ExpressionId, Stack, u32)> {
        self.list.get(stack.0.checked_sub(1)? as usize).copied()
    }

    /// How many values it has.
    pub(super) fn depth(&self, stack: Stack) -> u32 {
        self.parts(stack).map_or(0, |(_, _, depth)| depth)
    }

    /// The value on top.
    pub(super) fn top(&self, stack: Stack) -> Option<ExpressionId> {
        self.parts(stack).map(|(top, _, _)| top)
    }

    /// What is left without the upper `count`; nothing, where there are not as many.
    pub(super) fn pop(&self, mut stack: Stack, count: u32) -> Stack {
        for _ in 0..count {
            match self.parts(stack) {
                Some((_, below, _)) => stack = below,
                None => break,
            }
        }
        stack
    }

    /// The values, from the top down.
    pub(super) fn values(&self, stack: Stack) -> impl Iterator<Item = ExpressionId> + '_ {
        let next = |parts: &(ExpressionId, Stack, u32)| self.parts(parts.1);
        std::iter::successors(self.parts(stack), next).map(|(value, _, _)| value)
    }

    /// What is on both of two stacks of one depth: where they differ, `unknown`. Of two depths the lower is taken.
    pub(super) fn meet(&mut self, one: Stack, other: Stack, unknown: ExpressionId) -> Stack {
        let depth = self.depth(one).min(self.depth(other));
        let (mut one, mut other) = (self.pop(one, self.depth(one) - depth), self.pop(other, self.depth(other) - depth));
        let mut upper = Vec::new();
        while one != other {
            let (Some((a, a_below, _)), Some((b, b_below, _))) = (self.parts(one), self.parts(other)) else { break };
            upper.push(if a == b { a } else { unknown });
            (one, other) = (a_below, b_below);
        }
        upper.into_iter().rev().fold(one, |stack, value| self.push(stack, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stack(stacks: &mut Stacks, values: &[u32]) -> Stack {
        values.iter().fold(Stack::EMPTY, |stack, value| stacks.push(stack, ExpressionId(*value)))
    }

    #[test]
    fn equal_stacks_are_one_and_differ_where_their_values_do() {
        let mut stacks = Stacks::default();
        let (a, b) = (stack(&mut stacks, &[1, 2, 3]), stack(&mut stacks, &[1, 4, 3]));
        assert_eq!(a, stack(&mut stacks, &[1, 2, 3]));
        assert_eq!((stacks.depth(a), stacks.depth(Stack::EMPTY)), (3, 0));
        assert_eq!((stacks.top(a), stacks.top(Stack::EMPTY)), (Some(ExpressionId(3)), None));
        let met = stacks.meet(a, b, ExpressionId(0));
        assert_eq!(stacks.values(met).map(|it| it.0).collect::<Vec<_>>(), [3, 0, 1]);
        let longer = stacks.push(a, ExpressionId(9));
        assert_eq!(stacks.meet(longer, a, ExpressionId(0)), a);
        assert_eq!((stacks.pop(longer, 1), stacks.pop(longer, 9)), (a, Stack::EMPTY));
    }
}
