//! What each instruction does.

use super::{Flow, Step, Vm};
use crate::base::ObjectId;
use crate::bytecode::{Code, Comparison, Conversion, GlobalId, Instruction, UnaryOperator};
use crate::machine::class;
use crate::machine::data;
use crate::machine::exception;
use crate::machine::heap::Reach;
use crate::machine::native::Halt;
use crate::machine::object::{Iteration, Object};
use crate::machine::thread::Then;
use crate::machine::value::{ClassRef, Function, Kind, Value};
use num_traits::ToPrimitive;
use triomphe::Arc;

impl Vm<'_> {
    /// Does one instruction.
    ///
    /// # Errors
    /// As [`Halt`] says; the operands are then still on the stack.
    #[inline]
    pub(super) fn execute(&mut self, code: &Code, constants: &[Value], at: u32) -> Step {
        use Instruction as I;
        match code.instructions[at as usize] {
            I::Constant(index) => self.give(constants[index as usize].clone()),
            I::None => self.give(Value::None),
            I::LoadLocal(slot) => self.load_local(code, slot),
            I::StoreLocal(slot) => {
                let value = self.pop();
                *self.local(slot) = value;
                Ok(Flow::Next)
            }
            I::LoadGlobal(global) => self.load_global(global),
            I::Binary(operator) => self.binary(operator, at),
            I::Compare(comparison) => self.compare(comparison, at),
            I::Jump(target) => Ok(Flow::Goto(target)),
            I::JumpIfFalse(target) => self.jump_if(false, target, at),
            I::JumpIfTrue(target) => self.jump_if(true, target, at),
            I::ForIterate(target) => self.for_iterate(target, at),
            I::Call(count) => {
                let bottom = self.thread.stack.len() - count as usize - 1;
                let callee = self.thread.stack[bottom].clone();
                self.call(callee, bottom, bottom + 1, &[], at, Then::Push)
            }
            I::CallMethod(name, count) => {
                let bottom = self.thread.stack.len() - count as usize - 1;
                self.call_method(name, bottom, &[], at)
            }
            I::LoadAttribute(name) => self.load_attribute(name, at),
            I::Pop => {
                self.pop();
                Ok(Flow::Next)
            }
            other => self.execute_rare(code, constants, at, other),
        }
    }

    fn execute_rare(&mut self, code: &Code, constants: &[Value], at: u32, instruction: Instruction) -> Step {
        use Instruction as I;
        match instruction {
            I::Duplicate => self.give(self.peek(0).clone()),
            I::DuplicatePair => {
                let (a, b) = (self.peek(1).clone(), self.peek(0).clone());
                self.push(a);
                self.give(b)
            }
            I::Swap => self.rotate(2),
            I::Rotate3 => self.rotate(3),
            I::Rotate4 => self.rotate(4),
            I::DeleteLocal(slot) => self.delete_local(code, slot),
            I::LoadCell(index) => self.load_cell(code, index),
            I::StoreCell(index) => self.store_cell(index),
            I::DeleteCell(index) => self.delete_cell(code, index),
            I::NewCell(index) => {
                let cell = self.thread.heap.add(Object::Cell(Value::Unbound));
                self.frame().cells[index as usize] = cell;
                Ok(Flow::Next)
            }
            I::StoreGlobal(global) => self.store_global(global),
            I::DeleteGlobal(global) => self.delete_global(global),
            I::LoadClassName(slot, global) => match self.local(slot).clone() {
                Value::Unbound => self.load_global(global),
                value => self.give(value),
            },
            I::StoreAttribute(name) => self.store_attribute(name, at),
            I::DeleteAttribute(name) => self.delete_attribute(name),
            I::LoadItem => self.load_item(at),
            I::StoreItem => self.store_item(at),
            I::DeleteItem => self.delete_item(at),
            I::InPlace(operator) => self.in_place(operator, at),
            I::Unary(UnaryOperator::Not) => self.not(at),
            I::Unary(operator) => self.unary(operator, at),
            I::JumpIfTrueOrPop(target) => self.jump_or_pop(true, target, at),
            I::JumpIfFalseOrPop(target) => self.jump_or_pop(false, target, at),
            I::GetIterator => self.get_iterator(at),
            I::CallKeywords(site) => {
                let site = &code.call_sites[site as usize];
                let bottom = self.thread.stack.len() - site.positional as usize - site.keywords.len() - 1;
                match site.method {
                    Some(name) => self.call_method(name, bottom, &site.keywords, at),
                    None => {
                        let callee = self.thread.stack[bottom].clone();
                        self.call(callee, bottom, bottom + 1, &site.keywords, at, Then::Push)
                    }
                }
            }
            I::CallSpread => self.call_spread(at),
            I::MakeFunction(id) => self.make_function(id),
            I::MakeClass(body, bases) => self.make_class(body, bases as usize, at),
            I::LoadSuper => self.load_super(code),
            I::Return => self.return_value(),
            I::Yield => self.suspend(at),
            I::Import(module) => self.give(Value::Module(module)),
            I::ImportMember(module, name) => {
                let member = self.image.member(module, name);
                match member {
                    Some(value) => self.give(value),
                    None => {
                        let module = crate::bytecode::library::MODULES[module as usize].name;
                        let message = format!("cannot import name '{}' from '{module}'", self.image.name(name));
                        Err(self.error(&exception::IMPORT_ERROR, message))
                    }
                }
            }
            _ => self.execute_build(constants, at, instruction),
        }
    }

    /// Instructions that build values.
    fn execute_build(&mut self, _constants: &[Value], at: u32, instruction: Instruction) -> Step {
        use Instruction as I;
        match instruction {
            I::BuildSlice => {
                let parts = [self.peek(2).clone(), self.peek(1).clone(), self.peek(0).clone()];
                self.replace(3, Value::Slice(Arc::new(parts)));
            }
            I::BuildTuple(count) => {
                let items = self.take(count as usize);
                self.push(Value::tuple(items));
            }
            I::BuildList(count) => {
                let items = self.take(count as usize);
                let list = self.new_object(Kind::List, Object::List(items));
                self.push(list);
            }
            I::BuildSet(count) => self.build_set(count as usize)?,
            I::BuildDict(pairs) => self.build_dict(pairs as usize)?,
            I::ListAppend(depth) => self.list_append(depth as usize)?,
            I::SetAdd(depth) => self.set_add(depth as usize)?,
            I::DictInsert(depth) => self.dict_insert(depth as usize)?,
            I::ListExtend => return self.list_extend(at),
            I::SetUpdate => return self.set_update(at),
            I::DictUpdate => self.dict_update(false)?,
            I::KeywordsMerge => self.dict_update(true)?,
            I::ListToTuple => {
                let items = self.with(|context, stack| data::iterate::collect(context, &stack[stack.len() - 1]))?;
                self.replace(1, Value::tuple(items));
            }
            I::BuildString(count) => {
                let parts = self.take(count as usize);
                let text: String =
                    parts.iter().map(|part| if let Value::Str(text) = part { text.as_str() } else { "" }).collect();
                self.push(Value::str(text));
            }
            I::FormatValue(conversion) => return self.format_value(conversion, false, at),
            I::FormatWithSpec(conversion) => return self.format_value(conversion, true, at),
            I::Unpack(count) => return self.unpack(count as usize, at),
            I::UnpackStar(before, after) => return self.unpack_star(before as usize, after as usize, at),
            _ => return self.execute_exception(at, instruction),
        }
        Ok(Flow::Next)
    }

    /// Instructions about exceptions and `with`.
    fn execute_exception(&mut self, at: u32, instruction: Instruction) -> Step {
        use Instruction as I;
        match instruction {
            I::Raise => self.raise_value(None, at),
            I::RaiseFrom => {
                let cause = self.peek(0).clone();
                self.raise_value(Some(cause), at)
            }
            I::Reraise => self.reraise(at),
            I::LoadHandled => {
                let handled = self.frame().handled.last().cloned().unwrap_or(Value::None);
                self.give(handled)
            }
            I::MatchHandled => {
                let exception = self.frame().handled.last().cloned().unwrap_or(Value::None);
                let wanted = self.peek(0).clone();
                let matches = self.matches(&exception, &wanted)?;
                self.replace(1, Value::Bool(matches));
                Ok(Flow::Next)
            }
            I::EndHandled => {
                self.frame().handled.pop();
                Ok(Flow::Next)
            }
            I::AssertFailed => Err(self.assertion(Vec::new())),
            I::AssertFailedWith => {
                let message = self.peek(0).clone();
                Err(self.assertion(vec![message]))
            }
            I::EnterWith => self.enter_with(at),
            I::ExitWith => self.exit_with(false, at),
            I::ExitWithHandled => self.exit_with(true, at),
            // Every other instruction has been dealt with before.
            _ => Ok(Flow::Next),
        }
    }

    fn assertion(&mut self, arguments: Vec<Value>) -> Halt {
        let class = ClassRef::Builtin(&exception::ASSERTION_ERROR);
        Halt::Raise(exception::make(&mut self.thread.heap, class, arguments))
    }

    fn give(&mut self, value: Value) -> Step {
        self.push(value);
        Ok(Flow::Next)
    }

    fn rotate(&mut self, count: usize) -> Step {
        let start = self.thread.stack.len() - count;
        self.thread.stack[start..].rotate_right(1);
        Ok(Flow::Next)
    }

    /// Takes the top `count` values.
    fn take(&mut self, count: usize) -> Vec<Value> {
        let start = self.thread.stack.len() - count;
        self.thread.stack.split_off(start)
    }

    /// A new object in the thread's own heap.
    pub(super) fn new_object(&mut self, kind: Kind, object: Object) -> Value {
        Value::Object(kind, self.thread.heap.add(object))
    }

    #[inline]
    fn local(&mut self, slot: u16) -> &mut Value {
        let index = self.frame().locals as usize + slot as usize;
        &mut self.thread.stack[index]
    }

    #[inline]
    fn load_local(&mut self, code: &Code, slot: u16) -> Step {
        match self.local(slot).clone() {
            Value::Unbound => Err(self.unbound_local(code, slot)),
            value => self.give(value),
        }
    }

    fn delete_local(&mut self, code: &Code, slot: u16) -> Step {
        match std::mem::take(self.local(slot)) {
            Value::Unbound => Err(self.unbound_local(code, slot)),
            _ => Ok(Flow::Next),
        }
    }

    fn unbound_local(&mut self, code: &Code, slot: u16) -> Halt {
        let name = self.image.name(code.locals[slot as usize]);
        match code.kind {
            crate::bytecode::CodeKind::Module | crate::bytecode::CodeKind::Class => {
                self.error(&exception::NAME_ERROR, format!("name '{name}' is not defined"))
            }
            _ => {
                let message = format!("cannot access local variable '{name}' where it is not associated with a value");
                self.error(&exception::UNBOUND_LOCAL_ERROR, message)
            }
        }
    }

    fn cell(&mut self, index: u16) -> ObjectId {
        self.frame().cells[index as usize]
    }

    fn load_cell(&mut self, code: &Code, index: u16) -> Step {
        let cell = self.cell(index);
        let value = match self.with(|context, _| context.memory.get(cell).map(Clone::clone))? {
            Object::Cell(value) => value,
            _ => Value::Unbound,
        };
        if value.is_unbound() { Err(self.unbound_cell(code, index)) } else { self.give(value) }
    }

    fn store_cell(&mut self, index: u16) -> Step {
        let cell = self.cell(index);
        let value = self.peek(0).clone();
        self.set_cell(cell, value)?;
        self.pop();
        Ok(Flow::Next)
    }

    fn delete_cell(&mut self, code: &Code, index: u16) -> Step {
        let cell = self.cell(index);
        match self.set_cell(cell, Value::Unbound)? {
            Value::Unbound => Err(self.unbound_cell(code, index)),
            _ => Ok(Flow::Next),
        }
    }

    fn set_cell(&mut self, cell: ObjectId, value: Value) -> Result<Value, Halt> {
        self.with(|context, _| match context.memory.get_mut(cell)? {
            Object::Cell(slot) => Ok(std::mem::replace(slot, value)),
            _ => Ok(Value::Unbound),
        })
    }

    fn unbound_cell(&mut self, code: &Code, index: u16) -> Halt {
        let name = self.image.name(code.cells[index as usize]);
        if (index as usize) < code.own_cells() {
            let message = format!("cannot access local variable '{name}' where it is not associated with a value");
            return self.error(&exception::UNBOUND_LOCAL_ERROR, message);
        }
        let message =
            format!("cannot access free variable '{name}' where it is not associated with a value in enclosing scope");
        self.error(&exception::NAME_ERROR, message)
    }

    #[inline]
    fn load_global(&mut self, global: GlobalId) -> Step {
        let index = global.0 as usize;
        if let Some(frozen) = &self.thread.frozen
            && !frozen[index].is_unbound()
        {
            let value = frozen[index].clone();
            return self.give(value);
        }
        if self.image.is_never_stored(global)
            && let Some(builtin) = &self.image.builtins[index]
        {
            let builtin = builtin.clone();
            return self.give(builtin);
        }
        let value = self.read_global(index)?;
        let value = if value.is_unbound() { self.image.builtins[index].clone().unwrap_or_default() } else { value };
        if value.is_unbound() { Err(self.unbound_global(global)) } else { self.give(value) }
    }

    fn read_global(&mut self, index: usize) -> Result<Value, Halt> {
        let namespace = self.image.namespace;
        self.with(|context, _| match context.memory.get(namespace)? {
            Object::Namespace(globals) => Ok(globals[index].clone()),
            _ => Ok(Value::Unbound),
        })
    }

    fn write_global(&mut self, global: GlobalId, value: Value) -> Result<Value, Halt> {
        let namespace = self.image.namespace;
        self.with(|context, _| match context.memory.get_mut(namespace)? {
            Object::Namespace(globals) => Ok(std::mem::replace(&mut globals[global.0 as usize], value)),
            _ => Ok(Value::Unbound),
        })
    }

    fn store_global(&mut self, global: GlobalId) -> Step {
        let value = self.peek(0).clone();
        self.write_global(global, value)?;
        self.pop();
        Ok(Flow::Next)
    }

    fn delete_global(&mut self, global: GlobalId) -> Step {
        match self.write_global(global, Value::Unbound)? {
            Value::Unbound => Err(self.unbound_global(global)),
            _ => Ok(Flow::Next),
        }
    }

    fn unbound_global(&mut self, global: GlobalId) -> Halt {
        let name = self.image.name(self.image.program.globals[global.0 as usize].name);
        self.error(&exception::NAME_ERROR, format!("name '{name}' is not defined"))
    }

    /// The truth of the top value; `None` when Python code decides it, which has then been called.
    #[inline]
    fn truth(&mut self, at: u32) -> Result<Option<bool>, Halt> {
        match self.peek(0) {
            Value::Bool(value) => Ok(Some(*value)),
            Value::None => Ok(Some(false)),
            Value::Int(value) => Ok(Some(*value != 0)),
            Value::Instance(_) => self.truth_of_instance(at),
            _ => self.with(|context, stack| data::truth(context, &stack[stack.len() - 1])).map(Some),
        }
    }

    fn truth_of_instance(&mut self, at: u32) -> Result<Option<bool>, Halt> {
        let value = self.peek(0).clone();
        let Some(method) = ["__bool__", "__len__"].iter().find_map(|name| self.dunder(&value, name)) else {
            return Ok(Some(true));
        };
        let bottom = self.thread.stack.len();
        self.call_with(method, vec![value], Vec::new(), bottom, at, Then::Condition)?;
        // It counts as standing at the instruction until the answer is there.
        let frames = self.thread.frames.len();
        self.thread.frames[frames - 2].next = at;
        Ok(None)
    }

    #[inline]
    fn jump_if(&mut self, wanted: bool, target: u32, at: u32) -> Step {
        match self.truth(at)? {
            None => Ok(Flow::Frame),
            Some(truth) => {
                self.pop();
                Ok(if truth == wanted { Flow::Goto(target) } else { Flow::Next })
            }
        }
    }

    fn jump_or_pop(&mut self, wanted: bool, target: u32, at: u32) -> Step {
        match self.truth(at)? {
            None => Ok(Flow::Frame),
            Some(truth) if truth == wanted => Ok(Flow::Goto(target)),
            Some(_) => {
                self.pop();
                Ok(Flow::Next)
            }
        }
    }

    fn not(&mut self, at: u32) -> Step {
        match self.truth(at)? {
            None => Ok(Flow::Frame),
            Some(truth) => {
                self.replace(1, Value::Bool(!truth));
                Ok(Flow::Next)
            }
        }
    }

    /// A conditional instruction goes on with the answer of the Python code that it called.
    pub(super) fn decide(&mut self, answer: &Value) -> Step {
        let truth = match answer {
            Value::Bool(value) => *value,
            Value::Int(value) => *value != 0,
            _ => return Err(self.error(&exception::TYPE_ERROR, "__bool__ should return bool")),
        };
        let Some(frame) = self.thread.frames.last() else { return Ok(Flow::Frame) };
        let (at, code) = (frame.next, self.image.code(frame.code));
        let next = match code.instructions[at as usize] {
            Instruction::JumpIfTrue(target) | Instruction::JumpIfFalse(target) => {
                let wanted = matches!(code.instructions[at as usize], Instruction::JumpIfTrue(_));
                self.pop();
                if truth == wanted { target } else { at + 1 }
            }
            Instruction::JumpIfTrueOrPop(target) if truth => target,
            Instruction::JumpIfFalseOrPop(target) if !truth => target,
            Instruction::JumpIfTrueOrPop(_) | Instruction::JumpIfFalseOrPop(_) => {
                self.pop();
                at + 1
            }
            _ => {
                self.replace(1, Value::Bool(!truth));
                at + 1
            }
        };
        self.frame().next = next;
        Ok(Flow::Frame)
    }

    #[inline]
    fn for_iterate(&mut self, target: u32, at: u32) -> Step {
        let top = self.thread.stack.len() - 1;
        if let Value::Loop(iteration) = &mut self.thread.stack[top] {
            if let Iteration::Range { next, left, step } = &mut **iteration {
                if *left == 0 {
                    self.pop();
                    return Ok(Flow::Goto(target));
                }
                let value = *next;
                *left -= 1;
                *next = value.wrapping_add(*step);
                return self.give(Value::Int(value));
            }
            let mut iteration = std::mem::replace(&mut **iteration, Iteration::Done);
            let next = self.with(|context, _| data::iterate::next(context, &mut iteration));
            if let Value::Loop(slot) = &mut self.thread.stack[top] {
                **slot = iteration;
            }
            return self.iterated(next?, target);
        }
        self.for_iterate_object(target, at)
    }

    fn iterated(&mut self, next: Option<Value>, target: u32) -> Step {
        match next {
            Some(value) => self.give(value),
            None => {
                self.pop();
                Ok(Flow::Goto(target))
            }
        }
    }

    fn for_iterate_object(&mut self, target: u32, at: u32) -> Step {
        use crate::machine::thread::Resumed;
        match self.peek(0).clone() {
            Value::Object(Kind::Generator, id) => {
                let bottom = self.thread.stack.len();
                self.resume(id, Value::None, bottom, Resumed::Loop(target), at)
            }
            Value::Object(Kind::Iterator, id) => {
                let next = self.next_of_iterator(id)?;
                self.iterated(next, target)
            }
            value => match self.dunder(&value, "__next__") {
                Some(method) => {
                    let bottom = self.thread.stack.len();
                    self.call_with(method, vec![value], Vec::new(), bottom, at, Then::Iterate(target))
                }
                None => {
                    let name = data::types::class_of(&value).name().to_owned();
                    Err(self.error(&exception::TYPE_ERROR, format!("'{name}' object is not an iterator")))
                }
            },
        }
    }

    /// The next value of an iterator object.
    pub(super) fn next_of_iterator(&mut self, id: ObjectId) -> Result<Option<Value>, Halt> {
        self.with(|context, _| {
            // Reaching for it to write comes first: nothing may have changed when it is out of reach.
            let Object::Iterator(iteration) = context.memory.get_mut(id)? else { return Ok(None) };
            let mut iteration = iteration.clone();
            let next = data::iterate::next(context, &mut iteration)?;
            if let Object::Iterator(slot) = context.memory.get_mut(id)? {
                *slot = iteration;
            }
            Ok(next)
        })
    }

    fn get_iterator(&mut self, at: u32) -> Step {
        match self.peek(0) {
            Value::Object(Kind::Generator | Kind::Iterator, _) | Value::Loop(_) => Ok(Flow::Next),
            Value::Instance(_) => {
                let value = self.peek(0).clone();
                match self.iterator_method(&value)? {
                    Some((method, arguments)) => {
                        let bottom = self.thread.stack.len() - 1;
                        self.call_with(method, arguments, Vec::new(), bottom, at, Then::Push)
                    }
                    None => Ok(Flow::Next),
                }
            }
            _ => {
                let iteration = self.with(|context, stack| data::iterate::begin(context, &stack[stack.len() - 1]))?;
                self.replace(1, Value::Loop(Box::new(iteration)));
                Ok(Flow::Next)
            }
        }
    }

    /// What makes an iterator of an instance: its `__iter__`, or the prelude over its `__getitem__`.
    pub(super) fn iterator_method(&mut self, value: &Value) -> Result<Option<(Value, Vec<Value>)>, Halt> {
        if let Some(method) = self.dunder(value, "__iter__") {
            return Ok(Some((method, vec![value.clone()])));
        }
        if self.dunder(value, "__getitem__").is_some()
            && let Some(global) = self.image.prelude("iterate_items")
        {
            return Ok(Some((Value::Prelude(global), vec![value.clone()])));
        }
        let name = data::types::class_of(value).name().to_owned();
        Err(self.error(&exception::TYPE_ERROR, format!("'{name}' object is not iterable")))
    }

    fn build_set(&mut self, count: usize) -> Result<(), Halt> {
        let set = self.with(|context, stack| {
            let mut set = crate::machine::object::Set::default();
            for value in &stack[stack.len() - count..] {
                set.insert(data::hash::key(context, value)?);
            }
            Ok(set)
        })?;
        self.drop_values(count);
        let set = self.new_object(Kind::Set, Object::Set(set));
        self.push(set);
        Ok(())
    }

    fn build_dict(&mut self, pairs: usize) -> Result<(), Halt> {
        let dict = self.with(|context, stack| {
            let mut dict = crate::machine::object::Dict::default();
            for pair in stack[stack.len() - 2 * pairs..].chunks_exact(2) {
                dict.insert(data::hash::key(context, &pair[0])?, pair[1].clone());
            }
            Ok(dict)
        })?;
        self.drop_values(2 * pairs);
        let dict = self.new_object(Kind::Dict, Object::Dict(dict));
        self.push(dict);
        Ok(())
    }

    /// The object `depth` below the top value: a comprehension's result under way.
    fn under_way(&self, depth: usize) -> ObjectId {
        self.peek(depth).object_id().unwrap_or(self.image.namespace)
    }

    fn list_append(&mut self, depth: usize) -> Result<(), Halt> {
        let id = self.under_way(depth);
        let value = self.peek(0).clone();
        self.with(|context, _| {
            if let Object::List(items) = context.memory.get_mut(id)? {
                items.push(value);
            }
            Ok(())
        })?;
        self.pop();
        Ok(())
    }

    fn set_add(&mut self, depth: usize) -> Result<(), Halt> {
        let id = self.under_way(depth);
        self.with(|context, stack| {
            let key = data::hash::key(context, &stack[stack.len() - 1])?;
            if let Object::Set(set) = context.memory.get_mut(id)? {
                set.insert(key);
            }
            Ok(())
        })?;
        self.pop();
        Ok(())
    }

    fn dict_insert(&mut self, depth: usize) -> Result<(), Halt> {
        let id = self.under_way(depth + 1);
        self.with(|context, stack| {
            let key = data::hash::key(context, &stack[stack.len() - 2])?;
            if let Object::Dict(dict) = context.memory.get_mut(id)? {
                dict.insert(key, stack[stack.len() - 1].clone());
            }
            Ok(())
        })?;
        self.drop_values(2);
        Ok(())
    }

    /// Makes a list of the top value with Python code and does the instruction again, unless the value is iterated natively.
    fn materialize(&mut self, at: u32) -> Result<bool, Halt> {
        let value = self.peek(0).clone();
        let python = matches!(value, Value::Instance(_) | Value::Object(Kind::Generator, _));
        if !python {
            return Ok(false);
        }
        let Some(list) = self.image.prelude("list") else { return Ok(false) };
        let bottom = self.thread.stack.len() - 1;
        self.call_with(Value::Prelude(list), vec![value], Vec::new(), bottom, at, Then::Again)?;
        let frames = self.thread.frames.len();
        self.thread.frames[frames - 2].next = at;
        Ok(true)
    }

    fn list_extend(&mut self, at: u32) -> Step {
        if self.materialize(at)? {
            return Ok(Flow::Frame);
        }
        let id = self.under_way(1);
        self.with(|context, stack| {
            let mut added = data::iterate::collect(context, &stack[stack.len() - 1])?;
            if let Object::List(items) = context.memory.get_mut(id)? {
                items.append(&mut added);
            }
            Ok(())
        })?;
        self.pop();
        Ok(Flow::Next)
    }

    fn set_update(&mut self, at: u32) -> Step {
        if self.materialize(at)? {
            return Ok(Flow::Frame);
        }
        let id = self.under_way(1);
        self.with(|context, stack| {
            let added = data::iterate::collect(context, &stack[stack.len() - 1])?;
            let keys = added.iter().map(|value| data::hash::key(context, value)).collect::<Result<Vec<_>, _>>()?;
            if let Object::Set(set) = context.memory.get_mut(id)? {
                set.extend(keys);
            }
            Ok(())
        })?;
        self.pop();
        Ok(Flow::Next)
    }

    fn dict_update(&mut self, for_call: bool) -> Result<(), Halt> {
        let id = self.under_way(1);
        self.with(|context, stack| {
            let source = &stack[stack.len() - 1];
            let Some(Ok(Object::Dict(added))) = source.object_id().map(|id| context.memory.get(id).cloned()) else {
                if let Some(out_of_reach) = source.object_id().and_then(|id| context.memory.get(id).err()) {
                    return Err(out_of_reach);
                }
                let name = data::types::class_of(source).name().to_owned();
                let expected = if for_call { "argument after ** must be a mapping" } else { "object is not a mapping" };
                let message = if for_call { format!("{expected}, not {name}") } else { format!("'{name}' {expected}") };
                return Err(context.type_error(message));
            };
            let Object::Dict(dict) = context.memory.get_mut(id)? else { return Ok(()) };
            if for_call && let Some(key) = added.keys().find(|key| dict.contains_key(*key)) {
                let name = match &key.value {
                    Value::Str(name) => name.as_str().to_owned(),
                    _ => "?".to_owned(),
                };
                return Err(context.type_error(format!("got multiple values for keyword argument '{name}'")));
            }
            dict.extend(added);
            Ok(())
        })?;
        self.pop();
        Ok(())
    }

    fn format_value(&mut self, conversion: Conversion, with_spec: bool, at: u32) -> Step {
        let below = usize::from(with_spec);
        if conversion == Conversion::Format
            && let Some(method) = self.dunder(&self.peek(below).clone(), "__format__")
        {
            let value = self.peek(below).clone();
            let spec = if with_spec { self.peek(0).clone() } else { Value::str("") };
            let bottom = self.thread.stack.len() - 1 - below;
            return self.call_with(method, vec![value, spec], Vec::new(), bottom, at, Then::Push);
        }
        let text = self.with(|context, stack| {
            let value = &stack[stack.len() - 1 - below];
            let spec = match &stack[stack.len() - 1] {
                Value::Str(spec) if with_spec => spec.as_str(),
                _ => "",
            };
            let converted = match conversion {
                Conversion::Format => return data::format::format_value(context, value, spec),
                Conversion::Str => data::repr::str(context, value)?,
                Conversion::Repr => data::repr::repr(context, value)?,
                Conversion::Ascii => data::repr::ascii(&data::repr::repr(context, value)?),
            };
            if spec.is_empty() {
                Ok(converted)
            } else {
                data::format::format_value(context, &Value::str(converted), spec)
            }
        });
        match text {
            Ok(text) => {
                self.replace(1 + below, Value::str(text));
                Ok(Flow::Next)
            }
            // Python code makes the text of the value; format that, with the same instruction.
            Err(Halt::Invoke(invocation)) if with_spec => {
                let spec = self.pop();
                self.pop();
                let bottom = self.thread.stack.len();
                self.formatted_by_python(*invocation, spec, bottom, at)
            }
            Err(halt) => Err(halt),
        }
    }

    /// `{value:spec}` where Python code makes the text: the prelude formats what it gives.
    fn formatted_by_python(
        &mut self,
        invocation: crate::machine::native::Invocation,
        spec: Value,
        bottom: usize,
        at: u32,
    ) -> Step {
        let Some(format) = self.image.prelude("format_called") else { return Ok(Flow::Next) };
        let arguments = vec![invocation.callee, Value::tuple(invocation.arguments), spec];
        self.call_with(Value::Prelude(format), arguments, Vec::new(), bottom, at, Then::Push)
    }

    fn unpack(&mut self, count: usize, at: u32) -> Step {
        if let Value::Tuple(items) = self.peek(0)
            && items.len() == count
        {
            let items = items.clone();
            self.pop();
            self.thread.stack.extend(items.iter().rev().cloned());
            return Ok(Flow::Next);
        }
        if self.materialize(at)? {
            return Ok(Flow::Frame);
        }
        let items = self.with(|context, stack| data::iterate::unpack(context, &stack[stack.len() - 1], count))?;
        self.pop();
        self.thread.stack.extend(items.into_iter().rev());
        Ok(Flow::Next)
    }

    fn unpack_star(&mut self, before: usize, after: usize, at: u32) -> Step {
        if self.materialize(at)? {
            return Ok(Flow::Frame);
        }
        let mut items = self.with(|context, stack| data::iterate::collect(context, &stack[stack.len() - 1]))?;
        if items.len() < before + after {
            let message =
                format!("not enough values to unpack (expected at least {}, got {})", before + after, items.len());
            return Err(self.error(&exception::VALUE_ERROR, message));
        }
        let tail = items.split_off(items.len() - after);
        let rest = items.split_off(before);
        self.pop();
        let rest = self.new_object(Kind::List, Object::List(rest));
        self.thread.stack.extend(tail.into_iter().rev());
        self.push(rest);
        self.thread.stack.extend(items.into_iter().rev());
        Ok(Flow::Next)
    }

    fn raise_value(&mut self, cause: Option<Value>, at: u32) -> Step {
        let below = usize::from(cause.is_some());
        let value = self.peek(below).clone();
        if let Value::Class(class) = &value {
            let class = ClassRef::User(class.clone());
            if super::unwind::is_exception(&class) {
                return self.raise_class(class, cause, at);
            }
        }
        let exception = self.exception_of(&value)?;
        if let Some(cause) = cause {
            self.set_cause(&exception, cause);
        }
        Err(Halt::Raise(exception))
    }

    /// `raise Class`: makes the instance, by Python code when the class has its own `__init__`.
    fn raise_class(&mut self, class: ClassRef, cause: Option<Value>, at: u32) -> Step {
        if class::find(self.image, &class, "__init__").is_none() {
            let exception = exception::make(&mut self.thread.heap, class, Vec::new());
            if let Some(cause) = cause {
                self.set_cause(&exception, cause);
            }
            return Err(Halt::Raise(exception));
        }
        let name = if cause.is_some() { "raise_class_from" } else { "raise_class" };
        let Some(function) = self.image.prelude(name) else { return Ok(Flow::Next) };
        let arguments = std::iter::once(class.value()).chain(cause).collect();
        let bottom = self.thread.stack.len();
        self.call_with(Value::Prelude(function), arguments, Vec::new(), bottom, at, Then::Discard)
    }

    fn make_function(&mut self, id: crate::bytecode::CodeId) -> Step {
        let code = self.image.code(id);
        let keyword_count = code.parameters.keyword_defaults.iter().filter(|given| **given).count();
        let mut given = self.take(keyword_count).into_iter();
        let keyword_defaults = code
            .parameters
            .keyword_defaults
            .iter()
            .map(|has| if *has { given.next().unwrap_or_default() } else { Value::Unbound })
            .collect();
        let defaults = self.take(code.parameters.defaults as usize).into();
        let cells = code.captures.iter().map(|index| self.cell(*index)).collect();
        self.give(Value::Function(Arc::new(Function { code: id, defaults, keyword_defaults, cells })))
    }

    /// Whether the shared heap is in reach at all.
    pub(super) fn is_performing(&self) -> bool {
        !matches!(self.reach, Reach::Private)
    }

    /// `==` and the like for scalars is decided here; `data` and user classes do the rest.
    #[inline]
    fn compare(&mut self, comparison: Comparison, at: u32) -> Step {
        if let (Value::Int(a), Value::Int(b)) = (self.peek(1), self.peek(0)) {
            let answer = match comparison {
                Comparison::Equal | Comparison::Is => a == b,
                Comparison::NotEqual | Comparison::IsNot => a != b,
                Comparison::Less => a < b,
                Comparison::LessOrEqual => a <= b,
                Comparison::Greater => a > b,
                Comparison::GreaterOrEqual => a >= b,
                Comparison::In | Comparison::NotIn => return self.compare_any(comparison, at),
            };
            self.replace(2, Value::Bool(answer));
            return Ok(Flow::Next);
        }
        self.compare_any(comparison, at)
    }

    /// The integer behind a value, for what takes small counts.
    pub(super) fn small(value: &Value) -> Option<i64> {
        match value {
            Value::Int(value) => Some(*value),
            Value::Bool(value) => Some(i64::from(*value)),
            Value::Big(value) => value.to_i64(),
            _ => None,
        }
    }
}
