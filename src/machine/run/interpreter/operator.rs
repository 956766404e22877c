//! Operators: user-defined methods first, then `data`.

use super::{Flow, Step, Vm};
use crate::bytecode::{BinaryOperator, Comparison, Instruction, UnaryOperator};
use crate::machine::data;
use crate::machine::data::class;
use crate::machine::memory::native::{Halt, Result};
use crate::machine::memory::thread::{Candidate, Operands, Operator, Then};
use crate::machine::memory::value::{ClassRef, Descriptor, Kind, Value};

impl Vm<'_> {
    /// What the class of an instance defines under a special name.
    pub(super) fn dunder(&self, value: &Value, name: &str) -> Option<Value> {
        class::find(self.thread.heap.replaced(), self.image, class::speaking_for(value)?, name)
    }

    /// `a op b`, or `a op= b`.
    pub(super) fn binary(&mut self, operator: BinaryOperator, in_place: bool, at: u32) -> Step {
        if operator == BinaryOperator::Add && self.add_to_local(at) {
            return Ok(Flow::Next);
        }
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
        let (left, right) = (self.peek(1), self.peek(0));
        if matches!(left, Value::Instance(_)) || matches!(right, Value::Instance(_)) {
            let methods = self.binary_methods(operator, in_place, left, right);
            let kind = if in_place { Operator::InPlace(operator) } else { Operator::Binary(operator) };
            if let Some(step) = self.ask_operands(kind, methods, at) {
                return step;
            }
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

    /// The methods that may do `left op right`, the first one to be asked last. The right operand's comes first when its
    /// class inherits from the left one's, and does not count when the classes are the same.
    fn binary_methods(&self, operator: BinaryOperator, in_place: bool, left: &Value, right: &Value) -> Vec<Candidate> {
        // A string formats whatever it is given.
        if operator == BinaryOperator::Modulo && matches!(left, Value::Str(_) | Value::Bytes(_)) {
            return Vec::new();
        }
        let (forward, reflected, assigning) = names(operator);
        let method = |of: &Value, name: &str, reflected: bool| {
            self.dunder(of, name).map(|method| Candidate { method, reflected, negate: false })
        };
        let mut methods = Vec::new();
        if !same_class(left, right)
            && let Some(theirs) = method(right, reflected, true)
        {
            methods.push(theirs);
        }
        methods.extend(method(left, forward, false));
        if let [theirs, _] = &methods[..]
            && inherits(right, left)
            && !self.dunder(left, reflected).is_some_and(|inherited| inherited.is(&theirs.method))
        {
            methods.reverse();
        }
        methods.extend(in_place.then(|| method(left, assigning, false)).flatten());
        methods
    }

    /// Calls the first of the methods on the operands, if there is one.
    fn ask_operands(&mut self, operator: Operator, methods: Vec<Candidate>, at: u32) -> Option<Step> {
        if methods.is_empty() {
            return None;
        }
        let (left, right) = (self.peek(1).clone(), self.peek(0).clone());
        let mut operands = Box::new(Operands { left, right, operator, methods, negate: false });
        let candidate = operands.methods.pop()?;
        let bottom = self.thread.stack.len() - 2;
        Some(self.call_candidate(operands, candidate, bottom, at))
    }

    fn call_candidate(&mut self, mut operands: Box<Operands>, candidate: Candidate, bottom: usize, at: u32) -> Step {
        operands.negate = candidate.negate;
        let mut arguments = vec![operands.left.clone(), operands.right.clone()];
        if candidate.reflected {
            arguments.reverse();
        }
        self.call_with(candidate.method, arguments, Vec::new(), bottom, at, Then::Operator(operands))
    }

    /// An operator's method answered `NotImplemented`: the next one is asked, and after the last one there is only what any
    /// two objects have in common.
    pub(super) fn ask_next(&mut self, mut operands: Box<Operands>, at: u32) -> Step {
        let bottom = self.thread.stack.len();
        if let Some(candidate) = operands.methods.pop() {
            return self.call_candidate(operands, candidate, bottom, at);
        }
        let Operands { left, right, operator, .. } = *operands;
        let result = match operator {
            Operator::Comparison(comparison) => {
                self.with(|context, _| data::operator::unlike(context, comparison, &left, &right))
            }
            Operator::InPlace(BinaryOperator::Add) if matches!(left, Value::Object(Kind::List, _)) => {
                let Some(global) = self.image.prelude("list_iadd") else { return Ok(Flow::Next) };
                return self.call_with(Value::Prelude(global), vec![left, right], Vec::new(), bottom, at, Then::Push);
            }
            Operator::Binary(operator) => {
                self.with(|context, _| data::operator::binary(context, operator, &left, &right))
            }
            Operator::InPlace(operator) => {
                self.with(|context, _| data::operator::in_place(context, operator, &left, &right))
            }
        };
        self.push(result?);
        Ok(Flow::Next)
    }

    /// `total += n` for a local that has outgrown 64 bits, or is a string: the local is about to be overwritten, so it lets go
    /// of its value first, which can then be changed in place when nobody else has it.
    fn add_to_local(&mut self, at: u32) -> bool {
        let top = self.thread.stack.len() - 1;
        match (&self.thread.stack[top - 1], &self.thread.stack[top]) {
            (Value::Big(_), Value::Int(_)) => {}
            (Value::Str(text), Value::Str(more))
                if text.is_held_twice() && self.thread.heap.budget().has_room(more.as_str().len() as u64) => {}
            _ => return false,
        }
        let Some(code) = self.thread.frames.last().map(|frame| self.image.code(frame.code)) else { return false };
        let Instruction::StoreLocal(slot) = code.instructions[at as usize + 1] else { return false };
        if !self.peek(1).shares(self.local(slot)) {
            return false;
        }
        *self.local_mut(slot) = Value::Unbound;
        let (below, above) = self.thread.stack.split_at_mut(top);
        match (&mut below[top - 1], &above[0]) {
            (Value::Str(text), Value::Str(more)) => {
                text.append(more);
                self.thread.heap.charge(more.as_str().len());
            }
            (total, Value::Int(addend)) => total.add_in_place(*addend),
            _ => {}
        }
        self.drop_values(1);
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
            if let Comparison::In | Comparison::NotIn = comparison {
                if let Some(method) = self.dunder(self.peek(0), "__contains__") {
                    let arguments = vec![self.peek(0).clone(), self.peek(1).clone()];
                    let bottom = self.thread.stack.len() - 2;
                    let negate = comparison == Comparison::NotIn;
                    return self.call_with(method, arguments, Vec::new(), bottom, at, Then::Truth { negate });
                }
            } else {
                let methods = self.comparison_methods(comparison, self.peek(1), self.peek(0));
                if let Some(step) = self.ask_operands(Operator::Comparison(comparison), methods, at) {
                    return step;
                }
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

    /// The methods that may compare the operands, the first one to be asked last.
    fn comparison_methods(&self, comparison: Comparison, left: &Value, right: &Value) -> Vec<Candidate> {
        let (forward, reflected) = match comparison {
            Comparison::Equal => ("__eq__", "__eq__"),
            Comparison::NotEqual => ("__ne__", "__ne__"),
            Comparison::Less => ("__lt__", "__gt__"),
            Comparison::LessOrEqual => ("__le__", "__ge__"),
            Comparison::Greater => ("__gt__", "__lt__"),
            Comparison::GreaterOrEqual => ("__ge__", "__le__"),
            Comparison::In | Comparison::NotIn | Comparison::Is | Comparison::IsNot => return Vec::new(),
        };
        let method = |of: &Value, name: &str, reflected: bool| {
            let own = self.dunder(of, name).map(|method| Candidate { method, reflected, negate: false });
            // What is not equal is unequal, unless a class says otherwise.
            let contrary = || self.dunder(of, "__eq__").map(|method| Candidate { method, reflected, negate: true });
            own.or_else(|| if name == "__ne__" { contrary() } else { None })
        };
        let mut methods: Vec<Candidate> =
            method(right, reflected, true).into_iter().chain(method(left, forward, false)).collect();
        if methods.len() == 2 && inherits(right, left) {
            methods.reverse();
        }
        methods
    }

    #[inline(never)]
    pub(super) fn load_item(&mut self, at: u32) -> Step {
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
        let Some(Value::Descriptor(descriptor)) =
            class::find(self.thread.heap.replaced(), self.image, &class, "__class_getitem__")
        else {
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

    #[inline(never)]
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
}

fn same_class(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Instance(a), Value::Instance(b)) => a.class == b.class,
        _ => false,
    }
}

/// Whether the class of `a` inherits from that of `b`, and is another one.
fn inherits(a: &Value, b: &Value) -> bool {
    !same_class(a, b) && data::types::class_of(a).is_subclass_of(&data::types::class_of(b))
}

/// The special methods of an operator: forward, reflected, in place.
fn names(operator: BinaryOperator) -> (&'static str, &'static str, &'static str) {
    match operator {
        BinaryOperator::Add => ("__add__", "__radd__", "__iadd__"),
        BinaryOperator::Subtract => ("__sub__", "__rsub__", "__isub__"),
        BinaryOperator::Multiply => ("__mul__", "__rmul__", "__imul__"),
        BinaryOperator::MatrixMultiply => ("__matmul__", "__rmatmul__", "__imatmul__"),
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
