//! Scenarios do what their summaries say. Each is played as on the screen by default: with its own policy and faults,
//! on the virtual clock, paced. After every event the test checks the model for what the summary promises.

mod support {
    pub(crate) mod program;
}

use raddle::engine::{Options, Received, Run};
use raddle::event::{Blocker, EventKind, FutureState, Shown, ThreadState, TroubleKind};
use raddle::policy::{Kind, Priorities};
use raddle::scenario::{builtin, metadata};
use raddle::schedule::Speed;
use raddle::trace::{Axis, Detail, Model, Object, Thread};
use std::collections::BTreeSet;
use std::time::Duration;
use support::program::image;

/// Only a defect takes so long.
const LONG: Duration = Duration::from_secs(20);

/// What is true at some moment of the run.
type Check = fn(&At<'_>) -> bool;
/// A scenario, and what its summary promises.
type Promises = (&'static str, &'static [(&'static str, Check)]);

/// A moment of a run: the model, and the event by which it came.
struct At<'m> {
    model: &'m Model,
    event: &'m EventKind,
}

impl At<'_> {
    fn thread(&self, name: &str) -> Option<&Thread> {
        self.model.threads().iter().map(|thread| &**thread).find(|thread| *thread.name == *name)
    }

    fn object(&self, name: &str) -> Option<&Object> {
        self.model.objects().iter().map(|object| &**object).find(|object| *object.name == *name)
    }

    fn is(&self, name: &str, state: ThreadState) -> bool {
        self.thread(name).is_some_and(|thread| thread.state == state)
    }

    /// There was a time at which both were running.
    fn ran_at_once(&self, one: &str, other: &str) -> bool {
        let (Some(one), Some(other)) = (self.thread(one), self.thread(other)) else { return false };
        let spans = one.timeline.spans();
        let running = (0..spans.len()).filter(|&index| spans[index].state == ThreadState::Running);
        let mut times = running.filter_map(|index| Some((spans[index].start.at, spans.get(index + 1)?.start.at)));
        times.any(|(from, to)| {
            let slice = other.timeline.slice(Axis::Time, from, to).filter(|_| from < to);
            slice.is_some_and(|slice| slice.states.has(ThreadState::Running))
        })
    }

    /// The thread stands before the object.
    fn waits(&self, thread: &str, object: &str) -> bool {
        let on = self.thread(thread).and_then(|thread| thread.blocked_on).and_then(Blocker::object);
        on.is_some_and(|on| self.model.object_name(on) == object)
    }

    /// How many threads stand before the object.
    fn waiting(&self, object: &str) -> usize {
        self.model.threads().iter().filter(|thread| self.waits(&thread.name, object)).count()
    }

    /// The thread waits for the other to end.
    fn joins(&self, thread: &str, other: &str) -> bool {
        let on = self.thread(thread).and_then(|thread| thread.blocked_on);
        matches!(on, Some(Blocker::Thread(target)) if self.model.thread_name(target) == other)
    }

    /// How many threads sleep.
    fn asleep(&self) -> usize {
        self.model.threads().iter().filter(|thread| thread.blocked_on == Some(Blocker::Time)).count()
    }

    /// The lock's holder, if it has one.
    fn holder(&self, lock: &str) -> Option<&Thread> {
        self.object(lock).and_then(|lock| lock.owner()).and_then(|owner| self.model.thread(owner))
    }

    fn is_held_by_the_dead(&self, lock: &str) -> bool {
        self.holder(lock).is_some_and(|owner| owner.state.is_over())
    }

    fn is_full(&self, queue: &str) -> bool {
        let detail = self.object(queue).map(|queue| &queue.detail);
        matches!(detail, Some(Detail::Queue { depth, capacity, .. }) if depth == capacity && *capacity > 0)
    }

    fn has_no_permit(&self, semaphore: &str) -> bool {
        matches!(self.object(semaphore).map(|it| &it.detail), Some(Detail::Semaphore { value: 0 }))
    }

    fn is_broken(&self, barrier: &str) -> bool {
        matches!(self.object(barrier).map(|it| &it.detail), Some(Detail::Barrier { broken: true, .. }))
    }

    /// The program has printed that, as part of a line.
    fn printed(&self, text: &str) -> bool {
        self.lines().any(|(_, line)| line.contains(text))
    }

    /// The program has printed these, each after the one before.
    fn printed_in_order(&self, texts: &[&str]) -> bool {
        let mut lines = self.lines();
        texts.iter().all(|text| lines.any(|(_, line)| line.contains(text)))
    }

    /// That thread has printed that.
    fn printed_by(&self, thread: &str, text: &str) -> bool {
        self.lines().any(|(by, line)| by == thread && line.contains(text))
    }

    fn lines(&self) -> impl Iterator<Item = (&str, String)> {
        let lines = self.model.output().lines().iter();
        lines.map(|line| (self.model.thread_name(line.thread), line.text.to_string()))
    }

    /// That many threads are in one trouble of that kind.
    fn trouble(&self, kind: &str, threads: usize) -> bool {
        let mut findings = self.model.findings().iter();
        findings.any(|it| it.trouble.kind.name() == kind && it.trouble.threads.len() == threads)
    }

    fn is_deadlock(&self, threads: usize) -> bool {
        self.trouble(TroubleKind::Deadlock.name(), threads)
    }

    fn is_stuck(&self, thread: &str) -> bool {
        let stuck = self
            .model
            .findings()
            .iter()
            .filter(|it| matches!(it.trouble.kind, TroubleKind::Stuck | TroubleKind::DeadOwner { .. }));
        stuck.flat_map(|it| &it.trouble.threads).any(|it| self.model.thread_name(it.thread) == thread)
    }

    fn ended(&self, status: i32) -> bool {
        self.model.status() == Some(status)
    }

    fn ended_well(&self) -> bool {
        self.ended(0) && self.model.findings().is_empty()
    }

    /// How many events like that there were so far.
    fn times(&self, is_it: impl Fn(&EventKind) -> bool) -> usize {
        self.model.log().iter().filter(|event| is_it(&event.kind)).count()
    }
}

const PROMISES: &[Promises] = &[
    (
        "hello_threads",
        &[
            ("three lanes side by side", |at| at.asleep() == 3),
            ("main joins them one by one", |at| {
                at.joins("main", "grace") || at.times(|it| matches!(it, EventKind::Joined { .. })) == 3
            }),
        ],
    ),
    (
        "thread_subclass",
        &[
            ("run on a new lane", |at| at.printed_by("low", "low is done") && at.printed_by("high", "high is done")),
            ("the results after join", |at| at.printed_by("main", "low 6, high 30")),
        ],
    ),
    (
        "join_and_daemon",
        &[
            ("first for a moment", |at| {
                at.joins("main", "worker") && at.thread("main").is_some_and(|it| it.until.is_some())
            }),
            ("then until it ends", |at| {
                at.joins("main", "worker") && at.thread("main").is_some_and(|it| it.until.is_none())
            }),
            ("the daemon is cut off", |at| at.is("watcher", ThreadState::CutOff)),
        ],
    ),
    (
        "join_timeout",
        &[
            ("join comes back while it runs", |at| {
                matches!(at.event, EventKind::TimedOut { on: Blocker::Thread(_) })
                    && at.is("download", ThreadState::Waiting)
            }),
            ("three chances", |at| {
                at.printed_in_order(&["chance 1: still busy", "chance 2: still busy", "chance 3: finished"])
            }),
        ],
    ),
    (
        "thread_local",
        &[
            ("each sees its own", |at| {
                at.printed_by("request-1", "hello, ada") && at.printed_by("request-3", "hello, linus")
            }),
            ("none of it is main's", |at| at.printed("main has a user: False")),
        ],
    ),
    (
        "timer",
        &[
            ("one goes off", |at| at.printed_by("tea", "tea is ready")),
            ("the other is a thread that waits", |at| at.is("alarm", ThreadState::Waiting)),
            ("and ends without ringing", |at| {
                at.ended_well() && at.is("alarm", ThreadState::Finished) && !at.printed("never heard")
            }),
        ],
    ),
    (
        "counter_race",
        &[("a read and a write", |at| {
            at.times(|it| matches!(it, EventKind::Wrote { .. })) >= 6
                && at.times(|it| matches!(it, EventKind::Read { .. })) >= 6
        })],
    ),
    (
        "lost_update",
        &[
            ("both read before either writes", |at| {
                let read = at.times(|it| matches!(it, EventKind::Read { value: Shown::Int(100), .. }));
                read == 2 && at.times(|it| matches!(it, EventKind::Wrote { value: Shown::Int(110), .. })) == 0
            }),
            ("one is gone", |at| at.printed("found 110")),
        ],
    ),
    (
        "lost_update_fixed",
        &[
            ("the second waits for the lock", |at| at.waiting("guard") == 1),
            ("then reads the new balance", |at| {
                at.times(|it| matches!(it, EventKind::Read { value: Shown::Int(110), .. })) > 0
            }),
            ("nothing is lost", |at| at.printed("found 120") && at.ended_well()),
        ],
    ),
    (
        "check_then_act",
        &[
            ("both checks before both bookings", |at| {
                at.times(|it| matches!(it, EventKind::Read { value: Shown::Int(1), .. })) >= 2 && at.asleep() == 2
            }),
            ("one seat too many", |at| at.printed("booked by ['ann', 'ben']") && at.printed("seats left: -1")),
        ],
    ),
    (
        "broken_invariant",
        &[
            ("wrong for a moment", |at| at.printed_by("auditor", "total 150")),
            ("nothing is lost", |at| at.printed("at the end: total 200")),
        ],
    ),
    (
        "double_checked",
        &[
            ("the late ones wait", |at| at.waiting("opening") == 2),
            ("opened only once", |at| {
                at.ended_well()
                    && at.times(|it| matches!(it, EventKind::Printed { text, .. } if text.contains("opening"))) == 1
            }),
        ],
    ),
    (
        "bank_account",
        &[
            ("withdrawals queue up", |at| at.waiting("account.lock") == 2),
            ("the last one finds too little", |at| at.printed("paid: 2, refused: 1") && at.printed("balance: 20")),
        ],
    ),
    (
        "reentrant_lock",
        &[
            ("its count goes up to two", |at| {
                matches!(at.object("stock.lock").map(|it| &it.detail), Some(Detail::Lock { depth: 2, .. }))
            }),
            ("and the other waits", |at| at.waiting("stock.lock") == 1),
        ],
    ),
    (
        "try_lock",
        &[
            ("it walks away", |at| {
                matches!(at.event, EventKind::AcquireFailed { .. }) || at.printed_by("impatient", "I write by hand")
            }),
            ("it waits", |at| {
                at.waits("patient", "printer") && at.thread("patient").is_some_and(|it| it.until.is_some())
            }),
            ("and gets it", |at| at.printed("patient: my turn at last")),
        ],
    ),
    (
        "semaphore_pool",
        &[
            ("two in, three wait", |at| at.has_no_permit("pumps") && at.waiting("pumps") == 3),
            ("all are served", |at| at.ended_well() && at.printed("the station is empty")),
        ],
    ),
    (
        "connection_pool",
        &[
            ("no permit is left", |at| at.has_no_permit("permits") && at.waiting("permits") == 2),
            ("one too many is an error", |at| at.printed("caught: ")),
        ],
    ),
    (
        "resource_pool",
        &[
            ("a borrower fails", |at| at.printed("ben: dropped it")),
            ("somebody waits for a camera", |at| at.has_no_permit("available") && at.waiting("available") == 1),
            ("none is missing", |at| at.printed("on the shelf: ['camera 1', 'camera 2']")),
        ],
    ),
    (
        "readers_writers",
        &[
            ("two read together", |at| {
                at.asleep() >= 2 && at.holder("free").is_some_and(|it| it.name.starts_with("reader"))
            }),
            ("the writer is locked out", |at| at.waits("writer", "free")),
            ("and let in", |at| at.printed("written") && at.ended(0)),
        ],
    ),
    (
        "event_handshake",
        &[
            ("the cook waits for the order", |at| at.waits("cook", "ready")),
            ("the guest for the meal", |at| at.waits("guest", "served")),
            ("and gets it", |at| at.printed("guest: thank you")),
        ],
    ),
    (
        "starting_gun",
        &[
            ("all wait", |at| at.waiting("gun") == 3),
            ("one set lets three go", |at| {
                at.times(|it| matches!(it, EventKind::EventSet { .. })) == 1
                    && ["tortoise", "hare", "dog"].iter().all(|it| at.is(it, ThreadState::Ready))
            }),
        ],
    ),
    (
        "taking_turns",
        &[
            ("one waits for its turn", |at| at.waiting("table") >= 1),
            ("they take turns", |at| {
                at.printed_in_order(&["ping 1", "pong 1", "ping 2", "pong 2", "ping 3", "pong 3", "game over"])
            }),
        ],
    ),
    (
        "bounded_buffer",
        &[
            ("the baker waits for room", |at| {
                at.thread("baker").is_some_and(|it| {
                    it.state == ThreadState::Waiting && it.blocked_on.and_then(Blocker::object).is_some()
                })
            }),
            ("notify wakes it", |at| matches!(at.event, EventKind::Notified { woken: 1, .. })),
            ("all is sold", |at| at.printed("ate 5") && at.ended_well()),
        ],
    ),
    (
        "barrier_phases",
        &[
            ("the fast ones wait", |at| at.waiting("barrier") == 2),
            ("no phase before the other is over", |at| {
                at.printed_in_order(&["tailor 3: cut", "phase cut is over", "tailor 1: sew", "phase sew is over"])
            }),
        ],
    ),
    (
        "broken_barrier",
        &[
            ("one wait breaks it", |at| at.is_broken("meeting")),
            ("both find out", |at| at.printed("ann: called off") && at.printed("ben: called off")),
        ],
    ),
    (
        "lost_wakeup",
        &[
            ("nobody hears the notify", |at| matches!(at.event, EventKind::Notified { woken: 0, .. })),
            ("it sleeps forever", |at| at.is_stuck("receiver")),
        ],
    ),
    (
        "if_instead_of_while",
        &[
            ("one item wakes both", |at| matches!(at.event, EventKind::Notified { woken: 2, .. })),
            ("one crashes", |at| {
                at.times(|it| matches!(it, EventKind::Ended { how: raddle::event::Ending::Crashed(error) } if error.contains("IndexError"))) == 1
            }),
        ],
    ),
    (
        "producer_consumer",
        &[
            ("the queue is full, and the producer waits", |at| at.is_full("belt") && at.waits("producer", "belt")),
            ("all is used up", |at| at.printed("all used up") && at.ended_well()),
        ],
    ),
    (
        "poison_pill",
        &[
            ("three share the work", |at| at.asleep() == 3),
            ("all go home", |at| at.printed("[1, 4, 9, 16, 25, 36]") && at.ended_well()),
        ],
    ),
    (
        "queue_join",
        &[
            ("empty, and not done", |at| {
                let detail = at.object("letters").map(|it| &it.detail);
                at.waits("main", "letters")
                    && matches!(detail, Some(Detail::Queue { depth: 0, unfinished: Some(1..), .. }))
            }),
            ("all are delivered", |at| at.printed("all are delivered")),
        ],
    ),
    ("priority_queue", &[("the urgent one goes first", |at| at.printed("heart > sprain > stroke > cough"))]),
    (
        "pipeline",
        &[
            ("the slowest stage holds the first up", |at| at.is_full("dough") && at.waits("knead", "dough")),
            ("and keeps the last waiting", |at| at.waits("pack", "bread")),
        ],
    ),
    (
        "dead_consumer",
        &[
            ("it crashes", |at| at.is("consumer", ThreadState::Crashed)),
            ("the queue is full", |at| {
                at.is_full("lines") && at.waits("producer", "lines") && at.is("consumer", ThreadState::Crashed)
            }),
            ("and stays so", |at| at.is_stuck("producer")),
        ],
    ),
    (
        "executor_map",
        &[
            ("two share the work", |at| at.asleep() == 2),
            ("a later task is done first", |at| at.printed_in_order(&["2 done", "1 done"])),
            ("results in order", |at| {
                at.printed_in_order(&["result 1", "result 4", "result 9", "result 16", "result 25", "result 36"])
            }),
        ],
    ),
    ("as_completed", &[("as they finish", |at| at.printed_in_order(&["quick.com", "middling.net", "slow.org"]))]),
    (
        "future_callbacks",
        &[
            ("on the worker", |at| at.printed("bread is ready, says oven")),
            ("and on main", |at| at.printed_by("main", "bread is ready")),
        ],
    ),
    (
        "hidden_exception",
        &[
            ("the future has it", |at| {
                at.model
                    .objects()
                    .iter()
                    .any(|it| matches!(&it.detail, Detail::Future { state: FutureState::Raised(_), .. }))
                    && !at.printed("caught")
            }),
            ("it comes out on main", |at| at.printed_by("main", "caught on main: division by zero") && at.ended_well()),
        ],
    ),
    (
        "wait_first",
        &[
            ("the first answer counts", |at| at.printed("first: asia")),
            ("what has not begun is cancelled", |at| {
                matches!(at.event, EventKind::FutureChanged { state: FutureState::Cancelled, .. })
                    || at.printed("mars cancelled: True")
            }),
            ("and never gets a worker", |at| at.ended(0) && !at.lines().any(|(_, line)| line.contains("'mars'"))),
        ],
    ),
    (
        "pool_deadlock",
        &[("a task that nobody can take", |at| {
            at.model.objects().iter().any(|it| matches!(&it.detail, Detail::Pool { pending: 1, .. }))
                && at.is_deadlock(1)
        })],
    ),
    (
        "deadlock",
        &[
            ("each has its first lock", |at| {
                at.holder("a").is_some_and(|it| *it.name == *"left")
                    && at.holder("b").is_some_and(|it| *it.name == *"right")
            }),
            ("and waits for the other's", |at| at.waits("left", "b") && at.waits("right", "a")),
            ("for good", |at| at.is_deadlock(2)),
        ],
    ),
    (
        "lock_order",
        &[
            ("one waits for a", |at| at.waiting("a") == 1),
            ("and gets through", |at| at.printed("both got through") && at.ended_well()),
        ],
    ),
    ("self_deadlock", &[("one thread is enough", |at| at.is_deadlock(1) && at.waits("worker", "lock"))]),
    (
        "account_transfer",
        &[
            ("one waits", |at| at.model.threads().iter().any(|it| it.state == ThreadState::Blocked)),
            ("both get through", |at| at.printed("ann 80, ben 120") && at.ended_well()),
        ],
    ),
    ("dining_philosophers", &[("the ring closes", |at| at.is_deadlock(5))]),
    (
        "one_seat_less",
        &[
            ("four sit down", |at| at.has_no_permit("seats") && at.waiting("seats") == 1),
            ("the ring stays open", |at| at.printed("everyone has eaten") && at.ended_well()),
        ],
    ),
    (
        "backing_off",
        &[
            ("neither gets through", |at| {
                at.printed("ann: after you") && at.printed("ben: after you") && !at.printed("gets through")
            }),
            ("then both do", |at| at.printed("ann gets through") && at.printed("ben gets through") && at.ended_well()),
        ],
    ),
    ("join_cycle", &[("a ring of joins", |at| at.joins("egg", "hen") && at.joins("hen", "egg") && at.is_deadlock(2))]),
    (
        "crash",
        &[
            ("one lane crashes", |at| at.is("worker-2", ThreadState::Crashed)),
            ("the others go on", |at| at.printed("worker 3: 12") && at.printed("main: all are over") && at.ended(0)),
        ],
    ),
    (
        "excepthook",
        &[
            ("one dies of an exception", |at| at.is("parse twelve", ThreadState::Crashed)),
            ("main learns which, and why", |at| at.printed_by("main", "parse twelve failed: ValueError")),
        ],
    ),
    (
        "forgotten_release",
        &[
            ("held by a thread that is gone", |at| {
                at.is("careless", ThreadState::Crashed) && at.is_held_by_the_dead("lock")
            }),
            ("the next one waits", |at| at.waits("careful", "lock") && at.is_held_by_the_dead("lock")),
            ("forever", |at| at.is_stuck("careful")),
        ],
    ),
    (
        "exit_waits",
        &[
            ("main joins at its end", |at| {
                at.thread("main").is_some_and(|it| it.blocked_on == Some(Blocker::Shutdown))
            }),
            ("and the cleaner is done", |at| at.printed("the floor is clean")),
        ],
    ),
    (
        "daemon_cut_off",
        &[
            ("it has begun", |at| at.printed_by("writer", "page 1 saved")),
            ("it is cut off, and no finally runs", |at| {
                at.ended(0) && at.is("writer", ThreadState::CutOff) && !at.printed("never printed")
            }),
        ],
    ),
    (
        "graceful_shutdown",
        &[
            ("a sleep that can be cut short", |at| at.waiting("stopping") == 2),
            ("all have left", |at| at.printed("still alive: 0") && at.ended_well()),
        ],
    ),
    (
        "interrupted",
        &[
            ("the handler runs on main's lane", |at| at.printed_by("main", "handler: finish")),
            ("and the worker stops", |at| at.printed_by("worker", "worker: finished")),
        ],
    ),
    (
        "logging_threads",
        &[
            ("each with its name", |at| at.printed("[clerk-3] item 3 of 3") && at.printed("WARNING")),
            ("nothing below the level", |at| at.ended(0) && !at.printed("not shown")),
        ],
    ),
    (
        "cpu_bound",
        &[
            ("both run at once", |at| at.ran_at_once("left", "right")),
            ("and finish", |at| at.printed("left: ") && at.printed("right: ")),
        ],
    ),
    (
        "io_bound",
        &[
            ("four wait at once", |at| at.asleep() == 4),
            ("one second together", |at| at.printed("less than two seconds: True")),
        ],
    ),
    (
        "gil_is_no_lock",
        &[("votes are lost", |at| at.printed("three voted, counted: 1") || at.printed("three voted, counted: 2"))],
    ),
    (
        "switch_interval",
        &[
            ("five milliseconds", |at| at.printed("switch interval: 0.005 s")),
            ("main gets its turn", |at| at.printed("spinner: stopped")),
        ],
    ),
    (
        "hello_process",
        &[
            ("its lane begins", |at| at.printed_by("worker", "hello from a process")),
            ("main waits for its end", |at| at.printed_by("main", "worker ended with 0")),
        ],
    ),
    (
        "own_memory",
        &[
            ("each has its own", |at| at.printed_by("Process-1", "it is 1") && at.printed_by("Process-2", "it is 1")),
            ("and main as well", |at| at.printed_by("main", "in main it is 0")),
        ],
    ),
    (
        "fork_and_spawn",
        &[
            ("a copy of main's", |at| at.printed_by("ForkProcess-1", "rate 5, amount 7")),
            ("and a memory that is new", |at| {
                at.printed_by("SpawnProcess-2", "the module runs as __mp_main__")
                    && at.printed_by("SpawnProcess-2", "rate 1, amount 7")
            }),
        ],
    ),
    (
        "missing_guard",
        &[
            ("it may not start one", |at| at.is("worker", ThreadState::Crashed)),
            ("main goes on", |at| at.printed_by("main", "worker ended with 1")),
        ],
    ),
    ("shared_value", &[("no addition is lost", |at| at.printed("total 6") && at.ended_well())]),
    ("array_slices", &[("all are squared", |at| at.printed("[0, 1, 4, 9, 16, 25]") && at.ended_well())]),
    ("process_poison_pill", &[("all is done", |at| at.printed("[0, 1, 4, 9]") && at.ended_well())]),
    (
        "join_before_drain",
        &[
            ("main waits for the process", |at| at.joins("main", "Process-1")),
            ("and the process for main", |at| at.waits("QueueFeederThread", "results") && at.is_stuck("Process-1")),
        ],
    ),
    (
        "pipe_dialogue",
        &[
            ("answers come back", |at| at.printed_in_order(&["WHO", "WHEN"])),
            ("the closed end ends it", |at| at.printed("no more questions") && at.ended_well()),
        ],
    ),
    ("unclosed_pipe", &[("the reader waits for ever", |at| at.waits("Process-1", "pipe") && at.is_stuck("Process-1"))]),
    ("both_send", &[("both pipes are full", |at| at.waits("main", "pipe") && at.waits("Process-1", "pipe#2"))]),
    (
        "pool_map",
        &[
            ("map gives all", |at| at.printed("[0, 1, 4, 9, 16, 25]")),
            ("imap gives them in order", |at| at.printed_in_order(&["[0", "0", "1", "4"]) && at.ended_well()),
        ],
    ),
    ("dead_pool_worker", &[("main waits for ever", |at| at.is_stuck("main"))]),
    ("broken_executor", &[("it gives up", |at| at.printed("the pool is broken") && at.ended_well())]),
    ("cpu_bound_processes", &[("both compute", |at| at.printed("left: 8999995500000500000") && at.ended_well())]),
    ("io_bound_processes", &[("all wait at once", |at| at.printed("less than two seconds: True") && at.ended_well())]),
    ("nested_change", &[("one is lost, one is kept", |at| at.printed("[] [1]") && at.ended_well())]),
    (
        "inherited_lock",
        &[
            ("the child waits for its copy", |at| {
                at.printed_by("Process-1", "wants the lock") && at.is_stuck("Process-1")
            }),
            ("main waits for the child", |at| at.joins("main", "Process-1")),
        ],
    ),
    ("unpicklable_task", &[("a lambda is refused", |at| at.printed("PicklingError") && at.printed("[0, 2, 4]"))]),
    (
        "priority_inversion",
        &[
            ("the urgent one waits", |at| {
                at.waits("high", "lock") && at.holder("lock").is_some_and(|it| *it.name == *"low")
            }),
            ("for the unimportant ones", |at| at.printed_in_order(&["medium is done", "high has the lock"])),
        ],
    ),
    (
        "priority_inheritance",
        &[
            ("high waits for low", |at| at.waits("high", "lock")),
            ("medium does not come between", |at| at.printed_in_order(&["high has the lock", "medium is done"])),
        ],
    ),
    (
        "killed_holder",
        &[
            ("it is killed with the lock", |at| at.is("clerk", ThreadState::Killed) && at.is_held_by_the_dead("till")),
            ("the customer waits forever", |at| at.waits("customer", "till") && at.is_stuck("customer")),
        ],
    ),
    (
        "raised_inside",
        &[
            ("with gives it back", |at| at.is("tidy", ThreadState::Crashed) && at.printed("first is free")),
            ("acquire keeps it", |at| {
                at.is("untidy", ThreadState::Crashed)
                    && at.is_held_by_the_dead("second")
                    && at.printed("second was never given back")
            }),
        ],
    ),
    (
        "leaked_lock",
        &[
            ("a release is lost", |at| matches!(at.event, EventKind::FaultFired { .. })),
            ("the next thread waits", |at| at.waits("poster", "printer")),
            ("for one that is gone", |at| at.is_held_by_the_dead("printer") && at.is_stuck("poster")),
        ],
    ),
    (
        "taken_lock",
        &[
            ("the wrong sum", |at| at.printed("auditor: cash and bank make 90")),
            ("its holder finds out", |at| at.is("cashier", ThreadState::Crashed)),
        ],
    ),
    (
        "expired_timeout",
        &[
            ("the timeout comes", |at| matches!(at.event, EventKind::TimedOut { on: Blocker::Lock(_) })),
            ("it goes in without the lock", |at| at.printed("hasty: now it is my turn")),
            ("and somebody pays", |at| at.is("steady", ThreadState::Crashed) || at.is("hasty", ThreadState::Crashed)),
        ],
    ),
    (
        "dropped_notify",
        &[
            ("the notify is lost", |at| matches!(at.event, EventKind::FaultFired { .. })),
            ("it sleeps beside the bread", |at| at.is_stuck("customer")),
        ],
    ),
    (
        "spurious_wakeup",
        &[("nobody has notified", |at| {
            at.is("customer", ThreadState::Crashed) && at.times(|it| matches!(it, EventKind::Notified { .. })) == 0
        })],
    ),
    (
        "false_start",
        &[
            ("it breaks", |at| at.is_broken("start")),
            ("one is prepared", |at| at.printed("careful goes home") && at.is("careful", ThreadState::Finished)),
            ("the other crashes", |at| at.is("careless", ThreadState::Crashed)),
        ],
    ),
    (
        "late_loader",
        &[
            ("the loader is late", |at| at.thread("loader").is_some_and(|it| it.blocked_on == Some(Blocker::Delayed))),
            ("main reads nothing", |at| at.printed_by("main", "the host is None")),
        ],
    ),
    (
        "slow_consumer",
        &[
            ("the full queue slows the producer down", |at| at.is_full("orders") && at.waits("producer", "orders")),
            ("nothing is lost", |at| at.printed("served 6") && at.ended(0)),
        ],
    ),
    (
        "frozen_leader",
        &[
            ("it freezes", |at| at.thread("leader").is_some_and(|it| it.frozen)),
            ("both do it", |at| at.printed("done by deputy and leader")),
        ],
    ),
    (
        "asked_to_stop",
        &[
            ("main hears of it", |at| at.printed_by("main", "main: time to stop")),
            ("every worker stops", |at| {
                at.printed("anna stops early") && at.printed("ben stops early") && at.printed("all are home")
            }),
        ],
    ),
    (
        "killed_process",
        &[
            ("it is killed with the lock", |at| {
                at.is("Process-1", ThreadState::Killed) && at.is_held_by_the_dead("lock")
            }),
            ("its parent goes on", |at| at.printed("exit code -9")),
            ("main waits for ever", |at| at.waits("main", "lock") && at.is_stuck("main")),
        ],
    ),
    (
        "lost_message",
        &[
            ("a message is lost", |at| matches!(at.event, EventKind::FaultFired { .. })),
            ("who asked waits for ever", |at| at.printed("0 0") && at.is_stuck("main")),
        ],
    ),
];

/// Plays a scenario; gives the promises that it has not kept.
fn broken(name: &str, promises: &[(&'static str, Check)]) -> Vec<&'static str> {
    let scenario = builtin::find(name).expect("it is built in");
    let metadata = metadata::parse(&scenario.source()).expect("it is sound");
    let image = image(&format!("{name}.py"), scenario.text);
    let policy =
        metadata.policy.as_deref().map_or(Kind::Os, |name| Kind::of_name(name).expect("there is such a policy"));
    let priorities = Priorities { by_name: metadata.priorities, inherited: metadata.inheritance.unwrap_or(true) };
    let (faults, speed) = (metadata.faults, Speed::Max);
    let options = Options { policy, priorities, faults, speed, paced: true, seed: 1, ..Options::default() };
    let run = Run::start(image.clone(), options).expect("there are threads");
    let mut stream = run.events();
    let mut model = Model::new(image.legend());
    let mut open: Vec<_> = promises.iter().collect();
    loop {
        match stream.recv_timeout(LONG) {
            Received::Event(event) => {
                model.apply(&event);
                let at = At { model: &model, event: &event.kind };
                open.retain(|(_, check)| !check(&at));
            }
            Received::Quiet => break,
            Received::Nothing => panic!("nothing comes in {name}"),
        }
    }
    open.into_iter().map(|(words, _)| *words).collect()
}

#[test]
fn every_scenario_does_what_its_summary_says() {
    let mut failed = String::new();
    for (name, promises) in PROMISES {
        let broken = broken(name, promises);
        if !broken.is_empty() {
            failed += &format!("{name}: {}\n", broken.join("; "));
        }
    }
    assert!(failed.is_empty(), "what did not happen:\n{failed}");
}

#[test]
fn every_scenario_promises_something() {
    let table: Vec<&str> = PROMISES.iter().map(|(name, _)| *name).collect();
    let names: Vec<&str> = builtin::ALL.iter().map(|scenario| scenario.name).collect();
    assert_eq!(table.iter().collect::<BTreeSet<_>>(), names.iter().collect(), "the table lists each scenario");
    assert!(table.len() == names.len() && PROMISES.iter().all(|(_, promises)| !promises.is_empty()));
}
