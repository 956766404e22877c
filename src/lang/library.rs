//! The part of the library that is written in Python: the prelude, which every program has, and the Python parts of the
//! modules that a program imports, one file each in `library/`, as far as it needs them ([`pieces`](super::pieces)).
//!
//! Library code is ordinary Python that runs on the machine like the scenario's, hidden from tracebacks and the screen. Its
//! module code runs before the scenario's, on the main thread, and makes nothing that other threads could see. Names that
//! begin with two underscores and are bound nowhere are the machine's own. An attribute that library code stores to
//! outside `__init__` begins with an underscore: what is known of an attribute is known by its name, in the whole program.

use super::function::Unit;
use super::pieces::Needed;
use super::project::View;
use super::scope::Role;
use super::{analyse, attributes, function, parse};
use crate::base::{Diagnostics, Source};
use crate::bytecode::{Home, Spawned, builder::ProgramBuilder, library};
use indexmap::IndexSet;
use std::sync::Arc;

pub(super) const PRELUDE: &str = include_str!("library/prelude.py");
/// What makes processes, and what a process runs last that was spawned.
const PROCESSES: &str = "multiprocessing";
const SPAWNED: &str = "multiprocessing.spawn";
/// What runs the author's own modules, for programs that have some.
const IMPORTS: &str = include_str!("library/modules.py");

/// The Python parts of modules.
pub(super) const PARTS: &[(&str, &str)] = &[
    ("_thread", include_str!("library/_thread.py")),
    ("__bytearray__", include_str!("library/bytearray.py")),
    ("abc", include_str!("library/abc.py")),
    ("argparse", include_str!("library/argparse.py")),
    ("atexit", include_str!("library/atexit.py")),
    ("base64", include_str!("library/base64.py")),
    ("binascii", include_str!("library/binascii.py")),
    ("bisect", include_str!("library/bisect.py")),
    ("calendar", include_str!("library/calendar.py")),
    ("collections", include_str!("library/collections.py")),
    ("collections.abc", include_str!("library/collections_abc.py")),
    ("colorama", include_str!("library/colorama.py")),
    ("concurrent.futures", include_str!("library/concurrent_futures.py")),
    ("concurrent.futures.process", include_str!("library/concurrent_futures_process.py")),
    ("contextlib", include_str!("library/contextlib.py")),
    ("contextvars", include_str!("library/contextvars.py")),
    ("copy", include_str!("library/copy.py")),
    ("csv", include_str!("library/csv.py")),
    ("ctypes", include_str!("library/ctypes.py")),
    ("dataclasses", include_str!("library/dataclasses.py")),
    ("datetime", include_str!("library/datetime.py")),
    ("decimal", include_str!("library/decimal.py")),
    ("enum", include_str!("library/enum.py")),
    ("errno", include_str!("library/errno.py")),
    ("fnmatch", include_str!("library/fnmatch.py")),
    ("fractions", include_str!("library/fractions.py")),
    ("functools", include_str!("library/functools.py")),
    ("gc", include_str!("library/gc.py")),
    ("getpass", include_str!("library/getpass.py")),
    ("glob", include_str!("library/glob.py")),
    ("hashlib", include_str!("library/hashlib.py")),
    ("heapq", include_str!("library/heapq.py")),
    ("hmac", include_str!("library/hmac.py")),
    ("http", include_str!("library/http.py")),
    ("inspect", include_str!("library/inspect.py")),
    ("io", include_str!("library/io.py")),
    ("itertools", include_str!("library/itertools.py")),
    ("json", include_str!("library/json.py")),
    ("logging", include_str!("library/logging.py")),
    ("logging.handlers", include_str!("library/logging_handlers.py")),
    ("math", include_str!("library/math.py")),
    ("multiprocessing", include_str!("library/multiprocessing.py")),
    ("multiprocessing.connection", include_str!("library/multiprocessing_connection.py")),
    ("multiprocessing.dummy", include_str!("library/multiprocessing_dummy.py")),
    ("multiprocessing.pool", include_str!("library/multiprocessing_pool.py")),
    ("multiprocessing.queues", include_str!("library/multiprocessing_queues.py")),
    ("multiprocessing.sharedctypes", include_str!("library/multiprocessing_sharedctypes.py")),
    ("multiprocessing.synchronize", include_str!("library/multiprocessing_synchronize.py")),
    (SPAWNED, include_str!("library/multiprocessing_spawn.py")),
    ("operator", include_str!("library/operator.py")),
    ("os", include_str!("library/os.py")),
    ("os.path", include_str!("library/os_path.py")),
    ("pathlib", include_str!("library/pathlib.py")),
    ("pickle", include_str!("library/pickle.py")),
    ("platform", include_str!("library/platform.py")),
    ("pprint", include_str!("library/pprint.py")),
    ("random", include_str!("library/random.py")),
    ("re", include_str!("library/re.py")),
    ("sched", include_str!("library/sched.py")),
    ("secrets", include_str!("library/secrets.py")),
    ("shlex", include_str!("library/shlex.py")),
    ("shutil", include_str!("library/shutil.py")),
    ("signal", include_str!("library/signal.py")),
    (super::standin::MODULE, include_str!("library/standin.py")),
    ("statistics", include_str!("library/statistics.py")),
    ("string", include_str!("library/string.py")),
    ("struct", include_str!("library/struct.py")),
    ("sys", include_str!("library/sys.py")),
    ("tempfile", include_str!("library/tempfile.py")),
    ("textwrap", include_str!("library/textwrap.py")),
    ("threading", include_str!("library/threading.py")),
    ("time", include_str!("library/time.py")),
    ("timeit", include_str!("library/timeit.py")),
    ("tqdm", include_str!("library/tqdm.py")),
    ("traceback", include_str!("library/traceback.py")),
    ("types", include_str!("library/types.py")),
    ("typing", include_str!("library/typing.py")),
    ("unittest", include_str!("library/unittest.py")),
    ("urllib.parse", include_str!("library/urllib_parse.py")),
    ("uuid", include_str!("library/uuid.py")),
    ("warnings", include_str!("library/warnings.py")),
    ("weakref", include_str!("library/weakref.py")),
    ("zlib", include_str!("library/zlib.py")),
];

/// Compiles the prelude and the Python parts of the imported modules, and of those that they import, into the program.
///
/// `needed`: what of these parts the program needs. `several`: the program has modules of the author's own.
///
/// # Errors
/// When library code cannot be compiled, which a test rules out.
pub(super) fn link(
    program: &mut ProgramBuilder,
    needed: &Needed,
    imports: &IndexSet<Arc<str>>,
    several: bool,
) -> Result<(), Diagnostics> {
    let mut linker = Linker { program, needed, linked: IndexSet::new() };
    linker.compile("<prelude>", &needed.prelude, Home::Prelude)?;
    if several {
        linker.compile("<imports>", IMPORTS, Home::Prelude)?;
    }
    linker.imports(imports)
}

struct Linker<'p> {
    program: &'p mut ProgramBuilder,
    needed: &'p Needed,
    /// Modules by their index, also those whose imports are being compiled.
    linked: IndexSet<u16>,
}

impl Linker<'_> {
    fn imports(&mut self, names: &IndexSet<Arc<str>>) -> Result<(), Diagnostics> {
        // `import a.b.c` imports `a` and `a.b` as well.
        let with_packages = |name: &'_ Arc<str>| {
            let dots: Vec<usize> = name.match_indices('.').map(|(at, _)| at).chain([name.len()]).collect();
            let name = name.clone();
            dots.into_iter().map(move |end| Arc::<str>::from(&name[..end]))
        };
        for name in names.iter().flat_map(with_packages) {
            let module = library::module_index(&name).map(|index| &library::MODULES[usize::from(index)]);
            if self.needed.by_name {
                // What a program looks for by a name that it makes has to be a name that it knows.
                module.iter().flat_map(|module| module.members()).for_each(|member| {
                    self.program.symbol(member);
                });
            }
            if let (Some(text), Some(index)) = (self.needed.part(&name), library::module_index(&name))
                && self.linked.insert(index)
            {
                self.compile(&name, text, Home::Library(index))?;
            }
        }
        Ok(())
    }

    /// Compiles a part after what it imports: so it runs after that, too.
    fn compile(&mut self, name: &str, text: &str, home: Home) -> Result<(), Diagnostics> {
        let source = Source::new(name, text);
        let module = parse(&source)?;
        let found = analyse(&module, Role::Library, &View::NONE)?;
        if home != Home::Prelude {
            self.imports(&found.imports)?; // the prelude runs before everything, and uses what the machine provides
        }
        attributes::classify(self.program, &[&found], true);
        let code = function::compile(self.program, &Unit::library(&source, &found.scopes, &module, home))?;
        match library::module_index(PROCESSES) {
            Some(maker) if name == SPAWNED => {
                let told = self.program.global_of("__told", true, Home::Library(maker));
                let name = self.program.global("__name__", true);
                self.program.spawned = Some(Spawned { code, told, name });
            }
            _ => self.program.startup.push(code),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::collect::collect;

    #[test]
    fn every_member_in_python_is_bound_by_its_part() {
        for module in library::MODULES.iter().filter(|module| !module.python.is_empty()) {
            let (_, text) = PARTS.iter().find(|(name, _)| *name == module.name).expect(module.name);
            let parsed = parse(&Source::new(module.name, *text)).expect(module.name);
            let scopes = collect(&parsed.body, Role::Library, &View::NONE).scopes;
            for name in module.python {
                assert!(scopes.binding(super::super::scope::Scopes::MODULE, name).is_some(), "{}.{name}", module.name);
            }
        }
    }

    #[test]
    fn every_part_compiles() {
        let mut program = ProgramBuilder::new(Arc::new(Source::new("test.py", "")));
        let all = PARTS.iter().map(|(name, _)| Arc::from(*name)).collect();
        let whole = Needed::of(["getattr"].into_iter(), &all, PRELUDE, PARTS);
        assert!(link(&mut program, &whole, &all, true).is_ok());
    }
}
