//! Modules that lie outside and have a stand-in: a comment of the program says which, `# raddle: stub requests, socket`. The
//! option `--stub` adds that comment, so that a recording, which holds the text, needs nothing else.

use std::collections::BTreeSet;

/// The module of the library that makes stand-ins.
pub(super) const MODULE: &str = "__standin__";
const MARK: &str = "# raddle: stub ";

/// The comment that asks for stand-ins for these modules.
pub fn comment(modules: &[String]) -> String {
    format!("{MARK}{}\n", modules.join(", "))
}

/// The modules that the text asks for stand-ins for.
pub(super) fn asked_for(text: &str) -> BTreeSet<&str> {
    let lists = text.lines().filter_map(|line| line.strip_prefix(MARK));
    lists.flat_map(|list| list.split(',')).map(str::trim).filter(|name| !name.is_empty()).collect()
}

/// Whether one of those is the module `name`, or what that is in.
pub(super) fn stands_in(asked_for: &BTreeSet<&str>, name: &str) -> bool {
    let dots = name.match_indices('.').map(|(at, _)| at).chain([name.len()]);
    dots.into_iter().any(|end| asked_for.contains(&name[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_asks_for_modules_and_for_all_inside_of_them() {
        let text = format!("import requests\n{}", comment(&["requests".to_owned(), "urllib.request".to_owned()]));
        let asked = asked_for(&text);
        let answers = ["requests", "requests.adapters", "urllib", "urllib.request", "request"];
        assert_eq!(answers.map(|name| stands_in(&asked, name)), [true, true, false, true, false]);
    }
}
