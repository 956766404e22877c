//! The names of modules with many, which are written in Python.

/// `_thread`
#[rustfmt::skip]
pub(super) const LOW_THREAD: &[&str] = &[
    "LockType", "RLock", "TIMEOUT_MAX", "_count", "allocate", "allocate_lock", "error", "exit", "exit_thread",
    "get_ident", "get_native_id", "interrupt_main", "stack_size", "start_new", "start_new_thread",
];

/// `argparse`
#[rustfmt::skip]
pub(super) const ARGPARSE: &[&str] = &[
    "Action", "ArgumentDefaultsHelpFormatter", "ArgumentError", "ArgumentParser", "ArgumentTypeError",
    "BooleanOptionalAction", "HelpFormatter", "MetavarTypeHelpFormatter", "Namespace", "ONE_OR_MORE", "OPTIONAL",
    "PARSER", "REMAINDER", "RawDescriptionHelpFormatter", "RawTextHelpFormatter", "SUPPRESS", "ZERO_OR_MORE",
];

/// `base64`
#[rustfmt::skip]
pub(super) const BASE64: &[&str] = &[
    "b16decode", "b16encode", "b32decode", "b32encode", "b64decode", "b64encode", "decodebytes", "encodebytes",
    "standard_b64decode", "standard_b64encode", "urlsafe_b64decode", "urlsafe_b64encode",
];

/// `binascii`
#[rustfmt::skip]
pub(super) const BINASCII: &[&str] = &[
    "Error", "a2b_base64", "a2b_hex", "b2a_base64", "b2a_hex", "crc32", "hexlify", "unhexlify",
];

/// `calendar`
#[rustfmt::skip]
pub(super) const CALENDAR: &[&str] = &[
    "FRIDAY", "February", "IllegalMonthError", "January", "MONDAY", "SATURDAY", "SUNDAY", "THURSDAY", "TUESDAY",
    "WEDNESDAY", "day_abbr", "day_name", "isleap", "leapdays", "month", "month_abbr", "month_name", "monthcalendar",
    "monthrange", "prmonth", "timegm", "weekday",
];

/// `colorama`
#[rustfmt::skip]
pub(super) const COLORAMA: &[&str] = &[
    "Back", "Cursor", "Fore", "Style", "deinit", "init", "just_fix_windows_console", "reinit",
];

/// `csv`
#[rustfmt::skip]
pub(super) const CSV: &[&str] = &[
    "Dialect", "DictReader", "DictWriter", "Error", "QUOTE_ALL", "QUOTE_MINIMAL", "QUOTE_NONE", "QUOTE_NONNUMERIC",
    "excel", "excel_tab", "get_dialect", "list_dialects", "reader", "register_dialect", "unix_dialect",
    "unregister_dialect", "writer",
];

/// `ctypes`
#[rustfmt::skip]
pub(super) const CTYPES: &[&str] = &[
    "c_bool", "c_byte", "c_char", "c_double", "c_float", "c_int", "c_int16", "c_int32", "c_int64", "c_int8", "c_long",
    "c_longlong", "c_short", "c_size_t", "c_ssize_t", "c_ubyte", "c_uint", "c_uint16", "c_uint32", "c_uint64", "c_uint8",
    "c_ulong", "c_ulonglong", "c_ushort", "c_wchar",
];

/// `decimal`
#[rustfmt::skip]
pub(super) const DECIMAL: &[&str] = &[
    "BasicContext", "Context", "ConversionSyntax", "Decimal", "DecimalException", "DecimalTuple", "DefaultContext",
    "DivisionByZero", "DivisionImpossible", "DivisionUndefined", "ExtendedContext", "FloatOperation", "Inexact",
    "InvalidOperation", "MAX_EMAX", "MAX_PREC", "MIN_EMIN", "Overflow", "ROUND_05UP", "ROUND_CEILING", "ROUND_DOWN",
    "ROUND_FLOOR", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN", "ROUND_HALF_UP", "ROUND_UP", "Rounded", "getcontext",
    "localcontext", "setcontext",
];

/// `fnmatch`
#[rustfmt::skip]
pub(super) const FNMATCH: &[&str] = &[
    "filter", "fnmatch", "fnmatchcase", "translate",
];

/// `fractions`
#[rustfmt::skip]
pub(super) const FRACTIONS: &[&str] = &[
    "Fraction",
];

/// `glob`
#[rustfmt::skip]
pub(super) const GLOB: &[&str] = &[
    "escape", "glob", "iglob",
];

/// `hashlib`
#[rustfmt::skip]
pub(super) const HASHLIB: &[&str] = &[
    "algorithms_available", "algorithms_guaranteed", "blake2b", "blake2s", "md5", "new", "pbkdf2_hmac", "sha1",
    "sha224", "sha256", "sha384", "sha3_224", "sha3_256", "sha3_384", "sha3_512", "sha512", "shake_128",
    "shake_256",
];

/// `hmac`
#[rustfmt::skip]
pub(super) const HMAC: &[&str] = &[
    "HMAC", "compare_digest", "digest", "new",
];

/// `io`
#[rustfmt::skip]
pub(super) const IO: &[&str] = &[
    "BufferedIOBase", "BytesIO", "DEFAULT_BUFFER_SIZE", "IOBase", "RawIOBase", "SEEK_CUR", "SEEK_END", "SEEK_SET",
    "StringIO", "TextIOBase", "TextIOWrapper", "UnsupportedOperation", "open",
];

/// `os`
#[rustfmt::skip]
pub(super) const OS: &[&str] = &[
    "_exit",    "DirEntry", "F_OK", "R_OK", "W_OK", "X_OK", "access", "chdir", "cpu_count", "curdir", "devnull", "environ",
    "extsep", "fspath", "getcwd", "getenv", "getpid", "getppid", "kill", "linesep", "listdir", "makedirs", "mkdir", "name",
    "pardir", "pathsep", "remove", "removedirs", "rename", "renames", "replace", "rmdir", "scandir", "sep", "stat",
    "stat_result", "system", "unlink", "urandom", "walk",
];

/// `os.path`
#[rustfmt::skip]
pub(super) const OS_PATH: &[&str] = &[
    "abspath", "basename", "commonprefix", "dirname", "exists", "expanduser", "expandvars", "getmtime", "getsize",
    "isabs", "isdir", "isfile", "islink", "join", "lexists", "normcase", "normpath", "realpath", "relpath",
    "samefile", "sep", "split", "splitext",
];

/// `pathlib`
#[rustfmt::skip]
pub(super) const PATHLIB: &[&str] = &[
    "Path", "PosixPath", "PurePath", "PurePosixPath",
];

/// `pprint`
#[rustfmt::skip]
pub(super) const PPRINT: &[&str] = &[
    "PrettyPrinter", "isreadable", "isrecursive", "pformat", "pp", "pprint", "saferepr",
];

/// `re`
#[rustfmt::skip]
pub(super) const RE: &[&str] = &[
    "A", "ASCII", "DEBUG", "DOTALL", "I", "IGNORECASE", "L", "LOCALE", "M", "MULTILINE", "Match", "NOFLAG",
    "Pattern", "RegexFlag", "S", "U", "UNICODE", "VERBOSE", "X", "compile", "error", "escape", "findall",
    "finditer", "fullmatch", "match", "purge", "search", "split", "sub", "subn",
];

/// `secrets`
#[rustfmt::skip]
pub(super) const SECRETS: &[&str] = &[
    "SystemRandom", "choice", "compare_digest", "randbelow", "randbits", "token_bytes", "token_hex",
    "token_urlsafe",
];

/// `shutil`
#[rustfmt::skip]
pub(super) const SHUTIL: &[&str] = &[
    "Error", "SameFileError", "copy", "copy2", "copyfile", "copyfileobj", "copytree", "get_terminal_size", "move",
    "rmtree", "which",
];

/// `struct`
#[rustfmt::skip]
pub(super) const STRUCT: &[&str] = &[
    "Struct", "calcsize", "error", "iter_unpack", "pack", "unpack", "unpack_from",
];

/// `sys`
#[rustfmt::skip]
pub(super) const SYS: &[&str] = &[
    "__excepthook__", "__stdin__", "_getframe", "argv", "byteorder", "exc_info", "exception", "excepthook",
    "executable", "getdefaultencoding", "hexversion", "intern", "stderr", "stdin", "stdout",
];

/// `tempfile`
#[rustfmt::skip]
pub(super) const TEMPFILE: &[&str] = &[
    "NamedTemporaryFile", "SpooledTemporaryFile", "TemporaryDirectory", "TemporaryFile", "gettempdir",
    "gettempprefix", "mkdtemp", "mktemp", "tempdir",
];

/// `tqdm`
#[rustfmt::skip]
pub(super) const TQDM: &[&str] = &[
    "tqdm", "trange",
];

/// `unittest`
#[rustfmt::skip]
pub(super) const UNITTEST: &[&str] = &[
    "SkipTest", "TestCase", "TestLoader", "TestResult", "TestSuite", "TextTestResult", "TextTestRunner",
    "defaultTestLoader", "expectedFailure", "main", "makeSuite", "skip", "skipIf", "skipUnless",
];

/// `uuid`
#[rustfmt::skip]
pub(super) const UUID: &[&str] = &[
    "NAMESPACE_DNS", "NAMESPACE_OID", "NAMESPACE_URL", "NAMESPACE_X500", "RESERVED_FUTURE", "RESERVED_MICROSOFT",
    "RESERVED_NCS", "RFC_4122", "UUID", "getnode", "uuid1", "uuid3", "uuid4", "uuid5",
];

/// `zlib`
#[rustfmt::skip]
pub(super) const ZLIB: &[&str] = &[
    "adler32", "crc32",
];

/// `sched`
#[rustfmt::skip]
pub(super) const SCHED: &[&str] = &[
    "Event", "scheduler",
];

/// `getpass`
#[rustfmt::skip]
pub(super) const GETPASS: &[&str] = &[
    "GetPassWarning", "getpass", "getuser",
];

/// `platform`
#[rustfmt::skip]
pub(super) const PLATFORM: &[&str] = &[
    "architecture", "machine", "node", "platform", "processor", "python_compiler", "python_implementation",
    "python_version", "python_version_tuple", "release", "system", "version",
];

/// `gc`
#[rustfmt::skip]
pub(super) const GC: &[&str] = &[
    "collect", "disable", "enable", "isenabled",
];

/// `errno`
#[rustfmt::skip]
pub(super) const ERRNO: &[&str] = &[
    "EACCES", "EAGAIN", "ECONNREFUSED", "EEXIST", "EFBIG", "EINTR", "EINVAL", "EIO", "EISDIR", "ENOENT", "ENOMEM",
    "ENOSPC", "ENOTDIR", "ENOTEMPTY", "EPERM", "EPIPE", "ETIMEDOUT", "EWOULDBLOCK", "errorcode",
];

/// `logging`
#[rustfmt::skip]
pub(super) const LOGGING: &[&str] = &[
    "BASIC_FORMAT", "CRITICAL", "DEBUG", "ERROR", "FATAL", "FileHandler", "Filter", "Formatter", "Handler", "INFO",
    "LogRecord", "Logger", "LoggerAdapter", "NOTSET", "NullHandler", "StreamHandler", "WARN", "WARNING",
    "basicConfig", "critical", "debug", "disable", "error", "exception", "fatal", "getLevelName", "getLogger",
    "info", "log", "shutdown", "warning",
];

/// `multiprocessing`; what begins with an underscore is for other modules of the library.
#[rustfmt::skip]
pub(super) const MULTIPROCESSING: &[&str] = &[
    "Array", "AsyncResult", "AuthenticationError", "Barrier", "BoundedSemaphore", "BrokenProcessPool",
    "BufferTooShort", "Condition", "Connection", "Event", "ForkProcess", "JoinableQueue", "Lock", "Manager", "MapResult", "MaybeEncodingError",
    "Pipe", "Pool", "Process", "ProcessError", "ProcessPoolExecutor", "Queue", "RLock", "RawArray", "RawValue", "RemoteTraceback",
    "Semaphore", "SimpleQueue", "SyncManager", "Synchronized", "SynchronizedArray", "ThreadPool", "TimeoutError",
    "Value", "active_children", "cpu_count", "current_process",
    "freeze_support", "get_all_start_methods", "get_context", "get_start_method", "parent_process",
    "set_start_method",
];

/// Members of `multiprocessing` that other modules provide: it is written in one file.
#[rustfmt::skip]
pub(super) const ELSEWHERE: &[&str] = &[
    "AsyncResult", "BrokenProcessPool", "Connection", "ForkProcess", "MapResult", "MaybeEncodingError",
    "ProcessPoolExecutor", "RemoteTraceback", "SyncManager", "Synchronized", "SynchronizedArray", "ThreadPool",
];

/// `multiprocessing.dummy`
#[rustfmt::skip]
pub(super) const DUMMY: &[&str] = &[
    "Barrier", "BoundedSemaphore", "Condition", "Event", "JoinableQueue", "Lock", "Pool", "Process", "Queue",
    "RLock", "Semaphore", "active_children", "current_process",
];

/// `multiprocessing.sharedctypes`
#[rustfmt::skip]
pub(super) const SHARED_TYPES: &[&str] = &[
    "Array", "RawArray", "RawValue", "Synchronized", "SynchronizedArray", "Value",
];

/// `multiprocessing.synchronize`
#[rustfmt::skip]
pub(super) const SYNCHRONIZE: &[&str] = &[
    "Barrier", "BoundedSemaphore", "Condition", "Event", "Lock", "RLock", "Semaphore",
];

/// `multiprocessing.pool`
#[rustfmt::skip]
pub(super) const POOL: &[&str] = &[
    "AsyncResult", "MapResult", "MaybeEncodingError", "Pool", "RemoteTraceback", "ThreadPool",
];

/// Members that another module defines, which is linked only for them: module, member, and where it stands.
pub const MOVED: &[(&str, &str, &str)] = &[("concurrent.futures", "ProcessPoolExecutor", "concurrent.futures.process")];

/// What the machine itself calls of modules' parts in Python, whether a program mentions it or not.
const ASKED: &[(&str, &[&str])] = &[
    ("atexit", &["_run_exitfuncs"]),
    ("bisect", &["_bisect_left", "_bisect_right", "_insort_left", "_insort_right"]),
    (
        "concurrent.futures",
        &["_add_callback", "_call_back", "_call_back_and_rest", "_leave", "_map", "_run", "_shutdown", "_work"],
    ),
    ("heapq", &["_heapify", "_pop", "_push", "_pushpop", "_replace"]),
    ("logging", &["_handle"]),
    ("multiprocessing", &["_exit_function"]),
    ("sys", &["_tell"]),
    ("threading", &["_tell"]),
];

/// What the machine itself calls of a module's part in Python.
pub fn asked(module: &str) -> &'static [&'static str] {
    ASKED.iter().find(|(name, _)| *name == module).map_or(&[], |(_, asked)| asked)
}

#[rustfmt::skip]
pub(super) const TRACEBACK: &[&str] = &[
    "FrameSummary", "StackSummary", "TracebackException", "clear_frames", "extract_stack", "extract_tb", "format_exc",
    "format_exception", "format_exception_only", "format_list", "format_stack", "format_tb", "print_exc",
    "print_exception", "print_list", "print_stack", "print_tb", "walk_stack", "walk_tb",
];

#[rustfmt::skip]
pub(super) const WARNINGS: &[&str] = &[
    "WarningMessage", "catch_warnings", "filterwarnings", "formatwarning", "resetwarnings", "showwarning",
    "simplefilter", "warn", "warn_explicit",
];

/// `typing`
#[rustfmt::skip]
pub(super) const TYPING: &[&str] = &[
    "AbstractSet", "Annotated", "AnyStr", "AsyncGenerator", "AsyncIterable", "AsyncIterator", "Awaitable",
    "BinaryIO", "ByteString", "ChainMap", "Collection", "Concatenate", "Container", "ContextManager", "Coroutine",
    "Counter", "DefaultDict", "Deque", "ForwardRef", "FrozenSet", "Generator", "Hashable", "IO", "ItemsView",
    "KeysView", "Literal", "LiteralString", "Mapping", "MappingView", "Match", "MutableMapping", "MutableSequence",
    "MutableSet", "NamedTuple", "Never", "NewType", "NoReturn", "NotRequired", "OrderedDict", "ParamSpec",
    "Pattern", "Protocol", "Required", "Reversible", "Self", "Sequence", "Sized", "SupportsAbs", "SupportsFloat",
    "SupportsIndex", "SupportsInt", "SupportsRound", "TYPE_CHECKING", "Text", "TextIO", "Type", "TypeAlias",
    "TypeGuard", "TypeVarTuple", "TypedDict", "Unpack", "ValuesView", "assert_never", "assert_type", "final",
    "get_type_hints", "no_type_check", "overload", "reveal_type", "runtime_checkable",
];

/// `math`
#[rustfmt::skip]
pub(super) const MATH: &[&str] = &[
    "acos", "asin", "atan", "atan2", "cbrt", "ceil", "copysign", "cos", "cosh", "e", "exp", "exp2", "expm1", "fabs",
    "factorial", "floor", "fmod", "frexp", "gcd", "hypot", "inf", "isclose", "isinf", "isnan", "isqrt", "ldexp",
    "log", "log10", "log1p", "log2", "nan", "pi", "pow", "sin", "sinh", "sqrt", "tan", "tanh", "tau", "trunc",
];

/// `operator`
#[rustfmt::skip]
pub(super) const OPERATOR: &[&str] = &[
    "add", "and_", "attrgetter", "concat", "contains", "countOf", "delitem", "eq", "floordiv", "ge", "getitem",
    "gt", "iadd", "imul", "index", "indexOf", "inv", "invert", "is_", "is_not", "isub", "itemgetter", "le",
    "lshift", "lt", "methodcaller", "mod", "mul", "ne", "neg", "not_", "or_", "pos", "pow", "rshift", "setitem",
    "sub", "truediv", "truth", "xor",
];

/// `functools`
#[rustfmt::skip]
pub(super) const FUNCTOOLS: &[&str] = &[
    "WRAPPER_ASSIGNMENTS", "WRAPPER_UPDATES", "cache", "cached_property", "cmp_to_key", "lru_cache", "partial",
    "partialmethod", "reduce", "singledispatch", "singledispatchmethod", "total_ordering", "update_wrapper", "wraps",
];

/// `collections.abc`
#[rustfmt::skip]
pub(super) const ABSTRACT: &[&str] = &[
    "Callable", "Collection", "Container", "Generator", "Hashable", "Iterable", "Iterator", "Mapping",
    "MutableMapping", "MutableSequence", "MutableSet", "Reversible", "Sequence", "Set", "Sized",
];

/// `random`
#[rustfmt::skip]
pub(super) const RANDOM_NATIVE: &[&str] = &[
    "choice", "choices", "expovariate", "gauss", "getrandbits", "randint", "random", "randrange", "sample", "seed",
    "shuffle", "uniform",
];

/// `itertools`
#[rustfmt::skip]
pub(super) const ITERTOOLS: &[&str] = &[
    "accumulate", "chain", "combinations", "combinations_with_replacement", "compress", "dropwhile", "filterfalse",
    "groupby", "islice", "pairwise", "permutations", "product", "starmap", "takewhile", "tee", "zip_longest",
];

/// `contextlib`
#[rustfmt::skip]
pub(super) const CONTEXTLIB: &[&str] = &[
    "AbstractContextManager", "ContextDecorator", "ExitStack", "closing", "contextmanager", "nullcontext",
    "redirect_stderr", "redirect_stdout", "suppress",
];

/// `signal`
#[rustfmt::skip]
pub(super) const SIGNAL: &[&str] = &[
    "Handlers", "SIGHUP", "SIGINT", "SIGKILL", "SIGTERM", "SIGUSR1", "SIGUSR2", "SIG_DFL", "SIG_IGN", "Signals",
    "default_int_handler", "getsignal", "pause", "pthread_kill", "raise_signal", "signal", "strsignal",
];

/// `time`
#[rustfmt::skip]
pub(super) const TIME: &[&str] = &[
    "altzone", "asctime", "ctime", "daylight", "gmtime", "localtime", "mktime", "strftime", "struct_time",
    "timezone", "tzname",
];

/// `statistics`
#[rustfmt::skip]
pub(super) const STATISTICS: &[&str] = &[
    "StatisticsError", "fmean", "harmonic_mean", "mean", "median", "median_high", "median_low", "mode", "multimode",
    "pstdev", "pvariance", "quantiles", "stdev", "variance",
];

/// `random`
#[rustfmt::skip]
pub(super) const RANDOM: &[&str] = &[
    "Random", "SystemRandom", "betavariate", "gammavariate", "lognormvariate", "normalvariate", "paretovariate",
    "randbytes", "triangular", "vonmisesvariate", "weibullvariate",
];

/// `dataclasses`
#[rustfmt::skip]
pub(super) const DATACLASSES: &[&str] = &[
    "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "asdict", "astuple", "dataclass", "field",
    "fields", "is_dataclass", "replace",
];

/// `string`
#[rustfmt::skip]
pub(super) const STRING: &[&str] = &[
    "Template", "ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits",
    "octdigits", "printable", "punctuation", "whitespace",
];

/// `enum`
#[rustfmt::skip]
pub(super) const ENUM: &[&str] = &[
    "Enum", "EnumMeta", "EnumType", "Flag", "IntEnum", "IntFlag", "StrEnum", "auto", "nonmember", "unique",
];

/// `types`
#[rustfmt::skip]
pub(super) const TYPES: &[&str] = &[
    "BuiltinFunctionType", "FunctionType", "GeneratorType", "LambdaType", "MappingProxyType", "MethodType",
    "ModuleType", "NoneType", "SimpleNamespace",
];

/// `collections`
#[rustfmt::skip]
pub(super) const COLLECTIONS: &[&str] = &[
    "ChainMap", "Counter", "OrderedDict", "UserDict", "UserList", "defaultdict", "namedtuple",
];

/// `weakref`
#[rustfmt::skip]
pub(super) const WEAKREF: &[&str] = &[
    "ReferenceType", "WeakKeyDictionary", "WeakMethod", "WeakSet", "WeakValueDictionary", "finalize", "proxy", "ref",
];

/// `urllib.parse`
#[rustfmt::skip]
pub(super) const URLLIB_PARSE: &[&str] = &[
    "DefragResult", "ParseResult", "SplitResult", "parse_qs", "parse_qsl", "quote", "quote_plus", "unquote",
    "unquote_plus", "unquote_to_bytes", "urldefrag", "urlencode", "urljoin", "urlparse", "urlsplit", "urlunparse",
    "urlunsplit",
];

/// `shlex`
#[rustfmt::skip]
pub(super) const SHLEX: &[&str] = &[
    "join", "quote", "split",
];

/// `http`
#[rustfmt::skip]
pub(super) const HTTP: &[&str] = &[
    "HTTPMethod", "HTTPStatus",
];

/// `logging.handlers`
#[rustfmt::skip]
pub(super) const LOGGING_HANDLERS: &[&str] = &[
    "BaseRotatingHandler", "BufferingHandler", "MemoryHandler", "QueueHandler", "QueueListener",
    "RotatingFileHandler", "TimedRotatingFileHandler",
];

/// `pickle`
#[rustfmt::skip]
pub(super) const PICKLE: &[&str] = &[
    "DEFAULT_PROTOCOL", "HIGHEST_PROTOCOL", "PickleError", "Pickler", "PicklingError", "Unpickler",
    "UnpicklingError", "dump", "dumps", "load", "loads",
];

/// `inspect`
#[rustfmt::skip]
pub(super) const INSPECT: &[&str] = &[
    "cleandoc", "currentframe", "getdoc", "getmembers", "getmro", "isabstract", "isbuiltin", "isclass",
    "isfunction", "isgenerator", "ismethod", "ismodule", "isroutine",
];

/// `contextvars`
#[rustfmt::skip]
pub(super) const CONTEXTVARS: &[&str] = &[
    "Context", "ContextVar", "Token", "copy_context",
];
