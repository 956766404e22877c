//! Ends: of a thread, by return, exception or from outside; and of its process, with the main thread.

use super::interpreter::{NoFinals, Vm};
use super::operations::anybody_left;
use super::settle::{Outcome, block, look_at_all, look_for_trouble, report_trouble, settle};
use super::trouble;
use crate::base::{ProcessId, ThreadId};
use crate::event::{Blocker, Ending, EventKind, Involved, Trouble, TroubleKind};
use crate::machine::data::{exception, traceback};
use crate::machine::memory::native::{Answers, Context};
use crate::machine::memory::object::{ExceptionData, Object, Payload};
use crate::machine::memory::operation::{Operation, Part, Stage};
use crate::machine::memory::reach::{Memory, Reach};
use crate::machine::memory::thread::{Then, Thread};
use crate::machine::memory::value::Value;
use crate::machine::run::image::Image;
use crate::machine::sync;
use crate::machine::sync::process::end_of;
use crate::machine::sync::shared::{Phase, Shared, Waiting};
use crate::machine::sync::show;
use crate::machine::sync::support::library_call;
use crate::schedule::Signal;
use std::sync::Arc;

/// The exit status of a process whose main thread an exception ended.
const FAILED: i32 = 1;
/// What is added to a signal's number for the exit status of a process that it ended.
const SIGNALLED: i32 = 128;

/// A thread's target returned, or an exception was not caught. A main thread first waits for the others of its process.
pub(in crate::machine) fn exit(shared: &mut Shared, thread: &mut Thread, image: &Image) -> Outcome {
    let me = thread.id;
    let stage = shared.record_mut(me).waiting.take().map_or(Stage::default(), |waiting| waiting.stage);
    if stage.part == Part::First && !shared.process_of(me).household.leaving {
        report(shared, thread, image);
        if thread.is_main {
            dismiss_workers(shared, me);
        }
    }
    if thread.is_main && anybody_left(shared, me) {
        let stage = Stage { part: Part::Again, memory: 0 };
        thread.pending = Some(Operation::Exit);
        let waiting = Waiting { operation: Operation::Exit, stage, on: Blocker::Shutdown, until: None, ready: false };
        block(shared, me, waiting);
        settle(shared, me, &[Blocker::Thread(me)]);
        look_for_trouble(shared, image, me);
        return Outcome::Blocked;
    }
    if see_to_the_end(shared, thread, image) { Outcome::Done } else { finish(shared, thread, image) }
}

/// At the end of a process the library does what the program has registered for it, and sees to the processes that it made:
/// whether it begins with that now.
fn see_to_the_end(shared: &mut Shared, thread: &mut Thread, image: &Image) -> bool {
    let id = thread.process;
    if !thread.is_main || shared.processes[id].household.leaving {
        return false;
    }
    let last = [("multiprocessing", "_exit_function"), ("atexit", "_run_exitfuncs")];
    let calls: Vec<_> =
        last.iter().filter_map(|(module, name)| library_call(image, module, name, Vec::new())).collect();
    shared.processes[id].household.leaving = !calls.is_empty();
    let mut vm = Vm::new(thread, image, Reach::Private, &NoFinals);
    // Each is entered on top of the one before it, which has not begun, and so runs first.
    let mut entered = false;
    for call in calls {
        let (depth, bottom) = (vm.thread.frames.len(), vm.thread.stack.len());
        entered |= vm.call_with(call.callee, call.arguments, call.keywords, bottom, 0, Then::Discard).is_ok();
        if let Some(below) = depth.checked_sub(1).and_then(|below| vm.thread.frames.get_mut(below)) {
            below.next = 0;
        }
    }
    entered
}

fn finish(shared: &mut Shared, thread: &mut Thread, image: &Image) -> Outcome {
    let me = thread.id;
    let how = match failure(shared, thread, image) {
        Some(text) => Ending::Crashed(text),
        None => Ending::Finished,
    };
    over(shared, image, me, how);
    if thread.is_main {
        end_process(shared, thread);
        look_at_others(shared, image, me);
    }
    Outcome::Over
}

/// A signal, or its handler, raised an exception in the main thread while that waited for the others at the end of the
/// program: it waits no longer.
pub(in crate::machine) fn interrupt_shutdown(
    shared: &mut Shared,
    thread: &mut Thread,
    image: &Image,
    exception: &Value,
) -> Outcome {
    let text = {
        let memory = Memory::new(&mut thread.heap, Reach::Read(&shared.processes[thread.process].heap));
        let context = Context {
            memory,
            image,
            me: thread.id,
            process: thread.process,
            thread_object: &thread.object,
            answers: Answers::default(),
            frames: &[],
        };
        traceback::format(&context, exception, &[])
    };
    let text = format!("Exception ignored in: <module 'threading'>\n{text}");
    shared.emit(thread.id, EventKind::Printed { text: text.into(), error: true });
    finish(shared, thread, image)
}

/// A signal without a handler ends the process.
pub(in crate::machine) fn end_by_signal(shared: &mut Shared, process: ProcessId, signal: i32) {
    cut_off(shared, process);
    let is_child = shared.processes[process].household.parent.is_some();
    leave(shared, process, if is_child { -signal } else { SIGNALLED + signal });
}

/// The thread ends its process as it stands, with that exit code.
pub(in crate::machine) fn leave_at_once(shared: &mut Shared, thread: &Thread, code: i64) -> Outcome {
    over_with_process(shared, thread);
    cut_off(shared, thread.process);
    leave(shared, thread.process, (code & 0xff) as i32);
    Outcome::Over
}

/// The main thread of a process ends with it; another one is cut off with the rest.
fn over_with_process(shared: &mut Shared, thread: &Thread) {
    if thread.is_main {
        let how = Ending::Finished;
        shared.record_mut(thread.id).phase = Phase::Over(how.clone());
        shared.emit(thread.id, EventKind::Ended { how });
    }
}

/// A fault ends a thread where it stands; its locks stay held.
pub(in crate::machine) fn kill(shared: &mut Shared, thread: &mut Thread, image: &Image) -> Outcome {
    let me = thread.id;
    over(shared, image, me, Ending::Killed);
    if thread.is_main {
        cut_off(shared, thread.process);
        leave(shared, thread.process, FAILED);
        look_at_others(shared, image, me);
    }
    Outcome::Over
}

/// The process of that main thread is over: perhaps nobody is left who could help those of another one.
fn look_at_others(shared: &mut Shared, image: &Image, main: ThreadId) {
    if shared.status().is_none() {
        look_at_all(shared, image, main);
    }
}

/// Pools take no more tasks; workers that wait for one end.
pub(in crate::machine) fn dismiss_workers(shared: &mut Shared, main: ThreadId) {
    let process = shared.process_of_mut(main);
    process.household.exiting = true;
    let pools: Vec<Blocker> = process.household.pools.iter().map(|pool| Blocker::Object(*pool)).collect();
    settle(shared, main, &pools);
}

fn over(shared: &mut Shared, image: &Image, me: ThreadId, how: Ending) {
    let record = shared.record_mut(me);
    record.phase = Phase::Over(how.clone());
    record.waiting = None;
    shared.resting.retain(|resting| *resting != me);
    shared.emit(me, EventKind::Ended { how });
    sync::thread::stopped(shared, me);
    let main = shared.process_of(me).household.main;
    let ends_process = me == main;
    if !ends_process && !shared.silent {
        for trouble in trouble::check_dead_owner(shared, image, me) {
            report_trouble(shared, me, trouble);
        }
    }
    settle(shared, me, &[Blocker::Thread(me), Blocker::Thread(main), Blocker::Shutdown]);
    // Threads that are left when their process ends are cut off, and wait for nothing any more.
    if !ends_process {
        look_at_all(shared, image, me);
    }
}

/// The main thread and all that it waits for are over: daemons are cut off, the process ends.
fn end_process(shared: &mut Shared, thread: &Thread) {
    let status = match &thread.uncaught {
        None => 0,
        Some(exception) => exit_status(shared, thread, exception),
    };
    cut_off(shared, thread.process);
    leave(shared, thread.process, status);
}

/// The process is over, with that exit status.
fn leave(shared: &mut Shared, process: ProcessId, status: i32) {
    let place = &mut shared.processes[process];
    place.household.status = Some(status);
    let main = place.household.main;
    // On a bench memory is what lies there.
    if place.household.parent.is_some() && !shared.silent {
        place.clear();
    }
    if shared.processes.are_several() {
        shared.emit(main, EventKind::ProcessEnded { process, code: status });
        let heralds = std::mem::take(&mut shared.processes[process].household.heralds);
        heralds.iter().for_each(|channel| shared.world.tell(*channel, end_of(process, status)));
        let ends = shared.world.leave(process).into_iter().map(Blocker::Object);
        let touched: Vec<Blocker> =
            ends.chain(heralds.into_iter().map(Blocker::Object)).chain([Blocker::Thread(main)]).collect();
        settle(shared, main, &touched);
    }
    if let Some(status) = shared.status() {
        if shared.outside.has_opened() {
            triomphe::Arc::make_mut(&mut shared.outside).close_all();
        }
        shared.emit(main, EventKind::ProgramEnded { status });
    }
}

/// Ends every thread of the process that is still there.
fn cut_off(shared: &mut Shared, process: ProcessId) {
    let main = shared.processes[process].household.main;
    for index in 0..shared.threads.len() {
        let thread = ThreadId(index as u32);
        if shared.threads.fixed(index).process == process && shared.record(thread).phase == Phase::Alive {
            // What ends a process by force ends its main thread first.
            let how = if thread == main { Ending::Killed } else { Ending::CutOff };
            shared.record_mut(thread).phase = Phase::Over(how.clone());
            shared.record_mut(thread).waiting = None;
            shared.emit(thread, EventKind::Ended { how });
            shared.woken.push(thread);
        }
    }
}

/// What a thread's uncaught exception does: it prints a traceback and is a trouble; `SystemExit` does neither.
fn report(shared: &mut Shared, thread: &mut Thread, image: &Image) {
    let Some(exception) = thread.uncaught.clone() else { return };
    let me = thread.id;
    if exception.is_instance_of(&exception::SYSTEM_EXIT) {
        if thread.is_main
            && let Some(text) = exit_message(shared, thread, image, &exception)
        {
            shared.emit(me, EventKind::Printed { text: format!("{text}\n").into(), error: true });
        }
        return;
    }
    let (mut text, summary, line) = {
        let memory = Memory::new(&mut thread.heap, Reach::Read(&shared.processes[thread.process].heap));
        let context = Context {
            memory,
            image,
            me,
            process: thread.process,
            thread_object: &thread.object,
            answers: Answers::default(),
            frames: &[],
        };
        let text = traceback::format(&context, &exception, &thread.words);
        (text, traceback::summary(&context, &exception, &thread.words), traceback::line(&context, &exception))
    };
    if !thread.is_main {
        text = format!("Exception in thread {}:\n{text}", shared.record(me).name);
    }
    shared.record_mut(me).line = line;
    if thread.told != Some(true) {
        shared.emit(me, EventKind::Printed { text: text.into(), error: true });
    }
    let record = shared.record(me);
    let involved = Involved { thread: me, line: record.line, waits_for: None, holds: record.holds.clone() };
    let kind = TroubleKind::Uncaught { error: first_paragraph(&summary).into() };
    shared.emit(me, EventKind::Trouble(Arc::new(Trouble { kind, threads: vec![involved] })));
}

/// What the traceback ends with, when an exception that counts as a failure ended the thread.
fn failure(shared: &Shared, thread: &mut Thread, image: &Image) -> Option<Arc<str>> {
    let exception = thread.uncaught.clone()?;
    if exception.is_instance_of(&exception::SYSTEM_EXIT) {
        return None;
    }
    let memory = Memory::new(&mut thread.heap, Reach::Read(&shared.processes[thread.process].heap));
    let context = Context {
        memory,
        image,
        me: thread.id,
        process: thread.process,
        thread_object: &thread.object,
        answers: Answers::default(),
        frames: &[],
    };
    Some(first_paragraph(&traceback::summary(&context, &exception, &thread.words)).into())
}

/// What comes before the first empty line of a message, as one line.
fn first_paragraph(message: &str) -> String {
    let lines = message.trim_end().lines().map(str::trim).take_while(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

fn exit_code(shared: &Shared, thread: &Thread, exception: &Value) -> Option<Value> {
    Some(exception_data(shared, thread, exception)?.exit_code())
}

fn exception_data<'a>(shared: &'a Shared, thread: &'a Thread, exception: &Value) -> Option<&'a ExceptionData> {
    let id = exception.object_id()?;
    match thread.heap.get(id).or_else(|| shared.processes[thread.process].heap.get(id))? {
        Object::Instance(instance) => match &instance.payload {
            Payload::Exception(data) => Some(data),
            _ => None,
        },
        _ => None,
    }
}

/// What `sys.exit(message)` prints.
fn exit_message(shared: &Shared, thread: &Thread, image: &Image, exception: &Value) -> Option<String> {
    let said = |id| thread.words.iter().find(|(other, _)| *other == id).map(|(_, text)| text.to_string());
    match exit_code(shared, thread, exception)? {
        Value::None | Value::Int(_) | Value::Big(_) | Value::Bool(_) => None,
        Value::Str(text) => Some(text.as_str().to_owned()),
        other => exception
            .object_id()
            .and_then(said)
            .or_else(|| Some(show::value(shared, thread.process, image, &other).to_string())),
    }
}

fn exit_status(shared: &Shared, thread: &Thread, exception: &Value) -> i32 {
    if exception.is_instance_of(&exception::KEYBOARD_INTERRUPT) {
        return SIGNALLED + Signal::Int.number();
    }
    if !exception.is_instance_of(&exception::SYSTEM_EXIT) {
        return FAILED;
    }
    match exit_code(shared, thread, exception) {
        None | Some(Value::None) => 0,
        Some(Value::Int(code)) => (code & 0xff) as i32,
        Some(Value::Bool(code)) => i32::from(code),
        // A status that does not fit a C integer becomes -1.
        Some(Value::Big(_)) => 0xff,
        Some(_) => FAILED,
    }
}
