//! The modules and names that raddle provides. `lang` refuses what is not here before the run; tests in `machine` and
//! `lang` check that everything here exists.

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
    /// Everything that it provides.
    pub fn members(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.native.iter().chain(self.python).copied()
    }

    /// Whether it provides `name`.
    pub fn has(&self, name: &str) -> bool {
        self.members().any(|member| member == name)
    }
}

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
            "active_count",
            "current_thread",
            "enumerate",
            "get_ident",
            "get_native_id",
            "local",
            "main_thread",
        ],
        python: &[],
    },
    Module {
        name: "time",
        native: &["sleep", "time", "monotonic", "perf_counter", "time_ns", "monotonic_ns", "perf_counter_ns"],
        python: &[],
    },
    Module {
        name: "random",
        native: &[
            "random",
            "randint",
            "randrange",
            "uniform",
            "choice",
            "choices",
            "shuffle",
            "sample",
            "seed",
            "gauss",
            "expovariate",
        ],
        python: &[],
    },
    Module { name: "queue", native: &["Empty", "Full", "Queue"], python: &[] },
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
        python: &[],
    },
    Module {
        name: "math",
        native: &[
            "ceil",
            "floor",
            "gcd",
            "inf",
            "isqrt",
            "log",
            "log10",
            "log2",
            "nan",
            "pi",
            "e",
            "sqrt",
            "sin",
            "cos",
            "pow",
            "fabs",
            "factorial",
            "isclose",
            "isnan",
            "isinf",
            "hypot",
            "exp",
            "tau",
            "trunc",
        ],
        python: &[],
    },
    Module {
        name: "sys",
        native: &[
            "exit",
            "stdout",
            "stderr",
            "argv",
            "version",
            "maxsize",
            "getswitchinterval",
            "setswitchinterval",
            "getrecursionlimit",
        ],
        python: &[],
    },
    Module {
        name: "contextlib",
        native: &[],
        python: &["ExitStack", "closing", "contextmanager", "nullcontext", "suppress"],
    },
    Module { name: "__future__", native: &["annotations"], python: &[] },
];

/// The builtins that the machine provides, exceptions and types included.
pub const BUILTINS: &[&str] = &[
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "BaseException",
    "ConnectionError",
    "EOFError",
    "Ellipsis",
    "Exception",
    "FileNotFoundError",
    "IOError",
    "ImportError",
    "IndexError",
    "InterruptedError",
    "KeyError",
    "KeyboardInterrupt",
    "LookupError",
    "MemoryError",
    "ModuleNotFoundError",
    "NameError",
    "NotImplemented",
    "NotImplementedError",
    "OSError",
    "OverflowError",
    "PermissionError",
    "RecursionError",
    "RuntimeError",
    "StopIteration",
    "SystemExit",
    "TimeoutError",
    "TypeError",
    "UnboundLocalError",
    "UnicodeError",
    "ValueError",
    "Warning",
    "ZeroDivisionError",
    "__name__",
    "abs",
    "all",
    "any",
    "bin",
    "bool",
    "callable",
    "chr",
    "classmethod",
    "dict",
    "divmod",
    "enumerate",
    "filter",
    "float",
    "format",
    "frozenset",
    "getattr",
    "hasattr",
    "hash",
    "hex",
    "id",
    "int",
    "isinstance",
    "issubclass",
    "iter",
    "len",
    "list",
    "map",
    "max",
    "min",
    "next",
    "object",
    "oct",
    "ord",
    "pow",
    "print",
    "property",
    "range",
    "repr",
    "reversed",
    "round",
    "set",
    "setattr",
    "sorted",
    "staticmethod",
    "str",
    "sum",
    "super",
    "tuple",
    "type",
    "zip",
];

/// The index of a module, if it is provided.
pub fn module_index(name: &str) -> Option<u16> {
    MODULES.iter().position(|module| module.name == name).map(|index| index as u16)
}

/// The module of that name, if it is provided.
pub fn module(name: &str) -> Option<&'static Module> {
    MODULES.iter().find(|module| module.name == name)
}
