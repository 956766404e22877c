//! Folds: builtins such as `sum` that go through a generator. Its frame stays on the thread's stack from the first value to
//! the last, and each `yield` adds to a result that lies right below it. Where that takes Python code, a value of a class
//! with an operator of its own for example, the generator is put away and the prelude goes on from there.

use super::call::Place;
use super::{Flow, Step, Vm};
use crate::base::ObjectId;
use crate::bytecode::{BinaryOperator, Code, GlobalId, Instruction};
use crate::machine::data;
use crate::machine::data::exception;
use crate::machine::memory::budget::VALUE;
use crate::machine::memory::native::Halt;
use crate::machine::memory::object::Object;
use crate::machine::memory::thread::{Fold, Resumed, Then};
use crate::machine::memory::value::{Kind, Value};

/// What became of a value.
enum Folded {
    /// The result has it.
    In,
    /// It decides the result.
    Last(Value),
    /// Python code has to deal with it.
    Refused,
}

impl Fold {
    /// All of them.
    pub(in crate::machine) const ALL: &[Fold] = &[Fold::All, Fold::Any, Fold::List, Fold::Max, Fold::Min, Fold::Sum];

    /// The prelude function that it stands for.
    pub(in crate::machine) fn name(self) -> &'static str {
        match self {
            Fold::All => "all",
            Fold::Any => "any",
            Fold::List => "list",
            Fold::Max => "max",
            Fold::Min => "min",
            Fold::Sum => "sum",
        }
    }

    /// The prelude function that goes on with a result so far, a value that Python code has to deal with, and the rest.
    fn rest(self) -> Option<&'static str> {
        match self {
            Fold::All => Some("all_rest"),
            Fold::Any => Some("any_rest"),
            Fold::List => None,
            Fold::Max => Some("max_rest"),
            Fold::Min => Some("min_rest"),
            Fold::Sum => Some("sum_rest"),
        }
    }
}

impl Vm<'_> {
    /// Calls a prelude function that is a fold, if the call goes through a generator of this thread's own and does nothing
    /// else. The arguments lie on the stack.
    pub(super) fn fold(&mut self, global: GlobalId, place: Place<'_>, then: &Then) -> Option<Step> {
        let fold = self.image.fold(global)?;
        let again = match then {
            Then::Push => false,
            Then::Again => true,
            Then::Discard
            | Then::Instance(_)
            | Then::Class(..)
            | Then::Truth { .. }
            | Then::Operator(_)
            | Then::Condition(_)
            | Then::Checked(_)
            | Then::Answer(_)
            | Then::Iterate(_)
            | Then::Delegate(_)
            | Then::Default(_)
            | Then::Attribute { .. }
            | Then::Generator(..)
            | Then::Words(_)
            | Then::Told
            | Then::End => return None,
        };
        let Place { bottom, first, names, at } = place;
        let (id, start) = match &self.thread.stack[first..] {
            [Value::Object(Kind::Generator, id)] => (*id, None),
            [Value::Object(Kind::Generator, id), start @ (Value::Int(_) | Value::Float(_))] if fold == Fold::Sum => {
                (*id, Some(start.copy()))
            }
            _ => return None,
        };
        let Some(Object::Generator(generator)) = self.thread.heap.get(id) else { return None };
        if generator.suspended.is_none() || !names.is_empty() {
            return None;
        }
        let result = match fold {
            Fold::All => Value::Bool(true),
            Fold::Any => Value::Bool(false),
            Fold::List => self.new_object(Kind::List, Object::List(Vec::new())),
            Fold::Max | Fold::Min => Value::Unbound,
            Fold::Sum => start.unwrap_or(Value::Int(0)),
        };
        self.thread.stack[bottom] = result;
        Some(self.resume(id, Value::None, bottom + 1, Resumed::Fold { fold, again }, at))
    }

    /// `yield` to a fold.
    pub(super) fn fold_in(&mut self, id: ObjectId, fold: Fold, code: &Code, at: u32) -> Step {
        let below = self.frame().locals as usize - 1;
        let last = match self.folded(fold, below)? {
            Folded::In => {
                // Nobody sends it anything; mostly it drops that at once.
                if code.instructions[at as usize + 1] == Instruction::Pop {
                    self.drop_top();
                    return Ok(Flow::Goto(at + 2));
                }
                self.replace(1, Value::None);
                return Ok(Flow::Next);
            }
            Folded::Last(value) => Some(value),
            Folded::Refused => None,
        };
        let (value, then) = self.put_away(id, at)?;
        let result = self.pop();
        if let Some(last) = last {
            self.push(last);
            return Ok(Flow::Frame);
        }
        let Some(rest) = fold.rest().and_then(|name| self.image.prelude(name)) else { return Ok(Flow::Frame) };
        let again = matches!(then, Then::Generator(_, Resumed::Fold { again: true, .. }));
        let at = self.frame().next - u32::from(!again);
        let then = if again { Then::Again } else { Then::Push };
        let arguments = vec![result, value, Value::Object(Kind::Generator, id)];
        let bottom = self.thread.stack.len();
        let caller = self.thread.frames.len() - 1;
        match self.call_with(Value::Prelude(rest), arguments, Vec::new(), bottom, at, then) {
            Err(Halt::Raise(exception)) => {
                self.frame().next = at;
                self.raise(exception, true);
            }
            Err(halt) => return Err(halt),
            Ok(_) if again => self.thread.frames[caller].next = at,
            Ok(_) => {}
        }
        Ok(Flow::Frame)
    }

    /// Adds the top value to the result, which lies at `below`.
    #[inline]
    fn folded(&mut self, fold: Fold, below: usize) -> Result<Folded, Halt> {
        let top = self.thread.stack.len() - 1;
        match fold {
            Fold::Sum => {
                let (result, value) = self.thread.stack.split_at_mut(top);
                return Ok(added(&mut result[below], &value[0]));
            }
            Fold::List => {
                let Value::Object(_, list) = self.thread.stack[below] else { return Ok(Folded::Refused) };
                // Nobody else has it yet.
                if let Some(Object::List(items)) = self.thread.heap.get_mut(list) {
                    items.push(std::mem::take(&mut self.thread.stack[top]));
                    let length = items.len();
                    self.thread.heap.grown(length, VALUE);
                }
            }
            Fold::All | Fold::Any => {
                if matches!(self.thread.stack[top], Value::Instance(_)) {
                    return Ok(Folded::Refused);
                }
                let truth = self.with(|context, stack| data::truth(context, &stack[top]))?;
                if truth == (fold == Fold::Any) {
                    return Ok(Folded::Last(Value::Bool(truth)));
                }
            }
            Fold::Max | Fold::Min => {
                let better = match (&self.thread.stack[below], &self.thread.stack[top]) {
                    (Value::Unbound, _) => true,
                    (Value::Int(best), Value::Int(value)) => outdoes(fold, value, best),
                    (Value::Float(best), Value::Float(value)) => outdoes(fold, value, best),
                    (Value::Str(best), Value::Str(value)) => outdoes(fold, value.as_str(), best.as_str()),
                    _ => return Ok(Folded::Refused),
                };
                if better {
                    self.thread.stack.swap(below, top);
                }
            }
        }
        Ok(Folded::In)
    }

    /// What a fold gives whose generator is over; its result so far lies on top of the stack.
    ///
    /// # Errors
    /// `ValueError` for the least of nothing.
    pub(super) fn fold_over(&mut self, fold: Fold) -> Step {
        if self.peek(0).is_unbound() {
            self.pop();
            return Err(self.error(&exception::VALUE_ERROR, format!("{}() arg is an empty sequence", fold.name())));
        }
        Ok(Flow::Next)
    }
}

fn outdoes<T: PartialOrd + ?Sized>(fold: Fold, value: &T, best: &T) -> bool {
    if fold == Fold::Max { value > best } else { value < best }
}

/// Adds numbers where the first one lies.
#[inline]
fn added(total: &mut Value, value: &Value) -> Folded {
    match (&mut *total, value) {
        (Value::Int(a), Value::Int(b)) if a.checked_add(*b).is_some() => *a += *b,
        (Value::Float(a), Value::Float(b)) => *a += *b,
        (Value::Big(_), Value::Int(addend)) => total.add_in_place(*addend),
        (a, b) => match data::arithmetic::binary(BinaryOperator::Add, a, b) {
            Some(Ok(sum)) => *total = sum,
            _ => return Folded::Refused,
        },
    }
    Folded::In
}
