//! A channel between processes: messages in the order they were sent, as far as they fit.

use crate::base::{ObjectId, ProcessId};
use crate::machine::memory::encode::encoded;
use crate::machine::memory::limit::Limit;
use crate::machine::memory::value::Value;
use std::collections::VecDeque;

/// A channel's state.
#[derive(Clone, Debug)]
pub struct Channel {
    /// What was sent and not received, the oldest first.
    pub messages: VecDeque<Message>,
    /// How many were received.
    pub received: u64,
    /// How many bytes fit.
    pub capacity: u64,
    /// A fault keeps what lies in it from arriving until then.
    pub late: Option<u64>,
    /// The processes that hold an end to receive from, once for each.
    pub readers: Vec<ProcessId>,
    /// Likewise, an end to send to.
    pub writers: Vec<ProcessId>,
    /// The channels in which it is told that something can be received.
    pub bells: Vec<ObjectId>,
}

/// A message: what it says refers to nothing in any process.
#[derive(Clone, Debug)]
pub struct Message {
    /// What it says.
    pub value: Value,
    /// Its length in bytes.
    pub size: u64,
}

encoded!(struct Channel { messages, received, capacity, late, readers, writers, bells });
encoded!(struct Message { value, size });

impl Channel {
    /// Whether all bytes of the message of that number have left their sender's hands. Only the newest message may be too
    /// long for what is left of the channel.
    pub fn has_taken(&self, number: u64) -> bool {
        number < self.received || number + 1 < self.received + self.messages.len() as u64 || self.fits()
    }

    /// Whether all that was sent fits.
    pub fn fits(&self) -> bool {
        self.bytes() <= self.capacity
    }

    /// How many bytes lie in it.
    pub fn bytes(&self) -> u64 {
        self.messages.iter().map(|message| message.size).sum()
    }

    /// The processes that hold ends of that kind, once for each.
    pub fn holders_mut(&mut self, end: End) -> &mut Vec<ProcessId> {
        match end {
            End::Read => &mut self.readers,
            End::Write => &mut self.writers,
        }
    }

    /// When what lies in it arrives, if not yet at that time.
    pub fn arrives(&self, now: u64) -> Option<u64> {
        self.late.filter(|late| *late > now)
    }

    /// The number that the next message gets.
    pub fn next(&self) -> u64 {
        self.received + self.messages.len() as u64
    }
}

/// One of a channel's ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// To receive from.
    Read,
    /// To send to.
    Write,
}

encoded!(kind End);

/// What is done with a channel.
#[derive(Clone, Debug)]
pub enum Action {
    /// Sends a message of that many bytes, and waits until they have left.
    Send(Value, u64),
    /// Waits for a message.
    Receive,
    /// Waits until a message can be received, or none will come: whether that is so.
    Poll(Limit),
    /// The process gives up one of its ends.
    Close(End),
    /// The process has one more of these ends.
    Open(End),
    /// One of these ends goes from that process to this one: whether that process has one.
    Take(End, ProcessId),
    /// Has it told in that channel, once, when something can be received or none will come any more.
    Watch(ObjectId),
}

encoded!(
    enum Action {
        Send(value, size),
        Receive,
        Poll(limit),
        Close(end),
        Open(end),
        Take(end, from),
        Watch(bell),
    }
);
