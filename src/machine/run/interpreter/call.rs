//! Calls: of functions, natives, classes; and what becomes of results.
//!
//! A call's arguments lie on the stack from its `first` place to the top, values of keywords last.

use super::operands::operands;
use super::{Flow, Step, Vm};
use crate::base::Symbol;
use crate::bytecode::{Code, CodeId, CodeKind, GlobalId, Instruction};
use crate::machine::data;
use crate::machine::data::exception;
use crate::machine::memory::native::{Answered, Arguments, Call, Halt, Invocation, Layout, Native, Special};
use crate::machine::memory::object::Object;
use crate::machine::memory::push::push_made;
use crate::machine::memory::thread::{Check, Frame, Then};
use crate::machine::memory::value::{ClassRef, Descriptor, Function, Value};

/// Where a call's values lie on the stack.
#[derive(Clone, Copy)]
pub(super) struct Place<'n> {
    /// The callee's place, where the result will be.
    pub bottom: usize,
    /// The first argument's.
    pub first: usize,
    /// The names of the last arguments, if they are keywords.
    pub names: &'n [Symbol],
    /// The instruction that calls.
    pub at: u32,
}

impl Vm<'_> {
    /// Puts the thread's first frame in place, if it has not begun.
    pub(in crate::machine) fn enter_thread(&mut self) {
        let Some(entry) = self.thread.entry.take() else { return };
        let entry = match entry.callee {
            Value::Function(_) | Value::Method(_) | Value::Prelude(_) => entry,
            // What is no Python function is called by one, so that there is a frame for its operations.
            callee => match self.image.prelude("call") {
                Some(global) => {
                    let keywords = entry.keywords.into_iter().map(|(name, value)| (self.image.name(name), value));
                    let pairs: Vec<_> =
                        keywords.map(|(name, value)| Value::tuple(vec![Value::str(name), value])).collect();
                    let arguments = vec![callee, Value::tuple(entry.arguments), Value::tuple(pairs)];
                    Invocation { callee: Value::Prelude(global), arguments, keywords: Vec::new() }
                }
                None => Invocation { callee, ..entry },
            },
        };
        if let Err(Halt::Raise(exception)) =
            self.call_with(entry.callee, entry.arguments, entry.keywords, 0, 0, Then::End)
        {
            self.raise(exception, true);
        }
    }

    /// Calls with arguments that are not on the stack; the stack is cut to `bottom` first.
    ///
    /// # Errors
    /// As [`Vm::call`]; the operands are then gone, except on `Halt::Shared`.
    pub(in crate::machine) fn call_with(
        &mut self,
        callee: Value,
        arguments: Vec<Value>,
        keywords: Vec<(Symbol, Value)>,
        bottom: usize,
        at: u32,
        then: Then,
    ) -> Step {
        let kept = self.thread.stack.split_off(bottom);
        self.push(callee.clone());
        self.thread.stack.extend(arguments);
        let names: Vec<Symbol> = keywords.iter().map(|(name, _)| *name).collect();
        self.thread.stack.extend(keywords.into_iter().map(|(_, value)| value));
        let result = self.call(callee, Place { bottom, first: bottom + 1, names: &names, at }, then);
        // What is done again, or completed by `perform`, has its operands where its instruction put them.
        if matches!(&result, Err(Halt::Shared { .. } | Halt::Ask(_) | Halt::Room(_)) | Ok(Flow::Operation)) {
            self.thread.stack.truncate(bottom);
            self.thread.stack.extend(kept);
        }
        result
    }

    /// Calls `callee`.
    ///
    /// # Errors
    /// What the call raises; `Halt::Shared` when a native comes upon shared data: nothing has changed then.
    pub(super) fn call(&mut self, callee: Value, place: Place<'_>, then: Then) -> Step {
        match &callee {
            Value::Function(function) => self.enter(function, place, then),
            Value::Code(id) => self.enter(&Function::of(*id), place, then),
            Value::Native(native) => self.call_native(native, &[], place, then),
            Value::NativeMethod(bound) => {
                self.call_native(bound.native, std::slice::from_ref(&bound.receiver), place, then)
            }
            Value::Method(method) => match &method.function {
                Value::Function(function) => {
                    self.thread.stack.insert(place.first, method.receiver.clone());
                    self.enter(function, place, then)
                }
                Value::Native(native) => {
                    let receiver = std::slice::from_ref(&method.receiver);
                    self.call_native(native, receiver, place, then)
                }
                other => {
                    let arguments = self.rearranged(std::slice::from_ref(&method.receiver), place.first);
                    self.call_rearranged(other.clone(), arguments, place, then)
                }
            },
            Value::Class(class) => match &class.meta {
                Some(_) if let Some(method) = self.dunder(&callee, "__call__") => {
                    let arguments = self.rearranged(std::slice::from_ref(&callee), place.first);
                    self.call_rearranged(method, arguments, place, then)
                }
                _ => self.instantiate(ClassRef::User(class.clone()), place, then),
            },
            Value::Type(class) if class.layout == Layout::Thread => {
                self.instantiate(ClassRef::Builtin(class), place, then)
            }
            Value::Type(class) => self.construct(class, place, then),
            Value::Prelude(global) => {
                if let Some(step) = self.fold(*global, place, &then) {
                    return step;
                }
                let function = self.prelude_function(*global)?;
                self.call(function, place, then)
            }
            Value::Instance(_) => match self.dunder(&callee, "__call__") {
                Some(method) => {
                    let arguments = self.rearranged(std::slice::from_ref(&callee), place.first);
                    self.call_rearranged(method, arguments, place, then)
                }
                None => Err(self.not_callable(&callee)),
            },
            Value::Descriptor(descriptor) => match &**descriptor {
                Descriptor::Static(function) => self.call(function.clone(), place, then),
                _ => Err(self.not_callable(&callee)),
            },
            _ => Err(self.not_callable(&callee)),
        }
    }

    /// `callee(arguments)`. A function that lies there unbound is not even copied: threads would fight for its counter.
    #[inline]
    pub(super) fn call_positional(&mut self, count: usize, at: u32) -> Step {
        let bottom = self.thread.stack.len() - count - 1;
        let place = Place { bottom, first: bottom + 1, names: &[], at };
        let callee = match &self.thread.stack[bottom] {
            Value::Prelude(global) => self.lasting_function(*global),
            callee => callee.code(),
        };
        match callee {
            Some(id) if self.image.code(id).takes(count) => self.enter_plain(id, place),
            _ => {
                if self.take_shortcut(bottom, bottom + 1).is_some() {
                    return Ok(Flow::Next);
                }
                let callee = self.thread.stack[bottom].clone();
                self.call(callee, place, Then::Push)
            }
        }
    }

    /// Enters a function whose arguments on the stack are its parameters as they are.
    #[inline]
    fn enter_plain(&mut self, id: CodeId, place: Place<'_>) -> Step {
        let Place { bottom, first, at, .. } = place;
        self.check_depth()?;
        let code = self.image.code(id);
        let end = first + code.locals.len();
        while self.thread.stack.len() < end {
            self.push_made(|| Value::Unbound);
        }
        self.frame().next = at + 1;
        let frame = || Frame {
            code: id,
            next: 0,
            bottom: bottom as u32,
            locals: first as u32,
            base: end as u32,
            cells: Box::default(),
            handled: Vec::new(),
            then: Then::Push,
        };
        push_made(&mut self.thread.frames, frame);
        Ok(Flow::Frame)
    }

    /// The code of the function that a global holds for good, if it does.
    #[inline]
    pub(super) fn lasting_function(&self, global: GlobalId) -> Option<CodeId> {
        let index = global.0 as usize;
        if let Some(frozen) = &self.thread.frozen
            && let Some(code) = frozen[index].code()
        {
            return Some(code);
        }
        match self.thread.heap.get(self.image.namespace) {
            Some(Object::Namespace(globals)) => globals[index].code(),
            _ => None,
        }
    }

    fn not_callable(&mut self, callee: &Value) -> Halt {
        let name = data::types::class_of(callee).name().to_owned();
        self.error(&exception::TYPE_ERROR, format!("'{name}' object is not callable"))
    }

    /// The arguments on the stack, behind others.
    pub(super) fn rearranged(&self, before: &[Value], first: usize) -> Vec<Value> {
        before.iter().chain(&self.thread.stack[first..]).cloned().collect()
    }

    /// Calls with arguments in another order than on the stack.
    pub(super) fn call_rearranged(
        &mut self,
        callee: Value,
        mut arguments: Vec<Value>,
        place: Place<'_>,
        then: Then,
    ) -> Step {
        let Place { bottom, names, at, .. } = place;
        let values = arguments.split_off(arguments.len() - names.len());
        let keywords = names.iter().copied().zip(values).collect();
        self.call_with(callee, arguments, keywords, bottom, at, then)
    }

    fn prelude_function(&mut self, global: GlobalId) -> Result<Value, Halt> {
        let index = global.0 as usize;
        if let Some(frozen) = &self.thread.frozen
            && !frozen[index].is_unbound()
        {
            return Ok(frozen[index].clone());
        }
        let namespace = self.image.namespace;
        self.with(|context, _| match context.memory.get(namespace)? {
            Object::Namespace(globals) => Ok(globals[index].clone()),
            _ => Ok(Value::Unbound),
        })
    }

    /// Too deep a recursion is an error of the program, as in CPython.
    pub(super) fn check_depth(&mut self) -> Result<(), Halt> {
        if self.thread.frames.len() < super::RECURSION_LIMIT { Ok(()) } else { Err(self.too_deep()) }
    }

    #[cold]
    pub(super) fn too_deep(&mut self) -> Halt {
        self.error(&exception::RECURSION_ERROR, "maximum recursion depth exceeded")
    }

    /// Enters a Python function.
    pub(super) fn enter(&mut self, function: &Function, place: Place<'_>, then: Then) -> Step {
        let Place { bottom, first, names, at } = place;
        self.check_depth()?;
        let code = self.image.code(function.code);
        let shape = &code.parameters;
        let given = self.thread.stack.len() - first;
        let plain = names.is_empty() && !shape.star && !shape.double_star && shape.keyword_only == 0;
        let positional = shape.positional as usize;
        if plain && given <= positional && given + function.defaults.len() >= positional {
            let missing = positional - given;
            self.thread.stack.extend_from_slice(&function.defaults[function.defaults.len() - missing..]);
        } else {
            self.bind(code, function, first, names)?;
        }
        self.thread.stack.resize(first + code.locals.len(), Value::Unbound);
        let cells = self.make_cells(code, function, first);
        let base = self.thread.stack.len() as u32;
        let frame = Frame {
            code: function.code,
            next: 0,
            bottom: bottom as u32,
            locals: first as u32,
            base,
            cells,
            handled: Vec::new(),
            then,
        };
        if code.kind == CodeKind::Generator {
            return self.make_generator(frame, at);
        }
        if let Some(caller) = self.thread.frames.last_mut() {
            caller.next = at + 1;
        }
        self.thread.frames.push(frame);
        Ok(Flow::Frame)
    }

    fn make_cells(&mut self, code: &Code, function: &Function, first: usize) -> Box<[crate::base::ObjectId]> {
        if code.cells.is_empty() {
            return Box::default();
        }
        let mut cells = Vec::with_capacity(code.cells.len());
        for _ in 0..code.own_cells() {
            cells.push(self.thread.heap.add(Object::Cell(Value::Unbound)));
        }
        for (slot, cell) in &code.cell_parameters {
            let value = std::mem::take(&mut self.thread.stack[first + *slot as usize]);
            if let Some(Object::Cell(place)) = self.thread.heap.get_mut(cells[*cell as usize]) {
                *place = value;
            }
        }
        cells.extend_from_slice(&function.cells);
        cells.into()
    }

    /// Enters code that is called with nothing: a module or a class body.
    pub(in crate::machine) fn enter_code(
        &mut self,
        id: CodeId,
        bottom: usize,
        then: Then,
        captured: &[crate::base::ObjectId],
    ) {
        let mut function = Function::of(id);
        function.cells = captured.into();
        let code = self.image.code(id);
        let first = self.thread.stack.len();
        self.thread.stack.resize(first + code.locals.len(), Value::Unbound);
        let cells = self.make_cells(code, &function, first);
        let base = self.thread.stack.len() as u32;
        let (bottom, locals) = (bottom as u32, first as u32);
        self.thread.frames.push(Frame { code: id, next: 0, bottom, locals, base, cells, handled: Vec::new(), then });
    }

    pub(super) fn call_native(
        &mut self,
        native: &'static Native,
        receiver: &[Value],
        place: Place<'_>,
        then: Then,
    ) -> Step {
        let Place { bottom, first, names, at } = place;
        if let Some((method, value)) = self.dunder_of_builtin(native, receiver, first) {
            let then = match (native.name, then) {
                ("len", Then::Push) => Then::Checked(Check::Length),
                ("hash", Then::Push) => Then::Checked(Check::Hash),
                (_, then) => then,
            };
            return self.call_with(method, vec![value], Vec::new(), bottom, at, then);
        }
        let call = match native.call {
            Call::Special(Special::Instantiate) => return self.instantiate_plainly(receiver, place, then),
            Call::Special(special) => return self.special(special, receiver, place, then),
            Call::Plain(call) | Call::Short(_, call) => call,
            Call::Operation(_) if !matches!(then, Then::Push) => {
                return self.call_by_prelude(Value::Native(native), receiver, place, then);
            }
            Call::Operation(call) => {
                let attempt = |vm: &mut Self, arguments: Arguments<'_>| vm.with(|context, _| call(context, arguments));
                let operation = match self.native_arguments(receiver, first, names, attempt) {
                    Err(Halt::Invoke(call)) => {
                        return self.call_with(call.callee, call.arguments, call.keywords, bottom, at, then);
                    }
                    operation => operation?,
                };
                if let Some(made) = operation.makes() {
                    self.name_object(made, bottom, at);
                }
                return self.attempt(operation);
            }
        };
        let result = self.native_arguments(receiver, first, names, |vm, arguments| {
            vm.with(|context, _| {
                let value = call(context, arguments)?;
                context.memory.count(&value);
                Ok(value)
            })
        });
        match result {
            Ok(value) if matches!(then, Then::Push) => {
                self.replace(self.thread.stack.len() - bottom, value);
                Ok(Flow::Next)
            }
            Ok(value) => {
                self.thread.stack.truncate(bottom);
                self.receive(value, then, at)
            }
            Err(Halt::Invoke(invocation)) => {
                self.call_with(invocation.callee, invocation.arguments, invocation.keywords, bottom, at, then)
            }
            Err(halt) => Err(halt),
        }
    }

    /// Lays out a native's arguments and calls `work` with them; the stack is lent out meanwhile.
    pub(super) fn native_arguments<R>(
        &mut self,
        receiver: &[Value],
        first: usize,
        names: &[Symbol],
        work: impl FnOnce(&mut Self, Arguments<'_>) -> R,
    ) -> R {
        let stack = std::mem::take(&mut self.thread.stack);
        if names.is_empty() && receiver.is_empty() {
            let result = work(self, Arguments { positional: &stack[first..], keywords: &[] });
            self.thread.stack = stack;
            return result;
        }
        let (positional, values) = stack[first..].split_at(stack.len() - first - names.len());
        let keywords: Vec<(Symbol, Value)> = names.iter().copied().zip(values.iter().cloned()).collect();
        let joined: Vec<Value>;
        let positional = if receiver.is_empty() {
            positional
        } else {
            joined = receiver.iter().chain(positional).cloned().collect();
            &joined
        };
        let result = work(self, Arguments { positional, keywords: &keywords });
        self.thread.stack = stack;
        result
    }

    /// Calls something through the prelude, so that there is a frame whose instruction is the call.
    pub(super) fn call_by_prelude(&mut self, callee: Value, receiver: &[Value], place: Place<'_>, then: Then) -> Step {
        let [arguments, keywords] = self.packed(receiver, place);
        self.call_prelude("call", vec![callee, arguments, keywords], place, then)
    }

    /// Calls a function of the prelude.
    pub(super) fn call_prelude(&mut self, name: &str, arguments: Vec<Value>, place: Place<'_>, then: Then) -> Step {
        let Some(global) = self.image.prelude(name) else {
            return Err(self.error(&exception::RUNTIME_ERROR, "this call needs the prelude"));
        };
        self.call_with(Value::Prelude(global), arguments, Vec::new(), place.bottom, place.at, then)
    }

    /// The arguments of a call, as values: a tuple, and a tuple of (name, value).
    pub(super) fn packed(&self, receiver: &[Value], place: Place<'_>) -> [Value; 2] {
        let mut arguments = self.rearranged(receiver, place.first);
        let values = arguments.split_off(arguments.len() - place.names.len());
        let named = place.names.iter().zip(values);
        let pairs = named.map(|(name, value)| Value::tuple(vec![Value::str(self.image.name(*name)), value]));
        [Value::tuple(arguments), Value::tuple(pairs.collect())]
    }

    /// Calls what `LoadMethod` found, with `count` arguments.
    #[inline]
    pub(super) fn call_method(&mut self, count: usize, names: &[Symbol], at: u32) -> Step {
        let bottom = self.thread.stack.len() - count - 2;
        // The object is the first argument.
        let place = Place { bottom, first: bottom + 1, names, at };
        match &self.thread.stack[bottom] {
            Value::Code(id) if names.is_empty() => self.enter_plain(*id, place),
            Value::Native(native) => {
                let native = *native;
                if names.is_empty() && self.take_shortcut(bottom, bottom + 1).is_some() {
                    return Ok(Flow::Next);
                }
                self.call_native(native, &[], place, Then::Push)
            }
            Value::Unbound => {
                let callee = self.thread.stack[bottom + 1].clone();
                self.call(callee, Place { first: bottom + 2, ..place }, Then::Push)
            }
            function => {
                let function = function.clone();
                self.call(function, place, Then::Push)
            }
        }
    }

    /// `[callee list dict]`.
    pub(super) fn call_spread(&mut self, at: u32) -> Step {
        let callee = self.peek(2).clone();
        let (positional, keywords) = self.with(|context, stack| {
            let top = stack.len();
            let positional = data::iterate::collect(context, &stack[top - 2])?;
            let mut keywords = Vec::new();
            let dict = stack[top - 1].object_id().map(|id| context.memory.get(id).cloned()).transpose()?;
            if let Some(Object::Dict(dict)) = dict {
                for (key, value) in dict {
                    keywords.push((key.value, value));
                }
            }
            Ok::<_, Halt>((positional, keywords))
        })?;
        let mut named = Vec::with_capacity(keywords.len());
        for (key, value) in keywords {
            let symbol = match &key {
                Value::Str(name) => self.image.symbol(name.as_str()),
                _ => return Err(self.error(&exception::TYPE_ERROR, "keywords must be strings")),
            };
            match symbol {
                Some(symbol) => named.push((symbol, value)),
                None => {
                    let message = self.unmentioned(&callee, &key);
                    return Err(self.error(&exception::TYPE_ERROR, message));
                }
            }
        }
        let bottom = self.thread.stack.len() - 3;
        self.call_with(callee, positional, named, bottom, at, Then::Push)
    }

    /// The complaint about a keyword that the program mentions nowhere: no parameter is called that.
    fn unmentioned(&self, callee: &Value, key: &Value) -> String {
        let name = if let Value::Str(name) = key { name.as_str() } else { "" };
        let function = match callee {
            Value::Function(function) => Some(function),
            Value::Method(method) => match &method.function {
                Value::Function(function) => Some(function),
                _ => None,
            },
            _ => None,
        };
        match function.map(|function| self.image.code(function.code)) {
            Some(code) if !code.parameters.double_star => {
                format!("{}() got an unexpected keyword argument '{name}'", code.qualified_name)
            }
            _ => format!("raddle passes on only keywords that the program mentions, and '{name}' is none of them"),
        }
    }

    /// A value of which only the truth is wanted becomes that, while `return` can still be done again; false when Python code
    /// says whether it is true, which has then been called.
    pub(super) fn settle_truth(&mut self, at: u32) -> Result<bool, Halt> {
        let wanted = match self.thread.frames.last().map(|frame| &frame.then) {
            Some(Then::Truth { .. }) => true,
            Some(Then::Operator(operands)) => operands.negate && !matches!(self.peek(0), Value::NotImplemented),
            _ => false,
        };
        if wanted {
            let Some(truth) = self.truth(at)? else { return Ok(false) };
            self.replace(1, Value::Bool(truth));
        }
        Ok(true)
    }

    /// A call's result goes where it is wanted; the stack is already cut.
    pub(super) fn receive(&mut self, value: Value, then: Then, at: u32) -> Step {
        match then {
            Then::Push | Then::Iterate(_) | Then::Delegate(_) | Then::Default(_) => self.push(value),
            Then::Discard => {}
            Then::Instance(instance) => self.push(Value::Instance(instance)),
            Then::Truth { negate } => {
                let truth = self.with(|context, _| data::truth(context, &value))?;
                self.push(Value::Bool(truth != negate));
            }
            Then::Operator(operands) => match value {
                Value::NotImplemented => return self.ask_next(operands, at),
                value if operands.negate => {
                    let truth = self.with(|context, _| data::truth(context, &value))?;
                    self.push(Value::Bool(!truth));
                }
                value => self.push(value),
            },
            Then::Checked(check) => {
                let value = self.checked(check, value)?;
                self.push(value);
            }
            Then::Answer(question) => {
                let depth = self.thread.frames.len();
                self.thread.answers.push(Answered { depth, question, answer: value });
            }
            Then::Attribute { found, .. } => self.push(found.unwrap_or(value)),
            Then::Condition(check) => {
                let truth = self.checked(check, value)?;
                return self.decide(matches!(truth, Value::Bool(true)));
            }
            Then::Again => {
                self.push(value);
                return Ok(Flow::Goto(at));
            }
            Then::Generator(id, resumed) => return self.generator_returned(id, resumed, value),
            Then::Words(exception) => {
                let text = if let Value::Str(text) = &value { text.as_str() } else { "" };
                self.thread.words.push((exception, text.into()));
            }
            Then::Told => self.thread.told = Some(matches!(value, Value::Bool(true))),
            Then::Class(..) | Then::End => {}
        }
        Ok(Flow::Next)
    }

    /// What an instruction hands back to be called: the result takes the operands' place. Says whether the thread now stands
    /// before an operation.
    ///
    /// # Errors
    /// As [`Vm::call`].
    pub(super) fn invoke(&mut self, invocation: Invocation, instruction: Instruction) -> Result<bool, Halt> {
        let Some(frame) = self.thread.frames.last() else { return Ok(false) };
        let at = frame.next;
        let count = operands(self.image.code(frame.code), instruction);
        let bottom = self.thread.stack.len() - count;
        let then = match instruction {
            Instruction::StoreAttribute(_)
            | Instruction::DeleteAttribute(_)
            | Instruction::StoreItem
            | Instruction::DeleteItem => Then::Discard,
            _ => Then::Push,
        };
        match self.call_with(invocation.callee, invocation.arguments, invocation.keywords, bottom, at, then)? {
            Flow::Next => self.frame().next = at + 1,
            Flow::Goto(target) => self.frame().next = target,
            Flow::Frame => {}
            Flow::Operation => return Ok(true),
        }
        Ok(false)
    }
}
