//! What a verdict rests on, what keeps a program from one, and what makes it large.

use super::found::Found;
use super::options::Options;
use super::search::Search;
use super::space::Stand;
use crate::base::SafeText;
use crate::machine::files::Want;
use std::collections::{BTreeMap, BTreeSet};

/// Says at which line the program does what depends on values from these lines, if it does so anywhere.
pub type Decides<'a> = &'a dyn Fn(&BTreeSet<u32>) -> Option<u32>;

/// What the answer takes for granted.
pub(super) fn assumptions(search: &Search, options: Options) -> Vec<String> {
    let switched = match options.gil {
        true => {
            "a thread is switched off only where CPython's interpreter lock may be handed over: where it waits, where a function \
             begins, after a call, and where a loop goes back"
        }
        false => {
            "a thread may be switched off between any two operations on shared data, as CPython may do it between bytecodes"
        }
    };
    let limits = "a limit (timeout, sleep) may end at any time, early or late";
    let mut all = vec![switched.to_owned(), limits.to_owned()];
    if options.faults == 0 {
        all.push("no fault strikes (`--faults` tries some)".to_owned());
    }
    if !options.spurious {
        all.push("a thread wakes from a condition only when it is notified (`--spurious` tries the others)".to_owned());
    }
    if !search.space.clock_at().is_empty() {
        all.push("the clock stands still".to_owned());
    }
    all
}

/// Ways in which one thread stands in one line, or values of one variable, from which on they are worth telling.
const MANY: usize = 100;
/// From which on they are listed, if somebody asks.
const FEW: usize = 4;
/// How many of these are told at most.
const TOLD: usize = 8;

/// What makes a program large, the worst first: where threads of a name stand in many ways, and variables with many values.
pub(super) fn costs(search: &Search) -> Vec<(usize, String)> {
    let space = &search.space;
    let mut stands: BTreeMap<(&str, u32), (usize, Option<&str>)> = BTreeMap::new();
    for Stand { thread, line, ways, by } in space.stands() {
        let (all, differs) = stands.entry((space.name_of(thread), line)).or_default();
        *all += ways;
        *differs = differs.or(by);
    }
    let source = &space.image().program.source;
    let stands = stands.into_iter().map(|((name, line), (count, by))| {
        let name = SafeText::brief(name);
        let by = by.map_or_else(
            || "by the values of its variables".to_owned(),
            |by| format!("above all by the value of `{by}`"),
        );
        (
            count,
            match line {
                0 => format!("{name} is in the library in {count} different ways"),
                line => format!("{name} comes to line {} in {count} different ways, {by}", source.spot(line)),
            },
        )
    });
    let values =
        space.values().into_iter().map(|(name, count)| (count, format!("{name} takes {count} different values")));
    // Of two that count the same, what has a name says more.
    let mut all: Vec<_> = values.chain(stands).filter(|(count, _)| *count >= FEW).collect();
    all.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    all.truncate(TOLD);
    all
}

/// Why the search has not seen everything.
pub(super) fn doubts(search: &Search, found: &Found, costs: &[(usize, String)]) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(bound) = found.cut {
        all.push(format!("{}, after {} states", bound.sentence(), found.states));
        if bound.is_of_size() {
            let threads = search.space.threads().len();
            let orders = || format!("the steps of {threads} threads, which can follow in very many orders");
            let worst = costs.first().filter(|(count, _)| *count >= MANY);
            all.push(format!("what costs most: {}", worst.map_or_else(orders, |(_, text)| text.clone())));
        }
    }
    if found.unsure {
        all.push("there are loops with too many states to tell whether somebody waits in them for ever".to_owned());
    }
    let source = &search.space.image().program.source;
    if let Some((thread, line)) = search.space.computes_long() {
        let (name, line) = (SafeText::brief(search.space.name_of(thread)), source.spot(line));
        all.push(format!(
            "{name} computes for long by itself from line {line} on; what comes after that was not looked at"
        ));
    }
    if let Some((line, want)) = search.space.lacks_from_outside() {
        let line = source.spot(*line);
        all.push(match want {
            Want::Line => format!("line {line} reads what is typed, which was not given (`--input FILE`)"),
            Want::Here => format!("line {line} asks for files, and none were given (`--read PATH`)"),
            Want::Path(path) => {
                let path = SafeText::brief(path);
                format!("line {line} asks for {path}, which was not given (`--read PATH`)")
            }
        });
    }
    all
}

/// What depends on the clock, and on random numbers without a seed.
pub(super) fn differing(search: &Search, decides: Decides<'_>) -> Vec<String> {
    let source = &search.space.image().program.source;
    let doubt = |lines: &BTreeSet<u32>, does: &str, end: &str| {
        let (line, by) = (*lines.first()?, decides(lines)?);
        let (line, by) = (source.spot(line), source.spot(by));
        Some(format!("line {line} {does}, and what line {by} does may depend on that{end}"))
    };
    let clock = doubt(search.space.clock_at(), "reads the clock", "");
    let drawn = "draws random numbers without a seed";
    let drawn = doubt(search.space.draws_at(), drawn, "; only those of one seed were tried");
    clock.into_iter().chain(drawn).collect()
}
