//! Names as they are shown: safe, and no two alike.

use super::SafeText;
use std::collections::BTreeMap;

/// Every name that is shown, and the highest number behind one of several that would be the same.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<String, u32>);

impl Names {
    /// `raw`, safe, and with a number behind it when something else has that name.
    pub fn unique(&mut self, raw: &str) -> String {
        let name = SafeText::new(raw).into_string();
        let Some(&times) = self.0.get(&name) else {
            self.0.insert(name.clone(), 1);
            return name;
        };
        // Counts on from the last one: there may be many of a name.
        let numbered = |number: &u32| format!("{name}#{number}");
        let free = (times + 1..).find(|number| !self.0.contains_key(&numbered(number))).unwrap_or(u32::MAX);
        let candidate = numbered(&free);
        self.0.insert(candidate.clone(), 1);
        self.0.insert(name, free);
        candidate
    }

    /// Nothing has that name any more.
    pub fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_a_name_gets_a_number() {
        let mut names = Names::default();
        assert_eq!(["a", "a", "a#2", "a"].map(|name| names.unique(name)), ["a", "a#2", "a#2#2", "a#3"]);
        names.remove("a#2");
        assert_eq!(names.unique("a#2"), "a#2");
    }
}
