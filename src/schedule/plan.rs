//! Planned faults, and their text form: `what:whom[:with what][@when]`.
//!
//! ```text
//! kill:worker-1@step=40        raise:worker-1:ValueError@line=12      delay:left:0.5@op=10
//! drop-notify:not_empty@2      take:lock                              signal:INT@time=2.5
//! ```
//!
//! Names are those of the screen. A name with a `:`, `@` or `"` in it, or a space at an end, stands in double quotes;
//! inside them a backslash takes the next character as it is. The fault strikes at that moment or later: if it makes no
//! sense yet, it waits until it does.

use super::{Fault, Signal};
use crate::base::sources::LINES;
use crate::base::{SafeText, nearest};
use std::fmt::{self, Write};
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

/// The name of a thread or an object on the screen.
pub type Name = Arc<str>;

/// A fault that is to be injected when its moment has come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FaultPlan {
    /// The fault, with names.
    pub fault: Fault<Name, Name>,
    /// It strikes at this moment, or later.
    pub when: When,
}

/// A moment of a run: the state alone says whether it has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// From the start.
    Soon,
    /// The run has performed so many operations.
    Step(u64),
    /// The thread has performed so many operations.
    Operation(u64),
    /// The thread stands before an operation on this line; if the fault strikes no thread, any thread does.
    Line(u32),
    /// The run's clock says so many nanoseconds.
    Time(u64),
}

/// What is wrong with the text of a planned fault.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FaultPlanError {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub advice: String,
    /// The bytes of the text that it is about.
    pub at: Range<usize>,
}

impl fmt::Display for FaultPlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.advice)
    }
}

impl std::error::Error for FaultPlanError {}

/// What follows the name of a fault.
struct Form {
    word: &'static str,
    /// What it strikes: "a thread".
    whom: &'static str,
    /// With what: "an exception".
    with: Option<&'static str>,
    example: &'static str,
}

const THREAD: &str = "a thread";

/// Every fault, in the order in which they are listed.
const FORMS: [Form; 18] = [
    Form { word: "kill", whom: THREAD, with: None, example: "kill:worker" },
    Form { word: "raise", whom: THREAD, with: Some("an exception"), example: "raise:worker:ValueError" },
    Form { word: "freeze", whom: THREAD, with: None, example: "freeze:worker" },
    Form { word: "thaw", whom: THREAD, with: None, example: "thaw:worker@time=2" },
    Form { word: "delay", whom: THREAD, with: Some("seconds"), example: "delay:worker:0.5" },
    Form { word: "slow", whom: THREAD, with: Some("seconds"), example: "slow:worker:0.5" },
    Form { word: "wake", whom: THREAD, with: None, example: "wake:worker" },
    Form { word: "expire", whom: THREAD, with: None, example: "expire:worker" },
    Form { word: "leak", whom: "a lock", with: None, example: "leak:lock" },
    Form { word: "take", whom: "a lock", with: None, example: "take:lock" },
    Form { word: "drop-notify", whom: "a condition", with: None, example: "drop-notify:not_empty" },
    Form { word: "break", whom: "a barrier", with: None, example: "break:barrier" },
    Form { word: "kill-process", whom: THREAD, with: None, example: "kill-process:Process-1" },
    Form { word: "lose-message", whom: "a pipe", with: None, example: "lose-message:tasks" },
    Form { word: "delay-message", whom: "a pipe", with: Some("seconds"), example: "delay-message:tasks:0.5" },
    Form { word: "break-pipe", whom: "a pipe", with: None, example: "break-pipe:pipe" },
    Form { word: "fill-pipe", whom: "a pipe", with: None, example: "fill-pipe:pipe" },
    Form { word: "signal", whom: "a signal", with: None, example: "signal:INT" },
];

/// A part of the text, quotes resolved.
struct Part {
    text: String,
    at: Range<usize>,
}

impl FromStr for FaultPlan {
    type Err = FaultPlanError;

    fn from_str(text: &str) -> Result<Self, FaultPlanError> {
        let (parts, when) = split(text)?;
        let what = &parts[0];
        let Some(form) = FORMS.iter().find(|form| form.word == what.text) else { return Err(unknown(what)) };
        let Some(whom) = parts.get(1).filter(|part| !part.text.is_empty()) else {
            let at = parts.get(1).unwrap_or(what).at.clone();
            return Err(wrong(at, format!("`{}` does not say to whom", form.word), like(form)));
        };
        let with = parts.get(2);
        if let Some(extra) = parts.get(if form.with.is_some() { 3 } else { 2 }) {
            let advice = format!("{}; a name with `:` in it stands in double quotes", like(form));
            return Err(wrong(extra.at.clone(), format!("`{}` takes nothing more", form.word), advice));
        }
        let name: Name = whom.text.as_str().into();
        let (thread, lock) = (|| name.clone(), || name.clone());
        let mut fault = match form.word {
            "kill" => Fault::Kill { thread: thread() },
            "raise" => Fault::Raise { thread: thread(), exception: given(form, what, with)?.text.as_str().into() },
            "freeze" => Fault::Freeze { thread: thread() },
            "thaw" => Fault::Thaw { thread: thread() },
            "delay" => Fault::Delay { thread: thread(), time: time(given(form, what, with)?)? },
            "slow" => Fault::Slow { thread: thread(), time: time(given(form, what, with)?)? },
            "wake" => Fault::Wake { thread: thread() },
            "expire" => Fault::Expire { thread: thread() },
            "leak" => Fault::LeakLock { lock: lock(), nth: 1 },
            "take" => Fault::TakeLock { lock: lock() },
            "drop-notify" => Fault::DropNotify { condition: name, nth: 1 },
            "break" => Fault::BreakBarrier { barrier: name },
            "kill-process" => Fault::KillProcess { thread: name },
            "lose-message" => Fault::LoseMessage { pipe: name, nth: 1 },
            "delay-message" => Fault::DelayMessage { pipe: name, time: time(given(form, what, with)?)? },
            "break-pipe" => Fault::BreakPipe { pipe: name },
            "fill-pipe" => Fault::FillPipe { pipe: name },
            _ => Fault::Signal { signal: signal(whom)? },
        };
        let when = match &when {
            None => When::Soon,
            Some(part) => moment(part, form, &mut fault)?,
        };
        Ok(FaultPlan { fault, when })
    }
}

impl fmt::Display for FaultPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.fault.name())?;
        match &self.fault {
            Fault::Signal { signal } => write!(f, "{}", signal.name().trim_start_matches("SIG"))?,
            fault => {
                let name = fault.thread().or(fault.object());
                name.map_or(Ok(()), |name| f.write_str(&quoted(name)))?;
            }
        }
        match &self.fault {
            Fault::Raise { exception, .. } => write!(f, ":{}", quoted(exception))?,
            Fault::Delay { time, .. } | Fault::Slow { time, .. } | Fault::DelayMessage { time, .. } => {
                write!(f, ":{}", seconds(*time))?;
            }
            Fault::LeakLock { nth, .. } | Fault::DropNotify { nth, .. } | Fault::LoseMessage { nth, .. }
                if *nth > 1 =>
            {
                write!(f, "@{nth}")?;
            }
            Fault::Kill { .. }
            | Fault::Freeze { .. }
            | Fault::Thaw { .. }
            | Fault::Wake { .. }
            | Fault::Expire { .. }
            | Fault::LeakLock { .. }
            | Fault::TakeLock { .. }
            | Fault::DropNotify { .. }
            | Fault::BreakBarrier { .. }
            | Fault::KillProcess { .. }
            | Fault::LoseMessage { .. }
            | Fault::BreakPipe { .. }
            | Fault::FillPipe { .. }
            | Fault::Signal { .. } => {}
        }
        match self.when {
            When::Soon => Ok(()),
            When::Step(step) => write!(f, "@step={step}"),
            When::Operation(operation) => write!(f, "@op={operation}"),
            When::Line(line) => write!(f, "@line={line}"),
            When::Time(time) => write!(f, "@time={}", seconds(time)),
        }
    }
}

/// So many nanoseconds in seconds, with no more digits than needed.
pub fn seconds(time: u64) -> String {
    let text = format!("{}.{:09}", time / 1_000_000_000, time % 1_000_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn wrong(at: Range<usize>, message: String, advice: String) -> FaultPlanError {
    FaultPlanError { message, advice, at }
}

fn like(form: &Form) -> String {
    format!("write it like `{}`", form.example)
}

fn unknown(what: &Part) -> FaultPlanError {
    let words = FORMS.map(|form| form.word);
    let advice = match nearest(&what.text, words) {
        Some(word) => format!("did you mean `{word}`?"),
        None => format!("the faults are {}", words.join(", ")),
    };
    wrong(what.at.clone(), format!("there is no fault `{}`", SafeText::brief(&what.text)), advice)
}

/// What the fault strikes with.
fn given<'p>(form: &Form, what: &Part, with: Option<&'p Part>) -> Result<&'p Part, FaultPlanError> {
    with.filter(|part| !part.text.is_empty()).ok_or_else(|| {
        let at = with.unwrap_or(what).at.clone();
        wrong(at, format!("`{}` needs {}", form.word, form.with.unwrap_or_default()), like(form))
    })
}

fn time(part: &Part) -> Result<u64, FaultPlanError> {
    let (whole, fraction) = part.text.split_once('.').unwrap_or((&part.text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let nanoseconds = || {
        let parts =
            digits(whole) && digits(fraction) && fraction.len() <= 9 && !(whole.is_empty() && fraction.is_empty());
        let seconds: u64 = parts.then(|| if whole.is_empty() { Ok(0) } else { whole.parse() })?.ok()?;
        let rest: u64 = format!("{fraction:0<9}").parse().ok()?;
        seconds.checked_mul(1_000_000_000)?.checked_add(rest)
    };
    nanoseconds().ok_or_else(|| {
        let advice = "write seconds, for example `0.5`, with at most nine decimal places".to_owned();
        wrong(part.at.clone(), format!("`{}` is not a time", SafeText::brief(&part.text)), advice)
    })
}

fn signal(part: &Part) -> Result<Signal, FaultPlanError> {
    let name = part.text.to_ascii_uppercase();
    let found = Signal::ALL
        .into_iter()
        .find(|signal| signal.name().trim_start_matches("SIG") == name.trim_start_matches("SIG"));
    found.ok_or_else(|| {
        let names = Signal::ALL.map(|signal| signal.name().trim_start_matches("SIG"));
        let advice = match nearest(name.trim_start_matches("SIG"), names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the signals are {}", names.join(", ")),
        };
        wrong(part.at.clone(), format!("raddle sends no signal `{}`", SafeText::brief(&part.text)), advice)
    })
}

/// What follows the `@`. The number of a release, notify or message goes into the fault.
fn moment(part: &Part, form: &Form, fault: &mut Fault<Name, Name>) -> Result<When, FaultPlanError> {
    let at = part.at.clone();
    let number = |text: &str| {
        let (shown, digits) =
            (SafeText::brief(text), !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()));
        let (message, advice) = match digits {
            true => (format!("`{shown}` is too large"), format!("the largest number is {}", u64::MAX)),
            false => (format!("`{shown}` is not a whole number"), "write one like in `@step=40`".to_owned()),
        };
        text.parse::<u64>().map_err(|_| wrong(at.clone(), message, advice))
    };
    let Some((key, value)) = part.text.split_once('=') else {
        let n = number(&part.text)?;
        return match fault {
            Fault::LeakLock { nth, .. } | Fault::DropNotify { nth, .. } | Fault::LoseMessage { nth, .. } => {
                let in_range = u32::try_from(n).ok().filter(|n| *n > 0);
                *nth = in_range.ok_or_else(|| {
                    wrong(
                        at,
                        format!("there is no release, notify or message number {n}"),
                        "they count from 1".to_owned(),
                    )
                })?;
                Ok(When::Soon)
            }
            Fault::Kill { .. }
            | Fault::Raise { .. }
            | Fault::Freeze { .. }
            | Fault::Thaw { .. }
            | Fault::Delay { .. }
            | Fault::Slow { .. }
            | Fault::Wake { .. }
            | Fault::Expire { .. }
            | Fault::TakeLock { .. }
            | Fault::BreakBarrier { .. }
            | Fault::KillProcess { .. }
            | Fault::DelayMessage { .. }
            | Fault::BreakPipe { .. }
            | Fault::FillPipe { .. }
            | Fault::Signal { .. } => {
                let advice = format!("say what `{n}` counts: `@step={n}`, `@line={n}` or `@time={n}`");
                Err(wrong(at, format!("`{}` has no number", form.word), advice))
            }
        };
    };
    match key {
        "step" => Ok(When::Step(number(value)?)),
        "op" if form.whom == THREAD => Ok(When::Operation(number(value)?)),
        "op" => {
            let advice = "`@step=` counts those of the run".to_owned();
            Err(wrong(at, format!("`@op=` counts a thread's operations, and `{}` strikes none", form.word), advice))
        }
        // One in another file than the scenario's own cannot be named here.
        "line" => u32::try_from(number(value)?).ok().filter(|line| *line < LINES).map(When::Line).ok_or_else(|| {
            wrong(
                at.clone(),
                format!("no program has a line {}", SafeText::brief(value)),
                "write the number of a line of the program".to_owned(),
            )
        }),
        "time" => Ok(When::Time(time(&Part { text: value.to_owned(), at })?)),
        _ => {
            let advice = match nearest(key, ["step", "op", "line", "time"]) {
                Some(word) => format!("did you mean `@{word}=`?"),
                None => "write `@step=`, `@op=`, `@line=` or `@time=`".to_owned(),
            };
            Err(wrong(at, format!("`@{}=` is not a moment", SafeText::brief(key)), advice))
        }
    }
}

/// The parts before the `@`, at least one, and the part after it.
fn split(text: &str) -> Result<(Vec<Part>, Option<Part>), FaultPlanError> {
    let mut parts = Vec::new();
    let mut start = 0;
    loop {
        let (part, end) = part(text, start)?;
        parts.push(part);
        match text[end..].chars().next() {
            Some('@') => {
                let at = end + 1..text.len();
                return Ok((parts, Some(Part { text: text[at.clone()].trim().to_owned(), at })));
            }
            Some(_) => start = end + 1,
            None => return Ok((parts, None)),
        }
    }
}

/// The part that begins at `start`, and where it ends: at a `:`, a `@`, or the end.
fn part(text: &str, start: usize) -> Result<(Part, usize), FaultPlanError> {
    let rest = &text[start..];
    let Some(inside) = rest.strip_prefix('"') else {
        let length = rest.find([':', '@']).unwrap_or(rest.len());
        let at = start..start + length;
        return Ok((Part { text: text[at.clone()].trim().to_owned(), at }, start + length));
    };
    let mut name = String::new();
    let mut letters = inside.char_indices();
    let end = loop {
        match letters.next() {
            Some((index, '"')) => break start + 1 + index + 1,
            Some((_, '\\')) => name.extend(letters.next().map(|(_, letter)| letter)),
            Some((_, letter)) => name.push(letter),
            None => {
                let message = "the quotes are not closed".to_owned();
                return Err(wrong(start..text.len(), message, "end the name with a double quote".to_owned()));
            }
        }
    };
    if !text[end..].is_empty() && !text[end..].starts_with([':', '@']) {
        let message = "something follows the closing quote".to_owned();
        return Err(wrong(end..text.len(), message, "a `:` or a `@` may follow there".to_owned()));
    }
    Ok((Part { text: name, at: start..end }, end))
}

/// The name as it is written.
fn quoted(name: &str) -> String {
    let plain = !name.contains([':', '@', '"']) && name.trim() == name;
    if plain {
        return name.to_owned();
    }
    let mut text = String::from('"');
    for letter in name.chars() {
        if matches!(letter, '"' | '\\') {
            text.push('\\');
        }
        // Writing to a string does not fail.
        let _ = text.write_char(letter);
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wrong(text: &str) -> String {
        let error = text.parse::<FaultPlan>().unwrap_err();
        format!("{}| {error}", &text[error.at.clone()])
    }

    #[test]
    fn the_examples_are_read_and_written_alike() {
        for form in FORMS {
            let plan: FaultPlan = form.example.parse().unwrap();
            assert_eq!(plan.fault.name(), form.word);
            assert_eq!(plan.to_string(), form.example);
        }
        for text in [
            "kill:worker-1@step=40",
            "raise:worker-1:ValueError@line=12",
            "delay:left:0.5@op=10",
            "drop-notify:not_empty@2",
            "signal:INT@time=2.5",
            "kill:Thread-1 (work)",
            "kill:\"a:b@c\\\"d\"@step=1",
            "leak:locks[0]@time=0.000000001",
        ] {
            assert_eq!(text.parse::<FaultPlan>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_left_open_has_a_meaning() {
        let plan: FaultPlan = "drop-notify:c@1".parse().unwrap();
        assert_eq!(plan, "drop-notify: c".parse().unwrap());
        assert_eq!("signal:sigterm".parse(), "signal:TERM".parse::<FaultPlan>());
        assert_eq!("delay:t:.5@time=1.".parse(), "delay:t:0.500@time=1".parse::<FaultPlan>());
    }

    #[test]
    fn what_is_wrong_is_pointed_at_with_advice() {
        for (text, complaint) in [
            ("kil:worker", "kil| there is no fault `kil`; did you mean `kill`?"),
            ("kill", "kill| `kill` does not say to whom; write it like `kill:worker`"),
            ("kill:", "| `kill` does not say to whom; write it like `kill:worker`"),
            ("raise:worker", "raise| `raise` needs an exception; write it like `raise:worker:ValueError`"),
            (
                "delay:worker:soon",
                "soon| `soon` is not a time; write seconds, for example `0.5`, with at most nine decimal places",
            ),
            (
                "delay:worker:.",
                ".| `.` is not a time; write seconds, for example `0.5`, with at most nine decimal places",
            ),
            (
                "kill:a:b",
                "b| `kill` takes nothing more; write it like `kill:worker`; a name with `:` in it stands in double quotes",
            ),
            ("signal:KILL", "KILL| raddle sends no signal `KILL`; the signals are HUP, INT, USR1, USR2, TERM"),
            ("kill:a@40", "40| `kill` has no number; say what `40` counts: `@step=40`, `@line=40` or `@time=40`"),
            ("leak:a@0", "0| there is no release, notify or message number 0; they count from 1"),
            ("kill:a@stop=4", "stop=4| `@stop=` is not a moment; did you mean `@step=`?"),
            ("kill:a@step=x", "step=x| `x` is not a whole number; write one like in `@step=40`"),
            (
                "kill:a@line=99999999999999999999",
                "line=99999999999999999999| `99999999999999999999` is too large; the largest number is 18446744073709551615",
            ),
            (
                "kill:a@line=4294967296",
                "line=4294967296| no program has a line 4294967296; write the number of a line of the program",
            ),
            ("signal:TREM", "TREM| raddle sends no signal `TREM`; did you mean `TERM`?"),
            (
                "take:a@op=3",
                "op=3| `@op=` counts a thread's operations, and `take` strikes none; `@step=` counts those of the run",
            ),
            ("kill:\"a", "\"a| the quotes are not closed; end the name with a double quote"),
            ("kill:\"a\"b", "b| something follows the closing quote; a `:` or a `@` may follow there"),
        ] {
            assert_eq!(wrong(text), complaint);
        }
    }

    fn plans() -> impl Strategy<Value = FaultPlan> {
        let name = || prop_oneof!["[a-z]{1,6}", "\\PC{1,8}"].prop_map(|name| Name::from(name.as_str()));
        let nth = 1..5u32;
        let fault = (0..FORMS.len(), name(), name(), any::<u64>(), nth, 0..Signal::ALL.len());
        let fault = fault.prop_map(|(form, name, exception, time, nth, signal)| match FORMS[form].word {
            "kill" => Fault::Kill { thread: name },
            "raise" => Fault::Raise { thread: name, exception },
            "freeze" => Fault::Freeze { thread: name },
            "thaw" => Fault::Thaw { thread: name },
            "delay" => Fault::Delay { thread: name, time },
            "slow" => Fault::Slow { thread: name, time },
            "wake" => Fault::Wake { thread: name },
            "expire" => Fault::Expire { thread: name },
            "leak" => Fault::LeakLock { lock: name, nth },
            "take" => Fault::TakeLock { lock: name },
            "drop-notify" => Fault::DropNotify { condition: name, nth },
            "break" => Fault::BreakBarrier { barrier: name },
            "kill-process" => Fault::KillProcess { thread: name },
            "lose-message" => Fault::LoseMessage { pipe: name, nth },
            "delay-message" => Fault::DelayMessage { pipe: name, time },
            "break-pipe" => Fault::BreakPipe { pipe: name },
            "fill-pipe" => Fault::FillPipe { pipe: name },
            _ => Fault::Signal { signal: Signal::ALL[signal] },
        });
        let when = prop_oneof![
            Just(When::Soon),
            any::<u64>().prop_map(When::Step),
            any::<u64>().prop_map(When::Operation),
            (0..LINES).prop_map(When::Line),
            any::<u64>().prop_map(When::Time),
        ];
        (fault, when).prop_map(|(fault, when)| {
            let counted = matches!(
                fault,
                Fault::LeakLock { nth, .. } | Fault::DropNotify { nth, .. } | Fault::LoseMessage { nth, .. } if nth > 1
            );
            let has_none = matches!(when, When::Operation(_)) && fault.thread().is_none();
            FaultPlan { when: if counted || has_none { When::Soon } else { when }, fault }
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(plan in plans()) {
            prop_assert_eq!(plan.to_string().parse::<FaultPlan>(), Ok(plan));
        }

        #[test]
        fn any_text_is_a_plan_or_an_error_within_it(text in "\\PC{0,20}|(kill|leak|delay|signal)[:@\"=a0.\\\\é]{0,12}") {
            if let Err(error) = text.parse::<FaultPlan>() {
                prop_assert!(text.get(error.at.clone()).is_some(), "{error:?}");
            }
        }
    }
}
