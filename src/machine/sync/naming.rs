//! The names of data on the screen: after the variable, attribute or element through which the thread that shares it
//! reaches it. Synchronization objects get their names where they are made; most data does not, and becomes shared much
//! later.

use super::shared::Turn;
use crate::base::{ObjectId, Symbol};
use crate::machine::data::class;
use crate::machine::data::types::FUNCTION;
use crate::machine::memory::contents::object_references;
use crate::machine::memory::nest::references;
use crate::machine::memory::object::{Instance, Object, Payload, ThreadData};
use crate::machine::memory::value::{Class, ClassRef, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The parts of an object with a longer name than this get none: `first.next.next.next…` says no more than the kind of
/// object.
const LONGEST: usize = 40;

/// Names for those objects among `moved` that are data and have none yet; `None` for the library's own objects, which
/// are not shown. `moved` just became shared, in the order in which one leads to the other.
pub(in crate::machine) fn names(turn: &Turn<'_>, moved: &[ObjectId]) -> Vec<(ObjectId, Option<Arc<str>>)> {
    let named = |id: &ObjectId| turn.names.iter().any(|(other, _)| other == id);
    let data = |id: &ObjectId| turn.process().heap.get(*id).is_some_and(is_data);
    let (nameless, nameless_locks) = moved.iter().copied().filter(|id| !named(id)).partition(data);
    let mut naming = Naming { turn, nameless, nameless_locks, found: BTreeMap::new() };
    if !naming.nameless.is_empty() {
        naming.globals();
        naming.locals();
        if !naming.nameless.is_empty() {
            naming.library();
        }
        moved.iter().for_each(|id| naming.parts(*id));
        if naming.leftovers() {
            moved.iter().for_each(|id| naming.parts(*id));
        }
    }
    naming.found.into_iter().collect()
}

fn is_data(object: &Object) -> bool {
    match object {
        Object::List(_) | Object::Deque(_) | Object::Dict(_) | Object::Set(_) => true,
        // A function's attributes, as long as there are none, are nothing to look at.
        Object::Instance(instance) if instance.class == ClassRef::Builtin(&FUNCTION) => !instance.attributes.is_empty(),
        Object::Instance(instance) => matches!(instance.payload, Payload::None),
        _ => false,
    }
}

struct Naming<'t, 'a> {
    turn: &'t Turn<'a>,
    /// The objects that want a name.
    nameless: BTreeSet<ObjectId>,
    /// Locks and the like without one: shown all the same, unless they are the library's.
    nameless_locks: BTreeSet<ObjectId>,
    found: BTreeMap<ObjectId, Option<Arc<str>>>,
}

impl<'t> Naming<'t, '_> {
    /// The program's global variables.
    fn globals(&mut self) {
        let image = self.turn.image;
        let Some(Object::Namespace(values)) = self.object(image.namespace) else { return };
        for (global, value) in image.program.globals.iter().zip(values.all()) {
            if global.home.is_library() {
                continue;
            }
            self.note(value, || image.name(global.shown).to_owned());
            if let Value::Class(class) = value {
                self.class(class);
            }
        }
    }

    /// What a class holds. `_this_` and `__this__` are the library's names, descriptors are not data, and what the
    /// library's methods captured belongs to the library.
    fn class(&mut self, class: &Class) {
        let image = self.turn.image;
        let Some(Object::ClassVariables(variables)) = self.object(class.variables) else { return };
        let replaced = self.turn.private.replaced();
        let is_descriptor = |value: &Value| match value {
            Value::Instance(instance) => class::find(replaced, image, &instance.class, "__get__").is_some(),
            _ => false,
        };
        for (name, value) in class::bound(replaced, class, &variables.attributes) {
            let name = image.name(name);
            if (name.starts_with('_') && name.ends_with('_')) || is_descriptor(value) {
                references(value, &mut |id| self.hide(id));
            } else {
                self.note(value, || format!("{}.{name}", class.name));
            }
            if let Value::Function(function) = value
                && image.code(function.code).is_hidden()
            {
                for cell in &function.cells {
                    if let Some(Object::Cell(captured)) = self.object(*cell) {
                        references(captured, &mut |id| self.hide(id));
                    }
                }
            }
        }
    }

    /// What the library's modules keep for themselves.
    fn library(&mut self) {
        let Some(Object::Namespace(values)) = self.object(self.turn.image.namespace) else { return };
        let globals = self.turn.image.program.globals.iter().zip(values.all());
        for (_, value) in globals.filter(|(global, _)| global.home.is_library()) {
            references(value, &mut |id| self.hide(id));
            if let Value::Class(class) = value {
                let Some(Object::ClassVariables(variables)) = self.object(class.variables) else { continue };
                for (_, value) in class::bound(self.turn.private.replaced(), class, &variables.attributes) {
                    references(value, &mut |id| self.hide(id));
                }
            }
        }
    }

    /// Objects that nothing leads to: those of the library's classes belong to the library. Says whether there are any.
    fn leftovers(&mut self) -> bool {
        let of_library = |object: &Object| match object {
            Object::Instance(Instance { class: ClassRef::User(class), .. }) => {
                self.turn.image.code(class.body).is_hidden()
            }
            _ => false,
        };
        let own: Vec<ObjectId> =
            self.nameless.iter().copied().filter(|id| self.object(*id).is_some_and(of_library)).collect();
        own.iter().for_each(|id| self.hide(*id));
        !own.is_empty()
    }

    fn hide(&mut self, id: ObjectId) {
        if self.nameless.remove(&id) || self.nameless_locks.remove(&id) {
            self.found.insert(id, None);
        }
    }

    /// The thread's own variables, those of its innermost function first.
    fn locals(&mut self) {
        let image = self.turn.image;
        let (hidden, visible): (Vec<_>, Vec<_>) =
            self.turn.frames.iter().rev().partition(|frame| image.code(frame.code).is_hidden());
        for frame in visible {
            let code = image.code(frame.code);
            let values = self.turn.stack.get(frame.locals as usize..).unwrap_or_default();
            for (name, value) in code.locals.iter().zip(values) {
                // What begins with a dot is the compiler's.
                if !image.name(*name).starts_with('.') {
                    self.note(value, || image.name(*name).to_owned());
                }
            }
            self.cells(&code.cells, &frame.cells);
        }
        // What only the library's functions have is theirs.
        for frame in hidden {
            let values = self.turn.stack.get(frame.locals as usize..).unwrap_or_default();
            let count = image.code(frame.code).locals.len();
            values.iter().take(count).for_each(|value| references(value, &mut |id| self.hide(id)));
        }
    }

    /// What leads on from an object: attributes of what has a name, elements of it, variables of closures.
    fn parts(&mut self, id: ObjectId) {
        let Some(object) = self.object(id) else { return };
        if self.found.get(&id) == Some(&None) {
            return object_references(object, &mut |part| self.hide(part));
        }
        let Some(owner) = self.name_of(id, object).filter(|name| name.len() <= LONGEST) else { return };
        match object {
            Object::List(items) => self.elements(&owner, items),
            Object::Deque(deque) => self.elements(&owner, &deque.items),
            Object::Dict(dict) => {
                for (key, value) in dict {
                    match &key.value {
                        Value::Str(text) => self.note(value, || format!("{owner}['{}']", text.as_str())),
                        Value::Int(number) => self.note(value, || format!("{owner}[{number}]")),
                        _ => {}
                    }
                }
            }
            Object::Instance(instance) => {
                if let Payload::Thread(Some(data)) = &instance.payload {
                    self.arguments(data);
                }
                if let ClassRef::User(class) = &instance.class {
                    self.class(class);
                }
                for (name, value) in instance.attributes.iter() {
                    self.note(value, || format!("{owner}.{}", self.turn.image.name(name)));
                }
                if let Some(dict) = instance.dict {
                    self.put(dict, || format!("{owner}.__dict__"));
                }
            }
            _ => {}
        }
    }

    fn elements<'v>(&mut self, owner: &str, values: impl IntoIterator<Item = &'v Value>) {
        for (index, value) in values.into_iter().enumerate() {
            self.note(value, || format!("{owner}[{index}]"));
        }
    }

    /// What a thread is going to call: the variables that a closure captured, and the parameters.
    fn arguments(&mut self, data: &ThreadData) {
        let image = self.turn.image;
        if let Value::Function(function) = &data.target {
            let code = image.code(function.code);
            self.cells(&code.cells[code.cells.len().saturating_sub(function.cells.len())..], &function.cells);
            if let Value::Tuple(values) = &data.arguments {
                for (name, value) in code.locals.iter().zip(values.iter()) {
                    self.note(value, || image.name(*name).to_owned());
                }
            }
        }
        if let Some(id) = data.keywords.object_id()
            && let Some(Object::Dict(keywords)) = self.object(id)
        {
            self.hide(id);
            for (key, value) in keywords {
                if let Value::Str(name) = &key.value {
                    self.note(value, || name.as_str().to_owned());
                }
            }
        }
    }

    fn cells(&mut self, names: &[Symbol], cells: &[ObjectId]) {
        for (name, cell) in names.iter().zip(cells) {
            if let Some(Object::Cell(value)) = self.object(*cell) {
                self.note(value, || self.turn.image.name(*name).to_owned());
            }
        }
    }

    fn note(&mut self, value: &Value, name: impl Fn() -> String) {
        match value {
            Value::Object(_, id) => self.put(*id, name),
            Value::Instance(instance) => self.put(instance.id, name),
            Value::Function(function) => {
                if let Some(attributes) = function.attributes {
                    self.put(attributes, name);
                }
            }
            Value::Tuple(items) => {
                for (index, id) in items.iter().enumerate().filter_map(|(index, item)| Some((index, item.object_id()?)))
                {
                    self.put(id, || format!("{}[{index}]", name()));
                }
            }
            _ => {}
        }
    }

    /// The first name that is found counts.
    fn put(&mut self, id: ObjectId, name: impl FnOnce() -> String) {
        if self.nameless.remove(&id) {
            self.found.insert(id, Some(name().into()));
        }
    }

    fn name_of(&self, id: ObjectId, object: &Object) -> Option<Arc<str>> {
        if let Object::Instance(instance) = object
            && let Payload::Thread(Some(data)) = &instance.payload
        {
            return Some(self.turn.shared.record(data.id).name.clone());
        }
        let hint = || self.turn.names.iter().find(|(named, _)| *named == id).map(|(_, name)| name);
        self.found.get(&id).and_then(Option::as_ref).or_else(hint).cloned()
    }

    fn object(&self, id: ObjectId) -> Option<&'t Object> {
        self.turn.process().heap.get(id).or_else(|| self.turn.private.get(id))
    }
}
