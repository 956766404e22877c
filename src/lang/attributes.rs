//! Which attributes keep the value that an `__init__` gave them.

use super::collect::{Base, ClassRecord, Collected};
use super::scope::{OwnImport, ScopeId, Scopes};
use crate::bytecode::{AttributeUse, OWN_MODULES, builder::ProgramBuilder, library};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A scope of one of the files that are looked at together.
type Scope = (usize, ScopeId);

/// How often an import may lead to another import.
const DEEP: u32 = 8;

/// Tells the program how each attribute is stored to. `files`: a part of the library, or all of the author's: the modules in
/// the order of their numbers, and the scenario's own file last. What the library stores by computed names (`dataclasses`
/// does) is its own, or `collect` knows of it.
pub(super) fn classify(program: &mut ProgramBuilder, files: &[&Collected], library: bool) {
    let mut inits: BTreeMap<&Arc<str>, Vec<Scope>> = BTreeMap::new();
    let unknown = !library && files.iter().any(|found| stores_by_names(found));
    let of_functions = |found: &&Collected| found.stores.iter().any(|store| !store.of_receiver);
    program.function_attributes |= unknown || files.iter().any(of_functions);
    // What `add_note` stores.
    let notes = program.symbol("__notes__");
    program.attribute(notes, AttributeUse::Anywhere);
    // What the machine computes goes by these names also for `getattr` with a name that the program's text does not hold.
    for name in ["__name__", "__qualname__", "__doc__", "__module__", "__dict__"] {
        program.symbol(name);
    }
    for (file, found) in files.iter().enumerate() {
        for store in &found.stores {
            let symbol = program.symbol(&store.name);
            match store.init {
                Some(init) if !unknown => inits.entry(&store.name).or_default().push((file, init)),
                _ => program.attribute(symbol, AttributeUse::Anywhere),
            }
        }
    }
    if files.iter().any(|found| found.imports.contains("dataclasses")) {
        // `dataclass` may go by another name, or be called without being a decorator.
        for name in files.iter().flat_map(|found| &found.annotated) {
            let symbol = program.symbol(name);
            program.attribute(symbol, AttributeUse::Anywhere);
        }
    }
    for (name, stores) in inits {
        let symbol = program.symbol(name);
        let once = stored_once(files, &stores);
        program.attribute(symbol, if once { AttributeUse::Init } else { AttributeUse::Anywhere });
    }
    if unknown {
        // Names that nothing stores to literally can be stored to by `setattr` all the same.
        program.every_attribute_anywhere();
    }
}

/// Whether the file may store to attributes by names that its text does not hold.
pub(super) fn stores_by_names(found: &Collected) -> bool {
    let setter = |(scope, name, _): &(ScopeId, Arc<str>, _)| {
        matches!(&**name, "setattr" | "delattr" | "vars") && found.scopes.binding(*scope, name).is_none()
    };
    found.stores_unknown || found.loads.iter().any(setter)
}

/// The members of library modules that the program assigns to, itself or by what it mentions of the library.
pub(super) fn reassigned<'t>(
    files: &[Collected],
    texts: impl Iterator<Item = &'t str> + Clone,
) -> BTreeSet<&'static str> {
    let by_names = files.iter().any(stores_by_names);
    let stores = |member: &str| files.iter().flat_map(|found| &found.stores).any(|store| &*store.name == member);
    let redirects = |member: &str| {
        let mut words = library::REDIRECTS.iter().filter(|(_, of)| *of == member).map(|(word, _)| *word);
        words.any(|word| texts.clone().any(|text| text.contains(word)))
    };
    let members = library::ASSIGNABLE.iter().map(|(_, member)| *member);
    members.filter(|member| by_names || stores(member) || redirects(member)).collect()
}

/// Whether each object gets the attribute at most once: no `__init__` stores it in two places, and no class inherits two
/// that store it.
fn stored_once(files: &[&Collected], stores: &[Scope]) -> bool {
    let distinct: BTreeSet<Scope> = stores.iter().copied().collect();
    if distinct.len() < stores.len() {
        return false;
    }
    let class_of = |&(file, init): &Scope| Some((file, files[file].scopes.scope(init).parent?));
    let storing: BTreeSet<Scope> = distinct.iter().filter_map(class_of).collect();
    if distinct.len() == 1 {
        return true;
    }
    files.iter().enumerate().all(|(file, found)| {
        let once = |class| family(files, file, class).is_some_and(|family| family.intersection(&storing).count() <= 1);
        found.classes.iter().all(once)
    })
}

/// A class and all that it inherits from, as far as these files define them; `None` when a base could be any class.
fn family<'f>(files: &[&'f Collected], file: usize, class: &'f ClassRecord) -> Option<BTreeSet<Scope>> {
    let mut family = BTreeSet::from([(file, class.scope)]);
    let mut ahead = vec![(file, class)];
    while let Some((file, class)) = ahead.pop() {
        let around = files[file].scopes.scope(class.scope).parent.unwrap_or(Scopes::MODULE);
        for base in &class.bases {
            let ancestors = match bases(files, file, around, base, DEEP)? {
                Bases::Library => continue,
                Bases::Classes(classes) => classes,
            };
            for (file, ancestor) in ancestors {
                if family.insert((file, ancestor.scope)) {
                    ahead.push((file, ancestor));
                }
            }
        }
    }
    Some(family)
}

/// What a base may be.
enum Bases<'f> {
    Library,
    /// One of these.
    Classes(Vec<(usize, &'f ClassRecord)>),
}

/// What `base` means in a scope of a file; `None`: any class.
fn bases<'f>(files: &[&'f Collected], file: usize, scope: ScopeId, base: &Base, deep: u32) -> Option<Bases<'f>> {
    let (Base::Name(name) | Base::MemberOf(name, _)) = base else { return None };
    let found = files[file];
    let binding = found.scopes.binding(scope, name);
    let Some(binding) = binding.filter(|binding| binding.sole_import().is_none()) else { return Some(Bases::Library) };
    if let Some(OwnImport { module, member }) = binding.sole_own() {
        let name = match (base, member) {
            (Base::Name(_), Some(member)) => member,
            (Base::MemberOf(_, attribute), None) => attribute,
            _ => return None,
        };
        let other = usize::from(module - OWN_MODULES);
        return bases(files, other, Scopes::MODULE, &Base::Name(name.clone()), deep.checked_sub(1)?);
    }
    let named = |class: &&ClassRecord| matches!(base, Base::Name(_)) && class.name == *name;
    let classes: Vec<_> = found.classes.iter().filter(named).map(|class| (file, class)).collect();
    (!classes.is_empty()).then_some(Bases::Classes(classes))
}
