//! What is said of files, for a build server: JUnit's XML, one test case for each file.

use super::text::{assumptions, message, model, whole};
use super::{Outcome, Told};
use crate::base::SafeText;
use crate::check::verdict::Verdict;
use std::fmt::Write as _;

/// The whole document.
pub(super) fn document(outcomes: &[Outcome]) -> String {
    let count = |is: fn(&Case) -> bool| cases(outcomes).filter(is).count();
    let (failures, errors) = (count(|case| case.tag == Some("failure")), count(|case| case.tag == Some("error")));
    let seconds: f64 = cases(outcomes).map(|case| case.seconds).sum();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a string does not fail.
    let _ = writeln!(
        text,
        "<testsuites>\n<testsuite name=\"raddle check\" tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\" time=\"{seconds:.3}\">",
        outcomes.len()
    );
    for case in cases(outcomes) {
        let name = escape(case.name);
        let _ = write!(text, "<testcase classname=\"raddle.check\" name=\"{name}\" time=\"{:.3}\"", case.seconds);
        let _ = match case.tag {
            None => writeln!(text, "/>"),
            Some(tag) => writeln!(
                text,
                ">\n<{tag} type=\"{}\" message=\"{}\">{}</{tag}>\n</testcase>",
                case.kind,
                escape(&case.message),
                escape(&case.text)
            ),
        };
    }
    text.push_str("</testsuite>\n</testsuites>\n");
    text
}

/// One file.
struct Case<'a> {
    name: &'a str,
    seconds: f64,
    /// What is not as it should be, if anything: it fails, or could not be checked.
    tag: Option<&'static str>,
    kind: &'a str,
    message: String,
    text: String,
}

fn cases(outcomes: &[Outcome]) -> impl Iterator<Item = Case<'_>> {
    outcomes.iter().map(case)
}

fn case(outcome: &Outcome) -> Case<'_> {
    let name = &*outcome.name;
    let checked = match &outcome.told {
        Told::Checked(checked) => checked,
        Told::Refused { said, .. } => {
            let message = said.lines().next().unwrap_or_default().to_owned();
            return Case { name, seconds: 0.0, tag: Some("error"), kind: "refused", message, text: said.clone() };
        }
    };
    let (answer, seconds) = (&checked.answer, checked.seconds);
    let kind = answer.defects.first().map_or(answer.verdict.name(), |defect| defect.kind.name());
    let (tag, message) = match (answer.verdict, answer.defects.first()) {
        (Verdict::Verified, _) => (None, String::new()),
        (Verdict::Defect, Some(defect)) => {
            let model = model(checked, &defect.played.events);
            (Some("failure"), message(defect, &model))
        }
        (Verdict::Defect | Verdict::Inconclusive, _) => (Some("error"), answer.doubts.join("; ")),
    };
    let text = if tag.is_some() { whole(checked) + &assumptions(std::iter::once(&**checked)) } else { String::new() };
    Case { name, seconds, tag, kind, message, text }
}

/// As XML may have it.
fn escape(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(|line| SafeText::new(line).into_string()).collect();
    let mut escaped = String::new();
    for character in lines.join("\n").chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}
