//! Which thread has the turn, under a policy that lets one thread go at a time. The turn is given when no thread moves,
//! so it depends on where the threads stand, and not on which of them was there first.

use super::{Place, Script, State};
use crate::base::ThreadId;
use crate::machine::shared::Standing;
use crate::policy::{Kind, Moment, Policy, USUAL_CHOICES};

/// What decides which thread goes next.
#[derive(Debug)]
pub(super) enum Decider {
    /// Nothing: all go as soon as they can.
    Nobody,
    /// A policy.
    Policy(Box<dyn Policy>),
    /// A tape: the run goes as it was recorded.
    Tape(Box<Script>),
}

impl Decider {
    /// The policy at work, with its random numbers starting at `seed`, in a run that has so many choices.
    pub(super) fn of(policy: Kind, seed: u64, choices: u64) -> Decider {
        policy.start(seed, choices).map_or(Decider::Nobody, Decider::Policy)
    }
}

impl State {
    /// Whether threads do not take turns: all go as they like.
    pub(super) fn all_go(&self) -> bool {
        matches!(self.decider, Decider::Nobody)
    }

    /// Whether `me` may go as far as the policy is concerned.
    pub(super) fn has_turn(&self, me: ThreadId) -> bool {
        self.all_go() || self.turn == Some(me)
    }

    /// `me` goes, and gives its turn away.
    pub(super) fn take_turn(&mut self, me: ThreadId) {
        self.put(me, Place::Moving);
        self.turn = self.turn.filter(|turn| *turn != me);
        self.mover = Some(me);
        self.keeper = None;
        self.clock.end_wait();
    }

    /// Gives the turn to a thread, if there is one that can take it and none moves.
    pub(super) fn give_turn(&mut self) {
        match self.decider {
            Decider::Nobody => return,
            Decider::Policy(_) if self.turn.is_some_and(|turn| self.could_go(turn)) => return,
            Decider::Policy(_) => {}
            Decider::Tape(_) => return self.follow_script(),
        }
        self.turn = None;
        self.park_again();
        if self.anybody_moves() {
            return;
        }
        self.unfold();
        self.park_again();
        let ready: Vec<ThreadId> = self.alive().map(|(thread, _)| thread).filter(|it| self.could_go(*it)).collect();
        if ready.is_empty() {
            return;
        }
        let moved = |thread: &ThreadId| self.worker(*thread).map_or(0, |worker| worker.moved);
        let since: Vec<u64> = ready.iter().map(moved).collect();
        let State { decider, shared, priorities, mover, .. } = self;
        let Decider::Policy(policy) = decider else { return };
        let picked = policy.pick(Moment { ready: &ready, since: &since, going: *mover, shared, priorities });
        self.turn = Some(picked);
        if let Some(mover) = self.mover.filter(|mover| *mover != picked && self.could_go(*mover)) {
            self.mover = None; // It is told once.
            self.preempt(mover);
        }
        if let Some(worker) = self.worker(picked) {
            worker.condvar.notify_one();
        }
    }

    pub(super) fn anybody_moves(&self) -> bool {
        self.moving > 0
    }

    /// Parks the threads at the gate whose operation cannot go on any more, because another thread took what they had
    /// come for.
    fn park_again(&mut self) {
        for thread in (0..self.workers.len() as u32).map(ThreadId) {
            if self.place(thread) == Some(Place::Gate)
                && let Standing::Waiting(until) = self.shared.standing(thread)
            {
                self.put(thread, Place::Parked);
                self.set_alarm(thread, until);
            }
        }
    }

    /// Has the worker of a parked thread look at its deadline, if that comes without anybody else.
    pub(super) fn set_alarm(&self, thread: ThreadId, until: Option<u64>) {
        if self.alarm(until).and_then(|time| self.clock.when(time)).is_some()
            && let Some(worker) = self.worker(thread)
        {
            worker.condvar.notify_one();
        }
    }

    /// Whether the thread stands at the gate, and only the turn keeps it there for good.
    pub(super) fn could_go(&self, thread: ThreadId) -> bool {
        self.place(thread) == Some(Place::Gate)
            && !self.is_held(thread)
            && !matches!(self.shared.standing(thread), Standing::Waiting(_))
    }

    /// What decides which thread goes next.
    pub(in crate::engine) fn policy(&self) -> Kind {
        self.policy
    }

    /// Lets another policy decide from now on; its random numbers start anew.
    pub(in crate::engine) fn set_policy(&mut self, policy: Kind) {
        if self.end.is_some() {
            return;
        }
        self.leave_script();
        if policy != self.policy {
            self.catch_up();
            self.note_policy(policy);
        }
        self.policy = policy;
        self.decider = Decider::of(policy, self.seed, USUAL_CHOICES);
        self.look_again();
    }

    /// The threads' priorities, by id.
    pub(in crate::engine) fn priorities(&self) -> Vec<i32> {
        let threads = (0..).map(ThreadId).zip(&self.shared.threads);
        threads.map(|(thread, _)| self.priorities.own(&self.shared, thread)).collect()
    }

    /// Adds so much to the priority of a thread, and of those that have its name.
    pub(in crate::engine) fn raise_priority(&mut self, thread: ThreadId, by: i32) {
        let Some(name) = self.shared.threads.get(thread.index()).map(|record| record.name.clone()) else { return };
        if self.end.is_none() {
            let raised = self.priorities.own(&self.shared, thread).saturating_add(by);
            self.catch_up();
            self.set_priority(name, raised);
            if self.policy == Kind::Priority && !self.is_scripted() {
                self.look_again();
            } else {
                self.settle();
            }
        }
    }

    /// The run begins, or goes on, where that policy has decided until now.
    pub(in crate::engine) fn begin_with(&mut self, before: Kind) {
        self.record_here();
        if before != self.policy {
            self.note_policy(self.policy);
        }
    }

    pub(super) fn look_again(&mut self) {
        self.turn = None;
        self.trim();
        self.rouse_all();
        self.settle();
    }
}
