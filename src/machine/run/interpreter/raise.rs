//! Instructions about exceptions and `with`.

use super::{Flow, Step, Vm};
use crate::bytecode::Instruction;
use crate::machine::data::{class, exception};
use crate::machine::memory::native::Halt;
use crate::machine::memory::thread::Then;
use crate::machine::memory::value::{ClassRef, Value};

impl Vm<'_> {
    /// Instructions about exceptions and `with`.
    pub(super) fn execute_exception(&mut self, at: u32, instruction: Instruction) -> Step {
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
            I::ExitWithHandled => self.exit_with(true, at),
            // No more than moves and jumps: what is tried first does these.
            I::None | I::Pop | I::StoreLocal(_) | I::Jump(_) => Ok(Flow::Next),
            // The functions above deal with these.
            I::Constant(_)
            | I::Duplicate
            | I::DuplicatePair
            | I::Swap
            | I::Rotate3
            | I::Rotate4
            | I::LoadLocal(_)
            | I::DeleteLocal(_)
            | I::LoadCell(_)
            | I::StoreCell(_)
            | I::DeleteCell(_)
            | I::NewCell(_)
            | I::LoadGlobal(_)
            | I::StoreGlobal(_)
            | I::DeleteGlobal(_)
            | I::LoadClassName(..)
            | I::LoadAttribute(_)
            | I::StoreAttribute(_)
            | I::DeleteAttribute(_)
            | I::LoadItem
            | I::StoreItem
            | I::DeleteItem
            | I::BuildSlice
            | I::BuildTuple(_)
            | I::BuildList(_)
            | I::BuildSet(_)
            | I::BuildDict(_)
            | I::ListAppend(_)
            | I::SetAdd(_)
            | I::DictInsert(_)
            | I::ListExtend
            | I::ArgumentsExtend
            | I::SetUpdate
            | I::DictUpdate
            | I::KeywordsMerge
            | I::ListToTuple
            | I::BuildString(_)
            | I::FormatValue(_)
            | I::FormatWithSpec(_)
            | I::Unpack(_)
            | I::UnpackStar(..)
            | I::Unary(_)
            | I::Binary(_)
            | I::InPlace(_)
            | I::Compare(_)
            | I::JumpIfTrue(_)
            | I::JumpIfFalse(_)
            | I::JumpIfTrueOrPop(_)
            | I::JumpIfFalseOrPop(_)
            | I::GetIterator
            | I::ForIterate(_)
            | I::Delegate(_)
            | I::Call(_)
            | I::Vacancy
            | I::LoadMethod(..)
            | I::CallMethod(_)
            | I::CallKeywords(_)
            | I::CallSpread
            | I::MakeFunction(_)
            | I::MakeClass(..)
            | I::MakeClassWith(..)
            | I::LoadSuper
            | I::Return
            | I::Yield
            | I::Import(_)
            | I::ImportMember(..)
            | I::LoadBound(_)
            | I::LoadBoundLocal(_)
            | I::EnterWith
            | I::ExitWith => Ok(Flow::Next),
        }
    }

    fn assertion(&mut self, arguments: Vec<Value>) -> Halt {
        let class = ClassRef::Builtin(&exception::ASSERTION_ERROR);
        Halt::Raise(exception::make(&mut self.thread.heap, class, arguments))
    }

    fn raise_value(&mut self, cause: Option<Value>, at: u32) -> Step {
        let below = usize::from(cause.is_some());
        let value = self.peek(below).clone();
        let proper = match &cause {
            Some(Value::Type(class)) => class.is_subtype_of(&exception::BASE_EXCEPTION),
            Some(Value::Class(class)) => super::unwind::is_exception(&ClassRef::User(class.clone())),
            Some(Value::Instance(instance)) => super::unwind::is_exception(&instance.class),
            cause => matches!(cause, None | Some(Value::None)),
        };
        if !proper {
            return Err(self.error(&exception::TYPE_ERROR, "exception causes must derive from BaseException"));
        }
        if let Some(class) = self.class_to_call(&value) {
            let name = if cause.is_some() { "raise_class_from" } else { "raise_class" };
            return self.raise_by(name, std::iter::once(class).chain(cause).collect(), at);
        }
        let exception = self.exception_of(&value)?;
        self.reach_exception(&exception)?;
        if let Some(cause) = cause {
            if let Some(class) = self.class_to_call(&cause) {
                return self.raise_by("raise_from_class", vec![exception, class], at);
            }
            let cause = if matches!(cause, Value::None) { cause } else { self.exception_of(&cause)? };
            self.set_cause(&exception, cause);
        }
        Err(Halt::Raise(exception))
    }

    /// An exception class of the program with an `__init__` of its own: it takes Python code to make an instance.
    fn class_to_call(&self, value: &Value) -> Option<Value> {
        let Value::Class(class) = value else { return None };
        let class = ClassRef::User(class.clone());
        let has_init = || class::find(self.thread.heap.replaced(), self.image, &class, "__init__").is_some();
        (super::unwind::is_exception(&class) && has_init()).then(|| value.clone())
    }

    fn raise_by(&mut self, prelude: &str, arguments: Vec<Value>, at: u32) -> Step {
        let Some(function) = self.image.prelude(prelude) else { return Ok(Flow::Next) };
        let bottom = self.thread.stack.len();
        self.call_with(Value::Prelude(function), arguments, Vec::new(), bottom, at, Then::Discard)
    }
}
