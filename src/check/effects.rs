//! What attempts do, and where that is looked up.
//!
//! What an attempt does follows from the parts that it comes upon, in the order in which it does: what it has found so far
//! decides at which place it looks next. So the attempts of a thread with one own part form a *decision tree*.

use super::space::{NONE, Number, PlaceId, SeatId, number_at};
use crate::machine::parts::{Access, Need};

/// A decision tree, by its first node, if there is any.
pub(super) type Tree = Option<u32>;

#[derive(Debug)]
enum Node {
    /// It depends on which part lies at the place. Most often that is the first one that ever did.
    Ask { place: PlaceId, first: (Number, u32), others: Vec<(Number, u32)> },
    /// This happens.
    Ends(EffectId),
}

/// An effect, by its number.
pub type EffectId = u32;

/// What an attempt does.
#[derive(Clone, Debug)]
pub struct Effect {
    /// The thread's place.
    pub seat: SeatId,
    /// What it depends on.
    pub reads: Box<[PlaceId]>,
    /// What must have come to pass before.
    pub needs: Box<[Need]>,
    /// What happens; `None`: the thread cannot go on in this way.
    pub done: Option<Done>,
}

/// What a step does.
#[derive(Clone, Debug)]
pub struct Done {
    /// Then these parts lie at these places, where others did, or where they were written once more. Where the number depends
    /// on what lay there before, it is `NONE`: see `Space::apply`.
    pub writes: Box<[(PlaceId, Number)]>,
    /// The thread's own part then.
    pub own: Number,
    /// Threads that it started, with their own parts.
    pub started: Box<[(SeatId, Number)]>,
    /// An exception ended the thread: its class's name.
    pub crashed: Option<Box<str>>,
    /// Shared data that it read or wrote.
    pub accesses: Box<[Access]>,
    /// What it wrote to the standard output, if that counts.
    pub printed: Option<Box<str>>,
}

impl Done {
    /// What lies at the place then depends on what lay there before.
    pub(super) fn counts_at(&mut self, place: PlaceId) {
        self.writes = self.writes.iter().copied().chain([(place, NONE)]).collect();
    }
}

/// Decision trees.
#[derive(Debug, Default)]
pub(super) struct Decisions(Vec<Node>);

impl Decisions {
    /// What the tree says of a state, if that is known.
    pub(super) fn find(&self, mut tree: Tree, at: &[Number]) -> Option<EffectId> {
        loop {
            match &self.0[tree? as usize] {
                Node::Ends(effect) => return Some(*effect),
                Node::Ask { place, first, others } => {
                    let number = number_at(at, *place);
                    tree = match *first {
                        (answer, node) if answer == number => Some(node),
                        _ => others.iter().find(|(answer, _)| *answer == number).map(|(_, node)| *node),
                    };
                }
            }
        }
    }

    /// Adds to a tree what happens where these parts lie at these places.
    pub(super) fn add(&mut self, tree: &mut Tree, asked: &[(PlaceId, Number)], effect: EffectId) {
        let (mut parent, mut node) = (None, *tree);
        for &(place, answer) in asked {
            let at = match node {
                Some(node) => node,
                None => self.hang(tree, parent, Node::Ask { place, first: (answer, NONE), others: Vec::new() }),
            };
            if let Node::Ask { place: asks, first, others } = &self.0[at as usize] {
                // What was answered before decides what is asked next.
                debug_assert_eq!(*asks, place);
                let mut answers = [first].into_iter().chain(others);
                node = answers.find(|(known, node)| *known == answer && *node != NONE).map(|(_, node)| *node);
            }
            parent = Some((at, answer));
        }
        self.hang(tree, parent, Node::Ends(effect));
    }

    fn hang(&mut self, tree: &mut Tree, parent: Option<(u32, Number)>, node: Node) -> u32 {
        self.0.push(node);
        let node = (self.0.len() - 1) as u32;
        match parent {
            None => *tree = Some(node),
            Some((parent, answer)) => {
                if let Node::Ask { first, others, .. } = &mut self.0[parent as usize] {
                    match first {
                        (_, NONE) => *first = (answer, node),
                        _ => others.push((answer, node)),
                    }
                }
            }
        }
        node
    }
}
