//! A way through one text of a program, followed in another: where the two first differ, and how far it goes there.
//!
//! Threads are the same if they were made in the same order, lines if they have the same text. What a thread does on lines that
//! only the new text has is let pass, and steps on lines that only the old one has are left out. Where a thread stands on another
//! line that both texts have, it goes from there.

use super::replay::Player;
use super::way::Way;
use crate::base::{Sources, ThreadId};
use crate::machine::{Execution, Impossible};
use crate::schedule::Alternative;
use std::collections::HashSet;

/// So many steps on new lines are let pass, all in all.
const PASSED: usize = 10_000;

/// What became of the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Followed {
    /// The first step that differs, if one does.
    pub first: Option<Difference>,
    /// How many steps of the old way come to their end in the new program, and how many there are.
    pub steps: usize,
    #[expect(missing_docs, reason = "see above")]
    pub of: usize,
    /// How many of them the new program takes from another line.
    pub elsewhere: usize,
    /// What ends it.
    pub end: End,
}

/// Where the two differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The number of the old way's step, from 0.
    pub step: usize,
    /// Whose it is.
    pub thread: ThreadId,
    /// The line where the thread stands before it in the old text, and in the new one.
    pub lines: [u32; 2],
}

/// What ends it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// It does not end: every step can be taken.
    Taken,
    /// The thread has to wait in this line.
    Waits(ThreadId, u32),
    /// The thread is not there: it is over, or was not started.
    Gone(ThreadId),
}

/// Follows the steps of `old` in `new`.
///
/// # Errors
/// Which step the old program does not do.
pub fn follow(old: Execution, new: Execution, steps: &[(ThreadId, Way)]) -> Result<Followed, Impossible> {
    let sources = [&old, &new].map(|run| run.image().program.source.clone());
    let (mut old, new) = (Player::new(old), Player::new(new));
    let mut lines = Vec::with_capacity(steps.len());
    for (thread, way) in steps {
        lines.push((*thread, old.stands(*thread).unwrap_or(0)));
        old.take(*thread, *way)?;
    }
    let texts = [&sources[0], &sources[1]].map(|source| texts(source));
    let sources = [&*sources[0], &*sources[1]];
    let mut follower = Follower { new, lines, texts, sources, first: None, passed: 0, elsewhere: 0, last: None };
    let end = steps.iter().enumerate().find_map(|(at, (_, way))| Some((at, follower.step(at, *way)?)));
    let (steps, end) = end.unwrap_or((steps.len(), End::Taken));
    let Follower { first, lines, elsewhere, .. } = follower;
    Ok(Followed { first, steps, of: lines.len(), elsewhere, end })
}

/// What the lines say, without their indentation.
fn texts(sources: &Sources) -> HashSet<&str> {
    sources.files().flat_map(|(_, file)| file.text().lines()).map(str::trim).collect()
}

struct Follower<'a> {
    new: Player,
    /// Who takes the old steps, and from which lines.
    lines: Vec<(ThreadId, u32)>,
    /// What the lines of the old and of the new text say.
    texts: [HashSet<&'a str>; 2],
    sources: [&'a Sources; 2],
    first: Option<Difference>,
    passed: usize,
    elsewhere: usize,
    /// What went last, and in which line.
    last: Option<(ThreadId, u32)>,
}

impl Follower<'_> {
    /// The old program takes this step; what ends the way, if anything.
    fn step(&mut self, step: usize, way: Way) -> Option<End> {
        let (thread, old) = self.lines[step];
        let wanted = self.sources[0].line(old).trim();
        loop {
            let Some(new) = self.new.stands(thread) else { return Some(End::Gone(thread)) };
            let found = self.sources[1].line(new).trim();
            if found == wanted {
                return self.take(thread, way, new);
            }
            self.first.get_or_insert(Difference { step, thread, lines: [old, new] });
            let goes_on = self.last == Some((thread, new)) || !self.texts[0].contains(found);
            if goes_on && self.passed < PASSED {
                self.passed += 1;
                let end = self.take(thread, Way::Step(Alternative::Go), new);
                if end.is_some() {
                    return end;
                }
            } else if !self.texts[1].contains(wanted) && self.comes_to(step, found) {
                return None;
            } else {
                self.elsewhere += 1;
                return self.take(thread, way, new);
            }
        }
    }

    /// Whether the thread comes to a line of this text later on the old way.
    fn comes_to(&self, step: usize, text: &str) -> bool {
        let (thread, _) = self.lines[step];
        self.lines[step..].iter().any(|(other, line)| *other == thread && self.sources[0].line(*line).trim() == text)
    }

    fn take(&mut self, thread: ThreadId, way: Way, line: u32) -> Option<End> {
        self.last = Some((thread, line));
        let is_taken = self.new.can(thread, way) && self.new.take(thread, way).is_ok();
        (!is_taken).then_some(End::Waits(thread, line))
    }
}
