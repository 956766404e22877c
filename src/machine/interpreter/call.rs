//! Calls: of functions, natives, classes; and what becomes of results.
//!
//! A call's values lie on the stack from `bottom` (the callee's place, where the result will be) and its arguments from
//! `first` to the top, values of keywords last.

use super::{Flow, Step, Vm, operands};
use crate::base::Symbol;
use crate::bytecode::{Code, CodeId, CodeKind, Instruction};
use crate::machine::class;
use crate::machine::data;
use crate::machine::exception;
use crate::machine::native::{Arguments, Call, Halt, Invocation, Layout, Native, Special, Type};
use crate::machine::object::{Attributes, Instance, Object, Payload};
use crate::machine::operation::Operation;
use crate::machine::thread::{Frame, Resumed, Then};
use crate::machine::value::{ClassRef, Descriptor, Function, InstanceRef, Kind, Value};
use triomphe::Arc;

impl Vm<'_> {
    /// Puts the thread's first frame in place, if it has not begun.
    pub(in crate::machine) fn enter_thread(&mut self) {
        let Some(entry) = self.thread.entry.take() else { return };
        let entry = match entry.callee {
            Value::Function(_) | Value::Method(_) => entry,
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
    pub(super) fn call_with(
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
        let result = self.call(callee, bottom, bottom + 1, &names, at, then);
        // What is done again, or completed by `perform`, has its operands where its instruction put them.
        if matches!(&result, Err(Halt::Shared { .. }) | Ok(Flow::Operation(_))) {
            self.thread.stack.truncate(bottom);
            self.thread.stack.extend(kept);
        }
        result
    }

    /// Calls `callee`.
    ///
    /// # Errors
    /// What the call raises; `Halt::Shared` when a native comes upon shared data: nothing has changed then.
    pub(super) fn call(
        &mut self,
        callee: Value,
        bottom: usize,
        first: usize,
        names: &[Symbol],
        at: u32,
        then: Then,
    ) -> Step {
        match &callee {
            Value::Function(function) => self.enter(function, bottom, first, names, at, then),
            Value::Native(native) => self.call_native(native, &[], bottom, first, names, at, then),
            Value::NativeMethod(bound) => {
                let (receiver, native) = &**bound;
                self.call_native(native, std::slice::from_ref(receiver), bottom, first, names, at, then)
            }
            Value::Method(method) => match &method.function {
                Value::Function(function) => {
                    self.thread.stack.insert(first, method.receiver.clone());
                    self.enter(function, bottom, first, names, at, then)
                }
                Value::Native(native) => {
                    let receiver = std::slice::from_ref(&method.receiver);
                    self.call_native(native, receiver, bottom, first, names, at, then)
                }
                other => {
                    let arguments = self.rearranged(&[method.receiver.clone()], first);
                    self.call_rearranged(other.clone(), arguments, names, bottom, at, then)
                }
            },
            Value::Class(class) => self.instantiate(ClassRef::User(class.clone()), bottom, first, names, at, then),
            Value::Type(class) if class.layout == Layout::Thread => {
                self.instantiate(ClassRef::Builtin(class), bottom, first, names, at, then)
            }
            Value::Type(class) => self.construct(class, bottom, first, names, at, then),
            Value::Prelude(global) => {
                let function = self.prelude_function(*global)?;
                self.call(function, bottom, first, names, at, then)
            }
            Value::Instance(_) => match self.dunder(&callee, "__call__") {
                Some(method) => {
                    let arguments = self.rearranged(std::slice::from_ref(&callee), first);
                    self.call_rearranged(method, arguments, names, bottom, at, then)
                }
                None => Err(self.not_callable(&callee)),
            },
            Value::Descriptor(descriptor) => match &**descriptor {
                Descriptor::Static(function) => self.call(function.clone(), bottom, first, names, at, then),
                _ => Err(self.not_callable(&callee)),
            },
            _ => Err(self.not_callable(&callee)),
        }
    }

    fn not_callable(&mut self, callee: &Value) -> Halt {
        let name = data::types::class_of(callee).name().to_owned();
        self.error(&exception::TYPE_ERROR, format!("'{name}' object is not callable"))
    }

    /// The arguments on the stack, behind others.
    fn rearranged(&self, before: &[Value], first: usize) -> Vec<Value> {
        before.iter().chain(&self.thread.stack[first..]).cloned().collect()
    }

    /// Calls with arguments in another order than on the stack.
    fn call_rearranged(
        &mut self,
        callee: Value,
        mut arguments: Vec<Value>,
        names: &[Symbol],
        bottom: usize,
        at: u32,
        then: Then,
    ) -> Step {
        let values = arguments.split_off(arguments.len() - names.len());
        let keywords = names.iter().copied().zip(values).collect();
        self.call_with(callee, arguments, keywords, bottom, at, then)
    }

    fn prelude_function(&mut self, global: crate::bytecode::GlobalId) -> Result<Value, Halt> {
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
        if self.thread.frames.len() < super::RECURSION_LIMIT {
            return Ok(());
        }
        Err(self.error(&exception::RECURSION_ERROR, "maximum recursion depth exceeded"))
    }

    /// Enters a Python function.
    fn enter(
        &mut self,
        function: &Function,
        bottom: usize,
        first: usize,
        names: &[Symbol],
        at: u32,
        then: Then,
    ) -> Step {
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
            return self.make_generator(frame);
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
        let function =
            Function { code: id, defaults: Box::default(), keyword_defaults: Box::default(), cells: captured.into() };
        let code = self.image.code(id);
        let first = self.thread.stack.len();
        self.thread.stack.resize(first + code.locals.len(), Value::Unbound);
        let cells = self.make_cells(code, &function, first);
        let base = self.thread.stack.len() as u32;
        let (bottom, locals) = (bottom as u32, first as u32);
        self.thread.frames.push(Frame { code: id, next: 0, bottom, locals, base, cells, handled: Vec::new(), then });
    }

    fn call_native(
        &mut self,
        native: &'static Native,
        receiver: &[Value],
        bottom: usize,
        first: usize,
        names: &[Symbol],
        at: u32,
        then: Then,
    ) -> Step {
        if let Some((method, value)) = self.dunder_of_builtin(native, receiver, first) {
            return self.call_with(method, vec![value], Vec::new(), bottom, at, then);
        }
        let call = match native.call {
            Call::Special(special) => return self.special(special, receiver, bottom, first, names, at, then),
            Call::Plain(call) => call,
            Call::Operation(_) if !matches!(then, Then::Push) => {
                return self.call_by_prelude(Value::Native(native), receiver, bottom, first, at, then);
            }
            Call::Operation(call) => {
                let operation = self.native_arguments(receiver, first, names, |vm, arguments| {
                    vm.with(|context, _| call(context, arguments))
                })?;
                return Ok(Flow::Operation(operation));
            }
        };
        let result = self
            .native_arguments(receiver, first, names, |vm, arguments| vm.with(|context, _| call(context, arguments)));
        match result {
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
    fn native_arguments<R>(
        &mut self,
        receiver: &[Value],
        first: usize,
        names: &[Symbol],
        work: impl FnOnce(&mut Self, Arguments<'_>) -> R,
    ) -> R {
        let stack = std::mem::take(&mut self.thread.stack);
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

    /// Builtins that ask an instance's class: `len(x)` is `type(x).__len__(x)`.
    fn dunder_of_builtin(&self, native: &'static Native, receiver: &[Value], first: usize) -> Option<(Value, Value)> {
        let stack = &self.thread.stack;
        if !receiver.is_empty() || stack.len() != first + 1 || !matches!(stack[first], Value::Instance(_)) {
            return None;
        }
        let name = match native.name {
            "len" => "__len__",
            "abs" => "__abs__",
            "hash" => "__hash__",
            "reversed" => "__reversed__",
            "round" => "__round__",
            _ => return None,
        };
        self.dunder(&stack[first], name).map(|method| (method, stack[first].clone()))
    }

    /// Calls something through the prelude, so that there is a frame whose instruction is the call.
    fn call_by_prelude(
        &mut self,
        callee: Value,
        receiver: &[Value],
        bottom: usize,
        first: usize,
        at: u32,
        then: Then,
    ) -> Step {
        let Some(global) = self.image.prelude("call") else {
            return Err(self.error(&exception::RUNTIME_ERROR, "this call needs the prelude"));
        };
        let arguments = Value::tuple(self.rearranged(receiver, first));
        let arguments = vec![callee, arguments, Value::tuple(Vec::new())];
        self.call_with(Value::Prelude(global), arguments, Vec::new(), bottom, at, then)
    }

    /// Calls a builtin type.
    fn construct(
        &mut self,
        class: &'static Type,
        bottom: usize,
        first: usize,
        names: &[Symbol],
        at: u32,
        then: Then,
    ) -> Step {
        if let [value] = &self.thread.stack[first..]
            && let Some((method, value)) = self.conversion(class, value)
        {
            let then =
                if class.name == "bool" && matches!(then, Then::Push) { Then::Truth { negate: false } } else { then };
            return self.call_with(method, vec![value], Vec::new(), bottom, at, then);
        }
        let call = match class.construct {
            Some(Call::Plain(call)) => call,
            _ => {
                let message = format!("cannot create '{}' instances", class.name);
                return Err(self.error(&exception::TYPE_ERROR, message));
            }
        };
        let receiver = [Value::Type(class)];
        let result = self
            .native_arguments(&receiver, first, names, |vm, arguments| vm.with(|context, _| call(context, arguments)));
        match result {
            Ok(value) => {
                self.name_object(&value, at);
                self.thread.stack.truncate(bottom);
                self.receive(value, then, at)
            }
            Err(Halt::Invoke(call)) => self.call_with(call.callee, call.arguments, call.keywords, bottom, at, then),
            Err(halt) => Err(halt),
        }
    }

    /// The special method by which an instance becomes a value of a builtin type.
    fn conversion(&self, class: &'static Type, value: &Value) -> Option<(Value, Value)> {
        let name = match class.name {
            "int" => "__int__",
            "float" => "__float__",
            "bool" => {
                return ["__bool__", "__len__"]
                    .iter()
                    .find_map(|name| self.dunder(value, name))
                    .map(|method| (method, value.clone()));
            }
            _ => return None,
        };
        self.dunder(value, name).map(|method| (method, value.clone()))
    }

    /// Makes an instance of a class and calls its `__init__`.
    fn instantiate(
        &mut self,
        class: ClassRef,
        bottom: usize,
        first: usize,
        names: &[Symbol],
        at: u32,
        then: Then,
    ) -> Step {
        let layout = class.layout();
        let given = self.thread.stack.len() - first;
        let payload = match layout.layout {
            Layout::Exception => {
                let arguments = self.thread.stack[first..self.thread.stack.len() - names.len()].to_vec();
                Payload::Exception(Box::new(crate::machine::object::ExceptionData { arguments, ..Default::default() }))
            }
            Layout::Thread => Payload::Thread(None),
            Layout::Plain | Layout::Final => Payload::None,
        };
        let init = class::find(self.image, &class, "__init__");
        let instance = Instance { class: class.clone(), attributes: Attributes::default(), sealed: 0, payload };
        let id = self.thread.heap.add(Object::Instance(instance));
        let instance = Arc::new(InstanceRef { class: class.clone(), id });
        let receiver = Value::Instance(instance.clone());
        match (init, layout.method("__init__")) {
            (Some(init), _) if matches!(then, Then::Push) => {
                let arguments = self.rearranged(&[receiver], first);
                self.call_rearranged(init, arguments, names, bottom, at, Then::Instance(instance))
            }
            (Some(_), _) => {
                let callee = class.value();
                self.call_by_prelude(callee, &[], bottom, first, at, then)
            }
            (None, Some(native)) if layout.layout == Layout::Thread => {
                self.call_native(native, &[receiver], bottom, first, names, at, then)
            }
            (None, _) => {
                if layout.layout == Layout::Plain && given > 0 {
                    let message = format!("{}() takes no arguments", class.name());
                    return Err(self.error(&exception::TYPE_ERROR, message));
                }
                self.thread.stack.truncate(bottom);
                self.receive(receiver, then, at)
            }
        }
    }

    /// Remembers what a new synchronization object is called: after the variable or attribute that the call's value goes to.
    fn name_object(&mut self, value: &Value, at: u32) {
        let Value::Object(kind, id) = value else { return };
        if !kind.is_sync() {
            return;
        }
        if let Some(name) = self.object_name(at) {
            self.thread.names.push((*id, name));
        }
    }

    fn object_name(&self, at: u32) -> Option<std::sync::Arc<str>> {
        use crate::bytecode::HintKind;
        let frame = self.thread.frames.last()?;
        let hint = self.image.code(frame.code).hint_of(at)?;
        let name = self.image.name(hint.name);
        let owner = || {
            let caller = self.thread.frames.iter().rev().nth(1)?;
            let hint = self.image.code(caller.code).hint_of(caller.next.checked_sub(1)?)?;
            matches!(frame.then, Then::Instance(_)).then(|| self.image.name(hint.name))
        };
        Some(match hint.kind {
            HintKind::Attribute => match owner() {
                Some(owner) => format!("{owner}.{name}").into(),
                None => name.into(),
            },
            HintKind::Element => {
                let prefix = format!("{name}[");
                let earlier = self.thread.names.iter().filter(|(_, other)| other.starts_with(&prefix)).count();
                format!("{prefix}{earlier}]").into()
            }
            HintKind::Variable => name.into(),
        })
    }

    /// `object.name(arguments)`, where the object lies at `bottom`.
    pub(super) fn call_method(&mut self, name: Symbol, bottom: usize, names: &[Symbol], at: u32) -> Step {
        let object = self.thread.stack[bottom].clone();
        match self.find_method(&object, name)? {
            Callee::Bound(Value::Function(function)) => self.enter(&function, bottom, bottom, names, at, Then::Push),
            Callee::Bound(Value::Native(native)) => {
                self.call_native(native, &[], bottom, bottom, names, at, Then::Push)
            }
            Callee::Bound(function) => self.call(function, bottom, bottom, names, at, Then::Push),
            Callee::Free(function) => self.call(function, bottom, bottom + 1, names, at, Then::Push),
            Callee::Computed(invocation) => {
                // A property that gives the callee: its value first, then the call.
                let Some(global) = self.image.prelude("call_property") else {
                    return Err(self.error(&exception::RUNTIME_ERROR, "this call needs the prelude"));
                };
                let arguments = Value::tuple(self.rearranged(&[], bottom + 1));
                let getter = vec![invocation.callee, Value::tuple(invocation.arguments), arguments];
                self.call_with(Value::Prelude(global), getter, Vec::new(), bottom, at, Then::Push)
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
                    let message = format!("got an unexpected keyword argument {key:?}").replace('"', "'");
                    return Err(self.error(&exception::TYPE_ERROR, message));
                }
            }
        }
        let bottom = self.thread.stack.len() - 3;
        self.call_with(callee, positional, named, bottom, at, Then::Push)
    }

    /// `[base …] → [class]`.
    pub(super) fn make_class(&mut self, body: CodeId, count: usize, at: u32) -> Step {
        let bottom = self.thread.stack.len() - count;
        let mut bases = Vec::with_capacity(count);
        for base in self.thread.stack[bottom..].to_vec() {
            match base {
                Value::Class(class) => bases.push(ClassRef::User(class)),
                Value::Type(class) => bases.push(ClassRef::Builtin(class)),
                _ => return Err(self.error(&exception::TYPE_ERROR, "bases must be types")),
            }
        }
        bases.retain(|base| base != &ClassRef::Builtin(&data::types::OBJECT));
        self.check_depth()?;
        let captured: Vec<_> =
            self.image.code(body).captures.iter().map(|index| self.frame().cells[*index as usize]).collect();
        self.thread.stack.truncate(bottom);
        self.frame().next = at + 1;
        self.enter_code(body, bottom, Then::Class(bases), &captured);
        Ok(Flow::Frame)
    }

    /// `return`: the frame's value goes where the frame says.
    pub(super) fn return_value(&mut self) -> Step {
        if let Some(Then::Generator(id, _)) = self.thread.frames.last().map(|frame| &frame.then) {
            let id = *id;
            // A shared generator is marked as over: reach for it before anything changes.
            self.with(|context, _| context.memory.get_mut(id).map(|_| ()))?;
        }
        let value = self.pop();
        let Some(frame) = self.thread.frames.pop() else { return Ok(Flow::Frame) };
        if let Then::Class(bases) = frame.then {
            return self.finish_class(frame.code, frame.locals as usize, frame.bottom as usize, bases);
        }
        self.thread.stack.truncate(frame.bottom as usize);
        match self.receive(value, frame.then, 0) {
            Err(Halt::Raise(exception)) => {
                self.frame().next -= 1;
                self.raise(exception, true);
                Ok(Flow::Frame)
            }
            Err(halt) => Err(halt),
            Ok(_) => Ok(Flow::Frame),
        }
    }

    fn finish_class(&mut self, body: CodeId, locals: usize, bottom: usize, bases: Vec<ClassRef>) -> Step {
        let code = self.image.code(body);
        let values = self.thread.stack[locals..locals + code.locals.len()].iter();
        let bound: Vec<_> =
            code.locals.iter().copied().zip(values.cloned()).filter(|(_, value)| !value.is_unbound()).collect();
        let made = self.with(|context, _| {
            let image = context.image;
            class::make(&mut context.memory, image, body, bases, bound)
        });
        self.thread.stack.truncate(bottom);
        match made {
            Ok(class) => self.push(class),
            Err(Halt::Raise(exception)) => {
                self.frame().next -= 1;
                self.raise(exception, true);
            }
            Err(halt) => return Err(halt),
        }
        Ok(Flow::Frame)
    }

    /// A call's result goes where it is wanted; the stack is already cut.
    pub(super) fn receive(&mut self, value: Value, then: Then, at: u32) -> Step {
        match then {
            Then::Push | Then::Iterate(_) | Then::Default(_) => self.push(value),
            Then::Discard => {}
            Then::Instance(instance) => self.push(Value::Instance(instance)),
            Then::Answer { negate } => {
                let answer = match value {
                    Value::NotImplemented => Value::Bool(negate),
                    value if !negate => value,
                    value => Value::Bool(!self.with(|context, _| data::truth(context, &value))?),
                };
                self.push(answer);
            }
            Then::Truth { negate } => {
                let truth = self.with(|context, _| data::truth(context, &value))?;
                self.push(Value::Bool(truth != negate));
            }
            Then::Operator(symbol) => match value {
                Value::NotImplemented => return Err(self.operator_refused(symbol)),
                value => self.push(value),
            },
            Then::Attribute { found, .. } => self.push(found.unwrap_or(value)),
            Then::Condition => return self.decide(&value),
            Then::Again => {
                self.push(value);
                return Ok(Flow::Goto(at));
            }
            Then::Generator(id, resumed) => return self.generator_returned(id, resumed, value),
            Then::Class(_) | Then::End => {}
        }
        Ok(Flow::Next)
    }

    /// What an instruction hands back to be called: the result takes the operands' place.
    ///
    /// # Errors
    /// As [`Vm::call`].
    pub(super) fn invoke(
        &mut self,
        invocation: Invocation,
        instruction: Instruction,
    ) -> Result<Option<Operation>, Halt> {
        let Some(frame) = self.thread.frames.last() else { return Ok(None) };
        let at = frame.next;
        let count = operands(self.image.code(frame.code), instruction);
        let bottom = self.thread.stack.len() - count;
        let then = match instruction {
            Instruction::StoreAttribute(_) | Instruction::StoreItem | Instruction::DeleteItem => Then::Discard,
            _ => Then::Push,
        };
        match self.call_with(invocation.callee, invocation.arguments, invocation.keywords, bottom, at, then)? {
            Flow::Next => self.frame().next = at + 1,
            Flow::Goto(target) => self.frame().next = target,
            Flow::Frame => {}
            Flow::Operation(operation) => return Ok(Some(operation)),
        }
        Ok(None)
    }

    /// Builtins that need frames or attributes.
    fn special(
        &mut self,
        special: Special,
        receiver: &[Value],
        bottom: usize,
        first: usize,
        names: &[Symbol],
        at: u32,
        then: Then,
    ) -> Step {
        let arguments = self.rearranged(receiver, first);
        if !names.is_empty() || !special_arity(special).contains(&arguments.len()) {
            return Err(self.error(&exception::TYPE_ERROR, "wrong number of arguments"));
        }
        if !matches!(then, Then::Push) {
            let native = special_native(special);
            return self.call_by_prelude(native, receiver, bottom, first, at, then);
        }
        match special {
            Special::Iter => self.special_iter(&arguments[0], bottom, at),
            Special::Next => self.special_next(&arguments, bottom, at),
            Special::GetAttr | Special::HasAttr => self.special_attribute(special, &arguments, bottom, at),
            Special::SetAttr => self.special_store(&arguments, bottom, at),
            Special::Send => self.special_send(&arguments, bottom, at),
            Special::Close | Special::Throw => self.special_throw(special, &arguments, bottom, at),
        }
    }

    fn done(&mut self, bottom: usize, value: Value) -> Step {
        self.thread.stack.truncate(bottom);
        self.push(value);
        Ok(Flow::Next)
    }

    fn special_iter(&mut self, value: &Value, bottom: usize, at: u32) -> Step {
        match value {
            Value::Object(Kind::Generator | Kind::Iterator, _) => self.done(bottom, value.clone()),
            Value::Instance(_) => match self.iterator_method(value)? {
                Some((method, arguments)) => self.call_with(method, arguments, Vec::new(), bottom, at, Then::Push),
                None => Ok(Flow::Next),
            },
            _ => {
                let iteration = self.with(|context, _| data::iterate::begin(context, value))?;
                let iterator = self.new_object(Kind::Iterator, Object::Iterator(iteration));
                self.done(bottom, iterator)
            }
        }
    }

    fn special_next(&mut self, arguments: &[Value], bottom: usize, at: u32) -> Step {
        let default = arguments.get(1).cloned();
        match &arguments[0] {
            Value::Object(Kind::Generator, id) => self.resume(*id, Value::None, bottom, Resumed::Next(default), at),
            Value::Object(Kind::Iterator, id) => match self.next_of_iterator(*id)?.or(default) {
                Some(value) => self.done(bottom, value),
                None => {
                    let class = ClassRef::Builtin(&exception::STOP_ITERATION);
                    Err(Halt::Raise(exception::make(&mut self.thread.heap, class, Vec::new())))
                }
            },
            value => match self.dunder(value, "__next__") {
                Some(method) => {
                    let then = default.map_or(Then::Push, Then::Default);
                    self.call_with(method, vec![value.clone()], Vec::new(), bottom, at, then)
                }
                None => {
                    let name = data::types::class_of(value).name().to_owned();
                    Err(self.error(&exception::TYPE_ERROR, format!("'{name}' object is not an iterator")))
                }
            },
        }
    }

    fn special_send(&mut self, arguments: &[Value], bottom: usize, at: u32) -> Step {
        let Value::Object(Kind::Generator, id) = &arguments[0] else { return Ok(Flow::Next) };
        self.resume(*id, arguments[1].clone(), bottom, Resumed::Next(None), at)
    }

    fn special_throw(&mut self, special: Special, arguments: &[Value], bottom: usize, at: u32) -> Step {
        let Value::Object(Kind::Generator, id) = &arguments[0] else { return Ok(Flow::Next) };
        let (exception, resumed) = match special {
            Special::Throw => (self.exception_of(&arguments[1])?, Resumed::Next(None)),
            _ => {
                let class = ClassRef::Builtin(&exception::GENERATOR_EXIT);
                (exception::make(&mut self.thread.heap, class, Vec::new()), Resumed::Close)
            }
        };
        self.throw(*id, exception, bottom, resumed, at)
    }
}

/// What `object.name(…)` calls.
#[derive(Debug)]
pub(in crate::machine) enum Callee {
    /// A function that takes the object first.
    Bound(Value),
    /// Something that does not.
    Free(Value),
    /// A property gives it.
    Computed(Invocation),
}

fn special_arity(special: Special) -> std::ops::RangeInclusive<usize> {
    match special {
        Special::Iter | Special::Close => 1..=1,
        Special::Next => 1..=2,
        Special::GetAttr => 2..=3,
        Special::HasAttr | Special::Send | Special::Throw => 2..=2,
        Special::SetAttr => 3..=3,
    }
}

fn special_native(special: Special) -> Value {
    let name = match special {
        Special::Iter => "iter",
        Special::Next | Special::Send | Special::Close | Special::Throw => "next",
        Special::GetAttr => "getattr",
        Special::HasAttr => "hasattr",
        Special::SetAttr => "setattr",
    };
    crate::machine::builtin::find(name).unwrap_or_default()
}

impl Vm<'_> {
    /// Binds arguments in their general shape to parameters, in place.
    fn bind(&mut self, code: &Code, function: &Function, first: usize, names: &[Symbol]) -> Result<(), Halt> {
        let values = self.thread.stack.split_off(first);
        let bound = super::bind::bind(self.image, code, function, &values, names);
        match bound {
            Ok(bound) => {
                self.thread.stack.extend(bound.slots);
                if let Some(keywords) = bound.double_star {
                    let dict =
                        keywords.into_iter().map(|(name, value)| (data::hash::text_key(self.image.name(name)), value));
                    let dict = Object::Dict(dict.collect());
                    let dict = self.new_object(Kind::Dict, dict);
                    self.push(dict);
                }
                Ok(())
            }
            Err(message) => {
                self.thread.stack.extend(values);
                Err(self.error(&exception::TYPE_ERROR, message))
            }
        }
    }
}
