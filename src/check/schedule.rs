//! A schedule as a short text: `0*5 1*3 2t 1w` says that thread 0 takes five steps, then thread 1 three, then the limit of
//! thread 2 ends, and thread 1 wakes from a condition without a notify. `2k` says that a fault strikes thread 2: it is killed;
//! `r` raises an error in it, `l` keeps the lock that it releases, `d` drops its notify, `x` takes the lock away that it is about
//! to release, `b` breaks the barrier at which it is about to wait, `f` freezes it, `i` interrupts the program. Threads are
//! numbered in the order in which they are made; the main thread is 0.

use super::way::Way;
use crate::base::ThreadId;
use crate::machine::strike::Strike;
use crate::schedule::Alternative;
use std::fmt::{self, Write};

/// Who goes, step by step, and how.
pub type Steps = Vec<(ThreadId, Way)>;

/// The most steps that a text may stand for.
const MOST: usize = 1_000_000;

/// The text for steps.
pub fn text(steps: &[(ThreadId, Way)]) -> String {
    let mut text = String::new();
    for run in steps.chunk_by(|a, b| a == b) {
        let (thread, way) = run[0];
        let how = match way {
            Way::Step(Alternative::Go) => "",
            Way::Step(Alternative::TimeOut) => "t",
            Way::Wake => "w",
            Way::Struck(strike) => letter(strike),
        };
        let times = if run.len() > 1 { format!("*{}", run.len()) } else { String::new() };
        let gap = if text.is_empty() { "" } else { " " };
        // Writing to a string does not fail.
        let _ = write!(text, "{gap}{}{how}{times}", thread.0);
    }
    text
}

/// Why a text is no schedule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// This word is none of a schedule's.
    Word(String),
    /// It has too many steps.
    TooLong,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::Word(word) => {
                write!(
                    f,
                    "'{word}' is no part of a schedule: write a thread's number and how often it goes, as in 0*5 1*3 2t"
                )
            }
            Unreadable::TooLong => write!(f, "a schedule has at most {MOST} steps"),
        }
    }
}

impl std::error::Error for Unreadable {}

/// The steps of a text.
///
/// # Errors
/// When it is no schedule.
pub fn parse(text: &str) -> Result<Steps, Unreadable> {
    let mut steps = Steps::new();
    for word in text.split_whitespace() {
        let (step, times) = run(word).ok_or_else(|| Unreadable::Word(word.to_owned()))?;
        if times > MOST - steps.len() {
            return Err(Unreadable::TooLong);
        }
        steps.extend(std::iter::repeat_n(step, times));
    }
    Ok(steps)
}

fn run(word: &str) -> Option<((ThreadId, Way), usize)> {
    let (who, times) = match word.split_once('*') {
        Some((who, times)) => (who, number(times).filter(|times| *times > 0)?),
        None => (word, 1),
    };
    let digits = who.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let way = match &who[digits.len()..] {
        "" => Way::Step(Alternative::Go),
        "t" => Way::Step(Alternative::TimeOut),
        "w" => Way::Wake,
        other => Way::Struck(Strike::ALL.into_iter().find(|strike| letter(*strike) == other)?),
    };
    let thread = number(digits).and_then(|who| u32::try_from(who).ok())?;
    Some(((ThreadId(thread), way), times))
}

/// What stands behind the number of a thread that a fault strikes.
fn letter(strike: Strike) -> &'static str {
    match strike {
        Strike::Kill => "k",
        Strike::Raise => "r",
        Strike::Leak => "l",
        Strike::Drop => "d",
        Strike::Take => "x",
        Strike::Break => "b",
        Strike::Freeze => "f",
        Strike::Interrupt => "i",
        Strike::KillProcess => "p",
        Strike::Lose => "m",
    }
}

/// Digits alone: `+1` is no number here.
fn number(text: &str) -> Option<usize> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_is_read_as_it_is_written() {
        for it in ["", "0", "0*5 1*3 2t", "0t*2 12 0t 3w", "1k 2l 3d 1r 2x*2 1b 2f 0i 3p 1m"] {
            assert_eq!(parse(it).map(|steps| text(&steps)), Ok(it.to_owned()));
        }
        assert_eq!(parse(" 0 0  0 ").map(|steps| text(&steps)), Ok("0*3".to_owned()));
    }

    #[test]
    fn what_is_no_schedule_is_refused() {
        for bad in [
            "x",
            "0*",
            "*3",
            "0*0",
            "-1",
            "+1",
            "1*-2",
            "0**2",
            "t",
            "0tt",
            "0q",
            "0kt",
            "99999999999",
            "0,1",
            "\u{661}",
        ] {
            assert_eq!(parse(bad), Err(Unreadable::Word(bad.to_owned())), "{bad}");
        }
        assert_eq!(parse("0*600000 1*600000"), Err(Unreadable::TooLong));
        assert_eq!(parse("0*18446744073709551615 1"), Err(Unreadable::TooLong));
    }
}
