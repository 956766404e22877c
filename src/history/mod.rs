//! The past of a run: its tape, played again in the machine to any moment.
//!
//! A [`Cursor`] goes along a tape; [`History`] keeps some of them on the way, *checkpoints*, so that any moment is
//! reached by replaying a few thousand operations. A moment is given as a number of events: it is the state after the
//! first choice that brought the run to at least that many.

mod cursor;

pub use cursor::{Cursor, Difference, Divergence, Moved};

use crate::machine::{Boot, Image};
use crate::trace::Model;
use std::sync::Arc;

/// Operations from one checkpoint to the next, at first.
const INTERVAL: u64 = 500;
/// So many checkpoints are kept; when there are more, every other one goes, and the interval is doubled.
const CHECKPOINTS: usize = 64;
/// Likewise when there is so much in them, in bytes, that the next one does not have.
const ROOM: u64 = 256 << 20;
/// How many events before a requested moment another one is kept: going back step by step then starts from there.
const RUN_UP: u64 = 4096;
/// How many events a moment keeps one by one: a few screens of them. Checkpoints share what they have in common, but
/// checkpoints that lie far apart share little.
const LOG: usize = 4096;

/// A moment of a run: the machine, and what the events add up to.
#[derive(Clone, Debug)]
pub struct Moment {
    /// Where the machine and the tape are.
    pub cursor: Cursor,
    /// What all events until then add up to.
    pub model: Model,
}

impl Moment {
    /// How many events there have been.
    pub fn events(&self) -> u64 {
        self.cursor.events()
    }

    fn forward(&mut self, blocks: &[Arc<[u8]>], go_on: &dyn Fn() -> bool) -> Result<Moved, Divergence> {
        let moved = self.cursor.forward(blocks, go_on);
        self.take_in();
        moved
    }

    fn take_in(&mut self) {
        for event in self.cursor.execution_mut().take_events() {
            self.model.apply(&event);
        }
    }
}

/// A moment that is kept.
#[derive(Clone, Debug)]
struct Checkpoint {
    moment: Moment,
    /// How much it has, in bytes, that the next one does not have.
    apart: u64,
}

impl Checkpoint {
    fn new(moment: Moment) -> Checkpoint {
        Checkpoint { moment, apart: 0 }
    }

    fn note_next(&mut self, next: &Moment) {
        self.apart = self.moment.cursor.execution().apart(next.cursor.execution());
    }
}

/// The past of a run, as far as its tape is known.
#[derive(Debug)]
pub struct History {
    boot: Boot,
    blocks: Vec<Arc<[u8]>>,
    /// How many of those are whole. There may be one more, as it was when it was last looked at.
    whole: usize,
    /// The latest moment that was played so far.
    front: Moment,
    /// Earlier ones, in order; the first is the beginning.
    checkpoints: Vec<Checkpoint>,
    interval: u64,
    /// The moment that was asked for last: the next one is often near.
    near: Option<Moment>,
    /// One some way before such a moment.
    run_up: Option<Moment>,
    divergence: Option<Divergence>,
}

impl History {
    /// The past of a run that has just begun.
    pub fn new(image: Arc<Image>, boot: Boot) -> History {
        let legend = image.legend();
        let mut front = Moment { cursor: Cursor::new(image, boot), model: Model::with_log(legend, LOG) };
        front.take_in();
        let checkpoints = vec![Checkpoint::new(front.clone())];
        let (blocks, near, run_up, divergence) = (Vec::new(), None, None, None);
        History { boot, blocks, whole: 0, front, checkpoints, interval: INTERVAL, near, run_up, divergence }
    }

    /// What the run started from.
    pub fn boot(&self) -> Boot {
        self.boot
    }

    /// The tape so far.
    pub fn tape(&self) -> &[Arc<[u8]>] {
        &self.blocks
    }

    /// The tape goes on by whole blocks.
    pub fn extend(&mut self, blocks: impl IntoIterator<Item = Arc<[u8]>>) {
        let mut blocks = blocks.into_iter().peekable();
        if blocks.peek().is_some() {
            self.forget_part();
            self.blocks.extend(blocks);
            self.whole = self.blocks.len();
        }
    }

    /// This much of another block follows the whole ones, until it comes as a whole or this is called again.
    pub fn extend_by_part(&mut self, part: Option<Arc<[u8]>>) {
        if self.blocks.get(self.whole) != part.as_ref() {
            self.forget_part();
            self.blocks.extend(part);
        }
    }

    /// The unfinished block comes again, with more in it: moments in it have no place on the tape any more.
    fn forget_part(&mut self) {
        self.blocks.truncate(self.whole);
        for near in [&mut self.near, &mut self.run_up] {
            if near.as_ref().is_some_and(|moment| !moment.cursor.is_before_block(self.whole)) {
                *near = None;
            }
        }
    }

    /// The latest moment that was played so far.
    pub fn front(&self) -> &Moment {
        &self.front
    }

    /// Plays on through whole blocks, at most `limit` choices, with checkpoints on the way; whether there is more to
    /// play. `go_on` is asked now and then while a thread computes.
    ///
    /// # Errors
    /// When the replay diverges from the recording. It stays where it is then.
    pub fn follow(&mut self, limit: u64, go_on: &dyn Fn() -> bool) -> Result<bool, Divergence> {
        for _ in 0..limit {
            if let Some(divergence) = &self.divergence {
                return Err(divergence.clone());
            }
            match self.front.forward(&self.blocks[..self.whole], go_on) {
                Ok(Moved::On) => self.check_in(),
                Ok(Moved::End) => return Ok(false),
                Err(divergence) => {
                    if !divergence.is_interruption() {
                        self.divergence = Some(divergence.clone());
                    }
                    return Err(divergence);
                }
            }
        }
        Ok(true)
    }

    /// Playing on was interrupted: the latest moment played is that of the last checkpoint again.
    pub fn fall_back(&mut self) {
        if let Some(last) = self.checkpoints.last() {
            self.front = last.moment.clone();
        }
        (self.near, self.run_up) = (None, None);
    }

    /// Keeps a checkpoint if it is time.
    fn check_in(&mut self) {
        let last = self.checkpoints.last().map_or(0, |last| last.moment.cursor.step());
        if self.front.cursor.step() - last < self.interval {
            return;
        }
        if let Some(last) = self.checkpoints.last_mut() {
            last.note_next(&self.front);
        }
        self.checkpoints.push(Checkpoint::new(self.front.clone()));
        let room = |kept: &[Checkpoint]| kept.iter().map(|it| it.apart).fold(0, u64::saturating_add);
        while self.checkpoints.len() > CHECKPOINTS || (self.checkpoints.len() > 2 && room(&self.checkpoints) > ROOM) {
            self.thin_out();
        }
    }

    /// Every other checkpoint goes, but never the first, and from now on they are kept less often.
    fn thin_out(&mut self) {
        let mut keep = false;
        self.checkpoints.retain(|_| {
            keep = !keep;
            keep
        });
        for index in 1..self.checkpoints.len() {
            let (before, behind) = self.checkpoints.split_at_mut(index);
            if let (Some(checkpoint), Some(next)) = (before.last_mut(), behind.first()) {
                checkpoint.note_next(&next.moment);
            }
        }
        self.interval *= 2;
    }

    /// The moment at which there had been at least so many events; the latest one, when there are not as many.
    ///
    /// # Errors
    /// When the replay diverges from the recording before.
    pub fn at(&mut self, events: u64, go_on: &dyn Fn() -> bool) -> Result<Moment, Divergence> {
        while self.front.events() < events && self.follow(1, go_on)? {}
        if events >= self.front.events() && self.blocks.len() == self.whole {
            return Ok(self.front.clone());
        }
        let mut moment = self.start_for(|moment| moment.events() <= events);
        self.run_up(&mut moment, events, go_on)?;
        while moment.events() < events && moment.forward(&self.blocks, go_on)? == Moved::On {}
        self.near = Some(moment.clone());
        Ok(moment)
    }

    /// The moment before the last operation by which there had been so many events; the beginning, when there is none.
    ///
    /// # Errors
    /// When the replay diverges from the recording before.
    pub fn before(&mut self, events: u64, go_on: &dyn Fn() -> bool) -> Result<Moment, Divergence> {
        let now = self.at(events, go_on)?;
        let step = now.cursor.step();
        let mut moment = self.start_for(|moment| moment.cursor.step() < step);
        self.run_up(&mut moment, events, go_on)?;
        if moment.cursor.step() >= step {
            moment = self.start_for(|moment| moment.cursor.step() < step); // the operation has very many events
        }
        let mut last = moment.clone();
        while moment.forward(&self.blocks, go_on)? == Moved::On && moment.cursor.step() < step {
            // Models and machines share what they have in common, but sharing has a cost.
            if moment.cursor.step() + 2 >= step {
                last.clone_from(&moment);
            }
        }
        self.near = Some(last.clone());
        Ok(last)
    }

    /// The moment after the next operation.
    ///
    /// # Errors
    /// When the replay diverges from the recording before.
    pub fn after(&mut self, events: u64, go_on: &dyn Fn() -> bool) -> Result<Moment, Divergence> {
        self.play(events, 1, go_on, &mut |_| false)
    }

    /// The moment so many operations later, or the first one before at which `stops` says so; it is asked after each
    /// operation. That playing cannot go on is reported only if nothing could be played before.
    ///
    /// # Errors
    /// When the replay diverges from the recording there.
    pub fn play(
        &mut self,
        events: u64,
        operations: u64,
        go_on: &dyn Fn() -> bool,
        stops: &mut dyn FnMut(&Moment) -> bool,
    ) -> Result<Moment, Divergence> {
        let mut moment = self.at(events, go_on)?;
        for done in 0..operations {
            let step = moment.cursor.step();
            let mut moved = Ok(Moved::On);
            while moment.cursor.step() == step && moved == Ok(Moved::On) {
                moved = moment.forward(&self.blocks, go_on);
            }
            match moved {
                Ok(Moved::On) if !stops(&moment) => {}
                Ok(_) => break,
                // The operation that differs was done already, so the way to it is replayed once more.
                Err(_) if done > 0 => return self.play(events, done, go_on, &mut |_| false),
                Err(divergence) => return Err(divergence),
            }
        }
        self.near = Some(moment.clone());
        Ok(moment)
    }

    /// Plays `moment` on to a little before that one, and keeps it there.
    fn run_up(&mut self, moment: &mut Moment, events: u64, go_on: &dyn Fn() -> bool) -> Result<(), Divergence> {
        let until = events.saturating_sub(RUN_UP);
        if moment.events() < until {
            while moment.events() < until && moment.forward(&self.blocks, go_on)? == Moved::On {}
            self.run_up = Some(moment.clone());
        }
        Ok(())
    }

    /// The latest kept moment for which `holds` is true, to play on from. If it is true for a moment, it is true for
    /// all before it.
    fn start_for(&self, holds: impl Fn(&Moment) -> bool) -> Moment {
        let index = self.checkpoints.partition_point(|kept| holds(&kept.moment)).saturating_sub(1);
        let checkpoint = &self.checkpoints[index].moment;
        let near = [&self.run_up, &self.near].into_iter().flatten().filter(|near| holds(near));
        let front = holds(&self.front).then_some(&self.front);
        near.chain([checkpoint]).chain(front).max_by_key(|moment| moment.events()).unwrap_or(checkpoint).clone()
    }

    /// The past of a run that goes on from `moment` in another way. Both share what is kept until then.
    pub fn branch(&self, moment: &Moment) -> History {
        let kept = self.checkpoints.partition_point(|kept| kept.moment.events() <= moment.events());
        let mut checkpoints = self.checkpoints[..kept].to_vec();
        let blocks = moment.cursor.tape(&self.blocks);
        // The block that the moment is in is another one there.
        let other = moment.cursor.block();
        checkpoints.retain(|kept| kept.moment.cursor.is_before_block(other));
        let mut front = moment.clone();
        front.cursor.go_on_behind(blocks.len());
        let (interval, near, run_up, divergence) = (self.interval, None, None, None);
        let whole = blocks.len();
        History { boot: self.boot, blocks, whole, front, checkpoints, interval, near, run_up, divergence }
    }
}
