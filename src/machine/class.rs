//! Classes of the scenario: how they are made, and how names are found in them.

use super::exception;
use super::heap::Memory;
use super::image::Image;
use super::native::{Halt, Layout, Result, Type};
use super::object::{ClassVariables, Object};
use super::value::{Class, ClassRef, Value};
use crate::base::Symbol;
use crate::bytecode::{AttributeUse, Code, CodeId};
use rustc_hash::FxHashMap;
use triomphe::Arc;

/// What a class binds under `name` for good, searched in method resolution order; nothing that `variables` holds, nor what
/// that hides.
pub fn find_symbol(class: &ClassRef, name: Symbol) -> Option<&Value> {
    let ClassRef::User(class) = class else { return None };
    let own = class.attributes.get(&name);
    if own.is_some() || class.variable_names.contains(&name) {
        return own;
    }
    let ancestors = class.mro.iter().filter_map(|ancestor| match ancestor {
        ClassRef::User(ancestor) => Some(ancestor),
        ClassRef::Builtin(_) => None,
    });
    let nearest = ancestors
        .map(|ancestor| (ancestor, ancestor.attributes.get(&name)))
        .find(|(ancestor, found)| found.is_some() || ancestor.variable_names.contains(&name));
    nearest.and_then(|(_, found)| found)
}

/// Likewise, by the name's text.
pub fn find(image: &Image, class: &ClassRef, name: &str) -> Option<Value> {
    match class {
        ClassRef::Builtin(_) => None,
        ClassRef::User(_) => find_symbol(class, image.symbol(name)?).cloned(),
    }
}

/// How a class's instances are hashed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hashing {
    /// By identity.
    Identity,
    /// By its `__hash__`.
    Own,
    /// Not at all: a class with its own `__eq__` that says nothing of hashes.
    Refused,
}

/// How a class's instances are hashed: the first class in method resolution order that has a say in it decides.
pub fn hashing(image: &Image, class: &ClassRef) -> Hashing {
    let ClassRef::User(own) = class else { return Hashing::Identity };
    let (hash, equality) = (image.symbol("__hash__"), image.symbol("__eq__"));
    let bound = |class: &Class, name: Option<Symbol>| name.and_then(|name| class.attributes.get(&name)).cloned();
    let ancestors = own.mro.iter().filter_map(|ancestor| match ancestor {
        ClassRef::User(ancestor) => Some(ancestor),
        ClassRef::Builtin(_) => None,
    });
    for class in std::iter::once(own).chain(ancestors) {
        match (bound(class, hash), bound(class, equality)) {
            (Some(Value::None), _) | (None, Some(_)) => return Hashing::Refused,
            (Some(_), _) => return Hashing::Own,
            (None, None) => {}
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

/// Makes a class of what its body bound.
///
/// # Errors
/// `TypeError` when the bases do not go together.
pub fn make(
    memory: &mut Memory<'_>,
    image: &Image,
    body: CodeId,
    bases: Vec<ClassRef>,
    bound: Vec<(Symbol, Value)>,
) -> Result {
    let code = image.code(body);
    let (mro, layout) = lineage(memory, &bases, code, image)?;
    let mut attributes = FxHashMap::default();
    let mut variables = ClassVariables::default();
    let mut names = Vec::new();
    let mut variable_names = Vec::new();
    let mut module: Box<str> = code.home.module().into();
    for (name, value) in bound {
        if let Value::Str(text) = &value
            && image.name(name) == "__module__"
        {
            module = text.as_str().into();
        }
        names.push(name);
        // Functions and descriptors stay what the class body made them, whatever instances store under their names.
        let fixed = matches!(value, Value::Function(_) | Value::Descriptor(_));
        if fixed || image.program.attribute_use(name) == AttributeUse::Never {
            variables.fixed.push(value.clone());
            attributes.insert(name, value);
        } else {
            variables.attributes.set(name, value);
            variable_names.push(name);
        }
    }
    let variables = memory.add(Object::ClassVariables(variables));
    let computed = computed(&attributes, &mro);
    Ok(Value::Class(Arc::new(Class {
        name: image.name(code.name).into(),
        qualified_name: (&*code.qualified_name).into(),
        module,
        bases,
        mro,
        layout,
        computed,
        attributes,
        names,
        variable_names,
        variables,
        body,
    })))
}

/// The names that stand for descriptors in a class with these attributes and ancestors.
fn computed(attributes: &FxHashMap<Symbol, Value>, mro: &[ClassRef]) -> Vec<Symbol> {
    let own = |(name, value): (&Symbol, &Value)| matches!(value, Value::Descriptor(_)).then_some(*name);
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

fn lineage(
    memory: &mut Memory<'_>,
    bases: &[ClassRef],
    code: &Code,
    image: &Image,
) -> Result<(Vec<ClassRef>, &'static Type)> {
    let refuse = |memory: &mut Memory<'_>, message: String| -> Halt {
        exception::error(memory.private, &exception::TYPE_ERROR, message)
    };
    if let Some(base) = bases.iter().find(|base| base.layout().layout == Layout::Final) {
        return Err(refuse(memory, format!("type '{}' is not an acceptable base type", base.layout().name)));
    }
    let layouts: Vec<_> = bases.iter().map(ClassRef::layout).filter(|base| base.layout != Layout::Plain).collect();
    let layout = layouts.first().copied().unwrap_or(&super::data::types::OBJECT);
    if layouts.iter().any(|other| other.layout != layout.layout) {
        return Err(refuse(memory, "multiple bases have instance lay-out conflict".to_owned()));
    }
    match linearize(bases) {
        Some(mro) => Ok((mro, layout)),
        None => Err(refuse(
            memory,
            format!("Cannot create a consistent method resolution order (MRO) for bases of {}", image.name(code.name)),
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
        order.push(ClassRef::Builtin(&super::data::types::OBJECT));
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
