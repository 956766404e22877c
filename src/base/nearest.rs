//! What was probably meant by an unknown name.

/// The candidate that is spelled most like `wanted`, if any comes near: at most a third of its letters differ.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = |candidate: &'a str| {
        let distance = edit_distance(wanted, candidate);
        let allowed = wanted.chars().count().max(candidate.chars().count()).div_ceil(3);
        (distance <= allowed).then_some((distance, candidate))
    };
    candidates.into_iter().filter_map(near).min_by_key(|&(distance, _)| distance).map(|(_, candidate)| candidate)
}

/// How many letters must be inserted, removed, replaced, or swapped with their neighbour to make `b` of `a`.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let (mut before, mut last) = (row.clone(), None);
    for (i, from) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, &to) in b.iter().enumerate() {
            let mut least = (row[j] + usize::from(from != to)).min(row[j + 1] + 1).min(next[j] + 1);
            if j > 0 && last == Some(to) && b[j - 1] == from {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        (before, row, last) = (row, next, Some(from));
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_only_when_it_is_near() {
        let names = ["deadlock", "lock_order", "lost_update"];
        assert_eq!(nearest("dedlock", names), Some("deadlock"));
        assert_eq!(nearest("lost-update", names), Some("lost_update"));
        assert_eq!(nearest("zebra", names), None);
        assert_eq!(nearest("x", []), None);
    }

    #[test]
    fn distances_count_letters() {
        assert_eq!(edit_distance("kitten", "sitting"), 3);
        assert_eq!(edit_distance("", "ab"), 2);
        assert_eq!(edit_distance("ş", "s"), 1);
        assert_eq!(["rnu", "urn", "nru"].map(|slip| edit_distance(slip, "run")), [1, 1, 2]);
    }
}
