//! A plain report of a run, for a run without a screen.

use super::describe::describe_fault;
use super::explain;
use super::library;
use super::orders;
use super::races::words;
use super::{Model, Standstill, Thread};
use crate::base::FileId;
use crate::base::sources::number_of;
use crate::event::ThreadState;
use crate::schedule::Fault;
use std::fmt::Write as _;

/// How many notes on unordered accesses the report has at most.
const NOTES: usize = 12;
/// What is added to a signal's number for the exit status of a program that it ended.
const SIGNALLED: i32 = 128;

/// What went wrong, in plain text with a line end behind each line; how the run stands when nothing did.
pub fn report(model: &Model) -> String {
    let mut text = String::new();
    // A signal may have come from anywhere; the report says nothing about it.
    for (moment, fault) in model.faults().iter().filter(|(_, fault)| !matches!(fault, Fault::Signal { .. })) {
        let _ = writeln!(text, "fault: {} (step {})", describe_fault(fault, model), moment.step);
    }
    let findings = model.findings();
    for finding in findings {
        let trouble = &finding.trouble;
        if findings.len() > 1 && library::is_about_idle(trouble, model) {
            continue;
        }
        let told = library::told(trouble, model);
        let names: Vec<_> = told.iter().map(|part| model.thread_name(part.thread)).collect();
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}: {} (step {})", trouble.kind.name(), names.join(", "), finding.moment.step);
        let _ = writeln!(text, "  {}", explain::sentence(trouble, model));
        for part in told {
            // A thread whose code has ended stands nowhere.
            if part.line > 0 {
                let _ = writeln!(text, "  {}", place_line(model, part.thread, part.line));
            }
        }
    }
    for lost in model.lost_updates() {
        let names = [&lost.write, &lost.lost].map(|access| model.thread_name(access.thread)).join(" over ");
        let place = words::place(lost.row, lost.key.as_ref(), model);
        let _ = writeln!(text, "lost update: {place}, {names} (step {})", lost.write.moment.step);
        let _ = writeln!(text, "  {}", words::sentence(lost, model));
        let mut lines = [&lost.read, &lost.lost, &lost.write].map(|access| (access.thread, access.line)).to_vec();
        lines.sort_unstable();
        lines.dedup();
        for (thread, line) in lines {
            let _ = writeln!(text, "  {}", place_line(model, thread, line));
        }
    }
    let still = model.standstill();
    if let Some(still) = &still {
        stopped(&mut text, still, model);
    }
    let steps = steps(model);
    let steps = format!("{steps} step{}", if steps == 1 { "" } else { "s" });
    match ended_by_fault(model) {
        Some(fault) => {
            let _ = writeln!(text, "{fault} ended the run after {steps}");
        }
        None if still.is_none() && model.findings().is_empty() && model.lost_updates().next().is_none() => {
            let _ = writeln!(text, "no trouble in {steps}");
        }
        None => {}
    }
    for thread in model.threads() {
        if let Some(held) = held_line(model, thread) {
            let _ = writeln!(text, "{held}");
        }
    }
    notes(&mut text, model);
    text
}

/// What keeps the program from going on, though the program is not to blame.
fn stopped(text: &mut String, still: &Standstill<'_>, model: &Model) {
    for (word, threads) in [("frozen", &still.frozen), ("held back", &still.held)] {
        let names: Vec<_> = threads.iter().map(|thread| &*thread.name).collect();
        if !names.is_empty() {
            let _ = writeln!(text, "{word}: {} (step {})", names.join(", "), model.last().step);
        }
    }
    let _ = writeln!(text, "  {}.{}", still.cause(), still.others());
    for thread in still.frozen.iter().chain(&still.held).filter(|thread| thread.line > 0) {
        let _ = writeln!(text, "  {}", place_line(model, thread.id, thread.line));
    }
}

/// Orders of locks that could become a deadlock, and unordered accesses. By themselves they are no trouble.
fn notes(text: &mut String, model: &Model) {
    for circle in model.possible_deadlocks() {
        let _ =
            writeln!(text, "possible deadlock: {}: {}", orders::locks(circle, model), orders::sentence(circle, model));
    }
    for note in model.unordered().take(NOTES) {
        let place = words::place(note.row, note.key.as_ref(), model);
        let _ = writeln!(text, "unordered: {place}: {}", words::note(note, model));
    }
    let more = model.unordered().count().saturating_sub(NOTES);
    if more > 0 {
        let _ = writeln!(text, "unordered: {more} more");
    }
}

/// What ended the run, if the program did not do so itself: a fault that killed its main thread, a signal.
pub fn ended_by_fault(model: &Model) -> Option<String> {
    let main = model.thread(model.main()).filter(|main| main.state == ThreadState::Killed)?;
    let status = model.status()?;
    model.faults().iter().rev().find_map(|(_, fault)| match fault {
        Fault::Kill { thread } if *thread == main.id => Some("the fault".to_owned()),
        Fault::Signal { signal } if status == SIGNALLED + signal.number() => Some(signal.name().to_owned()),
        _ => None,
    })
}

fn steps(model: &Model) -> u64 {
    if model.event_count() == 0 { 0 } else { model.last().step + 1 }
}

/// `left   bank.py:9   with b:`
fn place_line(model: &Model, thread: crate::base::ThreadId, line: u32) -> String {
    let source = &model.legend().source;
    let name = crate::base::SafeText::new(source.file(FileId::of(line)).name());
    let (number, code) = (number_of(line), crate::base::SafeText::new(source.line(line).trim()));
    format!("{:<12} {name}:{number}: {code}", model.thread_name(thread))
}

/// Whether the thread was a daemon that the end of the program cut off: what it held then does not matter.
fn was_cut_off(thread: &Thread) -> bool {
    thread.daemon && thread.state == ThreadState::CutOff
}

fn held_line(model: &Model, thread: &Thread) -> Option<String> {
    if was_cut_off(thread) {
        return None;
    }
    // A worker of a pool that has been ended holds the pool's own lock as a rule.
    let told = |lock| !model.is_private_object(lock) && !library::goes_without_saying(lock, thread.blocked_on, model);
    let held = thread.held.iter().filter(|held| told(held.object));
    let locks: Vec<_> = held.map(|held| explain::held_phrase(held.object, held.line, model)).collect();
    if locks.is_empty() {
        return None;
    }
    Some(format!("held at the end: {} by {} ({})", locks.join(", "), thread.name, thread.state.name()))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, Script};
    use super::*;
    use crate::base::ThreadId;
    use crate::event::{Ending, EventKind};

    #[test]
    fn a_report_names_threads_lines_and_held_locks() {
        insta::assert_snapshot!(report(&samples::deadlock()), @r"
        deadlock: left, right (step 13)
          left holds a (line 8) and waits for b; right holds b (line 13) and waits for a. Take a first in both.
          left         bank.py:9: with b:
          right        bank.py:14: with a:
        held at the end: a (line 8) by left (blocked)
        held at the end: b (line 13) by right (blocked)
        ");
    }

    #[test]
    fn a_run_without_trouble_says_so() {
        assert_eq!(report(&samples::producer_consumer()), "no trouble in 19 steps\n");
    }

    #[test]
    fn a_run_that_a_fault_ended_says_so() {
        let mut script = samples::producer_consumer_script();
        script.also(0, 20, EventKind::FaultInjected { fault: Fault::Kill { thread: ThreadId::MAIN } });
        script.also(0, 20, EventKind::Ended { how: Ending::Killed });
        script.also(0, 20, EventKind::ProgramEnded { status: 1 });
        let told = report(&script.model());
        assert!(told.ends_with(")\nthe fault ended the run after 20 steps\n"), "{told}");
        // A daemon that is cut off ends no run.
        let mut script = samples::producer_consumer_script();
        script.also(0, 20, EventKind::Ended { how: Ending::CutOff });
        script.also(0, 20, EventKind::ProgramEnded { status: 1 });
        assert_eq!(report(&script.model()), "no trouble in 20 steps\n");
    }

    #[test]
    fn what_a_daemon_held_that_was_cut_off_is_of_no_interest() {
        let mut script = Script::new("", &[]);
        script.does(0, 1, EventKind::Began).lock(0, "a");
        script.also(0, 2, EventKind::ThreadCreated { new: ThreadId(1), name: "w".into(), daemon: true });
        script.does(0, 2, EventKind::ThreadStarted { started: ThreadId(1) }).takes(1, 0, 0);
        assert!(report(&script.model()).ends_with("held at the end: a by w (running)\n"));
        script.also(0, 3, EventKind::Ended { how: Ending::Finished });
        let mut killed = script.clone();
        killed.also(1, 0, EventKind::Ended { how: Ending::Killed });
        assert!(report(&killed.model()).contains("held at the end: a by w (killed)\n"));
        script.also(1, 0, EventKind::Ended { how: Ending::CutOff });
        script.also(0, 3, EventKind::ProgramEnded { status: 0 });
        assert_eq!(report(&script.model()), "no trouble in 4 steps\n");
    }
}
