//! What a search has found, in a form that can be compared.

use raddle::check::search::{Found, Kind};
use std::collections::BTreeSet;

/// What a search has found, but for the ways there.
pub(crate) fn summary(found: &Found) -> (usize, BTreeSet<String>, BTreeSet<[u32; 2]>) {
    let kind = |kind: &Kind| match kind {
        Kind::Lost(lost) => format!("lost {} {} {}", lost.read, lost.between, lost.write),
        Kind::Held(_) => "held".to_owned(),
        Kind::Stuck => "stuck".to_owned(),
        Kind::Crashed(class) => format!("crashed {class}"),
        Kind::Endless(..) => "endless".to_owned(),
        Kind::Ring => "ring".to_owned(),
        Kind::Livelock => "livelock".to_owned(),
        Kind::Starves => "starves".to_owned(),
        Kind::Differs(..) => "differs".to_owned(),
        Kind::Reached => "reached".to_owned(),
    };
    let defects = found.defects.iter().map(|defect| kind(&defect.kind)).collect();
    (found.ends, defects, found.races.iter().map(|(race, _)| race.lines).collect())
}
