//! Breakpoints as the command line names them: `line=12`, `taken:a`, `write:counter`, `blocks`.

use crate::base::{SafeText, nearest};
use crate::event::{Breakpoint, Happening, Writing};
use std::collections::BTreeSet;

/// What can be given, for messages.
const FORMS: &str = "line=NUMBER, taken:OBJECT, change:VARIABLE, write:VARIABLE, blocks, ends, crashes or trouble";

/// Reads one breakpoint.
///
/// # Errors
/// What can be given instead.
pub(super) fn parse(text: &str) -> Result<Breakpoint, String> {
    if let Some(happening) = Happening::ALL.into_iter().find(|happening| happening.name() == text) {
        return Ok(Breakpoint::Any(happening));
    }
    let (kind, of) = text.split_once(['=', ':']).ok_or_else(|| forms(text))?;
    let of = of.trim();
    let name = || match of.is_empty() {
        true => Err(format!("name what it is about: {kind}:NAME")),
        false => Ok(of.into()),
    };
    match kind {
        "line" => line(of),
        "taken" => Ok(Breakpoint::Object { name: name()?, id: None }),
        "change" => Ok(Breakpoint::Watch { name: name()?, place: None, on: Writing::Change }),
        "write" => Ok(Breakpoint::Watch { name: name()?, place: None, on: Writing::Any }),
        _ => Err(forms(kind)),
    }
}

/// What can be given, the likeliest first.
fn forms(word: &str) -> String {
    let words = ["line", "taken", "change", "write"].into_iter().chain(Happening::ALL.map(Happening::name));
    let all = format!("write {FORMS}");
    match nearest(&word.to_lowercase(), words) {
        Some("line") => format!("did you mean line=NUMBER? {all}"),
        Some(near @ ("taken" | "change" | "write")) => format!("did you mean {near}:NAME? {all}"),
        Some(near) => format!("did you mean {near}? {all}"),
        None => all,
    }
}

fn line(number: &str) -> Result<Breakpoint, String> {
    match number.parse() {
        Ok(line @ 1..) => Ok(Breakpoint::Line(line)),
        Ok(0) => Err("lines are numbered from 1".to_owned()),
        Err(_) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(format!("no program has a line {}", SafeText::brief(number)))
        }
        Err(_) => Err(format!("`{}` is not the number of a line; write one like in line=12", SafeText::brief(number))),
    }
}

/// The breakpoints, with those on lines without code moved to the next line that has some.
///
/// # Errors
/// One line, when there is no such line.
pub(super) fn on_lines(wanted: &[Breakpoint], lines: &BTreeSet<u32>) -> Result<Vec<Breakpoint>, String> {
    let settle = |breakpoint: &Breakpoint| match breakpoint {
        Breakpoint::Line(line) => match lines.range(line..).next() {
            Some(next) => Ok(Breakpoint::Line(*next)),
            None => Err(format!("--break line={line}: there is no code on that line or below it")),
        },
        other => Ok(other.clone()),
    };
    wanted.iter().map(settle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_where_nothing_runs_is_passed_over() {
        let lines = BTreeSet::from([3, 7]);
        let on = |line| on_lines(&[Breakpoint::Line(line)], &lines);
        assert_eq!(on(3), Ok(vec![Breakpoint::Line(3)]));
        assert_eq!(on(4), Ok(vec![Breakpoint::Line(7)]));
        assert!(on(8).is_err());
    }

    #[test]
    fn every_form_is_understood_and_nothing_else() {
        assert_eq!(parse("line=12"), Ok(Breakpoint::Line(12)));
        assert_eq!(parse("taken:a"), Ok(Breakpoint::Object { name: "a".into(), id: None }));
        let watch = |name: &str, on| Ok(Breakpoint::Watch { name: name.into(), place: None, on });
        assert_eq!(parse("write:counter"), watch("counter", Writing::Any));
        assert_eq!(parse("change:account.balance"), watch("account.balance", Writing::Change));
        for happening in Happening::ALL {
            assert_eq!(parse(happening.name()), Ok(Breakpoint::Any(happening)));
        }
        for (slip, told) in [
            ("lin=3", "did you mean line=NUMBER?"),
            ("taek:a", "did you mean taken:NAME?"),
            ("trubble", "did you mean trouble?"),
            ("line=99999999999999999999", "no program has a line 99999999999999999999"),
            ("line=-1", "`-1` is not the number of a line"),
            ("taken:", "name what it is about: taken:NAME"),
        ] {
            let said = parse(slip).unwrap_err();
            assert!(said.starts_with(told), "{slip}: {said}");
        }
        for bad in ["", "line=0", "line=x", "line", "taken:", "write: ", "read:x", "block"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
