//! stateright: the operations of the program as a model, explored breadth first on all cores. A step is as `program` says.
//! A condition's line is first come, first served. No symmetry: stateright has it for a model that says itself which states
//! are alike. It tells states apart by a hash of 64 bits.

use crate::inside::Search;
use crate::program::{Op, PERMITS, Program};
use stateright::{Checker, Model, Property};

const THREADS: usize = 8;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct State {
    /// The next operation of each thread.
    at: [u8; THREADS],
    /// What a thread has read, between `Load` and `Add`.
    seen: [i8; THREADS],
    number: i8,
    permits: i8,
    /// Bits of locks that are held, and of threads that have been notified.
    held: u16,
    notified: u16,
    /// Who waits for each condition, in the order in which they came; 0 is nobody, 1 the first thread.
    lines: [[u8; THREADS]; 2],
    failed: bool,
}

struct Threads {
    ops: Vec<Vec<Op>>,
    /// Whether accesses go with the operation that follows.
    is_joined: bool,
}

impl Threads {
    fn is_enabled(&self, state: &State, thread: usize) -> bool {
        let is_free = |lock: usize| state.held & (1 << lock) == 0;
        match self.ops[thread].get(usize::from(state.at[thread])) {
            None => false,
            Some(Op::Acquire(lock)) => is_free(*lock),
            Some(Op::Wake(_)) => state.notified & (1 << thread) != 0 && is_free(0),
            Some(Op::Down) => state.permits > 0,
            Some(_) => true,
        }
    }

    fn is_over(&self, state: &State) -> bool {
        self.ops.iter().zip(state.at).all(|(ops, at)| usize::from(at) == ops.len())
    }
}

impl State {
    fn perform(&mut self, op: Op, thread: usize) {
        self.at[thread] += 1;
        match op {
            Op::Acquire(lock) => self.held |= 1 << lock,
            Op::Release(lock) => self.held &= !(1 << lock),
            Op::Down => self.permits -= 1,
            Op::Up => self.permits += 1,
            Op::Load => self.seen[thread] = self.number,
            Op::Add(more) => self.number = std::mem::take(&mut self.seen[thread]) + more,
            Op::Jump(test, to) if test.holds(self.number) => self.at[thread] = to as u8,
            Op::Jump(..) => {}
            Op::Assert(test) => self.failed |= !test.holds(self.number),
            Op::Wait(condition) => {
                self.held &= !1;
                let line = &mut self.lines[condition];
                let end = line.iter().take_while(|waiter| **waiter != 0).count();
                line[end] = thread as u8 + 1;
            }
            Op::Wake(to) => {
                self.at[thread] = to as u8;
                self.notified &= !(1 << thread);
                self.held |= 1;
            }
            Op::Notify(condition) => {
                let line = &mut self.lines[condition];
                if line[0] != 0 {
                    self.notified |= 1 << (line[0] - 1);
                    line.rotate_left(1);
                    line[THREADS - 1] = 0;
                }
            }
            Op::NotifyAll(condition) => {
                let line = std::mem::take(&mut self.lines[condition]);
                for waiter in line.into_iter().take_while(|waiter| *waiter != 0) {
                    self.notified |= 1 << (waiter - 1);
                }
            }
        }
    }
}

impl Model for Threads {
    type State = State;
    type Action = usize;

    fn init_states(&self) -> Vec<State> {
        let at = [0; THREADS];
        let lines = [[0; THREADS]; 2];
        let seen = [0; THREADS];
        vec![State { at, seen, number: 0, permits: PERMITS, held: 0, notified: 0, lines, failed: false }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<usize>) {
        actions.extend((0..self.ops.len()).filter(|thread| !state.failed && self.is_enabled(state, *thread)));
    }

    fn next_state(&self, last: &State, thread: usize) -> Option<State> {
        let mut state = last.clone();
        loop {
            let op = self.ops[thread][usize::from(state.at[thread])];
            state.perform(op, thread);
            if !self.is_joined || !op.is_access() {
                return Some(state);
            }
        }
    }

    fn properties(&self) -> Vec<Property<Threads>> {
        vec![Property::always(
            "no assertion fails, and somebody can go until all are over",
            |model: &Threads, state| {
                let somebody = (0..model.ops.len()).any(|thread| model.is_enabled(state, thread));
                !state.failed && (somebody || model.is_over(state))
            },
        )]
    }
}

pub fn explore(program: Program, is_fine: bool) {
    let search = Search::begin();
    let (is_defect, states) = check(program, is_fine);
    search.tell(is_defect, states);
}

/// Whether something goes wrong, and how many states were found until then.
fn check(program: Program, is_fine: bool) -> (bool, u64) {
    let roles = program.roles();
    let ops = roles.iter().flat_map(|role| std::iter::repeat_n(role.ops.clone(), role.threads)).collect();
    let model = Threads { ops, is_joined: program.is_guarded() && !is_fine };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let checker = model.checker().threads(cores).spawn_bfs().join();
    (!checker.discoveries().is_empty(), checker.unique_state_count() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operations_of_the_programs_have_exactly_so_many_states() {
        let counts = [
            ("phil4x1ok", 320),
            ("phil6x2ok", 167_289),
            ("inc4x3bare", 361_775),
            ("inc4x3lock", 1_024),
            ("buf2x2x2two", 2_018),
            ("sem6", 6_064),
            ("barrier6", 3_448),
        ];
        for (name, states) in counts {
            let program: Program = name.parse().unwrap();
            assert_eq!(program.to_string(), name);
            assert_eq!(check(program, false), (false, states), "{name}");
        }
    }

    #[test]
    fn what_goes_wrong_is_found_with_a_switch_at_each_access_too() {
        for (name, goes_wrong) in [("buf2x2x2one", true), ("buf2x2x2if", true), ("buf2x2x2two", false), ("sem3", false)]
        {
            let program: Program = name.parse().unwrap();
            assert_eq!(check(program, false).0, goes_wrong, "{name}");
            assert_eq!(check(program, true).0, goes_wrong, "{name}");
        }
    }
}
