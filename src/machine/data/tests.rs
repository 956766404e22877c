//! Tables of expressions and what CPython 3.11 gives for them: here what the tables are checked with, beneath the tables.

use super::*;
use crate::base::{Source, ThreadId};
use crate::bytecode::{BinaryOperator, Comparison, Program};
use crate::machine::memory::heap::PrivateHeap;
use crate::machine::memory::native::{Answers, Arguments, Call, Context, Halt, Native, Result};
use crate::machine::memory::object::{Object, Payload};
use crate::machine::memory::reach::{Memory, Reach};
use crate::machine::memory::value::ClassRef;
use crate::machine::run::image::Image;
use num_bigint::BigInt;
use triomphe::Arc;

mod containers;
mod methods;
mod numbers;
mod text;

/// Runs a test with a context of an empty program.
fn with<T>(test: impl FnOnce(&mut Context<'_>) -> T) -> T {
    let program = Program {
        arguments: Vec::new(),
        source: std::sync::Arc::new(std::sync::Arc::new(Source::new("test.py", "")).into()),
        codes: Vec::new(),
        startup: Vec::new(),
        spawned: None,
        modules: Vec::new(),
        main: crate::bytecode::CodeId(0),
        symbols: vec!["key".into(), "reverse".into(), "name".into(), "end".into(), "default".into()].into(),
        globals: Vec::new(),
        attributes: Vec::new(),
        function_attributes: false,
    };
    let image = Image::new(std::sync::Arc::new(program));
    let mut heap = PrivateHeap::new(ThreadId::MAIN);
    let memory = Memory::new(&mut heap, Reach::Private);
    test(&mut Context {
        memory,
        image: &image,
        me: ThreadId::MAIN,
        process: crate::base::ProcessId::FIRST,
        thread_object: &Value::None,
        answers: Answers::default(),
        frames: &[],
    })
}

fn int(number: i64) -> Value {
    Value::Int(number)
}

fn s(text: &str) -> Value {
    Value::str(text)
}

fn big(text: &str) -> Value {
    Value::big(text.parse::<BigInt>().unwrap())
}

fn f(number: f64) -> Value {
    Value::Float(number)
}

fn t(items: &[Value]) -> Value {
    Value::tuple(items.to_vec())
}

fn l(ctx: &mut Context<'_>, items: &[Value]) -> Value {
    list::make(ctx, items.to_vec())
}

/// The result as `repr` writes it, or the exception as `Type: message`.
fn show(ctx: &mut Context<'_>, result: Result) -> String {
    let result = result.and_then(|value| repr::repr(ctx, &value));
    match result {
        Ok(text) => text,
        Err(Halt::Raise(Value::Instance(instance))) => match ctx.memory.get(instance.id).unwrap() {
            Object::Instance(object) => {
                let Payload::Exception(data) = &object.payload else { panic!("no exception") };
                let data = data.clone();
                format!("{}: {}", instance.class.name(), raised::text(ctx, &instance.class, &data).unwrap())
            }
            _ => panic!("no instance"),
        },
        Err(other) => format!("{other:?}"),
    }
}

fn call(ctx: &mut Context<'_>, native: &Native, args: &[Value]) -> Result {
    match native.call {
        Call::Plain(function) | Call::Short(_, function) => {
            function(ctx, Arguments { positional: args, keywords: &[] })
        }
        _ => panic!("not plain"),
    }
}

/// Calls a builtin function or type by name.
fn builtin_call(ctx: &mut Context<'_>, name: &str, args: &[Value]) -> Result {
    match builtin(name).unwrap() {
        Value::Native(native) => call(ctx, native, args),
        Value::Type(class) => {
            let mut all = vec![Value::Type(class)];
            all.extend_from_slice(args);
            match class.construct {
                Some(Call::Plain(function)) => function(ctx, Arguments { positional: &all, keywords: &[] }),
                _ => panic!("not plain"),
            }
        }
        _ => panic!("not callable"),
    }
}

fn method(ctx: &mut Context<'_>, receiver: &Value, name: &str, args: &[Value]) -> Result {
    let ClassRef::Builtin(class) = types::class_of(receiver) else { panic!("no builtin") };
    let mut all = vec![receiver.clone()];
    all.extend_from_slice(args);
    call(ctx, class.method(name).unwrap_or_else(|| panic!("no method {name}")), &all)
}

/// Compares all rows of a table, then reports those that differ.
#[derive(Default)]
struct Table(Vec<String>);

impl Table {
    fn row(&mut self, what: String, found: String, expected: &str) {
        if found != expected {
            self.0.push(format!("{what}\n  gave     {found}\n  expected {expected}"));
        }
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        assert!(std::thread::panicking() || self.0.is_empty(), "{}", self.0.join("\n"));
    }
}
