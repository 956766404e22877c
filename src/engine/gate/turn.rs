//! Which thread has the turn, under a policy that lets one thread go at a time, and what decides that.
//!
//! At most one thread has the turn, and none where all go as they like. The turn is given when no thread moves, so it
//! depends on where the threads stand, and not on which of them was there first.

use super::script::Script;
use crate::base::ThreadId;
use crate::machine::shared::Shared;
use crate::policy::{Kind, Moment, Policy, Priorities, Sides, USUAL_CHOICES};

/// The turn of a run.
#[derive(Debug)]
pub(super) struct Turn {
    policy: Kind,
    /// Where the policy's random numbers start.
    seed: u64,
    /// What decides at this moment which thread goes next.
    decider: Decider,
    priorities: Priorities,
    /// The thread that has the turn.
    holder: Option<ThreadId>,
    /// Who went last, and how far each process is.
    sides: Sides,
    /// Room for those that could go, and for when each of them has moved.
    ready: Vec<ThreadId>,
    since: Vec<u64>,
}

/// What decides which thread goes next.
#[derive(Debug)]
enum Decider {
    /// Nothing: all go as soon as they can.
    Nobody,
    /// A policy.
    Policy(Box<dyn Policy>),
    /// A tape: the run goes as it was recorded.
    Tape(Box<Script>),
}

impl Decider {
    /// The policy at work, with its random numbers starting at `seed`, in a run that has so many choices.
    fn of(policy: Kind, seed: u64, choices: u64) -> Decider {
        policy.start(seed, choices).map_or(Decider::Nobody, Decider::Policy)
    }
}

impl Turn {
    /// `choices`: how many the run is taken to have.
    pub(super) fn new(policy: Kind, seed: u64, choices: u64, priorities: Priorities) -> Self {
        let decider = Decider::of(policy, seed, choices);
        Turn {
            policy,
            seed,
            decider,
            priorities,
            holder: None,
            sides: Sides::default(),
            ready: Vec::new(),
            since: Vec::new(),
        }
    }

    /// Whether threads do not take turns: all go as they like.
    pub(super) fn all_go(&self) -> bool {
        matches!(self.decider, Decider::Nobody)
    }

    /// The thread that has the turn.
    pub(super) fn holder(&self) -> Option<ThreadId> {
        self.holder
    }

    /// Whether `me` may go as far as the policy is concerned.
    pub(super) fn lets(&self, me: ThreadId) -> bool {
        self.all_go() || self.holder == Some(me)
    }

    /// `me` goes, and gives its turn away.
    pub(super) fn take(&mut self, me: ThreadId, shared: &Shared) {
        self.holder = self.holder.filter(|holder| *holder != me);
        self.sides.goes(me, self.policy, shared);
    }

    /// `me` has stopped: it gives up what the policy gave it.
    pub(super) fn stopped(&mut self, me: ThreadId) {
        self.sides.stopped(me);
    }

    /// `me` has done so much work. Gives how much time that takes, where these go on, too.
    pub(super) fn work(
        &mut self,
        (me, time): (ThreadId, u64),
        those: impl Iterator<Item = ThreadId>,
        shared: &Shared,
    ) -> u64 {
        self.sides.work((me, time), self.policy, those, shared)
    }

    /// The thread has the turn.
    pub(super) fn give(&mut self, thread: ThreadId) {
        self.holder = Some(thread);
    }

    /// No thread has the turn.
    pub(super) fn take_back(&mut self) {
        self.holder = None;
    }

    /// Has the policy give the turn to one of those that could go, each with when it has last moved, by id. The thread that
    /// went last, if it could go too and is not picked, is preempted: that is the second one.
    pub(super) fn pick(
        &mut self,
        those: impl Iterator<Item = (ThreadId, u64)>,
        shared: &Shared,
    ) -> Option<(ThreadId, Option<ThreadId>)> {
        let Turn { policy: kind, decider, priorities, sides, ready, since, .. } = self;
        let Decider::Policy(policy) = decider else { return None };
        ready.clear();
        since.clear();
        for (thread, moved) in those {
            ready.push(thread);
            since.push(moved);
        }
        if ready.is_empty() {
            return None;
        }
        let (going, worked) = (sides.going(), sides.worked());
        let picked = policy.pick(Moment { ready, since, going, worked, shared, priorities });
        self.holder = Some(picked);
        Some((picked, sides.preempted(picked, ready, *kind, shared)))
    }

    pub(super) fn policy(&self) -> Kind {
        self.policy
    }

    /// That is the policy, once one decides again.
    pub(super) fn note_policy(&mut self, policy: Kind) {
        self.policy = policy;
    }

    /// The policy decides from now on; its random numbers start anew.
    pub(super) fn begin_policy(&mut self) {
        self.decider = Decider::of(self.policy, self.seed, USUAL_CHOICES);
        self.holder = None;
    }

    /// The tape decides from now on.
    pub(super) fn begin_script(&mut self, script: Box<Script>) {
        self.decider = Decider::Tape(script);
    }

    /// The tape that says who goes next, if one does.
    pub(super) fn script(&self) -> Option<&Script> {
        match &self.decider {
            Decider::Tape(script) => Some(script),
            Decider::Nobody | Decider::Policy(_) => None,
        }
    }

    /// Likewise, to go on with it.
    pub(super) fn script_mut(&mut self) -> Option<&mut Script> {
        match &mut self.decider {
            Decider::Tape(script) => Some(script),
            Decider::Nobody | Decider::Policy(_) => None,
        }
    }

    pub(super) fn priorities(&self) -> &Priorities {
        &self.priorities
    }

    /// Threads of that name have this priority from now on.
    pub(super) fn set_priority(&mut self, name: &str, priority: i32) {
        self.priorities.by_name.insert(name.to_owned(), priority);
    }
}
