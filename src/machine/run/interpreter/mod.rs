//! The interpreter: runs a thread's instructions.
//!
//! `advance` runs them one after the other with the thread's own heap in reach; `perform` runs a single one, with the
//! shared heap in reach as well. Both go through [`Vm::execute`], so an instruction has one meaning. An instruction leaves
//! its operands on the stack until it has succeeded: one that comes upon shared data, or blocks, is simply done again.

pub(in crate::machine) mod attribute;
mod bind;
mod branch;
mod build;
mod call;
pub(in crate::machine) mod coast;
mod construct;
mod delegate;
mod execute;
mod fold;
mod generator;
mod import;
pub(in crate::machine) mod lines;
mod local;
mod operands;
mod operator;
mod own;
mod raise;
mod special;
mod store;
mod superclass;
mod unwind;
mod variable;
mod with;
mod yields;

use crate::base::{ObjectId, ProcessId, Symbol};
use crate::bytecode::Instruction;
use crate::machine::memory::heap::PrivateHeap;
use crate::machine::memory::image::Linked;
use crate::machine::memory::native::{Answered, Answers, Context, Halt, Question};
use crate::machine::memory::operation::Operation;
use crate::machine::memory::push::push_made;
use crate::machine::memory::reach::{Memory, Reach};
use crate::machine::memory::thread::{Frame, Then, Thread};
use crate::machine::memory::value::Value;
use operands::operands;
pub(super) use yields::{advance_past_yields, yields_after};

/// Frames that may be under way at once: CPython's default recursion limit.
const RECURSION_LIMIT: usize = 1000;

/// Why `advance` stopped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pause {
    /// The thread stands before an operation, which `Thread::pending` holds.
    Operation,
    /// The fuel is used up; nothing else happened.
    OutOfFuel,
}

/// Reads attributes of shared instances that can no longer change. That is no operation: it is the same at any time.
pub trait Finals {
    /// The attribute's value, if it is final.
    fn final_attribute(&self, process: ProcessId, object: ObjectId, name: Symbol) -> Option<Value>;
}

/// For callers that have the shared heap in reach anyway.
pub(in crate::machine) struct NoFinals;

impl Finals for NoFinals {
    fn final_attribute(&self, _: ProcessId, _: ObjectId, _: Symbol) -> Option<Value> {
        None
    }
}

/// How the thread goes on after an instruction.
pub(in crate::machine) enum Flow {
    /// With the next instruction.
    Next,
    /// With the instruction at this index.
    Goto(u32),
    /// In the frame that is now the last, where it says.
    Frame,
    /// Not before the operation that it now stands before is performed: its result takes the place of the instruction's
    /// operands.
    Operation,
}

pub(in crate::machine) type Step = Result<Flow, Halt>;

/// A thread at work.
pub(in crate::machine) struct Vm<'a> {
    /// The thread.
    pub thread: &'a mut Thread,
    /// The program.
    pub image: &'a Linked,
    /// How far the shared heap is in reach.
    pub reach: Reach<'a>,
    /// How to read final attributes.
    pub finals: &'a dyn Finals,
    /// Where the locals of the frame whose instructions run begin on the stack.
    locals: usize,
}

/// Runs a thread up to its next operation, or for about `fuel` turns of loops, calls and returns: what lies between two of
/// those is no longer than the program's text. Touches nothing that another thread can see.
pub fn advance(thread: &mut Thread, image: &Linked, finals: &dyn Finals, fuel: u32) -> Pause {
    if thread.pending.is_some() {
        return Pause::Operation;
    }
    let mut vm = Vm::new(thread, image, Reach::Private, finals);
    vm.enter_thread();
    let (pause, _) = vm.run(fuel, &mut Nowhere);
    let pause = pause.unwrap_or(Pause::OutOfFuel);
    if pause == Pause::OutOfFuel {
        thread.turns += u64::from(fuel);
    }
    pause
}

/// Where a thread stops before an instruction, beside what the instructions themselves say.
trait Stops {
    /// Whether there is any such place.
    const ANYWHERE: bool;

    /// Whether the thread stops here.
    fn arrives(&mut self, frames: &[Frame], image: &Linked) -> bool;

    /// The thread was stopped in the middle of a turn, which was counted already: that it was is forgotten.
    fn take_midst(&mut self) -> bool;

    /// The thread stops in the middle of a turn.
    fn stop_midst(&mut self);
}

/// A thread that stops nowhere.
struct Nowhere;

impl Stops for Nowhere {
    const ANYWHERE: bool = false;

    fn arrives(&mut self, _: &[Frame], _: &Linked) -> bool {
        false
    }

    fn take_midst(&mut self) -> bool {
        false
    }

    fn stop_midst(&mut self) {}
}

impl<'a> Vm<'a> {
    pub(in crate::machine) fn new(
        thread: &'a mut Thread,
        image: &'a Linked,
        reach: Reach<'a>,
        finals: &'a dyn Finals,
    ) -> Self {
        Vm { thread, image, reach, finals, locals: 0 }
    }

    /// Runs instructions until the thread stops. Why it does, and what is left of the fuel; `None`: it has come to where it
    /// is to stop.
    #[inline(always)]
    fn run<S: Stops>(&mut self, mut fuel: u32, stops: &mut S) -> (Option<Pause>, u32) {
        let image = self.image;
        loop {
            if self.thread.pending.is_some() {
                return (Some(Pause::Operation), fuel);
            }
            let Some(frame) = self.thread.frames.last() else {
                if self.ask_for_words() || self.call_hook() {
                    continue;
                }
                self.thread.pending = Some(Operation::Exit);
                return (Some(Pause::Operation), fuel);
            };
            let (text, mut at) = (image.text(frame.code), frame.next);
            self.locals = frame.locals as usize;
            if S::ANYWHERE && stops.arrives(&self.thread.frames, image) {
                return (None, fuel);
            }
            let goes_on = S::ANYWHERE && stops.take_midst();
            if !goes_on {
                if fuel == 0 {
                    return (Some(Pause::OutOfFuel), fuel);
                }
                fuel -= 1;
            }
            if self.is_answered() {
                if let Err(Halt::Shared { object, write }) = self.once() {
                    self.thread.pending = Some(Operation::Touch { object, write });
                }
                if self.thread.pending.is_some() {
                    return (Some(Pause::Operation), fuel);
                }
                continue;
            }
            if !goes_on && self.collect() {
                self.exhaust();
                continue;
            }
            loop {
                match self.execute(text, at) {
                    Ok(Flow::Next) => at += 1,
                    Ok(Flow::Goto(target)) if target > at => at = target,
                    Ok(Flow::Goto(target)) => {
                        at = target;
                        if fuel == 0 {
                            self.frame().next = at;
                            return (Some(Pause::OutOfFuel), fuel);
                        }
                        fuel -= 1;
                        if self.collect() {
                            self.frame().next = at;
                            self.exhaust();
                            break;
                        }
                    }
                    Ok(Flow::Frame) => break,
                    Ok(Flow::Operation) => {
                        self.frame().next = at;
                        return (Some(Pause::Operation), fuel);
                    }
                    Err(halt) => {
                        self.frame().next = at;
                        if self.halted(halt, text.code.instructions[at as usize]) {
                            return (Some(Pause::Operation), fuel);
                        }
                        break;
                    }
                }
                if S::ANYWHERE {
                    self.frame().next = at;
                    if stops.arrives(&self.thread.frames, image) {
                        stops.stop_midst();
                        return (None, fuel);
                    }
                }
            }
        }
    }

    /// Does the instruction at hand once, with the reach that this machine has: `perform`'s part.
    ///
    /// # Errors
    /// `Halt::Shared` when the reach does not suffice; the instruction can be done again.
    pub(in crate::machine) fn once(&mut self) -> Result<(), Halt> {
        let image = self.image;
        if let Some(exception) = self.thread.raising.take() {
            self.raise(exception, false);
            return Ok(());
        }
        let Some(frame) = self.thread.frames.last() else { return Ok(()) };
        let (id, at) = (frame.code, frame.next);
        let depth = self.thread.frames.len();
        let code = image.code(id);
        self.locals = frame.locals as usize;
        let result = self.involved(code, &image.constants[id.0 as usize], at);
        if !matches!(result, Err(Halt::Shared { .. } | Halt::Ask(_) | Halt::Room(_))) {
            self.thread.forget_answers(depth);
        }
        match result {
            Ok(Flow::Next) => self.frame().next = at + 1,
            Ok(Flow::Goto(target)) => self.frame().next = target,
            Ok(Flow::Frame | Flow::Operation) => {}
            Err(Halt::Shared { object, write }) => return Err(Halt::Shared { object, write }),
            Err(halt) => {
                if self.halted(halt, code.instructions[at as usize])
                    && let Some(Operation::Touch { object, write }) = self.thread.pending
                {
                    self.thread.pending = None;
                    return Err(Halt::Shared { object, write });
                }
            }
        }
        Ok(())
    }

    /// Whether the instruction at hand has asked Python code something and got the answer.
    #[inline]
    fn is_answered(&self) -> bool {
        self.thread.answers.last().is_some_and(|answered| answered.depth == self.thread.frames.len())
    }

    /// Has Python code answer what the instruction at hand has to know; then the instruction is done again.
    fn ask(&mut self, question: Box<Question>) -> Result<(), Halt> {
        let Some(global) = self.image.prelude(question.function) else {
            return Err(self.error(&crate::machine::data::exception::RUNTIME_ERROR, "this needs the prelude"));
        };
        let at = self.frame().next;
        let (bottom, depth) = (self.thread.stack.len(), self.thread.frames.len());
        let arguments = question.values.clone();
        self.call_with(Value::Prelude(global), arguments, Vec::new(), bottom, at, Then::Answer(question))?;
        self.thread.frames[depth - 1].next = at;
        Ok(())
    }

    /// The thread stands before an operation.
    #[inline]
    fn attempt(&mut self, operation: Operation) -> Step {
        self.thread.pending = Some(operation);
        Ok(Flow::Operation)
    }

    /// Deals with an instruction that did not succeed; says whether the thread now stands before an operation.
    fn halted(&mut self, mut halt: Halt, instruction: Instruction) -> bool {
        loop {
            match halt {
                Halt::Shared { object, write } => {
                    self.thread.pending = Some(Operation::Touch { object, write });
                    return true;
                }
                Halt::Raise(exception) => {
                    self.raise(exception, true);
                    return false;
                }
                Halt::Room(bytes) => {
                    self.collect_now(true);
                    if self.thread.heap.budget().has_room(bytes) {
                        return false;
                    }
                    self.exhaust();
                    return false;
                }
                Halt::Ask(question) => match self.ask(question) {
                    Ok(()) => return false,
                    Err(next) => halt = next,
                },
                Halt::Invoke(invocation) => match self.invoke(*invocation, instruction) {
                    Ok(operation) => return operation,
                    Err(next) => halt = next,
                },
            }
        }
    }

    /// Goes on with an operation that ended with a halt.
    pub(in crate::machine) fn go_on(&mut self, halt: Halt) {
        let Some(frame) = self.thread.frames.last() else { return };
        let instruction = self.image.code(frame.code).instructions[frame.next as usize];
        self.halted(halt, instruction);
    }

    /// The result of the operation that the instruction at hand stood for takes the place of its operands.
    pub(in crate::machine) fn complete(&mut self, value: Value) {
        let Some(frame) = self.thread.frames.last_mut() else { return };
        let code = self.image.code(frame.code);
        let instruction = code.instructions[frame.next as usize];
        frame.next += 1;
        self.drop_values(operands(code, instruction));
        if !matches!(instruction, Instruction::StoreAttribute(_)) {
            self.push(value);
        }
    }

    /// The values that the instruction at hand may hand over: its operands, or for `yield` all of its frame. Beside them,
    /// the thread's heap, to hand them over from.
    pub(in crate::machine) fn handed_over(
        thread: &'a mut Thread,
        image: &Linked,
    ) -> (&'a [Value], &'a mut PrivateHeap) {
        let Thread { frames, stack, heap, .. } = thread;
        let Some(frame) = frames.last() else { return (&[], heap) };
        let code = image.code(frame.code);
        let values = match code.instructions[frame.next as usize] {
            Instruction::Yield | Instruction::Return => &stack[frame.locals as usize..],
            Instruction::ListAppend(depth) | Instruction::SetAdd(depth) => &stack[stack.len() - 1 - depth as usize..],
            Instruction::DictInsert(depth) => &stack[stack.len() - 2 - depth as usize..],
            instruction => &stack[stack.len() - operands(code, instruction).min(stack.len())..],
        };
        (values, heap)
    }

    /// The running frame.
    fn frame(&mut self) -> &mut Frame {
        self.thread.frames.last_mut().expect("an instruction runs in a frame")
    }

    #[inline]
    fn push(&mut self, value: Value) {
        self.thread.stack.push(value);
    }

    /// Pushes a value that is made where it will lie.
    #[inline(always)]
    fn push_made(&mut self, make: impl FnOnce() -> Value) {
        push_made(&mut self.thread.stack, make);
    }

    /// Drops the value on top where it lies: taken as a whole, one that was just written in parts makes the processor wait.
    #[inline]
    fn drop_top(&mut self) {
        let rest = self.thread.stack.len().saturating_sub(1);
        self.thread.stack.truncate(rest);
    }

    #[inline]
    fn pop(&mut self) -> Value {
        self.thread.stack.pop().unwrap_or_default()
    }

    /// The value `depth` below the top.
    #[inline]
    fn peek(&self, depth: usize) -> &Value {
        let stack = &self.thread.stack;
        &stack[stack.len() - 1 - depth]
    }

    /// Drops the top `count` values.
    fn drop_values(&mut self, count: usize) {
        let length = self.thread.stack.len() - count;
        self.thread.stack.truncate(length);
    }

    /// Replaces the top `count` values by one.
    #[inline]
    fn replace(&mut self, count: usize, value: Value) {
        for _ in 1..count {
            self.drop_top();
        }
        match self.thread.stack.last_mut() {
            Some(top) if count > 0 => std::mem::replace(top, value).discard(),
            _ => self.push(value),
        }
    }

    /// Calls `work` with what natives work with, and the stack.
    #[inline]
    fn with<R>(&mut self, work: impl FnOnce(&mut Context<'_>, &[Value]) -> R) -> R {
        let Thread { stack, frames, heap, object, id, process, answers, .. } = &mut *self.thread;
        let memory = Memory::new(heap, self.reach.again());
        let answers = Answers::new(if answers.is_empty() { &[] } else { answers_at(answers, frames.len()) });
        let (me, process) = (*id, *process);
        let mut context = Context { memory, image: self.image, me, process, thread_object: object, answers, frames };
        work(&mut context, stack)
    }

    /// An error to be raised.
    fn error(&mut self, class: &'static crate::machine::memory::native::Type, message: impl Into<Box<str>>) -> Halt {
        crate::machine::data::exception::error(&mut self.thread.heap, class, message)
    }

    /// Drops private objects that cannot be reached any more, when there are many, and says whether the program has more than
    /// it may. Looked at on every turn, so that when it happens depends on the program alone: the ids of later objects do.
    #[inline]
    fn collect(&mut self) -> bool {
        self.thread.heap.wants_collection() && self.collect_now(false)
    }

    /// There is no more memory for the program.
    #[cold]
    fn exhaust(&mut self) {
        let class = crate::machine::memory::value::ClassRef::Builtin(&crate::machine::data::exception::MEMORY_ERROR);
        let exception = crate::machine::data::exception::make(&mut self.thread.heap, class, Vec::new());
        self.raise(exception, true);
    }

    /// Collects garbage, and weighs what is left if it is time for that, or asked for.
    #[cold]
    fn collect_now(&mut self, asked: bool) -> bool {
        let Thread {
            stack,
            frames,
            heap,
            object,
            locals,
            names,
            uncaught,
            raising,
            answers,
            interrupted,
            raise_then,
            // What these name is on the stack as well, or shared, or no object.
            id: _,
            process: _,
            is_main: _,
            pending: _,
            turns: _,
            frozen: _,
            finals: _,
            escaped: _,
            entry: _,
            words: _,
            told: _,
        } = &mut *self.thread;
        let namespace = self.image.namespace;
        let roots = |locals: &[(ObjectId, crate::machine::memory::object::Attributes)],
                     mark: &mut dyn FnMut(&Value)| {
            stack.iter().for_each(&mut *mark);
            mark(object);
            mark(&Value::Object(crate::machine::memory::value::Kind::Local, namespace));
            uncaught.iter().chain(&*raising).for_each(&mut *mark);
            raise_then.iter().chain(interrupted.iter().filter_map(|it| it.raise_then.as_ref())).for_each(&mut *mark);
            for answered in &*answers {
                answered.question.values.iter().chain([&answered.answer]).for_each(&mut *mark);
            }
            for frame in &*frames {
                frame.handled.iter().for_each(&mut *mark);
                frame
                    .cells
                    .iter()
                    .for_each(|cell| mark(&Value::Object(crate::machine::memory::value::Kind::Local, *cell)));
                match &frame.then {
                    Then::Instance(instance) => mark(&Value::Instance(instance.clone())),
                    Then::Generator(id, resumed) => {
                        mark(&Value::Object(crate::machine::memory::value::Kind::Generator, *id));
                        resumed.value().into_iter().for_each(&mut *mark);
                    }
                    Then::Default(value) | Then::Attribute { missing: value, .. } => mark(value),
                    Then::Class(bases, keywords) => {
                        bases.iter().for_each(|base| mark(&base.value()));
                        mark(keywords);
                    }
                    Then::Answer(question) => question.values.iter().for_each(&mut *mark),
                    Then::Operator(operands) => {
                        let methods = operands.methods.iter().map(|candidate| &candidate.method);
                        [&operands.left, &operands.right].into_iter().chain(methods).for_each(&mut *mark);
                    }
                    Then::Push
                    | Then::Discard
                    | Then::Truth { .. }
                    | Then::Condition(_)
                    | Then::Checked(_)
                    | Then::Again
                    | Then::Iterate(_)
                    | Then::Delegate(_)
                    | Then::Words(_)
                    | Then::Told
                    | Then::End => {}
                }
            }
            for (_, attributes) in locals {
                attributes.iter().for_each(|(_, value)| mark(value));
            }
        };
        heap.collect(|mark| roots(locals, mark));
        // A slot that is free again stands for another object.
        let free = heap.free();
        locals.retain(|(local, _)| !free.contains(local));
        names.retain(|(named, _)| !free.contains(named));
        if asked || heap.budget().is_tight() {
            heap.weigh(|mark| roots(locals, mark));
        }
        heap.budget_mut().is_exceeded()
    }
}

/// What was answered for the instruction of the frame at that depth.
#[cold]
fn answers_at(answers: &[Answered], depth: usize) -> &[Answered] {
    &answers[answers.partition_point(|answered| answered.depth < depth)..]
}
