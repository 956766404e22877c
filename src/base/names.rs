//! Names as they are shown: safe, and no two alike.

use super::SafeText;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every name that is shown, and the highest number behind one of several that would be the same. A clone is cheap.
#[derive(Clone, Debug, Default)]
pub struct Names(Arc<BTreeMap<Arc<str>, u32>>);

impl Names {
    /// `raw`, safe, and with a number after it when something else has that name.
    pub fn unique(&mut self, raw: &str) -> Arc<str> {
        let name: Arc<str> = SafeText::new(raw).into_string().into();
        let names = Arc::make_mut(&mut self.0);
        let Some(&times) = names.get(&name) else {
            names.insert(Arc::clone(&name), 1);
            return name;
        };
        // Counts on from the last one: there may be many of a name.
        let numbered = |number: &u32| Arc::<str>::from(format!("{name}#{number}"));
        let free = (times + 1..).find(|number| !names.contains_key(&numbered(number))).unwrap_or(u32::MAX);
        let candidate = numbered(&free);
        names.insert(Arc::clone(&candidate), 1);
        names.insert(name, free);
        candidate
    }

    /// Nothing has that name any more.
    pub fn remove(&mut self, name: &str) {
        Arc::make_mut(&mut self.0).remove(name);
    }

    /// Likewise, but what comes later does not get it, if there were several.
    pub fn forget(&mut self, name: &str) {
        if self.0.get(name) == Some(&1) {
            self.remove(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_a_name_gets_a_number() {
        let mut names = Names::default();
        assert_eq!(
            ["a", "a", "a#2", "a"].map(|name| names.unique(name)).map(|name| name.to_string()),
            ["a", "a#2", "a#2#2", "a#3"]
        );
        names.remove("a#2");
        assert_eq!(&*names.unique("a#2"), "a#2");
        ["a", "a#2", "a#3"].into_iter().for_each(|name| names.forget(name));
        assert_eq!(["a", "a#3"].map(|name| names.unique(name)).map(|name| name.to_string()), ["a#4", "a#3"]);
    }
}
