//! The modules and names that raddle provides. `lang` refuses everything else before the run; tests in `machine` and
//! `lang` check that everything here exists.

pub use super::builtins::{BUILTINS, IN_PYTHON};
use super::names;
use std::collections::BTreeSet;

/// A module that a scenario may import.
#[derive(Debug)]
pub struct Module {
    /// Its name, dotted where it is.
    pub name: &'static str,
    /// What the machine provides of it.
    pub native: &'static [&'static str],
    /// What is written in Python, in `lang/library/`.
    pub python: &'static [&'static str],
}

impl Module {
    /// Whether a program may import it: the others are parts of what needs no import.
    pub fn is_public(&self) -> bool {
        !matches!(self.name, "__bytearray__" | "__standin__")
    }

    /// Everything that it has: for programs, and for other modules of the library.
    pub fn members(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.native.iter().chain(self.python).copied()
    }

    /// What it provides for programs.
    pub fn provided(&self) -> impl Iterator<Item = &'static str> + use<> {
        let module = self.name;
        self.members().filter(move |name| module != "multiprocessing" || !names::ELSEWHERE.contains(name))
    }

    /// Whether it provides `name`.
    pub fn has(&self, name: &str) -> bool {
        self.provided().any(|member| member == name)
    }

    /// What `from … import *` binds of it.
    pub fn starred(&self) -> impl Iterator<Item = &'static str> + use<> {
        let module = self.name;
        self.provided().filter(move |name| !name.starts_with('_') && !UNSTARRED.contains(&(module, name)))
    }
}

/// Members without an underscore that CPython's `__all__` leaves out, by module.
const UNSTARRED: &[(&str, &str)] =
    &[("concurrent.futures", "InvalidStateError"), ("threading", "activeCount"), ("threading", "currentThread")];

/// Every module, by the index that [`Import`](super::Instruction::Import) names.
pub const MODULES: &[Module] = &[
    Module {
        name: "threading",
        native: &[
            "Barrier",
            "BoundedSemaphore",
            "BrokenBarrierError",
            "Condition",
            "Event",
            "Lock",
            "RLock",
            "Semaphore",
            "TIMEOUT_MAX",
            "Thread",
            "ThreadError",
            "activeCount",
            "active_count",
            "currentThread",
            "current_thread",
            "enumerate",
            "get_ident",
            "get_native_id",
            "local",
            "main_thread",
        ],
        python: &["ExceptHookArgs", "Timer", "__excepthook__", "excepthook", "stack_size"],
    },
    Module {
        name: "time",
        native: &[
            "sleep",
            "time",
            "monotonic",
            "perf_counter",
            "time_ns",
            "monotonic_ns",
            "perf_counter_ns",
            "process_time",
            "process_time_ns",
            "thread_time",
            "thread_time_ns",
        ],
        python: names::TIME,
    },
    Module { name: "random", native: names::RANDOM_NATIVE, python: names::RANDOM },
    Module {
        name: "queue",
        native: &["Empty", "Full", "LifoQueue", "PriorityQueue", "Queue", "SimpleQueue"],
        python: &[],
    },
    Module { name: "multiprocessing", native: &[], python: names::MULTIPROCESSING },
    Module { name: "ctypes", native: &[], python: names::CTYPES },
    Module { name: "multiprocessing.connection", native: &[], python: &["Connection", "Pipe", "wait"] },
    Module { name: "multiprocessing.pool", native: &[], python: names::POOL },
    Module { name: "multiprocessing.spawn", native: &[], python: &["freeze_support"] },
    Module { name: "multiprocessing.queues", native: &[], python: &["JoinableQueue", "Queue", "SimpleQueue"] },
    Module { name: "multiprocessing.sharedctypes", native: &[], python: names::SHARED_TYPES },
    Module { name: "multiprocessing.synchronize", native: &[], python: names::SYNCHRONIZE },
    Module { name: "multiprocessing.dummy", native: &[], python: names::DUMMY },
    Module { name: "concurrent.futures.process", native: &[], python: &["BrokenProcessPool", "ProcessPoolExecutor"] },
    Module { name: "concurrent", native: &[], python: &[] },
    Module {
        name: "concurrent.futures",
        native: &[
            "ALL_COMPLETED",
            "BrokenExecutor",
            "CancelledError",
            "Executor",
            "FIRST_COMPLETED",
            "FIRST_EXCEPTION",
            "Future",
            "InvalidStateError",
            "ThreadPoolExecutor",
            "TimeoutError",
        ],
        python: &["as_completed", "wait"],
    },
    Module { name: "concurrent.futures.thread", native: &["BrokenThreadPool", "ThreadPoolExecutor"], python: &[] },
    Module {
        name: "typing",
        native: &[
            "Any", "Callable", "ClassVar", "Dict", "Final", "Generic", "Iterable", "Iterator", "List", "Optional",
            "Set", "Tuple", "TypeVar", "Union", "cast",
        ],
        python: names::TYPING,
    },
    Module {
        name: "math",
        native: names::MATH,
        python: &["comb", "degrees", "dist", "fsum", "isfinite", "lcm", "modf", "perm", "prod", "radians"],
    },
    Module {
        name: "sys",
        native: &[
            "__stderr__",
            "__stdout__",
            "exit",
            "version",
            "maxsize",
            "platform",
            "version_info",
            "getswitchinterval",
            "setswitchinterval",
            "getrecursionlimit",
        ],
        python: names::SYS,
    },
    Module { name: "contextlib", native: &[], python: names::CONTEXTLIB },
    Module { name: "logging", native: &[], python: names::LOGGING },
    Module { name: "signal", native: &[], python: names::SIGNAL },
    Module { name: "collections", native: &["deque"], python: names::COLLECTIONS },
    Module { name: "collections.abc", native: &[], python: names::ABSTRACT },
    Module { name: "abc", native: &[], python: &["ABC", "ABCMeta", "abstractmethod", "update_abstractmethods"] },
    Module { name: "copy", native: &[], python: &["Error", "copy", "deepcopy"] },
    Module { name: "dataclasses", native: &[], python: names::DATACLASSES },
    Module { name: "enum", native: &[], python: names::ENUM },
    Module { name: "itertools", native: &["count", "cycle", "repeat"], python: names::ITERTOOLS },
    Module { name: "__future__", native: &["annotations"], python: &[] },
    Module {
        name: "bisect",
        native: &["bisect", "bisect_left", "bisect_right", "insort", "insort_left", "insort_right"],
        python: &[],
    },
    Module {
        name: "datetime",
        native: &[],
        python: &["MAXYEAR", "MINYEAR", "UTC", "date", "datetime", "time", "timedelta", "timezone"],
    },
    Module { name: "functools", native: &[], python: names::FUNCTOOLS },
    Module {
        name: "heapq",
        native: &["heapify", "heappop", "heappush", "heappushpop", "heapreplace"],
        python: &["merge", "nlargest", "nsmallest"],
    },
    Module { name: "operator", native: &[], python: names::OPERATOR },
    Module { name: "os", native: &[], python: names::OS },
    Module { name: "os.path", native: &[], python: names::OS_PATH },
    Module { name: "string", native: &[], python: names::STRING },
    Module { name: "textwrap", native: &[], python: &["TextWrapper", "dedent", "fill", "indent", "shorten", "wrap"] },
    Module { name: "types", native: &["CodeType", "FrameType", "TracebackType"], python: names::TYPES },
    Module {
        name: "json",
        native: &[],
        python: &["JSONDecodeError", "JSONDecoder", "JSONEncoder", "dump", "dumps", "load", "loads"],
    },
    Module { name: "statistics", native: &[], python: names::STATISTICS },
    Module { name: "__bytearray__", native: &[], python: &["bytearray"] },
    // What `--stub` puts in the place of other modules.
    Module { name: "__standin__", native: &[], python: &["module"] },
    Module { name: "timeit", native: &[], python: &["Timer", "default_timer", "repeat", "timeit"] },
    Module { name: "io", native: &[], python: names::IO },
    Module { name: "traceback", native: &[], python: names::TRACEBACK },
    Module { name: "argparse", native: &[], python: names::ARGPARSE },
    Module { name: "_thread", native: &[], python: names::LOW_THREAD },
    Module { name: "atexit", native: &[], python: &["_run_exitfuncs", "register", "unregister"] },
    Module { name: "base64", native: &[], python: names::BASE64 },
    Module { name: "binascii", native: &[], python: names::BINASCII },
    Module { name: "calendar", native: &[], python: names::CALENDAR },
    Module { name: "colorama", native: &[], python: names::COLORAMA },
    Module { name: "csv", native: &[], python: names::CSV },
    Module { name: "decimal", native: &[], python: names::DECIMAL },
    Module { name: "fractions", native: &[], python: names::FRACTIONS },
    Module { name: "hashlib", native: &[], python: names::HASHLIB },
    Module { name: "hmac", native: &[], python: names::HMAC },
    Module { name: "pprint", native: &[], python: names::PPRINT },
    Module { name: "re", native: &[], python: names::RE },
    Module { name: "secrets", native: &[], python: names::SECRETS },
    Module { name: "shutil", native: &[], python: names::SHUTIL },
    Module { name: "struct", native: &[], python: names::STRUCT },
    Module { name: "tqdm", native: &[], python: names::TQDM },
    Module { name: "unittest", native: &[], python: names::UNITTEST },
    Module { name: "uuid", native: &[], python: names::UUID },
    Module { name: "warnings", native: &[], python: names::WARNINGS },
    Module { name: "zlib", native: &[], python: names::ZLIB },
    Module { name: "glob", native: &[], python: names::GLOB },
    Module { name: "fnmatch", native: &[], python: names::FNMATCH },
    Module { name: "pathlib", native: &[], python: names::PATHLIB },
    Module { name: "tempfile", native: &[], python: names::TEMPFILE },
    Module { name: "sched", native: &[], python: names::SCHED },
    Module { name: "getpass", native: &[], python: names::GETPASS },
    Module { name: "platform", native: &[], python: names::PLATFORM },
    Module { name: "gc", native: &[], python: names::GC },
    Module { name: "errno", native: &[], python: names::ERRNO },
    Module { name: "weakref", native: &[], python: names::WEAKREF },
    Module { name: "urllib", native: &[], python: &[] },
    Module { name: "urllib.parse", native: &[], python: names::URLLIB_PARSE },
    Module { name: "shlex", native: &[], python: names::SHLEX },
    Module { name: "http", native: &[], python: names::HTTP },
    Module { name: "logging.handlers", native: &[], python: names::LOGGING_HANDLERS },
    Module { name: "pickle", native: &[], python: names::PICKLE },
    Module { name: "inspect", native: &[], python: names::INSPECT },
    Module { name: "contextvars", native: &[], python: names::CONTEXTVARS },
];

/// Members that a program may assign to, by module. They are written in Python, and globals that can change where a program
/// does so.
pub const ASSIGNABLE: &[(&str, &str)] =
    &[("sys", "excepthook"), ("sys", "stderr"), ("sys", "stdin"), ("sys", "stdout"), ("threading", "excepthook")];

/// What of the library assigns to such a member, by its name.
pub const REDIRECTS: &[(&str, &str)] = &[("redirect_stderr", "stderr"), ("redirect_stdout", "stdout")];

/// What a builtin is in a program that assigns to a member of `sys`: the member, the builtin, and its form in Python, which
/// looks at that member.
pub const REDIRECTED: (&str, &str, &str) = ("stdout", "print", "_print");

/// The index of a module, if it is provided.
pub fn module_index(name: &str) -> Option<u16> {
    MODULES.iter().position(|module| module.name == name).map(|index| index as u16)
}

/// The module that a builtin is written in, if it is written in Python, and its name there. `reassigned`: the members that the
/// program assigns to.
pub fn home_of_builtin(name: &str, reassigned: &BTreeSet<&str>) -> Option<(&'static str, &'static str)> {
    let (member, builtin, form) = REDIRECTED;
    if name == builtin && reassigned.contains(member) {
        return Some(("sys", form));
    }
    IN_PYTHON.iter().find(|(known, _)| *known == name).map(|(name, module)| (*module, *name))
}

/// The module `name` inside of `module`.
pub fn submodule(module: &str, name: &str) -> Option<u16> {
    module_index(&format!("{module}.{name}"))
}

/// Whether a program may assign to that member of a module.
pub fn is_assignable(module: u16, member: &str) -> bool {
    ASSIGNABLE.contains(&(MODULES[usize::from(module)].name, member))
}

/// The module of that name, if it is provided.
pub fn module(name: &str) -> Option<&'static Module> {
    MODULES.iter().find(|module| module.name == name)
}
