//! The tape: a run's choices as they are made, two or three bytes for each.
//!
//! A tape is a list of *blocks*, each of which can be read by itself. A block begins with three numbers: the clock, how
//! many events there had been, and how many operations. Entries follow. Frequent things take little room: one thread
//! that performs several times in a row is one entry, with a check on where that led and a bit that says whether the
//! thread before it was preempted; and the clock is recorded only when it changes. `docs/recordings.md` has the format
//! byte by byte.
//!
//! What is written depends on the choices alone: the same ones give the same bytes.

mod playback;

pub use playback::Playback;

use super::{Alternative, Choice, Fault, Given};
use crate::base::ThreadId;
use std::fmt;
use std::sync::Arc;

/// A block is closed when it has so many bytes,
const BLOCK: usize = 4096;
/// or when the run's clock has gone on so far since it began, in nanoseconds: what is cut off by a crash is no more than that.
const SPAN: u64 = 1_000_000_000;

/// or when it has so many steps, so that a reader that follows a run on its tape is not far behind.
const MANY: u64 = 16_384;

/// Entries that are no steps and no clock.
const TIMED_OUT: u8 = 0xC0;
const STRUCK: u8 = 0xC1;
const PREEMPT: u8 = 0xC2;
/// Of the thread that performed last.
const PREEMPT_LAST: u8 = 0xC3;
const POLICY: u8 = 0xC4;
const FAULT: u8 = 0xC5;
const END: u8 = 0xC6;
/// The clock, in nanoseconds.
const CLOCK_EXACT: u8 = 0xC7;
const PROCEED: u8 = 0xC8;
const PRIORITY: u8 = 0xC9;
const HOLD: u8 = 0xCA;
const LET_GO: u8 = 0xCB;
const REPORT: u8 = 0xCC;
const GIVEN: u8 = 0xCD;
/// The bits that say what an entry is, and what they say.
const STEPS_MASK: u8 = 0x80;
const CLOCK_MASK: u8 = 0xC0;
const CLOCK: u8 = 0x80;
/// In a step's first byte: before it, the thread that performed last is preempted.
const AFTER_PREEMPTION: u8 = 0x40;
/// Threads and counts that fit into a step's first byte are below these.
const NEAR: u32 = 15;
const FEW: u64 = 3;
/// Five bits of the clock's difference, in microseconds, are in the first byte; this bit says that more follow.
const MORE: u8 = 0x20;
const MICROSECOND: u64 = 1_000;

/// Where operations led: enough to notice soon that a replay is not the recorded run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Check(u8);

impl Check {
    /// After operations of a thread that left it on `line`, with so many events of the whole run.
    pub fn new(line: u32, events: u64) -> Check {
        Check(((line & 31) << 3) as u8 | (events & 7) as u8)
    }

    /// The line that it was made from, as far as it is known: the one nearest to `line`.
    pub fn line_near(self, line: u32) -> u32 {
        let kept = u32::from(self.0 >> 3);
        let up = kept.wrapping_sub(line) & 31;
        if up > 16 && line + up >= 32 { line + up - 32 } else { line + up }
    }
}

/// How a recorded run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Close {
    /// The program ended by itself.
    Exited,
    /// It was ended while all its threads waited forever.
    Stuck,
    /// It was ended while it could go on.
    Aborted,
}

/// What a tape holds, in order.
#[derive(Clone, PartialEq, Debug)]
pub enum Entry {
    /// The thread performs so many times in a row, which leads to where the check says.
    Steps {
        /// The thread.
        thread: ThreadId,
        /// How.
        alternative: Alternative,
        /// How often; never 0.
        count: u64,
        /// Where that led.
        check: Check,
    },
    /// The thread looks up from computing after so many turns since its last operation, and performs.
    Struck {
        /// Who.
        thread: ThreadId,
        /// After how many turns.
        turns: u64,
        /// Where that led.
        check: Check,
    },
    /// Any choice but a step.
    Choice(Choice),
    /// The recording was closed.
    End(Close),
}

/// Where a block begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Start {
    /// The run's clock, in nanoseconds since the run's start.
    pub clock: u64,
    /// How many events there were before.
    pub events: u64,
    /// How many operations were performed before.
    pub step: u64,
}

/// A tape that is being written. Blocks that are full wait to be fetched.
#[derive(Debug, Default)]
pub struct Tape {
    full: Vec<Arc<[u8]>>,
    open: Vec<u8>,
    /// Where the open block begins.
    start: Start,
    /// Where the run is.
    here: Start,
    /// The clock, as far as it was written.
    clock: u64,
    /// How many steps the open block has, without the last ones.
    steps: u64,
    /// Steps to which more may be added.
    group: Option<Group>,
    /// The thread that performed last.
    last: Option<ThreadId>,
    /// That thread was preempted since: not written yet, because it is a bit of the steps that follow.
    preempted: bool,
    closed: bool,
}

#[derive(Clone, Copy, Debug)]
struct Group {
    thread: ThreadId,
    count: u64,
    check: Check,
    after_preemption: bool,
}

impl Tape {
    /// The thread has performed `count` times.
    #[inline]
    pub fn steps(&mut self, thread: ThreadId, alternative: Alternative, count: u64, check: Check) {
        if count == 0 {
            return;
        }
        match &mut self.group {
            Some(group)
                if group.thread == thread && self.here.clock == self.clock && alternative == Alternative::Go =>
            {
                group.count = group.count.saturating_add(count);
                group.check = check;
            }
            _ => self.other_steps(thread, alternative, count, check),
        }
    }

    fn other_steps(&mut self, thread: ThreadId, alternative: Alternative, count: u64, check: Check) {
        let at_once = alternative == Alternative::Go && self.here.clock == self.clock;
        let after_preemption = at_once && std::mem::take(&mut self.preempted);
        if !after_preemption {
            self.close_group();
            self.place();
        }
        self.last = Some(thread);
        match alternative {
            Alternative::Go => self.group = Some(Group { thread, count, check, after_preemption }),
            Alternative::TimeOut => {
                self.open.push(TIMED_OUT);
                self.number(u64::from(thread.0));
                self.open.push(check.0);
            }
        }
    }

    /// The thread, which was computing, has looked up after so many turns and performed.
    pub fn struck(&mut self, thread: ThreadId, turns: u64, check: Check) {
        self.entry(STRUCK);
        self.last = Some(thread);
        self.number(u64::from(thread.0));
        self.number(turns);
        self.open.push(check.0);
    }

    /// What comes next happens here: what the run's clock says, and how many events and operations there were before.
    #[inline]
    pub fn go_to(&mut self, here: Start) {
        self.here = here;
    }

    /// Says where the next entry happens.
    fn place(&mut self) {
        let clock = self.here.clock;
        let full = self.open.len() >= BLOCK || self.steps >= MANY;
        if full || (!self.open.is_empty() && clock.saturating_sub(self.start.clock) >= SPAN) {
            self.close_block();
        }
        if self.open.is_empty() {
            self.start = self.here;
        } else if clock != self.clock {
            self.pass(clock.saturating_sub(self.clock));
        }
        self.clock = clock;
    }

    /// The clock has gone on by so much.
    fn pass(&mut self, time: u64) {
        if !time.is_multiple_of(MICROSECOND) {
            self.open.push(CLOCK_EXACT);
            self.number(time);
            return;
        }
        let passed = time / MICROSECOND;
        let low = (passed & 31) as u8;
        if passed < 32 {
            self.open.push(CLOCK | low);
        } else {
            self.open.push(CLOCK | MORE | low);
            self.number(passed >> 5);
        }
    }

    /// Any choice but a step or the clock.
    ///
    /// # Errors
    /// When it cannot be written: the tape is not whole then.
    pub fn choice(&mut self, choice: &Choice) -> Result<(), Unwritable> {
        match choice {
            Choice::Clock(_) | Choice::Step(..) | Choice::Struck { .. } => {}
            Choice::Preempt(thread) => {
                self.close_group();
                self.place();
                if self.last == Some(*thread) {
                    self.preempted = true;
                } else {
                    self.open.push(PREEMPT);
                    self.number(u64::from(thread.0));
                }
            }
            Choice::Proceed(thread) => self.entry_of(PROCEED, *thread),
            Choice::Hold(thread) => self.entry_of(HOLD, *thread),
            Choice::LetGo(thread) => self.entry_of(LET_GO, *thread),
            Choice::Report(thread) => self.entry_of(REPORT, *thread),
            Choice::Given(given) => self.entry_with(GIVEN, &given.to_bytes()),
            Choice::Policy(name) => self.entry_with(POLICY, name.as_bytes()),
            Choice::Priority { name, priority } => {
                self.entry(PRIORITY);
                self.number(u64::from(priority.cast_unsigned()));
                self.text(name.as_bytes());
            }
            Choice::Fault(fault) => {
                self.entry_with(FAULT, &serde_json::to_vec(fault).map_err(|_| Unwritable)?);
            }
        }
        Ok(())
    }

    /// Nothing follows: the open block becomes the last one. When that was does not matter, so the clock is not written: a
    /// run that is forced would see something that follows.
    pub fn close(&mut self, how: Close) {
        if self.closed {
            return;
        }
        self.closed = true;
        self.close_group();
        if self.open.is_empty() {
            self.start = self.here;
        }
        self.open.extend([END, how as u8]);
        self.close_block();
    }

    /// The full blocks that were not fetched yet.
    pub fn fetch(&mut self) -> Vec<Arc<[u8]>> {
        std::mem::take(&mut self.full)
    }

    /// The open block so far, as a block that can be read; `None` when it is empty. The tape itself does not change.
    pub fn peek(&self) -> Option<Arc<[u8]>> {
        let mut copy = Tape { full: Vec::new(), open: self.open.clone(), ..*self };
        copy.cut();
        copy.full.pop()
    }

    /// Closes the open block with what is in it.
    pub fn cut(&mut self) {
        self.close_group();
        if !self.open.is_empty() {
            self.close_block();
        }
    }

    fn entry(&mut self, kind: u8) {
        self.close_group();
        self.place();
        self.open.push(kind);
    }

    fn entry_with(&mut self, kind: u8, text: &[u8]) {
        self.entry(kind);
        self.text(text);
    }

    fn entry_of(&mut self, kind: u8, thread: ThreadId) {
        self.entry(kind);
        self.number(u64::from(thread.0));
    }

    /// Writes the steps that were kept back because the same entry might get more.
    fn close_group(&mut self) {
        if std::mem::take(&mut self.preempted) {
            self.open.push(PREEMPT_LAST);
        }
        let Some(Group { thread, count, check, after_preemption }) = self.group.take() else { return };
        let (near, few) = (thread.0.min(NEAR), (count - 1).min(FEW));
        self.steps = self.steps.saturating_add(count);
        let before = if after_preemption { AFTER_PREEMPTION } else { 0 };
        self.open.push(before | (near << 2) as u8 | few as u8);
        if near == NEAR {
            self.number(u64::from(thread.0 - NEAR));
        }
        if few == FEW {
            self.number(count - 1 - FEW);
        }
        self.open.push(check.0);
    }

    fn close_block(&mut self) {
        let mut block = Vec::with_capacity(self.open.len() + 16);
        for value in [self.start.clock, self.start.events, self.start.step] {
            put(&mut block, value);
        }
        block.append(&mut self.open);
        self.full.push(block.into());
        self.last = None;
        self.steps = 0;
    }

    fn number(&mut self, value: u64) {
        put(&mut self.open, value);
    }

    fn text(&mut self, text: &[u8]) {
        self.number(text.len() as u64);
        self.open.extend_from_slice(text);
    }
}

/// A number in as few bytes as it needs: seven bits each, the lowest first, the top bit says that more follow (LEB128).
fn put(to: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        to.push(value as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8);
}

/// A choice that there is no text for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unwritable;

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fault cannot be recorded")
    }
}

impl std::error::Error for Unwritable {}

/// Why a block cannot be read. Its checksum was right, so raddle did not write it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Malformed {
    /// Where in the block, in bytes.
    pub at: usize,
    /// What is wrong there.
    pub what: &'static str,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {} of the block", self.what, self.at)
    }
}

impl std::error::Error for Malformed {}

/// Reads a block, entry by entry.
#[derive(Clone, Debug)]
pub struct Reader {
    block: Arc<[u8]>,
    at: usize,
    start: Start,
    clock: u64,
    last: Option<ThreadId>,
    /// The preemption in the next entry was read already.
    preempted: bool,
}

impl Reader {
    /// Begins to read.
    ///
    /// # Errors
    /// When the block has no beginning.
    pub fn new(block: Arc<[u8]>) -> Result<Reader, Malformed> {
        let mut reader = Reader { block, at: 0, start: Start::default(), clock: 0, last: None, preempted: false };
        reader.start = Start { clock: reader.number()?, events: reader.number()?, step: reader.number()? };
        reader.clock = reader.start.clock;
        Ok(reader)
    }

    /// Where the block begins.
    pub fn start(&self) -> Start {
        self.start
    }

    /// The next entry; `None` at the end.
    ///
    /// # Errors
    /// When it is not a valid entry.
    pub fn read(&mut self) -> Result<Option<Entry>, Malformed> {
        let Some(&first) = self.block.get(self.at) else { return Ok(None) };
        if first & STEPS_MASK == 0 {
            if first & AFTER_PREEMPTION != 0 && !self.preempted {
                self.preempted = true;
                return self.preempt_last().map(Some);
            }
            return self.steps().map(Some);
        }
        self.at += 1;
        if first & CLOCK_MASK == CLOCK {
            let low = u64::from(first & 31);
            let high = if first & MORE == 0 { 0 } else { self.number()? };
            let passed = high.checked_mul(32).and_then(|high| high.checked_add(low));
            return self.pass(passed.and_then(|passed| passed.checked_mul(MICROSECOND))).map(Some);
        }
        self.rare(first).map(Some)
    }

    /// The block, with only what was read so far. `left_out`: how many of the last steps are left out, and where the
    /// rest led.
    pub fn copy_until_here(&self, left_out: Option<(u64, Check)>) -> Vec<Arc<[u8]>> {
        let mut tape = Tape::default();
        let Ok(mut reader) = Reader::new(self.block.clone()) else { return Vec::new() };
        tape.go_to(reader.start);
        while (reader.at, reader.preempted) < (self.at, self.preempted)
            && let Ok(Some(entry)) = reader.read()
        {
            tape.go_to(Start { clock: reader.clock, ..reader.start });
            match entry {
                Entry::Steps { thread, alternative, count, check } => {
                    let (count, check) = match left_out.filter(|_| reader.at == self.at) {
                        Some((left, check)) => (count.saturating_sub(left), check),
                        None => (count, check),
                    };
                    tape.steps(thread, alternative, count, check);
                }
                Entry::Struck { thread, turns, check } => {
                    if left_out.is_none_or(|_| reader.at < self.at) {
                        tape.struck(thread, turns, check);
                    }
                }
                Entry::Choice(choice) => {
                    if tape.choice(&choice).is_err() {
                        return Vec::new();
                    }
                }
                Entry::End(_) => {}
            }
        }
        tape.cut();
        tape.fetch()
    }

    fn pass(&mut self, time: Option<u64>) -> Result<Entry, Malformed> {
        let clock = time.and_then(|time| self.clock.checked_add(time));
        self.clock = clock.ok_or_else(|| self.wrong("a time that is too long"))?;
        Ok(Entry::Choice(Choice::Clock(self.clock)))
    }

    fn preempt_last(&self) -> Result<Entry, Malformed> {
        let last = self.last.ok_or_else(|| self.wrong("no thread to preempt"))?;
        Ok(Entry::Choice(Choice::Preempt(last)))
    }

    fn steps(&mut self) -> Result<Entry, Malformed> {
        self.preempted = false;
        let first = self.byte()?;
        let (near, few) = (u32::from(first >> 2) & NEAR, u64::from(first & 3));
        let thread = if near == NEAR { self.thread(NEAR)? } else { ThreadId(near) };
        let more = if few == FEW { self.number()? } else { 0 };
        let count = more.checked_add(few + 1).ok_or_else(|| self.wrong("too many steps"))?;
        let check = Check(self.byte()?);
        self.last = Some(thread);
        Ok(Entry::Steps { thread, alternative: Alternative::Go, count, check })
    }

    fn rare(&mut self, kind: u8) -> Result<Entry, Malformed> {
        Ok(Entry::Choice(match kind {
            TIMED_OUT => {
                let (thread, check) = (self.thread(0)?, Check(self.byte()?));
                self.last = Some(thread);
                return Ok(Entry::Steps { thread, alternative: Alternative::TimeOut, count: 1, check });
            }
            STRUCK => {
                let (thread, turns, check) = (self.thread(0)?, self.number()?, Check(self.byte()?));
                self.last = Some(thread);
                return Ok(Entry::Struck { thread, turns, check });
            }
            PREEMPT => Choice::Preempt(self.thread(0)?),
            PREEMPT_LAST => return self.preempt_last(),
            PROCEED => Choice::Proceed(self.thread(0)?),
            HOLD => Choice::Hold(self.thread(0)?),
            LET_GO => Choice::LetGo(self.thread(0)?),
            REPORT => Choice::Report(self.thread(0)?),
            GIVEN => Given::of_bytes(self.text()?).map(Choice::Given).ok_or_else(|| self.wrong("an unknown input"))?,
            POLICY => Choice::Policy(self.name()?),
            PRIORITY => {
                let priority = u32::try_from(self.number()?).map_err(|_| self.wrong("an unknown priority"))?;
                Choice::Priority { name: self.name()?, priority: priority.cast_signed() }
            }
            FAULT => {
                let fault = serde_json::from_slice::<Fault>(self.text()?).ok();
                Choice::Fault(fault.ok_or_else(|| self.wrong("an unknown fault"))?)
            }
            END => {
                let how = [Close::Exited, Close::Stuck, Close::Aborted].get(usize::from(self.byte()?)).copied();
                return how.map(Entry::End).ok_or_else(|| self.wrong("an unknown end"));
            }
            CLOCK_EXACT => {
                let passed = self.number()?;
                return self.pass(Some(passed));
            }
            _ => return Err(self.wrong("an unknown entry")),
        }))
    }

    fn thread(&mut self, from: u32) -> Result<ThreadId, Malformed> {
        let number = self.number()?.checked_add(u64::from(from)).and_then(|number| u32::try_from(number).ok());
        number.map(ThreadId).ok_or_else(|| self.wrong("a thread that cannot be"))
    }

    fn byte(&mut self) -> Result<u8, Malformed> {
        let byte = *self.block.get(self.at).ok_or_else(|| self.wrong("the end, in the middle of an entry"))?;
        self.at += 1;
        Ok(byte)
    }

    fn number(&mut self) -> Result<u64, Malformed> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7F);
            if shift == 63 && part > 1 {
                break;
            }
            value |= part << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(self.wrong("a number that is too large"))
    }

    fn text(&mut self) -> Result<&[u8], Malformed> {
        let length = usize::try_from(self.number()?).ok();
        let end = length.and_then(|length| self.at.checked_add(length)).filter(|end| *end <= self.block.len());
        let end = end.ok_or_else(|| self.wrong("a text that is longer than the block"))?;
        let begin = std::mem::replace(&mut self.at, end);
        Ok(&self.block[begin..end])
    }

    fn name(&mut self) -> Result<Arc<str>, Malformed> {
        let name = std::str::from_utf8(self.text()?).ok().map(Arc::from);
        name.ok_or_else(|| self.wrong("a name that is no text"))
    }

    fn wrong(&self, what: &'static str) -> Malformed {
        Malformed { at: self.at, what }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::ObjectId;
    use proptest::prelude::*;

    fn any_choice() -> impl Strategy<Value = Choice> {
        let thread = prop_oneof![0_u32..20, any::<u32>()].prop_map(ThreadId);
        let time = prop_oneof![
            0_u64..100,
            (0_u64..100).prop_map(|time| time * MICROSECOND),
            any::<u32>().prop_map(u64::from),
            any::<u32>().prop_map(|time| u64::from(time) * MICROSECOND)
        ];
        prop_oneof![
            6 => thread.clone().prop_map(|thread| Choice::Step(thread, Alternative::Go)),
            1 => thread.clone().prop_map(|thread| Choice::Step(thread, Alternative::TimeOut)),
            3 => time.prop_map(Choice::Clock),
            1 => (thread.clone(), any::<u64>()).prop_map(|(thread, turns)| Choice::Struck { thread, turns }),
            3 => thread.clone().prop_map(Choice::Preempt),
            1 => thread.clone().prop_map(Choice::Proceed),
            1 => thread.clone().prop_map(Choice::Hold),
            1 => thread.clone().prop_map(Choice::LetGo),
            1 => thread.clone().prop_map(Choice::Report),
            1 => Just(Choice::Policy("gil".into())),
            1 => any::<bool>().prop_map(|end| Choice::Given(Given::Typed { text: "a\n".into(), end })),
            1 => any::<i32>().prop_map(|priority| Choice::Priority { name: "left".into(), priority }),
            1 => thread.prop_map(|thread| {
                Choice::Fault(Fault::LeakLock { lock: ObjectId { maker: thread, slot: thread.0 }, nth: 2 })
            }),
        ]
    }

    /// Single choices, one by one, with the clock as a running sum.
    fn record(choices: &[Choice]) -> (Vec<Choice>, Vec<Arc<[u8]>>) {
        let mut tape = Tape::default();
        let (mut clock, mut events, mut said) = (0, 0, Vec::new());
        for choice in choices {
            events += 1;
            match choice {
                Choice::Clock(passed) => {
                    clock += passed;
                    tape.go_to(Start { clock, events, step: events });
                    said.push(Choice::Clock(clock));
                }
                Choice::Step(thread, alternative) => {
                    tape.steps(*thread, *alternative, 1, Check::new(7, events));
                    said.push(choice.clone());
                }
                Choice::Struck { thread, turns } => {
                    tape.struck(*thread, *turns, Check::new(7, events));
                    said.push(choice.clone());
                }
                other => {
                    tape.choice(other).expect("it is plain data");
                    said.push(choice.clone());
                }
            }
        }
        tape.close(Close::Stuck);
        (said, tape.fetch())
    }

    /// The choices that an entry stands for.
    fn choices_of(entry: Entry) -> Vec<Choice> {
        match entry {
            Entry::Steps { thread, alternative, count, .. } => {
                (0..count).map(|_| Choice::Step(thread, alternative)).collect()
            }
            Entry::Struck { thread, turns, .. } => vec![Choice::Struck { thread, turns }],
            Entry::Choice(choice) => vec![choice],
            Entry::End(_) => Vec::new(),
        }
    }

    fn read(blocks: &[Arc<[u8]>]) -> Vec<Choice> {
        let (mut playback, mut found) = (Playback::default(), Vec::new());
        while let Some(entry) = playback.next(blocks).expect("an entry") {
            found.extend(choices_of(entry));
        }
        found
    }

    /// The clock is no choice if it says the same again, or changes back before anything happens.
    fn plain(choices: Vec<Choice>) -> Vec<Choice> {
        let mut clock = 0;
        let mut told = 0;
        let mut plain = Vec::new();
        for choice in choices {
            match choice {
                Choice::Clock(now) => clock = now,
                other => {
                    if told != clock {
                        told = clock;
                        plain.push(Choice::Clock(clock));
                    }
                    plain.push(other);
                }
            }
        }
        plain
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(choices in proptest::collection::vec(any_choice(), 0..400)) {
            let (said, blocks) = record(&choices);
            prop_assert_eq!(plain(read(&blocks)), plain(said));
        }

        #[test]
        fn what_was_read_is_copied(choices in proptest::collection::vec(any_choice(), 0..60), until in 0_usize..80) {
            let (_, blocks) = record(&choices);
            let mut reader = Reader::new(blocks[0].clone()).expect("a block");
            let mut found = vec![Choice::Clock(reader.start().clock)];
            for _ in 0..until {
                let Some(entry) = reader.read().expect("an entry") else { break };
                found.extend(choices_of(entry));
            }
            prop_assert_eq!(plain(read(&reader.copy_until_here(None))), plain(found));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(mut reader) = Reader::new(bytes.into()) {
                while let Ok(Some(_)) = reader.read() {}
            }
        }
    }

    #[test]
    fn a_thread_that_goes_on_takes_no_room() {
        let mut tape = Tape::default();
        for events in 0..1_000_000 {
            tape.steps(ThreadId(3), Alternative::Go, 1, Check::new(5, events));
            tape.go_to(Start { clock: 0, events, step: events });
        }
        tape.close(Close::Exited);
        assert!(tape.fetch().iter().map(|block| block.len()).sum::<usize>() < 1_000);
    }

    /// Time passes after the last step, and the block may be full: a run that is forced sees no more than the end.
    #[test]
    fn nothing_comes_between_the_last_step_and_the_end() {
        for steps in [1, MANY] {
            let mut tape = Tape::default();
            tape.steps(ThreadId(0), Alternative::Go, steps, Check::new(5, steps));
            tape.go_to(Start { clock: 3 * SPAN, events: steps, step: steps });
            tape.close(Close::Exited);
            let (blocks, mut playback) = (tape.fetch(), Playback::default());
            let mut entries: Vec<Entry> = std::iter::from_fn(|| playback.next(&blocks).expect("an entry")).collect();
            assert!(matches!(entries.pop(), Some(Entry::End(Close::Exited))));
            assert!(matches!(entries.pop(), Some(Entry::Steps { count, .. }) if count == steps));
        }
    }

    /// A thread performs, and is preempted for the next one, every so many nanoseconds: the bytes that a thousand of
    /// these take.
    fn bytes_of_turns(time: u64) -> usize {
        let mut tape = Tape::default();
        for step in 0..10_000_u64 {
            let (thread, events) = (ThreadId(step as u32 % 4), 2 * step + 1);
            tape.go_to(Start { clock: step * time, events, step });
            tape.steps(thread, Alternative::Go, 1, Check::new(5, events));
            tape.go_to(Start { clock: (step + 1) * time, events, step: step + 1 });
            tape.choice(&Choice::Preempt(thread)).expect("it is a number");
        }
        tape.close(Close::Exited);
        let blocks = tape.fetch();
        assert!(blocks.len() > 4 && blocks.iter().all(|block| block.len() < BLOCK + 32));
        blocks.iter().map(|block| block.len()).sum::<usize>() / 10
    }

    #[test]
    fn looking_changes_nothing() {
        let write = |look: bool| {
            let (mut tape, mut seen) = (Tape::default(), Vec::new());
            assert_eq!(tape.peek(), None);
            for step in 0..5_000_u64 {
                let thread = ThreadId((step / 3 % 4) as u32);
                tape.go_to(Start { clock: step / 5 * 1_000, events: step, step });
                tape.steps(thread, Alternative::Go, 1, Check::new(5, step));
                if step % 7 == 0 {
                    tape.choice(&Choice::Preempt(thread)).expect("it is a number");
                }
                if look {
                    let open = tape.peek().expect("there was a step");
                    let blocks: Vec<_> = tape.full.iter().cloned().chain([open]).collect();
                    seen.push(read(&blocks).iter().filter(|it| matches!(it, Choice::Step(..))).count() as u64);
                }
            }
            tape.close(Close::Exited);
            (tape.fetch(), seen)
        };
        let (looked_at, seen) = write(true);
        assert_eq!(looked_at, write(false).0);
        assert_eq!(seen, (1..=5_000).collect::<Vec<_>>());
    }

    #[test]
    fn taking_turns_takes_two_bytes_each_and_what_the_clock_says() {
        assert_eq!([0, 20_000, 400_000, 20_001].map(|time| bytes_of_turns(time) / 100), [20, 30, 40, 60]);
    }

    #[test]
    fn a_check_tells_the_line_nearby() {
        for (was, now) in [(13, 14), (14, 13), (40, 30), (5, 20), (0, 5), (100, 100)] {
            assert_eq!(Check::new(was, 0).line_near(now), was, "{was} from {now}");
        }
    }
}
