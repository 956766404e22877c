//! The policy `replay`: a tape says which thread goes next, what the clock says, and which fault strikes. So a recorded
//! run is forced onto real threads.
//!
//! Threads compute freely, because no other thread sees that. But where something struck them they stop, after exactly
//! the recorded number of turns. Before an operation each waits until the tape names it.

use super::journal::check;
use super::{Grip, News, Place, State};
use crate::base::{SafeText, ThreadId};
use crate::engine::clock::ClockKind;
use crate::engine::run::RunEnd;
use crate::policy::Kind;
use crate::schedule::tape::{Check, Close, Entry, Malformed, Playback};
use crate::schedule::{Alternative, Choice};
use rustc_hash::FxHashMap;
use std::sync::Arc;

const NOT_ALIVE: &str = "ran in the recording, but is not alive now";

/// A tape that is followed.
#[derive(Debug)]
pub(in crate::engine) struct Script {
    blocks: Vec<Arc<[u8]>>,
    playback: Playback,
    /// What comes next; `None` at the end.
    next: Option<Entry>,
    close: Option<Close>,
    /// Which thread looks up from computing before which of its own operations, and after how many turns.
    stops: FxHashMap<(ThreadId, u64), u64>,
    /// How often each thread has performed.
    performed: FxHashMap<ThreadId, u64>,
    /// The run's clock once the run goes on by itself.
    clock: ClockKind,
}

impl Script {
    /// # Errors
    /// When the tape cannot be read.
    pub(in crate::engine) fn new(blocks: Vec<Arc<[u8]>>, clock: ClockKind) -> Result<Script, Malformed> {
        let (mut playback, mut counts) = (Playback::default(), FxHashMap::<ThreadId, u64>::default());
        let (mut stops, mut close) = (FxHashMap::default(), None);
        while let Some(entry) = playback.next(&blocks)? {
            match entry {
                Entry::Steps { thread, count, .. } => {
                    let before = counts.entry(thread).or_default();
                    *before = before.saturating_add(count);
                }
                Entry::Struck { thread, turns, .. } => {
                    let before = counts.entry(thread).or_default();
                    stops.insert((thread, *before), turns);
                    *before = before.saturating_add(1);
                }
                Entry::Choice(_) => {}
                Entry::End(how) => close = Some(how),
            }
        }
        let mut playback = Playback::default();
        let next = playback.next(&blocks)?;
        Ok(Script { blocks, playback, next, close, stops, performed: FxHashMap::default(), clock })
    }

    /// Goes on after what comes next. (That the tape can be read was seen before.)
    fn advance(&mut self) {
        self.next = self.playback.next(&self.blocks).ok().flatten();
    }

    /// The thread has performed, struck after so many turns or not; `here` says where that led. `false`: in the
    /// recording it was different.
    fn performed(&mut self, me: ThreadId, struck: Option<u64>, here: Check) -> bool {
        *self.performed.entry(me).or_default() += 1;
        let agrees = match &mut self.next {
            Some(Entry::Steps { thread, count: count @ 2.., .. }) => {
                *count -= 1;
                return *thread == me && struck.is_none();
            }
            Some(Entry::Steps { thread, check, .. }) => *thread == me && struck.is_none() && *check == here,
            Some(Entry::Struck { thread, turns, check }) => *thread == me && struck == Some(*turns) && *check == here,
            _ => false,
        };
        self.advance();
        agrees
    }

    /// After how many turns the thread looks up before its next operation, if it does.
    fn stop(&self, me: ThreadId) -> Option<u64> {
        self.stops.get(&(me, self.performed.get(&me).copied().unwrap_or(0))).copied()
    }

    /// Whether anything happens any more, but for time that passes.
    fn goes_on(&self) -> bool {
        let (mut next, mut playback) = (self.next.clone(), self.playback.clone());
        while matches!(next, Some(Entry::Choice(Choice::Clock(_)))) {
            next = playback.next(&self.blocks).ok().flatten();
        }
        next.is_some_and(|entry| !matches!(entry, Entry::End(_)))
    }

    fn thread(&self) -> Option<ThreadId> {
        match &self.next {
            Some(Entry::Steps { thread, .. } | Entry::Struck { thread, .. }) => Some(*thread),
            _ => None,
        }
    }
}

impl State {
    /// Follows a tape from now on.
    pub(in crate::engine) fn begin_script(&mut self, script: Box<Script>) {
        self.turn.begin_script(script);
        self.restart_clock(ClockKind::Virtual);
        self.trim();
        self.follow_script();
    }

    /// The tape that says who goes next, if one does.
    fn script(&self) -> Option<&Script> {
        self.turn.script()
    }

    /// Whether a tape says who goes next.
    pub(in crate::engine) fn is_scripted(&self) -> bool {
        self.script().is_some()
    }

    /// Whether the tape that was followed is at its end, and the run was not told to go on since.
    pub(in crate::engine) fn is_at_end_of_tape(&self) -> bool {
        self.steering.is_at_end_of_tape() && !self.course.is_over()
    }

    /// After how many turns since its last operation `me` is to look up from computing, if a tape says that it did.
    pub(in crate::engine) fn stop_of(&self, me: ThreadId) -> Option<u64> {
        self.script()?.stop(me)
    }

    /// Whether something from outside strikes `me` now, which has computed for so many turns.
    pub(in crate::engine) fn is_struck(&self, me: ThreadId, turns: u64) -> bool {
        match self.script() {
            Some(script) => script.stop(me) == Some(turns),
            None => self.shared.is_struck(me),
        }
    }

    /// The thread that performs next, if a tape says so.
    pub(super) fn scripted_thread(&self) -> Option<ThreadId> {
        self.script()?.thread()
    }

    /// `me` has just performed, struck after so many turns or not: was it the same in the recording?
    pub(in crate::engine) fn check_performed(&mut self, me: ThreadId, struck: Option<u64>) {
        let Some(script) = self.turn.script_mut() else { return };
        let here = check(&self.shared, me);
        if !script.performed(me, struck, here) {
            self.part(me, "did something else in the recording");
        } else if self.shared.status().is_some() && script.goes_on() {
            self.part(me, "ended the program, which went on in the recording");
        }
    }

    /// Does what the tape says, up to the next step, and gives the turn to the thread that takes this step.
    pub(in crate::engine) fn follow_script(&mut self) {
        while !self.course.is_over() && self.turn.holder().is_none() {
            let Some(script) = self.turn.script_mut() else { return };
            match script.next.clone() {
                None => return self.end_script(),
                Some(Entry::Steps { thread, alternative, .. }) => return self.cue(thread, alternative),
                Some(Entry::Struck { thread, .. }) => return self.cue(thread, Alternative::Go),
                Some(Entry::Choice(choice)) => {
                    if matches!(choice, Choice::Report(thread) if self.workers.is_on_its_way(thread)) {
                        return;
                    }
                    script.advance();
                    self.obey(choice);
                }
                Some(Entry::End(_)) => script.advance(),
            }
        }
    }

    fn obey(&mut self, choice: Choice) {
        match choice {
            Choice::Clock(time) if time < self.shared.now => self.part_because("the clock goes back"),
            Choice::Clock(time) => self.jump_to(time),
            Choice::Preempt(thread) | Choice::Proceed(thread) if !self.workers.is_alive(thread) => {
                self.part(thread, NOT_ALIVE);
            }
            Choice::Preempt(thread) => self.preempt(thread),
            Choice::Proceed(thread) => self.proceed(thread),
            Choice::Hold(thread) => self.grip_again(thread, Grip::Hold),
            Choice::LetGo(thread) => self.grip_again(thread, Grip::LetGo),
            Choice::Priority { name, priority } => self.set_priority(name, priority),
            Choice::Policy(name) => match Kind::of_name(&name) {
                Some(policy) => self.note_policy(policy),
                None => self.part_because(&format!("there is no policy {}", SafeText::new(&name))),
            },
            Choice::Fault(fault) => {
                if let Err(why) = self.harm(&fault) {
                    self.part_because(&format!(
                        "a fault struck in the recording, but now {}",
                        SafeText::new(&why.to_string())
                    ));
                }
            }
            Choice::Given(given) => self.give(&given),
            Choice::Report(thread) if !self.workers.is_alive(thread) => self.part(thread, NOT_ALIVE),
            Choice::Report(thread) => self.report(thread),
            // Those are no choices to a tape.
            Choice::Step(..) | Choice::Struck { .. } => {}
        }
    }

    /// The thread is the next to perform, as soon as it has come to the gate.
    fn cue(&mut self, thread: ThreadId, alternative: Alternative) {
        let can = match self.workers.place(thread) {
            Some(Place::Moving) => return,
            None | Some(Place::Over) => return self.part(thread, NOT_ALIVE),
            Some(Place::Gate | Place::Parked) => self.shared.standing(thread).alternative() == Some(alternative),
        };
        if !can {
            return self.part(thread, "performed in the recording, but cannot now");
        }
        self.turn.give(thread);
        self.workers.notify(thread);
    }

    /// The tape is at its end: the run waits for the person watching. If nothing was left to do, there is nothing to
    /// wait for.
    fn end_script(&mut self) {
        let close = self.script().and_then(|script| script.close);
        if close != Some(Close::Stuck) {
            self.pause();
            self.steering.end_tape();
            self.outbox.tell(News::Still);
        }
        self.leave_script();
    }

    /// The person watching lets the run go on differently from the tape.
    pub(super) fn leave_script(&mut self) {
        if self.course.is_over() {
            return;
        }
        let Some(clock) = self.script().map(|script| script.clock) else { return };
        self.restart_clock(clock);
        self.turn.begin_policy();
        self.look_again();
    }

    /// Another clock, which shows the same time and makes no thread wait for what it has counted before.
    fn restart_clock(&mut self, kind: ClockKind) {
        self.pace.restart(kind, self.speed(), self.shared.now, !self.is_paused());
    }

    /// Holds the thread back, or lets go of it, as was recorded.
    fn grip_again(&mut self, thread: ThreadId, grip: Grip) {
        if !self.hold_back(thread, grip) {
            self.part(thread, "was held back or let go in the recording, but cannot be now");
        }
    }

    fn part(&mut self, thread: ThreadId, what: &str) {
        let record = self.shared.threads.get(thread.index());
        let name = record.map_or_else(|| thread.to_string(), |record| SafeText::new(&record.name).into_string());
        self.part_because(&format!("{name} {what}"));
    }

    /// What happens is not what was recorded: the run cannot go on.
    fn part_because(&mut self, why: &str) {
        let step = self.shared.step;
        self.finish(RunEnd::Parted(format!("the run diverges from the recording after step {step}: {why}")));
    }
}
