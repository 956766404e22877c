//! The repository's own rules, enforced on its files. Each rule is a function from text to complaints; beside the test
//! that applies it to the repository stands one that shows how it catches a made-up violation.

#[path = "support/code.rs"]
mod code;
#[path = "support/graph.rs"]
mod graph;

use code::code_of;
use graph::Graph;
use std::path::{Path, PathBuf};

/// The drawing of `ARCHITECTURE.md`: each part, and the parts that it may import.
const IMPORTS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("schedule", &["base"]),
    ("event", &["base", "schedule"]),
    ("bytecode", &["base"]),
    ("lang", &["base", "bytecode"]),
    ("machine", &["base", "event", "schedule", "bytecode"]),
    ("policy", &["base", "event", "schedule", "bytecode", "machine"]),
    ("engine", &["base", "event", "schedule", "bytecode", "machine", "policy"]),
    ("check", &["base", "event", "schedule", "bytecode", "machine", "policy"]),
    ("trace", &["base", "event", "schedule"]),
    ("history", &["base", "event", "schedule", "bytecode", "machine", "trace"]),
    ("scenario", &["base", "schedule"]),
    (
        "session",
        &[
            "base", "event", "schedule", "bytecode", "lang", "machine", "policy", "engine", "check", "trace",
            "history", "scenario",
        ],
    ),
    ("tui", &["base", "event", "schedule", "trace", "session"]),
    ("terminal", &["session", "tui"]),
    (
        "cli",
        &[
            "base", "event", "schedule", "bytecode", "lang", "machine", "policy", "engine", "check", "trace",
            "history", "scenario", "session", "tui", "terminal",
        ],
    ),
];

/// Crates that only some parts may know.
const OWNED_CRATES: &[(&str, &[&str])] = &[
    ("ratatui", &["tui", "terminal"]),
    ("crossterm", &["terminal"]),
    ("rustix", &["terminal"]),
    ("signal_hook", &["terminal", "cli"]),
    ("parking_lot", &["engine"]),
    ("crossbeam", &["engine"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("annotate_snippets", &["cli"]),
    ("ruff_python_ast", &["lang"]),
    ("ruff_python_parser", &["lang"]),
    ("ruff_text_size", &["lang"]),
];

/// The parts that may need an operating system: its threads, clock, files and terminal. All others run without one.
const ON_A_SYSTEM: &[&str] = &["engine", "terminal", "cli"];
/// Modules and types of the standard library that need it.
const SYSTEM: &[&str] = &["fs", "thread", "process", "net"];
const CLOCKS: &[&str] = &["Instant", "SystemTime"];
/// Files of other parts that may need it all the same, and why.
const ON_A_SYSTEM_TOO: &[(&str, &str)] =
    &[("src/lang/room.rs", "a thread for its stack, with the feature `live` alone")];

/// The most lines of production code in a file.
const LINE_LIMIT: usize = 600;

/// Types that can change behind a shared reference: two clones of a state that hold such a value may change each other.
const SHARED_CHANGES: &[&str] =
    &["Cell", "RefCell", "OnceCell", "LazyCell", "UnsafeCell", "OnceLock", "LazyLock", "Mutex", "RwLock", "Condvar"];

/// The parts that states and linked programs are made of.
const STATE: &[&str] = &["base", "bytecode", "event", "machine", "schedule"];

/// Files of these parts that may use such types all the same, and why no state holds them.
const NOT_IN_A_STATE: &[(&str, &str)] = &[
    ("src/machine/memory/lookout.rs", "the thread's own ear for the bell that ends a run"),
    ("src/machine/memory/native.rs", "`Answers` lives as long as a call"),
    ("src/machine/memory/reach.rs", "`Memory` lives as long as a call"),
    ("src/machine/memory/trace.rs", "what the thread's step has met; no state holds it"),
    ("src/machine/data/key.rs", "`Sought` lives as long as a search"),
    ("src/machine/data/regex/mod.rs", "the compiled forms of patterns, which states hold as texts"),
    ("src/machine/data/types.rs", "which types primitives have is the same in every run"),
    ("src/bytecode/flow/mod.rs", "a reader of events asks it, no state does"),
];

/// Names of one thread and one process, where another could be meant.
const THE_FIRST: &[&str] = &["ThreadId::MAIN", "ProcessId::FIRST"];

/// Files that may use them, which of the two, and why: everything else asks a thread for its process, and a process for its
/// main thread.
const ABOUT_THE_FIRST: &[(&str, &str, &str)] = &[
    ("src/machine/run/perform.rs", "ThreadId::MAIN", "makes the first process"),
    ("src/machine/run/perform.rs", "ProcessId::FIRST", "makes the first process"),
    ("src/machine/run/encode.rs", "ProcessId::FIRST", "begins with it"),
    ("src/machine/memory/encode/mod.rs", "ProcessId::FIRST", "is at hand until another is"),
    ("src/machine/run/note.rs", "ProcessId::FIRST", "whose event is about the whole run"),
    ("src/machine/run/fault.rs", "ProcessId::FIRST", "gets the signals from outside"),
    ("src/machine/run/inspect.rs", "ProcessId::FIRST", "is looked at where nobody says which"),
    ("src/machine/run/parts.rs", "ProcessId::FIRST", "is the one that lies on the bench"),
    ("src/machine/sync/shared.rs", "ProcessId::FIRST", "has the program's exit status"),
    ("src/machine/sync/aliases.rs", "ProcessId::FIRST", "has its objects named by their ids alone"),
    ("src/base/id.rs", "ThreadId::MAIN", "makes the global variables"),
    ("src/event/called.rs", "ThreadId::MAIN", "is there before any event, and is called `main`"),
    ("src/policy/priority.rs", "ThreadId::MAIN", "is called `main`"),
    ("src/policy/gil.rs", "ProcessId::FIRST", "has the lock that is asked for where there is no other"),
    ("src/engine/gate/plan.rs", "ThreadId::MAIN", "is there before any event, and is called `main`"),
    ("src/check/verdict.rs", "ThreadId::MAIN", "is there before any step"),
    ("src/check/search.rs", "ProcessId::FIRST", "leaves locks behind that nothing else takes away"),
    ("src/check/space/learn.rs", "ProcessId::FIRST", "answers what is asked of a state, and ends all with its own end"),
    ("src/check/space/processes.rs", "ThreadId::MAIN", "is the program's main thread"),
    ("src/check/space/size.rs", "ProcessId::FIRST", "has the variables whose values are counted"),
    ("src/trace/model.rs", "ThreadId::MAIN", "is there before any event"),
    ("src/trace/model/processes.rs", "ThreadId::MAIN", "is there before any event"),
    ("src/trace/model/processes.rs", "ProcessId::FIRST", "is there before any event, and has what names no other"),
    ("src/trace/thread.rs", "ProcessId::FIRST", "has a thread until an event says otherwise"),
    ("src/trace/samples.rs", "ThreadId::MAIN", "makes the objects of the samples"),
];

/// Circles of the module graph that are still there beside those of two files: the folder that a circle lies in, and how many
/// files it has. `cargo run --example graph` prints them. This list may only get shorter, and its numbers smaller.
const CIRCLES: &[(&str, usize)] = &[("src/machine/data", 4), ("src/machine/data", 3)];

/// What no file may contain, and why. The words are put together from parts so that this file does not break its own
/// rules.
fn forbidden() -> Vec<(String, &'static str)> {
    let stub = "finish it, or leave it out";
    vec![
        (["todo", "!("].concat(), stub),
        (["unimplemented", "!("].concat(), stub),
        (["TO", "DO"].concat(), stub),
        (["FIX", "ME"].concat(), stub),
        (["XX", "X"].concat(), stub),
        (["#[", "ignore"].concat(), "a test that does not run proves nothing"),
        (["allow(", "dead_code"].concat(), "remove what is not used"),
        (["thread::", "sleep"].concat(), "park where a wake-up can reach you; in tests wait for the event"),
    ]
}

/// A Rust file: its path from the package's root, with `/`, and its text.
struct File {
    path: String,
    text: String,
}

impl File {
    fn of(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    /// The top-level module that the file belongs to; `None` for the crate's root and the binary.
    fn part(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        let part = inside.split('/').next()?.trim_end_matches(".rs");
        (part != "lib" && part != "main").then_some(part)
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folders: &[&str]) -> Vec<File> {
    let mut paths = Vec::new();
    for folder in folders {
        walk(&root().join(folder), &mut paths);
    }
    paths.sort();
    let file = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("source files can be read");
        let inside = path.strip_prefix(root()).expect("below the root");
        File { path: inside.to_string_lossy().replace('\\', "/"), text }
    };
    paths.into_iter().map(file).collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            // Cargo's own folder, in a package with a workspace of its own.
            if !path.ends_with("target") {
                walk(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every name that follows `root` in `code`, with its line: `crate::x`, and each `x` of `crate::{x, y::z}`.
fn paths_from(root: &str, code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, path) in code.match_indices(root) {
        let word_before = code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '$'));
        let rest = &code[at + path.len()..];
        if !word_before {
            let line = code[..at].matches('\n').count() + 1;
            found.extend(first_names(rest).into_iter().map(|name| (line, name)));
        }
    }
    found
}

/// The first name of a path, or of each path in a group.
fn first_names(rest: &str) -> Vec<String> {
    let rest = rest.trim_start();
    let Some(group) = rest.strip_prefix('{') else {
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        return if name.is_empty() { Vec::new() } else { vec![name] };
    };
    let mut names = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (index, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.extend(first_names(&group[start..index]));
                start = index + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

fn import_rules(file: &File) -> Vec<String> {
    let Some(part) = file.part() else { return Vec::new() };
    let Some((_, allowed)) = IMPORTS.iter().find(|(name, _)| *name == part) else {
        return vec![format!(
            "{}: `{part}` is in no import rule; draw it in ARCHITECTURE.md and in tests/tidy.rs",
            file.path
        )];
    };
    let is_part = |name: &str| IMPORTS.iter().any(|(part, _)| *part == name);
    let wrong = |(line, name): (usize, String)| {
        let refused = name != part && is_part(&name) && !allowed.contains(&name.as_str());
        refused.then(|| format!("{}:{line}: `{part}` may not import `{name}`", file.path))
    };
    paths_from("crate::", &code_of(&file.text)).into_iter().filter_map(wrong).collect()
}

fn crate_owners(file: &File) -> Vec<String> {
    let code = code_of(&file.text);
    let mut wrong = Vec::new();
    for (number, line) in code.lines().enumerate() {
        for (name, owners) in OWNED_CRATES {
            let owned = file.part().is_some_and(|part| owners.contains(&part));
            if !owned && line.contains(&format!("{name}::")) && has_word(line, name) {
                wrong.push(format!("{}:{}: only `{}` may know {name}", file.path, number + 1, owners.join("` and `")));
            }
        }
    }
    wrong
}

/// Production code that needs an operating system, in a part that runs without one.
fn system_needs(file: &File) -> Vec<String> {
    let is_test = file.path.contains("/tests/") || file.path.ends_with("tests.rs");
    let is_free = file.part().is_none_or(|part| ON_A_SYSTEM.contains(&part));
    if is_test || is_free || ON_A_SYSTEM_TOO.iter().any(|(path, _)| *path == file.path) {
        return Vec::new();
    }
    let production: Vec<&str> = file.text.lines().take_while(|line| line.trim() != "#[cfg(test)]").collect();
    let code = code_of(&production.join("\n"));
    let modules = paths_from("std::", &code).into_iter().filter(|(_, name)| SYSTEM.contains(&name.as_str()));
    let types = code.lines().zip(1..).flat_map(|(line, number)| {
        CLOCKS.iter().filter(|word| has_word(line, word)).map(move |word| (number, (*word).to_owned()))
    });
    let complaint = |(line, name)| format!("{}:{line}: `{name}` needs an operating system", file.path);
    modules.chain(types).map(complaint).collect()
}

/// The state of the screen that knows how it is drawn. Only the files that join the two do.
fn state_that_draws(file: &File) -> Vec<String> {
    const JOINTS: [&str; 4] = ["src/tui/mod.rs", "src/tui/app.rs", "src/tui/mouse.rs", "src/tui/rehearsal.rs"];
    let is_drawing = file.path.starts_with("src/tui/render/") || JOINTS.contains(&file.path.as_str());
    if file.part() != Some("tui") || is_drawing || file.path.starts_with("src/tui/tests") {
        return Vec::new();
    }
    let code = code_of(&file.text);
    let drawing = code.lines().zip(1..).filter(|(line, _)| has_word(line, "render"));
    drawing.map(|(_, number)| format!("{}:{number}: state does not know how it is drawn", file.path)).collect()
}

/// Whether `word` stands in `line` and is not the end of a longer one.
fn has_word(line: &str, word: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].chars().next_back().is_some_and(inside)
            && !line[at + word.len()..].chars().next().is_some_and(inside)
    })
}

fn file_size(file: &File) -> Vec<String> {
    let lines = file.text.lines().take_while(|line| line.trim() != "#[cfg(test)]").count();
    if lines <= LINE_LIMIT {
        return Vec::new();
    }
    vec![format!(
        "{}: {lines} lines of production code, {LINE_LIMIT} at most; what grows past that has two jobs",
        file.path
    )]
}

fn module_heads(file: &File) -> Vec<String> {
    if file.text.starts_with("//! ") {
        return Vec::new();
    }
    vec![format!("{}: opens without a `//!` head that says what lives here", file.path)]
}

fn forbidden_words(file: &File) -> Vec<String> {
    let mut wrong = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        for (word, why) in forbidden() {
            if line.contains(&word) {
                wrong.push(format!("{}:{}: `{word}`: {why}", file.path, number + 1));
            }
        }
    }
    wrong
}

fn states_are_values(file: &File) -> Vec<String> {
    if !file.part().is_some_and(|part| STATE.contains(&part))
        || NOT_IN_A_STATE.iter().any(|(path, _)| *path == file.path)
    {
        return Vec::new();
    }
    let mut wrong = Vec::new();
    for (number, line) in code_of(&file.text).lines().enumerate() {
        let atomic = line.contains("Atomic").then_some("Atomic…");
        for word in SHARED_CHANGES.iter().copied().filter(|word| is_made_of(line, word)).chain(atomic) {
            wrong.push(format!(
                "{}:{}: `{word}` in a state: its clones would not be independent",
                file.path,
                number + 1
            ));
        }
    }
    wrong
}

/// Where a file means one thread or process for all.
fn assumptions_of_one_process(file: &File) -> Vec<String> {
    let is_test = file.path.contains("/tests/") || file.path.ends_with("/tests.rs");
    if is_test {
        return Vec::new();
    }
    let production = code_of(&file.text).split("#[cfg(test)]").next().unwrap_or_default().to_owned();
    let excused = |name: &str| ABOUT_THE_FIRST.iter().any(|(path, it, _)| *path == file.path && *it == name);
    let named = |line: &str| THE_FIRST.iter().copied().find(|name| line.contains(name) && !excused(name));
    let lines = production.lines().enumerate();
    let wrong = lines.filter_map(|(number, line)| Some((number + 1, named(line)?)));
    wrong.map(|(line, name)| format!("{}:{line}: `{name}`: ask the thread, or its process", file.path)).collect()
}

/// Whether the line names the type, as a type or to make one; `Cell` by itself is also a variable that functions share.
fn is_made_of(line: &str, word: &str) -> bool {
    let (generic, made) = (format!("{word}<"), format!("{word}::new"));
    has_word_before(line, &generic) || has_word_before(line, &made) || (word != "Cell" && has_word(line, word))
}

/// Whether `text` stands in `line` and is not the end of a longer word.
fn has_word_before(line: &str, text: &str) -> bool {
    line.match_indices(text).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// The arrows of a part that lead to a higher floor, and its circles of more than two files that are not `allowed`.
fn floors(part: &str, files: &[File], allowed: &[(&str, usize)]) -> Vec<String> {
    let graph = Graph::of(part, files.iter().map(|file| (file.path.as_str(), file.text.as_str())));
    let mut wrong: Vec<String> = graph
        .upwards()
        .iter()
        .map(|(from, to)| format!("{from}: uses {to}, which is on a higher floor, or on none"))
        .collect();
    let circles = graph.circles();
    let found: Vec<(&str, usize)> = circles.iter().map(|circle| (common_folder(circle), circle.len())).collect();
    let large = found.iter().zip(&circles).filter(|((_, size), _)| *size > 2);
    let refused = large.filter(|(found, _)| !allowed.contains(found));
    wrong.extend(refused.map(|(_, circle)| format!("a circle of {} files: {}", circle.len(), circle.join(" "))));
    let gone = allowed.iter().filter(|circle| !found.contains(circle));
    wrong.extend(gone.map(|(folder, size)| format!("the circle of {size} files in {folder} is gone: strike it out")));
    wrong
}

/// The folder that all of the files lie in.
fn common_folder<'f>(paths: &[&'f str]) -> &'f str {
    let folder = |path: &'f str| path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let first = paths.first().map_or("", |path| folder(path));
    let holds = |outer: &str| paths.iter().all(|path| path.starts_with(&format!("{outer}/")));
    std::iter::successors(Some(first), |path| Some(folder(path)))
        .find(|path| path.is_empty() || holds(path))
        .unwrap_or("")
}

/// Every part has a line in the drawing: its name in backquotes.
fn drawing(architecture: &str, parts: &[String]) -> Vec<String> {
    let lacks = |part: &&String| !architecture.contains(&format!("`{part}`"));
    parts.iter().filter(lacks).map(|part| format!("ARCHITECTURE.md does not say what `{part}` is")).collect()
}

/// The table of imports in `ARCHITECTURE.md` says what `IMPORTS` says: a row for each part, in this order.
fn import_table(architecture: &str, rules: &[(&str, &[&str])]) -> Vec<String> {
    let section = architecture.split("\n## ").find(|section| section.starts_with("Who imports whom"));
    let rows = section.unwrap_or_default().lines().filter(|line| line.starts_with("| `"));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let drawn: Vec<Vec<String>> = rows.map(cells).collect();
    let everyone_else = rules.len().saturating_sub(1);
    let row = |(part, allowed): &(&str, &[&str])| {
        vec![format!("`{part}`"), if allowed.len() == everyone_else { "all".to_owned() } else { allowed.join(", ") }]
    };
    let wanted: Vec<Vec<String>> = rules.iter().map(row).collect();
    let complaint =
        |row: &Vec<String>| format!("ARCHITECTURE.md's table of imports lacks the row | {} |", row.join(" | "));
    let mut wrong: Vec<String> = wanted.iter().filter(|row| !drawn.contains(row)).map(complaint).collect();
    if drawn.len() != wanted.len() {
        wrong.push(format!("ARCHITECTURE.md's table of imports has {} rows, not {}", drawn.len(), wanted.len()));
    }
    wrong
}

/// The top-level modules that `src/lib.rs` declares.
fn declared_parts(lib: &str) -> Vec<String> {
    let name = |line: &str| Some(line.trim().strip_prefix("pub mod ")?.strip_suffix(';')?.to_owned());
    code_of(lib).lines().filter_map(name).collect()
}

fn listed_scenarios(table: &str, files: &[String]) -> Vec<String> {
    let lacks = |file: &&String| !table.contains(&format!("\"{}\"", file.trim_end_matches(".py")));
    files.iter().filter(lacks).map(|file| format!("scenarios/{file} is not in src/scenario/builtin.rs")).collect()
}

fn hold(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

fn hold_all(folders: &[&str], rule: impl Fn(&File) -> Vec<String>) {
    let files = rust_files(folders);
    assert!(!files.is_empty(), "no files in {folders:?}");
    hold(files.iter().flat_map(rule).collect());
}

const CODE: &[&str] = &["src"];
const ALL_CODE: &[&str] = &["src", "tests", "benches"];

#[test]
fn parts_import_only_what_the_drawing_allows() {
    hold_all(CODE, import_rules);
}

#[test]
fn a_forbidden_import_is_caught() {
    let caught = |path: &str, text: &str| import_rules(&File::of(path, text));
    assert_eq!(
        caught("src/base/id.rs", "use crate::event::Event;\n"),
        ["src/base/id.rs:1: `base` may not import `event`"]
    );
    assert_eq!(caught("src/engine/mod.rs", "\nfn f() { crate::check::run() }").len(), 1);
    assert_eq!(caught("src/trace/a.rs", "use crate::{base::Span, machine::{State, step}, engine};").len(), 2);
    assert_eq!(caught("src/event.rs", "use crate::\n    lang::parse;").len(), 1);
    assert_eq!(caught("src/newcomer.rs", "").len(), 1, "a part without a rule");
    assert!(caught("src/machine/a.rs", "use crate::machine::b; use crate::base::{Span, Source};").is_empty());
    assert!(caught("src/base/a.rs", "// crate::event\nconst A: &str = \"crate::event\";").is_empty());
    assert!(caught("src/lib.rs", "pub use crate::cli::run;").is_empty());
}

#[test]
fn the_drawing_has_no_circle() {
    for (index, (part, allowed)) in IMPORTS.iter().enumerate() {
        for import in *allowed {
            let at = IMPORTS.iter().position(|(name, _)| name == import).expect("imports name parts");
            assert!(at < index, "`{part}` imports `{import}`, which stands after it");
        }
    }
}

#[test]
fn the_machine_has_floors() {
    hold(floors("machine", &rust_files(CODE), CIRCLES));
}

#[test]
fn an_arrow_upwards_and_a_circle_are_caught() {
    let caught = |files: &[(&str, &str)], allowed: &[(&str, usize)]| {
        let head = std::iter::once(&("src/machine/mod.rs", ""));
        let files: Vec<File> = head.chain(files).map(|(path, text)| File::of(path, text)).collect();
        floors("machine", &files, allowed)
    };
    let value = ("src/machine/memory/value.rs", "use crate::machine::data::List;");
    let data = ("src/machine/data/mod.rs", "pub mod list;\npub use list::List;");
    let list = ("src/machine/data/list.rs", "pub struct List;");
    let upwards = "src/machine/memory/value.rs: uses src/machine/data/list.rs, which is on a higher floor, or on none";
    assert_eq!(caught(&[value, data, list], &[]), [upwards]);
    let written = ("src/machine/memory/value.rs", "fn f() { super::super::data::list::f(); }");
    assert_eq!(caught(&[written, data, list], &[]).len(), 1);
    let tested =
        ("src/machine/memory/value.rs", "// crate::machine::data::List\n#[cfg(test)]\nuse crate::machine::data::List;");
    assert!(caught(&[tested, data, list], &[]).is_empty());
    assert_eq!(caught(&[("src/machine/memory/a.rs", "use crate::machine::f;")], &[]).len(), 1);
    let circle = [
        ("src/machine/run/a.rs", "use super::b;"),
        ("src/machine/run/b.rs", "use super::{c::C, d};"),
        ("src/machine/run/c.rs", "use super::a::{self, A as B};"),
        ("src/machine/run/d.rs", "use super::b;"),
    ];
    assert_eq!(caught(&circle[..3], &[]).len(), 1);
    assert!(caught(&circle[..3], &[("src/machine/run", 3)]).is_empty());
    assert_eq!(caught(&circle, &[("src/machine/run", 3)]).len(), 2, "it has grown");
    assert_eq!(caught(&[circle[1], circle[3]], &[("src/machine/run", 3)]).len(), 1, "it is gone");
    assert!(caught(&[circle[1], circle[3]], &[]).is_empty());
}

#[test]
fn the_module_graph_can_be_read() {
    let files = [("src/machine/run/a.rs", "use super::b;"), ("src/machine/run/b.rs", "use super::a::A;")];
    let text = format!("{:#}", Graph::of("machine", files));
    let circle =
        "  2: src/machine/run/a.rs src/machine/run/b.rs\n    src/machine/run/b.rs -> src/machine/run/a.rs: A\n";
    assert!(text.contains(&format!("run: 2 files\nupwards: 0\ncircles: 1\n{circle}")), "{text}");
    assert!(text.ends_with("src/machine/run/b.rs -> src/machine/run/a.rs\n"), "{text}");
}

#[test]
fn outside_crates_stay_with_their_owner() {
    hold_all(CODE, crate_owners);
}

#[test]
fn a_crate_in_the_wrong_part_is_caught() {
    let caught = |path: &str, text: &str| crate_owners(&File::of(path, text));
    assert_eq!(
        caught("src/trace/a.rs", "use ratatui::Frame;"),
        ["src/trace/a.rs:1: only `tui` and `terminal` may know ratatui"]
    );
    assert_eq!(caught("src/main.rs", "fn main() { clap::Command::new(\"x\"); }").len(), 1);
    assert_eq!(caught("src/machine/a.rs", "use ruff_python_ast::Expr;").len(), 1);
    assert!(caught("src/tui/a.rs", "use ratatui::Frame;").is_empty());
    assert!(caught("src/trace/a.rs", "// ratatui::Frame\nuse my_ratatui::X;").is_empty());
}

#[test]
fn only_some_parts_need_an_operating_system() {
    hold_all(CODE, system_needs);
}

#[test]
fn what_needs_an_operating_system_is_caught() {
    let caught = |path: &str, text: &str| system_needs(&File::of(path, text)).len();
    assert_eq!(caught("src/tui/a.rs", "use std::time::{Duration, Instant};\n"), 1);
    assert_eq!(
        caught("src/session/a.rs", "use std::{\n    fs,\n    io,\n};\nfn f() { std::thread::yield_now() }\n"),
        2
    );
    assert_eq!(
        caught("src/trace/a.rs", "// std::fs\nlet thread = machine.thread(id);\n#[cfg(test)]\nuse std::fs;\n"),
        0
    );
    assert_eq!(caught("src/engine/a.rs", "use std::thread;\n"), 0);
}

#[test]
fn the_state_of_the_screen_does_not_know_how_it_is_drawn() {
    hold_all(CODE, state_that_draws);
}

#[test]
fn state_that_draws_is_caught() {
    let caught = |path: &str, text: &str| state_that_draws(&File::of(path, text)).len();
    assert_eq!(caught("src/tui/run/a.rs", "use super::super::render::shown;\n"), 1);
    assert_eq!(caught("src/tui/run/a.rs", "// render::shown\nlet rendered = 1;\n"), 0);
    assert_eq!(caught("src/tui/mouse.rs", "use super::render;\n"), 0);
}

#[test]
fn files_have_one_job() {
    hold_all(CODE, file_size);
}

#[test]
fn a_file_that_is_too_long_is_caught() {
    let long = "line\n".repeat(LINE_LIMIT + 1);
    assert_eq!(file_size(&File::of("src/a.rs", &long)).len(), 1);
    let tested = format!("{}#[cfg(test)]\n{long}", "line\n".repeat(LINE_LIMIT));
    assert!(file_size(&File::of("src/a.rs", &tested)).is_empty());
}

#[test]
fn modules_say_what_lives_in_them() {
    hold_all(ALL_CODE, module_heads);
}

#[test]
fn a_module_without_a_head_is_caught() {
    assert_eq!(module_heads(&File::of("src/a.rs", "use std::fmt;\n//! late\n")).len(), 1);
    assert!(module_heads(&File::of("src/a.rs", "//! A head.\n")).is_empty());
}

#[test]
fn clones_of_a_state_are_independent_by_construction() {
    hold_all(CODE, states_are_values);
    for (path, _) in NOT_IN_A_STATE {
        let text = std::fs::read_to_string(root().join(path)).expect("a file that is excused is there");
        let used = SHARED_CHANGES.iter().any(|word| code_of(&text).lines().any(|line| is_made_of(line, word)));
        assert!(used, "{path} needs no excuse any more");
    }
}

#[test]
fn what_changes_behind_a_reference_is_caught() {
    let caught = |text: &str| states_are_values(&File::of("src/machine/a.rs", text)).len();
    assert_eq!(caught("struct A { known: OnceLock<u32>, count: Cell<u32> }\n"), 2);
    assert_eq!(caught("use std::sync::{Arc, atomic::AtomicBool};\nstatic A: Mutex<u32> = Mutex::new(0);\n"), 2);
    assert_eq!(caught("// A Mutex.\nlet cell = Object::Cell(value); let s = \"Mutex\"; struct MyCell<T>(T);\n"), 0);
    assert!(states_are_values(&File::of("src/engine/a.rs", "a: Mutex<u32>\n")).is_empty());
}

#[test]
fn nothing_takes_the_first_process_for_the_only_one() {
    hold_all(CODE, assumptions_of_one_process);
    for (path, name, _) in ABOUT_THE_FIRST {
        let text = std::fs::read_to_string(root().join(path)).expect("a file that is excused is there");
        assert!(code_of(&text).contains(name), "{path} needs no excuse for {name} any more");
    }
}

#[test]
fn who_takes_the_first_process_for_the_only_one_is_caught() {
    let caught = |path: &str, text: &str| assumptions_of_one_process(&File::of(path, text)).len();
    let text = "if me == ThreadId::MAIN {}\nlet a = &processes[ProcessId::FIRST];\n";
    assert_eq!(caught("src/machine/sync/a.rs", text), 2);
    assert_eq!(caught("src/machine/sync/a.rs", &format!("#[cfg(test)]\nmod tests {{ {text} }}\n")), 0);
    assert_eq!((caught("src/machine/run/fault.rs", text), caught("src/tui/a.rs", text)), (1, 2));
}

#[test]
fn nothing_is_left_unfinished_or_waits_by_the_clock() {
    hold_all(ALL_CODE, forbidden_words);
}

#[test]
fn every_forbidden_word_is_caught() {
    for (word, _) in forbidden() {
        let text = format!("fn f() {{}}\n// here: {word}\n");
        let caught = forbidden_words(&File::of("src/a.rs", &text));
        assert_eq!(caught.len(), 1, "{word}: {caught:?}");
        assert!(caught[0].starts_with("src/a.rs:2:"), "{caught:?}");
    }
}

#[test]
fn the_drawing_shows_every_part() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect("the file is there");
    let parts = declared_parts(&read("src/lib.rs"));
    assert!(parts.contains(&"base".to_owned()), "{parts:?}");
    let mut all: Vec<String> = IMPORTS.iter().map(|(part, _)| (*part).to_owned()).collect();
    all.extend(parts);
    all.dedup();
    hold(drawing(&read("ARCHITECTURE.md"), &all));
}

#[test]
fn the_table_of_imports_is_the_one_that_is_enforced() {
    hold(import_table(&std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the file is there"), IMPORTS));
}

#[test]
fn a_table_of_imports_that_differs_is_caught() {
    let rules: &[(&str, &[&str])] = &[("a", &[]), ("b", &["a"]), ("c", &["a"]), ("d", &["a", "b", "c"])];
    let table = |c: &str| {
        format!(
            "# Title\n\n## Who imports whom\n\n| `a` | |\n| `b` | a |\n| `c` | {c} |\n| `d` | all |\n\n## Next\n| `x` | a |\n"
        )
    };
    assert!(import_table(&table("a"), rules).is_empty());
    assert_eq!(import_table(&table("a, b"), rules), ["ARCHITECTURE.md's table of imports lacks the row | `c` | a |"]);
    assert_eq!(import_table("", rules).len(), 5);
}

#[test]
fn a_part_that_is_not_drawn_is_caught() {
    let parts = declared_parts("//! pub mod no;\npub mod base;\npub mod newcomer;\n");
    assert_eq!(parts, ["base", "newcomer"]);
    assert_eq!(drawing("| `base` | ids |", &parts), ["ARCHITECTURE.md does not say what `newcomer` is"]);
}

#[test]
fn every_scenario_is_built_in() {
    let names = std::fs::read_dir(root().join("scenarios")).expect("the folder is there");
    let names = names.map(|entry| entry.expect("the folder can be read").file_name().to_string_lossy().into_owned());
    let files: Vec<String> = names.filter(|name| name.ends_with(".py")).collect();
    let table = std::fs::read_to_string(root().join("src/scenario/builtin.rs")).expect("the file is there");
    assert!(!files.is_empty());
    hold(listed_scenarios(&table, &files));
}

#[test]
fn a_scenario_that_is_not_listed_is_caught() {
    let files = ["deadlock.py".to_owned(), "new.py".to_owned()];
    assert_eq!(listed_scenarios("\"deadlock\"", &files), ["scenarios/new.py is not in src/scenario/builtin.rs"]);
}

#[test]
fn code_is_told_from_comments_and_strings() {
    let code = code_of("a // b\n\"c \\\" d\" e r#\"f\"# 'g' '\\'' h<'i> /* j\nk */ l");
    assert_eq!(code.split_whitespace().collect::<Vec<_>>(), ["a", "e", "h<'i>", "l"]);
    assert_eq!(code.lines().count(), 3);
}
