//! Operators: user-defined methods first, then `data`.

use super::{Flow, Step, Vm};
use crate::bytecode::{BinaryOperator, Comparison, Instruction, UnaryOperator};
use crate::machine::class;
use crate::machine::data;
use crate::machine::exception;
use crate::machine::native::{Halt, Result};
use crate::machine::object::Object;
use crate::machine::thread::Then;
use crate::machine::value::{ClassRef, Descriptor, Kind, Value};

impl Vm<'_> {
    /// What the class of an instance defines under a special name.
    pub(super) fn dunder(&self, value: &Value, name: &str) -> Option<Value> {
        match value {
            Value::Instance(instance) => class::find(self.image, &instance.class, name),
            _ => None,
        }
    }

    /// The commonest of arithmetic, done where the left operand lies; `None`: nothing was done.
    #[inline(always)]
    pub(super) fn calculate(&mut self, operator: BinaryOperator) -> Option<()> {
        match &mut self.thread.stack[..] {
            [.., Value::Int(a), Value::Int(b)] => *a = data::arithmetic::integers(operator, *a, *b)?,
            [.., Value::Float(a), Value::Float(b)] => *a = data::arithmetic::floats(operator, *a, *b)?,
            _ => return None,
        }
        std::mem::forget(self.thread.stack.pop());
        Some(())
    }

    /// `a op b`, or `a op= b`.
    pub(super) fn binary(&mut self, operator: BinaryOperator, in_place: bool, at: u32) -> Step {
        match data::arithmetic::scalar(operator, self.peek(1), self.peek(0)) {
            Some(result) => {
                self.replace(2, result);
                Ok(Flow::Next)
            }
            None => self.operate(operator, at, in_place),
        }
    }

    #[inline(never)]
    fn operate(&mut self, operator: BinaryOperator, at: u32, in_place: bool) -> Step {
        if matches!(self.peek(1), Value::Instance(_)) || matches!(self.peek(0), Value::Instance(_)) {
            let (a, b) = (self.peek(1).clone(), self.peek(0).clone());
            let (forward, reflected, assigning) = names(operator);
            let own = in_place.then(|| self.dunder(&a, assigning)).flatten().or_else(|| self.dunder(&a, forward));
            let found = match own {
                Some(method) => Some((method, vec![a, b])),
                None => self.dunder(&b, reflected).map(|method| (method, vec![b, a])),
            };
            if let Some((method, arguments)) = found {
                let bottom = self.thread.stack.len() - 2;
                return self.call_with(method, arguments, Vec::new(), bottom, at, Then::Operator(operator.symbol()));
            }
        }
        if in_place && self.add_to_big(operator, at) {
            return Ok(Flow::Next);
        }
        let result = self.with(|context, stack| {
            let (a, b) = (&stack[stack.len() - 2], &stack[stack.len() - 1]);
            if in_place {
                data::operator::in_place(context, operator, a, b)
            } else {
                data::operator::binary(context, operator, a, b)
            }
        })?;
        // What is changed in place stays the object that it is.
        let same = in_place && matches!(self.peek(1), Value::Instance(_)) && result.is(self.peek(1).plain());
        let result = if same { self.peek(1).clone() } else { result };
        self.replace(2, result);
        Ok(Flow::Next)
    }

    /// `total += n` for a local that has outgrown 64 bits: the local is about to be overwritten, so it lets go of its number
    /// first, which can then be changed in place when nobody else has it.
    fn add_to_big(&mut self, operator: BinaryOperator, at: u32) -> bool {
        let (Value::Big(_), Value::Int(addend)) = (self.peek(1), self.peek(0)) else { return false };
        let addend = *addend;
        let Some(code) = self.thread.frames.last().map(|frame| self.image.code(frame.code)) else { return false };
        let Instruction::StoreLocal(slot) = code.instructions[at as usize + 1] else { return false };
        if operator != BinaryOperator::Add || !self.peek(1).is(&self.thread.stack[self.locals + slot as usize]) {
            return false;
        }
        *self.local(slot) = Value::Unbound;
        self.pop();
        let top = self.thread.stack.len() - 1;
        self.thread.stack[top].add_in_place(addend);
        true
    }

    pub(super) fn unary(&mut self, operator: UnaryOperator, at: u32) -> Step {
        let name = match operator {
            UnaryOperator::Negate => "__neg__",
            UnaryOperator::Positive => "__pos__",
            UnaryOperator::Invert | UnaryOperator::Not => "__invert__",
        };
        if let Some(method) = self.dunder(self.peek(0), name) {
            let value = self.peek(0).clone();
            let bottom = self.thread.stack.len() - 1;
            return self.call_with(method, vec![value], Vec::new(), bottom, at, Then::Push);
        }
        let result = self.with(|context, stack| data::operator::unary(context, operator, &stack[stack.len() - 1]))?;
        self.replace(1, result);
        Ok(Flow::Next)
    }

    /// Comparisons of anything.
    #[inline(never)]
    pub(super) fn compare_any(&mut self, comparison: Comparison, at: u32) -> Step {
        if matches!(self.peek(1), Value::Instance(_)) || matches!(self.peek(0), Value::Instance(_)) {
            let (a, b) = (self.peek(1).clone(), self.peek(0).clone());
            if let Some((method, arguments, negate)) = self.comparison_method(comparison, a, b) {
                let bottom = self.thread.stack.len() - 2;
                let within = matches!(comparison, Comparison::In | Comparison::NotIn);
                let then = if within { Then::Truth { negate } } else { Then::Answer { negate } };
                return self.call_with(method, arguments, Vec::new(), bottom, at, then);
            }
        }
        let result = self.with(|context, stack| {
            data::operator::compare(context, comparison, &stack[stack.len() - 2], &stack[stack.len() - 1])
        });
        match result {
            Ok(answer) => {
                self.replace(2, answer);
                Ok(Flow::Next)
            }
            // Python code answers `==` or `in`; the contrary may be wanted.
            Err(Halt::Invoke(call)) => {
                let negate = matches!(comparison, Comparison::NotEqual | Comparison::NotIn);
                let bottom = self.thread.stack.len() - 2;
                self.call_with(call.callee, call.arguments, call.keywords, bottom, at, Then::Truth { negate })
            }
            Err(halt) => Err(halt),
        }
    }

    fn comparison_method(&self, comparison: Comparison, a: Value, b: Value) -> Option<(Value, Vec<Value>, bool)> {
        let either = |forward: &str, reflected: &str| match self.dunder(&a, forward) {
            Some(method) => Some((method, vec![a.clone(), b.clone()], false)),
            None => self.dunder(&b, reflected).map(|method| (method, vec![b.clone(), a.clone()], false)),
        };
        match comparison {
            Comparison::Equal => either("__eq__", "__eq__"),
            Comparison::NotEqual => either("__ne__", "__ne__")
                .or_else(|| either("__eq__", "__eq__").map(|(method, arguments, _)| (method, arguments, true))),
            Comparison::Less => either("__lt__", "__gt__"),
            Comparison::LessOrEqual => either("__le__", "__ge__"),
            Comparison::Greater => either("__gt__", "__lt__"),
            Comparison::GreaterOrEqual => either("__ge__", "__le__"),
            Comparison::In | Comparison::NotIn => {
                let method = self.dunder(&b, "__contains__")?;
                Some((method, vec![b, a], comparison == Comparison::NotIn))
            }
            Comparison::Is | Comparison::IsNot => None,
        }
    }

    #[inline]
    pub(super) fn load_item(&mut self, at: u32) -> Step {
        if let (Value::Object(Kind::List, id), Value::Int(index)) = (self.peek(1), self.peek(0))
            && let Some(Object::List(items)) = self.thread.heap.get(*id)
            && let Some(value) = items.get(*index as usize)
        {
            let value = value.copy();
            self.replace(2, value);
            return Ok(Flow::Next);
        }
        self.load_any_item(at)
    }

    #[inline(never)]
    fn load_any_item(&mut self, at: u32) -> Step {
        if self.item_by_python("__getitem__", 2, at, Then::Push)? || self.class_item(at)? || self.missing_item(at)? {
            return Ok(Flow::Frame);
        }
        let value =
            self.with(|context, stack| data::item::load(context, &stack[stack.len() - 2], &stack[stack.len() - 1]))?;
        self.replace(2, value);
        Ok(Flow::Next)
    }

    /// `Class[index]`
    fn class_item(&mut self, at: u32) -> Result<bool> {
        let Value::Class(class) = self.peek(1) else { return Ok(false) };
        let class = ClassRef::User(class.clone());
        let Some(Value::Descriptor(descriptor)) = class::find(self.image, &class, "__class_getitem__") else {
            return Ok(false);
        };
        let Descriptor::Class(function) = &*descriptor else { return Ok(false) };
        let arguments = vec![class.value(), self.peek(0).clone()];
        let bottom = self.thread.stack.len() - 2;
        self.call_with(function.clone(), arguments, Vec::new(), bottom, at, Then::Push)?;
        Ok(true)
    }

    /// What a dict's class makes of a key that is not there.
    fn missing_item(&mut self, at: u32) -> Result<bool> {
        let Some(method) = self.dunder(self.peek(1), "__missing__") else { return Ok(false) };
        if !matches!(self.peek(1).plain(), Value::Object(Kind::Dict, _)) {
            return Ok(false);
        }
        let there = self
            .with(|context, stack| data::contains(context, stack[stack.len() - 2].plain(), &stack[stack.len() - 1]))?;
        if there {
            return Ok(false);
        }
        let bottom = self.thread.stack.len() - 2;
        let arguments = self.thread.stack[bottom..].to_vec();
        self.call_with(method, arguments, Vec::new(), bottom, at, Then::Push)?;
        Ok(true)
    }

    pub(super) fn store_item(&mut self, at: u32) -> Step {
        if let Some(method) = self.dunder(self.peek(1), "__setitem__") {
            let arguments = vec![self.peek(1).clone(), self.peek(0).clone(), self.peek(2).clone()];
            let bottom = self.thread.stack.len() - 3;
            return self.call_with(method, arguments, Vec::new(), bottom, at, Then::Discard);
        }
        self.with(|context, stack| {
            let top = stack.len();
            data::item::store(context, &stack[top - 2], &stack[top - 1], stack[top - 3].copy())
        })?;
        self.drop_values(3);
        Ok(Flow::Next)
    }

    pub(super) fn delete_item(&mut self, at: u32) -> Step {
        if self.item_by_python("__delitem__", 2, at, Then::Discard)? {
            return Ok(Flow::Frame);
        }
        self.with(|context, stack| data::item::delete(context, &stack[stack.len() - 2], &stack[stack.len() - 1]))?;
        self.drop_values(2);
        Ok(Flow::Next)
    }

    /// Calls a special method on the operands in their order, if the first one's class defines it.
    fn item_by_python(&mut self, name: &str, operands: usize, at: u32, then: Then) -> Result<bool> {
        let Some(method) = self.dunder(self.peek(operands - 1), name) else { return Ok(false) };
        let bottom = self.thread.stack.len() - operands;
        let arguments = self.thread.stack[bottom..].to_vec();
        self.call_with(method, arguments, Vec::new(), bottom, at, then)?;
        Ok(true)
    }

    /// An operator's method answered `NotImplemented`.
    pub(super) fn operator_refused(&mut self, symbol: &str) -> crate::machine::native::Halt {
        self.error(&exception::TYPE_ERROR, format!("unsupported operand type(s) for {symbol}"))
    }
}

/// The special methods of an operator: forward, reflected, in place.
fn names(operator: BinaryOperator) -> (&'static str, &'static str, &'static str) {
    match operator {
        BinaryOperator::Add => ("__add__", "__radd__", "__iadd__"),
        BinaryOperator::Subtract => ("__sub__", "__rsub__", "__isub__"),
        BinaryOperator::Multiply => ("__mul__", "__rmul__", "__imul__"),
        BinaryOperator::Divide => ("__truediv__", "__rtruediv__", "__itruediv__"),
        BinaryOperator::FloorDivide => ("__floordiv__", "__rfloordiv__", "__ifloordiv__"),
        BinaryOperator::Modulo => ("__mod__", "__rmod__", "__imod__"),
        BinaryOperator::Power => ("__pow__", "__rpow__", "__ipow__"),
        BinaryOperator::ShiftLeft => ("__lshift__", "__rlshift__", "__ilshift__"),
        BinaryOperator::ShiftRight => ("__rshift__", "__rrshift__", "__irshift__"),
        BinaryOperator::And => ("__and__", "__rand__", "__iand__"),
        BinaryOperator::Or => ("__or__", "__ror__", "__ior__"),
        BinaryOperator::Xor => ("__xor__", "__rxor__", "__ixor__"),
    }
}
