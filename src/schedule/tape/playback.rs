//! Reading a whole tape, block after block.

use super::{Entry, Malformed, Reader};
use crate::schedule::Choice;
use std::sync::Arc;

/// A place on a tape. It goes forward only; a clone of it stays.
#[derive(Clone, Debug, Default)]
pub struct Playback {
    /// The block that is being read, or the next one.
    block: usize,
    reader: Option<Reader>,
}

impl Playback {
    /// The beginning of that block, the first being 0.
    pub fn at_block(block: usize) -> Playback {
        Playback { block, reader: None }
    }

    /// The next entry of a tape, which may have grown since; `None` at its end, as far as it is known. The clock at a
    /// block's beginning is an entry like any other.
    ///
    /// # Errors
    /// When a block cannot be read.
    pub fn next(&mut self, blocks: &[Arc<[u8]>]) -> Result<Option<Entry>, Malformed> {
        loop {
            let Some(reader) = &mut self.reader else {
                let Some(block) = blocks.get(self.block) else { return Ok(None) };
                let reader = self.reader.insert(Reader::new(block.clone())?);
                return Ok(Some(Entry::Choice(Choice::Clock(reader.start().clock))));
            };
            if let Some(entry) = reader.read()? {
                return Ok(Some(entry));
            }
            *self = Playback::at_block(self.block + 1);
        }
    }

    /// The block that it is in.
    pub fn block(&self) -> usize {
        self.block
    }

    /// What reads that block, once anything of it was read.
    pub fn reader(&self) -> Option<&Reader> {
        self.reader.as_ref()
    }
}
