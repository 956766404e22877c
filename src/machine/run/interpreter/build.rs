//! Building values, and taking them apart.

use super::{Flow, Step, Vm};
use crate::base::ObjectId;
use crate::bytecode::{CodeId, Conversion};
use crate::machine::data;
use crate::machine::data::exception;
use crate::machine::memory::budget::{self, ENTRY, VALUE};
use crate::machine::memory::native::{Halt, Invocation};
use crate::machine::memory::object::{Dict, Instance, Object, Payload, Set};
use crate::machine::memory::thread::Then;
use crate::machine::memory::value::{ClassRef, Function, Kind, Value};
use triomphe::Arc;

impl Vm<'_> {
    pub(super) fn build_set(&mut self, count: usize) -> Result<(), Halt> {
        let set = self.with(|context, stack| {
            let mut set = Set::default();
            for value in &stack[stack.len() - count..] {
                let key = data::hash::key(context, value)?;
                data::key::add(context, &mut set, key).map_err(|fault| fault.halt(context))?;
            }
            Ok(set)
        })?;
        self.drop_values(count);
        let set = self.new_object(Kind::Set, Object::Set(set));
        self.push(set);
        Ok(())
    }

    pub(super) fn build_dict(&mut self, pairs: usize) -> Result<(), Halt> {
        let dict = self.with(|context, stack| {
            let mut dict = Dict::default();
            for pair in stack[stack.len() - 2 * pairs..].chunks_exact(2) {
                let key = data::hash::key(context, &pair[0])?;
                data::key::put(context, &mut dict, key, pair[1].clone()).map_err(|fault| fault.halt(context))?;
            }
            Ok(dict)
        })?;
        self.drop_values(2 * pairs);
        let dict = self.new_object(Kind::Dict, Object::Dict(dict));
        self.push(dict);
        Ok(())
    }

    /// The object `depth` below the top value: a comprehension's result under way.
    pub(super) fn under_way(&self, depth: usize) -> ObjectId {
        self.peek(depth).object_id().unwrap_or(self.image.namespace)
    }

    pub(super) fn list_append(&mut self, depth: usize) -> Result<(), Halt> {
        let id = self.under_way(depth);
        if let Some(Object::List(items)) = self.thread.heap.get_mut(id) {
            items.push(self.thread.stack.pop().unwrap_or_default());
            let length = items.len();
            self.thread.heap.grown(length, VALUE);
            return Ok(());
        }
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

    pub(super) fn set_add(&mut self, depth: usize) -> Result<(), Halt> {
        let id = self.under_way(depth);
        self.with(|context, stack| data::set::put(context, id, &stack[stack.len() - 1]))?;
        self.pop();
        Ok(())
    }

    pub(super) fn dict_insert(&mut self, depth: usize) -> Result<(), Halt> {
        let id = self.under_way(depth + 1);
        self.with(|context, stack| {
            let dict = Value::Object(Kind::Dict, id);
            data::item::store(context, &dict, &stack[stack.len() - 2], stack[stack.len() - 1].clone())
        })?;
        self.drop_values(2);
        Ok(())
    }

    /// Makes a list of the top value with Python code and does the instruction again, unless the value is iterated natively.
    pub(super) fn materialize(&mut self, at: u32) -> Result<bool, Halt> {
        let value = self.peek(0).clone();
        let python = match &value {
            Value::Object(Kind::Generator | Kind::Iterator, _) => true,
            Value::Instance(_) if self.iterates_natively(&value) => false,
            Value::Instance(_) => ["__iter__", "__getitem__"].iter().any(|name| self.dunder(&value, name).is_some()),
            _ => false,
        };
        if !python {
            return Ok(false);
        }
        let Some(list) = self.image.prelude("list") else { return Ok(false) };
        let bottom = self.thread.stack.len() - 1;
        let depth = self.thread.frames.len();
        self.call_with(Value::Prelude(list), vec![value], Vec::new(), bottom, at, Then::Again)?;
        self.thread.frames[depth - 1].next = at;
        Ok(true)
    }

    /// Extends a list by the top value; or the arguments for `callee`.
    pub(super) fn list_extend(&mut self, callee: Option<&Value>, at: u32) -> Step {
        if self.materialize(at)? {
            return Ok(Flow::Frame);
        }
        let id = self.under_way(1);
        self.with(|context, stack| {
            let value = &stack[stack.len() - 1];
            if !data::iterate::is_iterable(context, value) {
                let of = callee.map_or("Value".to_owned(), |callee| data::repr::callee(context, callee) + " argument");
                let name = data::types::name_of(value);
                return Err(context.type_error(format!("{of} after * must be an iterable, not {name}")));
            }
            let mut added = data::iterate::collect(context, value)?;
            if let Object::List(items) = context.memory.get_mut(id)? {
                items.append(&mut added);
            }
            Ok(())
        })?;
        self.pop();
        Ok(Flow::Next)
    }

    pub(super) fn set_update(&mut self, at: u32) -> Step {
        if self.materialize(at)? {
            return Ok(Flow::Frame);
        }
        let id = self.under_way(1);
        self.with(|context, stack| {
            let added = data::iterate::collect(context, &stack[stack.len() - 1])?;
            data::set::put_all(context, id, &added)
        })?;
        self.pop();
        Ok(Flow::Next)
    }

    /// Updates a dict by the top value; or the keyword arguments for `callee`.
    pub(super) fn dict_update(&mut self, callee: Option<&Value>, at: u32) -> Step {
        if self.materialize_mapping(at)? {
            return Ok(Flow::Frame);
        }
        let id = self.under_way(1);
        self.with(|context, stack| {
            let source = stack[stack.len() - 1].plain();
            let Some(Ok(Object::Dict(added))) = source.object_id().map(|id| context.memory.get(id).cloned()) else {
                if let Some(out_of_reach) = source.object_id().and_then(|id| context.memory.get(id).err()) {
                    return Err(out_of_reach);
                }
                let name = data::types::name_of(source);
                return Err(match callee.map(|callee| data::repr::callee(context, callee)) {
                    Some(callee) => {
                        context.type_error(format!("{callee} argument after ** must be a mapping, not {name}"))
                    }
                    None => context.type_error(format!("'{name}' object is not a mapping")),
                });
            };
            context.memory.claim_items(added.len(), ENTRY)?;
            let Object::Dict(dict) = context.memory.get_mut(id)? else { return Ok(()) };
            if let Some(callee) = callee {
                let twice = added.keys().find(|key| dict.contains_key(*key)).map(|key| key.value.clone());
                if let Some(Value::Str(name)) = twice {
                    let callee = data::repr::callee(context, callee);
                    let message = format!("{callee} got multiple values for keyword argument '{}'", name.as_str());
                    return Err(context.type_error(message));
                }
            }
            let added = added.into_iter().collect();
            data::dict::merge(context, id, added).map_err(|fault| fault.halt(context))
        })?;
        self.pop();
        Ok(Flow::Next)
    }

    /// Makes a dict of the top value with Python code and does the instruction again, if its class makes a mapping of it.
    fn materialize_mapping(&mut self, at: u32) -> Result<bool, Halt> {
        let value = self.peek(0);
        let is_dict = matches!(value.plain(), Value::Object(Kind::Dict, _));
        if is_dict || self.dunder(value, "keys").is_none() {
            return Ok(false);
        }
        let Some(dict) = self.image.prelude("dict") else { return Ok(false) };
        let value = value.clone();
        let bottom = self.thread.stack.len() - 1;
        let depth = self.thread.frames.len();
        self.call_with(Value::Prelude(dict), vec![value], Vec::new(), bottom, at, Then::Again)?;
        self.thread.frames[depth - 1].next = at;
        Ok(true)
    }

    pub(super) fn format_value(&mut self, conversion: Conversion, with_spec: bool, at: u32) -> Step {
        // A string is its own text.
        if !with_spec
            && matches!(conversion, Conversion::Format | Conversion::Str)
            && matches!(self.peek(0), Value::Str(_))
        {
            return Ok(Flow::Next);
        }
        let below = usize::from(with_spec);
        if conversion == Conversion::Format
            && let Some(method) = self.dunder(self.peek(below), "__format__")
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
    pub(super) fn formatted_by_python(&mut self, invocation: Invocation, spec: Value, bottom: usize, at: u32) -> Step {
        let Some(format) = self.image.prelude("format_called") else { return Ok(Flow::Next) };
        let arguments = vec![invocation.callee, Value::tuple(invocation.arguments), spec];
        self.call_with(Value::Prelude(format), arguments, Vec::new(), bottom, at, Then::Push)
    }

    pub(super) fn unpack(&mut self, count: usize, at: u32) -> Step {
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

    pub(super) fn unpack_star(&mut self, before: usize, after: usize, at: u32) -> Step {
        if !self.with(|context, stack| data::iterate::is_iterable(context, &stack[stack.len() - 1])) {
            let message = format!("cannot unpack non-iterable {} object", data::types::name_of(self.peek(0)));
            return Err(self.error(&exception::TYPE_ERROR, message));
        }
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

    pub(super) fn make_function(&mut self, id: CodeId) -> Step {
        let code = self.image.code(id);
        let mut given = self.take(code.parameters.keyword_default_count()).into_iter();
        let keyword_defaults = code
            .parameters
            .keyword_defaults
            .iter()
            .map(|has| if *has { given.next().unwrap_or_default() } else { Value::Unbound })
            .collect();
        let defaults = self.take(code.parameters.defaults as usize).into();
        let cells = code.captures.iter().map(|index| self.cell(*index)).collect();
        let attributes = self.image.program.function_attributes.then(|| {
            let class = ClassRef::Builtin(&data::types::FUNCTION);
            self.thread.heap.add(Object::Instance(Instance::new(class, Payload::None)))
        });
        let function = Function { code: id, defaults, keyword_defaults, cells, original: None, attributes };
        self.thread.heap.charge(budget::of_values(function.defaults.len() + function.keyword_defaults.len()));
        self.give(Value::Function(Arc::new(function)))
    }
}
