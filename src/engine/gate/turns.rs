//! Taking turns: who could have the turn, and what follows when it is given.

use super::{Place, State};
use crate::base::ThreadId;
use crate::policy::Kind;

impl State {
    /// `me` goes, and gives its turn away.
    pub(super) fn take_turn(&mut self, me: ThreadId) {
        self.put(me, Place::Moving);
        self.turn.take(me, &self.shared);
        self.pace.end_wait();
    }

    /// Gives the turn to a thread, if there is one that can take it and none moves.
    pub(super) fn give_turn(&mut self) {
        if self.is_scripted() {
            return self.follow_script();
        }
        if self.turn.all_go() || self.turn.holder().is_some_and(|holder| self.could_go(holder)) {
            return;
        }
        self.turn.take_back();
        self.park_again();
        if self.workers.anybody_moves() {
            return;
        }
        self.unfold();
        self.park_again();
        let State { turn, workers, shared, .. } = self;
        let free = workers.at_gate().filter(|thread| !shared.record(*thread).held); // no tape decides
        let those = shared.able(free).map(|(thread, _)| (thread, workers.moved(thread)));
        let Some((picked, preempted)) = turn.pick(those, shared) else { return };
        if let Some(mover) = preempted {
            self.preempt(mover);
        }
        self.workers.notify(picked);
    }

    /// The threads at the gate that the person watching does not hold back.
    pub(super) fn free_at_gate(&self) -> impl Iterator<Item = ThreadId> {
        self.workers.at_gate().filter(|thread| !self.is_held(*thread))
    }

    /// Parks the threads at the gate whose operation cannot go on any more, because another thread took what they had
    /// come for.
    fn park_again(&mut self) {
        let cannot = |thread: &ThreadId| self.shared.standing(*thread).alternative().is_none();
        let cannot: Vec<ThreadId> = self.workers.at_gate().filter(cannot).collect();
        for thread in cannot {
            self.put(thread, Place::Parked);
            self.set_alarm(thread, self.shared.standing(thread).limit());
        }
    }

    /// Has the worker of a parked thread look at its deadline, if that comes without anybody else.
    pub(super) fn set_alarm(&self, thread: ThreadId, until: Option<u64>) {
        if self.alarm(until).and_then(|time| self.pace.clock.when(time)).is_some() {
            self.workers.notify(thread);
        }
    }

    /// Whether the thread stands at the gate, and only the turn keeps it there for good.
    pub(super) fn could_go(&self, thread: ThreadId) -> bool {
        self.workers.place(thread) == Some(Place::Gate)
            && !self.is_held(thread)
            && self.shared.standing(thread).alternative().is_some()
    }

    /// What decides which thread goes next.
    pub(in crate::engine) fn policy(&self) -> Kind {
        self.turn.policy()
    }

    /// Lets another policy decide from now on; its random numbers start anew.
    pub(in crate::engine) fn set_policy(&mut self, policy: Kind) {
        if self.course.is_over() {
            return;
        }
        self.leave_script();
        if policy != self.turn.policy() {
            self.catch_up();
            self.note_policy(policy);
        }
        self.turn.begin_policy();
        self.look_again();
    }

    /// The threads' priorities, by id.
    pub(in crate::engine) fn priorities(&self) -> Vec<i32> {
        let threads = (0..).map(ThreadId).zip(self.shared.threads.iter());
        threads.map(|(thread, _)| self.turn.priorities().own(&self.shared, thread)).collect()
    }

    /// Adds so much to the priority of a thread, and of those that have its name.
    pub(in crate::engine) fn raise_priority(&mut self, thread: ThreadId, by: i32) {
        let Some(name) = self.shared.threads.get(thread.index()).map(|record| record.name.clone()) else { return };
        if !self.course.is_over() {
            let raised = self.turn.priorities().own(&self.shared, thread).saturating_add(by);
            self.catch_up();
            self.set_priority(name, raised);
            if self.turn.policy() == Kind::Priority && !self.is_scripted() {
                self.look_again();
            } else {
                self.settle();
            }
        }
    }

    /// The run begins, or goes on, where that policy has decided until now.
    pub(in crate::engine) fn begin_with(&mut self, before: Kind) {
        self.record_here();
        if before != self.turn.policy() {
            self.note_policy(self.turn.policy());
        }
    }

    pub(super) fn look_again(&mut self) {
        self.turn.take_back();
        self.trim();
        self.workers.rouse_all();
        self.settle();
    }
}
