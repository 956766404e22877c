//! Runs of several processes: each is a copy of another one as it stood, and goes on by itself.

use super::*;
use crate::base::Source;
use crate::bytecode::builder::{CodeBuilder, ProgramBuilder};
use crate::bytecode::{BinaryOperator, CodeKind, Comparison, Constant, Instruction};
use crate::event::EventKind;
use crate::machine::memory::budget;

/// `while count < 3: count += 1; total += [count]; print(total)`. The list is the thread's own.
fn run() -> Execution {
    let mut program = ProgramBuilder::new(Arc::new(Source::new("test.py", "")));
    let (name, print) = (program.symbol("<module>"), program.global("print", true));
    let mut code = CodeBuilder::new(name, "<module>", CodeKind::Module);
    code.code.locals = vec![program.symbol("count"), program.symbol("total")];
    let end = code.label();
    code.constant(Constant::Int(0.into()));
    code.emit(Instruction::StoreLocal(0));
    code.emit(Instruction::BuildList(0));
    code.emit(Instruction::StoreLocal(1));
    let top = code.here();
    code.emit(Instruction::LoadLocal(0));
    code.constant(Constant::Int(3.into()));
    code.emit(Instruction::Compare(Comparison::Less));
    code.jump(Instruction::JumpIfFalse, end);
    code.emit(Instruction::LoadLocal(0));
    code.constant(Constant::Int(1.into()));
    code.emit(Instruction::InPlace(BinaryOperator::Add));
    code.emit(Instruction::StoreLocal(0));
    code.emit(Instruction::LoadLocal(1));
    code.emit(Instruction::LoadLocal(0));
    code.emit(Instruction::BuildList(1));
    code.emit(Instruction::InPlace(BinaryOperator::Add));
    code.emit(Instruction::StoreLocal(1));
    code.emit(Instruction::LoadGlobal(print));
    code.emit(Instruction::LoadLocal(1));
    code.emit(Instruction::Call(1));
    code.emit(Instruction::Pop);
    code.jump(Instruction::Jump, top);
    code.place(end);
    let main = program.add(code.finish());
    let image = Arc::new(Image::new(Arc::new(program.finish(main))));
    let mut run = Execution::new(image, Boot { seed: 1, epoch: 0, memory: budget::DEFAULT });
    run.enabled(1);
    run
}

/// A new process: a copy of the thread's, in which the thread alone goes on.
fn fork(run: &mut Execution, thread: ThreadId) -> ThreadId {
    let id = ThreadId(run.shared.threads.len() as u32);
    let mut row = run.shared.record(thread).clone();
    let mut process = run.shared.processes[row.process].clone();
    process.household.main = id;
    row.process = run.shared.processes.add(process);
    let mut copy = run.threads[thread.index()].clone().expect("it is alive");
    (copy.id, copy.process, copy.is_main) = (id, row.process, true);
    run.shared.threads.push(row);
    run.threads.push(Some(copy));
    id
}

fn step(run: &mut Execution, thread: ThreadId) {
    run.step(thread, Alternative::Go, &|| false).expect("it can");
    run.enabled(1);
}

/// What the thread has printed.
fn printed(run: &Execution, by: ThreadId) -> String {
    let text = |event: &Event| match &event.kind {
        EventKind::Printed { text, .. } if event.thread == by => Some(text.to_string()),
        _ => None,
    };
    run.shared.events.iter().filter_map(text).collect()
}

#[test]
fn processes_go_on_side_by_side_and_see_nothing_of_each_other() {
    let mut run = run();
    let parent = ThreadId::MAIN;
    step(&mut run, parent);
    let child = fork(&mut run, parent);
    step(&mut run, child);
    let grandchild = fork(&mut run, child);
    assert_eq!(run.enabled(1).len(), 3);
    for turn in 0.. {
        assert_eq!(run.shared.status(), None);
        let choices = run.enabled(1);
        run.choose(&choices[turn % choices.len()], &|| false).expect("it can");
        if run.enabled(1).is_empty() {
            break;
        }
    }
    assert_eq!(run.shared.status(), Some(0));
    assert_eq!(printed(&run, parent), "[1]\n[1, 2]\n[1, 2, 3]\n");
    assert_eq!(printed(&run, child), "[1, 2]\n[1, 2, 3]\n");
    assert_eq!(printed(&run, grandchild), "[1, 2, 3]\n");
}

#[test]
fn it_counts_how_each_process_stands() {
    let run = run();
    let forked = |order: [usize; 2]| {
        let mut run = run.clone();
        let children = [(); 2].map(|()| fork(&mut run, ThreadId::MAIN));
        let same = run.encoding();
        step(&mut run, children[order[0]]);
        let apart = run.encoding();
        step(&mut run, children[order[1]]);
        (same, apart, run.encoding())
    };
    let (same, apart, both) = forked([0, 1]);
    let other = forked([1, 0]);
    assert!((&other.0, &other.2) == (&same, &both), "it makes no difference who went first");
    assert!(other.1 != apart, "the program knows each by its number");
    assert!(run.encoding() != same && same != apart && apart != both);
}
