//! The files of a program: the scenario's own, and those that its imports lead to, beside it and below.
//!
//! A module of the author's own is found as CPython finds it: a folder with an `__init__.py`, a file, or a folder without
//! one, from the scenario's own folder on. Whatever a literal import names anywhere in a file that is reached is found,
//! parsed and compiled before the run. Nobody here opens a file: that is the business of who calls ([`Beside`]).

use super::parse;
use super::scope::Role;
use crate::base::sources::{FILES, folder};
use crate::base::{Diagnostics, FileId, Source};
use crate::bytecode::{OWN_MODULES, library};
use indexmap::IndexMap;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, ModModule, Stmt};
use std::collections::VecDeque;
use std::sync::Arc;

/// The most text that all files together may have, in bytes.
const TEXT_LIMIT: usize = 8 << 20;

/// Modules that CPython has loaded before the program begins, or has built in: no file beside the scenario hides them.
const UNSHADOWED: &[&str] = &[
    "__future__",
    "_thread",
    "abc",
    "builtins",
    "codecs",
    "errno",
    "gc",
    "io",
    "itertools",
    "marshal",
    "os",
    "posix",
    "site",
    "stat",
    "sys",
    "time",
];

/// The files beside a scenario.
pub trait Beside {
    /// What is there under a path from the scenario's folder on, such as `shop/till.py`.
    fn find(&self, path: &str) -> Entry;
}

/// What is at a path.
#[derive(Debug)]
pub enum Entry {
    /// Nothing that Python would import.
    Nothing,
    /// A folder.
    Folder,
    /// A file, with its text, or why that cannot be taken in.
    File(Result<Source, Diagnostics>),
    /// Something that is not taken in: why, after its name and a colon.
    Refused(String),
}

/// A scenario without other files.
#[derive(Clone, Copy, Debug)]
pub struct Alone;

impl Beside for Alone {
    fn find(&self, _: &str) -> Entry {
        Entry::Nothing
    }
}

/// A file of the program, parsed.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) source: Arc<Source>,
    pub(super) tree: ModModule,
}

/// A module of the author's own.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) name: Arc<str>,
    /// `None`: a folder without an `__init__.py`.
    pub(super) file: Option<FileId>,
    pub(super) package: bool,
    pub(super) parent: Option<u16>,
}

/// Every file of a program, and the modules that they are.
#[derive(Debug, Default)]
pub(super) struct Project {
    /// By [`FileId`], the scenario's own first.
    pub(super) files: Vec<Parsed>,
    pub(super) modules: Vec<Module>,
    /// The number of each module, and the names that are none.
    by_name: IndexMap<Arc<str>, Option<u16>>,
    /// The file at each path.
    by_path: IndexMap<String, FileId>,
    /// Why an import fails whose file cannot be taken in, by the module's name.
    unusable: IndexMap<Arc<str>, (String, Option<String>)>,
    /// What is wrong with the files that were read.
    complaints: Diagnostics,
    text: usize,
}

/// What a name in an import means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Meaning {
    /// A module of the author's own, by its number.
    Own(u16),
    /// One of the library's, or none at all.
    Library,
    /// It would be one of the author's own, and there is none: what is wrong, and what to do.
    Wrong(String, Option<String>),
}

impl Project {
    /// Parses a scenario's own file, and all that its imports lead to.
    ///
    /// # Errors
    /// Every complaint about these files.
    pub(super) fn find(own: &Arc<Source>, beside: &dyn Beside) -> Result<Project, Diagnostics> {
        let mut project = Project::default();
        let tree = parse(own)?;
        let path = own.name().strip_prefix(folder(own.name())).unwrap_or_default();
        project.by_path.insert(path.to_owned(), FileId::OWN);
        let mut ahead = VecDeque::from([(None, imports(&tree))]);
        project.files.push(Parsed { source: own.clone(), tree });
        while let Some((importer, imports)) = ahead.pop_front() {
            let before = project.modules.len();
            for import in &imports {
                project.follow(importer, import, beside);
            }
            for index in before..project.modules.len() {
                if let Some(file) = project.modules[index].file {
                    let imports = self::imports(&project.files[usize::from(file.0)].tree);
                    ahead.push_back((Some(OWN_MODULES + index as u16), imports));
                }
            }
        }
        let complaints = std::mem::take(&mut project.complaints);
        if complaints.is_empty() { Ok(project) } else { Err(complaints) }
    }

    /// A module by its number.
    pub(super) fn module(&self, number: u16) -> Option<&Module> {
        self.modules.get(usize::from(number.checked_sub(OWN_MODULES)?))
    }

    /// What a dotted name means, once everything has been found.
    pub(super) fn meaning(&self, name: &str) -> Meaning {
        match self.by_name.get(name) {
            Some(Some(number)) => Meaning::Own(*number),
            Some(None) | None => self.why_not(name),
        }
    }

    fn why_not(&self, name: &str) -> Meaning {
        if let Some((message, advice)) = self.unusable.get(name) {
            return Meaning::Wrong(message.clone(), advice.clone());
        }
        let Some((package, _)) = name.rsplit_once('.') else { return Meaning::Library };
        match self.meaning(package) {
            Meaning::Own(number) if self.module(number).is_some_and(|module| module.package) => {
                let path = name.replace('.', "/");
                let message = format!("there is no module `{name}`");
                Meaning::Wrong(message, Some(format!("put `{path}.py` beside the scenario, or mend the name")))
            }
            Meaning::Own(_) => {
                let message = format!("there is no module `{name}`: `{package}` is not a package");
                Meaning::Wrong(message, Some(format!("import from `{package}` what it binds")))
            }
            other => other,
        }
    }

    /// The whole name that an import means which stands in `importer` (`None`: in the scenario itself).
    ///
    /// # Errors
    /// CPython's words for a relative import that leads nowhere.
    pub(super) fn absolute(&self, importer: Option<u16>, level: u32, name: &str) -> Result<String, &'static str> {
        if level == 0 {
            return Ok(name.to_owned());
        }
        let module = importer.and_then(|number| self.module(number));
        let package = module.map_or("", |module| match module.package {
            true => &*module.name,
            false => module.name.rsplit_once('.').map_or("", |(package, _)| package),
        });
        if package.is_empty() {
            return Err("attempted relative import with no known parent package");
        }
        let mut base = package;
        for _ in 1..level {
            base = base.rsplit_once('.').ok_or("attempted relative import beyond top-level package")?.0;
        }
        Ok(if name.is_empty() { base.to_owned() } else { format!("{base}.{name}") })
    }

    fn follow(&mut self, importer: Option<u16>, import: &Import, beside: &dyn Beside) {
        match import {
            Import::Module(name) => {
                self.want(name, beside);
            }
            Import::From { level, module, names, star } => {
                let Ok(base) = self.absolute(importer, *level, module) else { return };
                let Some(number) = self.want(&base, beside) else { return };
                if self.module(number).is_some_and(|module| module.package) {
                    let listed = if *star { self.listed_in(number) } else { Vec::new() };
                    for name in names.iter().map(String::as_str).chain(listed.iter().map(|name| &**name)) {
                        self.want(&format!("{base}.{name}"), beside);
                    }
                }
            }
        }
    }

    /// What the `__all__` of a package lists: its modules, too, which `import *` loads.
    fn listed_in(&self, package: u16) -> Vec<Arc<str>> {
        let file = self.module(package).and_then(|module| module.file);
        match file.map(|file| listed(&self.files[usize::from(file.0)].tree.body)) {
            Some(Listed::Names(names)) => names,
            Some(Listed::Nothing | Listed::Unclear) | None => Vec::new(),
        }
    }

    /// Looks for a module and the packages that it is in.
    fn want(&mut self, name: &str, beside: &dyn Beside) -> Option<u16> {
        if let Some(known) = self.by_name.get(name) {
            return *known;
        }
        let parent = match name.rsplit_once('.') {
            None => None,
            Some((package, _)) => {
                let number = self.want(package, beside)?;
                if !self.module(number)?.package {
                    return None;
                }
                Some(number)
            }
        };
        let found = self.look(name, parent, beside);
        self.by_name.insert(name.into(), found);
        found
    }

    fn look(&mut self, name: &str, parent: Option<u16>, beside: &dyn Beside) -> Option<u16> {
        let first = name.split('.').next().unwrap_or_default();
        let is_path = |part: &str| !part.is_empty() && !part.contains(['/', '\\']);
        if UNSHADOWED.contains(&first) || !name.split('.').all(is_path) {
            return None;
        }
        let path = name.replace('.', "/");
        for (path, package) in [(format!("{path}/__init__.py"), true), (format!("{path}.py"), false)] {
            match self.read(&path, beside) {
                Read::Nothing => {}
                Read::File(file) => return Some(self.add(name, Some(file), package, parent)),
                Read::Unusable(message, advice) => {
                    self.unusable.insert(name.into(), (message, advice));
                    return None;
                }
            }
        }
        // A folder is a package, too, unless the library has a module of that name.
        let is_folder = library::module(name).is_none() && matches!(beside.find(&path), Entry::Folder);
        is_folder.then(|| self.add(name, None, true, parent))
    }

    fn add(&mut self, name: &str, file: Option<FileId>, package: bool, parent: Option<u16>) -> u16 {
        self.modules.push(Module { name: name.into(), file, package, parent });
        OWN_MODULES + (self.modules.len() - 1) as u16
    }

    fn read(&mut self, path: &str, beside: &dyn Beside) -> Read {
        if let Some(file) = self.by_path.get(path) {
            return Read::File(*file);
        }
        let source = match beside.find(path) {
            Entry::Nothing | Entry::Folder => return Read::Nothing,
            Entry::Refused(why) => return Read::Unusable(format!("`{path}`: {why}"), None),
            Entry::File(Err(found)) => {
                let found = found.into_iter().next();
                let why = found.as_ref().map_or("it cannot be read", |found| &*found.message);
                return Read::Unusable(
                    format!("`{path}`: {why}"),
                    found.as_ref().and_then(|found| found.advice.clone()),
                );
            }
            Entry::File(Ok(source)) => Arc::new(source),
        };
        self.text += source.text().len();
        if self.files.len() == FILES || self.text > TEXT_LIMIT {
            let message = format!(
                "`{path}` is too much: a program has at most {FILES} files, and {} MiB of text in them",
                TEXT_LIMIT >> 20
            );
            return Read::Unusable(message, Some("leave out the imports that do not matter".to_owned()));
        }
        match parse(&source) {
            Ok(tree) => {
                let file = FileId(self.files.len() as u16);
                self.by_path.insert(path.to_owned(), file);
                self.files.push(Parsed { source, tree });
                Read::File(file)
            }
            Err(complaints) => {
                self.complaints.extend(complaints.into_iter().map(|complaint| complaint.about(source.clone())));
                Read::Nothing
            }
        }
    }
}

enum Read {
    Nothing,
    File(FileId),
    Unusable(String, Option<String>),
}

/// An import of a file.
enum Import {
    Module(String),
    From { level: u32, module: String, names: Vec<String>, star: bool },
}

/// Every import of a file, wherever it stands.
fn imports(tree: &ModModule) -> Vec<Import> {
    let mut finder = Finder { found: Vec::new() };
    finder.visit_body(&tree.body);
    finder.found
}

struct Finder {
    found: Vec<Import>,
}

impl<'a> Visitor<'a> for Finder {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Import(import) => {
                self.found.extend(import.names.iter().map(|alias| Import::Module(alias.name.to_string())));
            }
            Stmt::ImportFrom(import) => {
                let names = import.names.iter().map(|alias| alias.name.to_string()).filter(|name| name != "*");
                self.found.push(Import::From {
                    level: import.level,
                    module: import.module.as_deref().unwrap_or_default().to_owned(),
                    names: names.collect(),
                    star: import.names.iter().any(|alias| &alias.name == "*"),
                });
            }
            _ => visitor::walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, _: &'a ast::Expr) {} // no statement is in one
}

/// What `from module import *` binds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Star {
    pub(super) names: Vec<Arc<str>>,
    /// `__all__` lists them.
    pub(super) listed: bool,
    /// Its `__all__` is not a plain list of texts.
    pub(super) unclear: bool,
}

/// What imports mean in one module.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'p> {
    project: Option<(&'p Project, &'p [Star])>,
    /// The module's number; `None`: it is the scenario itself.
    importer: Option<u16>,
}

impl<'p> View<'p> {
    /// For code with no files beside it.
    pub(super) const NONE: View<'static> = View { project: None, importer: None };

    /// The view of `importer`. `stars`: what `import *` binds, by module, as far as that is known.
    pub(super) fn of(project: &'p Project, stars: &'p [Star], importer: Option<u16>) -> View<'p> {
        View { project: Some((project, stars)), importer }
    }

    /// The module of the author's own that a name in an import means.
    pub(super) fn own(&self, level: u32, name: &str) -> Option<u16> {
        match self.meaning(level, name) {
            Meaning::Own(module) => Some(module),
            Meaning::Library | Meaning::Wrong(..) => None,
        }
    }

    /// What a name in an import means.
    pub(super) fn meaning(&self, level: u32, name: &str) -> Meaning {
        let Some((project, _)) = self.project else { return Meaning::Library };
        match project.absolute(self.importer, level, name) {
            Ok(name) => project.meaning(&name),
            Err(why) => {
                let advice = match self.importer {
                    None => "the file that is run belongs to no package: import without the dots",
                    Some(_) => "import without the dots, from the scenario's folder on",
                };
                Meaning::Wrong(why.to_owned(), Some(advice.to_owned()))
            }
        }
    }

    /// The text of the scenario's own file, which says what stands in for other modules; `source` is looked at.
    pub(super) fn scenario_text(&self, source: &'p Source) -> &'p str {
        self.project.map_or(source, |(project, _)| &*project.files[0].source).text()
    }

    /// What `import *` from the module binds.
    pub(super) fn star(&self, module: u16) -> Option<&'p Star> {
        self.project?.1.get(usize::from(module.checked_sub(OWN_MODULES)?))
    }

    /// The module of that name in a package of the author's own.
    pub(super) fn submodule(&self, package: u16, name: &str) -> Option<u16> {
        let (project, _) = self.project?;
        match project.meaning(&format!("{}.{name}", project.module(package)?.name)) {
            Meaning::Own(module) => Some(module),
            Meaning::Library | Meaning::Wrong(..) => None,
        }
    }

    /// Why a name that a package is to give cannot be a module in it.
    pub(super) fn unusable(&self, package: u16, name: &str) -> Option<(String, Option<String>)> {
        let (project, _) = self.project?;
        project.unusable.get(&*format!("{}.{name}", project.module(package)?.name)).cloned()
    }

    /// A module's name.
    pub(super) fn name(&self, module: u16) -> &'p str {
        self.project.and_then(|(project, _)| project.module(module)).map_or("?", |module| &module.name)
    }
}

impl Project {
    /// What `import *` binds, for each module; nothing, where no file has one.
    pub(super) fn stars(&self) -> Vec<Star> {
        let has_star = self.files.iter().any(|file| imports(&file.tree).iter().any(Import::is_star));
        let mut stars = vec![Star::default(); self.modules.len()];
        if !has_star {
            return stars;
        }
        let mut sources: Vec<Vec<u16>> = Vec::new();
        for (index, module) in self.modules.iter().enumerate() {
            let Some(file) = module.file else {
                sources.push(Vec::new());
                continue;
            };
            let body = &self.files[usize::from(file.0)].tree.body;
            let view = View::of(self, &[], Some(OWN_MODULES + index as u16));
            let found = super::collect::collect(body, Role::Module, &view);
            stars[index] = match listed(body) {
                Listed::Nothing => Star { names: found.scopes.public_names(), ..Star::default() },
                Listed::Names(names) => Star { names, listed: true, unclear: false },
                Listed::Unclear => Star { unclear: true, ..Star::default() },
            };
            sources.push(found.own_stars);
        }
        // What a module has by such an import itself it hands on.
        loop {
            let mut changed = false;
            for index in 0..stars.len() {
                for from in &sources[index] {
                    let names = stars[usize::from(from - OWN_MODULES)].names.clone();
                    let star = &mut stars[index];
                    let fresh = names.into_iter().filter(|name| !star.listed && !star.names.contains(name));
                    let fresh: Vec<_> = fresh.filter(|name| !name.starts_with('_')).collect();
                    changed |= !fresh.is_empty();
                    star.names.extend(fresh);
                }
            }
            if !changed {
                return stars;
            }
        }
    }
}

impl Import {
    fn is_star(&self) -> bool {
        matches!(self, Import::From { star: true, .. })
    }
}

/// What `__all__` says.
enum Listed {
    Nothing,
    Names(Vec<Arc<str>>),
    Unclear,
}

/// Reads `__all__ = [...]` and `__all__ += [...]` at the top of a module.
fn listed(body: &[Stmt]) -> Listed {
    let mut names: Option<Vec<Arc<str>>> = None;
    let mut mentions = 0;
    for statement in body {
        let (target, value, more) = match statement {
            Stmt::Assign(assign) => match &assign.targets[..] {
                [target] => (target, &*assign.value, false),
                _ => continue,
            },
            Stmt::AugAssign(assign) => (&*assign.target, &*assign.value, true),
            Stmt::AnnAssign(assign) => match &assign.value {
                Some(value) => (&*assign.target, &**value, false),
                None => continue,
            },
            _ => continue,
        };
        if target.as_name_expr().is_none_or(|name| &*name.id != "__all__") {
            continue;
        }
        mentions += 1;
        let Some(texts) = texts(value) else { return Listed::Unclear };
        match &mut names {
            Some(names) if more => names.extend(texts),
            _ => names = Some(texts),
        }
    }
    let mut counter = Mentions(0);
    counter.visit_body(body);
    match names {
        None if counter.0 == 0 => Listed::Nothing,
        Some(names) if counter.0 == mentions => Listed::Names(names),
        _ => Listed::Unclear,
    }
}

fn texts(value: &ast::Expr) -> Option<Vec<Arc<str>>> {
    let items = match value {
        ast::Expr::List(list) => &list.elts,
        ast::Expr::Tuple(tuple) => &tuple.elts,
        _ => return None,
    };
    items.iter().map(|item| Some(item.as_string_literal_expr()?.value.to_str().into())).collect()
}

/// Counts how often `__all__` is named.
struct Mentions(usize);

impl<'a> Visitor<'a> for Mentions {
    fn visit_expr(&mut self, expression: &'a ast::Expr) {
        self.0 += usize::from(expression.as_name_expr().is_some_and(|name| &*name.id == "__all__"));
        visitor::walk_expr(self, expression);
    }
}
