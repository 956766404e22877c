//! Which attributes keep the value that an `__init__` gave them.

use super::collect::{Base, ClassRecord, Collected};
use super::scope::{ScopeId, Scopes};
use crate::bytecode::{AttributeUse, builder::ProgramBuilder};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Tells the program how each attribute is stored to. What the library stores by computed names (`dataclasses` does) is its
/// own, or `collect` knows of it.
pub(super) fn classify(program: &mut ProgramBuilder, found: &Collected, library: bool) {
    let mut inits: BTreeMap<&Arc<str>, Vec<ScopeId>> = BTreeMap::new();
    let setter = |(scope, name, _): &(ScopeId, Arc<str>, _)| {
        matches!(&**name, "setattr" | "delattr" | "vars") && found.scopes.binding(*scope, name).is_none()
    };
    let unknown = !library && (found.stores_unknown || found.loads.iter().any(setter));
    program.function_attributes |= unknown || found.stores.iter().any(|store| !store.of_receiver);
    // What `add_note` stores.
    let notes = program.symbol("__notes__");
    program.attribute(notes, AttributeUse::Anywhere);
    // What the machine computes goes by these names also for `getattr` with a name that the program's text does not hold.
    for name in ["__name__", "__qualname__", "__doc__", "__module__", "__dict__"] {
        program.symbol(name);
    }
    for store in &found.stores {
        let symbol = program.symbol(&store.name);
        match store.init {
            Some(init) if !unknown => inits.entry(&store.name).or_default().push(init),
            _ => program.attribute(symbol, AttributeUse::Anywhere),
        }
    }
    if found.imports.contains("dataclasses") {
        // `dataclass` may go by another name, or be called without being a decorator.
        for name in &found.annotated {
            let symbol = program.symbol(name);
            program.attribute(symbol, AttributeUse::Anywhere);
        }
    }
    for (name, stores) in inits {
        let symbol = program.symbol(name);
        let once = stored_once(found, &stores);
        program.attribute(symbol, if once { AttributeUse::Init } else { AttributeUse::Anywhere });
    }
    if unknown {
        // Names that nothing stores to literally can be stored to by `setattr` all the same.
        program.every_attribute_anywhere();
    }
}

/// Whether each object gets the attribute at most once: no `__init__` stores it in two places, and no class inherits two
/// that store it.
fn stored_once(found: &Collected, stores: &[ScopeId]) -> bool {
    let distinct: BTreeSet<ScopeId> = stores.iter().copied().collect();
    if distinct.len() < stores.len() {
        return false;
    }
    let storing: BTreeSet<ScopeId> = distinct.iter().filter_map(|&init| found.scopes.scope(init).parent).collect();
    if distinct.len() == 1 {
        return true;
    }
    let related = |class: &ClassRecord| family(found, class).map(|family| family.intersection(&storing).count());
    found.classes.iter().all(|class| related(class).is_some_and(|storers| storers <= 1))
}

/// A class and all that it inherits from, as far as this file defines them; `None` when a base could be any class.
fn family(found: &Collected, class: &ClassRecord) -> Option<BTreeSet<ScopeId>> {
    let mut family = BTreeSet::from([class.scope]);
    let mut ahead = vec![class];
    while let Some(class) = ahead.pop() {
        for base in &class.bases {
            let (Base::Name(name) | Base::MemberOf(name)) = base else { return None };
            let around = found.scopes.scope(class.scope).parent.unwrap_or(Scopes::MODULE);
            let binding = found.scopes.binding(around, name);
            if binding.is_none_or(|binding| binding.sole_import().is_some()) {
                continue; // the library's
            }
            let ancestors = found.classes.iter().filter(|other| matches!(base, Base::Name(_)) && other.name == *name);
            let mut known = false;
            for ancestor in ancestors {
                known = true;
                if family.insert(ancestor.scope) {
                    ahead.push(ancestor);
                }
            }
            if !known {
                return None;
            }
        }
    }
    Some(family)
}
