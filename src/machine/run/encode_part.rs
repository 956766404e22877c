//! Encodings of a state's parts, each by itself. What lies in other parts is referred to by number, in the order in which the
//! part comes to it; the references stand beside the bytes. So two parts have the same bytes if they differ only in *which*
//! objects and threads they refer to.

use super::encode::record;
use super::image::Image;
use super::parts::{Part, Rest};
use crate::base::{ObjectId, ProcessId};
use crate::machine::memory::encode::{Encode, Encoder, Home, Reference};
use crate::machine::memory::heap::PrivateHeap;
use crate::machine::memory::trace::Counters;

/// A part's encoding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Encoded {
    /// All but which objects and threads it refers to.
    pub shape: Vec<u8>,
    /// Those, by the numbers that stand for them in the bytes.
    pub references: Vec<Reference>,
    /// On what the ids of new objects and threads depend: in which places the objects lie that a thread has for itself. It
    /// tells no two states apart.
    pub layout: Vec<u8>,
}

/// The heap of the thread whose part it is, if it is one.
struct Own<'a>(Option<&'a PrivateHeap>);

impl Home for Own<'_> {
    fn object(&self, _: ProcessId, id: ObjectId) -> Option<(&dyn Encode, bool)> {
        let object = self.0?.get(id)?;
        Some((object, false))
    }

    fn encode_replaced(&self, class: ObjectId, to: &mut Encoder<'_>) {
        if let Some(heap) = self.0 {
            heap.replaced().of(class).encode(to);
        }
    }

    fn is_part(&self) -> bool {
        true
    }
}

impl Part {
    /// Its encoding; of the counters these count.
    pub fn encoded(&self, image: &Image, counters: Counters) -> Encoded {
        let own = match self {
            Part::Thread(thread) => Some(&thread.heap),
            Part::Row(_) | Part::Global(_) | Part::Globals(_) | Part::Object(_) | Part::Rest(_) => None,
        };
        let home = Own(own);
        let mut to = Encoder::new(&home, usize::MAX - 1);
        (to.named, to.counters) = (image.reach().may_show_names(), counters);
        match self {
            Part::Thread(thread) => to.field("own", &**thread),
            Part::Row(row) => record(&mut to, row, 0),
            Part::Global(value) => to.field("global", value),
            Part::Globals(count) => to.field("globals", count),
            Part::Object(object) => to.field("object", &**object),
            Part::Rest(rest) => encode_rest(&mut to, rest),
        }
        to.catch_up();
        let layout = match self {
            Part::Thread(thread) => layout(&to, &thread.heap),
            Part::Rest(rest) => rest.threads.to_le_bytes().to_vec(),
            Part::Row(_) | Part::Global(_) | Part::Globals(_) | Part::Object(_) => Vec::new(),
        };
        Encoded { shape: to.bytes, references: to.references.into_iter().collect(), layout }
    }
}

fn encode_rest(to: &mut Encoder<'_>, rest: &Rest) {
    #[rustfmt::skip]
    let Rest {
        threads: _, main, random, generators, frozen, armed, logging, signals, status, unnamed, pools, unnamed_pools, futures_done,
        exiting, outside, replaced,
    } = rest;
    to.field("main", main);
    to.field("random", &(random, generators));
    to.field("frozen", &frozen.is_some());
    to.field("armed", armed);
    to.field("logging", logging);
    to.field("signals", signals);
    to.field("status", &status.map(i64::from));
    to.field("unnamed", &to.named.then_some((*unnamed, *unnamed_pools)));
    to.field("pools", &(pools, futures_done));
    to.field("exiting", exiting);
    to.field("outside", outside);
    to.field("replaced", replaced);
}

fn layout(numbers: &Encoder<'_>, heap: &PrivateHeap) -> Vec<u8> {
    let home = Own(None);
    let mut to = Encoder::new(&home, usize::MAX - 1);
    heap.layout(&mut to, |id| numbers.number_of(id));
    to.bytes
}
