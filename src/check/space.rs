//! The space: every state that a program can come to, as rows of small numbers.
//!
//! A state is made of parts (`machine::parts`). At each place every part that ever lies there gets a number, 0 for the first,
//! so a state is a row of numbers, one for each place; places where there never was but one part take no room. What a step
//! does follows from the parts that it comes upon. So the machine does each step once, and for all other states that agree
//! in those parts it is looked up (`effects`).
//!
//! Parts are told apart by all of their bytes, and states by all of their numbers: nothing rests on hashes being different.

mod learn;
mod long;
mod named;
mod processes;
mod size;

use super::effects::{Decisions, Effect, EffectId, Tree};
use super::way::ALTERNATIVES;
use crate::base::ThreadId;
use crate::bytecode::CodeId;
use crate::machine::files::Want;
use crate::machine::object::Object;
use crate::machine::parts::{self, Address, Bench, Counters, Encoded, Part, Place, Reference};
use crate::machine::{Execution, Image};
use indexmap::IndexSet;
use named::Named;
use processes::{Frozen, insert};
use rustc_hash::{FxBuildHasher, FxHashMap};
pub use size::Stand;
use std::collections::{BTreeMap, BTreeSet};

/// No number.
pub const NONE: u32 = u32::MAX;

/// A part, by its number at its place.
pub type Number = u32;

/// A place, by its number.
pub type PlaceId = u32;

/// Every part that lay at some place, and what the steps from there do.
#[derive(Debug)]
pub struct Space {
    bench: Bench,
    /// The counters that count, and those that were read.
    counters: Counters,
    read: Counters,
    places: IndexSet<Place, FxBuildHasher>,
    /// By place.
    drawers: Vec<Drawer>,
    /// The parts that lie on the bench, by place.
    laid: Vec<Number>,
    /// What parts refer to.
    things: IndexSet<Reference, FxBuildHasher>,
    /// Whether what is referred to is a thread, or its object.
    are_threads: Vec<bool>,
    /// The places of what is referred to: a thread's own part and its row, or an object's.
    homes: Vec<[PlaceId; 2]>,
    /// What `Encoded::shape` is known by.
    shapes: IndexSet<Vec<u8>, FxBuildHasher>,
    /// The places of each thread: its own part, and its row.
    threads: Vec<Seat>,
    /// Each thread's `Thread` object, as what others refer to.
    objects: FxHashMap<ThreadId, u32>,
    /// The places of locks.
    locks: Vec<(PlaceId, Address)>,
    /// Those of processes and of the world's things, in their order.
    processes: Vec<PlaceId>,
    things_of_world: Vec<PlaceId>,
    /// Processes to which a thread of another one has done something.
    meddled: Vec<PlaceId>,
    /// By process: what was frozen there, and what tells that from others.
    frozen: BTreeMap<PlaceId, Frozen>,
    /// A process froze other values on another way.
    refrozen: bool,
    decisions: Decisions,
    effects: Vec<Effect>,
    /// The place of what belongs to nobody.
    rest: PlaceId,
    named: Named,
    /// What is asked of states, where the answers are looked up, and the places on which they rest.
    asked: Option<CodeId>,
    answers: Tree,
    observed: Vec<PlaceId>,
    /// What counts beside the machine's parts.
    kept: Kept,
    /// The place of what was printed, and what it was: what there was before, and what came to it.
    output: PlaceId,
    outputs: IndexSet<(Number, Box<str>), FxBuildHasher>,
    /// The place of how many faults there were.
    faults: PlaceId,
    /// That of who has the interpreter lock and keeps it: its seat and 1, or 0.
    turn: PlaceId,
    /// The program has seeded its random generator.
    seeded: bool,
    /// Lines that draw random numbers without a seed.
    draws_at: BTreeSet<u32>,
    /// A line that needs something from outside that was not given, and what.
    wanted: Option<(u32, Want)>,
    /// Lines that read the clock.
    clock_at: BTreeSet<u32>,
    /// Own parts of threads that compute for long from there: who, and in which line.
    long: FxHashMap<(PlaceId, Number), (ThreadId, u32)>,
    /// How often the machine has done a step.
    pub runs: u64,
}

/// What counts in a state beside the machine's parts.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Kept {
    /// What was printed.
    pub output: bool,
    /// Who has CPython's interpreter lock: others go only where it may be handed over.
    pub turn: bool,
}

/// A thread's places.
#[derive(Clone, Copy, Debug)]
pub struct Seat {
    /// Which thread.
    pub thread: ThreadId,
    /// The place of its own part.
    pub own: PlaceId,
    /// That of its row.
    pub row: PlaceId,
    /// That of what belongs to its process.
    pub process: PlaceId,
    /// The thread, as what others refer to.
    pub thing: u32,
}

/// In the tree of answers: what is asked is the case.
const YES: EffectId = 1;

/// The parts of one place.
#[derive(Debug, Default)]
struct Drawer {
    parts: Vec<Entry>,
    numbers: FxHashMap<Key, Number>,
}

#[derive(Debug)]
struct Entry {
    /// `None`: nothing lies there.
    part: Option<Part>,
    shape: u32,
    /// What it refers to.
    references: Box<[Reference]>,
    /// The same, by the numbers of what is referred to, but for what only this part refers to.
    things: Box<[u32]>,
    /// For a thread's own part: the steps from there, by alternative.
    steps: [Tree; ALTERNATIVES.len()],
    /// What they do, as far as that is known.
    effects: Vec<EffectId>,
}

type Key = (u32, Box<[Reference]>, Vec<u8>);

/// A thread, by its place among [`Space::threads`].
pub type SeatId = u32;

impl Space {
    /// The space of a program, in which these counters count, and what else is said; and the row of its first state.
    pub fn new(start: Execution, counters: Counters, kept: Kept) -> (Space, Vec<Number>) {
        parts::take_read();
        let (mut bench, parts) = Bench::new(start);
        bench.looks_for_yields = kept.turn;
        let mut space = Space {
            bench,
            counters,
            asked: None,
            answers: None,
            observed: Vec::new(),
            kept,
            output: NONE,
            faults: NONE,
            turn: NONE,
            outputs: IndexSet::default(),
            read: parts::take_read(),
            places: IndexSet::default(),
            drawers: Vec::new(),
            laid: Vec::new(),
            things: IndexSet::default(),
            homes: Vec::new(),
            are_threads: Vec::new(),
            shapes: IndexSet::default(),
            threads: Vec::new(),
            objects: FxHashMap::default(),
            locks: Vec::new(),
            processes: Vec::new(),
            things_of_world: Vec::new(),
            meddled: Vec::new(),
            frozen: BTreeMap::new(),
            refrozen: false,
            decisions: Decisions::default(),
            effects: Vec::new(),
            rest: NONE,
            named: Named::default(),
            seeded: false,
            draws_at: BTreeSet::new(),
            wanted: None,
            clock_at: BTreeSet::new(),
            long: FxHashMap::default(),
            runs: 0,
        };
        let parts = space.encoded(parts, &[]);
        for (place, part, encoded) in parts {
            let place = space.place(place);
            let number = space.number(place, part, encoded);
            debug_assert_eq!(number, 0);
        }
        for place in 0..space.places.len() as PlaceId {
            space.lay(place, 0);
        }
        [space.rest, space.output, space.faults, space.turn] =
            [Place::Rest, Place::Output, Place::Faults, Place::Turn].map(|place| space.place(place));
        let row = vec![0; space.places.len()];
        (space, row)
    }

    /// The counters that would have to count, if others were read than those that do.
    pub fn lacks(&self) -> Option<Counters> {
        let all = self.counters.and(self.read);
        (all != self.counters).then_some(all)
    }

    /// The program.
    pub fn image(&self) -> &Image {
        self.bench.image()
    }

    /// Lines that draw random numbers without a seed.
    pub fn draws_at(&self) -> &BTreeSet<u32> {
        &self.draws_at
    }

    /// Lines that read the clock, as far as a thread has come to them.
    pub fn clock_at(&self) -> &BTreeSet<u32> {
        &self.clock_at
    }

    /// How many places there are so far.
    pub fn width(&self) -> usize {
        self.places.len()
    }

    /// The places.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        self.places.iter().copied()
    }

    /// How many parts there were at the place so far.
    pub fn count(&self, place: PlaceId) -> usize {
        self.drawers[place as usize].parts.len()
    }

    /// The part.
    pub fn part(&self, place: PlaceId, number: Number) -> Option<&Part> {
        self.drawers[place as usize].parts.get(number as usize)?.part.as_ref()
    }

    /// What stands for the part's encoding but for what it refers to, and the latter.
    pub fn shape(&self, place: PlaceId, number: Number) -> (u32, &[u32]) {
        let entry = &self.drawers[place as usize].parts[number as usize];
        (entry.shape, &entry.things)
    }

    fn references(&self, place: PlaceId, number: Number) -> &[Reference] {
        self.drawers[place as usize].parts.get(number as usize).map_or(&[], |entry| &entry.references)
    }

    /// The thread's name, as it was first.
    pub fn name_of(&self, thread: ThreadId) -> &str {
        let seat = self.threads.iter().find(|seat| seat.thread == thread);
        let rows = seat.map_or(&[][..], |seat| &self.drawers[seat.row as usize].parts);
        let name = rows.iter().find_map(|entry| match &entry.part {
            Some(Part::Row(row)) => Some(&*row.name),
            _ => None,
        });
        name.unwrap_or("a thread")
    }

    /// The number of the place, if it was ever met.
    pub fn find(&self, place: Place) -> Option<PlaceId> {
        self.places.get_index_of(&place).map(|place| place as PlaceId)
    }

    /// A line that needs something from outside that was not given, and what.
    pub fn lacks_from_outside(&self) -> Option<&(u32, Want)> {
        self.wanted.as_ref()
    }

    /// Whether the search goes no further in a state, because something from outside was not given.
    pub fn is_cut_off(&self, at: &[Number]) -> bool {
        let rest = self.part(self.rest, number_at(at, self.rest));
        matches!(rest, Some(Part::Rest(rest)) if rest.outside.is_lacking())
    }

    /// Every thread so far.
    pub fn threads(&self) -> &[Seat] {
        &self.threads
    }

    /// Every lock so far, and its place.
    pub fn locks(&self) -> &[(PlaceId, Address)] {
        &self.locks
    }

    /// The thread's place among [`Space::threads`].
    pub fn seat(&self, thread: ThreadId) -> Option<SeatId> {
        self.threads.iter().position(|seat| seat.thread == thread).map(|seat| seat as SeatId)
    }

    /// The place of what belongs to nobody.
    pub fn rest(&self) -> PlaceId {
        self.rest
    }

    /// Whether something lies at the place.
    pub fn is_there(&self, place: PlaceId, number: Number) -> bool {
        self.part(place, number).is_some()
    }

    /// The lock that the thread is about to release.
    pub fn released(&self, seat: SeatId, at: &[Number]) -> Option<Address> {
        let own = self.threads[seat as usize].own;
        let Some(Part::Thread(thread)) = self.part(own, number_at(at, own)) else { return None };
        parts::released(thread, self)
    }

    /// An effect.
    pub fn effect(&self, effect: EffectId) -> &Effect {
        &self.effects[effect as usize]
    }

    /// Whether it changes what belongs to nobody, or to a process.
    pub fn writes_rest(&self, effect: EffectId) -> bool {
        let mut writes = self.effect(effect).done.iter().flat_map(|done| &done.writes);
        writes.any(|(place, _)| *place == self.rest || self.processes.contains(place))
    }

    /// How many effects are known.
    pub fn effects(&self) -> usize {
        self.effects.len()
    }

    /// What attempts of a thread with this own part are known to do.
    pub fn effects_of(&self, seat: SeatId, own: Number) -> &[EffectId] {
        let place = self.threads[seat as usize].own;
        self.drawers[place as usize].parts.get(own as usize).map_or(&[], |entry| &entry.effects)
    }

    /// How many faults there were.
    pub fn faults(&self, at: &[Number]) -> Number {
        number_at(at, self.faults)
    }

    /// The thread that has the interpreter lock and keeps it, if that counts: its next step comes next.
    pub fn holder(&mut self, at: &[Number]) -> Option<SeatId> {
        let seat = number_at(at, self.turn).checked_sub(1)?;
        // One that has to wait gives it up.
        let effect = self.attempt(seat, 0, at);
        self.effect(effect).done.is_some().then_some(seat)
    }

    /// The thread in the state that has the interpreter lock, by the number of what is referred to.
    pub fn kept_by(&self, at: &[Number]) -> Option<u32> {
        let seat = number_at(at, self.turn).checked_sub(1)?;
        Some(self.threads[seat as usize].thing)
    }

    /// What was printed, by its number.
    pub fn output(&self, at: &[Number]) -> Number {
        number_at(at, self.output)
    }

    /// The same as text.
    pub fn printed(&self, mut output: Number) -> String {
        let mut all = Vec::new();
        while let Some((before, text)) = output.checked_sub(1).and_then(|at| self.outputs.get_index(at as usize)) {
            all.push(&**text);
            output = *before;
        }
        all.iter().rev().copied().collect()
    }

    /// From now on states are asked whether an assertion fails there when this code runs.
    pub fn ask(&mut self, code: CodeId) {
        self.asked = Some(code);
    }

    /// Whether what is asked is the case in the state.
    pub fn is_so(&mut self, at: &[Number]) -> bool {
        let Some(code) = self.asked else { return false };
        match self.decisions.find(self.answers, at) {
            Some(answer) => answer == YES,
            None => self.find_out(code, at),
        }
    }

    /// The places on which what is asked was found to rest.
    pub fn observed(&self) -> &[PlaceId] {
        &self.observed
    }

    /// The state after the step, if it can be taken.
    pub fn apply(&mut self, effect: EffectId, now: &mut Vec<Number>) {
        now.resize(self.width(), 0);
        let Some(done) = &self.effects[effect as usize].done else { return };
        for &(place, number) in &done.writes {
            let at = &mut now[place as usize];
            *at = match (number, &done.printed) {
                (NONE, Some(text)) if place == self.output => {
                    self.outputs.insert_full((*at, text.clone())).0 as Number + 1
                }
                (NONE, _) => *at + 1,
                _ => number,
            };
        }
    }

    /// What the thread's attempt does in the state. `at` has the numbers of the parts, by place; where it ends, 0.
    pub fn attempt(&mut self, seat: SeatId, alternative: usize, at: &[Number]) -> EffectId {
        let place = self.threads[seat as usize].own;
        let own = number_at(at, place);
        let tree = self.drawers[place as usize].parts[own as usize].steps[alternative];
        match self.decisions.find(tree, at) {
            Some(effect) => effect,
            None => self.learn(seat, alternative, at),
        }
    }

    /// The number of a place, a new one if need be. Nothing lay there before, in any state so far; but of a global variable it
    /// does not matter what lay there before there were any.
    fn place(&mut self, place: Place) -> PlaceId {
        let (number, is_new) = self.places.insert_full(place);
        if is_new {
            let mut drawer = Drawer::default();
            if !matches!(place, Place::Global(..)) && !self.is_beginning() {
                drawer.parts.push(Entry::nothing());
            }
            self.drawers.push(drawer);
            self.laid.push(0);
            match place {
                Place::Row(thread) => {
                    let (own, row) = (self.place(Place::Thread(thread)), number as PlaceId);
                    let thing = self.thing(Reference::Thread(thread));
                    self.threads.push(Seat { thread, own, row, thing, process: NONE });
                    self.homes[thing as usize] = [own, row];
                }
                Place::Object(at) => {
                    let thing = self.thing(Reference::Object(at));
                    self.homes[thing as usize][0] = number as PlaceId;
                    if at.id.is_of_world() {
                        insert(&mut self.things_of_world, number as PlaceId, &self.places);
                    }
                }
                Place::Process(_) => insert(&mut self.processes, number as PlaceId, &self.places),
                Place::Rest | Place::Thread(_) | Place::Global(..) => {}
                Place::Output | Place::Faults | Place::Turn => {}
            }
        }
        number as PlaceId
    }

    /// The number of what is referred to.
    pub fn thing(&mut self, reference: Reference) -> u32 {
        let (number, is_new) = self.things.insert_full(reference);
        if is_new {
            self.homes.push([NONE, NONE]);
            self.are_threads.push(matches!(reference, Reference::Thread(_)));
        }
        number as u32
    }

    /// Whether what is referred to is a thread, or its object.
    #[inline]
    pub fn is_thread(&self, thing: u32) -> bool {
        self.are_threads.get(thing as usize).copied().unwrap_or(false)
    }

    /// The thread's `Thread` object, as what others refer to.
    pub fn object_of(&self, seat: Seat) -> Option<u32> {
        self.objects.get(&seat.thread).copied()
    }

    /// Whether it is a `Thread` object.
    pub fn is_thread_object(&self, at: Address) -> bool {
        self.things.get_index_of(&Reference::Object(at)).is_some_and(|thing| self.is_thread(thing as u32))
    }

    /// The place with this number.
    pub fn name(&self, place: PlaceId) -> Place {
        self.places[place as usize]
    }

    /// How many things are referred to.
    pub fn thing_count(&self) -> usize {
        self.things.len()
    }

    /// The places of what is referred to.
    pub fn homes(&self, thing: u32) -> [PlaceId; 2] {
        self.homes[thing as usize]
    }

    fn is_beginning(&self) -> bool {
        self.runs == 0
    }

    /// The number of the part at the place.
    fn number(&mut self, place: PlaceId, part: Part, encoded: Encoded) -> Number {
        if let Part::Process(belongings) = &part {
            self.take_in_frozen(place, &belongings.household);
        }
        let Encoded { mut shape, references, layout } = encoded;
        // It counts which of its references those are that nobody else has.
        let is_own = |reference: &Reference| matches!(reference, Reference::Value(_, 0));
        if references.iter().any(is_own) {
            shape.extend(references.iter().map(|reference| u8::from(is_own(reference))));
        }
        let (shape, _) = self.shapes.insert_full(shape);
        let key = (shape as u32 + 1, references.into_boxed_slice(), layout);
        if let Some(number) = self.drawers[place as usize].numbers.get(&key) {
            return *number;
        }
        let things =
            key.1.iter().filter(|reference| !is_own(reference)).map(|reference| self.thing(*reference)).collect();
        if let (Part::Row(row), Place::Row(thread)) = (&part, self.places[place as usize]) {
            let process = self.place(Place::Process(row.process));
            self.threads.iter_mut().filter(|seat| seat.thread == thread).for_each(|seat| seat.process = process);
        }
        let drawer = &mut self.drawers[place as usize];
        let number = drawer.parts.len() as Number;
        let is_thread = matches!(&part, Part::Object(object) if parts::is_thread(object));
        if let (Some(Object::Lock(_) | Object::RLock(_)), Place::Object(at)) =
            (parts::object(&part), self.places[place as usize])
            && !self.locks.contains(&(place, at))
        {
            self.locks.push((place, at));
        }
        let object = match &part {
            Part::Row(row) => parts::object_of(row).map(|object| Address::new(row.process, object)),
            _ => None,
        };
        drawer.parts.push(Entry {
            part: Some(part),
            shape: key.0,
            references: key.1.clone(),
            things,
            steps: [None; ALTERNATIVES.len()],
            effects: Vec::new(),
        });
        drawer.numbers.insert(key, number);
        self.tell_of(place, number);
        self.look_whether_it_ends(place, number);
        if let (Some(object), Place::Row(thread)) = (object, self.name(place)) {
            let thing = self.thing(Reference::Object(object));
            self.objects.insert(thread, thing);
        }
        if is_thread && let Place::Object(at) = self.places[place as usize] {
            let thing = self.thing(Reference::Object(at));
            self.are_threads[thing as usize] = true;
        }
        number
    }

    /// The number that stands for nothing at the place.
    fn nothing(&mut self, place: PlaceId) -> Number {
        let drawer = &mut self.drawers[place as usize];
        match drawer.parts.iter().position(|entry| entry.part.is_none()) {
            Some(number) => number as Number,
            None => {
                drawer.parts.push(Entry::nothing());
                (drawer.parts.len() - 1) as Number
            }
        }
    }
}

/// The number of the part that lies at the place.
pub fn number_at(at: &[Number], place: PlaceId) -> Number {
    at.get(place as usize).copied().unwrap_or(0)
}

impl Entry {
    fn nothing() -> Self {
        Entry {
            part: None,
            shape: 0,
            references: Box::default(),
            things: Box::default(),
            steps: [None; ALTERNATIVES.len()],
            effects: Vec::new(),
        }
    }
}
