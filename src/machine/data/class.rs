//! Classes of the scenario: how they are made, and how names are found in them.

use super::{exception, types};
use crate::base::Symbol;
use crate::bytecode::{AttributeUse, CodeId};
use crate::machine::memory::image::Linked;
use crate::machine::memory::native::{Halt, Layout, Result, Type};
use crate::machine::memory::object::{Attributes, ClassVariables, Object};
use crate::machine::memory::reach::Memory;
use crate::machine::memory::replaced::Replaced;
use crate::machine::memory::value::{Class, ClassRef, Descriptor, Value};
use rustc_hash::FxHashMap;
use triomphe::Arc;

/// What a class binds under `name` for good, searched in method resolution order; nothing that `variables` holds, nor what
/// that hides.
pub fn find_symbol<'c>(replaced: &'c Replaced, class: &'c ClassRef, name: Symbol) -> Option<&'c Value> {
    let ClassRef::User(class) = class else { return None };
    if let Some(settled) = settled(replaced, class, name) {
        return settled;
    }
    let nearest = class.mro.iter().find_map(|ancestor| match ancestor {
        ClassRef::User(ancestor) => settled(replaced, ancestor, name),
        ClassRef::Builtin(_) => None,
    });
    nearest.flatten()
}

/// What the class itself says of `name`: what it binds for good, or that it has a variable of that name. `None`: nothing.
#[inline]
fn settled<'c>(replaced: &'c Replaced, class: &'c Class, name: Symbol) -> Option<Option<&'c Value>> {
    let found = own(replaced, class, name);
    (found.is_some() || class.variable_names.contains(&name)).then_some(found)
}

/// What the class itself binds for good.
#[inline]
pub fn own<'c>(replaced: &'c Replaced, class: &'c Class, name: Symbol) -> Option<&'c Value> {
    match replaced.get(class, name) {
        Some(Value::Unbound) => None,
        Some(value) => Some(value),
        None => class.attributes.get(&name),
    }
}

/// Everything that the class itself binds: what its body bound, in that order, then what was stored since. `variables` is
/// what of that may change.
pub fn bound<'c>(replaced: &'c Replaced, class: &'c Class, variables: &'c Attributes) -> Vec<(Symbol, &'c Value)> {
    let of_body = |name: &Symbol| Some((*name, own(replaced, class, *name).or_else(|| variables.get(*name))?));
    let mut bound: Vec<(Symbol, &Value)> = class.names.iter().filter_map(of_body).collect();
    let added = replaced.of(class.variables).iter().map(|(name, value)| (*name, value)).chain(variables.iter());
    for (name, value) in added.filter(|(_, value)| !value.is_unbound()) {
        if bound.iter().all(|(known, _)| *known != name) {
            bound.push((name, value));
        }
    }
    bound
}

/// What the class binds for good under the name of that text, or one that it inherits from.
pub fn find(replaced: &Replaced, image: &Linked, class: &ClassRef, name: &str) -> Option<Value> {
    match class {
        ClassRef::Builtin(_) => None,
        ClassRef::User(_) => find_symbol(replaced, class, image.symbol(name)?).cloned(),
    }
}

/// The class that special methods of a value are looked up in, if it may define some: that of an instance, or what stands
/// for the class of a class.
pub fn speaking_for(value: &Value) -> Option<&ClassRef> {
    match value {
        Value::Instance(instance) => Some(&instance.class),
        Value::Class(class) => class.meta.as_ref(),
        _ => None,
    }
}

/// How a class's instances are hashed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hashing {
    /// By identity.
    Identity,
    /// By its `__hash__`.
    Own,
    /// Not at all: a class with its own `__eq__` and without a `__hash__`.
    Refused,
}

/// How a class's instances are hashed: the first class in method resolution order that has a say in it decides.
pub fn hashing(replaced: &Replaced, image: &Linked, class: &ClassRef) -> Hashing {
    let ClassRef::User(own) = class else { return Hashing::Identity };
    let (hash, equality) = (image.symbol("__hash__"), image.symbol("__eq__"));
    let bound = |class: &Class, name: Option<Symbol>| name.and_then(|name| self::own(replaced, class, name)).cloned();
    let ancestors = own.mro.iter().filter_map(|ancestor| match ancestor {
        ClassRef::User(ancestor) => Some(ancestor),
        ClassRef::Builtin(_) => None,
    });
    for class in std::iter::once(own).chain(ancestors) {
        // Where a body binds `__eq__` and no `__hash__`, the class gets `None` for it. What is stored later does not do that.
        let compares = equality.is_some_and(|name| class.names.contains(&name));
        match bound(class, hash) {
            Some(Value::None) => return Hashing::Refused,
            Some(_) => return Hashing::Own,
            None if compares => return Hashing::Refused,
            None => {}
        }
    }
    Hashing::Identity
}

/// What a class binds under `name` and may rebind, searched in method resolution order.
///
/// # Errors
/// `Halt::Shared` when a class's variables are out of reach.
pub fn find_variable(memory: &Memory<'_>, class: &ClassRef, name: Symbol) -> Result<Option<Value>> {
    let ClassRef::User(class) = class else { return Ok(None) };
    let ancestors = class.mro.iter().filter_map(|ancestor| match ancestor {
        ClassRef::User(ancestor) => Some(ancestor),
        ClassRef::Builtin(_) => None,
    });
    for class in std::iter::once(class).chain(ancestors) {
        if let Object::ClassVariables(variables) = memory.get(class.variables)?
            && let Some(value) = variables.attributes.get(name)
        {
            return Ok(Some(value.clone()));
        }
    }
    Ok(None)
}

/// What a class is called, and where it comes from.
struct Head<'h> {
    name: &'h str,
    qualified_name: &'h str,
    module: &'h str,
    body: CodeId,
}

/// Makes a class of what its body bound, in the module of that name.
///
/// # Errors
/// `TypeError` when the bases do not go together.
pub fn make(
    memory: &mut Memory<'_>,
    image: &Linked,
    (body, module): (CodeId, &str),
    mut bases: Vec<ClassRef>,
    mut bound: Vec<(Symbol, Value)>,
) -> Result {
    let code = image.code(body);
    // `ABCMeta` is a base like others here.
    if code.has_metaclass
        && bases.last().is_some_and(types::is_metaclass)
        && let (Some(name), Some(meta)) = (image.symbol("__metaclass__"), bases.pop())
    {
        bound.push((name, meta.value()));
    }
    let name = image.name(code.name);
    let head = Head { name, qualified_name: &code.qualified_name, module, body };
    assemble(memory, image, &head, bases, bound)
}

/// `type(name, bases, namespace)`: a class without a body.
///
/// # Errors
/// `TypeError` when the bases do not go together.
pub fn make_without_body(
    memory: &mut Memory<'_>,
    image: &Linked,
    name: &str,
    bases: Vec<ClassRef>,
    bound: Vec<(Symbol, Value)>,
) -> Result {
    let head = Head { name, qualified_name: name, module: "__main__", body: image.program.main };
    assemble(memory, image, &head, bases, bound)
}

fn assemble(
    memory: &mut Memory<'_>,
    image: &Linked,
    head: &Head<'_>,
    bases: Vec<ClassRef>,
    bound: Vec<(Symbol, Value)>,
) -> Result {
    if let Some(base) = (1..bases.len()).find_map(|index| bases[..index].iter().find(|base| **base == bases[index])) {
        let message = format!("duplicate base class {}", base.name());
        return Err(exception::error(memory.private, &exception::TYPE_ERROR, message));
    }
    let (mro, layout) = lineage(memory, &bases)?;
    let slots = slots(memory, image, &bound, &mro)?;
    let mut attributes = FxHashMap::default();
    let mut variables = ClassVariables::default();
    let mut names = Vec::new();
    let mut variable_names = Vec::new();
    let mut module: Box<str> = head.module.into();
    for (name, value) in bound {
        if let Value::Str(text) = &value
            && image.name(name) == "__module__"
        {
            module = text.as_str().into();
            continue; // each class has its own, and none its base's
        }
        names.push(name);
        let text = image.name(name);
        let value = implied(text, value);
        // Functions and descriptors stay what the class body made them, whatever instances store under their names.
        let fixed = matches!(value, Value::Function(_) | Value::Descriptor(_))
            || (text.starts_with("__") && text.ends_with("__"))
            || is_descriptor(memory.private.replaced(), image, &value);
        if fixed || image.program.attribute_use(name) == AttributeUse::Never {
            variables.fixed.set(name, value.clone());
            attributes.insert(name, value);
        } else {
            variables.attributes.set(name, value);
            variable_names.push(name);
        }
    }
    let variables = memory.add(Object::ClassVariables(variables));
    let computed = computed(memory.private.replaced(), image, &attributes, &mro);
    let guards = |name: &str| image.symbol(name).is_some_and(|symbol| attributes.contains_key(&symbol));
    let inherits = |ancestor: &ClassRef| matches!(ancestor, ClassRef::User(ancestor) if ancestor.guarded);
    let guarded = guards("__setattr__") || guards("__delattr__") || mro.iter().any(inherits);
    let meta = image.symbol("__metaclass__").and_then(|name| match attributes.get(&name) {
        Some(Value::Class(meta)) => Some(ClassRef::User(meta.clone())),
        _ => mro.iter().find_map(|ancestor| match ancestor {
            ClassRef::User(ancestor) => ancestor.meta.clone(),
            ClassRef::Builtin(_) => None,
        }),
    });
    Ok(Value::Class(Arc::new(Class {
        meta,
        name: head.name.into(),
        qualified_name: head.qualified_name.into(),
        module,
        bases,
        mro,
        layout,
        computed,
        attributes,
        guarded,
        slots,
        names,
        variable_names,
        variables,
        body: head.body,
    })))
}

/// A few methods are static or class methods without saying so.
fn implied(name: &str, value: Value) -> Value {
    match name {
        _ if !matches!(value, Value::Function(_)) => value,
        "__new__" => Value::Descriptor(Arc::new(Descriptor::Static(value))),
        "__init_subclass__" | "__class_getitem__" => Value::Descriptor(Arc::new(Descriptor::Class(value))),
        _ => value,
    }
}

/// Whether what a class binds to a value decides what is read and stored under that name.
pub fn is_descriptor(replaced: &Replaced, image: &Linked, value: &Value) -> bool {
    match value {
        Value::Descriptor(_) => true,
        Value::Instance(instance) => ["__get__", "__set__", "__delete__"]
            .iter()
            .any(|name| find(replaced, image, &instance.class, name).is_some()),
        _ => false,
    }
}

/// The names that instances can have attributes of, if `__slots__` limits them.
fn slots(
    memory: &Memory<'_>,
    image: &Linked,
    bound: &[(Symbol, Value)],
    mro: &[ClassRef],
) -> Result<Option<Box<[Symbol]>>> {
    let Some((_, declared)) = bound.iter().find(|(name, _)| image.name(*name) == "__slots__") else { return Ok(None) };
    let mut slots = Vec::new();
    let mut add = |value: &Value| {
        if let Value::Str(text) = value {
            slots.extend(image.symbol(text.as_str()));
        }
    };
    match declared {
        Value::Tuple(names) => names.iter().for_each(add),
        Value::Object(_, id) => match memory.get(*id)? {
            Object::List(names) => names.iter().for_each(add),
            Object::Dict(names) => names.keys().for_each(|name| add(&name.value)),
            Object::Set(names) => names.iter().for_each(|name| add(&name.value)),
            _ => {}
        },
        one => add(one),
    }
    if image.symbol("__dict__").is_some_and(|dict| slots.contains(&dict)) {
        return Ok(None);
    }
    for ancestor in mro {
        match ancestor {
            ClassRef::User(ancestor) => match &ancestor.slots {
                Some(inherited) => slots.extend(inherited.iter().copied()),
                None => return Ok(None),
            },
            // An exception or a thread has a dict.
            ClassRef::Builtin(builtin) if !matches!(builtin.layout, Layout::Plain | Layout::Value | Layout::Local) => {
                return Ok(None);
            }
            ClassRef::Builtin(_) => {}
        }
    }
    Ok(Some(slots.into()))
}

/// The names that stand for descriptors in a class with these attributes and ancestors.
fn computed(
    replaced: &Replaced,
    image: &Linked,
    attributes: &FxHashMap<Symbol, Value>,
    mro: &[ClassRef],
) -> Vec<Symbol> {
    let own = |(name, value): (&Symbol, &Value)| is_descriptor(replaced, image, value).then_some(*name);
    let mut computed: Vec<Symbol> = attributes.iter().filter_map(own).collect();
    for ancestor in mro {
        if let ClassRef::User(ancestor) = ancestor {
            // What a nearer class binds under the name hides it; then asking the class costs a moment, and no more.
            computed.extend(&ancestor.computed);
        }
    }
    computed.sort_unstable();
    computed.dedup();
    computed
}

fn lineage(memory: &mut Memory<'_>, bases: &[ClassRef]) -> Result<(Vec<ClassRef>, &'static Type)> {
    let refuse = |memory: &mut Memory<'_>, message: String| -> Halt {
        exception::error(memory.private, &exception::TYPE_ERROR, message)
    };
    if let Some(base) = bases.iter().find(|base| base.layout().layout == Layout::Final) {
        return Err(refuse(memory, format!("type '{}' is not an acceptable base type", base.layout().name)));
    }
    let layouts: Vec<_> = bases.iter().map(ClassRef::layout).filter(|base| base.layout != Layout::Plain).collect();
    // An executor is laid out as any object, and has methods.
    let plain = || bases.iter().map(ClassRef::layout).find(|base| base.base.is_some());
    let derived = layouts.iter().find(|base| layouts.iter().all(|other| base.is_subtype_of(other)));
    let layout = derived.or(layouts.first()).copied().or_else(plain).unwrap_or(&crate::machine::data::types::OBJECT);
    let conflicts = |other: &&'static Type| {
        other.layout != layout.layout || (layout.layout == Layout::Value && !layout.is_subtype_of(other))
    };
    if layouts.iter().any(conflicts) {
        return Err(refuse(memory, "multiple bases have instance lay-out conflict".to_owned()));
    }
    match linearize(bases) {
        Some(mro) => Ok((mro, layout)),
        None => Err(refuse(
            memory,
            format!(
                "Cannot create a consistent method resolution\norder (MRO) for bases {}",
                bases.iter().map(ClassRef::name).collect::<Vec<_>>().join(", ")
            ),
        )),
    }
}

/// The C3 order of a class's ancestors (Python's documentation, "The Python 2.3 Method Resolution Order").
fn linearize(bases: &[ClassRef]) -> Option<Vec<ClassRef>> {
    let mut queues: Vec<Vec<ClassRef>> = bases.iter().map(ancestry).collect();
    queues.push(bases.to_vec());
    let mut order = Vec::new();
    loop {
        queues.retain(|queue| !queue.is_empty());
        if queues.is_empty() {
            break;
        }
        let in_a_tail = |class: &ClassRef| queues.iter().any(|queue| queue[1..].contains(class));
        let next = queues.iter().map(|queue| &queue[0]).find(|class| !in_a_tail(class))?.clone();
        for queue in &mut queues {
            if queue[0] == next {
                queue.remove(0);
            }
        }
        order.push(next);
    }
    if bases.is_empty() {
        order.push(ClassRef::Builtin(&crate::machine::data::types::OBJECT));
    }
    Some(order)
}

/// A class and its ancestors, in order.
pub fn ancestry(class: &ClassRef) -> Vec<ClassRef> {
    match class {
        ClassRef::User(user) => std::iter::once(class.clone()).chain(user.mro.iter().cloned()).collect(),
        ClassRef::Builtin(builtin) => {
            let base = builtin.base.map(|base| ancestry(&ClassRef::Builtin(base)));
            std::iter::once(class.clone()).chain(base.into_iter().flatten()).collect()
        }
    }
}

/// The class of `receiver` (or above) whose body is `body`: where a method found its `super()`.
pub fn defining(class: &ClassRef, body: CodeId) -> Option<ClassRef> {
    ancestry(class).into_iter().find(|entry| matches!(entry, ClassRef::User(user) if user.body == body))
}
