//! The author's modules as one program: what is known of all of them together, and the table from which they are run.

use super::collect::Collected;
use super::function::{self, Progress, Unit};
use super::project::{Project, Star, View};
use super::scope::Role;
use super::{analyse as analyse_module, attributes, in_order, refuse};
use crate::base::{Diagnostics, FileId};
use crate::bytecode::builder::{CodeBuilder, ProgramBuilder};
use crate::bytecode::{CodeId, CodeKind, Constant, GlobalId, Home, Instruction, OWN_MODULES, OwnModule, Program};
use num_bigint::BigInt;
use ruff_python_ast::ModModule;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is compiled, in order: the author's own modules by their numbers, and the scenario itself (`None`) last.
fn units(project: &Project) -> impl Iterator<Item = (Option<u16>, Option<FileId>)> {
    let modules = (OWN_MODULES..).zip(&project.modules).map(|(number, module)| (Some(number), module.file));
    modules.chain([(None, Some(FileId::OWN))])
}

/// What the names of each module mean, in the order of [`units`]. Nothing in them is refused.
///
/// # Errors
/// Every complaint, that about the scenario's own file first.
pub(super) fn analyse(project: &Project, stars: &[Star]) -> Result<Vec<Collected>, Diagnostics> {
    let mut all = Vec::new();
    let mut complaints: Vec<(FileId, Diagnostics)> = Vec::new();
    let nothing = nothing();
    for (number, file) in units(project) {
        let (tree, source) = match file {
            Some(file) => {
                let parsed = &project.files[usize::from(file.0)];
                (&parsed.tree, &parsed.source)
            }
            None => (&nothing, &project.files[0].source),
        };
        let view = View::of(project, stars, number);
        let role = if number.is_some() { Role::Module } else { Role::Scenario };
        let found = analyse_module(tree, role, &view)
            .and_then(|found| in_order(refuse::refusals(source, tree, &found, &view)).map(|()| found));
        match found {
            Ok(found) => all.push(found),
            Err(found) => {
                let file = file.unwrap_or_default();
                let about = |complaint: crate::base::Diagnostic| match file {
                    FileId::OWN => complaint,
                    _ => complaint.about(source.clone()),
                };
                complaints.push((file, found.into_iter().map(about).collect()));
            }
        }
    }
    complaints.sort_by_key(|(file, _)| *file);
    let mut complaints: Diagnostics = complaints.into_iter().flat_map(|(_, found)| found).collect();
    complaints.dedup();
    if complaints.is_empty() { Ok(all) } else { Err(complaints) }
}

/// The code of a folder without an `__init__.py`.
fn nothing() -> ModModule {
    ModModule { node_index: Default::default(), range: Default::default(), body: Default::default() }
}

/// Compiles the modules into a program to which the library is linked.
///
/// # Errors
/// Every complaint.
pub(super) fn generate(
    mut program: ProgramBuilder,
    project: &Project,
    stars: &[Star],
    all: &[Collected],
) -> Result<Program, Diagnostics> {
    let files: Vec<&Collected> = all.iter().collect();
    attributes::classify(&mut program, &files, false);
    for parsed in project.files.iter().skip(1) {
        program.file(parsed.source.clone());
    }
    let changed = changed(project, all);
    let progress = declare(&mut program, project, all, &changed);
    let nothing = nothing();
    let none = BTreeSet::new();
    let mut codes = Vec::new();
    for ((number, file), found) in units(project).zip(all) {
        let own = number.map(|number| usize::from(number - OWN_MODULES));
        let file = file.unwrap_or_default();
        let parsed = &project.files[usize::from(file.0)];
        let is_folder = own.is_some_and(|own| project.modules[own].file.is_none());
        let unit = Unit {
            source: &parsed.source,
            file,
            scopes: &found.scopes,
            module: if is_folder { &nothing } else { &parsed.tree },
            home: number.map_or(Home::Scenario, Home::Own),
            view: View::of(project, stars, number),
            changed: own.map_or(&none, |own| &changed[own]),
            progress: own.map(|own| progress[own]),
        };
        let code = function::compile(&mut program, &unit).map_err(|found| match file {
            FileId::OWN => found,
            _ => found.into_iter().map(|complaint| complaint.about(parsed.source.clone())).collect(),
        })?;
        codes.push(code);
    }
    let Some(main) = codes.pop() else { return Err(Diagnostics::new()) };
    if !codes.is_empty() {
        table(&mut program, project, &codes);
        let own = project.modules.iter().zip(&codes).zip(&progress).map(|((module, code), progress)| OwnModule {
            name: module.name.clone(),
            file: module.file,
            package: module.package,
            parent: module.parent,
            code: *code,
            begun: progress.begun,
            done: progress.done,
        });
        program.own_modules(own.collect());
    }
    Ok(program.finish(main))
}

/// For each of the author's own modules, what of it may be stored to from elsewhere, as its attributes.
fn changed(project: &Project, all: &[Collected]) -> Vec<BTreeSet<Arc<str>>> {
    let mut names: BTreeSet<Arc<str>> = BTreeSet::new();
    if project.modules.is_empty() {
        return Vec::new();
    }
    for found in all {
        let stores = found.stores.iter().filter(|store| !store.of_receiver && store.init.is_none());
        names.extend(stores.map(|store| store.name.clone()));
    }
    let by_names = all.iter().any(attributes::stores_by_names);
    let of_module = |found: &Collected| {
        let own = found.scopes.module_names().map(|(name, _)| name);
        own.filter(|name| by_names || names.contains(*name)).cloned().collect()
    };
    let mut changed: Vec<BTreeSet<Arc<str>>> = all.iter().take(project.modules.len()).map(of_module).collect();
    // What a module does not bind itself is stored to by the name that an import bound, or on the way from there.
    for found in all {
        for (scope, root, name) in &found.own_stores {
            if found.scopes.binding(*scope, root).is_some_and(|binding| binding.own.is_some()) {
                changed.iter_mut().for_each(|changed| {
                    changed.insert(name.clone());
                });
            }
        }
    }
    changed
}

/// Declares what the author's own modules bind, before any code asks for it.
fn declare(
    program: &mut ProgramBuilder,
    project: &Project,
    all: &[Collected],
    changed: &[BTreeSet<Arc<str>>],
) -> Vec<Progress> {
    let mut progress = Vec::new();
    for (index, changed) in changed.iter().enumerate() {
        let number = OWN_MODULES + index as u16;
        let home = Home::Own(number);
        for (name, bound_once) in all[index].scopes.module_names() {
            program.global_of(name, bound_once && !changed.contains(name), home);
        }
        for name in changed {
            program.global_of(name, false, home);
        }
        let begun = program.global_of(".begun", false, home);
        let done = program.global_of(".done", true, home);
        progress.push(Progress { module: number, begun, done, in_package: None });
    }
    for (index, module) in project.modules.iter().enumerate() {
        let Some(package) = module.parent else { continue };
        let name = module.name.rsplit('.').next().unwrap_or_default();
        let number = OWN_MODULES + index as u16;
        let around = usize::from(package - OWN_MODULES);
        let scopes = &all[around].scopes;
        // The package may bind the name itself: to the module too, or to something else.
        let same = scopes.binding(super::scope::Scopes::MODULE, name).is_none_or(|binding| {
            binding.sole_own().is_some_and(|own| own.module == package && own.member.as_deref() == Some(name))
        });
        let once = same && !changed[around].contains(name);
        progress[index].in_package = Some(in_package(program, name, once, package));
        debug_assert_eq!(progress[index].module, number);
    }
    progress
}

fn in_package(program: &mut ProgramBuilder, name: &str, once: bool, package: u16) -> GlobalId {
    let global = program.global_of(name, once, Home::Own(package));
    if !once {
        program.rebind(global);
    }
    global
}

/// The table from which `load_module` runs the modules, each with its code and the number of its package: it is made before
/// the scenario begins.
fn table(program: &mut ProgramBuilder, project: &Project, codes: &[CodeId]) {
    let name = program.symbol("<modules>");
    let mut code = CodeBuilder::new(name, "<modules>", CodeKind::Module);
    code.code.home = Home::Prelude;
    for (module, body) in project.modules.iter().zip(codes) {
        code.make_function(*body, 0);
        code.constant(match module.parent {
            Some(package) => Constant::Int(BigInt::from(package - OWN_MODULES)),
            None => Constant::None,
        });
        code.emit(Instruction::BuildTuple(2));
    }
    code.emit(Instruction::BuildTuple(codes.len() as u32));
    let table = program.global_of("module_table", true, Home::Prelude);
    code.emit(Instruction::StoreGlobal(table));
    let code = program.add(code.finish());
    program.startup.push(code);
}
