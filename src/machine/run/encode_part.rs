//! Encodings of a state's parts, each by itself. What lies in other parts is referred to by number, in the order in which the
//! part comes to it; the references stand beside the bytes. So two parts have the same bytes if they differ only in *which*
//! objects and threads they refer to.

use super::encode::record;
use super::image::Image;
use super::parts::{Belongings, Household, Part, Rest};
use crate::base::{ObjectId, ProcessId};
use crate::machine::memory::encode::{Encode, Encoder, Home, Reference};
use crate::machine::memory::heap::PrivateHeap;
use crate::machine::memory::trace::{Counters, Place};

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
    /// The encoding of the part that lies there; of the counters these count.
    pub fn encoded(&self, place: Place, image: &Image, counters: Counters) -> Encoded {
        let own = match self {
            Part::Thread(thread) => Some(&thread.heap),
            Part::Row(_) | Part::Global(_) | Part::Globals(_) | Part::Object(_) => None,
            Part::Thing(_) | Part::Process(_) | Part::Rest(_) => None,
        };
        let home = Own(own);
        let mut to = Encoder::new(&home, usize::MAX - 1);
        (to.named, to.counters) = (image.reach().may_show_names(), counters);
        to.process = self.process(place);
        match self {
            Part::Thread(thread) => {
                to.field("own", &**thread);
                // As long as nobody else is there, the global variables are the thread's.
                if thread.heap.get(image.namespace).is_some() {
                    to.field("globals", &image.namespace);
                }
            }
            Part::Row(row) => record(&mut to, row, 0),
            Part::Global(value) => to.field("global", value),
            Part::Globals(count) => to.field("globals", count),
            Part::Object(object) => to.field("object", &**object),
            Part::Thing(thing) => to.field("thing", thing),
            Part::Process(belongings) => encode_belongings(&mut to, belongings),
            Part::Rest(rest) => encode_rest(&mut to, rest),
        }
        to.catch_up();
        let layout = match self {
            Part::Thread(thread) => layout(&to, &thread.heap),
            Part::Rest(rest) => {
                let processes = rest.threads.iter().map(|process| process.0);
                processes.chain([rest.processes as u32]).flat_map(u32::to_le_bytes).collect()
            }
            Part::Row(_) | Part::Global(_) | Part::Globals(_) | Part::Object(_) => Vec::new(),
            Part::Thing(_) | Part::Process(_) => Vec::new(),
        };
        Encoded { shape: to.bytes, references: to.references.into_iter().collect(), layout }
    }
}

impl Part {
    /// In whose memory what it refers to lies.
    fn process(&self, place: Place) -> ProcessId {
        match (place, self) {
            (_, Part::Thread(thread)) => thread.process,
            (_, Part::Row(row)) => row.process,
            (Place::Process(process) | Place::Global(process, _), _) => process,
            (Place::Object(at), _) => at.process,
            (Place::Rest | Place::Thread(_) | Place::Row(_), _) => ProcessId::WORLD,
            (Place::Output | Place::Faults | Place::Turn, _) => ProcessId::WORLD,
        }
    }
}

impl Household {
    /// What tells the values apart that can no longer change: threads keep copies of them, which no part tells of.
    pub fn frozen_shape(&self) -> Vec<u8> {
        let home = Own(None);
        let mut to = Encoder::new(&home, usize::MAX - 1);
        self.frozen.as_deref().encode(&mut to);
        to.catch_up();
        to.bytes
    }
}

fn encode_rest(to: &mut Encoder<'_>, rest: &Rest) {
    let Rest { threads: _, processes: _, channels, outside } = rest;
    to.field("channels", channels);
    to.field("outside", outside);
}

fn encode_belongings(to: &mut Encoder<'_>, belongings: &Belongings) {
    let Belongings { household, replaced } = belongings;
    #[rustfmt::skip]
    let Household {
        parent, main, random, generators, frozen, armed, logging, signals, status, unnamed, pools, unnamed_pools, futures_done,
        exiting, heralds, leaving,
    } = household;
    to.field("parent", parent);
    to.field("main", main);
    to.field("status", &status.map(i64::from));
    if household.is_gone() {
        return; // nobody comes there any more
    }
    to.field("random", &(random, generators));
    to.field("frozen", &frozen.is_some());
    to.field("armed", armed);
    to.field("logging", logging);
    to.field("signals", signals);
    to.field("unnamed", &to.named.then_some((*unnamed, *unnamed_pools)));
    to.field("pools", &(pools, futures_done));
    to.field("exiting", &(*exiting, *leaving));
    to.field("heralds", heralds);
    to.field("replaced", replaced);
}

fn layout(numbers: &Encoder<'_>, heap: &PrivateHeap) -> Vec<u8> {
    let home = Own(None);
    let mut to = Encoder::new(&home, usize::MAX - 1);
    heap.layout(&mut to, |id| numbers.number_of(id));
    to.bytes
}
