//! Breakpoints as the command line names them: `line=12`, `line=bank.py:12`, `taken:a`, `write:counter`, `blocks`.

use crate::base::sources::{LINES, next_in_file};
use crate::base::{SafeText, Sources, nearest};
use crate::event::{Breakpoint, Happening, Writing};
use std::collections::BTreeSet;

/// What can be given, for messages.
const FORMS: &str =
    "line=NUMBER, line=FILE:NUMBER, taken:OBJECT, change:VARIABLE, write:VARIABLE, blocks, ends, crashes or trouble";

/// A breakpoint that was asked for. Which files a program has is not known yet.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Asked {
    /// In the scenario's own file, or in none.
    Plain(Breakpoint),
    /// On a line of the file with that name.
    InFile(String, u32),
}

/// Reads one breakpoint.
///
/// # Errors
/// What can be given instead.
pub(super) fn parse(text: &str) -> Result<Asked, String> {
    if let Some(happening) = Happening::ALL.into_iter().find(|happening| happening.name() == text) {
        return Ok(Asked::Plain(Breakpoint::Any(happening)));
    }
    let (kind, of) = text.split_once(['=', ':']).ok_or_else(|| forms(text))?;
    let of = of.trim();
    let name = || match of.is_empty() {
        true => Err(format!("name what it is about: {kind}:NAME")),
        false => Ok(of.into()),
    };
    Ok(Asked::Plain(match kind {
        "line" => return line(of),
        "taken" => Breakpoint::Object { name: name()?, id: None },
        "change" => Breakpoint::Watch { name: name()?, place: None, on: Writing::Change },
        "write" => Breakpoint::Watch { name: name()?, place: None, on: Writing::Any },
        _ => return Err(forms(kind)),
    }))
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

fn line(place: &str) -> Result<Asked, String> {
    let (file, number) = match place.rsplit_once(':') {
        Some((file, number)) => (Some(file.to_owned()), number),
        None => (None, place),
    };
    match number.parse() {
        Ok(line @ 1..LINES) => Ok(file.map_or(Asked::Plain(Breakpoint::Line(line)), |file| Asked::InFile(file, line))),
        Ok(LINES..) => Err(format!("no program has a line {number}")),
        Ok(0) => Err("lines are numbered from 1".to_owned()),
        Err(_) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(format!("no program has a line {}", SafeText::brief(number)))
        }
        Err(_) => Err(format!("`{}` is not the number of a line; write one like in line=12", SafeText::brief(number))),
    }
}

/// The breakpoints, with those on lines without code moved to the next line of the file that has some.
///
/// # Errors
/// One line, when there is no such line or file.
pub(super) fn on_lines(wanted: &[Asked], lines: &BTreeSet<u32>, sources: &Sources) -> Result<Vec<Breakpoint>, String> {
    let settle = |asked: &Asked| {
        let line = match asked {
            Asked::Plain(Breakpoint::Line(line)) => *line,
            Asked::Plain(other) => return Ok(other.clone()),
            Asked::InFile(file, number) => match sources.find(file) {
                Some(found) => found.line(*number),
                None => {
                    let files: Vec<_> = sources.files().map(|(id, _)| sources.short(id)).collect();
                    let (file, files) = (SafeText::brief(file), SafeText::new(&files.join(", ")));
                    return Err(format!("--break line={file}:{number}: the program has no such file; it has {files}"));
                }
            },
        };
        match next_in_file(lines, line) {
            Some(next) => Ok(Breakpoint::Line(next)),
            None => Err(format!("--break line={}: there is no code on that line or below it", sources.place(line))),
        }
    };
    wanted.iter().map(settle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Source;
    use std::sync::Arc;

    #[test]
    fn a_line_where_nothing_runs_is_passed_over() {
        let lines = BTreeSet::from([3, 7]);
        let mut sources = Sources::from(Arc::new(Source::new("main.py", "")));
        let bank = sources.add(Arc::new(Source::new("bank.py", "")));
        let lines = lines.into_iter().chain([bank.line(5)]).collect();
        let on = |line| on_lines(&[Asked::Plain(Breakpoint::Line(line))], &lines, &sources);
        assert_eq!(on(3), Ok(vec![Breakpoint::Line(3)]));
        assert_eq!(on(4), Ok(vec![Breakpoint::Line(7)]));
        assert!(on(8).is_err());
        let in_file = |file: &str, line| on_lines(&[Asked::InFile(file.to_owned(), line)], &lines, &sources);
        assert_eq!(in_file("bank.py", 4), Ok(vec![Breakpoint::Line(bank.line(5))]));
        assert_eq!(in_file("main.py", 4), Ok(vec![Breakpoint::Line(7)]));
        assert!(in_file("bank.py", 6).is_err() && in_file("till.py", 1).is_err());
    }

    #[test]
    fn every_form_is_understood_and_nothing_else() {
        assert_eq!(parse("line=12"), Ok(Asked::Plain(Breakpoint::Line(12))));
        assert_eq!(parse("line=a/b.py:12"), Ok(Asked::InFile("a/b.py".into(), 12)));
        assert_eq!(parse("taken:a"), Ok(Asked::Plain(Breakpoint::Object { name: "a".into(), id: None })));
        let watch = |name: &str, on| Ok(Asked::Plain(Breakpoint::Watch { name: name.into(), place: None, on }));
        assert_eq!(parse("write:counter"), watch("counter", Writing::Any));
        assert_eq!(parse("change:account.balance"), watch("account.balance", Writing::Change));
        for happening in Happening::ALL {
            assert_eq!(parse(happening.name()), Ok(Asked::Plain(Breakpoint::Any(happening))));
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
