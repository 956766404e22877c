//! The wait-for graph: which thread waits for which.

use super::{Model, Thread};
use crate::base::ThreadId;
use crate::event::{Blocker, ThreadState, TroubleKind};

/// One thread waits for another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Edge {
    /// The one that waits.
    pub from: ThreadId,
    /// The one that it waits for.
    pub to: ThreadId,
    /// What stands between them.
    pub on: Blocker,
    /// The line where `to` took the lock that stands between them.
    pub taken_at: Option<u32>,
}

/// Which thread waits for which at one moment.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WaitGraph {
    /// Every thread that waits for another thread, by id.
    pub edges: Vec<Edge>,
    /// Threads that wait for something that no thread owns, by id.
    pub others: Vec<(ThreadId, Blocker)>,
    /// Cycles, each as the edges around it; no thread is in two.
    pub cycles: Vec<Vec<Edge>>,
}

impl WaitGraph {
    /// The graph of the model as it is now.
    pub fn of(model: &Model) -> WaitGraph {
        let mut graph = WaitGraph::default();
        for thread in model.threads() {
            let Some(on) = thread.blocked_on else { continue };
            let before = graph.edges.len();
            match on {
                Blocker::Lock(lock) | Blocker::Object(lock) => {
                    let owner = model.object(lock).and_then(|object| object.owner());
                    if let Some(owner) = owner.or_else(|| next_in_ring(model, thread.id)) {
                        let held = model.thread(owner).and_then(|t| t.held.iter().find(|held| held.object == lock));
                        let taken_at = held.map(|held| held.line).filter(|&line| line > 0);
                        graph.edges.push(Edge { from: thread.id, to: owner, on, taken_at });
                    }
                }
                Blocker::Thread(to) => graph.edges.push(Edge { from: thread.id, to, on, taken_at: None }),
                Blocker::Shutdown => {
                    let rest = model.threads().iter().filter(|other| {
                        other.id != thread.id
                            && !other.daemon
                            && !other.state.is_over()
                            && other.state != ThreadState::New
                    });
                    graph.edges.extend(rest.map(|other| Edge { from: thread.id, to: other.id, on, taken_at: None }));
                }
                Blocker::Time
                | Blocker::Signal
                | Blocker::Outside
                | Blocker::Frozen
                | Blocker::Delayed
                | Blocker::Change => {}
            }
            if graph.edges.len() == before {
                graph.others.push((thread.id, on));
            }
        }
        graph.cycles = cycles(&graph.edges);
        graph
    }

    /// The cycles that are no deadlock yet, because a thread may still release a plain lock in them.
    pub fn suspected<'g>(&'g self, model: &'g Model) -> impl Iterator<Item = &'g [Edge]> {
        self.cycles.iter().map(Vec::as_slice).filter(|cycle| !is_certain(cycle, model))
    }

    /// The edges that are in no cycle.
    pub fn outside_cycles(&self) -> impl Iterator<Item = &Edge> {
        self.edges.iter().filter(|edge| !self.cycles.iter().flatten().any(|inside| inside == *edge))
    }
}

/// Whether threads wait for each other in a ring that another one may still open.
pub fn is_any_suspected(model: &Model) -> bool {
    let waits = model.threads().iter().any(|thread| matches!(thread.blocked_on, Some(Blocker::Lock(_))));
    waits && WaitGraph::of(model).suspected(model).next().is_some()
}

/// Whether the machine has called the cycle a deadlock.
pub fn is_certain(cycle: &[Edge], model: &Model) -> bool {
    cycle.iter().all(|edge| model.thread(edge.from).is_some_and(Thread::is_deadlocked))
}

/// The thread that comes next in a deadlock: for a thread that any of several could let go on, the one it waits for
/// there.
fn next_in_ring(model: &Model, thread: ThreadId) -> Option<ThreadId> {
    let finding = model.finding_of(thread).filter(|_| model.thread(thread).is_some_and(Thread::is_deadlocked))?;
    let ring = &finding.trouble.threads;
    let place = ring.iter().position(|involved| involved.thread == thread)?;
    (finding.trouble.kind == TroubleKind::Deadlock).then(|| ring[(place + 1) % ring.len()].thread)
}

/// Cycles, found by walking along the edges depth first, the lowest thread first; each starts at its lowest thread.
fn cycles(edges: &[Edge]) -> Vec<Vec<Edge>> {
    let mut found: Vec<Vec<Edge>> = Vec::new();
    let mut done: Vec<ThreadId> = Vec::new();
    let mut path: Vec<Edge> = Vec::new();
    for root in edges {
        let mut pending: Vec<(usize, Edge)> = vec![(0, *root)];
        while let Some((depth, edge)) = pending.pop() {
            for left in path.drain(depth..) {
                done.push(left.from);
            }
            if done.contains(&edge.from) {
                continue;
            }
            path.push(edge);
            if let Some(start) = path.iter().position(|step| step.from == edge.to) {
                let mut cycle = path[start..].to_vec();
                let lowest = (0..cycle.len()).min_by_key(|&index| cycle[index].from).unwrap_or(0);
                cycle.rotate_left(lowest);
                if !found.iter().flatten().any(|known| cycle.iter().any(|step| step.from == known.from)) {
                    found.push(cycle);
                }
                continue;
            }
            pending.extend(edges.iter().filter(|next| next.from == edge.to).map(|next| (depth + 1, *next)));
        }
        done.extend(path.drain(..).map(|left| left.from));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    fn edges(pairs: &[(u32, u32)]) -> Vec<Edge> {
        let edge = |&(from, to): &(u32, u32)| Edge {
            from: ThreadId(from),
            to: ThreadId(to),
            on: Blocker::Thread(ThreadId(to)),
            taken_at: None,
        };
        pairs.iter().map(edge).collect()
    }

    fn rings(pairs: &[(u32, u32)]) -> Vec<Vec<u32>> {
        cycles(&edges(pairs)).iter().map(|cycle| cycle.iter().map(|edge| edge.from.0).collect()).collect()
    }

    #[test]
    fn every_ring_is_found_once_from_its_lowest_thread() {
        assert_eq!(rings(&[(1, 2), (2, 1)]), [[1, 2]]);
        assert_eq!(rings(&[(1, 2), (2, 3), (3, 1), (4, 1)]), [[1, 2, 3]]);
        assert_eq!(rings(&[(5, 5)]), [[5]]);
        assert_eq!(rings(&[(1, 2), (2, 1), (3, 4), (4, 3)]), [[1, 2], [3, 4]]);
        assert_eq!(rings(&[(0, 1), (0, 2), (1, 2), (2, 3), (3, 1)]), [[1, 2, 3]]);
        assert!(rings(&[(0, 1), (1, 2), (0, 2)]).is_empty());
        assert!(rings(&[]).is_empty());
    }

    #[test]
    fn a_deadlock_is_a_ring_and_its_joiner_stays_outside() {
        let graph = WaitGraph::of(&samples::deadlock());
        let ring: Vec<_> = graph.cycles[0].iter().map(|edge| (edge.from.0, edge.to.0, edge.taken_at)).collect();
        assert_eq!(ring, [(1, 2, Some(13)), (2, 1, Some(8))]);
        assert_eq!(graph.outside_cycles().map(|edge| edge.from.0).collect::<Vec<_>>(), [0]);
        assert_eq!(graph.suspected(&samples::deadlock()).count(), 0);
        // It was not called a deadlock: a thread may yet open it.
        let mut script = samples::deadlock_script();
        script.events.pop();
        assert_eq!(WaitGraph::of(&script.model()).suspected(&script.model()).count(), 1);
    }

    #[test]
    fn threads_at_a_queue_wait_for_nobody_in_particular() {
        let graph = WaitGraph::of(&samples::producer_consumer());
        assert_eq!(graph.others.iter().map(|(thread, _)| thread.0).collect::<Vec<_>>(), [1]);
        assert!(graph.cycles.is_empty());
        assert_eq!(graph.edges.len(), 2, "main waits for both others to end");
    }
}
