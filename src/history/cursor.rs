//! A place in a recorded run: the machine at that moment, and where the tape goes on.

use crate::base::sources::Bare;
use crate::base::{SafeText, ThreadId};
use crate::event::Blocker;
use crate::machine::{Boot, Execution, Image, Impossible};
use crate::schedule::Alternative;
use crate::schedule::tape::{Check, Close, Entry, Malformed, Playback};
use std::fmt;
use std::sync::Arc;

/// A place in a recorded run. It goes forward only; a clone of it stays.
#[derive(Clone, Debug)]
pub struct Cursor {
    execution: Execution,
    playback: Playback,
    steps: Option<Steps>,
    close: Option<Close>,
    /// The thread that performed last.
    mover: Option<ThreadId>,
}

/// Steps of one thread that are still to be made.
#[derive(Clone, Copy, Debug)]
struct Steps {
    thread: ThreadId,
    how: How,
    left: u64,
    check: Check,
}

/// How a thread comes to perform.
#[derive(Clone, Copy, Debug)]
enum How {
    /// It computes up to its operation, which goes on in this way.
    Steps(Alternative),
    /// It is struck after so many turns.
    Struck(u64),
}

/// What a move has come to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moved {
    /// It made a choice.
    On,
    /// The tape ends here, as far as it is known.
    End,
}

/// A replay that differs from the recorded run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Divergence {
    /// How many operations agreed, or seemed to agree.
    pub step: u64,
    /// What differs.
    pub what: Difference,
}

/// What differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Difference {
    /// The recorded choice cannot be made.
    Impossible {
        /// Why.
        why: Impossible,
        /// The name of the thread that it is about.
        thread: String,
    },
    /// The thread is not where it was in the recording.
    Place {
        /// Its name.
        thread: String,
        /// The line where it stood when it was recorded.
        recorded: u32,
        /// The line where it stands.
        line: u32,
    },
    /// The operation had other effects: there are not as many events.
    Effects {
        /// The name of the thread that performed it.
        thread: String,
        /// The line where it stands.
        line: u32,
    },
    /// The block cannot be read.
    Malformed(Malformed),
}

impl fmt::Display for Divergence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the replay diverges from the recording after step {}: ", self.step)?;
        match &self.what {
            Difference::Impossible { why: Impossible::Waits(_, on), thread } => {
                let before = match on {
                    Blocker::Lock(_) => "a lock that is held",
                    Blocker::Object(_) => "an object that makes it wait",
                    Blocker::Thread(_) | Blocker::Shutdown => "a thread that has not ended",
                    Blocker::Time => "a time that has not come",
                    Blocker::Signal => "a signal that has not come",
                    Blocker::Outside => "something from outside that has not come",
                    Blocker::Frozen => "being thawed",
                    Blocker::Delayed => "the end of a delay",
                    Blocker::Change => "a change that has not come",
                };
                write!(f, "in the recording {thread} did an operation here; in the replay it waits for {before}")
            }
            Difference::Impossible { why, thread } if thread.is_empty() => write!(f, "{why}"),
            Difference::Impossible { why, thread } => write!(f, "{why} (its name is {thread})"),
            Difference::Place { thread, recorded, line } => {
                let (recorded, line) = (Bare(*recorded), Bare(*line));
                write!(f, "in the recording {thread} was at line {recorded}; in the replay it is at line {line}")
            }
            Difference::Effects { thread, line } => {
                write!(f, "what {thread} did at line {} had other effects in the recording", Bare(*line))
            }
            Difference::Malformed(malformed) => write!(f, "the recording has {malformed}"),
        }
    }
}

impl std::error::Error for Divergence {}

impl Divergence {
    /// Whether it is no real difference: the caller did not want to wait any longer.
    pub fn is_interruption(&self) -> bool {
        matches!(self.what, Difference::Impossible { why: Impossible::Interrupted, .. })
    }
}

impl Cursor {
    /// The beginning of a run.
    pub fn new(image: Arc<Image>, boot: Boot) -> Cursor {
        Cursor {
            execution: Execution::new(image, boot),
            playback: Playback::default(),
            steps: None,
            close: None,
            mover: None,
        }
    }

    /// The machine at this moment.
    pub fn execution(&self) -> &Execution {
        &self.execution
    }

    /// Likewise, to take its events.
    pub fn execution_mut(&mut self) -> &mut Execution {
        &mut self.execution
    }

    /// How many events there have been.
    pub fn events(&self) -> u64 {
        self.execution.shared().seq
    }

    /// How many operations were performed.
    pub fn step(&self) -> u64 {
        self.execution.shared().step
    }

    /// The thread that performed last.
    pub fn mover(&self) -> Option<ThreadId> {
        self.mover
    }

    /// How the recorded run ended, once that is reached.
    pub fn close(&self) -> Option<Close> {
        self.close
    }

    /// Makes the next choice of the tape. `go_on` is asked now and then while a thread computes.
    ///
    /// # Errors
    /// When that cannot be, or leads elsewhere than it did.
    pub fn forward(&mut self, blocks: &[Arc<[u8]>], go_on: &dyn Fn() -> bool) -> Result<Moved, Divergence> {
        loop {
            if let Some(steps) = self.steps {
                self.perform(steps, go_on)?;
                return Ok(Moved::On);
            }
            let entry =
                self.playback.next(blocks).map_err(|malformed| self.differs(Difference::Malformed(malformed)))?;
            match entry {
                None => return Ok(Moved::End),
                Some(Entry::Steps { thread, alternative, count, check }) => {
                    self.steps = Some(Steps { thread, how: How::Steps(alternative), left: count, check });
                }
                Some(Entry::Struck { thread, turns, check }) => {
                    self.steps = Some(Steps { thread, how: How::Struck(turns), left: 1, check });
                }
                Some(Entry::Choice(choice)) => {
                    let made = self.execution.choose(&choice, go_on);
                    return made.map(|()| Moved::On).map_err(|why| self.impossible(why));
                }
                Some(Entry::End(how)) => self.close = Some(how),
            }
        }
    }

    fn perform(&mut self, steps: Steps, go_on: &dyn Fn() -> bool) -> Result<(), Divergence> {
        let Steps { thread, how, left, check } = steps;
        let made = match how {
            How::Steps(alternative) => self.execution.step(thread, alternative, go_on),
            How::Struck(turns) => self.execution.strike(thread, turns, go_on),
        };
        made.map_err(|why| self.impossible(why))?;
        self.mover = Some(thread);
        self.steps = (left > 1).then_some(Steps { left: left - 1, ..steps });
        if left > 1 {
            return Ok(());
        }
        let line = self.execution.shared().record(thread).line;
        if check == Check::new(line, self.events()) {
            return Ok(());
        }
        let recorded = check.line_near(line);
        let name = self.name(thread);
        Err(self.differs(if recorded == line {
            Difference::Effects { thread: name, line }
        } else {
            Difference::Place { thread: name, recorded, line }
        }))
    }

    /// The block of the tape that it is in.
    pub fn block(&self) -> usize {
        self.playback.block()
    }

    /// Whether it has read nothing of that block, nor of later ones.
    pub(super) fn is_before_block(&self, block: usize) -> bool {
        self.block() < block || (self.block() == block && self.playback.reader().is_none())
    }

    /// The tape up to here.
    pub fn tape(&self, blocks: &[Arc<[u8]>]) -> Vec<Arc<[u8]>> {
        let mut until = blocks[..self.block().min(blocks.len())].to_vec();
        if let Some(reader) = self.playback.reader() {
            let last =
                self.steps.map(|Steps { thread, left, .. }| (left, Check::new(self.line(thread), self.events())));
            until.extend(reader.copy_until_here(last));
        }
        until
    }

    /// The tape goes on with that block.
    pub(super) fn go_on_behind(&mut self, block: usize) {
        (self.steps, self.close) = (None, None);
        self.playback = Playback::at_block(block);
    }

    fn line(&self, thread: ThreadId) -> u32 {
        self.execution.shared().threads.get(thread.index()).map_or(0, |record| record.line)
    }

    fn impossible(&self, why: Impossible) -> Divergence {
        let thread = match why {
            Impossible::NotAlive(id)
            | Impossible::Waits(id, _)
            | Impossible::Otherwise(id, _)
            | Impossible::Operates(id, _)
            | Impossible::NotHeld(id) => self.name(id),
            Impossible::Past(_) | Impossible::Fault(_) | Impossible::Interrupted => String::new(),
        };
        self.differs(Difference::Impossible { why, thread })
    }

    fn differs(&self, what: Difference) -> Divergence {
        Divergence { step: self.step(), what }
    }

    fn name(&self, thread: ThreadId) -> String {
        let record = self.execution.shared().threads.get(thread.index());
        record.map_or_else(String::new, |record| SafeText::new(&record.name).into_string())
    }
}
