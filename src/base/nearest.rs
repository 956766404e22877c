//! What was probably meant by an unknown name.

/// The candidate that is spelled most like `wanted`, if any comes near: at most a third of its letters differ.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = |candidate: &'a str| {
        let distance = strsim::osa_distance(wanted, candidate);
        let allowed = wanted.chars().count().max(candidate.chars().count()).div_ceil(3);
        (distance <= allowed).then_some((distance, candidate))
    };
    candidates.into_iter().filter_map(near).min_by_key(|&(distance, _)| distance).map(|(_, candidate)| candidate)
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
    fn letters_that_changed_places_are_one_slip() {
        assert_eq!(["rnu", "urn", "nru"].map(|slip| nearest(slip, ["run"])), [Some("run"), Some("run"), None]);
        assert_eq!(nearest("kişi", ["kisi"]), Some("kisi"));
    }
}
