//! Making instances and classes.

use super::attribute::object_method;
use super::call::Place;
use super::{Flow, Step, Vm};
use crate::base::ObjectId;
use crate::bytecode::{Code, CodeId, HintKind, Instruction};
use crate::machine::data;
use crate::machine::data::{class, exception};
use crate::machine::memory::frame::Frame;
use crate::machine::memory::native::{Call, Halt, Layout, Native, Type};
use crate::machine::memory::object::{Dict, ExceptionData, Instance, Object, Payload};
use crate::machine::memory::thread::Then;
use crate::machine::memory::value::{ClassRef, InstanceRef, Kind, Method, Value};
use triomphe::Arc;

impl Vm<'_> {
    /// Calls a builtin type.
    pub(super) fn construct(&mut self, class: &'static Type, place: Place<'_>, then: Then) -> Step {
        let Place { bottom, first, names, at } = place;
        if let [value] = &self.thread.stack[first..]
            && let Some((method, value)) = self.conversion(class, value)
        {
            let check = self.truth_method(&value).map(|(_, check)| check);
            let then = match (then, check) {
                (Then::Push, Some(check)) if class.name == "bool" => Then::Checked(check),
                (then, _) => then,
            };
            return self.call_with(method, vec![value], Vec::new(), bottom, at, then);
        }
        // The class is the first argument: mostly it lies before the others already.
        let in_place = first == bottom + 1
            && matches!(self.thread.stack[bottom], Value::Type(callee) if std::ptr::eq(callee, class));
        let receiver = [Value::Type(class)];
        let (receiver, first) = if in_place { (&[][..], bottom) } else { (&receiver[..], first) };
        let call = match class.construct {
            Some(Call::Plain(call)) => call,
            Some(Call::Operation(_)) if !matches!(then, Then::Push) => {
                return self.call_by_prelude(Value::Type(class), &[], place, then);
            }
            Some(Call::Operation(call)) => {
                let operation = self.native_arguments(receiver, first, names, |vm, arguments| {
                    vm.with(|context, _| call(context, arguments))
                })?;
                if let Some(made) = operation.makes() {
                    self.name_object(made, bottom, at);
                }
                return self.attempt(operation);
            }
            _ => {
                let message = format!("cannot create '{}' instances", class.name);
                return Err(self.error(&exception::TYPE_ERROR, message));
            }
        };
        let result = self
            .native_arguments(receiver, first, names, |vm, arguments| vm.with(|context, _| call(context, arguments)));
        match result {
            Ok(value) => {
                if let Value::Object(kind, id) = value
                    && kind.is_sync()
                {
                    self.name_object(id, bottom, at);
                }
                self.thread.stack.truncate(bottom);
                self.receive(value, then, at)
            }
            Err(Halt::Invoke(call)) => self.call_with(call.callee, call.arguments, call.keywords, bottom, at, then),
            Err(halt) => Err(halt),
        }
    }

    /// The special method by which an instance becomes a value of a builtin type.
    pub(super) fn conversion(&self, class: &'static Type, value: &Value) -> Option<(Value, Value)> {
        let name = match class.name {
            "int" => "__int__",
            "float" => "__float__",
            "bool" => {
                return self.truth_method(value).map(|(method, _)| (method, value.clone()));
            }
            _ => return None,
        };
        self.dunder(value, name).map(|method| (method, value.clone()))
    }

    /// Makes an instance of a class and calls its `__init__`.
    pub(super) fn instantiate(&mut self, class: ClassRef, place: Place<'_>, then: Then) -> Step {
        let Place { bottom, first, names, at } = place;
        let layout = class.layout();
        let init = self.image.init.and_then(|init| self.in_class(&class, init));
        if init.is_some() || self.thread.stack.len() == first {
            self.check_abstract(&class)?;
        }
        if let Some(new) = self.image.new.and_then(|new| self.in_class(&class, new)) {
            return self.instantiate_by(class, new, init, place, then);
        }
        if layout.layout == Layout::Value {
            return self.instantiate_value(class, init, place, then);
        }
        if layout.layout == Layout::Local {
            return self.instantiate_local(class, init, place, then);
        }
        let given = self.thread.stack.len() - first;
        let payload = match layout.layout {
            Layout::Exception => {
                let arguments = self.thread.stack[first..self.thread.stack.len() - names.len()].to_vec();
                Payload::Exception(Box::new(ExceptionData { arguments, ..ExceptionData::default() }))
            }
            Layout::Thread => Payload::Thread(None),
            Layout::Plain | Layout::Value | Layout::Local | Layout::Final => Payload::None,
        };
        let id = self.thread.heap.add(Object::Instance(Instance::new(class.clone(), payload)));
        let instance = Arc::new(InstanceRef::new(class.clone(), id));
        let receiver = Value::Instance(instance.clone());
        if let (Some(Value::Function(init)), Then::Push) = (&init, &then) {
            self.thread.stack.insert(first, receiver);
            return self.enter(init, place, Then::Instance(instance));
        }
        match (init, layout.method("__init__")) {
            (Some(init), _) if matches!(then, Then::Push) => {
                let arguments = self.rearranged(&[receiver], first);
                self.call_rearranged(init, arguments, place, Then::Instance(instance))
            }
            (Some(_), _) => {
                let callee = class.value();
                self.call_by_prelude(callee, &[], place, then)
            }
            (None, Some(native)) if layout.layout == Layout::Thread => {
                self.call_native(native, &[receiver], place, then)
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

    /// `type.__call__(class, …)`: an instance, whatever the metaclass makes of a call.
    pub(super) fn instantiate_plainly(&mut self, receiver: &[Value], place: Place<'_>, then: Then) -> Step {
        let mut arguments = self.rearranged(receiver, place.first);
        if arguments.len() == place.names.len() {
            return Err(self.error(&exception::TYPE_ERROR, "descriptor '__call__' of 'type' object needs an argument"));
        }
        let class = arguments.remove(0);
        self.thread.stack.truncate(place.first);
        self.thread.stack.extend(arguments);
        match class {
            Value::Class(class) => self.instantiate(ClassRef::User(class), place, then),
            other => self.call(other, place, then),
        }
    }

    /// A class that leaves methods to be defined has no instances.
    fn check_abstract(&mut self, class: &ClassRef) -> Result<(), Halt> {
        if !matches!(class, ClassRef::User(class) if class.meta.is_some()) {
            return Ok(());
        }
        let Some(Value::Tuple(names)) =
            class::find(self.thread.heap.replaced(), self.image, class, "__abstractmethods__")
        else {
            return Ok(());
        };
        let listed: Vec<&str> = names
            .iter()
            .filter_map(|name| if let Value::Str(name) = name { Some(name.as_str()) } else { None })
            .collect();
        if listed.is_empty() {
            return Ok(());
        }
        let plural = if listed.len() == 1 { "" } else { "s" };
        let message = format!(
            "Can't instantiate abstract class {} with abstract method{plural} {}",
            class.name(),
            listed.join(", ")
        );
        Err(self.error(&exception::TYPE_ERROR, message))
    }

    /// An instance that the class's own `__new__` makes.
    fn instantiate_by(
        &mut self,
        class: ClassRef,
        new: Value,
        init: Option<Value>,
        place: Place<'_>,
        then: Then,
    ) -> Step {
        let new = match &new {
            Value::Descriptor(descriptor) => descriptor.parts()[0].clone(),
            _ => new,
        };
        let inherited = || {
            let layout = class.layout();
            let nothing =
                |native: &&Native| data::types::OBJECT.method("__init__").is_some_and(|own| std::ptr::eq(*native, own));
            let native = layout.method("__init__").filter(|native| !nothing(native));
            native.map_or(Value::None, Value::Native)
        };
        let init = init.unwrap_or_else(inherited);
        let [arguments, keywords] = self.packed(&[], place);
        self.call_prelude("new_instance", vec![class.value(), new, init, arguments, keywords], place, then)
    }

    /// An instance that is a builtin value too.
    fn instantiate_value(&mut self, class: ClassRef, init: Option<Value>, place: Place<'_>, then: Then) -> Step {
        let layout = class.layout();
        let Place { bottom, at, .. } = place;
        let [arguments, keywords] = self.packed(&[], place);
        let init = init.unwrap_or_default();
        let empty = self.with(|context, _| data::object::empty(context, &class));
        match empty {
            Some(inner) => {
                if let Value::Object(kind, id) = &inner
                    && kind.is_sync()
                {
                    self.name_object(*id, bottom, at);
                }
                let made = self.with(|context, _| data::object::wrapped(context, class, Payload::None, inner));
                let init =
                    if init.is_unbound() { layout.method("__init__").map_or(Value::None, Value::Native) } else { init };
                self.call_prelude("filled_instance", vec![made, init, arguments, keywords], place, then)
            }
            None => {
                let init = if init.is_unbound() { Value::None } else { init };
                let base = Value::Type(layout);
                self.call_prelude("value_instance", vec![class.value(), base, init, arguments, keywords], place, then)
            }
        }
    }

    /// Remembers what a new synchronization object is called: after the variable or attribute that the call's value goes to.
    /// The value will lie at `place`.
    pub(super) fn name_object(&mut self, object: ObjectId, place: usize, at: u32) {
        if let Some(name) = self.object_name(place, at) {
            self.thread.names.push((object, name));
        }
    }

    fn object_name(&self, place: usize, at: u32) -> Option<std::sync::Arc<str>> {
        let frame = self.thread.frames.last()?;
        let code = self.image.code(frame.code);
        let hint = code.hint_of(at)?;
        let name = self.image.name(hint.name);
        if code.is_hidden() {
            if let Some(called) = self.text_in(frame, code, "called") {
                return Some(called.into());
            }
            if let Some(title) = self.text_in(frame, code, "title") {
                return Some(format!("{title}.{name}").into());
            }
            if hint.kind != HintKind::Attribute {
                return None; // a variable of the library's, of which nobody knows
            }
        }
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
                let index = self.elements_before(code, place, at).unwrap_or_else(|| {
                    let prefix = format!("{name}[");
                    let waiting = self.thread.names.iter().filter(|(_, other)| other.starts_with(&prefix)).count();
                    // Those that have been shown are no longer among the names: `[submit(a), submit(b)]`.
                    let written = code.hints.iter().filter(|(other, also)| *other < at && *also == hint).count();
                    waiting.max(written)
                });
                format!("{name}[{index}]").into()
            }
            HintKind::Variable => name.into(),
        })
    }

    /// The text in a variable of a function of the library: `called` says what the program calls what is made, `title` what it
    /// calls that of which this is a part.
    fn text_in(&self, frame: &Frame, code: &Code, variable: &str) -> Option<&str> {
        let at = code.locals.iter().position(|local| self.image.name(*local) == variable)?;
        match self.thread.stack.get(frame.locals as usize + at)? {
            Value::Str(text) => Some(text.as_str()),
            _ => None,
        }
    }

    /// How many elements the collection has that the value at `place` is added to next, if that is to be seen.
    fn elements_before(&self, code: &Code, place: usize, at: u32) -> Option<usize> {
        let depth = match code.instructions.get(at as usize + 1)? {
            Instruction::ListAppend(depth) | Instruction::SetAdd(depth) => *depth as usize,
            Instruction::DictInsert(depth) => *depth as usize + 1,
            Instruction::CallMethod(1) => 1,
            _ => return None,
        };
        let Value::Object(_, id) = self.thread.stack.get(place.checked_sub(depth)?)? else { return None };
        match self.thread.heap.get(*id)? {
            Object::List(items) => Some(items.len()),
            Object::Set(items) => Some(items.len()),
            Object::Dict(items) => Some(items.len()),
            _ => None,
        }
    }

    /// `[base …] → [class]`, or with a dict of keywords behind the bases.
    pub(super) fn make_class(&mut self, body: CodeId, count: usize, with_keywords: bool, at: u32) -> Step {
        let bottom = self.thread.stack.len() - count - usize::from(with_keywords);
        let mut bases = Vec::with_capacity(count);
        let given = self.thread.stack[bottom..bottom + count].to_vec();
        for base in given {
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
        let keywords = if with_keywords { self.pop() } else { Value::Unbound };
        self.thread.stack.truncate(bottom);
        self.frame().next = at + 1;
        self.enter_code(body, bottom, Then::Class(bases, keywords), &captured);
        Ok(Flow::Frame)
    }

    pub(super) fn finish_class(
        &mut self,
        body: CodeId,
        locals: usize,
        bottom: usize,
        bases: Vec<ClassRef>,
        keywords: Value,
    ) -> Step {
        let code = self.image.code(body);
        let values = self.thread.stack[locals..locals + code.locals.len()].iter();
        let bound: Vec<_> =
            code.locals.iter().copied().zip(values.cloned()).filter(|(_, value)| !value.is_unbound()).collect();
        let named = bound.iter().filter(|(_, value)| self.dunder(value, "__set_name__").is_some());
        let named: Vec<Value> =
            named.map(|(name, value)| Value::tuple(vec![value.clone(), Value::str(self.image.name(*name))])).collect();
        let module = self.module_of(code.home)?;
        let made = self.with(|context, _| {
            let image = context.image;
            class::make(&mut context.memory, image, (body, &module), bases, bound)
        });
        self.thread.stack.truncate(bottom);
        match made {
            Ok(class) => self.announce_class(class, named, keywords)?,
            Err(Halt::Raise(exception)) => {
                self.frame().next -= 1;
                self.raise(exception, true);
            }
            Err(halt) => return Err(halt),
        }
        Ok(Flow::Frame)
    }

    /// Tells the values in a class their names, and the class above that it has a subclass; then the class is done.
    fn announce_class(&mut self, class: Value, named: Vec<Value>, keywords: Value) -> Result<(), Halt> {
        let Value::Class(made) = &class else { return Ok(()) };
        let above = made.mro.iter().find_map(|ancestor| match (ancestor, self.image.symbol("__init_subclass__")) {
            (ClassRef::User(ancestor), Some(name)) => class::own(self.thread.heap.replaced(), ancestor, name).cloned(),
            _ => None,
        });
        let own_init = self.image.init.is_some_and(|init| {
            let meta = made.meta.as_ref().filter(|meta| data::types::is_metaclass(meta));
            meta.is_some_and(|meta| self.in_class(meta, init).is_some())
        });
        if named.is_empty() && above.is_none() && keywords.is_unbound() && !own_init {
            self.push(class);
            return Ok(());
        }
        let above = match above {
            Some(Value::Descriptor(descriptor)) => {
                let function = descriptor.parts()[0].clone();
                Value::Method(Arc::new(Method { receiver: class.clone(), function }))
            }
            _ => {
                let native = object_method("__init_subclass__").map_or(Value::None, Value::Native);
                Value::Method(Arc::new(Method { receiver: class.clone(), function: native }))
            }
        };
        let keywords =
            if keywords.is_unbound() { self.new_object(Kind::Dict, Object::Dict(Dict::default())) } else { keywords };
        let bottom = self.thread.stack.len();
        let at = self.frame().next - 1;
        let place = Place { bottom, first: bottom, names: &[], at };
        let arguments = vec![class, Value::tuple(named), above, keywords];
        match self.call_prelude("announced", arguments, place, Then::Push) {
            Err(Halt::Raise(exception)) => {
                self.frame().next = at;
                self.raise(exception, true);
                Ok(())
            }
            Err(halt) => Err(halt),
            Ok(_) => Ok(()),
        }
    }
}
