//! Nothing goes on, and the program is not to blame: a fault froze threads, or the person watching holds them back.

use super::explain::{at_line, waiting};
use super::{Model, Thread};
use crate::base::ThreadId;
use crate::event::{Blocker, ThreadState};
use crate::schedule::Fault;

/// What keeps a program from going on, where that came from outside.
#[derive(Debug)]
pub struct Standstill<'m> {
    model: &'m Model,
    /// The threads that a fault froze.
    pub frozen: Vec<&'m Thread>,
    /// The threads that could go on, and that the person watching holds back.
    pub held: Vec<&'m Thread>,
}

impl Model {
    /// What keeps the program from going on, if nobody can and that is due to a fault or to the person watching.
    pub fn standstill(&self) -> Option<Standstill<'_>> {
        if self.status().is_some() || !self.stands_still() {
            return None;
        }
        let threads = || self.threads().iter().map(|thread| &**thread);
        // A thread that got stuck before would not go on without the fault either.
        let stuck = |thread: &Thread| {
            let waits = thread.state.is_stopped() && thread.blocked_on != Some(Blocker::Frozen);
            waits && self.finding_of(thread.id).is_some_and(|finding| finding.moment.step >= thread.since.step)
        };
        let frozen: Vec<_> = threads().filter(|thread| thread.is_frozen() && !stuck(thread)).collect();
        let could_go =
            |thread: &&Thread| !thread.is_frozen() && !thread.state.is_stopped() && thread.state != ThreadState::New;
        let held: Vec<_> = threads().filter(|thread| thread.is_held_back()).filter(could_go).collect();
        let any = !frozen.is_empty() || !held.is_empty();
        any.then_some(Standstill { model: self, frozen, held })
    }
}

impl Standstill<'_> {
    /// "Everything waits for left, which a fault froze (line 9, step 8)": without a full stop.
    pub fn cause(&self) -> String {
        let (held, them) = (names(&self.held), if self.held.len() > 1 { "them" } else { "it" });
        let frozen: Vec<_> = self.frozen.iter().map(|thread| self.frozen_phrase(thread)).collect();
        let frozen = format!("Everything waits for {}", frozen.join(" and for "));
        match (self.frozen.is_empty(), self.held.is_empty()) {
            (true, _) => format!("Only {held} could go on, and you hold {them} back"),
            (_, true) => frozen,
            _ => format!("{frozen}; {held} could go on, but you hold {them} back"),
        }
    }

    /// The same for a screen on which that thread is selected, with the key that helps.
    pub fn on_screen(&self, selected: ThreadId) -> String {
        format!("{}: {}.", self.cause(), self.help(selected))
    }

    /// The same with the key first, for a line that may be cut.
    pub fn message(&self, selected: ThreadId) -> String {
        let cause = self.cause();
        let rest = cause.get(1..).unwrap_or_default();
        format!("{}: {}{rest}", self.help(selected), cause[..1].to_lowercase())
    }

    /// "select left, then x thaws it"
    fn help(&self, selected: ThreadId) -> String {
        let (threads, help) =
            if self.held.is_empty() { (&self.frozen, "x thaws it") } else { (&self.held, "h lets it go") };
        let select = match threads.as_slice() {
            threads if threads.iter().any(|thread| thread.id == selected) => String::new(),
            [one] => format!("select {}, then ", one.name),
            _ => "select one, then ".to_owned(),
        };
        format!("{select}{help}")
    }

    /// Who waits for whom, of the threads that nothing from outside keeps: a sentence, or nothing.
    pub fn others(&self) -> String {
        let waits = |thread: &&Thread| !thread.is_frozen() && thread.state.is_stopped();
        let waits = self.model.threads().iter().map(|thread| &**thread).filter(waits).collect();
        waiting(waits, self.model)
    }

    fn frozen_phrase(&self, thread: &Thread) -> String {
        let freezes = |fault: &Fault| *fault == Fault::Freeze { thread: thread.id };
        let step = self.model.faults().iter().rev().find(|(_, fault)| freezes(fault)).map(|(moment, _)| moment.step);
        let step = step.map(|step| format!("step {step}")).unwrap_or_default();
        format!("{}, which a fault froze ({}{step})", thread.name, at_line(self.model, thread.line, "line ", ", "))
    }
}

fn names(threads: &[&Thread]) -> String {
    let names: Vec<_> = threads.iter().map(|thread| &*thread.name).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::report;
    use super::super::samples;
    use super::*;
    use crate::event::EventKind;

    const LEFT: ThreadId = ThreadId(1);

    #[test]
    fn who_is_frozen_and_who_waits_for_whom_is_said() {
        let mut script = samples::waiting_for_left();
        assert!(script.model().standstill().is_none(), "left can go on");
        script.does(1, 2, EventKind::FaultInjected { fault: Fault::Freeze { thread: LEFT } });
        script.also(1, 2, EventKind::Blocked { on: Blocker::Frozen, until: None });
        let model = script.model();
        insta::assert_snapshot!(report(&model), @r"
        fault: freeze left (step 6)
        frozen: left (step 7)
          Everything waits for left, which a fault froze (line 2, step 6). right waits for a (line 2), which left holds (line 2); main waits for left to end (line 9).
          left         bank.py:2: with a: pass
        held at the end: a (line 2) by left (waiting)
        ");
        let still = model.standstill().expect("nobody can go on");
        let cause = "Everything waits for left, which a fault froze (line 2, step 6)";
        assert_eq!(still.on_screen(LEFT), format!("{cause}: x thaws it."));
        assert_eq!(still.on_screen(ThreadId::MAIN), format!("{cause}: select left, then x thaws it."));
        script.does(1, 2, EventKind::FaultInjected { fault: Fault::Thaw { thread: LEFT } });
        script.also(1, 2, EventKind::Ready { by: None });
        assert!(script.model().standstill().is_none());
    }

    #[test]
    fn threads_that_the_person_holds_back_are_named() {
        let mut script = samples::waiting_for_left();
        script.also(1, 2, EventKind::Held);
        let model = script.model();
        let still = model.standstill().expect("nobody can go on");
        assert_eq!(still.on_screen(LEFT), "Only left could go on, and you hold it back: h lets it go.");
        assert_eq!(
            still.on_screen(ThreadId(2)),
            "Only left could go on, and you hold it back: select left, then h lets it go."
        );
        assert_eq!(still.message(LEFT), "h lets it go: only left could go on, and you hold it back");
        let mut all = script.clone();
        all.also(2, 2, EventKind::Ready { by: None }).also(2, 2, EventKind::Held);
        all.also(0, 9, EventKind::Ready { by: None }).also(0, 9, EventKind::Held);
        all.also(0, 9, EventKind::ThreadCreated { new: ThreadId(3), name: "late".into(), daemon: false });
        all.also(3, 0, EventKind::Held);
        let all = all.model();
        let cause = all.standstill().map(|still| still.cause());
        assert_eq!(cause.as_deref(), Some("Only main, left and right could go on, and you hold them back"));
        script.also(1, 2, EventKind::LetGo);
        assert!(script.model().standstill().is_none());
    }

    #[test]
    fn a_program_that_got_stuck_by_itself_stands_still_for_no_reason_from_outside() {
        let mut script = samples::deadlock_script();
        assert!(script.model().standstill().is_none());
        script.also(1, 9, EventKind::FaultInjected { fault: Fault::Freeze { thread: LEFT } });
        assert!(script.model().standstill().is_none(), "left would not go on without the fault either");
    }
}
