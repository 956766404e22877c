//! The module graph of a part: which file uses what another one defines, by the paths in its code.
//!
//! A path counts for the file where its item is defined: re-exports are followed. What is compiled for tests alone does
//! not count, and neither does a `mod` line, which only says where a file is.

use super::code::{code_of, without_tests};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The parts that have floors, and these, the lowest first: a file uses no floor above its own.
pub(crate) const FLOORS: &[(&str, &[&str])] = &[("machine", &["memory", "data", "sync", "run"])];

/// A path in code: its names.
type Names = Vec<String>;

/// The files of a part and their arrows.
pub(crate) struct Graph {
    part: String,
    /// The files, by module path without `crate::`.
    files: BTreeMap<String, File>,
}

struct File {
    /// From the package's root.
    path: String,
    /// Every path in the code.
    paths: Vec<Names>,
    /// What names that `use` brings into the file stand for.
    imports: BTreeMap<String, Names>,
    /// The modules that it uses, and what it names of each.
    arrows: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    /// The graph of a part, from the paths (`src/part/file.rs`) and texts of its files; others are left out.
    pub(crate) fn of<'f>(part: &str, files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Graph {
        let mut graph = Graph { part: part.to_owned(), files: BTreeMap::new() };
        for (path, text) in files {
            let Some(module) = module_of(path) else { continue };
            let names: Vec<&str> = module.split("::").collect();
            if names[0] == part && !names.contains(&"tests") {
                graph.files.insert(module, File::of(path, &without_tests(&code_of(text))));
            }
        }
        let arrows: Vec<_> = graph.files.keys().map(|module| graph.uses(module)).collect();
        for (file, arrows) in graph.files.values_mut().zip(arrows) {
            file.arrows = arrows;
        }
        graph
    }

    /// The modules whose items the file of `module` names, and these items.
    fn uses(&self, module: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for path in &self.files[module].paths {
            if let Some(there) = self.resolve(module, path, 0).filter(|there| there != module) {
                // A path that ends with the module itself only brings its name in.
                let item = path.last().filter(|item| !there.ends_with(item.as_str())).cloned();
                used.entry(there).or_default().extend(item);
            }
        }
        used
    }

    /// The module that defines what `path` means in `module`; `None`: it is not of this part, or is in `module` itself.
    fn resolve(&self, module: &str, path: &[String], depth: usize) -> Option<String> {
        // A name that stands for itself.
        if depth > 8 {
            return None;
        }
        let mut at: Vec<&str> = module.split("::").collect();
        let mut rest = path;
        match rest.first()?.as_str() {
            "crate" => {
                at.clear();
                rest = &rest[1..];
            }
            "self" => rest = &rest[1..],
            "super" => {
                while rest.first().is_some_and(|name| name == "super") {
                    at.pop()?;
                    rest = &rest[1..];
                }
            }
            name if self.files.contains_key(&format!("{module}::{name}")) => {}
            name => {
                let meant = self.files[module].imports.get(name)?;
                return self.resolve(module, &[meant, &rest[1..]].concat(), depth + 1);
            }
        }
        while let [name, others @ ..] = rest
            && self.files.contains_key(&[&at[..], &[name]].concat().join("::"))
        {
            at.push(name);
            rest = others;
        }
        let found = at.join("::");
        let re_export =
            rest.first().filter(|name| self.files.get(&found).is_some_and(|file| file.imports.contains_key(*name)));
        let there = re_export.and_then(|_| self.resolve(&found, rest, depth + 1));
        there.or_else(|| self.files.contains_key(&found).then_some(found))
    }

    /// The floor of a module, counted from the lowest; `None`: it is on none.
    fn floor(&self, module: &str) -> Option<usize> {
        let (_, floors) = FLOORS.iter().find(|(part, _)| *part == self.part)?;
        let folder = module.split("::").nth(1)?;
        floors.iter().position(|floor| *floor == folder)
    }

    /// The arrows that lead to a higher floor, or from a floor to the head of the part: user and used file.
    pub(crate) fn upwards(&self) -> Vec<(&str, &str)> {
        let mut found = Vec::new();
        for (module, file) in &self.files {
            let Some(own) = self.floor(module) else { continue };
            let higher = file.arrows.keys().filter(|used| self.floor(used).is_none_or(|floor| floor > own));
            found.extend(higher.map(|used| (file.path.as_str(), self.files[used].path.as_str())));
        }
        found
    }

    /// The circles: files each of which leads to every other along the arrows. The largest circle comes first.
    pub(crate) fn circles(&self) -> Vec<Vec<&str>> {
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            self.files.keys().map(|module| (module.as_str(), self.reached_from(module))).collect();
        let mut circles: BTreeSet<Vec<&str>> = BTreeSet::new();
        for module in self.files.keys().map(String::as_str).filter(|module| reached[module].contains(module)) {
            let others = reached[module].iter().filter(|other| reached[*other].contains(module));
            circles.insert(others.map(|other| self.files[*other].path.as_str()).collect());
        }
        let mut circles: Vec<_> = circles.into_iter().collect();
        circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
        circles
    }

    /// The arrows that are in the way of a circle's files standing in an order in which each uses only those before it: user,
    /// used file, and what it names of that. Without them the circle is none.
    fn in_the_way(&self, circle: &[&str]) -> Vec<(&str, &str, Vec<&str>)> {
        let order = self.order(circle);
        let place = |module: &str| order.iter().position(|it| *it == module);
        let mut found = Vec::new();
        for module in &order {
            let file = &self.files[*module];
            for (used, names) in file.arrows.iter().filter(|(used, _)| place(used) > place(module)) {
                let names = names.iter().map(String::as_str).collect();
                found.push((file.path.as_str(), self.files[used].path.as_str(), names));
            }
        }
        found
    }

    /// An order of a circle's files with few arrows in its way. It is found from both ends: first goes what uses nothing that
    /// is left, last what nothing left uses; if there is neither, first goes what is used most beyond what it uses.
    fn order(&self, circle: &[&str]) -> Vec<&str> {
        let mut left: BTreeSet<&str> = self.files.keys().map(String::as_str).collect();
        left.retain(|module| circle.contains(&self.files[*module].path.as_str()));
        let weight = |user: &str, used: &str| self.files[user].arrows.get(used).map_or(0, |names| names.len().max(1));
        let (mut first, mut last) = (Vec::new(), Vec::new());
        loop {
            let uses = |module: &str| left.iter().map(|other| weight(module, other)).sum::<usize>();
            let used = |module: &str| left.iter().map(|other| weight(other, module)).sum::<usize>();
            let rank = |(uses, used): (usize, usize)| (uses == 0, used == 0, used as isize - uses as isize);
            let Some(next) = left.iter().copied().max_by_key(|module| rank((uses(module), used(module)))) else {
                break;
            };
            if uses(next) > 0 && used(next) == 0 {
                last.push(next)
            } else {
                first.push(next)
            }
            left.remove(next);
        }
        first.extend(last.into_iter().rev());
        first
    }

    fn reached_from(&self, module: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut next: Vec<&str> = self.files[module].arrows.keys().map(String::as_str).collect();
        while let Some(module) = next.pop() {
            if reached.insert(module) {
                next.extend(self.files[module].arrows.keys().map(String::as_str));
            }
        }
        reached
    }
}

/// The floors, the arrows that lead upwards, and the circles with the arrows that make them; with `{:#}`, every arrow too.
impl fmt::Display for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let floors = FLOORS.iter().find(|(part, _)| *part == self.part).map_or(&[][..], |(_, floors)| *floors);
        for (index, floor) in floors.iter().enumerate() {
            let files = self.files.keys().filter(|module| self.floor(module) == Some(index)).count();
            writeln!(f, "{floor}: {files} files")?;
        }
        let (upwards, circles) = (self.upwards(), self.circles());
        writeln!(f, "upwards: {}", upwards.len())?;
        upwards.iter().try_for_each(|(from, to)| writeln!(f, "  {from} -> {to}"))?;
        writeln!(f, "circles: {}", circles.len())?;
        for circle in &circles {
            writeln!(f, "  {}: {}", circle.len(), circle.join(" "))?;
            let in_the_way = self.in_the_way(circle);
            in_the_way
                .iter()
                .try_for_each(|(from, to, names)| writeln!(f, "    {from} -> {to}: {}", names.join(" ")))?;
        }
        if f.alternate() {
            for file in self.files.values() {
                let used: Vec<&str> = file.arrows.keys().map(|used| self.files[used].path.as_str()).collect();
                writeln!(f, "{} -> {}", file.path, used.join(" "))?;
            }
        }
        Ok(())
    }
}

impl File {
    fn of(path: &str, code: &str) -> File {
        let mut file =
            File { path: path.to_owned(), paths: Vec::new(), imports: BTreeMap::new(), arrows: BTreeMap::new() };
        let mut rest = code;
        let mut others = String::new();
        while let Some(at) = use_item(rest) {
            others.push_str(&rest[..at]);
            let end = rest[at..].find(';').map_or(rest.len(), |length| at + length);
            file.take(&[], &rest[at + "use ".len()..end]);
            rest = &rest[end..];
        }
        others.push_str(rest);
        file.paths.extend(written_out(&others));
        file
    }

    /// Takes in a tree of imports, which stands behind `prefix`.
    fn take(&mut self, prefix: &[String], tree: &str) {
        let (path, group) = match tree.split_once('{') {
            Some((path, group)) => (path, Some(group.trim_end().strip_suffix('}').unwrap_or(group))),
            None => (tree, None),
        };
        let (path, alias) = path.split_once(" as ").unwrap_or((path, ""));
        let names = path.split("::").map(str::trim).filter(|name| !name.is_empty());
        let mut full = [prefix, &names.map(str::to_owned).collect::<Vec<_>>()].concat();
        if let Some(group) = group {
            split(group).into_iter().for_each(|tree| self.take(&full, tree));
            return;
        }
        if full.len() > 1 && full.last().is_some_and(|name| name == "self") {
            full.pop();
        }
        let Some(last) = full.last() else { return };
        let name = if alias.is_empty() { last.clone() } else { alias.trim().to_owned() };
        self.imports.insert(name, full.clone());
        self.paths.push(full);
    }
}

/// Where the next `use` stands.
fn use_item(code: &str) -> Option<usize> {
    let starts = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    code.match_indices("use ").map(|(at, _)| at).find(|at| starts(*at))
}

/// The trees in a group.
fn split(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut trees) = (0, 0, Vec::new());
    for (index, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                trees.push(&group[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    trees.push(&group[start..]);
    trees.into_iter().filter(|tree| !tree.trim().is_empty()).collect()
}

/// The paths in code other than imports: `a::b::C`. Those that say where an item is visible are left out.
fn written_out(code: &str) -> Vec<Names> {
    let in_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let code = code.replace("(in crate", "(");
    let names = |path: &str| path.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect::<Names>();
    code.split(|c: char| !in_path(c)).map(names).filter(|names| names.len() > 1).collect()
}

/// The module that lies in a file below `src/`.
fn module_of(path: &str) -> Option<String> {
    let inside = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    Some(inside.strip_suffix("/mod").unwrap_or(inside).replace('/', "::"))
}
