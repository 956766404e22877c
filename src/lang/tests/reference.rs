//! `docs/python.md` says exactly which Python is supported: its lists are written from the tables that the compiler goes by.
//! After a change of these, `RADDLE_BLESS=1 cargo test --lib reference` writes them anew.

use super::*;
use crate::bytecode::library::{ASSIGNABLE, BUILTINS, IN_PYTHON, MODULES, Module};
use std::path::Path;

/// Statements that are refused, one of each kind; the page quotes what the compiler says of each.
const REFUSED: &[&str] = &[
    "async def f(): pass",
    "class A(metaclass=M, k=1): pass",
    "class M(type):\n def __new__(m): pass",
    "class A(*bases): pass",
    "class A[T]: pass",
    "def f[T](x): pass",
    "type X = int",
    "from . import sibling",
    "x = 3j",
    "x = t'{y}'",
    "import mymodule",
];

fn names(names: impl Iterator<Item = &'static str>) -> String {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable_by_key(|name| name.to_lowercase());
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn builtins() -> String {
    let all = BUILTINS.iter().copied().chain(IN_PYTHON.iter().map(|(name, _)| *name));
    let (exceptions, others): (Vec<_>, Vec<_>) = { all }.partition(|name| name.starts_with(char::is_uppercase));
    format!("{}.\n\n{}.\n", names(others.into_iter()), names(exceptions.into_iter()))
}

fn modules() -> String {
    let mut modules: Vec<&Module> = MODULES.iter().filter(|module| module.is_public()).collect();
    modules.sort_by_key(|module| module.name);
    let row = |module: &&Module| format!("| `{}` | {} |\n", module.name, names(module.provided()));
    format!("| module | names |\n| --- | --- |\n{}", modules.iter().map(row).collect::<String>())
}

fn advice(head: &str, table: &[(&str, &str)]) -> String {
    let row = |(name, advice): &(&str, &str)| format!("| `{name}` | {advice} |\n");
    format!("| {head} | instead |\n| --- | --- |\n{}", table.iter().map(row).collect::<String>())
}

fn constructs() -> String {
    let mut rows = String::new();
    for text in REFUSED {
        let complaints = complaints(text);
        let complaint = complaints.first().unwrap_or_else(|| panic!("`{text}` is not refused any more"));
        let advice = complaint.advice.as_deref().unwrap_or_default();
        let text = text.replace('\n', " ⏎ ");
        let _ = writeln!(rows, "| `{text}` | {} | {advice} |", complaint.message);
    }
    format!("| for example | raddle says | instead |\n| --- | --- | --- |\n{rows}")
}

/// The page with what stands between the two comments of `list` replaced.
fn with_list(page: &str, list: &str, text: &str) -> String {
    let (begin, end) = (format!("<!-- begin: {list} -->\n"), format!("<!-- end: {list} -->"));
    let from = page.find(&begin).unwrap_or_else(|| panic!("no {begin}")) + begin.len();
    let to = from + page[from..].find(&end).unwrap_or_else(|| panic!("no {end}"));
    format!("{}{text}{}", &page[..from], &page[to..])
}

#[test]
fn the_reference_says_what_the_tables_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/python.md");
    let page = std::fs::read_to_string(&path).expect("the page is there");
    for (module, member) in ASSIGNABLE {
        assert!(
            page.contains(&format!("`{module}.{member}`")),
            "docs/python.md: `{module}.{member}` may be assigned to"
        );
    }
    let lists = [
        ("builtins", builtins()),
        ("modules", modules()),
        ("constructs", constructs()),
        ("refused builtins", advice("builtin", refuse::BUILTIN_ADVICE)),
        ("other builtins", format!("{}.\n", names(refuse::OTHER_BUILTINS.iter().copied()))),
        ("special names", advice("name", refuse::SPECIAL_NAMES)),
        ("stored names", advice("attribute", refuse::STORED_NAMES)),
        ("refused modules", advice("module", import::MODULE_ADVICE)),
        ("waiting modules", format!("{}.\n", names(import::WAITS.iter().map(|(name, _)| *name)))),
    ];
    let right = lists.iter().fold(page.clone(), |page, (list, text)| with_list(&page, list, text));
    if std::env::var_os("RADDLE_BLESS").is_some() {
        std::fs::write(&path, &right).expect("the page can be written");
    } else {
        let line = page.lines().zip(right.lines()).find(|(is, should)| is != should);
        assert!(page == right, "docs/python.md: run `RADDLE_BLESS=1 cargo test --lib reference`; first {line:?}");
    }
}
