//! Imports: which modules and members there are, and how a statement binds them.

use super::function::Emitter;
use super::project::{Meaning, View};
use super::span;
use super::standin;
use crate::base::{Diagnostic, Span, diagnostic::Reason};
use crate::bytecode::{Constant, Instruction, library, library::Module, names::MOVED};
use ruff_python_ast as ast;
use std::collections::BTreeSet;

/// Modules of Python 3.11's library that raddle does not have: no program can do without one because it is not installed.
#[rustfmt::skip]
const NOT_HERE: &[&str] = &[
    "aifc", "antigravity", "array", "ast", "asynchat", "asyncio", "asyncore", "audioop", "bdb", "builtins", "bz2",
    "cProfile", "cgi", "cgitb", "chunk", "cmath", "cmd", "code", "codecs", "codeop", "colorsys", "compileall",
    "configparser", "copyreg", "crypt", "curses", "dbm", "difflib", "dis", "distutils", "doctest", "email",
    "encodings", "ensurepip", "faulthandler", "fcntl", "filecmp", "fileinput", "ftplib", "genericpath", "getopt",
    "gettext", "graphlib", "grp", "gzip", "html", "idlelib", "imaplib", "imghdr", "imp", "importlib", "ipaddress",
    "keyword", "lib2to3", "linecache", "locale", "lzma", "mailbox", "mailcap", "marshal", "mimetypes", "mmap",
    "modulefinder", "msilib", "msvcrt", "netrc", "nis", "nntplib", "nt", "ntpath", "nturl2path", "numbers",
    "opcode", "optparse", "ossaudiodev", "pdb", "pickletools", "pipes", "pkgutil", "plistlib", "poplib", "posix",
    "posixpath", "profile", "pstats", "pty", "pwd", "py_compile", "pyclbr", "pydoc", "pydoc_data", "pyexpat",
    "quopri", "readline", "reprlib", "resource", "rlcompleter", "runpy", "select", "selectors", "shelve", "site",
    "smtpd", "smtplib", "sndhdr", "socket", "socketserver", "spwd", "sqlite3", "sre_compile", "sre_constants",
    "sre_parse", "ssl", "stat", "stringprep", "subprocess", "sunau", "symtable", "sysconfig", "syslog", "tabnanny",
    "tarfile", "telnetlib", "termios", "this", "tkinter", "token", "tokenize", "tomllib", "trace", "tracemalloc",
    "tty", "turtle", "turtledemo", "unicodedata", "uu", "venv", "wave", "webbrowser", "winreg", "winsound",
    "wsgiref", "xdrlib", "xml", "xmlrpc", "zipapp", "zipfile", "zipimport", "zoneinfo",
];

/// Whether the `import` of this module fails as it does where nothing of that name is installed.
pub(super) fn is_missing(name: &str) -> bool {
    let top = name.split('.').next().unwrap_or_default();
    library::module(top).is_none() && !NOT_HERE.contains(&top) && WAITS.iter().all(|(module, _)| *module != top)
}

/// What waits for the network, for another program or for a disk, instead of which a program may as well sleep.
pub(super) const WAITS: &[(&str, &str)] = &[
    ("aiohttp", "the network"),
    ("ftplib", "the network"),
    ("http", "the network"),
    ("httpx", "the network"),
    ("mysql", "a database"),
    ("paramiko", "the network"),
    ("psycopg2", "a database"),
    ("pymongo", "a database"),
    ("pymysql", "a database"),
    ("redis", "a database"),
    ("requests", "the network"),
    ("selenium", "a browser"),
    ("serial", "a device"),
    ("smtplib", "the network"),
    ("socket", "the network"),
    ("socketserver", "the network"),
    ("sqlite3", "a database"),
    ("ssl", "the network"),
    ("subprocess", "another program"),
    ("telnetlib", "the network"),
    ("urllib", "the network"),
    ("urllib2", "the network"),
    ("urllib3", "the network"),
    ("websocket", "the network"),
];

/// What to do without a module that raddle does not have. Sorted by name.
pub(super) const MODULE_ADVICE: &[(&str, &str)] = &[
    ("asyncio", "use threads: `threading.Thread`"),
    ("numpy", "use lists of numbers; `sum`, `zip` and loops do what arrays do"),
    ("pandas", "use lists and dicts"),
    (
        "requests",
        "`requests.get(url)` waits for the network: `time.sleep(0.3)` waits as long; `--stub requests` puts that there",
    ),
    (
        "socket",
        "`recv` waits for the network: `get` of a `queue.Queue` between two threads waits, too; `--stub socket` puts a stand-in there",
    ),
    (
        "subprocess",
        "`subprocess.run` waits for another program: `time.sleep(0.3)` waits as long; `--stub subprocess` puts that there",
    ),
    (
        "urllib.request",
        "`urlopen(url)` waits for the network: `time.sleep(0.3)` waits as long; `--stub urllib` puts that there",
    ),
];

/// The module that defines a member of a module.
pub(super) fn definer<'m>(module: &'m str, member: &str) -> &'m str {
    let found = MOVED.iter().find(|(of, name, _)| (*of, *name) == (module, member));
    found.map_or(module, |(.., definer)| definer)
}

/// Features that every Python 3.11 has.
const FUTURE_FEATURES: &[&str] = &[
    "absolute_import",
    "annotations",
    "division",
    "generator_stop",
    "generators",
    "nested_scopes",
    "print_function",
    "unicode_literals",
    "with_statement",
];

fn no_module(name: &str, at: Span) -> Diagnostic {
    let complaint = Diagnostic::new(Reason::Unsupported, at, format!("raddle has no module `{name}`"));
    let known = |&&(module, _): &&(&str, &str)| {
        name == module || name.strip_prefix(module).is_some_and(|rest| rest.starts_with('.'))
    };
    match MODULE_ADVICE.iter().find(known) {
        Some((_, advice)) => complaint.advise(*advice),
        None if let Some((module, what)) = WAITS.iter().find(known) => complaint
            .advise(format!("it waits for {what}: `time.sleep(0.3)` waits as long; `--stub {module}` puts that there")),
        None => {
            let modules: Vec<&str> =
                library::MODULES.iter().filter(|module| module.is_public()).map(|module| module.name).collect();
            let own = format!("a module of your own stands beside the program, as `{}.py`", name.replace('.', "/"));
            complaint.advise(format!("it has {}; {own}", modules.join(", ")))
        }
    }
}

/// A complaint about `module.member`.
pub(super) fn no_member(module: &str, member: &str, at: Span) -> Diagnostic {
    let complaint = Diagnostic::new(Reason::Unsupported, at, format!("raddle has no `{module}.{member}`"));
    let mut members: Vec<&str> = library::module(module).into_iter().flat_map(Module::provided).collect();
    members.sort_unstable();
    if let Some(near) = members.iter().find(|known| known.eq_ignore_ascii_case(member)) {
        return complaint.advise(format!("did you mean `{module}.{near}`?"));
    }
    match elsewhere(module, member) {
        Some(other) => complaint.advise(format!("write `from {other} import {member}`")),
        None => complaint.advise(format!("it has {}", members.join(", "))),
    }
}

/// The module of the same package, or else of `concurrent`, that provides a class of that name.
fn elsewhere(module: &str, member: &str) -> Option<&'static str> {
    let package = |name: &'static str| name.split('.').next();
    let is_class = member.starts_with(char::is_uppercase);
    let has = |known: &&Module| is_class && known.is_public() && known.has(member);
    let near = |known: &&Module| package(known.name) == module.split('.').next();
    let all = || library::MODULES.iter().filter(has);
    all().find(near).or_else(|| all().find(|known| package(known.name) == Some("concurrent"))).map(|known| known.name)
}

/// A complaint about a module that would be one of the author's own.
fn wrong(message: String, advice: Option<String>, at: Span) -> Diagnostic {
    let complaint = Diagnostic::new(Reason::Unsupported, at, message);
    match advice {
        Some(advice) => complaint.advise(advice),
        None => complaint,
    }
}

/// Complains about a module that `import name` cannot bind.
pub(super) fn refusal(alias: &ast::Alias, view: &View<'_>) -> Option<Diagnostic> {
    match view.meaning(0, &alias.name) {
        Meaning::Own(_) => return None,
        Meaning::Wrong(message, advice) => return Some(wrong(message, advice, span(&alias.name))),
        Meaning::Library => {}
    }
    if library::module_index(&alias.name).is_none() {
        return Some(no_module(&alias.name, span(&alias.name)));
    }
    // Without `as`, `import a.b` binds `a`.
    let first = alias.name.split('.').next().unwrap_or_default();
    if alias.asname.is_none() && library::module_index(first).is_none() {
        let message = format!("`import {}` without `as` is not supported", alias.name);
        let advice = format!("write `import {} as {}`", alias.name, alias.name.rsplit('.').next().unwrap_or_default());
        return Some(Diagnostic::new(Reason::Unsupported, span(alias), message).advise(advice));
    }
    None
}

/// Complains about the names that a `from … import` cannot bind.
pub(super) fn refusals_from(statement: &ast::StmtImportFrom, view: &View<'_>) -> Vec<Diagnostic> {
    let module = statement.module.as_deref().unwrap_or("");
    match view.meaning(statement.level, module) {
        Meaning::Own(own) => {
            return statement.names.iter().filter_map(|alias| own_refusal(alias, own, view)).collect();
        }
        Meaning::Wrong(message, advice) => {
            let at = statement.module.as_ref().map_or(span(statement), span);
            return vec![wrong(message, advice, at)];
        }
        Meaning::Library => {}
    }
    if module == "__future__" {
        let unknown = |alias: &&ast::Alias| !FUTURE_FEATURES.contains(&alias.name.as_str());
        let complaint = |alias: &ast::Alias| {
            let message = format!("future feature {} is not defined", alias.name);
            Diagnostic::new(Reason::Syntax, span(alias), message)
        };
        return statement.names.iter().filter(unknown).map(complaint).collect();
    }
    let submodules = library::MODULES.iter().any(|known| known.name.starts_with(&format!("{module}.")));
    let known = library::module(module);
    if known.is_none() && !submodules {
        let at = statement.module.as_ref().map_or(span(statement), span);
        return vec![no_module(module, at)];
    }
    let complaint = |alias: &ast::Alias| {
        let name = alias.name.as_str();
        let is_moved = definer(module, name) != module;
        let there = name == "*"
            || is_moved
            || known.is_some_and(|module| module.has(name))
            || library::submodule(module, name).is_some();
        (!there).then(|| no_member(module, name, span(alias)))
    };
    statement.names.iter().filter_map(complaint).collect()
}

/// Complains about what cannot be taken from one of the author's own modules. A name that it does not bind is left to the
/// run, where it is an `ImportError`.
fn own_refusal(alias: &ast::Alias, own: u16, view: &View<'_>) -> Option<Diagnostic> {
    if &alias.name == "*" {
        let unclear = view.star(own).is_some_and(|star| star.unclear);
        let name = view.name(own);
        return unclear.then(|| {
            let message = format!("`import *` is not supported where `__all__` is not a plain list: in `{name}`");
            Diagnostic::new(Reason::Unsupported, span(alias), message)
                .advise("write the names into `__all__`, or name what you use")
        });
    }
    view.unusable(own, &alias.name).map(|(message, advice)| wrong(message, advice, span(alias)))
}

/// Whether `from module import …` takes from a stand-in.
pub(super) fn is_stubbed(stubs: &BTreeSet<&str>, statement: &ast::StmtImportFrom) -> bool {
    let module = statement.module.as_deref().unwrap_or("");
    statement.level == 0 && standin::stands_in(stubs, module) && statement.names.iter().all(|alias| &alias.name != "*")
}

impl Emitter<'_> {
    /// Pushes the stand-in for a module.
    fn stand_in(&mut self, module: &str) {
        let home = library::module_index(standin::MODULE).unwrap_or_default();
        let make = self.library_global(home, "module");
        self.code.emit(Instruction::LoadGlobal(make));
        self.code.constant(Constant::Str(module.into()));
        self.code.emit(Instruction::Call(1));
    }

    /// `import a`, `import a.b as c`
    pub(super) fn import(&mut self, statement: &ast::StmtImport) {
        let source = self.source;
        let stubs = standin::asked_for(self.view.scenario_text(source));
        for alias in &statement.names {
            if standin::stands_in(&stubs, &alias.name) {
                let whole = alias.name.as_str();
                let first = whole.split('.').next().unwrap_or_default();
                self.stand_in(if alias.asname.is_some() { whole } else { first });
                self.store_name(alias.asname.as_ref().map_or(first, |name| name.as_str()));
                continue;
            }
            let first = alias.name.split('.').next().unwrap_or_default();
            if let Some(own) = self.view.own(0, &alias.name) {
                self.code.emit(Instruction::Import(own));
                if alias.asname.is_none() && alias.name.contains('.') {
                    let package = self.view.own(0, first).unwrap_or(own);
                    self.code.emit(Instruction::Pop);
                    self.code.emit(Instruction::Import(package));
                }
                self.store_name(alias.asname.as_deref().unwrap_or(first));
                continue;
            }
            if library::module_index(&alias.name).is_none() {
                self.fail_import(&alias.name);
                continue;
            }
            let (module, bound) = match &alias.asname {
                Some(name) => (alias.name.as_str(), name.as_str()),
                None => (first, first),
            };
            self.code.emit(Instruction::Import(library::module_index(module).unwrap_or_default()));
            self.store_name(bound);
        }
    }

    /// Raises what the import of a module raises that nobody has.
    fn fail_import(&mut self, module: &str) {
        let top = module.split('.').next().unwrap_or_default();
        self.load_name("ModuleNotFoundError");
        self.code.constant(Constant::Str(format!("No module named '{top}'").into()));
        self.code.emit(Instruction::Call(1));
        self.code.emit(Instruction::Raise);
    }

    fn imported(&mut self, module: &str, name: &str) -> Instruction {
        let module = definer(module, name);
        let home = library::module_index(module).unwrap_or_default();
        if let Some(submodule) = library::submodule(module, name) {
            Instruction::Import(submodule)
        } else if library::MODULES[usize::from(home)].native.contains(&name) {
            Instruction::ImportMember(home, self.symbol(name))
        } else {
            Instruction::LoadGlobal(self.library_global(home, name))
        }
    }

    /// `from a import b as c`. The features of `__future__` are what raddle does anyway.
    pub(super) fn import_from(&mut self, statement: &ast::StmtImportFrom) {
        let module = statement.module.as_deref().unwrap_or("");
        if let Some(own) = self.view.own(statement.level, module) {
            return self.import_from_own(statement, own);
        }
        if module == "__future__" {
            return;
        }
        if is_stubbed(&standin::asked_for(self.view.scenario_text(self.source)), statement) {
            for alias in &statement.names {
                self.stand_in(module);
                let name = self.symbol(&alias.name);
                self.code.emit(Instruction::LoadAttribute(name));
                self.store_name(alias.asname.as_ref().unwrap_or(&alias.name));
            }
            return;
        }
        if is_missing(module) {
            self.fail_import(module);
            return;
        }
        for alias in &statement.names {
            if &alias.name == "*" {
                self.import_star(module);
                continue;
            }
            let instruction = self.imported(module, &alias.name);
            self.code.emit(instruction);
            self.store_name(alias.asname.as_ref().unwrap_or(&alias.name));
        }
    }

    /// `from a import *`: what of it the program uses.
    fn import_star(&mut self, module: &str) {
        for name in library::module(module).into_iter().flat_map(Module::starred) {
            if self.scopes.takes_star(name) {
                let instruction = self.imported(module, name);
                self.code.emit(instruction);
                self.store_name(name);
            }
        }
    }

    /// `from own import b as c`
    fn import_from_own(&mut self, statement: &ast::StmtImportFrom, own: u16) {
        self.code.emit(Instruction::Import(own));
        self.code.emit(Instruction::Pop);
        for alias in &statement.names {
            if &alias.name == "*" {
                self.import_own_star(own);
                continue;
            }
            let name = self.symbol(&alias.name);
            self.code.emit(Instruction::ImportMember(own, name));
            self.store_name(alias.asname.as_ref().unwrap_or(&alias.name));
        }
    }

    /// `from own import *`: what `__all__` lists has to be there, of everything else what is bound.
    fn import_own_star(&mut self, own: u16) {
        let Some(star) = self.view.star(own) else { return };
        for name in &star.names {
            if !star.listed {
                self.import_if_bound(own, name);
                continue;
            }
            let symbol = self.symbol(name);
            if self.view.submodule(own, name).is_some() {
                self.code.emit(Instruction::ImportMember(own, symbol));
            } else {
                self.code.emit(Instruction::Import(own));
                self.code.emit(Instruction::LoadAttribute(symbol));
            }
            self.store_name(name);
        }
    }

    fn import_if_bound(&mut self, own: u16, name: &str) {
        let (unbound, end) = (self.code.label(), self.code.label());
        let global = self.own_global(own, name);
        self.code.emit(Instruction::LoadBound(global));
        self.code.jump(Instruction::JumpIfFalse, unbound);
        self.store_name(name);
        self.code.jump(Instruction::Jump, end);
        self.code.place(unbound);
        self.code.emit(Instruction::Pop);
        self.code.place(end);
    }
}
