//! Strongly connected components: nodes each of which leads to every other (Tarjan 1972).

/// A node that was not come to yet.
const NEW: u32 = u32::MAX;

/// The components that a cycle goes through, each by its nodes in order; nodes are below `count`.
pub(super) fn cyclic(count: usize, edges: &[(u32, u32)]) -> Vec<Vec<u32>> {
    let mut starts = vec![0_usize; count + 1];
    edges.iter().for_each(|(from, _)| starts[*from as usize + 1] += 1);
    (0..count).for_each(|node| starts[node + 1] += starts[node]);
    let (mut targets, mut next) = (vec![0; edges.len()], starts.clone());
    for (from, to) in edges {
        targets[next[*from as usize]] = *to;
        next[*from as usize] += 1;
    }
    let mut walk = Walk {
        starts,
        targets,
        order: vec![NEW; count],
        low: vec![0; count],
        open: vec![false; count],
        stack: Vec::new(),
        came: 0,
    };
    let mut found = Vec::new();
    for node in 0..count as u32 {
        if walk.order[node as usize] == NEW {
            walk.go(node, &mut found);
        }
    }
    found
}

struct Walk {
    /// Where each node's targets begin.
    starts: Vec<usize>,
    targets: Vec<u32>,
    /// When each node was come to.
    order: Vec<u32>,
    /// The earliest node that is known to be reached from it.
    low: Vec<u32>,
    /// It may still be found to be of a component with earlier ones.
    open: Vec<bool>,
    stack: Vec<u32>,
    came: u32,
}

impl Walk {
    fn go(&mut self, root: u32, found: &mut Vec<Vec<u32>>) {
        let mut path = vec![(root, self.enter(root))];
        while let Some((node, at)) = path.last_mut() {
            let (node, edge) = (*node, *at);
            if edge < self.starts[node as usize + 1] {
                *at += 1;
                let to = self.targets[edge];
                if self.order[to as usize] == NEW {
                    let first = self.enter(to);
                    path.push((to, first));
                } else if self.open[to as usize] {
                    self.low[node as usize] = self.low[node as usize].min(self.order[to as usize]);
                }
                continue;
            }
            path.pop();
            if let Some((parent, _)) = path.last() {
                self.low[*parent as usize] = self.low[*parent as usize].min(self.low[node as usize]);
            }
            if self.low[node as usize] == self.order[node as usize] {
                self.close(node, found);
            }
        }
    }

    fn enter(&mut self, node: u32) -> usize {
        (self.order[node as usize], self.low[node as usize]) = (self.came, self.came);
        self.came += 1;
        self.open[node as usize] = true;
        self.stack.push(node);
        self.starts[node as usize]
    }

    /// The component of which the node was come to first is known.
    fn close(&mut self, node: u32, found: &mut Vec<Vec<u32>>) {
        let mut component = Vec::new();
        while let Some(member) = self.stack.pop() {
            self.open[member as usize] = false;
            component.push(member);
            if member == node {
                break;
            }
        }
        let targets = &self.targets[self.starts[node as usize]..self.starts[node as usize + 1]];
        if component.len() > 1 || targets.contains(&node) {
            component.sort_unstable();
            found.push(component);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::cyclic;

    #[test]
    fn nodes_that_lead_to_each_other_are_one_component() {
        assert_eq!(cyclic(3, &[(0, 1), (1, 2)]), Vec::<Vec<u32>>::new());
        assert_eq!(cyclic(2, &[(1, 1), (0, 1)]), [[1]]);
        assert_eq!(cyclic(6, &[(0, 1), (1, 2), (2, 1), (2, 3), (3, 4), (4, 5), (5, 3)]), [vec![3, 4, 5], vec![1, 2]]);
        assert_eq!(cyclic(4, &[(0, 1), (1, 2), (2, 3), (3, 1), (2, 0)]), [[0, 1, 2, 3]]);
    }
}
