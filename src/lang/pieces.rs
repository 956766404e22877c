//! Which pieces of the library's Python a program needs: most programs use a few functions of a module, and parsing,
//! compiling and running the rest would only make their start slower.
//!
//! A part is cut where statements begin at the margin. What a piece binds (a function, a class, a name, an import) can
//! only be reached by its name; so it is needed once a text that is needed holds that word, anywhere. Where a program may make
//! names while it runs, everything is needed. Functions of the prelude are called by the machine: all that is not in
//! [`ONLY_WITH`] is needed in any case.

use crate::bytecode::{library, names};
use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// What finds members of modules by names that need not be in the text.
const BY_NAME: &[&str] = &["dir", "getattr", "hasattr", "attrgetter", "methodcaller", "vars", "__dict__"];

/// Functions of the prelude that the machine calls only where a program's texts hold one of these words.
const ONLY_WITH: &[(&[&str], &[&str])] = &[
    (&["Barrier"], &["barrier_act"]),
    (&["Condition"], &["condition_wait_for"]),
    (&["_stop"], &["thread_is_alive", "thread_join"]),
    (&["all"], &["all", "all_rest"]),
    (&["any"], &["any", "any_rest"]),
    (&["cycle"], &["cycle"]),
    (&["deque"], &["deque_of", "deque_repr"]),
    (&["divmod"], &["divmod"]),
    (&["enumerate"], &["enumerate"]),
    (&["filter"], &["filter"]),
    (&["iter"], &["call_until"]),
    (&["map"], &["map"]),
    (&["fromkeys"], &["dict_from_keys"]),
    (&["match"], &["is_sequence", "match_class", "match_mapping"]),
    (&["max"], &["max", "max_rest"]),
    (&["min"], &["min", "min_rest"]),
    (&["next"], &["next_default"]),
    (&["reversed"], &["reversed"]),
    (&["signal"], &["handle_signal"]),
    (&["sorted", "sort", "dir"], &["arranged", "list_sort", "sorted"]),
    (&["sum"], &["sum", "sum_rest"]),
    (&["zip"], &["zip", "zip_strict"]),
    (&["count"], &["sequence_count"]),
    (&["index"], &["sequence_index"]),
    (&["remove"], &["sequence_remove"]),
    (
        &["LifoQueue", "PriorityQueue", "Queue", "SimpleQueue"],
        &[
            "queue_empty",
            "queue_full",
            "queue_get",
            "queue_get_inside",
            "queue_get_item",
            "queue_join",
            "queue_put",
            "queue_put_inside",
            "queue_put_item",
            "queue_qsize",
            "queue_size",
            "queue_task_done",
        ],
    ),
    // Only classes in Python have objects with methods of their own.
    (
        &["class", "type"],
        &[
            "announced",
            "ask_attribute",
            "ask_equal",
            "ask_first_equal",
            "ask_greater",
            "ask_greater_or_equal",
            "ask_hash",
            "ask_instance",
            "ask_less",
            "ask_less_or_equal",
            "ask_local",
            "ask_subclass",
            "ask_truth",
            "dict_init",
            "filled_instance",
            "made_class",
            "list_init",
            "new_instance",
            "new_value",
            "raise_class",
            "raise_class_from",
            "raise_from_class",
            "set_init",
            "value_instance",
        ],
    ),
];

/// Functions in modules' parts that are needed only where the program's own text holds a word: module, function, word.
const NEEDED_WITH: &[(&str, &str, &str)] = &[("logging", "_into_file", "filename")];

/// A stretch of a part's text, and what it binds; nothing: it is needed in any case.
struct Piece<'t> {
    text: &'t str,
    binds: Vec<&'t str>,
}

/// Cuts a part.
fn cut(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut start, mut decorated) = (0, false);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let begins = line.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '_' | '@'));
        if begins && !decorated && at > start {
            pieces.push(piece(&text[start..at]));
            start = at;
        }
        decorated = line.starts_with('@') || (decorated && !begins);
        at += line.len();
    }
    pieces.push(piece(&text[start..]));
    pieces
}

/// Cuts the prelude: what the machine may call in any case, and what is said to go with words.
fn cut_prelude(text: &'static str) -> Vec<Piece<'static>> {
    let mut pieces = cut(text);
    for piece in &mut pieces {
        let with = |name: &str| ONLY_WITH.iter().find(|(_, functions)| functions.contains(&name));
        match piece.binds.first().and_then(|name| with(name)) {
            Some((words, _)) => piece.binds.extend_from_slice(words),
            None if piece.binds.iter().all(|name| name.starts_with('_')) => {}
            None => piece.binds.clear(),
        }
    }
    pieces
}

fn piece(text: &str) -> Piece<'_> {
    let head = text.lines().find(|line| !line.starts_with(['@', '#']) && !line.is_empty()).unwrap_or_default();
    Piece { text, binds: binds(text, head) }
}

/// What a piece binds whose first line is `head`.
fn binds<'t>(text: &'t str, head: &'t str) -> Vec<&'t str> {
    let first = |text: &'t str| words(text).next().into_iter().collect();
    if let Some(rest) = head.strip_prefix("def ").or_else(|| head.strip_prefix("class ")) {
        return first(rest);
    }
    let code = text.split('#').next().unwrap_or_default();
    if let Some((_, names)) = code.strip_prefix("from ").and_then(|rest| rest.split_once(" import ")) {
        return names.split(',').filter_map(|name| words(name).last()).collect();
    }
    if let Some(names) = code.strip_prefix("import ") {
        let bound = |name: &'t str| if name.contains(" as ") { words(name).last() } else { words(name).next() };
        return names.split(',').filter_map(bound).collect();
    }
    let mut targets: Vec<&str> = head.split(" = ").collect();
    targets.pop();
    let is_name = |target: &str| words(target).next() == Some(target);
    let are_names = |targets: &&&str| targets.split(", ").all(is_name);
    match targets.first() {
        Some(target) if !are_names(&target) => first(target),
        _ => targets.iter().take_while(are_names).flat_map(|targets| targets.split(", ")).collect(),
    }
}

/// The identifiers in a text, also those in its comments and strings.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_word = |letter: char| letter == '_' || letter.is_alphanumeric();
    text.split(move |letter| !is_word(letter)).filter(|word| !word.is_empty())
}

/// The modules that the imports in a piece name, the packages that they are in before them.
fn imported(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.lines().map(str::trim_start) {
        if let Some((module, names)) = line.strip_prefix("from ").and_then(|rest| rest.split_once(" import ")) {
            found.push(module);
            found.extend(names.split([',', ' ']).flat_map(|name| submodule(module, name)));
        } else if let Some(rest) = line.strip_prefix("import ") {
            found.extend(rest.split(", ").filter_map(|name| name.split(' ').next()));
        }
    }
    found
}

fn submodule(module: &str, name: &str) -> Option<&'static str> {
    library::submodule(module, name).map(|index| library::MODULES[usize::from(index)].name)
}

/// What is needed of the library: the texts of the prelude and of each part.
#[derive(Debug, Default)]
pub(super) struct Needed {
    pub(super) prelude: String,
    /// The program may look for members of modules by names that are not in its text.
    pub(super) by_name: bool,
    parts: FxHashMap<&'static str, String>,
}

impl Needed {
    /// What a program needs that consists of `own` texts, of the prelude and of `parts`, from what it imports on.
    pub(super) fn of<'t>(
        own: impl Iterator<Item = &'t str>,
        imports: &IndexSet<Arc<str>>,
        prelude: &'static str,
        parts: &[(&'static str, &'static str)],
    ) -> Needed {
        let mut choice = Choice::default();
        own.for_each(|text| choice.mention(text));
        let words = NEEDED_WITH.iter().map(|(.., word)| *word);
        choice.own = words.filter(|word| choice.words.contains(word)).collect();
        choice.whole = BY_NAME.iter().any(|name| choice.words.contains(name));
        imports.iter().for_each(|name| choice.import(name, parts));
        choice.finish(parts);
        let by_name = choice.whole;
        let parts = std::mem::take(&mut choice.modules);
        // What the prelude mentions matters to no part.
        choice.add("", cut_prelude(prelude));
        choice.finish(&[]);
        let prelude = choice.modules.swap_remove("").map(chosen).unwrap_or_default();
        Needed { prelude, by_name, parts: parts.into_iter().map(|(module, pieces)| (module, chosen(pieces))).collect() }
    }

    /// What is needed of a part.
    pub(super) fn part(&self, part: &str) -> Option<&str> {
        self.parts.get(part).map(String::as_str)
    }
}

fn chosen(pieces: Vec<(Piece<'_>, bool)>) -> String {
    pieces.iter().filter(|(_, is_chosen)| *is_chosen).map(|(piece, _)| piece.text).collect()
}

/// A choice that is being made.
#[derive(Default)]
struct Choice<'t> {
    /// Everything is needed.
    whole: bool,
    words: FxHashSet<&'t str>,
    /// Those of [`NEEDED_WITH`] that the program's own texts hold.
    own: Vec<&'static str>,
    /// The pieces of each part that is imported, and which are chosen.
    modules: IndexMap<&'static str, Vec<(Piece<'static>, bool)>>,
    /// The pieces that bind a word which has not come up yet.
    waiting: FxHashMap<&'static str, Vec<(&'static str, usize)>>,
    /// Pieces that are needed, and not looked into yet.
    ahead: Vec<(&'static str, usize)>,
}

impl<'t> Choice<'t> {
    fn mention(&mut self, text: &'t str) {
        for word in words(text) {
            if self.words.insert(word) {
                self.ahead.extend(self.waiting.remove(word).into_iter().flatten());
            }
        }
    }

    /// `import a.b.c` imports `a` and `a.b` as well.
    fn import(&mut self, name: &str, parts: &[(&'static str, &'static str)]) {
        for end in name.match_indices('.').map(|(at, _)| at).chain([name.len()]) {
            let Some((module, text)) = parts.iter().find(|(module, _)| *module == &name[..end]) else { continue };
            if !self.modules.contains_key(module) {
                let mut pieces = cut(text);
                let goes = |piece: &Piece<'_>, (of, function, word): &(&str, &str, &str)| {
                    of == module && piece.binds == [*function] && !self.own.contains(word)
                };
                pieces.retain(|piece| !NEEDED_WITH.iter().any(|needed| goes(piece, needed)));
                self.add(module, pieces);
            }
        }
    }

    fn add(&mut self, module: &'static str, pieces: Vec<Piece<'static>>) {
        let asked = names::asked(module);
        for (index, piece) in pieces.iter().enumerate() {
            let wanted = |name: &&str| self.words.contains(name) || asked.contains(name);
            if self.whole || piece.binds.is_empty() || piece.binds.iter().any(wanted) {
                self.ahead.push((module, index));
            } else {
                piece.binds.iter().for_each(|name| self.waiting.entry(name).or_default().push((module, index)));
            }
        }
        self.modules.insert(module, pieces.into_iter().map(|piece| (piece, false)).collect());
    }

    /// Looks into what is needed, until nothing more comes of it.
    fn finish(&mut self, parts: &[(&'static str, &'static str)]) {
        while let Some((module, index)) = self.ahead.pop() {
            self.take(module, index, parts);
        }
    }

    fn take(&mut self, module: &'static str, index: usize, parts: &[(&'static str, &'static str)]) {
        let Some((piece, is_chosen)) = self.modules.get_mut(module).and_then(|pieces| pieces.get_mut(index)) else {
            return;
        };
        if std::mem::replace(is_chosen, true) {
            return;
        }
        let text = piece.text;
        if !self.whole {
            text.lines().filter(|line| !line.starts_with('#')).for_each(|line| self.mention(line));
        }
        imported(text).into_iter().for_each(|name| self.import(name, parts));
    }
}

#[cfg(test)]
mod tests {
    use super::super::collect::collect;
    use super::super::library::{PARTS, PRELUDE};
    use super::super::project::View;
    use super::super::scope::Role;
    use super::*;
    use crate::base::Source;
    use std::collections::BTreeSet;

    #[test]
    fn each_piece_binds_what_it_says_and_imports_what_it_names() {
        for (module, text) in PARTS {
            for piece in cut(text) {
                let parsed = super::super::parse(&Source::new(*module, piece.text)).expect(piece.text);
                let found = collect(&parsed.body, Role::Library, &View::NONE);
                let imports: BTreeSet<&str> = found.imports.iter().map(|name| &**name).collect();
                let known = |name: &&str| library::module(name).is_some();
                let named: BTreeSet<&str> = imported(piece.text).into_iter().collect();
                assert_eq!(
                    named.into_iter().filter(known).collect::<Vec<_>>(),
                    imports.into_iter().filter(known).collect::<Vec<_>>(),
                    "{module}: {}",
                    piece.text
                );
                let bound: BTreeSet<&str> = found.scopes.module_names().map(|(name, _)| &**name).collect();
                let says: BTreeSet<&str> = piece.binds.iter().copied().collect();
                assert!(says.is_empty() || bound.is_subset(&says), "{module}: {bound:?} in {}", piece.text);
            }
        }
    }

    #[test]
    fn a_program_gets_what_it_mentions_and_what_that_needs() {
        let parts = [
            ("os", "import os.path as path\n\n\ndef a():\n    return b()\n\n\n# c\ndef b():\n    pass\n"),
            ("os.path", "@d\ndef c():\n    pass\n\n\nx, y = 1, 2\n"),
        ];
        let needed = |own: &str| {
            let needed = Needed::of([own].into_iter(), &IndexSet::from([Arc::from("os")]), PRELUDE, &parts);
            (needed.part("os").map(str::to_owned), needed.part("os.path").map(str::to_owned))
        };
        assert_eq!(needed("import os"), (Some(String::new()), None));
        assert_eq!(needed("os.b()"), (Some("def b():\n    pass\n".into()), None));
        assert_eq!(needed("os.a()").0.as_deref(), Some("def a():\n    return b()\n\n\n# c\ndef b():\n    pass\n"));
        assert_eq!(needed("os.path.y").1.as_deref(), Some("x, y = 1, 2\n"));
        assert_eq!(needed("getattr(os, n)").1.as_deref(), Some(parts[1].1));
    }
    #[test]
    fn what_goes_with_words_is_in_the_prelude() {
        let pieces = cut(PRELUDE);
        for name in ONLY_WITH.iter().flat_map(|(_, functions)| *functions) {
            assert!(pieces.iter().any(|piece| piece.binds == [*name]), "{name}");
        }
        let prelude = |own: &str| Needed::of([own].into_iter(), &IndexSet::new(), PRELUDE, PARTS).prelude;
        assert_eq!(prelude("getattr"), PRELUDE);
        let (less, more) = (prelude("print(1)"), prelude("queue.Queue()"));
        assert!(less.contains("def print(") && !less.contains("def queue_put("));
        assert!(more.contains("def queue_put(") && more.contains("def _heap_sink("));
    }
}
